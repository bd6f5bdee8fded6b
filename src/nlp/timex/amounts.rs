//! Writes durations and sets.

use crate::model::TimexClass;
use crate::nlp::timex::compose::clock;
use crate::nlp::timex::resolve::Resolved;
use crate::nlp::timex::rules::Rule;
use crate::nlp::timex::slots::{Captures, Slot, Val};

/// Writes thousandths without needless zeros: `2.5`, `30`.
fn decimal(thousandths: i64) -> String {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    if part == 0 {
        return whole.to_string();
    }
    let part = format!("{part:03}");
    format!("{whole}.{}", part.trim_end_matches('0'))
}

pub(super) fn duration(captures: &Captures) -> Option<String> {
    let (unit, factor) = captures.unit(Slot::Unit)?.counted();
    let n = captures
        .number(Slot::Num)
        .unwrap_or(1000)
        .checked_mul(factor)?;
    let (letter, timed) = unit.letter();
    let mut value = format!("P{}{}{letter}", if timed { "T" } else { "" }, decimal(n));
    let mut in_clock = timed;
    for (num, unit) in [(Slot::Num2, Slot::Unit2), (Slot::Num3, Slot::Unit3)] {
        let (Some(more), Some(unit)) = (captures.number(num), captures.unit(unit)) else {
            break;
        };
        let (unit, factor) = unit.counted();
        let (letter, timed) = unit.letter();
        if timed && !in_clock {
            value.push('T');
            in_clock = true;
        }
        value.push_str(&decimal(more.checked_mul(factor)?));
        value.push_str(letter);
    }
    Some(value)
}

pub(super) fn vague_duration(captures: &Captures) -> Option<String> {
    let (letter, timed) = captures.unit(Slot::Unit)?.letter();
    Some(format!("P{}X{letter}", if timed { "T" } else { "" }))
}

/// *every Friday, twice a year, daily, each October, every two weeks*.
pub(super) fn set(rule: &Rule, captures: &Captures) -> Option<Resolved> {
    let pod = captures.text(Slot::Pod).map(|pod| format!("T{pod}"));
    let mut value = if let Some(text) = captures.text(Slot::Set) {
        text.to_owned()
    } else if let Some(day) = captures.number(Slot::Weekday) {
        format!("XXXX-WXX-{day}")
    } else if let Some(month) = captures.number(Slot::Month) {
        captures.number(Slot::Day).map_or_else(
            || format!("XXXX-{month:02}"),
            |day| format!("XXXX-{month:02}-{day:02}"),
        )
    } else if let Some(season) = captures.text(Slot::Season) {
        format!("XXXX-{season}")
    } else if captures.get(Slot::Unit).is_some() {
        let mut captures = captures.clone();
        // *every other week*
        let factor: Option<i64> = rule.op.arg.parse().ok();
        captures
            .0
            .extend(factor.map(|n| (Slot::Num, Val::N(n * 1000))));
        duration(&captures)?
    } else {
        "XXXX-XX-XX".to_owned()
    };
    if let Some(time) = clock(captures).or(pod) {
        value.push_str(&time);
    }
    Some(Resolved {
        freq: captures.number(Slot::Times).map(|n| format!("{n}X")),
        ..Resolved::new(value, TimexClass::Set)
    })
}
