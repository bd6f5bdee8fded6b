//! The real application in a test window: what a person sees and clicks, by label.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "helpers of tests: a failure is the answer; a fixture is long"
)]

mod support;

use demarche::app::{Command, CommandKind, Dialog, Region};
use demarche::edit::Edit;
use demarche::model::{Entity, EntityId, EntityType};
use demarche::ui::App;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::Desk;

const TALKS: &str = "Envoys meet in Ostrava on fishing\n\nPRAGUE, Feb. 6, 2026 — Poland urged \
Norway on Friday to reopen the fishing talks. The same day, Norwegian foreign minister Lars \
Nygaard rejected the demand. Poland accused Norway of breaking the 2024 Ostrava Treaty.\n";

const VISIT: &str = "Norway offers a visit\n\nOSLO, Feb. 9, 2026 — Norway offered Poland a visit \
to its ports. Poland welcomed the offer.\n";

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

fn window(desk: Desk) -> Window {
    let (session, folder) = desk.into_parts();
    let harness = Harness::builder()
        .with_size([1600.0, 1000.0])
        .with_max_steps(40)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, session));
    let mut window = Window {
        harness,
        _folder: folder,
    };
    window.rest();
    window
}

impl Window {
    /// Frames until nothing is under way.
    fn rest(&mut self) {
        let mut quiet = 0;
        let mut frames = 0;
        while quiet < 6 {
            frames += 1;
            assert!(frames < 5000, "the window does not come to rest");
            self.harness.step();
            let busy = self.harness.state().session().is_busy();
            quiet = if busy { 0 } else { quiet + 1 };
            std::thread::sleep(std::time::Duration::from_millis(u64::from(busy)));
        }
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.rest();
    }

    fn key(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.rest();
    }

    fn sees(&self, label: &str) -> bool {
        self.harness.query_by_label(label).is_some()
    }

    fn dialog(&self) -> Option<Dialog> {
        self.harness.state().session().view_state().dialog.clone()
    }
}

fn with_articles() -> Window {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    desk.article("visit.txt", VISIT);
    window(desk)
}

#[test]
fn an_empty_project_offers_what_can_be_opened() {
    let desk = Desk::new();
    let path = desk.file("talks.txt", TALKS);
    desk.dialogs.answers.lock().unwrap().push(vec![path]);
    let mut window = window(desk);
    for label in [
        "Open files…",
        "Open folder…",
        "Open the sample",
        "Paste text",
    ] {
        assert!(window.sees(label), "{label}");
    }
    window.click("Open files…");
    let session = window.harness.state().session();
    assert_eq!(session.snapshot().project.articles.len(), 1);
}

#[test]
fn an_article_row_opens_its_article() {
    let mut window = with_articles();
    let rows: Vec<String> = window
        .harness
        .get_all_by_role(egui::accesskit::Role::ListItem)
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    assert!(rows.len() >= 2, "{rows:?}");
    let other = rows.iter().find(|row| row.starts_with("Envoys")).unwrap();
    window.click(other);
    let session = window.harness.state().session();
    let open = session.view_state().selection.article.unwrap();
    let title = &session.snapshot().project.articles[&open]
        .article
        .meta
        .title;
    assert_eq!(title, "Envoys meet in Ostrava on fishing");
}

#[test]
fn keys_are_commands_unless_somebody_types() {
    let mut window = with_articles();
    window.key(egui::Modifiers::SHIFT, egui::Key::Questionmark);
    assert_eq!(window.dialog(), Some(Dialog::Keys));
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    assert_eq!(window.dialog(), None);
    window.key(egui::Modifiers::NONE, egui::Key::Slash);
    window.key(egui::Modifiers::SHIFT, egui::Key::Questionmark);
    assert_eq!(window.dialog(), None, "the search field has the keys");
    let both = egui::Modifiers::COMMAND | egui::Modifiers::SHIFT;
    window.key(both, egui::Key::P);
    assert_eq!(window.dialog(), Some(Dialog::Palette));
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    assert_eq!(
        window.dialog(),
        None,
        "one Esc closes a dialog with a field"
    );
}

#[test]
fn a_search_becomes_a_filter_and_escape_clears_it() {
    let mut window = with_articles();
    window.key(egui::Modifiers::NONE, egui::Key::Slash);
    window.harness.get_by_label("Search").type_text("visit");
    window.rest();
    window.key(egui::Modifiers::NONE, egui::Key::Enter);
    let session = window.harness.state().session();
    assert_eq!(session.view_state().filter.text, "visit");
    window.click("Remove “visit” from the filter");
    let session = window.harness.state().session();
    assert!(session.view_state().filter.is_empty());
}

