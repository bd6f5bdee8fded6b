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
//! A person's decisions are obeyed: what hangs on a corrected expression counts from the correction.
//!
//! Not here: which date a statement gets (but what the narrative's date is, in `narrative`).

mod amounts;
mod calendar;
mod compose;
mod events;
mod known;
mod language;
mod lex;
mod lunar;
mod matcher;
mod narrative;
mod person;
mod resolve;
mod rules;
mod slots;
mod tense;

use jiff::civil::Date;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{Confidence, Suggested, TextRange, Timex, TimexClass, TimexValue};
use crate::nlp::Doc;
use crate::nlp::timex::calendar::Unit;
use crate::nlp::timex::known::day_and_unit;
use crate::nlp::timex::lex::{Kind, Piece, lex};
use crate::nlp::timex::matcher::{Match, Matcher};
use crate::nlp::timex::resolve::{Context, Dated, Named, Resolved, day_only, ends, resolve};
use crate::nlp::timex::rules::{DIGITS, EDGE, Rule, Rules};
use crate::nlp::timex::slots::{Captures, Op, OpKind};
use crate::nlp::timex::tense::{Tags, Tense, tense};

pub use known::KnownTime;
pub use language::Language;
pub use narrative::narrative;
pub use person::{parse_person, parse_person_with};

/// Layer and version, as written beside each suggestion.
const BY: &str = "timex 0.1";

/// What a text is read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// Language of the text.
    pub language: Language,
    /// Document creation time.
    pub dct: Option<Date>,
    /// What a person decided on, in text order.
    pub known: &'a [KnownTime],
}

/// Finds and resolves the time expressions of a text.
///
/// # Errors
/// When cancelled, within a thousand words' time.
pub fn timexes(
    doc: &Doc<'_>,
    given: Given<'_>,
    cancel: &Cancel,
) -> Result<Vec<Suggested<Timex>>, Cancelled> {
    Reader::new(given.language.rules(), doc, given).read(cancel)
}

/// Goes through one text.
struct Reader<'a> {
    rules: &'a Rules,
    tags: Tags<'a>,
    pieces: Vec<Piece>,
    /// First piece of each sentence.
    sentences: Vec<usize>,
    given: Given<'a>,
}

/// What was read so far.
#[derive(Default)]
struct State {
    found: Vec<Suggested<Timex>>,
    named: Option<Named>,
    quarter: Option<Named>,
    /// All that later expressions may hang on.
    dated: Vec<Dated>,
    /// How many of the person's times were passed.
    known: usize,
}

impl State {
    fn name(&mut self, named: Named) {
        self.named = Some(named);
        // Seasons have the same length; they begin in other months.
        if named.unit == Unit::Quarter && named.day.month() % 3 == 1 {
            self.quarter = Some(named);
        }
        self.dated.push(Dated {
            day: named.day,
            unit: named.unit,
            range: named.range,
            sentence: named.sentence,
        });
    }
}

