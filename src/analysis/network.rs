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

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

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
    /// By the product of the lengths of `x[i]` and `x[l]` as vectors.
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

/// How often a position counts that an actor takes again on the same issue.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Repeats {
    /// Once.
    #[default]
    Once,
    /// Once in each article.
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
            Self::PerArticle => "Once in each article",
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

/// The statements of one actor on one issue and side.
#[derive(Default, Clone)]
struct Position {
    articles: BTreeSet<crate::model::ArticleId>,
    statements: BTreeSet<StatementRef>,
}

impl Position {
    #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
    fn count(&self, repeats: Repeats) -> f64 {
        let count = match repeats {
            Repeats::Once => usize::from(!self.statements.is_empty()),
            Repeats::PerArticle => self.articles.len(),
            Repeats::All => self.statements.len(),
        };
        count as f64
    }
}

/// By actor, then issue: for and against.
type Positions = BTreeMap<EntityId, BTreeMap<IssueId, [Position; 2]>>;

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
            position.articles.insert(at.article);
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

type Held = BTreeMap<IssueId, [Position; 2]>;

/// Returns the tie of two actors; none where its weight is zero.
fn tie(x: &Held, y: &Held, options: NetworkOptions) -> Option<(TieKind, Pair)> {
    let (wants_same, wants_other) = match options.kind {
        NetworkKind::Direct => return None,
        NetworkKind::Congruence => (true, false),
        NetworkKind::Conflict => (false, true),
        NetworkKind::Subtract => (true, true),
    };
    let mut pair = Pair::default();
    for (issue, of_x) in x {
        let Some(of_y) = y.get(issue) else { continue };
        for (k, left) in of_x.iter().enumerate() {
            for (l, right) in of_y.iter().enumerate() {
                let same = k == l;
                if left.statements.is_empty()
                    || right.statements.is_empty()
                    || !(if same { wants_same } else { wants_other })
                {
                    continue;
                }
                let product = left.count(options.repeats) * right.count(options.repeats);
                let sign = if same || !wants_same { 1.0 } else { -1.0 };
                pair.weight += sign * product;
                pair.issues.insert(*issue);
                pair.statements.extend(&left.statements);
                pair.statements.extend(&right.statements);
            }
        }
    }
    // Sums of products of whole numbers: what is not zero is at least one.
    if pair.weight.abs() < 0.5 {
        return None;
    }
    let kind = if pair.weight > 0.0 && wants_same {
        TieKind::Agrees
    } else {
        TieKind::Disagrees
    };
    pair.weight = pair.weight.abs() / divisor(x, y, options);
    Some((kind, pair))
}

