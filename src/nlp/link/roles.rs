//! Offices: *Velmora's foreign minister Ona Lind*, *U.S. envoy …*, *Lind, deputy director of …*.
//!
//! Read from the words beside the name rather than from the tree: titles in front of names are what
//! parsers trained on other text get wrong most.

use crate::model::{EntityId, EntityType, Mention, MentionKind, Role, Tenure, TextRange, TokenIdx};
use crate::nlp::link::Linker;
use crate::nlp::link::gazetteer::OFFICES;
use crate::nlp::{Dep, Upos};

/// How many words an office may take.
const REACH: u32 = 12;

pub(super) fn find(l: &mut Linker<'_, '_, '_, '_>) {
    let people: Vec<Mention> = l
        .mentions
        .iter()
        .map(|m| m.value.clone())
        .filter(|m| m.kind == MentionKind::Name && m.entity_type == EntityType::Person)
        .collect();
    for person in people {
        let Some(entity) = person.entity else {
            continue;
        };
        let role = before(l, &person)
            .or_else(|| behind(l, &person))
            .or_else(|| said_of(l, &person));
        if let Some(role) = role {
            l.add_role(entity, role);
        }
    }
}

/// An office word at `token`: *minister*, *vice president*.
fn is_office(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    let tree = l.tree;
    if !tree.nominal(token) && tree.tag(token) != Upos::Adj {
        return false;
    }
    let lower = tree.lower(token);
    OFFICES.contains_key(lower.as_str()) || OFFICES.contains_key(tree.lemma(token))
}

/// Whether a word may stand within an office: *deputy*, *of*, *foreign*, *'s*.
fn within(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    let tree = l.tree;
    matches!(
        tree.tag(token),
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp | Upos::Det | Upos::Part | Upos::Cconj
    ) || matches!(
        tree.doc.word(token),
        "'s" | "’s" | "-" | "." | "’" | "'" | "&"
    ) || matches!(
        tree.lower(token).as_str(),
        "his"
            | "her"
            | "its"
            | "their"
            | "former"
            | "new"
            | "ex"
            | "then"
            | "acting"
            | "interim"
            | "late"
            | "elect"
            | "designate"
            | "incoming"
            | "outgoing"
            | "caretaker"
    )
}

fn before(l: &mut Linker<'_, '_, '_, '_>, person: &Mention) -> Option<Role> {
    let tree = l.tree;
    let first = tree.at(person.range.start())?;
    let sentence = tree.sentence(first);
    let mut start = first;
    let mut end = first;
    for back in 1..=REACH {
        let Some(at) = first.0.checked_sub(back).map(TokenIdx) else {
            break;
        };
        if tree.sentence(at) != sentence {
            break;
        }
        if back == 1 && tree.doc.word(at) == "," {
            end = at; // "Norland's foreign minister, Ona Lind"
            continue;
        }
        if !within(l, at) || other_person(l, at) {
            break;
        }
        start = at;
    }
    let words: Vec<TokenIdx> = (start.0..end.0).map(TokenIdx).collect();
    let office = words.iter().copied().rfind(|&w| is_office(l, w))?;
    // With a comma the office must be all there is between: it is an apposition.
    let behind_office: Vec<TokenIdx> = words.iter().copied().filter(|&w| w > office).collect();
    let of = behind_office.first().map(|&w| tree.lower(w));
    let opens = behind_office.first().is_none_or(|&w| {
        tree.tag(w) == Upos::Adp || tree.tag(w) == Upos::Propn || tree.doc.word(w) == "-"
    });
    let apart = end != first && of.is_some_and(|of| !matches!(of.as_str(), "of" | "to" | "for"));
    if !opens || apart {
        return None;
    }
    let last = tree.covered(person.range).last()?;
    let of_name = of_after(l, TokenIdx(last.0 + 1), sentence);
    Some(role(l, &words, office, of_name))
}

