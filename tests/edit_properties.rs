//! What is true of any sequence of edits.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod store_support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche::analysis::{ArticleView, EntityRow, IssueRow, Joined, ProjectView};
use demarche::edit::{Author, History, Operation, OperationKind, apply};
use demarche::model::{
    Alias, Annotations, ArticleId, CoderId, Decided, Entity, EntityId, IssueId, Layer, OperationId,
    Project, Rule, Timestamp, Verdict,
};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use store_support::{Rng, analyse, project, step, without_suggestions};

const ME: Author = Author {
    coder: CoderId(1),
    at: Timestamp(5),
};

fn undo_all(project: &mut Project, history: &mut History, rng: &mut Rng) -> usize {
    let mut count = 0;
    while let Some(operation) = history.undo(ME, OperationId(rng.fresh())) {
        apply(project, &operation);
        history.push(operation);
        count += 1;
    }
    count
}

fn redo_all(project: &mut Project, history: &mut History, rng: &mut Rng) -> usize {
    let mut count = 0;
    while let Some(operation) = history.redo(ME, OperationId(rng.fresh())) {
        apply(project, &operation);
        history.push(operation);
        count += 1;
    }
    count
}

fn replay(first: &Project, history: &History) -> Project {
    let mut project = first.clone();
    for operation in history.log() {
        apply(&mut project, operation);
    }
    project
}

/// Suggestions of articles that went and came back are a cache: compared without them.
fn same(left: &Project, right: &Project) -> bool {
    without_suggestions(left) == without_suggestions(right)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undo_after_do_is_identity(seed in any::<u64>(), steps in proptest::collection::vec(any::<u64>(), 1..40)) {
        let mut now = project(&mut Rng(seed), 2);
        for seed in steps {
            let mut rng = Rng(seed);
            let before = now.clone();
            let mut history = History::default();
            let Some(operation) = step(&mut rng, &mut now) else {
                prop_assert!(now == before, "a refused edit changed something");
                continue;
            };
            history.push(operation);
            let after = now.clone();
            prop_assert!(!same(&before, &after), "an operation without effect");
            prop_assert_eq!(undo_all(&mut now, &mut history, &mut rng), 1);
            // Suggestions are part of this, where no article went.
            prop_assert!(same(&now, &before));
            if before.articles.len() <= after.articles.len() {
                prop_assert!(now == before);
            }
            prop_assert_eq!(redo_all(&mut now, &mut history, &mut rng), 1);
            prop_assert!(now == after);
        }
    }

    #[test]
    fn log_replayed_is_the_project(seed in any::<u64>(), steps in proptest::collection::vec(any::<u64>(), 1..60)) {
        let first = project(&mut Rng(seed), 2);
        let mut now = first.clone();
        let mut history = History::default();
        for seed in steps {
            let mut rng = Rng(seed);
            let wish = match rng.below(6) {
                0 => history.undo(ME, OperationId(rng.fresh())),
                1 => history.redo(ME, OperationId(rng.fresh())),
                2 => { analyse(&mut rng, &mut now); None }
                _ => None,
            };
            match wish {
                Some(operation) => { apply(&mut now, &operation); history.push(operation); }
                None => if let Some(mut operation) = step(&mut rng, &mut now) {
                    operation.gesture = rng.one_in(2).then(|| rng.next() % 3);
                    history.push(operation);
                }
            }
            prop_assert!(same(&replay(&first, &history), &now));
        }
        // A history read from its log undoes to the first project too.
        let log: Vec<Operation> = history.log().iter().map(|one| Operation::clone(one)).collect();
        let mut reopened = History::from_log(log);
        undo_all(&mut now, &mut reopened, &mut Rng(seed));
        prop_assert!(same(&now, &first));
    }

    /// The view is corrected by what changed; it must be the one that is made anew, and its counts
    /// those of a plain walk over everything.
    #[test]
    fn view_corrected_step_by_step_is_the_view_made_anew(seed in any::<u64>(), steps in proptest::collection::vec(any::<u64>(), 1..50)) {
        let mut now = project(&mut Rng(seed), 3);
        let mut joined = Joined::default();
        let mut built = now.clone();
        let mut view = ProjectView::new(&now, &joined);
        for seed in steps {
            let mut rng = Rng(seed);
            match rng.below(8) {
                0 => analyse(&mut rng, &mut now),
                1 => {
                    let some = (0..rng.below(4)).map(|_| {
                        let pair = (store_support::entity_id(&mut rng), store_support::entity_id(&mut rng));
                        (pair.0.min(pair.1), pair.0.max(pair.1))
                    });
                    joined = Joined::new(some.filter(|(left, right)| left != right).collect());
                }
                _ => drop(step(&mut rng, &mut now)),
            }
            view.update(&built, &now, &joined);
            built = now.clone();
            let anew = ProjectView::new(&now, &joined);
            prop_assert!(view == anew, "{:#?}\n{:#?}", view.entities, anew.entities);
            let (entities, issues) = counted_plainly(&now, &view);
            prop_assert_eq!(&view.entities, &entities);
            prop_assert_eq!(&view.issues, &issues);
            let open: usize = view.articles.values().map(|article| article.progress().0).sum();
            prop_assert_eq!(view.open_suggestions(), open);
        }
    }

    #[test]
    fn analysis_again_leaves_every_decision(seed in any::<u64>(), steps in proptest::collection::vec(any::<u64>(), 1..40)) {
        let mut now = project(&mut Rng(seed), 3);
        for seed in steps {
            step(&mut Rng(seed), &mut now);
        }
        let before = without_suggestions(&now);
        analyse(&mut Rng(seed ^ 1), &mut now);
        prop_assert!(without_suggestions(&now) == before);
    }

    #[test]
    fn nothing_decided_refers_to_a_suggestion(seed in any::<u64>(), steps in proptest::collection::vec(any::<u64>(), 1..60)) {
        let mut now = project(&mut Rng(seed), 2);
        for seed in steps {
            step(&mut Rng(seed), &mut now);
            prop_assert_eq!(dangling(&without_suggestions(&now)), Vec::<String>::new());
        }
    }

    #[test]
    fn decided_ranges_lie_in_their_text(seed in any::<u64>(), steps in proptest::collection::vec(any::<u64>(), 1..40)) {
        let mut now = project(&mut Rng(seed), 2);
        for seed in steps {
            step(&mut Rng(seed), &mut now);
        }
        for state in now.articles.values() {
            for mention in state.annotations.mentions.decided().values() {
                prop_assert!(!state.article.slice(mention.value.range).is_empty());
            }
        }
    }
}

