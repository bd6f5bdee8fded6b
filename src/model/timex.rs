//! Time expressions after TIMEX3 (ISO-TimeML), and the days that a value covers.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::TextRange;

/// The standard's `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexClass {
    /// A calendar date of any precision.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// The standard's `mod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Modifier {
    /// *more than a decade ago*
    Before,
    /// *less than a year ago*
    After,
    /// *no less than a year ago*
    OnOrBefore,
    /// *no more than a year ago*
    OnOrAfter,
    /// *less than two hours*
    LessThan,
    /// *more than two hours*
    MoreThan,
    /// *no more than two hours*
    EqualOrLess,
    /// *at least two hours*
    EqualOrMore,
    /// *early 2025*
    Start,
    /// *mid-2025*
    Mid,
    /// *late 2025*
    End,
    /// *about 2025*
    Approx,
}

/// A TIMEX3 value such as `2026-02-06`, `2026-W07`, `2025-Q1`, `P3D`, `PRESENT_REF`, `2026-02-06TNI`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimexValue(pub String);

impl fmt::Display for TimexValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The days that a value may mean, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateSpan {
    /// First possible day.
    pub first: Date,
    /// Last possible day.
    pub last: Date,
}

impl DateSpan {
    /// Returns the span of one day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self {
            first: date,
            last: date,
        }
    }

    /// Whether only one day is possible.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.first == self.last
    }
}

impl Timex {
    /// Returns the days that it covers: those of its value, or those that a length of time is set on.
    #[must_use]
    pub fn span(&self) -> Option<DateSpan> {
        self.value
            .span()
            .or_else(|| self.points.as_ref().and_then(TimexValue::span))
    }
}

impl TimexValue {
    /// Returns the days that this value covers; none for durations, sets and vague references.
    ///
    /// Reads `Y`, `Y-M`, `Y-M-D` (also with a time or part of day behind `T`), `Y-Www`,
    /// `Y-Www-WE`, `Y-Qn`, `Y-Hn`, `Y-SP|SU|FA|WI`, `FYY`, decades (`199`), centuries (`19`) and
    /// ranges `from/to`. A day, week or month left open (`1940-XX-XX`) covers what is known.
    #[must_use]
    pub fn span(&self) -> Option<DateSpan> {
        if let Some(day) = plain_day(self.0.as_bytes()) {
            return Some(days(day, day));
        }
        if let Some((from, to)) = self.0.split_once('/') {
            let from = Self(from.to_owned()).span()?;
            let to = Self(to.to_owned()).span()?;
            return (from.first <= to.last).then_some(DateSpan {
                first: from.first,
                last: to.last,
            });
        }
        let day_part = self.0.split('T').next().unwrap_or_default();
        let day_part = day_part.strip_prefix("FY").unwrap_or(day_part);
        let mut parts = day_part.split('-');
        let year = parts.next()?;
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        match (parts.next(), parts.next()) {
            (None, _) => years(year),
            (Some(unit), rest) => within_year(year.parse().ok()?, unit, rest),
        }
    }
}

/// Reads `YYYY-MM-DD`, the commonest form by far; charts ask for the days of all statements at once.
fn plain_day(value: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = value else {
        return None;
    };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_i16, |sum, digit| {
            let digit = digit.is_ascii_digit().then(|| i16::from(**digit - b'0'))?;
            Some(sum * 10 + digit)
        })
    };
    let year = number(&[y1, y2, y3, y4])?;
    let month = i8::try_from(number(&[m1, m2])?).ok()?;
    let day = i8::try_from(number(&[d1, d2])?).ok()?;
    Date::new(year, month, day).ok()
}

fn days(first: Date, last: Date) -> DateSpan {
    DateSpan { first, last }
}

fn years(digits: &str) -> Option<DateSpan> {
    let number: i16 = digits.parse().ok()?;
    let (first, last) = match digits.len() {
        4 => (number, number),
        3 => (number * 10, number * 10 + 9),
        2 => (number * 100, number * 100 + 99),
        _ => return None,
    };
    Some(days(
        Date::new(first.max(1), 1, 1).ok()?,
        Date::new(last, 12, 31).ok()?,
    ))
}

fn months(year: i16, first: i8, last: i8) -> Option<DateSpan> {
    Some(days(
        Date::new(year, first, 1).ok()?,
        Date::new(year, last, 1).ok()?.last_of_month(),
    ))
}

