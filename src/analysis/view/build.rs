//! One article's view, and what of it counts for the project.

use std::collections::BTreeMap;

use crate::analysis::learning;
use crate::analysis::view::terms::{Terms, TermsBuilder};
use crate::analysis::view::{ArticleView, Resolver, Row, Status};
use crate::model::{
    AnnotationId, ArticleId, ArticleState, Codes, Decided, Effective, Layer, Layered, Mention,
    Project, Statement, Verdict,
};

/// What a person decided on statements in an article, where anything.
pub(super) fn decided_positions(
    project: &Project,
    article: ArticleId,
) -> Option<&BTreeMap<AnnotationId, Decided<Statement>>> {
    let state = project.articles.get(&article)?;
    Some(state.annotations.statements.decided()).filter(|decided| !decided.is_empty())
}

/// What a person decided on names in an article, where anything.
pub(super) fn decided_names(
    project: &Project,
    article: ArticleId,
) -> Option<&BTreeMap<AnnotationId, Decided<Mention>>> {
    let state = project.articles.get(&article)?;
    Some(state.annotations.mentions.decided()).filter(|decided| !decided.is_empty())
}

/// Builds the view of an article, and what of it counts.
pub(super) fn built(state: &ArticleState, resolver: &Resolver) -> (ArticleView, Terms) {
    let body = &state.article.text.body;
    let mut mentions = rows(&state.annotations.mentions);
    let mut terms = TermsBuilder::new(state);
    mentions.retain(|row| {
        row.is_decided() || !resolver.never(crate::model::slice(body, row.value.range))
    });
    let moved = learning::teach(&resolver.learnt, body, &mut mentions);
    for row in &mut mentions {
        resolver.name(state.article.id, body, row);
        terms.raw(row.value.entity);
        row.value.entity = row.value.entity.map(|entity| resolver.entity(entity));
    }
    let mut statements = rows(&state.annotations.statements);
    for row in &mut statements {
        if !row.is_decided() {
            learning::follow(&mut row.value, &moved);
            terms.cue(&row.value, body);
            learning::teach_position(&resolver.learnt, body, row);
        }
        terms.raw_statement(&row.value);
        let chosen = chose_issue(&state.annotations.statements, row);
        resolver.statement(&mut row.value, chosen);
        if let Some(codes) = state.codes.get(&row.id) {
            row.codes.clone_from(codes);
        }
    }
    let view = ArticleView {
        mentions,
        timexes: rows(&state.annotations.timexes),
        attributions: rows(&state.annotations.attributions),
        statements,
    };
    let terms = terms.finish(&view);
    (view, terms)
}

/// Whether a person put the statement on its issue, rather than let stand what was suggested.
fn chose_issue(layer: &Layered<Statement>, row: &Row<Statement>) -> bool {
    let Some(decided) = layer.decided().get(&row.id) else {
        return false;
    };
    let phrase = |statement: &Statement| statement.issue.as_ref().and_then(|issue| issue.issue);
    let origin = decided.origin.as_ref();
    origin.is_none_or(|origin| phrase(&origin.value) != phrase(&decided.value))
}

fn rows<T: Layer>(layered: &Layered<T>) -> Vec<Row<T>> {
    layered
        .effective()
        .into_iter()
        .map(|(id, row)| match row {
            Effective::Suggested(s) => Row {
                id,
                value: s.value.clone(),
                status: Status::Suggested {
                    confidence: s.confidence,
                    by: s.by.clone(),
                },
                note: String::new(),
                codes: Codes::new(),
            },
            Effective::Decided(d) => Row {
                id,
                value: d.value.clone(),
                status: status(d),
                note: d.note.clone(),
                codes: Codes::new(),
            },
        })
        .collect()
}

fn status<T>(decided: &Decided<T>) -> Status {
    let Decided { coder, at, .. } = *decided;
    match decided.verdict {
        Verdict::Added => Status::Added { coder, at },
        Verdict::Confirmed | Verdict::Rejected => Status::Confirmed { coder, at },
    }
}
