//! Rows of a doc by hand, and the attributions in it as `source | cue | content`.

use super::*;
use crate::model::slice;
use crate::nlp::tree::fixture;

fn check(rows: &str, expected: &[&str]) {
    let text = fixture::text(rows);
    let doc = fixture::doc(rows, &text);
    let found = attributions(&doc, &[], &Cancel::default()).unwrap();
    let join = |ranges: &[TextRange]| {
        let words: Vec<_> = ranges.iter().map(|&r| slice(&text, r)).collect();
        words.join(" … ")
    };
    let shown: Vec<_> = found
        .iter()
        .map(|f| {
            let a = &f.value;
            format!(
                "{} | {} | {}",
                join(&a.source),
                join(&a.cue),
                join(&a.content)
            )
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn indirect_speech_takes_the_clause() {
    check(
        "Quorn/PROPN/2/nsubj said|say/VERB.VBD/0/root that/SCONJ/5/mark Peru/PROPN/5/nsubj lied|lie/VERB.VBD/2/ccomp ./PUNCT/2/punct",
        &["Quorn | said | that Peru lied"],
    );
}

#[test]
fn cue_in_the_middle_leaves_two_pieces() {
    check(
        "Peru/PROPN/6/nsubj ,/PUNCT/4/punct Quorn/PROPN/4/nsubj said|say/VERB.VBD/6/parataxis ,/PUNCT/4/punct lied|lie/VERB.VBD/0/root ./PUNCT/6/punct",
        &["Quorn | said | Peru … lied"],
    );
}

#[test]
fn quotation_over_two_sentences_is_one_content() {
    check(
        "“/PUNCT/2/punct Go/VERB.VB/0/root ./PUNCT/2/punct\n\
         Stay/VERB.VB/5/ccomp ,/PUNCT/1/punct ”/PUNCT/1/punct Quorn/PROPN/5/nsubj said|say/VERB.VBD/0/root ./PUNCT/5/punct",
        &["Quorn | said | “Go. Stay,”"],
    );
}

#[test]
fn according_to_is_a_cue() {
    check(
        "According/VERB/3/case to/ADP/3/case Quorn/PROPN/6/obl ,/PUNCT/6/punct Peru/PROPN/6/nsubj lied|lie/VERB.VBD/0/root ./PUNCT/6/punct",
        &["Quorn | According to | Peru lied"],
    );
}

#[test]
fn noun_with_its_clause_has_its_owner_as_source() {
    check(
        "Peru/PROPN/3/nmod:poss 's/PART/1/case refusal/NOUN/6/nsubj to/PART/5/mark pay/VERB.VB/3/acl stands|stand/VERB.VBZ/0/root ./PUNCT/6/punct",
        &["Peru | refusal | to pay"],
    );
}

#[test]
fn accusation_is_what_follows_of() {
    check(
        "Quorn/PROPN/2/nsubj accused|accuse/VERB.VBD/0/root Peru/PROPN/2/obj of/SCONJ/5/mark lying|lie/VERB.VBG/2/advcl ./PUNCT/2/punct",
        &["Quorn | accused | of lying"],
    );
}

#[test]
fn line_below_a_quotation_signs_it() {
    check(
        "“/PUNCT/2/punct Go/VERB.VB/0/root now/ADV/2/advmod ./PUNCT/2/punct ”/PUNCT/2/punct —/PUNCT/7/punct Quorn/PROPN/2/parataxis",
        &["Quorn | — | “Go now.”"],
    );
}

#[test]
fn headline_speaks_before_its_colon() {
    check(
        "Peru/PROPN/2/compound chief/NOUN/0/root :/PUNCT/4/punct Stop/VERB.VB/2/parataxis the/DET/6/det fighting/NOUN/4/obj now/ADV/4/advmod",
        &["Peru chief | : | Stop the fighting now"],
    );
}
