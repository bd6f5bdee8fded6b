//! What a user does, without a window: sequences of commands against fake ports.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: a failure is the answer"
)]

mod output;
mod projects;
#[path = "../support/mod.rs"]
mod support;

use demarche::analysis::{MatrixOrder, RowOrder};
use demarche::app::{
    Command, CommandKind, Dialog, ExportFormat, ExportRequest, ExportWhat, LaneBy, StanceOptions,
    StanceTab,
};
use demarche::edit::Edit;
use demarche::model::{
    Annotation, AnnotationKind, ArticleId, Dct, DctSource, EntityType, Mention, MentionKind,
    Polarity, Rule, TextRange, Verdict, checked_range,
};
use support::Desk;

const TALKS: &str = "Envoys meet in Ostrava on fishing\n\nPRAGUE, Feb. 6, 2026 — Poland urged \
Norway on Friday to reopen the fishing talks. The same day, Norwegian foreign minister Lars \
Nygaard rejected the demand. Poland accused Norway of breaking the 2024 Ostrava Treaty.\n";

fn range(desk: &Desk, article: ArticleId, words: &str) -> TextRange {
    let project = &desk.session.snapshot().project;
    let body = &project.articles[&article].article.text.body;
    let start = body.find(words).expect("the words stand in the text");
    checked_range(body, start, start + words.len()).unwrap()
}

fn mention_at(desk: &Desk, article: ArticleId, words: &str) -> Option<(Annotation, Mention)> {
    let range = range(desk, article, words);
    let view = &desk.session.snapshot().view.articles[&article];
    let row = view.mentions.iter().find(|row| row.value.range == range)?;
    let at = Annotation {
        article,
        kind: AnnotationKind::Mention,
        id: row.id,
    };
    Some((at, row.value.clone()))
}

fn key(desk: &mut Desk, kind: CommandKind) {
    let command = desk
        .session
        .resolve(kind)
        .unwrap_or_else(|| panic!("{kind:?} is greyed out"));
    desk.run([command]);
}

#[test]
fn good_files_are_read_and_bad_ones_named() {
    let mut desk = Desk::new();
    let good = desk.file("2026-02-06-talks.txt", TALKS);
    let empty = desk.file("empty.txt", "  \n");
    desk.run([Command::Import(vec![good, empty])]);
    assert_eq!(desk.session.snapshot().project.articles.len(), 1);
    let report = desk.session.import_report().unwrap();
    assert_eq!((report.added, report.failed()), (1, 1));
    assert_eq!(desk.session.view_state().dialog, Some(Dialog::ImportReport));
    desk.run([Command::ShowDialog(None), Command::Undo]);
    assert!(desk.session.snapshot().project.articles.is_empty());
    desk.run([Command::Redo]);
    assert_eq!(desk.session.snapshot().project.articles.len(), 1);
}

#[test]
fn the_same_text_twice_is_one_article() {
    let mut desk = Desk::new();
    let one = desk.file("one.txt", TALKS);
    let two = desk.file("two.txt", TALKS);
    desk.run([Command::Import(vec![one]), Command::Import(vec![two])]);
    assert_eq!(desk.session.snapshot().project.articles.len(), 1);
}

#[test]
fn a_mention_by_hand_is_confirmed_data_and_survives_analysis() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let words = range(&desk, article, "fishing talks");
    desk.run([
        Command::OpenArticle(article),
        Command::SelectText(Some(words)),
    ]);
    key(&mut desk, CommandKind::TypeEvent);
    let (at, mention) = mention_at(&desk, article, "fishing talks").unwrap();
    assert_eq!(mention.entity_type, EntityType::Event);
    assert_eq!(mention.kind, MentionKind::Name);
    let before = decided(&desk, article);
    desk.run([Command::AnalyseAgain]);
    assert_eq!(decided(&desk, article), before);
    assert!(mention_at(&desk, article, "fishing talks").is_some_and(|(same, _)| same == at));
}

fn decided(desk: &Desk, article: ArticleId) -> String {
    let annotations = &desk.session.snapshot().project.articles[&article].annotations;
    format!(
        "{:?} {:?}",
        annotations.mentions.decided(),
        annotations.statements.decided()
    )
}

