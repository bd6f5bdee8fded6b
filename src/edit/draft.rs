//! An operation in the making: the project as it stands under the changes planned so far.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::kind::Kind;
use crate::edit::operation::{
    AnnotationKey, Change, ChangeKey, Delta, Operation, OperationKind, Place,
};
use crate::edit::record::Record;
use crate::edit::{Author, Refused};
use crate::model::{
    Annotation, AnnotationId, Article, ArticleId, ArticleState, Decided, EntityId, EntityType,
    Issue, IssueId, Learnt, OperationId, Project, Rule, Suggested, TextRange, Verdict,
};

/// Suggested mentions of an article by their words.
type ByWords = BTreeMap<(u32, u32), AnnotationId>;

/// A plan under way.
pub(super) struct Draft<'a> {
    pub(super) project: &'a Project,
    pub(super) author: Author,
    ids: &'a mut dyn FnMut() -> u128,
    changes: Vec<Change>,
    index: BTreeMap<ChangeKey, usize>,
    place: Option<Place>,
    suggested_mentions: BTreeMap<ArticleId, ByWords>,
    learnt: OnceCell<Learnt>,
}

/// An annotation as it stands.
pub(super) struct Found<T> {
    /// What it says.
    pub(super) value: T,
    /// The decision, if there is one.
    pub(super) decided: Option<Decided<T>>,
    /// The suggestion that it came from or is.
    pub(super) origin: Option<Suggested<T>>,
}

impl<T> Found<T> {
    /// Whether it holds by a person's word.
    pub(super) fn holds(&self) -> bool {
        self.decided
            .as_ref()
            .is_some_and(|d| d.verdict != Verdict::Rejected)
    }
}

