//! Capitals and houses: do they act, or are they where something happens?
//!
//! By syntax: the subject of a verb, the addressee, a possessor of acts is the state; what stands
//! after *in, at, near* is a place.

use crate::model::{Confidence, EntityType, Mention, TokenIdx};
use crate::nlp::lexicon::Seat;
use crate::nlp::link::Linker;
use crate::nlp::link::gazetteer::{METONYMY, NamedAs, organisation_id, state_id};
use crate::nlp::link::names::{enter_state, organ_of};
use crate::nlp::{Dep, Upos};

pub(super) fn resolve(l: &mut Linker<'_, '_, '_, '_>) {
    for at in 0..l.mentions.len() {
        let Some(mention) = l.mentions.get(at).map(|m| m.value.clone()) else {
            continue;
        };
        if !matches!(
            mention.entity_type,
            EntityType::Place | EntityType::State | EntityType::Organisation | EntityType::Facility
        ) {
            continue;
        }
        if seat(l, at, &mention) {
            continue;
        }
        let Some((state, how)) = l.gazetteer.state(l.text(mention.range)) else {
            continue;
        };
        if !matches!(how, NamedAs::Capital | NamedAs::House) {
            continue;
        }
        let Some(head) = l.tree.head_of(mention.range) else {
            continue;
        };
        let (acts, sure) = acts(l, head);
        let entity = match how {
            NamedAs::Capital if acts => {
                Some(l.enter(state_id(state.iso3), state.name, EntityType::State, true))
            }
            _ => mention.entity,
        };
        if let Some(row) = l.mentions.get_mut(at) {
            row.value.metonym = acts;
            row.value.entity = entity;
            if how == NamedAs::Capital {
                row.value.entity_type = if acts {
                    EntityType::State
                } else {
                    EntityType::Place
                };
            }
            row.confidence = Confidence::new(row.confidence.get().min(sure));
        }
    }
}

/// *Brussels asked*: the seat of an organisation is that organisation where it acts. Returns whether
/// the mention is such a seat.
fn seat(l: &mut Linker<'_, '_, '_, '_>, at: usize, mention: &Mention) -> bool {
    let words = l.text(mention.range);
    let Some(seat) = l.gazetteer.seat(words) else {
        return false;
    };
    let Some(organisation) = l.gazetteer.by_key(seat.whose) else {
        return false;
    };
    if means_state(l, seat, organisation.key) {
        return false;
    }
    let Some(head) = l.tree.head_of(mention.range) else {
        return true;
    };
    let (acts, sure) = acts(l, head);
    let entity = (acts || !seat.city).then(|| {
        let id = organisation_id(organisation.key);
        l.enter(id, organisation.name, EntityType::Organisation, true);
        if let Some(iso3) = organisation.state {
            l.add_role(id, organ_of(state_id(iso3)));
            enter_state(l, iso3);
        }
        l.enter(id, words, EntityType::Organisation, true)
    });
    if let Some(row) = l.mentions.get_mut(at) {
        row.value.metonym = acts;
        row.value.entity = entity.or(row.value.entity);
        row.value.entity_type = if entity.is_some() {
            EntityType::Organisation
        } else {
            EntityType::Place
        };
        row.confidence = Confidence::new(row.confidence.get().min(sure));
    }
    true
}

/// A seat that is a capital too: its state, where the text speaks of the state and not of the
/// organisation.
fn means_state(l: &Linker<'_, '_, '_, '_>, seat: &Seat, key: &str) -> bool {
    if seat.here.is_empty() {
        return false;
    }
    let (mut state, mut body) = (0, 0);
    let texts = l.mentions.iter().map(|m| l.text(m.value.range));
    let headline = l.about.headline.iter().map(|(words, _)| words.as_str());
    for text in texts.chain(headline) {
        let named = l.gazetteer.state(text);
        if named.is_some_and(|(s, how)| s.iso3 == seat.here && how != NamedAs::Capital) {
            state += 1;
        }
        if l.gazetteer.organisation(text).is_some_and(|o| o.key == key) {
            body += 1;
        }
    }
    state > body
}

/// Whether the capital at `head` stands for its state, and how sure that is.
fn acts(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> (bool, f32) {
    let tree = l.tree;
    // "Velstadt, Velmora": a place with its state behind.
    if followed_by_state(l, head) {
        return (false, 0.95);
    }
    let top = chain_head(l, head);
    let governor = tree.head(top);
    let verb = governor.map(|g| tree.lemma(g)).unwrap_or_default();
    if let Some(case) = tree.preposition(top).or_else(|| tree.preposition(head)) {
        if METONYMY.has("place_case", &case) {
            return (false, 0.95);
        }
        if case == "between" || case == "against" || case == "with" || case == "by" {
            return (true, 0.9);
        }
        if METONYMY.has("motion", verb) || motion_near(l, governor) {
            return (false, 0.85);
        }
        return (METONYMY.has("actor_case", &case), 0.7);
    }
    match tree.dep(top) {
        Dep::Nsubj | Dep::NsubjPass | Dep::Iobj => (true, 0.9),
        Dep::Obj => (!METONYMY.has("place_object", verb), 0.75),
        Dep::Xcomp | Dep::Ccomp | Dep::Root => (true, 0.5),
        Dep::NmodPoss => {
            let noun = governor.map(|g| tree.lemma(g)).unwrap_or_default();
            (crate::nlp::stance::is_act_noun(noun), 0.8)
        }
        Dep::Conj | Dep::Appos => (false, 0.5),
        Dep::None => (before_verb(l, head), 0.5),
        _ => (false, 0.7),
    }
}

/// A coordinated or compound name behaves like the first of its row.
fn chain_head(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> TokenIdx {
    let mut at = head;
    for _ in 0..4 {
        match (l.tree.dep(at), l.tree.head(at)) {
            (Dep::Conj | Dep::Flat, Some(up)) if l.tree.nominal(up) => at = up,
            _ => break,
        }
    }
    at
}

/// *on a visit to Velstadt*: the motion may be a noun above.
fn motion_near(l: &Linker<'_, '_, '_, '_>, governor: Option<TokenIdx>) -> bool {
    governor
        .and_then(|g| l.tree.head(g))
        .is_some_and(|up| METONYMY.has("motion", l.tree.lemma(up)) && l.tree.tag(up) == Upos::Verb)
}

fn followed_by_state(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> bool {
    let comma = TokenIdx(head.0 + 1);
    let next = TokenIdx(head.0 + 2);
    l.tree.doc.word(comma) == ","
        && l.gazetteer
            .state(l.tree.doc.word(next))
            .is_some_and(|(_, how)| how == NamedAs::Name)
        && l.tree.sentence(head) == l.tree.sentence(next)
}

fn before_verb(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> bool {
    matches!(l.tree.tag(TokenIdx(head.0 + 1)), Upos::Verb | Upos::Aux)
}
