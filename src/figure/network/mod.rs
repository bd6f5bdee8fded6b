//! A network of actors: badges with names, ties solid where they draw together and dashed where they
//! divide, with ▲ or ▼ at mid-tie. A direct tie ends in an arrow head (for) or a bar (against).

mod drawing;
pub mod layout;

use crate::analysis::{Network, NetworkKind, ProjectView, StatementRef, Tie, TieKind, counted};
use crate::figure::network::layout::Arrangement;
use crate::figure::scene::{Area, Point, point};
use crate::model::{EntityId, EntityType};

pub use drawing::{scene, tie_pen};

/// The most ties that are drawn; the weaker ones show when an actor of theirs is pointed at.
pub const MOST_TIES: usize = 900;
/// Above this many actors only the largest are named.
pub const NAMED: usize = 40;
/// Between ties of the same two actors, in points.
const LANE: f32 = 7.0;
/// Length of dash and gap of a tie that divides.
pub const DASH: [f32; 2] = [6.0, 4.0];

/// An actor as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Who.
    pub entity: EntityId,
    /// Name.
    pub name: String,
    /// Type, for the badge.
    pub entity_type: Option<EntityType>,
    /// Where it stands, in points around zero.
    pub at: Point,
    /// Half its side, in points.
    pub radius: f32,
    /// Whether its name is written without being asked.
    pub named: bool,
    /// Whether the filter asks for it.
    pub asked: bool,
    /// What a screen reader says.
    pub label: String,
    /// The statements that it holds.
    pub refs: Vec<StatementRef>,
}

/// A tie as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Place of its first spot.
    pub from: usize,
    /// Place of its second spot.
    pub to: usize,
    /// Its form.
    pub kind: TieKind,
    /// Width in points.
    pub width: f32,
    /// How far it is shifted to the right of the way from the lower to the higher spot, in points.
    pub shift: f32,
    /// Whether it is among the strongest.
    pub drawn: bool,
    /// What a screen reader says: *Velmora opposes Astrany, 7 statements*.
    pub label: String,
    /// The statements that it counts.
    pub refs: Vec<StatementRef>,
}

/// The chart, the same for screen and export.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Actors, the most active first.
    pub spots: Vec<Spot>,
    /// Ties, the weakest first.
    pub links: Vec<Link>,
    /// Ties too weak to be drawn at first.
    pub weak: usize,
    /// Whether ties go from one to the other.
    pub directed: bool,
}

