//! Annotations made or changed by hand, and how statements keep hold of their parties.

use std::collections::BTreeSet;

use crate::edit::Refused;
use crate::edit::decide::{confirm_one, note_one};
use crate::edit::draft::{Draft, Found};
use crate::edit::kind::{Kind, check_ranges};
use crate::edit::operation::AnnotationKey;
use crate::model::{
    AnnotationId, Article, ArticleId, ArticleState, Decided, Entity, EntityId, EntityType, Issue,
    IssueId, IssuePhrase, Mention, MentionKind, Party, Statement, TextRange, Verdict,
};

/// Adds a mention; over one on the same words it changes that one, so that a suggestion keeps its
/// provenance.
pub(super) fn add_mention(
    draft: &mut Draft<'_>,
    article: ArticleId,
    mut mention: Mention,
) -> Result<String, Refused> {
    let state = draft.article(article)?;
    check_ranges(&mention, &state.article)?;
    let there = draft.mention_on(state, mention.range);
    if mention.entity.is_none() && mention.kind == MentionKind::Name {
        let kept = there.and_then(|id| draft.find::<Mention>(AnnotationKey { article, id }).ok());
        let kept = kept.and_then(|found| found.value.entity);
        mention.entity = Some(match kept {
            Some(entity) => entity,
            None => draft.bearer(state, &mention),
        });
    }
    let title = format!("{} added", draft.type_name(mention.entity_type));
    match there {
        Some(id) => {
            let key = AnnotationKey { article, id };
            let found = draft.find(key)?;
            draft.hold(key, found, mention);
        }
        None => {
            add_new(draft, article, mention);
        }
    }
    Ok(title)
}

/// Adds an annotation of any kind.
pub(super) fn add<T: Kind>(
    draft: &mut Draft<'_>,
    article: ArticleId,
    value: T,
) -> Result<String, Refused> {
    check_ranges(&value, &draft.article(article)?.article)?;
    add_new(draft, article, value);
    Ok(format!("{} added", crate::edit::decide::noun(T::KIND)))
}

fn add_new<T: Kind>(draft: &mut Draft<'_>, article: ArticleId, value: T) -> AnnotationId {
    let id = AnnotationId(draft.fresh());
    let found = Found {
        value: value.clone(),
        decided: None,
        origin: None,
    };
    draft.hold(AnnotationKey { article, id }, found, value);
    id
}

/// Adds a statement with the person's note on it.
pub(super) fn add_statement(
    draft: &mut Draft<'_>,
    article: ArticleId,
    statement: Statement,
    note: String,
) -> Result<String, Refused> {
    check_ranges(&statement, &draft.article(article)?.article)?;
    let id = add_new(draft, article, sided(statement));
    if !note.is_empty() {
        note_one::<Statement>(draft, AnnotationKey { article, id }, note)?;
    }
    Ok("Statement added".to_owned())
}

/// There is no side towards what is not there.
fn sided(mut statement: Statement) -> Statement {
    statement.polarity_target = statement
        .polarity_target
        .filter(|_| statement.target.is_some());
    statement.polarity_issue = statement
        .polarity_issue
        .filter(|_| statement.issue.is_some());
    statement
}

/// Changes an annotation; a suggestion is confirmed as corrected.
pub(super) fn change<T: Kind>(
    draft: &mut Draft<'_>,
    key: AnnotationKey,
    value: T,
) -> Result<String, Refused> {
    check_ranges(&value, &draft.article(key.article)?.article)?;
    let found = draft.find::<T>(key)?;
    let before = found.value.clone();
    draft.hold(key, found, value);
    let now = draft.find::<T>(key)?.value;
    Ok(now.changed_title(&before, draft))
}

