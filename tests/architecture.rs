//! Who may use whom inside the crate, and which folders may touch the world outside.
//!
//! A new arrow is a decision: a commit of its own that changes this table and says why.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "helpers of tests: a failure is the answer"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Folder, and the folders of ours that it may use besides itself.
const TABLE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("jobs", &[]),
    ("nlp", &["model", "jobs"]),
    ("analysis", &["model", "jobs"]),
    ("edit", &["model", "jobs"]),
    ("import", &["model", "jobs"]),
    ("figure", &["analysis", "model"]),
    ("export", &["figure", "analysis", "model", "jobs"]),
    ("store", &["edit", "model", "jobs"]),
    (
        "app",
        &[
            "model", "jobs", "nlp", "analysis", "edit", "import", "figure", "export", "store",
        ],
    ),
    // `nlp` only for what a person types into a date field: one reader of dates, not two.
    ("ui", &["app", "figure", "analysis", "edit", "model", "nlp"]),
    (
        "cli",
        &[
            "model", "jobs", "nlp", "analysis", "edit", "import", "figure", "export", "store",
        ],
    ),
    ("platform", &["app", "model"]),
];

/// Words, and the folders (and files) that may hold them.
const OUTSIDE: &[(&[&str], &[&str])] = &[
    (
        &["egui::", "eframe::", "egui_plot::", "egui_extras::"],
        &["ui", "main.rs"],
    ),
    (&["rfd::"], &["platform"]),
    (
        &["std::fs", "std::net", "std::env", "std::process"],
        &["import", "export", "store", "cli", "platform", "main.rs"],
    ),
    (
        &[
            "SystemTime::now",
            "Instant::now",
            "Zoned::now",
            "Timestamp::now",
            "getrandom",
        ],
        &["platform", "jobs"],
    ),
    (&["rusqlite::"], &["store"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// All code, by folder of `src/`: comments, strings of documentation and unit tests left out.
fn code() -> Vec<(String, PathBuf, String)> {
    let mut paths = Vec::new();
    files(&source(), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs") && !path.ends_with("fixtures.rs"))
        .map(|path| {
            let folder = path
                .strip_prefix(source())
                .unwrap()
                .components()
                .next()
                .unwrap();
            let folder = folder.as_os_str().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let shipped = text.split("#[cfg(test)]").next().unwrap();
            let lines: Vec<_> = shipped
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            (folder, path, lines.join("\n"))
        })
        .collect()
}

fn used(text: &str) -> BTreeSet<&str> {
    text.match_indices("crate::")
        .filter_map(|(at, word)| {
            let rest = &text[at + word.len()..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
            Some(&rest[..end])
        })
        .filter(|word| TABLE.iter().any(|(folder, _)| folder == word))
        .collect()
}

#[test]
fn folders_use_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for (folder, path, text) in code() {
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == folder) else {
            continue;
        };
        for word in used(&text) {
            if word != folder && !allowed.contains(&word) {
                wrong.push(format!("{}: {folder} uses {word}", path.display()));
            }
        }
        if text.contains("use crate::{") {
            wrong.push(format!(
                "{}: write `use crate::a::b::{{…}}`",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_world_outside_is_touched_only_at_the_edges() {
    let mut wrong = Vec::new();
    for (folder, path, text) in code() {
        for (words, allowed) in OUTSIDE {
            for word in *words {
                if text.contains(word) && !allowed.contains(&folder.as_str()) {
                    wrong.push(format!("{}: {word} in {folder}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_is_in_the_table_and_in_the_map() {
    let map = std::fs::read_to_string(source().join("lib.rs")).unwrap();
    for entry in std::fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(
                TABLE.iter().any(|(folder, _)| *folder == name),
                "{name} is not in the table"
            );
            assert!(
                map.contains(&format!("[`{name}`]")),
                "{name} is not in the map of lib.rs"
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    let mut paths = Vec::new();
    files(&source(), &mut paths);
    let long: Vec<_> = paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let shipped = text.split("#[cfg(test)]").next().unwrap();
            (shipped.lines().count(), path)
        })
        .filter(|(lines, _)| *lines > 640)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(
        long.is_empty(),
        "split by what changes together:\n{}",
        long.join("\n")
    );
}
