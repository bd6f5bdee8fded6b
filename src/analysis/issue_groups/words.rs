//! What an issue phrase is about: its words without those that say nothing, one for all that name one
//! thing, and whether it is turned around.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Rows of words that name one thing; the first stands for all.
const SAME: &[&[&str]] = &[
    &[
        "talk",
        "negotiation",
        "dialogue",
        "meeting",
        "discussion",
        "consultation",
        "conversation",
        "summit",
        "round",
        "diplomacy",
    ],
    &["sanction", "embargo", "penalty", "blacklist"],
    &[
        "ceasefire",
        "cease-fire",
        "truce",
        "armistice",
        "cessation",
        "hostility",
    ],
    &[
        "withdrawal",
        "withdraw",
        "pullout",
        "pull-out",
        "retreat",
        "evacuation",
        "evacuate",
    ],
    &[
        "troop",
        "force",
        "soldier",
        "army",
        "military",
        "contingent",
    ],
    &["aid", "assistance", "relief", "help"],
    &["election", "vote", "poll", "ballot", "referendum"],
    &[
        "attack",
        "strike",
        "raid",
        "bombing",
        "airstrike",
        "shelling",
        "offensive",
        "assault",
    ],
    &["war", "conflict", "fighting", "invasion", "aggression"],
    &["enrichment", "enrich", "uranium", "nuclear", "centrifuge"],
    &["prisoner", "hostage", "detainee", "captive"],
    &[
        "deal",
        "agreement",
        "accord",
        "treaty",
        "pact",
        "memorandum",
    ],
    &["tariff", "duty", "levy"],
    &[
        "inspection",
        "inspector",
        "monitoring",
        "monitor",
        "access",
        "verification",
    ],
    &["inquiry", "investigation", "investigate", "probe"],
    &["claim", "accusation", "allegation", "charge"],
    &["membership", "accession", "join", "joining", "candidacy"],
];

/// Words that turn a phrase around.
const TURNS: &[&str] = &[
    "end",
    "stop",
    "lift",
    "halt",
    "not",
    "no",
    "lifting",
    "ending",
    "prevent",
    "suspend",
    "remove",
    "removal",
    "cancel",
    "against",
    "suspension",
    "drop",
    "without",
    "refrain",
    "avoid",
    "ban",
];

/// Words that say nothing of what a phrase is about.
const EMPTY: &[&str] = &[
    "of",
    "to",
    "in",
    "on",
    "for",
    "with",
    "by",
    "at",
    "from",
    "and",
    "or",
    "a",
    "an",
    "the",
    "its",
    "their",
    "his",
    "her",
    "this",
    "that",
    "these",
    "those",
    "be",
    "have",
    "any",
    "all",
    "new",
    "more",
    "other",
    "such",
    "between",
    "into",
    "over",
    "about",
    "as",
    "it",
    "they",
    "he",
    "she",
    "we",
    "our",
    "us",
    "will",
    "would",
    "can",
    "could",
    "should",
    "must",
    "make",
    "take",
    "do",
    "go",
    "resumption",
    "resume",
    "return",
    "hold",
    "start",
    "begin",
    "continue",
    "issue",
    "plan",
    "proposal",
    "call",
    "effort",
    "process",
    "decision",
    "step",
    "measure",
    "work",
    "way",
    "part",
    "number",
    "who",
    "which",
    "what",
    "how",
    "up",
    "out",
    "back",
    "now",
    "year",
    "month",
    "week",
    "day",
    "country",
    "immediate",
    "full",
    "further",
    "possible",
    "recent",
    "future",
    "last",
    "next",
    "two",
    "one",
    "first",
    "second",
];

/// The word that stands for each.
static FIRST: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let rows = SAME.iter().filter_map(|row| Some((row, row.first()?)));
    rows.flat_map(|(row, first)| row.iter().map(|word| (*word, *first)))
        .collect()
});
static TURNING: LazyLock<BTreeSet<&str>> = LazyLock::new(|| TURNS.iter().copied().collect());
static SILENT: LazyLock<BTreeSet<&str>> = LazyLock::new(|| EMPTY.iter().copied().collect());

/// What a phrase is about, and whether it is turned around.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PhraseWords {
    pub(super) about: BTreeSet<String>,
    pub(super) turned: bool,
}

pub(super) fn words(name: &str) -> PhraseWords {
    let mut found = PhraseWords::default();
    for word in name.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let word = word.to_lowercase();
        if word.is_empty() || SILENT.contains(word.as_str()) {
            continue;
        }
        if TURNING.contains(word.as_str()) {
            found.turned = !found.turned;
            continue;
        }
        let plain = singular(&word);
        let first = FIRST.get(plain.as_str()).map(|&word| word.to_owned());
        found.about.insert(first.unwrap_or(plain));
    }
    found
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
            _ => word.to_owned(),
        },
    }
}
