//! What leaves the program: documents in the format of the corpora, tables, figures as SVG, PDF
//! and PNG. Returns text or bytes; who asked for them writes the file.
//!
//! Own structs per format: the model has no form on disk. Same input, same bytes. The unit of
//! offsets stands at the head of each format: code points wherever a file leaves the program.

pub mod jsonl;
mod offsets;

pub use offsets::CodePoints;
