//! A hand-made project, and the panel alone in a harness.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche::analysis::ProjectView;
use demarche::app::{Command, Commands, Snapshot, ViewState};
use demarche::model::{
    Act, Article, ArticleId, ArticleMeta, ArticleState, ArticleText, CoderId, Confidence,
    DateSource, Dct, DctSource, Decided, Entity, EntityId, EntityProposal, EntityType, Evidence,
    Factuality, Findings, IssueId, IssuePhrase, Party, Polarity, Project, Role, Statement,
    StatementDate, Suggested, TextRange, Timestamp, TimexValue, Verdict, checked_range,
};
use demarche::ui::stance::{StanceState, stance_ui};
use demarche::ui::theme;
use egui::accesskit;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

pub(crate) const ACTORS: [(&str, EntityType); 8] = [
    ("Velmora", EntityType::State),
    ("Astrany", EntityType::State),
    ("Lorvik", EntityType::State),
    ("Littoral League", EntityType::Organisation),
    ("Bastia", EntityType::State),
    ("Shippers’ Council", EntityType::Organisation),
    ("United Nations", EntityType::Organisation),
    ("Ilse Maren", EntityType::Person),
];
pub(crate) const ISSUES: [&str; 4] = [
    "cargo inspection",
    "fuel embargo",
    "naval hotline",
    "second round",
];

pub(crate) fn entity(name: &str) -> EntityId {
    EntityId::hashed(&[name.as_bytes()])
}

pub(crate) fn issue(name: &str) -> IssueId {
    IssueId::of_phrase(name)
}

/// A statement to be: its sentence is made from it.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) holder: &'static str,
    pub(crate) target: Option<&'static str>,
    pub(crate) about: Option<&'static str>,
    pub(crate) act: Act,
    pub(crate) side: Polarity,
    pub(crate) decided: bool,
    pub(crate) factuality: Factuality,
    pub(crate) end: &'static str,
}

pub(crate) fn said(holder: &'static str, act: Act, side: Polarity) -> Said {
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
pub(crate) fn write(body: &mut String, said: &Said, day: usize) -> Statement {
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
            modifier: None,
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

pub(crate) fn proposals(all: &[Said]) -> BTreeMap<EntityId, EntityProposal> {
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

pub(crate) fn add_article(project: &mut Project, number: usize, all: &[Said]) {
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

pub(crate) fn snapshot(articles: &[Vec<Said>]) -> Snapshot {
    let mut project = Project::default();
    project.coders.insert(CoderId(7), "MK".to_owned());
    for (number, all) in articles.iter().enumerate() {
        add_article(&mut project, number, all);
    }
    let view = ProjectView::new(&project, &demarche::analysis::Joined::default());
    Snapshot {
        project: Arc::new(project),
        view: Arc::new(view),
        revision: 1,
    }
}

/// Counts of the design's picture: oppose, support (confirmed, suggested), neither.
pub(crate) const COUNTS: [(&str, [usize; 5]); 7] = [
    ("Velmora", [15, 8, 10, 4, 6]),
    ("Astrany", [18, 9, 6, 3, 5]),
    ("Lorvik", [0, 1, 9, 4, 7]),
    ("Littoral League", [2, 0, 7, 2, 4]),
    ("Bastia", [4, 4, 2, 1, 1]),
    ("Shippers’ Council", [1, 3, 2, 4, 2]),
    ("United Nations", [0, 0, 5, 0, 3]),
];

/// The next article that does not say this: said twice in one it would count once.
fn next_without(articles: &[Vec<Said>], mut article: usize, new: &Said) -> usize {
    let key = |s: &Said| (s.holder, s.act, s.side, s.target, s.about);
    let same = |s: &Said| key(s) == key(new);
    article = 1 + article % 11;
    while articles[article].iter().any(same) {
        article = 1 + article % 11;
    }
    article
}

pub(crate) fn strait() -> Vec<Vec<Said>> {
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
                let to = ["Velmora", "Astrany", "Lorvik"][about % 3];
                let target = (about % 2 == 0 && to != holder).then_some(to);
                let new = Said {
                    target,
                    about: (target.is_none() || about % 5 == 0).then(|| ISSUES[about % 4]),
                    decided,
                    ..said(holder, act, side)
                };
                article = next_without(&articles, article, &new);
                articles[article].push(new);
            }
        }
    }
    articles
}

pub(crate) struct Bench {
    pub(crate) snap: Snapshot,
    pub(crate) view: ViewState,
    pub(crate) state: StanceState,
    pub(crate) seen: Vec<Command>,
    pub(crate) ready: bool,
}

impl Bench {
    pub(crate) fn new(articles: &[Vec<Said>]) -> Self {
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

    pub(crate) fn ui(&mut self, ui: &mut egui::Ui) {
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
                Command::MarkMany(marked) => self.view.selection.marked = marked.clone(),
                Command::SelectEntity(entity) => self.view.selection.entity = *entity,
                Command::SetFilter(filter) => self.view.filter = filter.clone(),
                Command::SetStanceTab(tab) => self.view.stance_tab = *tab,
                Command::SetStance(options) => self.view.stance = *options,
                // In the session on a thread of its own.
                Command::Arrange(plan) => {
                    self.view.arrangement = Arc::new(plan.run(&|| false).unwrap());
                }
                Command::SetStatementSort(sort) => self.view.statement_sort = *sort,
                Command::Enlarge(region) => self.view.enlarged = *region,
                _ => {}
            }
            self.seen.push(command);
        }
    }
}

pub(crate) fn harness_of(bench: Bench, size: [f32; 2], dark: bool) -> Harness<'static, Bench> {
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

pub(crate) fn harness(articles: &[Vec<Said>]) -> Harness<'static, Bench> {
    harness_of(Bench::new(articles), [456.0, 760.0], false)
}

pub(crate) fn cards(harness: &Harness<'_, Bench>) -> Vec<String> {
    harness
        .query_all_by_role(accesskit::Role::ListItem)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains(" · "))
        .collect()
}

/// 40 holders towards 20 actors and on 24 issues: no cell has more than 18 statements.
pub(crate) fn crowd(count: usize) -> Vec<Vec<Said>> {
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
