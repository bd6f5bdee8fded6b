//! Dates of articles that have none, and notes.

use egui::{Context, ScrollArea, Ui, vec2};

use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{
    Annotation, AnnotationKind, ArticleId, ArticleMeta, ArticleState, Dct, DctSource,
};
use crate::ui::dialogs::people::{form_buttons, form_buttons_by};
use crate::ui::dialogs::{Form, Shown, field_id, focus_first};
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{DialogFrame, dialog_title, line, text_field, text_field_lines};
use crate::ui::words;

/// Reads `2026-03-12`, `12 March 2026`, `12.3.2026` or `March 12, 2026`.
fn read_date(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim();
    let formats = [
        "%Y-%m-%d",
        "%d %B %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%b %d, %Y",
        "%d.%m.%Y",
    ];
    formats
        .iter()
        .find_map(|format| jiff::civil::Date::strptime(format, text).ok())
}

/// Articles to date: those without a date, or else the open one.
fn wanted<'a>(shown: Shown<'a>) -> Vec<(ArticleId, &'a ArticleState)> {
    let articles = &shown.snap.project.articles;
    let undated: Vec<_> = articles
        .iter()
        .filter(|(_, state)| state.article.meta.dct.is_none())
        .map(|(id, state)| (*id, state.as_ref()))
        .collect();
    if !undated.is_empty() {
        return undated;
    }
    let open = shown.view_state.selection.article;
    open.and_then(|id| articles.get(&id).map(|state| (id, state.as_ref())))
        .into_iter()
        .collect()
}

pub(super) fn dates_ui(
    ctx: &Context,
    shown: Shown<'_>,
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let rows = wanted(shown);
    let (inside, beside) = DialogFrame::new("Set dates", 620.0).show(ctx, |ui| {
        let undated = rows
            .iter()
            .any(|(_, state)| state.article.meta.dct.is_none());
        let title = if undated {
            let verb = if rows.len() == 1 { "has" } else { "have" };
            let articles = words::count(rows.len(), "article", "articles");
            format!("{articles} {verb} no date")
        } else {
            "Date of the open article".to_owned()
        };
        let closed = dialog_title(ui, &title);
        let theme = Theme::of(ui);
        let text = "“Last Thursday” can be placed only when the day of publication is known. \
                    Write it as 2026-03-12 or 12 March 2026.";
        ui.label(job(
            text,
            Face::Ui.format(14.0, 20.0, theme.ink2),
            ui.available_width(),
        ));
        ui.add_space(8.0);
        ScrollArea::vertical()
            .max_height(360.0)
            .show_rows(ui, 38.0, rows.len(), |ui, range| {
                for (id, state) in rows.get(range).unwrap_or_default() {
                    date_row(ui, *id, state, form);
                }
            });
        let dated: Vec<(ArticleId, ArticleMeta)> = rows
            .iter()
            .filter_map(|(id, state)| {
                let date = read_date(form.dates.get(id)?)?;
                let mut meta = state.article.meta.clone();
                let source = DctSource::Person;
                meta.dct = Some(Dct { date, source });
                Some((*id, meta))
            })
            .collect();
        let words = format!("Set {}", words::count(dated.len(), "date", "dates"));
        let (done, cancelled) = form_buttons(ui, &words, !dated.is_empty());
        if done {
            out.push(Command::Edit(Edit::SetMetas(dated)));
        }
        done || cancelled || closed
    });
    inside || beside
}

