//! Who is on which side how often, and which statements each number counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{Filter, ProjectView, Row, StatementRef};
use crate::model::{EntityId, IssueId, Polarity, Project, Statement};

/// Statements of one side: solid is decided, hatched is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segment {
    /// Confirmed or added by a person, by article and words.
    pub confirmed: Vec<StatementRef>,
    /// Only suggested.
    pub suggested: Vec<StatementRef>,
}

impl Segment {
    /// Returns how many statements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.confirmed.len() + self.suggested.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns all statements, confirmed ones first.
    pub fn refs(&self) -> impl Iterator<Item = StatementRef> + '_ {
        self.confirmed.iter().chain(&self.suggested).copied()
    }
}

/// Statements of all three sides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sides {
    /// Against.
    pub oppose: Segment,
    /// For.
    pub support: Segment,
    /// Neither, or mixed.
    pub neither: Segment,
}

impl Sides {
    /// Counts a statement.
    pub fn add(&mut self, side: Polarity, at: StatementRef, decided: bool) {
        let segment = match side {
            Polarity::Oppose => &mut self.oppose,
            Polarity::Support => &mut self.support,
            Polarity::Neutral => &mut self.neither,
        };
        if decided {
            segment.confirmed.push(at);
        } else {
            segment.suggested.push(at);
        }
    }

    /// Returns the statements of one side.
    #[must_use]
    pub fn side(&self, side: Polarity) -> &Segment {
        match side {
            Polarity::Oppose => &self.oppose,
            Polarity::Support => &self.support,
            Polarity::Neutral => &self.neither,
        }
    }

    /// Returns how many statements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.oppose.len() + self.support.len() + self.neither.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns support less oppose.
    #[must_use]
    pub fn net(&self) -> i64 {
        let count = |segment: &Segment| i64::try_from(segment.len()).unwrap_or(i64::MAX);
        count(&self.support) - count(&self.oppose)
    }

    /// Returns all statements: oppose, support, neither.
    pub fn refs(&self) -> impl Iterator<Item = StatementRef> + '_ {
        self.oppose
            .refs()
            .chain(self.support.refs())
            .chain(self.neither.refs())
    }

    /// Returns *14 support, 23 oppose, 6 neither*.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "{} support, {} oppose, {} neither",
            self.support.len(),
            self.oppose.len(),
            self.neither.len()
        )
    }
}

/// A row of the stance chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorRow {
    /// Who holds.
    pub entity: EntityId,
    /// What is counted.
    pub sides: Sides,
    /// Others whose statements count here, most first: *incl. Ilse Maren*.
    pub through: Vec<EntityId>,
    /// Whether the filter asks for this holder; the others are dimmed, never dropped.
    pub asked: bool,
    /// Day of the latest statement that turned a side: same holder, same target or issue.
    pub last_change: Option<Date>,
}

/// Order of the rows; ties by name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum RowOrder {
    /// Most statements first.
    #[default]
    MostStatements,
    /// From most opposing to most supporting.
    Net,
    /// By name.
    Name,
    /// Latest change of side first.
    LastChange,
}

impl RowOrder {
    /// All orders, as the menu shows them.
    pub const ALL: [Self; 4] = [
        Self::MostStatements,
        Self::Net,
        Self::Name,
        Self::LastChange,
    ];

    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MostStatements => "Most statements",
            Self::Net => "Most opposing first",
            Self::Name => "By name",
            Self::LastChange => "Last change first",
        }
    }
}

/// Returns the positions of all holders of statements that `filter` asks for. Who is held to be the
/// holder is the chart's own axis: the filter's holders dim the others and drop none.
#[must_use]
pub fn stance_by_actor(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    order: RowOrder,
) -> Vec<ActorRow> {
    let open = Filter {
        holders: std::collections::BTreeSet::new(),
        ..filter.clone()
    };
    let mut rows: BTreeMap<EntityId, Tally<'_>> = BTreeMap::new();
    for (at, row) in open.statements(project, view) {
        let holder = open.holder(view, &row.value);
        rows.entry(holder)
            .or_default()
            .add(at, row, open.side(&row.value), holder);
    }
    let mut rows: Vec<ActorRow> = rows
        .into_iter()
        .map(|(entity, tally)| tally.row(entity, view, filter))
        .collect();
    sort(&mut rows, order, view);
    rows
}

