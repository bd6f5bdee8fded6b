//! Word pieces: the greedy longest-match cutting of BERT (Wu et al. 2016, Devlin et al. 2019) over a vocabulary in
//! lower case without accents.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Number of a piece: its line in the vocabulary.
pub(super) type Piece = u16;

/// The piece that stands for what no piece fits.
pub(super) const UNKNOWN: Piece = 0;
/// The piece before a window.
pub(super) const FIRST: Piece = 1;
/// The piece behind a window.
pub(super) const LAST: Piece = 2;

/// Pieces of one word; what is longer is cut off.
pub(super) const MOST: usize = 8;

/// Bytes of a word looked at; a longer one is no word.
const LONGEST_WORD: usize = 100;

/// The pieces, by what they look like at the start of a word and inside it.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    starts: FxHashMap<&'static str, Piece>,
    insides: FxHashMap<&'static str, Piece>,
    longest: usize,
}

impl Vocabulary {
    /// Reads one piece a line; `##` marks one inside a word.
    pub(super) fn parse(text: &'static str) -> Self {
        let mut all = Self::default();
        for (line, piece) in text.lines().zip(0..) {
            let (line, map) = match line.strip_prefix("##") {
                Some(inside) if !inside.is_empty() => (inside, &mut all.insides),
                _ => (line, &mut all.starts),
            };
            all.longest = all.longest.max(line.len());
            map.insert(line, piece);
        }
        all
    }

    /// Number of pieces.
    pub(super) fn len(&self) -> usize {
        self.starts.len() + self.insides.len()
    }

    /// Appends the pieces of a word, at least one. `buffer` is working space.
    pub(super) fn cut(&self, word: &str, buffer: &mut String, out: &mut Vec<Piece>) {
        let before = out.len();
        if word.len() <= LONGEST_WORD {
            fold(word, buffer);
            let mut rest = buffer.as_str();
            while !rest.is_empty() {
                let end = part_end(rest);
                let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                self.cut_part(part, out);
                rest = after;
            }
        }
        if out.len() == before {
            out.push(UNKNOWN);
        }
        out.truncate(before + MOST);
    }

    /// Letters and digits in one go; the whole is unknown if a piece of it is.
    fn cut_part(&self, part: &str, out: &mut Vec<Piece>) {
        let before = out.len();
        let mut rest = part;
        while !rest.is_empty() {
            let map = if out.len() == before {
                &self.starts
            } else {
                &self.insides
            };
            let most = rest.len().min(self.longest);
            let found = (1..=most).rev().find_map(|end| {
                let (head, tail) = rest.split_at_checked(end)?;
                Some((*map.get(head)?, tail))
            });
            let Some((piece, tail)) = found else {
                out.truncate(before);
                out.push(UNKNOWN);
                return;
            };
            out.push(piece);
            rest = tail;
        }
    }
}

/// Lower case, no accents, no blanks.
fn fold(word: &str, buffer: &mut String) {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        buffer.retain(|c| !c.is_ascii_whitespace() && !c.is_ascii_control());
        return;
    }
    buffer.extend(
        word.nfd()
            .flat_map(char::to_lowercase)
            .filter(|c| !is_combining_mark(*c) && !c.is_whitespace() && !c.is_control()),
    );
}

/// End of the first run of letters and digits, or of the first mark.
fn part_end(text: &str) -> usize {
    let mark = |c: char| !c.is_alphanumeric();
    match text.char_indices().find(|(_, c)| mark(*c)) {
        Some((0, c)) => c.len_utf8(),
        Some((at, _)) => at,
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, proptest};

    use super::*;

    const SMALL: &str =
        "[UNK]\n[CLS]\n[SEP]\nnon\n##pro\n##li\n##fer\n##ation\n-\nmale\nu\n.\ns\n#\n##";

    fn cut(word: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        Vocabulary::parse(SMALL).cut(word, &mut String::new(), &mut out);
        out
    }

    #[test]
    fn the_longest_piece_comes_first() {
        for (word, pieces) in [
            ("Nonproliferation", vec![3, 4, 5, 6, 7]),
            ("non-male", vec![3, 8, 9]),
            ("Malé", vec![9]),
            ("U.S.", vec![10, 11, 12, 11]),
            ("Oman", vec![UNKNOWN]),
            ("nonx", vec![UNKNOWN]),
            ("", vec![UNKNOWN]),
            ("#", vec![13]),
        ] {
            assert_eq!(cut(word), pieces, "{word}");
        }
    }

    #[test]
    fn a_word_without_end_is_one_piece() {
        assert_eq!(cut(&"non".repeat(10_000)), vec![UNKNOWN]);
        assert_eq!(cut(&"u.".repeat(30)).len(), MOST);
    }

    proptest! {
        #[test]
        fn every_word_has_one_to_eight_pieces(word in any::<String>()) {
            let count = cut(&word).len();
            prop_assert!((1..=MOST).contains(&count));
        }
    }
}
