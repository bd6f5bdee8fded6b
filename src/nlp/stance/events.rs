//! Words that show an act: predicates of the lexicon whose needs are met.

use crate::model::{Act, Polarity, TokenIdx};
use crate::nlp::attribution::cues;
use crate::nlp::stance::lexicon::{ACTS, CuePos, Need, Predicate};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::sides::{DIRECTION, planned, refuses};
use crate::nlp::stance::word::lemmas_of;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// A cue with its reading, before its arguments are found.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) cue: TokenIdx,
    /// Last word of the cue: *refused* … *ready to hold*.
    pub(super) last: TokenIdx,
    pub(super) pos: CuePos,
    pub(super) act: Act,
    pub(super) frame: &'static str,
    pub(super) to_target: Polarity,
    pub(super) to_issue: Polarity,
    pub(super) sure: f32,
    pub(super) holders: Vec<Actor>,
    /// A refusal by negation: the issue is the negated verb's phrase.
    pub(super) refusal: bool,
}

/// Returns the event at a word, if it shows one and somebody does it.
pub(super) fn at(actors: &Actors<'_, '_, '_>, token: TokenIdx) -> Option<Event> {
    let tree = actors.tree;
    let mut pos = actors.pos(token)?;
    let mut lemma = tree.lemma(token);
    let word = tree.lower(token);
    if states(tree, token, pos) {
        // "is opposed to": a participle that says a stand, not what was done.
        pos = CuePos::Adjective;
        lemma = &word;
    }
    let guess = unknown(pos, lemma, &word);
    if let Some(known) = &guess {
        lemma = known; // the lemmatiser's guess is no word of the lexicon
    }
    if silent(tree, token) {
        return None;
    }
    if pos == CuePos::Verb {
        if should(tree, token) {
            return None; // somebody's request, which `says` reads
        }
        if refuses(tree, token) {
            return refusal(actors, token);
        }
        if let Some(noun) = no_reason(tree, token) {
            return Some(Event {
                cue: noun,
                last: token,
                pos: CuePos::Noun,
                refusal: false,
                ..refusal(actors, token)?
            });
        }
    }
    if pos == CuePos::Noun && ACTS.of(pos, lemma).is_empty() {
        // "Talks" at the head of a sentence keeps its ending.
        lemma = lemma.strip_suffix('s')?;
    }
    let reading = reading(actors, token, pos, lemma)?;
    let holders = holders(actors, token, pos);
    if holders.is_empty() {
        return None;
    }
    let mut event = Event {
        cue: token,
        last: token,
        pos,
        act: reading.act,
        frame: reading.frame,
        to_target: reading.to_target,
        to_issue: reading.to_issue,
        sure: reading.sure,
        holders,
        refusal: false,
    };
    if reading.act == Act::Agree && reading.frame == "offer" {
        promised(tree, token, &mut event)?;
    }
    Some(event)
}

/// The reading of a word that all around it fits, if that is an act.
fn reading(
    actors: &Actors<'_, '_, '_>,
    token: TokenIdx,
    pos: CuePos,
    lemma: &str,
) -> Option<&'static Predicate> {
    let tree = actors.tree;
    let reading = ACTS
        .of(pos, lemma)
        .iter()
        .find(|p| p.needs.iter().all(|need| met(tree, token, need)))?;
    let no_act = match pos {
        CuePos::Verb => !verb_acts(actors, token, reading),
        CuePos::Noun => inner_of_light(tree, token),
        CuePos::Adjective => false,
    };
    if no_act || hypothetical(tree, token, reading.act) {
        return None;
    }
    Some(reading)
}

/// Whether a passive participle without agent says a stand (*is opposed to*).
fn states(tree: &Tree<'_, '_>, token: TokenIdx, pos: CuePos) -> bool {
    pos == CuePos::Verb
        && tree.xpos(token) == "VBN"
        && tree.passive(token)
        && tree.agent(token).is_none()
        && !ACTS.of(CuePos::Adjective, &tree.lower(token)).is_empty()
}

/// What a verb whose lemma no row has may be by its ending.
fn unknown(pos: CuePos, lemma: &str, word: &str) -> Option<String> {
    let open = pos == CuePos::Verb && ACTS.of(pos, lemma).is_empty();
    let mut lemmas = if open { lemmas_of(word) } else { Vec::new() }.into_iter();
    lemmas.find(|known| !ACTS.of(pos, known).is_empty())
}

