//! Entries of the log: which records were changed, from what to what.

use std::sync::Arc;

use crate::edit::record::{Record, write};
use crate::model::{
    Act, ActUse, Annotation, AnnotationId, AnnotationKind, Article, ArticleId, ArticleMeta,
    Attribution, CoderId, Codes, Decided, Entity, EntityId, Entry, EntryId, Field, FieldId, Issue,
    IssueId, ItemKey, ItemLook, Mention, OperationId, OwnType, Project, ProjectInfo, Rule, RuleId,
    Statement, TextRange, Timestamp, Timex, TypeId,
};

/// Which annotation, where the kind is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationKey {
    /// In which article.
    pub article: ArticleId,
    /// Which.
    pub id: AnnotationId,
}

/// One record before and after. No record on either side means that it is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta<K, V> {
    /// Which record.
    pub key: K,
    /// As it was.
    pub before: Option<V>,
    /// As it is.
    pub after: Option<V>,
}

impl<K, V> Delta<K, V> {
    fn turned(self) -> Self {
        Self {
            key: self.key,
            before: self.after,
            after: self.before,
        }
    }
}

/// The smallest step: one record of one kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Name of the project.
    Info(Box<Delta<(), ProjectInfo>>),
    /// An article comes or goes, with its text and what is known of it.
    Article(Box<Delta<ArticleId, Arc<Article>>>),
    /// Title, outlet, date, review state or note of an article.
    Meta(Box<Delta<ArticleId, ArticleMeta>>),
    /// A decided mention.
    Mention(Box<Delta<AnnotationKey, Decided<Mention>>>),
    /// A decided time expression.
    Timex(Box<Delta<AnnotationKey, Decided<Timex>>>),
    /// A decided attribution.
    Attribution(Box<Delta<AnnotationKey, Decided<Attribution>>>),
    /// A decided statement.
    Statement(Box<Delta<AnnotationKey, Decided<Statement>>>),
    /// A decided entity.
    Entity(Box<Delta<EntityId, Decided<Entity>>>),
    /// A rule.
    Rule(Box<Delta<RuleId, Rule>>),
    /// An issue.
    Issue(Box<Delta<IssueId, Issue>>),
    /// An own type.
    OwnType(Box<Delta<TypeId, OwnType>>),
    /// Somebody who decides.
    Coder(Box<Delta<CoderId, String>>),
    /// An own field.
    Field(Box<Delta<FieldId, Field>>),
    /// How an act is used.
    Act(Box<Delta<Act, ActUse>>),
    /// Values of own fields of a statement.
    Codes(Box<Delta<AnnotationKey, Codes>>),
    /// An entry of the timeline.
    Entry(Box<Delta<EntryId, Entry>>),
    /// How an item of the timeline looks.
    Look(Box<Delta<ItemKey, ItemLook>>),
}

/// Which record a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKey {
    /// The project's name.
    Info,
    /// An article.
    Article(ArticleId),
    /// What is known of an article.
    Meta(ArticleId),
    /// A decided annotation.
    Annotation(Annotation),
    /// An entity.
    Entity(EntityId),
    /// A rule.
    Rule(RuleId),
    /// An issue.
    Issue(IssueId),
    /// An own type.
    OwnType(TypeId),
    /// A coder.
    Coder(CoderId),
    /// An own field.
    Field(FieldId),
    /// An act.
    Act(Act),
    /// The values of a statement.
    Codes(AnnotationKey),
    /// An entry of the timeline.
    Entry(EntryId),
    /// How an item of the timeline looks.
    Look(ItemKey),
}

impl AnnotationKey {
    /// Returns the reference with its kind.
    #[must_use]
    pub fn of_kind(self, kind: AnnotationKind) -> Annotation {
        Annotation {
            article: self.article,
            kind,
            id: self.id,
        }
    }
}

