//! The reader: an article's text with all that is known of it, drawn by paragraph.
//!
//! What is drawn is decided by [`layout`] when text or annotations change; a frame sets only the
//! visible paragraphs and paints tints, selection, letters, underlines, review frame and gutter,
//! in that order. Every visible paragraph, mention and gutter mark has a node of its own for screen
//! readers and tests.
//!
//! Not here: what an edit does (`edit`), what a key means elsewhere (`ui::keymap`).

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "counts of characters and rows become points on a screen, and back"
)]

mod antecedent;
mod bars;
pub(in crate::ui) mod bidi;
mod card;
mod hit;
mod input;
pub(crate) mod label;
pub mod layout;
mod menu;
mod paint;
pub(crate) mod set;
mod state;
pub mod text;
pub mod words;

use std::sync::Arc;

use egui::{Id, Pos2, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::analysis::ArticleView;
use crate::app::{Commands, Snapshot, ViewState};
use crate::model::{ArticleId, ArticleState, TextRange, TextSize, slice};
use crate::ui::reader::hit::Spot;
use crate::ui::reader::layout::ReaderLayout;
use crate::ui::reader::set::{SetText, Setting};
use crate::ui::reader::state::{APART, TOP};
use crate::ui::reader::text::CharMap;
use crate::ui::theme::{Face, Theme, job, scale};
use crate::ui::widgets::visual;

pub use state::{ReaderState, Target};

/// All that a frame of the reader reads.
pub(crate) struct Page<'a> {
    pub(crate) snap: &'a Snapshot,
    pub(crate) view_state: &'a ViewState,
    pub(crate) id: ArticleId,
    pub(crate) state: &'a ArticleState,
    pub(crate) view: &'a ArticleView,
    pub(crate) layout: Arc<ReaderLayout>,
    pub(crate) theme: &'static Theme,
    pub(crate) setting: Setting,
    /// Whether the filter asks for this article.
    pub(crate) asked: bool,
    /// Where margin notes stand, from the left edge of the text.
    pub(crate) notes: Option<f32>,
}

impl Page<'_> {
    pub(crate) fn body(&self) -> &str {
        &self.state.article.text.body
    }
}

/// A paragraph on screen.
pub(crate) struct Visible {
    pub(crate) paragraph: usize,
    pub(crate) range: TextRange,
    pub(crate) map: CharMap,
    pub(crate) set: SetText,
    /// Corner of its first row on screen.
    pub(crate) origin: Pos2,
}

impl Visible {
    /// Returns the part of `range` in this paragraph, in characters.
    pub(crate) fn chars(&self, range: TextRange) -> Option<std::ops::Range<usize>> {
        let both = self.range.intersect(range)?;
        let byte = |at: TextSize| self.map.character(usize::from(at - self.range.start()));
        Some(byte(both.start())..byte(both.end()))
    }

    /// Returns the place in the body nearest to a point on screen.
    pub(crate) fn offset_at(&self, at: Pos2) -> TextSize {
        let character = self.set.character_at(at - self.origin);
        let byte = TextSize::try_from(self.map.byte(character)).unwrap_or_default();
        (self.range.start() + byte).min(self.range.end())
    }

    /// Returns the rectangle of its rows.
    pub(crate) fn rect(&self, width: f32) -> Rect {
        Rect::from_min_size(self.origin, vec2(width, self.set.height()))
    }
}

/// What is on screen, for hit tests.
#[derive(Clone, Copy)]
pub(crate) struct Screen<'a> {
    pub(crate) visible: &'a [Visible],
    pub(crate) spots: &'a [Spot],
}

/// The id of the reader's text: the widget that has the keyboard.
#[must_use]
pub fn reader_id() -> Id {
    Id::unique("reader text")
}

