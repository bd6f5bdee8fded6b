//! Changes of a draft, field by field. Pure.

use crate::analysis::{ArticleView, IssueGuess, ProjectView, side_on};
use crate::app::{StatementDraft, TypedDate};
use crate::model::{
    Act, Codebook, DateSource, EntityId, Factuality, IssueId, Party, Polarity, StatementDate,
    TextRange,
};

/// A field of the editor, in the order of `Tab`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Holder,
    Via,
    Act,
    Issue,
    Target,
    Factuality,
    Date,
    Reporter,
    Note,
}

impl Field {
    /// Returns the key that, with `Alt`, leads to it.
    pub(crate) fn key(self) -> egui::Key {
        match self {
            Self::Holder => egui::Key::H,
            Self::Via => egui::Key::V,
            Self::Act => egui::Key::A,
            Self::Issue => egui::Key::I,
            Self::Target => egui::Key::T,
            Self::Factuality => egui::Key::F,
            Self::Date => egui::Key::D,
            Self::Reporter => egui::Key::R,
            Self::Note => egui::Key::N,
        }
    }

    /// Returns the label.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Holder => "Holder",
            Self::Via => "Speaks for",
            Self::Act => "Act",
            Self::Issue => "Issue",
            Self::Target => "Target",
            Self::Factuality => "Factuality",
            Self::Date => "Date",
            Self::Reporter => "Reported by",
            Self::Note => "Note",
        }
    }
}

/// Returns an entity as a party: its words nearest to the cue in the sentence, else the last before
/// it; where nothing names it, an empty range at the cue.
pub(crate) fn party(view: &ArticleView, draft: &StatementDraft, entity: EntityId) -> Party {
    let far = |range: &TextRange| {
        let (at, cue) = (u32::from(range.start()), u32::from(draft.cue.start()));
        let outside = !draft.sentence.contains_range(*range);
        (outside, at > cue && outside, at.abs_diff(cue))
    };
    let range = view
        .mentions
        .iter()
        .filter(|row| row.value.entity == Some(entity))
        .map(|row| row.value.range)
        .min_by_key(far)
        .unwrap_or(TextRange::empty(draft.cue.start()));
    Party { entity, range }
}

/// Sets a party field; a holder in office brings whom it speaks for, a new target the act's usual
/// side.
pub(crate) fn set_party(
    view: &ProjectView,
    draft: &mut StatementDraft,
    field: Field,
    party: Option<Party>,
) {
    match field {
        Field::Holder => {
            draft.holder = party;
            draft.speaks_for = party.and_then(|party| {
                let date = draft.date.as_ref().map(|date| &date.value);
                let principal = view.principal_at(party.entity, date);
                (principal != party.entity).then_some(principal)
            });
        }
        Field::Via => draft.speaks_for = party.map(|party| party.entity),
        Field::Target => {
            draft.target = party;
            draft.polarity_target = party.map(|_| {
                let usual = draft.act.usual_polarity();
                draft.polarity_target.unwrap_or(usual)
            });
        }
        Field::Reporter => draft.reporter = party,
        Field::Act | Field::Issue | Field::Factuality | Field::Date | Field::Note => {}
    }
}

/// Sets the act. Sides that were the old act's usual ones become the new one's.
pub(crate) fn set_act(draft: &mut StatementDraft, act: Act) {
    let (old, new) = (draft.act.usual_polarity(), act.usual_polarity());
    draft.act = act;
    for side in [&mut draft.polarity_target, &mut draft.polarity_issue] {
        if *side == Some(old) {
            *side = Some(new);
        }
    }
}

/// Sets the issue; none where the label is empty.
pub(crate) fn set_issue(
    draft: &mut StatementDraft,
    label: &str,
    id: Option<IssueId>,
    range: Option<TextRange>,
) {
    label.clone_into(&mut draft.issue_label);
    draft.issue = id;
    draft.issue_range = range;
    draft.polarity_issue = (!label.trim().is_empty()).then(|| {
        let usual = draft.act.usual_polarity();
        draft.polarity_issue.unwrap_or(usual)
    });
}

/// Takes the guess after the one that a field holds (`back`: the one before); after the last comes
/// the first. Returns whether there was another.
pub(crate) fn next_guess(
    view: &ProjectView,
    draft: &mut StatementDraft,
    field: Field,
    back: bool,
) -> bool {
    let guesses = std::sync::Arc::clone(&draft.guesses);
    match field {
        Field::Holder => {
            let now = draft.holder.map(|party| party.entity);
            let is = |party: &Party| Some(party.entity) == now;
            let Some(next) = after(&guesses.holders, is, back) else {
                return false;
            };
            let (before, target) = (draft.holder, draft.target);
            set_party(view, draft, field, Some(*next));
            // Passives: who was taken for the target holds the position, and the other receives it.
            if target.is_some_and(|target| target.entity == next.entity) {
                set_party(view, draft, Field::Target, before);
            }
        }
        Field::Target => {
            let now = draft.target.map(|party| party.entity);
            let is = |party: &Option<Party>| party.map(|party| party.entity) == now;
            let Some(next) = after(&guesses.targets, is, back) else {
                return false;
            };
            set_party(view, draft, field, *next);
        }
        Field::Issue => {
            let now = draft.issue_range;
            let is = |guess: &Option<IssueGuess>| guess.as_ref().map(|guess| guess.range) == now;
            let Some(next) = after(&guesses.issues, is, back) else {
                return false;
            };
            match next {
                None => set_issue(draft, "", None, None),
                Some(guess) => {
                    let id = guess.issue.map(|(id, _)| id);
                    set_issue(draft, &guess.label, id, Some(guess.range));
                    draft.polarity_issue = Some(side_on(guess, draft.act));
                }
            }
        }
        Field::Act => {
            let now = draft.act;
            let Some(next) = after(&guesses.acts, |act| *act == now, back) else {
                return false;
            };
            set_act(draft, *next);
        }
        Field::Factuality => {
            let now = draft.factuality;
            let Some(next) = after(&Factuality::ALL, |value| *value == now, back) else {
                return false;
            };
            draft.factuality = *next;
        }
        Field::Via | Field::Date | Field::Reporter | Field::Note => return false,
    }
    true
}