/// What a decision refers to that is not decided.
fn dangling(project: &Project) -> Vec<String> {
    let mut missing = Vec::new();
    let mut issues_missing = Vec::new();
    let known = |id: EntityId| project.entities.contains_key(&id);
    for (article, state) in &project.articles {
        let mut need = |what: &str, id: EntityId| {
            if !known(id) {
                missing.push(format!("{article}: {what} {id}"));
            }
        };
        let Annotations {
            mentions,
            statements,
            ..
        } = &state.annotations;
        for row in mentions.decided().values().filter(|row| holds(row)) {
            row.value
                .entity
                .into_iter()
                .for_each(|id| need("mention", id));
        }
        for row in statements.decided().values().filter(|row| holds(row)) {
            let value = &row.value;
            need("holder", value.holder.entity);
            value
                .target
                .into_iter()
                .for_each(|party| need("target", party.entity));
            value
                .reporter
                .into_iter()
                .for_each(|party| need("reporter", party.entity));
            value
                .speaks_for
                .into_iter()
                .for_each(|id| need("speaks for", id));
            if let Some(id) = value.issue.as_ref().and_then(|issue| issue.issue) {
                let issues = &project.codebook.issues;
                let linked = issues
                    .values()
                    .any(|i| i.links.iter().any(|link| link.phrase == id));
                if !linked && !issues.contains_key(&id) {
                    issues_missing.push(format!("issue {id}"));
                }
            }
        }
    }
    missing.extend(unknown_entities(project));
    missing.extend(issues_missing);
    missing
}

fn unknown_entities(project: &Project) -> Vec<String> {
    let mut missing = Vec::new();
    let known = |id: EntityId| project.entities.contains_key(&id);
    for (id, entity) in &project.entities {
        for of in entity.value.roles.iter().filter_map(|role| role.of) {
            if !known(of) {
                missing.push(format!("role of {id}: {of}"));
            }
        }
    }
    for rule in project.rules.values() {
        let needed = match rule {
            Rule::SameEntity { merged, into } => vec![*merged, *into],
            Rule::NotSame { left, right } => vec![*left, *right],
            Rule::Alias { entity, .. } | Rule::InArticle { entity, .. } => vec![*entity],
            Rule::Never { .. } => vec![],
        };
        missing.extend(
            needed
                .into_iter()
                .filter(|id| !known(*id))
                .map(|id| format!("{rule:?}: {id}")),
        );
    }
    missing
}

