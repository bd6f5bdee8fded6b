//! A scene as SVG: text stays text, `<title>` and `<desc>` say what it shows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_bidi::Direction;

use crate::figure::scene::{Anchor, Area, Face, Fill, Mark, Pen, Point, Scene, Shape, Text};
use crate::figure::tokens::Rgb;

/// White around the figure, in points: letters must not touch the edge of a picture.
pub const MARGIN: f32 = 8.0;

/// Returns a scene as a whole SVG document, [`MARGIN`] larger on each side.
#[must_use]
pub fn svg(scene: &Scene) -> String {
    let mut out = Writer::default();
    out.document(scene);
    out.text
}

/// Returns `text` for use as XML text or attribute: markup escaped, characters that XML 1.0 forbids
/// left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[derive(Default)]
struct Writer {
    text: String,
    fades: BTreeMap<(Rgb, bool), usize>,
}

/// Writes into the text; a `String` takes everything.
macro_rules! put {
    ($writer:expr, $($arg:tt)*) => {
        // Writing to a String cannot fail.
        write!($writer.text, $($arg)*).ok()
    };
}

/// A number without a needless tail.
fn n(value: f32) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.is_finite() {
        // Minus zero is zero.
        (rounded + 0.0).to_string()
    } else {
        "0".to_owned()
    }
}

impl Writer {
    fn document(&mut self, scene: &Scene) {
        let (width, height) = (
            n(scene.width + 2.0 * MARGIN),
            n(scene.height + 2.0 * MARGIN),
        );
        let margin = n(-MARGIN);
        put!(
            self,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
             viewBox=\"{margin} {margin} {width} {height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
            escape(&scene.title),
            escape(&scene.description),
        );
        self.fades(scene);
        let paper = Rgb(255, 255, 255);
        put!(
            self,
            "<rect x=\"{margin}\" y=\"{margin}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\n"
        );
        for mark in &scene.marks {
            self.mark(mark);
        }
        self.text.push_str("</svg>\n");
    }

    fn fades(&mut self, scene: &Scene) {
        for shape in scene.marks.iter().flat_map(|mark| &mark.shapes) {
            if let Shape::Rect {
                fill: Fill::Fade { ink, from_left },
                ..
            } = shape
            {
                let next = self.fades.len();
                self.fades.entry((*ink, *from_left)).or_insert(next);
            }
        }
        if self.fades.is_empty() {
            return;
        }
        self.text.push_str("<defs>\n");
        for ((ink, from_left), id) in self.fades.clone() {
            let (left, right) = if from_left { (1, 0) } else { (0, 1) };
            put!(
                self,
                "<linearGradient id=\"fade{id}\"><stop offset=\"0\" stop-color=\"{ink}\" \
                 stop-opacity=\"{left}\"/><stop offset=\"1\" stop-color=\"{ink}\" \
                 stop-opacity=\"{right}\"/></linearGradient>\n",
            );
        }
        self.text.push_str("</defs>\n");
    }

    fn mark(&mut self, mark: &Mark) {
        let named = !mark.name.is_empty();
        if named {
            put!(self, "<g><title>{}</title>", escape(&mark.name));
        }
        for shape in &mark.shapes {
            self.shape(shape);
        }
        self.text.push_str(if named { "</g>\n" } else { "\n" });
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect {
                area,
                radius,
                fill,
                border,
            } => self.rect(*area, *radius, *fill, border.as_ref()),
            Shape::Line { from, to, pen } => {
                put!(
                    self,
                    "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{}/>",
                    n(from.x),
                    n(from.y),
                    n(to.x),
                    n(to.y),
                    stroke(Some(pen)),
                );
            }
            Shape::Polygon {
                points,
                fill,
                border,
            } => self.polygon(points, *fill, border.as_ref()),
            Shape::Text(text) => self.words(text),
        }
    }

    fn rect(&mut self, area: Area, radius: f32, fill: Fill, border: Option<&Pen>) {
        let paint = match fill {
            Fill::None => "none".to_owned(),
            Fill::Solid(colour) => colour.to_string(),
            Fill::Hatch { paper, .. } => paper.to_string(),
            Fill::Fade { ink, from_left } => {
                let id = self.fades.get(&(ink, from_left)).copied();
                format!("url(#fade{})", id.unwrap_or_default())
            }
        };
        // The border lies inside the edge.
        let inset = border.map_or(0.0, |pen| pen.width / 2.0);
        let area = Area {
            x: area.x + inset,
            y: area.y + inset,
            width: (area.width - 2.0 * inset).max(0.0),
            height: (area.height - 2.0 * inset).max(0.0),
        };
        put!(
            self,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            n(area.x),
            n(area.y),
            n(area.width),
            n(area.height),
        );
        if radius > 0.0 {
            put!(self, " rx=\"{}\"", n(radius));
        }
        let hatched = matches!(fill, Fill::Hatch { .. });
        let own = if hatched { None } else { border };
        put!(self, " fill=\"{paint}\"{}/>", stroke(own));
        if let Fill::Hatch { ink, .. } = fill {
            self.hatch(area, ink);
            if let Some(pen) = border {
                self.rect(grown(area, inset), radius, Fill::None, Some(pen));
            }
        }
    }

    /// Lines at 45°, 1.7 wide every 5, cut at the area by reckoning: a pattern would be cut up by
    /// some PDF readers.
    fn hatch(&mut self, area: Area, ink: Rgb) {
        let mut path = String::new();
        // On a line x + y = c.
        let mut c = area.x + area.y + 2.5;
        let last = area.right() + area.bottom();
        while c < last {
            let x0 = (c - area.bottom()).max(area.x);
            let x1 = (c - area.y).min(area.right());
            if x1 - x0 > 0.8 {
                // Writing to a String cannot fail.
                write!(path, "M{} {}L{} {}", n(x0), n(c - x0), n(x1), n(c - x1)).ok();
            }
            c += 5.0;
        }
        if !path.is_empty() {
            put!(
                self,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.7\"/>"
            );
        }
    }

    fn polygon(&mut self, points: &[Point], fill: Fill, border: Option<&Pen>) {
        let paint = match fill {
            Fill::None => "none".to_owned(),
            Fill::Solid(ink) | Fill::Hatch { ink, .. } | Fill::Fade { ink, .. } => ink.to_string(),
        };
        let corners: Vec<String> = points
            .iter()
            .map(|at| format!("{},{}", n(at.x), n(at.y)))
            .collect();
        put!(
            self,
            "<polygon points=\"{}\" fill=\"{paint}\"{}/>",
            corners.join(" "),
            stroke(border)
        );
    }

    fn words(&mut self, text: &Text) {
        let (family, weight) = match text.style.face {
            Face::Ui => ("IBM Plex Sans", 400),
            Face::UiMedium => ("IBM Plex Sans", 500),
            Face::UiSemibold => ("IBM Plex Sans", 600),
            Face::Title => ("Source Serif 4", 700),
        };
        let general = if text.style.face == Face::Title {
            "serif"
        } else {
            "sans-serif"
        };
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        put!(
            self,
            "<text x=\"{}\" y=\"{}\" font-family=\"'{family}', {general}\" font-weight=\"{weight}\" \
             font-size=\"{}\" fill=\"{}\"{anchor}>{}</text>",
            n(text.at.x),
            n(text.at.y),
            n(text.style.size),
            text.colour,
            directed(&escape(&text.words)),
        );
    }
}

