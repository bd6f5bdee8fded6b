//! Where the marks of a timeline lane stand: the same rule on screen and in export.
//!
//! A lane has a row of marks and, below, as many tracks as its bars need. Marks never overlap: kinds of
//! one day stand in a stack (high lanes) or side by side; what touches its neighbour is merged, into a
//! larger mark where all are of one kind, else into a pill with the count. Bars never overlap: each
//! takes the first track that is free. All depends on the scale and not on which days are visible, so
//! that panning moves nothing against the days; places are in points since 1970.

mod bars;
mod cluster;
mod pins;

pub use pins::{PIN_ROOM, Pinned, pinned_words};

use std::collections::BTreeMap;

use crate::analysis::{TimelineItem, When};
use crate::figure::marks::bars::{Reach, lasting, once, thin};
use crate::figure::marks::cluster::{Cluster, clusters, room};
use crate::model::{Polarity, Swatch};

/// Lanes of at least this height stack the kinds of a day.
pub const STACKS_FROM: f32 = 40.0;
const APART: f32 = 12.5;
const PILL: f32 = 26.0;
/// What is known to the day is a point until a day takes more than this.
const DAY_IS_LONG: f64 = 96.0;
/// A week or month that takes less than this is a point.
const BAR_FROM: f64 = 15.0;
/// Least room between two bars of a track.
const BAR_GAP: f64 = 5.0;

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Glyph {
    /// ▲ ▼ ◆, hollow if all are suggested.
    Side {
        /// Which.
        side: Polarity,
        /// Size in points: 9.5 for one, 11.5 for two, 13 for more.
        size: f32,
        /// Whether any is decided.
        solid: bool,
    },
    /// Several kinds that have no room side by side.
    Pill,
    /// A date of the text that dates no statement, or a publication.
    Tick {
        /// Whether it is a publication.
        publication: bool,
    },
    /// An entry of the person's own.
    Entry,
}

/// Where words about a single item have room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// Where they may begin, in points since 1970.
    pub x: f64,
    /// How many points there are.
    pub room: f64,
    /// Whether the words end where the room ends, before what they speak of.
    pub before: bool,
}

/// A glyph and the items that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Middle, in points since 1970.
    pub x: f64,
    /// Middle, from the lane's top.
    pub y: f32,
    /// What.
    pub glyph: Glyph,
    /// Indices of the lane's items.
    pub items: Vec<usize>,
    /// Whether the filter asks for any.
    pub asked: bool,
    /// A person's colour, where all that it stands for has that.
    pub colour: Option<Swatch>,
    /// Room for words, if it stands for one item.
    pub label: Option<Label>,
    /// Whether it is all that the bar behind it stands for.
    pub in_bar: bool,
}

impl Placed {
    fn half_width(&self) -> f64 {
        f64::from(match self.glyph {
            Glyph::Pill => PILL / 2.0,
            Glyph::Side { .. } | Glyph::Tick { .. } | Glyph::Entry => APART / 2.0,
        })
    }
}

/// What the ends of a bar say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// One unknown day between them: a thin bar with caps, or fading ends.
    Within,
    /// It began and ended, fading where that is not known to the day.
    Both,
    /// It goes on: an arrow head at the right.
    GoesOn,
    /// It was so before: an arrow head at the left.
    WasBefore,
}

/// A bar of a lane, in points since 1970; open ends are infinite.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanMark {
    /// First possible point.
    pub from: f64,
    /// Where it surely began.
    pub solid_from: f64,
    /// Until where it surely lasted.
    pub solid_to: f64,
    /// Last possible point.
    pub to: f64,
    /// What its ends say.
    pub ends: Ends,
    /// Which side.
    pub side: Polarity,
    /// Whether a person decided it.
    pub solid: bool,
    /// Whether the filter asks for it.
    pub asked: bool,
    /// A person's colour, where all that it stands for has that.
    pub colour: Option<Swatch>,
    /// Indices of the lane's items: several if they say the same of the same days.
    pub items: Vec<usize>,
    /// Middle, from the lane's top.
    pub y: f32,
    /// Room for words, if it stands for one item and ends.
    pub label: Option<Label>,
}

/// Heights of a lane's rows, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The row of marks.
    pub head: f32,
    /// From its middle to the bars under the marks.
    pub under: f32,
    /// Each further track of bars.
    pub track: f32,
    /// How many of those at most; what has no place is counted in pills on one more.
    pub most: usize,
}

/// Everything of a lane, placed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LaneLayout {
    /// Height of all rows.
    pub height: f32,
    /// Marks, in order of place.
    pub marks: Vec<Placed>,
    /// Bars, in order of their beginning.
    pub bars: Vec<SpanMark>,
}

/// A thin bar or a lasting one, waiting for its track.
struct Waiting {
    bar: SpanMark,
    /// The mark in the middle of a thin bar.
    mark: Option<Cluster>,
}

