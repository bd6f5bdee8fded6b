//! Names → entities: states, organisations with their acronyms, people by full and short name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{EntityId, EntityType, Mention, MentionKind, Role, TextRange};
use crate::nlp::link::gazetteer::{Known as Hit, NamedAs, organisation_id, plain, state_id};
use crate::nlp::link::{Linker, leaders};
use crate::nlp::{Dep, Known, Upos};

/// Words before a person's name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "gen",
    "col",
    "lt",
    "sgt",
    "capt",
    "maj",
    "adm",
    "sen",
    "rep",
    "gov",
    "president",
    "minister",
    "prime",
    "king",
    "queen",
    "sir",
    "lord",
    "lady",
    "pope",
    "prince",
    "princess",
    "senator",
    "general",
    "secretary",
    "ambassador",
    "chancellor",
    "sheikh",
    "ayatollah",
];

/// A person as the article names them so far.
struct Person {
    id: EntityId,
    parts: Vec<String>,
    last_seen: u32,
}

pub(super) fn resolve(
    l: &mut Linker<'_, '_, '_, '_>,
    known: &Known,
    named: &BTreeSet<&'static str>,
) {
    let rules: BTreeMap<String, (EntityId, EntityType)> = known
        .aliases
        .iter()
        .map(|alias| (plain(&alias.text), (alias.entity, alias.entity_type)))
        .collect();
    let mut people = people(l);
    let mut organisations: Vec<(EntityId, String)> = Vec::new();
    for at in 0..l.mentions.len() {
        let Some(mention) = l.mentions.get(at).map(|m| m.value.clone()) else {
            continue;
        };
        if mention.kind != MentionKind::Name {
            continue;
        }
        let name = l.text(mention.range);
        let entity = if let Some(&(entity, entity_type)) = rules.get(&plain(name)) {
            l.enter(entity, name, entity_type, false)
        } else if mention.entity_type == EntityType::Person {
            person(l, &mut people, &mention, named)
        } else {
            thing(l, &mut organisations, &mention)
        };
        if let Some(row) = l.mentions.get_mut(at) {
            row.value.entity = Some(entity);
        }
    }
}

fn parts(name: &str) -> Vec<String> {
    let all: Vec<String> = name
        .split_whitespace()
        .map(|part| {
            part.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|part| !part.is_empty() && !matches!(part.as_str(), "jr" | "sr" | "ii" | "iii"))
        .collect();
    let titles = all
        .iter()
        .take_while(|part| TITLES.contains(&part.as_str()))
        .count();
    if titles < all.len() {
        all.into_iter().skip(titles).collect()
    } else {
        all
    }
}

/// *al-Assad* and *Assad* are one surname.
fn stem(part: &str) -> &str {
    ["al-", "el-", "al ", "ash-", "as-"]
        .iter()
        .find_map(|prefix| part.strip_prefix(prefix))
        .unwrap_or(part)
}

fn same_person(left: &[String], right: &[String]) -> bool {
    let (Some(a), Some(b)) = (left.last(), right.last()) else {
        return false;
    };
    if stem(a) != stem(b) {
        return false;
    }
    match (left, right) {
        ([first, middle @ .., _], [other, between @ .., _]) => {
            let given = |a: &str, b: &str| {
                a == b
                    || (a.chars().count() == 1 || b.chars().count() == 1)
                        && a.chars().next() == b.chars().next()
            };
            // "George H. W. Bush" and "George W. Bush" are two.
            let clash = !middle.is_empty()
                && !between.is_empty()
                && !middle.iter().any(|m| between.iter().any(|b| given(m, b)))
                || middle.len() != between.len()
                    && !middle.is_empty()
                    && !between.is_empty()
                    && middle.iter().chain(between).all(|m| m.chars().count() == 1);
            given(first, other) && !clash
        }
        _ => true,
    }
}

/// Full names first, so that a surname in front of the full name finds it too.
fn people(l: &mut Linker<'_, '_, '_, '_>) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut full: Vec<(Vec<String>, TextRange)> = l
        .mentions
        .iter()
        .map(|m| &m.value)
        .filter(|m| m.kind == MentionKind::Name && m.entity_type == EntityType::Person)
        .map(|m| (parts(l.text(m.range)), m.range))
        .filter(|(parts, _)| parts.len() > 1)
        .collect();
    let headline = l.about.headline.iter();
    full.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len())); // stable: text order within
    let in_text = full
        .into_iter()
        .map(|(p, range)| (p, l.text(range).to_owned()));
    let in_title = headline
        .filter(|(_, kind)| *kind == EntityType::Person)
        .map(|(words, _)| (parts(words), words.clone()))
        .filter(|(parts, _)| parts.len() > 1);
    let all: Vec<_> = in_text.chain(in_title).collect();
    for (mut name, mut text) in all {
        if found.iter().any(|p| same_person(&p.parts, &name)) {
            continue;
        }
        let known = l.gazetteer.terms(&text).first();
        let spelt = name.clone();
        if let Some(leader) = known {
            name = parts(leader.name);
            leader.name.clone_into(&mut text);
        }
        let id = EntityId::hashed(&[b"person", name.join(" ").as_bytes()]);
        l.enter(id, &text, EntityType::Person, known.is_some());
        let spellings = if spelt == name {
            vec![name]
        } else {
            vec![name, spelt]
        };
        found.extend(spellings.into_iter().map(|parts| Person {
            id,
            parts,
            last_seen: 0,
        }));
    }
    found
}

