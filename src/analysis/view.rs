//! The effective view: what holds after decisions, suggestions and rules are laid over each other.
//!
//! Panels, charts, export and the command line read nothing else. An article's view depends on its
//! own state and on the [`Resolver`], so that an edit rebuilds one article.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::learning;
use crate::model::{
    AnnotationId, ArticleId, ArticleState, Attribution, CoderId, Codes, Confidence, Decided,
    Effective, Entity, EntityId, EntityType, IssueId, Layer, Layered, Learnt, Mention, MentionKind,
    Party, Project, Rule, Statement, Timestamp, Timex, Verdict,
};

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
        let body = &state.article.text.body;
        let mut mentions = rows(&state.annotations.mentions);
        mentions.retain(|row| {
            row.is_decided() || !resolver.never(crate::model::slice(body, row.value.range))
        });
        let moved = learning::teach(&resolver.learnt, body, &mut mentions);
        for row in &mut mentions {
            resolver.mention(state.article.id, body, row);
        }
        let mut statements = rows(&state.annotations.statements);
        for row in &mut statements {
            if !row.is_decided() {
                learning::follow(&mut row.value, &moved);
            }
            resolver.statement(&mut row.value);
            if let Some(codes) = state.codes.get(&row.id) {
                row.codes.clone_from(codes);
            }
        }
        Self {
            mentions,
            timexes: rows(&state.annotations.timexes),
            attributions: rows(&state.annotations.attributions),
            statements,
        }
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

fn rows<T: Layer>(layered: &Layered<T>) -> Vec<Row<T>> {
    layered
        .effective()
        .into_iter()
        .map(|(id, row)| match row {
            Effective::Suggested(s) => Row {
                id,
                value: s.value.clone(),
                status: Status::Suggested {
                    confidence: s.confidence,
                    by: s.by.clone(),
                },
                note: String::new(),
                codes: Codes::new(),
            },
            Effective::Decided(d) => Row {
                id,
                value: d.value.clone(),
                status: status(d),
                note: d.note.clone(),
                codes: Codes::new(),
            },
        })
        .collect()
}

fn status<T>(decided: &Decided<T>) -> Status {
    let Decided { coder, at, .. } = *decided;
    match decided.verdict {
        Verdict::Added => Status::Added { coder, at },
        Verdict::Confirmed | Verdict::Rejected => Status::Confirmed { coder, at },
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
    /// Statements held, by itself or in its name.
    pub held: u32,
}

/// An issue of the project as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRow {
    /// Name.
    pub name: String,
    /// Whether it stands in the codebook.
    pub decided: bool,
    /// Statements on it.
    pub statements: u32,
}

/// Which statement of which article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementRef {
    /// The article.
    pub article: ArticleId,
    /// The statement.
    pub id: AnnotationId,
}

/// Lays a person's rules, and joins across articles, over what articles say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolver {
    same: BTreeMap<EntityId, EntityId>,
    aliases: BTreeMap<String, (EntityId, EntityType)>,
    never: BTreeSet<String>,
    in_article: BTreeMap<(ArticleId, AnnotationId), EntityId>,
    /// Phrase → issue, and whether its direction is turned.
    issues: BTreeMap<IssueId, (IssueId, bool)>,
    learnt: Learnt,
}

impl Resolver {
    /// Collects the rules of a project; `joined` are the engine's own joins across articles, which
    /// a person's `NotSame` outweighs.
    #[must_use]
    pub fn new(project: &Project, joined: &BTreeMap<EntityId, EntityId>) -> Self {
        let mut resolver = Self {
            learnt: Learnt::of(project),
            ..Self::default()
        };
        let mut apart = BTreeSet::new();
        for rule in project.rules.values() {
            match rule {
                Rule::SameEntity { merged, into } => {
                    resolver.same.insert(*merged, *into);
                }
                Rule::NotSame { left, right } => {
                    apart.insert((*left, *right));
                    apart.insert((*right, *left));
                }
                Rule::Alias {
                    text,
                    entity,
                    entity_type,
                } => {
                    resolver
                        .aliases
                        .insert(text.clone(), (*entity, *entity_type));
                }
                Rule::Never { text } => {
                    resolver.never.insert(text.clone());
                }
                Rule::InArticle {
                    article,
                    mentions,
                    entity,
                } => {
                    for mention in mentions {
                        resolver.in_article.insert((*article, *mention), *entity);
                    }
                }
            }
        }
        for (from, into) in joined {
            if !apart.contains(&(*from, *into)) {
                resolver.same.entry(*from).or_insert(*into);
            }
        }
        for (id, issue) in &project.codebook.issues {
            for link in &issue.links {
                resolver.issues.insert(link.phrase, (*id, link.reversed));
            }
        }
        resolver
    }

