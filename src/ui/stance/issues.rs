//! Issues: for each, who supports and who opposes it, all on one scale, and beside the bars a step
//! line an actor: how its position moved, with marks at the statements that it stands on.

use egui::{
    Align2, Painter, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::analysis::{IssueTrend, Picked, Segment, TrendLine, counted};
use crate::app::{Command, Commands, StanceOptions};
use crate::figure::axis::{Axis, AxisStyle, Window, axis};
use crate::figure::trend::{StepMark, StepPath, step_path, window};
use crate::ui::stance::cache::IssuesData;
use crate::ui::stance::paint::{self as shapes, BarStyle, Scale, Screen};
use crate::ui::stance::{Frame, PAD, annotation, ask_exactly, bars, child, offices_switch, only};
use crate::ui::theme::Face;
use crate::ui::widgets::{line, paint, segmented};

pub(super) const CONTROLS: f32 = 36.0;
const HEADS: f32 = 24.0;
const HEAD: f32 = 32.0;
const ROW: f32 = 29.0;
const BAR: f32 = 10.0;
/// How far support lies above the middle of a row.
const LIFT: f32 = 8.0;
const MORE: f32 = 20.0;
const END: f32 = 8.0;
const FOOT: f32 = 34.0;
/// Holders of an issue before *3 more*.
const FIRST: usize = 6;
/// Room for the number of neither.
const NEITHER: f32 = 26.0;

/// Where names, bars and step lines stand.
#[derive(Clone, Copy)]
struct Columns {
    names: f32,
    scale: Scale,
    /// Right edge of the number of neither.
    neither: f32,
    /// Left edge of the step lines, and what they show; none where nothing has a day.
    lines: f32,
    window: Option<Window>,
}

impl Columns {
    fn new(full: Rect, data: &IssuesData) -> Self {
        let room = full.width() - 2.0 * PAD - 24.0;
        let names = (room * 0.27).clamp(70.0, 220.0);
        let rest = room - names - NEITHER - 14.0;
        let lines_width = (rest * 0.46).max(90.0);
        let lines = full.right() - PAD - lines_width;
        let neither = lines - 14.0;
        let left = full.left() + PAD + 24.0 + names;
        Self {
            names,
            scale: Scale::new(left, neither - NEITHER, data.trend.most, 50.0),
            neither,
            lines,
            window: data.trend.days.map(|days| window(days, lines_width)),
        }
    }
}

/// An issue that is asked for shows all its holders.
fn holders_shown(block: &IssueTrend, frame: &Frame<'_>) -> usize {
    let all = block.lines.len();
    if frame.filter().issues.contains(&block.issue) {
        all
    } else {
        all.min(FIRST)
    }
}

fn block_height(block: &IssueTrend, frame: &Frame<'_>) -> f32 {
    let shown = holders_shown(block, frame);
    let more = if block.lines.len() > shown { MORE } else { 0.0 };
    HEAD + ROW * shown as f32 + more + END
}

/// Returns the height that the chart would take.
pub(super) fn height(data: &IssuesData, frame: &Frame<'_>) -> f32 {
    let blocks = data
        .trend
        .issues
        .iter()
        .map(|block| block_height(block, frame));
    CONTROLS + HEADS + blocks.sum::<f32>() + FOOT
}

/// Draws the choice between positions and shifts.
pub(super) fn controls_ui(ui: &mut Ui, rect: Rect, options: &mut StanceOptions) {
    let at = Rect::from_min_size(
        pos2(rect.left() + PAD, rect.top() + 5.0),
        vec2(rect.width() - 2.0 * PAD, 26.0),
    );
    let mut row = ui.new_child(UiBuilder::new().max_rect(at).id_salt("issues or shifts"));
    row.spacing_mut().interact_size.y = 26.0;
    let choices = [(false, "Positions"), (true, "Shifts")];
    if let Some(picked) = segmented(&mut row, "Issues", options.shifts, &choices) {
        options.shifts = picked;
    }
}

/// Draws the chart.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    data: &IssuesData,
    options: &mut StanceOptions,
    out: &mut Commands,
) {
    let full = ui.max_rect();
    let theme = frame.theme;
    let (controls, below) = full.split_top_bottom_at_y(full.top() + CONTROLS);
    controls_ui(ui, controls, options);
    let (heads, body) = below.split_top_bottom_at_y(below.top() + HEADS);
    let (body, foot) = body.split_top_bottom_at_y(body.bottom() - FOOT);
    if data.trend.issues.is_empty() {
        let words = "No statement on an issue in this filter";
        shapes::words(ui, heads, theme, words);
        return;
    }
    let columns = Columns::new(full, data);
    heads_ui(ui, heads, frame, columns);
    let mut body_ui = child(ui, body, "issues");
    ScrollArea::vertical()
        .id_salt("issues")
        .auto_shrink(false)
        .show_viewport(&mut body_ui, |ui, viewport| {
            ui.set_height(height(data, frame) - CONTROLS - HEADS - FOOT);
            let top = ui.max_rect().top();
            let mut y = 0.0;
            for block in &data.trend.issues {
                let high = block_height(block, frame);
                if y + high >= viewport.min.y && y <= viewport.max.y {
                    let rect =
                        Rect::from_min_size(pos2(full.left(), top + y), vec2(full.width(), high));
                    block_ui(ui, rect, frame, (block, columns), out);
                }
                y += high;
            }
        });
    let stroke = Stroke::new(1.0, theme.line);
    ui.painter().hline(foot.x_range(), foot.top() + 0.5, stroke);
    let switch = Rect::from_min_size(pos2(foot.left() + PAD, foot.top() + 5.0), vec2(230.0, 24.0));
    offices_switch(ui, switch, frame, out);
    if foot.width() > 440.0 - 1.0 {
        shapes::legend(ui.painter(), theme, foot.right() - PAD, switch.center().y);
    }
}

