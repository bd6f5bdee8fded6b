//! Why an edit is not possible.

use crate::model::OffBoundary;

/// Why an edit was not made. The words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// All is already as wished.
    #[error("Nothing would change")]
    Nothing,
    /// The article is not in the project.
    #[error("This article is no longer in the project")]
    UnknownArticle,
    /// Neither suggested nor decided.
    #[error("This annotation is no longer there")]
    UnknownAnnotation,
    /// An entity that nobody named.
    #[error("This entity is no longer there")]
    UnknownEntity,
    /// A rule that is not in the project.
    #[error("This rule is no longer there")]
    UnknownRule,
    /// An issue that is not in the codebook.
    #[error("This issue is not in the codebook")]
    UnknownIssue,
    /// A field that is not in the codebook.
    #[error("This field is not in the codebook")]
    UnknownField,
    /// A value that is not of the field's kind.
    #[error("{0} does not hold this value")]
    WrongValue(String),
    /// An annotation needs words to stand on.
    #[error("Select the words first")]
    NoWords,
    /// A range that does not fit the text.
    #[error("The selection does not fit the text")]
    OffText(#[from] OffBoundary),
    /// An entry that is not on the timeline.
    #[error("This entry is no longer on the timeline")]
    UnknownEntry,
    /// An entry without a day has no place on the timeline.
    #[error("Type a date first: 12 March 2026, March 2026, 2025")]
    NoDate,
    /// A name is needed.
    #[error("Type a name first")]
    NoName,
    /// A split needs mentions.
    #[error("Pick the mentions that name somebody else")]
    NoMentions,
    /// An entity cannot be apart from itself.
    #[error("These two are already one entity")]
    SameAlready,
}
