//! Opening, starting and saving projects.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::Joined;
use crate::app::session::disk::{Disk, DiskEvent};
use crate::app::session::import::Source;
use crate::app::session::search::Search;
use crate::app::session::stories::Telling;
use crate::app::session::{Session, saved_view};
use crate::app::{Notice, Snapshot, ViewState};
use crate::edit::{Edit, History};
use crate::model::{Learnt, Project};
use crate::nlp::Known;
use crate::store::{Opened, RecentProject};

impl Session {
    /// Opens what the command line names: a project as the project, all else as articles. Without
    /// either, an untitled project that a crash left behind comes back, as soon as it is found.
    pub(super) fn open_at_start(&mut self, paths: Vec<PathBuf>) {
        let (projects, articles): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .partition(|path| path.extension().is_some_and(|end| end == "demarche"));
        if let Some(path) = projects.first() {
            self.disk.open(path);
        }
        self.disk
            .look_around(projects.is_empty() && articles.is_empty());
        if !articles.is_empty() {
            self.start_paths = articles;
        }
    }

    /// Opens the project that a crash left behind, unless something was begun meanwhile.
    fn take_up(&mut self, path: &Path) {
        let begun = !self.snapshot.project.articles.is_empty()
            || self.importing.is_some()
            || self.disk.is_opening()
            || self.history.undo_title().is_some();
        if !begun {
            self.disk.open(path);
        }
    }

    pub(super) fn new_project(&mut self) {
        self.keep_view_state();
        self.disk.leave(self.snapshot.project.articles.is_empty());
        let theme = self.view_state.theme;
        self.reset(Project::default(), History::default());
        self.view_state.theme = theme;
    }

    pub(super) fn open_project(&mut self, path: &Path) {
        self.keep_view_state();
        self.disk.open(path);
    }

    fn take(&mut self, opened: Opened) {
        let view = Disk::view_of(&opened).map(saved_view::read);
        if let Some(copy) = &opened.migrated {
            let words = format!(
                "Brought up to date; the old file is kept as {}",
                copy.display()
            );
            self.toast(&words, false);
        }
        self.reset(opened.project, History::from_log(opened.operations));
        self.view_state = view.unwrap_or_default();
        self.know(Known::of(&self.snapshot.project));
        self.learnt = Learnt::of(&self.snapshot.project);
        self.rebuild_keeping_selection();
        if self.view_state.selection.article.is_none()
            && let Some(id) = self.article_order().first().copied()
        {
            self.open_article(id);
        }
        if let Some(reason) = self.disk.read_only().map(ToOwned::to_owned) {
            self.tell(Notice {
                what: "This project is open for reading only".to_owned(),
                hint: reason,
                details: String::new(),
            });
        }
        self.remember();
    }

    /// What the cache did not have is read again.
    fn all_read(&mut self) {
        let unread: Vec<_> = self
            .snapshot
            .project
            .articles
            .iter()
            .filter(|(_, state)| state.engine.as_deref() != Some(crate::nlp::Engine::VERSION))
            .map(|(id, _)| *id)
            .collect();
        for id in unread {
            self.analyser.want(id);
        }
        self.join_across();
        self.rebuild();
    }

    fn reset(&mut self, project: Project, history: History) {
        self.analyser.clear();
        self.importing = None;
        self.search = Search::default();
        self.telling = Telling::default();
        self.telling.texts_changed();
        self.report = None;
        self.snapshot = Snapshot {
            project: Arc::new(project),
            view: Arc::default(),
            revision: self.snapshot.revision + 1,
        };
        self.built = Arc::default();
        self.joined = Joined::default();
        self.know(Known::default());
        self.shelf.clear();
        self.learnt = Learnt::default();
        self.history = history;
        self.view_state = ViewState::default();
        self.notices.clear();
    }

    /// Suggestions are still on their way: what was selected among them is not dropped yet.
    fn rebuild_keeping_selection(&mut self) {
        let selection = self.view_state.selection.clone();
        self.rebuild();
        self.view_state.selection = selection;
    }

    pub(super) fn open_sample(&mut self) {
        let Some(folder) = self.ports.samples.clone() else {
            return;
        };
        if !self.snapshot.project.articles.is_empty() {
            self.new_project();
        }
        self.import(Source::Paths(vec![folder]));
    }

    pub(super) fn save_as(&mut self, path: &Path) {
        self.keep_view_state();
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        self.commit(Edit::Rename(name.unwrap_or_default()));
        self.disk.save_as(path);
    }

    /// Hands what is selected and shown to the disk, where it changed.
    pub(super) fn keep_view_state(&mut self) {
        if !self.disk.is_opening() {
            self.disk
                .put_view_state(saved_view::write(&self.view_state));
        }
    }

    pub(super) fn poll_disk(&mut self) {
        self.keep_view_state();
        let now = self.ports.clock.now();
        for event in self.disk.poll(now) {
            match event {
                DiskEvent::Opened(opened) => self.take(*opened),
                DiskEvent::Findings(article, findings, key) => {
                    if key == self.key_of(article) {
                        self.take_findings(article, &findings);
                    }
                }
                DiskEvent::FoundAgain(article, found) => {
                    self.found_again(article, found.map(|found| *found));
                }
                DiskEvent::LeftBehind(path) => self.take_up(&path),
                DiskEvent::AllRead => self.all_read(),
                DiskEvent::OpenFailed(path, error) => self.tell(Notice {
                    what: format!("{} could not be opened", file_name(&path)),
                    hint: error.to_string(),
                    details: path.display().to_string(),
                }),
                DiskEvent::SavedAs(path) => {
                    self.toast(&format!("Saved as {}", path.display()), false);
                    self.remember();
                }
                DiskEvent::Trouble(what, hint) => {
                    self.tell(Notice {
                        what,
                        hint,
                        details: String::new(),
                    });
                }
            }
        }
        if !self.start_paths.is_empty() && !self.disk.is_opening() && self.importing.is_none() {
            let paths = std::mem::take(&mut self.start_paths);
            self.import(Source::Paths(paths));
        }
    }

    /// Puts the project among the recent ones, if it has a name.
    fn remember(&mut self) {
        let Some(path) = self.disk.path().map(Path::to_path_buf) else {
            return;
        };
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        let statements = self
            .snapshot
            .view
            .articles
            .values()
            .map(|view| view.statements.len())
            .sum();
        self.disk.remember(RecentProject {
            name: name.unwrap_or_default(),
            articles: self.snapshot.project.articles.len(),
            statements,
            at: self.ports.clock.now(),
            path,
        });
    }

    /// Writes all that is left and frees the file; for the end of the program, when waiting is
    /// right.
    pub fn close(&mut self) {
        self.keep_view_state();
        self.disk.close(self.snapshot.project.articles.is_empty());
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
