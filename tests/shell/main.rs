//! The real application in a test window, driven as a person drives it: by keys and by clicks on what
//! is named.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: a failure is the answer"
)]

#[path = "../support/mod.rs"]
mod support;

mod decide;
mod dialogs;
mod lists;
mod pictures;
mod statements;
mod timeline;

use demarche::app::{Command, CommandKind, Dialog, Session};
use demarche::edit::Edit;
use demarche::model::{
    Annotation, AnnotationKind, Annotations, ArticleId, EntityId, EntityType, Mention, MentionKind,
    Project, TextRange, checked_range,
};
use demarche::ui::App;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::Desk;

const TALKS: &str = "Envoys meet in Ostrava on fishing\n\nPRAGUE, Feb. 6, 2026 — Poland urged \
Norway on Friday to reopen the fishing talks. The same day, Norwegian foreign minister Lars \
Nygaard rejected the demand. Poland accused Norway of breaking the 2024 Ostrava Treaty.\n";

const VISIT: &str = "Norway offers a visit\n\nOSLO, Feb. 9, 2026 — Norway offered Poland a visit \
to its ports. Poland welcomed the offer.\n";

pub(crate) struct Window {
    pub(crate) harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    pub(crate) fn of(desk: Desk) -> Self {
        Self::sized(desk, [1600.0, 1000.0])
    }

    pub(crate) fn sized(desk: Desk, size: [f32; 2]) -> Self {
        let (session, folder) = desk.into_parts();
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(40)
            .build_eframe(move |cc| App::new(&cc.egui_ctx, session));
        let mut window = Self {
            harness,
            _folder: folder,
        };
        window.rest();
        window
    }

    /// Two articles, the talks open.
    pub(crate) fn with_articles() -> Self {
        let mut desk = Desk::new();
        let talks = desk.article("talks.txt", TALKS);
        desk.article("visit.txt", VISIT);
        let mut window = Self::of(desk);
        window.push(Command::OpenArticle(talks));
        window
    }

    /// Frames until nothing is under way.
    pub(crate) fn rest(&mut self) {
        let (mut quiet, mut frames) = (0, 0);
        while quiet < 6 {
            frames += 1;
            assert!(frames < 5000, "the window does not come to rest");
            self.harness.step();
            let busy = self.session().is_busy();
            quiet = if busy { 0 } else { quiet + 1 };
            std::thread::sleep(std::time::Duration::from_millis(u64::from(busy)));
        }
    }

    pub(crate) fn session(&self) -> &Session {
        self.harness.state().session()
    }

    pub(crate) fn project(&self) -> &Project {
        &self.session().snapshot().project
    }

    pub(crate) fn push(&mut self, command: Command) {
        self.harness.state_mut().session_mut().push(command);
        self.rest();
    }

