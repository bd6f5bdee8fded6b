//! Statements that say one thing again: in the same article, or in another version of it.
//!
//! Each sentence is evidence, but the position counts once: same story, holder, act, target, issue,
//! factuality and sides, and no two days. [`crate::analysis::Filter::statements`] counts by it, so
//! that bars, matrix, issues, network, timeline and list agree. Not here: which articles are versions
//! of one story (`import`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::view::{ArticleViews, StatementRef};
use crate::analysis::{ArticleView, Row};
use crate::model::{
    Act, AnnotationId, ArticleId, DateSource, EntityId, Factuality, IssueId, Polarity, Statement,
    TimexValue,
};

/// Versions of one story: by article, the one that stands for all. An article without other versions
/// is not in it.
pub type Stories = Arc<BTreeMap<ArticleId, ArticleId>>;

/// What two statements must have in common to be one.
type Key = (
    EntityId,
    Act,
    Option<EntityId>,
    Option<IssueId>,
    Factuality,
    (Option<Polarity>, Option<Polarity>),
    // A statement without target and issue says too little to be a repeat of another article's.
    Option<ArticleId>,
);

fn key(article: ArticleId, statement: &Statement) -> Key {
    let issue = statement.issue.as_ref().and_then(|phrase| phrase.issue);
    let target = statement.target.map(|party| party.entity);
    (
        statement.holder.entity,
        statement.act,
        target,
        issue,
        statement.factuality,
        (statement.polarity_target, statement.polarity_issue),
        (issue.is_none() && target.is_none()).then_some(article),
    )
}

/// The day that is said of this very act. Days taken over from the sentence, the story or the article
/// tell no two acts apart.
fn own_day(statement: &Statement) -> Option<&TimexValue> {
    let date = statement.date.as_ref()?;
    matches!(date.source, DateSource::Person | DateSource::Clause).then_some(&date.value)
}

/// One position while it is collected: its day, and who says it.
type Group<'a> = (
    Option<&'a TimexValue>,
    Vec<(StatementRef, &'a Row<Statement>)>,
);

/// Returns the positions that are said more than once in these articles (versions of one story, in
/// order), each with all that say it: decided ones first, then in order of reading.
fn told_again<'a>(
    articles: impl Iterator<Item = (ArticleId, &'a ArticleView)>,
) -> Vec<Vec<StatementRef>> {
    let mut by_key: BTreeMap<Key, Vec<Group<'a>>> = BTreeMap::new();
    for (article, view) in articles {
        for row in &view.statements {
            let at = StatementRef {
                article,
                id: row.id,
            };
            let day = own_day(&row.value);
            let groups = by_key.entry(key(article, &row.value)).or_default();
            let fits =
                |(known, _): &&mut Group<'a>| day.is_none() || known.is_none_or(|k| Some(k) == day);
            match groups.iter_mut().find(fits) {
                Some((known, rows)) => {
                    *known = known.or(day);
                    rows.push((at, row));
                }
                None => groups.push((day, vec![(at, row)])),
            }
        }
    }
    let several = by_key.into_values().flatten();
    let several = several.filter(|(_, rows)| rows.len() > 1);
    several
        .map(|(_, mut rows)| {
            rows.sort_by_key(|(_, row)| !row.is_decided());
            rows.into_iter().map(|(at, _)| at).collect()
        })
        .collect()
}

/// Which statements of a project say the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Retold {
    stories: Stories,
    /// Articles of each story, in order.
    versions: BTreeMap<ArticleId, Vec<ArticleId>>,
    /// All that say one position, under each of them.
    groups: BTreeMap<ArticleId, BTreeMap<AnnotationId, Arc<[StatementRef]>>>,
}

impl Retold {
    /// Takes over which articles are versions of one story; returns those of which that changed.
    pub(super) fn take_stories(&mut self, stories: &Stories) -> BTreeSet<ArticleId> {
        if Arc::ptr_eq(stories, &self.stories) {
            return BTreeSet::new();
        }
        let changed = super::view::changed_keys(&self.stories, stories, PartialEq::eq);
        // Their old company too.
        let left = changed.iter().flat_map(|id| self.company(*id).to_vec());
        let mut touched: BTreeSet<ArticleId> = left.collect();
        touched.extend(changed);
        self.stories = Arc::clone(stories);
        self.versions.clear();
        for (article, story) in stories.iter() {
            let all = self.versions.entry(*story).or_default();
            all.push(*article);
        }
        touched
    }

    /// Returns the article that stands for all versions of this one, itself where there is no other.
    #[must_use]
    pub fn story(&self, article: ArticleId) -> ArticleId {
        self.stories.get(&article).copied().unwrap_or(article)
    }

    fn company(&self, article: ArticleId) -> &[ArticleId] {
        let all = self.versions.get(&self.story(article));
        all.map_or(&[], Vec::as_slice)
    }

    /// Looks anew for repeats in the stories of these articles.
    pub(super) fn update(&mut self, views: &ArticleViews, changed: &BTreeSet<ArticleId>) {
        let stories: BTreeSet<ArticleId> = changed.iter().map(|id| self.story(*id)).collect();
        for gone in changed {
            self.groups.remove(gone);
        }
        for story in stories {
            let mut articles = self.company(story).to_vec();
            if articles.is_empty() {
                articles.push(story);
            }
            for article in &articles {
                self.groups.remove(article);
            }
            let known = articles
                .iter()
                .filter_map(|id| Some((*id, &**views.get(id)?)));
            for group in told_again(known) {
                let group: Arc<[StatementRef]> = group.into();
                for at in group.iter() {
                    let here = self.groups.entry(at.article).or_default();
                    here.insert(at.id, Arc::clone(&group));
                }
            }
        }
    }

