//! The stance panel alone, driven by pointer and keys on a hand-made project.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that is wrong shall fail its test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche::analysis::ProjectView;
use demarche::app::{Command, Commands, Region, Snapshot, StanceTab, ViewState};
use demarche::edit::Edit;
use demarche::model::{
    Act, Article, ArticleId, ArticleMeta, ArticleState, ArticleText, CoderId, Confidence,
    DateSource, Dct, DctSource, Decided, Entity, EntityId, EntityProposal, EntityType, Evidence,
    Factuality, Findings, IssueId, IssuePhrase, Party, Polarity, Project, Role, Statement,
    StatementDate, Suggested, TextRange, Timestamp, TimexValue, Verdict, checked_range,
};
use demarche::ui::stance::{StanceState, stance_ui};
use demarche::ui::theme;
use egui::{Key, accesskit};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const ACTORS: [(&str, EntityType); 8] = [
    ("Velmora", EntityType::State),
    ("Astrany", EntityType::State),
    ("Lorvik", EntityType::State),
    ("Littoral League", EntityType::Organisation),
    ("Bastia", EntityType::State),
    ("Shippers’ Council", EntityType::Organisation),
    ("United Nations", EntityType::Organisation),
    ("Ilse Maren", EntityType::Person),
];
const ISSUES: [&str; 4] = [
    "cargo inspection",
    "fuel embargo",
    "naval hotline",
    "second round",
];

fn entity(name: &str) -> EntityId {
    EntityId::hashed(&[name.as_bytes()])
}

fn issue(name: &str) -> IssueId {
    IssueId::of_phrase(name)
}

/// A statement to be: its sentence is made from it.
#[derive(Clone)]
struct Said {
    holder: &'static str,
    target: Option<&'static str>,
    about: Option<&'static str>,
    act: Act,
    side: Polarity,
    decided: bool,
    factuality: Factuality,
    end: &'static str,
}

fn said(holder: &'static str, act: Act, side: Polarity) -> Said {
    Said {
        holder,
        target: None,
        about: None,
        act,
        side,
        decided: false,
        factuality: Factuality::Asserted,
        end: "after a night of talks in the harbour office",
    }
}

/// Appends the sentence that shows a statement.
fn write(body: &mut String, said: &Said, day: usize) -> Statement {
    let start = body.len();
    let mut ranges = Vec::new();
    let act = said.act.name().to_lowercase();
    let words = [
        Some(said.holder),
        Some(act.as_str()),
        said.target,
        said.about,
    ];
    for words in words {
        let from = body.len();
        ranges.push(words.map(|words| {
            body.push_str(words);
            let to = body.len();
            body.push(' ');
            (from, to)
        }));
    }
    body.push_str(said.end);
    body.push('.');
    let range = |at: (usize, usize)| checked_range(body, at.0, at.1).unwrap();
    let at = |place: usize| ranges[place].map(range);
    let party = |name: &str, range: TextRange| Party {
        entity: entity(name),
        range,
    };
    let statement = Statement {
        holder: party(said.holder, at(0).unwrap()),
        speaks_for: None,
        target: said.target.map(|name| party(name, at(2).unwrap())),
        issue: said.about.map(|name| IssuePhrase {
            label: name.to_owned(),
            range: at(3),
            issue: Some(issue(name)),
        }),
        act: said.act,
        polarity_target: said.target.map(|_| said.side),
        polarity_issue: said.about.map(|_| said.side),
        factuality: said.factuality,
        date: Some(StatementDate {
            value: TimexValue(format!("2026-03-{day:02}")),
            source: DateSource::Article,
        }),
        evidence: Evidence {
            cue: at(1).unwrap(),
            sentence: range((start, body.len())),
        },
        reporter: None,
    };
    body.push(' ');
    statement
}

