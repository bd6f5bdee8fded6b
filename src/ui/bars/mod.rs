//! The bars that are always there: top bar, filter line, problems, hint bar.

mod filter_line;
mod hint_bar;
mod top_bar;

pub(crate) use filter_line::outlets;
pub use filter_line::{FilterChoice, FilterLineState, filter_choices, filter_line_ui};
pub use hint_bar::{hint_bar_ui, notices_ui};
pub use top_bar::{TopBarState, top_bar_ui};
