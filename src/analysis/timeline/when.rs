//! When something happened, as surely as the text says it.

use jiff::civil::Date;

use crate::analysis::{date_words, span_words};
use crate::model::{DateSpan, Modifier, Timex, TimexValue};

/// When, as surely as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// One day.
    Day(Date),
    /// Some day of these: a week, February, 2025.
    Within(DateSpan),
    /// Some day of these, or not far from them: *early 2025*, *about 12 March*.
    Vague {
        /// Where it most surely is.
        sure: DateSpan,
        /// How far it may be away.
        whole: DateSpan,
    },
    /// From one day to another, each known or within days.
    Interval {
        /// Possible first days.
        start: DateSpan,
        /// Possible last days.
        end: DateSpan,
    },
    /// From these days on.
    From(DateSpan),
    /// Until these days.
    Until(DateSpan),
}

impl When {
    /// Returns what a TIMEX value with its modifier means; none for what has no days.
    #[must_use]
    pub fn new(value: &TimexValue, modifier: Option<Modifier>) -> Option<Self> {
        if let Some((from, to)) = value.0.split_once('/') {
            let start = TimexValue(from.to_owned()).span()?;
            let end = TimexValue(to.to_owned()).span()?;
            return (start.first <= end.last).then_some(Self::Interval { start, end });
        }
        let span = value.span()?;
        Some(match modifier {
            Some(Modifier::After | Modifier::OnOrAfter) => Self::From(span),
            Some(Modifier::Before | Modifier::OnOrBefore) => Self::Until(span),
            Some(Modifier::Start) => part(span, (0, 2), (0, 3)),
            Some(Modifier::Mid) => part(span, (2, 4), (1, 5)),
            Some(Modifier::End) => part(span, (4, 6), (3, 6)),
            Some(Modifier::Approx) => about(span),
            _ if span.is_day() => Self::Day(span.first),
            _ => Self::Within(span),
        })
    }

    /// Returns when an expression is: by its value, or where a length of time is set on the calendar
    /// (*the past three years*) by its first and last day; its modifier then tells of the length.
    #[must_use]
    pub fn of(timex: &Timex) -> Option<Self> {
        Self::new(&timex.value, timex.modifier).or_else(|| {
            let span = timex.points.as_ref()?.span()?;
            let days = DateSpan::day;
            Some(if span.is_day() {
                Self::Day(span.first)
            } else {
                Self::Interval {
                    start: days(span.first),
                    end: days(span.last),
                }
            })
        })
    }

    /// Returns the days from the first to the last possible.
    #[must_use]
    pub fn span(self) -> DateSpan {
        match self {
            Self::Day(day) => DateSpan::day(day),
            Self::Within(span) | Self::From(span) | Self::Until(span) => span,
            Self::Vague { sure, .. } => sure,
            Self::Interval { start, end } => DateSpan {
                first: start.first,
                last: end.last,
            },
        }
    }

    /// Returns the days with what is known of them: *some day of March 2026*.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Day(day) => date_words(day),
            Self::Within(span) => format!("some day of {}", span_words(span)),
            Self::Vague { sure, .. } => format!("about {}", span_words(sure)),
            Self::Interval { start, end } => {
                let days = span_words(self.span());
                match (start.is_day(), end.is_day()) {
                    (true, true) => format!("{days}, both days known"),
                    (true, false) => format!("{days}, last day not known"),
                    (false, true) => format!("{days}, first day not known"),
                    (false, false) => format!("{days}, neither day known"),
                }
            }
            Self::From(span) => format!("from {} on", span_words(span)),
            Self::Until(span) => format!("until {}", span_words(span)),
        }
    }

    /// Whether any of these days is possible.
    #[must_use]
    pub fn touches(self, days: DateSpan) -> bool {
        let span = match self {
            Self::Vague { whole, .. } => whole,
            Self::Day(_)
            | Self::Within(_)
            | Self::Interval { .. }
            | Self::From(_)
            | Self::Until(_) => self.span(),
        };
        let began = span.first <= days.last || matches!(self, Self::Until(_));
        let lasts = days.first <= span.last || matches!(self, Self::From(_));
        began && lasts
    }

    /// Returns the day in the middle, where a single mark stands.
    #[must_use]
    pub fn middle(self) -> Date {
        let span = self.span();
        let half = (day_number(span.last) - day_number(span.first)) / 2;
        date_of(day_number(span.first) + half)
    }
}

