//! What single edits do, told on one short text.
#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod store_support;

use std::collections::BTreeSet;

use demarche::edit::{Author, Edit, History, Operation, Refused, apply, plan, same_words};
use demarche::model::{
    Act, Annotation, AnnotationId, AnnotationKind, ArticleId, ArticleState, CoderId, Confidence,
    Entity, EntityId, EntityProposal, EntityType, Evidence, Factuality, Findings, Issue, IssueId,
    IssueLink, IssuePhrase, IssueProposal, Mention, MentionKind, NewArticle, OperationId, Party,
    Polarity, Project, Role, Rule, Statement, Suggested, TextRange, Timestamp, Verdict,
};

const BODY: &str =
    "Évian minister Maren of Velmora rejects the Öst ban. Maren met Tomsk in Velmora.";
const AT: ArticleId = ArticleId(1);
const MAREN: EntityId = EntityId(10);
const VELMORA: EntityId = EntityId(11);
const TOMSK: EntityId = EntityId(12);
const BAN: IssueId = IssueId(20);

struct World {
    project: Project,
    history: History,
    next: u128,
}

fn words(text: &str, nth: usize) -> TextRange {
    let (start, found) = BODY.match_indices(text).nth(nth).unwrap();
    store_support::range(start, start + found.len())
}

fn mention(text: &str, nth: usize, entity: EntityId, entity_type: EntityType) -> Mention {
    let (range, kind) = (words(text, nth), MentionKind::Name);
    Mention {
        range,
        kind,
        entity_type,
        entity: Some(entity),
        metonym: false,
    }
}

fn suggested<T>(value: T) -> Suggested<T> {
    Suggested {
        value,
        confidence: Confidence::new(0.8),
        by: "test 1".to_owned(),
    }
}

fn entity(name: &str, entity_type: EntityType, of: Option<EntityId>) -> EntityProposal {
    let roles = of.map(|of| Role {
        office: "minister".to_owned(),
        of: Some(of),
        ..Role::default()
    });
    let (name, aliases) = (name.to_owned(), BTreeSet::new());
    let entity = Entity {
        name,
        entity_type,
        aliases,
        roles: roles.into_iter().collect(),
    };
    EntityProposal {
        entity,
        known: false,
        governed: false,
    }
}

fn statement() -> Statement {
    Statement {
        holder: Party {
            entity: MAREN,
            range: words("Maren", 0),
        },
        speaks_for: Some(VELMORA),
        target: None,
        issue: Some(IssuePhrase {
            label: "Öst ban".to_owned(),
            range: Some(words("Öst ban", 0)),
            issue: Some(BAN),
        }),
        act: Act::Reject,
        polarity_target: None,
        polarity_issue: Some(Polarity::Oppose),
        factuality: Factuality::Asserted,
        date: None,
        evidence: Evidence {
            cue: words("rejects", 0),
            sentence: store_support::range(0, 53),
        },
        reporter: None,
    }
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            project: Project::default(),
            history: History::default(),
            next: 1000,
        };
        let (meta, source) = Default::default();
        let body = BODY.to_owned();
        world.edit(Edit::AddArticles(vec![(
            AT,
            NewArticle { body, meta, source },
        )]));
        let person = EntityType::Person;
        let found = Findings {
            engine: "test 1".to_owned(),
            text_hash: world.state().article.text.hash.clone(),
            mentions: vec![
                suggested(mention("Maren", 0, MAREN, person)),
                suggested(mention("Velmora", 0, VELMORA, EntityType::State)),
                suggested(mention("Maren", 1, MAREN, person)),
                suggested(mention("Tomsk", 0, TOMSK, person)),
            ],
            statements: vec![suggested(statement())],
            entities: [
                (MAREN, entity("Maren", person, Some(VELMORA))),
                (VELMORA, entity("Velmora", EntityType::State, None)),
                (TOMSK, entity("Tomsk", person, None)),
            ]
            .into(),
            issues: [(
                BAN,
                IssueProposal {
                    name: "Öst ban".to_owned(),
                },
            )]
            .into(),
            ..Findings::default()
        };
        assert!(world.project.replace_suggestions(AT, &found));
        world
    }

    fn state(&self) -> &ArticleState {
        &self.project.articles[&AT]
    }

    fn plan(&mut self, edit: Edit) -> Result<Operation, Refused> {
        let author = Author {
            coder: CoderId(1),
            at: Timestamp(7),
        };
        let next = &mut self.next;
        plan(&self.project, edit, author, &mut || {
            *next += 1;
            *next
        })
    }

    /// Makes an edit and returns its title.
    fn edit(&mut self, edit: Edit) -> String {
        self.gesture(edit, None)
    }

    fn gesture(&mut self, edit: Edit, gesture: Option<u64>) -> String {
        let mut operation = self.plan(edit).unwrap();
        operation.gesture = gesture;
        apply(&mut self.project, &operation);
        self.history.push(operation).title.clone()
    }

    fn undo(&mut self) -> String {
        self.next += 1;
        let author = Author {
            coder: CoderId(1),
            at: Timestamp(8),
        };
        let operation = self.history.undo(author, OperationId(self.next)).unwrap();
        apply(&mut self.project, &operation);
        self.history.push(operation).title.clone()
    }

    fn on(&self, kind: AnnotationKind, nth: usize) -> Annotation {
        let rows = &self.state().annotations;
        let ids: Vec<AnnotationId> = match kind {
            AnnotationKind::Mention => rows.mentions.effective().iter().map(|r| r.0).collect(),
            AnnotationKind::Statement => rows.statements.effective().iter().map(|r| r.0).collect(),
            AnnotationKind::Timex | AnnotationKind::Attribution => panic!("none here"),
        };
        Annotation {
            article: AT,
            kind,
            id: ids[nth],
        }
    }

    fn decided_mentions(&self) -> Vec<(&str, Verdict)> {
        let state = self.state();
        let mut rows: Vec<_> = state.annotations.mentions.decided().values().collect();
        rows.sort_by_key(|row| row.value.range.start());
        rows.iter()
            .map(|row| (state.article.slice(row.value.range), row.verdict))
            .collect()
    }

    fn names(&self) -> Vec<&str> {
        self.project
            .entities
            .values()
            .map(|row| row.value.name.as_str())
            .collect()
    }
}

