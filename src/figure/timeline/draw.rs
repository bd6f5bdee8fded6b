//! The shapes of bars, marks, words, density and axis.

use crate::analysis::{Lane, TimelineItem, TimelineLane, day_number, item_words};
use crate::figure::axis::{Axis, AxisStyle, Label, Window};
use crate::figure::frame::PALETTE;
use crate::figure::marks::{
    Ends, Glyph, Label as Room, LaneLayout, PIN_ROOM, Pinned, Placed, SpanMark, pinned_words,
};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Point, Scene, Shape, elide, line, pen, point, polarity_mark,
    rect, style, text,
};
use crate::figure::timeline::{DENSITY, Input};
use crate::figure::tokens::Rgb;
use crate::model::{Polarity, Swatch};

/// Words beside a mark need this much, and take at most that.
const LEAST_WORDS: f32 = 44.0;
const MOST_WORDS: f32 = 170.0;

fn colour(side: Polarity, own: Option<Swatch>) -> Rgb {
    own.map_or_else(|| PALETTE.polarity(side), |own| PALETTE.swatch(own))
}

/// Draws the words beside what stands for one item, where they have room. `left` and `top` are where
/// the lane begins, `said` what its head says already.
pub(super) fn labels(
    scene: &mut Scene,
    input: Input<'_>,
    (lane, layout): (&TimelineLane, &LaneLayout),
    (left, top): (f32, f32),
    window: Window,
    (said, measure): (&[&Lane], &dyn Measure),
) {
    let bars = layout.bars.iter().map(|bar| {
        let span = (window.at(bar.from), window.at(bar.to));
        (&bar.label, &bar.items, bar.y, Pinned { span, mark: None })
    });
    let marks = layout.marks.iter().map(|mark| {
        let x = window.at(mark.x);
        let pinned = Pinned {
            span: (x, x),
            mark: Some(x),
        };
        (&mark.label, &mark.items, mark.y, pinned)
    });
    let look = style(Face::Ui, 8.5);
    for (label, items, y, pinned) in bars.chain(marks) {
        let (Some(room), [index]) = (label, items.as_slice()) else {
            continue;
        };
        let Some(item) = lane.items.get(*index) else {
            continue;
        };
        let said = words(input, said, item);
        if item.look.pinned {
            let at = (*room, pinned);
            scene.add(pin_shapes(&said, at, (left, top + y), window, measure));
            continue;
        }
        let Some((x, width, anchor)) = placed(*room, window) else {
            continue;
        };
        let said = elide(&said, look, width.min(MOST_WORDS), measure);
        if said.is_empty() || said == "…" {
            continue;
        }
        let at = point(left + x, top + y + 3.0);
        scene.add([text(at, said, look, PALETTE.ink2, anchor)]);
    }
}

/// The words of what is pinned, on the page where they cover their own bar.
fn pin_shapes(
    words: &str,
    (room, pinned): (Room, Pinned),
    (left, y): (f32, f32),
    window: Window,
    measure: &dyn Measure,
) -> Vec<Shape> {
    let look = style(Face::Ui, 8.5);
    #[expect(clippy::cast_possible_truncation, reason = "room on a page")]
    let most = PIN_ROOM as f32 - 9.0;
    let wanted = measure.width(words, look).min(most);
    let at = window.at(room.x);
    let Some((x, width)) = pinned_words((room, at), pinned, window.width, wanted) else {
        return Vec::new();
    };
    let said = elide(words, look, width + 0.1, measure);
    let area = Area {
        x: left + x - 2.0,
        y: y - 6.0,
        width: measure.width(&said, look) + 4.0,
        height: 12.0,
    };
    let mut shapes = Vec::new();
    if x + 4.0 < at || room.before {
        shapes.push(rect(area, Fill::Solid(PALETTE.page)));
    }
    let at = point(left + x, y + 3.0);
    shapes.push(text(at, said, look, PALETTE.ink, Anchor::Start));
    shapes
}

fn words(input: Input<'_>, said: &[&Lane], item: &TimelineItem) -> String {
    item_words(input.project, input.view, said, item)
}

