//! What stands above a text: headline, byline, date line; and the dateline that opens it.
//!
//! Lines that are nothing but a headline, byline or date move to the metadata. A dateline
//! ("MUSCAT, Feb. 6 (XNA) — …") stays in the body: it is part of the first sentence's line.

use crate::import::date::{self, Found};

/// What was taken from the top of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) outlet: Option<String>,
    /// The date of a date line, else of the dateline.
    pub(super) date: Option<Found>,
    /// The words that it was read from.
    pub(super) date_words: Option<String>,
    /// How many paragraphs were used up.
    pub(super) lines: usize,
}

/// How far down headline, byline and date may stand.
const HEAD_PARAGRAPHS: usize = 6;
/// How far down the paragraph with the dateline may stand, after the head.
const DATELINE_PARAGRAPHS: usize = 3;

/// Reads the head of a text given as paragraphs; `title` is a headline known from elsewhere.
pub(super) fn head(paragraphs: &[&str], title: Option<&str>, in_body: bool) -> Head {
    let mut head = Head::default();
    for (at, paragraph) in paragraphs.iter().enumerate().take(HEAD_PARAGRAPHS) {
        if at + 1 == paragraphs.len() || !take_line(&mut head, paragraph, title) {
            let next = paragraphs.get(at + 1);
            if head.outlet.is_none()
                && (head.title.is_some() || title.is_some())
                && next.is_some_and(|n| date::of_line(n).is_some())
                && is_name(paragraph)
            {
                head.outlet = Some((*paragraph).to_owned());
                head.lines = at + 1;
                continue;
            }
            let headline = head.title.is_none()
                && title.is_none()
                && in_body
                && next.is_some_and(|next| {
                    let below = paragraphs.get(at + 2).copied().filter(|_| is_name(next));
                    looks_like_headline(paragraph, below.unwrap_or(next))
                });
            if !headline {
                break;
            }
            head.title = Some(paragraph.replace('\n', " "));
        }
        head.lines = at + 1;
    }
    let body = paragraphs.get(head.lines..).unwrap_or_default();
    // A deck or an odd byline may stand between headline and date: believe the date, keep the lines.
    if head.date.is_none() {
        let below = paragraphs.iter().take(HEAD_PARAGRAPHS).skip(head.lines);
        let dated = below.filter_map(|p| Some((p, date::of_line(p)?)));
        if let Some((words, found)) = dated
            .into_iter()
            .find(|(_, found)| matches!(found, Found::Day(_)))
        {
            head.date = Some(found);
            head.date_words = Some((*words).to_owned());
        }
    }
    for paragraph in body.iter().take(DATELINE_PARAGRAPHS) {
        if let Some(line) = dateline(paragraph) {
            head.outlet = head.outlet.or(line.agency);
            if head.date.is_none() && line.date.is_some() {
                head.date = line.date;
                head.date_words = Some(line.words);
            }
            break;
        }
    }
    head
}

/// Sets apart a first line that is only a headline, byline or date: pages often break it by one line
/// end from what follows.
pub(super) fn with_lines_apart(text: &str, title: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, paragraph) in text.split("\n\n").enumerate() {
        if at > 0 {
            out.push_str("\n\n");
        }
        let mut rest = paragraph;
        while at < HEAD_PARAGRAPHS
            && let Some((line, below)) = rest.split_once('\n')
            && (title.is_some_and(|t| same_words(t, line))
                || date::of_line(line).is_some()
                || byline(line).is_some())
        {
            out.push_str(line);
            out.push_str("\n\n");
            rest = below;
        }
        out.push_str(rest);
    }
    out
}

