//! The four regions and the bars around them: who is drawn where, and who gets the keys.

use egui::{
    CursorIcon, Event, Id, Key, Modifiers, Popup, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use crate::app::{Command, CommandKind, Commands, Layout, Region, Snapshot, ViewState};
use crate::ui::articles::{ArticlesState, Shown, articles_ui, rail_ui};
use crate::ui::bars::{
    FilterLineState, TopBarState, filter_line_ui, hint_bar_ui, notices_ui, top_bar_ui,
};
use crate::ui::dialogs::{DialogsState, dialogs_ui};
use crate::ui::editor::{EditorState, editor_ui};
use crate::ui::layout::{HINT_BAR, Open, Regions, TOP_BAR, region_id, regions};
use crate::ui::reader::{ReaderState, reader_ui};
use crate::ui::stance::{StanceState, stance_ui};
use crate::ui::start::{dashed_frame, start_ui};
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::{TimelineState, timeline_ui};
use crate::ui::told::{Counts, Told};
use crate::ui::widgets::{paint, toast_ui};
use crate::ui::{can, keymap};

/// Regions in the order of `F6`.
const ORDER: [Region; 4] = [
    Region::Articles,
    Region::Reader,
    Region::Stance,
    Region::Timeline,
];

/// What the window remembers between frames; nothing that would be missed.
#[derive(Default)]
pub struct Window {
    top_bar: TopBarState,
    filter_line: FilterLineState,
    articles: ArticlesState,
    reader: ReaderState,
    editor: EditorState,
    dialogs: DialogsState,
    stance: StanceState,
    timeline: TimelineState,
    counts: Counts,
    region: Option<Region>,
    notices_height: f32,
    /// Whether a text field had the focus when the last frame ended.
    typed: bool,
    /// A popup was open when the last frame ended.
    popup: bool,
    dragged: Layout,
}

impl Window {
    /// Draws a frame; returns what the person wants.
    pub fn draw(
        &mut self,
        ui: &mut Ui,
        snap: &Snapshot,
        view_state: &ViewState,
        told: &Told<'_>,
    ) -> Commands {
        let mut out = Commands::default();
        let mut kinds = Vec::new();
        self.counts.update(snap, &view_state.filter);
        self.keys(ui, view_state, told, &mut kinds);
        files_and_paste(ui, &mut out);
        let theme = Theme::of(ui);
        let window = ui.ctx().content_rect();
        ui.painter().rect_filled(window, 0.0, theme.panel);
        let top = Rect::from_min_size(window.min, vec2(window.width(), TOP_BAR));
        self.bar(ui, top, (snap, view_state, told), &mut kinds, &mut out);
        let hint = Rect::from_min_max(pos2(window.left(), window.bottom() - HINT_BAR), window.max);
        let middle = Rect::from_min_max(top.left_bottom(), hint.right_top());
        let empty = snap.project.articles.is_empty();
        let middle = self.notices(ui, middle, told, &mut out);
        if empty {
            let mut child = child(ui, middle, "start");
            start_ui(&mut child, told, &mut kinds, &mut out);
        } else {
            self.panels(ui, middle, (snap, view_state, told), &mut kinds, &mut out);
        }
        let mut bar = child(ui, hint, "hint bar");
        bar.painter().rect_filled(hint, 0.0, theme.bar);
        let region = view_state
            .enlarged
            .or(self.region)
            .unwrap_or(Region::Reader);
        hint_bar_ui(&mut bar, view_state, told, region, empty);
        let shown = (snap, view_state, told, &self.counts);
        dialogs_ui(ui.ctx(), shown, &mut self.dialogs, &mut kinds, &mut out);
        drop_target(ui, window, empty);
        if let Some(toast) = told.toast {
            toast_ui(ui.ctx(), toast, HINT_BAR + 16.0, &mut out);
        }
        for kind in kinds {
            self.run(ui, kind, view_state, told, &mut out);
        }
        self.typed = ui.ctx().text_edit_focused();
        self.popup = Popup::is_any_open(ui.ctx());
        out
    }

    fn bar(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        (snap, view_state, told): (&Snapshot, &ViewState, &Told<'_>),
        kinds: &mut Vec<CommandKind>,
        out: &mut Commands,
    ) {
        let mut bar = child(ui, rect, "top bar");
        bar.painter().rect_filled(rect, 0.0, Theme::of(ui).bar);
        let shown = (snap, view_state, told, &self.counts);
        top_bar_ui(&mut bar, shown, &mut self.top_bar, kinds, out);
    }

    fn notices(&mut self, ui: &mut Ui, middle: Rect, told: &Told<'_>, out: &mut Commands) -> Rect {
        if told.notices.is_empty() {
            self.notices_height = 0.0;
            return middle;
        }
        let height = self.notices_height.max(40.0);
        let rect = Rect::from_min_size(middle.min, vec2(middle.width(), height));
        let mut area = child(ui, rect.shrink2(vec2(16.0, 8.0)), "notices");
        notices_ui(&mut area, told, out);
        let wanted = area.min_rect().height() + 16.0;
        if (wanted - self.notices_height).abs() > 0.5 {
            self.notices_height = wanted;
            ui.ctx().request_repaint();
        }
        Rect::from_min_max(rect.left_bottom(), middle.max)
    }

    fn panels(
        &mut self,
        ui: &mut Ui,
        middle: Rect,
        (snap, view_state, told): (&Snapshot, &ViewState, &Told<'_>),
        kinds: &mut Vec<CommandKind>,
        out: &mut Commands,
    ) {
        let theme = Theme::of(ui);
        let line = Rect::from_min_size(middle.min, vec2(middle.width(), self.filter_line.height()));
        let mut filter_line = child(ui, line, "filter line");
        let shown = (snap, view_state, &self.counts);
        filter_line_ui(&mut filter_line, shown, &mut self.filter_line, out, kinds);
        if self.filter_line.take_articles_wish() {
            self.articles.only_asked();
            self.region = Some(Region::Articles);
            ui.memory_mut(|memory| memory.request_focus(region_id(Region::Articles)));
        }
        let body = Rect::from_min_max(line.left_bottom(), middle.max);
        let open = Open {
            enlarged: view_state.enlarged,
            editor: view_state.draft.is_some(),
        };
        let at = regions(ui.ctx().content_rect(), body, view_state.layout, open);
        if let Some(rect) = at.articles {
            let mut panel = self.region(ui, rect, Region::Articles, "Articles");
            let shown = Shown {
                snap,
                view_state,
                counts: &self.counts,
                today: told.today,
            };
            if at.rail {
                rail_ui(&mut panel, shown, out);
            } else {
                articles_ui(&mut panel, shown, &mut self.articles, out);
            }
        }
        if let Some(rect) = at.reader {
            let mut panel = self.region(ui, rect, Region::Reader, "Reader");
            panel.painter().rect_filled(rect, 0.0, theme.page);
            reader_ui(&mut panel, snap, view_state, &mut self.reader, out);
        }
        if let Some(rect) = at.editor {
            let mut panel = child(ui, rect, "Edit statement");
            panel.painter().rect_filled(rect, 0.0, theme.panel);
            editor_ui(&mut panel, snap, view_state, &mut self.editor, out);
        }
        self.timeline.today = Some(told.today);
        self.charts(ui, at, (snap, view_state), out);
        self.dividers(ui, at, body, view_state, out);
    }

    fn charts(
        &mut self,
        ui: &mut Ui,
        at: Regions,
        (snap, view_state): (&Snapshot, &ViewState),
        out: &mut Commands,
    ) {
        if let Some(rect) = at.stance {
            let mut panel = self.region(ui, rect, Region::Stance, "Stance");
            stance_ui(&mut panel, snap, view_state, &mut self.stance, out);
        }
        if let Some(rect) = at.timeline {
            let mut panel = self.region(ui, rect, Region::Timeline, "Timeline");
            timeline_ui(&mut panel, snap, view_state, &mut self.timeline, out);
        }
    }

    /// Makes a region's ui: it can be reached by `F6`, and remembers that it was clicked.
    fn region(&mut self, ui: &mut Ui, rect: Rect, region: Region, name: &str) -> Ui {
        let panel = child(ui, rect, name);
        let response = panel.interact(rect, region_id(region), Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::Group, true, name));
        let pressed = ui.input(|input| {
            let at = input.pointer.press_origin();
            input.pointer.any_pressed() && at.is_some_and(|at| rect.contains(at))
        });
        if pressed {
            self.region = Some(region);
        }
        if response.has_focus() {
            self.region = Some(region);
            paint::focus_ring(panel.painter(), rect.shrink(4.0), 2, Theme::of(ui));
        }
        panel
    }

    fn dividers(
        &mut self,
        ui: &mut Ui,
        at: Regions,
        body: Rect,
        view_state: &ViewState,
        out: &mut Commands,
    ) {
        let theme = Theme::of(ui);
        let layout = view_state.layout;
        let mut wanted = if self.dragged == Layout::default() {
            layout
        } else {
            self.dragged
        };
        let mut ended = false;
        let stance = at.stance.or(at.editor).filter(|_| at.reader.is_some());
        let timeline = at.timeline.filter(|_| at.reader.is_some());
        if let Some(rect) = at.articles.filter(|_| at.reader.is_some()) {
            ui.painter()
                .vline(rect.right() - 0.5, rect.y_range(), (1.0, theme.line));
            if !at.rail {
                let to = divider(ui, rect.right(), rect.y_range(), true, "Width of articles");
                ended |= take(&mut wanted.articles_width, &to, |x| x - body.left());
            }
        }
        if let Some(rect) = stance {
            ui.painter()
                .vline(rect.left() + 0.5, rect.y_range(), (1.0, theme.line));
            let to = divider(ui, rect.left(), rect.y_range(), true, "Width of stance");
            ended |= take(&mut wanted.stance_width, &to, |x| body.right() - x);
        }
        if let Some(rect) = timeline {
            ui.painter()
                .hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
            let to = divider(
                ui,
                rect.top(),
                rect.x_range(),
                false,
                "Height of the timeline",
            );
            ended |= take(&mut wanted.timeline_height, &to, |y| body.bottom() - y);
        }
        if wanted != layout {
            self.dragged = wanted;
            out.push(Command::SetLayout(wanted));
        }
        if ended {
            self.dragged = Layout::default();
        }
    }

    fn keys(&self, ui: &Ui, view_state: &ViewState, told: &Told<'_>, kinds: &mut Vec<CommandKind>) {
        let ctx = ui.ctx();
        if self.popup || Popup::is_any_open(ctx) {
            return;
        }
        let typing = ctx.text_edit_focused();
        let dialog = view_state.dialog.is_some();
        let escape = ctx.input(|input| input.key_pressed(Key::Escape));
        if escape && (dialog || (!self.typed && !typing)) {
            ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            kinds.push(CommandKind::Escape);
        }
        if dialog {
            return;
        }
        let focused = ctx.memory(|memory| memory.focused());
        // The row of the article that is open has nothing to do on Enter.
        let open = view_state.selection.article;
        let on_control = focused.is_some_and(|id| {
            id != crate::ui::reader::reader_id()
                && !ORDER.iter().any(|r| region_id(*r) == id)
                && open.is_none_or(|open| crate::ui::articles::row_id(open) != id)
        });
        let reviewing = view_state.review.is_some();
        ctx.input_mut(|input| {
            keymap::take(input, typing, |kind| {
                let enter = kind == CommandKind::Confirm;
                if enter && on_control && !reviewing {
                    return false;
                }
                let can = can(told, kind);
                if can {
                    kinds.push(kind);
                }
                can
            });
        });
    }

    /// Does what the window does itself; hands on the rest.
    fn run(
        &mut self,
        ui: &Ui,
        kind: CommandKind,
        view_state: &ViewState,
        told: &Told<'_>,
        out: &mut Commands,
    ) {
        match kind {
            CommandKind::Search => {
                self.top_bar.focus_search = true;
                ui.ctx().request_repaint();
            }
            CommandKind::NextRegion => self.next_region(ui, view_state),
            CommandKind::PasteText => {
                ui.ctx()
                    .send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            CommandKind::Escape => out.push(Command::Escape),
            CommandKind::Enlarge => out.push(Command::Enlarge(match view_state.enlarged {
                Some(_) => None,
                None => Some(self.region.unwrap_or(Region::Reader)),
            })),
            _ => out_of(told, kind)
                .into_iter()
                .for_each(|command| out.push(command)),
        }
    }

    fn next_region(&mut self, ui: &Ui, view_state: &ViewState) {
        let at = self
            .region
            .and_then(|region| ORDER.iter().position(|r| *r == region));
        let next = match (view_state.enlarged, at) {
            (Some(region), _) => region,
            (None, None) => Region::Articles,
            (None, Some(at)) => ORDER[(at + 1) % ORDER.len()],
        };
        self.region = Some(next);
        let id = if next == Region::Reader {
            crate::ui::reader::reader_id()
        } else {
            region_id(next)
        };
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

fn out_of(told: &Told<'_>, kind: CommandKind) -> Option<Command> {
    (told.resolve)(kind)
}

fn child(ui: &mut Ui, rect: Rect, name: &str) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child
}

/// What a divider was asked for.
enum Pull {
    Nothing,
    To(f32),
    End,
    Restore,
}

/// A line between regions that can be dragged; a double-click restores the design's size, arrow
/// keys move it.
fn divider(ui: &mut Ui, at: f32, along: egui::Rangef, upright: bool, name: &str) -> Pull {
    let rect = if upright {
        Rect::from_x_y_ranges(at - 3.0..=at + 3.0, along)
    } else {
        Rect::from_x_y_ranges(along, at - 3.0..=at + 3.0)
    };
    let response = ui.interact(rect, Id::unique(name), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
    let cursor = if upright {
        CursorIcon::ResizeHorizontal
    } else {
        CursorIcon::ResizeVertical
    };
    let response = response.on_hover_and_drag_cursor(cursor);
    if response.has_focus() {
        ui.painter()
            .rect_filled(rect.shrink(1.5), 1.0, Theme::of(ui).ink);
        let (less, more) = if upright {
            (Key::ArrowLeft, Key::ArrowRight)
        } else {
            (Key::ArrowUp, Key::ArrowDown)
        };
        let step = ui.input_mut(|input| {
            let less = input.consume_key(Modifiers::NONE, less);
            let more = input.consume_key(Modifiers::NONE, more);
            16.0 * (f32::from(u8::from(more)) - f32::from(u8::from(less)))
        });
        if step != 0.0 {
            return Pull::To(at + step);
        }
    }
    if response.double_clicked() {
        return Pull::Restore;
    }
    if response.drag_stopped() {
        return Pull::End;
    }
    match response.interact_pointer_pos() {
        Some(pointer) if response.dragged() => {
            Pull::To(if upright { pointer.x } else { pointer.y })
        }
        _ => Pull::Nothing,
    }
}

fn take(size: &mut Option<f32>, pull: &Pull, from: impl Fn(f32) -> f32) -> bool {
    match pull {
        Pull::Nothing => false,
        Pull::To(at) => {
            *size = Some(from(*at).round());
            false
        }
        Pull::Restore => {
            *size = None;
            true
        }
        Pull::End => true,
    }
}

/// Dropped files become imports; text pasted while nobody types becomes an article.
fn files_and_paste(ui: &Ui, out: &mut Commands) {
    let dropped = ui.input(|input| input.raw.dropped_files.clone());
    let mut paths = Vec::new();
    let mut loose = Vec::new();
    for file in dropped {
        let path = file.path().to_path_buf();
        if path.is_absolute() {
            paths.push(path);
        } else if let Ok(bytes) = file.bytes() {
            loose.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
    match paths.as_slice() {
        [one]
            if one
                .extension()
                .is_some_and(|extension| extension == "demarche") =>
        {
            out.push(Command::OpenProject(one.clone()));
        }
        [] => {}
        _ => out.push(Command::Import(paths)),
    }
    if !loose.is_empty() {
        out.push(Command::ImportBytes(loose));
    }
    if ui.ctx().text_edit_focused() {
        return;
    }
    let pasted = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        })
    });
    if let Some(text) = pasted {
        let pasted = ("Pasted text.txt".to_owned(), text.into_bytes());
        out.push(Command::ImportBytes(vec![pasted]));
    }
}

/// Shows where files will go while they are held over the window.
fn drop_target(ui: &Ui, window: Rect, empty: bool) {
    let hovered = ui.input(|input| input.raw.hovered_files.len());
    if hovered == 0 || empty {
        return;
    }
    let theme = Theme::of(ui);
    let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("drop target"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_filled(window, 0.0, theme.scrim());
    let card = Rect::from_center_size(window.center(), vec2(420.0, 120.0));
    painter.rect_filled(card, 10.0, theme.raise);
    dashed_frame(ui, card.shrink(8.0), theme.ctl);
    let words = crate::ui::words::count(hovered, "file", "files");
    painter.text(
        card.center(),
        egui::Align2::CENTER_CENTER,
        format!("Drop to add {words}"),
        Face::UiMedium.font(16.0),
        theme.ink,
    );
}
