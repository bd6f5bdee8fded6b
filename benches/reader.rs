//! A frame of the reader on a 1 MB article with 5,000 mentions: layout, paint and tessellation, no
//! GPU.
//!
//! `cargo bench --bench reader` prints the usual table for single frames, then the percentiles of a
//! scroll through the whole article (CPU of one thread).

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin has no figure"
)]

mod support;

use std::sync::Arc;

use demarche::analysis::{Joined, ProjectView};
use demarche::app::{Commands, Snapshot, ViewState};
use demarche::model::{
    Article, ArticleId, ArticleMeta, ArticleState, ArticleText, Confidence, EntityId, EntityType,
    Findings, Mention, MentionKind, Project, SourceFile, Suggested, checked_range,
};
use demarche::ui::reader::{ReaderState, reader_ui};
use demarche::ui::theme;
use support::Times;

const BYTES: usize = 1_000_000;
const MENTIONS: usize = 5_000;

fn main() {
    report();
    divan::main();
}

/// A window of one article, without a window.
struct Window {
    ctx: egui::Context,
    snap: Snapshot,
    view: ViewState,
    state: ReaderState,
    time: f64,
}

impl Window {
    fn new() -> Self {
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let (snap, article) = snapshot();
        let mut view = ViewState::default();
        view.selection.article = Some(article);
        let mut window = Self {
            ctx,
            snap,
            view,
            state: ReaderState::default(),
            time: 0.0,
        };
        // Fonts are there from the second frame on.
        window.frame(0.0);
        window.frame(0.0);
        window
    }

    /// Draws one frame, scrolled by `points`; returns the triangles.
    fn frame(&mut self, points: f32) -> usize {
        self.time += 1.0 / 60.0;
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(872.0, 800.0),
            )),
            time: Some(self.time),
            ..egui::RawInput::default()
        };
        input
            .events
            .push(egui::Event::PointerMoved(egui::pos2(400.0, 400.0)));
        input.events.push(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -points),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        });
        let mut out = Commands::default();
        let Self {
            ctx,
            snap,
            view,
            state,
            ..
        } = self;
        let mut output = ctx.run_ui(input, |ui| reader_ui(ui, snap, view, state, &mut out));
        let shapes = std::mem::take(&mut output.shapes);
        let pixels = output.pixels_per_point;
        output.drop_without_applying_deltas();
        let primitives = ctx.tessellate(shapes, pixels);
        primitives.len()
    }
}

fn snapshot() -> (Snapshot, ArticleId) {
    let id = ArticleId(1);
    let sentence = "Envoys from Velmora and Astrany traded written proposals through mediators. ";
    let mut body = String::with_capacity(BYTES + 200);
    let mut starts = Vec::new();
    let mut count = 0;
    while body.len() < BYTES {
        starts.push(body.len());
        body.push_str(sentence);
        count += 1;
        if count % 6 == 0 {
            body.push_str("\n\n");
        }
    }
    let step = (starts.len() / (MENTIONS / 2)).max(1);
    let text = Arc::new(ArticleText::new(body.clone()));
    let mut findings = Findings {
        text_hash: text.hash.clone(),
        ..Findings::default()
    };
    for start in starts.iter().step_by(step) {
        for (from, to, name) in [(12, 19, "Velmora"), (24, 31, "Astrany")] {
            let range = checked_range(&body, start + from, start + to).expect("ASCII");
            findings.mentions.push(Suggested {
                value: Mention {
                    range,
                    kind: MentionKind::Name,
                    entity_type: EntityType::State,
                    entity: Some(EntityId::hashed(&[name.as_bytes()])),
                    metonym: false,
                },
                confidence: Confidence::new(0.9),
                by: "bench".to_owned(),
            });
        }
    }
    let article = Article {
        id,
        text,
        meta: ArticleMeta {
            title: "A long article".to_owned(),
            ..ArticleMeta::default()
        },
        source: Arc::new(SourceFile::default()),
    };
    let mut project = Project::default();
    project
        .articles
        .insert(id, Arc::new(ArticleState::new(article)));
    assert!(project.replace_suggestions(id, &findings));
    let view = ProjectView::new(&project, &Joined::default());
    let snap = Snapshot {
        project: Arc::new(project),
        view: Arc::new(view),
        revision: 1,
    };
    (snap, id)
}

/// Scrolls by a fifth of the view each frame and prints the percentiles.
#[expect(clippy::print_stdout, reason = "a bench reports")]
fn report() {
    let mut opened = Times::default();
    let mut window = opened.run(Window::new);
    let mut frames = Times::default();
    for _ in 0..600 {
        frames.run(|| window.frame(160.0));
    }
    println!("reader, 1 MB, {MENTIONS} mentions");
    opened.print_core("build and first two frames");
    frames.print("scrolling");
}

#[divan::bench]
fn still_frame(bencher: divan::Bencher<'_, '_>) {
    let mut window = Window::new();
    bencher.bench_local(move || window.frame(0.0));
}

#[divan::bench]
fn scrolled_frame(bencher: divan::Bencher<'_, '_>) {
    let mut window = Window::new();
    bencher.bench_local(move || window.frame(160.0));
}
