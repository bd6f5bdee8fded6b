//! What people say without a verb of their own for it: *said the ban must end* is a request, *said
//! the plan is an insult* an accusation.

use crate::model::{Act, Attribution, Polarity, Suggested, TextRange, TokenIdx};
use crate::nlp::attribution::cues;
use crate::nlp::stance::events;
use crate::nlp::stance::frames::Filled;
use crate::nlp::stance::issue::{clause, nominal};
use crate::nlp::stance::lexicon::{CuePos, JUDGEMENTS};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::{Dep, Upos};

/// A position found in what is said.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) speaker: Actor,
    pub(super) cue: TokenIdx,
    pub(super) range: TextRange,
    pub(super) act: Act,
    pub(super) to_issue: Polarity,
    pub(super) filled: Filled,
    pub(super) sure: f32,
}

/// Returns the positions in the contents of `attributions`; words for which `taken` holds already
/// show an act.
pub(super) fn positions(
    actors: &Actors<'_, '_, '_>,
    attributions: &[Suggested<Attribution>],
    taken: &dyn Fn(TokenIdx) -> bool,
) -> Vec<Said> {
    let mut found = Vec::new();
    for attribution in attributions {
        let a = &attribution.value;
        let Some(cue) = a.cue.first().and_then(|&c| actors.tree.head_of(c)) else {
            continue;
        };
        if taken(cue) {
            continue;
        }
        let speakers = actors.sources(a);
        let tells = cues::says(actors.tree.lemma(cue)) || actors.tree.tag(cue) != Upos::Verb;
        if !tells {
            found.extend(speakers.iter().filter_map(|&s| called(actors, cue, s)));
            continue;
        }
        for &piece in &a.content {
            for root in roots(actors, piece) {
                let conditional = events::hypothetical(actors.tree, root, Act::Request);
                let tells = events::only_tells(actors.tree, root);
                if !taken(root) && !conditional && !tells {
                    found.extend(speakers.iter().filter_map(|&s| position(actors, root, s)));
                }
            }
        }
    }
    found
}

/// Heads of the clauses of a content: of each sentence, and what is coordinated with it.
fn roots(actors: &Actors<'_, '_, '_>, piece: TextRange) -> Vec<TokenIdx> {
    let tree = actors.tree;
    let mut found = Vec::new();
    for token in tree.covered(piece) {
        let head_outside = tree
            .head(token)
            .is_none_or(|h| !piece.contains_range(tree.range(h)));
        let clausal = tree.tag(token) == Upos::Verb || tree.child(token, Dep::Cop).is_some();
        if head_outside && tree.tag(token) != Upos::Punct {
            found.push(token);
            if events::only_tells(tree, token) {
                continue; // what is told there has a source of its own
            }
            found.extend(
                tree.children_with(token, &[Dep::Conj, Dep::Parataxis, Dep::Ccomp])
                    .filter(|&c| piece.contains_range(tree.range(c))),
            );
        } else if clausal && tree.dep(token) == Dep::Conj && found.contains(&token) {
            continue;
        }
    }
    found.dedup();
    found
}

fn position(actors: &Actors<'_, '_, '_>, root: TokenIdx, speaker: Actor) -> Option<Said> {
    let tree = actors.tree;
    let subject = tree.subject(root);
    let actor = subject
        .and_then(|s| actors.target_at(s))
        .filter(|a| a.party.entity != speaker.party.entity);
    if let Some(modal) = modal(actors, root) {
        let mut filled = Filled {
            target: actor,
            ..Filled::default()
        };
        let cut = subject.filter(|_| actor.is_some());
        filled.issues.extend(clause(tree, root, cut));
        return Some(Said {
            speaker,
            cue: root,
            range: tree.range(modal).cover(tree.range(root)),
            act: Act::Request,
            to_issue: Polarity::Support,
            filled,
            sure: 0.6,
        });
    }
    let (word, side, strength) = judged(actors, root)?;
    let own = subject.is_some_and(|s| {
        actors
            .at(s)
            .first()
            .is_some_and(|a| a.party.entity == speaker.party.entity)
    });
    if own {
        return None;
    }
    let side = if tree.negated(root) {
        side.reversed()
    } else {
        side
    };
    let mut filled = Filled {
        target: actor,
        ..Filled::default()
    };
    if actor.is_none() {
        if let Some(s) = subject {
            filled.issues.extend(nominal(tree, s));
            filled.target = actors.within(s, &[speaker.party.entity]);
        }
    } else if tree.tag(root) == Upos::Verb {
        filled.issues.extend(clause(tree, root, subject));
    }
    let oppose = side == Polarity::Oppose;
    Some(Said {
        speaker,
        cue: word,
        range: tree.range(word),
        act: if oppose { Act::Accuse } else { Act::Support },
        to_issue: side,
        filled,
        sure: strength * 0.75,
    })
}

