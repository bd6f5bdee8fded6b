//! The project file `name.demarche`: one SQLite file with the project as it stands, the log of
//! operations, the suggestions as a cache, and what is selected and shown.
//!
//! # What must stay true
//!
//! - An operation and the rows that it changes are written in one transaction that is synced before
//!   [`Event::Saved`] says so. What was said to be saved is there after a kill, a crash or a full
//!   disk.
//! - Nobody waits: [`Store::append`] hands over and returns; a thread writes. What cannot be written
//!   now is kept in memory and tried again.
//! - A file that cannot be opened is left byte for byte as it was.
//! - One window writes: a lock beside the file, freed by the system when its process ends.
//! - Opening replays nothing; deleting the cache loses nothing.
//!
//! Not here: what an operation does (`edit`), when a file is opened or named (`app`).

mod access;
mod error;
mod lock;
mod open;
mod queue;
mod recent;
mod rows;
mod schema;
mod untitled;
mod worker;
mod write;

pub use access::{CacheKey, CacheReader, Cached};
pub use error::{OpenError, SaveError, WhyReadOnly};
pub use open::{Opened, read_project};
pub use recent::{RecentProject, recent_projects, remember_project};
pub use untitled::{Untitled, discard_untitled, untitled_path, untitled_projects};
pub use worker::{Event, Flusher, OldFile, Store, Wake};
