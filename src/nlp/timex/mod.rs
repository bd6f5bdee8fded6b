//! Time expressions after TIMEX3: found by rules that are data, resolved against the document date
//! or the date that the text named last.
//!
//! A text is cut into pieces (`lex`), a machine runs the rules' patterns over them (`matcher`, in
//! time linear in the text), and operations make values of what was captured (`resolve`, with
//! `compose`, `amounts`, `calendar` and `tense`). Words and rules of a language are files under
//! `assets/lexicons/timex/<language>/`; another language is another folder and a row in `language`.
//!
//! What stays true: expressions come in text order and do not overlap; the same text and date give
//! the same result; a relative expression without a document date keeps its undetermined form
//! (`XXXX-WXX-5`). Tags and lemmas help where the tagger ran and are not needed.
//!
//! Not here: expressions hung on events (*two days after the strike* gives its duration), and which
//! date a statement gets.

mod amounts;
mod calendar;
mod compose;
mod language;
mod lex;
mod matcher;
mod person;
mod resolve;
mod rules;
mod slots;
mod tense;

use jiff::civil::Date;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{Confidence, Suggested, TextRange, Timex, TimexClass, TimexValue};
use crate::nlp::Doc;
use crate::nlp::timex::lex::{Kind, Piece, lex};
use crate::nlp::timex::matcher::{Match, Matcher};
use crate::nlp::timex::resolve::{Context, Named, Resolved, day_only, ends, resolve};
use crate::nlp::timex::rules::{DIGITS, Rule, Rules};
use crate::nlp::timex::slots::{Captures, Op, OpKind};
use crate::nlp::timex::tense::{Tags, Tense, tense};

pub use language::Language;
pub use person::parse_person;

/// Layer and version, as written beside each suggestion.
const BY: &str = "timex 0.1";

/// Finds and resolves the time expressions of an English text.
///
/// # Errors
/// When cancelled, within a thousand words' time.
pub fn timexes(
    doc: &Doc<'_>,
    dct: Option<Date>,
    cancel: &Cancel,
) -> Result<Vec<Suggested<Timex>>, Cancelled> {
    timexes_in(Language::English, doc, dct, cancel)
}

/// Finds and resolves the time expressions of a text in `language`.
///
/// # Errors
/// When cancelled, within a thousand words' time.
pub fn timexes_in(
    language: Language,
    doc: &Doc<'_>,
    dct: Option<Date>,
    cancel: &Cancel,
) -> Result<Vec<Suggested<Timex>>, Cancelled> {
    Reader::new(language.rules(), doc, dct).read(cancel)
}

/// Goes through one text.
struct Reader<'a> {
    rules: &'a Rules,
    tags: Tags<'a>,
    pieces: Vec<Piece>,
    /// First piece of each sentence.
    sentences: Vec<usize>,
    dct: Option<Date>,
}

/// What was read so far.
#[derive(Default)]
struct State {
    found: Vec<Suggested<Timex>>,
    named: Option<Named>,
}

impl<'a> Reader<'a> {
    fn new(rules: &'a Rules, doc: &'a Doc<'a>, dct: Option<Date>) -> Self {
        let pieces = lex(doc.text, |word| rules.words.get(word));
        let sentences = sentence_starts(&pieces, doc, rules);
        Self {
            rules,
            tags: Tags { doc },
            pieces,
            sentences,
            dct,
        }
    }

    fn read(&self, cancel: &Cancel) -> Result<Vec<Suggested<Timex>>, Cancelled> {
        let matcher = Matcher::new(self.rules, &self.pieces);
        let mut state = State::default();
        let mut at = 0;
        while at < self.pieces.len() {
            if at % 1024 == 0 {
                cancel.check()?;
            }
            match matcher.longest(at, |rule, from, to| self.accepts(rule, from, to)) {
                Some(found) => {
                    self.take(&matcher, &found, &mut state);
                    at = found.to.max(at + 1);
                }
                None => at += 1,
            }
        }
        Ok(state.found)
    }

