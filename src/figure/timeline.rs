//! The timeline as an exported figure: lanes, marks by `marks`, density, axis in two tiers.

use crate::analysis::{
    Bin, DensityBar, ItemKind, StatementRef, Timeline, TimelineLane, counted, date_of, date_words,
    day_number, span_words,
};
use crate::figure::axis::{Axis, AxisStyle, Label, Window, axis};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::marks::{Ends, Glyph, LaneLayout, Look, Placed, SpanMark, lay_out};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Point, Scene, Shape, elide, line, pen, point, polarity_mark,
    rect, style, text,
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
/// A text that mentions 1979 must not squeeze six weeks of talks into a line. The days grow from the
/// shortest that hold two thirds of the items (Rousseeuw and Leroy's shortest part, 1988), item by
/// item, as long as the next is no farther away than the days are long already (a fortnight at
/// least); what is farther is left outside.
#[must_use]
pub fn fit(timeline: &Timeline) -> Option<(DateSpan, usize)> {
    let all = timeline.span()?;
    let days = middles(timeline);
    let (mut low, mut high) = shortest(&days, days.len() * 2 / 3)?;
    let day = |at: usize| days.get(at).copied().unwrap_or_default();
    loop {
        let reach = (day(high) - day(low)).max(14);
        if low > 0 && day(low) - day(low - 1) <= reach {
            low -= 1;
        } else if high + 1 < days.len() && day(high + 1) - day(high) <= reach {
            high += 1;
        } else {
            break;
        }
    }
    if low == 0 && high + 1 == days.len() {
        return Some((all, 0));
    }
    let air = ((day(high) - day(low)) / 20).max(2);
    let kept = DateSpan {
        first: date_of(day(low) - air),
        last: date_of(day(high) + air),
    };
    Some((kept, days.len() - (high + 1 - low)))
}

/// Returns the day in the middle of each item, in order.
#[must_use]
pub fn middles(timeline: &Timeline) -> Vec<i64> {
    let items = timeline.lanes.iter().flat_map(|lane| &lane.items);
    let mut days: Vec<i64> = items.map(|item| day_number(item.when.middle())).collect();
    days.sort_unstable();
    days
}

