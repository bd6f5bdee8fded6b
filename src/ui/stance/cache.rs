//! What the panel counted, kept until the project, the filter or the order changes: a frame counts
//! nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analysis::{
    Filter, Matrix, MatrixLimits, MatrixOrder, ProjectView, Row, RowOrder, Sides, StatementRef,
    Status, matrix, stance_by_actor,
};
use crate::app::{Orders, Snapshot, StatementSort, ViewState};
use crate::figure::bars::{BarRow, Bars, bars};
use crate::figure::matrix::squares;
use crate::model::{ArticleId, EntityId, IssueId, Polarity, Project, Statement};

/// A value with what it was made from.
struct Kept<E, V> {
    key: Option<(u64, Filter, E)>,
    value: V,
}

impl<E, V: Default> Default for Kept<E, V> {
    fn default() -> Self {
        Self {
            key: None,
            value: V::default(),
        }
    }
}

impl<E: PartialEq, V> Kept<E, V> {
    /// Makes the value anew where its key changed; `make` gets the one before.
    fn refresh(&mut self, revision: u64, filter: &Filter, extra: E, make: impl FnOnce(&V) -> V) {
        let same = self
            .key
            .as_ref()
            .is_some_and(|(r, f, e)| *r == revision && *e == extra && f == filter);
        if !same {
            self.value = make(&self.value);
            self.key = Some((revision, filter.clone(), extra));
        }
    }
}

/// Rows of the bars and the largest count of each side, over all of them.
#[derive(Default)]
pub(super) struct BarsData {
    pub(super) chart: Bars,
    pub(super) most: (usize, usize),
}

/// Side, whether it is decided, and which statement.
pub(super) type Square = (Polarity, bool, StatementRef);

/// The matrix and, by cell, its squares.
#[derive(Default)]
pub(super) struct MatrixData {
    pub(super) matrix: Matrix,
    pub(super) squares: BTreeMap<(usize, usize), Vec<Square>>,
}

/// Who is on which side of an issue.
pub(super) struct IssueBlock {
    pub(super) issue: IssueId,
    pub(super) name: String,
    pub(super) total: usize,
    /// Most statements first.
    pub(super) holders: Vec<(EntityId, Sides)>,
}

/// All issues, most statements first, and the largest count of each side.
#[derive(Default)]
pub(super) struct IssuesData {
    pub(super) blocks: Vec<IssueBlock>,
    pub(super) most: (usize, usize),
}

/// The statements that the filter asks for, in order.
#[derive(Default)]
pub(super) struct ListData {
    pub(super) refs: Vec<StatementRef>,
    /// All statements of the project.
    pub(super) all: usize,
    /// Whether dates of several years are shown, so that rows name the year.
    pub(super) years: bool,
    /// Counts up whenever the list is made anew.
    pub(super) turn: u64,
}

/// All that is kept.
#[derive(Default)]
pub(super) struct Cache {
    bars: Kept<(RowOrder, bool), BarsData>,
    matrix: Kept<MatrixOrder, MatrixData>,
    issues: Kept<(), IssuesData>,
    list: Kept<(StatementSort, Option<ArticleId>), ListData>,
}

impl Cache {
    /// Returns the bars.
    pub(super) fn bars(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        orders: Orders,
    ) -> &BarsData {
        let filter = &view_state.filter;
        let reviewing = view_state.review.is_some();
        let extra = (orders.rows, reviewing);
        self.bars.refresh(snap.revision, filter, extra, |before| {
            let rows = stance_by_actor(&snap.project, &snap.view, filter, orders.rows);
            let mut chart = bars(&rows, &snap.view);
            if reviewing {
                keep_order(&mut chart.rows, &before.chart.rows);
            }
            let most = chart.rows.iter().fold((0, 0), |most, row| {
                (
                    most.0.max(row.oppose.0 + row.oppose.1),
                    most.1.max(row.support.0 + row.support.1),
                )
            });
            BarsData { chart, most }
        });
        &self.bars.value
    }

    /// Returns the matrix.
    pub(super) fn matrix(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        orders: Orders,
    ) -> &MatrixData {
        let filter = &view_state.filter;
        let order = orders.matrix;
        self.matrix.refresh(snap.revision, filter, order, |_| {
            let limits = MatrixLimits::default();
            let matrix = matrix(&snap.project, &snap.view, filter, order, limits);
            let squares = matrix
                .cells
                .iter()
                .map(|(at, sides)| (*at, squares(sides)))
                .collect();
            MatrixData { matrix, squares }
        });
        &self.matrix.value
    }

