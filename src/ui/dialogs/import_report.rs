//! What became of an import: failures first, each with what to do.

use egui::{Align, Context, Layout, ScrollArea, Sense, Ui, pos2, vec2};

use crate::app::{Command, CommandKind, Commands, Dialog, ImportLine, ImportOutcome, ImportReport};
use crate::ui::dialogs::{Shown, enter};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{
    Button, DialogFrame, dialog_title, line as widgets_line, link, paint, problem,
};
use crate::ui::words;

pub(super) fn ui(
    ctx: &Context,
    shown: Shown<'_>,
    kinds: &mut Vec<CommandKind>,
    out: &mut Commands,
) -> bool {
    let Some(report) = shown.told.report else {
        return true;
    };
    let (inside, beside) = DialogFrame::new("Import report", 680.0).show(ctx, |ui| {
        let mut close = dialog_title(ui, &title(report));
        let theme = Theme::of(ui);
        let sentence = summary(report);
        if !sentence.is_empty() {
            let format = Face::Ui.format(14.0, 20.0, theme.ink2);
            ui.label(job(&sentence, format, ui.available_width()));
        }
        ui.add_space(8.0);
        let most = (ui.ctx().content_rect().height() - 300.0).max(160.0);
        let area = ScrollArea::vertical()
            .max_height(most)
            .auto_shrink([false, true]);
        area.show(ui, |ui| {
            // The bar stands beside the lines, not on them.
            ui.set_max_width(ui.available_width() - 12.0);
            for line in &report.lines {
                line_ui(ui, line, kinds, out);
            }
        });
        ui.add_space(12.0);
        close |= buttons(ui, report, shown, out);
        close
    });
    inside || beside
}

fn title(report: &ImportReport) -> String {
    let files = report.lines.len();
    let read = files - report.failed();
    let articles = words::count(report.added, "article", "articles");
    if report.added == 0 {
        return "No article was added".to_owned();
    }
    if read == files {
        format!(
            "{articles} added from {}",
            words::count(files, "file", "files")
        )
    } else {
        format!(
            "{articles} added from {read} of {}",
            words::count(files, "file", "files")
        )
    }
}

fn summary(report: &ImportReport) -> String {
    let copies = report
        .lines
        .iter()
        .filter(|line| line.outcome == ImportOutcome::Copy)
        .count();
    let mut sentences = Vec::new();
    let files = |n| words::count(n, "file", "files");
    if report.failed() > 0 {
        sentences.push(format!("{} could not be read.", files(report.failed())));
    }
    if copies > 0 {
        let verb = if copies == 1 { "was" } else { "were" };
        let noun = words::count(copies, "copy", "copies");
        sentences.push(format!("{noun} {verb} skipped."));
    }
    if report.undated > 0 {
        let verb = if report.undated == 1 { "has" } else { "have" };
        let noun = words::count(report.undated, "article", "articles");
        sentences.push(format!("{noun} {verb} no date."));
    }
    if report.left > 0 {
        sentences.push(format!(
            "{} were left when you cancelled.",
            files(report.left)
        ));
    }
    sentences.join(" ")
}

fn name(line: &ImportLine) -> String {
    let name = line.path.file_name().unwrap_or(line.path.as_os_str());
    words::middle_elided(&name.to_string_lossy(), 60)
}

/// The format in the words of the start screen.
fn format_words(format: &str) -> &str {
    match format {
        "txt" => "text",
        "md" => "Markdown",
        "html" => "web page",
        "docx" => "Word",
        "pdf" => "PDF",
        other => other,
    }
}

fn line_ui(ui: &mut Ui, line: &ImportLine, kinds: &mut Vec<CommandKind>, out: &mut Commands) {
    match &line.outcome {
        ImportOutcome::Failed { what, hint } => {
            let text = sentences([what.as_str(), hint.as_str()]);
            if problem(ui, &name(line), &text, &["Choose another file…"]).is_some() {
                kinds.push(CommandKind::OpenFiles);
            }
            ui.add_space(4.0);
        }
        ImportOutcome::Copy => {
            read_ui(ui, line, "All of it is in the project already", None);
        }
        ImportOutcome::Added { articles, warnings } => {
            let text = added_words(*articles, warnings);
            let undated = warnings.iter().any(|w| w.to_lowercase().contains("date"));
            let set = read_ui(ui, line, &text, undated.then_some("Set dates…"));
            if set {
                out.push(Command::ShowDialog(Some(Dialog::SetDates)));
            }
        }
    }
}

fn added_words(articles: usize, warnings: &[String]) -> String {
    let count = words::count(articles, "article", "articles");
    sentences(std::iter::once(count.as_str()).chain(warnings.iter().map(String::as_str)))
}

