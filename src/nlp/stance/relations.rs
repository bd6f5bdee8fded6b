//! Weak relations: sides that two names of a sentence take by its syntax and the words between them,
//! where no statement says so of the two.
//!
//! Less than a position: *Peru, whose trade Georgia ruined*. They are for measuring and export; no
//! panel counts them.

use crate::model::{
    Act, Confidence, Party, Polarity, Relation, Statement, Suggested, TextRange, TokenIdx,
};
use crate::nlp::attribution::cues;
use crate::nlp::stance::lexicon::{ACTS, CuePos, RELATIONS};
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::stance::{BY, Stances, events, tone};
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// Weight of words that must come together.
const LEAST: f32 = 0.35;
/// Names of a sentence that are looked at.
const MOST: usize = 12;
/// What is left of a weight one link farther from what it is about.
const FARTHER: f32 = 0.85;
/// How much of it a name does that only belongs to who does it (*Peru's envoy, a Peruvian court*).
const BELONGS: f32 = 0.52;

/// What is left of the weight of a word that is only said in the same breath.
const TOLD: f32 = 0.6;

/// How far a relation is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// What joins the two names.
    Syntax,
    /// The tone of what one of them tells too; but a name that only says where is no target.
    Told,
}

/// Returns a relation for each two names of a sentence that no statement of it sets against each other,
/// and for the names that stand beside the pronouns and descriptions of its statements.
pub(super) fn of(actors: &Actors<'_, '_, '_>, found: &Stances) -> Vec<Suggested<Relation>> {
    let tree = actors.tree;
    let mut out: Vec<Suggested<Relation>> = Vec::new();
    for number in 0..tree.doc.tokens.sentences.len() {
        let mut names = actors.names(number);
        names.truncate(MOST);
        if names.len() < 2 {
            continue;
        }
        let said: Vec<&Statement> = said(found, tree.sentence_range(number)).collect();
        for statement in &said {
            named(statement, &names, &mut out);
        }
        let mut near = Vec::new();
        let mut wide = Vec::new();
        for (at, &first) in names.iter().enumerate() {
            for &second in names.iter().skip(at + 1) {
                let (one, other) = (first.party.entity, second.party.entity);
                let shown = said.iter().any(|s| {
                    let pair = (s.holder.entity, s.target.map(|t| t.entity));
                    pair == (one, Some(other)) || pair == (other, Some(one))
                });
                if one != other && !shown {
                    for (reach, list) in [(Reach::Syntax, &mut near), (Reach::Told, &mut wide)] {
                        list.extend(surer(
                            relation(actors, first, second, reach),
                            relation(actors, second, first, reach),
                        ));
                    }
                }
            }
        }
        if said.is_empty() {
            keep_surest(near, &mut wide);
        }
        out.extend(wide);
    }
    out
}

/// Marks the surest relation by syntax, the first of equals, and adds it where the pair is read otherwise.
fn keep_surest(near: Vec<Suggested<Relation>>, wide: &mut Vec<Suggested<Relation>>) {
    let surest = near.into_iter().reduce(|best, one| {
        if one.confidence.get() > best.confidence.get() {
            one
        } else {
            best
        }
    });
    let Some(mut surest) = surest else {
        return;
    };
    if let Some(same) = wide.iter_mut().find(|w| w.value == surest.value) {
        same.value.surest = true;
    } else {
        surest.value.surest = true;
        surest.value.pair = false;
        wide.push(surest);
    }
}

/// The surer of two.
fn surer(
    left: Option<Suggested<Relation>>,
    right: Option<Suggested<Relation>>,
) -> Option<Suggested<Relation>> {
    let sure = |r: &Option<Suggested<Relation>>| r.as_ref().map_or(0.0, |r| r.confidence.get());
    if sure(&right) > sure(&left) {
        right
    } else {
        left
    }
}

