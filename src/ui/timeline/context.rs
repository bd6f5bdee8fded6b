//! The menu of a mark, and its keys: go there, correct, decide, pin, colour, hide, note, choose days.

use egui::{Id, Key, Modifiers, Popup, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::analysis::{ItemKind, TimelineItem};
use crate::app::{Command, Commands, Dialog, EntryForm};
use crate::edit::Edit;
use crate::model::{Annotation, ArticleId, DateSpan, EntryId, ItemKey, LookChange, Swatch};
use crate::ui::theme::Theme;
use crate::ui::timeline::marks::{annotation, go_to};
use crate::ui::timeline::{Shown, brush};
use crate::ui::widgets::{MenuItem, menu_item, paint};

/// The menu's own place in memory: the list of a crowd has the usual one.
fn id(mark: &Response) -> Id {
    mark.id.with("context menu")
}

/// Whether the menu was asked for by key: then it stands at the mark, not at the pointer.
fn by_key(mark: &Response) -> Id {
    mark.id.with("context menu by key")
}

/// Shows the menu on a right click, or on `Shift F10`.
pub(super) fn context_ui<'a>(
    mark: &Response,
    shown: Shown<'_>,
    items: impl Fn() -> Vec<&'a TimelineItem>,
    out: &mut Commands,
) {
    let ctx = &mark.ctx;
    let key =
        mark.has_focus() && ctx.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10));
    if !key && !mark.secondary_clicked() && !Popup::is_id_open(ctx, id(mark)) {
        return;
    }
    if key || mark.secondary_clicked() {
        ctx.data_mut(|data| data.insert_temp(by_key(mark), key));
    }
    if key {
        Popup::open_id(ctx, id(mark));
    }
    let at_mark = ctx.data(|data| data.get_temp(by_key(mark)).unwrap_or(false));
    let popup = if at_mark {
        Popup::menu(mark).open_memory(None)
    } else {
        Popup::context_menu(mark)
    };
    let theme = Theme::pick(ctx.theme() == egui::Theme::Dark);
    popup
        .id(id(mark))
        .accessible_name("What to do with the mark")
        .frame(theme.card().inner_margin(6))
        .show(|ui| {
            ui.set_width(240.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let items = items();
            if let [item] = items.as_slice() {
                one_ui(ui, item, out);
            }
            looks_ui(ui, &items, out);
            all_ui(ui, shown, &items, out);
        });
}

fn row(ui: &mut Ui, words: &str, right: &str) -> bool {
    let item = MenuItem {
        words,
        right,
        ..MenuItem::default()
    };
    menu_item(ui, item).clicked()
}

fn entry(item: &TimelineItem) -> Option<EntryId> {
    match item.kind {
        ItemKind::Entry(id) => Some(id),
        ItemKind::Statement(_) | ItemKind::Time(..) | ItemKind::Publication(_) => None,
    }
}

/// The command that corrects the date of an item.
fn correct(item: &TimelineItem) -> Command {
    let dialog = match entry(item) {
        Some(id) => Dialog::Entry(EntryForm::Change(id)),
        None => Dialog::Date(item.kind.key()),
    };
    Command::ShowDialog(Some(dialog))
}

/// The command that notes something on an item.
fn note(item: &TimelineItem) -> Command {
    let of = |article: ArticleId, at: Option<Annotation>| Dialog::Note(article, at);
    let dialog = match item.kind.key() {
        ItemKey::Annotation(at) => of(at.article, Some(at)),
        ItemKey::Publication(article) => of(article, None),
        ItemKey::Entry(id) => Dialog::Entry(EntryForm::Change(id)),
    };
    Command::ShowDialog(Some(dialog))
}

fn look(items: &[&TimelineItem], change: LookChange) -> Command {
    let items = items.iter().map(|item| item.kind.key()).collect();
    Command::Edit(Edit::SetLooks { items, change })
}

fn pin(items: &[&TimelineItem]) -> Command {
    let all = items.iter().all(|item| item.look.pinned);
    look(items, LookChange::Pin(!all))
}

fn hide(items: &[&TimelineItem]) -> Command {
    let all = items.iter().all(|item| item.look.hidden);
    look(items, LookChange::Hide(!all))
}

/// The keys of a mark that has the focus: `D` date, `P` pin, `H` hide, `N` note, `Del` takes an own
/// entry away.
pub(super) fn keys(ui: &Ui, items: &[&TimelineItem], out: &mut Commands) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::P) {
        out.push(pin(items));
    }
    if pressed(Key::H) {
        out.push(hide(items));
    }
    let [item] = items else { return };
    if pressed(Key::D) {
        out.push(correct(item));
    }
    if pressed(Key::N) {
        out.push(note(item));
    }
    if let Some(id) = entry(item)
        && pressed(Key::Delete)
    {
        out.push(Command::Edit(Edit::RemoveEntry(id)));
    }
}

