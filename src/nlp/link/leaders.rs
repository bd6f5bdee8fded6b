//! Who is known to hold or have held an office: canonical spelling, surname alone, period.
//!
//! A list of names proves nothing about the person in the text: a surname alone is taken for a
//! leader only where the text names the state or organisation, or gives a title, and nobody of that
//! surname by full name.

use std::collections::BTreeSet;

use crate::model::{EntityId, EntityType, Mention, MentionKind, Role, Tenure, TokenIdx};
use crate::nlp::lexicon::Leader;
use crate::nlp::link::Linker;
use crate::nlp::link::gazetteer::{OFFICES, organisation_id, state_id};
use crate::nlp::link::names::enter_state;

/// iso3 and keys of what the text and its headline name.
pub(super) fn named(l: &Linker<'_, '_, '_, '_>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let texts = l.mentions.iter().map(|m| l.text(m.value.range));
    let headline = l.about.headline.iter().map(|(words, _)| words.as_str());
    for text in texts.chain(headline) {
        if let Some((state, _)) = l.gazetteer.state(text) {
            found.insert(state.iso3);
        }
        if let Some(organisation) = l.gazetteer.organisation(text) {
            found.insert(organisation.key);
            found.extend(organisation.state);
        }
        if let Some(seat) = l.gazetteer.seat(text) {
            found.insert(seat.whose);
        }
    }
    found
}

/// The leader that a surname alone means.
pub(super) fn of_surname(
    l: &Linker<'_, '_, '_, '_>,
    named: &BTreeSet<&'static str>,
    mention: &Mention,
) -> Option<&'static Leader> {
    let leader = l
        .gazetteer
        .of_surname(l.text(mention.range), l.about.date.as_deref())?;
    let title = l
        .tree
        .at(mention.range.start())
        .and_then(|first| first.0.checked_sub(1))
        .map(|before| l.tree.lower(TokenIdx(before)))
        .unwrap_or_default();
    let pope = leader.of == "VAT";
    let titled = OFFICES.contains_key(title.as_str()) || title == "mr." || title == "mr";
    if pope {
        return (title == "pope").then_some(leader);
    }
    (titled || named.contains(leader.of)).then_some(leader)
}

/// Gives people the offices of the list that fit the article's date.
pub(super) fn offices(l: &mut Linker<'_, '_, '_, '_>, named: &BTreeSet<&'static str>) {
    let Some(date) = l.about.date.clone() else {
        return;
    };
    let people: BTreeSet<EntityId> = l
        .mentions
        .iter()
        .map(|m| &m.value)
        .filter(|m| m.kind == MentionKind::Name && m.entity_type == EntityType::Person)
        .filter_map(|m| m.entity)
        .collect();
    for person in people {
        let Some(name) = l.entities.get(&person).map(|row| row.entity.name.clone()) else {
            continue;
        };
        for term in l.gazetteer.terms(&name) {
            office(l, person, term, &date, named);
        }
    }
}

fn office(
    l: &mut Linker<'_, '_, '_, '_>,
    person: EntityId,
    term: &Leader,
    date: &str,
    named: &BTreeSet<&'static str>,
) {
    let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    let role = |of| Role {
        office: term.office.to_owned(),
        of: Some(of),
        tenure: Tenure::Current,
        from: text(term.from),
        until: text(term.until),
    };
    let state = l.gazetteer.name_of(term.of).is_some();
    let of = if state {
        state_id(term.of)
    } else {
        organisation_id(term.of)
    };
    if !role(of).held_at(Some(date)) {
        return; // a term before or after says nothing about this text
    }
    let Some(row) = l.entities.get_mut(&person) else {
        return;
    };
    if row
        .entity
        .roles
        .iter()
        .any(|old| old.tenure == Tenure::Former && old.of == Some(of))
    {
        return; // the text knows better than the list
    }
    if let Some(old) = row.entity.roles.iter_mut().find(|old| {
        old.of.is_none_or(|old| old == of)
            && (old.office == term.office || term.office.ends_with(old.office.as_str()))
            && old.tenure == Tenure::Current
    }) {
        old.of = Some(of);
        old.from = old.from.take().or_else(|| text(term.from));
        old.until = old.until.take().or_else(|| text(term.until));
    } else if named.contains(term.of) {
        row.entity.roles.push(role(of));
    } else {
        return;
    }
    if state {
        enter_state(l, term.of);
    } else if let Some(organisation) = l.gazetteer.by_key(term.of) {
        l.enter(of, organisation.name, EntityType::Organisation, true);
    }
}
