use super::*;
use crate::analysis::fixtures::Fixture;
use crate::analysis::{MatrixLimits, MatrixOrder, RowOrder, stance_by_actor};

fn fixture() -> (Project, ProjectView) {
    Fixture::new()
        .says(
            "😀 德黑兰",
            "Astrany, the \"old\"",
            Act::Reject,
            Polarity::Oppose,
        )
        .confirmed()
        .on("=cmd|x", "hotline", Act::Support, Polarity::Support)
        .build()
}

fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.records();
    records
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn column(table: &[Vec<String>], row: usize, name: &str) -> String {
    let at = table[0].iter().position(|head| head == name).unwrap();
    table[row][at].clone()
}

#[test]
fn statements_come_back_from_csv_with_offsets_in_code_points() {
    let (project, view) = fixture();
    let table = statements(&project, &view, &Filter::default());
    let rows = read(&table.csv().unwrap());
    assert_eq!(rows.len(), 3);
    assert_eq!(column(&rows, 1, "holder"), "😀 德黑兰");
    assert_eq!(column(&rows, 1, "target"), "Astrany, the \"old\"");
    assert_eq!(column(&rows, 1, "status"), "confirmed");
    assert_eq!(column(&rows, 1, "cue"), "reject");
    assert_eq!(column(&rows, 1, "cue_start_code_point"), "6");
    assert_eq!(column(&rows, 1, "cue_end_code_point"), "12");
    assert_eq!(column(&rows, 2, "confidence"), "0.8");
    assert_eq!(column(&rows, 2, "polarity_issue"), "support");
    assert_eq!(column(&rows, 2, "polarity_target"), "");
}

#[test]
fn no_cell_is_a_formula_and_json_keeps_the_words() {
    let (project, view) = fixture();
    let table = statements(&project, &view, &Filter::default());
    let rows = read(&table.csv().unwrap());
    assert_eq!(column(&rows, 2, "holder"), "'=cmd|x");
    let json: serde_json::Value = serde_json::from_str(&table.json().unwrap()).unwrap();
    assert_eq!(json["offsets"], OFFSETS);
    assert_eq!(json["statements"][1]["holder"], "=cmd|x");
    assert_eq!(json["statements"][0]["act"], "REJECT");
    assert_eq!(json["statements"][0]["date_source"], "clause");
    assert_eq!(json["statements"][0]["confidence"], serde_json::Value::Null);
}

#[test]
fn every_row_has_a_cell_a_column() {
    let (project, view) = fixture();
    let filter = Filter::default();
    for row in statements(&project, &view, &filter).rows() {
        assert_eq!(row.cells().len(), StatementRow::HEAD.len());
        let json = serde_json::to_value(row).unwrap();
        for head in StatementRow::HEAD {
            assert!(json.get(head).is_some(), "{head}");
        }
    }
}

#[test]
fn each_own_field_is_a_column_and_none_hides_another() {
    use crate::model::{Field, FieldId, FieldKind};
    let (mut project, _) = fixture();
    let mut set = |id: u128, name: &str, kind, value: &str| {
        let field = Field {
            name: name.to_owned(),
            kind,
            ..Field::default()
        };
        project.codebook.fields.insert(FieldId(id), field);
        let state = project.articles.values_mut().next().unwrap();
        let layer = &state.annotations.statements;
        let first = *layer.decided().keys().next().unwrap();
        let codes = &mut std::sync::Arc::make_mut(state).codes;
        let codes = codes.entry(first).or_default();
        codes.insert(FieldId(id), value.to_owned());
    };
    set(1, "salience", FieldKind::Number, "-2.5");
    set(2, "Venue", FieldKind::Text, "=SUM(A1)");
    set(3, "note", FieldKind::Boolean, "yes");
    let view = ProjectView::new(&project, &crate::analysis::Joined::default());
    let rows = read(
        &statements(&project, &view, &Filter::default())
            .csv()
            .unwrap(),
    );
    assert!(
        rows.iter()
            .all(|row| row.len() == StatementRow::HEAD.len() + 3)
    );
    let own = |row| ["salience", "Venue", "own note", "note"].map(|name| column(&rows, row, name));
    assert_eq!(own(1), ["-2.5", "'=SUM(A1)", "yes", ""]);
    assert_eq!(own(2), ["", "", "", ""]);
}

#[test]
fn numbers_of_charts_are_tables() {
    let (project, view) = fixture();
    let filter = Filter::default();
    let rows = stance_by_actor(&project, &view, &filter, RowOrder::Name);
    let table = read(&bars(&rows, &view).csv().unwrap());
    assert_eq!(column(&table, 1, "holder"), "'=cmd|x");
    assert_eq!(column(&table, 1, "support_suggested"), "1");
    assert_eq!(column(&table, 2, "oppose_confirmed"), "1");
    let cells = crate::analysis::matrix(
        &project,
        &view,
        &filter,
        MatrixOrder::Name,
        MatrixLimits::default(),
    );
    let table = read(&matrix(&cells, &view).csv().unwrap());
    assert_eq!(table.len(), 3);
    assert_eq!(column(&table, 1, "towards"), "issue");
}
