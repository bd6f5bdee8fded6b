//! Statements that say one thing again: in the same article, or in another version of it.
//!
//! Each sentence is evidence, but the position counts once: same story, holder, act, target, issue,
//! factuality and sides.

use std::collections::BTreeMap;

use crate::analysis::view::StatementRef;
use crate::model::{Act, ArticleId, EntityId, Factuality, IssueId, Polarity, Statement};

/// One position with every statement that says it, the first one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The statement that stands for all.
    pub first: StatementRef,
    /// The others, in the order given.
    pub again: Vec<StatementRef>,
}

/// What two statements must have in common to be one.
type Key = (
    ArticleId,
    EntityId,
    Act,
    Option<EntityId>,
    Option<IssueId>,
    Factuality,
    (Option<Polarity>, Option<Polarity>),
);

/// Returns `statements` with repeats under the first of them, in order. `story` gives the article
/// that stands for all versions of one (itself where there is no other).
///
/// A statement without target and issue says too little to be called a repeat of another article's,
/// and of its own article only with the same act.
#[must_use]
pub fn once_each<'s>(
    statements: impl IntoIterator<Item = (StatementRef, &'s Statement)>,
    story: &dyn Fn(ArticleId) -> ArticleId,
) -> Vec<Said> {
    let mut found: Vec<Said> = Vec::new();
    let mut at: BTreeMap<Key, usize> = BTreeMap::new();
    for (place, statement) in statements {
        let issue = statement.issue.as_ref().and_then(|phrase| phrase.issue);
        let target = statement.target.map(|party| party.entity);
        let bare = issue.is_none() && target.is_none();
        let article = if bare {
            place.article
        } else {
            story(place.article)
        };
        let key = (
            article,
            statement.holder.entity,
            statement.act,
            target,
            issue,
            statement.factuality,
            (statement.polarity_target, statement.polarity_issue),
        );
        match at.get(&key).and_then(|&n| found.get_mut(n)) {
            Some(said) => said.again.push(place),
            None => {
                at.insert(key, found.len());
                found.push(Said {
                    first: place,
                    again: Vec::new(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotationId, Evidence, Party, TextRange};

    fn place(article: u128, id: u128) -> StatementRef {
        StatementRef {
            article: ArticleId(article),
            id: AnnotationId(id),
        }
    }

    fn statement(holder: &str, act: Act, target: Option<&str>) -> Statement {
        let range = TextRange::new(0.into(), 1.into());
        let party = |name: &str| Party {
            entity: EntityId::hashed(&[name.as_bytes()]),
            range,
        };
        Statement {
            holder: party(holder),
            speaks_for: None,
            target: target.map(party),
            polarity_target: None,
            issue: None,
            polarity_issue: None,
            act,
            factuality: Factuality::Asserted,
            date: None,
            evidence: Evidence {
                cue: range,
                sentence: range,
            },
            reporter: None,
        }
    }

    #[test]
    fn same_position_of_one_story_counts_once_with_all_its_sentences() {
        let urged = statement("Velmora", Act::Request, Some("Ostmark"));
        let blamed = statement("Velmora", Act::Accuse, Some("Ostmark"));
        let rows = [
            (place(1, 1), &urged),
            (place(1, 2), &blamed),
            (place(1, 3), &urged),
            (place(2, 4), &urged),
            (place(3, 5), &urged),
        ];
        // Article 2 is a version of 1; 3 is another story.
        let story = |a: ArticleId| if a == ArticleId(2) { ArticleId(1) } else { a };
        let found = once_each(rows, &story);
        let shown: Vec<_> = found.iter().map(|s| (s.first, s.again.clone())).collect();
        assert_eq!(
            shown,
            [
                (place(1, 1), vec![place(1, 3), place(2, 4)]),
                (place(1, 2), vec![]),
                (place(3, 5), vec![]),
            ]
        );
    }

    #[test]
    fn bare_acts_of_two_versions_stay_two() {
        let rallied = statement("Velmora", Act::Protest, None);
        let rows = [(place(1, 1), &rallied), (place(2, 2), &rallied)];
        assert_eq!(once_each(rows, &|_| ArticleId(1)).len(), 2);
    }
}
