//! Statements: who takes which position towards whom or what, after the statements guideline.
//!
//! Predicates and their frames are data (`assets/lexicons/acts.tsv`, after CAMEO's verb patterns and
//! PLOVER); the tree gives holder, target and issue; what is said without such a predicate is read
//! by its modal or judging word (`says`). Every statement has a cue and a sentence; coordinated
//! holders give one each.
//! Not here: who counts for which state (`analysis`), grouping of issues by a person.

mod dates;
mod events;
mod frames;
mod issue;
mod lexicon;
mod parties;
mod relations;
mod says;
mod sides;
mod sure;
mod tone;
mod word;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{
    Act, Attribution, DateSource, EntityId, EntityProposal, Evidence, Factuality, IssueId,
    IssuePhrase, IssueProposal, Mention, Party, Polarity, Relation, Statement, StatementDate,
    Suggested, TextRange, Timex, TokenIdx,
};
use crate::nlp::stance::dates::Dates;
use crate::nlp::stance::events::Event;
use crate::nlp::stance::frames::Filled;
use crate::nlp::stance::issue::Phrase;
use crate::nlp::stance::lexicon::CuePos;
use crate::nlp::stance::parties::{Actor, Actors};
use crate::nlp::tree::Tree;
use crate::nlp::{Doc, attribution};

pub(crate) use lexicon::{is_act_noun, speaks_of, verb_of, verb_only};
pub use word::act_of;

/// Name and version of the layer.
const BY: &str = "stance 0.1";
/// Readings less sure than this are not suggested.
const FLOOR: f32 = 0.2;
/// Sentences over which a speech keeps the date that one of them gives.
const SPEECH: usize = 6;

/// What the layers before found.
#[derive(Debug, Clone, Copy)]
pub struct Before<'l> {
    /// Linked mentions.
    pub mentions: &'l [Suggested<Mention>],
    /// Their entities.
    pub entities: &'l BTreeMap<EntityId, EntityProposal>,
    /// Time expressions.
    pub timexes: &'l [Suggested<Timex>],
    /// Attributions.
    pub attributions: &'l [Suggested<Attribution>],
    /// Publication date.
    pub dct: Option<Date>,
}

/// Statements and the issues that they speak of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stances {
    /// By cue.
    pub statements: Vec<Suggested<Statement>>,
    /// In their plainest form.
    pub issues: BTreeMap<IssueId, IssueProposal>,
    /// Weak relations of two names that no statement shows.
    pub relations: Vec<Suggested<Relation>>,
}

/// Whose words a statement is in.
fn speaker(s: &Statement) -> EntityId {
    s.reporter.map_or(s.holder.entity, |r| r.entity)
}

/// Returns the statements of a text.
///
/// # Errors
/// When cancelled.
pub fn statements(
    doc: &Doc<'_>,
    before: Before<'_>,
    cancel: &Cancel,
) -> Result<Stances, Cancelled> {
    let times = before.timexes.iter().map(|found| found.value.range);
    let tree = Tree::new(doc).with_times(times);
    let mut actors = Actors::new(&tree, before.mentions, before.entities);
    actors.hear(before.attributions);
    let mut events = Vec::new();
    for number in 0..doc.tokens.sentences.len() {
        cancel.check()?;
        let found: Vec<Event> = tree
            .in_sentence(number)
            .filter_map(|token| events::at(&actors, token))
            .collect();
        events.extend(outer(&actors, &found));
    }
    let reader = Reader {
        tree: &tree,
        actors: &actors,
        before,
        dates: Dates::new(before.timexes, before.dct),
    };
    let mut out = Stances::default();
    for event in &events {
        cancel.check()?;
        reader.event(event, &mut out);
    }
    let cues: BTreeSet<TokenIdx> = events.iter().map(|e| e.cue).collect();
    for said in says::positions(&actors, before.attributions, &|t| cues.contains(&t)) {
        reader.said(&said, &mut out);
    }
    reader.date_speeches(&mut out);
    once_each(&mut out);
    out.relations = relations::of(&actors, &out);
    Ok(out)
}

/// Leaves out acts that are only the content of another (*urged it to free the crew*).
fn outer(actors: &Actors<'_, '_, '_>, found: &[Event]) -> Vec<Event> {
    let tree = actors.tree;
    let inner = |e: &Event| {
        found.iter().any(|o| {
            if o.cue == e.cue || !tree.dominates(o.cue, e.cue) || events::only_tells(tree, o.cue) {
                return false;
            }
            if e.pos == CuePos::Noun {
                // A noun with an actor of its own is an act of its own.
                let same = e
                    .holders
                    .iter()
                    .all(|h| o.holders.iter().any(|x| x.party.entity == h.party.entity));
                return same && o.pos != CuePos::Noun;
            }
            complement_of(actors, o.cue, e.cue)
        })
    };
    found.iter().filter(|e| !inner(e)).cloned().collect()
}

