//! What people say without a verb of their own for it: *said the ban must end* is a request, *said
//! the plan is an insult* an accusation.

use crate::model::{Act, Attribution, Polarity, Suggested, TextRange, TokenIdx};
use crate::nlp::attribution::{TOPIC, cues};
use crate::nlp::stance::events;
use crate::nlp::stance::frames::Filled;
use crate::nlp::stance::issue::{clause, nominal};
use crate::nlp::stance::lexicon::{CuePos, JUDGEMENTS};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::stance::tone;
use crate::nlp::tree::Tree;
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
        if attribution.confidence.get() <= TOPIC {
            continue; // what was only spoken of says nothing by itself
        }
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
            for part in sentences(actors, piece) {
                found.extend(in_part(actors, part, &speakers, taken));
            }
        }
    }
    found
}

/// A content cut at sentence ends.
fn sentences(actors: &Actors<'_, '_, '_>, piece: TextRange) -> Vec<TextRange> {
    let tree = actors.tree;
    let mut parts: Vec<TextRange> = Vec::new();
    let mut number = None;
    for token in tree.covered(piece) {
        let here = tree.sentence(token);
        if number != Some(here) {
            number = Some(here);
            parts.extend(tree.sentence_range(here).intersect(piece));
        }
    }
    parts
}

