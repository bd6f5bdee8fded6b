//! Shifts: positions of an actor that changed, the statements before and after side by side.

use egui::{Align2, Color32, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::{About, Picked, Shift, StatementRef, counted, date_short_year};
use crate::app::{Command, Commands, StanceOptions};
use crate::model::Polarity;
use crate::ui::stance::issues::{CONTROLS, controls_ui};
use crate::ui::stance::paint as shapes;
use crate::ui::stance::{Frame, PAD, annotation, child};
use crate::ui::theme::Face;
use crate::ui::widgets::{line, paint, visual};

const HEAD: f32 = 30.0;
const SIDE: f32 = 98.0;
const CARD: f32 = HEAD + SIDE + 10.0;
const ROWS: usize = 3;

/// Returns the height that the list would take.
pub(super) fn height(shifts: &[Shift]) -> f32 {
    CONTROLS + CARD * shifts.len().max(1) as f32
}

/// Draws the list: only what is visible is laid out.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    shifts: &[Shift],
    options: &mut StanceOptions,
    out: &mut Commands,
) {
    let full = ui.max_rect();
    let (controls, body) = full.split_top_bottom_at_y(full.top() + CONTROLS);
    controls_ui(ui, controls, options);
    if shifts.is_empty() {
        let words = "Nobody changed a position in this filter";
        shapes::words(ui, body.with_max_y(body.top() + 40.0), frame.theme, words);
        return;
    }
    let words = counted(shifts.len(), "shift");
    let at = pos2(controls.right() - PAD, controls.center().y);
    let font = Face::Ui.font(12.5);
    ui.painter()
        .text(at, Align2::RIGHT_CENTER, words, font, frame.theme.ink3);
    let mut body_ui = child(ui, body, "shifts");
    ScrollArea::vertical()
        .id_salt("shifts")
        .auto_shrink(false)
        .show_viewport(&mut body_ui, |ui, viewport| {
            ui.set_height(CARD * shifts.len() as f32);
            let top = ui.max_rect().top();
            for (at, shift) in shifts.iter().enumerate() {
                let y = CARD * at as f32;
                if y + CARD >= viewport.min.y && y <= viewport.max.y {
                    let rect =
                        Rect::from_min_size(pos2(full.left(), top + y), vec2(full.width(), CARD));
                    card_ui(ui, rect, frame, shift, out);
                }
            }
        });
}

/// *Velmora on fuel embargo, from oppose to support*.
fn name(frame: &Frame<'_>, shift: &Shift) -> String {
    let view = &frame.snap.view;
    let holder = view.entity_name(shift.holder);
    let about = match shift.about {
        About::Issue(issue) => format!("on {}", issue_name(frame, issue)),
        About::Actor(actor) => format!("towards {}", view.entity_name(actor)),
    };
    let how = if shift.from_day.is_some() {
        format!("from {} to {}", shift.from.name(), shift.to.name())
    } else {
        "both sides on one day".to_owned()
    };
    format!("{holder} {about}, {how}")
}

fn issue_name<'a>(frame: &Frame<'a>, issue: crate::model::IssueId) -> &'a str {
    let known = frame.snap.view.issues.get(&issue);
    known.map_or("unnamed", |row| row.name.as_str())
}

fn card_ui(ui: &Ui, rect: Rect, frame: &Frame<'_>, shift: &Shift, out: &mut Commands) {
    let theme = frame.theme;
    let (head, below) = rect.split_top_bottom_at_y(rect.top() + HEAD);
    let id = ui
        .scope_id()
        .with(("shift", shift.holder, shift.about, shift.day, shift.from));
    let response = ui.interact(head, id, Sense::click());
    let words = name(frame, shift);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &words));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(head, 0.0, theme.hov);
    }
    head_words(ui, head, frame, shift);
    if response.has_focus() {
        paint::focus_ring(painter, head.shrink(4.0), 4, theme);
    }
    if response.clicked() {
        let refs = shift.before.iter().chain(&shift.after).copied();
        out.push(frame.change(|filter| filter.picked = Some(Picked::new(words, refs))));
    }
    let half = (below.width() - 2.0 * PAD - 22.0) / 2.0;
    let left = Rect::from_min_size(pos2(below.left() + PAD, below.top()), vec2(half, SIDE));
    let right = left.translate(vec2(half + 22.0, 0.0));
    let before = (
        shift.from_day.unwrap_or(shift.day),
        shift.from,
        &shift.before,
    );
    let after = (shift.day, shift.to, &shift.after);
    side_ui(ui, left, frame, (id.with("before"), before), out);
    side_ui(ui, right, frame, (id.with("after"), after), out);
    let arrow = pos2(left.right() + 11.0, left.top() + 11.0);
    let stroke = Stroke::new(1.3, theme.ink3);
    painter.line_segment([arrow - vec2(5.0, 0.0), arrow + vec2(5.0, 0.0)], stroke);
    let tip = arrow + vec2(5.0, 0.0);
    painter.line_segment([tip - vec2(4.0, 4.0), tip], stroke);
    painter.line_segment([tip + vec2(-4.0, 4.0), tip], stroke);
    painter.hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        Stroke::new(1.0, theme.line),
    );
}

