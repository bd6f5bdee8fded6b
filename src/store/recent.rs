//! The list of projects that were opened before: a small JSON file in the folder of the program.
//! A list that is gone or cannot be read is empty: nothing hangs on it.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::Timestamp;

/// Projects kept in the list.
const KEPT: usize = 12;

/// A project that was opened before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentProject {
    /// Its file.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// How many articles it had.
    pub articles: usize,
    /// How many statements.
    pub statements: usize,
    /// When it was open last.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Row {
    path: PathBuf,
    name: String,
    articles: usize,
    statements: usize,
    at: i64,
}

fn file(folder: &Path) -> PathBuf {
    folder.join("recent.json")
}

/// Returns the projects opened before that are still there, newest first.
#[must_use]
pub fn recent_projects(folder: &Path) -> Vec<RecentProject> {
    // No list, or none that can be read: empty (see the module).
    let Ok(bytes) = std::fs::read(file(folder)) else {
        return Vec::new();
    };
    let rows: Vec<Row> = serde_json::from_slice(&bytes).unwrap_or_default();
    rows.into_iter()
        .filter(|row| row.path.is_file())
        .map(|row| RecentProject {
            path: row.path,
            name: row.name,
            articles: row.articles,
            statements: row.statements,
            at: Timestamp(row.at),
        })
        .collect()
}

/// Puts a project on top of the list and returns the new list.
///
/// # Errors
/// When the folder cannot be written.
pub fn remember_project(folder: &Path, project: RecentProject) -> io::Result<Vec<RecentProject>> {
    let mut list = recent_projects(folder);
    list.retain(|other| other.path != project.path);
    list.insert(0, project);
    list.truncate(KEPT);
    let rows: Vec<Row> = list
        .iter()
        .map(|project| Row {
            path: project.path.clone(),
            name: project.name.clone(),
            articles: project.articles,
            statements: project.statements,
            at: project.at.0,
        })
        .collect();
    std::fs::create_dir_all(folder)?;
    let text = serde_json::to_vec(&rows)?;
    let new = folder.join("recent.json.new");
    std::fs::write(&new, text)?;
    std::fs::rename(new, file(folder))?;
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_comes_first_once_and_what_is_gone_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let project = |name: &str, at| {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").unwrap();
            RecentProject {
                path,
                name: name.to_owned(),
                articles: 1,
                statements: 2,
                at: Timestamp(at),
            }
        };
        for (name, at) in [("a", 1), ("b", 2), ("a", 3)] {
            remember_project(folder.path(), project(name, at)).unwrap();
        }
        let names = || -> Vec<_> {
            recent_projects(folder.path())
                .into_iter()
                .map(|p| (p.name, p.at.0))
                .collect()
        };
        assert_eq!(names(), [("a".to_owned(), 3), ("b".to_owned(), 2)]);
        std::fs::remove_file(folder.path().join("b")).unwrap();
        assert_eq!(names(), [("a".to_owned(), 3)]);
    }

    #[test]
    fn a_broken_list_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(file(folder.path()), "{").unwrap();
        assert_eq!(recent_projects(folder.path()), []);
    }
}
