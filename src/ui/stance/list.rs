//! The list of statements: only what the filter asks for, only what is visible laid out.
//!
//! Cards are of unlike height: prefix sums of heights, guessed until a card comes near the view and
//! is measured. Cards that stand above the view shift the offset by what they grew, so that the
//! text does not jump.

use std::collections::{BTreeMap, BTreeSet};

use egui::{
    Align, Align2, EventFilter, Key, Layout, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::analysis::{Filter, StatementRef, counted};
use crate::app::{Command, Commands, StatementSort, ViewState};
use crate::model::{Annotation, ArticleId, Statement};
use crate::ui::stance::cache::ListData;
use crate::ui::stance::cards::{Card, card_ui};
use crate::ui::stance::{Frame, PAD, annotation};
use crate::ui::theme::Face;
use crate::ui::widgets::{Button, MenuItem, link, menu, menu_item};

const HEAD: f32 = 38.0;
/// Height of a card before it is measured: two rows of evidence.
const GUESS: f32 = 119.0;
/// How far beyond the view cards are measured.
const AHEAD: f32 = 400.0;

const SORTS: [(StatementSort, &str); 7] = [
    (StatementSort::ThisArticleFirst, "This article first"),
    (StatementSort::NewestFirst, "Newest first"),
    (StatementSort::OldestFirst, "Oldest first"),
    (StatementSort::LeastSureFirst, "Least sure first"),
    (StatementSort::ByHolder, "By holder"),
    (StatementSort::ByAct, "By act"),
    (StatementSort::ByIssue, "By issue"),
];

/// Where the list stands.
#[derive(Default)]
pub(super) struct ListState {
    heights: Heights,
    /// What was asked for last; another question starts at the top.
    asked: Option<(Filter, StatementSort, Option<ArticleId>)>,
    offset: f32,
    view_height: f32,
    /// What was selected last; another selection scrolls to it.
    seen: Option<Annotation>,
    /// The card that gets the keyboard once it is drawn.
    focus: Option<StatementRef>,
    /// The article that stands first when this article does, and what was selected from the list.
    first: Option<ArticleId>,
    own: Option<Annotation>,
    /// Where a run of marks begins.
    anchor: Option<StatementRef>,
    /// The selected card while it is only suggested, with what it says, and its place.
    open: Option<(StatementRef, Statement, usize)>,
}

impl ListState {
    /// Returns the article that stands first. Selecting from the list opens another article; the
    /// list stays as it was, else the next card would not be the next.
    pub(super) fn first(&mut self, view_state: &ViewState) -> Option<ArticleId> {
        let selection = &view_state.selection;
        if selection.annotation.is_none() || selection.annotation != self.own {
            self.first = selection.article;
        }
        self.first
    }
}

/// Heights of all cards, and where each begins.
#[derive(Default)]
struct Heights {
    made_for: Option<(u64, u32)>,
    known: BTreeMap<StatementRef, f32>,
    heights: Vec<f32>,
    /// One more than cards: the last is the height of all.
    tops: Vec<f32>,
}

impl Heights {
    fn update(&mut self, data: &ListData, width: f32) {
        let key = (data.turn, width.to_bits());
        if self.made_for == Some(key) {
            return;
        }
        if self.made_for.is_some_and(|(_, old)| old != key.1) {
            self.known.clear();
        }
        self.made_for = Some(key);
        let height = |at: &StatementRef| self.known.get(at).copied().unwrap_or(GUESS);
        self.heights = data.refs.iter().map(height).collect();
        self.sum();
    }

    fn sum(&mut self) {
        self.tops.clear();
        self.tops.reserve(self.heights.len() + 1);
        let mut y = 0.0;
        self.tops.push(y);
        for height in &self.heights {
            y += height;
            self.tops.push(y);
        }
    }

    fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    fn top(&self, at: usize) -> f32 {
        self.tops.get(at).copied().unwrap_or(0.0)
    }

    /// Cards that touch these heights.
    fn range(&self, from: f32, to: f32) -> std::ops::Range<usize> {
        let count = self.heights.len();
        let first = self.tops.partition_point(|top| *top <= from);
        let last = self.tops.partition_point(|top| *top < to);
        first.saturating_sub(1).min(count)..last.min(count)
    }

    /// Measures what is near the view; returns by how much cards above `offset` grew.
    fn measure(
        &mut self,
        data: &ListData,
        (offset, view): (f32, f32),
        measure: impl Fn(StatementRef) -> Option<f32>,
    ) -> f32 {
        let (mut grew, mut changed) = (0.0, false);
        for at in self.range(offset - AHEAD, offset + view + AHEAD) {
            let bottom = self.top(at + 1);
            let (Some(statement), Some(height)) = (data.refs.get(at), self.heights.get_mut(at))
            else {
                continue;
            };
            let Some(real) = measure(*statement) else {
                continue;
            };
            self.known.insert(*statement, real);
            let more = real - *height;
            if more.abs() > 0.1 {
                *height = real;
                changed = true;
                if bottom <= offset {
                    grew += more;
                }
            }
        }
        if changed {
            self.sum();
        }
        grew
    }
}

/// Draws head and list.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    data: &ListData,
    state: &mut ListState,
    out: &mut Commands,
) {
    let full = ui.max_rect();
    let head_height = if frame.enlarged { HEAD + 10.0 } else { HEAD };
    let (head, body) = full.split_top_bottom_at_y(full.top() + head_height);
    if frame.view_state.selection.marked.is_empty() {
        head_ui(ui, head, frame, data, out);
    } else {
        marked_ui(ui, head, frame, out);
    }
    let mut body_ui = super::child(ui, body, "cards");
    if data.refs.is_empty() {
        empty_ui(&mut body_ui, frame, data, out);
        return;
    }
    let width = body.width();
    go_on(frame, data, state, out);
    state.heights.update(data, width);
    let forced = place(&body_ui, frame, data, state, (width, body.height()));
    let mut area = ScrollArea::vertical().id_salt("cards").auto_shrink(false);
    if let Some(offset) = forced {
        area = area.vertical_scroll_offset(offset);
    }
    let shown = area.show_viewport(&mut body_ui, |ui, viewport| {
        ui.set_height(state.heights.total());
        let origin = ui.max_rect().min;
        for at in state.heights.range(viewport.min.y, viewport.max.y) {
            let Some(statement) = data.refs.get(at) else {
                continue;
            };
            let top = state.heights.top(at);
            let size = vec2(width, state.heights.top(at + 1) - top);
            let rect = Rect::from_min_size(pos2(body.left(), origin.y + top), size);
            let Some(card) = Card::new(ui, frame, *statement, width, data.years) else {
                continue;
            };
            let response = card_ui(ui, rect, frame, &card, out);
            if state.focus == Some(*statement) {
                state.focus = None;
                response.request_focus();
            }
            answer(ui, frame, (data, at, *statement), (state, &response), out);
        }
    });
    state.offset = shown.state.clamped_offset().y;
    state.view_height = shown.inner_rect.height();
}

