//! What goes into a project file comes out of it; what cannot be opened is told and left alone.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod older;
#[path = "../store_support/mod.rs"]
mod store_support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use demarche::edit::{Author, History, Operation, apply};
use demarche::model::{ArticleId, CoderId, Findings, OperationId, Project, Timestamp};
use demarche::store::{
    Event, OldFile, OpenError, SaveError, Store, Wake, WhyReadOnly, discard_untitled,
    untitled_path, untitled_projects,
};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use rusqlite::Connection;
use store_support::{Rng, findings, step, without_suggestions};

const ME: Author = Author {
    coder: CoderId(1),
    at: Timestamp(5),
};
const LONG: Duration = Duration::from_secs(30);

fn quiet() -> Wake {
    Arc::new(|| ())
}

fn create(path: &Path) -> Store {
    Store::create(path, quiet()).unwrap()
}

fn open_error(path: &Path) -> OpenError {
    match Store::open(path, quiet()) {
        Ok(_) => panic!("{} opened", path.display()),
        Err(error) => error,
    }
}

/// A session: what is in memory, and its file.
struct Session {
    project: Project,
    history: History,
    store: Store,
    views: BTreeMap<String, String>,
    found: BTreeMap<ArticleId, Arc<Findings>>,
}

impl Session {
    fn new(path: &Path) -> Self {
        Self {
            project: Project::default(),
            history: History::default(),
            store: create(path),
            views: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    fn push(&mut self, operation: Operation) -> OperationId {
        let operation = self.history.push(operation);
        self.store.append(Arc::clone(&operation));
        operation.id
    }

    fn step(&mut self, seed: u64) {
        let mut rng = Rng(seed);
        let back = match rng.below(8) {
            0 => self.history.undo(ME, OperationId(rng.fresh())),
            1 => self.history.redo(ME, OperationId(rng.fresh())),
            2 => return self.analyse(&mut rng),
            3 => return self.view(&mut rng),
            _ => None,
        };
        if let Some(operation) = back {
            apply(&mut self.project, &operation);
            self.push(operation);
        } else if let Some(mut operation) = step(&mut rng, &mut self.project) {
            operation.gesture = rng.one_in(2).then(|| rng.next());
            self.push(operation);
        }
    }

    fn analyse(&mut self, rng: &mut Rng) {
        let articles: Vec<_> = self
            .project
            .articles
            .values()
            .map(|s| s.article.clone())
            .collect();
        for article in articles {
            let found = Arc::new(findings(rng, &article, 9));
            self.project.replace_suggestions(article.id, &found);
            self.store
                .put_findings(article.id, Arc::clone(&found), "known".to_owned());
            self.found.insert(article.id, found);
        }
    }

    fn view(&mut self, rng: &mut Rng) {
        let (key, value) = (
            format!("key {}", rng.below(3)),
            store_support::words(rng, 3),
        );
        self.store.put_view(&key, value.clone());
        self.views.insert(key, value);
    }
}

fn wait_for(store: &mut Store, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
    let start = std::time::Instant::now();
    let mut all = Vec::new();
    while start.elapsed() < LONG {
        all.extend(store.poll());
        if all.iter().any(&wanted) {
            return all;
        }
        std::thread::yield_now();
    }
    panic!("no such answer among {all:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_saved_is_what_opens(steps in proptest::collection::vec(any::<u64>(), 1..50)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a project.demarche");
        let mut session = Session::new(&path);
        for seed in steps {
            session.step(seed);
        }
        let Session { project, history, store, views, found } = session;
        store.close().unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        prop_assert_eq!(names.len(), 1, "only the project lies there: {:?}", names);

        let (store, opened) = Store::open(&path, quiet()).unwrap();
        prop_assert_eq!(opened.read_only, None);
        prop_assert!(opened.project == without_suggestions(&project));
        let log: Vec<_> = history.log().iter().map(|one| Operation::clone(one)).collect();
        prop_assert!(opened.operations == log);
        prop_assert_eq!(opened.view_state, views);
        let reader = store.cache_reader().unwrap();
        prop_assert_eq!(opened.suggestions.len(), found.len());
        for (article, found) in found {
            let cached = reader.load_findings(article).unwrap();
            prop_assert!(cached.findings == *found);
            let key = &opened.suggestions[&article];
            prop_assert_eq!((&key.engine, key.known.as_str()), (&found.engine, "known"));
        }
    }
}

/// All rows of decisions, as they lie in the file.
fn decided_bytes(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let tables = [
        "annotation",
        "entity",
        "rule",
        "issue",
        "type",
        "coder",
        "operation",
        "article",
    ];
    let mut all = Vec::new();
    for table in tables {
        let mut select = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let row: Vec<_> = (0..columns).map(|at| row.get_ref(at).unwrap()).collect();
            all.push(format!("{table} {row:?}"));
        }
    }
    all
}

#[test]
fn analysis_again_leaves_decisions_byte_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.demarche");
    let mut session = Session::new(&path);
    for seed in 0..200 {
        session.step(seed);
    }
    assert!(session.store.flusher().flush(LONG));
    let before = decided_bytes(&path);
    assert!(before.len() > 100);
    session.analyse(&mut Rng(9));
    session.store.close().unwrap();
    assert_eq!(decided_bytes(&path), before);
}