/// Shows the open article; commands of gestures and keys go to `out`.
pub fn reader_ui(
    ui: &mut Ui,
    snap: &Snapshot,
    view_state: &ViewState,
    state: &mut ReaderState,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    let full = ui.available_rect_before_wrap();
    ui.painter().rect_filled(full, 0.0, theme.page);
    let size = match view_state.reader_size {
        size if (12.0..=40.0).contains(&size) => size,
        _ => 18.0,
    };
    // Even pixels keep rows crisp.
    let line = (size * 1.65 / 2.0).round() * 2.0;
    let (left, width, notes) = column(full.width(), size);
    if !state.prepare(snap, view_state, width, size, line) {
        bars::empty(ui, full, theme);
        return;
    }
    let found = view_state.selection.article.and_then(|id| {
        let article = snap.project.articles.get(&id)?;
        Some((id, article, snap.view.articles.get(&id)?))
    });
    let Some((id, article, view)) = found else {
        return;
    };
    let asked = state.asks(&view_state.filter, article);
    let Some(cache) = &state.cache else { return };
    let page = Page {
        snap,
        view_state,
        id,
        state: article,
        view,
        layout: Arc::clone(&cache.layout),
        theme,
        setting: Setting {
            face: Face::Read,
            size,
            line,
            width,
        },
        asked,
        notes,
    };
    state.follow_selection(view_state.selection.text);
    let bar = bars::height(&page, state);
    let text_rect = Rect::from_min_max(full.min, pos2(full.right(), full.bottom() - bar));
    scrolled(ui, &page, state, text_rect, left, out);
    if bar > 0.0 {
        let bar_rect = Rect::from_min_max(pos2(full.left(), text_rect.bottom()), full.max);
        ui.scope_builder(UiBuilder::new().max_rect(bar_rect), |ui| {
            bars::docked(ui, &page, state, out);
        });
    }
    ui.advance_cursor_after_rect(full);
}

/// Returns left edge and width of the column, and where margin notes stand.
fn column(width: f32, size: f32) -> (f32, f32, Option<f32>) {
    const GUTTER: f32 = 72.0;
    if width >= 1_100.0 {
        let text = 640.0 * size / 18.0;
        let left = ((width - text - 48.0 - 280.0) / 2.0).max(GUTTER);
        return (left, text, Some(text + 48.0));
    }
    let text = (612.0 * size / 18.0).min(width - GUTTER - 48.0).max(120.0);
    let left = ((width - text) / 2.0).max(GUTTER);
    (left, text, None)
}

fn scrolled(
    ui: &mut Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    rect: Rect,
    left: f32,
    out: &mut Commands,
) {
    obey_scroll(ui, page, state, rect.height());
    let mut area = ScrollArea::vertical()
        .id_salt(("reader", page.id))
        .auto_shrink(false);
    if let Some(offset) = state.pending.take() {
        let total = state.cache.as_ref().map_or(0.0, |c| c.heights.total());
        let most = (total - rect.height()).max(0.0);
        area = area.vertical_scroll_offset(offset.clamp(0.0, most));
    }
    state.view_height = rect.height();
    let scroll = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        area.show_viewport(ui, |ui, viewport| {
            blocks(ui, page, state, (viewport, left), out);
        })
    });
    state.offset = scroll.inner.state.clamped_offset().y;
}

/// Scrolls to what was wished for, once: where it is not well in view, to a third from the top.
fn obey_scroll(ui: &Ui, page: &Page<'_>, state: &mut ReaderState, height: f32) {
    let Some((range, serial)) = page.view_state.selection.scroll_to else {
        return;
    };
    if serial == state.obeyed {
        return;
    }
    state.obeyed = serial;
    let Some(cache) = &state.cache else { return };
    let at = text::paragraph_at(&page.layout.paragraphs, range.start());
    let Some(paragraph) = page.layout.paragraphs.get(at) else {
        return;
    };
    let words = slice(page.body(), paragraph.range);
    let set = SetText::new(ui, words, page.setting, paragraph.mixed);
    let map = CharMap::new(words);
    let row = paragraph
        .chars_of(&map, range)
        .map_or(0, |chars| set.row_of(chars.start));
    let gap = if paragraph.apart { APART } else { 0.0 };
    let y = cache.heights.top(at + 1) + gap + set.centre(row);
    let now = state.pending.unwrap_or(state.offset);
    let margin = 72.0_f32.min(height / 4.0);
    if y < now + margin || y > now + height - margin {
        state.pending = Some((y - height / 3.0).max(0.0));
        state.aim = Some(at + 1);
    }
}

