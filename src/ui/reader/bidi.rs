//! Lines of a paragraph that holds words written from right to left.
//!
//! egui shapes a word from right to left but sets words one after the other, and its cursor
//! arithmetic does not hold for them. So such a paragraph is broken into pieces (words, spaces,
//! marks) here; lines are filled with their measured widths, each line is ordered after the Unicode
//! bidirectional algorithm (UAX 9, by `unicode-bidi`), and each piece is drawn at its own place.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_segmentation::UnicodeSegmentation as _;

/// Part of a line that is shaped as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    /// Its characters in the paragraph, in logical order.
    pub(crate) chars: Range<usize>,
    /// What is drawn; brackets are mirrored where the run goes from right to left.
    pub(crate) text: String,
    /// Left edge, in points from the left edge of the column.
    pub(crate) x: f32,
    /// Width in points.
    pub(crate) width: f32,
    /// Whether the first character stands at the right.
    pub(crate) from_right: bool,
}

/// A line: pieces from left to right.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Line {
    /// Its pieces as they stand.
    pub(crate) pieces: Vec<Piece>,
    /// Its characters in the paragraph.
    pub(crate) chars: Range<usize>,
}

/// A paragraph set in lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Lines {
    /// From top to bottom.
    pub(crate) lines: Vec<Line>,
    /// Whether the paragraph is read from right to left, and stands at the right.
    pub(crate) from_right: bool,
}

/// A piece before it has a place: bytes, characters, level.
struct Atom {
    bytes: Range<usize>,
    chars: Range<usize>,
    level: Level,
    space: bool,
}

/// Breaks `text` into lines of at most `width`; `measure` gives the width of a piece in points.
pub(crate) fn lines(text: &str, width: f32, measure: &mut dyn FnMut(&str) -> f32) -> Lines {
    let info = BidiInfo::new(text, None);
    let Some(paragraph) = info.paragraphs.first() else {
        return Lines::default();
    };
    let atoms = atoms(text, &info.levels);
    let widths: Vec<f32> = atoms
        .iter()
        .map(|atom| measure(&shown(text, atom)))
        .collect();
    let from_right = paragraph.level.is_rtl();
    let lines = broken(&atoms, &widths, width)
        .into_iter()
        .map(|part| {
            let atoms = atoms.get(part.clone()).unwrap_or_default();
            let widths = widths.get(part).unwrap_or_default();
            set_line(text, atoms, widths, width, paragraph.level)
        })
        .collect();
    Lines { lines, from_right }
}

/// Words are pieces of one direction and one script; every other character is one by itself.
fn atoms(text: &str, levels: &[Level]) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::new();
    let mut chars = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let count = grapheme.chars().count();
        let level = levels.get(at).copied().unwrap_or_else(Level::ltr);
        let first = grapheme.chars().next().unwrap_or(' ');
        let space = first.is_whitespace();
        let letter = is_word(first);
        let joins = found.last().is_some_and(|last| {
            let before = text.get(last.bytes.clone()).unwrap_or_default();
            last.level == level
                && !space
                && !last.space
                && (level.is_ltr() || letter && before.chars().next().is_some_and(is_word))
                && right_to_left(first) == before.chars().next().is_some_and(right_to_left)
        });
        match found.last_mut() {
            Some(last) if joins => {
                last.bytes.end = at + grapheme.len();
                last.chars.end = chars + count;
            }
            _ => found.push(Atom {
                bytes: at..at + grapheme.len(),
                chars: chars..chars + count,
                level,
                space,
            }),
        }
        chars += count;
    }
    found
}

fn right_to_left(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

fn is_word(c: char) -> bool {
    use BidiClass::{AL, AN, EN, L, NSM, R};
    c.is_alphanumeric() && matches!(bidi_class(c), L | R | AL | EN | AN | NSM)
}

fn shown(text: &str, atom: &Atom) -> String {
    let words = text.get(atom.bytes.clone()).unwrap_or_default();
    if atom.level.is_rtl() {
        words.chars().map(mirrored).collect()
    } else {
        words.to_owned()
    }
}

/// The pairs of the Unicode table of mirrored characters that occur in articles.
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}

