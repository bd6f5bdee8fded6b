//! What a project's decisions teach about the suggestions that nobody decided yet.
//!
//! Derived from decisions and rules each time, never stored: undoing a decision unlearns it. A
//! decision is never changed by it, only what is suggested. Exact words teach exact words; words
//! that people decided in different ways teach nothing. Capitals and houses that act (metonyms)
//! neither teach nor learn: what they stand for depends on the sentence.
//!
//! Not here: how suggestions are shown (`analysis`), names that the engine finds anew (`nlp`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    ArticleId, ArticleState, Confidence, Decided, EntityId, EntityType, Mention, MentionKind,
    PositionLessons, Project, Rule, Suggested, TextRange, Verdict, checked_range, slice,
};

/// Who suggests what was learnt, in place of an engine's layer.
pub const LEARNT: &str = "your decisions";

/// Suggestions below this give way to any decision on the same words; above, only to a decision
/// that corrected the same suggestion.
const UNSURE: f32 = 0.75;

/// What a name is: type and entity.
type What = (EntityType, Option<EntityId>);

/// What is known of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lesson {
    /// They name this.
    Names {
        what: What,
        /// What was suggested where a person said so.
        instead_of: BTreeSet<What>,
        /// A person marked them where nothing was suggested.
        added: bool,
    },
    /// They are no name of these types.
    Nothing(BTreeSet<EntityType>),
}

/// What a suggestion becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taught {
    /// It names this instead.
    Names(EntityType, Option<EntityId>),
    /// It goes.
    Nothing,
}

/// What the decisions of a project teach, by words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Learnt {
    lessons: BTreeMap<String, Lesson>,
    /// Words to be suggested where the engine saw nothing.
    additions: BTreeMap<String, What>,
    /// What decisions on statements teach.
    positions: PositionLessons,
}

#[derive(Default)]
struct Votes {
    names: BTreeSet<What>,
    instead_of: BTreeSet<What>,
    added: bool,
    rejected: BTreeSet<EntityType>,
}

impl Learnt {
    /// Collects what the decisions and rules of a project teach.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        let mut votes: BTreeMap<&str, Votes> = BTreeMap::new();
        for state in project.articles.values() {
            for decided in state.annotations.mentions.decided().values() {
                count(&mut votes, state, decided);
            }
        }
        let mut learnt = Self {
            positions: PositionLessons::of(project),
            ..Self::default()
        };
        for (words, votes) in votes {
            learnt.conclude(words, votes);
        }
        for rule in project.rules.values() {
            learnt.obey(rule);
        }
        learnt
    }

    fn conclude(&mut self, words: &str, votes: Votes) {
        let mut names = votes.names.into_iter();
        let lesson = match (names.next(), names.next()) {
            (Some(what), None) => {
                if votes.added {
                    self.additions.insert(words.to_owned(), what);
                }
                Lesson::Names {
                    what,
                    instead_of: votes.instead_of,
                    added: votes.added,
                }
            }
            (None, _) if !votes.rejected.is_empty() => Lesson::Nothing(votes.rejected),
            _ => return,
        };
        self.lessons.insert(words.to_owned(), lesson);
    }

    /// Rules say more than lessons; the view lays them over suggestions, here they only add.
    fn obey(&mut self, rule: &Rule) {
        match rule {
            Rule::Alias {
                text,
                entity,
                entity_type,
            } => {
                let what = (*entity_type, Some(*entity));
                self.additions.insert(text.clone(), what);
            }
            Rule::Never { text } => {
                self.additions.remove(text);
            }
            Rule::SameEntity { .. } | Rule::NotSame { .. } | Rule::InArticle { .. } => {}
        }
    }

    /// Returns what becomes of a suggestion on these words; none where it stays as it is.
    #[must_use]
    pub fn change(&self, words: &str, mention: &Mention, sure: Confidence) -> Option<Taught> {
        if self.lessons.is_empty() || mention.kind != MentionKind::Name || mention.metonym {
            return None;
        }
        match self.lessons.get(words)? {
            Lesson::Names {
                what,
                instead_of,
                added,
            } => {
                let now = (mention.entity_type, mention.entity);
                let yields = *added || sure.get() < UNSURE || instead_of.contains(&now);
                (yields && now != *what).then_some(Taught::Names(what.0, what.1))
            }
            Lesson::Nothing(types) => types
                .contains(&mention.entity_type)
                .then_some(Taught::Nothing),
        }
    }

    /// Whether both add the same names where the engine saw nothing.
    #[must_use]
    pub fn adds_same(&self, other: &Self) -> bool {
        self.additions == other.additions
    }

    /// Returns what decisions teach about statements.
    #[must_use]
    pub fn positions(&self) -> &PositionLessons {
        &self.positions
    }

    /// Returns the words on which this differs from `other`; cues by their [`cue_key`](crate::model::cue_key).
    #[must_use]
    pub fn changed_words<'w>(&'w self, other: &'w Self) -> BTreeSet<&'w str> {
        let differs = |(words, _): &(&'w String, &Lesson)| {
            self.lessons.get(*words) != other.lessons.get(*words)
        };
        let all = self.lessons.iter().chain(&other.lessons);
        all.filter(differs)
            .map(|(words, _)| words.as_str())
            .chain(self.positions.changed_cues(&other.positions))
            .collect()
    }

    /// Returns the names to be suggested in a text where the engine saw nothing.
    fn missing(&self, state: &ArticleState) -> Vec<Suggested<Mention>> {
        let body = state.article.text.body.as_str();
        let mentions = &state.annotations.mentions;
        let mut taken: Vec<TextRange> =
            mentions.decided().values().map(|d| d.value.range).collect();
        let engine = mentions.suggested().values().filter(|s| s.by != LEARNT);
        taken.extend(engine.map(|s| s.value.range));
        let free = |range: &TextRange| {
            let crosses =
                |other: &TextRange| other.intersect(*range).is_some_and(|x| !x.is_empty());
            !taken.iter().any(crosses)
        };
        let mut found = Vec::new();
        for (words, (entity_type, entity)) in &self.additions {
            for range in whole_words(body, words).into_iter().filter(free) {
                found.push(Suggested {
                    value: Mention {
                        range,
                        kind: MentionKind::Name,
                        entity_type: *entity_type,
                        entity: *entity,
                        metonym: false,
                    },
                    confidence: Confidence::new(0.9),
                    by: LEARNT.to_owned(),
                });
            }
        }
        found
    }
}