/// Parts side by side, one full stop between them whether or not they bring their own.
fn sentences<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '!', '?']) {
                " "
            } else {
                ". "
            });
        }
        text.push_str(part);
    }
    text
}

/// A file that was read; returns whether its link was clicked.
fn read_ui(ui: &mut Ui, line: &ImportLine, text: &str, action: Option<&str>) -> bool {
    let theme = Theme::of(ui);
    let mut clicked = false;
    let top = ui.cursor().top();
    ui.painter()
        .hline(ui.max_rect().x_range(), top, (1.0, theme.line));
    ui.add_space(8.0);
    ui.horizontal_top(|ui| {
        // Rows as high as their text, so that the mark stands beside the name.
        ui.spacing_mut().interact_size.y = 20.0;
        let (rect, _) = ui.allocate_exact_size(vec2(24.0, 20.0), Sense::hover());
        if action.is_some() {
            paint::icon(
                ui.painter(),
                rect.center(),
                icons::WARNING,
                16.0,
                theme.warn,
            );
        } else {
            let stroke = egui::Stroke::new(1.6, theme.ink2);
            paint::check(ui.painter(), rect.center(), 16.0, stroke);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let width = ui.available_width();
            ui.horizontal(|ui| {
                let format = Face::UiMedium.format(14.0, 20.0, theme.ink);
                let galley = widgets_line(ui.painter(), &name(line), format, width - 110.0, 1);
                ui.label(galley);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let format = format_words(&line.format);
                    let text = egui::RichText::new(format).font(Face::Ui.font(12.5));
                    ui.label(text.color(theme.ink3));
                });
            });
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                let text = egui::RichText::new(text).font(Face::Ui.font(12.5));
                ui.label(text.color(theme.ink2));
                if let Some(action) = action {
                    clicked = link(ui, action, 12.5).clicked();
                }
            });
        });
    });
    ui.add_space(6.0);
    clicked
}

fn buttons(ui: &mut Ui, report: &ImportReport, shown: Shown<'_>, out: &mut Commands) -> bool {
    let mut close = false;
    let theme = Theme::of(ui);
    let line = ui.cursor().top() - 6.0;
    let x = ui.max_rect().x_range();
    ui.painter().add(egui::Shape::line_segment(
        [pos2(x.min, line), pos2(x.max, line)],
        (1.0, theme.line),
    ));
    ui.horizontal(|ui| {
        if ui
            .add(Button::ghost("Copy report").icon(icons::COPY))
            .clicked()
        {
            out.push(Command::Copy(as_text(report)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let added = report.added > 0;
            let words = if added { "Read articles" } else { "Close" };
            if ui.add(Button::primary(words).caps(&["Enter"])).clicked() || enter(ui) {
                close = true;
            }
            let undo = (shown.told.resolve)(CommandKind::Undo);
            if added && ui.add(Button::secondary("Undo import")).clicked() {
                undo.into_iter().for_each(|undo| out.push(undo));
                close = true;
            }
        });
    });
    close
}

fn as_text(report: &ImportReport) -> String {
    let mut text = format!("{}\n{}\n", title(report), summary(report));
    for line in &report.lines {
        let outcome = match &line.outcome {
            ImportOutcome::Added { articles, warnings } => added_words(*articles, warnings),
            ImportOutcome::Copy => "copy".to_owned(),
            ImportOutcome::Failed { what, hint } => sentences([what.as_str(), hint.as_str()]),
        };
        text.push_str(&format!(
            "{}\t{}\t{outcome}\n",
            line.path.display(),
            line.format
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_how_many_of_how_many() {
        let line = |outcome| ImportLine {
            path: "a.txt".into(),
            format: "text".to_owned(),
            outcome,
        };
        let failed = ImportOutcome::Failed {
            what: "Empty".to_owned(),
            hint: String::new(),
        };
        let added = ImportOutcome::Added {
            articles: 2,
            warnings: vec![],
        };
        let report = ImportReport {
            lines: vec![line(failed), line(added), line(ImportOutcome::Copy)],
            added: 2,
            left: 0,
            undated: 1,
        };
        assert_eq!(title(&report), "2 articles added from 2 of 3 files");
        let want = "1 file could not be read. 1 copy was skipped. 1 article has no date.";
        assert_eq!(summary(&report), want);
    }

    #[test]
    fn one_full_stop_stands_between_what_is_told_of_a_file() {
        let warnings = ["“May” is no date.".to_owned(), "Set it".to_owned()];
        assert_eq!(added_words(1, &[]), "1 article");
        assert_eq!(
            added_words(1, &warnings),
            "1 article. “May” is no date. Set it"
        );
        assert_eq!(
            sentences(["Damaged: no table.", "", "Save it again."]),
            "Damaged: no table. Save it again."
        );
    }
}
