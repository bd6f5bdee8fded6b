//! Which way an expression without a year or week looks: from the verbs around it.

use crate::nlp::Doc;
use crate::nlp::timex::lex::{Kind, Piece};
use crate::nlp::timex::matcher::Matcher;
use crate::nlp::timex::slots::Val;

/// Before or after the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How far a cue may stand away, in pieces.
const BEFORE: usize = 24;
const AFTER: usize = 12;

/// Reads cues of the pieces `sentence.0..sentence.1` around the match `from..to`.
pub(super) fn tense(
    matcher: &Matcher<'_>,
    tags: &Tags<'_>,
    sentence: (usize, usize),
    from: usize,
    to: usize,
) -> Tense {
    let lead = matcher.rules.class("lead");
    let at_lead = from
        .checked_sub(1)
        .and_then(|at| matcher.form(lead?, at))
        .and_then(|(_, val)| of(val));
    if at_lead == Some(Tense::Past) {
        return Tense::Past;
    }
    let tail = matcher.rules.class("tail");
    if tail.is_some_and(|tail| matcher.form(tail, to).is_some()) {
        return Tense::Future;
    }
    let first = sentence.0.max(from.saturating_sub(BEFORE));
    let behind = (first..from).rev();
    let ahead = to..sentence.1.min(to + AFTER);
    for at in behind.chain(ahead) {
        if let Some(found) = cue(matcher, tags, at) {
            return match (found, at_lead) {
                // *had closed by Friday*, but *said it will close by Friday*
                (Tense::Past, Some(Tense::Future)) if at + 3 >= from && at < from => Tense::Past,
                (_, Some(lead)) => lead,
                (found, None) => found,
            };
        }
    }
    at_lead.unwrap_or(Tense::Unknown)
}

fn of(val: Val) -> Option<Tense> {
    match val.text()? {
        "past" => Some(Tense::Past),
        "future" => Some(Tense::Future),
        _ => Some(Tense::Unknown),
    }
}

fn cue(matcher: &Matcher<'_>, tags: &Tags<'_>, at: usize) -> Option<Tense> {
    if let Some(found) = matcher
        .rules
        .class("tense")
        .and_then(|class| matcher.form(class, at))
    {
        return of(found.1).filter(|cue| *cue != Tense::Past || !follows_base(matcher, at));
    }
    let piece = matcher.pieces.get(at)?;
    match tags.of(piece) {
        Some("VBD") => Some(Tense::Past),
        // *plans announced in January*; *will be announced* is found at *will*.
        Some("VBN") => (!follows_base(matcher, at)).then_some(Tense::Past),
        Some(_) => None,
        None => {
            let past = piece.kind == Kind::Word
                && !piece.capital
                && ends_in_ed(tags.doc.text, piece)
                && !follows_base(matcher, at);
            past.then_some(Tense::Past)
        }
    }
}

/// *will be finalised*: a participle behind one of these is no past.
fn follows_base(matcher: &Matcher<'_>, at: usize) -> bool {
    let base = matcher.rules.class("tensebase");
    let before = at.saturating_sub(2)..at;
    base.is_some_and(|base| {
        before
            .into_iter()
            .any(|at| matcher.form(base, at).is_some())
    })
}

fn ends_in_ed(text: &str, piece: &Piece) -> bool {
    piece.end - piece.start > 4
        && text
            .get(piece.start as usize..piece.end as usize)
            .is_some_and(|word| word.ends_with("ed"))
}

/// Penn tags of pieces, where the tagger ran.
pub(super) struct Tags<'a> {
    pub(super) doc: &'a Doc<'a>,
}

impl Tags<'_> {
    /// Returns the tag of the token that the piece begins in.
    pub(super) fn of(&self, piece: &Piece) -> Option<&'static str> {
        if self.doc.xpos.is_empty() {
            return None;
        }
        let tokens = &self.doc.tokens.tokens;
        let at = tokens
            .partition_point(|token| u32::from(token.range.start()) <= piece.start)
            .checked_sub(1)?;
        self.doc.xpos.get(at).copied()
    }
}
