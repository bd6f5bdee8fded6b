//! What is docked under the text: the review bar, or what can be done with selected words; and the
//! reader without an article.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Commands, Dialog};
use crate::edit::same_words;
use crate::model::{AnnotationKind, TextRange, slice};
use crate::ui::reader::label::{Label, labels};
use crate::ui::reader::state::ReaderState;
use crate::ui::reader::{Page, menu, reader_id};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{complete, paint};

const HEIGHT: f32 = 48.0;

/// Returns the height of what is docked.
pub(crate) fn height(page: &Page<'_>, state: &ReaderState) -> f32 {
    let words = selected(page).is_some();
    if page.view_state.review.is_some() || words || state.label.is_some() {
        HEIGHT
    } else {
        0.0
    }
}

fn selected(page: &Page<'_>) -> Option<TextRange> {
    page.view_state
        .selection
        .text
        .filter(|range| !range.is_empty())
}

/// Shows the bar.
pub(crate) fn docked(ui: &mut Ui, page: &Page<'_>, state: &mut ReaderState, out: &mut Commands) {
    let rect = ui.max_rect();
    let theme = page.theme;
    ui.painter().rect_filled(rect, 0.0, theme.raise);
    let stroke = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, stroke);
    ui.spacing_mut().item_spacing.x = 18.0;
    ui.horizontal_centered(|ui| {
        if let Some(range) = selected(page) {
            words(ui, page, state, range, out);
        } else if page.view_state.review.is_some() {
            review(ui, page, state, out);
        }
    });
}

fn words(
    ui: &mut Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    range: TextRange,
    out: &mut Commands,
) {
    ui.add_space(16.0);
    if let Some(mut typed) = state.label.take() {
        state.label = label_field(ui, page, (range, &mut typed), out).then_some(typed);
        return;
    }
    let count = slice(page.body(), range).split_whitespace().count();
    let words = if count == 1 { "1 word" } else { "words" };
    let words = if count == 1 {
        words.to_owned()
    } else {
        format!("{count} {words}")
    };
    caption(ui, page.theme, &words);
    keyed(ui, page.theme, &["1", "–", "9"], "type", false);
    if keyed(ui, page.theme, &["S"], "statement", true).clicked() {
        out.push(Command::NewStatement);
    }
    if keyed(ui, page.theme, &["Enter"], "label", true).clicked() {
        state.label = Some(String::new());
    }
}

/// Shows the field that a label is typed into; returns whether it stays open.
fn label_field(
    ui: &mut Ui,
    page: &Page<'_>,
    (range, typed): (TextRange, &mut String),
    out: &mut Commands,
) -> bool {
    caption(ui, page.theme, "Label");
    let id = reader_id().with("label");
    let fresh = typed.is_empty() && !ui.memory(|memory| memory.has_focus(id));
    let opened = ui.data(|data| data.get_temp::<TextRange>(id)) == Some(range);
    if fresh && !opened {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.data_mut(|data| data.insert_temp(id, range));
    }
    let find = |typed: &str| labels(&page.snap.view, page.view, typed);
    let width = (ui.available_width() - 32.0).clamp(120.0, 320.0);
    let (response, taken) = complete(ui, id, typed, "Label of the selected words", width, find);
    let close = |ui: &Ui| {
        ui.data_mut(|data| data.remove::<TextRange>(id));
        ui.memory_mut(|memory| memory.request_focus(reader_id()));
    };
    if let Some(label) = taken {
        let (entity_type, entity) = match label {
            Label::Entity(entity, entity_type) => (entity_type, Some(entity)),
            Label::Type(entity_type) => (entity_type, None),
        };
        out.push(menu::add_mention(page, range, entity_type, entity));
        close(ui);
        return false;
    }
    let left = response.lost_focus() || opened && !response.has_focus();
    if left {
        close(ui);
    }
    !left
}

