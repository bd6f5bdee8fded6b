//! Marks that stand in one row: those of a day in a stack or side by side, those that touch merged.

use crate::analysis::{ItemKind, TimelineItem};
use crate::figure::marks::{APART, Glyph, Label, PILL, Placed};
use crate::model::{Polarity, Swatch};

/// Items at one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Cluster {
    /// Middle, in points.
    pub(super) x: f64,
    /// By kind: oppose, support, neither, tick, entry.
    kinds: [Vec<usize>; 5],
    pill: bool,
}

impl Cluster {
    pub(super) fn at(x: f64) -> Self {
        Self {
            x,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, index: usize, item: &TimelineItem) {
        if let Some(kind) = self.kinds.get_mut(kind_of(item)) {
            kind.push(index);
        }
    }

    fn len(&self) -> usize {
        self.kinds.iter().map(Vec::len).sum()
    }

    fn shown(&self) -> usize {
        self.kinds.iter().filter(|kind| !kind.is_empty()).count()
    }

    /// Half of what it takes in width.
    pub(super) fn half_width(&self, stacks: bool) -> f64 {
        let half = match self.shown() {
            _ if self.pill => PILL / 2.0,
            0 | 1 => APART / 2.0,
            _ if stacks => APART / 2.0,
            2 => APART,
            3 => APART * 1.5,
            4 => APART * 2.0,
            _ => APART * 2.5,
        };
        f64::from(half)
    }

    fn merge(&mut self, other: Self) {
        #[expect(clippy::cast_precision_loss, reason = "a weighted mean of positions")]
        let (mine, theirs) = (self.len() as f64, other.len() as f64);
        self.x = (self.x * mine + other.x * theirs) / (mine + theirs).max(1.0);
        for (kind, more) in self.kinds.iter_mut().zip(other.kinds) {
            kind.extend(more);
        }
        self.pill = self.shown() > 1;
    }

    /// Makes one mark of all kinds.
    pub(super) fn gather(&mut self) {
        self.pill = self.shown() > 1;
    }

    /// Returns its glyphs, in a row whose middle is at `y`.
    pub(super) fn spread(self, items: &[TimelineItem], stacks: bool, y: f32) -> Vec<Placed> {
        let asked = |indices: &[usize]| {
            let mut rows = indices.iter().filter_map(|index| items.get(*index));
            rows.any(|item| item.asked)
        };
        let shown = self.shown();
        if self.pill {
            let mut all: Vec<usize> = self.kinds.into_iter().flatten().collect();
            all.sort_unstable();
            return vec![Placed {
                x: self.x,
                y,
                glyph: Glyph::Pill,
                asked: asked(&all),
                colour: None,
                items: all,
                label: None,
                in_bar: false,
            }];
        }
        let kinds = self.kinds.into_iter().enumerate();
        kinds
            .filter(|(_, indices)| !indices.is_empty())
            .enumerate()
            .map(|(place, (kind, indices))| {
                #[expect(clippy::cast_precision_loss, reason = "at most five kinds")]
                let offset = (place as f32 - (shown as f32 - 1.0) / 2.0) * APART;
                let (dx, dy) = if stacks { (0.0, offset) } else { (offset, 0.0) };
                Placed {
                    x: self.x + f64::from(dx),
                    y: y + dy,
                    glyph: glyph(kind, &indices, items),
                    asked: asked(&indices),
                    colour: colour(&indices, items),
                    items: indices,
                    label: None,
                    in_bar: false,
                }
            })
            .collect()
    }
}

/// The colour of all of them.
fn colour(indices: &[usize], items: &[TimelineItem]) -> Option<Swatch> {
    let mut rows = indices.iter().filter_map(|index| items.get(*index));
    let first = rows.next()?.look.colour?;
    rows.all(|item| item.look.colour == Some(first))
        .then_some(first)
}

fn kind_of(item: &TimelineItem) -> usize {
    match (item.kind, item.side) {
        (ItemKind::Entry(_), _) => 4,
        (ItemKind::Time(..) | ItemKind::Publication(_), _) => 3,
        (ItemKind::Statement(_), Polarity::Oppose) => 0,
        (ItemKind::Statement(_), Polarity::Support) => 1,
        (ItemKind::Statement(_), Polarity::Neutral) => 2,
    }
}

fn glyph(kind: usize, indices: &[usize], items: &[TimelineItem]) -> Glyph {
    let mut rows = indices.iter().filter_map(|index| items.get(*index));
    let side = match kind {
        0 => Polarity::Oppose,
        1 => Polarity::Support,
        2 => Polarity::Neutral,
        4 => return Glyph::Entry,
        _ => {
            let publication = rows.any(|item| matches!(item.kind, ItemKind::Publication(_)));
            return Glyph::Tick { publication };
        }
    };
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

/// Returns items at their places, merged where they would touch. `points` in order of place.
pub(super) fn clusters(
    points: &[(f64, usize)],
    items: &[TimelineItem],
    stacks: bool,
) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut open: Option<Cluster> = None;
    for (x, index) in points {
        let Some(item) = items.get(*index) else {
            continue;
        };
        // Places of one day are the same number.
        if open.as_ref().is_some_and(|open| open.x < *x)
            && let Some(done) = open.take()
        {
            push(&mut clusters, done, stacks);
        }
        let cluster = open.get_or_insert_with(|| Cluster::at(*x));
        cluster.add(*index, item);
    }
    if let Some(done) = open {
        push(&mut clusters, done, stacks);
    }
    clusters
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

/// Says how much room there is for words behind each single mark of a row: until `obstacles` begin.
/// Both in order of place.
pub(super) fn room(row: &mut [Placed], obstacles: &[(f64, f64)]) {
    let edges: Vec<f64> = row.iter().map(|mark| mark.x - mark.half_width()).collect();
    for (index, mark) in row.iter_mut().enumerate() {
        if mark.items.len() != 1 {
            continue;
        }
        let own = obstacles
            .iter()
            .find(|(from, to)| *from <= mark.x && mark.x <= *to);
        let right = own
            .map_or(mark.x, |(_, to)| *to)
            .max(mark.x + mark.half_width());
        let next = edges.get(index + 1).copied().unwrap_or(f64::INFINITY);
        let bar = obstacles.partition_point(|(from, _)| *from <= right);
        let bar = obstacles.get(bar).map_or(f64::INFINITY, |(from, _)| *from);
        mark.label = Some(Label {
            x: right,
            room: next.min(bar) - right,
            before: false,
        });
    }
}
