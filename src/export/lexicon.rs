//! A project's own lexicon and rules as a table that people can read and edit: tabs between the
//! columns, a rule a line. `import::lexicon` reads it.

use std::fmt::Write as _;

use crate::analysis::ProjectView;
use crate::model::{Codebook, EntityType, Project, Rule};

/// First line of the file; the number is the version of the format.
pub const HEAD: &str = "# Demarche lexicon 1";

/// Returns the rules of a project, in order of their words.
#[must_use]
pub fn lexicon(project: &Project, view: &ProjectView) -> String {
    let mut lines: Vec<[String; 4]> = project
        .rules
        .values()
        .filter_map(|rule| line(rule, project, view))
        .collect();
    lines.sort();
    lines.dedup();
    let mut out = format!("{HEAD}\n# rule\twords\ttype\tentity\n");
    for fields in lines {
        let plain = fields.map(|field| field.replace(['\t', '\n', '\r'], " "));
        // Writing to a string cannot fail.
        writeln!(out, "{}", plain.join("\t")).unwrap_or_default();
    }
    out
}

/// A split of single mentions belongs to its article and is no rule for others.
fn line(rule: &Rule, project: &Project, view: &ProjectView) -> Option<[String; 4]> {
    let own = |id| project.entities.get(&id).map(|row| row.value.name.as_str());
    let name = |id| own(id).unwrap_or_else(|| view.entity_name(id)).to_owned();
    let kind = |id| {
        let decided = project.entities.get(&id).map(|row| row.value.entity_type);
        decided.or_else(|| view.entity_type(id))
    };
    let typed = |id| kind(id).map(|kind| type_word(kind, &project.codebook));
    Some(match rule {
        Rule::Alias {
            text,
            entity,
            entity_type,
        } => {
            let kind = type_word(*entity_type, &project.codebook);
            ["always".to_owned(), text.clone(), kind, name(*entity)]
        }
        Rule::Never { text } => {
            let none = String::new();
            ["never".to_owned(), text.clone(), none.clone(), none]
        }
        Rule::SameEntity { merged, into } => {
            let kind = typed(*into)?;
            ["same".to_owned(), name(*merged), kind, name(*into)]
        }
        Rule::NotSame { left, right } => {
            let kind = typed(*right)?;
            ["apart".to_owned(), name(*left), kind, name(*right)]
        }
        Rule::InArticle { .. } => return None,
    })
}

fn type_word(kind: EntityType, codebook: &Codebook) -> String {
    match kind {
        EntityType::Own(id) => codebook
            .types
            .get(&id)
            .map_or_else(|| kind.name().to_owned(), |own| own.name.clone()),
        built_in => built_in.name().to_owned(),
    }
}
