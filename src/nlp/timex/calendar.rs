//! Date arithmetic at a precision, and the days of holidays. All through `jiff`, 0001 to 9999.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan as _};

use crate::nlp::timex::lunar;

/// A unit of the calendar or the clock, as TIMEX3 durations write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Ok(match text {
            "TS" => Self::Second,
            "TM" => Self::Minute,
            "TH" => Self::Hour,
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "FN" => Self::Fortnight,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            _ => return Err(format!("unknown unit {text}")),
        })
    }

    /// Letter behind a number in a duration, and whether it stands behind `T`.
    pub(super) fn letter(self) -> (&'static str, bool) {
        match self {
            Self::Second => ("S", true),
            Self::Minute => ("M", true),
            Self::Hour => ("H", true),
            Self::Day => ("D", false),
            Self::Weekend => ("WE", false),
            Self::Week | Self::Fortnight => ("W", false),
            Self::Month => ("M", false),
            Self::Quarter => ("Q", false),
            Self::Year => ("Y", false),
            Self::Decade => ("DE", false),
            Self::Century => ("CE", false),
        }
    }

    /// The unit that counts this one in a duration, and how many of it: a fortnight is two weeks,
    /// a decade ten years.
    pub(super) fn counted(self) -> (Self, i64) {
        match self {
            Self::Fortnight => (Self::Week, 2),
            Self::Decade => (Self::Year, 10),
            Self::Century => (Self::Year, 100),
            other => (other, 1),
        }
    }

    /// A value of this precision of which nothing is known.
    pub(super) fn unknown(self) -> &'static str {
        match self {
            Self::Second | Self::Minute | Self::Hour => "XXXX-XX-XXTXX",
            Self::Day => "XXXX-XX-XX",
            Self::Weekend => "XXXX-WXX-WE",
            Self::Week | Self::Fortnight => "XXXX-WXX",
            Self::Month => "XXXX-XX",
            Self::Quarter => "XXXX-QX",
            Self::Year => "XXXX",
            Self::Decade => "XXX",
            Self::Century => "XX",
        }
    }
}

/// Whether a unit is shorter than a day.
pub(super) fn is_clock(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}

/// Moves a day by `n` units; months and years are cut to the month's last day.
pub(super) fn moved(date: Date, n: i64, unit: Unit) -> Option<Date> {
    let span = match unit {
        Unit::Second => Span::new().try_seconds(n),
        Unit::Minute => Span::new().try_minutes(n),
        Unit::Hour => Span::new().try_hours(n),
        Unit::Day => Span::new().try_days(n),
        Unit::Weekend | Unit::Week => Span::new().try_weeks(n),
        Unit::Fortnight => Span::new().try_weeks(n.checked_mul(2)?),
        Unit::Month => Span::new().try_months(n),
        Unit::Quarter => Span::new().try_months(n.checked_mul(3)?),
        Unit::Year => Span::new().try_years(n),
        Unit::Decade => Span::new().try_years(n.checked_mul(10)?),
        Unit::Century => Span::new().try_years(n.checked_mul(100)?),
    };
    let moved = date.checked_add(span.ok()?).ok()?;
    (moved.year() > 0).then_some(moved)
}

/// Writes `date` at the precision of `unit`.
pub(super) fn at(date: Date, unit: Unit) -> String {
    let week = date.iso_week_date();
    let year = date.year();
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => date.to_string(),
        Unit::Weekend => format!("{:04}-W{:02}-WE", week.year(), week.week()),
        Unit::Week | Unit::Fortnight => format!("{:04}-W{:02}", week.year(), week.week()),
        Unit::Month => format!("{year:04}-{:02}", date.month()),
        Unit::Quarter => format!("{year:04}-Q{}", (date.month() - 1) / 3 + 1),
        Unit::Year => format!("{year:04}"),
        Unit::Decade => format!("{:03}", year / 10),
        Unit::Century => format!("{:02}", year / 100),
    }
}

