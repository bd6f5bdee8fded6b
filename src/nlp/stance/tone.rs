//! What is said judges even where no predicate of its clause does: the words in it that praise or
//! blame, added up (*the army killed 30 civilians*, said a rights group).
//!
//! Only read where a sentence of what is said shows no act and no judgement of its own.

use crate::model::{Act, Polarity, TextRange, TokenIdx};
use crate::nlp::Upos;
use crate::nlp::stance::frames::Filled;
use crate::nlp::stance::issue::{clause, nominal};
use crate::nlp::stance::lexicon::{CuePos, JUDGEMENTS, Judgement};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::says::Said;
use crate::nlp::tree::Tree;

/// Strength that all words together must reach.
const LEAST: f32 = 0.45;

/// Returns what the speaker does by saying `part`, a sentence or less.
pub(super) fn of(actors: &Actors<'_, '_, '_>, part: TextRange, speaker: Actor) -> Option<Said> {
    let tree = actors.tree;
    if states_need(tree, part) {
        return None;
    }
    let mut sum = 0.0;
    let mut strongest: Option<(TokenIdx, f32)> = None;
    for token in tree.covered(part) {
        let Some(row) = judges(tree, token) else {
            continue;
        };
        let turned = tree.negated(token) || tree.governor(token).is_some_and(|g| tree.negated(g));
        let side = match (row.side, turned) {
            (Polarity::Support, false) | (Polarity::Oppose, true) => 1.0,
            _ => -1.0,
        };
        let weight = side * row.strength;
        sum += weight;
        if strongest.is_none_or(|(_, most)| row.strength > most) {
            strongest = Some((token, row.strength));
        }
    }
    let (word, strength) = strongest?;
    if sum.abs() < LEAST {
        return None;
    }
    let oppose = sum < 0.0;
    let to_issue = if oppose {
        Polarity::Oppose
    } else {
        Polarity::Support
    };
    Some(Said {
        speaker,
        cue: word,
        range: tree.range(word),
        act: if oppose { Act::Accuse } else { Act::Support },
        to_issue,
        filled: filled(actors, part, word, speaker),
        sure: strength * 0.6,
    })
}

/// *a lasting peace needs time*: what must come first is neither praised nor blamed.
fn states_need(tree: &Tree<'_, '_>, part: TextRange) -> bool {
    tree.covered(part).any(|token| {
        let outer = tree
            .head(token)
            .is_none_or(|head| !part.contains_range(tree.range(head)));
        outer && matches!(tree.lemma(token), "need" | "require" | "depend")
    })
}

/// The row of a word that praises or blames; names do neither.
pub(super) fn judges(tree: &Tree<'_, '_>, token: TokenIdx) -> Option<Judgement> {
    if tree.lower(token) == "anti" || tree.lower(token).starts_with("anti-") {
        return Some(Judgement {
            side: Polarity::Oppose,
            strength: 0.5,
        });
    }
    let pos = match tree.tag(token) {
        Upos::Verb => CuePos::Verb,
        Upos::Noun => CuePos::Noun,
        Upos::Adj => CuePos::Adjective,
        _ => return None,
    };
    let row = JUDGEMENTS.get(&pos)?.get(tree.lemma(token));
    row.or_else(|| {
        let adjectives = JUDGEMENTS.get(&CuePos::Adjective)?;
        (tree.xpos(token) == "VBN")
            .then(|| adjectives.get(tree.lower(token).as_str()))
            .flatten()
    })
    .copied()
}

/// Whom and what it judges: the subject of the word's clause.
fn filled(actors: &Actors<'_, '_, '_>, part: TextRange, word: TokenIdx, speaker: Actor) -> Filled {
    let tree = actors.tree;
    let other = |a: &Actor| a.party.entity != speaker.party.entity;
    let governor = tree
        .governor(word)
        .filter(|&g| part.contains_range(tree.range(g)));
    let subject = governor
        .filter(|&g| !tree.passive(g))
        .and_then(|g| tree.subject(g))
        .filter(|&s| part.contains_range(tree.range(s)));
    let mut filled = Filled {
        target: subject.and_then(|s| actors.target_at(s)).filter(other),
        ..Filled::default()
    };
    match (filled.target, subject, governor) {
        (Some(_), Some(s), Some(g)) if tree.tag(g) == Upos::Verb => {
            filled.issues.extend(clause(tree, g, Some(s)));
        }
        (None, Some(s), _) => {
            filled.target = actors.within(s, &[speaker.party.entity]);
            if tree.tag(s) != Upos::Pron {
                filled.issues.extend(nominal(tree, s));
            }
        }
        (None, None, _) => {
            let noun = |t: &TokenIdx| tree.tag(*t) == Upos::Noun;
            let before = tree.covered(part).take_while(|&t| t < word).find(noun);
            let about = before.or_else(|| Some(word).filter(noun));
            filled.issues.extend(about.and_then(|t| nominal(tree, t)));
        }
        _ => {}
    }
    filled
}