fn person(
    l: &mut Linker<'_, '_, '_, '_>,
    people: &mut Vec<Person>,
    mention: &Mention,
    named: &BTreeSet<&'static str>,
) -> EntityId {
    let text = l.text(mention.range);
    let name = parts(text);
    let here = u32::from(mention.range.start());
    let fits = |p: &Person| {
        if name.len() > 1 {
            same_person(&p.parts, &name)
        } else {
            name.first()
                .is_some_and(|n| p.parts.iter().any(|part| stem(part) == stem(n)))
        }
    };
    // Of two people of one surname, the one named last before.
    let best = (0..people.len())
        .filter(|&i| people.get(i).is_some_and(fits))
        .max_by_key(|&i| people.get(i).map(|p| p.last_seen));
    if let Some(person) = best.and_then(|i| people.get_mut(i)) {
        person.last_seen = here + 1;
        let id = person.id;
        return l.enter(id, text, EntityType::Person, false);
    }
    let leader = (name.len() == 1)
        .then(|| leaders::of_surname(l, named, mention))
        .flatten();
    let name = leader.map_or(name, |leader| parts(leader.name));
    let id = EntityId::hashed(&[b"person", name.join(" ").as_bytes()]);
    people.push(Person {
        id,
        parts: name,
        last_seen: here + 1,
    });
    if let Some(leader) = leader {
        l.enter(id, leader.name, EntityType::Person, true);
    }
    l.enter(id, text, EntityType::Person, false)
}

