//! From a file to a project. Nothing is written before all of it was read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, Row};

use crate::edit::{Operation, OperationKind};
use crate::model::{
    Annotations, Article, ArticleId, ArticleState, ArticleText, OperationId, Project, Timestamp,
};
use crate::store::access::{
    CacheKey, CacheReader, Cached, has_index, has_log, read_alone, read_shared,
};
use crate::store::error::{OpenError, WhyReadOnly, open_error};
use crate::store::lock::{Lock, Taken};
use crate::store::rows::{
    BadRow, Stored as _, Texts, changes_from_text, from_text, item_from_text, place_from_text,
};
use crate::store::schema;

/// What a project file holds.
#[derive(Debug)]
pub struct Opened {
    /// The project as it stands, without suggestions.
    pub project: Project,
    /// The log, first to last.
    pub operations: Vec<Operation>,
    /// What was selected and shown, as it was given to [`Store::put_view`](crate::store::Store).
    pub view_state: BTreeMap<String, String>,
    /// Articles whose suggestions are in the cache.
    pub suggestions: BTreeMap<ArticleId, CacheKey>,
    /// Why it cannot be written, if it cannot.
    pub read_only: Option<WhyReadOnly>,
    /// Where the old file was copied to, if it had to be brought up to date.
    pub migrated: Option<PathBuf>,
}

/// A file under the hands of the store.
pub(super) struct Handle {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    /// None: for reading only.
    pub(super) lock: Option<Lock>,
}

/// Opens a file and reads all of it but the suggestions.
pub(super) fn open(path: &Path) -> Result<(Handle, Opened), OpenError> {
    let path = path.canonicalize()?;
    let about = path.metadata()?;
    if about.is_dir() {
        return Err(OpenError::Foreign);
    }
    let folder_protected = path
        .parent()
        .and_then(|f| f.metadata().ok())
        .is_some_and(|m| m.permissions().readonly());
    if about.permissions().readonly() || folder_protected {
        return open_read_only(path, WhyReadOnly::Protected);
    }
    match Lock::take(&path)? {
        Taken::Ours(lock) => open_to_write(path, lock),
        Taken::Theirs => open_read_only(path, WhyReadOnly::Locked),
        Taken::Protected => open_read_only(path, WhyReadOnly::Protected),
    }
}

/// Reads a project and its suggestions, and leaves no trace: for who only wants to know. While a
/// window has it, what that window has saved is read.
///
/// # Errors
/// When it cannot be read, or must be brought up to date first.
pub fn read_project(path: &Path) -> Result<(Opened, BTreeMap<ArticleId, Cached>), OpenError> {
    let path = path.canonicalize()?;
    if path.metadata()?.is_dir() {
        return Err(OpenError::Foreign);
    }
    let taken = Lock::take(&path)?;
    let connection = match &taken {
        // A lock without SQLite's index beside the file is that of a reader like this one.
        Taken::Theirs if has_index(&path) => read_shared(&path)?,
        Taken::Ours(_) | Taken::Theirs | Taken::Protected => {
            check_head(&path)?;
            read_alone(&path)?
        }
    };
    if version(&connection)? < schema::READ_FROM {
        return Err(OpenError::Older);
    }
    let opened = read(&connection)?;
    let cache = CacheReader::over(path, connection);
    let cached = opened.suggestions.keys();
    let found = cached.filter_map(|id| Some((*id, cache.load_findings(*id)?)));
    let found = found.collect();
    drop(taken);
    Ok((opened, found))
}

fn open_read_only(path: PathBuf, why: WhyReadOnly) -> Result<(Handle, Opened), OpenError> {
    let connection = match why {
        WhyReadOnly::Protected => {
            check_head(&path)?;
            read_alone(&path)?
        }
        WhyReadOnly::Locked => read_shared(&path)?,
    };
    if version(&connection)? < schema::VERSION {
        return Err(OpenError::Older);
    }
    let mut opened = read(&connection)?;
    opened.read_only = Some(why);
    Ok((
        Handle {
            path,
            connection,
            lock: None,
        },
        opened,
    ))
}

