//! The arc-hybrid system (Kuhlmann et al. 2011) with the root at the end of the buffer: its states, and the
//! features that the parser sees in them.

use super::labels::DEPS;
use crate::nlp::Dep;
use crate::nlp::linear::{key, mix};
use crate::nlp::words::Word;

/// No token.
pub(super) const NONE: usize = usize::MAX;

/// Number of relations.
const DEP_COUNT: u8 = 44;

/// Number of transitions: shift, and left and right arcs with each relation.
pub(super) const MOVES: usize = 1 + 2 * DEP_COUNT as usize;

/// What a transition does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    Shift,
    /// The top of the stack hangs on the front of the buffer.
    Left(u8),
    /// The top of the stack hangs on the one below.
    Right(u8),
}

impl Move {
    pub(super) fn from_label(label: u8) -> Self {
        match label {
            0 => Self::Shift,
            l if l <= DEP_COUNT => Self::Left(l - 1),
            l => Self::Right(l - 1 - DEP_COUNT),
        }
    }

    pub(super) fn label(self) -> u8 {
        match self {
            Self::Shift => 0,
            Self::Left(dep) => 1 + dep,
            Self::Right(dep) => 1 + DEP_COUNT + dep,
        }
    }
}

/// Place of a relation in the table.
pub(super) fn dep_index(dep: Dep) -> u8 {
    let at = DEPS.iter().position(|(known, _)| *known == dep);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

pub(super) fn dep_at(index: u8) -> Dep {
    DEPS.get(usize::from(index))
        .map_or(Dep::Dep, |(dep, _)| *dep)
}

#[derive(Debug, Clone, Copy)]
struct Kids {
    left: [usize; 2],
    right: [usize; 2],
    lefts: u8,
    rights: u8,
}

const CHILDLESS: Kids = Kids {
    left: [NONE; 2],
    right: [NONE; 2],
    lefts: 0,
    rights: 0,
};

/// A parse under way.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) stack: Vec<usize>,
    pub(super) next: usize,
    pub(super) count: usize,
    pub(super) heads: Vec<usize>,
    pub(super) deps: Vec<u8>,
    kids: Vec<Kids>,
}

impl State {
    /// Begins a sentence of `count` words; the root is word `count`.
    pub(super) fn begin(&mut self, count: usize) {
        self.stack.clear();
        self.next = 0;
        self.count = count;
        self.heads.clear();
        self.heads.resize(count, NONE);
        self.deps.clear();
        self.deps.resize(count, 0);
        self.kids.clear();
        self.kids.resize(count + 1, CHILDLESS);
    }

    pub(super) fn done(&self) -> bool {
        self.next >= self.count && self.stack.is_empty()
    }

    /// Whether shift, left and right are possible here.
    pub(super) fn possible(&self) -> [bool; 3] {
        let words_left = self.next < self.count;
        let depth = self.stack.len();
        // only one word may hang on the root
        [
            words_left,
            depth > 0 && (words_left || depth == 1),
            depth > 1,
        ]
    }

    pub(super) fn take(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(dep) => {
                let head = self.next;
                if let Some(child) = self.stack.pop() {
                    self.hang(child, head, dep);
                    let kids = &mut self.kids[head];
                    kids.left = [child, kids.left[0]];
                    kids.lefts = kids.lefts.saturating_add(1);
                }
            }
            Move::Right(dep) => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.hang(child, head, dep);
                    let kids = &mut self.kids[head];
                    kids.right = [child, kids.right[0]];
                    kids.rights = kids.rights.saturating_add(1);
                }
            }
        }
    }

    fn hang(&mut self, child: usize, head: usize, dep: u8) {
        self.heads[child] = head;
        self.deps[child] = dep;
    }

    fn below(&self, depth: usize) -> usize {
        self.stack
            .len()
            .checked_sub(depth + 1)
            .and_then(|at| self.stack.get(at))
            .copied()
            .unwrap_or(NONE)
    }
}

/// What the features look at: words and tags of the sentence, and running counts of verbs and marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'s> {
    pub(super) words: &'s [Word],
    pub(super) tags: &'s [u8],
    pub(super) marks: &'s [u16],
}

impl View<'_> {
    fn word(&self, at: usize) -> u64 {
        self.words
            .get(at)
            .map_or_else(|| self.outside(at), |w| w.lower)
    }

    fn group(&self, at: usize, grain: usize) -> u64 {
        self.words
            .get(at)
            .map_or_else(|| self.outside(at), |w| u64::from(w.groups[grain]))
    }

    fn tag(&self, at: usize) -> u64 {
        self.tags
            .get(at)
            .map_or_else(|| self.outside(at), |tag| u64::from(*tag))
    }

    /// The root and what is not there.
    fn outside(&self, at: usize) -> u64 {
        if at == self.words.len() { 901 } else { 902 }
    }

    fn marks_between(&self, left: usize, right: usize) -> u64 {
        let get = |at: usize| {
            self.marks
                .get(at.min(self.words.len()))
                .copied()
                .unwrap_or_default()
        };
        if left == NONE || right == NONE {
            return 9;
        }
        u64::from(get(right).saturating_sub(get(left + 1)).min(3))
    }
}

fn distance(left: usize, right: usize) -> u64 {
    if left == NONE || right == NONE {
        return 0;
    }
    match right - left {
        near @ 1..=4 => near as u64,
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    }
}

