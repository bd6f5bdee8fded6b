//! The tagger: from left to right, each label seeing the two before it.

use crate::nlp::linear::{Packed, key, mix};
use crate::nlp::words::Word;

/// Working space of a run over sentences.
#[derive(Debug, Default)]
pub(super) struct Tagger {
    keys: Vec<u32>,
    scores: Vec<i32>,
    tags: Vec<u8>,
}

impl Tagger {
    /// Returns a label a word.
    pub(super) fn tags(&mut self, words: &[Word], model: &Packed) -> &[u8] {
        self.tags.clear();
        for at in 0..words.len() {
            keys(words, &self.tags, at, &mut self.keys);
            self.scores.clear();
            self.scores.resize(model.labels(), 0);
            model.add(&self.keys, &mut self.scores);
            self.tags.push(best(&self.scores));
        }
        &self.tags
    }
}

/// The first of the highest.
fn best(scores: &[i32]) -> u8 {
    let mut top = (i32::MIN, 0);
    for (label, score) in scores.iter().enumerate() {
        if *score > top.0 {
            top = (*score, label);
        }
    }
    u8::try_from(top.1).unwrap_or_default()
}

/// Features of the word at `at`, whose left neighbours have their `tags`.
pub(super) fn keys(words: &[Word], tags: &[u8], at: usize, out: &mut Vec<u32>) {
    out.clear();
    let none = Word::default();
    let word = words.get(at).unwrap_or(&none);
    let near = |by: isize| {
        at.checked_add_signed(by)
            .and_then(|at| words.get(at))
            .unwrap_or(&none)
    };
    let tag = |back: usize| {
        at.checked_sub(back)
            .and_then(|at| tags.get(at))
            .map_or(255, |tag| u64::from(*tag))
    };
    let (l1, l2, r1, r2) = (near(-1), near(-2), near(1), near(2));
    let (t1, t2) = (tag(1), tag(2));
    let kind = word.kind as u64;
    let group = |w: &Word, grain: usize| u64::from(w.groups[grain]);
    let first = u64::from(at == 0);
    let all = [
        0,
        word.form,
        word.lower,
        word.shape,
        word.ends[0],
        word.ends[1],
        word.ends[2],
        word.ends[3],
        word.starts[0],
        word.starts[1],
        word.starts[2],
        mix(kind, first),
        group(word, 1),
        group(word, 2),
        l1.lower,
        l2.lower,
        r1.lower,
        r2.lower,
        l1.ends[2],
        r1.ends[2],
        mix(group(r1, 0), r1.kind as u64),
        group(l1, 1),
        group(r1, 1),
        t1,
        mix(t1, t2),
        mix(t1, word.lower),
        mix(mix(t1, t2), word.lower),
        mix(t1, word.ends[2]),
        mix(t1, r1.lower),
        mix(t1, group(word, 1)),
        mix(word.ends[2], r1.ends[2]),
        mix(word.lower, r1.lower),
        mix(l1.lower, word.lower),
        mix(word.shape, mix(l1.shape, r1.shape)),
        mix(mix(kind, first), word.ends[1]),
        mix(group(word, 0), group(r1, 0)),
    ];
    for (template, value) in (0..).zip(all) {
        out.push(key(template, value));
    }
}
