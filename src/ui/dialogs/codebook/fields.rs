//! The codebook's page of own fields: name, kind, values, definition and examples.

use egui::{ScrollArea, Ui};

use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Field, FieldId, FieldKind};
use crate::ui::dialogs::codebook::look::{ListRow, list_row};
use crate::ui::dialogs::codebook::{halves, label, said};
use crate::ui::dialogs::{Shown, field_id};
use crate::ui::icons;
use crate::ui::widgets::{Button, segmented, text_field, text_field_lines};

/// The field in hand, and its values as typed.
pub(super) type InHand = Option<(FieldId, Field, String)>;

/// Draws the page.
pub(super) fn show(ui: &mut Ui, shown: Shown<'_>, in_hand: &mut InHand, out: &mut Commands) {
    let (mut list, mut detail) = halves(ui);
    list_ui(&mut list, shown, in_hand);
    if in_hand.is_some() {
        detail_ui(&mut detail, shown, in_hand, out);
    } else {
        let words = "Own fields stand in the statement editor, the filter and the exports.";
        said(&mut detail, words, 14.0);
    }
}

fn list_ui(ui: &mut Ui, shown: Shown<'_>, in_hand: &mut InHand) {
    if ui
        .add(Button::secondary("New field").icon(icons::PLUS))
        .clicked()
    {
        *in_hand = Some((new_id(shown), Field::default(), String::new()));
    }
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut all: Vec<(&FieldId, &Field)> = shown.snap.project.codebook.fields.iter().collect();
    all.sort_by_cached_key(|(id, field)| (field.name.to_lowercase(), **id));
    ScrollArea::vertical()
        .auto_shrink(false)
        .id_salt("field list")
        .show(ui, |ui| {
            for (id, field) in all {
                let on = in_hand.as_ref().is_some_and(|(chosen, ..)| chosen == id);
                let row = ListRow {
                    name: &field.name,
                    note: field.kind.name(),
                    spoken: &format!("{}, {}", field.name, field.kind.name()),
                    strong: true,
                    chosen: on,
                    ..ListRow::default()
                };
                if list_row(ui, row) {
                    *in_hand = Some((*id, field.clone(), field.choices.join("\n")));
                }
            }
        });
}

/// An id that no field has: the hash of a count that goes up.
fn new_id(shown: Shown<'_>) -> FieldId {
    let known = &shown.snap.project.codebook.fields;
    let mut count = known.len();
    loop {
        let id = FieldId::hashed(&[b"field", count.to_string().as_bytes()]);
        if !known.contains_key(&id) {
            return id;
        }
        count += 1;
    }
}

fn detail_ui(ui: &mut Ui, shown: Shown<'_>, in_hand: &mut InHand, out: &mut Commands) {
    let Some((id, field, choices)) = in_hand else {
        return;
    };
    let width = ui.available_width();
    label(ui, "Name");
    text_field(
        ui,
        field_id("field name"),
        &mut field.name,
        "Name of the field",
        "",
        width,
    );
    ui.add_space(6.0);
    label(ui, "Holds");
    let kinds = FieldKind::ALL.map(|kind| (kind, kind.name()));
    if let Some(kind) = segmented(ui, "What the field holds", field.kind, &kinds) {
        field.kind = kind;
    }
    if field.kind == FieldKind::Category {
        ui.add_space(6.0);
        label(ui, "Values, one a line");
        let values = field_id("values");
        text_field_lines(ui, values, choices, "Values of the field", width, 4);
    }
    ui.add_space(6.0);
    label(ui, "Definition");
    let about = &mut field.definition;
    text_field_lines(
        ui,
        field_id("definition"),
        about,
        "Definition of the field",
        width,
        2,
    );
    ui.add_space(6.0);
    label(ui, "Examples");
    let examples = &mut field.examples;
    text_field_lines(ui, field_id("examples"), examples, "Examples", width, 2);
    ui.add_space(14.0);
    let wanted = tidy(field, choices);
    if buttons_ui(ui, shown, (*id, &wanted), out) {
        *in_hand = None;
    }
}

/// Returns whether the field was removed.
fn buttons_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, wanted): (FieldId, &Field),
    out: &mut Commands,
) -> bool {
    let known = shown.snap.project.codebook.fields.get(&id);
    let mut removed = false;
    ui.horizontal(|ui| {
        let named = !wanted.name.is_empty();
        let full = wanted.kind != FieldKind::Category || !wanted.choices.is_empty();
        let ready = known != Some(wanted) && named && full;
        if ui
            .add(Button::primary("Save field").enabled(ready))
            .clicked()
        {
            let field = wanted.clone();
            out.push(Command::Edit(Edit::SetField { id, field }));
        }
        if known.is_some() && ui.add(Button::secondary("Remove field")).clicked() {
            out.push(Command::Edit(Edit::RemoveField(id)));
            removed = true;
        }
    });
    removed
}

/// The field without spaces around, with its values from the lines.
fn tidy(field: &Field, choices: &str) -> Field {
    let mut wanted = field.clone();
    wanted.name = field.name.trim().to_owned();
    wanted.choices = if field.kind == FieldKind::Category {
        let lines = choices
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        let mut values: Vec<String> = Vec::new();
        for line in lines {
            if !values.iter().any(|value| value.eq_ignore_ascii_case(line)) {
                values.push(line.to_owned());
            }
        }
        values
    } else {
        Vec::new()
    };
    wanted
}
