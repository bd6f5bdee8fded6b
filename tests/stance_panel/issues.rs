//! Issues: step lines and shifts lead to their statements.

use demarche::app::{Command, Region, StanceTab};
use demarche::model::{Act, Polarity};
use egui::accesskit;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::fixture::{Bench, Said, harness_of, said, strait};

/// Velmora opposes the ban on 12 March and supports it on 11 March: the newest article comes first.
fn turned() -> Vec<Vec<Said>> {
    let on = |act, side| {
        vec![Said {
            about: Some("ban"),
            ..said("Velmora", act, side)
        }]
    };
    vec![
        on(Act::Reject, Polarity::Oppose),
        on(Act::Support, Polarity::Support),
        on(Act::Support, Polarity::Support),
    ]
}

fn bench(articles: &[Vec<Said>], shifts: bool) -> Bench {
    let mut bench = Bench::new(articles);
    bench.view.stance_tab = StanceTab::Issues;
    bench.view.stance.shifts = shifts;
    bench
}

fn asked(harness: &Harness<'_, Bench>) -> usize {
    let state = harness.state();
    let found = state
        .view
        .filter
        .statements(&state.snap.project, &state.snap.view);
    found.count()
}

#[test]
fn a_mark_of_a_step_line_selects_the_statement_that_moved_it() {
    let mut harness = harness_of(bench(&turned(), false), [456.0, 760.0], false);
    harness.get_by_label("Velmora on ban, 10 Mar, support, 1 statement");
    harness
        .get_by_label("Velmora on ban, 12 Mar, oppose, moved, 1 statement")
        .click();
    harness.run();
    assert_eq!(asked(&harness), 1);
    let state = harness.state();
    let at = state.view.selection.annotation.unwrap();
    let row = state.snap.view.articles[&at.article]
        .statement(at.id)
        .unwrap();
    assert_eq!(row.value.polarity_issue, Some(Polarity::Oppose));
}

#[test]
fn a_shift_stands_side_by_side_and_opens_both() {
    let mut harness = harness_of(bench(&turned(), true), [456.0, 760.0], false);
    let sides: Vec<String> = harness
        .query_all_by_role(accesskit::Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains(" Mar 2026, "))
        .collect();
    assert_eq!(sides.len(), 2);
    assert!(
        sides[0].starts_with("11 Mar 2026, support: Velmora support ban"),
        "{sides:?}"
    );
    assert!(
        sides[1].starts_with("12 Mar 2026, oppose: Velmora reject ban"),
        "{sides:?}"
    );
    harness
        .get_by_label("Velmora on ban, from support to oppose")
        .click();
    harness.run();
    assert_eq!(asked(&harness), 2);
    harness.get_by_label(&sides[0]).click();
    harness.run();
    assert!(matches!(
        harness.state().seen.last(),
        Some(Command::Select(Some(_)))
    ));
}

#[test]
fn pictures_of_issues_stay() {
    let mut results = egui_kittest::SnapshotResults::new();
    let mut panel = harness_of(bench(&strait(), false), [456.0, 760.0], false);
    results.add(panel.try_snapshot("stance_issues_light"));
    let mut wide = bench(&strait(), false);
    wide.view.enlarged = Some(Region::Stance);
    let mut wide = harness_of(wide, [1240.0, 860.0], true);
    results.add(wide.try_snapshot("stance_issues_wide_dark"));
    let mut shifts = harness_of(bench(&strait(), true), [456.0, 760.0], false);
    results.add(shifts.try_snapshot("stance_shifts_light"));
    let mut periods = Bench::new(&strait());
    periods.view.stance.period = demarche::analysis::Period::Week;
    let mut periods = harness_of(periods, [456.0, 760.0], true);
    results.add(periods.try_snapshot("stance_periods_dark"));
    let mut shifts = harness_of(bench(&strait(), true), [456.0, 760.0], true);
    results.add(shifts.try_snapshot("stance_shifts_dark"));
    let mut periods = Bench::new(&strait());
    periods.view.stance.period = demarche::analysis::Period::Week;
    periods.view.enlarged = Some(Region::Stance);
    let mut periods = harness_of(periods, [1240.0, 860.0], false);
    results.add(periods.try_snapshot("stance_periods_light"));
}
