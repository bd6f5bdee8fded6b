//! The whole program without a window: the session, its commands, what is selected and shown,
//! notices, and the ports to the world outside.
//!
//! Only [`Session`] changes the project, in one place ([`Session::poll`] drains the queue), and only
//! through operations of `edit`. Panels read a [`Snapshot`] and push [`Command`]s.

mod command;
mod notice;
mod ports;
mod session;
mod typed_date;
mod view_state;

pub use crate::export::{ExportFormat, ExportWhat};
pub use command::{Command, CommandKind, Commands, ExportRequest, Section};
pub use notice::{ImportLine, ImportOutcome, ImportReport, Notice, Toast};
pub use ports::{Clock, Dialogs, Ids, Pick, Ports};
pub use session::{RecentProject, Session};
pub use typed_date::{TypedDate, typed_date};
pub use view_state::{
    ArticleSort, Dialog, EntryForm, LaneBy, Layout, Region, Review, Selection, Snapshot,
    StanceOptions, StanceTab, StatementDraft, StatementSort, ThemeChoice, ViewState,
};
