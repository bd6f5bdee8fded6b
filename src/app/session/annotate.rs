//! What a person decides on annotations: confirm, reject, retype, move edges, code a statement.

use crate::analysis::Row;
use crate::app::session::Session;
use crate::app::{Command, StatementDraft};
use crate::edit::{Edit, same_words};
use crate::model::{
    Annotation, AnnotationKind, ArticleId, DateSource, Decided, EntityType, Evidence, IssueId,
    IssuePhrase, Mention, MentionKind, Statement, StatementDate, TextRange, TextSize, Verdict,
};

/// Which edge moves, and where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EdgeMove {
    pub(super) end: bool,
    pub(super) later: bool,
    pub(super) unit: EdgeUnit,
}

/// By how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EdgeUnit {
    Token,
    Character,
}

impl Session {
    pub(super) fn run_annotate(&mut self, command: Command) {
        match command {
            Command::Confirm => self.decide(true),
            Command::Reject => self.decide(false),
            Command::ApplyToAll { project } => self.apply_to_all(project),
            Command::NewStatement => self.new_statement(),
            Command::EditStatement(at) => self.edit_statement(at),
            Command::SetDraft(draft) => self.view_state.draft = draft,
            Command::SaveDraft => self.save_draft(),
            // Routed here only for the above.
            _ => {}
        }
    }

    /// Returns all statements that the filter asks for.
    pub(super) fn statements_shown(&self) -> std::collections::BTreeSet<Annotation> {
        let (project, view) = (&self.snapshot.project, &self.snapshot.view);
        let asked = self.view_state.filter.statements(project, view);
        let annotation = |(at, _): (crate::analysis::StatementRef, &Row<Statement>)| Annotation {
            article: at.article,
            kind: AnnotationKind::Statement,
            id: at.id,
        };
        asked.map(annotation).collect()
    }

    /// All that is marked is one operation, and so one step of undo.
    fn decide_marked(&mut self, confirm: bool) {
        let marked = std::mem::take(&mut self.view_state.selection.marked);
        let kept = marked.clone();
        let wanted: Vec<Annotation> = marked
            .into_iter()
            .filter(|at| !confirm || !self.is_decided(*at))
            .collect();
        if wanted.is_empty() {
            self.toast("All of these are decided", false);
            return;
        }
        let edit = if confirm {
            Edit::ConfirmMany(wanted)
        } else {
            Edit::RejectMany(wanted)
        };
        if !self.commit(edit) {
            self.view_state.selection.marked = kept;
        }
    }

    /// One key decides, and the next stands ready.
    fn decide(&mut self, confirm: bool) {
        if !self.view_state.selection.marked.is_empty() {
            self.decide_marked(confirm);
            return;
        }
        let Some(at) = self.view_state.selection.annotation else {
            return;
        };
        let reviewing = self.view_state.review.is_some();
        let edit = if confirm {
            Edit::Confirm(at)
        } else {
            Edit::Reject(at)
        };
        if self.is_decided(at) && confirm {
            if reviewing {
                self.step(true);
            }
            return;
        }
        if !reviewing {
            self.commit(edit);
            return;
        }
        // The walk goes on from where the decided one stood, so its place is kept until then.
        let place = self.range_of(at);
        if self.commit(edit) {
            if self.view_state.selection.annotation.is_none() {
                self.view_state.selection.text =
                    place.map(|range| TextRange::empty(range.start() + TextSize::from(1)));
            }
            self.step(true);
        }
    }

    pub(super) fn is_decided(&self, at: Annotation) -> bool {
        let Some(view) = self.snapshot.view.articles.get(&at.article) else {
            return false;
        };
        fn decided<T>(rows: &[Row<T>], at: Annotation) -> bool {
            rows.iter().any(|row| row.id == at.id && row.is_decided())
        }
        match at.kind {
            AnnotationKind::Mention => decided(&view.mentions, at),
            AnnotationKind::Timex => decided(&view.timexes, at),
            AnnotationKind::Attribution => decided(&view.attributions, at),
            AnnotationKind::Statement => decided(&view.statements, at),
        }
    }

    fn apply_to_all(&mut self, project: bool) {
        let Some((at, mention)) = self.selected_mention() else {
            return;
        };
        let Some(state) = self.snapshot.project.articles.get(&at.article) else {
            return;
        };
        let words = state.article.slice(mention.range).to_owned();
        let within = (!project).then_some(at.article);
        let places = same_words(&self.snapshot.project, &words, within);
        self.commit(Edit::ApplyToAll {
            like: mention,
            places,
        });
    }

