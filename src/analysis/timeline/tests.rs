//! Lanes, their items, what is hidden, density.

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
fn a_length_that_is_set_on_the_calendar_has_its_days() {
    let mut timex = Timex {
        range: crate::model::TextRange::new(0.into(), 1.into()),
        class: TimexClass::Duration,
        value: TimexValue("P3Y".to_owned()),
        modifier: Some(Modifier::MoreThan),
        quant: None,
        freq: None,
        anchor: None,
        points: None,
        rule: "test".to_owned(),
    };
    assert_eq!(When::of(&timex), None);
    timex.points = Some(TimexValue("2026-03-03/2026-03-12".to_owned()));
    let bar = When::Interval {
        start: DateSpan::day(march(3)),
        end: DateSpan::day(march(12)),
    };
    assert_eq!(When::of(&timex), Some(bar));
    timex.points = Some(TimexValue("2026-03-12/2026-03-12".to_owned()));
    assert_eq!(When::of(&timex), Some(When::Day(march(12))));
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

#[test]
fn what_is_folded_away_lies_on_no_lane_and_numbers_are_what_is_asked_for() {
    let (project, view) = Fixture::new()
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
        .undated()
        .says("Velmora", "Astrany", Act::Threaten, Polarity::Oppose)
        .unsure()
        .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
        .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
        .build();
    let lanes = |filter: &Filter| -> Vec<(String, usize, usize)> {
        let lanes = timeline(&project, &view, filter, LaneKind::Actor).lanes;
        lanes
            .into_iter()
            .map(|lane| (lane.name.clone(), lane.number(), lane.statements()))
            .collect()
    };
    let row = |name: &str, number, all| (name.to_owned(), number, all);
    let all = [row("Velmora", 3, 3), row("Astrany", 1, 1)];
    assert_eq!(lanes(&Filter::default()), all);
    let filter = Filter {
        polarities: [Polarity::Support].into(),
        ..Filter::default()
    };
    // A lane that is dimmed as a whole says what there is.
    assert_eq!(lanes(&filter), [row("Velmora", 1, 3), row("Astrany", 1, 1)]);
    let filter = Filter {
        review: Some(crate::analysis::ReviewFilter::Unsure),
        ..Filter::default()
    };
    assert_eq!(lanes(&filter)[0], row("Velmora", 1, 4));
}

#[test]
fn lanes_of_issues_and_acts_have_the_colours_of_the_codebook() {
    use crate::analysis::fixtures::issue;
    use crate::model::{ActUse, Issue, Swatch};
    let fixture = Fixture::new().on("Velmora", "ban", Act::Reject, Polarity::Oppose);
    let (mut project, _) = fixture.build();
    let named = Issue {
        name: "ban".to_owned(),
        colour: Some(Swatch::Green),
        ..Issue::default()
    };
    project.codebook.issues.insert(issue("ban"), named);
    let entry = ActUse {
        colour: Some(Swatch::Rose),
        ..ActUse::default()
    };
    project.codebook.acts.insert(Act::Reject, entry);
    let view = ProjectView::new(&project, &crate::analysis::Joined::default());
    let colour = |by: LaneKind| {
        let made = timeline(&project, &view, &Filter::default(), by);
        made.lanes
            .iter()
            .map(|lane| lane.colour)
            .collect::<Vec<_>>()
    };
    assert_eq!(colour(LaneKind::Issue), [Some(Swatch::Green)]);
    assert_eq!(colour(LaneKind::Act), [Some(Swatch::Rose)]);
    assert_eq!(colour(LaneKind::Actor), [None]);
}
