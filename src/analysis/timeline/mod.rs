//! What happened when, as surely as the text says it: lanes and their parts, items with their
//! precision, density.

mod density;
mod lanes;
mod when;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{ArticleView, Filter, ProjectView, Row, StatementRef};
use crate::model::{
    Act, Annotation, AnnotationId, AnnotationKind, ArticleId, DateSource, DateSpan, EntityId,
    Entry, EntryId, IssueId, ItemKey, ItemLook, Polarity, Project, Statement, Swatch, Timex,
    TimexClass,
};

pub use density::{Bin, DensityBar, density};
pub use when::{When, clock, date_of, day_number, value_words};
pub use words::item_words;

/// What a lane stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Who holds.
    Actor(EntityId),
    /// On what; none for statements without an issue.
    Issue(Option<IssueId>),
    /// What is done.
    Act(Act),
    /// Where it stands.
    Article(ArticleId),
    /// Who published it; empty where that is not known.
    Outlet(Arc<str>),
    /// A lane that the person named for entries of their own; empty where they named none.
    Own(Arc<str>),
}

/// How lanes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum LaneKind {
    #[default]
    Actor,
    Issue,
    Act,
    Article,
    Outlet,
}

/// In which order lanes stand.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum LaneOrder {
    /// Most statements first; articles newest first.
    #[default]
    Usual,
    /// By name.
    Name,
    /// Who begins first.
    Earliest,
    /// Who did something last.
    Latest,
}

/// Which time places a statement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum LaneTime {
    /// When it happened, as the text says.
    #[default]
    Event,
    /// When it was published.
    Publication,
}

/// How the timeline is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Lanes {
    /// What a lane is.
    pub by: LaneKind,
    /// What a part of a lane is; none for lanes without parts.
    pub then: Option<LaneKind>,
    /// Order of the lanes.
    pub order: LaneOrder,
    /// Which time places a statement.
    pub time: LaneTime,
    /// Whether what a person hid is shown all the same.
    pub shows_hidden: bool,
}

impl From<LaneKind> for Lanes {
    fn from(by: LaneKind) -> Self {
        Self {
            by,
            ..Self::default()
        }
    }
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A statement.
    Statement(StatementRef),
    /// A date of the text that dates no statement.
    Time(ArticleId, AnnotationId),
    /// An article's publication.
    Publication(ArticleId),
    /// An entry of the person's own.
    Entry(EntryId),
}

impl ItemKind {
    /// Returns what its look is kept for.
    #[must_use]
    pub fn key(self) -> ItemKey {
        match self {
            Self::Statement(at) => ItemKey::Annotation(Annotation {
                article: at.article,
                kind: AnnotationKind::Statement,
                id: at.id,
            }),
            Self::Time(article, id) => ItemKey::Annotation(Annotation {
                article,
                kind: AnnotationKind::Timex,
                id,
            }),
            Self::Publication(article) => ItemKey::Publication(article),
            Self::Entry(id) => ItemKey::Entry(id),
        }
    }
}

/// Something at its place in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineItem {
    /// What.
    pub kind: ItemKind,
    /// When.
    pub when: When,
    /// Minutes of the day, from and until, where the text says a time.
    pub clock: Option<(u16, u16)>,
    /// Where a statement's date came from.
    pub source: Option<DateSource>,
    /// When its article was published.
    pub published: Option<Date>,
    /// Side; neutral for what is no statement.
    pub side: Polarity,
    /// Whether a person decided it.
    pub decided: bool,
    /// Whether the filter asks for it, dates aside; the others are dimmed.
    pub asked: bool,
    /// How it looks by a person's word.
    pub look: ItemLook,
}

