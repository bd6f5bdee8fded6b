//! Rows of a doc by hand, the names in it, and the statements that they show.

use super::*;
use crate::model::{Confidence, EntityType, MentionKind, slice};
use crate::nlp::tree::fixture;
use crate::nlp::{Known, attribution, link};

/// `holder CUE ACT[ factuality] [> target side] [: issue side]`, one a statement.
fn check(rows: &str, names: &[&str], expected: &[&str]) {
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
    let shown: Vec<String> = found
        .statements
        .iter()
        .map(|s| shown(&text, &linked.entities, &s.value))
        .collect();
    assert_eq!(shown, expected, "{text}");
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
