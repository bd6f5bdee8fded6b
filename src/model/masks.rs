//! Which suggestions a set of decisions masks, found by the words that they stand on.
//!
//! An article may have 5,000 suggestions and 2,000 decisions: asking each pair takes 10 million
//! comparisons. What says the same or conflicts touches the same words, so that only those
//! decisions are asked whose range touches the suggestion's.

use std::collections::BTreeMap;

use crate::model::{AnnotationId, Decided, Layer, Suggested, TextRange, Verdict};

/// Whether one decision masks a suggestion of another id.
pub(super) fn masks<T: Layer>(decided: &Decided<T>, suggestion: &T) -> bool {
    let same_origin = decided
        .origin
        .as_ref()
        .is_some_and(|o| o.value.says_same(suggestion));
    same_origin
        || decided.value.says_same(suggestion)
        || match decided.verdict {
            Verdict::Rejected => false,
            Verdict::Confirmed | Verdict::Added => decided.value.conflicts(suggestion),
        }
}

/// A decision under the words of its value or of its origin.
struct Entry<'a, T> {
    range: TextRange,
    decided: &'a Decided<T>,
}

/// Decisions by their words: sorted by start, a balanced tree by position, each node with the
/// furthest end below it.
pub(super) struct Masks<'a, T> {
    decided: &'a BTreeMap<AnnotationId, Decided<T>>,
    entries: Vec<Entry<'a, T>>,
    furthest: Vec<u32>,
    /// Decisions whose likes need not touch their words.
    afloat: Vec<&'a Decided<T>>,
}

impl<'a, T: Layer> Masks<'a, T> {
    pub(super) fn new(decided: &'a BTreeMap<AnnotationId, Decided<T>>) -> Self {
        let mut entries = Vec::with_capacity(decided.len());
        let mut afloat = Vec::new();
        for row in decided.values() {
            let mut values = vec![&row.value];
            values.extend(
                row.origin
                    .as_ref()
                    .map(|o| &o.value)
                    .filter(|o| **o != row.value),
            );
            if values.iter().all(|value| value.is_anchored()) {
                let entry = |value: &&T| Entry {
                    range: value.anchor(),
                    decided: row,
                };
                entries.extend(values.iter().map(entry));
            } else {
                afloat.push(row);
            }
        }
        entries.sort_by_key(|entry| entry.range.start());
        let mut furthest = vec![0; entries.len()];
        fill(&entries, &mut furthest);
        Self {
            decided,
            entries,
            furthest,
            afloat,
        }
    }

    /// Whether any decision masks a suggestion.
    pub(super) fn mask(&self, id: AnnotationId, suggestion: &Suggested<T>) -> bool {
        let value = &suggestion.value;
        self.decided.contains_key(&id)
            || self.afloat.iter().any(|decided| masks(decided, value))
            || any_touching(&self.entries, &self.furthest, value.anchor(), &|decided| {
                masks(decided, value)
            })
    }
}

/// Writes the furthest end of each subtree to its root, the middle; returns the whole's.
fn fill<T>(entries: &[Entry<'_, T>], furthest: &mut [u32]) -> u32 {
    let middle = entries.len() / 2;
    let Some(entry) = entries.get(middle) else {
        return 0;
    };
    let (left, rest) = furthest.split_at_mut(middle);
    let Some((own, right)) = rest.split_first_mut() else {
        return 0;
    };
    let below = fill(entries.get(..middle).unwrap_or_default(), left)
        .max(fill(entries.get(middle + 1..).unwrap_or_default(), right));
    *own = below.max(entry.range.end().into());
    *own
}

/// Asks the decisions that share words or a border with `range`, until one says yes.
fn any_touching<T>(
    entries: &[Entry<'_, T>],
    furthest: &[u32],
    range: TextRange,
    ask: &impl Fn(&Decided<T>) -> bool,
) -> bool {
    let middle = entries.len() / 2;
    let (Some(entry), Some(end)) = (entries.get(middle), furthest.get(middle)) else {
        return false;
    };
    if *end < u32::from(range.start()) {
        return false;
    }
    let part = |from: usize, to: usize| {
        let entries = entries.get(from..to).unwrap_or_default();
        any_touching(
            entries,
            furthest.get(from..to).unwrap_or_default(),
            range,
            ask,
        )
    };
    if part(0, middle) {
        return true;
    }
    if entry.range.start() > range.end() {
        return false;
    }
    (entry.range.intersect(range).is_some() && ask(entry.decided))
        || part(middle + 1, entries.len())
}
