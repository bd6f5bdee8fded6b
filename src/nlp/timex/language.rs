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

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    pub(super) fn rules(self) -> &'static Rules {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

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
