//! `demarche export`: charts and tables of a project, as the window writes them. Only reads the
//! project: a window may have it open meanwhile.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use lexopt::{Arg, Parser, ValueExt as _};

use crate::analysis::{
    Filter, LaneKind, MatrixOrder, NetworkKind, NetworkOptions, Normalisation, Period, ProjectView,
    Repeats, ReviewFilter, RowOrder, counted,
};
use crate::cli::{UsageError, complain, write_out};
use crate::export::{Export, ExportFormat, ExportWhat, write_file};
use crate::import::stories;
use crate::jobs::Cancel;
use crate::model::{Act, DateSpan, EntityId, IssueId, Project};
use crate::nlp::timex::KnownTime;
use crate::nlp::{Engine, Input, Known, link};
use crate::store::{OpenError, read_project};

/// Arguments of `export`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExportArgs {
    project: PathBuf,
    /// What, as what: at least one.
    files: Vec<(ExportWhat, ExportFormat)>,
    out: Out,
    title: String,
    width: f32,
    scale: f32,
    lanes: LaneKind,
    rows: RowOrder,
    period: Period,
    matrix: MatrixOrder,
    network: NetworkOptions,
    /// Day that the source note names; none is today.
    date: Option<Date>,
    filter: FilterArgs,
}

/// Where to.
#[derive(Debug, Clone, PartialEq)]
enum Out {
    Standard,
    File(PathBuf),
    Folder(PathBuf),
}

/// The filter, in words: names are looked up when the project is read.
#[derive(Debug, Clone, PartialEq, Default)]
struct FilterArgs {
    holders: Vec<String>,
    targets: Vec<String>,
    issues: Vec<String>,
    outlets: Vec<String>,
    acts: Vec<Act>,
    dates: Option<DateSpan>,
    review: Option<ReviewFilter>,
    text: String,
    offices_apart: bool,
}

