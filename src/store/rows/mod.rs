//! How records lie in the file: own structs, so that a change of the model does not change the
//! format by accident. Names in them are part of the format.

mod annotation;
mod cache;
mod chronicle;
mod log;
mod project;

pub(super) use annotation::Stored;
pub(super) use cache::{findings_from_bytes, findings_from_text, findings_to_bytes};
pub(super) use chronicle::{item_from_text, item_to_text};
pub(super) use log::{Texts, changes_from_text, changes_to_text, place_from_text, place_to_text};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row that does not say what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct BadRow(pub(super) String);

impl From<serde_json::Error> for BadRow {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Writes a record as JSON.
pub(super) fn to_text<T: Stored>(value: &T) -> Result<String, BadRow> {
    json(&value.row())
}

/// Reads a record from JSON.
pub(super) fn from_text<T: Stored>(text: &str) -> Result<T, BadRow> {
    T::model(parse(text)?)
}

fn json<R: Serialize>(row: &R) -> Result<String, BadRow> {
    Ok(serde_json::to_string(row)?)
}

fn parse<R: DeserializeOwned>(text: &str) -> Result<R, BadRow> {
    Ok(serde_json::from_str(text)?)
}
