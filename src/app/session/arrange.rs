//! Working out where the actors of the network stand, in the background: the newest wish wins.

use std::sync::Arc;

use crate::app::session::Session;
use crate::figure::network::layout::{Arrangement, Plan};
use crate::jobs::{Event, Task};

/// A layout under way. Dropped, it stops.
pub(super) struct Arranging {
    key: u64,
    task: Task<Arrangement>,
}

impl Session {
    pub(super) fn arrange(&mut self, plan: Plan) {
        let key = plan.key();
        if self
            .arranging
            .as_ref()
            .is_some_and(|under_way| under_way.key == key)
        {
            return;
        }
        let task = Task::start("network layout", Arc::clone(&self.ports.wake), move |cx| {
            let cancel = &cx.cancel;
            match plan.run(&|| cancel.is_cancelled()) {
                Some(arranged) => cx.send(arranged),
                None => Ok(()),
            }
        });
        // No thread left: the places stay as they are, and the next change asks again.
        self.arranging = task.ok().map(|task| Arranging { key, task });
    }

    pub(super) fn poll_arrange(&mut self) {
        let Some(Arranging { task, .. }) = &mut self.arranging else {
            return;
        };
        let mut ended = false;
        for event in task.poll() {
            match event {
                Event::Part(arranged) => self.view_state.arrangement = Arc::new(arranged),
                Event::Done | Event::Panicked(_) => ended = true,
            }
        }
        if ended {
            self.arranging = None;
        }
    }
}