#[test]
fn edges_move_by_words_and_a_run_of_moves_is_one_step_back() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let words = range(&desk, article, "fishing talks");
    desk.run([
        Command::OpenArticle(article),
        Command::SelectText(Some(words)),
    ]);
    key(&mut desk, CommandKind::TypeEvent);
    let (at, _) = mention_at(&desk, article, "fishing talks").unwrap();
    desk.run([Command::Mark(Some(at))]);
    key(&mut desk, CommandKind::StartEarlier);
    key(&mut desk, CommandKind::StartEarlier);
    assert!(mention_at(&desk, article, "reopen the fishing talks").is_some());
    desk.run([Command::Undo]);
    assert!(mention_at(&desk, article, "fishing talks").is_some());
}

#[test]
fn a_rejected_suggestion_stays_away() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let (at, _) = mention_at(&desk, article, "Poland").expect("a state is found");
    desk.run([
        Command::Select(Some(at)),
        Command::Reject,
        Command::AnalyseAgain,
    ]);
    assert!(mention_at(&desk, article, "Poland").is_none());
    desk.run([Command::Undo]);
    assert!(mention_at(&desk, article, "Poland").is_some());
}

#[test]
fn the_walk_confirms_one_by_one_to_the_end() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    let total = desk.session.open_suggestions();
    assert!(total >= 5, "only {total} suggestions");
    key(&mut desk, CommandKind::ToggleReview);
    let mut pressed = 0;
    while desk.session.view_state().review.is_some() {
        key(&mut desk, CommandKind::Confirm);
        pressed += 1;
        assert!(pressed <= total, "a key a suggestion, no more");
    }
    assert_eq!(desk.session.open_suggestions(), 0);
    for _ in 0..pressed {
        desk.run([Command::Undo]);
    }
    assert_eq!(desk.session.open_suggestions(), total);
}

#[test]
fn a_date_that_a_person_sets_resolves_the_text_again() {
    let mut desk = Desk::new();
    let article = desk.article(
        "undated.txt",
        "Ministers met on Friday in Oslo.\n\nThey parted.\n",
    );
    let meta = desk.session.snapshot().project.articles[&article]
        .article
        .meta
        .clone();
    assert_eq!(meta.dct, None);
    let date = jiff::civil::date(2026, 2, 8);
    let dct = Some(Dct {
        date,
        source: DctSource::Person,
    });
    let meta = demarche::model::ArticleMeta { dct, ..meta };
    desk.run([Command::Edit(Edit::SetMeta { article, meta })]);
    let view = &desk.session.snapshot().view.articles[&article];
    let values: Vec<_> = view
        .timexes
        .iter()
        .map(|row| row.value.value.0.clone())
        .collect();
    assert_eq!(values, ["2026-02-06"]);
}

fn times(desk: &Desk, article: ArticleId) -> Vec<String> {
    let view = &desk.session.snapshot().view.articles[&article];
    let values = view.timexes.iter().map(|row| row.value.value.0.clone());
    values.collect()
}

#[test]
fn what_hangs_on_a_corrected_time_follows_and_the_correction_stays() {
    let mut desk = Desk::new();
    let article = desk.article(
        "2026-02-08-talks.txt",
        "Envoys met in Oslo on February 6, 2026. The same day they parted. Two days later they met \
         again. The deal is signed.\n",
    );
    assert_eq!(
        times(&desk, article),
        ["2026-02-06", "2026-02-06", "2026-02-08"]
    );
    let view = &desk.session.snapshot().view.articles[&article];
    let (id, mut timex) = (view.timexes[0].id, view.timexes[0].value.clone());
    timex.value = demarche::model::TimexValue("2025-03-01".to_owned());
    desk.run([Command::Edit(Edit::ChangeTimex { article, id, timex })]);
    assert_eq!(
        times(&desk, article),
        ["2025-03-01", "2025-03-01", "2025-03-03"]
    );
    let article_now = &desk.session.snapshot().project.articles[&article].article;
    let meta = demarche::model::ArticleMeta {
        dct: Some(Dct {
            date: jiff::civil::date(2024, 1, 1),
            source: DctSource::Person,
        }),
        ..article_now.meta.clone()
    };
    desk.run([Command::Edit(Edit::SetMeta { article, meta })]);
    assert_eq!(
        times(&desk, article),
        ["2025-03-01", "2025-03-01", "2025-03-03"]
    );
    desk.run([Command::Undo, Command::Undo]);
    assert_eq!(
        times(&desk, article),
        ["2026-02-06", "2026-02-06", "2026-02-08"]
    );
}

