//! Names of people, peoples, states, organisations, places, facilities, weapons, agreements and events.
//!
//! A linear-chain conditional random field over BILOU labels finds names of five types from words, shapes,
//! word groups, tags, governors and lists ([`Gazetteer`]); rules kept as data in `assets/lexicons/` then tell
//! states from other places and find agreements, events, facilities and weapons; a second look over the text
//! gives a name the type that it has elsewhere. Mentions have no leading *the*, no final *'s*, no title; nested
//! ones are kept. Model: `assets/models/ner/`, with its card.
//!
//! Not here: which entity a mention names (`link`).

mod chain;
mod encoder;
mod features;
mod gazetteer;
mod phrase;
mod rules;
mod train;

use std::sync::LazyLock;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{Mention, Suggested};
use crate::nlp::linear::{Damaged, Packed};
use crate::nlp::words::Word;
use crate::nlp::{Doc, Known};

pub use chain::Kind;
pub use encoder::Example as Window;
pub use gazetteer::Gazetteer;
pub use phrase::with_titles;
pub use train::{Example, Gold, Settings, examples, train, windows};

use encoder::Encoder;

use chain::{KINDS, LABELS, Lattice, Part, Table, factors, part, transitions};
use features::{Cases, View};
use rules::Found;

/// The model of this layer.
#[derive(Debug)]
pub struct NerModel {
    emissions: Packed,
    /// Transitions of the field alone, and beside the encoder.
    alone: Box<Table>,
    beside: Box<Table>,
    gazetteer: &'static Gazetteer,
    encoder: Option<&'static Encoder>,
    weights: Weights,
}

/// How much the field and the encoder count, as powers of their likelihoods; tuned on development texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Of the field.
    pub field: f32,
    /// Of the encoder.
    pub encoder: f32,
    /// The encoder is asked about words of which the field is less sure than this.
    pub doubt: f32,
    /// How many words on each side of such a word it reads.
    pub reach: usize,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            field: 0.5,
            encoder: 0.7,
            doubt: 0.95,
            reach: 12,
        }
    }
}

static EMBEDDED: LazyLock<NerModel> = LazyLock::new(|| {
    // a damaged file would be found by the tests; without a model only the rules find names
    let bytes = include_bytes!("../../../assets/models/ner/ner.bin");
    NerModel::from_packed(Packed::read(bytes).unwrap_or_default(), Encoder::embedded())
});

impl NerModel {
    /// Returns the model that is built in; read at the first call.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a field from the bytes of its file; works without the encoder.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        Ok(Self::from_packed(Packed::read(bytes)?, None))
    }

    fn from_packed(emissions: Packed, encoder: Option<&'static Encoder>) -> Self {
        let weights = Weights::default();
        Self {
            alone: transitions(&emissions, 1.0),
            beside: transitions(&emissions, weights.field),
            emissions,
            gazetteer: Gazetteer::embedded(),
            encoder,
            weights,
        }
    }

    /// Returns the field that is built in with another encoder, from the bytes of its table and its graph.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn with_encoder(table: &[u8], graph: &'static [u8]) -> Result<Self, Damaged> {
        let encoder = Encoder::read(table, graph).ok_or(Damaged)?;
        let built_in = Self::embedded();
        Ok(Self {
            alone: built_in.alone.clone(),
            beside: built_in.beside.clone(),
            emissions: built_in.emissions.clone(),
            gazetteer: built_in.gazetteer,
            encoder: Some(Box::leak(Box::new(encoder))),
            weights: built_in.weights,
        })
    }

    /// Lets field and encoder count otherwise.
    #[must_use]
    pub fn weighted(self, weights: Weights) -> Self {
        Self {
            beside: transitions(&self.emissions, weights.field),
            weights,
            ..self
        }
    }
}

/// A sentence, what lists and tags say of its words, and which of them can be part of a name.
#[derive(Debug)]
struct Sentence<'s> {
    first: usize,
    view: View<'s>,
    open: Vec<bool>,
    /// Which words the encoder reads.
    read: Vec<bool>,
    /// Scores of the field, none for words that are not open.
    scores: Vec<Option<[f32; LABELS]>>,
}

fn sentences<'s>(
    doc: &Doc<'_>,
    words: &'s [Word],
    gazetteer: &Gazetteer,
    cases: &Cases,
) -> Vec<Sentence<'s>> {
    let all = !encoder::has_capitals(words);
    let mut out = Vec::with_capacity(doc.tokens.sentences.len());
    for sentence in &doc.tokens.sentences {
        let (first, end) = (sentence.first.0 as usize, sentence.end.0 as usize);
        if let Some(here) = words.get(first..end) {
            out.push(Sentence {
                first,
                view: View::of(doc, here, first, gazetteer, cases),
                open: encoder::open(here, all || encoder::is_small(here)),
                read: vec![true; here.len()],
                scores: Vec::new(),
            });
        }
    }
    out
}

