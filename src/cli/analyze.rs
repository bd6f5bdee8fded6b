//! `demarche analyze`: reads articles and corpora, several at once, writes in the order given.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use crate::cli::corpus::Document;
use crate::cli::{AnalyzeArgs, AnalyzeFormat, complain, corpus, text};
use crate::export::jsonl::{self, JsonLayer};
use crate::import::{files_under, read_file};
use crate::jobs::Cancel;
use crate::nlp::ner::with_titles;
use crate::nlp::{Engine, Input, Known};

/// Runs the command and returns its exit code.
pub(super) fn run(args: &AnalyzeArgs) -> u8 {
    let (documents, mut failed) = read(args);
    let engine = Engine::embedded();
    let mut written = Written::new(args.format);
    let threads = match args.threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        threads => threads,
    };
    if threads <= 1 {
        for document in &documents {
            match one(&engine, document, args) {
                Ok(words) => written.put(&words),
                Err(error) => {
                    failed = true;
                    complain(&error);
                }
            }
        }
    } else {
        failed |= many(&engine, &documents, args, threads, &mut written);
    }
    written.end();
    if failed { 2 } else { 0 }
}

/// Reads all files; what cannot be read is named and left out (`true`).
fn read(args: &AnalyzeArgs) -> (Vec<Document>, bool) {
    let mut documents = Vec::new();
    let mut failed = false;
    let mut bad = |path: &Path, why: &str| {
        failed = true;
        complain(&format!("{}: {why}", path.display()));
    };
    let (corpora, files): (Vec<PathBuf>, Vec<PathBuf>) = args
        .files
        .iter()
        .cloned()
        .partition(|path| path.extension().is_some_and(|end| end == "jsonl") && path.is_file());
    for path in corpora {
        match corpus::documents(&path) {
            Ok(lines) => {
                for line in lines {
                    match line {
                        Ok(document) => documents.push(document),
                        Err(why) => bad(&path, &why),
                    }
                }
            }
            Err(error) => bad(&path, &error.to_string()),
        }
    }
    for path in files_under(&files) {
        match read_file(&path, &Cancel::default()) {
            Ok(imported) => {
                let many = imported.articles.len() > 1;
                for (number, article) in (1..).zip(imported.articles) {
                    let id = path.display().to_string();
                    documents.push(Document {
                        id: if many { format!("{id}#{number}") } else { id },
                        text: article.body,
                        title: Some(article.meta.title).filter(|title| !title.is_empty()),
                        dct: article.meta.dct.map(|dct| dct.date),
                    });
                }
            }
            Err(error) => bad(&path, &format!("{error} {}", error.hint())),
        }
    }
    for document in &mut documents {
        document.dct = document.dct.or(args.dct);
    }
    (documents, failed)
}

fn one(engine: &Engine, document: &Document, args: &AnalyzeArgs) -> Result<String, String> {
    let hash = blake3::hash(document.text.as_bytes()).to_hex();
    let input = Input {
        text: &document.text,
        text_hash: hash.as_str(),
        title: document.title.as_deref().unwrap_or_default(),
        dct: document.dct,
        times: &[],
    };
    let few = [JsonLayer::Sentences, JsonLayer::Timex];
    let found = if args.layers.iter().all(|layer| few.contains(layer)) {
        engine.times(input, &Cancel::default())
    } else {
        engine.analyse(input, &Known::default(), &Cancel::default())
    };
    let mut findings = found.map_err(|cancelled| format!("{}: {cancelled}", document.id))?;
    if args.titles {
        with_titles(&document.text, &mut findings);
    }
    let source = jsonl::Source {
        id: &document.id,
        title: document.title.as_deref(),
        text: &document.text,
        dct: document.dct,
    };
    let options = jsonl::Options {
        layers: args.layers.clone(),
        nested: args.nested,
        pairs: args.pairs,
        codebook: None,
    };
    match args.format {
        AnalyzeFormat::Text => Ok(text::document(&source, &findings, &options)),
        AnalyzeFormat::Json | AnalyzeFormat::Jsonl => {
            serde_json::to_string(&jsonl::document(&source, &findings, &options))
                .map_err(|error| format!("{}: {error}", document.id))
        }
    }
}

/// Reads several documents at once and writes them in order. Returns whether one failed.
fn many(
    engine: &Engine,
    documents: &[Document],
    args: &AnalyzeArgs,
    threads: usize,
    written: &mut Written,
) -> bool {
    let next = AtomicUsize::new(0);
    let (sender, results) = sync_channel(threads * 4);
    let mut failed = false;
    std::thread::scope(|scope| {
        for number in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                while let Some((at, document)) = take(documents, next) {
                    if sender.send((at, one(engine, document, args))).is_err() {
                        break;
                    }
                }
            };
            let named = std::thread::Builder::new().name(format!("analyze {number}"));
            if let Err(error) = named.stack_size(8 << 20).spawn_scoped(scope, work) {
                failed = true;
                complain(&format!("no thread: {error}"));
            }
        }
        drop(sender);
        let (mut waiting, mut expected) = (BTreeMap::new(), 0);
        for (at, result) in results {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&expected) {
                expected += 1;
                match result {
                    Ok(words) => written.put(&words),
                    Err(error) => {
                        failed = true;
                        complain(&error);
                    }
                }
            }
        }
    });
    failed
}

fn take<'a>(documents: &'a [Document], next: &AtomicUsize) -> Option<(usize, &'a Document)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    documents.get(at).map(|document| (at, document))
}

/// Standard output, with what the format wants between and around documents.
struct Written {
    out: std::io::BufWriter<std::io::Stdout>,
    format: AnalyzeFormat,
    first: bool,
    closed: bool,
}

impl Written {
    fn new(format: AnalyzeFormat) -> Self {
        Self {
            out: std::io::BufWriter::new(std::io::stdout()),
            format,
            first: true,
            closed: false,
        }
    }

    fn put(&mut self, words: &str) {
        let before = match (self.format, std::mem::take(&mut self.first)) {
            (AnalyzeFormat::Json, true) => "[",
            (AnalyzeFormat::Json, false) => ",\n",
            (AnalyzeFormat::Text, false) => "\n",
            _ => "",
        };
        let after = if self.format == AnalyzeFormat::Json {
            ""
        } else {
            "\n"
        };
        self.write(&format!("{before}{words}{after}"));
    }

    fn end(&mut self) {
        match (self.format, self.first) {
            (AnalyzeFormat::Json, true) => self.write("[]\n"),
            (AnalyzeFormat::Json, false) => self.write("]\n"),
            _ => {}
        }
        self.closed |= self.out.flush().is_err();
    }

    /// A reader that went away has what it wanted.
    fn write(&mut self, text: &str) {
        if !self.closed {
            self.closed = self.out.write_all(text.as_bytes()).is_err();
        }
    }
}
