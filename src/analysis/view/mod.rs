//! The effective view: what holds after decisions, suggestions and rules are laid over each other.
//!
//! Panels, charts, export and the command line read nothing else. An article's view depends on its
//! own state and on the [`Resolver`], so that an edit rebuilds one article. What is counted over all
//! articles (`tally`) and named in several (`names`) is kept and corrected by what changed.

mod build;
mod names;
mod resolver;
mod tally;
mod terms;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::facets::{Facets, WholeFacets};
use crate::analysis::repeats::{Retold, Stories};
use crate::analysis::view::build::{built, decided_names, decided_positions};
use crate::analysis::view::names::Names;
use crate::analysis::view::resolver::Touched;
use crate::analysis::view::tally::Tally;
use crate::model::{
    AnnotationId, ArticleId, ArticleState, Attribution, CoderId, Codes, Confidence, Entity,
    EntityId, EntityType, IssueId, Learnt, Mention, MentionKind, Project, Role, Statement, Swatch,
    Timestamp, Timex, TimexValue,
};

pub use resolver::{Joined, Resolver};

/// Who says so.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// The engine, with its confidence and name.
    Suggested {
        /// How sure.
        confidence: Confidence,
        /// Which layer.
        by: String,
    },
    /// A person confirmed or corrected a suggestion.
    Confirmed {
        /// Who.
        coder: CoderId,
        /// When.
        at: Timestamp,
    },
    /// A person made it.
    Added {
        /// Who.
        coder: CoderId,
        /// When.
        at: Timestamp,
    },
}

/// One annotation that holds, with entities and issues resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<T> {
    /// Its id.
    pub id: AnnotationId,
    /// What it says.
    pub value: T,
    /// Who says so.
    pub status: Status,
    /// The person's note.
    pub note: String,
    /// Values of own fields; statements have them.
    pub codes: Codes,
}

impl<T> Row<T> {
    /// Whether a person decided it.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        !matches!(self.status, Status::Suggested { .. })
    }
}

/// One article's effective view. Rows are in order of their words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ArticleView {
    /// Mentions, nested ones after those that hold them.
    pub mentions: Vec<Row<Mention>>,
    /// Time expressions.
    pub timexes: Vec<Row<Timex>>,
    /// Attributions.
    pub attributions: Vec<Row<Attribution>>,
    /// Statements by cue.
    pub statements: Vec<Row<Statement>>,
}

impl ArticleView {
    /// Builds the view of one article.
    #[must_use]
    pub fn new(state: &ArticleState, resolver: &Resolver) -> Self {
        built(state, resolver).0
    }

    /// Returns how many names, times and statements are only suggested, and how many there are.
    /// Pronouns and descriptions do not count: they are decided with the statements that need them.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let names = || {
            self.mentions
                .iter()
                .filter(|row| row.value.kind == MentionKind::Name)
        };
        let all = names().count() + self.timexes.len() + self.statements.len();
        let open = names().filter(|row| !row.is_decided()).count()
            + self.timexes.iter().filter(|row| !row.is_decided()).count()
            + self
                .statements
                .iter()
                .filter(|row| !row.is_decided())
                .count();
        (open, all)
    }

    /// Returns the statement of `id`.
    #[must_use]
    pub fn statement(&self, id: AnnotationId) -> Option<&Row<Statement>> {
        self.statements.iter().find(|row| row.id == id)
    }
}

/// An entity of the project as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityRow {
    /// Name, type, aliases, roles; roles point to resolved entities.
    pub entity: Entity,
    /// Whether a person decided name, type or roles.
    pub decided: bool,
    /// Mentions in all articles.
    pub mentions: u32,
    /// Articles that mention it.
    pub articles: u32,
}

/// An issue of the project as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRow {
    /// Name.
    pub name: String,
    /// Whether it stands in the codebook.
    pub decided: bool,
    /// Its colour in the codebook.
    pub colour: Option<Swatch>,
}

/// Which statement of which article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementRef {
    /// The article.
    pub article: ArticleId,
    /// The statement.
    pub id: AnnotationId,
}

/// Views by article.
pub type ArticleViews = BTreeMap<ArticleId, Arc<ArticleView>>;

