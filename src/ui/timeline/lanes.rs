//! Lanes and their parts: labels at the left, marks in time at the right.

use egui::{Align2, Painter, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::{Filter, Lane, Timeline, TimelineLane, counted};
use crate::app::{Command, Commands};
use crate::figure::axis::Window;
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::data::Row;
use crate::ui::timeline::marks::InLane;
use crate::ui::timeline::plot::Areas;
use crate::ui::timeline::{Shown, TimelineState};
use crate::ui::widgets::{line_job, paint};

/// A lane with what stands beside it.
#[derive(Clone, Copy)]
struct Head<'a> {
    lane: &'a TimelineLane,
    /// Whether its parts are shown; none if it has none.
    open: Option<bool>,
    is_part: bool,
    /// Whether it is asked for and, with an entity selected, is that entity's.
    on: bool,
    rect: Rect,
}

/// Returns the lane or part of a row.
pub(super) fn lane_of<'a>(timeline: &'a Timeline, row: &Row) -> Option<&'a TimelineLane> {
    let lane = timeline.lanes.get(row.lane)?;
    match row.part {
        None => Some(lane),
        Some(part) => lane.parts.get(part),
    }
}

/// Draws the lanes that are visible.
pub(super) fn lanes_ui(
    ui: &mut Ui,
    areas: Areas,
    window: Window,
    shown: Shown<'_>,
    state: &mut TimelineState,
    out: &mut Commands,
) {
    if areas.lanes.height() < 20.0 {
        return;
    }
    let theme = Theme::of(ui);
    let rows = state.data.rows(window, shown);
    let timeline = std::rc::Rc::clone(&state.data.timeline);
    let mut fold = None;
    let painter = ui.painter_at(areas.labels.union(areas.lanes));
    let bottom = state.scroll + areas.lanes.height();
    for row in rows.between(state.scroll, bottom) {
        let (Some(lane), Some(whole)) = (lane_of(&timeline, row), timeline.lanes.get(row.lane))
        else {
            continue;
        };
        let top = areas.lanes.top() + row.top - state.scroll;
        let bottom = top + row.layout.height;
        let indent = if row.part.is_some() { 40.0 } else { 0.0 };
        let left = areas.labels.left() + indent;
        painter.hline(
            left..=areas.lanes.right(),
            bottom,
            Stroke::new(1.0, theme.line),
        );
        let on = lane.asked && is_selected(&whole.lane, shown);
        let head = Head {
            lane,
            open: (row.part.is_none() && !lane.parts.is_empty())
                .then(|| !shown.view_state.folded.contains(&lane.lane)),
            is_part: row.part.is_some(),
            on,
            rect: Rect::from_min_max(
                pos2(areas.labels.left(), top),
                pos2(areas.labels.right(), top + row.head),
            ),
        };
        if label_ui(ui, areas.labels, head, whole, shown, out) {
            fold = Some(lane.lane.clone());
        }
        let at = InLane {
            lane,
            whole,
            row: (row.lane, row.part),
            on,
            clip: areas.lanes,
            top,
            window,
            enlarged: shown.enlarged,
        };
        at.ui(ui, &row.layout, shown, out);
    }
    if let Some(lane) = fold {
        let mut folded = shown.view_state.folded.clone();
        if !folded.remove(&lane) {
            folded.insert(lane);
        }
        out.push(Command::SetFolded(folded));
    }
    scroll_bar(ui, areas, rows.height, state.scroll);
}

fn scroll_bar(ui: &Ui, areas: Areas, height: f32, scroll: f32) {
    let seen = areas.lanes.height();
    if height <= seen {
        return;
    }
    let theme = Theme::of(ui);
    let from = areas.lanes.top() + scroll / height * seen;
    let rect = Rect::from_min_size(
        pos2(areas.lanes.right() - 6.0, from),
        vec2(4.0, (seen / height * seen).max(16.0)),
    );
    ui.painter().rect_filled(rect, 2.0, theme.line2);
}

