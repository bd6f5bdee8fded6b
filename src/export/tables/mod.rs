//! Mentions, statements and the numbers of charts as CSV and JSON.
//!
//! **Offsets are Unicode code points of the article's text, end exclusive**; the columns are named so
//! and JSON says it at its head. In CSV a text that a spreadsheet would take for a formula gets a `'`
//! in front; JSON has it as it is.

mod counts;

pub use counts::{CountRow, bars, matrix, values};

use serde::Serialize;

use crate::analysis::{Filter, ProjectView, Row, Status};
use crate::export::CodePoints;
use crate::model::{
    Act, ArticleState, DateSource, EntityId, EntityType, Factuality, Mention, MentionKind, Party,
    Polarity, Project, Statement, TimexValue,
};

/// Why a table could not be written; never in practice: tables are written to memory.
#[derive(Debug, thiserror::Error)]
#[error("the table could not be written: {0}")]
pub struct TableError(String);

const OFFSETS: &str = "Unicode code points of the article's text, end exclusive";

/// A table: rows of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T> {
    name: &'static str,
    rows: Vec<T>,
    /// Columns beyond the head of all such tables: fields of the person's own.
    own: Vec<String>,
}

/// Makes a table of rows from another file of this folder.
pub(super) fn table<T>(name: &'static str, rows: Vec<T>) -> Table<T> {
    Table {
        name,
        rows,
        own: Vec::new(),
    }
}

impl<T: Cells + Serialize> Table<T> {
    /// Returns the rows.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// Returns the table as CSV with a head, lines ended by CRLF (RFC 4180).
    ///
    /// # Errors
    /// Never in practice.
    pub fn csv(&self) -> Result<String, TableError> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        let failed = |error: csv::Error| TableError(error.to_string());
        // A field called as a column of every table stands apart from it.
        let own = |name: &String| {
            if T::HEAD.contains(&name.as_str()) {
                format!("own {name}")
            } else {
                safe(name)
            }
        };
        let head = T::HEAD.iter().map(|name| (*name).to_owned());
        let head: Vec<String> = head.chain(self.own.iter().map(own)).collect();
        writer.write_record(&head).map_err(failed)?;
        for row in &self.rows {
            let own = self.own.iter().map(|name| match row.own(name) {
                number if number.parse::<f64>().is_ok() => number.to_owned(),
                words => safe(words),
            });
            let cells: Vec<String> = row.cells().into_iter().chain(own).collect();
            writer.write_record(&cells).map_err(failed)?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| TableError(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| TableError(error.to_string()))
    }

    /// Returns the table as JSON: an object that says the unit of offsets and holds the rows.
    ///
    /// # Errors
    /// Never in practice.
    pub fn json(&self) -> Result<String, TableError> {
        let mut object = serde_json::Map::new();
        object.insert("offsets".to_owned(), OFFSETS.into());
        let failed = |error: serde_json::Error| TableError(error.to_string());
        let rows = serde_json::to_value(&self.rows).map_err(failed)?;
        object.insert(self.name.to_owned(), rows);
        let mut text = serde_json::to_string_pretty(&object).map_err(failed)?;
        text.push('\n');
        Ok(text)
    }
}

/// A row as cells of CSV.
pub trait Cells {
    /// Names of the columns.
    const HEAD: &'static [&'static str];
    /// The cells, in the order of the head.
    fn cells(&self) -> Vec<String>;
    /// The value of a field of the person's own; empty where there is none.
    fn own(&self, _field: &str) -> &str {
        ""
    }
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn maybe<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Which article a row is of.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct InArticle {
    article_id: String,
    article: String,
    outlet: Option<String>,
    published: Option<String>,
}

impl InArticle {
    pub(super) fn new(state: &ArticleState) -> Self {
        let meta = &state.article.meta;
        Self {
            article_id: state.article.id.to_string(),
            article: meta.title.clone(),
            outlet: meta.outlet.clone(),
            published: meta.dct.map(|dct| dct.date.to_string()),
        }
    }

    /// Stands in no article.
    pub(super) fn none() -> Self {
        Self::default()
    }

    pub(super) fn title(&self) -> &str {
        &self.article
    }

    pub(super) fn cells(&self) -> [String; 4] {
        [
            self.article_id.clone(),
            safe(&self.article),
            self.outlet.as_deref().map(safe).unwrap_or_default(),
            self.published.clone().unwrap_or_default(),
        ]
    }
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provenance {
    status: &'static str,
    coder: Option<String>,
    confidence: Option<f64>,
    note: String,
}

impl Provenance {
    fn new<T>(project: &Project, row: &Row<T>) -> Self {
        let coder = |id| project.coders.get(id).cloned().unwrap_or_default();
        let (status, coder, confidence) = match &row.status {
            Status::Suggested { confidence, .. } => {
                // Three digits: more would be noise of the float.
                let rounded = (f64::from(confidence.get()) * 1000.0).round() / 1000.0;
                ("suggested", None, Some(rounded))
            }
            Status::Confirmed { coder: id, .. } => ("confirmed", Some(coder(id)), None),
            Status::Added { coder: id, .. } => ("added", Some(coder(id)), None),
        };
        Self {
            status,
            coder,
            confidence,
            note: row.note.clone(),
        }
    }

