//! What follows the field: edges, finer types, names that only lists and patterns know, a second look over the
//! whole text, nested names, and what a person decided.

mod agree;
mod mend;
mod parts;

use crate::model::{Confidence, EntityType, Mention, MentionKind, Suggested, TextRange, TokenIdx};
use crate::nlp::words::{Kind as Shape, Word};
use crate::nlp::{Doc, Known, Upos};

use super::chain::Kind;
use super::gazetteer::{Gazetteer, cue, is};

/// A name found: its tokens, its type, how sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) entity_type: EntityType,
    pub(super) sure: f32,
}

/// How sure a name is that only a list or pattern found.
const LISTED: f32 = 0.8;

/// Name and version of this layer.
const BY: &str = "ner 0.2";

pub(super) fn plain_type(kind: Kind) -> EntityType {
    match kind {
        Kind::Person => EntityType::Person,
        Kind::Organisation => EntityType::Organisation,
        Kind::Location => EntityType::Place,
        Kind::Norp => EntityType::Norp,
        Kind::Event => EntityType::Event,
    }
}

struct Rules<'r> {
    doc: &'r Doc<'r>,
    words: &'r [Word],
    gazetteer: &'r Gazetteer,
}

/// Turns what the field found into mentions.
pub(super) fn finish(
    doc: &Doc<'_>,
    words: &[Word],
    mut found: Vec<Found>,
    gazetteer: &Gazetteer,
    known: &Known,
) -> Vec<Suggested<Mention>> {
    let rules = Rules {
        doc,
        words,
        gazetteer,
    };
    for name in &mut found {
        rules.trim(name);
    }
    found.retain(|name| name.first < name.end);
    rules.mend_each(&mut found);
    rules.listed(&mut found);
    rules.patterns(&mut found);
    rules.agree(&mut found);
    rules.short_names(&mut found);
    rules.acronyms(&mut found);
    rules.careless(&mut found);
    rules.authors(&mut found);
    for name in &mut found {
        rules.refine(name);
    }
    rules.nested(&mut found);
    let mut out: Vec<_> = found
        .iter()
        .filter_map(|name| rules.mention(name))
        .collect();
    obey(doc, known, &mut out);
    out.sort_by_key(|m| {
        (
            m.value.range.start(),
            std::cmp::Reverse(m.value.range.end()),
        )
    });
    out.dedup_by_key(|m| m.value.range);
    out
}

