//! Questions to a project: what holds ([`ProjectView`]), what of it is asked for ([`Filter`]), and
//! counts, series and matrices over it.
//!
//! Pure functions of `model`. Not here: layout of charts (`figure`), anything on disk.

mod filter;
mod guess;
mod view;

pub use filter::{Filter, FilterPart, ReviewFilter};
pub use guess::{Guess, guess_draft};
pub use view::{
    ArticleView, EntityRow, IssueRow, ProjectView, Resolver, Row, StatementRef, Status,
};
