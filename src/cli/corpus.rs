//! Reads a `.jsonl` corpus: of each line `id`, `text`, `dct` and `title`, the text as it is, since
//! offsets are compared with it.

use std::path::Path;

use serde::Deserialize;

/// One text to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) dct: Option<jiff::civil::Date>,
}

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    text: String,
    title: Option<String>,
    dct: Option<serde_json::Value>,
}

/// Returns the documents of a corpus, each with what was wrong with its line, if anything.
pub(super) fn documents(path: &Path) -> std::io::Result<Vec<Result<Document, String>>> {
    let bytes = std::fs::read(path)?;
    Ok(lines(&bytes))
}

fn lines(bytes: &[u8]) -> Vec<Result<Document, String>> {
    bytes
        .split(|byte| *byte == b'\n')
        .zip(1..)
        .filter(|(line, _)| !line.trim_ascii().is_empty())
        .map(|(line, number)| document(line, number))
        .collect()
}

fn document(line: &[u8], number: usize) -> Result<Document, String> {
    let line: Line =
        serde_json::from_slice(line).map_err(|error| format!("line {number}: {error}"))?;
    let id = match line.id {
        Some(serde_json::Value::String(id)) => id,
        Some(other) => other.to_string(),
        None => number.to_string(),
    };
    // A date that is none, such as 03-02-2009, is no date.
    let dct = line
        .dct
        .as_ref()
        .and_then(|dct| dct.as_str())
        .and_then(|dct| dct.get(..10).unwrap_or(dct).parse().ok());
    Ok(Document {
        id,
        text: line.text,
        title: line.title,
        dct,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one_and_a_bad_one_is_named() {
        let bytes = br#"{"id":"a","text":"One.","dct":"2026-02-06T10:00"}
{"id":7,"text":"Two.","dct":"03-02-2009","title":"T"}

not json
{"text":"Three."}"#;
        let read = lines(bytes);
        assert_eq!(read.len(), 4);
        assert_eq!(
            read[0].as_ref().unwrap().dct,
            Some(jiff::civil::date(2026, 2, 6))
        );
        assert_eq!(read[1].as_ref().unwrap().id, "7");
        assert_eq!(read[1].as_ref().unwrap().dct, None);
        assert!(read[2].as_ref().unwrap_err().starts_with("line 4"));
        assert_eq!(read[3].as_ref().unwrap().id, "5");
    }
}
