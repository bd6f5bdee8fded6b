//! Demarche reads the news as evidence: who takes which position towards whom or what, when, and
//! which sentence shows it. The person decides; the machine proposes.
//!
//! # The map
//!
//! | folder | what it is |
//! |---|---|
//! | [`model`] | plain data and its invariants. No I/O, no clock, no egui |
//! | [`nlp`] | text → [`model::Findings`]: a folder a layer, run in order by [`nlp::Engine`] |
//! | [`analysis`] | questions to a project: views, filter, counts, series, matrix |
//! | [`edit`] | intent → operation with its inverse; history. Pure |
//! | [`figure`] | what a chart shows, as values; colour tokens. No egui |
//! | [`import`] | bytes → [`model::NewArticle`], a file a format |
//! | [`export`] | tables, annotation formats, figures as SVG, PDF and PNG |
//! | [`store`] | the project file: schema, operation log, lock, recovery |
//! | [`jobs`] | named threads, progress, cancel. Knows no article and no egui |
//! | [`app`] | the whole program without a window: session, commands, notices, ports |
//! | [`ui`] | the window: draws a snapshot, emits commands |
//! | [`cli`] | the same engine for scripts |
//! | [`platform`] | the real ports: dialogs, clock, ids, panic hook |
//!
//! # One article's way
//!
//! A path given by dialog, drop or argument goes to an import job, which returns a
//! [`model::NewArticle`]. An operation adds it to the [`model::Project`] and to the log on disk. An
//! analysis job makes [`model::Findings`], which enter the project by one door,
//! [`model::Project::replace_suggestions`]. Panels draw the *effective view* of
//! [`analysis`]: what the person decided, and of the suggestions those that no decision masks.
//! What the person does becomes an [`edit::Operation`], applied at once and appended to the log.
//!
//! # What must stay true
//!
//! - A decision and a suggestion live in two maps ([`model::Layered`]): analysis cannot reach the first.
//! - Ranges are UTF-8 bytes ([`model::TextRange`]) everywhere but in `import` and `export`.
//! - Only `app` changes the project, and only through operations; undo is the log read backwards.
//! - A frame never waits for disk, model or dialog.
//! - Who may use whom is tested in `tests/architecture.rs`.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod edit;
pub mod export;
pub mod figure;
pub mod import;
pub mod jobs;
pub mod model;
pub mod nlp;
pub mod platform;
pub mod store;
pub mod ui;