impl Draft<'_> {
    /// Returns the mention that stands on exactly these words and is not rejected; a moved one also
    /// on those that it was suggested on.
    pub(super) fn mention_on(
        &mut self,
        state: &ArticleState,
        range: TextRange,
    ) -> Option<AnnotationId> {
        let article = state.article.id;
        let mut moved = None;
        for id in self.decided_ids::<Mention>(article) {
            let Some(row) = self.current::<Decided<Mention>>(AnnotationKey { article, id }) else {
                continue;
            };
            if row.verdict == Verdict::Rejected {
                continue;
            }
            if row.value.range == range {
                return Some(id);
            }
            if row.origin.is_some_and(|origin| origin.value.range == range) {
                moved = Some(id);
            }
        }
        moved.or_else(|| {
            let id = self.suggested_mention(state, range)?;
            let open = self
                .current::<Decided<Mention>>(AnnotationKey { article, id })
                .is_none();
            (open && state.annotations.mentions.get(id).is_some()).then_some(id)
        })
    }

    /// Returns the entity that a name means here: by rule, by name in this article, by name among
    /// the decided ones, else a new one.
    fn bearer(&mut self, state: &ArticleState, mention: &Mention) -> EntityId {
        let words = Self::words(&state.article, mention.range);
        if let Some((entity, _)) = self.alias(&words) {
            return entity;
        }
        let wanted = mention.entity_type;
        let bears = |entity: &Entity| {
            let named = entity.name == words || entity.aliases.iter().any(|a| a.text == words);
            named && (entity.entity_type == wanted || wanted == EntityType::Norp)
        };
        let here = state
            .proposed_entities
            .iter()
            .find(|(_, p)| bears(&p.entity));
        let decided = || self.project.entities.iter().find(|(_, d)| bears(&d.value));
        let found = here
            .map(|(id, _)| *id)
            .or_else(|| decided().map(|(id, _)| *id));
        found.unwrap_or_else(|| EntityId(self.fresh()))
    }

    /// Confirms the mentions that a statement's parties stand on, and decides the entities and the
    /// issue that it needs.
    pub(super) fn settle_statement(&mut self, statement: &mut Statement, article: &Article) {
        let Ok(state) = self.article(article.id) else {
            return;
        };
        let parties = [
            Some(&mut statement.holder),
            statement.target.as_mut(),
            statement.reporter.as_mut(),
        ];
        for party in parties.into_iter().flatten() {
            self.settle_party(party, state);
        }
        if let Some(entity) = statement.speaks_for {
            let range = statement.holder.range;
            self.fix_entity(entity, article, range, EntityType::State);
        }
        if let Some(IssuePhrase {
            label,
            issue: Some(id),
            ..
        }) = &statement.issue
        {
            self.fix_issue(*id, label, article.id);
        }
    }

    fn settle_party(&mut self, party: &mut Party, state: &ArticleState) {
        let mut entity_type = EntityType::Organisation;
        if let Some(id) = self.mention_on(state, party.range) {
            let key = AnnotationKey {
                article: state.article.id,
                id,
            };
            // The mention was found a line above, so it cannot be unknown.
            confirm_one::<Mention>(self, key).ok();
            if let Ok(found) = self.find::<Mention>(key) {
                party.range = found.value.range;
                entity_type = found.value.entity_type;
            }
        }
        self.fix_entity(party.entity, &state.article, party.range, entity_type);
    }

    /// Makes an issue decided, unless the codebook has it or has grouped its phrase.
    pub(super) fn fix_issue(&mut self, id: IssueId, label: &str, article: ArticleId) {
        let grouped = |issue: &Issue| issue.links.iter().any(|link| link.phrase == id);
        if self.current::<Issue>(id).is_some() || self.issues().values().any(grouped) {
            return;
        }
        let proposed = self.project.articles.get(&article);
        let proposed = proposed.and_then(|state| state.proposed_issues.get(&id));
        let name = proposed.map_or_else(|| label.to_owned(), |proposal| proposal.name.clone());
        self.set(
            id,
            Some(Issue {
                name,
                ..Issue::default()
            }),
        );
    }

    /// Decided statements whose party stands on a mention follow it to other words and to another
    /// entity.
    pub(super) fn follow(&mut self, article: ArticleId, before: &Mention, after: &Mention) {
        for id in self.decided_ids::<Statement>(article) {
            let key = AnnotationKey { article, id };
            let Some(mut record) = self.current::<Decided<Statement>>(key) else {
                continue;
            };
            let statement = &mut record.value;
            let parties = [
                Some(&mut statement.holder),
                statement.target.as_mut(),
                statement.reporter.as_mut(),
            ];
            let mut moved = false;
            for party in parties.into_iter().flatten() {
                if party.range != before.range {
                    continue;
                }
                moved = true;
                party.range = after.range;
                if Some(party.entity) == before.entity {
                    party.entity = after.entity.unwrap_or(party.entity);
                }
            }
            if moved {
                self.set(key, Some(record));
            }
        }
    }

    /// Returns the decided mentions that share words with `range`.
    pub(super) fn decided_across(
        &mut self,
        article: ArticleId,
        range: TextRange,
    ) -> BTreeSet<AnnotationId> {
        let ids = self.decided_ids::<Mention>(article);
        ids.into_iter()
            .filter(|id| {
                let row = self.current::<Decided<Mention>>(AnnotationKey { article, id: *id });
                row.is_some_and(|row| {
                    row.verdict != Verdict::Rejected
                        && row
                            .value
                            .range
                            .intersect(range)
                            .is_some_and(|both| !both.is_empty())
                })
            })
            .collect()
    }
}
