//! Writing figures and tables in the background.

use crate::app::ExportRequest;
use crate::app::session::Session;

/// An export under way.
pub(super) struct Exporting;

impl Session {
    pub(super) fn export(&mut self, _request: ExportRequest) {}

    pub(super) fn poll_export(&mut self) {
        let _ = &self.exporting;
    }
}
