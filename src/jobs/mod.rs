//! Threads for what takes long: named, bounded, cancelled when nobody waits for them any more.
//!
//! Knows no article and no egui. The window is woken by a closure.

mod cancel;
mod task;

pub use cancel::{Cancel, Cancelled, Progress};
pub use task::{Event, JobCx, Panicked, Task};