/// Returns the chart of a network whose actors were arranged; those who were not stand at zero.
#[must_use]
pub fn chart(network: &Network, arranged: &Arrangement, view: &ProjectView) -> Chart {
    let activity = |place: usize| {
        network
            .nodes
            .get(place)
            .map_or(0, |node| node.held.len() + node.received)
    };
    let most = activity(0).max(1);
    let ties_of = |place: usize| {
        network
            .ties
            .iter()
            .filter(|tie| tie.from == place || tie.to == place)
            .count()
    };
    let spots = network
        .nodes
        .iter()
        .enumerate()
        .map(|(place, node)| {
            let name = view.entity_name(node.entity).to_owned();
            let (x, y) = arranged
                .places
                .get(&node.entity)
                .copied()
                .unwrap_or((0.0, 0.0));
            Spot {
                entity: node.entity,
                entity_type: view.entity_type(node.entity),
                at: point(x, y),
                radius: 8.0 + 8.0 * share(activity(place), most).sqrt(),
                named: place < NAMED,
                asked: node.asked,
                label: format!(
                    "{name}, {}, {}",
                    node.held.words(),
                    counted(ties_of(place), "tie")
                ),
                name,
                refs: node.held.refs().collect(),
            }
        })
        .collect();
    let (links, weak) = links(network, view);
    Chart {
        spots,
        links,
        weak,
        directed: network.options.kind == NetworkKind::Direct,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

fn links(network: &Network, view: &ProjectView) -> (Vec<Link>, usize) {
    let most = network
        .ties
        .iter()
        .map(|tie| tie.weight)
        .fold(0.0, f64::max);
    let mut lanes: std::collections::BTreeMap<(usize, usize), usize> =
        std::collections::BTreeMap::new();
    for tie in &network.ties {
        *lanes.entry(pair(tie)).or_default() += 1;
    }
    let mut used: std::collections::BTreeMap<(usize, usize), usize> =
        std::collections::BTreeMap::new();
    let mut all: Vec<(f64, Link)> = network
        .ties
        .iter()
        .map(|tie| {
            let count = lanes.get(&pair(tie)).copied().unwrap_or(1);
            let lane = used.entry(pair(tie)).or_default();
            let shift = LANE * (share(*lane, 1) - share(count - 1, 1) / 2.0);
            *lane += 1;
            #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
            let strength = (tie.weight / most) as f32;
            let link = Link {
                from: tie.from,
                to: tie.to,
                kind: tie.kind,
                width: 1.0 + 3.5 * strength.sqrt(),
                shift,
                drawn: true,
                label: label(network, tie, view),
                refs: tie.statements.clone(),
            };
            (tie.weight, link)
        })
        .collect();
    // Stable: ties of one weight stay in the order of their actors.
    all.sort_by(|one, two| one.0.total_cmp(&two.0));
    let weak = all.len().saturating_sub(MOST_TIES);
    for (_, link) in all.iter_mut().take(weak) {
        link.drawn = false;
    }
    (all.into_iter().map(|(_, link)| link).collect(), weak)
}

fn pair(tie: &Tie) -> (usize, usize) {
    (tie.from.min(tie.to), tie.from.max(tie.to))
}

/// *Velmora opposes Astrany, 7 statements*; *Velmora agrees with Astrany on ban and truce, weight
/// 0.67, 5 statements*.
fn label(network: &Network, tie: &Tie, view: &ProjectView) -> String {
    let name = |place: usize| {
        let node = network.nodes.get(place);
        node.map_or("unnamed", |node| view.entity_name(node.entity))
    };
    let mut words = format!("{} {} {}", name(tie.from), tie.kind.verb(), name(tie.to));
    let issue = |id| {
        view.issues
            .get(id)
            .map_or("unnamed", |row| row.name.as_str())
    };
    match tie.issues.as_slice() {
        [] => {}
        [one] => words += &format!(" on {}", issue(one)),
        [one, two] => words += &format!(" on {} and {}", issue(one), issue(two)),
        [one, rest @ ..] => {
            words += &format!(
                " on {} and {}",
                issue(one),
                counted(rest.len(), "other issue")
            );
        }
    }
    if !tie.kind.is_directed() {
        words += &format!(", weight {}", weight_words(tie.weight));
    }
    words + &format!(", {}", counted(tie.statements.len(), "statement"))
}

/// Returns *3* or *0.67*.
#[must_use]
pub fn weight_words(weight: f64) -> String {
    if (weight - weight.round()).abs() < 1e-9 {
        format!("{weight:.0}")
    } else {
        format!("{weight:.2}")
    }
}

/// Where a tie is drawn, once its spots have places on the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Path {
    /// Where it begins, at the edge of its first spot.
    pub from: Point,
    /// Where it ends, at the edge of its second spot.
    pub to: Point,
    /// Where its mark stands.
    pub middle: Point,
}

/// Returns the way of a tie between two spots on the picture (place and radius); none where they
/// touch.
#[must_use]
pub fn path(link: &Link, from: (Point, f32), to: (Point, f32)) -> Option<Path> {
    let (dx, dy) = (to.0.x - from.0.x, to.0.y - from.0.y);
    let length = f32::hypot(dx, dy);
    let gap = if link.kind.is_directed() { 3.0 } else { 1.0 };
    let (start, end) = (from.1 + 2.0, to.1 + gap);
    if length <= start + end + 4.0 {
        return None;
    }
    let (ux, uy) = (dx / length, dy / length);
    // To the right of the way from the lower to the higher place, whichever way the tie goes.
    let turn = if link.from <= link.to { 1.0 } else { -1.0 };
    let (sx, sy) = (-uy * link.shift * turn, ux * link.shift * turn);
    let at = |along: f32| point(from.0.x + ux * along + sx, from.0.y + uy * along + sy);
    Some(Path {
        from: at(start),
        to: at(length - end),
        middle: at((start + length - end) / 2.0),
    })
}

/// Returns what ends a direct tie: the corners of an arrow head, or the two ends of a bar.
#[must_use]
pub fn end_of(path: Path, kind: TieKind, width: f32) -> Vec<Point> {
    let (dx, dy) = (path.to.x - path.from.x, path.to.y - path.from.y);
    let length = f32::hypot(dx, dy).max(0.01);
    let (ux, uy) = (dx / length, dy / length);
    let (size, half) = (6.0 + width, 3.0 + width * 0.75);
    let tip = path.to;
    match kind {
        TieKind::Supports => vec![
            tip,
            point(tip.x - ux * size - uy * half, tip.y - uy * size + ux * half),
            point(tip.x - ux * size + uy * half, tip.y - uy * size - ux * half),
        ],
        TieKind::Opposes => vec![
            point(tip.x - uy * (half + 1.5), tip.y + ux * (half + 1.5)),
            point(tip.x + uy * (half + 1.5), tip.y - ux * (half + 1.5)),
        ],
        TieKind::Agrees | TieKind::Disagrees => Vec::new(),
    }
}

/// Returns the box around all spots.
#[must_use]
pub fn bounds(chart: &Chart) -> Area {
    let fold = |pick: fn(&Spot) -> f32, with: fn(f32, f32) -> f32, from: f32| {
        chart.spots.iter().map(pick).fold(from, with)
    };
    if chart.spots.is_empty() {
        return Area::default();
    }
    let (left, top) = (
        fold(|s| s.at.x - s.radius, f32::min, f32::INFINITY),
        fold(|s| s.at.y - s.radius, f32::min, f32::INFINITY),
    );
    let (right, bottom) = (
        fold(|s| s.at.x + s.radius, f32::max, f32::NEG_INFINITY),
        fold(|s| s.at.y + s.radius, f32::max, f32::NEG_INFINITY),
    );
    Area {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    }
}

/// Returns where a name of a `size` can stand by its spot, the best place first: below, above, to the
/// right, to the left.
#[must_use]
pub fn name_places(at: Point, radius: f32, (width, height): (f32, f32)) -> [Area; 4] {
    let place = |x: f32, y: f32| Area {
        x,
        y,
        width,
        height,
    };
    let (middle, level) = (at.x - width / 2.0, at.y - height / 2.0);
    [
        place(middle, at.y + radius + 1.0),
        place(middle, at.y - radius - 1.0 - height),
        place(at.x + radius + 3.0, level),
        place(at.x - radius - 3.0 - width, level),
    ]
}

/// Returns where each name stands without touching another or what is `taken` already; none where no
/// place is free. `wanted` are the places of each name, the most important name first.
#[must_use]
pub fn names_that_fit(wanted: &[[Area; 4]], taken: &[Area]) -> Vec<Option<Area>> {
    let meets = |one: &Area, two: &Area| {
        one.x < two.right() && two.x < one.right() && one.y < two.bottom() && two.y < one.bottom()
    };
    let mut placed: Vec<Area> = taken.to_vec();
    let fitted = wanted.iter().map(|places| {
        let free = |place: &&Area| placed.iter().all(|other| !meets(place, other));
        let found = places.iter().find(free).copied();
        placed.extend(found);
        found
    });
    fitted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, NetworkOptions, network};
    use crate::figure::frame::Words;
    use crate::figure::network::layout::Plan;
    use crate::figure::scene::{Measure, Scene, Shape};
    use crate::model::{Act, Polarity};

    struct Even;

    impl Measure for Even {
        fn width(&self, words: &str, style: crate::figure::scene::Style) -> f32 {
            words.chars().count() as f32 * style.size * 0.5
        }
    }

    fn drawn(fixture: &Fixture, options: NetworkOptions) -> (Chart, Scene) {
        let (project, view) = fixture.build();
        let made = network(&project, &view, &Filter::default(), options);
        let none = Arrangement::default();
        let arranged = Plan::new(&made, &none).run(&|| false).unwrap();
        let chart = chart(&made, &arranged, &view);
        let scene = scene(&chart, &Words::default(), 520.0, &Even);
        (chart, scene)
    }

    fn fixture() -> Fixture {
        Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
            .on("Velmora", "ban", Act::Support, Polarity::Support)
            .on("Astrany", "ban", Act::Reject, Polarity::Oppose)
    }

    #[test]
    fn each_tie_and_actor_of_the_figure_stands_for_its_statements() {
        let (_, scene) = drawn(&fixture(), NetworkOptions::default());
        let marks: Vec<(&str, usize)> = scene
            .marks
            .iter()
            .filter(|mark| !mark.name.is_empty())
            .map(|mark| (mark.name.as_str(), mark.stands_for.len()))
            .collect();
        assert_eq!(
            marks,
            [
                ("Astrany opposes Velmora, 1 statement", 1),
                ("Velmora supports Astrany, 1 statement", 1),
                ("Velmora opposes Astrany, 2 statements", 2),
                ("Astrany, 0 support, 1 oppose, 0 neither, 3 ties", 1),
                ("Velmora, 1 support, 2 oppose, 0 neither, 3 ties", 3),
            ]
        );
    }

    #[test]
    fn support_and_conflict_differ_in_form_and_stand_side_by_side() {
        let (chart, scene) = drawn(&fixture(), NetworkOptions::default());
        let shifts: Vec<f32> = chart.links.iter().map(|link| link.shift).collect();
        assert_eq!(shifts.len(), 3);
        for (at, shift) in shifts.iter().enumerate() {
            assert!(
                shifts
                    .iter()
                    .skip(at + 1)
                    .all(|other| (other - shift).abs() >= LANE)
            );
        }
        for mark in &scene.marks {
            let dashed = mark
                .shapes
                .iter()
                .any(|shape| matches!(shape, Shape::Line { pen, .. } if pen.dash.is_some()));
            if mark.name.contains(" opposes ") || mark.name.contains(" supports ") {
                assert_eq!(dashed, mark.name.contains(" opposes "), "{}", mark.name);
            }
        }
    }

    #[test]
    fn a_tie_on_issues_names_them_and_its_weight() {
        let options = NetworkOptions {
            kind: NetworkKind::Conflict,
            normalisation: crate::analysis::Normalisation::Jaccard,
            ..NetworkOptions::default()
        };
        let (chart, _) = drawn(&fixture(), options);
        let labels: Vec<_> = chart.links.iter().map(|link| link.label.as_str()).collect();
        assert_eq!(
            labels,
            ["Astrany disagrees with Velmora on ban, weight 0.50, 2 statements"]
        );
        assert!(!chart.directed);
    }

    #[test]
    fn names_do_not_cover_each_other() {
        // 20 wide and 10 high by spots of a radius of 4.
        let places = |x: f32| name_places(point(x, 0.0), 4.0, (20.0, 10.0));
        let spot = |x: f32| Area {
            x: x - 4.0,
            y: -4.0,
            width: 8.0,
            height: 8.0,
        };
        let corners = |xs: &[f32]| -> Vec<Option<(f32, f32)>> {
            let wanted: Vec<_> = xs.iter().map(|x| places(*x)).collect();
            let taken: Vec<_> = xs.iter().map(|x| spot(*x)).collect();
            let found = names_that_fit(&wanted, &taken);
            let corner = |place: Option<Area>| place.map(|area| (area.x, area.y));
            found.into_iter().map(corner).collect()
        };
        assert_eq!(
            corners(&[0.0, 30.0]),
            [Some((-10.0, 5.0)), Some((20.0, 5.0))]
        );
        // Below, above, to the right; no place is left for the last.
        assert_eq!(
            corners(&[0.0, 9.0, 18.0, 9.0]),
            [
                Some((-10.0, 5.0)),
                Some((-1.0, -15.0)),
                Some((25.0, -5.0)),
                None
            ]
        );
    }
}
