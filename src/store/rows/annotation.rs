//! Annotations, and the shell of a decision around them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::model::{
    Act, Attribution, CoderId, Confidence, DateSource, Decided, EntityId, EntityType, Evidence,
    Factuality, IssueId, IssuePhrase, Mention, MentionKind, Modifier, Party, Polarity, Statement,
    StatementDate, Suggested, TextRange, Timestamp, Timex, TimexClass, TimexValue, Verdict,
};
use crate::store::rows::BadRow;

/// A record of the model that has a form in the file.
pub(in crate::store) trait Stored: Sized {
    /// Its form.
    type Row: Serialize + DeserializeOwned;
    /// Returns its form.
    fn row(&self) -> Self::Row;
    /// Reads its form.
    fn model(row: Self::Row) -> Result<Self, BadRow>;
}

fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct MentionRow {
    range: TextRange,
    kind: MentionKind,
    #[serde(rename = "type")]
    entity_type: EntityType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<EntityId>,
    #[serde(default, skip_serializing_if = "is_false")]
    metonym: bool,
}

impl Stored for Mention {
    type Row = MentionRow;
    fn row(&self) -> MentionRow {
        let Self {
            range,
            kind,
            entity_type,
            entity,
            metonym,
        } = *self;
        MentionRow {
            range,
            kind,
            entity_type,
            entity,
            metonym,
        }
    }
    fn model(row: MentionRow) -> Result<Self, BadRow> {
        let MentionRow {
            range,
            kind,
            entity_type,
            entity,
            metonym,
        } = row;
        Ok(Self {
            range,
            kind,
            entity_type,
            entity,
            metonym,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct TimexRow {
    range: TextRange,
    class: TimexClass,
    value: TimexValue,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modifier: Option<Modifier>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    freq: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anchor: Option<TextRange>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    points: Option<TimexValue>,
    #[serde(default)]
    rule: String,
}

impl Stored for Timex {
    type Row = TimexRow;
    fn row(&self) -> TimexRow {
        let Self {
            range,
            class,
            value,
            modifier,
            quant,
            freq,
            anchor,
            points,
            rule,
        } = self.clone();
        TimexRow {
            range,
            class,
            value,
            modifier,
            quant,
            freq,
            anchor,
            points,
            rule,
        }
    }
    fn model(row: TimexRow) -> Result<Self, BadRow> {
        let TimexRow {
            range,
            class,
            value,
            modifier,
            quant,
            freq,
            anchor,
            points,
            rule,
        } = row;
        Ok(Self {
            range,
            class,
            value,
            modifier,
            quant,
            freq,
            anchor,
            points,
            rule,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct AttributionRow {
    source: Vec<TextRange>,
    cue: Vec<TextRange>,
    content: Vec<TextRange>,
}

impl Stored for Attribution {
    type Row = AttributionRow;
    fn row(&self) -> AttributionRow {
        let Self {
            source,
            cue,
            content,
        } = self.clone();
        AttributionRow {
            source,
            cue,
            content,
        }
    }
    fn model(row: AttributionRow) -> Result<Self, BadRow> {
        let AttributionRow {
            source,
            cue,
            content,
        } = row;
        Ok(Self {
            source,
            cue,
            content,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct PartyRow {
    entity: EntityId,
    range: TextRange,
}

impl PartyRow {
    fn new(party: Party) -> Self {
        Self {
            entity: party.entity,
            range: party.range,
        }
    }
    fn model(self) -> Party {
        Party {
            entity: self.entity,
            range: self.range,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct PhraseRow {
    label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    range: Option<TextRange>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issue: Option<IssueId>,
}

#[derive(Serialize, Deserialize)]
struct DateRow {
    value: TimexValue,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modifier: Option<Modifier>,
    source: DateSource,
}

impl DateRow {
    fn new(date: StatementDate) -> Self {
        let StatementDate {
            value,
            modifier,
            source,
        } = date;
        Self {
            value,
            modifier,
            source,
        }
    }
    fn model(self) -> StatementDate {
        let Self {
            value,
            modifier,
            source,
        } = self;
        StatementDate {
            value,
            modifier,
            source,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct StatementRow {
    holder: PartyRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaks_for: Option<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<PartyRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issue: Option<PhraseRow>,
    act: Act,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    polarity_target: Option<Polarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    polarity_issue: Option<Polarity>,
    factuality: Factuality,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<DateRow>,
    cue: TextRange,
    sentence: TextRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reporter: Option<PartyRow>,
}

impl Stored for Statement {
    type Row = StatementRow;
    fn row(&self) -> StatementRow {
        let issue = self.issue.clone().map(|phrase| {
            let IssuePhrase {
                label,
                range,
                issue,
            } = phrase;
            PhraseRow {
                label,
                range,
                issue,
            }
        });
        let date = self.date.clone();
        StatementRow {
            holder: PartyRow::new(self.holder),
            speaks_for: self.speaks_for,
            target: self.target.map(PartyRow::new),
            issue,
            act: self.act,
            polarity_target: self.polarity_target,
            polarity_issue: self.polarity_issue,
            factuality: self.factuality,
            date: date.map(DateRow::new),
            cue: self.evidence.cue,
            sentence: self.evidence.sentence,
            reporter: self.reporter.map(PartyRow::new),
        }
    }
    fn model(row: StatementRow) -> Result<Self, BadRow> {
        let issue = row.issue.map(|phrase| {
            let PhraseRow {
                label,
                range,
                issue,
            } = phrase;
            IssuePhrase {
                label,
                range,
                issue,
            }
        });
        Ok(Self {
            holder: row.holder.model(),
            speaks_for: row.speaks_for,
            target: row.target.map(PartyRow::model),
            issue,
            act: row.act,
            polarity_target: row.polarity_target,
            polarity_issue: row.polarity_issue,
            factuality: row.factuality,
            date: row.date.map(DateRow::model),
            evidence: Evidence {
                cue: row.cue,
                sentence: row.sentence,
            },
            reporter: row.reporter.map(PartyRow::model),
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum VerdictRow {
    Confirmed,
    Added,
    Rejected,
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct SuggestedRow<R> {
    value: R,
    confidence: f32,
    by: String,
}

impl<T: Stored> Stored for Suggested<T> {
    type Row = SuggestedRow<T::Row>;
    fn row(&self) -> Self::Row {
        SuggestedRow {
            value: self.value.row(),
            confidence: self.confidence.get(),
            by: self.by.clone(),
        }
    }
    fn model(row: Self::Row) -> Result<Self, BadRow> {
        let confidence = Confidence::new(row.confidence);
        Ok(Self {
            value: T::model(row.value)?,
            confidence,
            by: row.by,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct DecidedRow<R> {
    value: R,
    verdict: VerdictRow,
    coder: CoderId,
    at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<SuggestedRow<R>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl<T: Stored> Stored for Decided<T> {
    type Row = DecidedRow<T::Row>;
    fn row(&self) -> Self::Row {
        DecidedRow {
            value: self.value.row(),
            verdict: match self.verdict {
                Verdict::Confirmed => VerdictRow::Confirmed,
                Verdict::Added => VerdictRow::Added,
                Verdict::Rejected => VerdictRow::Rejected,
            },
            coder: self.coder,
            at: self.at.0,
            origin: self.origin.as_ref().map(Stored::row),
            note: self.note.clone(),
        }
    }
    fn model(row: Self::Row) -> Result<Self, BadRow> {
        Ok(Self {
            value: T::model(row.value)?,
            verdict: match row.verdict {
                VerdictRow::Confirmed => Verdict::Confirmed,
                VerdictRow::Added => Verdict::Added,
                VerdictRow::Rejected => Verdict::Rejected,
            },
            coder: row.coder,
            at: Timestamp(row.at),
            origin: row.origin.map(Suggested::model).transpose()?,
            note: row.note,
        })
    }
}
