//! Which rows stand where: kept until the snapshot, the filter or the order changes.

use egui::Rangef;

use crate::app::{ArticleSort, Snapshot, ViewState};
use crate::model::{ArticleId, ArticleState};
use crate::ui::articles::row_id;
use crate::ui::told::Counts;
use crate::ui::words;

/// Height of a row; all alike, so that only visible ones are laid out.
pub(super) const ROW: f32 = 73.0;
/// Height of a day's head.
pub(super) const HEAD: f32 = 32.0;

/// A row or a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A day, an outlet.
    Head(String),
    /// An article.
    Row(ArticleId),
}

/// A key in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
    PageDown,
    PageUp,
    First,
    Last,
}

/// The list as it stands.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
    tops: Vec<f32>,
    height: f32,
    key: Option<(u64, usize, ArticleSort, bool)>,
}

impl List {
    pub(super) fn height(&self) -> f32 {
        self.height + 24.0
    }

    pub(super) fn update(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        counts: &Counts,
        hide: bool,
    ) {
        let sort = view_state.article_sort;
        let key = (snap.revision, counts.shown_articles.len(), sort, hide);
        if self.key == Some(key)
            && (!hide || counts.shown_articles.len() == snap.project.articles.len())
        {
            return;
        }
        let mut rows: Vec<(&ArticleId, &ArticleState)> = snap
            .project
            .articles
            .iter()
            .filter(|(id, _)| !hide || counts.shows(**id))
            .map(|(id, state)| (id, state.as_ref()))
            .collect();
        order(&mut rows, snap, sort);
        self.key = Some(key);
        self.place(&rows, sort);
    }

    fn place(&mut self, rows: &[(&ArticleId, &ArticleState)], sort: ArticleSort) {
        self.items.clear();
        self.tops.clear();
        let mut y = 0.0;
        let mut group: Option<String> = None;
        for (id, state) in rows {
            let head = head(state, sort);
            if head != group {
                if let Some(words) = &head {
                    self.items.push(Item::Head(words.clone()));
                    self.tops.push(y);
                    y += HEAD;
                }
                group = head;
            }
            self.items.push(Item::Row(**id));
            self.tops.push(y);
            y += ROW;
        }
        self.height = y;
    }

    /// Returns items that touch a range of heights.
    pub(super) fn visible(&self, range: Rangef) -> impl Iterator<Item = (f32, &Item)> {
        let first = self.tops.partition_point(|top| *top < range.min - ROW);
        self.tops
            .iter()
            .copied()
            .zip(&self.items)
            .skip(first)
            .take_while(move |(top, _)| *top <= range.max)
    }

    /// Returns the article that a step away stands at; beyond the ends, the first or last. Without
    /// an article to start from, the first.
    pub(super) fn step(
        &self,
        from: Option<ArticleId>,
        step: Step,
        page: usize,
    ) -> Option<ArticleId> {
        let rows: Vec<ArticleId> = self
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Row(id) => Some(*id),
                Item::Head(_) => None,
            })
            .collect();
        let last = rows.len().checked_sub(1)?;
        let at = from.and_then(|from| rows.iter().position(|id| *id == from));
        let to = match (step, at) {
            (Step::Last, _) => last,
            (Step::First, _) | (_, None) => 0,
            (Step::Next, Some(at)) => at + 1,
            (Step::Previous, Some(at)) => at.saturating_sub(1),
            (Step::PageDown, Some(at)) => at + page.max(1),
            (Step::PageUp, Some(at)) => at.saturating_sub(page.max(1)),
        };
        rows.get(to.min(last)).copied()
    }

    /// Returns the article whose row has this id.
    pub(super) fn row_of(&self, id: egui::Id) -> Option<ArticleId> {
        self.items.iter().find_map(|item| match item {
            Item::Row(article) if row_id(*article) == id => Some(*article),
            Item::Row(_) | Item::Head(_) => None,
        })
    }

    pub(super) fn top_of(&self, article: ArticleId) -> Option<f32> {
        let place = self
            .items
            .iter()
            .position(|item| *item == Item::Row(article))?;
        self.tops.get(place).copied()
    }
}

