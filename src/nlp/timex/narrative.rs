//! The date that a piece of narrative is set on: *On February 6 the talks began. Two ministers …*

use crate::model::{Suggested, TextRange, Timex, TimexClass, Tokens};

/// Sentences that a date which sets the scene holds for.
const HOLDS: usize = 3;
/// Bytes from the sentence's start within which a date sets the scene (*Late on*, *But by*); further
/// in, it dates one thing (*They left in June*).
const OPENING: u32 = 12;

/// Returns the expression that dates the narrative where `sentence` stands: the last day, month or
/// year that opens one of the sentences just before it, in the same paragraph, if no later sentence
/// names another date. None where the sentence has a date of its own to offer, or none was told.
#[must_use]
pub fn narrative<'t>(
    text: &str,
    tokens: &Tokens,
    timexes: &'t [Suggested<Timex>],
    sentence: TextRange,
) -> Option<&'t Timex> {
    let at = tokens
        .sentences
        .partition_point(|s| s.range.start() < sentence.start());
    let from = at.saturating_sub(HOLDS);
    for earlier in tokens.sentences.get(from..at)?.iter().rev() {
        let between = text.get(earlier.range.start().into()..sentence.start().into())?;
        if between.contains("\n\n") {
            return None;
        }
        let first = timexes.partition_point(|t| t.value.range.start() < earlier.range.start());
        let mut dated = timexes
            .get(first..)?
            .iter()
            .map(|t| &t.value)
            .take_while(|t| t.range.start() < earlier.range.end())
            .filter(|t| matches!(t.class, TimexClass::Date | TimexClass::Time))
            .filter(|t| t.value.span().is_some());
        if let Some(timex) = dated.next() {
            let opens = timex.range.start() - earlier.range.start() <= OPENING.into();
            return (opens && dated.next().is_none()).then_some(timex);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::narrative;
    use crate::jobs::Cancel;
    use crate::nlp::Doc;
    use crate::nlp::segment::segment;
    use crate::nlp::timex::{Given, timexes};

    #[test]
    fn narrative_goes_on_from_the_date_that_opened_it() {
        let check = |text: &str, expected: Option<&str>| {
            let doc = Doc {
                text,
                tokens: segment(text),
                ..Doc::default()
            };
            let found = timexes(&doc, Given::default(), &Cancel::default()).unwrap();
            let last = doc.tokens.sentences.last().unwrap().range;
            let told = narrative(text, &doc.tokens, &found, last).map(|t| t.value.0.as_str());
            assert_eq!(told, expected, "{text}");
        };
        let opened = "On May 4, 2005 the talks began. Two sides came.";
        check(&format!("{opened} They agreed."), Some("2005-05-04"));
        check(&format!("{opened}\n\nThey agreed."), None);
        check(
            &format!("{opened} They left in June 2006. They agreed."),
            None,
        );
        check(
            "The talks, which began on May 4, 2005, failed. They agreed.",
            None,
        );
    }
}
