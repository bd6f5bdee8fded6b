//! Runs a foreign parser where it can do no harm: on a thread of its own with a deep stack, a time
//! limit and a net for panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use crate::import::ImportErrorKind;
use crate::jobs::Cancel;

/// Foreign parsers recurse over nested input; pages of the stack that stay untouched cost nothing.
const STACK_BYTES: usize = 128 << 20;
const TICK: Duration = Duration::from_millis(20);

/// Runs `work` for at most `limit`; it gets a token that is cancelled when nobody waits any more.
///
/// The time is counted in ticks of waiting, so that no clock is needed. A worker that does not ask
/// its token runs on after the limit, but what it makes is dropped.
///
/// # Errors
/// What `work` returns; damaged input where it panics or takes too long; cancelled.
pub(super) fn run<T: Send + 'static>(
    name: &str,
    limit: Duration,
    cancel: &Cancel,
    work: impl FnOnce(&Cancel) -> Result<T, ImportErrorKind> + Send + 'static,
) -> Result<T, ImportErrorKind> {
    let (send, receive) = sync_channel(1);
    let token = Cancel::default();
    let inner = token.clone();
    std::thread::Builder::new()
        .name(name.to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&inner)))
                .unwrap_or_else(|_| Err(ImportErrorKind::damaged("its reader gave up on it")));
            // Nobody waits any more after a cancel or the time limit: the result is not wanted.
            send.send(result).ok();
        })?;
    let mut waited = Duration::ZERO;
    loop {
        match receive.recv_timeout(TICK) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(ImportErrorKind::damaged("its reader ended early"));
            }
            Err(RecvTimeoutError::Timeout) => waited += TICK,
        }
        if cancel.is_cancelled() || waited >= limit {
            token.cancel();
            cancel.check()?;
            let seconds = limit.as_secs();
            return Err(ImportErrorKind::damaged(format!(
                "reading it took longer than {seconds} seconds"
            )));
        }
    }
}
