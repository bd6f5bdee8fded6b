//! Marks that are painted, never glyphs: badges, polarity marks, underlines, hatch, rings.

use egui::{
    Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use crate::figure::tokens::Underline;
use crate::model::{EntityType, Polarity, Swatch};
use crate::ui::theme::{Face, Theme};

/// Side of a badge.
pub const BADGE: f32 = 16.0;

/// Paints the badge of a type, 16 × 16, centred. `dimmed` is half way to `surface`.
pub fn badge(
    painter: &Painter,
    theme: &Theme,
    centre: Pos2,
    entity_type: EntityType,
    dimmed: Option<crate::figure::tokens::Rgb>,
) {
    let rect = Rect::from_center_size(centre, Vec2::splat(BADGE));
    let rgb = theme.palette.entity_type(entity_type);
    let fill = match dimmed {
        Some(surface) => theme.over(rgb, surface, 0.5),
        None => theme.entity_type(entity_type),
    };
    painter.rect_filled(rect, 3.0, fill);
    let letter = entity_type.letter();
    let font = Face::UiSemibold.font(11.0);
    painter.text(centre, Align2::CENTER_CENTER, letter, font, theme.inv);
}

/// What stands before words: the badge of a type, or a colour of the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// A badge.
    Type(EntityType),
    /// A square in this colour.
    Swatch(Swatch),
}

impl From<EntityType> for Lead {
    fn from(entity_type: EntityType) -> Self {
        Self::Type(entity_type)
    }
}

/// Paints it, 16 × 16, centred.
pub fn lead(painter: &Painter, theme: &Theme, centre: Pos2, lead: Lead) {
    match lead {
        Lead::Type(entity_type) => badge(painter, theme, centre, entity_type, None),
        Lead::Swatch(colour) => swatch(painter, theme, centre, 12.0, colour),
    }
}

/// Paints a square in a colour of the codebook.
pub fn swatch(painter: &Painter, theme: &Theme, centre: Pos2, size: f32, colour: Swatch) {
    let rect = Rect::from_center_size(centre, Vec2::splat(size));
    painter.rect_filled(rect, 3.0, theme.swatch(colour));
}

/// Paints ▲ (support), ▼ (oppose) or ◆ (neither) of `size`, solid when decided, else hollow.
pub fn mark(
    painter: &Painter,
    centre: Pos2,
    size: f32,
    polarity: Polarity,
    solid: bool,
    colour: Color32,
) {
    let inset = if solid { 0.0 } else { 0.7 };
    let points = mark_corners(centre, size - 2.0 * inset, polarity);
    if solid {
        painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
    } else {
        painter.add(Shape::closed_line(points, Stroke::new(1.3, colour)));
    }
}

/// Returns the corners of ▲, ▼ or ◆ of `size`.
pub fn mark_corners(centre: Pos2, size: f32, polarity: Polarity) -> Vec<Pos2> {
    let half = size / 2.0;
    match polarity {
        Polarity::Support => vec![
            centre + vec2(0.0, -half * 0.9),
            centre + vec2(half, half * 0.8),
            centre + vec2(-half, half * 0.8),
        ],
        Polarity::Oppose => vec![
            centre + vec2(-half, -half * 0.8),
            centre + vec2(half, -half * 0.8),
            centre + vec2(0.0, half * 0.9),
        ],
        Polarity::Neutral => vec![
            centre + vec2(0.0, -half),
            centre + vec2(half, 0.0),
            centre + vec2(0.0, half),
            centre + vec2(-half, 0.0),
        ],
    }
}

/// Paints a check, as the finished ring and decided statements carry it.
pub fn check(painter: &Painter, centre: Pos2, size: f32, stroke: Stroke) {
    let at = |x: f32, y: f32| centre + vec2(x, y) * size;
    painter.line(
        vec![at(-0.30, 0.02), at(-0.08, 0.24), at(0.30, -0.20)],
        stroke,
    );
}

/// Paints how far an article is reviewed: empty, part of a ring, or a ticked disc.
pub fn progress_ring(painter: &Painter, centre: Pos2, done: f32, theme: &Theme, colour: Color32) {
    let radius = 6.2;
    if done >= 1.0 {
        painter.circle_filled(centre, radius + 0.8, colour);
        check(painter, centre, 13.0, Stroke::new(1.5, theme.inv));
        return;
    }
    let faint = theme.line2;
    painter.circle_stroke(centre, radius, Stroke::new(1.6, faint));
    if done > 0.0 {
        let sweep = done.max(0.04) * std::f32::consts::TAU;
        let steps = 24;
        let points = (0..=steps)
            .map(|step| {
                let share = f32::from(u8::try_from(step).unwrap_or(u8::MAX)) / 24.0;
                let angle = share * sweep - std::f32::consts::FRAC_PI_2;
                centre + Vec2::angled(angle) * radius
            })
            .collect();
        painter.line(points, Stroke::new(2.0, colour));
    }
}

/// Paints the ring of what has the keyboard: 2 points of ink, 2 outside.
pub fn focus_ring(painter: &Painter, rect: Rect, radius: u8, theme: &Theme) {
    painter.rect_stroke(
        rect.expand(2.0),
        CornerRadius::same(radius.saturating_add(2)),
        Stroke::new(2.0, theme.ink),
        StrokeKind::Outside,
    );
}

