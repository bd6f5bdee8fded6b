//! Dialogs: only for import, export, merging and what cannot be undone; lists of commands and keys.
//!
//! `Enter` is the ink button, `Esc` cancels (the window turns it into a command).

mod about;
mod codebook;
mod entities;
mod export;
mod forms;
mod import_report;
mod lexicon;
mod moments;
mod palette;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use egui::{Context, Event, Id, Key, Ui};

use crate::app::{
    Command, CommandKind, Commands, Dialog, ExportFormat, ExportWhat, Snapshot, ViewState,
};
use crate::model::{Annotation, ArticleId, EntityId};
use crate::ui::told::{Counts, Told};

/// What the dialogs remember while they are open.
#[derive(Default)]
pub struct DialogsState {
    opened: Option<Dialog>,
    form: Form,
}

/// Fields of the dialog that is open; all start empty.
#[derive(Default)]
struct Form {
    /// The one field, or what narrows a list.
    text: String,
    /// A second field.
    more: String,
    /// Picked entity.
    entity: Option<EntityId>,
    ticked: BTreeSet<Annotation>,
    dates: BTreeMap<ArticleId, String>,
    /// Row that the keyboard is at.
    at: usize,
    codebook: codebook::CodebookForm,
    entry: moments::EntryFields,
    what: Option<ExportWhat>,
    format: Option<ExportFormat>,
    width: String,
    scale: f32,
    /// Set in the first frame: fields fill themselves.
    fresh: bool,
    /// Frames in which the first field still takes the focus: the first one only measures the
    /// dialog, and what had the focus below may ask for it again.
    focusing: u8,
}

/// What a dialog is drawn with.
#[derive(Clone, Copy)]
struct Shown<'a> {
    snap: &'a Snapshot,
    view_state: &'a ViewState,
    told: &'a Told<'a>,
    counts: &'a Counts,
}

/// Draws the dialog on top, if any.
pub fn dialogs_ui(
    ctx: &Context,
    (snap, view_state, told, counts): (&Snapshot, &ViewState, &Told<'_>, &Counts),
    state: &mut DialogsState,
    kinds: &mut Vec<CommandKind>,
    out: &mut Commands,
) {
    if state.opened != view_state.dialog {
        state.opened.clone_from(&view_state.dialog);
        state.form = Form {
            fresh: true,
            focusing: 4,
            scale: 2.0,
            ..Form::default()
        };
    }
    let Some(dialog) = &view_state.dialog else {
        return;
    };
    let shown = Shown {
        snap,
        view_state,
        told,
        counts,
    };
    let form = &mut state.form;
    let close = match dialog {
        Dialog::ImportReport => import_report::ui(ctx, shown, kinds, out),
        Dialog::Export => export::ui(ctx, shown, form, out),
        Dialog::Merge(entity) => people::merge_ui(ctx, shown, *entity, form, out),
        Dialog::Link(at) => people::link_ui(ctx, shown, *at, form, out),
        Dialog::Rename(entity) => people::rename_ui(ctx, shown, *entity, form, out),
        Dialog::Split(entity) => people::split_ui(ctx, shown, *entity, form, out),
        Dialog::SetDates => forms::dates_ui(ctx, shown, form, out),
        Dialog::Note(article, at) => forms::note_ui(ctx, shown, (*article, *at), form, out),
        Dialog::Date(item) => moments::date_ui(ctx, shown, *item, form, out),
        Dialog::Entry(wanted) => moments::entry_ui(ctx, shown, wanted, form, out),
        Dialog::Entities => entities::ui(ctx, shown, form, out),
        Dialog::Lexicon => lexicon::ui(ctx, shown, form, out),
        Dialog::Codebook => codebook::ui(ctx, shown, form, out),
        Dialog::Palette => palette::palette_ui(ctx, shown, form, kinds),
        Dialog::Keys => palette::keys_ui(ctx),
        Dialog::About => about::ui(ctx, form),
    };
    form.fresh = false;
    if form.focusing > 0 {
        form.focusing -= 1;
        ctx.request_repaint();
    }
    if close {
        out.push(Command::ShowDialog(None));
    }
}

/// Id of a field of the open dialog.
fn field_id(name: &str) -> Id {
    Id::unique(("dialog field", name))
}

/// Whether `Enter` was pressed for the ink button: not for another button that has the focus, nor
/// for a new line of a note (there it is `Ctrl` with `Enter`).
fn enter(ui: &Ui) -> bool {
    let focused = ui.memory(|memory| memory.focused());
    // The modifiers of the key itself: those of the frame may be let go by its end.
    let held = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Key {
                key: Key::Enter,
                pressed: true,
                modifiers,
                ..
            } => Some(*modifiers),
            _ => None,
        })
    });
    let Some(held) = held else { return false };
    let on_button = focused.is_some() && !ui.ctx().text_edit_focused();
    let in_note = focused == Some(field_id("note"));
    !on_button && (!in_note || held.command || held.ctrl)
}

/// Puts the focus into the first field when the dialog opens.
fn focus_first(ui: &Ui, form: &Form, name: &str) {
    let id = field_id(name);
    if form.focusing > 0 && !ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}
