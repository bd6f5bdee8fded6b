//! How ties, badges, names and the key of the network are painted.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};

use crate::analysis::{TieKind, counted};
use crate::app::Commands;
use crate::figure::network::{self as figure, Chart, Link, Path, Spot};
use crate::figure::scene::{Area, Point, point};
use crate::ui::stance::cache::NetworkData;
use crate::ui::stance::network::Onto;
use crate::ui::stance::network::mesh::Ink;
use crate::ui::stance::{Frame, PAD, offices_switch};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{line, paint};

/// Room for a name.
const NAME: f32 = 170.0;

#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) strong: bool,
    pub(super) dimmed: bool,
}

/// Adds a tie with its end and its mark to what is painted.
pub(super) fn add_tie(ink: &mut Ink, frame: &Frame<'_>, (link, path): (&Link, Path), look: Look) {
    let theme = frame.theme;
    let rgb = theme.palette.polarity(link.kind.side());
    let share = match (look.strong, look.dimmed) {
        (true, _) => 1.0,
        (false, false) => 0.78,
        (false, true) => 0.22,
    };
    let colour = theme.over(rgb, frame.surface(), share);
    let width = if look.strong {
        link.width + 1.2
    } else {
        link.width
    };
    let place = |at: Point| pos2(at.x, at.y);
    let (from, to) = (place(path.from), place(path.to));
    add_way(ink, (from, to), link.kind, (width, colour));
    let corners = figure::end_of(path, link.kind, width);
    add_end(ink, &corners, link.kind, colour);
    let long = (to - from).length() > 26.0;
    if long && !look.dimmed {
        let corners = paint::mark_corners(place(path.middle), 8.5, link.kind.side());
        ink.polygon(&corners, colour);
    }
}

/// Adds a solid line where a tie draws together, dashes where it divides.
fn add_way(ink: &mut Ink, (from, to): (Pos2, Pos2), kind: TieKind, pen: (f32, Color32)) {
    if kind.is_positive() {
        ink.line(from, to, pen);
    } else {
        ink.dashes(from, to, pen);
    }
}

fn add_end(ink: &mut Ink, corners: &[Point], kind: TieKind, colour: Color32) {
    let corners: Vec<Pos2> = corners.iter().map(|at| pos2(at.x, at.y)).collect();
    match (kind, corners.as_slice()) {
        (TieKind::Supports, corners) => ink.polygon(corners, colour),
        (TieKind::Opposes, [one, two]) => ink.line(*one, *two, (2.0, colour)),
        _ => {}
    }
}

pub(super) fn paint_badge(
    painter: &Painter,
    frame: &Frame<'_>,
    (at, radius): (Pos2, f32),
    spot: &Spot,
    dimmed: bool,
) {
    let theme = frame.theme;
    let rgb = spot
        .entity_type
        .map_or(theme.palette.ink3, |kind| theme.palette.entity_type(kind));
    let share = if dimmed { 0.5 } else { 1.0 };
    let rect = Rect::from_center_size(at, Vec2::splat(2.0 * radius));
    // A rim in the colour of the ground sets a badge off from ties that end at others.
    let rim = theme.over(frame.surface(), frame.surface(), 1.0);
    painter.rect_filled(rect.expand(1.5), 4.5, rim);
    painter.rect_filled(rect, 3.5, theme.over(rgb, frame.surface(), share));
    let letter = spot.entity_type.map_or("", |kind| kind.letter());
    let font = Face::UiSemibold.font((radius * 1.2).clamp(9.0, 20.0));
    painter.text(at, Align2::CENTER_CENTER, letter, font, theme.inv);
}

/// Where names stand while no actor is lit: by place of the spot.
pub(super) type Names = BTreeMap<usize, Rect>;

fn name_of(painter: &Painter, spot: &Spot, ink: Color32) -> Arc<Galley> {
    let format = Face::UiMedium.format(12.0, 15.0, ink);
    line(painter, &spot.name, format, NAME, 1)
}

fn area(rect: Rect) -> Area {
    Area {
        x: rect.left(),
        y: rect.top(),
        width: rect.width(),
        height: rect.height(),
    }
}

/// Places the names of these spots, the most important first, where nothing else stands.
fn placed(
    painter: &Painter,
    (chart, onto): (&Chart, &Onto),
    spots: &[usize],
    beside: impl Iterator<Item = Rect>,
) -> Names {
    let known: Vec<(usize, &Spot)> = spots
        .iter()
        .filter_map(|at| Some((*at, chart.spots.get(*at)?)))
        .collect();
    let wanted: Vec<[Area; 4]> = known
        .iter()
        .map(|(_, spot)| {
            let size = name_of(painter, spot, Color32::PLACEHOLDER).size();
            let at = onto.place(spot);
            figure::name_places(point(at.x, at.y), onto.radius(spot), (size.x, size.y))
        })
        .collect();
    let badge = |spot: &Spot| {
        let size = Vec2::splat(2.0 * onto.radius(spot));
        area(Rect::from_center_size(onto.place(spot), size))
    };
    let taken: Vec<Area> = chart
        .spots
        .iter()
        .map(badge)
        .chain(beside.map(area))
        .collect();
    let fitted = figure::names_that_fit(&wanted, &taken);
    let found = known.iter().zip(fitted).filter_map(|((at, _), place)| {
        let Area {
            x,
            y,
            width,
            height,
        } = place?;
        let rect = Rect::from_min_size(pos2(x, y), vec2(width, height));
        Some((*at, rect))
    });
    found.collect()
}