    /// Whether a match stands free and its surroundings are as the rule asks.
    fn accepts(&self, rule: &Rule, from: usize, to: usize) -> bool {
        let before = from.checked_sub(1).and_then(|at| self.pieces.get(at));
        let next = self.pieces.get(to);
        let (id_before, id_next) = (guard_id(before), guard_id(next));
        let guards = &rule.guards;
        let asked = |list: &Option<Vec<u32>>, id: u32| {
            list.as_ref()
                .is_none_or(|list| list.binary_search(&id).is_ok())
        };
        if !asked(&guards.before, id_before)
            || !asked(&guards.next, id_next)
            || (id_before > 0 && guards.not_before.binary_search(&id_before).is_ok())
            || (id_next > 0 && guards.not_next.binary_search(&id_next).is_ok())
        {
            return false;
        }
        let tagged = |piece: Option<&Piece>, list: &[&str]| {
            !list.is_empty()
                && piece
                    .and_then(|p| self.tags.of(p))
                    .is_some_and(|tag| list.contains(&tag))
        };
        if tagged(self.pieces.get(from), &guards.not_tag) || tagged(next, &guards.not_next_tag) {
            return false;
        }
        self.free_before(from) && self.free_after(to)
    }

    fn mark(&self, at: usize) -> Option<char> {
        let piece = self.pieces.get(at).filter(|p| p.kind == Kind::Mark)?;
        self.tags
            .doc
            .text
            .get(piece.start as usize..)?
            .chars()
            .next()
    }

    fn free_before(&self, from: usize) -> bool {
        let (Some(piece), Some(before)) = (self.pieces.get(from), from.checked_sub(1)) else {
            return true;
        };
        let digits = piece.kind == Kind::Digits;
        let mark = self.mark(before);
        if digits && mark.is_some_and(|c| "$€£¥#".contains(c)) {
            return false;
        }
        if !piece.glued {
            return true;
        }
        let Some(mark) = mark else {
            return false;
        };
        let far = before
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .filter(|_| self.pieces.get(before).is_some_and(|p| p.glued));
        match mark {
            '@' | '_' | '&' | '+' | '=' | '\\' | '~' | '^' => false,
            '.' | ',' | ':' | '/' => {
                far.is_none_or(|p| p.kind == Kind::Mark || (!digits && mark == ','))
            }
            '-' | '–' | '—' | '‐' | '‑' => {
                mark == '—'
                    || far.is_none_or(|p| p.kind == Kind::Mark)
                    || piece.digits == 4
                    || (!digits && piece.capital)
            }
            '\'' | '’' => far.is_none_or(|p| p.kind == Kind::Mark) || !digits,
            _ => true,
        }
    }

    fn free_after(&self, to: usize) -> bool {
        let Some(next) = self.pieces.get(to).filter(|p| p.glued) else {
            return true;
        };
        let Some(mark) = self.mark(to) else {
            // A letter or digit directly behind: only the end of an abbreviation may stand before it.
            return next.kind == Kind::Word
                && to.checked_sub(1).and_then(|at| self.mark(at)).is_some();
        };
        let far = self.pieces.get(to + 1).filter(|p| p.glued);
        let digits = to
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .is_some_and(|p| p.kind == Kind::Digits);
        match mark {
            '%' | '°' | '@' | '_' | '=' | '\\' => !digits && mark != '_' && mark != '@',
            '.' | ',' | ':' | '/' => far.is_none_or(|p| p.kind != Kind::Digits || !digits),
            '-' | '‐' | '‑' => far.is_none_or(|p| {
                p.kind == Kind::Mark || (digits && p.digits == 4) || p.capital && !digits
            }),
            _ => true,
        }
    }

    fn sentence_of(&self, piece: usize) -> usize {
        self.sentences
            .partition_point(|&start| start <= piece)
            .saturating_sub(1)
    }

    fn take(&self, matcher: &Matcher<'_>, found: &Match, state: &mut State) {
        let Some(rule) = self.rules.rules.get(found.rule) else {
            return;
        };
        if rule.op.kind == OpKind::None {
            return;
        }
        if rule.op.kind == OpKind::Range {
            let (first, second) = ends(&found.captures);
            let inner = Rule {
                op: Op::parse(rule.op.arg).unwrap_or(rule.op),
                ..rule.clone()
            };
            for (side, mark) in [first, second].iter().zip(&found.marks) {
                self.one(matcher, &inner, side, *mark, state);
            }
            return;
        }
        if rule.op.kind == OpKind::Pair {
            self.pair(matcher, rule, found, state);
            return;
        }
        let whole = (found.from, found.to);
        let mark = found.marks.first().copied().unwrap_or(whole);
        self.one(matcher, rule, &found.captures, mark, state);
    }

