//! A paragraph set in rows: egui's galley where all goes from left to right, own lines where not.
//!
//! Asked of egui each frame for what is visible and never kept: a galley is stale once the glyph
//! atlas is rebuilt.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::CharIndex;
use egui::{Color32, Galley, Painter, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::ui::reader::bidi::{self, Line};
use crate::ui::theme::{Face, job};

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Setting {
    /// Which face.
    pub(crate) face: Face,
    /// Size in points.
    pub(crate) size: f32,
    /// Height of a row in points.
    pub(crate) line: f32,
    /// Width of the column in points.
    pub(crate) width: f32,
}

/// The part of some characters on one row, in points from the paragraph's corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stretch {
    /// Which row.
    pub(crate) row: usize,
    /// Left edge.
    pub(crate) left: f32,
    /// Right edge.
    pub(crate) right: f32,
    /// Whether the first character is here.
    pub(crate) begins: bool,
    /// Whether the last character is here.
    pub(crate) ends: bool,
}

/// A paragraph in rows.
pub(crate) struct SetText {
    rows: Rows,
    line: f32,
    count: usize,
    from_right: bool,
}

enum Rows {
    Galley(Arc<Galley>),
    Lines(Vec<(Line, Vec<Arc<Galley>>)>),
}

impl SetText {
    /// Sets a text without line ends. `mixed` when any of it goes from right to left.
    pub(crate) fn new(ui: &Ui, text: &str, setting: Setting, mixed: bool) -> Self {
        let Setting {
            face,
            size,
            line,
            width,
        } = setting;
        let format = face.format(size, line, Color32::PLACEHOLDER);
        let galley = |text: &str, width: f32| {
            let job = job(text, format.clone(), width);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let mut from_right = false;
        let rows = if mixed {
            let mut measure = |piece: &str| galley(piece, f32::INFINITY).size().x;
            let set = bidi::lines(text, width, &mut measure);
            from_right = set.from_right;
            let shaped = set.lines.into_iter().map(|line| {
                let pieces = line.pieces.iter();
                let galleys = pieces.map(|p| galley(&p.text, f32::INFINITY)).collect();
                (line, galleys)
            });
            Rows::Lines(shaped.collect())
        } else {
            Rows::Galley(galley(text, width))
        };
        let count = match &rows {
            Rows::Galley(galley) => galley.rows.len(),
            Rows::Lines(lines) => lines.len(),
        };
        Self {
            rows,
            line,
            count,
            from_right,
        }
    }

    /// Whether the text is read from right to left.
    pub(crate) fn is_from_right(&self) -> bool {
        self.from_right
    }

    /// Returns the height in points.
    pub(crate) fn height(&self) -> f32 {
        self.count.max(1) as f32 * self.line
    }

    /// Returns the number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.count
    }

    /// Returns the middle of a row.
    pub(crate) fn centre(&self, row: usize) -> f32 {
        (row as f32 + 0.5) * self.line
    }

    /// Returns where `chars` stand, row by row; spaces at the end of a row are left out.
    pub(crate) fn stretches(&self, chars: &Range<usize>) -> Vec<Stretch> {
        match &self.rows {
            Rows::Galley(galley) => galley_stretches(galley, chars),
            Rows::Lines(lines) => {
                let mut found = Vec::new();
                for (row, (line, _)) in lines.iter().enumerate() {
                    let here = line.chars.start.max(chars.start)..line.chars.end.min(chars.end);
                    if here.is_empty() {
                        continue;
                    }
                    let begins = here.start == chars.start;
                    let ends = here.end == chars.end;
                    found.extend(
                        line.stretches(&here)
                            .into_iter()
                            .map(|(left, right)| Stretch {
                                row,
                                left,
                                right,
                                begins,
                                ends,
                            }),
                    );
                }
                found
            }
        }
    }

    /// Returns the first and last row of `chars`.
    pub(crate) fn rows_of(&self, chars: &Range<usize>) -> (usize, usize) {
        let last = chars.end.saturating_sub(1).max(chars.start);
        (self.row_of(chars.start), self.row_of(last))
    }

