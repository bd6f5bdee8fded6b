//! The program, its licence, and the credits of what it carries.

use egui::{Context, ScrollArea, Ui};

use crate::ui::dialogs::Form;
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{Button, DialogFrame, dialog_title};

/// A thing that the program carries, with its credit and the text of its licence.
struct Credit {
    name: &'static str,
    words: &'static str,
    licence: &'static str,
}

macro_rules! licence {
    ($file:literal) => {
        include_str!(concat!("../../../assets/fonts/", $file))
    };
}

const CREDITS: [Credit; 6] = [
    Credit {
        name: "IBM Plex Sans",
        words: "© 2017 IBM Corp. SIL Open Font License 1.1",
        licence: licence!("LICENSE_FONT-IBMPlexSans.txt"),
    },
    Credit {
        name: "IBM Plex Sans Arabic",
        words: "© 2017 IBM Corp. SIL Open Font License 1.1",
        licence: licence!("LICENSE_FONT-IBMPlexSansArabic.txt"),
    },
    Credit {
        name: "IBM Plex Sans Hebrew",
        words: "© 2017 IBM Corp. SIL Open Font License 1.1",
        licence: licence!("LICENSE_FONT-IBMPlexSansHebrew.txt"),
    },
    Credit {
        name: "Source Serif 4",
        words: "© 2014 The Source Serif 4 Project Authors. SIL Open Font License 1.1",
        licence: licence!("LICENSE_FONT-SourceSerif4.txt"),
    },
    Credit {
        name: "JetBrains Mono",
        words: "© 2020 The JetBrains Mono Project Authors. SIL Open Font License 1.1",
        licence: licence!("LICENSE_FONT-JetBrainsMono.txt"),
    },
    Credit {
        name: "Phosphor Icons",
        words: "© 2023 Phosphor Icons. MIT licence",
        licence: licence!("LICENSE-Phosphor.txt"),
    },
];

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
            "© the Demarche authors. MIT or Apache-2.0, as you choose. Weights and lexicons \
                 carry the strictest licence of what shaped them: CC BY-SA 4.0 where a share-alike \
                 corpus did. Each names its sources in the card or header beside it, in assets/.",
        );
        ui.add_space(12.0);
        let head = egui::RichText::new("Fonts and icons").font(Face::UiSemibold.font(14.0));
        ui.label(head.color(theme.ink));
        let most = (ui.ctx().content_rect().height() - 360.0).max(160.0);
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            for (place, credit) in CREDITS.iter().enumerate() {
                credit_ui(ui, credit, place + 1, form);
            }
        });
        close
    });
    inside || beside
}

fn credit_ui(ui: &mut Ui, credit: &Credit, place: usize, form: &mut Form) {
    let theme = Theme::of(ui);
    let open = form.at == place;
    ui.horizontal(|ui| {
        let name = egui::RichText::new(credit.name).font(Face::UiMedium.font(14.0));
        ui.label(name.color(theme.ink));
        let words = egui::RichText::new(credit.words).font(Face::Ui.font(12.5));
        ui.label(words.color(theme.ink3));
        let words = if open { "Hide" } else { "Licence" };
        let name = format!("{words} {}", credit.name);
        if ui
            .add(Button::ghost(words).height(26.0).name(&name))
            .clicked()
        {
            form.at = if open { 0 } else { place };
        }
    });
    if open {
        let format = Face::Ui.format(12.5, 18.0, theme.ink2);
        let width = ui.available_width() - 12.0;
        ui.label(job(credit.licence, format, width));
    }
}