fn heads_ui(ui: &Ui, rect: Rect, frame: &Frame<'_>, columns: Columns) {
    let theme = frame.theme;
    let painter = ui.painter();
    let y = rect.center().y;
    let font = Face::UiMedium.font(12.5);
    let zero = columns.scale.zero;
    let at = pos2(zero - 7.0, y);
    painter.text(at, Align2::RIGHT_CENTER, "oppose", font.clone(), theme.opp);
    painter.text(
        pos2(zero + 7.0, y),
        Align2::LEFT_CENTER,
        "support",
        font,
        theme.sup,
    );
    if let Some(window) = columns.window {
        for label in &labels(painter, window).upper {
            let (face, ink) = if label.strong {
                (Face::UiSemibold, theme.ink2)
            } else {
                (Face::Ui, theme.ink3)
            };
            let at = pos2(columns.lines + label.text_x, y);
            painter.text(at, Align2::LEFT_CENTER, &label.words, face.font(11.5), ink);
        }
    }
}

fn labels(painter: &Painter, window: Window) -> Axis {
    let look = AxisStyle {
        size: 11.5,
        one_tier: true,
    };
    axis(window, look, &Screen(painter))
}

fn block_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    (block, columns): (&IssueTrend, Columns),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let on = frame.filter().issues.contains(&block.issue);
    let (head, mut rows) = rect.split_top_bottom_at_y(rect.top() + HEAD);
    head_ui(ui, head, frame, (block, on), out);
    let painter = ui.painter();
    let top = rows.top();
    let shown = holders_shown(block, frame);
    for line in block.lines.iter().take(shown) {
        let (row, rest) = rows.split_top_bottom_at_y(rows.top() + ROW);
        holder_ui(ui, row, frame, (block, line, columns), out);
        rows = rest;
    }
    shapes::zero_line(painter, theme, columns.scale.zero, top, rows.top());
    if block.lines.len() > shown {
        let words = format!("{} more", block.lines.len() - shown);
        let at = pos2(rows.left() + PAD + 24.0, rows.top() + MORE / 2.0);
        let font = Face::Ui.font(12.5);
        painter.text(at, Align2::LEFT_CENTER, words, font, theme.ink3);
    }
}

fn head_ui(
    ui: &Ui,
    head: Rect,
    frame: &Frame<'_>,
    (block, on): (&IssueTrend, bool),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let response = ui.interact(head, ui.scope_id().with(block.issue), Sense::click());
    let count = counted(block.total, "statement");
    response.widget_info(|| {
        let words = format!("{}, {count}", block.name);
        WidgetInfo::selected(Role::ListItem, true, on, words)
    });
    let painter = ui.painter();
    let state = (on, response.hovered());
    shapes::ground(painter, theme, head, state, frame.surface());
    let y = head.center().y;
    let meta = if on { theme.ink2 } else { theme.ink3 };
    let at = pos2(head.right() - PAD, y);
    let font = Face::Ui.font(12.5);
    let right = painter.text(at, Align2::RIGHT_CENTER, &count, font, meta);
    let ink = if block.asked { theme.ink } else { theme.ink3 };
    let format = Face::UiSemibold.format(13.5, 18.0, ink);
    let known = frame.snap.view.issues.get(&block.issue);
    let mut left = head.left() + PAD;
    if let Some(colour) = known.and_then(|row| row.colour) {
        paint::swatch(painter, theme, pos2(left + 6.0, y), 12.0, colour);
        left += 20.0;
    }
    let galley = line(painter, &block.name, format, right.left() - left - 12.0, 1);
    let at = pos2(left, y - galley.size().y / 2.0);
    painter.galley(at, galley, ink);
    if response.has_focus() {
        paint::focus_ring(painter, head.shrink(5.0), 4, theme);
    }
    if response.clicked() {
        out.push(frame.change(|filter| {
            filter.issues = if on { [].into() } else { [block.issue].into() };
        }));
    }
}

