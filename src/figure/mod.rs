//! What a chart shows, as values: marks, axes, legend, source note; colour tokens and fonts.
//!
//! The chart on screen and the exported one are painted from the same value. Not here: egui, files.

pub mod fonts;
pub mod tokens;
