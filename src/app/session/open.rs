//! Opening, starting and saving projects.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::session::disk::{Disk, Loaded};
use crate::app::session::import::Source;
use crate::app::session::{Session, known, saved_view};
use crate::app::{Notice, Snapshot, ViewState};
use crate::edit::{Edit, History};
use crate::model::Project;

impl Session {
    /// Opens what the command line names: a project as the project, all else as articles. Without
    /// either, an untitled project that a crash left behind comes back.
    pub(super) fn open_at_start(&mut self, paths: Vec<PathBuf>) {
        let (projects, articles): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .partition(|path| path.extension().is_some_and(|end| end == "demarche"));
        match projects.first() {
            Some(path) => self.open_project(path),
            None if articles.is_empty() => self.open_left_behind(),
            None => self.new_project(),
        }
        if !articles.is_empty() {
            self.import(Source::Paths(articles));
        }
    }

    fn open_left_behind(&mut self) {
        match self.disk.open_left_behind() {
            Some(loaded) => {
                self.take(loaded);
                self.toast("Your untitled project is back as you left it", false);
            }
            None => self.new_project(),
        }
    }

    pub(super) fn new_project(&mut self) {
        self.keep_view_state();
        self.disk.create_untitled(self.ports.ids.fresh());
        let theme = self.view_state.theme;
        self.reset(Project::default(), History::default());
        self.view_state.theme = theme;
        let (id, name) = (self.coder, self.ports.coder_name.clone());
        let author = self.author();
        let ids = Arc::clone(&self.ports.ids);
        let plan = crate::edit::plan(
            &self.snapshot.project,
            Edit::SetCoder { id, name },
            author,
            &mut || ids.fresh(),
        );
        // Who decides is part of the file, but nothing that a person did or could take back.
        if let Ok(operation) = plan {
            crate::edit::apply(Arc::make_mut(&mut self.snapshot.project), &operation);
            self.disk.append(&Arc::new(operation));
            self.rebuild();
        }
    }

    pub(super) fn open_project(&mut self, path: &Path) {
        self.keep_view_state();
        match self.disk.open(path) {
            Ok(loaded) => self.take(loaded),
            Err((what, hint)) => {
                let details = path.display().to_string();
                self.tell(Notice {
                    what,
                    hint,
                    details,
                });
                if !self.disk.is_open() {
                    self.disk.create_untitled(self.ports.ids.fresh());
                }
            }
        }
    }

    fn take(&mut self, loaded: Loaded) {
        self.reset(loaded.project, History::from_log(loaded.log));
        if let Some(text) = loaded.view_state {
            self.view_state = saved_view::read(&text);
        }
        self.known = Arc::new(known(&self.snapshot.project));
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
    }

    fn reset(&mut self, project: Project, history: History) {
        self.analyser.clear();
        self.importing = None;
        self.report = None;
        self.snapshot = Snapshot {
            project: Arc::new(project),
            view: Arc::default(),
            revision: self.snapshot.revision + 1,
        };
        self.built = Arc::default();
        self.joined.clear();
        self.known = Arc::default();
        self.history = history;
        self.view_state = ViewState::default();
        self.notices.clear();
        self.toast = None;
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
        match self.disk.save_as(path) {
            Ok(()) => {
                let name = path
                    .file_stem()
                    .map(|name| name.to_string_lossy().into_owned());
                self.commit(Edit::Rename(name.unwrap_or_default()));
                self.toast(&format!("Saved as {}", path.display()), false);
            }
            Err((what, hint)) => {
                self.tell(Notice {
                    what,
                    hint,
                    details: path.display().to_string(),
                });
            }
        }
    }

    /// Hands what is selected and shown to the disk, where it changed.
    pub(super) fn keep_view_state(&mut self) {
        self.disk
            .put_view_state(&saved_view::write(&self.view_state));
    }

    pub(super) fn poll_disk(&mut self) {
        self.keep_view_state();
        let (articles, statements) = (
            self.snapshot.project.articles.len(),
            self.snapshot
                .view
                .articles
                .values()
                .map(|view| view.statements.len())
                .sum(),
        );
        let now = self.ports.clock.now();
        self.disk.poll(now, articles, statements);
        for (what, hint) in self.disk.take_troubles() {
            self.tell(Notice {
                what,
                hint,
                details: String::new(),
            });
        }
    }

    /// Says whether the disk of this session holds everything; for the end of the program.
    pub fn close(&mut self) {
        self.keep_view_state();
        self.disk = Disk::closed(std::mem::replace(&mut self.disk, Disk::new(&self.ports)));
    }
}
