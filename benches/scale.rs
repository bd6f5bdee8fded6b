//! What a project of 10,000 articles costs the window: 38 MB of text, 100,000 mentions, 30,000
//! statements, some 6,000 entities. All times are CPU time of one thread.
//!
//! `cargo bench --bench scale`
#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench reports, and fails as a test does"
)]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche::analysis::{
    Filter, Found, Joined, LaneKind, MatrixLimits, MatrixOrder, ProjectView, RowOrder, TextFinder,
    matrix, stance_by_actor, timeline,
};
use demarche::app::{Commands, Snapshot, StanceTab, ViewState};
use demarche::edit::{Author, Edit, apply, plan};
use demarche::model::{
    Act, Annotation, AnnotationKind, Article, ArticleId, ArticleMeta, ArticleState, ArticleText,
    CoderId, Confidence, DateSource, Dct, DctSource, Entity, EntityId, EntityProposal, EntityType,
    Evidence, Factuality, Findings, IssueId, IssuePhrase, Mention, MentionKind, Party, Polarity,
    Project, Role, Statement, StatementDate, Suggested, TextRange, Timestamp, TimexValue,
    checked_range,
};
use demarche::ui::stance::{StanceState, stance_ui};
use demarche::ui::theme;
use demarche::ui::told::Counts;
use support::Times;

const ARTICLES: usize = 10_000;
const ME: Author = Author {
    coder: CoderId(1),
    at: Timestamp(5),
};

fn entity(at: usize) -> EntityId {
    EntityId::hashed(&[name(at).as_bytes()])
}

/// Few are named often and most seldom: every second name is one of 60.
fn someone(number: usize) -> usize {
    let mixed = number.wrapping_mul(2_654_435_761) >> 7;
    if number.is_multiple_of(2) {
        mixed % 60
    } else {
        60 + mixed % 6_000
    }
}

fn name(at: usize) -> String {
    format!("Actor{at}")
}

/// Appends a sentence and returns holder and target with their words, cue and issue.
fn sentence(body: &mut String, number: usize) -> [(usize, TextRange); 4] {
    let words = [
        someone(number * 3),
        number % 16,
        someone(number * 3 + 1),
        number % 400,
    ];
    let texts = [
        name(words[0]),
        "rejected".to_owned(),
        name(words[2]),
        format!("question {}", words[3]),
    ];
    let ranges = texts.map(|text| {
        let start = body.len();
        body.push_str(&text);
        let end = body.len();
        body.push_str(" and ");
        checked_range(body, start, end).unwrap()
    });
    body.push_str("went home after a night of talks in the harbour office.\n\n");
    [0, 1, 2, 3].map(|place| (words[place], ranges[place]))
}

fn suggested<T>(value: T) -> Suggested<T> {
    Suggested {
        value,
        confidence: Confidence::new(0.8),
        by: "bench".to_owned(),
    }
}

fn statement(number: usize, words: &[(usize, TextRange); 4], end: usize) -> Statement {
    let side = [Polarity::Oppose, Polarity::Support, Polarity::Neutral][number % 3];
    let party = |place: usize| Party {
        entity: entity(words[place].0),
        range: words[place].1,
    };
    Statement {
        holder: party(0),
        speaks_for: None,
        target: (!number.is_multiple_of(4)).then(|| party(2)),
        issue: (number % 4 < 2).then(|| IssuePhrase {
            label: format!("question {}", words[3].0),
            range: Some(words[3].1),
            issue: Some(IssueId::of_phrase(&format!("question {}", words[3].0))),
        }),
        act: Act::ALL[number % 16],
        polarity_target: (!number.is_multiple_of(4)).then_some(side),
        polarity_issue: (number % 4 < 2).then_some(side),
        factuality: Factuality::Asserted,
        date: Some(StatementDate {
            modifier: None,
            value: TimexValue(format!(
                "2025-{:02}-{:02}",
                1 + number % 12,
                1 + number % 28
            )),
            source: DateSource::Clause,
        }),
        evidence: Evidence {
            cue: words[1].1,
            sentence: TextRange::new(words[0].1.start(), u32::try_from(end).unwrap().into()),
        },
        reporter: None,
    }
}

