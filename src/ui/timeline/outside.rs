//! What lies outside the visible days: *3 earlier*, *2 later*, and the way there.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use crate::analysis::day_number;
use crate::figure::axis::Window;
use crate::model::DateSpan;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::timeline::TimelineState;
use crate::ui::timeline::plot::Areas;
use crate::ui::widgets::Button;

const HEIGHT: f32 = 24.0;

/// Draws the two buttons beside the axis, each only if something lies there.
pub(super) fn outside_ui(ui: &mut Ui, areas: Areas, window: Window, state: &mut TimelineState) {
    let (earlier, later) = state.data.outside(window);
    let middle = areas.axis.top() + areas.axis.height().min(HEIGHT) / 2.0;
    if earlier > 0 && areas.labels.width() > 120.0 {
        let width = 112.0;
        let right = areas.labels.right() - 6.0;
        let rect = Rect::from_center_size(pos2(right - width / 2.0, middle), vec2(width, HEIGHT));
        if button(ui, rect, earlier, false) {
            lead(state, window, false);
        }
    }
    if later > 0 && areas.axis.width() > 260.0 {
        let width = right_width(later);
        let right = areas.axis.right() - 4.0;
        let rect = Rect::from_center_size(pos2(right - width / 2.0, middle), vec2(width, HEIGHT));
        let theme = Theme::of(ui);
        let surface = ui.painter().clip_rect();
        let back = rect.expand2(vec2(4.0, 0.0)).intersect(surface);
        ui.painter().rect_filled(back, 0.0, theme.panel);
        if button(ui, rect, later, true) {
            lead(state, window, true);
        }
    }
}

/// Returns how much of the axis the button at the right takes.
pub(super) fn right_width(later: usize) -> f32 {
    let digits = later.checked_ilog10().unwrap_or(0) as f32 + 1.0;
    if later > 0 { 58.0 + digits * 8.0 } else { 0.0 }
}

fn button(ui: &mut Ui, rect: Rect, count: usize, after: bool) -> bool {
    let word = if after { "later" } else { "earlier" };
    let words = format!("{count} {word}");
    let icon = if after {
        icons::CARET_RIGHT
    } else {
        icons::CARET_LEFT
    };
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .id_salt(word)
            .layout(egui::Layout::right_to_left(egui::Align::Center)),
    );
    let hint = if after {
        "Outside the visible days: go to the next"
    } else {
        "Outside the visible days: go to the last before"
    };
    let button = Button::ghost(&words).icon(icon).height(HEIGHT).hint(hint);
    child.add(button).clicked()
}

/// Moves the window to the nearest item outside; it grows if that lasts longer than it shows.
fn lead(state: &mut TimelineState, window: Window, after: bool) {
    let Some(DateSpan { first, last }) = state.data.nearest(window, after) else {
        return;
    };
    let (first, last) = (day_number(first) as f64, day_number(last) as f64 + 1.0);
    let days = (window.to - window.from).max((last - first) * 1.2);
    let middle = f64::midpoint(first, last);
    // The item stands a fifth from the edge that it came in by.
    let share = if after { 0.8 } else { 0.2 };
    let from = (middle - days * share).min(first).max(last - days);
    state.window = Some((from, from + days));
    state.moved = true;
}