/// Words that begin right to left, set apart as such: their marks and numbers fall in order, and
/// the anchor stays the left one.
fn directed(words: &str) -> Cow<'_, str> {
    match unicode_bidi::get_base_direction(words) {
        Direction::Rtl => Cow::Owned(format!("\u{2067}{words}\u{2069}")),
        Direction::Ltr | Direction::Mixed => Cow::Borrowed(words),
    }
}

fn grown(area: Area, by: f32) -> Area {
    Area {
        x: area.x - by,
        y: area.y - by,
        width: area.width + 2.0 * by,
        height: area.height + 2.0 * by,
    }
}

fn stroke(pen: Option<&Pen>) -> String {
    let Some(pen) = pen else {
        return String::new();
    };
    let mut words = format!(
        " stroke=\"{}\" stroke-width=\"{}\"",
        pen.colour,
        n(pen.width)
    );
    if let Some([dash, gap]) = pen.dash {
        // Writing to a String cannot fail.
        write!(words, " stroke-dasharray=\"{} {}\"", n(dash), n(gap)).ok();
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::raster::tree;
    use crate::figure::scene::{pen, point, rect, style, text};

    fn scene(words: &str) -> Scene {
        let ink = Rgb(1, 2, 3);
        let area = Area {
            x: 10.0,
            y: 10.0,
            width: 40.0,
            height: 14.0,
        };
        let mut scene = Scene {
            width: 200.0,
            height: 100.0,
            title: words.to_owned(),
            description: words.to_owned(),
            ..Scene::default()
        };
        scene.mark(
            words.to_owned(),
            Vec::new(),
            [
                rect(area, Fill::Solid(ink)),
                Shape::Rect {
                    area,
                    radius: 2.0,
                    fill: Fill::Hatch {
                        ink,
                        paper: Rgb(255, 255, 255),
                    },
                    border: Some(pen(ink, 1.0)),
                },
                rect(
                    area,
                    Fill::Fade {
                        ink,
                        from_left: true,
                    },
                ),
                text(
                    point(10.0, 50.0),
                    words,
                    style(Face::Ui, 12.0),
                    ink,
                    Anchor::Middle,
                ),
            ],
        );
        scene
    }

    #[test]
    fn markup_in_names_is_text() {
        let written = svg(&scene("A & B <script>\"x\"</script>"));
        assert!(written.contains("A &amp; B &lt;script&gt;&quot;x&quot;&lt;/script&gt;</text>"));
        assert!(!written.contains("<script"));
        let tree = tree(&written).unwrap();
        assert!((tree.size().width() - 216.0 * 96.0 / 72.0).abs() < 0.1);
    }

    #[test]
    fn numbers_have_no_tails() {
        assert_eq!(n(1.0 / 3.0), "0.33");
        assert_eq!(n(-0.001), "0");
        assert_eq!(n(f32::NAN), "0");
        assert_eq!(n(12.0), "12");
    }

    #[test]
    fn hatch_stays_inside_its_area() {
        let mut writer = Writer::default();
        let area = Area {
            x: 10.0,
            y: 20.0,
            width: 30.0,
            height: 14.0,
        };
        writer.hatch(area, Rgb(0, 0, 0));
        let path = writer.text.split('"').nth(1).unwrap().to_owned();
        let numbers: Vec<f32> = path
            .split(['M', 'L', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().unwrap())
            .collect();
        assert!(numbers.len() >= 4 * 7);
        for pair in numbers.chunks(2) {
            assert!((10.0..=40.0).contains(&pair[0]) && (20.0..=34.0).contains(&pair[1]));
        }
    }

    proptest! {
        #[test]
        fn any_words_give_a_well_formed_document(words in "\\PC{0,40}|[\\x00-\\x7f]{0,40}") {
            let written = svg(&scene(&words));
            prop_assert!(tree(&written).is_ok(), "{written}");
        }
    }
}
