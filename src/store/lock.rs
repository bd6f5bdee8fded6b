//! One window writes: a lock on a file beside the project.
//!
//! The system frees the lock when the process ends, however it ends. The lock is not on the project
//! itself: closing any handle of that file would drop SQLite's own locks on it (POSIX).

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Held while a project is open for writing.
#[derive(Debug)]
pub(super) struct Lock {
    file: Option<File>,
    path: PathBuf,
}

/// What became of the wish for a lock.
pub(super) enum Taken {
    /// It is ours.
    Ours(Lock),
    /// Another window has it.
    Theirs,
    /// The folder may not be written.
    Protected,
}

/// Returns where the lock of a project lies.
pub(super) fn lock_path(project: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(project.file_name().unwrap_or_default());
    name.push(".lock");
    project.with_file_name(name)
}

impl Lock {
    /// Tries to take the lock of a project; never waits.
    pub(super) fn take(project: &Path) -> io::Result<Taken> {
        let path = lock_path(project);
        // Who closes a project removes its lock file: what was locked may be gone from the folder.
        for _ in 0..20 {
            let opened = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path);
            let file = match opened {
                Ok(file) => file,
                Err(error) if is_protected(&error) => return Ok(Taken::Protected),
                Err(error) => return Err(error),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(Taken::Theirs),
                // Some network drives know no locks: better to work without one than not at all.
                Err(TryLockError::Error(error)) => log::warn!("no lock at {path:?}: {error}"),
            }
            if is_still_there(&file, &path) {
                return Ok(Taken::Ours(Self {
                    file: Some(file),
                    path,
                }));
            }
        }
        Ok(Taken::Theirs)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held; where that fails the empty file does no harm.
        if cfg!(unix) {
            std::fs::remove_file(&self.path).ok();
        }
        drop(self.file.take());
    }
}

fn is_protected(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(ours), Ok(there)) => ours.ino() == there.ino() && ours.dev() == there.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_file: &File, _path: &Path) -> bool {
    true
}
