//! The session: the project, its history, what is shown, and the work under way.
//!
//! [`Session::poll`] is called once a frame, also while the window is hidden. It is the only place
//! where anything changes: it drains the queue of commands, takes what jobs finished, and rebuilds
//! the effective view of what was touched. It never waits.

mod analyse;
mod annotate;
mod arrange;
mod disk;
mod export;
mod files;
mod import;
mod learn;
mod lexicon;
mod navigate;
mod open;
mod resolve;
mod saved_view;
mod search;
mod shared_codebook;
mod shelf;
mod stories;
mod timeline;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::analysis::{ArticleViews, Joined};
use crate::app::session::analyse::Analyser;
use crate::app::session::arrange::Arranging;
use crate::app::session::disk::Disk;
use crate::app::session::export::Exporting;
use crate::app::session::import::Importing;
use crate::app::session::lexicon::LexiconFile;
use crate::app::session::search::Search;
use crate::app::session::shelf::Shelf;
use crate::app::session::stories::Telling;
use crate::app::{
    Command, CommandKind, Commands, Dialog, ImportReport, Notice, Ports, Selection, Snapshot,
    Toast, ViewState,
};
use crate::edit::{Author, Edit, History, Operation, OperationKind, apply, plan};
use crate::model::{
    AnnotationId, ArticleId, CoderId, EntityType, Learnt, OperationId, Project, Timestamp,
};
use crate::nlp::timex::KnownTime;
use crate::nlp::{Engine, Known};

pub use crate::store::RecentProject;

/// While thousands of articles are being read, the view of all is rebuilt this often and no oftener.
const REBUILD_MILLIS: i64 = 400;

/// The whole program without a window.
pub struct Session {
    ports: Ports,
    snapshot: Snapshot,
    /// The project that the view was built from.
    built: Arc<Project>,
    built_at: Timestamp,
    joined: Joined,
    known: Arc<Known>,
    known_hash: String,
    /// Suggestions that may be wanted again.
    shelf: Shelf,
    learnt: Learnt,
    lexicon_file: LexiconFile,
    view_state: ViewState,
    history: History,
    commands: Commands,
    picks: files::Picks,
    notices: Vec<Notice>,
    toast: Option<Toast>,
    toasts: u64,
    importing: Option<Importing>,
    report: Option<ImportReport>,
    search: Search,
    exporting: Option<Exporting>,
    arranging: Option<Arranging>,
    telling: Telling,
    analyser: Analyser,
    disk: Disk,
    coder: CoderId,
    wish: u64,
    gesture: u64,
    /// The mention whose edges move.
    moving: Option<(AnnotationId, EntityType)>,
    clipboard: Option<String>,
    /// Articles of the command line, until the project that was named with them is open.
    start_paths: Vec<PathBuf>,
    quit: bool,
}

impl Session {
    /// Begins with an empty untitled project, or with the untitled one that a crash left behind;
    /// `paths` are opened: a project file as the project, all else as articles.
    #[must_use]
    pub fn start(ports: Ports, paths: Vec<PathBuf>) -> Self {
        let coder = CoderId::hashed(&[ports.coder_name.as_bytes()]);
        let disk = Disk::new(&ports);
        let mut session = Self {
            snapshot: Snapshot::default(),
            built: Arc::default(),
            built_at: Timestamp(0),
            joined: Joined::default(),
            known: Arc::default(),
            known_hash: Known::default().hash(),
            shelf: Shelf::default(),
            learnt: Learnt::default(),
            lexicon_file: LexiconFile::default(),
            view_state: ViewState::default(),
            history: History::default(),
            commands: Commands::default(),
            picks: files::Picks::default(),
            notices: Vec::new(),
            toast: None,
            toasts: 0,
            importing: None,
            report: None,
            search: Search::default(),
            exporting: None,
            arranging: None,
            telling: Telling::default(),
            analyser: Analyser::new(Arc::new(OnceLock::<Engine>::new())),
            disk,
            coder,
            wish: 0,
            gesture: 0,
            moving: None,
            clipboard: None,
            start_paths: Vec::new(),
            quit: false,
            ports,
        };
        session.open_at_start(paths);
        session
    }

    /// Does what is to be done, without waiting. Called once a frame, and while hidden.
    pub fn poll(&mut self) {
        self.take_picks();
        for command in self.commands.take() {
            self.run(command);
        }
        self.poll_import();
        self.poll_analysis();
        self.poll_search();
        self.poll_export();
        self.poll_lexicon();
        self.poll_arrange();
        self.poll_stories();
        self.poll_disk();
    }

