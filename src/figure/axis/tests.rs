//! Which labels stand where, at which zoom.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// Six points a character at any size: widths that can be reckoned by hand.
struct Six;

impl Measure for Six {
    fn width(&self, words: &str, _: Style) -> f32 {
        6.0 * words.chars().map(|_| 1.0).sum::<f32>()
    }
}

const TWO: AxisStyle = AxisStyle {
    size: 12.5,
    one_tier: false,
};
const ONE: AxisStyle = AxisStyle {
    size: 12.5,
    one_tier: true,
};

fn window(from: Date, days: f64) -> Window {
    Window {
        from: at(from),
        to: at(from) + days,
        width: 1000.0,
    }
}

fn words(labels: &[Label]) -> Vec<&str> {
    labels.iter().map(|label| label.words.as_str()).collect()
}

fn check(from: Date, days: f64, upper: &[&str], lower: &[&str]) {
    let axis = axis(window(from, days), TWO, &Six);
    assert_eq!(words(&axis.upper), upper);
    assert_eq!(words(&axis.lower), lower);
}

#[test]
fn hours_stand_over_days() {
    check(
        date(2026, 3, 12),
        1.5,
        &[
            "00:00", "02:00", "04:00", "06:00", "08:00", "10:00", "12:00", "14:00", "16:00",
            "18:00", "20:00", "22:00", "00:00", "02:00", "04:00", "06:00", "08:00", "10:00",
        ],
        &["Thu 12 March 2026", "Fri 13 March 2026"],
    );
}

#[test]
fn minutes_stand_over_a_day() {
    let mut hour = window(date(2026, 3, 12), 1.0 / 24.0);
    (hour.from, hour.to) = (hour.from + 14.0 / 24.0, hour.to + 14.0 / 24.0);
    let axis = axis(hour, TWO, &Six);
    assert_eq!(
        words(&axis.upper)[..4],
        ["14:00", "14:05", "14:10", "14:15"]
    );
    assert_eq!(words(&axis.lower), ["Thu 12 March 2026"]);
}

#[test]
fn a_narrow_window_has_coarser_units_and_not_every_other_label() {
    let week = Window {
        width: 160.0,
        ..window(date(2026, 2, 27), 9.0)
    };
    assert_eq!(
        words(&axis(week, TWO, &Six).upper),
        ["27", "1", "3", "5", "7"]
    );
    let year = Window {
        width: 120.0,
        ..window(date(2025, 11, 1), 700.0)
    };
    assert_eq!(words(&axis(year, TWO, &Six).upper), ["Jan", "Jul", "Jan"]);
}

#[test]
fn days_stand_over_months() {
    check(
        date(2026, 2, 27),
        7.0,
        &[
            "Fri 27", "Sat 28", "Sun 1", "Mon 2", "Tue 3", "Wed 4", "Thu 5",
        ],
        &["February 2026", "March"],
    );
}

#[test]
fn day_numbers_stand_over_months() {
    let axis = axis(window(date(2026, 1, 25), 30.0), TWO, &Six);
    assert_eq!(
        words(&axis.upper)[..9],
        ["25", "26", "27", "28", "29", "30", "31", "1", "2"]
    );
    assert_eq!(words(&axis.lower), ["January 2026", "February"]);
    assert_eq!(
        axis.weekends.len(),
        5,
        "31 Jan, 7, 14, 21 Feb; 25 Jan is half of one"
    );
}

#[test]
fn mondays_stand_over_months() {
    check(
        date(2026, 1, 1),
        79.0,
        &["5", "12", "19", "26", "2", "9", "16", "23", "2", "9", "16"],
        &["January 2026", "February", "March"],
    );
}

#[test]
fn months_stand_over_years() {
    check(
        date(2025, 11, 1),
        300.0,
        &[
            "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
        ],
        &["2025", "2026"],
    );
}

#[test]
fn years_stand_over_decades_and_thin_out_over_a_century() {
    check(
        date(2018, 1, 1),
        365.25 * 5.0,
        &["2018", "2019", "2020", "2021", "2022"],
        &["2010s", "2020s"],
    );
    let century = axis(window(date(1926, 1, 1), 36_525.0), TWO, &Six);
    assert_eq!(words(&century.upper)[..3], ["1930", "1935", "1940"]);
    assert_eq!(words(&century.lower)[..3], ["1920s", "1930s", "1940s"]);
    let narrow = Window {
        width: 400.0,
        ..window(date(1926, 1, 1), 36_525.0)
    };
    let axis = axis(narrow, TWO, &Six);
    assert_eq!(words(&axis.upper)[..3], ["1930", "1940", "1950"]);
    assert!(axis.lower.is_empty(), "1930 under 1930s says nothing");
}

#[test]
fn label_of_the_unit_at_the_left_sticks_to_the_edge() {
    let axis = axis(window(date(2026, 3, 12), 20.0), TWO, &Six);
    assert!(axis.lower[0].x < 0.0);
    assert!((axis.lower[0].text_x - 4.0).abs() < 1e-3);
    assert_eq!(axis.lower[0].words, "March 2026");
}

#[test]
fn one_tier_names_the_first_of_a_month() {
    let axis = axis(window(date(2026, 1, 30), 45.0), ONE, &Six);
    assert_eq!(
        words(&axis.upper),
        ["1 Feb 2026", "9", "16", "23", "1 Mar", "9"]
    );
    let strong: Vec<_> = axis.upper.iter().filter(|l| l.strong).collect();
    assert_eq!(strong.len(), 2);
}

/// What a reader of a chart needs at any zoom: where am I, and how long is that.
#[test]
fn every_zoom_from_an_hour_to_a_century_says_when_it_is() {
    let mut days = 1.0 / 24.0;
    while days < 40_000.0 {
        for width in [420.0, 900.0, 1400.0, 2200.0] {
            let window = Window {
                width,
                ..window(date(2026, 1, 20), days)
            };
            let axis = axis(window, TWO, &Six);
            let count = axis.upper.len();
            assert!(
                (2..=70).contains(&count),
                "{count} labels, {days} days, {width}"
            );
            let years = axis.upper.iter().all(|label| label.words.len() == 4);
            let year = axis.lower.iter().any(|label| label.words.contains("20"));
            assert!(years || year, "no year, {days} days, {width}");
        }
        days *= 1.17;
    }
}

proptest! {
    #[test]
    fn labels_never_overlap(
        from in -200_000.0_f64..200_000.0,
        magnitude in -1.5_f64..5.0,
        width in 60.0_f32..3000.0,
        one_tier: bool,
    ) {
        let window = Window { from, to: from + 10_f64.powf(magnitude), width };
        let axis = axis(window, AxisStyle { size: 12.5, one_tier }, &Six);
        for tier in [&axis.upper, &axis.lower] {
            for pair in tier.windows(2) {
                let end = pair[0].text_x + Six.width(&pair[0].words, style_of(false, TWO));
                prop_assert!(end + GAP <= pair[1].text_x + 0.01, "{pair:?}");
            }
            for label in tier {
                prop_assert!(label.text_x >= 0.0);
                let end = label.text_x + Six.width(&label.words, style_of(false, TWO));
                prop_assert!(end <= width + 0.01 || label.text_x <= 4.0, "{label:?}");
            }
        }
    }
}
