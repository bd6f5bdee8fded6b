//! Trains the field with `AdaGrad` (Duchi et al. 2011) on one thread in a fixed order, and scores it.
//!
//! Training sets differ in what they annotate, so gold is a set of labels a token: where a source says only
//! *miscellaneous*, the path may be outside, a people or an event, whichever the rest makes likelier.

use rustc_hash::FxHashMap;

use super::chain::{Kind, LABELS, Lattice, Table, factors, follows, label, transition_key};
use super::encoder::{self, Example as Window};
use super::features::{View, cases, keys};
use super::gazetteer::{Gazetteer, is};
use crate::model::{TextRange, TokenIdx};
use crate::nlp::Doc;
use crate::nlp::linear::Packed;
use crate::nlp::words::Word;

/// A gold mention of a training text; no type where the source says only that it is something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gold {
    /// Its words.
    pub range: TextRange,
    /// Its type.
    pub kind: Option<Kind>,
}

/// A sentence as keys, and the labels allowed at each token.
#[derive(Debug, Clone, Default)]
pub struct Example {
    rows: Vec<Vec<u32>>,
    allowed: Vec<u32>,
}

/// Makes examples of a tagged text and its gold mentions.
#[must_use]
pub fn examples(
    doc: &Doc<'_>,
    words: &[Word],
    gold: &[Gold],
    gazetteer: &Gazetteer,
) -> Vec<Example> {
    let allowed = allowed(doc, words, gold, gazetteer);
    let cases = cases(doc, words);
    let mut out = Vec::new();
    for sentence in &doc.tokens.sentences {
        let (first, end) = (sentence.first.0 as usize, sentence.end.0 as usize);
        let Some(here) = words.get(first..end) else {
            continue;
        };
        let view = View::of(doc, here, first, gazetteer, &cases);
        let mut rows = Vec::with_capacity(here.len());
        for at in 0..here.len() {
            let mut row = Vec::new();
            keys(&view, at, &mut row);
            rows.push(row);
        }
        out.push(Example {
            rows,
            allowed: allowed[first..end].to_vec(),
        });
    }
    out
}

/// Makes windows for the encoder of a tagged text and its gold mentions. In `unsure` ranges any label will do.
#[must_use]
pub fn windows(
    doc: &Doc<'_>,
    words: &[Word],
    gold: &[Gold],
    unsure: &[TextRange],
    gazetteer: &Gazetteer,
) -> Vec<Window> {
    let mut allowed = allowed(doc, words, gold, gazetteer);
    for (token, labels) in doc.tokens.tokens.iter().zip(&mut allowed) {
        let touches =
            |range: &TextRange| range.intersect(token.range).is_some_and(|r| !r.is_empty());
        if unsure.iter().any(touches) {
            *labels = (1 << LABELS) - 1;
        }
    }
    encoder::examples(doc, words, &allowed, gazetteer)
}

fn allowed(doc: &Doc<'_>, words: &[Word], gold: &[Gold], gazetteer: &Gazetteer) -> Vec<u32> {
    let mut out = vec![1_u32; words.len()];
    for (word, labels) in words.iter().zip(&mut out) {
        let bits = gazetteer.exactly(&[*word]);
        let people = is::ADJECTIVE | is::DEMONYM | is::NORP;
        if bits & people != 0 && bits & (is::STATE | is::PLACE) == 0 && word.is_capital() {
            *labels = 1 << label(Kind::Norp, true, true);
        }
    }
    for mention in gold {
        let Some((first, end)) = tokens_of(doc, mention.range) else {
            continue;
        };
        for (at, allowed) in (first..end).zip(out.iter_mut().take(end).skip(first)) {
            match mention.kind {
                Some(kind) => *allowed = 1 << label(kind, at == first, at + 1 == end),
                None if *allowed == 1 => {
                    for kind in [Kind::Norp, Kind::Event] {
                        *allowed |= 1 << label(kind, at == first, at + 1 == end);
                    }
                }
                None => {}
            }
        }
    }
    close(&mut out);
    out
}