fn count<'p>(
    votes: &mut BTreeMap<&'p str, Votes>,
    state: &'p ArticleState,
    decided: &Decided<Mention>,
) {
    let mention = &decided.value;
    let origin = decided.origin.as_ref().map(|origin| &origin.value);
    let metonym = mention.metonym || origin.is_some_and(|origin| origin.metonym);
    if mention.kind != MentionKind::Name || metonym {
        return;
    }
    let vote = votes
        .entry(slice(&state.article.text.body, mention.range))
        .or_default();
    let what = (mention.entity_type, mention.entity);
    match decided.verdict {
        Verdict::Rejected => {
            vote.rejected.insert(origin.unwrap_or(mention).entity_type);
        }
        Verdict::Added => {
            vote.names.insert(what);
            vote.added = true;
        }
        Verdict::Confirmed => {
            vote.names.insert(what);
            vote.added |= decided
                .origin
                .as_ref()
                .is_some_and(|origin| origin.by == LEARNT);
            let before = origin.map(|origin| (origin.entity_type, origin.entity));
            vote.instead_of
                .extend(before.filter(|before| *before != what));
        }
    }
}

impl Project {
    /// Suggests what decisions and rules teach where the engine saw nothing: in the articles
    /// `only`, else in all. What was so suggested before and is taught no longer goes. Articles
    /// without a change are not copied.
    pub fn suggest_learnt(&mut self, learnt: &Learnt, only: Option<&BTreeSet<ArticleId>>) {
        for (id, state) in &mut self.articles {
            if state.engine.is_none() || only.is_some_and(|only| !only.contains(id)) {
                continue;
            }
            let missing = learnt.missing(state);
            if state
                .annotations
                .learnt_differ(&state.article.text.hash, &missing)
            {
                let state = Arc::make_mut(state);
                let hash = state.article.text.hash.clone();
                state.annotations.replace_learnt(&hash, &missing);
            }
        }
    }
}

/// Returns where `words` stand as whole words; places do not overlap.
#[must_use]
pub fn whole_words(body: &str, words: &str) -> Vec<TextRange> {
    if words.is_empty() {
        return Vec::new();
    }
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    body.match_indices(words)
        .filter_map(|(start, found)| {
            let end = start + found.len();
            let before = body.get(..start)?.chars().next_back();
            let after = body.get(end..)?.chars().next();
            // An edge that is no letter or digit (`U.S.`) stands apart from anything.
            let left = !is_word(before) || !is_word(words.chars().next());
            let right = !is_word(after) || !is_word(words.chars().next_back());
            (left && right)
                .then(|| checked_range(body, start, end).ok())
                .flatten()
        })
        .collect()
}
