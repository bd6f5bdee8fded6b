//! Where the marks of a timeline lane stand: the same rule on screen and in export.
//!
//! Marks never overlap: kinds of one day stand in a stack (high lanes) or side by side; what touches
//! its neighbour is merged, into a larger mark where all are of one kind, else into a pill with the
//! count.

use crate::analysis::{ItemKind, TimelineItem, When, day_number};
use crate::figure::axis::Window;
use crate::model::Polarity;

/// Lanes of at least this height stack the kinds of a day.
pub const STACKS_FROM: f32 = 40.0;
const APART: f32 = 12.5;
const PILL: f32 = 26.0;

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

/// A glyph and the items that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Middle, in points from the window's left edge.
    pub x: f32,
    /// Middle, from the lane's middle.
    pub dy: f32,
    /// What.
    pub glyph: Glyph,
    /// Indices of the lane's items.
    pub items: Vec<usize>,
    /// Whether the filter asks for any.
    pub asked: bool,
}

#[derive(Debug, Clone, Default)]
struct Cluster {
    x: f32,
    /// By kind: oppose, support, neither, tick.
    kinds: [Vec<usize>; 4],
    pill: bool,
}

impl Cluster {
    fn len(&self) -> usize {
        self.kinds.iter().map(Vec::len).sum()
    }

    fn shown(&self) -> usize {
        self.kinds.iter().filter(|kind| !kind.is_empty()).count()
    }

    fn half_width(&self, stacks: bool) -> f32 {
        match self.shown() {
            _ if self.pill => PILL / 2.0,
            0 | 1 => APART / 2.0,
            _ if stacks => APART / 2.0,
            2 => APART,
            3 => APART * 1.5,
            _ => APART * 2.0,
        }
    }

    fn merge(&mut self, other: Self) {
        #[expect(clippy::cast_precision_loss, reason = "a weighted mean of positions")]
        let (mine, theirs) = (self.len() as f32, other.len() as f32);
        self.x = (self.x * mine + other.x * theirs) / (mine + theirs).max(1.0);
        for (kind, more) in self.kinds.iter_mut().zip(other.kinds) {
            kind.extend(more);
        }
        self.pill = self.shown() > 1;
    }
}

fn kind_of(item: &TimelineItem) -> usize {
    match (item.kind, item.side) {
        (ItemKind::Time(..) | ItemKind::Publication(_), _) => 3,
        (ItemKind::Statement(_), Polarity::Oppose) => 0,
        (ItemKind::Statement(_), Polarity::Support) => 1,
        (ItemKind::Statement(_), Polarity::Neutral) => 2,
    }
}

/// Places a lane's items that are one mark: those of a day, and the marks in the middle of thin bars.
/// Items must be sorted by their first day; what lies outside the window is left out.
#[must_use]
pub fn place(items: &[TimelineItem], window: Window, lane_height: f32) -> Vec<Placed> {
    let stacks = lane_height >= STACKS_FROM;
    let mut points: Vec<(i64, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let day = match item.when {
                When::Day(day) => day,
                When::Within(_) => item.when.middle(),
                When::Interval { .. } | When::From(_) | When::Until(_) => return None,
            };
            Some((day_number(day), index))
        })
        .collect();
    points.sort_unstable();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut at: Option<(i64, Cluster)> = None;
    for (day, index) in points {
        let Some(item) = items.get(index) else {
            continue;
        };
        if at.as_ref().is_none_or(|(open, _)| *open != day) {
            if let Some((_, cluster)) = at.take() {
                push(&mut clusters, cluster, stacks);
            }
            #[expect(clippy::cast_precision_loss, reason = "days of ten thousand years fit")]
            // Marks stand at noon of their day.
            let x = window.x(day as f64 + 0.5);
            if x < -PILL || x > window.width + PILL {
                continue;
            }
            at = Some((
                day,
                Cluster {
                    x,
                    ..Cluster::default()
                },
            ));
        }
        if let Some((_, cluster)) = &mut at
            && let Some(kind) = cluster.kinds.get_mut(kind_of(item))
        {
            kind.push(index);
        }
    }
    if let Some((_, cluster)) = at {
        push(&mut clusters, cluster, stacks);
    }
    clusters
        .into_iter()
        .flat_map(|cluster| spread(cluster, items, stacks))
        .collect()
}

