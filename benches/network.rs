//! A frame of the network of 200 actors in the enlarged panel: counting nothing, painting all ties and
//! badges, tessellation, no GPU; and what the network and its layout cost when the project changes.
//!
//! `cargo bench --bench network` prints percentiles of frames in which the pointer wanders over the
//! network (CPU of one thread).

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::too_many_lines,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a bench that cannot begin has no figure; it reports, and its project is made in one piece"
)]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::analysis::{Filter, Joined, NetworkOptions, ProjectView, network};
use demarche::app::{Commands, Region, Snapshot, StanceTab, ViewState};
use demarche::figure::network::layout::{Arrangement, Plan};
use demarche::model::{
    Act, Article, ArticleId, ArticleMeta, ArticleState, ArticleText, Confidence, Entity, EntityId,
    EntityProposal, EntityType, Evidence, Factuality, Findings, Party, Polarity, Project,
    SourceFile, Statement, Suggested, checked_range,
};
use demarche::ui::stance::{StanceState, stance_ui};
use demarche::ui::theme;
use support::Times;

const ACTORS: usize = 200;
const STATEMENTS: usize = 6_000;
const FRAMES: usize = 600;

fn main() {
    let snap = snapshot();
    let filter = Filter::default();
    let options = NetworkOptions::default();
    let mut counting = Times::default();
    let made = counting.run(|| network(&snap.project, &snap.view, &filter, options));
    for _ in 0..20 {
        counting.run(|| network(&snap.project, &snap.view, &filter, options));
    }
    println!(
        "{} actors, {} ties of {STATEMENTS} statements",
        made.nodes.len(),
        made.ties.len()
    );
    counting.print("count the network");
    let plan = Plan::new(&made, &Arrangement::default());
    let mut layout = Times::default();
    let arranged = layout.run(|| plan.run(&|| false).expect("nobody stops it"));
    for _ in 0..2 {
        let again = layout.run(|| plan.run(&|| false).expect("nobody stops it"));
        assert_eq!(again, arranged, "the same project looks the same");
    }
    layout.print("lay it out (in the background)");
    frames(&snap, arranged);
}

fn frames(snap: &Snapshot, arranged: Arrangement) {
    let ctx = egui::Context::default();
    theme::install(&ctx);
    let view = ViewState {
        stance_tab: StanceTab::Network,
        enlarged: Some(Region::Stance),
        arrangement: Arc::new(arranged),
        ..ViewState::default()
    };
    let mut state = StanceState::default();
    let mut triangles = 0;
    let mut frame = |at: usize| {
        let turn = at as f32 * 0.21;
        let pointer = egui::pos2(
            400.0 + 300.0 * turn.cos(),
            440.0 + 280.0 * (turn * 0.7).sin(),
        );
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(1600.0, 920.0),
            )),
            time: Some(at as f64 / 60.0),
            ..egui::RawInput::default()
        };
        input.events.push(egui::Event::PointerMoved(pointer));
        let mut out = Commands::default();
        let mut output = ctx.run_ui(input, |ui| {
            stance_ui(ui, snap, &view, &mut state, &mut out);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let pixels = output.pixels_per_point;
        output.drop_without_applying_deltas();
        triangles = ctx.tessellate(shapes, pixels).len();
    };
    // Fonts and what is counted once.
    for at in 0..4 {
        frame(at);
    }
    let mut times = Times::default();
    for at in 4..FRAMES + 4 {
        times.run(|| frame(at));
    }
    times.print("a frame of the network");
    assert!(triangles > 0);
}

fn snapshot() -> Snapshot {
    let names: Vec<String> = (0..ACTORS).map(|at| format!("Actor {at}")).collect();
    let id = |name: &str| EntityId::hashed(&[name.as_bytes()]);
    let entities: BTreeMap<EntityId, EntityProposal> = names
        .iter()
        .map(|name| {
            let entity = Entity {
                name: name.clone(),
                entity_type: EntityType::State,
                aliases: std::collections::BTreeSet::new(),
                roles: Vec::new(),
            };
            let proposal = EntityProposal {
                entity,
                known: false,
                governed: true,
            };
            (id(name), proposal)
        })
        .collect();
    let mut project = Project::default();
    // Some speak often, most rarely: the square of an even spread.
    let mut seed = 7_u64;
    let mut pick = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let share = (seed >> 40) as f64 / f64::from(1 << 24);
        (share * share * ACTORS as f64) as usize
    };
    for article in 0..STATEMENTS / 20 {
        let mut body = String::new();
        let mut statements = Vec::new();
        for at in 0..20 {
            let (holder, target) = (&names[pick()], &names[pick()]);
            let (act, side) = match at % 3 {
                0 => (Act::Support, Polarity::Support),
                1 => (Act::Accuse, Polarity::Oppose),
                _ => (Act::Reject, Polarity::Oppose),
            };
            let start = body.len();
            body.push_str(holder);
            let holds = checked_range(&body, start, body.len()).expect("ASCII");
            body.push_str(" did ");
            let cue = checked_range(&body, body.len() - 4, body.len() - 1).expect("ASCII");
            let from = body.len();
            body.push_str(target);
            let aimed = checked_range(&body, from, body.len()).expect("ASCII");
            body.push_str(". ");
            let sentence = checked_range(&body, start, body.len() - 1).expect("ASCII");
            statements.push(Suggested {
                value: Statement {
                    holder: Party {
                        entity: id(holder),
                        range: holds,
                    },
                    speaks_for: None,
                    target: Some(Party {
                        entity: id(target),
                        range: aimed,
                    }),
                    polarity_target: Some(side),
                    issue: None,
                    polarity_issue: None,
                    act,
                    factuality: Factuality::Asserted,
                    date: None,
                    evidence: Evidence { cue, sentence },
                    reporter: None,
                },
                confidence: Confidence::new(0.8),
                by: "bench".to_owned(),
            });
        }
        let text = Arc::new(ArticleText::new(body));
        let findings = Findings {
            text_hash: text.hash.clone(),
            statements,
            entities: entities.clone(),
            ..Findings::default()
        };
        let article = Article {
            id: ArticleId(article as u128 + 1),
            text,
            meta: ArticleMeta::default(),
            source: Arc::new(SourceFile::default()),
        };
        let id = article.id;
        let state = Arc::new(ArticleState::new(article));
        project.articles.insert(id, state);
        assert!(project.replace_suggestions(id, &findings));
    }
    let view = ProjectView::new(&project, &Joined::default());
    Snapshot {
        project: Arc::new(project),
        view: Arc::new(view),
        revision: 1,
    }
}
