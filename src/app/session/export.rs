//! Writing figures and tables in the background.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::Lanes;
use crate::app::session::Session;
use crate::app::session::files::Purpose;
use crate::app::{ExportRequest, Notice, Pick};
use crate::export::{Export, write_file};
use crate::jobs::{Event, Task};

/// What became of an export: where it lies, and what could not be drawn in it; or why it does not.
type Written = Result<(PathBuf, BTreeSet<char>), String>;

/// An export under way.
pub(super) struct Exporting(Task<Written>);

impl Session {
    /// Writes a figure or table; asks where to, if the request does not say.
    pub(super) fn export(&mut self, request: ExportRequest) {
        let ending = request.format.ending();
        let Some(path) = request.path.clone() else {
            let project = &self.snapshot.project.info.name;
            let name = request.what.file_name(project, request.format);
            self.pick(Pick::SaveExport { name }, Purpose::Export(request));
            return;
        };
        let path = if path.extension().is_some() {
            path
        } else {
            path.with_extension(ending)
        };
        let snapshot = self.snapshot.clone();
        let filter = self.view_state.filter.clone();
        let export = Export {
            what: request.what,
            format: request.format,
            title: request.title,
            width: request.width,
            scale: request.scale,
            // What a person hid is in no file.
            lanes: Lanes {
                shows_hidden: false,
                ..self.view_state.cut()
            },
            compared: self.view_state.compared,
            rows: self.view_state.stance.rows,
            field: self.view_state.stance.field,
            period: self.view_state.stance.period,
            matrix: self.view_state.stance.matrix,
            network: self.view_state.stance.network,
            arranged: Arc::clone(&self.view_state.arrangement),
            today: self.ports.clock.today(),
        };
        let task = Task::start("export", Arc::clone(&self.ports.wake), move |cx| {
            let bytes = export.bytes(&snapshot.project, &snapshot.view, &filter);
            let written = bytes
                .map_err(|error| error.to_string())
                .and_then(|bytes| write_file(&path, &bytes).map_err(|error| error.to_string()));
            let boxes = export.without_font(&snapshot.project, &snapshot.view, &filter);
            cx.send(written.map(|()| (path, boxes)))
        });
        match task {
            Ok(task) => {
                self.exporting = Some(Exporting(task));
                self.show(None);
            }
            Err(error) => self.tell_failed(&error.to_string()),
        }
    }

    pub(super) fn poll_export(&mut self) {
        let Some(Exporting(task)) = &mut self.exporting else {
            return;
        };
        let (mut ended, mut written) = (false, Vec::new());
        for event in task.poll() {
            match event {
                Event::Part(part) => written.push(part),
                Event::Done => ended = true,
                Event::Panicked(panicked) => {
                    ended = true;
                    written.push(Err(panicked.to_string()));
                }
            }
        }
        if ended {
            self.exporting = None;
        }
        for one in written {
            match one {
                Ok((path, boxes)) => {
                    self.toast(&format!("Exported to {}", path.display()), false);
                    self.tell_boxes(&boxes);
                }
                Err(error) => self.tell_failed(&error),
            }
        }
    }

    fn tell_boxes(&mut self, boxes: &BTreeSet<char>) {
        if boxes.is_empty() {
            return;
        }
        let some: Vec<String> = boxes.iter().take(20).map(char::to_string).collect();
        self.tell(Notice {
            what: "Some characters of the figure show as boxes".to_owned(),
            hint: "No font on this computer has them. Install one, such as Noto Sans CJK, and \
                   export again"
                .to_owned(),
            details: some.join(" "),
        });
    }

    fn tell_failed(&mut self, why: &str) {
        self.tell(Notice {
            what: "The export was not written".to_owned(),
            hint: "Choose another folder, or free some space, and export again".to_owned(),
            details: why.to_owned(),
        });
    }
}
