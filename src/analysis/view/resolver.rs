//! A person's rules, and joins across articles, laid over what articles say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::issue_groups::IssueMatcher;
use crate::analysis::view::terms::word_hash;
use crate::analysis::view::{Row, changed_keys};
use crate::model::{
    AnnotationId, ArticleId, EntityId, EntityType, IssueId, Learnt, Mention, Party, Project, Rule,
    Statement,
};

/// The engine's own joins across articles: an entity, and the one that it is the same as.
pub type Joined = Arc<BTreeMap<EntityId, EntityId>>;

/// Lays a person's rules, and joins across articles, over what articles say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolver {
    same: BTreeMap<EntityId, EntityId>,
    joined: Joined,
    apart: BTreeSet<(EntityId, EntityId)>,
    aliases: BTreeMap<String, (EntityId, EntityType)>,
    never: BTreeSet<String>,
    in_article: BTreeMap<(ArticleId, AnnotationId), EntityId>,
    /// Phrase → issue, and whether its direction is turned.
    issues: BTreeMap<IssueId, (IssueId, bool)>,
    /// Phrases that a person named by themselves.
    own: BTreeSet<IssueId>,
    pub(in crate::analysis) matcher: IssueMatcher,
    pub(super) learnt: Learnt,
}

/// What two resolvers decide differently.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Entities that another one stands for now, as articles name them, and what stood for them.
    pub(super) entities: BTreeMap<EntityId, EntityId>,
    /// Hashes of words that name something else now, or nothing.
    pub(super) words: BTreeSet<u64>,
    /// Articles with a rule of their own.
    pub(super) articles: BTreeSet<ArticleId>,
    /// Phrases that belong to another issue now.
    pub(super) issues: BTreeSet<IssueId>,
}

impl Touched {
    pub(super) fn is_empty(&self) -> bool {
        self.entities.is_empty()
            && self.words.is_empty()
            && self.articles.is_empty()
            && self.issues.is_empty()
    }
}

impl Resolver {
    /// Collects the rules of a project; `joined` are the engine's own joins across articles, which
    /// a person's `NotSame` outweighs.
    #[must_use]
    pub fn new(project: &Project, joined: &Joined) -> Self {
        Self::with_lessons(project, joined, Learnt::of(project))
    }

    pub(super) fn with_lessons(project: &Project, joined: &Joined, learnt: Learnt) -> Self {
        let mut resolver = Self {
            joined: Arc::clone(joined),
            learnt,
            ..Self::default()
        };
        for rule in project.rules.values() {
            resolver.take(rule);
        }
        resolver.matcher = IssueMatcher::new(&project.codebook);
        for (id, issue) in &project.codebook.issues {
            if !issue.is_bare(*id) {
                resolver.own.insert(*id);
            }
            for link in &issue.links {
                resolver.issues.insert(link.phrase, (*id, link.reversed));
            }
        }
        resolver
    }

    fn take(&mut self, rule: &Rule) {
        match rule {
            Rule::SameEntity { merged, into } => {
                self.same.insert(*merged, *into);
            }
            Rule::NotSame { left, right } => {
                self.apart.insert((*left, *right));
                self.apart.insert((*right, *left));
            }
            Rule::Alias {
                text,
                entity,
                entity_type,
            } => {
                self.aliases.insert(text.clone(), (*entity, *entity_type));
            }
            Rule::Never { text } => {
                self.never.insert(text.clone());
            }
            Rule::InArticle {
                article,
                mentions,
                entity,
            } => {
                for mention in mentions {
                    self.in_article.insert((*article, *mention), *entity);
                }
            }
        }
    }

    pub(super) fn has_joins(&self, joined: &Joined) -> bool {
        Arc::ptr_eq(&self.joined, joined) || self.joined == *joined
    }

    fn next(&self, entity: EntityId) -> Option<EntityId> {
        let joined = || {
            let into = self.joined.get(&entity)?;
            (!self.apart.contains(&(entity, *into))).then_some(*into)
        };
        self.same.get(&entity).copied().or_else(joined)
    }

    /// Returns the entity that stands for `entity` after merges. Circles end where they began.
    #[must_use]
    pub fn entity(&self, entity: EntityId) -> EntityId {
        let mut at = entity;
        for _ in 0..64 {
            match self.next(at) {
                Some(next) if next != entity => at = next,
                _ => break,
            }
        }
        at
    }

