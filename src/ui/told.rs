//! What the window reads of a session beside the snapshot, and counts that are kept by revision.

use std::cell::OnceCell;

use crate::analysis::{Facets, Filter};
use crate::app::{Command, CommandKind, ImportReport, Notice, Snapshot, Toast};
use crate::model::ArticleId;

/// A project that was open before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentRow {
    /// Its file.
    pub path: std::path::PathBuf,
    /// Its name.
    pub name: String,
    /// *48 articles · 186 statements*
    pub counts: String,
    /// *today, 14:02*
    pub when: String,
}

/// What the session tells beside the snapshot.
pub struct Told<'a> {
    /// Problems that stay.
    pub notices: &'a [Notice],
    /// What was done last.
    pub toast: Option<&'a Toast>,
    /// Files read, files in all, the file under way.
    pub importing: Option<(u32, u32, String)>,
    /// Articles read, articles in all.
    pub analysing: Option<(u32, u32)>,
    /// What became of the last import.
    pub report: Option<&'a ImportReport>,
    /// *Saved 14:02*
    pub saved: String,
    /// Why the project can only be read.
    pub read_only: Option<&'a str>,
    /// Recent projects.
    pub recent: &'a [RecentRow],
    /// Today.
    pub today: jiff::civil::Date,
    /// Resolves a kind; none is greyed out.
    pub resolve: &'a dyn Fn(CommandKind) -> Option<Command>,
}

/// Counts of a snapshot under a filter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counts {
    /// Suggestions that nobody decided, in all articles.
    pub open: usize,
    /// Statements in all.
    pub statements: usize,
    /// Statements asked for.
    pub shown_statements: usize,
    /// Articles asked for, in order of import.
    pub shown_articles: Vec<ArticleId>,
    /// Days from the first to the last statement or article.
    pub days: Option<crate::model::DateSpan>,
    key: Option<(u64, Filter)>,
    facets: OnceCell<Facets>,
}

impl Counts {
    /// Counts again, if the snapshot or the filter changed.
    pub fn update(&mut self, snap: &Snapshot, filter: &Filter) {
        let same =
            |(revision, before): &(u64, Filter)| *revision == snap.revision && before == filter;
        if self.key.as_ref().is_some_and(same) {
            return;
        }
        let mut counts = Self {
            key: Some((snap.revision, filter.clone())),
            open: snap.view.open_suggestions(),
            statements: snap.view.positions(),
            ..Self::default()
        };
        for (id, view) in &snap.view.articles {
            let Some(state) = snap.project.articles.get(id) else {
                continue;
            };
            if filter.keeps_article(&snap.view, &state.article, view) {
                counts.shown_articles.push(*id);
            }
            if let Some(dct) = state.article.meta.dct {
                let day = crate::model::DateSpan::day(dct.date);
                counts.days = Some(match counts.days {
                    Some(days) => crate::model::DateSpan {
                        first: days.first.min(day.first),
                        last: days.last.max(day.last),
                    },
                    None => day,
                });
            }
        }
        counts.shown_statements = filter.statements(&snap.project, &snap.view).count();
        *self = counts;
    }

    /// Returns how many statements each further choice beside the filter would leave; counted when
    /// somebody first asks.
    #[must_use]
    pub fn facets<'a>(&'a self, snap: &'a Snapshot) -> &'a Facets {
        let filter = self.key.as_ref().map(|(_, filter)| filter);
        match filter.filter(|filter| !filter.is_empty() || !filter.offices) {
            Some(filter) => {
                let count = || Facets::new(&snap.project, &snap.view, filter);
                self.facets.get_or_init(count)
            }
            None => snap.facets(),
        }
    }

    /// Whether an article is asked for.
    #[must_use]
    pub fn shows(&self, article: ArticleId) -> bool {
        self.shown_articles.binary_search(&article).is_ok()
    }
}
