//! Undo and redo without limit: the log, read backwards.

use std::sync::Arc;

use crate::edit::Author;
use crate::edit::operation::{Operation, OperationKind, inverse};
use crate::model::{OperationId, Timestamp};

/// One step of undo: an operation, or several that one gesture made.
type Step = Vec<Arc<Operation>>;

/// The operations of a project in order, and where undo and redo stand among them.
///
/// Built from the log, so that it survives a restart: [`History::from_log`] of the operations that
/// were pushed gives the same steps.
#[derive(Debug, Clone, Default)]
pub struct History {
    log: Vec<Arc<Operation>>,
    done: Vec<Step>,
    undone: Vec<Arc<Operation>>,
    /// Nothing joins the last step any more.
    sealed: bool,
}

impl History {
    /// Reads a log. Steps of an earlier session are closed: no new gesture joins them.
    #[must_use]
    pub fn from_log(log: impl IntoIterator<Item = Operation>) -> Self {
        let mut history = Self::default();
        for operation in log {
            history.record(Arc::new(operation));
        }
        history.sealed = true;
        history
    }

    /// Adds an operation that was applied, and returns it with its place in the log, to be saved.
    pub fn push(&mut self, mut operation: Operation) -> Arc<Operation> {
        operation.parent = self.log.last().map(|last| last.id);
        let operation = Arc::new(operation);
        self.record(Arc::clone(&operation));
        operation
    }

    fn record(&mut self, operation: Arc<Operation>) {
        self.log.push(Arc::clone(&operation));
        match operation.kind {
            OperationKind::Do => {
                self.undone.clear();
                match self.done.last_mut() {
                    Some(step) if !self.sealed && joins(step, &operation) => step.push(operation),
                    _ => self.done.push(vec![operation]),
                }
                self.sealed = false;
            }
            OperationKind::Undo { of } => {
                self.take_done(of);
                self.undone.push(operation);
                self.sealed = true;
            }
            OperationKind::Redo { of } => {
                if let Some(at) = self.undone.iter().rposition(|undo| undo.id == of) {
                    self.undone.truncate(at);
                }
                self.done.push(vec![operation]);
                self.sealed = true;
            }
        }
    }

    /// Takes the operations from `of` on off the done ones; earlier ones of the same step stay.
    fn take_done(&mut self, of: OperationId) {
        let found = self
            .done
            .iter()
            .rposition(|step| step.iter().any(|one| one.id == of));
        let Some(at) = found else { return };
        self.done.truncate(at + 1);
        if let Some(step) = self.done.last_mut() {
            step.truncate(step.iter().position(|one| one.id == of).unwrap_or_default());
            if step.is_empty() {
                self.done.pop();
            }
        }
    }

    /// Returns the operation that takes the last step back, to be applied and pushed.
    #[must_use]
    pub fn undo(&self, author: Author, id: OperationId) -> Option<Operation> {
        let step = self.done.last()?;
        let (first, last) = (step.first()?, step.last()?);
        Some(Operation {
            kind: OperationKind::Undo { of: first.id },
            changes: step.iter().rev().flat_map(|one| inverse(one)).collect(),
            ..again(last, author, id)
        })
    }

    /// Returns the operation that does again what was undone last, to be applied and pushed.
    #[must_use]
    pub fn redo(&self, author: Author, id: OperationId) -> Option<Operation> {
        let undo = self.undone.last()?;
        Some(Operation {
            kind: OperationKind::Redo { of: undo.id },
            changes: inverse(undo),
            ..again(undo, author, id)
        })
    }

    /// Returns the title of what undo would take back.
    #[must_use]
    pub fn undo_title(&self) -> Option<&str> {
        Some(&self.done.last()?.last()?.title)
    }

    /// Returns the title of what redo would do again.
    #[must_use]
    pub fn redo_title(&self) -> Option<&str> {
        Some(&self.undone.last()?.title)
    }

    /// Returns all operations, first to last.
    #[must_use]
    pub fn log(&self) -> &[Arc<Operation>] {
        &self.log
    }

    /// Returns when the last operation was made.
    #[must_use]
    pub fn last_at(&self) -> Option<Timestamp> {
        self.log.last().map(|last| last.at)
    }
}

/// Whether an operation is part of the same gesture.
fn joins(step: &[Arc<Operation>], operation: &Operation) -> bool {
    operation.gesture.is_some()
        && step
            .last()
            .is_some_and(|last| last.gesture == operation.gesture && last.kind == OperationKind::Do)
}

fn again(like: &Operation, author: Author, id: OperationId) -> Operation {
    Operation {
        id,
        parent: None,
        coder: author.coder,
        at: author.at,
        title: like.title.clone(),
        place: like.place,
        changes: Vec::new(),
        kind: OperationKind::Do,
        gesture: None,
    }
}