/// Returns where names stand: of all actors where there is room for it, else of the largest.
pub(super) fn names(painter: &Painter, frame: &Frame<'_>, (chart, onto): (&Chart, &Onto)) -> Names {
    let all = frame.enlarged || onto.scale > 1.2;
    let named = |at: &usize| all || chart.spots.get(*at).is_some_and(|spot| spot.named);
    let wanted: Vec<usize> = (0..chart.spots.len()).filter(named).collect();
    placed(painter, (chart, onto), &wanted, std::iter::empty())
}

/// Writes the names; the lit actor and its neighbours have theirs too where there was no room before.
pub(super) fn names_ui(
    painter: &Painter,
    frame: &Frame<'_>,
    (chart, onto): (&Chart, &Onto),
    names: &Names,
    (lit, near): (Option<usize>, &[bool]),
) {
    let theme = frame.theme;
    let close = |at: usize| lit.is_some() && near.get(at).copied().unwrap_or(false);
    let mut more: Vec<usize> = (0..chart.spots.len())
        .filter(|at| close(*at) && !names.contains_key(at))
        .collect();
    more.sort_by_key(|at| (lit != Some(*at), *at));
    let beside = names.iter().filter(|(at, _)| close(**at));
    let more = placed(painter, (chart, onto), &more, beside.map(|(_, rect)| *rect));
    let ground = theme.over(frame.surface(), frame.surface(), 1.0);
    for (at, rect) in names.iter().chain(&more) {
        let Some(spot) = chart.spots.get(*at) else {
            continue;
        };
        if !onto.canvas.intersects(*rect) {
            continue;
        }
        let dimmed = lit.is_some() && !close(*at) || !spot.asked;
        let ink = if dimmed { theme.ink3 } else { theme.ink };
        painter.rect_filled(rect.shrink2(vec2(-2.0, 1.0)), 2.0, translucent(ground));
        painter.galley(rect.min, name_of(painter, spot, ink), ink);
    }
}

/// Lets ties under a name shine through, but not so that it cannot be read.
fn translucent(colour: Color32) -> Color32 {
    colour.gamma_multiply(0.82)
}

pub(super) fn foot_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    data: &NetworkData,
    out: &mut Commands,
) {
    let theme = frame.theme;
    let painter = ui.painter();
    painter.hline(
        rect.x_range(),
        rect.top() + 0.5,
        Stroke::new(1.0, theme.line),
    );
    let y = rect.top() + 15.0;
    let mut x = rect.left() + PAD;
    let words: [(TieKind, &str); 2] = if data.chart.directed {
        [
            (TieKind::Supports, "supports"),
            (TieKind::Opposes, "opposes"),
        ]
    } else {
        [
            (TieKind::Agrees, "same side"),
            (TieKind::Disagrees, "opposite sides"),
        ]
    };
    for (kind, words) in words {
        x = key(painter, theme, pos2(x, y), kind, words) + 16.0;
    }
    let note = note(data);
    let font = Face::Ui.font(12.5);
    let galley = painter.layout_no_wrap(note.clone(), font, theme.ink3);
    let left = (rect.right() - PAD - galley.size().x).max(x);
    let room = rect.right() - 4.0 - left;
    let galley = if galley.size().x > room {
        let format = Face::Ui.format(12.5, 16.0, theme.ink3);
        line(painter, &note, format, room.max(20.0), 1)
    } else {
        galley
    };
    painter.galley(pos2(left, y - galley.size().y / 2.0), galley, theme.ink3);
    let switch = Rect::from_min_size(
        pos2(rect.left() + PAD, rect.top() + 28.0),
        vec2(230.0, 24.0),
    );
    offices_switch(ui, switch, frame, out);
}

/// Paints the key of a tie; returns where it ends.
fn key(painter: &Painter, theme: &Theme, at: Pos2, kind: TieKind, words: &str) -> f32 {
    let path = Path {
        from: point(at.x, at.y),
        to: point(at.x + 30.0, at.y),
        middle: point(at.x + 14.0, at.y),
    };
    let colour = theme.polarity(kind.side());
    let pixel = 1.0 / painter.pixels_per_point();
    let mut ink = Ink::new(pixel, painter.clip_rect());
    add_way(&mut ink, (at, at + vec2(30.0, 0.0)), kind, (1.8, colour));
    add_end(&mut ink, &figure::end_of(path, kind, 1.8), kind, colour);
    painter.add(ink.finish());
    let font = Face::Ui.font(12.5);
    let words = painter.text(
        at + vec2(37.0, 0.0),
        Align2::LEFT_CENTER,
        words,
        font,
        theme.ink2,
    );
    words.right()
}

fn note(data: &NetworkData) -> String {
    let network = &data.network;
    if network.left_out > 0 {
        let left = counted(network.left_out, "actor");
        return format!("{left} left out: filter to see them");
    }
    if data.chart.weak > 0 {
        return format!("{} not drawn", counted(data.chart.weak, "weaker tie"));
    }
    if network.neither > 0 {
        return format!(
            "{} take neither side",
            counted(network.neither, "statement")
        );
    }
    counted(network.ties.len(), "tie")
}