/// What is promised decides: a blow is a threat, a concession or withdrawal a concession; a protest
/// that is vowed is that protest, planned.
fn promised(tree: &Tree<'_, '_>, token: TokenIdx, event: &mut Event) -> Option<()> {
    let Some(verb) = tree
        .child(token, Dep::Xcomp)
        .or_else(|| tree.children_with(token, &[Dep::Acl]).next())
    else {
        return Some(());
    };
    let Some(inner) = ACTS
        .of(CuePos::Verb, tree.lemma(verb))
        .iter()
        .find(|p| p.needs.iter().all(|need| met(tree, verb, need)))
    else {
        return Some(());
    };
    match inner.act {
        Act::Protest => return None,
        Act::Concede | Act::Retreat => {
            event.act = Act::Concede;
            event.to_issue = Polarity::Support;
        }
        Act::Assault | Act::Coerce | Act::Sanction | Act::Mobilize if inner.sure > 0.5 => {
            event.act = Act::Threaten;
            event.to_target = Polarity::Oppose;
        }
        _ => {}
    }
    Some(())
}

/// What stands in a condition, or is only possible, is no act.
pub(super) fn hypothetical(tree: &Tree<'_, '_>, token: TokenIdx, act: Act) -> bool {
    let material = !matches!(
        act,
        Act::Agree
            | Act::Consult
            | Act::Support
            | Act::Concede
            | Act::Request
            | Act::Accuse
            | Act::Reject
            | Act::Threaten
    );
    let over = tree
        .head(token)
        .filter(|_| tree.dep(token) == Dep::Xcomp)
        .unwrap_or(token);
    let aux = |verb: TokenIdx| -> Vec<String> {
        tree.children_with(verb, &[Dep::Aux])
            .map(|a| tree.lower(a))
            .collect()
    };
    let possible = |words: &[String]| {
        words
            .iter()
            .any(|a| matches!(a.as_str(), "may" | "might" | "could" | "can"))
    };
    let own = aux(token);
    let unreal = own.iter().any(|a| a == "would") && own.iter().any(|a| a == "have");
    if material && (possible(&own) || possible(&aux(over))) || unreal || unrealised(tree, token) {
        return true;
    }
    let mut at = token;
    for _ in 0..12 {
        if tree.dep(at) == Dep::Advcl
            && tree
                .children_with(at, &[Dep::Mark, Dep::Advmod])
                .any(|m| DIRECTION.has("condition", &tree.lower(m)) || tree.lower(m) == "whether")
        {
            return true;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// An infinitive that nothing says was done: *a way to end the war*, *allowed them to sell arms*.
fn unrealised(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    let infinitive = tree.tag(token) == Upos::Verb
        && tree
            .children_with(token, &[Dep::Mark])
            .any(|m| tree.lower(m) == "to");
    if !infinitive
        || !matches!(
            tree.dep(token),
            Dep::Xcomp | Dep::Acl | Dep::Ccomp | Dep::AclRelcl
        )
    {
        return false;
    }
    let Some(head) = tree.head(token) else {
        return false;
    };
    let own_noun = tree.tag(head) == Upos::Noun && tree.owner(head).is_some();
    !own_noun
        && !planned(tree, token)
        && !DIRECTION.has("implicative", tree.lemma(head))
        && !tree.nominal(head)
        || tree.nominal(head) && !own_noun && !planned(tree, token)
}

fn holders(actors: &Actors<'_, '_, '_>, token: TokenIdx, pos: CuePos) -> Vec<Actor> {
    let tree = actors.tree;
    match pos {
        CuePos::Verb => tree
            .doer(token)
            .map(|s| {
                let row = actors.row(s);
                if row.is_empty() {
                    actors.owner_of(s)
                } else {
                    row
                }
            })
            .filter(|row| !row.is_empty())
            .unwrap_or_else(|| actors.left_of(token)),
        CuePos::Adjective => {
            let predicate = tree.passive(token)
                || tree.child(token, Dep::Cop).is_some()
                || matches!(
                    tree.dep(token),
                    Dep::Xcomp | Dep::Conj | Dep::Root | Dep::Ccomp | Dep::Acl
                );
            if !predicate {
                return Vec::new();
            }
            tree.subject(token)
                .map(|s| actors.row(s))
                .unwrap_or_default()
        }
        CuePos::Noun => {
            let light = tree
                .head(token)
                .is_some_and(|v| DIRECTION.has("light", tree.lemma(v)));
            actors.noun_holders(token, light)
        }
    }
}

/// *should, must* on the verb.
fn should(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    tree.children_with(token, &[Dep::Aux])
        .any(|a| matches!(tree.lower(a).as_str(), "should" | "must" | "ought"))
}

/// *declined to comment, did not respond to a request for comment, a request for comment*: who says
/// nothing takes no position, nor does who only asks for words.
fn silent(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    let words = |t: TokenIdx| matches!(tree.lemma(t), "comment" | "interview");
    let asks = |t: TokenIdx| tree.oblique(t, "for").is_some_and(words);
    let says_nothing = |t: TokenIdx| match tree.lemma(t) {
        "comment" | "elaborate" | "speculate" => true,
        "say" => {
            tree.child(t, Dep::Obj).is_none()
                && tree.children_with(t, &[Dep::Ccomp]).all(|c| {
                    tree.children_with(c, &[Dep::Mark])
                        .all(|m| tree.lower(m) != "that")
                })
        }
        "respond" | "reply" | "answer" => tree
            .object(t)
            .or_else(|| tree.oblique(t, "to"))
            .is_some_and(|o| {
                asks(o) || matches!(tree.lemma(o), "question" | "email" | "message" | "inquiry")
            }),
        _ => false,
    };
    let withheld = matches!(tree.lemma(token), "decline" | "refuse" | "fail" | "reject")
        && (tree.object(token).is_some_and(|o| words(o) || asks(o))
            || tree.children_with(token, &[Dep::Xcomp]).any(says_nothing));
    withheld || asks(token) || tree.negated(token) && says_nothing(token)
}

/// *sees no reason to meet, has no intention of going*: the noun.
fn no_reason(tree: &Tree<'_, '_>, token: TokenIdx) -> Option<TokenIdx> {
    let noun = tree.object(token).filter(|_| {
        matches!(tree.lemma(token), "see" | "have" | "find" | "feel") && !tree.passive(token)
    })?;
    let reason = matches!(
        tree.lemma(noun),
        "reason"
            | "point"
            | "need"
            | "ground"
            | "justification"
            | "intention"
            | "plan"
            | "desire"
            | "wish"
            | "interest"
            | "basis"
            | "intent"
    );
    let to = tree
        .children_with(noun, &[Dep::Acl, Dep::Advcl, Dep::Nmod])
        .any(|c| c > noun);
    (reason && to && tree.negated(noun)).then_some(noun)
}

/// *will not accept, would not sign*: REJECT, denied.
fn refusal(actors: &Actors<'_, '_, '_>, token: TokenIdx) -> Option<Event> {
    let tree = actors.tree;
    let conflict = ACTS
        .of(CuePos::Verb, tree.lemma(token))
        .iter()
        .any(|p| p.needs.is_empty() && p.to_target == Polarity::Oppose && p.sure > 0.5);
    if conflict
        || matches!(tree.lemma(token), "be" | "know" | "happen")
        || tree.lemma(token) == "have" && no_reason(tree, token).is_none()
    {
        return None;
    }
    let holders = holders(actors, token, CuePos::Verb);
    if holders.is_empty() {
        return None;
    }
    Some(Event {
        cue: token,
        last: token,
        pos: CuePos::Verb,
        act: Act::Reject,
        frame: "refuse",
        to_target: Polarity::Oppose,
        to_issue: Polarity::Oppose,
        sure: 0.7,
        holders,
        refusal: true,
    })
}

/// Whether what a reading needs stands beside the word.
pub(super) fn met(tree: &Tree<'_, '_>, token: TokenIdx, need: &Need) -> bool {
    match need {
        Need::With(word) => tree.children(token).iter().any(|&c| {
            let particle = matches!(
                tree.dep(c),
                Dep::CompoundPrt
                    | Dep::Advmod
                    | Dep::Case
                    | Dep::Obl
                    | Dep::Fixed
                    | Dep::Mark
                    | Dep::Xcomp
            ) && tree.lower(c) == *word
                && c > token;
            particle
                || matches!(
                    tree.dep(c),
                    Dep::Obl | Dep::OblAgent | Dep::Advcl | Dep::Nmod | Dep::Xcomp | Dep::Ccomp
                ) && c > token
                    && !tree.in_time(c)
                    && (tree.has_case(c, word)
                        || tree
                            .children_with(c, &[Dep::Mark])
                            .any(|m| tree.lower(m) == *word))
        }),
        Need::Object(heads) => {
            let particle = tree
                .children_with(token, &[Dep::CompoundPrt, Dep::Advmod])
                .any(|p| p.0 == token.0 + 1);
            let behind = tree
                .children_with(token, &[Dep::Obl])
                .filter(|_| particle || tree.child(token, Dep::Obj).is_none())
                .find(|&o| tree.has_case(o, "of") || !particle);
            tree.object(token)
                .filter(|_| !particle || behind.is_none())
                .or(behind.filter(|&b| particle || tree.has_case(b, "out")))
                .map(|object| {
                    // "a second day of talks"
                    tree.oblique(object, "of")
                        .filter(|_| DIRECTION.has("some_of", tree.lemma(object)))
                        .unwrap_or(object)
                })
                .is_some_and(|object| {
                    let lemma = tree.lemma(object);
                    heads.contains(&lemma)
                        || lemma.strip_suffix('s').is_some_and(|l| heads.contains(&l))
                        || tree
                            .children_with(object, &[Dep::Conj])
                            .any(|c| heads.contains(&tree.lemma(c)))
                })
        }
        Need::Infinitive => tree.child(token, Dep::Xcomp).is_some(),
        Need::OwnInfinitive => {
            tree.child(token, Dep::Xcomp).is_some() && tree.child(token, Dep::Obj).is_none()
        }
        Need::Aux(aux) => tree
            .children_with(token, &[Dep::Aux])
            .any(|c| tree.lower(c) == *aux),
    }
}

/// *met the standards*: no actor, nor anybody's.
fn meets_nobody(actors: &Actors<'_, '_, '_>, token: TokenIdx) -> bool {
    let tree = actors.tree;
    let meets = matches!(tree.lemma(token), "meet" | "consult" | "receive");
    let somebody = |object: TokenIdx| {
        !actors.row(object).is_empty()
            || tree
                .owner(object)
                .is_some_and(|o| tree.tag(o) == Upos::Pron)
    };
    meets && tree.object(token).is_some_and(|o| !somebody(o))
}

/// What makes a verb of the lexicon no act of its subject.
fn verb_acts(actors: &Actors<'_, '_, '_>, token: TokenIdx, reading: &Predicate) -> bool {
    let tree = actors.tree;
    // "wants, needs, seeks, expects" ask somebody else only with a complement.
    let weak = reading.sure < 0.6 && reading.needs.is_empty();
    let complement = tree
        .children_with(
            token,
            &[Dep::Obj, Dep::Xcomp, Dep::Ccomp, Dep::Obl, Dep::NsubjPass],
        )
        .next()
        .is_some();
    if weak && !complement && !matches!(reading.act, Act::Assault | Act::Protest) {
        return false;
    }
    if reading.frame == "with" && reading.needs.is_empty() && meets_nobody(actors, token) {
        return false;
    }
    // "stopped, halted" by oneself is no coercion.
    if matches!(reading.frame, "curb" | "ban" | "accuse")
        && reading.needs.is_empty()
        && tree.object(token).is_none()
        && tree.child(token, Dep::Ccomp).is_none()
    {
        return false;
    }
    // "suggested they could …" tells, "suggested a vote" asks.
    if DIRECTION.has("self_only", tree.lemma(token))
        && reading.act == Act::Request
        && let Some(clause) = tree.child(token, Dep::Ccomp)
        && !tree
            .children_with(clause, &[Dep::Aux])
            .any(|a| matches!(tree.lower(a).as_str(), "should" | "must"))
        && tree.xpos(clause) != "VB"
    {
        return false;
    }
    // A document identified by its maker.
    if tree.dep(token) == Dep::Acl
        && matches!(tree.lemma(token), "sign" | "adopt" | "pass" | "ratify")
    {
        return false;
    }
    // "who asked not to be named"
    if matches!(tree.lemma(token), "ask" | "request" | "want" | "insist")
        && tree.subtree(token).iter().any(|&t| {
            matches!(
                tree.lower(t).as_str(),
                "named" | "identified" | "anonymity" | "quoted" | "unnamed"
            )
        })
    {
        return false;
    }
    // An attribute is no act: "elected officials", "wanted men".
    tree.dep(token) != Dep::Amod || tree.child(token, Dep::Nsubj).is_some()
}

/// A noun that the verb above already says: *held talks*, *issued a warning*.
fn inner_of_light(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    let Some(verb) = tree.head(token) else {
        return false;
    };
    if tree.tag(verb) != Upos::Verb || !matches!(tree.dep(token), Dep::Obj | Dep::NsubjPass) {
        return false;
    }
    ACTS.of(CuePos::Verb, tree.lemma(verb)).iter().any(|p| {
        p.needs.iter().any(|n| matches!(n, Need::Object(_)))
            && p.needs.iter().all(|need| met(tree, verb, need))
    })
}

/// Whether the verb only tells (*said*), so that what it tells may be somebody's act.
pub(super) fn only_tells(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    let lemma = tree.lemma(token);
    cues::says(lemma)
        && ACTS
            .of(CuePos::Verb, lemma)
            .iter()
            .all(|p| !p.needs.is_empty() || p.sure < 0.5)
}
