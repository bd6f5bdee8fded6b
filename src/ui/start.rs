//! The empty project: what can be opened, a drop area, recent projects.

use egui::{Align, Color32, Layout, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, CommandKind, Commands};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme, elided, job, scale};
use crate::ui::told::{RecentRow, Told};
use crate::ui::widgets::{Button, line, paint};

const WIDTH: f32 = 640.0;

/// Draws the start screen.
pub fn start_ui(ui: &mut Ui, told: &Told<'_>, kinds: &mut Vec<CommandKind>, out: &mut Commands) {
    let theme = Theme::of(ui);
    let window = ui.max_rect();
    ui.painter().rect_filled(window, 0.0, theme.panel);
    egui::ScrollArea::vertical()
        .id_salt("start")
        .auto_shrink(false)
        .show(ui, |ui| {
            let width = WIDTH.min(ui.available_width() - 48.0);
            let left = ((ui.available_width() - width) / 2.0).max(24.0);
            ui.horizontal_top(|ui| {
                ui.add_space(left);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    let above = ((window.height() - 640.0) / 3.0).clamp(24.0, 72.0);
                    ui.add_space(above);
                    content(ui, width, told, kinds, out);
                });
            });
        });
}

fn content(
    ui: &mut Ui,
    width: f32,
    told: &Told<'_>,
    kinds: &mut Vec<CommandKind>,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    let (size, line) = scale::START_TITLE;
    let title = "Open articles to read them as evidence";
    ui.label(job(
        title,
        Face::ReadBold.format(size, line, theme.ink),
        width,
    ));
    ui.add_space(6.0);
    let text = "Names, dates and positions are marked in the text. You confirm or correct each one. \
                Nothing leaves this computer.";
    ui.label(job(text, Face::Ui.format(16.0, 24.0, theme.ink2), width));
    ui.add_space(24.0);
    drop_area(ui, width, kinds);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        let open = Button::primary("Open files…")
            .height(38.0)
            .caps(&["Ctrl", "O"]);
        if ui.add(open).clicked() {
            kinds.push(CommandKind::OpenFiles);
        }
        if ui
            .add(Button::secondary("Open folder…").height(38.0))
            .clicked()
        {
            kinds.push(CommandKind::OpenFolder);
        }
        if ui
            .add(Button::secondary("Open the sample").height(38.0))
            .clicked()
        {
            kinds.push(CommandKind::OpenSample);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let paste = Button::ghost("Paste text")
                .height(38.0)
                .caps(&["Ctrl", "V"]);
            if ui.add(paste).clicked() {
                kinds.push(CommandKind::PasteText);
            }
        });
    });
    recent(ui, width, told, kinds, out);
}

fn recent(
    ui: &mut Ui,
    width: f32,
    told: &Told<'_>,
    kinds: &mut Vec<CommandKind>,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    ui.add_space(32.0);
    let (rule, _) = ui.allocate_exact_size(vec2(width, 1.0), Sense::hover());
    ui.painter().rect_filled(rule, 0.0, theme.line);
    ui.add_space(18.0);
    ui.horizontal(|ui| {
        let heading = egui::RichText::new("Recent projects").font(Face::UiSemibold.font(14.0));
        ui.label(heading.color(theme.ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui
                .add(Button::ghost("Open project…").height(28.0))
                .clicked()
            {
                kinds.push(CommandKind::OpenProject);
            }
        });
    });
    if told.recent.is_empty() {
        let none = "None yet. A project is saved from the first article on.";
        ui.label(job(none, Face::Ui.format(14.0, 20.0, theme.ink3), width));
    }
    for recent in told.recent.iter().take(8) {
        if recent_row(ui, width, recent) {
            out.push(Command::OpenProject(recent.path.clone()));
        }
    }
    ui.add_space(24.0);
}

fn drop_area(ui: &mut Ui, width: f32, kinds: &mut Vec<CommandKind>) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 200.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            "Drop files or a folder here, or pick files",
        )
    });
    let hot = ui.input(|input| !input.raw.hovered_files.is_empty()) || response.hovered();
    let fill = if hot { theme.hov } else { theme.page };
    ui.painter().rect_filled(rect, 10.0, fill);
    dashed_frame(ui, rect, theme.ctl);
    let centre = rect.center();
    paint::icon(
        ui.painter(),
        centre - vec2(0.0, 38.0),
        icons::TRAY,
        28.0,
        theme.ink2,
    );
    let at = |y: f32, text: &str, format: egui::TextFormat| {
        let mut job = job(text, format, width - 96.0);
        job.halign = Align::Center;
        let galley = ui.painter().layout_job(job);
        ui.painter()
            .galley(pos2(centre.x, centre.y + y), galley, theme.ink);
    };
    at(
        -10.0,
        "Drop files or a folder here",
        Face::UiMedium.format(16.0, 22.0, theme.ink),
    );
    let formats = "Text, Markdown, web pages, Word and PDF with text";
    at(20.0, formats, Face::Ui.format(12.5, 18.0, theme.ink3));
    if response.has_focus() {
        paint::focus_ring(ui.painter(), rect, 10, theme);
    }
    if response.clicked() {
        kinds.push(CommandKind::OpenFiles);
    }
}

/// Paints a dashed frame, as the drop area has.
pub(crate) fn dashed_frame(ui: &Ui, rect: Rect, colour: Color32) {
    let stroke = Stroke::new(1.0, colour);
    let r = 10.0;
    let (l, t, right, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let mut points = Vec::new();
    for (centre, start) in [
        (pos2(right - r, t + r), -0.25),
        (pos2(right - r, b - r), 0.0),
        (pos2(l + r, b - r), 0.25),
        (pos2(l + r, t + r), 0.5),
    ] {
        for step in 0..=6_u8 {
            let turn = start + 0.25 * f32::from(step) / 6.0;
            points.push(centre + egui::Vec2::angled(turn * std::f32::consts::TAU) * r);
        }
    }
    points.extend(points.first().copied());
    ui.painter()
        .extend(egui::Shape::dashed_line(&points, stroke, 4.0, 3.0));
}

fn recent_row(ui: &mut Ui, width: f32, recent: &RecentRow) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 34.0), Sense::click());
    response.widget_info(|| {
        let words = format!("Open {}, {}, {}", recent.name, recent.counts, recent.when);
        WidgetInfo::labeled(Role::Button, true, words)
    });
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect.expand2(vec2(8.0, 0.0)), 6.0, theme.hov);
    }
    let y = rect.center().y;
    let when = painter.layout_no_wrap(recent.when.clone(), Face::Ui.font(12.5), theme.ink3);
    let when_at = rect.right() - when.size().x;
    let format = Face::UiMedium.format(14.0, 20.0, theme.ink);
    let name = line(painter, &recent.name, format, width * 0.5, 1);
    let counts_at = rect.left() + name.size().x + 12.0;
    painter.galley(pos2(rect.left(), y - name.size().y / 2.0), name, theme.ink);
    let format = Face::Ui.format(12.5, 18.0, theme.ink3);
    let counts = painter.layout_job(elided(
        &recent.counts,
        format,
        when_at - counts_at - 12.0,
        1,
    ));
    painter.galley(
        pos2(counts_at, y - counts.size().y / 2.0),
        counts,
        theme.ink3,
    );
    painter.galley(pos2(when_at, y - when.size().y / 2.0), when, theme.ink3);
    if response.has_focus() {
        paint::focus_ring(painter, rect.expand2(vec2(6.0, 0.0)), 6, theme);
    }
    response
        .on_hover_text(recent.path.display().to_string())
        .clicked()
}
