//! Times that a person decided on: what hangs on them is counted from the person's value.

use jiff::civil::Date;

use crate::model::{ArticleState, Decided, TextRange, Timex, TimexValue, Verdict};
use crate::nlp::timex::calendar::Unit;

/// A time expression that a person corrected, added or rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTime {
    /// Its words.
    pub range: TextRange,
    /// The person's value; none for words that the person said are no time.
    pub value: Option<TimexValue>,
}

impl KnownTime {
    /// Returns all that a person decided of the times of an article, in the order of the text.
    #[must_use]
    pub fn of(state: &ArticleState) -> Vec<Self> {
        Self::chosen(state, |_| true)
    }

    /// Returns those on which others may hang: to confirm a time as it was found changes nothing.
    #[must_use]
    pub fn changed(state: &ArticleState) -> Vec<Self> {
        Self::chosen(state, |decided| {
            decided.verdict != Verdict::Confirmed || decided.origin.is_none() || decided.corrected()
        })
    }

    fn chosen(state: &ArticleState, wanted: impl Fn(&Decided<Timex>) -> bool) -> Vec<Self> {
        let decided = state.annotations.timexes.decided().values();
        let mut times: Vec<Self> = decided
            .filter(|decided| wanted(decided))
            .map(|decided| Self {
                range: decided.value.range,
                value: (decided.verdict != Verdict::Rejected).then(|| decided.value.value.clone()),
            })
            .collect();
        times.sort_by_key(|time| (time.range.start(), time.range.end()));
        times
    }
}

/// First day and precision of a value, for others to hang on.
pub(super) fn day_and_unit(value: &TimexValue) -> Option<(Date, Unit)> {
    let span = value.span()?;
    let text = value.0.as_str();
    let day = text.split(['T', '/']).next().unwrap_or(text);
    let unit = match (day.len(), day.get(4..6)) {
        _ if span.is_day() => Unit::Day,
        (_, Some("-W")) if day.ends_with("WE") => Unit::Weekend,
        (_, Some("-W")) if !day.ends_with("WI") => Unit::Week,
        (4, _) | (6, Some("19" | "20")) => Unit::Year,
        (3, _) => Unit::Decade,
        (2, _) => Unit::Century,
        (7, Some(month)) if month.starts_with("-0") || month.starts_with("-1") => Unit::Month,
        _ => Unit::Quarter,
    };
    Some((span.first, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_of_a_value_is_read() {
        for (value, unit) in [
            ("2026-02-06", Unit::Day),
            ("2026-02-06TNI", Unit::Day),
            ("2026-02", Unit::Month),
            ("2026-W07", Unit::Week),
            ("2026-W07-WE", Unit::Weekend),
            ("2026-WI", Unit::Quarter),
            ("2026-Q1", Unit::Quarter),
            ("2026", Unit::Year),
            ("199", Unit::Decade),
            ("19", Unit::Century),
        ] {
            let read = day_and_unit(&TimexValue(value.to_owned()));
            assert_eq!(read.map(|(_, unit)| unit), Some(unit), "{value}");
        }
        assert_eq!(day_and_unit(&TimexValue("P3D".to_owned())), None);
    }
}
