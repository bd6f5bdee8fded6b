//! Rows of a doc by hand, the names in it, and what they must be joined to.

use super::*;
use crate::nlp::tree::fixture;

const TYPES: &[(&str, EntityType)] = &[
    ("P", EntityType::Person),
    ("N", EntityType::Norp),
    ("S", EntityType::State),
    ("O", EntityType::Organisation),
    ("L", EntityType::Place),
];

/// `names`: `words:type`, each found after the one before.
fn linked(rows: &str, names: &[&str]) -> (String, Linked) {
    let text = fixture::text(rows);
    let doc = fixture::doc(rows, &text);
    let mut at = 0;
    let mentions = names
        .iter()
        .map(|name| {
            let (words, kind) = name.rsplit_once(':').unwrap();
            let start = at
                + text
                    .get(at..)
                    .unwrap()
                    .find(words)
                    .unwrap_or_else(|| panic!("{words} in {text}"));
            at = start + words.len();
            let range = crate::model::checked_range(&text, start, at).unwrap();
            Suggested {
                value: Mention {
                    range,
                    kind: MentionKind::Name,
                    entity_type: TYPES.iter().find(|(n, _)| *n == kind).unwrap().1,
                    entity: None,
                    metonym: false,
                },
                confidence: Confidence::new(0.9),
                by: "test".to_owned(),
            }
        })
        .collect();
    let linked = link(
        &doc,
        mentions,
        &About::default(),
        &Known::default(),
        &Cancel::default(),
    )
    .unwrap();
    (text, linked)
}

/// All mentions as `words=entity name`, a metonym with `*`.
fn shown(rows: &str, names: &[&str]) -> String {
    let (text, linked) = linked(rows, names);
    let mut out = Vec::new();
    for m in &linked.mentions {
        let entity = m.value.entity.unwrap();
        let star = if m.value.metonym { "*" } else { "" };
        out.push(format!(
            "{}={}{star}",
            crate::model::slice(&text, m.value.range),
            linked.entities[&entity].entity.name
        ));
    }
    out.join("; ")
}

fn check(rows: &str, names: &[&str], expected: &str) {
    assert_eq!(shown(rows, names), expected, "{rows}");
}

fn check_role(rows: &str, names: &[&str], who: &str, office: &str, of: &str) {
    let (_, linked) = linked(rows, names);
    let person = linked
        .entities
        .values()
        .find(|row| row.entity.name == who)
        .unwrap();
    let role = person
        .entity
        .roles
        .first()
        .unwrap_or_else(|| panic!("no role: {rows}"));
    assert_eq!(role.office, office, "{rows}");
    let owner = role.of.map(|of| linked.entities[&of].entity.name.clone());
    assert_eq!(owner.as_deref().unwrap_or(""), of, "{rows}");
}

#[test]
fn adjective_and_name_are_the_state_and_a_capital_after_in_is_a_place() {
    check(
        "Peruvian/ADJ/2/amod ships|ship/NOUN.NNS/3/nsubj landed|land/VERB/0/root in/ADP/5/case Tbilisi/PROPN/3/obl ./PUNCT/3/punct",
        &["Peruvian:N", "Tbilisi:L"],
        "Peruvian=Peru; Tbilisi=Tbilisi",
    );
}

#[test]
fn capital_that_speaks_is_its_state() {
    check(
        "Tbilisi/PROPN/2/nsubj rejected|reject/VERB/0/root Lima/PROPN/5/nmod:poss 's/PART/3/case offer/NOUN/2/obj ./PUNCT/2/punct",
        &["Tbilisi:L", "Lima:L"],
        "Tbilisi=Georgia*; Lima=Peru*",
    );
}

#[test]
fn surname_and_pronoun_join_the_full_name() {
    check(
        "Orsolya/PROPN/2/compound Bentley-Uduak/PROPN/3/nsubj spoke|speak/VERB/0/root ./PUNCT/3/punct\n\
         Bentley-Uduak/PROPN/2/nsubj left|leave/VERB/0/root ./PUNCT/2/punct\n\
         She/PRON/2/nsubj smiled|smile/VERB/0/root ./PUNCT/2/punct",
        &["Orsolya Bentley-Uduak:P", "Bentley-Uduak:P"],
        "Orsolya Bentley-Uduak=Orsolya Bentley-Uduak; Bentley-Uduak=Orsolya Bentley-Uduak; \
         She=Orsolya Bentley-Uduak",
    );
}

#[test]
fn two_people_of_one_surname_stay_two() {
    check(
        "Tavi/PROPN/2/compound Quorn/PROPN/3/nsubj met|meet/VERB/0/root Ilka/PROPN/5/compound Quorn/PROPN/3/obj ./PUNCT/3/punct",
        &["Tavi Quorn:P", "Ilka Quorn:P"],
        "Tavi Quorn=Tavi Quorn; Ilka Quorn=Ilka Quorn",
    );
}

