//! The list of articles by keyboard, numbers that lead to what they count, the window's title.

use demarche::analysis::ReviewFilter;
use demarche::app::{Command, Region};
use demarche::edit::Edit;
use demarche::model::{Annotation, AnnotationKind, ArticleId, ArticleState, ReviewState};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::Window;
use crate::support::Desk;

/// Twenty articles, the newest first.
fn twenty() -> (Window, Vec<ArticleId>) {
    let mut desk = Desk::new();
    let mut ids = Vec::new();
    for day in 1..=20 {
        let text = format!(
            "Report of day {day}\n\nOSLO, March {day}, 2026 — Norway thanked Poland for visit {day}.\n"
        );
        ids.push(desk.article(&format!("day-{day}.txt"), &text));
    }
    ids.reverse();
    (Window::of(desk), ids)
}

fn open(window: &Window) -> Option<ArticleId> {
    window.session().selection().article
}

#[test]
fn arrows_and_page_keys_walk_the_list_and_the_row_has_the_focus() {
    let (mut window, ids) = twenty();
    window.push(Command::OpenArticle(ids[0]));
    window.click_start("Report of day 20");
    for (key, to) in [
        (Key::ArrowDown, 1),
        (Key::ArrowDown, 2),
        (Key::ArrowUp, 1),
        (Key::End, 19),
        (Key::ArrowDown, 19),
        (Key::Home, 0),
        (Key::ArrowUp, 0),
    ] {
        window.plain(key);
        assert_eq!(open(&window), Some(ids[to]), "{key:?}");
    }
    window.plain(Key::PageDown);
    let page = ids
        .iter()
        .position(|id| Some(*id) == open(&window))
        .unwrap();
    assert!((4..12).contains(&page), "a page is what is seen: {page}");
    window.plain(Key::PageUp);
    assert_eq!(open(&window), Some(ids[0]));
    let focused: Vec<_> = window
        .harness
        .query_all_by_role(egui::accesskit::Role::ListItem)
        .filter(|row| row.accesskit_node().is_focused())
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    assert_eq!(focused.len(), 1);
    assert!(focused[0].starts_with("Report of day 20"), "{focused:?}");
}

#[test]
fn after_a_click_on_an_article_the_keys_of_review_work() {
    let mut window = Window::with_articles();
    window.click_start("Envoys meet");
    let open = window.session().open_suggestions();
    window.plain(Key::J);
    window.plain(Key::Enter);
    assert!(window.session().open_suggestions() < open, "Enter confirms");
}

#[test]
fn numbers_of_the_filter_line_lead_to_what_they_count() {
    let mut window = Window::with_articles();
    window.click_start("all ");
    assert_eq!(window.session().view_state().enlarged, Some(Region::Stance));
    window.click("2 articles: go to the list");
    assert_eq!(window.session().view_state().enlarged, None);
    // The list has the keys.
    let before = open(&window);
    window.plain(Key::End);
    let last = open(&window);
    window.plain(Key::Home);
    assert_ne!(open(&window), last);
    assert!(before == last || before == open(&window));
}

#[test]
fn the_title_of_the_window_names_the_project() {
    let mut desk = Desk::new();
    desk.article("talks.txt", crate::TALKS);
    let file = desk.folder.path().join("fishing.demarche");
    desk.dialogs.answers.lock().unwrap().push(vec![file]);
    let mut window = Window::of(desk);
    assert_eq!(window.harness.state().title(), "Untitled · Demarche");
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert_eq!(window.harness.state().title(), "fishing · Demarche");
    window.key(Modifiers::COMMAND, Key::N);
    assert_eq!(window.harness.state().title(), "Demarche");
}

#[test]
fn a_row_s_menu_marks_an_article_and_takes_it_out_and_undo_brings_it_back() {
    let (mut window, ids) = twenty();
    window.push(Command::OpenArticle(ids[3]));
    let count = |window: &Window| window.session().snapshot().project.articles.len();
    let menu = |window: &mut Window, item: &str| {
        let row = window
            .harness
            .query_all_by_role(egui::accesskit::Role::ListItem)
            .find(|row| {
                let label = row.accesskit_node().label();
                label.is_some_and(|label| label.starts_with("Report of day 17"))
            })
            .unwrap();
        row.click_secondary();
        window.harness.run();
        window.harness.get_by_label(item).click();
        window.harness.run();
    };
    menu(&mut window, "Mark as reviewed");
    let review = |window: &Window| {
        let project = &window.session().snapshot().project;
        project.articles[&ids[3]].article.meta.review
    };
    assert_eq!(review(&window), ReviewState::Done);
    menu(&mut window, "Remove article");
    assert_eq!(count(&window), 19);
    assert_eq!(open(&window), Some(ids[4]), "the one before it is open");
    window.undo();
    assert_eq!(count(&window), 20);
    assert_eq!(review(&window), ReviewState::Done);
}

#[test]
fn what_is_folded_away_is_counted_in_the_filter_line_and_one_click_shows_it() {
    let mut desk = Desk::new();
    for (at, text) in [
        "Norway thanked Poland for the ice breakers it lent after the storm in the Skagerrak.",
        "At a dinner of farmers in Lyon the mayor recalled that France thanked Spain for cheap wheat.",
        "Engineers opened the tunnel at noon. Italy thanked Austria for its surveyors and their maps.",
        "The orchestra played twice. Finland thanked Sweden for the hall, the choir and the lights.",
        "Rain fell on the parade when Japan thanked Canada for timber that rebuilt a coastal town.",
        "Nurses came back on Sunday, and Greece thanked Cyprus for beds, blankets and medicine.",
        "Chile thanked Peru for returning a stolen statue which divers had found near Callao.",
        "After long repairs of the dam Egypt thanked Sudan for patience over the lower river.",
    ]
    .into_iter()
    .enumerate()
    {
        let text = format!("OSLO, March {}, 2026 — {text}\n", at + 1);
        desk.article(&format!("thanks-{at}.txt"), &text);
    }
    let mut window = Window::of(desk);
    let project = window.session().snapshot().project.clone();
    let thanked = |state: &ArticleState| {
        let rows = state.annotations.statements.effective();
        let mut rows = rows.into_iter();
        rows.find(|(_, row)| state.article.slice(row.value().evidence.cue) == "thanked")
            .map(|(id, _)| Annotation {
                article: state.article.id,
                kind: AnnotationKind::Statement,
                id,
            })
    };
    let all: Vec<_> = project
        .articles
        .values()
        .filter_map(|s| thanked(s))
        .collect();
    assert!(all.len() > 5, "{all:?}");
    window.push(Command::Edit(Edit::RejectMany(all[..5].to_vec())));
    let label = window
        .harness
        .query_all_by_role(egui::accesskit::Role::Link)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.ends_with(" unsure: show what is folded away"))
        .expect("what is folded away is counted");
    window.harness.get_by_label(&label).click();
    window.harness.run();
    let filter = &window.session().view_state().filter;
    assert_eq!(filter.review, Some(ReviewFilter::Unsure));
}
