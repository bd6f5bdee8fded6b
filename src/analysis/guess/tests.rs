use std::sync::Arc;

use super::*;
use crate::analysis::Joined;
use crate::model::{
    Article, ArticleMeta, ArticleState, ArticleText, Confidence, Entity, EntityId, EntityProposal,
    EntityType, Findings, Sentence, SourceFile, Suggested, Token, TokenIdx, checked_range,
};

fn found(text: &str, name: &str, entity_type: EntityType) -> Suggested<Mention> {
    let start = text.find(name).unwrap();
    Suggested {
        value: Mention {
            range: checked_range(text, start, start + name.len()).unwrap(),
            kind: if name.starts_with(char::is_lowercase) {
                MentionKind::Description
            } else {
                MentionKind::Name
            },
            entity_type,
            entity: Some(EntityId::hashed(&[name.as_bytes()])),
            metonym: false,
        },
        confidence: Confidence::new(0.9),
        by: "test".to_owned(),
    }
}

/// A project of one article: blanks part tokens, names are marked by type.
fn project(text: &str, names: &[(&str, EntityType)]) -> (Project, ProjectView, ArticleId) {
    let id = ArticleId(1);
    let body = text.to_owned();
    let mut at = 0;
    let mut tokens = Vec::new();
    for word in text.split(' ') {
        tokens.push(Token {
            range: checked_range(text, at, at + word.len()).unwrap(),
        });
        at += word.len() + 1;
    }
    let sentence = Sentence {
        range: checked_range(text, 0, text.len()).unwrap(),
        first: TokenIdx(0),
        end: TokenIdx(u32::try_from(tokens.len()).unwrap()),
    };
    let mut findings = Findings {
        text_hash: ArticleText::new(body.clone()).hash,
        tokens: Tokens {
            tokens,
            sentences: vec![sentence],
        },
        ..Findings::default()
    };
    for (name, entity_type) in names {
        let entity = EntityId::hashed(&[name.as_bytes()]);
        findings.mentions.push(found(text, name, *entity_type));
        let named = Entity {
            name: (*name).to_owned(),
            entity_type: *entity_type,
            aliases: std::collections::BTreeSet::new(),
            roles: Vec::new(),
        };
        findings.entities.insert(
            entity,
            EntityProposal {
                entity: named,
                known: false,
                governed: false,
            },
        );
    }
    let article = Article {
        id,
        text: Arc::new(ArticleText::new(body)),
        meta: ArticleMeta::default(),
        source: Arc::new(SourceFile::default()),
    };
    let mut project = Project::default();
    project
        .articles
        .insert(id, Arc::new(ArticleState::new(article)));
    assert!(project.replace_suggestions(id, &findings));
    let view = ProjectView::new(&project, &Joined::default());
    (project, view, id)
}

fn guess(text: &str, names: &[(&str, EntityType)], cue: &str) -> (Guess, Project, ProjectView) {
    let (project, view, id) = project(text, names);
    let start = text.find(cue).unwrap();
    let range = checked_range(text, start, start + cue.len()).unwrap();
    let guess = guess_draft(&project, &view, id, range, |word| {
        (word == "urged").then_some(Act::Request)
    });
    (guess.unwrap(), project, view)
}

#[test]
fn holder_stands_before_the_cue_and_target_behind_it() {
    let names = [
        ("Norland", EntityType::State),
        ("Sudland", EntityType::State),
    ];
    let (guess, _, view) = guess("Norland urged Sudland to free the crew .", &names, "urged");
    assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
    assert_eq!(view.entity_name(guess.target.unwrap().entity), "Sudland");
    assert_eq!(guess.issue_label, "free the crew");
    assert_eq!(guess.act, Act::Request);
    assert_eq!(guess.polarity_target, Some(Polarity::Neutral));
}

#[test]
fn a_place_is_no_holder() {
    let names = [
        ("Ostport", EntityType::Place),
        ("Norland", EntityType::State),
    ];
    let (guess, _, view) = guess("In Ostport the Norland envoy urged calm .", &names, "urged");
    assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
    assert_eq!(guess.target, None);
    assert_eq!(guess.issue_label, "calm");
}

#[test]
fn a_name_holds_what_stands_beside_it_does_not() {
    let names = [
        ("Norland", EntityType::State),
        ("mediator", EntityType::Norp),
    ];
    let text = "Norland, the mediator , urged calm .";
    let (guess, _, view) = guess(text, &names, "urged");
    assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
}

#[test]
fn a_selected_name_stands_for_its_position() {
    let names = [
        ("Norland", EntityType::State),
        ("Sudland", EntityType::State),
    ];
    let text = "Sudland and Norland urged calm .";
    let (guess, _, view) = guess(text, &names, "Norland");
    assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
    assert_eq!(slice(text, guess.cue), "urged");
}

#[test]
fn an_issue_does_not_begin_with_and() {
    let names = [("Norland", EntityType::State)];
    let (guess, ..) = guess("Norland urged and sought a truce .", &names, "urged");
    assert_eq!(guess.issue_label, "sought a truce");
}

#[test]
fn a_caret_takes_its_token() {
    let (project, view, id) = project("Norland waits .", &[("Norland", EntityType::State)]);
    let caret = TextRange::empty(TextSize::from(10));
    let guess = guess_draft(&project, &view, id, caret, |_| None).unwrap();
    assert_eq!(slice("Norland waits .", guess.cue), "waits");
}
