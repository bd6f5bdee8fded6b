//! TIMEX3 values in words, for cards, labels and lists.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::model::{Modifier, Timex, TimexClass, TimexValue};

/// Names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Names of the days, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

impl TimexValue {
    /// Returns the class that a value is of, or none for what is no TIMEX3 value.
    ///
    /// A value cannot tell a set from a date or duration: those come as date or duration.
    #[must_use]
    pub fn class(&self) -> Option<TimexClass> {
        let value = self.0.as_str();
        if matches!(value, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF") {
            return Some(TimexClass::Date);
        }
        if value.starts_with('P') {
            return duration(value).map(|_| TimexClass::Duration);
        }
        if let Some((day, time)) = value.split_once('T').filter(|_| !value.contains('/')) {
            let timed = Self(day.to_owned())
                .span()
                .is_some_and(super::DateSpan::is_day)
                || day.is_empty()
                || unknown(day).is_some();
            return (timed && time_words(time).is_some()).then_some(TimexClass::Time);
        }
        (self.span().is_some() || unknown(value).is_some() || before_christ(value).is_some())
            .then_some(TimexClass::Date)
    }

    /// Returns the value in words: *12 March 2026*, *week of 9 February 2026*, *3 days*; the value
    /// itself where it has no words.
    #[must_use]
    pub fn words(&self) -> String {
        self.try_words().unwrap_or_else(|| self.0.clone())
    }

    /// Returns the value in words with its modifier: *early 2025*, *more than 3 days*.
    #[must_use]
    pub fn words_with(&self, modifier: Option<Modifier>) -> String {
        let lead = match modifier {
            None => return self.words(),
            Some(Modifier::Start) => "early ",
            Some(Modifier::Mid) => "mid-",
            Some(Modifier::End) => "late ",
            Some(Modifier::Approx) => "about ",
            Some(Modifier::Before) => "before ",
            Some(Modifier::After) => "after ",
            Some(Modifier::OnOrBefore) => "not after ",
            Some(Modifier::OnOrAfter) => "not before ",
            Some(Modifier::LessThan) => "less than ",
            Some(Modifier::MoreThan) => "more than ",
            Some(Modifier::EqualOrLess) => "at most ",
            Some(Modifier::EqualOrMore) => "at least ",
        };
        format!("{lead}{}", self.words())
    }

    fn try_words(&self) -> Option<String> {
        let value = self.0.as_str();
        match value {
            "PAST_REF" => return Some("in the past".to_owned()),
            "PRESENT_REF" => return Some("at present".to_owned()),
            "FUTURE_REF" => return Some("in the future".to_owned()),
            _ => {}
        }
        if value.starts_with('P') {
            return duration(value);
        }
        if let Some((from, to)) = value.split_once('/') {
            let (from, to) = (Self(from.to_owned()), Self(to.to_owned()));
            return Some(format!("{} to {}", from.try_words()?, to.try_words()?));
        }
        if let Some((day, time)) = value.split_once('T') {
            let time = time_words(time)?;
            if day.is_empty() {
                return Some(time);
            }
            return Some(format!("{}, {time}", Self(day.to_owned()).try_words()?));
        }
        if let Some(year) = value.strip_prefix("FY") {
            return Some(format!("fiscal year {year}"));
        }
        before_christ(value)
            .or_else(|| unknown(value))
            .or_else(|| known(value))
    }
}

impl Timex {
    /// Returns the value in words with its modifier.
    #[must_use]
    pub fn words(&self) -> String {
        let words = self.value.words_with(self.modifier);
        match (self.class, &self.freq) {
            (TimexClass::Set, Some(freq)) => {
                format!("{} times every {words}", freq.trim_end_matches('X'))
            }
            (TimexClass::Set, None) => format!("every {words}"),
            _ => words,
        }
    }
}

/// What lies somewhere in a year or month: *some day in 1940*.
fn partly_open(value: &str, year: i16) -> Option<String> {
    let rest = value.split_once('-')?.1;
    let what = match rest {
        "XX" => "month",
        "XX-XX" => "day",
        "WXX" => "week",
        "WXX-WE" => "weekend",
        "QX" => "quarter",
        _ => {
            let month = rest.strip_suffix("-XX")?.parse::<usize>().ok()?;
            let month = MONTHS.get(month.checked_sub(1)?)?;
            return Some(format!("some day in {month} {year}"));
        }
    };
    Some(format!("some {what} in {year}"))
}

fn before_christ(value: &str) -> Option<String> {
    let year: u32 = value.strip_prefix("BC")?.parse().ok()?;
    Some(format!("{year} BC"))
}

