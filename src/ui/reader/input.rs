//! Pointer and keyboard on the text: hover, click, drag, words, sentences, the caret.

use egui::{Event, EventFilter, Key, Modifiers, PointerButton, Pos2, Response, Ui};

use crate::app::{Command, Commands, Dialog};
use crate::model::{TextRange, TextSize, slice};
use crate::ui::reader::hit::{self, Spot};
use crate::ui::reader::state::{Caret, Hover, Menu, ReaderState, Target, Unit};
use crate::ui::reader::text::{sentence_at, step, whole_graphemes, whole_words, word_at};
use crate::ui::reader::{Page, Screen, Visible, reader_id};

/// Reads this frame's events.
pub(crate) fn handle(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    screen: Screen<'_>,
    text: &Response,
    out: &mut Commands,
) {
    hover(ui, state, screen.spots);
    pointer(ui, page, state, screen, text, out);
    if text.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(reader_id(), filter));
        keys(ui, page, state, screen.visible, out);
    }
}

/// Follows the pointer; what is hovered stays so while the pointer goes to its card.
fn hover(ui: &Ui, state: &mut ReaderState, spots: &[Spot]) {
    let (pos, time, down) = ui.input(|input| {
        let down = input.pointer.any_down();
        (input.pointer.hover_pos(), input.time, down)
    });
    if state.menu.is_some() || down && state.dragging {
        state.hover = None;
        return;
    }
    let on_card = |hover: &Hover| {
        let way = hover.card.map(|card| card.union(hover.rect).expand(6.0));
        pos.is_some_and(|pos| {
            way.is_some_and(|way| way.contains(pos)) && {
                let card = hover.card.unwrap_or(hover.rect);
                card.expand(6.0).contains(pos)
                    || (hover.rect.x_range().contains(pos.x) && !hover.rect.contains(pos))
            }
        })
    };
    if state.hover.as_ref().is_some_and(on_card) {
        return;
    }
    let inside = pos.filter(|pos| ui.clip_rect().contains(*pos));
    let free = |pos: &Pos2| {
        ui.ctx()
            .layer_id_at(*pos)
            .is_none_or(|layer| layer == ui.layer_id())
    };
    let spot = inside.filter(free).and_then(|pos| hit::at(spots, pos));
    state.hover = spot.map(|spot| match state.hover {
        Some(hover) if hover.target == spot.target => Hover {
            rect: spot.rect,
            ..hover
        },
        _ => Hover {
            target: spot.target,
            since: time,
            rect: spot.rect,
            card: None,
        },
    });
}

fn pointer(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    Screen { visible, spots }: Screen<'_>,
    text: &Response,
    out: &mut Commands,
) {
    if text.drag_started_by(PointerButton::Primary)
        && let Some(pos) = ui.input(|input| input.pointer.press_origin())
        && let Some(at) = offset(visible, pos)
    {
        state.dragging = true;
        ui.memory_mut(|memory| memory.request_focus(reader_id()));
        state.caret = Some(caret_at(page, at, Unit::Character));
        deselect(page, out);
    }
    if state.dragging {
        drag(ui, page, state, visible, out);
        if text.drag_stopped() || !ui.input(|input| input.pointer.any_down()) {
            state.dragging = false;
        }
    }
    let count = [
        (text.triple_clicked(), 3),
        (text.double_clicked(), 2),
        (text.clicked_by(PointerButton::Primary), 1),
    ];
    let count = count
        .into_iter()
        .find_map(|(hit, count)| hit.then_some(count));
    if let (Some(count), Some(pos)) = (count, text.interact_pointer_pos()) {
        match hit::at(spots, pos) {
            Some(spot) if count == 1 && !ui.input(|input| input.modifiers.shift) => {
                choose(page, spot.target, out);
                ui.memory_mut(|memory| memory.request_focus(reader_id()));
            }
            _ => click(ui, page, state, visible, (pos, count), out),
        }
    }
    if text.secondary_clicked() {
        let target = text
            .interact_pointer_pos()
            .and_then(|pos| hit::at(spots, pos));
        open_menu(text, target.map(|spot| spot.target), state);
    }
}

/// Opens the context menu at the pointer.
pub(crate) fn open_menu(response: &Response, target: Option<Target>, state: &mut ReaderState) {
    let at = response.interact_pointer_pos();
    state.menu = Some(Menu {
        at: at.unwrap_or(response.rect.left_bottom()),
        target,
        fresh: true,
    });
}

/// One click sets the caret, two take the word, three the sentence; with Shift the selection goes
/// on to there.
pub(crate) fn click(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    visible: &[Visible],
    (pos, count): (Pos2, u8),
    out: &mut Commands,
) {
    ui.memory_mut(|memory| memory.request_focus(reader_id()));
    let Some(at) = offset(visible, pos) else {
        return;
    };
    let unit = match count {
        1 => Unit::Character,
        2 => Unit::Word,
        _ => Unit::Sentence,
    };
    if count == 1
        && ui.input(|input| input.modifiers.shift)
        && let Some(caret) = &mut state.caret
    {
        caret.head = at;
        out.push(Command::SelectText(Some(caret.range())));
        return;
    }
    deselect(page, out);
    select(page, state, caret_at(page, at, unit), out);
}

