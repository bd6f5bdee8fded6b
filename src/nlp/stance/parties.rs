//! Actors of a clause: which mention a word stands for, who holds, who is meant.

use std::collections::BTreeMap;

use crate::model::{
    Attribution, EntityId, EntityProposal, EntityType, Mention, MentionKind, Party, Suggested,
    TokenIdx,
};
use crate::nlp::stance::lexicon::CuePos;
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// An actor found at a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Actor {
    pub(super) party: Party,
    pub(super) sure: f32,
    /// The word that heads it.
    pub(super) token: TokenIdx,
}

/// Actors by their head words.
pub(super) struct Actors<'r, 'd, 'a> {
    pub(super) tree: &'r Tree<'d, 'a>,
    mentions: &'r [Suggested<Mention>],
    pub(super) entities: &'r BTreeMap<EntityId, EntityProposal>,
    heads: BTreeMap<TokenIdx, Vec<usize>>,
    inside: BTreeMap<TokenIdx, usize>,
    /// *I* and *we* in quotations, with who speaks.
    speakers: BTreeMap<TokenIdx, Actor>,
}

impl<'r, 'd, 'a> Actors<'r, 'd, 'a> {
    pub(super) fn new(
        tree: &'r Tree<'d, 'a>,
        mentions: &'r [Suggested<Mention>],
        entities: &'r BTreeMap<EntityId, EntityProposal>,
    ) -> Self {
        let mut heads: BTreeMap<TokenIdx, Vec<usize>> = BTreeMap::new();
        let mut inside = BTreeMap::new();
        for (at, mention) in mentions.iter().enumerate() {
            let mention = &mention.value;
            let Some(head) = tree.head_of(mention.range) else {
                continue;
            };
            let list = heads.entry(head).or_default();
            let same = list
                .first()
                .and_then(|&i| mentions.get(i))
                .is_none_or(|first| first.value.range == mention.range);
            if same {
                list.push(at);
            }
            for token in tree.covered(mention.range) {
                if mention.kind == MentionKind::Name {
                    inside.entry(token).or_insert(at);
                }
            }
        }
        Self {
            tree,
            mentions,
            entities,
            heads,
            inside,
            speakers: BTreeMap::new(),
        }
    }

    /// Makes *I* and *we* inside what is said mean who says it.
    pub(super) fn hear(&mut self, attributions: &[Suggested<Attribution>]) {
        let mut speakers = BTreeMap::new();
        for attribution in attributions {
            let Some(speaker) = self.source(&attribution.value) else {
                continue;
            };
            for &piece in &attribution.value.content {
                for token in self.tree.covered(piece) {
                    let word = self.tree.lower(token);
                    if matches!(word.as_str(), "i" | "we" | "us" | "our" | "my" | "me") {
                        speakers.entry(token).or_insert(speaker);
                    }
                }
            }
        }
        self.speakers = speakers;
    }

    /// The actor that an attribution names as its source.
    pub(super) fn source(&self, attribution: &Attribution) -> Option<Actor> {
        self.sources(attribution).into_iter().next()
    }

    /// All actors that an attribution names as its sources.
    pub(super) fn sources(&self, attribution: &Attribution) -> Vec<Actor> {
        let Some(&range) = attribution.source.first() else {
            return Vec::new();
        };
        let Some(head) = self.tree.head_of(range) else {
            return Vec::new();
        };
        let row = self.row(head);
        if row.is_empty() {
            return self
                .tree
                .covered(range)
                .find_map(|t| self.at(t).into_iter().next())
                .into_iter()
                .collect();
        }
        row
    }

    pub(super) fn kind(&self, entity: EntityId) -> Option<EntityType> {
        self.entities.get(&entity).map(|row| row.entity.entity_type)
    }

