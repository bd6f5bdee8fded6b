//! When an act was done: the time expression of its clause, else the narrative, else the article.

use jiff::civil::Date;

use crate::model::{
    DateSource, StatementDate, Suggested, TextRange, Timex, TimexClass, TimexValue, TokenIdx,
};
use crate::nlp::timex::narrative;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// Time expressions with the words that they hang on.
pub(super) struct Dates<'r> {
    timexes: &'r [Suggested<Timex>],
    dct: Option<Date>,
}

impl<'r> Dates<'r> {
    pub(super) fn new(timexes: &'r [Suggested<Timex>], dct: Option<Date>) -> Self {
        Self { timexes, dct }
    }

    /// The date of the act at `cue`; what stands inside its `issue` dates something else.
    pub(super) fn of(
        &self,
        tree: &Tree<'_, '_>,
        cue: TokenIdx,
        issue: Option<TextRange>,
    ) -> Option<StatementDate> {
        let sentence = tree.sentence_range(tree.sentence(cue));
        let inside = |t: &Timex| issue.is_some_and(|i| i.contains_range(t.range));
        let dates = self
            .timexes
            .iter()
            .map(|s| &s.value)
            .filter(|t| matches!(t.class, TimexClass::Date | TimexClass::Time))
            .filter(|t| sentence.contains_range(t.range) && t.value.span().is_some());
        for timex in dates {
            let Some(head) = tree.head_of(timex.range) else {
                continue;
            };
            let governor = tree.head(head).and_then(|h| tree.governor(h));
            if modifies_noun(tree, head, cue) {
                continue;
            }
            let own = beside(tree, timex.range, cue)
                || governor == Some(cue)
                || tree.head(head) == Some(cue)
                || governor.is_some_and(|g| above(tree, g, cue));
            if own && !inside(timex) {
                return Some(dated(&timex.value, DateSource::Clause));
            }
        }
        // Another clause's date dates another act far more often than this one.
        self.narrative(tree, cue, sentence)
            .or_else(|| self.article())
    }

    /// What is told in the past, without a date, goes on from the date that the story is at.
    fn narrative(
        &self,
        tree: &Tree<'_, '_>,
        cue: TokenIdx,
        sentence: TextRange,
    ) -> Option<StatementDate> {
        if self
            .timexes
            .iter()
            .any(|t| sentence.contains_range(t.value.range))
            || !told(tree, cue)
        {
            return None;
        }
        let timex = narrative(tree.doc.text, &tree.doc.tokens, self.timexes, sentence)?;
        Some(dated(&timex.value, DateSource::Narrative))
    }

    fn article(&self) -> Option<StatementDate> {
        self.dct.map(|date| StatementDate {
            modifier: None,
            value: TimexValue(date.to_string()),
            source: DateSource::Article,
        })
    }

    /// Whether a stated date lies before the month that precedes the publication.
    pub(super) fn past(
        &self,
        tree: &Tree<'_, '_>,
        cue: TokenIdx,
        date: Option<&StatementDate>,
    ) -> bool {
        let sentence = tree.sentence_range(tree.sentence(cue));
        let since = self.timexes.iter().map(|t| &t.value).any(|t| {
            sentence.contains_range(t.range)
                && tree
                    .head_of(t.range)
                    .is_some_and(|h| tree.preposition(h).as_deref() == Some("since"))
        });
        if since {
            return false; // what goes on is not over
        }
        let (Some(dct), Some(date)) = (self.dct, date) else {
            return false;
        };
        if !matches!(date.source, DateSource::Clause | DateSource::Sentence) {
            return false;
        }
        let month_before = dct
            .first_of_month()
            .checked_sub(jiff::Span::new().months(1))
            .unwrap_or(dct);
        date.value
            .span()
            .is_some_and(|span| span.last < month_before)
    }
}

/// *said Tuesday, on Monday banned*: right before or behind the verb, wherever the parser hangs it.
fn beside(tree: &Tree<'_, '_>, time: TextRange, cue: TokenIdx) -> bool {
    let skip = |t: TokenIdx| {
        matches!(
            tree.lower(t).as_str(),
            "on" | "in" | "late" | "early" | "at" | "earlier" | "has" | "have" | "had" | "also"
        )
    };
    let words: Vec<TokenIdx> = tree.covered(time).collect();
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
        return false;
    };
    if tree.tag(cue) != Upos::Verb || tree.sentence(first) != tree.sentence(cue) {
        return false;
    }
    let (from, to) = if first > cue {
        (cue.0 + 1, first.0)
    } else {
        (last.0 + 1, cue.0)
    };
    to >= from && to - from <= 2 && (from..to).all(|t| skip(TokenIdx(t)))
}

/// *the 2008 treaty*: the date of a thing, not of the act.
fn modifies_noun(tree: &Tree<'_, '_>, head: TokenIdx, cue: TokenIdx) -> bool {
    matches!(
        tree.dep(head),
        Dep::Compound | Dep::Amod | Dep::Nummod | Dep::NmodPoss | Dep::Appos
    ) && tree.head(head) != Some(cue)
        // "in the 1967 war" dates what was done in it.
        && !tree.head(head).is_some_and(|noun| {
            matches!(tree.lower(noun).as_str(), "war" | "election" | "elections" | "revolution" | "crisis")
                && tree.head(noun) == Some(cue)
        })
}

/// Whether the cue's clause is told in the past: *agreed*, *was agreed*, not *has agreed, will agree*.
fn told(tree: &Tree<'_, '_>, cue: TokenIdx) -> bool {
    let auxiliaries: Vec<String> = [Dep::Aux, Dep::AuxPass, Dep::Cop]
        .into_iter()
        .filter_map(|dep| tree.child(cue, dep))
        .map(|aux| tree.lower(aux))
        .collect();
    if auxiliaries.is_empty() {
        return tree.xpos(cue) == "VBD";
    }
    auxiliaries
        .iter()
        .all(|aux| matches!(aux.as_str(), "was" | "were" | "had" | "did" | "been"))
}

fn dated(value: &TimexValue, source: DateSource) -> StatementDate {
    StatementDate {
        modifier: None,
        value: value.clone(),
        source,
    }
}

/// Whether `verb` is the telling verb right above the cue's clause (*said Monday that …*), or the
/// light verb that the cue is the object of.
fn above(tree: &Tree<'_, '_>, verb: TokenIdx, cue: TokenIdx) -> bool {
    let mut at = cue;
    for _ in 0..3 {
        match tree.head(at) {
            Some(head) if head == verb => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
