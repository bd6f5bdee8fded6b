//! What is known of a word apart from its place: its hashes, shape, endings, and the groups of words that it
//! belongs to. Computed once a token and shared by tagger, parser and the finder of mentions, so that
//! training and running see the same.
//!
//! The groups (`assets/models/words/`) are clusters of word vectors at three grains, so that *Prague* says
//! something about *Bratislava* also where the annotated texts name only one of them.

mod train;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::nlp::linear::{hash, mix};

pub use train::{Vectors, cluster};

/// Clusters of a word, coarse to fine; 0 where it has none.
pub type Groups = [u16; 3];

static GROUPS: LazyLock<FxHashMap<u64, Groups>> = LazyLock::new(|| {
    include_str!("../../../assets/models/words/groups.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let word = fields.next()?;
            let mut next = || fields.next()?.parse().ok();
            Some((hash(word.as_bytes()), [next()?, next()?, next()?]))
        })
        .collect()
});

/// Reads the groups now rather than at the first word.
pub fn load() {
    LazyLock::force(&GROUPS);
}

/// Whether a word in lower case is in the vocabulary of the groups.
pub(super) fn is_common(lower: &str) -> bool {
    GROUPS.contains_key(&hash(lower.as_bytes()))
}

/// Words that hold a sentence together and are no part of a name in lower case.
pub(super) fn is_function(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "and"
            | "but"
            | "for"
            | "has"
            | "had"
            | "was"
            | "were"
            | "will"
            | "would"
            | "said"
            | "says"
            | "who"
            | "that"
            | "with"
            | "from"
            | "his"
            | "her"
            | "its"
            | "their"
            | "are"
            | "have"
            | "not"
            | "also"
            | "told"
            | "after"
            | "before"
            | "into"
            | "over"
            | "about"
            | "met"
            | "is"
            | "to"
            | "of"
            | "in"
            | "on"
            | "at"
            | "by"
            | "as"
            | "an"
            | "can"
    )
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Word {
    /// Hash of the word as written.
    pub form: u64,
    /// Hash of it in lower case, digits as 0.
    pub lower: u64,
    /// Hash of its shape: `Xx`, `XX`, `x-d`.
    pub shape: u64,
    /// Hashes of its last 1 to 4 characters in lower case, 0 where the word is shorter.
    pub ends: [u64; 4],
    /// Hashes of its first 1 to 4 characters in lower case.
    pub starts: [u64; 4],
    /// Its groups.
    pub groups: Groups,
    /// Letters and marks in it.
    pub kind: Kind,
}

/// Coarse shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// No letter or digit.
    #[default]
    Mark,
    /// Small letters.
    Low,
    /// *Iran*
    Capital,
    /// *NATO*, *U.S.*
    Upper,
    /// *`iPhone`*, *`McCain`*
    Mixed,
    /// Digits in it.
    Number,
}

impl Word {
    /// Looks at a word. `buffer` is working space.
    #[must_use]
    pub fn of(form: &str, buffer: &mut Vec<u8>) -> Self {
        buffer.clear();
        let mut shape = 0_u64;
        let mut last = 0_u8;
        let mut cuts = [0_usize; 5];
        let mut count = 0;
        let (mut upper, mut lower, mut digit, mut first_upper) = (0, 0, 0, false);
        for c in form.chars() {
            let class = if c.is_lowercase() {
                lower += 1;
                b'x'
            } else if c.is_uppercase() {
                upper += 1;
                first_upper |= count == 0;
                b'X'
            } else if c.is_numeric() {
                digit += 1;
                b'd'
            } else {
                match c {
                    '’' | '\'' => b'\'',
                    _ => u8::try_from(c).unwrap_or(b'x'),
                }
            };
            if class != last {
                shape = mix(shape, u64::from(class));
                last = class;
            }
            push_lower(c, buffer);
            count += 1;
            if count < cuts.len() {
                cuts[count] = buffer.len();
            }
        }
        let kind = match (upper, lower, digit) {
            (0, 0, 0) => Kind::Mark,
            (_, _, 1..) => Kind::Number,
            (0, _, _) => Kind::Low,
            (1, 0, _) => Kind::Capital,
            (_, 0, _) => Kind::Upper,
            (1, _, _) if first_upper => Kind::Capital,
            _ => Kind::Mixed,
        };
        let whole = hash(buffer);
        let mut word = Self {
            form: hash(form.as_bytes()),
            lower: whole,
            shape: mix(shape, 5),
            groups: GROUPS.get(&whole).copied().unwrap_or_default(),
            kind,
            ..Self::default()
        };
        word.edges(buffer, &cuts, count);
        word
    }

    fn edges(&mut self, lower: &[u8], cuts: &[usize; 5], count: usize) {
        let mut back = lower.len();
        for n in 0..4 {
            if count <= n {
                return;
            }
            self.starts[n] = hash(lower.get(..cuts[n + 1]).unwrap_or_default());
            back = previous(lower, back);
            self.ends[n] = hash(lower.get(back..).unwrap_or_default());
        }
    }

    /// Whether it begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        matches!(self.kind, Kind::Capital | Kind::Upper | Kind::Mixed)
    }
}

/// Start of the character before `at`.
fn previous(bytes: &[u8], at: usize) -> usize {
    let mut at = at.saturating_sub(1);
    while at > 0 && bytes[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    at
}

fn push_lower(c: char, buffer: &mut Vec<u8>) {
    if c.is_ascii() {
        let byte = u8::try_from(c).unwrap_or(b' ');
        buffer.push(if byte.is_ascii_digit() {
            b'0'
        } else {
            byte.to_ascii_lowercase()
        });
        return;
    }
    let c = match c {
        '’' | '‘' => '\'',
        '“' | '”' | '„' => '"',
        '–' | '—' => '-',
        other => other,
    };
    let mut bytes = [0; 4];
    for low in c.to_lowercase() {
        buffer.extend(low.encode_utf8(&mut bytes).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str) -> Word {
        Word::of(form, &mut Vec::new())
    }

    #[test]
    fn case_and_digits_fall_together() {
        assert_eq!(of("Iran").lower, of("IRAN").lower);
        assert_eq!(of("1999").lower, of("2026").lower);
        assert_ne!(of("Iran").form, of("iran").form);
    }

    #[test]
    fn ends_are_characters_not_bytes() {
        let word = of("Malé");
        assert_eq!(word.ends[0], hash("é".as_bytes()));
        assert_eq!(word.ends[1], hash("lé".as_bytes()));
        assert_eq!(of("a").ends[1], 0);
    }

    #[test]
    fn kinds_of_words() {
        for (form, kind) in [
            ("talks", Kind::Low),
            ("Oman", Kind::Capital),
            ("NATO", Kind::Upper),
            ("U.S.", Kind::Upper),
            ("McLean", Kind::Mixed),
            ("1,200", Kind::Number),
            (",", Kind::Mark),
        ] {
            assert_eq!(of(form).kind, kind, "{form}");
        }
    }
}
