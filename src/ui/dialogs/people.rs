//! Merging, linking, renaming and splitting entities.

use egui::{Align, Context, Layout, ScrollArea, Ui};

use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Alias, Annotation, AnnotationKind, Entity, EntityId, Mention};
use crate::ui::dialogs::{Form, Shown, enter, field_id, focus_first};
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{
    Button, Completion, DialogFrame, MenuItem, complete, dialog_title, menu_item, text_field,
};
use crate::ui::words;

/// Returns entities whose name or alias holds what was typed: names that begin with it first, then
/// the most mentioned.
pub(super) fn entities(
    shown: Shown<'_>,
    typed: &str,
    without: Option<EntityId>,
    most: usize,
) -> Vec<Completion<EntityId>> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<_> = shown
        .snap
        .view
        .entities
        .iter()
        .filter(|(id, _)| Some(**id) != without)
        .filter_map(|(id, row)| {
            let name = row.entity.name.to_lowercase();
            let alias = |alias: &Alias| alias.text.to_lowercase().contains(&wanted);
            let rank = if name.starts_with(&wanted) {
                0
            } else if name.contains(&wanted) {
                1
            } else if row.entity.aliases.iter().any(alias) {
                2
            } else {
                return None;
            };
            Some((rank, std::cmp::Reverse(row.mentions), *id, row))
        })
        .collect();
    found.sort_by_key(|(rank, mentions, id, _)| (*rank, *mentions, *id));
    let row = |(_, _, id, row): (_, _, EntityId, &crate::analysis::EntityRow)| Completion {
        value: id,
        words: row.entity.name.clone(),
        badge: Some(row.entity.entity_type.into()),
        right: words::thousands(row.mentions as usize),
    };
    found.into_iter().take(most).map(row).collect()
}

/// The buttons of a form: Cancel and the ink one; returns (done, cancelled).
pub(super) fn form_buttons(ui: &mut Ui, words: &str, can: bool) -> (bool, bool) {
    form_buttons_by(ui, (words, &["Enter"]), can)
}

/// The same, with the keys that press the ink one.
pub(super) fn form_buttons_by(
    ui: &mut Ui,
    (words, caps): (&str, &[&str]),
    can: bool,
) -> (bool, bool) {
    ui.add_space(16.0);
    let row = egui::vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let ink = Button::primary(words).caps(caps).enabled(can);
        let done = (ui.add(ink).clicked() || enter(ui)) && can;
        let cancelled = ui.add(Button::secondary("Cancel")).clicked();
        (done, cancelled)
    })
    .inner
}

fn explain(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let format = Face::Ui.format(14.0, 20.0, theme.ink2);
    ui.label(job(text, format, ui.available_width()));
    ui.add_space(8.0);
}

fn pick(ui: &mut Ui, shown: Shown<'_>, without: Option<EntityId>, form: &mut Form) {
    focus_first(ui, form, "entity");
    let width = ui.available_width();
    let id = field_id("entity");
    let find = |typed: &str| entities(shown, typed, without, 8);
    let (response, taken) = complete(ui, id, &mut form.text, "Entity", width, find);
    if response.changed() {
        let typed = form.text.trim().to_lowercase();
        let same = |row: &Completion<EntityId>| row.words.to_lowercase() == typed;
        let rows = entities(shown, &form.text, without, 8);
        form.entity = rows.iter().find(|row| same(row)).map(|row| row.value);
    }
    form.entity = taken.or(form.entity);
    let typed = form.text.trim();
    if !typed.is_empty() && form.entity.is_none() && entities(shown, typed, without, 1).is_empty() {
        ui.add_space(4.0);
        explain(ui, "Nobody in this project has such a name.");
    }
}

pub(super) fn merge_ui(
    ctx: &Context,
    shown: Shown<'_>,
    entity: EntityId,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let name = shown.snap.view.entity_name(entity).to_owned();
    let (inside, beside) = DialogFrame::new("Merge", 480.0).show(ctx, |ui| {
        let closed = dialog_title(ui, &format!("Merge “{name}” with…"));
        explain(
            ui,
            "Both are one from now on, in all articles and in those to come.",
        );
        pick(ui, shown, Some(entity), form);
        let words = match form.entity {
            Some(into) => format!("Merge into {}", shown.snap.view.entity_name(into)),
            None => "Merge".to_owned(),
        };
        let (done, cancelled) = form_buttons(ui, &words, form.entity.is_some());
        if let Some(into) = form.entity.filter(|_| done) {
            let merged = vec![entity];
            out.push(Command::Edit(Edit::MergeEntities { merged, into }));
        }
        done || cancelled || closed
    });
    inside || beside
}

fn mention(shown: Shown<'_>, at: Annotation) -> Option<Mention> {
    let view = shown.snap.view.articles.get(&at.article)?;
    let row = view.mentions.iter().find(|row| row.id == at.id)?;
    Some(row.value.clone())
}

