//! The panel driven headless.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::analysis::fixtures::{Fixture, entity, march};
use crate::model::{Act, AnnotationKind, Polarity};

struct Bench {
    snap: Snapshot,
    view_state: ViewState,
    state: TimelineState,
    out: Vec<Command>,
}

fn bench(fixture: &Fixture) -> Bench {
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
    let mut installed = false;
    Harness::builder()
        .with_size([1000.0, 300.0])
        .build_ui_state(
            move |ui, bench: &mut Bench| {
                if !installed {
                    crate::ui::theme::install(ui.ctx());
                    installed = true;
                    ui.ctx().request_repaint();
                    return;
                }
                ui.ctx().set_theme(egui::Theme::Light);
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
                    if let Command::SetFilter(filter) = &command {
                        bench.view_state.filter = filter.clone();
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
        .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
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
fn nothing_dated_says_so() {
    let fixture = Fixture::new()
        .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
        .undated();
    let mut harness = harness(bench(&fixture));
    harness.run();
    harness.get_by_label("Nothing dated in this filter.");
}

#[test]
fn ten_thousand_statements_take_no_time_to_paint_again() {
    let mut fixture = Fixture::new();
    for index in 0..10_000_u32 {
        let day = 1 + index % 28;
        let month = 1 + (index / 28) % 12;
        let who = format!("Actor {}", index % 12);
        let side = [Polarity::Oppose, Polarity::Support, Polarity::Neutral][index as usize % 3];
        fixture = fixture
            .says(&who, "Astrany", Act::Reject, side)
            .dated(&format!("2026-{month:02}-{day:02}"));
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
