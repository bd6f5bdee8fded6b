//! The timeline as an exported figure: lanes, marks by [`marks`], density, axis in two tiers.

use crate::analysis::{
    Bin, DensityBar, ItemKind, StatementRef, Timeline, TimelineLane, counted, date_of, date_words,
    day_number, span_words,
};
use crate::figure::axis::{Axis, AxisStyle, Label, Window, axis};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::marks::{self, Ends, Glyph, Placed, SpanMark};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Scene, Shape, elide, line, pen, point, polarity_mark, rect,
    style, text,
};
use crate::model::{DateSpan, Polarity};

/// Returns the window that shows `span` with a little air on both sides.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "days of ten thousand years fit")]
pub fn window(span: DateSpan, width: f32) -> Window {
    let (from, to) = (
        day_number(span.first) as f64,
        day_number(span.last) as f64 + 1.0,
    );
    let air = ((to - from) * 0.02).max(0.5);
    Window {
        from: from - air,
        to: to + air,
        width,
    }
}

/// Returns the days that a timeline shows at first, and how many of its items lie outside.
///
/// A text that mentions 1979 must not squeeze six weeks of talks into a line: where the outermost
/// fiftieth at both ends takes more than three quarters of the whole span, it is left outside.
#[must_use]
pub fn fit(timeline: &Timeline) -> Option<(DateSpan, usize)> {
    let items = || timeline.lanes.iter().flat_map(|lane| &lane.items);
    let all = timeline.span()?;
    let mut days: Vec<i64> = items().map(|item| day_number(item.when.middle())).collect();
    days.sort_unstable();
    let trim = days.len() / 50 + usize::from(days.len() > 8);
    let inner = (
        days.get(trim).copied(),
        days.len()
            .checked_sub(trim + 1)
            .and_then(|at| days.get(at))
            .copied(),
    );
    let (Some(from), Some(to)) = inner else {
        return Some((all, 0));
    };
    let length = |from: i64, to: i64| (to - from).max(0) + 1;
    let whole = length(day_number(all.first), day_number(all.last));
    if length(from, to) * 4 > whole || whole < 60 {
        return Some((all, 0));
    }
    let air = (length(from, to) / 10).max(2);
    let kept = DateSpan {
        first: date_of(from - air),
        last: date_of(to + air),
    };
    let outside = |day: &&i64| **day < from - air || **day > to + air;
    Some((kept, days.iter().filter(outside).count()))
}

/// Returns the smallest bin of the density strip whose bars are at least 4 points wide.
#[must_use]
pub fn bin_for(window: Window) -> Bin {
    let day = window.day_width();
    if day >= 4.0 {
        Bin::Day
    } else if day * 7.0 >= 4.0 {
        Bin::Week
    } else if day * 30.0 >= 4.0 {
        Bin::Month
    } else {
        Bin::Year
    }
}

/// Returns what a screen reader says of a mark: *Velmora, 12 March 2026, 2 statements*.
#[must_use]
pub fn mark_name(lane: &TimelineLane, items: &[usize]) -> String {
    let mut rows = items.iter().filter_map(|index| lane.items.get(*index));
    let Some(first) = rows.next() else {
        return lane.name.clone();
    };
    let span = rows.fold(first.when.span(), |span, item| {
        let other = item.when.span();
        DateSpan {
            first: span.first.min(other.first),
            last: span.last.max(other.last),
        }
    });
    let what = match (first.kind, items.len()) {
        (ItemKind::Publication(_), 1) => "published".to_owned(),
        (ItemKind::Time(..), 1) => "date in the text".to_owned(),
        (ItemKind::Statement(_), 1) => first.side.name().to_owned(),
        (_, count) => {
            let statement = |index: &&usize| {
                let item = lane.items.get(**index);
                item.is_some_and(|item| matches!(item.kind, ItemKind::Statement(_)))
            };
            let noun = if items.iter().all(|i| statement(&i)) {
                "statement"
            } else {
                "item"
            };
            counted(count, noun)
        }
    };
    let when = if span.is_day() {
        date_words(span.first)
    } else {
        span_words(span)
    };
    format!("{}, {when}, {what}", lane.name)
}

fn refs(lane: &TimelineLane, items: &[usize]) -> Vec<StatementRef> {
    let rows = items.iter().filter_map(|index| lane.items.get(*index));
    rows.filter_map(|item| match item.kind {
        ItemKind::Statement(at) => Some(at),
        ItemKind::Time(..) | ItemKind::Publication(_) => None,
    })
    .collect()
}

const LANE: f32 = 30.0;
const DENSITY: f32 = 36.0;

