//! Where the marks of a timeline lane stand: the same rule on screen and in export.
//!
//! A lane has a row of marks and, below, as many tracks as its bars need. Marks never overlap: kinds of
//! one day stand in a stack (high lanes) or side by side; what touches its neighbour is merged, into a
//! larger mark where all are of one kind, else into a pill with the count. Bars never overlap: each
//! takes the first track that is free. All depends on the scale and not on which days are visible, so
//! that panning moves nothing against the days; places are in points since 1970.

mod bars;
mod cluster;

use std::collections::BTreeMap;

use crate::analysis::{TimelineItem, When};
use crate::figure::marks::bars::{Reach, lasting, once, thin};
use crate::figure::marks::cluster::{Cluster, clusters, room};
use crate::model::Polarity;

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
}

/// Where words about a single item have room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// Where they may begin, in points since 1970.
    pub x: f64,
    /// How many points there are.
    pub room: f64,
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
    /// Room for words, if it stands for one item.
    pub label: Option<Label>,
    /// Whether it is all that the bar behind it stands for.
    pub in_bar: bool,
}

impl Placed {
    fn half_width(&self) -> f64 {
        f64::from(match self.glyph {
            Glyph::Pill => PILL / 2.0,
            Glyph::Side { .. } | Glyph::Tick { .. } => APART / 2.0,
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
    let (points, waiting) = sort_out(items, day);
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
    out.marks.sort_by(|a, b| a.x.total_cmp(&b.x));
    out.bars.sort_by(|a, b| a.from.total_cmp(&b.from));
    out
}

/// Returns the points and, by their beginning, what needs a bar.
fn sort_out(items: &[TimelineItem], day: f64) -> (Vec<(f64, usize)>, Vec<Waiting>) {
    let mut points = Vec::new();
    let mut thins: BTreeMap<[u64; 4], (Reach, Vec<usize>)> = BTreeMap::new();
    let mut bars: Vec<Waiting> = Vec::new();
    for (index, item) in items.iter().enumerate() {
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
        let least = if matches!(item.when, When::Day(_)) {
            DAY_IS_LONG
        } else {
            BAR_FROM
        };
        if reach.whole.1 - reach.whole.0 < least {
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
    (points, bars)
}

fn same(a: &SpanMark, b: &SpanMark) -> bool {
    let key = |bar: &SpanMark| {
        (
            [bar.from, bar.solid_from, bar.solid_to, bar.to].map(f64::to_bits),
            bar.ends,
            bar.side,
            bar.solid,
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
    let bar = SpanMark {
        side: if mixed { Polarity::Neutral } else { first.side },
        solid: decided,
        asked,
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
        });
        out.bars.push(bar);
        out.marks.extend(marks);
    }
}

#[cfg(test)]
#[expect(
    clippy::float_cmp,
    reason = "places that can be reckoned by hand are exact"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{ItemKind, StatementRef, date_of};
    use crate::model::{AnnotationId, ArticleId, DateSpan};

    const LOW: Look = Look {
        head: 27.0,
        under: 9.5,
        track: 16.0,
        most: 3,
    };
    const HIGH: Look = Look { head: 42.0, ..LOW };

    fn item(day: i64, side: Polarity, decided: bool) -> TimelineItem {
        TimelineItem {
            kind: ItemKind::Statement(StatementRef {
                article: ArticleId(1),
                id: AnnotationId(1),
            }),
            when: When::Day(date_of(day)),
            clock: None,
            source: None,
            published: None,
            side,
            decided,
            asked: true,
        }
    }

    fn days(first: i64, last: i64) -> DateSpan {
        DateSpan {
            first: date_of(first),
            last: date_of(last),
        }
    }

    fn dated(when: When) -> TimelineItem {
        TimelineItem {
            when,
            ..item(0, Polarity::Oppose, true)
        }
    }

    fn interval(first: i64, last: i64) -> TimelineItem {
        dated(When::Interval {
            start: days(first, first),
            end: days(last, last),
        })
    }

    #[test]
    fn size_tells_how_many_of_one_kind_and_hollow_that_none_is_decided() {
        let items = [
            item(1, Polarity::Oppose, false),
            item(3, Polarity::Support, false),
            item(3, Polarity::Support, true),
        ];
        let placed = lay_out(&items, 16.0, LOW).marks;
        let glyphs: Vec<_> = placed.iter().map(|p| (p.x, p.glyph)).collect();
        let side = |side, size, solid| Glyph::Side { side, size, solid };
        assert_eq!(
            glyphs,
            [
                (24.0, side(Polarity::Oppose, 9.5, false)),
                (56.0, side(Polarity::Support, 11.5, true)),
            ]
        );
    }

    #[test]
    fn kinds_of_a_day_stand_side_by_side_or_stacked_and_crowds_become_pills() {
        let items = [
            item(2, Polarity::Oppose, true),
            item(2, Polarity::Support, true),
            item(8, Polarity::Oppose, true),
            item(9, Polarity::Support, true),
            item(9, Polarity::Oppose, true),
        ];
        let low = lay_out(&items, 14.0, LOW).marks;
        let xs: Vec<_> = low.iter().map(|p| p.x).collect();
        assert_eq!(xs[..2], [28.75, 41.25]);
        assert_eq!(low.len(), 3);
        assert_eq!(low[2].glyph, Glyph::Pill);
        assert_eq!(low[2].items, [2, 3, 4]);
        let high = lay_out(&items, 14.0, HIGH).marks;
        assert_eq!((high[0].x, high[0].y), (35.0, 21.0 - 6.25));
        assert_eq!((high[1].x, high[1].y), (35.0, 21.0 + 6.25));
        assert_eq!(high.len(), 5, "stacks have room on each day");
    }

    #[test]
    fn uncertain_ends_fade_between_first_and_last_possible_day() {
        let row = dated(When::Interval {
            start: days(2, 2),
            end: days(5, 9),
        });
        let bar = &lay_out(&[row], 20.0, LOW).bars[0];
        assert_eq!(
            (bar.from, bar.solid_from, bar.solid_to, bar.to),
            (40.0, 40.0, 100.0, 200.0)
        );
        let row = dated(When::From(days(5, 5)));
        let bar = &lay_out(&[row], 20.0, LOW).bars[0];
        assert_eq!(bar.ends, Ends::GoesOn);
        assert_eq!((bar.solid_from, bar.to), (100.0, f64::INFINITY));
        let row = dated(When::Vague {
            sure: days(3, 4),
            whole: days(3, 6),
        });
        let bar = &lay_out(&[row], 20.0, LOW).bars[0];
        assert_eq!(
            (bar.from, bar.solid_from, bar.solid_to, bar.to),
            (60.0, 60.0, 100.0, 140.0)
        );
    }

    #[test]
    fn bars_that_overlap_take_tracks_of_their_own_and_the_lane_grows() {
        let alone = lay_out(&[interval(1, 5), interval(8, 12)], 20.0, LOW);
        assert_eq!(alone.height, 27.0);
        let same: Vec<_> = alone.bars.iter().map(|bar| bar.y).collect();
        assert_eq!(same, [23.0, 23.0], "under the marks, one behind the other");
        let three = lay_out(
            &[interval(1, 9), interval(3, 12), interval(8, 14)],
            20.0,
            LOW,
        );
        assert_eq!(three.height, 27.0 + 16.0 * 2.0 + 3.0);
        let rows: Vec<_> = three.bars.iter().map(|bar| bar.y).collect();
        assert_eq!(rows, [23.0, 35.0, 51.0]);
    }

    #[test]
    fn a_month_among_days_of_its_own_goes_below_them() {
        let month = dated(When::Within(days(0, 30)));
        let alone = lay_out(std::slice::from_ref(&month), 20.0, LOW);
        assert_eq!((alone.bars[0].y, alone.height), (13.5, 27.0));
        let both = lay_out(&[month, item(12, Polarity::Support, true)], 20.0, LOW);
        assert_eq!((both.bars[0].y, both.height), (35.0, 27.0 + 16.0 + 3.0));
        assert_eq!(both.marks.len(), 2);
    }

    #[test]
    fn several_of_one_month_share_a_bar() {
        let month = |side| TimelineItem {
            side,
            ..dated(When::Within(days(0, 30)))
        };
        let items = [month(Polarity::Oppose), month(Polarity::Oppose)];
        let out = lay_out(&items, 20.0, LOW);
        assert_eq!((out.bars.len(), out.marks.len()), (1, 1));
        assert_eq!(out.bars[0].side, Polarity::Oppose);
        let out = lay_out(
            &[month(Polarity::Oppose), month(Polarity::Support)],
            20.0,
            LOW,
        );
        assert_eq!((out.bars.len(), out.marks.len()), (1, 2));
        assert_eq!(out.bars[0].side, Polarity::Neutral);
    }

    #[test]
    fn what_finds_no_track_is_counted() {
        let items: Vec<_> = (0..9).map(|first| interval(first, 20)).collect();
        let out = lay_out(&items, 20.0, LOW);
        assert_eq!(out.bars.len(), 4);
        let counted: usize = out.marks.iter().map(|mark| mark.items.len()).sum();
        assert_eq!(counted, 5);
    }

    #[test]
    fn a_day_is_a_point_until_hours_are_shown_then_only_times_are() {
        let day = item(1, Polarity::Oppose, true);
        let timed = TimelineItem {
            clock: Some((14 * 60 + 30, 14 * 60 + 31)),
            ..day.clone()
        };
        let far = lay_out(std::slice::from_ref(&day), 40.0, LOW);
        assert_eq!((far.bars.len(), far.marks[0].x), (0, 60.0));
        let near = lay_out(&[day, timed], 480.0, LOW);
        assert_eq!((near.bars[0].from, near.bars[0].to), (480.0, 960.0));
        let xs: Vec<_> = near.marks.iter().map(|mark| mark.x).collect();
        assert_eq!(xs[0], 720.0);
        assert!((xs[1] - (480.0 + 480.0 * 870.5 / 1440.0)).abs() < 1e-9);
    }

    #[test]
    fn words_have_room_until_the_next_mark() {
        let items = [
            item(1, Polarity::Oppose, true),
            item(11, Polarity::Support, true),
        ];
        let out = lay_out(&items, 20.0, LOW);
        let label = out.marks[0].label.unwrap();
        assert_eq!((label.x, label.room), (36.25, 200.0 - 12.5));
        assert_eq!(out.marks[1].label.unwrap().room, f64::INFINITY);
    }

    fn any_when() -> impl Strategy<Value = When> {
        (0_i64..400, 0_i64..90, 0_i64..40, 0_u8..6).prop_map(|(first, long, more, kind)| {
            let span = days(first, first + long);
            match kind {
                0 | 1 => When::Day(date_of(first)),
                2 => When::Within(span),
                3 => When::Vague {
                    sure: span,
                    whole: days(first - more, first + long + more),
                },
                4 => When::Interval {
                    start: span,
                    end: days(first + more, first + long + more),
                },
                _ => When::From(span),
            }
        })
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_is_lost(
            whens in proptest::collection::vec((any_when(), 0_usize..3), 0..120),
            day in 0.2_f64..40.0,
            high: bool,
        ) {
            let sides = [Polarity::Oppose, Polarity::Support, Polarity::Neutral];
            let mut items: Vec<_> = whens
                .iter()
                .map(|(when, side)| TimelineItem { side: sides[*side], ..dated(*when) })
                .collect();
            items.sort_by_key(|item| (item.when.span().first, item.when.span().last));
            let out = lay_out(&items, day, if high { HIGH } else { LOW });
            let bars = out.bars.iter().flat_map(|bar| &bar.items);
            let marks = out.marks.iter().flat_map(|mark| &mark.items);
            let all: std::collections::BTreeSet<usize> = bars.chain(marks).copied().collect();
            prop_assert_eq!(all.len(), items.len());
            let mut rows: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
            for mark in &out.marks {
                let row = rows.entry(mark.y.to_bits()).or_default();
                row.push((mark.x - mark.half_width(), mark.x + mark.half_width()));
            }
            let mut tracks: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
            for bar in &out.bars {
                let row = tracks.entry(bar.y.to_bits()).or_default();
                row.push((bar.from, bar.to));
            }
            for row in rows.values_mut().chain(tracks.values_mut()) {
                row.sort_by(|a, b| a.0.total_cmp(&b.0));
                for pair in row.windows(2) {
                    prop_assert!(pair[0].1 <= pair[1].0 + 1e-6, "{pair:?}");
                }
            }
            for mark in &out.marks {
                prop_assert!(mark.y > 0.0 && mark.y < out.height);
            }
        }
    }
}
