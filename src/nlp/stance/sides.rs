//! Factuality, and the sides that negation and direction words turn (guideline §5, §6).

use std::sync::LazyLock;

use crate::model::{Act, Factuality, Polarity, TokenIdx};
use crate::nlp::link::Words;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// `direction.tsv`.
pub(super) static DIRECTION: LazyLock<Words> =
    LazyLock::new(|| Words::parse(include_str!("../../../assets/lexicons/direction.tsv")));

/// Auxiliaries of a predicate, in lower case.
pub(super) fn auxiliaries(tree: &Tree<'_, '_>, cue: TokenIdx) -> Vec<String> {
    let mut found: Vec<String> = tree
        .children_with(cue, &[Dep::Aux, Dep::AuxPass, Dep::Cop])
        .map(|a| tree.lower(a))
        .collect();
    // "will meet and sign": the auxiliary stands with the first verb.
    if tree.dep(cue) == Dep::Conj
        && let Some(head) = tree.head(cue)
        && tree.child(cue, Dep::Nsubj).is_none()
        && matches!(tree.xpos(cue), "VB" | "")
    {
        found.extend(tree.children_with(head, &[Dep::Aux]).map(|a| tree.lower(a)));
    }
    found
}

/// Whether the act lies ahead: *will, is to, plans to, is scheduled to, going to*.
pub(super) fn planned(tree: &Tree<'_, '_>, cue: TokenIdx) -> bool {
    let aux = auxiliaries(tree, cue);
    if aux.iter().any(|a| {
        matches!(
            a.as_str(),
            "will" | "'ll" | "’ll" | "shall" | "wo" | "would"
        )
    }) {
        return true;
    }
    let infinitive = tree
        .children_with(cue, &[Dep::Mark, Dep::Aux])
        .any(|m| tree.lower(m) == "to");
    if !infinitive {
        return false;
    }
    let be = aux
        .iter()
        .any(|a| matches!(a.as_str(), "is" | "are" | "was" | "were"));
    let Some(head) = tree.head(cue) else {
        // "Velmora to send aid": a headline's future.
        return be || tree.child(cue, Dep::Nsubj).is_some();
    };
    let over = tree.lemma(head);
    // "is to visit": the tree hangs the verb on the copula or the copula on the verb.
    let is_to = matches!(
        tree.dep(cue),
        Dep::Xcomp | Dep::Ccomp | Dep::Root | Dep::Parataxis | Dep::Conj
    ) && (over == "be" || be);
    let plans = matches!(
        tree.dep(cue),
        Dep::Xcomp | Dep::Acl | Dep::Advcl | Dep::Ccomp
    ) && (DIRECTION.has("planning", over)
        || matches!(
            over,
            "decision" | "plan" | "intention" | "vow" | "order" | "threaten"
        ));
    is_to || plans
}

/// Whether a clause opens with *if, unless, until, provided, as long as*.
pub(super) fn condition(tree: &Tree<'_, '_>, clause: TokenIdx) -> bool {
    let provided = matches!(tree.lower(clause).as_str(), "provided" | "providing");
    provided && tree.child(clause, Dep::Ccomp).is_some()
        || tree
            .children_with(clause, &[Dep::Mark, Dep::Advmod])
            .any(|m| DIRECTION.has("condition", &tree.lower(m)))
        || long_as(tree, clause)
}

/// Whether a condition hangs on the cue, or on what it is ready to do or threatens.
fn conditional(tree: &Tree<'_, '_>, cue: TokenIdx, act: Act) -> bool {
    let speaks_of = tree.tag(cue) == Upos::Adj || matches!(act, Act::Agree | Act::Threaten);
    let inner = speaks_of
        && tree
            .children_with(cue, &[Dep::Xcomp, Dep::Acl])
            .filter(|&x| x > cue)
            .any(|x| conditional(tree, x, act));
    let long = tree.subtree(cue).windows(2).any(|pair| {
        matches!(pair, [a, b] if *a > cue && tree.lower(*a) == "long" && tree.lower(*b) == "as")
    });
    let on_condition = tree
        .oblique(cue, "on")
        .is_some_and(|o| tree.lemma(o) == "condition" && tree.children(o).len() > 1);
    inner
        || long
        || on_condition
        || tree
            .children_with(cue, &[Dep::Advcl, Dep::Xcomp])
            .any(|clause| condition(tree, clause))
}

