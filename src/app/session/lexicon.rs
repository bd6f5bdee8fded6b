//! The project's own lexicon: written to a file and taken over from one. The codebook goes the same
//! way (`shared_codebook`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::app::session::Session;
use crate::app::session::files::Purpose;
use crate::app::{Notice, Pick};
use crate::edit::Edit;
use crate::export::lexicon::lexicon;
use crate::export::write_file;
use crate::import::{LexiconRow, lexicon_rows, read_lexicon};
use crate::jobs::{Event, Task};
use crate::model::{Entity, EntityId, EntityType, Rule};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    Lexicon,
    Codebook,
}

/// What became of a file.
enum Done {
    Read(String),
    Written(PathBuf),
    Failed(String),
}

/// A file under way.
#[derive(Default)]
pub(super) struct LexiconFile(Option<(Shared, Task<Done>)>);

impl LexiconFile {
    pub(super) fn is_under_way(&self) -> bool {
        self.0.is_some()
    }
}

impl Session {
    pub(super) fn pick_lexicon(&mut self) {
        self.pick(Pick::Lexicon, Purpose::ReadLexicon);
    }

    pub(super) fn save_lexicon(&mut self) {
        let name = self.shared_name("lexicon.tsv");
        self.pick(Pick::SaveExport { name }, Purpose::WriteLexicon);
    }

    pub(super) fn read_lexicon(&mut self, path: PathBuf) {
        self.read_shared(Shared::Lexicon, path);
    }

    pub(super) fn write_lexicon(&mut self, path: PathBuf) {
        let text = lexicon(&self.snapshot.project, &self.snapshot.view);
        self.write_shared(Shared::Lexicon, path, text);
    }

    /// The name of a file of the project that others get.
    pub(super) fn shared_name(&self, what: &str) -> String {
        let project = &self.snapshot.project.info.name;
        if project.is_empty() {
            what.to_owned()
        } else {
            format!("{project} {what}")
        }
    }

    pub(super) fn read_shared(&mut self, what: Shared, path: PathBuf) {
        self.start_shared(what, move || match read_lexicon(&path) {
            Ok(text) => Done::Read(text),
            Err(error) => Done::Failed(error.to_string()),
        });
    }

    pub(super) fn write_shared(&mut self, what: Shared, path: PathBuf, text: String) {
        self.start_shared(what, move || match write_file(&path, text.as_bytes()) {
            Ok(()) => Done::Written(path),
            Err(error) => Done::Failed(error.to_string()),
        });
    }

    fn start_shared(&mut self, what: Shared, work: impl FnOnce() -> Done + Send + 'static) {
        let wake = Arc::clone(&self.ports.wake);
        let task = Task::start("shared file", wake, move |cx| cx.send(work()));
        match task {
            Ok(task) => self.lexicon_file.0 = Some((what, task)),
            Err(error) => self.tell_shared(what, &error.to_string()),
        }
    }

    pub(super) fn poll_lexicon(&mut self) {
        let Some((what, task)) = &mut self.lexicon_file.0 else {
            return;
        };
        let what = *what;
        let (mut ended, mut all) = (false, Vec::new());
        for event in task.poll() {
            match event {
                Event::Part(done) => all.push(done),
                Event::Done => ended = true,
                Event::Panicked(panicked) => {
                    ended = true;
                    all.push(Done::Failed(panicked.to_string()));
                }
            }
        }
        if ended {
            self.lexicon_file.0 = None;
        }
        for done in all {
            match done {
                Done::Read(text) => match what {
                    Shared::Lexicon => self.take_lexicon(&text),
                    Shared::Codebook => self.take_codebook(&text),
                },
                Done::Written(path) => {
                    self.toast(&format!("Exported to {}", path.display()), false);
                }
                Done::Failed(why) => self.tell_shared(what, &why),
            }
        }
    }

    pub(super) fn tell_shared(&mut self, what: Shared, why: &str) {
        let name = match what {
            Shared::Lexicon => "lexicon",
            Shared::Codebook => "codebook",
        };
        self.tell(Notice {
            what: format!("The {name} could not be read or written"),
            hint: "Choose another file or folder".to_owned(),
            details: why.to_owned(),
        });
    }

    /// Takes over the rules of a file as one step of undo.
    fn take_lexicon(&mut self, text: &str) {
        let (rows, bad) = lexicon_rows(text, &self.snapshot.project.codebook);
        if !bad.is_empty() {
            let lines: Vec<_> = bad.iter().take(12).map(ToString::to_string).collect();
            self.tell(Notice {
                what: format!("{} lines of the lexicon are no rules", bad.len()),
                hint: "A line is a rule, words, type and entity, with tabs between".to_owned(),
                details: format!("Lines {}", lines.join(", ")),
            });
        }
        let mut edits = Vec::new();
        let mut made = BTreeMap::new();
        for row in rows {
            self.edits_of(row, &mut made, &mut edits);
        }
        let count = edits
            .iter()
            .filter(|edit| matches!(edit, Edit::AddRule(_)))
            .count();
        if count == 0 {
            self.toast("No rule to take over", false);
            return;
        }
        let rules = if count == 1 { "rule" } else { "rules" };
        let title = format!("{count} {rules} taken over");
        self.commit(Edit::Together { title, edits });
    }

    fn edits_of(
        &self,
        row: LexiconRow,
        made: &mut BTreeMap<(EntityType, String), EntityId>,
        edits: &mut Vec<Edit>,
    ) {
        let mut entity = |name: &str, kind| self.lexicon_entity(name, kind, made, edits);
        let rule = match row {
            LexiconRow::Never { words } => Rule::Never { text: words },
            LexiconRow::Always {
                words,
                entity_type,
                entity: name,
            } => Rule::Alias {
                text: words,
                entity: entity(&name, entity_type),
                entity_type,
            },
            LexiconRow::Same {
                merged,
                entity_type,
                into,
            } => Rule::SameEntity {
                merged: entity(&merged, entity_type),
                into: entity(&into, entity_type),
            },
            LexiconRow::Apart {
                left,
                entity_type,
                right,
            } => Rule::NotSame {
                left: entity(&left, entity_type),
                right: entity(&right, entity_type),
            },
        };
        let one = match &rule {
            Rule::SameEntity { merged, into } => merged == into,
            Rule::NotSame { left, right } => left == right,
            Rule::Alias { .. } | Rule::Never { .. } | Rule::InArticle { .. } => false,
        };
        let known = self.snapshot.project.rules.values().any(|old| *old == rule);
        if !one && !known {
            edits.push(Edit::AddRule(rule));
        }
    }

    /// The entity of that name and type; where there is none, one is made.
    fn lexicon_entity(
        &self,
        name: &str,
        entity_type: EntityType,
        made: &mut BTreeMap<(EntityType, String), EntityId>,
        edits: &mut Vec<Edit>,
    ) -> EntityId {
        let view = &self.snapshot.view;
        let found = view
            .entities
            .iter()
            .find(|(_, row)| row.entity.entity_type == entity_type && row.entity.name == name);
        if let Some((id, _)) = found {
            return *id;
        }
        let key = (entity_type, name.to_owned());
        *made.entry(key).or_insert_with(|| {
            let id =
                EntityId::hashed(&[b"lexicon", entity_type.name().as_bytes(), name.as_bytes()]);
            if !self.snapshot.project.entities.contains_key(&id) {
                edits.push(Edit::SetEntity {
                    id,
                    entity: Entity {
                        name: name.to_owned(),
                        entity_type,
                        aliases: std::collections::BTreeSet::new(),
                        roles: Vec::new(),
                    },
                });
            }
            id
        })
    }
}