#[test]
fn confirming_a_statement_decides_what_it_needs() {
    let mut world = World::new();
    let at = world.on(AnnotationKind::Statement, 0);
    assert_eq!(world.edit(Edit::Confirm(at)), "Statement confirmed");
    assert_eq!(world.decided_mentions(), [("Maren", Verdict::Confirmed)]);
    assert_eq!(world.names(), ["Maren", "Velmora"]);
    assert_eq!(world.project.codebook.issues[&BAN].name, "Öst ban");
    let row = &world.state().annotations.statements.decided()[&at.id];
    assert_eq!(
        row.origin.as_ref().unwrap().confidence,
        Confidence::new(0.8)
    );
    assert!(!row.corrected());
    assert_eq!(world.plan(Edit::Confirm(at)), Err(Refused::Nothing));
    world.undo();
    assert!(world.names().is_empty() && world.project.codebook.issues.is_empty());
}

#[test]
fn statement_follows_its_holder_to_other_words_and_to_another_entity() {
    let mut world = World::new();
    let statement = world.on(AnnotationKind::Statement, 0);
    let holder = world.on(AnnotationKind::Mention, 0);
    world.edit(Edit::Confirm(statement));
    let longer = mention("minister Maren", 0, TOMSK, EntityType::Person);
    let edit = Edit::ChangeMention {
        article: AT,
        id: holder.id,
        mention: longer,
    };
    assert_eq!(world.edit(edit), "Edges moved");
    let row = &world.state().annotations.statements.decided()[&statement.id];
    let expected = Party {
        entity: TOMSK,
        range: words("minister Maren", 0),
    };
    assert_eq!(row.value.holder, expected);
    // Also where the statement was only suggested when the mention moved.
    world.undo();
    world.undo();
    let longer = mention("minister Maren", 0, MAREN, EntityType::Person);
    world.edit(Edit::ChangeMention {
        article: AT,
        id: holder.id,
        mention: longer,
    });
    world.edit(Edit::Confirm(statement));
    let row = &world.state().annotations.statements.decided()[&statement.id];
    assert_eq!(row.value.holder.range, words("minister Maren", 0));
    assert_eq!(
        world.on(AnnotationKind::Mention, 0),
        holder,
        "it keeps its id"
    );
}

#[test]
fn delete_takes_away_what_was_added_and_rejects_what_was_suggested() {
    let mut world = World::new();
    let edit = Edit::AddMention {
        article: AT,
        mention: mention("Öst", 0, EntityId(99), EntityType::Place),
    };
    assert_eq!(world.edit(edit), "Place added");
    assert_eq!(
        world.names(),
        ["Öst"],
        "nobody proposed it: its words name it"
    );
    let added = world.on(AnnotationKind::Mention, 2);
    assert_eq!(world.edit(Edit::Delete(added)), "Mention deleted");
    assert!(world.decided_mentions().is_empty());
    let first = world.on(AnnotationKind::Mention, 0);
    world.edit(Edit::Delete(first));
    assert_eq!(world.decided_mentions(), [("Maren", Verdict::Rejected)]);
    world.edit(Edit::Confirm(first));
    assert_eq!(world.decided_mentions(), [("Maren", Verdict::Confirmed)]);
}

