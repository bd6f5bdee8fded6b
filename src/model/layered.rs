//! Two layers of truth: what the machine suggests and what a person decided, in two maps.
//!
//! A flag that analysis must respect is a promise; two maps are a structure. The engine's output
//! enters by [`Layered::replace_suggestions`], which cannot reach `decided`; a person's operations
//! write `decided` and never touch `suggested`.
//!
//! The *effective view* ([`Layered::effective`]) is decided ∪ (suggested − masked). A decision masks
//! the suggestion it came from and those of the same kind that conflict with it; a rejected one
//! masks all that say the same of the same words.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::masks::{Masks, masks};
use crate::model::{AnnotationId, CoderId, TextRange};

/// How sure the engine is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f32);

impl Confidence {
    /// Returns `value` cut to 0…1; what is no number is 0.
    #[must_use]
    pub fn new(value: f32) -> Self {
        Self(if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0)
        })
    }

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }
}

/// Milliseconds since 1970, from the clock port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// Something the engine found.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested<T> {
    /// What.
    pub value: T,
    /// How sure.
    pub confidence: Confidence,
    /// Which layer, with its version: `ner 0.1`.
    pub by: String,
}

/// What a person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A suggestion is right, as it was or as corrected.
    Confirmed,
    /// Nothing was suggested.
    Added,
    /// The suggestion is wrong, or an earlier decision is taken back.
    Rejected,
}

/// Something a person decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided<T> {
    /// What.
    pub value: T,
    /// How.
    pub verdict: Verdict,
    /// Who.
    pub coder: CoderId,
    /// When.
    pub at: Timestamp,
    /// The suggestion that it came from, kept for good with engine and confidence.
    pub origin: Option<Suggested<T>>,
    /// The person's note.
    pub note: String,
}

impl<T: PartialEq> Decided<T> {
    /// Whether the person changed what was suggested.
    #[must_use]
    pub fn corrected(&self) -> bool {
        self.origin
            .as_ref()
            .is_some_and(|origin| origin.value != self.value)
    }
}

/// A kind of annotation that can be suggested and decided.
pub trait Layer: Clone + PartialEq {
    /// The words that it stands on, for ordering and for showing.
    fn anchor(&self) -> TextRange;
    /// Whether both say the same of the same words: a rejection of one masks the other.
    fn says_same(&self, other: &Self) -> bool;
    /// Whether both cannot be true at once: a decision for one masks a suggestion of the other.
    fn conflicts(&self, other: &Self) -> bool;
    /// Whether all that says the same or conflicts touches the anchor. The effective view looks
    /// there only.
    fn is_anchored(&self) -> bool {
        true
    }
}

/// Suggestions and decisions of one kind in one article. Suggestions are shared between copies: a
/// person's edit copies decisions only.
#[derive(Debug, Clone, PartialEq)]
pub struct Layered<T> {
    suggested: Arc<BTreeMap<AnnotationId, Suggested<T>>>,
    decided: BTreeMap<AnnotationId, Decided<T>>,
}

impl<T> Default for Layered<T> {
    fn default() -> Self {
        Self {
            suggested: Arc::default(),
            decided: BTreeMap::new(),
        }
    }
}

/// One row of the effective view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effective<'a, T> {
    /// Only suggested.
    Suggested(&'a Suggested<T>),
    /// Confirmed or added.
    Decided(&'a Decided<T>),
}

impl<'a, T> Effective<'a, T> {
    /// Returns what it says.
    #[must_use]
    pub fn value(&self) -> &'a T {
        match self {
            Self::Suggested(s) => &s.value,
            Self::Decided(d) => &d.value,
        }
    }

    /// Whether a person decided it.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        matches!(self, Self::Decided(_))
    }

    /// Returns the engine's confidence, for what is only suggested.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        match self {
            Self::Suggested(s) => Some(s.confidence),
            Self::Decided(_) => None,
        }
    }
}

impl<T: Layer> Layered<T> {
    /// Returns the suggestions.
    #[must_use]
    pub fn suggested(&self) -> &BTreeMap<AnnotationId, Suggested<T>> {
        &self.suggested
    }

    /// Returns the decisions, rejected ones too.
    #[must_use]
    pub fn decided(&self) -> &BTreeMap<AnnotationId, Decided<T>> {
        &self.decided
    }

    /// Replaces all suggestions. Decisions stay as they are, byte for byte.
    pub fn replace_suggestions(&mut self, suggested: BTreeMap<AnnotationId, Suggested<T>>) {
        self.suggested = Arc::new(suggested);
    }

    /// Sets or removes one decision and returns the one before. Only `edit` calls this, through an
    /// operation that can be undone.
    pub fn set_decided(
        &mut self,
        id: AnnotationId,
        record: Option<Decided<T>>,
    ) -> Option<Decided<T>> {
        match record {
            Some(record) => self.decided.insert(id, record),
            None => self.decided.remove(&id),
        }
    }

    /// Returns what holds: decisions that are not rejections, and suggestions that no decision
    /// masks; by words, then id.
    #[must_use]
    pub fn effective(&self) -> Vec<(AnnotationId, Effective<'_, T>)> {
        let mut rows: Vec<_> = self
            .decided
            .iter()
            .filter(|(_, d)| d.verdict != Verdict::Rejected)
            .map(|(id, d)| (*id, Effective::Decided(d)))
            .collect();
        let decisions = Masks::new(&self.decided);
        rows.extend(
            self.suggested
                .iter()
                .filter(|(id, s)| !decisions.mask(**id, s))
                .map(|(id, s)| (*id, Effective::Suggested(s))),
        );
        rows.sort_by_key(|(id, row)| {
            let anchor = row.value().anchor();
            (anchor.start(), std::cmp::Reverse(anchor.end()), *id)
        });
        rows
    }

    /// Returns the row of `id` in the effective view.
    #[must_use]
    pub fn get(&self, id: AnnotationId) -> Option<Effective<'_, T>> {
        if let Some(decided) = self.decided.get(&id) {
            return (decided.verdict != Verdict::Rejected).then_some(Effective::Decided(decided));
        }
        let suggested = self.suggested.get(&id)?;
        let masked = self
            .decided
            .values()
            .any(|decided| masks(decided, &suggested.value));
        (!masked).then_some(Effective::Suggested(suggested))
    }
}
