//! Reading files in the background, and what becomes of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::{ImportLine, ImportOutcome, ImportReport};
use crate::import::{ImportError, Imported, files_under, read_bytes, read_file};
use crate::jobs::{Event, JobCx, Task};
use crate::model::{ArticleText, NewArticle, Project};

/// What is to be read.
pub(super) enum Source {
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// Dropped or pasted: name and bytes.
    Bytes(Vec<(String, Vec<u8>)>),
}

/// One file's result.
struct FileRead {
    path: PathBuf,
    result: Result<Imported, ImportError>,
}

/// An import under way.
pub(super) struct Importing {
    task: Task<FileRead>,
    report: ImportReport,
    articles: Vec<NewArticle>,
    seen: BTreeSet<String>,
    total: usize,
}

/// What an import ended with.
pub(super) struct ImportEnd {
    pub(super) report: ImportReport,
    pub(super) articles: Vec<NewArticle>,
}

impl Importing {
    pub(super) fn start(
        source: Source,
        project: &Project,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> std::io::Result<Self> {
        let task = Task::start("import", wake, move |cx| match source {
            Source::Paths(paths) => read_all(&files_under(&paths), cx),
            Source::Bytes(files) => read_dropped(&files, cx),
        })?;
        let seen = project
            .articles
            .values()
            .map(|state| state.article.text.hash.clone())
            .collect();
        Ok(Self {
            task,
            report: ImportReport::default(),
            articles: Vec::new(),
            seen,
            total: 0,
        })
    }

    pub(super) fn cancel(&self) {
        self.task.cancel();
    }

    /// Returns files read, of how many.
    pub(super) fn progress(&self) -> (u32, u32) {
        self.task.progress()
    }

    /// Takes what was read; at the end, all of it.
    pub(super) fn poll(&mut self) -> Option<ImportEnd> {
        for event in self.task.poll() {
            match event {
                Event::Part(read) => self.take(read),
                Event::Done => return Some(self.end()),
                Event::Panicked(panicked) => {
                    self.report.lines.push(ImportLine {
                        path: PathBuf::new(),
                        format: String::new(),
                        outcome: ImportOutcome::Failed {
                            what: "Reading stopped on a file that nobody foresaw".to_owned(),
                            hint: panicked.to_string(),
                        },
                    });
                    return Some(self.end());
                }
            }
        }
        None
    }

    fn take(&mut self, read: FileRead) {
        self.total += 1;
        let line = match read.result {
            Err(error) => ImportLine {
                format: String::new(),
                outcome: ImportOutcome::Failed {
                    what: error.to_string(),
                    hint: error.hint().to_owned(),
                },
                path: read.path,
            },
            Ok(imported) => self.keep(read.path, imported),
        };
        self.report.lines.push(line);
    }

    /// Articles whose text is in the project already are left out.
    fn keep(&mut self, path: PathBuf, imported: Imported) -> ImportLine {
        let warnings = imported.warnings.iter().map(ToString::to_string).collect();
        let format = imported.articles.first().map(|a| a.source.format.clone());
        let before = self.articles.len();
        for article in imported.articles {
            if self
                .seen
                .insert(ArticleText::new(article.body.clone()).hash)
            {
                self.report.undated += usize::from(article.meta.dct.is_none());
                self.articles.push(article);
            }
        }
        let articles = self.articles.len() - before;
        let outcome = if articles == 0 {
            ImportOutcome::Copy
        } else {
            ImportOutcome::Added { articles, warnings }
        };
        ImportLine {
            path,
            format: format.unwrap_or_default(),
            outcome,
        }
    }

    fn end(&mut self) -> ImportEnd {
        let mut report = std::mem::take(&mut self.report);
        let all = usize::try_from(self.task.progress().1).unwrap_or_default();
        report.left = all.saturating_sub(self.total);
        report.added = self.articles.len();
        report
            .lines
            .sort_by_key(|line| !matches!(line.outcome, ImportOutcome::Failed { .. }));
        ImportEnd {
            report,
            articles: std::mem::take(&mut self.articles),
        }
    }
}

fn read_all(files: &[PathBuf], cx: &JobCx<FileRead>) -> Result<(), crate::jobs::Cancelled> {
    let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
    for (done, path) in (0..).zip(files) {
        cx.progress.set(done, total);
        cx.cancel.check()?;
        cx.send(FileRead {
            path: path.clone(),
            result: read_file(path, &cx.cancel),
        })?;
    }
    cx.progress.set(total, total);
    Ok(())
}

fn read_dropped(
    files: &[(String, Vec<u8>)],
    cx: &JobCx<FileRead>,
) -> Result<(), crate::jobs::Cancelled> {
    let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
    for (done, (name, bytes)) in (0..).zip(files) {
        cx.progress.set(done, total);
        cx.cancel.check()?;
        let result = read_bytes(name, bytes, &cx.cancel);
        cx.send(FileRead {
            path: Path::new(name).to_path_buf(),
            result,
        })?;
    }
    cx.progress.set(total, total);
    Ok(())
}
