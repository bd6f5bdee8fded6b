//! One article's suggestions as one text, deflated: a cache that can be deleted without loss.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use crate::model::{
    Attribution, Confidence, Entity, EntityId, EntityProposal, Findings, IssueId, IssueProposal,
    Mention, Sentence, Statement, Suggested, TextRange, Timex, Token, TokenIdx, Tokens,
};
use crate::store::rows::{BadRow, Stored, json, parse};

/// Of 1 to 9: higher ones take twice the time for a twentieth less.
const LEVEL: u32 = 3;
/// Longest text that is unpacked, in bytes; that of a 1 MB article has 8 MB.
const LARGEST: u64 = 256 << 20;

type Row<T> = <T as Stored>::Row;
/// A suggestion: what, how sure, and which of the layers named at the head found it.
type Found<T> = (Row<T>, f32, u16);

#[derive(Serialize, Deserialize)]
struct FindingsRow {
    engine: String,
    text: String,
    layers: Vec<String>,
    /// Start after the end before, then length, of each token.
    tokens: Vec<u32>,
    /// Start, end, first token, token after the last, of each sentence.
    sentences: Vec<(u32, u32, u32, u32)>,
    mentions: Vec<Found<Mention>>,
    timexes: Vec<Found<Timex>>,
    attributions: Vec<Found<Attribution>>,
    statements: Vec<Found<Statement>>,
    entities: BTreeMap<EntityId, (Row<Entity>, bool, bool)>,
    issues: BTreeMap<IssueId, String>,
}

#[derive(Default)]
struct Layers(Vec<String>);

impl Layers {
    fn number(&mut self, by: &str) -> u16 {
        let at = self
            .0
            .iter()
            .position(|name| name == by)
            .unwrap_or_else(|| {
                self.0.push(by.to_owned());
                self.0.len() - 1
            });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn rows<T: Stored>(&mut self, found: &[Suggested<T>]) -> Vec<Found<T>> {
        found
            .iter()
            .map(|one| (one.value.row(), one.confidence.get(), self.number(&one.by)))
            .collect()
    }

    fn models<T: Stored>(&self, rows: Vec<Found<T>>) -> Result<Vec<Suggested<T>>, BadRow> {
        rows.into_iter()
            .map(|(row, confidence, by)| {
                Ok(Suggested {
                    value: T::model(row)?,
                    confidence: Confidence::new(confidence),
                    by: self.0.get(usize::from(by)).cloned().unwrap_or_default(),
                })
            })
            .collect()
    }
}

fn token_rows(tokens: &[Token]) -> Vec<u32> {
    let mut at = 0;
    let mut rows = Vec::with_capacity(tokens.len() * 2);
    for token in tokens {
        let start = u32::from(token.range.start());
        rows.push(start.wrapping_sub(at));
        rows.push(token.range.len().into());
        at = token.range.end().into();
    }
    rows
}

fn range(start: u32, end: u32) -> Result<TextRange, BadRow> {
    if start > end {
        return Err(BadRow(format!("range {start}..{end}")));
    }
    Ok(TextRange::new(start.into(), end.into()))
}

fn tokens(rows: &[u32]) -> Result<Vec<Token>, BadRow> {
    let mut at = 0_u32;
    rows.chunks_exact(2)
        .map(|pair| {
            let (gap, len) = match pair {
                [gap, len] => (*gap, *len),
                _ => (0, 0),
            };
            let start = at.wrapping_add(gap);
            at = start.saturating_add(len);
            Ok(Token {
                range: range(start, at)?,
            })
        })
        .collect()
}

impl From<std::io::Error> for BadRow {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Writes what the engine found.
pub(in crate::store) fn findings_to_bytes(found: &Findings) -> Result<Vec<u8>, BadRow> {
    let text = findings_to_text(found)?;
    let room = Vec::with_capacity(text.len() / 4);
    let mut encoder = DeflateEncoder::new(room, Compression::new(LEVEL));
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?)
}

/// Reads what the engine found.
pub(in crate::store) fn findings_from_bytes(bytes: &[u8]) -> Result<Findings, BadRow> {
    let mut text = String::new();
    // A damaged cache must not fill the memory.
    DeflateDecoder::new(bytes)
        .take(LARGEST)
        .read_to_string(&mut text)?;
    findings_from_text(&text)
}

fn findings_to_text(found: &Findings) -> Result<String, BadRow> {
    let mut layers = Layers::default();
    let sentence = |s: &Sentence| {
        (
            s.range.start().into(),
            s.range.end().into(),
            s.first.0,
            s.end.0,
        )
    };
    let entity =
        |(id, p): (&EntityId, &EntityProposal)| (*id, (p.entity.row(), p.known, p.governed));
    let mut row = FindingsRow {
        engine: found.engine.clone(),
        text: found.text_hash.clone(),
        layers: Vec::new(),
        tokens: token_rows(&found.tokens.tokens),
        sentences: found.tokens.sentences.iter().map(sentence).collect(),
        mentions: layers.rows(&found.mentions),
        timexes: layers.rows(&found.timexes),
        attributions: layers.rows(&found.attributions),
        statements: layers.rows(&found.statements),
        entities: found.entities.iter().map(entity).collect(),
        issues: found
            .issues
            .iter()
            .map(|(id, issue)| (*id, issue.name.clone()))
            .collect(),
    };
    row.layers = layers.0;
    json(&row)
}

/// Reads what version 1 of the format wrote.
pub(in crate::store) fn findings_from_text(text: &str) -> Result<Findings, BadRow> {
    let row: FindingsRow = parse(text)?;
    let layers = Layers(row.layers);
    let sentence = |(start, end, first, after)| {
        let range = range(start, end)?;
        Ok::<_, BadRow>(Sentence {
            range,
            first: TokenIdx(first),
            end: TokenIdx(after),
        })
    };
    let entity = |(id, (row, known, governed))| {
        let entity = Entity::model(row)?;
        Ok::<_, BadRow>((
            id,
            EntityProposal {
                entity,
                known,
                governed,
            },
        ))
    };
    let issues = row
        .issues
        .into_iter()
        .map(|(id, name)| (id, IssueProposal { name }));
    Ok(Findings {
        engine: row.engine,
        text_hash: row.text,
        tokens: Tokens {
            tokens: tokens(&row.tokens)?,
            sentences: row
                .sentences
                .into_iter()
                .map(sentence)
                .collect::<Result<_, _>>()?,
        },
        mentions: layers.models(row.mentions)?,
        timexes: layers.models(row.timexes)?,
        attributions: layers.models(row.attributions)?,
        statements: layers.models(row.statements)?,
        chains: Vec::new(),
        relations: Vec::new(),
        entities: row
            .entities
            .into_iter()
            .map(entity)
            .collect::<Result<_, _>>()?,
        issues: issues.collect(),
    })
}