    /// Returns the issues.
    pub(super) fn issues(&mut self, snap: &Snapshot, view_state: &ViewState) -> &IssuesData {
        let filter = &view_state.filter;
        self.issues.refresh(snap.revision, filter, (), |_| {
            issues(&snap.project, &snap.view, filter)
        });
        &self.issues.value
    }

    /// Returns the statements.
    pub(super) fn list(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        first: Option<ArticleId>,
    ) -> &ListData {
        let filter = &view_state.filter;
        let sort = view_state.statement_sort;
        let first = first.filter(|_| sort == StatementSort::ThisArticleFirst);
        self.list
            .refresh(snap.revision, filter, (sort, first), |before| {
                let mut made = list(snap, filter, sort, first);
                made.turn = before.turn + 1;
                made
            });
        &self.list.value
    }
}

/// While somebody reviews, rows stay where they were; new ones come last.
fn keep_order(rows: &mut [BarRow], before: &[BarRow]) {
    let places: BTreeMap<EntityId, usize> = before
        .iter()
        .enumerate()
        .map(|(at, row)| (row.entity, at))
        .collect();
    rows.sort_by_key(|row| places.get(&row.entity).copied().unwrap_or(usize::MAX));
}

fn issues(project: &Project, view: &ProjectView, filter: &Filter) -> IssuesData {
    // Issues and holders are the chart's own axes.
    let open = Filter {
        holders: BTreeSet::new(),
        issues: BTreeSet::new(),
        ..filter.clone()
    };
    let mut found: BTreeMap<IssueId, BTreeMap<EntityId, Sides>> = BTreeMap::new();
    for (at, row) in open.statements(project, view) {
        let Some(issue) = row.value.issue.as_ref().and_then(|issue| issue.issue) else {
            continue;
        };
        let side = row.value.polarity_issue.unwrap_or(Polarity::Neutral);
        found
            .entry(issue)
            .or_default()
            .entry(open.holder(view, &row.value))
            .or_default()
            .add(side, at, row.is_decided());
    }
    let mut most = (0, 0);
    let mut blocks: Vec<IssueBlock> = found
        .into_iter()
        .map(|(issue, holders)| {
            let mut holders: Vec<_> = holders.into_iter().collect();
            holders.sort_by_cached_key(|(id, sides)| {
                let name = view.entity_name(*id).to_lowercase();
                (Reverse(sides.len()), name, *id)
            });
            for (_, sides) in &holders {
                most.0 = most.0.max(sides.oppose.len());
                most.1 = most.1.max(sides.support.len());
            }
            let known = view.issues.get(&issue);
            IssueBlock {
                issue,
                name: known.map_or_else(|| "unnamed".to_owned(), |row| row.name.clone()),
                total: holders.iter().map(|(_, sides)| sides.len()).sum(),
                holders,
            }
        })
        .collect();
    blocks.sort_by_cached_key(|block| {
        let name = block.name.to_lowercase();
        (Reverse(block.total), name, block.issue)
    });
    IssuesData { blocks, most }
}

fn list(
    snap: &Snapshot,
    filter: &Filter,
    sort: StatementSort,
    first: Option<ArticleId>,
) -> ListData {
    let mut rows: Vec<(StatementRef, &Row<Statement>, Option<Date>)> = filter
        .statements(&snap.project, &snap.view)
        .map(|(at, row)| {
            let span = row.value.date.as_ref().and_then(|date| date.value.span());
            (at, row, span.map(|span| span.first))
        })
        .collect();
    let mut years = BTreeSet::new();
    years.extend(rows.iter().filter_map(|(.., day)| day.map(Date::year)));
    // Stable: statements of one day stay in the order of reading.
    match sort {
        StatementSort::ThisArticleFirst => rows.sort_by_key(|(at, _, day)| {
            let here = Some(at.article) == first;
            // Inside the open article the order of reading, whatever the days.
            (!here, Reverse(if here { None } else { *day }))
        }),
        StatementSort::NewestFirst => rows.sort_by_key(|(.., day)| Reverse(*day)),
        StatementSort::OldestFirst => rows.sort_by_key(|(.., day)| (day.is_none(), *day)),
        StatementSort::LeastSureFirst => {
            rows.sort_by(|(_, left, _), (_, right, _)| sure(left).total_cmp(&sure(right)));
        }
    }
    ListData {
        refs: rows.into_iter().map(|(at, ..)| at).collect(),
        all: snap.view.statements().count(),
        years: years.len() > 1,
        turn: 0,
    }
}

