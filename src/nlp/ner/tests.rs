//! Whole texts through this layer.

use super::*;
use crate::model::{EntityType, slice};
use crate::nlp::Engine;

fn names(text: &str) -> Vec<(String, EntityType)> {
    let engine = Engine::embedded();
    let (doc, words) = engine
        .tagged(text, &Cancel::default())
        .expect("not cancelled");
    mentions(
        &doc,
        &words,
        NerModel::embedded(),
        &Known::default(),
        &Cancel::default(),
    )
    .expect("not cancelled")
    .into_iter()
    .map(|m| (slice(text, m.value.range).to_owned(), m.value.entity_type))
    .collect()
}

#[track_caller]
fn check(text: &str, expected: &[(&str, EntityType)]) {
    let found = names(text);
    for (name, entity_type) in expected {
        let one = ((*name).to_owned(), *entity_type);
        assert!(found.contains(&one), "{name} in {found:?}");
    }
}

#[test]
fn news_in_usual_letters() {
    check(
        "Oman's Foreign Minister Badr Albusaidi met Steve Witkoff in Muscat on Friday.",
        &[
            ("Oman", EntityType::State),
            ("Badr Albusaidi", EntityType::Person),
            ("Steve Witkoff", EntityType::Person),
            ("Muscat", EntityType::Place),
        ],
    );
}

#[test]
fn an_address_an_employer_and_a_seat_are_no_part_of_a_name() {
    check(
        "From: \"Mary Keller\"<mary.keller@example.org> To: all",
        &[("Mary Keller", EntityType::Person)],
    );
    let alone = "The Brontex Foundation met on Monday. It is said that Brontex will sell it.";
    let count = names(alone)
        .iter()
        .filter(|(name, _)| name == "Brontex")
        .count();
    assert_eq!(count, 1, "{:?}", names(alone));
    check(
        "The tireless Ann Keller of the BBC has more. He sold it to Brontex, Inc. of Austin, Texas.",
        &[
            ("Ann Keller", EntityType::Person),
            ("BBC", EntityType::Organisation),
            ("Austin", EntityType::Place),
        ],
    );
}

#[test]
fn an_office_is_no_part_of_a_person_and_its_states_are_named() {
    for (text, expected) in [
        (
            "This is new, US Special Representative for Iran Brian Hook said in Riyadh.",
            &[
                ("US", EntityType::State),
                ("Iran", EntityType::State),
                ("Brian Hook", EntityType::Person),
            ][..],
        ),
        (
            "It was announced by US Secretary of State Mike Pompeo on Monday.",
            &[
                ("US", EntityType::State),
                ("Mike Pompeo", EntityType::Person),
            ],
        ),
        (
            "Democratic Action leader Henry Ramos Tuesday said that the vote was biased.",
            &[("Henry Ramos", EntityType::Person)],
        ),
        (
            "Iran sent cargo to Damascus in support of Bashar al-Assad and his army.",
            &[("Bashar al-Assad", EntityType::Person)],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn short_names_and_acronyms_follow_the_full_name() {
    let text = "Germany banned flights of Mahan Airlines on Monday. Berlin said that the allies want to restrict Mahan's operations. The World Health \
        Organisation (WHO) protested. WHO says that aid must come.";
    let found = names(text);
    for name in ["Mahan", "WHO"] {
        let types: Vec<_> = found
            .iter()
            .filter(|(text, _)| text == name)
            .map(|(_, t)| *t)
            .collect();
        assert!(
            !types.is_empty() && types.iter().all(|t| *t == EntityType::Organisation),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn storms_are_events_and_pronouns_no_names() {
    let text = "Hurricane Rita nears Texas. Rita packed winds of 240 km/h. We the people of Texas left. We left.";
    let found = names(text);
    assert!(
        found.contains(&("Hurricane Rita".to_owned(), EntityType::Event)),
        "{found:?}"
    );
    assert!(
        found.contains(&("Rita".to_owned(), EntityType::Event)),
        "{found:?}"
    );
    assert!(found.iter().all(|(name, _)| name != "We"), "{found:?}");
}

#[test]
fn careless_letters_hide_no_place() {
    check(
        "Good day, I am a foreigner living in malaysia and I fly to san francisco. Write to Baltimore, MD soon.",
        &[
            ("malaysia", EntityType::State),
            ("san francisco", EntityType::Place),
            ("MD", EntityType::Place),
        ],
    );
    let found = names("The company sold turkey and china in the split market.");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_listed_name_keeps_the_state_inside_it() {
    check(
        "The United States Congress met U.S. Central Command in Tampa.",
        &[
            ("United States", EntityType::State),
            ("U.S.", EntityType::State),
        ],
    );
}

#[test]
fn capitals_hide_no_state() {
    check(
        "IRAN AND RUSSIA HOLD TALKS IN GENEVA\n\nThe talks went on all day.",
        &[("IRAN", EntityType::State), ("RUSSIA", EntityType::State)],
    );
}

#[test]
fn texts_out_of_the_usual_are_read_to_their_end() {
    let list = "Iran, Oman, Qatar, Egypt, Jordan, ".repeat(170);
    let small = "iran and oman met in muscat. ".repeat(20);
    for (text, least) in [
        (list.as_str(), 800),
        (small.as_str(), 0),
        ("l rαn a nd 0man rn et.", 0),
        ("", 0),
        ("\u{feff}\r\n\t", 0),
        ("NATO NATO NATO", 1),
    ] {
        let found = names(text);
        assert!(found.len() >= least, "{} names", found.len());
        assert!(found.len() <= text.len());
    }
}

#[test]
fn a_doubt_above_all_asks_for_every_sentence_and_one_below_for_none() {
    let text = "Oman hosted talks. The Foreign Ministry of Iran welcomed them.";
    let engine = Engine::embedded();
    let (doc, words) = engine
        .tagged(text, &Cancel::default())
        .expect("not cancelled");
    let run = |doubt: f32| {
        let weights = Weights {
            field: 1.0,
            encoder: 0.0,
            doubt,
            reach: 3,
        };
        let built_in = NerModel::embedded();
        let model = NerModel {
            emissions: built_in.emissions.clone(),
            alone: built_in.alone.clone(),
            beside: built_in.beside.clone(),
            ..*built_in
        };
        mentions(
            &doc,
            &words,
            &model.weighted(weights),
            &Known::default(),
            &Cancel::default(),
        )
    };
    // the encoder weighs nothing here: asking it must change no name
    let ranges =
        |found: Vec<Suggested<Mention>>| found.iter().map(|m| m.value.range).collect::<Vec<_>>();
    assert_eq!(
        run(1.1).map(ranges).expect("not cancelled"),
        run(0.0).map(ranges).expect("not cancelled")
    );
}
