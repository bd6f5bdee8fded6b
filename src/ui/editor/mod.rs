//! The statement editor: the sentence first, then its fields in the order of `Tab`.
//!
//! Every field completes what is typed; holder, target, reporter and issue can also be picked in
//! the article while their field is the one that was used last. The draft lives in the view state;
//! it becomes one operation when it is saved.

pub(crate) mod draft;
mod fields;
mod own;
mod sentence;

use std::collections::BTreeMap;

use egui::{Key, Modifiers, ScrollArea, Sense, Stroke, Ui, vec2};

use crate::analysis::ArticleView;
use crate::app::{Command, Commands, Snapshot, StatementDraft, ViewState};
use crate::model::{
    Annotation, AnnotationId, AnnotationKind, ArticleId, ArticleState, Party, TextRange, slice,
};
use crate::ui::editor::draft::{Field, set_issue, set_party};
use crate::ui::icons;
use crate::ui::reader::words;
use crate::ui::theme::{Face, Theme, job, scale};
use crate::ui::widgets::Button;

/// Width of the editor, in points.
pub const EDITOR_WIDTH: f32 = 376.0;

type Key3 = (ArticleId, Option<AnnotationId>, TextRange);

/// What the editor remembers: words being typed, the field in use.
#[derive(Default)]
pub struct EditorState {
    /// Which draft the words belong to.
    draft: Option<Key3>,
    texts: BTreeMap<Field, String>,
    /// The field that was used last: what a click in the article fills.
    active: Option<Field>,
    /// The field whose whole list was asked for with ↓.
    browsed: Option<Field>,
    /// What was selected in the last frame, to see a pick.
    seen: (Option<Annotation>, Option<TextRange>),
    /// The field that shall have the keyboard.
    focus: Option<Field>,
}

/// All that the fields read.
pub(crate) struct Desk<'a> {
    pub(crate) snap: &'a Snapshot,
    pub(crate) state: &'a ArticleState,
    pub(crate) view: &'a ArticleView,
    pub(crate) theme: &'static Theme,
}

/// Shows the editor of the draft in the view state; nothing where there is none.
pub fn editor_ui(
    ui: &mut Ui,
    snap: &Snapshot,
    view_state: &ViewState,
    state: &mut EditorState,
    out: &mut Commands,
) {
    let Some(draft) = &view_state.draft else {
        *state = EditorState::default();
        return;
    };
    let (Some(article), Some(view)) = (
        snap.project.articles.get(&draft.article),
        snap.view.articles.get(&draft.article),
    ) else {
        return;
    };
    let desk = Desk {
        snap,
        state: article,
        view,
        theme: Theme::of(ui),
    };
    let mut changed = draft.clone();
    state.begin(&desk, draft, view_state);
    fields::keys(ui, &desk, state, &mut changed);
    state.pick(ui, &desk, view_state, &mut changed);
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, desk.theme.panel);
    head(ui, &desk, draft, out);
    let footer = 64.0;
    ScrollArea::vertical()
        .id_salt("statement editor")
        .max_height((ui.available_height() - footer).max(80.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new().inner_margin(20).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 10.0);
                sentence::show(ui, &snap.view, article, &changed, out);
                rule(ui, desk.theme);
                fields::show(ui, &desk, state, &mut changed);
                provenance(ui, &desk, draft);
            });
        });
    let mut save = buttons(ui, &desk, &changed, out);
    let multiline = state.active == Some(Field::Note) && fields::has_focus(ui, Field::Note);
    let own = fields::any_focus(ui) || !ui.ctx().text_edit_focused();
    if own && !multiline && changed.holder.is_some() {
        save |= ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    }
    save |= ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter))
        && changed.holder.is_some();
    if changed != *draft {
        out.push(Command::SetDraft(Some(changed)));
    }
    if save {
        out.push(Command::SaveDraft);
    }
}

impl EditorState {
    /// Takes over a draft that was just opened.
    fn begin(&mut self, desk: &Desk<'_>, draft: &StatementDraft, view_state: &ViewState) {
        let key = (draft.article, draft.id, draft.cue);
        if self.draft == Some(key) {
            return;
        }
        let first = if draft.holder.is_none() {
            Field::Holder
        } else {
            Field::Act
        };
        let selection = &view_state.selection;
        *self = Self {
            draft: Some(key),
            texts: fields::texts(desk, draft),
            active: Some(first),
            browsed: None,
            seen: (selection.annotation, selection.text),
            focus: Some(first),
        };
    }

