//! The filter as a sentence, each part of which can be taken out.

use egui::{
    Align, Id, Key, Layout, Popup, PopupCloseBehavior, Role, ScrollArea, Sense, Ui, WidgetInfo,
    vec2,
};

use crate::analysis::{Facets, Filter, FilterPart, ReviewFilter};
use crate::app::{Command, CommandKind, Commands, Region, Snapshot, ViewState};
use crate::model::{Act, Factuality, Polarity};
use crate::ui::theme::{Face, Theme};
use crate::ui::told::Counts;
use crate::ui::widgets::paint::Lead;
use crate::ui::widgets::{Button, MenuItem, chip, menu_item, paint, text_field};
use crate::ui::{icons, words};

/// What the filter line remembers.
#[derive(Debug, Default)]
pub struct FilterLineState {
    typed: String,
    /// The articles that are counted were asked for.
    articles: bool,
    /// Height of its content in the last frame.
    pub content_height: f32,
}

impl FilterLineState {
    /// Whether the person wants the list of the articles that are counted; asked once.
    pub fn take_articles_wish(&mut self) -> bool {
        std::mem::take(&mut self.articles)
    }

    /// Returns the height that the line takes: one or two lines.
    #[must_use]
    pub fn height(&self) -> f32 {
        if self.content_height > 44.0 {
            76.0
        } else {
            40.0
        }
    }
}

/// Draws the filter line.
pub fn filter_line_ui(
    ui: &mut Ui,
    shown: (&Snapshot, &ViewState, &Counts),
    state: &mut FilterLineState,
    out: &mut Commands,
    kinds: &mut Vec<CommandKind>,
) {
    let (snap, view_state, counts) = shown;
    let theme = Theme::of(ui);
    let rect = ui.max_rect();
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
    let filter = &view_state.filter;
    let mut body = rect.shrink2(vec2(16.0, 0.0));
    if !filter.is_empty() {
        let clear =
            egui::Rect::from_min_max(egui::pos2(body.right() - 130.0, body.top()), body.max);
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(clear)
                .layout(Layout::right_to_left(Align::Center)),
        );
        let button = Button::ghost("Clear all").height(28.0).caps(&["Esc"]);
        if child.add(button).clicked() {
            kinds.push(CommandKind::ClearFilter);
        }
        body.max.x = clear.left() - 8.0;
    }
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(body));
    let area = ScrollArea::vertical()
        .id_salt("filter line")
        .max_height(rect.height());
    let content = area.show(&mut child, |ui| {
        ui.add_space(6.0);
        let shown = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 6.0);
            ui.set_row_height(28.0);
            state.articles |= sentence(ui, snap, view_state, counts, out);
            add_menu(ui, (snap, view_state, counts), state, out);
        });
        shown.response.rect.height()
    });
    state.content_height = content.inner + 8.0;
}

fn text(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    ui.label(
        egui::RichText::new(words)
            .font(Face::Ui.font(14.0))
            .color(theme.ink2),
    );
}

/// A bold number that leads to what it counts; returns whether it was clicked.
fn number(ui: &mut Ui, words: &str, leads_to: &str) -> bool {
    let theme = Theme::of(ui);
    let font = Face::UiSemibold.font(14.0);
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), font, theme.ink);
    let size = vec2(galley.size().x, 28.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("{words}: {leads_to}");
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    let painter = ui.painter();
    let top = rect.center().y - galley.size().y / 2.0;
    let bottom = top + galley.size().y;
    painter.galley(egui::pos2(rect.left(), top), galley, theme.ink);
    let weight = if response.hovered() { 1.5 } else { 1.0 };
    let colour = if response.hovered() {
        theme.ink
    } else {
        theme.ctl
    };
    painter.hline(rect.x_range(), bottom - 1.0, (weight, colour));
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink2(vec2(0.0, 3.0)), 3, theme);
    }
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

