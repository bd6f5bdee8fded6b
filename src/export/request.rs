//! What the window and the command line export: one description, one way to bytes.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{
    Compared, Filter, Lanes, MatrixLimits, MatrixOrder, NetworkOptions, Period, ProjectView,
    RowOrder, matrix, stance_by_actor, stance_by_value,
};
use crate::export::chart::{self, Chart};
use crate::export::compared::compared;
use crate::export::{FigureError, events, moves, network, pdf, png, svg, tables, without_font};
use crate::figure::network::layout::Arrangement;
use crate::model::{FieldId, Project};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum ExportWhat {
    Timeline,
    Comparison,
    Bars,
    Matrix,
    Network,
    Issues,
    Shifts,
    Mentions,
    Statements,
}

/// In which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum ExportFormat {
    Svg,
    Pdf,
    Png,
    Csv,
    Json,
    Ics,
    GraphMl,
    Gexf,
}

/// A chart as a picture or as its numbers.
const CHART: [ExportFormat; 5] = [
    ExportFormat::Svg,
    ExportFormat::Pdf,
    ExportFormat::Png,
    ExportFormat::Csv,
    ExportFormat::Json,
];

impl ExportFormat {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Svg,
        Self::Pdf,
        Self::Png,
        Self::Csv,
        Self::Json,
        Self::Ics,
        Self::GraphMl,
        Self::Gexf,
    ];

    /// Returns the ending of such files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ics => "ics",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
        }
    }
}

impl ExportWhat {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Timeline,
        Self::Comparison,
        Self::Bars,
        Self::Matrix,
        Self::Network,
        Self::Issues,
        Self::Shifts,
        Self::Mentions,
        Self::Statements,
    ];

    /// Returns the last part of the name of the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Comparison => "comparison",
            Self::Bars => "stance-by-actor",
            Self::Matrix => "stance-matrix",
            Self::Network => "network",
            Self::Issues => "issues",
            Self::Shifts => "shifts",
            Self::Mentions => "mentions",
            Self::Statements => "statements",
        }
    }

    /// Whether it is a chart; else it is a table.
    #[must_use]
    pub fn is_chart(self) -> bool {
        !matches!(self, Self::Shifts | Self::Mentions | Self::Statements)
    }

    /// Returns the formats that it can be written in: a chart as a picture or as its numbers, the
    /// timeline as a calendar and the network for other programs too.
    #[must_use]
    pub fn formats(self) -> &'static [ExportFormat] {
        use ExportFormat::{Csv, Gexf, GraphMl, Ics, Json, Pdf, Png, Svg};
        match self {
            Self::Timeline => &[Svg, Pdf, Png, Csv, Json, Ics],
            Self::Network => &[Svg, Pdf, Png, Csv, Json, GraphMl, Gexf],
            _ if self.is_chart() => &CHART,
            _ => &[Csv, Json],
        }
    }

    /// Returns the name of a file: of the project, where it has one, and of what is in it.
    #[must_use]
    pub fn file_name(self, project: &str, format: ExportFormat) -> String {
        let dash = if project.is_empty() { "" } else { "-" };
        format!("{project}{dash}{}.{}", self.name(), format.ending())
    }
}

/// An export, but for where it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// What.
    pub what: ExportWhat,
    /// As what.
    pub format: ExportFormat,
    /// The person's own title; empty for the default.
    pub title: String,
    /// Width in points (charts).
    pub width: f32,
    /// Pixels a point (PNG).
    pub scale: f32,
    /// What a lane of the timeline is.
    pub lanes: Lanes,
    /// The two periods that are compared; none for the halves of all days.
    pub compared: Option<Compared>,
    /// Order of the bars.
    pub rows: RowOrder,
    /// Bars by the values of this own field, instead of by holder.
    pub field: Option<FieldId>,
    /// Columns of the bars.
    pub period: Period,
    /// Order of the matrix.
    pub matrix: MatrixOrder,
    /// What the network ties.
    pub network: NetworkOptions,
    /// Where its actors stand on screen; the default arranges them anew.
    pub arranged: Arc<Arrangement>,
    /// Day of the export.
    pub today: Date,
}

