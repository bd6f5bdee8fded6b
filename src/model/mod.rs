//! Plain data and what is always true of it: ranges lie inside their text on character boundaries,
//! ids are never re-used, a decision and a suggestion are two structures.
//!
//! Not here: anything that reads a file, a clock or a random number; anything that draws; any
//! format on disk (`store` and `export` have their own structs).

mod annotations;
mod article;
mod attribution;
mod chronicle;
mod codebook;
mod entity;
mod findings;
mod id;
mod layered;
mod learnt;
mod lessons;
mod masks;
mod project;
mod statement;
mod text;
mod timex;
mod timex_words;

pub use annotations::{Annotation, AnnotationKind, Annotations};
pub use article::{
    Article, ArticleMeta, ArticleText, Dct, DctSource, NewArticle, ReviewState, SourceFile,
};
pub use attribution::Attribution;
pub use chronicle::{Entry, EntryId, ItemKey, ItemLook, LookChange};
pub use codebook::{
    ActUse, CODE_KEYS, Codebook, Codes, Field, FieldId, FieldKind, Issue, IssueId, IssueLink, NO,
    OwnType, Swatch, YES,
};
pub use entity::{
    Alias, Entity, EntityId, EntityType, Mention, MentionKind, Role, Rule, RuleId, Tenure, TypeId,
};
pub use findings::{
    EntityProposal, Findings, IssueProposal, Relation, Sentence, Token, TokenIdx, Tokens,
};
pub use id::{AnnotationId, ArticleId, CoderId, OperationId, hash_id};
pub use layered::{Confidence, Decided, Effective, Layer, Layered, Suggested, Timestamp, Verdict};
pub use learnt::{LEARNT, Learnt, Taught, whole_words};
pub use lessons::{PositionLessons, TaughtPosition, cue_key};
pub use project::{ArticleState, EntityMap, Project, ProjectInfo};
pub use statement::{
    Act, DateSource, Evidence, Factuality, IssuePhrase, Party, Polarity, QuadClass, Statement,
    StatementDate, UnknownWord,
};
pub use text::{OffBoundary, TextRange, TextSize, checked_range, slice};
pub use timex::{DateSpan, Modifier, Timex, TimexClass, TimexValue};
pub use timex_words::{MONTHS, WEEKDAYS};
