//! Who stands with whom and against whom: networks of actors.
//!
//! *Direct*: holder → target, by the side taken towards the target. *Congruence* and *conflict* are
//! those of discourse network analysis (Leifeld, "Discourse network analysis: policy debates as
//! dynamic networks", in: The Oxford Handbook of Political Networks, 2017; the program is Discourse
//! Network Analyzer): with `x[i][j][k]` how often actor `i` takes side `k` on issue `j`,
//!
//! - congruence of `i` and `l` = Σ over `j`, `k` of `x[i][j][k] · x[l][j][k]`,
//! - conflict of `i` and `l` = Σ over `j` of `x[i][j][+] · x[l][j][−] + x[i][j][−] · x[l][j][+]`,
//! - subtract = congruence − conflict.
//!
//! Positions that are neither for nor against make no tie.

mod weights;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::network::weights::{Positions, tie};
use crate::analysis::{Filter, ProjectView, Sides, StatementRef};
use crate::model::{EntityId, IssueId, Polarity, Project};

/// What ties two actors.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum NetworkKind {
    /// One takes a side towards the other.
    #[default]
    Direct,
    /// Both take the same side on an issue.
    Congruence,
    /// They take opposite sides on an issue.
    Conflict,
    /// Congruence less conflict.
    Subtract,
}

impl NetworkKind {
    /// All kinds, as the menu shows them.
    pub const ALL: [Self; 4] = [
        Self::Direct,
        Self::Congruence,
        Self::Conflict,
        Self::Subtract,
    ];

    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "Positions towards each other",
            Self::Congruence => "Same side on issues",
            Self::Conflict => "Opposite sides on issues",
            Self::Subtract => "Same less opposite sides",
        }
    }

    /// Returns the name in discourse network analysis; none for direct positions.
    #[must_use]
    pub fn term(self) -> Option<&'static str> {
        match self {
            Self::Direct => None,
            Self::Congruence => Some("congruence"),
            Self::Conflict => Some("conflict"),
            Self::Subtract => Some("subtract"),
        }
    }
}

/// By what the weight of a tie on issues is divided, so that those who speak often do not stand out
/// for that alone. `a[i]` is the sum of `x[i]`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Normalisation {
    /// By nothing.
    #[default]
    None,
    /// By `(a[i] + a[l]) / 2`.
    Average,
    /// By `m11 + m10 + m01`: positions of both (products, as Discourse Network Analyzer has it), and
    /// those of either alone.
    Jaccard,
    /// By `a[i] · a[l]`: Discourse Network Analyzer calls this cosine, and divides by the activities
    /// (`√a[i]² · √a[l]²`), not by the lengths of `x[i]` and `x[l]` as vectors.
    Cosine,
}

impl Normalisation {
    /// All, as the menu shows them.
    pub const ALL: [Self; 4] = [Self::None, Self::Average, Self::Jaccard, Self::Cosine];

    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "Not normalised",
            Self::Average => "By average activity",
            Self::Jaccard => "By Jaccard",
            Self::Cosine => "By cosine",
        }
    }
}

/// How often a position counts that an actor takes again on the same issue, by another act or on
/// another day. What only says the same again is told once before ([`crate::analysis::Retold`]).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Repeats {
    /// Once.
    #[default]
    Once,
    /// Once in each story: an article with its other versions.
    PerArticle,
    /// Each time.
    All,
}

impl Repeats {
    /// All, as the menu shows them.
    pub const ALL: [Self; 3] = [Self::Once, Self::PerArticle, Self::All];

    /// Returns the words on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Once => "A position counts once",
            Self::PerArticle => "Once in each story",
            Self::All => "Each statement counts",
        }
    }
}

/// What is asked of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkOptions {
    /// What ties.
    pub kind: NetworkKind,
    /// By what weights are divided; not for direct ties.
    pub normalisation: Normalisation,
    /// How often the same position counts; not for direct ties.
    pub repeats: Repeats,
}