/// The statements of a sentence that have a target.
fn said(found: &Stances, sentence: TextRange) -> impl Iterator<Item = &Statement> {
    let from = found
        .statements
        .partition_point(|s| s.value.evidence.cue.start() < sentence.start());
    found
        .statements
        .iter()
        .skip(from)
        .map(|s| &s.value)
        .take_while(move |s| s.evidence.cue.start() < sentence.end())
        .filter(|s| s.target.is_some())
}

/// What a statement says of *he* or *the country*, of the names in its sentence that they mean.
fn named(statement: &Statement, names: &[Actor], out: &mut Vec<Suggested<Relation>>) {
    let (Some(target), Some(polarity)) = (statement.target, statement.polarity_target) else {
        return;
    };
    if polarity == Polarity::Neutral {
        return;
    }
    let also = |party: Party| {
        let others = names
            .iter()
            .map(|a| a.party)
            .filter(move |n| n.entity == party.entity && n.range != party.range);
        std::iter::once(party).chain(others)
    };
    for holder in also(statement.holder) {
        for target in also(target) {
            let stated = holder.range == statement.holder.range
                && Some(target.range) == statement.target.map(|t| t.range);
            let range = statement.evidence.cue;
            if !stated {
                out.push(Suggested {
                    value: Relation {
                        holder,
                        target,
                        polarity,
                        act: statement.act,
                        cue: range,
                        surest: false,
                        pair: true,
                    },
                    confidence: Confidence::new(0.45),
                    by: BY.to_owned(),
                });
            }
        }
    }
}

/// The nearest verb or noun of which one does what the other is below of.
fn relation(
    actors: &Actors<'_, '_, '_>,
    holder: Actor,
    target: Actor,
    reach: Reach,
) -> Option<Suggested<Relation>> {
    let tree = actors.tree;
    let wide = reach == Reach::Told;
    if wide && only_place(tree, target.token) {
        return None;
    }
    let mut sum = 0.0;
    let mut near = 1.0;
    let mut at = target.token;
    let mut strongest: Option<(TokenIdx, f32)> = None;
    for link in 0..12 {
        let up = tree.head(at)?;
        if tree.dep(at) == Dep::Conj && up == holder.token {
            return together(actors, holder, target);
        }
        let beside = matches!(
            tree.dep(at),
            Dep::Conj | Dep::Flat | Dep::Appos | Dep::Compound
        );
        if link > 0 && !beside {
            near *= FARTHER;
        }
        let weight = weight(actors, up, at) * near;
        sum += weight;
        if weight != 0.0 && strongest.is_none_or(|(_, most)| weight.abs() > most) {
            strongest = Some((up, weight.abs()));
        }
        let tells = teller(tree, up).filter(|_| wide);
        let part = [Some(up), tells.filter(|&verb| verb != up)]
            .into_iter()
            .flatten()
            .map(|word| does(tree, word, holder.token, at))
            .fold(0.0, f32::max);
        if part > 0.0 {
            if sum.abs() < LEAST
                && let Some(tells) = tells
            {
                let (word, more) = told(tree, if tells == up { at } else { up }, tells);
                sum += more;
                strongest = strongest.or(word.map(|word| (word, more.abs())));
            }
            let (cue, _) = strongest?;
            let sum = sum * part;
            return (sum.abs() >= LEAST).then(|| written(actors, holder, target, (cue, sum)));
        }
        at = up;
    }
    None
}

/// *in Georgia*: where something is, and not whom it is about, unless somebody believes in it; *by
/// Georgia*: who does it.
fn only_place(tree: &Tree<'_, '_>, target: TokenIdx) -> bool {
    let place = ["in", "near", "by"]
        .iter()
        .any(|p| tree.has_case(target, p));
    let believed = tree.head(target).is_some_and(|over| {
        matches!(
            tree.lemma(over),
            "believe" | "trust" | "confidence" | "faith" | "interest" | "invest" | "belief"
        )
    });
    place && !believed
}

