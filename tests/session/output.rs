//! What leaves the program: charts, tables, networks, rules.

use super::*;

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
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].ends_with(",Salience"), "{csv}");
    assert!(lines[1].ends_with(",High"), "{csv}");
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

#[test]
#[expect(clippy::too_many_lines, reason = "one file, its way out and in")]
fn a_codebook_goes_to_a_file_and_into_another_project_as_one_step_of_undo() {
    use demarche::model::{
        Act, ActUse, Field, FieldId, FieldKind, Issue, IssueId, IssueLink, Swatch,
    };
    let mut desk = Desk::new();
    let ban = Issue {
        name: "Fishing".to_owned(),
        definition: "who may fish where".to_owned(),
        links: [IssueLink {
            phrase: IssueId::of_phrase("the fishing talks"),
            reversed: false,
            words: "the fishing talks".to_owned(),
        }]
        .into(),
        colour: Some(Swatch::Petrol),
        key: Some('B'),
        ..Issue::default()
    };
    let salience = Field {
        name: "Salience".to_owned(),
        kind: FieldKind::Category,
        choices: vec!["High".to_owned(), "Low".to_owned()],
        ..Field::default()
    };
    let entry = ActUse {
        definition: "only in writing".to_owned(),
        hidden: true,
        ..ActUse::default()
    };
    let edits = [
        Edit::SetIssue {
            id: IssueId(7),
            issue: ban,
        },
        Edit::SetField {
            id: FieldId(8),
            field: salience,
        },
        Edit::SetAct {
            act: Act::Protest,
            entry,
        },
    ];
    desk.run(edits.map(Command::Edit));
    let path = desk.folder.path().join("team.json");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![path.clone()]);
    desk.run([Command::SaveCodebook]);
    let written = std::fs::read_to_string(&path).unwrap();

    let mut other = Desk::new();
    let article = other.article("talks.txt", TALKS);
    let before = other.session.snapshot().project.codebook.clone();
    let take = |other: &mut Desk, path: &std::path::Path| {
        let answer = vec![path.to_owned()];
        other.dialogs.answers.lock().unwrap().push(answer);
        other.run([Command::PickCodebook]);
    };
    take(&mut other, &path);
    let of = |desk: &Desk| desk.session.snapshot().project.codebook.clone();
    assert_eq!(of(&other), of(&desk));
    // The phrases of the file catch those of the articles at once.
    let view = &other.session.snapshot().view.articles[&article];
    let on =
        |row: &demarche::analysis::Row<demarche::model::Statement>| row.value.issue.as_ref()?.issue;
    assert!(
        view.statements
            .iter()
            .any(|row| on(row) == Some(IssueId(7)))
    );
    take(&mut other, &path);
    let toast = other.session.current_toast().unwrap().words.clone();
    assert_eq!(toast, "The codebook says nothing new");
    other.run([Command::Undo]);
    assert_eq!(of(&other), before);

    let broken = desk.folder.path().join("broken.json");
    std::fs::write(&broken, written.replace("\"B\"", "\"A\"")).unwrap();
    take(&mut other, &broken);
    assert_eq!(of(&other), before);
    let notice = other.session.notices().last().unwrap();
    assert!(
        notice.details.contains("the key of the issue “Fishing”"),
        "{notice:?}"
    );
}