#[test]
fn a_region_is_enlarged_and_given_back() {
    let mut window = with_articles();
    window.key(egui::Modifiers::NONE, egui::Key::F6);
    window.key(egui::Modifiers::NONE, egui::Key::F11);
    let enlarged = |window: &Window| window.harness.state().session().view_state().enlarged;
    assert_eq!(enlarged(&window), Some(Region::Articles));
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    assert_eq!(enlarged(&window), None);
}

#[test]
fn dropped_files_are_imported() {
    let desk = Desk::new();
    let path = desk.file("visit.txt", VISIT);
    let mut window = window(desk);
    let dropped: egui::DroppedFileHandle = std::sync::Arc::new(Dropped(path));
    window.harness.input_mut().dropped_files.push(dropped);
    window.rest();
    let session = window.harness.state().session();
    assert_eq!(session.snapshot().project.articles.len(), 1);
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn the_menu_of_commands_greys_out_what_cannot_be_done() {
    let mut window = window(Desk::new());
    window.click("Menu of all commands");
    let save = window.harness.get_by_label(CommandKind::SaveAs.title());
    assert!(save.accesskit_node().is_disabled());
    let keys = window.harness.get_by_label(CommandKind::Keys.title());
    assert!(!keys.accesskit_node().is_disabled());
}

#[test]
fn the_theme_is_switched() {
    let mut window = with_articles();
    window.click("Dark theme");
    assert!(window.sees("Light theme"));
    window
        .harness
        .state_mut()
        .session_mut()
        .push(Command::ToggleTheme);
    window.rest();
    assert!(window.sees("Dark theme"));
}

/// Makes an entity by hand, so that no test hangs on what the engine finds.
fn coastland(window: &mut Window) -> EntityId {
    let id = EntityId(7);
    let entity = Entity {
        name: "Coastland".to_owned(),
        entity_type: EntityType::State,
        aliases: std::collections::BTreeSet::new(),
        roles: Vec::new(),
    };
    let session = window.harness.state_mut().session_mut();
    session.push(Command::Edit(Edit::SetEntity { id, entity }));
    window.rest();
    id
}

#[test]
fn every_dialog_opens_with_a_title_and_closes() {
    let mut window = with_articles();
    let entity = coastland(&mut window);
    let session = window.harness.state().session();
    let article = *session.snapshot().project.articles.keys().next().unwrap();
    for (dialog, sign) in [
        (Dialog::Export, "Choose where…"),
        (Dialog::Merge(entity), "Merge"),
        (Dialog::Rename(entity), "Rename"),
        (Dialog::Split(entity), "Name of the other entity"),
        (Dialog::SetDates, "Cancel"),
        (Dialog::Note(article, None), "Save note"),
        (Dialog::Entities, "Find an entity"),
        (Dialog::Lexicon, "Import rules…"),
        (Dialog::Codebook, "Find an issue"),
        (Dialog::Palette, "Command"),
        (Dialog::Keys, "All keys"),
        (Dialog::About, "Licence IBM Plex Sans"),
    ] {
        let session = window.harness.state_mut().session_mut();
        session.push(Command::ShowDialog(Some(dialog.clone())));
        window.rest();
        let found = window.harness.query_all_by_label(sign).count();
        assert!(found > 0, "{dialog:?} shows {sign}");
        window.key(egui::Modifiers::NONE, egui::Key::Escape);
        assert_eq!(window.dialog(), None);
    }
}

#[test]
fn an_entity_is_renamed_and_the_renaming_undone() {
    let mut window = with_articles();
    let entity = coastland(&mut window);
    let name = |window: &Window| {
        let view = &window.harness.state().session().snapshot().view;
        view.entity_name(entity).to_owned()
    };
    let session = window.harness.state_mut().session_mut();
    session.push(Command::ShowDialog(Some(Dialog::Rename(entity))));
    window.rest();
    window.harness.get_by_label("Name").type_text(" of old");
    window.rest();
    window.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(
        window.dialog(),
        None,
        "{:?}",
        window.harness.get_by_label("Name").accesskit_node().value()
    );
    assert_eq!(name(&window), "Coastland of old");
    window.key(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(name(&window), "Coastland");
}
