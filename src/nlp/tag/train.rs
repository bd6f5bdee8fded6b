//! Trains and scores tagger, lemma rules and parser. One thread, fixed order: the same data, the same bytes.

use std::collections::BTreeMap;

use super::labels::upos_name;
use super::parser::{Parser, best, running_marks};
use super::state::{MOVES, Move, State, View, dep_index, keys};
use super::tagger::{self, Tagger};
use super::treebank::Tree;
use super::{Labels, TagModel, lemma};
use crate::nlp::Dep;
use crate::nlp::linear::{Packed, Perceptron};
use crate::nlp::words::Word;

/// A fixed stream of numbers (`SplitMix64`), so that shuffling is the same everywhere.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

fn words(tree: &Tree) -> Vec<Word> {
    let mut buffer = Vec::new();
    tree.forms
        .iter()
        .map(|form| Word::of(form, &mut buffer))
        .collect()
}

/// Returns the labels file of the training trees: all pairs of tags seen more than once.
#[must_use]
pub fn labels_of(trees: &[Tree]) -> String {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for tree in trees {
        for (upos, xpos) in tree.upos.iter().zip(&tree.xpos) {
            *seen.entry((upos_name(*upos), xpos)).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> = seen.into_iter().collect();
    pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    let mut out =
        String::from("# Universal and Penn tag of each label; the order is part of the model.\n");
    for ((upos, xpos), _) in pairs.iter().take(250).filter(|(_, count)| *count >= 5) {
        out.push_str(&format!("{upos}\t{xpos}\n"));
    }
    out
}

/// Trains the tagger on `trees`; returns the packed model.
#[must_use]
pub fn train_tagger(trees: &[Tree], labels: &Labels, epochs: usize) -> Vec<u8> {
    let mut model = Perceptron::new(labels.len());
    let data: Vec<_> = trees
        .iter()
        .map(|tree| (words(tree), gold_labels(tree, labels)))
        .collect();
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut dice = Dice(1);
    let (mut row, mut scores, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..epochs {
        dice.shuffle(&mut order);
        for at in &order {
            let (words, gold) = &data[*at];
            tags.clear();
            for (at, right) in gold.iter().enumerate() {
                tagger::keys(words, &tags, at, &mut row);
                model.score(&row, &mut scores);
                model.tick();
                let guess = highest(&scores);
                match right {
                    Some(right) if *right != guess => model.update(&row, *right, guess),
                    _ => {}
                }
                tags.push(guess);
            }
        }
    }
    model.pack(2, 0.05)
}

fn gold_labels(tree: &Tree, labels: &Labels) -> Vec<Option<u8>> {
    tree.upos
        .iter()
        .zip(&tree.xpos)
        .map(|(upos, xpos)| labels.find(*upos, xpos))
        .collect()
}

fn highest(scores: &[f32]) -> u8 {
    let mut top = (f32::MIN, 0);
    for (label, score) in (0_u8..).zip(scores) {
        if *score > top.0 {
            top = (*score, label);
        }
    }
    top.1
}

/// Learns lemma rules; returns their file.
#[must_use]
pub fn train_lemmas(trees: &[Tree]) -> String {
    lemma::learn(trees.iter().flat_map(|tree| {
        tree.forms
            .iter()
            .zip(&tree.xpos)
            .zip(&tree.lemmas)
            .filter(|(_, lemma)| *lemma != "_")
            .map(|((form, xpos), lemma)| (form.to_lowercase(), xpos.as_str(), lemma.to_lowercase()))
    }))
}

/// What is called after each round: a line to show, and the model packed so far.
pub(super) type AfterRound<'r> = dyn FnMut(&str, &dyn Fn() -> Vec<u8>) + 'r;

/// Trains the parser on tags as a tagger gives them that has not seen the sentence (two folds).
pub fn train_parser(trees: &[Tree], labels: &Labels, epochs: usize, say: &mut AfterRound<'_>) {
    let tags = jackknifed(trees, labels);
    let data: Vec<_> = trees
        .iter()
        .zip(tags)
        .map(|(tree, tags)| (words(tree), tags, Gold::of(tree)))
        .collect();
    let mut model = Perceptron::new(MOVES);
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut dice = Dice(7);
    let mut learner = Learner::default();
    for epoch in 0..epochs {
        dice.shuffle(&mut order);
        let mut wrong = 0;
        for at in &order {
            let (words, tags, gold) = &data[*at];
            wrong += learner.learn(
                words,
                tags,
                gold,
                &mut model,
                (epoch > 0).then_some(&mut dice),
            );
        }
        let line = format!(
            "parser epoch {epoch}: {wrong} wrong, {} features",
            model.features()
        );
        say(&line, &|| model.pack(2, 1.0));
    }
}

fn jackknifed(trees: &[Tree], labels: &Labels) -> Vec<Vec<u8>> {
    let folds = 2;
    let mut out = vec![Vec::new(); trees.len()];
    for fold in 0..folds {
        let rest: Vec<Tree> = trees
            .iter()
            .enumerate()
            .filter(|(at, _)| at / 50 % folds != fold)
            .map(|(_, tree)| tree.clone())
            .collect();
        let model = Packed::read(&train_tagger(&rest, labels, 4)).unwrap_or_default();
        let mut tagger = Tagger::default();
        for (at, tree) in trees
            .iter()
            .enumerate()
            .filter(|(at, _)| at / 50 % folds == fold)
        {
            out[at] = tagger.tags(&words(tree), &model).to_vec();
        }
    }
    out
}

/// Gold arcs; the root's head is the number of words.
struct Gold {
    heads: Vec<usize>,
    deps: Vec<u8>,
    kids: Vec<Vec<usize>>,
}

impl Gold {
    fn of(tree: &Tree) -> Self {
        let count = tree.forms.len();
        let heads: Vec<_> = tree
            .heads
            .iter()
            .map(|head| head.unwrap_or(count))
            .collect();
        let mut kids = vec![Vec::new(); count + 1];
        for (at, head) in heads.iter().enumerate() {
            if let Some(list) = kids.get_mut(*head) {
                list.push(at);
            }
        }
        let deps = tree.deps.iter().map(|dep| dep_index(*dep)).collect();
        Self { heads, deps, kids }
    }

    /// How many gold arcs shift, left and right would lose (Goldberg & Nivre 2013).
    fn costs(&self, state: &State) -> [usize; 3] {
        let b0 = state.next;
        let Some((&s0, below)) = state.stack.split_last() else {
            return [0, usize::MAX, usize::MAX];
        };
        let s1 = below.last().copied();
        let late_kids = self.kids[s0].iter().filter(|kid| **kid >= b0).count();
        let head = self.heads[s0];
        let left = late_kids + usize::from(Some(head) == s1 || head > b0);
        let right = late_kids + usize::from(head >= b0);
        let shift = if b0 < state.count {
            let kids = self.kids[b0]
                .iter()
                .filter(|kid| state.stack.contains(kid))
                .count();
            kids + usize::from(below.contains(&self.heads[b0]))
        } else {
            usize::MAX
        };
        [shift, left, right]
    }
}

#[derive(Debug, Default)]
struct Learner {
    state: State,
    keys: Vec<u32>,
    scores: Vec<f32>,
    marks: Vec<u16>,
}

impl Learner {
    /// Parses once, moving the weights at each wrong step; returns how many there were. With dice it
    /// mostly goes on from its own guess.
    fn learn(
        &mut self,
        words: &[Word],
        tags: &[u8],
        gold: &Gold,
        model: &mut Perceptron,
        mut dice: Option<&mut Dice>,
    ) -> usize {
        let mut wrong = 0;
        self.state.begin(words.len());
        running_marks(words, &mut self.marks);
        while !self.state.done() {
            let view = View {
                words,
                tags,
                marks: &self.marks,
            };
            keys(&self.state, &view, &mut self.keys);
            model.score(&self.keys, &mut self.scores);
            model.tick();
            let possible = self.state.possible();
            let guess = best(&self.scores, possible);
            let right = self.right(gold, possible);
            let good = right.contains(&guess);
            let target = right
                .iter()
                .copied()
                .reduce(|a, b| if self.score(b) > self.score(a) { b } else { a })
                .unwrap_or(guess);
            if !good {
                wrong += 1;
                model.update(&self.keys, target.label(), guess.label());
            }
            let follow = good || dice.as_mut().is_some_and(|dice| dice.below(10) < 9);
            self.state.take(if follow { guess } else { target });
        }
        wrong
    }

    fn score(&self, step: Move) -> f32 {
        self.scores
            .get(usize::from(step.label()))
            .copied()
            .unwrap_or_default()
    }

    /// The possible moves that lose least.
    fn right(&self, gold: &Gold, possible: [bool; 3]) -> Vec<Move> {
        let costs = gold.costs(&self.state);
        let least = (0..3).filter(|at| possible[*at]).map(|at| costs[at]).min();
        let top = self.state.stack.last().map_or(0, |top| gold.deps[*top]);
        [Move::Shift, Move::Left(top), Move::Right(top)]
            .into_iter()
            .zip(0..3)
            .filter(|(_, at)| possible[*at] && Some(costs[*at]) == least)
            .map(|(step, _)| step)
            .collect()
    }
}

/// Scores on a treebank, its tokens given: shares of 1.
#[derive(Debug, Clone, Copy, Default)]
pub struct Report {
    /// Words.
    pub words: usize,
    /// Universal tags right.
    pub upos: f64,
    /// Penn tags right.
    pub xpos: f64,
    /// Lemmas right, in lower case.
    pub lemmas: f64,
    /// Heads right.
    pub uas: f64,
    /// Heads and relations (as [`Dep`] has them) right.
    pub las: f64,
    /// The same without subtypes.
    pub las_main: f64,
}

/// Scores `model` on trees whose tokens are given.
#[must_use]
pub fn evaluate(trees: &[Tree], model: &TagModel) -> Report {
    let mut hits = [0_usize; 6];
    let mut total = 0_usize;
    let (mut tagger, mut parser) = (Tagger::default(), Parser::default());
    for tree in trees {
        let words = words(tree);
        let tags = tagger.tags(&words, &model.tagger).to_vec();
        parser.parse(&words, &tags, &model.parser);
        for (at, (head, dep)) in parser.arcs().enumerate() {
            total += 1;
            let (upos, xpos) = model.labels.get(tags[at]);
            let lemma = model
                .lemmas
                .lemma(&tree.forms[at], upos, xpos)
                .to_lowercase();
            let headed = head == tree.heads[at];
            let right = [
                upos == tree.upos[at],
                xpos == tree.xpos[at],
                lemma == tree.lemmas[at].to_lowercase() || tree.lemmas[at] == "_",
                headed,
                headed && dep == tree.deps[at],
                headed && main(dep) == main(tree.deps[at]),
            ];
            for (hit, right) in hits.iter_mut().zip(right) {
                *hit += usize::from(right);
            }
        }
    }
    let share = |hit: usize| hit as f64 / total.max(1) as f64;
    Report {
        words: total,
        upos: share(hits[0]),
        xpos: share(hits[1]),
        lemmas: share(hits[2]),
        uas: share(hits[3]),
        las: share(hits[4]),
        las_main: share(hits[5]),
    }
}

fn main(dep: Dep) -> Dep {
    match dep {
        Dep::AclRelcl => Dep::Acl,
        Dep::AuxPass => Dep::Aux,
        Dep::CompoundPrt => Dep::Compound,
        Dep::CsubjPass => Dep::Csubj,
        Dep::NmodPoss => Dep::Nmod,
        Dep::NsubjPass => Dep::Nsubj,
        Dep::OblAgent | Dep::OblTmod => Dep::Obl,
        other => other,
    }
}