/// *should, must, has to* on the clause.
fn modal(actors: &Actors<'_, '_, '_>, root: TokenIdx) -> Option<TokenIdx> {
    let tree = actors.tree;
    tree.children_with(root, &[Dep::Aux])
        .find(|&a| DIRECTION.has("modal", tree.lemma(a)) || DIRECTION.has("modal", &tree.lower(a)))
        .filter(|&a| !matches!(tree.lower(a).as_str(), "shall"))
}

/// The word that judges in a predicate: itself, its modifier, its object.
fn judged(actors: &Actors<'_, '_, '_>, root: TokenIdx) -> Option<(TokenIdx, Polarity, f32)> {
    let tree = actors.tree;
    let look = |token: TokenIdx| {
        let pos = actors.pos(token)?;
        let row = JUDGEMENTS.get(&pos)?.get(tree.lemma(token)).or_else(|| {
            // "is biased": a participle that judges like an adjective.
            let word = tree.lower(token);
            let participle = tree.xpos(token) == "VBN";
            JUDGEMENTS
                .get(&CuePos::Adjective)?
                .get(word.as_str())
                .filter(|_| participle)
        })?;
        Some((token, row.side, row.strength))
    };
    // A verb judges by itself; what it takes judges only with *be, have, amount to*.
    let own = look(root);
    if own.is_some() {
        return own;
    }
    let pos = actors.pos(root)?;
    if pos == CuePos::Verb {
        let linking = matches!(
            tree.lemma(root),
            "have" | "be" | "become" | "constitute" | "represent" | "remain" | "amount" | "seem"
        );
        return tree
            .children_with(root, &[Dep::Xcomp, Dep::Obj, Dep::Obl])
            .filter(|_| linking)
            .find_map(look);
    }
    tree.children_with(root, &[Dep::Amod, Dep::Compound, Dep::Acl])
        .find_map(look)
        .map(|(word, side, strength)| (word, side, strength * 0.8))
}

/// *called the plan absurd, described them as terrorists*.
fn called(actors: &Actors<'_, '_, '_>, verb: TokenIdx, speaker: Actor) -> Option<Said> {
    let tree = actors.tree;
    let object = tree.object(verb)?;
    let complement = tree
        .child(verb, Dep::Xcomp)
        .or_else(|| tree.oblique(verb, "as"))
        .or_else(|| tree.child(verb, Dep::Ccomp))
        .or_else(|| {
            tree.children_with(verb, &[Dep::Advcl])
                .find(|&c| c > object)
        });
    let words = complement.map_or_else(Vec::new, |c| tree.subtree(c));
    let (_, side, strength) = words.iter().find_map(|&w| {
        let pos = actors.pos(w)?;
        let row = JUDGEMENTS.get(&pos)?.get(tree.lemma(w))?;
        Some((w, row.side, row.strength))
    })?;
    let target = actors
        .target_at(object)
        .filter(|a| a.party.entity != speaker.party.entity);
    let mut filled = Filled {
        target,
        ..Filled::default()
    };
    if target.is_none() {
        filled.issues.extend(nominal(tree, object));
        filled.target = actors.within(object, &[speaker.party.entity]);
    }
    Some(Said {
        speaker,
        cue: verb,
        range: tree.range(verb),
        act: if side == Polarity::Oppose {
            Act::Accuse
        } else {
            Act::Support
        },
        to_issue: side,
        filled,
        sure: strength,
    })
}
