//! Ties as one mesh: 900 of them with all their dashes are made once for a view and painted as they
//! are in each frame, until the view, the network or the ground changes.
//!
//! All corners are softened as egui softens its own shapes: by a rim of one pixel that fades out.

use std::sync::Arc;

use egui::{Color32, Mesh, Pos2, Rect, Vec2};

use crate::figure::network::DASH;

/// Dashes are made for what is seen and this much around it, in points.
const BEYOND: f32 = 16.0;

/// A mesh in the making.
pub(super) struct Ink {
    mesh: Mesh,
    /// Width of the rim that fades out, in points.
    feather: f32,
    /// What is seen.
    seen: Rect,
}

impl Ink {
    /// Begins with nothing; `pixel` is its size in points.
    pub(super) fn new(pixel: f32, seen: Rect) -> Self {
        Self {
            mesh: Mesh::default(),
            feather: pixel,
            seen: seen.expand(BEYOND),
        }
    }

    pub(super) fn finish(self) -> Arc<Mesh> {
        Arc::new(self.mesh)
    }

    /// Adds a convex polygon, in either sense of turning.
    pub(super) fn polygon(&mut self, corners: &[Pos2], colour: Color32) {
        let count = corners.len();
        if count < 3 {
            return;
        }
        let turned = if area(corners) < 0.0 { -1.0 } else { 1.0 };
        let corner = |at: usize| corners.get(at % count).copied().unwrap_or_default();
        let outward = |from: Pos2, to: Pos2| {
            let along = (to - from).normalized();
            Vec2::new(along.y, -along.x) * turned
        };
        let first = index(self.mesh.vertices.len());
        let count_u32 = index(count);
        for at in 0..count {
            let here = corner(at);
            let (one, two) = (
                outward(corner(at + count - 1), here),
                outward(here, corner(at + 1)),
            );
            let middle = (one + two) / 2.0;
            // Sharp corners are not drawn out further than twice the rim.
            let miter = middle / middle.length_sq().max(0.25) * (self.feather / 2.0);
            self.mesh.colored_vertex(here - miter, colour);
            self.mesh.colored_vertex(here + miter, Color32::TRANSPARENT);
        }
        for at in 2..count_u32 {
            self.mesh
                .add_triangle(first, first + 2 * (at - 1), first + 2 * at);
        }
        for at in 0..count_u32 {
            let (here, next) = (first + 2 * at, first + 2 * ((at + 1) % count_u32));
            self.mesh.add_triangle(here, here + 1, next);
            self.mesh.add_triangle(here + 1, next + 1, next);
        }
    }

    /// Adds a line with straight ends.
    pub(super) fn line(&mut self, from: Pos2, to: Pos2, (width, colour): (f32, Color32)) {
        let along = to - from;
        if along.length_sq() < 1e-6 {
            return;
        }
        let thin = (width / self.feather).min(1.0);
        let across = along.normalized().rot90() * (width.max(self.feather) / 2.0);
        let corners = [from - across, to - across, to + across, from + across];
        self.polygon(&corners, colour.gamma_multiply(thin));
    }

    /// Adds the dashes of a line as far as it is seen; each lies where it would if all were.
    pub(super) fn dashes(&mut self, from: Pos2, to: Pos2, pen: (f32, Color32)) {
        let long = (to - from).length();
        let Some((first, last)) = inside(from, to, self.seen) else {
            return;
        };
        let along = (to - from) / long.max(1e-3);
        let [dash, gap] = DASH;
        let step = dash + gap;
        let mut at = (first * long / step).floor() * step;
        while at < last * long {
            let end = (at + dash).min(long);
            self.line(from + along * at, from + along * end, pen);
            at += step;
        }
    }
}

