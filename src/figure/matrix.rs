//! Holder × target and issue as a matrix of cells: counts on top, one square a statement below.

use crate::analysis::{Column, Matrix, ProjectView, Sides, column_name};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Scene, Shape, elide, line, pen, point, polarity_mark, rect,
    style, text, wrap,
};
use crate::model::Polarity;

/// Most squares in a cell; above that the counts alone.
pub const MOST_SQUARES: usize = 18;
/// Squares in a row.
pub const SQUARES_A_ROW: usize = 6;

/// Returns the side that tints a cell: the larger, none for a tie.
#[must_use]
pub fn tint(sides: &Sides) -> Polarity {
    match sides.net().cmp(&0) {
        std::cmp::Ordering::Less => Polarity::Oppose,
        std::cmp::Ordering::Equal => Polarity::Neutral,
        std::cmp::Ordering::Greater => Polarity::Support,
    }
}

/// Returns one entry a statement, oppose first, decided before suggested; empty where there are too
/// many to show.
#[must_use]
pub fn squares(sides: &Sides) -> Vec<(Polarity, bool, crate::analysis::StatementRef)> {
    if sides.len() > MOST_SQUARES {
        return Vec::new();
    }
    let mut all = Vec::with_capacity(sides.len());
    for side in [Polarity::Oppose, Polarity::Support, Polarity::Neutral] {
        let segment = sides.side(side);
        all.extend(segment.confirmed.iter().map(|at| (side, true, *at)));
        all.extend(segment.suggested.iter().map(|at| (side, false, *at)));
    }
    all
}

/// Returns what a screen reader says of a cell.
#[must_use]
pub fn cell_name(matrix: &Matrix, view: &ProjectView, row: usize, column: usize) -> String {
    let holder = matrix.rows.get(row).map_or("", |id| view.entity_name(*id));
    let about = matrix
        .columns
        .get(column)
        .map_or("", |c| column_name(view, *c));
    let towards = match matrix.columns.get(column) {
        Some(Column::Issue(_)) => "on",
        Some(Column::Actor(_)) | None => "towards",
    };
    let words = matrix
        .cell(row, column)
        .map_or_else(|| "no statement".to_owned(), Sides::words);
    format!("{holder} {towards} {about}, {words}")
}

const CELL: (f32, f32) = (66.0, 56.0);
const GAP: f32 = 2.0;
const GROUP_GAP: f32 = 8.0;

/// Returns the exported figure; wider than `width` where the columns need it.
#[must_use]
pub fn scene(
    matrix: &Matrix,
    view: &ProjectView,
    words: &Words,
    width: f32,
    measure: &dyn Measure,
) -> Scene {
    let names = style(Face::UiSemibold, 10.0);
    let label = matrix
        .rows
        .iter()
        .map(|row| measure.width(view.entity_name(*row), names))
        .fold(40.0, f32::max)
        .min(160.0)
        + 10.0;
    #[expect(clippy::cast_precision_loss, reason = "a few dozen columns")]
    let needed = label + matrix.columns.len() as f32 * (CELL.0 + GAP) + GROUP_GAP;
    let (mut scene, top) = frame::begin(words, width.max(needed), measure);
    let cells_top = heads(&mut scene, matrix, view, (label, top), measure);
    let mut y = cells_top;
    for (row, holder) in matrix.rows.iter().enumerate() {
        let name = elide(view.entity_name(*holder), names, label - 8.0, measure);
        let at = point(0.0, y + CELL.1 / 2.0 + 3.5);
        scene.add([text(at, name, names, PALETTE.ink, Anchor::Start)]);
        for column in 0..matrix.columns.len() {
            let x = column_x(matrix, label, column);
            let area = Area {
                x,
                y,
                width: CELL.0,
                height: CELL.1,
            };
            cell(&mut scene, matrix, view, (row, column), area);
        }
        y += CELL.1 + GAP;
    }
    let keys = [
        Key::Side(Polarity::Oppose),
        Key::Side(Polarity::Support),
        Key::Side(Polarity::Neutral),
        Key::Squares,
    ];
    frame::end(&mut scene, y, &keys, words, measure);
    scene
}

fn column_x(matrix: &Matrix, label: f32, column: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen columns")]
    let x = label + column as f32 * (CELL.0 + GAP);
    if column >= matrix.actors() && matrix.actors() > 0 {
        x + GROUP_GAP
    } else {
        x
    }
}

fn heads(
    scene: &mut Scene,
    matrix: &Matrix,
    view: &ProjectView,
    (label, top): (f32, f32),
    measure: &dyn Measure,
) -> f32 {
    let look = style(Face::UiSemibold, 9.0);
    let groups = style(Face::Ui, 9.0);
    let actors = matrix.actors();
    let count = matrix.columns.len();
    for (words, from, to) in [("towards actors", 0, actors), ("on issues", actors, count)] {
        if from < to {
            let (left, right) = (
                column_x(matrix, label, from),
                column_x(matrix, label, to - 1) + CELL.0,
            );
            scene.add([
                text(
                    point(left, top + 8.0),
                    words,
                    groups,
                    PALETTE.ink3,
                    Anchor::Start,
                ),
                line(
                    point(left, top + 13.0),
                    point(right, top + 13.0),
                    pen(PALETTE.line2, 1.0),
                ),
            ]);
        }
    }
    let rows: Vec<Vec<String>> = matrix
        .columns
        .iter()
        .map(|column| {
            let mut rows = wrap(column_name(view, *column), look, CELL.0 - 4.0, measure);
            rows.truncate(3);
            for row in &mut rows {
                *row = elide(row, look, CELL.0 - 4.0, measure);
            }
            rows
        })
        .collect();
    let most = rows.iter().map(Vec::len).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let bottom = top + 20.0 + most as f32 * 11.5;
    for (column, rows) in rows.iter().enumerate() {
        let x = column_x(matrix, label, column) + CELL.0 / 2.0;
        if let Some(Column::Issue(issue)) = matrix.columns.get(column) {
            rule(scene, view, *issue, point(x, bottom + 1.5));
        }
        for (index, row) in rows.iter().rev().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
            let y = bottom - 3.0 - index as f32 * 11.5;
            scene.add([text(
                point(x, y),
                row.as_str(),
                look,
                PALETTE.ink,
                Anchor::Middle,
            )]);
        }
    }
    bottom + 4.0
}

