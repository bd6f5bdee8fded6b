//! Keys of the codebook on selected statements: `Alt` and the key set act or issue, without the editor.

use egui::{Key, Modifiers, Ui};

use crate::analysis::StatementRef;
use crate::app::{Command, Commands, StatementDraft};
use crate::edit::Edit;
use crate::model::{Annotation, AnnotationKind, CODE_KEYS};
use crate::ui::editor::draft::set_by_key;
use crate::ui::stance::Frame;

/// Sets what a pressed key stands for on what is marked, else on what is selected.
pub(super) fn keys(ui: &Ui, frame: &Frame<'_>, out: &mut Commands) {
    let selection = &frame.view_state.selection;
    let marked = selection.marked.iter().copied();
    let selected: Vec<Annotation> = if selection.marked.is_empty() {
        selection.annotation.into_iter().collect()
    } else {
        marked.collect()
    };
    let statement = |at: &Annotation| at.kind == AnnotationKind::Statement;
    let view_state = frame.view_state;
    if view_state.draft.is_some()
        || view_state.dialog.is_some()
        || ui.ctx().text_edit_focused()
        || !selected.iter().any(statement)
    {
        return;
    }
    let codebook = &frame.snap.project.codebook;
    for key in CODE_KEYS.chars() {
        let known = codebook.act_of_key(key).is_some() || codebook.issue_of_key(key).is_some();
        let name = Key::from_name(key.encode_utf8(&mut [0; 4])).filter(|_| known);
        let pressed = |name| ui.input_mut(|input| input.consume_key(Modifiers::ALT, name));
        if !name.is_some_and(pressed) {
            continue;
        }
        let edits: Vec<Edit> = selected
            .iter()
            .filter(|at| statement(at))
            .filter_map(|at| changed(frame, *at, key))
            .collect();
        let what = codebook.act_of_key(key).map(|act| act.name().to_owned());
        let issue = || {
            let id = codebook.issue_of_key(key)?;
            Some(codebook.issues.get(&id)?.name.clone())
        };
        if !edits.is_empty() {
            let title = format!("Coded {}", what.or_else(issue).unwrap_or_default());
            out.push(Command::Edit(Edit::Together { title, edits }));
        }
    }
}

fn changed(frame: &Frame<'_>, at: Annotation, key: char) -> Option<Edit> {
    let place = StatementRef {
        article: at.article,
        id: at.id,
    };
    let row = frame.snap.view.statement(place)?;
    let mut draft = StatementDraft::of(at, &row.value, &row.note);
    set_by_key(&frame.snap.project.codebook, &mut draft, key)?;
    Some(Edit::ChangeStatement {
        article: at.article,
        id: at.id,
        statement: Box::new(draft.statement()?),
    })
}
