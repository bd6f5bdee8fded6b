//! One line a document in the format of the corpora, so that predictions are compared with gold
//! files directly. **Offsets are Unicode code points of `text`, end exclusive.**
//!
//! Types are written as PERSON, NORP, GPE (states, and places with a government), LOC, ORG, FAC,
//! WEAPON, LAW, EVENT; the person's own types as OTHER with their name in `orig`.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::FieldsSure;
use crate::export::CodePoints;
use crate::model::{
    Act, Attribution, Codebook, Confidence, DateSource, EntityId, EntityType, Factuality, Findings,
    Mention, MentionKind, Modifier, Party, Polarity, Statement, Suggested, TextRange, Timex,
    TimexClass, TimexValue, UnknownWord, slice,
};

/// A key of a document that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum JsonLayer {
    Sentences,
    Entities,
    Timex,
    Attributions,
    Statements,
    Stances,
    Coref,
}

impl JsonLayer {
    /// All of them, in the order of the keys.
    pub const ALL: [Self; 7] = [
        Self::Sentences,
        Self::Entities,
        Self::Timex,
        Self::Attributions,
        Self::Statements,
        Self::Stances,
        Self::Coref,
    ];

    /// Returns the key.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sentences => "sentences",
            Self::Entities => "entities",
            Self::Timex => "timex",
            Self::Attributions => "attributions",
            Self::Statements => "statements",
            Self::Stances => "stances",
            Self::Coref => "coref",
        }
    }
}

impl FromStr for JsonLayer {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|layer| layer.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

/// What was read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The document's id.
    pub id: &'a str,
    /// Headline.
    pub title: Option<&'a str>,
    /// The text that the findings' ranges point into.
    pub text: &'a str,
    /// Document creation time.
    pub dct: Option<Date>,
}

/// Which weak relations of two names are written with the stances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairs {
    /// The surest one of each sentence that shows no statement.
    Surest,
    /// Those of every two names of a sentence.
    All,
}

/// What is written.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Which keys.
    pub layers: BTreeSet<JsonLayer>,
    /// Names inside names too; without it only the outermost.
    pub nested: bool,
    /// Which weak relations of two names.
    pub pairs: Pairs,
    /// Names of the person's own types.
    pub codebook: Option<&'a Codebook>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            layers: JsonLayer::ALL.into(),
            nested: false,
            pairs: Pairs::Surest,
            codebook: None,
        }
    }
}

type Span = [usize; 2];

