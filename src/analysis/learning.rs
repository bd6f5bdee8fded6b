//! What decisions taught, laid over suggestions, and how much of what is suggested that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::analysis::view::{ArticleView, ArticleViews, ProjectView, Row, Status};
use crate::model::{
    Act, AnnotationId, ArticleState, EntityId, EntityType, LEARNT, Learnt, Mention, MentionKind,
    Party, Polarity, Project, Rule, Statement, Taught, TextRange, slice,
};

/// Words that name another entity now: where, before, after.
pub(super) type Moved = Vec<(TextRange, EntityId, EntityId)>;

/// Lays what was learnt over suggested mentions.
pub(super) fn teach(learnt: &Learnt, body: &str, rows: &mut Vec<Row<Mention>>) -> Moved {
    let mut moved = Moved::new();
    rows.retain_mut(|row| {
        let Status::Suggested { confidence, by } = &mut row.status else {
            return true;
        };
        let words = slice(body, row.value.range);
        match learnt.change(words, &row.value, *confidence) {
            None => true,
            Some(Taught::Nothing) => false,
            Some(Taught::Names(entity_type, entity)) => {
                if let (Some(before), Some(after)) = (row.value.entity, entity) {
                    moved.push((row.value.range, before, after));
                }
                row.value.entity_type = entity_type;
                row.value.entity = entity;
                LEARNT.clone_into(by);
                true
            }
        }
    });
    moved
}

/// Lays what was learnt over a suggested statement.
pub(super) fn teach_position(learnt: &Learnt, body: &str, row: &mut Row<Statement>) {
    let Status::Suggested { confidence, by } = &mut row.status else {
        return;
    };
    let cue = slice(body, row.value.evidence.cue);
    let Some(taught) = learnt.positions().change(cue, &row.value, *confidence) else {
        return;
    };
    let same = (taught.act, taught.polarity_target) == (row.value.act, row.value.polarity_target);
    if !same {
        LEARNT.clone_into(by);
    }
    row.value.act = taught.act;
    row.value.polarity_target = taught.polarity_target;
    *confidence = taught.confidence;
}

/// Parties of a suggested statement that stand on words which name another entity now.
pub(super) fn follow(statement: &mut Statement, moved: &Moved) {
    let party = |party: &mut Party| {
        let here = moved
            .iter()
            .find(|(range, before, _)| *range == party.range && *before == party.entity);
        if let Some((_, _, after)) = here {
            party.entity = *after;
        }
    };
    party(&mut statement.holder);
    statement.target.iter_mut().for_each(party);
    statement.reporter.iter_mut().for_each(party);
}

/// Returns how many names and statements are suggested otherwise now than before, or no longer, or
/// only now, in the articles of both; of statements act and side count, and whether they are folded
/// away; what a person decided before or now does not count. Of the views before, those
/// that were made again are enough.
#[must_use]
pub fn suggestions_changed(
    before: (&Project, &ArticleViews),
    now: (&Project, &ProjectView),
) -> usize {
    let both = before.1.iter().filter_map(|(id, old)| {
        let view = now.1.articles.get(id)?;
        let states = [before.0.articles.get(id)?, now.0.articles.get(id)?];
        (!Arc::ptr_eq(view, old)).then_some((states, old, view))
    });
    both.map(|(states, old, view)| {
        names_changed(states, old, view) + positions_changed(states, old, view)
    })
    .sum()
}

/// Names that nobody decided: type and entity.
fn names(view: &ArticleView) -> BTreeMap<AnnotationId, (EntityType, Option<EntityId>)> {
    let open = view.mentions.iter().filter(|row| !row.is_decided());
    open.filter(|row| row.value.kind == MentionKind::Name)
        .map(|row| (row.id, (row.value.entity_type, row.value.entity)))
        .collect()
}

fn names_changed(states: [&Arc<ArticleState>; 2], old: &ArticleView, now: &ArticleView) -> usize {
    let (before, after) = (names(old), names(now));
    let decided = |id: &AnnotationId| {
        let holds =
            |state: &&Arc<ArticleState>| state.annotations.mentions.decided().contains_key(id);
        states.iter().any(holds)
    };
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    ids.into_iter()
        .filter(|id| before.get(id) != after.get(id) && !decided(id))
        .count()
}

