//! Columns by week, month, quarter or year beside the bars of an actor: support up, oppose down.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

use crate::analysis::{Periods, Segment, Sides};
use crate::app::Commands;
use crate::figure::bars::BarRow;
use crate::model::Polarity;
use crate::ui::stance::{Frame, ask_exactly};
use crate::ui::theme::Face;
use crate::ui::widgets::paint;

/// Writes the first and the last period over the columns.
pub(super) fn heads(ui: &Ui, rect: Rect, frame: &Frame<'_>, periods: &Periods) {
    let (Some(first), Some(last)) = (periods.starts.first(), periods.starts.last()) else {
        return;
    };
    let words = |start| periods.period.short_words(start);
    let painter = ui.painter();
    let font = Face::Ui.font(11.5);
    let ink = frame.theme.ink3;
    let y = rect.center().y;
    let left = painter.text(
        pos2(rect.left(), y),
        Align2::LEFT_CENTER,
        words(*first),
        font.clone(),
        ink,
    );
    let galley = painter.layout_no_wrap(words(*last), font, ink);
    let at = rect.right() - galley.size().x;
    if last != first && at > left.right() + 6.0 {
        painter.galley(pos2(at, y - galley.size().y / 2.0), galley, ink);
    }
}

/// Draws the columns of an actor; a click on one asks for exactly its statements.
pub(super) fn row(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    (row, periods): (&BarRow, &Periods),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let painter = ui.painter();
    let middle = rect.center().y;
    painter.hline(rect.x_range(), middle, Stroke::new(1.0, theme.line2));
    let Some(entity) = row.of.actor() else {
        return;
    };
    let Some(counts) = periods.rows.get(&entity) else {
        return;
    };
    let step = rect.width() / periods.starts.len().max(1) as f32;
    let wide = (step - 1.0).clamp(1.5, 16.0);
    let high = (rect.height() / 2.0 - 3.0) / periods.most.max(1) as f32;
    for (at, start) in periods.starts.iter().enumerate() {
        let Some(sides) = counts.get(start) else {
            continue;
        };
        let centre = rect.left() + step * (at as f32 + 0.5);
        let slot = Rect::from_center_size(
            pos2(centre, middle),
            egui::vec2(step.max(3.0), rect.height() - 2.0),
        );
        let id = ui.scope_id().with((entity, *start));
        let response = ui.interact(slot, id, Sense::CLICK);
        let words = format!("{}, {}", row.name, periods.period.words(*start));
        response.widget_info(|| {
            let label = format!("{words}, {}", sides.words());
            WidgetInfo::labeled(Role::Button, true, label)
        });
        if response.hovered() {
            painter.rect_filled(slot, 2.0, theme.hov);
        }
        column(ui, (centre, middle), (wide, high), frame, sides);
        if response.clicked() {
            out.push(ask_exactly(frame, &words, sides.refs(), |filter| {
                filter.holders = [entity].into();
            }));
        }
        if response.hovered() {
            response.on_hover_text(format!("{words}: {}", sides.words()));
        }
    }
}

/// From zero outwards: confirmed solid, then suggested hatched.
fn column(
    ui: &Ui,
    (x, middle): (f32, f32),
    (wide, high): (f32, f32),
    frame: &Frame<'_>,
    sides: &Sides,
) {
    let theme = frame.theme;
    let painter = ui.painter();
    let bar = |from: f32, to: f32| {
        Rect::from_two_pos(pos2(x - wide / 2.0, from), pos2(x + wide / 2.0, to))
    };
    let draw = |segment: &Segment, side: Polarity, way: f32| {
        let solid = segment.confirmed.len() as f32 * high;
        let all = segment.len() as f32 * high;
        let colour = theme.polarity(side);
        if solid > 0.0 {
            painter.rect_filled(bar(middle, middle + way * solid), 0.0, colour);
        }
        if all > solid {
            let rect = bar(middle + way * solid, middle + way * all);
            painter.rect_filled(rect, 0.0, theme.polarity_tint(side));
            paint::hatch(painter, rect, colour);
        }
    };
    draw(&sides.support, Polarity::Support, -1.0);
    draw(&sides.oppose, Polarity::Oppose, 1.0);
    if sides.support.is_empty() && sides.oppose.is_empty() {
        paint::mark(
            painter,
            pos2(x, middle),
            5.0,
            Polarity::Neutral,
            false,
            theme.neu,
        );
    }
}
