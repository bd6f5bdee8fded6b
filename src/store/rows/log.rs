//! Operations. An article's text lies in the table of texts; here stands its hash.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::{AnnotationKey, Change, Delta, Place};
use crate::model::{
    Act, ActUse, AnnotationId, Article, ArticleId, ArticleMeta, ArticleText, Attribution, CoderId,
    Codes, Decided, Entity, EntityId, Entry, EntryId, Field, FieldId, Issue, IssueId, ItemKey,
    ItemLook, Mention, OwnType, ProjectInfo, Rule, RuleId, SourceFile, Statement, TextRange, Timex,
    TypeId,
};
use crate::store::rows::{BadRow, Stored, item_from_text, item_to_text, json, parse};

/// Texts by hash: those of the project, and of articles that an operation speaks of.
pub(in crate::store) type Texts = BTreeMap<String, Arc<ArticleText>>;

type Row<T> = <T as Stored>::Row;

#[derive(Serialize, Deserialize)]
struct ArticleRow {
    text: String,
    meta: Row<ArticleMeta>,
    source: Row<SourceFile>,
}

/// An item of the timeline, as one text.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct ItemRow(ItemKey);

impl From<ItemRow> for String {
    fn from(row: ItemRow) -> Self {
        item_to_text(row.0)
    }
}

impl TryFrom<String> for ItemRow {
    type Error = BadRow;
    fn try_from(text: String) -> Result<Self, BadRow> {
        item_from_text(&text).map(Self)
    }
}

/// A record before and after, without its key where it has none.
#[derive(Serialize, Deserialize)]
struct DeltaRow<K, R> {
    id: K,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<R>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<R>,
}

type OnAnnotation<T> = DeltaRow<(ArticleId, AnnotationId), Row<Decided<T>>>;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "lives only while one operation is read or written"
)]
enum ChangeRow {
    Info(DeltaRow<(), String>),
    Article(DeltaRow<ArticleId, ArticleRow>),
    Meta(DeltaRow<ArticleId, Row<ArticleMeta>>),
    Mention(OnAnnotation<Mention>),
    Timex(OnAnnotation<Timex>),
    Attribution(OnAnnotation<Attribution>),
    Statement(OnAnnotation<Statement>),
    Entity(DeltaRow<EntityId, Row<Decided<Entity>>>),
    Rule(DeltaRow<RuleId, Row<Rule>>),
    Issue(DeltaRow<IssueId, Row<Issue>>),
    Type(DeltaRow<TypeId, Row<OwnType>>),
    Coder(DeltaRow<CoderId, String>),
    Field(DeltaRow<FieldId, Row<Field>>),
    Act(DeltaRow<Act, Row<ActUse>>),
    Codes(DeltaRow<(ArticleId, AnnotationId), Row<Codes>>),
    Entry(DeltaRow<EntryId, Row<Entry>>),
    Look(DeltaRow<ItemRow, Row<ItemLook>>),
}

fn row<K: Copy, T: Stored>(delta: &Delta<K, T>) -> DeltaRow<K, T::Row> {
    DeltaRow {
        id: delta.key,
        before: delta.before.as_ref().map(Stored::row),
        after: delta.after.as_ref().map(Stored::row),
    }
}

fn on_annotation<T: Stored>(delta: &Delta<AnnotationKey, Decided<T>>) -> OnAnnotation<T> {
    DeltaRow {
        id: (delta.key.article, delta.key.id),
        before: delta.before.as_ref().map(Stored::row),
        after: delta.after.as_ref().map(Stored::row),
    }
}

fn delta<K, T: Stored>(row: DeltaRow<K, T::Row>) -> Result<Box<Delta<K, T>>, BadRow> {
    Ok(Box::new(Delta {
        key: row.id,
        before: row.before.map(T::model).transpose()?,
        after: row.after.map(T::model).transpose()?,
    }))
}

fn annotated<T: Stored>(
    row: OnAnnotation<T>,
) -> Result<Box<Delta<AnnotationKey, Decided<T>>>, BadRow> {
    let (article, id) = row.id;
    Ok(Box::new(Delta {
        key: AnnotationKey { article, id },
        before: row.before.map(Decided::model).transpose()?,
        after: row.after.map(Decided::model).transpose()?,
    }))
}

fn article_row(article: &Arc<Article>) -> ArticleRow {
    ArticleRow {
        text: article.text.hash.clone(),
        meta: article.meta.row(),
        source: article.source.row(),
    }
}

fn article(id: ArticleId, row: ArticleRow, texts: &Texts) -> Result<Arc<Article>, BadRow> {
    let text = texts
        .get(&row.text)
        .ok_or_else(|| BadRow(format!("no text {}", row.text)))?;
    Ok(Arc::new(Article {
        id,
        text: Arc::clone(text),
        meta: ArticleMeta::model(row.meta)?,
        source: Arc::new(SourceFile::model(row.source)?),
    }))
}

