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
    Entry, EntryId, IssueId, ItemKey, ItemLook, Polarity, Project, Statement, Timex, TimexClass,
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
    /// Items by first possible day.
    pub items: Vec<TimelineItem>,
    /// Statements without a date, which are never placed.
    pub undated: usize,
    /// Statements that a person hid.
    pub hidden: usize,
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

    /// Returns how many statements the lane has, dated or not.
    #[must_use]
    pub fn statements(&self) -> usize {
        let statement = |item: &&TimelineItem| matches!(item.kind, ItemKind::Statement(_));
        self.items.iter().filter(statement).count() + self.undated + self.hidden
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

/// Returns all statements by lanes, and those by parts where that is asked. Dates are the chart's own
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
            if !is_asked && again(view, at, &asked) {
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
        Some(TimelineItem {
            clock: clock(&row.value.value),
            ..item(ItemKind::Time(id, row.id), when, row.is_decided())
        })
    });
    published.into_iter().chain(times)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, march};
    use crate::model::{Modifier, TimexValue};

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
            Some(When::Vague {
                sure: days(march(1), march(10)),
                whole: days(march(1), march(15)),
            })
        );
        assert_eq!(
            when("2026-03", Some(Modifier::End)),
            Some(When::Vague {
                sure: days(march(21), march(31)),
                whole: days(march(16), march(31)),
            })
        );
        assert_eq!(
            when("2026-03-12", Some(Modifier::Approx)),
            Some(When::Vague {
                sure: DateSpan::day(march(12)),
                whole: days(march(11), march(13)),
            })
        );
        assert_eq!(when("P3D", None), None);
        assert_eq!(when("2026-03", None).unwrap().middle(), march(16));
    }

    #[test]
    fn minutes_of_the_day_are_read_from_the_value() {
        let read = |value: &str| clock(&TimexValue(value.to_owned()));
        assert_eq!(read("2026-03-12T14:30"), Some((870, 871)));
        assert_eq!(read("2026-03-12T09:05:30+01:00"), Some((545, 546)));
        assert_eq!(read("2026-03-12T14"), Some((840, 900)));
        assert_eq!(read("2026-03-12TEV"), Some((1080, 1320)));
        for no in ["2026-03-12", "2026-03-12T25:00", "2026-03-12T1:99", "PT3H"] {
            assert_eq!(read(no), None, "{no}");
        }
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
    fn parts_hold_the_statements_of_their_lane_once_more() {
        let lanes = Lanes {
            then: Some(LaneKind::Act),
            ..Lanes::default()
        };
        let (project, view) = fixture().build();
        let chart = timeline(&project, &view, &Filter::default(), lanes);
        let parts: Vec<_> = chart.lanes[0]
            .parts
            .iter()
            .map(|part| (part.name.as_str(), part.items.len(), part.undated))
            .collect();
        assert_eq!(parts, [("ACCUSE", 0, 1), ("AGREE", 1, 0), ("REJECT", 1, 0)]);
        assert_eq!(chart.lanes[0].statements(), 3);
    }

    #[test]
    fn lanes_by_outlet_hold_publications_and_statements() {
        let (project, view) = fixture().build();
        let chart = timeline(&project, &view, &Filter::default(), LaneKind::Outlet);
        let lanes: Vec<_> = chart
            .lanes
            .iter()
            .map(|lane| (lane.name.as_str(), lane.items.len(), lane.statements()))
            .collect();
        assert_eq!(lanes, [("Courier", 3, 3), ("Gazette", 2, 1)]);
    }

    #[test]
    fn publication_places_what_the_text_dates_otherwise_or_not_at_all() {
        let lanes = Lanes {
            time: LaneTime::Publication,
            ..Lanes::default()
        };
        let (project, view) = fixture().build();
        let chart = timeline(&project, &view, &Filter::default(), lanes);
        let velmora = &chart.lanes[0];
        let days: Vec<_> = velmora.items.iter().map(|item| item.when).collect();
        assert_eq!(days, [When::Day(march(1)); 3]);
        assert_eq!(velmora.undated, 0);
        let event = timeline(&project, &view, &Filter::default(), LaneKind::Actor);
        assert_eq!(event.lanes[0].items[0].published, Some(march(1)));
    }

    fn entry(title: &str, value: &str, lane: &str) -> Entry {
        Entry {
            title: title.to_owned(),
            value: TimexValue(value.to_owned()),
            modifier: None,
            lane: lane.to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn entries_lie_in_the_lane_that_is_called_so_or_in_one_of_their_own() {
        let (mut project, view) = fixture().build();
        for (id, (title, lane)) in [
            ("Ports closed", "velmora"),
            ("Election", "Background"),
            ("Storm", ""),
        ]
        .into_iter()
        .enumerate()
        {
            let id = EntryId(id as u128);
            project.entries.insert(id, entry(title, "2026-03-05", lane));
        }
        let lanes = |filter: &Filter| -> Vec<(String, usize, bool)> {
            let chart = timeline(&project, &view, filter, LaneKind::Actor);
            let lanes = chart.lanes.iter();
            lanes
                .map(|lane| (lane.name.clone(), lane.entries(), lane.asked))
                .collect()
        };
        let own = |name: &str, asked| (name.to_owned(), 1, asked);
        let all = lanes(&Filter::default());
        assert_eq!(
            all[..2],
            [own("Background", true), own("Own entries", true)]
        );
        assert_eq!(all[2], own("Velmora", true));
        let storm = Filter {
            text: "storm".to_owned(),
            ..Filter::default()
        };
        let asked = lanes(&storm);
        assert_eq!(
            asked[..2],
            [own("Background", false), own("Own entries", true)]
        );
    }

    #[test]
    fn what_a_person_hid_is_counted_and_left_out() {
        let (mut project, view) = fixture().build();
        let chart = timeline(&project, &view, &Filter::default(), LaneKind::Actor);
        let kind = chart.lanes[0].items[0].kind;
        let look = ItemLook {
            hidden: true,
            ..ItemLook::default()
        };
        project.looks.insert(kind.key(), look);
        let chart = timeline(&project, &view, &Filter::default(), LaneKind::Actor);
        let lane = &chart.lanes[0];
        assert_eq!((chart.hidden, lane.hidden, lane.items.len()), (1, 1, 1));
        assert_eq!(lane.statements(), 3, "it is a statement all the same");
        let all = Lanes {
            shows_hidden: true,
            ..Lanes::default()
        };
        let chart = timeline(&project, &view, &Filter::default(), all);
        assert_eq!((chart.hidden, chart.lanes[0].items.len()), (0, 2));
        assert!(chart.lanes[0].items[0].look.hidden);
    }

    #[test]
    fn a_date_that_a_person_set_means_what_it_says() {
        let (project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .dated("2026-03")
            .meaning(Modifier::Start)
            .build();
        let article = view.articles.values().next().unwrap();
        let mut row = article.statements[0].clone();
        let found = |row: &Row<Statement>| dated(row, article).unwrap().0;
        assert!(
            matches!(found(&row), When::Vague { .. }),
            "as the words say"
        );
        let date = row.value.date.as_mut().unwrap();
        date.source = DateSource::Person;
        assert!(matches!(found(&row), When::Within(_)));
        row.value.date.as_mut().unwrap().modifier = Some(Modifier::OnOrAfter);
        assert!(matches!(found(&row), When::From(_)));
        drop(project);
    }

    #[test]
    fn lanes_stand_in_the_order_asked() {
        let (project, view) = fixture().build();
        let names = |order| {
            let lanes = Lanes {
                order,
                ..Lanes::default()
            };
            let chart = timeline(&project, &view, &Filter::default(), lanes);
            let names = chart.lanes.into_iter().map(|lane| lane.name);
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(LaneOrder::Usual), "Velmora Astrany");
        assert_eq!(names(LaneOrder::Name), "Astrany Velmora");
        assert_eq!(names(LaneOrder::Earliest), "Velmora Astrany");
        assert_eq!(names(LaneOrder::Latest), "Astrany Velmora");
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
