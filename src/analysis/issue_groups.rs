//! Issue phrases of many articles, grouped as a proposal: *the talks, the Muscat meeting, the
//! resumption of dialogue*.
//!
//! A person names a group (codebook) or leaves it; nothing is joined by itself. Two phrases belong
//! together when the words that say what they are about weigh most of the shorter one, rare words
//! weighing more (inverse document frequency); words for one thing (*talks, dialogue*) count as one,
//! direction words (*end, lift, stop*) only turn the side.
//! Not here: which phrases a text has (`nlp`), what a person grouped (`model::Codebook`).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Codebook, IssueId};

/// Share of the weight of the shorter phrase that must be shared.
const ALIKE: f64 = 0.6;
/// Phrases looked at for each word: a word of more phrases than this says too little.
const COMMON: usize = 400;

/// A phrase and how often statements point to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseCount<'p> {
    /// The suggested issue.
    pub phrase: IssueId,
    /// Its plainest form.
    pub name: &'p str,
    /// Statements that point to it.
    pub count: usize,
}

/// Phrases proposed as one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueGroup {
    /// Name of the commonest phrase.
    pub name: String,
    /// The phrases, commonest first; whether support of the phrase opposes the first one.
    pub phrases: Vec<(IssueId, bool)>,
}

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

/// What a phrase is about, and whether it is turned around.
#[derive(Debug, Clone, Default, PartialEq)]
struct Words {
    about: BTreeSet<String>,
    turned: bool,
}

fn words(name: &str) -> Words {
    let mut found = Words::default();
    for word in name.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let word = word.to_lowercase();
        if word.is_empty() || EMPTY.contains(&word.as_str()) {
            continue;
        }
        if TURNS.contains(&word.as_str()) {
            found.turned = !found.turned;
            continue;
        }
        let plain = singular(&word);
        let first = SAME.iter().find(|row| row.contains(&plain.as_str()));
        let row = first.and_then(|row| row.first());
        found.about.insert(row.map_or(plain, |&w| w.to_owned()));
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

/// How much words weigh: rare ones more.
struct Weights {
    phrases: usize,
    seen: BTreeMap<String, usize>,
}

impl Weights {
    fn new<'w>(all: impl Iterator<Item = &'w Words>) -> Self {
        let mut weights = Self {
            phrases: 0,
            seen: BTreeMap::new(),
        };
        for words in all {
            weights.phrases += 1;
            for word in &words.about {
                *weights.seen.entry(word.clone()).or_default() += 1;
            }
        }
        weights
    }

    fn of(&self, word: &str) -> f64 {
        let seen = self.seen.get(word).copied().unwrap_or_default();
        let of = f64::from(u32::try_from(self.phrases + 1).unwrap_or(u32::MAX));
        let seen = f64::from(u32::try_from(seen + 1).unwrap_or(u32::MAX));
        1.0 + (of / seen).ln()
    }

    /// Share of the shorter phrase's weight that both have; 0 if they share nothing.
    fn alike(&self, left: &Words, right: &Words) -> f64 {
        let sum = |words: &BTreeSet<String>| words.iter().map(|w| self.of(w)).sum::<f64>();
        let shared: f64 = left
            .about
            .intersection(&right.about)
            .map(|w| self.of(w))
            .sum();
        let shorter = sum(&left.about).min(sum(&right.about));
        if shorter > 0.0 { shared / shorter } else { 0.0 }
    }
}

/// Returns groups of two and more phrases that seem to be about one thing, the commonest first.
/// Phrases that a person grouped already (`codebook`) are left out.
///
/// Each phrase, commonest first, joins the group whose first phrase it is most like, or opens one:
/// chains of likeness do not join what its ends do not share.
#[must_use]
pub fn propose_groups(phrases: &[PhraseCount<'_>], codebook: &Codebook) -> Vec<IssueGroup> {
    let grouped: BTreeSet<IssueId> = codebook
        .issues
        .iter()
        .flat_map(|(id, issue)| issue.links.iter().map(|l| l.phrase).chain([*id]))
        .collect();
    let mut open: Vec<(&PhraseCount<'_>, Words)> = phrases
        .iter()
        .filter(|p| !grouped.contains(&p.phrase))
        .map(|p| (p, words(p.name)))
        .filter(|(_, words)| !words.about.is_empty())
        .collect();
    open.sort_by(|(a, _), (b, _)| b.count.cmp(&a.count).then_with(|| a.name.cmp(b.name)));
    let weights = Weights::new(open.iter().map(|(_, words)| words));
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, words)) in open.iter().enumerate() {
        let near: BTreeSet<usize> = words
            .about
            .iter()
            .filter_map(|word| by_word.get(word.as_str()))
            .filter(|groups| groups.len() <= COMMON)
            .flatten()
            .copied()
            .collect();
        let best = near
            .into_iter()
            .filter_map(|group| {
                let (leader, _) = groups.get(group)?;
                let (_, first) = open.get(*leader)?;
                Some((weights.alike(first, words), group))
            })
            .filter(|(alike, _)| *alike >= ALIKE)
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)));
        if let Some(list) = best.and_then(|(_, group)| groups.get_mut(group)) {
            list.1.push(at);
        } else {
            for word in &words.about {
                by_word.entry(word).or_default().push(groups.len());
            }
            groups.push((at, vec![at]));
        }
    }
    let written = groups.into_iter().filter(|(_, members)| members.len() > 1);
    written
        .filter_map(|(_, members)| group(&open, &members))
        .collect()
}

