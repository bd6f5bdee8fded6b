//! Attributions: who says what, in which words (source, cue, content).
//!
//! From the tree where the content is a clause of the cue, from quotation marks where it is not; a
//! quotation over several sentences is one content. Infinitives (*refused to go*) and nouns (*the
//! demand that …*) count, with less confidence.
//! Not here: whether what is said is an act of somebody (`stance`).

pub(crate) mod cues;
mod lines;
pub(crate) mod quotes;
mod read;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{Attribution, Confidence, Suggested, TextRange, Timex, slice};
use crate::nlp::Doc;
use crate::nlp::tree::Tree;

/// Name and version of the layer.
const BY: &str = "attribution 0.1";

/// How sure an attribution is at most whose content is only what was spoken of (*called for a
/// truce*): it tells of nobody else's act.
pub(crate) const TOPIC: f32 = 0.4;

/// An attribution before it is written out.
#[derive(Debug, Clone)]
struct Found {
    source: Option<TextRange>,
    cue: TextRange,
    content: Vec<TextRange>,
    sure: f32,
}

/// Returns the attributions of a text, in order of their cues.
///
/// # Errors
/// When cancelled.
pub fn attributions(
    doc: &Doc<'_>,
    timexes: &[Suggested<Timex>],
    cancel: &Cancel,
) -> Result<Vec<Suggested<Attribution>>, Cancelled> {
    let tree = Tree::new(doc).with_times(timexes.iter().map(|found| found.value.range));
    let quotations = quotes::quotations(doc.text);
    let mut found = Vec::new();
    for number in 0..doc.tokens.sentences.len() {
        cancel.check()?;
        for token in tree.in_sentence(number) {
            found.extend(read::at(&tree, &quotations, token));
        }
    }
    extend_to_quotations(&mut found, &quotations);
    continue_quotations(&tree, &mut found, &quotations);
    found.sort_by_key(|f| (f.cue.start(), f.cue.end()));
    found.dedup_by_key(|f| f.cue);
    Ok(found
        .into_iter()
        .map(|f| Suggested {
            value: Attribution {
                source: f.source.into_iter().collect(),
                cue: vec![f.cue],
                content: f.content,
            },
            confidence: Confidence::new(f.sure),
            by: BY.to_owned(),
        })
        .collect())
}

/// Leaves out what a quotation lets its speaker say of himself (*“I think so,” she said*): the
/// quotation is the attribution, *I think* is part of what is said.
pub fn leave_out_asides(text: &str, attributions: &mut Vec<Suggested<Attribution>>) {
    let quotations = quotes::quotations(text);
    attributions.retain(|found| {
        let a = &found.value;
        let first_person = a.source.first().is_some_and(|&source| {
            matches!(
                slice(text, source).to_lowercase().as_str(),
                "i" | "we" | "you"
            )
        });
        let quoted = a
            .cue
            .first()
            .is_some_and(|cue| quotations.iter().any(|q| q.contains_range(*cue)));
        !(first_person && quoted)
    });
}

fn shares(left: TextRange, right: TextRange) -> bool {
    left.intersect(right).is_some_and(|both| !both.is_empty())
}

/// A content that reaches into a quotation takes all of it.
fn extend_to_quotations(found: &mut [Found], quotations: &[TextRange]) {
    for f in found {
        for piece in &mut f.content {
            for &quotation in quotations {
                let inside = quotation.contains_range(*piece) && quotation != *piece;
                let cue_inside = quotation.contains_range(f.cue);
                if shares(*piece, quotation) && !cue_inside && (!inside || f.sure > 0.6) {
                    *piece = piece.cover(quotation);
                }
            }
        }
        merge(&mut f.content);
    }
}

fn merge(pieces: &mut Vec<TextRange>) {
    pieces.sort_by_key(|p| (p.start(), p.end()));
    let mut merged: Vec<TextRange> = Vec::new();
    for &piece in pieces.iter() {
        match merged.last_mut() {
            Some(last) if last.end() >= piece.start() => *last = last.cover(piece),
            _ => merged.push(piece),
        }
    }
    *pieces = merged;
}

/// *“A,” X said. “B.”*: a quotation that nobody is named for goes on from the one before it in the
/// same paragraph.
fn continue_quotations(tree: &Tree<'_, '_>, found: &mut [Found], quotations: &[TextRange]) {
    for &quotation in quotations {
        let covered = found
            .iter()
            .any(|f| f.content.iter().any(|&p| shares(p, quotation)) || shares(f.cue, quotation));
        let long = tree.covered(quotation).count() > 5;
        if covered || !long {
            continue;
        }
        let before = found
            .iter_mut()
            .filter(|f| f.sure > 0.6 && f.source.is_some())
            .filter(|f| f.content.iter().any(|p| p.end() <= quotation.start()))
            .filter(|f| f.cue.end() <= quotation.start())
            .max_by_key(|f| f.cue.start());
        let Some(before) = before else { continue };
        let between = TextRange::new(before.cue.end(), quotation.start());
        let gap = tree.doc.slice(between);
        if !gap.contains('\n') && tree.covered(between).count() < 12 {
            before.content.push(quotation);
        }
    }
}

#[cfg(test)]
mod tests;
