//! Edits at random.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche::edit::{Edit, Operation, apply, plan, same_words};
use demarche::model::{
    Annotation, AnnotationId, AnnotationKind, ArticleId, ArticleState, CoderId, EntityId, Entry,
    EntryId, Issue, IssueId, IssueLink, ItemKey, Layer, Layered, LookChange, Modifier, OwnType,
    Project, Rule, RuleId, Swatch, TextRange, TimexValue, TypeId,
};

use crate::store_support::{
    Rng, attribution, author, entity, entity_id, entity_type, mention, meta, new_article,
    statement, timex, words,
};

/// Returns annotations of all kinds, suggested and decided.
pub(crate) fn annotations(project: &Project) -> Vec<Annotation> {
    fn of<T: Layer>(
        all: &mut Vec<Annotation>,
        article: ArticleId,
        kind: AnnotationKind,
        rows: &Layered<T>,
    ) {
        let ids: BTreeSet<AnnotationId> = rows
            .suggested()
            .keys()
            .chain(rows.decided().keys())
            .copied()
            .collect();
        all.extend(ids.into_iter().map(|id| Annotation { article, kind, id }));
    }
    let mut all = Vec::new();
    for (id, state) in &project.articles {
        let rows = &state.annotations;
        of(&mut all, *id, AnnotationKind::Mention, &rows.mentions);
        of(&mut all, *id, AnnotationKind::Timex, &rows.timexes);
        of(
            &mut all,
            *id,
            AnnotationKind::Attribution,
            &rows.attributions,
        );
        of(&mut all, *id, AnnotationKind::Statement, &rows.statements);
    }
    all
}

/// Any edit that the project may be asked for; some are refused.
pub(crate) fn edit(rng: &mut Rng, project: &Project) -> Edit {
    let all = annotations(project);
    let states: Vec<_> = project.articles.values().cloned().collect();
    let Some(state) = rng.pick(&states).cloned() else {
        return add_articles(rng);
    };
    match rng.below(33) {
        30..=32 => on_timeline(rng, project, &state, &all),
        0 => add_articles(rng),
        1 if rng.one_in(4) => Edit::RemoveArticle(state.article.id),
        1..=2 => Edit::SetMeta {
            article: state.article.id,
            meta: meta(rng),
        },
        3 => {
            let count = rng.below(20);
            Edit::ConfirmMany((0..count).filter_map(|_| rng.pick(&all).copied()).collect())
        }
        4 => {
            let count = rng.below(5);
            Edit::RejectMany((0..count).filter_map(|_| rng.pick(&all).copied()).collect())
        }
        5..=16 if !all.is_empty() => on_annotation(rng, project, &all),
        17..=21 => on_text(rng, project, &state),
        22..=26 => on_entity(rng, project, &all),
        _ => on_codebook(rng, project),
    }
}

fn add_articles(rng: &mut Rng) -> Edit {
    let count = 1 + rng.below(3);
    Edit::AddArticles(
        (0..count)
            .map(|_| (ArticleId(rng.fresh()), new_article(rng, 40)))
            .collect(),
    )
}

fn on_annotation(rng: &mut Rng, project: &Project, all: &[Annotation]) -> Edit {
    let at = *rng.pick(all).unwrap();
    let (article, id) = (at.article, at.id);
    let state = project.articles.get(&article).unwrap();
    let body = &state.article.text.body;
    match rng.below(7) {
        0..=1 => Edit::Confirm(at),
        2 => Edit::Reject(at),
        3 => Edit::Delete(at),
        4 => Edit::SetNote {
            annotation: at,
            note: words(rng, 2),
        },
        _ => match at.kind {
            AnnotationKind::Mention => Edit::ChangeMention {
                article,
                id,
                mention: mention(rng, body),
            },
            AnnotationKind::Timex => Edit::ChangeTimex {
                article,
                id,
                timex: timex(rng, body),
            },
            AnnotationKind::Attribution => Edit::ChangeAttribution {
                article,
                id,
                attribution: attribution(rng, body),
            },
            AnnotationKind::Statement => {
                let statement = Box::new(statement(rng, body, &mention_ranges(state)));
                Edit::ChangeStatement {
                    article,
                    id,
                    statement,
                }
            }
        },
    }
}

fn mention_ranges(state: &ArticleState) -> Vec<TextRange> {
    state
        .annotations
        .mentions
        .effective()
        .iter()
        .map(|(_, row)| row.value().range)
        .collect()
}

fn on_text(rng: &mut Rng, project: &Project, state: &Arc<ArticleState>) -> Edit {
    let article = state.article.id;
    let body = &state.article.text.body;
    match rng.below(6) {
        0..=1 => Edit::AddMention {
            article,
            mention: mention(rng, body),
        },
        2 => Edit::AddTimex {
            article,
            timex: timex(rng, body),
        },
        3 => Edit::AddAttribution {
            article,
            attribution: attribution(rng, body),
        },
        4 => {
            let like = mention(rng, body);
            let words = state.article.slice(like.range);
            let scope = rng.one_in(2).then_some(article);
            Edit::ApplyToAll {
                places: same_words(project, words, scope),
                like,
            }
        }
        _ => {
            let statement = Box::new(statement(rng, body, &mention_ranges(state)));
            Edit::AddStatement {
                article,
                statement,
                note: words(rng, 1),
            }
        }
    }
}

