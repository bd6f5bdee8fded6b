//! Text fields, and the list that completes what is typed.

use egui::{
    Frame, Id, Key, Margin, Modifiers, Popup, PopupCloseBehavior, Rect, Response, Role, Stroke,
    TextEdit, Ui, WidgetInfo, vec2,
};

use crate::ui::reader::text::has_right_to_left;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::paint::Lead;
use crate::ui::widgets::{MenuItem, menu_item, paint, visual};

/// Shows a field of one line, 32 high; `name` is its accessible name.
pub fn text_field(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    name: &str,
    hint: &str,
    width: f32,
) -> Response {
    let mut read;
    let shown = if ui.memory(|memory| memory.has_focus(id)) || !has_right_to_left(text) {
        text
    } else {
        // Nobody types: the words stand in visual order, as they do everywhere else.
        read = visual(text).into_owned();
        &mut read
    };
    let edit = TextEdit::singleline(shown)
        .min_size(vec2(0.0, 32.0))
        .align(egui::Align2::LEFT_CENTER);
    field(ui, edit, id, name, hint, width)
}

/// Shows a field of several lines.
pub fn text_field_lines(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    name: &str,
    width: f32,
    rows: usize,
) -> Response {
    let edit = TextEdit::multiline(text).desired_rows(rows);
    field(ui, edit, id, name, "", width)
}

fn field(ui: &mut Ui, edit: TextEdit<'_>, id: Id, name: &str, hint: &str, width: f32) -> Response {
    let theme = Theme::of(ui);
    let hint = egui::RichText::new(hint).color(theme.ink3);
    let frame = Frame::new()
        .fill(theme.well)
        .stroke(Stroke::new(1.0, theme.ctl))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(9, 5));
    let output = edit
        .id(id)
        .hint_text(hint)
        .font(Face::Ui.font(14.0))
        .text_color(theme.ink)
        .frame(frame)
        .desired_width(width)
        .show(ui);
    let response = output.response.response;
    let response = response.accessible_name(name);
    if response.has_focus() {
        paint::focus_ring(ui.painter(), response.rect, 6, theme);
    }
    response
}

/// One way to complete what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion<T> {
    /// What it stands for.
    pub value: T,
    /// The words.
    pub words: String,
    /// Badge or colour before them.
    pub badge: Option<Lead>,
    /// Count or note at the right.
    pub right: String,
}

/// Shows a field whose text is completed from a list: ↓ ↑ walk, `Enter` and `Tab` take, a click
/// takes, and the list goes: the next `Enter` is the dialog's. `find` returns at most a dozen for
/// the typed words. Returns what was taken.
pub fn complete<T>(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    name: &str,
    width: f32,
    find: impl FnOnce(&str) -> Vec<Completion<T>>,
) -> (Response, Option<T>) {
    let focused = ui.memory(|memory| memory.has_focus(id));
    let mut at: usize = ui.data(|data| data.get_temp(id).unwrap_or(0));
    let taken_id = id.with("taken");
    // What was taken last; the list comes back when anything else is typed, or asked for by ↓.
    let last: Option<String> = ui.data(|data| data.get_temp(taken_id));
    let again = ui.input(|input| input.key_pressed(Key::ArrowDown));
    let settled = !again && !text.is_empty() && last.as_ref() == Some(text);
    let mut found = if focused && !settled {
        find(text)
    } else {
        Vec::new()
    };
    at = at.min(found.len().saturating_sub(1));
    let mut take = None;
    if !found.is_empty() {
        let key = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if key(Key::ArrowDown) {
            at = (at + 1).min(found.len() - 1);
        }
        if key(Key::ArrowUp) {
            at = at.saturating_sub(1);
        }
        if key(Key::Enter) {
            take = Some(at);
        }
    }
    let response = text_field(ui, id, text, name, "", width);
    if response.changed() {
        at = 0;
    }
    let lost_by_tab = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Tab));
    if lost_by_tab && found.is_empty() {
        take = None;
    }
    let clicked = list(ui, &response, &found, at);
    take = take.or(clicked);
    ui.data_mut(|data| data.insert_temp(id, at));
    let taken = take.filter(|place| *place < found.len()).map(|place| {
        let completion = found.swap_remove(place);
        text.clone_from(&completion.words);
        ui.data_mut(|data| data.insert_temp(taken_id, completion.words.clone()));
        completion.value
    });
    (response, taken)
}

fn list<T>(ui: &Ui, field: &Response, found: &[Completion<T>], at: usize) -> Option<usize> {
    if found.is_empty() {
        return None;
    }
    let theme = Theme::of(ui);
    let mut clicked = None;
    let shown = Popup::from_response(field)
        .id(field.id.with("completion"))
        .open(true)
        .accessible_name("Completions")
        .frame(theme.card().inner_margin(6))
        .gap(4.0)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .show(|ui| {
            ui.set_width((field.rect.width() - 14.0).max(180.0));
            ui.spacing_mut().item_spacing.y = 1.0;
            for (place, completion) in found.iter().enumerate() {
                let item = MenuItem {
                    words: &completion.words,
                    note: &completion.right,
                    badge: completion.badge,
                    ..MenuItem::default()
                };
                let behind = ui.painter().add(egui::Shape::Noop);
                let row = menu_item(ui, item);
                if place == at {
                    mark_current(ui, behind, row.rect, theme);
                }
                row.widget_info(|| {
                    WidgetInfo::selected(Role::ListBoxOption, true, place == at, &completion.words)
                });
                if row.clicked() || row.is_pointer_button_down_on() {
                    clicked = Some(place);
                }
            }
        });
    if let Some(shown) = shown {
        // The dialog that the field stands in may have come after the list was first shown.
        ui.ctx().move_to_top(shown.response.layer_id);
    }
    clicked
}

fn mark_current(ui: &Ui, behind: egui::layers::ShapeIdx, rect: Rect, theme: &Theme) {
    let shape = egui::Shape::rect_filled(rect, 5.0, theme.sel);
    ui.painter().set(behind, shape);
}
