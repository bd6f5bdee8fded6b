//! The one place where characters, lines and paragraphs get their final form.

use unicode_normalization::UnicodeNormalization as _;

use crate::import::date;
use crate::import::spelling::{Breaks, Hyphens, is_hyphen};

/// Returns `text` with Unix line ends, in NFC, without control characters, byte-order marks and soft
/// hyphens; no-break spaces and tabs become spaces; a form feed or paragraph separator becomes an
/// empty line.
pub(super) fn characters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                plain.push('\n');
            }
            '\n' | '\u{B}' | '\u{85}' | '\u{2028}' => plain.push('\n'),
            '\u{C}' | '\u{2029}' => plain.push_str("\n\n"),
            '\t' | '\u{A0}' | '\u{2007}' | '\u{202F}' => plain.push(' '),
            // Joiners (U+200C, U+200D) and direction marks stay: Persian and emoji need them.
            '\u{AD}' | '\u{FEFF}' | '\u{200B}' | '\u{2060}' => {}
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain.nfc().collect()
}

/// Returns the final form of a body: lines trimmed, runs of spaces joined, one empty line between
/// paragraphs, nothing before the first and after the last.
pub(super) fn body(text: &str) -> String {
    let text = characters(text);
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.split('\n') {
        let mut words = line.split(' ').filter(|w| !w.is_empty());
        let Some(first) = words.next() else {
            gap = true;
            continue;
        };
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(first);
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

/// Joins the lines of hard-wrapped text to paragraphs; text that is not evidently wrapped gets an
/// empty line between all its lines.
///
/// `text` has gone through [`characters`]; leading spaces still tell indented paragraphs.
pub(super) fn unwrapped(text: &str, hyphens: Hyphens) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let width = match hyphens {
        Hyphens::Keep => wrap_width(&lines),
        Hyphens::Undo => typeset_width(&lines),
    };
    let breaks = Breaks::of(text, hyphens);
    let mut out = String::with_capacity(text.len());
    let mut previous: Option<&str> = None;
    for (at, line) in lines.iter().enumerate() {
        let at_head = at < HEAD_LINES && hyphens == Hyphens::Undo;
        if line.trim().is_empty() {
            previous = None;
            continue;
        }
        match previous {
            Some(before)
                if width.is_some_and(|w| continues(before, line, w, hyphens))
                    && !(at_head && (is_date(before) || is_date(line))) =>
            {
                join(&mut out, line.trim_start(), &breaks);
            }
            _ => {
                if !out.is_empty() {
                    out.push_str("\n\n");
                }
                out.push_str(line.trim_start());
            }
        }
        previous = Some(line);
    }
    out
}

/// A date line near the top of a page stands alone, however the lines around it run.
const HEAD_LINES: usize = 10;

fn is_date(line: &str) -> bool {
    date::of_line(line.trim()).is_some()
}

/// Appends a wrapped line to the paragraph that `out` ends with.
pub(super) fn join(out: &mut String, line: &str, breaks: &Breaks) {
    let next = line.chars().next();
    if out.ends_with(is_hyphen) && next.is_some_and(char::is_alphabetic) {
        if breaks.undone(out, line) {
            out.pop();
        }
    } else if !(out.chars().next_back().is_some_and(is_cjk) && next.is_some_and(is_cjk)) {
        out.push(' ');
    }
    out.push_str(line);
}

/// The line width that a text was wrapped at, or `None` where it was not.
///
/// Evidence is that nearly every line that another one follows is full: the next line's first word
/// would not have fitted. One-line paragraphs of uneven length fail that.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    const NARROWEST: usize = 30;
    const WIDEST: usize = 160;
    let pairs: Vec<(&str, &str)> = lines
        .windows(2)
        .filter_map(|w| Some((*w.first()?, *w.get(1)?)))
        .filter(|(a, b)| !a.trim().is_empty() && !b.trim().is_empty())
        .collect();
    let mut lengths: Vec<usize> = pairs.iter().map(|(a, _)| length(a)).collect();
    lengths.sort_unstable();
    // A title or an address may stand out: the width is that of nearly all lines.
    let width = *lengths.get((lengths.len() * 95 / 100).min(lengths.len().checked_sub(1)?))?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let full = pairs.iter().filter(|(a, b)| is_full(a, b, width)).count();
    let running = pairs.iter().filter(|(a, b)| runs_on(a, b)).count();
    // Ragged text (mail, a careless export) is not full, but its sentences run over line ends.
    let greedy =
        pairs.len() >= 3 && full * 10 >= pairs.len() * 8 && running * 10 >= pairs.len() * 2;
    let ragged = running * 2 >= pairs.len();
    (greedy || ragged).then_some(width)
}

fn continues(before: &str, line: &str, width: usize, hyphens: Hyphens) -> bool {
    let indented = line.starts_with(' ') && !before.starts_with(' ');
    if indented || starts_item(line) {
        return false;
    }
    match hyphens {
        Hyphens::Keep => is_full(before, line, width) || runs_on(before, line),
        Hyphens::Undo => !ends_paragraph(before, width) || runs_on(before, line),
    }
}

