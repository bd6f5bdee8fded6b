//! The timeline as an exported figure: lanes, marks by `marks`, density, axis in two tiers.

mod draw;

use jiff::civil::Date;

use crate::analysis::{
    Bin, DensityBar, ItemKind, Lane, ProjectView, StatementRef, Timeline, TimelineLane, counted,
    date_of, date_words, day_number, span_words,
};
use crate::figure::axis::{Axis, AxisStyle, Window, axis};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::marks::{Ends, Glyph, LaneLayout, Look, SpanMark, lay_out};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Scene, elide, line, pen, point, rect, style, text,
};
use crate::figure::timeline::draw::{density, glyph_shapes, labels, span_shapes, tiers};
use crate::model::{DateSpan, Polarity, Project};

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
        (ItemKind::Entry(_), 1) => "own entry".to_owned(),
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
        ItemKind::Time(..) | ItemKind::Publication(_) | ItemKind::Entry(_) => None,
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
    /// What the items say.
    pub project: &'a Project,
    /// What holds.
    pub view: &'a ProjectView,
    /// The day of the export: its line is drawn where it is among the days.
    pub today: Date,
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
    let label = label_width(&lanes, width, measure);
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
    today_line(
        &mut scene,
        input.today,
        window,
        (label, top, density_bottom),
    );
    let mut y = top;
    for row in &rows {
        self::lane(&mut scene, row, (label, y), window, measure);
        let said = [&row.whole, &row.lane.lane];
        let laid = (&row.lane, &row.layout);
        labels(
            &mut scene,
            input,
            laid,
            (label, y),
            window,
            (&said, measure),
        );
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
    let keys = keys(&rows);
    frame::end(&mut scene, bottom, &keys, words, measure);
    scene
}

fn label_width(lanes: &[&TimelineLane], width: f32, measure: &dyn Measure) -> f32 {
    let names = style(Face::UiSemibold, 10.0);
    lanes
        .iter()
        .map(|lane| measure.width(&lane.name, names))
        .fold(80.0, f32::max)
        .min(width * 0.25)
        + 40.0
}

/// What the figure shows, explained; nothing that it does not show.
fn keys(rows: &[RowOf]) -> Vec<Key> {
    let glyph = |is: &dyn Fn(Glyph) -> bool| {
        let mut marks = rows.iter().flat_map(|row| &row.layout.marks);
        marks.any(|mark| is(mark.glyph))
    };
    let bar = |is: &dyn Fn(&SpanMark) -> bool| {
        let mut bars = rows.iter().flat_map(|row| &row.layout.bars);
        bars.any(is)
    };
    let on = |which: Polarity| {
        glyph(&|glyph| matches!(glyph, Glyph::Side { side, .. } if side == which))
            || bar(&|bar| bar.side == which)
    };
    let fades = |bar: &SpanMark| bar.solid_from - bar.from > 0.5 || bar.to - bar.solid_to > 0.5;
    let shown = [
        (Key::Side(Polarity::Support), on(Polarity::Support)),
        (Key::Side(Polarity::Oppose), on(Polarity::Oppose)),
        (Key::Side(Polarity::Neutral), on(Polarity::Neutral)),
        (
            Key::Hollow,
            glyph(&|glyph| matches!(glyph, Glyph::Side { solid: false, .. })),
        ),
        (
            Key::Sizes,
            glyph(&|glyph| matches!(glyph, Glyph::Side { size, .. } if size > 10.0)),
        ),
        (
            Key::Uncertain,
            bar(&|bar| (bar.to - bar.from).is_finite() && fades(bar)),
        ),
        (Key::Within, bar(&|bar| bar.ends == Ends::Within)),
        (Key::Open, bar(&|bar| bar.ends == Ends::GoesOn)),
        (Key::Several, glyph(&|glyph| glyph == Glyph::Pill)),
        (Key::Entry, glyph(&|glyph| glyph == Glyph::Entry)),
    ];
    let shown = shown.into_iter().filter(|(_, shown)| *shown);
    shown.map(|(key, _)| key).collect()
}

/// A lane, or a part of one, as it is drawn.
struct RowOf {
    lane: TimelineLane,
    /// The lane that this is a part of, else itself.
    whole: Lane,
    is_part: bool,
    layout: LaneLayout,
}

/// Returns the rows of the figure: lanes with their parts, without what the filter does not ask for.
fn rows(lanes: &[&TimelineLane], window: Window) -> Vec<RowOf> {
    let mut rows = Vec::new();
    let mut row = |lane: &TimelineLane, whole: &Lane, is_part: bool| {
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
            whole: whole.clone(),
            is_part,
            layout,
        });
    };
    for lane in lanes {
        row(lane, &lane.lane, false);
        let parts = lane.parts.iter().filter(|part| part.asked);
        parts.for_each(|part| row(part, &lane.lane, true));
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

/// The line of the day of the export.
#[expect(clippy::cast_precision_loss, reason = "days of ten thousand years fit")]
fn today_line(
    scene: &mut Scene,
    today: Date,
    window: Window,
    (label, top, bottom): (f32, f32, f32),
) {
    let x = window.x(day_number(today) as f64 + 0.5);
    if !(0.0..=window.width).contains(&x) {
        return;
    }
    let (from, to) = (point(label + x, top), point(label + x, bottom));
    let word = text(
        point(label + x, top - 3.0),
        "Today",
        style(Face::Ui, 8.5),
        PALETTE.ink3,
        Anchor::Middle,
    );
    scene.add([line(from, to, pen(PALETTE.ctl, 1.0)), word]);
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
    let count = lane.number().to_string();
    let room = if lane.colour.is_some() { 12.0 } else { 0.0 };
    let name = elide(&lane.name, names, label - 40.0 - indent - room, measure);
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
            indent + room,
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
    let square = Area {
        x: indent,
        y: middle - 4.0,
        width: 8.0,
        height: 8.0,
    };
    let swatch = |colour| rect(square, Fill::Solid(PALETTE.swatch(colour)));
    head.extend(lane.colour.map(swatch));
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
    let spoken = format!("{}, {}", lane.name, counted(lane.number(), "statement"));
    scene.mark(spoken, Vec::new(), head);
}

#[cfg(test)]
mod tests;
