//! Paints the bars of a lane.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2};

use crate::ui::widgets::paint;

/// Where and in which colour a bar is painted.
pub(super) struct Bar<'a> {
    pub(super) painter: &'a Painter,
    pub(super) colour: Color32,
    /// Its middle.
    pub(super) y: f32,
    pub(super) height: f32,
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

    /// One day of these: a thin bar, with caps where it is sure to end (`caps`: left, right).
    pub(super) fn thin(&self, from: f32, to: f32, caps: (bool, bool)) {
        let rect = Rect::from_min_max(pos2(from, self.y - 1.5), pos2(to, self.y + 1.5));
        self.painter.rect_filled(rect, 0.0, self.colour);
        for (x, has) in [(from, caps.0), (to, caps.1)] {
            if has {
                self.cap(x);
            }
        }
    }

    pub(super) fn solid(&self, from: f32, to: f32, decided: bool) {
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

    /// From sure to possible: fades out, with a whisker to the last possible day of what lasts.
    pub(super) fn fade(&self, from: f32, to: f32, from_left: bool) {
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
        if self.height > 3.0 {
            let stroke = Stroke::new(1.25, self.colour);
            self.painter.hline(from..=to, self.y, stroke);
            self.cap(if from_left { to } else { from });
        }
    }

    pub(super) fn head(&self, x: f32, way: f32) {
        let half = self.height / 2.0 + 2.0;
        let corner = |dx: f32, dy: f32| -> Pos2 { pos2(x + dx * way, self.y + dy) };
        let points = vec![corner(-8.0, -half), corner(0.0, 0.0), corner(-8.0, half)];
        self.painter
            .add(Shape::convex_polygon(points, self.colour, Stroke::NONE));
    }
}
