//! How ties, badges, names and the key of the network are painted.

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};

use crate::analysis::{TieKind, counted};
use crate::app::Commands;
use crate::figure::network::{self as figure, Chart, DASH, Link, Path, Spot};
use crate::figure::scene::{Area, Point, point};
use crate::figure::tokens::Rgb;
use crate::ui::stance::cache::NetworkData;
use crate::ui::stance::network::Onto;
use crate::ui::stance::{Frame, PAD, offices_switch};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{line, paint};

/// Room for a name.
const NAME: f32 = 120.0;

#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) strong: bool,
    pub(super) dimmed: bool,
}

pub(super) fn paint_tie(
    painter: &Painter,
    frame: &Frame<'_>,
    (link, path): (&Link, Path),
    look: Look,
) {
    let theme = frame.theme;
    let rgb = theme.palette.polarity(link.kind.side());
    let surface: Rgb = frame.surface();
    let share = match (look.strong, look.dimmed) {
        (true, _) => 1.0,
        (false, false) => 0.78,
        (false, true) => 0.22,
    };
    let colour = theme.over(rgb, surface, share);
    let width = if look.strong {
        link.width + 1.2
    } else {
        link.width
    };
    let stroke = Stroke::new(width, colour);
    let place = |at: Point| pos2(at.x, at.y);
    let ends = [place(path.from), place(path.to)];
    if link.kind.is_positive() {
        painter.line_segment(ends, stroke);
    } else {
        painter.extend(egui::Shape::dashed_line(&ends, stroke, DASH[0], DASH[1]));
    }
    let corners = figure::end_of(path, link.kind, width);
    match (link.kind, corners.as_slice()) {
        (TieKind::Supports, corners) => {
            let points = corners.iter().map(|at| place(*at)).collect();
            painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
        }
        (TieKind::Opposes, [one, two]) => {
            painter.line_segment([place(*one), place(*two)], Stroke::new(2.0, colour));
        }
        _ => {}
    }
    let long = (ends[1] - ends[0]).length() > 26.0;
    if long && !look.dimmed {
        paint::mark(
            painter,
            place(path.middle),
            8.5,
            link.kind.side(),
            true,
            colour,
        );
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

/// Writes the names that fit: the lit actor and its neighbours first, then the most active.
pub(super) fn names_ui(
    painter: &Painter,
    frame: &Frame<'_>,
    (chart, onto): (&Chart, &Onto),
    (lit, near): (Option<usize>, &[bool]),
) {
    let theme = frame.theme;
    let zoomed = onto.scale > 1.2;
    let mut wanted: Vec<usize> = (0..chart.spots.len())
        .filter(|at| {
            let named = chart.spots.get(*at).is_some_and(|spot| spot.named);
            let close = lit.is_some() && near.get(*at).copied().unwrap_or(false);
            named || zoomed || close
        })
        .collect();
    wanted.sort_by_key(|at| {
        let close = lit.is_some() && near.get(*at).copied().unwrap_or(false);
        (lit != Some(*at), !close, *at)
    });
    let area = |rect: Rect| Area {
        x: rect.left(),
        y: rect.top(),
        width: rect.width(),
        height: rect.height(),
    };
    let set: Vec<_> = wanted
        .iter()
        .filter_map(|at| {
            let spot = chart.spots.get(*at)?;
            let dimmed = lit.is_some() && !near.get(*at).copied().unwrap_or(true) || !spot.asked;
            let ink = if dimmed { theme.ink3 } else { theme.ink };
            let format = Face::UiMedium.format(12.0, 15.0, ink);
            let galley = line(painter, &spot.name, format, NAME, 1);
            let top = onto.place(spot) + vec2(0.0, onto.radius(spot) + 1.0);
            let rect = Rect::from_min_size(top - vec2(galley.size().x / 2.0, 0.0), galley.size());
            Some((galley, rect, ink))
        })
        .collect();
    let boxes: Vec<Area> = set.iter().map(|(_, rect, _)| area(*rect)).collect();
    let taken: Vec<Area> = wanted
        .iter()
        .filter_map(|at| chart.spots.get(*at))
        .map(|spot| {
            let size = Vec2::splat(2.0 * onto.radius(spot));
            area(Rect::from_center_size(onto.place(spot), size))
        })
        .collect();
    let fits = figure::names_that_fit(&boxes, &taken);
    let ground = theme.over(frame.surface(), frame.surface(), 1.0);
    for ((galley, rect, ink), fits) in set.into_iter().zip(fits) {
        if fits && onto.canvas.intersects(rect) {
            painter.rect_filled(rect.shrink2(vec2(-2.0, 1.0)), 2.0, translucent(ground));
            painter.galley(rect.min, galley, ink);
        }
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
    let ends = [at, at + vec2(30.0, 0.0)];
    let stroke = Stroke::new(1.8, colour);
    if kind.is_positive() {
        painter.line_segment(ends, stroke);
    } else {
        painter.extend(egui::Shape::dashed_line(&ends, stroke, DASH[0], DASH[1]));
    }
    let corners = figure::end_of(path, kind, 1.8);
    match (kind, corners.as_slice()) {
        (TieKind::Supports, corners) => {
            let points = corners.iter().map(|at| pos2(at.x, at.y)).collect();
            painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
        }
        (TieKind::Opposes, [one, two]) => {
            let ends = [pos2(one.x, one.y), pos2(two.x, two.y)];
            painter.line_segment(ends, Stroke::new(2.0, colour));
        }
        _ => {}
    }
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
