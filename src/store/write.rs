//! One operation, one article's suggestions, one piece of view state: as rows.

use rusqlite::{Connection, params};

use crate::edit::{AnnotationKey, Change, ChangeKey, Delta, Operation, OperationKind};
use crate::model::{Annotation, AnnotationKind, ArticleId, Codes, Findings, ItemKey, ItemLook};
use crate::store::rows::{
    BadRow, Stored, changes_to_text, findings_to_bytes, item_to_text, place_to_text, to_text,
};

impl From<BadRow> for rusqlite::Error {
    fn from(error: BadRow) -> Self {
        Self::ToSqlConversionFailure(Box::new(error))
    }
}

pub(super) fn kind_name(kind: AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::Mention => "mention",
        AnnotationKind::Timex => "timex",
        AnnotationKind::Attribution => "attribution",
        AnnotationKind::Statement => "statement",
    }
}

/// Writes the rows that an operation changes, then the operation.
pub(super) fn operation(db: &Connection, operation: &Operation) -> rusqlite::Result<()> {
    for change in &operation.changes {
        write_change(db, change)?;
    }
    let (kind, takes_back) = match operation.kind {
        OperationKind::Do => ("do", None),
        OperationKind::Undo { of } => ("undo", Some(of)),
        OperationKind::Redo { of } => ("redo", Some(of)),
    };
    let mut insert = db.prepare_cached(
        "INSERT INTO operation
         (id, parent, coder, at, title, place, kind, takes_back, gesture, changes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    insert.execute(params![
        operation.id.to_string(),
        operation.parent.map(|id| id.to_string()),
        operation.coder.to_string(),
        operation.at.0,
        operation.title,
        operation.place.map(place_to_text).transpose()?,
        kind,
        takes_back.map(|id| id.to_string()),
        operation.gesture.map(u64::cast_signed),
        changes_to_text(&operation.changes)?,
    ])?;
    Ok(())
}

fn write_change(db: &Connection, change: &Change) -> rusqlite::Result<()> {
    match (change, change.key()) {
        (Change::Info(delta), _) => set(db, "info", "value", "name", delta.after.as_ref()),
        (Change::Article(delta), ChangeKey::Article(id)) => article(db, id, delta),
        (Change::Meta(delta), ChangeKey::Meta(id)) => {
            let meta = delta.after.clone().unwrap_or_default();
            let mut update = db.prepare_cached("UPDATE article SET meta = ?2 WHERE id = ?1")?;
            update.execute(params![id.to_string(), to_text(&meta)?])?;
            Ok(())
        }
        (Change::Mention(delta), ChangeKey::Annotation(at)) => {
            annotation(db, at, delta.after.as_ref())
        }
        (Change::Timex(delta), ChangeKey::Annotation(at)) => {
            annotation(db, at, delta.after.as_ref())
        }
        (Change::Attribution(delta), ChangeKey::Annotation(at)) => {
            annotation(db, at, delta.after.as_ref())
        }
        (Change::Statement(delta), ChangeKey::Annotation(at)) => {
            annotation(db, at, delta.after.as_ref())
        }
        (Change::Entity(delta), _) => keyed(db, "entity", delta),
        (Change::Rule(delta), _) => keyed(db, "rule", delta),
        (Change::Issue(delta), _) => keyed(db, "issue", delta),
        (Change::OwnType(delta), _) => keyed(db, "type", delta),
        (Change::Coder(delta), _) => keyed(db, "coder", delta),
        (Change::Field(delta), _) => keyed(db, "field", delta),
        (Change::Act(delta), _) => keyed(db, "act", delta),
        (Change::Codes(delta), _) => codes(db, delta),
        (Change::Entry(delta), _) => keyed(db, "entry", delta),
        (Change::Look(delta), _) => look(db, delta),
        // A change and its key are of one kind.
        (
            Change::Article(_)
            | Change::Meta(_)
            | Change::Mention(_)
            | Change::Timex(_)
            | Change::Attribution(_)
            | Change::Statement(_),
            _,
        ) => Ok(()),
    }
}

fn article(
    db: &Connection,
    id: ArticleId,
    delta: &Delta<ArticleId, std::sync::Arc<crate::model::Article>>,
) -> rusqlite::Result<()> {
    let Some(article) = &delta.after else {
        db.prepare_cached("DELETE FROM article WHERE id = ?1")?
            .execute([id.to_string()])?;
        return Ok(());
    };
    db.prepare_cached("INSERT OR IGNORE INTO text (hash, body) VALUES (?1, ?2)")?
        .execute([&article.text.hash, &article.text.body])?;
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO article (id, text, meta, source) VALUES (?1, ?2, ?3, ?4)",
    )?;
    insert.execute(params![
        id.to_string(),
        article.text.hash,
        to_text(&article.meta)?,
        to_text(&*article.source)?,
    ])?;
    Ok(())
}

fn annotation<T: Stored>(
    db: &Connection,
    at: Annotation,
    after: Option<&T>,
) -> rusqlite::Result<()> {
    let (article, kind, id) = (
        at.article.to_string(),
        kind_name(at.kind),
        at.id.to_string(),
    );
    match after {
        Some(record) => db
            .prepare_cached(
                "INSERT OR REPLACE INTO annotation (article, kind, id, body)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![article, kind, id, to_text(record)?])?,
        None => db
            .prepare_cached("DELETE FROM annotation WHERE article = ?1 AND kind = ?2 AND id = ?3")?
            .execute(params![article, kind, id])?,
    };
    Ok(())
}

fn keyed<K: ToString, T: Stored>(
    db: &Connection,
    table: &str,
    delta: &Delta<K, T>,
) -> rusqlite::Result<()> {
    let id = delta.key.to_string();
    match &delta.after {
        Some(record) => db
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO {table} (id, body) VALUES (?1, ?2)"
            ))?
            .execute(params![id, to_text(record)?])?,
        None => db
            .prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?
            .execute([id])?,
    };
    Ok(())
}