/// A lane with its items by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineLane {
    /// What it stands for.
    pub lane: Lane,
    /// Its name.
    pub name: String,
    /// The colour that the codebook gives to its issue or act.
    pub colour: Option<Swatch>,
    /// Items by first possible day.
    pub items: Vec<TimelineItem>,
    /// Statements without a date, which are never placed.
    pub undated: usize,
    /// Statements that a person hid.
    pub hidden: usize,
    /// Statements that the filter asks for, dates aside: placed, undated or hidden.
    pub counted: usize,
    /// Whether the filter asks for any of its items.
    pub asked: bool,
    /// Its statements once more, cut by [`Lanes::then`].
    pub parts: Vec<Self>,
}

impl TimelineLane {
    /// Returns how many entries of the person's own the lane has.
    #[must_use]
    pub fn entries(&self) -> usize {
        let entry = |item: &&TimelineItem| matches!(item.kind, ItemKind::Entry(_));
        self.items.iter().filter(entry).count()
    }

    /// Returns how many statements the lane has, dated or not, also those that are dimmed.
    #[must_use]
    pub fn statements(&self) -> usize {
        let statement = |item: &&TimelineItem| matches!(item.kind, ItemKind::Statement(_));
        self.items.iter().filter(statement).count() + self.undated + self.hidden
    }

    /// Returns the number beside its name: what the filter asks for, as in the other charts; all that
    /// there is in a lane that is dimmed as a whole; entries where it has nothing else.
    #[must_use]
    pub fn number(&self) -> usize {
        match (self.counted, self.statements()) {
            (0, 0) => self.entries(),
            (0, all) => all,
            (counted, _) => counted,
        }
    }
}

/// Lanes, most statements first (articles by date).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The lanes.
    pub lanes: Vec<TimelineLane>,
    /// Articles without a publication date.
    pub undated_articles: usize,
    /// Items that a person hid, and that are left out.
    pub hidden: usize,
}

impl Timeline {
    /// Returns the days from the first to the last item.
    #[must_use]
    pub fn span(&self) -> Option<DateSpan> {
        let spans = || {
            let items = self.lanes.iter().flat_map(|lane| &lane.items);
            items.map(|item| item.when.span())
        };
        Some(DateSpan {
            first: spans().map(|span| span.first).min()?,
            last: spans().map(|span| span.last).max()?,
        })
    }
}

/// Returns all statements by lanes, and those by parts where that is asked; what the engine is not
/// sure of stays folded away until the filter asks for it. Dates are the chart's own
/// axis and drop nothing; what else the filter does not ask for is dimmed. Lanes by article and outlet
/// hold publications, those by article also dates of the text that date no statement.
#[must_use]
pub fn timeline(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    lanes: impl Into<Lanes>,
) -> Timeline {
    let lanes = lanes.into();
    let open = Filter {
        dates: None,
        ..filter.clone()
    };
    let asked: BTreeSet<StatementRef> = open.statements(project, view).map(|(at, _)| at).collect();
    let mut cut = lanes::Cut::new(project, view, &open, lanes);
    let look = |kind: ItemKind| project.looks.get(&kind.key()).copied().unwrap_or_default();
    for (id, article) in &view.articles {
        let state = project.articles.get(id);
        let published = state.and_then(|state| Some(state.article.meta.dct?.date));
        for row in &article.statements {
            let at = StatementRef {
                article: *id,
                id: row.id,
            };
            let is_asked = asked.contains(&at);
            if !is_asked && (row.is_unsure() || again(view, at, &asked)) {
                continue;
            }
            let item = match lanes.time {
                LaneTime::Event => dated(row, article),
                LaneTime::Publication => {
                    published.map(|day| (When::Day(day), None, DateSource::Article))
                }
            };
            let item = item.map(|(when, clock, source)| TimelineItem {
                kind: ItemKind::Statement(at),
                when,
                clock,
                source: Some(source),
                published,
                side: open.side(&row.value),
                decided: row.is_decided(),
                asked: is_asked,
                look: look(ItemKind::Statement(at)),
            });
            cut.add_statement(*id, row, item, is_asked);
        }
        if matches!(lanes.by, LaneKind::Article | LaneKind::Outlet) {
            let kept = state.is_some_and(|state| open.keeps_article(view, &state.article, article));
            let items = article_items(project, *id, article, kept);
            let texts = lanes.by == LaneKind::Article && lanes.time == LaneTime::Event;
            let shown =
                |item: &TimelineItem| texts || matches!(item.kind, ItemKind::Publication(_));
            cut.add_article(*id, items.filter(shown), kept);
        }
    }
    for (id, entry) in &project.entries {
        if let Some(item) = entry_item(*id, entry, look(ItemKind::Entry(*id))) {
            cut.add_entry(entry, item);
        }
    }
    let undated = |state: &&Arc<crate::model::ArticleState>| state.article.meta.dct.is_none();
    let (lanes, hidden) = cut.finish();
    Timeline {
        lanes,
        undated_articles: project.articles.values().filter(undated).count(),
        hidden,
    }
}

