//! The codebook: issues with their definition and the phrases that belong to them, and the acts.
//!
//! A phrase joined to an issue takes later articles with it; joined *turned*, its support counts as
//! oppose. What is only suggested becomes the person's once it is saved.

use std::collections::BTreeMap;

use egui::{Align, Context, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::IssueRow;
use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Act, Field, FieldId, Issue, IssueId, IssueLink, Project};
use crate::ui::dialogs::{Form, Shown, field_id, fields, focus_first};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{
    Button, Completion, DialogFrame, complete, dialog_title, line, segmented, text_field,
    text_field_lines,
};
use crate::ui::words;

const ROW: f32 = 40.0;
const LIST: f32 = 330.0;
/// Phrases that are offered at once.
const OFFERED: usize = 8;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Page {
    /// Issues.
    #[default]
    Issues,
    /// Acts.
    Acts,
    /// Own fields.
    Fields,
}

/// What the dialog remembers while it is open.
#[derive(Default)]
pub(super) struct CodebookForm {
    page: Page,
    chosen: Option<IssueId>,
    issue: Issue,
    /// What is typed for the next phrase.
    phrase: String,
    /// Names of all phrases, and the project that they were read from.
    phrases: BTreeMap<IssueId, String>,
    read_at: Option<u64>,
    /// The own field in hand, and its values as typed: one a line.
    field: Option<(FieldId, Field, String)>,
}

impl CodebookForm {
    fn read(&mut self, shown: Shown<'_>) {
        if self.read_at == Some(shown.snap.revision) {
            return;
        }
        self.read_at = Some(shown.snap.revision);
        self.phrases = phrases(&shown.snap.project);
        for (id, row) in &shown.snap.view.issues {
            self.phrases.entry(*id).or_insert_with(|| row.name.clone());
        }
    }

    fn choose(&mut self, shown: Shown<'_>, id: IssueId, row: &IssueRow) {
        self.chosen = Some(id);
        self.phrase.clear();
        let known = shown.snap.project.codebook.issues.get(&id);
        self.issue = known.cloned().unwrap_or_else(|| Issue {
            name: row.name.clone(),
            ..Issue::default()
        });
    }
}

/// Returns the words of every phrase that the engine found or a statement holds.
fn phrases(project: &Project) -> BTreeMap<IssueId, String> {
    let mut found = BTreeMap::new();
    for state in project.articles.values() {
        for (id, proposal) in state.proposed_issues.iter() {
            found.entry(*id).or_insert_with(|| proposal.name.clone());
        }
        let statements = state.annotations.statements.effective();
        for (_, row) in &statements {
            if let Some(issue) = &row.value().issue
                && let Some(id) = issue.issue
            {
                found.entry(id).or_insert_with(|| issue.label.clone());
            }
        }
    }
    found
}

pub(super) fn ui(ctx: &Context, shown: Shown<'_>, form: &mut Form, out: &mut Commands) -> bool {
    form.codebook.read(shown);
    let (inside, beside) = DialogFrame::new("Codebook", 880.0).show(ctx, |ui| {
        let close = dialog_title(ui, "Codebook");
        ui.add_space(4.0);
        let pages = [
            (Page::Issues, "Issues"),
            (Page::Fields, "Own fields"),
            (Page::Acts, "Acts"),
        ];
        if let Some(page) = segmented(ui, "Parts of the codebook", form.codebook.page, &pages) {
            form.codebook.page = page;
        }
        ui.add_space(8.0);
        match form.codebook.page {
            Page::Issues => issues_ui(ui, shown, form, out),
            Page::Fields => fields::show(ui, shown, &mut form.codebook.field, out),
            Page::Acts => acts_ui(ui, shown),
        }
        close
    });
    inside || beside
}

pub(super) fn height(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() - 260.0).clamp(200.0, 620.0)
}

