//! Attributions by the form of a line: *SPEAKER: …*, *“…” — Speaker*.

use crate::model::{TextRange, TextSize, TokenIdx};
use crate::nlp::Upos;
use crate::nlp::attribution::Found;
use crate::nlp::tree::Tree;

/// Words that a signature has at most.
const SIGNATURE: usize = 10;

/// *“We go on.” — Ona Lind, minister*: what stands between the dash and the end of the line signs the
/// quotation before it.
pub(super) fn signed(
    tree: &Tree<'_, '_>,
    quotations: &[TextRange],
    dash: TokenIdx,
) -> Option<Found> {
    let at = tree.range(dash);
    let quotation = quotations
        .iter()
        .copied()
        .rfind(|q| q.end() <= at.start() && at.start() - q.end() <= TextSize::new(2))?;
    let from = usize::from(at.end());
    let line = tree.doc.text.get(from..)?.lines().next()?;
    let name = line.trim();
    let start = from + (line.len() - line.trim_start().len());
    let range = crate::model::checked_range(tree.doc.text, start, start + name.len()).ok()?;
    let words: Vec<TokenIdx> = tree.covered(range).collect();
    let named = words.iter().take(3).any(|&t| tree.tag(t) == Upos::Propn)
        && !words
            .iter()
            .any(|&t| matches!(tree.tag(t), Upos::Verb | Upos::Aux));
    (named && words.len() <= SIGNATURE).then(|| Found {
        source: Some(range),
        cue: at,
        content: vec![quotation],
        sure: 0.75,
    })
}

/// *SPEAKER: …* at the head of a paragraph, as transcripts and headlines have it.
pub(super) fn speaker_colon(tree: &Tree<'_, '_>, colon: TokenIdx) -> Option<Found> {
    let number = tree.sentence(colon);
    let before: Vec<TokenIdx> = tree
        .in_sentence(number)
        .take_while(|&t| t < colon)
        .collect();
    let name = !before.is_empty()
        && before.len() <= 4
        && before.iter().all(|&t| tree.tag(t) == Upos::Propn);
    let to = before.iter().position(|&t| tree.lower(t) == "to");
    let before = before.get(..to.unwrap_or(before.len())).unwrap_or_default();
    let name = name || in_headline(tree, before, colon);
    let start = tree.sentence_range(number).start();
    let head = tree
        .doc
        .text
        .get(..usize::from(start))
        .is_none_or(|text| text.is_empty() || text.ends_with('\n'));
    if !name || !head {
        return None;
    }
    // To the end of the paragraph.
    let from = usize::from(tree.range(colon).end());
    let rest = tree.doc.text.get(from..)?;
    let length = rest.find('\n').unwrap_or(rest.len());
    let content = rest.get(..length)?;
    let lead = content.len() - content.trim_start().len();
    let end = from + content.trim_end().len();
    let range = crate::model::checked_range(tree.doc.text, from + lead, end).ok()?;
    (range.len() > 10.into()).then(|| Found {
        source: Some(tree.cover(before)),
        cue: tree.range(colon),
        content: vec![range],
        sure: 0.7,
    })
}

/// *UN chief to Sudan's generals: Stop the fighting*: a short line without full stop whose words
/// before the colon name somebody.
fn in_headline(tree: &Tree<'_, '_>, before: &[TokenIdx], colon: TokenIdx) -> bool {
    let name = before.iter().any(|&t| tree.tag(t) == Upos::Propn);
    let phrase = before
        .iter()
        .all(|&t| tree.nominal(t) || matches!(tree.tag(t), Upos::Adj | Upos::Part));
    let from = usize::from(tree.range(colon).end());
    let line = tree
        .doc
        .text
        .get(from..)
        .and_then(|rest| rest.lines().next());
    let short = line.is_some_and(|line| {
        !line.trim_end().ends_with('.') && line.split_whitespace().count() <= 16
    });
    name && phrase && before.len() <= 6 && short
}
