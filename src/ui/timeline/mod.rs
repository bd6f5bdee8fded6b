//! The timeline: lanes of marks and bars, density of publication, brush.
//!
//! What stands where comes from `figure` (the exported figure uses the same); `egui_plot` supplies the
//! transform. Data is kept by revision and filter, places of marks by window, so that a frame without
//! a change only paints. Not here: counting (`analysis`), the filter's meaning.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "screen positions and days of ten thousand years fit"
)]

mod bar;
mod brush;
mod card;
mod compare;
mod context;
mod data;
mod head;
mod lanes;
mod legend;
mod marks;
mod outside;
mod plot;

use egui::{Ui, vec2};
use jiff::civil::Date;

use crate::analysis::counted;
use crate::app::{Command, Commands, Dialog, Region, Snapshot, ViewState};
use crate::figure::scene::{Face as FigureFace, Measure, Style};
use crate::model::DateSpan;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::data::Data;
use crate::ui::widgets::link;

/// What the timeline remembers between frames; nothing that would be missed.
#[derive(Debug, Default)]
pub struct TimelineState {
    /// The day where the person is, for the line of today.
    pub today: Option<Date>,
    /// Visible days since 1970; none until there is something to fit.
    window: Option<(f64, f64)>,
    /// Whether the person moved the window: it is not fitted again.
    moved: bool,
    /// How far the lanes are scrolled, in points.
    scroll: f32,
    brush: brush::Brush,
    /// The compared period that the mouse drags.
    held: Option<brush::Held>,
    /// The first of two periods, while the second is picked by mouse.
    picking: Option<DateSpan>,
    /// What was compared in the last frame: another comparison moves the window to its periods.
    compared: Option<(DateSpan, DateSpan)>,
    /// A day of the plot and the lane there, as pointed at by its menu.
    pointed: Option<(i64, String)>,
    data: Data,
}

/// What is drawn, by whom it is read.
#[derive(Clone, Copy)]
struct Shown<'a> {
    snap: &'a Snapshot,
    view_state: &'a ViewState,
    enlarged: bool,
}

/// Draws the timeline into the whole of `ui`.
pub fn timeline_ui(
    ui: &mut Ui,
    snap: &Snapshot,
    view_state: &ViewState,
    state: &mut TimelineState,
    out: &mut Commands,
) {
    let shown = Shown {
        snap,
        view_state,
        enlarged: view_state.enlarged == Some(Region::Timeline),
    };
    state.data.update(snap, view_state);
    if !state.moved
        && let Some(days) = state.data.days
    {
        let window = crate::figure::timeline::window(days, 1.0);
        state.window = Some((window.from, window.to));
    }
    let rect = ui.max_rect();
    if shown.enlarged {
        ui.painter().rect_filled(rect, 0.0, Theme::of(ui).page);
    }
    if rect.height() >= 130.0 {
        head::head_ui(ui, shown, state, out);
    }
    if state.data.is_empty() {
        empty_ui(ui, state, out);
        return;
    }
    let mut body = ui.available_rect_before_wrap();
    let periods = view_state.compared.map(|two| (two.first, two.second));
    if state.compared != periods {
        state.compared = periods;
        if let Some((first, second)) = periods {
            let days = DateSpan {
                first: first.first.min(second.first),
                last: first.last.max(second.last),
            };
            plot::show(state, days);
        }
    }
    if view_state.compared.is_some() {
        let width = compare::WIDTH.min(body.width() * 0.5);
        let mut beside = body;
        beside.min.x = body.right() - width;
        body.max.x = beside.min.x;
        compare::compare_ui(ui, beside, shown, state, out);
    }
    plot::plot_ui(ui, body, shown, state, out);
}

fn empty_ui(ui: &mut Ui, state: &TimelineState, out: &mut Commands) {
    let theme = Theme::of(ui);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let text = egui::RichText::new("Nothing dated in this filter.")
            .font(Face::Ui.font(14.0))
            .color(theme.ink2);
        ui.label(text);
        let undated = state.data.timeline.undated_articles;
        if undated > 0 {
            let verb = if undated == 1 { "has" } else { "have" };
            let words = format!("{} {verb} no date:", counted(undated, "article"));
            ui.label(egui::RichText::new(words).color(theme.ink2));
            if link(ui, "Set dates…", 14.0).clicked() {
                out.push(Command::ShowDialog(Some(Dialog::SetDates)));
            }
        }
    });
    ui.allocate_space(vec2(1.0, 12.0));
}

/// Measures with egui's fonts.
struct Screen<'a>(&'a egui::Painter);

fn face(face: FigureFace) -> Face {
    match face {
        FigureFace::Ui => Face::Ui,
        FigureFace::UiMedium => Face::UiMedium,
        FigureFace::UiSemibold => Face::UiSemibold,
        FigureFace::Title => Face::ReadBold,
    }
}

impl Measure for Screen<'_> {
    fn width(&self, words: &str, style: Style) -> f32 {
        let font = face(style.face).font(style.size);
        let colour = egui::Color32::PLACEHOLDER;
        let galley = self.0.layout_no_wrap(words.to_owned(), font, colour);
        galley.size().x
    }
}

#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;