    /// Returns the row that holds a character.
    pub(crate) fn row_of(&self, character: usize) -> usize {
        let ends: Vec<usize> = match &self.rows {
            Rows::Galley(galley) => {
                let counts = galley.rows.iter();
                let mut end = 0;
                counts
                    .map(|row| {
                        end += row.char_count_including_newline().0;
                        end
                    })
                    .collect()
            }
            Rows::Lines(lines) => lines.iter().map(|(line, _)| line.chars.end).collect(),
        };
        ends.partition_point(|end| *end <= character)
            .min(self.count.saturating_sub(1))
    }

    /// Returns the characters of a row.
    pub(crate) fn chars_of_row(&self, row: usize) -> Range<usize> {
        match &self.rows {
            Rows::Galley(galley) => {
                let count =
                    |row: &egui::epaint::text::PlacedRow| row.char_count_including_newline().0;
                let start: usize = galley.rows.iter().take(row).map(count).sum();
                start..start + galley.rows.get(row).map_or(0, count)
            }
            Rows::Lines(lines) => lines.get(row).map_or(0..0, |(line, _)| line.chars.clone()),
        }
    }

    /// Returns the x of a character's border: where the caret stands before it.
    pub(crate) fn caret(&self, character: usize) -> (usize, f32) {
        let row = self.row_of(character);
        let x = match &self.rows {
            Rows::Galley(galley) => {
                let start = self.chars_of_row(row).start;
                galley.rows.get(row).map_or(0.0, |placed| {
                    placed.pos.x + placed.x_offset(CharIndex(character.saturating_sub(start)))
                })
            }
            Rows::Lines(lines) => lines.get(row).map_or(0.0, |(line, _)| {
                let piece = line
                    .pieces
                    .iter()
                    .find(|piece| piece.chars.contains(&character));
                match (piece, line.pieces.iter().max_by_key(|p| p.chars.end)) {
                    (Some(piece), _) => piece.edge(character),
                    (None, Some(last)) => last.edge(character),
                    (None, None) => 0.0,
                }
            }),
        };
        (row, x)
    }

    /// Returns the character border nearest to a point from the paragraph's corner.
    pub(crate) fn character_at(&self, at: Vec2) -> usize {
        let row = (at.y / self.line).floor().max(0.0) as usize;
        let row = row.min(self.count.saturating_sub(1));
        match &self.rows {
            Rows::Galley(galley) => {
                let chars = self.chars_of_row(row);
                galley.rows.get(row).map_or(0, |placed| {
                    let column = placed.char_at(at.x - placed.pos.x).0;
                    // Behind the last character of a wrapped row is before its last space.
                    let last_row = row + 1 == self.count;
                    let most = chars.len().saturating_sub(usize::from(!last_row));
                    chars.start + column.min(most)
                })
            }
            Rows::Lines(lines) => lines
                .get(row)
                .map_or(0, |(line, _)| line.character_at(at.x)),
        }
    }

    /// Paints the characters; `colours` tile them in order.
    pub(crate) fn paint(
        &self,
        painter: &Painter,
        origin: Pos2,
        colours: &[(Range<usize>, Color32)],
    ) {
        if let [(_, colour)] = colours {
            self.paint_whole(painter, origin, *colour);
            return;
        }
        for (chars, colour) in colours {
            for stretch in self.stretches_with_spaces(chars) {
                let top = origin.y + stretch.row as f32 * self.line;
                let clip = Rect::from_min_max(
                    pos2(origin.x + stretch.left, top),
                    pos2(origin.x + stretch.right, top + self.line),
                );
                let clip = clip.intersect(painter.clip_rect());
                if clip.is_positive() {
                    self.paint_row(&painter.with_clip_rect(clip), origin, stretch.row, *colour);
                }
            }
        }
    }

