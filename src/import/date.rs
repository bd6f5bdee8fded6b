//! Calendar dates as files write them, and where one counts as the date of publication.
//!
//! A date is taken only where it can be read in one way: `04/05/2026` is left alone, `04/15/2026`
//! and `15.4.2026` are read. Month names come from `assets/import/dates.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

/// A date in a text, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Day, month and year.
    Day(Date),
    /// Day and month, the year unsaid.
    NoYear {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// Numbers that are a date in two ways.
    Unclear,
}

struct Words {
    months: BTreeMap<String, i8>,
    fillers: BTreeSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words {
        months: BTreeMap::new(),
        fillers: BTreeSet::new(),
    };
    for line in include_str!("../../assets/import/dates.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(kind), Some(value), Some(_), Some(forms)) = (
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
        ) else {
            continue;
        };
        for form in forms.split(' ').map(str::to_owned) {
            match (kind, value.parse()) {
                ("month", Ok(month)) => {
                    words.months.insert(form, month);
                }
                _ => {
                    words.fillers.insert(form);
                }
            }
        }
    }
    words
});

/// All ways to write a date, as one pattern; the groups say which.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut names: Vec<String> = WORDS.months.keys().map(|m| regex::escape(m)).collect();
    names.sort_by_key(|m| std::cmp::Reverse(m.len()));
    let month = names.join("|");
    Regex::new(&format!(
        r"(?xi)
        \b (?P<iy>[12]\d{{3}}) (?:-|/|\.) (?P<im>\d{{1,2}}) (?:-|/|\.) (?P<id>\d{{1,2}}) (?:T[\d:.,]+(?:Z|[+-]\d\d:?\d\d)?)? \b
        | (?P<cy>[12]\d{{3}}) \s*年\s* (?P<cm>\d{{1,2}}) \s*月\s* (?P<cd>\d{{1,2}}) \s*日
        | \b (?P<na>\d{{1,2}}) (?P<ns>[./-]) (?P<nb>\d{{1,2}}) [./-] (?P<ny>[12]\d{{3}}) \b
        | \b (?P<dd>\d{{1,2}}) (?:st|nd|rd|th|er|\.|º)? [\s-]+ (?:de\s+|of\s+)? (?P<dm>{month}) \b \.?
          (?: ,? [\s-]+ (?:de\s+|del\s+)? (?P<dy>[12]\d{{3}}) \b)?
        | \b (?P<mm>{month}) \b \.? [\s-]+ (?P<md>\d{{1,2}}) (?:st|nd|rd|th)? \b (?: ,? \s+ (?P<my>[12]\d{{3}}) \b)?
        "
    ))
    .ok()
});

/// Returns the first date in `text` and the bytes that it covers.
pub(super) fn first(text: &str) -> Option<(Found, std::ops::Range<usize>)> {
    DATE.as_ref()?
        .captures_iter(text)
        .find_map(|c| Some((found(&c)?, c.get(0)?.range())))
}

/// Reads a value of metadata: ISO 8601, RFC 5322, or a date in words with its year.
pub(super) fn metadata(value: &str) -> Option<Date> {
    let value = value.trim().trim_start_matches("D:");
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    if matches!(digits.len(), 8 | 12 | 14) {
        return compact(&digits);
    }
    match first(value)? {
        (Found::Day(date), _) => Some(date),
        _ => None,
    }
}

/// Returns the date of a line that is a date and little else: "Monday, January 7, 2019",
/// "Published: 6 Feb 2026, 14:05 GMT", "Muscat, 6 February 2026", "Reuters | 2026-02-06".
pub(super) fn of_line(line: &str) -> Option<Found> {
    const LONGEST: usize = 110;
    if line.chars().count() > LONGEST || line.ends_with(['?', '!', ';']) {
        return None;
    }
    let (found, range) = first(line)?;
    let before = line.get(..range.start)?;
    let after = line.get(range.end..)?;
    let bare = is_filler(before) && is_filler(after);
    // Beside names, the date must be set off by a mark: "What happened on 7 October" is a headline.
    let set_off = is_filler(after)
        && strip_fillers(before).ends_with([',', '|', '·', '•', '–', '—', '/', ')', ':'])
        && before.split_whitespace().count() <= 8
        && !line.ends_with('.');
    let after = after.trim_start();
    let named = |rest: &str| {
        let words: Vec<&str> = rest.split_whitespace().collect();
        (1..=5).contains(&words.len()) && words.iter().all(|w| w.starts_with(char::is_uppercase))
    };
    let leads = is_filler(before)
        && (after.starts_with(['|', '·', '•'])
            || after.strip_prefix(',').is_some_and(named) && !line.ends_with('.'));
    (bare || set_off || leads).then_some(found)
}

