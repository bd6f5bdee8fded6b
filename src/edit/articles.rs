//! Articles come, go, and get a date.

use std::sync::Arc;

use crate::edit::Refused;
use crate::edit::draft::Draft;
use crate::edit::kind::Kind;
use crate::edit::operation::AnnotationKey;
use crate::model::{
    Article, ArticleId, ArticleMeta, ArticleText, Attribution, Codes, Decided, ItemLook, Mention,
    NewArticle, ReviewState, Rule, Statement, Timex,
};

/// Adds articles. One that is there already, by id, stays as it is.
pub(super) fn add(draft: &mut Draft<'_>, new: Vec<(ArticleId, NewArticle)>) -> String {
    let mut names = Vec::new();
    for (id, NewArticle { body, meta, source }) in new {
        if draft.article(id).is_ok() {
            continue;
        }
        draft.at(id, None);
        names.push(meta.title.clone());
        let text = Arc::new(ArticleText::new(body));
        let article = Article {
            id,
            text,
            meta,
            source: Arc::new(source),
        };
        draft.set(id, Some(Arc::new(article)));
    }
    match names.as_slice() {
        [one] if !one.is_empty() => format!("Added {one}"),
        [_] => "1 article added".to_owned(),
        many => format!("{} articles added", many.len()),
    }
}

/// Takes an article out, with its decisions and the rules that are only on it, so that undo brings
/// all of them back.
pub(super) fn remove(draft: &mut Draft<'_>, id: ArticleId) -> Result<String, Refused> {
    let state = Arc::clone(draft.article(id)?);
    draft.at(id, None);
    for statement in state.codes.keys().copied() {
        let key = AnnotationKey {
            article: id,
            id: statement,
        };
        draft.set::<Codes>(key, None);
    }
    remove_decided::<Statement>(draft, id);
    remove_decided::<Attribution>(draft, id);
    remove_decided::<Timex>(draft, id);
    remove_decided::<Mention>(draft, id);
    let items = draft.project.looks.keys().copied();
    for item in items.filter(|item| item.article() == Some(id)) {
        draft.set::<ItemLook>(item, None);
    }
    for (rule_id, rule) in draft.rules() {
        if matches!(rule, Rule::InArticle { article, .. } if article == id) {
            draft.set::<Rule>(rule_id, None);
        }
    }
    draft.set::<Arc<Article>>(id, None);
    Ok(match state.article.meta.title.as_str() {
        "" => "Article removed".to_owned(),
        title => format!("Removed {title}"),
    })
}

fn remove_decided<T: Kind>(draft: &mut Draft<'_>, article: ArticleId) {
    for id in draft.decided_ids::<T>(article) {
        draft.set::<Decided<T>>(AnnotationKey { article, id }, None);
    }
}

/// Changes what is known of articles.
pub(super) fn set_meta(
    draft: &mut Draft<'_>,
    list: Vec<(ArticleId, ArticleMeta)>,
) -> Result<String, Refused> {
    let mut title = String::new();
    let count = list.len();
    for (id, meta) in list {
        let old = draft
            .current::<ArticleMeta>(id)
            .ok_or(Refused::UnknownArticle)?;
        draft.at(id, None);
        title = meta_title(&old, &meta, count);
        draft.set(id, Some(meta));
    }
    Ok(title)
}

fn meta_title(old: &ArticleMeta, new: &ArticleMeta, count: usize) -> String {
    let what = if old.dct != new.dct {
        "Date set"
    } else if old.review != new.review {
        match new.review {
            ReviewState::Done => "Marked as done",
            ReviewState::Open => "Marked as open",
        }
    } else if old.note != new.note {
        if new.note.is_empty() {
            "Note removed"
        } else {
            "Note saved"
        }
    } else if old.title != new.title {
        "Title changed"
    } else {
        "Article details changed"
    };
    if count == 1 {
        what.to_owned()
    } else {
        format!("{what} for {count} articles")
    }
}