/// The form of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// `from` is for `to`.
    Supports,
    /// `from` is against `to`.
    Opposes,
    /// The same side on issues.
    Agrees,
    /// Opposite sides on issues.
    Disagrees,
}

impl TieKind {
    /// Whether it draws together; else it divides.
    #[must_use]
    pub fn is_positive(self) -> bool {
        matches!(self, Self::Supports | Self::Agrees)
    }

    /// Whether it goes from one to the other.
    #[must_use]
    pub fn is_directed(self) -> bool {
        matches!(self, Self::Supports | Self::Opposes)
    }

    /// Returns the verb between two names.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Opposes => "opposes",
            Self::Agrees => "agrees with",
            Self::Disagrees => "disagrees with",
        }
    }

    /// Returns the side whose mark and colour it bears.
    #[must_use]
    pub fn side(self) -> Polarity {
        if self.is_positive() {
            Polarity::Support
        } else {
            Polarity::Oppose
        }
    }
}

/// An actor.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkNode {
    /// Who.
    pub entity: EntityId,
    /// The statements held that are asked for, by the side they count on in this network.
    pub held: Sides,
    /// How many statements are directed at it, in the direct network.
    pub received: usize,
    /// Whether the filter asks for it; the others are dimmed.
    pub asked: bool,
}

/// A tie between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// Place of the first node; of a tie without direction the lower one.
    pub from: usize,
    /// Place of the second node.
    pub to: usize,
    /// Its form.
    pub kind: TieKind,
    /// Number of statements of a direct tie, else the weight as the module defines it; above zero.
    pub weight: f64,
    /// The issues that tie; empty for direct ties.
    pub issues: Vec<IssueId>,
    /// The statements that it counts, each once, in order.
    pub statements: Vec<StatementRef>,
}

/// The network.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Network {
    /// What was asked.
    pub options: NetworkOptions,
    /// Actors, most statements first, ties by name.
    pub nodes: Vec<NetworkNode>,
    /// Ties by their nodes.
    pub ties: Vec<Tie>,
    /// Actors beyond the limit.
    pub left_out: usize,
    /// Statements with a target (or issue) that take neither side, and so make no tie.
    pub neither: usize,
}

/// The most actors that can be read.
pub const MOST_ACTORS: usize = 200;

/// Returns the network of the statements that `filter` asks for. Holders and targets are the chart's
/// own axes: they dim and drop nothing.
#[must_use]
pub fn network(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    options: NetworkOptions,
) -> Network {
    let open = Filter {
        holders: BTreeSet::new(),
        targets: BTreeSet::new(),
        picked: None,
        ..filter.clone()
    };
    let mut made = match options.kind {
        NetworkKind::Direct => direct(project, view, &open),
        NetworkKind::Congruence | NetworkKind::Conflict | NetworkKind::Subtract => {
            on_issues(project, view, &open, options)
        }
    };
    made.options = options;
    let no_one = filter.holders.is_empty() && filter.targets.is_empty();
    for node in &mut made.nodes {
        let named = |set: &BTreeSet<EntityId>| {
            set.iter()
                .any(|id| *id == node.entity || open.offices && view.principal(*id) == node.entity)
        };
        node.asked = no_one || named(&filter.holders) || named(&filter.targets);
    }
    made
}

#[derive(Default)]
struct Count {
    held: Sides,
    received: usize,
}

type PairKey = (EntityId, EntityId, TieKind);

#[derive(Default)]
struct Pair {
    weight: f64,
    issues: BTreeSet<IssueId>,
    statements: BTreeSet<StatementRef>,
}

