//! What a decision teaches: the suggestions of the other articles follow, and undo takes it back.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot make its article is to fail"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche::analysis::{Joined, ProjectView, suggestions_changed};
use demarche::edit::{Author, Edit, Operation, apply, inverse, plan};
use demarche::model::{
    Act, Annotation, AnnotationKind, Article, ArticleId, ArticleMeta, ArticleState, ArticleText,
    CoderId, Confidence, Entity, EntityId, EntityProposal, EntityType, Evidence, Factuality,
    Findings, Learnt, Mention, MentionKind, Party, Project, Rule, Statement, Suggested, Timestamp,
    checked_range,
};

/// `words:type:confidence`; each found after the one before.
fn article(project: &mut Project, number: u128, body: &str, names: &[(&str, EntityType, f32)]) {
    let id = ArticleId(number);
    let text = ArticleText {
        body: body.to_owned(),
        hash: format!("hash {number}"),
    };
    let meta = ArticleMeta::default();
    let article = Article {
        id,
        meta,
        source: Arc::default(),
        text: Arc::new(text),
    };
    project
        .articles
        .insert(id, Arc::new(ArticleState::new(article)));
    let mut findings = Findings {
        engine: "test".to_owned(),
        text_hash: format!("hash {number}"),
        ..Findings::default()
    };
    let mut at = 0;
    for (words, entity_type, sure) in names {
        let start = at + body.get(at..).unwrap().find(words).unwrap();
        at = start + words.len();
        let entity = EntityId::hashed(&[words.as_bytes(), entity_type.name().as_bytes()]);
        findings.mentions.push(Suggested {
            value: Mention {
                range: checked_range(body, start, at).unwrap(),
                kind: MentionKind::Name,
                entity_type: *entity_type,
                entity: Some(entity),
                metonym: false,
            },
            confidence: Confidence::new(*sure),
            by: "test".to_owned(),
        });
        let entity_row = Entity {
            name: (*words).to_owned(),
            entity_type: *entity_type,
            aliases: BTreeSet::new(),
            roles: Vec::new(),
        };
        findings.entities.insert(
            entity,
            EntityProposal {
                entity: entity_row,
                known: false,
                governed: false,
            },
        );
    }
    assert!(project.replace_suggestions(id, &findings));
}

fn project() -> Project {
    let mut project = Project::default();
    let place = EntityType::Place;
    article(
        &mut project,
        1,
        "Velmora spoke. Quorn left.",
        &[("Velmora", place, 0.9), ("Quorn", EntityType::Person, 0.9)],
    );
    article(
        &mut project,
        2,
        "Quorn praised Velmora; Velmora smiled. Ilka Tarn came.",
        &[
            ("Quorn", EntityType::Person, 0.9),
            ("Velmora", place, 0.9),
            ("Velmora", place, 0.9),
        ],
    );
    project
}

fn view(project: &Project) -> ProjectView {
    ProjectView::new(project, &Joined::default())
}

fn shown(project: &Project, article: u128) -> String {
    let body = &project.articles[&ArticleId(article)].article.text.body;
    let rows = &view(project).articles[&ArticleId(article)].mentions;
    let row = |row: &demarche::analysis::Row<Mention>| {
        let words = demarche::model::slice(body, row.value.range);
        let mark = if row.is_decided() { "!" } else { "" };
        format!("{words}{mark} {}", row.value.entity_type.name())
    };
    rows.iter().map(row).collect::<Vec<_>>().join("; ")
}

fn mention(project: &Project, article: u128, at: usize) -> (Annotation, Mention) {
    let row = &view(project).articles[&ArticleId(article)].mentions[at];
    let annotation = Annotation {
        article: ArticleId(article),
        kind: AnnotationKind::Mention,
        id: row.id,
    };
    (annotation, row.value.clone())
}

/// Does an edit as the session does, and returns it with how many suggestions changed besides.
fn perform(project: &mut Project, edit: Edit) -> (Operation, usize) {
    let author = Author {
        coder: CoderId(1),
        at: Timestamp(1),
    };
    let mut next = 1000 + project.rules.len() as u128;
    let mut ids = || {
        next += 1;
        next
    };
    let before = (project.clone(), view(project));
    let operation = plan(project, edit, author, &mut ids).unwrap();
    do_it(project, &operation);
    let changed = suggestions_changed((&before.0, &before.1.articles), (project, &view(project)));
    (operation, changed)
}

