//! `demarche train windows`: the corpora with names as the windows that the encoder is trained on
//! (`assets/models/encoder/train.py`), cut and coded by the very code that runs.

use serde_json::json;

use crate::cli::train::{TrainArgs, TrainError, write};
use crate::cli::train_names::{Text, encoded, gold, texts, texts_of};
use crate::jobs::Cancel;
use crate::model::{EntityType, TextRange};
use crate::nlp::ner::{Gazetteer, Gold, Kind, NerModel, Window, mentions, windows};
use crate::nlp::{Engine, Known};

/// What is cut: file, and whether its spans include common nouns.
const FILES: [(&str, bool); 10] = [
    ("uner-ewt/train.jsonl", false),
    ("wikigold/train.jsonl", false),
    ("crossner-politics/train.jsonl", false),
    ("crossner-politics/dev.jsonl", false),
    ("gum/train.jsonl", false),
    ("re3d/train.jsonl", true),
    ("meantime/train.jsonl", false),
    ("uner-ewt/dev.jsonl", false),
    ("wikigold/dev.jsonl", false),
    ("gum/dev.jsonl", false),
];

/// Made-up sports pages (`assets/models/encoder/drills.py`), in the folder of the models.
const DRILLS: &str = "drills.jsonl";

/// Raw news, labelled by the model that is built in.
const RAW: &str = "wikinews-raw/all.jsonl";

/// Below this a label of the model itself is not learnt from.
const SURE: f32 = 0.75;

fn line(file: &str, document: usize, form: &str, window: &Window) -> String {
    let Window {
        pieces,
        codes,
        allowed,
        open,
    } = window;
    json!({"file": file, "doc": document, "form": form, "p": pieces, "c": codes, "a": allowed,
        "o": open.iter().map(|open| u8::from(*open)).collect::<Vec<_>>()})
    .to_string()
}

/// Writes `windows.jsonl` into the folder of the models.
pub(super) fn cut_all(args: &TrainArgs, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let engine = Engine::embedded();
    let gazetteer = Gazetteer::embedded();
    let mut out = String::new();
    let mut push =
        |file: &str, at: usize, form: &str, text: &str, gold: &[Gold], unsure: &[TextRange]| {
            if let Ok((doc, words)) = engine.tagged(text, &Cancel::default()) {
                for window in windows(&doc, &words, gold, unsure, gazetteer) {
                    out.push_str(&line(file, at, form, &window));
                    out.push('\n');
                }
            }
        };
    for (file, nominal) in FILES {
        for (at, text) in texts(args, file)?.iter().enumerate() {
            let gold = gold(text, nominal);
            push(file, at, "plain", &text.text, &gold, &[]);
            match at % 12 {
                3 => push(
                    file,
                    at,
                    "capitals",
                    &text.text.to_ascii_uppercase(),
                    &gold,
                    &[],
                ),
                7 => push(
                    file,
                    at,
                    "small",
                    &text.text.to_ascii_lowercase(),
                    &gold,
                    &[],
                ),
                _ => {}
            }
        }
        say(file);
    }
    for (at, text) in texts_of(&args.models.join(DRILLS))?.iter().enumerate() {
        push(DRILLS, at, "plain", &text.text, &gold(text, false), &[]);
    }
    // the first time there is no encoder yet: the field alone says what the news name
    let model = encoded(args).ok();
    let model = model.as_ref().unwrap_or_else(|| NerModel::embedded());
    for (at, text) in texts(args, RAW)?.iter().enumerate() {
        let (gold, unsure) = silver(&engine, model, text);
        push(RAW, at, "plain", &text.text, &gold, &unsure);
    }
    write(&args.models.join("windows.jsonl"), out.as_bytes())
}

/// What the model itself finds, and where it is not sure.
fn silver(engine: &Engine, model: &NerModel, text: &Text) -> (Vec<Gold>, Vec<TextRange>) {
    let (mut gold, mut unsure) = (Vec::new(), Vec::new());
    let cancel = Cancel::default();
    let Ok((doc, words)) = engine.tagged(&text.text, &cancel) else {
        return (gold, unsure);
    };
    let found = mentions(&doc, &words, model, &Known::default(), &cancel);
    let mut end = 0.into();
    for mention in found.unwrap_or_default() {
        let range = mention.value.range;
        if range.start() < end {
            continue;
        }
        end = range.end();
        let kind = match mention.value.entity_type {
            EntityType::Person => Some(Kind::Person),
            EntityType::Organisation => Some(Kind::Organisation),
            EntityType::State | EntityType::Place | EntityType::Facility => Some(Kind::Location),
            EntityType::Norp => Some(Kind::Norp),
            EntityType::Event => Some(Kind::Event),
            EntityType::Agreement | EntityType::Weapon | EntityType::Own(_) => None,
        };
        if kind.is_none() || mention.confidence.get() < SURE {
            unsure.push(range);
        } else {
            gold.push(Gold { range, kind });
        }
    }
    (gold, unsure)
}