    pub(super) fn never(&self, words: &str) -> bool {
        !self.never.is_empty() && self.never.contains(words)
    }

    /// Says what a mention names, before merges.
    pub(super) fn name(&self, article: ArticleId, body: &str, row: &mut Row<Mention>) {
        if let Some(own) = self.in_article.get(&(article, row.id)) {
            row.value.entity = Some(*own);
        } else if !row.is_decided() && !self.aliases.is_empty() {
            let words = crate::model::slice(body, row.value.range);
            if let Some((entity, entity_type)) = self.aliases.get(words) {
                row.value.entity = Some(*entity);
                row.value.entity_type = *entity_type;
            }
        }
    }

    /// Says whom and what a statement is on. `chosen`: a person picked its issue, and no group catches
    /// it.
    pub(super) fn statement(&self, statement: &mut Statement, chosen: bool) {
        let party = |party: &mut Party| party.entity = self.entity(party.entity);
        party(&mut statement.holder);
        statement.target.iter_mut().for_each(party);
        statement.reporter.iter_mut().for_each(party);
        statement.speaks_for = statement.speaks_for.map(|entity| self.entity(entity));
        if let Some(issue) = &mut statement.issue
            && let Some((id, reversed)) = issue
                .issue
                .and_then(|id| self.issue(id, &issue.label, chosen))
        {
            issue.issue = Some(id);
            if reversed {
                statement.polarity_issue = statement.polarity_issue.map(|p| p.reversed());
            }
        }
    }

    /// Whether another resolver may catch other phrases, or let some go that a person named.
    pub(super) fn catches_otherwise(&self, new: &Self) -> bool {
        self.matcher != new.matcher || self.own != new.own
    }

    /// Returns the issue that a phrase counts for, and whether it is turned; none where it is its own.
    pub(super) fn issue(
        &self,
        phrase: IssueId,
        words: &str,
        chosen: bool,
    ) -> Option<(IssueId, bool)> {
        let linked = self.issues.get(&phrase).copied();
        linked.or_else(|| {
            let caught = !chosen && !self.own.contains(&phrase);
            caught.then(|| self.matcher.find(phrase, words)).flatten()
        })
    }

    pub(super) fn differences(&self, new: &Self) -> Touched {
        let words = changed_keys(&self.aliases, &new.aliases, PartialEq::eq);
        let never = self.never.symmetric_difference(&new.never);
        let lessons = self.learnt.changed_words(&new.learnt);
        let own = changed_keys(&self.in_article, &new.in_article, PartialEq::eq);
        let moved = self.moved(new).into_iter();
        Touched {
            entities: moved.map(|id| (id, self.entity(id))).collect(),
            words: words
                .iter()
                .chain(never)
                .map(String::as_str)
                .chain(lessons)
                .map(word_hash)
                .collect(),
            articles: own.into_iter().map(|(article, _)| article).collect(),
            issues: changed_keys(&self.issues, &new.issues, PartialEq::eq),
        }
    }

    /// Returns the entities that stand for another one under `new`, or for the same by another way.
    fn moved(&self, new: &Self) -> BTreeSet<EntityId> {
        let mut seeds = changed_keys(&self.same, &new.same, PartialEq::eq);
        seeds.extend(
            self.apart
                .symmetric_difference(&new.apart)
                .map(|(left, _)| *left),
        );
        if !Arc::ptr_eq(&self.joined, &new.joined) {
            seeds.extend(changed_keys(&self.joined, &new.joined, PartialEq::eq));
        }
        seeds.retain(|id| self.next(*id) != new.next(*id));
        let mut moved = seeds;
        // And all that lead to one of them.
        while !moved.is_empty() {
            let leads = |resolver: &Self, id: EntityId| {
                resolver.next(id).is_some_and(|next| moved.contains(&next))
            };
            let known = [self, new].map(|r| r.same.keys().chain(r.joined.keys()));
            let more: Vec<EntityId> = known
                .into_iter()
                .flatten()
                .copied()
                .filter(|id| !moved.contains(id) && (leads(self, *id) || leads(new, *id)))
                .collect();
            if more.is_empty() {
                break;
            }
            moved.extend(more);
        }
        moved
    }
}
