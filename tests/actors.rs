//! Actors read by the whole engine from sentences written for it: tables under `fixtures/actors`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot read its own sentence is to fail"
)]

use demarche::jobs::Cancel;
use demarche::model::{Findings, Mention, Suggested, checked_range, slice};
use demarche::nlp::{Engine, Input, Known};

fn read(text: &str, title: &str, dct: &str) -> Findings {
    let input = Input {
        text,
        text_hash: "",
        title,
        dct: dct.parse().ok(),
        times: &[],
    };
    let known = Known::default();
    Engine::embedded()
        .analyse(input, &known, &Cancel::default())
        .unwrap()
}

fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Whether the bracketed name acts, and for whom.
fn acts(marked: &str) -> Option<(bool, String)> {
    let (before, rest) = marked.split_once('[').unwrap();
    let (name, after) = rest.split_once(']').unwrap();
    let text = format!("{before}{name}{after}");
    let range = checked_range(&text, before.len(), before.len() + name.len()).unwrap();
    let found = read(&text, "", "");
    let mention = &found
        .mentions
        .iter()
        .find(|m| m.value.range == range)?
        .value;
    let own = found.entities.get(&mention.entity?)?;
    let whose = own.entity.acts_for().and_then(|id| found.entities.get(&id));
    Some((mention.metonym, whose.unwrap_or(own).entity.name.clone()))
}

#[test]
fn states_are_told_from_places_in_nine_of_ten_sentences() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows(include_str!("fixtures/actors/metonymy.tsv")) {
        let right = match (acts(row[0]), row[1]) {
            (Some((true, whose)), "acts") => whose == row[2],
            (Some((false, _)), "place") => true,
            _ => false,
        };
        count += 1;
        if !right {
            wrong.push(row[0]);
        }
    }
    assert_eq!(count, 100);
    assert!(wrong.len() <= 10, "{} wrong: {wrong:#?}", wrong.len());
}

fn entity_of<'f>(text: &str, found: &'f Findings, words: &str) -> &'f str {
    let mention = found
        .mentions
        .iter()
        .find(|m| demarche::model::slice(text, m.value.range) == words)
        .unwrap_or_else(|| panic!("no {words} in {text}"));
    let id = mention.value.entity.unwrap();
    &found.entities[&id].entity.name
}

#[test]
fn brussels_is_belgium_where_the_text_speaks_of_belgium() {
    let text = "Belgian farmers are angry. Belgium has cut subsidies, and Brussels refused to pay.";
    assert_eq!(entity_of(text, &read(text, "", ""), "Brussels"), "Belgium");
    let text = "The EU has cut subsidies, and Brussels refused to pay.";
    let found = read(text, "", "");
    assert_eq!(entity_of(text, &found, "Brussels"), "European Union");
    let text = "Brussels refused to pay.";
    let found = read(text, "Belgium cuts farm subsidies", "");
    assert_eq!(
        entity_of(text, &found, "Brussels"),
        "Belgium",
        "by the headline"
    );
}

#[test]
fn a_surname_alone_is_the_leader_of_that_time_only_where_the_text_names_the_state() {
    let text = "Washington is ready, President Bush said.";
    assert_eq!(
        entity_of(text, &read(text, "", "2005-06-01"), "Bush"),
        "George W. Bush"
    );
    assert_eq!(
        entity_of(text, &read(text, "", "1991-02-01"), "Bush"),
        "George H. W. Bush"
    );
    let text = "The baker, Harper, said that bread was dear.";
    assert_eq!(
        entity_of(text, &read(text, "", "2010-06-01"), "Harper"),
        "Harper"
    );
}

#[test]
fn spellings_of_one_leader_are_one_entity_and_the_office_has_its_years() {
    let text = "Ukraine will not yield, Volodymyr Zelensky said. Zelensky spoke in Kyiv.";
    let found = read(text, "", "2023-05-01");
    assert_eq!(entity_of(text, &found, "Zelensky"), "Volodymyr Zelenskyy");
    let row = found
        .entities
        .values()
        .find(|row| row.entity.name == "Volodymyr Zelenskyy")
        .unwrap();
    let role = row.entity.roles.first().unwrap();
    assert_eq!(
        (role.office.as_str(), role.from.as_deref()),
        ("president", Some("2019-05"))
    );
    let state = row.entity.acts_for().unwrap();
    assert_eq!(found.entities[&state].entity.name, "Ukraine");
}

#[test]
fn two_of_one_surname_with_other_initials_stay_two() {
    let text = "George H. W. Bush met George W. Bush in Texas.";
    let found = read(text, "", "");
    let names = ["George H. W. Bush", "George W. Bush"].map(|n| entity_of(text, &found, n));
    assert_eq!(names, ["George H. W. Bush", "George W. Bush"]);
}

/// Groups of phrases that mean the same, in order of the text.
fn chains(text: &str) -> Vec<Vec<String>> {
    let words =
        |range: &demarche::model::TextRange| demarche::model::slice(text, *range).to_owned();
    let found = read(text, "", "");
    let chains = found.chains.iter();
    chains
        .map(|chain| chain.iter().map(words).collect())
        .collect()
}

#[test]
fn phrases_names_and_pronouns_that_mean_the_same_are_one_chain() {
    let found = chains(
        "A committee wrote a report. The report is long. \
         Ona Lind praised the committee, but she has not read the report.",
    );
    for expected in [
        &["A committee", "the committee"][..],
        &["a report", "The report", "the report"],
        &["Ona Lind", "she"],
    ] {
        assert!(
            found.iter().any(|chain| chain == expected),
            "{expected:?} in {found:?}"
        );
    }
}

