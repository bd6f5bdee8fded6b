//! The person's definitions: issues and own entity types.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{TypeId, id::ids};

ids! {
    /// An issue. A suggested one is the hash of its phrase.
    IssueId;
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