/// Returns whether the articles that are counted were asked for.
fn sentence(
    ui: &mut Ui,
    snap: &Snapshot,
    view_state: &ViewState,
    counts: &Counts,
    out: &mut Commands,
) -> bool {
    let filter = &view_state.filter;
    let parts = filter.parts();
    text(ui, "Showing");
    let statements = words::count(counts.shown_statements, "statement", "statements");
    // Without a filter, what is missing is what the engine is not sure of.
    let unsure = counts.statements.saturating_sub(counts.shown_statements);
    let unsure = if parts.is_empty() { unsure } else { 0 };
    let all = if parts.is_empty() && unsure == 0 && counts.statements > 1 {
        "all "
    } else {
        ""
    };
    if number(ui, &format!("{all}{statements}"), "show the list") {
        out.push(Command::Enlarge(Some(Region::Stance)));
    }
    text(ui, "in");
    let articles = words::count(counts.shown_articles.len(), "article", "articles");
    let wanted = number(ui, &articles, "go to the list");
    if wanted && view_state.enlarged.is_some() {
        out.push(Command::Enlarge(None));
    }
    let mut before: Option<&FilterPart> = None;
    for (place, part) in parts.iter().enumerate() {
        let same =
            before.is_some_and(|b| std::mem::discriminant(b) == std::mem::discriminant(part));
        text(ui, if same { "or" } else { lead(part) });
        let (words, badge) = part_words(snap, filter, part);
        if chip(ui, &words, badge) {
            out.push(Command::RemoveFilterPart(part.clone()));
        }
        let last_holder = matches!(part, FilterPart::Holder(_))
            && !matches!(parts.get(place + 1), Some(FilterPart::Holder(_)));
        if last_holder && filter.offices {
            text(ui, "and its offices");
        }
        before = Some(part);
    }
    if parts.is_empty()
        && let Some(days) = counts.days
    {
        text(ui, &format!("all published {}", words::span(days)));
    }
    if unsure > 0 {
        text(ui, "and folded away");
        let words = format!("{} unsure", words::thousands(unsure));
        if number(ui, &words, "show what is folded away") {
            out.push(Command::SetFilter(Filter {
                review: Some(ReviewFilter::Unsure),
                ..filter.clone()
            }));
        }
    }
    wanted
}

fn lead(part: &FilterPart) -> &'static str {
    match part {
        FilterPart::Holder(_) => "held by",
        FilterPart::Target(_) => "towards",
        FilterPart::Issue(_) => "on the issue",
        FilterPart::Act(_) => "that",
        FilterPart::Polarity(_) => "that",
        FilterPart::Factuality(_) | FilterPart::Review => "that are",
        FilterPart::Outlet(_) => "published by",
        FilterPart::Article(_) => "in",
        FilterPart::Dates => "dated",
        FilterPart::Text => "with the words",
        FilterPart::Code(..) => "coded",
        FilterPart::Picked => "behind",
    }
}

/// Returns the words on the chip of a part, and its badge.
fn part_words(snap: &Snapshot, filter: &Filter, part: &FilterPart) -> (String, Option<Lead>) {
    let view = &snap.view;
    let codebook = &snap.project.codebook;
    match part {
        FilterPart::Holder(id) | FilterPart::Target(id) => {
            let badge = view.entity_type(*id).map(Lead::Type);
            (view.entity_name(*id).to_owned(), badge)
        }
        FilterPart::Issue(id) => {
            let name = view
                .issues
                .get(id)
                .map_or("no longer there", |row| &row.name);
            let colour = codebook.issue_colour(*id).map(Lead::Swatch);
            (name.to_owned(), colour)
        }
        FilterPart::Act(act) => {
            let colour = codebook.act_colour(*act).map(Lead::Swatch);
            (act.name().to_owned(), colour)
        }
        FilterPart::Polarity(side) => (side.name().to_owned(), None),
        FilterPart::Factuality(factuality) => (factuality.name().to_owned(), None),
        FilterPart::Outlet(outlet) => (outlet.clone(), None),
        FilterPart::Article(id) => {
            let state = snap.project.articles.get(id);
            let title = state.map_or("no longer there", |state| &state.article.meta.title);
            (words::middle_elided(title, 36), None)
        }
        FilterPart::Dates => (filter.dates.map(words::span).unwrap_or_default(), None),
        FilterPart::Review => {
            let words = match filter.review {
                Some(ReviewFilter::Decided) => "decided",
                Some(ReviewFilter::Unsure) => "unsure",
                _ => "suggested",
            };
            (words.to_owned(), None)
        }
        FilterPart::Text => (format!("“{}”", filter.text), None),
        FilterPart::Code(field, value) => {
            let known = codebook.fields.get(field);
            let name = known.map_or("no longer there", |field| field.name.as_str());
            (format!("{name}: {value}"), None)
        }
        FilterPart::Picked => {
            let picked = filter.picked.as_ref();
            let words = picked.map_or("", |picked| picked.words.as_str());
            (words::middle_elided(words, 48), None)
        }
    }
}

