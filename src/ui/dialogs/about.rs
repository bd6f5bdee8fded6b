//! The program, its licence, and the credits of what it carries.

use egui::{Context, ScrollArea, Ui};

use crate::ui::dialogs::Form;
use crate::ui::theme::{Face, Theme, elided, job};
use crate::ui::widgets::{Button, DialogFrame, dialog_title};

/// A thing that the program carries, with its credit and the text of its licence or card.
struct Credit {
    name: &'static str,
    words: &'static str,
    /// What the button shows: *Licence*, *Card*.
    button: &'static str,
    text: &'static str,
}

macro_rules! asset {
    ($file:literal) => {
        include_str!(concat!("../../../assets/", $file))
    };
}

/// A font: name, credit, file of its licence.
macro_rules! font {
    ($name:literal, $words:literal, $file:literal) => {
        Credit {
            name: $name,
            words: $words,
            button: "Licence",
            text: asset!($file),
        }
    };
}

/// A model: what it does, folder of its card.
macro_rules! model {
    ($name:literal, $words:literal, $folder:literal) => {
        Credit {
            name: $name,
            words: $words,
            button: "Card",
            text: include_str!(concat!("../../../assets/models/", $folder, "/CARD.md")),
        }
    };
}

const MODELS: [Credit; 4] = [
    model!(
        "Names, second look",
        "What the first look is not sure of",
        "encoder"
    ),
    model!("Names", "People, states, bodies, places, events", "ner"),
    model!(
        "Grammar",
        "Parts of speech, lemmas, structure of sentences",
        "tag"
    ),
    model!("Word groups", "Words of like meaning", "words"),
];

const LEXICONS: [Credit; 1] = [font!(
    "Phoenix dictionaries",
    "© Open Event Data Alliance. Actors and verbs",
    "lexicons/LICENSE-PHOENIX.txt"
)];

const FONTS: [Credit; 6] = [
    font!(
        "IBM Plex Sans",
        "© 2017 IBM Corp. SIL OFL 1.1",
        "fonts/LICENSE_FONT-IBMPlexSans.txt"
    ),
    font!(
        "IBM Plex Sans Arabic",
        "© 2017 IBM Corp. SIL OFL 1.1",
        "fonts/LICENSE_FONT-IBMPlexSansArabic.txt"
    ),
    font!(
        "IBM Plex Sans Hebrew",
        "© 2017 IBM Corp. SIL OFL 1.1",
        "fonts/LICENSE_FONT-IBMPlexSansHebrew.txt"
    ),
    font!(
        "Source Serif 4",
        "© 2014 The Source Serif 4 Project Authors. SIL OFL 1.1",
        "fonts/LICENSE_FONT-SourceSerif4.txt"
    ),
    font!(
        "JetBrains Mono",
        "© 2020 The JetBrains Mono Project Authors. SIL OFL 1.1",
        "fonts/LICENSE_FONT-JetBrainsMono.txt"
    ),
    font!(
        "Phosphor Icons",
        "© 2023 Phosphor Icons. MIT licence",
        "fonts/LICENSE-Phosphor.txt"
    ),
];

/// Heads, and what stands under them.
const GROUPS: [(&str, &[Credit]); 3] = [
    ("Models", &MODELS),
    ("Word lists", &LEXICONS),
    ("Fonts and icons", &FONTS),
];

/// Returns the licence that a card names: what stands behind *Licence of the weights*, up to the
/// first explanation or the end of its sentence.
fn licence_of(card: &str) -> Option<String> {
    let line = card.lines().find(|line| line.starts_with("- **Licence"))?;
    let (_, licence) = line.split_once(":**").or_else(|| line.split_once("**:"))?;
    let ends = [". ", ";", ":", ",", " (", " for "];
    let end = ends.iter().filter_map(|end| licence.find(end)).min();
    let end = end.unwrap_or(licence.len());
    let words = licence.get(..end).unwrap_or(licence);
    Some(words.trim().trim_end_matches('.').to_owned())
}

/// A card or licence as text to be read: without the marks of Markdown, lines of a paragraph joined.
fn readable(text: &str) -> String {
    let mut read = String::new();
    for line in text.lines() {
        let line = line.trim_end().replace("**", "").replace('`', "");
        let goes_on = line.starts_with("  ") && !line.trim().is_empty();
        if goes_on {
            read.push(' ');
            read.push_str(line.trim());
            continue;
        }
        if !read.is_empty() {
            read.push('\n');
        }
        read.push_str(line.trim_start_matches('#').trim());
    }
    read
}

