//! The panel driven headless.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::analysis::fixtures::{Fixture, entity, march};
use crate::app::LaneBy;
use crate::model::DateSpan;
use crate::model::{Act, AnnotationKind, ItemKey, Polarity};

pub(super) struct Bench {
    pub(super) snap: Snapshot,
    pub(super) view_state: ViewState,
    pub(super) state: TimelineState,
    pub(super) out: Vec<Command>,
}

pub(super) fn bench(fixture: &Fixture) -> Bench {
    let (project, view) = fixture.build();
    Bench {
        snap: Snapshot {
            project: Arc::new(project),
            view: Arc::new(view),
            revision: 1,
        },
        view_state: ViewState::default(),
        state: TimelineState::default(),
        out: Vec::new(),
    }
}

fn harness(bench: Bench) -> Harness<'static, Bench> {
    harness_of(bench, [1000.0, 300.0], egui::Theme::Light)
}

pub(super) fn harness_of(
    bench: Bench,
    size: [f32; 2],
    theme: egui::Theme,
) -> Harness<'static, Bench> {
    let mut installed = false;
    Harness::builder()
        .with_size(size)
        // Two clicks of a test are a double-click.
        .with_step_dt(1.0 / 60.0)
        .with_max_steps(24)
        .build_ui_state(
            move |ui, bench: &mut Bench| {
                if !installed {
                    crate::ui::theme::install(ui.ctx());
                    installed = true;
                    ui.ctx().request_repaint();
                    return;
                }
                ui.ctx().set_theme(theme);
                ui.painter()
                    .rect_filled(ui.max_rect(), 0.0, Theme::of(ui).panel);
                let mut out = Commands::default();
                timeline_ui(
                    ui,
                    &bench.snap,
                    &bench.view_state,
                    &mut bench.state,
                    &mut out,
                );
                for command in out.take() {
                    match &command {
                        Command::SetFilter(filter) => bench.view_state.filter = filter.clone(),
                        Command::SetFolded(folded) => bench.view_state.folded = folded.clone(),
                        Command::SetCompared(two) => bench.view_state.compared = *two,
                        Command::ShowHidden(shows) => bench.view_state.shows_hidden = *shows,
                        _ => {}
                    }
                    bench.out.push(command);
                }
            },
            bench,
        )
}

fn fixture() -> Fixture {
    Fixture::new()
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .confirmed()
        .says("Velmora", "Astrany", Act::Sanction, Polarity::Oppose)
        .dated("2026-02-13/2026-04")
        .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
        .dated("2026-03-01")
        .says("Astrany", "Lorvik", Act::Accuse, Polarity::Oppose)
        .undated()
}

#[test]
fn marks_are_named_and_a_click_selects_the_statement() {
    let mut harness = harness(bench(&fixture()));
    harness.run();
    harness.get_by_label("Velmora, 13 Feb – 30 Apr 2026, oppose");
    harness.get_by_label("Astrany, 2 statements, 1 without a date");
    harness
        .get_by_label("Velmora, 12 March 2026, oppose")
        .click();
    harness.run();
    let selected = harness
        .state()
        .out
        .iter()
        .find_map(|command| match command {
            Command::Select(Some(annotation)) => Some(*annotation),
            _ => None,
        });
    assert_eq!(selected.unwrap().kind, AnnotationKind::Statement);
}

#[test]
fn a_click_on_a_lane_selects_its_actor_and_tabs_change_the_lanes() {
    let mut harness = harness(bench(&fixture()));
    harness.run();
    harness.get_by_label("Velmora, 2 statements").click();
    harness.run();
    harness.get_by_label("Act").click();
    harness.run();
    let out = &harness.state().out;
    assert!(out.contains(&Command::SelectEntity(Some(entity("Velmora")))));
    assert!(out.contains(&Command::SetLanes(LaneBy::Act)));
}

#[test]
fn a_drag_on_the_density_strip_asks_for_days_and_keys_shift_them() {
    let mut bench = bench(&fixture());
    bench.state.window = Some((
        crate::analysis::day_number(march(1)) as f64,
        crate::analysis::day_number(march(31)) as f64,
    ));
    bench.state.moved = true;
    let mut harness = harness(bench);
    harness.run();
    let plot = harness.get_by_label("Days of the timeline").rect();
    let day = |day: f32| plot.left() + (day - 0.5) / 30.0 * plot.width();
    let y = plot.bottom() - 60.0;
    harness.drag_at(egui::pos2(day(3.0), y));
    harness.step();
    harness.hover_at(egui::pos2(day(8.0), y));
    harness.step();
    harness.drop_at(egui::pos2(day(13.0), y));
    harness.run();
    let dates = |harness: &Harness<'_, Bench>| harness.state().view_state.filter.dates;
    let days = |first, last| {
        Some(DateSpan {
            first: march(first),
            last: march(last),
        })
    };
    assert_eq!(dates(&harness), days(3, 13));
    harness.get_by_label("Days of the timeline").focus();
    harness.run();
    harness.key_press(egui::Key::ArrowRight);
    harness.run();
    assert_eq!(dates(&harness), days(4, 14));
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::ArrowLeft);
    harness.run();
    assert_eq!(dates(&harness), days(4, 13));
}