/// A name cut by a sentence end would leave no path: open what is broken.
fn close(allowed: &mut [u32]) {
    let broken = |left: u32, right: u32| {
        !(0..LABELS).any(|from| {
            left >> from & 1 == 1 && (0..LABELS).any(|to| right >> to & 1 == 1 && follows(from, to))
        })
    };
    for at in 1..allowed.len() {
        if broken(allowed[at - 1], allowed[at]) {
            allowed[at - 1] |= 1;
            allowed[at] |= 1;
        }
    }
}

/// Returns the tokens that a range covers exactly.
fn tokens_of(doc: &Doc<'_>, range: TextRange) -> Option<(usize, usize)> {
    let tokens = &doc.tokens.tokens;
    let first = tokens.partition_point(|token| token.range.start() < range.start());
    let end = tokens.partition_point(|token| token.range.end() <= range.end());
    let exact = first < end
        && doc.range(TokenIdx(u32::try_from(first).ok()?))?.start() == range.start()
        && tokens.get(end - 1)?.range.end() == range.end();
    exact.then_some((first, end))
}

/// How the training goes.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Rounds over the data.
    pub epochs: usize,
    /// Features seen less often fall out.
    pub min_count: u32,
    /// First step of `AdaGrad`.
    pub rate: f32,
    /// Pull towards zero at each touch.
    pub decay: f32,
    /// Weights below this fall out of the packed model.
    pub floor: f32,
    /// Share of features hidden at each look, so that none is relied on alone.
    pub hidden: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 9,
            min_count: 2,
            rate: 0.1,
            decay: 1e-4,
            floor: 0.03,
            hidden: 0.3,
        }
    }
}

struct Field {
    index: FxHashMap<u32, u32>,
    weights: Vec<[f32; LABELS]>,
    squares: Vec<[f32; LABELS]>,
    settings: Settings,
    seed: u64,
}

/// Trains and returns the packed model.
#[must_use]
pub fn train(examples: &[Example], settings: Settings, say: &mut dyn FnMut(&str)) -> Vec<u8> {
    let mut field = Field::new(examples, settings);
    say(&format!(
        "{} sentences, {} features",
        examples.len(),
        field.weights.len()
    ));
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 1_u64;
    for epoch in 0..settings.epochs {
        for at in (1..order.len()).rev() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let other = usize::try_from((seed >> 33) % (at as u64 + 1)).unwrap_or_default();
            order.swap(at, other);
        }
        let mut lost = 0.0;
        for at in &order {
            lost += field.learn(&examples[*at]);
        }
        say(&format!("mentions epoch {epoch}: tokens off {lost:.0}"));
    }
    field.pack()
}

