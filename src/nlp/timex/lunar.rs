//! Days of the Hebrew calendar, and of the Chinese new year.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// Days from the epoch of the Hebrew calendar to the first of Tishri of a year, before the rules
/// that depend on neighbouring years (Dershowitz and Reingold, *Calendrical Calculations*, ch. 8).
fn elapsed(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
}

/// First of Tishri, as days since the Hebrew epoch.
fn new_year(year: i64) -> i64 {
    let [before, here, after] = [year - 1, year, year + 1].map(elapsed);
    here + match (after - here, here - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    }
}

/// The day that lies `days` after the Hebrew epoch.
fn hebrew(days: i64) -> Option<Date> {
    /// 0001-01-01 of the Gregorian calendar, counted from the Hebrew epoch.
    const FIRST: i64 = 1_373_428;
    Date::new(1, 1, 1)
        .ok()?
        .checked_add(days.checked_sub(FIRST)?.days())
        .ok()
}

/// A Hebrew feast of a Gregorian year: `hebrew:passover`, with days added behind a colon.
pub(super) fn feast(name: &str, year: i16) -> Option<Date> {
    let hebrew_year = i64::from(year) + 3761;
    let first = new_year(hebrew_year);
    hebrew(match name {
        "roshhashanah" => first,
        "yomkippur" => first + 9,
        "sukkot" => first + 14,
        // From the first of Nisan to that of Tishri the calendar never varies.
        "passover" => first - 163,
        "purim" => first - 193,
        "shavuot" => first - 113,
        "hanukkah" => {
            let length = new_year(hebrew_year + 1) - first;
            let heshvan = if length % 10 == 5 { 30 } else { 29 };
            first + 30 + heshvan + 24
        }
        _ => return None,
    })
}

/// Days between Julian day 2451545 (2000-01-01) and the civil day in China of an instant.
#[expect(clippy::cast_possible_truncation, reason = "a day count of 7 digits")]
fn day_in_china(jde: f64) -> i64 {
    // Terrestrial to universal time is about a minute in this age.
    (jde + 0.5 + 8.0 / 24.0 - 0.0008 - 2_451_545.0).floor() as i64
}

/// Apparent longitude of the sun in degrees (Meeus, *Astronomical Algorithms*, ch. 25, within 0.01°).
fn sun(jde: f64) -> f64 {
    let t = (jde - 2_451_545.0) / 36_525.0;
    let l = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let m = (357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * m.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * m).sin()
        + 0.000_289 * (3.0 * m).sin();
    let omega = (125.04 - 1_934.136 * t).to_radians();
    (l + centre - 0.005_69 - 0.004_78 * omega.sin()).rem_euclid(360.0)
}

/// Instant of the `k`th new moon since 2000 (Meeus, ch. 49, within a few minutes).
fn new_moon(k: f64) -> f64 {
    let t = k / 1_236.85;
    let e = 1.0 - 0.002_516 * t;
    let m = 2.553_4 + 29.105_356_70 * k;
    let moon = 201.564_3 + 385.816_935_28 * k;
    let f = 160.710_8 + 390.670_502_84 * k;
    let terms = [
        (-0.407_20, moon),
        (0.172_41 * e, m),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * f),
        (0.007_39 * e, moon - m),
        (-0.005_14 * e, moon + m),
        (0.002_08 * e * e, 2.0 * m),
        (-0.001_11, moon - 2.0 * f),
        (-0.000_57, moon + 2.0 * f),
        (0.000_56 * e, 2.0 * moon + m),
        (-0.000_42, 3.0 * moon),
        (0.000_42 * e, m + 2.0 * f),
        (0.000_38 * e, m - 2.0 * f),
        (-0.000_24 * e, 2.0 * moon - m),
    ];
    let periodic: f64 = terms
        .iter()
        .map(|(a, angle)| a * angle.to_radians().sin())
        .sum();
    2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t + periodic
}

/// First days of the lunar months from the one that holds the winter solstice of a year's December
/// on, and the number of its first new moon.
fn months_from_solstice(year: i16) -> Option<(Vec<i64>, f64)> {
    let mut solstice = 2_451_900.0 + 365.242_2 * (f64::from(year) - 2000.0);
    for _ in 0..5 {
        let off = (270.0 - sun(solstice) + 180.0).rem_euclid(360.0) - 180.0;
        solstice += off / 360.0 * 365.242_2;
    }
    let last = day_in_china(solstice);
    let near = ((solstice - 2_451_550.1) / 29.530_588_861).floor() + 1.0;
    let first = [0.0, 1.0, 2.0, 3.0]
        .into_iter()
        .map(|back| near - back)
        .find(|k| day_in_china(new_moon(*k)) <= last)?;
    let months = (0_u8..5).map(|n| day_in_china(new_moon(first + f64::from(n))));
    Some((months.collect(), first))
}

/// The Chinese new year: the second new moon after the month of the winter solstice; the third
/// where a leap month, one in which the sun enters no twelfth of its way, lies between (2034).
pub(super) fn chinese_new_year(year: i16) -> Option<Date> {
    if !(1000..=3000).contains(&year) {
        return None;
    }
    let (months, first) = months_from_solstice(year - 1)?;
    let (_, next) = months_from_solstice(year)?;
    let twelfth = |day: &i64| {
        let midnight = i32::try_from(*day).map_or(0.0, f64::from) - 0.5 - 8.0 / 24.0 + 0.0008;
        (sun(2_451_545.0 + midnight) / 30.0).floor()
    };
    let leap = next - first > 12.5
        && months
            .windows(2)
            .take(3)
            .skip(1)
            .any(|ends| ends.first().map(twelfth) == ends.last().map(twelfth));
    let day = *months.get(if leap { 3 } else { 2 })?;
    Date::new(2000, 1, 1).ok()?.checked_add(day.days()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn hebrew_feasts_fall_on_the_days_that_calendars_give() {
        for (name, year, day) in [
            ("roshhashanah", 2024, date(2024, 10, 3)),
            ("roshhashanah", 2025, date(2025, 9, 23)),
            ("yomkippur", 1973, date(1973, 10, 6)),
            ("yomkippur", 2023, date(2023, 9, 25)),
            ("passover", 2025, date(2025, 4, 13)),
            ("passover", 2024, date(2024, 4, 23)),
            ("purim", 2025, date(2025, 3, 14)),
            ("shavuot", 2025, date(2025, 6, 2)),
            ("hanukkah", 2024, date(2024, 12, 26)),
            ("hanukkah", 2023, date(2023, 12, 8)),
        ] {
            assert_eq!(feast(name, year), Some(day), "{name} {year}");
        }
    }

    #[test]
    fn chinese_new_year_falls_on_the_day_that_calendars_give() {
        for day in [
            date(1966, 1, 21),
            date(1985, 2, 20),
            date(1989, 2, 6),
            date(2000, 2, 5),
            date(2015, 2, 19),
            date(2020, 1, 25),
            date(2023, 1, 22),
            date(2024, 2, 10),
            date(2025, 1, 29),
            date(2026, 2, 17),
            date(2033, 1, 31),
            date(2034, 2, 19),
        ] {
            assert_eq!(chinese_new_year(day.year()), Some(day));
        }
    }
}
