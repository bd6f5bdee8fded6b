//! Tokens → sentences.

use crate::model::{Sentence, Token, TokenIdx, slice};

use super::chunk::{Abbreviation, abbreviation};

/// How single line ends are meant in this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// They wrap paragraphs.
    Wrap,
    /// They end them.
    End,
}

/// Cuts the tokens of a text into sentences; each token is in one.
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let lines = line_ends(text, tokens);
    let mut out = Vec::with_capacity(tokens.len() / 20 + 1);
    let mut first = 0;
    for end in 1..=tokens.len() {
        if end == tokens.len() || breaks(text, tokens, first, end, lines) {
            out.extend(sentence(tokens, first, end));
            first = end;
        }
    }
    out
}

fn sentence(tokens: &[Token], first: usize, end: usize) -> Option<Sentence> {
    let range = tokens.get(first)?.range.cover(tokens.get(end - 1)?.range);
    Some(Sentence {
        range,
        first: TokenIdx(u32::try_from(first).ok()?),
        end: TokenIdx(u32::try_from(end).ok()?),
    })
}

/// Number of line ends between two tokens.
fn line_ends_between(text: &str, left: Token, right: Token) -> usize {
    text.get(usize::from(left.range.end())..usize::from(right.range.start()))
        .map_or(0, |gap| gap.bytes().filter(|b| *b == b'\n').count())
}

/// Lines that go on in lower case show that the text is wrapped.
fn line_ends(text: &str, tokens: &[Token]) -> Lines {
    let (mut low, mut all) = (0_usize, 0_usize);
    for pair in tokens.windows(2) {
        if line_ends_between(text, pair[0], pair[1]) == 1 {
            all += 1;
            let next = slice(text, pair[1].range);
            low += usize::from(next.starts_with(char::is_lowercase));
        }
    }
    if low * 5 >= all && low > 0 {
        Lines::Wrap
    } else {
        Lines::End
    }
}

/// Whether a sentence ends between `end - 1` and `end`.
fn breaks(text: &str, tokens: &[Token], first: usize, end: usize, lines: Lines) -> bool {
    let (last, next) = (tokens[end - 1], tokens[end]);
    let next_word = slice(text, next.range);
    match line_ends_between(text, last, next) {
        0 => {}
        1 => {
            if lines == Lines::End && !next_word.starts_with(char::is_lowercase) {
                return true;
            }
        }
        _ => return true,
    }
    let Some(mark_at) = final_mark(text, tokens, first, end) else {
        return false;
    };
    if is_closing(next_word, text, last, next) {
        return false;
    }
    let mark = slice(text, tokens[mark_at].range);
    if is_number_of_item(text, tokens, first, end) {
        return false;
    }
    ends_at(text, tokens, mark_at, mark, end)
}

/// Returns where the full stop (or the like) before the closing quotes and brackets stands.
fn final_mark(text: &str, tokens: &[Token], first: usize, end: usize) -> Option<usize> {
    let mut at = end - 1;
    loop {
        let word = slice(text, tokens[at].range);
        if ends_sentence(word) {
            return Some(at);
        }
        let closing = matches!(word, "\"" | "”" | "'" | "’" | "''" | ")" | "]" | "»" | "}");
        if !closing || at == first || end - at > 3 {
            return None;
        }
        at -= 1;
        if !touches(tokens[at], tokens[at + 1]) && !matches!(word, "\"" | "”" | "''") {
            return None;
        }
    }
}

/// *1.* or *a.* that opens a list item and stands in one line with it.
fn is_number_of_item(text: &str, tokens: &[Token], first: usize, end: usize) -> bool {
    let Some(range) = tokens.get(first).zip(tokens.get(end - 1)) else {
        return false;
    };
    let words = slice(text, range.0.range.cover(range.1.range));
    let label = words.trim_end_matches(['.', ')']);
    let short = label.len() <= 2 && !label.is_empty();
    let opens = first == 0
        || tokens
            .get(first - 1)
            .is_some_and(|&before| line_ends_between(text, before, *range.0) > 0);
    let same_line = tokens
        .get(end)
        .is_some_and(|&next| line_ends_between(text, *range.1, next) == 0);
    let counts = label.bytes().all(|b| b.is_ascii_digit())
        || label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
    short && counts && opens && same_line
}

