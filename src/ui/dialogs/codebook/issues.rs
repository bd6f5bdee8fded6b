//! Issues: name, definition, colour, key, the phrases that belong to them and those that they caught.

use std::collections::BTreeMap;

use egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::analysis::IssueRow;
use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Issue, IssueId, IssueLink};
use crate::ui::dialogs::codebook::look::{ListRow, ROW, colour_and_key, list_row};
use crate::ui::dialogs::codebook::{halves, label, said};
use crate::ui::dialogs::{Form, Shown, field_id, focus_first};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{Button, Completion, complete, line, text_field, text_field_lines};
use crate::ui::words;

/// Phrases that are offered at once.
const OFFERED: usize = 8;

/// The issue in hand.
#[derive(Default)]
pub(super) struct InHand {
    chosen: Option<IssueId>,
    issue: Issue,
    /// What is typed for the next phrase.
    phrase: String,
    /// All phrases, and the project that they were read from.
    phrases: BTreeMap<IssueId, Phrase>,
    read_at: Option<u64>,
}

/// A phrase of the texts.
struct Phrase {
    words: String,
    /// The issue that it counts for now, where that is another.
    counts_for: Option<IssueId>,
    count: usize,
}

impl InHand {
    fn read(&mut self, shown: Shown<'_>) {
        if self.read_at != Some(shown.snap.revision) {
            self.read_at = Some(shown.snap.revision);
            self.phrases = phrases(shown);
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

    fn words<'a>(&'a self, link: &'a IssueLink) -> &'a str {
        if link.words.is_empty() {
            let known = self.phrases.get(&link.phrase);
            known.map_or("unnamed", |phrase| &phrase.words)
        } else {
            &link.words
        }
    }
}

/// Returns every phrase that a statement is on, with the issue that it counts for.
fn phrases(shown: Shown<'_>) -> BTreeMap<IssueId, Phrase> {
    let mut found: BTreeMap<IssueId, Phrase> = BTreeMap::new();
    for (article, state) in &shown.snap.project.articles {
        let Some(view) = shown.snap.view.articles.get(article) else {
            continue;
        };
        for (id, row) in state.annotations.statements.effective() {
            let Some(issue) = &row.value().issue else {
                continue;
            };
            let Some(phrase) = issue.issue else { continue };
            let now = view.statement(id).and_then(|row| row.value.issue.as_ref());
            let now = now.and_then(|issue| issue.issue);
            let entry = found.entry(phrase).or_insert_with(|| Phrase {
                words: issue.label.clone(),
                counts_for: now.filter(|now| *now != phrase),
                count: 0,
            });
            entry.count += 1;
        }
    }
    found
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, shown: Shown<'_>, form: &mut Form, out: &mut Commands) {
    form.codebook.issues.read(shown);
    let (mut list, mut detail) = halves(ui);
    list_ui(&mut list, shown, form);
    if form.codebook.issues.chosen.is_some() {
        ScrollArea::vertical()
            .id_salt("issue")
            .show(&mut detail, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                detail_ui(ui, shown, &mut form.codebook.issues, out);
            });
    } else {
        let words = "Pick an issue to name it, define it, and join phrases to it.";
        said(&mut detail, words, 14.0);
    }
}

fn list_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut Form) {
    focus_first(ui, form, "issue search");
    let width = ui.available_width();
    let id = field_id("issue search");
    let (name, hint) = ("Find an issue", "Name of an issue");
    text_field(ui, id, &mut form.text, name, hint, width);
    ui.add_space(6.0);
    let typed = form.text.trim().to_lowercase();
    let codebook = &shown.snap.project.codebook;
    let own = |id: &IssueId| {
        let known = codebook.issues.get(id);
        known.is_some_and(|issue| !issue.is_bare(*id))
    };
    let mut rows: Vec<(&IssueId, &IssueRow)> = shown
        .snap
        .view
        .issues
        .iter()
        .filter(|(_, row)| row.name.to_lowercase().contains(&typed))
        .collect();
    let counts = shown.snap.facets();
    // The person's own first, then what most statements are on.
    rows.sort_by_cached_key(|(id, row)| {
        let count = std::cmp::Reverse(counts.issue(**id));
        (!own(id), count, row.name.to_lowercase(), **id)
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical()
        .auto_shrink(false)
        .id_salt("issue list");
    area.show_rows(ui, ROW, rows.len(), |ui, range| {
        for (id, row) in rows.get(range).unwrap_or_default() {
            let known = codebook.issues.get(*id);
            let statements = counts.issue(**id);
            let count = words::count(statements, "statement", "statements");
            let strong = own(id);
            let by = if strong { "yours" } else { "suggested" };
            let drawn = ListRow {
                name: &row.name,
                note: &statements.to_string(),
                spoken: &format!("{}, {count}, {by}", row.name),
                colour: known.and_then(|issue| issue.colour),
                key: known.and_then(|issue| issue.key),
                strong,
                chosen: form.codebook.issues.chosen == Some(**id),
            };
            if list_row(ui, drawn) {
                form.codebook.issues.choose(shown, **id, row);
            }
        }
    });
}

fn detail_ui(ui: &mut Ui, shown: Shown<'_>, form: &mut InHand, out: &mut Commands) {
    let Some(id) = form.chosen else { return };
    let width = ui.available_width();
    label(ui, "Name");
    let name = field_id("issue name");
    let words = "Name of the issue";
    text_field(ui, name, &mut form.issue.name, words, "", width);
    ui.add_space(6.0);
    label(ui, "Definition");
    let definition = field_id("note");
    let text = &mut form.issue.definition;
    text_field_lines(ui, definition, text, "Definition of the issue", width, 3);
    ui.add_space(6.0);
    let issue = &mut form.issue;
    colour_and_key(ui, "the issue", &mut issue.colour, &mut issue.key);
    ui.add_space(6.0);
    label(ui, "Phrases that belong to it");
    phrases_ui(ui, form);
    phrase_field(ui, shown, id, form);
    caught_ui(ui, id, form);
    ui.add_space(14.0);
    buttons_ui(ui, shown, id, form, out);
}

fn buttons_ui(ui: &mut Ui, shown: Shown<'_>, id: IssueId, form: &mut InHand, out: &mut Commands) {
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
        let button = Button::secondary("Take out of the codebook");
        if known.is_some() && ui.add(button).clicked() {
            out.push(Command::Edit(Edit::RemoveIssue(id)));
            form.chosen = None;
        }
    });
}

