//! The thread that writes, and the handle to it.

mod begin;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use crate::edit::Operation;
use crate::model::{ArticleId, Findings, OperationId};
use crate::store::access::CacheReader;
use crate::store::error::{OpenError, SaveError, WhyReadOnly, io_save_error, save_error};
use crate::store::lock::Lock;
use crate::store::open::{Handle, Opened, create, open, prepare_to_write};
use crate::store::queue::Queue;
use crate::store::untitled::{remove_sides, remove_with_sides};
use crate::store::worker::begin::{Beginning, lock_for};
use crate::store::write;

/// Asks the window for a frame, from any thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What becomes of the old file after *Save as*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldFile {
    /// It stays.
    Keep,
    /// It goes: it had no name.
    Remove,
}

/// What the thread that writes has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The operation, and all before it, are on disk, synced.
    Saved(OperationId),
    /// What was handed over is not on disk. It is kept and tried again, each second; the next
    /// [`Event::Saved`] says that it worked. Said once, not at each try.
    Failed(SaveError),
    /// The project lies here now, and what follows is written here.
    SavedAs(PathBuf),
    /// *Save as* did not work; all goes on in the old file.
    SaveAsFailed(PathBuf, SaveError),
}

enum Message {
    Operation(Arc<Operation>),
    Findings {
        article: ArticleId,
        found: Arc<Findings>,
        known: String,
    },
    View {
        key: String,
        value: String,
    },
    SaveAs(PathBuf, OldFile),
    Flush(SyncSender<bool>),
    Close,
}

/// A project file that is open. Dropping it closes the file after all was written that can be.
pub struct Store {
    path: PathBuf,
    read_only: Option<WhyReadOnly>,
    inbox: Arc<Queue<Message>>,
    events: Arc<Queue<Event>>,
    thread: Option<JoinHandle<Result<(), SaveError>>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Lets a panic hook wait until all is on disk.
#[derive(Clone)]
pub struct Flusher(Arc<Queue<Message>>);

impl Flusher {
    /// Waits until what was handed over is on disk, at most so long; `false` if it is not.
    #[must_use]
    pub fn flush(&self, at_most: Duration) -> bool {
        let (answer, answered) = sync_channel(1);
        self.0.push(Message::Flush(answer));
        answered.recv_timeout(at_most).unwrap_or(false)
    }
}

impl Store {
    /// Opens a project. One that another window has, or that may not be written, is opened for
    /// reading ([`Opened::read_only`]).
    ///
    /// # Errors
    /// When it cannot be read; the file is left as it was.
    pub fn open(path: &Path, wake: Wake) -> Result<(Self, Opened), OpenError> {
        let (handle, opened) = open(path)?;
        Ok((Self::start(handle, opened.read_only, wake)?, opened))
    }

    /// Makes an empty project.
    ///
    /// # Errors
    /// When there is a file already, or none can be made there.
    pub fn create(path: &Path, wake: Wake) -> Result<Self, OpenError> {
        let (handle, _) = create(path)?;
        Self::start(handle, None, wake)
    }

    /// Makes an empty project on the store's own thread: who calls never waits for the disk. What
    /// is handed over meanwhile is kept. Where no file can be made, [`Event::Failed`] says so, it is
    /// tried again each second, and [`Store::save_as`] makes one elsewhere.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn create_behind(path: &Path, wake: Wake) -> std::io::Result<Self> {
        let inbox = Arc::new(Queue::new());
        let events = Arc::new(Queue::new());
        let begun = Beginning {
            path: path.to_owned(),
            inbox: Arc::clone(&inbox),
            events: Arc::clone(&events),
            wake,
        };
        let thread = std::thread::Builder::new().name("store".to_owned());
        let thread = Some(thread.spawn(move || begun.run())?);
        Ok(Self {
            path: path.to_owned(),
            read_only: None,
            inbox,
            events,
            thread,
        })
    }

    fn start(
        handle: Handle,
        read_only: Option<WhyReadOnly>,
        wake: Wake,
    ) -> Result<Self, OpenError> {
        let inbox = Arc::new(Queue::new());
        let events = Arc::new(Queue::new());
        let path = handle.path.clone();
        let mut worker = Worker::new(handle, Arc::clone(&inbox), Arc::clone(&events), wake);
        worker.read_only = read_only;
        let thread = std::thread::Builder::new().name("store".to_owned());
        let thread = Some(thread.spawn(move || worker.run())?);
        Ok(Self {
            path,
            read_only,
            inbox,
            events,
            thread,
        })
    }

