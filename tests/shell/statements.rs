//! Statements by key: decided one after the other in the list, and made by hand with few keys.

use demarche::model::AnnotationKind;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::Window;

/// The cards of the list, from top to bottom, with whether they are selected.
fn cards(window: &Window) -> Vec<(String, bool)> {
    let mut rows: Vec<_> = window
        .harness
        .query_all_by_role(egui::accesskit::Role::ListItem)
        .filter_map(|node| {
            let label = node.accesskit_node().label()?;
            let card =
                label.contains(" · ") && label.contains(", 20") || label.contains("suggested ·");
            let on = node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
            card.then(|| (node.rect().top(), label, on))
        })
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, label, on)| (label, on)).collect()
}

#[test]
fn one_key_decides_a_card_and_the_next_stands_ready() {
    let mut window = Window::with_articles();
    let open: Vec<String> = cards(&window)
        .into_iter()
        .map(|(label, _)| label)
        .filter(|label| label.contains("suggested ·"))
        .collect();
    assert!(open.len() >= 3, "{open:?}");
    window.click(&open[0]);
    let selected = |window: &Window| window.session().selection().annotation;
    let first = selected(&window).unwrap();
    assert_eq!(first.kind, AnnotationKind::Statement);
    window.plain(Key::Enter);
    let second = selected(&window).unwrap();
    assert_ne!(second.id, first.id, "confirmed: the next is selected");
    let view = &window.session().snapshot().view;
    let decided = |at: demarche::model::Annotation| {
        let row = view.articles[&at.article].statement(at.id);
        row.is_some_and(demarche::analysis::Row::is_decided)
    };
    assert!(decided(first) && !decided(second));
    window.plain(Key::X);
    let third = selected(&window).unwrap();
    assert!(third.id != second.id && third.id != first.id);
    let view = &window.session().snapshot().view;
    assert!(
        view.articles[&second.article]
            .statement(second.id)
            .is_none()
    );
    // Undo by key works on: nothing has the keyboard that would swallow it.
    window.key(Modifiers::COMMAND, Key::Z);
    let view = &window.session().snapshot().view;
    assert!(
        view.articles[&second.article]
            .statement(second.id)
            .is_some()
    );
}
