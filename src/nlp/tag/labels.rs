//! The labels of tagger and parser, and their names in Universal Dependencies.

use crate::nlp::{Dep, Upos};

/// All parts of speech with their names.
const UPOS: [(Upos, &str); 17] = [
    (Upos::Adj, "ADJ"),
    (Upos::Adp, "ADP"),
    (Upos::Adv, "ADV"),
    (Upos::Aux, "AUX"),
    (Upos::Cconj, "CCONJ"),
    (Upos::Det, "DET"),
    (Upos::Intj, "INTJ"),
    (Upos::Noun, "NOUN"),
    (Upos::Num, "NUM"),
    (Upos::Part, "PART"),
    (Upos::Pron, "PRON"),
    (Upos::Propn, "PROPN"),
    (Upos::Punct, "PUNCT"),
    (Upos::Sconj, "SCONJ"),
    (Upos::Sym, "SYM"),
    (Upos::Verb, "VERB"),
    (Upos::X, "X"),
];

/// All relations that the parser gives, with their names. The order is part of the model: append only.
pub(super) const DEPS: [(Dep, &str); 44] = [
    (Dep::Acl, "acl"),
    (Dep::AclRelcl, "acl:relcl"),
    (Dep::Advcl, "advcl"),
    (Dep::Advmod, "advmod"),
    (Dep::Amod, "amod"),
    (Dep::Appos, "appos"),
    (Dep::Aux, "aux"),
    (Dep::AuxPass, "aux:pass"),
    (Dep::Case, "case"),
    (Dep::Cc, "cc"),
    (Dep::Ccomp, "ccomp"),
    (Dep::Compound, "compound"),
    (Dep::CompoundPrt, "compound:prt"),
    (Dep::Conj, "conj"),
    (Dep::Cop, "cop"),
    (Dep::Csubj, "csubj"),
    (Dep::CsubjPass, "csubj:pass"),
    (Dep::Dep, "dep"),
    (Dep::Det, "det"),
    (Dep::Discourse, "discourse"),
    (Dep::Dislocated, "dislocated"),
    (Dep::Expl, "expl"),
    (Dep::Fixed, "fixed"),
    (Dep::Flat, "flat"),
    (Dep::Goeswith, "goeswith"),
    (Dep::Iobj, "iobj"),
    (Dep::List, "list"),
    (Dep::Mark, "mark"),
    (Dep::Nmod, "nmod"),
    (Dep::NmodPoss, "nmod:poss"),
    (Dep::Nsubj, "nsubj"),
    (Dep::NsubjPass, "nsubj:pass"),
    (Dep::Nummod, "nummod"),
    (Dep::Obj, "obj"),
    (Dep::Obl, "obl"),
    (Dep::OblAgent, "obl:agent"),
    (Dep::OblTmod, "obl:tmod"),
    (Dep::Orphan, "orphan"),
    (Dep::Parataxis, "parataxis"),
    (Dep::Punct, "punct"),
    (Dep::Reparandum, "reparandum"),
    (Dep::Root, "root"),
    (Dep::Vocative, "vocative"),
    (Dep::Xcomp, "xcomp"),
];

/// Returns the relation of a name; a subtype that we do not keep gives its main type.
#[must_use]
pub fn dep_from_ud(name: &str) -> Dep {
    let name = match name {
        "obl:unmarked" => "obl:tmod", // mostly times: "came Monday"
        other => other,
    };
    let find = |name: &str| {
        DEPS.iter()
            .find(|(_, known)| *known == name)
            .map(|(dep, _)| *dep)
    };
    find(name)
        .or_else(|| find(name.split(':').next()?))
        .unwrap_or(Dep::Dep)
}

/// Returns the part of speech of a name.
#[must_use]
pub fn upos_from_ud(name: &str) -> Upos {
    UPOS.iter()
        .find(|(_, known)| *known == name)
        .map_or(Upos::X, |(upos, _)| *upos)
}

pub(super) fn upos_name(upos: Upos) -> &'static str {
    UPOS.iter()
        .find(|(known, _)| *known == upos)
        .map_or("X", |(_, name)| name)
}

/// The tagger's labels: a universal and a Penn tag each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(Vec<(Upos, &'static str)>);

impl Labels {
    /// Reads a label a line: `NOUN NN`, separated by a tab.
    #[must_use]
    pub fn parse(file: &'static str) -> Self {
        Self(
            file.lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.split_once('\t'))
                .map(|(upos, xpos)| (upos_from_ud(upos), xpos))
                .collect(),
        )
    }

    /// Returns the tags of a label.
    #[must_use]
    pub fn get(&self, label: u8) -> (Upos, &'static str) {
        self.0.get(usize::from(label)).copied().unwrap_or_default()
    }

    /// Returns the label of two tags.
    #[must_use]
    pub fn find(&self, upos: Upos, xpos: &str) -> Option<u8> {
        let at = self.0.iter().position(|(u, x)| *u == upos && *x == xpos)?;
        u8::try_from(at).ok()
    }

    /// Number of labels.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
