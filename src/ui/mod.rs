//! The window: draws a snapshot, emits commands. No I/O, no clock.

pub mod editor;
pub mod icons;
pub mod reader;
pub mod theme;
pub mod widgets;