    /// *the sides, the country* whose names the text does not give: nobody in particular. *Both sides* are
    /// a group.
    fn unnamed(&self, entity: EntityId, token: TokenIdx) -> bool {
        let counts = |c: TokenIdx| {
            self.tree.dep(c) != Dep::Det || matches!(self.tree.lower(c).as_str(), "both" | "all")
        };
        self.entities
            .get(&entity)
            .is_some_and(|row| groups(&row.entity.name.to_lowercase()))
            && !self
                .tree
                .children_with(token, &[Dep::Det, Dep::Nummod, Dep::Amod, Dep::NmodPoss])
                .any(counts)
    }

    /// Whether a word names sides or countries of which no name is known.
    pub(super) fn nobody(&self, token: TokenIdx) -> bool {
        groups(&self.tree.lower(token)) && self.at(token).is_empty()
    }

    fn actor(&self, at: usize, token: TokenIdx) -> Option<Actor> {
        let suggested = self.mentions.get(at)?;
        let mention = &suggested.value;
        let entity = mention.entity?;
        if self.unnamed(entity, token) {
            return None;
        }
        let acts = match self.kind(entity)? {
            EntityType::Person
            | EntityType::Norp
            | EntityType::State
            | EntityType::Organisation => true,
            EntityType::Facility => mention.metonym,
            EntityType::Place => true,
            _ => false,
        };
        let actor = Actor {
            party: Party {
                entity,
                range: mention.range,
            },
            sure: suggested.confidence.get(),
            token,
        };
        acts.then(|| self.named_in_sentence(actor, mention.kind))
    }

