//! The card of what is hovered: who or what it is, in words and counts.

use egui::{Area, Id, Order, Pos2, Rect, Sense, Ui, pos2, vec2};

use crate::analysis::Row;
use crate::app::{Command, Commands};
use crate::model::{EntityId, EntityType, Mention, MentionKind, Statement, Timex};
use crate::ui::reader::antecedent::antecedent;
use crate::ui::reader::hit::{self, Spot};
use crate::ui::reader::layout::LEVELS;
use crate::ui::reader::state::{ReaderState, Sides, Target};
use crate::ui::reader::{Page, Screen, Visible, input, words};
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{paint, visual};

/// Seconds before it shows.
const DELAY: f64 = 0.25;
const WIDTH: f32 = 352.0;

/// Shows the card of what is hovered long enough.
pub(crate) fn show(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ReaderState,
    Screen { visible, spots }: Screen<'_>,
    out: &mut Commands,
) {
    let Some(hover) = state.hover else { return };
    let now = ui.input(|input| input.time);
    if now - hover.since < DELAY {
        let left = std::time::Duration::from_secs_f64((DELAY - (now - hover.since)).max(0.01));
        ui.ctx().request_repaint_after(left);
        return;
    }
    let reviewed = reviewed(page, spots);
    let height = hover.card.map_or(150.0, |card| card.height());
    let place = place(ui.clip_rect(), hover.rect, vec2(WIDTH, height), &reviewed);
    let area = Area::new(Id::unique("reader card"))
        .order(Order::Foreground)
        .fixed_pos(place)
        .constrain(true)
        .interactable(true);
    let shown = area.show(ui.ctx(), |ui| {
        page.theme.card().inner_margin(16).show(ui, |ui| {
            ui.set_width(WIDTH - 34.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            content(ui, page, hover.target, &mut state.sides, out);
            more_here(ui, page, visible, hover.target);
        });
    });
    if let Some(hover) = &mut state.hover {
        let first = hover
            .card
            .is_none_or(|card| (card.height() - shown.response.rect.height()).abs() > 0.5);
        hover.card = Some(shown.response.rect);
        if first {
            ui.ctx().request_repaint();
        }
    }
}

/// Rectangles of what is under review: never hidden.
fn reviewed(page: &Page<'_>, spots: &[Spot]) -> Vec<Rect> {
    let selected = page.view_state.selection.annotation;
    spots
        .iter()
        .filter(|spot| selected == Some(hit::annotation(page, spot.target)))
        .map(|spot| spot.rect)
        .collect()
}

/// Returns where a card stands: over or under the words, where there is room and nothing under
/// review is hidden, else where it hides least.
fn place(view: Rect, item: Rect, size: egui::Vec2, reviewed: &[Rect]) -> Pos2 {
    let left = (item.left() - 4.0).clamp(
        view.left() + 8.0,
        (view.right() - size.x - 8.0).max(view.left() + 8.0),
    );
    let above = pos2(left, item.top() - size.y - 8.0);
    let below = pos2(left, item.bottom() + 8.0);
    let cost = |at: Pos2| {
        let rect = Rect::from_min_size(at, size);
        let outside = (view.top() - rect.top()).max(0.0) + (rect.bottom() - view.bottom()).max(0.0);
        let hidden = reviewed.iter().filter(|r| r.intersects(rect)).count();
        outside + 1_000.0 * hidden as f32
    };
    if cost(above) <= cost(below) {
        above
    } else {
        below
    }
}

fn content(
    ui: &mut Ui,
    page: &Page<'_>,
    target: Target,
    known: &mut Option<Sides>,
    out: &mut Commands,
) {
    match target {
        Target::Mention(id) => {
            if let Some(row) = page.view.mentions.iter().find(|row| row.id == id) {
                mention(ui, page, row, known, out);
            }
        }
        Target::Timex(id) => {
            if let Some(row) = page.view.timexes.iter().find(|row| row.id == id) {
                timex(ui, page, row);
            }
        }
        Target::Statement(id) => {
            if let Some(row) = page.view.statement(id) {
                statement(ui, page, row, out);
            }
        }
    }
}

fn mention(
    ui: &mut Ui,
    page: &Page<'_>,
    row: &Row<Mention>,
    known: &mut Option<Sides>,
    out: &mut Commands,
) {
    let view = &page.snap.view;
    let entity = row
        .value
        .entity
        .and_then(|id| Some((id, view.entities.get(&id)?)));
    let words = page.state.article.slice(row.value.range);
    let Some((id, entity)) = entity else {
        head(
            ui,
            page.theme,
            Some(row.value.entity_type),
            words,
            "not linked",
        );
        text(ui, "No entity yet. Press L to link it.", page.theme);
        footer(
            ui,
            page,
            &words::provenance(&page.snap.project, &row.status),
        );
        return;
    };
    let count = match entity.mentions {
        1 => "1 mention".to_owned(),
        count => format!("{count} mentions"),
    };
    head(
        ui,
        page.theme,
        Some(entity.entity.entity_type),
        &entity.entity.name,
        &count,
    );
    if let Some(role) = words::role(view, &entity.entity) {
        text(ui, &role, page.theme);
    }
    let here = if row.value.kind == MentionKind::Name {
        let stands = format!("“{words}” stands for {} here.", entity.entity.name);
        row.value.metonym.then_some(stands)
    } else {
        antecedent(view, page.view, &page.state.tokens, page.body(), row)
    };
    if let Some(here) = here {
        text(ui, &here, page.theme);
    }
    let revision = page.snap.revision;
    let counts = known
        .filter(|(entity, at, _)| *entity == id && *at == revision)
        .map_or_else(|| words::sides(view, id), |(_, _, counts)| counts);
    *known = Some((id, revision, counts));
    sides(ui, page.theme, counts);
    let by = words::provenance(&page.snap.project, &row.status);
    if let Some(true) = footer_open(ui, page, &by) {
        open(page, row, id, out);
    }
}

fn open(page: &Page<'_>, row: &Row<Mention>, entity: EntityId, out: &mut Commands) {
    input::choose(page, Target::Mention(row.id), out);
    out.push(Command::SelectEntity(Some(entity)));
    out.push(Command::ShowDialog(Some(crate::app::Dialog::Entities)));
}

fn timex(ui: &mut Ui, page: &Page<'_>, row: &Row<Timex>) {
    let words = page.state.article.slice(row.value.range);
    head(
        ui,
        page.theme,
        None,
        &format!("“{words}” = {}", words::timex_value(&row.value)),
        "",
    );
    let anchor = words::timex_anchor(&page.state.article, page.view, &row.value);
    text(ui, &anchor, page.theme);
    text(ui, &words::timex_found(&row.value), page.theme);
    footer(
        ui,
        page,
        &words::provenance(&page.snap.project, &row.status),
    );
}

fn statement(ui: &mut Ui, page: &Page<'_>, row: &Row<Statement>, out: &mut Commands) {
    let view = &page.snap.view;
    let value = &row.value;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let colour = page.theme.polarity(value.polarity());
    let centre = pos2(rect.left() + 8.0, rect.center().y);
    paint::mark(
        ui.painter(),
        centre,
        10.0,
        value.polarity(),
        row.is_decided(),
        colour,
    );
    let words = words::statement(view, value);
    let format = Face::UiSemibold.format(14.0, 20.0, page.theme.ink);
    let galley = ui.fonts_mut(|f| f.layout_job(job(&words, format, rect.width() - 24.0)));
    let extra = (galley.size().y - 20.0).max(0.0);
    ui.painter()
        .galley(rect.min + vec2(24.0, 0.0), galley, page.theme.ink);
    ui.add_space(extra);
    let mut facts = vec![
        value.act.name().to_owned(),
        value.factuality.name().to_owned(),
    ];
    if let Some(date) = &value.date {
        let shown = date.value.span().filter(|span| span.is_day());
        facts.push(shown.map_or_else(|| date.value.0.clone(), |span| words::day(span.first)));
    }
    if let Some(reporter) = &value.reporter {
        facts.push(format!("reported by {}", view.entity_name(reporter.entity)));
    }
    text(ui, &facts.join(" · "), page.theme);
    let by = words::provenance(&page.snap.project, &row.status);
    if let Some(true) = footer_open(ui, page, &by) {
        let annotation = hit::annotation(page, Target::Statement(row.id));
        out.push(Command::EditStatement(annotation));
    }
}

fn head(ui: &mut Ui, theme: &Theme, badge: Option<EntityType>, name: &str, right: &str) {
    let width = ui.available_width();
    let right_galley = ui.fonts_mut(|f| {
        f.layout_job(job(
            right,
            Face::Ui.format(12.5, 18.0, theme.ink3),
            f32::INFINITY,
        ))
    });
    let left = if badge.is_some() { 24.0 } else { 0.0 };
    let room = width - left - right_galley.size().x - 12.0;
    let name_galley = ui.fonts_mut(|f| {
        f.layout_job(job(
            &visual(name),
            Face::UiSemibold.format(14.0, 20.0, theme.ink),
            room,
        ))
    });
    let height = name_galley.size().y.max(20.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name} {right}"))
    });
    if let Some(badge) = badge {
        let centre = rect.min + vec2(8.0, 10.0);
        paint::badge(ui.painter(), theme, centre, badge, None);
    }
    ui.painter()
        .galley(rect.min + vec2(left, 0.0), name_galley, theme.ink);
    let at = pos2(rect.right() - right_galley.size().x, rect.top() + 1.0);
    ui.painter().galley(at, right_galley, theme.ink3);
}