/// The whole project's effective view.
///
/// Beside what is shown it keeps counts by which an edit is taken over in time that does not grow
/// with the project: [`ProjectView::update`] gives what [`ProjectView::new`] would.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProjectView {
    /// Views by article.
    pub articles: ArticleViews,
    /// Entities that anything names or a person made, after merges.
    pub entities: BTreeMap<EntityId, EntityRow>,
    /// Issues that any statement is on, or that stand in the codebook.
    pub issues: BTreeMap<IssueId, IssueRow>,
    /// Rules and joins that this view was built with.
    pub resolver: Arc<Resolver>,
    /// Which statements say the same.
    pub retold: Retold,
    facets: WholeFacets,
    tally: Tally,
    names: Names,
    /// Entities with an office of which the first or last day is known, and where they held any.
    dated: BTreeMap<EntityId, BTreeSet<EntityId>>,
}

impl ProjectView {
    /// Builds the view of a project; `joined` are the engine's own joins across articles.
    #[must_use]
    pub fn new(project: &Project, joined: &Joined) -> Self {
        let mut view = Self::default();
        view.update(&Project::default(), project, joined);
        view
    }

    /// Takes over what changed between `before`, which this view was built from, and `project`.
    /// An article changed if its state is another allocation. Returns the views of articles as they
    /// were, of those that were made again.
    pub fn update(&mut self, before: &Project, project: &Project, joined: &Joined) -> ArticleViews {
        self.facets = WholeFacets::default();
        let mut changed = changed_keys(&before.articles, &project.articles, Arc::ptr_eq);
        let touched = self.take_rules(before, project, joined, &changed);
        changed.extend(self.tally.touched_articles(&touched));
        let mut stale = self
            .names
            .take(before, project, &changed, (&touched, &self.resolver));
        stale.extend(self.with_roles_of(&touched));
        let fresh: BTreeMap<EntityId, Option<EntityRow>> = stale
            .into_iter()
            .map(|id| (id, self.names.row(project, &self.resolver, id)))
            .collect();
        self.tally.take_offices(fresh.iter().map(|(id, row)| {
            let of = row.as_ref().and_then(|row| row.entity.acts_for());
            (*id, of)
        }));
        let mut old = ArticleViews::new();
        for id in &changed {
            let view = self.take_article(*id, project.articles.get(id));
            old.extend(view.map(|view| (*id, view)));
        }
        self.retold.update(&self.articles, &changed);
        self.finish_entities(project, fresh);
        self.finish_issues(before, project);
        old
    }

    /// Takes over which articles are versions of one story: their positions count once.
    pub fn set_stories(&mut self, stories: &Stories) {
        self.facets = WholeFacets::default();
        let touched = self.retold.take_stories(stories);
        self.retold.update(&self.articles, &touched);
    }

    /// Takes over rules; returns what they decide otherwise than before.
    fn take_rules(
        &mut self,
        before: &Project,
        project: &Project,
        joined: &Joined,
        changed: &BTreeSet<ArticleId>,
    ) -> Touched {
        let rules = before.rules == project.rules;
        let taught = !rules
            || changed.iter().any(|id| {
                decided_names(before, *id) != decided_names(project, *id)
                    || decided_positions(before, *id) != decided_positions(project, *id)
            });
        let same = !taught
            && before.codebook.issues == project.codebook.issues
            && self.resolver.has_joins(joined);
        if same {
            return Touched::default();
        }
        let learnt = if taught {
            Learnt::of(project)
        } else {
            self.resolver.learnt.clone()
        };
        let resolver = Resolver::with_lessons(project, joined, learnt);
        let mut touched = self.resolver.differences(&resolver);
        if self.resolver.catches_otherwise(&resolver) {
            touched.articles.extend(self.caught(&resolver));
        }
        self.resolver = Arc::new(resolver);
        touched
    }

    /// Articles with a phrase that an issue catches, or may have caught before.
    fn caught(&self, new: &Resolver) -> BTreeSet<ArticleId> {
        let matchers = [&self.resolver.matcher, &new.matcher];
        let caught = |row: &Row<Statement>| {
            let words = row.value.issue.as_ref().map(|issue| &issue.label);
            words.is_some_and(|words| matchers.iter().any(|matcher| matcher.may_catch(words)))
        };
        let articles = self.articles.iter();
        articles
            .filter(|(_, view)| view.statements.iter().any(caught))
            .map(|(id, _)| *id)
            .collect()
    }

