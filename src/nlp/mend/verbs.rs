//! Words that are verbs though the tagger says otherwise.

use crate::model::TokenIdx;
use crate::nlp::mend::Sentence;
use crate::nlp::stance::{verb_of, verb_only};
use crate::nlp::{Dep, Upos};

/// Mends the verbs of a sentence.
pub(super) fn mend(s: &mut Sentence<'_, '_>) {
    for token in s.tokens() {
        third_person(s, token);
    }
    participle(s);
    behind_relative(s);
    infinitive(s);
    traded(s);
}

/// *Portugal backs Angola, unless Georgia withdraws*: a plural that is the verb of the name before it.
fn third_person(s: &mut Sentence<'_, '_>, token: TokenIdx) {
    if s.xpos(token) != "NNS" {
        return;
    }
    let Some(lemma) = verb_of(&s.lower(token)) else {
        return;
    };
    let Some(subject) = s.previous(token).filter(|&p| {
        s.tag(p) == Upos::Propn
            || s.word(p).starts_with(char::is_uppercase) && s.tag(p) == Upos::Adj
            || s.tag(p) == Upos::Noun && s.xpos(p) == "NN" && verb_only(&lemma)
    }) else {
        return;
    };
    let after = s.next(token);
    let takes = after.is_some_and(|n| {
        matches!(s.tag(n), Upos::Propn | Upos::Det | Upos::Pron)
            || s.tag(n) == Upos::Adj && s.word(n).starts_with(char::is_uppercase)
    });
    let ends = after.is_none_or(|n| s.tag(n) == Upos::Punct);
    let clear = verb_only(&lemma) && (takes || ends || in_clause(s, token).is_some());
    let root = s.head(token).is_none();
    // A word that may be a noun is the verb only where nothing else is.
    let lonely = root && takes && !s.tokens().any(|t| s.finite(t) && clause_of(s, t, token));
    if !clear && !lonely {
        return;
    }
    s.set_tag(token, Upos::Verb, "VBZ");
    s.set_lemma(token, lemma);
    let mark = in_clause(s, token);
    if let Some(mark) = mark {
        let over = s
            .tokens()
            .take_while(|&t| t < mark)
            .filter(|&t| s.tag(t) == Upos::Verb || s.child(t, &[Dep::Cop]).is_some())
            .last();
        if let Some(over) = over {
            s.hang(token, over, Dep::Advcl);
        }
        s.hang(mark, token, Dep::Mark);
    }
    let subject = name_head(s, subject, token);
    s.hang(subject, token, Dep::Nsubj);
    if let Some(object) = after.filter(|_| takes) {
        let head = np_head(s, object);
        if s.head(head) == Some(token) && s.dep(head) != Dep::Obj {
            s.set_dep(head, Dep::Obj);
        }
    }
}

/// Whether a finite verb stands in the same stretch between commas as `token`.
fn clause_of(s: &Sentence<'_, '_>, verb: TokenIdx, token: TokenIdx) -> bool {
    let (from, to) = (verb.min(token), verb.max(token));
    !s.tokens()
        .skip_while(|&t| t <= from)
        .take_while(|&t| t < to)
        .any(|t| matches!(s.word(t), "," | ";" | ":"))
}

/// The *if, unless …* before the subject of `token`, at most six words back.
fn in_clause(s: &Sentence<'_, '_>, token: TokenIdx) -> Option<TokenIdx> {
    let mut at = s.previous(token)?;
    for _ in 0..6 {
        if matches!(
            s.lower(at).as_str(),
            "if" | "unless" | "until" | "because" | "while" | "although" | "when" | "that"
        ) {
            return Some(at);
        }
        if s.tag(at) == Upos::Verb || s.tag(at) == Upos::Punct {
            return None;
        }
        at = s.previous(at)?;
    }
    None
}

/// The word that heads the name or phrase which ends at `last`.
fn name_head(s: &Sentence<'_, '_>, last: TokenIdx, verb: TokenIdx) -> TokenIdx {
    let mut at = last;
    for _ in 0..8 {
        match s.head(at) {
            Some(up) if up < verb && s.nominal(up) && up.0 + 8 > last.0 => at = up,
            _ => break,
        }
    }
    at
}

/// The word that heads the phrase which begins at `first`.
fn np_head(s: &Sentence<'_, '_>, first: TokenIdx) -> TokenIdx {
    match s.head(first) {
        Some(up) if up > first && s.nominal(up) => up,
        _ => first,
    }
}