/// Once the selected card is decided, the next that is only suggested stands ready. A walk of review
/// goes on by itself.
fn go_on(frame: &Frame<'_>, data: &ListData, state: &mut ListState, out: &mut Commands) {
    let row = |at: StatementRef| frame.snap.view.statement(at);
    let suggested = |at: StatementRef| row(at).is_some_and(|row| !row.is_decided());
    let selected = frame.view_state.selection.annotation;
    if let Some((at, said, place)) = state.open.take_if(|(at, ..)| !suggested(*at)) {
        // What was corrected may be coded further.
        if row(at).is_some_and(|row| row.value != said) {
            return;
        }
        let stays = selected.is_none_or(|selected| selected == annotation(at));
        let rest = data
            .refs
            .get(place.min(data.refs.len())..)
            .unwrap_or_default();
        let next = rest.iter().find(|next| **next != at && suggested(**next));
        if let Some(next) = next
            && stays
            && state.own == Some(annotation(at))
            && frame.view_state.review.is_none()
        {
            state.own = Some(annotation(*next));
            state.focus = Some(*next);
            out.push(Command::Select(state.own));
        }
        return;
    }
    let is = |at: &&StatementRef| selected == Some(annotation(**at));
    let place = data.refs.iter().position(|at| is(&at));
    state.open = place.and_then(|place| {
        let at = *data.refs.get(place)?;
        let row = row(at).filter(|row| !row.is_decided())?;
        Some((at, row.value.clone(), place))
    });
}

