//! Issue phrases of many articles, grouped as a proposal: *the talks, the Muscat meeting, the
//! resumption of dialogue*; and the phrases of later articles, caught by a group that a person made.
//!
//! A person names a group (codebook) or leaves it; nothing is joined by itself before. Two phrases
//! are proposed together when the words that say what they are about weigh most of the shorter one,
//! rare words weighing more (inverse document frequency); words for one thing (*talks, dialogue*)
//! count as one, direction words (*end, lift, stop*) only turn the side. A phrase is caught when it
//! has most words of a phrase of the group, and hardly any other: what changes numbers by itself has
//! to be surer than what is proposed.
//! Not here: which phrases a text has (`nlp`), what a person grouped (`model::Codebook`).

mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::issue_groups::words::{PhraseWords, words};
use crate::analysis::{ProjectView, StatementRef};
use crate::model::{Codebook, IssueId};

/// Share of the weight of the shorter phrase that must be shared.
const ALIKE: f64 = 0.6;
/// Phrases looked at for each word: a word of more phrases than this says too little.
const COMMON: usize = 400;

/// A phrase and how often positions are on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseCount<'p> {
    /// The suggested issue.
    pub phrase: IssueId,
    /// As it stands in the text.
    pub name: &'p str,
    /// Positions on it.
    pub count: usize,
    /// The first of them.
    pub first: Option<StatementRef>,
}

/// Phrases proposed as one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueGroup {
    /// Name of the commonest phrase.
    pub name: String,
    /// The phrases, commonest first; whether support of the phrase opposes the first one.
    pub phrases: Vec<(IssueId, bool)>,
    /// Positions on any of them.
    pub count: usize,
}

/// Returns the phrases that belong to no issue that a person named or grouped, with the positions on
/// them, in the order of their ids.
#[must_use]
pub fn open_phrases<'v>(view: &'v ProjectView, codebook: &Codebook) -> Vec<PhraseCount<'v>> {
    let mut found: BTreeMap<IssueId, PhraseCount<'v>> = BTreeMap::new();
    for (at, row) in view.statements() {
        let Some(issue) = &row.value.issue else {
            continue;
        };
        let Some(id) = issue.issue else { continue };
        let named = codebook.issues.get(&id);
        if named.is_some_and(|named| !named.is_bare(id)) || view.retold.is_again(at, |_| true) {
            continue;
        }
        let phrase = found.entry(id).or_insert(PhraseCount {
            phrase: id,
            name: &issue.label,
            count: 0,
            first: Some(at),
        });
        phrase.count += 1;
    }
    found.into_values().collect()
}

/// How much words weigh: rare ones more.
struct Weights {
    phrases: usize,
    seen: BTreeMap<String, usize>,
}

impl Weights {
    fn new<'w>(all: impl Iterator<Item = &'w PhraseWords>) -> Self {
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
    fn alike(&self, left: &PhraseWords, right: &PhraseWords) -> f64 {
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
/// Phrases that a person grouped or named already (`codebook`) are left out.
///
/// Each phrase, commonest first, joins the group whose first phrase it is most like, or opens one:
/// chains of likeness do not join what its ends do not share.
#[must_use]
pub fn propose_groups(phrases: &[PhraseCount<'_>], codebook: &Codebook) -> Vec<IssueGroup> {
    let grouped: BTreeSet<IssueId> = codebook
        .issues
        .iter()
        .filter(|(id, issue)| !issue.is_bare(**id))
        .flat_map(|(id, issue)| issue.links.iter().map(|l| l.phrase).chain([*id]))
        .collect();
    let mut open: Vec<(&PhraseCount<'_>, PhraseWords)> = phrases
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

fn group(open: &[(&PhraseCount<'_>, PhraseWords)], members: &[usize]) -> Option<IssueGroup> {
    let all = || members.iter().filter_map(|&at| open.get(at));
    // An issue is better named by what it is than by its end.
    let (first, leader) = all().find(|(_, words)| !words.turned).or(all().next())?;
    let rest = all().filter(|(phrase, _)| phrase.phrase != first.phrase);
    let members: Vec<_> = all()
        .find(|(phrase, _)| phrase.phrase == first.phrase)
        .into_iter()
        .chain(rest)
        .collect();
    let phrases = members
        .iter()
        .map(|(phrase, words)| (phrase.phrase, words.turned != leader.turned));
    Some(IssueGroup {
        name: first.name.to_owned(),
        phrases: phrases.collect(),
        count: members.iter().map(|(phrase, _)| phrase.count).sum(),
    })
}

/// Finds the issue of the codebook that a phrase of a later article belongs to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IssueMatcher {
    /// What is known of each: the issue, whether its phrase is turned, its words.
    known: Vec<(IssueId, bool, PhraseWords)>,
    by_word: BTreeMap<String, Vec<usize>>,
    apart: BTreeSet<(IssueId, IssueId)>,
}

impl IssueMatcher {
    /// Reads the issues that a person named or grouped: their names and the phrases joined to them.
    #[must_use]
    pub fn new(codebook: &Codebook) -> Self {
        let mut matcher = Self::default();
        let own = codebook.issues.iter();
        for (id, issue) in own.filter(|(id, issue)| !issue.is_bare(**id)) {
            matcher.add(*id, false, words(&issue.name));
            for link in &issue.links {
                matcher.add(*id, link.reversed, words(&link.words));
            }
            let apart = issue.apart.iter().map(|phrase| (*id, *phrase));
            matcher.apart.extend(apart);
        }
        matcher
    }

    fn add(&mut self, issue: IssueId, reversed: bool, words: PhraseWords) {
        for word in &words.about {
            let known = self.by_word.entry(word.clone()).or_default();
            known.push(self.known.len());
        }
        if !words.about.is_empty() {
            self.known.push((issue, reversed, words));
        }
    }

    /// Whether it can find anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Returns the issue that a phrase belongs to, and whether it turns it around.
    #[must_use]
    pub fn find(&self, phrase: IssueId, name: &str) -> Option<(IssueId, bool)> {
        self.best(name, |issue| !self.apart.contains(&(issue, phrase)))
    }

    /// Whether a phrase is like any issue's, also one that it was kept apart from.
    #[must_use]
    pub fn may_catch(&self, name: &str) -> bool {
        self.best(name, |_| true).is_some()
    }

    fn best(&self, name: &str, may: impl Fn(IssueId) -> bool) -> Option<(IssueId, bool)> {
        if self.is_empty() {
            return None;
        }
        let asked = words(name);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in asked.about.iter().filter_map(|word| self.by_word.get(word)) {
            for known in at {
                *shared.entry(*known).or_default() += 1;
            }
        }
        shared
            .into_iter()
            .filter_map(|(at, shared)| {
                let (issue, reversed, words) = self.known.get(at)?;
                let longer = words.about.len().max(asked.about.len());
                // Three of five words and no fewer.
                let alike = shared * 5 >= longer * 3 && may(*issue);
                let turned = (words.turned != asked.turned) != *reversed;
                alike.then_some((shared * 1000 / longer, shared, *issue, turned))
            })
            .max_by(|(a, x, one, _), (b, y, two, _)| (a, x, two).cmp(&(b, y, one)))
            .map(|(.., issue, turned)| (issue, turned))
    }
}

#[cfg(test)]
mod tests;