/// Returns the date in a file's name: `2026-02-06-x.txt`, `x_20260206.html`.
pub(super) fn of_file_name(name: &str) -> Option<Date> {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^0-9])((?:18|19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:[^0-9]|$)").ok()
    });
    let stem = file_stem(name);
    NAME.as_ref()?
        .captures_iter(stem)
        .find_map(|c| date(number(&c, 1)?, number(&c, 2)?, number(&c, 3)?))
}

/// Returns the only year in a file's name, where it holds no whole date.
pub(super) fn year_of_file_name(name: &str) -> Option<i16> {
    let mut years = file_stem(name)
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1900..2100).contains(year));
    let year = years.next()?;
    years.next().is_none().then_some(year)
}

/// Gives `month` and `day` the year in which they lie closest before `known`, at most half a year.
pub(super) fn nearest_before(month: i8, day: i8, known: Date) -> Option<Date> {
    const DAYS_BACK: i32 = 183;
    // A file may be dated a day early where its zone is behind.
    const DAYS_AHEAD: i32 = 2;
    [known.year(), known.year() - 1, known.year() + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .find(|date| {
            (known - *date).get_days() >= -DAYS_AHEAD && (known - *date).get_days() <= DAYS_BACK
        })
}

/// Returns the last part of a path without its extension.
pub(super) fn file_stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, ext)) if !stem.is_empty() && ext.len() <= 8 && !ext.contains(' ') => stem,
        _ => file,
    }
}

fn compact(digits: &str) -> Option<Date> {
    let part = |a: usize, b: usize| digits.get(a..b)?.parse::<i32>().ok();
    date(part(0, 4)?, part(4, 6)?, part(6, 8)?)
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    if !(1600..=2200).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(captures: &Captures<'_>, group: usize) -> Option<i32> {
    captures.get(group)?.as_str().parse().ok()
}

fn found(c: &Captures<'_>) -> Option<Found> {
    let group = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<i32>().ok());
    for (y, m, d) in [("iy", "im", "id"), ("cy", "cm", "cd")] {
        if let Some(year) = group(y) {
            return date(year, group(m)?, group(d)?).map(Found::Day);
        }
    }
    if let Some(year) = group("ny") {
        let separator = c.name("ns")?.as_str();
        return numeric(separator, group("na")?, group("nb")?, year);
    }
    for (month, day, year) in [("dm", "dd", "dy"), ("mm", "md", "my")] {
        let Some(word) = c.name(month) else { continue };
        let month = *WORDS.months.get(&word.as_str().to_lowercase())?;
        let day = group(day)?;
        return match group(year) {
            Some(year) => date(year, i32::from(month), day).map(Found::Day),
            // 29 February must be possible while the year is unknown.
            None => date(2024, i32::from(month), day).map(|d| Found::NoYear {
                month: d.month(),
                day: d.day(),
            }),
        };
    }
    None
}

/// Points stand between day, month and year in this order wherever they are used; a slash or dash
/// says nothing about the order.
fn numeric(separator: &str, a: i32, b: i32, year: i32) -> Option<Found> {
    let day_first = date(year, b, a);
    let month_first = date(year, a, b);
    match (separator, day_first, month_first) {
        (".", day_first, _) => day_first.map(Found::Day),
        (_, Some(one), Some(other)) if one != other => Some(Found::Unclear),
        (_, Some(only), _) | (_, None, Some(only)) => Some(Found::Day(only)),
        _ => None,
    }
}

/// Whether nothing stands here but weekday names, labels such as "published on", and a time.
fn is_filler(text: &str) -> bool {
    strip_fillers(text).chars().all(|c| !c.is_alphanumeric())
}