/// What the figure shows.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Lanes; those that the filter does not ask for are left out.
    pub timeline: &'a Timeline,
    /// Articles by day, week or month.
    pub density: &'a [DensityBar],
    /// Word for a bar: *day*.
    pub bin: &'static str,
    /// The days shown.
    pub days: DateSpan,
    /// Most lanes.
    pub most_lanes: usize,
}

/// Returns the exported figure, `width` points wide.
#[must_use]
pub fn scene(input: Input<'_>, words: &Words, width: f32, measure: &dyn Measure) -> Scene {
    let (mut scene, top) = frame::begin(words, width, measure);
    let lanes: Vec<&TimelineLane> = input
        .timeline
        .lanes
        .iter()
        .filter(|lane| lane.asked)
        .take(input.most_lanes)
        .collect();
    let names = style(Face::UiSemibold, 10.0);
    let label = lanes
        .iter()
        .map(|lane| measure.width(&lane.name, names))
        .fold(80.0, f32::max)
        .min(width * 0.25)
        + 40.0;
    let window = window(input.days, (width - label).max(80.0));
    let look = AxisStyle {
        size: 9.0,
        one_tier: false,
    };
    let ticks = axis(window, look, measure);
    #[expect(clippy::cast_precision_loss, reason = "a few dozen lanes")]
    let lanes_bottom = top + LANE * lanes.len() as f32;
    let density_bottom = lanes_bottom + 8.0 + DENSITY;
    background(&mut scene, &ticks, (label, top, density_bottom));
    let mut y = top;
    for lane in lanes {
        self::lane(&mut scene, lane, (label, y), window, measure);
        y += LANE;
    }
    let rule = line(
        point(0.0, lanes_bottom),
        point(width, lanes_bottom),
        pen(PALETTE.line, 1.0),
    );
    scene.add([rule]);
    density(&mut scene, input, window, (label, density_bottom));
    let bottom = tiers(&mut scene, &ticks, (label, density_bottom), look);
    let keys = [
        Key::Side(Polarity::Support),
        Key::Side(Polarity::Oppose),
        Key::Side(Polarity::Neutral),
        Key::Hollow,
        Key::Sizes,
        Key::Uncertain,
        Key::Within,
        Key::Open,
    ];
    frame::end(&mut scene, bottom, &keys, words, measure);
    scene
}

fn background(scene: &mut Scene, ticks: &Axis, (label, top, bottom): (f32, f32, f32)) {
    for (from, to) in &ticks.weekends {
        let area = Area {
            x: label + from,
            y: top,
            width: to - from,
            height: bottom - top,
        };
        scene.add([rect(area, Fill::Solid(PALETTE.hov))]);
    }
    let grid = ticks.grid.iter().map(|x| {
        let x = label + x;
        line(point(x, top), point(x, bottom), pen(PALETTE.line, 1.0))
    });
    scene.add(grid.collect::<Vec<_>>());
}

fn lane(
    scene: &mut Scene,
    lane: &TimelineLane,
    (label, y): (f32, f32),
    window: Window,
    measure: &dyn Measure,
) {
    let (names, counts) = (style(Face::UiSemibold, 10.0), style(Face::Ui, 9.0));
    let middle = y + LANE / 2.0;
    let count = lane.statements().to_string();
    let name = elide(&lane.name, names, label - 40.0, measure);
    let mut head = vec![
        line(point(0.0, y), point(scene.width, y), pen(PALETTE.line, 1.0)),
        text(
            point(0.0, middle + 3.5),
            name,
            names,
            PALETTE.ink,
            Anchor::Start,
        ),
        text(
            point(label - 10.0, middle + 3.5),
            count,
            counts,
            PALETTE.ink3,
            Anchor::End,
        ),
    ];
    if lane.undated > 0 {
        let words = format!("{} without a date", lane.undated);
        let small = style(Face::Ui, 8.5);
        head.push(text(
            point(0.0, middle + 13.0),
            words,
            small,
            PALETTE.ink3,
            Anchor::Start,
        ));
    }
    let spoken = format!("{}, {}", lane.name, counted(lane.statements(), "statement"));
    scene.mark(spoken, Vec::new(), head);
    let asked: Vec<_> = lane
        .items
        .iter()
        .filter(|item| item.asked)
        .cloned()
        .collect();
    let shown = TimelineLane {
        items: asked,
        ..lane.clone()
    };
    for bar in marks::spans(&shown.items, window) {
        let shapes = span_shapes(bar, label, middle, window.width);
        let items = [bar.item];
        scene.mark(mark_name(&shown, &items), refs(&shown, &items), shapes);
    }
    for placed in marks::place(&shown.items, window, LANE) {
        let inside = placed.x >= 0.0 && placed.x <= window.width;
        if inside {
            let shapes = glyph_shapes(&placed, label, middle);
            scene.mark(
                mark_name(&shown, &placed.items),
                refs(&shown, &placed.items),
                shapes,
            );
        }
    }
}

