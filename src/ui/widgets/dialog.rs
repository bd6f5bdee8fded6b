//! The frame of dialogs: scrim, title that says what happened or will happen, one ink button.

use egui::{Context, Frame, Id, Margin, Modal, Response, Stroke, Ui, Vec2, vec2};

use crate::ui::icons;
use crate::ui::theme::{Face, Theme, job, scale};
use crate::ui::widgets::{Button, visual};

/// A dialog over the window.
#[must_use = "show it"]
pub struct DialogFrame<'a> {
    name: &'a str,
    width: f32,
}

impl<'a> DialogFrame<'a> {
    /// A dialog called `name` (for screen readers), `width` wide or as wide as fits.
    pub fn new(name: &'a str, width: f32) -> Self {
        Self { name, width }
    }

    /// Draws it; returns whether it shall be closed (`Esc`, or a click beside it).
    pub fn show<R>(self, ctx: &Context, content: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
        let dark = ctx.theme() == egui::Theme::Dark;
        let theme = Theme::pick(dark);
        let window = ctx.content_rect();
        let width = self.width.min(window.width() - 48.0);
        let frame = Frame::new()
            .fill(theme.raise)
            .stroke(Stroke::new(1.0, theme.line2))
            .corner_radius(10)
            .shadow(theme.shadow())
            .inner_margin(Margin::same(24));
        let id = Id::unique(("dialog", self.name));
        let area = Modal::default_area(id)
            .accessible_name(self.name)
            .fade_in(false)
            .default_width(width);
        let shown = Modal::new(id)
            .area(area)
            .backdrop_color(theme.scrim())
            .frame(frame)
            .show(ctx, |ui| {
                ui.set_width(width - 48.0);
                ui.set_max_height(window.height() - 96.0);
                content(ui)
            });
        let beside = shown.backdrop_response.clicked();
        (shown.inner, beside)
    }
}

/// Shows the title row with its ×; returns whether that was clicked.
pub fn dialog_title(ui: &mut Ui, title: &str) -> bool {
    let theme = Theme::of(ui);
    let mut close = false;
    ui.horizontal_top(|ui| {
        let width = ui.available_width() - 40.0;
        let (size, line) = scale::DIALOG;
        let format = Face::UiSemibold.format(size, line, theme.ink);
        let label = ui.allocate_ui(vec2(width, line), |ui| -> Response {
            ui.set_width(width);
            ui.label(job(&visual(title), format, width))
        });
        label
            .inner
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let button = Button::icon_only(icons::X, "Close the dialog").height(28.0);
        close = ui.add(button).clicked();
    });
    close
}
