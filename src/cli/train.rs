//! `demarche train`: rebuilds the models under `assets/models/` from the corpora that may train, and scores
//! them. Not in the help: for whoever works on the engine, with the corpora at hand.

use std::path::{Path, PathBuf};

use crate::cli::train_encoder as encoder;
use crate::cli::{score_times, train_links, train_names as names};
use crate::nlp::linear::Damaged;
use crate::nlp::ner::Weights;
use crate::nlp::tag::{
    Labels, Lemmas, Report, TagModel, Tree, evaluate, labels_of, read_conllu, train_lemmas,
    train_parser, train_tagger,
};
use crate::nlp::words::{Vectors, cluster};

/// Why a training did not come to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum TrainError {
    /// A file cannot be read or written.
    #[error("{path}: {source}. Say where the corpora are with --corpora")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{0} is not in the form expected")]
    Form(PathBuf),
    /// A model just made cannot be read back.
    #[error("the trained model cannot be read back")]
    Damaged(#[from] Damaged),
    /// Words of the command line.
    #[error(
        "usage: demarche train words|tag|parser|score|ner|score-ner|score-links|score-times|windows|weights [--corpora DIR] [--models DIR] [--epochs N] [--vectors FILE --vocabulary FILE] [--at FIELD,ENCODER,DOUBT,REACH]..."
    )]
    Usage,
}

/// What to train, and from what.
#[derive(Debug, Clone)]
pub(super) struct TrainArgs {
    /// `words`, `tag`, `score`, `ner`, `score-ner`, `windows` or `weights`.
    pub(super) what: String,
    /// Folder of the corpora.
    pub(super) corpora: PathBuf,
    /// Folder of the models.
    pub(super) models: PathBuf,
    /// Rounds over the data; 0 for the usual number.
    pub(super) epochs: usize,
    /// Word vectors in safetensors form.
    pub(super) vectors: Option<PathBuf>,
    /// Their words, as a tokenizer's JSON.
    pub(super) vocabulary: Option<PathBuf>,
    /// Weights of field and encoder that are scored.
    pub(super) weights: Vec<Weights>,
}

impl TrainArgs {
    /// Reads the words after `train`.
    ///
    /// # Errors
    /// When they are not understood.
    pub(super) fn parse(words: &[String]) -> Result<Self, TrainError> {
        let (what, mut rest) = words.split_first().ok_or(TrainError::Usage)?;
        let mut args = Self {
            what: what.clone(),
            corpora: PathBuf::from("../shared/corpora"),
            models: PathBuf::from("assets/models"),
            epochs: 0,
            vectors: None,
            vocabulary: None,
            weights: Vec::new(),
        };
        while let [flag, value, more @ ..] = rest {
            match flag.as_str() {
                "--corpora" => args.corpora = value.into(),
                "--models" => args.models = value.into(),
                "--epochs" => args.epochs = value.parse().ok().ok_or(TrainError::Usage)?,
                "--vectors" => args.vectors = Some(value.into()),
                "--vocabulary" => args.vocabulary = Some(value.into()),
                "--at" => args.weights.push(weights(value).ok_or(TrainError::Usage)?),
                _ => return Err(TrainError::Usage),
            }
            rest = more;
        }
        if rest.is_empty() {
            Ok(args)
        } else {
            Err(TrainError::Usage)
        }
    }
}

fn weights(value: &str) -> Option<Weights> {
    let mut parts = value.split(',');
    let out = Weights {
        field: parts.next()?.parse().ok()?,
        encoder: parts.next()?.parse().ok()?,
        doubt: parts.next()?.parse().ok()?,
        reach: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(out)
}

/// Runs a training.
///
/// # Errors
/// When a file is missing or damaged.
pub(super) fn run(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    match args.what.as_str() {
        "words" => words(args, say),
        "tag" => tag(args, say),
        "parser" => parser(args, say),
        "score-links" => train_links::score(&args.corpora, say),
        "score-times" => score_times::score(&args.corpora, say),
        "score" => score(args, &tag_model(args)?, say),
        "ner" => names::train_all(args, say),
        "windows" => encoder::cut_all(args, say),
        "weights" => names::weigh(args, say),
        "score-ner" => names::score_all(args, &names::encoded(args)?, &names::FILES, say),
        _ => Err(TrainError::Usage),
    }
}

pub(super) fn read(path: &Path) -> Result<String, TrainError> {
    std::fs::read_to_string(path).map_err(|source| TrainError::File {
        path: path.to_owned(),
        source,
    })
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    std::fs::write(path, bytes).map_err(|source| TrainError::File {
        path: path.to_owned(),
        source,
    })
}

fn treebanks(args: &TrainArgs, files: &[&str]) -> Result<Vec<Tree>, TrainError> {
    let mut trees = Vec::new();
    for file in files {
        trees.extend(read_conllu(&read(&args.corpora.join(file))?));
    }
    Ok(trees)
}

/// Strings that live as long as the program, as those built in do.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn tag(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let trees = treebanks(args, &["ud-ewt/train.conllu", "gum/train.conllu"])?;
    let epochs = if args.epochs == 0 { 10 } else { args.epochs };
    let folder = args.models.join("tag");
    let labels_file = labels_of(&trees);
    write(&folder.join("labels.tsv"), labels_file.as_bytes())?;
    let labels = Labels::parse(kept(labels_file));
    let lemmas = train_lemmas(&trees);
    write(&folder.join("lemmas.tsv"), lemmas.as_bytes())?;
    let tagger = train_tagger(&trees, &labels, epochs);
    write(&folder.join("tagger.bin"), &tagger)?;
    say(&format!(
        "tagger: {} labels, {} bytes",
        labels.len(),
        tagger.len()
    ));
    parser(args, say)
}

