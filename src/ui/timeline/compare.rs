//! Two periods side by side: what changed, by actor, act or issue. A click asks for the statements.

use std::collections::BTreeSet;

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::analysis::{
    CompareBy, Compared, Comparison, ComparisonRow, Picked, Segment, StatementRef, counted,
    span_words,
};
use crate::app::{Command, Commands, Dialog};
use crate::model::Polarity;
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::{Shown, TimelineState, brush};
use crate::ui::widgets::{Button, line, paint, segmented};

/// Width of the column beside the lanes.
pub(super) const WIDTH: f32 = 420.0;
const ROW: f32 = 34.0;
/// What is left of the colour in the first period.
const PALE: f32 = 0.45;
const BY: [(CompareBy, &str); 3] = [
    (CompareBy::Actor, "Actor"),
    (CompareBy::Act, "Act"),
    (CompareBy::Issue, "Issue"),
];

/// Draws the column.
pub(super) fn compare_ui(
    ui: &mut Ui,
    rect: Rect,
    shown: Shown<'_>,
    state: &mut TimelineState,
    out: &mut Commands,
) {
    let Some(compared) = shown.view_state.compared else {
        return;
    };
    let theme = Theme::of(ui);
    ui.painter()
        .vline(rect.left() + 0.5, rect.y_range(), (1.0, theme.line));
    let filter = &shown.view_state.filter;
    let made = state.data.comparison(shown.snap, filter, compared);
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(rect.shrink2(vec2(12.0, 2.0)))
            .id_salt("compared periods"),
    );
    let ui = &mut child;
    ui.spacing_mut().item_spacing.y = 2.0;
    head_ui(ui, compared, out);
    words_ui(ui, &made);
    let most = made.most();
    ScrollArea::vertical()
        .id_salt("compared rows")
        .auto_shrink([false, false])
        .show_rows(ui, ROW, made.rows.len(), |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for row in made.rows.get(range).unwrap_or_default() {
                row_ui(ui, row, most, shown, out);
            }
        });
}

/// Follows the drag of a compared period; the window stays where it is. Whether there is such a drag.
pub(super) fn drag_ui(
    response: &egui::Response,
    day_at: impl Fn(egui::Pos2) -> i64,
    shown: Shown<'_>,
    state: &mut TimelineState,
    out: &mut Commands,
) -> bool {
    let compared = shown
        .view_state
        .compared
        .filter(|_| state.picking.is_none());
    let Some(compared) = compared else {
        state.held = None;
        return false;
    };
    let was = state.held.is_some();
    if let Some(moved) = brush::drag_compared(response, day_at, compared, &mut state.held) {
        state.compared = Some((moved.first, moved.second));
        out.push(Command::SetCompared(Some(moved)));
    }
    was || state.held.is_some()
}

fn head_ui(ui: &mut Ui, compared: Compared, out: &mut Commands) {
    ui.horizontal(|ui| {
        ui.set_height(28.0);
        if let Some(by) = segmented(ui, "Compare by", compared.by, &BY) {
            out.push(Command::SetCompared(Some(Compared { by, ..compared })));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = Button::icon_only(icons::X, "End comparing").height(26.0);
            if ui.add(close).clicked() {
                out.push(Command::SetCompared(None));
            }
            let export = Button::icon_only(icons::EXPORT, "Export the comparison").height(26.0);
            if ui.add(export).clicked() {
                out.push(Command::ShowDialog(Some(Dialog::Export)));
            }
        });
    });
}

/// Which period is drawn how, and how many statements it has.
fn words_ui(ui: &mut Ui, made: &Comparison) {
    let theme = Theme::of(ui);
    let Compared { first, second, .. } = made.periods;
    let (before, after) = made.counts();
    for (period, count, share) in [(first, before, PALE), (second, after, 1.0)] {
        ui.horizontal(|ui| {
            ui.add_space(4.0);
            let (rect, _) = ui.allocate_exact_size(vec2(22.0, 16.0), Sense::hover());
            let bar = Rect::from_center_size(rect.center(), vec2(22.0, 7.0));
            let ink = theme.over(theme.palette.ink2, theme.palette.panel, share);
            ui.painter().rect_filled(bar, 0.0, ink);
            let words = format!("{} · {}", span_words(period), counted(count, "statement"));
            label(ui, &words, 13.0);
        });
    }
    if !made.unsure.is_empty() {
        let words = format!("{} dated less exactly, not counted", made.unsure.len());
        ui.horizontal(|ui| {
            ui.add_space(4.0);
            label(ui, &words, 12.5);
        });
    }
    if made.rows.is_empty() {
        label(ui, "No statement in either period.", 14.0);
    }
}