fn direct(project: &Project, view: &ProjectView, open: &Filter) -> Network {
    let mut counts: BTreeMap<EntityId, Count> = BTreeMap::new();
    let mut pairs: BTreeMap<PairKey, Pair> = BTreeMap::new();
    let mut neither = 0;
    for (at, row) in open.statements(project, view) {
        let holder = open.holder(view, &row.value);
        let Some(target) = open.target(view, &row.value).filter(|to| *to != holder) else {
            continue;
        };
        let side = row.value.polarity_target.unwrap_or(Polarity::Neutral);
        let held = &mut counts.entry(holder).or_default().held;
        held.add(side, at, row.is_decided());
        counts.entry(target).or_default().received += 1;
        let kind = match side {
            Polarity::Support => TieKind::Supports,
            Polarity::Oppose => TieKind::Opposes,
            Polarity::Neutral => {
                neither += 1;
                continue;
            }
        };
        let pair = pairs.entry((holder, target, kind)).or_default();
        pair.weight += 1.0;
        pair.statements.insert(at);
    }
    laid_out(counts, pairs, view, neither)
}

fn on_issues(
    project: &Project,
    view: &ProjectView,
    open: &Filter,
    options: NetworkOptions,
) -> Network {
    let mut counts: BTreeMap<EntityId, Count> = BTreeMap::new();
    let mut positions: Positions = BTreeMap::new();
    let mut neither = 0;
    for (at, row) in open.statements(project, view) {
        let Some(issue) = row.value.issue.as_ref().and_then(|issue| issue.issue) else {
            continue;
        };
        let holder = open.holder(view, &row.value);
        let side = row.value.polarity_issue.unwrap_or(Polarity::Neutral);
        let held = &mut counts.entry(holder).or_default().held;
        held.add(side, at, row.is_decided());
        let place = match side {
            Polarity::Support => 0,
            Polarity::Oppose => 1,
            Polarity::Neutral => {
                neither += 1;
                continue;
            }
        };
        let both = positions
            .entry(holder)
            .or_default()
            .entry(issue)
            .or_default();
        if let Some(position) = both.get_mut(place) {
            position.stories.insert(view.retold.story(at.article));
            position.statements.insert(at);
        }
    }
    let actors: Vec<EntityId> = positions.keys().copied().collect();
    let mut pairs: BTreeMap<PairKey, Pair> = BTreeMap::new();
    for (place, one) in actors.iter().enumerate() {
        for two in actors.iter().skip(place + 1) {
            let (Some(x), Some(y)) = (positions.get(one), positions.get(two)) else {
                continue;
            };
            if let Some((kind, pair)) = tie(x, y, options) {
                pairs.insert((*one, *two, kind), pair);
            }
        }
    }
    laid_out(counts, pairs, view, neither)
}

/// Takes the most frequent actors and the ties among them.
fn laid_out(
    counts: BTreeMap<EntityId, Count>,
    pairs: BTreeMap<PairKey, Pair>,
    view: &ProjectView,
    neither: usize,
) -> Network {
    let mut actors: Vec<(EntityId, Count)> = counts.into_iter().collect();
    actors.sort_by_cached_key(|(id, count)| {
        let all = count.held.len() + count.received;
        (Reverse(all), view.entity_name(*id).to_lowercase(), *id)
    });
    let left_out = actors.len().saturating_sub(MOST_ACTORS);
    actors.truncate(MOST_ACTORS);
    let places: BTreeMap<EntityId, usize> = actors
        .iter()
        .enumerate()
        .map(|(place, (id, _))| (*id, place))
        .collect();
    let mut ties: Vec<Tie> = pairs
        .into_iter()
        .filter_map(|((one, two, kind), pair)| {
            let (mut from, mut to) = (*places.get(&one)?, *places.get(&two)?);
            if !kind.is_directed() && from > to {
                std::mem::swap(&mut from, &mut to);
            }
            Some(Tie {
                from,
                to,
                kind,
                weight: pair.weight,
                issues: pair.issues.into_iter().collect(),
                statements: pair.statements.into_iter().collect(),
            })
        })
        .collect();
    ties.sort_by_key(|tie| (tie.from, tie.to, tie.kind));
    let node = |(entity, count): (EntityId, Count)| NetworkNode {
        entity,
        held: count.held,
        received: count.received,
        asked: true,
    };
    Network {
        options: NetworkOptions::default(),
        nodes: actors.into_iter().map(node).collect(),
        ties,
        left_out,
        neither,
    }
}

#[cfg(test)]
mod tests;
