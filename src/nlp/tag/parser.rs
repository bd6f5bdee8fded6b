//! The greedy parser.

use super::state::{MOVES, Move, NONE, State, View, dep_at, keys};
use crate::nlp::Dep;
use crate::nlp::linear::Packed;
use crate::nlp::words::{Kind, Word};

/// Working space of a run over sentences.
#[derive(Debug, Default)]
pub(super) struct Parser {
    state: State,
    keys: Vec<u32>,
    scores: Vec<i32>,
    marks: Vec<u16>,
}

impl Parser {
    /// Parses a sentence; [`Self::arcs`] has the result.
    pub(super) fn parse(&mut self, words: &[Word], tags: &[u8], model: &Packed) {
        self.state.begin(words.len());
        running_marks(words, &mut self.marks);
        let view = View {
            words,
            tags,
            marks: &self.marks,
        };
        while !self.state.done() {
            // without a choice there is nothing to weigh: what hangs on the root is the root
            if self.state.stack.is_empty()
                || self.state.stack.len() == 1 && self.state.next >= words.len()
            {
                let only = if self.state.stack.is_empty() {
                    Move::Shift
                } else {
                    Move::Left(0)
                };
                self.state.take(only);
                continue;
            }
            keys(&self.state, &view, &mut self.keys);
            self.scores.clear();
            self.scores.resize(MOVES, 0);
            model.add(&self.keys, &mut self.scores);
            let step = best(&self.scores, self.state.possible());
            self.state.take(step);
        }
    }

    /// Returns head and relation of each word; no head for the root.
    pub(super) fn arcs(&self) -> impl Iterator<Item = (Option<usize>, Dep)> {
        let count = self.state.count;
        self.state
            .heads
            .iter()
            .zip(&self.state.deps)
            .map(move |(head, dep)| {
                if *head == count || *head == NONE {
                    (None, Dep::Root)
                } else {
                    (Some(*head), dep_at(*dep))
                }
            })
    }
}

/// How many marks stand before each place: where clauses may end.
pub(super) fn running_marks(words: &[Word], out: &mut Vec<u16>) {
    out.clear();
    let mut sum = 0_u16;
    out.push(0);
    for word in words {
        sum = sum.saturating_add(u16::from(word.kind == Kind::Mark));
        out.push(sum);
    }
}

/// The first of the highest among what is possible.
pub(super) fn best<S: PartialOrd + Copy>(scores: &[S], possible: [bool; 3]) -> Move {
    let mut top: Option<(S, Move)> = None;
    for (label, score) in (0_u8..).zip(scores) {
        let step = Move::from_label(label);
        let open = match step {
            Move::Shift => possible[0],
            Move::Left(_) => possible[1],
            Move::Right(_) => possible[2],
        };
        if open && top.is_none_or(|(best, _)| *score > best) {
            top = Some((*score, step));
        }
    }
    top.map_or(Move::Shift, |(_, step)| step)
}