/// Calls `$body` with `$delta` bound to what is inside, whatever the kind.
macro_rules! each_kind {
    ($change:expr, $delta:ident => $body:expr) => {
        match $change {
            Change::Info($delta) => $body,
            Change::Article($delta) => $body,
            Change::Meta($delta) => $body,
            Change::Mention($delta) => $body,
            Change::Timex($delta) => $body,
            Change::Attribution($delta) => $body,
            Change::Statement($delta) => $body,
            Change::Entity($delta) => $body,
            Change::Rule($delta) => $body,
            Change::Issue($delta) => $body,
            Change::OwnType($delta) => $body,
            Change::Coder($delta) => $body,
            Change::Field($delta) => $body,
            Change::Act($delta) => $body,
            Change::Codes($delta) => $body,
            Change::Entry($delta) => $body,
            Change::Look($delta) => $body,
        }
    };
}

fn key_of<R: Record>(delta: &Delta<R::Key, R>) -> ChangeKey {
    R::change_key(delta.key)
}

fn turned<R: Record>(delta: Delta<R::Key, R>) -> Change {
    R::change(delta.turned())
}

impl Change {
    /// Returns which record it is about.
    #[must_use]
    pub fn key(&self) -> ChangeKey {
        each_kind!(self, delta => key_of(delta))
    }

    /// Returns the article that it touches, if any.
    #[must_use]
    pub fn article(&self) -> Option<ArticleId> {
        match self.key() {
            ChangeKey::Article(id) | ChangeKey::Meta(id) => Some(id),
            ChangeKey::Annotation(at) => Some(at.article),
            ChangeKey::Codes(at) => Some(at.article),
            ChangeKey::Look(item) => item.article(),
            ChangeKey::Info
            | ChangeKey::Entity(_)
            | ChangeKey::Rule(_)
            | ChangeKey::Issue(_)
            | ChangeKey::OwnType(_)
            | ChangeKey::Field(_)
            | ChangeKey::Act(_)
            | ChangeKey::Coder(_)
            | ChangeKey::Entry(_) => None,
        }
    }

    /// Returns the change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        each_kind!(self, delta => turned(*delta))
    }

    /// Whether before and after are the same.
    pub(super) fn is_idle(&self) -> bool {
        each_kind!(self, delta => delta.before == delta.after)
    }

    fn apply(&self, project: &mut Project) {
        each_kind!(self, delta => write(project, delta));
    }
}

/// Where undo goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The article.
    pub article: ArticleId,
    /// The words; none for the article as a whole.
    pub range: Option<TextRange>,
}

/// Whether an operation is new, or takes others back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// An edit.
    Do,
    /// Takes back `of` and all that joined it by gesture.
    Undo {
        /// The first operation taken back.
        of: OperationId,
    },
    /// Does again what the undo `of` took back.
    Redo {
        /// The undo taken back.
        of: OperationId,
    },
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// The one before it; [`History::push`](crate::edit::History::push) sets it.
    pub parent: Option<OperationId>,
    /// Who.
    pub coder: CoderId,
    /// When.
    pub at: Timestamp,
    /// Past tense, for toast and history: *Statement confirmed*. An undo has the title of what it
    /// takes back.
    pub title: String,
    /// Where undo goes to.
    pub place: Option<Place>,
    /// What, in order.
    pub changes: Vec<Change>,
    /// New, undo or redo.
    pub kind: OperationKind,
    /// Steps that follow each other with the same gesture (a drag, a run of one key) are one step
    /// of undo.
    pub gesture: Option<u64>,
}

/// Makes the changes of an operation. Those of an article that is not there are passed over.
pub fn apply(project: &mut Project, operation: &Operation) {
    for change in &operation.changes {
        change.apply(project);
    }
}

/// Returns the changes that take an operation back, in the order to make them.
#[must_use]
pub fn inverse(operation: &Operation) -> Vec<Change> {
    operation
        .changes
        .iter()
        .rev()
        .cloned()
        .map(Change::inverse)
        .collect()
}
