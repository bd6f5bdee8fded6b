//! The network: ties and actors lead to their statements, it moves and zooms.

use std::collections::BTreeSet;

use demarche::analysis::{NetworkKind, NetworkOptions, StatementRef};
use demarche::app::{Region, StanceOptions, StanceTab};
use demarche::model::{Act, Polarity};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::fixture::{Bench, Said, crowd, entity, harness_of, said, strait};

fn bench(articles: &[Vec<Said>], kind: NetworkKind) -> Bench {
    let mut bench = Bench::new(articles);
    bench.view.stance_tab = StanceTab::Network;
    bench.view.stance = StanceOptions {
        network: NetworkOptions {
            kind,
            ..NetworkOptions::default()
        },
        ..StanceOptions::default()
    };
    bench
}

/// Velmora opposes Astrany twice and supports it once; Astrany opposes Velmora once.
fn quarrel() -> Vec<Vec<Said>> {
    let one = |holder, target, act, side| Said {
        target: Some(target),
        ..said(holder, act, side)
    };
    vec![vec![
        one("Velmora", "Astrany", Act::Reject, Polarity::Oppose),
        one("Velmora", "Astrany", Act::Accuse, Polarity::Oppose),
        one("Velmora", "Astrany", Act::Support, Polarity::Support),
        one("Astrany", "Velmora", Act::Threaten, Polarity::Oppose),
        one("Lorvik", "Astrany", Act::Support, Polarity::Support),
    ]]
}

fn asked(harness: &Harness<'_, Bench>) -> BTreeSet<StatementRef> {
    let state = harness.state();
    let found = state
        .view
        .filter
        .statements(&state.snap.project, &state.snap.view);
    found.map(|(at, _)| at).collect()
}

#[test]
fn a_tie_opens_exactly_its_statements() {
    let bench = bench(&quarrel(), NetworkKind::Direct);
    let mut harness = harness_of(bench, [456.0, 900.0], false);
    let tie = "Velmora opposes Astrany, 2 statements";
    harness.get_by_label(tie).click();
    harness.run();
    let found = asked(&harness);
    assert_eq!(found.len(), 2);
    let state = harness.state();
    for at in &found {
        let value = &state.snap.view.statement(*at).unwrap().value;
        assert_eq!(value.holder.entity, entity("Velmora"));
        assert_eq!(value.polarity_target, Some(Polarity::Oppose));
    }
    harness.get_by_label("Statements 2 of 5");
    // The network itself stays, and again takes it back.
    harness.get_by_label("Lorvik supports Astrany, 1 statement");
    harness.get_by_label(tie).click();
    harness.run();
    assert_eq!(harness.state().view.filter.picked, None);
}

#[test]
fn an_actor_is_selected_by_a_click_and_the_others_stay() {
    let bench = bench(&quarrel(), NetworkKind::Direct);
    let mut harness = harness_of(bench, [456.0, 900.0], false);
    harness
        .get_by_label("Lorvik, 1 support, 0 oppose, 0 neither, 1 tie")
        .click();
    harness.run();
    let view = &harness.state().view;
    assert_eq!(view.selection.entity, Some(entity("Lorvik")));
    assert_eq!(view.filter.holders, [entity("Lorvik")].into());
    harness.get_by_label("Velmora, 1 support, 2 oppose, 0 neither, 3 ties");
    assert_eq!(asked(&harness).len(), 1);
}

#[test]
fn the_kind_of_ties_is_picked_from_a_menu() {
    let bench = bench(&strait(), NetworkKind::Direct);
    let mut harness = harness_of(bench, [456.0, 900.0], false);
    harness
        .get_by_label("Ties: Positions towards each other")
        .click();
    harness.run();
    harness
        .get_by_label_contains("Opposite sides on issues")
        .click();
    harness.run();
    assert_eq!(
        harness.state().view.stance.network.kind,
        NetworkKind::Conflict
    );
    let ties = harness.query_all_by_label_contains(" disagrees with ");
    assert!(ties.count() > 0);
}

#[test]
fn the_wheel_zooms_and_fit_brings_all_back() {
    let bench = bench(&strait(), NetworkKind::Direct);
    let mut harness = harness_of(bench, [456.0, 900.0], false);
    let centre = |harness: &Harness<'_, Bench>| {
        harness
            .get_by_label_contains("Astrany, 3 support, 10 oppose")
            .rect()
            .center()
    };
    let before = centre(&harness);
    harness.hover_at(before + egui::vec2(40.0, 30.0));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 120.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    });
    harness.run_steps(30);
    let after = centre(&harness);
    assert!((after - before).length() > 4.0, "{before} {after}");
    harness.get_by_label("Fit the network").click();
    harness.run();
    assert!((centre(&harness) - before).length() < 0.5);
}

#[test]
fn pictures_of_the_network_stay() {
    let mut results = egui_kittest::SnapshotResults::new();
    let direct = bench(&strait(), NetworkKind::Direct);
    let mut light = harness_of(direct, [456.0, 900.0], false);
    results.add(light.try_snapshot("stance_network_light"));
    let mut subtract = bench(&strait(), NetworkKind::Subtract);
    subtract.view.enlarged = Some(Region::Stance);
    let mut dark = harness_of(subtract, [1240.0, 860.0], true);
    results.add(dark.try_snapshot("stance_network_dark"));
    let mut many = bench(&crowd(600), NetworkKind::Direct);
    many.view.enlarged = Some(Region::Stance);
    let mut many = harness_of(many, [1240.0, 860.0], false);
    results.add(many.try_snapshot("stance_network_many"));
}