/// Whether the way up from `cue` to `over` is one of complements, and not of adverbial, relative or
/// coordinated clauses.
fn complement_of(actors: &Actors<'_, '_, '_>, over: TokenIdx, cue: TokenIdx) -> bool {
    use crate::nlp::Dep;
    let tree = actors.tree;
    let mut at = cue;
    let mut complement = false;
    for _ in 0..20 {
        let Some(head) = tree.head(at) else {
            return false;
        };
        match tree.dep(at) {
            Dep::Xcomp | Dep::Ccomp | Dep::Acl => complement = true,
            Dep::Advcl => {
                let of = tree.children_with(at, &[Dep::Mark]).any(|m| {
                    matches!(
                        tree.lower(m).as_str(),
                        "of" | "for" | "from" | "to" | "that"
                    )
                });
                if !of {
                    return false;
                }
                complement = true;
            }
            Dep::AclRelcl | Dep::Parataxis => return false,
            Dep::Conj if head == over => return false,
            // "agreed to add members but did not accede": a finite verb is coordinated with the
            // finite one, whatever the parser says.
            Dep::Conj if at == cue && tree.finite(at) && !tree.finite(head) => return false,
            _ => {}
        }
        if head == over {
            return complement;
        }
        if tree.dep(at) == Dep::Acl && tree.owner(head).is_some() {
            return false;
        }
        at = head;
    }
    false
}

/// What making a statement needs.
struct Reader<'r, 'd, 'a> {
    tree: &'r Tree<'d, 'a>,
    actors: &'r Actors<'r, 'd, 'a>,
    before: Before<'r>,
    dates: Dates<'r>,
}

/// A position of one holder, ready to be written out.
struct Draft {
    holder: Actor,
    target: Option<Party>,
    issue: Option<Phrase>,
    act: Act,
    cue: TokenIdx,
    range: TextRange,
    sides: (Polarity, Polarity),
    /// Read from what is said: its tense is that of what is judged, not of the saying.
    spoken: bool,
    sure: f32,
}

