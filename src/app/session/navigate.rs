//! What is selected and shown: articles, annotations, entities, the walk through suggestions, the
//! filter, dialogs. Nothing here changes the project.

use crate::analysis::{ArticleView, Filter};
use crate::app::session::Session;
use crate::app::{ArticleSort, Command, Review, Selection, ThemeChoice};
use crate::model::{
    Annotation, AnnotationKind, ArticleId, ArticleState, EntityId, MentionKind, TextRange, TextSize,
};

impl Session {
    pub(super) fn run_view(&mut self, command: Command) {
        let state = &mut self.view_state;
        match command {
            Command::OpenArticle(id) => self.open_article(id),
            Command::Go(article, range) => self.go(article, range),
            Command::Select(annotation) => self.select(annotation),
            Command::Mark(annotation) => self.mark(annotation),
            Command::MarkMany(marked) => state.selection.marked = marked,
            Command::SelectEntity(entity) => state.selection.entity = entity,
            Command::SelectText(range) => {
                state.selection.text = range;
                if range.is_some() {
                    state.selection.annotation = None;
                }
            }
            Command::SetFilter(filter) => self.set_filter(filter),
            Command::RemoveFilterPart(part) => {
                let mut filter = state.filter.clone();
                filter.remove(&part);
                self.set_filter(filter);
            }
            Command::ToggleReview => self.toggle_review(),
            Command::Next => self.step(true),
            Command::Previous => self.step(false),
            Command::Escape => self.escape(),
            Command::ShowDialog(dialog) => self.show(dialog),
            Command::Enlarge(region) => state.enlarged = region,
            Command::SetStanceTab(tab) => state.stance_tab = tab,
            Command::SetStance(options) => state.stance = options,
            Command::Arrange(plan) => self.arrange(*plan),
            Command::SetLanes(lanes) => state.lanes = lanes,
            Command::SetLanesThen(then) => state.lanes_then = then,
            Command::SetLaneOrder(order) => state.lane_order = order,
            Command::SetLaneTime(time) => state.lane_time = time,
            Command::SetFolded(folded) => state.folded = folded,
            Command::ShowHidden(shows) => state.shows_hidden = shows,
            Command::SetCompared(compared) => state.compared = compared,
            Command::SetArticleSort(sort) => state.article_sort = sort,
            Command::SetStatementSort(sort) => state.statement_sort = sort,
            Command::ToggleTheme => {
                state.theme = match state.theme {
                    ThemeChoice::Light => ThemeChoice::Dark,
                    ThemeChoice::Dark => ThemeChoice::Light,
                };
            }
            Command::SetLayout(layout) => state.layout = layout,
            Command::SetReaderSize(size) => state.reader_size = size.clamp(16.0, 22.0),
            Command::ToggleRejected => state.show_rejected = !state.show_rejected,
            // Routed before: they change the project or leave the session.
            _ => {}
        }
    }

    pub(super) fn open_article(&mut self, id: ArticleId) {
        if !self.snapshot.project.articles.contains_key(&id) {
            return;
        }
        let selection = &mut self.view_state.selection;
        if selection.article != Some(id) {
            *selection = Selection {
                article: Some(id),
                entity: selection.entity,
                marked: std::mem::take(&mut selection.marked),
                ..Selection::default()
            };
        }
    }

    /// Opens an article and wishes the reader to scroll.
    pub(super) fn go(&mut self, article: ArticleId, range: TextRange) {
        self.open_article(article);
        self.wish += 1;
        self.view_state.selection.scroll_to = Some((range, self.wish));
    }

    fn mark(&mut self, annotation: Option<Annotation>) {
        if let Some(at) = annotation {
            self.open_article(at.article);
            self.view_state.selection.text = None;
        }
        self.view_state.selection.annotation = annotation;
    }

    pub(super) fn select(&mut self, annotation: Option<Annotation>) {
        self.mark(annotation);
        let Some(at) = annotation else { return };
        let range = self.range_of(at);
        if let Some(range) = range {
            self.go(at.article, range);
        }
    }

    pub(super) fn range_of(&self, at: Annotation) -> Option<TextRange> {
        let state = self.snapshot.project.articles.get(&at.article)?;
        state.annotations.range(at.kind, at.id)
    }

    /// Returns the article that stands next by date: the one before, else the one after.
    pub(super) fn article_beside(&self, article: ArticleId) -> Option<ArticleId> {
        let articles = &self.snapshot.project.articles;
        let key = |state: &ArticleState| {
            let meta = &state.article.meta;
            (meta.dct.map(|dct| dct.date), meta.title.clone())
        };
        let here = (key(articles.get(&article)?), article);
        let others = || articles.iter().map(|(id, state)| (key(state), *id));
        let before = others().filter(|other| *other < here).max();
        let after = || others().filter(|other| *other > here).min();
        before.or_else(after).map(|(_, id)| id)
    }

