//! SVG → PNG at any scale, with the shipped fonts only.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use crate::figure::fonts;

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

/// Reads an SVG with the shipped fonts.
///
/// # Errors
/// When it is no SVG.
pub(crate) fn tree(svg: &str) -> Result<Tree, FigureError> {
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: fonts::UI.family.to_owned(),
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
    use crate::export::svg::svg;
    use crate::figure::scene::{Anchor, Face, Scene, point, style, text};
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