/// Every third of the seldom ones has an office with one of the 60.
fn proposal(at: usize) -> EntityProposal {
    let role = (at >= 60 && at.is_multiple_of(3)).then(|| Role {
        office: "minister".to_owned(),
        of: Some(entity(at % 60)),
        ..Role::default()
    });
    EntityProposal {
        entity: Entity {
            name: name(at),
            entity_type: EntityType::State,
            aliases: BTreeSet::new(),
            roles: role.into_iter().collect(),
        },
        known: false,
        governed: false,
    }
}

fn findings(article: usize, body: &mut String) -> Findings {
    let mut found = Findings::default();
    for at in 0..5 {
        let number = article * 5 + at;
        let words = sentence(body, number);
        for place in [0, 2] {
            let (who, range) = words[place];
            found.entities.insert(entity(who), proposal(who));
            found.mentions.push(suggested(Mention {
                range,
                kind: MentionKind::Name,
                entity_type: EntityType::State,
                entity: Some(entity(who)),
                metonym: false,
            }));
        }
        if at < 3 {
            let value = statement(number, &words, body.len() - 2);
            found.statements.push(suggested(value));
        }
    }
    while body.len() < 3_800 {
        body.push_str("Nothing more was said about it on that day, and the delegations left. ");
    }
    found
}

fn project() -> Project {
    let mut project = Project::default();
    for at in 0..ARTICLES {
        let mut body = String::new();
        let mut found = findings(at, &mut body);
        let id = ArticleId(at as u128 + 1);
        let article = Article {
            id,
            text: Arc::new(ArticleText::new(body)),
            meta: ArticleMeta {
                title: format!("Article {at}"),
                dct: Some(Dct {
                    date: jiff::civil::date(2025, 6, 1),
                    source: DctSource::Metadata,
                }),
                ..ArticleMeta::default()
            },
            source: Arc::default(),
        };
        found.text_hash.clone_from(&article.text.hash);
        let state = Arc::new(ArticleState::new(article));
        project.articles.insert(id, state);
        assert!(project.replace_suggestions(id, &found));
    }
    project
}

fn main() {
    let project = project();
    let joined = Joined::default();
    let mut anew = Times::default();
    let view = anew.run(|| ProjectView::new(&project, &joined));
    let mentions: usize = view.articles.values().map(|view| view.mentions.len()).sum();
    let (entities, statements) = (view.entities.len(), view.statements().count());
    println!(
        "{ARTICLES} articles, {mentions} mentions, {statements} statements, {entities} entities"
    );
    anew.print_core("view made anew");
    let (project, view) = edits(project, view);
    texts(&project);
    let snap = Snapshot {
        project: Arc::new(project),
        view: Arc::new(view),
        revision: 1,
    };
    counts(&snap);
    frames(&snap);
}

/// Applies edits and corrects the view, as the session does; returns both.
fn edits(mut project: Project, mut view: ProjectView) -> (Project, ProjectView) {
    let joined = Joined::default();
    let mut number = 0_u128;
    let some = |at: usize| ArticleId((at * 97 % ARTICLES) as u128 + 1);
    let firsts: Vec<_> = (0..200)
        .map(|at| view.articles[&some(at)].mentions[0].id)
        .collect();
    let mut run = |name: &str, edits: Vec<Edit>| {
        let (mut change, mut correct) = (Times::default(), Times::default());
        for edit in edits {
            let before = project.clone();
            let mut fresh = || {
                number += 1;
                number
            };
            change.run(|| {
                let operation = plan(&project, edit, ME, &mut fresh).unwrap();
                apply(&mut project, &operation);
            });
            correct.run(|| view.update(&before, &project, &joined));
        }
        change.print_core(&format!("{name}: plan, apply"));
        correct.print_core(&format!("{name}: view corrected"));
    };
    let confirm = |at: usize| {
        Edit::Confirm(Annotation {
            article: some(at),
            kind: AnnotationKind::Mention,
            id: firsts[at],
        })
    };
    run("confirm a mention", (0..200).map(confirm).collect());
    let rename = |at: usize| Edit::SetEntity {
        id: entity(at),
        entity: Entity {
            name: format!("Renamed {at}"),
            ..proposal(at).entity
        },
    };
    run("rename a frequent entity", (0..20).map(rename).collect());
    run("rename a seldom entity", (200..260).map(rename).collect());
    let merge = |into: usize| {
        move |at: usize| Edit::MergeEntities {
            merged: vec![entity(at + 1)],
            into: entity(if into == 0 { at } else { into }),
        }
    };
    let seldom = (300..420).step_by(2);
    run(
        "merge two seldom entities",
        seldom.clone().map(merge(0)).collect(),
    );
    let more = (500..560).step_by(3);
    run(
        "merge one into a frequent entity",
        more.map(merge(7)).collect(),
    );
    (project, view)
}

