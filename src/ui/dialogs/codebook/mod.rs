//! The codebook: issues with their phrases, groups of phrases that wait for a name, acts, own fields;
//! each with a colour and a key where the person gives one.
//!
//! A phrase joined to an issue takes later articles with it; joined *turned*, its support counts as
//! oppose. What is only suggested becomes the person's once it is saved.

mod acts;
mod fields;
mod groups;
mod issues;
mod look;

use egui::{Align, Context, Layout, Ui, UiBuilder, vec2};

use crate::app::{Command, Commands};
use crate::model::Codebook;
use crate::ui::dialogs::{Form, Shown};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{Button, DialogFrame, dialog_title, segmented};

/// Width of the list at the left.
const LIST: f32 = 330.0;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Page {
    /// Issues.
    #[default]
    Issues,
    /// Groups of phrases without a name.
    Groups,
    /// Own fields.
    Fields,
    /// Acts.
    Acts,
}

/// What the dialog remembers while it is open.
#[derive(Default)]
pub(super) struct CodebookForm {
    page: Page,
    issues: issues::InHand,
    groups: groups::InHand,
    field: fields::InHand,
    act: acts::InHand,
}

pub(super) fn ui(ctx: &Context, shown: Shown<'_>, form: &mut Form, out: &mut Commands) -> bool {
    form.codebook.groups.read(shown);
    let (inside, beside) = DialogFrame::new("Codebook", 920.0).show(ctx, |ui| {
        let close = dialog_title(ui, "Codebook");
        ui.add_space(4.0);
        let groups = match form.codebook.groups.count() {
            0 => "Groups".to_owned(),
            count => format!("Groups to name {count}"),
        };
        let pages = [
            (Page::Issues, "Issues"),
            (Page::Groups, groups.as_str()),
            (Page::Acts, "Acts"),
            (Page::Fields, "Own fields"),
        ];
        if let Some(page) = segmented(ui, "Parts of the codebook", form.codebook.page, &pages) {
            form.codebook.page = page;
        }
        ui.add_space(12.0);
        match form.codebook.page {
            Page::Issues => issues::show(ui, shown, form, out),
            Page::Groups => groups::show(ui, shown, &mut form.codebook.groups, out),
            Page::Acts => acts::show(ui, shown, &mut form.codebook.act, out),
            Page::Fields => fields::show(ui, shown, &mut form.codebook.field, out),
        }
        files_ui(ui, shown, out);
        close
    });
    inside || beside
}

/// The codebook as a file, from and to others.
fn files_ui(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let some = shown.snap.project.codebook != Codebook::default();
    ui.add_space(10.0);
    let row = vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let export = ui.add(Button::secondary("Export codebook…").enabled(some));
        if some && export.clicked() {
            out.push(Command::SaveCodebook);
        }
        if ui.add(Button::secondary("Import codebook…")).clicked() {
            out.push(Command::PickCodebook);
        }
    });
}

/// Splits the page into the list at the left and what is chosen from it.
fn halves(ui: &mut Ui) -> (Ui, Ui) {
    let high = (ui.ctx().content_rect().height() - 302.0).clamp(200.0, 620.0);
    let size = vec2(ui.available_width(), high);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let (left, right) = rect.split_left_right_at_x(rect.left() + LIST);
    let list = ui.new_child(UiBuilder::new().max_rect(left).id_salt("list"));
    let room = right.with_min_x(right.left() + 24.0);
    let detail = ui.new_child(UiBuilder::new().max_rect(room).id_salt("detail"));
    (list, detail)
}

/// Words over a field.
fn label(ui: &mut Ui, words: &str) {
    said(ui, words, 12.5);
}

/// A sentence that explains.
fn said(ui: &mut Ui, words: &str, size: f32) {
    let colour = Theme::of(ui).ink2;
    let text = egui::RichText::new(words).font(Face::Ui.font(size));
    ui.label(text.color(colour));
}
