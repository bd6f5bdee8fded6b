//! Fake ports, and a session driven to rest.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test binary uses a part; a failure here is the answer"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use demarche::app::{Clock, Command, Dialogs, Ids, Pick, Ports, Session};
use demarche::model::{ArticleId, Timestamp};

/// Dialogs that answer at once with what was put into them.
#[derive(Default)]
pub(crate) struct FakeDialogs {
    /// Answers, first in first out; none left is *Cancel*.
    pub(crate) answers: Mutex<Vec<Vec<PathBuf>>>,
    /// What was asked for.
    pub(crate) asked: Mutex<Vec<Pick>>,
}

impl Dialogs for FakeDialogs {
    fn pick(&self, what: Pick, done: Box<dyn FnOnce(Vec<PathBuf>) + Send>) {
        self.asked.lock().unwrap().push(what);
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.is_empty() {
            Vec::new()
        } else {
            answers.remove(0)
        };
        drop(answers);
        done(answer);
    }

    fn trouble(&self) -> Option<String> {
        None
    }
}

/// A clock that goes on by a second each time it is asked: 14 March 2026.
pub(crate) struct FakeClock(AtomicI64);

impl Default for FakeClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_773_493_200_000))
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1_000, Ordering::Relaxed))
    }

    fn today(&self) -> jiff::civil::Date {
        jiff::civil::date(2026, 3, 14)
    }

    fn hour_minute(&self, _at: Timestamp) -> String {
        "14:02".to_owned()
    }

    fn day(&self, _at: Timestamp) -> jiff::civil::Date {
        self.today()
    }
}

/// Ids that count up.
#[derive(Default)]
pub(crate) struct FakeIds(AtomicU64);

impl Ids for FakeIds {
    fn fresh(&self) -> u128 {
        // High bits like a time-ordered id, so that they sort behind nothing made by hash.
        (1_u128 << 100) + u128::from(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// A session with fakes and a folder of its own.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) dialogs: Arc<FakeDialogs>,
    pub(crate) folder: tempfile::TempDir,
    ids: Arc<FakeIds>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with(Vec::new())
    }

    /// Starts with these paths on the command line.
    pub(crate) fn with(paths: Vec<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dialogs = Arc::new(FakeDialogs::default());
        let ids = Arc::new(FakeIds::default());
        let session = Session::start(ports(folder.path(), &dialogs, &ids), paths);
        let mut desk = Self {
            session,
            dialogs,
            folder,
            ids,
        };
        desk.rest();
        desk
    }

    /// Hands over the session, and the folder that it must not outlive.
    pub(crate) fn into_parts(self) -> (Session, tempfile::TempDir) {
        (self.session, self.folder)
    }

    /// Closes the session and starts another in the same folder, as after a restart.
    pub(crate) fn restart(&mut self, paths: Vec<PathBuf>) {
        self.session.close();
        let ports = ports(self.folder.path(), &self.dialogs, &self.ids);
        self.session = Session::start(ports, paths);
        self.rest();
    }

    /// Runs commands, then frames until nothing is under way.
    pub(crate) fn run(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.session.push(command);
            self.session.poll();
        }
        self.rest();
    }

    /// Polls until imports, analysis and the disk are at rest; fails after a minute.
    pub(crate) fn rest(&mut self) {
        let end = Instant::now() + Duration::from_secs(60);
        let mut quiet = 0;
        while quiet < 3 {
            self.session.poll();
            let busy = self.session.is_busy();
            quiet = if busy { 0 } else { quiet + 1 };
            assert!(Instant::now() < end, "the session does not come to rest");
            if busy {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Writes a file into the desk's folder.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let folder = self.folder.path().join("articles");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Imports one text as an article and returns its id.
    pub(crate) fn article(&mut self, name: &str, text: &str) -> ArticleId {
        let path = self.file(name, text);
        let before: Vec<_> = self
            .session
            .snapshot()
            .project
            .articles
            .keys()
            .copied()
            .collect();
        self.run([Command::Import(vec![path])]);
        let project = &self.session.snapshot().project;
        *project
            .articles
            .keys()
            .find(|id| !before.contains(id))
            .expect("an article was added")
    }
}

fn ports(folder: &Path, dialogs: &Arc<FakeDialogs>, ids: &Arc<FakeIds>) -> Ports {
    let dialogs: Arc<dyn Dialogs> = Arc::<FakeDialogs>::clone(dialogs);
    let ids: Arc<dyn Ids> = Arc::<FakeIds>::clone(ids);
    Ports {
        dialogs,
        clock: Arc::new(FakeClock::default()),
        ids,
        data_folder: folder.join("data"),
        samples: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples")),
        coder_name: "MK".to_owned(),
        wake: Arc::new(|| ()),
    }
}