fn change_row(change: &Change) -> ChangeRow {
    match change {
        Change::Info(delta) => ChangeRow::Info(row(delta)),
        Change::Article(delta) => ChangeRow::Article(DeltaRow {
            id: delta.key,
            before: delta.before.as_ref().map(article_row),
            after: delta.after.as_ref().map(article_row),
        }),
        Change::Meta(delta) => ChangeRow::Meta(row(delta)),
        Change::Mention(delta) => ChangeRow::Mention(on_annotation(delta)),
        Change::Timex(delta) => ChangeRow::Timex(on_annotation(delta)),
        Change::Attribution(delta) => ChangeRow::Attribution(on_annotation(delta)),
        Change::Statement(delta) => ChangeRow::Statement(on_annotation(delta)),
        Change::Entity(delta) => ChangeRow::Entity(row(delta)),
        Change::Rule(delta) => ChangeRow::Rule(row(delta)),
        Change::Issue(delta) => ChangeRow::Issue(row(delta)),
        Change::OwnType(delta) => ChangeRow::Type(row(delta)),
        Change::Coder(delta) => ChangeRow::Coder(row(delta)),
        Change::Field(delta) => ChangeRow::Field(row(delta)),
        Change::Act(delta) => ChangeRow::Act(row(delta)),
        Change::Codes(delta) => ChangeRow::Codes(DeltaRow {
            id: (delta.key.article, delta.key.id),
            before: delta.before.as_ref().map(Stored::row),
            after: delta.after.as_ref().map(Stored::row),
        }),
        Change::Entry(delta) => ChangeRow::Entry(row(delta)),
        Change::Look(delta) => ChangeRow::Look(DeltaRow {
            id: ItemRow(delta.key),
            before: delta.before.as_ref().map(Stored::row),
            after: delta.after.as_ref().map(Stored::row),
        }),
    }
}

fn change(row: ChangeRow, texts: &Texts) -> Result<Change, BadRow> {
    Ok(match row {
        ChangeRow::Info(row) => Change::Info(delta::<_, ProjectInfo>(row)?),
        ChangeRow::Article(row) => Change::Article(Box::new(Delta {
            key: row.id,
            before: row
                .before
                .map(|before| article(row.id, before, texts))
                .transpose()?,
            after: row
                .after
                .map(|after| article(row.id, after, texts))
                .transpose()?,
        })),
        ChangeRow::Meta(row) => Change::Meta(delta(row)?),
        ChangeRow::Mention(row) => Change::Mention(annotated(row)?),
        ChangeRow::Timex(row) => Change::Timex(annotated(row)?),
        ChangeRow::Attribution(row) => Change::Attribution(annotated(row)?),
        ChangeRow::Statement(row) => Change::Statement(annotated(row)?),
        ChangeRow::Entity(row) => Change::Entity(delta(row)?),
        ChangeRow::Rule(row) => Change::Rule(delta(row)?),
        ChangeRow::Issue(row) => Change::Issue(delta(row)?),
        ChangeRow::Type(row) => Change::OwnType(delta(row)?),
        ChangeRow::Coder(row) => Change::Coder(delta(row)?),
        ChangeRow::Field(row) => Change::Field(delta(row)?),
        ChangeRow::Act(row) => Change::Act(delta(row)?),
        ChangeRow::Codes(row) => {
            let (article, id) = row.id;
            Change::Codes(Box::new(Delta {
                key: AnnotationKey { article, id },
                before: row.before.map(Codes::model).transpose()?,
                after: row.after.map(Codes::model).transpose()?,
            }))
        }
        ChangeRow::Entry(row) => Change::Entry(delta(row)?),
        ChangeRow::Look(row) => Change::Look(Box::new(Delta {
            key: row.id.0,
            before: row.before.map(ItemLook::model).transpose()?,
            after: row.after.map(ItemLook::model).transpose()?,
        })),
    })
}

/// Writes the changes of an operation.
pub(in crate::store) fn changes_to_text(changes: &[Change]) -> Result<String, BadRow> {
    json(&changes.iter().map(change_row).collect::<Vec<_>>())
}

/// Reads the changes of an operation.
pub(in crate::store) fn changes_from_text(
    text: &str,
    texts: &Texts,
) -> Result<Vec<Change>, BadRow> {
    let rows: Vec<ChangeRow> = parse(text)?;
    rows.into_iter().map(|row| change(row, texts)).collect()
}

/// Writes where undo goes to.
pub(in crate::store) fn place_to_text(place: Place) -> Result<String, BadRow> {
    json(&(place.article, place.range))
}

/// Reads where undo goes to.
pub(in crate::store) fn place_from_text(text: &str) -> Result<Place, BadRow> {
    let (article, range): (ArticleId, Option<TextRange>) = parse(text)?;
    Ok(Place { article, range })
}