fn sort(rows: &mut [ActorRow], order: RowOrder, view: &ProjectView) {
    let name = |row: &ActorRow| (view.entity_name(row.entity).to_lowercase(), row.entity);
    match order {
        RowOrder::MostStatements => {
            rows.sort_by_cached_key(|row| (Reverse(row.sides.len()), name(row)));
        }
        RowOrder::Net => rows.sort_by_cached_key(|row| (row.sides.net(), name(row))),
        RowOrder::Name => rows.sort_by_cached_key(name),
        RowOrder::LastChange => {
            rows.sort_by_cached_key(|row| (Reverse(row.last_change), name(row)));
        }
    }
}

#[derive(Default)]
struct Tally<'a> {
    sides: Sides,
    through: BTreeMap<EntityId, usize>,
    /// Day, then order of reading: what was said on what, and on which side.
    said: Vec<(Date, &'a Statement, Polarity)>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Issue(IssueId),
    Actor(EntityId),
}

impl<'a> Tally<'a> {
    fn add(&mut self, at: StatementRef, row: &'a Row<Statement>, side: Polarity, holder: EntityId) {
        self.sides.add(side, at, row.is_decided());
        let plain = row.value.holder.entity;
        if plain != holder {
            *self.through.entry(plain).or_default() += 1;
        }
        let span = row.value.date.as_ref().and_then(|date| date.value.span());
        if let Some(span) = span {
            self.said.push((span.first, &row.value, side));
        }
    }

    fn row(mut self, entity: EntityId, view: &ProjectView, filter: &Filter) -> ActorRow {
        self.said.sort_by_key(|(day, ..)| *day);
        let mut through: Vec<_> = self.through.into_iter().collect();
        through.sort_by_cached_key(|(id, count)| {
            (Reverse(*count), view.entity_name(*id).to_owned(), *id)
        });
        let through: Vec<EntityId> = through.into_iter().map(|(id, _)| id).collect();
        ActorRow {
            entity,
            sides: self.sides,
            asked: filter.holders.is_empty()
                || filter.holders.contains(&entity)
                || through.iter().any(|id| filter.holders.contains(id)),
            through,
            last_change: last_change(&self.said),
        }
    }
}