/// Selects an annotation and its entity where it stands. While a statement is being edited the
/// annotation alone, so that the editor can take it as its field.
pub(crate) fn choose(page: &Page<'_>, target: Target, out: &mut Commands) {
    let annotation = hit::annotation(page, target);
    if page.view_state.selection.text.is_some() {
        out.push(Command::SelectText(None));
    }
    out.push(Command::Mark(Some(annotation)));
    if page.view_state.draft.is_some() {
        return;
    }
    if let Target::Mention(id) = target {
        let row = page.view.mentions.iter().find(|row| row.id == id);
        let entity = row.and_then(|row| row.value.entity);
        out.push(Command::SelectEntity(entity));
    }
}

fn deselect(page: &Page<'_>, out: &mut Commands) {
    if page.view_state.draft.is_some() {
        return;
    }
    let selection = &page.view_state.selection;
    if selection.annotation.is_some() {
        out.push(Command::Mark(None));
    }
    if selection.entity.is_some() {
        out.push(Command::SelectEntity(None));
    }
}

fn offset(visible: &[Visible], pos: Pos2) -> Option<TextSize> {
    let below = |shown: &&Visible| pos.y < shown.origin.y + shown.set.height();
    let shown = visible.iter().find(below).or(visible.last())?;
    // Between two paragraphs: the start of the lower one.
    Some(shown.offset_at(Pos2::new(pos.x, pos.y.max(shown.origin.y))))
}

fn caret_at(page: &Page<'_>, at: TextSize, unit: Unit) -> Caret {
    let anchor = unit_at(page, at, unit);
    Caret {
        anchor,
        head: anchor.end(),
        unit,
    }
}

fn unit_at(page: &Page<'_>, at: TextSize, unit: Unit) -> TextRange {
    let tokens = &page.state.tokens;
    let found = match unit {
        Unit::Character => None,
        Unit::Word => word_at(page.body(), tokens, at),
        Unit::Sentence => sentence_at(page.body(), tokens, at),
    };
    found.unwrap_or(TextRange::empty(at))
}

fn select(page: &Page<'_>, state: &mut ReaderState, caret: Caret, out: &mut Commands) {
    select_range(page, state, (caret, caret.range()), out);
}

/// Selects `range` and keeps `caret` for what follows.
fn select_range(
    page: &Page<'_>,
    state: &mut ReaderState,
    (caret, range): (Caret, TextRange),
    out: &mut Commands,
) {
    let range = whole_graphemes(page.body(), range);
    state.caret = Some(caret);
    state.label = None;
    if page.view_state.selection.text != Some(range) {
        out.push(Command::SelectText(Some(range)));
    }
}

fn drag(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    visible: &[Visible],
    out: &mut Commands,
) {
    let (Some(pos), Some(mut caret)) =
        (ui.input(|input| input.pointer.interact_pos()), state.caret)
    else {
        return;
    };
    if let Some(at) = offset(visible, pos) {
        let unit = unit_at(page, at, caret.unit);
        caret.head = if unit.start() < caret.anchor.start() {
            unit.start()
        } else {
            unit.end()
        };
        let exact = ui.input(|input| input.modifiers.alt);
        let range = match caret.unit {
            Unit::Character if !exact => {
                whole_words(page.body(), &page.state.tokens, caret.range())
            }
            _ => caret.range(),
        };
        select_range(page, state, (caret, range), out);
    }
    let view = ui.clip_rect();
    let beyond = (pos.y - view.bottom() + 24.0).max(0.0) + (pos.y - view.top() - 24.0).min(0.0);
    if beyond.abs() > 0.5 {
        ui.scroll_with_delta(egui::vec2(0.0, -beyond * 0.4));
        ui.ctx().request_repaint();
    }
}

/// What the arrows do when no annotation is selected.
fn keys(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    visible: &[Visible],
    out: &mut Commands,
) {
    let selected = page.view_state.selection.text;
    let copy = ui.input(|input| {
        input
            .events
            .iter()
            .any(|event| matches!(event, Event::Copy))
    });
    if copy && let Some(range) = selected.filter(|range| !range.is_empty()) {
        out.push(Command::Copy(slice(page.body(), range).to_owned()));
    }
    for (key, forward) in [(Key::PageDown, 1.0), (Key::PageUp, -1.0)] {
        if pressed(ui, Modifiers::NONE, key) {
            let page_height = (state.view_height - page.setting.line * 2.0).max(60.0);
            state.pending = Some((state.offset + forward * page_height).max(0.0));
            ui.ctx().request_repaint();
        }
    }
    if page.view_state.selection.annotation.is_some() {
        return;
    }
    for shift in [true, false] {
        let modifiers = if shift {
            Modifiers::SHIFT
        } else {
            Modifiers::NONE
        };
        for key in [
            Key::ArrowLeft,
            Key::ArrowRight,
            Key::ArrowUp,
            Key::ArrowDown,
            Key::Home,
            Key::End,
        ] {
            if pressed(ui, modifiers, key) {
                go(page, state, visible, (key, shift), out);
            }
        }
    }
    let words = selected.is_some_and(|range| !range.is_empty());
    if words
        && page.view_state.draft.is_none()
        && state.label.is_none()
        && pressed(ui, Modifiers::NONE, Key::Enter)
    {
        state.label = Some(String::new());
    }
}

fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.input_mut(|input| {
        let exact = input.modifiers == modifiers;
        exact && input.consume_key(modifiers, key)
    })
}

fn go(
    page: &Page<'_>,
    state: &mut ReaderState,
    visible: &[Visible],
    (key, shift): (Key, bool),
    out: &mut Commands,
) {
    let first = || visible.first().map(|shown| shown.range.start());
    let Some(from) = state.caret.map(|caret| caret.head).or_else(first) else {
        return;
    };
    let (body, tokens) = (page.body(), &page.state.tokens);
    // In a paragraph that is read from the right, the left arrow goes on.
    let turned = visible
        .iter()
        .find(|shown| shown.range.contains_inclusive(from))
        .is_some_and(|shown| shown.set.is_from_right());
    let to = match key {
        Key::ArrowLeft => step(body, tokens, from, turned),
        Key::ArrowRight => step(body, tokens, from, !turned),
        _ => row_step(visible, from, key).unwrap_or(from),
    };
    let mut caret = state.caret.unwrap_or(Caret {
        anchor: TextRange::empty(from),
        head: from,
        unit: Unit::Character,
    });
    caret.head = to;
    if !shift {
        caret.anchor = TextRange::empty(to);
    }
    select(page, state, caret, out);
    keep_in_view(page, state, visible, to);
}

/// Returns the place a row above or below, or at the end of this row.
fn row_step(visible: &[Visible], from: TextSize, key: Key) -> Option<TextSize> {
    let at = visible
        .iter()
        .position(|shown| shown.range.contains_inclusive(from))?;
    let shown = visible.get(at)?;
    let character = shown.map.character(usize::from(from - shown.range.start()));
    let (row, x) = shown.set.caret(character);
    let y = shown.set.centre(row);
    let line = shown.set.height() / shown.set.rows().max(1) as f32;
    let point = match key {
        Key::Home => return Some(byte_at(shown, shown.set.chars_of_row(row).start)),
        Key::End => {
            let chars = shown.set.chars_of_row(row);
            let last = row + 1 == shown.set.rows();
            return Some(byte_at(shown, chars.end.saturating_sub(usize::from(!last))));
        }
        Key::ArrowUp if row == 0 => {
            let above = visible.get(at.checked_sub(1)?)?;
            let y = above.origin.y + above.set.height() - line / 2.0;
            return Some(above.offset_at(Pos2::new(shown.origin.x + x, y)));
        }
        Key::ArrowUp => y - line,
        _ if row + 1 >= shown.set.rows() => {
            let below = visible.get(at + 1)?;
            let y = below.origin.y + line / 2.0;
            return Some(below.offset_at(Pos2::new(shown.origin.x + x, y)));
        }
        _ => y + line,
    };
    Some(shown.offset_at(shown.origin + egui::vec2(x, point)))
}

fn byte_at(shown: &Visible, character: usize) -> TextSize {
    let byte = TextSize::try_from(shown.map.byte(character)).unwrap_or_default();
    shown.range.start() + byte
}

fn keep_in_view(page: &Page<'_>, state: &mut ReaderState, visible: &[Visible], to: TextSize) {
    let shown = visible
        .iter()
        .find(|shown| shown.range.contains_inclusive(to));
    let (Some(shown), Some(cache)) = (shown, &state.cache) else {
        // Out of sight: the paragraph's estimate will do.
        let at = super::text::paragraph_at(&page.layout.paragraphs, to);
        if let Some(cache) = &state.cache {
            state.pending = Some((cache.heights.top(at + 1) - state.view_height / 3.0).max(0.0));
        }
        return;
    };
    let byte = usize::from(to - shown.range.start());
    let (row, _) = shown.set.caret(shown.map.character(byte));
    let block = cache.heights.top(shown.paragraph + 1);
    let gap = cache.heights.height(shown.paragraph + 1) - shown.set.height();
    let y = block + gap + shown.set.centre(row);
    let line = page.setting.line;
    if y < state.offset + line {
        state.pending = Some((y - line * 2.0).max(0.0));
    } else if y > state.offset + state.view_height - line {
        state.pending = Some(y - state.view_height + line * 2.0);
    }
}

/// Opens the dialog that a card or menu asks for, with the target selected.
pub(crate) fn open_dialog(page: &Page<'_>, target: Target, dialog: Dialog, out: &mut Commands) {
    choose(page, target, out);
    out.push(Command::ShowDialog(Some(dialog)));
}
