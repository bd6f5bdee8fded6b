//! Two periods side by side as a table: a row an actor, act or issue.

use serde::Serialize;

use crate::analysis::{CompareBy, Comparison, Sides};
use crate::export::tables::{Cells, Table, safe, table};

/// Counts of one row in both periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedRow {
    by: &'static str,
    name: String,
    first_from: String,
    first_to: String,
    first_oppose: usize,
    first_support: usize,
    first_neither: usize,
    second_from: String,
    second_to: String,
    second_oppose: usize,
    second_support: usize,
    second_neither: usize,
    change: i64,
    what_changed: &'static str,
}

impl Cells for ComparedRow {
    const HEAD: &'static [&'static str] = &[
        "by",
        "name",
        "first_from",
        "first_to",
        "first_oppose",
        "first_support",
        "first_neither",
        "second_from",
        "second_to",
        "second_oppose",
        "second_support",
        "second_neither",
        "change",
        "what_changed",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.by.to_owned(),
            safe(&self.name),
            self.first_from.clone(),
            self.first_to.clone(),
            self.first_oppose.to_string(),
            self.first_support.to_string(),
            self.first_neither.to_string(),
            self.second_from.clone(),
            self.second_to.clone(),
            self.second_oppose.to_string(),
            self.second_support.to_string(),
            self.second_neither.to_string(),
            self.change.to_string(),
            self.what_changed.to_owned(),
        ]
    }
}

/// Returns the rows of a comparison, largest change first.
#[must_use]
pub fn compared(made: &Comparison) -> Table<ComparedRow> {
    let by = match made.periods.by {
        CompareBy::Actor => "holder",
        CompareBy::Act => "act",
        CompareBy::Issue => "issue",
    };
    let (before, after) = (made.periods.first, made.periods.second);
    let count = |sides: &Sides| i64::try_from(sides.len()).unwrap_or(i64::MAX);
    let rows = made.rows.iter().map(|row| ComparedRow {
        by,
        name: row.name.clone(),
        first_from: before.first.to_string(),
        first_to: before.last.to_string(),
        first_oppose: row.first.oppose.len(),
        first_support: row.first.support.len(),
        first_neither: row.first.neither.len(),
        second_from: after.first.to_string(),
        second_to: after.last.to_string(),
        second_oppose: row.second.oppose.len(),
        second_support: row.second.support.len(),
        second_neither: row.second.neither.len(),
        change: count(&row.second) - count(&row.first),
        what_changed: row.moved_words().unwrap_or_default(),
    });
    table("comparison", rows.collect())
}
