//! Bars, matrix, issues and the list of statements.

use demarche::app::{Command, Region, StanceTab};
use demarche::edit::Edit;
use demarche::model::{Act, ArticleId, Polarity};
use egui::{Key, accesskit};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::fixture::{Bench, Said, cards, entity, harness, harness_of, issue, said, strait};

#[test]
fn rows_say_their_counts_and_a_click_asks_for_the_holder() {
    let mut harness = harness(&strait());
    harness.get_by_label("Astrany, 9 support, 27 oppose, 5 neither");
    harness.get_by_label("Statements 152");
    let velmora = "Velmora, 14 support, 23 oppose, 6 neither";
    harness.get_by_label(velmora).click_accesskit();
    harness.run();
    let view = &harness.state().view;
    assert_eq!(view.selection.entity, Some(entity("Velmora")));
    assert_eq!(view.filter.holders, [entity("Velmora")].into());
    harness.get_by_label("Statements 43 of 152");
    let shown = cards(&harness);
    assert!(!shown.is_empty());
    for card in shown {
        assert!(card.starts_with("Velmora"), "{card}");
    }
    // The others are dimmed, not dropped; again takes it back.
    harness.get_by_label("United Nations, 5 support, 0 oppose, 3 neither");
    harness.get_by_label(velmora).click_accesskit();
    harness.run();
    assert!(harness.state().view.filter.is_empty());
    assert_eq!(harness.state().view.selection.entity, None);
}

fn asked(harness: &Harness<'_, Bench>) -> Vec<demarche::model::Statement> {
    let state = harness.state();
    let (project, view) = (&state.snap.project, &state.snap.view);
    let found = state.view.filter.statements(project, view);
    found.map(|(_, row)| row.value.clone()).collect()
}

#[test]
fn a_bar_asks_for_exactly_its_statements() {
    let mut harness = harness(&strait());
    harness.get_by_label("Velmora, 23 oppose").click();
    harness.run();
    let found = asked(&harness);
    assert_eq!(found.len(), 23);
    assert!(found.iter().all(|s| s.polarity() == Polarity::Oppose));
    assert_eq!(harness.state().view.filter.picked, None, "words say it all");
    harness.get_by_label("Statements 23 of 152");
}

#[test]
fn columns_by_period_ask_for_exactly_their_statements() {
    let mut bench = Bench::new(&strait());
    bench.view.stance.period = demarche::analysis::Period::Week;
    let mut harness = harness_of(bench, [456.0, 760.0], false);
    let column = harness
        .get_all_by_role(accesskit::Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with("Astrany, week of 9 Mar 2026"))
        .unwrap();
    harness.get_by_label(&column).click();
    harness.run();
    let found = asked(&harness);
    let numbers: Vec<usize> = column
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .collect();
    // Day and year, then support, oppose, neither.
    assert_eq!(found.len(), numbers[2] + numbers[3] + numbers[4]);
    for statement in found {
        let day = statement.date.unwrap().value.0;
        assert!(
            ("2026-03-09".."2026-03-16").contains(&day.as_str()),
            "{day}"
        );
        assert_eq!(statement.holder.entity, entity("Astrany"));
    }
}

#[test]
fn offices_count_for_themselves_when_switched_off() {
    let mut harness = harness(&strait());
    harness.get_by_label_contains("Velmora via Ilse Maren REJECT Astrany on cargo inspection");
    harness
        .get_by_label("Offices count with their state")
        .click();
    harness.run();
    assert!(!harness.state().view.filter.offices);
    harness.get_by_label("Ilse Maren, 0 support, 1 oppose, 0 neither");
    harness.get_by_label("Velmora, 14 support, 22 oppose, 6 neither");
}

