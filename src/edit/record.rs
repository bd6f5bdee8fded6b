//! The kinds of record that a change can be about: how each is read, written and wrapped.

use std::sync::Arc;

use crate::edit::kind::Kind;
use crate::edit::operation::{AnnotationKey, Change, ChangeKey, Delta};
use crate::model::{
    Act, ActUse, Article, ArticleId, ArticleMeta, ArticleState, CoderId, Codes, Decided, Entity,
    EntityId, Entry, EntryId, Field, FieldId, Issue, IssueId, ItemKey, ItemLook, OwnType, Project,
    ProjectInfo, Rule, RuleId, TypeId,
};

/// A record of the project that a person decides on.
pub(super) trait Record: Sized + Clone + PartialEq {
    /// What names it.
    type Key: Copy;
    /// Returns its key among all kinds.
    fn change_key(key: Self::Key) -> ChangeKey;
    /// Wraps a change of it.
    fn change(delta: Delta<Self::Key, Self>) -> Change;
    /// Unwraps a change, if it is about this kind.
    fn delta(change: &mut Change) -> Option<&mut Delta<Self::Key, Self>>;
    /// Reads it.
    fn read(project: &Project, key: Self::Key) -> Option<Self>;
    /// Writes or removes it.
    fn write(project: &mut Project, key: Self::Key, value: Option<Self>);
}

pub(super) fn write<R: Record>(project: &mut Project, delta: &Delta<R::Key, R>) {
    R::write(project, delta.key, delta.after.clone());
}

macro_rules! record {
    ($value:ty, $key:ty, $variant:ident, |$project:ident, $id:ident| $map:expr) => {
        impl Record for $value {
            type Key = $key;
            fn change_key(key: $key) -> ChangeKey {
                ChangeKey::$variant(key)
            }
            fn change(delta: Delta<$key, Self>) -> Change {
                Change::$variant(Box::new(delta))
            }
            fn delta(change: &mut Change) -> Option<&mut Delta<$key, Self>> {
                if let Change::$variant(delta) = change {
                    Some(delta)
                } else {
                    None
                }
            }
            fn read($project: &Project, $id: $key) -> Option<Self> {
                $map.get(&$id).cloned()
            }
            fn write($project: &mut Project, $id: $key, value: Option<Self>) {
                match value {
                    Some(value) => $map.insert($id, value),
                    None => $map.remove(&$id),
                };
            }
        }
    };
}

record!(Decided<Entity>, EntityId, Entity, |project, id| project
    .entities);
record!(Rule, RuleId, Rule, |project, id| project.rules);
record!(Issue, IssueId, Issue, |project, id| project.codebook.issues);
record!(OwnType, TypeId, OwnType, |project, id| project
    .codebook
    .types);
record!(Field, FieldId, Field, |project, id| project.codebook.fields);
record!(ActUse, Act, Act, |project, id| project.codebook.acts);
record!(String, CoderId, Coder, |project, id| project.coders);
record!(Entry, EntryId, Entry, |project, id| project.entries);
record!(ItemLook, ItemKey, Look, |project, id| project.looks);

impl Record for ProjectInfo {
    type Key = ();
    fn change_key((): ()) -> ChangeKey {
        ChangeKey::Info
    }
    fn change(delta: Delta<(), Self>) -> Change {
        Change::Info(Box::new(delta))
    }
    fn delta(change: &mut Change) -> Option<&mut Delta<(), Self>> {
        if let Change::Info(delta) = change {
            Some(delta)
        } else {
            None
        }
    }
    fn read(project: &Project, (): ()) -> Option<Self> {
        Some(project.info.clone())
    }
    fn write(project: &mut Project, (): (), value: Option<Self>) {
        project.info = value.unwrap_or_default();
    }
}

impl Record for Codes {
    type Key = AnnotationKey;
    fn change_key(key: AnnotationKey) -> ChangeKey {
        ChangeKey::Codes(key)
    }
    fn change(delta: Delta<AnnotationKey, Self>) -> Change {
        Change::Codes(Box::new(delta))
    }
    fn delta(change: &mut Change) -> Option<&mut Delta<AnnotationKey, Self>> {
        if let Change::Codes(delta) = change {
            Some(delta)
        } else {
            None
        }
    }
    fn read(project: &Project, key: AnnotationKey) -> Option<Self> {
        let state = project.articles.get(&key.article)?;
        state.codes.get(&key.id).cloned()
    }
    fn write(project: &mut Project, key: AnnotationKey, value: Option<Self>) {
        if let Some(state) = project.articles.get_mut(&key.article) {
            let codes = &mut Arc::make_mut(state).codes;
            match value {
                Some(value) => codes.insert(key.id, value),
                None => codes.remove(&key.id),
            };
        }
    }
}

impl Record for Arc<Article> {
    type Key = ArticleId;
    fn change_key(key: ArticleId) -> ChangeKey {
        ChangeKey::Article(key)
    }
    fn change(delta: Delta<ArticleId, Self>) -> Change {
        Change::Article(Box::new(delta))
    }
    fn delta(change: &mut Change) -> Option<&mut Delta<ArticleId, Self>> {
        if let Change::Article(delta) = change {
            Some(delta)
        } else {
            None
        }
    }
    fn read(project: &Project, key: ArticleId) -> Option<Self> {
        Some(Self::new(project.articles.get(&key)?.article.clone()))
    }
    fn write(project: &mut Project, key: ArticleId, value: Option<Self>) {
        match value {
            Some(article) => {
                let state = ArticleState::new(Article::clone(&article));
                project.articles.insert(key, Arc::new(state))
            }
            None => project.articles.remove(&key),
        };
    }
}

impl Record for ArticleMeta {
    type Key = ArticleId;
    fn change_key(key: ArticleId) -> ChangeKey {
        ChangeKey::Meta(key)
    }
    fn change(delta: Delta<ArticleId, Self>) -> Change {
        Change::Meta(Box::new(delta))
    }
    fn delta(change: &mut Change) -> Option<&mut Delta<ArticleId, Self>> {
        if let Change::Meta(delta) = change {
            Some(delta)
        } else {
            None
        }
    }
    fn read(project: &Project, key: ArticleId) -> Option<Self> {
        Some(project.articles.get(&key)?.article.meta.clone())
    }
    fn write(project: &mut Project, key: ArticleId, value: Option<Self>) {
        if let Some(state) = project.articles.get_mut(&key) {
            Arc::make_mut(state).article.meta = value.unwrap_or_default();
        }
    }
}

impl<T: Kind> Record for Decided<T> {
    type Key = AnnotationKey;
    fn change_key(key: AnnotationKey) -> ChangeKey {
        ChangeKey::Annotation(key.of_kind(T::KIND))
    }
    fn change(delta: Delta<AnnotationKey, Self>) -> Change {
        T::wrap(Box::new(delta))
    }
    fn delta(change: &mut Change) -> Option<&mut Delta<AnnotationKey, Self>> {
        T::opened(change)
    }
    fn read(project: &Project, key: AnnotationKey) -> Option<Self> {
        let state = project.articles.get(&key.article)?;
        T::layer(&state.annotations).decided().get(&key.id).cloned()
    }
    fn write(project: &mut Project, key: AnnotationKey, value: Option<Self>) {
        if let Some(state) = project.articles.get_mut(&key.article) {
            T::layer_mut(&mut Arc::make_mut(state).annotations).set_decided(key.id, value);
        }
    }
}
