//! Dates that a person corrects, and entries that no article dates.

use egui::{Context, Ui};
use jiff::civil::Date;

use crate::analysis::{StatementRef, date_words, value_words};
use crate::app::{Command, Commands, Dialog, EntryForm, TypedDate, typed_date};
use crate::edit::Edit;
use crate::model::{
    Annotation, AnnotationKind, ArticleMeta, ArticleState, DateSource, Dct, DctSource, Entry,
    EntryId, ItemKey, Modifier, Statement, StatementDate, TextRange, Timex, TimexClass, TimexValue,
};
use crate::ui::dialogs::people::form_buttons;
use crate::ui::dialogs::{Form, Shown, field_id, focus_first};
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{
    Button, Completion, DialogFrame, complete, dialog_title, link, text_field, text_field_lines,
};

/// Fields of the form of an entry.
#[derive(Default)]
pub(super) struct EntryFields {
    lane: String,
    note: String,
    /// Whether the title does not always stand beside the mark.
    loose: bool,
}

const HINT: &str = "12 March 2026, March 2026, early 2025, since 3 March 2026";

/// What a date is set on.
enum On<'a> {
    Statement(&'a Statement),
    Time(&'a Timex),
    Published(Date),
}

fn on<'a>(shown: Shown<'a>, item: ItemKey) -> Option<(&'a ArticleState, On<'a>)> {
    let state = shown.snap.project.articles.get(&item.article()?)?;
    let on = match item {
        ItemKey::Annotation(Annotation {
            article,
            kind: AnnotationKind::Statement,
            id,
        }) => On::Statement(
            &shown
                .snap
                .view
                .statement(StatementRef { article, id })?
                .value,
        ),
        ItemKey::Annotation(at) => {
            let rows = &shown.snap.view.articles.get(&at.article)?.timexes;
            On::Time(&rows.iter().find(|row| row.id == at.id)?.value)
        }
        ItemKey::Publication(_) => On::Published(state.article.meta.dct?.date),
        ItemKey::Entry(_) => return None,
    };
    Some((state, on))
}

impl On<'_> {
    /// The date as it stands.
    fn now(&self) -> String {
        match self {
            Self::Statement(statement) => statement
                .date
                .as_ref()
                .map(|date| value_words(&date.value, date.modifier))
                .unwrap_or_default(),
            Self::Time(timex) => value_words(&timex.value, timex.modifier),
            Self::Published(day) => date_words(*day),
        }
    }

    fn title(&self, state: &ArticleState) -> String {
        match self {
            Self::Statement(_) => "Date of the statement".to_owned(),
            Self::Time(timex) => {
                let words = state.article.slice(timex.range).split_whitespace();
                format!("Date of “{}”", words.collect::<Vec<_>>().join(" "))
            }
            Self::Published(_) => "Date of publication".to_owned(),
        }
    }

    fn explains(&self) -> &'static str {
        match self {
            Self::Statement(_) => {
                "Only this statement moves. To move all that hangs on the words, correct the words."
            }
            Self::Time(_) => {
                "What was counted from these words is counted anew; dates that a person set stay."
            }
            Self::Published(_) => "What is counted from the publication is counted anew.",
        }
    }

    fn edit(&self, item: ItemKey, state: &ArticleState, typed: Option<TypedDate>) -> Option<Edit> {
        let article = state.article.id;
        match (self, item) {
            (Self::Statement(statement), ItemKey::Annotation(at)) => {
                let mut statement = Statement::clone(statement);
                statement.date = typed.map(|TypedDate { value, modifier }| StatementDate {
                    value,
                    modifier,
                    source: DateSource::Person,
                });
                Some(Edit::ChangeStatement {
                    article,
                    id: at.id,
                    statement: Box::new(statement),
                })
            }
            (Self::Time(timex), ItemKey::Annotation(at)) => {
                let TypedDate { value, modifier } = typed?;
                let class = if value.0.contains('T') {
                    TimexClass::Time
                } else {
                    TimexClass::Date
                };
                let timex = Timex {
                    class,
                    value,
                    modifier,
                    quant: None,
                    freq: None,
                    anchor: None,
                    points: None,
                    ..Timex::clone(timex)
                };
                Some(Edit::ChangeTimex {
                    article,
                    id: at.id,
                    timex,
                })
            }
            (Self::Published(_), _) => {
                let date = typed?.value.span().filter(|span| span.is_day())?.first;
                let source = DctSource::Person;
                let meta = ArticleMeta {
                    dct: Some(Dct { date, source }),
                    ..state.article.meta.clone()
                };
                Some(Edit::SetMeta { article, meta })
            }
            _ => None,
        }
    }
}