#[test]
fn a_suggestion_is_confirmed_rejected_and_edited_from_its_card() {
    let mut harness = harness(&strait());
    let pushed = |harness: &mut Harness<'_, Bench>, name: &str| {
        harness.get_all_by_label(name).next().unwrap().click();
        harness.run();
        harness.state().seen.last().cloned()
    };
    let first = demarche::analysis::Filter::default()
        .statements(&harness.state().snap.project, &harness.state().snap.view)
        .map(|(at, _)| at)
        .next()
        .unwrap();
    let check = |command: Option<Command>| match command {
        Some(Command::Edit(Edit::Confirm(at) | Edit::Reject(at)) | Command::EditStatement(at)) => {
            assert_eq!((at.article, at.id), (first.article, first.id));
        }
        other => panic!("{other:?}"),
    };
    let confirmed = pushed(&mut harness, "Confirm");
    assert!(matches!(confirmed, Some(Command::Edit(Edit::Confirm(_)))));
    check(confirmed);
    let rejected = pushed(&mut harness, "Reject");
    assert!(matches!(rejected, Some(Command::Edit(Edit::Reject(_)))));
    check(rejected);
    let edited = pushed(&mut harness, "Edit statement");
    assert!(matches!(edited, Some(Command::EditStatement(_))));
    check(edited);
    assert_eq!(harness.state().view.selection.annotation, None);
}

#[test]
fn keys_go_through_the_cards() {
    let mut harness = harness(&strait());
    let first = cards(&harness)[0].clone();
    harness.get_by_label(&first).click();
    harness.run();
    let selected = |harness: &Harness<'_, Bench>| harness.state().view.selection.annotation;
    let start = selected(&harness).unwrap();
    harness.get_by_label(&first).focus();
    harness.run();
    for _ in 0..9 {
        harness.key_press(Key::ArrowDown);
        harness.run();
    }
    let after = selected(&harness).unwrap();
    assert_ne!(after.article, start.article, "on into the next article");
    let shown = harness
        .query_all_by_role(accesskit::Role::ListItem)
        .any(|node| node.accesskit_node().toggled() == Some(accesskit::Toggled::True));
    assert!(shown, "the selected card is in view");
    for _ in 0..9 {
        harness.key_press(Key::ArrowUp);
        harness.run();
    }
    assert_eq!(selected(&harness), Some(start));
}

fn click_above_squares(harness: &mut Harness<'_, Bench>, cell: &str) {
    let at = harness.get_by_label(cell).rect().center_top() + egui::vec2(0.0, 8.0);
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
}

#[test]
fn a_cell_asks_for_holder_and_target_and_a_square_selects_its_statement() {
    let mut bench = Bench::new(&strait()[..1]);
    bench.view.stance_tab = StanceTab::Matrix;
    bench.view.enlarged = Some(Region::Stance);
    let mut harness = harness_of(bench, [1240.0, 800.0], false);
    let cell = "Velmora towards Astrany, 0 support, 1 oppose, 0 neither";
    click_above_squares(&mut harness, cell);
    let filter = &harness.state().view.filter;
    assert_eq!(filter.holders, [entity("Velmora")].into());
    assert_eq!(filter.targets, [entity("Astrany")].into());
    harness.get_by_label("Statements 1 of 3");
    let on = "Velmora on cargo inspection, 0 support, 1 oppose, 0 neither";
    click_above_squares(&mut harness, on);
    let filter = &harness.state().view.filter;
    assert!(filter.targets.is_empty());
    assert_eq!(filter.issues, [issue("cargo inspection")].into());
    let square = "Astrany ACCUSE, 12 March 2026, suggested";
    harness.get_by_label(square).click();
    harness.run();
    let selected = harness.state().view.selection.annotation.unwrap();
    let at = demarche::analysis::StatementRef {
        article: selected.article,
        id: selected.id,
    };
    let row = harness.state().snap.view.statement(at).unwrap();
    assert_eq!(row.value.act, Act::Accuse);
}