fn thing(
    l: &mut Linker<'_, '_, '_, '_>,
    organisations: &mut Vec<(EntityId, String)>,
    mention: &Mention,
) -> EntityId {
    let name = l.text(mention.range);
    let prefer_state = mention.entity_type != EntityType::Organisation;
    let hit = l.gazetteer.known(name, prefer_state);
    if hit.is_none()
        && let Some(region) = l.gazetteer.region(name)
    {
        return named(l, "region", region.name, EntityType::Place);
    }
    match hit {
        Some(Hit::State(state, NamedAs::Name)) => {
            l.enter(state_id(state.iso3), state.name, EntityType::State, true)
        }
        Some(Hit::State(state, NamedAs::Adjective)) => {
            if is_people(l, mention) {
                named(l, "norp", name, EntityType::Norp)
            } else {
                l.enter(state_id(state.iso3), state.name, EntityType::State, true)
            }
        }
        // Whether the capital acts or is a place is decided from syntax, in `metonymy`.
        Some(Hit::State(_, NamedAs::Capital)) => named(l, "place", name, EntityType::Place),
        Some(Hit::State(state, NamedAs::House)) => {
            let id = named(l, "organisation", name, EntityType::Organisation);
            let of = l.enter(state_id(state.iso3), state.name, EntityType::State, true);
            l.add_role(id, organ_of(of));
            id
        }
        Some(Hit::Organisation(organisation)) => {
            let id = organisation_id(organisation.key);
            l.enter(id, organisation.name, EntityType::Organisation, true);
            organisations.push((id, organisation.name.to_owned()));
            let state = organisation
                .state
                .filter(|_| organisation.kind.acts_for_state());
            if let Some(iso3) = state {
                let of = state_id(iso3);
                l.add_role(id, organ_of(of));
                enter_state(l, iso3);
            }
            l.enter(id, name, EntityType::Organisation, true)
        }
        None if mention.entity_type == EntityType::Organisation => {
            organisation(l, organisations, mention)
        }
        None => named(l, key_of(mention.entity_type), name, mention.entity_type),
    }
}

pub(super) fn enter_state(l: &mut Linker<'_, '_, '_, '_>, iso3: &str) {
    if !l.entities.contains_key(&state_id(iso3)) {
        let name = iso3.to_owned();
        let name = l.gazetteer.name_of(iso3).map_or(name, str::to_owned);
        l.enter(state_id(iso3), &name, EntityType::State, true);
    }
}

/// An organ's office is empty: it *is* of its state.
pub(super) fn organ_of(state: EntityId) -> Role {
    Role {
        office: String::new(),
        of: Some(state),
        ..Role::default()
    }
}

fn key_of(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "person",
        EntityType::Norp => "norp",
        EntityType::State => "state",
        EntityType::Organisation => "organisation",
        EntityType::Place => "place",
        EntityType::Facility => "facility",
        EntityType::Weapon => "weapon",
        EntityType::Agreement => "agreement",
        EntityType::Event => "event",
        EntityType::Own(_) => "own",
    }
}

/// *TEHRAN* of a dateline or headline is shown as *Tehran*; what may be an acronym stays.
pub(super) fn shown(name: &str, entity_type: EntityType) -> String {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() > 3
        && letters().all(char::is_uppercase)
        && !name.contains('.')
        && matches!(
            entity_type,
            EntityType::Place | EntityType::State | EntityType::Person
        );
    if !capitals {
        return name.to_owned();
    }
    let mut start = true;
    let mut out = String::with_capacity(name.len());
    for sign in name.chars() {
        if start {
            out.push(sign);
        } else {
            out.extend(sign.to_lowercase());
        }
        start = !sign.is_alphanumeric() && sign != '\'' && sign != '’';
    }
    out
}

pub(super) fn named(
    l: &mut Linker<'_, '_, '_, '_>,
    kind: &str,
    name: &str,
    entity_type: EntityType,
) -> EntityId {
    let id = EntityId::hashed(&[kind.as_bytes(), plain(name).as_bytes()]);
    l.enter(id, name, entity_type, false)
}

/// Whether a word of nationality names the people (*the Velmorans said*) and not the state.
fn is_people(l: &Linker<'_, '_, '_, '_>, mention: &Mention) -> bool {
    let Some(head) = l.tree.head_of(mention.range) else {
        return false;
    };
    let modifies = matches!(
        l.tree.dep(head),
        Dep::Amod | Dep::Compound | Dep::Nmod | Dep::None | Dep::Flat
    ) || l.tree.tag(head) == Upos::Adj;
    let plural = matches!(l.tree.xpos(head), "NNS" | "NNPS")
        || l.tree.tag(head) != Upos::Adj && l.text(mention.range).ends_with('s');
    plural || !modifies
}

fn initials(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}