fn behind(l: &mut Linker<'_, '_, '_, '_>, person: &Mention) -> Option<Role> {
    let tree = l.tree;
    let last = tree.covered(person.range).last()?;
    let sentence = tree.sentence(last);
    let comma = TokenIdx(last.0 + 1);
    if !matches!(tree.doc.word(comma), "," | "(" | "–" | "—") {
        return None;
    }
    let mut words = Vec::new();
    for ahead in 2..=REACH + 4 {
        let at = TokenIdx(last.0 + ahead);
        if tree.sentence(at) != sentence || tree.doc.word(at).is_empty() || !within(l, at) {
            break;
        }
        words.push(at);
    }
    let mut office = words.iter().copied().find(|&w| is_office(l, w))?;
    while let Some(&next) = words.iter().find(|&&w| w.0 == office.0 + 1)
        && is_office(l, next)
    {
        office = next; // "deputy director"
    }
    // Only modifiers and owners may stand in front of the office.
    let led = words
        .iter()
        .take_while(|&&w| w < office)
        .all(|&w| !matches!(tree.tag(w), Upos::Adp | Upos::Cconj));
    let mut role = led.then(|| role(l, &words, office, None))?;
    period(l, &mut role, *words.last()?);
    Some(role)
}

/// *Lind is the prime minister of Norland*, *Lind was elected president*, *Lind, who is minister*.
fn said_of(l: &mut Linker<'_, '_, '_, '_>, person: &Mention) -> Option<Role> {
    let tree = l.tree;
    let name = tree.head_of(person.range)?;
    let clause = tree.child(name, Dep::AclRelcl).filter(|&clause| {
        tree.children_with(clause, &[Dep::Nsubj])
            .any(|s| tree.lower(s) == "who")
    });
    let subject = matches!(tree.dep(name), Dep::Nsubj | Dep::NsubjPass);
    let head = clause.or_else(|| tree.head(name).filter(|_| subject))?;
    let office = if is_office(l, head) && tree.child(head, Dep::Cop).is_some() {
        head
    } else {
        let made = matches!(
            tree.lemma(head),
            "elect" | "appoint" | "name" | "become" | "remain" | "re-elect" | "serve"
        );
        let slots = [Dep::Xcomp, Dep::Obj, Dep::Obl];
        tree.children_with(head, &slots)
            .find(|&slot| made && is_office(l, slot))?
    };
    let cut = |token: TokenIdx| {
        matches!(
            tree.dep(token),
            Dep::Nsubj | Dep::NsubjPass | Dep::Cop | Dep::Punct | Dep::Advcl | Dep::Obl
        ) && tree.head(token) == Some(office)
    };
    let words = tree.subtree_without(office, &cut);
    let mut role = role(l, &words, office, None);
    period(l, &mut role, *words.last()?);
    Some(role)
}

/// *since 2021*, *from 2005 to 2013*, *until 2013* within the clause behind an office.
fn period(l: &Linker<'_, '_, '_, '_>, role: &mut Role, last: TokenIdx) {
    let tree = l.tree;
    let sentence = tree.sentence(last);
    let year = |at: TokenIdx| {
        let word = tree.doc.word(at);
        let fits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        (fits && tree.sentence(at) == sentence).then(|| word.to_owned())
    };
    for at in last.0.saturating_sub(4)..=last.0 + 3 {
        let Some(first) = year(TokenIdx(at + 1)) else {
            continue;
        };
        match tree.lower(TokenIdx(at)).as_str() {
            "since" => role.from = Some(first),
            "until" | "till" => role.until = Some(first),
            "from" | "between" => {
                role.from = Some(first);
                let to = tree.lower(TokenIdx(at + 2));
                if matches!(to.as_str(), "to" | "until" | "till" | "and" | "-" | "–") {
                    role.until = year(TokenIdx(at + 3));
                }
            }
            _ => continue,
        }
        if role.until.is_some() {
            let after = |date: &str| role.until.as_deref().is_some_and(|until| until < date);
            if l.about.date.as_deref().is_none_or(after) {
                role.tenure = Tenure::Former;
            }
        }
        return;
    }
}

fn other_person(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    l.mention_of(token)
        .is_some_and(|m| m.entity_type == EntityType::Person)
}

/// The state in *Ona Lind of Norland*.
fn of_after(l: &Linker<'_, '_, '_, '_>, token: TokenIdx, sentence: usize) -> Option<EntityId> {
    let tree = l.tree;
    if tree.sentence(token) != sentence || tree.lower(token) != "of" {
        return None;
    }
    let next = TokenIdx(token.0 + 1);
    let entity = l.mention_of(next)?.entity?;
    l.is_state(entity).then_some(entity)
}