impl<'a> Reader<'a> {
    fn new(rules: &'a Rules, doc: &'a Doc<'a>, given: Given<'a>) -> Self {
        let pieces = lex(doc.text, |word| rules.words.get(word));
        let sentences = sentence_starts(&pieces, doc, rules);
        Self {
            rules,
            tags: Tags { doc },
            pieces,
            sentences,
            given,
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
            self.pass_known(at, &mut state);
            match matcher.longest(at, |rule, from, to| self.accepts(rule, from, to)) {
                Some(found) => {
                    let end = self.take(&matcher, &found, &mut state);
                    at = end.unwrap_or(found.to).max(at + 1);
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
            '.' | ',' | ':' | '/' => far.is_none_or(|p| {
                p.kind == Kind::Mark
                    || (!digits && mark == ',')
                    || (mark == ':' && p.kind == Kind::Word)
            }),
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

    /// Notes what the person added where no rule finds anything.
    fn pass_known(&self, at: usize, state: &mut State) {
        let Some(piece) = self.pieces.get(at) else {
            return;
        };
        while let Some(known) = self.given.known.get(state.known) {
            if u32::from(known.range.end()) > piece.start {
                return;
            }
            state.known += 1;
            let told = state.dated.last().is_some_and(|d| d.range == known.range);
            let Some((day, unit)) = known.value.as_ref().and_then(day_and_unit) else {
                continue;
            };
            if !told {
                let sentence = self.sentence_of(at.saturating_sub(1));
                state.name(Named {
                    day,
                    unit,
                    range: known.range,
                    sentence,
                    full: true,
                    opens: false,
                });
            }
        }
    }

    /// The person's decision on words that `range` shares.
    fn known_at(&self, range: TextRange) -> Option<&'a KnownTime> {
        let known = self.given.known;
        let at = known.partition_point(|k| k.range.end() <= range.start());
        known.get(at).filter(|k| k.range.start() < range.end())
    }

    /// Makes values of a match; returns the piece to go on from where that is not the match's end.
    fn take(&self, matcher: &Matcher<'_>, found: &Match, state: &mut State) -> Option<usize> {
        let rule = self.rules.rules.get(found.rule)?;
        match rule.op.kind {
            OpKind::None => None,
            OpKind::Event => self.event(matcher, rule, found, state),
            _ => {
                self.marked(matcher, rule, found, state);
                None
            }
        }
    }

    /// *two days after the strike*: with the event's words where it has a date, else the length.
    fn event(
        &self,
        matcher: &Matcher<'_>,
        rule: &Rule,
        found: &Match,
        state: &mut State,
    ) -> Option<usize> {
        let sentence = self.sentence_of(found.from);
        let event = events::find(
            self.tags.doc.text,
            &self.pieces,
            &self.sentences,
            &state.dated,
            (found.to, sentence),
        );
        let resolved = event.and_then(|event| {
            let resolved = events::shifted(&found.captures, &event, rule.op.arg == "-")?;
            Some((event.end, resolved))
        });
        if let Some((end, resolved)) = resolved {
            self.note(rule, resolved, (found.from, end), state);
            return Some(end);
        }
        let length = Rule {
            op: Op {
                kind: OpKind::Dur,
                arg: "",
            },
            class: TimexClass::Duration,
            ..rule.clone()
        };
        self.marked(matcher, &length, found, state);
        None
    }

    fn marked(&self, matcher: &Matcher<'_>, rule: &Rule, found: &Match, state: &mut State) {
        if rule.op.kind == OpKind::Range {
            let clock = rule.op.arg == "clock";
            let (first, second) = ends(&found.captures, clock);
            let inner = Rule {
                op: Op::parse(if clock { "date" } else { rule.op.arg }).unwrap_or(rule.op),
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
            dct: self.given.dct,
            named: state.named,
            quarter: state.quarter,
            tense: if needs_tense(rule) {
                tense(matcher, &self.tags, bounds, from, to)
            } else {
                Tense::Unknown
            },
            sentence,
        };
        if let Some(resolved) = resolve(rule, captures, &context) {
            self.note(rule, resolved, (from, to), state);
        }
    }

    /// Keeps what was resolved, and what later expressions can hang on.
    fn note(&self, rule: &Rule, resolved: Resolved, (from, to): (usize, usize), state: &mut State) {
        let Some(range) = self.range(from, to) else {
            return;
        };
        let sentence = self.sentence_of(from);
        let first = self.sentences.get(sentence).copied().unwrap_or(0);
        let known = self.known_at(range);
        let told = match known {
            Some(known) => known.value.as_ref().and_then(day_and_unit),
            None => resolved.day.filter(|_| rule.op.arg != "dct -"),
        };
        if let Some((day, unit)) = told {
            state.name(Named {
                day,
                unit,
                range: known.map_or(range, |known| known.range),
                sentence,
                full: resolved.full || known.is_some(),
                opens: from <= first + 2,
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
    piece.map_or(EDGE, |p| if p.kind == Kind::Digits { DIGITS } else { p.id })
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
                .is_none_or(|p| p.kind == Kind::Digits || p.end - p.start > 3)
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
