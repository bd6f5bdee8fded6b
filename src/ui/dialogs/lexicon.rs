//! The project's own lexicon: rules that always or never hold, names that may be one, files.

use egui::{Align, Context, Layout, ScrollArea, Ui};

use crate::analysis::look_alikes;
use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{EntityId, Rule, RuleId};
use crate::ui::dialogs::{Form, Shown, field_id, focus_first, people};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{Button, Completion, DialogFrame, complete, dialog_title, text_field};
use crate::ui::words;

const ROW: f32 = 34.0;

pub(super) fn ui(ctx: &Context, shown: Shown<'_>, form: &mut Form, out: &mut Commands) -> bool {
    let (inside, beside) = DialogFrame::new("Lexicon", 720.0).show(ctx, |ui| {
        let rules = rows(shown);
        let title = format!("Lexicon: {}", words::count(rules.len(), "rule", "rules"));
        let close = dialog_title(ui, &title);
        explain(
            ui,
            "Rules hold in all articles and in those to come. What you decided is not touched.",
        );
        new_rule_ui(ui, shown, form, out);
        alike_ui(ui, shown, out);
        rules_ui(ui, &rules, out);
        files_ui(ui, !rules.is_empty(), out);
        close
    });
    inside || beside
}

fn explain(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let format = Face::Ui.format(14.0, 20.0, theme.ink2);
    ui.label(job(text, format, ui.available_width()));
    ui.add_space(8.0);
}

/// Rules in words, sorted; splits of single mentions are none.
fn rows(shown: Shown<'_>) -> Vec<(String, RuleId)> {
    let name = |id: &EntityId| {
        let own = shown.snap.project.entities.get(id);
        own.map_or_else(|| shown.snap.view.entity_name(*id), |own| &own.value.name)
            .to_owned()
    };
    let words = |rule: &Rule| match rule {
        Rule::Alias { text, entity, .. } => Some(format!("“{text}” always names {}", name(entity))),
        Rule::Never { text } => Some(format!("“{text}” never names anything")),
        Rule::SameEntity { merged, into } => Some(format!("{} is {}", name(merged), name(into))),
        Rule::NotSame { left, right } => Some(format!("{} is not {}", name(left), name(right))),
        Rule::InArticle { .. } => None,
    };
    let rules = shown.snap.project.rules.iter();
    let mut rows: Vec<_> = rules
        .filter_map(|(id, rule)| Some((words(rule)?, *id)))
        .collect();
    rows.sort();
    rows
}

fn new_rule_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut Form, out: &mut Commands) {
    focus_first(ui, form, "rule words");
    let width = ui.available_width();
    let half = (width - 12.0) / 2.0;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            label(ui, "Words");
            let id = field_id("rule words");
            text_field(
                ui,
                id,
                &mut form.more,
                "Words",
                "As they stand in the text",
                half,
            );
        });
        ui.vertical(|ui| {
            label(ui, "Entity");
            let find = |typed: &str| people::entities(shown, typed, None, 8);
            let id = field_id("entity");
            let (response, taken) = complete(ui, id, &mut form.text, "Entity", half, find);
            if response.changed() {
                let typed = form.text.trim().to_lowercase();
                let same = |row: &Completion<EntityId>| row.words.to_lowercase() == typed;
                let rows = people::entities(shown, &form.text, None, 8);
                form.entity = rows.iter().find(|row| same(row)).map(|row| row.value);
            }
            form.entity = taken.or(form.entity);
        });
    });
    ui.add_space(8.0);
    let text = form.more.trim().to_owned();
    ui.horizontal(|ui| {
        let can = !text.is_empty() && form.entity.is_some();
        let always = ui.add(Button::secondary("Always this entity").enabled(can));
        if let Some(entity) = form.entity.filter(|_| can && always.clicked()) {
            let kind = shown.snap.view.entity_type(entity);
            if let Some(entity_type) = kind {
                out.push(Command::Edit(Edit::AddRule(Rule::Alias {
                    text: text.clone(),
                    entity,
                    entity_type,
                })));
                clear(form);
            }
        }
        let never = ui.add(Button::secondary("Never a name").enabled(!text.is_empty()));
        if never.clicked() && !text.is_empty() {
            out.push(Command::Edit(Edit::AddRule(Rule::Never { text })));
            clear(form);
        }
    });
    ui.add_space(8.0);
}

/// What stands over a field.
fn label(ui: &mut Ui, words: &str) {
    let text = egui::RichText::new(words).font(Face::Ui.font(12.5));
    ui.label(text.color(Theme::of(ui).ink2));
}

fn clear(form: &mut Form) {
    form.more.clear();
    form.text.clear();
    form.entity = None;
}

/// People whose names may be two spellings of one.
fn alike_ui(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let pairs = look_alikes(&shown.snap.project, &shown.snap.view);
    for (left, right) in pairs.into_iter().take(5) {
        let name = |id| shown.snap.view.entity_name(id);
        let question = format!("{} and {}: one person?", name(left), name(right));
        ui.horizontal(|ui| {
            ui.set_min_height(ROW);
            let theme = Theme::of(ui);
            let width = (ui.available_width() - 220.0).max(80.0);
            ui.label(job(
                &question,
                Face::Ui.format(14.0, 20.0, theme.ink),
                width,
            ));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui
                    .add(Button::secondary("Keep apart").height(28.0))
                    .clicked()
                {
                    out.push(Command::Edit(Edit::NotSame { left, right }));
                }
                if ui.add(Button::secondary("Merge").height(28.0)).clicked() {
                    let (merged, into) = (vec![right], left);
                    out.push(Command::Edit(Edit::MergeEntities { merged, into }));
                }
            });
        });
    }
}

fn rules_ui(ui: &mut Ui, rules: &[(String, RuleId)], out: &mut Commands) {
    let most = (ui.ctx().content_rect().height() - 460.0).max(120.0);
    let area = ScrollArea::vertical()
        .max_height(most)
        .auto_shrink([false, true]);
    area.show_rows(ui, ROW, rules.len(), |ui, range| {
        for (words, id) in rules.get(range).unwrap_or_default() {
            ui.horizontal(|ui| {
                ui.set_min_height(ROW);
                let theme = Theme::of(ui);
                let width = (ui.available_width() - 60.0).max(80.0);
                ui.label(job(words, Face::Ui.format(14.0, 20.0, theme.ink), width));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let label = format!("Remove the rule {words}");
                    let button = Button::icon_only(icons::X, &label).height(28.0);
                    if ui.add(button).clicked() {
                        out.push(Command::Edit(Edit::RemoveRule(*id)));
                    }
                });
            });
        }
    });
}

fn files_ui(ui: &mut Ui, some: bool, out: &mut Commands) {
    ui.add_space(12.0);
    let row = egui::vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let export = ui.add(Button::secondary("Export rules…").enabled(some));
        if some && export.clicked() {
            out.push(Command::SaveLexicon);
        }
        if ui.add(Button::secondary("Import rules…")).clicked() {
            out.push(Command::PickLexicon);
        }
    });
}
