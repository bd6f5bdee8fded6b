//! Note, split and link, by keyboard and by mouse, to the changed project and back.

use demarche::app::{CommandKind, Dialog};
use demarche::model::EntityType;
use egui::{Key, Modifiers};

use crate::Window;

fn note_on_article(window: &Window) -> String {
    let id = window.session().selection().article.unwrap();
    window.project().articles[&id].article.meta.note.clone()
}

fn note_on(window: &Window, words: &str) -> String {
    let (at, _) = window.mention(words, 0);
    let view = &window.session().snapshot().view.articles[&at.article];
    let row = view.mentions.iter().find(|row| row.id == at.id).unwrap();
    row.note.clone()
}

#[test]
fn a_note_on_the_article_is_written_by_keyboard_and_undone() {
    let mut window = Window::with_articles();
    window.plain(Key::N);
    assert!(matches!(window.dialog(), Some(Dialog::Note(_, None))));
    window.typed("Check the treaty.");
    window.plain(Key::Enter);
    assert!(window.dialog().is_some(), "Enter is a new line of the note");
    window.typed("And the date.");
    window.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.dialog(), None);
    assert_eq!(note_on_article(&window), "Check the treaty.\nAnd the date.");
    window.undo();
    assert_eq!(note_on_article(&window), "");
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(note_on_article(&window), "Check the treaty.\nAnd the date.");
}

/// A quick hand (or a slow frame) has let go of `Ctrl` before the frame is drawn.
#[test]
fn keys_that_are_let_go_within_a_frame_save_the_note_too() {
    let mut window = Window::with_articles();
    window.plain(Key::N);
    window.typed("Check the treaty.");
    window.harness.event(egui::Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    });
    window.harness.run();
    assert_eq!(window.dialog(), None);
    assert_eq!(note_on_article(&window), "Check the treaty.");
}

#[test]
fn a_note_on_a_mention_is_written_by_mouse_and_undone() {
    let mut window = Window::with_articles();
    let before = window.decided();
    window.select("Poland", 0);
    window.menu(CommandKind::Note);
    window.click("Note");
    window.typed("As a state");
    window.click("Save note");
    assert_eq!(window.dialog(), None);
    assert_eq!(note_on(&window, "Poland"), "As a state");
    window.undo();
    assert_eq!(note_on(&window, "Poland"), "");
    assert_eq!(window.decided(), before);
}

#[test]
fn a_note_that_is_cancelled_is_not_kept() {
    let mut window = Window::with_articles();
    let before = window.decided();
    window.plain(Key::N);
    window.typed("never mind");
    window.click("Cancel");
    assert_eq!(window.dialog(), None);
    assert_eq!(window.decided(), before);
}

#[test]
fn a_mention_is_split_off_by_keyboard_and_undone() {
    let mut window = Window::with_articles();
    let poland = window.mention("Poland", 0).1.entity;
    let before = window.decided();
    window.select("Poland", 0);
    window.key(Modifiers::SHIFT, Key::M);
    assert!(matches!(window.dialog(), Some(Dialog::Split(_))));
    window.typed("Poland Fishing Co");
    window.plain(Key::Enter);
    assert_eq!(window.dialog(), None);
    let split = window.mention("Poland", 0).1.entity;
    assert_eq!(split, Some(window.entity("Poland Fishing Co")));
    assert_eq!(
        window.mention("Poland", 1).1.entity,
        poland,
        "the other stays"
    );
    window.undo();
    assert_eq!(window.mention("Poland", 0).1.entity, poland);
    assert_eq!(window.decided(), before);
}

#[test]
fn mentions_are_ticked_and_split_off_by_mouse() {
    let mut window = Window::with_articles();
    let poland = window.mention("Poland", 0).1.entity;
    window.select("Poland", 0);
    window.menu(CommandKind::Split);
    window.click("Name of the other entity");
    window.typed("Warsaw Ltd");
    // One is ticked, the selected one; the next is ticked by a click.
    assert!(window.sees("Split off 1 mention"));
    let rows: Vec<_> = window.rows_called("Poland");
    assert!(rows.len() >= 3, "{}", rows.len());
    window.click_at(rows[1]);
    assert!(window.sees("Split off 2 mentions"));
    window.click("Split off 2 mentions");
    let other = window.entity("Warsaw Ltd");
    let row = &window.session().snapshot().view.entities[&other];
    assert_eq!(row.mentions, 2);
    window.undo();
    assert_eq!(window.mention("Poland", 0).1.entity, poland);
    assert!(
        !window
            .session()
            .snapshot()
            .view
            .entities
            .contains_key(&other)
    );
}

#[test]
fn a_mention_is_linked_by_keyboard_and_undone() {
    let mut window = Window::with_articles();
    window.mark(("fishing talks", 0), None, EntityType::Event);
    let before = window.decided();
    let own = window.mention("fishing talks", 0).1.entity;
    window.select("fishing talks", 0);
    window.plain(Key::L);
    assert!(matches!(window.dialog(), Some(Dialog::Link(_))));
    window.typed("Pola");
    // The first Enter takes the completion, the second links.
    window.plain(Key::Enter);
    window.plain(Key::Enter);
    assert_eq!(window.dialog(), None);
    let linked = window.mention("fishing talks", 0).1.entity;
    assert_eq!(linked, Some(window.entity("Poland")));
    window.undo();
    assert_eq!(window.mention("fishing talks", 0).1.entity, own);
    assert_eq!(window.decided(), before);
}

#[test]
fn a_mention_is_linked_by_mouse() {
    let mut window = Window::with_articles();
    window.mark(("fishing talks", 0), None, EntityType::Event);
    window.select("fishing talks", 0);
    window.menu(CommandKind::Link);
    window.click("Entity");
    window.typed("norw");
    window.complete("Norway");
    window.click("Link");
    assert_eq!(window.dialog(), None);
    let linked = window.mention("fishing talks", 0).1.entity;
    assert_eq!(linked, Some(window.entity("Norway")));
}

#[test]
fn entities_are_merged_by_mouse_and_come_apart_by_undo() {
    let mut window = Window::with_articles();
    let before = window.decided();
    window.select("Poland", 0);
    window.menu(CommandKind::Merge);
    window.click("Entity");
    window.typed("Norw");
    window.complete("Norway");
    window.click("Merge into Norway");
    let norway = window.entity("Norway");
    let view = &window.session().snapshot().view;
    let poland = window.mention("Poland", 0).1.entity.unwrap();
    assert_eq!(view.resolver.entity(poland), norway);
    window.undo();
    assert_eq!(window.decided(), before);
}
