//! The figure as text: marks, words, days shown.

use super::*;
use crate::analysis::fixtures::Fixture;
use crate::analysis::{Filter, LaneKind, timeline};
use crate::figure::frame::fixtures::{Half, words};
use crate::model::Act;

fn figure() -> Scene {
    let (project, view) = Fixture::new()
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .says("Velmora", "Astrany", Act::Sanction, Polarity::Oppose)
        .dated("2026-02-13/2026-04")
        .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
        .dated("2026-02")
        .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
        .undated()
        .build();
    let filter = Filter::default();
    let chart = timeline(&project, &view, &filter, LaneKind::Actor);
    let density = crate::analysis::density(&project, &view, &filter, Bin::Week);
    let input = Input {
        timeline: &chart,
        density: &density,
        bin: Bin::Week.name(),
        days: chart.span().unwrap(),
        most_lanes: 20,
        project: &project,
        view: &view,
        today: crate::analysis::fixtures::march(14),
    };
    scene(input, &words(), 600.0, &Half)
}

#[test]
fn marks_lead_to_their_statements() {
    let scene = figure();
    let named = |name: &str| {
        let mut marks = scene.marks.iter().filter(|mark| mark.name == name);
        marks
            .next()
            .unwrap_or_else(|| panic!("{name}"))
            .stands_for
            .len()
    };
    assert_eq!(named("Velmora, 12 March 2026, oppose"), 1);
    assert_eq!(named("Velmora, 13 Feb – 30 Apr 2026, oppose"), 1);
    assert_eq!(named("Astrany, February 2026, oppose"), 1);
    assert_eq!(named("Astrany, 2 statements"), 0);
}

#[test]
fn a_mention_of_long_ago_does_not_squeeze_the_rest() {
    let mut fixture = Fixture::new();
    for day in 1..=20 {
        fixture = fixture
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated(&format!("2026-03-{day:02}"));
    }
    let near = fixture.clone();
    let far = fixture
        .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
        .dated("1979");
    let fitted = |fixture: &Fixture| {
        let (project, view) = fixture.build();
        fit(&timeline(
            &project,
            &view,
            &Filter::default(),
            LaneKind::Actor,
        ))
        .unwrap()
    };
    let march = |day| crate::analysis::fixtures::march(day);
    let (days, outside) = fitted(&near);
    assert_eq!((days.first, days.last, outside), (march(1), march(20), 0));
    let (days, outside) = fitted(&far);
    assert_eq!(outside, 1);
    assert!(
        days.first.year() == 2026 && days.last >= march(20),
        "{days:?}"
    );
}

#[test]
fn undated_statements_are_counted_and_axis_is_labelled() {
    let scene = figure();
    let said: Vec<_> = scene.texts().map(|text| text.words.as_str()).collect();
    for wanted in ["1 without a date", "Articles per week", "March", "without"] {
        let found = said.iter().any(|words| words.contains(wanted));
        assert!(found, "{wanted} in {said:?}");
    }
    for text in scene.texts() {
        assert!(
            text.at.x <= scene.width && text.at.y <= scene.height,
            "{text:?}"
        );
    }
}

#[test]
fn the_legend_explains_what_is_drawn_and_no_more() {
    let scene = figure();
    let said = |wanted: &str| scene.texts().any(|text| text.words == wanted);
    for (words, drawn) in [
        ("oppose", true),
        ("hollow: suggested, not yet reviewed", true),
        ("one day within this span", true),
        ("support", false),
        ("neither", false),
        ("still in force", false),
        ("added by hand", false),
    ] {
        assert_eq!(said(words), drawn, "{words}");
    }
}
