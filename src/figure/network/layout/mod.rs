//! Where the actors of a network stand: stress majorisation (Gansner, Koren and North, "Graph
//! drawing by stress majorization", 2004) from a fixed start.
//!
//! A function of its input: nothing is random, sums go in one order. Ties that draw together are
//! short, those that divide are long. From places known before it starts there and is turned to
//! them, so that a small change moves little.

use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};

use crate::analysis::Network;
use crate::model::EntityId;

/// Length of a tie that draws together as strongly as any, in points.
const UNIT: f64 = 96.0;
/// Least distance of two actors, in points.
const APART: f64 = 58.0;
const ROUNDS: usize = 300;
/// Ends when nobody moved more than this share of a unit.
const STILL: f64 = 1e-3;

type Place = (f64, f64);

/// What is laid out: actors, and pairs of them with the length that they ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    actors: Vec<EntityId>,
    /// Lower place, higher place, length in units.
    pairs: Vec<(usize, usize, f64)>,
    start: Arrangement,
}

/// Where actors stand, in points around zero, and for which plan that was worked out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    /// [`Plan::key`].
    pub key: u64,
    /// Places by actor.
    pub places: BTreeMap<EntityId, (f32, f32)>,
}

impl Plan {
    /// Plans the layout of a network; `start` is where actors stood before.
    #[must_use]
    pub fn new(network: &Network, start: &Arrangement) -> Self {
        let most = network
            .ties
            .iter()
            .map(|tie| tie.weight)
            .fold(0.0, f64::max);
        let mut pairs: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for tie in &network.ties {
            let pair = (tie.from.min(tie.to), tie.from.max(tie.to));
            let length = if tie.kind.is_positive() {
                1.6 - 0.6 * (tie.weight / most).sqrt()
            } else {
                2.2
            };
            // Rounded, so that the key does not hang on the last bit.
            let length = (length * 64.0).round() / 64.0;
            pairs
                .entry(pair)
                .and_modify(|known| *known = known.min(length))
                .or_insert(length);
        }
        Self {
            actors: network.nodes.iter().map(|node| node.entity).collect(),
            pairs: pairs.into_iter().map(|((a, b), l)| (a, b, l)).collect(),
            start: start.clone(),
        }
    }

    /// Returns a number that is the same for the same actors and ties, wherever they stood before.
    #[must_use]
    pub fn key(&self) -> u64 {
        let mut hasher = rustc_hash::FxHasher::default();
        self.actors.hash(&mut hasher);
        for (one, two, length) in &self.pairs {
            (one, two, length.to_bits()).hash(&mut hasher);
        }
        // JSON numbers of 53 bits survive every reader.
        hasher.finish() >> 11
    }

    /// Lays out; none when `stopped` says so before the end.
    #[must_use]
    pub fn run(&self, stopped: &dyn Fn() -> bool) -> Option<Arrangement> {
        let count = self.actors.len();
        let parts = self.parts();
        let tied: Vec<usize> = (0..count)
            .filter(|node| {
                parts
                    .iter()
                    .any(|part| part.len() > 1 && part.contains(node))
            })
            .collect();
        let far = self.distances(&tied, stopped)?;
        let known: Vec<Option<Place>> = tied.iter().map(|node| self.before(*node)).collect();
        let warm = known.iter().flatten().count() * 2 > tied.len();
        let mut places = if warm {
            self.warm_start(&tied, &known)
        } else {
            scaled(&far)
        };
        majorise(&mut places, &far, stopped)?;
        if warm {
            turn_to(&mut places, &known);
        } else {
            level(&mut places);
        }
        for place in &mut places {
            *place = (place.0 * UNIT, place.1 * UNIT);
        }
        push_apart(&mut places);
        let mut all: BTreeMap<EntityId, (f32, f32)> = BTreeMap::new();
        for (node, place) in tied.iter().zip(&places) {
            if let Some(actor) = self.actors.get(*node) {
                all.insert(*actor, short(*place));
            }
        }
        let alone = (0..count).filter(|node| !tied.contains(node));
        for (node, place) in alone.clone().zip(shelf(&places, alone.count())) {
            if let Some(actor) = self.actors.get(node) {
                all.insert(*actor, short(place));
            }
        }
        Some(Arrangement {
            key: self.key(),
            places: all,
        })
    }

    fn before(&self, node: usize) -> Option<Place> {
        let (x, y) = self.start.places.get(self.actors.get(node)?)?;
        Some((f64::from(*x) / UNIT, f64::from(*y) / UNIT))
    }