fn text(ui: &mut Ui, words: &str, theme: &Theme) {
    let format = Face::Ui.format(14.0, 20.0, theme.ink2);
    let job = job(words, format, ui.available_width());
    ui.label(job);
}

fn sides(ui: &mut Ui, theme: &Theme, counts: [(crate::model::Polarity, usize); 3]) {
    if counts.iter().all(|(_, count)| *count == 0) {
        return;
    }
    let words: Vec<String> = counts
        .iter()
        .map(|(side, count)| format!("{count} {}", side.name()))
        .collect();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.join(", ")));
    let mut x = rect.left();
    for ((side, _), words) in counts.iter().zip(&words) {
        let centre = pos2(x + 5.0, rect.center().y);
        paint::mark(
            ui.painter(),
            centre,
            10.0,
            *side,
            true,
            theme.polarity(*side),
        );
        let format = Face::Ui.format(14.0, 20.0, theme.ink2);
        let galley = ui.fonts_mut(|f| f.layout_job(job(words, format, f32::INFINITY)));
        let width = galley.size().x;
        ui.painter()
            .galley(pos2(x + 16.0, rect.top()), galley, theme.ink2);
        x += 16.0 + width + 16.0;
    }
}

fn footer(ui: &mut Ui, page: &Page<'_>, by: &str) {
    line(ui, page.theme);
    let format = Face::Ui.format(12.5, 18.0, page.theme.ink3);
    let job = job(by, format, ui.available_width());
    ui.label(job);
}

