//! Layouts of small networks.

use super::*;
use crate::analysis::fixtures::Fixture;
use crate::analysis::{Filter, NetworkOptions, network};
use crate::model::{Act, Polarity};

fn says(fixture: Fixture, one: &str, two: &str, side: Polarity) -> Fixture {
    let act = if side == Polarity::Support {
        Act::Support
    } else {
        Act::Reject
    };
    fixture.says(one, two, act, side)
}

/// Two camps of three that are for each other and against the others' leaders; one pair apart.
fn camps() -> Fixture {
    let mut fixture = Fixture::new();
    for camp in [["Aland", "Bland", "Cland"], ["Dland", "Eland", "Fland"]] {
        for (one, two) in [(0, 1), (1, 2), (2, 0)] {
            fixture = says(fixture, camp[one], camp[two], Polarity::Support);
        }
    }
    fixture = says(fixture, "Aland", "Dland", Polarity::Oppose);
    says(fixture, "Yland", "Zland", Polarity::Oppose)
}

fn plan(fixture: &Fixture, start: &Arrangement) -> Plan {
    let (project, view) = fixture.build();
    let made = network(
        &project,
        &view,
        &Filter::default(),
        NetworkOptions::default(),
    );
    Plan::new(&made, start)
}

fn run(fixture: &Fixture, start: &Arrangement) -> Arrangement {
    plan(fixture, start).run(&|| false).unwrap()
}

fn far(places: &Arrangement, one: &str, two: &str) -> f32 {
    let at = |name| places.places[&crate::analysis::fixtures::entity(name)];
    let ((ax, ay), (bx, by)) = (at(one), at(two));
    f32::hypot(ax - bx, ay - by)
}

#[test]
fn the_same_network_looks_the_same_twice() {
    let none = Arrangement::default();
    let once = run(&camps(), &none);
    assert_eq!(once, run(&camps(), &none));
    assert_eq!(once.places.len(), 8);
    assert_eq!(once.key, plan(&camps(), &once).key());
}

#[test]
fn those_who_are_for_each_other_stand_nearer_than_opponents() {
    let places = run(&camps(), &Arrangement::default());
    let near = far(&places, "Aland", "Bland");
    assert!(near < far(&places, "Aland", "Dland") * 0.75, "{near}");
    for (one, two) in [("Aland", "Bland"), ("Dland", "Fland"), ("Yland", "Zland")] {
        assert!(f64::from(far(&places, one, two)) >= APART * 0.7);
    }
}

#[test]
fn a_small_change_moves_little_and_starting_again_from_there_nothing() {
    let before = run(&camps(), &Arrangement::default());
    let more = says(camps(), "Gland", "Aland", Polarity::Support);
    let after = run(&more, &before);
    assert_ne!(before.key, after.key);
    let most = before
        .places
        .iter()
        .map(|(actor, (x, y))| {
            let (ax, ay) = after.places[actor];
            f32::hypot(ax - x, ay - y)
        })
        .fold(0.0, f32::max);
    assert!(most < 60.0, "{most}");
    let again = run(&more, &after);
    for (actor, (x, y)) in &after.places {
        let (ax, ay) = again.places[actor];
        assert!(f32::hypot(ax - x, ay - y) < 3.0);
    }
}

#[test]
fn actors_without_a_tie_stand_in_rows_below() {
    let mut fixture = camps();
    for name in ["Hland", "Iland", "Jland"] {
        fixture = says(fixture, name, "Kland", Polarity::Neutral);
    }
    let places = run(&fixture, &Arrangement::default());
    let y = |name| places.places[&crate::analysis::fixtures::entity(name)].1;
    for name in ["Hland", "Iland", "Jland", "Kland"] {
        assert!(y(name) > y("Aland") && y(name) > y("Zland"));
    }
}

#[test]
fn two_hundred_actors_do_not_stand_on_each_other_and_a_stop_is_heard() {
    let mut fixture = Fixture::new();
    for at in 0..200_usize {
        let side = if at % 3 == 0 {
            Polarity::Oppose
        } else {
            Polarity::Support
        };
        let (one, two) = (format!("n{at}"), format!("n{}", at * 7 % 40));
        fixture = says(fixture, &one, &two, side);
    }
    let plan = plan(&fixture, &Arrangement::default());
    assert_eq!(plan.run(&|| true), None);
    let places = plan.run(&|| false).unwrap();
    let all: Vec<_> = places.places.values().collect();
    let mut close = 0;
    for (at, (x, y)) in all.iter().enumerate() {
        for (ox, oy) in all.iter().skip(at + 1) {
            close += usize::from(f32::hypot(x - ox, y - oy) < 24.0);
        }
    }
    assert_eq!(close, 0);
}