/// Where words begin (or end), how much they may take, which of their ends is there; none where that
/// is outside or too little.
#[expect(clippy::cast_possible_truncation, reason = "room on a page")]
fn placed(room: Room, window: Window) -> Option<(f32, f32, Anchor)> {
    let (from, to) = (window.at(room.x), window.at(room.x + room.room));
    let (from, to) = (from + 3.0, to.min(window.width) - 6.0);
    let width = (to - from.max(0.0)).min(room.room as f32 - 9.0);
    if width < LEAST_WORDS {
        return None;
    }
    if room.before {
        return (0.0..=window.width)
            .contains(&to)
            .then_some((to, width, Anchor::End));
    }
    (from >= 0.0).then_some((from, width, Anchor::Start))
}

pub(super) fn span_shapes(bar: &SpanMark, label: f32, top: f32, window: Window) -> Vec<Shape> {
    let ink = colour(bar.side, bar.colour);
    let thin = bar.ends == Ends::Within;
    let print = Print {
        y: top + bar.y,
        left: label,
        window,
        ink,
        height: if thin { 1.5 } else { 4.0 },
    };
    let mut shapes = Vec::new();
    let fill = if bar.solid || thin {
        Fill::Solid(ink)
    } else {
        Fill::Hatch {
            ink,
            paper: bar
                .colour
                .map_or(PALETTE.polarity_tint(bar.side), |_| PALETTE.page),
        }
    };
    shapes.push(rect(print.area(bar.solid_from, bar.solid_to), fill));
    let (from, to) = (bar.solid_from - bar.from, bar.to - bar.solid_to);
    if from > 0.5 {
        shapes.extend(print.fade(bar.from, bar.solid_from, false));
    } else if thin {
        shapes.extend(print.cap(bar.from));
    }
    if to > 0.5 {
        shapes.extend(print.fade(bar.solid_to, bar.to, true));
    } else if thin {
        shapes.extend(print.cap(bar.to));
    }
    match bar.ends {
        Ends::GoesOn => shapes.push(print.head(print.x(bar.to), 1.0)),
        Ends::WasBefore => shapes.push(print.head(print.x(bar.from), -1.0)),
        Ends::Within | Ends::Both => {}
    }
    shapes
}

/// Draws the parts of a bar.
struct Print {
    y: f32,
    left: f32,
    window: Window,
    ink: crate::figure::tokens::Rgb,
    height: f32,
}

impl Print {
    fn x(&self, at: f64) -> f32 {
        self.left + self.window.at(at).clamp(0.0, self.window.width)
    }

    fn area(&self, from: f64, to: f64) -> Area {
        Area {
            x: self.x(from),
            y: self.y - self.height / 2.0,
            width: (self.x(to) - self.x(from)).max(0.0),
            height: self.height,
        }
    }

    fn cap(&self, at: f64) -> Option<Shape> {
        let inside = (0.0..=self.window.width).contains(&self.window.at(at));
        let x = self.x(at);
        let ends = (point(x, self.y - 3.5), point(x, self.y + 3.5));
        inside.then(|| line(ends.0, ends.1, pen(self.ink, 1.25)))
    }

    /// From sure to possible; with a whisker to the last possible day where something lasts.
    fn fade(&self, from: f64, to: f64, from_left: bool) -> Vec<Shape> {
        let ink = self.ink;
        let height = self.height.max(3.0);
        let mut area = self.area(from, to);
        (area.y, area.height) = (self.y - height / 2.0, height);
        let mut shapes = vec![rect(area, Fill::Fade { ink, from_left })];
        if self.height > 2.0 {
            let ends = (point(self.x(from), self.y), point(self.x(to), self.y));
            shapes.push(line(ends.0, ends.1, pen(ink, 1.25)));
            shapes.extend(self.cap(if from_left { to } else { from }));
        }
        shapes
    }

    fn head(&self, x: f32, way: f32) -> Shape {
        let corner = |dx: f32, dy: f32| point(x + dx * way, self.y + dy);
        Shape::Polygon {
            points: vec![corner(-6.0, -4.0), corner(0.0, 0.0), corner(-6.0, 4.0)],
            fill: Fill::Solid(self.ink),
            border: None,
        }
    }
}

