//! What to export, as what.

use egui::{Align, Context, Layout, Ui};

use crate::app::{Command, Commands, ExportFormat, ExportRequest, ExportWhat, Region, StanceTab};
use crate::ui::dialogs::{Form, Shown, enter, field_id};
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{Button, DialogFrame, dialog_title, segmented, text_field};
use crate::ui::words;

const WHAT: [(ExportWhat, &str); 9] = [
    (ExportWhat::Timeline, "Timeline"),
    (ExportWhat::Comparison, "Two periods"),
    (ExportWhat::Bars, "Stance by actor"),
    (ExportWhat::Matrix, "Matrix"),
    (ExportWhat::Issues, "Issues"),
    (ExportWhat::Network, "Network"),
    (ExportWhat::Shifts, "Shifts"),
    (ExportWhat::Statements, "Statements"),
    (ExportWhat::Mentions, "Mentions"),
];

fn name(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Svg => "SVG",
        ExportFormat::Pdf => "PDF",
        ExportFormat::Png => "PNG",
        ExportFormat::Csv => "CSV",
        ExportFormat::Json => "JSON",
        ExportFormat::Ics => "iCalendar",
        ExportFormat::GraphMl => "GraphML",
        ExportFormat::Gexf => "GEXF",
    }
}

/// Starts with the chart that is in front of the person.
fn first_choice(shown: Shown<'_>) -> ExportWhat {
    let state = shown.view_state;
    if state.compared.is_some() {
        return ExportWhat::Comparison;
    }
    match (state.enlarged, state.stance_tab) {
        (Some(Region::Timeline), _) => ExportWhat::Timeline,
        (_, StanceTab::Matrix) => ExportWhat::Matrix,
        (_, StanceTab::Network) => ExportWhat::Network,
        (_, StanceTab::Issues) if state.stance.shifts => ExportWhat::Shifts,
        (_, StanceTab::Issues) => ExportWhat::Issues,
        _ => ExportWhat::Bars,
    }
}

pub(super) fn ui(ctx: &Context, shown: Shown<'_>, form: &mut Form, out: &mut Commands) -> bool {
    let mut what = form.what.unwrap_or_else(|| first_choice(shown));
    if form.width.is_empty() && form.fresh {
        form.width = "720".to_owned();
    }
    let (inside, beside) = DialogFrame::new("Export", 700.0).show(ctx, |ui| {
        let mut close = dialog_title(ui, "Export");
        let theme = Theme::of(ui);
        let statements = words::count(shown.counts.shown_statements, "statement", "statements");
        let articles = words::count(shown.counts.shown_articles.len(), "article", "articles");
        let text = format!("What the filter shows: {statements} in {articles}.");
        ui.label(job(
            &text,
            Face::Ui.format(14.0, 20.0, theme.ink2),
            ui.available_width(),
        ));
        ui.add_space(12.0);
        label(ui, "What");
        if let Some(picked) = segmented(ui, "What to export", what, &WHAT) {
            what = picked;
            form.format = None;
        }
        form.what = Some(what);
        ui.add_space(8.0);
        label(ui, "Format");
        let formats: Vec<(ExportFormat, &str)> = what
            .formats()
            .iter()
            .map(|format| (*format, name(*format)))
            .collect();
        let known = form.format.filter(|format| what.formats().contains(format));
        let format = known.or(formats.first().map(|(format, _)| *format));
        let format = format.unwrap_or(ExportFormat::Csv);
        form.format = segmented(ui, "Format", format, &formats).or(Some(format));
        if matches!(
            format,
            ExportFormat::Svg | ExportFormat::Pdf | ExportFormat::Png
        ) {
            figure_fields(ui, form, format);
        }
        ui.add_space(16.0);
        let row = egui::vec2(ui.available_width(), 32.0);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            let export = Button::primary("Choose where…").caps(&["Enter"]);
            if ui.add(export).clicked() || enter(ui) {
                out.push(Command::Export(request(what, format, form)));
                close = true;
            }
            close |= ui.add(Button::secondary("Cancel")).clicked();
        });
        close
    });
    inside || beside
}

fn label(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    ui.label(
        egui::RichText::new(words)
            .font(Face::Ui.font(12.5))
            .color(theme.ink2),
    );
}

fn figure_fields(ui: &mut Ui, form: &mut Form, format: ExportFormat) {
    ui.add_space(8.0);
    label(ui, "Title");
    let hint = "As the chart says, or your own";
    let width = ui.available_width();
    text_field(
        ui,
        field_id("title"),
        &mut form.text,
        "Title of the figure",
        hint,
        width,
    );
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width(140.0);
            label(ui, "Width in points");
            text_field(
                ui,
                field_id("width"),
                &mut form.width,
                "Width in points",
                "720",
                100.0,
            );
        });
        if format == ExportFormat::Png {
            ui.vertical(|ui| {
                label(ui, "Pixels a point");
                let scales = [(1.0, "1×"), (2.0, "2×"), (3.0, "3×"), (4.0, "4×")];
                if let Some(scale) = segmented(ui, "Pixels a point", form.scale, &scales) {
                    form.scale = scale;
                }
            });
        }
    });
}

fn request(what: ExportWhat, format: ExportFormat, form: &Form) -> ExportRequest {
    let width: f32 = form.width.trim().parse().unwrap_or(720.0);
    ExportRequest {
        what,
        format,
        title: form.text.trim().to_owned(),
        width: width.clamp(240.0, 4000.0),
        scale: form.scale.clamp(1.0, 4.0),
        path: None,
    }
}