    /// The actors that a word names: several for *both sides*, none for things.
    pub(super) fn at(&self, token: TokenIdx) -> Vec<Actor> {
        if let Some(&speaker) = self.speakers.get(&token) {
            return vec![speaker];
        }
        if let Some(list) = self.heads.get(&token) {
            let found: Vec<_> = list
                .iter()
                .filter_map(|&at| self.actor(at, token))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        // A name that the parser heads elsewhere.
        self.inside
            .get(&token)
            .and_then(|&at| self.actor(at, token))
            .into_iter()
            .collect()
    }

    /// Like [`Self::at`], places left out.
    pub(super) fn target_at(&self, token: TokenIdx) -> Option<Actor> {
        if let Some(&speaker) = self.speakers.get(&token) {
            // "sanctions on us": the words that stand there.
            return Some(Actor {
                party: Party {
                    range: self.tree.range(token),
                    ..speaker.party
                },
                ..speaker
            });
        }
        let actor = |t: TokenIdx| {
            self.at(t)
                .into_iter()
                .find(|a| self.kind(a.party.entity) != Some(EntityType::Place))
                .filter(|a| !self.audience(a.party.entity))
        };
        self.named_by(token)
            .and_then(actor)
            .or_else(|| actor(token))
    }

    /// The names of a sentence that act, in order.
    pub(super) fn names(&self, sentence: usize) -> Vec<Actor> {
        let range = self.tree.sentence_range(sentence);
        let from = self
            .mentions
            .partition_point(|m| m.value.range.start() < range.start());
        let here = self.mentions.iter().enumerate().skip(from);
        here.take_while(|(_, m)| m.value.range.start() < range.end())
            .filter(|(_, m)| m.value.kind == MentionKind::Name)
            .filter_map(|(at, m)| self.actor(at, self.tree.head_of(m.value.range)?))
            .collect()
    }

    /// For *him, her, them, it* that cannot be the subject of its own clause: the nearest other name
    /// before its sentence that it may stand for.
    pub(super) fn other_than(&self, token: TokenIdx, not: &[EntityId]) -> Option<Actor> {
        let word = self.tree.lower(token);
        let person = match word.as_str() {
            "him" | "her" => true,
            "it" | "them" => false,
            _ => return None,
        };
        let known = self.at(token).first().map(|a| a.party.entity);
        if known.is_some_and(|known| !not.contains(&known)) {
            return None;
        }
        let number = self.tree.sentence(token);
        let first = number.saturating_sub(2);
        let from = self.tree.sentence_range(first).start();
        let until = self.tree.range(token).start();
        let begin = self
            .mentions
            .partition_point(|m| m.value.range.start() < from);
        let fits = |m: &&Suggested<Mention>| {
            let Some(entity) = m.value.entity else {
                return false;
            };
            let kind = self.kind(entity);
            let right = if person {
                kind == Some(EntityType::Person)
            } else {
                matches!(kind, Some(EntityType::State | EntityType::Organisation))
            };
            right && m.value.kind != MentionKind::Pronoun && !not.contains(&entity)
        };
        let found = self
            .mentions
            .get(begin..)?
            .iter()
            .take_while(|m| m.value.range.start() < until)
            .filter(fits)
            .last()?;
        Some(Actor {
            party: Party {
                entity: found.value.entity?,
                range: self.tree.range(token),
            },
            sure: 0.6,
            token,
        })
    }

    /// The state or organisation that an actor speaks for.
    pub(super) fn stands_for(&self, entity: EntityId) -> Option<EntityId> {
        self.entities
            .get(&entity)
            .and_then(|row| row.entity.acts_for())
    }

    /// *told reporters*: who is only told is nobody's target.
    fn audience(&self, entity: EntityId) -> bool {
        self.entities.get(&entity).is_some_and(|row| {
            let name = &row.entity.name;
            name.ends_with("reporters") || name.ends_with("journalists") || name == "media"
        })
    }

    /// The name that a description gives way to: *the airline Mahan Air, allies such as Velmora*.
    fn named_by(&self, token: TokenIdx) -> Option<TokenIdx> {
        let tree = self.tree;
        if !matches!(tree.tag(token), Upos::Noun) {
            return None;
        }
        let name = |t: &TokenIdx| {
            tree.tag(*t) == Upos::Propn
                && self
                    .heads
                    .get(t)
                    .and_then(|list| self.mentions.get(*list.first()?))
                    .is_some_and(|m| m.value.kind == MentionKind::Name)
        };
        let beside = tree
            .children_with(token, &[Dep::Appos, Dep::Flat])
            .find(|t| t.0 == token.0 + 1 || tree.doc.word(TokenIdx(token.0 + 1)) == ",")
            .filter(name);
        beside.or_else(|| {
            tree.children_with(token, &[Dep::Nmod, Dep::Obl])
                .filter(|&n| {
                    tree.children_with(n, &[Dep::Case])
                        .any(|c| matches!(tree.lower(c).as_str(), "such" | "including" | "like"))
                })
                .find(name)
        })
    }

    /// The actors of a noun phrase with all its coordinated members; *X, including Y* gives both.
    pub(super) fn row(&self, head: TokenIdx) -> Vec<Actor> {
        let mut found = Vec::new();
        for member in self.tree.conjuncts(head) {
            let mut here = self.part_of(member);
            if here.is_empty() {
                here = self.named_beside(member);
            }
            if here.is_empty() {
                here = self.at(member);
            }
            found.extend(here);
            let including = self
                .tree
                .children_with(member, &[Dep::Nmod, Dep::Obl])
                .filter(|&n| self.tree.preposition(n).as_deref() == Some("including"));
            for named in including {
                for m in self.tree.conjuncts(named) {
                    let name = self.named_beside(m);
                    found.extend(if name.is_empty() { self.at(m) } else { name });
                }
            }
        }
        found.dedup_by_key(|a| (a.party.entity, a.party.range));
        found
    }

    /// *Velmora's foreign minister, Ona Lind*: the name in apposition to a description.
    fn named_beside(&self, head: TokenIdx) -> Vec<Actor> {
        let described = self
            .heads
            .get(&head)
            .and_then(|list| self.mentions.get(*list.first()?))
            .is_none_or(|m| m.value.kind == MentionKind::Description);
        if !described {
            return Vec::new();
        }
        self.tree
            .children_with(head, &[Dep::Appos, Dep::Nmod, Dep::Flat])
            .filter(|&a| self.tree.dep(a) == Dep::Appos || self.tree.preposition(a).is_none())
            .filter(|&a| a > head)
            .filter(|a| {
                self.heads
                    .get(a)
                    .and_then(|list| self.mentions.get(*list.first()?))
                    .is_some_and(|m| m.value.kind == MentionKind::Name)
            })
            .flat_map(|a| self.at(a))
            .take(1)
            .collect()
    }

    /// The actor whose name ends right before a finite verb to which the parser ties no subject.
    pub(super) fn left_of(&self, verb: TokenIdx) -> Vec<Actor> {
        let tree = self.tree;
        if !tree.finite(verb) || tree.passive(verb) || tree.own_subject(verb).is_some() {
            return Vec::new();
        }
        let mut words = 0;
        for back in 1..=8 {
            let Some(at) = verb.0.checked_sub(back).map(TokenIdx) else {
                break;
            };
            if tree.sentence(at) != tree.sentence(verb) {
                break;
            }
            if tree.in_time(at) || matches!(tree.tag(at), Upos::Adv | Upos::Aux) {
                continue;
            }
            let found = self.at(at);
            if !found.is_empty() {
                let inside = (0..4)
                    .scan(Some(at), |up, _| {
                        let here = (*up)?;
                        *up = tree.head(here).filter(|&h| h < verb && tree.nominal(h));
                        Some(here)
                    })
                    .any(|t| tree.preposition(t).is_some());
                return if inside { Vec::new() } else { found };
            }
            words += 1;
            if words > 2 || !matches!(tree.tag(at), Upos::Noun | Upos::Propn | Upos::Adj) {
                break;
            }
        }
        Vec::new()
    }

    /// *Velmoran helicopters, the strikes of Velmora*: whose thing it is that does something.
    pub(super) fn owner_of(&self, head: TokenIdx) -> Vec<Actor> {
        if self.tree.tag(head) != Upos::Noun {
            return Vec::new();
        }
        self.tree
            .children_with(head, &[Dep::NmodPoss, Dep::Amod, Dep::Compound])
            .filter(|&t| t < head)
            .filter_map(|t| self.target_at(t))
            .filter(|a| self.kind(a.party.entity) != Some(EntityType::Person))
            .take(1)
            .collect()
    }

    /// *one of the officials, dozens of citizens, a statement by X*: the actor behind *of*.
    fn part_of(&self, head: TokenIdx) -> Vec<Actor> {
        let part = matches!(
            self.tree.tag(head),
            Upos::Num | Upos::Noun | Upos::Det | Upos::Pron | Upos::Adj
        );
        if !part {
            return Vec::new();
        }
        let of = self.tree.oblique(head, "of").filter(|_| {
            matches!(
                self.tree.lemma(head),
                "one"
                    | "some"
                    | "many"
                    | "most"
                    | "dozen"
                    | "hundred"
                    | "thousand"
                    | "group"
                    | "number"
                    | "member"
                    | "each"
                    | "million"
                    | "majority"
                    | "crowd"
                    | "handful"
                    | "several"
                    | "two"
                    | "three"
                    | "none"
                    | "dozens"
                    | "hundreds"
                    | "thousands"
            )
        });
        match of {
            Some(of) => self.at(of),
            None => Vec::new(),
        }
    }

    /// The name of the same entity earlier in the sentence, for a pronoun: the holder's span is the
    /// name where the sentence has one.
    fn named_in_sentence(&self, actor: Actor, kind: MentionKind) -> Actor {
        if kind != MentionKind::Pronoun {
            return actor;
        }
        let sentence = self.tree.sentence_range(self.tree.sentence(actor.token));
        let from = self
            .mentions
            .partition_point(|m| m.value.range.start() < sentence.start());
        let name = self
            .mentions
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|m| m.value.range.start() < actor.party.range.start())
            .map(|m| &m.value)
            .filter(|m| sentence.contains_range(m.range) && m.kind != MentionKind::Pronoun)
            .filter(|m| m.range.end() <= actor.party.range.start())
            .filter(|m| m.entity == Some(actor.party.entity))
            .last();
        let range = name.map_or(actor.party.range, |m| m.range);
        Actor {
            party: Party {
                range,
                ..actor.party
            },
            ..actor
        }
    }

