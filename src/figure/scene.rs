//! A chart as marks in points, origin at the top left. Pure: `export` writes it as SVG, from which
//! PNG and PDF are made.

use crate::analysis::StatementRef;
use crate::figure::tokens::Rgb;
use crate::model::Polarity;

/// A place in points; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// Returns a point.
#[must_use]
pub fn point(x: f32, y: f32) -> Point {
    Point { x, y }
}

/// An upright rectangle in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Area {
    /// Returns the right edge.
    #[must_use]
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    /// Returns the bottom edge.
    #[must_use]
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// Returns the middle.
    #[must_use]
    pub fn centre(self) -> Point {
        point(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// Not at all.
    None,
    /// Decided.
    Solid(Rgb),
    /// Proposed: lines at 45°, 1.7 wide every 5, on a tint.
    Hatch {
        /// Colour of the lines.
        ink: Rgb,
        /// What lies under them.
        paper: Rgb,
    },
    /// Fades from a colour at the left to nothing at the right, or the other way.
    Fade {
        /// Colour of the solid end.
        ink: Rgb,
        /// Whether the left end is solid.
        from_left: bool,
    },
}

/// A line's colour and width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Colour.
    pub colour: Rgb,
    /// Width in points.
    pub width: f32,
    /// Length of dash and gap.
    pub dash: Option<[f32; 2]>,
}

/// Returns an unbroken line's pen.
#[must_use]
pub fn pen(colour: Rgb, width: f32) -> Pen {
    Pen {
        colour,
        width,
        dash: None,
    }
}

/// A face of exported figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Plex Sans.
    Ui,
    /// Plex Sans, medium.
    UiMedium,
    /// Plex Sans, semi-bold.
    UiSemibold,
    /// Source Serif, bold: titles.
    Title,
}

/// Face and size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Face.
    pub face: Face,
    /// Size in points.
    pub size: f32,
}

/// Smallest text of an exported figure, in points.
pub const SMALLEST: f32 = 8.5;

/// Returns a style; nothing is smaller than [`SMALLEST`].
#[must_use]
pub fn style(face: Face, size: f32) -> Style {
    Style {
        face,
        size: size.max(SMALLEST),
    }
}

/// Where a text stands about its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// Ends there.
    End,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// On the baseline.
    pub at: Point,
    /// The words.
    pub words: String,
    /// Face and size.
    pub style: Style,
    /// Colour.
    pub colour: Rgb,
    /// Which part of it is at `at`.
    pub anchor: Anchor,
}

/// A piece of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Where.
        area: Area,
        /// Radius of the corners.
        radius: f32,
        /// Inside.
        fill: Fill,
        /// Border, inside the edge.
        border: Option<Pen>,
    },
    /// A straight line.
    Line {
        /// From.
        from: Point,
        /// To.
        to: Point,
        /// How.
        pen: Pen,
    },
    /// A polygon.
    Polygon {
        /// Corners.
        points: Vec<Point>,
        /// Inside.
        fill: Fill,
        /// Border, on the edge.
        border: Option<Pen>,
    },
    /// A text.
    Text(Text),
}

/// What belongs together, and the statements that it counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mark {
    /// What a screen reader says: *Velmora, 14 support, 23 oppose, 6 neither*. Empty for decoration.
    pub name: String,
    /// The statements behind it.
    pub stands_for: Vec<StatementRef>,
    /// How it is drawn, in order.
    pub shapes: Vec<Shape>,
}

/// A whole figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Title.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// All marks, in order of painting.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// Adds a mark without statements.
    pub fn add(&mut self, shapes: impl IntoIterator<Item = Shape>) {
        self.marks.push(Mark {
            shapes: shapes.into_iter().collect(),
            ..Mark::default()
        });
    }

    /// Adds a mark with what it stands for.
    pub fn mark(
        &mut self,
        name: String,
        stands_for: Vec<StatementRef>,
        shapes: impl IntoIterator<Item = Shape>,
    ) {
        self.marks.push(Mark {
            name,
            stands_for,
            shapes: shapes.into_iter().collect(),
        });
    }

    /// Returns all texts, in order.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let shapes = self.marks.iter().flat_map(|mark| &mark.shapes);
        shapes.filter_map(|shape| match shape {
            Shape::Text(text) => Some(text),
            Shape::Rect { .. } | Shape::Line { .. } | Shape::Polygon { .. } => None,
        })
    }
}

/// Measures text, so that labels never overlap: on screen egui's fonts, in export the embedded ones.
pub trait Measure {
    /// Returns the width of a line of text in points.
    fn width(&self, words: &str, style: Style) -> f32;
}

/// Returns a filled rectangle.
#[must_use]
pub fn rect(area: Area, fill: Fill) -> Shape {
    Shape::Rect {
        area,
        radius: 0.0,
        fill,
        border: None,
    }
}

/// Returns a line.
#[must_use]
pub fn line(from: Point, to: Point, pen: Pen) -> Shape {
    Shape::Line { from, to, pen }
}

/// Returns a text.
#[must_use]
pub fn text(
    at: Point,
    words: impl Into<String>,
    style: Style,
    colour: Rgb,
    anchor: Anchor,
) -> Shape {
    Shape::Text(Text {
        at,
        words: words.into(),
        style,
        colour,
        anchor,
    })
}

/// Returns the corners of ▲ (support), ▼ (oppose) or ◆ (neither) of `size`.
#[must_use]
pub fn polarity_corners(centre: Point, size: f32, side: Polarity) -> Vec<Point> {
    let half = size / 2.0;
    let at = |x: f32, y: f32| point(centre.x + x * half, centre.y + y * half);
    match side {
        Polarity::Support => vec![at(0.0, -0.9), at(1.0, 0.8), at(-1.0, 0.8)],
        Polarity::Oppose => vec![at(-1.0, -0.8), at(1.0, -0.8), at(0.0, 0.9)],
        Polarity::Neutral => vec![at(0.0, -1.0), at(1.0, 0.0), at(0.0, 1.0), at(-1.0, 0.0)],
    }
}

/// Returns a polarity mark: solid when decided, hollow when only suggested.
#[must_use]
pub fn polarity_mark(centre: Point, size: f32, side: Polarity, solid: bool, colour: Rgb) -> Shape {
    let (size, fill, border) = if solid {
        (size, Fill::Solid(colour), None)
    } else {
        (size - 1.2, Fill::None, Some(pen(colour, 1.2)))
    };
    Shape::Polygon {
        points: polarity_corners(centre, size, side),
        fill,
        border,
    }
}

/// Breaks words into lines that fit `width`; a single long word stays whole.
#[must_use]
pub fn wrap(words: &str, style: Style, width: f32, measure: &dyn Measure) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match joined {
            Some(joined) if measure.width(&joined, style) <= width => {
                if let Some(line) = lines.last_mut() {
                    *line = joined;
                }
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Cuts words at the end with … so that they fit `width`.
#[must_use]
pub fn elide(words: &str, style: Style, width: f32, measure: &dyn Measure) -> String {
    if measure.width(words, style) <= width {
        return words.to_owned();
    }
    let mut kept: Vec<char> = words.chars().collect();
    while kept.pop().is_some() {
        let cut: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if measure.width(&cut, style) <= width {
            return cut;
        }
    }
    "…".to_owned()
}