/// Whether no actor is selected, or the lane is that actor's.
fn is_selected(lane: &Lane, shown: Shown<'_>) -> bool {
    match (lane, shown.view_state.selection.entity) {
        (Lane::Actor(entity), Some(selected)) => {
            *entity == selected || *entity == shown.snap.view.principal(selected)
        }
        _ => true,
    }
}

/// Returns whether the parts of the lane are to be folded or shown.
fn label_ui(
    ui: &Ui,
    labels: Rect,
    head: Head<'_>,
    whole: &TimelineLane,
    shown: Shown<'_>,
    out: &mut Commands,
) -> bool {
    let theme = Theme::of(ui);
    let seen = head.rect.intersect(labels);
    if !seen.is_positive() {
        return false;
    }
    let lane = head.lane;
    let id = ui
        .scope_id()
        .with(("lane", &whole.lane, head.is_part, &lane.lane));
    let response = ui.interact(seen, id, Sense::click());
    let entries = lane.entries();
    let mut words = match (lane.statements(), entries) {
        (0, 1) => format!("{}, 1 own entry", lane.name),
        (0, many @ 2..) => format!("{}, {many} own entries", lane.name),
        (all, _) if lane.counted > 0 && lane.counted < all => {
            format!(
                "{}, {} of {}",
                lane.name,
                lane.counted,
                counted(all, "statement")
            )
        }
        (all, _) => format!("{}, {}", lane.name, counted(all, "statement")),
    };
    if head.is_part {
        words = format!("{}: {words}", whole.name);
    }
    if lane.undated > 0 {
        words.push_str(&format!(", {} without a date", lane.undated));
    }
    if lane.hidden > 0 {
        words.push_str(&format!(", {} hidden", lane.hidden));
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    let painter = ui.painter_at(labels);
    if response.hovered() {
        painter.rect_filled(head.rect, 0.0, theme.hov);
    }
    label_words(&painter, theme, head, shown);
    if response.has_focus() {
        paint::focus_ring(&painter, head.rect.shrink(4.0), 2, theme);
    }
    if response.clicked() {
        out.push(lane_command(lane, shown));
    }
    if response.double_clicked()
        && let Some(filter) = row_filter(whole, head.is_part.then_some(lane), shown)
    {
        out.push(Command::SetFilter(filter));
    }
    if lane_filter_exists(lane) {
        words.push_str("\nClick selects, double-click filters by it");
    }
    response.on_hover_text(words);
    head.open
        .is_some_and(|open| fold_ui(ui, head, labels, open))
}

/// The caret before a lane with parts; returns whether it was clicked.
fn fold_ui(ui: &Ui, head: Head<'_>, labels: Rect, open: bool) -> bool {
    let theme = Theme::of(ui);
    let centre = pos2(head.rect.left() + 12.0, head.rect.center().y);
    let rect = Rect::from_center_size(centre, vec2(24.0, 24.0)).intersect(labels);
    let id = ui.scope_id().with(("fold", &head.lane.lane));
    let response = ui.interact(rect, id, Sense::click());
    let verb = if open { "Fold" } else { "Unfold" };
    let words = format!("{verb} {}", head.lane.name);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    let icon = if open {
        icons::CARET_DOWN
    } else {
        icons::CARET_RIGHT
    };
    let ink = if response.hovered() {
        theme.ink
    } else {
        theme.ink2
    };
    paint::icon(&ui.painter_at(labels), centre, icon, 12.0, ink);
    if response.has_focus() {
        paint::focus_ring(ui.painter(), rect.shrink(4.0), 3, theme);
    }
    response.clicked()
}

fn label_words(painter: &Painter, theme: &Theme, head: Head<'_>, shown: Shown<'_>) {
    let Head { lane, rect, on, .. } = head;
    let mut left = rect.left() + 16.0;
    if head.open.is_some() {
        left += 8.0;
    }
    if head.is_part {
        left = rect.left() + 40.0;
    } else if let Lane::Actor(entity) = lane.lane
        && let Some(entity_type) = shown.snap.view.entity_type(entity)
    {
        let surface = (!on).then_some(theme.palette.panel);
        let centre = pos2(left + 8.0, rect.center().y);
        paint::badge(painter, theme, centre, entity_type, surface);
        left += 24.0;
    }
    if let Some(colour) = lane.colour {
        let centre = pos2(left + 5.0, rect.center().y);
        paint::swatch(painter, theme, centre, 10.0, colour);
        left += 17.0;
    }
    let colour = if on { theme.ink } else { theme.ink3 };
    let right = rect.right() - 12.0;
    let count = painter.layout_no_wrap(lane.number().to_string(), Face::Ui.font(13.0), theme.ink2);
    let room = right - count.size().x - 8.0 - left;
    let face = if head.is_part {
        Face::Ui
    } else {
        Face::UiMedium
    };
    let format = face.format(13.5, 18.0, colour);
    let mut job = line_job(painter, &lane.name, format, room, 1);
    job.wrap.break_anywhere = true;
    let name = painter.layout_job(job);
    let two_rows = lane.undated > 0 && rect.height() >= 40.0;
    let middle = rect.center().y - if two_rows { 8.0 } else { 0.0 };
    painter.galley(pos2(left, middle - name.size().y / 2.0), name, colour);
    let at = pos2(right - count.size().x, middle - count.size().y / 2.0);
    painter.galley(at, count, theme.ink2);
    if two_rows {
        let undated = format!("{} without a date", lane.undated);
        let at = pos2(left, rect.center().y + 10.0);
        let font = Face::Ui.font(12.5);
        painter.text(at, Align2::LEFT_CENTER, undated, font, theme.ink3);
    }
}

/// Whether a double-click on the lane asks for it alone.
fn lane_filter_exists(lane: &TimelineLane) -> bool {
    limit(&mut Filter::default(), &lane.lane).is_some()
}

fn lane_command(lane: &TimelineLane, shown: Shown<'_>) -> Command {
    match lane.lane {
        Lane::Actor(entity) => {
            let selected = shown.view_state.selection.entity == Some(entity);
            Command::SelectEntity((!selected).then_some(entity))
        }
        Lane::Article(article) => Command::OpenArticle(article),
        Lane::Issue(_) | Lane::Act(_) | Lane::Outlet(_) | Lane::Own(_) => {
            match row_filter(lane, None, shown) {
                Some(filter) => Command::SetFilter(filter),
                None => Command::SelectEntity(None),
            }
        }
    }
}

/// The filter that takes this lane, and of it this part; none for statements without an issue. If it
/// is taken already, the filter that lets it go.
pub(super) fn row_filter(
    lane: &TimelineLane,
    part: Option<&TimelineLane>,
    shown: Shown<'_>,
) -> Option<Filter> {
    let now = &shown.view_state.filter;
    let mut filter = now.clone();
    let lanes = [Some(lane), part];
    for lane in lanes.into_iter().flatten() {
        limit(&mut filter, &lane.lane)?;
    }
    if filter == *now {
        for lane in lanes.into_iter().flatten() {
            release(&mut filter, &lane.lane);
        }
    }
    Some(filter)
}

fn limit(filter: &mut Filter, lane: &Lane) -> Option<()> {
    match lane {
        Lane::Actor(entity) => filter.holders = [*entity].into(),
        Lane::Issue(issue) => filter.issues = [(*issue)?].into(),
        Lane::Act(act) => filter.acts = [*act].into(),
        Lane::Article(article) => filter.articles = [*article].into(),
        Lane::Outlet(name) if name.is_empty() => return None,
        Lane::Own(_) => return None,
        Lane::Outlet(name) => filter.outlets = [name.to_string()].into(),
    }
    Some(())
}

fn release(filter: &mut Filter, lane: &Lane) {
    match lane {
        Lane::Actor(_) => filter.holders.clear(),
        Lane::Issue(_) => filter.issues.clear(),
        Lane::Act(_) => filter.acts.clear(),
        Lane::Article(_) => filter.articles.clear(),
        Lane::Outlet(_) => filter.outlets.clear(),
        Lane::Own(_) => {}
    }
}