/// The joined phrases: turned or not, and a button to let one go.
fn phrases_ui(ui: &mut Ui, form: &mut InHand) {
    let links: Vec<IssueLink> = form.issue.links.iter().cloned().collect();
    if links.is_empty() {
        said(
            ui,
            "Only its own name. Type a phrase below to join it.",
            13.0,
        );
    }
    for link in links {
        let words = if link.reversed {
            "turned: support opposes"
        } else {
            "same direction"
        };
        let name = form.words(&link).to_owned();
        let (gone, turned) = phrase_ui(ui, &name, words, icons::X, &format!("Let {name} go"));
        if gone || turned {
            form.issue.links.remove(&link);
        }
        if turned && !gone {
            form.issue.links.insert(IssueLink {
                reversed: !link.reversed,
                ..link
            });
        }
    }
}

/// A phrase with a button in words and one with an icon; returns which was clicked: icon, words.
pub(super) fn phrase_ui(
    ui: &mut Ui,
    name: &str,
    words: &str,
    icon: char,
    icon_name: &str,
) -> (bool, bool) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let buttons = Rect::from_min_max(pos2(rect.right() - 210.0, rect.top()), rect.max);
    let format = Face::Ui.format(14.0, 18.0, theme.ink);
    let room = buttons.left() - rect.left() - 8.0;
    let galley = line(ui.painter(), name, format, room, 1);
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.ink);
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(buttons)
            .id_salt(name)
            .layout(layout),
    );
    let one = row.add(Button::icon_only(icon, icon_name).height(26.0));
    let spoken = format!("{name}: {words}");
    let two = row.add(Button::ghost(words).height(26.0).name(&spoken));
    (one.clicked(), two.clicked())
}

/// Phrases that count for the issue because they are like its own: joined or kept apart for good.
fn caught_ui(ui: &mut Ui, id: IssueId, form: &mut InHand) {
    let mut caught: Vec<(IssueId, String, usize)> = form
        .phrases
        .iter()
        .filter(|(phrase, found)| {
            let linked = form.issue.links.iter().any(|link| link.phrase == **phrase);
            found.counts_for == Some(id) && !linked && !form.issue.apart.contains(*phrase)
        })
        .map(|(phrase, found)| (*phrase, found.words.clone(), found.count))
        .collect();
    if caught.is_empty() {
        return;
    }
    caught.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    ui.add_space(6.0);
    label(ui, "Caught since, because they are like these");
    for (phrase, words, count) in caught {
        let shown = format!("{words} ({count})");
        let apart = format!("Keep {words} apart");
        let (apart, join) = phrase_ui(ui, &shown, "Join", icons::X, &apart);
        if apart {
            form.issue.apart.insert(phrase);
        } else if join {
            form.issue.links.insert(IssueLink {
                phrase,
                reversed: false,
                words,
            });
        }
    }
}

/// Joins a phrase that stands in no issue of the codebook yet.
fn phrase_field(ui: &mut Ui, shown: Shown<'_>, id: IssueId, form: &mut InHand) {
    let width = ui.available_width();
    let InHand {
        phrase,
        issue,
        phrases,
        ..
    } = form;
    let codebook = &shown.snap.project.codebook.issues;
    let free = |other: &IssueId| {
        let named = codebook.get(other);
        *other != id
            && named.is_none_or(|named| named.is_bare(*other))
            && !issue.links.iter().any(|link| link.phrase == *other)
    };
    let find = |typed: &str| {
        let typed = typed.trim().to_lowercase();
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(&IssueId, &Phrase)> = phrases
            .iter()
            .filter(|(other, found)| free(other) && found.words.to_lowercase().contains(&typed))
            .collect();
        found.sort_by_key(|(_, found)| (std::cmp::Reverse(found.count), &found.words));
        let completion = |(other, found): (&IssueId, &Phrase)| Completion {
            value: *other,
            words: found.words.clone(),
            badge: None,
            right: found.count.to_string(),
        };
        found.into_iter().take(OFFERED).map(completion).collect()
    };
    let field = field_id("phrase");
    let (_, taken) = complete(ui, field, phrase, "Join a phrase", width, find);
    if let Some(taken) = taken {
        let words = phrases.get(&taken).map(|found| found.words.clone());
        issue.links.insert(IssueLink {
            phrase: taken,
            reversed: false,
            words: words.unwrap_or_default(),
        });
        issue.apart.remove(&taken);
        phrase.clear();
    }
}
