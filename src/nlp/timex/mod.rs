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
mod days;
mod events;
mod free;
mod known;
mod language;
mod lex;
mod lunar;
mod matcher;
mod narrative;
mod periods;
mod person;
mod resolve;
mod rules;
mod slots;
mod tense;

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{Confidence, Suggested, TextRange, Timex, TimexClass, TimexValue};
use crate::nlp::Doc;
use crate::nlp::timex::calendar::Unit;
use crate::nlp::timex::known::day_and_unit;
use crate::nlp::timex::lex::{Kind, Piece, lex};
use crate::nlp::timex::matcher::{Match, Matcher};
use crate::nlp::timex::periods::ended;
use crate::nlp::timex::resolve::{Context, Dated, Named, Resolved, day_only, ends, resolve};
use crate::nlp::timex::rules::{Rule, Rules};
use crate::nlp::timex::slots::{Captures, Op, OpKind, Slot};
use crate::nlp::timex::tense::{Tags, Tense, tense};

pub use known::{KnownTime, as_decided};
pub use language::Language;
pub use narrative::narrative;
pub use person::{parse_person, parse_person_with};

/// Layer and version, as written beside each suggestion.
const BY: &str = "timex 0.1";

/// Dated expressions looked back at for one that is fine enough: a bound that keeps the work linear.
const LOOK_BACK: usize = 8;

/// Pieces before *a year ago* in which a figure is set against another.
const COMPARED: usize = 12;

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
    /// The last of them that was over at publication.
    past_quarter: Option<Named>,
    /// Where figures of several months were told last, and in which sentence: *the nine months*.
    months: Option<(TextRange, usize)>,
    /// All that later expressions may hang on.
    dated: Vec<Dated>,
    /// How many of the person's times were passed.
    known: usize,
    /// Pieces and first day of the expression before.
    last: Option<(usize, usize, Date)>,
    /// Clock times just before, whose day may yet be named: places in `found`, and pieces behind them.
    loose: Vec<(usize, usize)>,
}

