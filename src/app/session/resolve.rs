//! Command kinds → commands, against what is selected. Nothing: greyed out everywhere.

use crate::analysis::Filter;
use crate::app::session::Session;
use crate::app::session::annotate::{EdgeMove, EdgeUnit};
use crate::app::{Command, CommandKind, Dialog, Region, StanceTab};
use crate::edit::Edit;
use crate::model::{AnnotationKind, EntityType, ItemKey};

impl Session {
    /// Returns the command that a kind stands for now.
    #[must_use]
    pub fn resolve(&self, kind: CommandKind) -> Option<Command> {
        self.resolve_project(kind)
            .or_else(|| self.resolve_review(kind))
            .or_else(|| self.resolve_annotate(kind))
            .or_else(|| self.resolve_view(kind))
            .or_else(|| self.resolve_timeline(kind))
    }

    fn resolve_project(&self, kind: CommandKind) -> Option<Command> {
        let articles = !self.snapshot.project.articles.is_empty();
        match kind {
            CommandKind::NewProject => Some(Command::NewProject),
            CommandKind::OpenFiles => Some(Command::PickArticles),
            CommandKind::OpenFolder => Some(Command::PickFolder),
            CommandKind::OpenSample => self.ports.samples.is_some().then_some(Command::OpenSample),
            CommandKind::OpenProject => Some(Command::PickProject),
            CommandKind::SaveAs => articles.then_some(Command::SaveAs),
            CommandKind::SetDates => {
                articles.then_some(Command::ShowDialog(Some(Dialog::SetDates)))
            }
            CommandKind::RemoveArticle => {
                let article = self.view_state.selection.article?;
                Some(Command::Edit(Edit::RemoveArticle(article)))
            }
            CommandKind::AnalyseAgain => articles.then_some(Command::AnalyseAgain),
            CommandKind::Quit => Some(Command::Quit),
            CommandKind::Undo => self.history.undo_title().map(|_| Command::Undo),
            CommandKind::Redo => self.history.redo_title().map(|_| Command::Redo),
            CommandKind::ExportDialog => {
                articles.then_some(Command::ShowDialog(Some(Dialog::Export)))
            }
            _ => None,
        }
    }

    fn resolve_review(&self, kind: CommandKind) -> Option<Command> {
        let selection = &self.view_state.selection;
        let some = selection.annotation.is_some() || !selection.marked.is_empty();
        let open = self.view_state.review.is_some() || self.open_suggestions() > 0;
        match kind {
            CommandKind::ToggleReview => open.then_some(Command::ToggleReview),
            CommandKind::Next => open.then_some(Command::Next),
            CommandKind::Previous => open.then_some(Command::Previous),
            CommandKind::Confirm => some.then_some(Command::Confirm),
            CommandKind::Reject => some.then_some(Command::Reject),
            CommandKind::MarkShown => {
                let marked = self.statements_shown();
                (!marked.is_empty()).then_some(Command::MarkMany(marked))
            }
            CommandKind::ApplyInArticle => self
                .selected_mention()
                .map(|_| Command::ApplyToAll { project: false }),
            CommandKind::ApplyInProject => self
                .selected_mention()
                .map(|_| Command::ApplyToAll { project: true }),
            _ => None,
        }
    }

    fn resolve_annotate(&self, kind: CommandKind) -> Option<Command> {
        let selection = &self.view_state.selection;
        let dialog = |dialog| Some(Command::ShowDialog(Some(dialog)));
        if let Some(entity_type) = type_of(kind) {
            return self.type_edit(entity_type).map(Command::Edit);
        }
        if let Some(by) = edge_of(kind) {
            return self.edge_edit(by).map(Command::Edit);
        }
        match kind {
            CommandKind::Delete => self.delete_edit().map(Command::Edit),
            CommandKind::Merge => dialog(Dialog::Merge(self.selected_entity()?)),
            CommandKind::Split => dialog(Dialog::Split(self.selected_entity()?)),
            CommandKind::Rename => dialog(Dialog::Rename(self.selected_entity()?)),
            CommandKind::Link => dialog(Dialog::Link(self.selected_mention()?.0)),
            CommandKind::Note => dialog(Dialog::Note(selection.article?, selection.annotation)),
            CommandKind::CorrectDate => {
                let at = selection.annotation?;
                let dated = matches!(at.kind, AnnotationKind::Timex | AnnotationKind::Statement);
                let item = ItemKey::Annotation(at);
                dated.then_some(Command::ShowDialog(Some(Dialog::Date(item))))
            }
            CommandKind::NewStatement => {
                let place = selection.text.is_some() || selection.annotation.is_some();
                (selection.article.is_some() && place).then_some(Command::NewStatement)
            }
            CommandKind::EditStatement => {
                let at = selection.annotation?;
                (at.kind == AnnotationKind::Statement).then_some(Command::EditStatement(at))
            }
            _ => None,
        }
    }

