//! `demarche train score-links`: are mentions of one entity put together, and how do names fare in
//! text that is badly set? On the statements corpus, whose entities have names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::cli::train::TrainError;
use crate::jobs::Cancel;
use crate::model::{Findings, MentionKind};
use crate::nlp::{Engine, Input, Known};

#[derive(Deserialize)]
struct Line {
    text: String,
    title: Option<String>,
    dct: Option<String>,
    entities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    entity: String,
}

/// Hits, found, wanted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally([usize; 3]);

impl Tally {
    fn add<T: Ord>(&mut self, found: &BTreeSet<T>, wanted: &BTreeSet<T>) {
        let hits = found.intersection(wanted).count();
        for (sum, more) in self.0.iter_mut().zip([hits, found.len(), wanted.len()]) {
            *sum += more;
        }
    }

    /// Twice the hits by found and wanted, in percent.
    fn f1(self) -> f64 {
        let [hits, found, wanted] = self.0;
        #[expect(clippy::cast_precision_loss, reason = "counts of one corpus")]
        let share = 200.0 * hits as f64 / (found + wanted).max(1) as f64;
        share
    }
}

/// What becomes of a letter, with a number drawn for it.
type Reset = fn(char, u64) -> char;

/// How the text is set.
const SETTINGS: [(&str, Reset); 4] = [
    ("as written", |c, _| c),
    ("all capitals", |c, _| c.to_ascii_uppercase()),
    ("no capitals", |c, _| c.to_ascii_lowercase()),
    ("1 % of letters misread", misread),
];

/// What a scanner takes a letter for; about one letter in a hundred.
fn misread(c: char, dice: u64) -> char {
    const PAIRS: &str = "l1O0o0ecceIlmnnuuvhbbhS5aotfftrnszzs";
    let other = PAIRS.as_bytes().chunks(2).find_map(|pair| match pair {
        [from, to] if char::from(*from) == c => Some(char::from(*to)),
        _ => None,
    });
    other.filter(|_| dice.is_multiple_of(70)).unwrap_or(c)
}

/// Reads `statements/dev.jsonl` and says the figures.
pub(super) fn score(corpora: &Path, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let path = corpora.join("statements/dev.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|source| TrainError::File {
        path: path.clone(),
        source,
    })?;
    let lines: Result<Vec<Line>, _> = text.lines().map(serde_json::from_str).collect();
    let lines = lines.map_err(|_bad| TrainError::Form(path))?;
    let engine = Engine::embedded();
    for (setting, letter) in SETTINGS {
        let (mut names, mut given, mut whole) =
            (Tally::default(), Tally::default(), Tally::default());
        for line in &lines {
            let mut dice = 88_172_645_463_325_252_u64;
            let text: String = line
                .text
                .chars()
                .map(|c| {
                    dice ^= dice << 13;
                    dice ^= dice >> 7;
                    dice ^= dice << 17;
                    letter(c, dice)
                })
                .collect();
            let found = read(&engine, line, &text);
            names.add(&typed(&found), &gold_typed(line));
            let (mine, gold) = (entities(&text, &found), gold_entities(line));
            whole.add(&pairs(&mine), &pairs(&gold));
            let both = |all: &Spans, other: &Spans| -> Spans {
                let kept = all.iter().filter(|(span, _)| other.contains_key(*span));
                kept.map(|(span, entity)| (*span, entity.clone())).collect()
            };
            given.add(&pairs(&both(&mine, &gold)), &pairs(&both(&gold, &mine)));
        }
        say(&format!(
            "{setting}: people, organisations, places, exact span and type {:.1}; pairs of mentions of one \
             entity {:.1} where both mentions were found, {:.1} end to end",
            names.f1(),
            given.f1(),
            whole.f1()
        ));
    }
    Ok(())
}

fn read(engine: &Engine, line: &Line, text: &str) -> Findings {
    let input = Input {
        text,
        text_hash: "",
        title: line.title.as_deref().unwrap_or_default(),
        dct: line.dct.as_deref().and_then(|dct| dct.parse().ok()),
        times: &[],
    };
    let found = engine.analyse(input, &Known::default(), &Cancel::default());
    found.unwrap_or_default() // nobody cancels
}

