//! A token that a worker asks, and a count that it reports.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The work was cancelled; what was made so far is the caller's to keep or drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// A request to stop, shared between who asks and who works.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the worker to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Returns early from long work: `cancel.check()?` per sentence, file or row.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}

/// How far the work is, shared between who works and who shows it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<(AtomicU32, AtomicU32)>);

impl Progress {
    /// Says how many are done, of how many.
    pub fn set(&self, done: u32, total: u32) {
        self.0.0.store(done, Ordering::Relaxed);
        self.0.1.store(total, Ordering::Relaxed);
    }

    /// Returns how many are done, of how many.
    #[must_use]
    pub fn get(&self) -> (u32, u32) {
        (
            self.0.0.load(Ordering::Relaxed),
            self.0.1.load(Ordering::Relaxed),
        )
    }
}
