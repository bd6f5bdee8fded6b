//! Stance by actor as diverging bars: oppose left and support right of zero, one scale.
//!
//! From zero outwards: confirmed solid, then suggested hatched. Neither is a number, no bar. Beside
//! them columns by period, where those are asked for: support up, oppose down.

use crate::analysis::{ActorRow, Periods, ProjectView, Sides, StatementRef, ValueRow};
use crate::figure::columns::{self, Columns};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Scene, Shape, elide, line, pen, point, rect, style, text,
};
use crate::figure::tokens::Palette;
use crate::model::{EntityId, EntityType, FieldId, Polarity};

/// What stands for statements without a value.
pub const NO_VALUE: &str = "no value";

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowOf {
    /// A holder.
    Actor(EntityId),
    /// A value of a field of the person's own; none for statements without one.
    Value(FieldId, Option<String>),
}

impl RowOf {
    /// Returns the holder.
    #[must_use]
    pub fn actor(&self) -> Option<EntityId> {
        match self {
            Self::Actor(entity) => Some(*entity),
            Self::Value(..) => None,
        }
    }
}

/// A row of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    /// Who, or what.
    pub of: RowOf,
    /// The name.
    pub name: String,
    /// The type, for the badge.
    pub entity_type: Option<EntityType>,
    /// *incl. Ilse Maren, 2 offices*; empty where nobody else counts here.
    pub note: String,
    /// What a screen reader says.
    pub label: String,
    /// Confirmed and suggested, oppose.
    pub oppose: (usize, usize),
    /// Confirmed and suggested, support.
    pub support: (usize, usize),
    /// Neither.
    pub neither: usize,
    /// Whether the filter asks for the holder.
    pub asked: bool,
    /// The statements behind each side: oppose, support, neither.
    pub refs: [Vec<StatementRef>; 3],
}

/// The chart, the same for screen and export.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// Rows in order.
    pub rows: Vec<BarRow>,
    /// Largest count of a side.
    pub most: usize,
}

/// Returns the chart of rows that `analysis` counted.
#[must_use]
pub fn bars(rows: &[ActorRow], view: &ProjectView) -> Bars {
    chart(rows.iter().map(|row| bar_row(row, view)).collect())
}

/// Returns the chart of rows that `analysis` counted by the values of a field.
#[must_use]
pub fn value_bars(rows: &[ValueRow], field: FieldId) -> Bars {
    let row = |row: &ValueRow| {
        let name = row.value.clone().unwrap_or_else(|| NO_VALUE.to_owned());
        let of = RowOf::Value(field, row.value.clone());
        BarRow {
            asked: row.asked,
            ..counted_row(of, name, &row.sides)
        }
    };
    chart(rows.iter().map(row).collect())
}

fn chart(rows: Vec<BarRow>) -> Bars {
    let sides = |row: &BarRow| (row.oppose.0 + row.oppose.1).max(row.support.0 + row.support.1);
    Bars {
        most: rows.iter().map(sides).max().unwrap_or(0),
        rows,
    }
}

fn bar_row(row: &ActorRow, view: &ProjectView) -> BarRow {
    let name = view.entity_name(row.entity).to_owned();
    let note = match row.through.as_slice() {
        [] => String::new(),
        [one] => format!("incl. {}", view.entity_name(*one)),
        [first, others @ ..] => format!(
            "incl. {}, {} {}",
            view.entity_name(*first),
            others.len(),
            if others.len() == 1 { "other" } else { "others" }
        ),
    };
    BarRow {
        entity_type: view.entity_type(row.entity),
        note,
        asked: row.asked,
        ..counted_row(RowOf::Actor(row.entity), name, &row.sides)
    }
}

fn counted_row(of: RowOf, name: String, sides: &Sides) -> BarRow {
    let pair = |side: Polarity| {
        let segment = sides.side(side);
        (segment.confirmed.len(), segment.suggested.len())
    };
    let refs = |side: Polarity| sides.side(side).refs().collect::<Vec<_>>();
    BarRow {
        of,
        label: format!("{name}, {}", sides.words()),
        name,
        entity_type: None,
        note: String::new(),
        oppose: pair(Polarity::Oppose),
        support: pair(Polarity::Support),
        neither: sides.neither.len(),
        asked: true,
        refs: [
            refs(Polarity::Oppose),
            refs(Polarity::Support),
            refs(Polarity::Neutral),
        ],
    }
}

