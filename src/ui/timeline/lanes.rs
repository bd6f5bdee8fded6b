//! Lanes: labels, marks and bars; hovering shows the sentence, clicking goes to it.

use egui::{
    Align2, Color32, Mesh, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::analysis::{ItemKind, Lane, TimelineItem, TimelineLane, counted};
use crate::app::{Command, Commands};
use crate::figure::axis::Window;
use crate::figure::marks::{Ends, Glyph, Placed, SpanMark};
use crate::figure::timeline::mark_name;
use crate::model::{Annotation, AnnotationKind, Polarity};
use crate::ui::theme::{Face, Theme, elided};
use crate::ui::timeline::card::card_ui;
use crate::ui::timeline::plot::Areas;
use crate::ui::timeline::{Shown, TimelineState};
use crate::ui::widgets::paint;

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
    let count = state.data.timeline.lanes.len();
    let first = (state.scroll / areas.lane).floor().max(0.0) as usize;
    let visible = (areas.lanes.height() / areas.lane).ceil() as usize + 1;
    for index in first..count.min(first + visible) {
        let top = areas.lanes.top() + index as f32 * areas.lane - state.scroll;
        let row = Rect::from_min_max(
            pos2(areas.labels.left(), top),
            pos2(areas.lanes.right(), top + areas.lane),
        );
        let all = areas.labels.union(areas.lanes);
        let painter = ui.painter_at(all);
        painter.hline(row.x_range(), row.bottom(), Stroke::new(1.0, theme.line));
        state.data.marks(index, window, areas.lane);
        let marks = state.data.marks(index, window, areas.lane);
        let (placed, spans) = (marks.placed.clone(), marks.spans.clone());
        let Some(lane) = state.data.timeline.lanes.get(index) else {
            continue;
        };
        let on = is_on(lane, shown);
        label_ui(ui, areas, row, (lane, on), shown, out);
        let at = InLane {
            lane,
            index,
            on,
            clip: areas.lanes,
            middle: row.center().y,
            surface: if shown.enlarged {
                theme.palette.page
            } else {
                theme.palette.panel
            },
        };
        for span in spans {
            at.span_ui(ui, span, shown, out);
        }
        for mark in placed {
            at.mark_ui(ui, &mark, window, shown, out);
        }
    }
    scroll_bar(ui, areas, count as f32 * areas.lane, state.scroll);
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

/// Whether a lane is asked for and, with an entity selected, is that entity's.
fn is_on(lane: &TimelineLane, shown: Shown<'_>) -> bool {
    let selected = shown.view_state.selection.entity;
    let own = match (lane.lane, selected) {
        (Lane::Actor(entity), Some(selected)) => {
            entity == selected || entity == shown.snap.view.principal(selected)
        }
        _ => true,
    };
    lane.asked && own
}

fn label_ui(
    ui: &Ui,
    areas: Areas,
    row: Rect,
    (lane, on): (&TimelineLane, bool),
    shown: Shown<'_>,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    let rect = Rect::from_min_max(row.min, pos2(areas.labels.right(), row.bottom()));
    let seen = rect.intersect(areas.labels);
    if !seen.is_positive() {
        return;
    }
    let response = ui.interact(
        seen,
        ui.scope_id().with(("lane", lane.lane)),
        Sense::click(),
    );
    let mut words = format!("{}, {}", lane.name, counted(lane.statements(), "statement"));
    if lane.undated > 0 {
        words.push_str(&format!(", {} without a date", lane.undated));
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    let painter = ui.painter_at(areas.labels);
    if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.hov);
    }
    label_words(&painter, theme, (rect, areas.lane), (lane, on), shown);
    if response.has_focus() {
        paint::focus_ring(&painter, rect.shrink(4.0), 2, theme);
    }
    if response.clicked() {
        out.push(lane_command(lane, shown));
    }
    if response.double_clicked()
        && let Some(filter) = lane_filter(lane, shown)
    {
        out.push(Command::SetFilter(filter));
    }
    response.on_hover_text(words);
}

