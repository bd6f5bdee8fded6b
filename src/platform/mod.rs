//! The real ports: native dialogs, system clock, random ids, folders; log and panic hook.

mod clock;
mod dialogs;
mod ids;

use std::path::PathBuf;
use std::sync::Arc;

use etcetera::BaseStrategy as _;

use crate::app::Ports;

/// Returns the ports of this machine. `wake` asks the window for a frame.
#[must_use]
pub fn ports(wake: Arc<dyn Fn() + Send + Sync>) -> Ports {
    Ports {
        dialogs: Arc::new(dialogs::NativeDialogs::new()),
        clock: Arc::new(clock::SystemClock),
        ids: Arc::new(ids::RandomIds::default()),
        data_folder: data_folder(),
        samples: samples(),
        coder_name: coder_name(),
        wake,
    }
}

/// Returns the day it is here.
#[must_use]
pub fn today() -> jiff::civil::Date {
    crate::app::Clock::today(&clock::SystemClock)
}

/// Writes warnings and errors to standard error (`RUST_LOG` chooses otherwise), and says where a
/// panic happened. The store's thread is not touched by a panic elsewhere: it finishes its queue.
pub fn install_log_and_panic_hook() {
    let filter = env_logger::Env::default().default_filter_or("warn,demarche=info");
    let mut logger = env_logger::Builder::from_env(filter);
    if logger.format_timestamp_millis().try_init().is_err() {
        log::debug!("a logger is installed already");
    }
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let thread = std::thread::current();
        log::error!("panic in thread {}: {info}", thread.name().unwrap_or("?"));
        before(info);
    }));
}

/// The user's data folder for this program, else one here. Who writes into it makes it.
fn data_folder() -> PathBuf {
    match std::env::var_os("DEMARCHE_DATA") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => etcetera::choose_base_strategy().map_or_else(
            |_| PathBuf::from(".demarche"),
            |strategy| strategy.data_dir().join("demarche"),
        ),
    }
}

/// The sample articles: beside the program, in the system's data folder, or in the source tree.
fn samples() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| {
        let folder = program.parent()?.to_path_buf();
        Some(folder.join("samples"))
    });
    let installed = PathBuf::from("/usr/share/demarche/samples");
    let source = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples"));
    let here = PathBuf::from("assets/samples");
    beside
        .into_iter()
        .chain([installed, here, source])
        .find(|folder| folder.is_dir())
}

/// The name that decisions are signed with.
fn coder_name() -> String {
    ["DEMARCHE_CODER", "USER", "USERNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "Coder".to_owned())
}
