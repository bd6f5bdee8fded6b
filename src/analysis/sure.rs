//! How sure each field of a suggested statement is.
//!
//! Shares measured on the first half of the statements corpus, for a statement that is one: a field is
//! asked for by what can be seen of it (where the target stands, where the date is from). The act
//! follows the statement's own confidence, which corrections move.

use crate::analysis::{Row, Status};
use crate::model::{Confidence, DateSource, Factuality, Statement, TextRange, TextSize, slice};

/// Statements that the engine is less sure of than this are kept, but folded away: less likely than
/// not to be right in holder and act (see `assets/lexicons/sure.tsv`).
pub const UNSURE: f32 = 0.5;

impl Row<Statement> {
    /// Whether it is folded away until somebody asks for what the engine is not sure of.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        matches!(&self.status, Status::Suggested { confidence, .. } if confidence.get() < UNSURE)
    }
}

/// Bytes from which a party is far from the cue.
const FAR: u32 = 30;

/// How sure each field is. A field that is left empty has the confidence that it is to be empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldsSure {
    /// That there is a statement with this holder and act.
    pub statement: Confidence,
    /// The holder.
    pub holder: Confidence,
    /// The act, if the holder is right.
    pub act: Confidence,
    /// The target, or that there is none.
    pub target: Confidence,
    /// The sides.
    pub polarity: Confidence,
    /// Whether it happened.
    pub factuality: Confidence,
    /// The date.
    pub date: Confidence,
}

impl FieldsSure {
    /// Returns how sure the fields of a suggested statement in `body` are; none for a decided one.
    #[must_use]
    pub fn of(row: &Row<Statement>, body: &str) -> Option<Self> {
        let Status::Suggested { confidence, .. } = &row.status else {
            return None;
        };
        Some(Self::suggested(&row.value, *confidence, body))
    }

    /// Returns the same for a suggestion that stands in no view.
    #[must_use]
    pub fn suggested(statement: &Statement, confidence: Confidence, body: &str) -> Self {
        let cue = statement.evidence.cue;
        let far = |range: TextRange| gap(range, cue) >= TextSize::new(FAR);
        let pronoun = matches!(
            slice(body, statement.holder.range).to_lowercase().as_str(),
            "he" | "she" | "it" | "they" | "we" | "i"
        );
        let holder = match (pronoun, far(statement.holder.range)) {
            (true, _) => 0.8,
            (false, false) => 0.86,
            (false, true) => 0.74,
        };
        let target = match statement.target {
            Some(target) if !far(target.range) => 0.95,
            Some(_) => 0.35,
            None => 0.67,
        };
        let act = (confidence.get() / holder).clamp(0.3, 0.97);
        Self {
            statement: confidence,
            holder: Confidence::new(holder),
            act: Confidence::new(act),
            target: Confidence::new(target),
            polarity: Confidence::new(0.95),
            factuality: Confidence::new(match statement.factuality {
                Factuality::Asserted => 0.95,
                Factuality::Denied | Factuality::Conditional | Factuality::Historical => 0.9,
                Factuality::Planned => 0.8,
            }),
            date: Confidence::new(date(statement)),
        }
    }

    /// Returns the fields by name, the least sure first.
    #[must_use]
    pub fn by_doubt(&self) -> Vec<(&'static str, Confidence)> {
        let mut fields = vec![
            ("holder", self.holder),
            ("act", self.act),
            ("target", self.target),
            ("side", self.polarity),
            ("factuality", self.factuality),
            ("date", self.date),
        ];
        fields.sort_by(|a, b| a.1.get().total_cmp(&b.1.get()));
        fields
    }
}

fn date(statement: &Statement) -> f32 {
    match statement.date.as_ref().map(|date| date.source) {
        Some(DateSource::Clause) => 0.7,
        Some(DateSource::Sentence) => 0.4,
        Some(DateSource::Narrative) => 0.5,
        Some(_) | None => 0.65,
    }
}

fn gap(left: TextRange, right: TextRange) -> TextSize {
    let (first, second) = if left.start() <= right.start() {
        (left, right)
    } else {
        (right, left)
    };
    let between = second.start().checked_sub(first.end());
    between.unwrap_or(TextSize::new(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::model::{Act, Polarity};

    #[test]
    fn every_field_of_a_suggestion_has_its_doubt_and_decided_ones_have_none() {
        let (project, view) = Fixture::new()
            .says("Peru", "Georgia", Act::Accuse, Polarity::Oppose)
            .says("Peru", "Georgia", Act::Reject, Polarity::Oppose)
            .confirmed()
            .build();
        let mut sure = Vec::new();
        for (at, row) in view.statements() {
            let body = &project.articles[&at.article].article.text.body;
            sure.push((row.is_decided(), FieldsSure::of(row, body)));
        }
        assert_eq!(sure.len(), 2);
        for (decided, fields) in sure {
            assert_eq!(fields.is_none(), decided);
            let Some(fields) = fields else { continue };
            let rows = fields.by_doubt();
            assert_eq!(rows.len(), 6);
            assert!(rows.is_sorted_by(|a, b| a.1.get() <= b.1.get()));
            assert!(fields.target.get() > 0.9);
        }
    }
}