/// *The bank fined Binance*: the root is a noun, and a participle right behind it has an object.
fn participle(s: &mut Sentence<'_, '_>) {
    let Some(root) = s.root().filter(|&r| s.nominal(r)) else {
        return;
    };
    if s.child(root, &[Dep::Cop]).is_some() {
        return;
    }
    let Some(verb) = s.tokens().find(|&t| {
        s.head(t) == Some(root) && s.dep(t) == Dep::Acl && s.xpos(t) == "VBN" && t > root
    }) else {
        return;
    };
    let apart = s
        .tokens()
        .any(|t| t > root && t < verb && s.tag(t) == Upos::Punct);
    let finite = s.tokens().any(|t| s.finite(t) && t > verb);
    let object = s
        .next(verb)
        .map(|n| np_head(s, n))
        .filter(|&n| s.nominal(n) || s.tag(n) == Upos::Det);
    if apart || finite || object.is_none() {
        return;
    }
    become_root(s, root, verb);
    if let Some(object) = object.filter(|&o| s.head(o) == Some(verb)) {
        s.set_dep(object, Dep::Obj);
    }
}

fn become_root(s: &mut Sentence<'_, '_>, subject: TokenIdx, verb: TokenIdx) {
    s.set_tag(verb, Upos::Verb, "VBD");
    s.swap(subject, verb, Dep::Nsubj);
    for child in s.children(subject) {
        if child > verb {
            let dep = s.dep(child);
            s.hang(child, verb, dep);
        }
    }
}

/// *A man who asked not to be named blamed Peru*: the verb behind the relative clause.
fn behind_relative(s: &mut Sentence<'_, '_>) {
    let Some(root) = s.root().filter(|&r| s.nominal(r)) else {
        return;
    };
    let Some(relative) = s.child(root, &[Dep::AclRelcl]) else {
        return;
    };
    let verb = s.tokens().find(|&t| {
        let after_verb = s
            .previous(t)
            .is_some_and(|p| s.tag(p) == Upos::Verb || s.word(p) == ",");
        t > relative
            && matches!(s.xpos(t), "VBN" | "VBD")
            && after_verb
            && s.child(t, &[Dep::Aux, Dep::AuxPass, Dep::Nsubj, Dep::NsubjPass])
                .is_none()
            && s.child(t, &[Dep::Obj, Dep::Ccomp, Dep::Xcomp, Dep::Obl])
                .is_some()
    });
    if let Some(verb) = verb.filter(|_| s.child(root, &[Dep::Cop]).is_none()) {
        become_root(s, root, verb);
    }
}

/// *Georgia to withdraw troops*: a headline's future.
fn infinitive(s: &mut Sentence<'_, '_>) {
    let Some(root) = s.root().filter(|&r| s.nominal(r)) else {
        return;
    };
    let verb = s.child(root, &[Dep::Acl]).filter(|&v| {
        s.tag(v) == Upos::Verb
            && s.child(v, &[Dep::Mark])
                .is_some_and(|m| s.lower(m) == "to" && s.previous(m) == Some(root))
    });
    let named = s.tag(root) == Upos::Propn && root.0 < s.first + 4;
    if let Some(verb) = verb.filter(|_| named && s.child(root, &[Dep::Cop]).is_none()) {
        s.swap(root, verb, Dep::Nsubj);
        for child in s.children(root) {
            if child > verb {
                let dep = s.dep(child);
                s.hang(child, verb, dep);
            }
        }
    }
}

/// *Georgia, Peru trade blame*: what the two do is the verb.
fn traded(s: &mut Sentence<'_, '_>) {
    let verb = s.tokens().find(|&t| {
        let next = s.next(t).map(|n| s.lower(n)).unwrap_or_default();
        matches!(s.lower(t).as_str(), "trade" | "swap" | "exchange")
            && s.tag(t) == Upos::Noun
            && matches!(
                next.as_str(),
                "blame" | "barbs" | "accusations" | "insults" | "fire" | "threats" | "blows"
            )
            && s.previous(t).is_some_and(|p| s.tag(p) == Upos::Propn)
    });
    let (Some(verb), Some(root)) = (verb, s.root()) else {
        return;
    };
    let (Some(object), Some(second)) = (s.next(verb), s.previous(verb)) else {
        return;
    };
    let lemma = s.lower(verb);
    s.set_tag(verb, Upos::Verb, "VBP");
    s.set_lemma(verb, lemma);
    s.swap(root, verb, Dep::Dep);
    let names: Vec<TokenIdx> = s
        .tokens()
        .take_while(|&t| t <= second)
        .filter(|&t| s.tag(t) == Upos::Propn && s.next(t).is_some_and(|n| s.tag(n) != Upos::Propn))
        .collect();
    for token in s.children(root) {
        if token != object {
            let dep = s.dep(token);
            s.hang(token, verb, dep);
        }
    }
    if let Some((&first, rest)) = names.split_first() {
        s.hang(first, verb, Dep::Nsubj);
        for &name in rest {
            s.hang(name, first, Dep::Conj);
        }
    }
    s.hang(object, verb, Dep::Obj);
}
