//! SVG → PNG at any scale. Fonts are the shipped ones; where those lack a character (Chinese,
//! Japanese, Korean…), the fonts of the computer come after them.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, ID};
use resvg::usvg::{FallbackSelectionFn, FontResolver, Group, Node, Options, Tree};
use unicode_normalization::char::is_combining_mark;

use crate::export::svg;
use crate::figure::fonts;
use crate::figure::scene::{Anchor, Scene, Style, point, text};
use crate::figure::tokens::Rgb;

/// Why a figure could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FigureError {
    /// The SVG is none; a defect of the writer.
    #[error("the figure could not be read back: {0}")]
    Svg(String),
    /// Too large, or nothing.
    #[error("a picture of {width} × {height} pixels cannot be made")]
    Size {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// The encoder failed.
    #[error("the picture could not be encoded: {0}")]
    Encode(String),
    /// The PDF writer failed.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// Largest side of a picture, in pixels.
const MOST_PIXELS: u32 = 16_384;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for face in fonts::FIGURE.iter().chain([&fonts::HEBREW]) {
        database.load_font_data(face.bytes.to_vec());
    }
    database.set_sans_serif_family(fonts::UI.family);
    database.set_serif_family(fonts::READ.family);
    Arc::new(database)
});

/// The shipped fonts, then those of the computer. Reading what is installed takes a while, so it is
/// done when a figure needs it.
static ALL_FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::clone(&FONTS);
    database.load_system_fonts();
    database.set_sans_serif_family(fonts::UI.family);
    database.set_serif_family(fonts::READ.family);
    Arc::new(database)
});

/// Whether some font has `c`, or nobody needs one for it.
fn draws(database: &Database, c: char) -> bool {
    let parsed = |id: ID| {
        let has = |data: &[u8], index: u32| {
            let face = ttf_parser::Face::parse(data, index).ok()?;
            face.glyph_index(c)
        };
        database.with_face_data(id, has).flatten().is_some()
    };
    c.is_whitespace() || is_unseen(c) || database.faces().any(|face| parsed(face.id))
}

/// Marks of direction and joining: no font has to have them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || is_combining_mark(c)
}

/// Returns characters of `words`, each once, that `database` has no font for.
fn lacking(database: &Database, words: &str) -> BTreeSet<char> {
    let all: BTreeSet<char> = words.chars().filter(|c| !c.is_ascii()).collect();
    all.into_iter().filter(|c| !draws(database, *c)).collect()
}

/// Returns the fonts that `words` need.
fn fonts_for(words: &str) -> &'static Arc<Database> {
    if lacking(&FONTS, words).is_empty() {
        &FONTS
    } else {
        &ALL_FONTS
    }
}

/// Returns characters of `words`, each once, that neither a shipped font nor one of this computer
/// has: exported figures show boxes for them.
#[must_use]
pub fn without_font(words: &str) -> BTreeSet<char> {
    let missing = lacking(&FONTS, words);
    if missing.is_empty() {
        return missing;
    }
    missing
        .into_iter()
        .filter(|c| !draws(&ALL_FONTS, *c))
        .collect()
}

/// Chooses the first font that has the character: of the same slant and weight, else of any.
fn fallback() -> FallbackSelectionFn<'static> {
    Box::new(|c, tried, database| {
        let base = database.face(*tried.first()?)?;
        let free = || {
            let faces = database.faces().filter(|face| !tried.contains(&face.id));
            faces.filter(|face| {
                let has = |data: &[u8], index: u32| {
                    let face = ttf_parser::Face::parse(data, index).ok()?;
                    face.glyph_index(c)
                };
                let found = database.with_face_data(face.id, has);
                found.flatten().is_some()
            })
        };
        let alike = free().find(|face| face.style == base.style && face.weight == base.weight);
        alike.or_else(|| free().next()).map(|face| face.id)
    })
}

/// Returns the width of `words` as they are drawn, in points: shaped, and with the fonts that their
/// characters need.
pub(crate) fn drawn_width(words: &str, style: Style) -> Option<f32> {
    let mut scene = Scene {
        width: 100.0,
        height: 100.0,
        ..Scene::default()
    };
    let start = point(0.0, 50.0);
    scene.add([text(start, words, style, Rgb(0, 0, 0), Anchor::Start)]);
    text_width(tree(&svg(&scene)).ok()?.root())
}

fn text_width(group: &Group) -> Option<f32> {
    group.children().iter().find_map(|node| match node {
        Node::Text(text) => Some(text.bounding_box().width()),
        Node::Group(group) => text_width(group),
        Node::Path(_) | Node::Image(_) => None,
    })
}

/// Reads an SVG with the fonts that it needs.
///
/// # Errors
/// When it is no SVG.
pub(crate) fn tree(svg: &str) -> Result<Tree, FigureError> {
    let options = Options {
        fontdb: Arc::clone(fonts_for(svg)),
        font_family: fonts::UI.family.to_owned(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: fallback(),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| FigureError::Svg(error.to_string()))
}

/// Returns an SVG as PNG, `scale` pixels a point.
///
/// # Errors
/// When the picture would be empty or larger than 16,384 pixels on a side.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, FigureError> {
    let tree = tree(svg)?;
    // usvg reads a point as 96/72 pixels.
    let scale = scale * 72.0 / 96.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to the largest side below"
    )]
    let pixels = |points: f32| (points * scale).ceil().clamp(0.0, 1e6) as u32;
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    if width > MOST_PIXELS || height > MOST_PIXELS {
        return Err(FigureError::Size { width, height });
    }
    let mut picture = Pixmap::new(width, height).ok_or(FigureError::Size { width, height })?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut picture.as_mut());
    picture
        .encode_png()
        .map_err(|error| FigureError::Encode(error.to_string()))
}

