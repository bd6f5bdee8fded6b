//! Every bar, cell, column, step and tie asks for as many statements as it says, of those it names.

use demarche::analysis::{NetworkKind, NetworkOptions, Period};
use demarche::app::{Region, StanceTab};
use demarche::model::{Act, Polarity};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::fixture::{Bench, Said, harness_of, said, strait};

/// Twelve statements in three articles. Velmora: 3 oppose (one twice in an article, and once more by
/// its minister), 1 support, 1 neither. Astrany: 2 oppose, 2 support. Lorvik: 2 support, 1 oppose.
fn small() -> Vec<Vec<Said>> {
    let to = |holder, target, act, side| Said {
        target: Some(target),
        ..said(holder, act, side)
    };
    let on = |holder, about, act, side| Said {
        about: Some(about),
        ..said(holder, act, side)
    };
    use Polarity::{Neutral, Oppose, Support};
    vec![
        vec![
            to("Velmora", "Astrany", Act::Reject, Oppose),
            to("Velmora", "Astrany", Act::Reject, Oppose),
            to("Ilse Maren", "Astrany", Act::Accuse, Oppose),
            on("Velmora", "ban", Act::Support, Support),
            to("Astrany", "Velmora", Act::Threaten, Oppose),
        ],
        vec![
            on("Velmora", "ban", Act::Reject, Oppose),
            to("Velmora", "Lorvik", Act::Request, Neutral),
            on("Astrany", "ban", Act::Support, Support),
            to("Lorvik", "Velmora", Act::Support, Support),
        ],
        vec![
            on("Astrany", "ban", Act::Reject, Oppose),
            to("Astrany", "Lorvik", Act::Agree, Support),
            on("Lorvik", "ban", Act::Support, Support),
            to("Lorvik", "Astrany", Act::Accuse, Oppose),
        ],
    ]
}

/// Statements of the fixture, that said again left out.
const ALL: usize = 12;

fn asked(harness: &Harness<'_, Bench>) -> usize {
    let state = harness.state();
    let filter = &state.view.filter;
    filter
        .statements(&state.snap.project, &state.snap.view)
        .count()
}

/// Names of a role that `wanted` says yes to.
fn labels(harness: &Harness<'_, Bench>, role: Role, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = harness
        .query_all_by_role(role)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| wanted(label))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The last of the numbers before these words, summed.
fn says(label: &str, words: &[&str]) -> usize {
    let parts: Vec<&str> = label.split([' ', ',']).collect();
    let number = |at: usize| parts.get(at.checked_sub(1)?)?.parse::<usize>().ok();
    let counts = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| words.contains(part))
        .filter_map(|(at, _)| number(at));
    counts.sum()
}

/// Clicks each in a panel of its own; `at` is where on it.
fn each(
    make: &dyn Fn() -> Harness<'static, Bench>,
    labels: &[String],
    words: &[&str],
    at: impl Fn(egui::Rect) -> egui::Pos2,
) -> usize {
    let mut sum = 0;
    for label in labels {
        let mut harness = make();
        let place = at(harness.get_by_label(label).rect());
        harness.drag_at(place);
        harness.drop_at(place);
        harness.run();
        let wanted = says(label, words);
        assert!(wanted > 0, "{label}");
        assert_eq!(asked(&harness), wanted, "{label}");
        sum += wanted;
    }
    sum
}

const SIDES: [&str; 3] = ["support", "oppose", "neither"];

fn panel(change: impl Fn(&mut Bench)) -> Harness<'static, Bench> {
    let mut bench = Bench::new(&small());
    bench.view.enlarged = Some(Region::Stance);
    change(&mut bench);
    harness_of(bench, [1400.0, 900.0], false)
}

#[test]
fn every_bar_asks_for_its_statements() {
    let make = || panel(|_| ());
    let bars = labels(&make(), Role::Button, |label| {
        let (_, side) = label.split_once(", ").unwrap_or_default();
        SIDES.iter().any(|word| side.ends_with(word)) && !label.contains("Positions")
    });
    // Velmora has all three sides, the others two.
    assert_eq!(bars.len(), 7, "{bars:?}");
    let sum = each(&make, &bars, &SIDES, |rect| rect.center());
    assert_eq!(sum, ALL, "each statement stands in one bar");
}

#[test]
fn every_column_by_period_asks_for_its_statements() {
    let make = || panel(|bench| bench.view.stance.period = Period::Week);
    let columns = labels(&make(), Role::Button, |label| label.contains(", week of "));
    assert!(columns.len() >= 3, "{columns:?}");
    let sum = each(&make, &columns, &SIDES, |rect| rect.center());
    assert_eq!(sum, ALL, "all are dated");
}

