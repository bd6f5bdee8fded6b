//! Descriptions: *Velmoran officials*, *the minister*, *the rebels*, *both sides*.
//!
//! Officials, government, army and police of a state are the state; an organ or a group is an entity
//! of its own, one for each wording; an office is its holder where the article names one.

use crate::model::{EntityId, EntityType, MentionKind, Role, TextRange, TokenIdx};
use crate::nlp::link::Linker;
use crate::nlp::link::gazetteer::{ACTORS, ActorKind, METONYMY, OFFICES};
use crate::nlp::link::members::{count_of, members};
use crate::nlp::link::names::organ_of;
use crate::nlp::{Dep, Upos};

pub(super) fn resolve(l: &mut Linker<'_, '_, '_, '_>) {
    for token in l.tree.tokens() {
        if l.tree.tag(token) != Upos::Noun && l.tree.tag(token) != Upos::Propn {
            continue;
        }
        if inside_name(l, token) {
            continue;
        }
        let lower = l.tree.lower(token);
        let many = matches!(
            lower.as_str(),
            "thousands" | "hundreds" | "dozens" | "crowds"
        ) && l.tree.dep(token) == Dep::Nsubj
            && l.tree.oblique(token, "of").is_none();
        let Some(kinds) = ACTORS
            .get(lower.as_str())
            .or_else(|| ACTORS.get(l.tree.lemma(token)))
            .or_else(|| ACTORS.get("crowd").filter(|_| many))
        else {
            continue;
        };
        if matches!(l.tree.dep(token), Dep::Compound | Dep::Flat)
            && !kinds.contains(&ActorKind::State)
        {
            continue;
        }
        if lower == "force" && !modified(l, token) {
            continue; // "the use of force"
        }
        describe(l, token, kinds);
    }
}

/// *security force, armed force*
fn modified(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    l.tree
        .children_with(token, &[Dep::Amod, Dep::Compound])
        .any(|m| {
            matches!(
                l.tree.lower(m).as_str(),
                "security"
                    | "police"
                    | "military"
                    | "armed"
                    | "air"
                    | "task"
                    | "peacekeeping"
                    | "naval"
            )
        })
}

fn inside_name(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> bool {
    l.mention_of(token)
        .is_some_and(|m| m.kind == MentionKind::Name)
}

/// How many mentions back a description may point; keeps long texts linear.
pub(super) const MEMORY: usize = 300;

/// A noun phrase as far as resolving it needs.
struct Phrase {
    head: TokenIdx,
    /// Modifiers and head, without article.
    range: TextRange,
    /// Entities among the modifiers or behind *of*, with whether they own (*'s*, *of*).
    owners: Vec<EntityId>,
    /// What stands in front.
    article: Article,
    /// Nothing but an article in front of the head.
    bare: bool,
}

/// What stands in front of a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Article {
    None,
    /// *the*, *these*, *its*
    Definite,
    /// *both*, *two*, *the three*
    Several(usize),
}

impl Phrase {
    fn definite(&self) -> bool {
        self.article != Article::None
    }
}

