#![no_main]

use std::sync::Arc;

use demarche::store::Store;

// A project file: the fuzzer changes the schema and rows of a real one when it is given as a seed
// (`tests/fixtures/store`). It opens or is refused; what opens can be written.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else {
        return;
    };
    let path = folder.path().join("x.demarche");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    if let Ok((store, _)) = Store::open(&path, Arc::new(|| ())) {
        drop(store.close());
    }
});