#[test]
fn every_cell_asks_for_its_statements() {
    let make = || panel(|bench| bench.view.stance_tab = StanceTab::Matrix);
    let found = make();
    let cells: Vec<String> = [Role::Button, Role::Cell, Role::ListItem]
        .into_iter()
        .flat_map(|role| {
            labels(&found, role, |label| {
                let about = label.contains(" towards ") || label.contains(" on ");
                about && label.ends_with(" neither") && says(label, &SIDES) > 0
            })
        })
        .collect();
    assert!(cells.len() >= 8, "{cells:?}");
    // Above the squares, which select.
    let sum = each(&make, &cells, &SIDES, |rect| {
        rect.center_top() + egui::vec2(0.0, 8.0)
    });
    assert_eq!(
        sum, ALL,
        "each stands in one cell: none has both target and issue"
    );
}

#[test]
fn every_tie_asks_for_its_statements() {
    let network = |kind| {
        move || {
            panel(|bench| {
                bench.view.stance_tab = StanceTab::Network;
                bench.view.stance.network = NetworkOptions {
                    kind,
                    ..NetworkOptions::default()
                };
            })
        }
    };
    let tie = |label: &str| {
        let verbs = [
            " opposes ",
            " supports ",
            " agrees with ",
            " disagrees with ",
        ];
        verbs.iter().any(|verb| label.contains(verb))
    };
    let words = ["statement", "statements"];
    for (kind, count, statements) in [
        // Velmora, its minister: 2 oppose Astrany; Astrany opposes Velmora and supports Lorvik;
        // Lorvik supports Velmora and opposes Astrany.
        (NetworkKind::Direct, 5, Some(6)),
        (NetworkKind::Congruence, 3, None),
        (NetworkKind::Conflict, 3, None),
    ] {
        let make = network(kind);
        let ties = labels(&make(), Role::Button, tie);
        assert_eq!(ties.len(), count, "{kind:?} {ties:?}");
        let sum = each(&make, &ties, &words, |rect| rect.center());
        if let Some(statements) = statements {
            assert_eq!(sum, statements, "{kind:?}");
        }
    }
}

#[test]
fn every_step_asks_for_its_statements() {
    let make = || panel(|bench| bench.view.stance_tab = StanceTab::Issues);
    let steps = labels(&make(), Role::Button, |label| {
        label.contains(" on ban, ") && label.contains(" Mar, ")
    });
    assert!(steps.len() >= 5, "{steps:?}");
    let words = ["statement", "statements"];
    let sum = each(&make, &steps, &words, |rect| rect.center());
    assert_eq!(sum, 5, "of five statements on the ban");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a project is coded first")]
fn bars_by_an_own_field_ask_for_exactly_their_statements() {
    use demarche::analysis::{Joined, ProjectView};
    use demarche::model::{Field, FieldId, FieldKind};
    let field = FieldId(9);
    let mut bench = Bench::new(&strait());
    let refs: Vec<_> = bench.snap.view.statements().map(|(at, _)| at).collect();
    let project = std::sync::Arc::make_mut(&mut bench.snap.project);
    let known = Field {
        name: "Venue".to_owned(),
        kind: FieldKind::Category,
        choices: vec!["Council".to_owned(), "Press".to_owned()],
        ..Field::default()
    };
    project.codebook.fields.insert(field, known);
    for (place, at) in refs.iter().enumerate().take(12) {
        let value = if place % 4 == 0 { "Council" } else { "Press" };
        let state = std::sync::Arc::make_mut(project.articles.get_mut(&at.article).unwrap());
        let codes = state.codes.entry(at.id).or_default();
        codes.insert(field, value.to_owned());
    }
    bench.snap.view = ProjectView::new(project, &Joined::default()).into();
    bench.snap.revision += 1;
    let mut harness = harness_of(bench, [456.0, 900.0], false);
    harness
        .get_by_label("Order of holders: Most statements")
        .click();
    harness.run();
    harness.get_by_label("Venue").click();
    harness.run();
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.get_by_label("Rows by Venue, order: Most statements");
    let count = |harness: &egui_kittest::Harness<'_, Bench>| {
        let state = harness.state();
        let filter = &state.view.filter;
        filter
            .statements(&state.snap.project, &state.snap.view)
            .count()
    };
    let row = |harness: &egui_kittest::Harness<'_, Bench>, start: &str| {
        let row = harness.get_by(|node| {
            let label = node.label().unwrap_or_default();
            label.starts_with(start) && label.ends_with("neither") && label.contains(" support, ")
        });
        row.accesskit_node().label().unwrap_or_default()
    };
    for (start, all) in [("Council, ", 3), ("Press, ", 9), ("no value, ", 140)] {
        let label = row(&harness, start);
        let numbers: usize = label
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse::<usize>().ok())
            .sum();
        assert_eq!(numbers, all, "{label}");
        harness.get_by_label(&label).click_accesskit();
        harness.run();
        assert_eq!(count(&harness), all, "{label}");
        harness.get_by_label(&label).click_accesskit();
        harness.run();
        assert!(
            harness.state().view.filter.is_empty(),
            "again takes it back"
        );
    }
    let state = harness.state();
    assert_eq!(state.view.stance.field, Some(field));
}
