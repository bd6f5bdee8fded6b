//! Text in capitals, or without any, as a newspaper would set it: what follows reads names by their
//! capitals. Only the case of letters changes, so every offset stays what it is.
//!
//! A line of capitals (a headline) is recased by itself; a text without capitals as a whole. Known
//! names get the capitals of the lists, words that are in no common vocabulary one at their front,
//! and so what stands behind a first name or a title.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashSet;

use crate::nlp::lexicon::{Lexicon, rows};
use crate::nlp::words;

/// Share of capitals among the letters, in percent, from which a line is set in capitals.
const CAPITALS: usize = 80;

struct Names {
    finder: Option<AhoCorasick>,
    written: Vec<String>,
    first: FxHashSet<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(Names::build);

impl Names {
    fn build() -> Self {
        let lexicon = Lexicon::embedded();
        let mut written: Vec<String> = Vec::new();
        for state in &lexicon.states {
            let lists = [
                &state.adjectives,
                &state.demonyms,
                &state.capitals,
                &state.metonyms,
                &state.other_names,
            ];
            written.push(state.name.to_owned());
            written.extend(lists.into_iter().flatten().map(|name| (*name).to_owned()));
        }
        for organisation in &lexicon.organisations {
            written.push(organisation.name.to_owned());
            written.extend(organisation.aliases.iter().map(|name| (*name).to_owned()));
        }
        for region in &lexicon.regions {
            written.push(region.name.to_owned());
            written.extend(region.adjectives.iter().map(|name| (*name).to_owned()));
        }
        for leader in &lexicon.leaders {
            written.extend(leader.names().map(str::to_owned));
        }
        for row in rows(include_str!("../../assets/lexicons/fixed_names.tsv")) {
            written.extend(row.first().map(|name| (*name).to_owned()));
        }
        // "us", "who", "it" are words first.
        written.retain(|name| {
            name.len() > 3 && name.is_ascii() && !COMMON.contains(&name.to_lowercase().as_str())
        });
        written.sort();
        written.dedup();
        let lower: Vec<String> = written.iter().map(|name| name.to_lowercase()).collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&lower)
            .ok(); // too many names for one automaton would leave only the other rules
        let first = rows(include_str!("../../assets/lexicons/person_names.tsv"))
            .filter(|row| row.get(1).is_some_and(|count| *count != "0"))
            .filter_map(|row| row.first().map(|word| word.to_lowercase()))
            .filter(|word| word.len() > 3 && !COMMON.contains(&word.as_str()))
            .collect();
        Self {
            finder,
            written,
            first,
        }
    }
}

/// Names that are words of the language first.
const COMMON: &[&str] = &[
    "chad",
    "turkey",
    "male",
    "time",
    "nice",
    "will",
    "mark",
    "grant",
    "rose",
    "faith",
    "hope",
    "grace",
    "long",
    "young",
    "king",
    "page",
    "dawn",
    "sun",
    "post",
    "independent",
    "guardian",
    "quad",
    "apple",
    "shell",
    "ford",
    "polish",
    "quartet",
    "commonwealth",
    "united",
    "general",
    "major",
    "high",
    "solidarity",
    "liberation",
    "transparency",
    "politico",
    "economist",
    "frontex",
    "may",
    "august",
    "road map",
    "holocaust",
    "ramadan",
    "number 10",
    "beehive",
    "embassy",
];

/// Words that stand before names.
const TITLES: &[&str] = &[
    "president",
    "minister",
    "mr",
    "mr.",
    "mrs.",
    "ms.",
    "senator",
    "general",
    "gen.",
    "sen.",
    "spokesman",
    "spokeswoman",
    "ambassador",
    "chancellor",
    "premier",
    "king",
    "prince",
    "sheikh",
];

