//! Coreference over all noun phrases, actors or not: which phrases mean the same.
//!
//! Sieves from sure to unsure (cf. Raghunathan et al. 2010, "A multi-pass sieve for coreference
//! resolution"): names by their entity, appositions, the same words, the same head after *the, this*,
//! then pronouns by number, gender and salience. The phrase is the whole one, with article and what
//! is said of it. Each phrase looks back at most [`BACK`] phrases, so the work is linear.
//!
//! Not here: what a name stands for (`names`), which actor a pronoun is (`pronouns`).

use std::collections::BTreeMap;

use crate::model::{EntityId, EntityType, MentionKind, TextRange, TokenIdx};
use crate::nlp::link::Linker;
use crate::nlp::link::gazetteer::{ACTORS, ActorKind};
use crate::nlp::{Dep, Upos};

/// How many phrases back an antecedent of a pronoun may lie.
const BACK: usize = 60;
/// How many sentences back.
const SENTENCES: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Name,
    Noun,
    /// *I*, *you*, *we*
    Speaker(u8),
    /// *he, she, it, they*
    Pronoun,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
    Person,
    Thing,
    Any,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "number, grouping and definiteness are independent features of a noun phrase"
)]
struct Phrase {
    head: TokenIdx,
    span: TextRange,
    form: Form,
    gender: Gender,
    plural: bool,
    /// Groups are *it* and *they*.
    group: bool,
    sentence: usize,
    role: u8,
    definite: bool,
    lemma: String,
    words: String,
    entity: Option<EntityId>,
}

pub(super) fn chains(l: &Linker<'_, '_, '_, '_>) -> Vec<Vec<TextRange>> {
    let phrases = phrases(l);
    let mut sets = Sets((0..phrases.len()).collect());
    by_name(&phrases, &mut sets);
    beside(l, &phrases, &mut sets);
    by_words(l, &phrases, &mut sets);
    speakers(&phrases, &mut sets);
    pronouns(l, &phrases, &mut sets);
    let mut found: BTreeMap<usize, Vec<TextRange>> = BTreeMap::new();
    for (at, phrase) in phrases.iter().enumerate() {
        found.entry(sets.root(at)).or_default().push(phrase.span);
    }
    found.into_values().filter(|c| c.len() > 1).collect()
}

/// Disjoint sets; the earliest phrase is the root.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, at: usize) -> usize {
        let mut top = at;
        while let Some(&up) = self.0.get(top)
            && up != top
        {
            top = up;
        }
        let mut at = at;
        while at != top {
            let Some(cell) = self.0.get_mut(at) else {
                break;
            };
            at = std::mem::replace(cell, top);
        }
        top
    }

    fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.root(one), self.root(other));
        if let Some(cell) = self.0.get_mut(a.max(b)) {
            *cell = a.min(b);
        }
    }
}

fn phrases(l: &Linker<'_, '_, '_, '_>) -> Vec<Phrase> {
    let mut names: BTreeMap<TokenIdx, (EntityId, EntityType, bool)> = BTreeMap::new();
    for mention in l.mentions.iter().map(|m| &m.value) {
        if mention.kind == MentionKind::Pronoun {
            continue;
        }
        let (Some(head), Some(entity)) = (l.tree.head_of(mention.range), mention.entity) else {
            continue;
        };
        let kind = l.entity_type(entity).unwrap_or(mention.entity_type);
        let name = mention.kind == MentionKind::Name;
        names.entry(head).or_insert((entity, kind, name));
    }
    let tokens = l.tree.tokens();
    tokens
        .filter_map(|token| phrase(l, token, names.get(&token).copied()))
        .collect()
}