fn day_words(date: Date) -> Option<String> {
    let month = MONTHS.get(usize::try_from(date.month() - 1).ok()?)?;
    Some(format!("{} {month} {}", date.day(), date.year()))
}

fn known(value: &str) -> Option<String> {
    TimexValue(value.to_owned()).span()?;
    let mut parts = value.split('-');
    let year = parts.next()?;
    let number: i16 = year.parse().ok()?;
    if let Some(open) = partly_open(value, number) {
        return Some(open);
    }
    match (year.len(), parts.next(), parts.next()) {
        (3, None, _) => Some(format!("{number}0s")),
        (2, None, _) => Some(format!("{} century", ordinal(number + 1))),
        (_, None, _) => Some(number.to_string()),
        (_, Some(unit), rest) => match (unit.split_at_checked(1)?, rest) {
            (("W", week), rest) => week_words(number, week.parse().ok()?, rest),
            (("Q", n), _) => Some(format!(
                "{} quarter of {number}",
                ORDINALS.get(n.parse::<usize>().ok()?.checked_sub(1)?)?
            )),
            (("H", n), _) => Some(format!(
                "{} half of {number}",
                ORDINALS.get(n.parse::<usize>().ok()?.checked_sub(1)?)?
            )),
            _ => match (season(unit), rest) {
                (Some(season), _) => Some(format!("{season} {number}")),
                (None, None) => {
                    let month = MONTHS.get(unit.parse::<usize>().ok()?.checked_sub(1)?)?;
                    Some(format!("{month} {number}"))
                }
                (None, Some(_)) => day_words(TimexValue(value.to_owned()).span()?.first),
            },
        },
    }
}

fn week_words(year: i16, week: i8, rest: Option<&str>) -> Option<String> {
    let offset = match rest {
        None => 0,
        Some("WE") => 5,
        Some(day) => day.parse::<i64>().ok()? - 1,
    };
    let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
    let day = monday
        .checked_add(jiff::Span::new().try_days(offset).ok()?)
        .ok()?;
    let words = day_words(day)?;
    Some(match rest {
        None => format!("week of {words}"),
        Some("WE") => format!("weekend of {words}"),
        Some(_) => words,
    })
}

fn season(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "SP" => "spring",
        "SU" => "summer",
        "FA" => "autumn",
        "WI" => "winter",
        _ => return None,
    })
}

fn ordinal(n: i16) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// Values that a missing document date leaves open, and those of sets.
fn unknown(value: &str) -> Option<String> {
    let rest = value.strip_prefix("XXX")?;
    if rest.is_empty() {
        return Some("some decade".to_owned());
    }
    let rest = rest.strip_prefix('X')?;
    let Some(rest) = rest.strip_prefix('-') else {
        return rest.is_empty().then(|| "some year".to_owned());
    };
    match rest {
        "XX" => return Some("some month".to_owned()),
        "XX-XX" => return Some("some day".to_owned()),
        "WXX" => return Some("some week".to_owned()),
        "WXX-WE" => return Some("some weekend".to_owned()),
        "QX" => return Some("some quarter".to_owned()),
        _ => {}
    }
    if let Some(day) = rest.strip_prefix("WXX-") {
        let day = WEEKDAYS.get(day.parse::<usize>().ok()?.checked_sub(1)?)?;
        return Some((*day).to_owned());
    }
    if let Some(season) = season(rest) {
        return Some(season.to_owned());
    }
    if let Some(day) = rest.strip_prefix("XX-") {
        let day: i16 = day.parse().ok()?;
        return (1..=31)
            .contains(&day)
            .then(|| format!("the {}", ordinal(day)));
    }
    let (month, day) = rest
        .split_once('-')
        .map_or((rest, None), |(month, day)| (month, Some(day)));
    if let Some(n) = month.strip_prefix('Q') {
        let n = ORDINALS.get(n.parse::<usize>().ok()?.checked_sub(1)?)?;
        return Some(format!("{n} quarter"));
    }
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    match day {
        None => Some((*month).to_owned()),
        Some(day) => {
            let day: u8 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
            Some(format!("{day} {month}"))
        }
    }
}

fn time_words(time: &str) -> Option<String> {
    let part = match time {
        "MO" => "morning",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        "DT" => "daytime",
        "XX" | "XX:XX" => "some time",
        _ => {
            let clock: String = time
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ':')
                .collect();
            let zone = time.strip_prefix(clock.as_str())?;
            let mut numbers = clock.split(':').map(str::parse::<u8>);
            let hour = numbers.next()?.ok().filter(|hour| *hour <= 24)?;
            let minute = numbers.next().unwrap_or(Ok(0)).ok()?;
            let seconds = numbers.next().unwrap_or(Ok(0)).ok()?;
            if minute > 59 || seconds > 60 || numbers.next().is_some() {
                return None;
            }
            let zone = match zone {
                "" => String::new(),
                "Z" => " UTC".to_owned(),
                offset if offset.starts_with(['+', '-']) => format!(" UTC{offset}"),
                _ => return None,
            };
            return Some(format!("{hour:02}:{minute:02}{zone}"));
        }
    };
    Some(part.to_owned())
}

