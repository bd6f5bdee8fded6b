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

#[derive(Debug)]
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
        let Some((antecedent, score)) = best(l, &candidates, &gender, token, want) else {
            continue;
        };
        if matches!(want, Wants::He | Wants::She) {
            gender.insert(antecedent.entity, want);
        }
        let all = match want {
            Wants::They => members(l, &candidates, antecedent),
            _ => vec![antecedent.entity],
        };
        let sure = if score >= 8 { 0.75 } else { 0.55 };
        let at = candidates.partition_point(|c| c.token < token);
        for entity in all {
            let kind = l.entity_type(entity).unwrap_or(EntityType::Person);
            let range = l.tree.range(token);
            l.push(range, MentionKind::Pronoun, (entity, kind), sure);
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
}

/// All that *they* means: every member of a group (*both sides*), every name of a row (*Peru and Norway*).
fn members(
    l: &Linker<'_, '_, '_, '_>,
    candidates: &[Candidate],
    antecedent: &Candidate,
) -> Vec<EntityId> {
    let mut all: Vec<EntityId> = Vec::new();
    let head = row_head(l, antecedent.token);
    let from = candidates.partition_point(|c| l.tree.sentence(c.token) < l.tree.sentence(head));
    for c in candidates.iter().skip(from) {
        if l.tree.sentence(c.token) > l.tree.sentence(head) {
            break;
        }
        // a row that is no subject is seldom meant as a whole
        let row = antecedent.subject && row_head(l, c.token) == head;
        let same = c.token == antecedent.token || row;
        if same && !all.contains(&c.entity) {
            all.push(c.entity);
        }
    }
    all
}

/// Whether a name is the first of a row of names: *Peru* of *Peru and Norway*.
fn heads_row(l: &Linker<'_, '_, '_, '_>, candidates: &[Candidate], first: &Candidate) -> bool {
    l.tree
        .children_with(first.token, &[Dep::Conj])
        .any(|other| {
            candidates
                .binary_search_by_key(&other, |c| c.token)
                .is_ok_and(|at| candidates.get(at).is_some_and(|c| c.entity != first.entity))
        })
}

/// The first of the row that a word stands in.
fn row_head(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> TokenIdx {
    let up = l.tree.head(token);
    up.filter(|_| l.tree.dep(token) == Dep::Conj)
        .unwrap_or(token)
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

fn best<'c>(
    l: &Linker<'_, '_, '_, '_>,
    candidates: &'c [Candidate],
    gender: &BTreeMap<EntityId, Wants>,
    token: TokenIdx,
    want: Wants,
) -> Option<(&'c Candidate, i32)> {
    let sentence = l.tree.sentence(token);
    let mut best: Option<(&Candidate, i32)> = None;
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
                c.plural
                    || heads_row(l, candidates, c)
                    || matches!(c.kind, EntityType::Norp | EntityType::Organisation)
            }
        };
        if !fits || same_clause_object(l, c.token, token) {
            continue;
        }
        let near = [6, 4, 1, 0].get(distance).copied().unwrap_or(0);
        let several = c.plural || heads_row(l, candidates, c);
        let plural = if want == Wants::They && several { 4 } else { 0 };
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
            best = Some((c, score));
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
