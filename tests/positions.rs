//! Positions read by the whole engine from sentences written for it: `fixtures/positions/own.tsv`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own sentence is to fail"
)]

use demarche::jobs::Cancel;
use demarche::model::{Findings, Party, Polarity, Statement, slice};
use demarche::nlp::{Engine, Input, Known};

fn read(text: &str) -> Findings {
    let input = Input {
        text,
        text_hash: "",
        title: "",
        dct: "2023-03-10".parse().ok(),
        times: &[],
    };
    Engine::embedded()
        .analyse(input, &Known::default(), &Cancel::default())
        .unwrap()
}

/// One position of the table: `holder ACT[/factuality][ > target side]`.
struct Expected<'t> {
    holder: &'t str,
    act: &'t str,
    factuality: Option<&'t str>,
    target: Option<&'t str>,
    side: Option<Polarity>,
}

impl<'t> Expected<'t> {
    fn parse(words: &'t str) -> Self {
        let (left, target) = match words.split_once(" > ") {
            Some((left, target)) => (left, Some(target)),
            None => (words, None),
        };
        let (holder, act) = left.rsplit_once(' ').unwrap();
        let (act, factuality) = match act.split_once('/') {
            Some((act, factuality)) => (act, Some(factuality)),
            None => (act, None),
        };
        let side = |mark: &str| match mark {
            "+" => Some(Polarity::Support),
            "-" => Some(Polarity::Oppose),
            "0" => Some(Polarity::Neutral),
            _ => None,
        };
        let (target, side) = match target.and_then(|t| t.rsplit_once(' ')) {
            Some((target, mark)) if side(mark).is_some() => (Some(target), side(mark)),
            _ => (target, None),
        };
        Self {
            holder,
            act,
            factuality,
            target,
            side,
        }
    }

    fn is_shown(&self, text: &str, found: &Findings, s: &Statement) -> bool {
        let named = |party: Party, words: &str| {
            let words = words.to_lowercase();
            let name = &found.entities[&party.entity].entity.name;
            name.to_lowercase().contains(&words)
                || slice(text, party.range).to_lowercase().contains(&words)
        };
        s.act.name() == self.act
            && named(s.holder, self.holder)
            && self.factuality.is_none_or(|f| s.factuality.name() == f)
            && self
                .target
                .is_none_or(|words| s.target.is_some_and(|t| named(t, words)))
            && self.side.is_none_or(|side| s.polarity_target == Some(side))
    }
}

/// Whether the sentence shows all that the row says, each by a statement of its own, and nothing
/// where it says none.
fn right(text: &str, expected: &str) -> bool {
    let found = read(text);
    if expected == "none" {
        return found.statements.is_empty();
    }
    let mut left: Vec<&Statement> = found.statements.iter().map(|s| &s.value).collect();
    expected.split("; ").all(|words| {
        let expected = Expected::parse(words);
        let at = left.iter().position(|s| expected.is_shown(text, &found, s));
        at.map(|at| left.remove(at)).is_some()
    })
}

#[test]
fn positions_of_nine_in_ten_own_sentences_are_read() {
    let rows = include_str!("fixtures/positions/own.tsv");
    let rows = rows.lines().filter(|row| !row.starts_with('#'));
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        count += 1;
        if !right(fields[1], fields[2]) {
            wrong.push(row);
        }
    }
    assert_eq!(count, 107);
    assert!(
        wrong.len() <= 10,
        "{} wrong: {}",
        wrong.len(),
        wrong.join("\n")
    );
}
