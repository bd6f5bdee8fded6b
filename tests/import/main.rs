//! Files in, articles out: each format, each way to fail, and any bytes at all.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot read its fixture is to fail"
)]

mod any_bytes;
mod codebook;

use std::path::{Path, PathBuf};

use any_bytes::assert_sound;
use demarche::import::{
    BODY_LIMIT, FILE_LIMIT, ImportError, ImportErrorKind, ImportWarning, Imported, files_under,
    read_bytes, read_file,
};
use demarche::jobs::Cancel;
use demarche::model::{DctSource, NewArticle};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/import")
        .join(name)
}

fn sample(name: &str) -> NewArticle {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/samples")
        .join(name);
    one(read_file(&path, &Cancel::default()).unwrap()).0
}

fn one(imported: Imported) -> (NewArticle, Vec<ImportWarning>) {
    let [article] = <[NewArticle; 1]>::try_from(imported.articles).expect("one article");
    (article, imported.warnings)
}

fn read(name: &str, bytes: &[u8]) -> (NewArticle, Vec<ImportWarning>) {
    one(read_bytes(name, bytes, &Cancel::default()).unwrap())
}

fn failure(name: &str) -> ImportError {
    read_file(&fixture(name), &Cancel::default()).expect_err(name)
}

fn date(article: &NewArticle) -> Option<(String, DctSource)> {
    article.meta.dct.map(|d| (d.date.to_string(), d.source))
}

fn paragraphs(article: &NewArticle) -> Vec<&str> {
    article.body.split("\n\n").collect()
}

#[test]
fn encodings_are_recognised() {
    let check = |name: &str, encoding: &str, guessed: bool, words: &str| {
        let (article, warnings) = one(read_file(&fixture(name), &Cancel::default()).unwrap());
        assert_eq!(article.source.encoding.as_deref(), Some(encoding), "{name}");
        assert!(article.body.contains(words), "{name}: {}", article.body);
        let warned = warnings
            .iter()
            .any(|w| matches!(w, ImportWarning::GuessedEncoding { .. }));
        assert_eq!(warned, guessed, "{name}");
    };
    check("cp1251.txt", "windows-1251", true, "заявило в понедельник");
    check(
        "cp1252.txt",
        "windows-1252",
        true,
        "– « sans conditions » –",
    );
    check("utf16le-bom.txt", "UTF-16LE", false, "– “not this week”");
    check("utf16be.txt", "UTF-16BE", false, "naïve façade, 5 < 6.");
    check("shift-jis.txt", "Shift_JIS", true, "大統領は決定を歓迎した");
    check("utf8-bom-crlf.txt", "UTF-8", false, "Café & crème");
    check(
        "page-cp1251.html",
        "windows-1251",
        false,
        "отверг открытие границы",
    );
}

#[test]
fn a_failed_file_says_why_and_what_to_do() {
    let check = |error: &ImportError, message: &str, hint: &str| {
        assert_eq!(error.to_string(), message);
        assert!(error.hint().contains(hint), "{}", error.hint());
    };
    check(
        &failure("encrypted.pdf"),
        "This file is protected by a password.",
        "without a password",
    );
    check(
        &failure("encrypted-aes-128.pdf"),
        "This file is protected by a password.",
        "without a password",
    );
    check(
        &failure("encrypted.docx"),
        "This file is protected by a password.",
        "without a password",
    );
    check(
        &failure("scanned.pdf"),
        "There is no text in this PDF: its 2 pages are pictures.",
        "OCR",
    );
    check(
        &failure("bomb.docx"),
        "This file is too large: it holds 70 MiB, and the limit is 64 MiB.",
        "Split",
    );
    check(
        &failure("text.odt"),
        "An OpenDocument text (.odt) cannot be opened yet.",
        "DOCX",
    );
    let missing = failure("nowhere.txt");
    assert!(matches!(missing.kind, ImportErrorKind::Io(_)));
    assert_eq!(missing.path, fixture("nowhere.txt"));
    assert!(matches!(failure("").kind, ImportErrorKind::Folder));
}

