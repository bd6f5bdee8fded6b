//! The real binary, as scripts call it: `demarche export`, its files, its exit codes.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests: a failure is the answer"
)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output};

use demarche::app::{Command, ExportFormat, ExportRequest, ExportWhat};
use support::Desk;

const TALKS: &str = "Envoys meet in Ostrava on fishing\n\nPRAGUE, Feb. 6, 2026 — Poland urged \
Norway on Friday to reopen the fishing talks. The same day, Norwegian foreign minister Lars \
Nygaard rejected the demand. Poland accused Norway of breaking the 2024 Ostrava Treaty.\n";

const FILES: [&str; 9] = [
    "talks-comparison.svg",
    "talks-issues.svg",
    "talks-mentions.csv",
    "talks-network.svg",
    "talks-shifts.csv",
    "talks-stance-by-actor.svg",
    "talks-stance-matrix.svg",
    "talks-statements.csv",
    "talks-timeline.svg",
];

fn demarche(folder: &Path, words: &[&str]) -> Output {
    Process::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(folder)
        .args(words)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect()
}

/// A project on disk in a folder of its own, still open in a session.
fn open_project() -> (Desk, PathBuf) {
    let mut desk = Desk::new();
    desk.article("talks.txt", TALKS);
    let folder = desk.folder.path().join("work");
    std::fs::create_dir(&folder).unwrap();
    let project = folder.join("talks.demarche");
    desk.dialogs
        .answers
        .lock()
        .unwrap()
        .push(vec![project.clone()]);
    desk.run([Command::SaveAs]);
    assert!(project.is_file());
    (desk, project)
}

/// The project, closed.
fn closed_project() -> (tempfile::TempDir, PathBuf) {
    let (desk, project) = open_project();
    let (mut session, folder) = desk.into_parts();
    session.close();
    (folder, project)
}

fn statement_rows(folder: &Path, words: &[&str]) -> usize {
    let mut all = vec![
        "export",
        "talks.demarche",
        "--what",
        "statements",
        "-o",
        "-",
    ];
    all.extend(words);
    let output = demarche(folder, &all);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words:?}: {told}");
    text(&output.stdout).lines().count() - 1
}

