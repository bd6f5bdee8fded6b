//! Who is for and against an issue, how that moved over time, and who turned.
//!
//! A position stands until its holder takes the other side. What is neither for nor against moves
//! nobody. Both sides on one day is a contradiction, and the position after it is neither.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analysis::{Filter, ProjectView, Segment, Sides, StatementRef};
use crate::model::{DateSpan, EntityId, IssueId, Polarity, Project};

/// Longer spans name no day on which a position was taken.
const LONGEST: i64 = 7;

/// What an actor said on an issue on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The day; the first of a span of up to a week.
    pub day: Date,
    /// Its statements by side.
    pub sides: Sides,
    /// The position after it: support, oppose, or neither after both.
    pub after: Polarity,
    /// Whether the position was another before.
    pub moved: bool,
}

impl Step {
    /// Whether both sides were taken that day.
    #[must_use]
    pub fn is_both(&self) -> bool {
        !self.sides.oppose.is_empty() && !self.sides.support.is_empty()
    }
}

/// The positions of one actor on one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendLine {
    /// Who holds them.
    pub holder: EntityId,
    /// All its statements on the issue.
    pub sides: Sides,
    /// Those with a day, in order of days.
    pub steps: Vec<Step>,
    /// Those without a day.
    pub undated: Vec<StatementRef>,
    /// Whether the filter asks for the holder; the others are dimmed.
    pub asked: bool,
}

/// One issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTrend {
    /// Which.
    pub issue: IssueId,
    /// Its name.
    pub name: String,
    /// Statements on it.
    pub total: usize,
    /// Actors, most statements first, ties by name.
    pub lines: Vec<TrendLine>,
    /// Whether the filter asks for it.
    pub asked: bool,
}

/// All issues, most statements first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trend {
    /// The issues.
    pub issues: Vec<IssueTrend>,
    /// From the first to the last day of any step.
    pub days: Option<DateSpan>,
    /// Largest count of a side, over all lines: oppose, support.
    pub most: (usize, usize),
}

/// What a position is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// An issue.
    Issue(IssueId),
    /// An actor.
    Actor(EntityId),
}

/// A change of side, or both sides on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub holder: EntityId,
    /// On what, or towards whom.
    pub about: About,
    /// The day of the statements before; none where both were on one day.
    pub from_day: Option<Date>,
    /// The day of the statements after.
    pub day: Date,
    /// The side before.
    pub from: Polarity,
    /// The side after.
    pub to: Polarity,
    /// The statements that took the side before: those of its last day.
    pub before: Vec<StatementRef>,
    /// The statements that took the side after.
    pub after: Vec<StatementRef>,
}

type Said = Vec<(StatementRef, Polarity, bool, Option<Date>)>;

/// Returns the issues of the statements that `filter` asks for. Holders and issues are the chart's
/// own axes: they dim and drop nothing.
#[must_use]
pub fn trend(project: &Project, view: &ProjectView, filter: &Filter) -> Trend {
    let open = Filter {
        holders: BTreeSet::new(),
        issues: BTreeSet::new(),
        picked: None,
        ..filter.clone()
    };
    let mut found: BTreeMap<IssueId, BTreeMap<EntityId, Said>> = BTreeMap::new();
    for (at, row) in open.statements(project, view) {
        let Some(issue) = row.value.issue.as_ref().and_then(|issue| issue.issue) else {
            continue;
        };
        let side = row.value.polarity_issue.unwrap_or(Polarity::Neutral);
        let said = found.entry(issue).or_default();
        said.entry(open.holder(view, &row.value))
            .or_default()
            .push((at, side, row.is_decided(), day_of(&row.value)));
    }
    let mut issues: Vec<IssueTrend> = found
        .into_iter()
        .map(|(issue, holders)| issue_trend(issue, holders, view, filter))
        .collect();
    issues.sort_by_cached_key(|row| (Reverse(row.total), row.name.to_lowercase(), row.issue));
    let lines = || issues.iter().flat_map(|issue| &issue.lines);
    let days = || lines().flat_map(|line| line.steps.iter().map(|step| step.day));
    let most = |pick: fn(&Sides) -> &Segment| {
        lines()
            .map(|line| pick(&line.sides).len())
            .max()
            .unwrap_or(0)
    };
    Trend {
        days: days()
            .min()
            .zip(days().max())
            .map(|(first, last)| DateSpan { first, last }),
        most: (most(|sides| &sides.oppose), most(|sides| &sides.support)),
        issues,
    }
}

