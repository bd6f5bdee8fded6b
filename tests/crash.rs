//! A real process is killed in the middle of edits, a hundred times: nothing that it was told to be
//! saved is lost, and the file opens again.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod store_support;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use demarche::edit::{Author, History, Operation, apply};
use demarche::model::{CoderId, OperationId, Project, Timestamp};
use demarche::store::{Event, Opened, Store};
use store_support::{Rng, findings, step, without_suggestions};

const FILE: &str = "DEMARCHE_CRASH_FILE";
const SEED: &str = "DEMARCHE_CRASH_SEED";
const ME: Author = Author {
    coder: CoderId(1),
    at: Timestamp(5),
};

/// The child: edits without end, and says what is saved once the store says so. Does nothing when
/// it runs among the tests.
#[test]
fn child_edits_until_it_is_killed() {
    let Ok(path) = std::env::var(FILE) else {
        return;
    };
    let mut rng = Rng(std::env::var(SEED).unwrap().parse().unwrap());
    let (
        mut store,
        Opened {
            mut project,
            operations,
            ..
        },
    ) = Store::open(Path::new(&path), Arc::new(|| ())).unwrap();
    let mut history = History::from_log(operations);
    loop {
        let mut waiting = 0;
        for _ in 0..=rng.below(4) {
            if let Some(operation) = next(&mut rng, &mut project, &history) {
                store.append(history.push(operation));
                waiting += 1;
            }
        }
        if rng.one_in(5) {
            let articles: Vec<_> = project
                .articles
                .values()
                .map(|s| s.article.clone())
                .collect();
            for article in articles.iter().take(5) {
                let found = findings(&mut rng, article, 9);
                project.replace_suggestions(article.id, &found);
                store.put_findings(article.id, Arc::new(found), String::new());
            }
        }
        tell(&mut store, waiting);
    }
}

/// The next operation, applied.
fn next(rng: &mut Rng, project: &mut Project, history: &History) -> Option<Operation> {
    let back = match rng.below(9) {
        0 => history.undo(ME, OperationId(rng.fresh())),
        1 => history.redo(ME, OperationId(rng.fresh())),
        _ => None,
    };
    match back {
        Some(operation) => {
            apply(project, &operation);
            Some(operation)
        }
        None => step(rng, project),
    }
}

/// Says what is saved, until nothing waits.
fn tell(store: &mut Store, mut waiting: usize) {
    let mut out = std::io::stdout().lock();
    while waiting > 0 {
        for event in store.poll() {
            match event {
                Event::Saved(id) => {
                    waiting -= 1;
                    writeln!(out, "saved {id}").unwrap();
                }
                other => panic!("{other:?}"),
            }
        }
        out.flush().unwrap();
        std::thread::yield_now();
    }
}

/// Runs the child, kills it after a random number of answers and a random moment more; returns all
/// that it was told to be saved.
fn run_and_kill(path: &Path, rng: &mut Rng) -> Vec<OperationId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_edits_until_it_is_killed", "--nocapture"])
        .env(FILE, path)
        .env(SEED, rng.next().to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut saved = Vec::new();
    let mut take = |line: String| {
        if let Some(id) = line.strip_prefix("saved ") {
            saved.push(id.parse().unwrap());
            return true;
        }
        false
    };
    let mut answers = 1 + rng.below(40);
    while answers > 0 {
        let line = lines.next().expect("the child ended by itself").unwrap();
        answers -= usize::from(take(line));
    }
    std::thread::sleep(Duration::from_micros(rng.next() % 4000));
    child.kill().unwrap();
    // A line that the kill cut off is no answer.
    lines
        .map_while(Result::ok)
        .filter(|line| line.len() == 38)
        .for_each(|line| {
            take(line);
        });
    child.wait().unwrap();
    saved
}

/// Opens the file and compares it with what was said to be saved.
fn check(path: &Path, acknowledged: &[OperationId], before: usize) -> usize {
    let (store, opened) = Store::open(path, Arc::new(|| ())).unwrap();
    assert_eq!(opened.read_only, None, "the lock of the dead is free");
    let log: Vec<_> = opened.operations.iter().map(|one| one.id).collect();
    let there: BTreeSet<_> = log.iter().copied().collect();
    assert_eq!(there.len(), log.len());
    for id in acknowledged {
        assert!(there.contains(id), "{id} was said to be saved");
    }
    assert_eq!(
        &log[before..before + acknowledged.len()],
        acknowledged,
        "in order"
    );
    let mut replayed = Project::default();
    for (at, operation) in opened.operations.iter().enumerate() {
        assert_eq!(operation.parent, at.checked_sub(1).map(|last| log[last]));
        apply(&mut replayed, operation);
    }
    assert!(
        without_suggestions(&replayed) == opened.project,
        "rows and log tell the same"
    );
    let reader = store.cache_reader().unwrap();
    for (article, key) in &opened.suggestions {
        let cached = reader
            .load_findings(*article)
            .expect("a cache that was written is whole");
        assert_eq!(cached.findings.text_hash, key.text_hash);
    }
    drop((reader, store));
    let db = rusqlite::Connection::open(path).unwrap();
    let verdict: String = db
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
    log.len()
}

#[test]
fn killed_a_hundred_times_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = Rng(2026);
    let mut kills = 0;
    let mut acknowledged = 0;
    for number in 0..10 {
        let path: PathBuf = folder.path().join(format!("{number}.demarche"));
        Store::create(&path, Arc::new(|| ()))
            .unwrap()
            .close()
            .unwrap();
        let mut before = 0;
        for _ in 0..10 {
            let saved = run_and_kill(&path, &mut rng);
            before = check(&path, &saved, before);
            kills += 1;
            acknowledged += saved.len();
        }
    }
    assert_eq!(kills, 100);
    assert!(acknowledged > 1000, "{acknowledged}");
}
