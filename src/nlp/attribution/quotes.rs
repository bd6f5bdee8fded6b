//! Quotation marks paired into quotations, over sentence ends but not over blank lines, but for a
//! paragraph that opens again without having closed.

use crate::model::TextRange;

/// Longest quotation in bytes; a mark without its partner shall not swallow an article.
const LONGEST: usize = 4_000;

/// Returns all quotations, marks included, in order, not nested.
pub(crate) fn quotations(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, next)| next);
        match open {
            None => {
                let straight = c == '"' && !before.is_alphanumeric();
                if straight || matches!(c, '“' | '«' | '„') {
                    open = Some((at, c));
                }
            }
            Some((start, mark)) => {
                let closes = match mark {
                    '"' => c == '"',
                    '«' => c == '»',
                    _ => matches!(c, '”' | '“') || c == '"',
                };
                let paragraph = c == '\n' && after == '\n';
                if closes {
                    push(&mut found, start, at + c.len_utf8());
                    open = None;
                } else if paragraph {
                    push(&mut found, start, at);
                    open = None;
                } else if at - start > LONGEST {
                    open = None;
                }
            }
        }
        before = c;
    }
    found
}

fn push(found: &mut Vec<TextRange>, start: usize, end: usize) {
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        && end > start + 2
    {
        found.push(TextRange::new(start.into(), end.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::slice;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = quotations(text).iter().map(|&q| slice(text, q)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_pair_over_sentences() {
        check(
            "“We agree. We sign,” he said. \"No\" was her word.",
            &["“We agree. We sign,”", "\"No\""],
        );
    }

    #[test]
    fn inch_mark_and_open_end_are_no_quotation() {
        check("a 5\" pipe and “open end", &[]);
        check("“first\n\n“second”", &["“first", "“second”"]);
    }
}
