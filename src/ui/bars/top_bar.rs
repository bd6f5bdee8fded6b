//! Project name with the menu of all commands, search, progress, Review, Export, theme, help.

use egui::{Align, Color32, Id, Key, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::Filter;
use crate::app::{Command, CommandKind, Commands, Snapshot, ThemeChoice, ViewState};
use crate::ui::theme::{Face, Theme};
use crate::ui::told::{Counts, Told};
use crate::ui::widgets::{Button, MenuItem, menu, menu_item, menu_section, paint, text_field};
use crate::ui::{icons, keymap, words};

/// What the top bar remembers: the words being typed into the search field.
#[derive(Debug, Default)]
pub struct TopBarState {
    search: String,
    shown_filter: String,
    /// Set to put the caret into the search field.
    pub focus_search: bool,
}

/// Id of the search field.
#[must_use]
fn search_id() -> Id {
    Id::unique("search")
}

/// Draws the top bar.
pub fn top_bar_ui(
    ui: &mut Ui,
    shown: (&Snapshot, &ViewState, &Told<'_>, &Counts),
    state: &mut TopBarState,
    out: &mut Vec<CommandKind>,
    commands: &mut Commands,
) {
    let (snap, view_state, told, counts) = shown;
    let theme = Theme::of(ui);
    let rect = ui.max_rect();
    let empty = snap.project.articles.is_empty();
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
    let mut left = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect.shrink2(vec2(16.0, 0.0)))
            .layout(Layout::left_to_right(Align::Center)),
    );
    project_menu(&mut left, snap, told, out);
    let used = left.min_rect().right();
    let mut right = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect.shrink2(vec2(16.0, 0.0)))
            .layout(Layout::right_to_left(Align::Center)),
    );
    right.spacing_mut().item_spacing.x = 6.0;
    help_and_theme(&mut right, view_state, out);
    if !empty {
        let export = Button::ghost("Export").icon(icons::EXPORT);
        if right.add(export).clicked() {
            out.push(CommandKind::ExportDialog);
        }
        review_button(&mut right, view_state, counts, out);
        progress(&mut right, snap, told, commands);
        let free = (used + 16.0)..=(right.min_rect().left() - 16.0);
        search(ui, rect, free, view_state, state, commands);
    } else if told.importing.is_some() {
        progress(&mut right, snap, told, commands);
    }
}

fn help_and_theme(ui: &mut Ui, view_state: &ViewState, out: &mut Vec<CommandKind>) {
    let help = ui.add(Button::icon_only(icons::QUESTION, "Help"));
    menu(&help, "Help", 220.0, |ui| {
        for kind in [CommandKind::Keys, CommandKind::Palette, CommandKind::About] {
            let item = MenuItem {
                words: kind.title(),
                right: &keymap::caps_text(kind),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                out.push(kind);
            }
        }
    });
    let (icon, name) = match view_state.theme {
        ThemeChoice::Light => (icons::MOON, "Dark theme"),
        ThemeChoice::Dark => (icons::SUN, "Light theme"),
    };
    if ui.add(Button::icon_only(icon, name)).clicked() {
        out.push(CommandKind::ToggleTheme);
    }
}

fn review_button(ui: &mut Ui, view_state: &ViewState, counts: &Counts, out: &mut Vec<CommandKind>) {
    let words = format!("Review {}", words::thousands(counts.open));
    let done = view_state.review.is_some();
    let words = if done { "End review" } else { &words };
    let button = if counts.open > 0 && !done {
        Button::primary(words)
    } else {
        Button::secondary(words).enabled(done || counts.open > 0)
    };
    if ui
        .add(button.caps(&["R"]).hint("Walk through the suggestions"))
        .clicked()
    {
        out.push(CommandKind::ToggleReview);
    }
}

fn progress(ui: &mut Ui, snap: &Snapshot, told: &Told<'_>, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let narrow = ui.max_rect().width() < 1100.0;
    if let Some((done, total, name)) = &told.importing {
        let cancel = Button::ghost("Cancel")
            .height(26.0)
            .name("Cancel the import");
        if ui.add(cancel).clicked() {
            commands.push(Command::CancelImport);
        }
        bar(ui, *done, *total);
        let name = words::middle_elided(name, 28);
        let text = if narrow || name.is_empty() {
            format!("Reading {done} of {total}")
        } else {
            format!("Reading {done} of {total} · {name}")
        };
        small(ui, &text, theme.ink2);
    } else if let Some((done, total)) = told.analysing {
        bar(ui, done, total);
        small(ui, &format!("Analysing {done} of {total}"), theme.ink2);
    } else if !narrow {
        let analysed = snap
            .project
            .articles
            .values()
            .filter(|state| state.engine.is_some())
            .count();
        let text = format!("{} analysed", words::count(analysed, "article", "articles"));
        small(ui, &text, theme.ink2);
    }
    ui.add_space(4.0);
}

