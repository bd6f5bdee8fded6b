//! The dependency trees of a [`Doc`], with what the later layers ask of them.

use crate::model::{TextRange, TextSize, TokenIdx};
use crate::nlp::{Dep, Doc, Upos};

/// Children, sentence and position look-up for a doc. Built once, shared by the layers.
#[derive(Debug)]
pub(crate) struct Tree<'d, 'a> {
    /// What it is a view of.
    pub(crate) doc: &'d Doc<'a>,
    children: Vec<Vec<TokenIdx>>,
    sentence: Vec<usize>,
    /// Times of the text, in order: what hangs on a verb as its time is no argument of it.
    times: Vec<TextRange>,
}

impl<'d, 'a> Tree<'d, 'a> {
    /// Builds the view. A doc without heads gives a forest of single words.
    pub(crate) fn new(doc: &'d Doc<'a>) -> Self {
        let count = doc.tokens.tokens.len();
        let mut children = vec![Vec::new(); count];
        for (index, head) in doc.heads.iter().enumerate().take(count) {
            if let Some(list) = head.and_then(|head| children.get_mut(head.0 as usize)) {
                list.push(idx(index));
            }
        }
        let mut sentence = vec![0; count];
        for (number, s) in doc.tokens.sentences.iter().enumerate() {
            for slot in sentence
                .iter_mut()
                .take(s.end.0 as usize)
                .skip(s.first.0 as usize)
            {
                *slot = number;
            }
        }
        Self {
            doc,
            children,
            sentence,
            times: Vec::new(),
        }
    }

    /// Says where the times of the text stand.
    pub(crate) fn with_times(mut self, times: impl Iterator<Item = TextRange>) -> Self {
        self.times = times.collect();
        self
    }

    /// Whether a token belongs to a time.
    pub(crate) fn in_time(&self, token: TokenIdx) -> bool {
        let Some(range) = self.doc.range(token) else {
            return false;
        };
        let after = self
            .times
            .partition_point(|time| time.start() <= range.start());
        let time = after.checked_sub(1).and_then(|at| self.times.get(at));
        time.is_some_and(|time| time.contains_range(range))
    }

    /// All tokens.
    pub(crate) fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenIdx> + use<> {
        (0..self.children.len()).map(idx)
    }

