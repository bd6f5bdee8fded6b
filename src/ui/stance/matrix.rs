//! Matrix: holders by targets, then issues. Counts and one square a statement in each cell.

use egui::{
    Align2, Color32, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::analysis::{Column, MatrixOrder, Sides, StatementRef, column_name, counted};
use crate::app::{Command, Commands, StanceOptions};
use crate::figure::matrix::{SQUARES_A_ROW, cell_name, tint};
use crate::model::Polarity;
use crate::ui::stance::bars;
use crate::ui::stance::cache::{MatrixData, Square};
use crate::ui::stance::paint as shapes;
use crate::ui::stance::{Frame, PAD, annotation, ask_exactly, child, offices_switch, only};
use crate::ui::theme::Face;
use crate::ui::widgets::{Button, MenuItem, line_job, menu, menu_item, paint};

/// Heads of columns: a badge and two rows of words.
const HEADS: f32 = 78.0;
/// A third row, where a name is long.
const HEAD_ROW: f32 = 18.0;
const FOOT: f32 = 62.0;
/// Between cells.
const GAP: f32 = 3.0;
/// Between actors and issues.
const GROUP_GAP: f32 = 8.0;
const SQUARE: f32 = 8.0;
/// Below this the cells are narrower.
const NARROW: f32 = 560.0;

/// Sizes that depend on the room.
#[derive(Debug, Clone, Copy)]
struct Grid {
    /// Height of the line over the heads.
    title: f32,
    /// Height of the heads of columns.
    heads: f32,
    /// Width of the names of holders.
    names: f32,
    /// From cell to cell.
    step: egui::Vec2,
    /// Columns that are actors.
    actors: usize,
}

impl Grid {
    fn new(data: &MatrixData, width: f32) -> Self {
        let narrow = width < NARROW;
        Self {
            title: if narrow { 28.0 } else { 38.0 },
            heads: HEADS + if data.long_heads { HEAD_ROW } else { 0.0 },
            names: (width * 0.26).clamp(96.0, 164.0),
            step: if narrow {
                vec2(64.0, 70.0)
            } else {
                vec2(72.0, 80.0)
            },
            actors: data.matrix.actors(),
        }
    }

    fn x(&self, column: usize) -> f32 {
        let gap = if column >= self.actors && self.actors > 0 {
            GROUP_GAP
        } else {
            0.0
        };
        self.step.x * column as f32 + gap
    }

    fn size(&self, data: &MatrixData) -> egui::Vec2 {
        let matrix = &data.matrix;
        vec2(
            self.x(matrix.columns.len()),
            self.step.y * matrix.rows.len() as f32,
        )
    }
}

/// Returns the height that the chart would take.
pub(super) fn height(data: &MatrixData, width: f32) -> f32 {
    let grid = Grid::new(data, width);
    grid.title + grid.heads + grid.size(data).y + FOOT
}

/// Draws the chart: heads stay while the cells scroll both ways.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    data: &MatrixData,
    orders: &mut StanceOptions,
    out: &mut Commands,
) {
    let full = ui.max_rect();
    let grid = Grid::new(data, full.width());
    let (title, below) = full.split_top_bottom_at_y(full.top() + grid.title);
    title_ui(ui, title, frame, orders);
    let bottom = (below.bottom() - FOOT).min(below.top() + grid.heads + grid.size(data).y + GAP);
    let corner = pos2(full.left() + PAD + grid.names, below.top() + grid.heads);
    let cells = Rect::from_min_max(corner, pos2(full.right() - 8.0, bottom));
    let mut body = child(ui, cells, "cells");
    let offset = ScrollArea::both()
        .id_salt("cells")
        .auto_shrink(false)
        .show_viewport(&mut body, |ui, viewport| {
            ui.set_min_size(grid.size(data));
            let origin = ui.max_rect().min;
            cells_ui(ui, (origin, viewport), (frame, grid), data, out);
            viewport.min
        })
        .inner;
    let origin = corner - offset.to_vec2();
    let heads = Rect::from_min_max(pos2(corner.x, below.top()), pos2(cells.right(), corner.y));
    column_heads(ui, heads, origin.x, (frame, grid), data);
    let names = Rect::from_min_max(pos2(full.left(), corner.y), pos2(corner.x, bottom));
    row_heads(ui, names, origin.y, (frame, grid), data);
    let foot = Rect::from_min_max(pos2(full.left(), bottom + 4.0), full.right_bottom());
    foot_ui(ui, foot, frame, data, out);
}