fn proposals(all: &[Said]) -> BTreeMap<EntityId, EntityProposal> {
    let proposal = |(name, entity_type): &(&str, EntityType)| {
        let minister = (*name == "Ilse Maren").then(|| Role {
            office: "foreign minister".to_owned(),
            of: Some(entity("Velmora")),
            ..Role::default()
        });
        let entity = Entity {
            name: (*name).to_owned(),
            entity_type: *entity_type,
            aliases: BTreeSet::new(),
            roles: minister.into_iter().collect(),
        };
        EntityProposal {
            entity,
            known: false,
            governed: true,
        }
    };
    let others = all.iter().flat_map(|said| [Some(said.holder), said.target]);
    let others = others.flatten().map(|name| (name, EntityType::State));
    // Those with a known type come last and so stay.
    others
        .chain(ACTORS)
        .map(|row| (entity(row.0), proposal(&row)))
        .collect()
}

fn add_article(project: &mut Project, number: usize, all: &[Said]) {
    let mut body = String::new();
    let day = 12 - number % 12;
    let statements: Vec<Statement> = all.iter().map(|s| write(&mut body, s, day)).collect();
    let id = ArticleId(number as u128 + 1);
    let outlet = ["Halden Courier", "Basin Wire", "Lorvik Gazette"][number % 3];
    let article = Article {
        id,
        text: Arc::new(ArticleText::new(body)),
        meta: ArticleMeta {
            title: format!("Article {}", number + 1),
            outlet: Some(outlet.to_owned()),
            dct: Some(Dct {
                date: jiff::civil::date(2026, 3, i8::try_from(day).unwrap()),
                source: DctSource::Metadata,
            }),
            ..ArticleMeta::default()
        },
        source: Arc::default(),
    };
    let findings = Findings {
        engine: "test 1".to_owned(),
        text_hash: article.text.hash.clone(),
        statements: statements
            .iter()
            .map(|value| Suggested {
                value: value.clone(),
                confidence: Confidence::new(0.82),
                by: "test 1".to_owned(),
            })
            .collect(),
        entities: proposals(all),
        ..Findings::default()
    };
    let state = Arc::new(ArticleState::new(article));
    project.articles.insert(id, state);
    assert!(project.replace_suggestions(id, &findings));
    let state = Arc::make_mut(project.articles.get_mut(&id).unwrap());
    let layer = &mut state.annotations.statements;
    for (id, found) in layer.suggested().clone() {
        let at = statements.iter().position(|s| *s == found.value).unwrap();
        if all[at].decided {
            let decided = Decided {
                value: found.value.clone(),
                verdict: Verdict::Confirmed,
                coder: CoderId(7),
                at: Timestamp(0),
                origin: Some(found),
                note: String::new(),
            };
            layer.set_decided(id, Some(decided));
        }
    }
}

fn snapshot(articles: &[Vec<Said>]) -> Snapshot {
    let mut project = Project::default();
    project.coders.insert(CoderId(7), "MK".to_owned());
    for (number, all) in articles.iter().enumerate() {
        add_article(&mut project, number, all);
    }
    let view = ProjectView::new(&project, &BTreeMap::new(), None);
    Snapshot {
        project: Arc::new(project),
        view: Arc::new(view),
        revision: 1,
    }
}

/// Counts of the design's picture: oppose, support (confirmed, suggested), neither.
const COUNTS: [(&str, [usize; 5]); 7] = [
    ("Velmora", [15, 8, 10, 4, 6]),
    ("Astrany", [18, 9, 6, 3, 5]),
    ("Lorvik", [0, 1, 9, 4, 7]),
    ("Littoral League", [2, 0, 7, 2, 4]),
    ("Bastia", [4, 4, 2, 1, 1]),
    ("Shippers’ Council", [1, 3, 2, 4, 2]),
    ("United Nations", [0, 0, 5, 0, 3]),
];