impl State {
    fn name(&mut self, named: Named, dct: Option<Date>) {
        self.named = Some(named);
        // Seasons have the same length; they begin in other months.
        if named.unit == Unit::Quarter && named.day.month() % 3 == 1 {
            self.quarter = Some(named);
            if ended(&named, dct) {
                self.past_quarter = Some(named);
            }
        }
        self.dated.push(Dated {
            day: named.day,
            unit: named.unit,
            range: named.range,
            sentence: named.sentence,
            bounds: named.bounds,
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
                let named = Named {
                    day,
                    unit,
                    range: known.range,
                    sentence,
                    full: true,
                    opens: false,
                    bounds: false,
                };
                state.name(named, self.given.dct);
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
                // What the second end lacks it has from the first already; but *Tue to Thu* goes on.
                if side.get(Slot::Weekday).is_none() {
                    state.last = None;
                }
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
            named: Self::named_for(state, counted(rule, captures), sentence),
            told_day: self.told_day(state, sentence),
            quarter: state.quarter,
            past_quarter: state.past_quarter,
            months_told: months_told(state, sentence),
            compared: self.compared(state, sentence, from),
            after: self.range_start(state, from),
            noun: self.before_noun(from, to),
            opens: from == bounds.0 + 1 && self.class_has("opening", bounds.0),
            tense: if needs_tense(rule) {
                let day = captures.get(Slot::Weekday).is_some();
                self.coordinated(state, from)
                    .unwrap_or_else(|| tense(matcher, &self.tags, bounds, (from, to), day))
            } else {
                Tense::Unknown
            },
            sentence,
        };
        if let Some(resolved) = resolve(rule, captures, &context) {
            self.note(rule, resolved, (from, to), state);
        }
    }

    /// Whether the piece begins a form of the class.
    fn class_has(&self, class: &str, at: usize) -> bool {
        let (Some(class), Some(piece)) = (self.rules.class(class), self.pieces.get(at)) else {
            return false;
        };
        piece.id > 0 && class.forms.contains_key(&piece.id)
    }

    /// What an expression of this precision can count from: the date named last, or where that is too
    /// coarse (*1940, the next day*) the last one near that is not.
    fn named_for(state: &State, unit: Option<Unit>, sentence: usize) -> Option<Named> {
        let named = state.named?;
        let coarse = |day, of| unit.is_some_and(|unit| calendar::within(day, of, unit).is_some());
        // *the month* is that of the figures, not the one *since* which they are the best.
        let month = unit == Some(Unit::Month) && named.bounds;
        if !coarse(named.day, named.unit) && !month {
            return Some(named);
        }
        let near = state.dated.iter().rev().take(LOOK_BACK);
        let fine = near
            .take_while(|dated| dated.sentence + 3 >= sentence)
            .filter(|dated| !month || (dated.unit == Unit::Month && !dated.bounds))
            .find(|dated| !coarse(dated.day, dated.unit));
        Some(fine.map_or(named, |dated| Named {
            day: dated.day,
            unit: dated.unit,
            range: dated.range,
            sentence,
            full: false,
            opens: false,
            bounds: dated.bounds,
        }))
    }

    /// The quarter named last, not far back and before any year, where a figure is set against another.
    fn compared(&self, state: &State, sentence: usize, from: usize) -> Option<Named> {
        let figures = (from.saturating_sub(COMPARED)..from).any(|at| self.class_has("against", at));
        let quarter = state.quarter.filter(|_| figures)?;
        let year = state.dated.iter().rev().take(LOOK_BACK);
        let later = year.filter(|dated| dated.range.start() > quarter.range.start());
        let told = later.map(|dated| dated.unit).all(|unit| unit == Unit::Day);
        (told && quarter.sentence + 4 >= sentence).then_some(quarter)
    }

    /// The day from which a range goes on to what begins at `from`: *from April to June*.
    fn range_start(&self, state: &State, from: usize) -> Option<Date> {
        let (first, last, day) = state.last?;
        if last + 1 != from {
            return None;
        }
        let opened = first
            .checked_sub(1)
            .is_some_and(|before| self.class_has("rangefrom", before));
        let goes_on = self.class_has("rangeto", last) && opened;
        (goes_on || self.class_has("rangethrough", last)).then_some(day)
    }

    /// The tense of the date just before, where *and* or *or* joins the two: *tomorrow or Saturday*.
    fn coordinated(&self, state: &State, from: usize) -> Option<Tense> {
        let (_, last, day) = state.last?;
        let joined = last + 1 == from && self.class_has("conjunction", last);
        let dct = self.given.dct.filter(|_| joined)?;
        match day.cmp(&dct) {
            Ordering::Less => Some(Tense::Past),
            Ordering::Greater => Some(Tense::Future),
            Ordering::Equal => None,
        }
    }

    /// Whether a noun follows that the expression describes: *the October report*.
    fn before_noun(&self, from: usize, to: usize) -> bool {
        let Some(next) = self.pieces.get(to) else {
            return false;
        };
        let possessed = next.glued && self.mark(to).is_some_and(|mark| "'’".contains(mark));
        let noun = matches!(self.tags.of(next), Some("NN" | "NNS" | "JJ" | "NNP"));
        let free = from
            .checked_sub(1)
            .is_none_or(|before| !self.class_has("monthprep", before));
        let traded = self.class_has("traded", to);
        possessed || traded || (noun && free && next.lines == 0)
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
            None => resolved
                .day
                .filter(|_| rule.op.arg != "dct -" && !resolved.aside),
        };
        state.last = resolved.day.map(|(day, _)| (from, to, day));
        let bounds = from
            .checked_sub(1)
            .is_some_and(|before| self.class_has("bounding", before));
        if let Some((day, unit)) = told {
            let named = Named {
                day,
                unit,
                range: known.map_or(range, |known| known.range),
                sentence,
                full: resolved.full || known.is_some(),
                opens: from <= first + 2 && !bounds,
                bounds,
            };
            state.name(named, self.given.dct);
        }
        self.date_loose(state, &resolved, range, (from, to));
        if is_term(&resolved) {
            state.months = Some((range, sentence));
        }
        state.found.push(suggestion(rule, resolved, range));
    }

    fn range(&self, from: usize, to: usize) -> Option<TextRange> {
        let (first, last) = (self.pieces.get(from)?, self.pieces.get(to.checked_sub(1)?)?);
        (first.start < last.end).then(|| TextRange::new(first.start.into(), last.end.into()))
    }
}

/// Whether a length is that of several quarters, over which figures are told: *the nine months*.
fn is_term(resolved: &Resolved) -> bool {
    let months = ["P6M", "P9M", "P12M", "P26W", "P39W", "P52W"];
    resolved.class == TimexClass::Duration && months.contains(&resolved.value.as_str())
}

/// Whether figures of several months were told after the last quarter, here or just before.
fn months_told(state: &State, sentence: usize) -> bool {
    state.months.is_some_and(|(range, at)| {
        at + 1 >= sentence
            && state
                .quarter
                .is_none_or(|quarter| quarter.range.start() < range.start())
    })
}

fn needs_tense(rule: &Rule) -> bool {
    let counted = rule.op.kind == OpKind::Dur && rule.op.arg == "in";
    counted
        || matches!(
            rule.op.kind,
            OpKind::Date | OpKind::Unit | OpKind::Weekpart | OpKind::From
        )
}

/// The precision of what is counted from another date.
fn counted(rule: &Rule, captures: &Captures) -> Option<Unit> {
    match rule.op.kind {
        OpKind::Unit if captures.get(Slot::Unit).is_none() => Some(Unit::Day),
        OpKind::Unit | OpKind::Shift => captures.unit(Slot::Unit),
        _ => None,
    }
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
            points: resolved.points,
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
