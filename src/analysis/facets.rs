//! How many statements each choice of a filter would leave: the numbers beside actors, issues and
//! values of own fields.
//!
//! A number is what the charts count once its choice alone is picked in its part of the filter, with
//! all other parts as they are: what says the same again is counted once, what is folded away not at
//! all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::analysis::{Filter, ProjectView, Row, StatementRef};
use crate::model::{Act, EntityId, FieldId, IssueId, Project, Statement};

/// Statements by what can be picked. What would leave none is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By who holds them, and for whom they count.
    pub holders: BTreeMap<EntityId, usize>,
    /// By issue.
    pub issues: BTreeMap<IssueId, usize>,
    /// By act.
    pub acts: BTreeMap<Act, usize>,
    /// By field of the person's own and its value.
    pub codes: BTreeMap<(FieldId, String), usize>,
}

impl Facets {
    /// Counts what each choice beside `filter` would leave.
    #[must_use]
    pub fn new(project: &Project, view: &ProjectView, filter: &Filter) -> Self {
        let scope = (project, view);
        let mut open = filter.clone();
        open.holders.clear();
        let holders = counted(scope, &open, |row| {
            let plain = row.value.holder.entity;
            let actor = filter.holder(view, &row.value);
            [Some(plain), Some(actor).filter(|actor| *actor != plain)]
                .into_iter()
                .flatten()
        });
        let mut open = filter.clone();
        // All of them: limited to issues, the side towards the issue counts.
        open.issues = view.issues.keys().copied().collect();
        let issues = if open.issues.is_empty() {
            BTreeMap::new()
        } else {
            counted(scope, &open, |row| row.value.issue.as_ref()?.issue)
        };
        let mut open = filter.clone();
        open.acts.clear();
        let acts = counted(scope, &open, |row| [row.value.act]);
        let mut codes = BTreeMap::new();
        for field in project.codebook.fields.keys() {
            let mut open = filter.clone();
            open.codes.remove(field);
            codes.extend(counted(scope, &open, |row| {
                let value = row.codes.get(field)?;
                Some((*field, value.clone()))
            }));
        }
        Self {
            holders,
            issues,
            acts,
            codes,
        }
    }

    /// Returns how many statements a holder has, by itself or in its name.
    #[must_use]
    pub fn holder(&self, holder: EntityId) -> usize {
        self.holders.get(&holder).copied().unwrap_or(0)
    }

    /// Returns how many statements are on an issue.
    #[must_use]
    pub fn issue(&self, issue: IssueId) -> usize {
        self.issues.get(&issue).copied().unwrap_or(0)
    }
}

/// Counts the statements that `filter` asks for under each of their keys.
fn counted<K: Ord + Clone, I: IntoIterator<Item = K>>(
    (project, view): (&Project, &ProjectView),
    filter: &Filter,
    keys: impl Fn(&Row<Statement>) -> I,
) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    let mut told: BTreeSet<(K, StatementRef)> = BTreeSet::new();
    for (at, row) in filter.each_statement(project, view) {
        let first = view.retold.all(at).first();
        for key in keys(row) {
            let again = first.is_some_and(|first| !told.insert((key.clone(), *first)));
            if !again {
                *counts.entry(key).or_default() += 1;
            }
        }
    }
    counts
}

/// Facets without a filter, counted when somebody first asks. No part of what a view is.
#[derive(Debug, Default)]
pub(super) struct WholeFacets(OnceLock<Facets>);

impl WholeFacets {
    pub(super) fn get(&self, project: &Project, view: &ProjectView) -> &Facets {
        let count = || Facets::new(project, view, &Filter::default());
        self.0.get_or_init(count)
    }
}

impl Clone for WholeFacets {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for WholeFacets {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, issue};
    use crate::analysis::{LaneKind, ReviewFilter, RowOrder, stance_by_actor, timeline};
    use crate::model::{ArticleId, Field, Polarity};

    /// Article 1: Velmora demands a hotline, demands it again, and by its minister blames Astrany.
    /// Article 2, a version of 1: the demand once more; Astrany refuses the hotline. The last is
    /// folded away.
    fn wire() -> (Project, ProjectView) {
        let about = |f: Fixture, who: &str, act, side| {
            f.push(who, None, Some("hotline"), act, (None, Some(side)))
        };
        let f = Fixture::new().office("Maren", "Velmora");
        let f = about(f, "Velmora", Act::Request, Polarity::Support);
        let f = about(f, "Velmora", Act::Request, Polarity::Support);
        let f = f
            .says("Maren", "Astrany", Act::Accuse, Polarity::Oppose)
            .next_article();
        let f = about(f, "Velmora", Act::Request, Polarity::Support);
        let f = about(f, "Astrany", Act::Reject, Polarity::Oppose);
        let f = f
            .says("Velmora", "Astrany", Act::Threaten, Polarity::Oppose)
            .unsure();
        let (project, mut view) = f.build();
        let stories = [(ArticleId(1), ArticleId(1)), (ArticleId(2), ArticleId(1))];
        view.set_stories(&Arc::new(stories.into()));
        (project, view)
    }

    fn holders(facets: &Facets, view: &ProjectView) -> Vec<(String, usize)> {
        let named = |(id, count): (&EntityId, &usize)| (view.entity_name(*id).to_owned(), *count);
        let mut all: Vec<_> = facets.holders.iter().map(named).collect();
        all.sort();
        all
    }

