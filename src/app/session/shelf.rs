//! Suggestions that were made before and may be wanted again: the last ones in memory, all others
//! in the cache of the project file. What undo brings back is not read a second time.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use crate::app::session::Session;
use crate::model::{ArticleId, Findings};
use crate::nlp::{Engine, Known};

/// How many are kept in memory.
const KEPT: usize = 64;

/// The last suggestions, newest at the end.
#[derive(Debug, Default)]
pub(super) struct Shelf(VecDeque<(ArticleId, String, Arc<Findings>)>);

impl Shelf {
    pub(super) fn put(&mut self, article: ArticleId, key: &str, found: &Arc<Findings>) {
        self.0
            .retain(|(id, known, _)| (*id, known.as_str()) != (article, key));
        if self.0.len() >= KEPT {
            self.0.pop_front();
        }
        self.0
            .push_back((article, key.to_owned(), Arc::clone(found)));
    }

    fn get(&self, article: ArticleId, key: &str) -> Option<Arc<Findings>> {
        let mut kept = self.0.iter();
        kept.find(|(id, known, _)| (*id, known.as_str()) == (article, key))
            .map(|(_, _, found)| Arc::clone(found))
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Session {
    /// Takes over what a person decided that the engine obeys.
    pub(super) fn know(&mut self, known: Known) {
        self.known_hash = known.hash();
        self.known = Arc::new(known);
    }

    /// Returns what suggestions of an article hang on, beside its text and the engine.
    pub(super) fn key_of(&self, article: ArticleId) -> String {
        let state = self.snapshot.project.articles.get(&article);
        Known::key(&self.known_hash, state.map(Arc::as_ref))
    }

    /// Gives articles their suggestions back: from memory at once, else the disk is asked; what
    /// neither has is read again.
    pub(super) fn find_again(&mut self, articles: Vec<ArticleId>) {
        let mut asked = Vec::new();
        let mut found = false;
        for id in articles {
            match self.shelf.get(id, &self.key_of(id)) {
                Some(findings) => found |= self.take_findings(id, &findings),
                None => asked.push(id),
            }
        }
        if found {
            self.join_across();
        }
        if !asked.is_empty() && !self.disk.ask_findings(asked.clone()) {
            asked.into_iter().for_each(|id| self.analyser.want(id));
        }
    }

    /// Takes what the disk has of an article that was asked for.
    pub(super) fn found_again(&mut self, article: ArticleId, found: Option<(Findings, String)>) {
        let fresh = found.is_some_and(|(findings, key)| {
            key == self.key_of(article) && self.take_findings(article, &findings)
        });
        if fresh {
            self.join_across();
            self.rebuild();
        } else {
            self.analyser.want(article);
        }
    }

    /// Takes suggestions of this engine, and says whether they fit the text.
    pub(super) fn take_findings(&mut self, article: ArticleId, findings: &Findings) -> bool {
        if findings.engine != Engine::VERSION {
            return false;
        }
        let project = Arc::make_mut(&mut self.snapshot.project);
        let fits = project.replace_suggestions(article, findings);
        project.suggest_learnt(&self.learnt, Some(&BTreeSet::from([article])));
        fits
    }
}
