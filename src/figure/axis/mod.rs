//! The time axis in two tiers, from hours to decades: which ticks, which labels, where.
//!
//! x is in days since 1970 as a fraction. A label is kept only if it fits before the next one with
//! [`GAP`] to spare; where it does not, the step grows (2, 5, 7 days…), so that labels stay regular.

use jiff::civil::Date;

use crate::analysis::{date_of, day_number, month_name, month_short, weekday_name};
use crate::figure::scene::{Face, Measure, Style};

/// Least room between two labels, in points.
pub const GAP: f32 = 8.0;

/// What is visible, and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Days since 1970 at the left edge.
    pub from: f64,
    /// Days since 1970 at the right edge.
    pub to: f64,
    /// Width in points.
    pub width: f32,
}

impl Window {
    /// Returns where a day lies, in points from the left edge.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "screen positions need no more than f32"
    )]
    pub fn x(&self, day: f64) -> f32 {
        let span = (self.to - self.from).max(f64::EPSILON);
        ((day - self.from) / span) as f32 * self.width
    }

    /// Returns which day lies at `x` points from the left edge.
    #[must_use]
    pub fn day(&self, x: f32) -> f64 {
        self.from + f64::from(x / self.width.max(1.0)) * (self.to - self.from)
    }

    /// Returns where something lies that stands so many points from 1970, a day taking
    /// [`per_day`](Self::per_day) points.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "screen positions need no more than f32"
    )]
    pub fn at(&self, points: f64) -> f32 {
        (points - self.from * self.per_day()) as f32
    }

    /// Returns the points that a day takes, as exactly as places far from 1970 need it.
    #[must_use]
    pub fn per_day(&self) -> f64 {
        f64::from(self.width) / (self.to - self.from).max(f64::EPSILON)
    }

    /// Returns the points that a day takes.
    #[must_use]
    pub fn day_width(&self) -> f32 {
        self.x(self.from + 1.0)
    }
}

/// A label of the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where its tick is, in points from the left edge.
    pub x: f32,
    /// Where its words begin.
    pub text_x: f32,
    /// The words.
    pub words: String,
    /// Whether it begins a larger unit (semi-bold).
    pub strong: bool,
}

/// Ticks and labels of a window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// Upper tier.
    pub upper: Vec<Label>,
    /// Lower tier; the first label sticks to the left edge.
    pub lower: Vec<Label>,
    /// Vertical lines, in points from the left edge.
    pub grid: Vec<f32>,
    /// Weekends as ranges of points, where days are labelled.
    pub weekends: Vec<(f32, f32)>,
}

/// How large the labels are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxisStyle {
    /// Size of both tiers in points.
    pub size: f32,
    /// One tier: larger units stand among the smaller ones, in semi-bold.
    pub one_tier: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    WeekDay,
    Day,
    Monday,
    Month,
    Year,
}

impl Unit {
    fn of(days: f64) -> Self {
        match days {
            d if d < 0.15 => Self::Minute,
            d if d < 2.0 => Self::Hour,
            d if d < 10.0 => Self::WeekDay,
            d if d < 42.0 => Self::Day,
            d if d < 183.0 => Self::Monday,
            d if d < 1462.0 => Self::Month,
            _ => Self::Year,
        }
    }

