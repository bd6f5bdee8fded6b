//! Before linking: names of seats of government that were taken for something else, or for nothing.
//!
//! Statistics read *Kigali denies …* as a person more often than not: only people deny in most
//! texts. The lists know better, unless a person of the text bears that name.

use std::collections::BTreeSet;

use crate::model::{Confidence, EntityType, Mention, MentionKind, Suggested, TextRange, TokenIdx};
use crate::nlp::Upos;
use crate::nlp::link::gazetteer::{NamedAs, OFFICES};
use crate::nlp::link::{BY, Linker};

/// How sure a name is that only the list knows.
const LISTED: f32 = 0.7;

/// *U.S. special envoy Harlan Beckwith* names Harlan Beckwith: what leads to the office is no part.
fn without_office(l: &mut Linker<'_, '_, '_, '_>) {
    let mut added = Vec::new();
    for at in 0..l.mentions.len() {
        let Some(mention) = l.mentions.get(at).map(|m| m.value.clone()) else {
            continue;
        };
        if mention.entity_type != EntityType::Person || mention.kind != MentionKind::Name {
            continue;
        }
        let words: Vec<TokenIdx> = l.tree.covered(mention.range).collect();
        let office = words.iter().rposition(|&w| {
            OFFICES.contains_key(l.tree.lower(w).as_str()) && l.tree.tag(w) != Upos::Punct
        });
        let Some(office) = office.filter(|&office| office > 0) else {
            continue;
        };
        let (front, rest) = (
            words.get(..office).unwrap_or_default(),
            words.get(office + 1..).unwrap_or_default(),
        );
        let owner = (1..=front.len().min(4)).rev().find_map(|count| {
            let range = l.tree.cover(front.get(..count)?);
            Some((range, owner_type(l, l.text(range))?))
        });
        let name = rest
            .iter()
            .all(|&w| capital(l, w) || l.tree.doc.word(w) == "-");
        let Some(row) = l.mentions.get_mut(at) else {
            continue;
        };
        match owner {
            Some((range, kind)) if rest.is_empty() => {
                row.value.range = range;
                row.value.entity_type = kind;
            }
            _ if rest.is_empty() || !name => {}
            owner => {
                row.value.range = l.tree.cover(rest);
                if let Some((range, kind)) = owner {
                    added.push((range, kind));
                }
            }
        }
    }
    for (range, kind) in added {
        push(l, range, kind);
    }
}

/// What a state, people or organisation of the lists is.
fn owner_type(l: &Linker<'_, '_, '_, '_>, text: &str) -> Option<EntityType> {
    if l.gazetteer.organisation(text).is_some() {
        return Some(EntityType::Organisation);
    }
    Some(match l.gazetteer.state(text)?.1 {
        NamedAs::Name => EntityType::State,
        NamedAs::Adjective => EntityType::Norp,
        NamedAs::Capital => EntityType::Place,
        NamedAs::House => EntityType::Organisation,
    })
}

fn push(l: &mut Linker<'_, '_, '_, '_>, range: TextRange, entity_type: EntityType) {
    l.mentions.push(Suggested {
        value: Mention {
            range,
            kind: MentionKind::Name,
            entity_type,
            entity: None,
            metonym: false,
        },
        confidence: Confidence::new(LISTED),
        by: BY.to_owned(),
    });
}

pub(super) fn mend(l: &mut Linker<'_, '_, '_, '_>) {
    without_office(l);
    let borne = borne_by_people(l);
    for at in 0..l.mentions.len() {
        let Some(mention) = l.mentions.get(at).map(|m| m.value.clone()) else {
            continue;
        };
        let taken = matches!(
            mention.entity_type,
            EntityType::Person | EntityType::Organisation | EntityType::Event
        );
        let text = l.text(mention.range);
        if !taken || mention.kind != MentionKind::Name || borne.contains(text) {
            continue;
        }
        let organisation = mention.entity_type == EntityType::Organisation
            && l.gazetteer.organisation(text).is_some();
        if let Some(kind) = place_type(l, text).filter(|_| !organisation)
            && let Some(row) = l.mentions.get_mut(at)
        {
            row.value.entity_type = kind;
            row.confidence = Confidence::new(row.confidence.get().min(LISTED));
        }
    }
    missed(l);
}

/// Words of full names of people in the text and its headline.
fn borne_by_people<'a>(l: &Linker<'_, '_, 'a, '_>) -> BTreeSet<&'a str> {
    l.mentions
        .iter()
        .map(|m| &m.value)
        .filter(|m| m.kind == MentionKind::Name && m.entity_type == EntityType::Person)
        .map(|m| l.text(m.range))
        .filter(|text| text.contains(' '))
        .flat_map(str::split_whitespace)
        .collect()
}

fn place_type(l: &Linker<'_, '_, '_, '_>, text: &str) -> Option<EntityType> {
    if let Some(seat) = l.gazetteer.seat(text) {
        return Some(if seat.city {
            EntityType::Place
        } else {
            EntityType::Organisation
        });
    }
    match l.gazetteer.state(text)?.1 {
        NamedAs::Name => Some(EntityType::State),
        NamedAs::Capital => Some(EntityType::Place),
        NamedAs::House => Some(EntityType::Organisation),
        NamedAs::Adjective => None,
    }
}

/// Capitals, houses, seats and regions that nobody marked.
fn missed(l: &mut Linker<'_, '_, '_, '_>) {
    let mut covered = vec![false; l.tree.tokens().count()];
    for mention in &l.mentions {
        for token in l.tree.covered(mention.value.range) {
            if let Some(cell) = covered.get_mut(token.0 as usize) {
                *cell = true;
            }
        }
    }
    let free = |at: u32| covered.get(at as usize) == Some(&false);
    let mut found = Vec::new();
    for token in l.tree.tokens() {
        if !free(token.0) || !capital(l, token) {
            continue;
        }
        let next = TokenIdx(token.0 + 1);
        let pair = l.tree.range(token).cover(l.tree.range(next));
        let two =
            free(next.0) && capital(l, next) && l.tree.sentence(next) == l.tree.sentence(token);
        if two && let Some(kind) = place_type(l, l.text(pair)) {
            found.push((pair, kind));
            continue;
        }
        let alone = !two && (token.0 == 0 || !capital(l, TokenIdx(token.0 - 1)));
        let word = l.text(l.tree.range(token));
        let kind = match l.tree.tag(token) {
            Upos::Propn => place_type(l, word),
            _ => None,
        };
        let region = l
            .gazetteer
            .region(word)
            .filter(|_| matches!(l.tree.tag(token), Upos::Adj | Upos::Propn) && !capital(l, next));
        let kind = kind.or_else(|| {
            region.map(|region| {
                let adjective = region.adjectives.contains(&word);
                if adjective {
                    EntityType::Norp
                } else {
                    EntityType::Place
                }
            })
        });
        if alone && let Some(kind) = kind {
            found.push((l.tree.range(token), kind));
        }
    }
    for (range, entity_type) in found {
        push(l, range, entity_type);
    }
}

fn capital(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    let mut chars = l.tree.doc.word(token).chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}
