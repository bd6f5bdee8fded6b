//! `demarche train score-times`: does an expression get the calendar resolution that
//! recognizers-datetime gives it, and how fast is the layer of time alone?
//!
//! The measure, fixed before it was first run. **Cases** are the gold expressions of type date,
//! daterange, datetime, datetimerange, datetimealt, time, timerange, duration and set (a time zone is
//! no time) that have a resolution. A case is *supported* where its document bears no `notsupported`
//! mark, and *supported by the reference* where the mark does not name `dotnet`. The **answer** is all
//! that we find on its words. It is right if it says the same as one of the gold resolutions:
//!
//! | gold | ours |
//! |---|---|
//! | a day | that day, no more |
//! | a day and a time | a clock time with that day and time |
//! | a time | a clock time with that time |
//! | from … to (days) | the first day begins the first expression; the end is the day behind the last expression, or, where the text names both ends, the day that the last one begins with (gold leaves that day out) |
//! | from … to (times) | two clock times; or a part of the day (*morning*) by the same TIMEX code; each with the day, if gold has one |
//! | only a start, or only an end (*after, before*) | the expression begins there, or ends the instant before |
//! | *early, mid, late* | the same `mod` on a span that holds gold's, or gold's own span |
//! | a length | the same number of seconds (a month of 30 days, a year of 365, as gold counts) |
//! | a set | the same TIMEX string, `T16:00` as `T16` |
//! | `PRESENT_REF` … | the same word |

use std::path::Path;
use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};
use serde_json::Value;

use crate::cli::corpus;
use crate::cli::train::{TrainError, read};
use crate::jobs::Cancel;
use crate::model::{DateSpan, Modifier, Timex, TimexClass, TimexValue};
use crate::nlp::timex::{Given, Language, timexes};
use crate::nlp::{Engine, Input};

/// Right answers and cases.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Share {
    right: u32,
    cases: u32,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.cases += 1;
    }

    fn percent(self) -> f64 {
        100.0 * f64::from(self.right) / f64::from(self.cases.max(1))
    }
}

/// Scores the two files of recognizers-datetime that have resolutions, then the speed.
pub(super) fn score(corpora: &Path, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let engine = Engine::embedded();
    for file in ["parser", "model"] {
        let path = corpora.join(format!("recognizers-datetime/{file}.jsonl"));
        let (mut marked, mut all) = (Share::default(), Share::default());
        for line in read(&path)?.lines() {
            let document: Value =
                serde_json::from_str(line).map_err(|_e| TrainError::Form(path.clone()))?;
            let platforms = document.get("notsupported").and_then(Value::as_str);
            for right in cases(&engine, &document) {
                if platforms.is_none() {
                    marked.add(right);
                }
                if platforms.is_none_or(|names| !names.to_lowercase().contains("dotnet")) {
                    all.add(right);
                }
            }
        }
        say(&format!(
            "{file}: {:.1} % of {} supported cases, {:.1} % of {} supported by the reference",
            marked.percent(),
            marked.cases,
            all.percent(),
            all.cases
        ));
    }
    speed(&engine, corpora, say)
}