/// A line under the head of an issue, in its colour of the codebook.
fn rule(
    scene: &mut Scene,
    view: &ProjectView,
    issue: crate::model::IssueId,
    at: crate::figure::scene::Point,
) {
    let colour = view.issues.get(&issue).and_then(|row| row.colour);
    let ends = [-CELL.0 / 2.0, CELL.0 / 2.0].map(|by| point(at.x + by, at.y));
    let drawn = |colour| line(ends[0], ends[1], pen(PALETTE.swatch(colour), 2.5));
    scene.add(colour.map(drawn));
}

fn cell(
    scene: &mut Scene,
    matrix: &Matrix,
    view: &ProjectView,
    (row, column): (usize, usize),
    area: Area,
) {
    let Some(sides) = matrix.cell(row, column) else {
        let mut shapes = vec![rect(area, Fill::Solid(PALETTE.panel))];
        if matrix.is_diagonal(row, column) {
            let centre = area.centre();
            let dash = line(
                point(centre.x - 4.0, centre.y),
                point(centre.x + 4.0, centre.y),
                pen(PALETTE.ctl, 1.0),
            );
            shapes = vec![dash];
        }
        scene.add(shapes);
        return;
    };
    let mut shapes = vec![Shape::Rect {
        area,
        radius: 2.0,
        fill: Fill::Solid(PALETTE.polarity_tint(tint(sides))),
        border: None,
    }];
    counts(&mut shapes, sides, area);
    for (index, (side, solid, _)) in squares(sides).into_iter().enumerate() {
        let (line, place) = (index / SQUARES_A_ROW, index % SQUARES_A_ROW);
        #[expect(clippy::cast_precision_loss, reason = "at most 18 squares")]
        let (x, y) = (
            area.x + 4.0 + place as f32 * 10.0,
            area.y + 22.0 + line as f32 * 10.5,
        );
        shapes.push(frame::square(x, y, solid, PALETTE.polarity(side)));
    }
    let name = cell_name(matrix, view, row, column);
    scene.mark(name, sides.refs().collect(), shapes);
}

fn counts(shapes: &mut Vec<Shape>, sides: &Sides, area: Area) {
    let look = style(Face::UiSemibold, 10.0);
    let shown: Vec<(Polarity, usize)> = [Polarity::Oppose, Polarity::Support, Polarity::Neutral]
        .into_iter()
        .map(|side| (side, sides.side(side).len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let width_of = |count: usize| 11.0 + if count < 10 { 8.0 } else { 14.0 };
    let total: f32 = shown.iter().map(|(_, count)| width_of(*count)).sum();
    let mut x = area.x + (area.width - total) / 2.0;
    for (side, count) in shown {
        let colour = PALETTE.polarity(side);
        shapes.push(polarity_mark(
            point(x + 4.5, area.y + 11.5),
            8.0,
            side,
            true,
            colour,
        ));
        let at = point(x + 10.5, area.y + 15.0);
        shapes.push(text(
            at,
            count.to_string(),
            look,
            PALETTE.ink,
            Anchor::Start,
        ));
        x += width_of(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, MatrixLimits, MatrixOrder, matrix};
    use crate::figure::frame::fixtures::{Half, words};
    use crate::model::Act;

    #[test]
    fn cells_show_counts_squares_and_the_larger_side() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .confirmed()
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .says("Velmora", "Velmora", Act::Agree, Polarity::Support)
            .build();
        let filter = Filter::default();
        let matrix = matrix(
            &project,
            &view,
            &filter,
            MatrixOrder::Name,
            MatrixLimits::default(),
        );
        let sides = matrix.cell(0, 0).unwrap();
        assert_eq!(tint(sides), Polarity::Oppose);
        let kinds: Vec<_> = squares(sides)
            .iter()
            .map(|(side, solid, _)| (*side, *solid))
            .collect();
        assert_eq!(
            kinds,
            [
                (Polarity::Oppose, true),
                (Polarity::Oppose, false),
                (Polarity::Support, false)
            ]
        );
        assert_eq!(
            cell_name(&matrix, &view, 0, 0),
            "Velmora towards Astrany, 1 support, 2 oppose, 0 neither"
        );
        let scene = scene(&matrix, &view, &words(), 300.0, &Half);
        let mark = scene
            .marks
            .iter()
            .find(|mark| mark.name.contains("towards Astrany"))
            .unwrap();
        assert_eq!(mark.stands_for.len(), 3);
        assert!(scene.height > 100.0);
    }
}
