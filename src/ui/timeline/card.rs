//! The card of a mark: who, what, the sentence, when and how surely.

use egui::{Popup, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::{
    ItemKind, Lane, ProjectView, Row, TimelineItem, When, date_words, span_words,
};
use crate::app::{Commands, Snapshot};
use crate::model::{Article, DateSource, Statement};
use crate::ui::theme::{Face, Theme, elided, job};
use crate::ui::timeline::Shown;
use crate::ui::timeline::marks::go_to;
use crate::ui::widgets::paint;

const WIDTH: f32 = 328.0;
const MOST: usize = 3;

/// Says of a single item what its lanes (`said`) do not: *REJECT Astrany*.
pub(super) fn short_words(snap: &Snapshot, said: &[&Lane], item: &TimelineItem) -> String {
    match item.kind {
        ItemKind::Statement(at) => {
            let Some(row) = snap.view.statement(at) else {
                return String::new();
            };
            let statement = &row.value;
            let name = |entity| snap.view.entity_name(entity).to_owned();
            let says = |kind: fn(&Lane) -> bool| said.iter().any(|lane| kind(lane));
            let mut words = Vec::new();
            if !says(|lane| matches!(lane, Lane::Actor(_))) {
                words.push(name(statement.holder.entity));
            }
            if !says(|lane| matches!(lane, Lane::Act(_))) {
                words.push(statement.act.name().to_owned());
            }
            match (statement.target, &statement.issue) {
                (Some(target), _) => words.push(name(target.entity)),
                (None, Some(issue)) if !says(|lane| matches!(lane, Lane::Issue(_))) => {
                    words.push(issue.label.clone());
                }
                (None, _) => {}
            }
            words.join(" ")
        }
        ItemKind::Publication(id) => match (said, snap.project.articles.get(&id)) {
            ([Lane::Article(_), ..], _) | (_, None) => "published".to_owned(),
            (_, Some(article)) => article.article.meta.title.clone(),
        },
        ItemKind::Time(id, time) => {
            let article = snap.project.articles.get(&id);
            let view = snap.view.articles.get(&id);
            let row = view.and_then(|view| view.timexes.iter().find(|row| row.id == time));
            let words = article.zip(row).map(|(article, row)| {
                let words = article.article.slice(row.value.range);
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            });
            words.unwrap_or_default()
        }
    }
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
    let when = when_words(item.when);
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
        let galley = painter.layout_job(elided(words, face.format(size, 18.0, ink), room, 1));
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
                small(ui, &format!("Published {}", when_words(item.when)));
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
                let words = article.article.slice(sentence);
                small(ui, &format!("Date in the text: {}", when_words(item.when)));
                wrapped(ui, words, Face::Read, 15.0, 22.0, 5);
                small(ui, &article.article.meta.title);
            }
        }
    }
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
    let sentence = article.slice(statement.evidence.sentence);
    wrapped(ui, sentence, Face::Read, 15.0, 22.0, 5);
    let mut meta = when_words(item.when);
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
}

fn wrapped(ui: &mut Ui, words: &str, face: Face, size: f32, line: f32, rows: usize) {
    let theme = Theme::of(ui);
    let format = face.format(size, line, theme.ink);
    let single = words.replace('\n', " ");
    let job = if rows > 0 {
        elided(&single, format, WIDTH, rows)
    } else {
        job(&single, format, WIDTH)
    };
    ui.label(job);
}

/// Returns a date with what is known of it.
pub(super) fn when_words(when: When) -> String {
    match when {
        When::Day(day) => date_words(day),
        When::Within(span) => format!("some day of {}", span_words(span)),
        When::Vague { sure, .. } => format!("about {}", span_words(sure)),
        When::Interval { start, end } => {
            let days = span_words(when.span());
            match (start.is_day(), end.is_day()) {
                (true, true) => format!("{days}, both days known"),
                (true, false) => format!("{days}, last day not known"),
                (false, true) => format!("{days}, first day not known"),
                (false, false) => format!("{days}, neither day known"),
            }
        }
        When::From(span) => format!("from {} on", span_words(span)),
        When::Until(span) => format!("until {}", span_words(span)),
    }
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