    /// An adverbial clause that tells of something else (*while, because, if …*).
    fn aside(&self, token: TokenIdx) -> bool {
        self.tree.dep(token) == Dep::Advcl
            && !self
                .tree
                .children_with(token, &[Dep::Mark])
                .any(|m| matches!(self.tree.lower(m).as_str(), "to" | "of" | "for" | "from"))
    }

    /// The first actor inside a phrase, its own head left out; owners and adjectives count.
    pub(super) fn within(&self, head: TokenIdx, not: &[EntityId]) -> Option<Actor> {
        // What a clause behind a noun tells is about others (*accusations that …*).
        let nominal = self.tree.nominal(head);
        let near = self.tree.subtree_without(head, &|t| {
            matches!(self.tree.dep(t), Dep::AclRelcl | Dep::Parataxis)
                || self.aside(t)
                || nominal && matches!(self.tree.dep(t), Dep::Acl | Dep::Ccomp)
        });
        let fits = |a: &Actor| !not.contains(&a.party.entity);
        // Owners and adjectives of the head before anything farther away.
        let owner = self
            .tree
            .children_with(head, &[Dep::NmodPoss, Dep::Amod, Dep::Compound])
            .find_map(|t| self.target_at(t).filter(fits));
        owner.or_else(|| {
            near.into_iter()
                .filter(|&t| t != head)
                .find_map(|t| self.target_at(t).filter(fits))
        })
    }

