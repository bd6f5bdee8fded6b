//! The same decision on all places of the same words.

use crate::edit::Refused;
use crate::edit::annotate;
use crate::edit::draft::Draft;
use crate::model::{ArticleId, ArticleState, Mention, Project, TextRange, whole_words};

/// Returns all places where `words` stand as whole words, in the order of the text: in one article,
/// or in all. Upper and lower case count. Places do not overlap.
#[must_use]
pub fn same_words(
    project: &Project,
    words: &str,
    article: Option<ArticleId>,
) -> Vec<(ArticleId, TextRange)> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    let in_article = |state: &ArticleState| {
        let id = state.article.id;
        let places = whole_words(&state.article.text.body, words);
        places.into_iter().map(move |range| (id, range))
    };
    match article {
        Some(id) => project
            .articles
            .get(&id)
            .into_iter()
            .flat_map(|s| in_article(s))
            .collect(),
        None => project
            .articles
            .values()
            .flat_map(|s| in_article(s))
            .collect(),
    }
}

/// Decides all places like `like`; a decided mention that crosses or covers a place stays as it is.
pub(super) fn apply_to_all(
    draft: &mut Draft<'_>,
    like: &Mention,
    places: &[(ArticleId, TextRange)],
) -> Result<String, Refused> {
    let mut done = 0_usize;
    for (article, range) in places {
        let state = draft.article(*article)?;
        let here = draft.mention_on(state, *range);
        let across = draft.decided_across(*article, *range);
        if across.iter().any(|id| Some(*id) != here) {
            continue;
        }
        let mention = Mention {
            range: *range,
            ..like.clone()
        };
        annotate::add_mention(draft, *article, mention)?;
        done += 1;
    }
    let type_name = draft.type_name(like.entity_type);
    Ok(match like.entity.and_then(|id| draft.entity_name(id)) {
        Some(name) => format!("{done} mentions of {name} confirmed"),
        None => format!("{done} mentions set to {type_name}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, words: &str, expected: &[&str]) {
        let found: Vec<_> = whole_words(body, words)
            .into_iter()
            .map(|r| format!("{}..{}", u32::from(r.start()), u32::from(r.end())))
            .collect();
        assert_eq!(found, expected, "{words} in {body}");
    }

    #[test]
    fn only_whole_words_are_the_same() {
        check(
            "Iran, Iranian; Iran's Iran",
            "Iran",
            &["0..4", "15..19", "22..26"],
        );
        check("US and USA", "US", &["0..2"]);
        check("the U.S.-led U.S. force", "U.S.", &["4..8", "13..17"]);
        check("Évian, évian, Évian", "Évian", &["0..6", "16..22"]);
        check("a", "", &[]);
    }
}