/// A filter that can be set by picking it.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterChoice {
    /// *held by Velmora*
    pub words: String,
    /// Badge of an entity, colour of an issue or act.
    pub badge: Option<Lead>,
    /// Statements at the right; empty where they are not counted.
    pub right: String,
    /// What it adds.
    pub part: FilterPart,
    /// The filter with it.
    pub filter: Filter,
}

/// Returns what can be added to the filter `now`, best first, at most `most`; `typed` narrows it. The
/// numbers are of `counts`.
#[must_use]
pub fn filter_choices(
    snap: &Snapshot,
    (now, counts): (&Filter, &Facets),
    typed: &str,
    most: usize,
) -> Vec<FilterChoice> {
    let wanted = typed.trim().to_lowercase();
    let mut choices = Vec::new();
    let mut add = |words: String, badge, right: usize, part: FilterPart| {
        if now.parts().contains(&part) || !words.to_lowercase().contains(&wanted) {
            return;
        }
        let mut filter = now.clone();
        set(&mut filter, &part);
        let right = if right == 0 {
            String::new()
        } else {
            words::thousands(right)
        };
        choices.push((
            right.is_empty(),
            FilterChoice {
                words,
                badge,
                right,
                part,
                filter,
            },
        ));
    };
    actor_choices((snap, counts), !wanted.is_empty(), &mut add);
    other_choices((snap, counts), &mut add);
    if wanted.is_empty() {
        spread(choices, most)
    } else {
        choices
            .into_iter()
            .map(|(_, choice)| choice)
            .take(most)
            .collect()
    }
}

/// Takes a choice: words, badge, count (0 for none), part.
type Add<'a> = dyn FnMut(String, Option<Lead>, usize, FilterPart) + 'a;

fn actor_choices((snap, counts): (&Snapshot, &Facets), targets: bool, add: &mut Add<'_>) {
    let mut actors: Vec<_> = snap
        .view
        .entities
        .iter()
        .filter(|(id, _)| counts.holder(**id) > 0)
        .collect();
    actors.sort_by_key(|(id, _)| (std::cmp::Reverse(counts.holder(**id)), **id));
    for (id, row) in actors {
        let badge = Some(Lead::Type(row.entity.entity_type));
        let name = &row.entity.name;
        add(
            format!("held by {name}"),
            badge,
            counts.holder(*id),
            FilterPart::Holder(*id),
        );
        if targets {
            add(format!("towards {name}"), badge, 0, FilterPart::Target(*id));
        }
    }
}

