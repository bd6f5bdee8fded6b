//! Issues: who supports and who opposes each, and how that moved over time: a step line an actor,
//! with marks at its statements, large where the position moved.

use crate::analysis::{ProjectView, StatementRef, Step, Trend, TrendLine, day_number};
use crate::figure::axis::{AxisStyle, Window, axis};
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Pen, Point, Scene, Shape, elide, line, pen, point,
    polarity_mark, rect, style, text,
};
use crate::model::{DateSpan, Polarity};

/// A mark on a step line.
#[derive(Debug, Clone, PartialEq)]
pub struct StepMark {
    /// Where.
    pub at: Point,
    /// Its side.
    pub side: Polarity,
    /// Size in points: large where the position moved here.
    pub size: f32,
    /// Whether a person decided any of it.
    pub solid: bool,
    /// What a screen reader says: *9 Mar, support, moved, 1 statement*.
    pub label: String,
    /// The statements that it counts.
    pub refs: Vec<StatementRef>,
}

/// A step line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepPath {
    /// Its corners, from left to right.
    pub corners: Vec<Point>,
    /// Its marks.
    pub marks: Vec<StepMark>,
}

/// Returns the window that shows all days, with half a day on both sides.
#[must_use]
pub fn window(days: DateSpan, width: f32) -> Window {
    #[expect(clippy::cast_precision_loss, reason = "days since 1970")]
    let day = |date| day_number(date) as f64;
    Window {
        from: day(days.first) - 0.5,
        to: day(days.last) + 1.5,
        width,
    }
}

/// Returns where a day stands, from the window's left edge.
#[must_use]
pub fn day_x(window: Window, step: &Step) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "days since 1970")]
    let day = day_number(step.day) as f64;
    window.x(day + 0.5)
}

/// Returns the line of an actor: support `lift` above `middle`, oppose as much below, neither on it.
/// It ends at the right edge of the window, for a position stands until it is left.
#[must_use]
pub fn step_path(steps: &[Step], window: Window, middle: f32, lift: f32) -> StepPath {
    let y = |side: Polarity| match side {
        Polarity::Support => middle - lift,
        Polarity::Neutral => middle,
        Polarity::Oppose => middle + lift,
    };
    let mut path = StepPath::default();
    let mut now: Option<f32> = None;
    for step in steps {
        let x = day_x(window, step);
        let taken = !step.sides.oppose.is_empty() || !step.sides.support.is_empty();
        if taken {
            let next = y(step.after);
            if let Some(before) = now {
                path.corners.push(point(x, before));
            }
            path.corners.push(point(x, next));
            now = Some(next);
        }
        for side in [Polarity::Oppose, Polarity::Support, Polarity::Neutral] {
            let segment = step.sides.side(side);
            if segment.is_empty() {
                continue;
            }
            // What takes no side stands on the line that it does not move.
            let at = match side {
                Polarity::Neutral => now.unwrap_or(middle),
                Polarity::Oppose | Polarity::Support => y(side),
            };
            path.marks.push(StepMark {
                at: point(x, at),
                side,
                size: if step.moved && side != Polarity::Neutral {
                    9.5
                } else {
                    6.5
                },
                solid: !segment.confirmed.is_empty(),
                label: label(step, side, segment.len()),
                refs: segment.refs().collect(),
            });
        }
    }
    if let Some(now) = now {
        path.corners.push(point(window.width, now));
    }
    path
}

fn label(step: &Step, side: Polarity, count: usize) -> String {
    let moved = if step.moved && side != Polarity::Neutral {
        ", moved"
    } else {
        ""
    };
    let day = crate::analysis::date_short(step.day);
    let count = crate::analysis::counted(count, "statement");
    format!("{day}, {}{moved}, {count}", side.name())
}

/// Most issues of an exported figure.
const ISSUES: usize = 12;
/// Most actors of an issue.
const ACTORS: usize = 12;
const HEAD: f32 = 24.0;
const ROW: f32 = 26.0;
const LIFT: f32 = 7.0;

/// Columns of the exported figure.
struct Columns {
    names: f32,
    zero: f32,
    per: f32,
    /// Left edge of the step lines.
    lines: f32,
    window: Option<Window>,
}

impl Columns {
    fn new(trend: &Trend, view: &ProjectView, width: f32, measure: &dyn Measure) -> Self {
        let look = style(Face::UiMedium, 9.5);
        let lines = trend
            .issues
            .iter()
            .take(ISSUES)
            .flat_map(|issue| issue.lines.iter().take(ACTORS));
        let names = lines
            .map(|line| measure.width(view.entity_name(line.holder), look))
            .fold(60.0, f32::max)
            .min(width * 0.24)
            + 10.0;
        let bars = (width - names) * 0.4;
        #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
        let (oppose, support) = (trend.most.0 as f32, trend.most.1 as f32);
        let per = ((bars - 48.0) / (oppose + support).max(1.0)).min(18.0);
        let lines = names + bars + 20.0;
        Self {
            names,
            zero: names + 24.0 + oppose * per,
            per,
            lines,
            window: trend.days.map(|days| window(days, width - lines)),
        }
    }