impl ExportArgs {
    /// Reads what stands after `export`; none when help is asked for.
    pub(super) fn parse(parser: &mut Parser) -> Result<Option<Self>, UsageError> {
        let (mut project, mut what, mut formats) = (None, Vec::new(), Vec::new());
        let mut out = None;
        let mut args = Self {
            project: PathBuf::new(),
            files: Vec::new(),
            out: Out::Standard,
            title: String::new(),
            width: 720.0,
            scale: 2.0,
            lanes: LaneKind::Actor,
            rows: RowOrder::MostStatements,
            period: Period::All,
            matrix: MatrixOrder::Blocs,
            network: NetworkOptions::default(),
            date: None,
            filter: FilterArgs::default(),
        };
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long("what") => what.extend(listed("--what", &WHAT, &value(parser)?)?),
                Arg::Long("format") => {
                    formats.extend(listed("--format", &FORMATS, &value(parser)?)?);
                }
                Arg::Short('o') | Arg::Long("out") => out = Some(PathBuf::from(parser.value()?)),
                Arg::Long(name) => {
                    let name = name.to_owned();
                    args.option(&name, parser)?;
                }
                Arg::Value(path) if project.is_none() => project = Some(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        args.project = project.ok_or_else(|| usage("export needs a project file"))?;
        args.choose(what, formats, out)?;
        Ok(Some(args))
    }

    /// Reads the value of an option that says how, or of which statements.
    fn option(&mut self, name: &str, parser: &mut Parser) -> Result<(), UsageError> {
        let filter = &mut self.filter;
        match name {
            "title" => self.title = value(parser)?,
            "width" => self.width = number(name, &value(parser)?, (240.0, 4000.0))?,
            "scale" => self.scale = number(name, &value(parser)?, (0.5, 8.0))?,
            "lanes" => self.lanes = word("--lanes", &LANES, &value(parser)?)?,
            "rows" => self.rows = word("--rows", &ROWS, &value(parser)?)?,
            "period" => self.period = word("--period", &PERIODS, &value(parser)?)?,
            "matrix" => self.matrix = word("--matrix", &MATRIX, &value(parser)?)?,
            "ties" => self.network.kind = word("--ties", &TIES, &value(parser)?)?,
            "weights" => {
                self.network.normalisation = word("--weights", &WEIGHTS, &value(parser)?)?;
            }
            "repeats" => self.network.repeats = word("--repeats", &REPEATS, &value(parser)?)?,
            "date" => self.date = Some(day("--date", &value(parser)?)?),
            "holder" => filter.holders.push(value(parser)?),
            "target" => filter.targets.push(value(parser)?),
            "issue" => filter.issues.push(value(parser)?),
            "outlet" => filter.outlets.push(value(parser)?),
            "act" => {
                let name = value(parser)?;
                let act = name.to_uppercase().parse();
                let act = act.map_err(|_unknown| usage(&format!("no act is called {name:?}")))?;
                filter.acts.push(act);
            }
            "dates" => filter.dates = Some(span(&value(parser)?)?),
            "review" => filter.review = Some(word("--review", &REVIEW, &value(parser)?)?),
            "text" => filter.text = value(parser)?,
            "offices-apart" => filter.offices_apart = true,
            other => return Err(Arg::Long(other).unexpected().into()),
        }
        Ok(())
    }

    /// Settles which files are written, and where.
    fn choose(
        &mut self,
        mut what: Vec<ExportWhat>,
        mut formats: Vec<ExportFormat>,
        out: Option<PathBuf>,
    ) -> Result<(), UsageError> {
        if what.is_empty() {
            what.extend(ExportWhat::ALL);
        }
        let ending = out.as_deref().and_then(Path::extension);
        if formats.is_empty() {
            // A file that is named says by its ending what it is to be.
            let ends = |format: &ExportFormat| ending.is_some_and(|end| end == format.ending());
            let named = ExportFormat::ALL.into_iter().find(ends);
            formats.extend(named.map_or(vec![ExportFormat::Svg, ExportFormat::Csv], |f| vec![f]));
            if named.is_none() {
                // Charts as pictures: their numbers only where they are asked for.
                let first = |what: ExportWhat| (what, what.formats()[0]);
                self.files = what.iter().copied().map(first).collect();
            }
        }
        if self.files.is_empty() {
            let all = what
                .iter()
                .flat_map(|what| formats.iter().map(|format| (*what, *format)));
            self.files = all
                .filter(|(what, format)| what.formats().contains(format))
                .collect();
        }
        if self.files.is_empty() {
            return Err(usage("tables have no picture: choose csv or json"));
        }
        let one = self.files.len() == 1;
        self.out = match out {
            None => Out::Folder(PathBuf::from(".")),
            Some(path) if path.as_os_str() == "-" && one => Out::Standard,
            Some(path) if path.as_os_str() == "-" => {
                return Err(usage(
                    "standard output takes one chart or table in one format",
                ));
            }
            Some(path) if one && ending_given(&path) => Out::File(path),
            Some(path) if ending_given(&path) && !path.is_dir() => {
                let count = self.files.len();
                return Err(usage(&format!(
                    "{count} files cannot be written as one: name a folder with --out"
                )));
            }
            Some(path) => Out::Folder(path),
        };
        Ok(())
    }
}

/// Whether a path names a file: it has an ending and is no folder.
fn ending_given(path: &Path) -> bool {
    let slash = path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    path.extension().is_some() && !slash && !path.is_dir()
}

const WHAT: [(&str, ExportWhat); 9] = [
    ("timeline", ExportWhat::Timeline),
    ("comparison", ExportWhat::Comparison),
    ("bars", ExportWhat::Bars),
    ("matrix", ExportWhat::Matrix),
    ("network", ExportWhat::Network),
    ("issues", ExportWhat::Issues),
    ("shifts", ExportWhat::Shifts),
    ("mentions", ExportWhat::Mentions),
    ("statements", ExportWhat::Statements),
];
const FORMATS: [(&str, ExportFormat); 8] = [
    ("svg", ExportFormat::Svg),
    ("pdf", ExportFormat::Pdf),
    ("png", ExportFormat::Png),
    ("csv", ExportFormat::Csv),
    ("json", ExportFormat::Json),
    ("ics", ExportFormat::Ics),
    ("graphml", ExportFormat::GraphMl),
    ("gexf", ExportFormat::Gexf),
];
const TIES: [(&str, NetworkKind); 4] = [
    ("direct", NetworkKind::Direct),
    ("congruence", NetworkKind::Congruence),
    ("conflict", NetworkKind::Conflict),
    ("subtract", NetworkKind::Subtract),
];
const WEIGHTS: [(&str, Normalisation); 4] = [
    ("none", Normalisation::None),
    ("average", Normalisation::Average),
    ("jaccard", Normalisation::Jaccard),
    ("cosine", Normalisation::Cosine),
];
const PERIODS: [(&str, Period); 5] = [
    ("all", Period::All),
    ("week", Period::Week),
    ("month", Period::Month),
    ("quarter", Period::Quarter),
    ("year", Period::Year),
];
const REPEATS: [(&str, Repeats); 3] = [
    ("once", Repeats::Once),
    ("article", Repeats::PerArticle),
    ("all", Repeats::All),
];
const LANES: [(&str, LaneKind); 5] = [
    ("actor", LaneKind::Actor),
    ("issue", LaneKind::Issue),
    ("act", LaneKind::Act),
    ("article", LaneKind::Article),
    ("outlet", LaneKind::Outlet),
];
const ROWS: [(&str, RowOrder); 4] = [
    ("most", RowOrder::MostStatements),
    ("net", RowOrder::Net),
    ("name", RowOrder::Name),
    ("change", RowOrder::LastChange),
];
const MATRIX: [(&str, MatrixOrder); 2] =
    [("blocs", MatrixOrder::Blocs), ("name", MatrixOrder::Name)];
const REVIEW: [(&str, ReviewFilter); 3] = [
    ("suggested", ReviewFilter::Suggested),
    ("decided", ReviewFilter::Decided),
    ("unsure", ReviewFilter::Unsure),
];

fn usage(words: &str) -> UsageError {
    UsageError::new(words)
}

fn value(parser: &mut Parser) -> Result<String, UsageError> {
    Ok(parser.value()?.string()?)
}

fn word<T: Copy>(option: &str, known: &[(&str, T)], given: &str) -> Result<T, UsageError> {
    let found = known.iter().find(|(name, _)| *name == given);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        usage(&format!(
            "{option} knows {}, not {given:?}",
            names.join(", ")
        ))
    })
}

