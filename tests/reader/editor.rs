//! The statement editor beside the reader.

use demarche::app::{Command, Commands, Snapshot, StatementDraft, ViewState};
use demarche::model::{Act, Annotation, AnnotationKind, Party, Polarity, TimexValue};
use demarche::ui::editor::{EDITOR_WIDTH, EditorState, editor_ui};
use demarche::ui::reader::{ReaderState, reader_ui};
use demarche::ui::theme;
use egui::{Key, Panel};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::fixture::{Fixture, HEBREW, TALKS};

struct Bench {
    snap: Snapshot,
    view: ViewState,
    reader: ReaderState,
    editor: EditorState,
    saved: Vec<StatementDraft>,
    ready: bool,
}

impl Bench {
    fn ui(&mut self, ui: &mut egui::Ui) {
        if !self.ready {
            theme::install(ui.ctx());
            self.ready = true;
            ui.ctx().request_discard("fonts");
            return;
        }
        let mut out = Commands::default();
        if self.view.draft.is_some() {
            Panel::right("editor")
                .exact_size(EDITOR_WIDTH)
                .frame(egui::Frame::new())
                .show(ui, |ui| {
                    editor_ui(ui, &self.snap, &self.view, &mut self.editor, &mut out);
                });
        }
        reader_ui(ui, &self.snap, &self.view, &mut self.reader, &mut out);
        for command in out.take() {
            match command {
                Command::Mark(annotation) => self.view.selection.annotation = annotation,
                Command::SelectText(text) => self.view.selection.text = text,
                Command::SetDraft(draft) => self.view.draft = draft,
                Command::SaveDraft => self.saved.extend(self.view.draft.take()),
                _ => {}
            }
        }
    }

    fn draft(&self) -> &StatementDraft {
        self.view.draft.as_ref().expect("the editor is open")
    }
}

/// The editor on the statement of a cue.
fn open(fixture: &Fixture, cue: &str) -> Harness<'static, Bench> {
    let snap = fixture.snapshot();
    let id = fixture.statement(cue);
    let at = Annotation {
        article: fixture.article,
        kind: AnnotationKind::Statement,
        id,
    };
    let row = snap.view.articles[&fixture.article].statement(id).unwrap();
    let mut view = ViewState::default();
    view.selection.article = Some(fixture.article);
    view.selection.annotation = Some(at);
    view.draft = Some(StatementDraft::of(at, &row.value, &row.note));
    let bench = Bench {
        snap,
        view,
        reader: ReaderState::default(),
        editor: EditorState::default(),
        saved: Vec::new(),
        ready: false,
    };
    let mut harness = Harness::builder()
        .with_size([1_128.0, 760.0])
        .with_theme(egui::Theme::Light)
        .with_step_dt(0.03)
        .with_max_steps(60)
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    harness.run();
    harness
}

#[test]
fn a_statement_is_changed_by_typing_and_saved_by_enter() {
    let fixture = Fixture::new(TALKS);
    let mut harness = open(&fixture, "ruled out");
    // The act has the keyboard: two letters, Enter takes, Enter saves.
    harness.get_by_label("Act").type_text("ACC");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().draft().act, Act::Accuse);
    assert!(
        harness.state().saved.is_empty(),
        "the first Enter takes only"
    );
    harness.key_press(Key::Enter);
    harness.run();
    let saved = &harness.state().saved;
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].act, Act::Accuse);
    assert_eq!(saved[0].polarity_target, Some(Polarity::Oppose));
}

#[test]
fn a_click_in_the_article_fills_the_field_in_use() {
    let fixture = Fixture::new(TALKS);
    let mut harness = open(&fixture, "ruled out");
    harness.get_by_label("Target").focus();
    harness.run();
    harness.get_by_label("Bastia, State, suggested").click();
    harness.run();
    let draft = harness.state().draft();
    let target = draft.target.unwrap();
    assert_eq!(target.entity, fixture.entity("Bastia"));
    assert_eq!(
        demarche::model::slice(&fixture.body, target.range),
        "Bastia"
    );
    harness.get_by_label("To Bastia: oppose");
}

