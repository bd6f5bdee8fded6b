//! `acts.tsv` and `evaluations.tsv`: predicates, their frames, and words that judge.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Act, Polarity};
use crate::nlp::attribution::cues;
use crate::nlp::lexicon::rows;
use crate::nlp::stance::sides::DIRECTION;
use crate::nlp::stance::word::lemmas_of;

/// Part of speech of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CuePos {
    Verb,
    Noun,
    Adjective,
}

impl CuePos {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "v" => Self::Verb,
            "n" => Self::Noun,
            "a" => Self::Adjective,
            _ => return None,
        })
    }
}

/// What must stand beside the cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Need {
    /// A particle or preposition.
    With(&'static str),
    /// An object with one of these heads.
    Object(Vec<&'static str>),
    /// An auxiliary.
    Aux(&'static str),
    /// An infinitive: *told him to go*.
    Infinitive,
    /// An infinitive of one's own: *wants to go*.
    OwnInfinitive,
}

/// Which fillers a slot takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Only {
    Any,
    Actor,
    Thing,
}

/// Where a target or issue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Obj(Only),
    Iobj,
    Xcomp,
    Ccomp,
    Advcl,
    Prep(&'static str, Only),
    ClauseSubject,
    InObject,
    InIssue,
    Subject,
}

/// Slots in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Frame {
    pub(crate) target: Vec<Slot>,
    pub(crate) issue: Vec<Slot>,
}

/// A reading of a cue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Predicate {
    pub(crate) needs: Vec<Need>,
    pub(crate) act: Act,
    pub(crate) frame: &'static str,
    pub(crate) to_target: Polarity,
    pub(crate) to_issue: Polarity,
    pub(crate) sure: f32,
}

/// All predicates and frames.
#[derive(Debug, Default)]
pub(crate) struct Acts {
    predicates: BTreeMap<CuePos, BTreeMap<&'static str, Vec<Predicate>>>,
    frames: BTreeMap<&'static str, Frame>,
}

/// The acts that are built in.
pub(crate) static ACTS: LazyLock<Acts> =
    LazyLock::new(|| Acts::parse(include_str!("../../../assets/lexicons/acts.tsv")));

impl Acts {
    fn parse(file: &'static str) -> Self {
        let mut acts = Self::default();
        for row in rows(file) {
            if let [name, target, issue] = row[..]
                && let Some(name) = name.strip_prefix('@')
            {
                let frame = Frame {
                    target: slots(target),
                    issue: slots(issue),
                };
                acts.frames.insert(name, frame);
            } else if let [cues, pos, act, frame, to_target, to_issue, sure] = row[..] {
                let (Some(pos), Ok(act)) = (CuePos::parse(pos), act.parse()) else {
                    continue;
                };
                for cue in cues.split(',').map(str::trim) {
                    let Some((lemma, needs)) = needs(cue) else {
                        continue;
                    };
                    let list = acts
                        .predicates
                        .entry(pos)
                        .or_default()
                        .entry(lemma)
                        .or_default();
                    list.push(Predicate {
                        needs,
                        act,
                        frame,
                        to_target: side(to_target),
                        to_issue: side(to_issue),
                        sure: sure.parse().unwrap_or(0.5),
                    });
                    // The reading that asks for most is tried first; an object asks for more.
                    list.sort_by_key(|p| {
                        let object = p.needs.iter().any(|n| matches!(n, Need::Object(_)));
                        (std::cmp::Reverse(p.needs.len()), !object)
                    });
                }
            }
        }
        acts
    }

    pub(crate) fn of(&self, pos: CuePos, lemma: &str) -> &[Predicate] {
        self.predicates
            .get(&pos)
            .and_then(|words| words.get(lemma))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    pub(crate) fn frame(&self, name: &str) -> Option<&Frame> {
        self.frames.get(name)
    }
}

fn side(sign: &str) -> Polarity {
    match sign {
        "+" => Polarity::Support,
        "-" => Polarity::Oppose,
        _ => Polarity::Neutral,
    }
}

fn needs(cue: &'static str) -> Option<(&'static str, Vec<Need>)> {
    let mut words = cue.split_whitespace();
    let lemma = words.next()?;
    let needs = words
        .map(|word| {
            if word == ">inf" {
                Need::Infinitive
            } else if word == ">self" {
                Need::OwnInfinitive
            } else if let Some(heads) = word.strip_prefix(':') {
                Need::Object(heads.split('|').collect())
            } else if let Some(aux) = word.strip_prefix('~') {
                Need::Aux(aux)
            } else {
                Need::With(word.strip_prefix('+').unwrap_or(word))
            }
        })
        .collect();
    Some((lemma, needs))
}

fn slots(field: &'static str) -> Vec<Slot> {
    field
        .split_whitespace()
        .map(|word| {
            let (name, only) = if let Some(name) = word.strip_suffix('@') {
                (name, Only::Actor)
            } else if let Some(name) = word.strip_suffix('#') {
                (name, Only::Thing)
            } else {
                (word, Only::Any)
            };
            match name {
                "obj" => Slot::Obj(only),
                "iobj" => Slot::Iobj,
                "xcomp" => Slot::Xcomp,
                "ccomp" => Slot::Ccomp,
                "advcl" => Slot::Advcl,
                "csubj" => Slot::ClauseSubject,
                "in(obj)" => Slot::InObject,
                "in(issue)" => Slot::InIssue,
                "subj" => Slot::Subject,
                preposition => Slot::Prep(preposition, only),
            }
        })
        .collect()
}

/// How a word judges: side and strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) side: Polarity,
    pub(crate) strength: f32,
}

