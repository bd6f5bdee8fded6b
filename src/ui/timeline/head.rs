//! The head of the timeline: lanes, parts and order, days shown, zoom.

use egui::Ui;
use jiff::ToSpan as _;

use crate::analysis::{
    CompareBy, Compared, LaneOrder, LaneTime, after_period, before_period, date_of, last_day,
    last_week, span_words, this_month,
};
use crate::app::{Command, CommandKind, Commands, Dialog, EntryForm, LaneBy, Region};
use crate::model::DateSpan;
use crate::ui::icons;
use crate::ui::keymap::caps_text;
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
    hidden_ui(ui, shown, state, out);
    compare_ui(ui, shown, state, out);
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
    menu(&button, "Days shown", 300.0, |ui| {
        presets_ui(ui, shown, state, out);
    });
}

/// What a person hid is counted, and a click shows it.
fn hidden_ui(ui: &mut Ui, shown: Shown<'_>, state: &TimelineState, out: &mut Commands) {
    let shows = shown.view_state.shows_hidden;
    let hidden = state.data.timeline.hidden;
    if !shows && hidden == 0 {
        return;
    }
    let words = if shows {
        "Hide again".to_owned()
    } else {
        format!("{hidden} hidden")
    };
    let (icon, hint) = if shows {
        (icons::EYE_SLASH, "Leave out what was hidden")
    } else {
        (icons::EYE, "Show what was hidden")
    };
    let button = Button::ghost(&words).icon(icon).height(26.0).hint(hint);
    if ui.add(button).clicked() {
        out.push(Command::ShowHidden(!shows));
    }
}

/// Periods to compare days with, and their words; the first is that of the key.
fn others(days: DateSpan) -> Vec<(DateSpan, String)> {
    let (before, after) = (before_period(days), after_period(days));
    let said = |what: &str, span: DateSpan| (span, format!("{what}, {}", span_words(span)));
    let mut others = vec![
        said("the period before", before),
        said("the period after", after),
    ];
    let year = |day: jiff::civil::Date| day.checked_sub(1.year());
    if let (Ok(first), Ok(last)) = (year(days.first), year(days.last)) {
        others.push(said("a year before", DateSpan { first, last }));
    }
    others
}

/// The button that begins or ends the comparing of two periods.
fn compare_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    if state.picking.is_some() {
        let hint = "Click a day, or drag over the second period; this ends it";
        let button = Button::secondary("Click or drag the second period")
            .height(26.0)
            .hint(hint);
        if ui.add(button).clicked() {
            state.picking = None;
        }
        return;
    }
    if shown.view_state.compared.is_some() {
        return;
    }
    let Some(days) = shown.view_state.filter.dates else {
        return;
    };
    let button = Button::ghost("Compare")
        .height(26.0)
        .caret()
        .hint("What changed between two periods");
    let button = ui.add(button);
    menu(&button, "Compare these days with", 300.0, |ui| {
        let title = format!("Compare {} with", span_words(days));
        menu_section(ui, &title);
        let key = caps_text(CommandKind::Compare);
        for (at, (other, words)) in others(days).into_iter().enumerate() {
            let key = if at == 0 { key.as_str() } else { "" };
            let item = MenuItem {
                words: &words,
                right: key,
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                let (first, second) = if other.first < days.first {
                    (other, days)
                } else {
                    (days, other)
                };
                let by = CompareBy::default();
                out.push(Command::SetCompared(Some(Compared { first, second, by })));
            }
        }
        let item = MenuItem {
            words: "days that I click or drag…",
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            state.picking = Some(days);
        }
    });
}

fn presets_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut TimelineState, out: &mut Commands) {
    let item = |ui: &mut Ui, words: &str, kind: Option<CommandKind>| {
        let key = kind.map(caps_text).unwrap_or_default();
        let row = MenuItem {
            words,
            right: &key,
            ..MenuItem::default()
        };
        menu_item(ui, row).clicked()
    };
    if item(ui, "All days", Some(CommandKind::DatesAll)) {
        plot::reset(state, shown, out);
    }
    if let Some(today) = state.today {
        let last = last_day(&shown.snap.project, today);
        let (week, month) = (last_week(last), this_month(last));
        let words = format!("Last 7 days: {}", span_words(week));
        if item(ui, &words, Some(CommandKind::DatesLastWeek)) {
            brush::set(Some(week), shown.view_state, out);
        }
        let words = format!("This month: {}", span_words(month));
        if item(ui, &words, Some(CommandKind::DatesThisMonth)) {
            brush::set(Some(month), shown.view_state, out);
        }
    }
    if let Some(days) = shown.view_state.filter.dates {
        let (before, after) = (before_period(days), after_period(days));
        let words = format!("Before: {}", span_words(before));
        if item(ui, &words, Some(CommandKind::DatesBefore)) {
            brush::set(Some(before), shown.view_state, out);
        }
        let words = format!("After: {}", span_words(after));
        if item(ui, &words, Some(CommandKind::DatesAfter)) {
            brush::set(Some(after), shown.view_state, out);
        }
        if item(ui, "Show only these", None) {
            plot::show(state, days);
        }
    }
    if item(ui, "New entry…", Some(CommandKind::NewEntry)) {
        let form = EntryForm::New(None, String::new());
        out.push(Command::ShowDialog(Some(Dialog::Entry(form))));
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
                    let lanes = state.data.timeline.lanes.iter();
                    let all = lanes.filter(|_| folded).map(|lane| lane.lane.clone());
                    out.push(Command::SetFolded(all.collect()));
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
