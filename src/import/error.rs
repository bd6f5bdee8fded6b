//! Why a file gave no article, in words that say what to do; and what to know about one that did.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::import::words::size_in_words;

/// A file that gave no article.
///
/// Displays as one sentence that says what is wrong; [`Self::hint`] says what to do. The path is
/// apart, so that a list can show it in its own column.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct ImportError {
    /// The file, as it was named.
    pub path: PathBuf,
    /// What is wrong.
    #[source]
    pub kind: ImportErrorKind,
}

impl ImportError {
    pub(super) fn new(path: &Path, kind: ImportErrorKind) -> Self {
        Self {
            path: path.to_owned(),
            kind,
        }
    }

    /// What the person can do about it, in one or two sentences.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.kind.hint()
    }
}

/// What was wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum ImportErrorKind {
    /// No bytes, or nothing but white space.
    #[error("There is no text in this file.")]
    Empty,
    /// A password protects it.
    #[error("This file is protected by a password.")]
    Encrypted,
    /// A PDF of pictures.
    #[error("{}", scanned(*pages))]
    Scanned {
        /// How many pages it has.
        pages: usize,
    },
    /// Bytes that are no text in any encoding.
    #[error("This file is not text.")]
    NotText,
    /// Text, but in no encoding that reads it cleanly.
    #[error("The encoding of this text cannot be read.")]
    UnreadableEncoding,
    /// More bytes than the program opens.
    #[error("{}", too_large(*bytes, *limit))]
    TooLarge {
        /// What it has, or would have when unpacked.
        bytes: u64,
        /// What is taken.
        limit: u64,
    },
    /// A format that is known but not read.
    #[error("{what} cannot be opened yet.")]
    Unsupported {
        /// The format, such as "A spreadsheet (.xlsx)", to stand before "cannot be opened yet".
        what: String,
    },
    /// The format is right, its contents are broken.
    #[error("This file is damaged or cut off: {detail}.")]
    Damaged {
        /// What the reader met, in its own words.
        detail: String,
    },
    /// A folder where a file was asked for.
    #[error("This is a folder, not a file.")]
    Folder,
    /// The disk, network or permissions.
    #[error("The file cannot be read: {0}.")]
    Io(std::io::Error),
    /// Somebody asked to stop.
    #[error("Stopped before this file was read.")]
    Cancelled,
}

impl ImportErrorKind {
    pub(super) fn damaged(detail: impl fmt::Display) -> Self {
        let detail = detail.to_string();
        Self::Damaged {
            detail: detail.trim_end_matches(['.', ' ']).to_owned(),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "Check that the right file was chosen, or that it was saved whole.",
            Self::Encrypted => {
                "Open it in its own program, save a copy without a password, then add the copy."
            }
            Self::Scanned { .. } => "Run text recognition (OCR) on the file, then add it again.",
            Self::NotText => "Save it as text, HTML, DOCX or PDF, then add it again.",
            Self::UnreadableEncoding => "Save it as UTF-8 in a text editor, then add it again.",
            Self::TooLarge { .. } => "Split it into single articles, then add those.",
            Self::Unsupported { .. } => "Save it as DOCX, PDF, HTML or plain text, then add that.",
            Self::Damaged { .. } => {
                "Fetch or save the file again. If its own program opens it, save a copy from there."
            }
            Self::Folder => "Use Open folder… to add all the files in it.",
            Self::Io(_) => {
                "Check that the file is still there and that you may read it, then add it again."
            }
            Self::Cancelled => "Add the file again to read it.",
        }
    }
}

fn too_large(bytes: u64, limit: u64) -> String {
    let (size, most) = (size_in_words(bytes), size_in_words(limit));
    if size == most {
        return format!("This file holds more than {most}, which is the limit.");
    }
    format!("This file is too large: it holds {size}, and the limit is {most}.")
}

fn scanned(pages: usize) -> String {
    match pages {
        1 => "There is no text in this PDF: its one page is a picture.".to_owned(),
        n => format!("There is no text in this PDF: its {n} pages are pictures."),
    }
}

/// What to know about an article that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportWarning {
    /// No publication date: relative dates stay unresolved until one is set.
    NoDate,
    /// A date stands in the text that could be read in two ways, or lacks its year.
    UnclearDate {
        /// The words.
        text: String,
    },
    /// The date is when the file was made, for want of a better one.
    DateOfFile,
    /// The encoding was guessed from the letters.
    GuessedEncoding {
        /// The encoding's name, such as `windows-1251`.
        encoding: String,
    },
    /// Some bytes did not fit the encoding and show as �.
    BadBytes {
        /// The encoding's name.
        encoding: String,
    },
    /// Some pages of a PDF have no text.
    PagesWithoutText {
        /// How many.
        pages: usize,
        /// Of how many.
        of: usize,
    },
    /// Some pages of a PDF could not be read.
    PagesSkipped {
        /// How many.
        pages: usize,
        /// Of how many.
        of: usize,
    },
    /// No article body was recognised on a web page, so all of its text was taken.
    WholePage,
}

impl fmt::Display for ImportWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDate => f.write_str(
                "No publication date found. Set it, so that words like “yesterday” get a date.",
            ),
            Self::UnclearDate { text } => {
                write!(f, "“{text}” is no certain date, so it was not used.")
            }
            Self::DateOfFile => f.write_str(
                "The date is when the file was made. Check that it is the date of publication.",
            ),
            Self::GuessedEncoding { encoding } => {
                write!(f, "Read as {encoding}, a guess from the letters.")
            }
            Self::BadBytes { encoding } => {
                write!(f, "Some bytes do not fit {encoding} and show as �.")
            }
            Self::PagesWithoutText { pages, of } => {
                write!(
                    f,
                    "{pages} of {of} pages have no text; they may be pictures."
                )
            }
            Self::PagesSkipped { pages, of } => {
                write!(f, "{pages} of {of} pages could not be read.")
            }
            Self::WholePage => {
                f.write_str("No article was recognised on the page, so all of its text was taken.")
            }
        }
    }
}