#[test]
fn a_compared_period_is_dragged_and_the_other_stays() {
    let mut bench = bench(&fixture());
    bench.state.window = Some((
        crate::analysis::day_number(march(1)) as f64,
        crate::analysis::day_number(march(31)) as f64,
    ));
    bench.state.moved = true;
    let days = |from, to| DateSpan {
        first: march(from),
        last: march(to),
    };
    let two = crate::analysis::Compared {
        first: days(2, 6),
        second: days(12, 16),
        by: crate::analysis::CompareBy::default(),
    };
    bench.view_state.compared = Some(two);
    bench.state.compared = Some((two.first, two.second));
    let mut harness = harness(bench);
    harness.run();
    let plot = harness.get_by_label("Days of the timeline").rect();
    let y = plot.bottom() - 40.0;
    let day = |n: f32| plot.left() + plot.width() * (n - 0.5) / 30.0;
    harness.drag_at(egui::pos2(day(14.0), y));
    harness.run_steps(2);
    harness.hover_at(egui::pos2(day(17.0), y));
    harness.run_steps(2);
    harness.drop_at(egui::pos2(day(19.0), y));
    harness.run();
    let bench = harness.state();
    let after = bench.view_state.compared.unwrap();
    assert_eq!(after.first, two.first);
    assert_eq!(after.second, days(17, 21));
    assert_eq!(bench.view_state.filter.dates, None);
    let (from, _) = bench.state.window.unwrap();
    assert!((from - crate::analysis::day_number(march(1)) as f64).abs() < 1.0);
}

#[test]
fn nothing_dated_says_so() {
    let fixture = Fixture::new()
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .undated();
    let mut harness = harness(bench(&fixture));
    harness.run();
    harness.get_by_label("Nothing dated in this filter.");
}

#[test]
fn overlapping_intervals_of_a_lane_stand_below_each_other() {
    let mut fixture = Fixture::new();
    for value in [
        "2026-02-13/2026-04-30",
        "2026-03-01/2026-03-20",
        "2026-03-10/2026-05-01",
    ] {
        fixture = fixture
            .says("Velmora", "Astrany", Act::Sanction, Polarity::Oppose)
            .dated(value);
    }
    let mut harness = harness(bench(&fixture));
    harness.run();
    let names = [
        "Velmora, 13 Feb – 30 Apr 2026, oppose",
        "Velmora, 1 – 20 March 2026, oppose",
        "Velmora, 10 Mar – 1 May 2026, oppose",
    ];
    let rects: Vec<_> = names
        .iter()
        .map(|name| harness.get_by_label(name).rect())
        .collect();
    for (index, rect) in rects.iter().enumerate() {
        let others = rects.iter().skip(index + 1);
        for other in others {
            assert!(!rect.intersects(*other), "{rect:?} {other:?}");
        }
    }
}

#[test]
fn a_crowd_opens_its_list_and_a_row_leads_to_its_sentence() {
    let mut fixture = Fixture::new();
    for act in [Act::Accuse, Act::Reject, Act::Threaten] {
        fixture = fixture.says("Velmora", "Astrany", act, Polarity::Oppose);
    }
    let mut harness = harness(bench(&fixture));
    harness.run();
    let mark = harness.get_by_label("Velmora, 12 March 2026, 3 statements");
    mark.click();
    harness.run();
    assert!(
        harness.state().out.is_empty(),
        "a crowd has no one sentence"
    );
    harness
        .get_by_label("12 March 2026, Velmora REJECT Astrany")
        .click();
    harness.run();
    let bench = harness.state();
    let Some(Command::Select(Some(at))) = bench.out.last() else {
        panic!("{:?}", bench.out);
    };
    let view = &bench.snap.view.articles[&at.article];
    let row = view.statements.iter().find(|row| row.id == at.id).unwrap();
    assert_eq!(row.value.act, Act::Reject);
}

#[test]
fn the_menu_of_a_mark_corrects_decides_and_chooses_its_days() {
    let mut harness = harness(bench(&fixture()));
    harness.run();
    let name = "Velmora, 13 Feb – 30 Apr 2026, oppose";
    harness.get_by_label(name).click_secondary();
    harness.run();
    harness.get_by_label("Correct the date…").click();
    harness.run();
    let at = match harness.state().out.as_slice() {
        [Command::ShowDialog(Some(Dialog::Date(ItemKey::Annotation(at))))] => *at,
        other => panic!("{other:?}"),
    };
    harness.get_by_label(name).click_secondary();
    harness.run();
    harness.get_by_label("Reject").click();
    harness.run();
    let edit = crate::edit::Edit::RejectMany(vec![at]);
    assert!(harness.state().out.contains(&Command::Edit(edit)));
    harness.get_by_label(name).click_secondary();
    harness.run();
    harness.get_by_label("Only these days").click();
    harness.run();
    let days = harness.state().view_state.filter.dates.unwrap();
    assert_eq!(crate::analysis::span_words(days), "13 Feb – 30 Apr 2026");
}