    /// Steps to try, in the unit itself.
    fn steps(self) -> &'static [i64] {
        match self {
            Self::Minute => &[1, 5, 10, 15, 30],
            Self::Hour => &[1, 2, 3, 6, 12],
            Self::WeekDay => &[1],
            Self::Day => &[1, 2, 5, 10],
            Self::Monday => &[1, 2],
            Self::Month => &[1, 3, 6],
            Self::Year => &[1, 2, 5, 10, 20, 50, 100, 500, 1000],
        }
    }

    /// The next coarser, for windows so narrow that no step fits.
    fn coarser(self) -> Option<Self> {
        match self {
            Self::Minute => Some(Self::Hour),
            Self::Hour => Some(Self::WeekDay),
            Self::WeekDay => Some(Self::Day),
            Self::Day => Some(Self::Monday),
            Self::Monday => Some(Self::Month),
            Self::Month => Some(Self::Year),
            Self::Year => None,
        }
    }

    fn words(self, at: f64) -> String {
        let date = day_at(at);
        match self {
            Self::Minute | Self::Hour => hour_words(at),
            Self::WeekDay => format!("{} {}", short(weekday_name(date)), date.day()),
            Self::Day | Self::Monday => date.day().to_string(),
            Self::Month => month_short(date).to_owned(),
            Self::Year => date.year().to_string(),
        }
    }

    fn lower(self) -> Lower {
        match self {
            Self::Minute | Self::Hour => Lower::Day,
            Self::WeekDay | Self::Day | Self::Monday => Lower::Month,
            Self::Month => Lower::Year,
            Self::Year => Lower::Decade,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lower {
    Day,
    Month,
    Year,
    Decade,
}

fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "days of ten thousand years fit"
)]
fn day_at(at: f64) -> Date {
    // Half a minute: 05:59:59.99 is 06:00.
    date_of((at + 0.000_35).floor() as i64)
}