fn label_words(
    painter: &Painter,
    theme: &Theme,
    (rect, height): (Rect, f32),
    (lane, on): (&TimelineLane, bool),
    shown: Shown<'_>,
) {
    let mut left = rect.left() + 16.0;
    if let Lane::Actor(entity) = lane.lane
        && let Some(entity_type) = shown.snap.view.entity_type(entity)
    {
        let surface = (!on).then_some(theme.palette.panel);
        paint::badge(
            painter,
            theme,
            pos2(left + 8.0, rect.center().y),
            entity_type,
            surface,
        );
        left += 24.0;
    }
    let colour = if on { theme.ink } else { theme.ink3 };
    let right = rect.right() - 12.0;
    let count = painter.layout_no_wrap(
        lane.statements().to_string(),
        Face::Ui.font(13.0),
        theme.ink2,
    );
    let room = right - count.size().x - 8.0 - left;
    let format = Face::UiMedium.format(13.5, 18.0, colour);
    let name = painter.layout_job(elided(&lane.name, format, room, 1));
    let two_rows = lane.undated > 0 && height >= 40.0;
    let middle = rect.center().y - if two_rows { 8.0 } else { 0.0 };
    painter.galley(pos2(left, middle - name.size().y / 2.0), name, colour);
    painter.galley(
        pos2(right - count.size().x, middle - count.size().y / 2.0),
        count,
        theme.ink2,
    );
    if two_rows {
        let undated = format!("{} without a date", lane.undated);
        let at = pos2(left, rect.center().y + 10.0);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            undated,
            Face::Ui.font(12.5),
            theme.ink3,
        );
    }
}

fn lane_command(lane: &TimelineLane, shown: Shown<'_>) -> Command {
    match lane.lane {
        Lane::Actor(entity) => {
            let selected = shown.view_state.selection.entity == Some(entity);
            Command::SelectEntity((!selected).then_some(entity))
        }
        Lane::Article(article) => Command::OpenArticle(article),
        Lane::Issue(_) | Lane::Act(_) => match lane_filter(lane, shown) {
            Some(filter) => Command::SetFilter(filter),
            None => Command::SelectEntity(None),
        },
    }
}

/// The filter that takes this lane; none for statements without an issue.
fn lane_filter(lane: &TimelineLane, shown: Shown<'_>) -> Option<crate::analysis::Filter> {
    let mut filter = shown.view_state.filter.clone();
    match lane.lane {
        Lane::Actor(entity) => filter.holders = [entity].into(),
        Lane::Issue(issue) => filter.issues = [issue?].into(),
        Lane::Act(act) => filter.acts = [act].into(),
        Lane::Article(article) => filter.articles = [article].into(),
    }
    Some(filter)
}

fn annotation(kind: ItemKind) -> Option<Annotation> {
    match kind {
        ItemKind::Statement(at) => Some(Annotation {
            article: at.article,
            kind: AnnotationKind::Statement,
            id: at.id,
        }),
        ItemKind::Time(article, id) => Some(Annotation {
            article,
            kind: AnnotationKind::Timex,
            id,
        }),
        ItemKind::Publication(_) => None,
    }
}

struct InLane<'a> {
    lane: &'a TimelineLane,
    index: usize,
    on: bool,
    clip: Rect,
    middle: f32,
    surface: crate::figure::tokens::Rgb,
}

