//! What a person wants changed.

use crate::model::{
    Act, ActUse, Annotation, AnnotationId, ArticleId, ArticleMeta, Attribution, CoderId, Entity,
    EntityId, Entry, EntryId, Field, FieldId, Issue, IssueId, ItemKey, LookChange, Mention,
    NewArticle, OwnType, Rule, RuleId, Statement, TextRange, Timestamp, Timex, TypeId,
};

/// Who edits, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// Who.
    pub coder: CoderId,
    /// When, from the clock port.
    pub at: Timestamp,
}

/// What a person wants changed. [`plan`](crate::edit::plan) works out which records that means.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Add what the importers read. An id that is taken is skipped.
    AddArticles(Vec<(ArticleId, NewArticle)>),
    /// Take an article out, with what was decided in it.
    RemoveArticle(ArticleId),
    /// Change title, outlet, date, review state or note of an article.
    SetMeta {
        /// Which.
        article: ArticleId,
        /// All of it, as it shall be.
        meta: ArticleMeta,
    },
    /// The same for several articles (dates of all that have none).
    SetMetas(Vec<(ArticleId, ArticleMeta)>),
    /// A suggestion is right, or a rejected one is right after all.
    Confirm(Annotation),
    /// The same for many.
    ConfirmMany(Vec<Annotation>),
    /// A suggestion is wrong. One that a person added goes.
    Reject(Annotation),
    /// The same for many.
    RejectMany(Vec<Annotation>),
    /// Take away: what a person added goes, what was suggested becomes rejected.
    Delete(Annotation),
    /// Note on an annotation; on a suggestion it confirms it.
    SetNote {
        /// Which.
        annotation: Annotation,
        /// The note; empty takes it away.
        note: String,
    },
    /// A mention on these words. Over a mention on the same words it changes that one. A name
    /// without an entity gets the one that bears it here, else a new one.
    AddMention {
        /// Where.
        article: ArticleId,
        /// What.
        mention: Mention,
    },
    /// Other edges, type or entity. Statements whose party stands on it follow.
    ChangeMention {
        /// Where.
        article: ArticleId,
        /// Which.
        id: AnnotationId,
        /// As it shall be.
        mention: Mention,
    },
    /// A time expression.
    AddTimex {
        /// Where.
        article: ArticleId,
        /// What.
        timex: Timex,
    },
    /// Other edges, class or value.
    ChangeTimex {
        /// Where.
        article: ArticleId,
        /// Which.
        id: AnnotationId,
        /// As it shall be.
        timex: Timex,
    },
    /// An attribution.
    AddAttribution {
        /// Where.
        article: ArticleId,
        /// What.
        attribution: Attribution,
    },
    /// Other source, cue or content.
    ChangeAttribution {
        /// Where.
        article: ArticleId,
        /// Which.
        id: AnnotationId,
        /// As it shall be.
        attribution: Attribution,
    },
    /// A statement.
    AddStatement {
        /// Where.
        article: ArticleId,
        /// What.
        statement: Box<Statement>,
        /// The person's note on it; may be empty.
        note: String,
    },
    /// Any field of a statement.
    ChangeStatement {
        /// Where.
        article: ArticleId,
        /// Which.
        id: AnnotationId,
        /// As it shall be.
        statement: Box<Statement>,
    },
    /// Give type and entity of one mention to all places of the same words
    /// ([`same_words`](crate::edit::same_words) finds them, so that the count shown before is the
    /// count done). Decided mentions that cross a place keep it as it is.
    ApplyToAll {
        /// Kind, type, entity and metonymy; its range does not count.
        like: Mention,
        /// Where.
        places: Vec<(ArticleId, TextRange)>,
    },
    /// Name, type, other names or roles of an entity; makes a new one where the id is new.
    SetEntity {
        /// Which.
        id: EntityId,
        /// As it shall be.
        entity: Entity,
    },
    /// Several entities are one, here and in articles to come.
    MergeEntities {
        /// Those that go.
        merged: Vec<EntityId>,
        /// The one that stays.
        into: EntityId,
    },
    /// These mentions name somebody else.
    SplitEntity {
        /// The mentions that go to the new entity.
        mentions: Vec<Annotation>,
        /// Id of the new entity (or of the one that they belong to).
        id: EntityId,
        /// The new entity.
        entity: Entity,
    },
    /// Two entities are never joined by the machine.
    NotSame {
        /// One.
        left: EntityId,
        /// The other.
        right: EntityId,
    },
    /// A rule for all articles, also those to come.
    AddRule(Rule),
    /// Take a rule back.
    RemoveRule(RuleId),
    /// Name, definition or phrases of an issue; makes a new one where the id is new.
    SetIssue {
        /// Which.
        id: IssueId,
        /// As it shall be.
        issue: Issue,
    },
    /// Take an issue out of the codebook; statements keep their phrase.
    RemoveIssue(IssueId),
    /// Name or definition of an entity type of the person's own.
    SetOwnType {
        /// Which.
        id: TypeId,
        /// As it shall be.
        own: OwnType,
    },
    /// Name, definition, kind or values of an own field; makes a new one where the id is new.
    SetField {
        /// Which.
        id: FieldId,
        /// As it shall be.
        field: Field,
    },
    /// Definition, colour, key of an act; the default takes all of it away.
    SetAct {
        /// Which.
        act: Act,
        /// As it shall be.
        entry: ActUse,
    },
    /// Take an own field away, with all its values.
    RemoveField(FieldId),
    /// Value of an own field of a statement; on a suggestion it confirms it.
    SetCode {
        /// Which statement.
        annotation: Annotation,
        /// Which field.
        field: FieldId,
        /// The value; empty takes it away.
        value: String,
    },
    /// A new entry of the timeline.
    AddEntry {
        /// What happened, when.
        entry: Entry,
        /// Whether it stands for itself, with its title.
        pinned: bool,
    },
    /// An entry of the timeline; makes a new one where the id is new.
    SetEntry {
        /// Which.
        id: EntryId,
        /// As it shall be.
        entry: Entry,
        /// Whether it stands for itself, with its title.
        pinned: bool,
    },
    /// Take an entry off the timeline.
    RemoveEntry(EntryId),
    /// Pin, colour or hide items of the timeline.
    SetLooks {
        /// Which.
        items: Vec<ItemKey>,
        /// What changes.
        change: LookChange,
    },
    /// Name of somebody who decides.
    SetCoder {
        /// Who.
        id: CoderId,
        /// Name on screen.
        name: String,
    },
    /// Name of the project.
    Rename(String),
    /// Several edits as one step of undo; those that change nothing are passed over.
    Together {
        /// Past tense, for toast and history.
        title: String,
        /// In order; each sees what those before it did.
        edits: Vec<Self>,
    },
}