impl Reader<'_, '_, '_> {
    fn event(&self, event: &Event, out: &mut Stances) {
        let holders = &event.holders;
        for holder in holders {
            let mut filled = frames::fill(self.actors, event, holder.party.entity);
            let each_other = || {
                let object = self.tree.object(event.cue);
                let with = ["with", "of", "against", "on", "at"]
                    .into_iter()
                    .find_map(|p| self.tree.oblique(event.cue, p));
                [object, with]
                    .into_iter()
                    .flatten()
                    .any(|t| frames::reciprocal(self.tree, t))
            };
            if filled.target.is_none() && holders.len() == 2 && (together(event) || each_other()) {
                filled.target = holders
                    .iter()
                    .copied()
                    .find(|h| h.party.entity != holder.party.entity);
            }
            // A noun that says nothing more only points back to what was told.
            let empty = filled.issues.is_empty() && (filled.target.is_none() || filled.pointed);
            if event.pos == CuePos::Noun && empty {
                continue;
            }
            self.write(event, *holder, &filled, out);
        }
    }

    fn write(&self, event: &Event, holder: Actor, filled: &Filled, out: &mut Stances) {
        let issues: Vec<Option<Phrase>> = if filled.issues.is_empty() {
            vec![None]
        } else {
            filled.issues.iter().copied().map(Some).collect()
        };
        for (issue, target) in issues.into_iter().flat_map(|issue| {
            self.targets(holder, filled)
                .into_iter()
                .map(move |target| (issue, target))
        }) {
            let to_target = match event.act {
                Act::Request => match sides::requested(self.tree, issue.map(|i| i.head)) {
                    Polarity::Neutral => event.to_target,
                    turned => turned,
                },
                _ if filled.turned => event.to_target.reversed(),
                _ => event.to_target,
            };
            let draft = Draft {
                holder,
                target,
                issue,
                act: event.act,
                cue: event.cue,
                range: self
                    .tree
                    .range(event.cue)
                    .cover(self.tree.range(event.last)),
                sides: (to_target, event.to_issue),
                spoken: false,
                sure: event.sure * (0.5 + holder.sure / 2.0),
            };
            self.push(&draft, out);
        }
    }

    /// One target for a row of names; each member of *both countries*.
    fn targets(&self, holder: Actor, filled: &Filled) -> Vec<Option<Party>> {
        let Some(target) = filled.target else {
            return vec![None];
        };
        let members = self.actors.at(target.token).into_iter().map(|a| a.party);
        let members: Vec<_> = members
            .filter(|m| m.range == target.party.range && m.entity != holder.party.entity)
            .map(Some)
            .collect();
        if members.len() > 1 {
            members
        } else {
            vec![Some(self.actors.as_target(target))]
        }
    }

    fn said(&self, said: &says::Said, out: &mut Stances) {
        let issue = said.filled.issues.first().copied();
        let to_target = match said.act {
            Act::Request => sides::requested(self.tree, Some(said.cue)),
            _ => said.to_issue,
        };
        let draft = Draft {
            holder: said.speaker,
            target: said.filled.target.map(|t| self.actors.as_target(t)),
            issue,
            act: said.act,
            cue: said.cue,
            range: said.range,
            sides: (to_target, said.to_issue),
            spoken: true,
            sure: said.sure,
        };
        self.push(&draft, out);
    }

    fn push(&self, draft: &Draft, out: &mut Stances) {
        let tree = self.tree;
        let range = draft.issue.map(|i| i.range);
        let date = self.dates.of(tree, draft.cue, range);
        let past = self.dates.past(tree, draft.cue, date.as_ref());
        let factuality = match sides::factuality(tree, draft.cue, draft.act, past) {
            Factuality::Planned | Factuality::Denied if draft.spoken => Factuality::Asserted,
            other => other,
        };
        let issue = draft.issue.map(|phrase| {
            let plain = issue::plain(tree, phrase.range);
            let id = issue::id(&plain);
            let label = issue::label(tree.doc.slice(phrase.range));
            out.issues
                .entry(id)
                .or_insert_with(|| IssueProposal { name: plain });
            IssuePhrase {
                label,
                range: Some(phrase.range),
                issue: Some(id),
            }
        });
        let (act, sides) = denied(draft.act, draft.sides, factuality);
        let holder = draft.holder.party;
        let statement = Statement {
            holder,
            speaks_for: self.speaks_for(holder.entity, date.as_ref()),
            polarity_target: draft.target.is_some().then_some(sides.0),
            target: draft.target,
            polarity_issue: issue.is_some().then_some(sides.1),
            issue,
            act,
            factuality,
            date,
            evidence: Evidence {
                cue: draft.range,
                sentence: tree.sentence_range(tree.sentence(draft.cue)),
            },
            reporter: self.reporter(draft.range, holder),
        };
        // What even its rule doubts is not suggested.
        if draft.sure < FLOOR {
            return;
        }
        out.statements.push(Suggested {
            confidence: sure::sure(&statement, draft.sure),
            value: statement,
            by: BY.to_owned(),
        });
    }

    /// Sayings that their sentence does not date, by the nearest dated one of the same speaker
    /// (*made the remark on Sunday*).
    fn date_speeches(&self, out: &mut Stances) {
        let at = |cue: TextRange| self.tree.at(cue.start()).map(|t| self.tree.sentence(t));
        let dated = self.dated_speeches(out);
        for s in out.statements.iter_mut().map(|s| &mut s.value) {
            let open = s
                .date
                .as_ref()
                .is_none_or(|d| matches!(d.source, DateSource::Article | DateSource::Narrative));
            let Some(number) = at(s.evidence.cue).filter(|_| open && said(s.act)) else {
                continue;
            };
            if s.factuality == Factuality::Historical {
                continue;
            }
            let Some(theirs) = dated.get(&speaker(s)) else {
                continue;
            };
            let from = theirs.partition_point(|(near, _)| near + SPEECH < number);
            let nearest = theirs
                .iter()
                .skip(from)
                .take_while(|(near, _)| *near <= number + SPEECH)
                .min_by_key(|(near, _)| (near.abs_diff(number), *near > number));
            if let Some((_, date)) = nearest {
                s.date = Some(StatementDate {
                    source: DateSource::Sentence,
                    ..date.clone()
                });
            }
        }
    }

    /// What each speaker said on a date that its clause gives: sentence and date, in text order and at
    /// most one a sentence, so that the nearest is found without looking at all.
    fn dated_speeches(&self, out: &Stances) -> BTreeMap<EntityId, Vec<(usize, StatementDate)>> {
        let mut dated: BTreeMap<EntityId, Vec<(usize, StatementDate)>> = BTreeMap::new();
        for attribution in self.before.attributions.iter().map(|a| &a.value) {
            let Some(cue) = attribution.cue.first().and_then(|&c| self.tree.head_of(c)) else {
                continue;
            };
            let date = self
                .dates
                .of(self.tree, cue, attribution.content.first().copied());
            let own = date.filter(|d| d.source == DateSource::Clause);
            if let (Some(date), Some(who)) = (own, self.actors.source(attribution)) {
                let theirs = dated.entry(who.party.entity).or_default();
                theirs.push((self.tree.sentence(cue), date));
            }
        }
        for s in out.statements.iter().map(|s| &s.value) {
            let own = s.date.as_ref().filter(|d| d.source == DateSource::Clause);
            let told = !matches!(s.factuality, Factuality::Historical | Factuality::Planned);
            let number = self.tree.at(s.evidence.cue.start());
            if let (Some(date), Some(token), true) = (own, number, told && said(s.act)) {
                let theirs = dated.entry(speaker(s)).or_default();
                theirs.push((self.tree.sentence(token), date.clone()));
            }
        }
        for theirs in dated.values_mut() {
            theirs.sort_by_key(|(number, _)| *number);
            theirs.dedup_by_key(|(number, _)| *number);
        }
        dated
    }

    /// Whom the holder speaks for at the date of the act; a date without a year says nothing.
    fn speaks_for(&self, entity: EntityId, date: Option<&StatementDate>) -> Option<EntityId> {
        let day = date
            .and_then(|date| date.value.span())
            .map(|span| span.first.to_string())
            .or_else(|| self.before.dct.map(|day| day.to_string()));
        let row = &self.before.entities.get(&entity)?.entity;
        let of = match day {
            Some(day) => row.acts_for_at(Some(&day)),
            None => row.acts_for(),
        };
        of.filter(|&of| of != entity)
    }

    /// The innermost source of what is said around the cue, if it is somebody else.
    fn reporter(&self, cue: TextRange, holder: Party) -> Option<Party> {
        self.before
            .attributions
            .iter()
            .filter(|a| a.confidence.get() > attribution::TOPIC)
            .map(|a| &a.value)
            .filter(|a| a.content.iter().any(|c| c.contains_range(cue)))
            .min_by_key(|a| a.content.iter().map(|c| u32::from(c.len())).sum::<u32>())
            .and_then(|a| self.actors.source(a))
            .map(|source| source.party)
            .filter(|source| source.entity != holder.entity)
    }
}

