//! Mends trees where words prove the parser wrong: verbs in headlines and after *if* that it took for
//! nouns, participles that are the main verb, datelines, speakers behind their verb.
//!
//! Only what tags, neighbours and the lexicon of acts decide together; a sentence stays one tree.
//! Not here: learning (`tag`), what a clause means (`stance`).

mod heads;
mod verbs;

use crate::model::TokenIdx;
use crate::nlp::{Dep, Doc, Upos};

/// Mends all sentences of a doc.
pub(crate) fn mend(doc: &mut Doc<'_>) {
    for at in 0..doc.tokens.sentences.len() {
        let Some(sentence) = doc.tokens.sentences.get(at) else {
            continue;
        };
        let (first, end) = (sentence.first.0, sentence.end.0);
        let mut s = Sentence { doc, first, end };
        verbs::mend(&mut s);
        heads::mend(&mut s);
    }
}

/// One sentence that is being mended.
struct Sentence<'s, 'a> {
    doc: &'s mut Doc<'a>,
    first: u32,
    end: u32,
}

impl Sentence<'_, '_> {
    fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenIdx> + use<> {
        (self.first..self.end).map(TokenIdx)
    }

    fn inside(&self, at: u32) -> Option<TokenIdx> {
        (self.first..self.end).contains(&at).then_some(TokenIdx(at))
    }

    fn next(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.inside(token.0 + 1)
    }

    fn previous(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.inside(token.0.checked_sub(1)?)
    }

    fn word(&self, token: TokenIdx) -> &str {
        self.doc.word(token)
    }

    fn lower(&self, token: TokenIdx) -> String {
        self.doc.word(token).to_lowercase()
    }

    fn tag(&self, token: TokenIdx) -> Upos {
        let tag = self.doc.tags.get(token.0 as usize);
        tag.copied().unwrap_or_default()
    }

    fn xpos(&self, token: TokenIdx) -> &'static str {
        let tag = self.doc.xpos.get(token.0 as usize);
        tag.copied().unwrap_or_default()
    }

    fn lemma(&self, token: TokenIdx) -> &str {
        let lemma = self.doc.lemmas.get(token.0 as usize);
        lemma.map(String::as_str).unwrap_or_default()
    }

    fn head(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.doc.heads.get(token.0 as usize).copied().flatten()
    }

    fn dep(&self, token: TokenIdx) -> Dep {
        let dep = self.doc.deps.get(token.0 as usize);
        dep.copied().unwrap_or_default()
    }

    fn nominal(&self, token: TokenIdx) -> bool {
        matches!(self.tag(token), Upos::Noun | Upos::Propn | Upos::Pron)
    }

    fn children(&self, token: TokenIdx) -> Vec<TokenIdx> {
        self.tokens()
            .filter(|&t| self.head(t) == Some(token))
            .collect()
    }

    fn child(&self, token: TokenIdx, deps: &[Dep]) -> Option<TokenIdx> {
        self.tokens()
            .find(|&t| self.head(t) == Some(token) && deps.contains(&self.dep(t)))
    }

    fn case(&self, token: TokenIdx) -> Option<String> {
        self.child(token, &[Dep::Case]).map(|c| self.lower(c))
    }

    fn root(&self) -> Option<TokenIdx> {
        self.tokens().find(|&t| self.head(t).is_none())
    }

    fn finite(&self, token: TokenIdx) -> bool {
        matches!(self.xpos(token), "VBD" | "VBZ" | "VBP" | "MD")
    }

    fn set_tag(&mut self, token: TokenIdx, tag: Upos, xpos: &'static str) {
        let at = token.0 as usize;
        if let Some(slot) = self.doc.tags.get_mut(at) {
            *slot = tag;
        }
        if let Some(slot) = self.doc.xpos.get_mut(at) {
            *slot = xpos;
        }
    }

    fn set_lemma(&mut self, token: TokenIdx, lemma: String) {
        if let Some(slot) = self.doc.lemmas.get_mut(token.0 as usize) {
            *slot = lemma;
        }
    }

    fn set_dep(&mut self, token: TokenIdx, dep: Dep) {
        if let Some(slot) = self.doc.deps.get_mut(token.0 as usize) {
            *slot = dep;
        }
    }

    /// Hangs a word on another, unless that would make a circle.
    fn hang(&mut self, token: TokenIdx, head: TokenIdx, dep: Dep) {
        let mut at = Some(head);
        for _ in 0..=(self.end - self.first) {
            match at {
                Some(t) if t == token => return,
                Some(t) => at = self.head(t),
                None => break,
            }
        }
        if let Some(slot) = self.doc.heads.get_mut(token.0 as usize) {
            *slot = Some(head);
        }
        self.set_dep(token, dep);
    }

    /// Puts `new` into the place of `old` in the tree, and `old` below it.
    fn swap(&mut self, old: TokenIdx, new: TokenIdx, dep: Dep) {
        let (head, own) = (self.head(old), self.dep(old));
        // First free `new`, which may hang below `old`.
        if let Some(slot) = self.doc.heads.get_mut(new.0 as usize) {
            *slot = head;
        }
        self.set_dep(new, own);
        self.hang(old, new, dep);
    }
}

#[cfg(test)]
mod tests;