fn open_to_write(path: PathBuf, lock: Lock) -> Result<(Handle, Opened), OpenError> {
    check_head(&path)?;
    // First for reading: a file that turns out to be damaged is not touched.
    let reader = read_alone(&path)?;
    let found = version(&reader)?;
    let opened = (found >= schema::READ_FROM)
        .then(|| read(&reader))
        .transpose()?;
    drop(reader);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags)?;
    let migrated = (found < schema::VERSION)
        .then(|| {
            let steps = (found, schema::VERSION);
            schema::migrate(&connection, &path, schema::MIGRATIONS, steps)
        })
        .transpose()?;
    let opened = match opened {
        Some(opened) => opened,
        None => read(&connection)?,
    };
    let mut opened = Opened { migrated, ..opened };
    match prepare_to_write(&connection) {
        Ok(()) => Ok((
            Handle {
                path,
                connection,
                lock: Some(lock),
            },
            opened,
        )),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly) => {
            opened.read_only = Some(WhyReadOnly::Protected);
            Ok((
                Handle {
                    path,
                    connection,
                    lock: None,
                },
                opened,
            ))
        }
        Err(error) => Err(OpenError::Io {
            detail: error.to_string(),
        }),
    }
}

/// Makes an empty project where nothing is.
pub(super) fn create(path: &Path) -> Result<(Handle, Opened), OpenError> {
    if path.exists() {
        return Err(OpenError::Exists);
    }
    // The folder of untitled projects is not there before the first one.
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let Taken::Ours(lock) = Lock::take(path)? else {
        return Err(OpenError::Exists);
    };
    crate::store::untitled::remove_sides(path);
    let wrap = |error: rusqlite::Error| OpenError::Io {
        detail: error.to_string(),
    };
    let connection = Connection::open(path).map_err(wrap)?;
    schema::create(&connection).map_err(wrap)?;
    prepare_to_write(&connection).map_err(wrap)?;
    let path = path.canonicalize()?;
    let opened = read(&connection)?;
    Ok((
        Handle {
            path,
            connection,
            lock: Some(lock),
        },
        opened,
    ))
}

/// Write-ahead log, synced at each commit; where the drive does not allow it (network shares), the
/// rollback journal.
pub(super) fn prepare_to_write(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch("BEGIN IMMEDIATE; COMMIT")
}

/// Looks at the first bytes, before SQLite may do anything: another kind of file, or one that is
/// shorter than it says. Only under the lock: closing the file again would drop the locks of a
/// connection of this process.
fn check_head(path: &Path) -> Result<(), OpenError> {
    let mut head = [0; 100];
    let mut file = File::open(path)?;
    let found = file.metadata()?.len();
    let mut read = 0;
    while let Some(rest) = head.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            more => read += more,
        }
    }
    let magic = b"SQLite format 3\0";
    let seen = head.get(..read.min(magic.len())).unwrap_or_default();
    if !magic.starts_with(seen) {
        return Err(OpenError::Foreign);
    }
    if read < head.len() {
        return Err(OpenError::Truncated {
            found,
            expected: 4096,
        });
    }
    let word = |at: usize| {
        let bytes = head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        u32::from_be_bytes(bytes.unwrap_or_default())
    };
    if i64::from(word(68)) != schema::APPLICATION_ID {
        return Err(OpenError::Foreign);
    }
    let page = match word(16) >> 16 {
        1 => 65_536,
        size => u64::from(size),
    };
    // The count is right where it was written together with the change counter. A log beside the
    // file may bring the missing pages.
    let expected = u64::from(word(28)) * page;
    if !has_log(path) && word(24) == word(92) && found < expected {
        return Err(OpenError::Truncated { found, expected });
    }
    Ok(())
}

/// Returns the version of a project file of ours that is not newer than this program.
fn version(connection: &Connection) -> Result<i64, OpenError> {
    let found = schema::kind_and_version(connection);
    let (kind, version) = found.map_err(|error| open_error(&error))?;
    if kind != schema::APPLICATION_ID {
        return Err(OpenError::Foreign);
    }
    if version > schema::VERSION {
        let sql = "SELECT value FROM info WHERE key = 'made_with'";
        // A newer format may say it elsewhere.
        let made_with = connection.query_row(sql, [], |row| row.get(0)).ok();
        return Err(OpenError::Newer {
            file_version: version,
            made_with,
        });
    }
    Ok(version)
}