pub(super) fn glyph_shapes(placed: &Placed, at: Point) -> Vec<Shape> {
    match placed.glyph {
        Glyph::Side { side, size, solid } => {
            vec![polarity_mark(
                at,
                size,
                side,
                solid,
                colour(side, placed.colour),
            )]
        }
        Glyph::Pill => vec![
            Shape::Rect {
                area: Area {
                    x: at.x - 11.0,
                    y: at.y - 6.5,
                    width: 22.0,
                    height: 13.0,
                },
                radius: 6.5,
                fill: Fill::Solid(PALETTE.page),
                border: Some(pen(PALETTE.ink2, 1.0)),
            },
            text(
                point(at.x, at.y + 3.2),
                placed.items.len().to_string(),
                style(Face::UiSemibold, 8.5),
                PALETTE.ink,
                Anchor::Middle,
            ),
        ],
        Glyph::Tick { publication } => {
            let half = if publication { 6.0 } else { 3.5 };
            let usual = if publication {
                PALETTE.ink2
            } else {
                PALETTE.ctl
            };
            let ink = placed.colour.map_or(usual, |own| PALETTE.swatch(own));
            vec![line(
                point(at.x, at.y - half),
                point(at.x, at.y + half),
                pen(ink, 1.5),
            )]
        }
        Glyph::Entry => {
            let ink = placed.colour.map_or(PALETTE.ink, |own| PALETTE.swatch(own));
            let area = Area {
                x: at.x - 4.0,
                y: at.y - 4.0,
                width: 8.0,
                height: 8.0,
            };
            vec![rect(area, Fill::Solid(ink))]
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "days and counts fit")]
pub(super) fn density(
    scene: &mut Scene,
    input: Input<'_>,
    window: Window,
    (label, bottom): (f32, f32),
) {
    let look = style(Face::Ui, 8.5);
    let most = input.density.iter().map(|bar| bar.total).max().unwrap_or(0);
    let mut shapes = vec![
        line(
            point(label, bottom),
            point(label + window.width, bottom),
            pen(PALETTE.ctl, 1.0),
        ),
        text(
            point(0.0, bottom - DENSITY / 2.0 + 3.0),
            format!("Articles per {}", input.bin),
            look,
            PALETTE.ink3,
            Anchor::Start,
        ),
        text(
            point(label - 10.0, bottom + 3.0),
            "0",
            look,
            PALETTE.ink3,
            Anchor::End,
        ),
    ];
    if input.timeline.undated_articles > 0 {
        let words = format!("{} without a date", input.timeline.undated_articles);
        let at = point(0.0, bottom - DENSITY / 2.0 + 14.0);
        shapes.push(text(at, words, look, PALETTE.ink3, Anchor::Start));
    }
    if most > 0 {
        let at = point(label - 10.0, bottom - DENSITY + 7.0);
        shapes.push(text(at, most.to_string(), look, PALETTE.ink3, Anchor::End));
    }
    for bar in input.density {
        let from = window.x(day_number(bar.first) as f64).max(0.0);
        let to = window.x(day_number(bar.end) as f64).min(window.width);
        if to - from < 0.5 {
            continue;
        }
        let height = |count: u32| count as f32 / most.max(1) as f32 * (DENSITY - 6.0);
        let area = |count: u32| Area {
            x: label + from + 0.5,
            y: bottom - height(count),
            width: (to - from - 1.0).max(1.0),
            height: height(count),
        };
        shapes.push(rect(area(bar.total), Fill::Solid(PALETTE.line2)));
        if bar.asked > 0 {
            shapes.push(rect(area(bar.asked), Fill::Solid(PALETTE.ink2)));
        }
    }
    scene.add(shapes);
}

pub(super) fn tiers(
    scene: &mut Scene,
    ticks: &Axis,
    (label, top): (f32, f32),
    look: AxisStyle,
) -> f32 {
    let mut tier = |labels: &[Label], y: f32, tick: f32| {
        for one in labels {
            let face = if one.strong {
                Face::UiSemibold
            } else {
                Face::Ui
            };
            let words = text(
                point(label + one.text_x, y),
                one.words.as_str(),
                style(face, look.size),
                PALETTE.ink2,
                Anchor::Start,
            );
            let mut shapes = vec![words];
            if one.x >= 0.0 {
                let x = label + one.x;
                shapes.push(line(point(x, top), point(x, tick), pen(PALETTE.ctl, 1.0)));
            }
            scene.add(shapes);
        }
    };
    tier(&ticks.upper, top + 11.0, top + 5.0);
    tier(&ticks.lower, top + 24.0, top + 18.0);
    top + 30.0
}
