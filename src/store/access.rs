//! Reading the cache of suggestions, on whatever thread wants them.

use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use crate::model::{ArticleId, Findings};
use crate::store::error::{OpenError, open_error};
use crate::store::rows::{BadRow, findings_from_bytes, findings_from_text};

/// What suggestions were made from: stale as soon as any of it differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheKey {
    /// Hash of the text.
    pub text_hash: String,
    /// Engine, with its version.
    pub engine: String,
    /// Hash of the decisions that the engine was told of.
    pub known: String,
}

/// One article's suggestions from the cache.
#[derive(Debug, Clone, PartialEq)]
pub struct Cached {
    /// The suggestions.
    pub findings: Findings,
    /// Hash of the decisions that the engine was told of.
    pub known: String,
}

/// A connection of its own for reading suggestions, to be sent to a job.
#[derive(Debug)]
pub struct CacheReader {
    path: PathBuf,
    connection: Connection,
}

impl CacheReader {
    /// Opens a project's cache. Never writes.
    ///
    /// # Errors
    /// When the file is not there or no project.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let connection = read_shared(path).map_err(|error| open_error(&error))?;
        Ok(Self {
            path: path.to_owned(),
            connection,
        })
    }

    /// Reads through a connection that is open.
    pub(super) fn over(path: PathBuf, connection: Connection) -> Self {
        Self { path, connection }
    }

    /// Returns an article's suggestions; none where there are none or where they cannot be read
    /// (they are a cache: the article is analysed again).
    #[must_use]
    pub fn load_findings(&self, article: ArticleId) -> Option<Cached> {
        let loaded = self.try_load(article);
        loaded.unwrap_or_else(|error| {
            log::warn!(
                "suggestions of {article} in {}: {error}",
                self.path.display()
            );
            None
        })
    }

    fn try_load(&self, article: ArticleId) -> Result<Option<Cached>, Box<dyn std::error::Error>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT known, body FROM suggestion WHERE article = ?1")?;
        let read = |row: &rusqlite::Row<'_>| {
            // Version 1 of the format had them as text.
            let findings = match row.get_ref(1)? {
                ValueRef::Text(text) => std::str::from_utf8(text)
                    .map_err(|error| BadRow(error.to_string()))
                    .and_then(findings_from_text),
                ValueRef::Blob(bytes) => findings_from_bytes(bytes),
                other => Err(BadRow(format!("suggestions as {}", other.data_type()))),
            };
            Ok((row.get::<_, String>(0)?, findings))
        };
        let row = select.query_row([article.to_string()], read).optional()?;
        let cached = row.map(|(known, findings)| {
            Ok::<_, BadRow>(Cached {
                findings: findings?,
                known,
            })
        });
        Ok(cached.transpose()?)
    }
}

/// Opens for reading what others may be writing.
pub(super) fn read_shared(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, FLAGS)?;
    connection.busy_timeout(std::time::Duration::from_millis(500))?;
    Ok(connection)
}

/// Opens for reading what nobody is writing, so that nothing is made beside it; a log beside the
/// file counts all the same.
pub(super) fn read_alone(path: &Path) -> rusqlite::Result<Connection> {
    if has_log(path) {
        read_shared(path)
    } else {
        Connection::open_with_flags(uri(path), FLAGS)
    }
}

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY
    .union(OpenFlags::SQLITE_OPEN_NO_MUTEX)
    .union(OpenFlags::SQLITE_OPEN_URI);

/// Whether a log beside the file holds changes that are not folded in.
pub(super) fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"]
        .iter()
        .any(|ending| side(path, ending).metadata().is_ok_and(|m| m.len() > 0))
}

/// Whether the index of a log lies beside the file: a connection that may write has it open, or
/// died.
pub(super) fn has_index(path: &Path) -> bool {
    side(path, "-shm").exists()
}

fn side(path: &Path, ending: &str) -> PathBuf {
    let mut side = path.as_os_str().to_owned();
    side.push(ending);
    side.into()
}

/// `file:` address of a file that does not change.
fn uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push_str("?immutable=1");
    uri
}
