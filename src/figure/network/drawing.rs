//! The exported figure of a network.

use std::collections::BTreeMap;

use crate::analysis::TieKind;
use crate::figure::frame::{self, Key, PALETTE, Words};
use crate::figure::network::{
    Chart, DASH, Link, Path, Spot, bounds, end_of, name_places, names_that_fit, path,
};
use crate::figure::scene::{
    Anchor, Area, Face, Fill, Measure, Pen, Point, Scene, Shape, elide, line, pen, point,
    polarity_mark, style, text,
};
use crate::model::EntityType;

/// Returns the exported figure.
#[must_use]
pub fn scene(chart: &Chart, words: &Words, width: f32, measure: &dyn Measure) -> Scene {
    let (mut scene, top) = frame::begin(words, width, measure);
    let area = bounds(chart);
    let margin = 44.0;
    let scale = ((width - 2.0 * margin) / area.width.max(1.0)).min(1.3);
    let place = |spot: &Spot| {
        let free = (width - 2.0 * margin - area.width * scale).max(0.0) / 2.0;
        point(
            margin + free + (spot.at.x - area.x) * scale,
            top + 22.0 + (spot.at.y - area.y) * scale,
        )
    };
    let radius = |spot: &Spot| spot.radius * scale.clamp(0.6, 1.0);
    for link in chart.links.iter().filter(|link| link.drawn) {
        let (Some(from), Some(to)) = (chart.spots.get(link.from), chart.spots.get(link.to)) else {
            continue;
        };
        let ends = ((place(from), radius(from)), (place(to), radius(to)));
        if let Some(path) = path(link, ends.0, ends.1) {
            scene.mark(
                link.label.clone(),
                link.refs.clone(),
                tie_shapes(link, path),
            );
        }
    }
    let look = style(Face::UiMedium, 9.0);
    let named = |at: &usize| chart.spots.get(*at).is_some_and(|spot| spot.named);
    let named: Vec<usize> = (0..chart.spots.len()).filter(named).collect();
    let wanted: Vec<[Area; 4]> = named
        .iter()
        .filter_map(|at| chart.spots.get(*at))
        .map(|spot| {
            let wide = measure.width(&elide(&spot.name, look, NAME_ROOM, measure), look);
            name_places(place(spot), radius(spot), (wide, NAME_HEIGHT))
        })
        .collect();
    let taken: Vec<Area> = chart
        .spots
        .iter()
        .map(|spot| around(place(spot), radius(spot)))
        .collect();
    let fits = names_that_fit(&wanted, &taken);
    let mut names: BTreeMap<usize, Area> = BTreeMap::new();
    for (at, area) in named.iter().zip(fits) {
        names.extend(area.map(|area| (*at, area)));
    }
    for (at, spot) in chart.spots.iter().enumerate() {
        let name = names.get(&at).copied();
        let shapes = spot_shapes(spot, (place(spot), radius(spot)), name, measure);
        scene.mark(spot.label.clone(), spot.refs.clone(), shapes);
    }
    let keys = if chart.directed {
        [Key::Supports, Key::Opposes, Key::Thickness]
    } else {
        [Key::Agrees, Key::Disagrees, Key::Thickness]
    };
    let bottom = top + 22.0 + area.height * scale + 26.0;
    frame::end(&mut scene, bottom, &keys, words, measure);
    scene
}

fn around(at: Point, radius: f32) -> Area {
    Area {
        x: at.x - radius,
        y: at.y - radius,
        width: 2.0 * radius,
        height: 2.0 * radius,
    }
}

const NAME_ROOM: f32 = 110.0;
const NAME_HEIGHT: f32 = 12.0;

/// Returns the pen of a tie.
#[must_use]
pub fn tie_pen(link: &Link, colour: crate::figure::tokens::Rgb) -> Pen {
    Pen {
        colour,
        width: link.width,
        dash: (!link.kind.is_positive()).then_some(DASH),
    }
}

fn tie_shapes(link: &Link, path: Path) -> Vec<Shape> {
    let side = link.kind.side();
    let colour = PALETTE.polarity(side).over(PALETTE.page, 0.78);
    let mut shapes = vec![line(path.from, path.to, tie_pen(link, colour))];
    match (link.kind, end_of(path, link.kind, link.width).as_slice()) {
        (TieKind::Supports, corners) => shapes.push(Shape::Polygon {
            points: corners.to_vec(),
            fill: Fill::Solid(colour),
            border: None,
        }),
        (TieKind::Opposes, [one, two]) => shapes.push(line(*one, *two, pen(colour, 2.0))),
        _ => {}
    }
    shapes.push(polarity_mark(
        path.middle,
        8.0,
        side,
        true,
        PALETTE.polarity(side),
    ));
    shapes
}

fn spot_shapes(
    spot: &Spot,
    (at, radius): (Point, f32),
    name: Option<Area>,
    measure: &dyn Measure,
) -> Vec<Shape> {
    let colour = spot
        .entity_type
        .map_or(PALETTE.ink3, |kind| PALETTE.entity_type(kind));
    let letter = spot.entity_type.map_or("", EntityType::letter);
    let size = (radius * 1.15).max(8.5);
    let mut shapes = vec![
        Shape::Rect {
            area: around(at, radius),
            radius: 3.0,
            fill: Fill::Solid(colour),
            border: Some(pen(PALETTE.page, 1.0)),
        },
        text(
            point(at.x, at.y + size * 0.36),
            letter,
            style(Face::UiSemibold, size),
            PALETTE.inv,
            Anchor::Middle,
        ),
    ];
    if let Some(area) = name {
        let look = style(Face::UiMedium, 9.0);
        // Ties under a name shall not cross it out.
        shapes.push(Shape::Rect {
            area,
            radius: 2.0,
            fill: Fill::Solid(PALETTE.page),
            border: None,
        });
        shapes.push(text(
            point(area.centre().x, area.y + 9.0),
            elide(&spot.name, look, NAME_ROOM, measure),
            look,
            PALETTE.ink,
            Anchor::Middle,
        ));
    }
    shapes
}
