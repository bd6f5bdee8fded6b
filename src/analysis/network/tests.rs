//! Hand-counted networks.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::fixtures::{Fixture, entity, issue};
use crate::model::Act;

fn build(fixture: &Fixture, options: NetworkOptions) -> (Network, ProjectView) {
    let (project, view) = fixture.build();
    let made = network(&project, &view, &Filter::default(), options);
    (made, view)
}

/// *from verb to weight (statements)*, in order.
fn told(network: &Network, view: &ProjectView) -> Vec<String> {
    let name = |place: usize| view.entity_name(network.nodes[place].entity);
    let words = |tie: &Tie| {
        format!(
            "{} {} {} {:.3} ({})",
            name(tie.from),
            tie.kind.verb(),
            name(tie.to),
            tie.weight,
            tie.statements.len()
        )
    };
    network.ties.iter().map(words).collect()
}

fn options(kind: NetworkKind, normalisation: Normalisation, repeats: Repeats) -> NetworkOptions {
    NetworkOptions {
        kind,
        normalisation,
        repeats,
    }
}

#[test]
fn direct_ties_count_statements_by_direction_and_side() {
    let fixture = Fixture::new()
        .office("Maren", "Velmora")
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .says("Maren", "Astrany", Act::Accuse, Polarity::Oppose)
        .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
        .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
        .says("Lorvik", "Velmora", Act::Request, Polarity::Neutral)
        .says("Maren", "Velmora", Act::Support, Polarity::Support);
    let (made, view) = build(&fixture, NetworkOptions::default());
    assert_eq!(
        told(&made, &view),
        [
            "Velmora supports Astrany 1.000 (1)",
            "Velmora opposes Astrany 2.000 (2)",
            "Astrany opposes Velmora 1.000 (1)",
        ]
    );
    let velmora = &made.nodes[0];
    assert_eq!((velmora.held.len(), velmora.received), (3, 2));
    assert_eq!((made.nodes.len(), made.neither), (3, 1));
}

