use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::model::slice;
use crate::nlp::timex::matcher::WORK;
use crate::nlp::timex::rules::Example;

/// The document date of all examples: a Friday.
const DCT: Date = date(2026, 2, 6);

fn read(text: &str, dct: Option<Date>) -> Vec<Timex> {
    read_in(Language::English, text, dct)
}

fn read_in(language: Language, text: &str, dct: Option<Date>) -> Vec<Timex> {
    let doc = Doc {
        text,
        ..Doc::default()
    };
    let given = Given {
        language,
        dct,
        known: &[],
    };
    let found = timexes(&doc, given, &Cancel::default()).unwrap();
    found.into_iter().map(|t| t.value).collect()
}

/// Says what is wrong with an example, if anything.
fn complaint(language: Language, example: &Example) -> Option<String> {
    let Example { rule, line, .. } = example;
    let Some(value) = example.value else {
        let found = read_in(language, example.text, Some(DCT));
        let hit = found
            .iter()
            .find(|t| t.rule == *rule || rule.starts_with("not-"))?;
        let words = slice(example.text, hit.range);
        return Some(format!(
            "{rule}, line {line}: “{words}” must not match in “{}” ({})",
            example.text, hit.rule
        ));
    };
    let (before, rest) = example.text.split_once('[')?;
    let (inside, after) = rest.split_once(']')?;
    let text = format!("{before}{inside}{after}");
    let found = read_in(language, &text, Some(DCT));
    let at = found.iter().find(|t| slice(&text, t.range) == inside);
    match at {
        Some(t) if t.value.0 == value && t.rule == *rule => None,
        other => Some(format!(
            "{rule}, line {line}: “{inside}” of “{text}” is {value}; found {:?}, all {:?}",
            other.map(|t| (&t.value.0, &t.rule)),
            found
                .iter()
                .map(|t| (slice(&text, t.range), &t.value.0, &t.rule))
                .collect::<Vec<_>>()
        )),
    }
}

#[test]
fn each_rule_finds_its_examples_and_leaves_the_others() {
    for language in Language::ALL {
        let rules = language.rules();
        assert!(!rules.rules.is_empty(), "{language:?} does not parse");
        let complaints: Vec<String> = rules
            .examples
            .iter()
            .filter_map(|example| complaint(language, example))
            .collect();
        let (wrong, all) = (complaints.len(), rules.examples.len());
        let list = complaints.join("\n");
        assert!(wrong == 0, "{language:?}: {wrong} of {all}:\n{list}");
    }
}

/// What is not read as marked in texts of the form `date ⇥ text with [words=value]`.
fn misread(file: &str, least: usize) -> Vec<String> {
    let mut complaints = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let (dct, marked) = line.split_once('\t').unwrap();
        let marked = marked.replace(" ¶ ", "\n\n");
        let (mut text, mut wanted) = (String::new(), Vec::new());
        for part in marked.split('[') {
            let Some((inside, after)) = part.split_once(']') else {
                text.push_str(part);
                continue;
            };
            let (words, value) = inside.split_once('=').unwrap();
            wanted.push((words.to_owned(), value.to_owned()));
            text.push_str(words);
            text.push_str(after);
        }
        let doc = Doc {
            tokens: crate::nlp::segment::segment(&text),
            text: &text,
            ..Doc::default()
        };
        let given = Given {
            dct: Some(dct.parse().unwrap()),
            ..Given::default()
        };
        let found = timexes(&doc, given, &Cancel::default()).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|t| {
                (
                    slice(&text, t.value.range).to_owned(),
                    t.value.value.0.clone(),
                )
            })
            .collect();
        assert!(wanted.len() >= least, "{text}");
        for (words, value) in wanted.iter().filter(|pair| !found.contains(pair)) {
            complaints.push(format!("{dct}: “{words}” is {value}"));
        }
        for (words, value) in found.iter().filter(|pair| !wanted.contains(pair)) {
            complaints.push(format!("{dct}: “{words}” is found as {value}"));
        }
    }
    complaints
}

