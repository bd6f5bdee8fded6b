//! Own fields of statements, and their values.

use crate::edit::Refused;
use crate::edit::decide::confirm_one;
use crate::edit::draft::Draft;
use crate::edit::operation::AnnotationKey;
use crate::model::{
    Annotation, AnnotationKind, Codes, Decided, Field, FieldId, FieldKind, Statement, Verdict,
};

/// Defines a field. Values that it no longer holds go with the change.
pub(super) fn set(draft: &mut Draft<'_>, id: FieldId, field: Field) -> Result<String, Refused> {
    if field.name.trim().is_empty() {
        return Err(Refused::NoName);
    }
    let title = match draft.current::<Field>(id) {
        None => format!("Field {} added", field.name),
        Some(old) if old.name != field.name => format!("Renamed {} to {}", old.name, field.name),
        Some(_) => format!("Field {} changed", field.name),
    };
    for key in coded(draft) {
        let Some(mut codes) = draft.current::<Codes>(key) else {
            continue;
        };
        let Some(old) = codes.remove(&id) else {
            continue;
        };
        if let Some(value) = field.accepts(&old) {
            codes.insert(id, value);
        }
        put(draft, key, codes);
    }
    draft.set(id, Some(field));
    Ok(title)
}

/// Takes a field away, with all its values.
pub(super) fn remove(draft: &mut Draft<'_>, id: FieldId) -> Result<String, Refused> {
    let field = draft.current::<Field>(id).ok_or(Refused::UnknownField)?;
    for key in coded(draft) {
        if let Some(mut codes) = draft.current::<Codes>(key)
            && codes.remove(&id).is_some()
        {
            put(draft, key, codes);
        }
    }
    draft.set::<Field>(id, None);
    Ok(format!("Field {} removed", field.name))
}

/// Gives a statement a value; a suggestion is confirmed by it, for a value is the person's.
pub(super) fn set_code(
    draft: &mut Draft<'_>,
    annotation: Annotation,
    id: FieldId,
    value: &str,
) -> Result<String, Refused> {
    let field = draft.current::<Field>(id).ok_or(Refused::UnknownField)?;
    if annotation.kind != AnnotationKind::Statement {
        return Err(Refused::UnknownAnnotation);
    }
    let key = AnnotationKey {
        article: annotation.article,
        id: annotation.id,
    };
    let found = draft.find::<Statement>(key)?;
    draft.at(key.article, Some(found.value.evidence.cue));
    let mut codes = draft.current::<Codes>(key).unwrap_or_default();
    if value.trim().is_empty() {
        codes.remove(&id);
        put(draft, key, codes);
        return Ok(format!("{} cleared", field.name));
    }
    let held = field.accepts(value);
    let held = held.ok_or_else(|| Refused::WrongValue(field.name.clone()))?;
    let title = match field.kind {
        FieldKind::Text => format!("{} set", field.name),
        FieldKind::Boolean | FieldKind::Number | FieldKind::Category => {
            format!("{} set to {held}", field.name)
        }
    };
    let decided = draft.current::<Decided<Statement>>(key);
    if decided.is_none_or(|record| record.verdict == Verdict::Rejected) {
        confirm_one::<Statement>(draft, key)?;
    }
    codes.insert(id, held);
    put(draft, key, codes);
    Ok(title)
}

fn put(draft: &mut Draft<'_>, key: AnnotationKey, codes: Codes) {
    draft.set(key, (!codes.is_empty()).then_some(codes));
}

/// All statements with any value, as the project has them.
fn coded(draft: &Draft<'_>) -> Vec<AnnotationKey> {
    let articles = draft.project.articles.iter();
    let keys = articles.flat_map(|(article, state)| {
        let key = |id: &crate::model::AnnotationId| AnnotationKey {
            article: *article,
            id: *id,
        };
        state.codes.keys().map(key)
    });
    keys.collect()
}