fn title_ui(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, orders: &mut StanceOptions) {
    let theme = frame.theme;
    let y = rect.center().y + 1.0;
    let mut x = rect.left() + PAD;
    if frame.enlarged {
        let at = ui.painter().text(
            pos2(x, y),
            Align2::LEFT_CENTER,
            "Who takes which position",
            Face::UiSemibold.font(16.0),
            theme.ink,
        );
        x = at.right() + 10.0;
    }
    let words = "rows hold it, columns receive it";
    ui.painter().text(
        pos2(x, y + 1.0),
        Align2::LEFT_CENTER,
        words,
        Face::Ui.font(12.5),
        theme.ink3,
    );
    let now = orders.matrix;
    let order_words = |order| match order {
        MatrixOrder::Blocs => "Blocs together",
        MatrixOrder::Name => "By name",
    };
    let at = Rect::from_min_max(
        pos2(rect.right() - PAD - 132.0, y - 13.0),
        pos2(rect.right() - PAD + 8.0, y + 13.0),
    );
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let build = UiBuilder::new()
        .max_rect(at)
        .id_salt("order")
        .layout(layout);
    let mut row = ui.new_child(build);
    let name = format!("Order of the matrix: {}", order_words(now));
    let button = Button::ghost(order_words(now)).height(26.0).caret();
    let response = row.add(button.name(&name));
    menu(&response, "Order of the matrix", 200.0, |ui| {
        for order in [MatrixOrder::Blocs, MatrixOrder::Name] {
            let item = MenuItem {
                words: order_words(order),
                ticked: Some(order == now),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                orders.matrix = order;
            }
        }
    });
}

fn cells_ui(
    ui: &Ui,
    (origin, viewport): (Pos2, Rect),
    (frame, grid): (&Frame<'_>, Grid),
    data: &MatrixData,
    out: &mut Commands,
) {
    for row in 0..data.matrix.rows.len() {
        for column in 0..data.matrix.columns.len() {
            let at = vec2(grid.x(column), grid.step.y * row as f32);
            let local = Rect::from_min_size(at.to_pos2(), grid.step - vec2(GAP, GAP));
            if viewport.intersects(local) {
                let rect = local.translate(origin.to_vec2());
                cell_ui(ui, rect, frame, (data, row, column), out);
            }
        }
    }
}

fn cell_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    (data, row, column): (&MatrixData, usize, usize),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let matrix = &data.matrix;
    let id = ui.scope_id().with((row, column));
    let name = || {
        WidgetInfo::labeled(
            Role::Cell,
            true,
            cell_name(matrix, &frame.snap.view, row, column),
        )
    };
    let painter = ui.painter();
    let Some(sides) = matrix.cell(row, column) else {
        let response = ui.interact(rect, id, Sense::hover());
        response.widget_info(name);
        if matrix.is_diagonal(row, column) {
            let stroke = Stroke::new(1.5, theme.line2);
            let x = rect.center().x;
            painter.hline(x - 6.0..=x + 6.0, rect.center().y, stroke);
        } else {
            // On the panel an empty cell in the panel's own colour could not be seen.
            let fill = if frame.enlarged {
                theme.panel
            } else {
                theme.bar
            };
            painter.rect_filled(rect, 3.0, fill);
        }
        return;
    };
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(name);
    painter.rect_filled(rect, 3.0, theme.polarity_tint(tint(sides)));
    if response.hovered() {
        let stroke = Stroke::new(1.0, theme.ctl);
        painter.rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    }
    let squares = data.squares.get(&(row, column));
    let squares = squares.map_or(&[][..], Vec::as_slice);
    let y = if squares.is_empty() {
        rect.center().y
    } else {
        rect.top() + rect.height() * 0.26
    };
    counts(
        painter,
        frame,
        pos2(rect.center().x, y),
        sides,
        rect.width(),
    );
    squares_ui(ui, (rect, id), frame, squares, out);
    if is_asked(frame, data, row, column) {
        let stroke = Stroke::new(2.0, theme.ink);
        painter.rect_stroke(rect.expand(1.0), 4.0, stroke, StrokeKind::Outside);
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(2.0), 3, theme);
    }
    if response.clicked() {
        click(frame, data, (row, column), out);
    }
}

