//! The project file, as the session sees it: opened on a thread, written by the store's thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::Ports;
use crate::edit::Operation;
use crate::jobs::{Event as JobEvent, Task};
use crate::model::{ArticleId, Findings, OperationId, Timestamp};
use crate::store::{
    CacheReader, Event, OldFile, OpenError, Opened, RecentProject, Store, WhyReadOnly,
    discard_untitled, recent_projects, remember_project, untitled_path, untitled_projects,
};

/// Key of what is selected and shown, in the project file.
const VIEW: &str = "window";

/// What the disk has to say.
pub(super) enum DiskEvent {
    /// A project was read; its suggestions follow.
    Opened(Box<Opened>),
    /// One article's suggestions, and the hash of what the engine knew.
    Findings(ArticleId, Box<Findings>, String),
    /// What the cache has of an article that was asked for.
    FoundAgain(ArticleId, Option<Box<(Findings, String)>>),
    /// An untitled project with articles that nobody has open.
    LeftBehind(PathBuf),
    /// All suggestions that there are have arrived.
    AllRead,
    /// A project could not be read.
    OpenFailed(PathBuf, OpenError),
    /// The project lies here now.
    SavedAs(PathBuf),
    /// What went wrong, and what to do.
    Trouble(String, String),
}

enum Part {
    Opened(Box<(Store, Opened)>),
    Findings(ArticleId, Box<Findings>, String),
    Failed(PathBuf, OpenError),
}

/// What a look around in the folder of the program shows.
enum Seen {
    Recent(Vec<RecentProject>),
    LeftBehind(PathBuf),
}

/// An article, and what the cache has of it.
type Cached = (ArticleId, Option<Box<(Findings, String)>>);

/// The file of the open project.
pub(super) struct Disk {
    folder: PathBuf,
    wake: Arc<dyn Fn() + Send + Sync>,
    store: Option<Store>,
    opening: Option<Task<Part>>,
    looking: Option<Task<Seen>>,
    remembering: Option<Task<Vec<RecentProject>>>,
    asking: Vec<Task<Cached>>,
    untitled: bool,
    saving_as: bool,
    read_only: Option<String>,
    handed: Option<OperationId>,
    saved: Option<OperationId>,
    saved_at: Option<Timestamp>,
    view: String,
    recent: Vec<RecentProject>,
    events: Vec<DiskEvent>,
}

