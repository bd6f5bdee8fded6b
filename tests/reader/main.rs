//! The reader and the statement editor alone, driven by pointer and keys on a hand-made project.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "helpers of tests: a failure is the answer; a fixture is long"
)]

mod editor;
mod fixture;

use std::collections::BTreeSet;

use demarche::app::{Command, Commands, Snapshot, ViewState};
use demarche::model::{Annotation, AnnotationKind, TextRange};
use demarche::ui::reader::{ReaderState, reader_ui};
use demarche::ui::theme;
use egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::fixture::{Fixture, HEBREW, TALKS};

/// The reader with as much of a session as its selection needs.
struct Bench {
    snap: Snapshot,
    view: ViewState,
    state: ReaderState,
    seen: Vec<Command>,
    ready: bool,
}

impl Bench {
    fn new(fixture: &Fixture) -> Self {
        let mut view = ViewState::default();
        view.selection.article = Some(fixture.article);
        Self {
            snap: fixture.snapshot(),
            view,
            state: ReaderState::default(),
            seen: Vec::new(),
            ready: false,
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        if !self.ready {
            theme::install(ui.ctx());
            self.ready = true;
            ui.ctx().request_discard("fonts");
            return;
        }
        let mut out = Commands::default();
        reader_ui(ui, &self.snap, &self.view, &mut self.state, &mut out);
        for command in out.take() {
            match &command {
                Command::Mark(annotation) => self.view.selection.annotation = *annotation,
                Command::SelectEntity(entity) => self.view.selection.entity = *entity,
                Command::SelectText(text) => self.view.selection.text = *text,
                _ => {}
            }
            self.seen.push(command);
        }
    }
}

fn harness(fixture: &Fixture, dark: bool) -> Harness<'static, Bench> {
    let mut harness = Harness::builder()
        .with_size([888.0, 640.0])
        .with_step_dt(0.03)
        .with_max_steps(60)
        .with_theme(if dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        })
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), Bench::new(fixture));
    harness.run();
    harness
}

fn rect(harness: &Harness<'_, Bench>, label: &str) -> Rect {
    harness.get_by_label(label).rect()
}

fn words(fixture: &Fixture, range: TextRange) -> &str {
    demarche::model::slice(&fixture.body, range)
}

/// The paragraph that begins with these words.
fn paragraph(harness: &Harness<'_, Bench>, start: &str) -> Rect {
    harness
        .query_all_by_role(egui::accesskit::Role::Paragraph)
        .find(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.starts_with(start)
        })
        .unwrap_or_else(|| panic!("no paragraph {start}"))
        .rect()
}

#[test]
fn a_click_on_a_mention_selects_it_and_its_entity() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    harness.get_by_label("Velmora, State, confirmed").click();
    harness.run();
    let selection = &harness.state().view.selection;
    let annotation = selection.annotation.unwrap();
    assert_eq!(annotation.kind, AnnotationKind::Mention);
    assert_eq!(
        words(&fixture, fixture.mention(annotation.id).range),
        "Velmora"
    );
    assert_eq!(selection.entity, Some(fixture.entity("Velmora")));
}

#[test]
fn a_click_on_a_gutter_mark_selects_the_statement() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let label = "Velmora rejects Astrany on cargo inspection, oppose, suggested";
    harness.get_by_label(label).click();
    harness.run();
    let want = Annotation {
        article: fixture.article,
        kind: AnnotationKind::Statement,
        id: fixture.statement("ruled out"),
    };
    assert_eq!(harness.state().view.selection.annotation, Some(want));
}

/// Drags from inside the first word to inside a word of the second paragraph; returns what is
/// selected then.
fn dragged(modifiers: egui::Modifiers) -> String {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let first = paragraph(&harness, "Envoys from");
    let second = paragraph(&harness, "Velmora’s foreign");
    let from = first.left_top() + egui::vec2(30.0, 15.0);
    let to = second.left_top() + egui::vec2(180.0, 15.0);
    harness.event(egui::Event::ModifiersChanged(modifiers));
    harness.drag_at(from);
    harness.step();
    for at in [from + (to - from) * 0.5, to] {
        harness.hover_at(at);
        harness.step();
    }
    harness.drop_at(to);
    harness.run();
    let text = harness.state().view.selection.text.unwrap();
    words(&fixture, text).to_owned()
}

