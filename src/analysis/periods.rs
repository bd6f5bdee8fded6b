//! Positions of each actor by week, month, quarter or year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::analysis::{Filter, ProjectView, Sides, StatementRef, month_short};
use crate::model::{EntityId, Project};

/// How long a period is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Period {
    /// All time is one.
    #[default]
    All,
    /// From Monday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// All, as the menu shows them.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All time",
            Self::Week => "Per week",
            Self::Month => "Per month",
            Self::Quarter => "Per quarter",
            Self::Year => "Per year",
        }
    }

    /// Returns the first day of the period that a day is in.
    #[must_use]
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::All => date(1, 1, 1),
            Self::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
            Self::Quarter => {
                let first = day.month() - (day.month() - 1) % 3;
                Date::new(day.year(), first, 1).unwrap_or(day)
            }
            Self::Year => day.first_of_year(),
        }
    }

    fn next(self, start: Date) -> Option<Date> {
        let span = match self {
            Self::All => return None,
            Self::Week => 7.days(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
        };
        start.checked_add(span).ok()
    }

    /// Returns the words for the period that begins on a day: *week of 2 Mar 2026*, *Mar 2026*.
    #[must_use]
    pub fn words(self, start: Date) -> String {
        let (month, year) = (month_short(start), start.year());
        match self {
            Self::All => "all time".to_owned(),
            Self::Week => format!("week of {} {month} {year}", start.day()),
            Self::Month => format!("{month} {year}"),
            Self::Quarter => format!("quarter {} of {year}", (start.month() + 2) / 3),
            Self::Year => year.to_string(),
        }
    }
}

impl Period {
    /// Returns the words over a column: *2 Mar 2026*, *Q1 2026*.
    #[must_use]
    pub fn short_words(self, start: Date) -> String {
        self.words(start)
            .trim_start_matches("week of ")
            .replace("quarter ", "Q")
            .replace(" of ", " ")
    }
}

/// The most periods that are shown: the latest.
pub const MOST_PERIODS: usize = 60;

/// Counts by actor and period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Periods {
    /// How long each is.
    pub period: Period,
    /// First days, one after the other without a gap.
    pub starts: Vec<Date>,
    /// By actor and first day; periods without a statement are not kept.
    pub rows: BTreeMap<EntityId, BTreeMap<Date, Sides>>,
    /// Largest count of support or oppose in one.
    pub most: usize,
    /// Statements without a date, with one that goes over a border, or before the first shown.
    pub outside: Vec<StatementRef>,
}

/// Returns the counts of the statements that `filter` asks for; holders are the chart's own axis.
#[must_use]
pub fn stance_by_period(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    period: Period,
) -> Periods {
    let open = Filter {
        holders: BTreeSet::new(),
        picked: None,
        ..filter.clone()
    };
    let mut made = Periods {
        period,
        ..Periods::default()
    };
    if period == Period::All {
        return made;
    }
    for (at, row) in open.statements(project, view) {
        let span = row.value.date.as_ref().and_then(|date| date.value.span());
        let within = span.filter(|span| period.start(span.first) == period.start(span.last));
        let Some(span) = within else {
            made.outside.push(at);
            continue;
        };
        let holder = open.holder(view, &row.value);
        let by_start = made.rows.entry(holder).or_default();
        by_start.entry(period.start(span.first)).or_default().add(
            open.side(&row.value),
            at,
            row.is_decided(),
        );
    }
    let days = || made.rows.values().flat_map(|row| row.keys().copied());
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return made;
    };
    let mut starts = vec![first];
    while let Some(next) = starts.last().and_then(|start| period.next(*start))
        && next <= last
    {
        starts.push(next);
    }
    let early = starts.len().saturating_sub(MOST_PERIODS);
    made.starts = starts.split_off(early);
    let from = made.starts.first().copied().unwrap_or(first);
    for row in made.rows.values_mut() {
        let kept = row.split_off(&from);
        let left = std::mem::replace(row, kept);
        made.outside.extend(left.values().flat_map(Sides::refs));
    }
    let counts = made.rows.values().flat_map(BTreeMap::values);
    made.most = counts
        .map(|sides| sides.oppose.len().max(sides.support.len()))
        .max()
        .unwrap_or(0);
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, entity};
    use crate::model::{Act, Polarity};

    #[test]
    fn statements_are_counted_in_their_period_and_gaps_are_kept() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated("2026-01-31")
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .dated("2026-03-01")
            .confirmed()
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .dated("2026-03-12")
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2026")
            .says("Astrany", "Velmora", Act::Agree, Polarity::Support)
            .dated("2026-03")
            .undated()
            .build();
        let made = |period| stance_by_period(&project, &view, &Filter::default(), period);
        let months = made(Period::Month);
        let starts: Vec<_> = months.starts.iter().map(ToString::to_string).collect();
        assert_eq!(starts, ["2026-01-01", "2026-02-01", "2026-03-01"]);
        let march = &months.rows[&entity("Velmora")][&date(2026, 3, 1)];
        assert_eq!(march.words(), "1 support, 1 oppose, 0 neither");
        assert_eq!(march.oppose.confirmed.len(), 1);
        assert_eq!(months.outside.len(), 2, "a year, and no date");
        let years = made(Period::Year);
        assert_eq!(years.starts.len(), 1);
        assert_eq!((years.outside.len(), years.most), (1, 2));
        assert!(made(Period::All).rows.is_empty());
    }

    #[test]
    fn periods_begin_where_the_calendar_says() {
        let day = date(2026, 3, 12);
        let check = |period: Period, start: Date, words: &str| {
            assert_eq!(period.start(day), start);
            assert_eq!(period.words(start), words);
        };
        check(Period::Week, date(2026, 3, 9), "week of 9 Mar 2026");
        check(Period::Month, date(2026, 3, 1), "Mar 2026");
        check(Period::Quarter, date(2026, 1, 1), "quarter 1 of 2026");
        check(Period::Year, date(2026, 1, 1), "2026");
    }
}
