//! The card of a mark: who, what, the sentence, when and how surely.

use egui::{Popup, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::{
    ItemKind, Lane, ProjectView, Row, StatementRef, TimelineItem, When, date_words, item_words,
};
use crate::app::{Commands, Snapshot};
use crate::model::{Article, DateSource, ItemLook, Statement, Swatch, TextRange};
use crate::ui::reader::text::has_right_to_left;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::Shown;
use crate::ui::timeline::marks::go_to;
use crate::ui::widgets::{self, line_job, paint};

const WIDTH: f32 = 328.0;
const MOST: usize = 3;

/// Says of a single item what its lanes (`said`) do not: *REJECT Astrany*.
pub(super) fn short_words(snap: &Snapshot, said: &[&Lane], item: &TimelineItem) -> String {
    item_words(&snap.project, &snap.view, said, item)
}

/// Returns the sentence that shows an item; a publication's title.
fn sentence(snap: &Snapshot, kind: ItemKind) -> String {
    let text = match kind {
        ItemKind::Statement(at) => {
            let article = snap.project.articles.get(&at.article);
            let row = snap.view.statement(at);
            article
                .zip(row)
                .map(|(article, row)| article.article.slice(row.value.evidence.sentence))
        }
        ItemKind::Publication(id) => {
            let article = snap.project.articles.get(&id);
            article.map(|article| article.article.meta.title.as_str())
        }
        ItemKind::Time(id, time) => {
            let article = snap.project.articles.get(&id);
            let view = snap.view.articles.get(&id);
            let row = view.and_then(|view| view.timexes.iter().find(|row| row.id == time));
            article.zip(row).map(|(article, row)| {
                let sentence = article.tokens.sentence_at(row.value.range);
                let range = sentence.map_or(row.value.range, |sentence| sentence.range);
                article.article.slice(range)
            })
        }
        ItemKind::Entry(id) => {
            let entry = snap.project.entries.get(&id);
            entry.map(|entry| entry.note.as_str())
        }
    };
    let words = text.unwrap_or_default().split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// Lists what a mark with several items stands for; a click on a row goes to its sentence.
pub(super) fn list_ui(
    mark: &Response,
    title: &str,
    shown: Shown<'_>,
    items: &[&TimelineItem],
    out: &mut Commands,
) {
    let theme = Theme::pick(mark.ctx.theme() == egui::Theme::Dark);
    Popup::menu(mark)
        .accessible_name(title)
        .frame(theme.card().inner_margin(6))
        .gap(4.0)
        .show(|ui| {
            let width = WIDTH + 60.0;
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.horizontal(|ui| {
                ui.add_space(8.0);
                small(ui, title);
            });
            let height = (ui.ctx().content_rect().height() * 0.5).max(120.0);
            let rows = ScrollArea::vertical().max_height(height);
            rows.show_rows(ui, LIST_ROW, items.len(), |ui, range| {
                ui.set_width(width);
                for item in items.get(range).unwrap_or_default() {
                    if list_row(ui, shown.snap, item) {
                        out.push(go_to(item.kind));
                        ui.close();
                    }
                }
            });
        });
}

const LIST_ROW: f32 = 46.0;

fn list_row(ui: &mut Ui, snap: &Snapshot, item: &TimelineItem) -> bool {
    let theme = Theme::of(ui);
    let size = vec2(ui.available_width(), LIST_ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let what = short_words(snap, &[], item);
    let when = item.when.words();
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, format!("{when}, {what}")));
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 5.0, theme.hov);
    }
    if matches!(item.kind, ItemKind::Statement(_)) {
        let colour = theme.polarity(item.side);
        let centre = pos2(rect.left() + 15.0, rect.top() + 14.0);
        paint::mark(painter, centre, 10.0, item.side, item.decided, colour);
    }
    let left = rect.left() + 28.0;
    let room = rect.right() - left - 8.0;
    let line = |y: f32, words: &str, face: Face, size: f32, ink| {
        let galley = widgets::line(painter, words, face.format(size, 18.0, ink), room, 1);
        painter.galley(pos2(left, rect.top() + y), galley, ink);
    };
    line(
        4.0,
        &format!("{when} · {what}"),
        Face::UiMedium,
        12.5,
        theme.ink,
    );
    line(
        23.0,
        &sentence(snap, item.kind),
        Face::Read,
        14.0,
        theme.ink2,
    );
    response.clicked()
}

