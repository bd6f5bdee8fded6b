//! Controls that more than one panel uses, all painted after the design.
//!
//! Every one has an accessible name, shows the focus ring, and takes its colours from the theme.

mod button;
mod chip;
mod dialog;
mod field;
mod line;
mod menu;
pub mod paint;
mod toast;

pub use button::{Button, link, segmented};
pub use chip::{chip, problem};
pub use dialog::{DialogFrame, dialog_title};
pub use field::{Completion, complete, text_field, text_field_lines};
pub(crate) use line::{line, line_job, visual};
pub use menu::{MenuItem, menu, menu_item, menu_section};
pub use toast::toast_ui;