fn review(ui: &mut Ui, page: &Page<'_>, state: &mut ReaderState, out: &mut Commands) {
    let Some(review) = page.view_state.review else {
        return;
    };
    ui.add_space(24.0);
    let theme = page.theme;
    let at = (review.done + 1).min(review.total);
    strong(ui, theme, &format!("Review {at} of {}", review.total));
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 22.0), Sense::hover());
    let stroke = Stroke::new(1.0, theme.line2);
    ui.painter().vline(rect.center().x, rect.y_range(), stroke);
    let selected = page.view_state.selection.annotation;
    let mention = selected.filter(|a| a.kind == AnnotationKind::Mention);
    if keyed(ui, theme, &["Enter"], "confirm", true).clicked() {
        out.push(Command::Confirm);
    }
    if keyed(ui, theme, &["X"], "reject", true).clicked() {
        out.push(Command::Reject);
    }
    if let Some(annotation) = mention {
        keyed(ui, theme, &["1", "–", "9"], "type", false);
        if keyed(ui, theme, &["L"], "link", true).clicked() {
            out.push(Command::ShowDialog(Some(Dialog::Link(annotation))));
        }
        let count = same(page, state, annotation);
        if count > 1 && fits(ui, 150.0) {
            let words = format!("apply to all {count}");
            if keyed(ui, theme, &["A"], &words, true).clicked() {
                out.push(Command::ApplyToAll { project: false });
            }
        }
    } else if let Some(annotation) = selected.filter(|a| a.kind == AnnotationKind::Statement)
        && keyed(ui, theme, &["S"], "edit", true).clicked()
    {
        out.push(Command::EditStatement(annotation));
    }
    if fits(ui, 180.0) && keyed(ui, theme, &["J", "K"], "next, previous", true).clicked() {
        out.push(Command::Next);
    }
}

fn fits(ui: &Ui, width: f32) -> bool {
    ui.available_width() >= width
}

/// Counts the places of the same words in the article, once for each state of the project.
fn same(page: &Page<'_>, state: &mut ReaderState, annotation: crate::model::Annotation) -> usize {
    let revision = page.snap.revision;
    if let Some((known, at, count)) = state.same
        && known == annotation
        && at == revision
    {
        return count;
    }
    let row = page
        .view
        .mentions
        .iter()
        .find(|row| row.id == annotation.id);
    let count = row.map_or(0, |row| {
        let words = page.state.article.slice(row.value.range);
        same_words(&page.snap.project, words, Some(page.id)).len()
    });
    state.same = Some((annotation, revision, count));
    count
}

fn caption(ui: &mut Ui, theme: &Theme, words: &str) {
    let text = egui::RichText::new(words).font(Face::Ui.font(13.0));
    ui.label(text.color(theme.ink3));
}

fn strong(ui: &mut Ui, theme: &Theme, words: &str) {
    let text = egui::RichText::new(words).font(Face::UiSemibold.font(13.0));
    ui.label(text.color(theme.ink));
}

/// Shows key caps with what they do; `button` where a click does it too.
fn keyed(ui: &mut Ui, theme: &Theme, caps: &[&str], words: &str, button: bool) -> Response {
    let painter = ui.painter().clone();
    let caps_width = paint::caps_width(&painter, caps);
    let galley = painter.layout_no_wrap(
        words.to_owned(),
        Face::Ui.font(13.0),
        egui::Color32::PLACEHOLDER,
    );
    let width = caps_width + 8.0 + galley.size().x;
    let sense = if button {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), sense);
    let role = if button { Role::Button } else { Role::Label };
    let name = capitalised(words);
    response.widget_info(|| WidgetInfo::labeled(role, true, &name));
    let mut x = rect.left();
    for cap in caps {
        if *cap == "–" {
            let font = Face::Ui.font(13.0);
            let at = pos2(x + 6.0, rect.center().y);
            painter.text(at, Align2::CENTER_CENTER, "–", font, theme.ink3);
            x += 16.0;
        } else {
            x = paint::caps(&painter, theme, pos2(x, rect.center().y), &[cap], false) + 4.0;
        }
    }
    let colour = if response.hovered() && button {
        theme.ink
    } else {
        theme.ink2
    };
    let y = rect.center().y - galley.size().y / 2.0;
    painter.galley(pos2(x + 4.0, y), galley, colour);
    if response.has_focus() {
        paint::focus_ring(&painter, rect, 4, theme);
    }
    response
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Shows the reader without an article.
pub(crate) fn empty(ui: &mut Ui, rect: Rect, theme: &Theme) {
    let words = "Pick an article, or press J for the first suggestion.";
    let response = ui.interact(rect, reader_id().with("empty"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let font = Face::Ui.font(14.0);
    let centre = rect.center();
    ui.painter()
        .text(centre, Align2::CENTER_CENTER, words, font, theme.ink3);
    ui.advance_cursor_after_rect(rect);
}