    fn take_article(
        &mut self,
        id: ArticleId,
        state: Option<&Arc<ArticleState>>,
    ) -> Option<Arc<ArticleView>> {
        let old = self.articles.remove(&id);
        if let Some(old) = &old {
            self.tally.remove(id, old.progress().0);
        }
        if let Some(state) = state {
            let (view, terms) = built(state, &self.resolver);
            self.tally.add(id, view.progress().0, terms);
            self.articles.insert(id, Arc::new(view));
        }
        old
    }

    /// Entities with an office at an entity that now stands for another.
    fn with_roles_of(&self, touched: &Touched) -> BTreeSet<EntityId> {
        if touched.entities.is_empty() {
            return BTreeSet::new();
        }
        let stood: BTreeSet<&EntityId> = touched.entities.values().collect();
        let hit = |of: &EntityId| stood.contains(of);
        let shown = self.entities.iter().filter(|(_, row)| {
            let mut roles = row.entity.roles.iter().filter_map(|role| role.of.as_ref());
            roles.any(hit)
        });
        let shown = shown.map(|(id, _)| *id);
        shown.chain(self.tally.with_office_at(hit)).collect()
    }

    fn finish_entities(
        &mut self,
        project: &Project,
        mut fresh: BTreeMap<EntityId, Option<EntityRow>>,
    ) {
        let mut asked = self.tally.take_dirty();
        asked.extend(fresh.keys().copied());
        while let Some(id) = asked.pop_first() {
            asked.extend(self.finish_entity(project, id, &mut fresh));
        }
    }

    /// Brings one row up to date, from a `fresh` one where there is one. Returns the states and
    /// organisations that have to be looked at again: it held an office there on some days.
    fn finish_entity(
        &mut self,
        project: &Project,
        id: EntityId,
        fresh: &mut BTreeMap<EntityId, Option<EntityRow>>,
    ) -> Vec<EntityId> {
        let count = self.tally.count(id);
        let decided = project.entities.contains_key(&id) && self.resolver.entity(id) == id;
        let office = self.dated.values().any(|of| of.contains(&id));
        let before = self.dated.remove(&id).unwrap_or_default();
        if !decided && !office && !count.is_shown() {
            self.entities.remove(&id);
            return before.into_iter().collect();
        }
        if let Some(row) = fresh.remove(&id) {
            self.entities.remove(&id);
            self.entities.extend(row.map(|row| (id, row)));
        } else if !self.entities.contains_key(&id) {
            let row = self.names.row(project, &self.resolver, id);
            self.entities.extend(row.map(|row| (id, row)));
        }
        let mut now = BTreeSet::new();
        if let Some(row) = self.entities.get_mut(&id) {
            (row.mentions, row.articles) = (count.mentions, count.articles);
            let limited = |role: &Role| role.from.is_some() || role.until.is_some();
            if row.entity.roles.iter().any(limited) {
                now = row.entity.roles.iter().filter_map(|role| role.of).collect();
                self.dated.insert(id, now.clone());
            }
        }
        before.symmetric_difference(&now).copied().collect()
    }

    fn finish_issues(&mut self, before: &Project, project: &Project) {
        let mut asked = self.tally.take_dirty_issues();
        let (old, new) = (&before.codebook.issues, &project.codebook.issues);
        asked.extend(changed_keys(old, new, PartialEq::eq));
        for id in asked {
            let first = self.tally.issue(id);
            let named = new.get(&id).map(|issue| issue.name.clone());
            let decided = named.is_some();
            let name = named.or_else(|| {
                let article = self.articles.get(&first?)?;
                let mut labels = article.statements.iter().filter_map(|row| {
                    let issue = row.value.issue.as_ref()?;
                    (issue.issue == Some(id)).then(|| issue.label.clone())
                });
                labels.next()
            });
            match name {
                Some(name) => drop(self.issues.insert(
                    id,
                    IssueRow {
                        name,
                        decided,
                        colour: new.get(&id).and_then(|issue| issue.colour),
                    },
                )),
                None => drop(self.issues.remove(&id)),
            }
        }
    }

    /// Returns how many names, times and statements are only suggested, in all articles.
    #[must_use]
    pub fn open_suggestions(&self) -> usize {
        self.tally.open()
    }