fn one_ui(ui: &mut Ui, item: &TimelineItem, out: &mut Commands) {
    if let Some(id) = entry(item) {
        if row(ui, "Edit the entry…", "D") {
            out.push(correct(item));
        }
        if row(ui, "Delete the entry", "Del") {
            out.push(Command::Edit(Edit::RemoveEntry(id)));
        }
        return;
    }
    let go = match annotation(item.kind) {
        Some(_) => "Go to the sentence",
        None => "Open the article",
    };
    if row(ui, go, "Enter") {
        out.push(go_to(item.kind));
    }
    if row(ui, "Correct the date…", "D") {
        out.push(correct(item));
    }
    if row(ui, "Note…", "N") {
        out.push(note(item));
    }
}

fn looks_ui(ui: &mut Ui, items: &[&TimelineItem], out: &mut Commands) {
    let many = |verb: &str| match items.len() {
        1 => verb.to_owned(),
        count => format!("{verb} all {count}"),
    };
    let all = |of: fn(&TimelineItem) -> bool| items.iter().all(|item| of(item));
    let verb = if all(|item| item.look.pinned) {
        "No longer pin"
    } else {
        "Pin"
    };
    if row(ui, &many(verb), "P") {
        out.push(pin(items));
    }
    let verb = if all(|item| item.look.hidden) {
        "Show again"
    } else {
        "Hide"
    };
    if row(ui, &many(verb), "H") {
        out.push(hide(items));
    }
    colours_ui(ui, items, out);
}

/// A row of colours, the one that is set framed; the first takes the colour away.
fn colours_ui(ui: &mut Ui, items: &[&TimelineItem], out: &mut Commands) {
    let now = items.first().and_then(|item| item.look.colour);
    let same = items.iter().all(|item| item.look.colour == now);
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        let all = std::iter::once(None).chain(Swatch::ALL.map(Some));
        for colour in all {
            if swatch(ui, colour, same && colour == now) {
                out.push(look(items, LookChange::Colour(colour)));
                ui.close();
            }
        }
    });
    ui.add_space(4.0);
}

fn swatch(ui: &mut Ui, colour: Option<Swatch>, is_set: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(21.0, 26.0), Sense::click());
    let words = colour.map_or_else(
        || "No colour of its own".to_owned(),
        |colour| format!("Colour it {}", colour.name()),
    );
    response
        .widget_info(|| WidgetInfo::selected(Role::MenuItemCheckBox, true, is_set, words.clone()));
    let square = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 5.0, theme.hov);
    }
    match colour {
        Some(colour) => {
            let ink = theme.palette.swatch(colour);
            painter.rect_filled(square, 4.0, theme.over(ink, ink, 1.0));
        }
        None => {
            let stroke = egui::Stroke::new(1.2, theme.ctl);
            painter.rect_stroke(square, 4.0, stroke, egui::StrokeKind::Inside);
            painter.line_segment([square.left_bottom(), square.right_top()], stroke);
        }
    }
    if is_set {
        let stroke = egui::Stroke::new(2.0, theme.ink);
        painter.rect_stroke(square.expand(3.0), 6.0, stroke, egui::StrokeKind::Inside);
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(2.0), 4, theme);
    }
    response.on_hover_text(words).clicked()
}

fn all_ui(ui: &mut Ui, shown: Shown<'_>, items: &[&TimelineItem], out: &mut Commands) {
    let statements = || {
        items
            .iter()
            .filter(|item| matches!(item.kind, ItemKind::Statement(_)))
    };
    let open: Vec<Annotation> = statements()
        .filter(|item| !item.decided)
        .filter_map(|item| annotation(item.kind))
        .collect();
    let all: Vec<Annotation> = statements()
        .filter_map(|item| annotation(item.kind))
        .collect();
    let many = |verb: &str, count: usize| {
        if items.len() == 1 {
            verb.to_owned()
        } else {
            format!("{verb} {count}")
        }
    };
    if !open.is_empty() && row(ui, &many("Confirm", open.len()), "") {
        out.push(Command::Edit(Edit::ConfirmMany(open)));
    }
    if !all.is_empty() && row(ui, &many("Reject", all.len()), "") {
        out.push(Command::Edit(Edit::RejectMany(all)));
    }
    let spans = || items.iter().map(|item| item.when.span());
    let first = spans().map(|span| span.first).min();
    let last = spans().map(|span| span.last).max();
    if let (Some(first), Some(last)) = (first, last)
        && row(ui, "Only these days", "")
    {
        brush::set(Some(DateSpan { first, last }), shown.view_state, out);
    }
}
