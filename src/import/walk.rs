//! Which files stand under the paths that were opened.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Extensions that an article never has; a folder often holds them beside articles.
const NEVER_ARTICLES: [&str; 30] = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "mp3", "mp4", "wav",
    "ogg", "mov", "avi", "mkv", "webm", "ttf", "otf", "woff", "woff2", "css", "js", "exe", "dll",
    "so", "demarche", "sqlite", "db",
];
/// Files about a folder, by their names without extension.
const ABOUT_FOLDER: [&str; 6] = [
    "readme",
    "license",
    "licence",
    "copying",
    "changelog",
    "notice",
];
/// Folders deeper than this are not entered: a guard against odd file systems.
const MAX_DEPTH: usize = 32;

/// Returns the files under `paths`, folders walked, each once, sorted within each given folder.
///
/// Hidden files and folders, and inside folders those that are certainly no article (pictures,
/// sound, program files, a README), are skipped; a file that was named by itself is always kept, so that
/// opening it can say what is wrong with it. A link to a folder is followed only where it was named.
#[must_use]
pub fn files_under(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut found = Vec::new();
            walk(path, 0, &mut found);
            found.sort();
            files.extend(found.into_iter().filter(|p| seen.insert(p.clone())));
        } else if seen.insert(path.clone()) {
            files.push(path.clone());
        }
    }
    files
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    // An unreadable folder inside a chosen one holds nothing that the person can open.
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if is_hidden(&path) {
            continue;
        }
        if kind.is_dir() {
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, found);
            }
        } else if path.is_file() && !is_never_an_article(&path) {
            found.push(path);
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    // `~$name.docx` is the lock file of Word, `.~lock.name#` that of LibreOffice.
    path.file_name()
        .and_then(|n| n.to_str())
        .is_some_and(|n| n.starts_with('.') || n.starts_with("~$"))
}

fn is_never_an_article(path: &Path) -> bool {
    let lower =
        |part: Option<&std::ffi::OsStr>| part.and_then(|p| p.to_str()).map(str::to_ascii_lowercase);
    if lower(path.file_stem()).is_some_and(|s| ABOUT_FOLDER.contains(&s.as_str())) {
        return true;
    }
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| NEVER_ARTICLES.contains(&e.to_ascii_lowercase().as_str()))
}
