//! Projects, findings and edits at random, the same for the same numbers.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::unwrap_used,
    reason = "each test uses a part of it"
)]

mod edits;

use std::sync::Arc;

use demarche::edit::{Author, Edit, apply, plan};
use demarche::model::{
    Act, Alias, Article, ArticleId, ArticleMeta, ArticleState, Attribution, CoderId, Confidence,
    DateSource, Dct, DctSource, Entity, EntityId, EntityProposal, EntityType, Evidence, Factuality,
    Findings, IssueId, IssuePhrase, IssueProposal, Mention, MentionKind, Modifier, NewArticle,
    Party, Polarity, Project, ReviewState, Role, Sentence, SourceFile, Statement, StatementDate,
    Suggested, Tenure, TextRange, Timestamp, Timex, TimexClass, TimexValue, Token, TokenIdx,
    Tokens, TypeId,
};

#[allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "each test uses a part"
)]
pub(crate) use edits::{annotations, edit, step};

/// The generator `SplitMix64`.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    pub(crate) fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            0
        } else {
            (self.next() % n as u64) as usize
        }
    }
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
    pub(crate) fn fresh(&mut self) -> u128 {
        (u128::from(self.next()) << 64) | u128::from(self.next())
    }
}

const WORDS: &[&str] = &[
    "Velmora",
    "Évian",
    "ministers",
    "said",
    "the",
    "ban",
    "Öst",
    "talks",
    "met",
    "on",
    "岸田",
    "🙂",
    "Maren",
    "rejects",
    "accord",
    "güç",
    "مسقط",
    "Tuesday",
    "would",
    "if",
    "U.S.",
    "naïve",
];

pub(crate) fn words(rng: &mut Rng, n: usize) -> String {
    let mut text = String::new();
    for i in 0..n {
        if i > 0 {
            text.push_str(if rng.one_in(12) { "\n\n" } else { " " });
        }
        text.push_str(rng.pick(WORDS).unwrap());
        if rng.one_in(9) {
            text.push('.');
        }
    }
    text
}

pub(crate) fn author(rng: &mut Rng) -> Author {
    Author {
        coder: CoderId(7),
        at: Timestamp(1_700_000_000_000 + (rng.next() % 1_000_000) as i64),
    }
}

pub(crate) fn meta(rng: &mut Rng) -> ArticleMeta {
    let some = |rng: &mut Rng, text: &str| (!rng.one_in(3)).then(|| text.to_owned());
    ArticleMeta {
        title: words(rng, 3),
        outlet: some(rng, "The “Gazette”"),
        author: some(rng, "Á. Name"),
        dct: (!rng.one_in(4)).then(|| Dct {
            date: jiff::civil::date(2026, 1 + rng.below(12) as i8, 1 + rng.below(28) as i8),
            source: *rng
                .pick(&[DctSource::Person, DctSource::Metadata, DctSource::Dateline])
                .unwrap(),
        }),
        language: some(rng, "en"),
        url: some(rng, "https://example.org/a?b=c"),
        review: if rng.one_in(2) {
            ReviewState::Open
        } else {
            ReviewState::Done
        },
        note: if rng.one_in(3) {
            words(rng, 2)
        } else {
            String::new()
        },
    }
}

pub(crate) fn new_article(rng: &mut Rng, size: usize) -> NewArticle {
    NewArticle {
        body: words(rng, size),
        meta: meta(rng),
        source: SourceFile {
            path: format!("/tmp/{}.html", rng.below(1000)),
            format: "html".to_owned(),
            encoding: rng.one_in(2).then(|| "windows-1252".to_owned()),
            hash: format!("{:x}", rng.next()),
        },
    }
}

/// Places of words, longer ones too.
fn spots(rng: &mut Rng, body: &str, n: usize) -> Vec<TextRange> {
    let starts: Vec<usize> = body
        .char_indices()
        .filter(|(at, c)| {
            !c.is_whitespace()
                && body
                    .get(..*at)
                    .unwrap()
                    .chars()
                    .next_back()
                    .is_none_or(char::is_whitespace)
        })
        .map(|(at, _)| at)
        .collect();
    (0..n)
        .filter_map(|_| {
            let first = rng.below(starts.len());
            let last = (first + rng.below(3)).min(starts.len().checked_sub(1)?);
            let start = *starts.get(first)?;
            let from = *starts.get(last)?;
            let len = body.get(from..)?.find(char::is_whitespace);
            let end = len.map_or(body.len(), |len| from + len);
            Some(range(start, end))
        })
        .collect()
}

