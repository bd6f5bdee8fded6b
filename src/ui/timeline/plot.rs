//! The plot: grid, lanes, density, axis, and moving about in time.

use egui::{
    Align2, Color32, Painter, Pos2, Rect, Response, Sense, Stroke, Ui, UiBuilder, pos2, vec2,
};
use egui_plot::Plot;

use crate::analysis::{Bin, CompareBy, Compared, counted, date_of, date_words, day_number};
use crate::app::{Command, Commands, Dialog, EntryForm};
use crate::figure::axis::{AxisStyle, Label, Window, axis};
use crate::figure::timeline::bin_for;
use crate::model::DateSpan;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::{Screen, Shown, TimelineState, brush, compare, lanes, legend, outside};
use crate::ui::widgets::{MenuItem, menu_item};

/// Where the parts of the timeline lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Areas {
    /// Labels of the lanes.
    pub(super) labels: Rect,
    /// The lanes.
    pub(super) lanes: Rect,
    /// The density strip.
    pub(super) density: Rect,
    /// The axis.
    pub(super) axis: Rect,
    /// What the marks mean.
    pub(super) legend: Option<Rect>,
}

const DENSITY: f32 = 36.0;
const BRUSH_WORDS: f32 = 26.0;
const LEGEND: f32 = 34.0;
/// From this height on, the meaning of the marks stands below.
const LEGEND_FROM: f32 = 420.0;
/// Below this height the axis has one tier.
const TWO_TIERS_FROM: f32 = 216.0;

impl Areas {
    /// `words` are the height kept free above the lanes for the words of the brush.
    fn new(body: Rect, enlarged: bool, words: f32) -> (Self, bool) {
        let one_tier = body.height() < TWO_TIERS_FROM;
        let axis_height = if one_tier { 24.0 } else { 42.0 };
        let label_width = if enlarged { 264.0 } else { 180.0 };
        let left = (body.left() + label_width).min(body.right() - 80.0);
        let has_legend = body.height() >= LEGEND_FROM;
        let bottom = body.bottom() - if has_legend { LEGEND } else { 0.0 };
        let axis_top = (bottom - axis_height).max(body.top());
        let density_top = (axis_top - DENSITY).max(body.top());
        let lanes_bottom = (density_top - 6.0).max(body.top());
        let lanes_top = (body.top() + words).min(lanes_bottom);
        let row =
            |top: f32, bottom: f32| Rect::from_min_max(pos2(left, top), pos2(body.right(), bottom));
        let areas = Self {
            labels: Rect::from_min_max(pos2(body.left(), lanes_top), pos2(left, lanes_bottom)),
            lanes: row(lanes_top, lanes_bottom),
            density: row(density_top, axis_top),
            axis: row(axis_top, bottom),
            legend: has_legend.then(|| Rect::from_min_max(pos2(body.left(), bottom), body.max)),
        };
        (areas, one_tier)
    }

    /// Everything that follows the window.
    fn plot(&self) -> Rect {
        self.lanes.union(self.axis)
    }
}

/// Draws everything below the head.
pub(super) fn plot_ui(
    ui: &mut Ui,
    body: Rect,
    shown: Shown<'_>,
    state: &mut TimelineState,
    out: &mut Commands,
) {
    let brushed = state.brush.days(shown.view_state).is_some();
    let words = if shown.enlarged || (brushed && body.height() > 130.0) {
        BRUSH_WORDS
    } else {
        0.0
    };
    let (areas, one_tier) = Areas::new(body, shown.enlarged, words);
    let Some(wanted) = state.window else {
        return;
    };
    let (response, window) = transform(ui, areas.plot(), wanted);
    navigate(ui, &response, window, state, (areas, shown));
    let day_at = |at: Pos2| window.day(at.x - areas.plot().left()).floor() as i64;
    if response.clicked() {
        response.request_focus();
        if let (Some(first), Some(at)) = (state.picking, response.interact_pointer_pos()) {
            compare(state, first, brush::around(day_at(at), first), out);
        }
    }
    if response.double_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        double_click(at, window, (areas, shown), state, out);
    }
    let held = compare::drag_ui(&response, day_at, shown, state, out);
    if let Some(days) = (!held)
        .then(|| state.brush.drag(&response, day_at))
        .flatten()
    {
        match state.picking {
            Some(first) => compare(state, first, days, out),
            None => brush::set(Some(days), shown.view_state, out),
        }
    }
    plot_menu(&response, day_at, (areas, window, shown), state, out);
    focused_keys(ui, &response, window, shown, state, out);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, "Days of the timeline"));
    background(ui, areas, window, one_tier, state);
    lanes::lanes_ui(ui, areas, window, shown, state, out);
    density_ui(ui, areas, window, shown, state);
    axis_ui(ui, areas, window, one_tier, state);
    outside::outside_ui(ui, areas, window, state);
    if let Some(rect) = areas.legend {
        let entries = !shown.snap.project.entries.is_empty();
        legend::legend_ui(ui, rect, entries);
    }
    days_ui(ui, areas, window, shown, state);
    chosen_ui(ui, areas, window, shown, state);
    let mut moving = state.brush;
    moving.handles(ui, areas.density, window, shown.view_state, out);
    state.brush = moving;
    if response.has_focus() {
        let theme = Theme::of(ui);
        crate::ui::widgets::paint::focus_ring(ui.painter(), areas.plot().shrink(3.0), 2, theme);
    }
}

