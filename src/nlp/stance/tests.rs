//! Rows of a doc by hand, the names in it, and the statements that they show.

use super::*;
use crate::model::{Confidence, EntityType, MentionKind, slice};
use crate::nlp::tree::fixture;
use crate::nlp::{Known, attribution, link};

/// `holder CUE ACT[ factuality] [> target side] [: issue side]`, one a statement.
fn check(rows: &str, names: &[&str], expected: &[&str]) {
    let (text, entities, found) = read(rows, names);
    let shown: Vec<String> = found
        .statements
        .iter()
        .map(|s| shown(&text, &entities, &s.value))
        .collect();
    assert_eq!(shown, expected, "{text}");
}

/// `holder CUE > target side[ surest]`, one a weak relation.
fn check_relations(rows: &str, names: &[&str], expected: &[&str]) {
    let (text, entities, found) = read(rows, names);
    let name = |id: EntityId| entities[&id].entity.name.clone();
    let shown: Vec<String> = found
        .relations
        .iter()
        .map(|r| &r.value)
        .map(|r| {
            let cue = slice(&text, r.cue);
            let (holder, target) = (name(r.holder.entity), name(r.target.entity));
            let surest = match (r.surest, r.pair) {
                (true, true) => " surest",
                (true, false) => " surest only",
                _ => "",
            };
            format!("{holder} {cue} > {target} {}{surest}", r.polarity.name())
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

fn read(rows: &str, names: &[&str]) -> (String, BTreeMap<EntityId, EntityProposal>, Stances) {
    let text = fixture::text(rows);
    let doc = fixture::doc(rows, &text);
    let cancel = Cancel::default();
    let linked = link::link(
        &doc,
        mentions(&text, names),
        &link::About::default(),
        &Known::default(),
        &cancel,
    )
    .unwrap();
    let attributions = attribution::attributions(&doc, &[], &cancel).unwrap();
    let before = Before {
        mentions: &linked.mentions,
        entities: &linked.entities,
        timexes: &[],
        attributions: &attributions,
        dct: None,
    };
    let found = statements(&doc, before, &cancel).unwrap();
    (text, linked.entities, found)
}

fn mentions(text: &str, names: &[&str]) -> Vec<Suggested<Mention>> {
    let mut at = 0;
    names
        .iter()
        .map(|name| {
            let (words, kind) = name.rsplit_once(':').unwrap();
            let start = at + text.get(at..).unwrap().find(words).unwrap();
            at = start + words.len();
            Suggested {
                value: Mention {
                    range: crate::model::checked_range(text, start, at).unwrap(),
                    kind: MentionKind::Name,
                    entity_type: match kind {
                        "P" => EntityType::Person,
                        "N" => EntityType::Norp,
                        "S" => EntityType::State,
                        _ => EntityType::Organisation,
                    },
                    entity: None,
                    metonym: false,
                },
                confidence: Confidence::new(0.9),
                by: "test".to_owned(),
            }
        })
        .collect()
}

fn shown(text: &str, entities: &BTreeMap<EntityId, EntityProposal>, s: &Statement) -> String {
    let name = |id: EntityId| entities[&id].entity.name.clone();
    let side = |p: Option<Polarity>| p.map_or("", Polarity::name);
    let mut out = format!(
        "{} {} {}",
        name(s.holder.entity),
        slice(text, s.evidence.cue),
        s.act
    );
    if s.factuality != Factuality::Asserted {
        out += &format!(" {}", s.factuality.name());
    }
    if let Some(target) = s.target {
        out += &format!(" > {} {}", name(target.entity), side(s.polarity_target));
    }
    if let Some(issue) = &s.issue {
        out += &format!(" : {} {}", issue.label, side(s.polarity_issue));
    }
    if let Some(reporter) = s.reporter {
        out += &format!(" ({})", name(reporter.entity));
    }
    out
}

#[test]
fn request_names_addressee_and_what_is_asked() {
    check(
        "Peru/PROPN/2/nsubj urged|urge/VERB.VBD/0/root Georgia/PROPN/2/obj to/PART/5/mark free/VERB.VB/2/xcomp the/DET/7/det crew/NOUN/5/obj ./PUNCT/2/punct",
        &["Peru:S", "Georgia:S"],
        &["Peru urged REQUEST > Georgia oppose : free the crew support"],
    );
}

#[test]
fn two_who_meet_are_each_others_target() {
    check(
        "Peru/PROPN/4/nsubj and/CCONJ/3/cc Georgia/PROPN/1/conj held|hold/VERB.VBD/0/root talks|talk/NOUN.NNS/4/obj on/ADP/7/case trade/NOUN/5/nmod ./PUNCT/4/punct",
        &["Peru:S", "Georgia:S"],
        &[
            "Peru held CONSULT > Georgia support : trade neither",
            "Georgia held CONSULT > Peru support : trade neither",
        ],
    );
}

#[test]
fn agent_of_a_passive_holds_and_without_agent_nobody_does() {
    check(
        "Georgia/PROPN/3/nsubj:pass was|be/AUX.VBD/3/aux:pass condemned|condemn/VERB.VBN/0/root by/ADP/5/case Peru/PROPN/3/obl ./PUNCT/3/punct",
        &["Georgia:S", "Peru:S"],
        &["Peru condemned ACCUSE > Georgia oppose"],
    );
    check(
        "Georgia/PROPN/3/nsubj:pass was|be/AUX.VBD/3/aux:pass condemned|condemn/VERB.VBN/0/root ./PUNCT/3/punct",
        &["Georgia:S"],
        &[],
    );
}

#[test]
fn negated_acceptance_is_a_refusal() {
    check(
        "Peru/PROPN/4/nsubj will/AUX.MD/4/aux not/PART/4/advmod accept/VERB.VB/0/root the/DET/6/det ban/NOUN/4/obj ./PUNCT/4/punct",
        &["Peru:S"],
        &["Peru accept REJECT denied : accept the ban oppose"],
    );
}

#[test]
fn what_somebody_tells_of_another_has_a_reporter() {
    check(
        "Quorn/PROPN/2/nsubj said|say/VERB.VBD/0/root Georgia/PROPN/4/nsubj shelled|shell/VERB.VBD/2/ccomp the/DET/6/det port/NOUN/4/obj ./PUNCT/2/punct",
        &["Quorn:P", "Georgia:S"],
        &["Georgia shelled ASSAULT (Quorn)"],
    );
}

#[test]
fn modal_in_what_is_said_is_the_speakers_request() {
    check(
        "Quorn/PROPN/2/nsubj said|say/VERB.VBD/0/root the/DET/4/det ban/NOUN/6/nsubj must/AUX.MD/6/aux end/VERB.VB/2/ccomp ./PUNCT/2/punct",
        &["Quorn:P"],
        &["Quorn must end REQUEST : the ban must end support"],
    );
}

#[test]
fn judging_word_in_what_is_said_is_the_speakers_accusation() {
    check(
        "Quorn/PROPN/2/nsubj said|say/VERB.VBD/0/root the/DET/5/det Georgian/ADJ/5/amod plan/NOUN/7/nsubj is|be/AUX.VBZ/7/cop absurd/ADJ/2/ccomp ./PUNCT/2/punct",
        &["Quorn:P", "Georgian:N"],
        &["Quorn absurd ACCUSE > Georgia oppose : Georgian plan oppose"],
    );
}

#[test]
fn condition_on_the_act_itself_is_conditional() {
    check(
        "Peru/PROPN/3/nsubj will/AUX.MD/3/aux attack/VERB.VB/0/root Georgia/PROPN/3/obj if/SCONJ/7/mark talks|talk/NOUN.NNS/7/nsubj fail/VERB.VBP/3/advcl ./PUNCT/3/punct",
        &["Peru:S", "Georgia:S"],
        &["Peru attack ASSAULT conditional > Georgia oppose"],
    );
    check(
        "Peru/PROPN/3/nsubj will/AUX.MD/3/aux meet/VERB.VB/0/root Georgia/PROPN/3/obj ./PUNCT/3/punct",
        &["Peru:S", "Georgia:S"],
        &["Peru meet CONSULT planned > Georgia support"],
    );
}

#[test]
fn noun_with_its_maker_is_an_act_and_a_bare_one_points_back() {
    check(
        "Peru/PROPN/3/nmod:poss 's/PART/1/case refusal/NOUN/6/nsubj to/PART/5/mark pay/VERB.VB/3/acl stands|stand/VERB.VBZ/0/root ./PUNCT/6/punct",
        &["Peru:S"],
        &["Peru refusal REJECT : pay oppose"],
    );
    check(
        "Peru/PROPN/3/nmod:poss 's/PART/1/case request/NOUN/4/nsubj stands|stand/VERB.VBZ/0/root ./PUNCT/4/punct",
        &["Peru:S"],
        &[],
    );
}

#[test]
fn empty_text_has_no_statements() {
    check("Go/VERB.VB/0/root", &[], &[]);
}

#[test]
fn names_that_no_statement_sets_against_each_other_have_a_weak_relation() {
    check_relations(
        "Peru/PROPN/2/nsubj condemned|condemn/VERB.VBD/0/root Georgia/PROPN/2/obj ,/PUNCT/6/punct a/DET/6/det rival/NOUN/3/appos of/ADP/8/case Chad/PROPN/6/nmod ./PUNCT/2/punct",
        &["Peru:S", "Georgia:S", "Chad:S"],
        &[
            "Peru condemned > Chad oppose",
            "Georgia rival > Chad oppose",
        ],
    );
}

#[test]
fn surest_relation_is_marked_only_where_no_statement_is() {
    check_relations(
        "Peru/PROPN/4/nsubj is|be/AUX.VBZ/4/cop a/DET/4/det rival/NOUN/0/root of/ADP/6/case Georgia/PROPN/4/nmod ./PUNCT/4/punct",
        &["Peru:S", "Georgia:S"],
        &["Peru rival > Georgia oppose surest"],
    );
}

#[test]
fn who_says_nothing_takes_no_position() {
    for rows in [
        "Peru/PROPN/2/nsubj declined|decline/VERB.VBD/0/root to/PART/4/mark comment/VERB.VB/2/xcomp on/ADP/7/case the/DET/7/det ban/NOUN/4/obl ./PUNCT/2/punct",
        "Peru/PROPN/4/nsubj would/AUX.MD/4/aux not/PART/4/advmod comment/VERB.VB/0/root ./PUNCT/4/punct",
        "Peru/PROPN/4/nsubj would/AUX.MD/4/aux not/PART/4/advmod respond/VERB.VB/0/root to/ADP/7/case a/DET/7/det request/NOUN/4/obl for/ADP/9/case comment/NOUN/7/nmod ./PUNCT/4/punct",
        "A/DET/2/det request/NOUN/6/nsubj for/ADP/4/case comment/NOUN/2/nmod by/ADP/5/case Peru/PROPN/2/nmod failed|fail/VERB.VBD/0/root ./PUNCT/6/punct",
    ] {
        check(rows, &["Peru:S"], &[]);
    }
    check(
        "Peru/PROPN/2/nsubj declined|decline/VERB.VBD/0/root to/PART/4/mark pay/VERB.VB/2/xcomp ./PUNCT/2/punct",
        &["Peru:S"],
        &["Peru declined REJECT : pay oppose"],
    );
}

#[test]
fn sides_that_nobody_named_are_nobodys_target() {
    check(
        "Peru/PROPN/2/nsubj urged|urge/VERB.VBD/0/root the/DET/4/det sides|side/NOUN.NNS/2/obj to/PART/6/mark talk/VERB.VB/2/xcomp ./PUNCT/2/punct",
        &["Peru:S", "sides:O"],
        &["Peru urged REQUEST : talk support"],
    );
}

#[test]
fn both_countries_are_each_a_target() {
    check(
        "Chad/PROPN/4/nsubj and/CCONJ/3/cc Georgia/PROPN/1/conj met|meet/VERB.VBD/0/root ./PUNCT/4/punct\nPeru/PROPN/2/nsubj urged|urge/VERB.VBD/0/root both/DET/4/det countries|country/NOUN.NNS/2/obj to/PART/6/mark talk/VERB.VB/2/xcomp ./PUNCT/2/punct",
        &["Chad:S", "Georgia:S", "Peru:S"],
        &[
            "Chad met CONSULT > Georgia support",
            "Georgia met CONSULT > Chad support",
            "Peru urged REQUEST > Chad neither : talk support",
            "Peru urged REQUEST > Georgia neither : talk support",
        ],
    );
}

#[test]
fn mark_without_partner_is_left_out_of_an_issues_label() {
    check(
        "Peru/PROPN/5/nsubj will/AUX.MD/5/aux “/PUNCT/5/punct never/ADV/5/advmod accept/VERB.VB/0/root ”/PUNCT/5/punct a/DET/8/det return/NOUN/5/obj ./PUNCT/5/punct",
        &["Peru:S"],
        &["Peru accept REJECT denied : accept a return oppose"],
    );
}

#[test]
fn what_a_thing_needs_is_no_praise_of_it() {
    check(
        "Peru/PROPN/2/nsubj said|say/VERB.VBD/0/root a/DET/5/det lasting/ADJ/5/amod peace/NOUN/6/nsubj needs|need/VERB.VBZ/2/ccomp time/NOUN/6/obj ./PUNCT/2/punct",
        &["Peru:S"],
        &[],
    );
}

#[test]
fn what_is_told_lends_its_tone_and_a_place_takes_no_side() {
    check_relations(
        "Quorn/PROPN/2/nsubj said|say/VERB.VBD/0/root the/DET/5/det brutal/ADJ/5/amod war/NOUN/6/nsubj reached|reach/VERB.VBD/2/ccomp Georgia/PROPN/6/obj ./PUNCT/2/punct",
        &["Quorn:P", "Georgia:S"],
        &["Quorn brutal > Georgia oppose"],
    );
    check_relations(
        "Peru/PROPN/2/nsubj condemned|condemn/VERB.VBD/0/root a/DET/4/det murder/NOUN/2/obj in/ADP/6/case Georgia/PROPN/4/nmod ./PUNCT/2/punct",
        &["Peru:S", "Georgia:S"],
        &[],
    );
}
