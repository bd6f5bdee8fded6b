//! Cuts what stands between two blanks into tokens.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::Token;
use crate::nlp::lexicon::rows;

use super::token;

/// What an abbreviation may stand for at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A title or *No.*: what it belongs to follows.
    Before,
    /// *Inc.*, *a.m.*: may be the last word.
    After,
}

struct Abbreviations {
    before: HashSet<&'static str>,
    after: HashSet<&'static str>,
}

static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| {
    let mut all = Abbreviations {
        before: HashSet::new(),
        after: HashSet::new(),
    };
    for row in rows(include_str!("../../../assets/lexicons/abbreviations.tsv")) {
        match row.as_slice() {
            [word, "before"] => all.before.insert(*word),
            [word, _] => all.after.insert(*word),
            _ => false,
        };
    }
    all
});

/// Returns the class of `word`, which has no final full stop.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if ABBREVIATIONS.before.contains(word) {
        return Some(Abbreviation::Before);
    }
    if ABBREVIATIONS.after.contains(word) || is_acronym(word) {
        return Some(Abbreviation::After);
    }
    None
}

/// `U.S`, `a.m`, `J`, `J.K`: letters with full stops between them.
fn is_acronym(word: &str) -> bool {
    let mut letters = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        let (Some(first), None) = (chars.next(), chars.next()) else {
            return false;
        };
        if !first.is_alphabetic() || (letters == 0 && !word.contains('.') && !first.is_uppercase())
        {
            return false;
        }
        letters += 1;
    }
    letters > 0
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '”'
            | '’'
            | '«'
            | '»'
            | '„'
            | '‹'
            | '›'
            | '`'
            | '('
            | '['
            | '{'
            | '<'
            | '$'
            | '£'
            | '€'
            | '¥'
            | '—'
            | '–'
            | '-'
            | '*'
            | '•'
            | '·'
            | '¿'
            | '¡'
            | '…'
            | '~'
            | '='
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '|'
            | '>'
            | '/'
            | '+'
            | '^'
    )
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '”'
            | '’'
            | '«'
            | '»'
            | '›'
            | '`'
            | ')'
            | ']'
            | '}'
            | '>'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '.'
            | '…'
            | '—'
            | '–'
            | '-'
            | '*'
            | '%'
            | '|'
            | '/'
            | '('
            | '['
            | '•'
            | '~'
            | '='
            | '^'
            | '。'
            | '，'
    )
}

/// Runs of these are one token: `...`, `--`, `''`, `!!!`, `==`.
fn runs(c: char) -> bool {
    matches!(c, '.' | '-' | '\'' | '`' | '!' | '?' | '=' | '*' | '~')
}

/// Cuts `text[start..end]`, which has no blanks.
pub(super) fn cut(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let Some(chunk) = text.get(start..end) else {
        return;
    };
    let mut first = 0;
    let mut rest = chunk;
    while let Some(c) = rest.chars().next().filter(|c| opens(*c)) {
        if is_clitic(rest) || is_number_start(rest, c) {
            break;
        }
        let len = run_length(rest, c);
        out.extend(token(start + first, start + first + len));
        first += len;
        rest = chunk.get(first..).unwrap_or_default();
    }
    let tail_at = out.len();
    let mut last = chunk.len();
    while let Some(body) = chunk.get(first..last).filter(|body| !body.is_empty()) {
        let Some(c) = body.chars().next_back().filter(|c| closes(*c)) else {
            break;
        };
        if c == '.' && keeps_full_stop(body, last == chunk.len()) {
            break;
        }
        let len = run_length_back(body, c);
        if len == body.len() && is_clitic(body) {
            break;
        }
        last -= len;
        out.extend(token(start + last, start + last + len));
    }
    let tail: Vec<_> = out.drain(tail_at..).rev().collect();
    middle(text, start + first, start + last, out);
    out.extend(tail);
}

fn run_length(text: &str, c: char) -> usize {
    if runs(c) {
        text.chars().take_while(|d| *d == c).count() * c.len_utf8()
    } else {
        c.len_utf8()
    }
}

fn run_length_back(text: &str, c: char) -> usize {
    if runs(c) {
        text.chars().rev().take_while(|d| *d == c).count() * c.len_utf8()
    } else {
        c.len_utf8()
    }
}

/// `'s` or `'90s` standing alone.
fn is_clitic(text: &str) -> bool {
    let mut chars = text.chars();
    if !matches!(chars.next(), Some('\'' | '’')) {
        return false;
    }
    let rest = chars.as_str();
    let bytes = rest.as_bytes();
    matches!(
        rest,
        "s" | "re" | "ve" | "ll" | "d" | "m" | "S" | "em" | "tis" | "twas"
    ) || (bytes.len() >= 2
        && bytes.len() <= 3
        && bytes[0].is_ascii_digit()
        && bytes[1].is_ascii_digit())
}

/// `.45`, `-5`, `+3`: a mark that belongs to the number.
fn is_number_start(text: &str, c: char) -> bool {
    matches!(c, '.' | '-' | '+')
        && text
            .get(c.len_utf8()..)
            .is_some_and(|rest| rest.starts_with(|d: char| d.is_ascii_digit()))
}

/// Whether the full stop at the end of `body` belongs to the word.
fn keeps_full_stop(body: &str, at_end: bool) -> bool {
    let word = body.strip_suffix('.').unwrap_or(body);
    if word.is_empty() || word.ends_with('.') {
        return false;
    }
    let word = word.rsplit(['-', '/', '—', '(']).next().unwrap_or(word);
    if matches!(word, "I" | "no" | "No") && at_end {
        return word == "No";
    }
    abbreviation(word).is_some()
}