impl Export {
    /// Returns the file's bytes. The same project, filter and day give the same bytes.
    ///
    /// # Errors
    /// When a table is asked for as a picture, or the picture is too large.
    pub fn bytes(
        &self,
        project: &Project,
        view: &ProjectView,
        filter: &Filter,
    ) -> Result<Vec<u8>, ExportError> {
        match self.format {
            ExportFormat::Csv | ExportFormat::Json => self.table(project, view, filter),
            ExportFormat::Ics if self.what == ExportWhat::Timeline => {
                let events = events::events(project, view, filter, self.lanes);
                let name = match self.title.trim() {
                    "" => &project.info.name,
                    title => title,
                };
                Ok(events::calendar(&events, name, self.today).into_bytes())
            }
            ExportFormat::Ics => Err(ExportError::NoCalendar),
            ExportFormat::Svg | ExportFormat::Pdf | ExportFormat::Png => {
                self.figure(project, view, filter)
            }
            ExportFormat::GraphMl | ExportFormat::Gexf => self.graph(project, view, filter),
        }
    }

    fn graph(
        &self,
        project: &Project,
        view: &ProjectView,
        filter: &Filter,
    ) -> Result<Vec<u8>, ExportError> {
        if self.what != ExportWhat::Network {
            return Err(ExportError::NoNetwork);
        }
        let chart = Chart::Network(self.network);
        let request = self.request(project, view, filter, chart);
        let (made, arranged) = chart::arranged_network(request, self.network);
        let text = if self.format == ExportFormat::Gexf {
            network::gexf(&made, &arranged, view)
        } else {
            network::graphml(&made, &arranged, view)
        };
        Ok(text.into_bytes())
    }