#[expect(clippy::cast_precision_loss, reason = "days of ten thousand years fit")]
fn at(date: Date) -> f64 {
    day_number(date) as f64
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a day fit")]
fn hour_words(at: f64) -> String {
    let minutes = ((at - at.floor()) * 1440.0).round() as i64 % 1440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Returns the axis of a window.
#[must_use]
pub fn axis(window: Window, look: AxisStyle, measure: &dyn Measure) -> Axis {
    let days = window.to - window.from;
    if !(days.is_finite() && days > 0.0 && window.width > 1.0) {
        return Axis::default();
    }
    let (unit, step, ticks) = fitting(window, Unit::of(days), look, measure);
    let grid = ticks.iter().map(|day| window.x(*day)).collect();
    let strong = lower_ticks(window, unit.lower());
    let (upper, lower) = if look.one_tier {
        (
            one_tier(window, unit, (&ticks, &strong), look, measure),
            Vec::new(),
        )
    } else {
        let upper = ticks
            .iter()
            .map(|day| label(window.x(*day), unit.words(*day), false));
        let upper = keep_apart(upper.collect(), window, look, measure);
        (
            upper,
            // 1950, 1960, 1970 say their decade themselves.
            if unit == Unit::Year && step >= 10 {
                Vec::new()
            } else {
                lower_labels(window, unit.lower(), &strong, look, measure)
            },
        )
    };
    Axis {
        upper,
        lower,
        grid,
        weekends: weekends(window, unit),
    }
}

fn label(x: f32, words: String, strong: bool) -> Label {
    Label {
        x,
        text_x: x + 4.0,
        words,
        strong,
    }
}

fn style_of(strong: bool, look: AxisStyle) -> Style {
    Style {
        face: if strong { Face::UiSemibold } else { Face::Ui },
        size: look.size,
    }
}

/// Drops each label that would run into the next kept one; strong ones outrank the others.
fn keep_apart(
    labels: Vec<Label>,
    window: Window,
    look: AxisStyle,
    measure: &dyn Measure,
) -> Vec<Label> {
    let end = |label: &Label| {
        label.text_x + measure.width(&label.words, style_of(label.strong, look)) + GAP
    };
    let mut kept: Vec<Label> = Vec::with_capacity(labels.len());
    for label in labels {
        if end(&label) - GAP > window.width {
            continue;
        }
        let clashes = |last: &Label| end(last) > label.text_x;
        if label.strong {
            while kept
                .last()
                .is_some_and(|last| !last.strong && clashes(last))
            {
                kept.pop();
            }
        }
        if !kept.last().is_some_and(clashes) {
            kept.push(label);
        }
    }
    kept
}

/// Returns the smallest step whose widest label fits, with its ticks; of a coarser unit, if none of
/// this one does.
fn fitting(
    window: Window,
    unit: Unit,
    look: AxisStyle,
    measure: &dyn Measure,
) -> (Unit, i64, Vec<f64>) {
    let mut last = (unit, 1, Vec::new());
    for step in unit.steps() {
        let ticks = ticks_of(window, unit, *step);
        let widest = ticks
            .iter()
            .map(|day| measure.width(&unit.words(*day), style_of(false, look)))
            .fold(0.0, f32::max);
        let closest = ticks
            .windows(2)
            .filter_map(|pair| Some(window.x(*pair.get(1)?) - window.x(*pair.first()?)))
            .fold(f32::INFINITY, f32::min);
        let fits = widest + GAP + 4.0 <= closest;
        last = (unit, *step, ticks);
        if fits {
            return last;
        }
    }
    match unit.coarser() {
        Some(coarser) => {
            let other = fitting(window, coarser, look, measure);
            // Better few labels than none: a narrow window of days may hold no first of a month.
            if other.2.is_empty() { last } else { other }
        }
        None => last,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "days and hours of ten thousand years fit"
)]
fn ticks_of(window: Window, unit: Unit, step: i64) -> Vec<f64> {
    let first_day = window.from.floor() as i64;
    let last_day = window.to.ceil() as i64;
    let inside = |day: &f64| *day >= window.from && *day <= window.to;
    let days = |keep: &dyn Fn(Date) -> bool| -> Vec<f64> {
        let each = first_day..=last_day;
        each.filter(|day| keep(date_of(*day)))
            .map(|day| day as f64)
            .filter(inside)
            .collect()
    };
    let ticks: Vec<f64> = match unit {
        Unit::Minute => {
            let each =
                ((window.from * 1440.0).floor() as i64)..=((window.to * 1440.0).ceil() as i64);
            each.filter(|minute| minute.rem_euclid(60) % step == 0)
                .map(|minute| minute as f64 / 1440.0)
                .filter(inside)
                .collect()
        }
        Unit::Hour => {
            let each = (first_day * 24)..=(last_day * 24);
            each.filter(|hour| hour.rem_euclid(24) % step == 0)
                .map(|hour| hour as f64 / 24.0)
                .filter(inside)
                .collect()
        }
        Unit::WeekDay => days(&|_| true),
        // 1, 11, 21, not 31: a tick that close to the first of a month says nothing.
        Unit::Day => days(&|date| {
            let day = i64::from(date.day());
            (day - 1) % step == 0 && (step == 1 || day + step / 2 < 31)
        }),
        Unit::Monday => days(&|date| {
            let monday = date.weekday().to_monday_zero_offset() == 0;
            // Week numbers counted from a fixed Monday, so that panning keeps the labels.
            monday && (day_number(date) + 3).div_euclid(7).rem_euclid(step) == 0
        }),
        Unit::Month => days(&|date| date.day() == 1 && i64::from(date.month() - 1) % step == 0),
        Unit::Year => {
            let (from, to) = (date_of(first_day).year(), date_of(last_day).year());
            let each = from..=to;
            each.filter(|year| i64::from(*year).rem_euclid(step) == 0)
                .filter_map(|year| Date::new(year, 1, 1).ok())
                .map(at)
                .filter(inside)
                .collect()
        }
    };
    ticks
}

/// Returns where the larger units begin, the one at the left edge first.
#[expect(
    clippy::cast_possible_truncation,
    reason = "days of ten thousand years fit"
)]
fn lower_ticks(window: Window, unit: Lower) -> Vec<f64> {
    let mut date = start_of(day_at(window.from), unit);
    let last = date_of(window.to.floor() as i64);
    let mut ticks = Vec::new();
    while date <= last && ticks.len() < 2_000 {
        ticks.push(at(date));
        let next = match unit {
            Lower::Day => date_of(day_number(date) + 1),
            Lower::Month => date_of(day_number(date.last_of_month()) + 1),
            Lower::Year => date_of(day_number(date.last_of_year()) + 1),
            Lower::Decade => Date::new(date.year().saturating_add(10), 1, 1).unwrap_or(Date::MAX),
        };
        if next <= date {
            break;
        }
        date = next;
    }
    ticks
}