/// The texts of `sentences.tsv`: what is found in each and with what value, and nothing more.
#[test]
fn texts_in_the_manner_of_the_news_are_read_as_the_standard_says() {
    let file = include_str!("../../../assets/lexicons/timex/en/sentences.tsv");
    let complaints = misread(file, 3);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The sentences of `kinds.tsv`: every kind of expression that the program promises.
#[test]
fn every_kind_of_time_expression_is_found_and_valued() {
    let file = include_str!("../../../assets/lexicons/timex/en/kinds.tsv");
    assert!(file.lines().count() > 100);
    let complaints = misread(file, 0);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn each_rule_shows_what_it_finds_and_what_it_leaves() {
    for rules in Language::ALL.map(Language::rules) {
        for rule in &rules.rules {
            let of_rule = || rules.examples.iter().filter(|e| e.rule == rule.name);
            let finds = rule.op.kind == OpKind::None || of_rule().any(|e| e.value.is_some());
            let leaves = of_rule().any(|e| e.value.is_none());
            assert!(finds && leaves, "{}: {finds} {leaves}", rule.name);
        }
    }
}

#[test]
fn without_a_document_date_relative_values_stay_open() {
    for (text, value) in [
        ("on Friday", "XXXX-WXX-5"),
        ("yesterday", "XXXX-XX-XX"),
        ("last week", "XXXX-WXX"),
        ("in October", "XXXX-10"),
        ("on March 3", "XXXX-03-03"),
        ("at 14:30", "XXXX-XX-XXT14:30"),
        ("two years ago", "XXXX"),
        ("for three days", "P3D"),
        ("in 2019", "2019"),
        ("now", "PRESENT_REF"),
    ] {
        let found = read(text, None);
        assert_eq!(
            found.first().map(|t| t.value.0.as_str()),
            Some(value),
            "{text}"
        );
    }
}

#[test]
fn expression_on_the_narrative_names_its_anchor() {
    let text = "He came on January 3, 2005. The same day he left.";
    let found = read(text, Some(DCT));
    assert_eq!(found[1].value.0, "2005-01-03");
    assert_eq!(found[1].anchor, Some(found[0].range));
}

#[test]
fn what_a_person_decided_is_counted_from() {
    let text = "He came on January 3, 2005. The same day he left. A week later he died.";
    let doc = Doc {
        text,
        ..Doc::default()
    };
    let read = |known: &[KnownTime]| -> Vec<String> {
        let given = Given {
            dct: Some(DCT),
            known,
            ..Given::default()
        };
        let found = timexes(&doc, given, &Cancel::default()).unwrap();
        found.into_iter().map(|t| t.value.value.0).collect()
    };
    assert_eq!(read(&[]), ["2005-01-03", "2005-01-03", "2005-W02"]);
    let time = |words: &str, value: Option<&str>| {
        let start = u32::try_from(text.find(words).unwrap()).unwrap();
        let len = u32::try_from(words.len()).unwrap();
        KnownTime {
            range: TextRange::at(start.into(), len.into()),
            value: value.map(|value| TimexValue(value.to_owned())),
        }
    };
    // Corrected, added where no rule finds a time, and rejected.
    let corrected = time("January 3, 2005", Some("1999-05-01"));
    assert_eq!(read(&[corrected])[1..], ["1999-05-01", "1999-W18"]);
    let added = time("left", Some("2001-07-01"));
    assert_eq!(read(&[added])[1..], ["2005-01-03", "2001-W27"]);
    let rejected = time("January 3, 2005", None);
    assert_eq!(read(&[rejected])[1], "2026-02-06");
}

#[test]
fn what_a_person_types_is_read() {
    for (typed, class, value) in [
        ("12 March 2026", TimexClass::Date, "2026-03-12"),
        ("2026-03", TimexClass::Date, "2026-03"),
        (" 2026-w07 ", TimexClass::Date, "2026-W07"),
        ("last Friday", TimexClass::Date, "2026-01-30"),
        ("Q1 2025", TimexClass::Date, "2025-Q1"),
        ("P3D", TimexClass::Duration, "P3D"),
        ("three days", TimexClass::Duration, "P3D"),
        ("yesterday", TimexClass::Date, "2026-02-05"),
    ] {
        assert_eq!(
            parse_person(typed, Some(DCT)),
            Some((class, TimexValue(value.to_owned()))),
            "{typed}"
        );
    }
    for typed in [
        "",
        "soonish",
        "Norland",
        "12 March 2026 and more",
        "30 February 2026",
    ] {
        assert_eq!(parse_person(typed, Some(DCT)), None, "{typed}");
    }
}

#[test]
fn cancelled_reading_stops() {
    let cancel = Cancel::default();
    cancel.cancel();
    let doc = Doc {
        text: "on Friday",
        ..Doc::default()
    };
    assert_eq!(timexes(&doc, Given::default(), &cancel), Err(Cancelled));
}

fn check_any(text: &str, dct: Option<Date>) {
    let mut last = 0;
    for timex in read(text, dct) {
        let (start, end) = (
            usize::from(timex.range.start()),
            usize::from(timex.range.end()),
        );
        assert!(last <= start && start < end && text.get(start..end).is_some());
        assert!(!timex.value.0.is_empty());
        assert!(!timex.words().is_empty());
        last = end;
    }
}

proptest! {
    #[test]
    fn no_text_panics_and_ranges_are_in_order(text in "\\PC{0,80}", year in 1_i16..=9999) {
        check_any(&text, Date::new(year, 12, 31).ok());
    }

    /// Texts made of the words that rules know reach deeper than random characters.
    #[test]
    fn no_mix_of_time_words_panics(
        words in prop::collection::vec(prop::sample::select(vec![
            "the", "last", "week", "of", "March", "2009", "31", "9999", "0", "1", "ago", "years", "two", "-", "/", "’", "s",
            "Friday", "next", "century", "first", "quarter", "half", "a", "and", "at", ":", "59", "24", "p.m.", "UTC", "(", ")",
            "Ramadan", "Nowruz", "Easter", "every", "million", "hundred", "later", "earlier", "same", "day", "to", "999999999", "FY", "BC", ".",
        ]), 0..14),
        glue in prop::bool::ANY,
        year in prop::sample::select(vec![1_i16, 2, 100, 1999, 2026, 9998, 9999]),
    ) {
        let text = words.join(if glue { "" } else { " " });
        check_any(&text, Date::new(year, 1, 1).ok());
        check_any(&text, Date::new(year, 12, 31).ok());
        check_any(&text, None);
    }

    /// What is written of a day at any precision covers the day, is read back at that precision, and
    /// is what a person may type.
    #[test]
    fn values_go_round(year in 1_i16..=9998, ordinal in 1_i16..=365, n in 0_usize..7) {
        use super::calendar::{Unit, at};
        let units = [
            Unit::Day, Unit::Weekend, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year, Unit::Decade,
        ];
        let day = Date::new(year, 1, 1).unwrap().with().day_of_year(ordinal).build().unwrap();
        let value = TimexValue(at(day, units[n]));
        let span = value.span().unwrap();
        prop_assert!(units[n] == Unit::Weekend || (span.first <= day && day <= span.last));
        let (first, unit) = day_and_unit(&value).unwrap();
        prop_assert_eq!((first, unit), (span.first, units[n]));
        prop_assert_eq!(&TimexValue(at(first, unit)), &value);
        prop_assert_eq!(parse_person(&value.0, None), Some((TimexClass::Date, value)));
    }

    /// A day written in words comes back as the same day.
    #[test]
    fn day_in_words_is_read_back(year in 1000_i16..=2199, ordinal in 1_i16..=365) {
        let day = Date::new(year, 1, 1).unwrap().with().day_of_year(ordinal).build().unwrap();
        let value = TimexValue(day.to_string());
        prop_assert_eq!(parse_person(&value.words(), None), Some((TimexClass::Date, value)));
    }
}

/// Texts that begin many rules and finish few are the worst case.
#[test]
fn work_is_linear_in_the_text() {
    let work = |n: usize| {
        let text = "more than the last two hundred and the end of the first half of ".repeat(n);
        let before = WORK.get();
        assert!(read(&text, Some(DCT)).len() < n * 4);
        WORK.get() - before
    };
    let (short, long) = (work(100), work(1600));
    assert!(
        short > 10_000,
        "{short} steps: the count is not where the work is"
    );
    // Sixteen times the text; quadratic work would be 256 times as much.
    assert!(long < short * 17, "{short} steps for 1, {long} for 16");
}