#[test]
fn a_statement_by_hand_takes_a_few_keys() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let cue = range(&desk, article, "breaking");
    desk.run([
        Command::OpenArticle(article),
        Command::SelectText(Some(cue)),
    ]);
    key(&mut desk, CommandKind::NewStatement);
    let draft = desk.session.view_state().draft.clone().expect("a draft");
    assert!(draft.holder.is_some());
    desk.run([Command::SaveDraft]);
    let annotations = &desk.session.snapshot().project.articles[&article].annotations;
    let added: Vec<_> = annotations
        .statements
        .decided()
        .values()
        .filter(|decided| decided.verdict == Verdict::Added)
        .collect();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].value.evidence.cue, cue);
    assert!(desk.session.view_state().draft.is_none());
}

#[test]
fn a_statement_is_corrected_in_the_editor() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let cue = range(&desk, article, "urged");
    desk.run([
        Command::OpenArticle(article),
        Command::SelectText(Some(cue)),
    ]);
    key(&mut desk, CommandKind::NewStatement);
    let mut draft = desk.session.view_state().draft.clone().unwrap();
    draft.polarity_target = Some(Polarity::Oppose);
    desk.run([Command::SetDraft(Some(draft)), Command::SaveDraft]);
    let at = desk
        .session
        .selection()
        .annotation
        .expect("the new one is selected");
    desk.run([Command::EditStatement(at)]);
    let mut draft = desk.session.view_state().draft.clone().unwrap();
    draft.note = "compare 19 February".to_owned();
    draft.polarity_target = Some(Polarity::Support);
    desk.run([Command::SetDraft(Some(draft)), Command::SaveDraft]);
    let view = &desk.session.snapshot().view.articles[&article];
    let row = view.statement(at.id).unwrap();
    assert_eq!(row.note, "compare 19 February");
    assert_eq!(
        row.value.polarity_target,
        row.value.target.map(|_| Polarity::Support)
    );
}

#[test]
fn merged_entities_are_one_and_come_apart_by_undo() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let entity =
        |desk: &Desk, words: &str| mention_at(desk, article, words).unwrap().1.entity.unwrap();
    let (poland, norway) = (entity(&desk, "Poland"), entity(&desk, "Norway"));
    assert_ne!(poland, norway);
    let merge = Edit::MergeEntities {
        merged: vec![poland],
        into: norway,
    };
    desk.run([Command::Edit(merge)]);
    assert_eq!(entity(&desk, "Poland"), norway);
    desk.run([Command::Undo]);
    assert_eq!(entity(&desk, "Poland"), poland);
}

#[test]
fn every_command_resolves_without_a_project() {
    let desk = Desk::new();
    for kind in CommandKind::ALL {
        assert!(!kind.title().is_empty());
        drop(desk.session.resolve(*kind));
    }
}

#[test]
fn one_key_decides_all_marked_statements_and_one_step_takes_it_back() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let open = |desk: &Desk| {
        let view = &desk.session.snapshot().view.articles[&article];
        view.statements
            .iter()
            .filter(|row| !row.is_decided())
            .count()
    };
    let all = open(&desk);
    assert!(all >= 2, "{all}");
    key(&mut desk, CommandKind::MarkShown);
    assert_eq!(desk.session.view_state().selection.marked.len(), all);
    key(&mut desk, CommandKind::Confirm);
    assert_eq!(open(&desk), 0);
    assert!(desk.session.view_state().selection.marked.is_empty());
    desk.run([Command::Undo]);
    assert_eq!(open(&desk), all);
    key(&mut desk, CommandKind::MarkShown);
    key(&mut desk, CommandKind::Reject);
    let left = desk.session.snapshot().view.articles[&article]
        .statements
        .len();
    assert_eq!(left, 0);
    desk.run([Command::Undo]);
    assert_eq!(open(&desk), all);
}

#[test]
fn words_that_a_person_joined_to_an_entity_stay_joined_everywhere() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let (at, mut mention) = mention_at(&desk, article, "Norway").unwrap();
    let (_, poland) = mention_at(&desk, article, "Poland").unwrap();
    mention.entity = poland.entity;
    let change = Edit::ChangeMention {
        article,
        id: at.id,
        mention,
    };
    desk.run([Command::Edit(change), Command::AnalyseAgain]);
    assert_eq!(
        mention_at(&desk, article, "Norway").unwrap().1.entity,
        poland.entity
    );
}
