//! What of one article counts for the whole project: by it entities and issues are there at all.
//! Numbers on screen come from [`crate::analysis::Facets`].

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use crate::analysis::view::resolver::Touched;
use crate::analysis::{ArticleView, Row};
use crate::model::{ArticleState, EntityId, IssueId, Statement, cue_key, slice};

/// Holder, and whom the statement is spoken for: an entity whose principal is the actor.
pub(super) type Pair = (EntityId, EntityId);

/// What of one article counts for the whole project. All lists are in order, without repeats.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Terms {
    /// Entities as the article names them, before merges.
    raw: Vec<EntityId>,
    /// Phrases, before they join an issue.
    raw_issues: Vec<IssueId>,
    /// Hashes of the words of suggested mentions.
    words: Vec<u64>,
    pub(super) mentions: Vec<(EntityId, u32)>,
    pub(super) pairs: Vec<(Pair, u32)>,
    /// Targets and reporters.
    pub(super) parties: Vec<(EntityId, u32)>,
    pub(super) issues: Vec<(IssueId, u32)>,
}

impl Terms {
    /// Whether any of what was decided otherwise stands in the article.
    pub(super) fn meets(&self, touched: &Touched) -> bool {
        meet(&self.raw, touched.entities.keys())
            || meet(&self.words, touched.words.iter())
            || meet(&self.raw_issues, touched.issues.iter())
    }
}

fn meet<'a, T: Ord + 'a>(all: &[T], mut some: impl Iterator<Item = &'a T>) -> bool {
    some.any(|one| all.binary_search(one).is_ok())
}

/// Returns the hash by which words are found again.
pub(super) fn word_hash(words: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(words.as_bytes());
    hasher.finish()
}

/// Collects what an article names before rules are laid over it.
pub(super) struct TermsBuilder {
    terms: Terms,
}

impl TermsBuilder {
    pub(super) fn new(state: &ArticleState) -> Self {
        let article = &state.article;
        let suggested = state.annotations.mentions.suggested().values();
        Self {
            terms: Terms {
                words: suggested
                    .map(|row| word_hash(article.slice(row.value.range)))
                    .collect(),
                ..Terms::default()
            },
        }
    }

    pub(super) fn raw(&mut self, entity: Option<EntityId>) {
        self.terms.raw.extend(entity);
    }

    /// A suggested statement is found again by its cue.
    pub(super) fn cue(&mut self, statement: &Statement, body: &str) {
        let key = cue_key(slice(body, statement.evidence.cue));
        self.terms.words.extend(key.map(|key| word_hash(&key)));
    }

    pub(super) fn raw_statement(&mut self, statement: &Statement) {
        let parties = [Some(statement.holder), statement.target, statement.reporter];
        let raw = &mut self.terms.raw;
        raw.extend(parties.iter().flatten().map(|party| party.entity));
        raw.extend(statement.speaks_for);
        let issue = statement.issue.as_ref().and_then(|issue| issue.issue);
        self.terms.raw_issues.extend(issue);
    }

    /// Counts what `view` holds.
    pub(super) fn finish(self, view: &ArticleView) -> Terms {
        let mut terms = self.terms;
        terms.raw.sort_unstable();
        terms.raw.dedup();
        terms.raw_issues.sort_unstable();
        terms.raw_issues.dedup();
        terms.words.sort_unstable();
        terms.words.dedup();
        let rows = || {
            view.statements
                .iter()
                .map(|row: &Row<Statement>| &row.value)
        };
        terms.mentions = counted(view.mentions.iter().filter_map(|row| row.value.entity));
        terms.pairs = counted(rows().map(|statement| {
            let holder = statement.holder.entity;
            (holder, statement.speaks_for.unwrap_or(holder))
        }));
        terms.parties = counted(rows().flat_map(|statement| {
            let parties = [statement.target, statement.reporter];
            parties.into_iter().flatten().map(|party| party.entity)
        }));
        terms.issues = counted(rows().filter_map(|statement| statement.issue.as_ref()?.issue));
        terms
    }
}

fn counted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<(T, u32)> {
    let mut counts: BTreeMap<T, u32> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts.into_iter().collect()
}
