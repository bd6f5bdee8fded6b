//! The linear-chain conditional random field (Lafferty et al. 2001) over BILOU labels: decoding and marginals.

use crate::nlp::linear::{Packed, key};

/// Types that the field tells apart; states, facilities, weapons and agreements are told by the rules after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// An organisation.
    Organisation,
    /// A place of any sort.
    Location,
    /// A people, faith, political group.
    Norp,
    /// A named event.
    Event,
}

/// All of them, in the order of the labels.
pub(super) const KINDS: [Kind; 5] = [
    Kind::Person,
    Kind::Organisation,
    Kind::Location,
    Kind::Norp,
    Kind::Event,
];

/// Number of labels: outside; beginning, inside, last and unit of each type.
pub(super) const LABELS: usize = 1 + 4 * KINDS.len();

/// Place of a label in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Outside,
    Begin,
    Inside,
    Last,
    Unit,
}

pub(super) fn part(label: usize) -> (Part, usize) {
    match label.checked_sub(1) {
        None => (Part::Outside, KINDS.len()),
        Some(at) => {
            let parts = [Part::Begin, Part::Inside, Part::Last, Part::Unit];
            (parts[at % 4], at / 4)
        }
    }
}

/// Label of a token of a name.
#[expect(
    clippy::fn_params_excessive_bools,
    reason = "first and last are what BILOU is about"
)]
pub(super) fn label(kind: Kind, first: bool, last: bool) -> usize {
    let at = KINDS.iter().position(|k| *k == kind).unwrap_or_default();
    1 + at * 4
        + match (first, last) {
            (true, true) => 3,
            (true, false) => 0,
            (false, false) => 1,
            (false, true) => 2,
        }
}

/// Whether `to` may follow `from`.
pub(super) fn follows(from: usize, to: usize) -> bool {
    let ((before, type_before), (after, type_after)) = (part(from), part(to));
    let open = matches!(before, Part::Begin | Part::Inside);
    let goes_on = matches!(after, Part::Inside | Part::Last);
    if open || goes_on {
        open && goes_on && type_before == type_after
    } else {
        true
    }
}

/// Weights of one label after another.
pub(super) type Table = [[f32; LABELS]; LABELS];

/// Template of the transitions' features.
const TRANSITION: u32 = 250;

pub(super) fn transition_key(from: usize) -> u32 {
    key(TRANSITION, from as u64)
}

/// Returns e to the weight of each transition times `power`, 0 where it is not allowed.
pub(super) fn transitions(model: &Packed, power: f32) -> Box<Table> {
    let mut table = Box::new([[0.0; LABELS]; LABELS]);
    for (from, row) in table.iter_mut().enumerate() {
        let mut scores = vec![0; LABELS];
        model.add(&[transition_key(from)], &mut scores);
        for (to, place) in row.iter_mut().enumerate() {
            if follows(from, to) {
                *place = (as_float(scores[to]) * model.step() * power).exp();
            }
        }
    }
    table
}

#[expect(clippy::cast_precision_loss, reason = "sums of a few hundred bytes")]
fn as_float(score: i32) -> f32 {
    score as f32
}

/// Emissions, e to each score with the highest of a token taken off, and the sums over paths.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    pub(super) emissions: Vec<[f32; LABELS]>,
    pub(super) forward: Vec<[f32; LABELS]>,
    pub(super) backward: Vec<[f32; LABELS]>,
}

/// Turns scores into factors, in place.
pub(super) fn factors(scores: &mut [f32; LABELS]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    for score in scores {
        *score = (*score - top).exp();
    }
}

fn normalise(row: &mut [f32; LABELS]) {
    let sum: f32 = row.iter().sum();
    let sum = sum.max(f32::MIN_POSITIVE);
    for x in row {
        *x /= sum;
    }
}

fn may_begin(label: usize) -> bool {
    !matches!(part(label).0, Part::Inside | Part::Last)
}

fn may_end(label: usize) -> bool {
    !matches!(part(label).0, Part::Begin | Part::Inside)
}

impl Lattice {
    /// Sums over all paths through the labels of `allowed` (a bit each; empty: all).
    pub(super) fn sum(&mut self, table: &Table, allowed: &[u32]) {
        let count = self.emissions.len();
        let open =
            |at: usize, label: usize| allowed.get(at).is_none_or(|bits| bits >> label & 1 == 1);
        self.forward.clear();
        self.forward.resize(count, [0.0; LABELS]);
        self.backward.clear();
        self.backward.resize(count, [0.0; LABELS]);
        for at in 0..count {
            let mut row = [0.0; LABELS];
            if at == 0 {
                for (label, x) in row.iter_mut().enumerate() {
                    *x = if may_begin(label) { 1.0 } else { 0.0 };
                }
            } else {
                for (from, weight) in self.forward[at - 1]
                    .iter()
                    .enumerate()
                    .filter(|(_, w)| **w > 0.0)
                {
                    for (x, step) in row.iter_mut().zip(&table[from]) {
                        *x += weight * step;
                    }
                }
            }
            for (label, x) in row.iter_mut().enumerate() {
                *x *= if open(at, label) {
                    self.emissions[at][label]
                } else {
                    0.0
                };
            }
            normalise(&mut row);
            self.forward[at] = row;
        }
        for at in (0..count).rev() {
            let mut row = [0.0; LABELS];
            if at + 1 == count {
                for (label, x) in row.iter_mut().enumerate() {
                    *x = if may_end(label) { 1.0 } else { 0.0 };
                }
            } else {
                let mut next = self.backward[at + 1];
                for (label, x) in next.iter_mut().enumerate() {
                    *x *= if open(at + 1, label) {
                        self.emissions[at + 1][label]
                    } else {
                        0.0
                    };
                }
                for (x, steps) in row.iter_mut().zip(table) {
                    *x = steps.iter().zip(&next).map(|(step, n)| step * n).sum();
                }
            }
            normalise(&mut row);
            self.backward[at] = row;
        }
    }

    /// Returns how likely each label is at a token, after [`Self::sum`].
    pub(super) fn marginals(&self, at: usize) -> [f32; LABELS] {
        let mut row = self.forward[at];
        for (x, back) in row.iter_mut().zip(&self.backward[at]) {
            *x *= back;
        }
        normalise(&mut row);
        row
    }

    /// Returns the best path.
    pub(super) fn best(&self, table: &Table) -> Vec<usize> {
        let count = self.emissions.len();
        let mut scores = [0.0_f32; LABELS];
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(count);
        for at in 0..count {
            let mut row = [0.0; LABELS];
            let mut from = [0_u8; LABELS];
            if at == 0 {
                for (label, x) in row.iter_mut().enumerate() {
                    *x = if may_begin(label) { 1.0 } else { 0.0 };
                }
            } else {
                for (before, weight) in (0_u8..).zip(&scores) {
                    for (to, step) in table[usize::from(before)].iter().enumerate() {
                        let through = weight * step;
                        if through > row[to] {
                            row[to] = through;
                            from[to] = before;
                        }
                    }
                }
            }
            for (x, emission) in row.iter_mut().zip(&self.emissions[at]) {
                *x *= emission;
            }
            normalise(&mut row);
            scores = row;
            back.push(from);
        }
        let mut label = (0..LABELS)
            .filter(|label| may_end(*label))
            .reduce(|a, b| if scores[b] > scores[a] { b } else { a })
            .unwrap_or_default();
        let mut path = vec![0; count];
        for at in (0..count).rev() {
            path[at] = label;
            label = usize::from(back[at][label]);
        }
        path
    }
}
