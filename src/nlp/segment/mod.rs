//! Text → tokens and sentences, in the way of the Universal Dependencies treebanks of English.
//!
//! Contractions are cut (*do|n't*, *Iran|'s*), hyphenated words too (*pro|-|Russian*), so that a mention can
//! begin inside one; numbers, dates, addresses and abbreviations stay whole. Tokens and the gaps between
//! them tile the text; a gap holds only white space. An empty line always ends a sentence. Time is linear in
//! the text. Abbreviations are data: `assets/lexicons/abbreviations.tsv`.
//!
//! Not here: scripts that write without blanks (a run of them is one token).

mod chunk;
mod sentence;

use crate::model::{TextRange, Token, Tokens};

pub use sentence::sentences;

/// Cuts a text into tokens and sentences.
#[must_use]
pub fn segment(text: &str) -> Tokens {
    let tokens = tokens(text);
    let sentences = sentences(text, &tokens);
    Tokens { tokens, sentences }
}

/// Cuts a text into tokens.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    for (at, c) in text.char_indices() {
        let blank = is_blank(c);
        match (start, blank) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                chunk::cut(text, from, at, &mut out);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        chunk::cut(text, from, text.len(), &mut out);
    }
    out
}

/// White space, and the marks that have no width.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

fn token(start: usize, end: usize) -> Option<Token> {
    let start = u32::try_from(start).ok()?; // texts over 4 GiB are refused by the importers
    let end = u32::try_from(end).ok()?;
    (start < end).then(|| Token {
        range: TextRange::new(start.into(), end.into()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::slice;

    /// `|` between sentences, a blank between tokens.
    fn shown(text: &str) -> String {
        let all = segment(text);
        all.sentences
            .iter()
            .map(|s| {
                let words: Vec<_> = (s.first.0..s.end.0)
                    .map(|t| slice(text, all.tokens[t as usize].range))
                    .collect();
                words.join(" ")
            })
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn contractions_and_genitives_are_cut() {
        check(
            "They don't know Iran's aims.",
            "They do n't know Iran 's aims .",
        );
        check("The ministers’ cars can’t", "The ministers ’ cars ca n’t");
        check(
            "We cannot; I'd, you'll, we've",
            "We can not ; I 'd , you 'll , we 've",
        );
    }

    #[test]
    fn hyphens_open_words() {
        check("pro-Russian groups", "pro - Russian groups");
        check("an e-mail from a co-author", "an e-mail from a co-author");
        check("talks -- long -- ended", "talks -- long -- ended");
        check("talks—long ones—ended", "talks — long ones — ended");
    }

    #[test]
    fn numbers_dates_and_times_stay_whole() {
        check("1,200 men, 3.5 percent", "1,200 men , 3.5 percent");
        check("24/7 on 2026-02-06 at 10:30", "24/7 on 2026-02-06 at 10:30");
        check("$5 and 7% of 2003-04", "$ 5 and 7 % of 2003 - 04");
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check("Mr. Lind met Gen. Okoro.", "Mr. Lind met Gen. Okoro .");
        check("The U.S. Navy left. It", "The U.S. Navy left . | It");
        check(
            "He went to the U.S. The talks failed.",
            "He went to the U.S. | The talks failed .",
        );
        check("J. K. Lind won.", "J. K. Lind won .");
        check("Acme Inc. said no.", "Acme Inc. said no .");
        check("Shares of Acme Inc. fell.", "Shares of Acme Inc. fell .");
    }

    #[test]
    fn quotes_close_their_sentence() {
        check("“It is over.” He left.", "“ It is over . ” | He left .");
        check(
            "\"It is over,\" he said. \"We won.\" She left.",
            "\" It is over , \" he said . | \" We won . \" | She left .",
        );
        check("“Why?” he asked.", "“ Why ? ” he asked .");
        check(
            "'It is over.' (He left.) Then",
            "' It is over . ' | ( He left . ) | Then",
        );
    }

    #[test]
    fn empty_line_ends_a_sentence_and_a_wrapped_line_does_not() {
        check(
            "Talks in Velmora\n\nThey began",
            "Talks in Velmora | They began",
        );
        check(
            "Talks in\nthe capital began.\nThey ended.",
            "Talks in the capital began . | They ended .",
        );
        check(
            "Envoys meet again\nThe envoys met.",
            "Envoys meet again | The envoys met .",
        );
    }

    #[test]
    fn sentences_end_where_they_should_in_all_that_news_is_made_of() {
        let file = include_str!("../../../tests/fixtures/actors/segments.tsv");
        let mut count = 0;
        for row in file.lines().filter(|line| !line.starts_with('#')) {
            let (class, marked) = row.split_once('\t').unwrap();
            let marked = marked.replace("\\n", "\n");
            let text: String = marked.split('‖').collect();
            let expected: Vec<&str> = marked
                .split('‖')
                .flat_map(|part| part.split("\n\n"))
                .map(str::trim)
                .collect();
            let all = segment(&text);
            let found: Vec<&str> = all
                .sentences
                .iter()
                .map(|s| slice(&text, s.range))
                .collect();
            assert_eq!(found, expected, "{class}");
            count += 1;
        }
        assert!(count > 30);
    }

    #[test]
    fn addresses_stay_whole() {
        check(
            "See https://a.org/b-c?d=1, or a.b@c.org.",
            "See https://a.org/b-c?d=1 , or a.b@c.org .",
        );
        check(
            "From: \"Ann Lee\"<ann.lee@a.org>",
            "From : \" Ann Lee \" <ann.lee@a.org >",
        );
    }

    proptest! {
        #[test]
        fn tokens_and_gaps_tile_the_text(text in "[ -~\n“”‘’é—中]{0,80}|\\PC{0,40}") {
            let all = segment(&text);
            let mut end = 0;
            for token in &all.tokens {
                let (from, to) = (usize::from(token.range.start()), usize::from(token.range.end()));
                prop_assert!(from >= end && to > from);
                prop_assert!(text.get(end..from).is_some_and(|gap| gap.chars().all(is_blank)));
                prop_assert!(text.get(from..to).is_some());
                end = to;
            }
            prop_assert!(text.get(end..).is_some_and(|gap| gap.chars().all(is_blank)));
            let mut next = 0;
            for sentence in &all.sentences {
                prop_assert_eq!(sentence.first.0, next);
                prop_assert!(sentence.end.0 > next);
                next = sentence.end.0;
            }
            prop_assert_eq!(next as usize, all.tokens.len());
        }
    }
}