/// What this thread has worked so far: its own time, which other programs do not lengthen. Known on
/// Linux only.
fn worked() -> Option<Duration> {
    let own = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = own.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Words a second of the layer of time alone, on text that is cut and tagged.
fn speed(engine: &Engine, corpora: &Path, say: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let path = corpora.join("wikinews-raw/all.jsonl");
    let documents = corpus::documents(&path).map_err(|source| TrainError::File {
        path: path.clone(),
        source,
    })?;
    let documents: Vec<_> = documents.into_iter().flatten().take(60).collect();
    let cancel = Cancel::default();
    let mut read = Vec::new();
    for document in &documents {
        if let Ok((doc, _)) = engine.tagged(&document.text, &cancel) {
            read.push((doc, document.dct));
        }
    }
    let words: usize = documents
        .iter()
        .map(|document| document.text.split_whitespace().count())
        .sum();
    let mut best = Duration::MAX;
    for _ in 0..9 {
        let Some(begun) = worked() else {
            say("time alone: this computer does not tell how long a thread worked");
            return Ok(());
        };
        for (doc, dct) in &read {
            let given = Given {
                language: Language::of(doc.text),
                dct: *dct,
                known: &[],
            };
            std::hint::black_box(timexes(doc, given, &cancel).is_ok());
        }
        best = best.min(worked().unwrap_or(Duration::MAX).saturating_sub(begun));
    }
    let words = u32::try_from(words).unwrap_or(u32::MAX);
    say(&format!(
        "time alone: {:.0} words a second of CPU on one core (best of 9 over {words} words of wikinews-raw)",
        f64::from(words) / best.as_secs_f64()
    ));
    Ok(())
}

/// Says of each case of a document whether it is right.
fn cases(engine: &Engine, document: &Value) -> Vec<bool> {
    let text = document.get("text").and_then(Value::as_str);
    let text = text.unwrap_or_default();
    let dct: Option<Date> = document
        .get("dct")
        .and_then(Value::as_str)
        .and_then(|dct| dct.get(..10)?.parse().ok());
    let input = Input {
        text,
        text_hash: "",
        title: "",
        dct,
        times: &[],
    };
    let found = engine
        .times(input, &Cancel::default())
        .map(|found| found.timexes)
        .unwrap_or_default();
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let gold = document.get("timex").and_then(Value::as_array);
    gold.into_iter()
        .flatten()
        .filter(|gold| gold.get("orig").and_then(Value::as_str) != Some("timezone"))
        .filter_map(|gold| {
            let wanted = resolutions(gold);
            let at = |key| {
                let point = usize::try_from(gold.get(key)?.as_u64()?).ok()?;
                bytes.get(point).copied()
            };
            let (start, end) = (at("start")?, at("end")?);
            let ours: Vec<&Timex> = found
                .iter()
                .map(|found| &found.value)
                .filter(|t| usize::from(t.range.start()) < end && start < t.range.end().into())
                .collect();
            (!wanted.is_empty()).then(|| wanted.iter().any(|wanted| wanted.fits(&ours)))
        })
        .collect()
}

/// What one gold resolution says.
#[derive(Debug, Default, Clone)]
struct Wanted {
    timex: String,
    modifier: String,
    value: String,
    start: String,
    end: String,
    set: bool,
    length: bool,
}

/// Reads the resolutions of both files' forms; none for what gold does not resolve.
fn resolutions(gold: &Value) -> Vec<Wanted> {
    let word = |row: &Value, keys: &[&str]| {
        let found = keys.iter().find_map(|key| row.get(*key)?.as_str());
        found.unwrap_or_default().to_owned()
    };
    let mut out = Vec::new();
    let rows = gold.get("resolutions").and_then(Value::as_array);
    for row in rows.into_iter().flatten() {
        let timex = match row.get("timex").or_else(|| gold.get("value")) {
            Some(timex) => timex.as_str().unwrap_or_default().to_owned(),
            None => String::new(),
        };
        let both = ["PastResolution", "FutureResolution"].map(|key| row.get(key));
        for row_of in [Some(row)].into_iter().chain(both).flatten() {
            let wanted = Wanted {
                timex: timex.clone(),
                modifier: word(row, &["Mod"]),
                value: word(row_of, &["value", "date", "dateTime", "time", "duration"]),
                start: word(
                    row_of,
                    &["start", "startDate", "startDateTime", "startTime"],
                ),
                end: word(row_of, &["end", "endDate", "endDateTime", "endTime"]),
                set: row_of.get("set").is_some() || word(row, &["type"]) == "set",
                length: row_of.get("duration").is_some() || word(row, &["type"]) == "duration",
            };
            let told = |text: &str| !text.is_empty() && text != "not resolved";
            if wanted.set || told(&wanted.value) || told(&wanted.start) || told(&wanted.end) {
                out.push(wanted);
            }
        }
    }
    out
}

/// The clock time of a value, without its zone.
fn clock(value: &TimexValue) -> Option<Time> {
    let (_, time) = value.0.split_once('T')?;
    let time = time.split(['Z', '+', '-']).next()?;
    match time {
        "24:00" => Some(Time::midnight()),
        _ if time.contains(':') => time.parse().ok(),
        _ => None,
    }
}

/// The part of a day: `MO`.
fn part_of_day(text: &str) -> Option<&str> {
    let (_, part) = text.split_once('T')?;
    matches!(part, "MO" | "AF" | "EV" | "NI" | "DT" | "MI").then_some(part)
}

/// The length of a duration in seconds.
fn seconds(value: &str) -> Option<f64> {
    let mut rest = value.strip_prefix('P')?;
    let (mut sum, mut timed) = (0.0, false);
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('T') {
            (rest, timed) = (behind, true);
            continue;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let n: f64 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?.chars().next()?;
        let weekend = rest.get(digits..)?.starts_with("WE");
        let day = 86_400.0;
        sum += n * match (unit, timed) {
            ('Y', false) => 365.0 * day,
            ('Q', false) => 90.0 * day,
            ('M', false) => 30.0 * day,
            ('W', false) if weekend => 2.0 * day,
            ('W', false) => 7.0 * day,
            ('D', false) => day,
            ('H', true) => 3600.0,
            ('M', true) => 60.0,
            ('S', true) => 1.0,
            _ => return None,
        };
        rest = rest.get(digits + if weekend { 2 } else { 1 }..)?;
    }
    Some(sum)
}

fn after(day: Date) -> Option<Date> {
    day.tomorrow().ok()
}

impl Wanted {
    fn fits(&self, ours: &[&Timex]) -> bool {
        let (Some(first), Some(last)) = (ours.first(), ours.last()) else {
            return false;
        };
        if self.set {
            let plain = |value: &str| value.trim_end_matches(":00").to_owned();
            let sets = ours.iter().filter(|t| t.class == TimexClass::Set);
            return sets
                .into_iter()
                .any(|t| plain(&t.value.0) == plain(&self.timex));
        }
        if self.timex.ends_with("_REF") {
            return ours.iter().any(|t| t.value.0 == self.timex);
        }
        if self.length {
            let wanted: Option<f64> = self.value.parse().ok();
            return ours.iter().any(|t| {
                wanted
                    .zip(seconds(&t.value.0))
                    .is_some_and(|(a, b)| (a - b).abs() < 0.5)
            });
        }
        if self.start.is_empty() && self.end.is_empty() {
            return self.point(ours);
        }
        if part_of_day(&self.timex).is_some() {
            return ours.iter().any(|t| self.part(t));
        }
        if self.start.contains(':') || self.end.contains(':') {
            return self.times(ours);
        }
        self.days(first, last)
    }

    fn point(&self, ours: &[&Timex]) -> bool {
        if let Ok(day) = self.value.parse::<Date>().map(DateSpan::day)
            && !self.value.contains(':')
        {
            let spans: Vec<_> = ours.iter().map(|t| t.value.span()).collect();
            return !spans.is_empty() && spans.iter().all(|span| *span == Some(day));
        }
        ours.iter().any(|t| same_time(t, &self.value))
    }

    fn part(&self, ours: &Timex) -> bool {
        let part = part_of_day(&ours.value.0).is_some_and(|p| Some(p) == part_of_day(&self.timex));
        let day = match self.start.parse::<DateTime>() {
            Ok(start) => ours.value.span() == Some(DateSpan::day(start.date())),
            Err(_) => true,
        };
        part && day
    }

    fn times(&self, ours: &[&Timex]) -> bool {
        let timed: Vec<&&Timex> = ours.iter().filter(|t| clock(&t.value).is_some()).collect();
        let (Some(first), Some(last)) = (timed.first(), timed.last()) else {
            return false;
        };
        match (self.start.is_empty(), self.end.is_empty()) {
            (true, _) => same_time(last, &self.end),
            (_, true) => same_time(first, &self.start),
            _ => timed.len() > 1 && same_time(first, &self.start) && same_time(last, &self.end),
        }
    }

    fn days(&self, first: &Timex, last: &Timex) -> bool {
        let (Some(from), Some(to)) = (first.span(), last.span()) else {
            return false;
        };
        let (start, end) = (
            self.start.parse::<Date>().ok(),
            self.end.parse::<Date>().ok(),
        );
        let modifier = match self.modifier.as_str() {
            "start" => Some(Modifier::Start),
            "mid" => Some(Modifier::Mid),
            "end" => Some(Modifier::End),
            _ => None,
        };
        let here = |day| day == from.first || Some(day) == after(to.last);
        match (start, end) {
            (Some(start), Some(end)) => {
                let named = first.range != last.range && to.first == end;
                let whole = from.first == start && (after(to.last) == Some(end) || named);
                let held = from.first <= start && Some(end) <= after(to.last);
                whole || (held && modifier.is_some() && first.modifier == modifier)
            }
            (Some(day), None) | (None, Some(day)) => here(day),
            (None, None) => false,
        }
    }
}

/// Whether a clock time is the one that gold gives, on the same day where gold has one.
fn same_time(ours: &Timex, gold: &str) -> bool {
    let Some(time) = clock(&ours.value) else {
        return false;
    };
    if let Ok(wanted) = gold.parse::<DateTime>() {
        let day = ours.value.span().map(|span| span.first);
        let day = if ours.value.0.ends_with("T24:00") {
            day.and_then(after)
        } else {
            day
        };
        return day == Some(wanted.date()) && time == wanted.time();
    }
    gold.parse::<Time>().is_ok_and(|wanted| wanted == time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(text: &str, gold: &str) -> bool {
        let document = format!(
            r#"{{"text":"{text}","dct":"2016-11-07","timex":[{{"start":0,"end":{},{gold}}}]}}"#,
            text.chars().count()
        );
        let document = serde_json::from_str(&document).unwrap();
        let found = cases(&Engine::embedded(), &document);
        assert_eq!(found.len(), 1, "{text}");
        found[0]
    }

    fn one(row: &str) -> String {
        format!(r#""resolutions":[{{{row}}}]"#)
    }

    #[test]
    fn answer_is_right_where_it_means_the_same_days() {
        for (text, row, wanted) in [
            ("Jan 4 2019", r#""type":"date","value":"2019-01-04""#, true),
            ("Jan 4 2019", r#""type":"date","value":"2019-01-05""#, false),
            (
                "in March 2017",
                r#""start":"2017-03-01","end":"2017-04-01""#,
                true,
            ),
            (
                "in March 2017",
                r#""start":"2017-03-01","end":"2017-05-01""#,
                false,
            ),
            (
                "from May 1, 2017 to May 5, 2017",
                r#""start":"2017-05-01","end":"2017-05-05""#,
                true,
            ),
            (
                "before May 1, 2017",
                r#""Mod":"before","end":"2017-05-01""#,
                true,
            ),
            ("after 2017", r#""Mod":"after","start":"2018-01-01""#, true),
            (
                "in early 2017",
                r#""Mod":"start","start":"2017-01-01","end":"2017-07-01""#,
                true,
            ),
            (
                "in late 2017",
                r#""Mod":"start","start":"2017-01-01","end":"2017-07-01""#,
                false,
            ),
            (
                "for three days",
                r#""type":"duration","value":"259200""#,
                true,
            ),
            (
                "every week",
                r#""timex":"P1W","type":"set","value":"not resolved""#,
                true,
            ),
            ("at 3 p.m.", r#""type":"time","value":"15:00:00""#, true),
            (
                "at 3 p.m. today",
                r#""type":"datetime","value":"2016-11-07 15:00:00""#,
                true,
            ),
            (
                "at 3 p.m. today",
                r#""type":"datetime","value":"2016-11-08 15:00:00""#,
                false,
            ),
        ] {
            assert_eq!(right(text, &one(row)), wanted, "{text} {row}");
        }
    }

    #[test]
    fn gold_with_a_past_and_a_future_takes_either() {
        let rows =
            r#"{"FutureResolution":{"date":"2017-10-02"},"PastResolution":{"date":"2016-10-02"}}"#;
        assert!(right(
            "back on Oct. 2",
            &format!(r#""resolutions":[{rows}]"#)
        ));
    }

    #[test]
    fn lengths_are_counted_in_seconds() {
        for (value, wanted) in [
            ("PT1H30M", Some(5400.0)),
            ("P1Y2M", Some(425.0 * 86_400.0)),
            ("P2WE", Some(4.0 * 86_400.0)),
            ("PXD", None),
        ] {
            assert_eq!(seconds(value), wanted, "{value}");
        }
    }
}