fn organisation(
    l: &mut Linker<'_, '_, '_, '_>,
    seen: &mut Vec<(EntityId, String)>,
    mention: &Mention,
) -> EntityId {
    let name = l.text(mention.range);
    let lower = plain(name);
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let acronym = letters.chars().count() > 1 && !letters.chars().any(char::is_lowercase);
    let found = seen.iter().rev().find(|(_, full)| {
        let full_lower = plain(full);
        if full_lower == lower || acronym && initials(full) == letters {
            return true;
        }
        // *Citgo* for *Citgo Petroleum Corporation*: the first word, if it says enough.
        let short = !lower.contains(' ') && lower.chars().count() > 3;
        let first = |long: &str, short: &str| {
            long.split(' ').next() == Some(short)
                && long.contains(' ')
                && short.chars().count() > 3
                && l.gazetteer.state(short).is_none()
                && l.gazetteer.region(short).is_none()
        };
        short && first(&full_lower, &lower)
            || !full_lower.contains(' ') && first(&lower, &full_lower) && is_body(&lower)
    });
    if let Some((id, _)) = found {
        let id = *id;
        return l.enter(id, name, EntityType::Organisation, false);
    }
    let id = named(l, "organisation", name, EntityType::Organisation);
    seen.push((id, name.to_owned()));
    if let Some(state) = owner(l, mention, &lower) {
        l.add_role(id, organ_of(state));
    }
    id
}

/// *Citgo* and then *Citgo Petroleum Corporation*: the longer name only adds what kind of body it is.
fn is_body(lower: &str) -> bool {
    let last = lower.split(' ').next_back().unwrap_or_default();
    matches!(
        last,
        "corporation"
            | "corp"
            | "corp."
            | "company"
            | "co."
            | "inc"
            | "inc."
            | "ltd"
            | "ltd."
            | "limited"
            | "group"
            | "airlines"
            | "airways"
            | "air"
            | "bank"
            | "holdings"
            | "foundation"
            | "industries"
            | "motors"
            | "party"
            | "plc"
            | "ag"
    )
}

/// Words whose organisation acts for a state.
const ORGANS: &[&str] = &[
    "ministry",
    "department",
    "army",
    "navy",
    "forces",
    "force",
    "embassy",
    "government",
    "police",
    "agency",
    "guard",
    "guards",
    "office",
    "administration",
    "command",
    "military",
    "service",
    "secretariat",
    "directorate",
    "bureau",
    "treasury",
    "pentagon",
    "corps",
];

/// The state of a ministry, agency or army: named in it, just before it, or after *of*.
fn owner(l: &mut Linker<'_, '_, '_, '_>, mention: &Mention, lower: &str) -> Option<EntityId> {
    let of_many = |word: &str| matches!(word, "international" | "european" | "world" | "global");
    if !lower.split(' ').any(|word| ORGANS.contains(&word)) || lower.split(' ').any(of_many) {
        return None;
    }
    let words: Vec<&str> = l.text(mention.range).split_whitespace().collect();
    let inside = (0..words.len()).find_map(|from| {
        (from + 1..=words.len().min(from + 3)).rev().find_map(|to| {
            let piece = words.get(from..to)?.join(" ");
            l.gazetteer.state(&piece)
        })
    });
    if let Some((state, _)) = inside {
        return Some(l.enter(state_id(state.iso3), state.name, EntityType::State, true));
    }
    let first = l.tree.at(mention.range.start())?;
    let before = (first.0.saturating_sub(3)..first.0)
        .rev()
        .map(crate::model::TokenIdx)
        .find_map(|token| {
            let text = l.tree.doc.word(token);
            l.gazetteer.state(text)
        });
    if let Some((state, _)) = before {
        return Some(l.enter(state_id(state.iso3), state.name, EntityType::State, true));
    }
    // No owner at hand: the state named last before, as a newspaper would mean it.
    l.names_before(mention.range.start())
        .iter()
        .rev()
        .take(100)
        .filter_map(|m| m.value.entity)
        .find(|&entity| l.is_state(entity))
}
