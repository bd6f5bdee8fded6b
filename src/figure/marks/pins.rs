//! What a person pinned: each stands for itself, on tracks of their own below all others, with room
//! for its words.

use crate::analysis::TimelineItem;
use crate::figure::marks::bars::{lasting, once, thin};
use crate::figure::marks::cluster::Cluster;
use crate::figure::marks::{APART, Ends, Label, LaneLayout, Look, SpanMark, is_point};

/// Room for the words of a pinned item, in points.
pub const PIN_ROOM: f64 = 176.0;
/// Least room between two pinned items.
const GAP: f64 = 6.0;

/// What the words of a pinned item must not leave, and not cover, in points from the left edge.
#[derive(Debug, Clone, Copy)]
pub struct Pinned {
    /// From where to where the item itself reaches.
    pub span: (f32, f32),
    /// The middle of its mark; none for what lasts.
    pub mark: Option<f32>,
}

/// Returns where the words of a pinned item begin in a window so wide, and how wide they may be: behind
/// it (before it, where it goes on), else on its own bar, but never on its mark. None where the item is
/// not visible. `at` is where the label's room begins in the window.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "room on a screen or page")]
pub fn pinned_words(
    (label, at): (Label, f32),
    pinned: Pinned,
    wide: f32,
    words: f32,
) -> Option<(f32, f32)> {
    let (left, right) = (4.0, wide - 4.0);
    let words = words.min(right - left);
    if pinned.span.1 < 0.0 || pinned.span.0 > wide || words <= 0.0 {
        return None;
    }
    if label.before {
        let x = at + label.room as f32 - 4.0 - words;
        return Some((x.max(left), words));
    }
    let x = at + 4.0;
    if x + words <= right {
        return Some((x, words));
    }
    let mark = pinned.mark.filter(|mark| (0.0..=wide).contains(mark));
    let Some(mark) = mark else {
        return Some((right - words, words));
    };
    let (after, before) = (right - (mark + 9.0), mark - 9.0 - left);
    Some(if after >= words {
        (right - words, words)
    } else if before >= words {
        (mark - 9.0 - words, words)
    } else if after >= before {
        (mark + 9.0, after)
    } else {
        (left, before)
    })
}

/// A pinned item before it has a track.
struct Pin {
    index: usize,
    bar: Option<SpanMark>,
    /// The middle of its mark; none for what lasts.
    mark: Option<f64>,
    label: Label,
    extent: (f64, f64),
}

/// Height of so many tracks.
#[expect(clippy::cast_precision_loss, reason = "tracks of a lane")]
fn tracks(count: usize, look: Look) -> f32 {
    look.track * count as f32
}

/// Gives each pinned item the first track that is free; the lane grows by as many as it takes.
pub(super) fn lay(
    pinned: &[usize],
    items: &[TimelineItem],
    day: f64,
    look: Look,
    out: &mut LaneLayout,
) {
    let mut pins: Vec<Pin> = pinned
        .iter()
        .filter_map(|index| pin(*index, items.get(*index)?, day))
        .collect();
    if pins.is_empty() {
        return;
    }
    pins.sort_by(|a, b| a.extent.0.total_cmp(&b.extent.0));
    // Where nothing else stands, they begin in the row of marks.
    let alone = out.marks.is_empty() && out.bars.is_empty();
    let first = out.height;
    let mut ends: Vec<f64> = Vec::new();
    for pin in pins {
        let track = ends.iter().position(|end| *end <= pin.extent.0);
        let track = track.unwrap_or_else(|| {
            ends.push(f64::NEG_INFINITY);
            ends.len() - 1
        });
        if let Some(end) = ends.get_mut(track) {
            *end = pin.extent.1;
        }
        let y = match (alone, track) {
            (true, 0) => look.head / 2.0,
            (true, track) => look.head + tracks(track - 1, look) + look.track / 2.0,
            (false, track) => first + tracks(track, look) + look.track / 2.0,
        };
        stand(pin, y, items, out);
    }
    let below = ends.len() - usize::from(alone);
    if below > 0 {
        out.height = first + tracks(below, look) + 3.0;
    }
}

fn pin(index: usize, item: &TimelineItem, day: f64) -> Option<Pin> {
    if let Some(bar) = lasting(index, item, day) {
        // What goes on has its words before it.
        let label = match bar.ends {
            Ends::GoesOn => Label {
                x: bar.from - PIN_ROOM,
                room: PIN_ROOM,
                before: true,
            },
            Ends::Within | Ends::Both | Ends::WasBefore => after(bar.to),
        };
        let extent = (
            bar.from.min(label.x) - GAP / 2.0,
            bar.to.max(label.x + label.room) + GAP / 2.0,
        );
        return Some(Pin {
            index,
            bar: Some(bar),
            mark: None,
            label,
            extent,
        });
    }
    let reach = once(item, day)?;
    let middle = f64::midpoint(reach.sure.0, reach.sure.1);
    let bar = (!is_point(item, reach)).then(|| thin(reach, item, vec![index]));
    let half = f64::from(APART / 2.0);
    let (from, to) = bar
        .as_ref()
        .map_or((middle, middle), |bar| (bar.from, bar.to));
    let (from, to) = (from.min(middle - half), to.max(middle + half));
    let label = after(to);
    Some(Pin {
        index,
        bar,
        mark: Some(middle),
        label,
        extent: (from - GAP / 2.0, label.x + label.room + GAP / 2.0),
    })
}

fn after(x: f64) -> Label {
    Label {
        x,
        room: PIN_ROOM,
        before: false,
    }
}

fn stand(pin: Pin, y: f32, items: &[TimelineItem], out: &mut LaneLayout) {
    let has_bar = pin.bar.is_some();
    if let Some(bar) = pin.bar {
        // The mark on a thin bar has its words.
        let label = pin.mark.is_none().then_some(pin.label);
        out.bars.push(SpanMark { y, label, ..bar });
    }
    let (Some(middle), Some(item)) = (pin.mark, items.get(pin.index)) else {
        return;
    };
    let mut cluster = Cluster::at(middle);
    cluster.add(pin.index, item);
    for mut mark in cluster.spread(items, false, y) {
        mark.in_bar = has_bar;
        mark.label = Some(pin.label);
        out.marks.push(mark);
    }
}
