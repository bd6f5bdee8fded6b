//! What changes a mention or a statement: the key and the menu do the same, and undo takes it back.

use demarche::app::{Command, CommandKind};
use demarche::model::{EntityType, Polarity, Verdict};
use egui::{Key, Modifiers};

use crate::Window;

/// By key in one window, by mouse in another, with the mention *Poland* selected.
fn same(kind: CommandKind, modifiers: Modifiers, key: Key, done: impl Fn(&Window) -> bool) {
    let mut results = Vec::new();
    for by_key in [true, false] {
        let mut window = Window::with_articles();
        let before = window.decided();
        window.select("Poland", 0);
        if by_key {
            window.key(modifiers, key);
        } else {
            window.menu(kind);
        }
        assert!(done(&window), "{kind:?} by key: {by_key}");
        // Times and ids are of the clock and the window, not of the hand.
        results.push(window.session().undo_titles().0.map(ToOwned::to_owned));
        window.undo();
        assert_eq!(
            window.decided(),
            before,
            "{kind:?} undone, by key: {by_key}"
        );
    }
    assert_eq!(results[0], results[1], "{kind:?}");
}

fn poland(window: &Window) -> Option<demarche::model::Mention> {
    let (article, range) = window.place("Poland", 0);
    let view = &window.session().snapshot().view.articles[&article];
    let row = view
        .mentions
        .iter()
        .find(|row| row.value.range.contains_range(range) || range.contains_range(row.value.range));
    row.map(|row| row.value.clone())
}

#[test]
fn a_type_is_changed() {
    same(
        CommandKind::TypeWeapon,
        Modifiers::NONE,
        Key::Num7,
        |window| poland(window).is_some_and(|mention| mention.entity_type == EntityType::Weapon),
    );
}

#[test]
fn the_end_is_moved() {
    same(
        CommandKind::EndLater,
        Modifiers::SHIFT,
        Key::ArrowRight,
        |window| {
            let (article, _) = window.place("Poland", 0);
            let article = &window.project().articles[&article].article;
            poland(window).is_some_and(|mention| article.slice(mention.range) == "Poland urged")
        },
    );
}

#[test]
fn the_start_is_moved() {
    same(
        CommandKind::StartEarlierChar,
        Modifiers::COMMAND | Modifiers::ALT,
        Key::ArrowLeft,
        |window| {
            let (article, _) = window.place("Poland", 0);
            let article = &window.project().articles[&article].article;
            poland(window).is_some_and(|mention| article.slice(mention.range) == " Poland")
        },
    );
}

#[test]
fn a_mention_is_deleted() {
    same(
        CommandKind::Delete,
        Modifiers::NONE,
        Key::Delete,
        |window| poland(window).is_none(),
    );
}

#[test]
fn a_mention_is_confirmed_and_rejected() {
    let decided = |verdict| {
        move |window: &Window| {
            let articles = window.project().articles.values();
            let mut mentions =
                articles.flat_map(|state| state.annotations.mentions.decided().values());
            mentions.any(|one| one.verdict == verdict)
        }
    };
    same(
        CommandKind::Confirm,
        Modifiers::NONE,
        Key::Enter,
        decided(Verdict::Confirmed),
    );
    same(
        CommandKind::Reject,
        Modifiers::NONE,
        Key::X,
        decided(Verdict::Rejected),
    );
}

#[test]
fn words_become_a_mention_by_key_and_by_menu() {
    for by_key in [true, false] {
        let mut window = Window::with_articles();
        let before = window.decided();
        let (_, range) = window.place("demand", 0);
        window.push(Command::SelectText(Some(range)));
        if by_key {
            window.plain(Key::Num8);
        } else {
            window.menu(CommandKind::TypeAgreement);
        }
        let (_, mention) = window.mention("demand", 0);
        assert_eq!(mention.entity_type, EntityType::Agreement);
        window.undo();
        assert_eq!(window.decided(), before);
    }
}

#[test]
fn a_statement_is_coded_by_key_and_by_mouse() {
    for by_key in [true, false] {
        let mut window = Window::with_articles();
        let before = window.decided();
        let (article, range) = window.place("breaking", 0);
        window.push(Command::SelectText(Some(range)));
        if by_key {
            window.plain(Key::S);
        } else {
            window.menu(CommandKind::NewStatement);
        }
        assert!(window.session().view_state().draft.is_some());
        if by_key {
            for _ in 0..3 {
                if window.session().view_state().draft.is_some() {
                    window.plain(Key::Enter);
                }
            }
        } else {
            window.click("Save");
        }
        assert!(
            window.session().view_state().draft.is_none(),
            "by key: {by_key}"
        );
        let statements = &window.project().articles[&article].annotations.statements;
        let added = statements.decided().values().next().unwrap();
        assert_eq!(added.verdict, Verdict::Added);
        assert_eq!(added.value.evidence.cue, range);
        assert_ne!(added.value.polarity_target, Some(Polarity::Support));
        window.undo();
        assert_eq!(window.decided(), before);
    }
}