fn bar(ui: &mut Ui, done: u32, total: u32) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(90.0, 4.0), Sense::hover());
    response.widget_info(|| {
        let words = format!("{done} of {total} done");
        WidgetInfo::labeled(Role::ProgressIndicator, true, words)
    });
    let share = done as f32 / total.max(1) as f32;
    ui.painter().rect_filled(rect, 2.0, theme.line2);
    let full = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(full, 2.0, theme.ink);
}

/// Shows a small text with its accessible label.
fn small(ui: &mut Ui, text: &str, colour: Color32) {
    ui.label(
        egui::RichText::new(text)
            .font(Face::Ui.font(12.5))
            .color(colour),
    );
}

fn search(
    ui: &mut Ui,
    bar: Rect,
    free: std::ops::RangeInclusive<f32>,
    view_state: &ViewState,
    state: &mut TopBarState,
    commands: &mut Commands,
) {
    let width = (free.end() - free.start()).min(440.0);
    if width < 140.0 {
        return;
    }
    if state.shown_filter != view_state.filter.text {
        state.shown_filter.clone_from(&view_state.filter.text);
        state.search.clone_from(&view_state.filter.text);
    }
    let left = (bar.center().x - width / 2.0).clamp(*free.start(), free.end() - width);
    let rect = Rect::from_min_size(pos2(left, bar.center().y - 16.0), vec2(width, 32.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let id = search_id();
    if std::mem::take(&mut state.focus_search) {
        child.memory_mut(|memory| memory.request_focus(id));
    }
    let hint = "       Search the text of all articles";
    let response = text_field(&mut child, id, &mut state.search, "Search", hint, width);
    let theme = Theme::of(ui);
    if state.search.is_empty() {
        let centre = pos2(rect.left() + 18.0, rect.center().y);
        paint::icon(ui.painter(), centre, icons::SEARCH, 15.0, theme.ink3);
        if !response.has_focus() {
            paint::caps(
                ui.painter(),
                theme,
                pos2(rect.right() - 28.0, rect.center().y),
                &["/"],
                false,
            );
        }
    }
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let cleared = response.changed() && state.search.is_empty();
    if enter || cleared {
        let filter = Filter {
            text: state.search.trim().to_owned(),
            ..view_state.filter.clone()
        };
        if filter != view_state.filter {
            commands.push(Command::SetFilter(filter));
        }
    }
}

fn project_menu(ui: &mut Ui, snap: &Snapshot, told: &Told<'_>, out: &mut Vec<CommandKind>) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
    logo(ui, rect, theme);
    let name = if snap.project.info.name.is_empty() {
        "Untitled project"
    } else {
        &snap.project.info.name
    };
    ui.spacing_mut().item_spacing.x = 0.0;
    let button = Button::ghost(name).bold().caret();
    let response = ui.add(button.name("Menu of all commands").hint("All commands"));
    menu(&response, "All commands", 340.0, |ui| {
        let mut section = None;
        for kind in CommandKind::ALL {
            if *kind == CommandKind::Escape {
                continue;
            }
            if section != Some(kind.section()) {
                section = Some(kind.section());
                menu_section(ui, words::section(kind.section()));
            }
            let item = MenuItem {
                words: kind.title(),
                right: &keymap::caps_text(*kind),
                disabled: !crate::ui::can(told, *kind),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                out.push(*kind);
            }
        }
    });
    if let Some(reason) = told.read_only {
        ui.add_space(4.0);
        let text = egui::RichText::new("read-only")
            .font(Face::Ui.font(12.5))
            .color(theme.warn);
        ui.label(text).on_hover_text(reason);
    }
}

/// Two lines of text, one of them marked: the program's sign.
fn logo(ui: &Ui, rect: Rect, theme: &Theme) {
    let painter = ui.painter();
    painter.rect_filled(rect, 4.0, theme.ink);
    let at =
        |x: f32, y: f32, w: f32, h: f32| Rect::from_min_size(rect.min + vec2(x, y), vec2(w, h));
    painter.rect_filled(at(9.0, 4.0, 2.0, 12.0), 0.0, theme.inv);
    painter.rect_filled(at(4.0, 8.0, 5.0, 2.5), 0.0, theme.inv);
    painter.rect_filled(at(11.0, 11.0, 5.0, 2.5), 0.0, theme.inv);
}
