//! Names and titles in rows, in right visual order also where they are Arabic or Hebrew.
//!
//! egui shapes each word from right to left but sets words one after the other, so words are put in
//! visual order (UAX 9) before they are laid out. Figures need none of this: SVG readers reorder.

use std::borrow::Cow;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, Galley, Painter, TextFormat};

use crate::ui::reader::bidi;
use crate::ui::reader::text::has_right_to_left;
use crate::ui::theme::elided;

/// Returns a name with its words in visual order, to stand in a line with other words: it does not
/// break inside.
pub(crate) fn visual(text: &str) -> Cow<'_, str> {
    if !has_right_to_left(text) {
        return Cow::Borrowed(text);
    }
    let lines = bidi::lines(text, f32::INFINITY, &mut |_| 1.0);
    let shown: String = lines.lines.iter().map(bidi::Line::shown).collect();
    Cow::Owned(shown.replace(' ', "\u{A0}"))
}

/// Lays out text in at most `rows` rows, cut with `…` at its logical end: at the left where it is
/// read from right to left.
pub(crate) fn line(
    painter: &Painter,
    text: &str,
    format: TextFormat,
    width: f32,
    rows: usize,
) -> Arc<Galley> {
    painter.layout_job(line_job(painter, text, format, width, rows))
}

/// The same, before it is laid out.
pub(crate) fn line_job(
    painter: &Painter,
    text: &str,
    format: TextFormat,
    width: f32,
    rows: usize,
) -> LayoutJob {
    if !has_right_to_left(text) {
        return elided(text, format, width, rows);
    }
    let font = format.font_id.clone();
    let mut measure = |words: &str| {
        let galley = painter.layout_no_wrap(words.to_owned(), font.clone(), Color32::PLACEHOLDER);
        galley.size().x
    };
    let words = wrapped(text, width, rows, &mut measure).join("\n");
    elided(&words, format, f32::INFINITY, rows)
}

/// Returns at most `rows` rows in visual order.
fn wrapped(
    text: &str,
    width: f32,
    rows: usize,
    measure: &mut dyn FnMut(&str) -> f32,
) -> Vec<String> {
    let set = |text: &str, measure: &mut dyn FnMut(&str) -> f32| bidi::lines(text, width, measure);
    let mut lines = set(text, measure);
    if lines.lines.len() > rows {
        // The longest logical beginning that fits with … behind it.
        let last = rows.checked_sub(1).and_then(|at| lines.lines.get(at));
        let mut until = last.map_or(0, |line| line.chars.end);
        loop {
            let cut: String = text.chars().take(until).collect();
            let cut = format!("{}…", cut.trim_end());
            lines = set(&cut, measure);
            if lines.lines.len() <= rows.max(1) || until == 0 {
                break;
            }
            until -= 1;
        }
    }
    let shown = |line: &bidi::Line| line.shown().trim().to_owned();
    lines.lines.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_from_right_to_left_and_latin_ones_as_they_are() {
        assert_eq!(visual("Velmora"), "Velmora");
        assert_eq!(visual("علی خامنه"), "خامنه\u{A0}علی");
        assert_eq!(visual("בני גנץ (IDF)"), "(IDF)\u{A0}גנץ\u{A0}בני");
    }

    #[test]
    fn a_long_name_is_cut_at_its_logical_end() {
        let measure = |words: &str| words.chars().count() as f32;
        let check = |width: f32, rows: usize, expected: &[&str]| {
            let mut measure = |words: &str| measure(words);
            assert_eq!(
                wrapped("אב גד הו", width, rows, &mut measure),
                expected,
                "{width}"
            );
        };
        check(20.0, 1, &["הו גד אב"]);
        check(6.0, 1, &["…גד אב"]);
        check(5.0, 2, &["גד אב", "הו"]);
    }
}