/// Statements that nobody decided: act, side, and whether they are folded away.
fn positions(view: &ArticleView) -> BTreeMap<AnnotationId, (Act, Option<Polarity>, bool)> {
    let open = view.statements.iter().filter(|row| !row.is_decided());
    open.map(|row| {
        let value = &row.value;
        (row.id, (value.act, value.polarity_target, row.is_unsure()))
    })
    .collect()
}

fn positions_changed(
    states: [&Arc<ArticleState>; 2],
    old: &ArticleView,
    now: &ArticleView,
) -> usize {
    let (before, after) = (positions(old), positions(now));
    let decided = |id: &AnnotationId| {
        let holds =
            |state: &&Arc<ArticleState>| state.annotations.statements.decided().contains_key(id);
        states.iter().any(holds)
    };
    // One that a decision masks is gone with it, not taught.
    before
        .iter()
        .filter(|(id, was)| after.get(*id).is_some_and(|is| is != *was) && !decided(id))
        .count()
}

/// Returns pairs of people whose names may be two spellings of one: *Sergei* and *Sergey Ivanov*.
/// Proposed only: nobody is merged by it, and pairs that a person keeps apart are left out.
#[must_use]
pub fn look_alikes(project: &Project, view: &ProjectView) -> Vec<(EntityId, EntityId)> {
    let apart = |left: EntityId, right: EntityId| {
        project.rules.values().any(|rule| {
            matches!(rule, Rule::NotSame { left: a, right: b }
            if (*a, *b) == (left, right) || (*b, *a) == (left, right))
        })
    };
    let mut by_sound: BTreeMap<String, EntityId> = BTreeMap::new();
    let mut pairs = Vec::new();
    let mut people: Vec<_> = view
        .entities
        .iter()
        .filter(|(_, row)| row.entity.entity_type == EntityType::Person)
        .filter(|(_, row)| row.mentions > 0 && row.entity.name.contains(' '))
        .collect();
    people.sort_by_key(|(id, row)| (std::cmp::Reverse(row.mentions), **id));
    for (id, row) in people {
        match by_sound.get(&sound(&row.entity.name)) {
            Some(first) if !apart(*first, *id) => pairs.push((*first, *id)),
            Some(_) => {}
            None => {
                by_sound.insert(sound(&row.entity.name), *id);
            }
        }
    }
    pairs
}

/// Letters as different systems write them, brought to one: *Araqchi, Araghchi*; *Sergey, Sergei*.
fn sound(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphabetic() { c } else { ' ' })
        .collect();
    let mut text = plain;
    for (from, to) in [
        ("ł", "l"),
        ("ø", "o"),
        ("ı", "i"),
        ("kh", "h"),
        ("gh", "q"),
        ("sch", "sh"),
        ("tch", "ch"),
        ("tz", "ts"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("iy", "i"),
        ("yy", "i"),
        ("ey", "i"),
        ("ei", "i"),
        ("ai", "ay"),
        ("ph", "f"),
        ("w", "v"),
        ("dzh", "j"),
        ("dj", "j"),
        ("g", "q"),
        ("k", "q"),
        ("y", "i"),
        ("e", "i"),
        ("o", "u"),
    ] {
        text = text.replace(from, to);
    }
    let words = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "al" | "il" | "bin" | "ibn"));
    let mut out = String::new();
    for word in words {
        let mut last = ' ';
        for c in word.chars().filter(|c| *c != 'h') {
            if c != last {
                out.push(c);
            }
            last = c;
        }
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn spellings_of_one_name_sound_alike_and_other_names_do_not() {
        for (left, right) in [
            ("Sergei Ivanov", "Sergey Ivanov"),
            ("Abbas Araghchi", "Abbas Araqchi"),
            ("Mohammad al-Quorni", "Muhammad Quorni"),
            ("Volodymyr Tarnskyy", "Volodymyr Tarnskiy"),
            ("Łukasz Müller", "Lukasz Muller"),
            ("Muammar Kaddafi", "Muammar Gaddafi"),
        ] {
            assert_eq!(sound(left), sound(right), "{left}, {right}");
        }
        for (left, right) in [
            ("Sergei Ivanov", "Sergei Petrov"),
            ("Maria Tarn", "Mario Tarn"),
            ("Ilka Quorn", "Tavi Quorn"),
        ] {
            assert_ne!(sound(left), sound(right), "{left}, {right}");
        }
    }
}