#[test]
fn a_pronoun_is_not_an_actor_of_another_number_or_gender() {
    let found = chains("Ona Lind met the ministers. They thanked her.");
    for expected in [&["Ona Lind", "her"], &["the ministers", "They"]] {
        assert!(
            found.iter().any(|chain| chain == expected),
            "{expected:?} in {found:?}"
        );
    }
}

#[test]
fn the_three_governments_are_those_that_one_row_names() {
    let text = "Kenya, Peru and Norway set a deadline. In a letter the three governments accused \
        Japan of delay. Three governments elsewhere did not answer.";
    let found = read(text, "", "2026-02-06");
    let named = |words: &str| -> Vec<&str> {
        let whole = |m: &&Suggested<Mention>| slice(text, m.value.range).ends_with(words);
        let rows = found.mentions.iter().filter(whole);
        rows.filter_map(|m| found.entities.get(&m.value.entity?))
            .map(|row| row.entity.name.as_str())
            .collect()
    };
    let mut all = named("three governments");
    all.sort_unstable();
    assert_eq!(all, ["Kenya", "Norway", "Peru"]);
    assert!(!named("Three governments").contains(&"Kenya"));
}

#[test]
fn they_are_all_members_of_a_group_or_row() {
    for text in [
        "Kenya and Peru met in Osaka. Both sides welcomed the deal. They condemned Japan.",
        "Kenya and Peru signed a treaty on Monday. They condemned Japan.",
    ] {
        let found = read(text, "", "2026-02-06");
        let they = |m: &&Suggested<Mention>| slice(text, m.value.range) == "They";
        let rows = found.mentions.iter().filter(they);
        let mut all: Vec<&str> = rows
            .filter_map(|m| found.entities.get(&m.value.entity?))
            .map(|row| row.entity.name.as_str())
            .collect();
        all.sort_unstable();
        assert_eq!(all, ["Kenya", "Peru"], "{text}");
        let accused = found.statements.iter().map(|s| &s.value);
        let holders: Vec<_> = accused
            .filter(|s| s.evidence.cue.start() > text.find("They").unwrap().try_into().unwrap())
            .filter_map(|s| found.entities.get(&s.holder.entity))
            .map(|row| row.entity.name.as_str())
            .collect();
        assert_eq!(holders.len(), 2, "{text}: {holders:?}");
    }
}

/// Offices as the table writes them.
fn offices(found: &Findings) -> Vec<String> {
    let name = |id| found.entities[&id].entity.name.clone();
    let people = found.entities.values();
    let mut all: Vec<String> = people
        .filter(|row| row.entity.entity_type == demarche::model::EntityType::Person)
        .flat_map(|row| row.entity.roles.iter().map(|role| (&row.entity.name, role)))
        .map(|(who, role)| {
            let of = role.of.map(name).unwrap_or_default();
            let tenure = format!("{:?}", role.tenure).to_lowercase();
            let mut words = format!("{who}: {} of {of}, {tenure}", role.office);
            for (word, date) in [("from", &role.from), ("until", &role.until)] {
                if let Some(date) = date {
                    words.push_str(&format!(", {word} {date}"));
                }
            }
            words
        })
        .collect();
    all.sort();
    all
}

#[test]
fn offices_their_owner_and_their_time_are_read_in_nine_of_ten_sentences() {
    let (mut count, mut wrong) = (0, Vec::new());
    for row in rows(include_str!("fixtures/actors/roles.tsv")) {
        let expected: Vec<&str> = row[1]
            .split("; ")
            .filter(|office| !office.is_empty())
            .collect();
        let got = offices(&read(row[0], "", ""));
        count += 1;
        if got != expected {
            wrong.push(format!("{}: {got:?}", row[0]));
        }
    }
    assert_eq!(count, 30);
    assert!(wrong.len() <= 3, "{} wrong: {wrong:#?}", wrong.len());
}

/// How often the text names Kenya and the United Nations, as found.
fn named(text: &str) -> usize {
    let found = read(text, "", "2026-02-06");
    let spelt = |mention: &Suggested<Mention>| {
        let words = slice(text, mention.value.range).to_lowercase();
        words == "kenya" || words == "united nations"
    };
    found.mentions.iter().filter(|m| spelt(m)).count()
}

#[test]
fn a_sentence_of_a_thousand_words_is_read_to_its_end() {
    let clause = "Kenya rejected the plan of the United Nations for the border, and ";
    let text = format!("{}nobody else spoke.", clause.repeat(90));
    assert!(text.split_whitespace().count() > 1_000);
    assert_eq!(named(&text), 180);
}

#[test]
fn names_are_found_in_capitals_small_letters_and_misread_text() {
    let sentences = "Kenya rejected the plan of the United Nations for the border. The envoy met the \
        president of Kenya on Friday. The United Nations will send observers to Kenya in March. ";
    let text = sentences.repeat(8);
    // one letter in a hundred misread, never the same place of a sentence twice
    let noisy: String = text
        .chars()
        .enumerate()
        .map(|(at, c)| {
            if at % 101 == 100 && c.is_alphabetic() {
                'l'
            } else {
                c
            }
        })
        .collect();
    for (form, text, least) in [
        ("as written", text.clone(), 40),
        ("capitals", text.to_uppercase(), 38),
        ("small letters", text.to_lowercase(), 38),
        ("misread", noisy, 34),
    ] {
        let found = named(&text);
        assert!(found >= least, "{form}: {found} of 40");
    }
}