impl Field {
    fn new(examples: &[Example], settings: Settings) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for row in examples.iter().flat_map(|example| &example.rows) {
            for key in row {
                *counts.entry(*key).or_default() += 1;
            }
        }
        let mut kept: Vec<u32> = counts
            .into_iter()
            .filter(|(_, count)| *count >= settings.min_count)
            .map(|(key, _)| key)
            .chain((0..LABELS).map(transition_key))
            .collect();
        kept.sort_unstable();
        kept.dedup();
        let index = (0..).zip(&kept).map(|(at, key)| (*key, at)).collect();
        Self {
            index,
            weights: vec![[0.0; LABELS]; kept.len()],
            squares: vec![[1e-2; LABELS]; kept.len()],
            settings,
            seed: 99,
        }
    }

    /// Whether a feature is hidden this time.
    fn hides(&mut self) -> bool {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let part = u16::try_from(self.seed >> 48).unwrap_or_default();
        f32::from(part) < self.settings.hidden * 65_536.0
    }

    fn table(&self) -> Table {
        let mut table = [[0.0; LABELS]; LABELS];
        for (from, row) in table.iter_mut().enumerate() {
            let weights = self
                .index
                .get(&transition_key(from))
                .map(|at| self.weights[*at as usize]);
            let weights = weights.unwrap_or([0.0; LABELS]);
            for (to, x) in row.iter_mut().enumerate() {
                if follows(from, to) {
                    *x = weights[to].exp();
                }
            }
        }
        table
    }

    /// One step; returns how much of the probability lay outside the gold labels.
    fn learn(&mut self, example: &Example) -> f32 {
        let table = self.table();
        let mut rows: Vec<Vec<u32>> = Vec::with_capacity(example.rows.len());
        for row in &example.rows {
            let mut seen = Vec::with_capacity(row.len());
            for key in row {
                if !self.hides() {
                    seen.extend(self.index.get(key).copied());
                }
            }
            rows.push(seen);
        }
        let mut free = Lattice::default();
        for row in &rows {
            let mut scores = [0.0; LABELS];
            for at in row {
                for (score, weight) in scores.iter_mut().zip(&self.weights[*at as usize]) {
                    *score += weight;
                }
            }
            factors(&mut scores);
            free.emissions.push(scores);
        }
        // every factor a little above nothing, so that gold is never lost by rounding
        for x in free.emissions.iter_mut().flatten() {
            *x = x.max(1e-12);
        }
        let mut bound = Lattice {
            emissions: free.emissions.clone(),
            ..Lattice::default()
        };
        free.sum(&table, &[]);
        bound.sum(&table, &example.allowed);
        let mut off = 0.0;
        for (at, row) in rows.iter().enumerate() {
            let mut slope = free.marginals(at);
            for (x, gold) in slope.iter_mut().zip(bound.marginals(at)) {
                *x -= gold;
            }
            off += slope.iter().map(|x| x.max(0.0)).sum::<f32>();
            for feature in row {
                self.step(*feature, &slope);
            }
        }
        self.step_transitions(&table, &free, &bound, &example.allowed);
        off
    }

    fn step_transitions(
        &mut self,
        table: &Table,
        free: &Lattice,
        bound: &Lattice,
        allowed: &[u32],
    ) {
        let mut slopes = [[0.0_f32; LABELS]; LABELS];
        for at in 1..free.emissions.len() {
            pairs(table, free, at, None, 1.0, &mut slopes);
            pairs(
                table,
                bound,
                at,
                allowed.get(at).copied(),
                -1.0,
                &mut slopes,
            );
        }
        for (from, slope) in slopes.iter().enumerate() {
            if let Some(feature) = self.index.get(&transition_key(from)).copied() {
                self.step(feature, slope);
            }
        }
    }

    fn step(&mut self, feature: u32, slope: &[f32; LABELS]) {
        let at = feature as usize;
        let (weights, squares) = (&mut self.weights[at], &mut self.squares[at]);
        for label in 0..LABELS {
            let slope = slope[label];
            if slope.abs() > 1e-5 {
                let pull = slope + self.settings.decay * weights[label];
                squares[label] += pull * pull;
                weights[label] -= self.settings.rate * pull / squares[label].sqrt();
            }
        }
    }

    fn pack(&self) -> Vec<u8> {
        let mut sizes: Vec<f32> = Vec::new();
        let turns: Vec<u32> = (0..LABELS).map(transition_key).collect();
        let features: Vec<_> = self
            .index
            .iter()
            .map(|(key, at)| {
                // at run time nothing is hidden, so each feature counts for less
                let share = if turns.contains(key) {
                    1.0
                } else {
                    1.0 - self.settings.hidden
                };
                let run: Vec<(u8, f32)> = (0_u8..)
                    .zip(self.weights[*at as usize].map(|weight| weight * share))
                    .filter(|(_, weight)| weight.abs() >= self.settings.floor)
                    .collect();
                sizes.extend(run.iter().map(|(_, weight)| weight.abs()));
                (*key, run)
            })
            .collect();
        let top = sizes.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        Packed::pack(LABELS, features, top)
    }
}

/// Adds how likely each pair of labels is at `at - 1` and `at`.
fn pairs(
    table: &Table,
    lattice: &Lattice,
    at: usize,
    allowed: Option<u32>,
    sign: f32,
    out: &mut Table,
) {
    let mut all = [[0.0_f32; LABELS]; LABELS];
    let mut sum = 0.0;
    for from in 0..LABELS {
        let before = lattice.forward[at - 1][from];
        if before < 1e-9 {
            continue;
        }
        for to in 0..LABELS {
            if allowed.is_some_and(|bits| bits >> to & 1 == 0) {
                continue;
            }
            let x = before * table[from][to] * lattice.emissions[at][to] * lattice.backward[at][to];
            all[from][to] = x;
            sum += x;
        }
    }
    if sum > 0.0 {
        for (out, row) in out.iter_mut().flatten().zip(all.iter().flatten()) {
            *out += sign * row / sum;
        }
    }
}
