//! Two periods side by side as an exported figure: for each row the first above, pale, the second
//! below; oppose left, support right of zero; counts, change and what it means at the right.

use crate::analysis::{Comparison, ComparisonRow, Sides, span_words};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Scene, Shape, elide, line, pen, point, rect, style, text,
};
use crate::model::Polarity;

const ROW: f32 = 30.0;
const BAR: f32 = 7.0;
/// Room for counts and words at the right.
const NUMBERS: f32 = 112.0;
/// What is left of the colour in the first period.
const PALE: f32 = 0.45;

/// Returns the figure, `width` points wide, of the first `most` rows.
#[must_use]
pub fn scene(
    made: &Comparison,
    most: usize,
    words: &Words,
    width: f32,
    measure: &dyn Measure,
) -> Scene {
    let (mut scene, top) = frame::begin(words, width, measure);
    let top = heads(&mut scene, made, (top, width));
    let names = style(Face::UiMedium, 10.0);
    let label = made
        .rows
        .iter()
        .take(most)
        .map(|row| measure.width(&row.name, names))
        .fold(60.0, f32::max)
        .min(width * 0.3)
        + 12.0;
    let plot = Area {
        x: label,
        y: top,
        width: (width - label - NUMBERS).max(40.0),
        height: ROW,
    };
    let unit = half_precise(plot.width / 2.0, made.most());
    let mut y = top;
    for row in made.rows.iter().take(most) {
        let at = Area { y, ..plot };
        let name = elide(&row.name, names, label - 12.0, measure);
        let mut shapes = vec![
            line(point(0.0, y), point(width, y), pen(PALETTE.line, 1.0)),
            text(
                point(0.0, y + ROW / 2.0 + 3.5),
                name,
                names,
                PALETTE.ink,
                Anchor::Start,
            ),
        ];
        shapes.extend(bars(row, at, unit));
        shapes.extend(numbers(row, (width, y)));
        let (first, second) = row.counts();
        let spoken = format!("{}, {first} before, {second} after", row.name);
        let refs = row.first.refs().chain(row.second.refs()).collect();
        scene.mark(spoken, refs, shapes);
        y += ROW;
    }
    let zero = plot.x + plot.width / 2.0;
    let rule = line(point(0.0, y), point(width, y), pen(PALETTE.line, 1.0));
    let axis = line(point(zero, top), point(zero, y), pen(PALETTE.ink, 1.0));
    scene.add([rule, axis]);
    let keys = [
        Key::Side(Polarity::Support),
        Key::Side(Polarity::Oppose),
        Key::Side(Polarity::Neutral),
    ];
    frame::end(&mut scene, y + 6.0, &keys, words, measure);
    scene
}

#[expect(clippy::cast_precision_loss, reason = "counts of statements fit")]
fn half_precise(room: f32, most: usize) -> f32 {
    room / most.max(1) as f32
}

/// Says which period is which; returns where the rows begin.
fn heads(scene: &mut Scene, made: &Comparison, (top, width): (f32, f32)) -> f32 {
    let look = style(Face::UiSemibold, 10.0);
    let (first, second) = made.counts();
    let pale = PALETTE.ink2.over(PALETTE.page, PALE);
    let mut y = top;
    for (period, count, ink) in [
        (made.periods.first, first, pale),
        (made.periods.second, second, PALETTE.ink2),
    ] {
        let swatch = Area {
            x: 0.0,
            y: y - 1.0,
            width: 22.0,
            height: BAR,
        };
        let words = format!(
            "{}: {}",
            span_words(period),
            crate::analysis::counted(count, "statement")
        );
        scene.add([
            rect(swatch, Fill::Solid(ink)),
            text(
                point(30.0, y + 6.0),
                words,
                look,
                PALETTE.ink,
                Anchor::Start,
            ),
        ]);
        y += 16.0;
    }
    let small = style(Face::Ui, 9.0);
    let right = text(
        point(width, y - 10.0),
        "change",
        small,
        PALETTE.ink3,
        Anchor::End,
    );
    scene.add([right]);
    y + 4.0
}