/// The verb that tells what the clause of `word` says: itself, or beside it (*“…,” Peru said*).
fn teller(tree: &Tree<'_, '_>, word: TokenIdx) -> Option<TokenIdx> {
    let says = |t: &TokenIdx| tree.tag(*t) == Upos::Verb && cues::says(tree.lemma(*t));
    Some(word)
        .filter(says)
        .or_else(|| tree.children_with(word, &[Dep::Parataxis]).find(says))
}

/// The tone of what is told, and its strongest word: who is named in it is spoken of so.
fn told(tree: &Tree<'_, '_>, content: TokenIdx, tells: TokenIdx) -> (Option<TokenIdx>, f32) {
    let mut sum = 0.0;
    let mut strongest: Option<(TokenIdx, f32)> = None;
    for token in tree.subtree_without(content, &|t| t == tells) {
        let Some(row) = tone::judges(tree, token) else {
            continue;
        };
        let turned = tree.negated(token) || tree.governor(token).is_some_and(|g| tree.negated(g));
        let weight = sign(row.side) * row.strength * if turned { -TOLD } else { TOLD };
        sum += weight;
        if strongest.is_none_or(|(_, most)| weight.abs() > most) {
            strongest = Some((token, weight.abs()));
        }
    }
    (strongest.map(|(word, _)| word), sum)
}

/// *Peru and Georgia clashed, a feud between Peru and Georgia*: what the row of both does or has.
fn together(
    actors: &Actors<'_, '_, '_>,
    holder: Actor,
    target: Actor,
) -> Option<Suggested<Relation>> {
    let tree = actors.tree;
    let over = tree.head(holder.token)?;
    let mutual = match tree.tag(over) {
        Upos::Verb => DIRECTION.has("mutual", tree.lemma(over)) && tree.object(over).is_none(),
        Upos::Noun => tree.has_case(holder.token, "between"),
        _ => false,
    };
    let sum = weight(actors, over, holder.token);
    (mutual && sum.abs() >= LEAST).then(|| written(actors, holder, target, (over, sum)))
}

/// How much of what the word names is done by `name`, as subject, agent or owner, or as who is called
/// so (*the Peru critic Ona Lind*).
fn does(tree: &Tree<'_, '_>, word: TokenIdx, name: TokenIdx, below: TokenIdx) -> f32 {
    let part = |doer: Option<TokenIdx>| {
        doer.filter(|&t| t != below)
            .map_or(0.0, |t| part_of(tree, t, name))
    };
    match tree.tag(word) {
        Upos::Verb => part(tree.doer(word)),
        Upos::Noun => {
            let owner = part(tree.maker(word));
            let before = || {
                tree.children_with(word, &[Dep::Amod, Dep::Compound])
                    .filter(|&t| t < word && t != below)
                    .map(|t| part_of(tree, t, name))
                    .find(|&p| p > 0.0)
            };
            if owner > 0.0 {
                owner
            } else if let Some(before) = before() {
                before
            } else if tree.child(word, Dep::Cop).is_some() {
                part(tree.subject(word))
            } else {
                f32::from(u8::from(called(tree, word, name, below)))
            }
        }
        Upos::Adj => part(tree.subject(word)),
        _ => 0.0,
    }
}

/// *Peru critic Ona Lind; Ona Lind, a critic of Peru*
fn called(tree: &Tree<'_, '_>, noun: TokenIdx, name: TokenIdx, below: TokenIdx) -> bool {
    let beside = matches!(tree.dep(noun), Dep::Appos | Dep::Compound | Dep::Flat);
    tree.head(noun) == Some(name) && beside
        || name != below
            && name > noun
            && tree.dep(noun) != Dep::Conj
            && tree
                .children_with(noun, &[Dep::Appos, Dep::Flat])
                .any(|c| c == name)
}