    fn request<'a>(
        &'a self,
        project: &'a Project,
        view: &'a ProjectView,
        filter: &'a Filter,
        chart: Chart,
    ) -> chart::Request<'a> {
        chart::Request {
            project,
            view,
            filter,
            chart,
            title: &self.title,
            width: self.width,
            today: self.today,
            arranged: &self.arranged,
            compared: self.compared,
        }
    }

    /// Returns characters of a figure, each once, that no font of the program or of this computer
    /// has; none of a table.
    #[must_use]
    pub fn without_font(
        &self,
        project: &Project,
        view: &ProjectView,
        filter: &Filter,
    ) -> BTreeSet<char> {
        let picture = matches!(self.format, ExportFormat::Pdf | ExportFormat::Png);
        let text = picture.then(|| self.drawn(project, view, filter));
        text.and_then(Result::ok)
            .map(|(text, _)| without_font(&text))
            .unwrap_or_default()
    }

    /// Returns the figure as SVG, and its chart.
    fn drawn(
        &self,
        project: &Project,
        view: &ProjectView,
        filter: &Filter,
    ) -> Result<(String, Chart), ExportError> {
        let chart = match self.what {
            ExportWhat::Timeline => Chart::Timeline(self.lanes),
            ExportWhat::Comparison => Chart::Comparison,
            ExportWhat::Bars => match self.field_of(project) {
                Some(field) => Chart::Values(self.rows, field),
                None => Chart::Bars(self.rows, self.period),
            },
            ExportWhat::Matrix => Chart::Matrix(self.matrix),
            ExportWhat::Network => Chart::Network(self.network),
            ExportWhat::Issues => Chart::Issues,
            ExportWhat::Shifts | ExportWhat::Mentions | ExportWhat::Statements => {
                return Err(ExportError::NoPicture);
            }
        };
        let text = svg(&chart::scene(self.request(project, view, filter, chart)));
        Ok((text, chart))
    }

    /// The field that the rows are the values of, if it is still there.
    fn field_of(&self, project: &Project) -> Option<FieldId> {
        let known = |id: &FieldId| project.codebook.fields.contains_key(id);
        self.field.filter(known)
    }

    fn figure(
        &self,
        project: &Project,
        view: &ProjectView,
        filter: &Filter,
    ) -> Result<Vec<u8>, ExportError> {
        let (text, chart) = self.drawn(project, view, filter)?;
        let title = match self.title.trim() {
            "" => chart.title(),
            title => title,
        };
        Ok(match self.format {
            ExportFormat::Pdf => pdf(&text, title)?,
            ExportFormat::Png => png(&text, self.scale.clamp(0.5, 8.0))?,
            _ => text.into_bytes(),
        })
    }

    fn table(
        &self,
        project: &Project,
        view: &ProjectView,
        filter: &Filter,
    ) -> Result<Vec<u8>, ExportError> {
        match self.what {
            ExportWhat::Mentions => self.written(&tables::mentions(project, view, filter)),
            ExportWhat::Statements => self.written(&tables::statements(project, view, filter)),
            ExportWhat::Timeline => {
                self.written(&events::events(project, view, filter, self.lanes))
            }
            ExportWhat::Comparison => {
                let request = self.request(project, view, filter, Chart::Comparison);
                self.written(&compared(&chart::comparison_of(request)))
            }
            ExportWhat::Bars => {
                if let Some(field) = self.field_of(project) {
                    let rows = stance_by_value(project, view, filter, (field, self.rows));
                    return self.written(&tables::values(&rows));
                }
                let rows = stance_by_actor(project, view, filter, self.rows);
                self.written(&tables::bars(&rows, view))
            }
            ExportWhat::Matrix => {
                let limits = MatrixLimits::default();
                let cells = matrix(project, view, filter, self.matrix, limits);
                self.written(&tables::matrix(&cells, view))
            }
            ExportWhat::Network => {
                let made = crate::analysis::network(project, view, filter, self.network);
                self.written(&network::ties(&made, view))
            }
            ExportWhat::Issues => {
                let made = crate::analysis::trend(project, view, filter);
                self.written(&moves::steps(&made, view))
            }
            ExportWhat::Shifts => {
                let found = crate::analysis::shifts(project, view, filter);
                self.written(&moves::shifts(&found, project, view))
            }
        }
    }

    fn written<T: tables::Cells + serde::Serialize>(
        &self,
        table: &tables::Table<T>,
    ) -> Result<Vec<u8>, ExportError> {
        let text = match self.format {
            ExportFormat::Json => table.json(),
            _ => table.csv(),
        };
        text.map(String::into_bytes)
            .map_err(|error| ExportError::Table(error.to_string()))
    }
}

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A table was asked for as a picture.
    #[error("a table has no picture: choose csv or json")]
    NoPicture,
    /// Something other than the timeline was asked for as a calendar.
    #[error("only the timeline is written as a calendar")]
    NoCalendar,
    /// Something else was asked for in a format for networks.
    #[error("only the network is written as GraphML or GEXF: choose another format")]
    NoNetwork,
    /// The picture could not be made.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The table could not be written.
    #[error("{0}")]
    Table(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, march};
    use crate::model::{Act, Polarity};

    fn export(what: ExportWhat, format: ExportFormat) -> Export {
        Export {
            what,
            format,
            title: String::new(),
            width: 520.0,
            scale: 1.0,
            lanes: Lanes::default(),
            compared: None,
            rows: RowOrder::MostStatements,
            field: None,
            period: Period::All,
            matrix: MatrixOrder::Blocs,
            network: NetworkOptions::default(),
            arranged: Arc::default(),
            today: march(14),
        }
    }

    #[test]
    fn everything_is_written_in_each_of_its_formats_and_in_no_other() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .on("Velmora", "ban", Act::Reject, Polarity::Oppose)
            .dated("2026-03-02")
            .on("Velmora", "ban", Act::Support, Polarity::Support)
            .dated("2026-03-04")
            .build();
        let filter = Filter::default();
        for what in ExportWhat::ALL {
            for format in ExportFormat::ALL {
                let bytes = export(what, format).bytes(&project, &view, &filter);
                let right = bytes.as_ref().is_ok_and(|bytes| match format {
                    ExportFormat::Svg => bytes.starts_with(b"<svg"),
                    ExportFormat::Pdf => bytes.starts_with(b"%PDF"),
                    ExportFormat::Png => bytes.starts_with(b"\x89PNG"),
                    ExportFormat::GraphMl => bytes.windows(8).any(|word| word == b"<graphml"),
                    ExportFormat::Gexf => bytes.windows(5).any(|word| word == b"<gexf"),
                    ExportFormat::Csv => bytes.ends_with(b"\r\n"),
                    ExportFormat::Json => {
                        serde_json::from_slice::<serde_json::Value>(bytes).is_ok()
                    }
                    ExportFormat::Ics => bytes.starts_with(b"BEGIN:VCALENDAR"),
                });
                let wanted = what.formats().contains(&format);
                assert_eq!(right, wanted, "{what:?} as {format:?}: {bytes:?}");
            }
        }
    }

    #[test]
    fn the_order_that_is_asked_for_is_the_order_of_the_rows() {
        let (project, view) = Fixture::new()
            .says("Zarnia", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Zarnia", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .build();
        let first = |rows| {
            let export = Export {
                rows,
                ..export(ExportWhat::Bars, ExportFormat::Csv)
            };
            let bytes = export.bytes(&project, &view, &Filter::default()).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            let at = |name: &str| text.find(name).unwrap();
            at("Zarnia") < at("Velmora")
        };
        assert!(first(RowOrder::MostStatements));
        assert!(!first(RowOrder::Name));
    }
}
