//! What a person can ask for: kinds (menu, palette, keys) and commands (with their arguments).
//!
//! A kind is resolved against the snapshot and the selection; where that gives nothing it is
//! greyed out everywhere.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::analysis::{Compared, Filter, FilterPart, Lane, LaneOrder, LaneTime};
use crate::app::{
    ArticleSort, Dialog, LaneBy, Layout, Region, StanceOptions, StanceTab, StatementDraft,
    StatementSort,
};
use crate::edit::Edit;
use crate::export::{ExportFormat, ExportWhat};
use crate::figure::network::layout::Plan;
use crate::model::{Annotation, ArticleId, EntityId, TextRange};

/// An export, before its file is picked.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportRequest {
    /// What.
    pub what: ExportWhat,
    /// As what.
    pub format: ExportFormat,
    /// The person's own title; empty for the default.
    pub title: String,
    /// Width in points (charts).
    pub width: f32,
    /// Pixels a point (PNG).
    pub scale: f32,
    /// Where to; none asks by dialog.
    pub path: Option<PathBuf>,
}

/// A wish with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Start an empty, untitled project.
    NewProject,
    /// Ask for files, then import them.
    PickArticles,
    /// Ask for a folder, then import it.
    PickFolder,
    /// Ask for a project, then open it.
    PickProject,
    /// Ask where, then save the project there.
    SaveAs,
    /// Open a project file.
    OpenProject(PathBuf),
    /// Open the sample articles in a new project.
    OpenSample,
    /// Import files and folders.
    Import(Vec<PathBuf>),
    /// Import what was dropped or pasted: name and bytes.
    ImportBytes(Vec<(String, Vec<u8>)>),
    /// Stop the import under way; what was read stays.
    CancelImport,
    /// Change the project.
    Edit(Edit),
    /// Take back the last operation.
    Undo,
    /// Do it again.
    Redo,
    /// Confirm the selected annotation (in review, then the next).
    Confirm,
    /// Reject it.
    Reject,
    /// Confirm all mentions of the same words: in this article, or in the project.
    ApplyToAll {
        /// In the whole project.
        project: bool,
    },
    /// Open an article.
    OpenArticle(ArticleId),
    /// Open an article and scroll to a range.
    Go(ArticleId, TextRange),
    /// Select an annotation: opens its article and scrolls to it.
    Select(Option<Annotation>),
    /// Select an annotation where it stands, without scrolling.
    Mark(Option<Annotation>),
    /// Mark statements, so that one key decides all of them.
    MarkMany(BTreeSet<Annotation>),
    /// Select an entity everywhere.
    SelectEntity(Option<EntityId>),
    /// Select characters of the open article; an empty range sets the caret.
    SelectText(Option<TextRange>),
    /// Ask for something else.
    SetFilter(Filter),
    /// Ask for less.
    RemoveFilterPart(FilterPart),
    /// Begin or end the walk through suggestions.
    ToggleReview,
    /// Next suggestion.
    Next,
    /// Previous suggestion.
    Previous,
    /// End the innermost thing.
    Escape,
    /// Begin a statement at the selected words, or open the selected one in the editor.
    NewStatement,
    /// Open a statement in the editor.
    EditStatement(Annotation),
    /// The draft as changed by the editor.
    SetDraft(Option<StatementDraft>),
    /// Save the draft.
    SaveDraft,
    /// Show or close a dialog.
    ShowDialog(Option<Dialog>),
    /// Give a region the whole middle, or give it back.
    Enlarge(Option<Region>),
    /// Tab of the stance panel.
    SetStanceTab(StanceTab),
    /// Orders of its charts, and what the network ties.
    SetStance(StanceOptions),
    /// Work out where the actors of the network stand.
    Arrange(Box<Plan>),
    /// Lanes of the timeline.
    SetLanes(LaneBy),
    /// Parts of the lanes of the timeline.
    SetLanesThen(Option<LaneBy>),
    /// Order of the lanes of the timeline.
    SetLaneOrder(LaneOrder),
    /// Which time places a statement on the timeline.
    SetLaneTime(LaneTime),
    /// Lanes of the timeline whose parts are folded away.
    SetFolded(BTreeSet<Lane>),
    /// Show or hide what was hidden on the timeline.
    ShowHidden(bool),
    /// Compare two periods, or end that.
    SetCompared(Option<Compared>),
    /// Order of articles.
    SetArticleSort(ArticleSort),
    /// Order of statements.
    SetStatementSort(StatementSort),
    /// Light to dark and back.
    ToggleTheme,
    /// Sizes of the regions, as dragged.
    SetLayout(Layout),
    /// Size of article text, in points.
    SetReaderSize(f32),
    /// Show or hide what was rejected.
    ToggleRejected,
    /// Read all articles again.
    AnalyseAgain,
    /// Write a figure or table.
    Export(ExportRequest),
    /// Ask for a lexicon file, then take over its rules.
    PickLexicon,
    /// Ask where, then write the project's rules there.
    SaveLexicon,
    /// Ask for a codebook file, then take over its definitions.
    PickCodebook,
    /// Ask where, then write the project's codebook there.
    SaveCodebook,
    /// Forget a notice.
    DismissNotice(usize),
    /// Put words on the clipboard.
    Copy(String),
    /// Close the window, when all is on disk.
    Quit,
}

