//! What a name is elsewhere in the text decides where it alone is unsure, and where it was missed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::EntityType;
use crate::nlp::Upos;

use super::{Found, Rules};

/// Last words of companies and their like, which the short name drops.
const COMPANIES: [&str; 27] = [
    "Inc.",
    "Inc",
    "Corp.",
    "Corp",
    "Corporation",
    "Ltd.",
    "Ltd",
    "LLC",
    "PLC",
    "plc",
    "Co.",
    "Company",
    "Group",
    "Holdings",
    "Foundation",
    "Airlines",
    "Airways",
    "Motors",
    "Industries",
    "Technologies",
    "Systems",
    "Software",
    "Records",
    "Pictures",
    "Pharmaceuticals",
    "Networks",
    "Entertainment",
];

impl Rules<'_> {
    /// The second look: a name has the type that it has elsewhere in the text, and the last word of a
    /// person's full name is that person.
    pub(super) fn agree(&self, found: &mut Vec<Found>) {
        let mut votes: BTreeMap<String, BTreeMap<EntityType, f32>> = BTreeMap::new();
        let mut surnames: BTreeMap<String, f32> = BTreeMap::new();
        let mut heads: BTreeSet<String> = BTreeSet::new();
        for name in found.iter() {
            let Some(range) = self.range(name.first, name.end) else {
                continue;
            };
            let text = self.doc.slice(range).to_owned();
            *votes
                .entry(text)
                .or_default()
                .entry(name.entity_type)
                .or_default() += name.sure * name.sure;
            if name.entity_type == EntityType::Person
                && name.end - name.first > 1
                && name.sure > 0.6
            {
                let last = self.text(name.end - 1);
                if last.len() > 2 {
                    *surnames.entry(last.to_owned()).or_default() += name.sure;
                }
            }
            heads.extend(self.own_word(name));
        }
        for name in found.iter_mut() {
            let Some(range) = self.range(name.first, name.end) else {
                continue;
            };
            let text = self.doc.slice(range);
            if name.end - name.first == 1
                && name.sure < 0.9
                && surnames.contains_key(text)
                && self.listed_as(name) == 0
            {
                name.entity_type = EntityType::Person;
                continue;
            }
            if name.sure > 0.85 {
                continue;
            }
            let best = votes.get(text).and_then(|types| {
                types
                    .iter()
                    .max_by(|a, b| a.1.total_cmp(b.1))
                    .map(|(entity_type, weight)| (*entity_type, *weight))
            });
            if let Some((entity_type, weight)) = best
                && weight > 2.0 * name.sure * name.sure
            {
                name.entity_type = entity_type;
            }
        }
        self.missed(found, &votes, &surnames, &heads);
    }

    /// The first word of a company, which is a name by itself: *Acmeron* of *Acmeron Foundation*, but not *Leiden*
    /// of *Leiden University*.
    fn own_word(&self, name: &Found) -> Option<String> {
        let first = Found {
            end: name.first + 1,
            ..*name
        };
        let own = name.entity_type == EntityType::Organisation
            && name.end - name.first > 1
            && COMPANIES.contains(&self.text(name.end - 1))
            && name.sure > 0.7
            && self.text(name.first).len() > 3
            && self.listed_as(&first) == 0
            && self.cues(name.first) == 0;
        own.then(|| self.text(name.first).to_owned())
    }

    /// Whether the next word may go on with the name.
    fn starts_name(&self, at: usize) -> bool {
        let next = self.words.get(at + 1).is_some_and(|word| word.is_capital());
        next && self.doc.tags.get(at + 1) == Some(&Upos::Propn)
    }

    /// Capitalised words that are a sure name elsewhere in the text.
    fn missed(
        &self,
        found: &mut Vec<Found>,
        votes: &BTreeMap<String, BTreeMap<EntityType, f32>>,
        surnames: &BTreeMap<String, f32>,
        heads: &BTreeSet<String>,
    ) {
        let covered = self.covered(found);
        for at in 0..self.words.len() {
            let word = self.words[at];
            let fit = !covered[at]
                && word.is_capital()
                && self.doc.tags.get(at) == Some(&Upos::Propn)
                && !at
                    .checked_sub(1)
                    .is_some_and(|b| covered[b] && self.words[b].is_capital());
            if !fit {
                continue;
            }
            let text = self.text(at);
            let voted = votes.get(text).and_then(|types| {
                types
                    .iter()
                    .max_by(|a, b| a.1.total_cmp(b.1))
                    .filter(|(_, weight)| **weight > 0.7)
            });
            let entity_type = match voted {
                Some((entity_type, _)) => *entity_type,
                None if surnames.contains_key(text) => EntityType::Person,
                None if heads.contains(text) && !self.starts_name(at) => EntityType::Organisation,
                None => continue,
            };
            found.push(Found {
                first: at,
                end: at + 1,
                entity_type,
                sure: 0.6,
            });
        }
    }
}
