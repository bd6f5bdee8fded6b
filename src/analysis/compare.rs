//! Two periods side by side: who and what was counted in each, and what changed between them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};

use crate::analysis::{Filter, ProjectView, Sides, StatementRef, date_of, day_number};
use crate::model::{Act, DateSpan, EntityId, IssueId, Polarity, Project};

/// What a row of a comparison is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum CompareBy {
    #[default]
    Actor,
    Act,
    Issue,
}

/// Two periods, and by what they are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Compared {
    /// The one before.
    pub first: DateSpan,
    /// The one after.
    pub second: DateSpan,
    /// What a row is.
    pub by: CompareBy,
}

/// Whom or what a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Who holds.
    Actor(EntityId),
    /// What is done.
    Act(Act),
    /// On what; none for statements without an issue.
    Issue(Option<IssueId>),
}

/// What changed from the first period to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// Nothing in the first.
    New,
    /// Nothing in the second.
    Gone,
    /// More oppose than support before, more support now; or the other way round.
    Turned(Polarity),
    /// The same lean, or none.
    Stays,
}

/// A row of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    /// Whom or what it counts.
    pub who: Who,
    /// Its name.
    pub name: String,
    /// Statements of the first period.
    pub first: Sides,
    /// Statements of the second period.
    pub second: Sides,
}

/// Counts of two periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The periods.
    pub periods: Compared,
    /// Largest change first.
    pub rows: Vec<ComparisonRow>,
    /// All statements of the first period.
    pub first: Sides,
    /// All statements of the second period.
    pub second: Sides,
    /// Statements that touch a period but do not surely lie in it: *February*, *2025*.
    pub unsure: Vec<StatementRef>,
}

/// More of which side; neutral for as many.
fn lean(sides: &Sides) -> Polarity {
    match sides.net().cmp(&0) {
        std::cmp::Ordering::Greater => Polarity::Support,
        std::cmp::Ordering::Less => Polarity::Oppose,
        std::cmp::Ordering::Equal => Polarity::Neutral,
    }
}

impl ComparisonRow {
    /// Returns the counts of both periods.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.first.len(), self.second.len())
    }

    /// Returns what changed.
    #[must_use]
    pub fn moved(&self) -> Move {
        match (self.counts(), lean(&self.first), lean(&self.second)) {
            ((0, _), ..) => Move::New,
            ((_, 0), ..) => Move::Gone,
            (_, Polarity::Oppose, Polarity::Support) => Move::Turned(Polarity::Support),
            (_, Polarity::Support, Polarity::Oppose) => Move::Turned(Polarity::Oppose),
            _ => Move::Stays,
        }
    }

    /// Returns the words of what changed: *new*, *gone*, *now supports*; none where it stays.
    #[must_use]
    pub fn moved_words(&self) -> Option<&'static str> {
        match self.moved() {
            Move::New => Some("new"),
            Move::Gone => Some("gone"),
            Move::Turned(Polarity::Support) => Some("now supports"),
            Move::Turned(_) => Some("now opposes"),
            Move::Stays => None,
        }
    }

    fn change(&self) -> usize {
        let (first, second) = self.counts();
        first.abs_diff(second)
    }
}

impl Comparison {
    /// Returns the counts of both periods.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.first.len(), self.second.len())
    }

    /// Returns the largest count of one side in one row.
    #[must_use]
    pub fn most(&self) -> usize {
        let sides = self.rows.iter().flat_map(|row| [&row.first, &row.second]);
        let counts = sides.map(|sides| sides.oppose.len().max(sides.support.len()));
        counts.max().unwrap_or(0)
    }
}

