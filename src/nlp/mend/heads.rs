//! Words that hang on the wrong one.

use crate::model::TokenIdx;
use crate::nlp::attribution::cues;
use crate::nlp::mend::Sentence;
use crate::nlp::stance::is_act_noun;
use crate::nlp::{Dep, Upos};

/// Mends what hangs wrongly in a sentence.
pub(super) fn mend(s: &mut Sentence<'_, '_>) {
    dateline(s);
    for token in s.tokens() {
        match s.dep(token) {
            Dep::NmodPoss => owner(s, token),
            Dep::Nmod => behind_name(s, token),
            Dep::Amod => gerund(s, token),
            _ => {}
        }
        if s.tag(token) == Upos::Verb {
            speaker(s, token);
            who(s, token);
            two_objects(s, token);
        }
    }
}

/// *MUSCAT (Agency) - The minister said*: what stands before the dash is no subject.
fn dateline(s: &mut Sentence<'_, '_>) {
    let capitals = s.inside(s.first).is_some_and(|t| {
        let word = s.word(t);
        word.chars().count() > 2 && word.chars().all(char::is_uppercase)
    });
    let dash = s
        .tokens()
        .take(12)
        .find(|&t| matches!(s.word(t), "-" | "--" | "–" | "—"));
    let Some(dash) = dash.filter(|_| capitals) else {
        return;
    };
    let Some(top) = s
        .tokens()
        .take_while(|&t| t < dash)
        .find(|&t| s.head(t).is_none_or(|h| h > dash))
    else {
        return;
    };
    // What hangs on the dateline from behind the dash takes its place.
    let heir = s
        .tokens()
        .find(|&t| t > dash && s.head(t).is_some_and(|h| h < dash) && s.tag(t) != Upos::Punct);
    if let Some(heir) = heir {
        s.swap(top, heir, Dep::Dep);
        for child in s.tokens().filter(|&t| t > dash) {
            if s.head(child).is_some_and(|h| h < dash) {
                let dep = s.dep(child);
                s.hang(child, heir, dep);
            }
        }
    } else if matches!(s.dep(top), Dep::Nsubj | Dep::NsubjPass | Dep::Vocative) {
        s.set_dep(top, Dep::Dep);
    }
}

/// *Peru's representative rejected*: an owner that hangs on the verb owns the noun between.
fn owner(s: &mut Sentence<'_, '_>, token: TokenIdx) {
    let Some(verb) = s
        .head(token)
        .filter(|&h| s.tag(h) == Upos::Verb && h > token)
    else {
        return;
    };
    let noun = s.tokens().find(|&t| {
        t > token
            && t < verb
            && s.head(t) == Some(verb)
            && matches!(s.dep(t), Dep::Nsubj | Dep::NsubjPass | Dep::Obj)
    });
    if let Some(noun) = noun {
        if s.tag(noun) == Upos::Adj {
            s.set_tag(noun, Upos::Noun, "NN");
        }
        s.hang(token, noun, Dep::NmodPoss);
    }
}

/// *criticism of Peru by Georgia, an apology by Peru to Georgia*: a name takes no such words itself.
fn behind_name(s: &mut Sentence<'_, '_>, token: TokenIdx) {
    let Some(name) = s
        .head(token)
        .filter(|&h| s.tag(h) == Upos::Propn && s.dep(h) == Dep::Nmod && h < token)
    else {
        return;
    };
    let case = s.case(token);
    let away = matches!(
        case.as_deref(),
        Some("by" | "to" | "against" | "over" | "on" | "from" | "with" | "for" | "about")
    );
    let noun = s.head(name).filter(|&n| is_act_noun(s.lemma(n)));
    if let Some(noun) = noun.filter(|_| away) {
        s.hang(token, noun, Dep::Nmod);
    }
}