/// Words before an office that are no part of its name.
const NOT_OFFICE: [&str; 12] = [
    "former",
    "new",
    "new-elect",
    "ex",
    "then",
    "acting",
    "interim",
    "incoming",
    "late",
    "outgoing",
    "current",
    "caretaker",
];

fn role(
    l: &mut Linker<'_, '_, '_, '_>,
    words: &[TokenIdx],
    office: TokenIdx,
    of_name: Option<EntityId>,
) -> Role {
    let tree = l.tree;
    let owner_of = |l: &Linker<'_, '_, '_, '_>, token: TokenIdx| {
        l.mention_of(token)
            .filter(|m| {
                matches!(
                    m.entity_type,
                    EntityType::State
                        | EntityType::Organisation
                        | EntityType::Norp
                        | EntityType::Place
                )
            })
            .and_then(|m| m.entity)
    };
    let mut after = None;
    let mut preposition = String::new();
    for &word in words.iter().filter(|&&w| w > office) {
        if tree.tag(word) == Upos::Adp {
            preposition = tree.lower(word);
        } else if matches!(preposition.as_str(), "of" | "at" | "in" | "for")
            && let Some(owner) = owner_of(l, word)
        {
            // "envoy for X", "ambassador to X": where they are sent, not whom they serve.
            let sent = preposition == "for" && !tree.lower(office).starts_with("spokes");
            if !sent {
                after = Some(owner);
                break;
            }
        }
    }
    let in_front = words
        .iter()
        .take_while(|&&w| w < office)
        .filter_map(|&w| owner_of(l, w))
        .last();
    let of = of_name.or(after).or(in_front);
    let named: Vec<TokenIdx> = words
        .iter()
        .copied()
        .filter(|&w| w <= office && owner_of(l, w).is_none())
        .filter(|&w| {
            matches!(tree.tag(w), Upos::Noun | Upos::Propn | Upos::Adj)
                && !NOT_OFFICE.contains(&tree.lower(w).as_str())
        })
        .collect();
    let range = contiguous(l, &named, office);
    Role {
        office: l.text(range).to_lowercase(),
        of,
        tenure: tenure(l, words, office),
        ..Role::default()
    }
}

/// *former, then-, acting, -elect* beside the office.
fn tenure(l: &Linker<'_, '_, '_, '_>, words: &[TokenIdx], office: TokenIdx) -> Tenure {
    let next = l.tree.lower(TokenIdx(office.0 + 1));
    if matches!(
        next.as_str(),
        "-elect" | "elect" | "-designate" | "designate"
    ) || next == "-"
        && matches!(
            l.tree.lower(TokenIdx(office.0 + 2)).as_str(),
            "elect" | "designate"
        )
    {
        return Tenure::Coming;
    }
    let from = words.first().map_or(office.0, |w| w.0);
    let glued = l.tree.doc.word(TokenIdx(office.0.saturating_sub(1))) == "-";
    let from = if glued {
        from.min(office.0.saturating_sub(2))
    } else {
        from
    };
    let near = from.max(office.0.saturating_sub(6))..=office.0;
    for word in near.map(TokenIdx) {
        let lower = l.tree.lower(word);
        let stem = lower.split(['-', '–']).next().unwrap_or_default();
        let compound = stem.len() < lower.len();
        match stem {
            "former" | "ex" | "erstwhile" | "late" | "ousted" | "deposed" | "onetime" | "ex-" => {
                return Tenure::Former;
            }
            "then" if compound || word != office => return Tenure::Former,
            "acting" | "interim" | "caretaker" => return Tenure::Acting,
            "incoming" | "designated" => return Tenure::Coming,
            _ => {}
        }
        if lower.ends_with("-elect") || lower.ends_with("-designate") {
            return Tenure::Coming;
        }
    }
    Tenure::Current
}

/// The words that lead to the office without a gap.
fn contiguous(l: &Linker<'_, '_, '_, '_>, named: &[TokenIdx], office: TokenIdx) -> TextRange {
    let mut start = office;
    for &word in named.iter().rev().skip_while(|&&w| w >= office) {
        if word.0 + 1 == start.0 {
            start = word;
        } else if word.0 + 2 == start.0 && l.tree.doc.word(TokenIdx(word.0 + 1)) == "-" {
            start = word; // "secretary-general"
        } else {
            break;
        }
    }
    l.tree.range(start).cover(l.tree.range(office))
}