/// Does what a click on a card, or a key while it has the focus, asks for.
fn answer(
    ui: &Ui,
    frame: &Frame<'_>,
    (data, at, statement): (&ListData, usize, StatementRef),
    (state, response): (&mut ListState, &egui::Response),
    out: &mut Commands,
) {
    let marking = ui.input(|input| input.modifiers.command || input.modifiers.shift);
    if response.clicked() {
        state.own = Some(annotation(statement));
        if marking {
            mark_clicked(ui, frame, (data, statement), state, out);
        } else {
            state.anchor = Some(statement);
            if !frame.view_state.selection.marked.is_empty() {
                out.push(Command::MarkMany(BTreeSet::new()));
            }
        }
    }
    if !response.has_focus() {
        return;
    }
    if let Some((next, run)) = keys(ui, response, data, at) {
        state.focus = Some(next);
        state.own = Some(annotation(next));
        if run {
            let anchor = *state.anchor.get_or_insert(statement);
            out.push(Command::MarkMany(run_of(data, anchor, next)));
        } else {
            state.anchor = Some(next);
        }
        out.push(Command::Select(state.own));
    }
}

/// Measures what is near, and returns where the list must scroll to, if anywhere.
fn place(
    ui: &Ui,
    frame: &Frame<'_>,
    data: &ListData,
    state: &mut ListState,
    (width, height): (f32, f32),
) -> Option<f32> {
    let before = state.offset;
    let view = if state.view_height > 0.0 {
        state.view_height
    } else {
        height
    };
    let filter = frame.filter();
    let sort = frame.view_state.statement_sort;
    let first = state
        .first
        .filter(|_| sort == StatementSort::ThisArticleFirst);
    let same = state
        .asked
        .as_ref()
        .is_some_and(|(f, s, at)| f == filter && *s == sort && *at == first);
    let mut offset = before;
    if !same {
        state.asked = Some((filter.clone(), sort, first));
        offset = 0.0;
    }
    offset += state.heights.measure(data, (offset, view), |at| {
        Card::new(ui, frame, at, width, data.years).map(|card| card.height())
    });
    let selected = frame.view_state.selection.annotation;
    if selected != state.seen {
        state.seen = selected;
        let found = selected.and_then(|selected| {
            let at = StatementRef {
                article: selected.article,
                id: selected.id,
            };
            let all = frame.snap.view.retold.all(at);
            let is = |shown: &StatementRef| *shown == at || all.contains(shown);
            data.refs.iter().position(is)
        });
        if let Some(at) = found {
            let (top, bottom) = (state.heights.top(at), state.heights.top(at + 1));
            if top < offset || bottom > offset + view {
                offset = if top < offset { top } else { bottom - view }.max(0.0);
                offset = offset.min(top);
            }
        }
    }
    ((offset - before).abs() > 0.1).then_some(offset.max(0.0))
}