/// Paints ▼ 7 ▲ 1, the group centred; ◆ only where it fits.
fn counts(painter: &Painter, frame: &Frame<'_>, centre: Pos2, sides: &Sides, width: f32) {
    const MARK: f32 = 9.5;
    let theme = frame.theme;
    let parts: Vec<_> = [Polarity::Oppose, Polarity::Support, Polarity::Neutral]
        .into_iter()
        .filter(|side| !sides.side(*side).is_empty())
        .map(|side| {
            let words = sides.side(side).len().to_string();
            let font = Face::UiMedium.font(13.5);
            (side, painter.layout_no_wrap(words, font, theme.ink))
        })
        .collect();
    let wide = |parts: &[(Polarity, std::sync::Arc<egui::Galley>)]| {
        let sum: f32 = parts
            .iter()
            .map(|(_, words)| MARK + 3.0 + words.size().x)
            .sum();
        sum + 7.0 * parts.len().saturating_sub(1) as f32
    };
    let mut shown = parts.as_slice();
    while shown.len() > 1 && wide(shown) > width - 4.0 {
        shown = shown.split_last().map_or(shown, |(_, rest)| rest);
    }
    let mut x = centre.x - wide(shown) / 2.0;
    for (side, words) in shown {
        let colour = theme.polarity(*side);
        paint::mark(
            painter,
            pos2(x + MARK / 2.0, centre.y),
            MARK,
            *side,
            true,
            colour,
        );
        x += MARK + 3.0;
        let size = words.size();
        painter.galley(pos2(x, centre.y - size.y / 2.0), words.clone(), theme.ink);
        x += size.x + 7.0;
    }
}

fn squares_ui(
    ui: &Ui,
    (cell, id): (Rect, egui::Id),
    frame: &Frame<'_>,
    squares: &[Square],
    out: &mut Commands,
) {
    let theme = frame.theme;
    let per_row = squares.len().min(SQUARES_A_ROW);
    let gap = ((cell.width() - 4.0 - SQUARE * SQUARES_A_ROW as f32) / 5.0).clamp(1.0, 2.0);
    let step = SQUARE + gap;
    let left = cell.center().x - (step * per_row as f32 - gap) / 2.0;
    let top = cell.top() + cell.height() * 0.26 + 15.5;
    let selected = frame.view_state.selection.annotation.map(|at| at.id);
    for (at, (side, solid, statement)) in squares.iter().enumerate() {
        let place = vec2(
            (at % SQUARES_A_ROW) as f32 * step,
            (at / SQUARES_A_ROW) as f32 * (step + 1.0),
        );
        let rect = Rect::from_min_size(pos2(left, top) + place, vec2(SQUARE, SQUARE));
        // Reached by pointer; by keyboard the list has the same statements.
        let area = rect.expand(gap / 2.0);
        let response = ui.interact(area, id.with(statement.id), Sense::CLICK);
        response.widget_info(|| {
            let words = square_name(frame, *statement, *solid);
            WidgetInfo::labeled(Role::Button, true, words)
        });
        let painter = ui.painter();
        square(painter, rect, theme.polarity(*side), *solid);
        if response.hovered() || selected == Some(statement.id) {
            let stroke = Stroke::new(1.5, theme.ink);
            painter.rect_stroke(rect.expand(0.5), 1.0, stroke, StrokeKind::Outside);
        }
        if response.clicked() {
            out.push(Command::Select(Some(annotation(*statement))));
        }
    }
}

fn square(painter: &Painter, rect: Rect, colour: Color32, solid: bool) {
    if solid {
        painter.rect_filled(rect, 1.0, colour);
    } else {
        let stroke = Stroke::new(1.2, colour);
        painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
    }
}

fn square_name(frame: &Frame<'_>, at: StatementRef, solid: bool) -> String {
    let view = &frame.snap.view;
    let status = if solid { "confirmed" } else { "suggested" };
    let Some(row) = view.statement(at) else {
        return status.to_owned();
    };
    let holder = view.entity_name(frame.filter().holder(view, &row.value));
    let day = row.value.date.as_ref().and_then(|date| date.value.span());
    let day = day.map_or_else(|| "no date".to_owned(), crate::analysis::span_words);
    format!("{holder} {}, {day}, {status}", row.value.act)
}

fn is_asked(frame: &Frame<'_>, data: &MatrixData, row: usize, column: usize) -> bool {
    let filter = frame.filter();
    let holder = data.matrix.rows.get(row);
    let holds = holder.is_some_and(|id| only(&filter.holders, *id));
    holds
        && match data.matrix.columns.get(column) {
            Some(Column::Actor(actor)) => only(&filter.targets, *actor) && filter.issues.is_empty(),
            Some(Column::Issue(issue)) => {
                filter.issues.len() == 1
                    && filter.issues.contains(issue)
                    && filter.targets.is_empty()
            }
            None => false,
        }
}

