//! Writing figures and tables in the background.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{LaneKind, MatrixLimits, MatrixOrder, RowOrder, matrix, stance_by_actor};
use crate::app::session::Session;
use crate::app::session::files::Purpose;
use crate::app::{ExportFormat, ExportRequest, ExportWhat, LaneBy, Notice, Pick};
use crate::export::chart::{self, Chart};
use crate::export::{pdf, png, svg, tables, write_file};
use crate::jobs::{Event, Task};

/// What became of an export: where it lies, or why it does not.
type Written = Result<PathBuf, String>;

/// An export under way.
pub(super) struct Exporting(Task<Written>);

impl ExportFormat {
    /// Returns the ending of such files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl ExportWhat {
    /// Returns the word on screen, which is also the name of the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Bars => "stance-by-actor",
            Self::Matrix => "stance-matrix",
            Self::Mentions => "mentions",
            Self::Statements => "statements",
        }
    }

    /// Whether it is a chart; else it is a table.
    #[must_use]
    pub fn is_chart(self) -> bool {
        matches!(self, Self::Timeline | Self::Bars | Self::Matrix)
    }

    /// Returns the formats that it can be written in.
    #[must_use]
    pub fn formats(self) -> &'static [ExportFormat] {
        if self.is_chart() {
            &[
                ExportFormat::Svg,
                ExportFormat::Pdf,
                ExportFormat::Png,
                ExportFormat::Csv,
                ExportFormat::Json,
            ]
        } else {
            &[ExportFormat::Csv, ExportFormat::Json]
        }
    }
}

impl Session {
    /// Writes a figure or table; asks where to, if the request does not say.
    pub(super) fn export(&mut self, request: ExportRequest) {
        let ending = request.format.ending();
        let Some(path) = request.path.clone() else {
            let project = &self.snapshot.project.info.name;
            let dash = if project.is_empty() { "" } else { "-" };
            let name = format!("{project}{dash}{}.{ending}", request.what.name());
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
        let lanes = lane_kind(self.view_state.lanes);
        let today = self.ports.clock.today();
        let task = Task::start("export", Arc::clone(&self.ports.wake), move |cx| {
            let job = Job {
                snapshot,
                filter,
                lanes,
                today,
                request,
            };
            let written = job
                .bytes()
                .and_then(|bytes| write_file(&path, &bytes).map_err(|error| error.to_string()));
            cx.send(written.map(|()| path))
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
                Ok(path) => self.toast(&format!("Exported to {}", path.display()), false),
                Err(error) => self.tell_failed(&error),
            }
        }
    }

    fn tell_failed(&mut self, why: &str) {
        self.tell(Notice {
            what: "The export was not written".to_owned(),
            hint: "Choose another folder, or free some space, and export again".to_owned(),
            details: why.to_owned(),
        });
    }
}

fn lane_kind(lanes: LaneBy) -> LaneKind {
    match lanes {
        LaneBy::Actor => LaneKind::Actor,
        LaneBy::Issue => LaneKind::Issue,
        LaneBy::Act => LaneKind::Act,
        LaneBy::Article => LaneKind::Article,
    }
}

struct Job {
    snapshot: crate::app::Snapshot,
    filter: crate::analysis::Filter,
    lanes: LaneKind,
    today: jiff::civil::Date,
    request: ExportRequest,
}

impl Job {
    fn bytes(&self) -> Result<Vec<u8>, String> {
        match self.request.format {
            ExportFormat::Csv | ExportFormat::Json => self.table(),
            ExportFormat::Svg | ExportFormat::Pdf | ExportFormat::Png => self.figure(),
        }
    }

    fn figure(&self) -> Result<Vec<u8>, String> {
        let Some(chart) = self.chart() else {
            return Err("a table has no picture".to_owned());
        };
        let scene = chart::scene(chart::Request {
            project: &self.snapshot.project,
            view: &self.snapshot.view,
            filter: &self.filter,
            chart,
            title: &self.request.title,
            width: self.request.width,
            today: self.today,
        });
        let text = svg(&scene);
        let title = if self.request.title.is_empty() {
            chart.title()
        } else {
            &self.request.title
        };
        match self.request.format {
            ExportFormat::Pdf => pdf(&text, title).map_err(|error| error.to_string()),
            ExportFormat::Png => {
                png(&text, self.request.scale.clamp(0.5, 8.0)).map_err(|error| error.to_string())
            }
            ExportFormat::Svg | ExportFormat::Csv | ExportFormat::Json => Ok(text.into_bytes()),
        }
    }

    fn chart(&self) -> Option<Chart> {
        match self.request.what {
            ExportWhat::Timeline => Some(Chart::Timeline(self.lanes)),
            ExportWhat::Bars => Some(Chart::Bars(RowOrder::MostStatements)),
            ExportWhat::Matrix => Some(Chart::Matrix(MatrixOrder::Blocs)),
            ExportWhat::Mentions | ExportWhat::Statements => None,
        }
    }

    fn table(&self) -> Result<Vec<u8>, String> {
        let (project, view) = (&*self.snapshot.project, &*self.snapshot.view);
        let filter = &self.filter;
        match self.request.what {
            ExportWhat::Mentions => self.written(&tables::mentions(project, view, filter)),
            ExportWhat::Statements | ExportWhat::Timeline => {
                self.written(&tables::statements(project, view, filter))
            }
            ExportWhat::Bars => {
                let rows = stance_by_actor(project, view, filter, RowOrder::MostStatements);
                self.written(&tables::bars(&rows, view))
            }
            ExportWhat::Matrix => {
                let limits = MatrixLimits::default();
                let cells = matrix(project, view, filter, MatrixOrder::Blocs, limits);
                self.written(&tables::matrix(&cells, view))
            }
        }
    }

    fn written<T: tables::Cells + serde::Serialize>(
        &self,
        table: &tables::Table<T>,
    ) -> Result<Vec<u8>, String> {
        let text = match self.request.format {
            ExportFormat::Json => table.json(),
            ExportFormat::Csv | ExportFormat::Svg | ExportFormat::Pdf | ExportFormat::Png => {
                table.csv()
            }
        };
        text.map(String::into_bytes)
            .map_err(|error| error.to_string())
    }
}