/// Writes a day, week, month or quarter of which only the year or month that it lies near is known:
/// nothing is counted in days from *1940*. None where `known` is fine enough to count from.
pub(super) fn within(known: Date, precision: Unit, unit: Unit) -> Option<String> {
    let year = format!("{:04}", known.year());
    match (precision, unit) {
        (Unit::Year, Unit::Day) => Some(format!("{year}-XX-XX")),
        (Unit::Year | Unit::Quarter | Unit::Month, Unit::Week | Unit::Fortnight) => {
            Some(format!("{year}-WXX"))
        }
        (Unit::Year, Unit::Weekend) => Some(format!("{year}-WXX-WE")),
        (Unit::Year | Unit::Quarter, Unit::Month) => Some(format!("{year}-XX")),
        (Unit::Year, Unit::Quarter) => Some(format!("{year}-QX")),
        (Unit::Quarter, Unit::Day) => Some(format!("{year}-XX-XX")),
        (Unit::Month, Unit::Day) => Some(format!("{year}-{:02}-XX", known.month())),
        _ => None,
    }
}

/// Returns the ISO week that has `year-Www`.
pub(super) fn week_start(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday)
        .ok()
        .map(ISOWeekDate::date)
}

/// Weekday 1 (Monday) to 7.
pub(super) fn weekday(number: i64) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

/// Last such weekday on or before `date`.
pub(super) fn on_or_before(date: Date, day: Weekday) -> Option<Date> {
    let back = date.weekday().since(day);
    date.checked_sub(i64::from(back).days()).ok()
}

/// First such weekday on or after `date`.
pub(super) fn on_or_after(date: Date, day: Weekday) -> Option<Date> {
    let ahead = date.weekday().until(day);
    date.checked_add(i64::from(ahead).days()).ok()
}

/// Easter Sunday of the Gregorian calendar (Meeus, *Astronomical Algorithms*, ch. 8).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()
}

/// Easter Sunday of the Orthodox churches (Meeus' Julian rule, then moved to the Gregorian calendar).
fn orthodox_easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()?;
    let shift = year / 100 - year / 400 - 2;
    julian.checked_add(i64::from(shift).days()).ok()
}

/// Nowruz: the day of the March equinox in Tehran, or the next one where it falls after noon.
/// Equinox after Meeus, table 27.B (mean, within minutes for 1000 to 3000; the day can be off by one
/// only where the equinox is within a quarter of an hour of noon).
fn nowruz(year: i32) -> Option<Date> {
    let y = (f64::from(year) - 2000.0) / 1000.0;
    let jde = 2_451_623.809_84 + 365_242.374_04 * y + 0.051_69 * y * y
        - 0.004_11 * y.powi(3)
        - 0.000_57 * y.powi(4);
    let t = (jde - 2_451_545.0) / 36_525.0;
    let w = (35_999.373 * t - 2.47).to_radians();
    let lambda = 1.0 + 0.0334 * w.cos() + 0.0007 * (2.0 * w).cos();
    let s: f64 = EQUINOX_TERMS
        .iter()
        .map(|(a, b, c)| a * (b + c * t).to_radians().cos())
        .sum();
    // Terrestrial to universal time is about a minute in this age; Tehran is 3.5 hours ahead.
    let tehran = jde + 0.000_01 * s / lambda - 0.0008 + 3.5 / 24.0;
    // A Julian day begins at noon: its whole part changes exactly where the rule asks.
    #[expect(clippy::cast_possible_truncation, reason = "a day count of 7 digits")]
    let noon_days = (tehran - 2_451_545.0).floor() as i64;
    // 2000-01-01 noon is day 0: an equinox before noon belongs to the day that the count calls the one before.
    Date::new(2000, 1, 1)
        .ok()?
        .checked_add((noon_days + 1).days())
        .ok()
}

