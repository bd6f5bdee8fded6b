//! Cuts a text into letter runs, digit runs and marks: finer than the tokens of the segmenter, so
//! that `mid-2011`, `27-year`, `7/8/07`, `6:40` and `70s` all come apart the same way.

use rustc_hash::FxHashMap;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    Mark,
}

/// A run of letters, a run of digits, or one other character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Byte offsets.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
    /// Whether no blank stands before it.
    pub(super) glued: bool,
    /// Whether the first letter is a capital.
    pub(super) capital: bool,
    /// Word that some rule knows; 0: none.
    pub(super) id: u32,
    /// Value of a digit run of up to 9 digits.
    pub(super) number: u32,
    /// Length of a digit run, else 0.
    pub(super) digits: u8,
    /// Line breaks before it.
    pub(super) lines: u8,
}

/// Words that rules know, in lower case.
#[derive(Debug, Default)]
pub(super) struct Words {
    ids: FxHashMap<Box<str>, u32>,
}

impl Words {
    /// Returns the id of `word`, new if need be. Ids start at 1.
    pub(super) fn intern(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.ids.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        *self.ids.entry(word.into()).or_insert(next)
    }

    pub(super) fn get(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(0)
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }
}

/// Longest word looked up, in bytes.
const LONGEST: usize = 24;

/// One character that means the same as its plain form in rules.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '–' | '—' | '‒' | '−' | '‐' | '‑' => '-',
        other => other,
    }
}

fn kind(c: char) -> Kind {
    if c.is_ascii_digit() {
        Kind::Digits
    } else if c.is_alphabetic() {
        Kind::Word
    } else {
        Kind::Mark
    }
}

/// Returns the pieces of `text`; ids come from `lookup`, which gets lower case.
pub(super) fn lex(text: &str, mut lookup: impl FnMut(&str) -> u32) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let (mut lower, mut glued, mut breaks) = (String::with_capacity(LONGEST), false, 0_u8);
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || c == '\u{200b}' {
            glued = false;
            breaks = breaks.saturating_add(u8::from(c == '\n'));
            continue;
        }
        let kind = kind(c);
        lower.clear();
        lower.extend(plain(c).to_lowercase());
        let mut end = start + c.len_utf8();
        if kind != Kind::Mark {
            while let Some((_, next)) = chars.next_if(|&(_, next)| self::kind(next) == kind) {
                end += next.len_utf8();
                if lower.len() < LONGEST {
                    if next.is_ascii() {
                        lower.push(next.to_ascii_lowercase());
                    } else {
                        lower.extend(next.to_lowercase());
                    }
                }
            }
        }
        let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else {
            break;
        };
        let digits = if kind == Kind::Digits { end - start } else { 0 };
        out.push(Piece {
            start: from,
            end: to,
            kind,
            glued,
            capital: c.is_uppercase(),
            id: if kind == Kind::Digits || lower.len() >= LONGEST {
                0
            } else {
                lookup(&lower)
            },
            number: if (1..=9).contains(&digits) {
                lower.parse().unwrap_or(0)
            } else {
                0
            },
            digits: u8::try_from(digits).unwrap_or(u8::MAX),
            lines: breaks,
        });
        (glued, breaks) = (true, 0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lex(text, |_| 0)
            .iter()
            .map(|p| text.get(p.start as usize..p.end as usize).unwrap())
            .collect()
    }

    #[test]
    fn letters_digits_and_marks_come_apart() {
        assert_eq!(cut("mid-2011, 70s"), ["mid", "-", "2011", ",", "70", "s"]);
        assert_eq!(cut("6:40 p.m."), ["6", ":", "40", "p", ".", "m", "."]);
        assert_eq!(cut("März–’98"), ["März", "–", "’", "98"]);
    }

    #[test]
    fn blank_between_pieces_is_kept() {
        let glued: Vec<bool> = lex("a b-c", |_| 0).iter().map(|p| p.glued).collect();
        assert_eq!(glued, [false, false, true, true]);
    }
}
