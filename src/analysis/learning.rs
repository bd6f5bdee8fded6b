//! What decisions taught, laid over suggestions, and how much of what is suggested that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::view::{ArticleView, ProjectView, Row, Status};
use crate::model::{
    AnnotationId, ArticleState, EntityId, EntityType, LEARNT, Learnt, Mention, MentionKind, Party,
    Project, Statement, Taught, TextRange, slice,
};

/// Words that name another entity now: where, before, after.
pub(super) type Moved = Vec<(TextRange, EntityId, EntityId)>;

/// Lays what was learnt over suggested mentions.
pub(super) fn teach(learnt: &Learnt, body: &str, rows: &mut Vec<Row<Mention>>) -> Moved {
    let mut moved = Moved::new();
    rows.retain_mut(|row| {
        let Status::Suggested { confidence, by } = &mut row.status else {
            return true;
        };
        let words = slice(body, row.value.range);
        match learnt.change(words, &row.value, *confidence) {
            None => true,
            Some(Taught::Nothing) => false,
            Some(Taught::Names(entity_type, entity)) => {
                if let (Some(before), Some(after)) = (row.value.entity, entity) {
                    moved.push((row.value.range, before, after));
                }
                row.value.entity_type = entity_type;
                row.value.entity = entity;
                LEARNT.clone_into(by);
                true
            }
        }
    });
    moved
}

/// Parties of a suggested statement that stand on words which name another entity now.
pub(super) fn follow(statement: &mut Statement, moved: &Moved) {
    let party = |party: &mut Party| {
        let here = moved
            .iter()
            .find(|(range, before, _)| *range == party.range && *before == party.entity);
        if let Some((_, _, after)) = here {
            party.entity = *after;
        }
    };
    party(&mut statement.holder);
    statement.target.iter_mut().for_each(party);
    statement.reporter.iter_mut().for_each(party);
}

/// Returns how many names are suggested otherwise now than before, or no longer, or only now, in the
/// articles of both; what a person decided before or now does not count.
#[must_use]
pub fn suggestions_changed(
    before: (&Project, &ProjectView),
    now: (&Project, &ProjectView),
) -> usize {
    let both = now.1.articles.iter().filter_map(|(id, view)| {
        let old = before.1.articles.get(id)?;
        let states = [before.0.articles.get(id)?, now.0.articles.get(id)?];
        (!Arc::ptr_eq(view, old)).then_some((states, old, view))
    });
    both.map(|(states, old, view)| names_changed(states, old, view))
        .sum()
}

/// Names that nobody decided: type and entity.
fn names(view: &ArticleView) -> BTreeMap<AnnotationId, (EntityType, Option<EntityId>)> {
    let open = view.mentions.iter().filter(|row| !row.is_decided());
    open.filter(|row| row.value.kind == MentionKind::Name)
        .map(|row| (row.id, (row.value.entity_type, row.value.entity)))
        .collect()
}

fn names_changed(states: [&Arc<ArticleState>; 2], old: &ArticleView, now: &ArticleView) -> usize {
    let (before, after) = (names(old), names(now));
    let decided = |id: &AnnotationId| {
        let holds =
            |state: &&Arc<ArticleState>| state.annotations.mentions.decided().contains_key(id);
        states.iter().any(holds)
    };
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    ids.into_iter()
        .filter(|id| before.get(id) != after.get(id) && !decided(id))
        .count()
}