/// The form that corrects the date of a statement, a time expression or a publication.
pub(super) fn date_ui(
    ctx: &Context,
    shown: Shown<'_>,
    item: ItemKey,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let Some((state, on)) = on(shown, item) else {
        return true;
    };
    if form.fresh {
        form.text = on.now();
    }
    let title = on.title(state);
    let (inside, beside) = DialogFrame::new("Date", 560.0).show(ctx, |ui| {
        let closed = dialog_title(ui, &title);
        let mut away = false;
        quote_ui(ui, state, &on);
        words(ui, on.explains());
        if let On::Statement(statement) = &on {
            away = dating_ui(ui, shown, item, statement, out);
        }
        ui.add_space(8.0);
        focus_first(ui, form, "date");
        let dct = state.article.meta.dct.map(|dct| dct.date);
        let typed = date_field(ui, &mut form.text, dct);
        let none = form.text.trim().is_empty() && matches!(on, On::Statement(_));
        let edit = (typed.is_some() || none)
            .then(|| on.edit(item, state, typed))
            .flatten();
        let button = if none {
            "Take the date away"
        } else {
            "Set date"
        };
        let changed = form.text.trim() != on.now();
        let (done, cancelled) = form_buttons(ui, button, edit.is_some() && changed);
        if done && let Some(edit) = edit {
            out.push(Command::Edit(edit));
        }
        done || cancelled || closed || away
    });
    // The way to the expression's form opens that one.
    (inside || beside) && !out.shows_dialog()
}

/// Shows the sentence that the date stands in.
fn quote_ui(ui: &mut Ui, state: &ArticleState, on: &On<'_>) {
    let sentence = match on {
        On::Statement(statement) => statement.evidence.sentence,
        On::Time(timex) => state
            .tokens
            .sentence_at(timex.range)
            .map_or(timex.range, |sentence| sentence.range),
        On::Published(_) => {
            words(ui, &state.article.meta.title);
            return;
        }
    };
    let theme = Theme::of(ui);
    let body = state.article.slice(sentence).replace('\n', " ");
    let format = Face::Read.format(15.0, 22.0, theme.ink);
    let width = ui.available_width();
    let job = crate::ui::widgets::line_job(ui.painter(), &body, format, width, 6);
    ui.label(job);
    ui.add_space(6.0);
}

/// Offers to correct the expression that dates a statement; returns whether that was taken.
fn dating_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    item: ItemKey,
    statement: &Statement,
    out: &mut Commands,
) -> bool {
    let Some(article) = item.article() else {
        return false;
    };
    let Some(state) = shown.snap.project.articles.get(&article) else {
        return false;
    };
    let Some(view) = shown.snap.view.articles.get(&article) else {
        return false;
    };
    let sentence = statement.evidence.sentence;
    let inside = |range: TextRange| sentence.contains_range(range);
    let dated = |timex: &Timex| timex.value.span().is_some() && inside(timex.range);
    let mut taken = false;
    ui.horizontal_wrapped(|ui| {
        for row in view.timexes.iter().filter(|row| dated(&row.value)).take(4) {
            let words = state.article.slice(row.value.range).split_whitespace();
            let words = words.collect::<Vec<_>>().join(" ");
            let label = format!("Correct “{words}” instead");
            if link(ui, &label, 14.0).clicked() {
                let at = Annotation {
                    article,
                    kind: AnnotationKind::Timex,
                    id: row.id,
                };
                let dialog = Dialog::Date(ItemKey::Annotation(at));
                out.push(Command::ShowDialog(Some(dialog)));
                taken = true;
            }
        }
    });
    taken
}

fn words(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let format = Face::Ui.format(14.0, 20.0, theme.ink2);
    ui.label(job(text, format, ui.available_width()));
}

/// A field for a date, with what it was read as.
fn date_field(ui: &mut Ui, text: &mut String, dct: Option<Date>) -> Option<TypedDate> {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    text_field(ui, field_id("date"), text, "Date", HINT, width);
    let typed = typed_date(text, dct);
    let (line, ink) = match &typed {
        Some(date) => (format!("Stands at {}", standing(date)), theme.ink2),
        None if text.trim().is_empty() => (format!("Such as {HINT}"), theme.ink3),
        None => ("This is not read as a date".to_owned(), theme.err),
    };
    let text = egui::RichText::new(line)
        .font(Face::Ui.font(12.5))
        .color(ink);
    ui.label(text);
    typed
}

fn standing(date: &TypedDate) -> String {
    let when = crate::analysis::When::new(&date.value, date.modifier);
    when.map(crate::analysis::When::words).unwrap_or_default()
}

