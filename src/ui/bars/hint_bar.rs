//! What stands at the bottom: *Saved 14:02* and hints; and problems that stay.

use egui::{Align, Color32, Layout, Rect, Ui, pos2, vec2};

use crate::app::{Command, CommandKind, Commands, Region, ViewState};
use crate::ui::keymap;
use crate::ui::theme::{Face, Theme};
use crate::ui::told::Told;
use crate::ui::widgets::{paint, problem};

/// Paints caps and words from `left`; returns where they end.
fn hint(ui: &Ui, left: f32, y: f32, caps: &[&str], words: &str, colour: Color32) -> f32 {
    let theme = Theme::of(ui);
    let mut x = left;
    if !caps.is_empty() {
        x = paint::caps(ui.painter(), theme, pos2(x, y), caps, false) + 8.0;
    }
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), Face::Ui.font(12.5), colour);
    let at = pos2(x, y - galley.size().y / 2.0);
    let end = x + galley.size().x;
    ui.painter().galley(at, galley, colour);
    end
}

fn hint_width(ui: &Ui, caps: &[&str], words: &str) -> f32 {
    let galley =
        ui.painter()
            .layout_no_wrap(words.to_owned(), Face::Ui.font(12.5), Color32::PLACEHOLDER);
    let caps = if caps.is_empty() {
        0.0
    } else {
        paint::caps_width(ui.painter(), caps) + 8.0
    };
    caps + galley.size().x
}

type Hint = (&'static [&'static str], &'static str);

/// Returns at most five hints for what is focused.
fn hints(view_state: &ViewState, region: Region, empty: bool) -> Vec<Hint> {
    let keys = |kind| keymap::caps(kind);
    let mut hints: Vec<Hint> = if empty {
        vec![]
    } else if view_state.draft.is_some() {
        vec![
            (&["Tab"], "next field"),
            (&["Alt", "H", "A", "I", "T"], "next guess"),
            (&["Enter"], "save"),
            (&["Esc"], "close"),
        ]
    } else if view_state.selection.annotation.is_some() {
        vec![
            (keys(CommandKind::Merge), "merge with…"),
            (&["Shift", "←", "→"], "move edge"),
            (keys(CommandKind::NewStatement), "new statement"),
            (keys(CommandKind::Undo), "undo"),
        ]
    } else if region == Region::Timeline {
        vec![
            (&[], "drag to select dates"),
            (&["Ctrl"], "scroll to zoom"),
            (&[], "double-click takes a lane"),
            (keys(CommandKind::DatesLastWeek), "last 7 days"),
            (keys(CommandKind::NewEntry), "new entry"),
        ]
    } else {
        vec![
            (keys(CommandKind::Next), "next to review"),
            (keys(CommandKind::NewStatement), "new statement"),
            (keys(CommandKind::Palette), "commands"),
        ]
    };
    if empty {
        hints.push((keys(CommandKind::Palette), "commands"));
    }
    hints.push((keys(CommandKind::Keys), "all keys"));
    hints
}

/// Draws the hint bar.
pub fn hint_bar_ui(
    ui: &mut Ui,
    view_state: &ViewState,
    told: &Told<'_>,
    region: Region,
    empty: bool,
) {
    let theme = Theme::of(ui);
    let rect = ui.max_rect();
    let y = rect.center().y;
    ui.painter()
        .hline(rect.x_range(), rect.top() + 0.5, (1.0, theme.line));
    let saved = Rect::from_min_size(
        pos2(rect.left() + 16.0, rect.top()),
        vec2(200.0, rect.height()),
    );
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(saved)
            .layout(Layout::left_to_right(Align::Center)),
    );
    if !told.saved.is_empty() {
        let text = egui::RichText::new(&told.saved)
            .font(Face::Ui.font(12.5))
            .color(theme.ink2);
        child.label(text);
    }
    let left_end = child.min_rect().right() + 24.0;
    let mut x = rect.right() - 16.0;
    for (caps, words) in hints(view_state, region, empty).iter().rev() {
        x -= hint_width(ui, caps, words);
        if x < left_end {
            break;
        }
        hint(ui, x, y, caps, words, theme.ink2);
        x -= 20.0;
    }
}

/// Draws the oldest problem that stays; with details and a way to dismiss it.
pub fn notices_ui(ui: &mut Ui, told: &Told<'_>, out: &mut Commands) {
    let Some(notice) = told.notices.first() else {
        return;
    };
    let more = told.notices.len() - 1;
    let what = if more == 0 {
        notice.what.clone()
    } else {
        format!("{} (and {more} more)", notice.what)
    };
    let buttons: &[&str] = if notice.details.is_empty() {
        &["Dismiss"]
    } else {
        &["Dismiss", "Copy details"]
    };
    match problem(ui, &what, &notice.hint, buttons) {
        Some(0) => out.push(Command::DismissNotice(0)),
        Some(_) => out.push(Command::Copy(notice.details.clone())),
        None => {}
    }
}
