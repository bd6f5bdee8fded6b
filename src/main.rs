//! The program: the command line, else the window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use demarche::app::Session;
use demarche::cli::{Invocation, run};
use demarche::{platform, ui};

fn main() -> ExitCode {
    match run(std::env::args_os().skip(1), platform::today) {
        Invocation::Exit(code) => ExitCode::from(code),
        Invocation::Window(paths) => {
            platform::install_log_and_panic_hook();
            log::debug!("start");
            window(paths)
        }
    }
}

/// Shows the window until it is closed.
fn window(paths: Vec<PathBuf>) -> ExitCode {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_app_id("demarche")
            .with_title("Demarche")
            .with_inner_size([1600.0, 1000.0])
            .with_min_inner_size([960.0, 640.0])
            .with_drag_and_drop(true),
        // Test builds switch eframe's wgpu on: say which renderer is meant.
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    let shown = eframe::run_native(
        "Demarche",
        options,
        Box::new(move |cc| {
            let ctx = cc.egui_ctx.clone();
            let ports = platform::ports(Arc::new(move || ctx.request_repaint()));
            Ok(Box::new(ui::App::new(
                &cc.egui_ctx,
                Session::start(ports, paths),
            )))
        }),
    );
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::error!("no window: {error}. Is there a display, and OpenGL?");
            ExitCode::from(2)
        }
    }
}