#[test]
fn a_drag_selects_whole_words_over_two_paragraphs() {
    let words = dragged(egui::Modifiers::NONE);
    assert!(
        words.contains("ended in January.\n\nVelmora’s"),
        "{words:?}"
    );
    assert!(words.starts_with("Envoys"), "{words:?}");
    let exact = dragged(egui::Modifiers::ALT);
    assert!(words.contains(&exact), "{exact:?} in {words:?}");
    assert!(!exact.starts_with("Envoys"), "{exact:?}");
}

#[test]
fn two_clicks_take_the_word_and_three_the_sentence() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let at = paragraph(&harness, "Envoys from").left_top() + egui::vec2(20.0, 15.0);
    let click = |harness: &mut Harness<'_, Bench>| {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.step();
    };
    click(&mut harness);
    assert!(harness.state().view.selection.text.unwrap().is_empty());
    click(&mut harness);
    let text = |harness: &Harness<'_, Bench>| harness.state().view.selection.text.unwrap();
    assert_eq!(words(&fixture, text(&harness)), "Envoys");
    click(&mut harness);
    let sentence = words(&fixture, text(&harness));
    assert!(
        sentence.starts_with("Envoys") && sentence.ends_with("January."),
        "{sentence:?}"
    );
}

#[test]
fn shift_and_arrow_extend_the_selection_by_words() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let at = paragraph(&harness, "Envoys from").left_top() + egui::vec2(1.0, 15.0);
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    let selected = |harness: &Harness<'_, Bench>| {
        words(&fixture, harness.state().view.selection.text.unwrap()).to_owned()
    };
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
        harness.run();
    }
    assert_eq!(selected(&harness), "Envoys from Velmora");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run();
    assert_eq!(selected(&harness), "Envoys from ");
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert!(
        selected(&harness).is_empty(),
        "without Shift the caret goes alone"
    );
}

#[test]
fn selected_words_are_labelled_by_keyboard() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let at = paragraph(&harness, "Envoys from").left_top() + egui::vec2(20.0, 15.0);
    for _ in 0..2 {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.step();
    }
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness
        .get_by_label("Label of the selected words")
        .type_text("Pers");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let added = harness
        .state()
        .seen
        .iter()
        .find_map(|command| match command {
            Command::Edit(demarche::edit::Edit::AddMention { mention, .. }) => {
                Some(mention.clone())
            }
            _ => None,
        });
    let added = added.expect("a mention was added");
    assert_eq!(words(&fixture, added.range), "Envoys");
    assert_eq!(added.entity_type, demarche::model::EntityType::Person);
}

#[test]
fn the_card_says_who_it_is_and_how_sure() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let at = rect(&harness, "Ilse Maren, Person, confirmed").center();
    harness.hover_at(at);
    harness.step();
    assert!(
        harness.query_by_label("Ilse Maren 1 mention").is_none(),
        "not before 250 ms"
    );
    harness.run_steps(30);
    harness.get_by_label("Ilse Maren 1 mention");
    harness.get_by_label("Foreign minister of Velmora. Statements in office count for it.");
    harness.get_by_label("1 support, 1 oppose, 0 neither");
    harness.get_by_label("Confirmed by MK, 9 March 2026");
    harness.hover_at(Pos2::new(4.0, 4.0));
    harness.run_steps(4);
    assert!(harness.query_by_label("Ilse Maren 1 mention").is_none());
}

#[test]
fn the_card_says_what_a_date_hangs_on() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let label = "the same day, 5 March 2026, suggested";
    let at = rect(&harness, label).center();
    harness.hover_at(at);
    harness.run_steps(30);
    harness.get_by_label("“the same day” = 5 March 2026 ");
    harness.get_by_label("Counted from “Thursday” (5 March 2026).");
    harness.get_by_label("Exact to the day · rule test");
}

#[test]
fn hebrew_paragraphs_are_read_and_selected_in_their_own_order() {
    let fixture = Fixture::new(HEBREW);
    let mut harness = harness(&fixture, false);
    let line = paragraph(&harness, "שלום");
    // The first word stands at the right end.
    let at = line.right_top() + egui::vec2(-6.0, 15.0);
    for _ in 0..2 {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.step();
    }
    let text = harness.state().view.selection.text.unwrap();
    assert_eq!(words(&fixture, text), "שלום");
    harness.run();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run();
    let text = harness.state().view.selection.text.unwrap();
    assert_eq!(words(&fixture, text), "שלום לכל", "left goes on");
    harness.get_by_label("Analysis reads English only. You can mark this text by hand.");
}