/// Spans in code points, with their entity.
type Spans = BTreeMap<(usize, usize), String>;

fn entities(text: &str, found: &Findings) -> Spans {
    let mut spans = Spans::new();
    let mut covered = 0;
    for mention in found.mentions.iter().map(|m| &m.value) {
        let name = mention.kind == MentionKind::Name;
        let end = u32::from(mention.range.end());
        if name
            && end > covered
            && let Some(entity) = mention.entity
        {
            covered = end;
            spans.insert(points(text, mention.range), format!("{entity:?}"));
        }
    }
    spans
}

fn points(text: &str, range: crate::model::TextRange) -> (usize, usize) {
    let count = |end: u32| {
        let end = usize::try_from(end).unwrap_or(usize::MAX);
        text.get(..end).map_or(0, |before| before.chars().count())
    };
    (count(range.start().into()), count(range.end().into()))
}

fn typed(found: &Findings) -> BTreeSet<(usize, usize, &'static str)> {
    use crate::model::EntityType as T;
    let mut all = BTreeSet::new();
    let mut covered = 0;
    for mention in found.mentions.iter().map(|m| &m.value) {
        let end = usize::try_from(u32::from(mention.range.end())).unwrap_or(usize::MAX);
        if mention.kind != MentionKind::Name || end <= covered {
            continue;
        }
        covered = end;
        let kind = match mention.entity_type {
            T::Person => "PERSON",
            T::Organisation => "ORG",
            T::State | T::Place | T::Facility => "LOC",
            T::Norp | T::Weapon | T::Agreement | T::Event | T::Own(_) => continue,
        };
        let start = usize::try_from(u32::from(mention.range.start())).unwrap_or(usize::MAX);
        all.insert((start, end, kind));
    }
    all
}

/// The gold in bytes of the text, which all settings keep.
fn gold_typed(line: &Line) -> BTreeSet<(usize, usize, &'static str)> {
    let bytes: Vec<usize> = line
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.text.len()])
        .collect();
    let at = |point: usize| bytes.get(point).copied().unwrap_or_default();
    line.entities
        .iter()
        .filter_map(|gold| {
            let kind = match gold.kind.as_str() {
                "PERSON" => "PERSON",
                "ORG" => "ORG",
                "GPE" | "LOC" | "FAC" => "LOC",
                _ => return None,
            };
            Some((at(gold.start), at(gold.end), kind))
        })
        .collect()
}

fn gold_entities(line: &Line) -> Spans {
    let spans = line.entities.iter();
    spans
        .map(|gold| ((gold.start, gold.end), gold.entity.clone()))
        .collect()
}

/// Pairs of spans that name one entity.
fn pairs(spans: &Spans) -> BTreeSet<((usize, usize), (usize, usize))> {
    let mut all = BTreeSet::new();
    for (left, entity) in spans {
        for (right, other) in spans.range(*left..).skip(1) {
            if entity == other {
                all.insert((*left, *right));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_once_and_scored_by_hand() {
        let spans = |rows: &[(usize, &str)]| -> Spans {
            rows.iter()
                .map(|(at, e)| ((*at, at + 1), (*e).to_owned()))
                .collect()
        };
        let gold = spans(&[(0, "a"), (2, "a"), (4, "a"), (6, "b")]);
        let found = spans(&[(0, "x"), (2, "x"), (4, "y"), (6, "y")]);
        let mut tally = Tally::default();
        tally.add(&pairs(&found), &pairs(&gold));
        assert_eq!(tally, Tally([1, 2, 3]));
        assert!((tally.f1() - 40.0).abs() < 1e-9);
    }

    #[test]
    fn a_misread_letter_takes_as_many_bytes() {
        for c in "lOoeImnuhbStafrscz".chars() {
            assert_eq!(misread(c, 70).len_utf8(), 1);
            assert_ne!(misread(c, 70), c, "{c}");
            assert_eq!(misread(c, 71), c);
        }
    }
}