/// *early*, *mid-*, *late*: a third of the span, fading over half a third more; given in sixths. What
/// has no sixths (a day, two days) stays whole.
fn part(span: DateSpan, sure: (i64, i64), whole: (i64, i64)) -> When {
    let (first, last) = (day_number(span.first), day_number(span.last));
    let days = last - first + 1;
    let sixths = |(from, to): (i64, i64)| {
        let from = first + days * from / 6;
        let to = first + days * to / 6 - 1;
        DateSpan {
            first: date_of(from),
            last: date_of(to.max(from)),
        }
    };
    if span.is_day() {
        return When::Day(span.first);
    }
    When::Vague {
        sure: sixths(sure),
        whole: sixths(whole),
    }
}

/// *about*: half as much again on both sides, a day at least.
fn about(span: DateSpan) -> When {
    let (first, last) = (day_number(span.first), day_number(span.last));
    let more = ((last - first + 1) / 2).max(1);
    When::Vague {
        sure: span,
        whole: DateSpan {
            first: date_of(first - more),
            last: date_of(last + more),
        },
    }
}

/// Returns the minutes of the day, from and until, that a value with a clock time or part of day
/// means; zones are left as they are told.
#[must_use]
pub fn clock(value: &TimexValue) -> Option<(u16, u16)> {
    let (_, time) = value.0.split_once('T').filter(|_| !value.0.contains('/'))?;
    value.span().filter(|span| span.is_day())?;
    let hours = |from: u16, to: u16| Some((from * 60, to * 60));
    match time {
        "MO" => return hours(6, 12),
        "AF" => return hours(12, 18),
        "EV" => return hours(18, 22),
        "NI" => return hours(21, 24),
        "DT" => return hours(8, 18),
        _ => {}
    }
    let digits: String = time
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ':')
        .collect();
    let mut numbers = digits.split(':').map(str::parse::<u16>);
    let hour = numbers.next()?.ok().filter(|hour| *hour < 24)?;
    match numbers.next() {
        None => hours(hour, hour + 1),
        Some(minute) => {
            let at = hour * 60 + minute.ok().filter(|minute| *minute < 60)?;
            Some((at, at + 1))
        }
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Returns the days since 1970.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    date.since(EPOCH)
        .map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the day that is `days` after the first of 1970; years −9999 to 9999.
#[must_use]
pub fn date_of(days: i64) -> Date {
    jiff::Span::new()
        .try_days(days)
        .and_then(|span| EPOCH.checked_add(span))
        .unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

/// Returns the words of a value, such as a person would type it: *12 March 2026*, *early 2025*, *3 –
/// 13 March 2026*; what has no such words as it is: `2026-W11`.
#[must_use]
pub fn value_words(value: &TimexValue, modifier: Option<Modifier>) -> String {
    let before = match modifier {
        Some(Modifier::Start) => "early ",
        Some(Modifier::Mid) => "mid-",
        Some(Modifier::End) => "late ",
        Some(Modifier::Approx) => "about ",
        Some(Modifier::OnOrAfter) => "since ",
        Some(Modifier::After) => "after ",
        Some(Modifier::OnOrBefore) => "until ",
        Some(Modifier::Before) => "before ",
        Some(
            Modifier::LessThan | Modifier::MoreThan | Modifier::EqualOrLess | Modifier::EqualOrMore,
        )
        | None => "",
    };
    format!("{before}{}", plain_words(value))
}

fn plain_words(value: &TimexValue) -> String {
    let text = value.0.as_str();
    let days_only = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/'));
    let calendar = |part: &str| matches!(part.len(), 4 | 7 | 10);
    let plain = days_only && text.split('/').all(calendar);
    match value.span().filter(|_| plain) {
        Some(span) if span.is_day() && !text.contains('/') => date_words(span.first),
        Some(span) if text.split('/').all(|part| part.len() == 10) || !text.contains('/') => {
            span_words(span)
        }
        _ => text.to_owned(),
    }
}
