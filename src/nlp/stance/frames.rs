//! Target and issue of an event, from the slots of its frame.

use crate::model::{Act, EntityId, TextRange, TokenIdx};
use crate::nlp::stance::events::Event;
use crate::nlp::stance::issue::{Phrase, clause, nominal};
use crate::nlp::stance::lexicon::{ACTS, CuePos, Only, Slot, is_act_noun};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// What an event is directed at and about.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    pub(super) target: Option<Actor>,
    /// Whether the target only follows from the verb around the noun.
    pub(super) pointed: bool,
    /// Whether the target is who suffers what is judged: *condemned the attack on Peru*.
    pub(super) turned: bool,
    /// One statement each.
    pub(super) issues: Vec<Phrase>,
}

/// Where the slots of an event hang.
struct Site<'s, 'r, 'd, 'a> {
    actors: &'s Actors<'r, 'd, 'a>,
    cue: TokenIdx,
    /// Words that may carry the slots: the cue, the noun that it lends itself to.
    bases: Vec<TokenIdx>,
    object: Option<TokenIdx>,
    not: Vec<EntityId>,
}

/// Fills the frame of `event` for one holder.
pub(super) fn fill(actors: &Actors<'_, '_, '_>, event: &Event, holder: EntityId) -> Filled {
    let Some(frame) = ACTS.frame(event.frame) else {
        return Filled::default();
    };
    let mut site = site(actors, event, holder);
    // Neither those who do it together nor the state that one speaks for.
    site.not
        .extend(event.holders.iter().map(|h| h.party.entity));
    site.not.extend(actors.stands_for(holder));
    let (mut issues, clause_head) = issues_of(&site, event, &frame.issue);
    let issue_head = issues.first().map(|i| i.head);
    let around = outer_subject(&site, event);
    // "rejected a demand to lift the sanctions on Ostmark": who rejects it was asked.
    let asked = around.filter(|_| answered(&site) && event.act == Act::Request);
    let blamed = around.filter(|_| received(actors.tree, event));
    // "urged both sides to talk": others in the sentence are not asked.
    let nobody = site.object.is_some_and(|o| actors.nobody(o));
    let target = asked.or(blamed).or_else(|| {
        if nobody {
            return None;
        }
        frame
            .target
            .iter()
            .find_map(|&slot| target_at(&site, slot, issue_head))
    });
    let pointed = target.is_none() && around.is_some() && !indefinite(actors, event.cue);
    let target = target.or(around).or_else(|| condition(&site, event));
    if let (Some(target), Some(head)) = (&target, clause_head) {
        // "urged that Sudland return it": the addressee is no part of what is asked.
        let subject = actors.tree.child(head, Dep::Nsubj);
        if subject == Some(target.token) {
            issues = split(&site, head)
                .into_iter()
                .filter_map(|h| clause(actors.tree, h, actors.tree.child(h, Dep::Nsubj)))
                .collect();
        }
    }
    if issues.is_empty() && received(actors.tree, event) {
        let subject = actors
            .tree
            .head(event.cue)
            .and_then(|v| actors.tree.doer(v));
        issues.extend(subject.and_then(|s| nominal(actors.tree, s)));
    }
    // An actor that is the whole issue is the target, not the issue.
    issues.retain(|i| i.clause || target.is_none_or(|t| t.token != i.head));
    let judges = matches!(
        event.act,
        Act::Accuse | Act::Reject | Act::Protest | Act::Support
    );
    let turned = judges && target.is_some_and(|t| suffers(actors.tree, event.cue, t.token));
    Filled {
        target,
        pointed,
        turned,
        issues,
    }
}