fn phrase(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> Phrase {
    let tree = l.tree;
    let mut phrase = Phrase {
        head,
        range: tree.range(head),
        owners: Vec::new(),
        article: Article::None,
        bare: true,
    };
    for &child in tree.children(head) {
        let lower = tree.lower(child);
        match tree.dep(child) {
            _ if count_of(&lower).is_some() && child < head => {
                let count = count_of(&lower).unwrap_or_default();
                phrase.article = Article::Several(count);
                if tree.dep(child) == Dep::Nummod && count > 2 {
                    phrase.range = phrase.range.cover(tree.range(child));
                }
            }
            Dep::Det if matches!(lower.as_str(), "the" | "these" | "those" | "this") => {
                definite(&mut phrase);
            }
            Dep::NmodPoss if child < head => {
                definite(&mut phrase);
                phrase.owners.extend(actor_at(l, child));
                phrase.bare = false;
            }
            Dep::Amod | Dep::Compound | Dep::Nummod | Dep::Nmod
                if child < head && !dash_between(l, child, head) =>
            {
                phrase.range = phrase.range.cover(tree.span(child));
                let at = tree.subtree(child);
                phrase
                    .owners
                    .extend(at.into_iter().filter_map(|t| actor_at(l, t)));
                phrase.bare = false;
            }
            Dep::Nmod
                if matches!(
                    tree.preposition(child).as_deref(),
                    Some("of" | "for" | "to")
                ) =>
            {
                if let Some(owner) = actor_at(l, child) {
                    phrase.owners.push(owner);
                    phrase.bare = false;
                    if tree.preposition(child).as_deref() == Some("of") {
                        phrase.range = phrase.range.cover(tree.range(child));
                    }
                }
            }
            _ => {}
        }
    }
    phrase
}

/// Whether a dash with blanks parts two words: what stands before it, such as a dateline, is no part
/// of the phrase behind it.
fn dash_between(l: &Linker<'_, '_, '_, '_>, left: TokenIdx, right: TokenIdx) -> bool {
    let (left, right) = (l.tree.range(left), l.tree.range(right));
    if left.end() > right.start() {
        return false;
    }
    let gap = l.text(TextRange::new(left.end(), right.start()));
    [" - ", " – ", "— "].iter().any(|dash| gap.contains(dash))
}

fn definite(phrase: &mut Phrase) {
    if phrase.article == Article::None {
        phrase.article = Article::Definite;
    }
}

fn actor_at(l: &Linker<'_, '_, '_, '_>, token: TokenIdx) -> Option<EntityId> {
    l.mention_of(token)
        .filter(|m| {
            matches!(
                m.entity_type,
                EntityType::State
                    | EntityType::Norp
                    | EntityType::Organisation
                    | EntityType::Person
                    | EntityType::Place
            )
        })
        .and_then(|m| m.entity)
}

fn describe(l: &mut Linker<'_, '_, '_, '_>, head: TokenIdx, kinds: &[ActorKind]) {
    let phrase = phrase(l, head);
    let has = |kind| kinds.contains(&kind);
    if has(ActorKind::Plural)
        && phrase.definite()
        && let Some(count) = match phrase.article {
            Article::Several(count) => Some(count),
            _ => (l.tree.lemma(head) == "side").then_some(2),
        }
    {
        let members = members(l, head, count);
        if members.len() == count {
            for member in members {
                let kind = l.entity_type(member).unwrap_or(EntityType::State);
                l.push(phrase.range, MentionKind::Description, (member, kind), 0.6);
            }
            return;
        }
    }
    let state = phrase.owners.iter().copied().find(|&o| l.is_state(o));
    let found = if has(ActorKind::State) {
        of_state(l, &phrase, state)
    } else if has(ActorKind::Organ) {
        organ(l, &phrase, state)
    } else if has(ActorKind::Office) {
        office(l, &phrase)
    } else {
        None
    };
    let (entity, sure) = found.unwrap_or_else(|| group(l, &phrase));
    let kind = l.entity_type(entity).unwrap_or(EntityType::Norp);
    l.push(phrase.range, MentionKind::Description, (entity, kind), sure);
}

fn of_state(
    l: &Linker<'_, '_, '_, '_>,
    phrase: &Phrase,
    state: Option<EntityId>,
) -> Option<(EntityId, f32)> {
    if let Some(state) = state {
        return Some((state, 0.85));
    }
    if let Some(&owner) = phrase.owners.first() {
        return Some((owner, 0.7));
    }
    let lemma = l.tree.lemma(phrase.head);
    if matches!(
        lemma,
        "leader"
            | "side"
            | "representative"
            | "source"
            | "statement"
            | "delegate"
            | "mission"
            | "state"
    ) {
        return None;
    }
    // "foreign diplomats, two soldiers": whose they are is not said.
    let rulers = matches!(
        lemma,
        "government"
            | "police"
            | "army"
            | "military"
            | "authority"
            | "official"
            | "administration"
            | "force"
            | "troop"
            | "regime"
            | "navy"
    );
    if matches!(lemma, "force" | "troop") && of_nobody(l, phrase.head) {
        return None;
    }
    let definite = phrase.bare && phrase.definite();
    if !rulers && !definite {
        return None;
    }
    // "the government crackdown in Velmora": the state that the noun above names.
    if l.tree.dep(phrase.head) == Dep::Compound
        && let Some(above) = l.tree.head(phrase.head)
        && let Some(state) = l
            .tree
            .subtree(above)
            .into_iter()
            .filter_map(|t| actor_at(l, t))
            .find(|&e| l.is_state(e))
    {
        return Some((state, 0.7));
    }
    latest(l, phrase.range, &|l, e| l.is_state(e)).map(|e| (e, 0.5))
}

/// *anti-government forces, rebel troops, foreign forces*: not those of the state in question.
fn of_nobody(l: &Linker<'_, '_, '_, '_>, head: TokenIdx) -> bool {
    let first = head.0.saturating_sub(4);
    (first..head.0)
        .rev()
        .map(TokenIdx)
        .take_while(|&token| {
            l.tree.doc.word(token) == "-"
                || matches!(
                    l.tree.tag(token),
                    Upos::Adj | Upos::Noun | Upos::Propn | Upos::X
                )
        })
        .any(|token| METONYMY.has("others", l.tree.lower(token).as_str()))
}

/// The entity of the nearest mention before `range` for which `fits` holds, subjects first.
fn latest(
    l: &Linker<'_, '_, '_, '_>,
    range: TextRange,
    fits: &dyn Fn(&Linker<'_, '_, '_, '_>, EntityId) -> bool,
) -> Option<EntityId> {
    let names = l.names_before(range.start());
    let near = names.get(names.len().saturating_sub(MEMORY)..)?;
    let before: Vec<(EntityId, TokenIdx)> = near
        .iter()
        .map(|m| &m.value)
        .filter(|m| m.range.end() <= range.start() && m.kind == MentionKind::Name)
        .filter_map(|m| Some((m.entity?, l.tree.head_of(m.range)?)))
        .filter(|&(e, _)| fits(l, e))
        .collect();
    let here = l.tree.at(range.start()).map_or(0, |t| l.tree.sentence(t));
    let score = |&(_, token): &(EntityId, TokenIdx)| {
        let distance = here.saturating_sub(l.tree.sentence(token)).min(20);
        let subject: usize = if l.is_subject(token) { 3 } else { 0 };
        (60 + subject).saturating_sub(distance * 2)
    };
    before
        .iter()
        .enumerate()
        .max_by_key(|(at, row)| (score(row), *at))
        .map(|(_, &(e, _))| e)
}

fn organ(
    l: &mut Linker<'_, '_, '_, '_>,
    phrase: &Phrase,
    state: Option<EntityId>,
) -> Option<(EntityId, f32)> {
    let lemma = l.tree.lemma(phrase.head).to_owned();
    // "Norland's fisheries ministry" is Norland.
    if lemma == "ministry" && state.is_some() {
        return state.map(|s| (s, 0.8));
    }
    if phrase.bare && phrase.definite() && state.is_none() {
        let same = |l: &Linker<'_, '_, '_, '_>, e: EntityId| {
            l.entities.get(&e).is_some_and(|row| {
                row.entity.entity_type == EntityType::Organisation
                    && row.entity.name.to_lowercase().contains(&lemma)
            })
        };
        if let Some(found) = latest(l, phrase.range, &same) {
            return Some((found, 0.7));
        }
        if matches!(
            lemma.as_str(),
            "organisation" | "organization" | "alliance" | "bloc" | "agency" | "union" | "body"
        ) {
            let organisation = |l: &Linker<'_, '_, '_, '_>, e: EntityId| {
                l.entity_type(e) == Some(EntityType::Organisation)
            };
            return latest(l, phrase.range, &organisation).map(|e| (e, 0.55));
        }
    }
    let state = state.or_else(|| latest(l, phrase.range, &|l, e| l.is_state(e)))?;
    let words = l.text(phrase.range).to_lowercase();
    let id = EntityId::hashed(&[b"organ", &state.0.to_le_bytes(), lemma.as_bytes()]);
    let of = l.entities.get(&state).map(|row| row.entity.name.clone())?;
    let name = if phrase.owners.is_empty() {
        format!("{words} of {of}")
    } else {
        l.text(phrase.range).to_owned()
    };
    l.enter(id, &name, EntityType::Organisation, false);
    if matches!(
        lemma.as_str(),
        "cabinet" | "ministry" | "agency" | "department"
    ) {
        l.add_role(id, organ_of(state));
    }
    Some((id, 0.65))
}

fn office(l: &mut Linker<'_, '_, '_, '_>, phrase: &Phrase) -> Option<(EntityId, f32)> {
    let lemma = l.tree.lemma(phrase.head).to_owned();
    if let Some(person) = named_beside(l, phrase) {
        return Some((person, 0.9));
    }
    let owner = phrase.owners.first().copied();
    let words = l.text(phrase.range).to_lowercase();
    let fits = |role: &Role| {
        // "the Velmoran leader" is whoever of its office-holders was named last.
        let leader = lemma == "leader" && owner.is_some() && role.of == owner;
        if leader {
            return true;
        }
        let ends = role.office == lemma || role.office.ends_with(&format!(" {lemma}"));
        ends && (owner.is_none() || role.of == owner)
            && (phrase.bare
                || owner.is_some()
                || words.ends_with(&role.office)
                || role.office.ends_with(&words))
    };
    let holder = |l: &Linker<'_, '_, '_, '_>, e: EntityId| {
        l.entities
            .get(&e)
            .is_some_and(|row| row.entity.roles.iter().any(fits))
    };
    if let Some(person) = latest(l, phrase.range, &holder) {
        return Some((person, 0.75));
    }
    let owner = owner?;
    let id = EntityId::hashed(&[b"office", &owner.0.to_le_bytes(), lemma.as_bytes()]);
    let name = l.text(phrase.range).to_owned();
    l.enter(id, &name, EntityType::Person, false);
    if OFFICES.contains_key(lemma.as_str()) {
        l.add_role(
            id,
            Role {
                office: lemma,
                of: Some(owner),
                ..Role::default()
            },
        );
    }
    Some((id, 0.65))
}

/// The person whom an office stands beside: *minister Lind*; *the minister, Ona Lind, …*; *Lind is
/// the minister*; *Lind, the minister, …*
fn named_beside(l: &Linker<'_, '_, '_, '_>, phrase: &Phrase) -> Option<EntityId> {
    let tree = l.tree;
    let person_at = |token: TokenIdx| {
        let mention = l.mention_of(token)?;
        let name = mention.kind == MentionKind::Name && mention.entity_type == EntityType::Person;
        mention.entity.filter(|_| name)
    };
    let starts = |token: TokenIdx| {
        let mention = l.mention_of(token)?;
        let here = mention.range.start() == tree.range(token).start();
        person_at(token).filter(|_| here && tree.sentence(token) == tree.sentence(phrase.head))
    };
    let next = TokenIdx(phrase.head.0 + 1);
    let glued = tree.doc.word(next) == "-"
        && matches!(
            tree.lower(TokenIdx(next.0 + 1)).as_str(),
            "elect" | "designate"
        );
    let next = if glued { TokenIdx(next.0 + 2) } else { next };
    if let Some(person) = starts(next) {
        return Some(person);
    }
    if phrase.definite() || !phrase.owners.is_empty() {
        let last = tree.covered(phrase.range).last()?;
        let inside = |&at: &u32| {
            matches!(
                tree.tag(TokenIdx(at)),
                Upos::Adp | Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj
            )
        };
        let comma = (last.0 + 1..last.0 + 7).find(|at| !inside(at));
        let comma = TokenIdx(comma.unwrap_or(last.0 + 1));
        let ends = |token: TokenIdx| {
            let mention = l.mention_of(token)?;
            tree.covered(mention.range).last()
        };
        // "the minister, Ona Lind, said": a comma or the end behind the name.
        if tree.doc.word(comma) == ","
            && let Some(person) = starts(TokenIdx(comma.0 + 1))
            && let Some(end) = ends(TokenIdx(comma.0 + 1))
            && matches!(tree.doc.word(TokenIdx(end.0 + 1)), "," | "." | "")
        {
            return Some(person);
        }
    }
    named_by_syntax(l, phrase.head, &person_at)
}

/// Whom an apposition, a relative clause, *was elected …* or *is …* says the office of.
fn named_by_syntax(
    l: &Linker<'_, '_, '_, '_>,
    office: TokenIdx,
    person_at: &dyn Fn(TokenIdx) -> Option<EntityId>,
) -> Option<EntityId> {
    let tree = l.tree;
    let above = tree.head(office);
    match tree.dep(office) {
        Dep::Appos | Dep::AclRelcl => above.and_then(person_at),
        Dep::Xcomp | Dep::Obj | Dep::Obl
            if above.is_some_and(|verb| {
                matches!(tree.lemma(verb), "elect" | "appoint" | "become" | "name")
            }) =>
        {
            let subject = above.and_then(|verb| {
                tree.children_with(verb, &[Dep::Nsubj, Dep::NsubjPass])
                    .next()
            });
            subject.and_then(person_at)
        }
        _ if tree.child(office, Dep::Cop).is_some() => {
            tree.child(office, Dep::Nsubj).and_then(person_at)
        }
        _ => None,
    }
}

fn group(l: &mut Linker<'_, '_, '_, '_>, phrase: &Phrase) -> (EntityId, f32) {
    let lemma = l.tree.lemma(phrase.head).to_owned();
    if phrase.bare && phrase.definite() {
        let earlier = |l: &Linker<'_, '_, '_, '_>, e: EntityId| {
            l.entities.get(&e).is_some_and(|row| {
                let name = row.entity.name.to_lowercase();
                name == lemma
                    || name.ends_with(&format!(" {lemma}"))
                    || name.ends_with(&format!(" {lemma}s"))
            })
        };
        if let Some(found) = latest_any(l, phrase.range, &earlier) {
            return (found, 0.7);
        }
        if matches!(
            lemma.as_str(),
            "group"
                | "party"
                | "company"
                | "movement"
                | "firm"
                | "airline"
                | "militia"
                | "faction"
                | "organisation"
                | "newspaper"
                | "agency"
        ) {
            let organisation = |l: &Linker<'_, '_, '_, '_>, e: EntityId| {
                l.entity_type(e) == Some(EntityType::Organisation)
            };
            if let Some(found) = latest(l, phrase.range, &organisation) {
                return (found, 0.55);
            }
        }
    }
    let words = l.text(phrase.range).to_lowercase();
    let id = EntityId::hashed(&[b"group", words.as_bytes()]);
    let name = l.text(phrase.range).to_owned();
    l.enter(id, &name, EntityType::Norp, false);
    (id, 0.6)
}

fn latest_any(
    l: &Linker<'_, '_, '_, '_>,
    range: TextRange,
    fits: &dyn Fn(&Linker<'_, '_, '_, '_>, EntityId) -> bool,
) -> Option<EntityId> {
    let added = l.mentions.get(l.names..)?;
    let names = l.names_before(range.start());
    let added = added.iter().rev().take(MEMORY);
    added
        .chain(names.iter().rev().take(MEMORY))
        .map(|m| &m.value)
        .filter(|m| m.range.end() <= range.start())
        .filter_map(|m| m.entity)
        .find(|&e| fits(l, e))
}