    fn resolve_view(&self, kind: CommandKind) -> Option<Command> {
        let state = &self.view_state;
        let size = if state.reader_size > 0.0 {
            state.reader_size
        } else {
            18.0
        };
        let articles = !self.snapshot.project.articles.is_empty();
        match kind {
            CommandKind::ClearFilter => (!state.filter.is_empty()).then(|| {
                let offices = state.filter.offices;
                Command::SetFilter(Filter {
                    offices,
                    ..Filter::default()
                })
            }),
            CommandKind::Entities => {
                articles.then_some(Command::ShowDialog(Some(Dialog::Entities)))
            }
            CommandKind::Lexicon => articles.then_some(Command::ShowDialog(Some(Dialog::Lexicon))),
            CommandKind::Codebook => {
                articles.then_some(Command::ShowDialog(Some(Dialog::Codebook)))
            }
            CommandKind::StanceByActor => {
                articles.then_some(Command::SetStanceTab(StanceTab::ByActor))
            }
            CommandKind::StanceMatrix => {
                articles.then_some(Command::SetStanceTab(StanceTab::Matrix))
            }
            CommandKind::StanceIssues => {
                articles.then_some(Command::SetStanceTab(StanceTab::Issues))
            }
            CommandKind::StanceNetwork => {
                articles.then_some(Command::SetStanceTab(StanceTab::Network))
            }
            CommandKind::Enlarge => articles.then_some(Command::Enlarge(match state.enlarged {
                Some(_) => None,
                None => Some(Region::Stance),
            })),
            CommandKind::ToggleTheme => Some(Command::ToggleTheme),
            CommandKind::TextLarger => (size < 22.0).then_some(Command::SetReaderSize(size + 1.0)),
            CommandKind::TextSmaller => (size > 16.0).then_some(Command::SetReaderSize(size - 1.0)),
            CommandKind::ToggleRejected => articles.then_some(Command::ToggleRejected),
            CommandKind::Escape => Some(Command::Escape),
            CommandKind::Palette => Some(Command::ShowDialog(Some(Dialog::Palette))),
            CommandKind::Keys => Some(Command::ShowDialog(Some(Dialog::Keys))),
            CommandKind::About => Some(Command::ShowDialog(Some(Dialog::About))),
            // The window does these itself: they need its focus or its clipboard.
            _ => None,
        }
    }
}

fn type_of(kind: CommandKind) -> Option<EntityType> {
    Some(match kind {
        CommandKind::TypePerson => EntityType::Person,
        CommandKind::TypeNorp => EntityType::Norp,
        CommandKind::TypeState => EntityType::State,
        CommandKind::TypeOrganisation => EntityType::Organisation,
        CommandKind::TypePlace => EntityType::Place,
        CommandKind::TypeFacility => EntityType::Facility,
        CommandKind::TypeWeapon => EntityType::Weapon,
        CommandKind::TypeAgreement => EntityType::Agreement,
        CommandKind::TypeEvent => EntityType::Event,
        _ => return None,
    })
}

fn edge_of(kind: CommandKind) -> Option<EdgeMove> {
    let by = |end, later, unit| Some(EdgeMove { end, later, unit });
    match kind {
        CommandKind::EndLater => by(true, true, EdgeUnit::Token),
        CommandKind::EndEarlier => by(true, false, EdgeUnit::Token),
        CommandKind::StartLater => by(false, true, EdgeUnit::Token),
        CommandKind::StartEarlier => by(false, false, EdgeUnit::Token),
        CommandKind::EndLaterChar => by(true, true, EdgeUnit::Character),
        CommandKind::EndEarlierChar => by(true, false, EdgeUnit::Character),
        CommandKind::StartLaterChar => by(false, true, EdgeUnit::Character),
        CommandKind::StartEarlierChar => by(false, false, EdgeUnit::Character),
        _ => None,
    }
}
