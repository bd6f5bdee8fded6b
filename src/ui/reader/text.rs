//! Paragraphs of a body, and the way between bytes and characters within one.
//!
//! A paragraph is a line of the body; what an empty line parts stands further apart. Lines longer
//! than `LONGEST` are cut between words, so that no single one makes a frame slow.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{TextRange, TextSize, Tokens, slice};

/// Longest paragraph in bytes.
const LONGEST: usize = 6_000;

/// A line of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Its characters, without the line end.
    pub range: TextRange,
    /// Whether an empty line stands before it.
    pub apart: bool,
    /// Whether any character is written from right to left.
    pub mixed: bool,
}

/// Splits a body into paragraphs that are not empty.
#[must_use]
pub fn paragraphs(body: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut apart = true;
    for line in body.split('\n') {
        let blank = line.trim().is_empty();
        if !blank {
            cut(line, start, apart, &mut found);
        }
        apart = blank;
        start += line.len() + 1;
    }
    found
}

fn cut(line: &str, start: usize, apart: bool, found: &mut Vec<Paragraph>) {
    let mut from = 0;
    while from < line.len() {
        let rest = line.get(from..).unwrap_or_default();
        let len = piece_len(rest);
        let piece = rest.get(..len).unwrap_or(rest);
        if let Some(range) = range(start + from, start + from + piece.len()) {
            found.push(Paragraph {
                range,
                apart: apart && from == 0,
                mixed: has_right_to_left(piece),
            });
        }
        from += piece.len().max(1);
    }
}

/// Returns the length of the first piece of `line`: all of it, else up to the last space that fits,
/// else up to the last whole grapheme that fits.
fn piece_len(line: &str) -> usize {
    if line.len() <= LONGEST {
        return line.len();
    }
    let head = line
        .get(..line.floor_char_boundary(LONGEST))
        .unwrap_or(line);
    if let Some((at, space)) = head.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
        return at + space.len_utf8();
    }
    head.grapheme_indices(true)
        .next_back()
        .map_or(line.len(), |(at, _)| if at == 0 { head.len() } else { at })
}

fn range(start: usize, end: usize) -> Option<TextRange> {
    let start = TextSize::try_from(start).ok()?;
    let end = TextSize::try_from(end).ok()?;
    Some(TextRange::new(start, end))
}

/// Whether any character stands in a block that is written from right to left, or turns direction.
#[must_use]
pub fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c,
                '\u{0590}'..='\u{08FF}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
                | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        })
}

/// Bytes and characters of one short text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharMap {
    /// Byte of each character and of the end; none where every character is one byte.
    starts: Option<Vec<usize>>,
    len: usize,
}

impl CharMap {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let starts = (!text.is_ascii()).then(|| {
            let starts = text.char_indices().map(|(at, _)| at);
            starts.chain([text.len()]).collect()
        });
        Self {
            starts,
            len: text.len(),
        }
    }

    /// Returns the number of characters.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.starts
            .as_ref()
            .map_or(self.len, |starts| starts.len() - 1)
    }

    /// Returns the byte of a character; the end for what lies behind it.
    #[must_use]
    pub fn byte(&self, character: usize) -> usize {
        match &self.starts {
            None => character.min(self.len),
            Some(starts) => starts.get(character).copied().unwrap_or(self.len),
        }
    }

    /// Returns the character that holds a byte; the end for what lies behind it.
    #[must_use]
    pub fn character(&self, byte: usize) -> usize {
        match &self.starts {
            None => byte.min(self.len),
            Some(starts) => match starts.binary_search(&byte) {
                Ok(at) => at,
                Err(after) => after.saturating_sub(1).min(starts.len() - 1),
            },
        }
    }
}

impl Paragraph {
    /// Returns the part of `range` in this paragraph, in characters of it.
    #[must_use]
    pub fn chars_of(&self, map: &CharMap, range: TextRange) -> Option<Range<usize>> {
        let both = self.range.intersect(range)?;
        let byte = |at: TextSize| usize::from(at - self.range.start());
        Some(map.character(byte(both.start()))..map.character(byte(both.end())))
    }

    /// Returns the place in the body of a character.
    #[must_use]
    pub fn offset_of(&self, map: &CharMap, character: usize) -> TextSize {
        let byte = TextSize::try_from(map.byte(character)).unwrap_or_default();
        self.range.start() + byte
    }
}

/// Returns the paragraph at `offset`, else the last before it, else the first.
#[must_use]
pub fn paragraph_at(paragraphs: &[Paragraph], offset: TextSize) -> usize {
    paragraphs
        .partition_point(|p| p.range.start() <= offset)
        .saturating_sub(1)
}