/// Issue a: A +2 (two articles), B +1, C −1. Issue b: A −1, B −1, C −1. Issue c: B +1 only.
fn debate() -> Fixture {
    Fixture::new()
        .on("A", "a", Act::Support, Polarity::Support)
        .on("B", "a", Act::Support, Polarity::Support)
        .on("C", "a", Act::Reject, Polarity::Oppose)
        .on("A", "b", Act::Reject, Polarity::Oppose)
        .on("B", "b", Act::Reject, Polarity::Oppose)
        .on("C", "b", Act::Reject, Polarity::Oppose)
        .on("B", "c", Act::Support, Polarity::Support)
        .next_article()
        .on("A", "a", Act::Agree, Polarity::Support)
        .on("C", "c", Act::Request, Polarity::Neutral)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of hand-counted weights")]
fn congruence_and_conflict_are_those_of_discourse_network_analysis() {
    use NetworkKind::{Conflict, Congruence, Subtract};
    use Normalisation::{Average, Cosine, Jaccard, None};
    let check = |kind, normalisation, repeats, expected: &[(&str, &str, f64)]| {
        let (made, view) = build(&debate(), options(kind, normalisation, repeats));
        let name = |place: usize| view.entity_name(made.nodes[place].entity).to_owned();
        let mut found: BTreeMap<(String, String), f64> = BTreeMap::new();
        for tie in &made.ties {
            let mut pair = [name(tie.from), name(tie.to)];
            pair.sort();
            let [one, two] = pair;
            let sign = if kind == Subtract && !tie.kind.is_positive() {
                -1.0
            } else {
                1.0
            };
            found.insert((one, two), sign * tie.weight);
        }
        assert_eq!(found.len(), expected.len(), "{kind:?} {normalisation:?}");
        for (one, two, weight) in expected {
            let got = found[&((*one).to_owned(), (*two).to_owned())];
            let case = format!("{kind:?} {normalisation:?} {repeats:?} {one}{two}: {got}");
            assert!((got - weight).abs() < 1e-9, "{case}");
        }
    };
    // Once: A = {a+, b−}, B = {a+, b−, c+}, C = {a−, b−}.
    let once = Repeats::Once;
    check(
        Congruence,
        None,
        once,
        &[("A", "B", 2.0), ("A", "C", 1.0), ("B", "C", 1.0)],
    );
    check(Conflict, None, once, &[("A", "C", 1.0), ("B", "C", 1.0)]);
    // A–C and B–C cancel out.
    check(Subtract, None, once, &[("A", "B", 2.0)]);
    // (2 + 3) / 2, (2 + 2) / 2, (3 + 2) / 2.
    check(
        Congruence,
        Average,
        once,
        &[
            ("A", "B", 2.0 / 2.5),
            ("A", "C", 0.5),
            ("B", "C", 1.0 / 2.5),
        ],
    );
    // Unions of 3, 3 and 4 positions.
    check(
        Congruence,
        Jaccard,
        once,
        &[
            ("A", "B", 2.0 / 3.0),
            ("A", "C", 1.0 / 3.0),
            ("B", "C", 0.25),
        ],
    );
    // Activities of 2, 3 and 2: 2·3, 2·2, 3·2.
    check(
        Congruence,
        Cosine,
        once,
        &[
            ("A", "B", 2.0 / 6.0),
            ("A", "C", 0.25),
            ("B", "C", 1.0 / 6.0),
        ],
    );
    // Conflict is divided by the same.
    check(
        Conflict,
        Cosine,
        once,
        &[("A", "C", 0.25), ("B", "C", 1.0 / 6.0)],
    );
    // A said a+ in two articles: 2·1 + 1·1; and 2·1 against C.
    for repeats in [Repeats::PerArticle, Repeats::All] {
        check(
            Congruence,
            None,
            repeats,
            &[("A", "B", 3.0), ("A", "C", 1.0), ("B", "C", 1.0)],
        );
        check(Conflict, None, repeats, &[("A", "C", 2.0), ("B", "C", 1.0)]);
        check(
            Subtract,
            None,
            repeats,
            &[("A", "B", 3.0), ("A", "C", -1.0)],
        );
        // m11 = 2·1 + 1·1, m10 = 0, m01 = 1.
        let ab = 3.0 / 4.0;
        // m11 = 1, m10 = 2, m01 = 1; B–C: m11 = 1, m10 = 2, m01 = 1.
        check(
            Congruence,
            Jaccard,
            repeats,
            &[("A", "B", ab), ("A", "C", 0.25), ("B", "C", 0.25)],
        );
    }
}

#[test]
fn a_tie_names_its_issues_and_exactly_the_statements_it_counts() {
    let (made, view) = build(
        &debate(),
        options(NetworkKind::Conflict, Normalisation::None, Repeats::Once),
    );
    assert_eq!(
        told(&made, &view),
        [
            "A disagrees with C 1.000 (3)",
            "B disagrees with C 1.000 (2)"
        ]
    );
    for tie in &made.ties {
        assert_eq!(tie.issues, [issue("a")]);
        for at in &tie.statements {
            let value = &view.statement(*at).unwrap().value;
            let about = value.issue.as_ref().unwrap().issue;
            assert_eq!(about, Some(issue("a")));
            let holder = value.holder.entity;
            assert!(
                [tie.from, tie.to]
                    .iter()
                    .any(|n| made.nodes[*n].entity == holder)
            );
        }
    }
    assert_eq!(made.neither, 1);
}

#[test]
fn the_filter_dims_actors_and_drops_none() {
    let fixture = Fixture::new()
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .says("Lorvik", "Astrany", Act::Support, Polarity::Support);
    let (project, view) = fixture.build();
    let mut filter = Filter::default();
    filter.holders.insert(entity("Velmora"));
    let made = network(&project, &view, &filter, NetworkOptions::default());
    let asked: Vec<_> = made
        .nodes
        .iter()
        .map(|node| (view.entity_name(node.entity), node.asked))
        .collect();
    assert_eq!(
        asked,
        [("Astrany", false), ("Lorvik", false), ("Velmora", true)]
    );
    assert_eq!(made.ties.len(), 2);
}
