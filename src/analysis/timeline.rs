//! What happened when, as surely as the text says it: lanes, items with their precision, density.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::analysis::{ArticleView, Filter, ProjectView, Row, StatementRef};
use crate::model::{
    Act, AnnotationId, ArticleId, DateSource, DateSpan, EntityId, IssueId, Modifier, Polarity,
    Project, Statement, Timex, TimexClass, TimexValue,
};

/// What a lane stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Who holds.
    Actor(EntityId),
    /// On what; none for statements without an issue.
    Issue(Option<IssueId>),
    /// What is done.
    Act(Act),
    /// Where it stands.
    Article(ArticleId),
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
}

/// When, as surely as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// One day.
    Day(Date),
    /// Some day of these: a week, February, 2025.
    Within(DateSpan),
    /// From one day to another, each known or within days.
    Interval {
        /// Possible first days.
        start: DateSpan,
        /// Possible last days.
        end: DateSpan,
    },
    /// From these days on.
    From(DateSpan),
    /// Until these days.
    Until(DateSpan),
}

impl When {
    /// Returns what a TIMEX value with its modifier means; none for what has no days.
    #[must_use]
    pub fn new(value: &TimexValue, modifier: Option<Modifier>) -> Option<Self> {
        if let Some((from, to)) = value.0.split_once('/') {
            let start = TimexValue(from.to_owned()).span()?;
            let end = TimexValue(to.to_owned()).span()?;
            return (start.first <= end.last).then_some(Self::Interval { start, end });
        }
        let span = value.span()?;
        Some(match modifier {
            Some(Modifier::After | Modifier::OnOrAfter) => Self::From(span),
            Some(Modifier::Before | Modifier::OnOrBefore) => Self::Until(span),
            Some(Modifier::Start) => Self::Within(third(span, 0)),
            Some(Modifier::Mid) => Self::Within(third(span, 1)),
            Some(Modifier::End) => Self::Within(third(span, 2)),
            _ if span.is_day() => Self::Day(span.first),
            _ => Self::Within(span),
        })
    }

    /// Returns the days from the first to the last possible.
    #[must_use]
    pub fn span(self) -> DateSpan {
        match self {
            Self::Day(day) => DateSpan::day(day),
            Self::Within(span) | Self::From(span) | Self::Until(span) => span,
            Self::Interval { start, end } => DateSpan {
                first: start.first,
                last: end.last,
            },
        }
    }

    /// Returns the day in the middle, where a single mark stands.
    #[must_use]
    pub fn middle(self) -> Date {
        let span = self.span();
        let half = (day_number(span.last) - day_number(span.first)) / 2;
        date_of(day_number(span.first) + half)
    }
}