fn entry_item(id: EntryId, entry: &Entry, look: ItemLook) -> Option<TimelineItem> {
    Some(TimelineItem {
        kind: ItemKind::Entry(id),
        when: When::new(&entry.value, entry.modifier)?,
        clock: clock(&entry.value),
        source: None,
        published: None,
        side: Polarity::Neutral,
        decided: true,
        asked: true,
        look,
    })
}

/// Whether another statement that says the same is shown in the place of this one.
fn again(view: &ProjectView, at: StatementRef, asked: &BTreeSet<StatementRef>) -> bool {
    let all = view.retold.all(at);
    all.first().is_some_and(|first| *first != at) || all.iter().any(|other| asked.contains(other))
}

/// When a statement happened, hour and minute where the text has them, and where that stands.
type Dated = (When, Option<(u16, u16)>, DateSource);

/// Returns when a statement happened; none if nothing says it.
fn dated(row: &Row<Statement>, article: &ArticleView) -> Option<Dated> {
    let date = row.value.date.as_ref()?;
    let sentence = row.value.evidence.sentence;
    let of_text = || {
        let same = |timex: &&Row<Timex>| {
            timex.value.value == date.value && sentence.contains_range(timex.value.range)
        };
        article.timexes.iter().find(same)?.value.modifier
    };
    let modifier = match date.source {
        DateSource::Person => date.modifier,
        DateSource::Clause | DateSource::Sentence | DateSource::Narrative | DateSource::Article => {
            date.modifier.or_else(of_text)
        }
    };
    let when = When::new(&date.value, modifier)?;
    Some((when, clock(&date.value), date.source))
}

fn article_items<'a>(
    project: &'a Project,
    id: ArticleId,
    article: &'a ArticleView,
    asked: bool,
) -> impl Iterator<Item = TimelineItem> + 'a {
    let item = move |kind: ItemKind, when, decided| TimelineItem {
        kind,
        when,
        clock: None,
        source: None,
        published: None,
        side: Polarity::Neutral,
        decided,
        asked,
        look: project.looks.get(&kind.key()).copied().unwrap_or_default(),
    };
    let dct = project.articles.get(&id).and_then(|a| a.article.meta.dct);
    let published = dct.map(|dct| item(ItemKind::Publication(id), When::Day(dct.date), true));
    let loose = move |row: &&'a Row<Timex>| {
        let placed = row.value.points.is_some()
            || matches!(row.value.class, TimexClass::Date | TimexClass::Time);
        placed
            && !article.statements.iter().any(|statement| {
                let date = statement.value.date.as_ref();
                date.is_some_and(|date| date.value == row.value.value)
                    && statement
                        .value
                        .evidence
                        .sentence
                        .contains_range(row.value.range)
            })
    };
    let times = article.timexes.iter().filter(loose).filter_map(move |row| {
        let when = When::of(&row.value)?;
        Some(TimelineItem {
            clock: clock(&row.value.value),
            ..item(ItemKind::Time(id, row.id), when, row.is_decided())
        })
    });
    published.into_iter().chain(times)
}

#[cfg(test)]
mod tests;
