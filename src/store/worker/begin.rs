//! A project that is to be made: what is handed over waits until its file is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use crate::store::error::{OpenError, SaveError, io_save_error, save_error};
use crate::store::lock::{Lock, Taken};
use crate::store::open::{Handle, create};
use crate::store::queue::Queue;
use crate::store::worker::{Event, Message, Wake, Worker, copy_to};

/// A project that is to be made, before its file is there.
pub(super) struct Beginning {
    pub(super) path: PathBuf,
    pub(super) inbox: Arc<Queue<Message>>,
    pub(super) events: Arc<Queue<Event>>,
    pub(super) wake: Wake,
}

impl Beginning {
    pub(super) fn run(self) -> Result<(), SaveError> {
        let mut waiting = Vec::new();
        let mut told = false;
        let handle = loop {
            let error = match create(&self.path) {
                Ok((handle, _)) => break handle,
                Err(error) => not_made(&error),
            };
            if !std::mem::replace(&mut told, true) {
                self.say(Event::Failed(error.clone()));
            }
            match self.wait(&mut waiting) {
                Step::Again => {}
                Step::Elsewhere(handle) => {
                    self.say(Event::SavedAs(handle.path.clone()));
                    break *handle;
                }
                Step::End if waiting.is_empty() => return Ok(()),
                Step::End => return Err(error),
            }
        };
        let mut worker = Worker::new(handle, self.inbox, self.events, self.wake);
        waiting.into_iter().for_each(|message| worker.keep(message));
        if worker.write_work().is_ok() {
            worker.write_cache();
        }
        worker.run()
    }

    fn say(&self, event: Event) {
        self.events.push(event);
        (self.wake)();
    }

    /// Takes what is handed over within a second.
    fn wait(&self, waiting: &mut Vec<Message>) -> Step {
        let mut step = Step::Again;
        for message in self.inbox.wait(Some(Duration::from_secs(1))) {
            match (message, &step) {
                (Message::SaveAs(path, _), Step::Again) => match empty_at(&path) {
                    Ok(handle) => step = Step::Elsewhere(Box::new(handle)),
                    Err(error) => self.say(Event::SaveAsFailed(path, error)),
                },
                // Who asked may have given up.
                (Message::Flush(answer), _) => drop(answer.send(false)),
                (Message::Close, Step::Again) => return Step::End,
                // There is a file for these now: they come after what waits.
                (message @ (Message::SaveAs(..) | Message::Close), _) => self.inbox.push(message),
                (message, _) => waiting.push(message),
            }
        }
        step
    }
}

/// How a beginning goes on.
enum Step {
    Again,
    /// The person chose another place.
    Elsewhere(Box<Handle>),
    End,
}

/// Why no file could be made, in the words of saving.
fn not_made(error: &OpenError) -> SaveError {
    let detail = match error {
        OpenError::Io { detail } => detail.clone(),
        other => other.to_string(),
    };
    SaveError::Io { detail }
}

/// Makes an empty project over what is there.
fn empty_at(path: &Path) -> Result<Handle, SaveError> {
    let memory = Connection::open_in_memory().map_err(|error| save_error(&error))?;
    crate::store::schema::create(&memory).map_err(|error| save_error(&error))?;
    copy_to(&memory, path, lock_for(path)?)
}

pub(super) fn lock_for(path: &Path) -> Result<Lock, SaveError> {
    match Lock::take(path).map_err(|error| io_save_error(&error))? {
        Taken::Ours(lock) => Ok(lock),
        Taken::Theirs => Err(SaveError::TargetOpen(path.to_owned())),
        Taken::Protected => Err(SaveError::Io {
            detail: "the folder may not be written".to_owned(),
        }),
    }
}