fn phrase(
    l: &Linker<'_, '_, '_, '_>,
    token: TokenIdx,
    named: Option<(EntityId, EntityType, bool)>,
) -> Option<Phrase> {
    let tree = l.tree;
    let lower = tree.lower(token);
    let dep = tree.dep(token);
    if matches!(dep, Dep::Expl | Dep::Fixed | Dep::Flat | Dep::Goeswith) {
        return None;
    }
    let pronoun = pronoun(&lower);
    let noun = matches!(tree.tag(token), Upos::Noun | Upos::Propn);
    let (form, gender, plural) = match pronoun {
        Some(found) if tree.tag(token) != Upos::Propn => found,
        _ if noun && (dep != Dep::Compound || named.is_some_and(|n| n.2)) => {
            let name = named.is_some_and(|n| n.2);
            let form = if name { Form::Name } else { Form::Noun };
            let plural = matches!(tree.xpos(token), "NNS" | "NNPS");
            (form, gender_of(l, token, named.map(|n| n.1)), plural)
        }
        _ => return None,
    };
    let span = span(l, token, dep == Dep::Compound);
    let definite = tree.children(token).iter().any(|&child| {
        tree.dep(child) == Dep::NmodPoss
            || tree.dep(child) == Dep::Det
                && matches!(
                    tree.lower(child).as_str(),
                    "the" | "this" | "these" | "that" | "those" | "both"
                )
    });
    let lemma = tree.lemma(token).to_owned();
    let group = matches!(
        named.map(|n| n.1),
        Some(EntityType::Organisation | EntityType::Norp | EntityType::State)
    ) || ACTORS.get(lemma.as_str()).is_some_and(|kinds| {
        kinds.contains(&ActorKind::Group) || kinds.contains(&ActorKind::Organ)
    });
    Some(Phrase {
        head: token,
        span,
        form,
        gender,
        plural,
        group,
        sentence: tree.sentence(token),
        role: role(dep),
        definite,
        lemma,
        words: plain(l.text(span)),
        entity: named.map(|n| n.0),
    })
}

/// Lower case, without article and *'s*.
fn plain(words: &str) -> String {
    let lower = words.to_lowercase();
    let bare = ["the ", "this ", "these ", "that ", "those "]
        .iter()
        .find_map(|article| lower.strip_prefix(article))
        .unwrap_or(&lower);
    let bare = bare.strip_suffix("'s").unwrap_or(bare);
    bare.strip_suffix("’s").unwrap_or(bare).to_owned()
}

fn role(dep: Dep) -> u8 {
    match dep {
        Dep::Nsubj | Dep::NsubjPass => 3,
        Dep::Obj | Dep::Iobj => 2,
        Dep::Obl | Dep::OblAgent => 1,
        _ => 0,
    }
}

fn pronoun(lower: &str) -> Option<(Form, Gender, bool)> {
    Some(match lower {
        "i" | "me" | "my" | "mine" | "myself" => (Form::Speaker(0), Gender::Person, false),
        "you" | "your" | "yours" | "yourself" | "yourselves" => {
            (Form::Speaker(1), Gender::Person, false)
        }
        "we" | "us" | "our" | "ours" | "ourselves" => (Form::Speaker(2), Gender::Person, true),
        "he" | "him" | "his" | "himself" => (Form::Pronoun, Gender::Male, false),
        "she" | "her" | "hers" | "herself" => (Form::Pronoun, Gender::Female, false),
        "it" | "its" | "itself" => (Form::Pronoun, Gender::Thing, false),
        "they" | "them" | "their" | "theirs" | "themselves" => (Form::Pronoun, Gender::Any, true),
        _ => return None,
    })
}

const MALE: &[&str] = &[
    "man",
    "boy",
    "father",
    "son",
    "brother",
    "husband",
    "king",
    "uncle",
    "gentleman",
    "spokesman",
    "chairman",
    "prince",
    "grandfather",
    "businessman",
    "congressman",
    "pope",
];
const FEMALE: &[&str] = &[
    "woman",
    "girl",
    "mother",
    "daughter",
    "sister",
    "wife",
    "queen",
    "aunt",
    "lady",
    "spokeswoman",
    "chairwoman",
    "princess",
    "grandmother",
    "businesswoman",
    "congresswoman",
    "actress",
];
const PEOPLE: &[&str] = &[
    "person",
    "people",
    "child",
    "kid",
    "friend",
    "student",
    "parent",
    "adult",
    "player",
    "artist",
    "author",
    "actor",
    "guest",
    "host",
    "victim",
    "patient",
    "member",
    "colleague",
    "guy",
    "human",
    "baby",
    "teenager",
    "user",
    "reader",
    "researcher",
    "scientist",
    "professor",
    "teacher",
];