fn span_shapes(bar: SpanMark, label: f32, middle: f32, width: f32) -> Vec<Shape> {
    let ink = PALETTE.polarity(bar.side);
    let cut = |x: f32| label + x.clamp(0.0, width);
    let thin = bar.ends == Ends::Within;
    let y = if thin { middle } else { middle + 9.0 };
    let area = |from: f32, to: f32, height: f32| Area {
        x: cut(from),
        y: y - height / 2.0,
        width: (cut(to) - cut(from)).max(0.0),
        height,
    };
    let cap = |x: f32| line(point(x, y - 3.5), point(x, y + 3.5), pen(ink, 1.25));
    let mut shapes = Vec::new();
    if thin {
        shapes.push(rect(area(bar.from, bar.to, 1.5), Fill::Solid(ink)));
        for x in [bar.from, bar.to] {
            if (0.0..=width).contains(&x) {
                shapes.push(cap(label + x));
            }
        }
        return shapes;
    }
    let fill = if bar.solid {
        Fill::Solid(ink)
    } else {
        Fill::Hatch {
            ink,
            paper: PALETTE.polarity_tint(bar.side),
        }
    };
    shapes.push(rect(area(bar.solid_from, bar.solid_to, 4.0), fill));
    for (from, to, from_left) in [
        (bar.from, bar.solid_from, false),
        (bar.solid_to, bar.to, true),
    ] {
        if to - from > 0.5 {
            shapes.push(rect(area(from, to, 4.0), Fill::Fade { ink, from_left }));
            shapes.push(line(point(cut(from), y), point(cut(to), y), pen(ink, 1.25)));
            shapes.push(cap(cut(if from_left { to } else { from })));
        }
    }
    let head = |x: f32, way: f32| Shape::Polygon {
        points: vec![
            point(x - 6.0 * way, y - 4.0),
            point(x, y),
            point(x - 6.0 * way, y + 4.0),
        ],
        fill: Fill::Solid(ink),
        border: None,
    };
    match bar.ends {
        Ends::GoesOn => shapes.push(head(cut(bar.to), 1.0)),
        Ends::WasBefore => shapes.push(head(cut(bar.from), -1.0)),
        Ends::Within | Ends::Both => {}
    }
    shapes
}