/// A project file with a little in it.
fn small(folder: &Path) -> PathBuf {
    let path = folder.join("a.demarche");
    let mut session = Session::new(&path);
    for seed in 0..60 {
        session.step(seed);
    }
    assert!(!session.history.log().is_empty());
    session.store.close().unwrap();
    path
}

/// Opens what cannot be opened: the error, and not a byte changed, nothing left beside it.
fn refused(path: &Path) -> OpenError {
    let before = std::fs::read(path).unwrap();
    let beside = |path: &Path| std::fs::read_dir(path.parent().unwrap()).unwrap().count();
    let count = beside(path);
    let error = open_error(path);
    assert!(
        std::fs::read(path).unwrap() == before,
        "{error}: the file was changed"
    );
    assert_eq!(
        beside(path),
        count,
        "{error}: something was left beside the file"
    );
    error
}

#[test]
fn truncated_file_is_told_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let whole = std::fs::read(&path).unwrap();
    for part in [50, 99, 4096, whole.len() / 2, whole.len() - 1] {
        let cut = folder.path().join("cut.demarche");
        std::fs::write(&cut, &whole[..part]).unwrap();
        let error = refused(&cut);
        assert!(
            matches!(error, OpenError::Truncated { found, .. } if found == part as u64),
            "{error}"
        );
        assert!(
            error.to_string().starts_with("The file is cut off"),
            "{error}"
        );
    }
}

#[test]
fn foreign_file_is_told_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("letter.demarche");
    std::fs::write(
        &text,
        "Dear all, this is no project but a letter. ".repeat(200),
    )
    .unwrap();
    assert_eq!(refused(&text), OpenError::Foreign);
    let other = folder.path().join("other.demarche");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE note (text)")
        .unwrap();
    assert_eq!(refused(&other), OpenError::Foreign);
    assert_eq!(open_error(folder.path()), OpenError::Foreign);
    assert_eq!(
        open_error(&folder.path().join("nothing.demarche")),
        OpenError::NotFound
    );
}

/// Bytes of a real file changed in 300 ways: it opens or is refused, and what is refused stays.
#[test]
fn changed_files_open_or_are_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(small(folder.path())).unwrap();
    let mut rng = Rng(9);
    let mut refused = 0;
    for at in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..=rng.below(6) {
            // Mostly past the head, whose first bytes are looked at before anything else.
            let from = if rng.one_in(4) { 0 } else { 100 };
            let place = from + rng.below(bytes.len() - from);
            bytes[place] = u8::try_from(rng.below(256)).unwrap();
        }
        let path = folder.path().join(format!("{at}.demarche"));
        std::fs::write(&path, &bytes).unwrap();
        match Store::open(&path, quiet()) {
            Ok((store, _)) => {
                // Damage in a part that was not read may still show here.
                drop(store.close());
            }
            Err(_) => {
                refused += 1;
                let now = std::fs::read(&path).unwrap();
                assert!(now == bytes, "{at}: a refused file was changed");
            }
        }
    }
    assert!(refused > 10, "{refused} of 300");
}

#[test]
fn newer_file_is_told_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let sql = "PRAGMA user_version = 99; UPDATE info SET value = '1.4' WHERE key = 'made_with';
               PRAGMA wal_checkpoint(TRUNCATE)";
    let db = Connection::open(&path).unwrap();
    db.execute_batch(sql).unwrap();
    db.close().unwrap();
    let error = refused(&path);
    assert_eq!(
        error.to_string(),
        "This project was made with a newer Demarche (1.4). Update to open it"
    );
    assert!(matches!(
        error,
        OpenError::Newer {
            file_version: 99,
            ..
        }
    ));
}

#[test]
fn damaged_file_is_told_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    // All but the first page, which holds the schema.
    for byte in bytes.iter_mut().skip(4096) {
        *byte ^= 0x5A;
    }
    std::fs::write(&path, bytes).unwrap();
    let error = refused(&path);
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

#[test]
fn row_that_says_nonsense_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "UPDATE annotation SET body = '{\"value\":7}'; PRAGMA wal_checkpoint(TRUNCATE)",
    )
    .unwrap();
    db.close().unwrap();
    assert!(matches!(refused(&path), OpenError::Damaged { .. }));
}

