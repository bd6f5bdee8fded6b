//! The disk and the window: nothing on the window's thread waits for the disk, and what was read
//! once is not read again.

mod support;

use std::time::{Duration, Instant};

use demarche::app::{Command, Session};
use demarche::edit::Edit;
use demarche::model::{ArticleId, ArticleMeta, Dct, DctSource};
use support::Desk;

const TALKS: &str = "Envoys meet in Ostrava on fishing\n\nPRAGUE, Feb. 6, 2026 — Poland urged \
Norway on Friday to reopen the fishing talks. The same day, Norwegian foreign minister Lars \
Nygaard rejected the demand. Poland accused Norway of breaking the 2024 Ostrava Treaty.\n";

/// Pushes a command and runs to rest; whether any article was read by the engine on the way.
fn reads(desk: &mut Desk, command: Command) -> bool {
    desk.session.push(command);
    let (mut read, mut quiet) = (false, 0);
    let end = Instant::now() + Duration::from_secs(60);
    while quiet < 3 {
        desk.session.poll();
        read |= desk.session.analysis_progress().is_some();
        quiet = if desk.session.is_busy() { 0 } else { quiet + 1 };
        assert!(Instant::now() < end, "no rest");
        std::thread::sleep(Duration::from_millis(1));
    }
    read
}

fn found(desk: &Desk, article: ArticleId) -> (usize, usize) {
    let view = desk.session.snapshot().view.articles.get(&article);
    view.map_or((0, 0), |view| (view.mentions.len(), view.statements.len()))
}

#[test]
fn an_article_that_undo_brings_back_is_not_read_again() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let before = found(&desk, article);
    assert!(before.0 > 4 && before.1 > 1, "{before:?}");
    assert!(!reads(
        &mut desk,
        Command::Edit(Edit::RemoveArticle(article))
    ));
    assert_eq!(found(&desk, article), (0, 0));
    assert!(!reads(&mut desk, Command::Undo));
    assert_eq!(found(&desk, article), before);
    // The import itself: taken back and done again.
    assert!(!reads(&mut desk, Command::Undo));
    assert_eq!(found(&desk, article), (0, 0));
    assert!(!reads(&mut desk, Command::Redo));
    assert_eq!(found(&desk, article), before);
}

#[test]
fn after_a_restart_the_file_has_what_undo_brings_back() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let other = desk.article("other.txt", "Oslo, Feb. 9, 2026 — Norway thanked Poland.\n");
    let before = found(&desk, article);
    desk.run([Command::Edit(Edit::RemoveArticle(article))]);
    desk.restart(Vec::new());
    assert!(found(&desk, other).0 > 0);
    assert_eq!(found(&desk, article), (0, 0));
    assert!(!reads(&mut desk, Command::Undo));
    assert_eq!(found(&desk, article), before);
}

#[test]
fn a_date_that_is_taken_back_brings_the_times_of_before_and_reads_nothing() {
    let mut desk = Desk::new();
    let article = desk.article("undated.txt", "Ministers met on Friday in Oslo.\n");
    let values = |desk: &Desk| -> Vec<String> {
        let times = &desk.session.snapshot().view.articles[&article].timexes;
        times.iter().map(|row| row.value.value.0.clone()).collect()
    };
    let before = values(&desk);
    let state = &desk.session.snapshot().project.articles[&article];
    let dct = Some(Dct {
        date: jiff::civil::date(2026, 2, 8),
        source: DctSource::Person,
    });
    let meta = ArticleMeta {
        dct,
        ..state.article.meta.clone()
    };
    let set = Command::Edit(Edit::SetMeta { article, meta });
    assert!(reads(&mut desk, set), "another date is another reading");
    assert_eq!(values(&desk), ["2026-02-06"]);
    assert!(!reads(&mut desk, Command::Undo));
    assert_eq!(values(&desk), before);
    // The file holds the suggestions of the other date: they are not taken for these.
    desk.restart(Vec::new());
    assert_eq!(values(&desk), before);
}

#[test]
fn the_start_does_not_wait_for_the_list_of_projects() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    let file = desk.folder.path().join("fish.demarche");
    desk.dialogs.answers.lock().unwrap().push(vec![file]);
    desk.run([Command::SaveAs]);
    desk.session.close();
    let ports = desk.session.ports().clone();
    desk.session = Session::start(ports, Vec::new());
    assert!(desk.session.recent().is_empty(), "read before it was asked");
    desk.rest();
    assert_eq!(desk.session.recent().len(), 1);
    assert_eq!(desk.session.recent()[0].name, "fish");
}

#[test]
fn work_begun_before_the_left_behind_project_is_found_is_not_replaced() {
    let mut desk = Desk::new();
    let lost = desk.article("talks.txt", TALKS);
    desk.session.close();
    let ports = desk.session.ports().clone();
    let new = desk.file("new.txt", "Oslo, Feb. 9, 2026 — Norway thanked Poland.\n");
    desk.session = Session::start(ports, Vec::new());
    desk.run([Command::Import(vec![new])]);
    let project = &desk.session.snapshot().project;
    assert_eq!(project.articles.len(), 1);
    assert!(!project.articles.contains_key(&lost));
    // The other is still there, for the next start.
    desk.run([Command::Undo]);
    desk.restart(Vec::new());
    assert!(desk.session.snapshot().project.articles.contains_key(&lost));
}

#[test]
fn without_a_place_for_untitled_work_it_is_said_kept_and_saved_elsewhere() {
    let mut desk = Desk::new();
    std::fs::write(desk.folder.path().join("data"), "in the way").unwrap();
    let path = desk.file("talks.txt", TALKS);
    desk.session.push(Command::Import(vec![path]));
    let end = Instant::now() + Duration::from_secs(60);
    while desk.session.notices().is_empty() {
        desk.session.poll();
        assert!(Instant::now() < end, "nothing is said");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(desk.session.saved().1, "not saved");
    let file = desk.folder.path().join("kept.demarche");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![file.clone()]);
    desk.run([Command::SaveAs]);
    assert!(!desk.session.saved().1);
    desk.restart(vec![file]);
    assert_eq!(desk.session.snapshot().project.articles.len(), 1);
    assert_eq!(
        desk.session.undo_titles().0,
        Some("Project renamed to kept")
    );
}