/// Shows what a mark stands for.
pub(super) fn card_ui(ui: &mut Ui, snap: &Snapshot, items: &[&TimelineItem]) {
    ui.set_width(WIDTH);
    for (index, item) in items.iter().take(MOST).enumerate() {
        if index > 0 {
            ui.add_space(4.0);
            let rect = ui.available_rect_before_wrap();
            let theme = Theme::of(ui);
            ui.painter()
                .hline(rect.x_range(), rect.top(), (1.0, theme.line));
            ui.add_space(8.0);
        }
        item_ui(ui, snap, item);
    }
    if items.len() > MOST {
        let more = format!("and {} more; click for the list", items.len() - MOST);
        small(ui, &more);
    }
}

fn small(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    let text = egui::RichText::new(words)
        .font(Face::Ui.font(12.5))
        .color(theme.ink3);
    ui.label(text);
}

fn item_ui(ui: &mut Ui, snap: &Snapshot, item: &TimelineItem) {
    match item.kind {
        ItemKind::Statement(at) => {
            let article = snap.project.articles.get(&at.article);
            if let (Some(row), Some(article)) = (snap.view.statement(at), article) {
                statement_ui(ui, &snap.view, row, &article.article, item);
            }
        }
        ItemKind::Publication(id) => {
            if let Some(article) = snap.project.articles.get(&id) {
                let meta = &article.article.meta;
                small(ui, &format!("Published {}", item.when.words()));
                wrapped(ui, &meta.title, Face::UiSemibold, 14.0, 20.0, 2);
                small(ui, meta.outlet.as_deref().unwrap_or_default());
            }
        }
        ItemKind::Time(id, time) => {
            let article = snap.project.articles.get(&id);
            let view = snap.view.articles.get(&id);
            let row = view.and_then(|view| view.timexes.iter().find(|row| row.id == time));
            if let (Some(article), Some(row)) = (article, row) {
                let sentence = article
                    .tokens
                    .sentence_at(row.value.range)
                    .map_or(row.value.range, |sentence| sentence.range);
                small(ui, &format!("Date in the text: {}", item.when.words()));
                quote(ui, &article.article, sentence, Some(row.value.range));
                small(ui, &article.article.meta.title);
                note_ui(ui, &row.note);
            }
        }
        ItemKind::Entry(id) => {
            if let Some(entry) = snap.project.entries.get(&id) {
                small(ui, &format!("Own entry: {}", item.when.words()));
                wrapped(ui, &entry.title, Face::UiSemibold, 14.0, 20.0, 3);
                note_ui(ui, &entry.note);
            }
        }
    }
    look_ui(ui, item);
}

/// Says what a person did to the item besides.
fn look_ui(ui: &mut Ui, item: &TimelineItem) {
    let ItemLook {
        pinned,
        hidden,
        colour,
    } = item.look;
    let mut words = Vec::new();
    words.extend(pinned.then_some("pinned"));
    words.extend(colour.map(Swatch::name));
    words.extend(hidden.then_some("hidden"));
    if !words.is_empty() {
        small(ui, &words.join(", "));
    }
}

fn note_ui(ui: &mut Ui, note: &str) {
    if !note.trim().is_empty() {
        small(ui, &format!("Note: {}", note.trim()));
    }
}

