//! Tables, versions, and how an older file is brought up to date.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// `DMRC`, in the head of every project file.
pub(super) const APPLICATION_ID: i64 = 0x444D_5243;

/// Version of the format that this program writes.
pub(super) const VERSION: i64 = 5;

/// Oldest version that can be read before it is brought up to date, so that a damaged file is told
/// from a whole one before anything is written.
pub(super) const READ_FROM: i64 = 2;

/// First version with entries and looks of the timeline.
pub(super) const TIMELINE_FROM: i64 = 4;

/// First version that says how acts are used.
pub(super) const ACTS_FROM: i64 = 5;

/// All tables of [`VERSION`].
///
/// `text` keeps the texts of articles that were removed too, so that undo brings them back.
/// Decided annotations are rows; suggestions are one deflated text an article, a cache.
const TABLES: &str = "
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE text (hash TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE article (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL REFERENCES text (hash),
    meta TEXT NOT NULL,
    source TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE annotation (
    article TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (article, kind, id)
) WITHOUT ROWID;
CREATE TABLE entity (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rule (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE issue (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE type (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE field (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE act (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code (
    article TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (article, id)
) WITHOUT ROWID;
CREATE TABLE coder (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE look (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE operation (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    parent TEXT,
    coder TEXT NOT NULL,
    at INTEGER NOT NULL,
    title TEXT NOT NULL,
    place TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    takes_back TEXT,
    gesture INTEGER,
    changes TEXT NOT NULL
);
CREATE TABLE suggestion (
    article TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    engine TEXT NOT NULL,
    known TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE view (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
";

/// A step from one version of the format to the next.
pub(super) struct Migration {
    /// The version that it starts from.
    pub(super) from: i64,
    /// What it does.
    pub(super) sql: &'static str,
}

/// All steps, oldest first. A new version adds one here, and an old file to the tests.
///
/// 2 → 3: suggestions are deflated. Those of older versions stay as they are and are read all the
/// same; the next analysis writes them anew. 3 → 4: entries of the timeline, and how its items look.
/// 4 → 5: colours and keys of acts.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        from: 1,
        sql: "CREATE TABLE field (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE code (
              article TEXT NOT NULL,
              id TEXT NOT NULL,
              body TEXT NOT NULL,
              PRIMARY KEY (article, id)
          ) WITHOUT ROWID;",
    },
    Migration { from: 2, sql: "" },
    Migration {
        from: 3,
        sql: "CREATE TABLE entry (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE look (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;",
    },
    Migration {
        from: 4,
        sql: "CREATE TABLE act (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;",
    },
];

/// Makes an empty project in an empty file, in one transaction.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};
         {TABLES}
         INSERT INTO info VALUES ('made_with', '{}'); COMMIT;",
        env!("CARGO_PKG_VERSION")
    ))
}

/// Reads the kind of file and the version of its format.
pub(super) fn kind_and_version(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    let kind = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((kind, version))
}

/// Brings a file of version `from` up to `to`, in one transaction, after a whole copy of it was
/// kept beside it; returns where the copy lies.
pub(super) fn migrate(
    connection: &Connection,
    path: &Path,
    steps: &[Migration],
    (from, to): (i64, i64),
) -> rusqlite::Result<PathBuf> {
    let copy = copy_path(path, from);
    let copied = connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()]);
    if copied.is_err() {
        // Half a copy is none; that it cannot be removed is no further harm.
        std::fs::remove_file(&copy).ok();
    }
    copied?;
    let transaction = connection.unchecked_transaction()?;
    for version in from..to {
        let step = steps.iter().find(|step| step.from == version);
        let step = step.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        transaction.execute_batch(step.sql)?;
        transaction.pragma_update(None, "user_version", version + 1)?;
    }
    transaction.commit()?;
    Ok(copy)
}

/// `name (version 1).demarche`, with a number where that is taken.
fn copy_path(path: &Path, version: i64) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name =
        |more: String| path.with_file_name(format!("{stem} (version {version}{more}).demarche"));
    let mut copy = name(String::new());
    for number in 2..1000 {
        if !copy.exists() {
            break;
        }
        copy = name(format!(", {number}"));
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[Migration] = &[
        Migration {
            from: 0,
            sql: "CREATE TABLE added (id TEXT)",
        },
        Migration {
            from: 1,
            sql: "INSERT INTO added SELECT value FROM info",
        },
    ];

    #[test]
    fn a_file_of_version_one_gets_the_tables_of_own_fields() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.demarche");
        let file = Connection::open(&path).unwrap();
        create(&file).unwrap();
        file.execute_batch(
            "DROP TABLE field; DROP TABLE code; DROP TABLE entry; DROP TABLE look; DROP TABLE act;
             PRAGMA user_version = 1;",
        )
        .unwrap();
        migrate(&file, &path, MIGRATIONS, (1, VERSION)).unwrap();
        assert_eq!(kind_and_version(&file).unwrap().1, VERSION);
        for table in ["field", "code", "entry", "look", "act"] {
            let sql = format!("SELECT count(*) FROM {table}");
            let count: i64 = file.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(count, 0);
        }
    }

    fn old_file(folder: &Path) -> PathBuf {
        let path = folder.join("old.demarche");
        let file = Connection::open(&path).unwrap();
        file.execute_batch(
            "PRAGMA user_version = 0; CREATE TABLE info (key TEXT, value TEXT);
             INSERT INTO info VALUES ('name', 'Öst');",
        )
        .unwrap();
        path
    }

    #[test]
    fn old_file_is_brought_up_to_date_and_a_copy_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = old_file(folder.path());
        let file = Connection::open(&path).unwrap();
        let copy = migrate(&file, &path, STEPS, (0, 2)).unwrap();
        let added: String = file
            .query_row("SELECT id FROM added", [], |row| row.get(0))
            .unwrap();
        assert_eq!(added, "Öst");
        assert_eq!(kind_and_version(&file).unwrap().1, 2);
        let kept = Connection::open(&copy).unwrap();
        assert_eq!(kind_and_version(&kept).unwrap().1, 0);
        assert!(
            kept.query_row("SELECT id FROM added", [], |_| Ok(()))
                .is_err()
        );
        let again = migrate(&file, &path, STEPS, (0, 0)).unwrap();
        assert_ne!(again, copy, "a copy is never written over");
    }

    #[test]
    fn failed_step_leaves_the_old_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = old_file(folder.path());
        let file = Connection::open(&path).unwrap();
        let steps = &[
            Migration {
                from: 0,
                sql: "CREATE TABLE added (id TEXT)",
            },
            Migration {
                from: 1,
                sql: "INSERT INTO nowhere VALUES (1)",
            },
        ];
        assert!(migrate(&file, &path, steps, (0, 2)).is_err());
        assert_eq!(kind_and_version(&file).unwrap().1, 0);
        assert!(
            file.query_row("SELECT id FROM added", [], |_| Ok(()))
                .is_err()
        );
    }

    #[test]
    fn every_version_has_its_step() {
        for version in (1..).take_while(|version| *version < VERSION) {
            assert!(
                MIGRATIONS.iter().any(|step| step.from == version),
                "from {version}"
            );
        }
    }
}