/// Returns the day of a statement; none where it names none, or more than a week.
fn day_of(statement: &crate::model::Statement) -> Option<Date> {
    let span = statement.date.as_ref()?.value.span()?;
    let days = span.last.since(span.first).ok()?.get_days();
    (i64::from(days) < LONGEST).then_some(span.first)
}

fn issue_trend(
    issue: IssueId,
    holders: BTreeMap<EntityId, Said>,
    view: &ProjectView,
    filter: &Filter,
) -> IssueTrend {
    let mut lines: Vec<TrendLine> = holders
        .into_iter()
        .map(|(holder, said)| {
            let asked = filter.holders.is_empty()
                || filter
                    .holders
                    .iter()
                    .any(|id| *id == holder || filter.offices && view.principal(*id) == holder);
            line(holder, said, asked)
        })
        .collect();
    lines.sort_by_cached_key(|line| {
        let name = view.entity_name(line.holder).to_lowercase();
        (Reverse(line.sides.len()), name, line.holder)
    });
    let known = view.issues.get(&issue);
    IssueTrend {
        issue,
        name: known.map_or_else(|| "unnamed".to_owned(), |row| row.name.clone()),
        total: lines.iter().map(|line| line.sides.len()).sum(),
        lines,
        asked: filter.issues.is_empty() || filter.issues.contains(&issue),
    }
}

fn line(holder: EntityId, said: Said, asked: bool) -> TrendLine {
    let mut all = Sides::default();
    let mut by_day: BTreeMap<Date, Sides> = BTreeMap::new();
    let mut undated = Vec::new();
    for (at, side, decided, day) in said {
        all.add(side, at, decided);
        match day {
            Some(day) => by_day.entry(day).or_default().add(side, at, decided),
            None => undated.push(at),
        }
    }
    TrendLine {
        holder,
        sides: all,
        steps: steps(by_day),
        undated,
        asked,
    }
}

fn steps(by_day: BTreeMap<Date, Sides>) -> Vec<Step> {
    let mut now: Option<Polarity> = None;
    by_day
        .into_iter()
        .map(|(day, sides)| {
            let next = match (sides.oppose.is_empty(), sides.support.is_empty()) {
                (false, false) => Polarity::Neutral,
                (false, true) => Polarity::Oppose,
                (true, false) => Polarity::Support,
                (true, true) => now.unwrap_or(Polarity::Neutral),
            };
            let taken = !sides.oppose.is_empty() || !sides.support.is_empty();
            let moved = taken && now.is_some_and(|now| now != next);
            if taken {
                now = Some(next);
            }
            Step {
                day,
                sides,
                after: next,
                moved,
            }
        })
        .collect()
}

/// Returns who turned, on issues and towards actors: the latest first. Holders, targets and issues
/// that the filter names are asked for; the others are left out.
#[must_use]
pub fn shifts(project: &Project, view: &ProjectView, filter: &Filter) -> Vec<Shift> {
    let open = Filter {
        picked: None,
        ..filter.clone()
    };
    let mut found: BTreeMap<(EntityId, About), BTreeMap<Date, Sides>> = BTreeMap::new();
    for (at, row) in open.statements(project, view) {
        let Some(day) = day_of(&row.value) else {
            continue;
        };
        let holder = open.holder(view, &row.value);
        let mut add = |about: About, side: Polarity| {
            let days = found.entry((holder, about)).or_default();
            days.entry(day).or_default().add(side, at, row.is_decided());
        };
        let issue = row.value.issue.as_ref().and_then(|issue| issue.issue);
        if let (Some(issue), Some(side)) = (issue, row.value.polarity_issue) {
            add(About::Issue(issue), side);
        }
        if let (Some(target), Some(side)) =
            (open.target(view, &row.value), row.value.polarity_target)
            && target != holder
        {
            add(About::Actor(target), side);
        }
    }
    let mut all: Vec<Shift> = found
        .into_iter()
        .flat_map(|((holder, about), by_day)| turns(holder, about, &steps(by_day)))
        .collect();
    all.sort_by_cached_key(|shift| {
        let name = view.entity_name(shift.holder).to_lowercase();
        (Reverse(shift.day), name, shift.holder, shift.about)
    });
    all
}