pub(super) fn ui(ctx: &Context, form: &mut Form) -> bool {
    let (inside, beside) = DialogFrame::new("About Demarche", 620.0).show(ctx, |ui| {
        let close = dialog_title(ui, concat!("Demarche ", env!("CARGO_PKG_VERSION")));
        let theme = Theme::of(ui);
        let width = ui.available_width();
        let put = |ui: &mut Ui, text: &str| {
            let format = Face::Ui.format(14.0, 20.0, theme.ink2);
            ui.label(job(text, format, width));
        };
        put(
            ui,
            "A workbench for reading the news as evidence: who takes which position towards \
                 whom, when, and which sentence shows it. Everything stays on this computer.",
        );
        ui.add_space(6.0);
        put(
            ui,
            "© the Demarche authors. MIT or Apache-2.0, as you choose. Models and word lists \
                 carry the strictest licence of what shaped them: CC BY-SA 4.0 where a share-alike \
                 corpus did. A card names what a model learned from, how well it does, and how it \
                 is made again.",
        );
        ui.add_space(12.0);
        let most = (ui.ctx().content_rect().height() - 340.0).max(160.0);
        let area = ScrollArea::vertical()
            .max_height(most)
            .auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 12.0);
            let mut place = 0;
            for (head, credits) in GROUPS {
                let head = egui::RichText::new(head).font(Face::UiSemibold.font(14.0));
                ui.label(head.color(theme.ink));
                for credit in credits {
                    place += 1;
                    credit_ui(ui, credit, place, form);
                }
                ui.add_space(12.0);
            }
        });
        close
    });
    inside || beside
}

fn credit_ui(ui: &mut Ui, credit: &Credit, place: usize, form: &mut Form) {
    let theme = Theme::of(ui);
    let open = form.at == place;
    let words = match licence_of(credit.text) {
        Some(licence) => format!("{}. {licence}", credit.words),
        None => credit.words.to_owned(),
    };
    ui.horizontal(|ui| {
        ui.set_height(28.0);
        let name = egui::RichText::new(credit.name).font(Face::UiMedium.font(14.0));
        ui.label(name.color(theme.ink));
        let button = if open { "Hide" } else { credit.button };
        let name = format!("{button} {}", credit.name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(8.0);
            let clicked = ui
                .add(Button::ghost(button).height(26.0).name(&name))
                .clicked();
            if clicked {
                form.at = if open { 0 } else { place };
            }
            let width = ui.available_width() - 8.0;
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let format = Face::Ui.format(12.5, 18.0, theme.ink3);
                ui.label(elided(&words, format, width, 1));
            });
        });
    });
    if open {
        let format = Face::Ui.format(12.5, 18.0, theme.ink2);
        let width = ui.available_width() - 12.0;
        ui.label(job(&readable(credit.text), format, width));
        ui.add_space(8.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_is_listed_and_names_its_licence() {
        let models = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/models");
        let mut cards = 0;
        for folder in std::fs::read_dir(models).unwrap() {
            let card = folder.unwrap().path().join("CARD.md");
            let Ok(text) = std::fs::read_to_string(&card) else {
                continue;
            };
            cards += 1;
            assert!(
                MODELS.iter().any(|credit| credit.text == text),
                "{} is not under About",
                card.display()
            );
            let licence = licence_of(&text).unwrap_or_default();
            assert!(!licence.is_empty(), "{} names no licence", card.display());
        }
        assert_eq!(cards, MODELS.len());
    }

    #[test]
    fn a_card_is_read_without_its_marks() {
        let card = "# ner: names\n\n- **What**: `ner.bin`, a\n  field.\n- **Licence of the weights**: CC BY-SA 4.0. Texts CC BY.\n";
        assert_eq!(
            readable(card),
            "ner: names\n\n- What: ner.bin, a field.\n- Licence of the weights: CC BY-SA 4.0. Texts CC BY."
        );
        assert_eq!(licence_of(card).as_deref(), Some("CC BY-SA 4.0"));
    }
}
