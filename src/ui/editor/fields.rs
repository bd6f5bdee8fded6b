//! The fields: a label and what is typed or chosen.

use std::collections::BTreeMap;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Color32, Id, Key, Modifiers, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::StatementDraft;
use crate::model::{Act, CODE_KEYS, EntityId, Factuality, IssueId, Polarity, TextRange, slice};
use crate::ui::editor::draft::{
    Field, date_words, next_guess, party, set_act, set_by_key, set_date, set_issue, set_party,
    sides,
};
use crate::ui::editor::{Desk, EditorState, own};
use crate::ui::reader::label::entities;
use crate::ui::theme::Face;
use crate::ui::widgets::paint::Lead;
use crate::ui::widgets::{Completion, complete, paint, text_field, text_field_lines};

const LABEL: f32 = 86.0;

/// The id of a field's widget.
pub(crate) fn id(field: Field) -> Id {
    Id::unique("statement editor").with(field)
}

/// Whether a field has the keyboard.
pub(crate) fn has_focus(ui: &Ui, field: Field) -> bool {
    ui.memory(|memory| memory.has_focus(id(field)))
}

const ALL: [Field; 9] = [
    Field::Holder,
    Field::Via,
    Field::Act,
    Field::Issue,
    Field::Target,
    Field::Factuality,
    Field::Date,
    Field::Reporter,
    Field::Note,
];

/// Whether any field has it.
pub(crate) fn any_focus(ui: &Ui) -> bool {
    ALL.into_iter().any(|field| has_focus(ui, field))
}

/// `Alt` and a letter lead to a field. In a new statement, or once more, they take the next best
/// guess for it, with `Shift` the one before. Keys of the codebook set what they stand for. `Alt` and
/// `1`, `2`, `3` set the side to the target (with `Shift`, or where there is no target, on the issue).
pub(crate) fn keys(ui: &Ui, desk: &Desk<'_>, state: &mut EditorState, draft: &mut StatementDraft) {
    let back = Modifiers::ALT.plus(Modifiers::SHIFT);
    let mut set = None;
    for field in ALL {
        let before = ui.input_mut(|input| input.consume_key(back, field.key()));
        if !before && !ui.input_mut(|input| input.consume_key(Modifiers::ALT, field.key())) {
            continue;
        }
        state.focus = Some(field);
        if draft.id.is_none() || has_focus(ui, field) {
            next_guess(&desk.snap.view, draft, field, before);
            set = Some(field);
        }
    }
    let codebook = &desk.snap.project.codebook;
    for key in CODE_KEYS.chars() {
        let name = Key::from_name(key.encode_utf8(&mut [0; 4]));
        let pressed = |name| ui.input_mut(|input| input.consume_key(Modifiers::ALT, name));
        if name.is_some_and(pressed) {
            set = set_by_key(codebook, draft, key).or(set);
        }
    }
    if set.is_some() {
        state.texts = texts(desk, draft);
    }
    let alt_shift = Modifiers::ALT.plus(Modifiers::SHIFT);
    for (key, side) in [
        (Key::Num1, Polarity::Oppose),
        (Key::Num2, Polarity::Neutral),
        (Key::Num3, Polarity::Support),
    ] {
        let (issue, target) = ui.input_mut(|input| {
            let issue = input.consume_key(alt_shift, key);
            (issue, input.consume_key(Modifiers::ALT, key))
        });
        if target && draft.target.is_some() {
            draft.polarity_target = Some(side);
        } else if (issue || target) && draft.polarity_issue.is_some() {
            draft.polarity_issue = Some(side);
        }
    }
}

/// Returns the words of all fields as the draft has them.
pub(crate) fn texts(desk: &Desk<'_>, draft: &StatementDraft) -> BTreeMap<Field, String> {
    ALL.into_iter()
        .map(|field| (field, words(desk, draft, field)))
        .collect()
}

fn words(desk: &Desk<'_>, draft: &StatementDraft, field: Field) -> String {
    let name = |entity: Option<EntityId>| {
        entity.map_or_else(String::new, |id| desk.snap.view.entity_name(id).to_owned())
    };
    match field {
        Field::Holder => name(draft.holder.map(|party| party.entity)),
        Field::Via => name(draft.speaks_for),
        Field::Act => draft.act.name().to_owned(),
        Field::Issue => draft.issue_label.clone(),
        Field::Target => name(draft.target.map(|party| party.entity)),
        Field::Factuality => draft.factuality.name().to_owned(),
        Field::Date => date_words(draft.date.as_ref()).0,
        Field::Reporter => name(draft.reporter.map(|party| party.entity)),
        Field::Note => draft.note.clone(),
    }
}