/// Paints suggested area: lines at 45°, 1.7 wide every 5, clipped to `rect`.
pub fn hatch(painter: &Painter, rect: Rect, colour: Color32) {
    let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let stroke = Stroke::new(1.7, colour);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        inside.line_segment(
            [
                pos2(x, rect.bottom() + 1.0),
                pos2(x + rect.height() + 2.0, rect.top() - 1.0),
            ],
            stroke,
        );
        x += 5.0;
    }
}

/// Paints the underline of a type along a row, its middle at `y`. `ends` says whether the words
/// begin and end in this row (for ticks and the diamond).
pub fn underline(
    painter: &Painter,
    pattern: Underline,
    x: egui::Rangef,
    y: f32,
    colour: Color32,
    ends: (bool, bool),
) {
    let line = |width: f32| Stroke::new(width, colour);
    let path = [pos2(x.min, y), pos2(x.max, y)];
    let dashes = |dash: &[f32], gap: &[f32]| {
        Shape::dashed_line_with_offset(&path, line(2.0), dash, gap, 0.0)
    };
    match pattern {
        Underline::Solid => drop(painter.hline(x, y, line(2.0))),
        Underline::Dashes => painter.extend(dashes(&[4.0], &[3.0])),
        Underline::LongDashes => painter.extend(dashes(&[10.0], &[3.0])),
        Underline::DashDot => painter.extend(dashes(&[9.0, 2.0], &[2.5, 2.5])),
        Underline::Double => {
            painter.hline(x, y - 1.5, line(1.25));
            painter.hline(x, y + 1.5, line(1.25));
        }
        Underline::Bracket => {
            painter.hline(x, y, line(1.5));
            for (here, at) in [(ends.0, x.min + 0.75), (ends.1, x.max - 0.75)] {
                if here {
                    painter.vline(at, y - 4.0..=y, line(1.5));
                }
            }
        }
        Underline::Zigzag => painter.extend([zigzag(x, y, line(1.4))]),
        Underline::Wave => painter.extend([wave(x, y, line(1.5))]),
        Underline::Diamond => {
            painter.hline(x, y, line(1.5));
            if ends.0 {
                mark(
                    painter,
                    pos2(x.min + 3.0, y),
                    6.0,
                    Polarity::Neutral,
                    true,
                    colour,
                );
            }
        }
        Underline::Dots => painter.extend(Shape::dotted_line(&path, colour, 3.4, 0.8)),
        Underline::DotPairs => {
            painter.extend(Shape::dotted_line(&path, colour, 7.0, 0.9));
            let second = [pos2((x.min + 2.6).min(x.max), y), pos2(x.max, y)];
            painter.extend(Shape::dotted_line(&second, colour, 7.0, 0.9));
        }
    }
}

fn zigzag(x: egui::Rangef, y: f32, stroke: Stroke) -> Shape {
    let mut points = Vec::new();
    let (mut at, mut up) = (x.min, false);
    while at < x.max {
        points.push(pos2(at, if up { y - 1.5 } else { y + 1.5 }));
        at += 3.0;
        up = !up;
    }
    points.push(pos2(x.max, if up { y - 1.5 } else { y + 1.5 }));
    Shape::line(points, stroke)
}

fn wave(x: egui::Rangef, y: f32, stroke: Stroke) -> Shape {
    let mut points = Vec::new();
    let mut at = x.min;
    while at < x.max {
        let phase = (at - x.min) / 8.0 * std::f32::consts::TAU;
        points.push(pos2(at, y + 1.5 * phase.sin()));
        at += 1.0;
    }
    Shape::line(points, stroke)
}

/// Paints an icon of the icon font, centred.
pub fn icon(painter: &Painter, centre: Pos2, icon: char, size: f32, colour: Color32) {
    painter.text(
        centre,
        Align2::CENTER_CENTER,
        icon,
        Face::Icons.font(size),
        colour,
    );
}

/// Returns the width of a row of key caps.
#[must_use]
pub fn caps_width(painter: &Painter, caps: &[&str]) -> f32 {
    let widths: f32 = caps.iter().map(|cap| cap_width(painter, cap)).sum();
    let gaps = caps.len().saturating_sub(1);
    widths + 4.0 * f32::from(u16::try_from(gaps).unwrap_or(0))
}

fn cap_width(painter: &Painter, cap: &str) -> f32 {
    let galley =
        painter.layout_no_wrap(cap.to_owned(), Face::Mono.font(11.5), Color32::PLACEHOLDER);
    (galley.size().x + 11.0).max(20.0)
}

/// Paints key caps from `left`, 20 high, around `y`; returns where they end. On `ink` (a primary
/// button) the caps are outlined in `inv`.
pub fn caps(painter: &Painter, theme: &Theme, left: Pos2, caps: &[&str], on_ink: bool) -> f32 {
    let mut x = left.x;
    let (fill, border, text) = if on_ink {
        (Color32::TRANSPARENT, theme.ctl, theme.inv)
    } else {
        (theme.panel, theme.line2, theme.ink2)
    };
    for cap in caps {
        let width = cap_width(painter, cap);
        let rect = Rect::from_min_size(pos2(x, left.y - 10.0), vec2(width, 20.0));
        painter.rect(
            rect,
            4.0,
            fill,
            Stroke::new(1.0, border),
            StrokeKind::Inside,
        );
        let inner = (rect.left() + 3.0)..=(rect.right() - 3.0);
        painter.hline(inner, rect.bottom() - 1.0, Stroke::new(2.0, border));
        painter.text(
            rect.center() - vec2(0.0, 0.5),
            Align2::CENTER_CENTER,
            cap,
            Face::Mono.font(11.5),
            text,
        );
        x = rect.right() + 4.0;
    }
    x - 4.0
}
