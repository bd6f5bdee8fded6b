//! A hand-made project: an article whose marks stand in its text, `[words|Type=Entity]`, with `!`
//! behind what a person confirmed; `@value` for times. Countries and people are invented.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::analysis::{Joined, ProjectView};
use demarche::app::Snapshot;
use demarche::model::{
    Act, AnnotationId, Article, ArticleId, ArticleMeta, ArticleState, ArticleText, CoderId,
    Confidence, Dct, DctSource, Decided, Entity, EntityId, EntityProposal, EntityType, Evidence,
    Factuality, Findings, IssueId, IssuePhrase, IssueProposal, Mention, MentionKind, Party,
    Polarity, Project, Role, Sentence, SourceFile, Statement, Suggested, TextRange, Timestamp,
    Timex, TimexClass, TimexValue, Token, TokenIdx, Tokens, Verdict, checked_range,
};

pub(crate) const TALKS: &str = "\
Envoys from [Velmora|State=Velmora!] and [Astrany|State=Astrany!] traded written proposals through \
mediators from [Lorvik|State=Lorvik!] on [Thursday|@2026-03-05], their first contact since the naval \
exercise [Grey Heron|Event=Grey Heron] ended in [January|@2026-01].

[Velmora|State=Velmora]’s foreign minister, [Ilse Maren|Person=Ilse Maren!], called the exchange “a \
usable start” and backed a permanent hotline between the two navies. She ruled out any inspection of \
cargo by foreign crews, a condition [Astrany|State=Astrany] has pressed since the \
[Halden Protocol|Agreement=Halden Protocol!] lapsed in [2024|@2024].

Hours later, on [the same day|@2026-03-05<Thursday], [Astrany|State=Astrany!] extended its fuel embargo \
on [Velmoran|Norp=Velmora] ports. Its envoy accused Velmora of moving \
[Tern-3 coastal missiles|Weapon=Tern-3] to the [[Orrin|Place=Orrin] naval base|Facility=Orrin base].

The [League of [Littoral States|Norp=Littoral]|Organisation=Littoral League!] welcomed the exchange. \
[Bastia|State=Bastia] warned that it would close its own waters if either navy returned to the \
[Karsa Strait|Place=Karsa Strait] before the spring.";

pub(crate) const HEBREW: &str = "\
שלום לכל העולם. הסכם חדש (2026) נחתם בין [ולמורה|State=Velmora!] לבין אסטרניה, אמר הנציג של ACME Corp \
אחרי שיחות ארוכות בעיר הבירה.

وقع الطرفان 25 اتفاقا مع ACME Corp اليوم، وقال المتحدث إن المحادثات كانت مفيدة جدا للجميع.

An English line with the word שלום עולם in it, and more words after it to fill the row to its end.";

pub(crate) struct Fixture {
    pub(crate) project: Project,
    pub(crate) article: ArticleId,
    pub(crate) body: String,
    entities: BTreeMap<String, EntityId>,
}

struct Mark {
    start: usize,
    end: usize,
    label: String,
}

/// Takes the marks out of a text.
fn unmarked(text: &str) -> (String, Vec<Mark>) {
    let (mut body, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => open.push(body.len()),
            '|' => {
                let label = chars.by_ref().take_while(|c| *c != ']').collect();
                let start = open.pop().expect("a mark was opened");
                let end = body.len();
                marks.push(Mark { start, end, label });
            }
            c => body.push(c),
        }
    }
    (body, marks)
}

fn tokens(body: &str) -> Tokens {
    use unicode_segmentation::UnicodeSegmentation as _;
    let range = |start: usize, end: usize| checked_range(body, start, end).unwrap();
    let tokens: Vec<Token> = body
        .split_word_bound_indices()
        .filter(|(_, word)| !word.trim().is_empty())
        .map(|(at, word)| Token {
            range: range(at, at + word.len()),
        })
        .collect();
    let mut sentences = Vec::new();
    let mut from = 0;
    for line in body.split_inclusive('\n') {
        for (at, sentence) in line.split_sentence_bound_indices() {
            let words = sentence.trim_end();
            if words.is_empty() {
                continue;
            }
            let covered = range(from + at, from + at + words.len());
            let index = |at| TokenIdx(u32::try_from(at).unwrap());
            sentences.push(Sentence {
                range: covered,
                first: index(tokens.partition_point(|t| t.range.start() < covered.start())),
                end: index(tokens.partition_point(|t| t.range.start() < covered.end())),
            });
        }
        from += line.len();
    }
    Tokens { tokens, sentences }
}

