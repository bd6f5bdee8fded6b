//! Commands on files: dialogs that answer later, imports, projects.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::app::session::Session;
use crate::app::session::import::{Importing, Source};
use crate::app::{Command, Dialog, ExportRequest, Notice, Pick};
use crate::edit::Edit;
use crate::model::ArticleId;

/// What a dialog was opened for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Purpose {
    Import,
    OpenProject,
    SaveAs,
    Export(ExportRequest),
    ReadLexicon,
    WriteLexicon,
    ReadCodebook,
    WriteCodebook,
}

/// Answers of dialogs, from whatever thread they arrive on.
pub(super) struct Picks {
    sender: SyncSender<(Purpose, Vec<PathBuf>)>,
    answers: Receiver<(Purpose, Vec<PathBuf>)>,
}

impl Default for Picks {
    fn default() -> Self {
        let (sender, answers) = sync_channel(8);
        Self { sender, answers }
    }
}

impl Session {
    pub(super) fn pick(&mut self, what: Pick, purpose: Purpose) {
        if let Some(trouble) = self.ports.dialogs.trouble() {
            self.tell(Notice {
                what: "No file dialog can be shown here".to_owned(),
                hint: trouble,
                details: String::new(),
            });
            return;
        }
        let sender = self.picks.sender.clone();
        let wake = self.ports.wake.clone();
        let done = move |paths: Vec<PathBuf>| {
            // A full queue means eight unanswered dialogs: the ninth answer has nowhere to go.
            if sender.try_send((purpose, paths)).is_ok() {
                wake();
            }
        };
        self.ports.dialogs.pick(what, Box::new(done));
    }

    pub(super) fn take_picks(&mut self) {
        while let Ok((purpose, paths)) = self.picks.answers.try_recv() {
            let Some(first) = paths.first().cloned() else {
                continue;
            };
            match purpose {
                Purpose::Import => self.import(Source::Paths(paths)),
                Purpose::OpenProject => self.open_project(&first),
                Purpose::SaveAs => self.save_as(&with_end(first, "demarche")),
                Purpose::ReadLexicon => self.read_lexicon(first),
                Purpose::WriteLexicon => self.write_lexicon(with_end(first, "tsv")),
                Purpose::ReadCodebook => self.read_codebook(first),
                Purpose::WriteCodebook => self.write_codebook(with_end(first, "json")),
                Purpose::Export(request) => {
                    self.export(ExportRequest {
                        path: Some(first),
                        ..request
                    });
                }
            }
        }
    }

    pub(super) fn run_project(&mut self, command: Command) {
        match command {
            Command::NewProject => self.new_project(),
            Command::PickArticles => self.pick(Pick::Articles, Purpose::Import),
            Command::PickFolder => self.pick(Pick::Folder, Purpose::Import),
            Command::PickProject => self.pick(Pick::Project, Purpose::OpenProject),
            Command::SaveAs => {
                let name = &self.snapshot.project.info.name;
                let name = if name.is_empty() { "untitled" } else { name };
                let pick = Pick::SaveProject {
                    name: format!("{name}.demarche"),
                };
                self.pick(pick, Purpose::SaveAs);
            }
            Command::OpenProject(path) => self.open_project(&path),
            Command::OpenSample => self.open_sample(),
            Command::Import(paths) => self.import(Source::Paths(paths)),
            Command::ImportBytes(files) => self.import(Source::Bytes(files)),
            Command::CancelImport => {
                if let Some(importing) = &self.importing {
                    importing.cancel();
                }
            }
            Command::Quit => {
                self.keep_view_state();
                self.quit = true;
            }
            // Routed here only for the above.
            _ => {}
        }
    }

    pub(super) fn import(&mut self, source: Source) {
        if self.importing.is_some() {
            self.toast("An import is under way", false);
            return;
        }
        let wake = self.ports.wake.clone();
        match Importing::start(source, &self.snapshot.project, wake) {
            Ok(importing) => self.importing = Some(importing),
            Err(error) => self.tell(Notice {
                what: "Reading could not be started".to_owned(),
                hint: "Close other programs and try again".to_owned(),
                details: error.to_string(),
            }),
        }
    }

    pub(super) fn poll_import(&mut self) {
        let Some(end) = self.importing.as_mut().and_then(Importing::poll) else {
            return;
        };
        self.importing = None;
        let new: Vec<_> = end
            .articles
            .into_iter()
            .map(|new| (ArticleId(self.ports.ids.fresh()), new))
            .collect();
        let first = new.first().map(|(id, _)| *id);
        let added = first.is_some() && self.commit(Edit::AddArticles(new));
        let report = end.report;
        let look = report.failed() > 0 || report.left > 0 || !added;
        self.report = Some(report);
        if look {
            self.show(Some(Dialog::ImportReport));
        }
        if added && self.view_state.selection.article.is_none() {
            let order = self.article_order();
            if let Some(id) = order.first().copied().or(first) {
                self.open_article(id);
            }
        }
    }
}

/// Adds the ending where the person gave none.
fn with_end(path: PathBuf, end: &str) -> PathBuf {
    if path.extension().is_some() {
        path
    } else {
        path.with_extension(end)
    }
}
