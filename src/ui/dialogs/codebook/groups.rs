//! Groups of phrases that seem to be about one thing: `Enter` names one, and the next stands ready.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Key, ScrollArea, Ui};

use crate::analysis::{IssueGroup, StatementRef, open_phrases, propose_groups};
use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Issue, IssueId, IssueLink};
use crate::ui::dialogs::codebook::issues::phrase_ui;
use crate::ui::dialogs::codebook::look::{ListRow, ROW, list_row};
use crate::ui::dialogs::codebook::{halves, label, said};
use crate::ui::dialogs::{Shown, enter, field_id};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme, job};
use crate::ui::widgets::{Button, text_field};
use crate::ui::words;

/// The groups, and the one in hand.
#[derive(Default)]
pub(super) struct InHand {
    groups: Vec<IssueGroup>,
    /// Words, positions and first statement of each phrase.
    phrases: BTreeMap<IssueId, (String, usize, Option<StatementRef>)>,
    read_at: Option<u64>,
    /// Groups that stay without a name, by their first phrase.
    left: BTreeSet<IssueId>,
    /// The group in hand as the person has it: its first phrase, its name, the others.
    chosen: Option<Chosen>,
    focus: bool,
}

struct Chosen {
    first: IssueId,
    name: String,
    links: Vec<(IssueId, bool)>,
}

impl InHand {
    /// Works the proposals out anew where the project changed.
    pub(super) fn read(&mut self, shown: Shown<'_>) {
        if self.read_at == Some(shown.snap.revision) {
            return;
        }
        self.read_at = Some(shown.snap.revision);
        let codebook = &shown.snap.project.codebook;
        let open = open_phrases(&shown.snap.view, codebook);
        self.groups = propose_groups(&open, codebook);
        self.groups
            .sort_by_key(|group| std::cmp::Reverse(group.count));
        self.phrases = open
            .into_iter()
            .map(|phrase| {
                let about = (phrase.name.to_owned(), phrase.count, phrase.first);
                (phrase.phrase, about)
            })
            .collect();
    }

    /// Returns how many wait for a name.
    pub(super) fn count(&self) -> usize {
        self.open().count()
    }

    fn open(&self) -> impl Iterator<Item = &IssueGroup> {
        let first = |group: &IssueGroup| group.phrases.first().map(|(id, _)| *id);
        self.groups
            .iter()
            .filter(move |group| first(group).is_some_and(|first| !self.left.contains(&first)))
    }

    fn choose(&mut self, group: &IssueGroup) {
        let Some(((first, _), rest)) = group.phrases.split_first() else {
            return;
        };
        let mut letters = group.name.chars();
        let name = letters
            .next()
            .map(|first| first.to_uppercase().chain(letters));
        self.chosen = Some(Chosen {
            first: *first,
            name: name.into_iter().flatten().collect(),
            links: rest.to_vec(),
        });
        self.focus = true;
    }

    fn words(&self, phrase: IssueId) -> &str {
        let known = self.phrases.get(&phrase);
        known.map_or("unnamed", |(words, ..)| words)
    }
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, shown: Shown<'_>, hand: &mut InHand, out: &mut Commands) {
    let open: Vec<IssueGroup> = hand.open().cloned().collect();
    let first = |group: &IssueGroup| group.phrases.first().map(|(id, _)| *id);
    let at = hand.chosen.as_ref().and_then(|chosen| {
        open.iter()
            .position(|group| first(group) == Some(chosen.first))
    });
    // What was named or left is gone; the next stands ready.
    if at.is_none() {
        hand.chosen = None;
        if let Some(group) = open.first() {
            hand.choose(group);
        }
    }
    let at = at.unwrap_or(0);
    let step = ui.input(|input| {
        let down = i8::from(input.key_pressed(Key::ArrowDown));
        down - i8::from(input.key_pressed(Key::ArrowUp))
    });
    let next = at.saturating_add_signed(isize::from(step));
    if step != 0
        && let Some(group) = open.get(next)
    {
        hand.choose(group);
    }
    let (mut list, mut detail) = halves(ui);
    list_ui(&mut list, &open, hand);
    if hand.chosen.is_some() {
        ScrollArea::vertical()
            .id_salt("group")
            .show(&mut detail, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                detail_ui(ui, shown, hand, out);
            });
    } else {
        let words = "No phrases that seem to be about one thing wait for a name.";
        said(&mut detail, words, 14.0);
    }
}

