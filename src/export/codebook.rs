//! The codebook as a file that a team shares: JSON that people can read and edit.
//! `import::codebook` reads it.

use serde_json::{Map, Value, json};

use crate::model::{Act, ActUse, Codebook, Field, Issue, IssueId, OwnType};

/// The version of the format.
const VERSION: u32 = 1;

/// Returns all definitions: issues with their phrases, acts, own fields and own types; each list by
/// name. What nobody said is left out.
#[must_use]
pub fn codebook(codebook: &Codebook) -> String {
    let named = |name: &str, id: String| (name.to_lowercase(), id);
    let mut issues: Vec<_> = codebook.issues.iter().collect();
    issues.sort_by_cached_key(|(id, issue)| named(&issue.name, id.to_string()));
    let mut fields: Vec<_> = codebook.fields.iter().collect();
    fields.sort_by_cached_key(|(id, field)| named(&field.name, id.to_string()));
    let mut types: Vec<_> = codebook.types.iter().collect();
    types.sort_by_cached_key(|(id, own)| named(&own.name, id.to_string()));
    let issues: Vec<Value> = issues
        .into_iter()
        .map(|(id, row)| issue(*id, row))
        .collect();
    let acts: Vec<Value> = codebook
        .acts
        .iter()
        .map(|(at, entry)| act(*at, entry))
        .collect();
    let fields = fields
        .into_iter()
        .map(|(id, row)| field(&id.to_string(), row));
    let types = types
        .into_iter()
        .map(|(id, own)| own_type(&id.to_string(), own));
    let whole = json!({
        "demarche_codebook": VERSION,
        "issues": issues,
        "acts": acts,
        "fields": fields.collect::<Vec<Value>>(),
        "types": types.collect::<Vec<Value>>(),
    });
    format!("{whole:#}\n")
}

/// An object without what is empty.
fn object(parts: Vec<(&str, Value)>) -> Value {
    let said = |value: &Value| match value {
        Value::Null => false,
        Value::Bool(on) => *on,
        Value::String(words) => !words.is_empty(),
        Value::Array(all) => !all.is_empty(),
        Value::Number(_) | Value::Object(_) => true,
    };
    let parts = parts.into_iter().filter(|(_, value)| said(value));
    Value::Object(
        parts
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>(),
    )
}

fn issue(id: IssueId, issue: &Issue) -> Value {
    let Issue {
        name,
        definition,
        links,
        apart,
        colour,
        key,
    } = issue;
    let phrase = |link: &crate::model::IssueLink| {
        object(vec![
            ("words", link.words.as_str().into()),
            ("id", link.phrase.to_string().into()),
            ("turned", link.reversed.into()),
        ])
    };
    object(vec![
        ("name", name.as_str().into()),
        ("id", id.to_string().into()),
        ("definition", definition.as_str().into()),
        ("colour", json!(colour)),
        ("key", json!(key)),
        (
            "phrases",
            links.iter().map(phrase).collect::<Vec<_>>().into(),
        ),
        ("apart", json!(apart)),
    ])
}

fn act(act: Act, entry: &ActUse) -> Value {
    let ActUse {
        definition,
        colour,
        key,
        hidden,
    } = entry;
    object(vec![
        ("act", act.name().into()),
        ("definition", definition.as_str().into()),
        ("colour", json!(colour)),
        ("key", json!(key)),
        ("hidden", (*hidden).into()),
    ])
}

fn field(id: &str, field: &Field) -> Value {
    let Field {
        name,
        definition,
        examples,
        kind,
        choices,
    } = field;
    object(vec![
        ("name", name.as_str().into()),
        ("id", id.into()),
        ("kind", json!(kind)),
        ("choices", json!(choices)),
        ("definition", definition.as_str().into()),
        ("examples", examples.as_str().into()),
    ])
}

fn own_type(id: &str, own: &OwnType) -> Value {
    object(vec![
        ("name", own.name.as_str().into()),
        ("id", id.into()),
        ("definition", own.definition.as_str().into()),
    ])
}
