//! The menu of a mark: go there, correct, decide, note, choose its days.

use egui::{Id, Popup, Response, Ui};

use crate::analysis::{ItemKind, TimelineItem};
use crate::app::{Command, Commands, Dialog};
use crate::edit::Edit;
use crate::model::{Annotation, AnnotationKind, DateSpan};
use crate::ui::theme::Theme;
use crate::ui::timeline::marks::{annotation, go_to};
use crate::ui::timeline::{Shown, brush};
use crate::ui::widgets::{MenuItem, menu_item};

/// The menu's own place in memory: the list of a crowd has the usual one.
fn id(mark: &Response) -> Id {
    mark.id.with("context menu")
}

/// Shows the menu on a right click.
pub(super) fn context_ui<'a>(
    mark: &Response,
    shown: Shown<'_>,
    items: impl Fn() -> Vec<&'a TimelineItem>,
    out: &mut Commands,
) {
    if !mark.secondary_clicked() && !Popup::is_id_open(&mark.ctx, id(mark)) {
        return;
    }
    let theme = Theme::pick(mark.ctx.theme() == egui::Theme::Dark);
    Popup::context_menu(mark)
        .id(id(mark))
        .accessible_name("What to do with the mark")
        .frame(theme.card().inner_margin(6))
        .show(|ui| {
            ui.set_width(220.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let items = items();
            if let [item] = items.as_slice() {
                one_ui(ui, item, out);
            }
            all_ui(ui, shown, &items, out);
        });
}

fn row(ui: &mut Ui, words: &str) -> bool {
    let item = MenuItem {
        words,
        ..MenuItem::default()
    };
    menu_item(ui, item).clicked()
}

fn one_ui(ui: &mut Ui, item: &TimelineItem, out: &mut Commands) {
    let Some(at) = annotation(item.kind) else {
        if row(ui, "Open the article") {
            out.push(go_to(item.kind));
        }
        return;
    };
    if row(ui, "Go to the sentence") {
        out.push(go_to(item.kind));
    }
    if at.kind == AnnotationKind::Statement && row(ui, "Correct the date…") {
        out.push(Command::Select(Some(at)));
        out.push(Command::EditStatement(at));
    }
    if row(ui, "Note…") {
        out.push(Command::ShowDialog(Some(Dialog::Note(
            at.article,
            Some(at),
        ))));
    }
}

fn all_ui(ui: &mut Ui, shown: Shown<'_>, items: &[&TimelineItem], out: &mut Commands) {
    let statements = || {
        items
            .iter()
            .filter(|item| matches!(item.kind, ItemKind::Statement(_)))
    };
    let open: Vec<Annotation> = statements()
        .filter(|item| !item.decided)
        .filter_map(|item| annotation(item.kind))
        .collect();
    let all: Vec<Annotation> = statements()
        .filter_map(|item| annotation(item.kind))
        .collect();
    let many = |verb: &str, count: usize| {
        if items.len() == 1 {
            verb.to_owned()
        } else {
            format!("{verb} {count}")
        }
    };
    if !open.is_empty() && row(ui, &many("Confirm", open.len())) {
        out.push(Command::Edit(Edit::ConfirmMany(open)));
    }
    if !all.is_empty() && row(ui, &many("Reject", all.len())) {
        out.push(Command::Edit(Edit::RejectMany(all)));
    }
    let spans = || items.iter().map(|item| item.when.span());
    let first = spans().map(|span| span.first).min();
    let last = spans().map(|span| span.last).max();
    if let (Some(first), Some(last)) = (first, last)
        && row(ui, "Only these days")
    {
        brush::set(Some(DateSpan { first, last }), shown.view_state, out);
    }
}