fn strait() -> Vec<Vec<Said>> {
    let mut articles = vec![vec![
        Said {
            target: Some("Velmora"),
            end: "of moving coastal missiles to the naval base before the second round",
            ..said("Astrany", Act::Accuse, Polarity::Oppose)
        },
        Said {
            about: Some("naval hotline"),
            decided: true,
            end: "and called the exchange “a usable start” between the two navies, whose crews had \
                  not spoken since the exercise ended in January and left both ports without a word",
            ..said("Velmora", Act::Support, Polarity::Support)
        },
        Said {
            target: Some("Astrany"),
            about: Some("cargo inspection"),
            factuality: Factuality::Conditional,
            ..said("Ilse Maren", Act::Reject, Polarity::Oppose)
        },
    ]];
    articles.extend((0..11).map(|_| Vec::new()));
    let (mut article, mut about) = (0, 0);
    for (holder, counts) in COUNTS {
        let kinds = [
            (Act::Reject, Polarity::Oppose, true),
            (Act::Threaten, Polarity::Oppose, false),
            (Act::Support, Polarity::Support, true),
            (Act::Agree, Polarity::Support, false),
            (Act::Request, Polarity::Neutral, false),
        ];
        for ((act, side, decided), count) in kinds.into_iter().zip(counts) {
            // The first article has one of each of these by name.
            let first = articles[0].iter().filter(|s| {
                let own = if s.holder == "Ilse Maren" {
                    "Velmora"
                } else {
                    s.holder
                };
                own == holder && s.side == side && s.decided == decided
            });
            for _ in first.count()..count {
                about += 1;
                article = 1 + article % 11;
                let to = ["Velmora", "Astrany", "Lorvik"][about % 3];
                let target = (about % 2 == 0 && to != holder).then_some(to);
                articles[article].push(Said {
                    target,
                    about: (target.is_none() || about % 5 == 0).then(|| ISSUES[about % 4]),
                    decided,
                    ..said(holder, act, side)
                });
            }
        }
    }
    articles
}

struct Bench {
    snap: Snapshot,
    view: ViewState,
    state: StanceState,
    seen: Vec<Command>,
    ready: bool,
}

impl Bench {
    fn new(articles: &[Vec<Said>]) -> Self {
        let mut view = ViewState::default();
        view.selection.article = Some(ArticleId(1));
        Self {
            snap: snapshot(articles),
            view,
            state: StanceState::default(),
            seen: Vec::new(),
            ready: false,
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        if !self.ready {
            theme::install(ui.ctx());
            self.ready = true;
            ui.ctx().request_discard("fonts");
            return;
        }
        let mut out = Commands::default();
        stance_ui(ui, &self.snap, &self.view, &mut self.state, &mut out);
        for command in out.take() {
            match &command {
                Command::Select(annotation) => {
                    self.view.selection.annotation = *annotation;
                    // As the session does: the article of what is selected is opened.
                    self.view.selection.article = annotation.map(|at| at.article);
                }
                Command::SelectEntity(entity) => self.view.selection.entity = *entity,
                Command::SetFilter(filter) => self.view.filter = filter.clone(),
                Command::SetStanceTab(tab) => self.view.stance_tab = *tab,
                Command::SetOrders(orders) => self.view.orders = *orders,
                Command::SetStatementSort(sort) => self.view.statement_sort = *sort,
                Command::Enlarge(region) => self.view.enlarged = *region,
                _ => {}
            }
            self.seen.push(command);
        }
    }
}

fn harness_of(bench: Bench, size: [f32; 2], dark: bool) -> Harness<'static, Bench> {
    let theme = if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .build_ui_state(|ui, bench: &mut Bench| bench.ui(ui), bench);
    harness.run();
    harness
}

fn harness(articles: &[Vec<Said>]) -> Harness<'static, Bench> {
    harness_of(Bench::new(articles), [456.0, 760.0], false)
}

fn cards(harness: &Harness<'_, Bench>) -> Vec<String> {
    harness
        .query_all_by_role(accesskit::Role::ListItem)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains(" · "))
        .collect()
}

#[test]
fn rows_say_their_counts_and_a_click_asks_for_the_holder() {
    let mut harness = harness(&strait());
    harness.get_by_label("Astrany, 9 support, 27 oppose, 5 neither");
    harness.get_by_label("Statements 152");
    let velmora = "Velmora, 14 support, 23 oppose, 6 neither";
    harness.get_by_label(velmora).click();
    harness.run();
    let view = &harness.state().view;
    assert_eq!(view.selection.entity, Some(entity("Velmora")));
    assert_eq!(view.filter.holders, [entity("Velmora")].into());
    harness.get_by_label("Statements 43 of 152");
    let shown = cards(&harness);
    assert!(!shown.is_empty());
    for card in shown {
        assert!(card.starts_with("Velmora"), "{card}");
    }
    // The others are dimmed, not dropped; again takes it back.
    harness.get_by_label("United Nations, 5 support, 0 oppose, 3 neither");
    harness.get_by_label(velmora).click();
    harness.run();
    assert!(harness.state().view.filter.is_empty());
    assert_eq!(harness.state().view.selection.entity, None);
}