/// Shows a sentence with the words that date it marked.
fn quote(ui: &mut Ui, article: &Article, sentence: TextRange, marked: Option<TextRange>) {
    let theme = Theme::of(ui);
    let body = article.slice(sentence);
    let inside = marked.filter(|range| sentence.contains_range(*range));
    let Some(range) = inside.filter(|_| !has_right_to_left(body)) else {
        wrapped(ui, body, Face::Read, 15.0, 22.0, 5);
        return;
    };
    let plain = Face::Read.format(15.0, 22.0, theme.ink);
    let mut strong = Face::ReadBold.format(15.0, 22.0, theme.ink);
    strong.underline = egui::Stroke::new(1.5, theme.ink2);
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = WIDTH;
    job.wrap.max_rows = 6;
    job.wrap.overflow_character = Some('…');
    for (part, format) in [
        (TextRange::new(sentence.start(), range.start()), &plain),
        (range, &strong),
        (TextRange::new(range.end(), sentence.end()), &plain),
    ] {
        let words = article.slice(part).replace('\n', " ");
        job.append(&words, 0.0, format.clone());
    }
    ui.label(job);
}

/// The expression of a statement's sentence that gives its date.
fn dating(view: &ProjectView, at: StatementRef, statement: &Statement) -> Option<TextRange> {
    let date = statement.date.as_ref()?;
    let rows = &view.articles.get(&at.article)?.timexes;
    let sentence = statement.evidence.sentence;
    let same = rows
        .iter()
        .find(|row| row.value.value == date.value && sentence.contains_range(row.value.range));
    same.map(|row| row.value.range)
}

fn statement_ui(
    ui: &mut Ui,
    view: &ProjectView,
    row: &Row<Statement>,
    article: &Article,
    item: &TimelineItem,
) {
    let theme = Theme::of(ui);
    let statement = &row.value;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 0.0);
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 18.0), egui::Sense::hover());
        let colour = theme.polarity(item.side);
        paint::mark(
            ui.painter(),
            rect.center(),
            10.0,
            item.side,
            item.decided,
            colour,
        );
        let mut say = |words: &str, face: Face, size: f32| {
            let text = egui::RichText::new(words)
                .font(face.font(size))
                .color(theme.ink);
            ui.label(text);
        };
        say(
            view.entity_name(statement.holder.entity),
            Face::UiSemibold,
            13.5,
        );
        say(statement.act.name(), Face::UiMedium, 12.5);
        if let Some(target) = statement.target {
            say(view.entity_name(target.entity), Face::UiSemibold, 13.5);
        }
        if let Some(issue) = &statement.issue {
            say(&issue.label, Face::Ui, 13.5);
        }
    });
    let at = StatementRef {
        article: article.id,
        id: row.id,
    };
    let marked = dating(view, at, statement);
    quote(ui, article, statement.evidence.sentence, marked);
    let mut meta = item.when.words();
    let other = item.published.filter(|day| When::Day(*day) != item.when);
    if let Some(day) = other {
        meta.push_str(&format!(", published {}", date_words(day)));
    }
    if let Some(source) = item.source {
        meta.push_str(", ");
        meta.push_str(source_words(source));
    }
    if let Some(outlet) = &article.meta.outlet {
        meta.push_str(" · ");
        meta.push_str(outlet);
    }
    small(ui, &meta);
    note_ui(ui, &row.note);
}

fn wrapped(ui: &mut Ui, words: &str, face: Face, size: f32, row: f32, rows: usize) {
    let theme = Theme::of(ui);
    let format = face.format(size, row, theme.ink);
    let single = words.replace('\n', " ");
    let job = line_job(ui.painter(), &single, format, WIDTH, rows);
    ui.label(job);
}

fn source_words(source: DateSource) -> &'static str {
    match source {
        DateSource::Person => "set by a person",
        DateSource::Clause => "from the clause",
        DateSource::Sentence => "from the sentence",
        DateSource::Narrative => "from the narrative",
        DateSource::Article => "from the article",
    }
}
