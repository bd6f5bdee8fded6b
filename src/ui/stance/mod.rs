//! The stance panel: who takes which position, and which sentences say so.
//!
//! (Being written by `panels`, not by `charts`: who keeps to exports and the timeline.)