#[test]
fn names_complete_those_of_the_article() {
    let fixture = Fixture::new(TALKS);
    let mut harness = open(&fixture, "backed");
    let holder = harness.get_by_label("Holder");
    holder.focus();
    harness.run();
    harness.get_by_label("Holder").type_text("Lor");
    harness.run();
    harness.get_by_label("Lorvik");
    harness.key_press(Key::Enter);
    harness.run();
    let draft = harness.state().draft();
    assert_eq!(draft.holder.unwrap().entity, fixture.entity("Lorvik"));
    assert_eq!(draft.speaks_for, None, "Lorvik speaks for itself");
}

#[test]
fn a_date_in_words_is_read_and_no_date_is_said_to_be_none() {
    let fixture = Fixture::new(TALKS);
    let mut harness = open(&fixture, "backed");
    harness.get_by_label("Date").focus();
    harness.run();
    harness.get_by_label("Date").type_text("4 March 2026");
    harness.run();
    let date = harness.state().draft().date.clone().unwrap();
    assert_eq!(date.value, TimexValue("2026-03-04".to_owned()));
    harness.get_by_label("Date").type_text(" or so");
    harness.run();
    harness.get_by_label("No date. Type a day, month, week or year.");
}

#[test]
fn a_side_is_chosen_by_a_click_and_needs_something_it_is_towards() {
    let fixture = Fixture::new(TALKS);
    let mut harness = open(&fixture, "backed");
    harness.get_by_label("On the issue: neither").click();
    harness.run();
    let draft = harness.state().draft();
    assert_eq!(draft.polarity_issue, Some(Polarity::Neutral));
    assert_eq!(draft.polarity_target, None, "there is no target");
}

/// The editor on a statement of the Hebrew text: *said the envoy* is its cue.
fn hebrew() -> Harness<'static, Bench> {
    let fixture = Fixture::new(HEBREW);
    let snap = fixture.snapshot();
    let range = |words: &str| {
        let start = fixture.body.find(words).unwrap();
        demarche::model::checked_range(&fixture.body, start, start + words.len()).unwrap()
    };
    let paragraph = fixture.body.lines().next().unwrap();
    let mut view = ViewState::default();
    view.selection.article = Some(fixture.article);
    view.draft = Some(StatementDraft {
        article: fixture.article,
        id: None,
        cue: range("אמר הנציג"),
        sentence: range(paragraph),
        holder: Some(Party {
            entity: fixture.entity("Velmora"),
            range: range("ולמורה"),
        }),
        speaks_for: None,
        target: None,
        issue_label: "הסכם חדש (2026)".to_owned(),
        issue_range: Some(range("הסכם חדש (2026)")),
        issue: None,
        act: Act::Support,
        polarity_target: None,
        polarity_issue: Some(Polarity::Support),
        factuality: demarche::model::Factuality::Asserted,
        date: None,
        reporter: None,
        note: String::new(),
        codes: demarche::model::Codes::new(),
        guesses: std::sync::Arc::default(),
    });
    let bench = Bench {
        snap,
        view,
        reader: ReaderState::default(),
        editor: EditorState::default(),
        saved: Vec::new(),
        ready: false,
    };
    let mut harness = Harness::builder()
        .with_size([1_128.0, 760.0])
        .with_theme(egui::Theme::Light)
        .with_step_dt(0.03)
        .with_max_steps(60)
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    harness.run();
    harness
}

#[test]
fn an_issue_from_right_to_left_is_shown_in_order_and_saved_as_it_is() {
    let mut harness = hebrew();
    // What is shown is in visual order; what is saved is what was written.
    harness.get_by_label("Factuality").focus();
    harness.run();
    harness.get_by_label("Issue").focus();
    harness.run();
    harness.get_by_label("Factuality").focus();
    harness.run();
    assert_eq!(harness.state().draft().issue_label, "הסכם חדש (2026)");
    harness.snapshot("editor_right_to_left");
}

#[test]
fn pictures_of_the_editor_stay() {
    let fixture = Fixture::new(TALKS);
    let mut harness = open(&fixture, "ruled out");
    harness.snapshot("editor_light");
}