    fn run(&mut self, command: Command) {
        match command {
            Command::Edit(edit) => self.make(edit),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::NewProject
            | Command::PickArticles
            | Command::PickFolder
            | Command::PickProject
            | Command::SaveAs
            | Command::OpenProject(_)
            | Command::OpenSample
            | Command::Import(_)
            | Command::ImportBytes(_)
            | Command::CancelImport
            | Command::Quit => self.run_project(command),
            Command::Confirm
            | Command::Reject
            | Command::ApplyToAll { .. }
            | Command::NewStatement
            | Command::EditStatement(_)
            | Command::SetDraft(_)
            | Command::SaveDraft => self.run_annotate(command),
            Command::AnalyseAgain => self.analyse_all(),
            Command::Export(request) => self.export(request),
            Command::PickLexicon => self.pick_lexicon(),
            Command::SaveLexicon => self.save_lexicon(),
            Command::PickCodebook => self.pick_codebook(),
            Command::SaveCodebook => self.save_codebook(),
            Command::DismissNotice(at) => {
                if at < self.notices.len() {
                    self.notices.remove(at);
                }
            }
            Command::Copy(words) => self.clipboard = Some(words),
            other => self.run_view(other),
        }
    }

    /// Plans, applies and saves one edit. Returns whether anything changed; what is refused is said.
    fn commit(&mut self, edit: Edit) -> bool {
        self.commit_as(edit, None)
    }

    fn commit_as(&mut self, edit: Edit, gesture: Option<u64>) -> bool {
        if let Some(reason) = self.disk.read_only() {
            let notice = Notice {
                what: "This project cannot be changed here".to_owned(),
                hint: reason.to_owned(),
                details: String::new(),
            };
            self.tell(notice);
            return false;
        }
        let author = self.author();
        let ids = Arc::clone(&self.ports.ids);
        match plan(&self.snapshot.project, edit, author, &mut || ids.fresh()) {
            Ok(mut operation) => {
                operation.gesture = gesture;
                self.perform(operation, true);
                true
            }
            Err(refused) => {
                self.toast(&refused.to_string(), false);
                false
            }
        }
    }

    /// A run of edge moves of one mention is one gesture, and so one step of undo.
    fn gesture_of(&mut self, edit: &Edit) -> Option<u64> {
        let moved = match edit {
            Edit::ChangeMention { id, mention, .. } => Some((*id, mention.entity_type)),
            _ => None,
        };
        if moved.is_none() || moved != self.moving {
            self.gesture += 1;
        }
        self.moving = moved;
        moved.map(|_| self.gesture)
    }

    fn author(&self) -> Author {
        Author {
            coder: self.coder,
            at: self.ports.clock.now(),
        }
    }

    fn undo(&mut self) {
        let id = OperationId(self.ports.ids.fresh());
        match self.history.undo(self.author(), id) {
            Some(operation) => self.take_back(operation, "Undone"),
            None => self.toast("Nothing to undo", false),
        }
    }

    fn redo(&mut self) {
        let id = OperationId(self.ports.ids.fresh());
        match self.history.redo(self.author(), id) {
            Some(operation) => self.take_back(operation, "Done again"),
            None => self.toast("Nothing to redo", false),
        }
    }

    /// Undo and redo go to the place of what they change.
    fn take_back(&mut self, operation: Operation, words: &str) {
        if self.disk.read_only().is_some() {
            return;
        }
        let place = operation.place;
        let title = format!("{words}: {}", operation.title);
        let before = Arc::clone(&self.snapshot.project);
        let old = self.perform(operation, false);
        let title = self.with_changes(title, (&before, &old));
        self.toast(&title, false);
        if let Some(place) = place {
            match place.range {
                Some(range) => self.go(place.article, range),
                None => self.open_article(place.article),
            }
        }
    }

    /// Applies an operation, hands it to the disk, and brings all that hangs on it up to date.
    /// Returns the views before of articles whose view was made again.
    fn perform(&mut self, operation: Operation, announce: bool) -> ArticleViews {
        let before = Arc::clone(&self.snapshot.project);
        let operation = self.signed(operation);
        apply(Arc::make_mut(&mut self.snapshot.project), &operation);
        let operation = self.history.push(operation);
        self.disk.append(&operation);
        let again = operation.kind != OperationKind::Do;
        let old = self.after_change(&before, again);
        if announce {
            let title = self.with_changes(operation.title.clone(), (&before, &old));
            self.toast(&title, true);
        }
        old
    }