/// The models of the folder.
fn tag_model(args: &TrainArgs) -> Result<TagModel, TrainError> {
    let folder = args.models.join("tag");
    let bytes = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|source| TrainError::File { path, source })
    };
    let labels = Labels::parse(kept(read(&folder.join("labels.tsv"))?));
    let lemmas = Lemmas::parse(kept(read(&folder.join("lemmas.tsv"))?));
    Ok(TagModel::read(
        labels,
        &bytes("tagger.bin")?,
        &bytes("parser.bin")?,
        lemmas,
    )?)
}

/// Trains the parser alone; the file is written after each round, so that it can be cut short.
fn parser(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let trees = treebanks(args, &["ud-ewt/train.conllu", "gum/train.conllu"])?;
    let epochs = if args.epochs == 0 { 8 } else { args.epochs };
    let folder = args.models.join("tag");
    let labels = Labels::parse(kept(read(&folder.join("labels.tsv"))?));
    let path = folder.join("parser.bin");
    let mut written = Ok(());
    train_parser(&trees, &labels, epochs, &mut |line, model| {
        let bytes = model();
        say(&format!("{line}, {} bytes", bytes.len()));
        if written.is_ok() {
            written = write(&path, &bytes);
        }
    });
    written?;
    score(args, &tag_model(args)?, say)
}

fn score(args: &TrainArgs, model: &TagModel, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    for file in [
        "ud-ewt/dev.conllu",
        "gum/dev.conllu",
        "ud-ewt/test.conllu",
        "gum/test.conllu",
        "uner-pud/test.conllu",
    ] {
        let Report {
            words,
            upos,
            xpos,
            lemmas,
            uas,
            las,
            las_main,
        } = evaluate(&treebanks(args, &[file])?, model);
        say(&format!(
            "{file}: {words} words, UPOS {:.2}, XPOS {:.2}, lemmas {:.2}, UAS {:.2}, LAS {:.2}, LAS without subtypes {:.2}",
            upos * 100.0,
            xpos * 100.0,
            lemmas * 100.0,
            uas * 100.0,
            las * 100.0,
            las_main * 100.0
        ));
    }
    Ok(())
}

fn words(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let (Some(vectors), Some(vocabulary)) = (&args.vectors, &args.vocabulary) else {
        return Err(TrainError::Usage);
    };
    let mut table =
        vectors_of(vectors, &read(vocabulary)?).ok_or_else(|| TrainError::Form(vectors.clone()))?;
    table.centre();
    say(&format!(
        "{} words of {} numbers",
        table.words.len(),
        table.size
    ));
    let grains: Vec<_> = [48, 256, 1500]
        .into_iter()
        .map(|count| cluster(&table, count, 12))
        .collect();
    let mut out = String::from("# Words and their clusters at three grains. See CARD.md.\n");
    for (at, word) in table.words.iter().enumerate() {
        let place = |grain: usize| {
            grains
                .get(grain)
                .and_then(|g| g.get(at))
                .copied()
                .unwrap_or_default()
        };
        out.push_str(&format!(
            "{word}\t{}\t{}\t{}\n",
            place(0),
            place(1),
            place(2)
        ));
    }
    write(&args.models.join("words/groups.tsv"), out.as_bytes())
}

/// Reads the rows of whole words in lower-case letters from a safetensors file.
fn vectors_of(path: &Path, vocabulary: &str) -> Option<Vectors> {
    let bytes = std::fs::read(path).ok()?; // the caller names the file
    let (size, rest) = bytes.split_first_chunk::<8>()?;
    let size = usize::try_from(u64::from_le_bytes(*size)).ok()?;
    let (header, data) = rest.split_at_checked(size)?;
    let header: serde_json::Value = serde_json::from_slice(header).ok()?;
    let (_, table) = header
        .as_object()?
        .iter()
        .find(|(name, _)| name.ends_with("word_embeddings.weight"))?;
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64()?).ok();
    let width = number(table.get("shape")?.get(1)?)?;
    let start = number(table.get("data_offsets")?.get(0)?)?;
    let tokens: serde_json::Value = serde_json::from_str(vocabulary).ok()?;
    let mut words: Vec<(&String, usize)> = tokens
        .get("model")?
        .get("vocab")?
        .as_object()?
        .iter()
        .filter(|(word, _)| word.len() > 1 && word.chars().all(char::is_alphabetic))
        .filter_map(|(word, id)| Some((word, number(id)?)))
        .collect();
    words.sort_by_key(|(_, id)| *id);
    let mut out = Vectors {
        size: width,
        ..Vectors::default()
    };
    for (word, id) in words {
        let row = data.get(start + id * width * 4..start + (id + 1) * width * 4)?;
        out.words.push(word.clone());
        out.values.extend(
            row.chunks_exact(4)
                .map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])),
        );
    }
    Some(out)
}