/// Keys while the plot, or the region as a whole, has the focus.
fn focused_keys(
    ui: &Ui,
    response: &Response,
    window: Window,
    shown: Shown<'_>,
    state: &mut TimelineState,
    out: &mut Commands,
) {
    let region = crate::ui::layout::region_id(crate::app::Region::Timeline);
    let id = if response.has_focus() {
        response.id
    } else {
        region
    };
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let keep = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keep));
    brush::keys(ui, window, shown.view_state, out);
    keys(ui, state);
}

/// The days that are chosen, or the two periods that are compared.
fn chosen_ui(ui: &Ui, areas: Areas, window: Window, shown: Shown<'_>, state: &TimelineState) {
    if let Some(compared) = shown.view_state.compared {
        let covered = Rect::from_min_max(areas.lanes.min, areas.density.max);
        let painter = ui.painter_at(covered);
        let periods = [compared.first, compared.second];
        brush::bands(&painter, covered, window, periods, Theme::of(ui));
    } else if let Some(days) = state.brush.days(shown.view_state) {
        let mut above = areas.plot();
        above.min.y -= BRUSH_WORDS;
        let painter = ui.painter_at(above);
        let theme = Theme::of(ui);
        let covered = Rect::from_min_max(areas.lanes.min, areas.density.max);
        brush::paint(&painter, covered, window, days, theme);
    }
}

/// Asks `egui_plot` for the transform of the window, and for the pointer.
fn transform(ui: &mut Ui, rect: Rect, (from, to): (f64, f64)) -> (Response, Window) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("timeline plot"));
    let plot = Plot::new("days")
        .width(rect.width())
        .height(rect.height())
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .show_x(false)
        .show_y(false)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .cursor_color(Color32::TRANSPARENT)
        .sense(Sense::click_and_drag());
    let shown = plot.show(&mut child, |plot| {
        plot.set_plot_bounds_x(from..=to);
        plot.set_plot_bounds_y(0.0..=1.0);
    });
    let bounds = shown.transform.bounds();
    let window = Window {
        from: bounds.min()[0],
        to: bounds.max()[0],
        width: rect.width(),
    };
    (shown.response, window)
}