/// Acts that happen in the saying.
fn said(act: Act) -> bool {
    matches!(
        act,
        Act::Agree
            | Act::Support
            | Act::Concede
            | Act::Request
            | Act::Accuse
            | Act::Reject
            | Act::Threaten
    )
}

/// Acts that two do with each other.
fn together(event: &Event) -> bool {
    event.frame == "with"
        || event.act == Act::Assault && event.pos == CuePos::Noun
        || matches!(event.act, Act::Consult | Act::Cooperate)
}

/// A denied support is no support: what it says is a refusal; a denied blow leaves no side.
fn denied(
    act: Act,
    sides: (Polarity, Polarity),
    factuality: Factuality,
) -> (Act, (Polarity, Polarity)) {
    if factuality != Factuality::Denied {
        return (act, sides);
    }
    match act {
        Act::Support | Act::Agree | Act::Concede => {
            (Act::Reject, (Polarity::Oppose, Polarity::Oppose))
        }
        _ => (act, sides),
    }
}

/// The same act of the same holder towards the same target and issue in one sentence is said once.
fn once_each(out: &mut Stances) {
    out.statements.sort_by_key(|s| {
        let v = &s.value;
        (
            v.evidence.cue.start(),
            v.evidence.cue.end(),
            v.holder.range.start(),
        )
    });
    let mut kept: Vec<Suggested<Statement>> = Vec::new();
    for s in out.statements.drain(..) {
        let twin = kept.iter_mut().find(|k| same(&k.value, &s.value));
        match twin {
            Some(twin) if twin.confidence.get() < s.confidence.get() => *twin = s,
            Some(_) => {}
            None => kept.push(s),
        }
    }
    kept.sort_by_key(|s| (s.value.evidence.cue.start(), s.value.evidence.cue.end()));
    out.statements = kept;
}

fn same(a: &Statement, b: &Statement) -> bool {
    let issue = |s: &Statement| s.issue.as_ref().and_then(|i| i.range);
    let near = match (issue(a), issue(b)) {
        (Some(x), Some(y)) => x.intersect(y).is_some_and(|both| !both.is_empty()),
        _ => true,
    };
    let target = |s: &Statement| s.target.map(|t| t.entity);
    let toward = target(a).is_none() || target(b).is_none() || target(a) == target(b);
    a.evidence.sentence == b.evidence.sentence
        && a.holder.entity == b.holder.entity
        && a.act == b.act
        && near
        && toward
        && (a.evidence.cue == b.evidence.cue
            || issue(a).is_none()
            || issue(b).is_none()
            || issue(a) == issue(b))
}

#[cfg(test)]
mod tests;
