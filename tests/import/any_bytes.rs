//! Any bytes give an article or an error: changed samples, made-up texts, broken files.

use std::path::{Path, PathBuf};

use demarche::import::read_bytes;
use demarche::jobs::Cancel;
use proptest::prelude::*;
use unicode_normalization::is_nfc;

use super::fixture;

/// Reads `bytes`; whatever comes out must have the form that an article's body always has.
pub(super) fn assert_sound(name: &str, bytes: &[u8]) {
    let Ok(imported) = read_bytes(name, bytes, &Cancel::default()) else {
        return;
    };
    for article in imported.articles {
        let body = article.body;
        assert!(is_nfc(&body));
        assert!(
            !body.contains(|c: char| (c.is_control() && c != '\n')
                || c == '\u{FEFF}'
                || c == '\u{AD}')
        );
        assert!(!body.contains("\n\n\n") && !body.contains(" \n") && !body.contains("\n "));
        assert_eq!(body.trim_matches([' ', '\n']), body);
        assert!(!article.meta.title.contains('\n'));
    }
}

/// 200 changes of each sample and fixture: bytes changed, stretches cut out, doubled or moved, the end
/// cut off. The same ones each time.
#[test]
fn changed_samples_give_an_article_or_an_error() {
    let folders = ["assets/samples", "tests/fixtures/import"];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| {
            std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap()
        })
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with("bomb.docx"))
        .collect();
    files.sort();
    assert!(files.len() > 12, "{files:?}");
    std::thread::scope(|scope| {
        for half in files.chunks(files.len().div_ceil(2)) {
            scope.spawn(move || half.iter().for_each(|path| change_and_read(path)));
        }
    });
}

fn change_and_read(path: &Path) {
    let whole = std::fs::read(path).unwrap();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ whole.len() as u64;
    let mut below = |n: usize| {
        // Marsaglia's xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % n.max(1) as u64).unwrap()
    };
    let changes = std::env::var("CHANGES").ok().and_then(|n| n.parse().ok());
    for _ in 0..changes.unwrap_or(200) {
        let mut bytes = whole.clone();
        for _ in 0..=below(4) {
            let (at, len) = (below(bytes.len()), below(64));
            let end = (at + len).min(bytes.len());
            match below(5) {
                0 => bytes[at..end]
                    .iter_mut()
                    .for_each(|byte| *byte = u8::try_from(below(256)).unwrap()),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let stretch = bytes[at..end].to_vec();
                    let to = below(bytes.len());
                    bytes.splice(to..to, stretch);
                }
                3 => bytes.truncate(at.max(1)),
                _ => bytes[at] ^= 1 << below(8),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let name = path.file_name().unwrap().to_string_lossy();
        assert_sound(&name, &bytes);
    }
}

fn starts() -> impl Strategy<Value = &'static [u8]> {
    prop_oneof![
        Just(b"".as_slice()),
        Just(b"%PDF-1.4\n".as_slice()),
        Just(b"PK\x03\x04".as_slice()),
        Just(b"<html><body>".as_slice()),
        Just(b"---\ntitle: x\n---\n# ".as_slice()),
        Just(b"\xFF\xFE".as_slice()),
        Just(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice()),
    ]
}

fn files() -> impl Strategy<Value = Vec<u8>> {
    let names = [
        "plain.docx",
        "plain.pdf",
        "scanned.pdf",
        "encrypted.pdf",
        "encrypted.docx",
        "page-cp1251.html",
    ];
    proptest::sample::select(names.to_vec()).prop_map(|name| std::fs::read(fixture(name)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_an_article_or_an_error(start in starts(), rest in proptest::collection::vec(any::<u8>(), 0..2000), ext in "(txt|md|html|docx|pdf)") {
        assert_sound(&format!("x.{ext}"), &[start, &rest].concat());
    }

    #[test]
    fn any_text_gives_an_article_or_an_error(start in starts(), rest in "(\\PC|[ \\n\\r\\t<>*_#\\-\\[\\]()|`&;\u{AD}\u{301}]){0,400}", ext in "(txt|md|html)") {
        assert_sound(&format!("x.{ext}"), &[start, rest.as_bytes()].concat());
    }

    #[test]
    fn broken_files_give_an_article_or_an_error(file in files(), cut in any::<proptest::sample::Index>(), flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..20), keep in any::<bool>()) {
        let mut bytes = file;
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !keep {
            bytes.truncate(cut.index(bytes.len()));
        }
        assert_sound("x", &bytes);
    }
}
