//! Pictures of start screen, import report, dialogs, empty and error states, light and dark. Each
//! one was looked at beside the design before it was taken.

use demarche::app::{Command, Dialog, Selection};
use demarche::edit::Edit;
use demarche::model::{Entity, EntityId, EntityType};
use egui_kittest::SnapshotResults;

use crate::Window;
use crate::support::Desk;

const SIZE: [f32; 2] = [1280.0, 800.0];

// Texts in which there is nothing to find: these pictures are of the shell, not of the engine.
const RAIN: &str = "A quiet day\n\nThe harbour slept. It rained. The harbour woke.\n";

fn dark(window: &mut Window) {
    window.push(Command::ToggleTheme);
}

fn take(results: &mut SnapshotResults, window: &mut Window, name: &str) {
    window.rest();
    results.add(window.harness.try_snapshot(name));
}

#[test]
fn the_start_screen() {
    let mut results = SnapshotResults::new();
    let mut window = Window::sized(Desk::new(), SIZE);
    take(&mut results, &mut window, "start_empty_light");

    dark(&mut window);
    take(&mut results, &mut window, "start_empty_dark");
}

#[test]
fn the_import_report() {
    let mut results = SnapshotResults::new();
    let mut desk = Desk::new();
    let files = vec![
        desk.file("fishing-talks.txt", crate::TALKS),
        desk.file("copy-of-fishing-talks.txt", crate::TALKS),
        desk.file(
            "undated-note.md",
            "# Ministers part\n\nNorway thanked Poland.\n",
        ),
        desk.file("empty.txt", "  \n"),
        desk.file("scan.pdf", "%PDF-1.4\nnothing in it\n"),
    ];
    desk.run([Command::Import(files)]);
    let mut window = Window::sized(desk, SIZE);
    take(&mut results, &mut window, "import_report_light");
    dark(&mut window);
    take(&mut results, &mut window, "import_report_dark");
}

/// An article, and entities and mentions made by hand.
fn with_dialogs() -> (Window, Vec<(&'static str, Dialog)>) {
    let mut desk = Desk::new();
    let article = desk.article("2026-02-06-quiet-day.txt", RAIN);
    let mut window = Window::sized(desk, SIZE);
    let id = EntityId(7);
    for (number, name, entity_type) in [
        (7, "Port of Coastland", EntityType::Facility),
        (8, "Coastland", EntityType::State),
        (9, "Harbour Authority", EntityType::Organisation),
        (10, "Mara Lind", EntityType::Person),
    ] {
        let entity = Entity {
            name: name.to_owned(),
            entity_type,
            aliases: std::collections::BTreeSet::new(),
            roles: Vec::new(),
        };
        let id = EntityId(number);
        window.push(Command::Edit(Edit::SetEntity { id, entity }));
    }
    for nth in [0, 1] {
        window.mark(
            ("harbour", nth),
            Some("Port of Coastland"),
            EntityType::Facility,
        );
    }
    let (at, _) = window.mention("harbour", 0);
    window.push(Command::Select(Some(at)));
    let dialogs = vec![
        ("merge", Dialog::Merge(id)),
        ("split", Dialog::Split(id)),
        ("rename", Dialog::Rename(id)),
        ("link", Dialog::Link(at)),
        ("note", Dialog::Note(article, Some(at))),
        ("dates", Dialog::SetDates),
        ("entities", Dialog::Entities),
        ("export", Dialog::Export),
        ("about", Dialog::About),
        ("keys", Dialog::Keys),
        ("palette", Dialog::Palette),
    ];
    (window, dialogs)
}

#[test]
fn every_dialog() {
    let mut results = SnapshotResults::new();
    let (mut window, dialogs) = with_dialogs();
    for (name, dialog) in &dialogs {
        window.show(dialog.clone());
        take(&mut results, &mut window, &format!("dialog_{name}_light"));
        window.push(Command::ShowDialog(None));
    }
    dark(&mut window);
    for (name, dialog) in &dialogs {
        window.show(dialog.clone());
        take(&mut results, &mut window, &format!("dialog_{name}_dark"));
        window.push(Command::ShowDialog(None));
    }
}

#[test]
fn empty_and_error_states() {
    let mut results = SnapshotResults::new();
    let mut desk = Desk::new();
    desk.article("note.txt", "A quiet day\n\nNothing was said. It rained.\n");
    let no_project = desk.file("notes.demarche", "these are notes");
    let mut window = Window::sized(desk, SIZE);
    take(&mut results, &mut window, "empty_nothing_found_light");
    window.push(Command::OpenProject(no_project));
    let mut filter = window.session().view_state().filter.clone();
    filter.text = "corvette".to_owned();
    window.push(Command::SetFilter(filter));
    take(&mut results, &mut window, "error_and_empty_filter_light");
    dark(&mut window);
    take(&mut results, &mut window, "error_and_empty_filter_dark");
    assert_ne!(*window.session().selection(), Selection::default());
}

#[test]
fn titles_that_are_read_from_right_to_left() {
    let mut results = SnapshotResults::new();
    let mut desk = Desk::new();
    for (name, text) in [
        (
            "a.md",
            "# الأردن يرحب باستئناف محادثات المياه (2026)\n\nرحب الأردن.\n",
        ),
        ("b.md", "# שיחות המים (2026) חודשו בעמאן\n\nיום שקט.\n"),
        ("c.txt", RAIN),
    ] {
        desk.article(name, text);
    }
    let mut window = Window::sized(desk, SIZE);
    window.push(Command::SetArticleSort(demarche::app::ArticleSort::Title));
    take(&mut results, &mut window, "articles_right_to_left");
}
