//! Mentions and the entities that they name.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{AnnotationId, ArticleId, TextRange, id::ids};

ids! {
    /// An entity of a project. A suggested one is the hash of its canonical key, so that the same
    /// name in two articles is one entity before anybody decided anything.
    EntityId;
    /// A rule on entities that a person decided.
    RuleId;
    /// An entity type of the person's own.
    TypeId;
}

/// What kind of thing is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityType {
    /// A human being.
    Person,
    /// Nationality, religion or political group: *Iranian*, *Republicans*.
    Norp,
    /// A state, acting or not.
    State,
    /// An organisation, ministry, army, company, party.
    Organisation,
    /// A place: city, region, sea. Cities with a government are places too.
    Place,
    /// A building, base, plant, port.
    Facility,
    /// A weapon or weapons system; ships too.
    Weapon,
    /// A treaty, law, resolution or named deal.
    Agreement,
    /// A named event: war, summit, election.
    Event,
    /// A type of the person's own.
    Own(TypeId),
}

impl EntityType {
    /// The nine built-in types, in the order of the keys `1…9`.
    pub const BUILT_IN: [Self; 9] = [
        Self::Person,
        Self::Norp,
        Self::State,
        Self::Organisation,
        Self::Place,
        Self::Facility,
        Self::Weapon,
        Self::Agreement,
        Self::Event,
    ];

    /// Returns the name on screen of a built-in type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Norp => "Norp",
            Self::State => "State",
            Self::Organisation => "Organisation",
            Self::Place => "Place",
            Self::Facility => "Facility",
            Self::Weapon => "Weapon",
            Self::Agreement => "Agreement",
            Self::Event => "Event",
            Self::Own(_) => "Own type",
        }
    }

    /// Returns the letter of the badge.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Person => "P",
            Self::Norp => "N",
            Self::State => "S",
            Self::Organisation => "O",
            Self::Place => "L",
            Self::Facility => "F",
            Self::Weapon => "W",
            Self::Agreement => "A",
            Self::Event => "E",
            Self::Own(_) => "X",
        }
    }

    /// Whether such an entity can take a position.
    #[must_use]
    pub fn acts(self) -> bool {
        matches!(
            self,
            Self::Person | Self::Norp | Self::State | Self::Organisation | Self::Place
        )
    }
}

/// How words name their entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MentionKind {
    /// *Araghchi*, *the U.S.*
    Name,
    /// *the minister*, *both sides*
    Description,
    /// *he*, *they*
    Pronoun,
}

/// A range of text that names something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Its words, without a leading *the* and a final *'s*.
    pub range: TextRange,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// Type of these words: *Iranian* is a [`EntityType::Norp`] of the state Iran.
    pub entity_type: EntityType,
    /// What is named; none where nothing could be said.
    pub entity: Option<EntityId>,
    /// Capitals and houses: whether they stand for the state here (*Washington announced*).
    pub metonym: bool,
}

/// Another name of an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias {
    /// The name as written.
    pub text: String,
}

/// How the holder of an office stands to it when the text is written.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// In office.
    #[default]
    Current,
    /// In office for now: *acting, interim, caretaker*.
    Acting,
    /// Not yet: *-elect, designate, incoming*.
    Coming,
    /// No longer: *former, ex-, then, outgoing ones that have gone*.
    Former,
}

impl Tenure {
    /// Whether words and acts of the holder count for the office's state or organisation.
    #[must_use]
    pub fn in_office(self) -> bool {
        matches!(self, Self::Current | Self::Acting)
    }

    /// Returns the word before the office on screen, none for who is in office.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Current => None,
            Self::Acting => Some("acting"),
            Self::Coming => Some("designated"),
            Self::Former => Some("former"),
        }
    }
}

/// An office: *Iran's foreign minister*.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role {
    /// *foreign minister*
    pub office: String,
    /// State or organisation that the office belongs to.
    pub of: Option<EntityId>,
    /// Whether the person holds it, held it, or will.
    pub tenure: Tenure,
    /// First day, month or year in office, as ISO 8601 begins: `2013`, `2013-08`.
    pub from: Option<String>,
    /// Last day, month or year in office, in the same form.
    pub until: Option<String>,
}

