//! Confirm, reject, delete, note.

use crate::edit::Author;
use crate::edit::Refused;
use crate::edit::draft::Draft;
use crate::edit::kind::Kind;
use crate::edit::operation::AnnotationKey;
use crate::model::{
    Annotation, AnnotationKind, Attribution, Confidence, Decided, Mention, Statement, Timex,
    Verdict,
};

/// Calls a generic function for the kind of an annotation.
macro_rules! for_kind {
    ($kind:expr, $function:ident ( $($argument:expr),* )) => {
        match $kind {
            AnnotationKind::Mention => $function::<Mention>($($argument),*),
            AnnotationKind::Timex => $function::<Timex>($($argument),*),
            AnnotationKind::Attribution => $function::<Attribution>($($argument),*),
            AnnotationKind::Statement => $function::<Statement>($($argument),*),
        }
    };
}

/// Returns the word on screen for a kind, at the start of a sentence.
pub(super) fn noun(kind: AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::Mention => "Mention",
        AnnotationKind::Timex => "Time expression",
        AnnotationKind::Attribution => "Attribution",
        AnnotationKind::Statement => "Statement",
    }
}

/// Returns *Statement confirmed*, *14 mentions confirmed* or *14 suggestions confirmed*.
fn title(all: &[Annotation], done: &str) -> String {
    match all {
        [] => format!("Nothing {done}"),
        [one] => format!("{} {done}", noun(one.kind)),
        [first, rest @ ..] if rest.iter().all(|at| at.kind == first.kind) => {
            format!("{} {}s {done}", all.len(), noun(first.kind).to_lowercase())
        }
        _ => format!("{} suggestions {done}", all.len()),
    }
}

fn key(at: Annotation) -> AnnotationKey {
    AnnotationKey {
        article: at.article,
        id: at.id,
    }
}

pub(super) fn confirm(draft: &mut Draft<'_>, all: &[Annotation]) -> Result<String, Refused> {
    for at in all {
        for_kind!(at.kind, confirm_one(draft, key(*at)))?;
    }
    Ok(title(all, "confirmed"))
}

/// Confirms what is on screen: a suggestion with the project's rules laid over it.
pub(super) fn confirm_one<T: Kind>(
    draft: &mut Draft<'_>,
    key: AnnotationKey,
) -> Result<(), Refused> {
    let found = draft.find::<T>(key)?;
    let mut value = found.value.clone();
    if found.holds() {
        return Ok(());
    }
    if found.decided.is_none() {
        let state = draft.article(key.article)?;
        let sure = found.origin.as_ref().map(|origin| origin.confidence);
        let sure = sure.unwrap_or(Confidence::new(1.0));
        value.as_shown(sure, draft, &state.article);
    }
    draft.hold(key, found, value);
    Ok(())
}

pub(super) fn reject(draft: &mut Draft<'_>, all: &[Annotation]) -> Result<String, Refused> {
    for at in all {
        for_kind!(at.kind, take_back(draft, key(*at)))?;
    }
    Ok(title(all, "rejected"))
}

pub(super) fn delete(draft: &mut Draft<'_>, one: Annotation) -> Result<String, Refused> {
    for_kind!(one.kind, take_back(draft, key(one)))?;
    Ok(title(&[one], "deleted"))
}

/// What a person added goes; what came from a suggestion becomes rejected, so that it stays away.
fn take_back<T: Kind>(draft: &mut Draft<'_>, key: AnnotationKey) -> Result<(), Refused> {
    let found = draft.find::<T>(key)?;
    draft.at(key.article, Some(found.value.anchor()));
    if found.origin.is_none() {
        draft.set::<Decided<T>>(key, None);
        return Ok(());
    }
    let note = match found.decided {
        Some(old) if old.verdict == Verdict::Rejected => return Ok(()),
        Some(old) => old.note,
        None => String::new(),
    };
    let Author { coder, at } = draft.author;
    let (value, origin) = (found.value, found.origin);
    let record = Decided {
        value,
        verdict: Verdict::Rejected,
        coder,
        at,
        origin,
        note,
    };
    draft.set(key, Some(record));
    Ok(())
}

pub(super) fn set_note(
    draft: &mut Draft<'_>,
    at: Annotation,
    note: String,
) -> Result<String, Refused> {
    let title = if note.is_empty() {
        "Note removed"
    } else {
        "Note saved"
    };
    for_kind!(at.kind, note_one(draft, key(at), note))?;
    Ok(title.to_owned())
}

/// A note on a suggestion confirms it: there is nowhere else to keep the note.
pub(super) fn note_one<T: Kind>(
    draft: &mut Draft<'_>,
    key: AnnotationKey,
    note: String,
) -> Result<(), Refused> {
    let found = draft.find::<T>(key)?;
    draft.at(key.article, Some(found.value.anchor()));
    if found.decided.is_none() {
        confirm_one::<T>(draft, key)?;
    }
    let mut record = draft
        .current::<Decided<T>>(key)
        .ok_or(Refused::UnknownAnnotation)?;
    record.note = note;
    draft.set(key, Some(record));
    Ok(())
}