/// Returns the word at `offset`: the token there, else what Unicode calls a word.
#[must_use]
pub fn word_at(body: &str, tokens: &Tokens, offset: TextSize) -> Option<TextRange> {
    let after = tokens
        .tokens
        .partition_point(|token| token.range.start() <= offset);
    if let Some(token) = after.checked_sub(1).and_then(|at| tokens.tokens.get(at))
        && token.range.contains(offset)
    {
        return Some(token.range);
    }
    let (line, start) = line_at(body, offset)?;
    let byte = usize::from(offset) - start;
    line.unicode_word_indices()
        .map(|(at, word)| (at, at + word.len()))
        .find(|(from, to)| (*from..*to).contains(&byte))
        .and_then(|(from, to)| range(start + from, start + to))
}

/// Returns `range` without the spaces at its edges and with the whole of each word that an edge
/// cuts: a drag that misses the edge of a word by a letter means the word.
#[must_use]
pub fn whole_words(body: &str, tokens: &Tokens, range: TextRange) -> TextRange {
    let words = slice(body, range);
    let kept = words.trim();
    if kept.is_empty() {
        return range;
    }
    let Ok(lead) = TextSize::try_from(words.len() - words.trim_start().len()) else {
        return range;
    };
    let start = range.start() + lead;
    let end = start + TextSize::of(kept);
    let cut = |at: TextSize| word_at(body, tokens, at).filter(|word| word.start() < at);
    TextRange::new(
        cut(start).map_or(start, |word| word.start()),
        cut(end).map_or(end, |word| word.end()),
    )
}

/// Returns the sentence at `offset`: that of the analysis, else what Unicode calls a sentence.
#[must_use]
pub fn sentence_at(body: &str, tokens: &Tokens, offset: TextSize) -> Option<TextRange> {
    if let Some(sentence) = tokens.sentence_at(TextRange::empty(offset))
        && sentence.range.contains_inclusive(offset)
    {
        return Some(sentence.range);
    }
    let (line, start) = line_at(body, offset)?;
    let byte = usize::from(offset) - start;
    let (at, sentence) = line
        .split_sentence_bound_indices()
        .take_while(|(at, _)| *at <= byte)
        .last()?;
    range(start + at, start + at + sentence.trim_end().len())
}

fn line_at(body: &str, offset: TextSize) -> Option<(&str, usize)> {
    let at = usize::from(offset);
    let before = body.get(..at)?;
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    let end = body.get(at..)?.find('\n').map_or(body.len(), |n| at + n);
    Some((body.get(start..end)?, start))
}

/// Returns where the caret goes by one word: to the end of the word it is in or before, or to the
/// start of the word it is in or behind.
#[must_use]
pub fn step(body: &str, tokens: &Tokens, from: TextSize, forward: bool) -> TextSize {
    let end = TextSize::of(body);
    if tokens.tokens.is_empty() {
        return step_unicode(body, from, forward).min(end);
    }
    let list = &tokens.tokens;
    let stop = if forward {
        let next = list.partition_point(|token| token.range.end() <= from);
        list.get(next).map(|token| token.range.end())
    } else {
        let next = list.partition_point(|token| token.range.start() < from);
        next.checked_sub(1)
            .and_then(|at| list.get(at))
            .map(|token| token.range.start())
    };
    stop.unwrap_or(if forward { end } else { TextSize::default() })
}

fn step_unicode(body: &str, from: TextSize, forward: bool) -> TextSize {
    let at = usize::from(from);
    let to = if forward {
        let rest = body.get(at..).unwrap_or_default();
        rest.unicode_word_indices()
            .next()
            .map_or(body.len(), |(start, word)| at + start + word.len())
    } else {
        let before = body.get(..at).unwrap_or_default();
        // A word is sought in the last bit only: bodies can be long.
        let window = before.floor_char_boundary(before.len().saturating_sub(400));
        before
            .get(window..)
            .unwrap_or_default()
            .unicode_word_indices()
            .next_back()
            .map_or(window, |(start, _)| window + start)
    };
    TextSize::try_from(to).unwrap_or(from)
}

