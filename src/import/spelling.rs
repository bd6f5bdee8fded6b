//! Whether the hyphen at a line's end belongs to the word (*long-term*) or only breaks it (*nego-tiations*).

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What a hyphen at a line's end means where no word decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphens {
    /// Part of the word: text files break after hyphens that are there anyway.
    Keep,
    /// Set by a typesetter to break a word.
    Undo,
}

/// English words, as the engine knows them.
static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../assets/models/words/groups.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .filter(|word| word.chars().count() > 2)
        .collect()
});

/// First parts of words that keep their hyphen also at a line's end.
const PREFIXES: [&str; 24] = [
    "long", "short", "high", "low", "well", "self", "ex", "vice", "non", "anti", "pro", "co",
    "counter", "mid", "pre", "post", "re", "semi", "cross", "all", "so", "one", "two", "three",
];

/// What is known of the words of a text.
#[derive(Debug, Clone)]
pub(super) struct Breaks {
    hyphens: Hyphens,
    /// Words of the text in small letters, *long-term* as one; without those at broken line ends.
    seen: BTreeSet<String>,
}

impl Breaks {
    /// Knows no text.
    pub(super) fn alone(hyphens: Hyphens) -> Self {
        Self {
            hyphens,
            seen: BTreeSet::new(),
        }
    }

    /// Reads a text, unless no line of it ends in a hyphen.
    pub(super) fn of(text: &str, hyphens: Hyphens) -> Self {
        let mut out = Self::alone(hyphens);
        if text
            .lines()
            .any(|line| line.trim_end().ends_with(is_hyphen))
        {
            let words = text.split_whitespace().filter(|word| word.len() > 4);
            out.seen = words
                .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !is_hyphen(c)))
                .filter(|word| !word.ends_with(is_hyphen))
                .map(str::to_lowercase)
                .collect();
        }
        out
    }

    fn known(&self, word: &str) -> bool {
        WORDS.contains(word) || self.seen.contains(word)
    }

    /// Whether the hyphen that ends `before` goes when `after` is set behind it.
    ///
    /// Of one that may go the whole word decides; of a word that nobody knows, its parts.
    pub(super) fn undone(&self, before: &str, after: &str) -> bool {
        let first = tail(before.trim_end_matches(is_hyphen));
        let second: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
        let capitals = |word: &str| !word.chars().any(char::is_lowercase);
        // what follows a capital goes on in small letters, unless all are capitals
        let small = second.starts_with(char::is_lowercase);
        if first.chars().count() < 2 || !(small || capitals(first) && capitals(&second)) {
            return false;
        }
        let (first_lower, second_lower) = (first.to_lowercase(), second.to_lowercase());
        let whole = format!("{first_lower}{second_lower}");
        if self.seen.contains(&format!("{first_lower}-{second_lower}")) {
            return false;
        }
        if self.known(&whole) {
            return true;
        }
        let name = !first.chars().all(char::is_lowercase);
        let (first_known, second_known) = (self.known(&first_lower), self.known(&second_lower));
        let word = first.ends_with(char::is_lowercase)
            && small
            && !PREFIXES.contains(&first_lower.as_str());
        match self.hyphens {
            // a name before a word: *Rosneft-backed*
            Hyphens::Undo => word && !(second_known && (first_known || name)),
            Hyphens::Keep => word && !name && !first_known && !second_known,
        }
    }
}

/// The hyphen of the keyboard and that of typesetters.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}

/// The letters that a text ends with.
fn tail(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_alphabetic())
        .map_or(0, |(at, c)| at + c.len_utf8());
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_about_hyphens() {
        // before, after, whether a typesetter's and a text file's hyphen goes
        let cases = [
            ("the nego", "tiations went", true, true),
            ("a pro", "posal by", true, true),
            ("Euro", "pean Union", true, true),
            ("the Inter", "national Agency", true, true),
            ("SANC", "TIONS", true, true),
            ("a long", "term deal", false, false),
            ("anti", "government forces", false, false),
            ("decision", "making", false, false),
            ("the US", "Iran talks", false, false),
            ("anti", "Iranian", false, false),
            ("Tehran", "backed", false, false),
            ("die Verhand", "lungen", true, false),
            ("Rosneft", "backed", false, false),
            ("der verhand", "lungen", true, true),
            ("uran", "ium", true, true),
        ];
        for (before, after, set, file) in cases {
            let before = format!("{before}-");
            for (hyphens, wanted) in [(Hyphens::Undo, set), (Hyphens::Keep, file)] {
                let found = Breaks::alone(hyphens).undone(&before, after);
                assert_eq!(found, wanted, "{before}{after}, {hyphens:?}");
            }
        }
    }

    #[test]
    fn the_text_itself_knows_words() {
        let breaks = Breaks::of(
            "Velmor-\nan envoys left. A Velmoran said that a crisis-proof deal was near, crisis-\nproof.",
            Hyphens::Keep,
        );
        assert!(breaks.undone("Velmor-", "an envoys"));
        assert!(!breaks.undone("crisis-", "proof."));
    }
}
