//! What stands around an exported chart: rule, title, subtitle, legend, *Shows* and *Source*.

use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Pen, Scene, Shape, Style, line, pen, point, polarity_mark,
    rect, style, text, wrap,
};
use crate::figure::tokens::{LIGHT, Palette};
use crate::model::Polarity;

/// The palette of exported figures.
pub const PALETTE: Palette = LIGHT;

/// Words around a chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Title.
    pub title: String,
    /// What is counted, with the unit.
    pub subtitle: String,
    /// The filter in words, with how many of how many.
    pub shows: String,
    /// Articles, outlets, project, version, date.
    pub source: String,
}

/// One entry of a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A polarity mark.
    Side(Polarity),
    /// A solid swatch: confirmed.
    Confirmed,
    /// A hatched swatch: suggested.
    Suggested,
    /// A hollow mark: suggested.
    Hollow,
    /// Marks of three sizes.
    Sizes,
    /// A bar whose end fades.
    Uncertain,
    /// A thin bar with caps.
    Within,
    /// A bar with an arrow head.
    Open,
    /// A pill with a count.
    Several,
    /// A square: an entry of the person's own.
    Entry,
    /// A filled and a hollow square.
    Squares,
    /// A direct tie for somebody: solid, with an arrow head.
    Supports,
    /// A direct tie against somebody: dashed, with a bar.
    Opposes,
    /// A tie of the same side: solid.
    Agrees,
    /// A tie of opposite sides: dashed.
    Disagrees,
    /// Ties of three widths.
    Thickness,
    /// A step line with a large mark at its step.
    Moved,
}

impl Key {
    fn words(self) -> &'static str {
        match self {
            Self::Side(side) => side.name(),
            Self::Confirmed => "Confirmed by a coder",
            Self::Suggested => "Suggested by the software, not yet reviewed",
            Self::Hollow => "hollow: suggested, not yet reviewed",
            Self::Sizes => "1, 2, 3 or more that day",
            Self::Uncertain => "ends somewhere here",
            Self::Within => "one day within this span",
            Self::Open => "still in force",
            Self::Several => "several, by their number",
            Self::Entry => "added by hand",
            Self::Squares => "one statement: confirmed, suggested",
            Self::Supports => "supports",
            Self::Opposes => "opposes",
            Self::Agrees => "same side",
            Self::Disagrees => "opposite sides",
            Self::Thickness => "thicker: more of it",
            Self::Moved => "large: the position moved",
        }
    }
}

const TITLE: Style = Style {
    face: Face::Title,
    size: 20.0,
};

fn meta() -> Style {
    style(Face::Ui, 9.0)
}

/// Begins a scene: rule, title, subtitle. Returns it with the height that is used.
#[must_use]
pub fn begin(words: &Words, width: f32, measure: &dyn Measure) -> (Scene, f32) {
    let mut scene = Scene {
        width,
        title: words.title.clone(),
        description: format!("{} Shows {}. {}", words.subtitle, words.shows, words.source),
        ..Scene::default()
    };
    let rule = Area {
        x: 0.0,
        y: 0.0,
        width,
        height: 3.0,
    };
    scene.add([rect(rule, Fill::Solid(PALETTE.ink))]);
    let mut y = 10.0;
    for row in wrap(&words.title, TITLE, width, measure) {
        y += 24.0;
        scene.add([text(
            point(0.0, y - 5.0),
            row,
            TITLE,
            PALETTE.ink,
            Anchor::Start,
        )]);
    }
    let subtitle = style(Face::Ui, 11.5);
    for row in wrap(&words.subtitle, subtitle, width, measure) {
        y += 16.0;
        scene.add([text(
            point(0.0, y - 2.0),
            row,
            subtitle,
            PALETTE.ink2,
            Anchor::Start,
        )]);
    }
    (scene, y + 14.0)
}

/// Ends a scene below `y`: legend, *Shows*, *Source*.
pub fn end(scene: &mut Scene, y: f32, keys: &[Key], words: &Words, measure: &dyn Measure) {
    let y = legend(scene, y + 8.0, keys, measure) + 10.0;
    let width = scene.width;
    scene.add([line(
        point(0.0, y),
        point(width, y),
        pen(PALETTE.line2, 1.0),
    )]);
    let y = note(scene, y + 6.0, "Shows", &words.shows, measure);
    let y = note(scene, y, "Source", &words.source, measure);
    scene.height = (y + 6.0).ceil();
}

