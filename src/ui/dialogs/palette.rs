//! All commands, found by typing; and the list of keys.

use egui::{Context, Key, Modifiers, ScrollArea, Sense, Ui, pos2, vec2};

use crate::app::{CommandKind, Section};
use crate::ui::dialogs::{Form, Shown, field_id, focus_first};
use crate::ui::theme::{Face, Theme, elided};
use crate::ui::widgets::{DialogFrame, MenuItem, dialog_title, menu_item, paint, text_field};
use crate::ui::{can, keymap, words};

/// Returns how well `typed` fits `title`; higher is better, none where its letters do not stand in
/// this order. Beginnings of words count more, and letters that follow each other.
fn fit(title: &str, typed: &str) -> Option<i32> {
    let mut score = 0;
    let mut before = ' ';
    let mut run = 0;
    let mut wanted = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase);
    let mut next = wanted.next();
    for (place, letter) in title.chars().flat_map(char::to_lowercase).enumerate() {
        let Some(want) = next else { break };
        if letter == want {
            run += 1;
            score += 1 + 2 * run;
            if !before.is_alphanumeric() {
                score += 6;
            }
            if place == 0 {
                score += 4;
            }
            next = wanted.next();
        } else {
            run = 0;
        }
        before = letter;
    }
    next.is_none().then_some(score)
}

/// Returns the commands that fit, best first; what cannot be done now comes last.
fn found(shown: Shown<'_>, typed: &str) -> Vec<(CommandKind, bool)> {
    let mut rows: Vec<_> = CommandKind::ALL
        .iter()
        .filter(|kind| !matches!(kind, CommandKind::Escape | CommandKind::Palette))
        .filter_map(|kind| Some((*kind, can(shown.told, *kind), fit(kind.title(), typed)?)))
        .collect();
    rows.sort_by_key(|(_, can, score)| (!*can, std::cmp::Reverse(*score)));
    rows.into_iter().map(|(kind, can, _)| (kind, can)).collect()
}

pub(super) fn palette_ui(
    ctx: &Context,
    shown: Shown<'_>,
    form: &mut Form,
    kinds: &mut Vec<CommandKind>,
) -> bool {
    let (inside, beside) = DialogFrame::new("All commands", 560.0).show(ctx, |ui| {
        focus_first(ui, form, "command");
        let rows = found(shown, &form.text);
        let key = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if key(Key::ArrowDown) {
            form.at = (form.at + 1).min(rows.len().saturating_sub(1));
        }
        if key(Key::ArrowUp) {
            form.at = form.at.saturating_sub(1);
        }
        let take = key(Key::Enter);
        let width = ui.available_width();
        let id = field_id("command");
        let hint = "Type a command";
        if text_field(ui, id, &mut form.text, "Command", hint, width).changed() {
            form.at = 0;
        }
        ui.add_space(6.0);
        let rows = found(shown, &form.text);
        let mut picked = rows
            .get(form.at)
            .filter(|(_, can)| take && *can)
            .map(|(kind, _)| *kind);
        let area = ScrollArea::vertical()
            .max_height(400.0)
            .auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            // The bar stands beside the keys, not on them.
            ui.set_max_width(ui.available_width() - 12.0);
            for (place, (kind, can)) in rows.iter().enumerate() {
                let behind = ui.painter().add(egui::Shape::Noop);
                let item = MenuItem {
                    words: kind.title(),
                    right: &keymap::caps_text(*kind),
                    disabled: !can,
                    ..MenuItem::default()
                };
                let response = menu_item(ui, item);
                if place == form.at {
                    let fill = Theme::of(ui).sel;
                    let shape = egui::Shape::rect_filled(response.rect, 5.0, fill);
                    ui.painter().set(behind, shape);
                    if form.at > 0 {
                        response.scroll_to_me(None);
                    }
                }
                if response.clicked() {
                    picked = Some(*kind);
                }
            }
            if rows.is_empty() {
                let text = format!("No command of the letters “{}”", form.text.trim());
                ui.label(egui::RichText::new(text).color(Theme::of(ui).ink2));
            }
        });
        picked
    });
    kinds.extend(inside);
    inside.is_some() || beside
}

/// Sections by column, so that columns are about as long.
const WIDE: [&[Section]; 3] = [
    &[
        Section::Review,
        Section::Edit,
        Section::Help,
        Section::Export,
    ],
    &[Section::Annotate],
    &[Section::Project, Section::View],
];
const NARROW: [&[Section]; 2] = [
    &[Section::Review, Section::Edit, Section::View, Section::Help],
    &[Section::Annotate, Section::Project, Section::Export],
];

pub(super) fn keys_ui(ctx: &Context) -> bool {
    let (inside, beside) = DialogFrame::new("All keys", 1220.0).show(ctx, |ui| {
        let close = dialog_title(ui, "All keys");
        ui.add_space(4.0);
        let most = ui.ctx().content_rect().height() - 180.0;
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 12.0);
            let groups: &[&[Section]] = if ui.available_width() > 960.0 {
                &WIDE
            } else {
                &NARROW
            };
            ui.columns(groups.len(), |columns| {
                for (column, group) in columns.iter_mut().zip(groups) {
                    for section in *group {
                        section_ui(column, *section);
                    }
                }
            });
            ui.add_space(8.0);
            let text = "Letters and digits are commands only while no text field has the focus.";
            let text = egui::RichText::new(text).font(Face::Ui.font(12.5));
            ui.label(text.color(Theme::of(ui).ink3));
        });
        close
    });
    inside || beside
}

fn section_ui(ui: &mut Ui, section: Section) {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    let title = egui::RichText::new(words::section(section)).font(Face::UiSemibold.font(14.0));
    ui.label(title.color(theme.ink));
    ui.add_space(2.0);
    for kind in CommandKind::ALL {
        let caps = keymap::caps(*kind);
        if kind.section() != section || caps.is_empty() {
            continue;
        }
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
        response.widget_info(|| {
            let words = format!("{}: {}", kind.title(), caps.join(" "));
            egui::WidgetInfo::labeled(egui::Role::Label, true, words)
        });
        let painter = ui.painter();
        paint::caps(
            painter,
            theme,
            pos2(rect.left(), rect.center().y),
            caps,
            false,
        );
        let format = Face::Ui.format(14.0, 20.0, theme.ink);
        let width = rect.width() - 128.0;
        let galley = painter.layout_job(elided(kind.title(), format, width, 1));
        let top = rect.center().y - galley.size().y / 2.0;
        painter.galley(pos2(rect.left() + 128.0, top), galley, theme.ink);
    }
    ui.add_space(14.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(typed: &str) -> &'static str {
        let fit = |kind: &&CommandKind| fit(kind.title(), typed);
        CommandKind::ALL
            .iter()
            .filter(|kind| fit(kind).is_some())
            .max_by_key(|kind| (fit(kind), std::cmp::Reverse(kind.title().len())))
            .map_or("none", |kind| kind.title())
    }

    #[test]
    fn commands_are_found_by_beginnings_and_letters() {
        assert_eq!(best("und"), "Undo");
        assert_eq!(best("save"), "Save as…");
        assert_eq!(best("op fol"), "Open folder…");
        assert_eq!(best("zzz"), "none");
    }
}
