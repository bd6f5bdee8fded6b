//! Which quarter and which weekend is meant: *profit for the quarter, the 1988 quarter, the weekend*.

use jiff::civil::Date;

use crate::model::{TextRange, TimexClass};
use crate::nlp::timex::calendar::{self, Unit, at, moved};
use crate::nlp::timex::resolve::{Context, Named, Resolved};
use crate::nlp::timex::rules::Rule;
use crate::nlp::timex::tense::Tense;

/// *profit for the quarter*: the one named last; else the one that was over at publication, since
/// results are told of what has ended.
pub(super) fn the_quarter(rule: &Rule, context: &Context) -> Option<Resolved> {
    let over = |named: &Named| context.tense != Tense::Past || ended(named, context.dct);
    let told = context.quarter.filter(over);
    let Some((base, anchor)) = told
        .or_else(|| context.past_quarter.filter(over))
        .map(|named| (named.day, Some(named.range)))
        .or_else(|| {
            let back = if context.tense == Tense::Future {
                0
            } else {
                -1
            };
            moved(context.dct?, back, Unit::Quarter).map(|day| (day, None))
        })
    else {
        return Some(Resolved::new(Unit::Quarter.unknown(), rule.class));
    };
    Some(Resolved {
        anchor,
        sure: 0.85,
        ..Resolved::at(base, Unit::Quarter, rule.class)
    })
}

/// Whether the quarter was over at publication.
pub(super) fn ended(quarter: &Named, dct: Option<Date>) -> bool {
    let next = moved(quarter.day, 1, Unit::Quarter);
    dct.is_none_or(|dct| next.is_some_and(|next| next <= dct))
}

/// *the 1988 quarter*: the one named last, in that year.
pub(super) fn quarter_of(rule: &Rule, year: i64, context: &Context) -> Option<Resolved> {
    let mut found = the_quarter(rule, context)?;
    let Some((day, _)) = found.day else {
        return Some(Resolved::new(format!("{year:04}-QX"), rule.class));
    };
    let day = moved(day, year - i64::from(day.year()), Unit::Year)?;
    let unit = if context.months_told {
        Unit::Year
    } else {
        Unit::Quarter
    };
    found.value = at(day, unit);
    found.day = Some((day, unit));
    found.aside = true;
    Some(found)
}

pub(super) fn weekend(
    base: Date,
    (off, this): (i64, bool),
    tense: Tense,
    anchor: Option<TextRange>,
) -> Option<Resolved> {
    let saturday = calendar::weekday(6)?;
    let day = match (off, tense) {
        // *this weekend*, with nothing that says when: that of the week.
        (0, Tense::Unknown) if this => {
            let monday = calendar::on_or_before(base, calendar::weekday(1)?)?;
            moved(monday, 5, Unit::Day)?
        }
        // The weekend that a Sunday is in is this one.
        (0, Tense::Future) => calendar::on_or_after(moved(base, -1, Unit::Day)?, saturday)?,
        (0, _) => calendar::on_or_before(base, saturday)?,
        (1.., _) => calendar::on_or_after(moved(base, 1, Unit::Day)?, saturday)?,
        _ => calendar::on_or_before(moved(base, -2, Unit::Day)?, saturday)?,
    };
    Some(Resolved {
        anchor,
        ..Resolved::at(day, Unit::Weekend, TimexClass::Date)
    })
}
