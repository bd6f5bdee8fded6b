//! Which lane and part an item lies in, what they are called and how they are ordered.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::{
    Filter, Lane, LaneKind, LaneOrder, Lanes, ProjectView, Row, TimelineItem, TimelineLane,
};
use crate::model::{ArticleId, Project, Statement};

/// Lanes being filled.
pub(super) struct Cut<'a> {
    project: &'a Project,
    view: &'a ProjectView,
    filter: &'a Filter,
    lanes: Lanes,
    filled: BTreeMap<Lane, Filled>,
    outlets: BTreeMap<&'a str, Arc<str>>,
}

struct Filled {
    lane: TimelineLane,
    parts: BTreeMap<Lane, TimelineLane>,
}

impl<'a> Cut<'a> {
    pub(super) fn new(
        project: &'a Project,
        view: &'a ProjectView,
        filter: &'a Filter,
        lanes: Lanes,
    ) -> Self {
        let lanes = Lanes {
            then: lanes.then.filter(|then| *then != lanes.by),
            ..lanes
        };
        Self {
            project,
            view,
            filter,
            lanes,
            filled: BTreeMap::new(),
            outlets: BTreeMap::new(),
        }
    }

    pub(super) fn add_statement(
        &mut self,
        article: ArticleId,
        row: &Row<Statement>,
        item: Option<TimelineItem>,
        asked: bool,
    ) {
        let lane = self.lane_of(self.lanes.by, article, row);
        let part = self.lanes.then.map(|then| self.lane_of(then, article, row));
        let (project, view) = (self.project, self.view);
        let filled = self.filled(&lane);
        if let Some(part) = part {
            let entry = filled.parts.entry(part);
            let part = entry.or_insert_with_key(|part| empty(part, project, view));
            put(part, item.clone(), asked);
        }
        put(&mut filled.lane, item, asked);
    }

    pub(super) fn add_article(
        &mut self,
        article: ArticleId,
        items: impl Iterator<Item = TimelineItem>,
        asked: bool,
    ) {
        let lane = match self.lanes.by {
            LaneKind::Outlet => Lane::Outlet(self.outlet(article)),
            LaneKind::Article | LaneKind::Actor | LaneKind::Issue | LaneKind::Act => {
                Lane::Article(article)
            }
        };
        let filled = self.filled(&lane);
        filled.lane.asked |= asked;
        filled.lane.items.extend(items);
    }

    fn filled(&mut self, lane: &Lane) -> &mut Filled {
        let (project, view) = (self.project, self.view);
        self.filled.entry(lane.clone()).or_insert_with(|| Filled {
            lane: empty(lane, project, view),
            parts: BTreeMap::new(),
        })
    }

    fn outlet(&mut self, article: ArticleId) -> Arc<str> {
        let state = self.project.articles.get(&article);
        let name = state
            .and_then(|state| state.article.meta.outlet.as_deref())
            .unwrap_or_default();
        let entry = self.outlets.entry(name);
        entry.or_insert_with(|| Arc::from(name)).clone()
    }

    fn lane_of(&mut self, kind: LaneKind, article: ArticleId, row: &Row<Statement>) -> Lane {
        match kind {
            LaneKind::Actor => Lane::Actor(self.filter.holder(self.view, &row.value)),
            LaneKind::Issue => Lane::Issue(row.value.issue.as_ref().and_then(|issue| issue.issue)),
            LaneKind::Act => Lane::Act(row.value.act),
            LaneKind::Article => Lane::Article(article),
            LaneKind::Outlet => Lane::Outlet(self.outlet(article)),
        }
    }

    /// Returns the lanes and their parts in order, items by day.
    pub(super) fn finish(self) -> Vec<TimelineLane> {
        let Self {
            project,
            lanes,
            filled,
            ..
        } = self;
        let mut done: Vec<TimelineLane> = filled
            .into_values()
            .map(|filled| {
                let mut lane = filled.lane;
                lane.parts = filled.parts.into_values().collect();
                lane.parts.iter_mut().for_each(by_day);
                sort(&mut lane.parts, LaneOrder::Usual, project);
                by_day(&mut lane);
                lane
            })
            .collect();
        sort(&mut done, lanes.order, project);
        done
    }
}

fn put(lane: &mut TimelineLane, item: Option<TimelineItem>, asked: bool) {
    lane.asked |= asked;
    match item {
        Some(item) => lane.items.push(item),
        None => lane.undated += 1,
    }
}

fn by_day(lane: &mut TimelineLane) {
    lane.items
        .sort_by_key(|item| (item.when.span().first, item.when.span().last, item.kind));
}

/// Lanes of what has no issue or outlet stand last in any order.
fn sort(lanes: &mut [TimelineLane], order: LaneOrder, project: &Project) {
    let published = |lane: &TimelineLane| {
        let Lane::Article(id) = lane.lane else {
            return None;
        };
        let dct = project.articles.get(&id).and_then(|a| a.article.meta.dct);
        Some(dct.map(|dct| dct.date))
    };
    lanes.sort_by_cached_key(|lane| {
        let spans = || lane.items.iter().map(|item| item.when.span());
        let (first, last) = (
            spans().map(|span| span.first).min(),
            spans().map(|span| span.last).max(),
        );
        let day = match order {
            LaneOrder::Usual | LaneOrder::Name => None,
            LaneOrder::Earliest => Some((first.is_none(), first, Reverse(None))),
            LaneOrder::Latest => Some((last.is_none(), None, Reverse(last))),
        };
        let many = match (order, published(lane)) {
            (LaneOrder::Usual, Some(published)) => Some((Reverse(published), Reverse(0))),
            (LaneOrder::Usual, None) => Some((Reverse(None), Reverse(lane.statements()))),
            (LaneOrder::Name | LaneOrder::Earliest | LaneOrder::Latest, _) => None,
        };
        (
            is_rest(&lane.lane),
            day,
            many,
            lane.name.to_lowercase(),
            lane.lane.clone(),
        )
    });
}

fn is_rest(lane: &Lane) -> bool {
    match lane {
        Lane::Issue(issue) => issue.is_none(),
        Lane::Outlet(name) => name.is_empty(),
        Lane::Actor(_) | Lane::Act(_) | Lane::Article(_) => false,
    }
}

fn empty(lane: &Lane, project: &Project, view: &ProjectView) -> TimelineLane {
    let name = match lane {
        Lane::Actor(entity) => view.entity_name(*entity).to_owned(),
        Lane::Issue(None) => "no issue".to_owned(),
        Lane::Issue(Some(issue)) => view
            .issues
            .get(issue)
            .map_or_else(|| "unnamed".to_owned(), |row| row.name.clone()),
        Lane::Act(act) => act.name().to_owned(),
        Lane::Article(id) => project
            .articles
            .get(id)
            .map_or_else(String::new, |state| state.article.meta.title.clone()),
        Lane::Outlet(name) if name.is_empty() => "no outlet".to_owned(),
        Lane::Outlet(name) => name.to_string(),
    };
    TimelineLane {
        lane: lane.clone(),
        name,
        items: Vec::new(),
        undated: 0,
        asked: false,
        parts: Vec::new(),
    }
}