/// Shows all fields; changes go to `draft`.
pub(crate) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut EditorState,
    draft: &mut StatementDraft,
) {
    entity(ui, desk, state, draft, Field::Holder);
    if draft.holder.is_none() {
        hint(ui, desk, "Pick who holds the position.");
    }
    entity(ui, desk, state, draft, Field::Via);
    act(ui, desk, state, draft);
    issue(ui, desk, state, draft);
    entity(ui, desk, state, draft, Field::Target);
    let (on_issue, to_target, name) = sides(&desk.snap.view, draft);
    row(ui, desk, "On the issue", |ui| {
        if let Some(picked) = side(ui, desk, "On the issue", on_issue) {
            draft.polarity_issue = Some(picked);
        }
    });
    row(ui, desk, &name, |ui| {
        if let Some(picked) = side(ui, desk, &name, to_target) {
            draft.polarity_target = Some(picked);
        }
    });
    factuality(ui, desk, state, draft);
    date(ui, desk, state, draft);
    entity(ui, desk, state, draft, Field::Reporter);
    note(ui, desk, state, draft);
    own::show(ui, desk, draft);
}

pub(super) fn row<R>(
    ui: &mut Ui,
    desk: &Desk<'_>,
    label: &str,
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, 32.0), Sense::hover());
        let format = Face::Ui.format(12.5, 18.0, desk.theme.ink3);
        let shown = key_of(label).filter(|_| ui.input(|input| input.modifiers.alt));
        let label = shown.map_or_else(|| label.to_owned(), |key| format!("Alt {}", key.name()));
        let job = crate::ui::theme::elided(&label, format, LABEL - 6.0, 1);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, desk.theme.ink3);
        content(ui)
    })
    .inner
}

/// The key of a field, shown in the place of its label while `Alt` is held.
fn key_of(label: &str) -> Option<Key> {
    let field = ALL.into_iter().find(|field| field.name() == label);
    field.map(Field::key)
}

pub(super) fn hint(ui: &mut Ui, desk: &Desk<'_>, words: &str) {
    row(ui, desk, "", |ui| {
        let text = egui::RichText::new(words).font(Face::Ui.font(12.5));
        ui.label(text.color(desk.theme.warn));
    });
}

/// A field that completes: the list opens once something is typed, or with ↓. Returns the response
/// and what was taken.
fn completed<T>(
    ui: &mut Ui,
    state: &mut EditorState,
    field: Field,
    settled: &str,
    find: impl FnOnce(&str) -> Vec<Completion<T>>,
) -> (Response, Option<T>) {
    let id = id(field);
    let text = state.texts.entry(field).or_default();
    let focused = ui.memory(|memory| memory.has_focus(id));
    if focused
        && text == settled
        && state.browsed != Some(field)
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown))
    {
        state.browsed = Some(field);
    }
    if !focused && state.browsed == Some(field) {
        state.browsed = None;
    }
    let browsed = state.browsed == Some(field);
    let closed = text == settled && !browsed;
    let all = text == settled;
    let width = ui.available_width();
    let before = text.clone();
    let (response, taken) = complete(ui, id, text, field.name(), width, |typed| {
        if closed {
            Vec::new()
        } else {
            find(if all { "" } else { typed })
        }
    });
    if taken.is_some() || browsed && *text != before {
        state.browsed = None;
    }
    used(ui, state, field, &response);
    (response, taken)
}

/// Notes that a field is in use; what stands in it is selected, so that typing replaces it.
fn used(ui: &Ui, state: &mut EditorState, field: Field, response: &Response) {
    if state.focus == Some(field) {
        state.focus = None;
        response.request_focus();
        select_all(ui, state, field);
    } else if response.gained_focus() && !response.clicked() {
        select_all(ui, state, field);
    }
    if response.has_focus() {
        state.active = Some(field);
    }
}

fn select_all(ui: &Ui, state: &EditorState, field: Field) {
    let count = state
        .texts
        .get(&field)
        .map_or(0, |text| text.chars().count());
    let id = id(field);
    let mut edit = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(count));
    edit.cursor.set_char_range(Some(all));
    edit.store(ui.ctx(), id);
}

