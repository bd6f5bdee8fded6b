//! What the panel counted, kept until the project, the filter or the order changes: a frame counts
//! nothing.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analysis::{
    Column, Facets, Filter, Matrix, MatrixLimits, MatrixOrder, Network, NetworkOptions, Period,
    Periods, Row, RowOrder, Shift, StatementRef, Status, Trend, column_name, matrix, network,
    shifts, stance_by_actor, stance_by_period, stance_by_value, trend,
};
use crate::app::{Snapshot, StatementSort, ViewState};
use crate::figure::bars::{BarRow, Bars, RowOf, bars, value_bars};
use crate::figure::matrix::squares;
use crate::figure::network::layout::Plan;
use crate::figure::network::{Chart, bounds, chart};
use crate::figure::scene::Area;
use crate::model::{ArticleId, FieldId, Polarity, Statement};
use crate::ui::stance::Frame;

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
    pub(super) periods: Periods,
    facets: OnceCell<Facets>,
}

impl BarsData {
    /// Returns how many statements each issue beside the filter would leave; counted when somebody
    /// first asks.
    pub(super) fn facets(&self, frame: &Frame<'_>) -> &Facets {
        let (snap, filter) = (frame.snap, frame.filter());
        self.facets
            .get_or_init(|| Facets::new(&snap.project, &snap.view, filter))
    }
}

/// Side, whether it is decided, and which statement.
pub(super) type Square = (Polarity, bool, StatementRef);

/// The matrix and, by cell, its squares.
#[derive(Default)]
pub(super) struct MatrixData {
    pub(super) matrix: Matrix,
    pub(super) squares: BTreeMap<(usize, usize), Vec<Square>>,
    /// Whether a column has a name that needs a third row.
    pub(super) long_heads: bool,
}

/// All issues and how positions on them moved.
#[derive(Default)]
pub(super) struct IssuesData {
    pub(super) trend: Trend,
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

/// The network, what its layout is known by, and how it is drawn.
#[derive(Default)]
pub(super) struct NetworkData {
    /// Counts up whenever it is made anew.
    pub(super) turn: u64,
    pub(super) network: Network,
    pub(super) key: u64,
    pub(super) chart: Chart,
    /// The box around all actors.
    pub(super) area: Area,
}

/// All that is kept.
#[derive(Default)]
pub(super) struct Cache {
    bars: Kept<(RowOrder, Period, Option<FieldId>, bool), BarsData>,
    matrix: Kept<MatrixOrder, MatrixData>,
    issues: Kept<(), IssuesData>,
    shifts: Kept<(), Vec<Shift>>,
    network: Kept<(NetworkOptions, u64), NetworkData>,
    list: Kept<(StatementSort, Option<ArticleId>), ListData>,
}

impl Cache {
    /// Returns the bars.
    pub(super) fn bars(&mut self, snap: &Snapshot, view_state: &ViewState) -> &BarsData {
        let (filter, orders) = (&view_state.filter, view_state.stance);
        let reviewing = view_state.review.is_some();
        let known = |id: &FieldId| snap.project.codebook.fields.contains_key(id);
        let field = orders.field.filter(known);
        let extra = (orders.rows, orders.period, field, reviewing);
        self.bars.refresh(snap.revision, filter, extra, |before| {
            let (project, view) = (&snap.project, &snap.view);
            let mut chart = if let Some(field) = field {
                let rows = stance_by_value(project, view, filter, (field, orders.rows));
                value_bars(&rows, field)
            } else {
                bars(&stance_by_actor(project, view, filter, orders.rows), view)
            };
            if reviewing {
                keep_order(&mut chart.rows, &before.chart.rows);
            }
            let most = chart.rows.iter().fold((0, 0), |most, row| {
                (
                    most.0.max(row.oppose.0 + row.oppose.1),
                    most.1.max(row.support.0 + row.support.1),
                )
            });
            // Periods are of actors.
            let period = if field.is_some() {
                Period::All
            } else {
                orders.period
            };
            let periods = stance_by_period(project, view, filter, period);
            BarsData {
                chart,
                most,
                periods,
                facets: OnceCell::new(),
            }
        });
        &self.bars.value
    }

