//! `demarche train ner`: the corpora with names as training examples, and the scores on them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::cli::train::{TrainArgs, TrainError, read, write};
use crate::jobs::Cancel;
use crate::model::{EntityType, TextRange, checked_range};
use crate::nlp::ner::{
    Example, Gazetteer, Gold, Kind, NerModel, Settings, Weights, examples, mentions, train,
};
use crate::nlp::{Engine, Known};

/// What training reads: file, and whether its spans include common nouns.
const TRAIN: [(&str, bool); 6] = [
    ("uner-ewt/train.jsonl", false),
    ("wikigold/train.jsonl", false),
    ("crossner-politics/train.jsonl", false),
    ("gum/train.jsonl", false),
    ("re3d/train.jsonl", true),
    ("meantime/train.jsonl", false),
];

/// What is scored.
pub(super) const FILES: [&str; 11] = [
    "uner-ewt/dev.jsonl",
    "wikigold/dev.jsonl",
    "crossner-politics/dev.jsonl",
    "gum/dev.jsonl",
    "cleanconll/dev.jsonl",
    "statements/dev.jsonl",
    "uner-ewt/test.jsonl",
    "wikigold/test.jsonl",
    "crossner-politics/test.jsonl",
    "gum/test.jsonl",
    "cleanconll/test.jsonl",
];

pub(super) struct Span {
    range: TextRange,
    name: String,
}

pub(super) struct Text {
    pub(super) text: String,
    spans: Vec<Span>,
}

pub(super) fn texts(args: &TrainArgs, file: &str) -> Result<Vec<Text>, TrainError> {
    texts_of(&args.corpora.join(file))
}

/// Reads a file of texts with their entities.
pub(super) fn texts_of(path: &Path) -> Result<Vec<Text>, TrainError> {
    let bad = || TrainError::Form(path.to_owned());
    read(path)?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| text_of(line).ok_or_else(bad))
        .collect()
}

fn text_of(line: &str) -> Option<Text> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = value.get("text")?.as_str()?.to_owned();
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    starts.push(text.len());
    let place = |value: &Value, name: &str| {
        let at = usize::try_from(value.get(name)?.as_u64()?).ok()?;
        starts.get(at).copied()
    };
    let spans = value
        .get("entities")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|entity| {
            let range =
                checked_range(&text, place(entity, "start")?, place(entity, "end")?).ok()?;
            Some(Span {
                range,
                name: entity.get("type")?.as_str()?.to_owned(),
            })
        })
        .collect();
    Some(Text { text, spans })
}

#[expect(
    clippy::option_option,
    reason = "none: not a name; some none: a name of no type of ours"
)]
fn kind_of(name: &str) -> Option<Option<Kind>> {
    Some(match name {
        "PERSON" => Some(Kind::Person),
        "ORG" => Some(Kind::Organisation),
        "LOC" | "GPE" | "FAC" => Some(Kind::Location),
        "NORP" => Some(Kind::Norp),
        "EVENT" => Some(Kind::Event),
        "OTHER" => None,
        _ => return None,
    })
}

/// The one guideline over all sources: names with a capital, without *the*, *'s* and titles; outer ones first.
pub(super) fn gold(text: &Text, nominal: bool) -> Vec<Gold> {
    let mut spans: Vec<(&Span, Option<Kind>)> = text
        .spans
        .iter()
        .filter_map(|span| Some((span, kind_of(&span.name)?)))
        .collect();
    spans.sort_by_key(|(span, _)| (span.range.start(), std::cmp::Reverse(span.range.end())));
    let mut out: Vec<Gold> = Vec::new();
    for (span, kind) in spans {
        let Some(range) = trimmed(&text.text, span.range, kind) else {
            continue;
        };
        let words = crate::model::slice(&text.text, range);
        let last = words.split_whitespace().next_back().unwrap_or_default();
        if nominal && !last.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
            continue;
        }
        if !words.contains(|c: char| c.is_uppercase())
            || words.contains(" and ") && kind == Some(Kind::Person)
        {
            continue;
        }
        if out
            .iter()
            .all(|other| other.range.intersect(range).is_none_or(TextRange::is_empty))
        {
            out.push(Gold { range, kind });
        }
    }
    out
}

fn trimmed(text: &str, range: TextRange, kind: Option<Kind>) -> Option<TextRange> {
    let (mut start, mut end) = (usize::from(range.start()), usize::from(range.end()));
    let titles: Vec<&str> =
        crate::nlp::lexicon::rows(include_str!("../../assets/lexicons/titles.tsv"))
            .filter_map(|row| row.first().copied())
            .collect();
    loop {
        let words = text.get(start..end)?;
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let small = matches!(first, "the" | "The" | "a" | "A" | "an" | "An" | "THE");
        let before = kind == Some(Kind::Person)
            && !rest.is_empty()
            && (titles.contains(&first)
                || first.starts_with(char::is_lowercase)
                    && !matches!(first, "al" | "bin" | "de" | "van" | "von" | "el"));
        if !(small && !rest.is_empty() || before) {
            break;
        }
        start += first.len() + 1;
    }
    let words = text.get(start..end)?;
    for tail in ["'s", "’s", "'", "’", ","] {
        if let Some(kept) = words.strip_suffix(tail) {
            end = start + kept.trim_end().len();
            break;
        }
    }
    checked_range(text, start, end)
        .ok()
        .filter(|range| !range.is_empty())
}

