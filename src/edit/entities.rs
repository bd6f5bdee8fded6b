//! Entities and the rules on them.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::draft::Draft;
use crate::edit::kind::Kind as _;
use crate::edit::operation::AnnotationKey;
use crate::edit::{Author, Refused};
use crate::model::{
    Alias, Annotation, AnnotationId, Article, ArticleId, ArticleState, Confidence, Decided, Entity,
    EntityId, EntityType, Mention, Role, Rule, RuleId, Suggested, TextRange, Verdict,
};

impl Draft<'_> {
    /// Returns what the engine says of an entity, and which engine: `first` is asked before all
    /// other articles.
    pub(super) fn proposal(
        &self,
        id: EntityId,
        first: Option<ArticleId>,
    ) -> Option<(Entity, String)> {
        let here = first.and_then(|article| self.project.articles.get(&article));
        let found = |state: &ArticleState| {
            let entity = state.proposed_entities.get(&id)?.entity.clone();
            Some((entity, state.engine.clone().unwrap_or_default()))
        };
        here.and_then(|state| found(state)).or_else(|| {
            self.project
                .articles
                .values()
                .find_map(|state| found(state))
        })
    }

    /// Makes an entity decided, so that what refers to it stands without any suggestion. What
    /// nobody proposed is named by the words.
    pub(super) fn fix_entity(
        &mut self,
        id: EntityId,
        article: &Article,
        range: TextRange,
        entity_type: EntityType,
    ) {
        if self.current::<Decided<Entity>>(id).is_some() {
            return;
        }
        let proposal = self.proposal(id, Some(article.id));
        let named = || Entity {
            name: Self::words(article, range),
            entity_type,
            aliases: BTreeSet::new(),
            roles: Vec::new(),
        };
        let entity = proposal
            .as_ref()
            .map_or_else(named, |(entity, _)| entity.clone());
        self.write_entity(id, entity, proposal);
    }

    /// An entity that only these words speak of is what a person says they are: it takes their type,
    /// and one that a person made here the name that they have now.
    pub(super) fn name_again(&mut self, article: &Article, before: &Mention, after: &Mention) {
        let (Some(id), old) = (after.entity, Self::words(article, before.range)) else {
            return;
        };
        if before.entity_type == after.entity_type && before.range == after.range
            || !self.is_only_here(id, article.id, &old)
        {
            return;
        }
        let Some(known) = self.current::<Decided<Entity>>(id) else {
            return;
        };
        let mut entity = known.value;
        entity.entity_type = after.entity_type;
        if known.origin.is_none() && entity.name == old {
            entity.name = Self::words(article, after.range);
        }
        self.write_entity(id, entity, None);
    }

    /// Whether nothing but `words` in this article stands for an entity.
    fn is_only_here(&self, id: EntityId, article: ArticleId, words: &str) -> bool {
        let names = |state: &ArticleState, mention: &Mention| {
            mention.entity == Some(id)
                && (state.article.id != article
                    || !state
                        .article
                        .slice(mention.range)
                        .eq_ignore_ascii_case(words))
        };
        self.project.articles.values().all(|state| {
            let elsewhere =
                state.article.id != article && state.proposed_entities.contains_key(&id);
            let mentions = &state.annotations.mentions;
            !elsewhere
                && !mentions
                    .decided()
                    .values()
                    .any(|one| names(state, &one.value))
                && (state.article.id != article
                    || !mentions.suggested().iter().any(|(at, one)| {
                        !mentions.decided().contains_key(at) && names(state, &one.value)
                    }))
        })
    }

    /// Makes an entity decided that no words stand for: one of a role or a rule. `false` where
    /// nobody knows it.
    pub(super) fn fix_known(&mut self, id: EntityId) -> bool {
        if self.current::<Decided<Entity>>(id).is_some() {
            return true;
        }
        let Some(proposal) = self.proposal(id, None) else {
            return false;
        };
        self.write_entity(id, proposal.0.clone(), Some(proposal));
        true
    }

    /// Writes an entity, then those that its roles point to; a role of somebody whom nobody knows
    /// keeps its office.
    fn write_entity(&mut self, id: EntityId, entity: Entity, proposal: Option<(Entity, String)>) {
        let old = self.current::<Decided<Entity>>(id);
        let origin = match &old {
            Some(old) => old.origin.clone(),
            None => proposal.map(|(value, by)| Suggested {
                value,
                confidence: Confidence::new(1.0),
                by,
            }),
        };
        let verdict = if origin.is_some() {
            Verdict::Confirmed
        } else {
            Verdict::Added
        };
        if old
            .as_ref()
            .is_some_and(|old| old.value == entity && old.verdict == verdict)
        {
            return;
        }
        let Author { coder, at } = self.author;
        let note = old.map(|old| old.note).unwrap_or_default();
        let roles: Vec<_> = entity.roles.iter().filter_map(|role| role.of).collect();
        let record = Decided {
            value: entity,
            verdict,
            coder,
            at,
            origin,
            note,
        };
        self.set(id, Some(record));
        let unknown: BTreeSet<_> = roles
            .into_iter()
            .filter(|of| *of != id && !self.fix_known(*of))
            .collect();
        if !unknown.is_empty()
            && let Some(mut record) = self.current::<Decided<Entity>>(id)
        {
            for role in &mut record.value.roles {
                role.of = role.of.filter(|of| !unknown.contains(of));
            }
            self.set(id, Some(record));
        }
    }

    /// Returns the entity that stands for `id` after the merges planned or made.
    fn root(&mut self, id: EntityId) -> EntityId {
        let same: BTreeMap<_, _> = self
            .rules()
            .into_iter()
            .filter_map(|(_, rule)| match rule {
                Rule::SameEntity { merged, into } => Some((merged, into)),
                Rule::NotSame { .. }
                | Rule::Alias { .. }
                | Rule::Never { .. }
                | Rule::InArticle { .. } => None,
            })
            .collect();
        let mut at = id;
        for _ in 0..=same.len() {
            match same.get(&at) {
                Some(next) if *next != id => at = *next,
                _ => break,
            }
        }
        at
    }

    fn add_rule(&mut self, rule: Rule) {
        if !self.rules().iter().any(|(_, old)| *old == rule) {
            let id = RuleId(self.fresh());
            self.set(id, Some(rule));
        }
    }

    fn remove_rules(&mut self, which: impl Fn(&Rule) -> bool) {
        for (id, rule) in self.rules() {
            if which(&rule) {
                self.set::<Rule>(id, None);
            }
        }
    }
}