/// A double-click on a lane takes it (or lets it go), one below the lanes shows all days again.
fn double_click(
    at: Pos2,
    window: Window,
    (areas, shown): (Areas, Shown<'_>),
    state: &mut TimelineState,
    out: &mut Commands,
) {
    if !areas.lanes.contains(at) {
        reset(state, shown, out);
        return;
    }
    let rows = state.data.rows(window, shown);
    let y = at.y - areas.lanes.top() + state.scroll;
    let timeline = &state.data.timeline;
    let row = rows.between(y, y + 0.1).next();
    match row.and_then(|row| Some((row, timeline.lanes.get(row.lane)?))) {
        Some((row, lane)) => {
            let part = row.part.and_then(|part| lane.parts.get(part));
            if let Some(filter) = lanes::row_filter(lane, part, shown) {
                out.push(Command::SetFilter(filter));
            }
        }
        None => reset(state, shown, out),
    }
}

/// Ends the picking of the second period and compares.
fn compare(state: &mut TimelineState, first: DateSpan, second: DateSpan, out: &mut Commands) {
    state.picking = None;
    let by = CompareBy::default();
    out.push(Command::SetCompared(Some(Compared { first, second, by })));
}

/// The menu of an empty place: an entry there, its days.
fn plot_menu(
    response: &Response,
    day_at: impl Fn(Pos2) -> i64,
    (areas, window, shown): (Areas, Window, Shown<'_>),
    state: &mut TimelineState,
    out: &mut Commands,
) {
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let rows = state.data.rows(window, shown);
        let y = at.y - areas.lanes.top() + state.scroll;
        let row = rows.between(y, y + 0.1).next();
        let lane = row.and_then(|row| state.data.timeline.lanes.get(row.lane));
        let lane = lane.filter(|_| areas.lanes.contains(at));
        let name = lane.map(|lane| lane.name.clone()).unwrap_or_default();
        state.pointed = Some((day_at(at), name));
    }
    let Some((day, lane)) = state.pointed.clone() else {
        return;
    };
    let theme = Theme::pick(response.ctx.theme() == egui::Theme::Dark);
    egui::Popup::context_menu(response)
        .accessible_name("What to do on this day")
        .frame(theme.card().inner_margin(6))
        .show(|ui| {
            ui.set_width(240.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let item = |ui: &mut Ui, words: &str| {
                let item = MenuItem {
                    words,
                    ..MenuItem::default()
                };
                menu_item(ui, item).clicked()
            };
            let date = date_of(day);
            if item(ui, &format!("New entry on {}…", date_words(date))) {
                let form = EntryForm::New(Some(date), lane);
                out.push(Command::ShowDialog(Some(Dialog::Entry(form))));
            }
            if item(ui, &format!("Only {}", date_words(date))) {
                brush::set(Some(DateSpan::day(date)), shown.view_state, out);
            }
            if item(ui, "All days") {
                reset(state, shown, out);
            }
        });
}

/// Shows all days, none of them chosen.
pub(super) fn reset(state: &mut TimelineState, shown: Shown<'_>, out: &mut Commands) {
    state.moved = false;
    state.scroll = 0.0;
    brush::set(None, shown.view_state, out);
}

/// `Ctrl`+scroll zooms at the pointer, scroll moves the lanes, `Shift`+scroll and the middle button
/// move in time.
fn navigate(
    ui: &Ui,
    response: &Response,
    window: Window,
    state: &mut TimelineState,
    (areas, shown): (Areas, Shown<'_>),
) {
    let all = areas.plot().union(areas.labels);
    if ui.rect_contains_pointer(all) {
        let (zoomed, scrolled, pointer) = ui.input(|input| {
            (
                input.zoom_delta(),
                input.smooth_scroll_delta,
                input.pointer.hover_pos(),
            )
        });
        if (zoomed - 1.0).abs() > 1e-3 {
            let at = pointer.map(|at| window.day(at.x - areas.plot().left()));
            zoom(state, 1.0 / f64::from(zoomed), at);
        } else {
            pan(state, -f64::from(scrolled.x / window.day_width()));
            state.scroll -= scrolled.y;
        }
    }
    if response.dragged_by(egui::PointerButton::Middle) {
        pan(
            state,
            -f64::from(response.drag_delta().x / window.day_width()),
        );
    }
    let lanes = state.data.rows(window, shown).height;
    state.scroll = state
        .scroll
        .clamp(0.0, (lanes - areas.lanes.height()).max(0.0));
}

/// `+` and `−` zoom, `Page Up` and `Page Down` move by nine tenths of what is visible, `↑` and `↓`
/// move the lanes, `Home` shows all days.
fn keys(ui: &Ui, state: &mut TimelineState) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let days = state.window.map_or(0.0, |(from, to)| to - from);
    if pressed(egui::Key::Plus) || pressed(egui::Key::Equals) {
        zoom(state, 0.5, None);
    }
    if pressed(egui::Key::Minus) {
        zoom(state, 2.0, None);
    }
    if pressed(egui::Key::PageDown) {
        pan(state, days * 0.9);
    }
    if pressed(egui::Key::PageUp) {
        pan(state, -days * 0.9);
    }
    if pressed(egui::Key::ArrowDown) {
        state.scroll += 27.0;
    }
    if pressed(egui::Key::ArrowUp) {
        state.scroll -= 27.0;
    }
    if pressed(egui::Key::Home) {
        state.moved = false;
    }
}

/// Shows these days, with a little air.
pub(super) fn show(state: &mut TimelineState, days: DateSpan) {
    let window = crate::figure::timeline::window(days, 1.0);
    state.window = Some((window.from, window.to));
    state.moved = true;
}

fn pan(state: &mut TimelineState, days: f64) {
    if let Some((from, to)) = &mut state.window
        && days.abs() > 1e-9
    {
        let room = 3.6e6_f64;
        let days = days.clamp(-room - *from, room - *to);
        *from += days;
        *to += days;
        state.moved = true;
    }
}

/// Multiplies the visible days by `factor`; the day `at` stays where it is.
pub(super) fn zoom(state: &mut TimelineState, factor: f64, at: Option<f64>) {
    let Some((from, to)) = &mut state.window else {
        return;
    };
    let span = *to - *from;
    let wanted = (span * factor).clamp(1.0 / 24.0, 400_000.0);
    let at = at.unwrap_or(f64::midpoint(*from, *to));
    let share = ((at - *from) / span).clamp(0.0, 1.0);
    *from = at - wanted * share;
    *to = *from + wanted;
    state.moved = true;
}

const LOOK: f32 = 12.5;

fn background(ui: &Ui, areas: Areas, window: Window, one_tier: bool, state: &mut TimelineState) {
    let theme = Theme::of(ui);
    let painter = ui.painter_at(areas.plot());
    let look = AxisStyle {
        size: LOOK,
        one_tier,
    };
    let screen = Screen(ui.painter());
    let axis = state
        .data
        .axis(window, one_tier, || axis(window, look, &screen));
    let left = areas.plot().left();
    let y = areas.lanes.top()..=areas.axis.top();
    for (from, to) in &axis.weekends {
        let rect = Rect::from_x_y_ranges(
            left + from..=left + to,
            areas.lanes.top()..=areas.axis.top(),
        );
        painter.rect_filled(rect, 0.0, theme.hov);
    }
    for x in &axis.grid {
        painter.vline(snap(ui, left + x), y.clone(), Stroke::new(1.0, theme.line));
    }
}

/// Lines of one point stand on whole pixels.
fn snap(ui: &Ui, x: f32) -> f32 {
    let scale = ui.pixels_per_point();
    ((x * scale).floor() + 0.5) / scale
}

fn axis_ui(ui: &Ui, areas: Areas, window: Window, one_tier: bool, state: &mut TimelineState) {
    let theme = Theme::of(ui);
    let painter = ui.painter_at(areas.axis.expand2(vec2(0.0, 2.0)));
    let top = areas.axis.top();
    painter.hline(areas.axis.x_range(), top, Stroke::new(1.0, theme.ctl));
    let (_, later) = state.data.outside(window);
    let axis = state.data.axis(window, one_tier, Default::default);
    let upper = if one_tier { 4.0 } else { 3.0 };
    let end = areas.axis.right() - outside::right_width(later);
    for label in &axis.upper {
        label_at(&painter, theme, (areas.axis.min, end), label, (upper, 6.0));
    }
    for label in &axis.lower {
        label_at(&painter, theme, (areas.axis.min, end), label, (21.0, 40.0));
    }
}

/// `end` is where words must end.
fn label_at(
    painter: &Painter,
    theme: &Theme,
    (at, end): (Pos2, f32),
    label: &Label,
    (y, tick): (f32, f32),
) {
    let (face, colour) = if label.strong {
        (Face::UiSemibold, theme.ink)
    } else {
        (Face::Ui, theme.ink2)
    };
    let galley = painter.layout_no_wrap(label.words.clone(), face.font(LOOK), colour);
    let left = pos2(at.x + label.text_x, at.y + y);
    if left.x + galley.size().x > end {
        return;
    }
    if label.x >= 0.0 {
        let stroke = Stroke::new(1.0, theme.ctl);
        painter.vline(at.x + label.x, at.y..=at.y + tick, stroke);
    }
    painter.galley(left, galley, colour);
}

/// Lines of today and of the open article's day.
fn days_ui(ui: &Ui, areas: Areas, window: Window, shown: Shown<'_>, state: &TimelineState) {
    let theme = Theme::of(ui);
    let painter = ui.painter_at(areas.plot());
    let x = |date| areas.plot().left() + window.x(day_number(date) as f64 + 0.5);
    let y = areas.lanes.top()..=areas.axis.top();
    if let Some(today) = state.today {
        let at = snap(ui, x(today));
        painter.vline(at, y.clone(), Stroke::new(1.0, theme.ctl));
        let inside = areas.plot().x_range().contains(at);
        if inside && shown.enlarged {
            let above = pos2(at, areas.lanes.top() - 4.0);
            let font = Face::Ui.font(LOOK);
            let align = Align2::CENTER_BOTTOM;
            ui.painter().text(above, align, "Today", font, theme.ink3);
        }
    }
    let article = shown.view_state.selection.article;
    let article = article.and_then(|id| shown.snap.project.articles.get(&id));
    if let Some(dct) = article.and_then(|state| state.article.meta.dct) {
        let at = x(dct.date);
        let line = [pos2(at, *y.start()), pos2(at, *y.end())];
        painter.extend(egui::Shape::dashed_line(
            &line,
            Stroke::new(1.2, theme.ink),
            2.0,
            2.0,
        ));
    }
}

fn density_ui(ui: &Ui, areas: Areas, window: Window, shown: Shown<'_>, state: &mut TimelineState) {
    let theme = Theme::of(ui);
    let bin = bin_for(window);
    let undated = state.data.timeline.undated_articles;
    let bars = state.data.density(shown.snap, shown.view_state, bin);
    let most = bars.iter().map(|bar| bar.total).max().unwrap_or(0);
    let strip = areas.density;
    let painter = ui.painter_at(strip.expand2(vec2(0.0, 1.0)));
    for bar in bars {
        let from = window.x(day_number(bar.first) as f64);
        let to = window.x(day_number(bar.end) as f64);
        if to < 0.0 || from > window.width {
            continue;
        }
        let rect = |count: u32| {
            let height = count as f32 / most.max(1) as f32 * (strip.height() - 4.0);
            Rect::from_min_max(
                pos2(strip.left() + from + 0.5, strip.bottom() - height),
                pos2(
                    (strip.left() + to - 0.5).max(strip.left() + from + 1.5),
                    strip.bottom(),
                ),
            )
        };
        let pale = theme.over(theme.palette.ctl, theme.palette.panel, 0.55);
        painter.rect_filled(rect(bar.total), 0.0, pale);
        painter.rect_filled(rect(bar.asked), 0.0, theme.ink2);
        named_bar(ui, rect(bar.total).expand2(vec2(0.0, 2.0)), bar, bin);
    }
    density_label(ui, areas, (most, undated), bin);
}

fn named_bar(ui: &Ui, rect: Rect, bar: &crate::analysis::DensityBar, bin: Bin) {
    let days = match bin {
        Bin::Day => date_words(bar.first),
        Bin::Week | Bin::Month | Bin::Year => {
            let last = date_of(day_number(bar.end) - 1);
            crate::analysis::span_words(crate::model::DateSpan {
                first: bar.first,
                last,
            })
        }
    };
    let count = usize::try_from(bar.total).unwrap_or_default();
    let words = if bar.asked == bar.total {
        format!("{days}, {}", counted(count, "article"))
    } else {
        format!("{days}, {} of {}", bar.asked, counted(count, "article"))
    };
    let id = ui.scope_id().with(("density", day_number(bar.first)));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(words);
}

fn density_label(ui: &Ui, areas: Areas, (most, undated): (u32, usize), bin: Bin) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let left = areas.labels.left() + 16.0;
    let words = format!("Articles per {}", bin.name());
    let small = Face::Ui.font(12.5);
    let y = areas.density.center().y;
    let text = |x: f32, y: f32, align: Align2, words: &str, colour: Color32| {
        painter.text(pos2(x, y), align, words, small.clone(), colour);
    };
    if undated > 0 {
        text(left, y - 8.0, Align2::LEFT_CENTER, &words, theme.ink2);
        let undated = format!("{undated} without a date");
        text(left, y + 8.0, Align2::LEFT_CENTER, &undated, theme.ink3);
    } else {
        text(left, y, Align2::LEFT_CENTER, &words, theme.ink2);
    }
    let right = areas.labels.right() - 10.0;
    if most > 0 {
        let top = areas.density.top() + 5.0;
        text(
            right,
            top,
            Align2::RIGHT_CENTER,
            &most.to_string(),
            theme.ink3,
        );
    }
    text(
        right,
        areas.density.bottom(),
        Align2::RIGHT_CENTER,
        "0",
        theme.ink3,
    );
}
