//! Windows: sentences of a text packed in order until the next one does not fit, so that the encoder sees what
//! stands around a name, with every word cut into pieces once.

use crate::nlp::ner::features::{self, View};
use crate::nlp::words::{Kind, Word};

use super::pieces::{MOST, Piece, Vocabulary};

/// Pieces of a window, the first and last mark counted.
pub(super) const SIZE: usize = 128;

/// A word in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its token in the text.
    pub(super) token: usize,
    /// Its first piece in [`Window::pieces`].
    pub(super) piece: usize,
    /// Its first code in [`Window::codes`].
    pub(super) code: usize,
    /// Whether it can be part of a name.
    pub(super) open: bool,
}

/// What the encoder reads at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) pieces: Vec<Piece>,
    pub(super) codes: Vec<u8>,
    pub(super) words: Vec<Entry>,
}

impl Window {
    /// Pieces of a word.
    pub(super) fn pieces_of(&self, at: usize) -> &[Piece] {
        let end = self
            .words
            .get(at + 1)
            .map_or(self.pieces.len(), |w| w.piece);
        let start = self.words.get(at).map_or(end, |w| w.piece);
        self.pieces.get(start..end).unwrap_or_default()
    }

    /// Codes of a word.
    pub(super) fn codes_of(&self, at: usize) -> &[u8] {
        let end = self.words.get(at + 1).map_or(self.codes.len(), |w| w.code);
        let start = self.words.get(at).map_or(end, |w| w.code);
        self.codes.get(start..end).unwrap_or_default()
    }

    fn push(&mut self, other: &Self, at: usize) {
        let Some(word) = other.words.get(at) else {
            return;
        };
        self.words.push(Entry {
            token: word.token,
            piece: self.pieces.len(),
            code: self.codes.len(),
            open: word.open,
        });
        self.pieces.extend_from_slice(other.pieces_of(at));
        self.codes.extend_from_slice(other.codes_of(at));
    }
}

/// Packs sentences into windows.
#[derive(Debug)]
pub(super) struct Packer<'v> {
    vocabulary: &'v Vocabulary,
    buffer: String,
    sentence: Window,
    window: Window,
    /// Windows that are full.
    pub(super) done: Vec<Window>,
}

impl<'v> Packer<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            buffer: String::new(),
            sentence: Window::default(),
            window: Window::default(),
            done: Vec::new(),
        }
    }

    /// Adds a sentence whose tokens begin at `first`; `words` are those to be read and whether
    /// they can be part of a name, `text` gives the letters of a token.
    pub(super) fn add<'t>(
        &mut self,
        view: &View<'_>,
        first: usize,
        words: impl Iterator<Item = (usize, bool)>,
        text: impl Fn(usize) -> &'t str,
    ) {
        let sentence = &mut self.sentence;
        *sentence = Window::default();
        for (at, open) in words {
            sentence.words.push(Entry {
                token: first + at,
                piece: sentence.pieces.len(),
                code: sentence.codes.len(),
                open,
            });
            self.vocabulary
                .cut(text(first + at), &mut self.buffer, &mut sentence.pieces);
            features::codes(view, at, &mut sentence.codes);
        }
        let room = SIZE - 2;
        if self.window.pieces.len() + self.sentence.pieces.len() > room {
            self.close();
        }
        for at in 0..self.sentence.words.len() {
            if self.window.pieces.len() + MOST > room
                && self.window.pieces.len() + self.sentence.pieces_of(at).len() > room
            {
                self.close();
            }
            self.window.push(&self.sentence, at);
        }
    }

    fn close(&mut self) {
        if !self.window.words.is_empty() {
            self.done.push(std::mem::take(&mut self.window));
        }
    }

    /// Returns all windows.
    pub(super) fn finish(mut self) -> Vec<Window> {
        self.close();
        self.done
    }
}

/// How far a small word may stand from a capital or number and still be part of a name.
const NEAR: usize = 1;
/// How many small words a name may have in a row: *of the*, *for the*, *and the*.
const BRIDGE: usize = 3;

/// Which words of a sentence can be part of a name; all, where letters tell nothing (`all`).
pub(in crate::nlp::ner) fn open(words: &[Word], all: bool) -> Vec<bool> {
    if all {
        return vec![true; words.len()];
    }
    let strong = |word: &Word| word.is_capital() || word.kind == Kind::Number;
    let mut out = vec![false; words.len()];
    let mut last: Option<usize> = None;
    for (at, word) in words.iter().enumerate() {
        if !strong(word) {
            continue;
        }
        let from = match last {
            Some(before) if at - before <= BRIDGE + 1 => before,
            _ => at.saturating_sub(NEAR),
        };
        let end = (at + 1 + NEAR).min(words.len());
        if let Some(part) = out.get_mut(from..end) {
            part.fill(true);
        }
        last = Some(at);
    }
    out
}

/// Whether capitals tell names in this text: not in one written in small letters.
pub(in crate::nlp::ner) fn has_capitals(words: &[Word]) -> bool {
    let capital = words.iter().filter(|word| word.is_capital()).count();
    let small = words.iter().filter(|word| word.kind == Kind::Low).count();
    capital * 50 > small
}

/// Whether a sentence is written in small letters: of one that begins small and has no capital but *I*.
pub(in crate::nlp::ner) fn is_small(words: &[Word]) -> bool {
    let mut letters = words.iter().filter(|word| word.kind != Kind::Mark);
    letters.next().is_some_and(|word| word.kind == Kind::Low)
        && !words.iter().any(|word| {
            matches!(word.kind, Kind::Upper | Kind::Mixed)
                || word.kind == Kind::Capital && word.starts[1] != 0
        })
}
