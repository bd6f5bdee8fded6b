//! Words per second of the engine's layers, on one thread: `cargo bench --bench analysis`.
//!
//! The text is made of patterns filled with names nobody used before, about 4,000 words; items are words. `grown`
//! repeats it: words per second stay where they are as long as time grows with the length. `unbroken` has
//! sentences of so many tokens.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot begin has no figure"
)]

use demarche::jobs::Cancel;
use demarche::model::ArticleText;
use demarche::nlp::{Engine, Input, Known, attribution, link, ner, segment, timex};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    // Loading is measured by itself.
    let engine = Engine::embedded();
    std::hint::black_box(engine);
    divan::main();
}

const PATTERNS: [&str; 8] = [
    "{S} has rejected a proposal by {T} to resume talks on the border, Foreign Minister {P} said on Tuesday.",
    "“We will not accept any condition that limits our rights,” {P} told reporters in {C}, adding that the {O} had been informed last week.",
    "The {O} condemned the attack, in which at least 14 people died, and called on both sides to withdraw their troops by March 3.",
    "Officials in {C} did not respond to requests for comment, but a spokesman for {P} denied that weapons had been sold to {T}.",
    "Under the {C} Agreement, signed in 2019, {S} may export up to 1,200 tonnes a year if the {O} certifies them.",
    "Analysts say that {T} is unlikely to lift the sanctions before the election, which is planned for November.",
    "{P}, who leads the {O}, welcomed the decision and urged {S} to support the plan.",
    "After months of negotiations mediated by Oman, the two governments agreed to exchange prisoners, according to three diplomats.",
];

fn text() -> String {
    let states = ["Iran", "Norway", "Kenya", "Peru", "Japan"];
    let people = [
        "Ona Lindqvist",
        "Tariq Belhadj",
        "Mara Okonjo",
        "Piet Vandersteen",
    ];
    let bodies = [
        "United Nations",
        "European Commission",
        "Arctic Shipping Authority",
        "IAEA",
    ];
    let cities = ["Geneva", "Nairobi", "Lima", "Osaka"];
    let mut text = String::new();
    for round in 0..24_usize {
        for (at, pattern) in PATTERNS.iter().enumerate() {
            let pick = |names: &[&'static str], by: usize| names[(round + at + by) % names.len()];
            let sentence = pattern
                .replace("{S}", pick(&states, 0))
                .replace("{T}", pick(&states, 2))
                .replace("{P}", pick(&people, 0))
                .replace("{O}", pick(&bodies, 1))
                .replace("{C}", pick(&cities, 0));
            text.push_str(&sentence);
            text.push_str(if at % 3 == 2 { "\n\n" } else { " " });
        }
    }
    text
}

fn words(text: &str) -> ItemsCount {
    ItemsCount::new(text.split_whitespace().count())
}

#[divan::bench]
fn segmented(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher
        .counter(words(&text))
        .bench(|| segment::segment(&text));
}

#[divan::bench]
fn tagged(bencher: Bencher<'_, '_>) {
    let text = text();
    let engine = Engine::embedded();
    bencher
        .counter(words(&text))
        .bench(|| engine.tagged(&text, &Cancel::default()));
}

#[divan::bench]
fn mentions(bencher: Bencher<'_, '_>) {
    let text = text();
    let (doc, looked) = Engine::embedded()
        .tagged(&text, &Cancel::default())
        .unwrap();
    let (model, known) = (ner::NerModel::embedded(), Known::default());
    bencher
        .counter(words(&text))
        .bench(|| ner::mentions(&doc, &looked, model, &known, &Cancel::default()));
}

#[divan::bench]
fn linked(bencher: Bencher<'_, '_>) {
    let text = text();
    let (doc, looked) = Engine::embedded()
        .tagged(&text, &Cancel::default())
        .unwrap();
    let known = Known::default();
    let cancel = Cancel::default();
    let found = ner::mentions(&doc, &looked, ner::NerModel::embedded(), &known, &cancel).unwrap();
    let about = link::About::default();
    bencher
        .counter(words(&text))
        .bench(|| link::link(&doc, found.clone(), &about, &known, &cancel));
}

#[divan::bench]
fn times(bencher: Bencher<'_, '_>) {
    let text = text();
    let (doc, _) = Engine::embedded()
        .tagged(&text, &Cancel::default())
        .unwrap();
    bencher
        .counter(words(&text))
        .bench(|| timex::timexes(&doc, timex::Given::default(), &Cancel::default()));
}

#[divan::bench]
fn attributed(bencher: Bencher<'_, '_>) {
    let text = text();
    let (doc, _) = Engine::embedded()
        .tagged(&text, &Cancel::default())
        .unwrap();
    bencher
        .counter(words(&text))
        .bench(|| attribution::attributions(&doc, &[], &Cancel::default()));
}

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    analysed(bencher, text());
}

/// Articles of 0.03, 0.25 and 1 MB.
#[divan::bench(args = [1, 10, 40], sample_count = 3)]
fn grown(bencher: Bencher<'_, '_>, times: usize) {
    analysed(bencher, text().repeat(times));
}

/// The same words in sentences without a full stop.
#[divan::bench(args = [100, 1_000, 4_000], sample_count = 3)]
fn unbroken(bencher: Bencher<'_, '_>, tokens: usize) {
    let text = text();
    let mut out = String::new();
    for (at, word) in text.split_whitespace().enumerate() {
        out.push_str(word.trim_end_matches(['.', '?', '!', '”']));
        out.push_str(if at % tokens == tokens - 1 {
            ".\n\n"
        } else {
            " "
        });
    }
    analysed(bencher, out);
}

fn analysed(bencher: Bencher<'_, '_>, text: String) {
    let article = ArticleText::new(text);
    let engine = Engine::embedded();
    let input = Input {
        text: &article.body,
        text_hash: &article.hash,
        title: "",
        dct: None,
        times: &[],
    };
    bencher
        .counter(words(&article.body))
        .bench(|| engine.analyse(input, &Known::default(), &Cancel::default()));
}