/// Removes weekday names, labels and times from the end of `text`, as far as they go.
fn strip_fillers(text: &str) -> &str {
    let mut rest = text.trim_end();
    loop {
        let start = rest
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace())
            .map_or(0, |(i, c)| i + c.len_utf8());
        let word = rest.get(start..).unwrap_or_default();
        let bare = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        // A mark on its own sets the date off and must stay visible.
        if bare.is_empty() || !(WORDS.fillers.contains(&bare) || is_time(&bare)) {
            return rest;
        }
        rest = rest.get(..start).unwrap_or_default().trim_end();
    }
}

fn is_time(word: &str) -> bool {
    let digits = word.trim_end_matches("am").trim_end_matches("pm");
    !digits.is_empty()
        && digits.len() <= 8
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'h'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn dates_are_read_in_the_common_ways() {
        let check = |text: &str, to: Date| {
            assert_eq!(first(text).map(|f| f.0), Some(Found::Day(to)), "{text}");
        };
        let sixth = day(2026, 2, 6);
        for text in [
            "2026-02-06",
            "2026/2/6",
            "2026-02-06T23:50:00+04:00",
            "February 6, 2026",
            "Feb. 6, 2026",
            "6 February 2026",
            "6th of February 2026",
            "06-Feb-2026",
            "6 de febrero de 2026",
            "6. Februar 2026",
            "6 février 2026",
            "6 февраля 2026 года",
            "6.2.2026",
            "2026年2月6日",
            "6 فبراير 2026",
            "6 בפברואר 2026",
        ] {
            check(text, sixth);
        }
        check("15/04/2026", day(2026, 4, 15));
        check("04/15/2026", day(2026, 4, 15));
        check("04/04/2026", day(2026, 4, 4));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        assert_eq!(first("04/05/2026").map(|f| f.0), Some(Found::Unclear));
        assert_eq!(
            first("MUSCAT, Feb. 6").map(|f| f.0),
            Some(Found::NoYear { month: 2, day: 6 })
        );
        for text in [
            "31 February 2026",
            "page 12 of 2026",
            "Marching 6 miles",
            "call 555-1234",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_line_is_a_date_and_little_else() {
        for line in [
            "Monday, January 7, 2019",
            "Published: 7 January 2019, 14:05 GMT",
            "Muscat, 7 January 2019",
            "Updated on Monday 7 January 2019 at 9am",
            "Example Wire | 2019-01-07",
            "7 January 2019, Example Wire",
            "7 January 2019 | Example Wire",
        ] {
            assert_eq!(of_line(line), Some(Found::Day(day(2019, 1, 7))), "{line}");
        }
        for line in [
            "What happened on 7 January 2019",
            "The council met on January 7, 2019, and adjourned.",
            "7 January 2019 was a day that nobody forgot",
            "7 January 2019, a day that nobody forgot",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn file_names_give_a_date_or_at_least_a_year() {
        let check = |name: &str, to: Option<Date>| assert_eq!(of_file_name(name), to, "{name}");
        check("2026-02-06-x.txt", Some(day(2026, 2, 6)));
        check("/a/1999-01-01/wire_20260206.html", Some(day(2026, 2, 6)));
        check("20261306.txt", None);
        check("120260206.txt", None);
        check("notes.txt", None);
        assert_eq!(year_of_file_name("talks-2026.txt"), Some(2026));
        assert_eq!(year_of_file_name("2025-2026.txt"), None);
    }

    #[test]
    fn a_day_without_year_lies_before_what_is_known() {
        assert_eq!(
            nearest_before(12, 31, day(2026, 1, 2)),
            Some(day(2025, 12, 31))
        );
        assert_eq!(nearest_before(2, 6, day(2026, 2, 7)), Some(day(2026, 2, 6)));
        assert_eq!(
            nearest_before(1, 1, day(2025, 12, 31)),
            Some(day(2026, 1, 1))
        );
        assert_eq!(nearest_before(2, 6, day(2026, 11, 7)), None);
    }

    #[test]
    fn metadata_comes_in_many_forms() {
        for text in [
            "20260206",
            "D:20260206101500+04'00'",
            "Fri, 06 Feb 2026 10:00:00 +0000",
            "2026-02-06",
        ] {
            assert_eq!(metadata(text), Some(day(2026, 2, 6)), "{text}");
        }
        assert_eq!(metadata("yesterday"), None);
    }
}