/// What an event is about, and the head of the clause that says it, if a clause does.
fn issues_of(
    site: &Site<'_, '_, '_, '_>,
    event: &Event,
    slots: &[Slot],
) -> (Vec<Phrase>, Option<TokenIdx>) {
    let tree = site.actors.tree;
    let mut issues: Vec<Phrase> = Vec::new();
    let mut clause_head = None;
    if event.refusal {
        // From the verb on: the negation is the cue's.
        let from = tree.range(event.cue).start();
        let phrase = clause(tree, event.cue, tree.subject(event.cue));
        issues.extend(phrase.map(|p| Phrase {
            range: TextRange::new(p.range.start().max(from), p.range.end()),
            ..p
        }));
    } else {
        for &slot in slots {
            let filler = issue_at(site, slot).filter(|&(head, _)| !tree.in_time(head));
            if let Some((head, is_clause)) = filler {
                issues = phrases(site, head, is_clause);
                clause_head = is_clause.then_some(head);
                if !issues.is_empty() {
                    break;
                }
            }
        }
        let bare = matches!(event.frame, "hit" | "visit" | "deploy" | "march");
        if issues.is_empty() && event.pos == CuePos::Verb && !bare {
            issues.extend(anything(site));
        }
    }
    (issues, clause_head)
}

/// *the attack on Peru, sanctions against Peru, the detention of journalists*: who is hit by what a
/// noun below the cue names.
fn suffers(tree: &Tree<'_, '_>, cue: TokenIdx, token: TokenIdx) -> bool {
    let Some(noun) = tree
        .head(token)
        .filter(|&n| tree.tag(n) == Upos::Noun && n != cue && tree.dep(token) == Dep::Nmod)
    else {
        return false;
    };
    let lemma = tree.lemma(noun);
    let hostile = DIRECTION.has("hostile", lemma)
        || ACTS.of(CuePos::Noun, lemma).iter().any(|p| {
            p.to_target == crate::model::Polarity::Oppose
                && !matches!(
                    p.act,
                    Act::Accuse | Act::Reject | Act::Threaten | Act::Protest
                )
        });
    let on = ["on", "against", "in", "upon", "at", "into", "of"];
    hostile && on.iter().any(|p| tree.has_case(token, p))
}

/// What a verb is about where no slot of its frame says it: a complement clause, a thing as object,
/// what stands behind a preposition of topics.
fn anything(site: &Site<'_, '_, '_, '_>) -> Option<Phrase> {
    let tree = site.actors.tree;
    let thing = |t: &TokenIdx| {
        *t > site.cue
            && !tree.in_time(*t)
            && tree.tag(*t) != Upos::Pron
            && site.actors.target_at(*t).is_none()
            && site.actors.at(*t).is_empty()
    };
    let topic = tree
        .children_with(site.cue, &[Dep::Obl, Dep::Nmod])
        .filter(|&o| {
            ["over", "on", "about", "for", "of", "against", "to"]
                .iter()
                .any(|p| tree.has_case(o, p))
        })
        .find(thing);
    let object = site.object.filter(thing);
    match tree.child(site.cue, Dep::Ccomp).filter(|&c| c > site.cue) {
        Some(said) => clause(tree, said, None),
        None => nominal(tree, object.or(topic)?),
    }
}

/// *a request*: named for the first time.
fn indefinite(actors: &Actors<'_, '_, '_>, noun: TokenIdx) -> bool {
    let tree = actors.tree;
    let backing = tree.has_case(noun, "with");
    let article = tree
        .children_with(noun, &[Dep::Det])
        .any(|d| matches!(tree.lower(d).as_str(), "a" | "an"));
    let received = tree
        .head(noun)
        .is_some_and(|v| DIRECTION.has("receiving", tree.lemma(v)));
    article || received || backing
}

fn site<'s, 'r, 'd, 'a>(
    actors: &'s Actors<'r, 'd, 'a>,
    event: &Event,
    holder: EntityId,
) -> Site<'s, 'r, 'd, 'a> {
    let tree = actors.tree;
    let cue = event.cue;
    let mut bases = vec![cue];
    let mut object = match event.pos {
        CuePos::Verb => tree.object(cue),
        CuePos::Noun => tree.oblique(cue, "of"),
        CuePos::Adjective => None,
    };
    if event.pos == CuePos::Verb
        && let Some(noun) = object
        && is_act_noun(tree.lemma(noun))
        && actors.at(noun).is_empty()
        && matches!(
            event.frame,
            "with"
                | "ask"
                | "harm"
                | "accuse"
                | "step"
                | "march"
                | "offer"
                | "judge"
                | "demand"
                | "visit"
        )
        && light(event, tree.lemma(cue))
    {
        bases.push(noun);
        object = None;
    }
    // "took part in talks with Peru"
    if event.pos == CuePos::Verb
        && event.frame == "with"
        && let Some(noun) = tree.oblique(cue, "in")
        && is_act_noun(tree.lemma(noun))
    {
        bases.push(noun);
    }
    if event.pos == CuePos::Noun
        && let Some(verb) = tree.head(cue)
        && tree.dep(cue) == Dep::Obj
        && tree.tag(verb) == Upos::Verb
    {
        bases.push(verb);
    }
    Site {
        actors,
        cue,
        bases,
        object,
        not: vec![holder],
    }
}

