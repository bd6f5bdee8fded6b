//! Weak relations: sides that two names of a sentence take by its syntax and the words between them,
//! where no statement says so.
//!
//! Less than a position: *Peru, whose trade Georgia ruined*. They are for measuring and export; no
//! panel counts them.

use crate::model::{Act, Confidence, Polarity, Relation, Suggested, TextRange, TokenIdx};
use crate::nlp::stance::lexicon::{ACTS, CuePos, RELATIONS};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::stance::{BY, Stances, tone};
use crate::nlp::{Dep, Upos};

/// Weight of words that must come together.
const LEAST: f32 = 0.35;
/// Names of a sentence that are looked at.
const MOST: usize = 12;

/// Returns the surest relation of each sentence in which no statement has a target.
pub(super) fn of(actors: &Actors<'_, '_, '_>, found: &Stances) -> Vec<Suggested<Relation>> {
    let tree = actors.tree;
    let mut out: Vec<Suggested<Relation>> = Vec::new();
    for number in 0..tree.doc.tokens.sentences.len() {
        let names = actors.names(number);
        if names.len() < 2 || said(found, tree.sentence_range(number)) {
            continue;
        }
        let mut best: Option<Suggested<Relation>> = None;
        for &holder in names.iter().take(MOST) {
            for &target in names.iter().take(MOST) {
                if holder.party.entity == target.party.entity {
                    continue;
                }
                let surer = |new: &Suggested<Relation>| {
                    best.as_ref()
                        .is_none_or(|old| new.confidence.get() > old.confidence.get())
                };
                if let Some(new) = relation(actors, holder, target).filter(surer) {
                    best = Some(new);
                }
            }
        }
        out.extend(best);
    }
    out
}

/// Whether a statement of the sentence has a target.
fn said(found: &Stances, sentence: TextRange) -> bool {
    let from = found
        .statements
        .partition_point(|s| s.value.evidence.cue.start() < sentence.start());
    found
        .statements
        .iter()
        .skip(from)
        .map(|s| &s.value)
        .take_while(|s| s.evidence.cue.start() < sentence.end())
        .any(|s| s.target.is_some())
}

/// The nearest verb or noun of which one does what the other is below of.
fn relation(
    actors: &Actors<'_, '_, '_>,
    holder: Actor,
    target: Actor,
) -> Option<Suggested<Relation>> {
    let tree = actors.tree;
    let mut sum = 0.0;
    let mut at = target.token;
    let mut strongest: Option<(TokenIdx, f32)> = None;
    for _ in 0..12 {
        let up = tree.head(at)?;
        if tree.dep(at) == Dep::Conj && up == holder.token {
            return together(actors, holder, target);
        }
        let weight = weight(actors, up, at);
        sum += weight;
        if weight != 0.0 && strongest.is_none_or(|(_, most)| weight.abs() > most) {
            strongest = Some((up, weight.abs()));
        }
        if does(actors, up, holder, at) {
            let (cue, _) = strongest?;
            return (sum.abs() >= LEAST).then(|| written(actors, holder, target, (cue, sum)));
        }
        at = up;
    }
    None
}

/// *Peru and Georgia clashed, a feud between Peru and Georgia*: what the row of both does or has.
fn together(
    actors: &Actors<'_, '_, '_>,
    holder: Actor,
    target: Actor,
) -> Option<Suggested<Relation>> {
    let tree = actors.tree;
    let over = tree.head(holder.token)?;
    let mutual = match tree.tag(over) {
        Upos::Verb => DIRECTION.has("mutual", tree.lemma(over)) && tree.object(over).is_none(),
        Upos::Noun => tree.has_case(holder.token, "between"),
        _ => false,
    };
    let sum = weight(actors, over, holder.token);
    (mutual && sum.abs() >= LEAST).then(|| written(actors, holder, target, (over, sum)))
}

/// Whether `holder` does what the word names, as subject, agent or owner.
fn does(actors: &Actors<'_, '_, '_>, word: TokenIdx, holder: Actor, below: TokenIdx) -> bool {
    let tree = actors.tree;
    let is = |t: TokenIdx| {
        t != below
            && (t == holder.token
                || tree.dominates(t, holder.token)
                    && actors
                        .row(t)
                        .iter()
                        .any(|a| a.party.entity == holder.party.entity))
    };
    match tree.tag(word) {
        Upos::Verb => tree.doer(word).is_some_and(is),
        Upos::Noun => {
            tree.maker(word).is_some_and(is)
                || tree
                    .children_with(word, &[Dep::Amod, Dep::Compound])
                    .any(|t| t < word && is(t))
                || tree.child(word, Dep::Cop).is_some() && tree.subject(word).is_some_and(is)
        }
        Upos::Adj => tree.subject(word).is_some_and(is),
        _ => false,
    }
}

/// How far a word, what modifies it and the preposition below it speak for or against what is below.
fn weight(actors: &Actors<'_, '_, '_>, word: TokenIdx, below: TokenIdx) -> f32 {
    let tree = actors.tree;
    let pos = match tree.tag(word) {
        Upos::Verb => CuePos::Verb,
        Upos::Noun => CuePos::Noun,
        Upos::Adj => CuePos::Adjective,
        _ => return 0.0,
    };
    let act = ACTS
        .of(pos, tree.lemma(word))
        .iter()
        .filter(|p| p.needs.is_empty() || p.sure >= 0.7)
        .max_by(|a, b| a.sure.total_cmp(&b.sure))
        .map(|p| sign(p.to_target) * p.sure);
    let mut sum = match act {
        Some(sum) if sum != 0.0 => sum,
        _ => RELATIONS
            .get(&pos)
            .and_then(|words| words.get(tree.lemma(word)))
            .copied()
            .or_else(|| tone::judges(tree, word))
            .map_or(0.0, |j| sign(j.side) * j.strength),
    };
    let modifiers = tree
        .children_with(word, &[Dep::Amod, Dep::Advmod, Dep::Compound])
        .filter(|&m| m != below);
    for modifier in modifiers {
        sum += tone::judges(tree, modifier).map_or(0.0, |j| sign(j.side) * j.strength * 0.7);
    }
    if ["against", "despite", "without", "unlike"]
        .iter()
        .any(|p| tree.has_case(below, p))
    {
        sum = -sum.abs().max(0.5);
    }
    if tree.negated(word) { -sum } else { sum }
}

fn sign(side: Polarity) -> f32 {
    match side {
        Polarity::Support => 1.0,
        Polarity::Neutral => 0.0,
        Polarity::Oppose => -1.0,
    }
}

fn written(
    actors: &Actors<'_, '_, '_>,
    holder: Actor,
    target: Actor,
    (cue, sum): (TokenIdx, f32),
) -> Suggested<Relation> {
    let polarity = if sum < 0.0 {
        Polarity::Oppose
    } else {
        Polarity::Support
    };
    let act = if sum < 0.0 { Act::Accuse } else { Act::Support };
    Suggested {
        value: Relation {
            holder: holder.party,
            target: target.party,
            polarity,
            act,
            cue: actors.tree.range(cue),
        },
        confidence: Confidence::new((sum.abs() * 0.3).min(0.45)),
        by: BY.to_owned(),
    }
}