    fn neighbours(&self) -> Vec<Vec<(usize, f64)>> {
        let mut all = vec![Vec::new(); self.actors.len()];
        for (one, two, length) in &self.pairs {
            for (from, to) in [(*one, *two), (*two, *one)] {
                if let Some(list) = all.get_mut(from) {
                    list.push((to, *length));
                }
            }
        }
        all
    }

    /// Sets of actors that ties connect, in order of their first.
    fn parts(&self) -> Vec<Vec<usize>> {
        let near = self.neighbours();
        let mut seen = vec![false; near.len()];
        let mut parts = Vec::new();
        for first in 0..near.len() {
            let (mut part, mut open) = (Vec::new(), vec![first]);
            while let Some(node) = open.pop() {
                match seen.get_mut(node) {
                    Some(seen) if !*seen => *seen = true,
                    _ => continue,
                }
                part.push(node);
                open.extend(near.get(node).into_iter().flatten().map(|(to, _)| *to));
            }
            if !part.is_empty() {
                part.sort_unstable();
                parts.push(part);
            }
        }
        parts
    }

    /// Shortest ways between all tied actors; parts that nothing connects stand a little apart.
    fn distances(&self, tied: &[usize], stopped: &dyn Fn() -> bool) -> Option<Vec<Vec<f64>>> {
        let near = self.neighbours();
        let mut all = Vec::with_capacity(tied.len());
        for from in tied {
            if stopped() {
                return None;
            }
            let ways = shortest(&near, *from);
            let row: Vec<f64> = tied
                .iter()
                .map(|to| ways.get(*to).copied().unwrap_or(f64::INFINITY))
                .collect();
            all.push(row);
        }
        let reach: Vec<f64> = all
            .iter()
            .map(|row| {
                row.iter()
                    .copied()
                    .filter(|d| d.is_finite())
                    .fold(0.0, f64::max)
            })
            .collect();
        for (from, row) in all.iter_mut().enumerate() {
            let own = reach.get(from).copied().unwrap_or(0.0);
            for (to, way) in row.iter_mut().enumerate() {
                if !way.is_finite() {
                    *way = (own + reach.get(to).copied().unwrap_or(0.0)) / 2.0 + 1.5;
                }
            }
        }
        Some(all)
    }

