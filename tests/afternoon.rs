//! An afternoon with the real application, by keyboard and by label: open, read, decide, code a
//! statement, chart, export, save, restart.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "helpers of tests: a failure is the answer; an afternoon is long"
)]

mod support;

use demarche::app::Session;
use demarche::model::{TextRange, Verdict, checked_range};
use demarche::ui::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use support::Desk;

const DAM: &str = "Neighbours quarrel over the Vessa dam\n\nLISBON, March 3, 2026 — Portugal urged \
Spain on Tuesday to open the gates of the dam. The same day, Spanish environment minister Rosa \
Almagro rejected the demand and accused Portugal of wasting water. Morocco welcomed the talks.\n";

fn rest(harness: &mut Harness<'static, App>) {
    let (mut quiet, mut frames) = (0, 0);
    while quiet < 6 {
        frames += 1;
        assert!(frames < 5000, "the window does not come to rest");
        harness.step();
        let busy = harness.state().session().is_busy();
        quiet = if busy { 0 } else { quiet + 1 };
        std::thread::sleep(std::time::Duration::from_millis(u64::from(busy)));
    }
}

fn key(harness: &mut Harness<'static, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    rest(harness);
}

fn session<'h>(harness: &'h Harness<'static, App>) -> &'h Session {
    harness.state().session()
}

fn shown(session: Session) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1600.0, 1000.0])
        .with_max_steps(40)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, session));
    rest(&mut harness);
    harness
}

fn words(session: &Session, words: &str) -> TextRange {
    let state = session.snapshot().project.articles.values().next().unwrap();
    let body = &state.article.text.body;
    let start = body.find(words).unwrap();
    checked_range(body, start, start + words.len()).unwrap()
}

fn decided(session: &Session) -> (usize, usize, usize) {
    let state = session.snapshot().project.articles.values().next().unwrap();
    let mentions = state.annotations.mentions.decided();
    let count = |verdict| {
        mentions
            .values()
            .filter(|one| one.verdict == verdict)
            .count()
    };
    let added = state.annotations.statements.decided().values();
    let added = added.filter(|one| one.verdict == Verdict::Added).count();
    (count(Verdict::Confirmed), count(Verdict::Rejected), added)
}

#[test]
fn open_decide_code_export_save_and_find_everything_again() {
    let desk = Desk::new();
    let article = desk.file("dam.txt", DAM);
    let folder = desk.folder.path().to_path_buf();
    let (chart, project) = (folder.join("bars.svg"), folder.join("dam.demarche"));
    let answers = vec![vec![article], vec![chart.clone()], vec![project.clone()]];
    *desk.dialogs.answers.lock().unwrap() = answers;
    let dialogs = std::sync::Arc::clone(&desk.dialogs);
    let (start, _folder) = desk.into_parts();
    let mut harness = shown(start);

    // Open files through the dialog; the text is marked and charted.
    harness.get_by_label("Open files…").click();
    rest(&mut harness);
    assert!(session(&harness).open_suggestions() > 6);
    assert!(session(&harness).snapshot().view.statements().count() >= 3);

    // Walk by keyboard: confirm two, reject one, take that back.
    key(&mut harness, Modifiers::NONE, Key::R);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let two = decided(session(&harness));
    key(&mut harness, Modifiers::NONE, Key::X);
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(decided(session(&harness)), two);
    key(&mut harness, Modifiers::NONE, Key::R);
    assert!(session(&harness).view_state().review.is_none());

    // A statement by hand: the words are selected, then S and Enter.
    let cue = words(session(&harness), "wasting");
    harness
        .state_mut()
        .session_mut()
        .push(demarche::app::Command::SelectText(Some(cue)));
    rest(&mut harness);
    key(&mut harness, Modifiers::NONE, Key::S);
    assert!(session(&harness).view_state().draft.is_some());
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let mut pressed = 2;
    while session(&harness).view_state().draft.is_some() {
        key(&mut harness, Modifiers::NONE, Key::Enter);
        pressed += 1;
        assert!(pressed <= 4, "four keys beyond the selection at most");
    }
    let after = decided(session(&harness));
    assert_eq!(after.2, 1);

    // Export the bars, save under a name.
    let request = demarche::app::ExportRequest {
        what: demarche::app::ExportWhat::Bars,
        format: demarche::app::ExportFormat::Svg,
        title: String::new(),
        width: 720.0,
        scale: 1.0,
        path: None,
    };
    harness
        .state_mut()
        .session_mut()
        .push(demarche::app::Command::Export(request));
    rest(&mut harness);
    let svg = std::fs::read_to_string(chart).unwrap();
    assert!(svg.contains("Portugal") && svg.contains("Spain"));
    harness
        .state_mut()
        .session_mut()
        .push(demarche::app::Command::SaveAs);
    rest(&mut harness);
    assert!(session(&harness).project_path().is_some());
    assert_eq!(dialogs.asked.lock().unwrap().len(), 3);

    // The window closes; another opens the file and has everything.
    let ports = session(&harness).ports().clone();
    harness.state_mut().session_mut().close();
    drop(harness);
    let harness = shown(Session::start(ports, vec![project]));
    assert_eq!(decided(session(&harness)), after);
    assert!(session(&harness).undo_titles().0.is_some());
}
