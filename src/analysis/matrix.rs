//! Who takes which side towards whom and on what: holders by actors and issues.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::{Filter, ProjectView, Sides};
use crate::model::{EntityId, IssueId, Polarity, Project};

/// What a column receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Positions towards an actor.
    Actor(EntityId),
    /// Positions on an issue.
    Issue(IssueId),
}

/// Order of rows and columns.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum MatrixOrder {
    /// So that those who take the same sides stand together.
    #[default]
    Blocs,
    /// By name.
    Name,
}

/// The largest chart that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixLimits {
    /// Holders.
    pub rows: usize,
    /// Columns of actors.
    pub actors: usize,
    /// Columns of issues.
    pub issues: usize,
}

impl Default for MatrixLimits {
    fn default() -> Self {
        Self {
            rows: 24,
            actors: 12,
            issues: 12,
        }
    }
}

/// The chart: the most frequent holders and columns, and how many are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Who holds.
    pub rows: Vec<EntityId>,
    /// What receives: actors, then issues.
    pub columns: Vec<Column>,
    /// Counts by row and column, with the statements behind them; empty cells are not kept.
    pub cells: BTreeMap<(usize, usize), Sides>,
    /// Holders, actors and issues beyond the limits.
    pub left_out: (usize, usize, usize),
}

impl Matrix {
    /// Returns a cell that holds anything.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Sides> {
        self.cells.get(&(row, column))
    }

    /// Whether row and column are the same actor.
    #[must_use]
    pub fn is_diagonal(&self, row: usize, column: usize) -> bool {
        match (self.rows.get(row), self.columns.get(column)) {
            (Some(row), Some(Column::Actor(actor))) => row == actor,
            _ => false,
        }
    }

    /// Returns how many columns are actors; the others are issues.
    #[must_use]
    pub fn actors(&self) -> usize {
        let actor = |column: &&Column| matches!(column, Column::Actor(_));
        self.columns.iter().filter(actor).count()
    }
}

type Cells = BTreeMap<(EntityId, Column), Sides>;

/// Returns the matrix of the statements that `filter` asks for. Holders, targets and issues are the
/// chart's own axes: the filter's drop no row or column.
#[must_use]
pub fn matrix(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    order: MatrixOrder,
    limits: MatrixLimits,
) -> Matrix {
    let open = Filter {
        holders: BTreeSet::new(),
        targets: BTreeSet::new(),
        issues: BTreeSet::new(),
        ..filter.clone()
    };
    let mut cells: Cells = BTreeMap::new();
    for (at, row) in open.statements(project, view) {
        let holder = open.holder(view, &row.value);
        let mut add = |column: Column, side: Option<Polarity>| {
            cells.entry((holder, column)).or_default().add(
                side.unwrap_or(Polarity::Neutral),
                at,
                row.is_decided(),
            );
        };
        if let Some(target) = open.target(view, &row.value) {
            add(Column::Actor(target), row.value.polarity_target);
        }
        if let Some(issue) = row.value.issue.as_ref().and_then(|issue| issue.issue) {
            add(Column::Issue(issue), row.value.polarity_issue);
        }
    }
    lay_out(cells, view, order, limits)
}

fn lay_out(cells: Cells, view: &ProjectView, order: MatrixOrder, limits: MatrixLimits) -> Matrix {
    let mut held: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut actors: BTreeMap<Column, usize> = BTreeMap::new();
    let mut issues: BTreeMap<Column, usize> = BTreeMap::new();
    for ((holder, column), sides) in &cells {
        *held.entry(*holder).or_default() += sides.len();
        let columns = match column {
            Column::Actor(_) => &mut actors,
            Column::Issue(_) => &mut issues,
        };
        *columns.entry(*column).or_default() += sides.len();
    }
    let (mut rows, rows_out) = most(held, limits.rows, |id| view.entity_name(*id).to_lowercase());
    let name = |column: &Column| column_name(view, *column).to_lowercase();
    let (mut actors, actors_out) = most(actors, limits.actors, name);
    let (mut issues, issues_out) = most(issues, limits.issues, name);
    match order {
        MatrixOrder::Name => {
            rows.sort_by_cached_key(|id| (view.entity_name(*id).to_lowercase(), *id));
            actors.sort_by_cached_key(|column| (name(column), *column));
            issues.sort_by_cached_key(|column| (name(column), *column));
        }
        MatrixOrder::Blocs => seriate(&cells, &mut rows, &mut actors, &mut issues),
    }
    let columns: Vec<Column> = actors.into_iter().chain(issues).collect();
    let mut by_place = BTreeMap::new();
    let mut cells = cells;
    for (r, row) in rows.iter().enumerate() {
        for (c, column) in columns.iter().enumerate() {
            if let Some(sides) = cells.remove(&(*row, *column)) {
                by_place.insert((r, c), sides);
            }
        }
    }
    Matrix {
        rows,
        columns,
        cells: by_place,
        left_out: (rows_out, actors_out, issues_out),
    }
}

