//! The stance panel: who takes which position, and which sentences say so.
//!
//! Three charts over one list. A chart never drops rows by its own axis: what is not asked for is
//! dimmed, the list holds only what the filter asks for. All counts are kept in `cache`; a frame
//! paints what is visible. Not here: the statement editor (`ui::reader`), exported figures.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of statements and rows, to points on screen"
)]

mod bars;
mod cache;
mod cards;
mod codes;
mod issues;
mod list;
mod matrix;
mod network;
mod paint;
mod periods;
mod shifts;

use std::collections::BTreeSet;

use egui::{
    Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use crate::analysis::{Filter, Picked, StatementRef};
use crate::app::{Command, Commands, Dialog, Region, Snapshot, StanceTab, ViewState};
use crate::figure::tokens::Rgb;
use crate::model::{Annotation, AnnotationKind, EntityId};
use crate::ui::icons;
use crate::ui::stance::cache::Cache;
use crate::ui::stance::list::ListState;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{self, Button, segmented};

const HEAD: f32 = 44.0;
const PAD: f32 = 16.0;
/// The most that a chart takes of the panel before it scrolls; the matrix has heads to carry.
const CHART_SHARE: f32 = 0.58;
const MATRIX_SHARE: f32 = 0.66;

/// What the panel remembers between frames; nothing that would be missed.
#[derive(Default)]
pub struct StanceState {
    cache: Cache,
    network: network::NetworkView,
    /// Holders beyond the twelfth are shown.
    all_rows: bool,
    list: ListState,
}

/// What one frame of the panel reads.
#[derive(Clone, Copy)]
struct Frame<'a> {
    snap: &'a Snapshot,
    view_state: &'a ViewState,
    theme: &'static Theme,
    /// The panel has the whole middle.
    enlarged: bool,
}

impl Frame<'_> {
    fn filter(&self) -> &Filter {
        &self.view_state.filter
    }

    /// What lies below the chart.
    fn surface(&self) -> Rgb {
        if self.enlarged {
            self.theme.palette.page
        } else {
            self.theme.palette.panel
        }
    }

    /// Returns a command that changes the filter.
    fn change(&self, change: impl FnOnce(&mut Filter)) -> Command {
        let mut filter = self.filter().clone();
        change(&mut filter);
        Command::SetFilter(filter)
    }
}

const TABS: [(StanceTab, &str); 4] = [
    (StanceTab::ByActor, "By actor"),
    (StanceTab::Matrix, "Matrix"),
    (StanceTab::Issues, "Issues"),
    (StanceTab::Network, "Network"),
];

/// Draws the panel into all that `ui` has; wishes go to `out`.
pub fn stance_ui(
    ui: &mut Ui,
    snap: &Snapshot,
    view_state: &ViewState,
    state: &mut StanceState,
    out: &mut Commands,
) {
    let frame = Frame {
        snap,
        view_state,
        theme: Theme::of(ui),
        enlarged: view_state.enlarged == Some(Region::Stance),
    };
    let full = ui.max_rect();
    ui.painter().rect_filled(full, 0.0, frame.theme.panel);
    let first = state.list.first(view_state);
    let all = state.cache.list(snap, view_state, first).all;
    if frame.enlarged {
        let width = (full.width() * 0.42).clamp(320.0, 512.0);
        let (left, right) = full.split_left_right_at_x(full.right() - width);
        let (head, chart) = left.split_top_bottom_at_y(left.top() + HEAD + 4.0);
        ui.painter().rect_filled(chart, 0.0, frame.theme.page);
        head_ui(ui, head, &frame, out);
        if all == 0 {
            no_statement(ui, chart, frame.theme);
        } else {
            chart_ui(ui, chart, &frame, state, out);
        }
        list_ui(ui, right, &frame, state, out);
        let line = Stroke::new(1.0, frame.theme.line);
        ui.painter()
            .hline(head.x_range(), head.bottom() - 0.5, line);
        ui.painter()
            .vline(right.left() + 0.5, right.y_range(), line);
        return;
    }
    let (head, below) = full.split_top_bottom_at_y(full.top() + HEAD);
    head_ui(ui, head, &frame, out);
    if all == 0 {
        no_statement(ui, below, frame.theme);
        return;
    }
    let share = match view_state.stance_tab {
        StanceTab::Matrix | StanceTab::Network => MATRIX_SHARE,
        StanceTab::ByActor | StanceTab::Issues => CHART_SHARE,
    };
    let most = below.height() * share;
    let height = chart_height(&frame, state, below.width()).min(most);
    let (chart, rest) = below.split_top_bottom_at_y(below.top() + height);
    chart_ui(ui, chart, &frame, state, out);
    list_ui(ui, rest, &frame, state, out);
}

