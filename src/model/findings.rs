//! What the engine found in one article. There is no room here for a decision.

use std::collections::BTreeMap;

use crate::model::{
    Act, Attribution, Entity, EntityId, IssueId, Mention, Party, Polarity, Statement, Suggested,
    TextRange, Timex,
};

/// Index of a token, valid in one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenIdx(pub u32);

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Its characters.
    pub range: TextRange,
}

/// A sentence: its characters, and its tokens as a half-open range of indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sentence {
    /// From the first token's start to the last token's end.
    pub range: TextRange,
    /// First token.
    pub first: TokenIdx,
    /// Token after the last.
    pub end: TokenIdx,
}

/// Segmentation of a text. Tokens are in order and do not overlap; each is in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All sentences.
    pub sentences: Vec<Sentence>,
}

impl Tokens {
    /// Returns the sentence that holds `range`'s start, else the last before it.
    #[must_use]
    pub fn sentence_at(&self, range: TextRange) -> Option<&Sentence> {
        let after = self
            .sentences
            .partition_point(|s| s.range.start() <= range.start());
        self.sentences.get(after.checked_sub(1)?)
    }
}

/// An entity that mentions of the article point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityProposal {
    /// Name, type, aliases and roles as this article gives them.
    pub entity: Entity,
    /// Whether it stands in the built-in gazetteer (and so needs no joining by name).
    pub known: bool,
    /// For a place: whether it has a government of its own (city, province), so that formats which
    /// tell the two apart write `GPE`, not `LOC`.
    pub governed: bool,
}

/// An issue that statements of the article point to: the phrase in its plainest form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueProposal {
    /// The phrase.
    pub name: String,
}

/// A side that one name of a sentence takes towards another by the words between them, where no
/// statement says so of these two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// Who.
    pub holder: Party,
    /// Towards whom.
    pub target: Party,
    /// Which side.
    pub polarity: Polarity,
    /// The nearest act.
    pub act: Act,
    /// The word that says most.
    pub cue: TextRange,
    /// Whether it is the surest by syntax of a sentence in which no statement has a target.
    pub surest: bool,
    /// Whether it is what is read of these two names where those of every two are asked for.
    pub pair: bool,
}

/// All layers' output for one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Which engine: name and version.
    pub engine: String,
    /// Hash of the text that was read.
    pub text_hash: String,
    /// Sentences and tokens.
    pub tokens: Tokens,
    /// Mentions, sorted by start, then longest first.
    pub mentions: Vec<Suggested<Mention>>,
    /// Time expressions in order.
    pub timexes: Vec<Suggested<Timex>>,
    /// Attributions in order.
    pub attributions: Vec<Suggested<Attribution>>,
    /// Statements by cue.
    pub statements: Vec<Suggested<Statement>>,
    /// Entities named.
    pub entities: BTreeMap<EntityId, EntityProposal>,
    /// Noun phrases that mean the same, actors or not; for measuring and export, so not kept in a
    /// project's cache.
    pub chains: Vec<Vec<TextRange>>,
    /// Weak relations of names, for measuring and export; not kept in a project's cache.
    pub relations: Vec<Suggested<Relation>>,
    /// Issues named.
    pub issues: BTreeMap<IssueId, IssueProposal>,
}
