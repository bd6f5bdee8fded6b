//! Widths of text from the embedded fonts, so that exported labels never overlap. Words of other
//! scripts are measured as they are drawn.

use std::sync::LazyLock;

use ttf_parser::Face as Font;

use crate::export::raster::drawn_width;
use crate::figure::fonts;
use crate::figure::scene::{Face, Measure, Style};

/// Measures with the shipped faces. Kerning is left out: it moves labels of figures by less than a
/// point.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shipped;

struct Faces {
    ui: Option<Font<'static>>,
    medium: Option<Font<'static>>,
    semibold: Option<Font<'static>>,
    title: Option<Font<'static>>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    // The shipped files parse: a test asks.
    let parse = |face: fonts::FontFace| Font::parse(face.bytes, 0).ok();
    Faces {
        ui: parse(fonts::UI),
        medium: parse(fonts::UI_MEDIUM),
        semibold: parse(fonts::UI_SEMIBOLD),
        title: parse(fonts::READ_BOLD),
    }
});

impl Measure for Shipped {
    fn width(&self, words: &str, style: Style) -> f32 {
        let font = match style.face {
            Face::Ui => &FACES.ui,
            Face::UiMedium => &FACES.medium,
            Face::UiSemibold => &FACES.semibold,
            Face::Title => &FACES.title,
        };
        let plain: Option<f32> = words.chars().map(|c| advance(font.as_ref(), c)).sum();
        match plain {
            Some(ems) => ems * style.size,
            None => drawn_width(words, style)
                .unwrap_or_else(|| words.chars().map(|c| guess(c) * style.size).sum()),
        }
    }
}

/// In ems; none where the face lacks the character.
fn advance(font: Option<&Font<'_>>, c: char) -> Option<f32> {
    let font = font?;
    let glyph = font.glyph_index(c)?;
    let units = f32::from(font.units_per_em());
    font.glyph_hor_advance(glyph)
        .map(|advance| f32::from(advance) / units)
}

/// In ems: one for wide scripts, else the mean.
fn guess(c: char) -> f32 {
    if c >= '\u{2E80}' { 1.0 } else { 0.6 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::scene::style;

    #[test]
    fn digits_of_plex_are_six_tenths_of_the_size() {
        for face in [Face::Ui, Face::UiMedium, Face::UiSemibold] {
            let width = Shipped.width("0123456789", style(face, 10.0));
            assert!((width - 60.0).abs() < 0.1, "{face:?}: {width}");
        }
        let title = Shipped.width("il", style(Face::Title, 20.0));
        assert!(title > 5.0 && title < 20.0, "{title}");
        assert!(Shipped.width("德黑兰", style(Face::Ui, 10.0)) > 29.0);
    }
}