#[test]
fn an_issue_lists_both_sides_and_filters() {
    let mut bench = Bench::new(&strait()[..1]);
    bench.view.stance_tab = StanceTab::Issues;
    let mut harness = harness_of(bench, [456.0, 760.0], false);
    harness.get_by_label("Velmora on naval hotline, 1 support, 0 oppose, 0 neither");
    harness
        .get_by_label("cargo inspection, 1 statement")
        .click();
    harness.run();
    let filter = &harness.state().view.filter;
    assert_eq!(filter.issues, [issue("cargo inspection")].into());
    harness.get_by_label("Statements 1 of 3");
    harness.get_by_label("naval hotline, 1 statement");
}

#[test]
fn tabs_and_size_are_asked_for() {
    let mut harness = harness(&strait()[..1]);
    harness.get_by_label("Matrix").click();
    harness.run();
    assert_eq!(harness.state().view.stance_tab, StanceTab::Matrix);
    harness.get_by_label("Enlarge stance").click();
    harness.run();
    assert_eq!(harness.state().view.enlarged, Some(Region::Stance));
    harness.get_by_label("Give stance its place back").click();
    harness.run();
    assert_eq!(harness.state().view.enlarged, None);
}

#[test]
fn nothing_to_show_says_so_and_clears() {
    let empty = harness(&[Vec::new()]);
    empty.get_by_label("No statement yet");
    let mut bench = Bench::new(&strait()[..1]);
    bench.view.filter.acts = [Act::Assault].into();
    let mut harness = harness_of(bench, [456.0, 760.0], false);
    harness.get_by_label("No statement in this filter.");
    harness.get_by_label("Clear all").click();
    harness.run();
    assert!(harness.state().view.filter.is_empty());
    harness.get_by_label("Statements 3");
}

/// As many as a holder has statements in an article of [`many`], so that none says another again.
const QUESTIONS: [&str; 25] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y",
];

fn many(count: usize) -> Vec<Vec<Said>> {
    let one = |at: usize| Said {
        target: Some(if at.is_multiple_of(2) {
            "Lorvik"
        } else {
            "Bastia"
        }),
        about: Some(QUESTIONS[at / 2 % QUESTIONS.len()]),
        decided: at.is_multiple_of(3),
        ..said(
            if at.is_multiple_of(2) {
                "Velmora"
            } else {
                "Astrany"
            },
            Act::Reject,
            Polarity::Oppose,
        )
    };
    let all: Vec<Said> = (0..count).map(one).collect();
    all.chunks(50).map(<[Said]>::to_vec).collect()
}

#[test]
fn of_five_thousand_statements_only_the_visible_are_laid_out() {
    let mut harness = harness(&many(5_000));
    harness.get_by_label("Statements 5000");
    let top = cards(&harness);
    assert!((1..12).contains(&top.len()), "{}", top.len());
    let at = harness.get_by_label(&top[0]).rect().center();
    harness.hover_at(at);
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -60_000.0),
        modifiers: egui::Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run_steps(12);
    let below = cards(&harness);
    assert!((1..12).contains(&below.len()), "{}", below.len());
    let wanted = ArticleId(100);
    let id = harness.state().snap.view.articles[&wanted].statements[49].id;
    harness.state_mut().view.selection.annotation = Some(demarche::model::Annotation {
        article: wanted,
        kind: demarche::model::AnnotationKind::Statement,
        id,
    });
    harness.run();
    let shown = harness
        .query_all_by_role(accesskit::Role::ListItem)
        .any(|node| node.accesskit_node().toggled() == Some(accesskit::Toggled::True));
    assert!(shown, "a selection elsewhere scrolls the list to it");
}

