//! What waits to be written. Handing over never waits: a push is all that happens under the lock.
//!
//! Not a bounded channel: what does not fit there would wait in a second list beside it, and two
//! queues would have to be kept in order.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Queue<T> {
    waiting: Mutex<VecDeque<T>>,
    filled: Condvar,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        Self {
            waiting: Mutex::new(VecDeque::new()),
            filled: Condvar::new(),
        }
    }

    /// A thread that died while pushing left the list whole.
    fn lock(&self) -> MutexGuard<'_, VecDeque<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, item: T) {
        self.lock().push_back(item);
        self.filled.notify_one();
    }

    /// Takes all, at once.
    pub(super) fn take(&self) -> VecDeque<T> {
        std::mem::take(&mut *self.lock())
    }

    /// Waits until there is something, at most so long, and takes all.
    pub(super) fn wait(&self, at_most: Option<Duration>) -> VecDeque<T> {
        let mut waiting = self.lock();
        match at_most {
            Some(time) => {
                let result = self
                    .filled
                    .wait_timeout_while(waiting, time, |list| list.is_empty());
                waiting = result.unwrap_or_else(PoisonError::into_inner).0;
            }
            None => {
                let result = self.filled.wait_while(waiting, |list| list.is_empty());
                waiting = result.unwrap_or_else(PoisonError::into_inner);
            }
        }
        std::mem::take(&mut *waiting)
    }
}