pub(crate) fn range(start: usize, end: usize) -> TextRange {
    TextRange::new((start as u32).into(), (end as u32).into())
}

fn spot(rng: &mut Rng, body: &str) -> TextRange {
    spots(rng, body, 1).pop().unwrap()
}

pub(crate) fn entity_type(rng: &mut Rng) -> EntityType {
    if rng.one_in(10) {
        return EntityType::Own(TypeId(rng.below(3) as u128));
    }
    *rng.pick(&EntityType::BUILT_IN).unwrap()
}

pub(crate) fn entity_id(rng: &mut Rng) -> EntityId {
    EntityId::hashed(&[&[rng.below(8) as u8]])
}

pub(crate) fn entity(rng: &mut Rng) -> Entity {
    Entity {
        name: words(rng, 1),
        entity_type: entity_type(rng),
        aliases: (0..rng.below(3))
            .map(|_| Alias {
                text: words(rng, 1),
            })
            .collect(),
        roles: (0..rng.below(2))
            .map(|_| Role {
                office: "minister".to_owned(),
                of: rng.one_in(2).then(|| entity_id(rng)),
                tenure: if rng.one_in(3) {
                    Tenure::Former
                } else {
                    Tenure::Current
                },
                from: rng.one_in(3).then(|| "2013-08".to_owned()),
                until: rng.one_in(3).then(|| "2021".to_owned()),
            })
            .collect(),
    }
}

pub(crate) fn mention(rng: &mut Rng, body: &str) -> Mention {
    Mention {
        range: spot(rng, body),
        kind: *rng
            .pick(&[
                MentionKind::Name,
                MentionKind::Description,
                MentionKind::Pronoun,
            ])
            .unwrap(),
        entity_type: entity_type(rng),
        entity: (!rng.one_in(4)).then(|| entity_id(rng)),
        metonym: rng.one_in(5),
    }
}

pub(crate) fn timex(rng: &mut Rng, body: &str) -> Timex {
    Timex {
        range: spot(rng, body),
        class: *rng
            .pick(&[
                TimexClass::Date,
                TimexClass::Time,
                TimexClass::Duration,
                TimexClass::Set,
            ])
            .unwrap(),
        value: TimexValue(format!("2026-{:02}", 1 + rng.below(12))),
        modifier: *rng
            .pick(&[None, Some(Modifier::Approx), Some(Modifier::OnOrBefore)])
            .unwrap(),
        quant: rng.one_in(3).then(|| "every".to_owned()),
        freq: rng.one_in(3).then(|| "2X".to_owned()),
        anchor: rng.one_in(3).then(|| spot(rng, body)),
        points: rng
            .one_in(3)
            .then(|| TimexValue("2023-02-06/2026-02-05".to_owned())),
        rule: "r1".to_owned(),
    }
}

pub(crate) fn attribution(rng: &mut Rng, body: &str) -> Attribution {
    let some = |rng: &mut Rng, most: usize| {
        let n = rng.below(most + 1);
        spots(rng, body, n)
    };
    Attribution {
        source: some(rng, 2),
        cue: some(rng, 1),
        content: some(rng, 2),
    }
}

fn party(rng: &mut Rng, body: &str, on: &[TextRange]) -> Party {
    let range = rng
        .pick(on)
        .copied()
        .filter(|_| true)
        .unwrap_or_else(|| spot(rng, body));
    Party {
        entity: entity_id(rng),
        range,
    }
}

pub(crate) fn statement(rng: &mut Rng, body: &str, on: &[TextRange]) -> Statement {
    let target = rng.one_in(2).then(|| party(rng, body, on));
    let polarity = |rng: &mut Rng| {
        *rng.pick(&[
            None,
            Some(Polarity::Oppose),
            Some(Polarity::Neutral),
            Some(Polarity::Support),
        ])
        .unwrap()
    };
    let issue = rng.one_in(2).then(|| IssuePhrase {
        label: words(rng, 2),
        range: rng.one_in(2).then(|| spot(rng, body)),
        issue: rng.one_in(2).then(|| IssueId(rng.below(5) as u128)),
    });
    Statement {
        holder: party(rng, body, on),
        speaks_for: rng.one_in(3).then(|| entity_id(rng)),
        polarity_target: polarity(rng),
        polarity_issue: polarity(rng),
        target,
        issue,
        act: *rng.pick(&Act::ALL).unwrap(),
        factuality: *rng.pick(&Factuality::ALL).unwrap(),
        date: rng.one_in(2).then(|| StatementDate {
            modifier: rng.one_in(3).then_some(Modifier::Approx),
            value: TimexValue("2026-W07".to_owned()),
            source: DateSource::Narrative,
        }),
        evidence: Evidence {
            cue: spot(rng, body),
            sentence: range(0, body.len()),
        },
        reporter: rng.one_in(4).then(|| party(rng, body, on)),
    }
}

