//! One text with its tokens, tags and dependencies. Owns them; all else are views.

use crate::model::{TextRange, TokenIdx, Tokens, slice};

/// Universal part-of-speech tags (universaldependencies.org/u/pos).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[allow(
    missing_docs,
    clippy::allow_attributes,
    reason = "the standard defines them"
)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

/// Universal dependency relations, without subtypes but for the ones that positions need
/// (universaldependencies.org/u/dep).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[allow(
    missing_docs,
    clippy::allow_attributes,
    reason = "the standard defines them"
)]
pub enum Dep {
    Acl,
    AclRelcl,
    Advcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    AuxPass,
    Case,
    Cc,
    Ccomp,
    Compound,
    CompoundPrt,
    Conj,
    Cop,
    Csubj,
    CsubjPass,
    Dep,
    Det,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    Iobj,
    List,
    Mark,
    Nmod,
    NmodPoss,
    Nsubj,
    NsubjPass,
    Nummod,
    Obj,
    Obl,
    OblAgent,
    OblTmod,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Root,
    Vocative,
    Xcomp,
    #[default]
    None,
}

/// A text and what the first layers say of it. All vectors have one entry a token.
#[derive(Debug, Clone, Default)]
pub struct Doc<'a> {
    /// The text.
    pub text: &'a str,
    /// Tokens and sentences.
    pub tokens: Tokens,
    /// Parts of speech.
    pub tags: Vec<Upos>,
    /// Penn tags where the tagger gives them (`VBD`, `NNP`): tense and number for later layers.
    pub xpos: Vec<&'static str>,
    /// Lemmas in lower case (names keep theirs).
    pub lemmas: Vec<String>,
    /// Heads; none for a root.
    pub heads: Vec<Option<TokenIdx>>,
    /// Relations to the heads.
    pub deps: Vec<Dep>,
}

impl<'a> Doc<'a> {
    /// Returns the characters of a token.
    #[must_use]
    pub fn word(&self, token: TokenIdx) -> &'a str {
        self.range(token)
            .map(|range| slice(self.text, range))
            .unwrap_or_default()
    }

    /// Returns the range of a token.
    #[must_use]
    pub fn range(&self, token: TokenIdx) -> Option<TextRange> {
        self.tokens
            .tokens
            .get(token.0 as usize)
            .map(|token| token.range)
    }

    /// Returns the words of a range.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &'a str {
        slice(self.text, range)
    }
}
