//! Sentences of cards and notes.

use crate::analysis::{ArticleView, ProjectView, Row, Status, weekday_name};
use crate::model::{
    Act, Article, ArticleState, Entity, EntityId, EntityType, MONTHS, Polarity, Project, Statement,
    TextRange, Timestamp, Timex, TimexClass, TimexValue, slice,
};

/// Returns a date in words: *12 March 2026*.
#[must_use]
pub fn day(date: jiff::civil::Date) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// Returns the name of a month.
#[must_use]
pub fn month(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

/// Returns the weekday and the date: *Thursday 12 March 2026*.
#[must_use]
pub fn weekday(date: jiff::civil::Date) -> String {
    let name = weekday_name(date);
    format!("{name} {}", day(date))
}

/// Returns the day of a moment, in universal time: *9 March*.
fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(
        |_| String::new(),
        |at| {
            let date = jiff::tz::Offset::UTC.to_datetime(at).date();
            format!("{} {} {}", date.day(), month(date.month()), date.year())
        },
    )
}

/// Returns who says so: *Confirmed by MK, 9 March 2026* or *Suggested · 0.82*.
#[must_use]
pub fn provenance(project: &Project, status: &Status) -> String {
    let name = |coder| project.coders.get(coder).map_or("a coder", String::as_str);
    match status {
        Status::Suggested { confidence, by } => {
            format!("Suggested by {by} · {:.2}", confidence.get())
        }
        Status::Confirmed { coder, at } => {
            format!("Confirmed by {}, {}", name(coder), moment(*at))
        }
        Status::Added { coder, at } => format!("Added by {}, {}", name(coder), moment(*at)),
    }
}

/// Returns what a status is called in a list.
#[must_use]
pub fn status_word(status: &Status) -> &'static str {
    match status {
        Status::Suggested { .. } => "suggested",
        Status::Confirmed { .. } => "confirmed",
        Status::Added { .. } => "added",
    }
}

/// Returns the name of a type, the person's own types by their own names.
#[must_use]
pub fn type_name(project: &Project, entity_type: EntityType) -> &str {
    match entity_type {
        EntityType::Own(id) => project
            .codebook
            .types
            .get(&id)
            .map_or("Own type", |own| own.name.as_str()),
        built_in => built_in.name(),
    }
}

/// Returns the role of an entity in one sentence: *Foreign minister of Velmora.*
#[must_use]
pub fn role(view: &ProjectView, entity: &Entity) -> Option<String> {
    let held = entity.roles.iter().find(|role| role.tenure.in_office());
    let role = held.or_else(|| entity.roles.first())?;
    let of = role.of.map(|of| view.entity_name(of));
    let person = entity.entity_type == EntityType::Person;
    let office = match role.tenure.word() {
        Some(word) if !role.office.is_empty() => format!("{word} {}", role.office),
        _ => role.office.clone(),
    };
    let mut sentence = match (office.as_str(), of) {
        ("", Some(of)) => format!("Acts for {of}"),
        ("", None) => return None,
        (office, Some(of)) => format!("{} of {of}", capital(office)),
        (office, None) => capital(office),
    };
    match (&role.from, &role.until) {
        (Some(from), Some(until)) => sentence.push_str(&format!(", {from} to {until}")),
        (Some(from), None) => sentence.push_str(&format!(" since {from}")),
        (None, Some(until)) => sentence.push_str(&format!(" until {until}")),
        (None, None) => {}
    }
    sentence.push('.');
    if person && of.is_some() && role.tenure.in_office() {
        sentence.push_str(" Statements in office count for it.");
    }
    Some(sentence)
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Returns the sides of the statements that an entity holds, itself or through its offices:
/// support, oppose, neither.
#[must_use]
pub fn sides(view: &ProjectView, entity: EntityId) -> [(Polarity, usize); 3] {
    let mut counts = [
        (Polarity::Support, 0),
        (Polarity::Oppose, 0),
        (Polarity::Neutral, 0),
    ];
    for (_, row) in view.statements() {
        let held = row.value.holder.entity == entity
            || row.value.speaks_for == Some(entity)
            || view.actor(&row.value) == entity;
        if !held {
            continue;
        }
        let side = row.value.polarity();
        for (polarity, count) in &mut counts {
            *count += usize::from(*polarity == side);
        }
    }
    counts
}

/// Returns a value in words where it is a plain date: `2026-02-06` is *6 February 2026*.
#[must_use]
pub fn timex_value(timex: &Timex) -> String {
    let value = &timex.value.0;
    match (timex.class, timex.value.span()) {
        (TimexClass::Date, Some(span)) if span.is_day() => day(span.first),
        (TimexClass::Date, Some(span)) => {
            format!("{value} ({} to {})", day(span.first), day(span.last))
        }
        _ => {
            let words = timex.words();
            if words == *value {
                words
            } else {
                format!("{value} ({words})")
            }
        }
    }
}

/// Returns how a time was found: how precise it is and by which rule.
#[must_use]
pub fn timex_found(timex: &Timex) -> String {
    let precision = match (timex.class, timex.span()) {
        (TimexClass::Set, _) => "Recurs",
        (TimexClass::Duration, _) => "A length of time",
        (TimexClass::Time, _) => "A time of day",
        (TimexClass::Date, Some(span)) if span.is_day() => "Exact to the day",
        (TimexClass::Date, Some(_)) => "A stretch of days",
        (TimexClass::Date, None) => "Without a place in the calendar",
    };
    if timex.rule.is_empty() {
        format!("{precision}.")
    } else {
        format!("{precision} · rule {}", timex.rule)
    }
}

/// Returns what a date hangs on: *counted from “February 6”*.
#[must_use]
pub fn timex_anchor(article: &Article, view: &ArticleView, timex: &Timex) -> String {
    if let Some(anchor) = timex.anchor {
        let value = view.timexes.iter().find(|row| row.value.range == anchor);
        let value = value.map_or_else(String::new, |row| format!(" ({})", timex_value(&row.value)));
        return format!("Counted from “{}”{value}.", article.slice(anchor));
    }
    if let Some(points) = timex.points.as_ref().and_then(TimexValue::span) {
        return format!("{} to {}.", day(points.first), day(points.last));
    }
    if matches!(timex.class, TimexClass::Duration | TimexClass::Set) {
        return "Set on no date.".to_owned();
    }
    let words = article.slice(timex.range);
    let absolute = timex
        .value
        .0
        .get(..4)
        .is_some_and(|year| words.contains(year));
    match (absolute, article.meta.dct) {
        (true, _) => "Named in full.".to_owned(),
        (false, Some(dct)) => format!("Counted from the publication date, {}.", day(dct.date)),
        (false, None) => "The article has no date to count from.".to_owned(),
    }
}

/// Returns what an act is as a verb of the third person, with its preposition.
#[must_use]
pub fn verb(act: Act) -> &'static str {
    match act {
        Act::Agree => "agrees with",
        Act::Consult => "consults with",
        Act::Support => "supports",
        Act::Concede => "concedes to",
        Act::Cooperate => "cooperates with",
        Act::Aid => "aids",
        Act::Retreat => "gives way to",
        Act::Request => "asks of",
        Act::Accuse => "accuses",
        Act::Reject => "rejects",
        Act::Threaten => "threatens",
        Act::Protest => "protests against",
        Act::Sanction => "sanctions",
        Act::Mobilize => "mobilises against",
        Act::Coerce => "coerces",
        Act::Assault => "attacks",
    }
}

