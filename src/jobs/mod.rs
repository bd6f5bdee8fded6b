//! Threads for what takes long: named, bounded, cancelled when nobody waits for them any more.
//!
//! Knows no article and no egui. The window is woken by a closure.

mod cancel;

pub use cancel::{Cancel, Cancelled, Progress};
