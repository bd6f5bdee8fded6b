//! Projects without a name: they lie in a folder of the program until *Save as*, and are found
//! again after a crash.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::Timestamp;
use crate::store::access::read_alone;
use crate::store::lock::{Lock, Taken, lock_path};

/// A project without a name that nobody has open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untitled {
    /// Where it lies.
    pub path: PathBuf,
    /// How many articles are in it.
    pub articles: u64,
    /// How many operations its log has.
    pub operations: u64,
    /// When the last was made.
    pub last_edit: Option<Timestamp>,
}

/// Returns where a new untitled project lies; `id` is one that nobody else has.
#[must_use]
pub fn untitled_path(folder: &Path, id: u128) -> PathBuf {
    folder.join(format!("untitled-{id:032x}.demarche"))
}

/// Returns the untitled projects with work in them that no window has open, newest first.
///
/// # Errors
/// When the folder cannot be read. A folder that is not there has none.
pub fn untitled_projects(folder: &Path) -> io::Result<Vec<Untitled>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_project = path.extension().is_some_and(|ending| ending == "demarche");
        if !is_project || !matches!(Lock::take(&path), Ok(Taken::Ours(_))) {
            continue;
        }
        if let Ok(untitled) = look_into(&path)
            && untitled.operations > 0
        {
            found.push(untitled);
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.last_edit), one.path.clone()));
    Ok(found)
}

fn look_into(path: &Path) -> rusqlite::Result<Untitled> {
    let db = read_alone(path)?;
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let at: Option<i64> = db.query_row("SELECT max(at) FROM operation", [], |row| row.get(0))?;
    Ok(Untitled {
        path: path.to_owned(),
        articles: count("SELECT count(*) FROM article")?
            .try_into()
            .unwrap_or_default(),
        operations: count("SELECT count(*) FROM operation")?
            .try_into()
            .unwrap_or_default(),
        last_edit: at.map(Timestamp),
    })
}

/// Deletes an untitled project that the person does not want, unless a window has it open.
///
/// # Errors
/// When the system does not allow it, or another window has it open.
pub fn discard_untitled(path: &Path) -> io::Result<()> {
    match Lock::take(path)? {
        Taken::Ours(lock) => {
            remove_with_sides(path)?;
            drop(lock);
            Ok(())
        }
        Taken::Theirs | Taken::Protected => Err(io::ErrorKind::ResourceBusy.into()),
    }
}

/// Removes what SQLite leaves beside a file; a stale one must never meet a new file.
pub(super) fn remove_sides(path: &Path) {
    for ending in ["-wal", "-shm", "-journal"] {
        let mut side = path.as_os_str().to_owned();
        side.push(ending);
        // Mostly they are not there.
        std::fs::remove_file(PathBuf::from(side)).ok();
    }
}

pub(super) fn remove_with_sides(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)?;
    remove_sides(path);
    std::fs::remove_file(lock_path(path)).ok();
    Ok(())
}
