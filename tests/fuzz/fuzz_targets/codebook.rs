#![no_main]

// A codebook file; what can be read can be written and read again.
libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(found) = demarche::import::codebook(text) {
        let again = demarche::import::codebook(&demarche::export::codebook::codebook(&found));
        assert_eq!(again, Ok(found));
    }
});
