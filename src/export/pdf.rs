//! SVG → PDF of one page: text as text, fonts as subsets.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use crate::export::raster::{FigureError, tree};

/// Returns an SVG as a PDF whose page is as large as the figure. No date is written: the same figure
/// gives the same bytes.
///
/// # Errors
/// When the figure is empty, or the PDF writer refuses it.
pub fn pdf(svg: &str, title: &str) -> Result<Vec<u8>, FigureError> {
    let tree = tree(svg)?;
    // usvg reads a point as 96/72 pixels.
    let points = 72.0 / 96.0;
    let (width, height) = (tree.size().width() * points, tree.size().height() * points);
    let size =
        Size::from_wh(width, height).ok_or_else(|| FigureError::Pdf("no size".to_owned()))?;
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .creator("Demarche".to_owned()),
    );
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    surface
        .draw_svg(&tree, size, SvgSettings::default())
        .ok_or_else(|| FigureError::Pdf("the figure could not be drawn".to_owned()))?;
    surface.finish();
    page.finish();
    document
        .finish()
        .map_err(|error| FigureError::Pdf(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::svg::svg;
    use crate::figure::scene::{Anchor, Face, Scene, point, style, text};
    use crate::figure::tokens::Rgb;

    #[test]
    fn pdf_holds_the_title_as_text_and_is_the_same_each_time() {
        let mut scene = Scene {
            width: 300.0,
            height: 60.0,
            title: "Two parties oppose".to_owned(),
            ..Scene::default()
        };
        let words = "Two parties oppose";
        let ink = Rgb(0, 0, 0);
        scene.add([text(
            point(10.0, 30.0),
            words,
            style(Face::Title, 20.0),
            ink,
            Anchor::Start,
        )]);
        let written = pdf(&svg(&scene), &scene.title).unwrap();
        assert!(written.starts_with(b"%PDF"));
        assert_eq!(written, pdf(&svg(&scene), &scene.title).unwrap());
        let document = pdf_oxide::PdfDocument::from_bytes(written).unwrap();
        assert!(document.extract_text(0).unwrap().contains(words));
    }
}
