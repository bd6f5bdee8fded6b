//! Statements by key: decided one after the other in the list, and made by hand with few keys.

use demarche::app::{Command, Dialog};
use demarche::edit::Edit;
use demarche::model::{Act, ActUse, AnnotationKind, IssueId, Statement, Swatch};
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

const TREATY: &str = "Ministers quarrel over checks\n\nPRAGUE, Feb. 6, 2026 — Poland urged Norway \
on Friday to reopen the fishing talks. Norway rejected the demand. Poland accused Norway of breaking \
the treaty. France, which had offered to mediate, praised Poland. Germany warned Norway against new \
checks on cargo. Norway was criticised by Germany for the checks. Poland and France welcomed the \
visit. Germany will meet Norway on Monday.\n";

/// Cue, holder, target, act: what a person would code.
const CODED: [(&str, &str, Option<&str>, Act); 8] = [
    ("urged", "Poland", Some("Norway"), Act::Request),
    ("rejected", "Norway", None, Act::Reject),
    ("accused", "Poland", Some("Norway"), Act::Accuse),
    ("praised", "France", Some("Poland"), Act::Support),
    ("warned", "Germany", Some("Norway"), Act::Threaten),
    ("criticised", "Germany", Some("Norway"), Act::Accuse),
    ("welcomed", "France", None, Act::Support),
    ("meet", "Germany", Some("Norway"), Act::Consult),
];

fn draft_is(window: &Window, holder: &str, target: Option<&str>, act: Act) -> [bool; 3] {
    let draft = window.session().view_state().draft.as_ref().unwrap();
    let holds = draft.holder.map(|party| party.entity) == Some(window.entity(holder));
    let towards = draft.target.map(|party| party.entity) == target.map(|name| window.entity(name));
    [holds, towards, draft.act == act]
}

/// Makes a statement by hand as a person would who knows what it is; returns it with how many keys
/// that took beyond the selection of the cue.
fn by_hand(
    window: &mut Window,
    (cue, holder, target, act): (&str, &str, Option<&str>, Act),
) -> (Statement, usize) {
    let (_, range) = window.place(cue, 0);
    window.push(Command::Mark(None));
    window.push(Command::SelectText(Some(range)));
    let before: Vec<_> = statements(window);
    window.plain(Key::S);
    let mut keys = 1;
    for (place, key) in [Key::H, Key::T, Key::A].into_iter().enumerate() {
        while !draft_is(window, holder, target, act)[place] {
            window.key(Modifiers::ALT, key);
            keys += 1;
            assert!(keys < 12, "{cue}: no guess is right");
        }
    }
    window.plain(Key::Enter);
    keys += 1;
    assert!(
        window.session().view_state().draft.is_none(),
        "{cue} is saved"
    );
    let made = statements(window).into_iter().find(|s| !before.contains(s));
    (made.unwrap(), keys)
}

/// What persons decided.
fn statements(window: &Window) -> Vec<Statement> {
    let articles = window.project().articles.values();
    let decided = articles.flat_map(|state| state.annotations.statements.decided().values());
    decided.map(|decided| decided.value.clone()).collect()
}

#[test]
fn a_statement_by_hand_takes_four_keys_at_most() {
    let mut desk = crate::support::Desk::new();
    let article = desk.article("treaty.txt", TREATY);
    let mut window = Window::of(desk);
    window.push(Command::OpenArticle(article));
    let mut all = Vec::new();
    for coded in CODED {
        let (made, keys) = by_hand(&mut window, coded);
        let (cue, holder, target, act) = coded;
        let (_, range) = window.place(cue, 0);
        assert_eq!(made.evidence.cue, range);
        assert_eq!(made.holder.entity, window.entity(holder), "{cue}");
        let towards = made.target.map(|party| party.entity);
        assert_eq!(towards, target.map(|name| window.entity(name)), "{cue}");
        assert_eq!(made.act, act, "{cue}");
        assert!(made.date.is_some(), "{cue}");
        all.push((cue, keys));
    }
    assert!(all.iter().all(|(_, keys)| *keys <= 4), "{all:?}");
    // Most need no more than S and Enter.
    let two = all.iter().filter(|(_, keys)| *keys == 2).count();
    assert!(two * 2 >= all.len(), "{all:?}");
}

