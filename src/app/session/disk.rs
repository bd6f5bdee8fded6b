//! The project file, as the session sees it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::Ports;
use crate::edit::Operation;
use crate::model::{ArticleId, Findings, Project, Timestamp};

/// A project that was opened before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentProject {
    /// Its file.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// How many articles it had.
    pub articles: usize,
    /// How many statements.
    pub statements: usize,
    /// When it was open last.
    pub at: Timestamp,
}

/// A project as it was read.
pub(super) struct Loaded {
    pub(super) project: Project,
    pub(super) log: Vec<Operation>,
    pub(super) view_state: Option<String>,
}

/// What went wrong, and what to do.
pub(super) type Trouble = (String, String);

pub(super) struct Disk {
    recent: Vec<RecentProject>,
}

impl Disk {
    pub(super) fn new(_ports: &Ports) -> Self {
        Self { recent: Vec::new() }
    }
    pub(super) fn closed(self) -> Self {
        self
    }
    pub(super) fn is_open(&self) -> bool {
        true
    }
    pub(super) fn open_left_behind(&mut self) -> Option<Loaded> {
        None
    }
    pub(super) fn create_untitled(&mut self, _id: u128) {}
    pub(super) fn open(&mut self, _path: &Path) -> Result<Loaded, Trouble> {
        Err(("Not yet".to_owned(), String::new()))
    }
    pub(super) fn save_as(&mut self, _path: &Path) -> Result<(), Trouble> {
        Ok(())
    }
    pub(super) fn append(&mut self, _operation: &Arc<Operation>) {}
    pub(super) fn put_findings(&mut self, _article: ArticleId, _findings: Findings) {}
    pub(super) fn put_view_state(&mut self, _text: &str) {}
    pub(super) fn poll(&mut self, _now: Timestamp, _articles: usize, _statements: usize) {}
    pub(super) fn take_troubles(&mut self) -> Vec<Trouble> {
        Vec::new()
    }
    pub(super) fn saved_at(&self) -> Option<Timestamp> {
        None
    }
    pub(super) fn unsaved(&self) -> bool {
        false
    }
    pub(super) fn read_only(&self) -> Option<&str> {
        None
    }
    pub(super) fn recent(&self) -> &[RecentProject] {
        &self.recent
    }
    pub(super) fn path(&self) -> Option<&Path> {
        None
    }
}
