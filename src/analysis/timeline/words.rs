//! What stands beside a single mark.

use crate::analysis::{ItemKind, Lane, ProjectView, TimelineItem};
use crate::model::Project;

/// Says of a single item what its lanes (`said`) do not: *REJECT Astrany*.
#[must_use]
pub fn item_words(
    project: &Project,
    view: &ProjectView,
    said: &[&Lane],
    item: &TimelineItem,
) -> String {
    match item.kind {
        ItemKind::Statement(at) => {
            let Some(row) = view.statement(at) else {
                return String::new();
            };
            let statement = &row.value;
            let name = |entity| view.entity_name(entity).to_owned();
            let says = |kind: fn(&Lane) -> bool| said.iter().any(|lane| kind(lane));
            let mut words = Vec::new();
            if !says(|lane| matches!(lane, Lane::Actor(_))) {
                words.push(name(statement.holder.entity));
            }
            if !says(|lane| matches!(lane, Lane::Act(_))) {
                words.push(statement.act.name().to_owned());
            }
            match (statement.target, &statement.issue) {
                (Some(target), _) => words.push(name(target.entity)),
                (None, Some(issue)) if !says(|lane| matches!(lane, Lane::Issue(_))) => {
                    words.push(issue.label.clone());
                }
                (None, _) => {}
            }
            words.join(" ")
        }
        ItemKind::Publication(id) => match (said, project.articles.get(&id)) {
            ([Lane::Article(_), ..], _) | (_, None) => "published".to_owned(),
            (_, Some(article)) => article.article.meta.title.clone(),
        },
        ItemKind::Time(id, time) => {
            let article = project.articles.get(&id);
            let view = view.articles.get(&id);
            let row = view.and_then(|view| view.timexes.iter().find(|row| row.id == time));
            let words = article.zip(row).map(|(article, row)| {
                let words = article.article.slice(row.value.range);
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            });
            words.unwrap_or_default()
        }
        ItemKind::Entry(id) => {
            let entry = project.entries.get(&id);
            entry.map(|entry| entry.title.clone()).unwrap_or_default()
        }
    }
}
