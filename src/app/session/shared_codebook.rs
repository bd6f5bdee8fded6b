//! The codebook as a file that a team shares: written, and taken over as one step of undo.

use std::path::PathBuf;

use crate::app::session::Session;
use crate::app::session::files::Purpose;
use crate::app::session::lexicon::Shared;
use crate::app::{Notice, Pick};
use crate::edit::{Edit, take_codebook};
use crate::export::codebook::codebook as codebook_text;
use crate::import::codebook as read_text;

impl Session {
    pub(super) fn pick_codebook(&mut self) {
        self.pick(Pick::Codebook, Purpose::ReadCodebook);
    }

    pub(super) fn save_codebook(&mut self) {
        let name = self.shared_name("codebook.json");
        self.pick(Pick::SaveExport { name }, Purpose::WriteCodebook);
    }

    pub(super) fn read_codebook(&mut self, path: PathBuf) {
        self.read_shared(Shared::Codebook, path);
    }

    pub(super) fn write_codebook(&mut self, path: PathBuf) {
        let text = codebook_text(&self.snapshot.project.codebook);
        self.write_shared(Shared::Codebook, path, text);
    }

    /// Takes over the definitions of a file.
    pub(super) fn take_codebook(&mut self, text: &str) {
        let file = match read_text(text) {
            Ok(file) => file,
            Err(error) => {
                self.tell_shared(Shared::Codebook, &error.to_string());
                return;
            }
        };
        let shared = take_codebook(&self.snapshot.project.codebook, &file);
        if !shared.kept.is_empty() {
            self.tell(Notice {
                what: "Fields that hold something else here are left as they are".to_owned(),
                hint: "Rename the field here or in the file, then import again".to_owned(),
                details: shared.kept.join(", "),
            });
        }
        let count = shared.edits.len();
        if count == 0 {
            self.toast("The codebook says nothing new", false);
            return;
        }
        let noun = if count == 1 {
            "definition"
        } else {
            "definitions"
        };
        let title = format!("{count} {noun} taken over");
        let edits = shared.edits;
        self.commit(Edit::Together { title, edits });
    }
}