/// Takes a paragraph that repeats the title, or is a date line or a byline.
fn take_line(head: &mut Head, paragraph: &str, title: Option<&str>) -> bool {
    if title.is_some_and(|t| same_words(t, paragraph)) {
        return true;
    }
    if head.date.is_none()
        && let Some(found) = date::of_line(paragraph)
    {
        // "1 March" alone can be a heading; without a year only a real dateline counts.
        if found != Found::Unclear || paragraph.split_whitespace().count() <= 3 {
            head.date = Some(found);
            head.date_words = Some(paragraph.to_owned());
            return true;
        }
    }
    if head.author.is_none()
        && let Some(author) = byline(paragraph)
    {
        head.author = Some(author);
        return true;
    }
    false
}

/// Whether two lines have the same letters: marks, case and spaces aside.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(a) == letters(b)
}

/// A short line with no full stop, above something that is longer or is a byline or date.
fn looks_like_headline(line: &str, next: &str) -> bool {
    const LONGEST: usize = 180;
    let chars = line.chars().count();
    let ends_open = !line.ends_with(['.', ',', ';', ':', '。', '،']);
    let words = line.split_whitespace().count();
    ends_open
        && chars <= LONGEST
        && (words >= 2 || line.chars().any(super::clean::is_cjk))
        && !super::clean::starts_item(line)
        && dateline(line).is_none()
        && (next.chars().count() > chars || date::of_line(next).is_some() || byline(next).is_some())
}

/// A line that is a name and nothing else, such as that of an outlet between headline and date.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (1..=5).contains(&words.len())
        && line.chars().count() <= 50
        && !line.ends_with(['.', '!', '?', ':'])
        && words.iter().all(|w| w.starts_with(char::is_uppercase))
}

/// "By Ilse Maren | Staff" → "Ilse Maren"; None where no such word begins it.
pub(super) fn written_by(line: &str) -> Option<&str> {
    let rest = ["By ", "by ", "BY ", "Par ", "Von ", "Por "]
        .iter()
        .find_map(|word| line.trim_start().strip_prefix(word))?;
    Some(rest.split(['|', '·', '•']).next()?.trim())
}

/// "By Ilse Maren" → "Ilse Maren".
fn byline(line: &str) -> Option<String> {
    const LONGEST: usize = 100;
    if line.chars().count() > LONGEST || line.ends_with(['.', '?', '!']) {
        return None;
    }
    let name = written_by(line)?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = [
        "and", "de", "der", "van", "von", "al", "bin", "et", "und", "y", "for", "in",
    ];
    let named = words
        .iter()
        .all(|w| small.contains(w) || w.starts_with(char::is_uppercase));
    (named && (2..=14).contains(&words.len())).then(|| name.to_owned())
}

#[derive(Debug, PartialEq, Eq)]
struct Dateline {
    date: Option<Found>,
    agency: Option<String>,
    words: String,
}

/// Reads "PLACE, date (AGENCY) — " at the start of a paragraph; a date or an agency must be there,
/// or the place in capitals, since "Iran – the country – said" opens alike.
fn dateline(paragraph: &str) -> Option<Dateline> {
    const LONGEST: usize = 100;
    let line = paragraph.lines().next()?;
    let (opening, _) = [
        " — ", " – ", " -- ", " - ", "— ", "– ", ") -", ")-", ")–", ")—", "): ",
    ]
    .iter()
    .filter_map(|mark| line.find(mark).map(|at| (at, mark)))
    .map(|(at, mark)| (at + usize::from(mark.starts_with(')')), mark))
    .min()?;
    let words = line.get(..opening)?.trim_end();
    if words.chars().count() > LONGEST || !words.starts_with(char::is_uppercase) {
        return None;
    }
    let (place, agency) = match words.split_once('(') {
        Some((before, inside)) => (before, Some(inside.trim_end_matches(')').trim())),
        None => (words, None),
    };
    let found = date::first(place);
    let place_end = found.as_ref().map_or(place.len(), |(_, range)| range.start);
    let place = place.get(..place_end)?;
    let capitals = place.split([',', '/']).next().is_some_and(is_all_capitals);
    let agency = agency.filter(|a| is_agency(a)).map(str::to_owned);
    let certain = capitals || agency.is_some() || found.is_some();
    (certain && is_place(place)).then(|| Dateline {
        date: found.map(|(found, _)| found),
        agency,
        words: words.to_owned(),
    })
}