/// Counts the statements that `filter` asks for in two periods. The filter's own days do not count:
/// the periods are the question. A statement lies in a period if all its possible days do.
#[must_use]
pub fn comparison(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    periods: Compared,
) -> Comparison {
    let open = Filter {
        dates: None,
        picked: None,
        ..filter.clone()
    };
    let mut rows: BTreeMap<Who, ComparisonRow> = BTreeMap::new();
    let (mut first, mut second) = (Sides::default(), Sides::default());
    let mut unsure = Vec::new();
    for (at, row) in open.statements(project, view) {
        let span = row.value.date.as_ref().and_then(|date| date.value.span());
        let Some(span) = span else { continue };
        let within = |period: DateSpan| period.first <= span.first && span.last <= period.last;
        let touches = |period: DateSpan| span.first <= period.last && period.first <= span.last;
        let (in_first, in_second) = (within(periods.first), within(periods.second));
        if !in_first && !in_second {
            if touches(periods.first) || touches(periods.second) {
                unsure.push(at);
            }
            continue;
        }
        let who = match periods.by {
            CompareBy::Actor => Who::Actor(open.holder(view, &row.value)),
            CompareBy::Act => Who::Act(row.value.act),
            CompareBy::Issue => Who::Issue(row.value.issue.as_ref().and_then(|issue| issue.issue)),
        };
        let counted = rows.entry(who).or_insert_with(|| ComparisonRow {
            who,
            name: name(view, who),
            first: Sides::default(),
            second: Sides::default(),
        });
        let side = open.side(&row.value);
        let decided = row.is_decided();
        if in_first {
            counted.first.add(side, at, decided);
            first.add(side, at, decided);
        }
        if in_second {
            counted.second.add(side, at, decided);
            second.add(side, at, decided);
        }
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by_cached_key(|row| {
        let (first, second) = row.counts();
        let key = (Reverse(row.change()), Reverse(first + second));
        (key, row.name.to_lowercase(), row.who)
    });
    Comparison {
        periods,
        rows,
        first,
        second,
        unsure,
    }
}

fn name(view: &ProjectView, who: Who) -> String {
    match who {
        Who::Actor(entity) => view.entity_name(entity).to_owned(),
        Who::Act(act) => act.name().to_owned(),
        Who::Issue(None) => "no issue".to_owned(),
        Who::Issue(Some(issue)) => view
            .issues
            .get(&issue)
            .map_or_else(|| "unnamed".to_owned(), |row| row.name.clone()),
    }
}

/// Returns the period of the same kind before: the month before a month, the year before a year, as
/// many days before days.
#[must_use]
pub fn before_period(span: DateSpan) -> DateSpan {
    shifted(span, false)
}

/// Returns the period of the same kind after.
#[must_use]
pub fn after_period(span: DateSpan) -> DateSpan {
    shifted(span, true)
}

fn shifted(span: DateSpan, later: bool) -> DateSpan {
    let DateSpan { first, last } = span;
    let whole_months = first.day() == 1 && last == last.last_of_month();
    if whole_months {
        let months = (i64::from(last.year()) - i64::from(first.year())) * 12
            + i64::from(last.month() - first.month())
            + 1;
        let by = if later { months } else { -months };
        let moved = first.checked_add(by.months());
        let end = last.first_of_month().checked_add(by.months());
        if let (Ok(first), Ok(end)) = (moved, end) {
            return DateSpan {
                first,
                last: end.last_of_month(),
            };
        }
    }
    let days = day_number(last) - day_number(first) + 1;
    let by = if later { days } else { -days };
    DateSpan {
        first: date_of(day_number(first) + by),
        last: date_of(day_number(last) + by),
    }
}

/// Returns the two halves of a span, for who compares without saying what.
#[must_use]
pub fn halves(span: DateSpan) -> (DateSpan, DateSpan) {
    let (first, last) = (day_number(span.first), day_number(span.last));
    let middle = first + (last - first) / 2;
    let days = |first: i64, last: i64| DateSpan {
        first: date_of(first),
        last: date_of(last),
    };
    (days(first, middle), days((middle + 1).min(last), last))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, march};

    fn days(first: Date, last: Date) -> DateSpan {
        DateSpan { first, last }
    }

    fn fixture() -> Fixture {
        Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated("2026-03-02")
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .dated("2026-03-09")
            .says("Velmora", "Astrany", Act::Aid, Polarity::Support)
            .dated("2026-03-10")
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2026-03-03")
            .says("Lorvik", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2026-03-12")
            .says("Lorvik", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2026-03")
            .says("Lorvik", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2025-12-24")
    }

    const WEEKS: Compared = Compared {
        first: DateSpan {
            first: date(2026, 3, 1),
            last: date(2026, 3, 7),
        },
        second: DateSpan {
            first: date(2026, 3, 8),
            last: date(2026, 3, 14),
        },
        by: CompareBy::Actor,
    };

    fn compared(by: CompareBy, filter: &Filter) -> Comparison {
        let (project, view) = fixture().build();
        comparison(&project, &view, filter, Compared { by, ..WEEKS })
    }

    #[test]
    fn what_changed_is_counted_and_said() {
        let made = compared(CompareBy::Actor, &Filter::default());
        let rows: Vec<_> = made
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.counts(), row.moved_words()))
            .collect();
        assert_eq!(
            rows,
            [
                ("Velmora", (1, 2), Some("now supports")),
                ("Astrany", (1, 0), Some("gone")),
                ("Lorvik", (0, 1), Some("new")),
            ]
        );
        assert_eq!((made.counts(), made.unsure.len()), ((2, 3), 1));
    }

    #[test]
    fn acts_are_counted_too_and_the_filter_holds_but_for_its_days() {
        let mut filter = Filter {
            dates: Some(DateSpan::day(march(30))),
            ..Filter::default()
        };
        filter.holders.insert(entity("Velmora"));
        let made = compared(CompareBy::Act, &filter);
        let rows: Vec<_> = made
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.counts()))
            .collect();
        assert_eq!(
            rows,
            [("AGREE", (0, 1)), ("AID", (0, 1)), ("REJECT", (1, 0))]
        );
    }

    #[test]
    fn the_period_before_is_of_the_same_kind() {
        let month = days(march(1), march(31));
        assert_eq!(
            before_period(month),
            days(date(2026, 2, 1), date(2026, 2, 28))
        );
        assert_eq!(after_period(before_period(month)), month);
        let year = days(date(2024, 1, 1), date(2024, 12, 31));
        assert_eq!(
            after_period(year),
            days(date(2025, 1, 1), date(2025, 12, 31))
        );
        let week = days(march(2), march(8));
        assert_eq!(before_period(week), days(date(2026, 2, 23), march(1)));
        let edge = days(Date::MIN, Date::MIN);
        assert_eq!(before_period(edge), edge, "there is no day before");
    }

    #[test]
    fn halves_share_no_day() {
        let (first, second) = halves(days(march(1), march(9)));
        assert_eq!((first.last, second.first), (march(5), march(6)));
    }
}
