//! PDF with text: pages to paragraphs.
//!
//! `pdf_oxide` gives the lines of a page; here lines become paragraphs, broken words are joined,
//! and running heads and page numbers go. The reader is young, so it runs guarded: its own thread, a
//! time limit, a net for panics ([`guard`]).

use std::collections::BTreeMap;
use std::time::Duration;

use pdf_oxide::document::PdfDocument;
use pdf_oxide::error::Error;
use pdf_oxide::object::Object;

use crate::import::clean;
use crate::import::finish::Draft;
use crate::import::spelling::{Breaks, Hyphens};
use crate::import::{BODY_LIMIT, ImportErrorKind, ImportWarning, date, guard};
use crate::jobs::Cancel;

const TIME_LIMIT: Duration = Duration::from_secs(60);
/// Longer files are books, not articles.
const MAX_PAGES: usize = 2000;
/// Lines at the top and bottom of a page that can be running heads.
const EDGE_LINES: usize = 2;

/// Reads a PDF.
///
/// # Errors
/// When it is protected, broken, has no text, or takes too long.
pub(super) fn read(bytes: &[u8], cancel: &Cancel) -> Result<Draft, ImportErrorKind> {
    let owned = bytes.to_vec();
    guard::run("import-pdf", TIME_LIMIT, cancel, move |token| {
        draft_of(owned, token)
    })
}

fn draft_of(bytes: Vec<u8>, cancel: &Cancel) -> Result<Draft, ImportErrorKind> {
    let document = PdfDocument::from_bytes(bytes).map_err(|e| broken(&e))?;
    if document.is_encrypted() && !document.is_authenticated() {
        return Err(ImportErrorKind::Encrypted);
    }
    let count = document.page_count().map_err(|e| broken(&e))?;
    if count == 0 {
        return Err(ImportErrorKind::Empty);
    }
    if count > MAX_PAGES {
        let what = format!("A PDF of more than {MAX_PAGES} pages");
        return Err(ImportErrorKind::Unsupported { what });
    }
    let (mut pages, mut skipped, mut size) = (Vec::new(), 0, 0_u64);
    for page in 0..count {
        cancel.check()?;
        let text = document.extract_text(page).unwrap_or_else(|_| {
            skipped += 1;
            String::new()
        });
        size += u64::try_from(text.len()).unwrap_or(u64::MAX);
        if size > BODY_LIMIT {
            return Err(ImportErrorKind::TooLarge {
                bytes: size,
                limit: BODY_LIMIT,
            });
        }
        pages.push(clean::characters(&text));
    }
    if skipped == count {
        return Err(ImportErrorKind::damaged("none of its pages can be read"));
    }
    let empty = pages.iter().filter(|p| p.trim().is_empty()).count() - skipped;
    if pages.iter().all(|p| p.trim().is_empty()) {
        return Err(ImportErrorKind::Scanned { pages: count });
    }
    let mut draft = properties(&document);
    for (n, warning) in [
        (
            empty,
            ImportWarning::PagesWithoutText {
                pages: empty,
                of: count,
            },
        ),
        (
            skipped,
            ImportWarning::PagesSkipped {
                pages: skipped,
                of: count,
            },
        ),
    ] {
        if n > 0 {
            draft.warnings.push(warning);
        }
    }
    draft.body = body(&pages);
    draft.head_in_body = true;
    Ok(draft)
}

fn broken(error: &Error) -> ImportErrorKind {
    match error {
        Error::EncryptedPdf => ImportErrorKind::Encrypted,
        other => ImportErrorKind::damaged(other),
    }
}

fn properties(document: &PdfDocument) -> Draft {
    let info = |key: &str| -> Option<String> {
        let entry = |object: &Object, key: &str| -> Option<Object> {
            document.resolve_object(object.as_dict()?.get(key)?).ok()
        };
        let info = entry(document.trailer(), "Info")?;
        let text = text_string(entry(&info, key)?.as_string()?);
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    };
    Draft {
        weak_title: info("Title"),
        author: info("Author"),
        created: info("CreationDate").as_deref().and_then(date::metadata),
        ..Draft::default()
    }
}

/// A PDF text string: UTF-16BE or UTF-8 by its mark, else `PDFDocEncoding`, which is Latin-1 for letters.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