#[test]
fn bytes_that_hold_no_article_are_refused() {
    let kind = |name: &str, bytes: &[u8]| {
        read_bytes(name, bytes, &Cancel::default())
            .expect_err(name)
            .kind
    };
    assert!(matches!(kind("a.txt", b""), ImportErrorKind::Empty));
    assert!(matches!(kind("a.txt", b" \r\n\t "), ImportErrorKind::Empty));
    assert!(matches!(
        kind("a.txt", "\u{FEFF}\u{AD}".as_bytes()),
        ImportErrorKind::Empty
    ));
    assert!(matches!(
        kind("a.html", b"<html><body></body></html>"),
        ImportErrorKind::Empty
    ));
    assert!(matches!(
        kind("a.txt", b"\x01\x02\x03\x04\x05\x06\x07\x08"),
        ImportErrorKind::NotText
    ));
    let docx = std::fs::read(fixture("plain.docx")).unwrap();
    let half = &docx[..docx.len() / 2];
    assert!(matches!(
        kind("a.docx", half),
        ImportErrorKind::Damaged { .. }
    ));
    assert!(matches!(
        kind("a.pdf", b"%PDF-1.7\nnothing more"),
        ImportErrorKind::Damaged { .. } | ImportErrorKind::Empty
    ));
    let ImportErrorKind::Unsupported { what } = kind("a.txt", b"\x89PNG\r\n\x1A\n\0\0") else {
        panic!("a picture is no article");
    };
    assert_eq!(what, "A picture (PNG)");
}

#[test]
fn what_is_too_large_is_refused_at_once() {
    let file = vec![b'a'; usize::try_from(FILE_LIMIT).unwrap() + 1];
    let kind = read_bytes("a.txt", &file, &Cancel::default())
        .unwrap_err()
        .kind;
    assert!(matches!(
        kind,
        ImportErrorKind::TooLarge {
            limit: FILE_LIMIT,
            ..
        }
    ));
    let body = "word ".repeat(usize::try_from(BODY_LIMIT).unwrap() / 5 + 10);
    let kind = read_bytes("a.txt", body.as_bytes(), &Cancel::default())
        .unwrap_err()
        .kind;
    assert!(matches!(
        kind,
        ImportErrorKind::TooLarge {
            limit: BODY_LIMIT,
            ..
        }
    ));
}

#[test]
fn a_cancelled_import_stops() {
    let cancel = Cancel::default();
    cancel.cancel();
    let kind = read_file(&fixture("plain.pdf"), &cancel).unwrap_err().kind;
    assert!(matches!(kind, ImportErrorKind::Cancelled));
}

#[test]
fn content_decides_and_not_the_name() {
    let docx = std::fs::read(fixture("plain.docx")).unwrap();
    assert_eq!(read("article.txt", &docx).0.source.format, "docx");
    let pdf = std::fs::read(fixture("plain.pdf")).unwrap();
    assert_eq!(read("article", &pdf).0.source.format, "pdf");
    let page = b"<!-- saved --><!DOCTYPE html><html><body><p>One sentence is all that stands on this page, and it is long enough to be an article.</p></body></html>";
    assert_eq!(read("article.txt", page).0.source.format, "html");
    assert_eq!(
        read("article.html", b"Just a sentence, whatever the name says.")
            .0
            .source
            .format,
        "txt"
    );
}

