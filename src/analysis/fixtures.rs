//! Small projects for tests, without corpus text.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::analysis::{Joined, ProjectView};
use crate::model::{
    Act, Article, ArticleId, ArticleMeta, ArticleText, CoderId, Confidence, DateSource, Dct,
    DctSource, Decided, Entity, EntityId, EntityProposal, EntityType, Evidence, Factuality,
    Findings, IssueId, IssuePhrase, Modifier, Party, Polarity, Project, Role, Statement,
    StatementDate, Suggested, TextRange, Timestamp, Timex, TimexClass, TimexValue, Verdict,
};

pub(crate) fn entity(name: &str) -> EntityId {
    EntityId::hashed(&[name.as_bytes()])
}

pub(crate) fn issue(name: &str) -> IssueId {
    IssueId::hashed(&[name.as_bytes()])
}

/// One statement to be.
#[derive(Debug, Clone)]
struct Said {
    article: u128,
    holder: String,
    target: Option<String>,
    issue: Option<String>,
    act: Act,
    sides: (Option<Polarity>, Option<Polarity>),
    date: Option<(String, DateSource)>,
    modifier: Option<Modifier>,
    decided: bool,
    unsure: bool,
    speaks_for: Option<String>,
}

/// Statements of articles dated 1 + n March 2026, in the order said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fixture {
    said: Vec<Said>,
    roles: Vec<(String, Role)>,
    at: u128,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Goes on in the next article.
    pub(crate) fn next_article(mut self) -> Self {
        self.at += 1;
        self
    }

    /// Dated 12 March 2026 by a word of its clause, suggested.
    pub(crate) fn says(self, holder: &str, target: &str, act: Act, side: Polarity) -> Self {
        self.push(holder, Some(target), None, act, (Some(side), None))
    }

    pub(crate) fn on(self, holder: &str, about: &str, act: Act, side: Polarity) -> Self {
        self.push(holder, None, Some(about), act, (None, Some(side)))
    }

    pub(crate) fn push(
        mut self,
        holder: &str,
        target: Option<&str>,
        about: Option<&str>,
        act: Act,
        sides: (Option<Polarity>, Option<Polarity>),
    ) -> Self {
        self.said.push(Said {
            article: self.at,
            holder: holder.to_owned(),
            target: target.map(str::to_owned),
            issue: about.map(str::to_owned),
            act,
            sides,
            date: Some(("2026-03-12".to_owned(), DateSource::Clause)),
            modifier: None,
            decided: false,
            unsure: false,
            speaks_for: None,
        });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Said)) -> Self {
        change(self.said.last_mut().unwrap());
        self
    }

    pub(crate) fn confirmed(self) -> Self {
        self.last(|said| said.decided = true)
    }

    /// Suggested with so little confidence that it is folded away.
    pub(crate) fn unsure(self) -> Self {
        self.last(|said| said.unsure = true)
    }

    pub(crate) fn dated(self, value: &str) -> Self {
        self.last(|said| said.date = Some((value.to_owned(), DateSource::Clause)))
    }

    /// The words of its date mean *early*, *since*…
    pub(crate) fn meaning(self, modifier: Modifier) -> Self {
        self.last(|said| said.modifier = Some(modifier))
    }

    pub(crate) fn undated(self) -> Self {
        self.last(|said| said.date = None)
    }

    pub(crate) fn speaks_for(self, whom: &str) -> Self {
        self.last(|said| said.speaks_for = Some(whom.to_owned()))
    }

    pub(crate) fn office(self, who: &str, of: &str) -> Self {
        self.office_until(who, of, None)
    }

    /// In office up to this day, month or year.
    pub(crate) fn office_until(mut self, who: &str, of: &str, until: Option<&str>) -> Self {
        let role = Role {
            office: "minister".to_owned(),
            of: Some(entity(of)),
            until: until.map(str::to_owned),
            ..Role::default()
        };
        self.roles.push((who.to_owned(), role));
        self
    }

    pub(crate) fn build(&self) -> (Project, ProjectView) {
        let mut project = Project::default();
        for at in 0..=self.at {
            self.article(&mut project, at);
        }
        let view = ProjectView::new(&project, &Joined::default());
        (project, view)
    }

    fn proposals(&self) -> BTreeMap<EntityId, EntityProposal> {
        let mut names: Vec<&String> = Vec::new();
        for said in &self.said {
            names.push(&said.holder);
            names.extend(&said.target);
            names.extend(&said.speaks_for);
        }
        let proposal = |name: &String| {
            let held = self.roles.iter().filter(|(who, _)| who == name);
            let roles = held.map(|(_, role)| role.clone());
            let entity = Entity {
                name: name.clone(),
                entity_type: EntityType::State,
                aliases: std::collections::BTreeSet::new(),
                roles: roles.collect(),
            };
            EntityProposal {
                entity,
                known: false,
                governed: true,
            }
        };
        names
            .into_iter()
            .map(|name| (entity(name), proposal(name)))
            .collect()
    }

    fn article(&self, project: &mut Project, at: u128) {
        let mut body = String::new();
        let mut statements = Vec::new();
        let mut timexes = Vec::new();
        for said in self.said.iter().filter(|said| said.article == at) {
            let statement = statement(&mut body, said);
            timexes.extend(timex(&statement, said));
            statements.push((statement, said));
        }
        let id = ArticleId(at + 1);
        let day = 1 + i8::try_from(at % 28).unwrap();
        let article = Article {
            id,
            text: Arc::new(ArticleText::new(body)),
            meta: ArticleMeta {
                title: format!("Article {}", at + 1),
                outlet: Some(
                    if at.is_multiple_of(2) {
                        "Courier"
                    } else {
                        "Gazette"
                    }
                    .to_owned(),
                ),
                dct: Some(Dct {
                    date: date(2026, 3, day),
                    source: DctSource::Metadata,
                }),
                ..ArticleMeta::default()
            },
            source: Arc::default(),
        };
        let hash = article.text.hash.clone();
        project
            .articles
            .insert(id, Arc::new(crate::model::ArticleState::new(article)));
        let suggested = |(value, said): &(Statement, &Said)| Suggested {
            value: value.clone(),
            confidence: Confidence::new(if said.unsure { 0.2 } else { 0.8 }),
            by: "test".to_owned(),
        };
        let findings = Findings {
            engine: "test 1".to_owned(),
            text_hash: hash,
            statements: statements.iter().map(suggested).collect(),
            timexes,
            entities: self.proposals(),
            ..Findings::default()
        };
        assert!(project.replace_suggestions(id, &findings));
        confirm(project, id, &statements);
    }
}

