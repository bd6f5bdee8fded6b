//! The numbers of the stance chart and the matrix.

use serde::Serialize;

use crate::analysis::{ActorRow, Column, Matrix, ProjectView, ValueRow, column_name};

use super::{Cells, Table, safe, table};

/// Numbers of a bar or cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountRow {
    holder: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    towards: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    oppose_confirmed: usize,
    oppose_suggested: usize,
    support_confirmed: usize,
    support_suggested: usize,
    neither_confirmed: usize,
    neither_suggested: usize,
}

impl CountRow {
    fn new(
        holder: &str,
        about: Option<(&'static str, String)>,
        sides: &crate::analysis::Sides,
    ) -> Self {
        let (towards, name) = about.unzip();
        Self {
            holder: holder.to_owned(),
            towards,
            name,
            oppose_confirmed: sides.oppose.confirmed.len(),
            oppose_suggested: sides.oppose.suggested.len(),
            support_confirmed: sides.support.confirmed.len(),
            support_suggested: sides.support.suggested.len(),
            neither_confirmed: sides.neither.confirmed.len(),
            neither_suggested: sides.neither.suggested.len(),
        }
    }
}

impl Cells for CountRow {
    const HEAD: &'static [&'static str] = &[
        "holder",
        "towards",
        "name",
        "oppose_confirmed",
        "oppose_suggested",
        "support_confirmed",
        "support_suggested",
        "neither_confirmed",
        "neither_suggested",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            safe(&self.holder),
            self.towards.unwrap_or_default().to_owned(),
            self.name.as_deref().map(safe).unwrap_or_default(),
            self.oppose_confirmed.to_string(),
            self.oppose_suggested.to_string(),
            self.support_confirmed.to_string(),
            self.support_suggested.to_string(),
            self.neither_confirmed.to_string(),
            self.neither_suggested.to_string(),
        ]
    }
}

/// Returns the numbers of the stance chart.
#[must_use]
pub fn bars(rows: &[ActorRow], view: &ProjectView) -> Table<CountRow> {
    let row = |row: &ActorRow| CountRow::new(view.entity_name(row.entity), None, &row.sides);
    table("holders", rows.iter().map(row).collect())
}

/// Returns the numbers of the stance chart by an own field; what has no value stands under an empty
/// name.
#[must_use]
pub fn values(rows: &[ValueRow]) -> Table<CountRow> {
    let row = |row: &ValueRow| {
        let value = row.value.as_deref().unwrap_or_default();
        CountRow::new(value, None, &row.sides)
    };
    table("values", rows.iter().map(row).collect())
}

/// Returns the numbers of the matrix, a row a cell that holds any statement.
#[must_use]
pub fn matrix(matrix: &Matrix, view: &ProjectView) -> Table<CountRow> {
    let rows = matrix.cells.iter().filter_map(|((row, column), sides)| {
        let holder = view.entity_name(*matrix.rows.get(*row)?);
        let column = *matrix.columns.get(*column)?;
        let kind = match column {
            Column::Actor(_) => "actor",
            Column::Issue(_) => "issue",
        };
        let about = (kind, column_name(view, column).to_owned());
        Some(CountRow::new(holder, Some(about), sides))
    });
    table("cells", rows.collect())
}