/// Returns the card that the arrow keys lead to.
/// With `Shift` held the run from the anchor is marked.
fn keys(
    ui: &Ui,
    response: &egui::Response,
    data: &ListData,
    at: usize,
) -> Option<(StatementRef, bool)> {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    // Consumed: the next card is drawn, and has the focus, in this very frame.
    let (up, down, run) = ui.input_mut(|input| {
        let shift = input.modifiers.shift;
        let held = if shift {
            Modifiers::SHIFT
        } else {
            Modifiers::NONE
        };
        (
            input.consume_key(held, Key::ArrowUp),
            input.consume_key(held, Key::ArrowDown),
            shift,
        )
    });
    let next = match (up, down) {
        (true, false) => at.checked_sub(1),
        (false, true) => Some(at + 1),
        _ => None,
    };
    Some((data.refs.get(next?).copied()?, run))
}

/// `Ctrl` takes one statement in or out, `Shift` all from the last one clicked.
fn mark_clicked(
    ui: &Ui,
    frame: &Frame<'_>,
    (data, clicked): (&ListData, StatementRef),
    state: &mut ListState,
    out: &mut Commands,
) {
    let mut marked = frame.view_state.selection.marked.clone();
    if ui.input(|input| input.modifiers.shift) {
        let anchor = *state.anchor.get_or_insert(clicked);
        marked = run_of(data, anchor, clicked);
    } else {
        // The one selected before belongs to them.
        if marked.is_empty()
            && let Some(before) = frame.view_state.selection.annotation
            && data.refs.iter().any(|at| annotation(*at) == before)
        {
            marked.insert(before);
        }
        if !marked.remove(&annotation(clicked)) {
            marked.insert(annotation(clicked));
        }
        state.anchor = Some(clicked);
    }
    out.push(Command::MarkMany(marked));
}

/// Returns the statements between two of the list, both included.
fn run_of(data: &ListData, one: StatementRef, two: StatementRef) -> BTreeSet<Annotation> {
    let place = |wanted| data.refs.iter().position(|at| *at == wanted);
    let (Some(one), Some(two)) = (place(one), place(two)) else {
        return BTreeSet::new();
    };
    let run = data.refs.get(one.min(two)..=one.max(two));
    run.into_iter()
        .flatten()
        .map(|at| annotation(*at))
        .collect()
}

/// Says how many are marked, and what one key does to them.
fn marked_ui(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, out: &mut Commands) {
    let theme = frame.theme;
    let marked = &frame.view_state.selection.marked;
    ui.painter().rect_filled(rect, 0.0, theme.sel);
    let words = format!("{} marked", counted(marked.len(), "statement"));
    let at = ui.painter().text(
        pos2(rect.left() + PAD, rect.center().y),
        Align2::LEFT_CENTER,
        &words,
        Face::UiSemibold.font(13.5),
        theme.ink,
    );
    let response = ui.interact(at, ui.scope_id().with("marked"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &words));
    let room = Rect::from_min_max(
        pos2(at.right() + 8.0, rect.center().y - 14.0),
        pos2(rect.right() - PAD + 6.0, rect.center().y + 14.0),
    );
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(room)
            .id_salt("marked")
            .layout(layout),
    );
    row.spacing_mut().item_spacing.x = 2.0;
    if row
        .add(Button::ghost("Clear").height(26.0).name("Clear marks"))
        .clicked()
    {
        out.push(Command::MarkMany(BTreeSet::new()));
    }
    let reject = Button::ghost("Reject").height(26.0).caps(&["X"]);
    if row.add(reject.name("Reject all marked")).clicked() {
        out.push(Command::Reject);
    }
    let confirm = Button::ghost("Confirm").height(26.0).caps(&["Enter"]);
    if row.add(confirm.name("Confirm all marked")).clicked() {
        out.push(Command::Confirm);
    }
}

