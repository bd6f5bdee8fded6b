//! One piece of work on its own thread, which sends what it has so far.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::Builder;

use crate::jobs::{Cancel, Cancelled, Progress};

/// What a worker gets.
pub struct JobCx<P> {
    /// To be asked per sentence, file or row.
    pub cancel: Cancel,
    /// To be told how far it is.
    pub progress: Progress,
    parts: SyncSender<Event<P>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl<P> std::fmt::Debug for Event<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Part(_) => "Part",
            Self::Done => "Done",
            Self::Panicked(_) => "Panicked",
        })
    }
}

impl<P> JobCx<P> {
    /// Sends a part of the result and wakes the window. Waits while the window is behind, so that
    /// memory stays bounded; a window that is gone cancels the work.
    ///
    /// # Errors
    /// When nobody waits any more.
    pub fn send(&self, part: P) -> Result<(), Cancelled> {
        self.parts
            .send(Event::Part(part))
            .map_err(|_gone| Cancelled)?;
        (self.wake)();
        Ok(())
    }
}

/// The work broke on something that nobody foresaw. Nothing is lost but this part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{thread} stopped: {message}")]
pub struct Panicked {
    /// Name of the thread.
    pub thread: String,
    /// What it said.
    pub message: String,
}

/// What a task sends.
pub enum Event<P> {
    /// A part of the result.
    Part(P),
    /// The end.
    Done,
    /// The end, by a panic.
    Panicked(Panicked),
}

/// A running piece of work. Dropping it cancels it.
pub struct Task<P> {
    cancel: Cancel,
    progress: Progress,
    parts: Receiver<Event<P>>,
    finished: bool,
}

impl<P> Drop for Task<P> {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl<P: Send + 'static> Task<P> {
    /// Starts `work` on a thread of this name. `wake` is called after each part and at the end.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(
        name: &str,
        wake: Arc<dyn Fn() + Send + Sync>,
        work: impl FnOnce(&JobCx<P>) -> Result<(), Cancelled> + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, parts) = sync_channel(64);
        let cancel = Cancel::default();
        let progress = Progress::default();
        let cx = JobCx {
            cancel: cancel.clone(),
            progress: progress.clone(),
            parts: sender,
            wake,
        };
        let thread = name.to_owned();
        // The handle is not kept: the end arrives as an event, and a cancelled worker ends alone.
        drop(
            Builder::new()
                .name(name.to_owned())
                .stack_size(8 << 20)
                .spawn(move || {
                    let end = match catch_unwind(AssertUnwindSafe(|| work(&cx))) {
                        Ok(_done_or_cancelled) => Event::Done,
                        Err(payload) => Event::Panicked(Panicked {
                            thread,
                            message: words(&*payload),
                        }),
                    };
                    // A receiver that is gone has no use for the end.
                    if cx.parts.send(end).is_ok() {
                        (cx.wake)();
                    }
                })?,
        );
        Ok(Self {
            cancel,
            progress,
            parts,
            finished: false,
        })
    }

    /// Asks the worker to stop; parts that it sent before still arrive.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Returns how many are done, of how many.
    #[must_use]
    pub fn progress(&self) -> (u32, u32) {
        self.progress.get()
    }

    /// Returns what arrived since the last call, without waiting.
    pub fn poll(&mut self) -> Vec<Event<P>> {
        let mut events = Vec::new();
        while !self.finished {
            match self.parts.try_recv() {
                Ok(event) => {
                    self.finished = !matches!(event, Event::Part(_));
                    events.push(event);
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    self.finished = true;
                    events.push(Event::Done);
                }
            }
        }
        events
    }
}

fn words(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<P: Send + 'static>(task: &mut Task<P>) -> Vec<Event<P>> {
        let mut events = Vec::new();
        while !task.finished {
            events.extend(task.poll());
            std::thread::yield_now();
        }
        events
    }

    #[test]
    fn parts_arrive_in_order_and_the_end_last() {
        let mut task = Task::start("numbers", Arc::new(|| ()), |cx| {
            (0..200).try_for_each(|n| cx.send(n))
        })
        .unwrap();
        let events = all(&mut task);
        assert_eq!(events.len(), 201);
        assert!(matches!(events[199], Event::Part(199)));
        assert!(matches!(events[200], Event::Done));
    }

    #[test]
    fn a_panic_is_an_event_and_keeps_the_parts_before_it() {
        let mut task = Task::start("breaks", Arc::new(|| ()), |cx| {
            cx.send(1)?;
            panic!("on purpose");
        })
        .unwrap();
        let events = all(&mut task);
        assert!(matches!(events[0], Event::Part(1)));
        let Event::Panicked(panicked) = &events[1] else {
            panic!("no panic")
        };
        assert_eq!(panicked.message, "on purpose");
    }

    #[test]
    fn dropping_the_task_cancels_the_worker() {
        let (sender, receiver) = sync_channel(1);
        let task: Task<()> = Task::start("waits", Arc::new(|| ()), move |cx| {
            while !cx.cancel.is_cancelled() {
                std::thread::yield_now();
            }
            sender.send(()).unwrap();
            Ok(())
        })
        .unwrap();
        drop(task);
        receiver.recv().unwrap();
    }
}
