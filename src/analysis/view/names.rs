//! What articles and persons say of an entity, joined to one row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::view::changed_keys;
use crate::analysis::view::resolver::Touched;
use crate::analysis::{EntityRow, Resolver};
use crate::model::{Alias, ArticleId, ArticleState, Entity, EntityId, Project};

/// Where each entity is spoken of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Names {
    /// Articles that propose an entity, in order, by the id that they give it.
    proposed: BTreeMap<EntityId, BTreeSet<ArticleId>>,
    /// Entities that are proposed or decided, by the one that stands for them.
    stands_for: BTreeMap<EntityId, BTreeSet<EntityId>>,
}

impl Names {
    /// Takes over what is said otherwise, with what `touched` says under the new resolver; returns
    /// the entities whose row has to be made again.
    pub(super) fn take(
        &mut self,
        before: &Project,
        project: &Project,
        articles: &BTreeSet<ArticleId>,
        (touched, resolver): (&Touched, &Resolver),
    ) -> BTreeSet<EntityId> {
        let mut stale = BTreeSet::new();
        for (id, old) in &touched.entities {
            let new = resolver.entity(*id);
            if self.forget(*old, *id) {
                self.stands_for.entry(new).or_default().insert(*id);
            }
            stale.extend([*old, new]);
        }
        let mut said = changed_keys(&before.entities, &project.entities, PartialEq::eq);
        for id in articles {
            let old = before.articles.get(id);
            let new = project.articles.get(id);
            said.extend(self.take_proposals(*id, old, new));
        }
        for id in said {
            let of = resolver.entity(id);
            if self.proposed.contains_key(&id) || project.entities.contains_key(&id) {
                self.stands_for.entry(of).or_default().insert(id);
            } else {
                self.forget(of, id);
            }
            stale.insert(of);
        }
        stale
    }

    /// Returns whether `id` stood for `of`.
    fn forget(&mut self, of: EntityId, id: EntityId) -> bool {
        let Some(all) = self.stands_for.get_mut(&of) else {
            return false;
        };
        let known = all.remove(&id);
        if all.is_empty() {
            self.stands_for.remove(&of);
        }
        known
    }

    /// Returns the entities of which the article says something else than before.
    fn take_proposals(
        &mut self,
        article: ArticleId,
        old: Option<&Arc<ArticleState>>,
        new: Option<&Arc<ArticleState>>,
    ) -> BTreeSet<EntityId> {
        let none = BTreeMap::new();
        let old = old.map(|state| &state.proposed_entities);
        let new = new.map(|state| &state.proposed_entities);
        if let (Some(old), Some(new)) = (old, new)
            && Arc::ptr_eq(old, new)
        {
            return BTreeSet::new();
        }
        let old = old.map_or(&none, |old| old);
        let new = new.map_or(&none, |new| new);
        let changed = changed_keys(old, new, |old, new| old.entity == new.entity);
        for id in &changed {
            if new.contains_key(id) {
                self.proposed.entry(*id).or_default().insert(article);
            } else if let Some(all) = self.proposed.get_mut(id) {
                all.remove(&article);
                if all.is_empty() {
                    self.proposed.remove(id);
                }
            }
        }
        changed
    }

    /// Joins what is said of `id`: by articles in order, then by a person, whose word holds. None
    /// where nothing is said.
    pub(super) fn row(
        &self,
        project: &Project,
        resolver: &Resolver,
        id: EntityId,
    ) -> Option<EntityRow> {
        let all = self.stands_for.get(&id)?;
        let mut places: Vec<(ArticleId, EntityId)> = all
            .iter()
            .filter_map(|own| Some((self.proposed.get(own)?, own)))
            .flat_map(|(articles, own)| articles.iter().map(|article| (*article, *own)))
            .collect();
        places.sort_unstable();
        let mut row: Option<EntityRow> = None;
        for (article, own) in places {
            let state = project.articles.get(&article);
            let proposal = state.and_then(|state| state.proposed_entities.get(&own));
            match (proposal, &mut row) {
                (Some(proposal), Some(row)) => join(&mut row.entity, &proposal.entity, id == own),
                (Some(proposal), None) => row = Some(row_of(&proposal.entity)),
                (None, _) => {}
            }
        }
        for own in all {
            let Some(decided) = project.entities.get(own) else {
                continue;
            };
            let row = row.get_or_insert_with(|| row_of(&decided.value));
            if *own == id {
                let aliases = std::mem::take(&mut row.entity.aliases);
                row.entity = decided.value.clone();
                row.entity.aliases.extend(aliases);
                row.decided = true;
            }
        }
        if let Some(row) = &mut row {
            for role in &mut row.entity.roles {
                role.of = role.of.map(|of| resolver.entity(of));
            }
        }
        row
    }
}

fn row_of(entity: &Entity) -> EntityRow {
    EntityRow {
        entity: entity.clone(),
        decided: false,
        mentions: 0,
        articles: 0,
    }
}

/// Adds what an article says of an entity to what is known; of a merged one (not its `own`) only
/// the names.
fn join(known: &mut Entity, found: &Entity, own: bool) {
    if own && known.name.chars().count() < found.name.chars().count() {
        let shorter = std::mem::replace(&mut known.name, found.name.clone());
        known.aliases.insert(Alias { text: shorter });
    } else if known.name != found.name {
        known.aliases.insert(Alias {
            text: found.name.clone(),
        });
    }
    for alias in &found.aliases {
        if !known.aliases.contains(alias) {
            known.aliases.insert(alias.clone());
        }
    }
    for role in &found.roles {
        if !known.roles.contains(role) {
            known.roles.push(role.clone());
        }
    }
}