    /// Makes an edit; a new mention is what is selected then, in place of its words, so that the
    /// keys for its edges, type and entity are at hand.
    pub(super) fn make(&mut self, edit: Edit) {
        let added = match &edit {
            Edit::AddMention { article, mention } => Some((*article, mention.range)),
            _ => None,
        };
        let gesture = self.gesture_of(&edit);
        let beside = match &edit {
            Edit::RemoveArticle(article) => self.article_beside(*article),
            _ => None,
        };
        if !self.commit_as(edit, gesture) {
            return;
        }
        if let Some(article) = beside.filter(|_| self.view_state.selection.article.is_none()) {
            self.open_article(article);
        }
        let Some((article, range)) = added else {
            return;
        };
        let state = self.snapshot.project.articles.get(&article);
        let found = state.and_then(|state| {
            let mentions = state.annotations.mentions.decided();
            let on_these = |one: &Decided<Mention>| {
                one.verdict != Verdict::Rejected && one.value.range == range
            };
            mentions.iter().find(|(_, one)| on_these(one))
        });
        if let Some((&id, _)) = found {
            let kind = AnnotationKind::Mention;
            self.view_state.selection.text = None;
            self.view_state.selection.annotation = Some(Annotation { article, kind, id });
        }
    }

    /// Returns the selected mention as it holds.
    pub(super) fn selected_mention(&self) -> Option<(Annotation, Mention)> {
        let at = self.view_state.selection.annotation?;
        if at.kind != AnnotationKind::Mention {
            return None;
        }
        let state = self.snapshot.project.articles.get(&at.article)?;
        let mut mention = state.annotations.mentions.get(at.id)?.value().clone();
        let view = self.snapshot.view.articles.get(&at.article)?;
        if let Some(row) = view.mentions.iter().find(|row| row.id == at.id) {
            mention.entity = row.value.entity;
        }
        Some((at, mention))
    }

    /// Returns the edit of a type key: retypes the selected mention, or makes one of the selected
    /// words.
    pub(super) fn type_edit(&self, entity_type: EntityType) -> Option<Edit> {
        if let Some((at, mut mention)) = self.selected_mention() {
            if mention.entity_type == entity_type {
                return Some(Edit::Confirm(at));
            }
            mention.entity_type = entity_type;
            return Some(Edit::ChangeMention {
                article: at.article,
                id: at.id,
                mention,
            });
        }
        let article = self.view_state.selection.article?;
        let range = self
            .view_state
            .selection
            .text
            .filter(|range| !range.is_empty())?;
        let entity = self.entity_named(article, range);
        let mention = Mention {
            range,
            kind: MentionKind::Name,
            entity_type,
            entity,
            metonym: false,
        };
        Some(Edit::AddMention { article, mention })
    }

    /// The entity that the same words name already, in this article first.
    fn entity_named(&self, article: ArticleId, range: TextRange) -> Option<crate::model::EntityId> {
        let words = self
            .snapshot
            .project
            .articles
            .get(&article)?
            .article
            .slice(range);
        let view = &self.snapshot.view;
        view.entities
            .iter()
            .find(|(_, row)| {
                row.entity.name == words || row.entity.aliases.iter().any(|a| a.text == words)
            })
            .map(|(id, _)| *id)
    }

    /// Returns the edit that moves an edge of the selected mention.
    pub(super) fn edge_edit(&self, by: EdgeMove) -> Option<Edit> {
        let (at, mut mention) = self.selected_mention()?;
        mention.range = self.moved(at.article, mention.range, by)?;
        Some(Edit::ChangeMention {
            article: at.article,
            id: at.id,
            mention,
        })
    }

    /// Returns the edit that deletes what is selected.
    pub(super) fn delete_edit(&self) -> Option<Edit> {
        self.view_state.selection.annotation.map(Edit::Delete)
    }

