//! The day of a clock time: told of before it, or named behind it (*at 3 p.m. (1900 GMT) on Monday*).

use crate::model::{TextRange, TimexClass};
use crate::nlp::timex::calendar::Unit;
use crate::nlp::timex::lex::Kind;
use crate::nlp::timex::resolve::{Named, Resolved};
use crate::nlp::timex::{LOOK_BACK, Reader, State};

/// Sentences after which a day that was told of is no longer the one that a clock time is on.
const DAY_TOLD: usize = 6;

/// Pieces that may stand between a clock time and its day: *at 3 p.m. (1900 GMT) on Monday*.
const DAY_GAP: usize = 2;

impl Reader<'_> {
    /// The day told of last, a few sentences back at most, that was over or begun at publication.
    pub(super) fn told_day(&self, state: &State, sentence: usize) -> Option<Named> {
        let near = state.dated.iter().rev().take(LOOK_BACK);
        near.take_while(|dated| dated.sentence + DAY_TOLD >= sentence)
            .find(|dated| dated.unit == Unit::Day && self.given.dct >= Some(dated.day))
            .map(|dated| Named {
                day: dated.day,
                unit: Unit::Day,
                range: dated.range,
                sentence: dated.sentence,
                full: false,
                opens: false,
                bounds: dated.bounds,
            })
    }

    /// Gives clock times just before the day that is named behind them, and keeps a clock time whose
    /// day may yet be named.
    pub(super) fn date_loose(
        &self,
        state: &mut State,
        resolved: &Resolved,
        range: TextRange,
        (from, to): (usize, usize),
    ) {
        let joined = state
            .loose
            .last()
            .is_some_and(|(_, end)| self.joins(*end, from));
        if !joined {
            state.loose.clear();
        }
        if resolved.loose {
            state.loose.push((state.found.len(), to));
            return;
        }
        let day = resolved.day.filter(|(_, unit)| {
            *unit == Unit::Day && resolved.class == TimexClass::Date && resolved.value.len() == 10
        });
        for (at, _) in state.loose.drain(..) {
            let found = state.found.get_mut(at).filter(|_| day.is_some());
            if let Some(timex) = found.map(|found| &mut found.value)
                && let Some(clock) = timex.value.0.get(10..)
            {
                timex.value.0 = format!("{}{clock}", resolved.value);
                timex.anchor = Some(range);
            }
        }
    }

    /// Whether what stands between the two pieces only joins a clock time to its day.
    fn joins(&self, from: usize, to: usize) -> bool {
        let between = self.pieces.get(from..to);
        to <= from + DAY_GAP
            && between.is_some_and(|pieces| {
                pieces.iter().enumerate().all(|(n, piece)| {
                    piece.lines == 0
                        && (piece.kind == Kind::Mark || self.class_has("clockjoint", from + n))
                })
            })
    }
}