/// Makes a ui for a part of the panel, clipped to it.
fn child(ui: &mut Ui, rect: Rect, name: &str) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child
}

fn head_ui(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, out: &mut Commands) {
    let theme = frame.theme;
    let y = rect.center().y;
    let current = frame.view_state.stance_tab;
    let enlarge = Rect::from_center_size(pos2(rect.right() - PAD - 10.0, y), vec2(26.0, 26.0));
    let width = tabs_width(ui, current);
    let font = Face::UiSemibold.font(14.0);
    let galley = ui
        .painter()
        .layout_no_wrap("Stance".to_owned(), font, theme.ink);
    // Narrow panels keep their tabs; the title stays for screen readers.
    let fits = rect.left() + PAD + galley.size().x + 8.0 + width <= enlarge.left() - 6.0;
    let at = pos2(rect.left() + PAD, y - galley.size().y / 2.0);
    let title = Rect::from_min_size(at, if fits { galley.size() } else { vec2(1.0, 1.0) });
    if fits {
        ui.painter().galley(at, galley, theme.ink);
    }
    let response = ui.interact(title, ui.scope_id().with("title"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Stance"));
    let left = if frame.enlarged {
        title.right() + 14.0
    } else {
        enlarge.left() - 6.0 - width
    };
    let tabs = Rect::from_min_size(pos2(left, y - 13.0), vec2(width, 26.0));
    let mut tabs_ui = ui.new_child(UiBuilder::new().max_rect(tabs).id_salt("tabs"));
    tabs_ui.spacing_mut().interact_size.y = 26.0;
    if let Some(tab) = segmented(&mut tabs_ui, "Charts of stance", current, &TABS) {
        out.push(Command::SetStanceTab(tab));
    }
    let (icon, name, to) = if frame.enlarged {
        (icons::SHRINK, "Give stance its place back", None)
    } else {
        (icons::ENLARGE, "Enlarge stance", Some(Region::Stance))
    };
    let button = Button::icon_only(icon, name).height(26.0);
    if ui.put(enlarge, button).clicked() {
        out.push(Command::Enlarge(to));
    }
    if frame.enlarged && enlarge.left() - tabs.right() > 150.0 {
        let at = Rect::from_min_max(
            pos2(enlarge.left() - 130.0, y - 13.0),
            enlarge.left_bottom(),
        );
        let button = Button::ghost("Export chart")
            .icon(icons::EXPORT)
            .height(26.0);
        if ui.put(at, button).clicked() {
            out.push(Command::ShowDialog(Some(Dialog::Export)));
        }
    }
}

/// The room that the tabs take, so that they can stand at the right.
fn tabs_width(ui: &Ui, current: StanceTab) -> f32 {
    let segment = |(tab, words): &(StanceTab, &str)| {
        let face = if *tab == current {
            Face::UiMedium
        } else {
            Face::Ui
        };
        let galley =
            ui.painter()
                .layout_no_wrap((*words).to_owned(), face.font(13.0), Color32::PLACEHOLDER);
        galley.size().x + 20.0
    };
    TABS.iter().map(segment).sum::<f32>() + 6.0
}

fn no_statement(ui: &Ui, rect: Rect, theme: &Theme) {
    let words = "No statement yet";
    let at = ui.painter().text(
        pos2(rect.left() + PAD, rect.top() + 24.0),
        Align2::LEFT_TOP,
        words,
        Face::Ui.font(14.0),
        theme.ink2,
    );
    let response = ui.interact(at, ui.scope_id().with("empty"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

fn chart_height(frame: &Frame<'_>, state: &mut StanceState, width: f32) -> f32 {
    let (snap, view_state) = (frame.snap, frame.view_state);
    match view_state.stance_tab {
        StanceTab::ByActor => {
            let data = state.cache.bars(snap, view_state);
            bars::height(data, state.all_rows)
        }
        StanceTab::Matrix => {
            let data = state.cache.matrix(snap, view_state);
            matrix::height(data, width)
        }
        StanceTab::Issues if view_state.stance.shifts => {
            shifts::height(state.cache.shifts(snap, view_state))
        }
        StanceTab::Issues => issues::height(state.cache.issues(snap, view_state), frame),
        StanceTab::Network => f32::INFINITY,
    }
}

fn chart_ui(
    ui: &mut Ui,
    rect: Rect,
    frame: &Frame<'_>,
    state: &mut StanceState,
    out: &mut Commands,
) {
    let (snap, view_state) = (frame.snap, frame.view_state);
    let mut ui = child(ui, rect, "chart");
    let mut options = view_state.stance;
    match view_state.stance_tab {
        StanceTab::ByActor => {
            let data = state.cache.bars(snap, view_state);
            let wishes = (&mut options, &mut state.all_rows);
            bars::show(&mut ui, frame, data, wishes, out);
        }
        StanceTab::Matrix => {
            let data = state.cache.matrix(snap, view_state);
            matrix::show(&mut ui, frame, data, &mut options, out);
        }
        StanceTab::Issues if options.shifts => {
            let data = state.cache.shifts(snap, view_state);
            shifts::show(&mut ui, frame, data, &mut options, out);
        }
        StanceTab::Issues => {
            let data = state.cache.issues(snap, view_state);
            issues::show(&mut ui, frame, data, &mut options, out);
        }
        StanceTab::Network => {
            let data = state.cache.network(snap, view_state);
            network::show(
                &mut ui,
                frame,
                data,
                (&mut state.network, &mut options),
                out,
            );
        }
    }
    if options != view_state.stance {
        out.push(Command::SetStance(options));
    }
}

fn list_ui(
    ui: &mut Ui,
    rect: Rect,
    frame: &Frame<'_>,
    state: &mut StanceState,
    out: &mut Commands,
) {
    let mut ui = child(ui, rect, "statements");
    codes::keys(&ui, frame, out);
    let first = state.list.first(frame.view_state);
    let data = state.cache.list(frame.snap, frame.view_state, first);
    list::show(&mut ui, frame, data, &mut state.list, out);
}

/// Asks for exactly the statements that something in a chart counts: in the words of the filter
/// where those ask for no more and no less, else by picking them.
fn ask_exactly(
    frame: &Frame<'_>,
    words: &str,
    refs: impl IntoIterator<Item = StatementRef>,
    change: impl FnOnce(&mut Filter),
) -> Command {
    let refs: BTreeSet<StatementRef> = refs.into_iter().collect();
    let before = Filter {
        picked: None,
        ..frame.filter().clone()
    };
    let mut filter = before.clone();
    change(&mut filter);
    let found: BTreeSet<StatementRef> = {
        let asked = filter.statements(&frame.snap.project, &frame.snap.view);
        asked.map(|(at, _)| at).collect()
    };
    if found != refs {
        if !found.is_superset(&refs) {
            filter = before;
        }
        filter.picked = Some(Picked::new(words, refs));
    }
    Command::SetFilter(filter)
}

/// Returns the annotation of a statement.
fn annotation(at: StatementRef) -> Annotation {
    Annotation {
        article: at.article,
        kind: AnnotationKind::Statement,
        id: at.id,
    }
}

/// Whether the filter asks for this holder alone.
fn only(set: &BTreeSet<EntityId>, entity: EntityId) -> bool {
    set.len() == 1 && set.contains(&entity)
}

/// Shows the switch of offices; `rect` is the room it may take.
fn offices_switch(ui: &Ui, rect: Rect, frame: &Frame<'_>, out: &mut Commands) {
    let theme = frame.theme;
    let on = frame.filter().offices;
    let words = "Offices count with their state";
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), Face::Ui.font(12.5), theme.ink2);
    let y = rect.center().y;
    let track = Rect::from_min_size(pos2(rect.left(), y - 8.0), vec2(28.0, 16.0));
    let at = pos2(track.right() + 8.0, y - galley.size().y / 2.0);
    let whole = Rect::from_min_max(
        pos2(track.left(), y - 12.0),
        pos2(at.x + galley.size().x, y + 12.0),
    );
    let response = ui.interact(whole, ui.scope_id().with("offices"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, words));
    if response.clicked() {
        out.push(frame.change(|filter| filter.offices = !on));
    }
    let painter = ui.painter();
    let radius = CornerRadius::same(8);
    if on {
        painter.rect_filled(track, radius, theme.ink);
        painter.circle_filled(pos2(track.right() - 8.0, y), 5.0, theme.inv);
    } else {
        let border = Stroke::new(1.0, theme.ctl);
        painter.rect(track, radius, theme.well, border, StrokeKind::Inside);
        painter.circle_filled(pos2(track.left() + 8.0, y), 4.5, theme.ctl);
    }
    let ink = if response.hovered() {
        theme.ink
    } else {
        theme.ink2
    };
    painter.galley_with_override_text_color(at, galley, ink);
    if response.has_focus() {
        widgets::paint::focus_ring(painter, whole, 4, theme);
    }
}