impl From<BadRow> for OpenError {
    fn from(BadRow(detail): BadRow) -> Self {
        Self::Damaged { detail }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        open_error(&error)
    }
}

/// Reads how acts are used.
fn acts(db: &Connection, project: &mut Project) -> Result<(), OpenError> {
    keyed(db, "act", |act, body| {
        project.codebook.acts.insert(parse(act)?, from_text(body)?);
        Ok(())
    })
}

/// Reads the values of own fields. Those of an article that is not there are passed over.
fn codes(db: &Connection, project: &mut Project) -> Result<(), OpenError> {
    let mut read = db.prepare("SELECT article, id, body FROM code")?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let (article, id, body): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some(state) = project.articles.get_mut(&parse(&article)?) {
            Arc::make_mut(state)
                .codes
                .insert(parse(&id)?, from_text(&body)?);
        }
    }
    Ok(())
}

/// Reads what a person put on the timeline, and how its items look.
fn of_timeline(db: &Connection, project: &mut Project) -> Result<(), OpenError> {
    keyed(db, "entry", |id, body| {
        project.entries.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    keyed(db, "look", |id, body| {
        project.looks.insert(item_from_text(id)?, from_text(body)?);
        Ok(())
    })
}

/// Reads the tables that older files do not have.
fn of_later_versions(db: &Connection, project: &mut Project) -> Result<(), OpenError> {
    let (_, version) = schema::kind_and_version(db)?;
    if version >= schema::TIMELINE_FROM {
        of_timeline(db, project)?;
    }
    if version >= schema::ACTS_FROM {
        acts(db, project)?;
    }
    Ok(())
}

/// Reads all but the suggestions, as of one moment.
fn read(connection: &Connection) -> Result<Opened, OpenError> {
    let transaction = connection.unchecked_transaction()?;
    let db = &*transaction;
    let mut texts = Texts::new();
    let mut project = Project::default();
    articles(db, &mut project, &mut texts)?;
    annotations(db, &mut project)?;
    keyed(db, "entity", |id, body| {
        project.entities.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    keyed(db, "rule", |id, body| {
        project.rules.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    keyed(db, "issue", |id, body| {
        project.codebook.issues.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    keyed(db, "type", |id, body| {
        project.codebook.types.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    keyed(db, "field", |id, body| {
        project.codebook.fields.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    codes(db, &mut project)?;
    of_later_versions(db, &mut project)?;
    keyed(db, "coder", |id, body| {
        project.coders.insert(parse(id)?, from_text(body)?);
        Ok(())
    })?;
    pairs(
        db,
        "SELECT key, value FROM info WHERE key = 'name'",
        |_, name| {
            project.info = from_text(name)?;
            Ok(())
        },
    )?;
    let operations = operations(db, &mut texts)?;
    let mut view_state = BTreeMap::new();
    pairs(db, "SELECT key, value FROM view", |key, value| {
        view_state.insert(key.to_owned(), value.to_owned());
        Ok(())
    })?;
    let suggestions = suggestions(db)?;
    let (read_only, migrated) = (None, None);
    Ok(Opened {
        project,
        operations,
        view_state,
        suggestions,
        read_only,
        migrated,
    })
}

fn parse<T: std::str::FromStr>(text: &str) -> Result<T, BadRow> {
    text.parse()
        .map_err(|_bad: T::Err| BadRow(format!("no id: {text}")))
}

fn text_at<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a str, OpenError> {
    let value = row.get_ref(at)?;
    value.as_str().map_err(|error| OpenError::Damaged {
        detail: error.to_string(),
    })
}

fn pairs(
    db: &Connection,
    sql: &str,
    mut each: impl FnMut(&str, &str) -> Result<(), BadRow>,
) -> Result<(), OpenError> {
    let mut select = db.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        each(text_at(row, 0)?, text_at(row, 1)?)?;
    }
    Ok(())
}

fn keyed(
    db: &Connection,
    table: &str,
    each: impl FnMut(&str, &str) -> Result<(), BadRow>,
) -> Result<(), OpenError> {
    pairs(db, &format!("SELECT id, body FROM {table}"), each)
}

fn articles(db: &Connection, project: &mut Project, texts: &mut Texts) -> Result<(), OpenError> {
    let mut select = db.prepare(
        "SELECT article.id, text.hash, text.body, meta, source
         FROM article JOIN text ON text.hash = article.text",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id = parse(text_at(row, 0)?)?;
        let text = shared(texts, text_at(row, 1)?, text_at(row, 2)?);
        let meta = from_text(text_at(row, 3)?)?;
        let source = Arc::new(from_text(text_at(row, 4)?)?);
        let state = ArticleState::new(Article {
            id,
            text,
            meta,
            source,
        });
        project.articles.insert(id, Arc::new(state));
    }
    Ok(())
}

fn shared(texts: &mut Texts, hash: &str, body: &str) -> Arc<ArticleText> {
    if let Some(text) = texts.get(hash) {
        return Arc::clone(text);
    }
    let text = Arc::new(ArticleText {
        body: body.to_owned(),
        hash: hash.to_owned(),
    });
    texts.insert(hash.to_owned(), Arc::clone(&text));
    text
}

fn annotations(db: &Connection, project: &mut Project) -> Result<(), OpenError> {
    let mut select = db.prepare("SELECT article, kind, id, body FROM annotation")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let article: ArticleId = parse(text_at(row, 0)?)?;
        let Some(state) = project.articles.get_mut(&article) else {
            continue;
        };
        let Annotations {
            mentions,
            timexes,
            attributions,
            statements,
        } = &mut Arc::make_mut(state).annotations;
        let (id, body) = (parse(text_at(row, 2)?)?, text_at(row, 3)?);
        match text_at(row, 1)? {
            "mention" => drop(mentions.set_decided(id, Some(from_text(body)?))),
            "timex" => drop(timexes.set_decided(id, Some(from_text(body)?))),
            "attribution" => drop(attributions.set_decided(id, Some(from_text(body)?))),
            "statement" => drop(statements.set_decided(id, Some(from_text(body)?))),
            other => return Err(BadRow(format!("annotation of kind {other}")).into()),
        }
    }
    Ok(())
}

fn operations(db: &Connection, texts: &mut Texts) -> Result<Vec<Operation>, OpenError> {
    // Texts of articles that were removed: the log speaks of them.
    pairs(
        db,
        "SELECT hash, body FROM text WHERE hash NOT IN (SELECT text FROM article)",
        |hash, body| {
            shared(texts, hash, body);
            Ok(())
        },
    )?;
    let mut select = db.prepare(
        "SELECT id, parent, coder, at, title, place, kind, takes_back, gesture, changes
         FROM operation ORDER BY seq",
    )?;
    let mut rows = select.query([])?;
    let mut operations = Vec::new();
    while let Some(row) = rows.next()? {
        operations.push(operation(row, texts)?);
    }
    Ok(operations)
}

fn operation(row: &Row<'_>, texts: &Texts) -> Result<Operation, OpenError> {
    let optional = |at: usize| {
        row.get_ref(at)?
            .as_str_or_null()
            .map_err(rusqlite::Error::from)
    };
    let takes_back = || {
        let id = optional(7)?.ok_or_else(|| BadRow("an undo of nothing".to_owned()))?;
        Ok::<OperationId, OpenError>(parse(id)?)
    };
    let kind = match text_at(row, 6)? {
        "undo" => OperationKind::Undo { of: takes_back()? },
        "redo" => OperationKind::Redo { of: takes_back()? },
        _ => OperationKind::Do,
    };
    Ok(Operation {
        id: parse(text_at(row, 0)?)?,
        parent: optional(1)?.map(parse).transpose()?,
        coder: parse(text_at(row, 2)?)?,
        at: Timestamp(row.get(3)?),
        title: String::model(text_at(row, 4)?.to_owned())?,
        place: optional(5)?.map(place_from_text).transpose()?,
        changes: changes_from_text(text_at(row, 9)?, texts)?,
        kind,
        gesture: row.get::<_, Option<i64>>(8)?.map(i64::cast_unsigned),
    })
}

fn suggestions(db: &Connection) -> Result<BTreeMap<ArticleId, CacheKey>, OpenError> {
    let mut found = BTreeMap::new();
    let mut select = db.prepare("SELECT article, text, engine, known FROM suggestion")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let key = CacheKey {
            text_hash: row.get(1)?,
            engine: row.get(2)?,
            known: row.get(3)?,
        };
        found.insert(parse(text_at(row, 0)?)?, key);
    }
    Ok(found)
}