impl Rules<'_> {
    fn text(&self, at: usize) -> &str {
        u32::try_from(at).map_or("", |at| self.doc.word(TokenIdx(at)))
    }

    fn cues(&self, at: usize) -> u32 {
        self.words
            .get(at)
            .map_or(0, |word| self.gazetteer.cues(word))
    }

    /// What a word says that does not stand in the text.
    fn cues_of(&self, word: &str) -> u32 {
        self.gazetteer.cues(&Word::of(word, &mut Vec::new()))
    }

    fn listed_as(&self, name: &Found) -> u32 {
        self.words
            .get(name.first..name.end)
            .map_or(0, |words| self.gazetteer.exactly(words))
    }

    fn range(&self, first: usize, end: usize) -> Option<TextRange> {
        let first = self.doc.range(TokenIdx(u32::try_from(first).ok()?))?;
        let last = self
            .doc
            .range(TokenIdx(u32::try_from(end.checked_sub(1)?).ok()?))?;
        Some(first.cover(last))
    }

    /// No *the* before, no *'s* or mark behind, no title before a person.
    fn trim(&self, name: &mut Found) {
        let whole = self.listed_as(name) != 0;
        while name.first < name.end {
            let word = self.text(name.first);
            let drop = matches!(
                word,
                "the" | "The" | "THE" | "a" | "an" | "\"" | "“" | "‘" | "-" | ","
            ) && !(whole && word == "The");
            let title = name.entity_type == EntityType::Person
                && name.end - name.first > 1
                && self.cues(name.first) & cue::TITLE != 0;
            if !drop && !title {
                break;
            }
            name.first += 1;
        }
        while name.first < name.end
            && matches!(
                self.text(name.end - 1),
                "'s" | "’s" | "'" | "’" | "\"" | "”" | "," | "-" | "." | ";" | ":"
            )
        {
            name.end -= 1;
        }
    }

    /// Tells states, facilities, agreements, events and weapons from what the field took them for.
    fn refine(&self, name: &mut Found) {
        let bits = self.listed_as(name);
        let last = self.cues(name.end - 1);
        let first = self.cues(name.first);
        let long = name.end - name.first > 1;
        let of = long && matches!(self.text(name.first + 1), "of" | "on");
        name.entity_type = match name.entity_type {
            EntityType::Place if bits & is::STATE != 0 => EntityType::State,
            EntityType::Norp
                if bits & is::STATE != 0 && bits & (is::ADJECTIVE | is::DEMONYM) == 0 =>
            {
                EntityType::State
            }
            EntityType::Norp if self.is_country_word(name, bits) => EntityType::State,
            EntityType::Place | EntityType::Person
                if bits & is::ORGANISATION != 0
                    && bits & (is::PLACE | is::CAPITAL | is::HOUSE) == 0
                    && first & cue::FIRST == 0 =>
            {
                EntityType::Organisation
            }
            EntityType::Place | EntityType::Organisation if bits & is::WEAPON != 0 => {
                EntityType::Weapon
            }
            EntityType::Place | EntityType::Organisation | EntityType::Event
                if bits & is::AGREEMENT != 0 =>
            {
                EntityType::Agreement
            }
            EntityType::Place | EntityType::Organisation if bits & is::EVENT != 0 => {
                EntityType::Event
            }
            EntityType::Place if bits & is::FACILITY != 0 || long && last & cue::FACILITY != 0 => {
                EntityType::Facility
            }
            EntityType::Organisation if bits & is::FACILITY != 0 => EntityType::Facility,
            EntityType::Place | EntityType::Organisation | EntityType::Event
                if long && (last & cue::AGREEMENT != 0 || of && first & cue::AGREEMENT != 0) =>
            {
                EntityType::Agreement
            }
            EntityType::Place | EntityType::Organisation if long && last & cue::EVENT != 0 => {
                EntityType::Event
            }
            other => other,
        };
    }

    /// *U.S.* is name and adjective of a state: it is the state in both.
    fn is_country_word(&self, name: &Found, bits: u32) -> bool {
        bits & is::STATE != 0
            && self
                .words
                .get(name.first)
                .is_some_and(|word| word.kind == Shape::Upper)
    }

    /// Names that the field missed and the lists know; a list also mends the edges of a part found.
    fn listed(&self, found: &mut Vec<Found>) {
        let sure_lists = is::STATE
            | is::ADJECTIVE
            | is::DEMONYM
            | is::ORGANISATION
            | is::NORP
            | is::AGREEMENT
            | is::EVENT
            | is::FACILITY
            | is::WEAPON;
        let mut covered = self.covered(found);
        for sentence in &self.doc.tokens.sentences {
            let (start, end) = (sentence.first.0 as usize, sentence.end.0 as usize);
            let Some(words) = self.words.get(start..end) else {
                continue;
            };
            for hit in self.gazetteer.hits(words) {
                let (first, end) = (hit.first + start, hit.end + start);
                if hit.bits & sure_lists == 0 || !self.is_name(first, end) {
                    continue;
                }
                let long = end - first > 1;
                let Some(entity_type) = listed_type(hit.bits, long) else {
                    continue;
                };
                let here = covered.get_mut(first..end).unwrap_or_default();
                if !here.contains(&true) {
                    if self.safe_alone(first, hit.bits, long) {
                        here.fill(true);
                        found.push(Found {
                            first,
                            end,
                            entity_type,
                            sure: LISTED,
                        });
                    }
                } else if long {
                    Self::mend(
                        found,
                        Found {
                            first,
                            end,
                            entity_type,
                            sure: LISTED,
                        },
                    );
                }
            }
        }
    }

    /// Which words belong to a name.
    fn covered(&self, found: &[Found]) -> Vec<bool> {
        let mut covered = vec![false; self.words.len()];
        for at in found.iter().flat_map(|name| name.first..name.end) {
            covered[at] = true;
        }
        covered
    }

    /// A listed name of several words swallows smaller finds inside it.
    fn mend(found: &mut Vec<Found>, whole: Found) {
        let wider = |name: &Found| name.first < whole.first || name.end > whole.end;
        let touching = |name: &Found| name.first < whole.end && whole.first < name.end;
        let same = |name: &Found| name.first == whole.first && name.end == whole.end;
        if found
            .iter()
            .any(|name| touching(name) && wider(name) || same(name))
        {
            return;
        }
        found.retain(|name| !touching(name));
        found.push(whole);
    }

    /// A single capitalised word at the start of a sentence or among capitals may be no name.
    fn safe_alone(&self, first: usize, bits: u32, long: bool) -> bool {
        if long || bits & (is::STATE | is::ADJECTIVE | is::DEMONYM | is::NORP) != 0 {
            return self
                .doc
                .tags
                .get(first)
                .is_none_or(|tag| long || matches!(tag, Upos::Propn | Upos::Adj | Upos::Noun));
        }
        let word = self.words.get(first).copied().unwrap_or_default();
        let plain = bits & is::ORGANISATION != 0
            && bits & (is::PLACE | is::CAPITAL) == 0
            && self.cues(first) & (cue::FIRST | cue::LAST) == 0
            && first
                .checked_sub(1)
                .is_some_and(|b| self.words[b].kind == Shape::Low || self.text(b) == "-")
            && self.text(first).len() > 4;
        self.doc.tags.get(first) == Some(&Upos::Propn)
            && (plain || word.kind == Shape::Upper || bits & (is::WEAPON | is::EVENT) != 0)
    }

    fn is_name(&self, first: usize, end: usize) -> bool {
        (first..end).any(|at| {
            self.words
                .get(at)
                .is_some_and(|word| word.is_capital() || word.kind == Shape::Number)
        }) && self
            .words
            .get(end - 1)
            .is_some_and(|w| w.kind != Shape::Mark)
    }

    /// *… Treaty*, *Resolution 1701*, *Treaty of …*: a run of capitals with a word that tells its type.
    fn patterns(&self, found: &mut Vec<Found>) {
        for sentence in &self.doc.tokens.sentences {
            for at in sentence.first.0 as usize..sentence.end.0 as usize {
                let bits = self.cues(at);
                if bits & cue::PATTERN == 0 || !self.words.get(at).is_some_and(Word::is_capital) {
                    continue;
                }
                let start = self.run_back(at, sentence.first.0 as usize);
                let end = self.run_on(at, sentence.end.0 as usize);
                if end - start < 2 {
                    continue;
                }
                let entity_type = if bits & cue::AGREEMENT != 0 {
                    EntityType::Agreement
                } else {
                    EntityType::Event
                };
                let whole = Found {
                    first: start,
                    end,
                    entity_type,
                    sure: LISTED,
                };
                let covered = found.iter().any(|n| {
                    n.first <= start && n.end >= end && matches!(n.entity_type, EntityType::Person)
                });
                if !covered && Self::takes(found, &whole) {
                    found.retain(|n| n.end <= start || n.first >= end);
                    found.push(whole);
                }
            }
        }
    }

    /// A pattern may take over finds inside it or one around it, not cut one in two.
    fn takes(found: &[Found], whole: &Found) -> bool {
        found.iter().all(|name| {
            let apart = name.end <= whole.first || name.first >= whole.end;
            let inside = name.first >= whole.first && name.end <= whole.end;
            apart || inside
        })
    }

    fn run_back(&self, at: usize, least: usize) -> usize {
        let mut start = at;
        while start > least {
            let before = start - 1;
            let word = self.words.get(before).copied().unwrap_or_default();
            let text = self.text(before);
            let joint = matches!(text, "-" | "–") && before > least && start < at + 1;
            let name = (word.is_capital() && !(before == least && self.is_plain_start(before)))
                || (word.kind == Shape::Number
                    && text.ends_with(|c: char| c.is_ascii_alphanumeric())
                    && text.len() == 4);
            if !name && !joint || matches!(text, "The" | "A" | "In" | "On" | "Under" | "After") {
                break;
            }
            start = before;
        }
        while start < at && matches!(self.text(start), "-" | "–") {
            start += 1;
        }
        // *Iran's Constitution*: the state is a name by itself
        start
    }

    fn is_plain_start(&self, at: usize) -> bool {
        !matches!(
            self.doc.tags.get(at),
            Some(Upos::Propn | Upos::Adj | Upos::Noun)
        )
    }

    fn run_on(&self, at: usize, most: usize) -> usize {
        let mut end = at + 1;
        let next = self.words.get(end).copied().unwrap_or_default();
        let text = self.text(end);
        if end < most && (next.kind == Shape::Number || matches!(text, "I" | "II" | "III" | "IV")) {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            if !digits || text.len() <= 4 && self.text(at) == "Resolution" {
                return end + 1;
            }
        }
        if end + 1 < most && text == "of" && self.words.get(end + 1).is_some_and(Word::is_capital) {
            end += 2;
            while end < most && self.words.get(end).is_some_and(Word::is_capital) {
                end += 1;
            }
        }
        end
    }

    fn mention(&self, name: &Found) -> Option<Suggested<Mention>> {
        Some(suggested(
            self.range(name.first, name.end)?,
            name.entity_type,
            name.sure,
        ))
    }
}

