//! The panel as a picture, in its states, light and dark.

use std::sync::Arc;

use super::*;
use crate::analysis::fixtures::{Fixture, march};
use crate::app::LaneBy;
use crate::model::{Act, ItemKey, ItemLook, Modifier, Polarity, Swatch};
use crate::ui::timeline::tests::{Bench, bench, harness_of};

/// An affair with everything that the text can say of a date.
fn affair() -> Fixture {
    let days = |fixture: Fixture, who: &str, values: &[(&str, Act, Polarity)]| {
        values.iter().fold(fixture, |fixture, (value, act, side)| {
            fixture.says(who, "Astrany", *act, *side).dated(value)
        })
    };
    let (oppose, support) = (Polarity::Oppose, Polarity::Support);
    let fixture = days(
        Fixture::new(),
        "Velmora",
        &[
            ("2026-02-03", Act::Reject, oppose),
            ("2026-02-03", Act::Agree, support),
            ("2026-02-17", Act::Accuse, oppose),
            ("2026-02-18", Act::Accuse, oppose),
            ("2026-02-18", Act::Threaten, oppose),
            ("2026-03-12", Act::Consult, Polarity::Neutral),
            ("2026-02", Act::Sanction, oppose),
            ("2026-W09", Act::Mobilize, oppose),
        ],
    )
    .confirmed();
    let fixture = days(
        fixture,
        "Astrany",
        &[
            ("2026-02-13/2026-04-30", Act::Sanction, oppose),
            ("2026-02-20/2026-03", Act::Aid, support),
            ("2026-03-01/2026-03-09", Act::Protest, oppose),
        ],
    )
    .confirmed()
    .says("Lorvik", "Astrany", Act::Cooperate, support)
    .dated("2026-02")
    .meaning(Modifier::Start)
    .confirmed()
    .says("Lorvik", "Velmora", Act::Support, support)
    .dated("2026-03-02")
    .meaning(Modifier::OnOrAfter)
    .says("Lorvik", "Velmora", Act::Request, Polarity::Neutral)
    .dated("2026-02-10")
    .meaning(Modifier::Before)
    .says("Lorvik", "Velmora", Act::Accuse, oppose)
    .undated()
    .next_article()
    .says("Bastia", "Velmora", Act::Concede, support)
    .dated("1994");
    days(
        fixture.next_article(),
        "Bastia",
        &[
            ("2026-03-05", Act::Accuse, oppose),
            ("2026-03-20T14:30", Act::Agree, support),
        ],
    )
}

/// The first marks of a lane pinned, coloured, hidden.
fn looks_of(velmora: &crate::analysis::TimelineLane, project: &mut crate::model::Project) {
    for (at, look) in [
        ItemLook {
            pinned: true,
            ..ItemLook::default()
        },
        ItemLook {
            colour: Some(Swatch::Green),
            ..ItemLook::default()
        },
        ItemLook {
            hidden: true,
            ..ItemLook::default()
        },
    ]
    .into_iter()
    .enumerate()
    {
        project.looks.insert(velmora.items[at * 2].kind.key(), look);
    }
}

/// Entries of the person's own; the first marks pinned, coloured, hidden.
fn with_looks(mut bench: Bench) -> Bench {
    let view = &bench.snap.view;
    let filter = crate::analysis::Filter::default();
    let lanes = crate::analysis::timeline(
        &bench.snap.project,
        view,
        &filter,
        crate::analysis::LaneKind::Actor,
    );
    let mut project = (*bench.snap.project).clone();
    let entry = |title: &str, value: &str, modifier, lane: &str| crate::model::Entry {
        title: title.to_owned(),
        value: crate::model::TimexValue(value.to_owned()),
        modifier,
        lane: lane.to_owned(),
        note: String::new(),
    };
    for (at, entry) in [
        entry(
            "Treaty in force",
            "2026-02-20",
            Some(Modifier::OnOrAfter),
            "",
        ),
        entry("Election in Lorvik", "2026-03-15", None, ""),
        entry("Storm season", "2026-03", Some(Modifier::Start), ""),
        entry("Ports closed", "2026-02-24", None, "Velmora"),
    ]
    .into_iter()
    .enumerate()
    {
        let id = crate::model::EntryId(at as u128);
        project.entries.insert(id, entry);
        if at != 3 {
            let look = ItemLook {
                pinned: true,
                colour: (at == 1).then_some(Swatch::Violet),
                ..ItemLook::default()
            };
            project.looks.insert(ItemKey::Entry(id), look);
        }
    }
    looks_of(&lanes.lanes[0], &mut project);
    bench.snap.project = Arc::new(project);
    bench
}

#[test]
fn looks_as_designed() {
    let state = |enlarged: bool, then: Option<LaneBy>| {
        let mut bench = bench(&affair());
        bench.state.today = Some(march(18));
        bench.view_state.enlarged = enlarged.then_some(Region::Timeline);
        bench.view_state.lanes_then = then;
        bench
    };
    let mut results = egui_kittest::SnapshotResults::new();
    let mut shot = |bench: Bench, size: [f32; 2], theme: egui::Theme, name: &str| {
        let mut harness = harness_of(bench, size, theme);
        harness.run();
        results.add(harness.try_snapshot(name));
    };
    let (light, dark) = (egui::Theme::Light, egui::Theme::Dark);
    let wide = [1400.0, 860.0];
    shot(state(false, None), [1400.0, 330.0], light, "timeline_light");
    shot(state(false, None), [1400.0, 330.0], dark, "timeline_dark");
    shot(
        state(true, Some(LaneBy::Act)),
        wide,
        light,
        "timeline_parts_light",
    );
    for (theme, name) in [(light, "timeline_own_light"), (dark, "timeline_own_dark")] {
        shot(with_looks(state(true, None)), wide, theme, name);
    }
    for (theme, name) in [
        (light, "timeline_compared_light"),
        (dark, "timeline_compared_dark"),
    ] {
        let mut compared = state(true, None);
        compared.view_state.compared = Some(crate::analysis::Compared {
            first: DateSpan {
                first: jiff::civil::date(2026, 2, 1),
                last: jiff::civil::date(2026, 2, 28),
            },
            second: DateSpan {
                first: march(1),
                last: march(31),
            },
            by: crate::analysis::CompareBy::Actor,
        });
        shot(compared, wide, theme, name);
    }
    let mut brushed = state(true, None);
    brushed.view_state.filter.dates = Some(DateSpan {
        first: march(1),
        last: march(9),
    });
    shot(brushed, wide, dark, "timeline_brushed_dark");
}