/// Joins pages to a text: running heads and page numbers off, a paragraph that goes on over the
/// page's end whole.
fn body(pages: &[String]) -> String {
    let repeated = running_heads(pages);
    let mut out = String::new();
    for page in pages {
        let kept = without_edges(page, &repeated);
        let text = clean::unwrapped(&kept.join("\n"), Hyphens::Undo);
        for (at, paragraph) in text
            .split("\n\n")
            .filter(|p| !p.trim().is_empty())
            .enumerate()
        {
            if at == 0 && goes_on(&out, paragraph) {
                clean::join(&mut out, paragraph, &Breaks::alone(Hyphens::Undo));
            } else {
                if !out.is_empty() {
                    out.push_str("\n\n");
                }
                out.push_str(paragraph);
            }
        }
    }
    out
}

fn goes_on(before: &str, next: &str) -> bool {
    let open = before.chars().next_back().is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–' | '—' | '\u{2010}')
    });
    // A page full of prose may end before a name: then the line was long.
    let last = before.rsplit("\n\n").next().unwrap_or_default();
    let small = next.chars().next().is_some_and(char::is_lowercase);
    open && (small || last.chars().count() > 120) && !clean::starts_item(next)
}

/// Lines, digits aside, that stand at the edge of more than half of the pages.
fn running_heads(pages: &[String]) -> BTreeMap<String, usize> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().filter(|l| !l.trim().is_empty()).collect();
        let mut edges: Vec<String> = edge_indices(lines.len())
            .filter_map(|i| lines.get(i).map(|l| shape(l)))
            .collect();
        edges.sort();
        edges.dedup();
        for edge in edges {
            *seen.entry(edge).or_default() += 1;
        }
    }
    seen.retain(|_, n| *n >= 2 && *n * 2 > pages.len());
    seen
}

fn edge_indices(len: usize) -> impl Iterator<Item = usize> {
    (0..len).filter(move |i| *i < EDGE_LINES || *i + EDGE_LINES >= len)
}

/// A line with its numbers made alike: "Page 3 of 9" → "page # of #".
fn shape(line: &str) -> String {
    let mut out = String::new();
    for c in line.trim().chars() {
        if c.is_numeric() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

fn without_edges<'a>(page: &'a str, repeated: &BTreeMap<String, usize>) -> Vec<&'a str> {
    let lines: Vec<&str> = page.lines().collect();
    let filled: Vec<usize> = (0..lines.len())
        .filter(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty()))
        .collect();
    let dropped: Vec<usize> = edge_indices(filled.len())
        .filter_map(|i| filled.get(i).copied())
        .filter(|i| {
            lines
                .get(*i)
                .is_some_and(|l| repeated.contains_key(&shape(l)) || is_page_number(l))
        })
        .collect();
    lines
        .into_iter()
        .enumerate()
        .filter(|(i, _)| !dropped.contains(i))
        .map(|(_, line)| line)
        .collect()
}

/// "12", "- 12 -", "Page 3 of 9", "3/9"; a year is no page number.
fn is_page_number(line: &str) -> bool {
    let shape = shape(line);
    let bare = shape
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '#')
        .trim();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits <= 3
        && matches!(
            bare,
            "#" | "page #" | "page # of #" | "#/#" | "# / #" | "# of #" | "seite #" | "стр. #"
        )
        || digits <= 6 && matches!(bare, "page # of #" | "#/#" | "# of #")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pages: &[&str], to: &[&str]) {
        let pages: Vec<String> = pages.iter().map(|p| (*p).to_owned()).collect();
        assert_eq!(body(&pages).split("\n\n").collect::<Vec<_>>(), to);
    }

    #[test]
    fn running_heads_and_page_numbers_go() {
        check(
            &[
                "Northern Wire 1\n\nThe first paragraph ends here.\n\n1",
                "Northern Wire 2\n\nThe second one ends here.\n\n2",
                "Northern Wire 3\n\nIt was in 2019.\n\n- 3 -",
            ],
            &[
                "The first paragraph ends here.",
                "The second one ends here.",
                "It was in 2019.",
            ],
        );
    }

    #[test]
    fn a_paragraph_goes_on_over_the_page_and_broken_words_join() {
        check(
            &[
                "The ministry said on Monday that two envoys had left for the nego-\ntiations in the capital of the other state, and that they would come\nback with",
                "an answer.\n\nLorvik did not comment.",
            ],
            &[
                "The ministry said on Monday that two envoys had left for the negotiations in the capital of the other state, and that they would come back with an answer.",
                "Lorvik did not comment.",
            ],
        );
    }
}