fn head_ui(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, data: &ListData, out: &mut Commands) {
    let theme = frame.theme;
    let line = Stroke::new(1.0, theme.line);
    if !frame.enlarged {
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let y = rect.center().y;
    let title = ui.painter().text(
        pos2(rect.left() + PAD, y),
        Align2::LEFT_CENTER,
        "Statements",
        Face::UiSemibold.font(14.0),
        theme.ink,
    );
    let count = if data.refs.len() == data.all {
        data.all.to_string()
    } else {
        format!("{} of {}", data.refs.len(), data.all)
    };
    ui.painter().text(
        pos2(title.right() + 8.0, y + 0.5),
        Align2::LEFT_CENTER,
        &count,
        Face::Ui.font(12.5),
        theme.ink3,
    );
    let response = ui.interact(title, ui.scope_id().with("head"), Sense::hover());
    response.widget_info(|| {
        let words = format!("Statements {count}");
        WidgetInfo::labeled(Role::Heading, true, words)
    });
    let now = frame.view_state.statement_sort;
    let words = SORTS
        .iter()
        .find(|(sort, _)| *sort == now)
        .map_or("", |(_, words)| *words);
    let at = Rect::from_min_max(
        pos2(title.right() + 90.0, y - 13.0),
        pos2(rect.right() - PAD + 9.0, y + 13.0),
    );
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(at).id_salt("sort").layout(layout));
    let name = format!("Order of statements: {words}");
    let button = Button::ghost(words).height(26.0).caret().name(&name);
    let response = row.add(button);
    menu(&response, "Order of statements", 190.0, |ui| {
        for (sort, words) in SORTS {
            let item = MenuItem {
                words,
                ticked: Some(sort == now),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                out.push(Command::SetStatementSort(sort));
            }
        }
    });
}

fn empty_ui(ui: &mut Ui, frame: &Frame<'_>, data: &ListData, out: &mut Commands) {
    let theme = frame.theme;
    let rect = ui.max_rect();
    if data.all == 0 {
        return;
    }
    let words = "No statement in this filter.";
    let at = ui.painter().text(
        pos2(rect.left() + PAD, rect.top() + 16.0),
        Align2::LEFT_TOP,
        words,
        Face::Ui.font(14.0),
        theme.ink2,
    );
    let response = ui.interact(at, ui.scope_id().with("empty"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let room = Rect::from_min_size(pos2(at.right() + 6.0, at.top()), vec2(120.0, 24.0));
    let mut row = ui.new_child(UiBuilder::new().max_rect(room).id_salt("clear"));
    if link(&mut row, "Clear all", 14.0).clicked() {
        let offices = frame.filter().offices;
        out.push(Command::SetFilter(Filter {
            offices,
            ..Filter::default()
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotationId, ArticleId};

    fn data(count: u128) -> ListData {
        let at = |id| StatementRef {
            article: ArticleId(1),
            id: AnnotationId(id),
        };
        ListData {
            refs: (0..count).map(at).collect(),
            all: 0,
            years: false,
            turn: 1,
        }
    }

    #[test]
    fn only_what_touches_the_view_is_in_range() {
        let mut heights = Heights::default();
        heights.update(&data(5_000), 400.0);
        assert_eq!(heights.range(0.0, GUESS), 0..1);
        assert_eq!(
            heights.range(GUESS * 10.0 + 1.0, GUESS * 12.0 + 1.0),
            10..13
        );
        let last = heights.total();
        assert_eq!(heights.range(last - 1.0, last + 500.0), 4_999..5_000);
        assert_eq!(Heights::default().range(0.0, 100.0), 0..0);
    }

    #[test]
    fn cards_above_the_view_that_grow_do_not_move_it() {
        let data = data(100);
        let mut heights = Heights::default();
        heights.update(&data, 400.0);
        let offset = GUESS * 50.0;
        let grew = heights.measure(&data, (offset, 300.0), |_| Some(GUESS + 22.0));
        let above = heights.known.range(..data.refs[50]).count();
        assert!(above >= 3, "{above}");
        assert!((grew - 22.0 * above as f32).abs() < 0.1);
        let top = heights.top(50);
        assert!((top - (offset + grew)).abs() < 0.1, "{top}");
        // Known heights outlive a new list.
        let mut again = data;
        again.turn = 2;
        heights.update(&again, 400.0);
        assert!((heights.top(50) - top).abs() < 0.1);
    }
}
