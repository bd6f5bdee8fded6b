//! Marks and bars of a lane; hovering shows the sentence, clicking goes to it.

use std::sync::Arc;

use egui::{
    Align2, Color32, Galley, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::analysis::{ItemKind, TimelineItem, TimelineLane};
use crate::app::{Command, Commands, Dialog, EntryForm};
use crate::figure::axis::Window;
use crate::figure::marks::{
    Ends, Glyph, Label, LaneLayout, PIN_ROOM, Pinned, Placed, SpanMark, pinned_words,
};
use crate::figure::timeline::mark_name;
use crate::model::{Annotation, ItemKey, Polarity, Swatch};
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::Shown;
use crate::ui::timeline::bar::Bar;
use crate::ui::timeline::card::{card_ui, list_ui, short_words};
use crate::ui::timeline::context::{context_ui, keys};
use crate::ui::widgets::{line_job, paint};

/// Words beside a mark need this much.
const LEAST_WORDS: f32 = 72.0;
const MOST_WORDS: f32 = 220.0;

/// Returns what is selected when an item is.
pub(super) fn annotation(kind: ItemKind) -> Option<Annotation> {
    match kind.key() {
        ItemKey::Annotation(at) => Some(at),
        ItemKey::Publication(_) | ItemKey::Entry(_) => None,
    }
}

/// Returns the command that goes to an item: to its sentence, its article, or its form.
pub(super) fn go_to(kind: ItemKind) -> Command {
    match kind {
        ItemKind::Publication(article) => Command::OpenArticle(article),
        ItemKind::Entry(id) => Command::ShowDialog(Some(Dialog::Entry(EntryForm::Change(id)))),
        ItemKind::Statement(_) | ItemKind::Time(..) => Command::Select(annotation(kind)),
    }
}

/// Words in one row, cut at any character.
fn one_row(painter: &Painter, words: &str, ink: Color32, width: f32) -> Arc<Galley> {
    let format = Face::Ui.format(12.5, 16.0, ink);
    let mut job = line_job(painter, words, format, width, 1);
    job.wrap.break_anywhere = true;
    painter.layout_job(job)
}

/// A lane where it is drawn.
pub(super) struct InLane<'a> {
    pub(super) lane: &'a TimelineLane,
    /// The lane that this is a part of, else itself.
    pub(super) whole: &'a TimelineLane,
    /// Which lane, which part.
    pub(super) row: (usize, Option<usize>),
    /// Whether it is not dimmed.
    pub(super) on: bool,
    pub(super) clip: Rect,
    /// Where it begins on the screen.
    pub(super) top: f32,
    pub(super) window: Window,
    pub(super) enlarged: bool,
}

