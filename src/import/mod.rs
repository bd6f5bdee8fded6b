//! Bytes → [`NewArticle`]: a file a format, sniffed by content and not by name.
//!
//! # What is always true of the result
//!
//! - The body is NFC; line ends are `\n`; paragraphs stand apart by one empty line; no line ends in a
//!   space; there are no control characters, byte-order marks or soft hyphens. These things are
//!   settled here, once, because every range of the program counts bytes of this text.
//! - A publication date is found or absent, never guessed: [`crate::model::DctSource`] says where it stood.
//! - The same bytes under the same name give the same article.
//! - Any bytes give an article or an [`ImportError`], within bounds of size and time, without a panic.
//!
//! Not here: ids, the project, threads for a batch (an import job calls [`read_file`] per path and
//! asks [`Cancel`] between them), formats with many articles a file.

mod clean;
mod codebook;
mod date;
mod dedupe;
mod docx;
mod error;
mod finish;
mod flat;
mod guard;
mod head;
mod html;
mod language;
mod lexicon;
mod markdown;
mod ooxml;
mod pdf;
mod sniff;
mod spelling;
mod text;
mod walk;
mod words;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::jobs::{Cancel, Cancelled};
use crate::model::NewArticle;

pub use codebook::{CodebookError, codebook};
pub use dedupe::{SimilarPair, near_duplicates, stories};
pub use error::{ImportError, ImportErrorKind, ImportWarning};
pub use lexicon::{LexiconRow, lexicon_rows, read_lexicon};
pub use sniff::Format;
pub use walk::files_under;

use finish::Draft;

/// Largest file that is opened, in bytes.
pub const FILE_LIMIT: u64 = 64 << 20;
/// Longest body of an article, in bytes of UTF-8.
pub const BODY_LIMIT: u64 = 8 << 20;

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its articles, in the order of the file.
    pub articles: Vec<NewArticle>,
    /// What a person should know about how they were read.
    pub warnings: Vec<ImportWarning>,
}

/// Reads the file at `path`: finds its format by content and takes the article out of it.
///
/// # Errors
/// When the file cannot be read or holds no article text; the error says why and what to do.
pub fn read_file(path: &Path, cancel: &Cancel) -> Result<Imported, ImportError> {
    let name = path.to_string_lossy();
    let bytes = bytes_of(path).map_err(|kind| ImportError::new(path, kind))?;
    read_bytes(&name, &bytes, cancel)
}

/// Reads `bytes` as if they were a file called `name`.
///
/// # Errors
/// As [`read_file`], without the disk's.
pub fn read_bytes(name: &str, bytes: &[u8], cancel: &Cancel) -> Result<Imported, ImportError> {
    article_of(name, bytes, cancel).map_err(|kind| ImportError::new(Path::new(name), kind))
}

fn article_of(name: &str, bytes: &[u8], cancel: &Cancel) -> Result<Imported, ImportErrorKind> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > FILE_LIMIT {
        return Err(ImportErrorKind::TooLarge {
            bytes: size,
            limit: FILE_LIMIT,
        });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportErrorKind::Empty);
    }
    cancel.check()?;
    let format = sniff::format(name, bytes)?;
    let draft = draft_of(format, bytes, cancel)?;
    cancel.check()?;
    finish::article(name, bytes, format, draft)
}

fn draft_of(format: Format, bytes: &[u8], cancel: &Cancel) -> Result<Draft, ImportErrorKind> {
    match format {
        Format::Text => text::read(bytes),
        Format::Markdown => markdown::read(bytes),
        Format::Html => html::read(bytes, cancel),
        Format::Docx => docx::read(bytes, cancel),
        Format::Pdf => pdf::read(bytes, cancel),
    }
}

/// Reads at most one byte more than the limit, so that a growing file or a pipe ends too.
fn bytes_of(path: &Path) -> Result<Vec<u8>, ImportErrorKind> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(ImportErrorKind::Folder);
    }
    if meta.len() > FILE_LIMIT {
        return Err(ImportErrorKind::TooLarge {
            bytes: meta.len(),
            limit: FILE_LIMIT,
        });
    }
    let mut bytes = Vec::new();
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl From<Cancelled> for ImportErrorKind {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<std::io::Error> for ImportErrorKind {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}