    /// Number of the sentence of a token.
    pub(crate) fn sentence(&self, token: TokenIdx) -> usize {
        self.sentence
            .get(token.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Tokens of a sentence.
    pub(crate) fn in_sentence(
        &self,
        number: usize,
    ) -> impl DoubleEndedIterator<Item = TokenIdx> + use<> {
        let (first, end) = self
            .doc
            .tokens
            .sentences
            .get(number)
            .map_or((0, 0), |s| (s.first.0, s.end.0));
        (first..end).map(TokenIdx)
    }

    /// Range of a sentence.
    pub(crate) fn sentence_range(&self, number: usize) -> TextRange {
        self.doc
            .tokens
            .sentences
            .get(number)
            .map(|s| s.range)
            .unwrap_or_default()
    }

    /// Relation of a token to its head.
    pub(crate) fn dep(&self, token: TokenIdx) -> Dep {
        self.doc
            .deps
            .get(token.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Part of speech.
    pub(crate) fn tag(&self, token: TokenIdx) -> Upos {
        self.doc
            .tags
            .get(token.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Penn tag, empty where unknown.
    pub(crate) fn xpos(&self, token: TokenIdx) -> &'static str {
        self.doc
            .xpos
            .get(token.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Lemma.
    pub(crate) fn lemma(&self, token: TokenIdx) -> &'d str {
        self.doc
            .lemmas
            .get(token.0 as usize)
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// Lower-case word.
    pub(crate) fn lower(&self, token: TokenIdx) -> String {
        self.doc.word(token).to_lowercase()
    }

    /// Head.
    pub(crate) fn head(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.doc.heads.get(token.0 as usize).copied().flatten()
    }

    /// Characters of a token.
    pub(crate) fn range(&self, token: TokenIdx) -> TextRange {
        self.doc.range(token).unwrap_or_default()
    }

    /// Children in order.
    pub(crate) fn children(&self, token: TokenIdx) -> &[TokenIdx] {
        self.children
            .get(token.0 as usize)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// First child with this relation.
    pub(crate) fn child(&self, token: TokenIdx, dep: Dep) -> Option<TokenIdx> {
        self.children(token)
            .iter()
            .copied()
            .find(|&child| self.dep(child) == dep)
    }

    /// Children with one of these relations.
    pub(crate) fn children_with<'s>(
        &'s self,
        token: TokenIdx,
        deps: &'s [Dep],
    ) -> impl Iterator<Item = TokenIdx> + 's {
        self.children(token)
            .iter()
            .copied()
            .filter(|&child| deps.contains(&self.dep(child)))
    }

    /// All tokens below and including `token`, in text order.
    pub(crate) fn subtree(&self, token: TokenIdx) -> Vec<TokenIdx> {
        self.subtree_without(token, &|_| false)
    }

    /// Like [`Self::subtree`], leaving out children (with all below) for which `cut` holds.
    pub(crate) fn subtree_without(
        &self,
        token: TokenIdx,
        cut: &dyn Fn(TokenIdx) -> bool,
    ) -> Vec<TokenIdx> {
        let mut found = vec![token];
        let mut next = 0;
        while let Some(&at) = found.get(next) {
            next += 1;
            found.extend(self.children(at).iter().copied().filter(|&c| !cut(c)));
            if found.len() > self.children.len() {
                break; // a cycle, which no parser should make
            }
        }
        found.sort_unstable();
        found
    }

    /// Range from the first to the last token of `token`'s subtree.
    pub(crate) fn span(&self, token: TokenIdx) -> TextRange {
        self.cover(&self.subtree(token))
    }

    /// Range from the first to the last of `tokens`.
    pub(crate) fn cover(&self, tokens: &[TokenIdx]) -> TextRange {
        tokens
            .iter()
            .map(|&token| self.range(token))
            .reduce(TextRange::cover)
            .unwrap_or_default()
    }

    /// The token that holds a byte, or the first one after it.
    pub(crate) fn at(&self, offset: TextSize) -> Option<TokenIdx> {
        let tokens = &self.doc.tokens.tokens;
        let index = tokens.partition_point(|token| token.range.end() <= offset);
        (index < tokens.len()).then(|| idx(index))
    }

    /// Tokens that share characters with `range`.
    pub(crate) fn covered(&self, range: TextRange) -> impl Iterator<Item = TokenIdx> + use<> {
        let tokens = &self.doc.tokens.tokens;
        let first = tokens.partition_point(|token| token.range.end() <= range.start());
        let end = tokens.partition_point(|token| token.range.start() < range.end());
        (first..end.max(first)).map(idx)
    }

    /// The token of `range` whose head lies outside it: its syntactic head.
    pub(crate) fn head_of(&self, range: TextRange) -> Option<TokenIdx> {
        let mut last = None;
        for token in self.covered(range) {
            last = Some(token);
            let outside = self.head(token).is_none_or(|head| {
                range
                    .intersect(self.range(head))
                    .is_none_or(TextRange::is_empty)
            });
            if outside && self.tag(token) != Upos::Punct {
                return Some(token);
            }
        }
        last
    }

    /// Whether `above` is `token` or one of its ancestors.
    pub(crate) fn dominates(&self, above: TokenIdx, token: TokenIdx) -> bool {
        let mut at = Some(token);
        for _ in 0..100 {
            match at {
                Some(t) if t == above => return true,
                Some(t) => at = self.head(t),
                None => return false,
            }
        }
        false
    }

    /// `token` and the words coordinated with it, if it is the first of them.
    pub(crate) fn conjuncts(&self, token: TokenIdx) -> Vec<TokenIdx> {
        let mut all = vec![token];
        all.extend(self.children_with(token, &[Dep::Conj]));
        all
    }

    /// The preposition or case mark of a nominal, in lower case (*according to*: `according`).
    pub(crate) fn preposition(&self, token: TokenIdx) -> Option<String> {
        self.children_with(token, &[Dep::Case])
            .find(|&c| !matches!(self.doc.word(c), "'s" | "’s" | "'" | "’"))
            .map(|c| self.lower(c))
    }

    /// Whether the word is a noun, name, pronoun or number.
    pub(crate) fn nominal(&self, token: TokenIdx) -> bool {
        matches!(
            self.tag(token),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym
        )
    }
}

/// An index as a token.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a text is at most 4 GiB, so has fewer tokens than that"
)]
pub(crate) fn idx(index: usize) -> TokenIdx {
    TokenIdx(index as u32)
}

#[cfg(test)]
pub(crate) mod fixture {
    //! Docs by hand: one word a piece, `form[|lemma]/UPOS[.XPOS]/head/dep`, heads count from 1 in
    //! the sentence; a line is a sentence.

    use super::idx;
    use crate::model::{Sentence, TextRange, Token, TokenIdx, Tokens};
    use crate::nlp::{Dep, Doc, Upos};

    const UPOS: &[(&str, Upos)] = &[
        ("ADJ", Upos::Adj),
        ("ADP", Upos::Adp),
        ("ADV", Upos::Adv),
        ("AUX", Upos::Aux),
        ("CCONJ", Upos::Cconj),
        ("DET", Upos::Det),
        ("NOUN", Upos::Noun),
        ("NUM", Upos::Num),
        ("PART", Upos::Part),
        ("PRON", Upos::Pron),
        ("PROPN", Upos::Propn),
        ("PUNCT", Upos::Punct),
        ("SCONJ", Upos::Sconj),
        ("VERB", Upos::Verb),
    ];
    const DEPS: &[(&str, Dep)] = &[
        ("acl", Dep::Acl),
        ("acl:relcl", Dep::AclRelcl),
        ("advcl", Dep::Advcl),
        ("advmod", Dep::Advmod),
        ("amod", Dep::Amod),
        ("appos", Dep::Appos),
        ("aux", Dep::Aux),
        ("aux:pass", Dep::AuxPass),
        ("case", Dep::Case),
        ("cc", Dep::Cc),
        ("ccomp", Dep::Ccomp),
        ("compound", Dep::Compound),
        ("compound:prt", Dep::CompoundPrt),
        ("conj", Dep::Conj),
        ("cop", Dep::Cop),
        ("det", Dep::Det),
        ("flat", Dep::Flat),
        ("iobj", Dep::Iobj),
        ("mark", Dep::Mark),
        ("nmod", Dep::Nmod),
        ("nmod:poss", Dep::NmodPoss),
        ("nsubj", Dep::Nsubj),
        ("nsubj:pass", Dep::NsubjPass),
        ("nummod", Dep::Nummod),
        ("obj", Dep::Obj),
        ("obl", Dep::Obl),
        ("obl:agent", Dep::OblAgent),
        ("obl:tmod", Dep::OblTmod),
        ("parataxis", Dep::Parataxis),
        ("punct", Dep::Punct),
        ("root", Dep::Root),
        ("xcomp", Dep::Xcomp),
    ];

    /// Returns the text of the rows: words with blanks between, none before marks and *'s*.
    pub(crate) fn text(rows: &str) -> String {
        let mut text = String::new();
        for piece in rows.split_whitespace() {
            let form = piece.split('/').next().unwrap();
            let form = form.split('|').next().unwrap();
            if !text.is_empty()
                && !matches!(form, "," | "." | "'s" | "”" | ":")
                && !text.ends_with('“')
            {
                text.push(' ');
            }
            text.push_str(form);
        }
        text
    }

    /// Returns the doc of the rows over `text`, which [`text()`] made of them.
    pub(crate) fn doc<'a>(rows: &str, text: &'a str) -> Doc<'a> {
        let mut doc = Doc {
            text,
            tokens: Tokens::default(),
            ..Doc::default()
        };
        let mut at = 0;
        for line in rows.lines().filter(|line| !line.trim().is_empty()) {
            let first = doc.tokens.tokens.len();
            for piece in line.split_whitespace() {
                let fields: Vec<_> = piece.split('/').collect();
                let [form, tag, head, dep] = fields[..] else {
                    panic!("{piece}: form/tag/head/dep")
                };
                let (form, lemma) = form.split_once('|').unwrap_or((form, ""));
                let (upos, xpos) = tag.split_once('.').unwrap_or((tag, ""));
                let start = at + text.get(at..).unwrap().find(form).unwrap();
                at = start + form.len();
                let range = TextRange::new(
                    u32::try_from(start).unwrap().into(),
                    u32::try_from(at).unwrap().into(),
                );
                doc.tokens.tokens.push(Token { range });
                doc.tags
                    .push(UPOS.iter().find(|(n, _)| *n == upos).unwrap().1);
                doc.xpos.push(Box::leak(xpos.to_owned().into_boxed_str()));
                doc.lemmas.push(if lemma.is_empty() {
                    if upos == "PROPN" {
                        form.to_owned()
                    } else {
                        form.to_lowercase()
                    }
                } else {
                    lemma.to_owned()
                });
                let head: usize = head.parse().unwrap();
                doc.heads.push((head > 0).then(|| idx(first + head - 1)));
                doc.deps.push(
                    DEPS.iter()
                        .find(|(n, _)| *n == dep)
                        .unwrap_or_else(|| panic!("{dep}"))
                        .1,
                );
            }
            let tokens = &doc.tokens.tokens;
            let range = tokens[first].range.cover(tokens[tokens.len() - 1].range);
            doc.tokens.sentences.push(Sentence {
                range,
                first: idx(first),
                end: TokenIdx(u32::try_from(tokens.len()).unwrap()),
            });
        }
        doc
    }
}
