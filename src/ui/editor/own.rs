//! Own fields of the codebook in the statement editor, each with its definition and examples.

use egui::{Id, Ui};

use crate::app::StatementDraft;
use crate::model::{Field, FieldId, FieldKind, NO, YES};
use crate::ui::editor::Desk;
use crate::ui::editor::fields::{about, hint, row};
use crate::ui::widgets::{Button, MenuItem, menu, menu_item, segmented, text_field};

/// Shows all own fields; values go to `draft`.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut StatementDraft) {
    let fields = &desk.snap.project.codebook.fields;
    let mut all: Vec<(&FieldId, &Field)> = fields.iter().collect();
    all.sort_by_cached_key(|(id, field)| (field.name.to_lowercase(), **id));
    for (id, field) in all {
        let before = draft.codes.get(id).cloned().unwrap_or_default();
        let mut now = before.clone();
        row(ui, desk, &field.name, |ui| {
            field_ui(ui, *id, field, &mut now);
        });
        let wrong = !now.trim().is_empty() && field.accepts(&now).is_none();
        if wrong {
            hint(ui, desk, "Not a value of this field.");
        }
        let said = [field.definition.trim(), field.examples.trim()];
        let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
        if !said.is_empty() {
            about(ui, desk, &said.join("\nFor example: "));
        }
        if now != before {
            if now.is_empty() {
                draft.codes.remove(id);
            } else {
                draft.codes.insert(*id, now);
            }
        }
    }
}

fn field_ui(ui: &mut Ui, id: FieldId, field: &Field, value: &mut String) {
    match field.kind {
        FieldKind::Boolean => {
            let choices = [("", "–"), (YES, YES), (NO, NO)];
            let now = match value.as_str() {
                YES => YES,
                NO => NO,
                _ => "",
            };
            if let Some(picked) = segmented(ui, &field.name, now, &choices) {
                picked.clone_into(value);
            }
        }
        FieldKind::Category => {
            let words = if value.is_empty() {
                "–"
            } else {
                value.as_str()
            };
            let name = format!("{}: {words}", field.name);
            let button = ui.add(Button::secondary(words).caret().name(&name));
            menu(&button, &field.name, 220.0, |ui| {
                let none = std::iter::once("");
                for choice in none.chain(field.choices.iter().map(String::as_str)) {
                    let item = MenuItem {
                        words: if choice.is_empty() { "–" } else { choice },
                        ticked: Some(choice == value),
                        ..MenuItem::default()
                    };
                    if menu_item(ui, item).clicked() {
                        choice.clone_into(value);
                    }
                }
            });
        }
        FieldKind::Number | FieldKind::Text => {
            let width = ui.available_width();
            let widget = Id::unique("own field").with(id);
            text_field(ui, widget, value, &field.name, "", width);
        }
    }
}