/// Features of a state.
pub(super) fn keys(state: &State, view: &View<'_>, out: &mut Vec<u32>) {
    out.clear();
    let (s0, s1, s2) = (state.below(0), state.below(1), state.below(2));
    let b0 = state.next;
    let (b1, b2) = if b0 < state.count {
        (b0 + 1, b0 + 2)
    } else {
        (NONE, NONE)
    };
    let b2 = if b1 < state.count { b2 } else { NONE };
    near_keys(view, [s0, s1, s2, b0, b1, b2], out);
    pair_keys(view, s0, b0, 40, out);
    pair_keys(view, s1, s0, 60, out);
    kid_keys(state, view, [s0, s1, b0], out);
    triple_keys(state, view, [s0, s1, s2, b0, b1, b2], out);
}

fn near_keys(view: &View<'_>, places: [usize; 6], out: &mut Vec<u32>) {
    for (number, at) in (0_u32..).zip(places) {
        let (w, t) = (view.word(at), view.tag(at));
        out.push(key(number * 5, w));
        out.push(key(number * 5 + 1, t));
        if number != 2 {
            out.push(key(number * 5 + 2, mix(w, t)));
            out.push(key(number * 5 + 3, view.group(at, 2)));
            out.push(key(number * 5 + 4, mix(view.group(at, 1), t)));
        }
    }
}

/// Features of two places that may be joined.
fn pair_keys(view: &View<'_>, left: usize, right: usize, from: u32, out: &mut Vec<u32>) {
    let (lw, lt) = (view.word(left), view.tag(left));
    let (rw, rt) = (view.word(right), view.tag(right));
    let far = distance(left, right);
    let marks = view.marks_between(left, right);
    let tags = mix(lt, rt);
    let all = [
        mix(lw, rw),
        tags,
        mix(mix(lw, lt), rt),
        mix(lt, mix(rw, rt)),
        mix(lw, rt),
        mix(lt, rw),
        mix(mix(lw, lt), mix(rw, rt)),
        mix(tags, far),
        mix(mix(lw, far), lt),
        mix(mix(rw, far), rt),
        mix(tags, marks),
        mix(mix(tags, marks), far),
        mix(view.group(left, 1), view.group(right, 1)),
        mix(view.group(left, 0), mix(rw, 1)),
        mix(lw, mix(view.group(right, 0), 2)),
        mix(mix(view.group(left, 0), view.group(right, 0)), tags),
    ];
    for (number, value) in (from..).zip(all) {
        out.push(key(number, value));
    }
}

fn kid_keys(state: &State, view: &View<'_>, places: [usize; 3], out: &mut Vec<u32>) {
    for (number, at) in (0_u32..).zip(places) {
        let kids = state.kids.get(at).unwrap_or(&CHILDLESS);
        let (w, t) = (view.word(at), view.tag(at));
        let dep = |kid: usize| state.deps.get(kid).map_or(99, |d| u64::from(*d));
        let (l, r) = (kids.left[0], kids.right[0]);
        let labels = mix(
            dep(l),
            mix(dep(r), mix(dep(kids.left[1]), dep(kids.right[1]))),
        );
        let all = [
            mix(w, u64::from(kids.lefts)),
            mix(t, u64::from(kids.lefts)),
            mix(w, u64::from(kids.rights)),
            mix(t, u64::from(kids.rights)),
            mix(view.word(l), dep(l)),
            mix(view.tag(l), t),
            mix(view.word(r), dep(r)),
            mix(view.tag(r), t),
            mix(w, labels),
            mix(t, labels),
            mix(t, mix(view.tag(l), view.tag(kids.left[1]))),
            mix(t, mix(view.tag(r), view.tag(kids.right[1]))),
        ];
        let from = 80 + number * 12;
        for (number, value) in (from..).zip(all) {
            out.push(key(number, value));
        }
    }
}

fn triple_keys(state: &State, view: &View<'_>, places: [usize; 6], out: &mut Vec<u32>) {
    let [s0, s1, s2, b0, b1, b2] = places;
    let t = |at| view.tag(at);
    let kids = |at: usize| state.kids.get(at).unwrap_or(&CHILDLESS);
    let (k0, k1, kb) = (kids(s0), kids(s1), kids(b0));
    let pair = mix(t(s0), t(b0));
    let lower = mix(t(s1), t(s0));
    let all = [
        mix(pair, t(b1)),
        mix(mix(t(b0), t(b1)), t(b2)),
        mix(lower, mix(t(b0), 3)),
        mix(mix(t(s2), lower), 4),
        mix(mix(lower, t(b0)), t(b1)),
        mix(pair, mix(t(k0.left[0]), 5)),
        mix(pair, mix(t(k0.right[0]), 6)),
        mix(pair, mix(t(kb.left[0]), 7)),
        mix(lower, mix(t(k1.left[0]), 8)),
        mix(lower, mix(t(k1.right[0]), 9)),
        mix(lower, mix(t(k0.left[0]), 10)),
        mix(lower, mix(t(k0.right[0]), 11)),
        mix(view.word(s0), mix(t(b0), t(b1))),
        mix(view.word(b0), mix(t(s0), t(s1))),
        mix(view.word(s1), mix(t(s0), t(b0))),
        mix(view.word(s1), mix(view.word(b0), t(s0))),
        mix(view.word(b1), pair),
    ];
    for (number, value) in (120..).zip(all) {
        out.push(key(number, value));
    }
}