/// A document, ready to be serialised: keys that were not asked for are left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    id: String,
    title: Option<String>,
    dct: Option<String>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<Span>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Vec<EntityLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timex: Option<Vec<TimexLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributions: Option<Vec<AttributionLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Vec<StatementLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stances: Option<Vec<StanceLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coref: Option<Vec<Vec<Span>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct EntityLine {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'static str,
    entity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    orig: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TimexLine {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    class: TimexClass,
    value: TimexValue,
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    modifier: Option<Modifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    freq: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct AttributionLine {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct PartyLine {
    entity: String,
    span: Span,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct IssueLine {
    label: String,
    span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct StatementLine {
    id: String,
    holder: PartyLine,
    speaks_for: Option<String>,
    reporter: Option<PartyLine>,
    target: Option<PartyLine>,
    issue: Option<IssueLine>,
    act: Act,
    polarity_target: Option<Polarity>,
    polarity_issue: Option<Polarity>,
    factuality: Factuality,
    date: Option<TimexValue>,
    cue: Span,
    sentence: Span,
    /// How sure the engine is of the statement and of each field.
    confidence: BTreeMap<&'static str, f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct StanceLine {
    holder: Span,
    target: Span,
    polarity: &'static str,
    #[serde(rename = "type")]
    act: Act,
}

/// Returns a document with what the engine found in it.
#[must_use]
pub fn document(source: &Source<'_>, findings: &Findings, options: &Options<'_>) -> Document {
    let writer = Writer {
        source,
        findings,
        options,
        points: CodePoints::new(source.text),
    };
    let asked = |layer| options.layers.contains(&layer).then_some(());
    let sentences = || findings.tokens.sentences.iter();
    Document {
        id: source.id.to_owned(),
        title: source.title.map(str::to_owned),
        dct: source.dct.map(|date| date.to_string()),
        text: source.text.to_owned(),
        sentences: asked(JsonLayer::Sentences)
            .map(|()| sentences().map(|s| writer.points.range(s.range)).collect()),
        entities: asked(JsonLayer::Entities).map(|()| writer.entities()),
        timex: asked(JsonLayer::Timex)
            .map(|()| writer.each(&findings.timexes, |w, _, t| w.timex(t))),
        attributions: asked(JsonLayer::Attributions)
            .map(|()| writer.each(&findings.attributions, |w, _, a| w.attribution(a))),
        statements: asked(JsonLayer::Statements).map(|()| writer.statements()),
        stances: asked(JsonLayer::Stances).map(|()| writer.stances()),
        coref: asked(JsonLayer::Coref).map(|()| writer.coref()),
    }
}

/// Returns a document as one line, with its end.
///
/// # Errors
/// Never in practice: all keys are words and all values plain data.
pub fn line(document: &Document) -> serde_json::Result<String> {
    let mut line = serde_json::to_string(document)?;
    line.push('\n');
    Ok(line)
}

struct Writer<'a> {
    source: &'a Source<'a>,
    findings: &'a Findings,
    options: &'a Options<'a>,
    points: CodePoints<'a>,
}

impl Writer<'_> {
    fn each<T, R>(&self, rows: &[Suggested<T>], line: impl Fn(&Self, usize, &T) -> R) -> Vec<R> {
        let numbered = rows.iter().enumerate();
        numbered
            .map(|(n, row)| line(self, n + 1, &row.value))
            .collect()
    }

    fn name(&self, entity: Option<EntityId>, words: TextRange) -> String {
        entity
            .and_then(|id| self.findings.entities.get(&id))
            .map_or_else(
                || slice(self.source.text, words).to_owned(),
                |proposal| proposal.entity.name.clone(),
            )
    }

    fn entities(&self) -> Vec<EntityLine> {
        let mut names: Vec<&Mention> = self
            .findings
            .mentions
            .iter()
            .map(|row| &row.value)
            .filter(|mention| mention.kind == MentionKind::Name)
            .collect();
        names.sort_by_key(|m| (m.range.start(), std::cmp::Reverse(m.range.end())));
        if !self.options.nested {
            names = outermost(names);
        }
        names.into_iter().map(|name| self.entity(name)).collect()
    }

    fn entity(&self, mention: &Mention) -> EntityLine {
        let [start, end] = self.points.range(mention.range);
        let governed = mention
            .entity
            .and_then(|id| self.findings.entities.get(&id))
            .is_some_and(|proposal| proposal.governed);
        EntityLine {
            start,
            end,
            kind: type_name(mention.entity_type, governed),
            entity: self.name(mention.entity, mention.range),
            orig: self.own_name(mention.entity_type),
        }
    }

    fn own_name(&self, entity_type: EntityType) -> Option<String> {
        let EntityType::Own(id) = entity_type else {
            return None;
        };
        let own = self.options.codebook.and_then(|book| book.types.get(&id));
        Some(own.map_or_else(|| id.to_string(), |own| own.name.clone()))
    }

    fn timex(&self, timex: &Timex) -> TimexLine {
        let [start, end] = self.points.range(timex.range);
        TimexLine {
            start,
            end,
            class: timex.class,
            value: timex.value.clone(),
            modifier: timex.modifier,
            quant: timex.quant.clone(),
            freq: timex.freq.clone(),
        }
    }

    fn spans(&self, ranges: &[TextRange]) -> Vec<Span> {
        ranges.iter().map(|r| self.points.range(*r)).collect()
    }

    fn attribution(&self, attribution: &Attribution) -> AttributionLine {
        AttributionLine {
            source: self.spans(&attribution.source),
            cue: self.spans(&attribution.cue),
            content: self.spans(&attribution.content),
        }
    }

    fn party(&self, party: Party) -> PartyLine {
        PartyLine {
            entity: self.name(Some(party.entity), party.range),
            span: self.points.range(party.range),
        }
    }

    fn statements(&self) -> Vec<StatementLine> {
        let numbered = self.findings.statements.iter().enumerate();
        numbered
            .map(|(n, row)| self.statement(n + 1, &row.value, row.confidence))
            .collect()
    }

    fn statement(
        &self,
        number: usize,
        statement: &Statement,
        confidence: Confidence,
    ) -> StatementLine {
        let speaks_for = statement
            .speaks_for
            .and_then(|id| self.findings.entities.get(&id));
        StatementLine {
            id: format!("{}-s{number}", self.source.id),
            holder: self.party(statement.holder),
            speaks_for: speaks_for.map(|proposal| proposal.entity.name.clone()),
            reporter: statement.reporter.map(|party| self.party(party)),
            target: statement.target.map(|party| self.party(party)),
            issue: statement.issue.as_ref().map(|issue| IssueLine {
                label: issue.label.clone(),
                span: issue.range.map(|range| self.points.range(range)),
            }),
            act: statement.act,
            polarity_target: statement.polarity_target,
            polarity_issue: statement.polarity_issue,
            factuality: statement.factuality,
            date: stated_date(statement),
            cue: self.points.range(statement.evidence.cue),
            sentence: self.points.range(statement.evidence.sentence),
            confidence: sure(&FieldsSure::suggested(
                statement,
                confidence,
                self.source.text,
            )),
        }
    }

    fn stances(&self) -> Vec<StanceLine> {
        let statements = self.findings.statements.iter().map(|row| &row.value);
        let mut lines: Vec<StanceLine> = statements
            .flat_map(|statement| {
                let holder = self.points.range(statement.holder.range);
                let polarity = stance_polarity(statement);
                self.each_target(statement)
                    .into_iter()
                    .map(move |target| StanceLine {
                        holder,
                        target: self.points.range(target),
                        polarity,
                        act: statement.act,
                    })
            })
            .collect();
        let all = self.options.pairs == Pairs::All;
        let relations = self.findings.relations.iter().map(|row| &row.value);
        let weak = relations.filter(|relation| if all { relation.pair } else { relation.surest });
        lines.extend(weak.map(|relation| StanceLine {
            holder: self.points.range(relation.holder.range),
            target: self.points.range(relation.target.range),
            polarity: polarity_word(relation.polarity),
            act: relation.act,
        }));
        lines
    }

    /// A target that is a row of names (*Velmora and Ostmark*) is as many targets.
    fn each_target(&self, statement: &Statement) -> Vec<TextRange> {
        let Some(target) = statement.target else {
            return Vec::new();
        };
        let names: Vec<&Mention> = self
            .findings
            .mentions
            .iter()
            .map(|row| &row.value)
            .filter(|m| target.range.contains_range(m.range) && m.range != target.range)
            .filter(|m| m.kind == MentionKind::Name && m.entity.is_some())
            .collect();
        let entities: BTreeSet<_> = names.iter().map(|m| m.entity).collect();
        let row = slice(self.source.text, target.range).contains([',', '&'])
            || slice(self.source.text, target.range)
                .split_whitespace()
                .any(|word| matches!(word, "and" | "or"));
        if entities.len() < 2 || !row {
            return vec![target.range];
        }
        outermost(names).iter().map(|name| name.range).collect()
    }

    /// A cluster an entity, nested mentions and clusters of one included: the scorer leaves out what
    /// it does not count.
    fn coref(&self) -> Vec<Vec<Span>> {
        let mut clusters: BTreeMap<EntityId, Vec<TextRange>> = BTreeMap::new();
        for mention in self.findings.mentions.iter().map(|row| &row.value) {
            if let Some(entity) = mention.entity {
                clusters.entry(entity).or_default().push(mention.range);
            }
        }
        let by_entity = || clusters.into_values().collect();
        let chains: Vec<Vec<TextRange>> = match self.findings.chains.as_slice() {
            [] => by_entity(),
            chains => chains.to_vec(),
        };
        let mut clusters: Vec<Vec<Span>> = chains.iter().map(|ranges| self.spans(ranges)).collect();
        for cluster in &mut clusters {
            cluster.sort_unstable();
            cluster.dedup();
        }
        clusters.sort();
        clusters
    }
}

/// Keeps the names that lie in no other; `names` are by start, longest first.
fn outermost(names: Vec<&Mention>) -> Vec<&Mention> {
    let mut kept: Vec<&Mention> = Vec::with_capacity(names.len());
    for name in names {
        let inside = kept
            .last()
            .is_some_and(|outer| outer.range.contains_range(name.range));
        if !inside {
            kept.push(name);
        }
    }
    kept
}

fn type_name(entity_type: EntityType, governed: bool) -> &'static str {
    match entity_type {
        EntityType::Person => "PERSON",
        EntityType::Norp => "NORP",
        EntityType::State => "GPE",
        EntityType::Organisation => "ORG",
        EntityType::Place if governed => "GPE",
        EntityType::Place => "LOC",
        EntityType::Facility => "FAC",
        EntityType::Weapon => "WEAPON",
        EntityType::Agreement => "LAW",
        EntityType::Event => "EVENT",
        EntityType::Own(_) => "OTHER",
    }
}

/// Only what the document states for the act: a date of the narrative or of the article is none.
fn stated_date(statement: &Statement) -> Option<TimexValue> {
    let date = statement.date.as_ref()?;
    match date.source {
        DateSource::Person | DateSource::Clause | DateSource::Sentence => Some(date.value.clone()),
        DateSource::Narrative | DateSource::Article => None,
    }
}

/// CONSULT is neutral in pairs, as PLOVER has it there.
/// Two digits are what the measured shares bear.
fn sure(fields: &FieldsSure) -> BTreeMap<&'static str, f64> {
    let all = [("statement", fields.statement)];
    let all = all.into_iter().chain(fields.by_doubt());
    all.map(|(name, sure)| (name, (f64::from(sure.get()) * 100.0).round() / 100.0))
        .collect()
}

fn stance_polarity(statement: &Statement) -> &'static str {
    match statement.polarity_target {
        Some(side) if statement.act != Act::Consult => polarity_word(side),
        _ => "neutral",
    }
}

fn polarity_word(side: Polarity) -> &'static str {
    match side {
        Polarity::Support => "positive",
        Polarity::Oppose => "negative",
        Polarity::Neutral => "neutral",
    }
}

#[cfg(test)]
mod tests;
