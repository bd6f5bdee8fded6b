//! Expressions that hang on what happened: *two days after the strike*, where an earlier sentence
//! names a strike and its date.

use jiff::civil::Date;

use crate::model::{TextRange, TimexClass};
use crate::nlp::timex::calendar::{self, Unit, moved};
use crate::nlp::timex::lex::{Kind, Piece};
use crate::nlp::timex::resolve::{Dated, Resolved};
use crate::nlp::timex::slots::{Captures, Slot};

/// Dated expressions looked back at: a bound that keeps the work linear.
const BACK: usize = 24;
/// Pieces of a dated sentence that are searched for the event's word.
const SENTENCE: usize = 80;
/// Pieces behind *after* in which the event's noun may stand.
const NOUN: usize = 5;

/// An earlier dated event, and the piece behind its name here.
pub(super) struct Event {
    pub(super) day: Date,
    pub(super) unit: Unit,
    pub(super) range: TextRange,
    pub(super) end: usize,
}

/// Looks for the event whose name begins at piece `at`, among what was dated before `sentence`.
pub(super) fn find(
    text: &str,
    pieces: &[Piece],
    sentences: &[usize],
    dated: &[Dated],
    (at, sentence): (usize, usize),
) -> Option<Event> {
    let word = |piece: &Piece| text.get(piece.start as usize..piece.end as usize);
    let names = (at..pieces.len().min(at + NOUN)).map_while(|n| {
        // A name in capitals is who or where, not what happened.
        let piece = pieces
            .get(n)
            .filter(|p| p.kind == Kind::Word && !p.capital)?;
        Some((n, word(piece)?))
    });
    for (n, name) in names.filter(|(_, name)| name.len() > 3) {
        for earlier in dated.iter().rev().take(BACK) {
            if earlier.sentence >= sentence {
                continue;
            }
            let from = sentences.get(earlier.sentence).copied().unwrap_or(0);
            let to = sentences.get(earlier.sentence + 1).copied();
            let to = to.unwrap_or(pieces.len()).min(from + SENTENCE);
            let told = pieces.get(from..to).unwrap_or_default();
            if told
                .iter()
                .filter(|p| p.kind == Kind::Word)
                .any(|p| word(p).is_some_and(|other| same(name, other)))
            {
                return Some(Event {
                    day: earlier.day,
                    unit: earlier.unit,
                    range: earlier.range,
                    end: n + 1,
                });
            }
        }
    }
    None
}

/// Whether two words name one event: equal, or one stem (*attack, attacked; election, elected*).
fn same(name: &str, other: &str) -> bool {
    let shared = name
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        .count();
    let (long, short) = (name.chars().count(), other.chars().count());
    shared == long.max(short)
        || (shared >= 5 && shared + 3 >= long && shared + 3 >= short)
        || (shared >= 4 && shared + 1 >= long && shared + 1 >= short)
}

/// The date so long after (or before) the event; none where the text dates it less precisely.
pub(super) fn shifted(captures: &Captures, event: &Event, before: bool) -> Option<Resolved> {
    let unit = captures.unit(Slot::Unit)?;
    let n = captures.number(Slot::Num).unwrap_or(1000);
    let fine = match event.unit {
        Unit::Day => true,
        Unit::Month => !matches!(
            unit,
            Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight
        ),
        Unit::Year => matches!(unit, Unit::Year | Unit::Decade | Unit::Century),
        _ => false,
    };
    if !fine || n % 1000 != 0 || calendar::is_clock(unit) {
        return None;
    }
    let n = if before { -(n / 1000) } else { n / 1000 };
    Some(Resolved {
        anchor: Some(event.range),
        sure: 0.9,
        ..Resolved::at(moved(event.day, n, unit)?, unit, TimexClass::Date)
    })
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn one_event_has_many_forms() {
        for (name, other) in [
            ("strike", "Strike"),
            ("attack", "attacked"),
            ("elections", "election"),
            ("vote", "votes"),
        ] {
            assert!(same(name, other), "{name} {other}");
        }
        for (name, other) in [
            ("strike", "strict"),
            ("attack", "attention"),
            ("the", "then"),
        ] {
            assert!(!same(name, other), "{name} {other}");
        }
    }
}
