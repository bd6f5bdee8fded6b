//! Dialogs: only for import, export, merging and what cannot be undone; lists of commands and keys.

use egui::Context;

use crate::app::{CommandKind, Commands, Snapshot, ViewState};
use crate::ui::told::{Counts, Told};

/// What the dialogs remember while they are open.
#[derive(Default)]
pub struct DialogsState {}

/// Draws the dialog on top, if any.
pub fn dialogs_ui(
    _ctx: &Context,
    _shown: (&Snapshot, &ViewState, &Told<'_>, &Counts),
    _state: &mut DialogsState,
    _kinds: &mut Vec<CommandKind>,
    _out: &mut Commands,
) {
}
