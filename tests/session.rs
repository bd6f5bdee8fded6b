//! What a user does, without a window: sequences of commands against fake ports.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: a failure is the answer"
)]

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
fn the_orders_of_the_charts_come_back_and_rule_what_is_exported() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    let orders = StanceOptions {
        rows: RowOrder::Name,
        matrix: MatrixOrder::Name,
        ..StanceOptions::default()
    };
    let usual = exported(&mut desk, ExportWhat::Matrix, ExportFormat::Csv);
    desk.run([
        Command::SetStance(orders),
        Command::SetLanes(LaneBy::Act),
        Command::SetStanceTab(StanceTab::Matrix),
    ]);
    let by_name = exported(&mut desk, ExportWhat::Matrix, ExportFormat::Csv);
    assert_ne!(by_name, usual);
    desk.restart(Vec::new());
    let view = desk.session.view_state();
    assert_eq!(view.stance, orders);
    assert_eq!(view.lanes, LaneBy::Act);
    assert_eq!(view.stance_tab, StanceTab::Matrix);
    assert_eq!(
        exported(&mut desk, ExportWhat::Matrix, ExportFormat::Csv),
        by_name
    );
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

fn exported(desk: &mut Desk, what: ExportWhat, format: ExportFormat) -> Vec<u8> {
    let path = desk
        .folder
        .path()
        .join(format!("{}.{}", what.name(), format.ending()));
    let request = ExportRequest {
        what,
        format,
        title: "What Poland & Norway want".to_owned(),
        width: 720.0,
        scale: 2.0,
        path: None,
    };
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![path.clone()]);
    desk.run([Command::Export(request)]);
    assert_eq!(desk.session.notices(), []);
    std::fs::read(path).unwrap()
}

#[test]
fn charts_and_tables_are_written_where_the_person_chose() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    for what in [
        ExportWhat::Timeline,
        ExportWhat::Bars,
        ExportWhat::Matrix,
        ExportWhat::Network,
    ] {
        let svg = String::from_utf8(exported(&mut desk, what, ExportFormat::Svg)).unwrap();
        assert!(svg.contains("What Poland &amp; Norway want"), "{what:?}");
        assert!(
            svg.contains("Poland</text>") || svg.contains(">Poland"),
            "{what:?}"
        );
        assert!(
            exported(&mut desk, what, ExportFormat::Pdf).starts_with(b"%PDF"),
            "{what:?}"
        );
        assert!(
            exported(&mut desk, what, ExportFormat::Png).starts_with(b"\x89PNG"),
            "{what:?}"
        );
    }
    let csv = String::from_utf8(exported(
        &mut desk,
        ExportWhat::Statements,
        ExportFormat::Csv,
    ))
    .unwrap();
    assert!(csv.lines().count() > 1, "{csv}");
    assert!(csv.contains("REQUEST") && csv.contains("urged"), "{csv}");
    let json = exported(&mut desk, ExportWhat::Mentions, ExportFormat::Json);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert!(json.to_string().contains("Lars Nygaard"));
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
fn the_network_is_arranged_in_the_background_and_looks_the_same_after_a_restart() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    let (project, view) = (
        desk.session.snapshot().project.clone(),
        desk.session.snapshot().view.clone(),
    );
    let filter = demarche::analysis::Filter::default();
    let options = demarche::analysis::NetworkOptions::default();
    let made = demarche::analysis::network(&project, &view, &filter, options);
    assert!(!made.ties.is_empty());
    let before = desk.session.view_state().arrangement.clone();
    let plan = demarche::figure::network::layout::Plan::new(&made, &before);
    let wanted = plan.key();
    desk.run([Command::Arrange(Box::new(plan))]);
    let arranged = desk.session.view_state().arrangement.clone();
    assert_eq!(arranged.key, wanted);
    assert_eq!(arranged.places.len(), made.nodes.len());
    desk.restart(Vec::new());
    assert_eq!(desk.session.view_state().arrangement, arranged);
}

