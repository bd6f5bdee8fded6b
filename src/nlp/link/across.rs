//! Entities of several articles that are one: a short name with exactly one full name in the project.

use std::collections::BTreeMap;

use crate::model::{EntityId, EntityProposal, EntityType};

/// Returns which entity each short-named one joins.
///
/// A surname joins the only person with that surname, an acronym the only organisation with those
/// initials. Two possible full names: none is chosen. Entities of the gazetteer are left alone.
#[must_use]
pub fn across<'p>(
    articles: impl IntoIterator<Item = &'p BTreeMap<EntityId, EntityProposal>>,
) -> BTreeMap<EntityId, EntityId> {
    let mut all: BTreeMap<EntityId, &EntityProposal> = BTreeMap::new();
    for (&id, proposal) in articles.into_iter().flatten() {
        let row = all.entry(id).or_insert(proposal);
        if proposal.entity.name.len() > row.entity.name.len() {
            *row = proposal;
        }
    }
    let mut full: BTreeMap<(EntityType, String), Vec<EntityId>> = BTreeMap::new();
    for (&id, proposal) in &all {
        for key in short_names(proposal) {
            full.entry((proposal.entity.entity_type, key))
                .or_default()
                .push(id);
        }
    }
    all.iter()
        .filter(|(_, p)| !p.known && !p.entity.name.contains(' '))
        .filter_map(|(&id, p)| {
            let key = (p.entity.entity_type, p.entity.name.to_lowercase());
            match full.get(&key).map(Vec::as_slice) {
                Some(&[only]) if only != id => Some((id, only)),
                _ => None,
            }
        })
        .collect()
}

/// Short names that a full one can be meant by.
fn short_names(proposal: &EntityProposal) -> Vec<String> {
    let name = &proposal.entity.name;
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 {
        return Vec::new();
    }
    match proposal.entity.entity_type {
        EntityType::Person => words.last().map(|w| w.to_lowercase()).into_iter().collect(),
        EntityType::Organisation => {
            let initials: String = words
                .iter()
                .filter_map(|w| w.chars().next())
                .filter(|c| c.is_uppercase())
                .collect();
            vec![initials.to_lowercase()]
        }
        _ => Vec::new(),
    }
}