/// Entries that no article dates, and how items look.
fn on_timeline(rng: &mut Rng, project: &Project, state: &ArticleState, all: &[Annotation]) -> Edit {
    let entries: Vec<EntryId> = project.entries.keys().copied().collect();
    let entry = Entry {
        title: words(rng, 2),
        value: TimexValue(
            (*rng
                .pick(&[
                    "2026-03-12",
                    "2025",
                    "2026-W07",
                    "2026-02-03/2026-03",
                    "P3D",
                ])
                .unwrap())
            .to_owned(),
        ),
        modifier: rng.one_in(3).then_some(Modifier::Start),
        lane: words(rng, 1),
        note: words(rng, 1),
    };
    let pinned = rng.one_in(2);
    let some = rng.pick(&entries).copied();
    match (rng.below(6), some) {
        (0, _) | (1, None) => Edit::AddEntry { entry, pinned },
        (1, Some(id)) => Edit::SetEntry { id, entry, pinned },
        (2, Some(id)) => Edit::RemoveEntry(id),
        (_, some) => {
            let mut items: Vec<ItemKey> = (0..1 + rng.below(3))
                .filter_map(|_| rng.pick(all).copied().map(ItemKey::Annotation))
                .collect();
            items.extend(some.map(ItemKey::Entry));
            if rng.one_in(3) {
                items.push(ItemKey::Publication(state.article.id));
            }
            let change = match rng.below(3) {
                0 => LookChange::Pin(rng.one_in(2)),
                1 => LookChange::Hide(rng.one_in(2)),
                _ => LookChange::Colour(rng.pick(&Swatch::ALL).copied()),
            };
            Edit::SetLooks { items, change }
        }
    }
}

fn on_entity(rng: &mut Rng, project: &Project, all: &[Annotation]) -> Edit {
    let rules: Vec<RuleId> = project.rules.keys().copied().collect();
    match rng.below(7) {
        0 => Edit::SetEntity {
            id: entity_id(rng),
            entity: entity(rng),
        },
        1..=2 => {
            let merged = vec![entity_id(rng), entity_id(rng)];
            Edit::MergeEntities {
                merged,
                into: entity_id(rng),
            }
        }
        3 => {
            let mentions: Vec<_> = all
                .iter()
                .copied()
                .filter(|at| at.kind == AnnotationKind::Mention)
                .collect();
            let mentions = (0..3)
                .filter_map(|_| rng.pick(&mentions).copied())
                .collect();
            let id = EntityId(rng.fresh());
            Edit::SplitEntity {
                mentions,
                id,
                entity: entity(rng),
            }
        }
        4 => Edit::NotSame {
            left: entity_id(rng),
            right: entity_id(rng),
        },
        5 => Edit::AddRule(if rng.one_in(2) {
            Rule::Never {
                text: words(rng, 1),
            }
        } else {
            Rule::Alias {
                text: words(rng, 1),
                entity: entity_id(rng),
                entity_type: entity_type(rng),
            }
        }),
        _ => Edit::RemoveRule(rng.pick(&rules).copied().unwrap_or(RuleId(0))),
    }
}

fn on_codebook(rng: &mut Rng, project: &Project) -> Edit {
    match rng.below(7) {
        6 => Edit::SetAct {
            act: demarche::model::Act::ALL[rng.below(3)],
            entry: demarche::model::ActUse {
                definition: words(rng, 2),
                key: rng.one_in(2).then_some('4'),
                ..demarche::model::ActUse::default()
            },
        },
        0..=1 => {
            let link = |rng: &mut Rng| IssueLink {
                words: "the ban".to_owned(),
                phrase: IssueId(rng.below(5) as u128),
                reversed: rng.one_in(2),
            };
            let issue = Issue {
                name: words(rng, 2),
                definition: words(rng, 4),
                links: (0..rng.below(3)).map(|_| link(rng)).collect(),
                key: rng.one_in(2).then_some('4'),
                ..Issue::default()
            };
            Edit::SetIssue {
                id: IssueId(rng.below(5) as u128),
                issue,
            }
        }
        2 => Edit::RemoveIssue(IssueId(rng.below(5) as u128)),
        3 => {
            let own = OwnType {
                name: words(rng, 1),
                definition: words(rng, 2),
            };
            Edit::SetOwnType {
                id: TypeId(rng.below(3) as u128),
                own,
            }
        }
        4 => Edit::SetCoder {
            id: CoderId(rng.below(3) as u128),
            name: words(rng, 1),
        },
        _ => Edit::Rename(format!("Project {}", project.articles.len() + rng.below(3))),
    }
}

/// Plans and applies a random edit, if it is not refused.
pub(crate) fn step(rng: &mut Rng, project: &mut Project) -> Option<Operation> {
    let wish = edit(rng, project);
    let author = author(rng);
    let operation = plan(project, wish, author, &mut || rng.fresh()).ok()?;
    apply(project, &operation);
    Some(operation)
}
