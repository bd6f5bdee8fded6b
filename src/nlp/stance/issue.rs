//! The shortest phrase that says what a position is about.

use crate::model::{IssueId, TextRange, TokenIdx};
use crate::nlp::stance::sides;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// An issue's phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) head: TokenIdx,
    pub(super) range: TextRange,
    pub(super) clause: bool,
}

/// The phrase of a clause, its mark and (if `cut`) its subject left out.
pub(super) fn clause(tree: &Tree<'_, '_>, head: TokenIdx, cut: Option<TokenIdx>) -> Option<Phrase> {
    let words = tree.subtree_without(head, &|t| {
        Some(t) == cut
            || t > head
                && matches!(tree.dep(t), Dep::Advcl | Dep::Xcomp)
                && sides::condition(tree, t)
            || tree.head(t) == Some(head)
                && match tree.dep(t) {
                    Dep::Mark => true,
                    Dep::Advcl | Dep::Parataxis => t > head,
                    Dep::Conj => tree.tag(t) == Upos::Verb,
                    Dep::Cc => conj_verb(tree, head),
                    Dep::OblTmod => true,
                    Dep::Aux => cut.is_some(),
                    _ => false,
                }
    });
    phrase(tree, head, &words, true)
}

fn conj_verb(tree: &Tree<'_, '_>, head: TokenIdx) -> bool {
    tree.children_with(head, &[Dep::Conj])
        .any(|c| tree.tag(c) == Upos::Verb)
}

/// The phrase of a noun: without article, preposition, relative clause.
pub(super) fn nominal(tree: &Tree<'_, '_>, head: TokenIdx) -> Option<Phrase> {
    let words = tree.subtree_without(head, &|t| {
        let own = tree.head(t) == Some(head);
        match tree.dep(t) {
            Dep::AclRelcl | Dep::Parataxis | Dep::Advcl => true,
            Dep::Det => own && t < head,
            Dep::Case => own && t < head,
            Dep::Appos => own,
            _ => false,
        }
    });
    phrase(tree, head, &words, false)
}

fn phrase(tree: &Tree<'_, '_>, head: TokenIdx, words: &[TokenIdx], clause: bool) -> Option<Phrase> {
    let asks = matches!(
        tree.lower(head).as_str(),
        "what" | "who" | "whom" | "which" | "whatever" | "whoever"
    );
    if asks || !clause && tree.in_time(head) {
        return None; // neither names what a position is about
    }
    // What is contiguous with the head: a hole means that something was cut out on purpose.
    let at = words.iter().position(|&w| w == head)?;
    let mut first = at;
    while first > 0 && gap(tree, words.get(first - 1), words.get(first)) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < words.len() && gap(tree, words.get(last), words.get(last + 1)) {
        last += 1;
    }
    let mut run = words.get(first..=last)?;
    while let [word, rest @ ..] = run
        && *word != head
        && (tree.tag(*word) == Upos::Punct && !opening(tree.doc.word(*word))
            || tree.tag(*word) == Upos::Cconj
            || clause && (tree.in_time(*word) || tree.dep(*word) == Dep::Mark))
    {
        run = rest;
    }
    while let [rest @ .., word] = run
        && *word != head
        && (tree.tag(*word) == Upos::Punct && !closing(tree.doc.word(*word))
            || tree.tag(*word) == Upos::Cconj)
    {
        run = rest;
    }
    let range = tree.cover(unquoted(tree, run));
    (!range.is_empty()).then_some(Phrase {
        head,
        range,
        clause,
    })
}

/// Without a quotation mark at one end that has no partner inside.
fn unquoted<'w>(tree: &Tree<'_, '_>, mut run: &'w [TokenIdx]) -> &'w [TokenIdx] {
    let mark = |t: TokenIdx| matches!(tree.doc.word(t), "“" | "”" | "\"");
    while let [first, rest @ ..] = run
        && !rest.is_empty()
        && mark(*first)
        && !rest.iter().any(|&t| mark(t))
    {
        run = rest;
    }
    while let [rest @ .., last] = run
        && !rest.is_empty()
        && (mark(*last) && !rest.iter().any(|&t| mark(t)) || tree.doc.word(*last) == ".")
    {
        run = rest;
    }
    run
}

fn gap(tree: &Tree<'_, '_>, left: Option<&TokenIdx>, right: Option<&TokenIdx>) -> bool {
    let (Some(&left), Some(&right)) = (left, right) else {
        return false;
    };
    // Marks and single cut words do not break the phrase.
    right.0 - left.0 <= 2 && tree.sentence(left) == tree.sentence(right)
}

fn opening(word: &str) -> bool {
    matches!(word, "“" | "\"" | "(" | "[")
}

fn closing(word: &str) -> bool {
    matches!(word, "”" | "\"" | ")" | "]")
}

/// The words of a phrase as they are shown: a quotation mark whose partner lies outside is left out.
pub(super) fn label(words: &str) -> String {
    let straight = !words.matches('"').count().is_multiple_of(2);
    let curled = words.matches('“').count() != words.matches('”').count();
    let alone = |c: &char| straight && *c == '"' || curled && matches!(c, '“' | '”');
    words.chars().filter(|c| !alone(c)).collect()
}

/// The plainest form of a phrase, for grouping: lemmas in lower case without articles and marks.
pub(super) fn plain(tree: &Tree<'_, '_>, range: TextRange) -> String {
    let mut words = Vec::new();
    for token in tree.covered(range) {
        let skip = matches!(tree.tag(token), Upos::Det | Upos::Punct | Upos::Part)
            || matches!(tree.lower(token).as_str(), "'s" | "’s");
        if skip {
            continue;
        }
        let lemma = tree.lemma(token).to_lowercase();
        words.push(if lemma.is_empty() {
            tree.lower(token)
        } else {
            lemma
        });
    }
    words.join(" ")
}

/// The id that a plain phrase has in every article.
pub(super) fn id(plain: &str) -> IssueId {
    IssueId::hashed(&[b"issue", plain.as_bytes()])
}
