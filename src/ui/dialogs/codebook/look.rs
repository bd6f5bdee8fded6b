//! What the pages share: a row of a list, and the row of colours and the key.

use egui::{Align2, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::model::{CODE_KEYS, Swatch};
use crate::ui::dialogs::codebook::label;
use crate::ui::dialogs::field_id;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{line, paint, text_field};

pub(super) const ROW: f32 = 40.0;

/// A row of a list: colour, name at the left, a note and a key at the right.
#[derive(Clone, Copy, Default)]
pub(super) struct ListRow<'a> {
    pub(super) name: &'a str,
    pub(super) note: &'a str,
    /// What a screen reader says.
    pub(super) spoken: &'a str,
    pub(super) colour: Option<Swatch>,
    pub(super) key: Option<char>,
    /// Whether it is the person's own.
    pub(super) strong: bool,
    pub(super) chosen: bool,
}

/// Shows a row; returns whether it was clicked.
pub(super) fn list_row(ui: &mut Ui, row: ListRow<'_>) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, row.chosen, row.spoken));
    let painter = ui.painter();
    if row.chosen {
        painter.rect_filled(rect, 6.0, theme.sel);
    } else if response.hovered() {
        painter.rect_filled(rect, 6.0, theme.hov);
    }
    let y = rect.center().y;
    let (mut left, mut right) = (rect.left() + 10.0, rect.right() - 10.0);
    if let Some(colour) = row.colour {
        paint::swatch(painter, theme, pos2(left + 6.0, y), 12.0, colour);
        left += 20.0;
    }
    let meta = if row.chosen { theme.ink2 } else { theme.ink3 };
    let font = Face::Ui.font(12.5);
    let note = painter.text(pos2(right, y), Align2::RIGHT_CENTER, row.note, font, meta);
    right = note.left() - 8.0;
    if let Some(key) = row.key {
        let cap = key.to_string();
        let caps = ["Alt", cap.as_str()];
        let width = paint::caps_width(painter, &caps);
        paint::caps(painter, theme, pos2(right - width, y), &caps, false);
        right -= width + 8.0;
    }
    let face = if row.strong {
        Face::UiSemibold
    } else {
        Face::Ui
    };
    let format = face.format(14.0, 18.0, theme.ink);
    let name = line(painter, row.name, format, right - left, 1);
    painter.galley(pos2(left, y - name.size().y / 2.0), name, theme.ink);
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(3.0), 4, theme);
    }
    response.clicked()
}

/// Shows the colours and the field of the key.
pub(super) fn colour_and_key(
    ui: &mut Ui,
    what: &str,
    colour: &mut Option<Swatch>,
    key: &mut Option<char>,
) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width(10.0 * 28.0 + 12.0);
            label(ui, "Colour");
            colours(ui, what, colour);
        });
        ui.vertical(|ui| {
            label(
                ui,
                "Key, with Alt, in the editor and on a selected statement",
            );
            key_field(ui, what, key);
        });
    });
}

fn colours(ui: &mut Ui, what: &str, colour: &mut Option<Swatch>) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let none = std::iter::once(None);
        for choice in none.chain(Swatch::ALL.into_iter().map(Some)) {
            let (rect, response) = ui.allocate_exact_size(vec2(26.0, 32.0), Sense::click());
            let on = *colour == choice;
            let name = choice.map_or("none", Swatch::name);
            response.widget_info(|| {
                let words = format!("Colour of {what}: {name}");
                WidgetInfo::selected(Role::RadioButton, true, on, words)
            });
            let painter = ui.painter();
            let square = egui::Rect::from_center_size(rect.center(), vec2(16.0, 16.0));
            match choice {
                Some(choice) => paint::swatch(painter, theme, rect.center(), 16.0, choice),
                None => {
                    let border = Stroke::new(1.0, theme.ctl);
                    painter.rect_stroke(square, 3.0, border, StrokeKind::Inside);
                }
            }
            if on {
                let border = Stroke::new(2.0, theme.ink);
                painter.rect_stroke(square.expand(3.0), 5.0, border, StrokeKind::Inside);
            }
            if response.has_focus() {
                paint::focus_ring(painter, square.expand(2.0), 4, theme);
            }
            if response.clicked() {
                *colour = choice;
            }
            response.on_hover_text(name);
        }
    });
}

/// One character: the last that was typed and may be one.
fn key_field(ui: &mut Ui, what: &str, key: &mut Option<char>) {
    let mut text = key.map(String::from).unwrap_or_default();
    let name = format!("Key of {what}");
    let id = field_id("code key");
    let hint = "4 … 0, B, C";
    let response = text_field(ui, id, &mut text, &name, hint, 110.0);
    if response.changed() {
        let typed = text.chars().rev().map(|c| c.to_ascii_uppercase());
        *key = typed.into_iter().find(|c| CODE_KEYS.contains(*c));
    }
    response.on_hover_text(format!("One of {CODE_KEYS}: the editor uses the others"));
}