fn glyph_shapes(placed: &Placed, label: f32, middle: f32) -> Vec<Shape> {
    let at = point(label + placed.x, middle + placed.dy);
    match placed.glyph {
        Glyph::Side { side, size, solid } => {
            vec![polarity_mark(at, size, side, solid, PALETTE.polarity(side))]
        }
        Glyph::Pill => vec![
            Shape::Rect {
                area: Area {
                    x: at.x - 11.0,
                    y: at.y - 6.5,
                    width: 22.0,
                    height: 13.0,
                },
                radius: 6.5,
                fill: Fill::Solid(PALETTE.page),
                border: Some(pen(PALETTE.ink2, 1.0)),
            },
            text(
                point(at.x, at.y + 3.2),
                placed.items.len().to_string(),
                style(Face::UiSemibold, 8.5),
                PALETTE.ink,
                Anchor::Middle,
            ),
        ],
        Glyph::Tick { publication } => {
            let half = if publication { 6.0 } else { 3.5 };
            let colour = if publication {
                PALETTE.ink2
            } else {
                PALETTE.ctl
            };
            vec![line(
                point(at.x, at.y - half),
                point(at.x, at.y + half),
                pen(colour, 1.5),
            )]
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "days and counts fit")]
fn density(scene: &mut Scene, input: Input<'_>, window: Window, (label, bottom): (f32, f32)) {
    let look = style(Face::Ui, 8.5);
    let most = input.density.iter().map(|bar| bar.total).max().unwrap_or(0);
    let mut shapes = vec![
        line(
            point(label, bottom),
            point(label + window.width, bottom),
            pen(PALETTE.ctl, 1.0),
        ),
        text(
            point(0.0, bottom - DENSITY / 2.0 + 3.0),
            format!("Articles per {}", input.bin),
            look,
            PALETTE.ink3,
            Anchor::Start,
        ),
        text(
            point(label - 10.0, bottom + 3.0),
            "0",
            look,
            PALETTE.ink3,
            Anchor::End,
        ),
    ];
    if input.timeline.undated_articles > 0 {
        let words = format!("{} without a date", input.timeline.undated_articles);
        let at = point(0.0, bottom - DENSITY / 2.0 + 14.0);
        shapes.push(text(at, words, look, PALETTE.ink3, Anchor::Start));
    }
    if most > 0 {
        let at = point(label - 10.0, bottom - DENSITY + 7.0);
        shapes.push(text(at, most.to_string(), look, PALETTE.ink3, Anchor::End));
    }
    for bar in input.density {
        let from = window.x(day_number(bar.first) as f64).max(0.0);
        let to = window.x(day_number(bar.end) as f64).min(window.width);
        if to - from < 0.5 {
            continue;
        }
        let height = |count: u32| count as f32 / most.max(1) as f32 * (DENSITY - 6.0);
        let area = |count: u32| Area {
            x: label + from + 0.5,
            y: bottom - height(count),
            width: (to - from - 1.0).max(1.0),
            height: height(count),
        };
        shapes.push(rect(area(bar.total), Fill::Solid(PALETTE.line2)));
        if bar.asked > 0 {
            shapes.push(rect(area(bar.asked), Fill::Solid(PALETTE.ink2)));
        }
    }
    scene.add(shapes);
}

fn tiers(scene: &mut Scene, ticks: &Axis, (label, top): (f32, f32), look: AxisStyle) -> f32 {
    let mut tier = |labels: &[Label], y: f32, tick: f32| {
        for one in labels {
            let face = if one.strong {
                Face::UiSemibold
            } else {
                Face::Ui
            };
            let words = text(
                point(label + one.text_x, y),
                one.words.as_str(),
                style(face, look.size),
                PALETTE.ink2,
                Anchor::Start,
            );
            let mut shapes = vec![words];
            if one.x >= 0.0 {
                let x = label + one.x;
                shapes.push(line(point(x, top), point(x, tick), pen(PALETTE.ctl, 1.0)));
            }
            scene.add(shapes);
        }
    };
    tier(&ticks.upper, top + 11.0, top + 5.0);
    tier(&ticks.lower, top + 24.0, top + 18.0);
    top + 30.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, LaneKind, timeline};
    use crate::figure::frame::fixtures::{Half, words};
    use crate::model::Act;

    fn figure() -> Scene {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Sanction, Polarity::Oppose)
            .dated("2026-02-13/2026-04")
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
            .dated("2026-02")
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
            .undated()
            .build();
        let filter = Filter::default();
        let chart = timeline(&project, &view, &filter, LaneKind::Actor);
        let density = crate::analysis::density(&project, &view, &filter, Bin::Week);
        let input = Input {
            timeline: &chart,
            density: &density,
            bin: Bin::Week.name(),
            days: chart.span().unwrap(),
            most_lanes: 20,
        };
        scene(input, &words(), 600.0, &Half)
    }

    #[test]
    fn marks_lead_to_their_statements() {
        let scene = figure();
        let named = |name: &str| {
            let mut marks = scene.marks.iter().filter(|mark| mark.name == name);
            marks
                .next()
                .unwrap_or_else(|| panic!("{name}"))
                .stands_for
                .len()
        };
        assert_eq!(named("Velmora, 12 March 2026, oppose"), 1);
        assert_eq!(named("Velmora, 13 Feb – 30 Apr 2026, oppose"), 1);
        assert_eq!(named("Astrany, February 2026, oppose"), 1);
        assert_eq!(named("Astrany, 2 statements"), 0);
    }

    #[test]
    fn a_mention_of_long_ago_does_not_squeeze_the_rest() {
        let mut fixture = Fixture::new();
        for day in 1..=20 {
            fixture = fixture
                .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
                .dated(&format!("2026-03-{day:02}"));
        }
        let near = fixture.clone();
        let far = fixture
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .dated("1979");
        let fitted = |fixture: &Fixture| {
            let (project, view) = fixture.build();
            fit(&timeline(
                &project,
                &view,
                &Filter::default(),
                LaneKind::Actor,
            ))
            .unwrap()
        };
        let march = |day| crate::analysis::fixtures::march(day);
        let (days, outside) = fitted(&near);
        assert_eq!((days.first, days.last, outside), (march(1), march(20), 0));
        let (days, outside) = fitted(&far);
        assert_eq!(outside, 1);
        assert!(
            days.first.year() == 2026 && days.last >= march(20),
            "{days:?}"
        );
    }

    #[test]
    fn undated_statements_are_counted_and_axis_is_labelled() {
        let scene = figure();
        let said: Vec<_> = scene.texts().map(|text| text.words.as_str()).collect();
        for wanted in ["1 without a date", "Articles per week", "March", "without"] {
            let found = said.iter().any(|words| words.contains(wanted));
            assert!(found, "{wanted} in {said:?}");
        }
        for text in scene.texts() {
            assert!(
                text.at.x <= scene.width && text.at.y <= scene.height,
                "{text:?}"
            );
        }
    }
}