fn start_of(date: Date, unit: Lower) -> Date {
    match unit {
        Lower::Day => date,
        Lower::Month => date.first_of_month(),
        Lower::Year => date.first_of_year(),
        Lower::Decade => {
            let year = date.year() - date.year().rem_euclid(10);
            Date::new(year, 1, 1).unwrap_or(date)
        }
    }
}

fn lower_words(day: f64, unit: Lower, first: bool) -> String {
    let date = day_at(day);
    match unit {
        Lower::Day => format!(
            "{} {} {} {}",
            short(weekday_name(date)),
            date.day(),
            month_name(date),
            date.year()
        ),
        Lower::Month if first || date.month() == 1 => {
            format!("{} {}", month_name(date), date.year())
        }
        Lower::Month => month_name(date).to_owned(),
        Lower::Year => date.year().to_string(),
        Lower::Decade => format!("{}s", date.year()),
    }
}

fn lower_labels(
    window: Window,
    unit: Lower,
    ticks: &[f64],
    look: AxisStyle,
    measure: &dyn Measure,
) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::with_capacity(ticks.len());
    for (index, day) in ticks.iter().enumerate() {
        let x = window.x(*day);
        let mut one = label(x, lower_words(*day, unit, labels.is_empty()), true);
        if x < 0.0 {
            one.text_x = 4.0;
        }
        let width = measure.width(&one.words, style_of(true, look));
        let next = ticks
            .get(index + 1)
            .map_or(window.width - 4.0 + GAP, |next| window.x(*next) + 4.0);
        let last_end = labels.last().map_or(f32::NEG_INFINITY, |last: &Label| {
            last.text_x + measure.width(&last.words, style_of(true, look)) + GAP
        });
        // The next unit pushes a label of the unit at the left edge out, not the other way round.
        let fits =
            one.text_x + width + GAP <= next || (index > 0 && one.text_x + width <= window.width);
        if fits && one.text_x >= last_end {
            labels.push(one);
        }
    }
    labels
}

fn one_tier(
    window: Window,
    unit: Unit,
    ticks: (&[f64], &[f64]),
    look: AxisStyle,
    measure: &dyn Measure,
) -> Vec<Label> {
    let (ticks, strong) = ticks;
    let mut labels: Vec<Label> = strong
        .iter()
        .filter(|day| **day >= window.from)
        .enumerate()
        .map(|(index, day)| label(window.x(*day), strong_words(*day, unit, index == 0), true))
        .collect();
    if unit == Unit::Year {
        labels.clear();
    }
    let plain = ticks
        .iter()
        .filter(|day| unit == Unit::Year || !strong.contains(day))
        .map(|day| label(window.x(*day), unit.words(*day), false));
    labels.extend(plain);
    labels.sort_by(|a, b| a.x.total_cmp(&b.x));
    keep_apart(labels, window, look, measure)
}

fn strong_words(day: f64, unit: Unit, first: bool) -> String {
    let date = day_at(day);
    match unit.lower() {
        Lower::Day => format!(
            "{} {} {}",
            short(weekday_name(date)),
            date.day(),
            month_short(date)
        ),
        Lower::Month if first || date.month() == 1 => {
            format!("{} {} {}", date.day(), month_short(date), date.year())
        }
        Lower::Month => format!("{} {}", date.day(), month_short(date)),
        Lower::Year | Lower::Decade => date.year().to_string(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "days of ten thousand years fit"
)]
fn weekends(window: Window, unit: Unit) -> Vec<(f32, f32)> {
    if !matches!(unit, Unit::WeekDay | Unit::Day) {
        return Vec::new();
    }
    let (first, last) = (window.from.floor() as i64 - 1, window.to.ceil() as i64);
    (first..=last)
        .filter(|day| date_of(*day).weekday().to_monday_zero_offset() == 5)
        .map(|day| {
            (
                window.x(day as f64).max(0.0),
                window.x(day as f64 + 2.0).min(window.width),
            )
        })
        .filter(|(from, to)| from < to)
        .collect()
}

#[cfg(test)]
mod tests;
