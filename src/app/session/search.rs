//! Finding the articles that hold the words of the filter, beside the window.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{Filter, Found, TextFinder};
use crate::app::session::Session;
use crate::jobs::{Event, Task};
use crate::model::{ArticleId, Project};

/// What is read within a frame, in bytes.
const AT_ONCE: usize = 1 << 20;
/// Articles between two questions whether the search is still wanted.
const STRETCH: usize = 64;

/// The search under way. The newest wins.
#[derive(Default)]
pub(super) struct Search {
    task: Option<Task<Found>>,
    /// Words that are looked for.
    words: String,
    /// The filter that waits for them.
    waiting: Option<Filter>,
    /// Whether texts came or changed since the last search began.
    behind: bool,
}

impl Search {
    pub(super) fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    pub(super) fn texts_changed(&mut self) {
        self.behind = true;
    }
}

impl Session {
    /// Sets the filter; one with other words than before holds once they were looked for.
    pub(super) fn set_filter(&mut self, mut filter: Filter) {
        if filter.text.is_empty() {
            filter.found = None;
            self.search = Search::default();
            self.view_state.filter = filter;
            return;
        }
        let known = filter
            .found
            .as_ref()
            .is_some_and(|found| found.is_of(&filter.text));
        if known {
            self.search.waiting = None;
            self.view_state.filter = filter;
        } else if self.search.task.is_some() && self.search.words == filter.text {
            self.search.waiting = Some(filter);
        } else {
            self.look_for(filter.text.clone());
            if self.search.task.is_some() {
                self.search.waiting = Some(filter);
            } else {
                filter.found = self.look_at_once(&filter.text);
                self.view_state.filter = filter;
            }
        }
    }

    /// Takes what was found; looks again where texts came or changed.
    pub(super) fn poll_search(&mut self) {
        let mut ended = false;
        let mut found = None;
        for event in self.search.task.iter_mut().flat_map(Task::poll) {
            match event {
                Event::Part(part) => found = Some(part),
                Event::Done | Event::Panicked(_) => ended = true,
            }
        }
        if let Some(found) = found {
            if let Some(waiting) = self.search.waiting.take() {
                self.view_state.filter = waiting;
            }
            let filter = &mut self.view_state.filter;
            if found.is_of(&filter.text) {
                filter.found = Some(found);
            }
        }
        if ended {
            self.search.task = None;
            // Where the search broke, each text is looked at when it is asked for.
            if let Some(waiting) = self.search.waiting.take() {
                self.view_state.filter = waiting;
            }
        }
        let filter = &self.view_state.filter;
        let known = filter
            .found
            .as_ref()
            .is_some_and(|found| found.is_of(&filter.text));
        if filter.text.is_empty() || self.search.task.is_some() {
            return;
        }
        if !known || std::mem::take(&mut self.search.behind) {
            let words = filter.text.clone();
            self.look_for(words.clone());
            if self.search.task.is_none() {
                self.view_state.filter.found = self.look_at_once(&words);
            }
        }
    }

    fn look_at_once(&self, words: &str) -> Option<Found> {
        let project = &self.snapshot.project;
        found(words, project, &mut || true)
    }

    /// Starts a search, where there is more to read than a frame has time for.
    fn look_for(&mut self, words: String) {
        self.search = Search {
            words: words.clone(),
            ..Search::default()
        };
        let project = Arc::clone(&self.snapshot.project);
        let articles = project.articles.values();
        let bytes: usize = articles.map(|state| state.article.text.body.len()).sum();
        if bytes <= AT_ONCE {
            return;
        }
        let wake = Arc::clone(&self.ports.wake);
        let task = Task::start("search", wake, move |cx| {
            let wanted = &mut || !cx.cancel.is_cancelled();
            match found(&words, &project, wanted) {
                Some(found) => cx.send(found),
                None => Ok(()),
            }
        });
        // Without a thread each text is looked at when it is asked for.
        self.search.task = task.ok();
    }
}

/// Returns the articles that hold `words`; none when it is not wanted any more.
fn found(words: &str, project: &Project, wanted: &mut dyn FnMut() -> bool) -> Option<Found> {
    let finder = TextFinder::new(words);
    let mut articles: BTreeSet<ArticleId> = BTreeSet::new();
    for (at, (id, state)) in project.articles.iter().enumerate() {
        if at % STRETCH == 0 && !wanted() {
            return None;
        }
        if finder.finds(&state.article) {
            articles.insert(*id);
        }
    }
    Some(Found::new(words.to_owned(), articles))
}
