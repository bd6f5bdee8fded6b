//! Reads a codebook as `export::codebook` writes it, or as a person typed it: ids may be left out.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::model::{
    Act, ActUse, CODE_KEYS, Codebook, Field, FieldId, FieldKind, Issue, IssueId, IssueLink,
    OwnType, Swatch, TypeId,
};

/// The version of the format.
const VERSION: u64 = 1;

/// Why a file is no codebook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodebookError {
    /// No JSON, or not of this form.
    #[error("This is no codebook of Demarche: {0}")]
    Form(String),
    /// Written by a later version of the program.
    #[error("The codebook is of form {0}; this program reads form 1")]
    Newer(u64),
    /// Something in it cannot be.
    #[error("{0}")]
    Wrong(String),
}

#[derive(Deserialize)]
struct FileRow {
    demarche_codebook: u64,
    #[serde(default)]
    issues: Vec<IssueRow>,
    #[serde(default)]
    acts: Vec<ActRow>,
    #[serde(default)]
    fields: Vec<FieldRow>,
    #[serde(default)]
    types: Vec<TypeRow>,
}

#[derive(Deserialize)]
struct IssueRow {
    name: String,
    id: Option<IssueId>,
    #[serde(default)]
    definition: String,
    colour: Option<Swatch>,
    key: Option<char>,
    #[serde(default)]
    phrases: Vec<PhraseRow>,
    #[serde(default)]
    apart: BTreeSet<IssueId>,
}

#[derive(Deserialize)]
struct PhraseRow {
    #[serde(default)]
    words: String,
    id: Option<IssueId>,
    #[serde(default)]
    turned: bool,
}

#[derive(Deserialize)]
struct ActRow {
    act: Act,
    #[serde(default)]
    definition: String,
    colour: Option<Swatch>,
    key: Option<char>,
    #[serde(default)]
    hidden: bool,
}

#[derive(Deserialize)]
struct FieldRow {
    name: String,
    id: Option<FieldId>,
    #[serde(default)]
    kind: FieldKind,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    examples: String,
}

#[derive(Deserialize)]
struct TypeRow {
    name: String,
    id: Option<TypeId>,
    #[serde(default)]
    definition: String,
}

/// Reads a codebook.
///
/// # Errors
/// When the text is none, was written by a later version, or names a thing twice, not at all, with a
/// key that sets nothing, or a category without values.
pub fn codebook(text: &str) -> Result<Codebook, CodebookError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: FileRow =
        serde_json::from_str(text).map_err(|error| CodebookError::Form(error.to_string()))?;
    if file.demarche_codebook > VERSION {
        return Err(CodebookError::Newer(file.demarche_codebook));
    }
    let mut found = Codebook::default();
    for row in file.issues {
        let (id, issue) = row.issue()?;
        let name = issue.name.clone();
        once("issue", &name, found.issues.insert(id, issue).is_none())?;
    }
    for row in file.acts {
        key("act", row.act.name(), row.key)?;
        let entry = ActUse {
            definition: row.definition,
            colour: row.colour,
            key: row.key,
            hidden: row.hidden,
        };
        let new = found.acts.insert(row.act, entry).is_none();
        once("act", row.act.name(), new)?;
    }
    for row in file.fields {
        let (id, field) = row.field()?;
        let name = field.name.clone();
        once("field", &name, found.fields.insert(id, field).is_none())?;
    }
    for row in file.types {
        let name = named("type", row.name)?;
        let id = row
            .id
            .unwrap_or_else(|| TypeId::hashed(&[b"codebook", name.as_bytes()]));
        let own = OwnType {
            name: name.clone(),
            definition: row.definition,
        };
        once("type", &name, found.types.insert(id, own).is_none())?;
    }
    Ok(found)
}

fn once(kind: &str, name: &str, new: bool) -> Result<(), CodebookError> {
    if new {
        Ok(())
    } else {
        Err(CodebookError::Wrong(format!(
            "The {kind} “{name}” stands twice in the codebook"
        )))
    }
}

fn named(kind: &str, name: String) -> Result<String, CodebookError> {
    if name.trim().is_empty() {
        return Err(CodebookError::Wrong(format!(
            "A {kind} of the codebook has no name"
        )));
    }
    Ok(name)
}