#[test]
fn protected_file_opens_for_reading_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let mut rights = std::fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    let before = std::fs::read(&path).unwrap();
    let (mut store, opened) = Store::open(&path, quiet()).unwrap();
    assert_eq!(opened.read_only, Some(WhyReadOnly::Protected));
    assert!(!opened.operations.is_empty());
    let operation = Arc::new(opened.operations[0].clone());
    store.append(operation);
    let events = wait_for(&mut store, |event| matches!(event, Event::Failed(_)));
    assert_eq!(
        events,
        vec![Event::Failed(SaveError::ReadOnly(WhyReadOnly::Protected))]
    );
    drop(store);
    assert!(std::fs::read(&path).unwrap() == before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn second_window_reads_and_writes_once_the_first_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.demarche");
    let mut first = Session::new(&path);
    for seed in 0..30 {
        first.step(seed);
    }
    assert!(first.store.flusher().flush(LONG));
    let (second, opened) = Store::open(&path, quiet()).unwrap();
    assert_eq!(opened.read_only, Some(WhyReadOnly::Locked));
    assert!(opened.project == without_suggestions(&first.project));
    // The first goes on writing, and the lock is still its own.
    for seed in 30..60 {
        first.step(seed);
    }
    assert!(first.store.flusher().flush(LONG));
    drop(second);
    let (_, again) = Store::open(&path, quiet()).unwrap();
    assert_eq!(again.read_only, Some(WhyReadOnly::Locked));
    assert!(again.project == without_suggestions(&first.project));
    let project = first.project.clone();
    first.store.close().unwrap();
    let (_, last) = Store::open(&path, quiet()).unwrap();
    assert_eq!(last.read_only, None);
    assert!(last.project == without_suggestions(&project));
}

#[test]
fn what_cannot_be_written_now_is_written_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.demarche");
    let mut session = Session::new(&path);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut rng = Rng(1);
    let operation = step(&mut rng, &mut session.project).unwrap();
    let id = session.push(operation);
    let events = wait_for(&mut session.store, |event| {
        matches!(event, Event::Failed(_))
    });
    assert_eq!(events.len(), 1);
    other.execute_batch("ROLLBACK").unwrap();
    wait_for(&mut session.store, |event| *event == Event::Saved(id));
}

#[test]
fn save_as_goes_on_in_the_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (
        untitled_path(folder.path(), 7),
        folder.path().join("Né 岸.demarche"),
    );
    // What lies there, with a stale log beside it, is replaced.
    std::fs::write(&to, "old").unwrap();
    std::fs::write(folder.path().join("Né 岸.demarche-wal"), "stale").unwrap();
    let mut session = Session::new(&from);
    for seed in 0..30 {
        session.step(seed);
    }
    session.store.save_as(&to, OldFile::Remove);
    for seed in 30..60 {
        session.step(seed);
    }
    let events = wait_for(&mut session.store, |event| {
        matches!(event, Event::SavedAs(_))
    });
    assert!(
        !events.iter().any(|event| matches!(event, Event::Failed(_))),
        "{events:?}"
    );
    assert_eq!(session.store.path(), to.canonicalize().unwrap());
    assert!(!from.exists());
    let project = session.project.clone();
    session.store.close().unwrap();
    let (_store, opened) = Store::open(&to, quiet()).unwrap();
    assert!(opened.project == without_suggestions(&project));
    assert_eq!(opened.operations.len(), session.history.log().len());
}

#[test]
fn save_as_over_an_open_project_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken.demarche");
    let other = create(&taken);
    let mut session = Session::new(&folder.path().join("a.demarche"));
    session.store.save_as(&taken, OldFile::Keep);
    let events = wait_for(&mut session.store, |event| {
        matches!(event, Event::SaveAsFailed(..))
    });
    assert_eq!(
        events,
        vec![Event::SaveAsFailed(
            taken.clone(),
            SaveError::TargetOpen(taken)
        )]
    );
    drop(other);
    let nowhere = folder.path().join("no folder/b.demarche");
    session.store.save_as(&nowhere, OldFile::Remove);
    wait_for(&mut session.store, |event| {
        matches!(event, Event::SaveAsFailed(..))
    });
    assert!(session.store.path().exists());
}

#[test]
fn untitled_projects_are_found_again() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        untitled_projects(&folder.path().join("none")).unwrap(),
        vec![]
    );
    let path = untitled_path(folder.path(), 1);
    let mut session = Session::new(&path);
    for seed in 0..40 {
        session.step(seed);
    }
    assert_eq!(
        untitled_projects(folder.path()).unwrap(),
        vec![],
        "one that is open is not lost"
    );
    let (articles, operations) = (session.project.articles.len(), session.history.log().len());
    session.store.close().unwrap();
    create(&untitled_path(folder.path(), 2)).close().unwrap();
    let found = untitled_projects(folder.path()).unwrap();
    assert_eq!(
        found.len(),
        1,
        "an empty one is not worth a word: {found:?}"
    );
    assert_eq!(
        (found[0].articles, found[0].operations),
        (articles as u64, operations as u64)
    );
    discard_untitled(&found[0].path).unwrap();
    assert!(!path.exists());
}

#[test]
fn cache_that_is_damaged_is_no_loss() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.demarche");
    let mut session = Session::new(&path);
    for seed in 0..30 {
        session.step(seed);
    }
    session.analyse(&mut Rng(1));
    let article = *session.found.keys().last().unwrap();
    session.store.close().unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("UPDATE suggestion SET body = '{'")
        .unwrap();
    let (store, opened) = Store::open(&path, quiet()).unwrap();
    assert!(opened.project == without_suggestions(&session.project));
    assert_eq!(store.cache_reader().unwrap().load_findings(article), None);
}