fn issues_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut Form, out: &mut Commands) {
    let high = height(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let (left, right) = rect.split_left_right_at_x(rect.left() + LIST);
    let mut list = ui.new_child(egui::UiBuilder::new().max_rect(left).id_salt("issues"));
    list_ui(&mut list, shown, form);
    let room = right.with_min_x(right.left() + 24.0);
    let mut detail = ui.new_child(egui::UiBuilder::new().max_rect(room).id_salt("issue"));
    if form.codebook.chosen.is_some() {
        detail_ui(&mut detail, shown, &mut form.codebook, out);
    } else {
        let words = "Pick an issue to name it, define it, and join phrases to it.";
        let text = egui::RichText::new(words).font(Face::Ui.font(14.0));
        detail.label(text.color(Theme::of(ui).ink2));
    }
}

fn list_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut Form) {
    focus_first(ui, form, "issue search");
    let width = ui.available_width();
    let id = field_id("issue search");
    text_field(
        ui,
        id,
        &mut form.text,
        "Find an issue",
        "Name of an issue",
        width,
    );
    ui.add_space(6.0);
    let typed = form.text.trim().to_lowercase();
    let mut rows: Vec<(&IssueId, &IssueRow)> = shown
        .snap
        .view
        .issues
        .iter()
        .filter(|(_, row)| row.name.to_lowercase().contains(&typed))
        .collect();
    // The person's own first, then what most statements are on.
    rows.sort_by_cached_key(|(id, row)| {
        let count = std::cmp::Reverse(row.statements);
        (!row.decided, count, row.name.to_lowercase(), **id)
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical()
        .auto_shrink(false)
        .id_salt("issue list");
    area.show_rows(ui, ROW, rows.len(), |ui, range| {
        for (id, row) in rows.get(range).unwrap_or_default() {
            if row_ui(ui, row, form.codebook.chosen == Some(**id)) {
                form.codebook.choose(shown, **id, row);
            }
        }
    });
}

fn row_ui(ui: &mut Ui, row: &IssueRow, on: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let count = words::count(row.statements as usize, "statement", "statements");
    response.widget_info(|| {
        let by = if row.decided { "yours" } else { "suggested" };
        let words = format!("{}, {count}, {by}", row.name);
        WidgetInfo::selected(Role::ListItem, true, on, words)
    });
    let painter = ui.painter();
    if on {
        painter.rect_filled(rect, 6.0, theme.sel);
    } else if response.hovered() {
        painter.rect_filled(rect, 6.0, theme.hov);
    }
    let at = pos2(rect.right() - 10.0, rect.center().y);
    let font = Face::Ui.font(12.5);
    let count = row.statements.to_string();
    let right = painter.text(at, egui::Align2::RIGHT_CENTER, count, font, theme.ink3);
    let face = if row.decided {
        Face::UiSemibold
    } else {
        Face::Ui
    };
    let format = face.format(14.0, 18.0, theme.ink);
    let name = line(
        painter,
        &row.name,
        format,
        right.left() - rect.left() - 22.0,
        1,
    );
    painter.galley(
        pos2(rect.left() + 10.0, rect.center().y - name.size().y / 2.0),
        name,
        theme.ink,
    );
    if response.has_focus() {
        crate::ui::widgets::paint::focus_ring(painter, rect.shrink(3.0), 4, theme);
    }
    response.clicked()
}

pub(super) fn label(ui: &mut Ui, words: &str) {
    let colour = Theme::of(ui).ink2;
    ui.label(
        egui::RichText::new(words)
            .font(Face::Ui.font(12.5))
            .color(colour),
    );
}

fn detail_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut CodebookForm, out: &mut Commands) {
    let Some(id) = form.chosen else { return };
    let width = ui.available_width();
    label(ui, "Name");
    let name = field_id("issue name");
    text_field(
        ui,
        name,
        &mut form.issue.name,
        "Name of the issue",
        "",
        width,
    );
    ui.add_space(6.0);
    label(ui, "Definition");
    let definition = field_id("note");
    let text = &mut form.issue.definition;
    text_field_lines(ui, definition, text, "Definition of the issue", width, 3);
    ui.add_space(6.0);
    label(ui, "Phrases that belong to it");
    phrases_ui(ui, form);
    phrase_field(ui, shown, id, form);
    ui.add_space(14.0);
    let known = shown.snap.project.codebook.issues.get(&id);
    ui.horizontal(|ui| {
        let changed = known != Some(&form.issue);
        let named = !form.issue.name.trim().is_empty();
        let save = Button::primary("Save issue").enabled(changed && named);
        if ui.add(save).clicked() {
            let mut issue = form.issue.clone();
            issue.name = issue.name.trim().to_owned();
            form.issue.clone_from(&issue);
            out.push(Command::Edit(Edit::SetIssue { id, issue }));
        }
        if known.is_some()
            && ui
                .add(Button::secondary("Take out of the codebook"))
                .clicked()
        {
            out.push(Command::Edit(Edit::RemoveIssue(id)));
            form.chosen = None;
        }
    });
}

/// The joined phrases: turned or not, and a button to let one go.
fn phrases_ui(ui: &mut Ui, form: &mut CodebookForm) {
    let links: Vec<IssueLink> = form.issue.links.iter().cloned().collect();
    if links.is_empty() {
        let colour = Theme::of(ui).ink3;
        let words = "Only its own name. Type a phrase below to join it.";
        ui.label(
            egui::RichText::new(words)
                .font(Face::Ui.font(13.0))
                .color(colour),
        );
    }
    let most = 190.0;
    ScrollArea::vertical()
        .max_height(most)
        .id_salt("phrases")
        .show(ui, |ui| {
            for link in links {
                let name = form
                    .phrases
                    .get(&link.phrase)
                    .map_or("unnamed", String::as_str);
                let (gone, turned) = phrase_ui(ui, name, link.reversed);
                if gone || turned {
                    form.issue.links.remove(&link);
                }
                if turned {
                    form.issue.links.insert(IssueLink {
                        reversed: !link.reversed,
                        ..link
                    });
                }
            }
        });
}

/// Returns whether the phrase was let go, and whether it was turned.
fn phrase_ui(ui: &mut Ui, name: &str, reversed: bool) -> (bool, bool) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let buttons = Rect::from_min_max(pos2(rect.right() - 190.0, rect.top()), rect.max);
    let format = Face::Ui.format(14.0, 18.0, theme.ink);
    let galley = line(
        ui.painter(),
        name,
        format,
        buttons.left() - rect.left() - 8.0,
        1,
    );
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.ink);
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(buttons)
            .id_salt(name)
            .layout(layout),
    );
    let name_of_x = format!("Let {name} go");
    let let_go = Button::icon_only(icons::X, &name_of_x).height(26.0);
    let gone = row.add(let_go).clicked();
    let words = if reversed {
        "turned: support opposes"
    } else {
        "same direction"
    };
    let name_of_turn = format!("{name}: {words}");
    let turn = Button::ghost(words).height(26.0).name(&name_of_turn);
    (gone, row.add(turn).clicked())
}