fn key(kind: &str, name: &str, key: Option<char>) -> Result<(), CodebookError> {
    match key {
        Some(key) if !CODE_KEYS.contains(key) => {
            let words =
                format!("“{key}”, the key of the {kind} “{name}”, can set nothing: take one of");
            Err(CodebookError::Wrong(format!("{words} {CODE_KEYS}")))
        }
        _ => Ok(()),
    }
}

impl IssueRow {
    fn issue(self) -> Result<(IssueId, Issue), CodebookError> {
        let name = named("issue", self.name)?;
        key("issue", &name, self.key)?;
        let link = |row: PhraseRow| IssueLink {
            phrase: row.id.unwrap_or_else(|| IssueId::of_phrase(&row.words)),
            reversed: row.turned,
            words: row.words,
        };
        let id = self.id.unwrap_or_else(|| IssueId::of_phrase(&name));
        let issue = Issue {
            name,
            definition: self.definition,
            links: self.phrases.into_iter().map(link).collect(),
            apart: self.apart,
            colour: self.colour,
            key: self.key,
        };
        Ok((id, issue))
    }
}

impl FieldRow {
    fn field(self) -> Result<(FieldId, Field), CodebookError> {
        let name = named("field", self.name)?;
        let is_list = self.kind == FieldKind::Category;
        if is_list && self.choices.is_empty() {
            let words = format!("The field “{name}” is a category without values");
            return Err(CodebookError::Wrong(words));
        }
        let id = self
            .id
            .unwrap_or_else(|| FieldId::hashed(&[b"codebook", name.as_bytes()]));
        let field = Field {
            name,
            definition: self.definition,
            examples: self.examples,
            kind: self.kind,
            choices: if is_list { self.choices } else { Vec::new() },
        };
        Ok((id, field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_needs_no_ids() {
        let text = "\u{feff}{\"demarche_codebook\": 1,
            \"issues\": [{\"name\": \"ban\", \"colour\": \"green\", \"key\": \"B\",
                \"phrases\": [{\"words\": \"end to the ban\", \"turned\": true}]}],
            \"acts\": [{\"act\": \"REJECT\", \"hidden\": true}],
            \"fields\": [{\"name\": \"Salience\", \"kind\": \"category\", \"choices\": [\"High\"]}],
            \"types\": [{\"name\": \"Vessel\", \"note\": \"unknown words are passed over\"}]}";
        let found = codebook(text).unwrap();
        let issue = &found.issues[&IssueId::of_phrase("ban")];
        assert_eq!((issue.colour, issue.key), (Some(Swatch::Green), Some('B')));
        let link = issue.links.first().unwrap();
        assert_eq!(link.phrase, IssueId::of_phrase("end to the ban"));
        assert!(link.reversed && found.acts[&Act::Reject].hidden);
        let field = found.fields.values().next().unwrap();
        assert_eq!(
            (field.kind, field.choices.as_slice()),
            (FieldKind::Category, &["High".to_owned()][..])
        );
        assert_eq!(found.types.values().next().unwrap().name, "Vessel");
    }

    #[test]
    fn what_cannot_be_is_said() {
        let says = |text: &str, words: &str| {
            let error = codebook(text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        };
        says("no", "no codebook");
        says("{}", "no codebook");
        says("{\"demarche_codebook\": 2}", "form 2");
        let with = |part: &str| format!("{{\"demarche_codebook\": 1, {part}}}");
        says(&with("\"issues\": [{\"name\": \" \"}]"), "has no name");
        says(
            &with("\"issues\": [{\"name\": \"a\"}, {\"name\": \"the A\"}]"),
            "twice",
        );
        says(
            &with("\"acts\": [{\"act\": \"REJECT\", \"key\": \"A\"}]"),
            "“A”, the key of the act",
        );
        says(&with("\"acts\": [{\"act\": \"SNEER\"}]"), "no codebook");
        says(
            &with("\"fields\": [{\"name\": \"f\", \"kind\": \"category\"}]"),
            "without values",
        );
    }
}