    /// Drops what the selection names but is there no more.
    pub(super) fn mend_selection(&mut self) {
        // While a project is being opened, what was selected may still be on its way.
        if self.disk.is_opening() {
            return;
        }
        let project = &self.snapshot.project;
        let selection = &mut self.view_state.selection;
        if selection
            .article
            .is_some_and(|id| !project.articles.contains_key(&id))
        {
            *selection = Selection::default();
        }
        if let Some(at) = selection.annotation {
            let known = project
                .articles
                .get(&at.article)
                .is_some_and(|state| state.annotations.range(at.kind, at.id).is_some());
            if !known {
                selection.annotation = None;
            }
        }
        selection.marked.retain(|at| {
            let state = project.articles.get(&at.article);
            state.is_some_and(|state| state.annotations.range(at.kind, at.id).is_some())
        });
        if let Some(entity) = selection.entity {
            let resolved = self.snapshot.view.resolver.entity(entity);
            let known = self.snapshot.view.entities.contains_key(&resolved);
            selection.entity = known.then_some(resolved);
        }
        if let Some(draft) = &self.view_state.draft
            && !project.articles.contains_key(&draft.article)
        {
            self.view_state.draft = None;
        }
    }

    fn toggle_review(&mut self) {
        if self.view_state.review.take().is_some() {
            return;
        }
        let total = self.open_suggestions();
        if total == 0 {
            self.toast("Everything is reviewed", false);
            return;
        }
        self.view_state.review = Some(Review { done: 0, total });
        let at = self.view_state.selection.annotation;
        if at.is_none_or(|at| !self.is_open(at)) {
            self.step(true);
        }
    }

    /// Returns how many suggestions the walk would stop at.
    #[must_use]
    pub fn open_suggestions(&self) -> usize {
        let view = &self.snapshot.view;
        view.articles
            .values()
            .map(|article| stops(article).count())
            .sum()
    }

    fn is_open(&self, at: Annotation) -> bool {
        self.snapshot
            .view
            .articles
            .get(&at.article)
            .is_some_and(|view| stops(view).any(|stop| (stop.kind, stop.id) == (at.kind, at.id)))
    }

    /// Goes to the next or previous suggestion, through the articles in the order of the list.
    pub(super) fn step(&mut self, forward: bool) {
        let order = self.article_order();
        let Some(start) = self
            .view_state
            .selection
            .article
            .and_then(|id| order.iter().position(|other| *other == id))
            .or_else(|| (!order.is_empty()).then_some(0))
        else {
            return;
        };
        let here = self.place();
        for offset in 0..=order.len() {
            let at = if forward {
                (start + offset) % order.len()
            } else {
                (start + order.len() * 2 - offset) % order.len()
            };
            let Some(id) = order.get(at).copied() else {
                return;
            };
            let from = if offset == 0 { here } else { None };
            if let Some(stop) = self.stop_in(id, from, forward) {
                if let Some(review) = &mut self.view_state.review {
                    review.done = (review.done + 1).min(review.total);
                }
                self.select(Some(stop));
                return;
            }
        }
        self.view_state.review = None;
        self.toast("Everything is reviewed", false);
    }

    /// Where the walk stands: the selected annotation, else the caret.
    fn place(&self) -> Option<(TextSize, Option<Annotation>)> {
        let selection = &self.view_state.selection;
        if let Some(at) = selection.annotation {
            return Some((self.anchor_of(at)?, Some(at)));
        }
        selection.text.map(|range| (range.start(), None))
    }

    /// Where an annotation stands in the walk: a statement at its cue, all else at its start.
    fn anchor_of(&self, at: Annotation) -> Option<TextSize> {
        let view = self.snapshot.view.articles.get(&at.article)?;
        if at.kind == AnnotationKind::Statement {
            return Some(view.statement(at.id)?.value.evidence.cue.start());
        }
        self.range_of(at).map(TextRange::start)
    }

    fn stop_in(
        &self,
        article: ArticleId,
        from: Option<(TextSize, Option<Annotation>)>,
        forward: bool,
    ) -> Option<Annotation> {
        let view = self.snapshot.view.articles.get(&article)?;
        let mut all: Vec<Stop> = stops(view).collect();
        all.sort_by_key(|stop| (stop.at, stop.kind, stop.id));
        let key = |stop: &Stop| {
            from.map(|(at, annotation)| {
                (stop.at, annotation.map(|_| (stop.kind, stop.id)))
                    .cmp(&(at, annotation.map(|a| (a.kind, a.id))))
            })
        };
        let found = if forward {
            all.iter().find(|stop| {
                key(stop).is_none_or(|order| {
                    order.is_gt() || (order.is_eq() && from.is_some_and(|f| f.1.is_none()))
                })
            })
        } else {
            all.iter()
                .rev()
                .find(|stop| key(stop).is_none_or(std::cmp::Ordering::is_lt))
        }?;
        Some(Annotation {
            article,
            kind: found.kind,
            id: found.id,
        })
    }

