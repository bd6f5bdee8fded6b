//! Mentions → entities: aliases, states behind adjectives and capitals, roles, descriptions, pronouns.
//!
//! Invariants: an entity's id is a hash of a canonical key, so the same name in two articles is one
//! entity; two people of one surname are never merged; every mention that comes in goes out, with
//! its range and kind unchanged. A description of several (*both sides*) gives one mention a member,
//! all with the same range.
//! Not here: finding names (`ner`), joining what a person decided (`analysis`), issues.

mod across;
mod chains;
mod descriptions;
mod gazetteer;
mod leaders;
mod members;
mod metonymy;
mod names;
mod places;
mod pronouns;
mod roles;

use std::collections::BTreeMap;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{
    Alias, Confidence, Entity, EntityId, EntityProposal, EntityType, Mention, MentionKind, Role,
    Suggested, Tenure, TextRange, TokenIdx,
};
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Doc, Known};

pub use across::across;
pub(crate) use gazetteer::Words;

/// Name and version of the layer.
const BY: &str = "link 0.1";

/// Mentions with their entities, and the entities.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linked {
    /// Names, descriptions and pronouns, sorted by start, then longest first.
    pub mentions: Vec<Suggested<Mention>>,
    /// What they name.
    pub entities: BTreeMap<EntityId, EntityProposal>,
    /// Noun phrases that mean the same, actors or not.
    pub chains: Vec<Vec<TextRange>>,
}

/// What is known of an article beside its text.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Names in the headline, with their types.
    pub headline: Vec<(String, EntityType)>,
    /// Document creation time as ISO 8601.
    pub date: Option<String>,
}

/// Joins mentions to entities.
///
/// # Errors
/// When cancelled.
pub fn link(
    doc: &Doc<'_>,
    mentions: Vec<Suggested<Mention>>,
    about: &About,
    known: &Known,
    cancel: &Cancel,
) -> Result<Linked, Cancelled> {
    let tree = Tree::new(doc);
    let mut linker = Linker {
        tree: &tree,
        gazetteer: gazetteer::Gazetteer::embedded(),
        about,
        names: 0,
        mentions,
        entities: BTreeMap::new(),
    };
    linker.mentions.sort_by(|a, b| order(&a.value, &b.value));
    places::mend(&mut linker);
    linker.mentions.sort_by(|a, b| order(&a.value, &b.value));
    linker.names = linker.mentions.len();
    let named = leaders::named(&linker);
    names::resolve(&mut linker, known, &named);
    cancel.check()?;
    metonymy::resolve(&mut linker);
    roles::find(&mut linker);
    leaders::offices(&mut linker, &named);
    cancel.check()?;
    descriptions::resolve(&mut linker);
    cancel.check()?;
    pronouns::resolve(&mut linker);
    let chains = chains::chains(&linker);
    linker.mentions.sort_by(|a, b| order(&a.value, &b.value));
    Ok(Linked {
        mentions: linker.mentions,
        entities: linker.entities,
        chains,
    })
}

fn order(a: &Mention, b: &Mention) -> std::cmp::Ordering {
    (a.range.start(), std::cmp::Reverse(a.range.end()))
        .cmp(&(b.range.start(), std::cmp::Reverse(b.range.end())))
}

/// What the steps share.
struct Linker<'t, 'd, 'a, 'l> {
    tree: &'t Tree<'d, 'a>,
    gazetteer: &'l gazetteer::Gazetteer<'static>,
    about: &'t About,
    /// First the mentions that came in, in order; behind them what the steps add, in text order
    /// each.
    mentions: Vec<Suggested<Mention>>,
    /// How many came in.
    names: usize,
    entities: BTreeMap<EntityId, EntityProposal>,
}

impl<'a> Linker<'_, '_, 'a, '_> {
    fn text(&self, range: TextRange) -> &'a str {
        self.tree.doc.slice(range)
    }

    /// Enters an entity, or another name of it.
    fn enter(
        &mut self,
        id: EntityId,
        name: &str,
        entity_type: EntityType,
        known: bool,
    ) -> EntityId {
        let gazetteer = self.gazetteer;
        let row = self.entities.entry(id).or_insert_with(|| EntityProposal {
            entity: Entity {
                name: names::shown(name, entity_type),
                entity_type,
                aliases: std::collections::BTreeSet::new(),
                roles: Vec::new(),
            },
            known,
            governed: entity_type == EntityType::State || gazetteer.state(name).is_some(),
        });
        if row.entity.name != name {
            row.entity.aliases.insert(Alias {
                text: name.to_owned(),
            });
        }
        id
    }

    fn add_role(&mut self, id: EntityId, role: Role) {
        if role.of == Some(id) {
            return;
        }
        if let Some(row) = self.entities.get_mut(&id) {
            let known =
                row.entity.roles.iter_mut().find(|old| {
                    old.office == role.office && (role.of.is_none() || old.of == role.of)
                });
            match known {
                // "President X" for one who left office is courtesy.
                Some(old) if role.tenure == Tenure::Former => old.tenure = role.tenure,
                Some(old) => {
                    old.from = old.from.take().or(role.from);
                    old.until = old.until.take().or(role.until);
                }
                None => row.entity.roles.push(role),
            }
        }
    }

    fn entity_type(&self, id: EntityId) -> Option<EntityType> {
        self.entities.get(&id).map(|row| row.entity.entity_type)
    }

    fn is_state(&self, id: EntityId) -> bool {
        self.entity_type(id) == Some(EntityType::State)
    }

    fn push(&mut self, range: TextRange, kind: MentionKind, to: (EntityId, EntityType), sure: f32) {
        self.mentions.push(Suggested {
            value: Mention {
                range,
                kind,
                entity_type: to.1,
                entity: Some(to.0),
                metonym: false,
            },
            confidence: Confidence::new(sure),
            by: BY.to_owned(),
        });
    }

    /// The outermost mention that holds a token.
    fn mention_of(&self, token: TokenIdx) -> Option<&Mention> {
        let range = self.tree.range(token);
        let holds = |m: &&Mention| m.range.contains_range(range);
        let before = self.names_before(range.start() + crate::model::TextSize::from(1));
        let near = before.get(before.len().saturating_sub(16)..)?;
        near.iter().map(|m| &m.value).find(holds).or_else(|| {
            let added = self.mentions.get(self.names..)?;
            added.iter().rev().take(40).map(|m| &m.value).find(holds)
        })
    }

    /// The mentions that came in and start before an offset, in order.
    fn names_before(&self, offset: crate::model::TextSize) -> &[Suggested<Mention>] {
        let names = self.mentions.get(..self.names).unwrap_or_default();
        let end = names.partition_point(|m| m.value.range.start() < offset);
        names.get(..end).unwrap_or_default()
    }

    /// Whether a token is in the subject of its clause, as head or coordinated.
    fn is_subject(&self, token: TokenIdx) -> bool {
        let mut at = token;
        for _ in 0..4 {
            match self.tree.dep(at) {
                Dep::Nsubj | Dep::NsubjPass => return true,
                Dep::Conj | Dep::Flat | Dep::Compound | Dep::Appos => match self.tree.head(at) {
                    Some(head) => at = head,
                    None => return false,
                },
                _ => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests;
