//! What each target asserts.

use demarche::import::read_bytes;
use demarche::jobs::Cancel;

/// Reads `bytes` behind `start` under `name`; a body that comes out has the form of all bodies.
pub fn check(name: &str, start: &[u8], bytes: &[u8]) {
    let Ok(imported) = read_bytes(name, &[start, bytes].concat(), &Cancel::default()) else {
        return;
    };
    for article in imported.articles {
        assert!(unicode_normalization::is_nfc(&article.body));
        assert!(!article.body.contains('\r'));
        assert!(!article.body.contains("\n\n\n"));
    }
}
