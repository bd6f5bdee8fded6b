//! Imported text with its metadata.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{ArticleId, TextRange, slice};

/// Where a publication date was found, from surest to weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DctSource {
    /// Set by a person.
    Person,
    /// Metadata of the file: JSON-LD, `meta`, document properties, mail header, front matter.
    Metadata,
    /// The dateline or a date line of the text.
    Dateline,
    /// The file's name.
    FileName,
    /// An option of the command line, or a corpus.
    Given,
}

/// Document creation time: the day of publication, and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dct {
    /// The day.
    pub date: jiff::civil::Date,
    /// Where it was found.
    pub source: DctSource,
}

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct SourceFile {
    /// Path as given, or empty (pasted text).
    pub path: String,
    /// Format as the sniffer named it, such as `html`.
    pub format: String,
    /// Encoding that the bytes were read as, where there was a choice.
    pub encoding: Option<String>,
    /// blake3 of the original bytes, in hex: finds duplicates.
    pub hash: String,
}

/// How far a person is with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum ReviewState {
    /// Nothing said: progress is counted from the decisions.
    #[default]
    Open,
    /// The person marked it as done.
    Done,
}

/// What can be changed about an article without touching its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct ArticleMeta {
    /// Headline.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// Publication date.
    pub dct: Option<Dct>,
    /// ISO 639-1 code of the language, where one was recognised.
    pub language: Option<String>,
    /// Address on the web.
    pub url: Option<String>,
    /// How far a person is.
    pub review: ReviewState,
    /// The person's note on the article.
    pub note: String,
}

/// Text of an article; never changes under an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// Body: line ends are `\n`, paragraphs stand apart by an empty line, NFC.
    pub body: String,
    /// blake3 of `body`, in hex.
    pub hash: String,
}

impl ArticleText {
    /// Takes over a body and hashes it.
    #[must_use]
    pub fn new(body: String) -> Self {
        let hash = blake3::hash(body.as_bytes()).to_hex().to_string();
        Self { body, hash }
    }
}

/// An article of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// Its text.
    pub text: Arc<ArticleText>,
    /// Title, outlet, date and what else a person can change.
    pub meta: ArticleMeta,
    /// The file that it came from.
    pub source: Arc<SourceFile>,
}

impl Article {
    /// Returns the words of `range`.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        slice(&self.text.body, range)
    }
}

/// What an importer makes of bytes: an article without an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewArticle {
    /// Body as in [`ArticleText::body`].
    pub body: String,
    /// Title, outlet, date.
    pub meta: ArticleMeta,
    /// The file.
    pub source: SourceFile,
}
