//! UTF-8 bytes → Unicode code points.

use crate::model::TextRange;

/// Bytes between two remembered counts: a short scan instead of four bytes a byte of text.
const STEP: usize = 64;

/// Converts the offsets of one text.
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points that begin before byte `i * STEP`.
    counts: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Counts a text once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        let mut seen = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            counts.push(seen);
            seen += starts(chunk);
        }
        counts.push(seen);
        Self { text, counts }
    }

    /// Returns how many code points begin before `byte`; what lies behind the end counts as the end.
    #[must_use]
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let chunk = byte / STEP;
        let before = self.counts.get(chunk).copied().unwrap_or_default();
        before
            + starts(
                self.text
                    .as_bytes()
                    .get(chunk * STEP..byte)
                    .unwrap_or_default(),
            )
    }

    /// Returns a range as `[start, end]`, end exclusive.
    #[must_use]
    pub fn range(&self, range: TextRange) -> [usize; 2] {
        [self.at(range.start().into()), self.at(range.end().into())]
    }
}

fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::checked_range;

    #[test]
    fn accents_cjk_and_emoji_are_one_each() {
        let text = "é 德黑兰 😀 end";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            checked_range(text, start, start + words.len()).unwrap()
        };
        let points = CodePoints::new(text);
        assert_eq!(points.range(at("é")), [0, 1]);
        assert_eq!(points.range(at("德黑兰")), [2, 5]);
        assert_eq!(points.range(at("😀")), [6, 7]);
        assert_eq!(points.range(at("end")), [8, 11]);
    }

    proptest! {
        #[test]
        fn every_boundary_counts_as_chars_do(text in "\\PC{0,200}") {
            let points = CodePoints::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte), chars);
            }
            prop_assert_eq!(points.at(text.len()), text.chars().count());
        }
    }
}