/// Asks for a cell alone; again takes it back.
fn click(frame: &Frame<'_>, data: &MatrixData, (row, column): (usize, usize), out: &mut Commands) {
    let (Some(holder), Some(about)) = (data.matrix.rows.get(row), data.matrix.columns.get(column))
    else {
        return;
    };
    if is_asked(frame, data, row, column) {
        out.push(frame.change(|filter| {
            filter.holders.clear();
            filter.targets.clear();
            filter.issues.clear();
            filter.picked = None;
        }));
        return;
    }
    let Some(sides) = data.matrix.cell(row, column) else {
        return;
    };
    let words = cell_name(&data.matrix, &frame.snap.view, row, column);
    out.push(ask_exactly(frame, &words, sides.refs(), |filter| {
        filter.holders = [*holder].into();
        filter.targets.clear();
        filter.issues.clear();
        match about {
            Column::Actor(actor) => drop(filter.targets.insert(*actor)),
            Column::Issue(issue) => drop(filter.issues.insert(*issue)),
        }
    }));
}

fn column_heads(
    ui: &Ui,
    rect: Rect,
    left: f32,
    (frame, grid): (&Frame<'_>, Grid),
    data: &MatrixData,
) {
    let theme = frame.theme;
    let matrix = &data.matrix;
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let columns = matrix.columns.len();
    for (words, from, to) in [
        ("towards actors", 0, grid.actors),
        ("on issues", grid.actors, columns),
    ] {
        if from == to {
            continue;
        }
        let x = left + grid.x(from);
        let end = left + grid.x(to - 1) + grid.step.x - GAP;
        // The words stay in view as long as any of their columns is.
        let at = x.max(rect.left()).min((end - 92.0).max(x));
        painter.text(
            pos2(at, rect.top() + 10.0),
            Align2::LEFT_CENTER,
            words,
            Face::Ui.font(12.5),
            theme.ink3,
        );
        let line = Stroke::new(1.0, theme.line2);
        painter.hline(x..=end, rect.top() + 21.5, line);
    }
    for (at, column) in matrix.columns.iter().enumerate() {
        let x = left + grid.x(at);
        let wide = grid.step.x - GAP;
        if x > rect.right() || x + wide < rect.left() {
            continue;
        }
        let centre = x + wide / 2.0;
        let name = column_name(&frame.snap.view, *column);
        let (words, size) = head_words(&painter, name, wide);
        let format = Face::UiMedium.format(size, 15.0, theme.ink);
        let mut job = line_job(&painter, &words, format, wide, 3);
        job.halign = egui::Align::Center;
        let galley = painter.layout_job(job);
        let top = rect.bottom() - 6.0 - galley.size().y;
        painter.galley(pos2(centre, top), galley, theme.ink);
        if let Column::Actor(actor) = column
            && let Some(entity_type) = frame.snap.view.entity_type(*actor)
        {
            paint::badge(&painter, theme, pos2(centre, top - 11.0), entity_type, None);
        }
        if let Column::Issue(issue) = column
            && let Some(colour) = frame.snap.view.issues.get(issue).and_then(|row| row.colour)
        {
            paint::swatch(&painter, theme, pos2(centre, top - 9.0), 11.0, colour);
        }
        let head = Rect::from_min_max(pos2(x, rect.top() + 22.0), pos2(x + wide, rect.bottom()));
        let id = ui.scope_id().with(("column", at));
        let response = ui.interact(head.intersect(rect), id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
        response.on_hover_text(name);
    }
}

/// Returns the words of a head and their size: smaller where a word would be broken otherwise, and cut
/// with `…` where it is too long even so.
fn head_words(painter: &Painter, name: &str, wide: f32) -> (String, f32) {
    let fits = |word: &str, size: f32| {
        let font = Face::UiMedium.font(size);
        let galley = painter.layout_no_wrap(word.to_owned(), font, Color32::PLACEHOLDER);
        galley.size().x <= wide
    };
    let size = if name.split(' ').all(|word| fits(word, 12.5)) {
        12.5
    } else {
        11.0
    };
    let font = Face::UiMedium.font(size);
    let words = name
        .split(' ')
        .map(|word| shapes::fit(painter, word, &font, wide));
    (words.collect::<Vec<_>>().join(" "), size)
}

fn row_heads(ui: &Ui, rect: Rect, top: f32, (frame, grid): (&Frame<'_>, Grid), data: &MatrixData) {
    let theme = frame.theme;
    let clip = rect.intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(clip);
    for (at, holder) in data.matrix.rows.iter().enumerate() {
        let y = top + grid.step.y * at as f32;
        let high = grid.step.y - GAP;
        if y > rect.bottom() || y + high < rect.top() {
            continue;
        }
        let view = &frame.snap.view;
        let name = view.entity_name(*holder);
        let row = Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), y + high));
        let id = ui.scope_id().with(("row", at));
        let response = ui.interact(row.intersect(rect), id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, name));
        let point = pos2(rect.left() + PAD, row.center().y);
        let who = (name, view.entity_type(*holder));
        bars::holder(&painter, theme, point, who, (grid.names - 6.0, 3));
    }
}