impl InLane<'_> {
    fn colour(&self, theme: &Theme, side: Polarity, asked: bool) -> Color32 {
        let rgb = theme.palette.polarity(side);
        let share = if self.on && asked { 1.0 } else { 0.5 };
        theme.over(rgb, self.surface, share)
    }

    fn items(&self, indices: &[usize]) -> Vec<&TimelineItem> {
        let items = indices.iter();
        items
            .filter_map(|index| self.lane.items.get(*index))
            .collect()
    }

    fn mark_ui(
        &self,
        ui: &Ui,
        mark: &Placed,
        window: Window,
        shown: Shown<'_>,
        out: &mut Commands,
    ) {
        if mark.x < -8.0 || mark.x > window.width + 8.0 {
            return;
        }
        let theme = Theme::of(ui);
        let painter = ui.painter_at(self.clip);
        let at = pos2(self.clip.left() + mark.x, self.middle + mark.dy);
        let selected = self.is_selected(&mark.items, shown);
        match mark.glyph {
            Glyph::Side { side, size, solid } => {
                let colour = self.colour(theme, side, mark.asked);
                paint::mark(&painter, at, size, side, solid, colour);
            }
            Glyph::Pill => {
                let rect = Rect::from_center_size(at, vec2(23.0, 15.0));
                let ink = if self.on && mark.asked {
                    theme.ink2
                } else {
                    theme.ctl
                };
                let stroke = Stroke::new(1.0, ink);
                painter.rect(rect, 7.5, theme.raise, stroke, StrokeKind::Inside);
                let count = mark.items.len().to_string();
                let font = Face::UiMedium.font(11.5);
                painter.text(at, Align2::CENTER_CENTER, count, font, ink);
            }
            Glyph::Tick { publication } => {
                let half = if publication { 7.0 } else { 4.0 };
                let ink = if publication { theme.ink2 } else { theme.ctl };
                let stroke = Stroke::new(1.5, ink);
                painter.vline(at.x, at.y - half..=at.y + half, stroke);
            }
        }
        if selected {
            let ring = Rect::from_center_size(at, vec2(20.0, 20.0));
            painter.rect_stroke(ring, 10.0, Stroke::new(2.0, theme.ink), StrokeKind::Middle);
        }
        let rect = Rect::from_center_size(at, vec2(12.5, 24.0));
        self.answer(ui, rect, ("mark", &mark.items), shown, out);
    }

    fn is_selected(&self, indices: &[usize], shown: Shown<'_>) -> bool {
        let selected = shown.view_state.selection.annotation;
        selected.is_some()
            && self
                .items(indices)
                .iter()
                .any(|item| annotation(item.kind) == selected)
    }

    /// Hover shows the card, a click goes to the sentence; further clicks go through them all.
    fn answer(
        &self,
        ui: &Ui,
        rect: Rect,
        (what, indices): (&str, &[usize]),
        shown: Shown<'_>,
        out: &mut Commands,
    ) {
        let seen = rect.intersect(self.clip);
        let Some(first) = indices.first() else {
            return;
        };
        if !seen.is_positive() {
            return;
        }
        let id = ui.scope_id().with((what, self.index, *first));
        let response = ui.interact(seen, id, Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, true, mark_name(self.lane, indices))
        });
        if response.has_focus() {
            let ring = rect.shrink2(vec2(0.0, 4.0));
            paint::focus_ring(ui.painter(), ring, 3, Theme::of(ui));
        }
        if response.clicked() {
            let items = self.items(indices);
            let selected = shown.view_state.selection.annotation;
            let now = items
                .iter()
                .position(|item| selected.is_some() && annotation(item.kind) == selected);
            let next = now.map_or(0, |now| (now + 1) % items.len().max(1));
            if let Some(item) = items.get(next) {
                out.push(match item.kind {
                    ItemKind::Publication(article) => Command::OpenArticle(article),
                    ItemKind::Statement(_) | ItemKind::Time(..) => {
                        Command::Select(annotation(item.kind))
                    }
                });
            }
        }
        response.on_hover_ui(|ui| card_ui(ui, shown.snap, &self.items(indices)));
    }

    fn span_ui(&self, ui: &Ui, span: SpanMark, shown: Shown<'_>, out: &mut Commands) {
        let theme = Theme::of(ui);
        let painter = ui.painter_at(self.clip);
        let colour = self.colour(theme, span.side, span.asked);
        let thin = span.ends == Ends::Within;
        let tall = self.clip.height() > 0.0 && shown.enlarged;
        let y = match (thin, tall) {
            (true, _) => self.middle,
            (false, true) => self.middle + 14.0,
            (false, false) => self.middle + 9.5,
        };
        let left = self.clip.left();
        let bar = Bar {
            painter: &painter,
            colour,
            y,
            height: if tall { 7.0 } else { 4.0 },
        };
        let clamp = |x: f32| left + x.clamp(-20.0, self.clip.width() + 20.0);
        if thin {
            bar.thin(clamp(span.from), clamp(span.to));
        } else {
            bar.solid(clamp(span.solid_from), clamp(span.solid_to), span.solid);
            bar.fade(clamp(span.from), clamp(span.solid_from), false);
            bar.fade(clamp(span.solid_to), clamp(span.to), true);
            match span.ends {
                Ends::GoesOn => bar.head(self.clip.right().min(left + span.to), 1.0),
                Ends::WasBefore => bar.head(left.max(left + span.from), -1.0),
                Ends::Within | Ends::Both => {}
            }
        }
        let rect = Rect::from_min_max(
            pos2(clamp(span.from), y - 5.0),
            pos2(clamp(span.to), y + 5.0),
        );
        self.answer(ui, rect, ("span", &[span.item]), shown, out);
    }
}