#[test]
fn an_entity_that_only_one_place_names_takes_its_type_and_words() {
    let mut world = World::new();
    world.edit(Edit::AddMention {
        article: AT,
        mention: mention("Öst", 0, EntityId(99), EntityType::Place),
    });
    let added = world.on(AnnotationKind::Mention, 2);
    world.edit(Edit::ChangeMention {
        article: AT,
        id: added.id,
        mention: mention("Öst", 0, EntityId(99), EntityType::Organisation),
    });
    let known = |world: &World| {
        let entity = &world.project.entities[&EntityId(99)].value;
        (entity.name.clone(), entity.entity_type)
    };
    assert_eq!(known(&world), ("Öst".to_owned(), EntityType::Organisation));
    world.undo();
    assert_eq!(known(&world), ("Öst".to_owned(), EntityType::Place));
    world.edit(Edit::ChangeMention {
        article: AT,
        id: added.id,
        mention: mention("Öst ban", 0, EntityId(99), EntityType::Agreement),
    });
    assert_eq!(known(&world), ("Öst ban".to_owned(), EntityType::Agreement));
}

#[test]
fn an_entity_that_other_places_name_keeps_its_type() {
    let mut world = World::new();
    let at = world.on(AnnotationKind::Mention, 1);
    // Besides "Velmora", so that other words name it too.
    world.edit(Edit::AddMention {
        article: AT,
        mention: mention("Évian", 0, VELMORA, EntityType::State),
    });
    world.edit(Edit::ChangeMention {
        article: AT,
        id: at.id,
        mention: mention("Velmora", 0, VELMORA, EntityType::Place),
    });
    let kept = world.project.entities[&VELMORA].value.entity_type;
    assert_eq!(kept, EntityType::State);
}

#[test]
fn name_added_over_a_suggestion_corrects_it_and_keeps_its_entity() {
    let mut world = World::new();
    let mut tomsk = mention("Tomsk", 0, TOMSK, EntityType::Place);
    tomsk.entity = None;
    world.edit(Edit::AddMention {
        article: AT,
        mention: tomsk,
    });
    let rows = world.state().annotations.mentions.decided();
    let row = rows.values().next().unwrap();
    assert_eq!(
        (row.verdict, row.value.entity),
        (Verdict::Confirmed, Some(TOMSK))
    );
    assert!(row.corrected());
}

#[test]
fn run_of_edge_moves_is_one_step_of_undo() {
    let mut world = World::new();
    let at = world.on(AnnotationKind::Mention, 3);
    for (words, gesture) in [("Tomsk in", 1), ("met Tomsk in", 1), ("met Tomsk", 2)] {
        let mention = mention(words, 0, TOMSK, EntityType::Person);
        world.gesture(
            Edit::ChangeMention {
                article: AT,
                id: at.id,
                mention,
            },
            Some(gesture),
        );
    }
    assert_eq!(world.undo(), "Edges moved");
    assert_eq!(
        world.decided_mentions(),
        [("met Tomsk in", Verdict::Confirmed)]
    );
    world.undo();
    assert!(world.decided_mentions().is_empty());
}

#[test]
fn merge_is_one_rule_and_knows_the_other_names() {
    let mut world = World::new();
    let edit = Edit::MergeEntities {
        merged: vec![TOMSK],
        into: MAREN,
    };
    assert_eq!(world.edit(edit.clone()), "Merged Tomsk into Maren");
    let rules: Vec<_> = world.project.rules.values().collect();
    assert_eq!(
        rules,
        [&Rule::SameEntity {
            merged: TOMSK,
            into: MAREN
        }]
    );
    let names = &world.project.entities[&MAREN].value.aliases;
    assert_eq!(
        names.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(),
        ["Tomsk"]
    );
    assert_eq!(world.plan(edit), Err(Refused::SameAlready));
    let back = Edit::MergeEntities {
        merged: vec![MAREN],
        into: TOMSK,
    };
    assert_eq!(world.plan(back), Err(Refused::SameAlready), "no circle");
    let apart = Edit::NotSame {
        left: MAREN,
        right: TOMSK,
    };
    assert_eq!(world.edit(apart), "Maren and Tomsk kept apart");
    let rules: Vec<_> = world.project.rules.values().collect();
    assert_eq!(
        rules,
        [&Rule::NotSame {
            left: MAREN,
            right: TOMSK
        }]
    );
}