#[test]
fn own_fields_are_coded_filtered_exported_and_come_back() {
    use demarche::model::{Field, FieldId, FieldKind};
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let id = FieldId::hashed(&[b"salience"]);
    let field = Field {
        name: "Salience".to_owned(),
        definition: "How much of the article it fills".to_owned(),
        kind: FieldKind::Category,
        choices: vec!["High".to_owned(), "Low".to_owned()],
        ..Field::default()
    };
    let view = &desk.session.snapshot().view.articles[&article];
    let row = view.statements.first().unwrap();
    assert!(!row.is_decided());
    let annotation = Annotation {
        article,
        kind: AnnotationKind::Statement,
        id: row.id,
    };
    let code = |value: &str| {
        Command::Edit(Edit::SetCode {
            annotation,
            field: id,
            value: value.to_owned(),
        })
    };
    desk.run([Command::Edit(Edit::SetField { id, field }), code("middle")]);
    let held = |desk: &Desk| {
        let view = &desk.session.snapshot().view.articles[&article];
        let row = view.statements.iter().find(|row| row.id == annotation.id);
        row.map(|row| (row.is_decided(), row.codes.get(&id).cloned()))
    };
    assert_eq!(held(&desk), Some((false, None)), "no value of this field");
    desk.run([code("high")]);
    assert_eq!(held(&desk), Some((true, Some("High".to_owned()))));
    let mut filter = demarche::analysis::Filter::default();
    filter.codes.insert(id, ["High".to_owned()].into());
    desk.run([Command::SetFilter(filter)]);
    let csv = exported(&mut desk, ExportWhat::Statements, ExportFormat::Csv);
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("Salience: High"), "{csv}");
    desk.restart(Vec::new());
    assert_eq!(held(&desk), Some((true, Some("High".to_owned()))));
    let parts = desk.session.view_state().filter.parts();
    assert_eq!(
        parts,
        [demarche::analysis::FilterPart::Code(id, "High".to_owned())]
    );
    // Undo: the value and what it confirmed; then the field.
    desk.run([Command::Undo]);
    assert_eq!(held(&desk), Some((false, None)));
    desk.run([Command::Redo, Command::Edit(Edit::RemoveField(id))]);
    assert_eq!(held(&desk), Some((true, None)));
    assert!(desk.session.snapshot().project.codebook.fields.is_empty());
    desk.run([Command::Undo]);
    assert_eq!(held(&desk), Some((true, Some("High".to_owned()))));
}

#[test]
fn an_export_that_cannot_be_written_is_said() {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    let request = ExportRequest {
        what: ExportWhat::Bars,
        format: ExportFormat::Svg,
        title: String::new(),
        width: 720.0,
        scale: 1.0,
        path: Some(desk.folder.path().join("no such folder/bars.svg")),
    };
    desk.run([Command::Export(request)]);
    assert_eq!(desk.session.notices().len(), 1);
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

#[test]
fn rules_go_to_a_file_and_into_another_project_as_one_step_of_undo() {
    let mut desk = Desk::new();
    let article = desk.article("talks.txt", TALKS);
    let (_, poland) = mention_at(&desk, article, "Poland").unwrap();
    let always = Rule::Alias {
        text: "fishing talks".to_owned(),
        entity: poland.entity.unwrap(),
        entity_type: EntityType::State,
    };
    let never = Rule::Never {
        text: "Ostrava".to_owned(),
    };
    desk.run([Command::Edit(Edit::AddRule(always))]);
    let toast = desk.session.current_toast().unwrap().words.clone();
    assert!(toast.ends_with("· 1 more suggestion changed"), "{toast}");
    assert!(
        mention_at(&desk, article, "fishing talks").is_some(),
        "at once"
    );
    desk.run([Command::Edit(Edit::AddRule(never))]);
    let path = desk.folder.path().join("rules.tsv");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![path.clone()]);
    desk.run([Command::SaveLexicon]);
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        written,
        "# Demarche lexicon 1\n# rule\twords\ttype\tentity\n\
         always\tfishing talks\tState\tPoland\nnever\tOstrava\t\t\n"
    );

    let mut other = Desk::new();
    let article = other.article("talks.txt", TALKS);
    assert!(mention_at(&other, article, "fishing talks").is_none());
    other.dialogs.answers.lock().unwrap().push(vec![path]);
    other.run([Command::PickLexicon]);
    assert_eq!(other.session.snapshot().project.rules.len(), 2);
    let (_, talks) = mention_at(&other, article, "fishing talks").unwrap();
    assert_eq!(
        talks.entity, poland.entity,
        "the entity of that name, not a second one"
    );
    other.run([Command::Undo]);
    assert!(other.session.snapshot().project.rules.is_empty());
    assert!(mention_at(&other, article, "fishing talks").is_none());
}