fn foot_ui(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, data: &MatrixData, out: &mut Commands) {
    let theme = frame.theme;
    let painter = ui.painter().clone();
    let y = rect.top() + 14.0;
    let mut x = rect.left() + PAD;
    let font = Face::Ui.font(12.5);
    let word = |x: f32, words: &str| {
        let at = pos2(x, y);
        painter
            .text(at, Align2::LEFT_CENTER, words, font.clone(), theme.ink2)
            .right()
    };
    for side in [Polarity::Oppose, Polarity::Support] {
        paint::mark(
            &painter,
            pos2(x + 5.0, y),
            9.5,
            side,
            true,
            theme.polarity(side),
        );
        x = word(x + 15.0, side.name()) + 14.0;
    }
    for (solid, words) in [(true, "confirmed"), (false, "suggested")] {
        let at = Rect::from_center_size(pos2(x + 4.0, y), vec2(SQUARE, SQUARE));
        square(&painter, at, theme.ink2, solid);
        x = word(x + 13.0, words) + 14.0;
    }
    let note = note(data);
    let galley = painter.layout_no_wrap(note, font.clone(), theme.ink3);
    let beside = rect.right() - PAD - galley.size().x;
    let second = rect.top() + 38.0;
    let at = if beside > x {
        pos2(beside, y - galley.size().y / 2.0)
    } else {
        pos2(rect.left() + PAD + 236.0, second - galley.size().y / 2.0)
    };
    if at.x + galley.size().x <= rect.right() - 4.0 {
        painter.galley(at, galley, theme.ink3);
    }
    let switch = Rect::from_min_size(pos2(rect.left() + PAD, second - 12.0), vec2(230.0, 24.0));
    offices_switch(ui, switch, frame, out);
}

fn note(data: &MatrixData) -> String {
    let (holders, actors, issues) = data.matrix.left_out;
    let mut left: Vec<String> = Vec::new();
    for (count, noun) in [(holders, "holder"), (actors, "actor"), (issues, "issue")] {
        if count > 0 {
            left.push(counted(count, noun));
        }
    }
    if left.is_empty() {
        "One square is one statement. Tint: the larger side.".to_owned()
    } else {
        format!("Left out: {}", left.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_head_is_broken_and_only_the_longest_are_cut() {
        let context = egui::Context::default();
        crate::ui::theme::install(&context);
        let mut seen = Vec::new();
        let output = context.run_ui(egui::RawInput::default(), |ui| {
            seen.clear();
            for (name, wide) in [
                ("United Nations", 69.0),
                ("International Atomic Energy Agency", 69.0),
                ("Nichtverbreitungskonferenz der Küstenstaaten", 61.0),
            ] {
                let (words, size) = head_words(ui.painter(), name, wide);
                let font = Face::UiMedium.font(size);
                for word in words.split(' ') {
                    let galley =
                        ui.painter()
                            .layout_no_wrap(word.to_owned(), font.clone(), Color32::WHITE);
                    assert!(galley.size().x <= wide, "{word}");
                }
                seen.push((words, size));
            }
        });
        output.drop_without_applying_deltas();
        assert_eq!(seen[0], ("United Nations".to_owned(), 12.5));
        let whole = "International Atomic Energy Agency".to_owned();
        assert_eq!(seen[1], (whole, 11.0));
        assert!(
            seen[2].0.contains('…') && seen[2].0.contains(" der "),
            "{seen:?}"
        );
    }
}
