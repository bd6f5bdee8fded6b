//! The act of a single word, for a person's first guess: no sentence is read.

use crate::model::Act;
use crate::nlp::stance::lexicon::{ACTS, CuePos};

/// Returns the act that the lexicon gives a word by itself, its surest reading first: *urged* →
/// REQUEST. Inflections are undone by ending only.
#[must_use]
pub fn act_of(word: &str) -> Option<Act> {
    let candidates = lemmas_of(&word.to_lowercase());
    let readings = candidates.iter().flat_map(|lemma| {
        [CuePos::Verb, CuePos::Noun, CuePos::Adjective]
            .into_iter()
            .flat_map(|pos| ACTS.of(pos, lemma))
    });
    readings
        .max_by(|left, right| left.sure.total_cmp(&right.sure))
        .map(|reading| reading.act)
}

/// What a word in lower case may be an inflection of, by its ending.
pub(super) fn lemmas_of(word: &str) -> Vec<String> {
    let stems = ["", "s", "d", "es", "ed", "ing"]
        .into_iter()
        .filter_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            (stem.len() > 2).then(|| stem.to_owned())
        });
    let doubled = |stem: &str| {
        let mut letters = stem.chars().rev();
        (letters.next() == letters.next()).then(|| {
            let mut single = stem.to_owned();
            single.pop();
            single
        })
    };
    let mut candidates = Vec::new();
    for stem in stems {
        candidates.extend(doubled(&stem));
        candidates.push(format!("{stem}e"));
        candidates.extend(stem.strip_suffix('i').map(|cut| format!("{cut}y")));
        candidates.push(stem);
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_lead_to_their_act() {
        for (word, act) in [
            ("urged", Act::Request),
            ("Accusing", Act::Accuse),
            ("rejects", Act::Reject),
            ("condemned", Act::Accuse),
        ] {
            assert_eq!(act_of(word), Some(act), "{word}");
        }
        assert_eq!(act_of("window"), None);
        assert_eq!(act_of("é"), None);
    }
}