/// The form of an entry.
pub(super) fn entry_ui(
    ctx: &Context,
    shown: Shown<'_>,
    wanted: &EntryForm,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let id = match wanted {
        EntryForm::New(..) => None,
        EntryForm::Change(id) => Some(*id),
    };
    if id.is_some_and(|id| !shown.snap.project.entries.contains_key(&id)) {
        return true;
    }
    if form.fresh {
        fill(shown, wanted, form);
    }
    let (inside, beside) = DialogFrame::new("Entry", 560.0).show(ctx, |ui| {
        let title = match id {
            None => "New entry on the timeline",
            Some(_) => "Entry on the timeline",
        };
        let closed = dialog_title(ui, title);
        words(ui, "For what no article dates. It counts in no chart.");
        ui.add_space(8.0);
        let typed = fields_ui(ui, shown, form);
        let mut deleted = false;
        if let Some(id) = id {
            ui.add_space(8.0);
            if ui.add(Button::secondary("Delete the entry")).clicked() {
                out.push(Command::Edit(Edit::RemoveEntry(id)));
                deleted = true;
            }
        }
        let can = !form.text.trim().is_empty() && typed.is_some();
        let button = if id.is_some() {
            "Save entry"
        } else {
            "Add entry"
        };
        let (done, cancelled) = form_buttons(ui, button, can);
        if done && let Some(typed) = typed {
            out.push(Command::Edit(edit(id, form, typed)));
        }
        done || cancelled || closed || deleted
    });
    inside || beside
}

fn fill(shown: Shown<'_>, wanted: &EntryForm, form: &mut Form) {
    match wanted {
        EntryForm::New(day, lane) => {
            form.more = day.map(date_words).unwrap_or_default();
            form.entry.lane.clone_from(lane);
        }
        EntryForm::Change(id) => {
            if let Some(entry) = shown.snap.project.entries.get(id) {
                form.text.clone_from(&entry.title);
                form.more = value_words(&entry.value, entry.modifier);
                form.entry.lane.clone_from(&entry.lane);
                form.entry.note.clone_from(&entry.note);
                let look = shown.snap.project.looks.get(&ItemKey::Entry(*id));
                form.entry.loose = !look.is_some_and(|look| look.pinned);
            }
        }
    }
}

fn label(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    let text = egui::RichText::new(words)
        .font(Face::Ui.font(12.5))
        .color(theme.ink2);
    ui.label(text);
}

fn fields_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut Form) -> Option<TypedDate> {
    let width = ui.available_width();
    focus_first(ui, form, "title");
    label(ui, "Title");
    text_field(
        ui,
        field_id("title"),
        &mut form.text,
        "Title",
        "What happened",
        width,
    );
    label(ui, "Date");
    let typed = date_field(ui, &mut form.more, None);
    label(ui, "Lane");
    let find = |typed: &str| lanes(shown, typed);
    complete(
        ui,
        field_id("lane"),
        &mut form.entry.lane,
        "Lane",
        width,
        find,
    );
    label(ui, "Note");
    text_field_lines(ui, field_id("note"), &mut form.entry.note, "Note", width, 3);
    let mut pinned = !form.entry.loose;
    ui.checkbox(&mut pinned, "Always show its title");
    form.entry.loose = !pinned;
    typed
}

/// Names of lanes that begin as typed: actors first, then lanes of other entries.
fn lanes(shown: Shown<'_>, typed: &str) -> Vec<Completion<()>> {
    let typed = typed.trim().to_lowercase();
    // Enter in an empty field is the dialog's.
    if typed.is_empty() {
        return Vec::new();
    }
    let view = &shown.snap.view;
    let counts = shown.snap.facets();
    let mut actors: Vec<_> = view.entities.iter().collect();
    actors.retain(|(id, _)| counts.holder(**id) > 0);
    actors.sort_by_key(|(id, _)| std::cmp::Reverse(counts.holder(**id)));
    let actors = actors
        .into_iter()
        .map(|(_, row)| (row.entity.name.clone(), Some(row.entity.entity_type)));
    let entries = shown.snap.project.entries.values();
    let mut own: Vec<String> = entries.map(|entry| entry.lane.clone()).collect();
    own.sort();
    own.dedup();
    let own = own.into_iter().map(|name| (name, None));
    let mut seen = std::collections::BTreeSet::new();
    actors
        .chain(own)
        .filter(|(name, _)| !name.is_empty() && name.to_lowercase().contains(&typed))
        .filter(|(name, _)| seen.insert(name.to_lowercase()))
        .take(8)
        .map(|(words, badge)| Completion {
            value: (),
            words,
            badge: badge.map(Into::into),
            right: String::new(),
        })
        .collect()
}

fn edit(id: Option<EntryId>, form: &Form, typed: TypedDate) -> Edit {
    let (value, modifier): (TimexValue, Option<Modifier>) = (typed.value, typed.modifier);
    let entry = Entry {
        title: form.text.trim().to_owned(),
        value,
        modifier,
        lane: form.entry.lane.trim().to_owned(),
        note: form.entry.note.trim().to_owned(),
    };
    let pinned = !form.entry.loose;
    match id {
        None => Edit::AddEntry { entry, pinned },
        Some(id) => Edit::SetEntry { id, entry, pinned },
    }
}
