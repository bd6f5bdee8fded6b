//! Project file of 10,000 articles (38 MB of text, 60 suggestions each, 20,000 decisions), and the
//! effective view of a long article: `cargo bench --bench store`.
#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    reason = "a bench fails as a test does"
)]

#[path = "../tests/store_support/mod.rs"]
mod store_support;

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use demarche::edit::{Author, Edit, History, apply, plan};
use demarche::model::{
    Annotation, AnnotationKind, ArticleId, CoderId, OperationId, Project, Timestamp,
};
use demarche::store::{Event, OldFile, Store, Wake};
use divan::Bencher;
use store_support::{Rng, findings, new_article};

const ARTICLES: usize = 10_000;
const ME: Author = Author {
    coder: CoderId(1),
    at: Timestamp(5),
};

fn main() {
    divan::main();
}

fn quiet() -> Wake {
    Arc::new(|| ())
}

fn wait(store: &mut Store, wanted: impl Fn(&Event) -> bool) {
    while !store.poll().iter().any(&wanted) {
        std::thread::sleep(Duration::from_micros(20));
    }
}

/// A project with its file, made once.
struct Made {
    folder: tempfile::TempDir,
    file: PathBuf,
    project: Project,
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("big.demarche");
    let mut rng = Rng(1);
    let mut project = Project::default();
    let mut history = History::default();
    let store = Store::create(&file, quiet()).unwrap();
    let new = (0..ARTICLES)
        .map(|_| (ArticleId(rng.fresh()), new_article(&mut rng, 600)))
        .collect();
    let start = std::time::Instant::now();
    let operation = plan(&project, Edit::AddArticles(new), ME, &mut || rng.fresh()).unwrap();
    apply(&mut project, &operation);
    store.append(history.push(operation));
    eprintln!(
        "import of {ARTICLES} articles, on the caller's thread: {:?}",
        start.elapsed()
    );
    assert!(store.flusher().flush(Duration::from_secs(100)));
    eprintln!("the same, on disk: {:?}", start.elapsed());
    let articles: Vec<_> = project
        .articles
        .values()
        .map(|s| s.article.clone())
        .collect();
    for article in &articles {
        let found = Arc::new(findings(&mut rng, article, 30));
        project.replace_suggestions(article.id, &found);
        store.put_findings(article.id, found, String::new());
        let state = &project.articles[&article.id];
        let first = state.annotations.mentions.suggested().keys().take(2);
        let confirm = first
            .map(|id| Annotation {
                article: article.id,
                kind: AnnotationKind::Mention,
                id: *id,
            })
            .collect();
        if let Ok(one) = plan(&project, Edit::ConfirmMany(confirm), ME, &mut || {
            rng.fresh()
        }) {
            apply(&mut project, &one);
            store.append(history.push(one));
        }
    }
    store.close().unwrap();
    eprintln!(
        "{} operations, file of {} MB",
        history.log().len(),
        std::fs::metadata(&file).unwrap().len() / 1_000_000
    );
    Made {
        folder,
        file,
        project,
    }
});

/// To a project that can be shown: articles, decisions, log.
#[divan::bench(sample_count = 10)]
fn open(bencher: Bencher<'_, '_>) {
    let file = &MADE.file;
    bencher.bench_local(|| Store::open(file, quiet()).unwrap());
}

/// A year of work on 1,000 articles: 100,000 operations. Their changes are read too.
#[divan::bench(sample_count = 5)]
fn open_with_100_000_operations(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.demarche");
    let mut rng = Rng(3);
    let mut project = Project::default();
    let mut history = History::default();
    let store = Store::create(&file, quiet()).unwrap();
    let new = (0..1_000)
        .map(|_| (ArticleId(rng.fresh()), new_article(&mut rng, 200)))
        .collect();
    let mut run = |project: &mut Project, rng: &mut Rng, edit: Edit| {
        let operation = plan(project, edit, ME, &mut || rng.fresh()).unwrap();
        apply(project, &operation);
        store.append(history.push(operation));
    };
    run(&mut project, &mut rng, Edit::AddArticles(new));
    let articles: Vec<ArticleId> = project.articles.keys().copied().collect();
    for at in 1..100_000 {
        let article = articles[at % articles.len()];
        let body = &project.articles[&article].article.text.body;
        let mention = store_support::mention(&mut rng, body);
        run(
            &mut project,
            &mut rng,
            Edit::AddMention { article, mention },
        );
    }
    store.close().unwrap();
    let megabytes = std::fs::metadata(&file).unwrap().len() / 1_000_000;
    eprintln!("100,000 operations: {megabytes} MB");
    bencher.bench_local(|| {
        let (_store, opened) = Store::open(&file, quiet()).unwrap();
        History::from_log(opened.operations)
    });
}

