//! The bars that are always there: top bar, filter line, notices, review bar, hint bar.

mod filter_line;
mod hint_bar;
mod top_bar;

pub use filter_line::{FilterLineState, filter_choices, filter_line_ui};
pub use hint_bar::{hint_bar_ui, notices_ui, review_bar_ui};
pub use top_bar::{TopBarState, top_bar_ui};
