//! Plain text: which encoding, and paragraphs out of lines.
//!
//! Order of belief: a byte-order mark; valid UTF-8; UTF-16 by where its zero bytes stand; else
//! chardetng's guess from the letters, which is marked as a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::import::clean;
use crate::import::finish::Draft;
use crate::import::spelling::Hyphens;
use crate::import::{ImportErrorKind, ImportWarning};

/// Text with what is known about its encoding.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
    pub(super) warnings: Vec<ImportWarning>,
}

/// Reads a plain text.
///
/// # Errors
/// When the bytes are no text, or in no encoding that reads cleanly.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, ImportErrorKind> {
    let decoded = decode(bytes, None)?;
    let text = clean::characters(&decoded.text);
    let mut draft = Draft {
        encoding: Some(decoded.encoding.to_owned()),
        warnings: decoded.warnings,
        head_in_body: true,
        ..Draft::default()
    };
    let body = without_labels(&text, &mut draft);
    draft.body = clean::unwrapped(body, Hyphens::Keep);
    Ok(draft)
}

/// Takes two or more lines such as "Date: 2019-01-07" off the top, where an empty line follows them.
fn without_labels<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let start = text.trim_start();
    let Some((head, rest)) = start.split_once("\n\n") else {
        return text;
    };
    let pairs: Option<Vec<(&str, &str)>> = head.lines().map(|l| l.split_once(':')).collect();
    let Some(pairs) = pairs.filter(|p| p.len() >= 2) else {
        return text;
    };
    let mut labels = Draft::default();
    if !pairs
        .iter()
        .all(|(key, value)| labels.take_field(key, value.trim()))
    {
        return text;
    }
    *draft = Draft {
        encoding: draft.encoding.take(),
        warnings: std::mem::take(&mut draft.warnings),
        head_in_body: draft.head_in_body,
        ..labels
    };
    rest
}

/// Decodes `bytes`; `declared` is an encoding that the file names itself.
///
/// # Errors
/// When the bytes are no text, or in no encoding that reads cleanly.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded, ImportErrorKind> {
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(ImportErrorKind::UnreadableEncoding); // UTF-32: nobody writes it.
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return checked(bytes.get(mark..).unwrap_or_default(), encoding, false);
    }
    if bytes.contains(&0) {
        let encoding = utf16_without_mark(bytes).ok_or(ImportErrorKind::NotText)?;
        return checked(bytes, encoding, false);
    }
    if is_nearly_utf8(bytes) {
        return checked(bytes, UTF_8, false);
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return checked(bytes, encoding, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    checked(bytes, detector.guess(None, Utf8Detection::Deny), true)
}

/// Valid UTF-8, or so much of it that the rest can only be damage: a cut last character, a stray byte.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good >= bad * 10
}

/// Words are separated by spaces in both byte orders, but only the right order shows U+0020.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 8192;
    let head = bytes.get(..SAMPLE.min(bytes.len()))?;
    let units = head.len() / 2;
    let spaces = |encoding: &'static Encoding| {
        let (text, bad) = encoding.decode_without_bom_handling(head.get(..units * 2)?);
        let odd = text.chars().filter(|c| is_odd(*c)).count();
        let plain = text
            .chars()
            .filter(|c| matches!(c, ' ' | '\n' | 'a'..='z'))
            .count();
        (!bad && odd == 0).then_some(plain)
    };
    let (little, big) = (spaces(UTF_16LE).unwrap_or(0), spaces(UTF_16BE).unwrap_or(0));
    let encoding = if little >= big { UTF_16LE } else { UTF_16BE };
    (little.max(big) * 25 >= units && units >= 2).then_some(encoding)
}

fn checked(
    bytes: &[u8],
    encoding: &'static Encoding,
    guessed: bool,
) -> Result<Decoded, ImportErrorKind> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let (mut chars, mut odd, mut lost) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        chars += 1;
        odd += usize::from(is_odd(c));
        lost += usize::from(c == '\u{FFFD}');
    }
    if odd * 50 > chars {
        return Err(ImportErrorKind::NotText);
    }
    if lost * 30 > chars {
        return Err(ImportErrorKind::UnreadableEncoding);
    }
    let name = || encoding.name().to_owned();
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(ImportWarning::GuessedEncoding { encoding: name() });
    }
    if lost > 0 {
        warnings.push(ImportWarning::BadBytes { encoding: name() });
    }
    Ok(Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        warnings,
    })
}

/// A character that no text holds: a control but tab, line ends, form feed, escape.
fn is_odd(c: char) -> bool {
    c.is_control()
        && !matches!(
            c,
            '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{1B}' | '\u{85}'
        )
        || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    #[test]
    fn labelled_lines_at_the_top_are_metadata() {
        let draft =
            read(b"Date: 2019-01-07\nSource: Northern Wire\nTitle: Envoys leave\n\nBody.").unwrap();
        assert_eq!(draft.title.as_deref(), Some("Envoys leave"));
        assert_eq!(draft.outlet.as_deref(), Some("Northern Wire"));
        assert_eq!(draft.body, "Body.");
        let talk = read(b"Date: unknown\nMaren: We go.\n\nBody.").unwrap();
        assert!(talk.body.starts_with("Date: unknown"));
    }

    #[test]
    fn unicode_is_certain() {
        check("Peñón – “so”".as_bytes(), "UTF-8", "Peñón – “so”");
        check(b"\xEF\xBB\xBFso", "UTF-8", "so");
        check(b"\xFF\xFEs\0o\0", "UTF-16LE", "so");
        check(b"\xFE\xFF\0s\0o", "UTF-16BE", "so");
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_spaces() {
        let text = "Министр сказал, что переговоры начнутся в среду";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, "UTF-16LE", text);
        check(&big, "UTF-16BE", text);
    }

    #[test]
    fn one_broken_character_leaves_the_rest_in_utf8() {
        let mut bytes = "Señor Muñoz añadió que mañana habría más información según él, ¿no? Sí"
            .as_bytes()
            .to_vec();
        bytes.extend(b"\xE2\x80");
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.warnings.len(), 1);
    }

    #[test]
    fn noise_is_not_text() {
        let noise: Vec<u8> = (0..2000_u32)
            .map(|i| u8::try_from((i * 7919 + i * i) % 256).unwrap())
            .collect();
        assert!(matches!(
            decode(&noise, None),
            Err(ImportErrorKind::NotText)
        ));
        let without_zero: Vec<u8> = noise.into_iter().filter(|b| *b != 0).collect();
        assert!(decode(&without_zero, None).is_err());
    }
}