fn bars(row: &ComparisonRow, at: Area, unit: f32) -> Vec<Shape> {
    let zero = at.x + at.width / 2.0;
    let middle = at.y + at.height / 2.0;
    let mut shapes = Vec::new();
    let mut add = |sides: &Sides, y: f32, share: f32| {
        for (side, way) in [(Polarity::Oppose, -1.0), (Polarity::Support, 1.0)] {
            let count = sides.side(side).len();
            if count == 0 {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "counts of statements fit")]
            let long = (count as f32 * unit).max(2.0);
            let area = Area {
                x: if way < 0.0 { zero - long } else { zero },
                y,
                width: long,
                height: BAR,
            };
            let ink = PALETTE.polarity(side).over(PALETTE.page, share);
            shapes.push(rect(area, Fill::Solid(ink)));
        }
        if sides.oppose.is_empty() && sides.support.is_empty() && !sides.neither.is_empty() {
            let at = point(zero, y + BAR / 2.0);
            let side = Polarity::Neutral;
            let ink = PALETTE.neu;
            shapes.push(crate::figure::scene::polarity_mark(
                at, 6.0, side, true, ink,
            ));
        }
    };
    add(&row.first, middle - BAR - 1.0, PALE);
    add(&row.second, middle + 1.0, 1.0);
    shapes
}

fn numbers(row: &ComparisonRow, (right, y): (f32, f32)) -> Vec<Shape> {
    let (first, second) = row.counts();
    let change = match second.cmp(&first) {
        std::cmp::Ordering::Greater => format!("+{}", second - first),
        std::cmp::Ordering::Less => format!("−{}", first - second),
        std::cmp::Ordering::Equal => "0".to_owned(),
    };
    let moved = row.moved_words();
    let middle = y + ROW / 2.0 + 3.5;
    let up = if moved.is_some() {
        middle - 6.0
    } else {
        middle
    };
    let (strong, small) = (style(Face::UiMedium, 10.0), style(Face::Ui, 9.0));
    let counts = format!("{first} → {second}");
    let mut shapes = vec![
        text(
            point(right - 34.0, up),
            counts,
            strong,
            PALETTE.ink,
            Anchor::End,
        ),
        text(point(right, up), change, strong, PALETTE.ink, Anchor::End),
    ];
    if let Some(moved) = moved {
        let at = point(right, middle + 6.0);
        shapes.push(text(at, moved, small, PALETTE.ink2, Anchor::End));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{CompareBy, Compared, Filter, comparison};
    use crate::figure::frame::fixtures::{Half, words};
    use crate::model::{Act, DateSpan};

    #[test]
    fn both_periods_their_change_and_what_it_means_are_said() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated("2026-02-03")
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .dated("2026-03-03")
            .says("Velmora", "Astrany", Act::Aid, Polarity::Support)
            .dated("2026-03-04")
            .build();
        let month = |month| DateSpan {
            first: date(2026, month, 1),
            last: date(2026, month, 1).last_of_month(),
        };
        let periods = Compared {
            first: month(2),
            second: month(3),
            by: CompareBy::Actor,
        };
        let made = comparison(&project, &view, &Filter::default(), periods);
        let scene = scene(&made, 30, &words(), 600.0, &Half);
        let said: Vec<_> = scene.texts().map(|text| text.words.as_str()).collect();
        for wanted in [
            "February 2026: 1 statement",
            "March 2026: 2 statements",
            "1 → 2",
            "+1",
            "now supports",
        ] {
            assert!(said.contains(&wanted), "{wanted} in {said:?}");
        }
        let mark = scene
            .marks
            .iter()
            .find(|m| m.name == "Velmora, 1 before, 2 after");
        assert_eq!(mark.unwrap().stands_for.len(), 3);
        for text in scene.texts() {
            assert!(text.at.x <= scene.width && text.at.y <= scene.height);
        }
    }
}