/// Returns what the weight is divided by; above zero for actors that share an issue.
fn divisor(x: &Held, y: &Held, options: NetworkOptions) -> f64 {
    let count = |held: &Held, issue: &IssueId, side: usize| {
        let position = held.get(issue).and_then(|both| both.get(side));
        position.map_or(0.0, |position| position.count(options.repeats))
    };
    let issues: BTreeSet<&IssueId> = x.keys().chain(y.keys()).collect();
    let cells: Vec<(f64, f64)> = issues
        .into_iter()
        .flat_map(|issue| [0, 1].map(|side| (count(x, issue, side), count(y, issue, side))))
        .collect();
    match options.normalisation {
        Normalisation::None => 1.0,
        Normalisation::Average => cells.iter().map(|(a, b)| a + b).sum::<f64>() / 2.0,
        Normalisation::Jaccard => cells
            .iter()
            .map(|(a, b)| if *a > 0.0 && *b > 0.0 { a * b } else { a + b })
            .sum(),
        Normalisation::Cosine => {
            let length = |pick: fn(&(f64, f64)) -> f64| {
                cells
                    .iter()
                    .map(|cell| pick(cell).powi(2))
                    .sum::<f64>()
                    .sqrt()
            };
            length(|cell| cell.0) * length(|cell| cell.1)
        }
    }
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
mod tests {
    use super::*;
    use crate::analysis::fixtures::{Fixture, entity, issue};
    use crate::model::Act;

    fn build(fixture: &Fixture, options: NetworkOptions) -> (Network, ProjectView) {
        let (project, view) = fixture.build();
        let made = network(&project, &view, &Filter::default(), options);
        (made, view)
    }

    /// *from verb to weight (statements)*, in order.
    fn told(network: &Network, view: &ProjectView) -> Vec<String> {
        let name = |place: usize| view.entity_name(network.nodes[place].entity);
        let words = |tie: &Tie| {
            format!(
                "{} {} {} {:.3} ({})",
                name(tie.from),
                tie.kind.verb(),
                name(tie.to),
                tie.weight,
                tie.statements.len()
            )
        };
        network.ties.iter().map(words).collect()
    }

    fn options(
        kind: NetworkKind,
        normalisation: Normalisation,
        repeats: Repeats,
    ) -> NetworkOptions {
        NetworkOptions {
            kind,
            normalisation,
            repeats,
        }
    }

    #[test]
    fn direct_ties_count_statements_by_direction_and_side() {
        let fixture = Fixture::new()
            .office("Maren", "Velmora")
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Maren", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
            .says("Lorvik", "Velmora", Act::Request, Polarity::Neutral)
            .says("Maren", "Velmora", Act::Support, Polarity::Support);
        let (made, view) = build(&fixture, NetworkOptions::default());
        assert_eq!(
            told(&made, &view),
            [
                "Velmora supports Astrany 1.000 (1)",
                "Velmora opposes Astrany 2.000 (2)",
                "Astrany opposes Velmora 1.000 (1)",
            ]
        );
        let velmora = &made.nodes[0];
        assert_eq!((velmora.held.len(), velmora.received), (3, 2));
        assert_eq!((made.nodes.len(), made.neither), (3, 1));
    }

    /// Issue a: A +2 (two articles), B +1, C −1. Issue b: A −1, B −1, C −1. Issue c: B +1 only.
    fn debate() -> Fixture {
        Fixture::new()
            .on("A", "a", Act::Support, Polarity::Support)
            .on("B", "a", Act::Support, Polarity::Support)
            .on("C", "a", Act::Reject, Polarity::Oppose)
            .on("A", "b", Act::Reject, Polarity::Oppose)
            .on("B", "b", Act::Reject, Polarity::Oppose)
            .on("C", "b", Act::Reject, Polarity::Oppose)
            .on("B", "c", Act::Support, Polarity::Support)
            .next_article()
            .on("A", "a", Act::Agree, Polarity::Support)
            .on("C", "c", Act::Request, Polarity::Neutral)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "one table of hand-counted weights")]
    fn congruence_and_conflict_are_those_of_discourse_network_analysis() {
        use NetworkKind::{Conflict, Congruence, Subtract};
        use Normalisation::{Average, Cosine, Jaccard, None};
        let check = |kind, normalisation, repeats, expected: &[(&str, &str, f64)]| {
            let (made, view) = build(&debate(), options(kind, normalisation, repeats));
            let name = |place: usize| view.entity_name(made.nodes[place].entity).to_owned();
            let mut found: BTreeMap<(String, String), f64> = BTreeMap::new();
            for tie in &made.ties {
                let mut pair = [name(tie.from), name(tie.to)];
                pair.sort();
                let [one, two] = pair;
                let sign = if kind == Subtract && !tie.kind.is_positive() {
                    -1.0
                } else {
                    1.0
                };
                found.insert((one, two), sign * tie.weight);
            }
            assert_eq!(found.len(), expected.len(), "{kind:?} {normalisation:?}");
            for (one, two, weight) in expected {
                let got = found[&((*one).to_owned(), (*two).to_owned())];
                let case = format!("{kind:?} {normalisation:?} {repeats:?} {one}{two}: {got}");
                assert!((got - weight).abs() < 1e-9, "{case}");
            }
        };
        // Once: A = {a+, b−}, B = {a+, b−, c+}, C = {a−, b−}.
        let once = Repeats::Once;
        check(
            Congruence,
            None,
            once,
            &[("A", "B", 2.0), ("A", "C", 1.0), ("B", "C", 1.0)],
        );
        check(Conflict, None, once, &[("A", "C", 1.0), ("B", "C", 1.0)]);
        // A–C and B–C cancel out.
        check(Subtract, None, once, &[("A", "B", 2.0)]);
        // (2 + 3) / 2, (2 + 2) / 2, (3 + 2) / 2.
        check(
            Congruence,
            Average,
            once,
            &[
                ("A", "B", 2.0 / 2.5),
                ("A", "C", 0.5),
                ("B", "C", 1.0 / 2.5),
            ],
        );
        // Unions of 3, 3 and 4 positions.
        check(
            Congruence,
            Jaccard,
            once,
            &[
                ("A", "B", 2.0 / 3.0),
                ("A", "C", 1.0 / 3.0),
                ("B", "C", 0.25),
            ],
        );
        check(
            Congruence,
            Cosine,
            once,
            &[
                ("A", "B", 2.0 / 6.0_f64.sqrt()),
                ("A", "C", 0.5),
                ("B", "C", 1.0 / 6.0_f64.sqrt()),
            ],
        );
        // A said a+ in two articles: 2·1 + 1·1; and 2·1 against C.
        for repeats in [Repeats::PerArticle, Repeats::All] {
            check(
                Congruence,
                None,
                repeats,
                &[("A", "B", 3.0), ("A", "C", 1.0), ("B", "C", 1.0)],
            );
            check(Conflict, None, repeats, &[("A", "C", 2.0), ("B", "C", 1.0)]);
            check(
                Subtract,
                None,
                repeats,
                &[("A", "B", 3.0), ("A", "C", -1.0)],
            );
            // m11 = 2·1 + 1·1, m10 = 0, m01 = 1.
            let ab = 3.0 / 4.0;
            // m11 = 1, m10 = 2, m01 = 1; B–C: m11 = 1, m10 = 2, m01 = 1.
            check(
                Congruence,
                Jaccard,
                repeats,
                &[("A", "B", ab), ("A", "C", 0.25), ("B", "C", 0.25)],
            );
        }
    }

    #[test]
    fn a_tie_names_its_issues_and_exactly_the_statements_it_counts() {
        let (made, view) = build(
            &debate(),
            options(NetworkKind::Conflict, Normalisation::None, Repeats::Once),
        );
        assert_eq!(
            told(&made, &view),
            [
                "A disagrees with C 1.000 (3)",
                "B disagrees with C 1.000 (2)"
            ]
        );
        for tie in &made.ties {
            assert_eq!(tie.issues, [issue("a")]);
            for at in &tie.statements {
                let value = &view.statement(*at).unwrap().value;
                let about = value.issue.as_ref().unwrap().issue;
                assert_eq!(about, Some(issue("a")));
                let holder = value.holder.entity;
                assert!(
                    [tie.from, tie.to]
                        .iter()
                        .any(|n| made.nodes[*n].entity == holder)
                );
            }
        }
        assert_eq!(made.neither, 1);
    }

    #[test]
    fn the_filter_dims_actors_and_drops_none() {
        let fixture = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Lorvik", "Astrany", Act::Support, Polarity::Support);
        let (project, view) = fixture.build();
        let mut filter = Filter::default();
        filter.holders.insert(entity("Velmora"));
        let made = network(&project, &view, &filter, NetworkOptions::default());
        let asked: Vec<_> = made
            .nodes
            .iter()
            .map(|node| (view.entity_name(node.entity), node.asked))
            .collect();
        assert_eq!(
            asked,
            [("Astrany", false), ("Lorvik", false), ("Velmora", true)]
        );
        assert_eq!(made.ties.len(), 2);
    }
}