/// Returns a round step that gives at most `most` ticks up to `value`: 1, 2, 5, 10, 20…
#[must_use]
pub fn round_step(value: usize, most: usize) -> usize {
    let mut step = 1;
    let mut factors = [2, 5, 10].iter().cycle();
    let mut base = 1;
    while value / step > most.max(1) {
        let factor = factors.next().copied().unwrap_or(10);
        step = base * factor;
        if factor == 10 {
            base = step;
        }
    }
    step
}

const ROW: f32 = 34.0;
const BAR: f32 = 16.0;

struct Scale {
    zero: f32,
    per: f32,
    /// Where the bars and the number of neither end.
    edge: f32,
}

impl Scale {
    fn length(&self, count: usize) -> f32 {
        length(count, self.per)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
fn length(count: usize, per: f32) -> f32 {
    if count == 0 {
        0.0
    } else {
        (count as f32 * per).max(2.0)
    }
}

/// Returns the exported figure, `width` points wide; with columns by period where there are any.
#[must_use]
pub fn scene(
    bars: &Bars,
    periods: &Periods,
    words: &Words,
    width: f32,
    measure: &dyn Measure,
) -> Scene {
    let (mut scene, top) = frame::begin(words, width, measure);
    let asked: Vec<&BarRow> = bars.rows.iter().filter(|row| row.asked).collect();
    let label_width = label_width(&asked, width, measure);
    let columns = Columns::beside(periods, width);
    let edge = columns.map_or(width, |columns| columns.left - 18.0);
    let neither_width = 48.0;
    // Room for the counts outside the ends of the longest bars.
    let room = (edge - label_width - neither_width - 2.0 * 30.0).max(40.0);
    let most = |pick: fn(&BarRow) -> (usize, usize)| {
        asked
            .iter()
            .map(|row| pick(row).0 + pick(row).1)
            .max()
            .unwrap_or(0)
    };
    let (left, right) = (most(|row| row.oppose), most(|row| row.support));
    #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
    let per = room / (left + right).max(1) as f32;
    let scale = Scale {
        zero: label_width + 30.0 + length(left, per),
        per,
        edge,
    };
    let rows_top = top + 34.0;
    #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
    let bottom = rows_top + ROW * asked.len() as f32;
    head(&mut scene, top, &scale, measure);
    grid(&mut scene, (rows_top, bottom), &scale, (left, right));
    let mut y = rows_top;
    for row in asked {
        self::row(&mut scene, y, row, &scale, label_width, measure);
        if let (Some(at), Some(entity)) = (columns, row.of.actor()) {
            let row = (entity, row.name.as_str());
            columns::row(&mut scene, (y + ROW / 2.0, ROW), at, periods, row);
        }
        y += ROW;
    }
    let zero = scale.zero;
    scene.add([
        line(
            point(0.0, bottom),
            point(width, bottom),
            pen(PALETTE.line, 1.0),
        ),
        line(
            point(zero, rows_top - 4.0),
            point(zero, bottom),
            pen(PALETTE.ink, 1.0),
        ),
    ]);
    if let Some(at) = columns {
        columns::heads(&mut scene, top + 26.0, at, periods, measure);
    }
    let keys = [Key::Confirmed, Key::Suggested];
    frame::end(&mut scene, bottom, &keys, words, measure);
    scene
}

/// Room for the longest name, as far as the bars keep theirs.
fn label_width(asked: &[&BarRow], width: f32, measure: &dyn Measure) -> f32 {
    let look = style(Face::UiSemibold, 11.0);
    let names = asked.iter().map(|row| measure.width(&row.name, look));
    names.fold(60.0, f32::max).min(width * 0.3) + 12.0
}

fn head(scene: &mut Scene, top: f32, scale: &Scale, measure: &dyn Measure) {
    let bold = style(Face::UiSemibold, 10.5);
    let (zero, y, width) = (scale.zero, top + 10.0, scale.edge);
    let oppose = zero - 10.0 - measure.width("oppose", bold);
    let support = zero + 10.0 + measure.width("support", bold);
    let arrow = |from: f32, to: f32, colour| {
        let back = if to > from { to - 4.0 } else { to + 4.0 };
        let y = y - 3.5;
        [
            line(point(from, y), point(to, y), pen(colour, 1.1)),
            line(point(back, y - 3.0), point(to, y), pen(colour, 1.1)),
            line(point(back, y + 3.0), point(to, y), pen(colour, 1.1)),
        ]
    };
    let mut shapes = vec![
        text(
            point(zero - 10.0, y),
            "oppose",
            bold,
            PALETTE.opp,
            Anchor::End,
        ),
        text(
            point(zero + 10.0, y),
            "support",
            bold,
            PALETTE.sup,
            Anchor::Start,
        ),
        text(
            point(width, top + 26.0),
            "neither",
            style(Face::Ui, 9.5),
            PALETTE.ink3,
            Anchor::End,
        ),
    ];
    shapes.extend(arrow(oppose - 6.0, oppose - 26.0, PALETTE.opp));
    shapes.extend(arrow(support + 6.0, support + 26.0, PALETTE.sup));
    scene.add(shapes);
}

fn grid(scene: &mut Scene, (top, bottom): (f32, f32), scale: &Scale, sides: (usize, usize)) {
    let step = round_step(sides.0.max(sides.1), 4);
    let look = style(Face::Ui, 9.5);
    let mut tick = |x: f32, count: usize| {
        let mut shapes = vec![text(
            point(x, top - 8.0),
            count.to_string(),
            look,
            PALETTE.ink3,
            Anchor::Middle,
        )];
        if count > 0 {
            shapes.push(line(
                point(x, top),
                point(x, bottom),
                pen(PALETTE.line, 1.0),
            ));
        }
        scene.add(shapes);
    };
    tick(scale.zero, 0);
    for count in (step..=sides.0).step_by(step) {
        tick(scale.zero - scale.length(count), count);
    }
    for count in (step..=sides.1).step_by(step) {
        tick(scale.zero + scale.length(count), count);
    }
}

fn row(
    scene: &mut Scene,
    y: f32,
    row: &BarRow,
    scale: &Scale,
    label_width: f32,
    measure: &dyn Measure,
) {
    let middle = y + ROW / 2.0;
    let width = scale.edge;
    label(scene, y, row, label_width - 8.0, measure);
    let counts = style(Face::UiSemibold, 10.0);
    for (at, side) in [Polarity::Oppose, Polarity::Support]
        .into_iter()
        .enumerate()
    {
        let (confirmed, suggested) = if side == Polarity::Oppose {
            row.oppose
        } else {
            row.support
        };
        let total = confirmed + suggested;
        if total == 0 {
            continue;
        }
        let mut shapes = segments(&PALETTE, side, (confirmed, suggested), scale, middle);
        let end = scale.length(confirmed) + scale.length(suggested) + 5.0;
        let (x, anchor) = if side == Polarity::Oppose {
            (scale.zero - end, Anchor::End)
        } else {
            (scale.zero + end, Anchor::Start)
        };
        let at_x = point(x, middle + 3.5);
        shapes.push(text(at_x, total.to_string(), counts, PALETTE.ink, anchor));
        let name = format!("{}, {total} {}", row.name, side.name());
        let refs = row.refs.get(at).cloned().unwrap_or_default();
        scene.mark(name, refs, shapes);
    }
    let neither = text(
        point(width, middle + 3.5),
        row.neither.to_string(),
        style(Face::Ui, 10.0),
        PALETTE.ink2,
        Anchor::End,
    );
    let name = format!("{}, {} neither", row.name, row.neither);
    let refs = row.refs.get(2).cloned().unwrap_or_default();
    scene.mark(name, refs, [neither]);
}

fn label(scene: &mut Scene, y: f32, row: &BarRow, room: f32, measure: &dyn Measure) {
    let (names, notes) = (style(Face::UiSemibold, 11.0), style(Face::Ui, 8.5));
    let middle = y + ROW / 2.0;
    let width = scene.width;
    let mut shapes = vec![line(point(0.0, y), point(width, y), pen(PALETTE.line, 1.0))];
    let name = elide(&row.name, names, room, measure);
    let name_y = if row.note.is_empty() {
        middle + 4.0
    } else {
        middle - 1.0
    };
    shapes.push(text(
        point(0.0, name_y),
        name,
        names,
        PALETTE.ink,
        Anchor::Start,
    ));
    if !row.note.is_empty() {
        let note = elide(&row.note, notes, room, measure);
        shapes.push(text(
            point(0.0, middle + 10.0),
            note,
            notes,
            PALETTE.ink3,
            Anchor::Start,
        ));
    }
    scene.mark(row.label.clone(), Vec::new(), shapes);
}

fn segments(
    palette: &Palette,
    side: Polarity,
    (confirmed, suggested): (usize, usize),
    scale: &Scale,
    middle: f32,
) -> Vec<Shape> {
    let ink = palette.polarity(side);
    let area = |from: f32, length: f32| Area {
        x: if side == Polarity::Oppose {
            scale.zero - from - length
        } else {
            scale.zero + from
        },
        y: middle - BAR / 2.0,
        width: length,
        height: BAR,
    };
    let solid = scale.length(confirmed);
    let mut shapes = Vec::new();
    if confirmed > 0 {
        shapes.push(rect(area(0.0, solid), Fill::Solid(ink)));
    }
    if suggested > 0 {
        shapes.push(Shape::Rect {
            area: area(solid, scale.length(suggested)),
            radius: 0.0,
            fill: Fill::Hatch {
                ink,
                paper: palette.polarity_tint(side),
            },
            border: Some(pen(ink, 1.0)),
        });
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, RowOrder, stance_by_actor};
    use crate::figure::frame::fixtures::{Half, words};
    use crate::model::Act;

    fn figure() -> (Bars, Scene) {
        let (project, view) = Fixture::new()
            .office("Maren", "Velmora")
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .confirmed()
            .says("Maren", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Astrany", "Velmora", Act::Support, Polarity::Support)
            .build();
        let rows = stance_by_actor(&project, &view, &Filter::default(), RowOrder::default());
        let bars = bars(&rows, &view);
        let scene = scene(&bars, &Periods::default(), &words(), 500.0, &Half);
        (bars, scene)
    }

    #[test]
    fn bars_say_what_they_count() {
        let (bars, _) = figure();
        assert_eq!(bars.most, 2);
        assert_eq!(
            bars.rows[0].label,
            "Velmora, 0 support, 2 oppose, 0 neither"
        );
        assert_eq!(bars.rows[0].oppose, (1, 1));
        assert_eq!(bars.rows[0].note, "incl. Maren");
    }

    #[test]
    fn suggested_is_hatched_beyond_confirmed() {
        let (_, scene) = figure();
        let mark = |name: &str| scene.marks.iter().find(|m| m.name == name).unwrap();
        let oppose = mark("Velmora, 2 oppose");
        assert_eq!(oppose.stands_for.len(), 2);
        let (
            Shape::Rect {
                area: solid, fill, ..
            },
            Shape::Rect {
                area: hatched,
                fill: hatch,
                ..
            },
        ) = (&oppose.shapes[0], &oppose.shapes[1])
        else {
            panic!("two segments");
        };
        assert_eq!(*fill, Fill::Solid(PALETTE.opp));
        assert!(matches!(hatch, Fill::Hatch { .. }));
        assert!(
            (hatched.right() - solid.x).abs() < 0.01,
            "outside the solid one"
        );
        assert!((hatched.width - solid.width).abs() < 0.01, "one scale");
        assert_eq!(mark("Astrany, 1 support").stands_for.len(), 1);
    }

    #[test]
    fn nothing_is_outside_the_figure_and_no_text_too_small() {
        let (_, scene) = figure();
        for text in scene.texts() {
            assert!(text.style.size >= crate::figure::scene::SMALLEST);
            assert!(text.at.x >= 0.0 && text.at.x <= scene.width, "{text:?}");
            assert!(text.at.y <= scene.height, "{text:?}");
        }
        let said: Vec<_> = scene.texts().map(|text| text.words.as_str()).collect();
        for wanted in [
            "Who takes which position",
            "Shows",
            "all 3 statements",
            "Source",
            "1 article",
        ] {
            assert!(said.contains(&wanted), "{wanted} in {said:?}");
        }
    }

    #[test]
    fn steps_are_round() {
        for (value, step) in [
            (3, 1),
            (8, 2),
            (20, 5),
            (27, 10),
            (90, 20),
            (130, 50),
            (400, 100),
        ] {
            assert_eq!(round_step(value, 4), step, "{value}");
        }
    }
}
