//! What a pronoun or a description stands for, and from where that is known.

use crate::analysis::{ArticleView, ProjectView, Row};
use crate::model::{Mention, MentionKind, TextRange, Tokens, slice};

/// Returns what the words of a mention are read as, and the words before them that say so; none for a name.
pub(super) fn antecedent(
    project: &ProjectView,
    article: &ArticleView,
    tokens: &Tokens,
    body: &str,
    row: &Row<Mention>,
) -> Option<String> {
    let mention = &row.value;
    if mention.kind == MentionKind::Name {
        return None;
    }
    let mut members: Vec<&str> = Vec::new();
    for other in article
        .mentions
        .iter()
        .filter(|other| other.value.range == mention.range)
    {
        if let Some(entity) = other.value.entity {
            let name = project.entity_name(entity);
            if !members.contains(&name) {
                members.push(name);
            }
        }
    }
    if members.is_empty() {
        return None;
    }
    let mut out = format!(
        "“{}” is read as {}",
        slice(body, mention.range),
        listed(&members)
    );
    if let Some(before) = last_before(article, row) {
        let words = slice(body, before.range);
        let place = distance(tokens, before.range, mention.range);
        out.push_str(&format!(", named last as “{words}” {place}"));
    }
    out.push('.');
    Some(out)
}

/// The mention of the same entity that stands nearest before, a name rather than other words.
fn last_before<'a>(article: &'a ArticleView, row: &Row<Mention>) -> Option<&'a Mention> {
    let before = |other: &&Row<Mention>| {
        other.value.entity == row.value.entity && other.value.range.end() <= row.value.range.start()
    };
    let mut all = article
        .mentions
        .iter()
        .filter(before)
        .map(|other| &other.value);
    let name = all.clone().rfind(|m| m.kind == MentionKind::Name);
    name.or_else(|| all.rfind(|m| m.kind == MentionKind::Description))
}

fn listed(names: &[&str]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn distance(tokens: &Tokens, from: TextRange, to: TextRange) -> String {
    let at = |range: TextRange| {
        tokens
            .sentences
            .partition_point(|s| s.range.start() <= range.start())
    };
    match at(to).saturating_sub(at(from)) {
        0 => "in this sentence".to_owned(),
        1 => "in the sentence before".to_owned(),
        count => format!("{count} sentences before"),
    }
}
