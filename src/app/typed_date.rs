//! Dates that a person types into a field.

use jiff::civil::Date;

use crate::model::TimexValue;
use crate::nlp::timex::parse_person;

/// Reads a date as a person writes it: *12 March 2026*, *last Friday* (from the publication date),
/// `2026-W11`. None for what covers no day.
#[must_use]
pub fn typed_date(text: &str, dct: Option<Date>) -> Option<TimexValue> {
    let (_, value) = parse_person(text, dct)?;
    value.span().is_some().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_covers_days_is_a_date() {
        let dct = Some(jiff::civil::date(2026, 3, 12));
        let read = |text: &str| typed_date(text, dct).map(|value| value.0);
        assert_eq!(read("12 March 2026").as_deref(), Some("2026-03-12"));
        assert_eq!(read("2026-W11").as_deref(), Some("2026-W11"));
        assert_eq!(read("three days"), None);
        assert_eq!(read("the harbour"), None);
    }
}
