//! What decisions on statements teach about the like of them: the same cue read as the same act.
//!
//! A rejected *discussed → CONSULT* makes other suggestions of it less sure, a second one folds most
//! of them away; a confirmed one makes them surer; where people gave the cue another act twice, it is
//! suggested instead. Derived each time, never stored; decisions are never changed by it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Act, Confidence, Decided, Polarity, Project, Statement, Verdict, slice};

/// How many decisions the engine's own confidence weighs.
const PRIOR: f32 = 3.0;

/// How often people must have said the same to change what is suggested.
const TWICE: u32 = 2;

/// What is marked before the keys, so that no words of an article are one.
const MARK: char = '\u{1}';

/// What people said of suggestions with one cue and one act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Lesson {
    /// Confirmed as that act.
    right: u32,
    /// Rejected.
    wrong: u32,
    /// Confirmed as another act.
    acts: BTreeMap<Act, u32>,
    /// The side towards the target that confirmed ones have.
    sides: BTreeMap<Polarity, u32>,
}

/// What a suggested statement becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaughtPosition {
    /// The act that people gave the like of it.
    pub act: Act,
    /// The side towards a target.
    pub polarity_target: Option<Polarity>,
    /// How sure, with the decisions weighed in.
    pub confidence: Confidence,
}

/// What the decisions of a project teach about statements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PositionLessons(BTreeMap<String, BTreeMap<Act, Lesson>>);

impl PositionLessons {
    /// Collects what was decided on statements.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        let mut lessons = Self::default();
        for state in project.articles.values() {
            let body = state.article.text.body.as_str();
            for decided in state.annotations.statements.decided().values() {
                lessons.count(body, decided);
            }
        }
        lessons
    }

    fn count(&mut self, body: &str, decided: &Decided<Statement>) {
        let value = &decided.value;
        let suggested = decided.origin.as_ref().map_or(value, |o| &o.value);
        let Some(key) = cue_key(slice(body, suggested.evidence.cue)) else {
            return;
        };
        let lesson = self
            .0
            .entry(key)
            .or_default()
            .entry(suggested.act)
            .or_default();
        match decided.verdict {
            Verdict::Rejected => lesson.wrong += 1,
            Verdict::Confirmed | Verdict::Added if value.act == suggested.act => {
                lesson.right += 1;
                if let Some(side) = value.polarity_target {
                    *lesson.sides.entry(side).or_default() += 1;
                }
            }
            Verdict::Confirmed | Verdict::Added => {
                *lesson.acts.entry(value.act).or_default() += 1;
            }
        }
    }

    /// Returns what becomes of a suggestion with this cue; none where nobody decided on the like.
    #[must_use]
    pub fn change(
        &self,
        cue: &str,
        statement: &Statement,
        sure: Confidence,
    ) -> Option<TaughtPosition> {
        if self.0.is_empty() {
            return None;
        }
        let lesson = self.0.get(&cue_key(cue)?)?.get(&statement.act)?;
        let others: u32 = lesson.acts.values().sum();
        let all = count(lesson.right + lesson.wrong + others);
        let other = lesson.acts.iter().max_by_key(|(_, n)| **n);
        let (act, agreed) = match other {
            Some((act, n)) if *n >= TWICE && *n > lesson.right => (*act, *n),
            _ => (statement.act, lesson.right),
        };
        let polarity_target = if act == statement.act {
            side(lesson, statement.polarity_target)
        } else {
            statement.polarity_target.map(|_| act.usual_polarity())
        };
        Some(TaughtPosition {
            act,
            polarity_target,
            confidence: Confidence::new((PRIOR * sure.get() + count(agreed)) / (PRIOR + all)),
        })
    }

    /// Returns the keys of the cues on which this differs from `other`.
    #[must_use]
    pub fn changed_cues<'w>(&'w self, other: &'w Self) -> BTreeSet<&'w str> {
        let differs = |(key, lesson): &(&'w String, &BTreeMap<Act, Lesson>)| {
            self.0.get(*key) != other.0.get(*key) || other.0.get(*key) != Some(*lesson)
        };
        let all = self.0.iter().chain(&other.0);
        all.filter(differs).map(|(key, _)| key.as_str()).collect()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "more decisions than 2²⁴ on one word are not told apart"
)]
fn count(n: u32) -> f32 {
    n as f32
}

/// The side that people gave the like of it, where they gave it twice and no other as often.
fn side(lesson: &Lesson, own: Option<Polarity>) -> Option<Polarity> {
    let own = own?;
    let most = lesson.sides.iter().max_by_key(|(_, n)| **n);
    let kept = lesson.sides.get(&own).copied().unwrap_or_default();
    match most {
        Some((side, n)) if *n >= TWICE && *n > kept => Some(*side),
        _ => Some(own),
    }
}

/// Returns the key under which a cue is known, whatever its ending: *discussed, discusses*. None for
/// a cue without letters.
#[must_use]
pub fn cue_key(cue: &str) -> Option<String> {
    let word = cue
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())?
        .to_lowercase();
    let stem = ["ing", "ed", "es", "s", "e", "d"]
        .into_iter()
        .find_map(|ending| {
            word.strip_suffix(ending)
                .filter(|stem| stem.chars().count() > 2)
        })
        .unwrap_or(&word);
    let mut key = String::from(MARK);
    let mut last = MARK;
    for c in stem.chars() {
        if c != last {
            key.push(c);
        }
        last = c;
    }
    if key.ends_with('i') {
        key.pop();
        key.push('y');
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_verb_have_one_key() {
        for forms in [
            ["discuss", "discussed", "discussing"],
            ["agree", "agreed", "agrees"],
            ["deny", "denied", "denies"],
            ["urges", "urged", "urging"],
            ["“condemns”", "condemned", "Condemning it"],
        ] {
            let keys: BTreeSet<_> = forms.iter().map(|f| cue_key(f)).collect();
            assert_eq!(keys.len(), 1, "{forms:?}");
        }
        assert_ne!(cue_key("met"), cue_key("denied"));
        assert_eq!(cue_key("“…”"), None);
    }
}