fn do_it(project: &mut Project, operation: &Operation) {
    apply(project, operation);
    let learnt = Learnt::of(project);
    project.suggest_learnt(&learnt, None);
}

fn undo(project: &mut Project, operation: &Operation) {
    let back = Operation {
        changes: inverse(operation),
        ..operation.clone()
    };
    do_it(project, &back);
}

fn check(edit: impl Fn(&Project) -> Edit, expected: &str, changed: usize) {
    let mut project = project();
    let before = project.clone();
    let edit = edit(&project);
    let (operation, count) = perform(&mut project, edit);
    assert_eq!(shown(&project, 2), expected);
    assert_eq!(count, changed, "{}", operation.title);
    undo(&mut project, &operation);
    assert_eq!(shown(&project, 2), shown(&before, 2), "undone");
}

#[test]
fn retyped_name_is_retyped_where_the_same_was_suggested() {
    let edit = |project: &Project| {
        let (at, mut mention) = mention(project, 1, 0);
        mention.entity_type = EntityType::State;
        Edit::ChangeMention {
            article: at.article,
            id: at.id,
            mention,
        }
    };
    let expected = "Quorn Person; Velmora State; Velmora State";
    check(edit, expected, 2);
}

#[test]
fn rejected_name_goes_where_the_same_was_suggested() {
    let edit = |project: &Project| Edit::Reject(mention(project, 1, 0).0);
    check(edit, "Quorn Person", 2);
}

#[test]
fn confirmed_name_changes_nothing_that_is_the_same() {
    let edit = |project: &Project| Edit::Confirm(mention(project, 1, 0).0);
    check(edit, "Quorn Person; Velmora Place; Velmora Place", 0);
}

#[test]
fn added_name_is_suggested_in_the_other_articles() {
    let edit = |project: &Project| {
        let body = &project.articles[&ArticleId(2)].article.text.body;
        let start = body.find("Tarn").unwrap();
        Edit::AddMention {
            article: ArticleId(2),
            mention: Mention {
                range: checked_range(body, start, start + 4).unwrap(),
                kind: MentionKind::Name,
                entity_type: EntityType::Person,
                entity: None,
                metonym: false,
            },
        }
    };
    let mut project = project();
    article(&mut project, 3, "Tarn slept. Tarnish did not. Tarn!", &[]);
    let edit = edit(&project);
    let (operation, changed) = perform(&mut project, edit);
    assert_eq!(
        (shown(&project, 3).as_str(), changed),
        ("Tarn Person; Tarn Person", 2)
    );
    // what was learnt can be confirmed like any other suggestion
    let (at, _) = mention(&project, 3, 0);
    perform(&mut project, Edit::Confirm(at));
    assert_eq!(shown(&project, 3), "Tarn! Person; Tarn Person");
    undo(&mut project, &operation);
    assert_eq!(
        shown(&project, 3),
        "Tarn! Person; Tarn Person",
        "confirmed since: still known"
    );
}

#[test]
fn decisions_that_differ_teach_nothing_and_no_decision_is_touched() {
    let mut project = project();
    let (at, mut state) = mention(&project, 2, 1);
    state.entity_type = EntityType::State;
    let change = |at: Annotation, mention: Mention| Edit::ChangeMention {
        article: at.article,
        id: at.id,
        mention,
    };
    perform(&mut project, change(at, state));
    assert_eq!(shown(&project, 1), "Velmora State; Quorn Person");
    let (at, mut person) = mention(&project, 2, 2);
    person.entity_type = EntityType::Person;
    perform(&mut project, change(at, person));
    assert_eq!(shown(&project, 1), "Velmora Place; Quorn Person");
    assert_eq!(
        shown(&project, 2),
        "Quorn Person; Velmora! State; Velmora! Person"
    );
}

