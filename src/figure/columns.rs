//! Columns by period beside the bars of an exported chart: support up, oppose down, one scale.

use crate::analysis::{Periods, Segment};
use crate::figure::frame::PALETTE;
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Scene, Shape, line, pen, point, polarity_mark, rect, style,
    text,
};
use crate::model::{EntityId, Polarity};

/// Where the columns stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) left: f32,
    right: f32,
    /// Room for one.
    step: f32,
    most: usize,
}

impl Columns {
    /// Returns the place at the right of a figure; none where nothing is counted by period.
    pub(super) fn beside(periods: &Periods, width: f32) -> Option<Self> {
        let count = periods.starts.len();
        if count == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most sixty periods")]
        let wanted = count as f32 * 18.0;
        let wide = wanted.clamp(56.0, (width * 0.34).max(56.0));
        #[expect(clippy::cast_precision_loss, reason = "at most sixty periods")]
        let step = wide / count as f32;
        Some(Self {
            left: width - wide,
            right: width,
            step,
            most: periods.most.max(1),
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "at most sixty periods")]
    fn centre(&self, place: usize) -> f32 {
        self.left + self.step * (place as f32 + 0.5)
    }
}

/// Writes the first and the last period over the columns.
pub(super) fn heads(
    scene: &mut Scene,
    y: f32,
    at: Columns,
    periods: &Periods,
    measure: &dyn Measure,
) {
    let (Some(first), Some(last)) = (periods.starts.first(), periods.starts.last()) else {
        return;
    };
    let look = style(Face::Ui, 9.0);
    let (first_words, last_words) = (
        periods.period.short_words(*first),
        periods.period.short_words(*last),
    );
    let room = measure.width(&first_words, look) + measure.width(&last_words, look) + 8.0;
    let place = point(at.left, y);
    scene.add([text(place, first_words, look, PALETTE.ink3, Anchor::Start)]);
    if first != last && room < at.right - at.left {
        let place = point(at.right, y);
        scene.add([text(place, last_words, look, PALETTE.ink3, Anchor::End)]);
    }
}

/// Adds the columns of one actor, each a mark of its statements.
pub(super) fn row(
    scene: &mut Scene,
    (middle, high): (f32, f32),
    at: Columns,
    periods: &Periods,
    (entity, name): (EntityId, &str),
) {
    let zero = line(
        point(at.left, middle),
        point(at.right, middle),
        pen(PALETTE.line2, 1.0),
    );
    scene.add([zero]);
    let Some(counts) = periods.rows.get(&entity) else {
        return;
    };
    #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
    let per = (high / 2.0 - 3.0) / at.most as f32;
    let wide = (at.step - 1.0).clamp(1.5, 14.0);
    for (place, start) in periods.starts.iter().enumerate() {
        let Some(sides) = counts.get(start) else {
            continue;
        };
        let x = at.centre(place);
        let mut shapes = Vec::new();
        column(
            &mut shapes,
            (x, middle),
            (wide, -per),
            &sides.support,
            Polarity::Support,
        );
        column(
            &mut shapes,
            (x, middle),
            (wide, per),
            &sides.oppose,
            Polarity::Oppose,
        );
        if shapes.is_empty() {
            let centre = point(x, middle);
            shapes.push(polarity_mark(
                centre,
                5.0,
                Polarity::Neutral,
                false,
                PALETTE.neu,
            ));
        }
        let words = periods.period.words(*start);
        let name = format!("{name}, {words}, {}", sides.words());
        scene.mark(name, sides.refs().collect(), shapes);
    }
}

/// From zero outwards: confirmed solid, then suggested hatched; `per` is below zero for upwards.
fn column(
    shapes: &mut Vec<Shape>,
    (x, middle): (f32, f32),
    (wide, per): (f32, f32),
    segment: &Segment,
    side: Polarity,
) {
    #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
    let place = |count: usize| middle + per * count as f32;
    let (solid, all) = (place(segment.confirmed.len()), place(segment.len()));
    let ink = PALETTE.polarity(side);
    let area = |from: f32, to: f32| Area {
        x: x - wide / 2.0,
        y: from.min(to),
        width: wide,
        height: (from - to).abs(),
    };
    if !segment.confirmed.is_empty() {
        shapes.push(rect(area(middle, solid), Fill::Solid(ink)));
    }
    if !segment.suggested.is_empty() {
        shapes.push(Shape::Rect {
            area: area(solid, all),
            radius: 0.0,
            fill: Fill::Hatch {
                ink,
                paper: PALETTE.polarity_tint(side),
            },
            border: Some(pen(ink, 0.75)),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, Period, RowOrder, stance_by_actor, stance_by_period};
    use crate::figure::bars;
    use crate::figure::frame::fixtures::{Half, words};
    use crate::model::{Act, Polarity};

    #[test]
    fn each_column_of_the_figure_counts_its_statements() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated("2026-01-31")
            .confirmed()
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .dated("2026-01-12")
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .dated("2026-03-12")
            .says("Astrany", "Velmora", Act::Request, Polarity::Neutral)
            .dated("2026-03-02")
            .build();
        let filter = Filter::default();
        let rows = stance_by_actor(&project, &view, &filter, RowOrder::default());
        let periods = stance_by_period(&project, &view, &filter, Period::Month);
        let chart = bars::bars(&rows, &view);
        let scene = bars::scene(&chart, &periods, &words(), 560.0, &Half);
        let columns: Vec<_> = scene
            .marks
            .iter()
            .filter(|mark| mark.name.contains(" 2026, "))
            .map(|mark| (mark.name.as_str(), mark.stands_for.len(), mark.shapes.len()))
            .collect();
        assert_eq!(
            columns,
            [
                // Confirmed and suggested.
                ("Velmora, Jan 2026, 0 support, 2 oppose, 0 neither", 2, 2),
                ("Velmora, Mar 2026, 1 support, 0 oppose, 0 neither", 1, 1),
                ("Astrany, Mar 2026, 0 support, 0 oppose, 1 neither", 1, 1),
            ]
        );
        for text in scene.texts() {
            assert!(text.at.x >= 0.0 && text.at.x <= scene.width, "{text:?}");
        }
        let said: Vec<_> = scene.texts().map(|text| text.words.as_str()).collect();
        assert!(said.contains(&"Jan 2026"), "{said:?}");
    }
}