fn touches(left: Token, right: Token) -> bool {
    left.range.end() == right.range.start()
}

fn ends_sentence(word: &str) -> bool {
    match word.chars().next_back() {
        Some('.') => {
            word.len() <= 4 && word.bytes().all(|b| b == b'.')
                || word.len() > 1 && !word.starts_with('.')
        }
        Some('!' | '?' | '…' | '。' | '؟' | '۔') => true,
        _ => false,
    }
}

/// A quote or bracket that closes what ends here.
fn is_closing(word: &str, text: &str, last: Token, next: Token) -> bool {
    match word {
        "”" | "’" | ")" | "]" | "''" | "»" | "}" => true,
        "\"" | "'" => {
            // straight: closing if it touches the left and not the right
            let after = text
                .get(usize::from(next.range.end())..)
                .and_then(|rest| rest.chars().next());
            touches(last, next) && after.is_none_or(|c| !c.is_alphanumeric())
        }
        "." | "!" | "?" | "…" | "..." => true,
        _ => false,
    }
}

fn ends_at(text: &str, tokens: &[Token], mark_at: usize, mark: &str, end: usize) -> bool {
    let quoted = mark_at + 1 < end;
    let start = Start::of(text, tokens, end);
    match mark.chars().next_back() {
        Some('.') if mark.len() > 1 && !mark.bytes().all(|b| b == b'.') => {
            let stem = mark.strip_suffix('.').unwrap_or(mark);
            match abbreviation(stem) {
                Some(Abbreviation::Before) => false,
                _ if is_initial(stem) => stem == "A" && start == Start::Sure,
                _ => start == Start::Sure || (quoted && start == Start::Capital),
            }
        }
        Some('.') if mark.len() > 1 => matches!(start, Start::Capital | Start::Sure),
        Some('…') => matches!(start, Start::Capital | Start::Sure),
        Some('!' | '?') if quoted => matches!(start, Start::Capital | Start::Sure | Start::Number),
        Some('!' | '?') => start != Start::Low,
        _ => start != Start::Low && !(quoted && start == Start::Mark),
    }
}

fn is_initial(stem: &str) -> bool {
    stem.chars().count() == 1
}

/// What the next word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Low,
    Mark,
    Number,
    Capital,
    /// A capitalised word that names nothing: *The*, *But*.
    Sure,
}

impl Start {
    fn of(text: &str, tokens: &[Token], at: usize) -> Self {
        let mut word = slice(text, tokens[at].range);
        let opening = matches!(
            word,
            "\"" | "“" | "‘" | "'" | "(" | "[" | "``" | "«" | "„" | "—" | "-" | "--"
        );
        if opening {
            let Some(next) = tokens.get(at + 1) else {
                return Self::Mark;
            };
            word = slice(text, next.range);
            if matches!(slice(text, tokens[at].range), "\"" | "“" | "‘" | "``" | "«")
                && !word.starts_with(char::is_lowercase)
            {
                return Self::Sure;
            }
        }
        let Some(c) = word.chars().next() else {
            return Self::Mark;
        };
        if c.is_lowercase() {
            Self::Low
        } else if c.is_numeric() {
            Self::Number
        } else if STARTERS.contains(&word) {
            Self::Sure
        } else if c.is_alphabetic() {
            Self::Capital
        } else {
            Self::Mark
        }
    }
}

/// Function words that begin sentences and hardly ever names.
const STARTERS: [&str; 62] = [
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "I",
    "In",
    "But",
    "And",
    "On",
    "At",
    "For",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "If",
    "When",
    "While",
    "As",
    "After",
    "Before",
    "Since",
    "However",
    "There",
    "Some",
    "Many",
    "Most",
    "Both",
    "Other",
    "Others",
    "Although",
    "Though",
    "Because",
    "So",
    "Then",
    "Now",
    "What",
    "Who",
    "How",
    "Why",
    "Where",
    "With",
    "By",
    "From",
    "To",
    "Not",
    "No",
    "One",
    "Such",
    "Here",
    "According",
];
