//! Edges and types that the words alone tell: a day behind a person, *al-* before a name, a storm, the short name
//! of a company.

use std::collections::BTreeSet;

use crate::model::EntityType;
use crate::nlp::Upos;
use crate::nlp::ner::gazetteer::{cue, is};
use crate::nlp::words::Kind as Shape;

use super::{Found, LISTED, Rules};

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Nouns behind the name of an organisation that are no part of it.
const GENERIC: [&str; 8] = [
    "party",
    "movement",
    "group",
    "corporation",
    "company",
    "militia",
    "militias",
    "government",
];
const STORMS: [&str; 4] = ["Hurricane", "Cyclone", "Typhoon", "Storm"];

/// Letters of the states of the USA in addresses; none that is a word in capitals.
const CODES: [&str; 45] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "IA", "ID", "IL", "KS", "KY",
    "LA", "MA", "MD", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY",
    "OH", "OK", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WY",
];

impl Rules<'_> {
    /// Mends one name after the other.
    pub(super) fn mend_each(&self, found: &mut Vec<Found>) {
        let names = std::mem::take(found);
        for mut name in names {
            if self.is_no_name(&name) {
                continue;
            }
            self.widen(&mut name);
            self.cut_tail(&mut name);
            if name.first < name.end {
                self.split(name, found);
            }
        }
        self.storms(found);
    }

    /// *We* at the start of a sentence, *Senators*, *Justice* are no names.
    fn is_no_name(&self, name: &Found) -> bool {
        if name.end - name.first != 1 {
            return false;
        }
        let text = self.text(name.first);
        let pronoun = matches!(
            text,
            "We" | "WE"
                | "I"
                | "He"
                | "HE"
                | "She"
                | "They"
                | "THEY"
                | "You"
                | "YOU"
                | "It"
                | "Us"
                | "us"
                | "Our"
                | "OUR"
                | "Their"
                | "His"
                | "Her"
                | "My"
                | "MY"
                | "Its"
                | "This"
                | "That"
                | "These"
                | "Those"
        );
        if pronoun && self.doc.tags.get(name.first) != Some(&Upos::Propn) || text == "We" {
            return true;
        }
        if name.entity_type != EntityType::Person {
            return false;
        }
        let cues = self.cues(name.first);
        let title = cues & cue::TITLE != 0 && cues & (cue::FIRST | cue::LAST) == 0;
        let plural = text.strip_suffix('s').is_some_and(|one| {
            self.cues_of(one) & cue::TITLE != 0 && self.cues_of(one) & cue::LAST == 0
        });
        title || plural && cues == 0
    }

    /// *Assad* in *al-Assad*, *Bush* in *the Bush Administration*.
    fn widen(&self, name: &mut Found) {
        if let Some(before) = name.first.checked_sub(2)
            && self.text(name.first - 1) == "-"
            && matches!(
                self.text(before),
                "al" | "Al" | "el" | "El" | "as" | "az" | "ash" | "an" | "ad" | "at" | "ar" | "ul"
            )
            && self.joined(before, name.first)
        {
            name.first = before;
        }
        if name.entity_type == EntityType::Person && self.text(name.end) == "Administration" {
            name.end += 1;
            name.entity_type = EntityType::Organisation;
        }
    }

    /// Whether no blank stands between the tokens from `first` to `last`.
    fn joined(&self, first: usize, last: usize) -> bool {
        (first..last).all(
            |at| match (self.range(at, at + 1), self.range(at + 1, at + 2)) {
                (Some(left), Some(right)) => left.end() == right.start(),
                _ => false,
            },
        )
    }

    /// No day and no address behind a person, no *party* behind the name of one.
    fn cut_tail(&self, name: &mut Found) {
        let long = |name: &Found| name.end - name.first > 1;
        match name.entity_type {
            EntityType::Person => {
                let address = |at: &usize| self.text(*at).starts_with('<');
                if let Some(at) = (name.first..name.end).find(address) {
                    name.end = at;
                    self.trim(name);
                }
                while long(name) && DAYS.contains(&self.text(name.end - 1)) {
                    name.end -= 1;
                }
            }
            EntityType::Organisation
                if long(name) && GENERIC.contains(&self.text(name.end - 1)) =>
            {
                let kept = Found {
                    end: name.end - 1,
                    ..*name
                };
                let capital = self
                    .words
                    .get(kept.end - 1)
                    .is_some_and(|word| word.is_capital());
                let people = is::ADJECTIVE | is::DEMONYM | is::NORP | is::STATE | is::PLACE;
                let last = Found {
                    first: kept.end - 1,
                    ..kept
                };
                if capital && (self.listed_as(&kept) | self.listed_as(&last)) & people == 0 {
                    *name = kept;
                }
            }
            _ => {}
        }
    }

    /// A storm is an event, also where its name stands alone.
    fn storms(&self, found: &mut Vec<Found>) {
        let is_storm = |at: usize| {
            STORMS.contains(&self.text(at))
                && (self.text(at) != "Storm"
                    || at
                        .checked_sub(1)
                        .is_some_and(|b| self.text(b) == "Tropical"))
                && self
                    .words
                    .get(at + 1)
                    .is_some_and(|word| word.kind == Shape::Capital)
        };
        let at: Vec<usize> = (0..self.words.len()).filter(|at| is_storm(*at)).collect();
        if at.is_empty() {
            return;
        }
        let names: BTreeSet<&str> = at.iter().map(|at| self.text(at + 1)).collect();
        let sure = 0.85;
        found.retain(|name| {
            let touches = at.iter().any(|at| name.first < at + 2 && name.end > *at);
            let alone = name.end - name.first == 1 && names.contains(self.text(name.first));
            !touches && !alone
        });
        for first in 0..self.words.len() {
            let (start, end) = if at.contains(&first) {
                let tropical = self.text(first) == "Storm";
                (first - usize::from(tropical), first + 2)
            } else if names.contains(self.text(first))
                && !first.checked_sub(1).is_some_and(|b| at.contains(&b))
            {
                (first, first + 1)
            } else {
                continue;
            };
            if found
                .iter()
                .all(|name| name.end <= start || name.first >= end)
            {
                found.push(Found {
                    first: start,
                    end,
                    entity_type: EntityType::Event,
                    sure,
                });
            }
        }
    }

    /// States and places in small letters: *in malaysia*; the letters of a state of the USA behind a town:
    /// *Baltimore, MD*.
    pub(super) fn careless(&self, found: &mut Vec<Found>) {
        let covered = self.covered(found);
        let mut at = 0;
        while at < self.words.len() {
            let Some((end, entity_type)) = self.small(at).or_else(|| self.code(at, &covered))
            else {
                at += 1;
                continue;
            };
            if !covered.get(at..end).unwrap_or_default().contains(&true) {
                found.push(Found {
                    first: at,
                    end,
                    entity_type,
                    sure: 0.75,
                });
            }
            at = end;
        }
    }

    fn small(&self, at: usize) -> Option<(usize, EntityType)> {
        if self.words[at].kind != Shape::Low {
            return None;
        }
        let hit = self.gazetteer.small_at(self.words, at)?;
        let proper = (at..hit.end).all(|at| self.doc.tags.get(at) == Some(&Upos::Propn));
        let noun = self.doc.tags.get(hit.end - 1) == Some(&Upos::Noun);
        let before = at.checked_sub(1).map_or("", |before| self.text(before));
        let there = matches!(before, "in" | "from" | "near" | "to" | "In" | "From");
        let state = hit.bits & is::STATE != 0;
        let fits =
            proper && (state || there) || there && (proper || noun) && (state || hit.end - at > 1);
        let kind = if state {
            EntityType::State
        } else {
            EntityType::Place
        };
        fits.then_some((hit.end, kind))
    }

    fn code(&self, at: usize, covered: &[bool]) -> Option<(usize, EntityType)> {
        let town = at.checked_sub(2)?;
        let fits = self.text(at - 1) == "," && covered[town] && CODES.contains(&self.text(at));
        fits.then_some((at + 1, EntityType::Place))
    }

    /// *WHO* behind *World Health Organisation (WHO)*, and everywhere else in that text.
    pub(super) fn acronyms(&self, found: &mut Vec<Found>) {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for name in found
            .iter()
            .filter(|name| name.entity_type == EntityType::Organisation)
        {
            let short = name.end + 1;
            let letters = self.text(short);
            let initial = self.text(name.first).chars().next();
            if name.end - name.first > 1
                && self.text(name.end) == "("
                && matches!(self.text(short + 1), ")" | ";" | ",")
                && letters.len() > 2
                && self
                    .words
                    .get(short)
                    .is_some_and(|word| word.kind == Shape::Upper)
                && letters.chars().next() == initial
            {
                known.insert(letters);
            }
        }
        if known.is_empty() {
            return;
        }
        for name in found.iter_mut() {
            if name.end - name.first == 1 && known.contains(self.text(name.first)) {
                name.entity_type = EntityType::Organisation;
            }
        }
        for (at, covered) in self.covered(found).into_iter().enumerate() {
            if !covered && known.contains(self.text(at)) {
                found.push(Found {
                    first: at,
                    end: at + 1,
                    entity_type: EntityType::Organisation,
                    sure: LISTED,
                });
            }
        }
    }

    /// *(Biggs et al., 2011)*, *(Williams, 2010)*: who wrote it.
    pub(super) fn authors(&self, found: &mut Vec<Found>) {
        for (at, covered) in self.covered(found).into_iter().enumerate() {
            let next = |on: usize| self.text(at + on);
            let year = |on: usize| {
                let text = next(on);
                text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
            };
            let others = next(1) == "et" && next(2).starts_with("al");
            let alone =
                at > 0 && self.text(at - 1) == "(" && next(1) == "," && year(2) && next(3) == ")";
            let fits = (others || alone)
                && !covered
                && self.words[at].kind == Shape::Capital
                && self.gazetteer.exactly(&[self.words[at]]) == 0;
            if fits {
                found.push(Found {
                    first: at,
                    end: at + 1,
                    entity_type: EntityType::Person,
                    sure: 0.7,
                });
            }
        }
    }

    /// *Mahan* beside *Mahan Air*: the short name of an organisation that the text names in full.
    pub(super) fn short_names(&self, found: &mut [Found]) {
        let mut organisations: BTreeSet<&str> = BTreeSet::new();
        let mut people: BTreeSet<&str> = BTreeSet::new();
        for name in found.iter().filter(|name| name.end - name.first > 1) {
            match name.entity_type {
                EntityType::Organisation if name.sure > 0.5 => {
                    organisations.insert(self.text(name.first));
                }
                EntityType::Person => {
                    people.extend((name.first..name.end).map(|at| self.text(at)));
                }
                _ => {}
            }
        }
        for name in found {
            let text = self.text(name.first);
            if name.end - name.first == 1
                && matches!(name.entity_type, EntityType::Person | EntityType::Place)
                && organisations.contains(text)
                && !people.contains(text)
                && self.listed_as(name) == 0
                && self.cues(name.first) & (cue::FIRST | cue::TITLE) == 0
            {
                name.entity_type = EntityType::Organisation;
            }
        }
    }

    /// *U.S.* in *U.S. Central Command*, *Leiden* in *Leiden University*: a listed state, people or place
    /// inside a longer name.
    pub(super) fn nested(&self, found: &mut Vec<Found>) {
        let mut inner = Vec::new();
        for name in found.iter() {
            let outer = matches!(
                name.entity_type,
                EntityType::Organisation
                    | EntityType::Agreement
                    | EntityType::Event
                    | EntityType::Facility
                    | EntityType::Place
            );
            if !outer || name.end - name.first < 2 {
                continue;
            }
            let Some(words) = self.words.get(name.first..name.end) else {
                continue;
            };
            let mut hits = self.gazetteer.hits(words);
            if hits
                .first()
                .is_some_and(|hit| hit.end - hit.first == words.len())
            {
                hits = self
                    .gazetteer
                    .hits(words.split_last().map_or(words, |(_, rest)| rest));
            }
            for hit in hits {
                let whole = hit.end - hit.first == words.len();
                let land = name.entity_type == EntityType::Place;
                let entity_type = if hit.bits & is::STATE != 0 {
                    EntityType::State
                } else if hit.bits & (is::ADJECTIVE | is::DEMONYM | is::NORP) != 0 && !land {
                    EntityType::Norp
                } else if hit.bits & (is::CAPITAL | is::PLACE) != 0 {
                    EntityType::Place
                } else {
                    continue;
                };
                let capital = words.get(hit.first).is_some_and(|word| word.is_capital());
                if !whole && capital {
                    inner.push(Found {
                        first: name.first + hit.first,
                        end: name.first + hit.end,
                        entity_type,
                        sure: name.sure * LISTED,
                    });
                }
            }
        }
        found.extend(inner);
    }
}
