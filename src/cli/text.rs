//! Findings in words, for people at a terminal.

use crate::export::jsonl::{JsonLayer, Options, Source};
use crate::model::{EntityId, Findings, Statement, slice};

/// Returns a document's findings as lines.
pub(super) fn document(source: &Source<'_>, findings: &Findings, options: &Options<'_>) -> String {
    let asked = |layer| options.layers.contains(&layer);
    let mut out = format!("# {}", source.title.unwrap_or(source.id));
    if let Some(dct) = source.dct {
        add(&mut out, &format!(" ({dct})"));
    }
    out.push('\n');
    if asked(JsonLayer::Entities) {
        entities(&mut out, findings);
    }
    if asked(JsonLayer::Timex) {
        for timex in findings.timexes.iter().map(|found| &found.value) {
            let words = slice(source.text, timex.range);
            add(&mut out, &format!("time       {words} = {}\n", timex.value));
        }
    }
    if asked(JsonLayer::Attributions) {
        for found in &findings.attributions {
            let words = |ranges: &[crate::model::TextRange]| {
                let all: Vec<_> = ranges
                    .iter()
                    .map(|range| slice(source.text, *range))
                    .collect();
                one_line(&all.join(" … "))
            };
            let value = &found.value;
            let (who, cue, what) = (
                words(&value.source),
                words(&value.cue),
                words(&value.content),
            );
            add(&mut out, &format!("said       {who} | {cue} | {what}\n"));
        }
    }
    if asked(JsonLayer::Statements) {
        for found in &findings.statements {
            statement(&mut out, source.text, findings, &found.value);
        }
    }
    out
}

fn entities(out: &mut String, findings: &Findings) {
    for (id, proposal) in &findings.entities {
        let count = findings
            .mentions
            .iter()
            .filter(|found| found.value.entity == Some(*id))
            .count();
        let entity = &proposal.entity;
        let mut line = format!(
            "{:<10} {} × {count}",
            entity.entity_type.name(),
            entity.name
        );
        for role in &entity.roles {
            let of = role
                .of
                .map(|of| format!(" of {}", name(findings, of)))
                .unwrap_or_default();
            let stands = role.tenure.word().map(|word| format!("{word} "));
            let stands = stands.unwrap_or_default();
            add(&mut line, &format!(", {stands}{}{of}", role.office));
        }
        add(out, &format!("{line}\n"));
    }
}

fn statement(out: &mut String, text: &str, findings: &Findings, statement: &Statement) {
    let mut line = format!(
        "{:<10} {}",
        statement.act.name(),
        name(findings, statement.holder.entity)
    );
    if let Some(state) = statement.speaks_for {
        add(&mut line, &format!(" (for {})", name(findings, state)));
    }
    if let Some(target) = statement.target {
        let side = statement.polarity_target.map_or("", |side| side.name());
        add(
            &mut line,
            &format!(" → {} [{side}]", name(findings, target.entity)),
        );
    }
    if let Some(issue) = &statement.issue {
        let side = statement.polarity_issue.map_or("", |side| side.name());
        add(
            &mut line,
            &format!(" on {} [{side}]", one_line(&issue.label)),
        );
    }
    add(&mut line, &format!(", {}", statement.factuality.name()));
    if let Some(date) = &statement.date {
        add(&mut line, &format!(", {}", date.value));
    }
    let evidence = one_line(slice(text, statement.evidence.sentence));
    add(out, &format!("{line}\n           “{evidence}”\n"));
}

fn name(findings: &Findings, id: EntityId) -> &str {
    findings
        .entities
        .get(&id)
        .map_or("unnamed", |proposal| proposal.entity.name.as_str())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(out: &mut String, text: &str) {
    out.push_str(text);
}
