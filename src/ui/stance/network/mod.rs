//! Network: who is for and against whom, or takes the same and opposite sides on issues.
//!
//! The layout is worked out by the session; here it is fitted, moved and zoomed. A click on an actor
//! asks for it, a click on a tie for exactly its statements.

mod draw;
mod mesh;

use std::sync::Arc;

use egui::{
    Align2, Mesh, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use crate::analysis::{NetworkKind, NetworkOptions, Normalisation, Picked, Repeats, counted};
use crate::app::{Command, Commands, StanceOptions};
use crate::figure::network::layout::{Arrangement, Plan};
use crate::figure::network::{self as figure, Chart, Link, Path, Spot};
use crate::figure::scene::{Area, Point, point};
use crate::figure::tokens::Rgb;
use crate::ui::stance::cache::NetworkData;
use crate::ui::stance::network::draw::{
    Look, Names, add_tie, foot_ui, names, names_ui, paint_badge,
};
use crate::ui::stance::network::mesh::Ink;
use crate::ui::stance::{Frame, PAD, bars, only};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{Button, MenuItem, menu, menu_item, menu_section, paint};

const CONTROLS: f32 = 34.0;
const FOOT: f32 = 56.0;
/// Room around the picture for names.
const MARGIN: Vec2 = vec2(58.0, 34.0);
/// How near the pointer must be to a tie, in points.
const NEAR: f32 = 5.0;
/// Above this many ties their marks are not reached by `Tab`; the pointer reaches all.
const MARKS: usize = 400;

/// What is remembered between frames.
pub(super) struct NetworkView {
    zoom: f32,
    pan: Vec2,
    /// The layout that was wished for last.
    wished: Option<u64>,
    /// All ties as they are, and as they are where an actor is lit.
    ties: [Option<(ViewKey, Arc<Mesh>)>; 2],
    names: Option<(ViewKey, Names)>,
}

/// What the mesh of all ties and the places of names were made from: turn of the network, view, size
/// of a pixel, ground.
type ViewKey = (u64, Onto, f32, Rgb);

impl Default for NetworkView {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            pan: Vec2::ZERO,
            wished: None,
            ties: [None, None],
            names: None,
        }
    }
}

/// From the layout to the screen.
#[derive(Clone, Copy, PartialEq)]
struct Onto {
    canvas: Rect,
    centre: Point,
    scale: f32,
    pan: Vec2,
}

impl Onto {
    fn new(canvas: Rect, area: Area, view: &NetworkView) -> Self {
        let room = canvas.size() - MARGIN * 2.0;
        let fit = (room.x / area.width.max(1.0)).min(room.y / area.height.max(1.0));
        Self {
            canvas,
            centre: area.centre(),
            scale: fit.clamp(0.05, 1.5) * view.zoom,
            pan: view.pan,
        }
    }

    fn place(&self, spot: &Spot) -> Pos2 {
        let from_centre = vec2(spot.at.x - self.centre.x, spot.at.y - self.centre.y);
        self.canvas.center() + self.pan + from_centre * self.scale
    }

    fn radius(&self, spot: &Spot) -> f32 {
        spot.radius * self.scale.clamp(0.72, 1.2)
    }

    fn path(&self, chart: &Chart, link: &Link) -> Option<Path> {
        let end = |place: usize| {
            let spot = chart.spots.get(place)?;
            let at = self.place(spot);
            Some((point(at.x, at.y), self.radius(spot)))
        };
        figure::path(link, end(link.from)?, end(link.to)?)
    }
}