/// Returns a statement in a line: *Velmora rejects cargo inspection*.
#[must_use]
pub fn statement(view: &ProjectView, statement: &Statement) -> String {
    let holder = view.entity_name(statement.speaks_for.unwrap_or(statement.holder.entity));
    let target = statement
        .target
        .as_ref()
        .map(|target| view.entity_name(target.entity));
    let issue = statement.issue.as_ref().map(|issue| {
        issue
            .issue
            .and_then(|id| view.issues.get(&id))
            .map_or(issue.label.as_str(), |row| row.name.as_str())
    });
    let verb = verb(statement.act);
    match (target, issue) {
        (Some(target), Some(issue)) => format!("{holder} {verb} {target} on {issue}"),
        (Some(target), None) => format!("{holder} {verb} {target}"),
        (None, Some(issue)) => format!("{holder} {verb} {issue}"),
        (None, None) => {
            let bare = ["with", "to", "of", "against"];
            let last = verb.rsplit_once(' ');
            let verb = last.map_or(
                verb,
                |(first, last)| {
                    if bare.contains(&last) { first } else { verb }
                },
            );
            format!("{holder} {verb}")
        }
    }
}

/// Returns the accessible name of a statement: side, words, status.
#[must_use]
pub fn statement_name(view: &ProjectView, row: &Row<Statement>) -> String {
    format!(
        "{}, {}, {}",
        statement(view, &row.value),
        row.value.polarity().name(),
        status_word(&row.status)
    )
}

/// Returns the accessible name of words with a type: *Iran, State, suggested*.
#[must_use]
pub fn mark_name(state: &ArticleState, range: TextRange, kind: &str, status: &Status) -> String {
    let words = slice(&state.article.text.body, range);
    format!("{words}, {kind}, {}", status_word(status))
}

/// Returns the meta line: outlet, author, date, progress.
#[must_use]
pub fn meta(article: &Article, progress: (usize, usize)) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(article.meta.author.clone());
    parts.push(
        article
            .meta
            .dct
            .map_or_else(|| "no date".to_owned(), |dct| weekday(dct.date)),
    );
    let (open, all) = progress;
    if all > 0 {
        parts.push(if open == 0 {
            format!("all {all} reviewed")
        } else {
            format!("{open} to review of {all}")
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::Confidence;

    #[test]
    fn dates_are_said_in_words() {
        assert_eq!(weekday(date(2026, 3, 12)), "Thursday 12 March 2026");
        assert_eq!(moment(Timestamp(1_773_000_000_000)), "8 March 2026");
    }

    #[test]
    fn a_value_that_covers_more_than_a_day_names_its_ends() {
        let timex = |value: &str| Timex {
            range: TextRange::default(),
            class: TimexClass::Date,
            value: TimexValue(value.to_owned()),
            modifier: None,
            quant: None,
            freq: None,
            points: None,
            anchor: None,
            rule: String::new(),
        };
        assert_eq!(timex_value(&timex("2026-02-06")), "6 February 2026");
        assert_eq!(
            timex_value(&timex("2026-02")),
            "2026-02 (1 February 2026 to 28 February 2026)"
        );
        assert_eq!(
            timex_value(&timex("PRESENT_REF")),
            "PRESENT_REF (at present)"
        );
    }

    #[test]
    fn a_suggestion_names_the_engine_and_how_sure_it_is() {
        let status = Status::Suggested {
            confidence: Confidence::new(0.824),
            by: "ner 0.1".to_owned(),
        };
        assert_eq!(
            provenance(&Project::default(), &status),
            "Suggested by ner 0.1 · 0.82"
        );
    }
}