/// Whether the verb only lends its subject to the noun (*issued a warning*).
fn light(event: &Event, lemma: &str) -> bool {
    DIRECTION.has("light", lemma)
        || matches!(event.act, Act::Consult | Act::Agree) && event.frame == "with"
}

/// Where an issue may stand, and whether it is a clause.
fn issue_at(site: &Site<'_, '_, '_, '_>, slot: Slot) -> Option<(TokenIdx, bool)> {
    let tree = site.actors.tree;
    let child = |dep| site.bases.iter().find_map(|&b| tree.child(b, dep));
    match slot {
        Slot::Obj(only) => {
            let object = site.object.filter(|&o| !reciprocal(tree, o))?;
            let actor = site.actors.target_at(object).is_some();
            let fits = match only {
                Only::Any => true,
                Only::Actor => actor,
                Only::Thing => !actor,
            };
            fits.then_some((object, false))
        }
        Slot::Xcomp => infinitive(site),
        Slot::Ccomp => that_clause(site),
        Slot::Advcl => child(Dep::Advcl)
            .filter(|&c| {
                tree.children_with(c, &[Dep::Mark]).any(|m| {
                    matches!(
                        tree.lower(m).as_str(),
                        "of" | "for" | "over" | "from" | "with"
                    )
                })
            })
            .map(|c| (c, true)),
        Slot::Prep(word, _) => behind(site, word),
        Slot::Subject => tree
            .subject(site.cue)
            .filter(|&s| site.actors.target_at(s).is_none())
            .map(|s| (s, false)),
        Slot::Iobj | Slot::ClauseSubject | Slot::InObject | Slot::InIssue => None,
    }
}

/// What stands behind a preposition below the cue, or below its object (*blamed them for it*).
fn behind(site: &Site<'_, '_, '_, '_>, word: &str) -> Option<(TokenIdx, bool)> {
    let tree = site.actors.tree;
    site.bases
        .iter()
        .find_map(|&b| {
            tree.oblique(b, word).map(|o| (o, false)).or_else(|| {
                tree.children_with(b, &[Dep::Advcl, Dep::Xcomp, Dep::Acl, Dep::Ccomp])
                    .find(|&c| {
                        tree.children_with(c, &[Dep::Mark])
                            .any(|m| tree.lower(m) == word)
                    })
                    .map(|c| (c, true))
            })
        })
        .or_else(|| {
            // "blamed them for the attack": the parser may hang it on the object.
            let object = site.object.filter(|&o| {
                matches!(word, "for" | "over" | "about")
                    || word == "of" && (reciprocal(tree, o) || site.actors.target_at(o).is_some())
            })?;
            let clause = || {
                tree.children_with(object, &[Dep::Advcl, Dep::Acl])
                    .find(|&c| {
                        tree.children_with(c, &[Dep::Mark])
                            .any(|m| tree.lower(m) == word)
                    })
                    .map(|c| (c, true))
            };
            tree.oblique(object, word)
                .map(|o| (o, false))
                .or_else(clause)
        })
}

/// *each other, one another*
pub(super) fn reciprocal(tree: &Tree<'_, '_>, token: TokenIdx) -> bool {
    let before = token.0.checked_sub(1).map(|at| tree.lower(TokenIdx(at)));
    let after = tree.lower(TokenIdx(token.0 + 1));
    match tree.lower(token).as_str() {
        "other" => before.as_deref() == Some("each"),
        "another" => before.as_deref() == Some("one"),
        "each" => after == "other",
        "one" => after == "another",
        _ => false,
    }
}

