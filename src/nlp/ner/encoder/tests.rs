//! Whole texts through the windows and the encoder that is built in.

use super::*;
use crate::nlp::Engine;
use crate::nlp::ner::{features, sentences};

/// Cuts a text as a run does when no sentence is clear.
fn cut(text: &str) -> (usize, Vec<Window>) {
    let engine = Engine::embedded();
    let (doc, words) = engine
        .tagged(text, &Cancel::default())
        .expect("not cancelled");
    let cases = features::cases(&doc, &words);
    let sentences = sentences(&doc, &words, Gazetteer::embedded(), &cases);
    let vocabulary = Vocabulary::parse(VOCABULARY);
    (words.len(), windows(&vocabulary, &doc, &sentences))
}

fn tokens(windows: &[Window]) -> Vec<usize> {
    windows
        .iter()
        .flat_map(|w| &w.words)
        .map(|word| word.token)
        .collect()
}

#[test]
fn every_word_stands_in_one_window_and_every_window_fits() {
    let long = "Iran and the U.S. met in Muscat, ".repeat(130);
    for text in [
        "Oman hosted the talks. Iran’s envoy came to Malé.",
        "",
        "\n\n",
        "x".repeat(5_000).as_str(),
        "İstanbul’da 東京 — e\u{301}té 🇮🇷",
        long.as_str(),
    ] {
        let (words, windows) = cut(text);
        assert_eq!(tokens(&windows), (0..words).collect::<Vec<_>>());
        for window in &windows {
            assert!(window.pieces.len() + 2 <= window::SIZE);
            for at in 0..window.words.len() {
                assert!((1..=pieces::MOST).contains(&window.pieces_of(at).len()));
                assert!(
                    window
                        .codes_of(at)
                        .iter()
                        .all(|code| usize::from(*code) < features::CODES)
                );
            }
        }
    }
}

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let sentence = "The Foreign Ministry of Oman said on Monday that talks would go on in Geneva. ";
    let count = |times: usize| cut(&sentence.repeat(times)).1.len();
    let (small, large) = (count(40), count(400));
    assert!(large <= 10 * small, "{small} windows became {large}");
}

#[test]
fn words_far_from_capitals_are_not_asked() {
    let (_, windows) = cut("They said that the talks of Oman were long and hard, he added.");
    let open: Vec<usize> = windows
        .iter()
        .flat_map(|w| &w.words)
        .filter(|word| word.open)
        .map(|word| word.token)
        .collect();
    assert_eq!(open, [0, 1, 5, 6, 7]);
}

#[test]
fn in_small_letters_every_word_is_asked() {
    let (words, windows) = cut("iran and the united states met in muscat on friday for talks.");
    let open = windows
        .iter()
        .flat_map(|w| &w.words)
        .filter(|word| word.open)
        .count();
    assert_eq!(open, words);
}

#[test]
fn the_model_built_in_gives_likelihoods() {
    let encoder = Encoder::embedded().expect("whole files");
    let engine = Engine::embedded();
    let text = "Foreign Minister Abbas Araghchi met Steve Witkoff in Muscat.";
    let (doc, words) = engine
        .tagged(text, &Cancel::default())
        .expect("not cancelled");
    let cases = features::cases(&doc, &words);
    let sentences = sentences(&doc, &words, Gazetteer::embedded(), &cases);
    let read = || {
        encoder
            .scores(&doc, &sentences, words.len(), &Cancel::default())
            .expect("not cancelled")
    };
    let scores = read();
    for row in scores.iter().flatten() {
        let sum: f32 = row.iter().map(|score| score.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-3, "{sum}");
    }
    assert!(scores.iter().flatten().count() > 6);
    assert_eq!(scores, read(), "the same words give the same numbers");
}

#[test]
fn a_cancelled_run_stops() {
    let encoder = Encoder::embedded().expect("whole files");
    let engine = Engine::embedded();
    let (doc, words) = engine
        .tagged("Oman spoke.", &Cancel::default())
        .expect("not cancelled");
    let cases = features::cases(&doc, &words);
    let sentences = sentences(&doc, &words, Gazetteer::embedded(), &cases);
    let cancel = Cancel::default();
    cancel.cancel();
    assert!(
        encoder
            .scores(&doc, &sentences, words.len(), &cancel)
            .is_err()
    );
}