    /// The first operation of a coder says who that is.
    fn signed(&self, mut operation: Operation) -> Operation {
        if !self.snapshot.project.coders.contains_key(&self.coder) {
            let edit = Edit::SetCoder {
                id: self.coder,
                name: self.ports.coder_name.clone(),
            };
            let ids = Arc::clone(&self.ports.ids);
            let author = self.author();
            let signature = plan(&self.snapshot.project, edit, author, &mut || ids.fresh());
            if let Ok(signature) = signature {
                operation.changes.splice(0..0, signature.changes);
            }
        }
        operation
    }

    /// Rebuilds the view, asks for what has to be read (again), and mends the selection. `again`:
    /// something comes back that was there before.
    fn after_change(&mut self, before: &Arc<Project>, again: bool) -> ArticleViews {
        let project = Arc::clone(&self.snapshot.project);
        if before.rules != project.rules {
            self.know(Known::of(&project));
        }
        let mut wanted = Vec::new();
        for (id, state) in &project.articles {
            let old = before.articles.get(id);
            if old.is_some_and(|old| Arc::ptr_eq(old, state)) {
                continue;
            }
            let same_text = old.is_some_and(|old| {
                old.article.text.hash == state.article.text.hash
                    && old.article.meta.dct.map(|dct| dct.date)
                        == state.article.meta.dct.map(|dct| dct.date)
                    // What hangs on a corrected time is counted anew.
                    && KnownTime::changed(old) == KnownTime::changed(state)
            });
            if old.is_none_or(|old| {
                old.article.text.hash != state.article.text.hash
                    || old.article.meta.title != state.article.meta.title
            }) {
                self.search.texts_changed();
                self.telling.texts_changed();
            }
            if !same_text || state.engine.is_none() {
                wanted.push(*id);
            }
        }
        if again {
            self.find_again(wanted);
        } else {
            wanted.into_iter().for_each(|id| self.analyser.want(id));
        }
        self.learn(before);
        self.rebuild()
    }

    fn rebuild(&mut self) -> ArticleViews {
        // In place, unless somebody else still reads the view before.
        let mut view = Arc::unwrap_or_clone(std::mem::take(&mut self.snapshot.view));
        let old = view.update(&self.built, &self.snapshot.project, &self.joined);
        self.built = Arc::clone(&self.snapshot.project);
        self.built_at = self.ports.clock.now();
        self.snapshot.view = Arc::new(view);
        self.snapshot.revision += 1;
        self.mend_selection();
        old
    }

    fn poll_analysis(&mut self) {
        if let Some(open) = self.view_state.selection.article {
            self.analyser.hurry(open);
        }
        let project = Arc::clone(&self.snapshot.project);
        let (reads, troubles) = self.analyser.poll(&self.ports.wake, &self.known, |id| {
            project
                .articles
                .get(&id)
                .map(|state| analyse::ToRead::new(state))
        });
        for trouble in troubles {
            self.tell(Notice {
                what: "Analysis stopped".to_owned(),
                hint: "Your work is saved. Analyse again from the menu".to_owned(),
                details: trouble,
            });
        }
        let mut seen = false;
        for read in reads {
            seen |= Some(read.article) == self.view_state.selection.article;
            match read.findings {
                Some(findings) => {
                    let project = Arc::make_mut(&mut self.snapshot.project);
                    if project.replace_suggestions(read.article, &findings) {
                        let only = BTreeSet::from([read.article]);
                        project.suggest_learnt(&self.learnt, Some(&only));
                        let key = self.key_of(read.article);
                        let findings = Arc::new(findings);
                        self.shelf.put(read.article, &key, &findings);
                        self.disk.put_findings(read.article, findings, key);
                    }
                }
                None => self.tell_unread(read.article),
            }
        }
        let behind = !Arc::ptr_eq(&self.built, &self.snapshot.project);
        let waited = self.ports.clock.now().0 - self.built_at.0 >= REBUILD_MILLIS;
        if behind && (seen || waited || self.analyser.progress().is_none()) {
            self.join_across();
            self.rebuild();
        }
    }