/// Draws the chart.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    data: &NetworkData,
    (view, options): (&mut NetworkView, &mut StanceOptions),
    out: &mut Commands,
) {
    let full = ui.max_rect();
    let (controls, below) = full.split_top_bottom_at_y(full.top() + CONTROLS);
    let (canvas, foot) = below.split_top_bottom_at_y(below.bottom() - FOOT);
    controls_ui(ui, controls, view, &mut options.network);
    foot_ui(ui, foot, frame, data, out);
    let arranged = &frame.view_state.arrangement;
    wish(data, arranged, view, out);
    let chart = &data.chart;
    let known = |spot: &Spot| arranged.places.contains_key(&spot.entity);
    if chart.spots.is_empty() {
        words_ui(ui, canvas, frame, empty_words(options.network.kind));
    } else if !chart.spots.iter().all(known) {
        words_ui(
            ui,
            canvas,
            frame,
            &format!("Arranging {}", counted(chart.spots.len(), "actor")),
        );
    } else {
        canvas_ui(ui, canvas, frame, (data, view), out);
    }
}

/// Asks for a layout of what is not laid out yet, once.
fn wish(data: &NetworkData, arranged: &Arrangement, view: &mut NetworkView, out: &mut Commands) {
    let key = data.key;
    if data.chart.spots.is_empty() || arranged.key == key || view.wished == Some(key) {
        return;
    }
    view.wished = Some(key);
    let plan = Plan::new(&data.network, arranged);
    out.push(Command::Arrange(Box::new(plan)));
}

fn empty_words(kind: NetworkKind) -> &'static str {
    match kind {
        NetworkKind::Direct => "No position of one actor towards another in this filter",
        NetworkKind::Congruence | NetworkKind::Conflict | NetworkKind::Subtract => {
            "No position on an issue in this filter"
        }
    }
}

