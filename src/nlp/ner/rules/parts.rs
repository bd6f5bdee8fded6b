//! Finds that hold several names.

use crate::model::EntityType;
use crate::nlp::ner::gazetteer::{Hit, cue, is};
use crate::nlp::words::Kind as Shape;

use super::{Found, LISTED, Rules, listed_type};

/// Words of departments, which stand between an office and the person who holds it.
const DEPARTMENTS: [&str; 20] = [
    "State", "Defense", "Defence", "Treasury", "Foreign", "Affairs", "Commerce", "Energy",
    "Health", "Justice", "Labor", "Labour", "Trade", "Security", "Staff", "War", "Economy",
    "Interior", "the", "and",
];

impl Rules<'_> {
    /// Pushes the names that a find holds.
    pub(super) fn split(&self, name: Found, out: &mut Vec<Found>) {
        let parts = match name.entity_type {
            EntityType::Person => self
                .office(&name)
                .or_else(|| self.twice(&name))
                .or_else(|| self.member(&name)),
            EntityType::Place | EntityType::Organisation => {
                self.pair(&name).or_else(|| self.seat(&name))
            }
            _ => None,
        };
        match parts {
            Some(parts) => out.extend(parts),
            None => out.push(name),
        }
    }

    /// *US Special Representative for Iran Brian Hook*: two states and a person.
    fn office(&self, name: &Found) -> Option<Vec<Found>> {
        if name.end - name.first < 2 {
            return None;
        }
        let title = |at: usize| self.cues(at) & cue::TITLE != 0;
        let joint = |at: usize| matches!(self.text(at), "of" | "for" | "to");
        let alone = title(name.end - 1) && self.cues(name.end - 1) & cue::LAST == 0;
        let end = if alone { name.end } else { name.end - 1 };
        let last = (name.first..end)
            .rev()
            .find(|at| title(*at) || joint(*at))?;
        let named = self.gazetteer.hits(self.words.get(name.first..name.end)?);
        let listed_first = named
            .first()
            .is_some_and(|hit| hit.first == 0 && hit.bits != 0);
        if !(name.first..=last).any(title) || !(listed_first || title(name.first)) {
            return None;
        }
        let mut start = last + 1;
        if (name.first..=last).any(joint) || self.text(last) == "State" {
            while start < name.end && DEPARTMENTS.contains(&self.text(start)) {
                start += 1;
            }
        }
        let listed = is::STATE | is::CAPITAL | is::PLACE | is::ORGANISATION | is::HOUSE;
        let rest = self.gazetteer.hits(self.words.get(start..name.end)?);
        if joint(last)
            && let Some(hit) = rest.first()
            && hit.first == 0
            && hit.bits & listed != 0
        {
            start += hit.end;
        }
        let head = self.gazetteer.hits(self.words.get(name.first..start)?);
        let owned = head
            .first()
            .is_some_and(|hit| hit.first == 0 && hit.bits & listed != 0);
        if start >= name.end && !owned && self.text(last) != "to" {
            return None;
        }
        let mut out = self.owners(name, &head);
        if start < name.end {
            out.push(Found {
                first: start,
                ..*name
            });
        }
        Some(out)
    }

    /// The listed names before a person.
    fn owners(&self, name: &Found, hits: &[Hit]) -> Vec<Found> {
        let title = |at: usize| self.cues(at) & cue::TITLE != 0;
        let mut out = Vec::new();
        for hit in hits {
            let long = hit.end - hit.first > 1;
            let place = (hit.bits & (is::CAPITAL | is::PLACE) != 0).then_some(EntityType::Place);
            let (first, end) = (name.first + hit.first, name.first + hit.end);
            if let Some(entity_type) = listed_type(hit.bits, long).or(place)
                && !(first..end).all(title)
            {
                out.push(Found {
                    first,
                    end,
                    entity_type,
                    sure: name.sure * LISTED,
                });
            }
        }
        out
    }

    /// *Ann Lee Ann Lee*, *Ann Ann* at the foot of a letter; *Tom Ford Kristen Quinn* in a list.
    fn twice(&self, name: &Found) -> Option<Vec<Found>> {
        let count = name.end - name.first;
        let middle = name.first + count / 2;
        let same = count.is_multiple_of(2)
            && (name.first..middle).all(|at| self.text(at) == self.text(at + count / 2));
        let given = |at: usize| self.cues(at) & cue::FIRST != 0;
        let list = count == 4
            && given(name.first)
            && !given(name.first + 1)
            && given(middle)
            && (name.first..name.end).all(|at| {
                self.words
                    .get(at)
                    .is_some_and(|word| word.kind == Shape::Capital && self.text(at).len() > 2)
            });
        (same || list).then(|| {
            vec![
                Found {
                    end: middle,
                    ..*name
                },
                Found {
                    first: middle,
                    ..*name
                },
            ]
        })
    }

    /// *Georgia EU*, *State Department Iraq*: two listed names side by side.
    fn pair(&self, name: &Found) -> Option<Vec<Found>> {
        let words = self.words.get(name.first..name.end)?;
        if words.len() < 2 || self.gazetteer.exactly(words) != 0 {
            return None;
        }
        let hits = self.gazetteer.hits(words);
        let [left, right] = hits.as_slice() else {
            return None;
        };
        let upper = words
            .get(right.first)
            .is_some_and(|word| word.kind == Shape::Upper);
        let states = left.bits & is::STATE != 0
            && right.bits & is::ORGANISATION != 0
            && upper
            && right.end - right.first == 1;
        let body = left.bits & is::ORGANISATION != 0 && right.bits & is::STATE != 0;
        let whole = left.first == 0 && left.end == right.first && right.end == words.len();
        if !whole || !(states || body) {
            return None;
        }
        let part = |hit: &Hit| {
            Some(Found {
                first: name.first + hit.first,
                end: name.first + hit.end,
                entity_type: listed_type(hit.bits, hit.end - hit.first > 1)?,
                sure: name.sure * LISTED,
            })
        };
        Some(vec![part(left)?, part(right)?])
    }

    /// *Ann Lee of the BBC*: a person and where she belongs.
    fn member(&self, name: &Found) -> Option<Vec<Found>> {
        let of = (name.first + 1..name.end)
            .find(|at| self.text(*at) == "of" && self.text(at + 1) == "the")?;
        let body = Found {
            first: of + 2,
            entity_type: EntityType::Organisation,
            ..*name
        };
        let letters = body.end == body.first + 1
            && self
                .words
                .get(body.first)
                .is_some_and(|word| word.kind == Shape::Upper);
        let known = body.first < body.end && self.listed_as(&body) & is::ORGANISATION != 0;
        let person = Found { end: of, ..*name };
        (letters || known).then(|| vec![person, body])
    }

    /// *Acme, Inc. of Springfield*: a company and where it sits.
    fn seat(&self, name: &Found) -> Option<Vec<Found>> {
        let of = (name.first + 2..name.end).find(|at| {
            let company = matches!(
                self.text(at - 1),
                "Inc." | "Inc" | "Corp." | "Corp" | "Ltd." | "Ltd" | "Co." | "LLC" | "PLC" | "plc"
            );
            company && self.text(*at) == "of"
        })?;
        let company = Found { end: of, ..*name };
        let place = Found {
            first: of + 1,
            entity_type: EntityType::Place,
            ..*name
        };
        Some(vec![company, place])
    }
}
