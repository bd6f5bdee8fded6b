//! What a label typed for selected words can be: an entity of the article or project, or a type.

use crate::analysis::{ArticleView, ProjectView};
use crate::model::{EntityId, EntityType};
use crate::ui::widgets::Completion;

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// The words name this entity.
    Entity(EntityId, EntityType),
    /// The words name something of this type.
    Type(EntityType),
}

/// Returns at most a dozen labels that `typed` may begin: entities of the article first, then those
/// of the project, then types.
pub(crate) fn labels(
    project: &ProjectView,
    article: &ArticleView,
    typed: &str,
) -> Vec<Completion<Label>> {
    let mut found: Vec<Completion<Label>> = entities(project, article, typed, false)
        .into_iter()
        .map(|completion| {
            let id = completion.value;
            let entity_type = project.entity_type(id).unwrap_or(EntityType::Organisation);
            Completion {
                value: Label::Entity(id, entity_type),
                words: completion.words,
                badge: completion.badge,
                right: completion.right,
            }
        })
        .collect();
    let typed = typed.trim().to_lowercase();
    let types = EntityType::BUILT_IN.into_iter().enumerate();
    found.extend(types.filter_map(|(at, entity_type)| {
        let name = entity_type.name();
        name.to_lowercase().starts_with(&typed).then(|| Completion {
            value: Label::Type(entity_type),
            words: name.to_owned(),
            badge: Some(entity_type.into()),
            right: format!("type · {}", at + 1),
        })
    }));
    found.truncate(12);
    found
}

/// Returns at most eight entities whose name or other name has a word that begins with `typed`;
/// those of the article first, then by number of mentions. With `actors` only those that can act.
pub(crate) fn entities(
    project: &ProjectView,
    article: &ArticleView,
    typed: &str,
    actors: bool,
) -> Vec<Completion<EntityId>> {
    let here: std::collections::BTreeSet<EntityId> = article
        .mentions
        .iter()
        .filter_map(|row| row.value.entity)
        .collect();
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<_> = project
        .entities
        .iter()
        .filter(|(_, row)| !actors || row.entity.entity_type.acts())
        .filter_map(|(id, row)| {
            let names = std::iter::once(row.entity.name.as_str())
                .chain(row.entity.aliases.iter().map(|alias| alias.text.as_str()));
            let rank = names.filter_map(|name| rank(name, &typed)).min()?;
            Some((
                rank,
                !here.contains(id),
                std::cmp::Reverse(row.mentions),
                id,
                row,
            ))
        })
        .collect();
    found.sort_by(|a, b| (a.1, a.0, a.2, &a.4.entity.name).cmp(&(b.1, b.0, b.2, &b.4.entity.name)));
    found
        .into_iter()
        .take(8)
        .map(|(_, elsewhere, _, id, row)| Completion {
            value: *id,
            words: row.entity.name.clone(),
            badge: Some(row.entity.entity_type.into()),
            right: if elsewhere {
                format!("{} elsewhere", row.mentions)
            } else {
                row.mentions.to_string()
            },
        })
        .collect()
}

/// 0 where the name begins with what was typed, 1 where one of its words does.
fn rank(name: &str, typed: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(typed) {
        return Some(0);
    }
    name.split([' ', '-', '’', '\''])
        .any(|word| word.starts_with(typed))
        .then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_of_a_name_completes_it_and_its_beginning_comes_first() {
        assert_eq!(rank("Islamic Republic of Iran", "iran"), Some(1));
        assert_eq!(rank("Iran", "ir"), Some(0));
        assert_eq!(rank("Tirana", "ir"), None);
        assert_eq!(rank("Iran", ""), Some(0));
    }
}