fn note(scene: &mut Scene, y: f32, head: &str, words: &str, measure: &dyn Measure) -> f32 {
    let bold = style(Face::UiSemibold, 9.0);
    let indent = measure.width(head, bold) + 4.0;
    let mut y = y;
    let rows = wrap(words, meta(), (scene.width - indent).max(60.0), measure);
    for (index, row) in rows.into_iter().enumerate() {
        y += 12.5;
        if index == 0 {
            let at = point(0.0, y);
            scene.add([text(at, head, bold, PALETTE.ink2, Anchor::Start)]);
        }
        scene.add([text(
            point(indent, y),
            row,
            meta(),
            PALETTE.ink3,
            Anchor::Start,
        )]);
    }
    y + 1.0
}

fn legend(scene: &mut Scene, y: f32, keys: &[Key], measure: &dyn Measure) -> f32 {
    let look = style(Face::Ui, 9.5);
    let (mut x, mut y) = (0.0, y + 10.0);
    for key in keys {
        let swatch = swatch_width(*key);
        let width = swatch + 6.0 + measure.width(key.words(), look);
        if x > 0.0 && x + width > scene.width {
            x = 0.0;
            y += 16.0;
        }
        let mut shapes = swatch_shapes(*key, x, y);
        shapes.push(text(
            point(x + swatch + 6.0, y + 3.5),
            key.words(),
            look,
            PALETTE.ink2,
            Anchor::Start,
        ));
        scene.add(shapes);
        x += width + 18.0;
    }
    y + 6.0
}

fn swatch_width(key: Key) -> f32 {
    match key {
        Key::Side(_) | Key::Hollow | Key::Entry => 10.0,
        Key::Confirmed | Key::Suggested => 20.0,
        Key::Squares | Key::Several => 22.0,
        Key::Sizes | Key::Uncertain | Key::Within | Key::Open | Key::Moved => 36.0,
        Key::Supports | Key::Opposes | Key::Agrees | Key::Disagrees | Key::Thickness => 34.0,
    }
}

fn swatch_shapes(key: Key, x: f32, y: f32) -> Vec<Shape> {
    let neutral = PALETTE.ink3;
    let side = |x: f32, size: f32, side: Polarity, solid: bool| {
        polarity_mark(point(x, y), size, side, solid, PALETTE.polarity(side))
    };
    match key {
        Key::Side(polarity) => vec![side(x + 5.0, 9.5, polarity, true)],
        Key::Hollow => vec![side(x + 5.0, 9.5, Polarity::Oppose, false)],
        Key::Sizes => vec![
            side(x + 4.0, 7.5, Polarity::Support, true),
            side(x + 15.0, 9.5, Polarity::Support, true),
            side(x + 28.0, 11.5, Polarity::Support, true),
        ],
        Key::Moved => vec![
            line(
                point(x, y + 4.0),
                point(x + 18.0, y + 4.0),
                pen(PALETTE.ink2, 1.3),
            ),
            line(
                point(x + 18.0, y + 4.0),
                point(x + 18.0, y - 4.0),
                pen(PALETTE.ink2, 1.3),
            ),
            line(
                point(x + 18.0, y - 4.0),
                point(x + 36.0, y - 4.0),
                pen(PALETTE.ink2, 1.3),
            ),
            side(x + 18.0, 9.5, Polarity::Support, true),
        ],
        Key::Squares => vec![
            square(x, y - 4.0, true, neutral),
            square(x + 11.0, y - 4.0, false, neutral),
        ],
        Key::Confirmed => vec![bar((x, y), 20.0, 9.0, Fill::Solid(neutral))],
        Key::Suggested => vec![Shape::Rect {
            area: Area {
                x,
                y: y - 4.5,
                width: 20.0,
                height: 9.0,
            },
            radius: 0.0,
            fill: Fill::Hatch {
                ink: neutral,
                paper: PALETTE.neu_tint,
            },
            border: Some(pen(neutral, 0.75)),
        }],
        Key::Several => several_swatch(x, y),
        Key::Entry => vec![entry_swatch(x, y)],
        Key::Uncertain | Key::Within | Key::Open => span_swatch(key, x, y),
        Key::Supports | Key::Opposes | Key::Agrees | Key::Disagrees | Key::Thickness => {
            tie_swatch(key, x, y)
        }
    }
}

fn entry_swatch(x: f32, y: f32) -> Shape {
    let area = Area {
        x: x + 1.0,
        y: y - 4.0,
        width: 8.0,
        height: 8.0,
    };
    rect(area, Fill::Solid(PALETTE.ink))
}

