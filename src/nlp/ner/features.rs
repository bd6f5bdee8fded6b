//! What the finder of mentions sees at each word. One function for training and running.

use rustc_hash::FxHashMap;

use super::gazetteer::{Gazetteer, cue, is};
use crate::nlp::Doc;
use crate::nlp::linear::{hash, key, mix};
use crate::nlp::words::{Kind, Word};

/// How often a word stands with a small letter, and with a capital inside a sentence, in this text.
pub(super) type Cases = FxHashMap<u64, (u16, u16)>;

pub(super) fn cases(doc: &Doc<'_>, words: &[Word]) -> Cases {
    let mut out = Cases::default();
    for sentence in &doc.tokens.sentences {
        for at in sentence.first.0..sentence.end.0 {
            let Some(word) = words.get(at as usize) else {
                continue;
            };
            match word.kind {
                Kind::Low => out.entry(word.lower).or_default().0 += 1,
                Kind::Capital | Kind::Upper | Kind::Mixed if at > sentence.first.0 => {
                    let seen = &mut out.entry(word.lower).or_default().1;
                    *seen = seen.saturating_add(1);
                }
                _ => {}
            }
        }
    }
    out
}

/// A sentence under the eye: its words, and what the lists and tags say of each.
#[derive(Debug)]
pub(super) struct View<'s> {
    words: &'s [Word],
    listed: Vec<u64>,
    bits: Vec<u32>,
    cues: Vec<u32>,
    tags: Vec<u64>,
    cases: Vec<u64>,
    shouted: bool,
}

impl<'s> View<'s> {
    /// Looks at the sentence of `doc` whose tokens begin at `first`.
    pub(super) fn of(
        doc: &Doc<'_>,
        words: &'s [Word],
        first: usize,
        gazetteer: &Gazetteer,
        cases: &Cases,
    ) -> Self {
        let count = words.len();
        let mut view = Self {
            words,
            listed: vec![0; count],
            bits: vec![0; count],
            cues: words.iter().map(|word| gazetteer.cues(word)).collect(),
            tags: (first..first + count)
                .map(|at| doc.xpos.get(at).map_or(0, |xpos| hash(xpos.as_bytes())))
                .collect(),
            cases: words.iter().map(|word| case_class(word, cases)).collect(),
            shouted: shouted(words),
        };
        for hit in gazetteer.hits(words) {
            for at in hit.first..hit.end {
                let place = match (at == hit.first, at + 1 == hit.end) {
                    (true, true) => 0,
                    (true, false) => 1,
                    (false, false) => 2,
                    (false, true) => 3,
                };
                view.bits[at] = hit.bits;
                view.listed[at] = place;
            }
        }
        view
    }

    fn tag(&self, at: Option<usize>) -> u64 {
        at.and_then(|at| self.tags.get(at)).copied().unwrap_or(1)
    }
}

fn case_class(word: &Word, cases: &Cases) -> u64 {
    let (low, capital) = cases.get(&word.lower).copied().unwrap_or_default();
    match (low, capital) {
        (0, 0) => 0,
        (0, 1) => 1,
        (0, _) => 2,
        (_, 0) => 3,
        _ => 4,
    }
}

/// Headlines in capitals: letters tell nothing there.
fn shouted(words: &[Word]) -> bool {
    let low = words.iter().filter(|word| word.kind == Kind::Low).count();
    let upper = words
        .iter()
        .filter(|word| matches!(word.kind, Kind::Upper | Kind::Capital))
        .count();
    upper > 2 && low * 4 < upper
}

/// Features of the word at `at`.
pub(super) fn keys(view: &View<'_>, at: usize, out: &mut Vec<u32>) {
    out.clear();
    let none = Word::default();
    let place = |by: isize| at.checked_add_signed(by);
    let near = |by: isize| place(by).and_then(|at| view.words.get(at)).unwrap_or(&none);
    let word = near(0);
    let kind = |w: &Word| w.kind as u64;
    let group = |w: &Word, grain: usize| u64::from(w.groups[grain]);
    let start = u64::from(at == 0) + 2 * u64::from(view.shouted);
    let all = [
        0,
        word.form,
        word.lower,
        word.shape,
        word.ends[1],
        word.ends[2],
        word.ends[3],
        word.starts[1],
        word.starts[2],
        word.starts[3],
        mix(kind(word), start),
        mix(word.lower, start),
        group(word, 0),
        group(word, 1),
        group(word, 2),
        mix(group(word, 1), kind(word)),
    ];
    for (template, value) in (0..).zip(all) {
        out.push(key(template, value));
    }
    context_keys(view, at, out);
    list_keys(view, at, out);
}

