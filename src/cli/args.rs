//! Arguments → plain values.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use lexopt::{Arg, Parser, ValueExt as _};

use crate::cli::export::ExportArgs;
use crate::export::jsonl::{JsonLayer, Pairs};

const HELP: &str = "\
Demarche reads the news as evidence: who takes which position towards whom, when, and which
sentence shows it.

Usage:
  demarche [FILE|FOLDER|PROJECT]...        open the window with these articles or this project
  demarche analyze FILE... [OPTIONS]       read articles and write what is found
  demarche export PROJECT [OPTIONS]        write charts and tables of a project
  demarche --help | --version

Options of analyze:
  --format text|json|jsonl   text (default): for people; json: one array; jsonl: one line a
                             document, offsets in Unicode code points
  --layers LAYER,...         sentences, entities, timex, attributions, statements, stances, coref
                             (default: all)
  --nested                   names inside names too; without it only the outermost
  --pairs                    stances of every two names of a sentence; without it those of statements,
                             and the surest one of a sentence that shows none
  --titles                   names with a person's title and a place's region (Mr. Smith; Portland,
                             Oregon), as some corpora have them
  --threads N                articles read at once (default: all cores)
  --dct YYYY-MM-DD           publication date of files that give none

A FILE may be a text, Markdown, HTML, DOCX or PDF article, a folder of them, or a .jsonl corpus,
which is read line by line: of each line only id, text, dct and title are used, the text as it is.

Options of export:
  --what WHAT,...            timeline, comparison, bars, matrix, network, issues, shifts,
                             mentions, statements (default: all)
  --format FORMAT,...        svg, pdf, png for charts; csv, json for tables and for the numbers of
                             charts; ics, a calendar, for the timeline; graphml, gexf for the
                             network (default: svg and csv, or what the ending of --out says)
  -o, --out PATH             a file (one chart or table), a folder, or - for standard output
                             (default: this folder); what is there is replaced
  --lanes actor|issue|act|article|outlet   lanes of the timeline (default: actor)
  --rows most|net|name|change              order of the bars (default: most statements first)
  --period all|week|month|quarter|year     columns beside the bars (default: all time, none)
  --matrix blocs|name                      order of the matrix (default: blocs together)
  --ties direct|congruence|conflict|subtract   what ties the network (default: direct)
  --weights none|average|jaccard|cosine    by what weights of ties on issues are normalised
  --repeats once|article|all               how often the same position counts (default: once)
  --title TEXT  --width POINTS  --scale N  title and width of a chart, pixels a point of a PNG
                                           (default: what it shows, 720, 2)
  --date YYYY-MM-DD                        day that the source note names (default: today)
Only statements that all of these hold for; an option given twice means either:
  --holder NAME  --target NAME  --issue NAME  --act ACT  --outlet NAME
  --dates YYYY-MM-DD..YYYY-MM-DD  --review suggested|decided|unsure  --text WORDS
  --offices-apart            who speaks in office is not counted for the state

The project is only read, also while a window has it open: what that window has saved is exported.
The names of the files written go to standard output.

Exit code: 0 when all was read and written, 2 when something failed (what worked is written; errors
go to standard error).
";

/// A command line that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(String);

impl UsageError {
    pub(super) fn new(words: &str) -> Self {
        Self(words.to_owned())
    }
}

impl From<lexopt::Error> for UsageError {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnalyzeFormat {
    /// For people.
    #[default]
    Text,
    /// One array of documents.
    Json,
    /// One line a document.
    Jsonl,
}

/// Arguments of `analyze`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnalyzeArgs {
    /// Files, folders and corpora.
    pub files: Vec<PathBuf>,
    /// How results are written.
    pub format: AnalyzeFormat,
    /// Which layers.
    pub layers: BTreeSet<JsonLayer>,
    /// Names inside names too.
    pub nested: bool,
    /// Names with titles and regions.
    pub titles: bool,
    /// Which weak relations of two names.
    pub pairs: Pairs,
    /// Articles at once; 0 for all cores.
    pub threads: usize,
    /// Publication date of files that give none.
    pub dct: Option<Date>,
}

