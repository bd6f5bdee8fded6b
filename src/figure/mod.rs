//! What a chart shows, as values: marks, axes, legend, source note; colour tokens and fonts.
//!
//! The chart on screen and the exported one are painted from the same value. Not here: egui, files.

pub mod axis;
pub mod bars;
mod columns;
pub mod compare;
pub mod fonts;
pub mod frame;
pub mod marks;
pub mod matrix;
pub mod network;
pub mod scene;
pub mod timeline;
pub mod tokens;
pub mod trend;