fn suggested<T>(value: T) -> Suggested<T> {
    Suggested {
        value,
        confidence: Confidence::new(0.82),
        by: "test 1".to_owned(),
    }
}

impl Fixture {
    /// An article without any mark.
    pub(crate) fn plain(body: &str) -> Self {
        Self::new(body)
    }

    pub(crate) fn new(marked: &str) -> Self {
        let (body, marks) = unmarked(marked);
        let article = ArticleId(1);
        let mut fixture = Self {
            project: Project::default(),
            article,
            body: body.clone(),
            entities: BTreeMap::new(),
        };
        let hebrew = body.starts_with('ש');
        let text = Arc::new(ArticleText::new(body.clone()));
        let hash = text.hash.clone();
        let state = ArticleState::new(Article {
            id: article,
            text,
            meta: ArticleMeta {
                title: "Velmora and Astrany reopen channel on the strait, still apart".to_owned(),
                outlet: Some("Halden Courier".to_owned()),
                author: Some("Dana Ostrey".to_owned()),
                dct: Some(Dct {
                    date: jiff::civil::date(2026, 3, 12),
                    source: DctSource::Metadata,
                }),
                language: Some(if hebrew { "he" } else { "en" }.to_owned()),
                ..ArticleMeta::default()
            },
            source: Arc::new(SourceFile::default()),
        });
        let mut findings = Findings {
            engine: "test 1".to_owned(),
            text_hash: hash,
            tokens: tokens(&body),
            ..Findings::default()
        };
        let mut confirmed = Vec::new();
        for mark in &marks {
            fixture.add(mark, &mut findings, &mut confirmed);
        }
        if body.contains("ruled out") {
            fixture.statements(&mut findings);
        }
        fixture.project.articles.insert(article, Arc::new(state));
        fixture.project.coders.insert(CoderId(1), "MK".to_owned());
        assert!(fixture.project.replace_suggestions(article, &findings));
        fixture.confirm(&confirmed);
        fixture
    }

    fn range(&self, words: &str) -> TextRange {
        let at = self.body.find(words).unwrap_or_else(|| panic!("{words}"));
        checked_range(&self.body, at, at + words.len()).unwrap()
    }

    fn add(&mut self, mark: &Mark, findings: &mut Findings, confirmed: &mut Vec<TextRange>) {
        let range = checked_range(&self.body, mark.start, mark.end).unwrap();
        if let Some(value) = mark.label.strip_prefix('@') {
            let (value, anchor) = value
                .split_once('<')
                .map_or((value, None), |(v, a)| (v, Some(a)));
            let anchor = anchor.map(|words| self.range(words));
            findings.timexes.push(suggested(Timex {
                range,
                class: TimexClass::Date,
                value: TimexValue(value.to_owned()),
                modifier: None,
                quant: None,
                freq: None,
                points: None,
                anchor,
                rule: "test".to_owned(),
            }));
            return;
        }
        let label = mark.label.trim_end_matches('!');
        if label.len() < mark.label.len() {
            confirmed.push(range);
        }
        let (kind, name) = label.split_once('=').expect("Type=Entity");
        let entity_type = EntityType::BUILT_IN
            .into_iter()
            .find(|t| t.name() == kind)
            .unwrap_or_else(|| panic!("{kind}"));
        let id = EntityId::hashed(&[name.as_bytes()]);
        self.entities.insert(name.to_owned(), id);
        let own = if entity_type == EntityType::Norp {
            EntityType::State
        } else {
            entity_type
        };
        let roles = (name == "Ilse Maren").then(|| Role {
            office: "foreign minister".to_owned(),
            of: Some(EntityId::hashed(&[b"Velmora"])),
            ..Role::default()
        });
        findings
            .entities
            .entry(id)
            .or_insert_with(|| EntityProposal {
                entity: Entity {
                    name: name.to_owned(),
                    entity_type: own,
                    aliases: std::collections::BTreeSet::default(),
                    roles: roles.into_iter().collect(),
                },
                known: false,
                governed: false,
            });
        findings.mentions.push(suggested(Mention {
            range,
            kind: MentionKind::Name,
            entity_type,
            entity: Some(id),
            metonym: false,
        }));
    }