/// *early*, *mid-*, *late*: a third of the span; a single day stays whole.
fn third(span: DateSpan, which: i64) -> DateSpan {
    let (first, last) = (day_number(span.first), day_number(span.last));
    let days = last - first + 1;
    let from = first + days * which / 3;
    let to = first + days * (which + 1) / 3 - 1;
    DateSpan {
        first: date_of(from),
        last: date_of(to.max(from)),
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Returns the days since 1970.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    date.since(EPOCH)
        .map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the day that is `days` after the first of 1970; years −9999 to 9999.
#[must_use]
pub fn date_of(days: i64) -> Date {
    jiff::Span::new()
        .try_days(days)
        .and_then(|span| EPOCH.checked_add(span))
        .unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

/// Something at its place in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineItem {
    /// What.
    pub kind: ItemKind,
    /// When.
    pub when: When,
    /// Where a statement's date came from.
    pub source: Option<DateSource>,
    /// Side; neutral for what is no statement.
    pub side: Polarity,
    /// Whether a person decided it.
    pub decided: bool,
    /// Whether the filter asks for it, dates aside; the others are dimmed.
    pub asked: bool,
}

/// A lane with its items by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineLane {
    /// What it stands for.
    pub lane: Lane,
    /// Its name.
    pub name: String,
    /// Items by first possible day.
    pub items: Vec<TimelineItem>,
    /// Statements without a date, which are never placed.
    pub undated: usize,
    /// Whether the filter asks for any of its items.
    pub asked: bool,
}

impl TimelineLane {
    /// Returns how many statements the lane has, dated or not.
    #[must_use]
    pub fn statements(&self) -> usize {
        let statement = |item: &&TimelineItem| matches!(item.kind, ItemKind::Statement(_));
        self.items.iter().filter(statement).count() + self.undated
    }
}

/// Lanes, most statements first (articles by date).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The lanes.
    pub lanes: Vec<TimelineLane>,
    /// Articles without a publication date.
    pub undated_articles: usize,
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

/// Returns all statements by lanes of one kind. Dates are the chart's own axis and drop nothing; what
/// else the filter does not ask for is dimmed. Lanes by article hold publications, and dates of the
/// text that date no statement, too.
#[must_use]
pub fn timeline(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    kind: LaneKind,
) -> Timeline {
    let open = Filter {
        dates: None,
        ..filter.clone()
    };
    let asked: std::collections::BTreeSet<StatementRef> =
        open.statements(project, view).map(|(at, _)| at).collect();
    let mut lanes: BTreeMap<Lane, TimelineLane> = BTreeMap::new();
    for (id, article) in &view.articles {
        for row in &article.statements {
            let at = StatementRef {
                article: *id,
                id: row.id,
            };
            let lane = lane_of(kind, *id, row, view, filter);
            let entry = lanes
                .entry(lane)
                .or_insert_with(|| empty(lane, project, view));
            let is_asked = asked.contains(&at);
            entry.asked |= is_asked;
            match statement_item(at, row, article, &open, is_asked) {
                Some(item) => entry.items.push(item),
                None => entry.undated += 1,
            }
        }
        if kind == LaneKind::Article {
            let lane = Lane::Article(*id);
            let entry = lanes
                .entry(lane)
                .or_insert_with(|| empty(lane, project, view));
            let state = project.articles.get(id);
            let kept = state.is_some_and(|state| open.keeps_article(view, &state.article, article));
            entry.asked |= kept;
            entry
                .items
                .extend(article_items(project, *id, article, kept));
        }
    }
    let mut lanes: Vec<TimelineLane> = lanes.into_values().collect();
    for lane in &mut lanes {
        lane.items
            .sort_by_key(|item| (item.when.span().first, item.when.span().last, item.kind));
    }
    sort(&mut lanes, kind, project);
    let undated =
        |state: &&std::sync::Arc<crate::model::ArticleState>| state.article.meta.dct.is_none();
    Timeline {
        lanes,
        undated_articles: project.articles.values().filter(undated).count(),
    }
}

fn sort(lanes: &mut [TimelineLane], kind: LaneKind, project: &Project) {
    let name = |lane: &TimelineLane| (lane.name.to_lowercase(), lane.lane);
    match kind {
        LaneKind::Article => lanes.sort_by_cached_key(|lane| {
            let Lane::Article(id) = lane.lane else {
                return (Reverse(None), name(lane));
            };
            let dct = project.articles.get(&id).and_then(|a| a.article.meta.dct);
            (Reverse(dct.map(|dct| dct.date)), name(lane))
        }),
        LaneKind::Actor | LaneKind::Issue | LaneKind::Act => {
            lanes.sort_by_cached_key(|lane| {
                let unnamed = lane.lane == Lane::Issue(None);
                (unnamed, Reverse(lane.statements()), name(lane))
            });
        }
    }
}

fn lane_of(
    kind: LaneKind,
    article: ArticleId,
    row: &Row<Statement>,
    view: &ProjectView,
    filter: &Filter,
) -> Lane {
    match kind {
        LaneKind::Actor => Lane::Actor(filter.holder(view, &row.value)),
        LaneKind::Issue => Lane::Issue(row.value.issue.as_ref().and_then(|issue| issue.issue)),
        LaneKind::Act => Lane::Act(row.value.act),
        LaneKind::Article => Lane::Article(article),
    }
}

fn empty(lane: Lane, project: &Project, view: &ProjectView) -> TimelineLane {
    let name = match lane {
        Lane::Actor(entity) => view.entity_name(entity).to_owned(),
        Lane::Issue(None) => "no issue".to_owned(),
        Lane::Issue(Some(issue)) => view
            .issues
            .get(&issue)
            .map_or_else(|| "unnamed".to_owned(), |row| row.name.clone()),
        Lane::Act(act) => act.name().to_owned(),
        Lane::Article(id) => project
            .articles
            .get(&id)
            .map_or_else(String::new, |state| state.article.meta.title.clone()),
    };
    TimelineLane {
        lane,
        name,
        items: Vec::new(),
        undated: 0,
        asked: false,
    }
}

fn statement_item(
    at: StatementRef,
    row: &Row<Statement>,
    article: &ArticleView,
    filter: &Filter,
    asked: bool,
) -> Option<TimelineItem> {
    let date = row.value.date.as_ref()?;
    let sentence = row.value.evidence.sentence;
    let modifier = article
        .timexes
        .iter()
        .find(|timex| timex.value.value == date.value && sentence.contains_range(timex.value.range))
        .and_then(|timex| timex.value.modifier);
    Some(TimelineItem {
        kind: ItemKind::Statement(at),
        when: When::new(&date.value, modifier)?,
        source: Some(date.source),
        side: filter.side(&row.value),
        decided: row.is_decided(),
        asked,
    })
}

fn article_items<'a>(
    project: &'a Project,
    id: ArticleId,
    article: &'a ArticleView,
    asked: bool,
) -> impl Iterator<Item = TimelineItem> + 'a {
    let item = move |kind, when, decided| TimelineItem {
        kind,
        when,
        source: None,
        side: Polarity::Neutral,
        decided,
        asked,
    };
    let dct = project.articles.get(&id).and_then(|a| a.article.meta.dct);
    let published = dct.map(|dct| item(ItemKind::Publication(id), When::Day(dct.date), true));
    let loose = move |row: &&'a Row<Timex>| {
        matches!(row.value.class, TimexClass::Date | TimexClass::Time)
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
        let when = When::new(&row.value.value, row.value.modifier)?;
        Some(item(ItemKind::Time(id, row.id), when, row.is_decided()))
    });
    published.into_iter().chain(times)
}