    /// Returns the entity that stands for `entity` after merges. Circles end where they began.
    #[must_use]
    pub fn entity(&self, entity: EntityId) -> EntityId {
        let mut at = entity;
        for _ in 0..64 {
            match self.same.get(&at) {
                Some(next) if *next != entity => at = *next,
                _ => break,
            }
        }
        at
    }

    /// Returns the words whose lessons changed since `before`; none where rules, joins or issues
    /// did too and every article may look different.
    fn changed_words<'w>(&'w self, before: &'w Self) -> Option<BTreeSet<&'w str>> {
        let rules = self.same == before.same
            && self.aliases == before.aliases
            && self.never == before.never
            && self.in_article == before.in_article
            && self.issues == before.issues;
        rules.then(|| self.learnt.changed_words(&before.learnt))
    }

    fn never(&self, words: &str) -> bool {
        !self.never.is_empty() && self.never.contains(words)
    }

    fn mention(&self, article: ArticleId, body: &str, row: &mut Row<Mention>) {
        let own = self.in_article.get(&(article, row.id)).copied();
        if own.is_none() && !row.is_decided() && !self.aliases.is_empty() {
            let words = crate::model::slice(body, row.value.range);
            if let Some((entity, entity_type)) = self.aliases.get(words) {
                row.value.entity = Some(*entity);
                row.value.entity_type = *entity_type;
            }
        }
        if let Some(own) = own {
            row.value.entity = Some(own);
        }
        row.value.entity = row.value.entity.map(|entity| self.entity(entity));
    }

    fn statement(&self, statement: &mut Statement) {
        let party = |party: &mut Party| party.entity = self.entity(party.entity);
        party(&mut statement.holder);
        statement.target.iter_mut().for_each(party);
        statement.reporter.iter_mut().for_each(party);
        statement.speaks_for = statement.speaks_for.map(|entity| self.entity(entity));
        if let Some(issue) = &mut statement.issue
            && let Some((id, reversed)) = issue.issue.and_then(|id| self.issues.get(&id))
        {
            issue.issue = Some(*id);
            if *reversed {
                statement.polarity_issue = statement.polarity_issue.map(|p| p.reversed());
            }
        }
    }
}

/// The whole project's effective view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProjectView {
    /// Views by article.
    pub articles: BTreeMap<ArticleId, Arc<ArticleView>>,
    /// Entities that anything names or a person made, after merges.
    pub entities: BTreeMap<EntityId, EntityRow>,
    /// Issues that any statement is on, or that stand in the codebook.
    pub issues: BTreeMap<IssueId, IssueRow>,
    /// Rules and joins that this view was built with.
    pub resolver: Arc<Resolver>,
}

impl ProjectView {
    /// Builds the view of a project. `before` lends the views of articles that did not change:
    /// those whose state is the very same allocation, under an equal resolver.
    #[must_use]
    pub fn new(
        project: &Project,
        joined: &BTreeMap<EntityId, EntityId>,
        before: Option<(&Project, &Self)>,
    ) -> Self {
        let resolver = Resolver::new(project, joined);
        let before = before.and_then(|(old, view)| {
            let words = resolver.changed_words(&view.resolver)?;
            Some((old, view, words))
        });
        let articles = project
            .articles
            .iter()
            .map(|(id, state)| {
                let kept = before.as_ref().and_then(|(old, view, words)| {
                    let body = state.article.text.body.as_str();
                    let same = old
                        .articles
                        .get(id)
                        .is_some_and(|old| Arc::ptr_eq(old, state))
                        && !words.iter().any(|words| body.contains(*words));
                    same.then(|| view.articles.get(id).cloned()).flatten()
                });
                (
                    *id,
                    kept.unwrap_or_else(|| Arc::new(ArticleView::new(state, &resolver))),
                )
            })
            .collect();
        let mut view = Self {
            articles,
            resolver: Arc::new(resolver),
            ..Self::default()
        };
        view.collect_entities(project);
        view.collect_issues(project);
        view
    }

