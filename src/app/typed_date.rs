//! Dates that a person types into a field.

use jiff::civil::Date;

use crate::model::{Modifier, TimexValue};
use crate::nlp::timex::parse_person_with;

/// What a person typed, as exactly as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedDate {
    /// The days.
    pub value: TimexValue,
    /// *early*, *about*, *since*.
    pub modifier: Option<Modifier>,
}

/// Words before a date that say how it is meant.
const BEFORE: [(&str, Modifier); 14] = [
    ("since ", Modifier::OnOrAfter),
    ("from ", Modifier::OnOrAfter),
    ("after ", Modifier::After),
    ("until ", Modifier::OnOrBefore),
    ("till ", Modifier::OnOrBefore),
    ("by ", Modifier::OnOrBefore),
    ("before ", Modifier::Before),
    ("early ", Modifier::Start),
    ("mid-", Modifier::Mid),
    ("mid ", Modifier::Mid),
    ("late ", Modifier::End),
    ("about ", Modifier::Approx),
    ("around ", Modifier::Approx),
    ("circa ", Modifier::Approx),
];

/// What stands between the two ends of a range.
const BETWEEN: [&str; 5] = [" – ", " - ", "–", " to ", " until "];

/// Reads a date as a person writes it: *12 March 2026*, *last Friday* (from the publication date),
/// `2026-W11`, *early 2025*, *since March 2026*, *3 – 13 March 2026*. None for what covers no day.
#[must_use]
pub fn typed_date(text: &str, dct: Option<Date>) -> Option<TypedDate> {
    let text = text.trim();
    let covers = |date: &TypedDate| date.value.span().is_some();
    whole(text, dct)
        .filter(covers)
        .or_else(|| range(text, dct).filter(covers))
        .or_else(|| {
            BEFORE.iter().find_map(|(word, modifier)| {
                let (head, rest) = text.split_at_checked(word.len())?;
                let rest = head
                    .eq_ignore_ascii_case(word)
                    .then_some(rest)?
                    .trim_start();
                let date = whole(rest, dct).filter(covers)?;
                let modifier = Some(*modifier);
                date.modifier
                    .is_none()
                    .then_some(TypedDate { modifier, ..date })
            })
        })
}

fn whole(text: &str, dct: Option<Date>) -> Option<TypedDate> {
    let (_, value, modifier) = parse_person_with(text, dct)?;
    Some(TypedDate { value, modifier })
}

/// Reads two dates with something between them; the first may leave to the second what both share.
fn range(text: &str, dct: Option<Date>) -> Option<TypedDate> {
    let text = text.strip_prefix("from ").unwrap_or(text);
    BETWEEN.iter().find_map(|between| {
        let (first, last) = text.split_once(between)?;
        let (first, last) = (first.trim(), last.trim());
        let end = whole(last, dct).filter(|end| end.modifier.is_none())?;
        let start = fuller(first, last, dct)?;
        let value = TimexValue(format!("{}/{}", start.value, end.value));
        let modifier = None;
        let plain = !start.value.0.contains('/') && !end.value.0.contains('/');
        plain.then_some(TypedDate { value, modifier })
    })
}

/// Reads the first date of a range, with as much of the end of the second as it needs: *3* with
/// *March 2026*, *3 March* with *2026*.
fn fuller(first: &str, last: &str, dct: Option<Date>) -> Option<TypedDate> {
    let words: Vec<&str> = last.split_whitespace().collect();
    let has_year = first
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4);
    let shared = (1..words.len()).rev().map(|from| {
        let rest = words.get(from..).unwrap_or_default().join(" ");
        whole(&format!("{first} {rest}"), dct)
    });
    let shared = (!has_year).then_some(shared).into_iter().flatten();
    shared
        .flatten()
        .chain(whole(first, dct))
        .find(|date| date.modifier.is_none() && date.value.span().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::value_words;

    fn read(text: &str) -> Option<(String, Option<Modifier>)> {
        let dct = Some(jiff::civil::date(2026, 3, 12));
        typed_date(text, dct).map(|date| (date.value.0, date.modifier))
    }

    fn check(text: &str, value: &str, modifier: Option<Modifier>) {
        assert_eq!(read(text), Some((value.to_owned(), modifier)), "{text}");
    }

    #[test]
    fn only_what_covers_days_is_a_date() {
        check("12 March 2026", "2026-03-12", None);
        check("2026-W11", "2026-W11", None);
        check("March 2026", "2026-03", None);
        for no in ["three days", "the harbour", "", "since", "3 – ", "early"] {
            assert_eq!(read(no), None, "{no}");
        }
    }

    #[test]
    fn how_it_is_meant_is_kept() {
        check("early 2025", "2025", Some(Modifier::Start));
        check("mid-March 2026", "2026-03", Some(Modifier::Mid));
        check(
            "Since 3 March 2026",
            "2026-03-03",
            Some(Modifier::OnOrAfter),
        );
        check("until March 2026", "2026-03", Some(Modifier::OnOrBefore));
        check("about 12 March 2026", "2026-03-12", Some(Modifier::Approx));
    }

    #[test]
    fn ranges_share_month_and_year() {
        check("3 – 13 March 2026", "2026-03-03/2026-03-13", None);
        check("3–13 March 2026", "2026-03-03/2026-03-13", None);
        check("20 February – 3 March 2026", "2026-02-20/2026-03-03", None);
        check(
            "20 December 2025 to 3 March 2026",
            "2025-12-20/2026-03-03",
            None,
        );
        check("from March to May 2026", "2026-03/2026-05", None);
        check("2026-03-03/2026-04", "2026-03-03/2026-04", None);
    }

    #[test]
    fn the_words_of_a_date_are_read_as_that_date() {
        let modifiers = [
            None,
            Some(Modifier::Start),
            Some(Modifier::Mid),
            Some(Modifier::End),
            Some(Modifier::Approx),
            Some(Modifier::OnOrAfter),
            Some(Modifier::OnOrBefore),
            Some(Modifier::Before),
            Some(Modifier::After),
        ];
        let values = [
            "2026-03-12",
            "2026-03",
            "2025",
            "2026-W11",
            "2026-Q1",
            "2026-02-20/2026-03-03",
            "2026-03-03/2026-03-13",
            "2025-12-20/2026-03-03",
        ];
        for value in values {
            for modifier in modifiers {
                if modifier.is_some() && value.contains('/') {
                    continue;
                }
                let words = value_words(&TimexValue(value.to_owned()), modifier);
                check(&words, value, modifier);
            }
        }
    }
}