/// Fills lines greedily; breaks only at spaces, within a word where it is wider than a line.
fn broken(atoms: &[Atom], widths: &[f32], width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0.0;
    let mut last_space: Option<usize> = None;
    let mut at = 0;
    while at < atoms.len() {
        let (atom, wide) = (&atoms[at], widths.get(at).copied().unwrap_or_default());
        if atom.space {
            last_space = Some(at);
        } else if used + wide > width && at > start {
            let end = last_space
                .filter(|space| *space >= start)
                .map_or(at, |s| s + 1);
            lines.push(start..end);
            (start, at, used, last_space) = (end, end, 0.0, None);
            continue;
        }
        used += wide;
        at += 1;
    }
    if start < atoms.len() {
        lines.push(start..atoms.len());
    }
    lines
}

/// Orders a line (UAX 9, rules L1 and L2) and gives each piece its place.
fn set_line(text: &str, atoms: &[Atom], widths: &[f32], width: f32, base: Level) -> Line {
    let mut levels: Vec<Level> = atoms.iter().map(|atom| atom.level).collect();
    // L1: spaces at the end of a line have the paragraph's level.
    for (level, atom) in levels.iter_mut().zip(atoms).rev() {
        if !atom.space {
            break;
        }
        *level = base;
    }
    let order = BidiInfo::reorder_visual(&levels);
    let trailing: f32 = atoms
        .iter()
        .zip(widths)
        .rev()
        .take_while(|(atom, _)| atom.space)
        .map(|(_, wide)| *wide)
        .sum();
    let total: f32 = widths.iter().sum();
    // Spaces at the end hang out of the column, at whichever side that is.
    let mut x = if base.is_rtl() {
        width - (total - trailing) - trailing
    } else {
        0.0
    };
    let mut line = Line {
        pieces: Vec::with_capacity(atoms.len()),
        chars: atoms.first().map_or(0, |a| a.chars.start)..atoms.last().map_or(0, |a| a.chars.end),
    };
    for at in order {
        let (Some(atom), Some(wide)) = (atoms.get(at), widths.get(at)) else {
            continue;
        };
        line.pieces.push(Piece {
            chars: atom.chars.clone(),
            text: shown(text, atom),
            x,
            width: *wide,
            from_right: levels.get(at).is_some_and(Level::is_rtl),
        });
        x += wide;
    }
    line
}

impl Piece {
    /// Returns the left edge of a character's leading side: its left where the piece goes from left
    /// to right, else its right. Characters share the width evenly.
    pub(crate) fn edge(&self, character: usize) -> f32 {
        let count = self.chars.len().max(1);
        let done = character.clamp(self.chars.start, self.chars.end) - self.chars.start;
        let share = self.width * done as f32 / count as f32;
        if self.from_right {
            self.x + self.width - share
        } else {
            self.x + share
        }
    }

    /// Returns the character border nearest to `x`.
    pub(crate) fn character_at(&self, x: f32) -> usize {
        let share = if self.width > 0.0 {
            ((x - self.x) / self.width).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let share = if self.from_right { 1.0 - share } else { share };
        self.chars.start + (share * self.chars.len() as f32).round() as usize
    }
}

impl Line {
    /// Returns its words as they stand from left to right; each right-to-left word by itself stays
    /// in logical order, as egui shapes it.
    pub(crate) fn shown(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }

    /// Returns the stretches (left, right) that `chars` cover, from left to right, joined where
    /// they touch.
    pub(crate) fn stretches(&self, chars: &Range<usize>) -> Vec<(f32, f32)> {
        let mut found: Vec<(f32, f32)> = Vec::new();
        for piece in &self.pieces {
            let (from, to) = (
                piece.chars.start.max(chars.start),
                piece.chars.end.min(chars.end),
            );
            if from >= to {
                continue;
            }
            let (one, two) = (piece.edge(from), piece.edge(to));
            let (left, right) = (one.min(two), one.max(two));
            match found.last_mut() {
                Some(last) if (left - last.1).abs() < 0.5 => last.1 = right,
                _ => found.push((left, right)),
            }
        }
        found
    }

