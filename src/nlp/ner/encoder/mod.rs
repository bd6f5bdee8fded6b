//! The encoder: a small transformer that reads pieces of words in windows and says how likely each label is.
//!
//! Its first layer is a table look-up done here (`table`): the vector of the piece, of its place and of what is
//! known of the word. The rest is an ONNX graph in whole numbers of eight bits, run by `rten` on the calling
//! thread. Only words that can be part of a name go through the last layer (`window`).
//!
//! Same words, same numbers on one machine; machines with other vector units may round differently.
//! Model: `assets/models/encoder/`, with its card and the program that trains it.

mod pieces;
mod table;
mod window;

use std::sync::{Arc, LazyLock};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::AsView as _;

use crate::jobs::{Cancel, Cancelled};
use crate::model::TokenIdx;
use crate::nlp::Doc;
use crate::nlp::words::Word;

use super::Sentence;
use super::chain::LABELS;
use super::gazetteer::Gazetteer;
use pieces::Vocabulary;
use table::Table;
use window::{Packer, Window};
pub(super) use window::{has_capitals, is_small, open};

/// The model, read once.
#[derive(Debug)]
pub(super) struct Encoder {
    vocabulary: Vocabulary,
    table: Table,
    graph: Graph,
}

struct Graph {
    model: Model,
    input: NodeId,
    rows: NodeId,
    output: NodeId,
}

thread_local! {
    /// A pool of one for each thread that reads articles: those run side by side already, and a shared pool
    /// would make them wait for each other.
    static POOL: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
}

impl Graph {
    /// Returns the scores of the rows, one after the other.
    fn run(&self, input: NdTensor<f32, 2>, rows: NdTensor<i32, 1>) -> Option<Vec<f32>> {
        let options = RunOptions::default().with_thread_pool(Some(POOL.with(Arc::clone)));
        let inputs = vec![(self.input, input.into()), (self.rows, rows.into())];
        let [scores] = self
            .model
            .run_n(inputs, [self.output], Some(options))
            .ok()?;
        let scores: NdTensor<f32, 2> = scores.try_into().ok()?;
        Some(scores.to_vec())
    }
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph").finish_non_exhaustive()
    }
}

static VOCABULARY: &str = include_str!("../../../../assets/models/encoder/vocabulary.txt");

// a damaged file would be found by the tests; without the encoder the field alone finds names
static EMBEDDED: LazyLock<Option<Encoder>> = LazyLock::new(|| {
    Encoder::read(
        include_bytes!("../../../../assets/models/encoder/table.bin"),
        include_bytes!("../../../../assets/models/encoder/encoder.onnx"),
    )
});

/// Scores of the labels of a text's words; none for a word that cannot be part of a name.
pub(super) type Scores = Vec<Option<[f32; LABELS]>>;

impl Encoder {
    /// Returns the model that is built in; read at the first call.
    pub(super) fn embedded() -> Option<&'static Self> {
        EMBEDDED.as_ref()
    }

    /// Reads a model from the bytes of its two files; none when they are damaged.
    pub(super) fn read(table: &[u8], graph: &'static [u8]) -> Option<Self> {
        let vocabulary = Vocabulary::parse(VOCABULARY);
        let table = Table::read(table, vocabulary.len())?;
        // weights laid out once at the start: a third less time a window
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load_static_slice(graph)
            .ok()?;
        let node = |name| model.node_id(name).ok();
        let (input, rows, output) = (node("x")?, node("rows")?, node("y")?);
        Some(Self {
            vocabulary,
            table,
            graph: Graph {
                model,
                input,
                rows,
                output,
            },
        })
    }

    /// Reads some sentences of a text of `words` words.
    ///
    /// # Errors
    /// When cancelled; asked once a window.
    pub(super) fn scores(
        &self,
        doc: &Doc<'_>,
        sentences: &[Sentence<'_>],
        words: usize,
        cancel: &Cancel,
    ) -> Result<Scores, Cancelled> {
        let mut out = vec![None; words];
        for window in windows(&self.vocabulary, doc, sentences) {
            cancel.check()?;
            self.read_window(&window, &mut out);
        }
        Ok(out)
    }

    fn read_window(&self, window: &Window, out: &mut Scores) {
        let open: Vec<&window::Entry> = window.words.iter().filter(|word| word.open).collect();
        if open.is_empty() {
            return;
        }
        // one place on, for the mark before the window
        let rows: Vec<i32> = open
            .iter()
            .filter_map(|word| i32::try_from(word.piece + 1).ok())
            .collect();
        let mut space = Vec::new();
        let count = self.table.vectors(window, &mut space);
        let input = NdTensor::from_data([count, table::WIDTH], space);
        let rows = NdTensor::from_data([rows.len()], rows);
        let Some(scores) = self.graph.run(input, rows) else {
            return;
        };
        for (word, row) in open.iter().zip(scores.chunks_exact(LABELS)) {
            if let (Some(place), Ok(row)) = (out.get_mut(word.token), row.try_into()) {
                *place = Some(row);
            }
        }
    }
}

/// Cuts sentences of a text into windows.
fn windows(vocabulary: &Vocabulary, doc: &Doc<'_>, sentences: &[Sentence<'_>]) -> Vec<Window> {
    let mut packer = Packer::new(vocabulary);
    for sentence in sentences {
        let read = sentence.read.iter().zip(&sentence.open).enumerate();
        let read = read.filter_map(|(at, (read, open))| read.then_some((at, *open)));
        packer.add(&sentence.view, sentence.first, read, |at| {
            u32::try_from(at).map_or("", |at| doc.word(TokenIdx(at)))
        });
    }
    packer.finish()
}

/// A window as the training program reads it: of each word its pieces, its codes, and the labels allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// Pieces of each word.
    pub pieces: Vec<Vec<u16>>,
    /// Codes of each word.
    pub codes: Vec<Vec<u8>>,
    /// Labels allowed at each word, a bit each.
    pub allowed: Vec<u32>,
    /// Whether each word can be part of a name.
    pub open: Vec<bool>,
}

/// Cuts a tagged text into examples; `allowed` has an entry a token.
pub(super) fn examples(
    doc: &Doc<'_>,
    words: &[Word],
    allowed: &[u32],
    gazetteer: &Gazetteer,
) -> Vec<Example> {
    let vocabulary = Vocabulary::parse(VOCABULARY);
    let cases = super::features::cases(doc, words);
    let mut out = Vec::new();
    let sentences = super::sentences(doc, words, gazetteer, &cases);
    for window in windows(&vocabulary, doc, &sentences) {
        let mut example = Example::default();
        for (at, word) in window.words.iter().enumerate() {
            example.pieces.push(window.pieces_of(at).to_vec());
            example.codes.push(window.codes_of(at).to_vec());
            example
                .allowed
                .push(allowed.get(word.token).copied().unwrap_or(1));
            example.open.push(word.open);
        }
        out.push(example);
    }
    out
}

#[cfg(test)]
mod tests;