/// The positions of one sentence of what is said: those that a clause shows, else the tone of all.
fn in_part(
    actors: &Actors<'_, '_, '_>,
    part: TextRange,
    speakers: &[Actor],
    taken: &dyn Fn(TokenIdx) -> bool,
) -> Vec<Said> {
    let tree = actors.tree;
    let mut found = Vec::new();
    for root in roots(actors, part) {
        let conditional = events::hypothetical(tree, root, Act::Request);
        let tells = events::only_tells(tree, root);
        if !taken(root) && !conditional && !tells {
            found.extend(speakers.iter().filter_map(|&s| position(actors, root, s)));
        }
    }
    let told = tree
        .covered(part)
        .any(|t| taken(t) || events::only_tells(tree, t) && tree.tag(t) == Upos::Verb);
    if found.is_empty() && !told {
        found.extend(speakers.iter().filter_map(|&s| tone::of(actors, part, s)));
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
    if let Some(asked) = asked(actors, root, speaker) {
        return Some(asked);
    }
    if let Some(refused) = refused(actors, root, speaker) {
        return Some(refused);
    }
    if let Some(modal) = modal(actors, root) {
        return Some(should(actors, root, modal, (speaker, actor)));
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
    if let Some(it) = subject.filter(|&s| matches!(tree.lower(s).as_str(), "it" | "this" | "that"))
        && in_quotation(actors, it)
    {
        // What a speaker points at is a thing that was just told, more often than an actor.
        filled.target = None;
        filled.issues.extend(nominal(tree, it));
    } else if let Some(doing) = tree.child(root, Dep::Csubj).filter(|_| subject.is_none()) {
        filled.issues.extend(clause(tree, doing, None));
    } else if actor.is_none() {
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

/// *the ban must end*: a request of who says it.
fn should(
    actors: &Actors<'_, '_, '_>,
    root: TokenIdx,
    modal: TokenIdx,
    (speaker, actor): (Actor, Option<Actor>),
) -> Said {
    let tree = actors.tree;
    let mut filled = Filled {
        target: actor,
        ..Filled::default()
    };
    let cut = tree.subject(root).filter(|_| actor.is_some());
    filled.issues.extend(clause(tree, root, cut));
    Said {
        speaker,
        cue: root,
        range: tree.range(modal).cover(tree.range(root)),
        act: Act::Request,
        to_issue: Polarity::Support,
        filled,
        sure: 0.6,
    }
}

/// *it is time for X to go, our message is for X to go, X needs to go, it is vital that X goes*, and
/// in quotations *Go!*
fn asked(actors: &Actors<'_, '_, '_>, root: TokenIdx, speaker: Actor) -> Option<Said> {
    let tree = actors.tree;
    let lemma = tree.lemma(root);
    let to = |t: TokenIdx| {
        tree.children_with(t, &[Dep::Mark])
            .any(|m| tree.lower(m) == "to")
    };
    let cop = tree.child(root, Dep::Cop).is_some();
    let asks = |t: TokenIdx| DIRECTION.has("asking", tree.lemma(t));
    let below = |deps: &[Dep]| tree.children_with(root, deps).find(|&c| c > root);
    let (cue, inner, who) = if cop && asks(root) {
        let clause = below(&[Dep::Acl, Dep::Advcl, Dep::Xcomp, Dep::Ccomp, Dep::Csubj])?;
        (root, clause, tree.oblique(root, "for"))
    } else if cop
        && tree.has_case(root, "for")
        && let Some(noun) = tree.subject(root).filter(|&s| asks(s))
        && let Some(clause) = tree
            .children_with(root, &[Dep::Acl, Dep::Advcl])
            .find(|&c| to(c))
    {
        // "our message is for Russia to stop the war"
        (noun, clause, Some(root))
    } else if matches!(lemma, "need" | "have")
        && let Some(clause) = tree.child(root, Dep::Xcomp).filter(|&c| to(c))
    {
        (root, clause, tree.subject(root))
    } else if tree.xpos(root) == "VB"
        && tree.tag(root) == Upos::Verb
        && lemma != "let"
        && tree.subject(root).is_none()
        && tree
            .children_with(root, &[Dep::Aux, Dep::Mark])
            .next()
            .is_none()
        && (in_quotes(tree, root) || behind_colon(tree, root))
    {
        let who = tree
            .child(root, Dep::Vocative)
            .or_else(|| addressee(actors, root));
        (root, root, who)
    } else {
        return None;
    };
    let who = who.or_else(|| tree.child(inner, Dep::Nsubj));
    let target = who
        .and_then(|w| actors.target_at(w))
        .filter(|a| a.party.entity != speaker.party.entity);
    let mut filled = Filled {
        target,
        ..Filled::default()
    };
    let cut = who.filter(|_| target.is_some());
    filled.issues.extend(clause(tree, inner, cut));
    Some(Said {
        speaker,
        cue: inner,
        range: tree.range(cue),
        act: Act::Request,
        to_issue: Polarity::Support,
        filled,
        sure: 0.55,
    })
}

/// *Kremlin: No talks with Kyiv*: what a headline lets somebody refuse.
fn refused(actors: &Actors<'_, '_, '_>, root: TokenIdx, speaker: Actor) -> Option<Said> {
    let tree = actors.tree;
    let no = tree
        .children_with(root, &[Dep::Det])
        .find(|&d| tree.lower(d) == "no")?;
    let opens = tree.tag(root) == Upos::Noun && behind_colon(tree, no);
    let mut filled = Filled {
        target: actors.within(root, &[speaker.party.entity]),
        ..Filled::default()
    };
    filled.issues.extend(nominal(tree, root));
    opens.then(|| Said {
        speaker,
        cue: root,
        range: tree.range(no).cover(tree.range(root)),
        act: Act::Reject,
        to_issue: Polarity::Oppose,
        filled,
        sure: 0.6,
    })
}

/// Whether the word before is a colon.
fn behind_colon(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    let before = token.0.checked_sub(1).map(TokenIdx);
    before.is_some_and(|b| tree.doc.word(b) == ":" && tree.sentence(b) == tree.sentence(token))
}

/// *UN chief to Peru: …*: to whom a headline lets somebody speak.
fn addressee(actors: &Actors<'_, '_, '_>, token: TokenIdx) -> Option<TokenIdx> {
    let tree = actors.tree;
    tree.in_sentence(tree.sentence(token))
        .take_while(|&t| t < token && tree.doc.word(t) != ":")
        .skip_while(|&t| tree.lower(t) != "to")
        .find(|&t| actors.target_at(t).is_some())
}

/// Whether a quotation mark opened before the word in its sentence is still open, or one closes it.
fn in_quotation(actors: &Actors<'_, '_, '_>, token: TokenIdx) -> bool {
    let tree = actors.tree;
    let marks = tree
        .in_sentence(tree.sentence(token))
        .filter(|&t| matches!(tree.doc.word(t), "“" | "\"" | "”"));
    let (before, after): (Vec<_>, Vec<_>) = marks.partition(|&t| t < token);
    before.len() % 2 == 1 || before.is_empty() && after.len() % 2 == 1
}

/// Whether the word before, or the one before that, opens a quotation.
fn in_quotes(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    (1..=2).any(|back| {
        token
            .0
            .checked_sub(back)
            .is_some_and(|at| matches!(tree.doc.word(TokenIdx(at)), "“" | "\"" | "‘"))
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
        .or_else(|| tree.oblique(object, "as"))
        .or_else(|| tree.child(verb, Dep::Ccomp))
        .or_else(|| {
            tree.children_with(verb, &[Dep::Advcl])
                .find(|&c| c > object)
        });
    let beside = tree
        .children_with(
            object,
            &[Dep::Appos, Dep::Amod, Dep::Acl, Dep::Nmod, Dep::Dep],
        )
        .find(|&c| c > object && tree.preposition(c).is_none())
        .filter(|_| tree.lemma(verb) != "describe" || complement.is_none());
    let complement = complement.or(beside);
    let mut object = object;
    let mut words = complement.map_or_else(Vec::new, |c| tree.subtree(c));
    if complement.is_none() && tree.lemma(verb) == "call" {
        // "called the members provocateurs": the parser makes one phrase of the two.
        words = vec![object];
        object = tree.children_with(object, &[Dep::Compound]).last()?;
    }
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
