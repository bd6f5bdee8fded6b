//! Project files of older versions open, with a copy kept.

use super::*;

/// `tests/fixtures/store/project-1.demarche`: one article read by the program, one mention
/// confirmed, written by format 1.
#[test]
fn file_of_version_1_opens_with_its_suggestions_and_a_copy_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.demarche");
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/store/project-1.demarche"
    );
    std::fs::copy(fixture, &path).unwrap();
    let (store, opened) = Store::open(&path, quiet()).unwrap();
    let copy = opened.migrated.expect("brought up to date");
    assert_eq!(copy, folder.path().join("old (version 1).demarche"));
    assert_eq!(opened.operations.len(), 2);
    let (id, state) = opened.project.articles.first_key_value().unwrap();
    assert_eq!(state.article.meta.title, "Velmora rejects talks");
    assert_eq!(state.annotations.mentions.decided().len(), 1);
    let found = store
        .cache_reader()
        .unwrap()
        .load_findings(*id)
        .unwrap()
        .findings;
    assert_eq!((found.mentions.len(), found.timexes.len()), (5, 2));
    assert_eq!(found.statements[0].value.act, demarche::model::Act::Reject);
    // Written anew, they are the same and smaller.
    let size = || {
        let db = Connection::open(&path).unwrap();
        let sql = "SELECT length(body) FROM suggestion";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let before = size();
    store.put_findings(*id, Arc::new(found.clone()), "known".to_owned());
    store.close().unwrap();
    assert!(size() * 2 < before, "{} of {before} bytes", size());
    let (store, opened) = Store::open(&path, quiet()).unwrap();
    assert_eq!(opened.migrated, None);
    assert_eq!(opened.operations.len(), 2);
    let again = store.cache_reader().unwrap().load_findings(*id).unwrap();
    assert!(again.findings == found);
}

/// Entries and looks came with format 4: a file without their tables gets them, empty.
#[test]
fn file_of_version_3_gets_the_tables_of_the_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.demarche");
    let mut session = Session::new(&path);
    for seed in 0..40 {
        session.step(seed);
    }
    let timeline_of = |project: &Project| {
        let mut bare = without_suggestions(project);
        bare.entries.clear();
        bare.looks.clear();
        bare.codebook.acts.clear();
        bare
    };
    let before = timeline_of(&session.project);
    session.store.close().unwrap();
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "DROP TABLE entry; DROP TABLE look; DROP TABLE act; PRAGMA user_version = 3;
         DELETE FROM operation WHERE changes LIKE '%\"entry\"%' OR changes LIKE '%\"look\"%'
         OR changes LIKE '%\"act\":{%';",
    )
    .unwrap();
    drop(db);
    let (store, opened) = Store::open(&path, quiet()).unwrap();
    let copy = opened.migrated.expect("brought up to date");
    assert_eq!(copy, folder.path().join("old (version 3).demarche"));
    assert!(opened.project == before);
    store.close().unwrap();
    let (_, again) = Store::open(&path, quiet()).unwrap();
    assert_eq!(again.migrated, None);
}