#[test]
fn the_files_are_those_of_the_window_that_has_the_project_open() {
    let (mut desk, project) = open_project();
    let work = project.parent().unwrap().to_owned();
    let output = demarche(
        &work,
        &[
            "export",
            "talks.demarche",
            "-o",
            "out",
            "--date",
            "2026-03-14",
        ],
    );
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let out = work.join("out");
    assert_eq!(names(&out), FILES.map(str::to_owned).into());
    let told: BTreeSet<_> = text(&output.stdout)
        .lines()
        .map(|line| line.rsplit('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(told, names(&out));

    for (what, format) in [
        (ExportWhat::Timeline, ExportFormat::Svg),
        (ExportWhat::Bars, ExportFormat::Svg),
        (ExportWhat::Matrix, ExportFormat::Svg),
        (ExportWhat::Mentions, ExportFormat::Csv),
        (ExportWhat::Statements, ExportFormat::Csv),
    ] {
        let path = desk.folder.path().join("window.out");
        desk.run([Command::Export(ExportRequest {
            what,
            format,
            title: String::new(),
            width: 720.0,
            scale: 2.0,
            path: Some(path.clone()),
        })]);
        let theirs = std::fs::read(out.join(what.file_name("talks", format))).unwrap();
        assert!(theirs.len() > 100);
        assert_eq!(theirs, std::fs::read(path).unwrap(), "{what:?}");
    }
}

#[test]
fn a_project_is_read_without_a_trace() {
    let (_folder, project) = closed_project();
    let work = project.parent().unwrap();
    let before = std::fs::read(&project).unwrap();
    for words in [
        &[
            "export",
            "talks.demarche",
            "--what",
            "bars",
            "-o",
            "../bars.pdf",
        ][..],
        &[
            "export",
            "talks.demarche",
            "--what",
            "bars",
            "-o",
            "../bars.png",
        ],
        &[
            "export",
            "talks.demarche",
            "--what",
            "matrix",
            "--format",
            "json",
            "-o",
            "-",
        ],
    ] {
        assert_eq!(demarche(work, words).status.code(), Some(0), "{words:?}");
    }
    assert_eq!(names(work), BTreeSet::from(["talks.demarche".to_owned()]));
    assert_eq!(std::fs::read(&project).unwrap(), before);
    let pdf = std::fs::read(work.join("../bars.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"), "the ending says what it is");
    let png = std::fs::read(work.join("../bars.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn a_filter_leaves_out_and_a_name_that_nobody_has_is_an_error() {
    let (_folder, project) = closed_project();
    let work = project.parent().unwrap();
    let all = statement_rows(work, &[]);
    let poland = statement_rows(work, &["--holder", "poland"]);
    assert!(all > poland && poland > 0, "{poland} of {all}");
    let both = statement_rows(work, &["--holder", "Poland", "--holder", "Norway"]);
    assert_eq!(both, all);
    assert_eq!(
        statement_rows(work, &["--dates", "2020-01-01..2020-12-31"]),
        0
    );
    assert_eq!(statement_rows(work, &["--review", "decided"]), 0);
    let accuse = statement_rows(work, &["--act", "accuse"]);
    assert!(accuse > 0 && accuse < all, "{accuse} of {all}");
    let nobody = demarche(work, &["export", "talks.demarche", "--holder", "Atlantis"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(text(&nobody.stderr).contains("Atlantis"));
    assert_eq!(names(work).len(), 1, "nothing was written");
}

#[test]
fn suggestions_that_are_gone_are_made_again() {
    let (_folder, project) = closed_project();
    let work = project.parent().unwrap();
    let words = [
        "export",
        "talks.demarche",
        "--what",
        "statements",
        "-o",
        "-",
    ];
    let before = demarche(work, &words).stdout;
    let db = rusqlite::Connection::open(&project).unwrap();
    assert_eq!(db.execute("DELETE FROM suggestion", []).unwrap(), 1);
    drop(db);
    assert_eq!(text(&demarche(work, &words).stdout), text(&before));
}

#[test]
fn what_fails_is_named_and_the_rest_is_written() {
    let (_folder, project) = closed_project();
    let work = project.parent().unwrap();
    std::fs::create_dir_all(work.join("out/talks-mentions.csv")).unwrap();
    let output = demarche(work, &["export", "talks.demarche", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("talks-mentions.csv"), "{told}");
    assert!(told.contains("1 of 9 files not written"), "{told}");
    assert_eq!(text(&output.stdout).lines().count(), 8);
}

#[test]
fn what_is_no_project_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path();
    std::fs::write(work.join("notes.demarche"), "a letter\n").unwrap();
    for (words, told) in [
        (&["export", "notes.demarche"][..], "not a Demarche project"),
        (&["export", "gone.demarche"], "not there"),
        (&["export", "."], "not a Demarche project"),
        (&["export"], "needs a project"),
        (&["export", "a.demarche", "--what", "pie"], "pie"),
    ] {
        let output = demarche(work, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let error = text(&output.stderr);
        assert!(error.contains(told), "{words:?}: {error}");
        assert_eq!(text(&output.stdout), "");
    }
    assert_eq!(names(work).len(), 1, "nothing was made");
    let note = std::fs::read(work.join("notes.demarche")).unwrap();
    assert_eq!(note, b"a letter\n");
}

#[test]
fn every_option_in_the_help_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let output = demarche(folder.path(), &["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    for (command, from, to) in [
        ("analyze", "Options of analyze", "A FILE may"),
        ("export", "Options of export", "The project is only read"),
    ] {
        let start = help.find(from).unwrap();
        let end = help.find(to).unwrap();
        let part = help.get(start..end).unwrap();
        let mut options: BTreeSet<_> = part
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| word.starts_with("--"))
            .collect();
        assert!(options.len() > 4, "{options:?}");
        options.insert("--no-such-option");
        for option in options {
            let output = demarche(folder.path(), &[command, option, "?", "x"]);
            let unknown = text(&output.stderr).contains("invalid option");
            assert_eq!(unknown, option == "--no-such-option", "{command} {option}");
        }
    }
}