fn entity(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut EditorState,
    draft: &mut StatementDraft,
    field: Field,
) {
    let settled = words(desk, draft, field);
    row(ui, desk, field.name(), |ui| {
        let find = |typed: &str| entities(&desk.snap.view, desk.view, typed, true);
        let (response, taken) = completed(ui, state, field, &settled, find);
        let kind = entity_of(draft, field).and_then(|id| desk.snap.view.entity_type(id));
        if let Some(kind) = kind {
            let at = pos2(response.rect.right() - 18.0, response.rect.center().y);
            paint::badge(ui.painter(), desk.theme, at, kind, None);
        }
        if let Some(entity) = taken {
            let party = party(desk.view, draft, entity);
            set_party(&desk.snap.view, draft, field, Some(party));
            refresh(desk, state, draft, &[field, Field::Via]);
        } else if response.lost_focus() {
            let text = state.texts.get(&field).map_or("", |text| text.trim());
            if text.is_empty() && !settled.is_empty() {
                set_party(&desk.snap.view, draft, field, None);
            }
            refresh(desk, state, draft, &[field, Field::Via]);
        }
    });
}

fn entity_of(draft: &StatementDraft, field: Field) -> Option<EntityId> {
    match field {
        Field::Holder => draft.holder.map(|party| party.entity),
        Field::Via => draft.speaks_for,
        Field::Target => draft.target.map(|party| party.entity),
        Field::Reporter => draft.reporter.map(|party| party.entity),
        Field::Act | Field::Issue | Field::Factuality | Field::Date | Field::Note => None,
    }
}

/// Takes the words of fields from the draft again.
fn refresh(desk: &Desk<'_>, state: &mut EditorState, draft: &StatementDraft, fields: &[Field]) {
    for field in fields {
        state.texts.insert(*field, words(desk, draft, *field));
    }
}

fn act(ui: &mut Ui, desk: &Desk<'_>, state: &mut EditorState, draft: &mut StatementDraft) {
    let settled = words(desk, draft, Field::Act);
    row(ui, desk, Field::Act.name(), |ui| {
        let (response, taken) =
            completed(ui, state, Field::Act, &settled, |typed| acts(desk, typed));
        right_note(ui, desk, &response, draft.act.quad().name());
        if let Some(act) = taken {
            set_act(draft, act);
        }
        if response.lost_focus() || taken.is_some() {
            refresh(desk, state, draft, &[Field::Act]);
        }
    });
    let own = desk.snap.project.codebook.acts.get(&draft.act);
    let words = own.map_or("", |own| own.definition.trim());
    defined(ui, desk, state, Field::Act, words);
}

/// Acts that begin with what was typed, those used most in the project first.
fn acts(desk: &Desk<'_>, typed: &str) -> Vec<Completion<Act>> {
    let typed = typed.trim().to_uppercase();
    let mut counts: BTreeMap<Act, usize> = BTreeMap::new();
    for (_, row) in desk.snap.view.statements() {
        *counts.entry(row.value.act).or_default() += 1;
    }
    let mut found: Vec<Act> = Act::ALL
        .into_iter()
        .filter(|act| act.name().starts_with(&typed))
        .filter(|act| offered(desk, *act) || typed == act.name())
        .collect();
    if !typed.is_empty() {
        found.sort_by_key(|act| std::cmp::Reverse(counts.get(act).copied().unwrap_or(0)));
    }
    let own = |act: Act| desk.snap.project.codebook.acts.get(&act);
    let completion = |act: Act| Completion {
        value: act,
        words: act.name().to_owned(),
        badge: own(act).and_then(|own| own.colour).map(Lead::Swatch),
        right: with_key(act.quad().name(), own(act).and_then(|own| own.key)),
    };
    found.into_iter().map(completion).collect()
}

/// Whether the codebook offers the act.
fn offered(desk: &Desk<'_>, act: Act) -> bool {
    let own = desk.snap.project.codebook.acts.get(&act);
    own.is_none_or(|own| !own.hidden)
}

/// The note at the right of a completion, with the key of the codebook.
fn with_key(note: &str, key: Option<char>) -> String {
    key.map_or_else(|| note.to_owned(), |key| format!("{note} · Alt {key}"))
}