fn words_ui(ui: &Ui, rect: Rect, frame: &Frame<'_>, words: &str) {
    let at = pos2(rect.left() + PAD, rect.top() + 24.0);
    let font = Face::Ui.font(14.0);
    let theme = frame.theme;
    let at = ui
        .painter()
        .text(at, Align2::LEFT_CENTER, words, font, theme.ink2);
    let response = ui.interact(at, ui.scope_id().with("words"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

fn controls_ui(ui: &mut Ui, rect: Rect, view: &mut NetworkView, options: &mut NetworkOptions) {
    let at = Rect::from_min_max(
        pos2(rect.left() + PAD - 9.0, rect.top() + 4.0),
        pos2(rect.right() - PAD + 9.0, rect.bottom() - 4.0),
    );
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(at)
            .id_salt("network controls")
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    row.spacing_mut().item_spacing.x = 2.0;
    let name = format!("Ties: {}", options.kind.name());
    let button = Button::ghost(options.kind.name()).height(26.0).caret();
    let response = row.add(button.name(&name));
    menu(&response, "Ties", 250.0, |ui| kind_menu(ui, options));
    if options.kind != NetworkKind::Direct {
        let words = match options.normalisation {
            Normalisation::None => "Plain",
            Normalisation::Average => "Average",
            Normalisation::Jaccard => "Jaccard",
            Normalisation::Cosine => "Cosine",
        };
        let name = format!("Weights: {}", options.normalisation.name());
        let response = row.add(Button::ghost(words).height(26.0).caret().name(&name));
        menu(&response, "Weights", 230.0, |ui| weight_menu(ui, options));
    }
    let moved = (view.zoom - 1.0).abs() > 1e-3 || view.pan.length() > 0.5;
    if moved
        && row
            .add(Button::ghost("Fit").height(26.0).name("Fit the network"))
            .clicked()
    {
        (view.zoom, view.pan) = (1.0, Vec2::ZERO);
    }
}

fn kind_menu(ui: &mut Ui, options: &mut NetworkOptions) {
    for kind in NetworkKind::ALL {
        let item = MenuItem {
            words: kind.name(),
            right: kind.term().unwrap_or_default(),
            ticked: Some(kind == options.kind),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            options.kind = kind;
        }
    }
}

fn weight_menu(ui: &mut Ui, options: &mut NetworkOptions) {
    menu_section(ui, "Weight of a tie");
    for normalisation in Normalisation::ALL {
        let item = MenuItem {
            words: normalisation.name(),
            ticked: Some(normalisation == options.normalisation),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            options.normalisation = normalisation;
        }
    }
    menu_section(ui, "The same position again");
    for repeats in Repeats::ALL {
        let item = MenuItem {
            words: repeats.name(),
            ticked: Some(repeats == options.repeats),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            options.repeats = repeats;
        }
    }
}

fn canvas_ui(
    ui: &Ui,
    canvas: Rect,
    frame: &Frame<'_>,
    (data, view): (&NetworkData, &mut NetworkView),
    out: &mut Commands,
) {
    let ground = ui.interact(
        canvas,
        ui.scope_id().with("ground"),
        Sense::CLICK | Sense::DRAG,
    );
    move_view(ui, &ground, canvas, view);
    let chart = &data.chart;
    let onto = Onto::new(canvas, data.area, view);
    let painter = ui
        .painter()
        .with_clip_rect(canvas.intersect(ui.clip_rect()));
    let spots: Vec<Response> = chart
        .spots
        .iter()
        .map(|spot| spot_response(ui, &onto, spot))
        .collect();
    let lit = lit(frame, chart, &spots);
    let paths: Vec<(usize, Path)> = visible(chart, &onto, lit);
    let marked = mark_responses(ui, chart, &onto, &paths);
    let pointer = ground.hover_pos().filter(|_| ground.hovered());
    let under = marked
        .as_ref()
        .map(|(link, _)| *link)
        .or_else(|| pointer.and_then(|pointer| nearest(&paths, pointer)));
    let key: ViewKey = (
        data.turn,
        onto,
        1.0 / painter.pixels_per_point(),
        frame.surface(),
    );
    painter.add(all_ties(frame, chart, (view, key), lit));
    painter.add(strong_ties(frame, chart, (&paths, key), (lit, under)));
    paint_spots(&painter, frame, (chart, &onto), (&spots, lit), out);
    names_of(&painter, frame, (chart, view, key), lit);
    for (spot, response) in chart.spots.iter().zip(&spots) {
        if response.hovered() {
            response.clone().on_hover_text(&spot.label);
        }
    }

    if let Some(link) = under.and_then(|at| chart.links.get(at)) {
        let clicked = ground.clicked() || marked.as_ref().is_some_and(|(_, mark)| mark.clicked());
        if clicked {
            pick(frame, link, out);
        }
        let told = marked.map_or(ground, |(_, mark)| mark);
        told.on_hover_text_at_pointer(&link.label);
    }
}

/// Drag moves, the wheel zooms at the pointer, a double click fits.
fn move_view(ui: &Ui, ground: &Response, canvas: Rect, view: &mut NetworkView) {
    if ground.dragged() {
        view.pan += ground.drag_delta();
    }
    if ground.double_clicked() {
        (view.zoom, view.pan) = (1.0, Vec2::ZERO);
    }
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else {
        return;
    };
    if !ui.rect_contains_pointer(canvas) {
        return;
    }
    let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = (scroll * 0.004).exp() * pinch;
    if (factor - 1.0).abs() > 1e-4 {
        let zoom = (view.zoom * factor).clamp(0.3, 12.0);
        let from_centre = pointer - canvas.center();
        view.pan = from_centre - (from_centre - view.pan) * (zoom / view.zoom);
        view.zoom = zoom;
    }
}

fn spot_response(ui: &Ui, onto: &Onto, spot: &Spot) -> Response {
    let size = Vec2::splat(2.0 * onto.radius(spot) + 4.0);
    let rect = Rect::from_center_size(onto.place(spot), size).intersect(onto.canvas);
    ui.interact(rect, ui.scope_id().with(spot.entity), Sense::click())
}

/// The actor whose ties light up: the one pointed at, else the selected one.
fn lit(frame: &Frame<'_>, chart: &Chart, spots: &[Response]) -> Option<usize> {
    let pointed = spots
        .iter()
        .position(|spot| spot.hovered() || spot.has_focus());
    pointed.or_else(|| {
        let selected = frame.view_state.selection.entity?;
        chart.spots.iter().position(|spot| spot.entity == selected)
    })
}

/// Ties that touch the canvas, the weakest first; weak ones only where an end of theirs is lit.
fn visible(chart: &Chart, onto: &Onto, lit: Option<usize>) -> Vec<(usize, Path)> {
    let shown =
        |link: &Link| link.drawn || lit.is_some_and(|lit| link.from == lit || link.to == lit);
    chart
        .links
        .iter()
        .enumerate()
        .filter(|(_, link)| shown(link))
        .filter_map(|(at, link)| {
            let path = onto.path(chart, link)?;
            let span =
                Rect::from_two_pos(pos2(path.from.x, path.from.y), pos2(path.to.x, path.to.y));
            onto.canvas
                .intersects(span.expand(4.0))
                .then_some((at, path))
        })
        .collect()
}

/// Returns the mesh of all ties that are drawn without being asked, dimmed where an actor is lit.
fn all_ties(
    frame: &Frame<'_>,
    chart: &Chart,
    (view, key): (&mut NetworkView, ViewKey),
    lit: Option<usize>,
) -> Arc<Mesh> {
    let (_, onto, pixel, _) = key;
    let [plain, faint] = &mut view.ties;
    let kept = if lit.is_some() { faint } else { plain };
    if let Some((known, mesh)) = kept
        && *known == key
    {
        return Arc::clone(mesh);
    }
    let mut ink = Ink::new(pixel, onto.canvas);
    for (at, path) in visible(chart, &onto, None) {
        if let Some(link) = chart.links.get(at) {
            let look = Look {
                strong: false,
                dimmed: lit.is_some() || !asked(chart, link),
            };
            add_tie(&mut ink, frame, (link, path), look);
        }
    }
    let mesh = ink.finish();
    *kept = Some((key, Arc::clone(&mesh)));
    mesh
}

/// Returns the ties of the lit actor, the one pointed at and the picked one, to be painted on top.
fn strong_ties(
    frame: &Frame<'_>,
    chart: &Chart,
    (paths, (_, onto, pixel, _)): (&[(usize, Path)], ViewKey),
    (lit, under): (Option<usize>, Option<usize>),
) -> Arc<Mesh> {
    let mut ink = Ink::new(pixel, onto.canvas);
    for (at, path) in paths {
        let Some(link) = chart.links.get(*at) else {
            continue;
        };
        let strong = under == Some(*at) || is_picked(frame, link);
        if strong || lit.is_some_and(|lit| link.from == lit || link.to == lit) {
            let dimmed = !asked(chart, link);
            add_tie(&mut ink, frame, (link, *path), Look { strong, dimmed });
        }
    }
    ink.finish()
}

/// Writes the names where they stand since the view last changed.
fn names_of(
    painter: &Painter,
    frame: &Frame<'_>,
    (chart, view, key): (&Chart, &mut NetworkView, ViewKey),
    lit: Option<usize>,
) {
    let (_, onto, ..) = key;
    let drawn = (chart, &onto);
    let kept = view.names.take().filter(|(known, _)| *known == key);
    let kept = kept.unwrap_or_else(|| (key, names(painter, frame, drawn)));
    let (_, names) = view.names.insert(kept);
    names_ui(painter, frame, drawn, names, (lit, &near(chart, lit)));
}

/// By actor, whether it is lit or tied to the one that is; all where none is.
fn near(chart: &Chart, lit: Option<usize>) -> Vec<bool> {
    let mut near = vec![lit.is_none(); chart.spots.len()];
    let Some(lit) = lit else {
        return near;
    };
    for link in &chart.links {
        let other = match (link.from == lit, link.to == lit) {
            (true, _) => link.to,
            (_, true) => link.from,
            _ => continue,
        };
        if let Some(near) = near.get_mut(other) {
            *near = true;
        }
    }
    if let Some(near) = near.get_mut(lit) {
        *near = true;
    }
    near
}

/// Names every tie for keyboard and screen reader; returns the one that has the pointer or focus.
fn mark_responses(
    ui: &Ui,
    chart: &Chart,
    onto: &Onto,
    paths: &[(usize, Path)],
) -> Option<(usize, Response)> {
    if paths.len() > MARKS {
        return None;
    }
    let mut found = None;
    for (at, path) in paths {
        let Some(link) = chart.links.get(*at) else {
            continue;
        };
        let middle = pos2(path.middle.x, path.middle.y);
        if !onto.canvas.contains(middle) {
            continue;
        }
        let rect = Rect::from_center_size(middle, Vec2::splat(13.0));
        let id = ui.scope_id().with(("tie", link.from, link.to, link.kind));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &link.label));
        if response.has_focus() {
            paint::focus_ring(ui.painter(), rect.shrink(3.0), 3, Theme::of(ui));
        }
        if response.clicked() || response.hovered() || (response.has_focus() && found.is_none()) {
            found = Some((*at, response));
        }
    }
    found
}

fn nearest(paths: &[(usize, Path)], pointer: Pos2) -> Option<usize> {
    let far = |path: &Path| {
        let (a, b) = (pos2(path.from.x, path.from.y), pos2(path.to.x, path.to.y));
        let along = b - a;
        let share = ((pointer - a).dot(along) / along.length_sq().max(0.01)).clamp(0.0, 1.0);
        (pointer - (a + along * share)).length()
    };
    paths
        .iter()
        .map(|(at, path)| (*at, far(path)))
        .filter(|(_, far)| *far <= NEAR)
        .min_by(|one, two| one.1.total_cmp(&two.1))
        .map(|(at, _)| at)
}

fn is_picked(frame: &Frame<'_>, link: &Link) -> bool {
    let picked = frame.filter().picked.as_ref();
    picked.is_some_and(|picked| {
        picked.words == link.label && link.refs.iter().all(|at| picked.statements.contains(at))
    })
}

/// Asks for exactly the statements of a tie; again takes it back.
fn pick(frame: &Frame<'_>, link: &Link, out: &mut Commands) {
    let off = is_picked(frame, link);
    let picked = (!off).then(|| Picked::new(link.label.clone(), link.refs.iter().copied()));
    out.push(frame.change(|filter| filter.picked = picked));
}

/// Whether the filter asks for one of its ends.
fn asked(chart: &Chart, link: &Link) -> bool {
    [link.from, link.to]
        .iter()
        .any(|place| chart.spots.get(*place).is_some_and(|spot| spot.asked))
}

fn paint_spots(
    painter: &Painter,
    frame: &Frame<'_>,
    (chart, onto): (&Chart, &Onto),
    (spots, lit): (&[Response], Option<usize>),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let near = near(chart, lit);
    for ((at, spot), response) in chart.spots.iter().enumerate().zip(spots) {
        let dimmed = !near.get(at).copied().unwrap_or(true) || !spot.asked;
        let selected = frame.view_state.selection.entity == Some(spot.entity)
            || only(&frame.filter().holders, spot.entity);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &spot.label));
        paint_badge(
            painter,
            frame,
            (onto.place(spot), onto.radius(spot)),
            spot,
            dimmed,
        );
        let rect = Rect::from_center_size(onto.place(spot), Vec2::splat(2.0 * onto.radius(spot)));
        if selected || response.hovered() {
            let stroke = Stroke::new(if selected { 2.0 } else { 1.5 }, theme.ink);
            painter.rect_stroke(rect.expand(2.0), 5.0, stroke, egui::StrokeKind::Outside);
        }
        if response.has_focus() {
            paint::focus_ring(painter, rect.expand(2.0), 4, theme);
        }
        if response.clicked() {
            let add = response.ctx.input(|input| input.modifiers.command);
            bars::click(spot.entity, frame, add, out);
        }
    }
}
