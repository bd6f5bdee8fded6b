//! Statements: who takes which position towards whom or what.
//!
//! Acts are the 16 event types of PLOVER, 2021 version (openeventdata/PLOVER manual).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::{EntityId, IssueId, Modifier, TextRange, TimexValue};

/// A PLOVER event type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(
    missing_docs,
    clippy::allow_attributes,
    reason = "the manual defines them: see the module"
)]
pub enum Act {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// PLOVER's four classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuadClass {
    /// Words that bring together.
    VerbalCooperation,
    /// Deeds that bring together.
    MaterialCooperation,
    /// Words that divide.
    VerbalConflict,
    /// Deeds that divide.
    MaterialConflict,
}

impl QuadClass {
    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "verbal cooperation",
            Self::MaterialCooperation => "material cooperation",
            Self::VerbalConflict => "verbal conflict",
            Self::MaterialConflict => "material conflict",
        }
    }
}

impl Act {
    /// All acts, in the order of the manual.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// Returns the name, in capitals as PLOVER writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// Returns the quad class (statements guideline §4).
    #[must_use]
    pub fn quad(self) -> QuadClass {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => {
                QuadClass::VerbalCooperation
            }
            Self::Cooperate | Self::Aid | Self::Retreat => QuadClass::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => {
                QuadClass::VerbalConflict
            }
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                QuadClass::MaterialConflict
            }
        }
    }

    /// Returns the polarity towards the target that the act has by itself (guideline §5).
    #[must_use]
    pub fn usual_polarity(self) -> Polarity {
        match self {
            Self::Request => Polarity::Neutral,
            _ => match self.quad() {
                QuadClass::VerbalCooperation | QuadClass::MaterialCooperation => Polarity::Support,
                QuadClass::VerbalConflict | QuadClass::MaterialConflict => Polarity::Oppose,
            },
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is no value of a closed vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of the known values")]
pub struct UnknownWord(pub String);

impl FromStr for Act {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|act| act.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

/// Which side a position is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Against.
    Oppose,
    /// Neither, or mixed.
    Neutral,
    /// For.
    Support,
}

impl Polarity {
    /// Returns the word on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Oppose => "oppose",
            Self::Neutral => "neither",
            Self::Support => "support",
        }
    }

    /// Returns the other side.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Oppose => Self::Support,
            Self::Neutral => Self::Neutral,
            Self::Support => Self::Oppose,
        }
    }
}

/// Whether the act happened (guideline §6).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Factuality {
    /// It did.
    #[default]
    Asserted,
    /// *will not*, *has not*
    Denied,
    /// *if diplomacy failed*
    Conditional,
    /// *will meet on Monday*
    Planned,
    /// Set in an earlier round.
    Historical,
}

impl Factuality {
    /// All values, in the order of the keys of the editor.
    pub const ALL: [Self; 5] = [
        Self::Asserted,
        Self::Denied,
        Self::Conditional,
        Self::Planned,
        Self::Historical,
    ];

    /// Returns the word on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Conditional => "conditional",
            Self::Planned => "planned",
            Self::Historical => "historical",
        }
    }
}

/// An actor in a statement, and the words that name it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Party {
    /// Who it is.
    pub entity: EntityId,
    /// The words, which may lie in the sentence before.
    pub range: TextRange,
}

/// What a position is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IssuePhrase {
    /// The phrase, or the person's own words.
    pub label: String,
    /// Where the phrase stands, if it does.
    pub range: Option<TextRange>,
    /// The issue of the codebook, suggested or decided.
    pub issue: Option<IssueId>,
}

/// Where a statement's date came from, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateSource {
    /// Set by a person.
    Person,
    /// An expression in the clause of the act.
    Clause,
    /// An expression elsewhere in the sentence, or the one that dates the speech it is part of.
    Sentence,
    /// The date that the narrative stands at.
    Narrative,
    /// The publication date.
    Article,
}

/// When the act was done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StatementDate {
    /// TIMEX value.
    pub value: TimexValue,
    /// *early*, *about*, *since*, where a person says so. A suggestion has that of the expression
    /// in its sentence.
    pub modifier: Option<Modifier>,
    /// Where it came from.
    pub source: DateSource,
}

/// Which words show the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The verb or noun of the act.
    pub cue: TextRange,
    /// The sentence.
    pub sentence: TextRange,
}

/// The unit of the stance panel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// Who acts or speaks.
    pub holder: Party,
    /// In whose name, if the holder is in office.
    pub speaks_for: Option<EntityId>,
    /// At whom the act is directed.
    pub target: Option<Party>,
    /// What it is about.
    pub issue: Option<IssuePhrase>,
    /// What is done.
    pub act: Act,
    /// Side taken towards the target; none without a target.
    pub polarity_target: Option<Polarity>,
    /// Side taken towards the issue as worded; none without an issue.
    pub polarity_issue: Option<Polarity>,
    /// Whether it happened.
    pub factuality: Factuality,
    /// When; none where not even the article has a date.
    pub date: Option<StatementDate>,
    /// Cue and sentence.
    pub evidence: Evidence,
    /// Who tells of it, if somebody else.
    pub reporter: Option<Party>,
}

impl Statement {
    /// Returns the one mark of the statement: the side towards the target, where that is none or
    /// neutral the one towards the issue.
    #[must_use]
    pub fn polarity(&self) -> Polarity {
        match (self.polarity_target, self.polarity_issue) {
            (Some(Polarity::Oppose), _) => Polarity::Oppose,
            (Some(Polarity::Support), _) => Polarity::Support,
            (_, Some(issue)) => issue,
            _ => Polarity::Neutral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_quad_class_has_its_acts() {
        let of = |quad| {
            Act::ALL
                .into_iter()
                .filter(|act| act.quad() == quad)
                .count()
        };
        assert_eq!(of(QuadClass::VerbalCooperation), 4);
        assert_eq!(of(QuadClass::MaterialCooperation), 3);
        assert_eq!(of(QuadClass::VerbalConflict), 4);
        assert_eq!(of(QuadClass::MaterialConflict), 5);
    }

    #[test]
    fn acts_are_read_as_they_are_written() {
        for act in Act::ALL {
            assert_eq!(act.name().parse(), Ok(act));
        }
        assert!("FIGHT".parse::<Act>().is_err());
    }
}
