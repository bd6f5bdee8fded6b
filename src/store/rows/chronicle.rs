//! Entries of the timeline, and how its items look.

use serde::{Deserialize, Serialize};

use crate::model::{
    Annotation, AnnotationId, AnnotationKind, ArticleId, Entry, EntryId, ItemKey, ItemLook,
    Modifier, Swatch, TimexValue,
};
use crate::store::rows::{BadRow, Stored};

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct EntryRow {
    title: String,
    value: TimexValue,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modifier: Option<Modifier>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    lane: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl Stored for Entry {
    type Row = EntryRow;
    fn row(&self) -> EntryRow {
        let Self {
            title,
            value,
            modifier,
            lane,
            note,
        } = self.clone();
        EntryRow {
            title,
            value,
            modifier,
            lane,
            note,
        }
    }
    fn model(row: EntryRow) -> Result<Self, BadRow> {
        let EntryRow {
            title,
            value,
            modifier,
            lane,
            note,
        } = row;
        Ok(Self {
            title,
            value,
            modifier,
            lane,
            note,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct LookRow {
    #[serde(default)]
    pinned: bool,
    #[serde(default)]
    hidden: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<Swatch>,
}

impl Stored for ItemLook {
    type Row = LookRow;
    fn row(&self) -> LookRow {
        let Self {
            pinned,
            hidden,
            colour,
        } = *self;
        LookRow {
            pinned,
            hidden,
            colour,
        }
    }
    fn model(row: LookRow) -> Result<Self, BadRow> {
        let LookRow {
            pinned,
            hidden,
            colour,
        } = row;
        Ok(Self {
            pinned,
            hidden,
            colour,
        })
    }
}

const KINDS: [(&str, AnnotationKind); 4] = [
    ("mention", AnnotationKind::Mention),
    ("timex", AnnotationKind::Timex),
    ("attribution", AnnotationKind::Attribution),
    ("statement", AnnotationKind::Statement),
];

/// Writes which item: `statement ARTICLE ID`, `publication ARTICLE`, `entry ID`.
pub(in crate::store) fn item_to_text(item: ItemKey) -> String {
    match item {
        ItemKey::Annotation(at) => {
            let known = KINDS.iter().find(|(_, kind)| *kind == at.kind);
            let kind = known.map_or("", |(word, _)| *word);
            format!("{kind} {} {}", at.article, at.id)
        }
        ItemKey::Publication(article) => format!("publication {article}"),
        ItemKey::Entry(id) => format!("entry {id}"),
    }
}

/// Reads which item.
pub(in crate::store) fn item_from_text(text: &str) -> Result<ItemKey, BadRow> {
    let bad = || BadRow(format!("no item of the timeline: {text}"));
    let words: Vec<&str> = text.split(' ').collect();
    let id = |word: &str| u128::from_str_radix(word, 16).map_err(|_bad| bad());
    match words.as_slice() {
        ["publication", article] => Ok(ItemKey::Publication(ArticleId(id(article)?))),
        ["entry", entry] => Ok(ItemKey::Entry(EntryId(id(entry)?))),
        [kind, article, at] => {
            let known = KINDS.iter().find(|(word, _)| word == kind);
            Ok(ItemKey::Annotation(Annotation {
                article: ArticleId(id(article)?),
                kind: known.ok_or_else(bad)?.1,
                id: AnnotationId(id(at)?),
            }))
        }
        _ => Err(bad()),
    }
}
