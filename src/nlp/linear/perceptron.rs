//! The averaged perceptron (Collins 2002), trained on one thread in a fixed order: the same data give the
//! same bytes.

use rustc_hash::FxHashMap;

use super::Packed;

#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    label: u8,
    now: f32,
    total: f32,
    since: u32,
}

/// A classifier in training.
#[derive(Debug, Default)]
pub struct Perceptron {
    labels: usize,
    time: u32,
    index: FxHashMap<u32, u32>,
    rows: Vec<(u32, u32, Vec<Weight>)>,
}

impl Perceptron {
    /// An untrained one.
    #[must_use]
    pub fn new(labels: usize) -> Self {
        Self {
            labels,
            ..Self::default()
        }
    }

    /// Returns the score of each label.
    pub fn score(&self, keys: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.labels, 0.0);
        for key in keys {
            let Some(row) = self
                .index
                .get(key)
                .and_then(|at| self.rows.get(*at as usize))
            else {
                continue;
            };
            for weight in &row.2 {
                scores[usize::from(weight.label)] += weight.now;
            }
        }
    }

    /// Says that an example went by; averages count examples.
    pub fn tick(&mut self) {
        self.time += 1;
    }

    /// Moves the weights towards `right` and away from `wrong`.
    pub fn update(&mut self, keys: &[u32], right: u8, wrong: u8) {
        for key in keys {
            let next = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            let at = *self.index.entry(*key).or_insert(next);
            if at == next {
                self.rows.push((*key, 0, Vec::new()));
            }
            let time = self.time;
            let Some(row) = self.rows.get_mut(at as usize) else {
                continue;
            };
            row.1 += 1;
            bump(&mut row.2, right, 1.0, time);
            bump(&mut row.2, wrong, -1.0, time);
        }
    }

    /// Number of features.
    #[must_use]
    pub fn features(&self) -> usize {
        self.rows.len()
    }

    /// Averages and packs. Features updated fewer than `min_updates` times fall out, and weights below `floor`.
    #[must_use]
    pub fn pack(&self, min_updates: u32, floor: f32) -> Vec<u8> {
        let time = f64::from(self.time.max(1));
        let features: Vec<_> = self
            .rows
            .iter()
            .filter(|row| row.1 >= min_updates)
            .map(|(key, _, weights)| {
                let mean = |w: &Weight| {
                    let open = f64::from(self.time.saturating_sub(w.since)) * f64::from(w.now);
                    (w.label, narrow((f64::from(w.total) + open) / time))
                };
                let strong = weights.iter().map(mean).filter(|(_, w)| w.abs() >= floor);
                (*key, strong.collect::<Vec<_>>())
            })
            .collect();
        let top = features
            .iter()
            .flat_map(|(_, weights)| weights.iter().map(|(_, w)| w.abs()))
            .fold(f32::MIN_POSITIVE, f32::max);
        Packed::pack(self.labels, features, top)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "precision is not needed")]
fn narrow(x: f64) -> f32 {
    x as f32
}

fn bump(weights: &mut Vec<Weight>, label: u8, by: f32, time: u32) {
    let found = weights.iter_mut().find(|w| w.label == label);
    if let Some(w) = found {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of examples stay below 2^24"
        )]
        let passed = (time - w.since) as f32;
        w.total += passed * w.now;
        w.since = time;
        w.now += by;
    } else {
        weights.push(Weight {
            label,
            now: by,
            total: 0.0,
            since: time,
        });
    }
}