impl Disk {
    pub(super) fn new(ports: &Ports) -> Self {
        Self {
            folder: ports.data_folder.clone(),
            wake: Arc::clone(&ports.wake),
            store: None,
            opening: None,
            looking: None,
            remembering: None,
            asking: Vec::new(),
            untitled: true,
            saving_as: false,
            read_only: None,
            handed: None,
            saved: None,
            saved_at: None,
            view: String::new(),
            recent: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Looks on a thread which projects there are: recent ones, and, if asked for, the newest
    /// untitled one with articles that nobody has open ([`DiskEvent::LeftBehind`]).
    pub(super) fn look_around(&mut self, left_behind: bool) {
        let folder = self.folder.clone();
        let task = Task::start("look around", Arc::clone(&self.wake), move |cx| {
            cx.send(Seen::Recent(recent_projects(&folder)))?;
            if left_behind {
                let found = untitled_projects(&folder).unwrap_or_else(|error| {
                    log::warn!("untitled projects in {}: {error}", folder.display());
                    Vec::new()
                });
                if let Some(project) = found.into_iter().find(|project| project.articles > 0) {
                    cx.send(Seen::LeftBehind(project.path))?;
                }
            }
            Ok(())
        });
        match task {
            Ok(task) => self.looking = Some(task),
            Err(error) => log::warn!("no thread to look around: {error}"),
        }
    }

    /// Asks for the cached suggestions of articles; [`DiskEvent::FoundAgain`] answers for each.
    /// `false` where there is nothing to ask.
    pub(super) fn ask_findings(&mut self, articles: Vec<ArticleId>) -> bool {
        let Some(path) = self.store.as_ref().map(|store| store.path().to_owned()) else {
            return false;
        };
        let task = Task::start("cache", Arc::clone(&self.wake), move |cx| {
            let reader = CacheReader::open(&path).ok();
            for article in articles {
                let found = reader
                    .as_ref()
                    .and_then(|cache| cache.load_findings(article));
                let found = found.map(|cached| Box::new((cached.findings, cached.known)));
                cx.send((article, found))?;
            }
            Ok(())
        });
        let started = task.map(|task| self.asking.push(task));
        started.is_ok()
    }

    /// Leaves the open file. The next operation makes an untitled one.
    pub(super) fn leave(&mut self, empty: bool) {
        let path = self.store.as_ref().map(|store| store.path().to_owned());
        let discard = self.untitled && empty;
        // Closing writes what is left, which may take a moment: on a thread of its own.
        if let Some(store) = self.store.take() {
            let closing = Task::<()>::start("close", Arc::clone(&self.wake), move |_| {
                if let Err(error) = store.close() {
                    log::error!("closing a project: {error}");
                }
                if let Some(path) = path.filter(|_| discard)
                    && let Err(error) = discard_untitled(&path)
                {
                    log::warn!("discarding {}: {error}", path.display());
                }
                Ok(())
            });
            if let Err(error) = closing {
                log::error!("no thread to close a project: {error}");
            }
        }
        self.opening = None;
        self.asking.clear();
        self.untitled = true;
        self.read_only = None;
        (self.handed, self.saved, self.saved_at) = (None, None, None);
        self.view.clear();
    }

    /// Reads a project on a thread; [`DiskEvent::Opened`] or [`DiskEvent::OpenFailed`] answers.
    pub(super) fn open(&mut self, path: &Path) {
        let path = path.to_owned();
        let wake = Arc::clone(&self.wake);
        let task = Task::start("open", Arc::clone(&self.wake), move |cx| {
            let (store, opened) = match Store::open(&path, wake) {
                Ok(both) => both,
                Err(error) => return cx.send(Part::Failed(path, error)),
            };
            let cached: Vec<_> = opened.suggestions.keys().copied().collect();
            let reader = store.cache_reader();
            cx.send(Part::Opened(Box::new((store, opened))))?;
            let Ok(reader) = reader else { return Ok(()) };
            for article in cached {
                cx.cancel.check()?;
                if let Some(cached) = reader.load_findings(article) {
                    cx.send(Part::Findings(
                        article,
                        Box::new(cached.findings),
                        cached.known,
                    ))?;
                }
            }
            Ok(())
        });
        match task {
            Ok(task) => self.opening = Some(task),
            Err(error) => {
                let hint = "Close other programs and try again".to_owned();
                self.events.push(DiskEvent::Trouble(
                    format!("No thread to open it: {error}"),
                    hint,
                ));
            }
        }
    }

    /// Whether a project is being read.
    pub(super) fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    pub(super) fn save_as(&mut self, path: &Path) {
        let old = if self.untitled {
            OldFile::Remove
        } else {
            OldFile::Keep
        };
        if let Some(store) = self.store() {
            store.save_as(path, old);
            self.saving_as = true;
        }
    }

    /// The store of the open project; an untitled one is made with the first operation.
    fn store(&mut self) -> Option<&Store> {
        if self.store.is_none() {
            let id = self.handed.map_or(0, |id| id.0);
            let path = untitled_path(&self.folder, id);
            match Store::create_behind(&path, Arc::clone(&self.wake)) {
                Ok(store) => self.store = Some(store),
                Err(error) => {
                    let what = "Your work is not being saved".to_owned();
                    let hint = format!("Close other programs and try again: {error}");
                    self.events.push(DiskEvent::Trouble(what, hint));
                }
            }
        }
        self.store.as_ref()
    }

    pub(super) fn append(&mut self, operation: &Arc<Operation>) {
        self.handed = Some(operation.id);
        if let Some(store) = self.store() {
            store.append(Arc::clone(operation));
        }
    }

    pub(super) fn put_findings(&mut self, article: ArticleId, found: Arc<Findings>, known: String) {
        if let Some(store) = self
            .store
            .as_ref()
            .filter(|store| store.read_only().is_none())
        {
            store.put_findings(article, found, known);
        }
    }

    pub(super) fn put_view_state(&mut self, text: String) {
        if text == self.view {
            return;
        }
        if let Some(store) = self
            .store
            .as_ref()
            .filter(|store| store.read_only().is_none())
        {
            store.put_view(VIEW, text.clone());
            self.view = text;
        }
    }

    /// Returns the view that a project was left with.
    pub(super) fn view_of(opened: &Opened) -> Option<&str> {
        opened.view_state.get(VIEW).map(String::as_str)
    }

    /// Takes what happened since the last call.
    pub(super) fn poll(&mut self, now: Timestamp) -> Vec<DiskEvent> {
        self.poll_opening();
        self.poll_looking();
        self.poll_asking();
        let happened = self.store.as_mut().map(Store::poll).unwrap_or_default();
        for event in happened {
            match event {
                Event::Saved(id) => {
                    self.saved = Some(id);
                    self.saved_at = Some(now);
                }
                Event::Failed(error) => {
                    let what = "Your last changes are not on disk".to_owned();
                    let hint = format!("{error} It is tried again each second.");
                    self.events.push(DiskEvent::Trouble(what, hint));
                }
                Event::SavedAs(path) => {
                    self.untitled = false;
                    self.saving_as = false;
                    self.read_only = None;
                    self.events.push(DiskEvent::SavedAs(path));
                }
                Event::SaveAsFailed(path, error) => {
                    self.saving_as = false;
                    let what = format!("Not saved as {}", path.display());
                    self.events
                        .push(DiskEvent::Trouble(what, error.to_string()));
                }
            }
        }
        std::mem::take(&mut self.events)
    }

    fn poll_looking(&mut self) {
        let (lists, ended) = parts(self.remembering.as_mut());
        if ended {
            self.remembering = None;
        }
        let (seen, ended) = parts(self.looking.as_mut());
        if ended {
            self.looking = None;
        }
        for one in seen {
            match one {
                // A project that was opened meanwhile heads a list of its own.
                Seen::Recent(list) if self.recent.is_empty() => self.recent = list,
                Seen::Recent(_) => {}
                Seen::LeftBehind(path) => self.events.push(DiskEvent::LeftBehind(path)),
            }
        }
        if let Some(list) = lists.into_iter().next_back() {
            self.recent = list;
        }
    }

    fn poll_asking(&mut self) {
        let events = &mut self.events;
        self.asking.retain_mut(|task| {
            let (found, ended) = parts(Some(task));
            let found = found.into_iter();
            events.extend(found.map(|(id, found)| DiskEvent::FoundAgain(id, found)));
            !ended
        });
    }

    fn poll_opening(&mut self) {
        let parts = self.opening.as_mut().map(Task::poll).unwrap_or_default();
        for part in parts {
            match part {
                JobEvent::Part(Part::Opened(both)) => {
                    let (store, opened) = *both;
                    self.leave_for(store, &opened);
                    self.events.push(DiskEvent::Opened(Box::new(opened)));
                }
                JobEvent::Part(Part::Findings(article, findings, known)) => {
                    self.events
                        .push(DiskEvent::Findings(article, findings, known));
                }
                JobEvent::Part(Part::Failed(path, error)) => {
                    self.events.push(DiskEvent::OpenFailed(path, error));
                }
                JobEvent::Done => {
                    self.opening = None;
                    self.events.push(DiskEvent::AllRead);
                }
                JobEvent::Panicked(panicked) => {
                    self.opening = None;
                    let what = "The project could not be opened".to_owned();
                    self.events
                        .push(DiskEvent::Trouble(what, panicked.to_string()));
                }
            }
        }
    }

    fn leave_for(&mut self, store: Store, opened: &Opened) {
        let opening = self.opening.take();
        self.leave(false);
        self.opening = opening;
        self.untitled = store.path().starts_with(&self.folder);
        self.read_only = opened.read_only.map(|why| match why {
            WhyReadOnly::Locked => "It is open in another window. You can read it here; close the \
                                    other to edit"
                .to_owned(),
            WhyReadOnly::Protected => {
                "The file may not be written. Use Save as… to go on in a copy".to_owned()
            }
        });
        self.handed = opened.operations.last().map(|last| last.id);
        self.saved = self.handed;
        self.store = Some(store);
    }

    /// Puts the project on top of the recent ones, on a thread.
    pub(super) fn remember(&mut self, project: RecentProject) {
        let folder = self.folder.clone();
        let task = Task::start(
            "recent",
            Arc::clone(&self.wake),
            move |cx| match remember_project(&folder, project) {
                Ok(list) => cx.send(list),
                Err(error) => {
                    log::warn!("recent projects in {}: {error}", folder.display());
                    Ok(())
                }
            },
        );
        match task {
            Ok(task) => self.remembering = Some(task),
            Err(error) => log::warn!("no thread to remember a project: {error}"),
        }
    }

    /// Writes all that is left and frees the file. Waits: for the end of the program only.
    pub(super) fn close(&mut self, empty: bool) {
        let path = self.store.as_ref().map(|store| store.path().to_owned());
        if let Some(store) = self.store.take()
            && let Err(error) = store.close()
        {
            log::error!("closing a project: {error}");
        }
        if self.untitled
            && empty
            && let Some(path) = path
            && let Err(error) = discard_untitled(&path)
        {
            log::warn!("discarding {}: {error}", path.display());
        }
    }

    pub(super) fn saved_at(&self) -> Option<Timestamp> {
        self.saved_at
    }

    pub(super) fn unsaved(&self) -> bool {
        self.handed != self.saved
    }

    pub(super) fn is_busy(&self) -> bool {
        self.opening.is_some()
            || self.looking.is_some()
            || self.remembering.is_some()
            || !self.asking.is_empty()
            || self.saving_as
            || (self.unsaved() && self.store.is_some())
    }

    pub(super) fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    pub(super) fn recent(&self) -> &[RecentProject] {
        &self.recent
    }

    /// Returns the file of a project that has a name.
    pub(super) fn path(&self) -> Option<&Path> {
        self.store
            .as_ref()
            .filter(|_| !self.untitled)
            .map(Store::path)
    }
}

/// What a task sent, and whether it ended.
fn parts<P: Send + 'static>(task: Option<&mut Task<P>>) -> (Vec<P>, bool) {
    let (mut parts, mut ended) = (Vec::new(), false);
    for event in task.map(Task::poll).unwrap_or_default() {
        match event {
            JobEvent::Part(part) => parts.push(part),
            JobEvent::Done => ended = true,
            JobEvent::Panicked(panicked) => {
                log::error!("{panicked}");
                ended = true;
            }
        }
    }
    (parts, ended)
}
