//! Which lane and part an item lies in, what they are called and how they are ordered.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::{
    Filter, Lane, LaneKind, LaneOrder, Lanes, ProjectView, Row, TimelineItem, TimelineLane,
};
use crate::model::{ArticleId, Entry, Project, Statement};

/// Lanes being filled.
pub(super) struct Cut<'a> {
    project: &'a Project,
    view: &'a ProjectView,
    filter: &'a Filter,
    lanes: Lanes,
    filled: BTreeMap<Lane, Filled>,
    outlets: BTreeMap<&'a str, Arc<str>>,
    /// Entries wait until all lanes of statements are there.
    entries: Vec<(&'a str, &'a Entry, TimelineItem)>,
    hidden: usize,
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
            entries: Vec::new(),
            hidden: 0,
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
        let item = match item {
            Some(item) if self.is_left_out(&item) => {
                self.hidden += 1;
                let lane = &mut self.filled(&lane).lane;
                lane.hidden += 1;
                lane.counted += usize::from(asked);
                lane.asked |= asked;
                return;
            }
            item => item,
        };
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
        let (left_out, items): (Vec<_>, Vec<_>) = items.partition(|item| self.is_left_out(item));
        self.hidden += left_out.len();
        let filled = self.filled(&lane);
        filled.lane.asked |= asked;
        filled.lane.items.extend(items);
    }

    /// Keeps an entry until all lanes are there.
    pub(super) fn add_entry(&mut self, entry: &'a Entry, item: TimelineItem) {
        if self.is_left_out(&item) {
            self.hidden += 1;
        } else {
            self.entries.push((entry.lane.trim(), entry, item));
        }
    }

    fn is_left_out(&self, item: &TimelineItem) -> bool {
        item.look.hidden && !self.lanes.shows_hidden
    }

    /// Puts entries into the lane that is called as they say (an actor's by any of its names), else
    /// into one of that name. An entry is asked for with its lane, or by its words.
    fn place_entries(&mut self) {
        let mut names: BTreeMap<String, Lane> = BTreeMap::new();
        for (lane, filled) in &self.filled {
            if let Lane::Actor(entity) = lane
                && let Some(row) = self.view.entities.get(entity)
            {
                let aliases = row.entity.aliases.iter();
                for alias in aliases {
                    names.insert(alias.text.to_lowercase(), lane.clone());
                }
            }
            names.insert(filled.lane.name.to_lowercase(), lane.clone());
        }
        let only_words = Filter {
            text: String::new(),
            ..self.filter.clone()
        };
        let words = self.filter.text.to_lowercase();
        for (name, entry, item) in std::mem::take(&mut self.entries) {
            let says = |text: &str| text.to_lowercase().contains(&words);
            let said = only_words.is_empty() && (says(&entry.title) || says(&entry.note));
            let known = names.get(&name.to_lowercase()).filter(|_| !name.is_empty());
            let lane = known.map_or_else(|| Lane::Own(Arc::from(name)), Lane::clone);
            let is_own = known.is_none();
            let filled = self.filled(&lane);
            filled.lane.asked |= is_own && said;
            let asked = said || (filled.lane.asked && !is_own && words.is_empty());
            filled.lane.items.push(TimelineItem { asked, ..item });
        }
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

    /// Returns the lanes and their parts in order, items by day; and how many are hidden.
    pub(super) fn finish(mut self) -> (Vec<TimelineLane>, usize) {
        self.place_entries();
        let Self {
            project,
            lanes,
            filled,
            hidden,
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
        (done, hidden)
    }
}

fn put(lane: &mut TimelineLane, item: Option<TimelineItem>, asked: bool) {
    lane.asked |= asked;
    lane.counted += usize::from(asked);
    match item {
        Some(item) => lane.items.push(item),
        None => lane.undated += 1,
    }
}

fn by_day(lane: &mut TimelineLane) {
    lane.items
        .sort_by_key(|item| (item.when.span().first, item.when.span().last, item.kind));
}

/// The person's own lanes stand first, those of what has no issue or outlet last, in any order.
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
            rank(&lane.lane),
            day,
            many,
            lane.name.to_lowercase(),
            lane.lane.clone(),
        )
    });
}

fn rank(lane: &Lane) -> u8 {
    let rest = match lane {
        Lane::Own(_) => return 0,
        Lane::Issue(issue) => issue.is_none(),
        Lane::Outlet(name) => name.is_empty(),
        Lane::Actor(_) | Lane::Act(_) | Lane::Article(_) => false,
    };
    1 + u8::from(rest)
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
        Lane::Own(name) if name.is_empty() => "Own entries".to_owned(),
        Lane::Outlet(name) | Lane::Own(name) => name.to_string(),
    };
    let codebook = &project.codebook;
    let colour = match lane {
        Lane::Issue(issue) => issue.and_then(|issue| codebook.issue_colour(issue)),
        Lane::Act(act) => codebook.act_colour(*act),
        Lane::Actor(_) | Lane::Article(_) | Lane::Outlet(_) | Lane::Own(_) => None,
    };
    TimelineLane {
        lane: lane.clone(),
        name,
        colour,
        items: Vec::new(),
        undated: 0,
        hidden: 0,
        counted: 0,
        asked: false,
        parts: Vec::new(),
    }
}
