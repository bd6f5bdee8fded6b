//! Pronouns: *he, she, it, they* and their possessives, as far as statements need them.
//!
//! Subjects before others, near before far (cf. centering, Grosz, Joshi and Weinstein 1995); a person
//! for *he* and *she*, a state or organisation for *it*, several or a group for *they*. Words inside
//! quotation marks that mean the speaker (*I, we*) are resolved by `stance`, which knows who speaks.

use std::collections::BTreeMap;

use crate::model::{EntityId, EntityType, MentionKind, TokenIdx};
use crate::nlp::link::Linker;
use crate::nlp::{Dep, Upos};

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    He,
    She,
    It,
    They,
}

fn wants(word: &str) -> Option<Wants> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Wants::He,
        "she" | "her" | "hers" | "herself" => Wants::She,
        "it" | "its" | "itself" => Wants::It,
        "they" | "them" | "their" | "themselves" => Wants::They,
        _ => return None,
    })
}

struct Candidate {
    entity: EntityId,
    token: TokenIdx,
    kind: EntityType,
    plural: bool,
    subject: bool,
}

pub(super) fn resolve(l: &mut Linker<'_, '_, '_, '_>) {
    let mut candidates = candidates(l);
    let mut gender: BTreeMap<EntityId, Wants> = BTreeMap::new();
    for token in l.tree.tokens() {
        if l.tree.tag(token) != Upos::Pron && l.tree.tag(token) != Upos::Det {
            continue;
        }
        let Some(want) = wants(&l.tree.lower(token)) else {
            continue;
        };
        if l.tree.dep(token) == Dep::Expl {
            continue;
        }
        let Some((entity, score)) = best(l, &candidates, &gender, token, want) else {
            continue;
        };
        let kind = l.entity_type(entity).unwrap_or(EntityType::Person);
        if matches!(want, Wants::He | Wants::She) {
            gender.insert(entity, want);
        }
        let sure = if score >= 8 { 0.75 } else { 0.55 };
        l.push(
            l.tree.range(token),
            MentionKind::Pronoun,
            (entity, kind),
            sure,
        );
        let at = candidates.partition_point(|c| c.token < token);
        candidates.insert(
            at,
            Candidate {
                entity,
                token,
                kind,
                plural: want == Wants::They,
                subject: l.is_subject(token),
            },
        );
    }
}

fn candidates(l: &Linker<'_, '_, '_, '_>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = l
        .mentions
        .iter()
        .map(|m| &m.value)
        .filter_map(|m| {
            let token = l.tree.head_of(m.range)?;
            let entity = m.entity?;
            Some(Candidate {
                entity,
                token,
                kind: l.entity_type(entity)?,
                plural: matches!(l.tree.xpos(token), "NNS" | "NNPS"),
                subject: l.is_subject(token),
            })
        })
        .collect();
    all.sort_by_key(|c| c.token);
    all
}

fn best(
    l: &Linker<'_, '_, '_, '_>,
    candidates: &[Candidate],
    gender: &BTreeMap<EntityId, Wants>,
    token: TokenIdx,
    want: Wants,
) -> Option<(EntityId, i32)> {
    let sentence = l.tree.sentence(token);
    let mut best: Option<(EntityId, i32)> = None;
    let end = candidates.partition_point(|c| c.token < token);
    for c in candidates.get(..end)?.iter().rev() {
        let distance = sentence.saturating_sub(l.tree.sentence(c.token));
        if distance > 3 {
            break;
        }
        let fits = match want {
            Wants::He | Wants::She => {
                c.kind == EntityType::Person && gender.get(&c.entity).is_none_or(|&g| g == want)
            }
            Wants::It => {
                matches!(c.kind, EntityType::State | EntityType::Organisation) && !c.plural
            }
            Wants::They => {
                c.plural || matches!(c.kind, EntityType::Norp | EntityType::Organisation)
            }
        };
        if !fits || same_clause_object(l, c.token, token) {
            continue;
        }
        let near = [6, 4, 1, 0].get(distance).copied().unwrap_or(0);
        let plural = if want == Wants::They && c.plural {
            4
        } else {
            0
        };
        let modifier = if matches!(l.tree.dep(c.token), Dep::Amod | Dep::Compound | Dep::Flat) {
            -3
        } else {
            0
        };
        // "Velmora said it": the subject of the telling verb above.
        let teller = if distance == 0 && c.subject && l.is_subject(token) {
            3
        } else {
            0
        };
        let score = near + if c.subject { 4 } else { 0 } + plural + modifier + teller;
        if best.is_none_or(|(_, top)| score > top) {
            best = Some((c.entity, score));
        }
    }
    best
}

/// *Lind criticised him*: an object pronoun is not the subject of its own verb.
fn same_clause_object(l: &Linker<'_, '_, '_, '_>, antecedent: TokenIdx, pronoun: TokenIdx) -> bool {
    let verb = l.tree.head(pronoun);
    verb.is_some()
        && l.tree.head(antecedent) == verb
        && matches!(l.tree.dep(pronoun), Dep::Obj | Dep::Iobj | Dep::Obl)
        && !l.tree.lower(pronoun).ends_with("self")
}