#[test]
fn dates_come_from_the_surest_place() {
    let page = |head: &str, body: &str| {
        format!(
            "<html><head>{head}</head><body><article><h1>Envoys leave</h1>{body}<p>The foreign ministry of Velmora said on Monday that two envoys had left for the talks.</p></article></body></html>"
        )
    };
    let check = |name: &str, text: &str, to: Option<(&str, DctSource)>| {
        let (article, warnings) = read(name, text.as_bytes());
        let to = to.map(|(d, s)| (d.to_owned(), s));
        assert_eq!(date(&article), to, "{name}: {text}");
        assert_eq!(
            warnings.contains(&ImportWarning::NoDate),
            to.is_none(),
            "{name}"
        );
    };
    let meta = "<meta property='article:published_time' content='2019-01-05T22:00:00Z'>";
    check(
        "2018-01-01.html",
        &page(meta, "<p>7 January 2019</p>"),
        Some(("2019-01-05", DctSource::Metadata)),
    );
    check(
        "2018-01-01.html",
        &page("", "<p>7 January 2019</p>"),
        Some(("2019-01-07", DctSource::Dateline)),
    );
    check(
        "x.html",
        &page("", "<time datetime='2019-01-06'>Sunday</time>"),
        Some(("2019-01-06", DctSource::Metadata)),
    );
    check(
        "2018-01-01.html",
        &page("", ""),
        Some(("2018-01-01", DctSource::FileName)),
    );
    check("x.html", &page("", ""), None);
    let wire =
        "LORVIK CITY, Jan. 7 (Northern Wire) — Two envoys left on Monday.\n\nNo more was said.";
    check("wire.txt", wire, None);
    check(
        "2019/wire_20190108.txt",
        wire,
        Some(("2019-01-07", DctSource::Dateline)),
    );
    check(
        "wire-2019.txt",
        wire,
        Some(("2019-01-07", DctSource::Dateline)),
    );
    check(
        "x.txt",
        "Envoys leave\n\n01/02/2019\n\nTwo envoys left.",
        None,
    );
}