impl InLane<'_> {
    /// Draws what is visible of the bars and marks.
    pub(super) fn ui(&self, ui: &Ui, layout: &LaneLayout, shown: Shown<'_>, out: &mut Commands) {
        let painter = ui.painter_at(self.clip);
        let visible = |from: f64, to: f64| {
            self.window.at(to) >= -12.0 && self.window.at(from) <= self.window.width + 12.0
        };
        for bar in &layout.bars {
            if visible(bar.from, bar.to) {
                self.bar_ui(ui, &painter, bar, shown, out);
            }
        }
        let offset = self.window.from * self.window.per_day();
        let first = layout.marks.partition_point(|mark| mark.x < offset - 14.0);
        let marks = layout.marks.iter().skip(first);
        let right = offset + f64::from(self.window.width) + 14.0;
        for mark in marks.take_while(|mark| mark.x <= right) {
            self.mark_ui(ui, &painter, mark, shown, out);
        }
    }

    fn x(&self, at: f64) -> f32 {
        self.clip.left() + self.window.at(at)
    }

    fn surface(&self, theme: &Theme) -> crate::figure::tokens::Rgb {
        if self.enlarged {
            theme.palette.page
        } else {
            theme.palette.panel
        }
    }

    fn colour(
        &self,
        theme: &Theme,
        (side, own): (Polarity, Option<Swatch>),
        asked: bool,
    ) -> Color32 {
        let palette = theme.palette;
        let rgb = own.map_or_else(|| palette.polarity(side), |own| palette.swatch(own));
        let share = if self.on && asked { 1.0 } else { 0.5 };
        theme.over(rgb, self.surface(theme), share)
    }

    fn items(&self, indices: &[usize]) -> Vec<&TimelineItem> {
        let items = indices.iter();
        items
            .filter_map(|index| self.lane.items.get(*index))
            .collect()
    }

    fn mark_ui(
        &self,
        ui: &Ui,
        painter: &Painter,
        mark: &Placed,
        shown: Shown<'_>,
        out: &mut Commands,
    ) {
        let theme = Theme::of(ui);
        let at = pos2(self.x(mark.x), self.top + mark.y);
        match mark.glyph {
            Glyph::Side { side, size, solid } => {
                if mark.in_bar && !solid {
                    // The bar does not show through.
                    let surface = self.surface(theme);
                    let surface = theme.over(surface, surface, 1.0);
                    paint::mark(painter, at, size, side, true, surface);
                }
                let colour = self.colour(theme, (side, mark.colour), mark.asked);
                paint::mark(painter, at, size, side, solid, colour);
            }
            Glyph::Pill => self.pill(painter, theme, at, mark),
            Glyph::Tick { publication } => {
                let half = if publication { 7.0 } else { 4.0 };
                let usual = if publication { theme.ink2 } else { theme.ctl };
                let ink = self.own_ink(theme, mark, usual);
                painter.vline(at.x, at.y - half..=at.y + half, Stroke::new(1.5, ink));
            }
            Glyph::Entry => {
                let square = Rect::from_center_size(at, vec2(8.0, 8.0));
                let usual = if self.on && mark.asked {
                    theme.ink
                } else {
                    theme.ctl
                };
                painter.rect_filled(square, 1.0, self.own_ink(theme, mark, usual));
            }
        }
        let selected = self.is_selected(&mark.items, shown);
        if selected || self.is_pointed(ui, at) {
            self.join(painter, theme, mark, at);
        }
        if selected {
            let ring = Rect::from_center_size(at, vec2(20.0, 20.0));
            painter.rect_stroke(ring, 10.0, Stroke::new(2.0, theme.ink), StrokeKind::Middle);
        }
        self.words(painter, theme, mark, at.y, shown);
        if mark.in_bar {
            return;
        }
        let width = if mark.glyph == Glyph::Pill {
            23.0
        } else {
            12.5
        };
        let rect = Rect::from_center_size(at, vec2(width, if self.enlarged { 13.0 } else { 20.0 }));
        self.answer(ui, rect, ("mark", &mark.items), shown, out);
    }

    fn own_ink(&self, theme: &Theme, mark: &Placed, usual: Color32) -> Color32 {
        let side = Polarity::Neutral;
        let own = mark.colour.map(|own| (side, Some(own)));
        own.map_or(usual, |own| self.colour(theme, own, mark.asked))
    }

    fn is_pointed(&self, ui: &Ui, at: Pos2) -> bool {
        let area = Rect::from_center_size(at, vec2(13.0, 13.0)).intersect(self.clip);
        ui.rect_contains_pointer(area)
    }

    /// Joins what happened with the day when its article was published.
    fn join(&self, painter: &Painter, theme: &Theme, mark: &Placed, at: Pos2) {
        let [item] = self.items(&mark.items)[..] else {
            return;
        };
        let Some(published) = item.published else {
            return;
        };
        let day = crate::analysis::day_number(published) as f64 + 0.5;
        let to = self.x(day * self.window.per_day());
        let stroke = Stroke::new(1.0, theme.ink2);
        let from = at.x + if to > at.x { 8.0 } else { -8.0 };
        if (to - at.x).abs() > 10.0 {
            let line = [pos2(from, at.y), pos2(to, at.y)];
            painter.extend(egui::Shape::dashed_line(&line, stroke, 3.0, 3.0));
            painter.vline(to, at.y - 6.0..=at.y + 6.0, Stroke::new(1.5, theme.ink2));
        }
    }

    fn pill(&self, painter: &Painter, theme: &Theme, at: Pos2, mark: &Placed) {
        let rect = Rect::from_center_size(at, vec2(23.0, 15.0));
        let ink = if self.on && mark.asked {
            theme.ink2
        } else {
            theme.ctl
        };
        let stroke = Stroke::new(1.0, ink);
        painter.rect(rect, 7.5, theme.raise, stroke, StrokeKind::Inside);
        let count = mark.items.len().to_string();
        let font = Face::UiMedium.font(11.5);
        painter.text(at, Align2::CENTER_CENTER, count, font, ink);
    }

    /// Says beside a single mark what it is, if that has room.
    fn words(&self, painter: &Painter, theme: &Theme, mark: &Placed, y: f32, shown: Shown<'_>) {
        if let (Some(label), [index]) = (mark.label, mark.items.as_slice()) {
            let x = self.window.at(mark.x);
            let pinned = Pinned {
                span: (x, x),
                mark: Some(x),
            };
            self.words_at(painter, theme, (label, *index, y), pinned, shown);
        }
    }

    fn words_at(
        &self,
        painter: &Painter,
        theme: &Theme,
        (label, index, y): (Label, usize, f32),
        pinned: Pinned,
        shown: Shown<'_>,
    ) {
        let Some(item) = self.lane.items.get(index) else {
            return;
        };
        if !(self.on && item.asked) {
            return;
        }
        let said = [&self.whole.lane, &self.lane.lane];
        let words = short_words(shown.snap, &said, item);
        if words.is_empty() {
            return;
        }
        if item.look.pinned {
            self.pin_words(painter, theme, (&words, label, y), pinned);
            return;
        }
        let Some((from, to)) = self.room(label) else {
            return;
        };
        let galley = one_row(painter, &words, theme.ink2, (to - from).min(MOST_WORDS));
        let x = if label.before {
            to - galley.size().x
        } else {
            from
        };
        painter.galley(pos2(x, y - galley.size().y / 2.0), galley, theme.ink2);
    }

    /// The words of what is pinned, on the surface where they cover their own bar.
    fn pin_words(
        &self,
        painter: &Painter,
        theme: &Theme,
        (words, label, y): (&str, Label, f32),
        pinned: Pinned,
    ) {
        let most = PIN_ROOM as f32 - 12.0;
        let wanted = one_row(painter, words, theme.ink, most).size().x;
        let at = self.window.at(label.x);
        let wide = self.clip.width();
        let Some((x, width)) = pinned_words((label, at), pinned, wide, wanted) else {
            return;
        };
        let galley = one_row(painter, words, theme.ink, width + 0.5);
        let left = self.clip.left() + x;
        if x + 4.0 < at || label.before {
            let size = vec2(galley.size().x + 6.0, 16.0);
            let back = Rect::from_min_size(pos2(left - 3.0, y - 8.0), size);
            let surface = self.surface(theme);
            painter.rect_filled(back, 2.0, theme.over(surface, surface, 1.0));
        }
        painter.galley(pos2(left, y - galley.size().y / 2.0), galley, theme.ink);
    }

    /// From where to where words have room on the screen; none where that is too little.
    fn room(&self, label: Label) -> Option<(f32, f32)> {
        let from = self.x(label.x) + 4.0;
        let to = (from + label.room as f32 - 12.0).min(self.clip.right() - 4.0);
        let (from, inside) = if label.before {
            (
                from.max(self.clip.left() + 4.0),
                to < self.clip.right() - 4.5,
            )
        } else {
            (from, from >= self.clip.left())
        };
        (inside && to - from >= LEAST_WORDS).then_some((from, to))
    }

    fn is_selected(&self, indices: &[usize], shown: Shown<'_>) -> bool {
        let selected = shown.view_state.selection.annotation;
        let mut kinds = indices
            .iter()
            .filter_map(|index| Some(self.lane.items.get(*index)?.kind));
        selected.is_some() && kinds.any(|kind| annotation(kind) == selected)
    }

    /// Hover shows the card; a click goes to the sentence, or opens the list of them.
    fn answer(
        &self,
        ui: &Ui,
        rect: Rect,
        (what, indices): (&str, &[usize]),
        shown: Shown<'_>,
        out: &mut Commands,
    ) {
        let seen = rect.intersect(self.clip);
        let Some(first) = indices.first().filter(|_| seen.is_positive()) else {
            return;
        };
        let id = ui.scope_id().with((what, self.row, *first));
        let response = ui.interact(seen, id, Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, true, mark_name(self.lane, indices))
        });
        if response.has_focus() {
            paint::focus_ring(ui.painter(), rect, 3, Theme::of(ui));
        }
        self.act(&response, indices, shown, out);
        if response.has_focus() {
            keys(ui, &self.items(indices), out);
        }
        context_ui(&response, shown, || self.items(indices), out);
        if response.hovered() || response.has_focus() {
            response.on_hover_ui(|ui| card_ui(ui, shown.snap, &self.items(indices)));
        }
    }

    fn act(&self, response: &Response, indices: &[usize], shown: Shown<'_>, out: &mut Commands) {
        if let [index] = indices {
            if let (true, Some(item)) = (response.clicked(), self.lane.items.get(*index)) {
                out.push(go_to(item.kind));
            }
            return;
        }
        let id = egui::Popup::default_response_id(response);
        if response.clicked() || egui::Popup::is_id_open(&response.ctx, id) {
            let title = mark_name(self.lane, indices);
            list_ui(response, &title, shown, &self.items(indices), out);
        }
    }

    fn bar_ui(
        &self,
        ui: &Ui,
        painter: &Painter,
        span: &SpanMark,
        shown: Shown<'_>,
        out: &mut Commands,
    ) {
        let theme = Theme::of(ui);
        let thin = span.ends == Ends::Within;
        let y = self.top + span.y;
        let bar = Bar {
            painter,
            colour: self.colour(theme, (span.side, span.colour), span.asked),
            y,
            height: match (thin, self.enlarged) {
                (true, _) => 3.0,
                (false, true) => 7.0,
                (false, false) => 4.0,
            },
        };
        let (left, right) = (self.clip.left() - 20.0, self.clip.right() + 20.0);
        let x = |at: f64| self.x(at).clamp(left, right);
        // The arrow head has its own room.
        let solid = (
            x(span.solid_from).max(match span.ends {
                Ends::WasBefore => self.clip.left() + 9.0,
                Ends::Within | Ends::Both | Ends::GoesOn => left,
            }),
            x(span.solid_to).min(match span.ends {
                Ends::GoesOn => self.clip.right() - 9.0,
                Ends::Within | Ends::Both | Ends::WasBefore => right,
            }),
        );
        let fades = (span.from < span.solid_from, span.solid_to < span.to);
        if thin {
            bar.thin(solid.0, solid.1, (!fades.0, !fades.1));
        } else {
            bar.solid(solid.0, solid.1, span.solid);
        }
        bar.fade(x(span.from), solid.0, false);
        bar.fade(solid.1, x(span.to), true);
        match span.ends {
            Ends::GoesOn => bar.head(self.clip.right() - 2.0, 1.0),
            Ends::WasBefore => bar.head(self.clip.left() + 2.0, -1.0),
            Ends::Within | Ends::Both => {}
        }
        if let (Some(label), [index]) = (span.label, span.items.as_slice()) {
            let span = (self.window.at(span.from), self.window.at(span.to));
            let pinned = Pinned { span, mark: None };
            self.words_at(painter, theme, (label, *index, y), pinned, shown);
        }
        // Thin bars are as high as the mark on them, and at least as wide.
        let (half, least) = if thin { (7.0, 12.5) } else { (5.0, 6.0) };
        let from_to = (x(span.from), x(span.to));
        let more = ((least - (from_to.1 - from_to.0)) / 2.0).max(0.0);
        let rect = Rect::from_min_max(
            pos2(from_to.0 - more, y - half),
            pos2(from_to.1 + more, y + half),
        );
        self.answer(ui, rect, ("bar", &span.items), shown, out);
    }
}