pub(super) fn train_all(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let engine = Engine::embedded();
    let gazetteer = Gazetteer::embedded();
    let mut all: Vec<Example> = Vec::new();
    for (file, nominal) in TRAIN {
        for text in texts(args, file)? {
            let Ok((doc, words)) = engine.tagged(&text.text, &Cancel::default()) else {
                continue;
            };
            all.extend(examples(&doc, &words, &gold(&text, nominal), gazetteer));
        }
        say(&format!("{file}: {} sentences so far", all.len()));
    }
    let mut settings = Settings::default();
    if args.epochs > 0 {
        settings.epochs = args.epochs;
    }
    let bytes = train(&all, settings, say);
    write(&args.models.join("ner/ner.bin"), &bytes)?;
    say(&format!("mentions: {} bytes", bytes.len()));
    drop(all);
    score_all(args, &NerModel::read(&bytes)?, &FILES, say)
}

/// Names of types where states, cities and buildings count as places.
fn common(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "PERSON",
        EntityType::Organisation => "ORG",
        EntityType::State | EntityType::Place | EntityType::Facility => "LOC",
        EntityType::Norp => "NORP",
        EntityType::Event => "EVENT",
        EntityType::Agreement => "LAW",
        EntityType::Weapon => "WEAPON",
        EntityType::Own(_) => "OTHER",
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    right: usize,
    found: usize,
    gold: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

/// Exact spans and types, PERSON, ORG and LOC; and each type by itself.
pub(super) fn score_all(
    args: &TrainArgs,
    model: &NerModel,
    files: &[&str],
    say: &mut dyn FnMut(&str),
) -> Result<(), TrainError> {
    let engine = Engine::embedded();
    for file in files {
        let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
        for text in texts(args, file)? {
            let Ok((doc, words)) = engine.tagged(&text.text, &Cancel::default()) else {
                continue;
            };
            let Ok(found) = mentions(&doc, &words, model, &Known::default(), &Cancel::default())
            else {
                continue;
            };
            let mut last_end = 0_u32;
            let mut guessed = Vec::new();
            for mention in found {
                let range = mention.value.range;
                if u32::from(range.start()) >= last_end {
                    last_end = range.end().into();
                    guessed.push((range, common(mention.value.entity_type)));
                }
            }
            count(&text, &guessed, &mut counts);
        }
        let mut three = Counts::default();
        for (name, c) in &counts {
            if matches!(*name, "PERSON" | "ORG" | "LOC") {
                three.right += c.right;
                three.found += c.found;
                three.gold += c.gold;
            }
        }
        let each: Vec<String> = counts
            .iter()
            .filter(|(_, c)| c.gold > 0)
            .map(|(name, c)| format!("{name} {:.1}", c.f1()))
            .collect();
        say(&format!(
            "{file}: F1 {:.1} (P {:.1} R {:.1}); {}",
            three.f1(),
            100.0 * three.right as f64 / three.found.max(1) as f64,
            100.0 * three.right as f64 / three.gold.max(1) as f64,
            each.join(", ")
        ));
    }
    Ok(())
}

fn count(
    text: &Text,
    guessed: &[(TextRange, &'static str)],
    counts: &mut BTreeMap<&'static str, Counts>,
) {
    let name_of = |name: &str| match name {
        "PERSON" => "PERSON",
        "ORG" => "ORG",
        "LOC" | "GPE" | "FAC" => "LOC",
        "NORP" => "NORP",
        "EVENT" => "EVENT",
        "LAW" => "LAW",
        "WEAPON" => "WEAPON",
        _ => "OTHER",
    };
    let mut gold: Vec<(TextRange, &str)> = text
        .spans
        .iter()
        .map(|s| (s.range, name_of(&s.name)))
        .collect();
    gold.sort_by_key(|(range, name)| (range.start(), range.end(), *name));
    gold.dedup();
    for (_, name) in &gold {
        counts.entry(name_of(name)).or_default().gold += 1;
    }
    for guess in guessed {
        let c = counts.entry(guess.1).or_default();
        c.found += 1;
        c.right += usize::from(gold.contains(guess));
    }
}

/// Development files: the weights of field and encoder are tuned on these.
const TUNE: [&str; 4] = [
    "uner-ewt/dev.jsonl",
    "wikigold/dev.jsonl",
    "gum/dev.jsonl",
    "statements/dev.jsonl",
];

/// Scores weights of field and encoder on development files: those asked for, or the field alone, the
/// encoder alone and the two as they are built in.
pub(super) fn weigh(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let mut model = encoded(args)?;
    let alone = |field, encoder, doubt| Weights {
        field,
        encoder,
        doubt,
        reach: 0,
    };
    let usual = [
        alone(1.0, 0.0, 0.0),
        alone(0.0, 1.0, 1.1),
        Weights::default(),
    ];
    let all = if args.weights.is_empty() {
        &usual[..]
    } else {
        &args.weights
    };
    for weights in all {
        say(&format!(
            "field {}, encoder {}, doubt {}, reach {}",
            weights.field, weights.encoder, weights.doubt, weights.reach
        ));
        model = model.weighted(*weights);
        score_all(args, &model, &TUNE, say)?;
    }
    Ok(())
}

/// The encoder of the folder beside the field that is built in.
pub(super) fn encoded(args: &TrainArgs) -> Result<NerModel, TrainError> {
    let folder = args.models.join("encoder");
    let bytes = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|source| TrainError::File { path, source })
    };
    let graph = Box::leak(bytes("encoder.onnx")?.into_boxed_slice());
    Ok(NerModel::with_encoder(&bytes("table.bin")?, graph)?)
}
