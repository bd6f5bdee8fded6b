//! What is selected, filtered and open. Kept per project, apart from the data.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{
    Compared, Facets, Filter, Guesses, Lane, LaneKind, LaneOrder, LaneTime, Lanes, MatrixOrder,
    NetworkOptions, Period, ProjectView, RowOrder,
};
use crate::figure::network::layout::Arrangement;
use crate::model::{
    Act, Annotation, AnnotationId, ArticleId, Codes, EntityId, EntryId, Factuality, FieldId,
    IssueId, ItemKey, Party, Polarity, Project, StatementDate, TextRange,
};

/// What panels read: the project and its effective view at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The project.
    pub project: Arc<Project>,
    /// What holds.
    pub view: Arc<ProjectView>,
    /// Counts up with every change of either: the key of caches.
    pub revision: u64,
}

impl Snapshot {
    /// Returns how many statements each holder, issue and value of an own field has, as charts
    /// without a filter count them.
    #[must_use]
    pub fn facets(&self) -> &Facets {
        self.view.facets(&self.project)
    }
}

/// The one selection that drives all regions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The article in the reader.
    pub article: Option<ArticleId>,
    /// The annotation under review or being edited.
    pub annotation: Option<Annotation>,
    /// Statements that one key confirms or rejects together.
    pub marked: BTreeSet<Annotation>,
    /// The entity whose mentions and positions light up.
    pub entity: Option<EntityId>,
    /// Selected characters of the open article; an empty range is the caret.
    pub text: Option<TextRange>,
    /// Where the reader shall scroll to; `1` counts up with each wish, so that it is obeyed once.
    pub scroll_to: Option<(TextRange, u64)>,
}

/// A region of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum Region {
    Articles,
    Reader,
    Stance,
    Timeline,
}

/// Tabs of the stance panel.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum StanceTab {
    #[default]
    ByActor,
    Matrix,
    Issues,
    Network,
}

/// How the charts of the stance panel are asked to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StanceOptions {
    /// Order of holders.
    pub rows: RowOrder,
    /// Rows are the values of this own field, instead of holders.
    pub field: Option<FieldId>,
    /// Holders are counted by these periods too.
    pub period: Period,
    /// Order of the matrix.
    pub matrix: MatrixOrder,
    /// What the network ties.
    pub network: NetworkOptions,
    /// Issues show who changed sides, instead of all positions.
    pub shifts: bool,
}

/// What a lane of the timeline is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum LaneBy {
    #[default]
    Actor,
    Issue,
    Act,
    Article,
    Outlet,
}

impl From<LaneBy> for LaneKind {
    fn from(by: LaneBy) -> Self {
        match by {
            LaneBy::Actor => Self::Actor,
            LaneBy::Issue => Self::Issue,
            LaneBy::Act => Self::Act,
            LaneBy::Article => Self::Article,
            LaneBy::Outlet => Self::Outlet,
        }
    }
}

/// Order of articles.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum ArticleSort {
    #[default]
    NewestFirst,
    OldestFirst,
    Title,
    Outlet,
    MostToReview,
}

/// Order of statements.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum StatementSort {
    #[default]
    ThisArticleFirst,
    NewestFirst,
    OldestFirst,
    LeastSureFirst,
    ByHolder,
    ByAct,
    ByIssue,
}

/// Light or dark.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum ThemeChoice {
    #[default]
    Light,
    Dark,
}

/// Sizes of the regions, in points; none is the table of the design.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Layout {
    /// Width of the articles.
    pub articles_width: Option<f32>,
    /// Width of the stance panel.
    pub stance_width: Option<f32>,
    /// Height of the timeline.
    pub timeline_height: Option<f32>,
}

/// A walk through what is still suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Review {
    /// How many of this walk were decided or passed.
    pub done: usize,
    /// How many there were when it began.
    pub total: usize,
}