impl Role {
    /// Whether the holder was in office at `date` (`2013-08-15`, or less of it); without one, when
    /// the text was written. A partial date counts as far as it goes.
    #[must_use]
    pub fn held_at(&self, date: Option<&str>) -> bool {
        let Some(date) = date.filter(|_| self.from.is_some() || self.until.is_some()) else {
            return self.tenure.in_office();
        };
        let cut = |limit: &str| {
            let len = limit.len().min(date.len());
            (
                date.get(..len).unwrap_or(date).to_owned(),
                limit.get(..len).unwrap_or(limit).to_owned(),
            )
        };
        let after = self.from.as_deref().map(cut).is_none_or(|(d, l)| d >= l);
        let before = self.until.as_deref().map(cut).is_none_or(|(d, l)| d <= l);
        after && before
    }
}

/// What mentions name, once per project.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entity {
    /// Canonical name.
    pub name: String,
    /// Its type.
    pub entity_type: EntityType,
    /// Other names.
    pub aliases: BTreeSet<Alias>,
    /// Offices held; for an organ or house, the state that it acts for is `of`.
    pub roles: Vec<Role>,
}

impl Entity {
    /// Returns the state or organisation that this entity speaks or acts for: the one of the first
    /// office that it holds. Who has left office, or has not begun, acts for nobody.
    #[must_use]
    pub fn acts_for(&self) -> Option<EntityId> {
        self.acts_for_at(None)
    }

    /// Returns the state or organisation that this entity acted for at a date
    /// (see [`Role::held_at`]).
    #[must_use]
    pub fn acts_for_at(&self, date: Option<&str>) -> Option<EntityId> {
        let held = self.roles.iter().filter(|role| role.held_at(date));
        held.filter_map(|role| role.of).next()
    }
}

/// What a person decided on entities once and for all articles, also those that come later.
///
/// Resolved in the effective view: no mention is rewritten, so each is one record and one undo.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// `merged` is the same as `into`.
    SameEntity {
        /// The entity that goes.
        merged: EntityId,
        /// The entity that stays.
        into: EntityId,
    },
    /// These two are never joined by the machine.
    NotSame {
        /// One.
        left: EntityId,
        /// The other.
        right: EntityId,
    },
    /// These words always name this entity, with this type.
    Alias {
        /// The words, compared without regard to case of the first letter.
        text: String,
        /// The entity.
        entity: EntityId,
        /// Type of the mention.
        entity_type: EntityType,
    },
    /// These words never name anything.
    Never {
        /// The words.
        text: String,
    },
    /// In this article these mentions name `entity` (a split of a single article's mentions).
    InArticle {
        /// The article.
        article: ArticleId,
        /// The mentions that go to `entity`.
        mentions: BTreeSet<AnnotationId>,
        /// Where they go.
        entity: EntityId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(tenure: Tenure, from: &str, until: &str) -> Role {
        let date = |d: &str| (!d.is_empty()).then(|| d.to_owned());
        Role {
            office: "minister".to_owned(),
            of: Some(EntityId::hashed(&[b"Norland"])),
            tenure,
            from: date(from),
            until: date(until),
        }
    }

    #[test]
    fn who_left_office_acts_for_nobody_now_and_for_the_state_then() {
        for (tenure, from, until, at, held) in [
            (Tenure::Current, "", "", None, true),
            (Tenure::Acting, "", "", None, true),
            (Tenure::Coming, "", "", None, false),
            (Tenure::Former, "", "", Some("2013-08-15"), false),
            (Tenure::Former, "2013", "2015-06", Some("2013-01-02"), true),
            (Tenure::Former, "2013", "2015-06", Some("2015-06-30"), true),
            (Tenure::Former, "2013", "2015-06", Some("2015-07-01"), false),
            (Tenure::Former, "2013", "2015-06", Some("2015"), true),
            (Tenure::Former, "2013", "2015-06", None, false),
            (Tenure::Current, "2024-11-28", "", Some("2024-11-27"), false),
            (Tenure::Current, "2024-11-28", "", Some("2026"), true),
        ] {
            let entity = Entity {
                name: "Ona Lind".to_owned(),
                entity_type: EntityType::Person,
                aliases: BTreeSet::new(),
                roles: vec![role(tenure, from, until)],
            };
            let got = entity.acts_for_at(at).is_some();
            assert_eq!(got, held, "{tenure:?} {from} {until} {at:?}");
        }
    }
}