    /// Those known stay; a new one begins among its neighbours.
    fn warm_start(&self, tied: &[usize], known: &[Option<Place>]) -> Vec<Place> {
        let near = self.neighbours();
        let at: BTreeMap<usize, Place> = tied
            .iter()
            .zip(known)
            .filter_map(|(node, place)| Some((*node, (*place)?)))
            .collect();
        let place = |(index, node): (usize, &usize)| {
            if let Some(known) = at.get(node) {
                return *known;
            }
            let friends: Vec<Place> = near
                .get(*node)
                .into_iter()
                .flatten()
                .filter_map(|(to, _)| at.get(to).copied())
                .collect();
            let (x, y) = mean(&friends);
            let angle = angle(index);
            (x + 0.7 * angle.cos(), y + 0.7 * angle.sin())
        };
        tied.iter().enumerate().map(place).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on screen")]
fn short((x, y): Place) -> (f32, f32) {
    (
        (x * 4.0).round() as f32 / 4.0,
        (y * 4.0).round() as f32 / 4.0,
    )
}

/// The golden angle times the index: directions that differ.
#[expect(clippy::cast_precision_loss, reason = "at most a few hundred actors")]
fn angle(index: usize) -> f64 {
    2.399_963_229_728_653 * index as f64
}

#[expect(clippy::cast_precision_loss, reason = "at most a few hundred actors")]
fn mean(places: &[Place]) -> Place {
    let count = places.len().max(1) as f64;
    let sum = |pick: fn(&Place) -> f64| places.iter().map(pick).sum::<f64>() / count;
    (sum(|p| p.0), sum(|p| p.1))
}

/// Dijkstra's algorithm over a plain array: with a few hundred actors as fast as a heap.
fn shortest(near: &[Vec<(usize, f64)>], from: usize) -> Vec<f64> {
    let mut ways = vec![f64::INFINITY; near.len()];
    let mut done = vec![false; near.len()];
    if let Some(way) = ways.get_mut(from) {
        *way = 0.0;
    }
    loop {
        let next = (0..near.len())
            .filter(|node| !done[*node] && ways[*node].is_finite())
            .min_by(|a, b| ways[*a].total_cmp(&ways[*b]));
        let Some(node) = next else { return ways };
        done[node] = true;
        for (to, length) in &near[node] {
            let way = ways[node] + length;
            if way < ways[*to] {
                ways[*to] = way;
            }
        }
    }
}

/// Classical scaling: the two main directions of the centred squared distances, by power iteration.
fn scaled(far: &[Vec<f64>]) -> Vec<Place> {
    let count = far.len();
    let mut centred: Vec<Vec<f64>> = far
        .iter()
        .map(|row| row.iter().map(|d| -0.5 * d * d).collect())
        .collect();
    centre(&mut centred);
    let first = main_direction(&centred, &[]);
    let second = main_direction(&centred, &first);
    (0..count)
        .map(|node| {
            // Two actors with the same ways would stay on one spot.
            let turn = angle(node);
            (
                first.get(node).copied().unwrap_or(0.0) + 0.05 * turn.cos(),
                second.get(node).copied().unwrap_or(0.0) + 0.05 * turn.sin(),
            )
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "at most a few hundred actors")]
fn centre(rows: &mut [Vec<f64>]) {
    let count = rows.len().max(1) as f64;
    let means: Vec<f64> = rows
        .iter()
        .map(|row| row.iter().sum::<f64>() / count)
        .collect();
    let all = means.iter().sum::<f64>() / count;
    for (row, own) in rows.iter_mut().zip(&means) {
        for (value, other) in row.iter_mut().zip(&means) {
            *value += all - own - other;
        }
    }
}

/// Returns the strongest direction that is square to `other`, as long as its strength says.
fn main_direction(rows: &[Vec<f64>], other: &[f64]) -> Vec<f64> {
    let length = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let mut at: Vec<f64> = (0..rows.len()).map(|node| angle(node + 1).sin()).collect();
    let against = length(other);
    let mut strength = 0.0;
    for _ in 0..100 {
        if against > 0.0 {
            let share = at.iter().zip(other).map(|(a, o)| a * o).sum::<f64>() / (against * against);
            for (a, o) in at.iter_mut().zip(other) {
                *a -= share * o;
            }
        }
        let size = length(&at);
        if size < 1e-12 {
            return vec![0.0; rows.len()];
        }
        at.iter_mut().for_each(|a| *a /= size);
        let next: Vec<f64> = rows
            .iter()
            .map(|row| row.iter().zip(&at).map(|(r, a)| r * a).sum())
            .collect();
        strength = at.iter().zip(&next).map(|(a, n)| a * n).sum();
        at = next;
    }
    let size = length(&at).max(1e-12);
    let scale = f64::max(strength, 0.0).sqrt() / size;
    at.into_iter().map(|a| a * scale).collect()
}

/// Moves each actor in turn to where its distances to all others ask it to be, near ones most.
fn majorise(places: &mut [Place], far: &[Vec<f64>], stopped: &dyn Fn() -> bool) -> Option<()> {
    for _ in 0..ROUNDS {
        if stopped() {
            return None;
        }
        let mut moved = 0.0_f64;
        for (node, row) in far.iter().enumerate() {
            let own = places[node];
            let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
            for (other, way) in row.iter().enumerate() {
                if other == node {
                    continue;
                }
                let weight = 1.0 / (way * way);
                let (dx, dy) = (own.0 - places[other].0, own.1 - places[other].1);
                let now = (dx * dx + dy * dy).sqrt().max(1e-9);
                x += weight * (places[other].0 + way * dx / now);
                y += weight * (places[other].1 + way * dy / now);
                sum += weight;
            }
            if sum > 0.0 {
                let next = (x / sum, y / sum);
                moved = moved
                    .max((next.0 - own.0).abs())
                    .max((next.1 - own.1).abs());
                places[node] = next;
            }
        }
        if moved < STILL {
            break;
        }
    }
    Some(())
}

/// Puts the widest direction level, the first actor at the upper left.
fn level(places: &mut [Place]) {
    let middle = mean(places);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places.iter_mut() {
        *place = (place.0 - middle.0, place.1 - middle.1);
        xx += place.0 * place.0;
        xy += place.0 * place.1;
        yy += place.1 * place.1;
    }
    let angle = 0.5 * f64::atan2(2.0 * xy, xx - yy);
    let (sin, cos) = angle.sin_cos();
    for place in places.iter_mut() {
        *place = (cos * place.0 + sin * place.1, cos * place.1 - sin * place.0);
    }
    let first = places.first().copied().unwrap_or_default();
    let flip = |value: f64| if value > 0.0 { -1.0 } else { 1.0 };
    let (fx, fy) = (flip(first.0), flip(first.1));
    for place in places.iter_mut() {
        *place = (place.0 * fx, place.1 * fy);
    }
}

/// Turns, shifts and if need be mirrors places so that they lie as near as can be to those known
/// (Procrustes, without scaling).
fn turn_to(places: &mut [Place], known: &[Option<Place>]) {
    let pairs: Vec<(Place, Place)> = places
        .iter()
        .zip(known)
        .filter_map(|(now, before)| Some((*now, (*before)?)))
        .collect();
    let now: Vec<Place> = pairs.iter().map(|pair| pair.0).collect();
    let before: Vec<Place> = pairs.iter().map(|pair| pair.1).collect();
    let (from, to) = (mean(&now), mean(&before));
    let fit = |mirror: f64| {
        let (mut dot, mut cross) = (0.0, 0.0);
        for (n, b) in &pairs {
            let (nx, ny) = (mirror * (n.0 - from.0), n.1 - from.1);
            let (bx, by) = (b.0 - to.0, b.1 - to.1);
            dot += nx * bx + ny * by;
            cross += nx * by - ny * bx;
        }
        (f64::hypot(dot, cross), f64::atan2(cross, dot))
    };
    let (plain, mirrored) = (fit(1.0), fit(-1.0));
    let (mirror, angle) = if mirrored.0 > plain.0 + 1e-9 {
        (-1.0, mirrored.1)
    } else {
        (1.0, plain.1)
    };
    let (sin, cos) = angle.sin_cos();
    for place in places.iter_mut() {
        let (x, y) = (mirror * (place.0 - from.0), place.1 - from.1);
        *place = (cos * x - sin * y + to.0, sin * x + cos * y + to.1);
    }
}

/// Pushes actors apart that stand on each other; names lie beside them, so more to the sides.
fn push_apart(places: &mut [Place]) {
    for _ in 0..60 {
        let mut touched = false;
        for one in 0..places.len() {
            for two in one + 1..places.len() {
                let (dx, dy) = (
                    places[two].0 - places[one].0,
                    (places[two].1 - places[one].1) * 1.4,
                );
                let now = f64::hypot(dx, dy);
                if now >= APART {
                    continue;
                }
                touched = true;
                let (ux, uy) = if now > 1e-6 {
                    (dx / now, dy / now)
                } else {
                    let turn = angle(two);
                    (turn.cos(), turn.sin())
                };
                let half = (APART - now) / 2.0 + 0.01;
                places[one].0 -= ux * half;
                places[one].1 -= uy * half / 1.4;
                places[two].0 += ux * half;
                places[two].1 += uy * half / 1.4;
            }
        }
        if !touched {
            break;
        }
    }
}

/// Places for actors without a tie: rows below the others.
#[expect(clippy::cast_precision_loss, reason = "at most a few hundred actors")]
fn shelf(places: &[Place], count: usize) -> Vec<Place> {
    let fold = |pick: fn(&Place) -> f64, with: fn(f64, f64) -> f64, from: f64| {
        places.iter().map(pick).fold(from, with)
    };
    let none = places.is_empty();
    let (left, right) = if none {
        (0.0, 0.0)
    } else {
        (
            fold(|p| p.0, f64::min, f64::INFINITY),
            fold(|p| p.0, f64::max, f64::NEG_INFINITY),
        )
    };
    let bottom = if none {
        0.0
    } else {
        fold(|p| p.1, f64::max, f64::NEG_INFINITY)
    };
    let side = (count as f64 * 1.8).sqrt().ceil() * UNIT;
    let wide = (right - left).max(side.min(count as f64 * UNIT));
    let middle = f64::midpoint(left, right);
    let mut a_row = 1_usize;
    while (a_row as f64) * UNIT <= wide && a_row < count {
        a_row += 1;
    }
    (0..count)
        .map(|index| {
            let (row, column) = (index / a_row, index % a_row);
            let in_row = a_row.min(count - row * a_row);
            let x = middle + (column as f64 - (in_row as f64 - 1.0) / 2.0) * UNIT;
            (x, bottom + UNIT * 0.9 + row as f64 * UNIT * 0.6)
        })
        .collect()
}

#[cfg(test)]
mod tests;
