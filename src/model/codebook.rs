//! The person's definitions: issues and own entity types.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{TypeId, id::ids};

ids! {
    /// An issue. A suggested one is the hash of its phrase.
    IssueId;
}

impl IssueId {
    /// Returns the id of a phrase: the same for the same words, whatever their case and articles.
    #[must_use]
    pub fn of_phrase(phrase: &str) -> Self {
        let lower = phrase.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.'))
            .filter(|word| !word.is_empty() && !matches!(*word, "the" | "a" | "an"))
            .collect();
        Self::hashed(&[b"issue", words.join(" ").as_bytes()])
    }
}

/// What positions are about, once per project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Issue {
    /// Name on screen.
    pub name: String,
    /// What belongs to it, in the person's words.
    pub definition: String,
    /// Phrases that belong to it, with their direction.
    pub links: BTreeSet<IssueLink>,
}

/// A phrase of an issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueLink {
    /// The suggested issue (the hash of a phrase) that joins this one.
    pub phrase: IssueId,
    /// Whether support of the phrase opposes the issue (*end to the ban* in *ban*).
    pub reversed: bool,
}

/// An entity type of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnType {
    /// Name on screen.
    pub name: String,
    /// What belongs to it.
    pub definition: String,
}

/// All definitions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codebook {
    /// Issues that a person named or grouped.
    pub issues: BTreeMap<IssueId, Issue>,
    /// Own entity types.
    pub types: BTreeMap<TypeId, OwnType>,
}