/// Returns from which to which of the days the shortest time lies that holds so many and one more.
fn shortest(days: &[i64], more: usize) -> Option<(usize, usize)> {
    let ends = days.iter().enumerate().skip(more);
    let spans = ends.zip(days.iter().enumerate());
    let (_, low, high) = spans
        .map(|((high, last), (low, first))| (last - first, low, high))
        .min()?;
    Some((low, high))
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

const LANE: Look = Look {
    head: 30.0,
    under: 10.0,
    track: 15.0,
    most: 8,
};
const PART: Look = Look {
    head: 24.0,
    under: 8.0,
    ..LANE
};
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
    let rows = rows(&lanes, window);
    let lanes_bottom = top + rows.iter().map(|row| row.layout.height).sum::<f32>();
    let density_bottom = lanes_bottom + 8.0 + DENSITY;
    background(&mut scene, &ticks, (label, top, density_bottom));
    let mut y = top;
    for row in &rows {
        self::lane(&mut scene, row, (label, y), window, measure);
        y += row.layout.height;
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

/// A lane, or a part of one, as it is drawn.
struct RowOf {
    lane: TimelineLane,
    is_part: bool,
    layout: LaneLayout,
}

/// Returns the rows of the figure: lanes with their parts, without what the filter does not ask for.
fn rows(lanes: &[&TimelineLane], window: Window) -> Vec<RowOf> {
    let mut rows = Vec::new();
    let mut row = |lane: &TimelineLane, is_part: bool| {
        let asked = lane.items.iter().filter(|item| item.asked);
        let lane = TimelineLane {
            items: asked.cloned().collect(),
            parts: Vec::new(),
            lane: lane.lane.clone(),
            name: lane.name.clone(),
            ..*lane
        };
        let look = if is_part { PART } else { LANE };
        let layout = lay_out(&lane.items, window.per_day(), look);
        rows.push(RowOf {
            lane,
            is_part,
            layout,
        });
    };
    for lane in lanes {
        row(lane, false);
        let parts = lane.parts.iter().filter(|part| part.asked);
        parts.for_each(|part| row(part, true));
    }
    rows
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
    row: &RowOf,
    (label, y): (f32, f32),
    window: Window,
    measure: &dyn Measure,
) {
    let lane = &row.lane;
    head(scene, row, (label, y), measure);
    for bar in &row.layout.bars {
        let (from, to) = (window.at(bar.from), window.at(bar.to));
        if to < 0.0 || from > window.width {
            continue;
        }
        let shapes = span_shapes(bar, label, y, window);
        scene.mark(mark_name(lane, &bar.items), refs(lane, &bar.items), shapes);
    }
    for placed in &row.layout.marks {
        let x = window.at(placed.x);
        if !(0.0..=window.width).contains(&x) {
            continue;
        }
        let shapes = glyph_shapes(placed, point(label + x, y + placed.y));
        if placed.in_bar {
            scene.add(shapes);
        } else {
            let items = &placed.items;
            scene.mark(mark_name(lane, items), refs(lane, items), shapes);
        }
    }
}

fn head(scene: &mut Scene, row: &RowOf, (label, y): (f32, f32), measure: &dyn Measure) {
    let lane = &row.lane;
    let (face, look, indent) = if row.is_part {
        (Face::Ui, PART, 10.0)
    } else {
        (Face::UiSemibold, LANE, 0.0)
    };
    let (names, counts) = (style(face, 10.0), style(Face::Ui, 9.0));
    let middle = y + look.head / 2.0;
    let count = lane.statements().to_string();
    let name = elide(&lane.name, names, label - 40.0 - indent, measure);
    let rule = line(
        point(indent, y),
        point(scene.width, y),
        pen(PALETTE.line, 1.0),
    );
    let words = |x: f32, y: f32, words: String, look, ink, anchor| {
        text(point(x, y), words, look, ink, anchor)
    };
    let mut head = vec![
        rule,
        words(
            indent,
            middle + 3.5,
            name,
            names,
            PALETTE.ink,
            Anchor::Start,
        ),
        words(
            label - 10.0,
            middle + 3.5,
            count,
            counts,
            PALETTE.ink3,
            Anchor::End,
        ),
    ];
    if lane.undated > 0 && !row.is_part {
        let undated = format!("{} without a date", lane.undated);
        let small = style(Face::Ui, 8.5);
        head.push(words(
            0.0,
            middle + 13.0,
            undated,
            small,
            PALETTE.ink3,
            Anchor::Start,
        ));
    }
    let spoken = format!("{}, {}", lane.name, counted(lane.statements(), "statement"));
    scene.mark(spoken, Vec::new(), head);
}

fn span_shapes(bar: &SpanMark, label: f32, top: f32, window: Window) -> Vec<Shape> {
    let ink = PALETTE.polarity(bar.side);
    let thin = bar.ends == Ends::Within;
    let print = Print {
        y: top + bar.y,
        left: label,
        window,
        ink,
        height: if thin { 1.5 } else { 4.0 },
    };
    let mut shapes = Vec::new();
    let fill = if bar.solid || thin {
        Fill::Solid(ink)
    } else {
        Fill::Hatch {
            ink,
            paper: PALETTE.polarity_tint(bar.side),
        }
    };
    shapes.push(rect(print.area(bar.solid_from, bar.solid_to), fill));
    let (from, to) = (bar.solid_from - bar.from, bar.to - bar.solid_to);
    if from > 0.5 {
        shapes.extend(print.fade(bar.from, bar.solid_from, false));
    } else if thin {
        shapes.extend(print.cap(bar.from));
    }
    if to > 0.5 {
        shapes.extend(print.fade(bar.solid_to, bar.to, true));
    } else if thin {
        shapes.extend(print.cap(bar.to));
    }
    match bar.ends {
        Ends::GoesOn => shapes.push(print.head(print.x(bar.to), 1.0)),
        Ends::WasBefore => shapes.push(print.head(print.x(bar.from), -1.0)),
        Ends::Within | Ends::Both => {}
    }
    shapes
}

/// Draws the parts of a bar.
struct Print {
    y: f32,
    left: f32,
    window: Window,
    ink: crate::figure::tokens::Rgb,
    height: f32,
}

impl Print {
    fn x(&self, at: f64) -> f32 {
        self.left + self.window.at(at).clamp(0.0, self.window.width)
    }

    fn area(&self, from: f64, to: f64) -> Area {
        Area {
            x: self.x(from),
            y: self.y - self.height / 2.0,
            width: (self.x(to) - self.x(from)).max(0.0),
            height: self.height,
        }
    }

    fn cap(&self, at: f64) -> Option<Shape> {
        let inside = (0.0..=self.window.width).contains(&self.window.at(at));
        let x = self.x(at);
        let ends = (point(x, self.y - 3.5), point(x, self.y + 3.5));
        inside.then(|| line(ends.0, ends.1, pen(self.ink, 1.25)))
    }

    /// From sure to possible; with a whisker to the last possible day where something lasts.
    fn fade(&self, from: f64, to: f64, from_left: bool) -> Vec<Shape> {
        let ink = self.ink;
        let height = self.height.max(3.0);
        let mut area = self.area(from, to);
        (area.y, area.height) = (self.y - height / 2.0, height);
        let mut shapes = vec![rect(area, Fill::Fade { ink, from_left })];
        if self.height > 2.0 {
            let ends = (point(self.x(from), self.y), point(self.x(to), self.y));
            shapes.push(line(ends.0, ends.1, pen(ink, 1.25)));
            shapes.extend(self.cap(if from_left { to } else { from }));
        }
        shapes
    }

    fn head(&self, x: f32, way: f32) -> Shape {
        let corner = |dx: f32, dy: f32| point(x + dx * way, self.y + dy);
        Shape::Polygon {
            points: vec![corner(-6.0, -4.0), corner(0.0, 0.0), corner(-6.0, 4.0)],
            fill: Fill::Solid(self.ink),
            border: None,
        }
    }
}

fn glyph_shapes(placed: &Placed, at: Point) -> Vec<Shape> {
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
            .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
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
