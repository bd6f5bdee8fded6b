//! Which format bytes are in: by what they hold. The name decides only between plain text and
//! Markdown, which no content tells apart for sure.

use crate::import::ImportErrorKind;
use crate::import::ooxml;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// What Word and other word processors write.
    Docx,
    /// Portable Document Format.
    Pdf,
}

impl Format {
    /// Returns the name that is kept with the article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }
}

/// Beginnings of formats that are no text: name them instead of showing noise.
const SIGNATURES: [(&[u8], &str); 18] = [
    (b"{\\rtf", "An RTF document"),
    (b"\x89PNG", "A picture (PNG)"),
    (b"\xFF\xD8\xFF", "A picture (JPEG)"),
    (b"GIF8", "A picture (GIF)"),
    (b"RIFF", "A picture, sound or film (RIFF)"),
    (b"\x1F\x8B", "A gzip archive"),
    (b"BZh", "A bzip2 archive"),
    (b"\xFD7zXZ", "An xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "A 7-Zip archive"),
    (b"Rar!", "A RAR archive"),
    (b"SQLite format 3\0", "A database (SQLite)"),
    (b"\x7FELF", "A program"),
    (b"MZ\x90\0", "A program"),
    (b"%!PS", "A PostScript file"),
    (b"ID3", "A sound file (MP3)"),
    (b"OggS", "A sound file (Ogg)"),
    (b"wOFF", "A font"),
    (b"<?xml version=\"1.0\"?>\n<!DOCTYPE svg", "A picture (SVG)"),
];
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// A PDF may have junk before its header: readers look for it in the first kilobyte.
const PDF_HEAD: usize = 1024;
/// How much of a text is looked at for HTML.
const HTML_HEAD: usize = 4096;

/// Returns the format of `bytes`.
///
/// # Errors
/// When it is one that is not read (named), encrypted, or broken at the door.
pub(super) fn format(name: &str, bytes: &[u8]) -> Result<Format, ImportErrorKind> {
    let head = bytes.get(..PDF_HEAD.min(bytes.len())).unwrap_or_default();
    if find(head, b"%PDF-").is_some_and(|at| at == 0 || !is_html(head)) {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return ooxml::format(bytes);
    }
    if bytes.starts_with(OLE) {
        return Err(ole(bytes));
    }
    // "BZh…" or "ID3…" can open a sentence: a signature of letters counts only before bytes that
    // are no text.
    for (signature, what) in SIGNATURES {
        let certain = signature.len() > 4 || signature.iter().any(|b| !b.is_ascii_graphic());
        if bytes.starts_with(signature) && (certain || head.contains(&0)) {
            return Err(ImportErrorKind::Unsupported {
                what: what.to_owned(),
            });
        }
    }
    if is_html(bytes.get(..HTML_HEAD.min(bytes.len())).unwrap_or_default()) {
        return Ok(Format::Html);
    }
    if is_mail(head) {
        return Err(ImportErrorKind::Unsupported {
            what: "An e-mail message".to_owned(),
        });
    }
    Ok(if is_markdown(name, head) {
        Format::Markdown
    } else {
        Format::Text
    })
}

/// Old Office files and encrypted new ones share one container; its directory names the streams in
/// UTF-16.
fn ole(bytes: &[u8]) -> ImportErrorKind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return ImportErrorKind::Encrypted;
    }
    let what = if has("WordDocument") {
        "An old Word document (.doc)"
    } else if has("Workbook") || has("Book") {
        "An old spreadsheet (.xls)"
    } else if has("PowerPoint Document") {
        "An old presentation (.ppt)"
    } else if has("__properties_version1.0") {
        "An Outlook message (.msg)"
    } else {
        "An old Office file"
    };
    ImportErrorKind::Unsupported {
        what: what.to_owned(),
    }
}

fn is_html(head: &[u8]) -> bool {
    let text = text_head(head).to_ascii_lowercase();
    let mut rest = text.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace());
    // Comments, processing instructions and an XML declaration may come first.
    while rest.starts_with("<!--") || rest.starts_with("<?") {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else {
            "?>"
        };
        let Some((_, after)) = rest.split_once(end) else {
            break;
        };
        rest = after.trim_start();
    }
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<div",
        "<p>",
        "<h1",
    ]
    .iter()
    .any(|tag| rest.starts_with(tag))
}

/// Letters of the first bytes, also of UTF-16, whose zero bytes are dropped.
fn text_head(head: &[u8]) -> String {
    let bytes: Vec<u8> = head
        .iter()
        .copied()
        .filter(|b| *b != 0 && *b < 0x80)
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Header lines at the very start, among them two that only mail has.
fn is_mail(head: &[u8]) -> bool {
    let text = text_head(head);
    let mut known = 0;
    for line in text.lines().take(30) {
        let Some((key, _)) = line.split_once(':') else {
            if line.starts_with([' ', '\t']) || line.starts_with("From ") {
                continue;
            }
            break;
        };
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        let mail_only = [
            "received",
            "message-id",
            "mime-version",
            "return-path",
            "delivered-to",
            "content-type",
        ];
        if mail_only.contains(&key.to_ascii_lowercase().as_str()) {
            known += 1;
        }
    }
    known >= 2
}

fn is_markdown(name: &str, head: &[u8]) -> bool {
    let ext = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if ["md", "markdown", "mdown", "mkd"].contains(&ext.as_str()) {
        return true;
    }
    // Front matter is certain enough without the name: a fence, `key: value` lines, a fence.
    let text = text_head(head);
    let mut lines = text.lines();
    lines.next() == Some("---")
        && lines.next().is_some_and(|l| l.contains(':'))
        && lines.any(|l| l.trim_end() == "---")
}

/// Returns where `needle` first stands in `bytes`.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|w| w == needle)
}
