//! Which statements and articles are asked for. One filter drives all regions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};

use crate::analysis::{ArticleView, ProjectView, Row, StatementRef};
use crate::model::{
    Act, AnnotationId, Article, ArticleId, DateSpan, EntityId, Factuality, FieldId, IssueId,
    Polarity, Project, Statement,
};

/// What a person asked for of review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReviewFilter {
    /// Only what is still suggested.
    Suggested,
    /// Only what a person decided.
    Decided,
    /// Only what the engine is not sure of, which is folded away otherwise.
    Unsure,
}

/// One part that can be removed by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterPart {
    /// A holder (with its offices, where they count).
    Holder(EntityId),
    /// A target.
    Target(EntityId),
    /// An issue.
    Issue(IssueId),
    /// An act.
    Act(Act),
    /// A side.
    Polarity(Polarity),
    /// A factuality.
    Factuality(Factuality),
    /// An outlet.
    Outlet(String),
    /// An article.
    Article(ArticleId),
    /// The days.
    Dates,
    /// Suggested or decided only.
    Review,
    /// Words in the text.
    Text,
    /// A value of an own field.
    Code(FieldId, String),
    /// Exactly the statements of a bar, cell, edge or point.
    Picked,
}

/// What a bar, cell, edge or point of a chart counts: these statements and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// What was picked: *Velmora opposes Astrany*.
    pub words: String,
    /// Its statements.
    pub statements: Arc<BTreeSet<StatementRef>>,
}

impl Picked {
    /// Picks statements.
    #[must_use]
    pub fn new(
        words: impl Into<String>,
        statements: impl IntoIterator<Item = StatementRef>,
    ) -> Self {
        Self {
            words: words.into(),
            statements: Arc::new(statements.into_iter().collect()),
        }
    }
}

/// Finds words in articles, without regard to case.
pub struct TextFinder {
    lower: String,
    /// For words of ASCII letters: texts need not be brought to lower case.
    plain: Option<AhoCorasick>,
}

impl TextFinder {
    /// Prepares the search for `words`.
    #[must_use]
    pub fn new(words: &str) -> Self {
        let plain = || {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(true).build([words]).ok()
        };
        Self {
            lower: words.to_lowercase(),
            plain: words.is_ascii().then(plain).flatten(),
        }
    }

    /// Whether title or text hold the words.
    #[must_use]
    pub fn finds(&self, article: &Article) -> bool {
        let holds = |text: &str| match &self.plain {
            Some(plain) => plain.is_match(text),
            None => text.to_lowercase().contains(&self.lower),
        };
        holds(&article.meta.title) || holds(&article.text.body)
    }
}

/// Which articles hold the words of a filter, found beforehand: reading all texts takes longer than
/// a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found(Arc<(String, BTreeSet<ArticleId>)>);

impl Found {
    /// `articles` are those that hold `words`.
    #[must_use]
    pub fn new(words: String, articles: BTreeSet<ArticleId>) -> Self {
        Self(Arc::new((words, articles)))
    }

    /// Whether `article` holds `words`; none where other words were looked for.
    #[must_use]
    pub fn says(&self, words: &str, article: ArticleId) -> Option<bool> {
        (self.0.0 == words).then(|| self.0.1.contains(&article))
    }

    /// Whether these words were looked for.
    #[must_use]
    pub fn is_of(&self, words: &str) -> bool {
        self.0.0 == words
    }
}

