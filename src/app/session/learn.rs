//! What decisions teach: suggestions follow at once, and the toast says how many.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{ArticleViews, suggestions_changed};
use crate::app::session::Session;
use crate::model::{ArticleId, ArticleState, Learnt, Project};

impl Session {
    /// Adds to a title how many suggestions were changed by what a decision taught.
    pub(super) fn with_changes(&self, title: String, before: (&Project, &ArticleViews)) -> String {
        let now = (&*self.snapshot.project, &*self.snapshot.view);
        match suggestions_changed(before, now) {
            0 => title,
            1 => format!("{title} · 1 more suggestion changed"),
            many => format!("{title} · {many} more suggestions changed"),
        }
    }

    /// Suggests what the decisions teach where the engine saw nothing: everywhere if that is new,
    /// else in the articles that changed.
    pub(super) fn learn(&mut self, before: &Arc<Project>) {
        let project = &self.snapshot.project;
        let learnt = Learnt::of(project);
        let changed = |(id, state): &(&ArticleId, &Arc<ArticleState>)| {
            !before
                .articles
                .get(*id)
                .is_some_and(|old| Arc::ptr_eq(old, state))
        };
        let only = learnt.adds_same(&self.learnt).then(|| {
            let changed = project.articles.iter().filter(changed);
            changed.map(|(id, _)| *id).collect::<BTreeSet<_>>()
        });
        self.learnt = learnt;
        Arc::make_mut(&mut self.snapshot.project).suggest_learnt(&self.learnt, only.as_ref());
    }
}