/// A statement being made or changed; becomes one operation when it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementDraft {
    /// The article.
    pub article: ArticleId,
    /// The statement being changed; none for a new one.
    pub id: Option<AnnotationId>,
    /// The cue.
    pub cue: TextRange,
    /// Its sentence.
    pub sentence: TextRange,
    /// Who; none until picked.
    pub holder: Option<Party>,
    /// In whose name.
    pub speaks_for: Option<EntityId>,
    /// At whom.
    pub target: Option<Party>,
    /// About what.
    pub issue_label: String,
    /// Where that stands.
    pub issue_range: Option<TextRange>,
    /// The issue of the codebook.
    pub issue: Option<IssueId>,
    /// What.
    pub act: Act,
    /// Side towards the target.
    pub polarity_target: Option<Polarity>,
    /// Side towards the issue.
    pub polarity_issue: Option<Polarity>,
    /// Whether it happened.
    pub factuality: Factuality,
    /// When.
    pub date: Option<StatementDate>,
    /// Who tells of it.
    pub reporter: Option<Party>,
    /// The person's note.
    pub note: String,
    /// Values of own fields, as typed.
    pub codes: Codes,
    /// What its fields may be, the best guess first.
    pub guesses: Arc<Guesses>,
}

/// An entry of the timeline in its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryForm {
    /// A new one: its day, where one was pointed at, and its lane.
    New(Option<Date>, String),
    /// One that is there.
    Change(EntryId),
}

/// A dialog over the window.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// What became of an import.
    ImportReport,
    /// What to export, as what.
    Export,
    /// Merge the selected entity into another.
    Merge(EntityId),
    /// Link a mention to an entity.
    Link(Annotation),
    /// Rename an entity.
    Rename(EntityId),
    /// Split mentions off an entity.
    Split(EntityId),
    /// Dates of articles that have none.
    SetDates,
    /// Note on an article or annotation.
    Note(ArticleId, Option<Annotation>),
    /// Date of an item of the timeline.
    Date(ItemKey),
    /// An entry that no article dates.
    Entry(EntryForm),
    /// All entities.
    Entities,
    /// Lexicon and rules of the project.
    Lexicon,
    /// Issues with their phrases, own fields, and the acts.
    Codebook,
    /// All commands.
    Palette,
    /// All keys.
    Keys,
    /// About, licences, credits.
    About,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ViewState {
    /// What is selected.
    pub selection: Selection,
    /// What is asked for.
    pub filter: Filter,
    /// The walk through suggestions, while it lasts.
    pub review: Option<Review>,
    /// The statement in the editor.
    pub draft: Option<StatementDraft>,
    /// The dialog on top.
    pub dialog: Option<Dialog>,
    /// The region that has the whole middle.
    pub enlarged: Option<Region>,
    /// Tab of the stance panel.
    pub stance_tab: StanceTab,
    /// How its charts look.
    pub stance: StanceOptions,
    /// Where the actors of the network stand.
    pub arrangement: Arc<Arrangement>,
    /// Lanes of the timeline.
    pub lanes: LaneBy,
    /// Parts of the lanes; none for lanes without.
    pub lanes_then: Option<LaneBy>,
    /// Order of the lanes.
    pub lane_order: LaneOrder,
    /// Which time places a statement.
    pub lane_time: LaneTime,
    /// Whether the timeline shows what a person hid.
    pub shows_hidden: bool,
    /// Lanes of the timeline whose parts are folded away.
    pub folded: BTreeSet<Lane>,
    /// Two periods that are compared.
    pub compared: Option<Compared>,
    /// Order of articles.
    pub article_sort: ArticleSort,
    /// Order of statements.
    pub statement_sort: StatementSort,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Sizes.
    pub layout: Layout,
    /// Size of article text in points, 16 to 22; 0 is 18.
    pub reader_size: f32,
    /// Whether rejected annotations are shown struck through.
    pub show_rejected: bool,
}

impl ViewState {
    /// Returns how the timeline is cut.
    #[must_use]
    pub fn cut(&self) -> Lanes {
        Lanes {
            by: self.lanes.into(),
            then: self.lanes_then.map(LaneKind::from),
            order: self.lane_order,
            time: self.lane_time,
            shows_hidden: self.shows_hidden,
        }
    }
}