    /// Who does what a noun names: *Velmora's demand, the Velmoran demand, a demand by Velmora,
    /// talks between Velmora and Ostmark*; else the subject of a verb that lends it one.
    pub(super) fn noun_holders(&self, noun: TokenIdx, light: bool) -> Vec<Actor> {
        let tree = self.tree;
        if let Some(owner) = tree.child(noun, Dep::NmodPoss) {
            return self.row(owner);
        }
        if let Some(by) = tree
            .oblique(noun, "by")
            .or_else(|| tree.oblique(noun, "between"))
        {
            let row = self.row(by);
            if !row.is_empty() {
                return row;
            }
        }
        let adjective = tree
            .children_with(noun, &[Dep::Amod, Dep::Compound])
            .filter(|&a| a < noun)
            .find_map(|a| self.target_at(a));
        if let Some(actor) = adjective {
            return vec![actor];
        }
        if light
            && matches!(tree.dep(noun), Dep::Obj)
            && let Some(verb) = tree.head(noun)
            && let Some(subject) = tree.doer(verb)
        {
            return self.row(subject);
        }
        // "drew criticism from Peru": who gives it may hang on the verb.
        let given = || {
            let verb = tree.head(noun).filter(|_| tree.dep(noun) == Dep::Obj)?;
            let receives = DIRECTION.has("receiving", tree.lemma(verb));
            tree.oblique(verb, "from").filter(|_| receives)
        };
        let source = tree
            .oblique(noun, "from")
            .or_else(|| tree.oblique(noun, "among"))
            .or_else(given);
        source.map(|s| self.row(s)).unwrap_or_default()
    }

    /// One party for a row of targets: the first's entity, the range of all.
    pub(super) fn as_target(&self, first: Actor) -> Party {
        let last = self
            .tree
            .children_with(first.token, &[Dep::Conj])
            .filter(|&c| !self.at(c).is_empty())
            .last();
        let range = last.map_or(first.party.range, |l| {
            first.party.range.cover(self.tree.range(l))
        });
        Party {
            entity: first.party.entity,
            range,
        }
    }

    /// Whether the cue's part of speech fits the tag.
    pub(super) fn pos(&self, token: TokenIdx) -> Option<CuePos> {
        match self.tree.tag(token) {
            Upos::Verb => Some(CuePos::Verb),
            Upos::Noun => Some(CuePos::Noun),
            Upos::Adj => Some(CuePos::Adjective),
            _ => None,
        }
    }
}

/// Words for sides or states that say nothing of whom they mean.
fn groups(word: &str) -> bool {
    matches!(
        word,
        "side" | "sides" | "country" | "countries" | "nation" | "nations"
    )
}