fn turns(holder: EntityId, about: About, steps: &[Step]) -> Vec<Shift> {
    let mut last: Option<&Step> = None;
    let mut found = Vec::new();
    for step in steps {
        if step.sides.oppose.is_empty() && step.sides.support.is_empty() {
            continue;
        }
        let refs = |side: Polarity| step.sides.side(side).refs().collect::<Vec<_>>();
        if step.is_both() {
            found.push(Shift {
                holder,
                about,
                from_day: None,
                day: step.day,
                from: Polarity::Oppose,
                to: Polarity::Support,
                before: refs(Polarity::Oppose),
                after: refs(Polarity::Support),
            });
        } else if let Some(before) = last.filter(|before| before.after != step.after)
            && before.after != Polarity::Neutral
        {
            found.push(Shift {
                holder,
                about,
                from_day: Some(before.day),
                day: step.day,
                from: before.after,
                to: step.after,
                before: before.sides.side(before.after).refs().collect(),
                after: refs(step.after),
            });
        }
        last = Some(step);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, issue, march};
    use crate::model::Act;

    fn said(fixture: Fixture, who: &str, side: Polarity, day: &str) -> Fixture {
        let act = match side {
            Polarity::Support => Act::Support,
            Polarity::Oppose => Act::Reject,
            Polarity::Neutral => Act::Request,
        };
        fixture.on(who, "ban", act, side).dated(day)
    }

    /// Velmora: oppose on 2 and 4, neither on 6, support on 9, both on 12; once in February.
    /// Astrany: support on 3 (confirmed).
    fn fixture() -> Fixture {
        use Polarity::{Neutral, Oppose, Support};
        let mut fixture = Fixture::new();
        for (side, day) in [
            (Oppose, "2026-03-02"),
            (Oppose, "2026-03-04"),
            (Neutral, "2026-03-06"),
            (Support, "2026-03-09"),
            (Support, "2026-03-12"),
            (Oppose, "2026-03-12"),
            (Oppose, "2026-02"),
        ] {
            fixture = said(fixture, "Velmora", side, day);
        }
        said(fixture, "Astrany", Support, "2026-03-03").confirmed()
    }

    #[test]
    fn a_line_moves_at_the_statements_that_take_the_other_side() {
        let (project, view) = fixture().build();
        let made = trend(&project, &view, &Filter::default());
        assert_eq!(made.issues.len(), 1);
        let row = &made.issues[0];
        assert_eq!((row.issue, row.total), (issue("ban"), 8));
        let velmora = &row.lines[0];
        assert_eq!(velmora.holder, entity("Velmora"));
        assert_eq!(velmora.sides.words(), "2 support, 4 oppose, 1 neither");
        let told: Vec<_> = velmora
            .steps
            .iter()
            .map(|step| (step.day, step.after, step.moved, step.sides.len()))
            .collect();
        assert_eq!(
            told,
            [
                (march(2), Polarity::Oppose, false, 1),
                (march(4), Polarity::Oppose, false, 1),
                (march(6), Polarity::Oppose, false, 1),
                (march(9), Polarity::Support, true, 1),
                (march(12), Polarity::Neutral, true, 2),
            ]
        );
        assert_eq!(velmora.undated.len(), 1, "a month is no day");
        let days = made.days.unwrap();
        assert_eq!((days.first, days.last), (march(2), march(12)));
        assert_eq!(made.most, (4, 2));
    }

    #[test]
    fn shifts_stand_with_the_statements_before_and_after() {
        let (project, view) = fixture().build();
        let found = shifts(&project, &view, &Filter::default());
        let told: Vec<_> = found
            .iter()
            .map(|shift| {
                (
                    shift.day,
                    shift.from_day,
                    shift.from,
                    shift.to,
                    shift.before.len(),
                    shift.after.len(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (march(12), None, Polarity::Oppose, Polarity::Support, 1, 1),
                (
                    march(9),
                    Some(march(4)),
                    Polarity::Oppose,
                    Polarity::Support,
                    1,
                    1
                ),
            ]
        );
        for shift in &found {
            for (refs, side) in [(&shift.before, shift.from), (&shift.after, shift.to)] {
                for at in refs {
                    let value = &view.statement(*at).unwrap().value;
                    assert_eq!(value.polarity_issue, Some(side));
                }
            }
        }
    }

    #[test]
    fn sides_towards_an_actor_turn_too_and_the_filter_asks() {
        let (project, view) = Fixture::new()
            .says("Lorvik", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2026-03-01")
            .says("Lorvik", "Velmora", Act::Support, Polarity::Support)
            .dated("2026-03-05")
            .build();
        let found = shifts(&project, &view, &Filter::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].about, About::Actor(entity("Velmora")));
        let mut filter = Filter::default();
        filter.holders.insert(entity("Velmora"));
        assert_eq!(shifts(&project, &view, &filter), []);
    }
}