/// Returns `range` as a key that can be ordered.
pub(super) fn bounds(range: TextRange) -> (u32, u32) {
    (range.start().into(), range.end().into())
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        project: &'a Project,
        author: Author,
        ids: &'a mut dyn FnMut() -> u128,
    ) -> Self {
        Self {
            project,
            author,
            ids,
            changes: Vec::new(),
            index: BTreeMap::new(),
            place: None,
            suggested_mentions: BTreeMap::new(),
            learnt: OnceCell::new(),
        }
    }

    /// Closes the plan.
    pub(super) fn finish(mut self, title: String) -> Result<Operation, Refused> {
        self.changes.retain(|change| !change.is_idle());
        if self.changes.is_empty() {
            return Err(Refused::Nothing);
        }
        Ok(Operation {
            id: OperationId(self.fresh()),
            parent: None,
            coder: self.author.coder,
            at: self.author.at,
            title,
            place: self.place,
            changes: self.changes,
            kind: OperationKind::Do,
            gesture: None,
        })
    }

    /// Returns an id that nobody else has.
    pub(super) fn fresh(&mut self) -> u128 {
        (self.ids)()
    }

    /// Says where undo goes to; the first word counts.
    pub(super) fn at(&mut self, article: ArticleId, range: Option<TextRange>) {
        self.place.get_or_insert(Place { article, range });
    }

    /// Returns a record as it stands.
    pub(super) fn current<R: Record>(&mut self, key: R::Key) -> Option<R> {
        match self.index.get(&R::change_key(key)) {
            Some(at) => R::delta(self.changes.get_mut(*at)?).and_then(|delta| delta.after.clone()),
            None => R::read(self.project, key),
        }
    }

    /// Sets or removes a record.
    pub(super) fn set<R: Record>(&mut self, key: R::Key, after: Option<R>) {
        let at = self.index.get(&R::change_key(key)).copied();
        if let Some(delta) = at.and_then(|at| R::delta(self.changes.get_mut(at)?)) {
            delta.after = after;
            return;
        }
        let before = R::read(self.project, key);
        self.index.insert(R::change_key(key), self.changes.len());
        self.changes.push(R::change(Delta { key, before, after }));
    }

    /// Returns an article with its annotations before this plan.
    pub(super) fn article(&self, id: ArticleId) -> Result<&'a Arc<ArticleState>, Refused> {
        self.project
            .articles
            .get(&id)
            .ok_or(Refused::UnknownArticle)
    }

    /// Returns an annotation as it stands.
    pub(super) fn find<T: Kind>(&mut self, key: AnnotationKey) -> Result<Found<T>, Refused> {
        let state = self.article(key.article)?;
        if let Some(decided) = self.current::<Decided<T>>(key) {
            let (value, origin) = (decided.value.clone(), decided.origin.clone());
            return Ok(Found {
                value,
                decided: Some(decided),
                origin,
            });
        }
        let suggested = T::layer(&state.annotations).suggested().get(&key.id);
        let origin = suggested.ok_or(Refused::UnknownAnnotation)?.clone();
        Ok(Found {
            value: origin.value.clone(),
            decided: None,
            origin: Some(origin),
        })
    }

    /// Decides that `value` holds under `key`, in the place of what was found there, with all that
    /// it refers to.
    pub(super) fn hold<T: Kind>(&mut self, key: AnnotationKey, found: Found<T>, mut value: T) {
        let Ok(state) = self.article(key.article) else {
            return;
        };
        let article = &state.article;
        value.settle(self, article);
        self.at(key.article, Some(value.anchor()));
        let verdict = if found.origin.is_some() {
            Verdict::Confirmed
        } else {
            Verdict::Added
        };
        let note = match found.decided {
            Some(old) if old.verdict == verdict && old.value == value => return,
            Some(old) => old.note,
            None => String::new(),
        };
        T::followed(&found.value, &value, self, article);
        let Author { coder, at } = self.author;
        let record = Decided {
            value,
            verdict,
            coder,
            at,
            origin: found.origin,
            note,
        };
        self.set(key, Some(record));
    }

    /// Returns the decided annotations of a kind in an article, rejected ones too.
    pub(super) fn decided_ids<T: Kind>(&self, article: ArticleId) -> Vec<AnnotationId> {
        let state = self.project.articles.get(&article);
        let mut ids: Vec<_> = state
            .map(|state| {
                T::layer(&state.annotations)
                    .decided()
                    .keys()
                    .copied()
                    .collect()
            })
            .unwrap_or_default();
        let first = Annotation {
            article,
            kind: T::KIND,
            id: AnnotationId(0),
        };
        let last = Annotation {
            id: AnnotationId(u128::MAX),
            ..first
        };
        let planned = self
            .index
            .range(ChangeKey::Annotation(first)..=ChangeKey::Annotation(last));
        for (key, _) in planned {
            if let ChangeKey::Annotation(at) = key
                && !state.is_some_and(|s| T::layer(&s.annotations).decided().contains_key(&at.id))
            {
                ids.push(at.id);
            }
        }
        ids
    }

    /// Returns the suggested mention on exactly these words.
    pub(super) fn suggested_mention(
        &mut self,
        state: &ArticleState,
        range: TextRange,
    ) -> Option<AnnotationId> {
        let by_words = self
            .suggested_mentions
            .entry(state.article.id)
            .or_insert_with(|| {
                let rows = state.annotations.mentions.suggested().iter();
                rows.map(|(id, row)| (bounds(row.value.range), *id))
                    .collect()
            });
        by_words.get(&bounds(range)).copied()
    }

    /// Returns the rules as they stand.
    pub(super) fn rules(&mut self) -> Vec<(crate::model::RuleId, Rule)> {
        let mut rules = self.project.rules.clone();
        for change in &mut self.changes {
            if let Change::Rule(delta) = change {
                match &delta.after {
                    Some(rule) => rules.insert(delta.key, rule.clone()),
                    None => rules.remove(&delta.key),
                };
            }
        }
        rules.into_iter().collect()
    }

    /// Returns the issues as they stand.
    pub(super) fn issues(&self) -> BTreeMap<IssueId, Issue> {
        let mut issues = self.project.codebook.issues.clone();
        for change in &self.changes {
            if let Change::Issue(delta) = change {
                match &delta.after {
                    Some(issue) => issues.insert(delta.key, issue.clone()),
                    None => issues.remove(&delta.key),
                };
            }
        }
        issues
    }

    /// Returns what the decisions before this operation teach.
    pub(super) fn learnt(&self) -> &Learnt {
        self.learnt.get_or_init(|| Learnt::of(self.project))
    }

    /// Returns what a rule of the project says that these words name.
    pub(super) fn alias(&self, words: &str) -> Option<(EntityId, EntityType)> {
        self.project.rules.values().find_map(|rule| match rule {
            Rule::Alias {
                text,
                entity,
                entity_type,
            } if text == words => Some((*entity, *entity_type)),
            Rule::Alias { .. }
            | Rule::SameEntity { .. }
            | Rule::NotSame { .. }
            | Rule::Never { .. }
            | Rule::InArticle { .. } => None,
        })
    }

    /// Returns the name of a type.
    pub(super) fn type_name(&self, entity_type: EntityType) -> String {
        match entity_type {
            EntityType::Own(id) => match self.project.codebook.types.get(&id) {
                Some(own) => own.name.clone(),
                None => entity_type.name().to_owned(),
            },
            EntityType::Person
            | EntityType::Norp
            | EntityType::State
            | EntityType::Organisation
            | EntityType::Place
            | EntityType::Facility
            | EntityType::Weapon
            | EntityType::Agreement
            | EntityType::Event => entity_type.name().to_owned(),
        }
    }

    /// Returns the name of an entity, decided or proposed.
    pub(super) fn entity_name(&self, id: EntityId) -> Option<String> {
        if let Some(at) = self.index.get(&ChangeKey::Entity(id))
            && let Some(Change::Entity(delta)) = self.changes.get(*at)
        {
            return delta
                .after
                .as_ref()
                .map(|decided| decided.value.name.clone());
        }
        match self.project.entities.get(&id) {
            Some(decided) => Some(decided.value.name.clone()),
            None => self.proposal(id, None).map(|(entity, _)| entity.name),
        }
    }

    /// Returns the words of a range.
    pub(super) fn words(article: &Article, range: TextRange) -> String {
        article
            .slice(range)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}
