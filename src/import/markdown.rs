//! Markdown: front matter to metadata, markup off, paragraphs, list items and link texts kept.
//!
//! Reads the marks that articles use (the blocks of `CommonMark`, emphasis, links, images, code,
//! tables);
//! it is no renderer, and what it does not know stays as text.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::clean::{self, starts_item};
use crate::import::finish::Draft;
use crate::import::spelling::{Breaks, Hyphens};
use crate::import::{ImportErrorKind, text};

/// Reads Markdown.
///
/// # Errors
/// When the bytes are no text.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, ImportErrorKind> {
    let decoded = text::decode(bytes, None)?;
    let source = clean::characters(&decoded.text);
    let mut draft = Draft {
        encoding: Some(decoded.encoding.to_owned()),
        warnings: decoded.warnings,
        head_in_body: true,
        ..Draft::default()
    };
    let rest = front_matter(&source, &mut draft);
    let mut blocks = Blocks::default();
    for line in rest.split('\n') {
        blocks.line(line);
    }
    blocks.end();
    draft.title = draft.title.or(blocks.title);
    draft.body = blocks.out;
    Ok(draft)
}

/// Takes `key: value` lines between `---` fences (or `+++`, `key = value`); returns what follows.
fn front_matter<'a>(source: &'a str, draft: &mut Draft) -> &'a str {
    let source_trimmed = source.trim_start();
    let Some((fence, rest)) = source_trimmed.split_once('\n') else {
        return source;
    };
    let fence = fence.trim_end();
    let separator = match fence {
        "---" => ':',
        "+++" => '=',
        _ => return source,
    };
    let Some(end) = rest
        .split_inclusive('\n')
        .scan(0, |at, l| {
            let start = *at;
            *at += l.len();
            Some((start, l))
        })
        .find(|(_, l)| l.trim_end() == fence)
    else {
        return source;
    };
    for line in rest.get(..end.0).unwrap_or_default().lines() {
        let Some((key, value)) = line.split_once(separator) else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        let value = value
            .trim_start_matches('[')
            .trim_end_matches(']')
            .trim_matches(['"', '\'']);
        if value.is_empty() || line.starts_with(' ') {
            continue;
        }
        draft.take_field(key, value);
    }
    rest.get(end.0 + end.1.len()..).unwrap_or_default()
}

#[derive(Default)]
struct Blocks {
    out: String,
    paragraph: String,
    title: Option<String>,
    in_code: bool,
    in_comment: bool,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            self.in_code = !self.in_code;
            self.end();
            return;
        }
        if self.in_code {
            self.paragraph.push_str(trimmed);
            self.end();
            return;
        }
        let Some(trimmed) = self.without_comment(trimmed) else {
            return;
        };
        let quoted = trimmed.trim_start_matches(['>', ' ']);
        if quoted.is_empty() {
            self.end();
        } else if is_rule(quoted) {
            self.rule(quoted);
        } else if let Some((level, heading)) = heading(quoted) {
            self.end();
            self.heading(level, heading);
        } else if is_definition(quoted) {
            self.end();
        } else if quoted.starts_with('|') {
            self.end();
            self.paragraph = table_row(quoted);
            self.end();
        } else {
            if starts_item(quoted) {
                self.end();
                self.add(without_bullet(quoted));
            } else {
                self.add(quoted);
            }
            // Two spaces or a backslash at the end break the line for good.
            if line.ends_with("  ") || line.ends_with('\\') {
                self.paragraph.push('\n');
            }
        }
    }

    fn without_comment<'a>(&mut self, line: &'a str) -> Option<&'a str> {
        if self.in_comment || line.starts_with("<!--") {
            self.in_comment = !line.contains("-->");
            return line.split_once("-->").map(|(_, after)| after.trim());
        }
        Some(line)
    }

    fn add(&mut self, text: &str) {
        let text = text.trim_end_matches('\\');
        if self.paragraph.is_empty() || self.paragraph.ends_with('\n') {
            self.paragraph.push_str(text);
        } else {
            clean::join(&mut self.paragraph, text, &Breaks::alone(Hyphens::Keep));
        }
    }

    /// `===` and `---` under a line make it a heading; else they are a rule.
    fn rule(&mut self, rule: &str) {
        let above = std::mem::take(&mut self.paragraph);
        if !above.is_empty() && !above.contains('\n') && rule.starts_with(['=', '-']) {
            self.heading(if rule.starts_with('=') { 1 } else { 2 }, &above);
        } else {
            self.paragraph = above;
            self.end();
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = inline(text.trim_end_matches('#').trim());
        if level == 1 && self.title.is_none() && self.out.is_empty() {
            self.title = Some(text);
        } else {
            self.paragraph = text;
            self.end();
        }
    }

    fn end(&mut self) {
        let text = inline(&std::mem::take(&mut self.paragraph));
        if text.trim().is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        self.out.push_str(text.trim());
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| (level, rest.trim()))
}

fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| *c != ' ');
    let Some(first) = marks.next() else {
        return false;
    };
    matches!(first, '-' | '*' | '_' | '=') && line.len() >= 3 && marks.all(|c| c == first)
}

/// `[1]: https://…` names a link and is no text; a footnote `[^1]: …` is.
fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && !line.starts_with("[^")
        && line.split_once("]: ").is_some_and(|(_, to)| {
            to.starts_with("http")
                || to.starts_with('<')
                || to.starts_with('/')
                || to.starts_with('#')
        })
}

fn without_bullet(line: &str) -> &str {
    let (mark, rest) = line.split_once(' ').unwrap_or(("", line));
    let rest = rest.trim_start();
    if mark.bytes().any(|b| b.is_ascii_digit()) {
        return line;
    }
    ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|b| rest.strip_prefix(b))
        .unwrap_or(rest)
}

fn table_row(line: &str) -> String {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    if cells
        .iter()
        .all(|c| c.chars().all(|x| matches!(x, '-' | ':')))
    {
        return String::new();
    }
    cells.join(", ")
}

/// Takes inline marks off: links keep their text, pictures go, emphasis and code lose their marks.
fn inline(text: &str) -> String {
    static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
        [
            (r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])", ""),
            (r"\[\^[^\]]*\]:?", ""),
            (r"\[([^\]]+)\]\((?:[^()]|\([^()]*\))*\)", "$1"),
            (r"\[([^\]]+)\]\[[^\]]*\]", "$1"),
            (r"<((?:https?|mailto):[^>\s]+)>", "$1"),
            (r"</?[A-Za-z][^>]*>", ""),
            (r"`+([^`]+)`+", "$1"),
            (r"\*\*\*([^*\s](?:[^*]*[^*\s])?)\*\*\*", "$1"),
            (r"\*\*([^*\s](?:[^*]*[^*\s])?)\*\*", "$1"),
            (r"\*([^*\s](?:[^*]*[^*\s])?)\*", "$1"),
            (r"\b__([^_\s](?:[^_]*[^_\s])?)__\b", "$1"),
            (r"\b_([^_\s](?:[^_]*[^_\s])?)_\b", "$1"),
            (r"~~([^~]+)~~", "$1"),
            (r"\\([!-/:-@\[-`{-~])", "$1"),
        ]
        .into_iter()
        .filter_map(|(pattern, to)| Some((Regex::new(pattern).ok()?, to)))
        .collect()
    });
    let mut text = text.to_owned();
    for (rule, to) in RULES.iter() {
        if let std::borrow::Cow::Owned(changed) = rule.replace_all(&text, *to) {
            text = changed;
        }
    }
    entities(&text)
}

fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, title: Option<&str>, body: &[&str]) {
        let draft = read(markdown.as_bytes()).unwrap();
        assert_eq!(draft.title.as_deref(), title, "{markdown}");
        assert_eq!(
            draft.body.split("\n\n").collect::<Vec<_>>(),
            body,
            "{markdown}"
        );
    }

    #[test]
    fn markup_goes_and_words_stay() {
        check(
            "# Envoys leave\n\nThe *first* **two** left,\nsaid [the ministry](https://a.example/x_(y)).",
            Some("Envoys leave"),
            &["The first two left, said the ministry."],
        );
        check(
            "Envoys leave\n===\n\n> Quoted ***words***\n> go on.\n\n- one `x`\n- two\n  more\n\n1. third",
            Some("Envoys leave"),
            &["Quoted words go on.", "one x", "two more", "1. third"],
        );
        check(
            "![a map](m.png)A <b>word</b>[^1] &amp; 2\\*3\n\n[1]: https://a.example\n\n[^1]: A note.",
            None,
            &["A word & 2*3", "A note."],
        );
        check(
            "a snake_case_word and 2 * 3 * 4",
            None,
            &["a snake_case_word and 2 * 3 * 4"],
        );
        check("| a | b |\n|---|---|\n| c | d |", None, &["a, b", "c, d"]);
        check("one\n\n<!-- hidden\nstill -->\ntwo", None, &["one", "two"]);
    }

    #[test]
    fn front_matter_becomes_metadata() {
        let text = "---\ntitle: \"Envoys leave\"\ndate: 2026-02-06T10:00:00Z\nauthor: Ilse Maren\noutlet: Northern Wire\ntags:\n  - title: no\n---\nBody.";
        let draft = read(text.as_bytes()).unwrap();
        assert_eq!(draft.title.as_deref(), Some("Envoys leave"));
        assert_eq!(draft.published, jiff::civil::Date::new(2026, 2, 6).ok());
        assert_eq!(draft.author.as_deref(), Some("Ilse Maren"));
        assert_eq!(draft.outlet.as_deref(), Some("Northern Wire"));
        assert_eq!(draft.body, "Body.");
    }
}
