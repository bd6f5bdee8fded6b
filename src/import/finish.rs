//! From what a format's reader found to an article: final text, title, date and where it stood.

use jiff::civil::Date;

use crate::import::clean;
use crate::import::date::{self, Found};
use crate::import::head::{self, Head};
use crate::import::language::language;
use crate::import::{BODY_LIMIT, Format, ImportErrorKind, ImportWarning, Imported};
use crate::model::{ArticleMeta, Dct, DctSource, NewArticle, ReviewState, SourceFile};

/// What a format's reader found. Paragraphs of `body` stand apart by an empty line.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) body: String,
    /// A title that the file names as such.
    pub(super) title: Option<String>,
    /// A title to fall back on: document properties are often stale.
    pub(super) weak_title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) author: Option<String>,
    /// When the text was published, by the file's own word.
    pub(super) published: Option<Date>,
    /// When the file was made: the last resort.
    pub(super) created: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) warnings: Vec<ImportWarning>,
    /// Whether the headline stands in the body, as its first paragraph.
    pub(super) head_in_body: bool,
}

impl Draft {
    /// Takes a labelled value; returns whether the label is known.
    pub(super) fn take_field(&mut self, key: &str, value: &str) -> bool {
        let text = || Some(value.to_owned());
        match key.trim().to_lowercase().as_str() {
            "title" | "headline" => self.title = text(),
            "author" | "authors" | "by" | "byline" => self.author = text(),
            "outlet" | "publisher" | "source" | "publication" | "site" => self.outlet = text(),
            "date" | "published" | "pubdate" | "publishdate" | "datepublished" => {
                self.published = date::metadata(value);
            }
            "lang" | "language" => self.language = text(),
            "url" | "link" | "canonical" => self.url = text(),
            _ => return false,
        }
        true
    }
}

/// Makes the article.
///
/// # Errors
/// When no text is left, or too much.
pub(super) fn article(
    name: &str,
    bytes: &[u8],
    format: Format,
    draft: Draft,
) -> Result<Imported, ImportErrorKind> {
    let known = draft.title.as_deref().map(line).filter(|t| !t.is_empty());
    let text = head::with_lines_apart(&clean::body(&draft.body), known.as_deref());
    if text.is_empty() {
        return Err(ImportErrorKind::Empty);
    }
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if size > BODY_LIMIT {
        return Err(ImportErrorKind::TooLarge {
            bytes: size,
            limit: BODY_LIMIT,
        });
    }
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let head = head::head(&paragraphs, known.as_deref(), draft.head_in_body);
    let body = paragraphs
        .get(head.lines..)
        .unwrap_or_default()
        .join("\n\n");
    let mut warnings = draft.warnings;
    let dct = dct(name, draft.published, draft.created, &head, &mut warnings);
    let title = known
        .or(head.title)
        .or_else(|| {
            draft
                .weak_title
                .as_deref()
                .map(line)
                .filter(|t| says_something(t))
        })
        .unwrap_or_else(|| line(date::file_stem(name)));
    let meta = ArticleMeta {
        title,
        outlet: draft
            .outlet
            .as_deref()
            .map(line)
            .or(head.outlet)
            .filter(|o| !o.is_empty()),
        author: head
            .author
            .or(draft.author.as_deref().map(line))
            .filter(|a| says_something(a)),
        dct,
        language: language(&body, draft.language.as_deref()),
        url: draft.url,
        review: ReviewState::Open,
        note: String::new(),
    };
    let source = SourceFile {
        path: name.to_owned(),
        format: format.name().to_owned(),
        encoding: draft.encoding,
        hash: blake3::hash(bytes).to_hex().to_string(),
    };
    Ok(Imported {
        articles: vec![NewArticle { body, meta, source }],
        warnings,
    })
}

/// One clean line.
fn line(text: &str) -> String {
    clean::body(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Publication date, surest source first: the file's own word, the text's head, the file's name, and
/// last the day on which the file was made.
fn dct(
    name: &str,
    published: Option<Date>,
    created: Option<Date>,
    head: &Head,
    warnings: &mut Vec<ImportWarning>,
) -> Option<Dct> {
    let some = |date, source| Some(Dct { date, source });
    if let Some(date) = published {
        return some(date, DctSource::Metadata);
    }
    let named = date::of_file_name(name);
    match head.date {
        Some(Found::Day(date)) => return some(date, DctSource::Dateline),
        Some(Found::NoYear { month, day }) => {
            let year = date::year_of_file_name(name);
            let dated = match (named.or(created), year) {
                (Some(known), _) if named.is_some() || year.is_none() => {
                    date::nearest_before(month, day, known)
                }
                (_, Some(year)) => Date::new(year, month, day).ok(),
                _ => None,
            };
            if let Some(date) = dated {
                return some(date, DctSource::Dateline);
            }
        }
        _ => {}
    }
    if let Some(date) = named {
        return some(date, DctSource::FileName);
    }
    if let Some(words) = head.date_words.clone() {
        warnings.push(ImportWarning::UnclearDate { text: words });
    }
    if let Some(date) = created {
        warnings.push(ImportWarning::DateOfFile);
        return some(date, DctSource::Metadata);
    }
    warnings.push(ImportWarning::NoDate);
    None
}

/// Whether a property was filled in by somebody: not empty and no program's placeholder.
fn says_something(value: &str) -> bool {
    let value = value.to_lowercase();
    !value.is_empty()
        && !include_str!("../../assets/import/placeholders.txt")
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .any(|known| match known.strip_suffix('*') {
                Some(start) => value.starts_with(start),
                None => value == known,
            })
}