/// How much of who is named by the phrase of `doer` is `name`: all if the name heads it or stands in
/// its row, less if it only belongs to it.
fn part_of(tree: &Tree<'_, '_>, doer: TokenIdx, name: TokenIdx) -> f32 {
    let mut at = name;
    let mut links = 0;
    while at != doer {
        let nominal = matches!(
            tree.dep(at),
            Dep::NmodPoss
                | Dep::Nmod
                | Dep::Amod
                | Dep::Compound
                | Dep::Appos
                | Dep::Flat
                | Dep::Conj
                | Dep::Nummod
        );
        match tree.head(at).filter(|_| nominal && links < 12) {
            Some(head) => at = head,
            None => return 0.0,
        }
        links += 1;
    }
    let same = matches!(tree.dep(name), Dep::Conj | Dep::Appos | Dep::Flat)
        || tree.dep(doer) == Dep::Appos;
    match (links, same) {
        (0 | 1, true) | (0, false) => 1.0,
        (_, true) => 0.8,
        (_, false) => BELONGS,
    }
}

/// How far a word, what modifies it and the preposition below it speak for or against what is below.
fn weight(actors: &Actors<'_, '_, '_>, word: TokenIdx, below: TokenIdx) -> f32 {
    let tree = actors.tree;
    let Some(pos) = actors.pos(word) else {
        return 0.0;
    };
    let mut sum = own_weight(tree, pos, word);
    let modifiers = tree
        .children_with(word, &[Dep::Amod, Dep::Advmod, Dep::Compound])
        .filter(|&m| m != below);
    for modifier in modifiers {
        sum += tone::judges(tree, modifier).map_or(0.0, |j| sign(j.side) * j.strength * 0.7);
    }
    if ["against", "despite", "without", "unlike"]
        .iter()
        .any(|p| tree.has_case(below, p))
    {
        sum = -sum.abs().max(0.5);
    }
    if tree.negated(word) { -sum } else { sum }
}

/// The weight of a word by itself. Talking with somebody, giving way and drawing back take no side; a verb
/// that judges (*lied*) judges more who does it than whom it is done to.
fn own_weight(tree: &Tree<'_, '_>, pos: CuePos, word: TokenIdx) -> f32 {
    let act = ACTS
        .of(pos, tree.lemma(word))
        .iter()
        .filter(|p| p.needs.iter().all(|need| events::met(tree, word, need)))
        .max_by(|a, b| {
            let by_needs = a.needs.len().cmp(&b.needs.len());
            by_needs.then(a.sure.total_cmp(&b.sure))
        });
    if let Some(act) = act.filter(|p| p.to_target != Polarity::Neutral) {
        let no_side = matches!(act.act, Act::Consult | Act::Retreat | Act::Concede);
        return if no_side {
            0.0
        } else {
            sign(act.to_target) * act.sure
        };
    }
    let related = RELATIONS
        .get(&pos)
        .and_then(|words| words.get(tree.lemma(word)))
        .copied();
    let judged = || {
        let share = if pos == CuePos::Verb { 0.5 } else { 1.0 };
        tone::judges(tree, word).map_or(0.0, |j| sign(j.side) * j.strength * share)
    };
    related.map_or_else(judged, |j| sign(j.side) * j.strength)
}

fn sign(side: Polarity) -> f32 {
    match side {
        Polarity::Support => 1.0,
        Polarity::Neutral => 0.0,
        Polarity::Oppose => -1.0,
    }
}

fn written(
    actors: &Actors<'_, '_, '_>,
    holder: Actor,
    target: Actor,
    (cue, sum): (TokenIdx, f32),
) -> Suggested<Relation> {
    let polarity = if sum < 0.0 {
        Polarity::Oppose
    } else {
        Polarity::Support
    };
    let act = if sum < 0.0 { Act::Accuse } else { Act::Support };
    Suggested {
        value: Relation {
            holder: holder.party,
            target: target.party,
            polarity,
            act,
            cue: actors.tree.range(cue),
            surest: false,
            pair: true,
        },
        confidence: Confidence::new((sum.abs() * 0.3).min(0.45)),
        by: BY.to_owned(),
    }
}