/// The width of a typeset column in characters: letters differ in width, so lines do in length.
fn typeset_width(lines: &[&str]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .iter()
        .filter(|l| !l.trim().is_empty())
        .map(|l| length(l))
        .collect();
    lengths.sort_unstable();
    // Not the longest: a reader of PDF joins lines where it undoes a hyphen.
    lengths.get(lengths.len() * 2 / 3).copied()
}

/// In typeset text a paragraph ends with a mark on a line that is not full, or is a short heading.
fn ends_paragraph(line: &str, width: usize) -> bool {
    let marked = line.ends_with(['.', '!', '?', ':', '”', '"', '»', '’', ')', '…', '。', '؟']);
    let tenths = length(line) * 10;
    (marked && tenths < width * 9) || tenths < width * 6
}

fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, length);
    // Two characters of tolerance: some programs count the space at the end.
    length(line) + 1 + word + 2 > width
}

/// A sentence goes on: no end mark before the break, a small letter after it.
fn runs_on(line: &str, next: &str) -> bool {
    let open = line
        .trim_end()
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–' | '—'));
    open && next
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// A list item: a bullet, or a number with a point or bracket, and a space.
pub(super) fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with(['•', '▪', '‣', '◦', '●']) {
        return true;
    }
    let Some((mark, rest)) = line.split_once(' ') else {
        return false;
    };
    let number = mark.trim_end_matches(['.', ')']);
    !rest.is_empty()
        && (matches!(mark, "-" | "*" | "–" | "—" | "+")
            || (number.len() < mark.len()
                && (1..=3).contains(&number.len())
                && number.bytes().all(|b| b.is_ascii_digit())))
}

fn length(line: &str) -> usize {
    line.chars().count()
}

/// Whether `c` is of a script that writes without spaces.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_get_their_final_form() {
        let check = |from: &str, to: &str| assert_eq!(body(from), to, "{from:?}");
        check("a\r\nb\rc", "a\nb\nc");
        check("  a \t b  \n\n\n\n c ", "a b\n\nc");
        check("\u{FEFF}co\u{AD}operate\u{7}", "cooperate");
        check("e\u{301}", "é");
        check("6\u{A0}February", "6 February");
        check("one\u{C}two\u{2028}three", "one\n\ntwo\nthree");
        check("می\u{200C}خواهد", "می\u{200C}خواهد");
        check(" \n\t\n", "");
    }

    fn check_unwrapped(from: &str, to: &[&str]) {
        let joined = unwrapped(from, Hyphens::Keep);
        assert_eq!(joined.split("\n\n").collect::<Vec<_>>(), to);
    }

    #[test]
    fn wrapped_lines_join_to_paragraphs() {
        check_unwrapped(
            "The foreign ministry of Velmora said on Monday\nthat it would send envoys to the talks, and that\nthe border would stay open until they had ended\nwith a result.\n\nLorvik did not answer.",
            &[
                "The foreign ministry of Velmora said on Monday that it would send envoys to the talks, and that the border would stay open until they had ended with a result.",
                "Lorvik did not answer.",
            ],
        );
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        check_unwrapped(
            "Velmora sends envoys\nThe ministry said so on Monday, after a week in which nobody had said anything at all.\nLorvik did not answer.\nTalks are due in June.",
            &[
                "Velmora sends envoys",
                "The ministry said so on Monday, after a week in which nobody had said anything at all.",
                "Lorvik did not answer.",
                "Talks are due in June.",
            ],
        );
    }

    #[test]
    fn typeset_lines_of_uneven_length_join() {
        let text = "The ministry said on Monday that the two envoys had left against the\nCommission’s advice and that they would illustrate all the little things\nthat still were wanting. It gave no date.\nLorvik’s answer came within a day. It asked for MANY MORE WEEKS\nAND promised nothing.";
        let joined = unwrapped(text, Hyphens::Undo);
        assert_eq!(joined.split("\n\n").count(), 2, "{joined}");
    }

    #[test]
    fn list_items_stay_apart_in_wrapped_text() {
        check_unwrapped(
            "The ministry named the three things that it wanted\nbefore any envoy of the republic would set out to\n- a date for the talks, and a place that both of the\nsides accept\n- an end to the blockade",
            &[
                "The ministry named the three things that it wanted before any envoy of the republic would set out to",
                "- a date for the talks, and a place that both of the sides accept",
                "- an end to the blockade",
            ],
        );
    }

    #[test]
    fn typesetters_hyphens_are_undone() {
        let check = |before: &str, line: &str, to: &str| {
            let mut out = before.to_owned();
            join(&mut out, line, &Breaks::alone(Hyphens::Undo));
            assert_eq!(out, to);
        };
        check("the nego-", "tiations", "the negotiations");
        check("the long-", "range missile", "the long-range missile");
        check("the US-", "Iran talks", "the US-Iran talks");
        check("on Monday", "the talks", "on Monday the talks");
        check("北京", "消息", "北京消息");
    }
}