fn suggested(range: TextRange, entity_type: EntityType, sure: f32) -> Suggested<Mention> {
    Suggested {
        value: Mention {
            range,
            kind: MentionKind::Name,
            entity_type,
            entity: None,
            metonym: false,
        },
        confidence: Confidence::new(sure),
        by: BY.to_owned(),
    }
}

fn listed_type(bits: u32, long: bool) -> Option<EntityType> {
    Some(if bits & is::STATE != 0 {
        EntityType::State
    } else if bits & (is::ADJECTIVE | is::DEMONYM | is::NORP) != 0 {
        EntityType::Norp
    } else if bits & is::AGREEMENT != 0 {
        EntityType::Agreement
    } else if bits & is::EVENT != 0 {
        EntityType::Event
    } else if bits & is::WEAPON != 0 {
        EntityType::Weapon
    } else if bits & is::FACILITY != 0 {
        EntityType::Facility
    } else if bits & is::ORGANISATION != 0 || long && bits & is::BODY != 0 {
        EntityType::Organisation
    } else {
        return None;
    })
}

/// What a person decided: words that always name, words that never do.
fn obey(doc: &Doc<'_>, known: &Known, out: &mut Vec<Suggested<Mention>>) {
    out.retain(|m| {
        !known
            .never
            .iter()
            .any(|never| never == doc.slice(m.value.range))
    });
    for alias in &known.aliases {
        if alias.text.is_empty() {
            continue;
        }
        for (start, text) in doc.text.match_indices(alias.text.as_str()) {
            let Ok(range) = crate::model::checked_range(doc.text, start, start + text.len()) else {
                continue;
            };
            if !whole_words(doc.text, start, start + text.len()) {
                continue;
            }
            let crosses = |m: &Suggested<Mention>| {
                m.value
                    .range
                    .intersect(range)
                    .is_some_and(|both| !both.is_empty())
                    && !m.value.range.contains_range(range)
                    && !range.contains_range(m.value.range)
            };
            out.retain(|m| m.value.range != range && !crosses(m));
            out.push(suggested(range, alias.entity_type, 1.0));
        }
    }
}

fn whole_words(text: &str, start: usize, end: usize) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !word(
        text.get(..start)
            .and_then(|before| before.chars().next_back()),
    ) && !word(text.get(end..).and_then(|after| after.chars().next()))
}
