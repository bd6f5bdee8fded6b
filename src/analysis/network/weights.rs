//! How much two actors are tied by what they say on issues, as discourse network analysis weighs it.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::network::Pair;
use crate::analysis::{NetworkKind, NetworkOptions, Normalisation, Repeats, StatementRef, TieKind};
use crate::model::{ArticleId, EntityId, IssueId};

/// The statements of one actor on one issue and side.
#[derive(Default, Clone)]
pub(super) struct Position {
    pub(super) stories: BTreeSet<ArticleId>,
    pub(super) statements: BTreeSet<StatementRef>,
}

impl Position {
    #[expect(clippy::cast_precision_loss, reason = "counts of statements are small")]
    fn count(&self, repeats: Repeats) -> f64 {
        let count = match repeats {
            Repeats::Once => usize::from(!self.statements.is_empty()),
            Repeats::PerArticle => self.stories.len(),
            Repeats::All => self.statements.len(),
        };
        count as f64
    }
}

/// By actor, then issue: for and against.
pub(super) type Positions = BTreeMap<EntityId, BTreeMap<IssueId, [Position; 2]>>;

type Held = BTreeMap<IssueId, [Position; 2]>;

/// Returns the tie of two actors; none where its weight is zero.
pub(super) fn tie(x: &Held, y: &Held, options: NetworkOptions) -> Option<(TieKind, Pair)> {
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
            let activity = |pick: fn(&(f64, f64)) -> f64| cells.iter().map(pick).sum::<f64>();
            activity(|cell| cell.0) * activity(|cell| cell.1)
        }
    }
}
