//! Times that a person decided on: what hangs on them is counted from the person's value.

use jiff::civil::Date;

use crate::model::{
    ArticleState, Confidence, Decided, Suggested, TextRange, Timex, TimexClass, TimexValue, Verdict,
};
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

/// Returns the times of a text as the person has them: with the person's values, without what the
/// person rejected, and with what the person added. What later layers date goes by these.
pub fn as_decided(found: &[Suggested<Timex>], known: &[KnownTime]) -> Vec<Suggested<Timex>> {
    let share = |known: &KnownTime, timex: &Timex| {
        known.range.start() < timex.range.end() && timex.range.start() < known.range.end()
    };
    let decided = |timex: &Timex| known.iter().find(|known| share(known, timex));
    let mut times: Vec<_> = found
        .iter()
        .filter(|time| decided(&time.value).is_none())
        .cloned()
        .collect();
    for known in known {
        let Some(value) = known.value.clone() else {
            continue;
        };
        let as_found = found.iter().find(|time| share(known, &time.value));
        let class = as_found.map_or(TimexClass::Date, |time| time.value.class);
        times.push(Suggested {
            confidence: Confidence::new(1.0),
            by: String::new(),
            value: Timex {
                range: known.range,
                class,
                value,
                modifier: as_found.and_then(|time| time.value.modifier),
                quant: None,
                freq: None,
                anchor: None,
                points: None,
                rule: String::new(),
            },
        });
    }
    times.sort_by_key(|time| time.value.range.start());
    times
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
    fn later_layers_date_by_what_the_person_decided() {
        let range = |start: u32| TextRange::at(start.into(), 6.into());
        let found = |start: u32, value: &str| Suggested {
            confidence: Confidence::new(0.9),
            by: "timex".to_owned(),
            value: Timex {
                range: range(start),
                class: TimexClass::Date,
                value: TimexValue(value.to_owned()),
                modifier: None,
                quant: None,
                freq: None,
                anchor: None,
                points: None,
                rule: String::new(),
            },
        };
        let known = |start: u32, value: Option<&str>| KnownTime {
            range: range(start),
            value: value.map(|value| TimexValue(value.to_owned())),
        };
        let times = [found(0, "2026-02-06"), found(10, "2025"), found(20, "2024")];
        let decided = [
            known(0, Some("2026-02-04")),
            known(10, None),
            known(30, Some("2023")),
        ];
        let values: Vec<_> = as_decided(&times, &decided)
            .into_iter()
            .map(|time| time.value.value.0)
            .collect();
        assert_eq!(values, ["2026-02-04", "2024", "2023"]);
    }

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