    /// Returns the matrix.
    pub(super) fn matrix(&mut self, snap: &Snapshot, view_state: &ViewState) -> &MatrixData {
        let filter = &view_state.filter;
        let order = view_state.stance.matrix;
        self.matrix.refresh(snap.revision, filter, order, |_| {
            let limits = MatrixLimits::default();
            let matrix = matrix(&snap.project, &snap.view, filter, order, limits);
            let squares = matrix
                .cells
                .iter()
                .map(|(at, sides)| (*at, squares(sides)))
                .collect();
            let long = |column: &Column| column_name(&snap.view, *column).chars().count() > 18;
            let long_heads = matrix.columns.iter().any(long);
            MatrixData {
                matrix,
                squares,
                long_heads,
            }
        });
        &self.matrix.value
    }

    /// Returns the issues.
    pub(super) fn issues(&mut self, snap: &Snapshot, view_state: &ViewState) -> &IssuesData {
        let filter = &view_state.filter;
        self.issues
            .refresh(snap.revision, filter, (), |_| IssuesData {
                trend: trend(&snap.project, &snap.view, filter),
            });
        &self.issues.value
    }

    /// Returns who turned.
    pub(super) fn shifts(&mut self, snap: &Snapshot, view_state: &ViewState) -> &[Shift] {
        let filter = &view_state.filter;
        self.shifts.refresh(snap.revision, filter, (), |_| {
            shifts(&snap.project, &snap.view, filter)
        });
        &self.shifts.value
    }

    /// Returns the network.
    pub(super) fn network(&mut self, snap: &Snapshot, view_state: &ViewState) -> &NetworkData {
        let filter = &view_state.filter;
        let (options, arranged) = (view_state.stance.network, &view_state.arrangement);
        let extra = (options, arranged.key);
        self.network
            .refresh(snap.revision, filter, extra, |before| {
                let network = network(&snap.project, &snap.view, filter, options);
                let key = Plan::new(&network, arranged).key();
                let chart = chart(&network, arranged, &snap.view);
                let area = bounds(&chart);
                NetworkData {
                    turn: before.turn + 1,
                    network,
                    key,
                    chart,
                    area,
                }
            });
        &self.network.value
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
    let places: BTreeMap<&RowOf, usize> = before
        .iter()
        .enumerate()
        .map(|(at, row)| (&row.of, at))
        .collect();
    rows.sort_by_key(|row| places.get(&row.of).copied().unwrap_or(usize::MAX));
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
        StatementSort::ByHolder => {
            rows.sort_by_cached_key(|(_, row, day)| {
                let holder = filter.holder(&snap.view, &row.value);
                (
                    snap.view.entity_name(holder).to_lowercase(),
                    holder,
                    Reverse(*day),
                )
            });
        }
        StatementSort::ByAct => {
            rows.sort_by_key(|(_, row, day)| (row.value.act, Reverse(*day)));
        }
        StatementSort::ByIssue => rows.sort_by_cached_key(|(_, row, day)| {
            let issue = row.value.issue.as_ref();
            let known = issue.and_then(|issue| snap.view.issues.get(&issue.issue?));
            let label = || issue.map(|issue| issue.label.to_lowercase());
            let name = known.map(|row| row.name.to_lowercase()).or_else(label);
            // What is on no issue comes last.
            (name.is_none(), name, Reverse(*day))
        }),
        StatementSort::LeastSureFirst => {
            rows.sort_by(|(_, left, _), (_, right, _)| sure(left).total_cmp(&sure(right)));
        }
    }
    ListData {
        refs: rows.into_iter().map(|(at, ..)| at).collect(),
        all: snap.view.positions(),
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
        assert_eq!(issues.trend.issues.len(), 1);
        let block = &issues.trend.issues[0];
        assert_eq!((block.name.as_str(), block.total), ("hotline", 2));
        let words = block.lines[0].sides.words();
        assert_eq!(words, "1 support, 1 oppose, 0 neither");
    }

    #[test]
    fn rows_do_not_jump_while_somebody_reviews() {
        let names = |cache: &mut Cache, snap: &Snapshot, view_state: &ViewState| {
            let bars = cache.bars(snap, view_state);
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