/// Returns the text as a newspaper would set it; itself where it already is.
pub(super) fn recase(text: &str) -> Cow<'_, str> {
    let (letters, capitals) = count(text);
    let bare = letters >= 40 && capitals * 200 < letters;
    let any = bare || text.split('\n').any(in_capitals);
    if !any {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if bare || in_capitals(line) {
            out.push_str(&set(line));
        } else {
            out.push_str(line);
        }
    }
    if out.len() == text.len() {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

fn count(text: &str) -> (usize, usize) {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.fold((0, 0), |(all, upper), c| {
        (all + 1, upper + usize::from(c.is_uppercase()))
    })
}

fn in_capitals(line: &str) -> bool {
    let (letters, capitals) = count(line);
    letters >= 12 && capitals * 100 >= letters * CAPITALS && line.split_whitespace().count() >= 3
}

/// A letter in the other case, if that takes as many bytes.
fn turned(c: char, upper: bool) -> char {
    let mut other = c.to_lowercase();
    let mut capital = c.to_uppercase();
    let next = if upper { capital.next() } else { other.next() };
    let rest = if upper { capital.next() } else { other.next() };
    next.filter(|n| rest.is_none() && n.len_utf8() == c.len_utf8())
        .unwrap_or(c)
}

fn set(line: &str) -> String {
    let mut out: Vec<char> = line.chars().map(|c| turned(c, false)).collect();
    let lower: String = out.iter().collect();
    if lower.len() != line.len() {
        return line.to_owned();
    }
    let mut raise = Vec::new();
    words_in(&lower, &mut raise);
    for at in raise {
        if let Some(c) = out.get_mut(at) {
            *c = turned(*c, true);
        }
    }
    let mut text: String = out.into_iter().collect();
    let Some(finder) = &NAMES.finder else {
        return text;
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for hit in finder.find_iter(&lower) {
        let before = lower.get(..hit.start()).and_then(|t| t.chars().next_back());
        let after = lower.get(hit.end()..).and_then(|t| t.chars().next());
        if !is_word(before)
            && !is_word(after)
            && let Some(name) = NAMES.written.get(hit.pattern().as_usize())
            && text.is_char_boundary(hit.start())
            && text.is_char_boundary(hit.end())
        {
            text.replace_range(hit.range(), name);
        }
    }
    text
}

/// Which characters to raise: starts of sentences, words that are in no vocabulary, what stands behind
/// first names and titles.
fn words_in(lower: &str, raise: &mut Vec<usize>) {
    let mut at = 0;
    let (mut start, mut name) = (true, false);
    for piece in lower.split_inclusive(|c: char| c.is_whitespace() || c == '-') {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        let lead = word.chars().take_while(|c| !c.is_alphanumeric()).count();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare
            .strip_suffix("'s")
            .or_else(|| bare.strip_suffix("’s"))
            .unwrap_or(bare);
        let letters = bare.chars().count() > 2 && bare.chars().all(char::is_alphabetic);
        let rare = letters && bare.chars().count() > 3 && !words::is_common(bare);
        let first = NAMES.first.contains(bare);
        if start && !bare.is_empty()
            || rare
            || first
            || name && letters && !words::is_function(bare)
        {
            raise.push(at + lead);
        }
        name = (first || TITLES.contains(&word)) && !word.ends_with([',', ';']);
        if !bare.is_empty() {
            start = word.ends_with(['.', '!', '?', '”', '"']) && !TITLES.contains(&word);
        }
        at += piece.chars().count();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::recase;

    #[test]
    fn headlines_in_capitals_and_text_without_any_get_their_names_back() {
        for (text, expected) in [
            (
                "NORWAY REJECTS POLISH DEMAND, NATO SAYS\nThe rest stays.",
                "Norway rejects polish demand, NATO says\nThe rest stays.",
            ),
            (
                "the talks ended. president vladimir putin went home to moscow, the white house said.",
                "The talks ended. President Vladimir Putin went home to Moscow, the White House said.",
            ),
            (
                "NATO and the EU met in Oslo.",
                "NATO and the EU met in Oslo.",
            ),
        ] {
            let found = recase(text).to_lowercase();
            assert_eq!(found, text.to_lowercase());
            let found = recase(text);
            for name in ["Norway", "NATO", "Vladimir Putin", "Moscow", "White House"] {
                assert_eq!(
                    found.contains(name),
                    expected.contains(name),
                    "{name} in {found}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn offsets_stay(text in "[A-Z ßİıéÉ.,\n-]{0,120}|[a-zß ı.]{0,120}|\\PC{0,60}") {
            let set = recase(&text);
            prop_assert_eq!(set.len(), text.len());
            let same = set.char_indices().map(|(at, _)| at).eq(text.char_indices().map(|(at, _)| at));
            prop_assert!(same);
        }
    }
}