#[test]
fn parts_fold_and_unfold() {
    let mut bench = bench(&fixture());
    bench.view_state.lanes_then = Some(LaneBy::Act);
    let mut harness = harness(bench);
    harness.run();
    harness.get_by_label("Velmora: SANCTION, 1 statement");
    harness.get_by_label("Fold Velmora").click();
    harness.run();
    assert!(
        harness
            .query_by_label("Velmora: SANCTION, 1 statement")
            .is_none()
    );
    harness.get_by_label("Astrany: ACCUSE, 2 statements, 1 without a date");
    harness.get_by_label("Unfold Velmora").click();
    harness.run();
    harness.get_by_label("Velmora: SANCTION, 1 statement");
}

fn double_click(harness: &mut Harness<'_, Bench>, at: egui::Pos2) {
    harness.hover_at(at);
    // Not the third and fourth click of the one before.
    harness.run_steps(60);
    for pressed in [true, false, true, false] {
        harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        harness.step();
    }
    harness.run();
}

#[test]
fn a_double_click_takes_the_lane_and_below_the_lanes_shows_all_days() {
    let mut harness = harness(bench(&fixture()));
    harness.run();
    let all = harness.state().state.window;
    let lane = harness.get_by_label("Velmora, 2 statements").rect();
    let plot = harness.get_by_label("Days of the timeline").rect();
    let empty = egui::pos2(plot.right() - 12.0, lane.center().y - 6.0);
    double_click(&mut harness, empty);
    let holders = |harness: &Harness<'_, Bench>| harness.state().view_state.filter.holders.clone();
    assert_eq!(holders(&harness), [entity("Velmora")].into());
    double_click(&mut harness, empty);
    assert_eq!(holders(&harness), [].into(), "and lets it go");
    harness.get_by_label("Zoom in").click();
    harness.run();
    assert_ne!(harness.state().state.window, all);
    harness.state_mut().view_state.filter.dates = Some(DateSpan::day(march(3)));
    harness.run();
    double_click(
        &mut harness,
        egui::pos2(plot.center().x, plot.bottom() - 8.0),
    );
    assert_eq!(harness.state().state.window, all);
    assert_eq!(harness.state().view_state.filter.dates, None);
}

#[test]
fn reset_is_there_only_when_it_does_something() {
    let mut harness = harness(bench(&fixture()));
    harness.run();
    assert!(harness.query_by_label("Reset").is_none());
    let all = harness.state().state.window;
    harness.get_by_label("Zoom in").click();
    harness.run();
    harness.get_by_label("Reset").click();
    harness.run();
    assert_eq!(harness.state().state.window, all);
}

#[test]
fn what_lies_outside_is_counted_and_a_click_leads_there() {
    let mut fixture = fixture();
    for day in 2..9 {
        fixture = fixture
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .dated(&format!("2026-03-0{day}"));
    }
    let fixture = fixture
        .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
        .dated("1979");
    let mut harness = harness(bench(&fixture));
    harness.run();
    let (from, _) = harness.state().state.window.unwrap();
    assert!(crate::analysis::date_of(from as i64).year() == 2026);
    harness.get_by_label("1 earlier").click();
    harness.run();
    harness.get_by_label("Velmora, 1979, oppose");
    let year = crate::analysis::day_number(jiff::civil::date(1979, 1, 1)) as f64;
    let (from, to) = harness.state().state.window.unwrap();
    assert!(from <= year && year + 365.0 <= to);
    harness.get_by_label("10 later");
}

#[test]
fn ten_thousand_statements_all_lie_on_their_lanes() {
    let mut fixture = Fixture::new();
    for index in 0..10_000_u32 {
        let day = 1 + index % 28;
        let month = 1 + (index / 28) % 12;
        let who = format!("Actor {}", index % 12);
        let side = [Polarity::Oppose, Polarity::Support, Polarity::Neutral][index as usize % 3];
        // None says the same as another of its article.
        let whom = format!("Target {}", index % 97);
        let act = Act::ALL[index as usize % 16];
        fixture = fixture
            .says(&who, &whom, act, side)
            .dated(&format!("2026-{month:02}-{day:02}"));
        if index % 100 == 99 {
            fixture = fixture.next_article();
        }
    }
    let mut harness = harness(bench(&fixture));
    harness.run_steps(3);
    let data = &harness.state().state.data;
    let shown: usize = data
        .timeline
        .lanes
        .iter()
        .map(|lane| lane.items.len())
        .sum();
    assert_eq!(shown, 10_000);
}