/// Meeus, table 27.C: amplitude in 0.00001 days, phase and rate in degrees.
const EQUINOX_TERMS: [(f64, f64, f64); 24] = [
    (485.0, 324.96, 1_934.136),
    (203.0, 337.23, 32_964.467),
    (199.0, 342.08, 20.186),
    (182.0, 27.85, 445_267.112),
    (156.0, 73.14, 45_036.886),
    (136.0, 171.52, 22_518.443),
    (77.0, 222.54, 65_928.934),
    (74.0, 296.72, 3_034.906),
    (70.0, 243.58, 9_037.513),
    (58.0, 119.81, 33_718.147),
    (52.0, 297.17, 150.678),
    (50.0, 21.02, 2_281.226),
    (45.0, 247.54, 29_929.562),
    (44.0, 325.15, 31_555.956),
    (29.0, 60.93, 4_443.417),
    (18.0, 155.12, 67_555.328),
    (17.0, 288.79, 4_562.452),
    (16.0, 198.04, 62_894.029),
    (14.0, 199.76, 31_436.921),
    (12.0, 95.39, 14_577.848),
    (12.0, 287.11, 31_931.756),
    (12.0, 320.81, 34_777.259),
    (9.0, 227.73, 1_222.114),
    (8.0, 15.45, 16_859.074),
];

/// First day of a month of the Islamic calendar in its arithmetic form (civil epoch, leap years
/// 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29): announced days can differ by one or two.
fn islamic(year: i64, month: i64, day: i64) -> Option<Date> {
    let days = (year - 1)
        .checked_mul(354)?
        .checked_add((3 + 11 * year).div_euclid(30))?
        .checked_add(29 * (month - 1) + month.div_euclid(2))?
        .checked_add(day - 1)?;
    // 1 Muharram 1 is 16 July 622 of the Julian calendar, 19 July of the Gregorian.
    Date::new(622, 7, 19).ok()?.checked_add(days.days()).ok()
}

/// Islamic day that falls into a Gregorian year; the first, where two do.
fn islamic_in(year: i16, month: i64, day: i64) -> Option<Date> {
    let guess = (i64::from(year) - 622) * 33 / 32;
    (guess - 1..=guess + 2)
        .filter_map(|hijri| islamic(hijri, month, day))
        .find(|date| date.year() == year)
}

fn nth_weekday(year: i16, month: i8, n: i8, day: Weekday) -> Option<Date> {
    Date::new(year, month, 1)
        .ok()?
        .nth_weekday_of_month(n, day)
        .ok()
}

