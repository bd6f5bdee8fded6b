//! ZIP containers: which document they are, and their parts, never unpacked beyond a limit.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::{Format, ImportErrorKind};

/// Most bytes that one part may unpack to.
const PART_LIMIT: u64 = 64 << 20;
/// Most entries of an archive that are looked at.
const MAX_ENTRIES: usize = 20_000;

/// An opened container.
pub(super) struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportErrorKind> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if zip.len() > MAX_ENTRIES {
            return Err(ImportErrorKind::damaged("it has too many parts"));
        }
        Ok(Self { zip })
    }

    /// Names of all parts that can be told, in the order of the archive.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip
            .file_names()
            .filter_map(Result::ok)
            .map(std::borrow::Cow::into_owned)
            .collect()
    }

    /// Unpacks the part called `name`, or nothing where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportErrorKind> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(error)),
        };
        if file.size() > PART_LIMIT {
            return Err(ImportErrorKind::TooLarge {
                bytes: file.size(),
                limit: PART_LIMIT,
            });
        }
        let mut bytes = Vec::new();
        // The size that the archive declares may lie: count what really comes out.
        file.take(PART_LIMIT + 1)
            .read_to_end(&mut bytes)
            .map_err(ImportErrorKind::damaged)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > PART_LIMIT {
            return Err(ImportErrorKind::TooLarge {
                bytes: size,
                limit: PART_LIMIT,
            });
        }
        Ok(Some(bytes))
    }
}

fn broken(error: ZipError) -> ImportErrorKind {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            ImportErrorKind::Encrypted
        }
        other => ImportErrorKind::damaged(other),
    }
}

/// Returns the format of a ZIP container.
///
/// # Errors
/// When it is broken, or a document that is not read.
pub(super) fn format(bytes: &[u8]) -> Result<Format, ImportErrorKind> {
    let mut parts = Parts::open(bytes)?;
    let names = parts.names();
    let has = |start: &str| names.iter().any(|n| n.starts_with(start));
    if has("word/document") {
        return Ok(Format::Docx);
    }
    let kind = if has("mimetype") {
        parts.part("mimetype")?.unwrap_or_default()
    } else {
        Vec::new()
    };
    let kind = String::from_utf8_lossy(&kind);
    let what = if has("xl/") {
        "A spreadsheet (.xlsx)"
    } else if has("ppt/") {
        "A presentation (.pptx)"
    } else if kind.contains("opendocument.text") {
        "An OpenDocument text (.odt)"
    } else if kind.contains("opendocument.spreadsheet") {
        "An OpenDocument spreadsheet (.ods)"
    } else if kind.contains("opendocument") {
        "An OpenDocument file"
    } else if kind.contains("epub") || has("META-INF/container.xml") {
        "An e-book (.epub)"
    } else if has("project.qde") {
        "A REFI-QDA project (.qdpx)"
    } else {
        "A ZIP archive"
    };
    Err(ImportErrorKind::Unsupported {
        what: what.to_owned(),
    })
}