    /// Returns where the project lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns why nothing can be written, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<WhyReadOnly> {
        self.read_only
    }

    /// Hands over an operation that was applied, and returns at once.
    pub fn append(&self, operation: Arc<Operation>) {
        self.inbox.push(Message::Operation(operation));
    }

    /// Hands over an article's suggestions for the cache; `known` is a hash of the decisions that
    /// the engine was told of. Operations go before them.
    pub fn put_findings(&self, article: ArticleId, found: Arc<Findings>, known: String) {
        self.inbox.push(Message::Findings {
            article,
            found,
            known,
        });
    }

    /// Hands over a piece of what is selected and shown.
    pub fn put_view(&self, key: &str, value: String) {
        self.inbox.push(Message::View {
            key: key.to_owned(),
            value,
        });
    }

    /// Asks for the project to be written under another name, over what is there; all that follows
    /// is written there. [`Event::SavedAs`] or [`Event::SaveAsFailed`] answers.
    pub fn save_as(&self, path: &Path, old: OldFile) {
        self.inbox.push(Message::SaveAs(path.to_owned(), old));
    }

    /// Returns what happened since the last call.
    pub fn poll(&mut self) -> Vec<Event> {
        let events: Vec<_> = self.events.take().into();
        for event in &events {
            if let Event::SavedAs(path) = event {
                self.path.clone_from(path);
                self.read_only = None;
            }
        }
        events
    }

    /// Opens the cache of suggestions for a job.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub fn cache_reader(&self) -> Result<CacheReader, OpenError> {
        CacheReader::open(&self.path)
    }

    /// Returns what a panic hook needs.
    #[must_use]
    pub fn flusher(&self) -> Flusher {
        Flusher(Arc::clone(&self.inbox))
    }

    /// Writes what is left, folds the log into the file, so that a copy of it is whole, and frees
    /// the lock.
    ///
    /// # Errors
    /// When something could not be written; it is lost.
    pub fn close(mut self) -> Result<(), SaveError> {
        self.join()
    }

    fn join(&mut self) -> Result<(), SaveError> {
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        self.inbox.push(Message::Close);
        let died = SaveError::Io {
            detail: "the thread that writes has died".to_owned(),
        };
        thread.join().unwrap_or(Err(died))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Err(error) = self.join() {
            log::error!("closing {}: {error}", self.path.display());
        }
    }
}

/// Operations and view state, in order.
enum Work {
    Operation(Arc<Operation>),
    View { key: String, value: String },
}

struct Worker {
    handle: Handle,
    read_only: Option<WhyReadOnly>,
    inbox: Arc<Queue<Message>>,
    events: Arc<Queue<Event>>,
    wake: Wake,
    work: VecDeque<Work>,
    cache: VecDeque<(ArticleId, Arc<Findings>, String)>,
    failed: bool,
}

/// Suggestions of so many articles are written at a time, so that an operation waits little.
const CACHE_BATCH: usize = 32;

impl Worker {
    fn new(
        handle: Handle,
        inbox: Arc<Queue<Message>>,
        events: Arc<Queue<Event>>,
        wake: Wake,
    ) -> Self {
        Self {
            handle,
            read_only: None,
            inbox,
            events,
            wake,
            work: VecDeque::new(),
            cache: VecDeque::new(),
            failed: false,
        }
    }

    /// Takes what is to be written.
    fn keep(&mut self, message: Message) {
        match message {
            Message::Operation(operation) => self.work.push_back(Work::Operation(operation)),
            Message::View { key, value } => self.work.push_back(Work::View { key, value }),
            Message::Findings {
                article,
                found,
                known,
            } => self.cache.push_back((article, found, known)),
            Message::SaveAs(..) | Message::Flush(_) | Message::Close => {}
        }
    }

    fn run(mut self) -> Result<(), SaveError> {
        loop {
            let at_most = if !self.work.is_empty() {
                Some(Duration::from_secs(1))
            } else if !self.cache.is_empty() {
                Some(Duration::ZERO)
            } else {
                None
            };
            for message in self.inbox.wait(at_most) {
                match message {
                    message @ (Message::Operation(_)
                    | Message::View { .. }
                    | Message::Findings { .. }) => self.keep(message),
                    Message::SaveAs(path, old) => self.save_as(&path, old),
                    Message::Flush(answer) => {
                        let written = self.write_work().is_ok();
                        // Who asked may have given up.
                        answer.send(written).ok();
                    }
                    Message::Close => return self.close(),
                }
            }
            if self.write_work().is_ok() {
                self.write_cache();
            }
        }
    }

    fn say(&self, event: Event) {
        self.events.push(event);
        (self.wake)();
    }

    /// Writes all operations that wait, in one transaction.
    fn write_work(&mut self) -> Result<(), SaveError> {
        if self.work.is_empty() {
            return Ok(());
        }
        match self.try_write_work() {
            Ok(()) => {
                self.failed = false;
                let done = std::mem::take(&mut self.work);
                for work in done {
                    if let Work::Operation(operation) = work {
                        self.events.push(Event::Saved(operation.id));
                    }
                }
                (self.wake)();
                Ok(())
            }
            Err(error) => {
                // Room is for decisions: what the engine found can be found again.
                self.cache.clear();
                if !self.failed {
                    self.failed = true;
                    self.say(Event::Failed(error.clone()));
                }
                Err(error)
            }
        }
    }