    fn cells(&self) -> [String; 4] {
        [
            self.status.to_owned(),
            self.coder.as_deref().map(safe).unwrap_or_default(),
            maybe(self.confidence.as_ref()),
            safe(&self.note),
        ]
    }
}

/// A mention.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionRow {
    #[serde(flatten)]
    article: InArticle,
    words: String,
    kind: &'static str,
    #[serde(rename = "type")]
    entity_type: String,
    entity: Option<String>,
    metonym: bool,
    start_code_point: usize,
    end_code_point: usize,
    #[serde(flatten)]
    provenance: Provenance,
}

impl Cells for MentionRow {
    const HEAD: &'static [&'static str] = &[
        "article_id",
        "article",
        "outlet",
        "published",
        "words",
        "kind",
        "type",
        "entity",
        "metonym",
        "start_code_point",
        "end_code_point",
        "status",
        "coder",
        "confidence",
        "note",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = self.article.cells().to_vec();
        cells.extend([
            safe(&self.words),
            self.kind.to_owned(),
            safe(&self.entity_type),
            self.entity.as_deref().map(safe).unwrap_or_default(),
            self.metonym.to_string(),
            self.start_code_point.to_string(),
            self.end_code_point.to_string(),
        ]);
        cells.extend(self.provenance.cells());
        cells
    }
}

/// Returns the mentions of all articles that `filter` keeps.
#[must_use]
pub fn mentions(project: &Project, view: &ProjectView, filter: &Filter) -> Table<MentionRow> {
    let mut rows = Vec::new();
    for (id, state) in &project.articles {
        let Some(article) = view.articles.get(id) else {
            continue;
        };
        if !filter.keeps_article(view, &state.article, article) {
            continue;
        }
        let points = CodePoints::new(&state.article.text.body);
        let of = |row: &Row<Mention>| mention(project, view, state, &points, row);
        rows.extend(article.mentions.iter().map(of));
    }
    table("mentions", rows)
}

fn mention(
    project: &Project,
    view: &ProjectView,
    state: &ArticleState,
    points: &CodePoints<'_>,
    row: &Row<Mention>,
) -> MentionRow {
    let mention = &row.value;
    let [start, end] = points.range(mention.range);
    let entity_type = match mention.entity_type {
        EntityType::Own(id) => {
            let own = project.codebook.types.get(&id);
            own.map_or_else(|| id.to_string(), |own| own.name.clone())
        }
        built_in => built_in.name().to_owned(),
    };
    MentionRow {
        article: InArticle::new(state),
        words: state.article.slice(mention.range).to_owned(),
        kind: match mention.kind {
            MentionKind::Name => "name",
            MentionKind::Description => "description",
            MentionKind::Pronoun => "pronoun",
        },
        entity_type,
        entity: mention.entity.map(|id| view.entity_name(id).to_owned()),
        metonym: mention.metonym,
        start_code_point: start,
        end_code_point: end,
        provenance: Provenance::new(project, row),
    }
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementRow {
    #[serde(flatten)]
    article: InArticle,
    statement_id: String,
    holder: String,
    speaks_for: Option<String>,
    target: Option<String>,
    issue: Option<String>,
    issue_words: Option<String>,
    act: Act,
    polarity_target: Option<Polarity>,
    polarity_issue: Option<Polarity>,
    factuality: Factuality,
    date: Option<TimexValue>,
    date_source: Option<DateSource>,
    reporter: Option<String>,
    sentence: String,
    cue: String,
    cue_start_code_point: usize,
    cue_end_code_point: usize,
    sentence_start_code_point: usize,
    sentence_end_code_point: usize,
    /// The statement that says the same and counts in the charts for both.
    repeats: Option<String>,
    /// Own fields by name.
    codes: std::collections::BTreeMap<String, String>,
    #[serde(flatten)]
    provenance: Provenance,
}

impl Cells for StatementRow {
    const HEAD: &'static [&'static str] = &[
        "article_id",
        "article",
        "outlet",
        "published",
        "statement_id",
        "holder",
        "speaks_for",
        "target",
        "issue",
        "issue_words",
        "act",
        "polarity_target",
        "polarity_issue",
        "factuality",
        "date",
        "date_source",
        "reporter",
        "sentence",
        "cue",
        "cue_start_code_point",
        "cue_end_code_point",
        "sentence_start_code_point",
        "sentence_end_code_point",
        "repeats",
        "status",
        "coder",
        "confidence",
        "note",
    ];

    fn cells(&self) -> Vec<String> {
        let text = |value: &Option<String>| value.as_deref().map(safe).unwrap_or_default();
        let side = |side: Option<Polarity>| side.map(side_word).unwrap_or_default().to_owned();
        let mut cells = self.article.cells().to_vec();
        cells.extend([
            self.statement_id.clone(),
            safe(&self.holder),
            text(&self.speaks_for),
            text(&self.target),
            text(&self.issue),
            text(&self.issue_words),
            self.act.name().to_owned(),
            side(self.polarity_target),
            side(self.polarity_issue),
            self.factuality.name().to_owned(),
            maybe(self.date.as_ref()),
            self.date_source
                .map(source_word)
                .unwrap_or_default()
                .to_owned(),
            text(&self.reporter),
            safe(&self.sentence),
            safe(&self.cue),
            self.cue_start_code_point.to_string(),
            self.cue_end_code_point.to_string(),
            self.sentence_start_code_point.to_string(),
            self.sentence_end_code_point.to_string(),
            self.repeats.clone().unwrap_or_default(),
        ]);
        cells.extend(self.provenance.cells());
        cells
    }

    fn own(&self, field: &str) -> &str {
        self.codes.get(field).map_or("", String::as_str)
    }
}