    pub(crate) fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.rest();
    }

    pub(crate) fn plain(&mut self, key: Key) {
        self.key(Modifiers::NONE, key);
    }

    /// Types where the focus is.
    pub(crate) fn typed(&mut self, words: &str) {
        self.harness.event(egui::Event::Text(words.to_owned()));
        self.rest();
    }

    /// Clicks what has this name; the last one where several have.
    pub(crate) fn click(&mut self, label: &str) {
        let all: Vec<_> = self.harness.query_all_by_label(label).collect();
        let last = all
            .last()
            .unwrap_or_else(|| panic!("nothing is called {label}"));
        last.click();
        drop(all);
        self.rest();
    }

    /// Clicks what has a name that begins so.
    pub(crate) fn click_start(&mut self, start: &str) {
        let label = self.label(start);
        self.click(&label);
    }

    /// The first name that begins so.
    pub(crate) fn label(&self, start: &str) -> String {
        let nodes = self
            .harness
            .query_all(egui_kittest::kittest::by().predicate(|_| true));
        let found = nodes
            .filter_map(|node| node.accesskit_node().label())
            .find(|label| label.starts_with(start));
        found.unwrap_or_else(|| panic!("nothing is called {start}…"))
    }

    /// Picks a command by mouse from the menu of all commands.
    pub(crate) fn menu(&mut self, kind: CommandKind) {
        self.click("Menu of all commands");
        let row = |window: &Self| {
            let rows = window
                .harness
                .query_all_by_role_and_label(egui::accesskit::Role::MenuItem, kind.title());
            rows.last().map(|row| row.rect().center())
        };
        let rows = self
            .harness
            .query_all_by_role_and_label(egui::accesskit::Role::MenuItem, kind.title());
        rows.last().expect("a row of the menu").scroll_to_me();
        self.rest();
        let at = row(self).expect("a row of the menu");
        self.click_at(at);
    }

    /// Clicks what the list under a field offers.
    pub(crate) fn complete(&mut self, words: &str) {
        let rows = self
            .harness
            .query_all_by_role_and_label(egui::accesskit::Role::ListBoxOption, words);
        rows.last().expect("a completion").click();
        self.rest();
    }

    pub(crate) fn sees(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    pub(crate) fn show(&mut self, dialog: Dialog) {
        self.push(Command::ShowDialog(Some(dialog)));
    }

    pub(crate) fn dialog(&self) -> Option<Dialog> {
        self.session().view_state().dialog.clone()
    }

    pub(crate) fn undo(&mut self) {
        self.key(Modifiers::COMMAND, Key::Z);
    }

    /// The article whose text holds these words, and where: the `nth` time, from 0.
    pub(crate) fn place(&self, words: &str, nth: usize) -> (ArticleId, TextRange) {
        let found = self.project().articles.iter().find_map(|(id, state)| {
            let body = &state.article.text.body;
            let (start, _) = body.match_indices(words).nth(nth)?;
            Some((*id, checked_range(body, start, start + words.len()).ok()?))
        });
        found.unwrap_or_else(|| panic!("{words} stands nowhere"))
    }

    /// The mention on these words of the open article.
    pub(crate) fn mention(&self, words: &str, nth: usize) -> (Annotation, Mention) {
        let (article, range) = self.place(words, nth);
        let view = &self.session().snapshot().view.articles[&article];
        let row = view.mentions.iter().find(|row| row.value.range == range);
        let row = row.unwrap_or_else(|| panic!("{words} is no mention"));
        let at = Annotation {
            article,
            kind: AnnotationKind::Mention,
            id: row.id,
        };
        (at, row.value.clone())
    }

    /// Marks words by hand (the `nth` of them), so that no test hangs on what the engine finds.
    pub(crate) fn mark(
        &mut self,
        (words, nth): (&str, usize),
        name: Option<&str>,
        entity_type: EntityType,
    ) {
        let (article, range) = self.place(words, nth);
        let entity = name.map(|name| self.entity(name));
        let mention = Mention {
            range,
            entity_type,
            kind: MentionKind::Name,
            entity,
            metonym: false,
        };
        self.push(Command::Edit(Edit::AddMention { article, mention }));
    }

    pub(crate) fn select(&mut self, words: &str, nth: usize) -> Annotation {
        let (at, _) = self.mention(words, nth);
        self.push(Command::Select(Some(at)));
        at
    }

    pub(crate) fn entity(&self, name: &str) -> EntityId {
        let view = &self.session().snapshot().view;
        let found = view
            .entities
            .iter()
            .find(|(_, row)| row.entity.name == name);
        *found.unwrap_or_else(|| panic!("nobody is called {name}")).0
    }

    /// What persons decided, everywhere.
    pub(crate) fn decided(&self) -> String {
        let project = self.project();
        let decided = |annotations: &Annotations| {
            format!(
                "{:?} {:?} {:?}",
                annotations.mentions.decided(),
                annotations.timexes.decided(),
                annotations.statements.decided()
            )
        };
        let articles: Vec<_> = project
            .articles
            .values()
            .map(|state| format!("{:?} {}", state.article.meta, decided(&state.annotations)))
            .collect();
        format!("{articles:?} {:?} {:?}", project.entities, project.rules)
    }
}

impl Window {
    /// Middles of all that has this name, from top to bottom.
    pub(crate) fn rows_called(&self, label: &str) -> Vec<egui::Pos2> {
        let mut rows: Vec<_> = self
            .harness
            .query_all_by_label(label)
            .map(|node| node.rect().center())
            .collect();
        rows.sort_by(|a, b| a.y.total_cmp(&b.y));
        rows
    }

    pub(crate) fn click_at(&mut self, at: egui::Pos2) {
        for pressed in [true, false] {
            self.harness.event(egui::Event::PointerMoved(at));
            self.harness.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        self.rest();
    }
}
