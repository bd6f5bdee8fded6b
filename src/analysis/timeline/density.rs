//! How many articles were published when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::analysis::{Filter, ProjectView, date_of, day_number};
use crate::model::Project;

/// Width of a bar of the density strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum Bin {
    Day,
    Week,
    Month,
    Year,
}

impl Bin {
    /// Returns the first day of the bin that holds `date`; weeks begin on Monday.
    #[must_use]
    pub fn start(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Week => {
                date_of(day_number(date) - i64::from(date.weekday().to_monday_zero_offset()))
            }
            Self::Month => date.first_of_month(),
            Self::Year => date.first_of_year(),
        }
    }

    /// Returns the first day after the bin that begins at `start`.
    #[must_use]
    pub fn end(self, start: Date) -> Date {
        match self {
            Self::Day => date_of(day_number(start) + 1),
            Self::Week => date_of(day_number(start) + 7),
            Self::Month => date_of(day_number(start.last_of_month()) + 1),
            Self::Year => date_of(day_number(start.last_of_year()) + 1),
        }
    }

    /// Returns *Articles per day*'s last word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// One bar: articles published from `first` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DensityBar {
    /// First day.
    pub first: Date,
    /// First day after.
    pub end: Date,
    /// All articles.
    pub total: u32,
    /// Articles that the filter asks for.
    pub asked: u32,
}

/// Returns how many articles were published when, by `bin`, in order; empty bins are left out.
#[must_use]
pub fn density(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    bin: Bin,
) -> Vec<DensityBar> {
    let mut bars: BTreeMap<Date, DensityBar> = BTreeMap::new();
    for (id, state) in &project.articles {
        let Some(dct) = state.article.meta.dct else {
            continue;
        };
        let first = bin.start(dct.date);
        let bar = bars.entry(first).or_insert_with(|| DensityBar {
            first,
            end: bin.end(first),
            total: 0,
            asked: 0,
        });
        bar.total += 1;
        let asked = view
            .articles
            .get(id)
            .is_some_and(|article| filter.keeps_article(view, &state.article, article));
        bar.asked += u32::from(asked);
    }
    bars.into_values().collect()
}
