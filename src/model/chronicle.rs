//! What a person does to the timeline itself: entries that no article dates, and how items look.

use crate::model::id::ids;
use crate::model::{Annotation, ArticleId, Modifier, Swatch, TimexValue};

ids! {
    /// An entry of the person's own.
    EntryId;
}

/// Something that no article dates, put on the timeline by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened, in the person's words.
    pub title: String,
    /// When, as exactly as it is known.
    pub value: TimexValue,
    /// *early*, *about*, *since*.
    pub modifier: Option<Modifier>,
    /// Name of the lane that it stands in: the lane that is called so, else one of its own. Empty
    /// for the lane of entries that belong nowhere else.
    pub lane: String,
    /// Anything more.
    pub note: String,
}

/// What the timeline shows, as something that a look can be kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKey {
    /// A statement or a time expression.
    Annotation(Annotation),
    /// The publication of an article.
    Publication(ArticleId),
    /// An entry of the person's own.
    Entry(EntryId),
}

impl ItemKey {
    /// Returns the article that it stands in, if any.
    #[must_use]
    pub fn article(self) -> Option<ArticleId> {
        match self {
            Self::Annotation(at) => Some(at.article),
            Self::Publication(article) => Some(article),
            Self::Entry(_) => None,
        }
    }
}

/// How an item of the timeline looks by a person's word. The default is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ItemLook {
    /// It stands for itself, with its words, however dense the place is.
    pub pinned: bool,
    /// It is not shown on the timeline. It counts elsewhere as before.
    pub hidden: bool,
    /// Its colour, in place of that of its side.
    pub colour: Option<Swatch>,
}

/// A change of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookChange {
    /// Pin it, or let it go.
    Pin(bool),
    /// Hide it, or show it again.
    Hide(bool),
    /// Give it a colour, or take it away.
    Colour(Option<Swatch>),
}

impl ItemLook {
    /// Returns the look with one thing changed.
    #[must_use]
    pub fn with(self, change: LookChange) -> Self {
        match change {
            LookChange::Pin(pinned) => Self { pinned, ..self },
            LookChange::Hide(hidden) => Self { hidden, ..self },
            LookChange::Colour(colour) => Self { colour, ..self },
        }
    }
}