    fn statements(&self, findings: &mut Findings) {
        let rows = [
            (
                "traded",
                "Velmora",
                Some("Astrany"),
                "",
                Act::Consult,
                Polarity::Neutral,
            ),
            (
                "backed",
                "Ilse Maren",
                None,
                "permanent hotline",
                Act::Support,
                Polarity::Support,
            ),
            (
                "ruled out",
                "Ilse Maren",
                Some("Astrany"),
                "inspection of cargo",
                Act::Reject,
                Polarity::Oppose,
            ),
            (
                "accused",
                "Astrany",
                Some("Velmora"),
                "",
                Act::Accuse,
                Polarity::Oppose,
            ),
            (
                "welcomed",
                "Littoral League",
                None,
                "exchange",
                Act::Support,
                Polarity::Support,
            ),
            (
                "warned",
                "Bastia",
                None,
                "",
                Act::Threaten,
                Polarity::Oppose,
            ),
        ];
        for (cue, holder, target, issue, act, side) in rows {
            let cue = self.range(cue);
            let sentence = findings.tokens.sentence_at(cue).unwrap().range;
            let party = |name: &str| Party {
                entity: self.entities[name],
                range: findings
                    .mentions
                    .iter()
                    .filter(|m| m.value.entity == Some(self.entities[name]))
                    .map(|m| m.value.range)
                    .min_by_key(|range| u32::from(range.start()).abs_diff(u32::from(cue.start())))
                    .unwrap(),
            };
            let label = if issue.starts_with("inspection") {
                "cargo inspection"
            } else {
                issue
            };
            let issue = (!issue.is_empty()).then(|| IssuePhrase {
                label: label.to_owned(),
                range: Some(self.range(issue)),
                issue: Some(IssueId::hashed(&[label.as_bytes()])),
            });
            if let Some(IssuePhrase {
                issue: Some(id),
                label,
                ..
            }) = &issue
            {
                findings.issues.insert(
                    *id,
                    IssueProposal {
                        name: label.clone(),
                    },
                );
            }
            findings.statements.push(suggested(Statement {
                holder: party(holder),
                speaks_for: (holder == "Ilse Maren").then(|| self.entities["Velmora"]),
                target: target.map(party),
                polarity_target: target.map(|_| side),
                polarity_issue: issue.as_ref().map(|_| side),
                issue,
                act,
                factuality: Factuality::Asserted,
                date: None,
                evidence: Evidence { cue, sentence },
                reporter: None,
            }));
        }
    }

    /// Confirms the mentions on these words, and the statements of `backed` and `traded`.
    fn confirm(&mut self, ranges: &[TextRange]) {
        let cues: Vec<_> = ["traded", "backed"]
            .into_iter()
            .filter(|cue| self.body.contains(cue))
            .map(|cue| self.range(cue))
            .collect();
        let state = Arc::make_mut(self.project.articles.get_mut(&self.article).unwrap());
        let mentions = &mut state.annotations.mentions;
        for (id, row) in mentions.suggested().clone() {
            if ranges.contains(&row.value.range) {
                mentions.set_decided(id, Some(decided(row)));
            }
        }
        let statements = &mut state.annotations.statements;
        for (id, row) in statements.suggested().clone() {
            if cues.contains(&row.value.evidence.cue) {
                statements.set_decided(id, Some(decided(row)));
            }
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let view = ProjectView::new(&self.project, &Joined::default());
        Snapshot {
            project: Arc::new(self.project.clone()),
            view: Arc::new(view),
            revision: 1,
        }
    }

    pub(crate) fn entity(&self, name: &str) -> EntityId {
        self.entities[name]
    }

    pub(crate) fn mention(&self, id: AnnotationId) -> Mention {
        let state = &self.project.articles[&self.article];
        state.annotations.mentions.get(id).unwrap().value().clone()
    }

    pub(crate) fn statement(&self, cue: &str) -> AnnotationId {
        let cue = self.range(cue);
        let state = &self.project.articles[&self.article];
        let suggested = state.annotations.statements.suggested();
        *suggested
            .iter()
            .find(|(_, row)| row.value.evidence.cue == cue)
            .unwrap()
            .0
    }
}

fn decided<T>(row: Suggested<T>) -> Decided<T>
where
    T: Clone,
{
    Decided {
        value: row.value.clone(),
        verdict: Verdict::Confirmed,
        coder: CoderId(1),
        // 9 March 2026, 12:00 in universal time.
        at: Timestamp(1_773_057_600_000),
        origin: Some(row),
        note: String::new(),
    }
}