/// Returns the name of a column.
#[must_use]
pub fn column_name(view: &ProjectView, column: Column) -> &str {
    match column {
        Column::Actor(entity) => view.entity_name(entity),
        Column::Issue(issue) => view
            .issues
            .get(&issue)
            .map_or("unnamed", |row| row.name.as_str()),
    }
}

fn most<K: Ord + Copy>(
    counts: BTreeMap<K, usize>,
    limit: usize,
    name: impl Fn(&K) -> String,
) -> (Vec<K>, usize) {
    let mut rows: Vec<(K, usize)> = counts.into_iter().collect();
    rows.sort_by_cached_key(|(key, count)| (Reverse(*count), name(key), *key));
    let out = rows.len().saturating_sub(limit);
    rows.truncate(limit);
    (rows.into_iter().map(|(key, _)| key).collect(), out)
}

/// Orders rows by the first principal direction of their sides (rows scaled to length 1, columns
/// centred), so that those who take the same sides stand together; columns follow their rows.
/// Deterministic: power iteration from a fixed start, ties keep the order of frequency.
fn seriate(
    cells: &Cells,
    rows: &mut Vec<EntityId>,
    actors: &mut Vec<Column>,
    issues: &mut Vec<Column>,
) {
    let columns: Vec<Column> = actors.iter().chain(issues.iter()).copied().collect();
    let sides: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            columns
                .iter()
                .map(|column| cells.get(&(*row, *column)).map_or(0.0, lean))
                .collect()
        })
        .collect();
    let scores = principal(&sides);
    let by_score = |scores: &[f64]| {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (scores.get(*a), scores.get(*b));
            a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal)
        });
        order
    };
    let of_column = |column: &Column| -> f64 {
        match column {
            // An actor stands where it stands as a holder.
            Column::Actor(actor) => rows
                .iter()
                .position(|row| row == actor)
                .and_then(|at| scores.get(at).copied())
                .unwrap_or(f64::MAX),
            Column::Issue(_) => {
                let at = columns.iter().position(|c| c == column);
                let with = |(row, score): (&Vec<f64>, &f64)| {
                    at.and_then(|at| row.get(at)).copied().unwrap_or(0.0) * score
                };
                sides.iter().zip(&scores).map(with).sum()
            }
        }
    };
    let actor_order = by_score(&actors.iter().map(of_column).collect::<Vec<_>>());
    let issue_order = by_score(&issues.iter().map(of_column).collect::<Vec<_>>());
    let row_order = by_score(&scores);
    permute(actors, &actor_order);
    permute(issues, &issue_order);
    permute(rows, &row_order);
}

fn permute<T: Copy>(values: &mut Vec<T>, order: &[usize]) {
    *values = order
        .iter()
        .filter_map(|at| values.get(*at).copied())
        .collect();
}

/// From −1 (all oppose) to 1 (all support).
fn lean(sides: &Sides) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
    let share = |count: usize| count as f64 / sides.len().max(1) as f64;
    share(sides.support.len()) - share(sides.oppose.len())
}