fn other_choices((snap, counts): (&Snapshot, &Facets), add: &mut Add<'_>) {
    let mut issues: Vec<_> = snap.view.issues.iter().collect();
    issues.sort_by_key(|(id, _)| (std::cmp::Reverse(counts.issue(**id)), **id));
    for (id, row) in issues {
        let words = format!("on the issue {}", row.name);
        let colour = snap.project.codebook.issue_colour(*id).map(Lead::Swatch);
        let part = FilterPart::Issue(*id);
        add(words, colour, counts.issue(*id), part);
    }
    for side in [Polarity::Support, Polarity::Oppose, Polarity::Neutral] {
        add(
            format!("that {}", side.name()),
            None,
            0,
            FilterPart::Polarity(side),
        );
    }
    add("that are suggested".to_owned(), None, 0, FilterPart::Review);
    for act in Act::ALL {
        let colour = snap.project.codebook.act_colour(act).map(Lead::Swatch);
        let words = format!("that {}", act.name());
        let count = counts.acts.get(&act).copied().unwrap_or(0);
        add(words, colour, count, FilterPart::Act(act));
    }
    for factuality in Factuality::ALL {
        let words = format!("that are {}", factuality.name());
        add(words, None, 0, FilterPart::Factuality(factuality));
    }
    for ((field, value), count) in &counts.codes {
        let known = snap.project.codebook.fields.get(field);
        let name = known.map_or("unnamed", |field| field.name.as_str());
        let part = FilterPart::Code(*field, value.clone());
        add(format!("coded {name}: {value}"), None, *count, part);
    }
    for outlet in outlets(snap) {
        add(
            format!("published by {outlet}"),
            None,
            0,
            FilterPart::Outlet(outlet),
        );
    }
}

/// Without words to narrow it, a few of each kind.
fn spread(choices: Vec<(bool, FilterChoice)>, most: usize) -> Vec<FilterChoice> {
    let mut kept: Vec<FilterChoice> = Vec::new();
    for (_, choice) in choices {
        let kind = std::mem::discriminant(&choice.part);
        let same = kept
            .iter()
            .filter(|kept| std::mem::discriminant(&kept.part) == kind);
        if same.count() < 4 && kept.len() < most {
            kept.push(choice);
        }
    }
    kept
}

/// Returns the outlets of all articles, by name.
pub(crate) fn outlets(snap: &Snapshot) -> std::collections::BTreeSet<String> {
    let articles = snap.project.articles.values();
    articles
        .filter_map(|state| state.article.meta.outlet.clone())
        .collect()
}

fn set(filter: &mut Filter, part: &FilterPart) {
    match part {
        FilterPart::Holder(id) => drop(filter.holders.insert(*id)),
        FilterPart::Target(id) => drop(filter.targets.insert(*id)),
        FilterPart::Issue(id) => drop(filter.issues.insert(*id)),
        FilterPart::Act(act) => drop(filter.acts.insert(*act)),
        FilterPart::Polarity(side) => drop(filter.polarities.insert(*side)),
        FilterPart::Factuality(factuality) => drop(filter.factualities.insert(*factuality)),
        FilterPart::Outlet(outlet) => drop(filter.outlets.insert(outlet.clone())),
        FilterPart::Article(id) => drop(filter.articles.insert(*id)),
        FilterPart::Code(field, value) => {
            let values = filter.codes.entry(*field).or_default();
            values.insert(value.clone());
        }
        FilterPart::Review => filter.review = Some(ReviewFilter::Suggested),
        FilterPart::Dates | FilterPart::Text | FilterPart::Picked => {}
    }
}

fn add_menu(
    ui: &mut Ui,
    (snap, view_state, counts): (&Snapshot, &ViewState, &Counts),
    state: &mut FilterLineState,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    let button = ui.add(Button::ghost("Add a filter").icon(icons::PLUS).height(28.0));
    let id = Id::unique("add a filter");
    if button.clicked() {
        state.typed.clear();
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    Popup::menu(&button)
        .accessible_name("Filters")
        .frame(theme.card().inner_margin(8))
        .gap(4.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(320.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let hint = "Actor, issue, act, outlet…";
            let field = text_field(ui, id, &mut state.typed, "Find a filter", hint, 320.0);
            ui.add_space(4.0);
            let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let choices = filter_choices(
                snap,
                (&view_state.filter, counts.facets(snap)),
                &state.typed,
                14,
            );
            for (place, choice) in choices.iter().enumerate() {
                let item = MenuItem {
                    words: &choice.words,
                    note: &choice.right,
                    badge: choice.badge,
                    ..MenuItem::default()
                };
                if menu_item(ui, item).clicked() || (enter && place == 0) {
                    out.push(Command::SetFilter(choice.filter.clone()));
                    state.typed.clear();
                    ui.close();
                }
            }
            if choices.is_empty() {
                ui.label(egui::RichText::new("No filter of these words").color(theme.ink3));
            }
        });
}