#[test]
fn split_is_a_rule_and_decided_statements_follow() {
    let mut world = World::new();
    let (statement, holder) = (
        world.on(AnnotationKind::Statement, 0),
        world.on(AnnotationKind::Mention, 0),
    );
    world.edit(Edit::Confirm(statement));
    let id = EntityId(77);
    let other = entity("I. Maren", EntityType::Person, None).entity;
    let edit = Edit::SplitEntity {
        mentions: vec![holder],
        id,
        entity: other,
    };
    assert_eq!(world.edit(edit), "1 mention split off to I. Maren");
    let row = &world.state().annotations.statements.decided()[&statement.id];
    assert_eq!(row.value.holder.entity, id);
    let mentions: BTreeSet<_> = [holder.id].into();
    let rule = Rule::InArticle {
        article: AT,
        mentions,
        entity: id,
    };
    assert!(world.project.rules.values().any(|one| *one == rule));
}

#[test]
fn same_words_are_decided_as_counted() {
    let mut world = World::new();
    let places = same_words(&world.project, "Velmora", Some(AT));
    assert_eq!(places.len(), 2);
    let like = mention("Velmora", 0, VELMORA, EntityType::State);
    let title = world.edit(Edit::ApplyToAll { like, places });
    assert_eq!(title, "2 mentions of Velmora confirmed");
    let verdicts = [("Velmora", Verdict::Confirmed), ("Velmora", Verdict::Added)];
    assert_eq!(world.decided_mentions(), verdicts);
}

#[test]
fn phrase_that_leaves_its_issue_stands_alone_again() {
    let mut world = World::new();
    let group = IssueId(50);
    let links: BTreeSet<_> = [IssueLink {
        words: String::new(),
        phrase: BAN,
        reversed: false,
    }]
    .into();
    let (name, definition) = ("Bans".to_owned(), String::new());
    let mut issue = Issue {
        name,
        definition,
        links,
        ..Issue::default()
    };
    assert_eq!(
        world.edit(Edit::SetIssue {
            id: group,
            issue: issue.clone()
        }),
        "Issue Bans added"
    );
    world.edit(Edit::Confirm(world.on(AnnotationKind::Statement, 0)));
    assert!(
        !world.project.codebook.issues.contains_key(&BAN),
        "the group has it"
    );
    issue.links.clear();
    world.edit(Edit::SetIssue { id: group, issue });
    assert_eq!(world.project.codebook.issues[&BAN].name, "Öst ban");
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let mut world = World::new();
    let mut off = mention("Maren", 0, MAREN, EntityType::Person);
    off.range = store_support::range(1, 3);
    let refused = world.plan(Edit::AddMention {
        article: AT,
        mention: off.clone(),
    });
    assert_eq!(
        refused.unwrap_err().to_string(),
        "The selection does not fit the text"
    );
    off.range = store_support::range(0, 0);
    let refused = world.plan(Edit::AddMention {
        article: AT,
        mention: off.clone(),
    });
    assert_eq!(refused, Err(Refused::NoWords));
    let refused = world.plan(Edit::AddMention {
        article: ArticleId(9),
        mention: off,
    });
    assert_eq!(refused, Err(Refused::UnknownArticle));
    let merge = Edit::MergeEntities {
        merged: vec![EntityId(1)],
        into: MAREN,
    };
    assert_eq!(world.plan(merge), Err(Refused::UnknownEntity));
    assert_eq!(
        world.plan(Edit::Rename(" ".to_owned())),
        Err(Refused::NoName)
    );
}

#[test]
fn several_edits_together_are_one_step() {
    let mut world = World::new();
    let first = world.on(AnnotationKind::Mention, 0);
    let edits = vec![
        Edit::Confirm(first),
        Edit::SetNote {
            annotation: first,
            note: "sure".to_owned(),
        },
        Edit::Confirm(first),
        Edit::Rename("Talks".to_owned()),
    ];
    let title = "Mention linked".to_owned();
    assert_eq!(
        world.edit(Edit::Together { title, edits }),
        "Mention linked"
    );
    assert_eq!(
        world.state().annotations.mentions.decided()[&first.id].note,
        "sure"
    );
    assert_eq!(world.project.info.name, "Talks");
    world.undo();
    assert!(world.decided_mentions().is_empty() && world.project.info.name.is_empty());
}