fn push(clusters: &mut Vec<Cluster>, mut cluster: Cluster, stacks: bool) {
    while let Some(last) = clusters.last() {
        if cluster.x - cluster.half_width(stacks) >= last.x + last.half_width(stacks) {
            break;
        }
        if let Some(mut last) = clusters.pop() {
            last.merge(cluster);
            cluster = last;
        }
    }
    clusters.push(cluster);
}

fn spread(cluster: Cluster, items: &[TimelineItem], stacks: bool) -> Vec<Placed> {
    let asked = |indices: &[usize]| {
        let mut rows = indices.iter().filter_map(|index| items.get(*index));
        rows.any(|item| item.asked)
    };
    let shown = cluster.shown();
    if cluster.pill {
        let mut all: Vec<usize> = cluster.kinds.into_iter().flatten().collect();
        all.sort_unstable();
        return vec![Placed {
            x: cluster.x,
            dy: 0.0,
            glyph: Glyph::Pill,
            asked: asked(&all),
            items: all,
        }];
    }
    let kinds = cluster.kinds.into_iter().enumerate();
    kinds
        .filter(|(_, indices)| !indices.is_empty())
        .enumerate()
        .map(|(place, (kind, indices))| {
            #[expect(clippy::cast_precision_loss, reason = "at most four kinds")]
            let offset = (place as f32 - (shown as f32 - 1.0) / 2.0) * APART;
            Placed {
                x: if stacks {
                    cluster.x
                } else {
                    cluster.x + offset
                },
                dy: if stacks { offset } else { 0.0 },
                glyph: glyph(kind, &indices, items),
                asked: asked(&indices),
                items: indices,
            }
        })
        .collect()
}

fn glyph(kind: usize, indices: &[usize], items: &[TimelineItem]) -> Glyph {
    let side = match kind {
        0 => Polarity::Oppose,
        1 => Polarity::Support,
        2 => Polarity::Neutral,
        _ => {
            let mut rows = indices.iter().filter_map(|index| items.get(*index));
            let publication = rows.any(|item| matches!(item.kind, ItemKind::Publication(_)));
            return Glyph::Tick { publication };
        }
    };
    let mut rows = indices.iter().filter_map(|index| items.get(*index));
    Glyph::Side {
        side,
        size: match indices.len() {
            0 | 1 => 9.5,
            2 => 11.5,
            _ => 13.0,
        },
        solid: rows.any(|item| item.decided),
    }
}

/// What the ends of a bar say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// One unknown day between them: a thin bar with caps.
    Within,
    /// It began and ended, fading where that is not known to the day.
    Both,
    /// It goes on: an arrow head at the right.
    GoesOn,
    /// It was so before: an arrow head at the left.
    WasBefore,
}

/// A bar of a lane, in points from the window's left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpanMark {
    /// First possible point.
    pub from: f32,
    /// Where it surely began.
    pub solid_from: f32,
    /// Until where it surely lasted.
    pub solid_to: f32,
    /// Last possible point.
    pub to: f32,
    /// What its ends say.
    pub ends: Ends,
    /// Which side.
    pub side: Polarity,
    /// Whether a person decided it.
    pub solid: bool,
    /// Whether the filter asks for it.
    pub asked: bool,
    /// Index of the lane's item.
    pub item: usize,
}