/// Returns the first and last day of a holiday in a year, by its name in the lexicon:
/// `MM-DD`, `easter±n`, `orthodox±n`, `nth:month:n:weekday`, `islamic:month:day[:length]`,
/// `hebrew:feast[:length]`, `nowruz`, `chinese`, `quds`, `election`.
pub(super) fn holiday(name: &str, year: i16) -> Option<(Date, Date)> {
    let one = |date: Option<Date>| date.map(|date| (date, date));
    let plus = |date: Date, text: &str| {
        let n: i64 = if text.is_empty() {
            0
        } else {
            text.parse().ok()?
        };
        date.checked_add(n.days()).ok()
    };
    if let Some(rest) = name.strip_prefix("easter") {
        return one(easter(i32::from(year)).and_then(|date| plus(date, rest)));
    }
    if let Some(rest) = name.strip_prefix("orthodox") {
        return one(orthodox_easter(i32::from(year)).and_then(|date| plus(date, rest)));
    }
    if name == "nowruz" {
        return one(nowruz(i32::from(year)));
    }
    if name == "chinese" {
        return one(lunar::chinese_new_year(year));
    }
    if name == "quds" {
        // The last Friday of Ramadan.
        let last = islamic_in(year, 9, 29)?;
        return one(on_or_before(last, Weekday::Friday));
    }
    if name == "election" {
        // The Tuesday after the first Monday of November.
        let monday = nth_weekday(year, 11, 1, Weekday::Monday)?;
        return one(monday.tomorrow().ok());
    }
    let mut parts = name.split(':');
    match parts.next()? {
        "nth" => {
            let month = parts.next()?.parse().ok()?;
            let n = parts.next()?.parse().ok()?;
            // `4+1`: the day behind the Thursday
            let last = parts.next()?;
            let (day, behind) = last.split_once('+').unwrap_or((last, "0"));
            let behind: i64 = behind.parse().ok()?;
            let day = weekday(day.parse().ok()?)?;
            one(nth_weekday(year, month, n, day)?
                .checked_add(behind.days())
                .ok())
        }
        "hebrew" => {
            let first = lunar::feast(parts.next()?, year)?;
            let length: i64 = parts.next().map_or(Some(1), |text| text.parse().ok())?;
            Some((first, first.checked_add((length - 1).days()).ok()?))
        }
        "islamic" => {
            let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            let first = islamic_in(year, month, day)?;
            let length: i64 = parts.next().map_or(Some(1), |text| text.parse().ok())?;
            Some((first, first.checked_add((length - 1).days()).ok()?))
        }
        fixed => {
            let (month, day) = fixed.split_once('-')?;
            one(Date::new(year, month.parse().ok()?, day.parse().ok()?).ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day(name: &str, year: i16) -> Option<Date> {
        holiday(name, year).map(|(first, _)| first)
    }

    #[test]
    fn holidays_fall_on_the_days_that_almanacs_give() {
        assert_eq!(day("easter", 2024), Some(date(2024, 3, 31)));
        assert_eq!(day("easter", 1961), Some(date(1961, 4, 2)));
        assert_eq!(day("easter-2", 2026), Some(date(2026, 4, 3)));
        assert_eq!(day("orthodox", 2024), Some(date(2024, 5, 5)));
        assert_eq!(day("election", 2016), Some(date(2016, 11, 8)));
        assert_eq!(day("nth:11:4:4", 2023), Some(date(2023, 11, 23)));
        assert_eq!(day("nth:5:-1:1", 2023), Some(date(2023, 5, 29)));
        assert_eq!(day("nth:11:4:4+1", 2023), Some(date(2023, 11, 24)));
        assert_eq!(day("12-25", 1999), Some(date(1999, 12, 25)));
    }

    #[test]
    fn nowruz_is_the_day_of_the_equinox_in_tehran() {
        for (year, of_march) in [
            (2016, 20),
            (2017, 21),
            (2019, 21),
            (2020, 20),
            (2023, 21),
            (2024, 20),
            (2025, 21),
            (2026, 21),
        ] {
            assert_eq!(day("nowruz", year), Some(date(year, 3, of_march)), "{year}");
        }
    }

    #[test]
    fn ramadan_begins_within_a_day_of_the_announced_one() {
        for (year, announced) in [
            (2019, date(2019, 5, 6)),
            (2023, date(2023, 3, 23)),
            (2024, date(2024, 3, 11)),
            (2026, date(2026, 2, 18)),
        ] {
            let first = day("islamic:9:1:30", year).unwrap();
            let off = first.since(announced).unwrap().get_days();
            assert!(off.abs() <= 1, "{year}: {first}");
        }
    }

    proptest! {
        /// Month and year steps keep the day where the month has it, as jiff does.
        #[test]
        fn moved_agrees_with_jiff(year in 1_i16..=9999, ordinal in 1_i16..=365, n in -3000_i64..3000) {
            let from = Date::new(year, 1, 1).unwrap().with().day_of_year(ordinal).build().unwrap();
            for (unit, span) in [
                (Unit::Day, n.days()), (Unit::Week, n.weeks()), (Unit::Fortnight, (2 * n).weeks()),
                (Unit::Month, n.months()), (Unit::Quarter, (3 * n).months()), (Unit::Year, n.years()),
                (Unit::Decade, (n / 20 * 10).years()), (Unit::Century, (n / 200 * 100).years()),
            ] {
                let n = match unit {
                    Unit::Decade => n / 20,
                    Unit::Century => n / 200,
                    _ => n,
                };
                let expected = from.checked_add(span).ok().filter(|date| date.year() > 0);
                prop_assert_eq!(moved(from, n, unit), expected);
            }
        }

        #[test]
        fn weekdays_before_and_after_are_within_a_week(year in 1_i16..=9998, ordinal in 8_i16..=365, number in 1_i64..=7) {
            let from = Date::new(year, 1, 1).unwrap().with().day_of_year(ordinal).build().unwrap();
            let day = weekday(number).unwrap();
            let (before, after) = (on_or_before(from, day).unwrap(), on_or_after(from, day).unwrap());
            prop_assert!(before <= from && from <= after);
            prop_assert_eq!(before.weekday(), day);
            prop_assert_eq!(after.weekday(), day);
            prop_assert!(from.since(before).unwrap().get_days() < 7 && after.since(from).unwrap().get_days() < 7);
        }
    }
}
