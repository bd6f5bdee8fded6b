use serde_json::{Value, json};

use super::*;
use crate::model::{
    Confidence, Entity, EntityProposal, Evidence, IssuePhrase, Sentence, StatementDate, TokenIdx,
    checked_range,
};

const TEXT: &str = "😀 Örland urged Suda City to lift the levy, Örland TV said. It waits.";

fn at(words: &str, nth: usize) -> TextRange {
    let start = TEXT.match_indices(words).nth(nth).unwrap().0;
    checked_range(TEXT, start, start + words.len()).unwrap()
}

fn id(name: &str) -> EntityId {
    EntityId::hashed(&[name.as_bytes()])
}

fn suggested<T>(value: T) -> Suggested<T> {
    Suggested {
        value,
        confidence: Confidence::new(0.9),
        by: "test 1".to_owned(),
    }
}

fn mention(words: &str, nth: usize, entity_type: EntityType, name: &str) -> Suggested<Mention> {
    suggested(Mention {
        range: at(words, nth),
        kind: if words == "It" {
            MentionKind::Pronoun
        } else {
            MentionKind::Name
        },
        entity_type,
        entity: Some(id(name)),
        metonym: false,
    })
}

fn proposal(name: &str, entity_type: EntityType, governed: bool) -> (EntityId, EntityProposal) {
    let entity = Entity {
        name: name.to_owned(),
        entity_type,
        aliases: BTreeSet::new(),
        roles: Vec::new(),
    };
    let known = false;
    (
        id(name),
        EntityProposal {
            entity,
            known,
            governed,
        },
    )
}

fn statement(source: DateSource) -> Suggested<Statement> {
    suggested(Statement {
        holder: Party {
            entity: id("Örland"),
            range: at("Örland", 0),
        },
        speaks_for: None,
        target: Some(Party {
            entity: id("Suda City"),
            range: at("Suda City", 0),
        }),
        issue: Some(IssuePhrase {
            label: "the levy".to_owned(),
            range: Some(at("lift the levy", 0)),
            issue: None,
        }),
        act: Act::Request,
        polarity_target: Some(Polarity::Neutral),
        polarity_issue: Some(Polarity::Support),
        factuality: Factuality::Asserted,
        date: Some(StatementDate {
            modifier: None,
            value: TimexValue("2026-02-06".to_owned()),
            source,
        }),
        evidence: Evidence {
            cue: at("urged", 0),
            sentence: at(
                "Örland urged Suda City to lift the levy, Örland TV said.",
                0,
            ),
        },
        reporter: Some(Party {
            entity: id("Örland TV"),
            range: at("Örland TV", 0),
        }),
    })
}

fn findings() -> Findings {
    let mut findings = Findings {
        mentions: vec![
            mention("Örland", 0, EntityType::State, "Örland"),
            mention("Suda City", 0, EntityType::Place, "Suda City"),
            mention("Örland TV", 0, EntityType::Organisation, "Örland TV"),
            mention("Örland", 1, EntityType::State, "Örland"),
            mention("It", 0, EntityType::State, "Örland"),
        ],
        statements: vec![
            statement(DateSource::Sentence),
            statement(DateSource::Narrative),
        ],
        entities: [
            proposal("Örland", EntityType::State, true),
            proposal("Suda City", EntityType::Place, true),
            proposal("Örland TV", EntityType::Organisation, false),
        ]
        .into(),
        ..Findings::default()
    };
    findings.tokens.sentences.push(Sentence {
        range: at("It waits.", 0),
        first: TokenIdx(0),
        end: TokenIdx(3),
    });
    findings
}

fn written(options: &Options<'_>) -> Value {
    let source = Source {
        id: "d",
        title: None,
        text: TEXT,
        dct: Some(jiff::civil::date(2026, 2, 8)),
    };
    let document = document(&source, &findings(), options);
    serde_json::from_str(&line(&document).unwrap()).unwrap()
}

