//! Names known beforehand: the lexicons as one table of token sequences, and words that tell a type.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::slice;
use crate::nlp::lexicon::{Lexicon, rows};
use crate::nlp::linear::mix;
use crate::nlp::segment::tokens;
use crate::nlp::words::Word;

/// What a listed name is, one bit each.
pub(super) mod is {
    pub(crate) const STATE: u32 = 1;
    pub(crate) const ADJECTIVE: u32 = 1 << 1;
    pub(crate) const DEMONYM: u32 = 1 << 2;
    pub(crate) const CAPITAL: u32 = 1 << 3;
    pub(crate) const HOUSE: u32 = 1 << 4;
    pub(crate) const ORGANISATION: u32 = 1 << 5;
    pub(crate) const BODY: u32 = 1 << 6;
    pub(crate) const PLACE: u32 = 1 << 7;
    pub(crate) const NORP: u32 = 1 << 8;
    pub(crate) const AGREEMENT: u32 = 1 << 9;
    pub(crate) const EVENT: u32 = 1 << 10;
    pub(crate) const FACILITY: u32 = 1 << 11;
    pub(crate) const WEAPON: u32 = 1 << 12;
    pub(crate) const COUNT: u32 = 13;
}

/// What a single word says of the name that it is in, one bit each.
pub(super) mod cue {
    pub(crate) const FIRST: u32 = 1;
    pub(crate) const LAST: u32 = 1 << 1;
    pub(crate) const TITLE: u32 = 1 << 2;
    pub(crate) const AGREEMENT: u32 = 1 << 3;
    pub(crate) const EVENT: u32 = 1 << 4;
    pub(crate) const FACILITY: u32 = 1 << 5;
    /// A run of capitals before it is a name by itself.
    pub(crate) const PATTERN: u32 = 1 << 6;
    pub(crate) const COUNT: u32 = 7;
}

/// Shorter names are too often something else in small letters.
const SMALL_LEAST: usize = 4;

/// Names that are nouns or verbs in small letters.
const NOUNS: [&str; 14] = [
    "turkey", "china", "chad", "jersey", "male", "mobile", "reading", "split", "bath", "orange",
    "nice", "victoria", "central", "union",
];

/// All lists, ready for lookup.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// Hash of a sequence's beginning → bits where a name ends here, 0 where it only goes on.
    prefixes: FxHashMap<u64, u32>,
    cues: FxHashMap<u64, u32>,
    /// States and places in small letters, as careless texts write them: sequences as in `prefixes`.
    small: FxHashMap<u64, u32>,
    longest: usize,
}

/// A listed name found at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) bits: u32,
}

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::build);

