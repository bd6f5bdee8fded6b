//! The timeline's own records: entries that no article dates, and how items look.

use crate::edit::Refused;
use crate::edit::draft::Draft;
use crate::model::{Entry, EntryId, ItemKey, ItemLook, LookChange};

/// Puts an entry on the timeline, or changes it.
pub(super) fn set_entry(
    draft: &mut Draft<'_>,
    id: EntryId,
    entry: Entry,
    pinned: bool,
) -> Result<String, Refused> {
    if entry.title.trim().is_empty() {
        return Err(Refused::NoName);
    }
    if entry.value.span().is_none() {
        return Err(Refused::NoDate);
    }
    let title = match draft.current::<Entry>(id) {
        None => format!("Added {}", entry.title),
        Some(_) => format!("Changed {}", entry.title),
    };
    draft.set(id, Some(entry));
    look(draft, ItemKey::Entry(id), LookChange::Pin(pinned));
    Ok(title)
}

/// Takes an entry off the timeline, with its look.
pub(super) fn remove_entry(draft: &mut Draft<'_>, id: EntryId) -> Result<String, Refused> {
    let entry = draft.current::<Entry>(id).ok_or(Refused::UnknownEntry)?;
    draft.set::<Entry>(id, None);
    draft.set::<ItemLook>(ItemKey::Entry(id), None);
    Ok(format!("Removed {}", entry.title))
}

/// Changes how items look. No decision on a suggestion: it stays one.
pub(super) fn set_looks(
    draft: &mut Draft<'_>,
    items: &[ItemKey],
    change: LookChange,
) -> Result<String, Refused> {
    for item in items {
        check(draft, *item)?;
        look(draft, *item, change);
    }
    let what = match change {
        LookChange::Pin(true) => "Pinned".to_owned(),
        LookChange::Pin(false) => "No longer pinned".to_owned(),
        LookChange::Hide(true) => "Hidden on the timeline".to_owned(),
        LookChange::Hide(false) => "Shown on the timeline again".to_owned(),
        LookChange::Colour(Some(colour)) => format!("Coloured {}", colour.name()),
        LookChange::Colour(None) => "Colour taken away".to_owned(),
    };
    Ok(match items {
        [_] => what,
        many => format!("{what}: {} items", many.len()),
    })
}

fn look(draft: &mut Draft<'_>, item: ItemKey, change: LookChange) {
    let now = draft.current::<ItemLook>(item).unwrap_or_default();
    let then = now.with(change);
    draft.set(item, (then != ItemLook::default()).then_some(then));
}

/// Refuses a look of what is not there, and says where undo goes to.
fn check(draft: &mut Draft<'_>, item: ItemKey) -> Result<(), Refused> {
    match item {
        ItemKey::Annotation(at) => {
            let state = draft.article(at.article)?;
            let range = state.annotations.range(at.kind, at.id);
            let range = range.ok_or(Refused::UnknownAnnotation)?;
            draft.at(at.article, Some(range));
        }
        ItemKey::Publication(article) => {
            draft.article(article)?;
            draft.at(article, None);
        }
        ItemKey::Entry(id) => {
            draft.current::<Entry>(id).ok_or(Refused::UnknownEntry)?;
        }
    }
    Ok(())
}
