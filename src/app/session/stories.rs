//! Which articles are versions of one story, found in the background whenever texts changed: what
//! they repeat counts once.

use std::sync::Arc;

use crate::analysis::Stories;
use crate::app::session::Session;
use crate::import::stories;
use crate::jobs::{Event, Task};

/// Looking for versions. Dropped, it stops being waited for.
#[derive(Default)]
pub(super) struct Telling {
    stale: bool,
    task: Option<Task<Stories>>,
}

impl Telling {
    /// A text came, went or changed.
    pub(super) fn texts_changed(&mut self) {
        self.stale = true;
    }

    pub(super) fn is_busy(&self) -> bool {
        self.stale || self.task.is_some()
    }
}

impl Session {
    pub(super) fn poll_stories(&mut self) {
        let mut found = None;
        let mut ended = false;
        if let Some(task) = &mut self.telling.task {
            for event in task.poll() {
                match event {
                    Event::Part(stories) => found = Some(stories),
                    Event::Done | Event::Panicked(_) => ended = true,
                }
            }
        }
        if ended {
            self.telling.task = None;
        }
        if let Some(stories) = found {
            Arc::make_mut(&mut self.snapshot.view).set_stories(&stories);
            self.snapshot.revision += 1;
        }
        // One look after an import, not one for each of its parts.
        if self.telling.stale && self.telling.task.is_none() && self.importing.is_none() {
            self.telling.stale = false;
            self.telling.task = self.tell_stories();
        }
    }

    fn tell_stories(&self) -> Option<Task<Stories>> {
        let project = Arc::clone(&self.snapshot.project);
        let wake = Arc::clone(&self.ports.wake);
        // No thread left: everything counts as one story each until texts change again.
        let task = Task::start("stories", wake, move |cx| {
            let texts = project.articles.iter();
            let texts: Vec<_> = texts
                .map(|(id, state)| (*id, state.article.text.body.as_str()))
                .collect();
            cx.send(Arc::new(stories(&texts)))
        });
        task.ok()
    }
}