/// The time expression that dates a statement, where it has a modifier. Its cue stands for the words.
fn timex(statement: &Statement, said: &Said) -> Option<Suggested<Timex>> {
    Some(Suggested {
        value: Timex {
            range: statement.evidence.cue,
            class: TimexClass::Date,
            value: statement.date.as_ref()?.value.clone(),
            modifier: Some(said.modifier?),
            quant: None,
            freq: None,
            points: None,
            anchor: None,
            rule: "test".to_owned(),
        },
        confidence: Confidence::new(0.9),
        by: "test".to_owned(),
    })
}

/// Confirms what is marked as decided.
fn confirm(project: &mut Project, id: ArticleId, statements: &[(Statement, &Said)]) {
    let state = Arc::make_mut(project.articles.get_mut(&id).unwrap());
    let layer = &mut state.annotations.statements;
    let ids: Vec<_> = layer
        .suggested()
        .iter()
        .map(|(id, s)| (*id, s.clone()))
        .collect();
    for (id, found) in ids {
        if statements
            .iter()
            .any(|(s, said)| said.decided && *s == found.value)
        {
            let decided = Decided {
                value: found.value.clone(),
                verdict: Verdict::Confirmed,
                coder: CoderId(1),
                at: Timestamp(0),
                origin: Some(found),
                note: String::new(),
            };
            layer.set_decided(id, Some(decided));
        }
    }
}
/// Appends a sentence that shows the statement.
fn statement(body: &mut String, said: &Said) -> Statement {
    let at = |start: usize, end: usize| {
        TextRange::new(
            u32::try_from(start).unwrap().into(),
            u32::try_from(end).unwrap().into(),
        )
    };
    let start = body.len();
    let mut word = |words: &str| {
        let from = body.len();
        body.push_str(words);
        let range = at(from, body.len());
        body.push(' ');
        range
    };
    let holder = word(&said.holder);
    let cue = word(&said.act.name().to_lowercase());
    let target = said.target.as_ref().map(|target| word(target));
    let about = said.issue.as_ref().map(|about| word(about));
    body.pop();
    body.push('.');
    let sentence = at(start, body.len());
    body.push(' ');
    Statement {
        holder: Party {
            entity: entity(&said.holder),
            range: holder,
        },
        speaks_for: said.speaks_for.as_deref().map(entity),
        target: target.zip(said.target.as_ref()).map(|(range, name)| Party {
            entity: entity(name),
            range,
        }),
        issue: about
            .zip(said.issue.as_ref())
            .map(|(range, name)| IssuePhrase {
                label: name.clone(),
                range: Some(range),
                issue: Some(issue(name)),
            }),
        act: said.act,
        polarity_target: said.sides.0,
        polarity_issue: said.sides.1,
        factuality: Factuality::Asserted,
        date: said.date.as_ref().map(|(value, source)| StatementDate {
            modifier: None,
            value: TimexValue(value.clone()),
            source: *source,
        }),
        evidence: Evidence { cue, sentence },
        reporter: None,
    }
}

/// A day of March 2026.
pub(crate) fn march(day: i8) -> Date {
    date(2026, 3, day)
}
