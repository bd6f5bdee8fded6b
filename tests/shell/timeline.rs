//! The timeline by mouse and by key: entries, dates, looks, periods; into the project and back.

use demarche::analysis::{ItemKind, LaneKind, When, timeline};
use demarche::app::{Command, CommandKind, Dialog, LaneBy, Region};
use demarche::model::{
    Annotation, AnnotationKind, DateSource, DateSpan, ItemKey, ItemLook, Swatch, TimexValue,
};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;

use crate::support::Desk;
use crate::{TALKS, VISIT, Window};

/// The two articles, with the timeline enlarged.
fn window(lanes: LaneBy) -> Window {
    let mut window = Window::with_articles();
    window.push(Command::SetLanes(lanes));
    window.push(Command::Enlarge(Some(Region::Timeline)));
    window
}

/// The first mark whose name begins so.
fn mark(window: &Window, start: &str) -> String {
    window.label(start)
}

fn menu_of(window: &mut Window, mark: &str) {
    let nodes: Vec<_> = window.harness.query_all_by_label(mark).collect();
    nodes.last().expect("a mark").click_secondary();
    drop(nodes);
    window.rest();
}

fn menu_row(window: &mut Window, start: &str) {
    let label = window.label(start);
    let rows = window
        .harness
        .query_all_by_role_and_label(Role::MenuItem, &label);
    rows.last().expect("a row of the menu").click();
    window.rest();
}

fn looks(window: &Window) -> Vec<ItemLook> {
    window.project().looks.values().copied().collect()
}

/// What stands on the timeline by actor: kind and words of its days.
fn items(window: &Window) -> Vec<(ItemKind, When)> {
    let (snap, state) = (window.session().snapshot(), window.session().view_state());
    let chart = timeline(&snap.project, &snap.view, &state.filter, state.cut());
    let lanes = chart.lanes.iter().flat_map(|lane| &lane.items);
    lanes.map(|item| (item.kind, item.when)).collect()
}

#[test]
fn an_entry_is_added_changed_and_deleted_by_key() {
    let mut window = window(LaneBy::Actor);
    window.plain(Key::T);
    assert!(matches!(window.dialog(), Some(Dialog::Entry(_))));
    window.typed("Treaty of Ostrava signed");
    window.plain(Key::Tab);
    window.typed("early 2024");
    window.plain(Key::Tab);
    window.typed("Background");
    window.plain(Key::Enter);
    assert_eq!(window.dialog(), None);
    let (id, entry) = window.project().entries.first_key_value().unwrap();
    let id = *id;
    assert_eq!(entry.title, "Treaty of Ostrava signed");
    assert_eq!(entry.value, TimexValue("2024".to_owned()));
    assert_eq!(entry.lane, "Background");
    assert!(window.sees("Background, 1 own entry"), "a lane of its own");
    let placed = items(&window);
    let when = placed.iter().find(|(kind, _)| *kind == ItemKind::Entry(id));
    assert!(matches!(when, Some((_, When::Vague { .. }))), "{when:?}");
    // Changed in the same form.
    window.push(Command::ShowDialog(Some(Dialog::Entry(
        demarche::app::EntryForm::Change(id),
    ))));
    window.typed(", at last");
    window.plain(Key::Enter);
    assert!(window.project().entries[&id].title.contains("at last"));
    window.undo();
    assert_eq!(
        window.project().entries[&id].title,
        "Treaty of Ostrava signed"
    );
    window.show(Dialog::Entry(demarche::app::EntryForm::Change(id)));
    window.click("Delete the entry");
    assert!(window.project().entries.is_empty());
    assert!(!window.sees("Background, 1 own entry"));
    window.undo();
    assert_eq!(window.project().entries.len(), 1);
    window.undo();
    assert!(window.project().entries.is_empty(), "nothing is left of it");
    assert!(window.project().looks.is_empty());
}

