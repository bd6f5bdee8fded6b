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
mod features;
mod gazetteer;
mod rules;
mod train;

use std::sync::LazyLock;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{Mention, Suggested};
use crate::nlp::linear::{Damaged, Packed};
use crate::nlp::words::Word;
use crate::nlp::{Doc, Known};

pub use chain::Kind;
pub use gazetteer::Gazetteer;
pub use train::{Example, Gold, Settings, examples, train};

use chain::{KINDS, LABELS, Lattice, Part, Table, factors, part, transitions};
use rules::Found;

/// The model of this layer.
#[derive(Debug)]
pub struct NerModel {
    emissions: Packed,
    table: Box<Table>,
    gazetteer: &'static Gazetteer,
}

static EMBEDDED: LazyLock<NerModel> = LazyLock::new(|| {
    // a damaged file would be found by the tests; without a model only the rules find names
    let bytes = include_bytes!("../../../assets/models/ner/ner.bin");
    NerModel::from_packed(Packed::read(bytes).unwrap_or_default())
});

impl NerModel {
    /// Returns the model that is built in; read at the first call.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a model from the bytes of its file.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        Ok(Self::from_packed(Packed::read(bytes)?))
    }

    fn from_packed(emissions: Packed) -> Self {
        let table = transitions(&emissions);
        Self {
            emissions,
            table,
            gazetteer: Gazetteer::embedded(),
        }
    }
}

/// Returns the mentions of a tagged text, in the order of their start, outer ones before nested ones.
///
/// # Errors
/// When cancelled; asked once a sentence.
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
    for sentence in &doc.tokens.sentences {
        cancel.check()?;
        let (first, end) = (sentence.first.0 as usize, sentence.end.0 as usize);
        let Some(here) = words.get(first..end) else {
            continue;
        };
        let view = features::View::of(doc, here, first, gazetteer, &cases);
        reader.read(&view, here.len(), model, first, &mut found);
    }
    Ok(rules::finish(doc, words, found, gazetteer, known))
}

/// Working space of a run over sentences.
#[derive(Debug, Default)]
struct Reader {
    lattice: Lattice,
    keys: Vec<u32>,
}

impl Reader {
    fn read(
        &mut self,
        view: &features::View<'_>,
        count: usize,
        model: &NerModel,
        first: usize,
        out: &mut Vec<Found>,
    ) {
        self.lattice.emissions.clear();
        let mut sums = [0_i32; LABELS];
        for at in 0..count {
            features::keys(view, at, &mut self.keys);
            sums.fill(0);
            for key in &self.keys {
                model.emissions.add(*key, &mut sums);
            }
            let mut scores = [0.0; LABELS];
            for (score, sum) in scores.iter_mut().zip(sums) {
                #[expect(clippy::cast_precision_loss, reason = "sums of a few hundred bytes")]
                let sum = sum as f32;
                *score = sum * model.emissions.step();
            }
            factors(&mut scores);
            self.lattice.emissions.push(scores);
        }
        let path = self.lattice.best(&model.table);
        if path.iter().all(|label| *label == 0) {
            return;
        }
        self.lattice.sum(&model.table, &[]);
        let mut start = 0;
        let mut sure = 1.0_f32;
        for (at, label) in path.iter().enumerate() {
            let (place, kind) = part(*label);
            let likely = self.lattice.marginals(at)[*label];
            match place {
                Part::Outside => continue,
                Part::Begin | Part::Unit => (start, sure) = (at, likely),
                Part::Inside | Part::Last => sure = sure.min(likely),
            }
            if matches!(place, Part::Last | Part::Unit) {
                out.push(Found {
                    first: first + start,
                    end: first + at + 1,
                    entity_type: rules::plain_type(KINDS[kind.min(KINDS.len() - 1)]),
                    sure,
                });
            }
        }
    }
}
