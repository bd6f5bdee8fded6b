//! The program: the command line, else the window.

use std::process::ExitCode;

use demarche::cli::{Invocation, run};

fn main() -> ExitCode {
    match run(std::env::args_os().skip(1)) {
        Invocation::Exit(code) => ExitCode::from(code),
        Invocation::Window(_) => ExitCode::SUCCESS,
    }
}