/// All suggestions, as a background job reads them.
#[divan::bench(sample_count = 3)]
fn load_all_suggestions(bencher: Bencher<'_, '_>) {
    let (store, opened) = Store::open(&MADE.file, quiet()).unwrap();
    let reader = store.cache_reader().unwrap();
    bencher.bench_local(|| {
        let loaded = opened
            .suggestions
            .keys()
            .filter_map(|id| reader.load_findings(*id));
        assert_eq!(loaded.count(), ARTICLES);
    });
}

/// The whole project under another name.
#[divan::bench(sample_count = 3)]
fn save_as(bencher: Bencher<'_, '_>) {
    let (mut store, _) = Store::open(&MADE.file, quiet()).unwrap();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        store.save_as(
            &MADE.folder.path().join(format!("{number}.demarche")),
            OldFile::Keep,
        );
        wait(&mut store, |event| matches!(event, Event::SavedAs(_)));
    });
}

/// From the key to *saved*: plan, apply, hand over, written and synced.
#[divan::bench(sample_count = 300)]
fn edit_to_disk(bencher: Bencher<'_, '_>) {
    let copy = MADE.folder.path().join("edits.demarche");
    std::fs::copy(&MADE.file, &copy).unwrap();
    let (mut store, opened) = Store::open(&copy, quiet()).unwrap();
    let mut project = MADE.project.clone();
    let mut history = History::from_log(opened.operations);
    let mut rng = Rng(5);
    let articles: Vec<ArticleId> = project.articles.keys().copied().collect();
    let mut at = articles.iter().cycle();
    bencher.bench_local(|| {
        let state = &project.articles[at.next().unwrap()];
        let article = state.article.id;
        let mention = store_support::mention(&mut rng, &state.article.text.body);
        let edit = Edit::AddMention { article, mention };
        let operation = plan(&project, edit, ME, &mut || rng.fresh()).unwrap();
        apply(&mut project, &operation);
        let id = operation.id;
        store.append(history.push(operation));
        wait(&mut store, |event| *event == Event::Saved(id));
    });
}

/// One step of undo in memory.
#[divan::bench(sample_count = 300)]
fn undo(bencher: Bencher<'_, '_>) {
    let (_store, opened) = Store::open(&MADE.file, quiet()).unwrap();
    let mut project = MADE.project.clone();
    let mut history = History::from_log(opened.operations);
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let operation = history.undo(ME, OperationId(number)).unwrap();
        apply(&mut project, &operation);
        history.push(operation);
    });
}

/// 5,000 suggested mentions, 2,000 decided.
#[divan::bench]
fn effective_view_of_a_long_article(bencher: Bencher<'_, '_>) {
    let mut rng = Rng(8);
    let mut project = Project::default();
    let id = ArticleId(1);
    let new = vec![(id, new_article(&mut rng, 40_000))];
    let operation = plan(&project, Edit::AddArticles(new), ME, &mut || rng.fresh()).unwrap();
    apply(&mut project, &operation);
    let article = project.articles[&id].article.clone();
    let found = findings(&mut rng, &article, 5_500);
    project.replace_suggestions(id, &found);
    let rows = &project.articles[&id].annotations.mentions;
    let confirm = rows.suggested().keys().take(2_000);
    let confirm = confirm
        .map(|mention| Annotation {
            article: id,
            kind: AnnotationKind::Mention,
            id: *mention,
        })
        .collect();
    let operation = plan(&project, Edit::ConfirmMany(confirm), ME, &mut || {
        rng.fresh()
    })
    .unwrap();
    apply(&mut project, &operation);
    let rows = &project.articles[&id].annotations.mentions;
    assert!(rows.suggested().len() > 4_900 && rows.decided().len() == 2_000);
    bencher.bench_local(|| rows.effective().len());
}