fn head_words(ui: &Ui, head: Rect, frame: &Frame<'_>, shift: &Shift) {
    let theme = frame.theme;
    let painter = ui.painter();
    let view = &frame.snap.view;
    let mut x = head.left() + PAD;
    let y = head.center().y;
    if let Some(kind) = view.entity_type(shift.holder) {
        paint::badge(painter, theme, pos2(x + 8.0, y), kind, None);
        x += 24.0;
    }
    let mut job = egui::text::LayoutJob::default();
    let bold = Face::UiSemibold.format(13.5, 18.0, theme.ink);
    let plain = Face::Ui.format(13.5, 18.0, theme.ink2);
    job.append(&visual(view.entity_name(shift.holder)), 0.0, bold.clone());
    match shift.about {
        About::Issue(issue) => {
            job.append(
                &format!(" on {}", visual(issue_name(frame, issue))),
                0.0,
                plain,
            );
        }
        About::Actor(actor) => {
            job.append(" towards ", 0.0, plain);
            job.append(&visual(view.entity_name(actor)), 0.0, bold);
        }
    }
    job.wrap.max_width = head.right() - PAD - x;
    job.wrap.max_rows = 1;
    job.wrap.overflow_character = Some('…');
    let galley = painter.layout_job(job);
    painter.galley(pos2(x, y - galley.size().y / 2.0), galley, theme.ink);
}

/// One side: mark, day, how many, and the first sentence. A click selects that statement.
fn side_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    (id, (day, side, refs)): (egui::Id, (jiff::civil::Date, Polarity, &Vec<StatementRef>)),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let Some(first) = refs.first() else { return };
    let response = ui.interact(rect, id, Sense::click());
    let sentence = sentence(frame, *first);
    response.widget_info(|| {
        let words = format!("{}, {}: {sentence}", date_short_year(day), side.name());
        WidgetInfo::labeled(Role::Button, true, words)
    });
    let painter = ui.painter();
    let selected = frame.view_state.selection.annotation == Some(annotation(*first));
    if selected || response.hovered() {
        let fill: Color32 = if selected { theme.sel } else { theme.hov };
        painter.rect_filled(rect.expand2(vec2(4.0, 2.0)), 4.0, fill);
    }
    let solid = frame
        .snap
        .view
        .statement(*first)
        .is_some_and(|row| row.is_decided());
    let y = rect.top() + 10.0;
    let mark = pos2(rect.left() + 5.0, y);
    paint::mark(painter, mark, 10.0, side, solid, theme.polarity(side));
    let mut words = format!("{} · {}", date_short_year(day), side.name());
    if refs.len() > 1 {
        words += &format!(" · {}", counted(refs.len(), "statement"));
    }
    let format = Face::Ui.format(12.5, 16.0, theme.ink2);
    let galley = line(painter, &words, format, rect.width() - 16.0, 1);
    painter.galley(
        pos2(rect.left() + 16.0, y - galley.size().y / 2.0),
        galley,
        theme.ink2,
    );
    let format = Face::Read.format(14.0, 20.0, theme.ink);
    let galley = line(painter, &sentence, format, rect.width(), ROWS);
    painter.galley(pos2(rect.left(), rect.top() + 24.0), galley, theme.ink);
    if response.has_focus() {
        paint::focus_ring(painter, rect, 4, theme);
    }
    if response.clicked() {
        out.push(Command::Select(Some(annotation(*first))));
    }
}

fn sentence(frame: &Frame<'_>, at: StatementRef) -> String {
    let state = frame.snap.project.articles.get(&at.article);
    let row = frame.snap.view.statement(at);
    let words = state
        .zip(row)
        .map(|(state, row)| state.article.slice(row.value.evidence.sentence));
    words
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