/// What the codebook says of the value in a field, under it while the field is in use.
fn defined(ui: &mut Ui, desk: &Desk<'_>, state: &EditorState, field: Field, words: &str) {
    if state.active == Some(field) && !words.is_empty() {
        about(ui, desk, words);
    }
}

/// Words under a field.
pub(super) fn about(ui: &mut Ui, desk: &Desk<'_>, words: &str) {
    row(ui, desk, "", |ui| {
        let format = Face::Ui.format(12.5, 18.0, desk.theme.ink3);
        let width = ui.available_width();
        ui.label(crate::ui::theme::job(words, format, width));
    });
}

fn issue(ui: &mut Ui, desk: &Desk<'_>, state: &mut EditorState, draft: &mut StatementDraft) {
    let settled = draft.issue_label.clone();
    row(ui, desk, Field::Issue.name(), |ui| {
        let find = |typed: &str| issues(desk, typed);
        let (_, taken) = completed(ui, state, Field::Issue, &settled, find);
        let text = state.texts.get(&Field::Issue).cloned().unwrap_or_default();
        if let Some(id) = taken {
            set_issue(draft, &text, Some(id), draft.issue_range);
        } else if text != settled {
            let body = &desk.state.article.text.body;
            let same = |range: &TextRange| slice(body, *range) == text;
            set_issue(draft, &text, None, draft.issue_range.filter(same));
        }
    });
    let named = draft.issue.and_then(|id| {
        let known = desk.snap.view.issues.get(&id)?;
        (known.name != draft.issue_label && !draft.issue_label.is_empty()).then_some(&known.name)
    });
    let own = draft
        .issue
        .and_then(|id| desk.snap.project.codebook.issues.get(&id));
    let definition = own.map_or("", |own| own.definition.trim());
    if let Some(name) = named {
        about(ui, desk, &format!("Counts for {name}"));
    }
    defined(ui, desk, state, Field::Issue, definition);
}

fn issues(desk: &Desk<'_>, typed: &str) -> Vec<Completion<IssueId>> {
    let typed = typed.trim().to_lowercase();
    let here: std::collections::BTreeSet<IssueId> = desk
        .view
        .statements
        .iter()
        .filter_map(|row| row.value.issue.as_ref()?.issue)
        .collect();
    let mut found: Vec<_> = desk
        .snap
        .view
        .issues
        .iter()
        .filter(|(_, row)| {
            let name = row.name.to_lowercase();
            name.split(' ').any(|word| word.starts_with(&typed)) || name.starts_with(&typed)
        })
        .collect();
    let counts = desk.snap.facets();
    found.sort_by_key(|(id, row)| {
        (
            !here.contains(id),
            !row.decided,
            std::cmp::Reverse(counts.issue(**id)),
            &row.name,
        )
    });
    let key = |id: IssueId| desk.snap.project.codebook.issues.get(&id)?.key;
    let completion = |(id, row): (&IssueId, &crate::analysis::IssueRow)| Completion {
        value: *id,
        words: row.name.clone(),
        badge: row.colour.map(Lead::Swatch),
        right: with_key(&counts.issue(*id).to_string(), key(*id)),
    };
    found.into_iter().take(8).map(completion).collect()
}

fn factuality(ui: &mut Ui, desk: &Desk<'_>, state: &mut EditorState, draft: &mut StatementDraft) {
    let field = Field::Factuality;
    let settled = words(desk, draft, field);
    row(ui, desk, field.name(), |ui| {
        let find = |typed: &str| {
            let typed = typed.trim().to_lowercase();
            Factuality::ALL
                .into_iter()
                .filter(|value| value.name().starts_with(&typed))
                .map(|value| Completion {
                    value,
                    words: value.name().to_owned(),
                    badge: None,
                    right: String::new(),
                })
                .collect()
        };
        let (response, taken) = completed(ui, state, field, &settled, find);
        if let Some(value) = taken {
            draft.factuality = value;
        }
        if response.lost_focus() || taken.is_some() {
            refresh(desk, state, draft, &[field]);
        }
    });
}