/// `P3D`, `PT1.5H`, `P1Y6M`, `PXW` in words.
fn duration(value: &str) -> Option<String> {
    let mut rest = value.strip_prefix('P')?;
    let mut timed = false;
    let mut out: Vec<String> = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, timed) = (after, true);
            continue;
        }
        let number: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | 'X'))
            .collect();
        rest = rest.strip_prefix(number.as_str())?;
        let letters: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphabetic() && *c != 'T')
            .collect();
        let unit = unit_word(&letters, timed)?;
        rest = rest.strip_prefix(letters.as_str())?;
        if number != "X" && number.parse::<f64>().is_err() {
            return None;
        }
        out.push(match number.as_str() {
            "X" => format!("some {}", plural(unit)),
            "1" => format!("1 {unit}"),
            _ => format!("{number} {}", plural(unit)),
        });
    }
    (!out.is_empty()).then(|| out.join(" and "))
}

fn unit_word(letters: &str, timed: bool) -> Option<&'static str> {
    Some(match (letters, timed) {
        ("H", true) => "hour",
        ("M", true) => "minute",
        ("S", true) => "second",
        ("D", false) => "day",
        ("WE", false) => "weekend",
        ("W", false) => "week",
        ("M", false) => "month",
        ("Q", false) => "quarter",
        ("Y", false) => "year",
        ("DE", false) => "decade",
        ("CE", false) => "century",
        _ => return None,
    })
}

fn plural(unit: &str) -> String {
    match unit.strip_suffix('y') {
        Some(stem) if unit == "century" => format!("{stem}ies"),
        _ => format!("{unit}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(value: &str) -> String {
        TimexValue(value.to_owned()).words()
    }

    #[test]
    fn values_read_as_a_person_would_say_them() {
        for (value, said) in [
            ("2026-03-12", "12 March 2026"),
            ("2026-W07", "week of 9 February 2026"),
            ("2026-W07-WE", "weekend of 14 February 2026"),
            ("2026-W07-3", "11 February 2026"),
            ("2026-03", "March 2026"),
            ("2026", "2026"),
            ("2025-Q1", "first quarter of 2025"),
            ("2025-H2", "second half of 2025"),
            ("2025-FA", "autumn 2025"),
            ("199", "1990s"),
            ("18", "19th century"),
            ("FY2024", "fiscal year 2024"),
            ("BC0776", "776 BC"),
            ("P3D", "3 days"),
            ("P1Y6M", "1 year and 6 months"),
            ("PT1.5H", "1.5 hours"),
            ("PXW", "some weeks"),
            ("P2CE", "2 centuries"),
            ("2026-02-06TNI", "6 February 2026, night"),
            ("2026-02-06T14:30Z", "6 February 2026, 14:30 UTC"),
            (
                "2026-02-06/2026-02-08",
                "6 February 2026 to 8 February 2026",
            ),
            ("XXXX-WXX-5", "Friday"),
            ("XXXX-12-25", "25 December"),
            ("XXXX-XX-15", "the 15th"),
            ("PRESENT_REF", "at present"),
            ("1940-XX-XX", "some day in 1940"),
            ("1940-WXX", "some week in 1940"),
            ("1940-02-XX", "some day in February 1940"),
            ("no value", "no value"),
        ] {
            assert_eq!(words(value), said, "{value}");
        }
    }

    #[test]
    fn modifier_stands_before_the_words() {
        let value = TimexValue("2025".to_owned());
        assert_eq!(value.words_with(Some(Modifier::Start)), "early 2025");
        assert_eq!(value.words_with(Some(Modifier::Mid)), "mid-2025");
        assert_eq!(value.words_with(None), "2025");
    }

    #[test]
    fn class_of_a_value_is_told_and_nonsense_has_none() {
        let class = |value: &str| TimexValue(value.to_owned()).class();
        assert_eq!(class("2026-W07"), Some(TimexClass::Date));
        assert_eq!(class("2026-02-06T14:30"), Some(TimexClass::Time));
        assert_eq!(class("PT2H"), Some(TimexClass::Duration));
        for value in [
            "",
            "P",
            "March",
            "2026-02-30",
            "2026-02-06T25:00",
            "PAST",
            "PERSIA",
            "2026-02T14:30",
        ] {
            assert_eq!(class(value), None, "{value}");
        }
    }
}