#[test]
fn the_reader_scrolls_to_what_was_wished_once() {
    let filler = vec!["A sentence that fills the page. ".repeat(12); 60].join("\n\n");
    let body = format!("{filler}\n\nThe end of Velmora.\n\n{filler}");
    let fixture = Fixture::plain(&body);
    let mut harness = harness(&fixture, false);
    let last = body.rfind("The end").unwrap();
    let range = demarche::model::checked_range(&body, last, last + 7).unwrap();
    harness.state_mut().view.selection.scroll_to = Some((range, 1));
    harness.run();
    let top = paragraph(&harness, "The end").top();
    assert!((100.0..400.0).contains(&top), "{top}");
    // The wish was obeyed: scrolling away is not undone.
    harness.hover_at(Pos2::new(400.0, 300.0));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -4_000.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run();
    let starts = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("The end")
    };
    let role = egui::accesskit::Role::Paragraph;
    assert!(!harness.query_all_by_role(role).any(|node| starts(&node)));
}

#[test]
fn an_article_that_is_not_there_is_asked_for() {
    let fixture = Fixture::new(TALKS);
    let mut bench = Bench::new(&fixture);
    bench.view.selection.article = None;
    let mut harness = Harness::builder()
        .with_size([888.0, 640.0])
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    harness.run();
    harness.get_by_label("Pick an article, or press J for the first suggestion.");
}

#[test]
fn every_mark_on_screen_has_its_own_name() {
    let fixture = Fixture::new(TALKS);
    let harness = harness(&fixture, false);
    let names: Vec<String> = harness
        .query_all_by_role(egui::accesskit::Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(names.len() > 12, "{names:?}");
    let kinds: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| name.split(", ").nth(1))
        .collect();
    for kind in ["State", "Person", "Event", "Agreement", "Organisation"] {
        assert!(kinds.contains(kind), "{kind} in {kinds:?}");
    }
}

#[test]
fn pictures_of_the_reader_stay() {
    let fixture = Fixture::new(TALKS);
    let mut results = egui_kittest::SnapshotResults::new();
    let mut light = harness(&fixture, false);
    results.add(light.try_snapshot("reader_light"));
    let mut dark = harness(&fixture, true);
    dark.state_mut().view.selection.entity = Some(fixture.entity("Velmora"));
    dark.state_mut().view.selection.annotation = Some(Annotation {
        article: fixture.article,
        kind: AnnotationKind::Statement,
        id: fixture.statement("ruled out"),
    });
    dark.state_mut().view.review = Some(demarche::app::Review { done: 8, total: 31 });
    dark.run();
    let at = rect(&dark, "Ilse Maren, Person, confirmed").center();
    dark.hover_at(at);
    dark.run_steps(30);
    results.add(dark.try_snapshot("reader_dark_review"));
    let fixture = Fixture::new(HEBREW);
    let mut hebrew = harness(&fixture, false);
    results.add(hebrew.try_snapshot("reader_right_to_left"));
}

#[test]
fn the_menu_of_a_mention_changes_its_type() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    harness
        .get_by_label("Bastia, State, suggested")
        .click_secondary();
    harness.run();
    harness.get_by_label("Place").click();
    harness.run();
    let changed = harness
        .state()
        .seen
        .iter()
        .find_map(|command| match command {
            Command::Edit(demarche::edit::Edit::ChangeMention { mention, .. }) => Some(mention),
            _ => None,
        });
    let changed = changed.expect("the mention was changed");
    assert_eq!(words(&fixture, changed.range), "Bastia");
    assert_eq!(changed.entity_type, demarche::model::EntityType::Place);
    assert!(harness.query_by_label("Place").is_none(), "the menu closes");
}

#[test]
fn the_review_bar_confirms_by_click() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    harness.state_mut().view.review = Some(demarche::app::Review { done: 8, total: 31 });
    harness.run();
    harness.get_by_label("Review 9 of 31");
    harness.get_by_label("Confirm").click();
    harness.run();
    assert!(harness.state().seen.contains(&Command::Confirm));
}

#[test]
fn selected_words_are_copied() {
    let fixture = Fixture::new(TALKS);
    let mut harness = harness(&fixture, false);
    let at = paragraph(&harness, "Envoys from").left_top() + egui::vec2(20.0, 15.0);
    for _ in 0..2 {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.step();
    }
    harness.event(egui::Event::Copy);
    harness.run();
    let copied = Command::Copy("Envoys".to_owned());
    assert!(harness.state().seen.contains(&copied));
}