    fn collect_entities(&mut self, project: &Project) {
        let mut rows: BTreeMap<EntityId, EntityRow> = BTreeMap::new();
        for state in project.articles.values() {
            for (id, proposal) in state.proposed_entities.iter() {
                join(&mut rows, self.resolver.entity(*id), &proposal.entity, *id);
            }
        }
        for (id, decided) in &project.entities {
            let row = rows
                .entry(self.resolver.entity(*id))
                .or_insert_with(|| row_of(&decided.value));
            if self.resolver.entity(*id) == *id {
                let aliases = std::mem::take(&mut row.entity.aliases);
                row.entity = decided.value.clone();
                row.entity.aliases.extend(aliases);
                row.decided = true;
            }
        }
        for row in rows.values_mut() {
            for role in &mut row.entity.roles {
                role.of = role.of.map(|of| self.resolver.entity(of));
            }
        }
        self.entities = rows;
        self.count_entities();
    }

    fn count_entities(&mut self) {
        let mut mentions: BTreeMap<EntityId, (u32, u32)> = BTreeMap::new();
        let mut held: BTreeMap<EntityId, u32> = BTreeMap::new();
        // Targets, reporters and whom offices belong to have a name too, mentioned or not.
        let mut named: BTreeSet<EntityId> = BTreeSet::new();
        for article in self.articles.values() {
            let mut here = BTreeSet::new();
            for entity in article.mentions.iter().filter_map(|row| row.value.entity) {
                let count = mentions.entry(entity).or_default();
                count.0 += 1;
                if here.insert(entity) {
                    count.1 += 1;
                }
            }
            for row in &article.statements {
                let holder = row.value.holder.entity;
                *held.entry(holder).or_default() += 1;
                let parties = [row.value.target, row.value.reporter];
                named.extend(parties.iter().flatten().map(|party| party.entity));
                let actor = self.actor(&row.value);
                named.insert(actor);
                if actor != holder {
                    *held.entry(actor).or_default() += 1;
                }
            }
        }
        for id in named.clone().into_iter().chain(mentions.keys().copied()) {
            let row = self.entities.get(&id);
            named.extend(row.and_then(|row| row.entity.acts_for()));
        }
        self.entities.retain(|id, row| {
            (row.mentions, row.articles) = mentions.get(id).copied().unwrap_or_default();
            row.held = held.get(id).copied().unwrap_or_default();
            row.decided || row.mentions > 0 || row.held > 0 || named.contains(id)
        });
    }

    fn collect_issues(&mut self, project: &Project) {
        let mut rows: BTreeMap<IssueId, IssueRow> = project
            .codebook
            .issues
            .iter()
            .map(|(id, issue)| {
                (
                    *id,
                    IssueRow {
                        name: issue.name.clone(),
                        decided: true,
                        statements: 0,
                    },
                )
            })
            .collect();
        for article in self.articles.values() {
            for issue in article
                .statements
                .iter()
                .filter_map(|row| row.value.issue.as_ref())
            {
                let Some(id) = issue.issue else { continue };
                let row = rows.entry(id).or_insert_with(|| IssueRow {
                    name: issue.label.clone(),
                    decided: false,
                    statements: 0,
                });
                row.statements += 1;
            }
        }
        self.issues = rows;
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
    /// holder speaks for, then whom the holder acts for by its role, through to the last.
    #[must_use]
    pub fn actor(&self, statement: &Statement) -> EntityId {
        self.principal(statement.speaks_for.unwrap_or(statement.holder.entity))
    }

    /// Returns the last entity that `entity` acts for, itself if for nobody.
    #[must_use]
    pub fn principal(&self, entity: EntityId) -> EntityId {
        let mut at = entity;
        for _ in 0..4 {
            match self.entities.get(&at).and_then(|row| row.entity.acts_for()) {
                Some(next) if next != at && next != entity => at = next,
                _ => break,
            }
        }
        at
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

fn row_of(entity: &Entity) -> EntityRow {
    EntityRow {
        entity: entity.clone(),
        decided: false,
        mentions: 0,
        articles: 0,
        held: 0,
    }
}

/// Adds what an article says of an entity to the project's row; of a merged one only the names.
fn join(rows: &mut BTreeMap<EntityId, EntityRow>, id: EntityId, found: &Entity, own: EntityId) {
    let Some(row) = rows.get_mut(&id) else {
        rows.insert(id, row_of(found));
        return;
    };
    let known = &mut row.entity;
    if id == own && known.name.chars().count() < found.name.chars().count() {
        let shorter = std::mem::replace(&mut known.name, found.name.clone());
        known.aliases.insert(crate::model::Alias { text: shorter });
    } else if known.name != found.name {
        known.aliases.insert(crate::model::Alias {
            text: found.name.clone(),
        });
    }
    known.aliases.extend(found.aliases.iter().cloned());
    for role in &found.roles {
        if !known.roles.contains(role) {
            known.roles.push(role.clone());
        }
    }
}