/// *Despite criticising Peru, Georgia …*: the verb behind a preposition, and its object.
fn gerund(s: &mut Sentence<'_, '_>, token: TokenIdx) {
    if s.xpos(token) != "VBG" || s.tag(token) != Upos::Verb {
        return;
    }
    let (Some(before), Some(after)) = (s.previous(token), s.next(token)) else {
        return;
    };
    let opens = matches!(
        s.lower(before).as_str(),
        "despite" | "after" | "before" | "without" | "while" | "by" | "since" | "when"
    );
    let Some(verb) = s
        .head(token)
        .filter(|&h| s.tag(h) == Upos::Verb && h > token)
    else {
        return;
    };
    if opens && s.tag(after) == Upos::Propn {
        s.set_dep(token, Dep::Advcl);
        s.hang(before, token, Dep::Mark);
        if s.head(after) == Some(verb) {
            s.hang(after, token, Dep::Obj);
        }
    }
}

/// *“…,” said relief chief Mark Lowe*: who stands behind a telling verb without subject says it.
fn speaker(s: &mut Sentence<'_, '_>, verb: TokenIdx) {
    let tells = matches!(s.xpos(verb), "VBD" | "VBZ") && cues::says(s.lemma(verb));
    if !tells || s.child(verb, &[Dep::Nsubj, Dep::NsubjPass]).is_some() {
        return;
    }
    let marked = s
        .previous(verb)
        .is_some_and(|p| matches!(s.word(p), "," | "”" | "\"" | "’" | "''"));
    let behind = s.tokens().find(|&t| {
        t > verb
            && s.head(t) == Some(verb)
            && s.nominal(t)
            && s.child(t, &[Dep::Case, Dep::Mark, Dep::Cop]).is_none()
            && matches!(
                s.dep(t),
                Dep::Obj | Dep::Ccomp | Dep::Xcomp | Dep::Obl | Dep::Parataxis | Dep::Advcl
            )
            && t.0 < verb.0 + 8
    });
    let Some(behind) = behind.filter(|_| marked) else {
        return;
    };
    s.set_dep(behind, Dep::Nsubj);
    let over = s.head(verb).is_some_and(|h| h < verb);
    if over && matches!(s.dep(verb), Dep::Advcl | Dep::Conj | Dep::Acl | Dep::Dep) {
        s.set_dep(verb, Dep::Parataxis);
    }
}

/// *Mark Lowe, who has long demanded …*: the clause belongs to the name before it.
fn who(s: &mut Sentence<'_, '_>, verb: TokenIdx) {
    if matches!(s.dep(verb), Dep::AclRelcl | Dep::Root) {
        return;
    }
    let Some(who) = s
        .child(verb, &[Dep::Nsubj])
        .filter(|&w| matches!(s.lower(w).as_str(), "who" | "which"))
    else {
        return;
    };
    let mut at = s.previous(who);
    if at.is_some_and(|t| s.word(t) == ",") {
        at = at.and_then(|t| s.previous(t));
    }
    let Some(mut noun) = at.filter(|&t| s.nominal(t)) else {
        return;
    };
    for _ in 0..6 {
        match s.head(noun) {
            Some(up)
                if up < who
                    && s.nominal(up)
                    && matches!(s.dep(noun), Dep::Flat | Dep::Compound) =>
            {
                noun = up;
            }
            _ => break,
        }
    }
    s.hang(verb, noun, Dep::AclRelcl);
}

/// *offered it help*: of two objects the first is who gets the second.
fn two_objects(s: &mut Sentence<'_, '_>, verb: TokenIdx) {
    let objects: Vec<TokenIdx> = s
        .tokens()
        .filter(|&t| t > verb && s.head(t) == Some(verb) && s.dep(t) == Dep::Obj)
        .collect();
    if let [first, _] = objects[..]
        && s.child(verb, &[Dep::Iobj]).is_none()
        && matches!(s.tag(first), Upos::Pron | Upos::Propn)
    {
        s.set_dep(first, Dep::Iobj);
    }
}
