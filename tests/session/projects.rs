//! Projects that are closed, opened again, foreign or open elsewhere.

use super::*;

#[test]
fn a_project_comes_back_as_it_was_left() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let (at, _) = mention_at(&desk, article, "Poland").unwrap();
    desk.run([
        Command::Select(Some(at)),
        Command::Confirm,
        Command::ToggleTheme,
    ]);
    let file = desk.folder.path().join("fish.demarche");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![file.clone()]);
    desk.run([Command::SaveAs]);
    assert_eq!(
        desk.session.project_path(),
        Some(file.canonicalize().unwrap().as_path())
    );
    let (before, view) = (decided(&desk, article), desk.session.view_state().clone());
    desk.restart(vec![file.clone()]);
    assert_eq!(decided(&desk, article), before);
    let after = desk.session.view_state();
    assert_eq!(after.selection.article, view.selection.article);
    assert_eq!(after.selection.annotation, view.selection.annotation);
    assert_eq!(after.theme, view.theme);
    assert_eq!(desk.session.snapshot().project.info.name, "fish");
    assert_eq!(desk.session.recent()[0].path, file.canonicalize().unwrap());
    // Undo survives the restart.
    desk.run([Command::Undo, Command::Undo]);
    assert!(mention_at(&desk, article, "Poland").is_some());
    assert_ne!(decided(&desk, article), before);
}

#[test]
fn an_untitled_project_comes_back_after_a_restart() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    desk.restart(Vec::new());
    assert!(
        desk.session
            .snapshot()
            .project
            .articles
            .contains_key(&article)
    );
    assert_eq!(desk.session.project_path(), None);
}

#[test]
fn a_file_that_is_no_project_is_refused_and_left_alone() {
    let mut desk = Desk::new();
    let path = desk.file("notes.demarche", "these are notes");
    desk.run([Command::OpenProject(path.clone())]);
    assert_eq!(desk.session.notices().len(), 1);
    assert_eq!(std::fs::read_to_string(path).unwrap(), "these are notes");
    desk.run([Command::DismissNotice(0)]);
    assert!(desk.session.notices().is_empty());
}

#[test]
fn a_second_window_reads_only() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let file = desk.folder.path().join("fish.demarche");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![file.clone()]);
    desk.run([Command::SaveAs]);
    let mut other = Desk::with(vec![file]);
    assert!(other.session.read_only().is_some());
    let (at, _) = mention_at(&other, article, "Poland").unwrap();
    let before = decided(&other, article);
    other.run([Command::Select(Some(at)), Command::Confirm]);
    assert_eq!(decided(&other, article), before);
}