impl Gazetteer {
    /// Returns the lists that are built in; read at the first call.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn build() -> Self {
        let mut all = Self::default();
        let lexicon = Lexicon::embedded();
        for state in &lexicon.states {
            all.add_both(state.name, is::STATE);
            let lists = [
                (&state.other_names, is::STATE),
                (&state.adjectives, is::ADJECTIVE),
                (&state.demonyms, is::DEMONYM),
                (&state.capitals, is::CAPITAL),
                (&state.metonyms, is::HOUSE),
            ];
            all.add_small(state.name, is::STATE);
            for (names, bit) in lists {
                for name in names {
                    all.add_both(name, bit);
                    if bit & (is::STATE | is::CAPITAL) != 0 {
                        all.add_small(name, bit);
                    }
                }
            }
        }
        for organisation in &lexicon.organisations {
            all.add(organisation.name, is::ORGANISATION);
            for alias in &organisation.aliases {
                all.add(alias, is::ORGANISATION);
            }
        }
        all.files();
        all
    }

    fn files(&mut self) {
        for row in rows(include_str!("../../../assets/lexicons/places.tsv")) {
            self.add(row[0], is::PLACE);
            self.add_small(row[0], is::PLACE);
        }
        for row in rows(include_str!("../../../assets/lexicons/bodies.tsv")) {
            self.add(row[0], is::BODY);
        }
        for row in rows(include_str!("../../../assets/lexicons/norps.tsv")) {
            self.add(row[0], is::NORP);
        }
        for row in rows(include_str!("../../../assets/lexicons/fixed_names.tsv")) {
            if let [name, what, ..] = row.as_slice() {
                self.add(
                    name,
                    match *what {
                        "agreement" => is::AGREEMENT,
                        "event" => is::EVENT,
                        "facility" => is::FACILITY,
                        _ => is::WEAPON,
                    },
                );
            }
        }
        for row in rows(include_str!("../../../assets/lexicons/type_heads.tsv")) {
            if let [word, what, pattern, ..] = row.as_slice() {
                let bits = match *what {
                    "agreement" => cue::AGREEMENT,
                    "event" => cue::EVENT,
                    _ => cue::FACILITY,
                };
                self.cue(
                    word,
                    bits | if *pattern == "yes" { cue::PATTERN } else { 0 },
                );
            }
        }
        for row in rows(include_str!("../../../assets/lexicons/titles.tsv")) {
            self.cue(row[0], cue::TITLE);
        }
        for row in rows(include_str!("../../../assets/lexicons/person_names.tsv")) {
            if let [word, first, last, ..] = row.as_slice() {
                let count = |text: &str| text.parse::<u32>().unwrap_or_default();
                let first = if count(first) > 0 { cue::FIRST } else { 0 };
                self.cue(word, first | if count(last) > 0 { cue::LAST } else { 0 });
            }
        }
    }

    /// Adds a name as it is and as headlines in capitals write it.
    fn add_both(&mut self, name: &str, bits: u32) {
        self.add(name, bits);
        if name.len() > 3 && name.contains(char::is_lowercase) {
            self.add(&name.to_uppercase(), bits);
        }
    }

    fn add(&mut self, name: &str, bits: u32) {
        let mut buffer = Vec::new();
        let mut sequence = 0;
        let cut = tokens(name);
        self.longest = self.longest.max(cut.len());
        for (at, token) in cut.iter().enumerate() {
            let word = Word::of(slice(name, token.range), &mut buffer);
            sequence = mix(sequence, word.form);
            let entry = self.prefixes.entry(sequence).or_default();
            if at + 1 == cut.len() {
                *entry |= bits;
            }
        }
    }

    /// Adds a name in small letters, unless it is a word of its own then.
    fn add_small(&mut self, name: &str, bits: u32) {
        if name.len() < SMALL_LEAST
            || !name.starts_with(char::is_uppercase)
            || !name.contains(char::is_lowercase)
            || name.contains(". ")
        {
            return;
        }
        let lower = name.to_lowercase();
        if NOUNS.contains(&lower.as_str()) {
            return;
        }
        let mut buffer = Vec::new();
        let mut sequence = 0;
        let cut = tokens(&lower);
        for (at, token) in cut.iter().enumerate() {
            sequence = mix(
                sequence,
                Word::of(slice(&lower, token.range), &mut buffer).form,
            );
            let entry = self.small.entry(sequence).or_default();
            if at + 1 == cut.len() {
                *entry |= bits;
            }
        }
    }

    fn cue(&mut self, word: &str, bits: u32) {
        let word = Word::of(word, &mut Vec::new());
        *self.cues.entry(word.form).or_default() |= bits;
    }

    /// Returns what a word says by itself.
    pub(super) fn cues(&self, word: &Word) -> u32 {
        self.cues.get(&word.form).copied().unwrap_or_default()
    }

    /// Returns what a whole sequence is listed as, 0 where it is not.
    pub(super) fn exactly(&self, words: &[Word]) -> u32 {
        let sequence = words
            .iter()
            .fold(0, |sequence, word| mix(sequence, word.form));
        self.prefixes.get(&sequence).copied().unwrap_or_default()
    }

    /// Returns the listed names of a sentence, longest first at each place, without overlap.
    pub(super) fn hits(&self, words: &[Word]) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(words, at) {
                Some(hit) => {
                    at = hit.end;
                    out.push(hit);
                }
                None => at += 1,
            }
        }
        out
    }

    /// Returns the state or place in small letters that begins at a word.
    pub(super) fn small_at(&self, words: &[Word], first: usize) -> Option<Hit> {
        Self::longest_in(&self.small, self.longest, words, first)
    }

    fn longest_at(&self, words: &[Word], first: usize) -> Option<Hit> {
        Self::longest_in(&self.prefixes, self.longest, words, first)
    }

    fn longest_in(
        lists: &FxHashMap<u64, u32>,
        longest: usize,
        words: &[Word],
        first: usize,
    ) -> Option<Hit> {
        let mut sequence = 0;
        let mut found = None;
        for (end, word) in (first + 1..).zip(words.get(first..)?.iter().take(longest)) {
            sequence = mix(sequence, word.form);
            let bits = *match lists.get(&sequence) {
                Some(bits) => bits,
                None => break,
            };
            if bits != 0 {
                found = Some(Hit { first, end, bits });
            }
        }
        found
    }
}
