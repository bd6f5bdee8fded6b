//! Counts over all articles, kept by adding and taking away one article at a time.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::view::resolver::Touched;
use crate::analysis::view::terms::{Pair, Terms};
use crate::model::{ArticleId, EntityId, IssueId};

/// How often an entity stands where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    pub(super) mentions: u32,
    pub(super) articles: u32,
    /// Statements held, by itself or in its name.
    pub(super) held: u32,
    /// Statements that it is the target, reporter or actor of.
    named: u32,
    /// Entities named or mentioned that hold an office with it.
    offices: u32,
}

impl Count {
    /// Whether the entity stands in any article or gives an office to one that does.
    pub(super) fn is_shown(self) -> bool {
        self.mentions > 0 || self.held > 0 || self.named > 0 || self.offices > 0
    }

    fn is_named(self) -> bool {
        self.mentions > 0 || self.named > 0
    }
}

/// Counts over all articles. Nothing that is zero is kept, so that equal projects have equal ones.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tally {
    articles: BTreeMap<ArticleId, Terms>,
    counts: BTreeMap<EntityId, Count>,
    pairs: BTreeMap<Pair, u32>,
    issues: BTreeMap<IssueId, BTreeMap<ArticleId, u32>>,
    /// Whom an entity acts for by its office.
    acts_for: BTreeMap<EntityId, EntityId>,
    open: usize,
    dirty: BTreeSet<EntityId>,
    dirty_issues: BTreeSet<IssueId>,
}

impl Tally {
    pub(super) fn open(&self) -> usize {
        self.open
    }

    pub(super) fn count(&self, entity: EntityId) -> Count {
        self.counts.get(&entity).copied().unwrap_or_default()
    }

    /// Returns the first article with a statement on an issue.
    pub(super) fn issue(&self, issue: IssueId) -> Option<ArticleId> {
        self.issues.get(&issue)?.keys().next().copied()
    }

    /// Returns whom an entity acts for by its office.
    pub(super) fn acts_for(&self, entity: EntityId) -> Option<EntityId> {
        self.acts_for.get(&entity).copied()
    }

    /// Returns the last entity that `entity` acts for, itself if for nobody.
    pub(super) fn principal(&self, entity: EntityId) -> EntityId {
        let mut at = entity;
        for _ in 0..4 {
            match self.acts_for.get(&at) {
                Some(next) if *next != at && *next != entity => at = *next,
                _ => break,
            }
        }
        at
    }

    /// Returns articles in which a changed rule has a say.
    pub(super) fn touched_articles(&self, touched: &Touched) -> BTreeSet<ArticleId> {
        if touched.is_empty() {
            return BTreeSet::new();
        }
        let met = self
            .articles
            .iter()
            .filter(|(_, terms)| terms.meets(touched));
        let own = touched.articles.iter().copied();
        met.map(|(id, _)| *id).chain(own).collect()
    }

    /// Returns entities that act for one that is `hit`.
    pub(super) fn with_office_at(
        &self,
        hit: impl Fn(&EntityId) -> bool,
    ) -> impl Iterator<Item = EntityId> {
        let hit = self.acts_for.iter().filter(move |(_, of)| hit(of));
        hit.map(|(id, _)| *id)
    }

    /// Returns the entities of which a count changed since the last call, and forgets them.
    pub(super) fn take_dirty(&mut self) -> BTreeSet<EntityId> {
        std::mem::take(&mut self.dirty)
    }

    /// The same for issues.
    pub(super) fn take_dirty_issues(&mut self) -> BTreeSet<IssueId> {
        std::mem::take(&mut self.dirty_issues)
    }

    /// Takes over whom entities act for; statements held in office count for others then.
    pub(super) fn take_offices(
        &mut self,
        offices: impl Iterator<Item = (EntityId, Option<EntityId>)>,
    ) {
        let changed: Vec<_> = offices
            .filter(|(id, of)| self.acts_for.get(id) != of.as_ref())
            .collect();
        if changed.is_empty() {
            return;
        }
        let before: Vec<(Pair, u32, EntityId)> = self
            .pairs
            .iter()
            .map(|(pair, n)| (*pair, *n, self.principal(pair.1)))
            .collect();
        for (id, of) in changed {
            let named = self.count(id).is_named();
            let old = match of {
                Some(of) => self.acts_for.insert(id, of),
                None => self.acts_for.remove(&id),
            };
            if let Some(old) = old.filter(|_| named) {
                self.change(old, |count| count.offices = count.offices.saturating_sub(1));
            }
            if let Some(of) = of.filter(|_| named) {
                self.change(of, |count| count.offices += 1);
            }
        }
        for (pair, n, old) in before {
            let new = self.principal(pair.1);
            if new != old {
                self.act(pair.0, old, |count| *count = count.saturating_sub(n));
                self.act(pair.0, new, |count| *count += n);
            }
        }
    }

    /// Adds an article with `open` suggestions.
    pub(super) fn add(&mut self, article: ArticleId, open: usize, terms: Terms) {
        self.open += open;
        self.count_terms(article, &terms, &|count, n| *count += n);
        self.articles.insert(article, terms);
    }

    /// Takes an article away again.
    pub(super) fn remove(&mut self, article: ArticleId, open: usize) {
        self.open = self.open.saturating_sub(open);
        if let Some(terms) = self.articles.remove(&article) {
            self.count_terms(article, &terms, &|count, n| {
                *count = count.saturating_sub(n);
            });
        }
    }

    fn count_terms(&mut self, article: ArticleId, terms: &Terms, by: &dyn Fn(&mut u32, u32)) {
        for (id, n) in &terms.mentions {
            self.change(*id, |count| {
                by(&mut count.mentions, *n);
                by(&mut count.articles, 1);
            });
        }
        for (id, n) in &terms.parties {
            self.change(*id, |count| by(&mut count.named, *n));
        }
        for (pair, n) in &terms.pairs {
            let all = self.pairs.entry(*pair).or_default();
            by(all, *n);
            if *all == 0 {
                self.pairs.remove(pair);
            }
            self.change(pair.0, |count| by(&mut count.held, *n));
            let actor = self.principal(pair.1);
            self.act(pair.0, actor, |count| by(count, *n));
        }
        for (id, n) in &terms.issues {
            let articles = self.issues.entry(*id).or_default();
            let here = articles.entry(article).or_default();
            by(here, *n);
            if *here == 0 {
                articles.remove(&article);
            }
            if articles.is_empty() {
                self.issues.remove(id);
            }
            self.dirty_issues.insert(*id);
        }
    }

    /// Counts statements of `holder` for `actor`.
    fn act(&mut self, holder: EntityId, actor: EntityId, by: impl Fn(&mut u32)) {
        self.change(actor, |count| {
            by(&mut count.named);
            if actor != holder {
                by(&mut count.held);
            }
        });
    }

    fn change(&mut self, id: EntityId, by: impl FnOnce(&mut Count)) {
        let count = self.counts.entry(id).or_default();
        let was = count.is_named();
        by(count);
        let is = count.is_named();
        if *count == Count::default() {
            self.counts.remove(&id);
        }
        self.dirty.insert(id);
        if was != is
            && let Some(of) = self.acts_for.get(&id).copied()
        {
            let count = self.counts.entry(of).or_default();
            count.offices = if is {
                count.offices + 1
            } else {
                count.offices.saturating_sub(1)
            };
            if *count == Count::default() {
                self.counts.remove(&of);
            }
            self.dirty.insert(of);
        }
    }
}