#[test]
fn acronym_joins_the_name_with_its_initials() {
    check(
        "The/DET/4/det Halden/PROPN/4/compound Fjord/PROPN/4/compound Union/PROPN/5/nsubj met|meet/VERB/0/root ./PUNCT/5/punct\n\
         The/DET/2/det HFU/PROPN/3/nsubj agreed|agree/VERB/0/root ./PUNCT/3/punct",
        &["Halden Fjord Union:O", "HFU:O"],
        "Halden Fjord Union=Halden Fjord Union; HFU=Halden Fjord Union",
    );
}

#[test]
fn officials_are_the_state_and_rebels_are_their_own() {
    check(
        "Peruvian/ADJ/2/amod officials|official/NOUN.NNS/3/nsubj blamed|blame/VERB/0/root the/DET/5/det rebels|rebel/NOUN.NNS/3/obj ./PUNCT/3/punct",
        &["Peruvian:N"],
        "Peruvian officials=Peru; Peruvian=Peru; rebels=rebels",
    );
}

#[test]
fn both_sides_are_the_two_named_before() {
    check(
        "Georgia/PROPN/2/nsubj called|call/VERB/0/root Peru/PROPN/2/obj ./PUNCT/2/punct\n\
         Both/DET/2/det sides|side/NOUN.NNS/3/nsubj agreed|agree/VERB/0/root ./PUNCT/3/punct",
        &["Georgia:S", "Peru:S"],
        "Georgia=Georgia; Peru=Peru; sides=Georgia; sides=Peru",
    );
}

#[test]
fn offices_in_front_and_behind() {
    check_role(
        "Peru/PROPN/4/nmod:poss 's/PART/1/case foreign/ADJ/4/amod minister/NOUN/6/compound Ilka/PROPN/6/compound Quorn/PROPN/7/nsubj spoke|speak/VERB/0/root ./PUNCT/7/punct",
        &["Peru:S", "Ilka Quorn:P"],
        "Ilka Quorn",
        "foreign minister",
        "Peru",
    );
    check_role(
        "Ilka/PROPN/2/compound Quorn/PROPN/10/nsubj ,/PUNCT/5/punct deputy/ADJ/5/amod director/NOUN/2/appos of/ADP/8/case the/DET/8/det WHO/PROPN/5/nmod ,/PUNCT/5/punct spoke|speak/VERB/0/root ./PUNCT/10/punct",
        &["Ilka Quorn:P", "WHO:O"],
        "Ilka Quorn",
        "deputy director",
        "World Health Organization",
    );
    check_role(
        "Georgian/ADJ/2/amod envoy/NOUN/6/compound to/ADP/4/case Peru/PROPN/2/nmod Tavi/PROPN/6/compound Quorn/PROPN/7/nsubj spoke|speak/VERB/0/root ./PUNCT/7/punct",
        &["Georgian:N", "Peru:S", "Tavi Quorn:P"],
        "Tavi Quorn",
        "envoy",
        "Georgia",
    );
}

#[test]
fn same_name_in_two_articles_is_one_entity_and_a_surname_joins_the_only_full_name() {
    let rows = "Tavi/PROPN/2/compound Quorn/PROPN/3/nsubj spoke|speak/VERB/0/root ./PUNCT/3/punct";
    let (_, one) = linked(rows, &["Tavi Quorn:P"]);
    let (_, two) = linked(
        "Quorn/PROPN/2/nsubj spoke|speak/VERB/0/root ./PUNCT/2/punct",
        &["Quorn:P"],
    );
    let full = *one.entities.keys().next().unwrap();
    let short = *two.entities.keys().next().unwrap();
    let joined = across([&one.entities, &two.entities]);
    assert_eq!(joined.get(&short), Some(&full));
    let (_, other) = linked(
        "Ilka/PROPN/2/compound Quorn/PROPN/3/nsubj spoke|speak/VERB/0/root ./PUNCT/3/punct",
        &["Ilka Quorn:P"],
    );
    assert!(across([&one.entities, &two.entities, &other.entities]).is_empty());
}

#[test]
fn names_in_capitals_are_shown_as_others_write_them_and_acronyms_stay() {
    check(
        "LIMA/PROPN/2/nsubj met|meet/VERB/0/root HFU/PROPN/2/obj near/ADP/6/case SAN/PROPN/6/compound REMO/PROPN/2/obl ./PUNCT/2/punct",
        &["LIMA:L", "HFU:O", "SAN REMO:L"],
        "LIMA=Peru*; HFU=HFU; SAN REMO=San Remo",
    );
}

#[test]
fn forces_against_a_government_are_not_its_own() {
    check(
        "Peru/PROPN/2/nsubj struck|strike/VERB/0/root security/NOUN/4/compound forces|force/NOUN.NNS/2/obj ./PUNCT/2/punct\n\
         Rebel/NOUN/2/compound forces|force/NOUN.NNS/3/nsubj left|leave/VERB/0/root ./PUNCT/3/punct",
        &["Peru:S"],
        "Peru=Peru; security forces=Peru; Rebel forces=Rebel forces",
    );
}