/// *to free the crew*, below the cue or the noun that it lends itself to.
fn infinitive(site: &Site<'_, '_, '_, '_>) -> Option<(TokenIdx, bool)> {
    let tree = site.actors.tree;
    let to = |c: TokenIdx| {
        tree.children_with(c, &[Dep::Mark])
            .any(|m| tree.lower(m) == "to")
    };
    let direct = site.bases.iter().find_map(|&b| tree.child(b, Dep::Xcomp));
    // "urged all sides to work": the parser may hang it on the object.
    let below = site
        .object
        .filter(|_| tree.tag(site.cue) == Upos::Verb)
        .filter(|&o| site.actors.target_at(o).is_some() || site.actors.nobody(o))
        .and_then(|o| tree.children_with(o, &[Dep::Acl]).find(|&c| to(c)));
    let found = direct.or(below).or_else(|| {
        site.bases.iter().find_map(|&b| {
            tree.children_with(b, &[Dep::Acl, Dep::Advcl])
                .find(|&c| to(c) && (tree.dep(c) == Dep::Acl || tree.tag(b) != Upos::Noun))
        })
    })?;
    let clausal = tree.tag(found) == Upos::Verb || tree.child(found, Dep::Cop).is_some();
    Some((found, clausal))
}

/// *that Velmora lied*, below the cue or its noun.
fn that_clause(site: &Site<'_, '_, '_, '_>) -> Option<(TokenIdx, bool)> {
    let tree = site.actors.tree;
    let that = |c: TokenIdx| {
        tree.children_with(c, &[Dep::Mark])
            .any(|m| tree.lower(m) == "that")
    };
    let direct = site.bases.iter().find_map(|&b| tree.child(b, Dep::Ccomp));
    direct
        .or_else(|| {
            site.bases
                .iter()
                .filter(|&&b| tree.tag(b) == Upos::Noun)
                .find_map(|&b| {
                    tree.children_with(b, &[Dep::Acl, Dep::AclRelcl])
                        .find(|&c| that(c))
                })
        })
        .map(|c| (c, true))
}

fn split(site: &Site<'_, '_, '_, '_>, head: TokenIdx) -> Vec<TokenIdx> {
    let tree = site.actors.tree;
    let mut heads = vec![head];
    heads.extend(tree.children_with(head, &[Dep::Conj]).filter(|&c| {
        // "refused to go and many still say": what has a subject of its own is another clause.
        let own = tree.child(c, Dep::Nsubj).is_some() && tree.child(head, Dep::Nsubj).is_none();
        tree.tag(c) == Upos::Verb
            && tree.tag(head) == Upos::Verb
            && !own
            && (!tree.finite(c) || tree.finite(head))
    }));
    heads
}

fn phrases(site: &Site<'_, '_, '_, '_>, head: TokenIdx, is_clause: bool) -> Vec<Phrase> {
    let tree = site.actors.tree;
    if is_clause {
        split(site, head)
            .into_iter()
            .filter_map(|h| clause(tree, h, None))
            .collect()
    } else {
        nominal(tree, head).into_iter().collect()
    }
}

fn target_at(site: &Site<'_, '_, '_, '_>, slot: Slot, issue: Option<TokenIdx>) -> Option<Actor> {
    let tree = site.actors.tree;
    let actor = |token| {
        site.actors
            .target_at(token)
            .filter(|a| !site.not.contains(&a.party.entity))
            .filter(|_| !own_means(site, token))
    };
    let addressed = |token| actor(token).or_else(|| site.actors.other_than(token, &site.not));
    match slot {
        Slot::Obj(_) => addressed(site.object?),
        Slot::Iobj => addressed(tree.child(site.cue, Dep::Iobj)?),
        Slot::Prep(word, _) => site
            .bases
            .iter()
            .find_map(|&b| tree.oblique(b, word))
            .and_then(actor),
        Slot::ClauseSubject => {
            let clause = site.bases.iter().find_map(|&b| {
                tree.children_with(b, &[Dep::Ccomp, Dep::Xcomp, Dep::Acl])
                    .next()
            })?;
            let subject = tree
                .children_with(clause, &[Dep::Nsubj, Dep::NsubjPass])
                .next()?;
            actor(subject).or_else(|| site.actors.within(subject, &site.not))
        }
        Slot::InObject => site.actors.within(site.object?, &site.not),
        Slot::InIssue => {
            let head = issue?;
            actor(head).or_else(|| site.actors.within(head, &site.not))
        }
        Slot::Subject => actor(tree.subject(site.cue)?),
        Slot::Xcomp | Slot::Ccomp | Slot::Advcl => None,
    }
}