fn listed<T: Copy>(option: &str, known: &[(&str, T)], list: &str) -> Result<Vec<T>, UsageError> {
    let words = list.split(',').map(str::trim);
    words.map(|given| word(option, known, given)).collect()
}

fn number(option: &str, text: &str, (least, most): (f32, f32)) -> Result<f32, UsageError> {
    let number = text.parse().ok().filter(|n| (least..=most).contains(n));
    number.ok_or_else(|| {
        usage(&format!(
            "--{option} is from {least} to {most}, not {text:?}"
        ))
    })
}

fn day(option: &str, text: &str) -> Result<Date, UsageError> {
    let day = text.parse();
    day.map_err(|_error| usage(&format!("{option} is YYYY-MM-DD, not {text:?}")))
}

/// `2026-02-01..2026-03-14`
fn span(text: &str) -> Result<DateSpan, UsageError> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (day("--dates", first)?, day("--dates", last)?);
    if first > last {
        return Err(usage(&format!("--dates ends before it begins: {text}")));
    }
    Ok(DateSpan { first, last })
}

/// Runs the command and returns its exit code.
pub(super) fn run(args: &ExportArgs, today: Date) -> u8 {
    match load(&args.project) {
        Ok((project, view)) => match filter(&args.filter, &project, &view) {
            Ok(filter) => write(args, &project, &view, &filter, today),
            Err(error) => {
                complain(&error);
                2
            }
        },
        Err(error) => {
            complain(&format!("{}: {error}", args.project.display()));
            2
        }
    }
}