fn date_row(ui: &mut Ui, id: ArticleId, state: &ArticleState, form: &mut Form) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_height(38.0);
        let width = ui.available_width() - 240.0;
        let title = &state.article.meta.title;
        ui.allocate_ui(vec2(width, 20.0), |ui| {
            ui.set_width(width);
            let format = Face::UiMedium.format(14.0, 20.0, theme.ink);
            let galley = line(ui.painter(), title, format, width, 1);
            ui.label(galley);
        });
        let text = form.dates.entry(id).or_insert_with(|| {
            let date = state.article.meta.dct.map(|dct| words::long_date(dct.date));
            date.unwrap_or_default()
        });
        let name = format!("Date of {title}");
        text_field(
            ui,
            field_id("date").with(id),
            text,
            &name,
            "12 March 2026",
            150.0,
        );
        let (rect, _) = ui.allocate_exact_size(vec2(24.0, 20.0), egui::Sense::hover());
        if read_date(text).is_some() {
            let stroke = egui::Stroke::new(1.6, theme.ink2);
            crate::ui::widgets::paint::check(ui.painter(), rect.center(), 16.0, stroke);
        } else if !text.trim().is_empty() {
            let warning = crate::ui::icons::WARNING;
            crate::ui::widgets::paint::icon(ui.painter(), rect.center(), warning, 16.0, theme.err);
        }
    });
}

/// The note as it stands, and what it is on.
fn note(shown: Shown<'_>, article: ArticleId, at: Option<Annotation>) -> Option<(String, String)> {
    let state = shown.snap.project.articles.get(&article)?;
    let Some(at) = at else {
        let title = words::middle_elided(&state.article.meta.title, 50);
        return Some((
            state.article.meta.note.clone(),
            format!("Note on “{title}”"),
        ));
    };
    let view = shown.snap.view.articles.get(&article)?;
    let find = |rows: &[(crate::model::AnnotationId, &String)]| {
        let row = rows.iter().find(|(id, _)| *id == at.id);
        row.map(|(_, note)| (*note).clone())
    };
    let (note, what) = match at.kind {
        AnnotationKind::Mention => {
            let rows: Vec<_> = view.mentions.iter().map(|r| (r.id, &r.note)).collect();
            (find(&rows), "mention")
        }
        AnnotationKind::Timex => {
            let rows: Vec<_> = view.timexes.iter().map(|r| (r.id, &r.note)).collect();
            (find(&rows), "time expression")
        }
        AnnotationKind::Attribution => {
            let rows: Vec<_> = view.attributions.iter().map(|r| (r.id, &r.note)).collect();
            (find(&rows), "attribution")
        }
        AnnotationKind::Statement => {
            let rows: Vec<_> = view.statements.iter().map(|r| (r.id, &r.note)).collect();
            (find(&rows), "statement")
        }
    };
    Some((note?, format!("Note on the {what}")))
}

pub(super) fn note_ui(
    ctx: &Context,
    shown: Shown<'_>,
    (article, at): (ArticleId, Option<Annotation>),
    form: &mut Form,
    out: &mut Commands,
) -> bool {
    let Some((before, title)) = note(shown, article, at) else {
        return true;
    };
    if form.fresh {
        form.text.clone_from(&before);
    }
    let (inside, beside) = DialogFrame::new("Note", 520.0).show(ctx, |ui| {
        let closed = dialog_title(ui, &title);
        ui.add_space(8.0);
        focus_first(ui, form, "note");
        let width = ui.available_width();
        text_field_lines(ui, field_id("note"), &mut form.text, "Note", width, 6);
        let (done, cancelled) = form_buttons_by(
            ui,
            ("Save note", &["Ctrl", "Enter"]),
            form.text.trim() != before,
        );
        if done {
            let note = form.text.trim().to_owned();
            let edit = match at {
                Some(annotation) => Some(Edit::SetNote { annotation, note }),
                None => shown
                    .snap
                    .project
                    .articles
                    .get(&article)
                    .map(|state| Edit::SetMeta {
                        article,
                        meta: ArticleMeta {
                            note,
                            ..state.article.meta.clone()
                        },
                    }),
            };
            edit.into_iter()
                .for_each(|edit| out.push(Command::Edit(edit)));
        }
        done || cancelled || closed
    });
    inside || beside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let want = Some(jiff::civil::date(2026, 3, 12));
        for text in [
            "2026-03-12",
            " 12 March 2026",
            "12 Mar 2026",
            "March 12, 2026",
            "12.3.2026",
        ] {
            assert_eq!(read_date(text), want, "{text}");
        }
        for text in ["", "March", "2026-02-30", "yesterday"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
