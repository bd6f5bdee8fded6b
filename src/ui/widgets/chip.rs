//! Removable parts of the filter line, and the line that a problem stands in.

use egui::{Color32, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{Face, Theme, job, scale};
use crate::ui::widgets::paint::Lead;
use crate::ui::widgets::{Button, paint, visual};

/// Shows a part of the filter; returns whether its × was clicked.
pub fn chip(ui: &mut Ui, words: &str, badge: Option<Lead>) -> bool {
    let theme = Theme::of(ui);
    let galley = ui.painter().layout_no_wrap(
        visual(words).into_owned(),
        Face::UiMedium.font(13.0),
        Color32::PLACEHOLDER,
    );
    let badge_width = if badge.is_some() { 22.0 } else { 0.0 };
    let width = 10.0 + badge_width + galley.size().x + 8.0 + 24.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, 26.0), Sense::hover());
    let painter = ui.painter();
    let border = Stroke::new(1.0, theme.line2);
    painter.rect(rect, 5.0, theme.raise, border, StrokeKind::Inside);
    let mut x = rect.left() + 10.0;
    if let Some(lead) = badge {
        paint::lead(painter, theme, pos2(x + 8.0, rect.center().y), lead);
        x += badge_width;
    }
    let y = rect.center().y - galley.size().y / 2.0;
    painter.galley(pos2(x, y), galley, theme.ink);
    let cross = egui::Rect::from_min_max(pos2(rect.right() - 26.0, rect.top()), rect.max);
    let id = ui.next_auto_id().with(("remove", words));
    let response = ui.interact(cross, id, Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            format!("Remove {words} from the filter"),
        )
    });
    let ink = if response.hovered() {
        theme.ink
    } else {
        theme.ink3
    };
    paint::icon(ui.painter(), cross.center(), icons::X, 12.0, ink);
    if response.has_focus() {
        paint::focus_ring(ui.painter(), cross.shrink(3.0), 4, theme);
    }
    response.clicked()
}

/// Shows a problem that stays: what, why and what to do. `buttons` are what can be done about it;
/// returns the place of the one clicked.
pub fn problem(ui: &mut Ui, what: &str, hint: &str, buttons: &[&str]) -> Option<usize> {
    let theme = Theme::of(ui);
    let mut clicked = None;
    let border = Stroke::new(
        1.0,
        theme.over(theme.palette.err, theme.palette.err_tint, 0.45),
    );
    egui::Frame::new()
        .fill(theme.err_tint)
        .stroke(border)
        .corner_radius(8)
        .inner_margin(12)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
                paint::icon(ui.painter(), rect.center(), icons::WARNING, 17.0, theme.err);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 4.0;
                    let width = ui.available_width();
                    let (size, line) = scale::BODY;
                    ui.label(job(
                        what,
                        Face::UiSemibold.format(size, line, theme.ink),
                        width,
                    ));
                    if !hint.is_empty() {
                        ui.label(job(hint, Face::Ui.format(13.5, 19.0, theme.ink), width));
                    }
                    if !buttons.is_empty() {
                        ui.add_space(4.0);
                        ui.horizontal(|ui| {
                            for (place, words) in buttons.iter().enumerate() {
                                if ui.add(Button::secondary(words).height(26.0)).clicked() {
                                    clicked = Some(place);
                                }
                            }
                        });
                    }
                });
            });
        });
    clicked
}