fn holds<T: Layer>(row: &Decided<T>) -> bool {
    row.verdict != Verdict::Rejected
}

#[test]
fn thousand_edits_undone_are_the_first_project() {
    let mut rng = Rng(42);
    let first = project(&mut rng, 4);
    let mut now = first.clone();
    let mut history = History::default();
    let mut made = 0;
    while made < 1000 {
        if made % 50 == 0 {
            analyse(&mut rng, &mut now);
        }
        if let Some(operation) = step(&mut rng, &mut now) {
            history.push(operation);
            made += 1;
        }
    }
    let last = now.clone();
    assert_eq!(undo_all(&mut now, &mut history, &mut rng), 1000);
    assert!(same(&now, &first));
    assert_eq!(redo_all(&mut now, &mut history, &mut rng), 1000);
    assert!(same(&now, &last));
    let kinds = history
        .log()
        .iter()
        .filter(|one| one.kind == OperationKind::Do)
        .count();
    assert_eq!(kinds, 1000);
}

/// The plain rule, pair by pair, that the fast view must agree with.
#[test]
fn view_by_words_is_the_view_by_pairs() {
    for seed in 0..200 {
        let mut rng = Rng(seed);
        let mut now = project(&mut rng, 1);
        for _ in 0..30 {
            step(&mut rng, &mut now);
        }
        analyse(&mut rng, &mut now);
        for state in now.articles.values() {
            let Annotations {
                mentions,
                timexes,
                attributions,
                statements,
            } = &state.annotations;
            agree(mentions);
            agree(timexes);
            agree(attributions);
            agree(statements);
        }
    }
}

fn agree<T: Layer + std::fmt::Debug>(rows: &demarche::model::Layered<T>) {
    let shown: std::collections::BTreeSet<_> = rows.effective().iter().map(|(id, _)| *id).collect();
    for (id, suggestion) in rows.suggested() {
        let masked = rows.decided().contains_key(id)
            || rows.decided().values().any(|decision| {
                let origin = decision.origin.as_ref();
                origin.is_some_and(|o| o.value.says_same(&suggestion.value))
                    || decision.value.says_same(&suggestion.value)
                    || (decision.verdict != Verdict::Rejected
                        && decision.value.conflicts(&suggestion.value))
            });
        let decided = rows
            .decided()
            .get(id)
            .is_some_and(|d| d.verdict != Verdict::Rejected);
        assert_eq!(shown.contains(id), !masked || decided, "{suggestion:?}");
        assert_eq!(shown.contains(id), rows.get(*id).is_some());
    }
}

#[test]
fn edit_copies_one_article_and_no_suggestion() {
    let mut rng = Rng(3);
    let mut now = project(&mut rng, 3);
    let articles: Vec<_> = now.articles.values().map(|s| s.article.clone()).collect();
    for article in articles {
        let found = store_support::findings(&mut rng, &article, 9);
        now.replace_suggestions(article.id, &found);
    }
    let snapshot = now.clone();
    let ids: Vec<ArticleId> = now.articles.keys().copied().collect();
    let first = *now.articles[&ids[0]]
        .annotations
        .mentions
        .suggested()
        .keys()
        .next()
        .unwrap();
    let at = demarche::model::Annotation {
        article: ids[0],
        kind: demarche::model::AnnotationKind::Mention,
        id: first,
    };
    let operation = demarche::edit::plan(&now, demarche::edit::Edit::Confirm(at), ME, &mut || {
        rng.fresh()
    })
    .unwrap();
    apply(&mut now, &operation);
    for id in &ids {
        let shared = Arc::ptr_eq(&now.articles[id], &snapshot.articles[id]);
        assert_eq!(shared, *id != ids[0]);
    }
    let suggested = |project: &Project| {
        std::ptr::from_ref(project.articles[&ids[0]].annotations.mentions.suggested())
    };
    assert_eq!(suggested(&now), suggested(&snapshot));
}