/// Names, retypes, gives roles; or makes a new entity.
pub(super) fn set(draft: &mut Draft<'_>, id: EntityId, entity: Entity) -> Result<String, Refused> {
    if entity.name.trim().is_empty() {
        return Err(Refused::NoName);
    }
    let proposal = draft.proposal(id, None);
    let old = draft
        .current::<Decided<Entity>>(id)
        .map(|decided| decided.value)
        .or_else(|| proposal.as_ref().map(|(entity, _)| entity.clone()));
    let title = match old {
        None => format!("{} added", entity.name),
        Some(old) if old.name != entity.name => format!("Renamed {} to {}", old.name, entity.name),
        Some(old) if old.entity_type != entity.entity_type => {
            format!(
                "{} is now of type {}",
                entity.name,
                draft.type_name(entity.entity_type)
            )
        }
        Some(old) if old.roles != entity.roles => format!("Roles of {} changed", entity.name),
        Some(_) => format!("{} changed", entity.name),
    };
    draft.write_entity(id, entity, proposal);
    Ok(title)
}

/// Joins entities: a rule each, and the names of those that go as other names of the one that
/// stays.
pub(super) fn merge(
    draft: &mut Draft<'_>,
    merged: &[EntityId],
    into: EntityId,
) -> Result<String, Refused> {
    let into = draft.root(into);
    let mut roots: Vec<_> = merged.iter().map(|id| draft.root(*id)).collect();
    roots.retain(|id| *id != into);
    roots.sort_unstable();
    roots.dedup();
    if roots.is_empty() {
        return Err(Refused::SameAlready);
    }
    if !roots.iter().chain([&into]).all(|id| draft.fix_known(*id)) {
        return Err(Refused::UnknownEntity);
    }
    let mut whole = draft
        .current::<Decided<Entity>>(into)
        .ok_or(Refused::UnknownEntity)?
        .value;
    let mut names = Vec::new();
    for id in &roots {
        let Some(part) = draft.current::<Decided<Entity>>(*id) else {
            continue;
        };
        names.push(part.value.name.clone());
        take_in(&mut whole, part.value, into);
        let apart = |rule: &Rule| {
            matches!(rule, Rule::NotSame { left, right }
            if (*left, *right) == (*id, into) || (*left, *right) == (into, *id))
        };
        draft.remove_rules(apart);
        draft.add_rule(Rule::SameEntity { merged: *id, into });
    }
    let title = match names.as_slice() {
        [one] => format!("Merged {one} into {}", whole.name),
        many => format!("Merged {} entities into {}", many.len(), whole.name),
    };
    draft.write_entity(into, whole, None);
    Ok(title)
}

fn take_in(whole: &mut Entity, part: Entity, into: EntityId) {
    let names = part.aliases.into_iter().chain([Alias { text: part.name }]);
    whole
        .aliases
        .extend(names.filter(|alias| alias.text != whole.name));
    let new = |role: &Role| role.of != Some(into) && !whole.roles.contains(role);
    let roles: Vec<_> = part.roles.into_iter().filter(new).collect();
    whole.roles.extend(roles);
}

