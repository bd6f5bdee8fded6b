//! The context menu on words and marks.

use egui::{Popup, PopupAnchor, PopupCloseBehavior, PopupKind, Ui};

use crate::app::{Command, Commands, Dialog};
use crate::edit::Edit;
use crate::model::{
    Annotation, AnnotationKind, EntityId, EntityType, ItemKey, Mention, MentionKind, TextRange,
    slice,
};
use crate::ui::reader::state::{ReaderState, Target};
use crate::ui::reader::{Page, hit, input, reader_id};
use crate::ui::widgets::{MenuItem, menu_item, menu_section};

/// Shows the menu while it is open.
pub(crate) fn show(ui: &Ui, page: &Page<'_>, state: &mut ReaderState, out: &mut Commands) {
    let Some(menu) = state.menu else { return };
    let mut open = true;
    let popup = Popup::new(
        reader_id().with("menu"),
        ui.ctx().clone(),
        PopupAnchor::Position(menu.at),
        ui.layer_id(),
    )
    .kind(PopupKind::Menu)
    .frame(page.theme.card().inner_margin(6))
    .accessible_name("Commands for these words")
    .close_behavior(PopupCloseBehavior::CloseOnClick)
    .open_bool(&mut open);
    popup.show(|ui| {
        ui.set_width(264.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        rows(ui, page, menu.target, out);
    });
    if open || menu.fresh {
        if let Some(menu) = &mut state.menu {
            menu.fresh = false;
        }
    } else {
        state.menu = None;
    }
}

fn rows(ui: &mut Ui, page: &Page<'_>, target: Option<Target>, out: &mut Commands) {
    let selected = page.view_state.selection.text.filter(|r| !r.is_empty());
    match target {
        Some(Target::Mention(id)) => mention_rows(ui, page, id, out),
        Some(target) => annotation_rows(ui, page, target, out),
        None => {
            if let Some(range) = selected {
                text_rows(ui, page, range, out);
            } else {
                note_row(ui, page, None, out);
            }
        }
    }
}

fn item(ui: &mut Ui, words: &str, right: &str) -> bool {
    let row = MenuItem {
        words,
        right,
        ..MenuItem::default()
    };
    menu_item(ui, row).clicked()
}

fn types(ui: &mut Ui, current: Option<EntityType>) -> Option<EntityType> {
    let mut picked = None;
    for (at, entity_type) in EntityType::BUILT_IN.into_iter().enumerate() {
        let key = (at + 1).to_string();
        let row = MenuItem {
            words: entity_type.name(),
            right: &key,
            badge: Some(entity_type.into()),
            disabled: current == Some(entity_type),
            ..MenuItem::default()
        };
        if menu_item(ui, row).clicked() {
            picked = Some(entity_type);
        }
    }
    picked
}

fn text_rows(ui: &mut Ui, page: &Page<'_>, range: TextRange, out: &mut Commands) {
    menu_section(ui, "Mark as");
    if let Some(entity_type) = types(ui, None) {
        out.push(add_mention(page, range, entity_type, None));
    }
    menu_section(ui, "Words");
    if item(ui, "New statement", "S") {
        out.push(Command::NewStatement);
    }
    if item(ui, "Copy", "Ctrl C") {
        out.push(Command::Copy(slice(page.body(), range).to_owned()));
    }
    note_row(ui, page, None, out);
}

fn mention_rows(ui: &mut Ui, page: &Page<'_>, id: crate::model::AnnotationId, out: &mut Commands) {
    let Some(row) = page.view.mentions.iter().find(|row| row.id == id) else {
        return;
    };
    let target = Target::Mention(id);
    if !row.is_decided() && item(ui, "Confirm", "Enter") {
        out.push(Command::Edit(Edit::Confirm(hit::annotation(page, target))));
    }
    menu_section(ui, "Type");
    if let Some(entity_type) = types(ui, Some(row.value.entity_type)) {
        let mention = Mention {
            entity_type,
            ..row.value.clone()
        };
        let article = page.id;
        out.push(Command::Edit(Edit::ChangeMention {
            article,
            id,
            mention,
        }));
    }
    menu_section(ui, "Entity");
    if let Some(entity) = row.value.entity {
        if item(ui, "Apply to all same words in this article", "A") {
            input::choose(page, target, out);
            out.push(Command::ApplyToAll { project: false });
        }
        if item(ui, "Merge with…", "M") {
            input::open_dialog(page, target, Dialog::Merge(entity), out);
        }
        if item(ui, "Split…", "Shift M") {
            input::open_dialog(page, target, Dialog::Split(entity), out);
        }
        if item(ui, "Rename…", "F2") {
            input::open_dialog(page, target, Dialog::Rename(entity), out);
        }
    }
    if item(ui, "Link to an entity…", "L") {
        let link = Dialog::Link(hit::annotation(page, target));
        input::open_dialog(page, target, link, out);
    }
    annotation_rows(ui, page, target, out);
}

fn annotation_rows(ui: &mut Ui, page: &Page<'_>, target: Target, out: &mut Commands) {
    let annotation = hit::annotation(page, target);
    menu_section(ui, "Annotation");
    if annotation.kind == AnnotationKind::Statement && item(ui, "Edit statement", "S") {
        out.push(Command::EditStatement(annotation));
    }
    if annotation.kind != AnnotationKind::Mention && item(ui, "Confirm", "Enter") {
        out.push(Command::Edit(Edit::Confirm(annotation)));
    }
    let dated = [AnnotationKind::Timex, AnnotationKind::Statement].contains(&annotation.kind);
    if dated && item(ui, "Correct the date…", "D") {
        let dialog = Dialog::Date(ItemKey::Annotation(annotation));
        out.push(Command::ShowDialog(Some(dialog)));
    }
    if item(ui, "Reject", "X") {
        out.push(Command::Edit(Edit::Reject(annotation)));
    }
    if item(ui, "Delete", "Del") {
        out.push(Command::Edit(Edit::Delete(annotation)));
    }
    note_row(ui, page, Some(annotation), out);
}

fn note_row(ui: &mut Ui, page: &Page<'_>, on: Option<Annotation>, out: &mut Commands) {
    let words = if on.is_some() {
        "Note…"
    } else {
        "Note on the article…"
    };
    if item(ui, words, "N") {
        out.push(Command::ShowDialog(Some(Dialog::Note(page.id, on))));
    }
}

/// Returns the command that marks words by hand; blanks at their ends are left out.
pub(crate) fn add_mention(
    page: &Page<'_>,
    range: TextRange,
    entity_type: EntityType,
    entity: Option<EntityId>,
) -> Command {
    Command::Edit(Edit::AddMention {
        article: page.id,
        mention: Mention {
            range: trimmed(page.body(), range),
            kind: MentionKind::Name,
            entity_type,
            entity,
            metonym: false,
        },
    })
}

fn trimmed(body: &str, range: TextRange) -> TextRange {
    let words = slice(body, range);
    let size = |len: usize| crate::model::TextSize::try_from(len).unwrap_or_default();
    let front = size(words.len() - words.trim_start().len());
    let len = size(words.trim().len());
    TextRange::at(range.start() + front, len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_at_the_ends_are_no_part_of_a_mention() {
        let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
        assert_eq!(trimmed("in  Iran , ", range(2, 9)), range(4, 8));
        assert_eq!(trimmed("Iran", range(0, 4)), range(0, 4));
    }
}
