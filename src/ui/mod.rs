//! The window: draws a snapshot, emits commands. No I/O, no clock.
//!
//! Each panel is a function of the snapshot and its own small state; what it wants goes into the
//! queue of commands. Drawing is free of eframe's types ([`Window::draw`]), so that tests need no
//! window system.

pub mod articles;
pub mod bars;
pub mod dialogs;
pub mod editor;
pub mod icons;
pub mod keymap;
pub mod layout;
pub mod reader;
pub mod stance;
pub mod start;
pub mod theme;
pub mod timeline;
pub mod told;
pub mod widgets;
mod window;
pub mod words;

use egui::Context;

use crate::app::{Command, CommandKind, Session, ThemeChoice};
use told::{RecentRow, Told};
pub use window::Window;

/// Whether a command can be done now, by the session or by the window itself.
#[must_use]
pub fn can(told: &Told<'_>, kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::PasteText | CommandKind::Search | CommandKind::NextRegion
    ) || (told.resolve)(kind).is_some()
}

/// The program in its window.
pub struct App {
    session: Session,
    window: Window,
    recent: Vec<RecentRow>,
    recent_of: Vec<crate::app::RecentProject>,
    /// Frames drawn, up to the second: for the log of how long the start took.
    drawn: u8,
    title: String,
    /// When the disk fell behind, in the window's seconds.
    behind: Option<f64>,
}

impl App {
    /// Sets fonts and styles, and takes over the session.
    #[must_use]
    pub fn new(ctx: &Context, session: Session) -> Self {
        theme::install(ctx);
        Self {
            session,
            window: Window::default(),
            recent: Vec::new(),
            recent_of: Vec::new(),
            drawn: 0,
            title: String::new(),
            behind: None,
        }
    }

    /// Returns the session, for tests.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Returns the session, for tests that push commands.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Lets the session do its work: once a frame, also while the window is hidden.
    pub fn poll(&mut self, ctx: &Context) {
        self.session.poll();
        if let Some(words) = self.session.take_clipboard() {
            ctx.copy_text(words);
        }
        if self.session.wants_to_quit() {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        let busy = self.session.import_progress().is_some()
            || self.session.analysis_progress().is_some()
            || self.session.saved().1;
        if busy {
            ctx.request_repaint_after(std::time::Duration::from_millis(60));
        }
        self.update_title(ctx);
        let dark = self.session.view_state().theme == ThemeChoice::Dark;
        let theme = if dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        if ctx.theme() != theme {
            ctx.set_theme(theme);
        }
    }

    /// Returns the title that the system shows for the window.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    fn update_title(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let behind = self.session.saved().1.then(|| self.behind.unwrap_or(now));
        self.behind = behind;
        // What is on disk within a moment is not worth a word.
        let unsaved = behind.is_some_and(|since| now - since > 1.5);
        let project = &self.session.snapshot().project;
        let title = window_title(
            (!project.articles.is_empty()).then_some(&project.info.name),
            match (self.session.read_only(), unsaved) {
                (Some(_), _) => Kept::ReadOnly,
                (None, true) => Kept::Unsaved,
                (None, false) => Kept::Saved,
            },
        );
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        self.update_recent();
        let session = &self.session;
        let clock = &session.ports().clock;
        let saved = match session.saved() {
            (_, true) => "Saving…".to_owned(),
            (Some(at), false) => format!("Saved {}", clock.hour_minute(at)),
            (None, false) => String::new(),
        };
        let resolve = |kind| session.resolve(kind);
        let told = Told {
            notices: session.notices(),
            toast: session.current_toast(),
            importing: session
                .import_progress()
                .map(|(done, total)| (done, total, String::new())),
            analysing: session.analysis_progress(),
            report: session.import_report(),
            saved,
            read_only: session.read_only(),
            recent: &self.recent,
            today: clock.today(),
            resolve: &resolve,
        };
        let mut wishes = self
            .window
            .draw(ui, session.snapshot(), session.view_state(), &told);
        let any = !wishes.is_empty();
        for command in wishes.take() {
            self.session.push(command);
        }
        if any {
            ui.ctx().request_repaint();
        }
    }

    fn update_recent(&mut self) {
        if self.recent_of == self.session.recent() {
            return;
        }
        self.recent_of = self.session.recent().to_vec();
        let clock = &self.session.ports().clock;
        let today = clock.today();
        let row = |recent: &crate::app::RecentProject| {
            let articles = words::count(recent.articles, "article", "articles");
            let statements = words::count(recent.statements, "statement", "statements");
            let day = clock.day(recent.at);
            let when = if day == today {
                format!("today, {}", clock.hour_minute(recent.at))
            } else {
                words::short_date(day, today)
            };
            RecentRow {
                path: recent.path.clone(),
                name: recent.name.clone(),
                counts: format!("{articles} · {statements}"),
                when,
            }
        };
        self.recent = self.recent_of.iter().map(row).collect();
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && !self.session.wants_to_quit() {
            self.session.push(Command::Quit);
            if self.session.saved().1 {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            }
        }
        self.poll(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.drawn < 2 {
            // The second is drawn when the first is on screen.
            let words = ["first frame drawn", "first frame shown"];
            log::debug!("{}", words[usize::from(self.drawn)]);
            self.drawn += 1;
            ui.ctx().request_repaint();
        }
        self.draw(ui);
    }
}

/// How the open project stands to its file.
#[derive(Clone, Copy)]
enum Kept {
    Saved,
    Unsaved,
    ReadOnly,
}

/// *talks (read only) · Demarche*; without articles there is no project to name.
fn window_title(project: Option<&String>, state: Kept) -> String {
    let Some(name) = project else {
        return "Demarche".to_owned();
    };
    let name = if name.is_empty() { "Untitled" } else { name };
    let state = match state {
        Kept::ReadOnly => " (read only)",
        Kept::Unsaved => " (not saved)",
        Kept::Saved => "",
    };
    format!("{name}{state} · Demarche")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_project_and_its_state() {
        let talks = "talks".to_owned();
        for (project, kept, title) in [
            (None, Kept::Saved, "Demarche"),
            (Some(&talks), Kept::Saved, "talks · Demarche"),
            (Some(&talks), Kept::ReadOnly, "talks (read only) · Demarche"),
            (Some(&talks), Kept::Unsaved, "talks (not saved) · Demarche"),
            (Some(&String::new()), Kept::Saved, "Untitled · Demarche"),
        ] {
            assert_eq!(window_title(project, kept), title);
        }
    }
}