/// Joins a phrase that stands in no issue of the codebook yet.
fn phrase_field(ui: &mut Ui, shown: Shown<'_>, id: IssueId, form: &mut CodebookForm) {
    let width = ui.available_width();
    let CodebookForm {
        phrase,
        issue,
        phrases,
        ..
    } = form;
    let codebook = &shown.snap.project.codebook.issues;
    let free = |other: &IssueId| {
        *other != id
            && !codebook.contains_key(other)
            && !issue.links.iter().any(|link| link.phrase == *other)
    };
    let count = |other: &IssueId| {
        shown
            .snap
            .view
            .issues
            .get(other)
            .map_or(0, |row| row.statements)
    };
    let find = |typed: &str| {
        let typed = typed.trim().to_lowercase();
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(&IssueId, &String)> = phrases
            .iter()
            .filter(|(other, name)| free(other) && name.to_lowercase().contains(&typed))
            .collect();
        found.sort_by_key(|(other, name)| (std::cmp::Reverse(count(other)), *name));
        let completion = |(other, name): (&IssueId, &String)| Completion {
            value: *other,
            words: name.clone(),
            badge: None,
            right: count(other).to_string(),
        };
        found.into_iter().take(OFFERED).map(completion).collect()
    };
    let field = field_id("phrase");
    let (_, taken) = complete(ui, field, phrase, "Join a phrase", width, find);
    if let Some(taken) = taken {
        issue.links.insert(IssueLink {
            phrase: taken,
            reversed: false,
        });
        phrase.clear();
    }
}

/// What the manual says that an act is, in short.
fn meaning(act: Act) -> &'static str {
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

fn acts_ui(ui: &mut Ui, shown: Shown<'_>) {
    let theme = Theme::of(ui);
    let mut counts: BTreeMap<Act, usize> = BTreeMap::new();
    for (_, row) in shown.snap.view.statements() {
        *counts.entry(row.value.act).or_default() += 1;
    }
    let most = height(ui);
    ScrollArea::vertical()
        .max_height(most)
        .id_salt("acts")
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for act in Act::ALL {
                let (rect, response) =
                    ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
                let count = counts.get(&act).copied().unwrap_or(0);
                response.widget_info(|| {
                    let words = format!("{act}, {}: {}, {count}", act.quad().name(), meaning(act));
                    WidgetInfo::labeled(Role::ListItem, true, words)
                });
                let y = rect.center().y;
                let put = |x: f32, words: &str, face: Face, ink| {
                    let at = pos2(rect.left() + x, y);
                    let font = face.font(13.5);
                    ui.painter()
                        .text(at, egui::Align2::LEFT_CENTER, words, font, ink);
                };
                put(0.0, act.name(), Face::UiMedium, theme.ink);
                put(110.0, act.quad().name(), Face::Ui, theme.ink3);
                put(270.0, meaning(act), Face::Ui, theme.ink2);
                ui.painter().text(
                    pos2(rect.right() - 8.0, y),
                    egui::Align2::RIGHT_CENTER,
                    count.to_string(),
                    Face::Ui.font(13.5),
                    theme.ink2,
                );
            }
        });
}
