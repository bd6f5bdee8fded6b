//! Sentences as the models read them, mended: *head ← word* for the words asked for.

use crate::jobs::Cancel;
use crate::nlp::Engine;
use crate::nlp::mend::mend;

/// Checks `word relation head` for each of `expected`; the root's head is `-`.
fn check(text: &str, expected: &[&str]) {
    let (mut doc, _) = Engine::embedded().tagged(text, &Cancel::default()).unwrap();
    mend(&mut doc);
    let shown: Vec<String> = (0..doc.tokens.tokens.len())
        .map(|at| {
            let token = crate::nlp::tree::idx(at);
            let head = doc.heads[at].map_or("-", |h| doc.word(h));
            format!("{} {:?} {head}", doc.word(token), doc.deps[at])
        })
        .collect();
    for row in expected {
        assert!(shown.iter().any(|s| s == row), "{row}: {shown:?}");
    }
    let roots = doc.heads.iter().filter(|h| h.is_none()).count();
    assert_eq!(roots, doc.tokens.sentences.len(), "{text}");
}

#[test]
fn plural_behind_a_name_is_its_verb_where_nothing_else_is() {
    check(
        "Portugal backs Angola.",
        &["backs Root -", "Portugal Nsubj backs", "Angola Obj backs"],
    );
    check(
        "Israel threatened to attack Lebanon unless Hezbollah disarms.",
        &[
            "disarms Advcl attack",
            "Hezbollah Nsubj disarms",
            "unless Mark disarms",
        ],
    );
    check("He read the reports.", &["reports Obj read"]);
}

#[test]
fn participle_with_an_object_is_the_verb_of_its_sentence() {
    check(
        "Nigeria's central bank fined Binance.",
        &["fined Root -", "bank Nsubj fined", "Binance Obj fined"],
    );
    check(
        "A senior Iraqi official who asked not to be named blamed Turkey for the delay.",
        &["blamed Root -", "official Nsubj blamed"],
    );
}

#[test]
fn dateline_is_no_subject() {
    check(
        "BAGHDAD (Wire Service) - Iraq's prime minister on Tuesday condemned a Turkish air strike.",
        &["minister Nsubj condemned"],
    );
}

#[test]
fn speaker_behind_the_verb_is_its_subject() {
    check(
        "\"Ethiopia must open the road now,\" said UN relief chief Mark Lowe.",
        &["chief Nsubj said"],
    );
    check(
        "Ethiopia to withdraw troops from Tigray, says AU envoy",
        &["envoy Nsubj says", "Ethiopia Nsubj withdraw"],
    );
}

#[test]
fn first_of_two_objects_gets_the_second() {
    check(
        "Brussels offered it technical help.",
        &["it Iobj offered", "help Obj offered"],
    );
}