fn principal(rows: &[Vec<f64>]) -> Vec<f64> {
    let mut rows: Vec<Vec<f64>> = rows.to_vec();
    for row in &mut rows {
        let length = row.iter().map(|v| v * v).sum::<f64>().sqrt();
        if length > 0.0 {
            row.iter_mut().for_each(|v| *v /= length);
        }
    }
    let width = rows.first().map_or(0, Vec::len);
    #[expect(clippy::cast_precision_loss, reason = "at most a few dozen rows")]
    let count = rows.len().max(1) as f64;
    for column in 0..width {
        let mean = rows.iter().filter_map(|row| row.get(column)).sum::<f64>() / count;
        for value in rows.iter_mut().filter_map(|row| row.get_mut(column)) {
            *value -= mean;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "at most a few dozen rows")]
    let mut scores: Vec<f64> = (0..rows.len()).map(|at| 1.0 / (1.0 + at as f64)).collect();
    for _ in 0..64 {
        let along: Vec<f64> = (0..width)
            .map(|c| {
                let part = |(row, s): (&Vec<f64>, &f64)| row.get(c).copied().unwrap_or(0.0) * s;
                rows.iter().zip(&scores).map(part).sum()
            })
            .collect();
        let next: Vec<f64> = rows
            .iter()
            .map(|row| row.iter().zip(&along).map(|(a, b)| a * b).sum())
            .collect();
        let length = next.iter().map(|v: &f64| v * v).sum::<f64>().sqrt();
        if length < 1e-12 {
            return vec![0.0; rows.len()];
        }
        scores = next.into_iter().map(|v| v / length).collect();
    }
    // Both signs are as good: the most frequent holder stands first.
    if scores.first().is_some_and(|first| *first > 0.0) {
        scores.iter_mut().for_each(|v| *v = -*v);
    }
    // What differs by less than the iteration's own error is a tie.
    scores.iter().map(|v| (v * 1e6).round() / 1e6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, issue};
    use crate::model::Act;

    fn build(fixture: &Fixture, order: MatrixOrder) -> (Matrix, ProjectView) {
        let (project, view) = fixture.build();
        let filter = Filter::default();
        (
            matrix(&project, &view, &filter, order, MatrixLimits::default()),
            view,
        )
    }

    #[test]
    fn target_columns_count_one_side_and_issue_columns_the_other() {
        let fixture = Fixture::new().push(
            "Velmora",
            Some("Astrany"),
            Some("ban"),
            Act::Request,
            (Some(Polarity::Oppose), Some(Polarity::Support)),
        );
        let (matrix, _) = build(&fixture, MatrixOrder::Name);
        assert_eq!(matrix.rows, [entity("Velmora")]);
        assert_eq!(
            matrix.columns,
            [
                Column::Actor(entity("Astrany")),
                Column::Issue(issue("ban"))
            ]
        );
        let words = |column| matrix.cell(0, column).unwrap().words();
        assert_eq!(words(0), "0 support, 1 oppose, 0 neither");
        assert_eq!(words(1), "1 support, 0 oppose, 0 neither");
        assert_eq!(matrix.actors(), 1);
    }

    #[test]
    fn blocs_stand_together() {
        let mut fixture = Fixture::new();
        for who in ["Aland", "Cland"] {
            for _ in 0..2 {
                fixture = fixture.on(who, "ban", Act::Support, Polarity::Support).on(
                    who,
                    "truce",
                    Act::Reject,
                    Polarity::Oppose,
                );
            }
        }
        for who in ["Bland", "Dland"] {
            fixture = fixture.on(who, "ban", Act::Reject, Polarity::Oppose).on(
                who,
                "truce",
                Act::Support,
                Polarity::Support,
            );
        }
        let (matrix, view) = build(&fixture, MatrixOrder::Blocs);
        let names: Vec<_> = matrix.rows.iter().map(|id| view.entity_name(*id)).collect();
        assert_eq!(names, ["Aland", "Cland", "Bland", "Dland"]);
        let (again, _) = build(&fixture, MatrixOrder::Blocs);
        assert_eq!(matrix, again);
        let (by_name, view) = build(&fixture, MatrixOrder::Name);
        let names: Vec<_> = by_name
            .rows
            .iter()
            .map(|id| view.entity_name(*id))
            .collect();
        assert_eq!(names, ["Aland", "Bland", "Cland", "Dland"]);
    }

    #[test]
    fn what_is_beyond_the_limits_is_counted() {
        let fixture = Fixture::new()
            .on("Velmora", "ban", Act::Reject, Polarity::Oppose)
            .on("Velmora", "ban", Act::Reject, Polarity::Oppose)
            .on("Velmora", "truce", Act::Support, Polarity::Support)
            .says("Lorvik", "Velmora", Act::Support, Polarity::Support);
        let (project, view) = fixture.build();
        let limits = MatrixLimits {
            rows: 1,
            actors: 1,
            issues: 1,
        };
        let filter = Filter::default();
        let matrix = matrix(&project, &view, &filter, MatrixOrder::Blocs, limits);
        assert_eq!(matrix.rows, [entity("Velmora")]);
        assert_eq!(matrix.columns[1], Column::Issue(issue("ban")));
        assert_eq!(matrix.left_out, (1, 0, 1));
        assert!(matrix.is_diagonal(0, 0));
    }
}