fn after<T>(all: &[T], is: impl Fn(&T) -> bool, back: bool) -> Option<&T> {
    let count = all.len();
    let next = match (all.iter().position(is), back) {
        (Some(_), _) if count < 2 => return None,
        (Some(at), false) => (at + 1) % count,
        (Some(at), true) => (at + count - 1) % count,
        (None, _) => 0,
    };
    all.get(next)
}

/// Sets what a key of the codebook stands for. Returns the field that it set.
pub(crate) fn set_by_key(
    codebook: &Codebook,
    draft: &mut StatementDraft,
    key: char,
) -> Option<Field> {
    if let Some(act) = codebook.act_of_key(key) {
        set_act(draft, act);
        return Some(Field::Act);
    }
    let id = codebook.issue_of_key(key)?;
    let name = codebook.issues.get(&id)?.name.clone();
    set_issue(draft, &name, Some(id), draft.issue_range);
    Some(Field::Issue)
}

/// Sets the date that a person typed.
pub(crate) fn set_date(draft: &mut StatementDraft, typed: Option<TypedDate>) {
    draft.date = typed.map(|TypedDate { value, modifier }| StatementDate {
        value,
        modifier,
        source: DateSource::Person,
    });
}

/// Returns the words on screen of a date, and where it came from.
pub(crate) fn date_words(date: Option<&StatementDate>) -> (String, &'static str) {
    let Some(date) = date else {
        return (String::new(), "");
    };
    let words = crate::analysis::value_words(&date.value, date.modifier);
    let source = match date.source {
        DateSource::Person => "",
        DateSource::Clause => "from the clause",
        DateSource::Sentence => "from the sentence",
        DateSource::Narrative => "from the narrative",
        DateSource::Article => "from the article",
    };
    (words, source)
}

/// Whether a side is asked for: the label of the row and the current side.
pub(crate) fn sides(
    view: &ProjectView,
    draft: &StatementDraft,
) -> (Option<Polarity>, Option<Polarity>, String) {
    let issue = (!draft.issue_label.trim().is_empty())
        .then(|| draft.polarity_issue.unwrap_or(Polarity::Neutral));
    let target = draft
        .target
        .map(|_| draft.polarity_target.unwrap_or(Polarity::Neutral));
    let name = draft.target.map_or_else(
        || "To the target".to_owned(),
        |party| format!("To {}", view.entity_name(party.entity)),
    );
    (issue, target, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, TimexValue};

    fn draft(act: Act) -> StatementDraft {
        StatementDraft {
            article: ArticleId(1),
            id: None,
            cue: TextRange::new(10.into(), 14.into()),
            sentence: TextRange::new(0.into(), 40.into()),
            holder: None,
            speaks_for: None,
            target: None,
            issue_label: String::new(),
            issue_range: None,
            issue: None,
            act,
            polarity_target: None,
            polarity_issue: None,
            factuality: Factuality::Asserted,
            date: None,
            reporter: None,
            note: String::new(),
            codes: crate::model::Codes::new(),
            guesses: std::sync::Arc::default(),
        }
    }

    #[test]
    fn a_new_act_turns_the_sides_that_nobody_chose() {
        let mut draft = draft(Act::Support);
        draft.polarity_target = Some(Polarity::Support);
        draft.polarity_issue = Some(Polarity::Oppose);
        set_act(&mut draft, Act::Reject);
        assert_eq!(draft.polarity_target, Some(Polarity::Oppose));
        assert_eq!(
            draft.polarity_issue,
            Some(Polarity::Oppose),
            "chosen: stays"
        );
    }

    #[test]
    fn a_side_lives_as_long_as_what_it_is_towards() {
        let view = ProjectView::default();
        let mut draft = draft(Act::Accuse);
        let party = Party {
            entity: EntityId(7),
            range: TextRange::empty(0.into()),
        };
        set_party(&view, &mut draft, Field::Target, Some(party));
        assert_eq!(draft.polarity_target, Some(Polarity::Oppose));
        set_party(&view, &mut draft, Field::Target, None);
        assert_eq!(draft.polarity_target, None);
        set_issue(&mut draft, "ban", None, None);
        assert_eq!(draft.polarity_issue, Some(Polarity::Oppose));
        set_issue(&mut draft, " ", None, None);
        assert_eq!(draft.polarity_issue, None);
    }

    #[test]
    fn a_date_is_said_in_words_with_its_source() {
        let date = StatementDate {
            modifier: None,
            value: TimexValue("2026-03-12".to_owned()),
            source: DateSource::Article,
        };
        let want = ("12 March 2026".to_owned(), "from the article");
        assert_eq!(date_words(Some(&date)), want);
        let week = StatementDate {
            modifier: None,
            value: TimexValue("2026-W11".to_owned()),
            source: DateSource::Person,
        };
        assert_eq!(date_words(Some(&week)), ("2026-W11".to_owned(), ""));
        let early = StatementDate {
            modifier: Some(crate::model::Modifier::Start),
            value: TimexValue("2025".to_owned()),
            source: DateSource::Person,
        };
        assert_eq!(date_words(Some(&early)), ("early 2025".to_owned(), ""));
    }
}
