use super::*;
use crate::edit::{Author, Edit, plan};
use crate::model::{ArticleId, CoderId, NewArticle, Project, Timestamp};

fn import(number: u128, size: usize) -> Arc<Operation> {
    let article = NewArticle {
        body: "words ".repeat(size),
        meta: Default::default(),
        source: Default::default(),
    };
    let author = Author {
        coder: CoderId(1),
        at: Timestamp(1),
    };
    let edit = Edit::AddArticles(vec![(ArticleId(number), article)]);
    Arc::new(plan(&Project::default(), edit, author, &mut || number).unwrap())
}

fn wait(store: &mut Store) -> Event {
    store
        .events
        .wait(Some(Duration::from_secs(20)))
        .pop_front()
        .expect("an answer")
}

#[test]
fn a_project_that_cannot_be_made_is_kept_and_made_later_or_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // A file where the folder should be.
    std::fs::write(&data, "").unwrap();
    let path = data.join("a.demarche");
    let started = || Store::create_behind(&path, Arc::new(|| ())).unwrap();
    for elsewhere in [false, true] {
        let mut store = started();
        store.append(import(1, 10));
        assert!(matches!(
            wait(&mut store),
            Event::Failed(SaveError::Io { .. })
        ));
        store.append(import(2, 10));
        let mut events = Vec::new();
        let place = if elsewhere {
            let copy = folder.path().join("b.demarche");
            store.save_as(&copy, OldFile::Remove);
            copy
        } else {
            std::fs::remove_file(&data).unwrap();
            path.clone()
        };
        let wanted = if elsewhere { 3 } else { 2 };
        while events.len() < wanted {
            events.extend(store.events.wait(Some(Duration::from_secs(20))));
        }
        let mut right = vec![Event::Saved(OperationId(1)), Event::Saved(OperationId(2))];
        if elsewhere {
            right.insert(0, Event::SavedAs(place.canonicalize().unwrap()));
        }
        assert_eq!(events, right);
        store.close().unwrap();
        let (_, opened) = open(&place).unwrap();
        assert_eq!(opened.project.articles.len(), 2);
        // As it was, for the second round.
        std::fs::remove_dir_all(&data).ok();
        std::fs::write(&data, "").unwrap();
    }
    let store = started();
    store.append(import(1, 10));
    assert!(store.close().is_err(), "what is lost is said");
    assert_eq!(started().close(), Ok(()), "nothing was lost");
}

#[test]
fn full_disk_is_told_once_and_the_work_goes_to_the_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (handle, _) = create(&folder.path().join("a.demarche")).unwrap();
    let pages: i64 = handle
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let most = pages + 4;
    handle
        .connection
        .pragma_update_and_check(None, "max_page_count", most, |row| row.get::<_, i64>(0))
        .unwrap();
    let mut store = Store::start(handle, None, Arc::new(|| ())).unwrap();
    store.append(import(1, 10));
    assert_eq!(wait(&mut store), Event::Saved(OperationId(1)));
    store.append(import(2, 100_000));
    assert_eq!(wait(&mut store), Event::Failed(SaveError::DiskFull));
    store.append(import(3, 10));
    assert!(!store.flusher().flush(Duration::from_secs(20)));
    assert_eq!(store.poll(), vec![], "told once");

    let copy = folder.path().join("b.demarche");
    store.save_as(&copy, OldFile::Keep);
    let mut events = Vec::new();
    while events.len() < 3 {
        events.extend(store.events.wait(Some(Duration::from_secs(20))));
    }
    let saved = |id| Event::Saved(OperationId(id));
    let moved = Event::SavedAs(copy.canonicalize().unwrap());
    assert_eq!(events, vec![moved, saved(2), saved(3)]);
    store.close().unwrap();
    let (_, opened) = open(&copy).unwrap();
    assert_eq!(opened.project.articles.len(), 3);
    let (_, old) = open(&folder.path().join("a.demarche")).unwrap();
    assert_eq!(old.project.articles.len(), 1);
}