/// Returns the bars of a lane that touch the window.
#[must_use]
pub fn spans(items: &[TimelineItem], window: Window) -> Vec<SpanMark> {
    let numbered = items.iter().enumerate();
    numbered
        .filter_map(|(index, item)| span(index, item, window))
        .filter(|bar| bar.to >= 0.0 && bar.from <= window.width)
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "days of ten thousand years fit")]
fn span(index: usize, item: &TimelineItem, window: Window) -> Option<SpanMark> {
    let start = |date| window.x(day_number(date) as f64);
    let end = |date| window.x(day_number(date) as f64 + 1.0);
    let all = item.when.span();
    let bar = SpanMark {
        from: start(all.first),
        solid_from: start(all.first),
        solid_to: end(all.last),
        to: end(all.last),
        ends: Ends::Both,
        side: item.side,
        solid: item.decided,
        asked: item.asked,
        item: index,
    };
    match item.when {
        When::Day(_) => None,
        When::Within(_) => Some(SpanMark {
            ends: Ends::Within,
            ..bar
        }),
        When::Interval {
            start: first,
            end: last,
        } => {
            let solid_from = end(first.last).min(start(last.first)).max(bar.from);
            let known_start = first.is_day();
            let known_end = last.is_day();
            Some(SpanMark {
                solid_from: if known_start { bar.from } else { solid_from },
                solid_to: if known_end {
                    bar.to
                } else {
                    start(last.first).max(solid_from)
                },
                ..bar
            })
        }
        When::From(_) => Some(SpanMark {
            solid_from: if all.is_day() { bar.from } else { bar.to },
            solid_to: window.width.max(bar.to),
            to: window.width.max(bar.to),
            ends: Ends::GoesOn,
            ..bar
        }),
        When::Until(_) => Some(SpanMark {
            from: bar.from.min(0.0),
            solid_from: bar.from.min(0.0),
            solid_to: if all.is_day() { bar.to } else { bar.from },
            ends: Ends::WasBefore,
            ..bar
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{StatementRef, date_of};
    use crate::model::{AnnotationId, ArticleId, DateSpan};

    fn item(day: i64, side: Polarity, decided: bool) -> TimelineItem {
        TimelineItem {
            kind: ItemKind::Statement(StatementRef {
                article: ArticleId(1),
                id: AnnotationId(1),
            }),
            when: When::Day(date_of(day)),
            source: None,
            side,
            decided,
            asked: true,
        }
    }

    fn points_a_day(days: u8, points: f32) -> Window {
        Window {
            from: 0.0,
            to: f64::from(days),
            width: f32::from(days) * points,
        }
    }

    #[test]
    fn size_tells_how_many_of_one_kind_and_hollow_that_none_is_decided() {
        let items = [
            item(1, Polarity::Oppose, false),
            item(3, Polarity::Support, false),
            item(3, Polarity::Support, true),
        ];
        let placed = place(&items, points_a_day(16, 16.0), 27.0);
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
        let low = place(&items, points_a_day(32, 14.0), 27.0);
        let xs: Vec<_> = low.iter().map(|p| p.x).collect();
        assert_eq!(xs[..2], [28.75, 41.25]);
        assert_eq!(low.len(), 3);
        assert_eq!(low[2].glyph, Glyph::Pill);
        assert_eq!(low[2].items, [2, 3, 4]);
        let high = place(&items, points_a_day(32, 14.0), 42.0);
        assert_eq!((high[0].x, high[0].dy), (35.0, -6.25));
        assert_eq!((high[1].x, high[1].dy), (35.0, 6.25));
        assert_eq!(high.len(), 5, "stacks have room on each day");
    }

    #[test]
    fn uncertain_ends_fade_between_first_and_last_possible_day() {
        let mut row = item(0, Polarity::Oppose, true);
        row.when = When::Interval {
            start: DateSpan::day(date_of(2)),
            end: DateSpan {
                first: date_of(5),
                last: date_of(9),
            },
        };
        let bar = spans(&[row], points_a_day(20, 20.0))[0];
        assert_eq!(
            (bar.from, bar.solid_from, bar.solid_to, bar.to),
            (40.0, 40.0, 100.0, 200.0)
        );
        let mut row = item(0, Polarity::Oppose, true);
        row.when = When::From(DateSpan::day(date_of(5)));
        let bar = spans(&[row], points_a_day(20, 20.0))[0];
        assert_eq!(bar.ends, Ends::GoesOn);
        assert_eq!((bar.solid_from, bar.to), (100.0, 400.0));
    }

    proptest! {
        #[test]
        fn marks_never_overlap_and_none_is_lost(
            days in proptest::collection::vec((0_i64..60, 0_usize..3), 0..120),
            width in 100.0_f32..2000.0,
        ) {
            let sides = [Polarity::Oppose, Polarity::Support, Polarity::Neutral];
            let mut items: Vec<_> = days.iter().map(|(d, s)| item(*d, sides[*s], false)).collect();
            items.sort_by_key(|item| item.when.span().first);
            let window = Window { from: 0.0, to: 60.0, width };
            let placed = place(&items, window, 27.0);
            let count: usize = placed.iter().map(|p| p.items.len()).sum();
            prop_assert_eq!(count, items.len());
            let half = |p: &Placed| match p.glyph {
                Glyph::Pill => PILL / 2.0,
                Glyph::Side { .. } | Glyph::Tick { .. } => APART / 2.0,
            };
            for pair in placed.windows(2) {
                prop_assert!(pair[0].x + half(&pair[0]) <= pair[1].x - half(&pair[1]) + 0.01);
            }
        }
    }
}
