//! Intent → operation with its inverse, and the history of operations. Pure: no disk, no clock, no
//! window, so that undo is tested without any of them.
//!
//! [`plan`] turns an [`Edit`] (what a person wants) into an [`Operation`] (records before and
//! after). [`apply`] is the only function that writes what a person decided into a project;
//! [`inverse`] needs nothing but the operation. [`History`] is the log read backwards.
//!
//! # What must stay true
//!
//! - Suggestions are never touched: a person's edit adds, changes or removes decided records.
//! - A decided record that is not a rejection refers only to decided entities and issues, and
//!   confirming a statement confirms the mentions of its parties, in the same operation.
//! - A confirmed record keeps its id and its origin for good.
//! - `apply` of `inverse` after `apply` is the project before.
//!
//! Not here: what holds after suggestions and decisions are laid over each other (`analysis`), what
//! is selected (`app`), where operations are kept (`store`).

mod annotate;
mod articles;
mod bulk;
mod chronicle;
mod codebook;
mod decide;
mod draft;
mod entities;
mod fields;
mod history;
mod intent;
mod kind;
mod operation;
mod record;
mod refused;
mod shared;

pub use bulk::same_words;
pub use history::History;
pub use intent::{Author, Edit};
pub use operation::{
    AnnotationKey, Change, ChangeKey, Delta, Operation, OperationKind, Place, apply, inverse,
};
pub use refused::Refused;
pub use shared::{Shared, take_codebook};

use crate::edit::draft::Draft;
use crate::model::{EntryId, Project};

/// Works out what an edit changes, without changing it.
///
/// `ids` gives an id that nobody else has, for the operation and for each new record.
///
/// # Errors
/// When the edit is not possible or would change nothing; the error says why, for a person.
pub fn plan(
    project: &Project,
    edit: Edit,
    author: Author,
    ids: &mut dyn FnMut() -> u128,
) -> Result<Operation, Refused> {
    let mut draft = Draft::new(project, author, ids);
    let title = route(&mut draft, edit)?;
    draft.finish(title)
}

/// Sends an edit to its group; returns the title in the past tense.
fn route(draft: &mut Draft<'_>, edit: Edit) -> Result<String, Refused> {
    match edit {
        Edit::AddArticles(new) => Ok(articles::add(draft, new)),
        Edit::RemoveArticle(id) => articles::remove(draft, id),
        Edit::SetMeta { article, meta } => articles::set_meta(draft, vec![(article, meta)]),
        Edit::SetMetas(list) => articles::set_meta(draft, list),
        Edit::Confirm(one) => decide::confirm(draft, &[one]),
        Edit::ConfirmMany(many) => decide::confirm(draft, &many),
        Edit::Reject(one) => decide::reject(draft, &[one]),
        Edit::RejectMany(many) => decide::reject(draft, &many),
        Edit::Delete(one) => decide::delete(draft, one),
        Edit::SetNote { annotation, note } => decide::set_note(draft, annotation, note),
        Edit::AddMention { article, mention } => annotate::add_mention(draft, article, mention),
        Edit::ChangeMention {
            article,
            id,
            mention,
        } => annotate::change(draft, AnnotationKey { article, id }, mention),
        Edit::AddTimex { article, timex } => annotate::add(draft, article, timex),
        Edit::ChangeTimex { article, id, timex } => {
            annotate::change(draft, AnnotationKey { article, id }, timex)
        }
        Edit::AddAttribution {
            article,
            attribution,
        } => annotate::add(draft, article, attribution),
        Edit::ChangeAttribution {
            article,
            id,
            attribution,
        } => annotate::change(draft, AnnotationKey { article, id }, attribution),
        Edit::AddStatement {
            article,
            statement,
            note,
        } => annotate::add_statement(draft, article, *statement, note),
        Edit::ChangeStatement {
            article,
            id,
            statement,
        } => annotate::change(draft, AnnotationKey { article, id }, *statement),
        Edit::ApplyToAll { like, places } => bulk::apply_to_all(draft, &like, &places),
        Edit::SetEntity { id, entity } => entities::set(draft, id, entity),
        Edit::MergeEntities { merged, into } => entities::merge(draft, &merged, into),
        Edit::SplitEntity {
            mentions,
            id,
            entity,
        } => entities::split(draft, &mentions, id, entity),
        Edit::NotSame { left, right } => entities::not_same(draft, left, right),
        Edit::AddRule(rule) => entities::add_rule(draft, rule),
        Edit::RemoveRule(id) => entities::remove_rule(draft, id),
        Edit::Together { title, edits } => together(draft, title, edits),
        Edit::SetCoder { id, name } => codebook::set_coder(draft, id, name),
        Edit::Rename(name) => codebook::rename(draft, name),
        other => route_codebook(draft, other),
    }
}

/// Sends an edit of the codebook, or by it, to its function.
fn route_codebook(draft: &mut Draft<'_>, edit: Edit) -> Result<String, Refused> {
    match edit {
        Edit::SetIssue { id, issue } => codebook::set_issue(draft, id, issue),
        Edit::RemoveIssue(id) => codebook::remove_issue(draft, id),
        Edit::SetOwnType { id, own } => codebook::set_type(draft, id, own),
        Edit::SetField { id, field } => fields::set(draft, id, field),
        Edit::SetAct { act, entry } => codebook::set_act(draft, act, entry),
        Edit::RemoveField(id) => fields::remove(draft, id),
        Edit::SetCode {
            annotation,
            field,
            value,
        } => fields::set_code(draft, annotation, field, &value),
        other => route_timeline(draft, other),
    }
}

/// Sends an edit of the timeline's own records to its function.
fn route_timeline(draft: &mut Draft<'_>, edit: Edit) -> Result<String, Refused> {
    match edit {
        Edit::AddEntry { entry, pinned } => {
            let id = EntryId(draft.fresh());
            chronicle::set_entry(draft, id, entry, pinned)
        }
        Edit::SetEntry { id, entry, pinned } => chronicle::set_entry(draft, id, entry, pinned),
        Edit::RemoveEntry(id) => chronicle::remove_entry(draft, id),
        Edit::SetLooks { items, change } => chronicle::set_looks(draft, &items, change),
        // Routed here only for the above.
        _ => Err(Refused::Nothing),
    }
}

/// Several edits as one operation, each seeing what those before it did.
fn together(draft: &mut Draft<'_>, title: String, edits: Vec<Edit>) -> Result<String, Refused> {
    for edit in edits {
        match route(draft, edit) {
            Ok(_) | Err(Refused::Nothing) => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(title)
}
