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
    (from, to): (usize, usize),
    day: bool,
) -> Tense {
    let lead = matcher.rules.class("lead");
    let at_lead = from
        .checked_sub(1)
        .and_then(|at| matcher.form(lead?, at))
        .and_then(|(_, val)| of(val));
    if at_lead == Some(Tense::Past) {
        return Tense::Past;
    }
    if let Some(found) = adjoining(matcher, tags, to) {
        return at_lead.unwrap_or(found);
    }
    let tail = matcher.rules.class("tail");
    if tail.is_some_and(|tail| matcher.form(tail, to).is_some()) {
        return Tense::Future;
    }
    let first = sentence.0.max(from.saturating_sub(BEFORE));
    let behind = (first..from).rev();
    let ahead = to..sentence.1.min(to + AFTER);
    let comma = matcher.rules.words.get(",");
    let mut clause = day;
    for at in behind.chain(ahead) {
        clause &= at < from && matcher.pieces.get(at).is_none_or(|piece| piece.id != comma);
        let scheduled = || (clause && scheduled(matcher, tags, at)).then_some(Tense::Future);
        if let Some(found) = cue(matcher, tags, at).or_else(scheduled) {
            return match (found, at_lead) {
                // *had closed by Friday*, but *said it will close by Friday*
                (Tense::Past, Some(Tense::Future)) if at + 3 >= from && at < from => Tense::Past,
                // *Through October, the fund had risen*
                (Tense::Past, Some(Tense::Future))
                    if at >= to && from <= sentence.0 + 2 && says(matcher, "perfect", at) =>
                {
                    Tense::Past
                }
                // *By March, measures were taken*, but *By Friday, he said, it will open*
                (Tense::Past, Some(Tense::Future))
                    if at >= to
                        && opens_clause(matcher, sentence.0, from)
                        && !(at..sentence.1.min(at + BEFORE))
                            .any(|at| cue(matcher, tags, at) == Some(Tense::Future)) =>
                {
                    Tense::Past
                }
                // *Through the end of June it was flat*
                (Tense::Past, Some(Tense::Future))
                    if !day && from > 0 && says(matcher, "leadopen", from - 1) =>
                {
                    Tense::Past
                }
                (_, Some(lead)) => lead,
                (found, None) => found,
            };
        }
    }
    at_lead.unwrap_or(Tense::Unknown)
}

/// Whether the preposition before the expression opens its sentence or clause.
fn opens_clause(matcher: &Matcher<'_>, first: usize, from: usize) -> bool {
    let Some(before) = from.checked_sub(2).filter(|before| *before >= first) else {
        return true;
    };
    let ids = [",", "and", "but", ";"].map(|word| matcher.rules.words.get(word));
    let id = matcher.pieces.get(before).map_or(0, |piece| piece.id);
    id > 0 && ids.contains(&id)
}

/// Whether a form of the class begins at the piece.
fn says(matcher: &Matcher<'_>, class: &str, at: usize) -> bool {
    let class = matcher.rules.class(class);
    class.is_some_and(|class| matcher.form(class, at).is_some())
}

/// *leaves Rome on Monday, is meeting them on Friday*: what is on a timetable is told in the present.
fn scheduled(matcher: &Matcher<'_>, tags: &Tags<'_>, at: usize) -> bool {
    let Some(piece) = matcher.pieces.get(at) else {
        return false;
    };
    match tags.of(piece) {
        Some("VBZ" | "VBP") => !says(matcher, "stative", at),
        Some("VBG") => at
            .checked_sub(1)
            .is_some_and(|be| says(matcher, "present", be)),
        _ => false,
    }
}

/// *on Friday said*: the verb that follows at once is the expression's.
fn adjoining(matcher: &Matcher<'_>, tags: &Tags<'_>, to: usize) -> Option<Tense> {
    let next = matcher.pieces.get(to).filter(|next| !next.glued)?;
    (tags.of(next) == Some("VBD")).then_some(Tense::Past)
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
        if follows(matcher, at, "comparing") {
            return None;
        }
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

/// Whether a word of the class stands before it: *higher than expected* expects nothing.
fn follows(matcher: &Matcher<'_>, at: usize, class: &str) -> bool {
    let class = matcher.rules.class(class);
    let before = at.saturating_sub(2)..at;
    class.is_some_and(|class| {
        before
            .into_iter()
            .any(|at| matcher.form(class, at).is_some())
    })
}

/// *will be finalised*: a participle behind one of these is no past.
fn follows_base(matcher: &Matcher<'_>, at: usize) -> bool {
    follows(matcher, at, "tensebase")
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
