//! The timeline with 10,000 statements: opening it, frames while panning and zooming (layout, paint
//! and tessellation, no GPU), and the exported figure as SVG.
//!
//! `cargo bench --bench timeline` prints the usual table for single steps, then the percentiles of a
//! walk through three years (CPU of one thread).

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin has no figure"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche::analysis::{Filter, Joined, LaneKind, Lanes, ProjectView};
use demarche::app::{Commands, Region, Snapshot, ViewState};
use demarche::export::chart::{Chart, Request, scene};
use demarche::export::svg;
use demarche::figure::network::layout::Arrangement;
use demarche::model::{
    Act, Article, ArticleId, ArticleMeta, ArticleState, ArticleText, Confidence, DateSource, Dct,
    DctSource, Entity, EntityId, EntityProposal, EntityType, Evidence, Factuality, Findings, Party,
    Polarity, Project, SourceFile, Statement, StatementDate, Suggested, TimexValue, checked_range,
};
use demarche::ui::theme;
use demarche::ui::timeline::{TimelineState, timeline_ui};

const ARTICLES: u32 = 500;
const EACH: u32 = 20;
const ACTORS: u32 = 40;
const DAYS: u32 = 1_100;

fn main() {
    report();
    divan::main();
}

/// A window of the timeline, without a window.
struct Window {
    ctx: egui::Context,
    view: ViewState,
    state: TimelineState,
    time: f64,
}

impl Window {
    fn new() -> Self {
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let view = ViewState {
            enlarged: Some(Region::Timeline),
            ..ViewState::default()
        };
        let mut window = Self {
            ctx,
            view,
            state: TimelineState::default(),
            time: 0.0,
        };
        // Fonts are there from the second frame on.
        let empty = Snapshot::default();
        window.frame(&empty, egui::Vec2::ZERO, 1.0);
        window.frame(&empty, egui::Vec2::ZERO, 1.0);
        window
    }

    /// Draws one frame, scrolled by `points` and zoomed by `zoom`; returns the primitives.
    fn frame(&mut self, snap: &Snapshot, points: egui::Vec2, zoom: f32) -> usize {
        self.time += 1.0 / 60.0;
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(1600.0, 900.0),
            )),
            time: Some(self.time),
            ..egui::RawInput::default()
        };
        input
            .events
            .push(egui::Event::PointerMoved(egui::pos2(800.0, 450.0)));
        if points != egui::Vec2::ZERO {
            input.events.push(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: points,
                modifiers: egui::Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
            });
        }
        if (zoom - 1.0).abs() > f32::EPSILON {
            input.events.push(egui::Event::Zoom(zoom));
        }
        let mut out = Commands::default();
        let Self {
            ctx, view, state, ..
        } = self;
        let mut output = ctx.run_ui(input, |ui| timeline_ui(ui, snap, view, state, &mut out));
        let shapes = std::mem::take(&mut output.shapes);
        let pixels = output.pixels_per_point;
        output.drop_without_applying_deltas();
        ctx.tessellate(shapes, pixels).len()
    }
}

fn entity(actor: u32) -> EntityId {
    EntityId::hashed(&[&actor.to_le_bytes()])
}

/// A number that looks like chance and is the same in each run.
fn scattered(index: u32) -> u32 {
    index.wrapping_mul(2_654_435_761).rotate_left(13) >> 7
}

fn snapshot() -> Snapshot {
    let mut project = Project::default();
    for number in 0..ARTICLES {
        add(&mut project, number);
    }
    let view = ProjectView::new(&project, &Joined::default());
    assert_eq!(view.statements().count(), (ARTICLES * EACH) as usize);
    Snapshot {
        project: Arc::new(project),
        view: Arc::new(view),
        revision: 1,
    }
}