#[test]
fn offices_count_for_themselves_when_switched_off() {
    let mut harness = harness(&strait());
    harness.get_by_label_contains("Velmora via Ilse Maren REJECT Astrany on cargo inspection");
    harness
        .get_by_label("Offices count with their state")
        .click();
    harness.run();
    assert!(!harness.state().view.filter.offices);
    harness.get_by_label("Ilse Maren, 0 support, 1 oppose, 0 neither");
    harness.get_by_label("Velmora, 14 support, 22 oppose, 6 neither");
}

#[test]
fn a_suggestion_is_confirmed_rejected_and_edited_from_its_card() {
    let mut harness = harness(&strait());
    let pushed = |harness: &mut Harness<'_, Bench>, name: &str| {
        harness.get_all_by_label(name).next().unwrap().click();
        harness.run();
        harness.state().seen.last().cloned()
    };
    let first = demarche::analysis::Filter::default()
        .statements(&harness.state().snap.project, &harness.state().snap.view)
        .map(|(at, _)| at)
        .next()
        .unwrap();
    let check = |command: Option<Command>| match command {
        Some(Command::Edit(Edit::Confirm(at) | Edit::Reject(at)) | Command::EditStatement(at)) => {
            assert_eq!((at.article, at.id), (first.article, first.id));
        }
        other => panic!("{other:?}"),
    };
    let confirmed = pushed(&mut harness, "Confirm");
    assert!(matches!(confirmed, Some(Command::Edit(Edit::Confirm(_)))));
    check(confirmed);
    let rejected = pushed(&mut harness, "Reject");
    assert!(matches!(rejected, Some(Command::Edit(Edit::Reject(_)))));
    check(rejected);
    let edited = pushed(&mut harness, "Edit statement");
    assert!(matches!(edited, Some(Command::EditStatement(_))));
    check(edited);
    assert_eq!(harness.state().view.selection.annotation, None);
}

#[test]
fn keys_go_through_the_cards() {
    let mut harness = harness(&strait());
    let first = cards(&harness)[0].clone();
    harness.get_by_label(&first).click();
    harness.run();
    let selected = |harness: &Harness<'_, Bench>| harness.state().view.selection.annotation;
    let start = selected(&harness).unwrap();
    harness.get_by_label(&first).focus();
    harness.run();
    for _ in 0..9 {
        harness.key_press(Key::ArrowDown);
        harness.run();
    }
    let after = selected(&harness).unwrap();
    assert_ne!(after.article, start.article, "on into the next article");
    let shown = harness
        .query_all_by_role(accesskit::Role::ListItem)
        .any(|node| node.accesskit_node().toggled() == Some(accesskit::Toggled::True));
    assert!(shown, "the selected card is in view");
    for _ in 0..9 {
        harness.key_press(Key::ArrowUp);
        harness.run();
    }
    assert_eq!(selected(&harness), Some(start));
}

fn click_above_squares(harness: &mut Harness<'_, Bench>, cell: &str) {
    let at = harness.get_by_label(cell).rect().center_top() + egui::vec2(0.0, 8.0);
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
}