    fn moved(&self, article: ArticleId, range: TextRange, by: EdgeMove) -> Option<TextRange> {
        let state = self.snapshot.project.articles.get(&article)?;
        let body = &state.article.text.body;
        let from = if by.end { range.end() } else { range.start() };
        let to = match by.unit {
            EdgeUnit::Character => next_char(body, from, by.later)?,
            EdgeUnit::Token => {
                let tokens = &state.tokens.tokens;
                let edges = tokens.iter().map(|token| {
                    if by.end {
                        token.range.end()
                    } else {
                        token.range.start()
                    }
                });
                if by.later {
                    edges.into_iter().find(|edge| *edge > from)?
                } else {
                    edges.into_iter().take_while(|edge| *edge < from).last()?
                }
            }
        };
        let (start, end) = if by.end {
            (range.start(), to)
        } else {
            (to, range.end())
        };
        (start < end).then(|| TextRange::new(start, end))
    }

    fn new_statement(&mut self) {
        let selection = &self.view_state.selection;
        if let Some(at) = selection.annotation
            && at.kind == AnnotationKind::Statement
        {
            self.edit_statement(at);
            return;
        }
        let (Some(article), Some(range)) = (
            selection.article,
            selection
                .text
                .or_else(|| selection.annotation.and_then(|at| self.range_of(at))),
        ) else {
            return;
        };
        let draft = crate::analysis::guess_draft(
            &self.snapshot.project,
            &self.snapshot.view,
            article,
            range,
            crate::nlp::stance::act_of,
        );
        if let Some(guess) = draft {
            self.view_state.draft = Some(StatementDraft::from_guess(guess));
        }
    }

    fn edit_statement(&mut self, at: Annotation) {
        let Some(view) = self.snapshot.view.articles.get(&at.article) else {
            return;
        };
        let Some(row) = view.statement(at.id) else {
            return;
        };
        let mut draft = StatementDraft::of(at, &row.value, &row.note);
        draft.codes.clone_from(&row.codes);
        draft.guesses = std::sync::Arc::new(crate::analysis::guesses(
            &self.snapshot.project,
            &self.snapshot.view,
            at.article,
            (draft.cue, draft.sentence),
            crate::nlp::stance::act_of,
        ));
        self.select(Some(at));
        self.view_state.draft = Some(draft);
    }

    /// Returns what brings the values of own fields to what they shall be.
    fn code_edits(&self, annotation: Annotation, wanted: &crate::model::Codes) -> Vec<Edit> {
        let project = &self.snapshot.project;
        let state = project.articles.get(&annotation.article);
        let now = state.and_then(|state| state.codes.get(&annotation.id));
        let now = now.cloned().unwrap_or_default();
        let changed = |field: &crate::model::FieldId| {
            let value = wanted.get(field).map_or("", String::as_str);
            (now.get(field).map_or("", String::as_str) != value).then(|| Edit::SetCode {
                annotation,
                field: *field,
                value: value.to_owned(),
            })
        };
        project.codebook.fields.keys().filter_map(changed).collect()
    }

    fn save_draft(&mut self) {
        let Some(draft) = self.view_state.draft.clone() else {
            return;
        };
        let (note, codes) = (draft.note.clone(), draft.codes.clone());
        let (article, id) = (draft.article, draft.id);
        let Some(statement) = draft.statement() else {
            self.toast("A statement needs a holder", false);
            return;
        };
        let statement = Box::new(statement);
        let edit = match id {
            None => Edit::AddStatement {
                article,
                statement,
                note,
            },
            Some(id) => {
                let annotation = Annotation {
                    article,
                    kind: AnnotationKind::Statement,
                    id,
                };
                let change = Edit::ChangeStatement {
                    article,
                    id,
                    statement,
                };
                let mut edits = vec![change, Edit::SetNote { annotation, note }];
                edits.extend(self.code_edits(annotation, &codes));
                Edit::Together {
                    title: "Statement saved".to_owned(),
                    edits,
                }
            }
        };
        let before: Vec<_> = self.decided_statements(article);
        // What a new statement is coded with is saved in the same step of undo.
        self.gesture += 1;
        let gesture = Some(self.gesture);
        if self.commit_as(edit, gesture) {
            self.view_state.draft = None;
            let added = self
                .decided_statements(article)
                .into_iter()
                .find(|id| !before.contains(id));
            if let Some(id) = added {
                let kind = AnnotationKind::Statement;
                self.view_state.selection.text = None;
                let annotation = Annotation { article, kind, id };
                self.view_state.selection.annotation = Some(annotation);
                let edits = self.code_edits(annotation, &codes);
                if !edits.is_empty() {
                    let title = "Statement added".to_owned();
                    self.commit_as(Edit::Together { title, edits }, gesture);
                }
            }
        } else {
            // Nothing changed, or it was refused: an unchanged draft closes, a refused one stays.
            self.view_state.draft = (!self.unchanged(article, id))
                .then_some(())
                .and(self.view_state.draft.take());
        }
    }