/// All parts hold at once; values of one part are alternatives; an empty part asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Who holds the position.
    pub holders: BTreeSet<EntityId>,
    /// Towards whom.
    pub targets: BTreeSet<EntityId>,
    /// On what.
    pub issues: BTreeSet<IssueId>,
    /// What is done.
    pub acts: BTreeSet<Act>,
    /// Which side.
    pub polarities: BTreeSet<Polarity>,
    /// Whether it happened.
    pub factualities: BTreeSet<Factuality>,
    /// Who published it.
    pub outlets: BTreeSet<String>,
    /// In which articles.
    pub articles: BTreeSet<ArticleId>,
    /// When: statements by their date, articles by their publication.
    pub dates: Option<DateSpan>,
    /// Suggested or decided.
    pub review: Option<ReviewFilter>,
    /// Words that the article must hold, without regard to case.
    pub text: String,
    /// Values of own fields, by field.
    pub codes: BTreeMap<FieldId, BTreeSet<String>>,
    /// Exactly the statements behind something in a chart. Gone with the session.
    pub picked: Option<Picked>,
    /// What was found for `text`, where somebody looked. No part of what is asked for.
    pub found: Option<Found>,
    /// Whether who speaks in office counts for the state.
    pub offices: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            holders: BTreeSet::new(),
            targets: BTreeSet::new(),
            issues: BTreeSet::new(),
            acts: BTreeSet::new(),
            polarities: BTreeSet::new(),
            factualities: BTreeSet::new(),
            outlets: BTreeSet::new(),
            articles: BTreeSet::new(),
            dates: None,
            review: None,
            text: String::new(),
            codes: BTreeMap::new(),
            picked: None,
            found: None,
            offices: true,
        }
    }
}

fn asks<T: Ord>(set: &BTreeSet<T>, value: &T) -> bool {
    set.is_empty() || set.contains(value)
}