/// *withdrew its troops, recalled its envoy*: what one moves or calls back is not whom one acts
/// towards.
fn own_means(site: &Site<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    let tree = site.actors.tree;
    let moves = matches!(
        tree.lemma(site.cue),
        "withdraw"
            | "recall"
            | "pull"
            | "send"
            | "deploy"
            | "mobilise"
            | "mobilize"
            | "dispatch"
            | "move"
            | "mass"
            | "station"
            | "order"
            | "redeploy"
            | "muster"
            | "rally"
            | "train"
            | "arm"
            | "evacuate"
            | "summon"
    );
    let pronoun = tree.owner(token).is_some_and(|o| tree.tag(o) == Upos::Pron);
    let force = DIRECTION.has("force", tree.lemma(token));
    let bare = tree
        .children_with(token, &[Dep::Det, Dep::Amod, Dep::NmodPoss, Dep::Compound])
        .next()
        .is_none();
    moves && tree.lemma(site.cue) != "summon" && (pronoun || force && bare)
}

/// *drew criticism from Peru*: the verb around the noun says who gets it.
fn received(tree: &Tree<'_, '_>, event: &Event) -> bool {
    event.pos == CuePos::Noun
        && tree.dep(event.cue) == Dep::Obj
        && tree
            .head(event.cue)
            .is_some_and(|verb| DIRECTION.has("receiving", tree.lemma(verb)))
}

/// *rejected a Velmoran offer*: the offer is made to who rejects it.
fn outer_subject(site: &Site<'_, '_, '_, '_>, event: &Event) -> Option<Actor> {
    let tree = site.actors.tree;
    if event.pos != CuePos::Noun {
        return None;
    }
    let verb = tree.head(event.cue)?;
    let receives = received(tree, event);
    // "with Peru's backing, Georgia has …": who does it is backed.
    let backed = event.act == Act::Support
        && tree.dep(event.cue) == Dep::Obl
        && tree.has_case(event.cue, "with");
    if backed {
        let subject = tree.doer(verb)?;
        return site
            .actors
            .target_at(subject)
            .filter(|a| !site.not.contains(&a.party.entity));
    }
    if !receives && !matches!(event.act, Act::Agree | Act::Request) {
        return None;
    }
    if !receives && !answered(site) {
        return None;
    }
    let fits = |a: &Actor| !site.not.contains(&a.party.entity);
    // "won Georgia praise", "Georgia's attack drew a rebuke".
    if receives && let Some(other) = tree.child(verb, Dep::Iobj) {
        return site.actors.target_at(other).filter(fits);
    }
    let subject = tree.doer(verb)?;
    let found = site.actors.target_at(subject).filter(fits);
    found.or_else(|| receives.then(|| site.actors.within(subject, &site.not))?)
}

/// Whether the verb around a noun answers it: *rejected, accepted, ignored the demand*.
fn answered(site: &Site<'_, '_, '_, '_>) -> bool {
    let tree = site.actors.tree;
    tree.head(site.cue).is_some_and(|verb| {
        let lemma = tree.lemma(verb);
        DIRECTION.has("receiving", lemma)
            || ACTS
                .of(CuePos::Verb, lemma)
                .iter()
                .any(|p| matches!(p.act, Act::Reject | Act::Agree | Act::Concede))
    })
}

/// *will not return until Velmora lifts the ban*: a refusal is directed at who could end it.
fn condition(site: &Site<'_, '_, '_, '_>, event: &Event) -> Option<Actor> {
    if !matches!(event.act, Act::Reject | Act::Threaten) {
        return None;
    }
    let tree = site.actors.tree;
    let clause = tree
        .subtree(event.cue)
        .into_iter()
        .filter(|&c| tree.dep(c) == Dep::Advcl && c > event.cue)
        .find(|&c| {
            tree.children_with(c, &[Dep::Mark, Dep::Advmod])
                .any(|m| matches!(tree.lower(m).as_str(), "until" | "unless" | "if" | "as"))
        })?;
    let subject = tree.child(clause, Dep::Nsubj)?;
    site.actors
        .target_at(subject)
        .filter(|a| !site.not.contains(&a.party.entity))
}