/// Width of a bar of the density strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum Bin {
    Day,
    Week,
    Month,
    Year,
}

impl Bin {
    /// Returns the first day of the bin that holds `date`; weeks begin on Monday.
    #[must_use]
    pub fn start(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Week => {
                date_of(day_number(date) - i64::from(date.weekday().to_monday_zero_offset()))
            }
            Self::Month => date.first_of_month(),
            Self::Year => date.first_of_year(),
        }
    }

    /// Returns the first day after the bin that begins at `start`.
    #[must_use]
    pub fn end(self, start: Date) -> Date {
        match self {
            Self::Day => date_of(day_number(start) + 1),
            Self::Week => date_of(day_number(start) + 7),
            Self::Month => date_of(day_number(start.last_of_month()) + 1),
            Self::Year => date_of(day_number(start.last_of_year()) + 1),
        }
    }

    /// Returns *Articles per day*'s last word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// One bar: articles published from `first` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DensityBar {
    /// First day.
    pub first: Date,
    /// First day after.
    pub end: Date,
    /// All articles.
    pub total: u32,
    /// Articles that the filter asks for.
    pub asked: u32,
}

/// Returns how many articles were published when, by `bin`, in order; empty bins are left out.
#[must_use]
pub fn density(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    bin: Bin,
) -> Vec<DensityBar> {
    let mut bars: BTreeMap<Date, DensityBar> = BTreeMap::new();
    for (id, state) in &project.articles {
        let Some(dct) = state.article.meta.dct else {
            continue;
        };
        let first = bin.start(dct.date);
        let bar = bars.entry(first).or_insert_with(|| DensityBar {
            first,
            end: bin.end(first),
            total: 0,
            asked: 0,
        });
        bar.total += 1;
        let asked = view
            .articles
            .get(id)
            .is_some_and(|article| filter.keeps_article(view, &state.article, article));
        bar.asked += u32::from(asked);
    }
    bars.into_values().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, march};

    fn when(value: &str, modifier: Option<Modifier>) -> Option<When> {
        When::new(&TimexValue(value.to_owned()), modifier)
    }

    fn days(first: Date, last: Date) -> DateSpan {
        DateSpan { first, last }
    }

    #[test]
    fn precision_is_kept() {
        assert_eq!(when("2026-03-12", None), Some(When::Day(march(12))));
        assert_eq!(
            when("2026-03", None),
            Some(When::Within(days(march(1), march(31))))
        );
        assert_eq!(
            when("2026-03-03/2026-03", None),
            Some(When::Interval {
                start: DateSpan::day(march(3)),
                end: days(march(1), march(31)),
            })
        );
        assert_eq!(
            when("2026-03-03", Some(Modifier::OnOrAfter)),
            Some(When::From(DateSpan::day(march(3))))
        );
        assert_eq!(
            when("2026-03", Some(Modifier::Start)),
            Some(When::Within(days(march(1), march(10))))
        );
        assert_eq!(
            when("2026-03", Some(Modifier::End)),
            Some(When::Within(days(march(21), march(31))))
        );
        assert_eq!(when("P3D", None), None);
        assert_eq!(when("2026-03", None).unwrap().middle(), march(16));
    }

    #[test]
    fn days_are_counted_from_1970_both_ways() {
        assert_eq!(day_number(date(1970, 1, 1)), 0);
        assert_eq!(day_number(date(2000, 3, 1)), 11_017);
        for day in [-800_000, -1, 0, 20_000, 2_000_000] {
            assert_eq!(day_number(date_of(day)), day);
        }
        assert_eq!(date_of(i64::MAX), Date::MAX);
    }

    fn fixture() -> Fixture {
        Fixture::new()
            .office("Maren", "Velmora")
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Maren", "Astrany", Act::Agree, Polarity::Support)
            .dated("2026-02")
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .undated()
            .next_article()
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
    }

    #[test]
    fn statements_lie_in_the_lane_of_their_actor_by_day() {
        let (project, view) = fixture().build();
        let chart = timeline(&project, &view, &Filter::default(), LaneKind::Actor);
        let lanes: Vec<_> = chart
            .lanes
            .iter()
            .map(|lane| (lane.name.as_str(), lane.items.len(), lane.undated))
            .collect();
        assert_eq!(lanes, [("Velmora", 2, 1), ("Astrany", 1, 0)]);
        assert_eq!(
            chart.lanes[0].items[0].when,
            When::Within(days(date(2026, 2, 1), date(2026, 2, 28)))
        );
        assert_eq!(chart.span(), Some(days(date(2026, 2, 1), march(12))));
        assert_eq!(chart.lanes[0].statements(), 3);
    }

    #[test]
    fn dates_of_the_filter_drop_nothing_other_parts_dim() {
        let (project, view) = fixture().build();
        let mut filter = Filter {
            dates: Some(DateSpan::day(march(12))),
            ..Filter::default()
        };
        filter.holders.insert(entity("Astrany"));
        let chart = timeline(&project, &view, &filter, LaneKind::Actor);
        let asked: Vec<_> = chart.lanes.iter().map(|lane| lane.asked).collect();
        assert_eq!(asked, [false, true]);
        assert_eq!(chart.lanes[0].items.len(), 2);
    }

    #[test]
    fn lanes_by_article_hold_publications() {
        let (project, view) = fixture().build();
        let chart = timeline(&project, &view, &Filter::default(), LaneKind::Article);
        assert_eq!(chart.lanes[0].name, "Article 2");
        assert_eq!(
            chart.lanes[0].items[0].kind,
            ItemKind::Publication(ArticleId(2))
        );
        assert_eq!(chart.lanes[0].items[0].when, When::Day(march(2)));
    }

    #[test]
    fn density_counts_articles_by_bin_and_filter() {
        let (project, view) = fixture().build();
        let mut filter = Filter::default();
        filter.holders.insert(entity("Astrany"));
        let bars = density(&project, &view, &filter, Bin::Week);
        // 1 March 2026 is a Sunday, 2 March a Monday.
        let counts: Vec<_> = bars.iter().map(|b| (b.first, b.total, b.asked)).collect();
        assert_eq!(
            counts,
            [(date(2026, 2, 23), 1, 0), (date(2026, 3, 2), 1, 1)]
        );
        assert_eq!(Bin::Month.end(march(1)), date(2026, 4, 1));
    }
}
