//! From the confidence of a rule to how often such statements are right: `sure.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Confidence, Statement, TextRange, TextSize};
use crate::nlp::lexicon::rows;

/// Bytes between holder and cue from which they are far apart.
const FAR: u32 = 30;

static WEIGHTS: LazyLock<BTreeMap<&'static str, f32>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/lexicons/sure.tsv"))
        .filter_map(|row| match row[..] {
            [what, weight] => Some((what, weight.parse().ok()?)),
            _ => None,
        })
        .collect()
});

/// Returns how likely holder and act of a statement are right that a rule is `rule` sure of.
pub(super) fn sure(statement: &Statement, rule: f32) -> Confidence {
    let weight = |what: &str| WEIGHTS.get(what).copied().unwrap_or_default();
    let mut sum = weight("base") + weight("rule") * rule;
    if statement.target.is_none() {
        sum += weight("no_target");
    }
    if statement.reporter.is_some() {
        sum += weight("reported");
    }
    if gap(statement.holder.range, statement.evidence.cue) >= TextSize::new(FAR) {
        sum += weight("far");
    }
    Confidence::new(1.0 / (1.0 + (-sum).exp()))
}

/// What stands between two ranges.
fn gap(left: TextRange, right: TextRange) -> TextSize {
    let (first, second) = if left.start() <= right.start() {
        (left, right)
    } else {
        (right, left)
    };
    second
        .start()
        .checked_sub(first.end())
        .unwrap_or(TextSize::new(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_read() {
        for what in ["base", "rule", "no_target", "reported", "far"] {
            assert!(WEIGHTS.contains_key(what), "{what}");
        }
    }

    #[test]
    fn gap_counts_what_stands_between_either_way() {
        let range = |a: u32, b: u32| TextRange::new(a.into(), b.into());
        assert_eq!(gap(range(0, 4), range(10, 12)), 6.into());
        assert_eq!(gap(range(10, 12), range(0, 4)), 6.into());
        assert_eq!(gap(range(0, 12), range(4, 6)), 0.into());
    }
}