fn several_swatch(x: f32, y: f32) -> Vec<Shape> {
    vec![
        Shape::Rect {
            area: Area {
                x,
                y: y - 6.5,
                width: 22.0,
                height: 13.0,
            },
            radius: 6.5,
            fill: Fill::Solid(PALETTE.page),
            border: Some(pen(PALETTE.ink2, 1.0)),
        },
        text(
            point(x + 11.0, y + 3.2),
            "5",
            style(Face::UiSemibold, 8.5),
            PALETTE.ink,
            Anchor::Middle,
        ),
    ]
}

fn tie_swatch(key: Key, x: f32, y: f32) -> Vec<Shape> {
    let (support, oppose) = (PALETTE.sup, PALETTE.opp);
    let tie = |to: f32, colour, dash| {
        let pen = Pen {
            colour,
            width: 1.8,
            dash,
        };
        line(point(x, y), point(x + to, y), pen)
    };
    let dash = Some(crate::figure::network::DASH);
    match key {
        Key::Supports => vec![
            tie(28.0, support, None),
            Shape::Polygon {
                points: vec![
                    point(x + 34.0, y),
                    point(x + 26.0, y - 4.0),
                    point(x + 26.0, y + 4.0),
                ],
                fill: Fill::Solid(support),
                border: None,
            },
        ],
        Key::Opposes => vec![
            tie(33.0, oppose, dash),
            line(
                point(x + 33.0, y - 5.0),
                point(x + 33.0, y + 5.0),
                pen(oppose, 2.0),
            ),
        ],
        Key::Agrees => vec![tie(34.0, support, None)],
        Key::Disagrees => vec![tie(34.0, oppose, dash)],
        _ => {
            let stroke = |at: f32, width| {
                line(
                    point(x + at, y),
                    point(x + at + 9.0, y),
                    pen(PALETTE.ink3, width),
                )
            };
            vec![stroke(0.0, 1.0), stroke(12.0, 2.5), stroke(24.0, 4.5)]
        }
    }
}

fn bar((x, y): (f32, f32), width: f32, height: f32, fill: Fill) -> Shape {
    let area = Area {
        x,
        y: y - height / 2.0,
        width,
        height,
    };
    rect(area, fill)
}

fn span_swatch(key: Key, x: f32, y: f32) -> Vec<Shape> {
    let neutral = PALETTE.ink3;
    let cap = |x: f32| line(point(x, y - 4.0), point(x, y + 4.0), pen(neutral, 1.25));
    match key {
        Key::Uncertain => vec![
            bar((x, y), 18.0, 5.0, Fill::Solid(neutral)),
            bar(
                (x + 18.0, y),
                18.0,
                5.0,
                Fill::Fade {
                    ink: neutral,
                    from_left: true,
                },
            ),
            line(point(x + 18.0, y), point(x + 36.0, y), pen(neutral, 1.25)),
            cap(x + 36.0),
        ],
        Key::Within => vec![
            bar((x, y), 36.0, 1.5, Fill::Solid(neutral)),
            cap(x),
            cap(x + 36.0),
            polarity_mark(point(x + 18.0, y), 8.0, Polarity::Oppose, true, neutral),
        ],
        _ => vec![
            bar((x, y), 30.0, 5.0, Fill::Solid(neutral)),
            Shape::Polygon {
                points: vec![
                    point(x + 30.0, y - 2.5),
                    point(x + 36.0, y),
                    point(x + 30.0, y + 2.5),
                ],
                fill: Fill::Solid(neutral),
                border: None,
            },
        ],
    }
}

/// Returns a square of 8: filled when decided, else hollow.
#[must_use]
pub fn square(x: f32, y: f32, solid: bool, colour: crate::figure::tokens::Rgb) -> Shape {
    Shape::Rect {
        area: Area {
            x,
            y,
            width: 8.0,
            height: 8.0,
        },
        radius: 0.0,
        fill: if solid {
            Fill::Solid(colour)
        } else {
            Fill::None
        },
        border: Some(pen(colour, 1.2)),
    }
}

/// Text measures for tests: half the size a character.
#[cfg(test)]
pub(crate) mod fixtures {
    use super::{Measure, Style, Words};

    pub(crate) struct Half;

    impl Measure for Half {
        fn width(&self, words: &str, style: Style) -> f32 {
            style.size * 0.5 * words.chars().map(|_| 1.0).sum::<f32>()
        }
    }

    pub(crate) fn words() -> Words {
        Words {
            title: "Who takes which position".to_owned(),
            subtitle: "Statements on all issues".to_owned(),
            shows: "all 3 statements".to_owned(),
            source: "1 article".to_owned(),
        }
    }
}
