//! What the person is told, beside what the panels show.

use std::path::PathBuf;

/// A problem that stays where it is until it is dealt with or dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub what: String,
    /// Why, and what to do.
    pub hint: String,
    /// For the curious, copyable.
    pub details: String,
}

/// Something that was done: past tense, five seconds, can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// *Statement confirmed*
    pub words: String,
    /// Whether *Undo* stands beside it.
    pub undo: bool,
    /// Counts up, so that the window knows a new one.
    pub serial: u64,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportOutcome {
    /// Read.
    Added {
        /// How many articles.
        articles: usize,
        /// What should be looked at: no date found, encoding guessed.
        warnings: Vec<String>,
    },
    /// All its articles are in the project already.
    Copy,
    /// Not read.
    Failed {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
}

/// One file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// The file.
    pub path: PathBuf,
    /// Format in words: *web page*, *Word*, *text*.
    pub format: String,
    /// What became of it.
    pub outcome: ImportOutcome,
}

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// A line a file, failures first.
    pub lines: Vec<ImportLine>,
    /// Articles added.
    pub added: usize,
    /// Files that were left when it was cancelled.
    pub left: usize,
    /// Articles without a date.
    pub undated: usize,
}

impl ImportReport {
    /// Returns how many files could not be read.
    #[must_use]
    pub fn failed(&self) -> usize {
        let failed = |line: &&ImportLine| matches!(line.outcome, ImportOutcome::Failed { .. });
        self.lines.iter().filter(failed).count()
    }
}
