//! Why a file cannot be opened or written, in words for the person: what, why, what to do.

use std::path::PathBuf;

/// Why a project file cannot be opened. The file was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Nothing there.
    #[error(
        "This file is not there: it was moved, renamed or deleted. Look for it with Open project…"
    )]
    NotFound,
    /// A folder, or a file of another program.
    #[error("This is not a Demarche project. If it is an article, add it with Open files…")]
    Foreign,
    /// Shorter than its head says.
    #[error(
        "The file is cut off: {found} of {expected} bytes are there. A copy or download did not finish: copy the file again from where it came"
    )]
    Truncated {
        /// Bytes there.
        found: u64,
        /// Bytes that the head of the file speaks of.
        expected: u64,
    },
    /// Something in it cannot be read.
    #[error("The file is damaged ({detail}). It was left as it is: open an earlier copy of it")]
    Damaged {
        /// What was found, for a report.
        detail: String,
    },
    /// Written by a later version.
    #[error("This project was made with a newer Demarche{}. Update to open it", made_with.as_ref().map(|v| format!(" ({v})")).unwrap_or_default())]
    Newer {
        /// Version of the file format.
        file_version: i64,
        /// Version of the program, where the file says so.
        made_with: Option<String>,
    },
    /// Written by an earlier version, and cannot be brought up to date where it lies.
    #[error(
        "This project was made with an older Demarche and must be brought up to date once, but it cannot be written here: copy it to a folder of yours and open the copy"
    )]
    Older,
    /// There is a file of that name already.
    #[error("There is a file of this name already")]
    Exists,
    /// The system says no.
    #[error("The file cannot be opened: {detail}")]
    Io {
        /// The system's words.
        detail: String,
    },
}

/// Why a project was opened for reading only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyReadOnly {
    /// Another window has it.
    #[error(
        "This project is open in another window. You can read it here; close the other to edit."
    )]
    Locked,
    /// The file or its folder may not be written.
    #[error(
        "This file may not be changed. You can read it here; save it under another name to edit."
    )]
    Protected,
}

/// Why something is not on disk. It is kept in memory and tried again, unless it is a copy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// No room.
    #[error(
        "The disk is full. Free some space and go on, or save a copy elsewhere: your work is kept in memory and tried again"
    )]
    DiskFull,
    /// The project is open for reading only.
    #[error("{0}")]
    ReadOnly(WhyReadOnly),
    /// The target of *Save as* is open in another window.
    #[error("{} is open in another window: close it there, or pick another name", .0.display())]
    TargetOpen(PathBuf),
    /// Anything else.
    #[error(
        "The project cannot be saved: {detail}. Your work is kept in memory and tried again; you can save a copy elsewhere"
    )]
    Io {
        /// The system's words.
        detail: String,
    },
}

pub(super) fn open_error(error: &rusqlite::Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => OpenError::Foreign,
        Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::PermissionDenied) => {
            OpenError::Io {
                detail: error.to_string(),
            }
        }
        _ => OpenError::Damaged {
            detail: error.to_string(),
        },
    }
}

pub(super) fn save_error(error: &rusqlite::Error) -> SaveError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => SaveError::DiskFull,
        Some(rusqlite::ErrorCode::ReadOnly) => SaveError::ReadOnly(WhyReadOnly::Protected),
        _ => SaveError::Io {
            detail: error.to_string(),
        },
    }
}

pub(super) fn io_save_error(error: &std::io::Error) -> SaveError {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return SaveError::DiskFull;
    }
    SaveError::Io {
        detail: error.to_string(),
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound {
            return Self::NotFound;
        }
        Self::Io {
            detail: error.to_string(),
        }
    }
}
