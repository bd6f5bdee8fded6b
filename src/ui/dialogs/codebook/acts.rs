//! Acts: what the manual says of each, and how the project uses it.

use egui::{ScrollArea, Ui};

use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Act, ActUse};
use crate::ui::dialogs::codebook::look::{ListRow, ROW, colour_and_key, list_row};
use crate::ui::dialogs::codebook::{halves, label, said};
use crate::ui::dialogs::{Shown, field_id};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{Button, segmented, text_field_lines};
use crate::ui::words;

/// The act in hand.
#[derive(Default)]
pub(super) struct InHand {
    chosen: Option<(Act, ActUse)>,
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, shown: Shown<'_>, hand: &mut InHand, out: &mut Commands) {
    let (mut list, mut detail) = halves(ui);
    list_ui(&mut list, shown, hand);
    if hand.chosen.is_some() {
        detail_ui(&mut detail, shown, hand, out);
    } else {
        let words = "The sixteen acts of PLOVER. Pick one to say how this project uses it.";
        said(&mut detail, words, 14.0);
    }
}

fn list_ui(ui: &mut Ui, shown: Shown<'_>, hand: &mut InHand) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("acts");
    area.show_rows(ui, ROW, Act::ALL.len(), |ui, range| {
        for act in Act::ALL.get(range).unwrap_or_default() {
            let own = shown.snap.project.codebook.acts.get(act);
            let count = shown.snap.facets().acts.get(act).copied().unwrap_or(0);
            let hidden = own.is_some_and(|own| own.hidden);
            let note = if hidden {
                "not offered".to_owned()
            } else {
                count.to_string()
            };
            let spoken = words::count(count, "statement", "statements");
            let row = ListRow {
                name: act.name(),
                note: &note,
                spoken: &format!("{act}, {}: {}, {spoken}", act.quad().name(), meaning(*act)),
                colour: own.and_then(|own| own.colour),
                key: own.and_then(|own| own.key),
                strong: own.is_some(),
                chosen: hand
                    .chosen
                    .as_ref()
                    .is_some_and(|(chosen, _)| chosen == act),
            };
            if list_row(ui, row) {
                hand.chosen = Some((*act, own.cloned().unwrap_or_default()));
            }
        }
    });
}

fn detail_ui(ui: &mut Ui, shown: Shown<'_>, hand: &mut InHand, out: &mut Commands) {
    let Some((act, own)) = &mut hand.chosen else {
        return;
    };
    let theme = Theme::of(ui);
    let text = egui::RichText::new(act.name()).font(Face::UiSemibold.font(14.0));
    ui.label(text.color(theme.ink));
    said(
        ui,
        &format!("{}: {}", act.quad().name(), meaning(*act)),
        14.0,
    );
    ui.add_space(8.0);
    label(ui, "Here it is used when");
    let width = ui.available_width();
    let id = field_id("note");
    let name = "How the project uses the act";
    text_field_lines(ui, id, &mut own.definition, name, width, 3);
    ui.add_space(6.0);
    colour_and_key(ui, "the act", &mut own.colour, &mut own.key);
    ui.add_space(6.0);
    label(ui, "In the editor");
    let choices = [(false, "Offered"), (true, "Not offered")];
    if let Some(hidden) = segmented(
        ui,
        "Whether the editor offers the act",
        own.hidden,
        &choices,
    ) {
        own.hidden = hidden;
    }
    ui.add_space(14.0);
    let known = shown.snap.project.codebook.acts.get(act);
    let changed = known.unwrap_or(&ActUse::default()) != own;
    if ui
        .add(Button::primary("Save act").enabled(changed))
        .clicked()
    {
        own.definition = own.definition.trim().to_owned();
        out.push(Command::Edit(Edit::SetAct {
            act: *act,
            entry: own.clone(),
        }));
    }
}

/// What the manual says that an act is, in short.
pub(in crate::ui) fn meaning(act: Act) -> &'static str {
    match act {
        Act::Agree => "agrees, or promises, to act with somebody or as they ask",
        Act::Consult => "meets, visits, talks, negotiates",
        Act::Support => "praises, endorses, begins or improves relations",
        Act::Concede => "yields: eases, lifts, frees, apologises",
        Act::Cooperate => "acts together: exercises, shares, signs, extradites",
        Act::Aid => "gives help: money, goods, shelter, arms, peacekeepers",
        Act::Retreat => "gives up by deed: withdraws, disarms, releases, returns",
        Act::Request => "demands, asks, calls for, urges",
        Act::Accuse => "blames, criticises, suspects, sues",
        Act::Reject => "refuses, declines, vetoes, halts",
        Act::Threaten => "warns of harm, an ultimatum, a strike to come",
        Act::Protest => "demonstrates, strikes, blocks, riots",
        Act::Sanction => "punishes without force: embargo, expulsion, breaking of ties",
        Act::Mobilize => "prepares force: alert, movement, exercise, test",
        Act::Coerce => "uses power without killing: arrest, seizure, censorship, cyber attack",
        Act::Assault => "uses deadly force: attack, bombing, killing",
    }
}