    /// Returns the character border nearest to `x`.
    pub(crate) fn character_at(&self, x: f32) -> usize {
        let inside = |piece: &&Piece| x < piece.x + piece.width;
        match self.pieces.iter().find(inside).or(self.pieces.last()) {
            Some(piece) => piece.character_at(x),
            None => self.chars.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

    use super::*;

    fn ten_each(text: &str) -> f32 {
        text.chars().count() as f32 * 10.0
    }

    /// What stands on each line from left to right, words apart.
    fn seen(text: &str, width: f32) -> Vec<String> {
        let set = lines(text, width, &mut ten_each);
        let line = |line: &Line| {
            let words: Vec<&str> = line.pieces.iter().map(|p| p.text.as_str()).collect();
            words.concat().trim().to_owned()
        };
        set.lines.iter().map(line).collect()
    }

    #[test]
    fn hebrew_words_stand_from_right_to_left() {
        assert_eq!(seen("שלום לכל העולם", 500.0), ["העולם לכל שלום"]);
    }

    #[test]
    fn numbers_and_latin_keep_their_direction_within_arabic() {
        assert_eq!(
            seen("وقع 25 اتفاقا مع ACME Corp اليوم", 900.0),
            ["اليوم ACME Corp مع اتفاقا 25 وقع"]
        );
    }

    #[test]
    fn full_stop_stands_at_the_left_end_and_brackets_are_turned() {
        assert_eq!(seen("שלום (לכל).", 500.0), [".(לכל) שלום"]);
    }

    #[test]
    fn hebrew_within_english_is_turned_alone() {
        assert_eq!(
            seen("the word שלום עולם is", 500.0),
            ["the word עולם שלום is"]
        );
    }

    #[test]
    fn lines_are_filled_before_they_are_turned() {
        assert_eq!(seen("אאא בבב גגג דדד", 80.0), ["בבב אאא", "דדד גגג"]);
        let set = lines("אאא בבב", 200.0, &mut ten_each);
        assert!(set.from_right);
        let right = set.lines[0].pieces.last().unwrap();
        assert!(
            (right.x + right.width - 200.0).abs() < 0.01,
            "stands at the right"
        );
    }

    #[test]
    fn a_range_over_both_directions_gives_stretches_that_hit_back() {
        let text = "ab שלום cd";
        let set = lines(text, 500.0, &mut ten_each);
        let line = &set.lines[0];
        // Characters 0..5 are "ab ", then the two letters at the right of the Hebrew word.
        assert_eq!(line.stretches(&(0..5)), [(0.0, 30.0), (50.0, 70.0)]);
        assert_eq!(
            line.character_at(69.0),
            3,
            "the word begins at its right end"
        );
        assert_eq!(line.character_at(31.0), 7);
        assert_eq!(line.character_at(85.0), 9);
    }

    #[test]
    fn a_word_wider_than_the_column_is_on_a_line_of_its_own() {
        assert_eq!(seen("אא בבבבבבבבבב גג", 60.0), ["אא", "בבבבבבבבבב", "גג"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn every_character_stands_on_exactly_one_line(text in "[a-zא-תا-ي0-9 .,()]{0,60}", width in 30.0f32..400.0) {
            let set = lines(&text, width, &mut ten_each);
            let mut seen = vec![0; text.chars().count()];
            for piece in set.lines.iter().flat_map(|line| &line.pieces) {
                for c in piece.chars.clone() {
                    seen[c] += 1;
                }
            }
            prop_assert_eq!(seen, vec![1; text.chars().count()]);
        }

        #[test]
        fn any_text_is_set(text in any::<String>()) {
            let _lines = lines(&text, 100.0, &mut ten_each);
        }
    }
}