    fn length(&self, count: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
        let length = count as f32 * self.per;
        if count == 0 { 0.0 } else { length.max(2.0) }
    }
}

/// Returns the exported figure, and how many issues it leaves out.
#[must_use]
pub fn scene(
    trend: &Trend,
    view: &ProjectView,
    words: &Words,
    width: f32,
    measure: &dyn Measure,
) -> Scene {
    let (mut scene, top) = frame::begin(words, width, measure);
    let columns = Columns::new(trend, view, width, measure);
    let mut y = top + 8.0;
    y = heads(&mut scene, &columns, y, measure);
    let asked = || trend.issues.iter().filter(|issue| issue.asked);
    for issue in asked().take(ISSUES) {
        let bold = style(Face::UiSemibold, 10.5);
        let colour = view.issues.get(&issue.issue).and_then(|row| row.colour);
        let left = if colour.is_some() { 13.0 } else { 0.0 };
        let name = elide(&issue.name, bold, columns.lines - 8.0 - left, measure);
        scene.add([
            line(point(0.0, y), point(width, y), pen(PALETTE.line2, 1.0)),
            text(
                point(left, y + 16.0),
                name,
                bold,
                PALETTE.ink,
                Anchor::Start,
            ),
        ]);
        if let Some(colour) = colour {
            let area = Area {
                x: 0.0,
                y: y + 8.0,
                width: 8.5,
                height: 8.5,
            };
            let fill = Fill::Solid(PALETTE.swatch(colour));
            scene.add([rect(area, fill)]);
        }
        y += HEAD;
        let from = y;
        for row in issue.lines.iter().filter(|line| line.asked).take(ACTORS) {
            actor(&mut scene, (row, &issue.name), view, (&columns, y), measure);
            y += ROW;
        }
        let zero = columns.zero;
        let ink = pen(PALETTE.ink, 1.0);
        scene.add([line(point(zero, from), point(zero, y), ink)]);
    }
    let keys = [
        Key::Confirmed,
        Key::Suggested,
        Key::Side(Polarity::Support),
        Key::Side(Polarity::Oppose),
        Key::Side(Polarity::Neutral),
        Key::Moved,
        Key::Hollow,
    ];
    frame::end(&mut scene, y, &keys, words, measure);
    scene
}

/// Returns how many issues an exported figure leaves out.
#[must_use]
pub fn left_out(trend: &Trend) -> usize {
    let asked = trend.issues.iter().filter(|issue| issue.asked).count();
    asked.saturating_sub(ISSUES)
}

fn heads(scene: &mut Scene, columns: &Columns, y: f32, measure: &dyn Measure) -> f32 {
    let bold = style(Face::UiSemibold, 9.5);
    let zero = columns.zero;
    scene.add([
        text(
            point(zero - 6.0, y + 10.0),
            "oppose",
            bold,
            PALETTE.opp,
            Anchor::End,
        ),
        text(
            point(zero + 6.0, y + 10.0),
            "support",
            bold,
            PALETTE.sup,
            Anchor::Start,
        ),
    ]);
    if let Some(window) = columns.window {
        let look = AxisStyle {
            size: 8.5,
            one_tier: true,
        };
        let ticks = axis(window, look, measure);
        for label in ticks.upper.iter().chain(&ticks.lower) {
            scene.add([text(
                point(columns.lines + label.text_x, y + 10.0),
                label.words.as_str(),
                style(Face::Ui, 8.5),
                PALETTE.ink3,
                Anchor::Start,
            )]);
        }
    }
    y + 18.0
}

fn actor(
    scene: &mut Scene,
    (row, issue): (&TrendLine, &str),
    view: &ProjectView,
    (columns, y): (&Columns, f32),
    measure: &dyn Measure,
) {
    let middle = y + ROW / 2.0;
    let look = style(Face::UiMedium, 9.5);
    let name = view.entity_name(row.holder);
    let shown = elide(name, look, columns.names - 8.0, measure);
    scene.add([text(
        point(0.0, middle + 3.5),
        shown,
        look,
        PALETTE.ink,
        Anchor::Start,
    )]);
    for side in [Polarity::Oppose, Polarity::Support] {
        let segment = row.sides.side(side);
        if segment.is_empty() {
            continue;
        }
        let way = if side == Polarity::Oppose { -1.0 } else { 1.0 };
        let (solid, all) = (
            columns.length(segment.confirmed.len()),
            columns.length(segment.confirmed.len()) + columns.length(segment.suggested.len()),
        );
        let bar = |from: f32, to: f32| {
            let (one, two) = (columns.zero + way * from, columns.zero + way * to);
            Area {
                x: one.min(two),
                y: middle - 5.0,
                width: (one - two).abs(),
                height: 10.0,
            }
        };
        let ink = PALETTE.polarity(side);
        let paper = PALETTE.polarity_tint(side);
        let mut shapes = vec![
            rect(bar(0.0, solid), Fill::Solid(ink)),
            rect(bar(solid, all), Fill::Hatch { ink, paper }),
        ];
        let anchor = if way < 0.0 {
            Anchor::End
        } else {
            Anchor::Start
        };
        let at = point(columns.zero + way * (all + 4.0), middle + 3.0);
        let counts = style(Face::Ui, 8.5);
        shapes.push(text(
            at,
            segment.len().to_string(),
            counts,
            PALETTE.ink2,
            anchor,
        ));
        let label = format!("{name} on {issue}, {} {}", segment.len(), side.name());
        scene.mark(label, segment.refs().collect(), shapes);
    }
    if let Some(window) = columns.window {
        steps(scene, (row, name, issue), (window, columns.lines), middle);
    }
}