/// Draws the visible blocks of the article.
fn blocks(
    ui: &mut Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    (viewport, left): (Rect, f32),
    out: &mut Commands,
) {
    let Some(cache) = &state.cache else { return };
    let top = ui.max_rect().top();
    let corner = pos2(ui.clip_rect().left().max(ui.max_rect().left()) + left, top);
    ui.set_height(cache.heights.total());
    let first = cache.heights.at(viewport.top());
    let aim = state.aim.filter(|aim| *aim >= first);
    let anchor = aim.unwrap_or_else(|| anchor(cache, first, viewport));
    state.aim = None;
    let mut seen = Vec::new();
    if first == 0 {
        seen.push((0, head(ui, page, corner, out)));
    }
    let mut visible = Vec::new();
    let mut at = first.max(1);
    let mut y = cache.heights.top(at);
    while y < viewport.bottom() + 40.0
        && let Some(paragraph) = page.layout.paragraphs.get(at - 1)
    {
        let words = slice(page.body(), paragraph.range);
        let set = SetText::new(ui, words, page.setting, paragraph.mixed);
        let gap = if paragraph.apart { APART } else { 0.0 };
        seen.push((at, gap + set.height()));
        let origin = corner + vec2(0.0, y + gap);
        y += gap + set.height();
        visible.push(Visible {
            paragraph: at - 1,
            range: paragraph.range,
            map: CharMap::new(words),
            set,
            origin,
        });
        at += 1;
    }
    settle(ui, page, state, &seen, (anchor, viewport));
    let text = text_area(ui, page, corner, viewport);
    let spots = hit::spots(page, &visible);
    let screen = Screen {
        visible: &visible,
        spots: &spots,
    };
    input::handle(ui, page, state, screen, &text, out);
    nodes(ui, page, screen, state, out);
    paint::page(ui, page, state, screen);
    if text.has_focus() && page.view_state.selection.text.is_none() {
        let ring = ui.clip_rect().shrink(4.0);
        crate::ui::widgets::paint::focus_ring(ui.painter(), ring, 4, page.theme);
    }
    card::show(ui, page, state, screen, out);
    menu::show(ui, page, state, out);
}

/// Returns the first visible block whose height is known: the one that shall stay where it is.
fn anchor(cache: &state::Cache, first: usize, viewport: Rect) -> usize {
    let last = cache.heights.at(viewport.bottom());
    (first..=last)
        .find(|block| cache.heights.is_real(*block))
        .unwrap_or(first)
}

/// Takes over real heights, and keeps the text under the eyes where it is.
fn settle(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    seen: &[(usize, f32)],
    (anchor, viewport): (usize, Rect),
) {
    let Some(cache) = &mut state.cache else {
        return;
    };
    let before = cache.heights.total();
    let moved = cache.heights.measured(seen, anchor);
    if moved.abs() > 0.25 {
        state.pending = Some(viewport.top() + moved);
    }
    if (cache.heights.total() - before).abs() > 0.25 {
        ui.ctx()
            .request_discard("heights of paragraphs are known now");
        ui.ctx().request_repaint();
    }
    let block = cache.heights.at(viewport.top());
    let into = viewport.top() - cache.heights.top(block);
    state.places.insert(page.id, (block, into));
}

/// The widget under the whole text: takes clicks, drags and the keyboard.
fn text_area(ui: &Ui, page: &Page<'_>, corner: Pos2, viewport: Rect) -> Response {
    let left = corner.x - 72.0;
    let right = corner.x + page.setting.width + 40.0;
    let top = corner.y + viewport.top();
    let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + viewport.height()));
    let rect = rect.intersect(ui.clip_rect());
    let response = ui.interact(rect, reader_id(), Sense::click_and_drag());
    response.widget_info(|| {
        let title = &page.state.article.meta.title;
        egui::WidgetInfo::labeled(egui::Role::Document, true, format!("Text of {title}"))
    });
    response.on_hover_cursor(egui::CursorIcon::Text)
}

/// Draws title, meta line and language line; returns their height.
fn head(ui: &mut Ui, page: &Page<'_>, corner: Pos2, out: &mut Commands) -> f32 {
    let theme = page.theme;
    let meta = &page.state.article.meta;
    let mixed = text::has_right_to_left(&meta.title);
    let setting = Setting {
        face: Face::ReadBold,
        size: scale::READ_TITLE.0,
        line: scale::READ_TITLE.1,
        width: page.setting.width,
    };
    let title = SetText::new(ui, &meta.title, setting, mixed);
    let origin = corner + vec2(0.0, TOP);
    let count = meta.title.chars().count();
    title.paint(ui.painter(), origin, &[(0..count, theme.ink)]);
    let rect = Rect::from_min_size(origin, vec2(setting.width, title.height()));
    node(
        ui,
        rect,
        reader_id().with("title"),
        &meta.title,
        egui::Role::Heading,
    );
    let mut y = TOP + title.height() + 10.0;
    y += meta_line(ui, page, corner + vec2(0.0, y), out);
    if let Some(language) = &meta.language
        && language != "en"
    {
        let words = "Analysis reads English only. You can mark this text by hand.";
        y += 4.0 + small(ui, corner + vec2(0.0, y + 4.0), words, page);
    }
    y + 6.0
}