fn gender_of(l: &Linker<'_, '_, '_, '_>, token: TokenIdx, kind: Option<EntityType>) -> Gender {
    let lemma = l.tree.lemma(token);
    let title = l
        .tree
        .children(token)
        .iter()
        .map(|&child| l.tree.lower(child));
    for word in title.chain([lemma.to_owned()]) {
        match word.trim_end_matches('.') {
            "mr" | "sir" | "lord" => return Gender::Male,
            "mrs" | "ms" | "miss" | "lady" => return Gender::Female,
            _ => {}
        }
    }
    match kind {
        Some(EntityType::Person) => return Gender::Person,
        Some(
            EntityType::Organisation
            | EntityType::Place
            | EntityType::State
            | EntityType::Facility
            | EntityType::Weapon
            | EntityType::Agreement
            | EntityType::Event,
        ) => return Gender::Thing,
        Some(EntityType::Norp) => return Gender::Any,
        Some(EntityType::Own(_)) | None => {}
    }
    if MALE.contains(&lemma) {
        Gender::Male
    } else if FEMALE.contains(&lemma) {
        Gender::Female
    } else if PEOPLE.contains(&lemma) {
        Gender::Person
    } else if let Some(kinds) = ACTORS.get(lemma) {
        let office = kinds.contains(&ActorKind::Office) || kinds.contains(&ActorKind::Group);
        if office { Gender::Any } else { Gender::Thing }
    } else if lemma.chars().next().is_some_and(char::is_uppercase) {
        Gender::Any
    } else {
        Gender::Thing
    }
}

/// The whole phrase: article, modifiers, what is said of it; not the preposition before it, nor what
/// is coordinated or stands in apposition.
fn span(l: &Linker<'_, '_, '_, '_>, head: TokenIdx, inner: bool) -> TextRange {
    let tree = l.tree;
    let cut = |token: TokenIdx| {
        if tree.head(token) != Some(head) {
            return false;
        }
        match tree.dep(token) {
            Dep::Case => !matches!(tree.doc.word(token), "'s" | "’s" | "'" | "’"),
            Dep::Det
            | Dep::Amod
            | Dep::Nummod
            | Dep::Nmod
            | Dep::NmodPoss
            | Dep::Compound
            | Dep::Flat
            | Dep::Acl
            | Dep::AclRelcl
            | Dep::Fixed
            | Dep::Goeswith => inner,
            Dep::Advmod => token > head || inner,
            _ => true,
        }
    };
    let tokens = tree.subtree_without(head, &cut);
    let mut end = tokens.len();
    while end > 1
        && tokens
            .get(end - 1)
            .is_some_and(|&t| tree.tag(t) == Upos::Punct)
    {
        end -= 1;
    }
    let sentence = tree.sentence_range(tree.sentence(head));
    let span = tree.cover(tokens.get(..end).unwrap_or_default());
    span.intersect(sentence).unwrap_or(span)
}

/// Names and descriptions that the linker gave the same entity.
fn by_name(phrases: &[Phrase], sets: &mut Sets) {
    let mut last: BTreeMap<EntityId, usize> = BTreeMap::new();
    for (at, phrase) in phrases.iter().enumerate() {
        if let Some(entity) = phrase.entity
            && let Some(before) = last.insert(entity, at)
        {
            sets.join(before, at);
        }
    }
}

/// Appositions, and what a subject is said to be.
fn beside(l: &Linker<'_, '_, '_, '_>, phrases: &[Phrase], sets: &mut Sets) {
    let at_head: BTreeMap<TokenIdx, usize> = phrases
        .iter()
        .enumerate()
        .map(|(at, p)| (p.head, at))
        .collect();
    for (at, phrase) in phrases.iter().enumerate() {
        let tree = l.tree;
        if tree.dep(phrase.head) == Dep::Appos
            && let Some(&other) = tree.head(phrase.head).and_then(|head| at_head.get(&head))
        {
            sets.join(other, at);
        }
        let copular = tree.child(phrase.head, Dep::Cop).is_some();
        if copular
            && phrase.definite
            && let Some(subject) = tree.child(phrase.head, Dep::Nsubj)
            && let Some(&other) = at_head.get(&subject)
        {
            sets.join(other, at);
        }
    }
}

/// The same words; the same head, where the later phrase is definite and says nothing that the
/// earlier one does not.
fn by_words(l: &Linker<'_, '_, '_, '_>, phrases: &[Phrase], sets: &mut Sets) {
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    let mut heads: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for (at, phrase) in phrases.iter().enumerate() {
        if !matches!(phrase.form, Form::Name | Form::Noun)
            || !phrase.words.chars().any(char::is_alphabetic)
        {
            continue;
        }
        let proper = l.tree.tag(phrase.head) == Upos::Propn;
        let indefinite = l.tree.children_with(phrase.head, &[Dep::Det]).any(|d| {
            matches!(
                l.tree.lower(d).as_str(),
                "a" | "an" | "some" | "any" | "no" | "every" | "each" | "another"
            )
        });
        let same = words.get(phrase.words.as_str()).copied();
        let head = heads.get(&(phrase.lemma.as_str(), phrase.plural)).copied();
        if !indefinite {
            if let Some(before) = same {
                sets.join(before, at);
            } else if phrase.definite
                && !proper
                && let Some(before) = head
                && phrases.get(before).is_some_and(|b| says_no_more(phrase, b))
            {
                sets.join(before, at);
            }
        }
        words.insert(&phrase.words, at);
        if !proper {
            heads.insert((&phrase.lemma, phrase.plural), at);
        }
    }
}