/// Gives mentions to another entity, by a rule an article; decided statements that stand on them
/// follow.
pub(super) fn split(
    draft: &mut Draft<'_>,
    mentions: &[Annotation],
    id: EntityId,
    entity: Entity,
) -> Result<String, Refused> {
    if mentions.is_empty() {
        return Err(Refused::NoMentions);
    }
    if draft.current::<Decided<Entity>>(id).is_none() {
        set(draft, id, entity)?;
    }
    let mut by_article: BTreeMap<ArticleId, BTreeSet<AnnotationId>> = BTreeMap::new();
    let mut before = BTreeSet::new();
    for at in mentions {
        let key = AnnotationKey {
            article: at.article,
            id: at.id,
        };
        let found = draft.find::<Mention>(key)?;
        draft.at(at.article, Some(found.value.range));
        let state = draft.article(at.article)?;
        let moved = Mention {
            entity: Some(id),
            ..found.value.clone()
        };
        Mention::followed(&found.value, &moved, draft, &state.article);
        before.extend(found.value.entity);
        by_article.entry(at.article).or_default().insert(at.id);
    }
    for (article, mentions) in by_article {
        take_mentions_away(draft, article, &mentions);
        draft.add_rule(Rule::InArticle {
            article,
            mentions,
            entity: id,
        });
    }
    for old in before {
        let root = draft.root(old);
        if root != id && draft.root(id) != root && draft.fix_known(root) {
            draft.add_rule(Rule::NotSame {
                left: root,
                right: id,
            });
        }
    }
    let name = draft.entity_name(id).unwrap_or_default();
    Ok(format!("{} mentions split off to {name}", mentions.len())
        .replace("1 mentions", "1 mention"))
}

/// Earlier splits of the same mentions give way to the newest.
fn take_mentions_away(draft: &mut Draft<'_>, article: ArticleId, taken: &BTreeSet<AnnotationId>) {
    for (rule_id, rule) in draft.rules() {
        if let Rule::InArticle {
            article: at,
            mentions,
            entity,
        } = rule
            && at == article
            && !mentions.is_disjoint(taken)
        {
            let mentions: BTreeSet<_> = mentions.difference(taken).copied().collect();
            let rest = Rule::InArticle {
                article,
                mentions,
                entity,
            };
            let empty = matches!(&rest, Rule::InArticle { mentions, .. } if mentions.is_empty());
            draft.set(rule_id, (!empty).then_some(rest));
        }
    }
}

/// Keeps two entities apart for good; a merge of just these two is taken back.
pub(super) fn not_same(
    draft: &mut Draft<'_>,
    left: EntityId,
    right: EntityId,
) -> Result<String, Refused> {
    if left == right {
        return Err(Refused::SameAlready);
    }
    if !draft.fix_known(left) || !draft.fix_known(right) {
        return Err(Refused::UnknownEntity);
    }
    let joins = |rule: &Rule| {
        matches!(rule, Rule::SameEntity { merged, into }
        if (*merged, *into) == (left, right) || (*merged, *into) == (right, left))
    };
    draft.remove_rules(joins);
    draft.add_rule(Rule::NotSame { left, right });
    let name = |id| draft.entity_name(id).unwrap_or_default();
    Ok(format!("{} and {} kept apart", name(left), name(right)))
}

/// Adds a rule and decides the entities that it speaks of.
pub(super) fn add_rule(draft: &mut Draft<'_>, rule: Rule) -> Result<String, Refused> {
    let title = match &rule {
        Rule::SameEntity { merged, into } => return merge(draft, &[*merged], *into),
        Rule::NotSame { left, right } => return not_same(draft, *left, *right),
        Rule::Alias { text, entity, .. } => {
            if text.trim().is_empty() {
                return Err(Refused::NoName);
            }
            if !draft.fix_known(*entity) {
                return Err(Refused::UnknownEntity);
            }
            let same = |old: &Rule| matches!(old, Rule::Alias { text: t, .. } | Rule::Never { text: t } if t == text);
            draft.remove_rules(same);
            let name = draft.entity_name(*entity).unwrap_or_default();
            format!("“{text}” always names {name}")
        }
        Rule::Never { text } => {
            if text.trim().is_empty() {
                return Err(Refused::NoName);
            }
            draft.remove_rules(|old| matches!(old, Rule::Alias { text: t, .. } if t == text));
            format!("“{text}” never names anything")
        }
        Rule::InArticle {
            article,
            mentions,
            entity,
        } => {
            draft.article(*article)?;
            if !draft.fix_known(*entity) {
                return Err(Refused::UnknownEntity);
            }
            let name = draft.entity_name(*entity).unwrap_or_default();
            format!("{} mentions linked to {name}", mentions.len())
        }
    };
    draft.add_rule(rule);
    Ok(title)
}

/// Takes a rule back.
pub(super) fn remove_rule(draft: &mut Draft<'_>, id: RuleId) -> Result<String, Refused> {
    let rule = draft.current::<Rule>(id).ok_or(Refused::UnknownRule)?;
    draft.set::<Rule>(id, None);
    let name = |id| draft.entity_name(id).unwrap_or_default();
    Ok(match rule {
        Rule::SameEntity { merged, into } => {
            format!("{} taken apart from {}", name(merged), name(into))
        }
        Rule::NotSame { left, right } => {
            format!("{} and {} no longer kept apart", name(left), name(right))
        }
        Rule::Alias { text, .. } | Rule::Never { text } => format!("Rule for “{text}” removed"),
        Rule::InArticle { entity, .. } => format!("Split of {} taken back", name(entity)),
    })
}
