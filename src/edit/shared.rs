//! Taking over the codebook of somebody else.

use crate::edit::Edit;
use crate::model::{Codebook, Field, FieldId, FieldKind, Issue, IssueId, TypeId};

/// What is to be done to take over a codebook, and fields that stay as they are: they hold something
/// else here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shared {
    /// One for each definition that is new or otherwise.
    pub edits: Vec<Edit>,
    /// Names of fields of the same name and another kind.
    pub kept: Vec<String>,
}

/// Plans to take over the definitions of `file` into `own`. What has the same name is the same: the
/// words, colour and key of the file hold, and nothing is lost: phrases and values of a list that stand
/// only here stay. What stands only here is not touched.
#[must_use]
pub fn take_codebook(own: &Codebook, file: &Codebook) -> Shared {
    let mut shared = Shared::default();
    for (id, field) in &file.fields {
        take_field(own, *id, field, &mut shared);
    }
    for (id, wanted) in &file.types {
        let named = own
            .types
            .iter()
            .find(|(_, known)| same(&known.name, &wanted.name));
        let free = || {
            if own.types.contains_key(id) {
                TypeId::hashed(&[b"codebook", wanted.name.as_bytes()])
            } else {
                *id
            }
        };
        let id = named.map_or_else(free, |(id, _)| *id);
        let mut wanted = wanted.clone();
        keep_words(
            &mut wanted.definition,
            named.map(|(_, known)| known.definition.as_str()),
        );
        if own.types.get(&id) != Some(&wanted) {
            shared.edits.push(Edit::SetOwnType { id, own: wanted });
        }
    }
    for (id, issue) in &file.issues {
        let named = own
            .issues
            .iter()
            .find(|(_, known)| same(&known.name, &issue.name));
        let id = named.map_or(*id, |(id, _)| *id);
        let wanted = joined(id, issue, own.issues.get(&id));
        if own.issues.get(&id) != Some(&wanted) {
            shared.edits.push(Edit::SetIssue { id, issue: wanted });
        }
    }
    for (act, entry) in &file.acts {
        let mut wanted = entry.clone();
        if let Some(known) = own.acts.get(act) {
            keep_words(&mut wanted.definition, Some(&known.definition));
            wanted.colour = wanted.colour.or(known.colour);
            wanted.key = wanted.key.or(known.key);
        }
        if own.acts.get(act) != Some(&wanted) {
            let act = *act;
            shared.edits.push(Edit::SetAct { act, entry: wanted });
        }
    }
    shared
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What the file does not say stays as it is.
fn keep_words(wanted: &mut String, known: Option<&str>) {
    if wanted.trim().is_empty()
        && let Some(known) = known
    {
        known.clone_into(wanted);
    }
}

fn take_field(own: &Codebook, id: FieldId, field: &Field, shared: &mut Shared) {
    let named = own
        .fields
        .iter()
        .find(|(_, known)| same(&known.name, &field.name));
    let Some((known_id, known)) = named else {
        // Two projects may count their fields alike.
        let taken = own.fields.contains_key(&id);
        let fresh = FieldId::hashed(&[b"codebook", field.name.as_bytes()]);
        let id = if taken { fresh } else { id };
        let field = field.clone();
        shared.edits.push(Edit::SetField { id, field });
        return;
    };
    if known.kind != field.kind {
        shared.kept.push(known.name.clone());
        return;
    }
    let mut wanted = field.clone();
    keep_words(&mut wanted.definition, Some(&known.definition));
    keep_words(&mut wanted.examples, Some(&known.examples));
    if known.kind == FieldKind::Category {
        for choice in &known.choices {
            if !wanted
                .choices
                .iter()
                .any(|other| other.eq_ignore_ascii_case(choice))
            {
                wanted.choices.push(choice.clone());
            }
        }
    }
    if *known != wanted {
        let id = *known_id;
        shared.edits.push(Edit::SetField { id, field: wanted });
    }
}

/// The issue of the file, with what is known of it here.
fn joined(id: IssueId, file: &Issue, known: Option<&Issue>) -> Issue {
    let mut wanted = file.clone();
    // A phrase that is the issue itself here needs no link.
    wanted.links.retain(|link| link.phrase != id);
    if let Some(known) = known {
        keep_words(&mut wanted.definition, Some(&known.definition));
        wanted.colour = wanted.colour.or(known.colour);
        wanted.key = wanted.key.or(known.key);
        for link in &known.links {
            if !wanted.links.iter().any(|other| other.phrase == link.phrase) {
                wanted.links.insert(link.clone());
            }
        }
        wanted.apart.extend(&known.apart);
    }
    let linked: Vec<IssueId> = wanted.links.iter().map(|link| link.phrase).collect();
    wanted.apart.retain(|phrase| !linked.contains(phrase));
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Act, ActUse, IssueLink, OwnType, Swatch};

    fn link(words: &str) -> IssueLink {
        IssueLink {
            phrase: IssueId::of_phrase(words),
            reversed: false,
            words: words.to_owned(),
        }
    }

    fn field(name: &str, kind: FieldKind, choices: &[&str]) -> Field {
        Field {
            name: name.to_owned(),
            kind,
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            ..Field::default()
        }
    }

    #[test]
    fn the_file_holds_and_nothing_of_ones_own_is_lost() {
        let mut own = Codebook::default();
        let ban = Issue {
            name: "Ban".to_owned(),
            definition: "ours".to_owned(),
            links: [link("the embargo")].into(),
            key: Some('B'),
            ..Issue::default()
        };
        own.issues.insert(IssueId(9), ban);
        own.fields.insert(
            FieldId(1),
            field("Salience", FieldKind::Category, &["High", "Mid"]),
        );
        own.fields
            .insert(FieldId(2), field("Weight", FieldKind::Number, &[]));
        let mut file = Codebook::default();
        let theirs = Issue {
            name: "ban".to_owned(),
            links: [link("a ban on arms")].into(),
            apart: [IssueId::of_phrase("the embargo"), IssueId(77)].into(),
            colour: Some(Swatch::Rose),
            ..Issue::default()
        };
        file.issues.insert(IssueId(5), theirs);
        file.fields
            .insert(FieldId(1), field("Venue", FieldKind::Text, &[]));
        file.fields.insert(
            FieldId(2),
            field("salience", FieldKind::Category, &["Low", "High"]),
        );
        file.fields
            .insert(FieldId(3), field("Weight", FieldKind::Text, &[]));
        let venue = FieldId::hashed(&[b"codebook", b"Venue"]);
        let shared = take_codebook(&own, &file);
        assert_eq!(shared.kept, ["Weight"]);
        let expected = Issue {
            name: "ban".to_owned(),
            definition: "ours".to_owned(),
            links: [link("the embargo"), link("a ban on arms")].into(),
            apart: [IssueId(77)].into(),
            colour: Some(Swatch::Rose),
            key: Some('B'),
        };
        assert_eq!(
            shared.edits,
            [
                Edit::SetField {
                    id: venue,
                    field: field("Venue", FieldKind::Text, &[]),
                },
                Edit::SetField {
                    id: FieldId(1),
                    field: field("salience", FieldKind::Category, &["Low", "High", "Mid"]),
                },
                Edit::SetIssue {
                    id: IssueId(9),
                    issue: expected,
                },
            ]
        );
    }

    #[test]
    fn ones_own_codebook_changes_nothing_and_an_empty_project_takes_all() {
        let mut file = Codebook::default();
        let own = OwnType {
            name: "Vessel".to_owned(),
            definition: String::new(),
        };
        file.types.insert(TypeId(4), own.clone());
        let entry = ActUse {
            hidden: true,
            ..ActUse::default()
        };
        file.acts.insert(Act::Reject, entry.clone());
        assert_eq!(take_codebook(&file, &file), Shared::default());
        let edits = take_codebook(&Codebook::default(), &file).edits;
        let act = Act::Reject;
        assert_eq!(
            edits,
            [
                Edit::SetOwnType { id: TypeId(4), own },
                Edit::SetAct { act, entry }
            ]
        );
    }
}