fn says_no_more(later: &Phrase, before: &Phrase) -> bool {
    let has = |word: &str| before.words.split_whitespace().any(|w| w == word);
    later
        .words
        .split_whitespace()
        .filter(|word| !matches!(*word, "of" | "the" | "a" | "in" | "for" | "and"))
        .all(has)
}

/// *I* and *you* are the same through a text, as far as nobody else is heard to speak.
fn speakers(phrases: &[Phrase], sets: &mut Sets) {
    let mut last: [Option<usize>; 3] = [None; 3];
    for (at, phrase) in phrases.iter().enumerate() {
        if let Form::Speaker(which) = phrase.form
            && let Some(cell) = last.get_mut(usize::from(which))
            && let Some(before) = cell.replace(at)
        {
            sets.join(before, at);
        }
    }
}

fn pronouns(l: &Linker<'_, '_, '_, '_>, phrases: &[Phrase], sets: &mut Sets) {
    let mut known: BTreeMap<usize, Gender> = BTreeMap::new();
    for (at, phrase) in phrases.iter().enumerate() {
        if phrase.form != Form::Pronoun {
            continue;
        }
        let first = at.saturating_sub(BACK);
        let mut best: Option<(i32, usize)> = None;
        for (before, other) in phrases.iter().enumerate().take(at).skip(first) {
            let distance = phrase.sentence.saturating_sub(other.sentence);
            if distance >= SENTENCES || !agrees(phrase, other) || bound(l, other, phrase) {
                continue;
            }
            let root = sets.root(before);
            let gender = known.get(&root).copied().unwrap_or(Gender::Any);
            let clash = matches!(
                (gender, phrase.gender),
                (Gender::Male, Gender::Female) | (Gender::Female, Gender::Male)
            );
            if clash {
                continue;
            }
            let score = salience(phrase, other, distance, at - before);
            if best.is_none_or(|(top, _)| score >= top) {
                best = Some((score, before));
            }
        }
        if let Some((_, before)) = best {
            sets.join(before, at);
            if matches!(phrase.gender, Gender::Male | Gender::Female) {
                known.insert(sets.root(at), phrase.gender);
            }
        }
    }
}

fn agrees(pronoun: &Phrase, other: &Phrase) -> bool {
    if matches!(other.form, Form::Speaker(_)) || other.span.contains_range(pronoun.span) {
        return false;
    }
    match pronoun.gender {
        Gender::Male | Gender::Female => {
            let fits = other.gender == pronoun.gender
                || matches!(other.gender, Gender::Person | Gender::Any)
                    && other.form != Form::Pronoun;
            fits && !other.plural
        }
        Gender::Thing => {
            other.gender == Gender::Thing && !other.plural
                || other.group && !other.plural && other.form != Form::Pronoun
        }
        Gender::Person | Gender::Any => {
            other.plural || other.group || other.lemma == "people" || other.lemma == "everyone"
        }
    }
}

/// *Lind criticised him*: an object is not the subject of its own verb.
fn bound(l: &Linker<'_, '_, '_, '_>, other: &Phrase, pronoun: &Phrase) -> bool {
    let verb = l.tree.head(pronoun.head);
    verb.is_some()
        && l.tree.head(other.head) == verb
        && matches!(l.tree.dep(pronoun.head), Dep::Obj | Dep::Iobj | Dep::Obl)
        && !l.tree.lower(pronoun.head).contains("sel")
}

fn salience(pronoun: &Phrase, other: &Phrase, distance: usize, steps: usize) -> i32 {
    let near = [12, 8, 3, 0].get(distance).copied().unwrap_or(0);
    let role = i32::from(other.role) * 2;
    let parallel = if other.role == pronoun.role && other.role > 0 {
        2
    } else {
        0
    };
    let form = match (other.form, pronoun.gender) {
        (Form::Pronoun, _) => {
            if other.gender == pronoun.gender {
                5
            } else {
                -4
            }
        }
        (Form::Name, Gender::Male | Gender::Female) => 3,
        (Form::Name, _) => 0,
        _ => i32::from(other.definite),
    };
    let steps = i32::try_from(steps).unwrap_or(i32::MAX).min(40) / 4;
    near + role + parallel + form - steps
}