/// The words around it, and its tag among theirs.
fn context_keys(view: &View<'_>, at: usize, out: &mut Vec<u32>) {
    let none = Word::default();
    let place = |by: isize| at.checked_add_signed(by);
    let near = |by: isize| place(by).and_then(|at| view.words.get(at)).unwrap_or(&none);
    let word = near(0);
    let (l1, l2, r1, r2) = (near(-1), near(-2), near(1), near(2));
    let [t0, tl, tr] = [0, -1, 1].map(|by| view.tag(place(by)));
    let kind = |w: &Word| w.kind as u64;
    let group = |w: &Word, grain: usize| u64::from(w.groups[grain]);
    let case = view.cases.get(at).copied().unwrap_or_default();
    let start = u64::from(at == 0) + 2 * u64::from(view.shouted);
    let all = [
        l1.lower,
        l2.lower,
        r1.lower,
        r2.lower,
        mix(l1.lower, kind(word)),
        mix(r1.lower, kind(word)),
        l1.shape,
        r1.shape,
        mix(kind(l1), mix(kind(word), kind(r1))),
        mix(
            mix(kind(l2), kind(l1)),
            mix(kind(word), mix(kind(r1), kind(r2))),
        ),
        group(l1, 1),
        group(r1, 1),
        mix(group(l1, 2), 1),
        mix(group(r1, 2), 2),
        mix(group(l2, 1), 3),
        mix(group(r2, 1), 4),
        mix(group(l1, 1), group(word, 1)),
        mix(group(word, 1), group(r1, 1)),
        mix(l1.lower, word.lower),
        mix(word.lower, r1.lower),
        mix(l2.lower, l1.lower),
        mix(r1.lower, r2.lower),
        t0,
        tl,
        tr,
        mix(tl, t0),
        mix(t0, tr),
        mix(tl, mix(t0, tr)),
        mix(case, kind(word)),
        mix(case, start),
        mix(l1.ends[2], word.shape),
        mix(r1.ends[2], word.shape),
    ];
    for (template, value) in (16..).zip(all) {
        out.push(key(template, value));
    }
}

/// What the lists say of the word and its neighbours.
fn list_keys(view: &View<'_>, at: usize, out: &mut Vec<u32>) {
    let kind = |at: usize| view.words.get(at).map_or(0, |word| word.kind as u64);
    for (number, by) in (0_u32..).zip([0_isize, -1, 1]) {
        let Some(at) = at
            .checked_add_signed(by)
            .filter(|at| *at < view.words.len())
        else {
            continue;
        };
        let from = 100 + number * 10;
        let (bits, cues) = (view.bits[at], view.cues[at]);
        if bits != 0 {
            out.push(key(from, mix(u64::from(bits), view.listed[at])));
        }
        for bit in (0..is::COUNT).filter(|bit| bits >> bit & 1 == 1) {
            out.push(key(from + 1, mix(u64::from(bit), view.listed[at])));
        }
        if cues != 0 {
            out.push(key(from + 2, mix(u64::from(cues), kind(at))));
        }
        for bit in (0..cue::COUNT).filter(|bit| cues >> bit & 1 == 1) {
            out.push(key(from + 3, u64::from(bit)));
        }
    }
}

/// Codes that [`codes`] gives are below this.
pub(super) const CODES: usize = 96;

/// What the encoder is told of a word beside its pieces, as numbers of table rows: letters, place in the sentence,
/// lists, cues, how the text writes it elsewhere.
pub(super) fn codes(view: &View<'_>, at: usize, out: &mut Vec<u8>) {
    let (Some(word), Some(bits), Some(place)) =
        (view.words.get(at), view.bits.get(at), view.listed.get(at))
    else {
        return;
    };
    let mut push = |code: u64| out.push(u8::try_from(code).unwrap_or(u8::MAX));
    push(word.kind as u64 * 2 + u64::from(at == 0));
    for bit in (0..is::COUNT).filter(|bit| bits >> bit & 1 == 1) {
        push(12 + u64::from(bit) * 4 + place);
    }
    let cues = view.cues.get(at).copied().unwrap_or_default();
    for bit in (0..cue::COUNT).filter(|bit| cues >> bit & 1 == 1) {
        push(64 + u64::from(bit));
    }
    push(71 + view.cases.get(at).copied().unwrap_or_default());
    if view.shouted {
        push(76);
    }
}
