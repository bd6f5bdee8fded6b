//! Text → [`Findings`](crate::model::Findings), a folder a layer, each a function of the ones before.
//!
//! Deterministic, no I/O: models are embedded or handed in as bytes; lexicons are data files under
//! `assets/`, loaded once. Each layer takes what it needs, so a wrong order does not compile:
//! `segment` → `tag` (parts of speech, lemmas, dependencies) → `ner` → `link` → `timex` →
//! `attribution` → `stance`. [`Engine`] runs them.

pub mod attribution;
mod clause;
mod doc;
mod engine;
pub mod lexicon;
pub mod linear;
pub mod link;
mod mend;
pub mod ner;
mod recase;
pub mod segment;
pub mod stance;
pub mod tag;
pub mod timex;
mod tree;
pub mod words;

pub use doc::{Dep, Doc, Upos};
pub use engine::{Engine, Input, Known, KnownAlias};