#[test]
fn pictures_of_the_panel_stay() {
    let mut results = egui_kittest::SnapshotResults::new();
    let mut light = harness(&strait());
    results.add(light.try_snapshot("stance_bars_light"));
    let mut bench = Bench::new(&strait());
    bench.view.filter.holders = [entity("Velmora")].into();
    bench.view.selection.entity = Some(entity("Velmora"));
    let first = harness_of(bench, [456.0, 760.0], true);
    let mut dark = first;
    let reject = cards(&dark)
        .into_iter()
        .find(|card| card.contains("via Ilse Maren"))
        .unwrap();
    dark.get_by_label(&reject).click();
    dark.run();
    dark.hover_at(egui::pos2(2.0, 2.0));
    dark.run();
    results.add(dark.try_snapshot("stance_bars_dark"));
    let mut bench = Bench::new(&strait());
    bench.view.stance_tab = StanceTab::Matrix;
    bench.view.enlarged = Some(Region::Stance);
    bench.view.filter.holders = [entity("Velmora")].into();
    bench.view.filter.issues = [issue("cargo inspection")].into();
    let mut matrix = harness_of(bench, [1240.0, 860.0], false);
    results.add(matrix.try_snapshot("stance_matrix_light"));
    let mut bench = Bench::new(&strait());
    bench.view.stance_tab = StanceTab::Issues;
    let mut issues = harness_of(bench, [456.0, 760.0], true);
    results.add(issues.try_snapshot("stance_issues_dark"));
}

/// Holders, a target and issues in Hebrew and Arabic.
fn right_to_left() -> Vec<Vec<Said>> {
    let one = |holder, target, about, act, side| Said {
        target,
        about,
        end: "אחרי שיחות ארוכות בעיר הבירה 2026 עם ACME Corp",
        ..said(holder, act, side)
    };
    let (velmora, league) = ("ממשלת ולמורה", "الاتحاد الساحلي");
    vec![vec![
        one(
            velmora,
            Some(league),
            Some("בדיקת מטענים"),
            Act::Reject,
            Polarity::Oppose,
        ),
        one(league, Some(velmora), None, Act::Support, Polarity::Support),
        one(
            league,
            None,
            Some("בדיקת מטענים"),
            Act::Support,
            Polarity::Support,
        ),
    ]]
}

#[test]
fn pictures_of_names_from_right_to_left_stay() {
    let mut results = egui_kittest::SnapshotResults::new();
    let mut bars = harness_of(Bench::new(&right_to_left()), [456.0, 760.0], false);
    results.add(bars.try_snapshot("stance_right_to_left"));
    let mut bench = Bench::new(&right_to_left());
    bench.view.stance_tab = StanceTab::Matrix;
    bench.view.enlarged = Some(Region::Stance);
    bench.view.filter.issues = [issue("בדיקת מטענים")].into();
    let mut matrix = harness_of(bench, [1000.0, 560.0], true);
    results.add(matrix.try_snapshot("stance_matrix_right_to_left"));
}

#[test]
fn picture_of_a_matrix_with_long_names_stays() {
    let speaks = |holder, target, about, act, side| Said {
        target: Some(target),
        about: Some(about),
        ..said(holder, act, side)
    };
    let (agency, office) = (
        "International Atomic Energy Agency",
        "Organisation for the Prohibition of Chemical Weapons",
    );
    let all = vec![vec![
        speaks(
            agency,
            office,
            "safeguards",
            Act::Request,
            Polarity::Support,
        ),
        speaks(
            office,
            agency,
            "radioisotope counterproliferation",
            Act::Reject,
            Polarity::Oppose,
        ),
        speaks(
            "Velmora",
            agency,
            "resumption of inspections",
            Act::Accuse,
            Polarity::Oppose,
        ),
    ]];
    let mut bench = Bench::new(&all);
    bench.view.stance_tab = StanceTab::Matrix;
    bench.view.enlarged = Some(Region::Stance);
    let mut matrix = harness_of(bench, [1000.0, 560.0], false);
    matrix.get_by_label("radioisotope counterproliferation");
    let mut results = egui_kittest::SnapshotResults::new();
    results.add(matrix.try_snapshot("stance_matrix_long_names"));
}