#[test]
fn an_entry_is_added_by_mouse_where_the_day_is_pointed_at() {
    let mut window = window(LaneBy::Actor);
    let lane = window.label("Norway, ");
    let row = window.harness.get_by_label(&lane).rect();
    let plot = window.harness.get_by_label("Days of the timeline").rect();
    let at = egui::pos2(plot.right() - 30.0, row.center().y);
    for pressed in [true, false] {
        window.harness.event(egui::Event::PointerMoved(at));
        window.harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.rest();
    menu_row(&mut window, "New entry on ");
    window.typed("Ports closed");
    window.click("Add entry");
    let entry = window.project().entries.values().next().unwrap();
    assert_eq!(entry.lane, "Norway");
    assert_eq!(entry.value.0.len(), 10, "a day: {}", entry.value);
    let label = window.label("Norway, ");
    assert!(
        label.contains("statement"),
        "in the lane of the actor: {label}"
    );
}

#[test]
fn the_date_of_words_is_corrected_and_what_hangs_on_them_moves() {
    let mut window = window(LaneBy::Article);
    let friday = mark(
        &window,
        "Envoys meet in Ostrava on fishing, 6 February 2026",
    );
    menu_of(&mut window, &friday);
    // A crowd of one day, or a single mark: both open a menu.
    assert!(window.sees("Hide") || window.label("Hide all").starts_with("Hide"));
    window.plain(Key::Escape);
    let (article, range) = window.place("Friday", 0);
    let view = &window.session().snapshot().view.articles[&article];
    let row = view.timexes.iter().find(|row| row.value.range == range);
    let id = row.expect("a time expression").id;
    let at = Annotation {
        article,
        kind: AnnotationKind::Timex,
        id,
    };
    window.show(Dialog::Date(ItemKey::Annotation(at)));
    assert!(window.sees("Date of “Friday”"));
    window.key(Modifiers::COMMAND, Key::A);
    window.typed("5 February 2026");
    window.plain(Key::Enter);
    assert_eq!(window.dialog(), None);
    let value = |window: &Window, words: &str| {
        let (article, range) = window.place(words, 0);
        let view = &window.session().snapshot().view.articles[&article];
        let row = view.timexes.iter().find(|row| row.value.range == range);
        row.map(|row| row.value.value.0.clone()).unwrap_or_default()
    };
    assert_eq!(value(&window, "Friday"), "2026-02-05");
    assert_eq!(value(&window, "The same day"), "2026-02-05", "counted anew");
    window.undo();
    assert_eq!(value(&window, "Friday"), "2026-02-06");
    assert_eq!(value(&window, "The same day"), "2026-02-06");
}

#[test]
fn the_date_of_a_statement_is_corrected_from_its_mark() {
    let mut window = window(LaneBy::Act);
    let name = mark(&window, "REJECT, ");
    let name = if name.contains("statement") {
        let all = window
            .harness
            .query_all(egui_kittest::kittest::by().predicate(|_| true));
        let labels =
            all.filter_map(|node| egui_kittest::kittest::NodeT::accesskit_node(&node).label());
        let mut found = labels.filter(|l| l.starts_with("REJECT, ") && !l.contains("statement"));
        found.next().expect("a mark of the lane")
    } else {
        name
    };
    menu_of(&mut window, &name);
    menu_row(&mut window, "Correct the date…");
    assert!(window.sees("Date of the statement"));
    window.key(Modifiers::COMMAND, Key::A);
    window.typed("since 3 February 2026");
    window.plain(Key::Enter);
    let moved = |window: &Window| {
        let placed = items(window);
        placed.iter().any(|(_, when)| matches!(when, When::From(_)))
    };
    assert!(moved(&window));
    let statements = window.session().snapshot().view.statements();
    let date = statements
        .filter_map(|(_, row)| row.value.date.clone())
        .find(|date| date.source == DateSource::Person);
    assert_eq!(date.unwrap().value.0, "2026-02-03");
    window.undo();
    assert!(!moved(&window));
}

#[test]
fn marks_are_pinned_coloured_and_hidden_and_it_is_undone() {
    let mut window = window(LaneBy::Article);
    let name = mark(&window, "Norway offers a visit, 9 February 2026");
    menu_of(&mut window, &name);
    menu_row(&mut window, "Pin");
    let pinned = looks(&window);
    assert!(!pinned.is_empty() && pinned.iter().all(|look| look.pinned));
    window.undo();
    assert!(looks(&window).is_empty());
    menu_of(&mut window, &name);
    window.click("Colour it rose");
    let colours: Vec<_> = looks(&window).iter().map(|look| look.colour).collect();
    assert!(colours.iter().all(|colour| *colour == Some(Swatch::Rose)));
    let before = items(&window).len();
    menu_of(&mut window, &name);
    menu_row(&mut window, "Hide");
    let hidden = looks(&window).iter().filter(|look| look.hidden).count();
    assert!(hidden > 0);
    assert_eq!(items(&window).len(), before - hidden);
    // What is hidden is told, and a click shows it again.
    window.click(&format!("{hidden} hidden"));
    assert_eq!(items(&window).len(), before);
    assert!(window.session().view_state().shows_hidden);
    window.click("Hide again");
    window.undo();
    assert!(looks(&window).iter().all(|look| !look.hidden));
    assert_eq!(items(&window).len(), before);
}

#[test]
fn a_mark_with_the_focus_has_keys() {
    let mut window = window(LaneBy::Act);
    let all = window
        .harness
        .query_all(egui_kittest::kittest::by().predicate(|_| true));
    let labels = all.filter_map(|node| egui_kittest::kittest::NodeT::accesskit_node(&node).label());
    let mut found =
        labels.filter(|label| label.starts_with("ACCUSE, ") && !label.contains("statement"));
    let name = found.next().expect("a mark");
    drop(found);
    window.harness.get_by_label(&name).focus();
    window.rest();
    window.plain(Key::P);
    assert_eq!(looks(&window).len(), 1);
    let again = window.label("ACCUSE, ");
    assert!(!again.is_empty());
    window.undo();
    window.harness.get_by_label(&name).focus();
    window.rest();
    window.key(Modifiers::SHIFT, Key::F10);
    assert!(window.sees("Correct the date…"), "the menu opens by key");
    window.plain(Key::Escape);
    window.harness.get_by_label(&name).focus();
    window.rest();
    window.plain(Key::D);
    assert!(matches!(window.dialog(), Some(Dialog::Date(_))));
}

#[test]
fn looks_entries_folds_and_periods_are_there_after_a_restart() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    desk.article("visit.txt", VISIT);
    let entry = demarche::model::Entry {
        title: "Treaty signed".to_owned(),
        value: TimexValue("2024".to_owned()),
        modifier: None,
        lane: String::new(),
        note: String::new(),
    };
    let snap = desk.session.snapshot().clone();
    let (at, _) = snap.view.statements().next().expect("a statement");
    let item = ItemKind::Statement(at).key();
    let chart = timeline(
        &snap.project,
        &snap.view,
        &Default::default(),
        LaneKind::Actor,
    );
    let folded: std::collections::BTreeSet<_> = [chart.lanes[0].lane.clone()].into();
    let day = |day| DateSpan::day(date(2026, 2, day));
    let compared = demarche::analysis::Compared {
        first: day(6),
        second: day(9),
        by: demarche::analysis::CompareBy::Act,
    };
    desk.run([
        Command::Edit(demarche::edit::Edit::AddEntry {
            entry,
            pinned: true,
        }),
        Command::Edit(demarche::edit::Edit::SetLooks {
            items: vec![item],
            change: demarche::model::LookChange::Hide(true),
        }),
        Command::SetFolded(folded.clone()),
        Command::SetCompared(Some(compared)),
    ]);
    let path = desk.folder.path().join("strait.demarche");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![path.clone()]);
    desk.run([Command::SaveAs]);
    let before = desk.session.snapshot().project.looks.clone();
    assert_eq!(before.len(), 2);
    desk.restart(vec![path]);
    let project = &desk.session.snapshot().project;
    assert_eq!(project.looks, before);
    assert_eq!(project.entries.len(), 1);
    let state = desk.session.view_state();
    assert_eq!((&state.folded, state.compared), (&folded, Some(compared)));
}

