//! The command line: the same importers, engine and writers as the window, for scripts, scoring and
//! benches.
//!
//! Results go to standard output, errors to standard error; exit 0 when all was read, 2 when
//! something failed (what worked is written). A closed pipe is success.

mod analyze;
mod args;
mod corpus;
mod export;
mod score_times;
mod text;
mod train;
mod train_encoder;
mod train_links;
mod train_names;

use std::path::PathBuf;

pub use args::{AnalyzeArgs, AnalyzeFormat, UsageError};

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Invocation {
    /// The window, with these files, folders and projects.
    Window(Vec<PathBuf>),
    /// Everything is done: this exit code.
    Exit(u8),
}

/// Reads the arguments (without the program's name) and does what needs no window. `today` is asked
/// for the day that exported figures name.
#[must_use]
pub fn run(
    arguments: impl IntoIterator<Item = std::ffi::OsString>,
    today: impl FnOnce() -> jiff::civil::Date,
) -> Invocation {
    match args::parse(arguments) {
        Ok(args::Parsed::Window(paths)) => Invocation::Window(paths),
        Ok(args::Parsed::Help(text)) => {
            write_out(text);
            Invocation::Exit(0)
        }
        Ok(args::Parsed::Analyze(arguments)) => Invocation::Exit(analyze::run(&arguments)),
        Ok(args::Parsed::Export(arguments)) => Invocation::Exit(export::run(&arguments, today())),
        Ok(args::Parsed::Train(words)) => Invocation::Exit(trained(&words)),
        Err(error) => {
            complain(&format!("{error}\n\nTry demarche --help."));
            Invocation::Exit(2)
        }
    }
}

fn trained(words: &[String]) -> u8 {
    let run = train::TrainArgs::parse(words)
        .and_then(|args| train::run(&args, &mut |line| write_out(&format!("{line}\n"))));
    match run {
        Ok(()) => 0,
        Err(error) => {
            complain(&error.to_string());
            2
        }
    }
}

/// Writes to standard output; a reader that went away has what it wanted.
fn write_out(text: &str) {
    use std::io::Write as _;
    // A closed pipe is success, and nothing else can be said on a broken standard output.
    drop(std::io::stdout().lock().write_all(text.as_bytes()));
}

/// Writes a line to standard error.
fn complain(text: &str) {
    use std::io::Write as _;
    // Where even standard error is closed, the exit code still tells.
    drop(writeln!(std::io::stderr().lock(), "demarche: {text}"));
}
