//! Parts of speech, lemmas and dependencies in the way of Universal Dependencies.
//!
//! A greedy averaged perceptron gives each token one label that holds both the universal and the Penn tag
//! (after Honnibal 2013); suffix rules learnt from the treebanks give lemmas; an arc-hybrid parser trained with
//! a dynamic oracle (Goldberg & Nivre 2013, features after Zhang & Nivre 2011) gives one head a token.
//! Models: `assets/models/tag/`, with their card. Trees have one root a sentence and no crossing arcs.

mod labels;
mod lemma;
mod parser;
mod state;
mod tagger;
mod train;
mod treebank;

use std::sync::LazyLock;

use crate::jobs::{Cancel, Cancelled};
use crate::model::TokenIdx;
use crate::nlp::Doc;
use crate::nlp::linear::{Damaged, Packed};
use crate::nlp::words::Word;

pub use labels::{Labels, dep_from_ud, upos_from_ud};
pub use lemma::Lemmas;
pub use train::{Report, evaluate, labels_of, train_lemmas, train_parser, train_tagger};
pub use treebank::{Tree, read_conllu};

/// The models of this layer.
#[derive(Debug, Default)]
pub struct TagModel {
    pub(crate) labels: Labels,
    pub(crate) tagger: Packed,
    pub(crate) parser: Packed,
    pub(crate) lemmas: Lemmas,
}

static EMBEDDED: LazyLock<TagModel> = LazyLock::new(|| TagModel {
    labels: Labels::parse(include_str!("../../../assets/models/tag/labels.tsv")),
    // a damaged file would be found by the tests; without a model all tags are X
    tagger: Packed::read(include_bytes!("../../../assets/models/tag/tagger.bin"))
        .unwrap_or_default(),
    parser: Packed::read(include_bytes!("../../../assets/models/tag/parser.bin"))
        .unwrap_or_default(),
    lemmas: Lemmas::parse(include_str!("../../../assets/models/tag/lemmas.tsv")),
});

impl TagModel {
    /// Reads models from the bytes of their files, such as those just trained.
    ///
    /// # Errors
    /// When a file is damaged.
    pub fn read(
        labels: Labels,
        tagger: &[u8],
        parser: &[u8],
        lemmas: Lemmas,
    ) -> Result<Self, Damaged> {
        Ok(Self {
            labels,
            tagger: Packed::read(tagger)?,
            parser: Packed::read(parser)?,
            lemmas,
        })
    }

    /// Returns the models that are built in; read at the first call.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }
}

/// Looks at all words of a segmented text, for [`tag`] and the layers after it.
#[must_use]
pub fn words(doc: &Doc<'_>) -> Vec<Word> {
    let mut buffer = Vec::new();
    let count = doc.tokens.tokens.len();
    (0..count)
        .map(|at| {
            let token = TokenIdx(u32::try_from(at).unwrap_or(u32::MAX));
            Word::of(doc.word(token), &mut buffer)
        })
        .collect()
}

/// Fills in tags, lemmas and dependencies of a segmented text.
///
/// # Errors
/// When cancelled; asked once a sentence.
pub fn tag(
    doc: &mut Doc<'_>,
    words: &[Word],
    model: &TagModel,
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let count = words.len();
    doc.tags = Vec::with_capacity(count);
    doc.xpos = Vec::with_capacity(count);
    doc.lemmas = Vec::with_capacity(count);
    doc.heads = vec![None; count];
    doc.deps = vec![crate::nlp::Dep::Root; count];
    let mut tagger = tagger::Tagger::default();
    let mut parser = parser::Parser::default();
    let sentences = doc.tokens.sentences.clone();
    for sentence in sentences {
        cancel.check()?;
        let (first, end) = (sentence.first.0 as usize, sentence.end.0 as usize);
        let Some(here) = words.get(first..end) else {
            continue;
        };
        let tags = tagger.tags(here, &model.tagger);
        for (at, label) in tags.iter().enumerate() {
            let (upos, xpos) = model.labels.get(*label);
            let index = TokenIdx(sentence.first.0 + u32::try_from(at).unwrap_or_default());
            let lemma = model.lemmas.lemma(doc.word(index), upos, xpos);
            doc.tags.push(upos);
            doc.xpos.push(xpos);
            doc.lemmas.push(lemma);
        }
        parser.parse(here, tags, &model.parser);
        for (at, (head, dep)) in parser.arcs().enumerate() {
            doc.deps[first + at] = dep;
            doc.heads[first + at] =
                head.map(|h| TokenIdx(sentence.first.0 + u32::try_from(h).unwrap_or_default()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::segment::segment;
    use crate::nlp::{Dep, Upos};

    fn read(text: &str) -> Doc<'_> {
        let mut doc = Doc {
            text,
            tokens: segment(text),
            ..Doc::default()
        };
        let words = words(&doc);
        tag(&mut doc, &words, TagModel::embedded(), &Cancel::default()).unwrap();
        doc
    }

    #[test]
    fn a_plain_sentence_is_read() {
        let doc = read("The ministers rejected the proposal.");
        assert_eq!(
            doc.tags,
            [
                Upos::Det,
                Upos::Noun,
                Upos::Verb,
                Upos::Det,
                Upos::Noun,
                Upos::Punct
            ]
        );
        assert_eq!(
            doc.lemmas,
            ["the", "minister", "reject", "the", "proposal", "."]
        );
        assert_eq!(
            doc.deps,
            [
                Dep::Det,
                Dep::Nsubj,
                Dep::Root,
                Dep::Det,
                Dep::Obj,
                Dep::Punct
            ]
        );
        assert_eq!(doc.heads[1], Some(TokenIdx(2)));
        assert_eq!(doc.heads[2], None);
    }

    #[test]
    fn each_sentence_is_one_tree() {
        let text = "“We will not,” she said on Monday, as talks with Norland (its neighbour) went on. Well. 7 %\n\nA";
        let doc = read(text);
        for sentence in &doc.tokens.sentences {
            let range = sentence.first.0..sentence.end.0;
            let roots = range
                .clone()
                .filter(|t| doc.heads[*t as usize].is_none())
                .count();
            assert_eq!(roots, 1);
            for token in range.clone() {
                let mut at = token;
                let mut steps = 0;
                while let Some(head) = doc.heads[at as usize] {
                    assert!(range.contains(&head.0));
                    at = head.0;
                    steps += 1;
                    assert!(steps <= range.len(), "a circle");
                }
            }
        }
    }

    #[test]
    fn a_cancelled_reading_stops() {
        let cancel = Cancel::default();
        cancel.cancel();
        let text = "One.";
        let mut doc = Doc {
            text,
            tokens: segment(text),
            ..Doc::default()
        };
        let words = words(&doc);
        assert!(tag(&mut doc, &words, TagModel::embedded(), &cancel).is_err());
    }
}
