//! The languages whose words and rules are built in.

use std::sync::LazyLock;

use crate::nlp::timex::rules::Rules;

/// A language that time expressions can be read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German: a small set of rules.
    German,
    /// Spanish: a small set of rules.
    Spanish,
}

static ENGLISH: LazyLock<Rules> = LazyLock::new(|| {
    load(
        include_str!("../../../assets/lexicons/timex/en/words.tsv"),
        &[
            include_str!("../../../assets/lexicons/timex/en/not.tsv"),
            include_str!("../../../assets/lexicons/timex/en/dates.tsv"),
            include_str!("../../../assets/lexicons/timex/en/relative.tsv"),
            include_str!("../../../assets/lexicons/timex/en/times.tsv"),
            include_str!("../../../assets/lexicons/timex/en/sets.tsv"),
            include_str!("../../../assets/lexicons/timex/en/durations.tsv"),
        ],
    )
});

static GERMAN: LazyLock<Rules> = LazyLock::new(|| {
    load(
        include_str!("../../../assets/lexicons/timex/de/words.tsv"),
        &[include_str!("../../../assets/lexicons/timex/de/rules.tsv")],
    )
});

static SPANISH: LazyLock<Rules> = LazyLock::new(|| {
    load(
        include_str!("../../../assets/lexicons/timex/es/words.tsv"),
        &[include_str!("../../../assets/lexicons/timex/es/rules.tsv")],
    )
});

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Spanish];

    /// Returns the language of a text, as far as its first lines show it; else English.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let head = text
            .char_indices()
            .nth(HEAD)
            .map_or(text.len(), |(at, _)| at);
        if head < SHORT {
            return Self::English;
        }
        let seen = whatlang::detect(text.get(..head).unwrap_or(text));
        match seen
            .filter(whatlang::Info::is_reliable)
            .map(|info| info.lang())
        {
            Some(whatlang::Lang::Deu) => Self::German,
            Some(whatlang::Lang::Spa) => Self::Spanish,
            _ => Self::English,
        }
    }

    pub(super) fn rules(self) -> &'static Rules {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
            Self::Spanish => &SPANISH,
        }
    }
}

/// Characters that a language is told by.
const HEAD: usize = 1000;
/// Bytes below which a guess is not worth much.
const SHORT: usize = 100;

/// A test reads every file, so what is built in parses.
fn load(words: &'static str, rules: &[&'static str]) -> Rules {
    match Rules::parse(words, rules) {
        Ok(rules) => rules,
        Err(error) => {
            log::error!("rules of time expressions: {error}");
            Rules::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn language_of_a_text_is_seen() {
        let german = "Die Außenminister trafen sich am Freitag in Wien, um über den Waffenstillstand zu \
                      sprechen, und gingen ohne Ergebnis auseinander.";
        assert_eq!(Language::of(german), Language::German);
        let spanish = "Los ministros de Exteriores se reunieron el viernes en Viena para hablar del alto el \
                       fuego y se separaron sin resultado.";
        assert_eq!(Language::of(spanish), Language::Spanish);
        for text in [
            "The foreign ministers met on Friday in Vienna to talk about the ceasefire and parted.",
            "",
            "Wien",
        ] {
            assert_eq!(Language::of(text), Language::English, "{text}");
        }
    }
}
