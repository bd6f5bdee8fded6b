//! The timeline: lanes of marks and bars, density of publication, brush.
//!
//! What stands where comes from `figure` (the exported figure uses the same); `egui_plot` supplies the
//! transform. Data is kept by revision and filter, places of marks by window, so that a frame without
//! a change only paints. Not here: counting (`analysis`), the filter's meaning.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "screen positions and days of ten thousand years fit"
)]

mod brush;
mod card;
mod data;
mod lanes;
mod plot;

use egui::{Ui, vec2};
use jiff::civil::Date;

use crate::analysis::{LaneKind, counted, date_of, span_words};
use crate::app::{Command, Commands, Dialog, LaneBy, Region, Snapshot, ViewState};
use crate::figure::scene::{Face as FigureFace, Measure, Style};
use crate::model::DateSpan;
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::data::Data;
use crate::ui::widgets::{Button, MenuItem, link, menu, menu_item, segmented};

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
    state
        .data
        .update(snap, view_state, lane_kind(view_state.lanes));
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
        head_ui(ui, shown, state, out);
    }
    if state.data.is_empty() {
        empty_ui(ui, state, out);
        return;
    }
    let body = ui.available_rect_before_wrap();
    plot::plot_ui(ui, body, shown, state, out);
}

fn lane_kind(lanes: LaneBy) -> LaneKind {
    match lanes {
        LaneBy::Actor => LaneKind::Actor,
        LaneBy::Issue => LaneKind::Issue,
        LaneBy::Act => LaneKind::Act,
        LaneBy::Article => LaneKind::Article,
    }
}

const LANES: [(LaneBy, &str); 4] = [
    (LaneBy::Actor, "Actor"),
    (LaneBy::Issue, "Issue"),
    (LaneBy::Act, "Act"),
    (LaneBy::Article, "Article"),
];

fn head_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        ui.add_space(16.0);
        let heading = egui::RichText::new("Timeline")
            .font(Face::UiSemibold.font(14.0))
            .color(theme.ink);
        ui.label(heading);
        ui.add_space(8.0);
        if let Some(lanes) = segmented(ui, "Lanes of the timeline", shown.view_state.lanes, &LANES)
        {
            state.scroll = 0.0;
            out.push(Command::SetLanes(lanes));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(12.0);
            tools_ui(ui, shown, state, out);
        });
    });
    ui.add_space(2.0);
}

fn tools_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let (icon, name, region) = if shown.enlarged {
        (icons::SHRINK, "Give the timeline's place back", None)
    } else {
        (
            icons::ENLARGE,
            "Enlarge the timeline",
            Some(Region::Timeline),
        )
    };
    if ui.add(Button::icon_only(icon, name).height(26.0)).clicked() {
        out.push(Command::Enlarge(region));
    }
    if shown.enlarged {
        let export = Button::secondary("Export chart")
            .icon(icons::EXPORT)
            .height(26.0);
        if ui.add(export).clicked() {
            out.push(Command::ShowDialog(Some(Dialog::Export)));
        }
    }
    if ui
        .add(Button::icon_only(icons::PLUS, "Zoom in").height(26.0))
        .clicked()
    {
        plot::zoom(state, 0.5, None);
    }
    if ui
        .add(Button::icon_only(icons::MINUS, "Zoom out").height(26.0))
        .clicked()
    {
        plot::zoom(state, 2.0, None);
    }
    let Some((from, to)) = state.window else {
        return;
    };
    let words = span_words(DateSpan {
        first: date_of(from.ceil() as i64),
        last: date_of((to.floor() as i64 - 1).max(from.ceil() as i64)),
    });
    let button = ui.add(
        Button::ghost(&words)
            .name("Days shown")
            .height(26.0)
            .caret(),
    );
    menu(&button, "Days shown", 220.0, |ui| {
        presets_ui(ui, shown, state, out);
    });
}

fn presets_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let item = |ui: &mut Ui, words: &str| {
        let row = MenuItem {
            words,
            ..MenuItem::default()
        };
        menu_item(ui, row).clicked()
    };
    if item(ui, "All days") {
        state.moved = false;
        brush::set(None, shown.view_state, out);
    }
    let Some(today) = state.today else {
        return;
    };
    if item(ui, "Last 7 days") {
        let first = date_of(crate::analysis::day_number(today) - 6);
        let days = DateSpan { first, last: today };
        brush::set(Some(days), shown.view_state, out);
    }
    if item(ui, "This month") {
        let days = DateSpan {
            first: today.first_of_month(),
            last: today.last_of_month(),
        };
        brush::set(Some(days), shown.view_state, out);
    }
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
mod tests;
