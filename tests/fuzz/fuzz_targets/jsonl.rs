#![no_main]

use std::ffi::OsString;

// Lines of a corpus, as `analyze` reads them; only the sentences are looked for.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else {
        return;
    };
    let path = folder.path().join("x.jsonl");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let words = ["analyze", "--format", "jsonl", "--layers", "sentences"];
    let arguments = words.iter().map(OsString::from).chain([path.into_os_string()]);
    let today = || jiff::civil::date(2026, 3, 14);
    drop(demarche::cli::run(arguments, today));
});
