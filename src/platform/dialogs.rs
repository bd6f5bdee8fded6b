//! Native file dialogs, each on a thread of its own: a frame never waits for one.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rfd::FileDialog;

use crate::app::{Dialogs, Pick};

/// What the importers read.
const ARTICLES: [&str; 9] = [
    "txt", "md", "markdown", "html", "htm", "xhtml", "docx", "pdf", "text",
];

/// Dialogs through the desktop portal or zenity on Linux, the system's own elsewhere.
#[derive(Debug)]
pub(super) struct NativeDialogs {
    trouble: Arc<OnceLock<Option<String>>>,
}

impl NativeDialogs {
    /// Looks on a thread whether dialogs can be shown: a frame never waits for the disk.
    pub(super) fn new() -> Self {
        let found = Arc::new(OnceLock::new());
        let finds = Arc::clone(&found);
        let looking = std::thread::Builder::new()
            .name("dialogs".to_owned())
            .spawn(move || drop(finds.set(trouble())));
        if let Err(error) = looking {
            log::error!("no thread to look for dialogs: {error}");
        }
        Self { trouble: found }
    }
}

impl Dialogs for NativeDialogs {
    fn pick(&self, what: Pick, done: Box<dyn FnOnce(Vec<PathBuf>) + Send>) {
        let shown = std::thread::Builder::new()
            .name("dialog".to_owned())
            .spawn(move || done(show(what)));
        if let Err(error) = shown {
            log::error!("no thread for a dialog: {error}");
        }
    }

    fn trouble(&self) -> Option<String> {
        // Not known yet: then it is tried.
        self.trouble.get().cloned().flatten()
    }
}

fn show(what: Pick) -> Vec<PathBuf> {
    let dialog = FileDialog::new();
    let one = |path: Option<PathBuf>| path.into_iter().collect();
    match what {
        Pick::Articles => dialog
            .set_title("Open files")
            .add_filter("Articles", &ARTICLES)
            .add_filter("All files", &["*"])
            .pick_files()
            .unwrap_or_default(),
        Pick::Folder => dialog
            .set_title("Open folder")
            .pick_folders()
            .unwrap_or_default(),
        Pick::Project => one(dialog
            .set_title("Open project")
            .add_filter("Demarche project", &["demarche"])
            .add_filter("All files", &["*"])
            .pick_file()),
        Pick::Lexicon => one(dialog
            .set_title("Import rules")
            .add_filter("Lexicon", &["tsv", "txt"])
            .add_filter("All files", &["*"])
            .pick_file()),
        Pick::Codebook => one(dialog
            .set_title("Import codebook")
            .add_filter("Codebook", &["json"])
            .add_filter("All files", &["*"])
            .pick_file()),
        Pick::SaveProject { name } => one(dialog
            .set_title("Save project as")
            .add_filter("Demarche project", &["demarche"])
            .set_file_name(name)
            .save_file()),
        Pick::SaveExport { name } => {
            one(dialog.set_title("Export").set_file_name(name).save_file())
        }
    }
}

/// On Linux a dialog that cannot be shown looks like one that was cancelled, so ask beforehand:
/// a portal needs a session bus, else zenity must be there.
fn trouble() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let zenity = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file())
    });
    if zenity || portal() {
        return None;
    }
    Some(
        "No file dialog can be shown: install zenity or a desktop portal. Until then drop files \
         on the window or name them on the command line"
            .to_owned(),
    )
}

/// A portal is started by the bus when its service file is installed.
fn portal() -> bool {
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|bus| !bus.is_empty());
    let shares =
        std::env::var("XDG_DATA_DIRS").unwrap_or_else(|_| "/usr/local/share:/usr/share".to_owned());
    let service = "dbus-1/services/org.freedesktop.portal.Desktop.service";
    bus && std::env::split_paths(&shares).any(|share| share.join(service).is_file())
}