#[test]
fn a_cell_asks_for_holder_and_target_and_a_square_selects_its_statement() {
    let mut bench = Bench::new(&strait()[..1]);
    bench.view.stance_tab = StanceTab::Matrix;
    bench.view.enlarged = Some(Region::Stance);
    let mut harness = harness_of(bench, [1240.0, 800.0], false);
    let cell = "Velmora towards Astrany, 0 support, 1 oppose, 0 neither";
    click_above_squares(&mut harness, cell);
    let filter = &harness.state().view.filter;
    assert_eq!(filter.holders, [entity("Velmora")].into());
    assert_eq!(filter.targets, [entity("Astrany")].into());
    harness.get_by_label("Statements 1 of 3");
    let on = "Velmora on cargo inspection, 0 support, 1 oppose, 0 neither";
    click_above_squares(&mut harness, on);
    let filter = &harness.state().view.filter;
    assert!(filter.targets.is_empty());
    assert_eq!(filter.issues, [issue("cargo inspection")].into());
    let square = "Astrany ACCUSE, 12 March 2026, suggested";
    harness.get_by_label(square).click();
    harness.run();
    let selected = harness.state().view.selection.annotation.unwrap();
    let at = demarche::analysis::StatementRef {
        article: selected.article,
        id: selected.id,
    };
    let row = harness.state().snap.view.statement(at).unwrap();
    assert_eq!(row.value.act, Act::Accuse);
}

#[test]
fn an_issue_lists_both_sides_and_filters() {
    let mut bench = Bench::new(&strait()[..1]);
    bench.view.stance_tab = StanceTab::Issues;
    let mut harness = harness_of(bench, [456.0, 760.0], false);
    harness.get_by_label("Velmora on naval hotline, 1 support, 0 oppose, 0 neither");
    harness
        .get_by_label("cargo inspection, 1 statement")
        .click();
    harness.run();
    let filter = &harness.state().view.filter;
    assert_eq!(filter.issues, [issue("cargo inspection")].into());
    harness.get_by_label("Statements 1 of 3");
    harness.get_by_label("naval hotline, 1 statement");
}

#[test]
fn tabs_and_size_are_asked_for() {
    let mut harness = harness(&strait()[..1]);
    harness.get_by_label("Matrix").click();
    harness.run();
    assert_eq!(harness.state().view.stance_tab, StanceTab::Matrix);
    harness.get_by_label("Enlarge stance").click();
    harness.run();
    assert_eq!(harness.state().view.enlarged, Some(Region::Stance));
    harness.get_by_label("Give stance its place back").click();
    harness.run();
    assert_eq!(harness.state().view.enlarged, None);
}

#[test]
fn nothing_to_show_says_so_and_clears() {
    let empty = harness(&[Vec::new()]);
    empty.get_by_label("No statement yet");
    let mut bench = Bench::new(&strait()[..1]);
    bench.view.filter.acts = [Act::Assault].into();
    let mut harness = harness_of(bench, [456.0, 760.0], false);
    harness.get_by_label("No statement in this filter.");
    harness.get_by_label("Clear all").click();
    harness.run();
    assert!(harness.state().view.filter.is_empty());
    harness.get_by_label("Statements 3");
}

fn many(count: usize) -> Vec<Vec<Said>> {
    let one = |at: usize| Said {
        target: Some(if at.is_multiple_of(2) {
            "Lorvik"
        } else {
            "Bastia"
        }),
        decided: at.is_multiple_of(3),
        ..said(
            if at.is_multiple_of(2) {
                "Velmora"
            } else {
                "Astrany"
            },
            Act::Reject,
            Polarity::Oppose,
        )
    };
    let all: Vec<Said> = (0..count).map(one).collect();
    all.chunks(50).map(<[Said]>::to_vec).collect()
}

#[test]
fn of_five_thousand_statements_only_the_visible_are_laid_out() {
    let mut harness = harness(&many(5_000));
    harness.get_by_label("Statements 5000");
    let top = cards(&harness);
    assert!((1..12).contains(&top.len()), "{}", top.len());
    let at = harness.get_by_label(&top[0]).rect().center();
    harness.hover_at(at);
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -60_000.0),
        modifiers: egui::Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run_steps(12);
    let below = cards(&harness);
    assert!((1..12).contains(&below.len()), "{}", below.len());
    let wanted = ArticleId(100);
    let id = harness.state().snap.view.articles[&wanted].statements[49].id;
    harness.state_mut().view.selection.annotation = Some(demarche::model::Annotation {
        article: wanted,
        kind: demarche::model::AnnotationKind::Statement,
        id,
    });
    harness.run();
    let shown = harness
        .query_all_by_role(accesskit::Role::ListItem)
        .any(|node| node.accesskit_node().toggled() == Some(accesskit::Toggled::True));
    assert!(shown, "a selection elsewhere scrolls the list to it");
}