/// Entities and issues as the project says them, by a walk over all articles.
#[expect(
    clippy::too_many_lines,
    reason = "one plain walk: a second way of counting is worth most in one piece"
)]
fn counted_plainly(
    project: &Project,
    view: &ProjectView,
) -> (BTreeMap<EntityId, EntityRow>, BTreeMap<IssueId, IssueRow>) {
    let resolver = &view.resolver;
    let articles: Vec<ArticleView> = project
        .articles
        .values()
        .map(|state| ArticleView::new(state, resolver))
        .collect();
    assert!(
        articles
            .iter()
            .eq(view.articles.values().map(|view| &**view))
    );
    let mut rows = said_plainly(project, view);
    let acts_for: BTreeMap<EntityId, EntityId> = rows
        .iter()
        .filter_map(|(id, row)| Some((*id, row.entity.acts_for()?)))
        .collect();
    let principal = |entity: EntityId| {
        let mut at = entity;
        for _ in 0..4 {
            match acts_for.get(&at) {
                Some(next) if *next != at && *next != entity => at = *next,
                _ => break,
            }
        }
        at
    };
    let (mut named, mut mentioned) = (BTreeSet::new(), BTreeSet::new());
    let mut holding = BTreeSet::new();
    let mut issues: BTreeMap<IssueId, IssueRow> = BTreeMap::new();
    for (id, issue) in &project.codebook.issues {
        let row = IssueRow {
            name: issue.name.clone(),
            decided: true,
            colour: issue.colour,
        };
        issues.insert(*id, row);
    }
    for article in &articles {
        let mut here = BTreeSet::new();
        for entity in article.mentions.iter().filter_map(|row| row.value.entity) {
            mentioned.insert(entity);
            let first = here.insert(entity);
            if let Some(row) = rows.get_mut(&entity) {
                row.mentions += 1;
                row.articles += u32::from(first);
            }
        }
        for statement in article.statements.iter().map(|row| &row.value) {
            let holder = statement.holder.entity;
            let speaker = statement.speaks_for.unwrap_or(holder);
            let actor = principal(speaker);
            assert_eq!(view.principal(speaker), actor);
            for id in BTreeSet::from([holder, actor]) {
                holding.insert(id);
            }
            let parties = [statement.target, statement.reporter];
            named.extend(parties.iter().flatten().map(|party| party.entity));
            named.insert(actor);
            if let Some((label, Some(id))) = statement.issue.as_ref().map(|i| (&i.label, i.issue)) {
                issues.entry(id).or_insert_with(|| IssueRow {
                    name: label.clone(),
                    decided: false,
                    colour: None,
                });
            }
        }
    }
    let offices: Vec<EntityId> = named
        .union(&mentioned)
        .filter_map(|id| acts_for.get(id).copied())
        .collect();
    named.extend(offices);
    rows.retain(|id, row| {
        row.decided || row.mentions > 0 || holding.contains(id) || named.contains(id)
    });
    (rows, issues)
}

/// What is said of entities, without counts.
fn said_plainly(project: &Project, view: &ProjectView) -> BTreeMap<EntityId, EntityRow> {
    let resolver = &view.resolver;
    let bare = |entity: &Entity| EntityRow {
        entity: entity.clone(),
        decided: false,
        mentions: 0,
        articles: 0,
    };
    let mut rows: BTreeMap<EntityId, EntityRow> = BTreeMap::new();
    for state in project.articles.values() {
        for (own, proposal) in state.proposed_entities.iter() {
            let (id, found) = (resolver.entity(*own), &proposal.entity);
            let Some(row) = rows.get_mut(&id) else {
                rows.insert(id, bare(found));
                continue;
            };
            let known = &mut row.entity;
            let mut other = found.name.clone();
            if id == *own && known.name.chars().count() < other.chars().count() {
                std::mem::swap(&mut known.name, &mut other);
            }
            if known.name != other {
                known.aliases.insert(Alias { text: other });
            }
            known.aliases.extend(found.aliases.iter().cloned());
            for role in &found.roles {
                if !known.roles.contains(role) {
                    known.roles.push(role.clone());
                }
            }
        }
    }
    for (own, decided) in &project.entities {
        let id = resolver.entity(*own);
        let row = rows.entry(id).or_insert_with(|| bare(&decided.value));
        if id == *own {
            let aliases = std::mem::take(&mut row.entity.aliases);
            row.entity = decided.value.clone();
            row.entity.aliases.extend(aliases);
            row.decided = true;
        }
    }
    for role in rows.values_mut().flat_map(|row| &mut row.entity.roles) {
        role.of = role.of.map(|of| resolver.entity(of));
    }
    rows
}