#[test]
fn offsets_are_code_points_and_only_outermost_names_are_written() {
    let doc = written(&Options::default());
    assert_eq!(
        doc["entities"],
        json!([
            {"start": 2, "end": 8, "type": "GPE", "entity": "Örland"},
            {"start": 15, "end": 24, "type": "GPE", "entity": "Suda City"},
            {"start": 43, "end": 52, "type": "ORG", "entity": "Örland TV"},
        ])
    );
    assert_eq!(doc["dct"], "2026-02-08");
    assert_eq!(doc["sentences"], json!([[59, 68]]));
}

#[test]
fn nested_names_are_written_on_request() {
    let doc = written(&Options {
        nested: true,
        ..Options::default()
    });
    assert_eq!(doc["entities"].as_array().unwrap().len(), 4);
    assert_eq!(doc["entities"][3]["start"], 43);
    assert_eq!(doc["entities"][3]["end"], 49);
}

#[test]
fn coref_holds_pronouns_and_nested_names() {
    let doc = written(&Options::default());
    assert_eq!(
        doc["coref"],
        json!([[[2, 8], [43, 49], [59, 61]], [[15, 24]], [[43, 52]]])
    );
}

#[test]
fn statement_has_the_keys_of_the_guideline() {
    let mut doc = written(&Options::default());
    let row = doc["statements"][0].as_object_mut().unwrap();
    let sure = row.remove("confidence").unwrap();
    let fields = [
        "statement",
        "holder",
        "act",
        "target",
        "side",
        "factuality",
        "date",
    ];
    for field in fields {
        let sure = sure[field].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&sure), "{field}: {sure}");
    }
    assert_eq!(
        doc["statements"][0],
        json!({
            "id": "d-s1",
            "holder": {"entity": "Örland", "span": [2, 8]},
            "speaks_for": null,
            "reporter": {"entity": "Örland TV", "span": [43, 52]},
            "target": {"entity": "Suda City", "span": [15, 24]},
            "issue": {"label": "the levy", "span": [28, 41]},
            "act": "REQUEST",
            "polarity_target": "neutral",
            "polarity_issue": "support",
            "factuality": "asserted",
            "date": "2026-02-06",
            "cue": [9, 14],
            "sentence": [2, 58],
        })
    );
}

#[test]
fn date_of_the_narrative_is_not_written() {
    assert_eq!(
        written(&Options::default())["statements"][1]["date"],
        Value::Null
    );
}

#[test]
fn stances_are_the_statements_with_a_target() {
    let doc = written(&Options::default());
    assert_eq!(
        doc["stances"][0],
        json!({"holder": [2, 8], "target": [15, 24], "polarity": "neutral", "type": "REQUEST"})
    );
}

#[test]
fn only_the_layers_asked_for_are_written() {
    let doc = written(&Options {
        layers: [JsonLayer::Timex].into(),
        ..Options::default()
    });
    let keys: Vec<_> = doc.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["dct", "id", "text", "timex", "title"]);
    assert_eq!("coref".parse(), Ok(JsonLayer::Coref));
    assert!("names".parse::<JsonLayer>().is_err());
}

#[test]
fn place_without_government_is_loc_and_own_type_keeps_its_name() {
    assert_eq!(type_name(EntityType::Place, false), "LOC");
    let id = crate::model::TypeId(7);
    let mut codebook = Codebook::default();
    let own = crate::model::OwnType {
        name: "Ship".to_owned(),
        definition: String::new(),
    };
    codebook.types.insert(id, own);
    let mut findings = findings();
    findings.mentions[0].value.entity_type = EntityType::Own(id);
    let source = Source {
        id: "d",
        title: Some("T"),
        text: TEXT,
        dct: None,
    };
    let options = Options {
        codebook: Some(&codebook),
        ..Options::default()
    };
    let doc = serde_json::to_value(document(&source, &findings, &options)).unwrap();
    assert_eq!(doc["entities"][0]["type"], "OTHER");
    assert_eq!(doc["entities"][0]["orig"], "Ship");
    assert_eq!((&doc["title"], &doc["dct"]), (&json!("T"), &Value::Null));
}