/// The words of JSONL, in both formats.
fn side_word(side: Polarity) -> &'static str {
    match side {
        Polarity::Oppose => "oppose",
        Polarity::Neutral => "neutral",
        Polarity::Support => "support",
    }
}

fn source_word(source: DateSource) -> &'static str {
    match source {
        DateSource::Person => "person",
        DateSource::Clause => "clause",
        DateSource::Sentence => "sentence",
        DateSource::Narrative => "narrative",
        DateSource::Article => "article",
    }
}

/// Returns the statements that `filter` asks for, with a column for each field of the person's own.
#[must_use]
pub fn statements(project: &Project, view: &ProjectView, filter: &Filter) -> Table<StatementRow> {
    let mut rows = Vec::new();
    let mut points: Option<(crate::model::ArticleId, CodePoints<'_>)> = None;
    for (at, row) in filter.each_statement(project, view) {
        let Some(state) = project.articles.get(&at.article) else {
            continue;
        };
        if points.as_ref().is_none_or(|(id, _)| *id != at.article) {
            points = Some((at.article, CodePoints::new(&state.article.text.body)));
        }
        if let Some((_, points)) = &points {
            let mut made = statement(project, view, state, points, row);
            made.repeats = view
                .retold
                .all(at)
                .first()
                .filter(|first| **first != at)
                .map(|first| first.id.to_string());
            rows.push(made);
        }
    }
    let fields = project.codebook.fields.values();
    let mut own: Vec<String> = fields.map(|field| field.name.clone()).collect();
    own.sort_by_key(|name| name.to_lowercase());
    own.dedup();
    Table {
        name: "statements",
        rows,
        own,
    }
}

fn statement(
    project: &Project,
    view: &ProjectView,
    state: &ArticleState,
    points: &CodePoints<'_>,
    row: &Row<Statement>,
) -> StatementRow {
    let statement = &row.value;
    let name = |id: EntityId| view.entity_name(id).to_owned();
    let party = |party: Option<Party>| party.map(|party| name(party.entity));
    let issue = statement.issue.as_ref();
    let grouped = issue
        .and_then(|issue| issue.issue)
        .and_then(|id| view.issues.get(&id))
        .map(|row| row.name.clone());
    let cue = points.range(statement.evidence.cue);
    let sentence = points.range(statement.evidence.sentence);
    StatementRow {
        article: InArticle::new(state),
        statement_id: row.id.to_string(),
        holder: name(statement.holder.entity),
        speaks_for: statement.speaks_for.map(name),
        target: party(statement.target),
        issue: grouped.or_else(|| issue.map(|issue| issue.label.clone())),
        issue_words: issue
            .and_then(|issue| issue.range)
            .map(|range| state.article.slice(range).to_owned()),
        act: statement.act,
        polarity_target: statement.polarity_target,
        polarity_issue: statement.polarity_issue,
        factuality: statement.factuality,
        date: statement.date.as_ref().map(|date| date.value.clone()),
        date_source: statement.date.as_ref().map(|date| date.source),
        reporter: party(statement.reporter),
        sentence: state.article.slice(statement.evidence.sentence).to_owned(),
        cue: state.article.slice(statement.evidence.cue).to_owned(),
        cue_start_code_point: cue[0],
        cue_end_code_point: cue[1],
        sentence_start_code_point: sentence[0],
        sentence_end_code_point: sentence[1],
        repeats: None,
        codes: row
            .codes
            .iter()
            .filter_map(|(field, value)| {
                let field = project.codebook.fields.get(field)?;
                Some((field.name.clone(), value.clone()))
            })
            .collect(),
        provenance: Provenance::new(project, row),
    }
}

#[cfg(test)]
mod tests;