#[test]
fn a_key_of_the_codebook_sets_the_act_in_the_editor_and_on_a_card() {
    let mut window = Window::with_articles();
    let entry = ActUse {
        colour: Some(Swatch::Green),
        key: Some('C'),
        ..ActUse::default()
    };
    let act = Act::Concede;
    window.push(Command::Edit(Edit::SetAct { act, entry }));
    let card = cards(&window)[0].0.clone();
    window.click(&card);
    let at = window.session().selection().annotation.unwrap();
    window.key(Modifiers::ALT, Key::C);
    let act = |window: &Window| {
        let view = &window.session().snapshot().view.articles[&at.article];
        view.statement(at.id).unwrap().value.act
    };
    assert_eq!(act(&window), Act::Concede);
    window.undo();
    assert_ne!(act(&window), Act::Concede);
    window.plain(Key::E);
    window.key(Modifiers::ALT, Key::C);
    window.plain(Key::Enter);
    assert_eq!(act(&window), Act::Concede);
}

/// Three statements by hand, on phrases of one issue.
fn with_phrases() -> Window {
    let mut window = Window::with_articles();
    for (cue, phrase) in [
        ("urged", "the fishing talks"),
        ("rejected", "resumption of the fishing dialogue"),
        ("accused", "end to the fishing negotiations"),
    ] {
        let (_, range) = window.place(cue, 0);
        window.push(Command::SelectText(Some(range)));
        window.plain(Key::S);
        let mut draft = window.session().view_state().draft.clone().unwrap();
        phrase.clone_into(&mut draft.issue_label);
        draft.issue = None;
        draft.issue_range = None;
        draft.polarity_issue = Some(demarche::model::Polarity::Support);
        window.push(Command::SetDraft(None));
        let (article, note) = (draft.article, String::new());
        let statement = Box::new(draft.statement().unwrap());
        let add = Edit::AddStatement {
            article,
            statement,
            note,
        };
        window.push(Command::Edit(add));
        window.push(Command::Mark(None));
    }
    window
}

#[test]
fn a_group_of_phrases_is_named_by_one_key() {
    let mut window = with_phrases();
    window.show(Dialog::Codebook);
    window.click_start("Groups to name");
    window.plain(Key::Enter);
    let issues = &window.project().codebook.issues;
    let group = issues.values().find(|issue| issue.links.len() > 1);
    let group = group.expect("a group is named");
    let words: Vec<_> = group
        .links
        .iter()
        .map(|link| (link.words.as_str(), link.reversed))
        .collect();
    let has = |phrase: &str, turned: bool| words.contains(&(phrase, turned));
    assert!(has("the fishing talks", false), "{words:?}");
    assert!(
        has("resumption of the fishing dialogue", false),
        "{words:?}"
    );
    assert!(has("end to the fishing negotiations", true), "{words:?}");
    // All three count for it, and the phrases stand under it alone.
    let snap = window.session().snapshot();
    let mut named = snap.view.issues.iter();
    let (id, _) = named.find(|(_, row)| row.name == group.name).unwrap();
    assert!(snap.facets().issue(*id) >= 3);
    let alone = IssueId::of_phrase("the fishing talks");
    assert!(!issues.contains_key(&alone));
    window.plain(Key::Escape);
    window.undo();
    let issues = &window.project().codebook.issues;
    assert!(issues.values().all(|issue| issue.links.is_empty()));
}

#[test]
fn pictures_of_codebook_and_lexicon() {
    let mut results = egui_kittest::SnapshotResults::new();
    let mut window = with_phrases();
    let entry = ActUse {
        definition: "Also where a minister only asks in public.".to_owned(),
        colour: Some(Swatch::Blue),
        key: Some('Q'),
        hidden: false,
    };
    let act = Act::Request;
    window.push(Command::Edit(Edit::SetAct { act, entry }));
    for theme in ["light", "dark"] {
        window.show(Dialog::Codebook);
        window.click_start("the fishing talks, ");
        window.rest();
        results.add(
            window
                .harness
                .try_snapshot(format!("dialog_codebook_issue_{theme}")),
        );
        window.click_start("Groups to name");
        results.add(
            window
                .harness
                .try_snapshot(format!("dialog_codebook_group_{theme}")),
        );
        window.click("Acts");
        window.click_start("REQUEST, ");
        results.add(
            window
                .harness
                .try_snapshot(format!("dialog_codebook_act_{theme}")),
        );
        window.push(Command::ShowDialog(None));
        window.show(Dialog::Lexicon);
        results.add(
            window
                .harness
                .try_snapshot(format!("dialog_lexicon_{theme}")),
        );
        window.push(Command::ShowDialog(None));
        window.push(Command::ToggleTheme);
    }
}