/// What is left without the marks around it.
fn middle(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let Some(body) = text.get(start..end).filter(|body| !body.is_empty()) else {
        return;
    };
    if body.bytes().all(|b| b.is_ascii_lowercase()) && body.len() < 6 && body != "gonna" {
        // most words: nothing to look for
        out.extend(token(start, end));
        return;
    }
    if is_address(body) || is_date(body) {
        if let Some(at) = body.find('<').filter(|at| *at > 0) {
            // a name, then its address: `Lee"<ann.lee@a.org`
            let name = body.get(..at).unwrap_or_default();
            let bare = name.trim_end_matches(['"', '”', '\'']).len();
            middle(text, start, start + bare, out);
            for (mark, c) in name.char_indices().skip_while(|(mark, _)| *mark < bare) {
                out.extend(token(start + mark, start + mark + c.len_utf8()));
            }
            out.extend(token(start + at, end));
        } else {
            out.extend(token(start, end));
        }
        return;
    }
    let bytes = body.as_bytes();
    let mut from = 0;
    for (at, c) in body.char_indices() {
        if at < from || c.is_ascii_alphanumeric() {
            continue;
        }
        let cut = splits(body, bytes, at, c);
        if cut == 0 {
            continue;
        }
        word(body, start, from, at, out);
        out.extend(token(start + at, start + at + cut));
        from = at + cut;
    }
    word(body, start, from, body.len(), out);
}

/// Returns the length of the mark at `at` if it is a token of its own, else 0.
fn splits(body: &str, bytes: &[u8], at: usize, c: char) -> usize {
    let before = at.checked_sub(1).map_or(b' ', |i| bytes[i]);
    let after = bytes.get(at + c.len_utf8()).copied().unwrap_or(b' ');
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    let whole = match c {
        '-' if after == b'-' => return run_length(body.get(at..).unwrap_or_default(), c),
        '-' => keeps_hyphen(body, at),
        '.' if after == b'.' => return run_length(body.get(at..).unwrap_or_default(), c),
        '.' => !joins_sentences(body, at),
        ',' | ':' | '/' => digits,
        '—' | '–' | '…' | '"' | '“' | '”' | '(' | ')' | '[' | ']' | '{' | '}' | ';' | '!' | '?'
        | '$' | '€' | '£' | '%' | '=' | '<' | '>' | '|' | '*' | '«' | '»' => false,
        _ => true,
    };
    if whole { 0 } else { c.len_utf8() }
}

/// `e-mail`, `co-author`, `re-elect`: the treebanks do not cut these.
fn keeps_hyphen(body: &str, at: usize) -> bool {
    let left = body.get(..at).unwrap_or_default();
    let left = left.rsplit(['-', '—', '/']).next().unwrap_or(left);
    matches!(left, "e" | "E" | "co" | "Co" | "re" | "Re")
}

/// A missing blank after a full stop: `ended.The`.
fn joins_sentences(body: &str, at: usize) -> bool {
    let left = body.get(..at).unwrap_or_default();
    let right = body.get(at + 1..).unwrap_or_default();
    let low = left
        .chars()
        .rev()
        .take(3)
        .filter(|c| c.is_lowercase())
        .count();
    let mut after = right.chars();
    low >= 2
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_some_and(char::is_lowercase)
        && abbreviation(left).is_none()
}

fn is_address(body: &str) -> bool {
    body.contains("://")
        || body.starts_with("www.")
        || body.starts_with(['@', '#'])
        || body
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// `2026-02-06`, `555-0123`: numbers joined by hyphens, the first longer than a year's or with three parts.
fn is_date(body: &str) -> bool {
    let mut parts = 0;
    for part in body.split('-') {
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        parts += 1;
    }
    parts >= 3
}

const WHOLE: [(&str, usize); 8] = [
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("Cannot", 3),
    ("Gonna", 3),
    ("Gotta", 3),
    ("Wanna", 3),
];

/// A word without inner marks: contractions, units.
fn word(body: &str, base: usize, from: usize, to: usize, out: &mut Vec<Token>) {
    let Some(word) = body.get(from..to).filter(|word| !word.is_empty()) else {
        return;
    };
    let cut = clitic_at(word)
        .or_else(|| WHOLE.iter().find(|(w, _)| *w == word).map(|(_, at)| *at))
        .or_else(|| unit_at(word));
    match cut {
        Some(at) => {
            out.extend(token(base + from, base + from + at));
            out.extend(token(base + from + at, base + to));
        }
        None => out.extend(token(base + from, base + to)),
    }
}

/// Where `n't`, `'s` and their like begin.
fn clitic_at(word: &str) -> Option<usize> {
    let (at, mark) = word
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '\'' | '’'))?;
    let tail = word.get(at + mark.len_utf8()..)?;
    if at == 0 || tail.len() > 2 {
        return None;
    }
    let lower = tail.to_ascii_lowercase();
    if lower == "t" {
        let before = word.get(..at)?;
        let n = before.strip_suffix(['n', 'N'])?;
        return (!n.is_empty()).then_some(n.len());
    }
    matches!(lower.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m").then_some(at)
}

/// `10am`, `5km`: where the unit begins.
fn unit_at(word: &str) -> Option<usize> {
    let at = word.find(|c: char| c.is_ascii_alphabetic())?;
    let number = word.get(..at)?;
    let unit = word.get(at..)?;
    let digits = !number.is_empty()
        && number
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b','));
    (digits
        && matches!(
            unit,
            "am" | "pm"
                | "AM"
                | "PM"
                | "a.m."
                | "p.m."
                | "a.m"
                | "p.m"
                | "km"
                | "kg"
                | "mm"
                | "cm"
                | "mph"
                | "kt"
        ))
    .then_some(at)
}