    /// Returns the name of an entity, or *unnamed*.
    #[must_use]
    pub fn entity_name(&self, entity: EntityId) -> &str {
        self.entities
            .get(&entity)
            .map_or("unnamed", |row| row.entity.name.as_str())
    }

    /// Returns the type of an entity.
    #[must_use]
    pub fn entity_type(&self, entity: EntityId) -> Option<EntityType> {
        self.entities.get(&entity).map(|row| row.entity.entity_type)
    }

    /// Returns the actor that a statement counts for when offices count with their state: whom the
    /// holder speaks for, then whom the holder acted for by its office of that day, through to the
    /// last.
    #[must_use]
    pub fn actor(&self, statement: &Statement) -> EntityId {
        let speaker = statement.speaks_for.unwrap_or(statement.holder.entity);
        self.principal_at(speaker, statement.date.as_ref().map(|date| &date.value))
    }

    /// Returns the last entity that `entity` acted for at a date, itself if for nobody. Offices of
    /// which no day is known count as the texts have them.
    #[must_use]
    pub fn principal_at(&self, entity: EntityId, date: Option<&TimexValue>) -> EntityId {
        if self.dated.is_empty() {
            return self.principal(entity);
        }
        let mut day: Option<Option<String>> = None;
        let mut at = entity;
        for _ in 0..4 {
            let next = if self.dated.contains_key(&at) {
                let day = day.get_or_insert_with(|| date.and_then(day_of));
                let row = self.entities.get(&at);
                let of = row.and_then(|row| row.entity.acts_for_at(day.as_deref()));
                of.filter(|of| self.entities.contains_key(of))
            } else {
                self.tally.acts_for(at)
            };
            match next {
                Some(next) if next != at && next != entity => at = next,
                _ => break,
            }
        }
        at
    }

    /// Returns the last entity that `entity` acts for, itself if for nobody.
    #[must_use]
    pub fn principal(&self, entity: EntityId) -> EntityId {
        self.tally.principal(entity)
    }

    /// Returns how many positions there are: statements that say the same again are no more.
    #[must_use]
    pub fn positions(&self) -> usize {
        let all = self.articles.values().map(|view| view.statements.len());
        all.sum::<usize>() - self.retold.count()
    }

    /// Returns how many statements each holder, issue and value of an own field has, as charts without
    /// a filter count them. `project` is the one that this view is of.
    #[must_use]
    pub fn facets(&self, project: &Project) -> &Facets {
        self.facets.get(project, self)
    }

    /// Returns a statement with its article's view.
    #[must_use]
    pub fn statement(&self, at: StatementRef) -> Option<&Row<Statement>> {
        self.articles.get(&at.article)?.statement(at.id)
    }

    /// Returns all statements, by article (in order of import) and words.
    pub fn statements(&self) -> impl Iterator<Item = (StatementRef, &Row<Statement>)> {
        self.articles.iter().flat_map(|(article, view)| {
            view.statements.iter().map(|row| {
                (
                    StatementRef {
                        article: *article,
                        id: row.id,
                    },
                    row,
                )
            })
        })
    }
}

/// Returns the date as an office is limited: `2026`, `2026-03` or the first day.
fn day_of(value: &TimexValue) -> Option<String> {
    let written = value.0.as_str();
    let plain = matches!(written.len(), 4 | 7 | 10)
        && written.chars().all(|c| c.is_ascii_digit() || c == '-');
    if plain {
        return Some(written.to_owned());
    }
    value.span().map(|span| span.first.to_string())
}

/// Returns the keys of what is new, gone or not the `same`, in order.
pub(super) fn changed_keys<K: Ord + Clone, V>(
    old: &BTreeMap<K, V>,
    new: &BTreeMap<K, V>,
    same: impl Fn(&V, &V) -> bool,
) -> BTreeSet<K> {
    let mut changed = BTreeSet::new();
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return changed,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((left, _)), Some((right, _))) => left.cmp(right),
        };
        let left = (order != Ordering::Greater).then(|| old.next()).flatten();
        let right = (order != Ordering::Less).then(|| new.next()).flatten();
        match (left, right) {
            (Some((key, left)), Some((_, right))) if !same(left, right) => {
                changed.insert(key.clone());
            }
            (Some((key, _)), None) | (None, Some((key, _))) => {
                changed.insert(key.clone());
            }
            _ => {}
        }
    }
}
