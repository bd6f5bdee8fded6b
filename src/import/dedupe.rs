//! Texts that are nearly the same: agency copy with another headline, a later version.
//!
//! After Broder (1997): shingles of five words, the smallest hashes of each text as its sketch; texts
//! that share hashes of the sketch are compared by the Jaccard index of all their shingles. Exact
//! copies are those with equal [`crate::model::ArticleText::hash`].

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher as _;

/// Two texts that share much of their wording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimilarPair {
    /// Index of the first text.
    pub first: usize,
    /// Index of the second text, larger than `first`.
    pub second: usize,
    /// Share of five-word sequences that both have, of those that either has: 0 to 1.
    pub similarity: f64,
}

/// Words a shingle.
const SHINGLE: usize = 5;
/// Hashes a sketch: texts with a similarity of 0.3 share at least one with near certainty.
const SKETCH: usize = 64;
/// Pairs below are not reported: quoting the same statement is not copying.
const LEAST: f64 = 0.3;
/// A hash in more sketches than this is a stock phrase of an outlet and proposes no pair.
const COMMON: usize = 200;

/// Returns the pairs of `bodies` that share at least three tenths of their wording, in order.
#[must_use]
pub fn near_duplicates(bodies: &[&str]) -> Vec<SimilarPair> {
    let shingles: Vec<Vec<u64>> = bodies.iter().map(|b| shingles(b)).collect();
    let mut by_hash: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (text, hashes) in shingles.iter().enumerate() {
        for hash in hashes.iter().take(SKETCH) {
            by_hash.entry(*hash).or_default().push(text);
        }
    }
    let mut pairs = BTreeSet::new();
    for texts in by_hash.values().filter(|t| t.len() <= COMMON) {
        for (at, first) in texts.iter().enumerate() {
            pairs.extend(texts.iter().skip(at + 1).map(|second| (*first, *second)));
        }
    }
    pairs
        .into_iter()
        .filter_map(|(first, second)| {
            let similarity = jaccard(shingles.get(first)?, shingles.get(second)?);
            (similarity >= LEAST).then_some(SimilarPair {
                first,
                second,
                similarity,
            })
        })
        .collect()
}

/// Returns which texts are versions of one story: by name, the first that it shares its wording with,
/// through all in between. Texts that stand alone are not in it.
#[must_use]
pub fn stories<Id: Ord + Copy>(texts: &[(Id, &str)]) -> BTreeMap<Id, Id> {
    let bodies: Vec<&str> = texts.iter().map(|(_, body)| *body).collect();
    let mut first: Vec<usize> = (0..texts.len()).collect();
    let root = |first: &[usize], mut at: usize| {
        while let Some(&next) = first.get(at).filter(|next| **next != at) {
            at = next;
        }
        at
    };
    for pair in near_duplicates(&bodies) {
        let (one, two) = (root(&first, pair.first), root(&first, pair.second));
        if let Some(later) = first.get_mut(one.max(two)) {
            *later = one.min(two);
        }
    }
    let mut members: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for (at, (id, _)) in texts.iter().enumerate() {
        members.entry(root(&first, at)).or_default().push(*id);
    }
    let several = members.into_values().filter(|all| all.len() > 1);
    several
        .filter_map(|all| Some((*all.first()?, all)))
        .flat_map(|(story, all)| all.into_iter().map(move |id| (id, story)))
        .collect()
}

/// Hashes of all five-word sequences, sorted, each once; marks and case do not count.
fn shingles(body: &str) -> Vec<u64> {
    let words: Vec<u64> = body
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| hash(w.to_lowercase().as_bytes()))
        .collect();
    let mut hashes: Vec<u64> = words
        .windows(SHINGLE.min(words.len().max(1)))
        .map(|w| hash(&w.iter().flat_map(|h| h.to_le_bytes()).collect::<Vec<_>>()))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    // The low bits of this hash are weak, and the sketch is chosen by size.
    hasher
        .finish()
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(32)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of shingles lie far below 2^52"
)]
fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let either = a.len() + b.len() - both;
    if either == 0 {
        return 0.0;
    }
    both as f64 / either as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "The two delegations met for three hours on Friday and agreed to meet again \
        within a week, the host said. Neither side gave details of what had been discussed, but both \
        called the atmosphere constructive and said that technical teams would prepare a text.";

    #[test]
    fn copies_and_later_versions_are_found() {
        let later = WIRE.replace("three hours", "four hours");
        let other = "Grain exports through the strait fell by a third in the first half of the year, \
            port figures show, while the price of insurance doubled within a few weeks of summer.";
        let pairs = near_duplicates(&[WIRE, other, &later, &WIRE.to_uppercase(), ""]);
        let found: Vec<_> = pairs.iter().map(|p| (p.first, p.second)).collect();
        assert_eq!(found, [(0, 2), (0, 3), (2, 3)]);
        assert!(pairs[1].similarity > 0.999, "marks and case do not count");
        assert!((0.5..0.95).contains(&pairs[0].similarity));
    }

    #[test]
    fn unlike_and_empty_texts_are_no_pair() {
        assert!(near_duplicates(&["", "", "a b c", "d e f"]).is_empty());
    }

    #[test]
    fn versions_are_one_story_through_those_between() {
        let words = |from: usize, to: usize| {
            let words: Vec<String> = (from..to).map(|n| format!("word{n}")).collect();
            words.join(" ")
        };
        // 2 shares half with 1, 4 half with 2, and nothing with 1; 3 stands alone.
        let texts = [words(0, 60), words(20, 80), words(200, 260), words(40, 100)];
        let named: Vec<(u8, &str)> = (1..).zip(texts.iter().map(String::as_str)).collect();
        let found: Vec<(u8, u8)> = stories(&named).into_iter().collect();
        assert_eq!(found, [(1, 1), (2, 1), (4, 1)]);
    }
}