/// Returns an SVG with its texts as outlines, for readers who lack the fonts.
///
/// # Errors
/// When it is no SVG.
pub fn outlined(svg: &str) -> Result<String, FigureError> {
    Ok(tree(svg)?.to_string(&resvg::usvg::WriteOptions::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Shipped;
    use crate::export::svg::svg;
    use crate::figure::scene::{Anchor, Face, Measure as _, Scene, point, style, text};
    use crate::figure::tokens::Rgb;

    fn figure(words: &str, face: Face) -> String {
        let mut scene = Scene {
            width: 200.0,
            height: 40.0,
            ..Scene::default()
        };
        let ink = Rgb(0, 0, 0);
        scene.add([text(
            point(10.0, 25.0),
            words,
            style(face, 14.0),
            ink,
            Anchor::Start,
        )]);
        svg(&scene)
    }

    #[test]
    fn each_face_leaves_ink() {
        let empty = png(&figure("", Face::Ui), 2.0).unwrap();
        let mut seen = vec![empty];
        for face in [Face::Ui, Face::UiMedium, Face::UiSemibold, Face::Title] {
            let picture = png(&figure("Velmora", face), 2.0).unwrap();
            assert!(!seen.contains(&picture), "{face:?} differs from all before");
            seen.push(picture);
        }
        for words in ["طهران", "ירושלים", "Киев"] {
            assert!(
                !seen.contains(&png(&figure(words, Face::Ui), 2.0).unwrap()),
                "{words}"
            );
        }
    }

    /// The direction of a label is that of its first letter, and does not move its edge.
    #[test]
    fn right_to_left_labels_are_in_order() {
        let same = |words: &str, drawn: &str| {
            let left = png(&figure(words, Face::Ui), 2.0).unwrap();
            let mut scene = Scene {
                width: 200.0,
                height: 40.0,
                ..Scene::default()
            };
            let ink = Rgb(0, 0, 0);
            let style = style(Face::Ui, 14.0);
            scene.add([text(point(10.0, 25.0), "#", style, ink, Anchor::Start)]);
            // Letters in the order of the eye, which an override leaves alone.
            let written = svg(&scene).replace(">#<", &format!(">\u{202D}{drawn}\u{202C}<"));
            left == png(&written, 2.0).unwrap()
        };
        assert!(same("שלום", "םולש"));
        assert!(!same("שלום", "שלום"));
        assert!(same("שלום UN 12", "UN 12 םולש"));
        assert!(same("UN שלום", "UN םולש"));
    }

    #[test]
    fn arabic_letters_join() {
        let width = |words: &str| drawn_width(words, style(Face::Ui, 20.0)).unwrap();
        // Apart, each letter stands in its own form.
        let apart = width("ط\u{200C}ه\u{200C}ر\u{200C}ا\u{200C}ن");
        assert!(width("طهران") < apart, "{} of {apart}", width("طهران"));
    }

    #[test]
    fn widths_are_those_that_are_drawn() {
        for (words, face) in [("طهران", Face::Ui), ("ירושלים", Face::UiMedium)] {
            let style = style(face, 14.0);
            let drawn = drawn_width(words, style).unwrap();
            let measured = Shipped.width(words, style);
            assert!(
                (drawn - measured).abs() < 0.01,
                "{words}: {drawn} {measured}"
            );
        }
        let style = style(Face::Ui, 14.0);
        let (drawn, summed) = (
            drawn_width("Velmora", style).unwrap(),
            Shipped.width("Velmora", style),
        );
        assert!((drawn - summed).abs() < 1.0, "{drawn} {summed}");
    }

    /// With a font for it somewhere on the computer it is drawn, else it is told.
    #[test]
    fn chinese_is_drawn_or_told() {
        let words = "岸田文雄";
        let missing = without_font(words);
        let picture = |words: &str| png(&figure(words, Face::Ui), 2.0).unwrap();
        if missing.is_empty() {
            assert_ne!(picture("岸田"), picture("文雄"));
            let width = Shipped.width(words, style(Face::Ui, 10.0));
            assert!((width - 40.0).abs() < 2.0, "{width}");
        } else {
            assert_eq!(missing.len(), 4);
        }
        assert_eq!(
            without_font("Velmora, Київ, طهران, ירושלים"),
            BTreeSet::new()
        );
        assert_eq!(
            without_font("a\u{E123}").len(),
            1,
            "nobody has a private letter"
        );
    }

    #[test]
    fn scale_is_pixels_a_point() {
        let picture = png(&figure("", Face::Ui), 3.0).unwrap();
        let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (648, 168));
        assert!(matches!(
            png(&figure("", Face::Ui), 500.0),
            Err(FigureError::Size { .. })
        ));
    }

    #[test]
    fn outlines_need_no_font() {
        let outlined = outlined(&figure("Velmora", Face::Ui)).unwrap();
        assert!(!outlined.contains("<text"));
        assert!(outlined.contains("<path"));
    }
}