/// Where a command stands in the menu and the list of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, clippy::allow_attributes, reason = "the names say it")]
pub enum Section {
    Project,
    Edit,
    Review,
    Annotate,
    View,
    Export,
    Help,
}

macro_rules! kinds {
    ($($kind:ident, $section:ident, $title:literal;)+) => {
        /// A command without its arguments: a row of the menu, the palette and the list of keys.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, clippy::allow_attributes, reason = "the titles say it")]
        pub enum CommandKind { $($kind,)+ }

        impl CommandKind {
            /// All kinds, in the order of menu and palette.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// Returns the words on screen; `…` where more input follows.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$kind => $title,)+ }
            }

            /// Returns where it stands.
            #[must_use]
            pub fn section(self) -> Section {
                match self { $(Self::$kind => Section::$section,)+ }
            }
        }
    };
}

kinds! {
    NewProject, Project, "New project";
    OpenFiles, Project, "Open files…";
    OpenFolder, Project, "Open folder…";
    OpenSample, Project, "Open the sample";
    PasteText, Project, "Paste text as an article";
    OpenProject, Project, "Open project…";
    SaveAs, Project, "Save as…";
    SetDates, Project, "Set dates…";
    RemoveArticle, Project, "Remove article";
    AnalyseAgain, Project, "Analyse again";
    Quit, Project, "Close";
    Undo, Edit, "Undo";
    Redo, Edit, "Redo";
    ToggleReview, Review, "Review";
    Next, Review, "Next suggestion";
    Previous, Review, "Previous suggestion";
    Confirm, Review, "Confirm";
    Reject, Review, "Reject";
    ApplyInArticle, Review, "Apply to all same words in this article";
    ApplyInProject, Review, "Apply to all same words in the project";
    TypePerson, Annotate, "Person";
    TypeNorp, Annotate, "Norp";
    TypeState, Annotate, "State";
    TypeOrganisation, Annotate, "Organisation";
    TypePlace, Annotate, "Place";
    TypeFacility, Annotate, "Facility";
    TypeWeapon, Annotate, "Weapon";
    TypeAgreement, Annotate, "Agreement";
    TypeEvent, Annotate, "Event";
    EndLater, Annotate, "Move the end right by a word";
    EndEarlier, Annotate, "Move the end left by a word";
    StartLater, Annotate, "Move the start right by a word";
    StartEarlier, Annotate, "Move the start left by a word";
    EndLaterChar, Annotate, "Move the end right by a character";
    EndEarlierChar, Annotate, "Move the end left by a character";
    StartLaterChar, Annotate, "Move the start right by a character";
    StartEarlierChar, Annotate, "Move the start left by a character";
    Delete, Annotate, "Delete";
    Merge, Annotate, "Merge with…";
    Split, Annotate, "Split…";
    Rename, Annotate, "Rename…";
    Link, Annotate, "Link to an entity…";
    Note, Annotate, "Note…";
    CorrectDate, Annotate, "Correct the date…";
    MarkShown, Review, "Mark all statements shown";
    NewStatement, Annotate, "New statement";
    EditStatement, Annotate, "Edit statement";
    Search, View, "Search";
    ClearFilter, View, "Clear all filters";
    Entities, View, "Entities";
    Lexicon, View, "Lexicon and rules";
    Codebook, View, "Codebook";
    DatesLastWeek, View, "Dates: last 7 days";
    DatesThisMonth, View, "Dates: this month";
    DatesAll, View, "Dates: all";
    DatesBefore, View, "Dates: period before";
    DatesAfter, View, "Dates: period after";
    Compare, View, "Compare with the period before";
    ShowHidden, View, "Show what is hidden on the timeline";
    NewEntry, Annotate, "New entry on the timeline…";
    StanceByActor, View, "Stance by actor";
    StanceMatrix, View, "Stance matrix";
    StanceIssues, View, "Stance by issue";
    StanceNetwork, View, "Network of actors";
    NextRegion, View, "Next region";
    Enlarge, View, "Enlarge region";
    ToggleTheme, View, "Light or dark";
    TextLarger, View, "Larger text";
    TextSmaller, View, "Smaller text";
    ToggleRejected, View, "Show rejected";
    Escape, View, "End the innermost";
    ExportDialog, Export, "Export…";
    Palette, Help, "All commands";
    Keys, Help, "All keys";
    About, Help, "About Demarche";
}

/// The queue that panels push into; drained once a frame by the session.
#[derive(Debug, Default)]
pub struct Commands(Vec<Command>);

impl Commands {
    /// Adds a wish.
    pub fn push(&mut self, command: Command) {
        self.0.push(command);
    }

    /// Takes all wishes, in order.
    pub fn take(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.0)
    }

    /// Whether a dialog is wished for.
    #[must_use]
    pub fn shows_dialog(&self) -> bool {
        let shows = |command: &Command| matches!(command, Command::ShowDialog(Some(_)));
        self.0.iter().any(shows)
    }

    /// Whether nothing is wished for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