fn is_all_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 2 && !text.chars().any(char::is_lowercase)
}

fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = ["of", "and", "the", "al", "de", "la", "el", "near", "aboard"];
    (1..=8).contains(&words.len())
        && words
            .iter()
            .all(|w| small.contains(w) || w.starts_with(char::is_uppercase) || *w == "/")
}

fn is_agency(text: &str) -> bool {
    (2..=40).contains(&text.chars().count())
        && text.starts_with(char::is_uppercase)
        && !text.chars().any(|c| c.is_ascii_digit() || c == '(')
        && text.split_whitespace().count() <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_give_date_and_agency() {
        let check = |line: &str, month_day: Option<(i8, i8)>, agency: Option<&str>| {
            let found = dateline(line).unwrap_or_else(|| panic!("no dateline: {line}"));
            let date = found.date.map(|f| match f {
                Found::Day(d) => (d.month(), d.day()),
                Found::NoYear { month, day } => (month, day),
                Found::Unclear => (0, 0),
            });
            assert_eq!(
                (date, found.agency.as_deref()),
                (month_day, agency),
                "{line}"
            );
        };
        check(
            "MUSCAT, Feb. 6 (XNA) — Envoys met.",
            Some((2, 6)),
            Some("XNA"),
        );
        check(
            "LORVIK CITY, Velmora (Northern Wire) - Envoys met.",
            None,
            Some("Northern Wire"),
        );
        check("Geneva, 6 February 2026 – Envoys met.", Some((2, 6)), None);
        check("GENEVA — Envoys met.", None, None);
        check(
            "GENEVA/VIENNA, March 3 (Example)- Envoys met.",
            Some((3, 3)),
            Some("Example"),
        );
    }

    #[test]
    fn sentences_with_dashes_are_no_datelines() {
        for line in [
            "Velmora – which has no coast – said so.",
            "The ministry (MFA) - said so.",
            "In Geneva on 6 March – the day of the vote – nothing moved.",
            "No dash at all here.",
        ] {
            assert_eq!(dateline(line), None, "{line}");
        }
    }

    #[test]
    fn headline_byline_and_date_leave_the_body() {
        let paragraphs = [
            "Velmora sends envoys to Lorvik",
            "By Ilse Maren",
            "Monday, January 7, 2019",
            "The ministry said on Monday that two envoys had left.",
            "Lorvik did not answer.",
        ];
        let head = head(&paragraphs, None, true);
        assert_eq!(
            head.title.as_deref(),
            Some("Velmora sends envoys to Lorvik")
        );
        assert_eq!(head.author.as_deref(), Some("Ilse Maren"));
        assert!(matches!(head.date, Some(Found::Day(_))));
        assert_eq!(head.lines, 3);
    }

    #[test]
    fn an_outlet_between_headline_and_date_is_taken() {
        let paragraphs = [
            "Velmora sends envoys to Lorvik",
            "Northern Wire",
            "7 January 2019",
            "The ministry said on Monday that two envoys had left.",
        ];
        let head = head(&paragraphs, None, true);
        assert_eq!(
            head.title.as_deref(),
            Some("Velmora sends envoys to Lorvik")
        );
        assert_eq!(head.outlet.as_deref(), Some("Northern Wire"));
        assert_eq!(head.lines, 3);
    }

    #[test]
    fn a_text_without_headline_keeps_its_first_sentence() {
        let paragraphs = ["The ministry said so on Monday.", "Lorvik did not answer."];
        assert_eq!(head(&paragraphs, None, true), Head::default());
        assert_eq!(head(&["Only one line"], None, true), Head::default());
    }
}
