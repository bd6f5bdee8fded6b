//! What a person types into a date field.

use jiff::civil::Date;

use crate::jobs::Cancel;
use crate::model::{Modifier, TextRange, TimexClass, TimexValue};
use crate::nlp::Doc;
use crate::nlp::timex::{Given, timexes};

/// Reads what a person typed: a TIMEX3 value (`2026-W07`, `P3D`) or words (*12 March 2026*, *last
/// Friday*), the whole of it. Relative words count from `dct`.
#[must_use]
pub fn parse_person(text: &str, dct: Option<Date>) -> Option<(TimexClass, TimexValue)> {
    let (class, value, _) = parse_person_with(text, dct)?;
    Some((class, value))
}

/// Reads the same with its modifier: *early 2025* is `2025` with `START`.
#[must_use]
pub fn parse_person_with(
    text: &str,
    dct: Option<Date>,
) -> Option<(TimexClass, TimexValue, Option<Modifier>)> {
    let text = text.trim();
    let typed = TimexValue(text.to_uppercase());
    if let Some(class) = typed.class() {
        return Some((class, typed, None));
    }
    let doc = Doc {
        text,
        ..Doc::default()
    };
    let whole = TextRange::up_to(u32::try_from(text.len()).ok()?.into());
    let found = timexes(
        &doc,
        Given {
            dct,
            ..Given::default()
        },
        &Cancel::default(),
    )
    .ok()?;
    let timex = found.into_iter().find(|t| t.value.range == whole)?.value;
    Some((timex.class, timex.value, timex.modifier))
}