/// What a search for words costs: now, and by bringing each text to lower case.
fn texts(project: &Project) {
    let (mut now, mut plain) = (Times::default(), Times::default());
    let words = "QUESTION 17 and";
    let articles = || project.articles.iter();
    for _ in 0..5 {
        let finder = TextFinder::new(words);
        let found = now.run(|| articles().filter(|(_, s)| finder.finds(&s.article)).count());
        let lower = words.to_lowercase();
        let holds = |state: &ArticleState| state.article.text.body.to_lowercase().contains(&lower);
        assert_eq!(
            found,
            plain.run(|| articles().filter(|(_, s)| holds(s)).count())
        );
        assert!(found > 100);
    }
    now.print_core("search of all texts (beside the window)");
    plain.print_core("the same by lower-casing");
}

/// What is counted again when the filter changes.
fn counts(snap: &Snapshot) {
    let finder = TextFinder::new("question 17 and");
    let with_text = Filter {
        text: "question 17 and".to_owned(),
        found: Some(Found::new(
            "question 17 and".to_owned(),
            snap.project
                .articles
                .iter()
                .filter(|(_, state)| finder.finds(&state.article))
                .map(|(id, _)| *id)
                .collect(),
        )),
        ..Filter::default()
    };
    let filters = [
        ("no filter", Filter::default()),
        (
            "a holder",
            Filter {
                holders: [entity(3)].into(),
                ..Filter::default()
            },
        ),
        (
            "a month",
            Filter {
                dates: TimexValue("2025-03".to_owned()).span(),
                ..Filter::default()
            },
        ),
        ("words", with_text),
    ];
    for (name, filter) in filters {
        let mut times: [Times; 5] = Default::default();
        for revision in 0..20 {
            let snap = Snapshot {
                revision,
                ..snap.clone()
            };
            let (project, view) = (&snap.project, &snap.view);
            times[0].run(|| Counts::default().update(&snap, &filter));
            times[1].run(|| stance_by_actor(project, view, &filter, RowOrder::MostStatements));
            let limits = MatrixLimits::default();
            times[2].run(|| matrix(project, view, &filter, MatrixOrder::Blocs, limits));
            times[3].run(|| timeline(project, view, &filter, LaneKind::Actor));
            times[4].run(|| filter.statements(project, view).count());
        }
        let what = [
            "counts",
            "bars",
            "matrix",
            "timeline",
            "statements asked for",
        ];
        for (what, times) in what.into_iter().zip(times) {
            times.print_core(&format!("{name}: {what}"));
        }
    }
}

/// Frames of the stance panel: still ones, and those after the filter changed.
fn frames(snap: &Snapshot) {
    for tab in [StanceTab::ByActor, StanceTab::Matrix, StanceTab::Issues] {
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let mut view = ViewState {
            stance_tab: tab,
            ..ViewState::default()
        };
        view.selection.article = Some(ArticleId(1));
        let mut state = StanceState::default();
        let (mut still, mut counting) = (Times::default(), Times::default());
        for at in 0..120_u32 {
            let input = egui::RawInput {
                screen_rect: Some(egui::Rect::from_min_size(
                    egui::Pos2::ZERO,
                    egui::vec2(456.0, 900.0),
                )),
                time: Some(f64::from(at) / 60.0),
                ..Default::default()
            };
            let changes = at >= 10 && at.is_multiple_of(10);
            if changes {
                view.filter.acts = [Act::ALL[(at / 10) as usize]].into();
            }
            let times = if changes { &mut counting } else { &mut still };
            times.run(|| {
                let mut out = Commands::default();
                let output =
                    ctx.run_ui(input, |ui| stance_ui(ui, snap, &view, &mut state, &mut out));
                let shapes = ctx.tessellate(output.shapes.clone(), 1.0);
                output.drop_without_applying_deltas();
                shapes.len()
            });
        }
        still.print_core(&format!("frame of the stance panel, {tab:?}"));
        counting.print_core(&format!("the same, filter changed, {tab:?}"));
    }
}