fn label(ui: &mut Ui, words: &str, size: f32) {
    let theme = Theme::of(ui);
    let text = egui::RichText::new(words)
        .font(Face::Ui.font(size))
        .color(theme.ink2);
    ui.label(text);
}

fn signed(first: usize, second: usize) -> String {
    match second.cmp(&first) {
        std::cmp::Ordering::Greater => format!("+{}", second - first),
        std::cmp::Ordering::Less => format!("−{}", first - second),
        std::cmp::Ordering::Equal => "0".to_owned(),
    }
}

fn row_ui(ui: &mut Ui, row: &ComparisonRow, most: usize, shown: Shown<'_>, out: &mut Commands) {
    let theme = Theme::of(ui);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let (first, second) = row.counts();
    let mut spoken = format!("{}, {first} before, {second} after", row.name);
    if let Some(moved) = row.moved_words() {
        spoken.push_str(&format!(", {moved}"));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 4.0, theme.hov);
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(3.0), 4, theme);
    }
    let numbers = 96.0;
    let names = (rect.width() * 0.36).max(80.0);
    let middle = rect.center().y;
    let format = Face::UiMedium.format(13.5, 18.0, theme.ink);
    let name = line(painter, &row.name, format, names - 12.0, 1);
    painter.galley(
        pos2(rect.left() + 4.0, middle - name.size().y / 2.0),
        name,
        theme.ink,
    );
    let bars = Rect::from_min_max(
        pos2(rect.left() + names, rect.top()),
        pos2(rect.right() - numbers - 8.0, rect.bottom()),
    );
    bars_ui(ui, bars, row, most);
    let right = rect.right() - 4.0;
    let text = |y: f32, words: &str, face: Face, ink| {
        let at = pos2(right, middle + y);
        painter.text(at, Align2::RIGHT_CENTER, words, face.font(12.5), ink);
    };
    let counts = format!("{first} → {second}   {}", signed(first, second));
    let moved = row.moved_words();
    let up = if moved.is_some() { -7.5 } else { 0.0 };
    text(up, &counts, Face::UiMedium, theme.ink);
    if let Some(moved) = moved {
        text(8.0, moved, Face::Ui, theme.ink2);
    }
    if response.clicked() {
        let refs = row.first.refs().chain(row.second.refs());
        out.push(pick(shown, &row.name, refs));
    }
    let words = format!(
        "{}\nbefore: {}\nafter: {}\nClick lists these statements",
        row.name,
        row.first.words(),
        row.second.words()
    );
    response.on_hover_text(words);
}

/// The first period above, pale; the second below it. Oppose left, support right of zero.
fn bars_ui(ui: &Ui, rect: Rect, row: &ComparisonRow, most: usize) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let zero = rect.center().x;
    let unit = (rect.width() / 2.0) / most.max(1) as f32;
    painter.vline(
        zero,
        rect.shrink2(vec2(0.0, 5.0)).y_range(),
        (1.0, theme.ctl),
    );
    for (sides, y, share) in [(&row.first, -5.0, PALE), (&row.second, 5.0, 1.0)] {
        let bar = |segment: &Segment, side: Polarity, way: f32| {
            if segment.is_empty() {
                return;
            }
            let long = (segment.len() as f32 * unit).max(2.0);
            let y = rect.center().y + y;
            let bar = Rect::from_two_pos(pos2(zero, y - 3.5), pos2(zero + way * long, y + 3.5));
            let rgb = theme.palette.polarity(side);
            let colour = theme.over(rgb, theme.palette.panel, share);
            painter.rect_filled(bar, 0.0, colour);
        };
        bar(&sides.oppose, Polarity::Oppose, -1.0);
        bar(&sides.support, Polarity::Support, 1.0);
        if sides.oppose.is_empty() && sides.support.is_empty() && !sides.neither.is_empty() {
            let at = pos2(zero, rect.center().y + y);
            paint::mark(painter, at, 6.0, Polarity::Neutral, true, theme.neu);
        }
    }
}

/// Asks for exactly these statements. The days go: the periods say them.
fn pick(shown: Shown<'_>, name: &str, refs: impl Iterator<Item = StatementRef>) -> Command {
    let mut filter = shown.view_state.filter.clone();
    filter.dates = None;
    let refs: BTreeSet<StatementRef> = refs.collect();
    filter.picked = Some(Picked::new(name, refs));
    Command::SetFilter(filter)
}