fn meta_line(ui: &mut Ui, page: &Page<'_>, at: Pos2, out: &mut Commands) -> f32 {
    let theme = page.theme;
    let article = &page.state.article;
    let mut job = job(
        "",
        Face::Ui.format(12.5, 18.0, theme.ink3),
        page.setting.width,
    );
    if let Some(outlet) = &article.meta.outlet {
        let format = Face::UiSemibold.format(12.5, 18.0, theme.ink2);
        job.append(&visual(outlet), 0.0, format);
    }
    let parts = words::meta(article, page.view.progress());
    for part in &parts {
        let format = Face::Ui.format(12.5, 18.0, theme.ink3);
        if !job.text.is_empty() {
            job.append("·", 8.0, format.clone());
        }
        let space = if job.text.is_empty() { 0.0 } else { 8.0 };
        job.append(&visual(part), space, format);
    }
    let words: Vec<&str> = article
        .meta
        .outlet
        .iter()
        .chain(&parts)
        .map(String::as_str)
        .collect();
    let words = words.join(" · ");
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = galley.size();
    ui.painter().galley(at, galley, theme.ink3);
    node(
        ui,
        Rect::from_min_size(at, size),
        reader_id().with("meta"),
        &words,
        egui::Role::Label,
    );
    if article.meta.dct.is_none() {
        let rect = Rect::from_min_size(at + vec2(size.x + 12.0, 0.0), vec2(90.0, 18.0));
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            if crate::ui::widgets::link(ui, "Set dates…", 12.5).clicked() {
                out.push(crate::app::Command::ShowDialog(Some(
                    crate::app::Dialog::SetDates,
                )));
            }
        });
    }
    size.y
}

fn small(ui: &Ui, at: Pos2, words: &str, page: &Page<'_>) -> f32 {
    let format = Face::Ui.format(12.5, 18.0, page.theme.ink2);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job(words, format, page.setting.width)));
    let size = galley.size();
    ui.painter().galley(at, galley, page.theme.ink2);
    let id = reader_id().with("language");
    node(
        ui,
        Rect::from_min_size(at, size),
        id,
        words,
        egui::Role::Label,
    );
    size.y
}

/// Gives painted words a node.
fn node(ui: &Ui, rect: Rect, id: Id, words: &str, role: egui::Role) {
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, words));
}

/// Gives each visible paragraph, mention and gutter mark a node; a click on one acts as on screen.
fn nodes(
    ui: &Ui,
    page: &Page<'_>,
    Screen { visible, spots }: Screen<'_>,
    state: &mut ReaderState,
    out: &mut Commands,
) {
    for shown in visible {
        let id = reader_id().with(("paragraph", shown.range));
        let words = slice(page.body(), shown.range);
        node(
            ui,
            shown.rect(page.setting.width),
            id,
            words,
            egui::Role::Paragraph,
        );
    }
    let mut named = std::collections::BTreeSet::new();
    for spot in spots {
        // One node a mark, on its first row; the others are hit by the text under them.
        if !named.insert(spot.target) {
            continue;
        }
        let id = reader_id().with(("mark", page.id, spot.target));
        let rect = spot.rect.intersect(ui.clip_rect());
        if !rect.is_positive() {
            continue;
        }
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, hit::name(page, spot.target))
        });
        if response.has_focus() {
            crate::ui::widgets::paint::focus_ring(ui.painter(), rect, 3, page.theme);
        }
        if response.double_clicked() || response.triple_clicked() {
            if let Some(pos) = response.interact_pointer_pos() {
                let count = if response.triple_clicked() { 3 } else { 2 };
                input::click(ui, page, state, visible, (pos, count), out);
            }
        } else if response.clicked() {
            input::choose(page, spot.target, out);
            ui.memory_mut(|memory| memory.request_focus(reader_id()));
        }
        if response.secondary_clicked() {
            input::open_menu(&response, Some(spot.target), state);
        }
    }
}

/// Left edge and width of the column.
#[cfg(test)]
fn column_of(width: f32) -> egui::Vec2 {
    let (left, text, _) = column(width, 18.0);
    vec2(left, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_is_that_of_the_design() {
        assert_eq!(column_of(680.0), vec2(72.0, 560.0));
        assert_eq!(column_of(872.0), vec2(130.0, 612.0));
        assert_eq!(column(1_600.0, 18.0), (316.0, 640.0, Some(688.0)));
    }
}
