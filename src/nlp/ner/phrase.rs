//! Names as noun phrases, for whoever compares with texts annotated so (GUM, OntoNotes): a person's title and a
//! place's region belong to the name there. Demarche's own mentions have neither.

use crate::model::{EntityType, Findings, Mention, MentionKind, TextRange, Tokens, slice};
use crate::nlp::words::Word;

use super::gazetteer::{Gazetteer, cue};

/// Widens the names in `findings`: *President Obama*, *Mr. Smith*, *Portland, Oregon*. The region keeps its own
/// mention inside.
pub fn with_titles(text: &str, findings: &mut Findings) {
    let tokens = &findings.tokens;
    let mut places: Vec<TextRange> = (findings.mentions.iter())
        .map(|row| &row.value)
        .filter(|mention| is_name(mention) && is_place(mention.entity_type))
        .map(|mention| mention.range)
        .collect();
    places.sort_by_key(|place| place.start());
    for row in &mut findings.mentions {
        let mention = &mut row.value;
        if !is_name(mention) {
            continue;
        }
        if mention.entity_type == EntityType::Person {
            mention.range = from_title(text, tokens, mention.range);
        } else if is_place(mention.entity_type)
            && let Some(region) = region(text, &places, mention.range)
        {
            mention.range = mention.range.cover(region);
        }
    }
    (findings.mentions).sort_by_key(|row| {
        (
            row.value.range.start(),
            std::cmp::Reverse(row.value.range.end()),
        )
    });
}

fn is_name(mention: &Mention) -> bool {
    mention.kind == MentionKind::Name
}

fn is_place(entity_type: EntityType) -> bool {
    matches!(entity_type, EntityType::Place | EntityType::State)
}

/// Takes in the capitalised titles right before a person.
fn from_title(text: &str, tokens: &Tokens, name: TextRange) -> TextRange {
    let gazetteer = Gazetteer::embedded();
    let before = tokens
        .tokens
        .partition_point(|token| token.range.start() < name.start());
    let mut out = name;
    for token in tokens.tokens.get(..before).unwrap_or_default().iter().rev() {
        let word = slice(text, token.range);
        let between = text.get(usize::from(token.range.end())..usize::from(out.start()));
        let title = gazetteer.cues(&Word::of(word, &mut Vec::new())) & cue::TITLE != 0;
        let capital = word.starts_with(char::is_uppercase);
        if !title || !capital || between.is_none_or(|between| !between.trim_matches(' ').is_empty())
        {
            break;
        }
        out = token.range.cover(out);
    }
    out
}

/// The place right behind a comma behind this one.
fn region(text: &str, places: &[TextRange], name: TextRange) -> Option<TextRange> {
    let next = places.get(places.partition_point(|place| place.start() < name.end()))?;
    let between = text.get(usize::from(name.end())..usize::from(next.start()))?;
    (between == ", ").then_some(*next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::Cancel;
    use crate::model::{Confidence, Suggested, checked_range};
    use crate::nlp::{Engine, Input};

    /// Widened names of a text with the names between brackets: `p` a person, `l` a place.
    fn widened(marked: &str) -> Vec<String> {
        let (mut text, mut names, mut open) = (String::new(), Vec::new(), None);
        for sign in marked.chars() {
            match (sign, open) {
                ('[', _) => open = Some(text.len()),
                (']', Some(start)) => names.push((start, text.len())),
                _ => text.push(sign),
            }
        }
        let input = Input {
            text: &text,
            text_hash: "",
            title: "",
            dct: None,
            times: &[],
        };
        let mut findings = Engine::embedded().times(input, &Cancel::default()).unwrap();
        for (start, end) in names {
            let range = checked_range(&text, start, end).unwrap();
            let person = slice(&text, range).starts_with('P');
            findings.mentions.push(Suggested {
                value: Mention {
                    range,
                    kind: MentionKind::Name,
                    entity_type: if person {
                        EntityType::Person
                    } else {
                        EntityType::Place
                    },
                    entity: None,
                    metonym: false,
                },
                confidence: Confidence::new(0.9),
                by: "test".to_owned(),
            });
        }
        with_titles(&text, &mut findings);
        let words = |row: &Suggested<Mention>| slice(&text, row.value.range).to_owned();
        findings.mentions.iter().map(words).collect()
    }

    #[test]
    fn titles_before_people_and_regions_behind_places_are_taken_in() {
        let cases: &[(&str, &[&str])] = &[
            ("Mr. [Pym] left.", &["Mr. Pym"]),
            (
                "When Vice President [Pratt Pym] left",
                &["Vice President Pratt Pym"],
            ),
            ("the president, [Pym], left", &["Pym"]),
            ("Their president [Pym] left", &["Pym"]),
            (
                "in [Lyme], [Dorset]; [Hull]",
                &["Lyme, Dorset", "Dorset", "Hull"],
            ),
            ("Mr. [Lyme] and, [Dorset]", &["Lyme", "Dorset"]),
        ];
        for (marked, wanted) in cases {
            assert_eq!(widened(marked), *wanted, "{marked}");
        }
    }
}