fn date(ui: &mut Ui, desk: &Desk<'_>, state: &mut EditorState, draft: &mut StatementDraft) {
    let field = Field::Date;
    let (settled, source) = date_words(draft.date.as_ref());
    let mut wrong = false;
    row(ui, desk, field.name(), |ui| {
        let text = state.texts.entry(field).or_default();
        let width = ui.available_width();
        let hint = "12 March 2026, last Friday, 2026-W11";
        let response = text_field(ui, id(field), text, field.name(), hint, width);
        let typed = text.trim().to_owned();
        let dct = desk.state.article.meta.dct.map(|dct| dct.date);
        let value = crate::app::typed_date(&typed, dct);
        if response.changed() {
            match value.clone() {
                Some(value) => set_date(draft, Some(value)),
                None if typed.is_empty() => set_date(draft, None),
                None => {}
            }
        }
        wrong = !typed.is_empty() && typed != settled && value.is_none();
        if typed == settled {
            right_note(ui, desk, &response, source);
        } else if let Some(value) = value {
            right_note(ui, desk, &response, &value.value.0);
        }
        used(ui, state, field, &response);
        if response.lost_focus() && !wrong {
            refresh(desk, state, draft, &[field]);
        }
    });
    if wrong {
        hint_date(ui, desk);
    }
}

fn hint_date(ui: &mut Ui, desk: &Desk<'_>) {
    hint(ui, desk, "No date. Type a day, month, week or year.");
}

fn note(ui: &mut Ui, desk: &Desk<'_>, state: &mut EditorState, draft: &mut StatementDraft) {
    let field = Field::Note;
    row(ui, desk, field.name(), |ui| {
        let text = state.texts.entry(field).or_default();
        let width = ui.available_width();
        let response = text_field_lines(ui, id(field), text, field.name(), width, 3);
        if response.changed() {
            draft.note.clone_from(text);
        }
        if response.has_focus() {
            state.active = Some(field);
        }
    });
}

/// Words at the right end of a field.
fn right_note(ui: &Ui, desk: &Desk<'_>, field: &Response, words: &str) {
    ui.painter().text(
        pos2(field.rect.right() - 10.0, field.rect.center().y),
        egui::Align2::RIGHT_CENTER,
        words,
        Face::Ui.font(12.5),
        desk.theme.ink3,
    );
}

/// Shows oppose, neither, support with their marks; ← → choose. Greyed out without a side.
fn side(ui: &mut Ui, desk: &Desk<'_>, name: &str, current: Option<Polarity>) -> Option<Polarity> {
    const SIDES: [Polarity; 3] = [Polarity::Oppose, Polarity::Neutral, Polarity::Support];
    let theme = desk.theme;
    let width = ui.available_width();
    let mut picked = None;
    ui.spacing_mut().item_spacing.x = 0.0;
    let enabled = current.is_some();
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    for (at, polarity) in SIDES.into_iter().enumerate() {
        let on = current == Some(polarity);
        let (rect, response) = ui.allocate_exact_size(vec2(width / 3.0, 32.0), sense);
        let label = format!("{name}: {}", polarity.name());
        response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, enabled, on, &label));
        let painter = ui.painter();
        let (fill, ink) = match (on, enabled) {
            (true, _) => (theme.ink, theme.inv),
            (false, true) if response.hovered() => (theme.hov, theme.ink),
            (false, true) => (theme.well, theme.ink2),
            (false, false) => (theme.panel, theme.ink3),
        };
        let stroke = Stroke::new(1.0, theme.ctl);
        painter.rect(rect, corners(at), fill, stroke, StrokeKind::Inside);
        let galley = painter.layout_no_wrap(
            polarity.name().to_owned(),
            Face::Ui.font(13.0),
            Color32::PLACEHOLDER,
        );
        let total = 15.0 + galley.size().x;
        let left = rect.center().x - total / 2.0;
        let mark = match (on, enabled) {
            (true, _) => theme.inv,
            (false, true) => theme.polarity(polarity),
            (false, false) => theme.ink3,
        };
        paint::mark(
            painter,
            pos2(left + 4.5, rect.center().y),
            9.0,
            polarity,
            true,
            mark,
        );
        painter.galley(
            pos2(left + 15.0, rect.center().y - galley.size().y / 2.0),
            galley,
            ink,
        );
        if response.has_focus() {
            paint::focus_ring(ui.painter(), rect, 6, theme);
        }
        if response.clicked() {
            picked = Some(polarity);
        }
    }
    picked
}

fn corners(at: usize) -> egui::CornerRadius {
    let left = if at == 0 { 6 } else { 0 };
    let right = if at == 2 { 6 } else { 0 };
    egui::CornerRadius {
        nw: left,
        sw: left,
        ne: right,
        se: right,
    }
}