    fn unchanged(&self, article: ArticleId, id: Option<crate::model::AnnotationId>) -> bool {
        let Some(draft) = &self.view_state.draft else {
            return true;
        };
        let Some(id) = id else { return false };
        let row = self
            .snapshot
            .view
            .articles
            .get(&article)
            .and_then(|view| view.statement(id));
        row.is_some_and(|row| draft.clone().statement().as_ref() == Some(&row.value))
    }

    fn decided_statements(&self, article: ArticleId) -> Vec<crate::model::AnnotationId> {
        self.snapshot
            .project
            .articles
            .get(&article)
            .map(|state| {
                state
                    .annotations
                    .statements
                    .decided()
                    .keys()
                    .copied()
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn next_char(body: &str, from: TextSize, later: bool) -> Option<TextSize> {
    use unicode_segmentation::UnicodeSegmentation as _;
    let at = usize::from(from);
    let step = if later {
        at + body.get(at..)?.graphemes(true).next()?.len()
    } else {
        at - body.get(..at)?.graphemes(true).next_back()?.len()
    };
    u32::try_from(step).ok().map(TextSize::from)
}

impl StatementDraft {
    /// Returns the draft of a statement that is there already.
    #[must_use]
    pub fn of(at: Annotation, statement: &Statement, note: &str) -> Self {
        let issue = statement.issue.clone();
        Self {
            article: at.article,
            id: Some(at.id),
            cue: statement.evidence.cue,
            sentence: statement.evidence.sentence,
            holder: Some(statement.holder),
            speaks_for: statement.speaks_for,
            target: statement.target,
            issue_label: issue
                .as_ref()
                .map(|issue| issue.label.clone())
                .unwrap_or_default(),
            issue_range: issue.as_ref().and_then(|issue| issue.range),
            issue: issue.and_then(|issue| issue.issue),
            act: statement.act,
            polarity_target: statement.polarity_target,
            polarity_issue: statement.polarity_issue,
            factuality: statement.factuality,
            date: statement.date.clone(),
            reporter: statement.reporter,
            note: note.to_owned(),
            codes: crate::model::Codes::new(),
            guesses: std::sync::Arc::default(),
        }
    }

    /// Returns the draft of a guess.
    #[must_use]
    pub fn from_guess(guess: crate::analysis::Guess) -> Self {
        Self {
            article: guess.article,
            id: None,
            cue: guess.cue,
            sentence: guess.sentence,
            holder: guess.holder,
            speaks_for: guess.speaks_for,
            target: guess.target,
            issue_label: guess.issue_label,
            issue_range: guess.issue_range,
            issue: guess.issue,
            act: guess.act,
            polarity_target: guess.polarity_target,
            polarity_issue: guess.polarity_issue,
            factuality: guess.factuality,
            date: guess.date,
            reporter: guess.reporter,
            note: String::new(),
            codes: crate::model::Codes::new(),
            guesses: std::sync::Arc::new(guess.guesses),
        }
    }

    /// Returns the statement that the draft stands for; none without a holder.
    #[must_use]
    pub fn statement(self) -> Option<Statement> {
        let label = self.issue_label.trim().to_owned();
        let issue = (!label.is_empty()).then(|| IssuePhrase {
            issue: Some(self.issue.unwrap_or_else(|| IssueId::of_phrase(&label))),
            label,
            range: self.issue_range,
        });
        Some(Statement {
            holder: self.holder?,
            speaks_for: self.speaks_for,
            target: self.target,
            polarity_target: self
                .target
                .and(self.polarity_target.or(Some(self.act.usual_polarity()))),
            polarity_issue: issue.as_ref().and(
                self.polarity_issue
                    .or(Some(crate::model::Polarity::Neutral)),
            ),
            issue,
            act: self.act,
            factuality: self.factuality,
            date: self.date,
            evidence: Evidence {
                cue: self.cue,
                sentence: self.sentence,
            },
            reporter: self.reporter,
        })
    }

    /// Sets the date that a person gave.
    pub fn set_date(&mut self, value: Option<crate::model::TimexValue>) {
        self.date = value.map(|value| StatementDate {
            modifier: None,
            value,
            source: DateSource::Person,
        });
    }
}