    /// A day and a time of it, marked apart: *at 9 a.m. on Feb. 3*.
    fn pair(&self, matcher: &Matcher<'_>, rule: &Rule, found: &Match, state: &mut State) {
        let op = |class| Rule {
            op: Op {
                kind: OpKind::Date,
                arg: "",
            },
            class,
            ..rule.clone()
        };
        let day = day_only(&found.captures);
        for (n, mark) in found.marks.iter().enumerate() {
            if (n == 0) == (rule.op.arg == "day") {
                self.one(matcher, &op(TimexClass::Date), &day, *mark, state);
            } else {
                self.one(
                    matcher,
                    &op(TimexClass::Time),
                    &found.captures,
                    *mark,
                    state,
                );
            }
        }
    }

    fn one(
        &self,
        matcher: &Matcher<'_>,
        rule: &Rule,
        captures: &Captures,
        (from, to): (usize, usize),
        state: &mut State,
    ) {
        let sentence = self.sentence_of(from);
        let bounds = (
            self.sentences.get(sentence).copied().unwrap_or(0),
            self.sentences
                .get(sentence + 1)
                .copied()
                .unwrap_or(self.pieces.len()),
        );
        let context = Context {
            dct: self.dct,
            named: state.named,
            tense: if needs_tense(rule) {
                tense(matcher, &self.tags, bounds, from, to)
            } else {
                Tense::Unknown
            },
            sentence,
        };
        let (Some(resolved), Some(range)) =
            (resolve(rule, captures, &context), self.range(from, to))
        else {
            return;
        };
        if let Some((day, unit)) = resolved.day.filter(|_| rule.op.arg != "dct -") {
            state.named = Some(Named {
                day,
                unit,
                range,
                sentence,
                full: resolved.full,
                opens: from <= bounds.0 + 2,
            });
        }
        state.found.push(suggestion(rule, resolved, range));
    }

    fn range(&self, from: usize, to: usize) -> Option<TextRange> {
        let (first, last) = (self.pieces.get(from)?, self.pieces.get(to.checked_sub(1)?)?);
        (first.start < last.end).then(|| TextRange::new(first.start.into(), last.end.into()))
    }
}

/// The id that guards know a neighbour by.
fn guard_id(piece: Option<&Piece>) -> u32 {
    piece.map_or(0, |p| if p.kind == Kind::Digits { DIGITS } else { p.id })
}

fn needs_tense(rule: &Rule) -> bool {
    matches!(rule.op.kind, OpKind::Date | OpKind::Unit | OpKind::Weekpart)
}

fn suggestion(rule: &Rule, resolved: Resolved, range: TextRange) -> Suggested<Timex> {
    Suggested {
        confidence: Confidence::new(rule.confidence * resolved.sure),
        by: BY.to_owned(),
        value: Timex {
            range,
            class: resolved.class,
            value: TimexValue(resolved.value),
            modifier: resolved.modifier,
            quant: rule.quant.map(str::to_owned),
            freq: resolved.freq.or_else(|| rule.freq.map(str::to_owned)),
            anchor: resolved.anchor,
            rule: rule.name.to_owned(),
        },
    }
}

/// First piece of each sentence: as segmented, else after a full stop before a capital, and at paragraphs.
fn sentence_starts(pieces: &[Piece], doc: &Doc<'_>, rules: &Rules) -> Vec<usize> {
    if !doc.tokens.sentences.is_empty() {
        return doc
            .tokens
            .sentences
            .iter()
            .map(|s| pieces.partition_point(|p| p.start < u32::from(s.range.start())))
            .collect();
    }
    let stops = [".", "!", "?"].map(|stop| rules.words.get(stop));
    let ends = |at: usize| {
        let piece = pieces.get(at);
        piece.is_some_and(|p| p.id > 0 && stops.contains(&p.id))
            && at
                .checked_sub(1)
                .and_then(|b| pieces.get(b))
                .is_none_or(|p| p.end - p.start > 3)
    };
    pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| {
            *at == 0
                || piece.lines > 1
                || (piece.capital && !piece.glued && at.checked_sub(1).is_some_and(ends))
        })
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests;