/// *as long as*, *on condition that*
fn long_as(tree: &Tree<'_, '_>, clause: TokenIdx) -> bool {
    tree.subtree(clause)
        .windows(2)
        .take(6)
        .any(|pair| matches!(pair, [a, b] if tree.lower(*a) == "long" && tree.lower(*b) == "as"))
}

/// Words beside the cue that set it in an earlier round.
fn earlier(tree: &Tree<'_, '_>, cue: TokenIdx) -> bool {
    let mut near = vec![cue];
    near.extend(tree.children_with(cue, &[Dep::Advmod, Dep::Amod, Dep::Obj, Dep::Nsubj]));
    let direct = near.iter().any(|&t| {
        tree.children_with(t, &[Dep::Amod, Dep::Advmod])
            .chain([t])
            .any(|w| {
                let lower = tree.lower(w);
                DIRECTION.has("earlier", &lower) && !matches!(lower.as_str(), "earlier" | "last")
            })
    });
    direct
        || tree.children_with(cue, &[Dep::Obl]).any(|o| {
            let lemma = tree.lemma(o);
            tree.preposition(o).as_deref() == Some("during")
                && matches!(lemma, "war" | "rule" | "era")
        })
}

/// What the order of §6 gives; `past`: the act's date lies before the month before the newest.
pub(super) fn factuality(tree: &Tree<'_, '_>, cue: TokenIdx, act: Act, past: bool) -> Factuality {
    let said = matches!(
        act,
        Act::Agree | Act::Concede | Act::Request | Act::Reject | Act::Threaten
    );
    if past || earlier(tree, cue) {
        Factuality::Historical
    } else if conditional(tree, cue, act) {
        Factuality::Conditional
    } else if !said && planned(tree, cue) {
        Factuality::Planned
    } else if tree.negated(cue) {
        Factuality::Denied
    } else {
        Factuality::Asserted
    }
}

/// Whether *not* on this verb is a refusal: *will not accept*, *did not approve*.
pub(super) fn refuses(tree: &Tree<'_, '_>, cue: TokenIdx) -> bool {
    if !tree.negated(cue) {
        return false;
    }
    let aux = auxiliaries(tree, cue);
    let will = aux.iter().any(|a| {
        matches!(
            a.as_str(),
            "will" | "wo" | "would" | "'ll" | "shall" | "can" | "ca" | "could"
        )
    });
    let cannot = aux
        .iter()
        .any(|a| matches!(a.as_str(), "can" | "ca" | "could"));
    let accepting = DIRECTION.has("accepting", tree.lemma(cue));
    if cannot {
        return matches!(
            tree.lemma(cue),
            "accept" | "agree" | "support" | "allow" | "tolerate" | "recognize" | "recognise"
        );
    }
    will || accepting
        && matches!(
            tree.lemma(cue),
            "accept"
                | "approve"
                | "support"
                | "recognise"
                | "recognize"
                | "endorse"
                | "accede"
                | "comply"
                | "want"
                | "favour"
                | "favor"
                | "share"
                | "believe"
                | "agree"
        )
}

/// The side that a request takes towards its addressee, from what it asks.
pub(super) fn requested(tree: &Tree<'_, '_>, issue: Option<TokenIdx>) -> Polarity {
    let Some(head) = issue else {
        return Polarity::Neutral;
    };
    let lemma = tree.lemma(head);
    let noun_of_end = matches!(
        lemma,
        "end" | "halt" | "withdrawal" | "release" | "cessation" | "resignation" | "sanction"
    );
    if noun_of_end
        || tree.tag(head) == Upos::Verb && DIRECTION.has("against", lemma)
        || tree.negated(head)
    {
        Polarity::Oppose
    } else {
        let friendly = DIRECTION.has("friendly", lemma)
            && tree
                .children_with(head, &[Dep::Amod])
                .any(|a| matches!(tree.lemma(a), "close" | "good" | "strong" | "deep" | "warm"));
        if friendly {
            Polarity::Support
        } else {
            Polarity::Neutral
        }
    }
}
