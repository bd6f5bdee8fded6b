//! The person's definitions: issues and own entity types.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{TypeId, id::ids};

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
}

/// A phrase of an issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueLink {
    /// The suggested issue (the hash of a phrase) that joins this one.
    pub phrase: IssueId,
    /// Whether support of the phrase opposes the issue (*end to the ban* in *ban*).
    pub reversed: bool,
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