/// Days for the most part, some weeks, months, years and intervals.
fn value(index: u32) -> String {
    let base = jiff::civil::date(2023, 6, 1);
    let day = |offset: u32| {
        let span = jiff::Span::new().days(i64::from(offset));
        base.checked_add(span).expect("three years fit")
    };
    let date = day(scattered(index) % DAYS);
    match index % 20 {
        0 => format!("{:04}-{:02}", date.year(), date.month()),
        1 if index % 100 == 1 => format!("{:04}", date.year()),
        1 => {
            let week = date.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        2 => {
            let last = scattered(index) % DAYS + 3 + index % 60;
            format!("{date}/{}", day(last))
        }
        _ => date.to_string(),
    }
}

const SENTENCE: &str = "Velmora rejects what Astrany asks. ";

/// The statement of the sentence `at` of an article; `index` counts through all articles.
fn statement(body: &str, at: u32, index: u32) -> Statement {
    let start = at as usize * SENTENCE.len();
    let range =
        |from: usize, to: usize| checked_range(body, start + from, start + to).expect("ASCII");
    let party = |actor: u32, range| Party {
        entity: entity(actor),
        range,
    };
    let sides = [Polarity::Oppose, Polarity::Support, Polarity::Neutral];
    // A few hold most of the positions.
    let holder = (scattered(index) % ACTORS).min(scattered(index + 7) % ACTORS);
    Statement {
        holder: party(holder, range(0, 7)),
        speaks_for: None,
        target: Some(party(scattered(index + 3) % ACTORS, range(21, 28))),
        issue: None,
        act: Act::ALL[(scattered(index + 1) % 16) as usize],
        polarity_target: Some(sides[(scattered(index) % 3) as usize]),
        polarity_issue: None,
        factuality: Factuality::Asserted,
        date: Some(StatementDate {
            modifier: None,
            value: TimexValue(value(index)),
            source: DateSource::Clause,
        }),
        evidence: Evidence {
            cue: range(8, 15),
            sentence: range(0, 34),
        },
        reporter: None,
    }
}

fn add(project: &mut Project, number: u32) {
    let id = ArticleId(u128::from(number) + 1);
    let body = SENTENCE.repeat(EACH as usize);
    let text = Arc::new(ArticleText::new(body.clone()));
    let mut findings = Findings {
        text_hash: text.hash.clone(),
        ..Findings::default()
    };
    for at in 0..EACH {
        findings.statements.push(Suggested {
            value: statement(&body, at, number * EACH + at),
            confidence: Confidence::new(0.9),
            by: "bench".to_owned(),
        });
    }
    findings.entities = (0..ACTORS)
        .map(|actor| (entity(actor), named(actor)))
        .collect();
    let date = jiff::civil::date(2026, 1, 1)
        .checked_sub(jiff::Span::new().days(i64::from(number)))
        .expect("a year fits");
    let article = Article {
        id,
        text,
        meta: ArticleMeta {
            title: format!("Article {number}"),
            dct: Some(Dct {
                date,
                source: DctSource::Metadata,
            }),
            ..ArticleMeta::default()
        },
        source: Arc::new(SourceFile::default()),
    };
    project
        .articles
        .insert(id, Arc::new(ArticleState::new(article)));
    assert!(project.replace_suggestions(id, &findings));
}

fn named(actor: u32) -> EntityProposal {
    EntityProposal {
        entity: Entity {
            name: format!("Actor {actor}"),
            entity_type: EntityType::State,
            aliases: std::collections::BTreeSet::new(),
            roles: Vec::new(),
        },
        known: false,
        governed: true,
    }
}

/// The exported figure as SVG; returns its bytes.
fn export(snap: &Snapshot) -> usize {
    let filter = Filter::default();
    let figure = scene(Request {
        project: &snap.project,
        view: &snap.view,
        filter: &filter,
        chart: Chart::Timeline(Lanes::from(LaneKind::Actor)),
        title: "",
        width: 900.0,
        today: jiff::civil::date(2026, 1, 1),
        arranged: &Arrangement::default(),
        compared: None,
    });
    svg(&figure).len()
}

/// Time on a core of this thread, exact only to a tick (1 to 4 ms); zero where the system does not
/// tell.
fn on_a_core() -> Duration {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = read
        .split_whitespace()
        .next()
        .and_then(|word| word.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// Returns the clock and the time on a core that `work` takes.
fn timed(work: impl FnOnce()) -> (Duration, Duration) {
    let (core, clock) = (on_a_core(), Instant::now());
    work();
    let clock = clock.elapsed();
    (clock, on_a_core().saturating_sub(core))
}

#[expect(clippy::print_stdout, reason = "a bench reports")]
fn report() {
    let snap = snapshot();
    let mut window = Window::new();
    let open = timed(|| {
        divan::black_box(window.frame(&snap, egui::Vec2::ZERO, 1.0));
    });
    println!("timeline, {} statements, 1600 × 900", ARTICLES * EACH);
    println!(
        "opening      clock {:.2?}  on a core {:.2?}",
        open.0, open.1
    );
    // From three years to a quarter, where marks stand apart.
    for _ in 0..8 {
        window.frame(&snap, egui::Vec2::ZERO, 1.35);
    }
    let walks = [
        ("panning", egui::vec2(23.0, 0.0), 1.0),
        ("scrolling", egui::vec2(0.0, -17.0), 1.0),
        ("zooming out", egui::Vec2::ZERO, 0.99),
    ];
    for (name, points, zoom) in walks {
        let mut both = (Vec::new(), Vec::new());
        for _ in 0..240 {
            let (clock, core) = timed(|| {
                divan::black_box(window.frame(&snap, points, zoom));
            });
            both.0.push(clock);
            both.1.push(core);
        }
        percentiles(name, "clock", both.0);
        percentiles(name, "on a core", both.1);
    }
    let exported = timed(|| {
        divan::black_box(export(&snap));
    });
    println!(
        "export, SVG  clock {:.2?}  on a core {:.2?}",
        exported.0, exported.1
    );
}

#[expect(clippy::print_stdout, reason = "a bench reports")]
fn percentiles(name: &str, of: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let count = times.len();
    let at = |percent: usize| {
        let place = count.saturating_sub(1) * percent / 100;
        times.get(place).copied().unwrap_or_default()
    };
    let (half, most, all) = (at(50), at(99), at(100));
    println!("{name:<12} {of:<10} {count} frames  p50 {half:.2?}  p99 {most:.2?}  max {all:.2?}");
}

#[divan::bench]
fn open(bencher: divan::Bencher<'_, '_>) {
    let snap = snapshot();
    bencher
        .with_inputs(Window::new)
        .bench_local_refs(|window| window.frame(&snap, egui::Vec2::ZERO, 1.0));
}

#[divan::bench]
fn pan(bencher: divan::Bencher<'_, '_>) {
    let snap = snapshot();
    let mut window = Window::new();
    window.frame(&snap, egui::Vec2::ZERO, 1.0);
    bencher.bench_local(move || window.frame(&snap, egui::vec2(23.0, 0.0), 1.0));
}

#[divan::bench]
fn export_svg(bencher: divan::Bencher<'_, '_>) {
    let snap = snapshot();
    bencher.bench_local(move || export(&snap));
}