/// A command line that could be read.
#[derive(Debug)]
pub(super) enum Parsed {
    Window(Vec<PathBuf>),
    Help(&'static str),
    Analyze(AnalyzeArgs),
    Export(Box<ExportArgs>),
    /// The words after `train`: for whoever works on the engine, not in the help.
    Train(Vec<String>),
}

pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Parsed, UsageError> {
    let mut parser = Parser::from_args(arguments);
    let mut paths = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Parsed::Help(HELP)),
            Arg::Short('V') | Arg::Long("version") => {
                return Ok(Parsed::Help(concat!(
                    "demarche ",
                    env!("CARGO_PKG_VERSION"),
                    "\n"
                )));
            }
            Arg::Value(word) if paths.is_empty() && word == "analyze" => {
                return analyze(&mut parser);
            }
            Arg::Value(word) if paths.is_empty() && word == "export" => {
                let args = ExportArgs::parse(&mut parser)?;
                return Ok(args.map_or(Parsed::Help(HELP), |args| Parsed::Export(Box::new(args))));
            }
            Arg::Value(word) if paths.is_empty() && word == "train" => {
                let rest = parser.raw_args()?.map(|word| word.string());
                return Ok(Parsed::Train(rest.collect::<Result<_, _>>()?));
            }
            Arg::Value(path) => paths.push(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Parsed::Window(paths))
}

fn analyze(parser: &mut Parser) -> Result<Parsed, UsageError> {
    let mut args = AnalyzeArgs {
        files: Vec::new(),
        format: AnalyzeFormat::Text,
        layers: JsonLayer::ALL.into(),
        nested: false,
        titles: false,
        pairs: Pairs::Surest,
        threads: 0,
        dct: None,
    };
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Parsed::Help(HELP)),
            Arg::Long("format") => args.format = format(&parser.value()?.string()?)?,
            Arg::Long("layers") => args.layers = layers(&parser.value()?.string()?)?,
            Arg::Long("nested") => args.nested = true,
            Arg::Long("titles") => args.titles = true,
            Arg::Long("pairs") => args.pairs = Pairs::All,
            Arg::Long("threads") => args.threads = parser.value()?.parse()?,
            Arg::Long("dct") => args.dct = Some(date(&parser.value()?.string()?)?),
            Arg::Value(path) => args.files.push(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    if args.files.is_empty() {
        return Err(UsageError("analyze needs at least one file".to_owned()));
    }
    Ok(Parsed::Analyze(args))
}

fn format(word: &str) -> Result<AnalyzeFormat, UsageError> {
    match word {
        "text" => Ok(AnalyzeFormat::Text),
        "json" => Ok(AnalyzeFormat::Json),
        "jsonl" => Ok(AnalyzeFormat::Jsonl),
        other => Err(UsageError(format!(
            "--format is text, json or jsonl, not {other:?}"
        ))),
    }
}

fn layers(list: &str) -> Result<BTreeSet<JsonLayer>, UsageError> {
    list.split(',')
        .map(|word| {
            word.trim().parse().map_err(|_unknown| {
                let known: Vec<_> = JsonLayer::ALL.iter().map(|layer| layer.name()).collect();
                UsageError(format!("--layers knows {}, not {word:?}", known.join(", ")))
            })
        })
        .collect()
}

fn date(text: &str) -> Result<Date, UsageError> {
    text.parse()
        .map_err(|_error| UsageError(format!("--dct is YYYY-MM-DD, not {text:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Parsed, UsageError> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn files_alone_open_the_window() {
        let Ok(Parsed::Window(paths)) = parsed("a.txt folder") else {
            panic!("no window")
        };
        assert_eq!(paths, [PathBuf::from("a.txt"), PathBuf::from("folder")]);
    }

    #[test]
    fn options_of_analyze_are_read() {
        let line =
            "analyze a.txt --format jsonl --layers timex,entities --threads 2 --dct 2026-02-06";
        let Ok(Parsed::Analyze(args)) = parsed(line) else {
            panic!("not read")
        };
        assert_eq!(args.format, AnalyzeFormat::Jsonl);
        assert_eq!(
            args.layers,
            BTreeSet::from([JsonLayer::Timex, JsonLayer::Entities])
        );
        assert_eq!(args.threads, 2);
        assert_eq!(args.dct, Some(jiff::civil::date(2026, 2, 6)));
        assert_eq!(args.pairs, Pairs::Surest);
        let Ok(Parsed::Analyze(args)) = parsed("analyze a.txt --pairs") else {
            panic!("not read")
        };
        assert_eq!(args.pairs, Pairs::All);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, word) in [
            ("analyze", "at least one file"),
            ("analyze a --format xml", "xml"),
            ("analyze a --layers words", "words"),
            ("analyze a --dct tomorrow", "tomorrow"),
            ("--colour", "--colour"),
        ] {
            let error = parsed(line).unwrap_err().to_string();
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