    /// Returns articles in the order of the list, those that the filter keeps.
    #[must_use]
    pub fn article_order(&self) -> Vec<ArticleId> {
        let (project, view) = (&self.snapshot.project, &self.snapshot.view);
        let filter = &self.view_state.filter;
        let mut order: Vec<ArticleId> = project
            .articles
            .iter()
            .filter(|(id, state)| {
                filter.is_empty()
                    || view
                        .articles
                        .get(id)
                        .is_some_and(|article| filter.keeps_article(view, &state.article, article))
            })
            .map(|(id, _)| *id)
            .collect();
        let meta = |id: &ArticleId| project.articles.get(id).map(|state| &state.article.meta);
        let day = |id: &ArticleId| meta(id).and_then(|meta| meta.dct).map(|dct| dct.date);
        match self.view_state.article_sort {
            ArticleSort::NewestFirst => order.sort_by_key(|id| (std::cmp::Reverse(day(id)), *id)),
            ArticleSort::OldestFirst => order.sort_by_key(|id| (day(id).is_none(), day(id), *id)),
            ArticleSort::Title => {
                order.sort_by_key(|id| meta(id).map(|meta| meta.title.to_lowercase()));
            }
            ArticleSort::Outlet => order.sort_by_key(|id| {
                (
                    meta(id).and_then(|meta| meta.outlet.clone()),
                    std::cmp::Reverse(day(id)),
                    *id,
                )
            }),
            ArticleSort::MostToReview => order.sort_by_key(|id| {
                let open = view
                    .articles
                    .get(id)
                    .map_or(0, |article| article.progress().0);
                (std::cmp::Reverse(open), *id)
            }),
        }
        order
    }

    /// `Esc` ends one thing at a time, the innermost first.
    fn escape(&mut self) {
        let state = &mut self.view_state;
        if state.dialog.take().is_some() || state.draft.take().is_some() {
            return;
        }
        if state.review.take().is_some() {
            return;
        }
        if state
            .selection
            .text
            .take()
            .is_some_and(|range| !range.is_empty())
        {
            return;
        }
        if !std::mem::take(&mut state.selection.marked).is_empty() {
            return;
        }
        if state.filter.picked.take().is_some() {
            return;
        }
        if state.compared.take().is_some() {
            return;
        }
        if state.filter.dates.take().is_some() || state.enlarged.take().is_some() {
            return;
        }
        let annotation = state.selection.annotation.take().is_some();
        let entity = state.selection.entity.take().is_some();
        if annotation || entity {
            return;
        }
        if !state.filter.is_empty() {
            state.filter = Filter {
                offices: state.filter.offices,
                ..Filter::default()
            };
        }
    }

    /// Returns the entity that the selection is about.
    #[must_use]
    pub fn selected_entity(&self) -> Option<EntityId> {
        let selection = &self.view_state.selection;
        let of_mention = selection.annotation.and_then(|at| {
            let view = self.snapshot.view.articles.get(&at.article)?;
            match at.kind {
                AnnotationKind::Mention => {
                    view.mentions
                        .iter()
                        .find(|row| row.id == at.id)?
                        .value
                        .entity
                }
                AnnotationKind::Statement => Some(view.statement(at.id)?.value.holder.entity),
                AnnotationKind::Timex | AnnotationKind::Attribution => None,
            }
        });
        of_mention.or(selection.entity)
    }
}

/// A suggestion that the walk stops at.
struct Stop {
    at: TextSize,
    kind: AnnotationKind,
    id: crate::model::AnnotationId,
}

/// Names, times and statements that are only suggested. Pronouns and descriptions are decided with
/// the statements that need them.
fn stops(view: &ArticleView) -> impl Iterator<Item = Stop> {
    let mentions = view
        .mentions
        .iter()
        .filter(|row| !row.is_decided() && row.value.kind == MentionKind::Name)
        .map(|row| Stop {
            at: row.value.range.start(),
            kind: AnnotationKind::Mention,
            id: row.id,
        });
    let timexes = view
        .timexes
        .iter()
        .filter(|row| !row.is_decided())
        .map(|row| Stop {
            at: row.value.range.start(),
            kind: AnnotationKind::Timex,
            id: row.id,
        });
    let statements = view
        .statements
        .iter()
        .filter(|row| !row.is_decided())
        .map(|row| Stop {
            at: row.value.evidence.cue.start(),
            kind: AnnotationKind::Statement,
            id: row.id,
        });
    mentions.chain(timexes).chain(statements)
}
