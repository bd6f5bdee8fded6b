//! The person's definitions: issues, acts, own fields and own entity types, with colours and keys.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{Act, TypeId, id::ids};

ids! {
    /// An issue. A suggested one is the hash of its phrase.
    IssueId;
    /// A field of statements of the person's own.
    FieldId;
}

impl IssueId {
    /// Returns the id of a phrase: the same for the same words, whatever their case and articles.
    #[must_use]
    pub fn of_phrase(phrase: &str) -> Self {
        let lower = phrase.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.'))
            .filter(|word| !word.is_empty() && !matches!(*word, "the" | "a" | "an"))
            .collect();
        Self::hashed(&[b"issue", words.join(" ").as_bytes()])
    }
}

/// What positions are about, once per project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Issue {
    /// Name on screen.
    pub name: String,
    /// What belongs to it, in the person's words.
    pub definition: String,
    /// Phrases that belong to it, with their direction.
    pub links: BTreeSet<IssueLink>,
    /// Phrases that are like its own and do not belong to it.
    pub apart: BTreeSet<IssueId>,
    /// Its colour.
    pub colour: Option<Swatch>,
    /// The key that sets it, with `Alt`: one of [`CODE_KEYS`].
    pub key: Option<char>,
}

impl Issue {
    /// Whether a person said anything of it but that statements on it hold: it is no more than its
    /// own phrase, and can join another issue.
    #[must_use]
    pub fn is_bare(&self, id: IssueId) -> bool {
        let Self {
            name,
            definition,
            links,
            apart,
            colour,
            key,
        } = self;
        definition.is_empty()
            && links.is_empty()
            && apart.is_empty()
            && colour.is_none()
            && key.is_none()
            && IssueId::of_phrase(name) == id
    }
}

/// Keys that the codebook can give to acts and issues: those that the statement editor has no other
/// use for.
pub const CODE_KEYS: &str = "4567890BCEGJKLMOPQUWYZ";

/// A colour of the codebook and of items of the timeline: nine that can be told apart on both grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum Swatch {
    Violet,
    Rose,
    Blue,
    Brown,
    Green,
    Olive,
    Maroon,
    Petrol,
    Purple,
}

impl Swatch {
    /// All colours, in the order of the codebook.
    pub const ALL: [Self; 9] = [
        Self::Violet,
        Self::Rose,
        Self::Blue,
        Self::Brown,
        Self::Green,
        Self::Olive,
        Self::Maroon,
        Self::Petrol,
        Self::Purple,
    ];

    /// Returns the word on screen and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Violet => "violet",
            Self::Rose => "rose",
            Self::Blue => "blue",
            Self::Brown => "brown",
            Self::Green => "green",
            Self::Olive => "olive",
            Self::Maroon => "maroon",
            Self::Petrol => "petrol",
            Self::Purple => "purple",
        }
    }
}

/// How a project uses an act of the manual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct ActUse {
    /// When to use it here, in the person's words.
    pub definition: String,
    /// Its colour.
    pub colour: Option<Swatch>,
    /// The key that sets it, with `Alt`: one of [`CODE_KEYS`].
    pub key: Option<char>,
    /// Whether the editor does not offer it.
    pub hidden: bool,
}

/// A phrase of an issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueLink {
    /// The suggested issue (the hash of a phrase) that joins this one.
    pub phrase: IssueId,
    /// Whether support of the phrase opposes the issue (*end to the ban* in *ban*).
    pub reversed: bool,
    /// The phrase, by which those like it are found in later articles; empty in old projects.
    pub words: String,
}

/// An entity type of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnType {
    /// Name on screen.
    pub name: String,
    /// What belongs to it.
    pub definition: String,
}

/// What a field of the person's own holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// Yes or no.
    #[default]
    Boolean,
    /// A number.
    Number,
    /// One of a list.
    Category,
    /// Any words.
    Text,
}

impl FieldKind {
    /// All kinds, as the codebook shows them.
    pub const ALL: [Self; 4] = [Self::Boolean, Self::Number, Self::Category, Self::Text];

    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "Yes or no",
            Self::Number => "Number",
            Self::Category => "Category",
            Self::Text => "Text",
        }
    }
}

/// A field of statements of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Field {
    /// Name on screen.
    pub name: String,
    /// When to use which value.
    pub definition: String,
    /// Examples, in the person's words.
    pub examples: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The values of a category, in order.
    pub choices: Vec<String>,
}

/// The word for true in a field of yes or no.
pub const YES: &str = "yes";
/// The word for false.
pub const NO: &str = "no";

impl Field {
    /// Returns a value as the field holds it; none where it is not one of its kind. Numbers may be
    /// written with a comma.
    #[must_use]
    pub fn accepts(&self, value: &str) -> Option<String> {
        let value = value.trim();
        match self.kind {
            FieldKind::Boolean => [YES, NO].contains(&value).then(|| value.to_owned()),
            FieldKind::Number => {
                let number: f64 = value.replace(',', ".").parse().ok()?;
                number.is_finite().then(|| number.to_string())
            }
            FieldKind::Category => {
                let same = |choice: &&String| choice.eq_ignore_ascii_case(value);
                self.choices.iter().find(same).cloned()
            }
            FieldKind::Text => (!value.is_empty()).then(|| value.to_owned()),
        }
    }
}

/// Values of own fields of one statement; a field without a value is not in it.
pub type Codes = BTreeMap<FieldId, String>;

/// All definitions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codebook {
    /// Issues that a person named or grouped.
    pub issues: BTreeMap<IssueId, Issue>,
    /// Own entity types.
    pub types: BTreeMap<TypeId, OwnType>,
    /// Own fields of statements.
    pub fields: BTreeMap<FieldId, Field>,
    /// Acts of which anything is said.
    pub acts: BTreeMap<Act, ActUse>,
}

impl Codebook {
    /// Returns the colour of an act.
    #[must_use]
    pub fn act_colour(&self, act: Act) -> Option<Swatch> {
        self.acts.get(&act)?.colour
    }

    /// Returns the colour of an issue.
    #[must_use]
    pub fn issue_colour(&self, issue: IssueId) -> Option<Swatch> {
        self.issues.get(&issue)?.colour
    }

    /// Returns the act that a key sets.
    #[must_use]
    pub fn act_of_key(&self, key: char) -> Option<Act> {
        let mut acts = self.acts.iter();
        acts.find(|(_, entry)| entry.key == Some(key))
            .map(|(act, _)| *act)
    }

    /// Returns the issue that a key sets.
    #[must_use]
    pub fn issue_of_key(&self, key: char) -> Option<IssueId> {
        let mut issues = self.issues.iter();
        issues
            .find(|(_, issue)| issue.key == Some(key))
            .map(|(id, _)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_holds_only_values_of_its_kind() {
        let check = |kind: FieldKind, value: &str, held: Option<&str>| {
            let field = Field {
                kind,
                choices: vec!["High".to_owned(), "Low".to_owned()],
                ..Field::default()
            };
            assert_eq!(field.accepts(value).as_deref(), held, "{kind:?} {value}");
        };
        check(FieldKind::Boolean, "yes", Some("yes"));
        check(FieldKind::Boolean, "maybe", None);
        check(FieldKind::Number, " 3,50 ", Some("3.5"));
        check(FieldKind::Number, "inf", None);
        check(FieldKind::Category, "high", Some("High"));
        check(FieldKind::Category, "middle", None);
        check(FieldKind::Text, "  ", None);
        check(FieldKind::Text, " as said ", Some("as said"));
    }
}