/// Returns the mentions of a tagged text, in the order of their start, outer ones before nested ones.
///
/// The field reads every sentence; the encoder reads those that the field is not sure of.
///
/// # Errors
/// When cancelled; asked once a sentence and once a window.
pub fn mentions(
    doc: &Doc<'_>,
    words: &[Word],
    model: &NerModel,
    known: &Known,
    cancel: &Cancel,
) -> Result<Vec<Suggested<Mention>>, Cancelled> {
    let gazetteer = model.gazetteer;
    let cases = features::cases(doc, words);
    let mut found = Vec::new();
    let mut reader = Reader::default();
    let mut doubtful = Vec::new();
    for mut sentence in sentences(doc, words, gazetteer, &cases) {
        cancel.check()?;
        if sentence.open.contains(&true) {
            reader.score(&mut sentence, model);
            let before = found.len();
            reader.decode(&sentence, model, None, &mut found);
            if model.encoder.is_some() && reader.doubts(&mut sentence, model.weights) {
                found.truncate(before);
                doubtful.push(sentence);
            }
        }
    }
    if let Some(encoder) = model.encoder {
        let scores = encoder.scores(doc, &doubtful, words.len(), cancel)?;
        for sentence in &doubtful {
            reader.decode(sentence, model, Some(&scores), &mut found);
        }
        found.sort_by_key(|name| name.first);
    }
    Ok(rules::finish(doc, words, found, gazetteer, known))
}

/// Working space of a run over sentences.
#[derive(Debug, Default)]
struct Reader {
    lattice: Lattice,
    keys: Vec<u32>,
    /// How sure each label on the best path is.
    sure: Vec<f32>,
}

/// Emissions of a word that cannot be part of a name: nearly nothing but outside.
const OUTSIDE: [f32; LABELS] = {
    let mut row = [1e-6; LABELS];
    row[0] = 1.0;
    row
};

impl Reader {
    /// Fills in the scores of the field.
    fn score(&mut self, sentence: &mut Sentence<'_>, model: &NerModel) {
        let (view, keys) = (&sentence.view, &mut self.keys);
        let row = |(at, open): (usize, &bool)| {
            open.then(|| {
                features::keys(view, at, keys);
                let mut sums = [0_i32; LABELS];
                model.emissions.add(keys, &mut sums);
                #[expect(clippy::cast_precision_loss, reason = "sums of a few hundred bytes")]
                sums.map(|sum| sum as f32 * model.emissions.step())
            })
        };
        sentence.scores = sentence.open.iter().enumerate().map(row).collect();
    }

    /// Appends the names of the best path.
    fn decode(
        &mut self,
        sentence: &Sentence<'_>,
        model: &NerModel,
        encoded: Option<&encoder::Scores>,
        out: &mut Vec<Found>,
    ) {
        let weights = model.weights;
        let table = if encoded.is_some() {
            &model.beside
        } else {
            &model.alone
        };
        self.lattice.emissions.clear();
        for (at, field) in sentence.scores.iter().enumerate() {
            let Some(mut row) = *field else {
                self.lattice.emissions.push(OUTSIDE);
                continue;
            };
            let encoded = encoded.and_then(|rows| *rows.get(sentence.first + at)?);
            if let Some(encoded) = encoded {
                for (score, other) in row.iter_mut().zip(encoded) {
                    *score = *score * weights.field + other * weights.encoder;
                }
            }
            factors(&mut row);
            self.lattice.emissions.push(row);
        }
        let path = self.lattice.best(table);
        self.lattice.sum(table, &[]);
        self.names(&path, sentence, out);
    }

    /// Marks what the encoder reads: the words of which the field is not sure and those around them.
    fn doubts(&self, sentence: &mut Sentence<'_>, weights: Weights) -> bool {
        let count = sentence.read.len();
        sentence.read.fill(false);
        let mut any = false;
        for (at, sure) in self.sure.iter().enumerate() {
            if *sure < weights.doubt {
                any = true;
                let from = at.saturating_sub(weights.reach);
                let end = (at + weights.reach + 1).min(count);
                if let Some(part) = sentence.read.get_mut(from..end) {
                    part.fill(true);
                }
            }
        }
        any
    }

    fn names(&mut self, path: &[usize], sentence: &Sentence<'_>, out: &mut Vec<Found>) {
        let (mut start, mut sure) = (0, 1.0_f32);
        self.sure.clear();
        self.sure.resize(path.len(), 1.0);
        for (at, label) in path.iter().enumerate() {
            if sentence.open.get(at) != Some(&true) {
                continue;
            }
            let (place, kind) = part(*label);
            let likely = self.lattice.marginals(at)[*label];
            self.sure[at] = likely;
            match place {
                Part::Outside => continue,
                Part::Begin | Part::Unit => (start, sure) = (at, likely),
                Part::Inside | Part::Last => sure = sure.min(likely),
            }
            if matches!(place, Part::Last | Part::Unit) {
                out.push(Found {
                    first: sentence.first + start,
                    end: sentence.first + at + 1,
                    entity_type: rules::plain_type(KINDS[kind.min(KINDS.len() - 1)]),
                    sure,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