impl Waiting {
    /// Returns the bar at a height, and the marks on it.
    fn stand(self, y: f32, items: &[TimelineItem]) -> (SpanMark, Vec<Placed>) {
        let mut marks = self
            .mark
            .map(|mark| mark.spread(items, false, y))
            .unwrap_or_default();
        if let [mark] = marks.as_mut_slice() {
            mark.in_bar = true;
        }
        (SpanMark { y, ..self.bar }, marks)
    }

    /// From where to where it needs a track for itself.
    fn extent(&self) -> (f64, f64) {
        let (mut from, mut to) = (self.bar.from, self.bar.to);
        if let Some(mark) = &self.mark {
            let half = mark.half_width(false);
            (from, to) = (from.min(mark.x - half), to.max(mark.x + half));
        }
        (from - BAR_GAP / 2.0, to + BAR_GAP / 2.0)
    }
}

/// Places a lane's items where a day takes `day` points.
#[must_use]
pub fn lay_out(items: &[TimelineItem], day: f64, look: Look) -> LaneLayout {
    let stacks = look.head >= STACKS_FROM;
    let (points, waiting, pinned) = sort_out(items, day);
    let row = clusters(&points, items, stacks);
    let middle = look.head / 2.0;
    let taken: Vec<(f64, f64)> = row
        .iter()
        .map(|one| {
            let half = one.half_width(stacks);
            (one.x - half, one.x + half)
        })
        .collect();
    let mut marks: Vec<Placed> = row
        .into_iter()
        .flat_map(|cluster| cluster.spread(items, stacks, middle))
        .collect();
    let mut out = LaneLayout::default();
    let mut tracks = Tracks {
        items,
        look,
        ends: vec![f64::NEG_INFINITY; 1],
        head_end: f64::NEG_INFINITY,
        rows: vec![Vec::new()],
        crowd: Vec::new(),
    };
    let mut head_bars = Vec::new();
    for one in waiting {
        if let Some((bar, mark)) = tracks.place(one, &taken, middle) {
            head_bars.push((bar.from, bar.to));
            out.bars.push(bar);
            marks.extend(mark);
        }
    }
    marks.sort_by(|a, b| a.x.total_cmp(&b.x));
    room(&mut marks, &head_bars);
    out.marks = marks;
    tracks.finish(&mut out);
    pins::lay(&pinned, items, day, look, &mut out);
    out.marks.sort_by(|a, b| a.x.total_cmp(&b.x));
    out.bars.sort_by(|a, b| a.from.total_cmp(&b.from));
    out
}

/// Points, bars by their beginning, and what a person pinned.
type SortedOut = (Vec<(f64, usize)>, Vec<Waiting>, Vec<usize>);

/// Returns the points, what needs a bar, and what stands for itself.
fn sort_out(items: &[TimelineItem], day: f64) -> SortedOut {
    let mut points = Vec::new();
    let mut pinned = Vec::new();
    let mut thins: BTreeMap<[u64; 4], (Reach, Vec<usize>)> = BTreeMap::new();
    let mut bars: Vec<Waiting> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if item.look.pinned {
            pinned.push(index);
            continue;
        }
        if let Some(bar) = lasting(index, item, day) {
            match bars
                .iter_mut()
                .rev()
                .take(8)
                .find(|one| same(&one.bar, &bar))
            {
                Some(known) => {
                    known.bar.items.push(index);
                    known.bar.asked |= bar.asked;
                }
                None => bars.push(Waiting { bar, mark: None }),
            }
            continue;
        }
        let Some(reach) = once(item, day) else {
            continue;
        };
        if is_point(item, reach) {
            points.push((f64::midpoint(reach.sure.0, reach.sure.1), index));
        } else {
            let key = [reach.sure.0, reach.sure.1, reach.whole.0, reach.whole.1];
            let entry = thins.entry(key.map(f64::to_bits));
            entry.or_insert((reach, Vec::new())).1.push(index);
        }
    }
    for (reach, group) in thins.into_values() {
        bars.extend(thin_group(reach, group, items));
    }
    points.sort_by(|a: &(f64, usize), b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    bars.sort_by(|a, b| a.extent().0.total_cmp(&b.extent().0));
    (points, bars, pinned)
}

/// Whether an item is so short that it stands as a point.
fn is_point(item: &TimelineItem, reach: Reach) -> bool {
    let least = if matches!(item.when, When::Day(_)) {
        DAY_IS_LONG
    } else {
        BAR_FROM
    };
    reach.whole.1 - reach.whole.0 < least
}

fn same(a: &SpanMark, b: &SpanMark) -> bool {
    let key = |bar: &SpanMark| {
        (
            [bar.from, bar.solid_from, bar.solid_to, bar.to].map(f64::to_bits),
            bar.ends,
            bar.side,
            bar.solid,
            bar.colour,
        )
    };
    key(a) == key(b)
}