    /// Returns all that say what `at` says, where there are several: the one that stands for all
    /// first.
    #[must_use]
    pub fn all(&self, at: StatementRef) -> &[StatementRef] {
        let here = self.groups.get(&at.article);
        let group = here.and_then(|here| here.get(&at.id));
        group.map_or(&[], |group| group)
    }

    /// Whether another statement stands for this one, where those that are `asked` for count.
    #[must_use]
    pub fn is_again(&self, at: StatementRef, asked: impl FnMut(&StatementRef) -> bool) -> bool {
        let before = self.all(at).iter().take_while(|other| **other != at);
        { before }.any(asked)
    }

    /// Returns how many statements only say again what another says.
    #[must_use]
    pub fn count(&self) -> usize {
        let groups = self.groups.iter().flat_map(|(article, groups)| {
            groups.iter().map(|(id, group)| {
                let at = StatementRef {
                    article: *article,
                    id: *id,
                };
                group.first() != Some(&at)
            })
        });
        groups.filter(|again| *again).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, ProjectView};
    use crate::model::{Act, Polarity, Project};

    /// Article and place of the one that stands for all, then of the others.
    fn shown(view: &ProjectView) -> Vec<Vec<(u128, usize)>> {
        let place = |at: &StatementRef| {
            let rows = &view.articles[&at.article].statements;
            let place = rows.iter().position(|row| row.id == at.id).unwrap();
            (at.article.0, place)
        };
        let groups = view.statements().map(|(at, _)| view.retold.all(at));
        let mut groups: Vec<Vec<_>> = groups
            .filter(|group| !group.is_empty())
            .map(|group| group.iter().map(place).collect())
            .collect();
        groups.sort();
        groups.dedup();
        groups
    }

    fn counted(project: &Project, view: &ProjectView, filter: &Filter) -> usize {
        filter.statements(project, view).count()
    }

    /// Urged, blamed and urged again in article 1; urged in 2 and 3.
    fn wire() -> Fixture {
        Fixture::new()
            .says("Velmora", "Ostmark", Act::Request, Polarity::Neutral)
            .undated()
            .says("Velmora", "Ostmark", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Ostmark", Act::Request, Polarity::Neutral)
            .undated()
            .next_article()
            .says("Velmora", "Ostmark", Act::Request, Polarity::Neutral)
            .next_article()
            .says("Velmora", "Ostmark", Act::Request, Polarity::Neutral)
            .confirmed()
    }

    #[test]
    fn same_position_of_one_story_counts_once_with_all_its_sentences() {
        let (project, mut view) = wire().build();
        assert_eq!(shown(&view), [vec![(1, 0), (1, 2)]]);
        assert_eq!(view.positions(), 4);
        // Article 2 is a version of 1; 3 is another story.
        let stories = [(ArticleId(1), ArticleId(1)), (ArticleId(2), ArticleId(1))];
        view.set_stories(&Arc::new(stories.into()));
        assert_eq!(shown(&view), [vec![(1, 0), (1, 2), (2, 0)]]);
        assert_eq!(counted(&project, &view, &Filter::default()), 3);
        // Where the first article is not asked for, the second speaks for itself.
        let filter = Filter {
            articles: [ArticleId(2)].into(),
            ..Filter::default()
        };
        assert_eq!(counted(&project, &view, &filter), 1);
        // Apart again.
        view.set_stories(&Stories::default());
        assert_eq!(shown(&view), [vec![(1, 0), (1, 2)]]);
    }

    #[test]
    fn what_a_person_decided_stands_for_what_is_only_suggested() {
        let (project, mut view) = wire().build();
        let stories = [(1, 1), (2, 1), (3, 1)];
        let stories = stories.map(|(id, of)| (ArticleId(id), ArticleId(of)));
        view.set_stories(&Arc::new(stories.into()));
        assert_eq!(shown(&view), [vec![(3, 0), (1, 0), (1, 2), (2, 0)]]);
        let filter = Filter::default();
        let found: Vec<_> = filter
            .statements(&project, &view)
            .map(|(at, row)| (at.article.0, row.is_decided()))
            .collect();
        assert_eq!(
            found,
            [(1, false), (3, true)],
            "the accusation and the demand"
        );
    }

    #[test]
    fn acts_of_two_days_are_two_and_one_without_a_day_joins_the_first() {
        let (_, view) = Fixture::new()
            .says("Velmora", "Ostmark", Act::Assault, Polarity::Oppose)
            .dated("2026-03-02")
            .says("Velmora", "Ostmark", Act::Assault, Polarity::Oppose)
            .dated("2026-03-05")
            .says("Velmora", "Ostmark", Act::Assault, Polarity::Oppose)
            .undated()
            .build();
        assert_eq!(shown(&view), [vec![(1, 0), (1, 2)]]);
    }

    #[test]
    fn bare_acts_of_two_versions_stay_two() {
        let (_, mut view) = Fixture::new()
            .push("Velmora", None, None, Act::Protest, (None, None))
            .next_article()
            .push("Velmora", None, None, Act::Protest, (None, None))
            .build();
        let stories = [(ArticleId(1), ArticleId(1)), (ArticleId(2), ArticleId(1))];
        view.set_stories(&Arc::new(stories.into()));
        assert_eq!(view.positions(), 2);
    }
}