fn within_year(year: i16, unit: &str, rest: Option<&str>) -> Option<DateSpan> {
    if let Some(week) = unit.strip_prefix('W').and_then(|week| week.parse().ok()) {
        let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday)
            .ok()?
            .date();
        let plus = |n: i64| monday.checked_add(jiff::Span::new().days(n)).ok();
        return match rest {
            None => Some(days(monday, plus(6)?)),
            Some("WE") => Some(days(plus(5)?, plus(6)?)),
            Some(day) => {
                let day: i64 = day.parse().ok()?;
                (1..=7)
                    .contains(&day)
                    .then(|| plus(day - 1))
                    .flatten()
                    .map(DateSpan::day)
            }
        };
    }
    match (unit, rest) {
        ("XX" | "WXX" | "QX", _) => months(year, 1, 12),
        (month, Some("XX")) => {
            let month: i8 = month.parse().ok()?;
            months(year, month, month)
        }
        ("Q1", _) => months(year, 1, 3),
        ("Q2", _) => months(year, 4, 6),
        ("Q3", _) => months(year, 7, 9),
        ("Q4", _) => months(year, 10, 12),
        ("H1", _) => months(year, 1, 6),
        ("H2", _) => months(year, 7, 12),
        // Meteorological seasons of the northern hemisphere; a winter bears the year it begins in.
        ("SP", _) => months(year, 3, 5),
        ("SU", _) => months(year, 6, 8),
        ("FA", _) => months(year, 9, 11),
        ("WI", _) => {
            let end = Date::new(year.checked_add(1)?, 2, 1).ok()?.last_of_month();
            Some(days(Date::new(year, 12, 1).ok()?, end))
        }
        (month, None) => {
            let month: i8 = month.parse().ok()?;
            months(year, month, month)
        }
        (month, Some(day)) => {
            let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some(DateSpan::day(day))
        }
    }
}

/// A time expression of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Timex {
    /// Its words.
    pub range: TextRange,
    /// The standard's `type`.
    pub class: TimexClass,
    /// Normalised value.
    pub value: TimexValue,
    /// The standard's `mod`.
    pub modifier: Option<Modifier>,
    /// The standard's `quant`, for sets: *every*.
    pub quant: Option<String>,
    /// The standard's `freq`, for sets: `2X`.
    pub freq: Option<String>,
    /// The expression that a relative one was counted from; none where it was the publication date.
    pub anchor: Option<TextRange>,
    /// Of a length of time that is set on the calendar, the days that it covers, as `begin/end` (the
    /// standard's `beginPoint` and `endPoint`): *the past three years*.
    pub points: Option<TimexValue>,
    /// The rule that found it, for the card.
    pub rule: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn span(value: &str) -> Option<(Date, Date)> {
        TimexValue(value.to_owned())
            .span()
            .map(|s| (s.first, s.last))
    }

    #[test]
    fn values_cover_their_days() {
        assert_eq!(
            span("1940-XX-XX"),
            Some((date(1940, 1, 1), date(1940, 12, 31)))
        );
        assert_eq!(
            span("1940-02-XX"),
            Some((date(1940, 2, 1), date(1940, 2, 29)))
        );
        assert_eq!(
            span("2026-02-06"),
            Some((date(2026, 2, 6), date(2026, 2, 6)))
        );
        assert_eq!(
            span("2026-02-06TNI"),
            Some((date(2026, 2, 6), date(2026, 2, 6)))
        );
        assert_eq!(span("2024-02"), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(span("2025"), Some((date(2025, 1, 1), date(2025, 12, 31))));
        assert_eq!(span("199"), Some((date(1990, 1, 1), date(1999, 12, 31))));
        assert_eq!(
            span("2026-W07"),
            Some((date(2026, 2, 9), date(2026, 2, 15)))
        );
        assert_eq!(
            span("2026-W07-WE"),
            Some((date(2026, 2, 14), date(2026, 2, 15)))
        );
        assert_eq!(
            span("2025-Q4"),
            Some((date(2025, 10, 1), date(2025, 12, 31)))
        );
        assert_eq!(
            span("2025-WI"),
            Some((date(2025, 12, 1), date(2026, 2, 28)))
        );
        assert_eq!(
            span("2026-02-06/2026-02-08"),
            Some((date(2026, 2, 6), date(2026, 2, 8)))
        );
    }

    #[test]
    fn what_is_no_date_covers_no_day() {
        for value in [
            "P3D",
            "PRESENT_REF",
            "XXXX-WXX-5",
            "2026-02-30",
            "2026-13",
            "",
            "2026-W60",
            "T24:00",
        ] {
            assert_eq!(span(value), None, "{value}");
        }
    }
}