#[test]
fn a_date_without_year_is_reported() {
    let wire =
        "LORVIK CITY, Jan. 7 (Northern Wire) — Two envoys left on Monday.\n\nNo more was said.";
    let (article, warnings) = read("wire.txt", wire.as_bytes());
    assert_eq!(article.meta.outlet.as_deref(), Some("Northern Wire"));
    let words = warnings.iter().find_map(|w| match w {
        ImportWarning::UnclearDate { text } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(words, Some("LORVIK CITY, Jan. 7 (Northern Wire)"));
}

#[test]
fn a_pdf_gives_paragraphs_without_running_heads() {
    let (article, _) = one(read_file(&fixture("plain.pdf"), &Cancel::default()).unwrap());
    let paragraphs = paragraphs(&article);
    assert_eq!(paragraphs.len(), 6, "{paragraphs:#?}");
    assert_eq!(
        paragraphs[2],
        "Second paragraph: the ministry of Velmora said on Monday that two envoys had left for the negotiations in the capital of Lorvik, and that both states had agreed on a date."
    );
    assert!(!article.body.contains("Northern Wire"));
}

#[test]
fn a_pdf_that_only_forbids_copying_is_read_whatever_its_cipher() {
    let (article, _) = one(read_file(&fixture("plain.pdf"), &Cancel::default()).unwrap());
    for name in [
        "owner-locked.pdf",
        "owner-aes-128.pdf",
        "owner-rc4-128.pdf",
        "owner-rc4-40.pdf",
    ] {
        let (open, _) = one(read_file(&fixture(name), &Cancel::default()).unwrap());
        assert_eq!(open.body, article.body, "{name}");
    }
}

#[test]
fn a_docx_gives_paragraphs_cells_and_entities() {
    let (article, warnings) = one(read_file(&fixture("plain.docx"), &Cancel::default()).unwrap());
    assert_eq!(article.meta.title, "plain", "a placeholder is no title");
    assert_eq!(article.meta.author.as_deref(), Some("Ilse Maren"));
    assert_eq!(
        paragraphs(&article)[2..],
        ["Café & crème: naïve façade, 5 < 6.", "Velmora", "12 ships"]
    );
    assert!(warnings.contains(&ImportWarning::DateOfFile));
}

#[test]
fn a_page_gives_its_article_and_nothing_around_it() {
    let article = sample("rome-second-round.html");
    assert_eq!(
        article.meta.title,
        "Iran and US send experts to work after second round in Rome"
    );
    assert_eq!(article.meta.outlet.as_deref(), Some("Demarche samples"));
    assert!(article.body.starts_with("ROME – Iran"), "{}", article.body);
    for around in [
        "cookie",
        "advertising",
        "Sport",
        "Picture:",
        "Nine things",
        "newsletter",
        "inbox",
        "Imprint",
    ] {
        assert!(!article.body.contains(around), "{around}");
    }
    assert_eq!(paragraphs(&article).len(), 10);
}

#[test]
fn a_title_loses_the_name_of_its_site() {
    let page = "<html><head><title>Envoys leave - Northern Wire</title></head><body><div><h1>Envoys leave</h1><br><br>The foreign ministry of Velmora said on Monday that two envoys had left for the talks.<br><br>Lorvik did not answer.</div></body></html>";
    let (article, _) = read("x.html", page.as_bytes());
    assert_eq!(article.meta.title, "Envoys leave");
    assert_eq!(article.meta.outlet.as_deref(), Some("Northern Wire"));
    assert_eq!(paragraphs(&article)[1..], ["Lorvik did not answer."]);
}

#[test]
fn consent_class_on_the_body_does_not_empty_the_page() {
    let text =
        "The foreign ministry of Velmora said on Monday that two envoys had left for the talks. "
            .repeat(4);
    let page = format!(
        "<html><body class='cookie-consent-open'><form><div><p>{text}</p><p>{text}</p></div></form></body></html>"
    );
    assert!(
        read("x.html", page.as_bytes())
            .0
            .body
            .starts_with("The foreign ministry")
    );
}

#[test]
fn samples_are_read_whole() {
    let check = |name: &str, day: &str, count: usize, words: &str| {
        let article = sample(name);
        assert_eq!(date(&article).map(|d| d.0).as_deref(), Some(day), "{name}");
        assert_eq!(
            paragraphs(&article).len(),
            count,
            "{name}: {}",
            article.body
        );
        assert!(article.body.contains(words), "{name}");
        assert!(article.body.contains("written for Demarche"), "{name}");
        assert_eq!(article.meta.language.as_deref(), Some("en"), "{name}");
        assert!(
            article.meta.title.split(' ').count() > 5,
            "{name}: {}",
            article.meta.title
        );
    };
    check(
        "2025-04-12-muscat-first-round.txt",
        "2025-04-12",
        9,
        "MUSCAT, April 12 —",
    );
    check(
        "tehran-holds-to-enrichment.md",
        "2025-05-22",
        13,
        "called difficult but useful, the tone",
    );
    check(
        "iaea-board-resolution.docx",
        "2025-06-12",
        10,
        "Lavisan-Shian",
    );
    check(
        "eu-eighteenth-package.pdf",
        "2025-07-18",
        11,
        "demanded guarantees against the Commission’s separate plan",
    );
    check("snapback-in-four-languages.txt", "2025-09-29", 13, "بازگشت");
    check(
        "black-sea-grain-deal.txt",
        "2023-07-18",
        8,
        "a year after the agreement opened",
    );
}

#[test]
fn folders_are_walked_in_order_without_what_is_no_article() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in [
        "b.txt",
        "a/c.html",
        "a/d",
        ".hidden.txt",
        ".git/e.txt",
        "f.png",
        "README.md",
        "~$g.docx",
    ] {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    }
    let named = root.join("f.png");
    let found = files_under(&[root.to_owned(), named.clone(), root.join("b.txt")]);
    assert_eq!(
        found,
        [
            root.join("a/c.html"),
            root.join("a/d"),
            root.join("b.txt"),
            named
        ]
    );
}

#[test]
fn the_same_bytes_give_the_same_article() {
    for name in [
        "rome-second-round.html",
        "eu-eighteenth-package.pdf",
        "iaea-board-resolution.docx",
    ] {
        assert_eq!(sample(name), sample(name));
    }
}

/// That the work stays in proportion is counted beside the code (`import::flat`).
#[test]
fn deep_nesting_gives_its_text() {
    let deep = |open: &str, close: &str, n: usize| {
        format!(
            "<html><body>{}x{}</body></html>",
            open.repeat(n),
            close.repeat(n)
        )
    };
    for page in [
        deep("<div>", "</div>", 100_000),
        deep("<div/>", "", 20_000),
        deep("<div></i>", "", 20_000),
        deep("<b><p>", "", 20_000),
        deep("<table><tr><td>", "", 5_000),
    ] {
        assert_sound("x.html", page.as_bytes());
        let (article, _) = read("x.html", page.as_bytes());
        assert_eq!(article.body, "x");
    }
}
