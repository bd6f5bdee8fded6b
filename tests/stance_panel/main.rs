//! The stance panel alone, driven by pointer and keys on a hand-made project.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that is wrong shall fail its test"
)]

mod charts;
mod exact;
mod fixture;
mod issues;
mod list;
mod network;