pub(super) fn link_ui(
    ctx: &Context,
    shown: Shown<'_>,
    at: Annotation,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let Some(mention) = mention(shown, at) else {
        return true;
    };
    let Some(state) = shown.snap.project.articles.get(&at.article) else {
        return true;
    };
    let text = state.article.slice(mention.range).to_owned();
    let (inside, beside) = DialogFrame::new("Link to an entity", 480.0).show(ctx, |ui| {
        let closed = dialog_title(ui, &format!("Whom does “{text}” name?"));
        explain(ui, "Only here. To join all of both, merge them.");
        pick(ui, shown, None, form);
        let (done, cancelled) = form_buttons(ui, "Link", form.entity.is_some());
        if done {
            out.push(Command::Edit(Edit::ChangeMention {
                article: at.article,
                id: at.id,
                mention: Mention {
                    entity: form.entity,
                    ..mention.clone()
                },
            }));
        }
        done || cancelled || closed
    });
    inside || beside
}

pub(super) fn rename_ui(
    ctx: &Context,
    shown: Shown<'_>,
    entity: EntityId,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let Some(row) = shown.snap.view.entities.get(&entity) else {
        return true;
    };
    if form.fresh {
        form.text.clone_from(&row.entity.name);
    }
    let (inside, beside) = DialogFrame::new("Rename", 480.0).show(ctx, |ui| {
        let closed = dialog_title(ui, &format!("Rename “{}”", row.entity.name));
        explain(
            ui,
            "The name on charts and in lists. The text keeps its words.",
        );
        focus_first(ui, form, "name");
        let width = ui.available_width();
        text_field(ui, field_id("name"), &mut form.text, "Name", "", width);
        let name = form.text.trim();
        let can = !name.is_empty() && name != row.entity.name;
        let (done, cancelled) = form_buttons(ui, "Rename", can);
        if done {
            out.push(Command::Edit(Edit::SetEntity {
                id: entity,
                entity: renamed(&row.entity, name),
            }));
        }
        done || cancelled || closed
    });
    inside || beside
}

/// The old name stays as another one.
fn renamed(entity: &Entity, name: &str) -> Entity {
    let mut entity = entity.clone();
    let old = std::mem::replace(&mut entity.name, name.to_owned());
    entity.aliases.insert(Alias { text: old });
    entity.aliases.remove(&Alias {
        text: name.to_owned(),
    });
    entity
}

/// Mentions of an entity: words, title of the article, reference. At most 400.
fn mentions_of(shown: Shown<'_>, entity: EntityId) -> Vec<(String, String, Annotation)> {
    let mut found = Vec::new();
    for (article, view) in &shown.snap.view.articles {
        let Some(state) = shown.snap.project.articles.get(article) else {
            continue;
        };
        for row in &view.mentions {
            if row.value.entity == Some(entity) && found.len() < 400 {
                let at = Annotation {
                    article: *article,
                    kind: AnnotationKind::Mention,
                    id: row.id,
                };
                let words = state.article.slice(row.value.range).to_owned();
                found.push((words, state.article.meta.title.clone(), at));
            }
        }
    }
    found
}

pub(super) fn split_ui(
    ctx: &Context,
    shown: Shown<'_>,
    entity: EntityId,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let Some(row) = shown.snap.view.entities.get(&entity) else {
        return true;
    };
    let mentions = mentions_of(shown, entity);
    if form.fresh {
        form.ticked.extend(
            shown
                .view_state
                .selection
                .annotation
                .filter(|selected| mentions.iter().any(|(_, _, at)| at == selected)),
        );
    }
    let (inside, beside) = DialogFrame::new("Split", 560.0).show(ctx, |ui| {
        let closed = dialog_title(ui, &format!("Split “{}”", row.entity.name));
        explain(
            ui,
            "Tick the mentions that name somebody else, and say whom.",
        );
        focus_first(ui, form, "new name");
        let width = ui.available_width();
        let name = "Name of the other entity";
        text_field(ui, field_id("new name"), &mut form.more, name, name, width);
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(300.0).show_rows(
            ui,
            30.0,
            mentions.len(),
            |ui, range| {
                for (words, title, at) in mentions.get(range).unwrap_or_default() {
                    let item = MenuItem {
                        words,
                        note: &words::middle_elided(title, 40),
                        ticked: Some(form.ticked.contains(at)),
                        ..MenuItem::default()
                    };
                    if menu_item(ui, item).clicked() && !form.ticked.remove(at) {
                        form.ticked.insert(*at);
                    }
                }
            },
        );
        let name = form.more.trim();
        let some = !form.ticked.is_empty() && form.ticked.len() < row.mentions as usize;
        let words = format!(
            "Split off {}",
            words::count(form.ticked.len(), "mention", "mentions")
        );
        let (done, cancelled) = form_buttons(ui, &words, some && !name.is_empty());
        if done {
            let split = split_off(row.entity.entity_type, name, form);
            out.push(Command::Edit(split));
        }
        done || cancelled || closed
    });
    inside || beside
}

fn split_off(entity_type: crate::model::EntityType, name: &str, form: &Form) -> Edit {
    let mentions: Vec<Annotation> = form.ticked.iter().copied().collect();
    let first = mentions.first().map_or(0, |at| at.id.0);
    Edit::SplitEntity {
        mentions,
        // The same split of the same words is the same entity.
        id: EntityId::hashed(&[b"split", name.as_bytes(), &first.to_le_bytes()]),
        entity: Entity {
            name: name.to_owned(),
            entity_type,
            aliases: std::collections::BTreeSet::new(),
            roles: Vec::new(),
        },
    }
}