    #[test]
    fn what_is_said_again_or_folded_away_is_not_counted() {
        let (project, view) = wire();
        let facets = view.facets(&project);
        // Of six statements Velmora holds five: one demand told three times, one blame, one unsure.
        assert_eq!(
            holders(facets, &view),
            [
                ("Astrany".to_owned(), 1),
                ("Maren".to_owned(), 1),
                ("Velmora".to_owned(), 2)
            ]
        );
        assert_eq!(facets.issues, [(issue("hotline"), 2)].into());
        let acts = [(Act::Request, 1), (Act::Accuse, 1), (Act::Reject, 1)];
        assert_eq!(facets.acts, acts.into());
        assert_eq!(
            (facets.holder(entity("Lorvik")), facets.issue(issue("ban"))),
            (0, 0)
        );
    }

    #[test]
    fn numbers_follow_the_other_parts_of_the_filter() {
        let (project, view) = wire();
        let of = |filter: &Filter| Facets::new(&project, &view, filter);
        let opposed = Filter {
            polarities: [Polarity::Oppose].into(),
            ..Filter::default()
        };
        let facets = of(&opposed);
        assert_eq!(
            facets.holders,
            [
                (entity("Astrany"), 1),
                (entity("Maren"), 1),
                (entity("Velmora"), 1)
            ]
            .into()
        );
        assert_eq!(facets.issues, [(issue("hotline"), 1)].into());
        // Who is picked already narrows the issues, not the holders.
        let held = Filter {
            holders: [entity("Astrany")].into(),
            ..Filter::default()
        };
        let facets = of(&held);
        assert_eq!(
            (
                facets.holder(entity("Velmora")),
                facets.issue(issue("hotline"))
            ),
            (2, 1)
        );
        let alone = Filter {
            offices: false,
            ..Filter::default()
        };
        assert_eq!(of(&alone).holder(entity("Velmora")), 1);
        let unsure = Filter {
            review: Some(ReviewFilter::Unsure),
            ..Filter::default()
        };
        assert_eq!(of(&unsure).holders, [(entity("Velmora"), 1)].into());
    }

    #[test]
    fn each_number_is_what_filter_bars_and_lanes_count() {
        let (project, view) = wire();
        let whole = Filter::default();
        let facets = view.facets(&project);
        for (id, count) in &facets.holders {
            let filter = Filter {
                holders: [*id].into(),
                ..Filter::default()
            };
            assert_eq!(filter.statements(&project, &view).count(), *count);
        }
        for (id, count) in &facets.issues {
            let filter = Filter {
                issues: [*id].into(),
                ..Filter::default()
            };
            assert_eq!(filter.statements(&project, &view).count(), *count);
        }
        let bars = stance_by_actor(&project, &view, &whole, RowOrder::Name);
        let bars: Vec<_> = bars
            .iter()
            .map(|row| (row.entity, row.sides.len()))
            .collect();
        assert_eq!(bars, [(entity("Astrany"), 1), (entity("Velmora"), 2)]);
        for (id, count) in bars {
            assert_eq!(facets.holder(id), count);
        }
        let lanes = timeline(&project, &view, &whole, LaneKind::Actor).lanes;
        let lanes: Vec<_> = lanes
            .iter()
            .map(|lane| (lane.name.as_str(), lane.number(), lane.statements()))
            .collect();
        assert_eq!(lanes, [("Velmora", 2, 2), ("Astrany", 1, 1)]);
        let lanes = timeline(&project, &view, &whole, LaneKind::Issue).lanes;
        let lanes: Vec<_> = lanes
            .iter()
            .map(|lane| (lane.name.as_str(), lane.number()))
            .collect();
        assert_eq!(lanes, [("hotline", 2), ("no issue", 1)]);
    }

    #[test]
    fn values_of_own_fields_count_positions_and_a_repeat_speaks_for_itself() {
        let (mut project, view) = wire();
        let field = FieldId(7);
        let definition = Field {
            name: "Venue".to_owned(),
            ..Field::default()
        };
        project.codebook.fields.insert(field, definition);
        let refs: Vec<_> = view.statements().map(|(at, _)| at).collect();
        // The three that tell one demand, and the refusal.
        for (at, value) in [(0, "press"), (1, "press"), (3, "council"), (4, "press")] {
            let at = refs[at];
            let state = Arc::make_mut(project.articles.get_mut(&at.article).unwrap());
            let codes = state.codes.entry(at.id).or_default();
            codes.insert(field, value.to_owned());
        }
        let stories = [(ArticleId(1), ArticleId(1)), (ArticleId(2), ArticleId(1))];
        let mut view = ProjectView::new(&project, &crate::analysis::Joined::default());
        view.set_stories(&Arc::new(stories.into()));
        let facets = view.facets(&project);
        let expected = [
            ((field, "council".to_owned()), 1),
            ((field, "press".to_owned()), 2),
        ];
        assert_eq!(facets.codes, expected.into());
        for ((field, value), count) in &facets.codes {
            let filter = Filter {
                codes: [(*field, [value.clone()].into())].into(),
                ..Filter::default()
            };
            assert_eq!(filter.statements(&project, &view).count(), *count);
        }
    }
}