    fn paint_whole(&self, painter: &Painter, origin: Pos2, colour: Color32) {
        match &self.rows {
            Rows::Galley(galley) => painter.galley(origin, galley.clone(), colour),
            Rows::Lines(lines) => {
                for row in 0..lines.len() {
                    self.paint_row(painter, origin, row, colour);
                }
            }
        }
    }

    fn paint_row(&self, painter: &Painter, origin: Pos2, row: usize, colour: Color32) {
        match &self.rows {
            Rows::Galley(galley) => painter.galley(origin, galley.clone(), colour),
            Rows::Lines(lines) => {
                let Some((line, galleys)) = lines.get(row) else {
                    return;
                };
                let top = row as f32 * self.line;
                for (piece, galley) in line.pieces.iter().zip(galleys) {
                    painter.galley(origin + vec2(piece.x, top), galley.clone(), colour);
                }
            }
        }
    }

    /// As [`Self::stretches`], but what is first or last on a row reaches beyond it, so that no
    /// overhanging letter is cut.
    fn stretches_with_spaces(&self, chars: &Range<usize>) -> Vec<Stretch> {
        let mut found = match &self.rows {
            Rows::Galley(galley) => galley_rows(galley, chars, false),
            Rows::Lines(_) => self.stretches(chars),
        };
        for stretch in &mut found {
            let row = self.chars_of_row(stretch.row);
            if matches!(self.rows, Rows::Galley(_)) {
                if chars.start <= row.start {
                    stretch.left -= 8.0;
                }
                if chars.end >= row.end {
                    stretch.right += 24.0;
                }
            }
        }
        found
    }
}

fn galley_stretches(galley: &Galley, chars: &Range<usize>) -> Vec<Stretch> {
    galley_rows(galley, chars, true)
}

fn galley_rows(galley: &Galley, chars: &Range<usize>, trimmed: bool) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut start = 0;
    for (row, placed) in galley.rows.iter().enumerate() {
        let count = placed.char_count_including_newline().0;
        let from = chars.start.max(start);
        let to = chars.end.min(start + count);
        if from < to {
            let mut last = (to - start).min(placed.glyphs.len());
            if trimmed && chars.end > start + count - usize::from(count > 0) {
                let blank = |at: usize| {
                    at > from - start
                        && placed
                            .glyphs
                            .get(at - 1)
                            .is_some_and(|glyph| glyph.chr.is_whitespace())
                };
                while blank(last) {
                    last -= 1;
                }
            }
            let x = |column: usize| placed.pos.x + placed.x_offset(CharIndex(column));
            found.push(Stretch {
                row,
                left: x(from - start),
                right: x(last),
                begins: from == chars.start,
                ends: to == chars.end,
            });
        }
        start += count;
        if start >= chars.end {
            break;
        }
    }
    found
}

/// Lays colours over characters: `base`, then each of `over` in order. Returns runs that tile
/// `0..count`.
pub(crate) fn coloured(
    count: usize,
    base: Color32,
    over: &[(Range<usize>, Color32)],
) -> Vec<(Range<usize>, Color32)> {
    if over.is_empty() {
        return vec![(0..count, base)];
    }
    let mut each = vec![base; count];
    for (range, colour) in over {
        let range = range.start.min(count)..range.end.min(count);
        if let Some(part) = each.get_mut(range) {
            part.fill(*colour);
        }
    }
    let mut runs: Vec<(Range<usize>, Color32)> = Vec::new();
    for (at, colour) in each.into_iter().enumerate() {
        match runs.last_mut() {
            Some((range, last)) if *last == colour => range.end = at + 1,
            _ => runs.push((at..at + 1, colour)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_colours_lie_over_earlier_ones_and_tile() {
        let (a, b, c) = (Color32::BLACK, Color32::WHITE, Color32::RED);
        assert_eq!(coloured(5, a, &[]), [(0..5, a)]);
        assert_eq!(
            coloured(6, a, &[(1..5, b), (2..3, c)]),
            [(0..1, a), (1..2, b), (2..3, c), (3..5, b), (5..6, a)]
        );
    }
}