pub(crate) fn suggested<T>(rng: &mut Rng, value: T) -> Suggested<T> {
    Suggested {
        value,
        confidence: Confidence::new((rng.next() % 10_007) as f32 / 10_007.0),
        by: "ner 0.1".to_owned(),
    }
}

pub(crate) fn findings(rng: &mut Rng, article: &Article, size: usize) -> Findings {
    let body = &article.text.body;
    let mut found = Findings {
        engine: format!("engine {}", rng.below(3)),
        text_hash: article.text.hash.clone(),
        tokens: tokens(body),
        ..Findings::default()
    };
    for _ in 0..size {
        let value = mention(rng, body);
        found.mentions.push(suggested(rng, value));
    }
    let on: Vec<_> = found.mentions.iter().map(|m| m.value.range).collect();
    for _ in 0..size / 3 {
        let value = timex(rng, body);
        found.timexes.push(suggested(rng, value));
        let value = attribution(rng, body);
        found.attributions.push(suggested(rng, value));
        let value = statement(rng, body, &on);
        found.statements.push(suggested(rng, value));
    }
    for _ in 0..4 {
        let proposal = EntityProposal {
            entity: entity(rng),
            known: rng.one_in(2),
            governed: rng.one_in(5),
        };
        found.entities.insert(entity_id(rng), proposal);
    }
    found.issues.insert(
        IssueId(rng.below(5) as u128),
        IssueProposal {
            name: words(rng, 2),
        },
    );
    found
}

/// One sentence of words.
fn tokens(body: &str) -> Tokens {
    let mut tokens = Vec::new();
    let mut at = 0;
    for piece in body.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            tokens.push(Token {
                range: range(at, at + word.len()),
            });
        }
        at += piece.len();
    }
    let sentences = vec![Sentence {
        range: range(0, body.trim_end().len()),
        first: TokenIdx(0),
        end: TokenIdx(tokens.len() as u32),
    }];
    Tokens { tokens, sentences }
}

/// Analyses some articles, as jobs do in between.
pub(crate) fn analyse(rng: &mut Rng, project: &mut Project) {
    let articles: Vec<_> = project
        .articles
        .values()
        .map(|s| s.article.clone())
        .collect();
    for article in articles {
        if !rng.one_in(3) {
            let found = findings(rng, &article, 12);
            assert!(project.replace_suggestions(article.id, &found));
        }
    }
}

/// A project with articles and suggestions, and nothing decided but that.
pub(crate) fn project(rng: &mut Rng, articles: usize) -> Project {
    let mut project = Project::default();
    let new = (0..articles)
        .map(|_| (ArticleId(rng.fresh()), new_article(rng, 60)))
        .collect();
    let author = author(rng);
    let operation = plan(&project, Edit::AddArticles(new), author, &mut || {
        rng.fresh()
    })
    .unwrap();
    apply(&mut project, &operation);
    analyse(rng, &mut project);
    project
}

/// Returns the project without what the engine made: what is left is a person's.
pub(crate) fn without_suggestions(project: &Project) -> Project {
    let mut bare = project.clone();
    for state in bare.articles.values_mut() {
        let state = Arc::make_mut(state);
        let mut empty = ArticleState::new(state.article.clone());
        std::mem::swap(&mut empty.annotations, &mut state.annotations);
        empty
            .annotations
            .mentions
            .replace_suggestions(Default::default());
        empty
            .annotations
            .timexes
            .replace_suggestions(Default::default());
        empty
            .annotations
            .attributions
            .replace_suggestions(Default::default());
        empty
            .annotations
            .statements
            .replace_suggestions(Default::default());
        *state = empty;
    }
    bare
}
