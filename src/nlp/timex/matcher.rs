//! Runs patterns over pieces: a backtracking machine with a bound on steps a start, so that the
//! whole is linear in the length of the text.

use crate::nlp::timex::lex::{Kind, Piece};
use crate::nlp::timex::rules::{Class, Inst, Rule, Rules, Shape};
use crate::nlp::timex::slots::{Captures, Slot, Val};

/// Steps for one rule at one place; the longest sensible expression needs a few hundred.
const STEPS: u32 = 4_000;
/// Pieces that a match may cover.
const REACH: usize = 40;

/// Where a rule matched.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub(super) rule: usize,
    /// Pieces, half-open.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) captures: Captures,
    /// Marked parts: pieces, half-open. Empty: the whole.
    pub(super) marks: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
enum Note {
    Capture(Slot, Val),
    Open(usize),
    Close(usize),
}

#[cfg(test)]
thread_local! {
    /// Steps of patterns and looks at forms so far: work that no clock has to measure.
    pub(super) static WORK: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts one step of work, in tests only.
fn count() {
    #[cfg(test)]
    WORK.with(|work| work.set(work.get() + 1));
}

/// Matches rules against the pieces of one text.
pub(super) struct Matcher<'a> {
    pub(super) rules: &'a Rules,
    pub(super) pieces: &'a [Piece],
    cards: Option<&'a Class>,
    ordinals: Option<&'a Class>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(rules: &'a Rules, pieces: &'a [Piece]) -> Self {
        Self {
            rules,
            pieces,
            cards: rules.class("card"),
            ordinals: rules.class("ordinal"),
        }
    }

    /// Returns the longest match that begins at piece `from`; of equals the first rule's.
    pub(super) fn longest(
        &self,
        from: usize,
        accept: impl Fn(&Rule, usize, usize) -> bool,
    ) -> Option<Match> {
        let piece = self.pieces.get(from)?;
        let candidates: &[u32] = if piece.kind == Kind::Digits {
            &self.rules.by_digits
        } else {
            self.rules
                .by_word
                .get(piece.id as usize)
                .filter(|_| piece.id > 0)?
        };
        let mut best: Option<Match> = None;
        for &at in candidates {
            let at = at as usize;
            let Some(rule) = self.rules.rules.get(at) else {
                continue;
            };
            if rule.guards.capital && !piece.capital {
                continue;
            }
            let least = best.as_ref().map_or(from, |b| b.to);
            if let Some((to, notes)) = self.run(rule, from, least, &accept) {
                best = Some(finish(at, from, to, &notes));
            }
        }
        best
    }

    /// Runs one rule; only an end beyond `least` counts.
    fn run(
        &self,
        rule: &Rule,
        from: usize,
        least: usize,
        accept: &impl Fn(&Rule, usize, usize) -> bool,
    ) -> Option<(usize, Vec<Note>)> {
        let mut notes: Vec<Note> = Vec::new();
        let mut stack: Vec<(usize, usize, usize)> = Vec::new();
        let (mut pc, mut pos) = (0, from);
        let mut best: Option<(usize, Vec<Note>)> = None;
        for _ in 0..STEPS {
            count();
            let next = match rule.code.get(pc) {
                Some(Inst::Done) => {
                    let beyond = best.as_ref().map_or(least, |(to, _)| *to);
                    if pos > beyond && accept(rule, from, pos) {
                        best = Some((pos, notes.clone()));
                    }
                    None
                }
                Some(Inst::Split(first, second)) => {
                    stack.push((*second, pos, notes.len()));
                    Some((*first, pos))
                }
                Some(Inst::Jump(to)) => Some((*to, pos)),
                Some(inst) => self.step(inst, from, pos).map(|(next, note)| {
                    notes.extend(note);
                    (pc + 1, next)
                }),
                None => None,
            };
            if let Some(next) = next.filter(|(_, pos)| *pos <= from + REACH) {
                (pc, pos) = next;
            } else {
                let Some(back) = stack.pop() else { break };
                (pc, pos) = (back.0, back.1);
                notes.truncate(back.2);
            }
        }
        best
    }

    /// Longest form of a class at `pos`.
    pub(super) fn form(&self, class: &Class, pos: usize) -> Option<(usize, Val)> {
        count();
        let piece = self.pieces.get(pos)?;
        let mut best: Option<(usize, Val)> = None;
        for form in class.forms.get(&piece.id)? {
            count();
            if form.capital && !piece.capital {
                continue;
            }
            let end = pos + 1 + form.rest.len();
            let rest = self.pieces.get(pos + 1..end);
            let fits =
                rest.is_some_and(|rest| rest.iter().zip(&form.rest).all(|(p, id)| p.id == *id));
            if fits && best.is_none_or(|(to, _)| end > to) {
                best = Some((end, form.value));
            }
        }
        best
    }

    /// Goes past one step of a pattern: the next piece, and what there is to note.
    fn step(&self, inst: &Inst, from: usize, pos: usize) -> Option<(usize, Option<Note>)> {
        match inst {
            Inst::Open => return Some((pos, Some(Note::Open(pos)))),
            Inst::Close => return Some((pos, Some(Note::Close(pos)))),
            _ => {}
        }
        // Nothing goes across a paragraph.
        let piece = self
            .pieces
            .get(pos)
            .filter(|piece| pos == from || piece.lines < 2)?;
        match inst {
            Inst::Glued => piece.glued.then_some((pos, None)),
            Inst::Words(ids) => {
                (piece.id > 0 && ids.contains(&piece.id)).then_some((pos + 1, None))
            }
            Inst::Digits(number) => {
                (piece.digits > 0 && piece.number == *number).then_some((pos + 1, None))
            }
            Inst::Class(class, slot) => {
                let (next, value) = self.form(self.rules.classes.get(*class)?, pos)?;
                Some((next, slot.map(|slot| Note::Capture(slot, value))))
            }
            Inst::Shape(shape, slot) => {
                let (next, value) = self.shape(*shape, pos)?;
                Some((next, slot.map(|slot| Note::Capture(slot, Val::N(value)))))
            }
            Inst::Open | Inst::Close | Inst::Split(..) | Inst::Jump(_) | Inst::Done => None,
        }
    }

    fn shape(&self, shape: Shape, pos: usize) -> Option<(usize, i64)> {
        let piece = self.pieces.get(pos)?;
        let number = i64::from(piece.number);
        let within = |digits: std::ops::RangeInclusive<u8>,
                      values: std::ops::RangeInclusive<i64>| {
            (digits.contains(&piece.digits) && values.contains(&number))
                .then_some((pos + 1, number))
        };
        match shape {
            Shape::Year => within(4..=4, 1000..=2199),
            Shape::Modern => within(4..=4, 1900..=2059),
            Shape::Yy => within(2..=2, 0..=99),
            Shape::LateYy => within(2..=2, 32..=99),
            Shape::Hhmm => within(4..=4, 0..=2359).filter(|(_, n)| n % 100 < 60),
            Shape::Mm => within(1..=2, 1..=12),
            Shape::Hour => within(1..=2, 0..=24),
            Shape::Sixty => within(2..=2, 0..=59),
            Shape::Old => within(3..=3, 100..=999),
            Shape::Int => within(1..=4, 0..=9999),
            Shape::Decade4 => within(4..=4, 1000..=2190).filter(|(_, n)| n % 10 == 0),
            Shape::Decade2 => within(2..=2, 10..=90).filter(|(_, n)| n % 10 == 0),
            Shape::Day => match self.ordinal(pos) {
                Some((next, n)) => (1..=31).contains(&n).then_some((next, n)),
                None => within(1..=2, 1..=31),
            },
            Shape::Ord => self.ordinal(pos),
            Shape::Num => self.number(pos),
            Shape::AnyWord => (piece.kind == Kind::Word).then_some((pos + 1, 0)),
        }
    }

    fn ordinal(&self, pos: usize) -> Option<(usize, i64)> {
        let piece = self.pieces.get(pos)?;
        if piece.kind == Kind::Digits {
            let suffix = self.pieces.get(pos + 1).filter(|p| p.glued)?;
            let known = self
                .rules
                .class("ordsuffix")?
                .forms
                .contains_key(&suffix.id);
            return (known && piece.digits <= 3).then_some((pos + 2, i64::from(piece.number)));
        }
        let (next, value) = self.form(self.ordinals?, pos)?;
        Some((next, value.number()?))
    }

    /// Reads a cardinal, in thousandths: `2.5`, `1,200`, *twenty-five*, *two and a half*.
    fn number(&self, pos: usize) -> Option<(usize, i64)> {
        let piece = self.pieces.get(pos)?;
        let (mut next, mut value) = if piece.kind == Kind::Digits {
            self.digit_number(pos)?
        } else {
            let (next, value) = self.word_number(pos)?;
            (next, value.checked_mul(1000)?)
        };
        if let Some(part) = self.slash_fraction(next) {
            return Some((next + 3, value.checked_add(part)?));
        }
        if let Some((after, scale)) = self.form_number(next).filter(|(_, scale)| *scale >= 100) {
            value = value.checked_mul(scale)?;
            next = after;
        }
        if let Some((after, part)) = self
            .rules
            .class("fraction")
            .and_then(|class| self.form(class, next))
        {
            value = value.checked_add(part.number()?)?;
            next = after;
        }
        Some((next, value))
    }

    fn digit_number(&self, pos: usize) -> Option<(usize, i64)> {
        let glued = |at: usize| self.pieces.get(at).filter(|p| p.glued);
        let piece = self.pieces.get(pos)?;
        let mut value = i64::from(piece.number);
        let mut next = pos + 1;
        let comma = self.rules.words.get(",");
        let dot = self.rules.words.get(".");
        while glued(next).is_some_and(|p| p.id == comma)
            && glued(next + 1).is_some_and(|p| p.digits == 3)
        {
            value = value
                .checked_mul(1000)?
                .checked_add(i64::from(self.pieces.get(next + 1)?.number))?;
            next += 2;
        }
        value = value.checked_mul(1000)?;
        if glued(next).is_some_and(|p| p.id == dot)
            && let Some(part) = glued(next + 1).filter(|p| (1..=3).contains(&p.digits))
        {
            let scale = [100, 10, 1].get(usize::from(part.digits) - 1).copied()?;
            value = value.checked_add(i64::from(part.number) * scale)?;
            next += 2;
        }
        Some((next, value))
    }

    /// Reads `1/2` behind a number, in thousandths.
    fn slash_fraction(&self, pos: usize) -> Option<i64> {
        let [over, slash, under] = self.pieces.get(pos..pos + 3)? else {
            return None;
        };
        let fits = !over.glued
            && over.digits == 1
            && slash.glued
            && slash.id == self.rules.words.get("/")
            && under.glued
            && (1..=2).contains(&under.digits)
            && over.number < under.number;
        fits.then(|| i64::from(over.number) * 1000 / i64::from(under.number))
    }

    fn form_number(&self, pos: usize) -> Option<(usize, i64)> {
        let (next, value) = self.form(self.cards?, pos)?;
        Some((next, value.number()?))
    }

    fn word_number(&self, pos: usize) -> Option<(usize, i64)> {
        let hyphen = self.rules.words.get("-");
        let and = self.rules.class("numberand");
        let (mut next, mut sum, mut last) = (pos, 0_i64, 0_i64);
        while let Some((after, n)) = self.form_number(next) {
            let fits = last == 0 || n >= 100 || last >= 100 || (last >= 20 && n < 10);
            if !fits {
                break;
            }
            if n >= 100 {
                sum = sum.max(1).checked_mul(n)?;
            } else {
                sum = sum.checked_add(n)?;
            }
            (next, last) = (after, n);
            let joint = self.pieces.get(next);
            let joins = joint.is_some_and(|p| {
                (p.id == hyphen && p.glued && (20..100).contains(&n))
                    || (n >= 100 && and.is_some_and(|class| class.forms.contains_key(&p.id)))
            });
            if joins
                && self
                    .form_number(next + 1)
                    .is_some_and(|(_, m)| m < 100 && (n >= 100 || m < 10))
            {
                next += 1;
            }
        }
        (next > pos).then_some((next, sum))
    }
}

fn finish(rule: usize, from: usize, to: usize, notes: &[Note]) -> Match {
    let (mut captures, mut marks, mut open) = (Captures::default(), Vec::new(), None);
    for note in notes {
        match *note {
            Note::Capture(slot, val) => captures.0.push((slot, val)),
            Note::Open(at) => open = Some(at),
            Note::Close(at) => marks.extend(open.take().map(|from| (from, at))),
        }
    }
    Match {
        rule,
        from,
        to,
        captures,
        marks,
    }
}