/// Reads a project and what holds in it. Articles whose suggestions are of another engine, or of
/// before a decision that the engine obeys, are read again, as the window does.
fn load(path: &Path) -> Result<(Project, ProjectView), String> {
    let (opened, cached) = read_project(path).map_err(|error| match error {
        OpenError::Older => "This project was made with an older Demarche: open it once in the \
                             window, which keeps a copy and brings it up to date"
            .to_owned(),
        error => error.to_string(),
    })?;
    let mut project = opened.project;
    if project.info.name.is_empty() {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy());
        project.info.name = stem.unwrap_or_default().into_owned();
    }
    let known = Known::of(&project);
    let hash = known.hash();
    for (id, cached) in cached {
        let state = project.articles.get(&id);
        let key = Known::key(&hash, state.map(Arc::as_ref));
        if cached.findings.engine == Engine::VERSION && cached.known == key {
            project.replace_suggestions(id, &cached.findings);
        }
    }
    analyse_rest(&mut project, &known)?;
    let proposed = project.articles.values();
    let joined = link::across(proposed.map(|state| state.proposed_entities.as_ref()));
    let mut view = ProjectView::new(&project, &joined.into());
    let texts = project.articles.iter();
    let texts: Vec<_> = texts
        .map(|(id, state)| (*id, state.article.text.body.as_str()))
        .collect();
    view.set_stories(&Arc::new(stories(&texts)));
    Ok((project, view))
}

fn analyse_rest(project: &mut Project, known: &Known) -> Result<(), String> {
    let stale = project.articles.iter();
    let stale = stale.filter(|(_, state)| state.engine.as_deref() != Some(Engine::VERSION));
    let stale: Vec<_> = stale
        .map(|(id, state)| (*id, state.article.clone(), KnownTime::of(state)))
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    let engine = Engine::embedded();
    for (id, article, times) in stale {
        let input = Input {
            text: &article.text.body,
            text_hash: &article.text.hash,
            title: &article.meta.title,
            dct: article.meta.dct.map(|dct| dct.date),
            times: &times,
        };
        let found = engine.analyse(input, known, &Cancel::default());
        let found = found.map_err(|error| error.to_string())?;
        project.replace_suggestions(id, &found);
    }
    Ok(())
}

/// Looks the names of a filter up.
fn filter(args: &FilterArgs, project: &Project, view: &ProjectView) -> Result<Filter, String> {
    let mut filter = Filter {
        acts: args.acts.iter().copied().collect(),
        dates: args.dates,
        review: args.review,
        text: args.text.clone(),
        offices: !args.offices_apart,
        ..Filter::default()
    };
    for name in &args.holders {
        filter.holders.extend(entities(view, name)?);
    }
    for name in &args.targets {
        filter.targets.extend(entities(view, name)?);
    }
    for name in &args.issues {
        filter.issues.extend(issues(view, name)?);
    }
    for name in &args.outlets {
        let same = |outlet: &&String| outlet.to_lowercase() == name.to_lowercase();
        let metas = project.articles.values().map(|state| &state.article.meta);
        let outlet = metas.filter_map(|meta| meta.outlet.as_ref()).find(same);
        let none = || format!("no article is from an outlet called {name:?}");
        filter.outlets.insert(outlet.ok_or_else(none)?.clone());
    }
    Ok(filter)
}

/// Entities of a name, else of another name of theirs.
fn entities(view: &ProjectView, name: &str) -> Result<Vec<EntityId>, String> {
    let same = |other: &str| other.to_lowercase() == name.trim().to_lowercase();
    let rows = || view.entities.iter();
    let mut found: Vec<_> = rows()
        .filter(|(_, row)| same(&row.entity.name))
        .map(|(id, _)| *id)
        .collect();
    if found.is_empty() {
        let named = rows().filter(|(_, r)| r.entity.aliases.iter().any(|a| same(&a.text)));
        found.extend(named.map(|(id, _)| *id));
    }
    if found.is_empty() {
        return Err(format!("nobody in the project is called {name:?}"));
    }
    Ok(found)
}

fn issues(view: &ProjectView, name: &str) -> Result<Vec<IssueId>, String> {
    let same = |other: &str| other.to_lowercase() == name.trim().to_lowercase();
    let found = view.issues.iter().filter(|(_, row)| same(&row.name));
    let found: Vec<_> = found.map(|(id, _)| *id).collect();
    if found.is_empty() {
        return Err(format!("no issue in the project is called {name:?}"));
    }
    Ok(found)
}

