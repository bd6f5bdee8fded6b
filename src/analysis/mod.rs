//! Questions to a project: what holds ([`ProjectView`]), what of it is asked for ([`Filter`]), and
//! counts, series and matrices over it.
//!
//! Pure functions of `model`. Not here: layout of charts (`figure`), anything on disk.

mod compare;
mod facets;
mod filter;
#[cfg(test)]
pub(crate) mod fixtures;
mod guess;
mod issue_groups;
mod learning;
mod matrix;
mod network;
mod periods;
mod presets;
mod repeats;
mod stance;
mod stance_values;
mod sure;
mod timeline;
mod trend;
mod view;
mod words;

pub use compare::{
    CompareBy, Compared, Comparison, ComparisonRow, Move, Who, after_period, before_period,
    comparison, halves,
};
pub use facets::Facets;
pub use filter::{Filter, FilterPart, Found, Picked, ReviewFilter, TextFinder};
pub(crate) use guess::side_on;
pub use guess::{Guess, Guesses, IssueGuess, guess_draft, guesses};
pub use issue_groups::{IssueGroup, IssueMatcher, PhraseCount, open_phrases, propose_groups};
pub use learning::{look_alikes, suggestions_changed};
pub use matrix::{Column, Matrix, MatrixLimits, MatrixOrder, column_name, matrix};
pub use network::{
    MOST_ACTORS, Network, NetworkKind, NetworkNode, NetworkOptions, Normalisation, Repeats, Tie,
    TieKind, network,
};
pub use periods::{MOST_PERIODS, Period, Periods, stance_by_period};
pub use presets::{last_day, last_week, this_month};
pub use repeats::{Retold, Stories};
pub use stance::{ActorRow, RowOrder, Segment, Sides, stance_by_actor};
pub use stance_values::{ValueRow, stance_by_value};
pub use sure::{FieldsSure, UNSURE};
pub use timeline::{
    Bin, DensityBar, ItemKind, Lane, LaneKind, LaneOrder, LaneTime, Lanes, Timeline, TimelineItem,
    TimelineLane, When, clock, date_of, day_number, density, item_words, timeline, value_words,
};
pub use trend::{About, IssueTrend, Shift, Step, Trend, TrendLine, shifts, trend};
pub use view::{
    ArticleView, ArticleViews, EntityRow, IssueRow, Joined, ProjectView, Resolver, Row,
    StatementRef, Status,
};
pub use words::{
    Shown, Word, counted, date_short, date_short_year, date_words, filter_sentence, filter_words,
    month_name, month_short, part_value, span_words, weekday_name,
};
