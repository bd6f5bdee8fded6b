//! The language of a text, where it is recognised for certain.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// ISO 639-3 → 639-1.
static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../assets/import/languages.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .collect()
});

/// Enough for trigrams to settle.
const SAMPLE_CHARS: usize = 6000;

/// Returns the ISO 639-1 code of `body`'s language, else of the one that the file declares.
pub(super) fn language(body: &str, declared: Option<&str>) -> Option<String> {
    let sample: String = body.chars().take(SAMPLE_CHARS).collect();
    whatlang::detect(&sample)
        .filter(whatlang::Info::is_reliable)
        .and_then(|info| CODES.get(info.lang().code()).copied())
        .map(str::to_owned)
        .or_else(|| declared.and_then(primary))
}

/// `en-GB` → `en`.
fn primary(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_believed_before_the_declaration() {
        let english = "The two governments agreed on Monday to hold another round of talks in June, \
            after their envoys had spent three days on the wording of a common statement.";
        assert_eq!(language(english, Some("de")).as_deref(), Some("en"));
        assert_eq!(language("Xq zz", Some("pt-BR")).as_deref(), Some("pt"));
        assert_eq!(language("Xq zz", None), None);
    }

    #[test]
    fn codes_have_two_letters() {
        assert!(CODES.values().all(|c| c.len() == 2));
        assert_eq!(CODES.get("pes"), Some(&"fa"));
    }
}