impl Filter {
    /// Whether nothing is filtered out (the switch of offices is no filter).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            outlets,
            articles,
            text,
            ..
        } = self;
        outlets.is_empty() && articles.is_empty() && text.is_empty() && !self.asks_of_statements()
    }

    /// Whether anything is asked of statements, not only of articles.
    fn asks_of_statements(&self) -> bool {
        self.dates.is_some() || self.asks_beside_dates()
    }

    fn asks_beside_dates(&self) -> bool {
        !self.holders.is_empty()
            || !self.targets.is_empty()
            || !self.issues.is_empty()
            || !self.acts.is_empty()
            || !self.polarities.is_empty()
            || !self.factualities.is_empty()
            || !self.codes.is_empty()
            || self.picked.is_some()
            || self.review.is_some()
    }

    /// Removes one part.
    pub fn remove(&mut self, part: &FilterPart) {
        match part {
            FilterPart::Holder(id) => drop(self.holders.remove(id)),
            FilterPart::Target(id) => drop(self.targets.remove(id)),
            FilterPart::Issue(id) => drop(self.issues.remove(id)),
            FilterPart::Act(act) => drop(self.acts.remove(act)),
            FilterPart::Polarity(polarity) => drop(self.polarities.remove(polarity)),
            FilterPart::Factuality(factuality) => drop(self.factualities.remove(factuality)),
            FilterPart::Outlet(outlet) => drop(self.outlets.remove(outlet)),
            FilterPart::Article(id) => drop(self.articles.remove(id)),
            FilterPart::Dates => self.dates = None,
            FilterPart::Review => self.review = None,
            FilterPart::Text => {
                self.text.clear();
                self.found = None;
            }
            FilterPart::Code(field, value) => {
                if let Some(values) = self.codes.get_mut(field) {
                    values.remove(value);
                }
                self.codes.retain(|_, values| !values.is_empty());
            }
            FilterPart::Picked => self.picked = None,
        }
    }

    /// Returns all parts that are set, in the order of the filter line.
    #[must_use]
    pub fn parts(&self) -> Vec<FilterPart> {
        let mut parts: Vec<_> = self
            .holders
            .iter()
            .map(|id| FilterPart::Holder(*id))
            .collect();
        parts.extend(self.targets.iter().map(|id| FilterPart::Target(*id)));
        parts.extend(self.issues.iter().map(|id| FilterPart::Issue(*id)));
        parts.extend(self.acts.iter().map(|act| FilterPart::Act(*act)));
        parts.extend(
            self.polarities
                .iter()
                .map(|side| FilterPart::Polarity(*side)),
        );
        parts.extend(self.factualities.iter().map(|f| FilterPart::Factuality(*f)));
        parts.extend(
            self.outlets
                .iter()
                .map(|outlet| FilterPart::Outlet(outlet.clone())),
        );
        parts.extend(self.articles.iter().map(|id| FilterPart::Article(*id)));
        parts.extend(self.dates.map(|_| FilterPart::Dates));
        parts.extend(self.review.map(|_| FilterPart::Review));
        if !self.text.is_empty() {
            parts.push(FilterPart::Text);
        }
        for (field, values) in &self.codes {
            let code = |value: &String| FilterPart::Code(*field, value.clone());
            parts.extend(values.iter().map(code));
        }
        parts.extend(self.picked.as_ref().map(|_| FilterPart::Picked));
        parts
    }

    /// Returns whom a statement counts for.
    #[must_use]
    pub fn holder(&self, view: &ProjectView, statement: &Statement) -> EntityId {
        if self.offices {
            view.actor(statement)
        } else {
            statement.holder.entity
        }
    }

    /// Returns at whom a statement counts as directed.
    #[must_use]
    pub fn target(&self, view: &ProjectView, statement: &Statement) -> Option<EntityId> {
        let target = statement.target?.entity;
        Some(if self.offices {
            let date = statement.date.as_ref().map(|date| &date.value);
            view.principal_at(target, date)
        } else {
            target
        })
    }

    /// Returns the side that a statement counts on: its one mark, or where the filter asks for
    /// issues the side towards the issue.
    #[must_use]
    pub fn side(&self, statement: &Statement) -> Polarity {
        if self.issues.is_empty() {
            statement.polarity()
        } else {
            statement.polarity_issue.unwrap_or(Polarity::Neutral)
        }
    }

    /// Whether an article is asked for by itself: outlet, words, being named. Its statements are
    /// asked one by one.
    #[must_use]
    pub fn asks_article(&self, article: &Article) -> bool {
        let outlet = article.meta.outlet.as_deref().unwrap_or_default();
        asks(&self.articles, &article.id)
            && (self.outlets.is_empty() || self.outlets.contains(outlet))
            && self.picked.as_ref().is_none_or(|picked| {
                let first = StatementRef {
                    article: article.id,
                    id: AnnotationId(0),
                };
                let next = picked.statements.range(first..).next();
                next.is_some_and(|at| at.article == article.id)
            })
            && (self.text.is_empty() || self.holds_words(article))
    }

    fn holds_words(&self, article: &Article) -> bool {
        let found = self.found.as_ref();
        let known = found.and_then(|found| found.says(&self.text, article.id));
        known.unwrap_or_else(|| TextFinder::new(&self.text).finds(article))
    }

    /// Whether a statement of an article that is asked for is asked for.
    #[must_use]
    pub fn asks_statement(&self, view: &ProjectView, row: &Row<Statement>) -> bool {
        self.asks_beside_picked(view, row)
            && self.picked.as_ref().is_none_or(|picked| {
                let this = |at: &StatementRef| at.id == row.id;
                picked.statements.iter().any(this)
            })
    }

    fn asks_beside_picked(&self, view: &ProjectView, row: &Row<Statement>) -> bool {
        let statement = &row.value;
        let named = |set: &BTreeSet<EntityId>, plain: EntityId, counted: EntityId| {
            set.is_empty() || set.contains(&plain) || set.contains(&counted)
        };
        let target = statement.target.map(|target| target.entity);
        let issue = statement.issue.as_ref().and_then(|issue| issue.issue);
        named(
            &self.holders,
            statement.holder.entity,
            self.holder(view, statement),
        ) && (self.targets.is_empty()
            || target.is_some_and(|target| {
                named(
                    &self.targets,
                    target,
                    self.target(view, statement).unwrap_or(target),
                )
            }))
            && (self.issues.is_empty() || issue.is_some_and(|issue| self.issues.contains(&issue)))
            && asks(&self.acts, &statement.act)
            && asks(&self.polarities, &self.side(statement))
            && asks(&self.factualities, &statement.factuality)
            && self.asks_date(statement)
            && self.codes.iter().all(|(field, values)| {
                let held = row.codes.get(field);
                held.is_some_and(|held| values.contains(held))
            })
            && match self.review {
                // What is folded away is asked for by a filter of review, or picked.
                None => self.picked.is_some() || !row.is_unsure(),
                Some(ReviewFilter::Unsure) => row.is_unsure(),
                Some(ReviewFilter::Suggested) => !row.is_decided(),
                Some(ReviewFilter::Decided) => row.is_decided(),
            }
    }

    fn asks_date(&self, statement: &Statement) -> bool {
        let Some(wanted) = self.dates else {
            return true;
        };
        let span = statement.date.as_ref().and_then(|date| date.value.span());
        span.is_some_and(|span| span.first <= wanted.last && wanted.first <= span.last)
    }

    /// Whether an article stays in the list: it is asked for, and so is one of its statements where
    /// the filter asks anything of statements (an undated filter of days asks its publication too).
    #[must_use]
    pub fn keeps_article(
        &self,
        project_view: &ProjectView,
        article: &Article,
        view: &ArticleView,
    ) -> bool {
        if !self.asks_article(article) {
            return false;
        }
        if !self.asks_of_statements() {
            return true;
        }
        let published = article.meta.dct.map(|dct| dct.date);
        let only_dates = !self.asks_beside_dates();
        let in_days = self
            .dates
            .is_some_and(|days| published.is_some_and(|day| days.first <= day && day <= days.last));
        (only_dates && in_days)
            || view
                .statements
                .iter()
                .any(|row| self.asks_statement(project_view, row))
    }

    /// Returns the statements asked for, by article and words. What says the same again is told once:
    /// by the first that is asked for, decided ones before suggested ones.
    pub fn statements<'a>(
        &'a self,
        project: &'a Project,
        view: &'a ProjectView,
    ) -> impl Iterator<Item = (StatementRef, &'a Row<Statement>)> {
        self.each_statement(project, view).filter(move |(at, _)| {
            let retold = &view.retold;
            !retold.is_again(*at, |other| self.asks_at(project, view, *other))
        })
    }

    /// Returns the statements asked for, also those that say the same again.
    pub fn each_statement<'a>(
        &'a self,
        project: &'a Project,
        view: &'a ProjectView,
    ) -> impl Iterator<Item = (StatementRef, &'a Row<Statement>)> {
        let asked = view.articles.iter().filter(|(id, article)| {
            let state = project.articles.get(id);
            !article.statements.is_empty()
                && state.is_some_and(|state| self.asks_article(&state.article))
        });
        asked.flat_map(move |(article, rows)| {
            let at = move |row: &'a Row<Statement>| {
                let at = StatementRef {
                    article: *article,
                    id: row.id,
                };
                (at, row)
            };
            let rows = rows.statements.iter().map(at);
            rows.filter(move |(at, row)| self.asks_row(view, *at, row))
        })
    }

    fn asks_row(&self, view: &ProjectView, at: StatementRef, row: &Row<Statement>) -> bool {
        let picked = self.picked.as_ref();
        picked.is_none_or(|picked| picked.statements.contains(&at))
            && self.asks_beside_picked(view, row)
    }

    fn asks_at(&self, project: &Project, view: &ProjectView, at: StatementRef) -> bool {
        let state = project.articles.get(&at.article);
        state.is_some_and(|state| self.asks_article(&state.article))
            && view
                .statement(at)
                .is_some_and(|row| self.asks_row(view, at, row))
    }
}