/// 40 holders towards 20 actors and on 24 issues: no cell has more than 18 statements.
fn crowd(count: usize) -> Vec<Vec<Said>> {
    let leak = |words: String| -> &'static str { Box::leak(words.into_boxed_str()) };
    let names: Vec<&'static str> = (0..40).map(|at| leak(format!("Country {at}"))).collect();
    let issues: Vec<&'static str> = (0..24).map(|at| leak(format!("question {at}"))).collect();
    let sides = [Polarity::Oppose, Polarity::Support, Polarity::Neutral];
    let one = |at: usize| Said {
        target: (at.is_multiple_of(2)).then(|| names[(at / 7) % 20]),
        about: (at % 2 == 1).then(|| issues[(at / 5) % 24]),
        decided: at.is_multiple_of(3),
        ..said(names[at % 40], Act::ALL[at % 16], sides[(at / 3) % 3])
    };
    let all: Vec<Said> = (0..count).map(one).collect();
    all.chunks(50).map(<[Said]>::to_vec).collect()
}

/// Run with `--ignored --nocapture`; figures hold for an optimised build.
#[test]
#[ignore = "a measurement"]
fn time_of_a_frame_with_ten_thousand_statements() {
    for (tab, enlarged) in [
        (StanceTab::ByActor, None),
        (StanceTab::Matrix, Some(Region::Stance)),
        (StanceTab::Issues, None),
    ] {
        let mut bench = Bench::new(&crowd(10_000));
        bench.view.stance_tab = tab;
        bench.view.enlarged = enlarged;
        let ctx = egui::Context::default();
        let mut times = Vec::new();
        for frame in 0..120 {
            let input = egui::RawInput {
                screen_rect: Some(egui::Rect::from_min_size(
                    egui::Pos2::ZERO,
                    egui::vec2(1240.0, 900.0),
                )),
                time: Some(f64::from(frame) / 60.0),
                ..Default::default()
            };
            let start = std::time::Instant::now();
            let output = ctx.run_ui(input, |ui| bench.ui(ui));
            let shapes = ctx.tessellate(output.shapes.clone(), 1.0);
            times.push(start.elapsed());
            assert!(!shapes.is_empty());
            output.drop_without_applying_deltas();
        }
        // The first frame installs fonts and counts.
        let counting = times[0];
        let mut later = times.split_off(1);
        later.sort();
        let (middle, high) = (later[later.len() / 2], later[later.len() * 95 / 100]);
        println!("{tab:?}: median {middle:?}, p95 {high:?}, counting {counting:?}");
    }
}

#[test]
fn pictures_of_the_panel_stay() {
    let mut results = egui_kittest::SnapshotResults::new();
    let mut light = harness(&strait());
    results.add(light.try_snapshot("stance_bars_light"));
    let mut bench = Bench::new(&strait());
    bench.view.filter.holders = [entity("Velmora")].into();
    bench.view.selection.entity = Some(entity("Velmora"));
    let first = harness_of(bench, [456.0, 760.0], true);
    let mut dark = first;
    let reject = cards(&dark)
        .into_iter()
        .find(|card| card.contains("via Ilse Maren"))
        .unwrap();
    dark.get_by_label(&reject).click();
    dark.run();
    dark.hover_at(egui::pos2(2.0, 2.0));
    dark.run();
    results.add(dark.try_snapshot("stance_bars_dark"));
    let mut bench = Bench::new(&strait());
    bench.view.stance_tab = StanceTab::Matrix;
    bench.view.enlarged = Some(Region::Stance);
    bench.view.filter.holders = [entity("Velmora")].into();
    bench.view.filter.issues = [issue("cargo inspection")].into();
    let mut matrix = harness_of(bench, [1240.0, 860.0], false);
    results.add(matrix.try_snapshot("stance_matrix_light"));
    let mut bench = Bench::new(&strait());
    bench.view.stance_tab = StanceTab::Issues;
    let mut issues = harness_of(bench, [456.0, 760.0], true);
    results.add(issues.try_snapshot("stance_issues_dark"));
}
