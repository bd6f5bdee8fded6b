//! The head of the timeline: lanes, parts and order, days shown, zoom.

use egui::Ui;

use crate::analysis::{LaneOrder, LaneTime, date_of, span_words};
use crate::app::{Command, Commands, Dialog, LaneBy, Region};
use crate::model::DateSpan;
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::{Shown, TimelineState, brush, legend, plot};
use crate::ui::widgets::{Button, MenuItem, menu, menu_item, menu_section, segmented};

const LANES: [(LaneBy, &str); 5] = [
    (LaneBy::Actor, "Actor"),
    (LaneBy::Issue, "Issue"),
    (LaneBy::Act, "Act"),
    (LaneBy::Article, "Article"),
    (LaneBy::Outlet, "Outlet"),
];

/// Draws what stands above the lanes.
pub(super) fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut TimelineState,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        ui.add_space(16.0);
        let heading = egui::RichText::new("Timeline")
            .font(Face::UiSemibold.font(14.0))
            .color(theme.ink);
        ui.label(heading);
        ui.add_space(8.0);
        if let Some(lanes) = segmented(ui, "Lanes of the timeline", shown.view_state.lanes, &LANES)
        {
            state.scroll = 0.0;
            out.push(Command::SetLanes(lanes));
        }
        cut_ui(ui, shown, state, out);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(12.0);
            tools_ui(ui, shown, state, out);
        });
    });
    ui.add_space(2.0);
}

fn tools_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let (icon, name, region) = if shown.enlarged {
        (icons::SHRINK, "Give the timeline's place back", None)
    } else {
        (
            icons::ENLARGE,
            "Enlarge the timeline",
            Some(Region::Timeline),
        )
    };
    if ui.add(Button::icon_only(icon, name).height(26.0)).clicked() {
        out.push(Command::Enlarge(region));
    }
    if shown.enlarged {
        let export = Button::secondary("Export chart")
            .icon(icons::EXPORT)
            .height(26.0);
        if ui.add(export).clicked() {
            out.push(Command::ShowDialog(Some(Dialog::Export)));
        }
    }
    if ui
        .add(Button::icon_only(icons::PLUS, "Zoom in").height(26.0))
        .clicked()
    {
        plot::zoom(state, 0.5, None);
    }
    if ui
        .add(Button::icon_only(icons::MINUS, "Zoom out").height(26.0))
        .clicked()
    {
        plot::zoom(state, 2.0, None);
    }
    let legend = ui.add(Button::icon_only(icons::INFO, "Legend").height(26.0));
    legend::legend_menu(&legend);
    if (state.moved || shown.view_state.filter.dates.is_some())
        && ui.add(Button::ghost("Reset").height(26.0)).clicked()
    {
        plot::reset(state, shown, out);
    }
    let Some((from, to)) = state.window else {
        return;
    };
    let words = span_words(DateSpan {
        first: date_of(from.ceil() as i64),
        last: date_of((to.floor() as i64 - 1).max(from.ceil() as i64)),
    });
    let button = ui.add(
        Button::ghost(&words)
            .name("Days shown")
            .height(26.0)
            .caret(),
    );
    menu(&button, "Days shown", 220.0, |ui| {
        presets_ui(ui, shown, state, out);
    });
}

fn presets_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let item = |ui: &mut Ui, words: &str| {
        let row = MenuItem {
            words,
            ..MenuItem::default()
        };
        menu_item(ui, row).clicked()
    };
    if item(ui, "All days") {
        plot::reset(state, shown, out);
    }
    let Some(today) = state.today else {
        return;
    };
    if item(ui, "Last 7 days") {
        let first = date_of(crate::analysis::day_number(today) - 6);
        let days = DateSpan { first, last: today };
        brush::set(Some(days), shown.view_state, out);
    }
    if item(ui, "This month") {
        let days = DateSpan {
            first: today.first_of_month(),
            last: today.last_of_month(),
        };
        brush::set(Some(days), shown.view_state, out);
    }
}

const THEN: [(Option<LaneBy>, &str); 6] = [
    (None, "No parts"),
    (Some(LaneBy::Actor), "then by actor"),
    (Some(LaneBy::Issue), "then by issue"),
    (Some(LaneBy::Act), "then by act"),
    (Some(LaneBy::Article), "then by article"),
    (Some(LaneBy::Outlet), "then by outlet"),
];

const ORDERS: [(LaneOrder, &str); 4] = [
    (LaneOrder::Usual, "Most statements first"),
    (LaneOrder::Name, "By name"),
    (LaneOrder::Earliest, "Earliest first"),
    (LaneOrder::Latest, "Latest first"),
];

fn order_words(order: LaneOrder, by: LaneBy) -> &'static str {
    if order == LaneOrder::Usual && by == LaneBy::Article {
        return "Newest first";
    }
    ORDERS
        .iter()
        .find(|(known, _)| *known == order)
        .map_or("", |(_, words)| words)
}

/// The menu of parts and order.
fn cut_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let by = shown.view_state.lanes;
    let then = shown.view_state.lanes_then.filter(|then| *then != by);
    let order = shown.view_state.lane_order;
    let words = match THEN.iter().find(|(known, _)| *known == then) {
        _ if shown.view_state.lane_time == LaneTime::Publication => "by publication",
        Some((Some(_), words)) => *words,
        _ if order == LaneOrder::Usual => "Parts and order",
        _ => order_words(order, by),
    };
    let button = ui.add(
        Button::ghost(words)
            .name("Parts and order of the lanes")
            .height(26.0)
            .caret(),
    );
    menu(&button, "Parts and order of the lanes", 220.0, |ui| {
        menu_section(ui, "Parts");
        for (value, words) in THEN {
            if value != Some(by) && ticked(ui, words, value == then) {
                out.push(Command::SetLanesThen(value));
            }
        }
        if then.is_some() {
            let all = [(true, "Fold all"), (false, "Unfold all")];
            for (folded, words) in all {
                let item = MenuItem {
                    words,
                    ..MenuItem::default()
                };
                if menu_item(ui, item).clicked() {
                    state.data.fold_all(folded);
                }
            }
        }
        menu_section(ui, "Time");
        let times = [
            (LaneTime::Event, "When it happened"),
            (LaneTime::Publication, "When it was published"),
        ];
        for (value, words) in times {
            if ticked(ui, words, value == shown.view_state.lane_time) {
                out.push(Command::SetLaneTime(value));
            }
        }
        menu_section(ui, "Order");
        for (value, _) in ORDERS {
            if ticked(ui, order_words(value, by), value == order) {
                out.push(Command::SetLaneOrder(value));
            }
        }
    });
}

fn ticked(ui: &mut Ui, words: &str, on: bool) -> bool {
    let item = MenuItem {
        words,
        ticked: Some(on),
        ..MenuItem::default()
    };
    menu_item(ui, item).clicked()
}
