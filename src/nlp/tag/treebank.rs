//! Reads CoNLL-U for training and scoring.

use super::labels::{dep_from_ud, upos_from_ud};
use crate::nlp::{Dep, Upos};

/// A sentence of a treebank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// Words.
    pub forms: Vec<String>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Universal tags.
    pub upos: Vec<Upos>,
    /// Penn tags.
    pub xpos: Vec<String>,
    /// Heads in the sentence; none for the root.
    pub heads: Vec<Option<usize>>,
    /// Relations.
    pub deps: Vec<Dep>,
    /// Whether a blank follows.
    pub spaces: Vec<bool>,
    /// Whether a paragraph begins here.
    pub starts_paragraph: bool,
}

/// Returns the sentences of a CoNLL-U file; ranges and empty nodes are left out.
#[must_use]
pub fn read_conllu(file: &str) -> Vec<Tree> {
    let mut out = Vec::new();
    let mut tree = Tree::default();
    for line in file.lines() {
        if line.is_empty() {
            if !tree.forms.is_empty() {
                out.push(std::mem::take(&mut tree));
            }
        } else if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            tree.starts_paragraph = true;
        } else if !line.starts_with('#') {
            add(line, &mut tree);
        }
    }
    if !tree.forms.is_empty() {
        out.push(tree);
    }
    out
}

fn add(line: &str, tree: &mut Tree) {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, dep, _, misc] = fields.as_slice() else {
        return;
    };
    if let Some((_, last)) = id.split_once('-') {
        // a word of several tokens: blanks inside it are none
        tree.spaces.truncate(tree.forms.len());
        let last: usize = last.parse().unwrap_or_default();
        for at in tree.forms.len()..last {
            tree.spaces
                .push(at + 1 == last && !misc.contains("SpaceAfter=No"));
        }
        return;
    }
    if id.contains('.') {
        return;
    }
    tree.forms.push((*form).to_owned());
    tree.lemmas.push((*lemma).to_owned());
    tree.upos.push(upos_from_ud(upos));
    tree.xpos.push((*xpos).to_owned());
    let head: usize = head.parse().unwrap_or_default();
    tree.heads.push(head.checked_sub(1));
    tree.deps.push(dep_from_ud(dep));
    if tree.spaces.len() < tree.forms.len() {
        tree.spaces.push(!misc.contains("SpaceAfter=No"));
    }
}
