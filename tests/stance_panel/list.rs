//! The list of statements: many marked, one key for all.

use std::collections::BTreeSet;

use demarche::app::{Command, StatementSort};
use demarche::model::{Act, Polarity};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::fixture::{Bench, Said, cards, harness, harness_of, said, strait};

fn marked(harness: &Harness<'_, Bench>) -> usize {
    harness.state().view.selection.marked.len()
}

fn click_with(harness: &mut Harness<'_, Bench>, card: &str, modifiers: Modifiers) {
    harness.get_by_label(card).click_modifiers(modifiers);
    harness.run();
}

#[test]
fn cards_are_marked_one_by_one_and_in_runs() {
    let mut harness = harness(&strait());
    let all = cards(&harness);
    click_with(&mut harness, &all[0], Modifiers::COMMAND);
    assert_eq!(marked(&harness), 1);
    click_with(&mut harness, &all[2], Modifiers::SHIFT);
    assert_eq!(marked(&harness), 3);
    harness.get_by_label("3 statements marked");
    click_with(&mut harness, &all[1], Modifiers::COMMAND);
    assert_eq!(marked(&harness), 2);
    assert_eq!(harness.state().view.selection.annotation, None);
    harness.get_by_label("Confirm all marked").click();
    harness.run();
    assert!(matches!(
        harness.state().seen.last(),
        Some(Command::Confirm)
    ));
    // A plain click selects one and lets go of the marks.
    click_with(&mut harness, &all[0], Modifiers::NONE);
    assert_eq!(marked(&harness), 0);
    assert!(harness.state().view.selection.annotation.is_some());
}

#[test]
fn shift_and_arrows_mark_a_run() {
    let mut harness = harness(&strait());
    let first = cards(&harness)[0].clone();
    harness.get_by_label(&first).click();
    harness.run();
    harness.get_by_label(&first).focus();
    harness.run();
    for count in 2..=4 {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
        harness.run();
        assert_eq!(marked(&harness), count);
    }
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
    harness.run();
    assert_eq!(marked(&harness), 3);
}

#[test]
fn statements_are_sorted_by_holder_act_and_issue() {
    let heads = |sort: StatementSort| {
        let mut bench = Bench::new(&strait());
        bench.view.statement_sort = sort;
        let harness = harness_of(bench, [456.0, 900.0], false);
        cards(&harness)
    };
    let by_holder = heads(StatementSort::ByHolder);
    assert!(
        by_holder.iter().all(|card| card.starts_with("Astrany ")),
        "{by_holder:?}"
    );
    let by_act = heads(StatementSort::ByAct);
    assert!(
        by_act.iter().all(|card| card.contains(" AGREE")),
        "{by_act:?}"
    );
    let by_issue = heads(StatementSort::ByIssue);
    assert!(
        by_issue
            .iter()
            .all(|card| card.contains("cargo inspection")),
        "{by_issue:?}"
    );
    let distinct: BTreeSet<_> = [by_holder, by_act, by_issue].into_iter().collect();
    assert_eq!(distinct.len(), 3);
}

#[test]
fn another_article_brings_its_statements_to_the_top() {
    let of = |article: usize| {
        let mut bench = Bench::new(&strait());
        let ids: Vec<_> = bench.snap.project.articles.keys().copied().collect();
        bench.view.statement_sort = StatementSort::ThisArticleFirst;
        bench.view.selection.article = Some(ids[article]);
        (harness_of(bench, [456.0, 700.0], false), ids)
    };
    let (mut harness, ids) = of(0);
    let (fresh, _) = of(1);
    let at = harness.get_by_label(&cards(&harness)[0]).rect().center();
    harness.hover_at(at);
    harness.run();
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -400.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run();
    assert_ne!(cards(&harness)[0], cards(&of(0).0)[0], "it scrolled");
    harness.state_mut().view.selection.article = Some(ids[1]);
    harness.run();
    assert_eq!(cards(&harness)[0], cards(&fresh)[0]);
}

#[test]
fn what_is_said_again_is_one_card_with_all_its_sentences() {
    let urge = |end| Said {
        target: Some("Astrany"),
        end,
        ..said("Velmora", Act::Request, Polarity::Neutral)
    };
    let mut harness = harness(&[vec![
        urge("to open the strait"),
        urge("once more at night"),
        said("Astrany", Act::Protest, Polarity::Oppose),
    ]]);
    harness.get_by_label("Statements 2");
    harness.get_by_label("Velmora, 0 support, 0 oppose, 1 neither");
    let card = cards(&harness)
        .into_iter()
        .find(|card| card.starts_with("Velmora REQUEST Astrany"))
        .unwrap();
    assert!(card.contains("2 sentences"), "{card}");
    harness.get_by_label(&card).click();
    harness.run();
    let first = harness.state().view.selection.annotation.unwrap();
    harness
        .get_by_label_contains("Also 12 Mar · Halden Courier: Velmora request Astrany once more")
        .click();
    harness.run();
    let second = harness.state().view.selection.annotation.unwrap();
    assert_ne!(first.id, second.id);
    // The card of both stays selected and open.
    harness.get_by_label_contains("Also 12 Mar");
}
