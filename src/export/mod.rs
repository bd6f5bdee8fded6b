//! What leaves the program: documents in the format of the corpora, tables, figures as SVG, PDF
//! and PNG, calendars. Returns text or bytes; who asked for them writes the file.
//!
//! Own structs per format: the model has no form on disk. Same input, same bytes. The unit of
//! offsets stands at the head of each format: code points wherever a file leaves the program.

pub mod chart;
pub mod codebook;
pub mod compared;
pub mod events;
mod file;
pub mod jsonl;
pub mod lexicon;
mod measure;
pub mod moves;
pub mod network;
mod offsets;
mod pdf;
mod raster;
mod request;
mod svg;
pub mod tables;

pub use file::write_file;
pub use measure::Shipped;
pub use offsets::CodePoints;
pub use pdf::pdf;
pub use raster::{FigureError, outlined, png, without_font};
pub use request::{Export, ExportError, ExportFormat, ExportWhat};
pub use svg::{MARGIN, escape, svg};