    fn try_write_work(&self) -> Result<(), SaveError> {
        if let Some(why) = self.read_only {
            return Err(SaveError::ReadOnly(why));
        }
        in_transaction(&self.handle.connection, |db| {
            self.work.iter().try_for_each(|work| match work {
                Work::Operation(operation) => write::operation(db, operation),
                Work::View { key, value } => write::view(db, key, value),
            })
        })
        .map_err(|error| save_error(&error))
    }

    /// Writes some suggestions; where that fails they are left out, for they are a cache.
    fn write_cache(&mut self) {
        let count = self.cache.len().min(CACHE_BATCH);
        let batch: Vec<_> = self.cache.drain(..count).collect();
        if batch.is_empty() || self.read_only.is_some() {
            return;
        }
        let written = in_transaction(&self.handle.connection, |db| {
            batch
                .iter()
                .try_for_each(|(article, found, known)| write::findings(db, *article, found, known))
        });
        if let Err(error) = written {
            log::warn!("suggestions not kept: {error}");
        }
    }

    fn save_as(&mut self, path: &Path, old: OldFile) {
        // What cannot be written here is written there.
        let here = self.write_work();
        match self.try_save_as(path, old) {
            Ok(to) => {
                self.say(Event::SavedAs(to));
                if here.is_err() {
                    self.failed = false;
                    // Says itself how it went.
                    self.write_work().ok();
                }
            }
            Err(error) => self.say(Event::SaveAsFailed(path.to_owned(), error)),
        }
    }

    fn try_save_as(&mut self, path: &Path, old: OldFile) -> Result<PathBuf, SaveError> {
        if path.canonicalize().is_ok_and(|to| to == self.handle.path) {
            return Ok(self.handle.path.clone());
        }
        let handle = copy_to(&self.handle.connection, path, lock_for(path)?)?;
        let before = std::mem::replace(&mut self.handle, handle);
        self.read_only = None;
        let Handle {
            path: old_path,
            connection,
            lock: old_lock,
        } = before;
        close_file(connection);
        if old == OldFile::Remove
            && old_lock.is_some()
            && let Err(error) = remove_with_sides(&old_path)
        {
            log::warn!("{} stays: {error}", old_path.display());
        }
        drop(old_lock);
        Ok(self.handle.path.clone())
    }

    fn close(mut self) -> Result<(), SaveError> {
        let written = self.write_work();
        while written.is_ok() && !self.cache.is_empty() {
            self.write_cache();
        }
        let Handle {
            connection, lock, ..
        } = self.handle;
        if lock.is_some() {
            close_file(connection);
        }
        drop(lock);
        written
    }
}

fn in_transaction(
    db: &Connection,
    body: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    let done = body(db).and_then(|()| db.execute_batch("COMMIT"));
    if done.is_err() && !db.is_autocommit() {
        // The first error is the one to tell.
        db.execute_batch("ROLLBACK").ok();
    }
    done
}

/// Folds the log into the file.
fn close_file(connection: Connection) {
    let folded = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    if let Err(error) = folded {
        log::warn!("the log stays beside the file: {error}");
    }
    if let Err((_, error)) = connection.close() {
        log::warn!("closing: {error}");
    }
}

/// Writes the whole project beside the target, synced, then puts it in its place: what was there
/// is there until then.
fn copy_to(from: &Connection, path: &Path, lock: Lock) -> Result<Handle, SaveError> {
    let io = |error: std::io::Error| io_save_error(&error);
    let sql = |error: rusqlite::Error| save_error(&error);
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".saving");
    let beside = path.with_file_name(name);
    if beside.exists() {
        std::fs::remove_file(&beside).map_err(io)?;
    }
    let text = beside.to_str().ok_or_else(|| SaveError::Io {
        detail: "the name has characters that are not Unicode".to_owned(),
    })?;
    if let Err(error) = from.execute("VACUUM INTO ?1", [text]) {
        std::fs::remove_file(&beside).ok();
        return Err(save_error(&error));
    }
    std::fs::File::open(&beside)
        .and_then(|file| file.sync_all())
        .map_err(io)?;
    remove_sides(path);
    std::fs::rename(&beside, path).map_err(io)?;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        // Some systems cannot sync a folder; the file itself is synced.
        std::fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .ok();
    }
    let path = path.canonicalize().map_err(io)?;
    let connection = Connection::open(&path).map_err(sql)?;
    prepare_to_write(&connection).map_err(sql)?;
    Ok(Handle {
        path,
        connection,
        lock: Some(lock),
    })
}

#[cfg(test)]
mod tests;
