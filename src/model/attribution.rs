//! Who says what.

use crate::model::TextRange;

/// A source, the words that show that it speaks, and what it says. Each may be in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Attribution {
    /// Who speaks; empty for an unnamed source.
    pub source: Vec<TextRange>,
    /// *said*, *according to*, *insistence*.
    pub cue: Vec<TextRange>,
    /// What is said, quotation marks included.
    pub content: Vec<TextRange>,
}