struct Bar<'a> {
    painter: &'a Painter,
    colour: Color32,
    y: f32,
    height: f32,
}

impl Bar<'_> {
    fn rect(&self, from: f32, to: f32) -> Rect {
        let half = self.height / 2.0;
        Rect::from_min_max(pos2(from, self.y - half), pos2(to, self.y + half))
    }

    fn cap(&self, x: f32) {
        let half = self.height / 2.0 + 2.0;
        let stroke = Stroke::new(1.25, self.colour);
        self.painter.vline(x, self.y - half..=self.y + half, stroke);
    }

    /// One day of these: a thin bar with caps.
    fn thin(&self, from: f32, to: f32) {
        let rect = Rect::from_min_max(pos2(from, self.y - 1.0), pos2(to, self.y + 1.0));
        self.painter.rect_filled(rect, 0.0, self.colour);
        self.cap(from);
        self.cap(to);
    }

    fn solid(&self, from: f32, to: f32, decided: bool) {
        if to <= from {
            return;
        }
        let rect = self.rect(from, to);
        if decided {
            self.painter.rect_filled(rect, 0.0, self.colour);
        } else {
            paint::hatch(self.painter, rect, self.colour);
            let stroke = Stroke::new(1.0, self.colour);
            self.painter
                .rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
        }
    }

    /// From sure to possible: fades out, with a whisker to the last possible day.
    fn fade(&self, from: f32, to: f32, from_left: bool) {
        if to - from < 0.5 {
            return;
        }
        let rect = self.rect(from, to);
        let clear = Color32::TRANSPARENT;
        let (left, right) = if from_left {
            (self.colour, clear)
        } else {
            (clear, self.colour)
        };
        let mut mesh = Mesh::default();
        for (at, colour) in [
            (rect.left_top(), left),
            (rect.right_top(), right),
            (rect.right_bottom(), right),
            (rect.left_bottom(), left),
        ] {
            mesh.colored_vertex(at, colour);
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(0, 2, 3);
        self.painter.add(Shape::mesh(mesh));
        let stroke = Stroke::new(1.25, self.colour);
        self.painter.hline(from..=to, self.y, stroke);
        self.cap(if from_left { to } else { from });
    }

    fn head(&self, x: f32, way: f32) {
        let half = self.height / 2.0 + 2.0;
        let corner = |dx: f32, dy: f32| -> Pos2 { pos2(x + dx * way, self.y + dy) };
        let points = vec![corner(-8.0, -half), corner(0.0, 0.0), corner(-8.0, half)];
        self.painter
            .add(Shape::convex_polygon(points, self.colour, Stroke::NONE));
    }
}