fn codes(db: &Connection, delta: &Delta<AnnotationKey, Codes>) -> rusqlite::Result<()> {
    let (article, id) = (delta.key.article.to_string(), delta.key.id.to_string());
    match &delta.after {
        Some(codes) => db
            .prepare_cached("INSERT OR REPLACE INTO code (article, id, body) VALUES (?1, ?2, ?3)")?
            .execute(params![article, id, to_text(codes)?])?,
        None => db
            .prepare_cached("DELETE FROM code WHERE article = ?1 AND id = ?2")?
            .execute([article, id])?,
    };
    Ok(())
}

fn look(db: &Connection, delta: &Delta<ItemKey, ItemLook>) -> rusqlite::Result<()> {
    let id = item_to_text(delta.key);
    match &delta.after {
        Some(look) => db
            .prepare_cached("INSERT OR REPLACE INTO look (id, body) VALUES (?1, ?2)")?
            .execute(params![id, to_text(look)?])?,
        None => db
            .prepare_cached("DELETE FROM look WHERE id = ?1")?
            .execute([id])?,
    };
    Ok(())
}

fn set<T: Stored>(
    db: &Connection,
    table: &str,
    column: &str,
    key: &str,
    value: Option<&T>,
) -> rusqlite::Result<()> {
    match value {
        Some(value) => db
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO {table} (key, {column}) VALUES (?1, ?2)"
            ))?
            .execute(params![key, to_text(value)?])?,
        None => db
            .prepare_cached(&format!("DELETE FROM {table} WHERE key = ?1"))?
            .execute([key])?,
    };
    Ok(())
}

/// Writes what is selected and shown.
pub(super) fn view(db: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO view (key, value) VALUES (?1, ?2)")?
        .execute([key, value])?;
    Ok(())
}

/// Writes what the engine found in an article.
pub(super) fn findings(
    db: &Connection,
    article: ArticleId,
    found: &Findings,
    known: &str,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO suggestion (article, text, engine, known, body)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    insert.execute(params![
        article.to_string(),
        found.text_hash,
        found.engine,
        known,
        findings_to_bytes(found)?,
    ])?;
    Ok(())
}