fn group(open: &[(&PhraseCount<'_>, Words)], members: &[usize]) -> Option<IssueGroup> {
    let (first, leader) = open.get(*members.first()?)?;
    let phrases = members
        .iter()
        .filter_map(|&at| open.get(at))
        .map(|(phrase, words)| (phrase.phrase, words.turned != leader.turned))
        .collect();
    Some(IssueGroup {
        name: first.name.to_owned(),
        phrases,
    })
}

/// Returns the issue of the codebook that a phrase of a later article seems to belong to, with
/// whether the phrase turns it around; `names` has the plain form of the phrases that issues link.
#[must_use]
pub fn belongs_to(
    name: &str,
    codebook: &Codebook,
    names: &BTreeMap<IssueId, String>,
) -> Option<(IssueId, bool)> {
    let phrase = words(name);
    let known: Vec<(IssueId, bool, Words)> = codebook
        .issues
        .iter()
        .flat_map(|(id, issue)| {
            let own = (*id, false, words(&issue.name));
            let linked = issue.links.iter().filter_map(|link| {
                let plain = names.get(&link.phrase)?;
                Some((*id, link.reversed, words(plain)))
            });
            linked.chain([own]).collect::<Vec<_>>()
        })
        .filter(|(_, _, words)| !words.about.is_empty())
        .collect();
    let weights = Weights::new(known.iter().map(|(_, _, words)| words));
    known
        .iter()
        .map(|(id, reversed, words)| {
            let turned = (words.turned != phrase.turned) != *reversed;
            (weights.alike(words, &phrase), *id, turned)
        })
        .filter(|(alike, ..)| *alike >= ALIKE)
        .max_by(|(a, x, _), (b, y, _)| a.total_cmp(b).then_with(|| y.cmp(x)))
        .map(|(_, id, turned)| (id, turned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Issue, IssueLink};

    fn id(name: &str) -> IssueId {
        IssueId::hashed(&[name.as_bytes()])
    }

    fn counted(names: &[(&'static str, usize)]) -> Vec<PhraseCount<'static>> {
        let phrase = |&(name, count): &(&'static str, usize)| PhraseCount {
            phrase: id(name),
            name,
            count,
        };
        names.iter().map(phrase).collect()
    }

    fn check(names: &[(&'static str, usize)], expected: &[&[(&str, bool)]]) {
        let found = propose_groups(&counted(names), &Codebook::default());
        let expected: Vec<Vec<(IssueId, bool)>> = expected
            .iter()
            .map(|group| group.iter().map(|&(n, turned)| (id(n), turned)).collect())
            .collect();
        let found: Vec<_> = found.into_iter().map(|g| g.phrases).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_for_one_thing_join_phrases() {
        check(
            &[
                ("talk", 5),
                ("resumption of dialogue", 2),
                ("muscat meeting", 3),
                ("fish quota", 9),
            ],
            &[&[
                ("talk", false),
                ("muscat meeting", false),
                ("resumption of dialogue", false),
            ]],
        );
    }

    #[test]
    fn direction_words_turn_the_side_and_join_nothing_by_themselves() {
        check(
            &[
                ("curfew", 4),
                ("end to the curfew", 1),
                ("end to the levy", 1),
            ],
            &[&[("curfew", false), ("end to the curfew", true)]],
        );
    }

    #[test]
    fn two_topics_that_share_a_third_stay_apart() {
        check(
            &[
                ("grain export", 3),
                ("oil price cap", 3),
                ("grain export and oil price cap", 1),
            ],
            &[&[
                ("grain export", false),
                ("grain export and oil price cap", false),
            ]],
        );
    }

    #[test]
    fn a_grouping_once_made_catches_later_phrases() {
        let mut codebook = Codebook::default();
        let link = IssueLink {
            phrase: id("end to the embargo"),
            reversed: true,
        };
        let issue = Issue {
            name: "Sanctions on Velmora".to_owned(),
            links: [link].into(),
            ..Issue::default()
        };
        codebook.issues.insert(id("velmora"), issue);
        let names = [(id("end to the embargo"), "end to the embargo".to_owned())].into();
        let asked = |phrase: &str| belongs_to(phrase, &codebook, &names);
        assert_eq!(
            asked("lift sanction on velmora"),
            Some((id("velmora"), true))
        );
        assert_eq!(asked("velmora sanction"), Some((id("velmora"), false)));
        assert_eq!(asked("fish quota"), None);
        assert_eq!(asked(""), None);
    }

    #[test]
    fn what_a_person_grouped_is_not_proposed_again() {
        let mut codebook = Codebook::default();
        let link = IssueLink {
            phrase: id("dialogue"),
            reversed: false,
        };
        codebook.issues.insert(
            id("talk"),
            Issue {
                name: "Talks".to_owned(),
                links: [link].into(),
                ..Issue::default()
            },
        );
        let found = propose_groups(&counted(&[("talk", 2), ("dialogue", 1)]), &codebook);
        assert_eq!(found, []);
    }
}