fn index(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Twice the area, above zero where the corners turn as the hands of a clock.
fn area(corners: &[Pos2]) -> f32 {
    let next = corners.iter().cycle().skip(1);
    let cross = |(one, two): (&Pos2, &Pos2)| one.x * two.y - two.x * one.y;
    corners.iter().zip(next).map(cross).sum()
}

/// Returns which part of the way, from 0 to 1, lies in `rect` (Liang and Barsky 1984).
fn inside(from: Pos2, to: Pos2, rect: Rect) -> Option<(f32, f32)> {
    let way = to - from;
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    let edges = [
        (-way.x, from.x - rect.left()),
        (way.x, rect.right() - from.x),
        (-way.y, from.y - rect.top()),
        (way.y, rect.bottom() - from.y),
    ];
    for (towards, room) in edges {
        if towards.abs() < 1e-6 {
            if room < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            first = first.max(room / towards);
        } else {
            last = last.min(room / towards);
        }
    }
    (first < last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn seen() -> Rect {
        Rect::from_min_size(Pos2::ZERO, Vec2::splat(1000.0))
    }

    fn solid(mesh: &Mesh) -> Vec<(f32, f32)> {
        let solid = |vertex: &&egui::epaint::Vertex| vertex.color == Color32::RED;
        let at = |vertex: &egui::epaint::Vertex| (vertex.pos.x, vertex.pos.y);
        mesh.vertices.iter().filter(solid).map(at).collect()
    }

    #[test]
    fn a_line_is_solid_inside_and_fades_over_one_pixel() {
        let mut ink = Ink::new(1.0, seen());
        ink.line(pos2(10.0, 50.0), pos2(30.0, 50.0), (4.0, Color32::RED));
        let mesh = ink.finish();
        assert!(mesh.is_valid());
        let mut inner = solid(&mesh);
        inner.sort_by(|one, two| one.partial_cmp(two).unwrap());
        assert_eq!(
            inner,
            [(10.5, 48.5), (10.5, 51.5), (29.5, 48.5), (29.5, 51.5)]
        );
        let bounds = mesh.calc_bounds();
        assert_eq!(
            bounds,
            Rect::from_min_max(pos2(9.5, 47.5), pos2(30.5, 52.5))
        );
    }

    #[test]
    fn dashes_lie_where_they_would_if_all_were_made() {
        let mut whole = Ink::new(1.0, seen());
        whole.dashes(pos2(0.0, 500.0), pos2(96.0, 500.0), (2.0, Color32::RED));
        // 0–6, 10–16, … 80–86, 90–96.
        assert_eq!(solid(&whole.finish()).len(), 10 * 4);
        let mut part = Ink::new(1.0, seen());
        part.dashes(
            pos2(-9_004.0, 500.0),
            pos2(99_000.0, 500.0),
            (2.0, Color32::RED),
        );
        let mesh = part.finish();
        // From -16 to 1016 a dash every ten points.
        assert_eq!(solid(&mesh).len(), 104 * 4);
        let begins = |at: f32| solid(&mesh).iter().any(|(x, _)| (x - at).abs() < 0.01);
        assert!(begins(-13.5) && begins(6.5) && begins(996.5));
        let mut none = Ink::new(1.0, seen());
        none.dashes(pos2(-90.0, -60.0), pos2(1200.0, -40.0), (2.0, Color32::RED));
        assert!(none.finish().is_empty());
    }

    #[test]
    fn corners_may_turn_either_way_and_bad_ones_add_nothing() {
        for corners in [
            [pos2(0.0, 0.0), pos2(8.0, 0.0), pos2(4.0, 8.0)],
            [pos2(4.0, 8.0), pos2(8.0, 0.0), pos2(0.0, 0.0)],
        ] {
            let mut ink = Ink::new(1.0, seen());
            ink.polygon(&corners, Color32::RED);
            let mesh = ink.finish();
            assert_eq!(mesh.vertices.len(), 6);
            let inside = |(x, y): &(f32, f32)| (0.0..=8.0).contains(x) && (0.0..=8.0).contains(y);
            assert!(
                solid(&mesh).iter().all(inside),
                "the solid part is the smaller one"
            );
        }
        let mut ink = Ink::new(1.0, seen());
        ink.polygon(&[Pos2::ZERO, pos2(1.0, 1.0)], Color32::RED);
        ink.line(Pos2::ZERO, Pos2::ZERO, (1.0, Color32::RED));
        assert!(ink.finish().is_empty());
    }
}
