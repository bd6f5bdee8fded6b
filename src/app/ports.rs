//! What the program asks of the world outside. Tests hand in fakes; `platform` has the real ones.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::Timestamp;

/// What a dialog is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Articles to import, several at once.
    Articles,
    /// A folder of articles.
    Folder,
    /// A project file to open.
    Project,
    /// A lexicon file to take over.
    Lexicon,
    /// A codebook file to take over.
    Codebook,
    /// Where to save the project.
    SaveProject {
        /// Suggested file name.
        name: String,
    },
    /// Where to write an export.
    SaveExport {
        /// Suggested file name with its extension.
        name: String,
    },
}

/// The native file dialogs. Never blocks: the answer arrives through `done`, on any thread;
/// nothing picked is an empty list.
pub trait Dialogs: Send + Sync {
    /// Shows a dialog.
    fn pick(&self, what: Pick, done: Box<dyn FnOnce(Vec<PathBuf>) + Send>);
    /// Whether dialogs can be shown here at all, else why not and what to do.
    fn trouble(&self) -> Option<String>;
}

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// The day where the person is.
    fn today(&self) -> jiff::civil::Date;
    /// Hour and minute of a moment where the person is, as `14:02`.
    fn hour_minute(&self, at: Timestamp) -> String;
    /// Day of a moment where the person is.
    fn day(&self, at: Timestamp) -> jiff::civil::Date;
}

/// Ids that nobody else has.
pub trait Ids: Send + Sync {
    /// A time-ordered random id.
    fn fresh(&self) -> u128;
}

/// All ports, and the folders that the program may use.
#[derive(Clone)]
pub struct Ports {
    /// File dialogs.
    pub dialogs: Arc<dyn Dialogs>,
    /// Clock.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub ids: Arc<dyn Ids>,
    /// Where untitled projects and the list of recent ones lie.
    pub data_folder: PathBuf,
    /// The sample articles, where they were found.
    pub samples: Option<PathBuf>,
    /// Name of who decides: the user's name, or *Coder*.
    pub coder_name: String,
    /// Asks the window for a frame, from any thread.
    pub wake: Arc<dyn Fn() + Send + Sync>,
}