fn order(rows: &mut [(&ArticleId, &ArticleState)], snap: &Snapshot, sort: ArticleSort) {
    let date = |state: &ArticleState| state.article.meta.dct.map(|dct| dct.date);
    let title = |state: &ArticleState| state.article.meta.title.to_lowercase();
    match sort {
        // Without a date last, whichever way dates run.
        ArticleSort::NewestFirst => {
            rows.sort_by_key(|(id, s)| (date(s).is_none(), std::cmp::Reverse(date(s)), **id));
        }
        ArticleSort::OldestFirst => rows.sort_by_key(|(id, s)| (date(s).is_none(), date(s), **id)),
        ArticleSort::Title => rows.sort_by_cached_key(|(id, s)| (title(s), **id)),
        ArticleSort::Outlet => {
            let outlet = |s: &ArticleState| s.article.meta.outlet.clone();
            rows.sort_by_cached_key(|(id, s)| (outlet(s).is_none(), outlet(s), title(s), **id));
        }
        ArticleSort::MostToReview => {
            let open = |id: &ArticleId| snap.view.articles.get(id).map_or(0, |v| v.progress().0);
            rows.sort_by_cached_key(|(id, _)| (std::cmp::Reverse(open(id)), **id));
        }
    }
}

fn head(state: &ArticleState, sort: ArticleSort) -> Option<String> {
    match sort {
        ArticleSort::NewestFirst | ArticleSort::OldestFirst => Some(
            state
                .article
                .meta
                .dct
                .map_or_else(|| "Without a date".to_owned(), |dct| day(dct.date)),
        ),
        ArticleSort::Outlet => {
            let outlet = state.article.meta.outlet.clone();
            Some(outlet.unwrap_or_else(|| "Without an outlet".to_owned()))
        }
        ArticleSort::Title | ArticleSort::MostToReview => None,
    }
}

fn day(date: jiff::civil::Date) -> String {
    // The year always: a list of many years is read from any place.
    format!("{} {}", words::day_head(date, date), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_touches_the_view_is_visible() {
        let list = List {
            items: (0..1000).map(|n| Item::Row(ArticleId(n))).collect(),
            tops: (0..1000_u16).map(|n| f32::from(n) * ROW).collect(),
            height: 1000.0 * ROW,
            key: None,
        };
        let visible: Vec<_> = list.visible(Rangef::new(7300.0, 7600.0)).collect();
        assert!(visible.len() <= 7, "{}", visible.len());
        assert!(visible.iter().any(|(top, _)| (*top - 7300.0).abs() < 0.1));
        assert_eq!(list.top_of(ArticleId(3)), Some(3.0 * ROW));
    }

    #[test]
    fn steps_go_from_row_to_row_over_heads_and_stop_at_the_ends() {
        let row = |n| Item::Row(ArticleId(n));
        let head = || Item::Head("12 March".to_owned());
        let list = List {
            items: vec![head(), row(7), row(3), head(), row(9), row(1), row(2)],
            ..List::default()
        };
        for (from, step, to) in [
            (None, Step::Next, 7),
            (Some(7), Step::Next, 3),
            (Some(3), Step::Next, 9),
            (Some(9), Step::Previous, 3),
            (Some(7), Step::Previous, 7),
            (Some(2), Step::Next, 2),
            (Some(7), Step::PageDown, 1),
            (Some(1), Step::PageDown, 2),
            (Some(2), Step::PageUp, 3),
            (Some(9), Step::First, 7),
            (Some(9), Step::Last, 2),
        ] {
            let found = list.step(from.map(ArticleId), step, 3);
            assert_eq!(found, Some(ArticleId(to)), "{from:?} {step:?}");
        }
        assert_eq!(List::default().step(None, Step::Next, 3), None);
    }
}