    fn tell_unread(&mut self, article: ArticleId) {
        let title = self
            .snapshot
            .project
            .articles
            .get(&article)
            .map(|state| state.article.meta.title.clone())
            .unwrap_or_default();
        self.tell(Notice {
            what: format!("“{title}” could not be analysed"),
            hint: "You can mark it by hand. The other articles are not affected".to_owned(),
            details: String::new(),
        });
    }

    /// Joins names of one article to full names of others.
    fn join_across(&mut self) {
        let proposals = self
            .snapshot
            .project
            .articles
            .values()
            .map(|state| state.proposed_entities.as_ref());
        let joined = crate::nlp::link::across(proposals);
        if joined != *self.joined {
            self.joined = Arc::new(joined);
        }
    }

    fn analyse_all(&mut self) {
        let ids: Vec<_> = self.snapshot.project.articles.keys().copied().collect();
        for id in ids {
            self.analyser.want(id);
        }
    }

    fn toast(&mut self, words: &str, undo: bool) {
        self.toasts += 1;
        self.toast = Some(Toast {
            words: words.to_owned(),
            undo,
            serial: self.toasts,
        });
    }

    /// Shows a problem once.
    fn tell(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
}

/// What the window reads.
impl Session {
    /// Returns the project and what holds.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Returns what is selected, filtered and open.
    #[must_use]
    pub fn view_state(&self) -> &ViewState {
        &self.view_state
    }

    /// Returns what is selected.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.view_state.selection
    }

    /// Adds a wish; it is fulfilled at the next [`Session::poll`].
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Returns the queue, for panels.
    pub fn commands(&mut self) -> &mut Commands {
        &mut self.commands
    }

    /// Returns the problems that nobody dismissed.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Returns the newest toast; the window knows a new one by its serial.
    #[must_use]
    pub fn current_toast(&self) -> Option<&Toast> {
        self.toast.as_ref()
    }

    /// Returns files read, of how many, while an import runs.
    #[must_use]
    pub fn import_progress(&self) -> Option<(u32, u32)> {
        self.importing.as_ref().map(Importing::progress)
    }

    /// Returns articles read, of how many, while analysis runs.
    #[must_use]
    pub fn analysis_progress(&self) -> Option<(u32, u32)> {
        self.analyser.progress()
    }

    /// Returns what became of the last import.
    #[must_use]
    pub fn import_report(&self) -> Option<&ImportReport> {
        self.report.as_ref()
    }

    /// Returns when the disk last answered, and whether something is still on its way to it.
    #[must_use]
    pub fn saved(&self) -> (Option<Timestamp>, bool) {
        (self.disk.saved_at(), self.disk.unsaved())
    }

    /// Returns why the project cannot be changed, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.disk.read_only()
    }

    /// Returns recent projects, newest first.
    #[must_use]
    pub fn recent(&self) -> &[RecentProject] {
        self.disk.recent()
    }

    /// Returns the project's file; none while it is untitled.
    #[must_use]
    pub fn project_path(&self) -> Option<&std::path::Path> {
        self.disk.path()
    }

    /// Whether anything is under way that will change what is shown: an import, an analysis, an
    /// export, the opening or saving of a project.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.commands.is_empty()
            || self.importing.is_some()
            || self.lexicon_file.is_under_way()
            || self.exporting.is_some()
            || self.arranging.is_some()
            || self.telling.is_busy()
            || self.search.is_busy()
            || self.analyser.progress().is_some()
            || !self.start_paths.is_empty()
            || self.disk.is_busy()
    }

    /// Returns the titles of what undo and redo would do.
    #[must_use]
    pub fn undo_titles(&self) -> (Option<&str>, Option<&str>) {
        (self.history.undo_title(), self.history.redo_title())
    }

    /// Whether a command is possible now.
    #[must_use]
    pub fn can(&self, kind: CommandKind) -> bool {
        self.resolve(kind).is_some()
    }

    /// Returns the ports.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Returns who decides.
    #[must_use]
    pub fn coder(&self) -> CoderId {
        self.coder
    }

    /// Takes words that shall go to the clipboard.
    pub fn take_clipboard(&mut self) -> Option<String> {
        self.clipboard.take()
    }

    /// Whether the window shall close: asked for, and all is on disk.
    #[must_use]
    pub fn wants_to_quit(&self) -> bool {
        self.quit && !self.disk.unsaved()
    }

    fn show(&mut self, dialog: Option<Dialog>) {
        self.view_state.dialog = dialog;
    }
}