fn steps(
    scene: &mut Scene,
    (row, name, issue): (&TrendLine, &str, &str),
    (window, left): (Window, f32),
    middle: f32,
) {
    let shift = |at: Point| point(at.x + left, at.y);
    let path = step_path(&row.steps, window, middle, LIFT);
    let zero = Pen {
        dash: Some([1.5, 3.0]),
        ..pen(PALETTE.line2, 1.0)
    };
    scene.add([line(
        point(left, middle),
        point(left + window.width, middle),
        zero,
    )]);
    let between = path.corners.windows(2).filter_map(|pair| match pair {
        [one, two] => Some(line(shift(*one), shift(*two), pen(PALETTE.ink2, 1.3))),
        _ => None,
    });
    scene.add(between);
    for mark in path.marks {
        let colour = PALETTE.polarity(mark.side);
        let under = Shape::Rect {
            area: Area {
                x: left + mark.at.x - mark.size / 2.0,
                y: mark.at.y - mark.size / 2.0,
                width: mark.size,
                height: mark.size,
            },
            radius: mark.size / 2.0,
            fill: Fill::Solid(PALETTE.page),
            border: None,
        };
        let shape = polarity_mark(shift(mark.at), mark.size, mark.side, mark.solid, colour);
        scene.mark(
            format!("{name} on {issue}, {}", mark.label),
            mark.refs,
            [under, shape],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, trend};
    use crate::model::Act;

    struct Even;

    impl Measure for Even {
        fn width(&self, words: &str, style: crate::figure::scene::Style) -> f32 {
            words.chars().count() as f32 * style.size * 0.5
        }
    }

    fn fixture() -> (crate::model::Project, ProjectView) {
        Fixture::new()
            .on("Velmora", "ban", Act::Reject, Polarity::Oppose)
            .dated("2026-03-01")
            .on("Velmora", "ban", Act::Request, Polarity::Neutral)
            .dated("2026-03-05")
            .on("Velmora", "ban", Act::Support, Polarity::Support)
            .dated("2026-03-09")
            .confirmed()
            .build()
    }

    #[test]
    fn a_line_steps_where_its_statement_moved_it() {
        let (project, view) = fixture();
        let made = trend(&project, &view, &Filter::default());
        let days = made.days.unwrap();
        // Ten points a day: 28 February noon to 10 March noon.
        let window = window(days, 100.0);
        let path = step_path(&made.issues[0].lines[0].steps, window, 50.0, 8.0);
        let corners: Vec<_> = path
            .corners
            .iter()
            .map(|at| (at.x.round(), at.y.round()))
            .collect();
        assert_eq!(
            corners,
            [(10.0, 58.0), (90.0, 58.0), (90.0, 42.0), (100.0, 42.0)]
        );
        let marks: Vec<_> = path
            .marks
            .iter()
            .map(|mark| {
                (
                    mark.label.as_str(),
                    mark.at.y.round(),
                    mark.size,
                    mark.solid,
                )
            })
            .collect();
        assert_eq!(
            marks,
            [
                ("1 Mar, oppose, 1 statement", 58.0, 6.5, false),
                ("5 Mar, neither, 1 statement", 58.0, 6.5, false),
                ("9 Mar, support, moved, 1 statement", 42.0, 9.5, true),
            ]
        );
    }

    #[test]
    fn every_bar_and_mark_of_the_figure_counts_its_statements() {
        let (project, view) = fixture();
        let made = trend(&project, &view, &Filter::default());
        let scene = scene(&made, &view, &Words::default(), 520.0, &Even);
        let marks: Vec<_> = scene
            .marks
            .iter()
            .filter(|mark| !mark.name.is_empty())
            .map(|mark| (mark.name.as_str(), mark.stands_for.len()))
            .collect();
        assert_eq!(
            marks,
            [
                ("Velmora on ban, 1 oppose", 1),
                ("Velmora on ban, 1 support", 1),
                ("Velmora on ban, 1 Mar, oppose, 1 statement", 1),
                ("Velmora on ban, 5 Mar, neither, 1 statement", 1),
                ("Velmora on ban, 9 Mar, support, moved, 1 statement", 1),
            ]
        );
    }
}
