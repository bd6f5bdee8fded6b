//! Lemmas by rules on endings, learnt from the treebanks, longest ending first.
//!
//! File: Penn tag, ending, how many characters to take off, what to put on; `^` before an ending means the whole word.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::nlp::Upos;
use crate::nlp::linear::{hash, mix};

/// Take off so many characters, put on these.
type Rule = (u8, &'static str);

/// The rules.
#[derive(Debug, Clone, Default)]
pub struct Lemmas(FxHashMap<u64, Rule>);

/// Longest ending that a rule looks at.
const LONGEST: usize = 5;

fn rule_key(xpos: &str, ending: &str, whole: bool) -> u64 {
    mix(
        mix(hash(xpos.as_bytes()), hash(ending.as_bytes())),
        u64::from(whole),
    )
}

impl Lemmas {
    /// Reads the rules.
    #[must_use]
    pub fn parse(file: &'static str) -> Self {
        let mut rules = FxHashMap::default();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(xpos), Some(ending), Some(off), Some(on)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let (ending, whole) = match ending.strip_prefix('^') {
                Some(word) => (word, true),
                None => (ending, false),
            };
            if let Ok(off) = off.parse() {
                rules.insert(rule_key(xpos, ending, whole), (off, on));
            }
        }
        Self(rules)
    }

    /// Returns the lemma of a word: in lower case, but for names.
    #[must_use]
    pub fn lemma(&self, form: &str, upos: Upos, xpos: &str) -> String {
        let word = if upos == Upos::Propn {
            form.to_owned()
        } else {
            form.to_lowercase()
        };
        if upos == Upos::Propn && xpos == "NNP" {
            return word;
        }
        let low = if upos == Upos::Propn {
            word.to_lowercase()
        } else {
            word.clone()
        };
        match self.rule(&low, xpos) {
            Some((off, on)) => changed(&word, off, on),
            None => word,
        }
    }

    fn rule(&self, word: &str, xpos: &str) -> Option<Rule> {
        if let Some(rule) = self.0.get(&rule_key(xpos, word, true)) {
            return Some(*rule);
        }
        endings(word).find_map(|ending| self.0.get(&rule_key(xpos, ending, false)).copied())
    }
}

/// The endings of a word, longest first, the empty one last.
fn endings(word: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = word
        .char_indices()
        .rev()
        .take(LONGEST)
        .map(|(at, _)| at)
        .collect();
    starts.reverse();
    starts.push(word.len());
    starts.into_iter().filter_map(|at| word.get(at..))
}

fn changed(word: &str, off: u8, on: &str) -> String {
    let keep = word.chars().count().saturating_sub(usize::from(off));
    let mut lemma: String = word.chars().take(keep).collect();
    lemma.push_str(on);
    if lemma.is_empty() {
        word.to_owned()
    } else {
        lemma
    }
}

/// What turns `word` into `lemma`.
fn edit(word: &str, lemma: &str) -> (u8, String) {
    let same = word
        .chars()
        .zip(lemma.chars())
        .take_while(|(w, l)| w == l)
        .count();
    let off = word.chars().count() - same;
    let on = lemma.chars().skip(same).collect();
    (u8::try_from(off).unwrap_or(u8::MAX), on)
}

/// How often each change was seen.
type Changes<C> = BTreeMap<C, usize>;

/// Learns rules from (word in lower case, Penn tag, lemma in lower case) and returns the file.
pub(super) fn learn<'a>(seen: impl Iterator<Item = (String, &'a str, String)>) -> String {
    let mut words: BTreeMap<(&str, String), Changes<(u8, String)>> = BTreeMap::new();
    for (word, xpos, lemma) in seen {
        let change = edit(&word, &lemma);
        *words
            .entry((xpos, word))
            .or_default()
            .entry(change)
            .or_default() += 1;
    }
    let majority: BTreeMap<_, _> = words
        .iter()
        .filter_map(|(of, changes)| {
            let (change, count) = changes.iter().max_by_key(|(_, count)| **count)?;
            Some((of, (change, *count)))
        })
        .collect();
    let mut rules: BTreeMap<(&str, &str), Changes<&(u8, String)>> = BTreeMap::new();
    for ((xpos, word), (change, _)) in &majority {
        for ending in endings(word) {
            *rules
                .entry((xpos, ending))
                .or_default()
                .entry(change)
                .or_default() += 1;
        }
    }
    let chosen: BTreeMap<_, _> = rules
        .iter()
        .filter_map(|(of, changes)| {
            let total: usize = changes.values().sum();
            let (change, count) = changes.iter().max_by_key(|(_, count)| **count)?;
            // an ending's rule must be seen on two words and hold for most of them
            (*count >= 2 && *count * 3 >= total * 2 || of.1.is_empty()).then_some((*of, *change))
        })
        .collect();
    written(&majority, &chosen)
}

type Majority<'m, 'x> = BTreeMap<&'m (&'x str, String), (&'m (u8, String), usize)>;

fn written(majority: &Majority<'_, '_>, chosen: &BTreeMap<(&str, &str), &(u8, String)>) -> String {
    let general = |xpos: &str, word: &str, shorter: bool| {
        endings(word)
            .skip(usize::from(shorter))
            .find_map(|ending| chosen.get(&(xpos, ending)).copied())
    };
    let mut out = String::from(
        "# Penn tag, ending (^ whole word), characters to take off, what to put on. See CARD.md.\n",
    );
    for ((xpos, ending), change) in chosen {
        if !ending.is_empty() && general(xpos, ending, true) == Some(*change) {
            continue; // a shorter ending says the same
        }
        out.push_str(&format!("{xpos}\t{ending}\t{}\t{}\n", change.0, change.1));
    }
    for ((xpos, word), (change, count)) in majority {
        let said = general(xpos, word, false).cloned().unwrap_or_default();
        if said != **change && (*count >= 2 || word.chars().count() > 2) {
            out.push_str(&format!("{xpos}\t^{word}\t{}\t{}\n", change.0, change.1));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_generalise_and_exceptions_win() {
        let seen = [
            ("walked", "walk"),
            ("talked", "talk"),
            ("rejected", "reject"),
            ("went", "go"),
            ("went", "go"),
        ]
        .map(|(word, lemma)| (word.to_owned(), "VBD", lemma.to_owned()));
        let file: &'static str = Box::leak(learn(seen.into_iter()).into_boxed_str());
        let lemmas = Lemmas::parse(file);
        assert_eq!(lemmas.lemma("Balked", Upos::Verb, "VBD"), "balk");
        assert_eq!(lemmas.lemma("went", Upos::Verb, "VBD"), "go");
        assert_eq!(lemmas.lemma("Norland", Upos::Propn, "NNP"), "Norland");
    }
}
