//! Who *both sides* or *the three governments* are.

use crate::model::{EntityId, EntityType, TokenIdx};
use crate::nlp::Dep;

use super::Linker;
use super::descriptions::MEMORY;

/// How many a word says that there are.
pub(super) fn count_of(word: &str) -> Option<usize> {
    Some(match word {
        "both" | "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        _ => return None,
    })
}

/// The actors that *both sides* or *the three governments* means: those of the sentence so far, else
/// those named last before it.
///
/// More than two are only those that one sentence names in a row.
pub(super) fn members(l: &Linker<'_, '_, '_, '_>, head: TokenIdx, count: usize) -> Vec<EntityId> {
    if count > 2 {
        let the = |&word: &TokenIdx| {
            let word = l.tree.lower(word);
            matches!(word.as_str(), "the" | "these" | "those" | "all")
        };
        let definite = l.tree.children(head).iter().any(the);
        return if definite {
            row(l, head, count)
        } else {
            Vec::new()
        };
    }
    let people = is_people(l, head);
    let sentence = l.tree.sentence(head);
    let start = l.tree.range(head).start();
    let wanted = |e: EntityId| fits(l, head, people, e);
    // "Peru urged both sides": who does something to both is neither of them.
    let doer = l
        .tree
        .head(head)
        .filter(|_| matches!(l.tree.dep(head), Dep::Obj | Dep::Iobj | Dep::Obl))
        .and_then(|verb| l.tree.subject(verb));
    let mut found: Vec<EntityId> = Vec::new();
    let names = l.names_before(start);
    for m in names.iter().rev().take(MEMORY).map(|m| &m.value) {
        let (Some(entity), Some(at)) = (m.entity, l.tree.at(m.range.start())) else {
            continue;
        };
        if doer.is_some() && l.tree.head_of(m.range) == doer {
            continue;
        }
        let near = m.range.end() <= start && sentence.saturating_sub(l.tree.sentence(at)) <= 3;
        if near && wanted(entity) && !found.contains(&entity) {
            found.push(entity);
        }
        if found.len() == 2 {
            break;
        }
    }
    found.reverse();
    found
}

fn is_people(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> bool {
    matches!(
        l.tree.lemma(head),
        "leader" | "man" | "minister" | "president" | "woman"
    )
}

/// Whether `entity` may be one of those that the noun counts.
fn fits(l: &Linker<'_, '_, '_, '_>, head: TokenIdx, people: bool, entity: EntityId) -> bool {
    match l.entity_type(entity) {
        Some(EntityType::Person) => people,
        Some(EntityType::State) => !people,
        Some(EntityType::Organisation) => !people && l.tree.lemma(head) == "side",
        _ => false,
    }
}

/// The last row of exactly `count` names before the phrase: *Britain, France and Germany*.
fn row(l: &Linker<'_, '_, '_, '_>, head: TokenIdx, count: usize) -> Vec<EntityId> {
    let people = is_people(l, head);
    let sentence = l.tree.sentence(head);
    let names = l.names_before(l.tree.range(head).start());
    let first_of = |token: TokenIdx| {
        let up = l.tree.head(token);
        up.filter(|_| l.tree.dep(token) == Dep::Conj)
            .unwrap_or(token)
    };
    let mut rows: Vec<(TokenIdx, Vec<EntityId>)> = Vec::new();
    for m in names.iter().rev().take(MEMORY).map(|m| &m.value) {
        let (Some(entity), Some(token)) = (m.entity, l.tree.head_of(m.range)) else {
            continue;
        };
        if sentence.saturating_sub(l.tree.sentence(token)) > 3 || !fits(l, head, people, entity) {
            continue;
        }
        let first = first_of(token);
        match rows.iter_mut().find(|(at, _)| *at == first) {
            Some((_, row)) if !row.contains(&entity) => row.insert(0, entity),
            Some(_) => {}
            None => rows.push((first, vec![entity])),
        }
    }
    let found = rows.into_iter().find(|(_, row)| row.len() == count);
    found.map_or_else(Vec::new, |(_, row)| row)
}