#[test]
fn days_are_chosen_moved_and_compared_by_key() {
    let mut window = window(LaneBy::Actor);
    let dates = |window: &Window| window.session().view_state().filter.dates;
    let days = |first, last| {
        Some(DateSpan {
            first: date(2026, 2, first),
            last: date(2026, 2, last),
        })
    };
    window.plain(Key::W);
    assert_eq!(dates(&window), days(3, 9), "up to the newest article");
    window.plain(Key::OpenBracket);
    let before = DateSpan {
        first: date(2026, 1, 27),
        last: date(2026, 2, 2),
    };
    assert_eq!(dates(&window), Some(before));
    window.plain(Key::CloseBracket);
    window.key(Modifiers::SHIFT, Key::W);
    assert_eq!(dates(&window), days(1, 28));
    window.plain(Key::C);
    let compared = window.session().view_state().compared.unwrap();
    assert_eq!(compared.first.first, date(2026, 1, 1));
    assert_eq!(Some(compared.second), days(1, 28));
    window.plain(Key::C);
    assert_eq!(window.session().view_state().compared, None);
    window.plain(Key::Num0);
    assert_eq!(dates(&window), None);
    assert!(
        !window.session().can(CommandKind::Compare),
        "there are no days"
    );
}

#[test]
fn two_clicks_compare_two_periods_and_a_row_leads_to_its_statements() {
    let mut window = window(LaneBy::Actor);
    let mut filter = window.session().view_state().filter.clone();
    filter.dates = Some(DateSpan {
        first: date(2026, 2, 8),
        last: date(2026, 2, 10),
    });
    window.push(Command::SetFilter(filter));
    window.click("Compare");
    menu_row(&mut window, "the period before");
    let compared = window.session().view_state().compared.unwrap();
    assert_eq!(compared.first.last, date(2026, 2, 7));
    let row = window.label("Poland, ");
    assert!(row.contains("before") || row.contains("statement"), "{row}");
    window.click("Act");
    window.click_start("ACCUSE, 1 before, 0 after, gone");
    let picked = window.session().view_state().filter.picked.clone();
    assert_eq!(picked.unwrap().statements.len(), 1);
    window.click("End comparing");
    assert_eq!(window.session().view_state().compared, None);
}
