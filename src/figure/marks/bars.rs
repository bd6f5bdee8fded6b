//! Bars of a lane: what lasts, and what happened on an unknown day of several.

use crate::analysis::{TimelineItem, When, day_number};
use crate::figure::marks::{Ends, SpanMark};
use crate::model::DateSpan;

#[expect(clippy::cast_precision_loss, reason = "days of ten thousand years fit")]
fn edges(span: DateSpan, day: f64) -> (f64, f64) {
    (
        day_number(span.first) as f64 * day,
        (day_number(span.last) as f64 + 1.0) * day,
    )
}

/// Where an item is somewhere: the surest points, and the farthest possible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    pub(super) sure: (f64, f64),
    pub(super) whole: (f64, f64),
}

/// Returns where something lies that happened once; none for what lasts.
pub(super) fn once(item: &TimelineItem, day: f64) -> Option<Reach> {
    let (sure, whole) = match item.when {
        When::Day(date) => {
            let (from, to) = edges(DateSpan::day(date), day);
            let at = |minute: u16| from + (to - from) * f64::from(minute) / 1440.0;
            let edges = item
                .clock
                .map_or((from, to), |(first, last)| (at(first), at(last)));
            (edges, edges)
        }
        When::Within(span) => (edges(span, day), edges(span, day)),
        When::Vague { sure, whole } => (edges(sure, day), edges(whole, day)),
        When::Interval { .. } | When::From(_) | When::Until(_) => return None,
    };
    Some(Reach { sure, whole })
}

/// Returns the thin bar of something that happened once.
pub(super) fn thin(reach: Reach, item: &TimelineItem, items: Vec<usize>) -> SpanMark {
    SpanMark {
        from: reach.whole.0.min(reach.sure.0),
        solid_from: reach.sure.0,
        solid_to: reach.sure.1,
        to: reach.whole.1.max(reach.sure.1),
        ends: Ends::Within,
        side: item.side,
        solid: item.decided,
        asked: item.asked,
        colour: item.look.colour,
        items,
        y: 0.0,
        label: None,
    }
}

/// Returns the bar of something that lasts; none for what happened once.
pub(super) fn lasting(index: usize, item: &TimelineItem, day: f64) -> Option<SpanMark> {
    let all = edges(item.when.span(), day);
    let bar = SpanMark {
        from: all.0,
        solid_from: all.0,
        solid_to: all.1,
        to: all.1,
        ends: Ends::Both,
        side: item.side,
        solid: item.decided,
        asked: item.asked,
        colour: item.look.colour,
        items: vec![index],
        y: 0.0,
        label: None,
    };
    match item.when {
        When::Day(_) | When::Within(_) | When::Vague { .. } => None,
        When::Interval { start, end } => {
            let (first, last) = (edges(start, day), edges(end, day));
            // What may have begun as late as this surely lasted from there.
            let begun = first.1.min(last.0).max(bar.from);
            Some(SpanMark {
                solid_from: if start.is_day() { bar.from } else { begun },
                solid_to: if end.is_day() {
                    bar.to
                } else {
                    last.0.max(begun)
                },
                ..bar
            })
        }
        When::From(span) => Some(SpanMark {
            solid_from: if span.is_day() { all.0 } else { all.1 },
            solid_to: f64::INFINITY,
            to: f64::INFINITY,
            ends: Ends::GoesOn,
            ..bar
        }),
        When::Until(span) => Some(SpanMark {
            from: f64::NEG_INFINITY,
            solid_from: f64::NEG_INFINITY,
            solid_to: if span.is_day() { all.1 } else { all.0 },
            ends: Ends::WasBefore,
            ..bar
        }),
    }
}