fn holder_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    (block, row, columns): (&IssueTrend, &TrendLine, Columns),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let view = &frame.snap.view;
    let name = view.entity_name(row.holder);
    let filter = frame.filter();
    let alone = filter.issues.len() == 1 && filter.issues.contains(&block.issue);
    let on = alone && only(&filter.holders, row.holder);
    let dimmed = !block.asked || !row.asked;
    let id = ui.scope_id().with((block.issue, row.holder));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let words = format!("{name} on {}, {}", block.name, row.sides.words());
        WidgetInfo::selected(Role::ListItem, true, on, words)
    });
    let painter = ui.painter();
    let state = (on, response.hovered());
    let surface = shapes::ground(painter, theme, rect, state, frame.surface());
    let y = rect.center().y;
    let at = pos2(rect.left() + PAD, y);
    let who = (name, view.entity_type(row.holder));
    bars::holder(painter, theme, at, who, (columns.names + 16.0, 1));
    let style = BarStyle {
        height: BAR,
        surface,
        dimmed,
        size: 12.0,
    };
    let pair = |segment: &Segment| (segment.confirmed.len(), segment.suggested.len());
    let both = (pair(&row.sides.oppose), pair(&row.sides.support));
    shapes::bar(painter, theme, (columns.scale, y), both, style);
    if !row.sides.neither.is_empty() {
        let meta = if on { theme.ink2 } else { theme.ink3 };
        let words = row.sides.neither.len().to_string();
        let at = pos2(columns.neither, y);
        painter.text(at, Align2::RIGHT_CENTER, words, Face::Ui.font(12.0), meta);
    }
    if let Some(window) = columns.window {
        let what = format!("{name} on {}", block.name);
        steps_ui(
            ui,
            (rect, id),
            frame,
            (row, &what, window, columns.lines, dimmed),
            out,
        );
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(4.0), 4, theme);
    }
    if response.clicked() {
        click(frame, (block, row), on, out);
    }
}

/// Asks for exactly the statements of an actor on an issue; again takes it back.
fn click(frame: &Frame<'_>, (block, row): (&IssueTrend, &TrendLine), on: bool, out: &mut Commands) {
    out.push(Command::SelectEntity((!on).then_some(row.holder)));
    if on {
        out.push(frame.change(|filter| {
            filter.issues.clear();
            filter.holders.clear();
            filter.picked = None;
        }));
        return;
    }
    let name = frame.snap.view.entity_name(row.holder);
    let words = format!("{name} on {}", block.name);
    out.push(ask_exactly(frame, &words, row.sides.refs(), |filter| {
        filter.issues = [block.issue].into();
        filter.holders = [row.holder].into();
    }));
}

fn steps_ui(
    ui: &Ui,
    (rect, id): (Rect, egui::Id),
    frame: &Frame<'_>,
    (row, what, window, left, dimmed): (&TrendLine, &str, Window, f32, bool),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let painter = ui.painter();
    let middle = rect.center().y;
    let right = left + window.width;
    let faint = Stroke::new(1.0, theme.line2);
    let ends = [pos2(left, middle), pos2(right, middle)];
    painter.extend(egui::Shape::dotted_line(&ends, faint.color, 4.0, 0.6));
    let StepPath { corners, marks } = step_path(&row.steps, window, middle, LIFT);
    let ink = if dimmed { theme.ctl } else { theme.ink2 };
    let points: Vec<_> = corners.iter().map(|at| pos2(left + at.x, at.y)).collect();
    painter.line(points, Stroke::new(1.4, ink));
    for (at, mark) in marks.iter().enumerate() {
        mark_ui(
            ui,
            id.with(("step", at)),
            frame,
            (mark, what, left, dimmed),
            out,
        );
    }
}

/// A click asks for exactly the statements of the mark; one alone is selected.
fn mark_ui(
    ui: &Ui,
    id: egui::Id,
    frame: &Frame<'_>,
    (mark, what, left, dimmed): (&StepMark, &str, f32, bool),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let painter = ui.painter();
    let centre = pos2(left + mark.at.x, mark.at.y);
    let area = Rect::from_center_size(centre, egui::Vec2::splat(mark.size + 3.0));
    let response = ui.interact(area, id, Sense::CLICK);
    let label = format!("{what}, {}", mark.label);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let rgb = theme.palette.polarity(mark.side);
    let share = if dimmed { 0.5 } else { 1.0 };
    let colour = theme.over(rgb, frame.surface(), share);
    let under = theme.over(frame.surface(), frame.surface(), 1.0);
    painter.circle_filled(centre, mark.size * 0.56, under);
    let grown = if response.hovered() { 2.0 } else { 0.0 };
    paint::mark(
        painter,
        centre,
        mark.size + grown,
        mark.side,
        mark.solid,
        colour,
    );
    if response.clicked() {
        out.push(frame.change(|filter| {
            filter.picked = Some(Picked::new(label.clone(), mark.refs.iter().copied()));
        }));
        if let [one] = mark.refs.as_slice() {
            out.push(Command::Select(Some(annotation(*one))));
        }
    }
    if response.hovered() {
        response.on_hover_text(&label);
    }
}