/// Returns `range` widened to whole graphemes of its line.
#[must_use]
pub fn whole_graphemes(body: &str, range_in: TextRange) -> TextRange {
    let Some((line, start)) = line_at(body, range_in.start()) else {
        return range_in;
    };
    if line.is_ascii() && slice(body, range_in).is_ascii() {
        return range_in;
    }
    let snap = |at: TextSize, up: bool| {
        let Some((line, start)) = line_at(body, at) else {
            return usize::from(at);
        };
        let byte = usize::from(at) - start;
        let mut bounds = line.grapheme_indices(true).map(|(at, _)| at);
        let to = if up {
            bounds.find(|bound| *bound >= byte).unwrap_or(line.len())
        } else {
            bounds
                .take_while(|bound| *bound <= byte)
                .last()
                .unwrap_or(0)
        };
        start + to
    };
    let from = snap(range_in.start(), false).max(start);
    range(from, snap(range_in.end(), true).max(from)).unwrap_or(range_in)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

    use super::*;
    use crate::model::Token;

    fn words(body: &str) -> Vec<&str> {
        paragraphs(body)
            .iter()
            .map(|p| slice(body, p.range))
            .collect()
    }

    #[test]
    fn an_edge_inside_a_word_takes_the_whole_word() {
        let body = "The Istanbul memorandum. עברית כאן";
        let at = |text: &str| {
            let start = body.find(text).unwrap();
            range(start, start + text.len()).unwrap()
        };
        for (dragged, wanted) in [
            ("stanbul memora", "Istanbul memorandum"),
            (" Istanbul memorandum", "Istanbul memorandum"),
            ("memorandum", "memorandum"),
            ("emorandum.", "memorandum."),
            ("ברית כ", "עברית כאן"),
            (" ", " "),
        ] {
            let found = whole_words(body, &Tokens::default(), at(dragged));
            assert_eq!(slice(body, found), wanted, "{dragged:?}");
        }
    }

    #[test]
    fn empty_lines_part_paragraphs_and_line_ends_do_not() {
        let body = "One.\n\nTwo,\nthree.\n\n\n  \nFour.\n";
        assert_eq!(words(body), ["One.", "Two,", "three.", "Four."]);
        let apart: Vec<_> = paragraphs(body).iter().map(|p| p.apart).collect();
        assert_eq!(apart, [true, true, false, true]);
    }

    #[test]
    fn a_line_without_end_is_cut_between_words() {
        let body = "word ".repeat(3_000);
        let pieces = paragraphs(&body);
        assert!(pieces.len() > 2);
        assert!(pieces.iter().all(|p| usize::from(p.range.len()) <= LONGEST));
        assert!(words(&body).iter().all(|piece| piece.starts_with("word")));
        let joined: String = words(&body).concat();
        assert_eq!(joined, body);
    }

    #[test]
    fn characters_and_bytes_lead_to_each_other() {
        let map = CharMap::new("aé😀b");
        assert_eq!(map.chars(), 4);
        assert_eq!(
            (0..5).map(|c| map.byte(c)).collect::<Vec<_>>(),
            [0, 1, 3, 7, 8]
        );
        assert_eq!(
            map.character(4),
            2,
            "a byte inside belongs to its character"
        );
        assert_eq!(map.character(99), 4);
    }

    fn tokens(ranges: &[(u32, u32)]) -> Tokens {
        let token = |(start, end): &(u32, u32)| Token {
            range: TextRange::new((*start).into(), (*end).into()),
        };
        Tokens {
            tokens: ranges.iter().map(token).collect(),
            sentences: Vec::new(),
        }
    }

    #[test]
    fn the_caret_goes_by_words() {
        let body = "One two, three";
        for known in [
            tokens(&[(0, 3), (4, 7), (7, 8), (9, 14)]),
            Tokens::default(),
        ] {
            assert_eq!(step(body, &known, 0.into(), true), 3.into());
            assert_eq!(step(body, &known, 3.into(), true), 7.into());
            assert_eq!(step(body, &known, 14.into(), true), 14.into());
            assert_eq!(step(body, &known, 14.into(), false), 9.into());
            assert_eq!(step(body, &known, 2.into(), false), 0.into());
        }
    }

    #[test]
    fn words_and_sentences_are_found_without_an_analysis() {
        let body = "First one. Second two.\n\nThird.";
        let none = Tokens::default();
        let at = |offset: u32| slice(body, word_at(body, &none, offset.into()).unwrap());
        assert_eq!(at(12), "Second");
        let sentence = |offset: u32| slice(body, sentence_at(body, &none, offset.into()).unwrap());
        assert_eq!(sentence(3), "First one.");
        assert_eq!(sentence(15), "Second two.");
        assert_eq!(sentence(25), "Third.");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn paragraphs_lie_on_character_boundaries_in_order(body in any::<String>()) {
            let found = paragraphs(&body);
            let mut last = TextSize::default();
            for p in found {
                prop_assert!(p.range.start() >= last);
                prop_assert!(!slice(&body, p.range).is_empty());
                last = p.range.end();
            }
        }

        #[test]
        fn char_maps_are_inverse(text in any::<String>()) {
            let map = CharMap::new(&text);
            prop_assert_eq!(map.chars(), text.chars().count());
            for c in 0..=map.chars() {
                prop_assert_eq!(map.character(map.byte(c)), c);
            }
        }
    }
}