/// The footer with a button that opens it; returns whether that was clicked.
fn footer_open(ui: &mut Ui, page: &Page<'_>, by: &str) -> Option<bool> {
    line(ui, page.theme);
    let mut clicked = None;
    ui.horizontal(|ui| {
        let format = Face::Ui.format(12.5, 18.0, page.theme.ink3);
        ui.label(job(by, format, ui.available_width() - 70.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            clicked = Some(crate::ui::widgets::link(ui, "Open", 12.5).clicked());
        });
    });
    clicked
}

fn line(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let stroke = egui::Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}

/// Names what is too deep to be drawn: *and 2 more here*.
fn more_here(ui: &mut Ui, page: &Page<'_>, visible: &[Visible], target: Target) {
    let Some(range) = hit::range(page, target) else {
        return;
    };
    let deeper = |shown: &Visible| {
        let marks = page.layout.marks_in.of(shown.paragraph);
        let marks = marks.filter_map(|at| page.layout.marks.get(at));
        marks
            .filter(|mark| mark.depth >= LEVELS && range.contains_range(mark.range))
            .count()
    };
    let count: usize = visible.iter().map(deeper).sum();
    if count > 0 {
        text(ui, &format!("and {count} more here"), page.theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_never_hides_what_is_under_review() {
        let view = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        let item = Rect::from_min_size(pos2(200.0, 300.0), vec2(60.0, 24.0));
        let size = vec2(352.0, 150.0);
        assert!(place(view, item, size, &[]).y < 300.0, "over the words");
        let above = Rect::from_min_size(pos2(210.0, 240.0), vec2(60.0, 24.0));
        assert!(place(view, item, size, &[above]).y > 300.0);
        let high = Rect::from_min_size(pos2(700.0, 20.0), vec2(60.0, 24.0));
        let at = place(view, high, size, &[]);
        assert!(at.y > 20.0 && at.x + 352.0 <= 800.0, "inside the view");
    }
}