/// What a person decided is surer than any suggestion.
fn sure(row: &Row<Statement>) -> f32 {
    match &row.status {
        Status::Suggested { confidence, .. } => confidence.get(),
        Status::Confirmed { .. } | Status::Added { .. } => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, entity};
    use crate::model::Act;

    fn snapshot(fixture: &Fixture) -> Snapshot {
        let (project, view) = fixture.build();
        Snapshot {
            project: std::sync::Arc::new(project),
            view: std::sync::Arc::new(view),
            revision: 1,
        }
    }

    fn talks() -> Fixture {
        Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated("2026-03-02")
            .next_article()
            .on("Astrany", "hotline", Act::Support, Polarity::Support)
            .dated("2026-03-09")
            .on("Astrany", "hotline", Act::Reject, Polarity::Oppose)
            .undated()
    }

    #[test]
    fn statements_are_listed_in_the_order_asked_for() {
        let snap = snapshot(&talks());
        let articles = |sort, open| {
            let view_state = ViewState {
                statement_sort: sort,
                ..ViewState::default()
            };
            let mut cache = Cache::default();
            let list = cache.list(&snap, &view_state, Some(ArticleId(open)));
            list.refs.iter().map(|at| at.article.0).collect::<Vec<_>>()
        };
        assert_eq!(articles(StatementSort::NewestFirst, 1), [2, 1, 2]);
        assert_eq!(articles(StatementSort::OldestFirst, 1), [1, 2, 2]);
        assert_eq!(articles(StatementSort::ThisArticleFirst, 1), [1, 2, 2]);
        assert_eq!(articles(StatementSort::ThisArticleFirst, 2), [2, 2, 1]);
    }

    #[test]
    fn nothing_is_counted_twice_for_the_same_question() {
        let snap = snapshot(&talks());
        let mut view_state = ViewState::default();
        let mut cache = Cache::default();
        let turn = cache.list(&snap, &view_state, None).turn;
        assert_eq!(cache.list(&snap, &view_state, None).turn, turn);
        view_state.filter.holders.insert(entity("Velmora"));
        let list = cache.list(&snap, &view_state, None);
        assert_eq!((list.refs.len(), list.all), (1, 3));
        assert_eq!(list.turn, turn + 1);
    }

    #[test]
    fn an_issue_names_who_is_for_and_against() {
        let snap = snapshot(&talks());
        let mut cache = Cache::default();
        let issues = cache.issues(&snap, &ViewState::default());
        assert_eq!(issues.blocks.len(), 1);
        let block = &issues.blocks[0];
        assert_eq!((block.name.as_str(), block.total), ("hotline", 2));
        assert_eq!(block.holders[0].1.words(), "1 support, 1 oppose, 0 neither");
    }

    #[test]
    fn rows_do_not_jump_while_somebody_reviews() {
        let names = |cache: &mut Cache, snap: &Snapshot, view_state: &ViewState| {
            let bars = cache.bars(snap, view_state, Orders::default());
            let rows = &bars.chart.rows;
            rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>()
        };
        let mut cache = Cache::default();
        let mut view_state = ViewState::default();
        let snap = snapshot(&talks());
        assert_eq!(
            names(&mut cache, &snap, &view_state),
            ["Astrany", "Velmora"]
        );
        view_state.review = Some(crate::app::Review { done: 0, total: 3 });
        let more = talks()
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Threaten, Polarity::Oppose);
        let mut snap = snapshot(&more);
        snap.revision = 2;
        assert_eq!(
            names(&mut cache, &snap, &view_state),
            ["Astrany", "Velmora"]
        );
        view_state.review = None;
        assert_eq!(
            names(&mut cache, &snap, &view_state),
            ["Velmora", "Astrany"]
        );
    }
}