fn list_ui(ui: &mut Ui, open: &[IssueGroup], hand: &mut InHand) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("groups");
    let mut clicked = None;
    area.show_rows(ui, ROW, open.len(), |ui, range| {
        for group in open.get(range).unwrap_or_default() {
            let first = group.phrases.first().map(|(id, _)| *id);
            let phrases = words::count(group.phrases.len(), "phrase", "phrases");
            let statements = words::count(group.count, "statement", "statements");
            let row = ListRow {
                name: &group.name,
                note: &phrases,
                spoken: &format!("{}, {phrases}, {statements}", group.name),
                chosen: hand.chosen.as_ref().map(|chosen| chosen.first) == first,
                ..ListRow::default()
            };
            if list_row(ui, row) {
                clicked = Some(group);
            }
        }
    });
    if let Some(group) = clicked {
        hand.choose(group);
    }
}

fn detail_ui(ui: &mut Ui, shown: Shown<'_>, hand: &mut InHand, out: &mut Commands) {
    let Some(mut chosen) = hand.chosen.take() else {
        return;
    };
    let width = ui.available_width();
    label(ui, "Name of the issue");
    let id = field_id("group name");
    let response = text_field(ui, id, &mut chosen.name, "Name of the issue", "", width);
    if std::mem::take(&mut hand.focus) {
        response.request_focus();
        select_all(ui, id, &chosen.name);
    }
    ui.add_space(8.0);
    label(ui, "Phrases that would belong to it");
    phrase(ui, shown, hand, chosen.first);
    let mut gone = None;
    for (at, (other, turned)) in chosen.links.iter_mut().enumerate() {
        ui.add_space(4.0);
        let words = if *turned {
            "turned: support opposes"
        } else {
            "same direction"
        };
        let name = hand.words(*other).to_owned();
        let (out_of_it, turn) = phrase_ui(ui, &name, words, icons::X, &format!("Leave {name} out"));
        if turn {
            *turned = !*turned;
        }
        if out_of_it {
            gone = Some(at);
        }
        sample(ui, shown, hand, *other);
    }
    if let Some(at) = gone {
        chosen.links.remove(at);
    }
    ui.add_space(14.0);
    let named = !chosen.name.trim().is_empty() && !chosen.links.is_empty();
    let mut done = false;
    ui.horizontal(|ui| {
        let name = Button::primary("Name the issue").caps(&["Enter"]);
        if ui.add(name.enabled(named)).clicked() || named && enter(ui) {
            out.push(Command::Edit(Edit::SetIssue {
                id: chosen.first,
                issue: issue_of(hand, &chosen),
            }));
            done = true;
        }
        if ui.add(Button::secondary("Not one issue")).clicked() {
            hand.left.insert(chosen.first);
            done = true;
        }
    });
    if !done {
        hand.chosen = Some(chosen);
    }
}

fn issue_of(hand: &InHand, chosen: &Chosen) -> Issue {
    let link = |(phrase, reversed): &(IssueId, bool)| IssueLink {
        phrase: *phrase,
        reversed: *reversed,
        words: hand.words(*phrase).to_owned(),
    };
    // Its own words too: the name is the person's, and later phrases are like these.
    let own = (chosen.first, false);
    Issue {
        name: chosen.name.trim().to_owned(),
        links: std::iter::once(&own)
            .chain(&chosen.links)
            .map(link)
            .collect(),
        ..Issue::default()
    }
}

fn phrase(ui: &mut Ui, shown: Shown<'_>, hand: &InHand, id: IssueId) {
    let theme = Theme::of(ui);
    let words = hand.words(id).to_owned();
    let format = Face::UiMedium.format(14.0, 20.0, theme.ink);
    ui.label(job(&words, format, ui.available_width()));
    sample(ui, shown, hand, id);
}

/// A sentence with the phrase.
fn sample(ui: &mut Ui, shown: Shown<'_>, hand: &InHand, id: IssueId) {
    let Some((_, count, Some(at))) = hand.phrases.get(&id) else {
        return;
    };
    let row = shown.snap.view.statement(*at);
    let state = shown.snap.project.articles.get(&at.article);
    let (Some(row), Some(state)) = (row, state) else {
        return;
    };
    let sentence = state.article.slice(row.value.evidence.sentence);
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let theme = Theme::of(ui);
    let format = Face::Read.format(14.0, 20.0, theme.ink2);
    let words = format!("{count}: {sentence}");
    ui.label(job(&words, format, ui.available_width()));
}

fn select_all(ui: &Ui, id: egui::Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    edit.cursor.set_char_range(Some(all));
    edit.store(ui.ctx(), id);
}
