//! Dropdown menus: rows with icon or badge, words, and the keys at the right.

use egui::{
    Color32, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::line;
use crate::ui::widgets::paint::{self, Lead};

/// A row of a menu.
#[derive(Debug, Clone, Copy, Default)]
pub struct MenuItem<'a> {
    /// The words.
    pub words: &'a str,
    /// Keys at the right.
    pub right: &'a str,
    /// A count or a few words at the right, where no keys are.
    pub note: &'a str,
    /// Badge or colour before the words.
    pub badge: Option<Lead>,
    /// Ticked, when that is told.
    pub ticked: Option<bool>,
    /// Greyed out.
    pub disabled: bool,
}

/// Shows a menu under a button that was made with [`crate::ui::widgets::Button::caret`].
pub fn menu<R>(
    button: &Response,
    name: &str,
    width: f32,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let dark = button.ctx.theme() == egui::Theme::Dark;
    let frame = Theme::pick(dark).card().inner_margin(6);
    Popup::menu(button)
        .accessible_name(name)
        .frame(frame)
        .gap(4.0)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 1.0;
            let height = ui.ctx().content_rect().height() - 120.0;
            egui::ScrollArea::vertical()
                .max_height(height)
                .show(ui, |ui| {
                    ui.set_width(width);
                    content(ui)
                })
                .inner
        })
        .map(|shown| shown.inner)
}

/// Shows words over a group of rows.
pub fn menu_section(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    ui.painter().text(
        pos2(rect.left() + 8.0, rect.center().y),
        egui::Align2::LEFT_CENTER,
        words,
        Face::Ui.font(12.5),
        theme.ink3,
    );
}

/// Shows a row; returns its response.
pub fn menu_item(ui: &mut Ui, item: MenuItem<'_>) -> Response {
    let theme = Theme::of(ui);
    let sense = if item.disabled {
        Sense::hover()
    } else {
        Sense::click()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), sense);
    response.widget_info(|| match item.ticked {
        Some(on) => WidgetInfo::selected(Role::MenuItemCheckBox, !item.disabled, on, item.words),
        None => WidgetInfo::labeled(Role::MenuItem, !item.disabled, item.words),
    });
    if ui.is_rect_visible(rect) {
        paint_item(ui, rect, item, theme, &response);
    }
    response
}

fn paint_item(ui: &Ui, rect: Rect, item: MenuItem<'_>, theme: &Theme, response: &Response) {
    let painter = ui.painter();
    if (response.hovered() || response.has_focus()) && !item.disabled {
        painter.rect_filled(rect, 5.0, theme.hov);
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(4.0), 3, theme);
    }
    let y = rect.center().y;
    let mut x = rect.left() + 8.0;
    if let Some(on) = item.ticked {
        if on {
            let stroke = egui::Stroke::new(1.7, theme.ink);
            paint::check(painter, pos2(x + 7.0, y), 16.0, stroke);
        }
        x += 22.0;
    }
    if let Some(lead) = item.badge {
        paint::lead(painter, theme, pos2(x + 8.0, y), lead);
        x += 24.0;
    }
    let (right, font) = if item.right.is_empty() {
        (item.note, Face::Ui.font(12.5))
    } else {
        (item.right, Face::Mono.font(11.5))
    };
    let right = painter.layout_no_wrap(right.to_owned(), font, Color32::PLACEHOLDER);
    let right_at = rect.right() - 8.0 - right.size().x;
    let ink = if item.disabled { theme.ink3 } else { theme.ink };
    let format = Face::Ui.format(14.0, 20.0, ink);
    let galley = line(painter, item.words, format, right_at - x - 12.0, 1);
    painter.galley(pos2(x, y - galley.size().y / 2.0), galley, ink);
    painter.galley(pos2(right_at, y - right.size().y / 2.0), right, theme.ink3);
}