    /// A mention that was clicked, or words that were selected, in the article fill the field in
    /// use.
    fn pick(
        &mut self,
        ui: &Ui,
        desk: &Desk<'_>,
        view_state: &ViewState,
        draft: &mut StatementDraft,
    ) {
        if ui.input(|input| input.pointer.any_down()) {
            return;
        }
        let selection = &view_state.selection;
        let now = (selection.annotation, selection.text);
        if now == self.seen {
            return;
        }
        let before = std::mem::replace(&mut self.seen, now);
        let Some(field) = self.active else { return };
        let body = &desk.state.article.text.body;
        if now.0 != before.0
            && let Some(at) = now
                .0
                .filter(|at| at.kind == AnnotationKind::Mention && at.article == draft.article)
            && let Some(row) = desk.view.mentions.iter().find(|row| row.id == at.id)
        {
            let range = row.value.range;
            if field == Field::Issue {
                set_issue(draft, slice(body, range), None, Some(range));
            } else if let Some(entity) = row.value.entity {
                let party = Party { entity, range };
                set_party(&desk.snap.view, draft, field, Some(party));
            }
        } else if let Some(range) = now.1.filter(|range| !range.is_empty())
            && field == Field::Issue
        {
            let words: Vec<&str> = slice(body, range).split_whitespace().collect();
            set_issue(draft, &words.join(" "), None, Some(range));
        } else {
            return;
        }
        self.texts = fields::texts(desk, draft);
        self.focus = Some(field);
    }
}

fn head(ui: &mut Ui, desk: &Desk<'_>, draft: &StatementDraft, out: &mut Commands) {
    let theme = desk.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 48.0), Sense::hover());
    let inner = rect.shrink2(vec2(20.0, 8.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ui.horizontal_centered(|ui| {
            let words = if draft.id.is_some() {
                "Edit statement"
            } else {
                "New statement"
            };
            let text = egui::RichText::new(words).font(Face::UiSemibold.font(scale::HEADING.0));
            ui.label(text.color(theme.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = Button::icon_only(icons::X, "Close the editor").height(26.0);
                if ui.add(close).clicked() {
                    out.push(Command::SetDraft(None));
                }
            });
        });
    });
    let stroke = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
}

fn rule(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    let x = (rect.left() - 20.0)..=(rect.right() + 20.0);
    ui.painter()
        .hline(x, rect.center().y, Stroke::new(1.0, theme.line));
}

fn provenance(ui: &mut Ui, desk: &Desk<'_>, draft: &StatementDraft) {
    let row = draft.id.and_then(|id| desk.view.statement(id));
    let words = row.map_or_else(
        || "Yours. Type a name, or click one in the article.".to_owned(),
        |row| words::provenance(&desk.snap.project, &row.status),
    );
    ui.add_space(8.0);
    let format = Face::Ui.format(12.5, 18.0, desk.theme.ink3);
    let width = ui.available_width();
    ui.label(job(&words, format, width));
}

/// Shows save, reject and cancel; returns whether save was pressed.
fn buttons(ui: &mut Ui, desk: &Desk<'_>, draft: &StatementDraft, out: &mut Commands) -> bool {
    let mut save = false;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 60.0), Sense::hover());
    let stroke = Stroke::new(1.0, desk.theme.line);
    ui.painter().hline(rect.x_range(), rect.top(), stroke);
    let inner = rect.shrink2(vec2(20.0, 12.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ui.horizontal_centered(|ui| {
            let button = Button::primary("Save").caps(&["Enter"]);
            save = ui.add(button.enabled(draft.holder.is_some())).clicked();
            if let Some(id) = draft.id {
                let reject = Button::secondary("Reject").caps(&["X"]);
                if ui.add(reject).clicked() {
                    let annotation = Annotation {
                        article: draft.article,
                        kind: AnnotationKind::Statement,
                        id,
                    };
                    out.push(Command::SetDraft(None));
                    out.push(Command::Edit(crate::edit::Edit::Reject(annotation)));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.add(Button::ghost("Cancel")).clicked() {
                    out.push(Command::SetDraft(None));
                }
            });
        });
    });
    save
}