/// Writes what can be written, and names the rest.
fn write(
    args: &ExportArgs,
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    today: Date,
) -> u8 {
    let mut failed = 0;
    for &(what, format) in &args.files {
        let export = Export {
            what,
            format,
            title: args.title.clone(),
            width: args.width,
            scale: args.scale,
            lanes: args.lanes.into(),
            compared: None,
            rows: args.rows,
            field: None,
            period: args.period,
            matrix: args.matrix,
            network: args.network,
            arranged: std::sync::Arc::default(),
            today: args.date.unwrap_or(today),
        };
        let name = what.file_name(&project.info.name, format);
        let written = export
            .bytes(project, view, filter)
            .map_err(|error| format!("{name}: {error}"))
            .and_then(|bytes| put(&args.out, &name, &bytes));
        if let Err(error) = written {
            failed += 1;
            complain(&error);
            continue;
        }
        let boxes = export.without_font(project, view, filter);
        if !boxes.is_empty() {
            let some: String = boxes.iter().take(20).collect();
            complain(&format!(
                "{name}: no font on this computer has {some}: boxes stand for them. Install one, \
                 such as Noto Sans CJK, and export again"
            ));
        }
    }
    if failed > 0 {
        let all = counted(args.files.len(), "file");
        complain(&format!("{failed} of {all} not written"));
        return 2;
    }
    0
}

fn put(out: &Out, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = match out {
        Out::Standard => {
            // A reader that went away has what it wanted.
            drop(std::io::stdout().lock().write_all(bytes));
            return Ok(());
        }
        Out::File(path) => path.clone(),
        Out::Folder(folder) => {
            let made = std::fs::create_dir_all(folder);
            made.map_err(|error| format!("{}: {error}", folder.display()))?;
            folder.join(name)
        }
    };
    write_file(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    write_out(&format!("{}\n", path.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<ExportArgs, String> {
        let words = line.split_whitespace().map(std::ffi::OsString::from);
        let mut parser = Parser::from_args(words);
        let args = ExportArgs::parse(&mut parser).map_err(|error| error.to_string())?;
        Ok(args.expect("no help"))
    }

    #[test]
    fn what_and_format_give_the_files_that_exist() {
        use ExportFormat::{Csv, Json, Pdf, Svg};
        use ExportWhat::{
            Bars, Comparison, Issues, Matrix, Mentions, Network, Shifts, Statements, Timeline,
        };
        for (line, files) in [
            (
                "p",
                vec![
                    (Timeline, Svg),
                    (Comparison, Svg),
                    (Bars, Svg),
                    (Matrix, Svg),
                    (Network, Svg),
                    (Issues, Svg),
                    (Shifts, Csv),
                    (Mentions, Csv),
                    (Statements, Csv),
                ],
            ),
            ("p --what bars -o b.pdf", vec![(Bars, Pdf)]),
            (
                "p --what bars,statements --format pdf,json",
                vec![(Bars, Pdf), (Bars, Json), (Statements, Json)],
            ),
            ("p --what mentions -o -", vec![(Mentions, Csv)]),
            (
                "p --what network -o n.graphml",
                vec![(Network, ExportFormat::GraphMl)],
            ),
        ] {
            assert_eq!(parsed(line).unwrap().files, files, "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, word) in [
            ("", "project"),
            ("p q", "\"q\""),
            ("p --what pie", "pie"),
            ("p --format gif", "gif"),
            ("p --what mentions --format png", "no picture"),
            ("p -o -", "one chart"),
            ("p --what bars,matrix -o both.svg", "folder"),
            ("p --width 3", "240"),
            ("p --dates 2026-03-01..2026-02-01", "before"),
            ("p --dates March", "March"),
            ("p --act smile", "smile"),
            ("p --lanes moon", "moon"),
            ("p --colour", "--colour"),
        ] {
            let error = parsed(line).expect_err(line);
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
