//! Actor, issue, outlet, date, review: menus that set the filter.

use egui::Ui;

use crate::analysis::{Filter, ReviewFilter};
use crate::app::{Command, Commands};
use crate::model::{DateSpan, EntityId, IssueId};
use crate::ui::articles::Shown;
use crate::ui::widgets::{Button, MenuItem, menu, menu_item};
use crate::ui::words;

fn facet(ui: &mut Ui, words: &str, set: usize, width: f32, content: impl FnOnce(&mut Ui)) {
    let text = if set == 0 {
        words.to_owned()
    } else {
        format!("{words} {set}")
    };
    let name = format!("Filter by {}", words.to_lowercase());
    let mut button = Button::secondary(&text).height(26.0).caret().name(&name);
    if set > 0 {
        button = button.selected(true);
    }
    let response = ui.add(button);
    menu(&response, words, width, content);
}

pub(super) fn facets_ui(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let filter = &shown.view_state.filter;
    facet(ui, "Actor", filter.holders.len(), 280.0, |ui| {
        actors(ui, shown, out);
    });
    facet(ui, "Issue", filter.issues.len(), 300.0, |ui| {
        issues(ui, shown, out);
    });
    facet(ui, "Outlet", filter.outlets.len(), 260.0, |ui| {
        outlets(ui, shown, out);
    });
    facet(
        ui,
        "Date",
        usize::from(filter.dates.is_some()),
        220.0,
        |ui| dates(ui, shown, out),
    );
    facet(
        ui,
        "Review",
        usize::from(filter.review.is_some()),
        220.0,
        |ui| review(ui, shown, out),
    );
}

fn set(filter: &Filter, out: &mut Commands, change: impl FnOnce(&mut Filter)) {
    let mut filter = filter.clone();
    change(&mut filter);
    out.push(Command::SetFilter(filter));
}

fn toggle<T: Ord + Clone>(set: &mut std::collections::BTreeSet<T>, value: &T) {
    if !set.remove(value) {
        set.insert(value.clone());
    }
}

fn none(ui: &mut Ui, words: &str) {
    let item = MenuItem {
        words,
        disabled: true,
        ..MenuItem::default()
    };
    menu_item(ui, item);
}

fn actors(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let filter = &shown.view_state.filter;
    let counts = shown.counts.facets(shown.snap);
    let mut rows: Vec<(&EntityId, _)> = shown
        .snap
        .view
        .entities
        .iter()
        .filter(|(id, _)| counts.holder(**id) > 0 || filter.holders.contains(id))
        .collect();
    rows.sort_by_key(|(id, _)| (std::cmp::Reverse(counts.holder(**id)), **id));
    if rows.is_empty() {
        none(ui, "Nobody holds a position yet");
    }
    for (id, row) in rows.into_iter().take(40) {
        let item = MenuItem {
            words: &row.entity.name,
            note: &words::thousands(counts.holder(*id)),
            badge: Some(row.entity.entity_type.into()),
            ticked: Some(filter.holders.contains(id)),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            set(filter, out, |filter| toggle(&mut filter.holders, id));
        }
    }
}

fn issues(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let filter = &shown.view_state.filter;
    let mut rows: Vec<(&IssueId, _)> = shown.snap.view.issues.iter().collect();
    let counts = shown.counts.facets(shown.snap);
    rows.sort_by_key(|(id, _)| (std::cmp::Reverse(counts.issue(**id)), **id));
    if rows.is_empty() {
        none(ui, "No issue yet");
    }
    for (id, row) in rows.into_iter().take(40) {
        let item = MenuItem {
            words: &row.name,
            note: &words::thousands(counts.issue(*id)),
            ticked: Some(filter.issues.contains(id)),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            set(filter, out, |filter| toggle(&mut filter.issues, id));
        }
    }
}

fn outlets(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let filter = &shown.view_state.filter;
    let outlets = crate::ui::bars::outlets(shown.snap);
    if outlets.is_empty() {
        none(ui, "No article names its outlet");
    }
    for outlet in outlets.iter().take(60) {
        let item = MenuItem {
            words: outlet,
            ticked: Some(filter.outlets.contains(outlet)),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            set(filter, out, |filter| toggle(&mut filter.outlets, outlet));
        }
    }
}

fn dates(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let filter = &shown.view_state.filter;
    let Some(days) = shown.counts.days else {
        none(ui, "No article has a date");
        return;
    };
    let week = jiff::Span::new().days(6);
    let last_week = days.last.checked_sub(week).unwrap_or(days.first);
    let choices = [
        ("All days", None),
        ("Last 7 days of the articles", Some((last_week, days.last))),
        (
            "Last month of the articles",
            Some((days.last.first_of_month(), days.last.last_of_month())),
        ),
        (
            "This month",
            Some((shown.today.first_of_month(), shown.today.last_of_month())),
        ),
        ("All days with articles", Some((days.first, days.last))),
    ];
    for (words, choice) in choices {
        let choice = choice.map(|(first, last)| DateSpan { first, last });
        let item = MenuItem {
            words,
            ticked: Some(filter.dates == choice),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            set(filter, out, |filter| filter.dates = choice);
        }
    }
}

fn review(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let filter = &shown.view_state.filter;
    for (words, choice) in [
        ("All", None),
        ("Still suggested", Some(ReviewFilter::Suggested)),
        ("Decided", Some(ReviewFilter::Decided)),
        ("Folded away: unsure", Some(ReviewFilter::Unsure)),
    ] {
        let item = MenuItem {
            words,
            ticked: Some(filter.review == choice),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            set(filter, out, |filter| filter.review = choice);
        }
    }
}