fn thin_group(reach: Reach, group: Vec<usize>, items: &[TimelineItem]) -> Option<Waiting> {
    let first = items.get(*group.first()?)?;
    let mut mark = Cluster::at(f64::midpoint(reach.sure.0, reach.sure.1));
    let mut sides = Vec::new();
    let (mut decided, mut asked) = (false, false);
    for index in &group {
        if let Some(item) = items.get(*index) {
            mark.add(*index, item);
            sides.push(item.side);
            decided |= item.decided;
            asked |= item.asked;
        }
    }
    if mark.half_width(false) * 2.0 > reach.whole.1 - reach.whole.0 {
        mark.gather();
    }
    let mixed = sides.iter().any(|side| *side != first.side);
    let mut colours = group.iter().filter_map(|index| items.get(*index));
    let one_colour = colours.all(|item| item.look.colour == first.look.colour);
    let bar = SpanMark {
        side: if mixed { Polarity::Neutral } else { first.side },
        solid: decided,
        asked,
        colour: first.look.colour.filter(|_| one_colour),
        ..thin(reach, first, group)
    };
    Some(Waiting {
        bar,
        mark: Some(mark),
    })
}

/// The tracks of a lane while they fill.
struct Tracks<'a> {
    items: &'a [TimelineItem],
    look: Look,
    /// Where the last bar of each track ends; the first is the one under the marks.
    ends: Vec<f64>,
    /// The same for thin bars among the marks.
    head_end: f64,
    /// What stands on each track.
    rows: Vec<Vec<Waiting>>,
    /// What found no place.
    crowd: Vec<(f64, usize)>,
}

impl Tracks<'_> {
    /// Gives a bar its track; returns it with its marks if it stands in the row of marks.
    fn place(
        &mut self,
        one: Waiting,
        taken: &[(f64, f64)],
        middle: f32,
    ) -> Option<(SpanMark, Vec<Placed>)> {
        let (from, to) = one.extent();
        let thin = one.mark.is_some();
        if thin && self.head_end <= from {
            let next = taken.partition_point(|(_, end)| *end < from);
            if taken.get(next).is_none_or(|(begin, _)| *begin > to) {
                self.head_end = to;
                return Some(one.stand(middle, self.items));
            }
        }
        let lowest = usize::from(thin);
        let mut free = self.ends.iter().enumerate().skip(lowest);
        let track = free.find(|(_, end)| **end <= from).map(|(track, _)| track);
        let track = track.unwrap_or(self.ends.len().max(lowest));
        if track > self.look.most {
            let middle = one
                .mark
                .as_ref()
                .map_or_else(|| visible_middle(&one.bar), |mark| mark.x);
            let indices = one.bar.items.iter();
            self.crowd.extend(indices.map(|index| (middle, *index)));
            return None;
        }
        if track == self.ends.len() {
            self.ends.push(f64::NEG_INFINITY);
            self.rows.push(Vec::new());
        }
        if let (Some(end), Some(row)) = (self.ends.get_mut(track), self.rows.get_mut(track)) {
            *end = to;
            row.push(one);
        }
        None
    }

    fn finish(self, out: &mut LaneLayout) {
        let Self {
            items,
            look,
            rows,
            mut crowd,
            ..
        } = self;
        out.height = look.head;
        for (track, row) in rows.into_iter().enumerate() {
            let y = if track == 0 {
                look.head / 2.0 + look.under
            } else {
                out.height += look.track;
                out.height - look.track / 2.0
            };
            fill(row, y, track > 0, items, out);
        }
        if !crowd.is_empty() {
            crowd.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            out.height += look.track;
            let y = out.height - look.track / 2.0;
            for cluster in clusters(&crowd, items, false) {
                out.marks.extend(cluster.spread(items, false, y));
            }
        }
        if out.height > look.head {
            out.height += 3.0;
        }
    }
}

/// The middle of what is known of a bar.
fn visible_middle(bar: &SpanMark) -> f64 {
    match bar.ends {
        Ends::Within | Ends::Both => f64::midpoint(bar.from, bar.to),
        Ends::GoesOn => bar.from,
        Ends::WasBefore => bar.to,
    }
}

fn fill(row: Vec<Waiting>, y: f32, has_words: bool, items: &[TimelineItem], out: &mut LaneLayout) {
    let begins: Vec<f64> = row.iter().map(|one| one.extent().0).collect();
    for (index, one) in row.into_iter().enumerate() {
        let (_, end) = one.extent();
        let next = begins.get(index + 1).copied().unwrap_or(f64::INFINITY);
        let single = one.bar.items.len() == 1 && end.is_finite() && has_words;
        let (mut bar, marks) = one.stand(y, items);
        bar.label = single.then_some(Label {
            x: end,
            room: next - end,
            before: false,
        });
        out.bars.push(bar);
        out.marks.extend(marks);
    }
}

#[cfg(test)]
mod tests;