/// Words that judge, by part of speech and lemma.
pub(crate) type Judging = BTreeMap<CuePos, BTreeMap<&'static str, Judgement>>;

/// `evaluations.tsv`.
pub(crate) static JUDGEMENTS: LazyLock<Judging> =
    LazyLock::new(|| judging(include_str!("../../../assets/lexicons/evaluations.tsv")));

/// `relations.tsv`.
pub(crate) static RELATIONS: LazyLock<Judging> =
    LazyLock::new(|| judging(include_str!("../../../assets/lexicons/relations.tsv")));

fn judging(file: &'static str) -> Judging {
    let mut map = Judging::new();
    for row in rows(file) {
        let [words, pos, sign, strength] = row[..] else {
            continue;
        };
        let Some(pos) = CuePos::parse(pos) else {
            continue;
        };
        let judgement = Judgement {
            side: side(sign),
            strength: strength.parse().unwrap_or(0.5),
        };
        for word in words.split(',').map(str::trim) {
            map.entry(pos).or_default().entry(word).or_insert(judgement);
        }
    }
    map
}

/// Whether a verb does something by speaking of it (*condemned, called for, endorsed*), so that what
/// it takes is what somebody said about.
///
/// `with` says whether a particle or preposition stands beside the verb.
pub(crate) fn speaks_of(lemma: &str, with: &dyn Fn(&str) -> bool) -> bool {
    ACTS.of(CuePos::Verb, lemma).iter().any(|p| {
        let spoken = matches!(
            p.act,
            Act::Request | Act::Reject | Act::Accuse | Act::Support | Act::Threaten
        );
        let met = |need: &Need| matches!(need, Need::With(word) if with(word));
        spoken && p.sure > 0.65 && p.needs.iter().all(met)
    })
}

/// Returns the verb of the lexicons that a word in *-s* is a form of.
pub(crate) fn verb_of(word: &str) -> Option<String> {
    word.ends_with('s').then_some(())?;
    lemmas_of(word).into_iter().find(|lemma| {
        let act = ACTS
            .of(CuePos::Verb, lemma)
            .iter()
            .any(|p| p.sure >= 0.5 && p.needs.is_empty());
        act || cues::VERBS.contains_key(lemma.as_str())
    })
}

/// Whether a verb of the lexicons is no noun as well (*withdraw*, not *back*).
pub(crate) fn verb_only(lemma: &str) -> bool {
    !is_act_noun(lemma)
        && !cues::NOUNS.contains_key(lemma)
        && !DIRECTION.has("also_noun", lemma)
        && !lemma.ends_with("tion")
}

/// Whether a noun names an act (*Velstadt's demand*).
pub(crate) fn is_act_noun(lemma: &str) -> bool {
    !ACTS.of(CuePos::Noun, lemma).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_acts_parses() {
        let file = include_str!("../../../assets/lexicons/acts.tsv");
        for row in rows(file) {
            if row[0].starts_with('@') {
                assert_eq!(row.len(), 3, "{row:?}");
                continue;
            }
            assert_eq!(row.len(), 7, "{row:?}");
            assert!(CuePos::parse(row[1]).is_some(), "{row:?}");
            assert!(row[2].parse::<Act>().is_ok(), "{row:?}");
            assert!(ACTS.frame(row[3]).is_some(), "{row:?}");
            assert!(row[6].parse::<f32>().is_ok(), "{row:?}");
        }
    }

    #[test]
    fn reading_that_asks_for_more_comes_first() {
        let readings = ACTS.of(CuePos::Verb, "call");
        assert!(!readings[0].needs.is_empty());
        assert!(Act::ALL.into_iter().all(|act| {
            ACTS.predicates
                .values()
                .flat_map(BTreeMap::values)
                .flatten()
                .any(|p| p.act == act)
        }));
    }
}