fn last_change(said: &[(Date, &Statement, Polarity)]) -> Option<Date> {
    let mut sides: BTreeMap<About, Polarity> = BTreeMap::new();
    let mut changed = None;
    let mut see = |about: About, side: Polarity, day: Date| {
        if side == Polarity::Neutral {
            return;
        }
        if sides.insert(about, side).is_some_and(|old| old != side) {
            changed = Some(day);
        }
    };
    for (day, statement, _) in said {
        let issue = statement.issue.as_ref().and_then(|issue| issue.issue);
        if let (Some(issue), Some(side)) = (issue, statement.polarity_issue) {
            see(About::Issue(issue), side, *day);
        }
        if let (Some(target), Some(side)) = (statement.target, statement.polarity_target) {
            see(About::Actor(target.entity), side, *day);
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, issue, march};
    use crate::model::Act;

    fn names(rows: &[ActorRow], view: &ProjectView) -> Vec<String> {
        let name = |row: &ActorRow| view.entity_name(row.entity).to_owned();
        rows.iter().map(name).collect()
    }

    /// Velmora: 1 confirmed and 1 suggested oppose, 1 support by its minister, 1 neither.
    /// Astrany: 2 oppose. Lorvik: 1 support.
    fn fixture() -> Fixture {
        Fixture::new()
            .office("Maren", "Velmora")
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .confirmed()
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Maren", "Astrany", Act::Agree, Polarity::Support)
            .says("Velmora", "Astrany", Act::Request, Polarity::Neutral)
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
            .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
            .on("Lorvik", "hotline", Act::Support, Polarity::Support)
    }

    #[test]
    fn sides_are_counted_by_actor_confirmed_apart_from_suggested() {
        let (project, view) = fixture().build();
        let rows = stance_by_actor(&project, &view, &Filter::default(), RowOrder::default());
        assert_eq!(names(&rows, &view), ["Velmora", "Astrany", "Lorvik"]);
        let velmora = &rows[0];
        assert_eq!(velmora.sides.oppose.confirmed.len(), 1);
        assert_eq!(velmora.sides.oppose.suggested.len(), 1);
        assert_eq!(velmora.sides.words(), "1 support, 2 oppose, 1 neither");
        assert_eq!(velmora.through, [entity("Maren")]);
        assert_eq!(rows[2].sides.words(), "1 support, 0 oppose, 0 neither");
        let refs: std::collections::BTreeSet<_> = rows
            .iter()
            .flat_map(|row| row.sides.refs().collect::<Vec<_>>())
            .collect();
        assert_eq!(refs.len(), 7, "each statement is counted once");
    }

    #[test]
    fn offices_count_by_themselves_when_switched_off() {
        let (project, view) = fixture().build();
        let filter = Filter {
            offices: false,
            ..Filter::default()
        };
        let rows = stance_by_actor(&project, &view, &filter, RowOrder::Name);
        assert_eq!(
            names(&rows, &view),
            ["Astrany", "Lorvik", "Maren", "Velmora"]
        );
        assert!(rows[3].through.is_empty());
    }

    #[test]
    fn who_speaks_for_a_state_counts_for_it() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Lind", "Astrany", Act::Accuse, Polarity::Oppose)
            .speaks_for("Velmora")
            .build();
        let rows = stance_by_actor(&project, &view, &Filter::default(), RowOrder::default());
        assert_eq!(names(&rows, &view), ["Velmora"]);
        assert_eq!(rows[0].through, [entity("Lind")]);
    }

    #[test]
    fn a_person_counts_for_the_state_of_the_office_of_that_day() {
        let (project, view) = Fixture::new()
            .office_until("Maren", "Velmora", Some("2026-03-10"))
            .office("Maren", "Lorvik")
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Lorvik", "Astrany", Act::Agree, Polarity::Support)
            .says("Maren", "Astrany", Act::Accuse, Polarity::Oppose)
            .dated("2026-03-09")
            .says("Maren", "Astrany", Act::Threaten, Polarity::Oppose)
            .dated("2026-03-11")
            .says("Astrany", "Maren", Act::Accuse, Polarity::Oppose)
            .dated("2026-W12")
            .build();
        let filter = Filter::default();
        let rows = stance_by_actor(&project, &view, &filter, RowOrder::Name);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (view.entity_name(row.entity), row.sides.words()))
            .collect();
        assert_eq!(
            told,
            [
                ("Astrany", "0 support, 1 oppose, 0 neither".to_owned()),
                ("Lorvik", "1 support, 1 oppose, 0 neither".to_owned()),
                ("Velmora", "0 support, 2 oppose, 0 neither".to_owned()),
            ]
        );
        // The target too: in the twelfth week Maren stood for Lorvik.
        let accused = view.statements().last().unwrap().1;
        assert_eq!(filter.target(&view, &accused.value), Some(entity("Lorvik")));
    }

    #[test]
    fn orders_are_by_net_and_by_last_change() {
        let (project, view) = fixture()
            .on("Lorvik", "hotline", Act::Reject, Polarity::Oppose)
            .dated("2026-03-20")
            .build();
        let order = |order| {
            let rows = stance_by_actor(&project, &view, &Filter::default(), order);
            (names(&rows, &view), rows[0].last_change)
        };
        assert_eq!(order(RowOrder::Net).0, ["Astrany", "Velmora", "Lorvik"]);
        let (by_change, when) = order(RowOrder::LastChange);
        assert_eq!(by_change[0], "Lorvik");
        assert_eq!(when, Some(march(20)));
    }

    #[test]
    fn asking_for_a_holder_dims_the_others() {
        let (project, view) = fixture().build();
        let mut filter = Filter::default();
        filter.holders.insert(entity("Astrany"));
        let rows = stance_by_actor(&project, &view, &filter, RowOrder::default());
        assert_eq!(rows.len(), 3);
        let asked: Vec<bool> = rows.iter().map(|row| row.asked).collect();
        assert_eq!(asked, [false, true, false]);
    }

    #[test]
    fn limited_to_an_issue_the_side_towards_the_issue_counts() {
        let (project, view) = Fixture::new()
            .push(
                "Velmora",
                Some("Astrany"),
                Some("ban"),
                Act::Request,
                (Some(Polarity::Oppose), Some(Polarity::Support)),
            )
            .build();
        let count = |filter: &Filter| {
            stance_by_actor(&project, &view, filter, RowOrder::default())[0]
                .sides
                .words()
        };
        let mut filter = Filter::default();
        assert_eq!(count(&filter), "0 support, 1 oppose, 0 neither");
        filter.issues.insert(issue("ban"));
        assert_eq!(count(&filter), "1 support, 0 oppose, 0 neither");
    }
}