#[test]
fn rule_always_suggests_at_once_where_the_engine_saw_nothing_and_never_takes_away() {
    let mut project = project();
    let quorn = mention(&project, 1, 1).1.entity.unwrap();
    let always = Rule::Alias {
        text: "Ilka Tarn".to_owned(),
        entity: quorn,
        entity_type: EntityType::Person,
    };
    let (_, changed) = perform(&mut project, Edit::AddRule(always));
    assert_eq!(changed, 1);
    assert_eq!(
        shown(&project, 2),
        "Quorn Person; Velmora Place; Velmora Place; Ilka Tarn Person"
    );
    let never = Rule::Never {
        text: "Velmora".to_owned(),
    };
    let (_, changed) = perform(&mut project, Edit::AddRule(never));
    assert_eq!(changed, 3);
    assert_eq!(shown(&project, 2), "Quorn Person; Ilka Tarn Person");
}

/// A suggested statement on the first `cue` of an article.
fn position(project: &mut Project, number: u128, cue: &str, act: Act, sure: f32) {
    let id = ArticleId(number);
    let body = project.articles[&id].article.text.body.clone();
    let range = |words: &str| {
        let start = body.find(words).unwrap();
        checked_range(&body, start, start + words.len()).unwrap()
    };
    let entity = EntityId::hashed(&[b"Quorn"]);
    let holder = Party {
        entity,
        range: range("Quorn"),
    };
    let findings = Findings {
        engine: "test".to_owned(),
        text_hash: format!("hash {number}"),
        statements: vec![Suggested {
            value: Statement {
                holder,
                speaks_for: None,
                target: None,
                issue: None,
                act,
                polarity_target: None,
                polarity_issue: None,
                factuality: Factuality::Asserted,
                date: None,
                evidence: Evidence {
                    cue: range(cue),
                    sentence: range(&body),
                },
                reporter: None,
            },
            confidence: Confidence::new(sure),
            by: "test".to_owned(),
        }],
        ..Findings::default()
    };
    assert!(project.replace_suggestions(id, &findings));
}

/// Five articles in which Quorn discussed something.
fn discussions() -> Project {
    let mut project = Project::default();
    for number in 1..=5 {
        let verb = if number == 4 {
            "discusses"
        } else {
            "discussed"
        };
        article(&mut project, number, &format!("Quorn {verb} trade."), &[]);
        position(&mut project, number, verb, Act::Consult, 0.7);
    }
    project
}

fn row(project: &Project, article: u128) -> demarche::analysis::Row<Statement> {
    view(project).articles[&ArticleId(article)].statements[0].clone()
}

fn on_statement(project: &Project, article: u128) -> (Annotation, Statement) {
    let row = row(project, article);
    let annotation = Annotation {
        article: ArticleId(article),
        kind: AnnotationKind::Statement,
        id: row.id,
    };
    (annotation, row.value)
}

fn sure_of(project: &Project, article: u128) -> f32 {
    match row(project, article).status {
        demarche::analysis::Status::Suggested { confidence, .. } => confidence.get(),
        _ => 1.0,
    }
}

#[test]
fn rejecting_twice_folds_the_like_of_it_away_and_undo_brings_it_back() {
    let mut project = discussions();
    let (first, _) = on_statement(&project, 1);
    let (_, changed) = perform(&mut project, Edit::Reject(first));
    assert_eq!(changed, 0);
    assert!(sure_of(&project, 3) < 0.7 && !row(&project, 3).is_unsure());
    let (second, _) = on_statement(&project, 2);
    let (operation, changed) = perform(&mut project, Edit::Reject(second));
    assert_eq!(changed, 3, "three more are folded away");
    assert!(row(&project, 3).is_unsure() && row(&project, 4).is_unsure());
    undo(&mut project, &operation);
    assert!(!row(&project, 3).is_unsure());
}

#[test]
fn confirming_makes_the_like_of_it_surer() {
    let mut project = discussions();
    let (first, _) = on_statement(&project, 1);
    let before = sure_of(&project, 5);
    perform(&mut project, Edit::Confirm(first));
    assert!(sure_of(&project, 5) > before);
}

#[test]
fn act_that_people_gave_a_cue_twice_is_suggested_instead() {
    let mut project = discussions();
    for article in 1..=2 {
        let (annotation, statement) = on_statement(&project, article);
        let corrected = Statement {
            act: Act::Support,
            ..statement
        };
        let edit = Edit::ChangeStatement {
            article: annotation.article,
            id: annotation.id,
            statement: Box::new(corrected),
        };
        let (_, changed) = perform(&mut project, edit);
        assert_eq!(changed, if article == 1 { 0 } else { 3 });
    }
    assert_eq!(row(&project, 4).value.act, Act::Support);
}
