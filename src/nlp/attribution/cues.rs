//! `reporting_verbs.tsv`: which words attribute.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::nlp::lexicon::rows;

/// What a verb of this kind takes as its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Takes {
    /// A clause: *said that …*
    Clause,
    /// Somebody and a clause: *told X that …*
    Told,
    /// Only a quotation: *shouted “…”*
    Quote,
    /// An infinitive: *refused to …*
    Infinitive,
    /// Somebody and what he is called or charged with: *accused X of …*
    Called,
}

/// Verbs by lemma, with all that they take.
pub(crate) static VERBS: LazyLock<BTreeMap<&'static str, Vec<Takes>>> =
    LazyLock::new(|| parse("v"));

/// Nouns by lemma.
pub(crate) static NOUNS: LazyLock<BTreeMap<&'static str, Vec<Takes>>> =
    LazyLock::new(|| parse("n"));

/// Adjectives by lemma (*confident that …*).
pub(crate) static ADJECTIVES: LazyLock<BTreeMap<&'static str, Vec<Takes>>> =
    LazyLock::new(|| parse("a"));

fn parse(pos: &str) -> BTreeMap<&'static str, Vec<Takes>> {
    let mut map: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/reporting_verbs.tsv")) {
        let [words, at, class, takes] = row[..] else {
            continue;
        };
        if at != pos {
            continue;
        }
        let takes = match (class, takes) {
            ("call", _) => Takes::Called,
            (_, "o") => Takes::Told,
            (_, "q") => Takes::Quote,
            (_, "i") => Takes::Infinitive,
            _ => Takes::Clause,
        };
        for word in words.split(',').map(str::trim) {
            map.entry(word).or_default().push(takes);
        }
    }
    map
}

/// Whether a verb only says (*said, told, added*): what is said may be somebody else's act.
pub(crate) fn says(lemma: &str) -> bool {
    VERBS
        .get(lemma)
        .is_some_and(|takes| takes.contains(&Takes::Clause) || takes.contains(&Takes::Told))
}
