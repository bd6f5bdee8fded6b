//! A statement's card: who does what to whom on what, the sentence that shows it, when and where it
//! stood, and who says so.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Align2, Color32, Galley, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::analysis::{
    Row, StatementRef, Status, counted, date_short, date_short_year, span_words,
};
use crate::app::{Command, Commands};
use crate::edit::Edit;
use crate::model::{Article, EntityId, Factuality, Polarity, Statement, Swatch};
use crate::ui::icons;
use crate::ui::stance::{Frame, PAD, annotation};
use crate::ui::theme::{Face, Theme, elided};
use crate::ui::widgets::{line, paint, visual};

const TOP: f32 = 12.0;
const GAP: f32 = 4.0;
const META: f32 = 24.0;
const BOTTOM: f32 = 11.0;
/// Where the words of the head begin, right of the mark.
const INDENT: f32 = 17.0;
const BUTTON: f32 = 24.0;
/// Room for a colour of the codebook before a word.
const SWATCH: f32 = 14.0;
/// Rows of evidence before `…`.
const ROWS: usize = 3;

/// What a card shows, laid out.
pub(super) struct Card<'a> {
    at: StatementRef,
    row: &'a Row<Statement>,
    article: &'a Article,
    head: Arc<Galley>,
    /// Colours of the codebook, and the characters of the head that they stand before.
    swatches: Vec<(usize, Swatch)>,
    evidence: Arc<Galley>,
    years: bool,
    /// What else says the same: shown while the card is selected.
    again: Vec<Again>,
    /// How many sentences say it.
    sentences: usize,
    selected: bool,
}

/// Another sentence that says the same.
struct Again {
    at: StatementRef,
    /// When and where.
    place: String,
    evidence: Arc<Galley>,
}

impl Again {
    fn height(&self) -> f32 {
        GAP + 18.0 + self.evidence.size().y
    }
}

/// Who and what, in words.
struct Names<'a> {
    holder: &'a str,
    via: Option<&'a str>,
    target: Option<&'a str>,
    issue: Option<&'a str>,
}

fn names<'a>(frame: &Frame<'a>, statement: &'a Statement) -> Names<'a> {
    let view = &frame.snap.view;
    let name = |id: EntityId| view.entity_name(id);
    let plain = statement.holder.entity;
    let holder = frame.filter().holder(view, statement);
    let issue = statement.issue.as_ref();
    let known = issue.and_then(|issue| view.issues.get(&issue.issue?));
    Names {
        holder: name(holder),
        via: (plain != holder).then(|| name(plain)),
        target: statement.target.map(|target| name(target.entity)),
        issue: known
            .map(|row| row.name.as_str())
            .or(issue.map(|issue| issue.label.as_str())),
    }
}

impl<'a> Card<'a> {
    /// Lays a card out; none where the statement is there no more.
    pub(super) fn new(
        ui: &Ui,
        frame: &Frame<'a>,
        at: StatementRef,
        width: f32,
        years: bool,
    ) -> Option<Self> {
        let row = frame.snap.view.statement(at)?;
        let article = &frame.snap.project.articles.get(&at.article)?.article;
        let inner = width - 2.0 * PAD;
        let right = match row.value.factuality {
            Factuality::Asserted => 0.0,
            _ => 84.0,
        };
        let colours = colours(frame, &row.value);
        let names = names(frame, &row.value);
        let (mut head, swatches) = head_job(frame.theme, &names, &row.value, colours);
        head.wrap.max_width = inner - INDENT - right;
        head.wrap.max_rows = 2;
        head.wrap.overflow_character = Some('…');
        let set = |article: &Article, statement: &Statement| {
            let words = evidence(article, statement, inner);
            let format = Face::Read.format(15.0, 22.0, Color32::PLACEHOLDER);
            line(ui.painter(), &words, format, inner, ROWS)
        };
        let all = frame.snap.view.retold.all(at);
        let selected = is_selected(frame, at);
        let others = all.iter().filter(|other| selected && **other != at);
        let again = others.filter_map(|other| {
            let row = frame.snap.view.statement(*other)?;
            let article = &frame.snap.project.articles.get(&other.article)?.article;
            Some(Again {
                at: *other,
                place: date_and_outlet(&row.value, article, years),
                evidence: set(article, &row.value),
            })
        });
        Some(Self {
            at,
            row,
            article,
            again: again.collect(),
            head: ui.painter().layout_job(head),
            swatches,
            evidence: set(article, &row.value),
            years,
            sentences: all.len().max(1),
            selected,
        })
    }

    /// Returns its height.
    pub(super) fn height(&self) -> f32 {
        let again: f32 = self.again.iter().map(Again::height).sum();
        TOP + self.head.size().y + GAP + self.evidence.size().y + GAP + again + META + BOTTOM
    }

    fn meta(&self) -> String {
        let mut words = date_and_outlet(&self.row.value, self.article, self.years);
        if self.sentences > 1 {
            words += &format!(" · {}", counted(self.sentences, "sentence"));
        }
        for value in self.row.codes.values() {
            words += &format!(" · {value}");
        }
        words
    }
}

/// Whether the selection is this statement, or another that says the same.
fn is_selected(frame: &Frame<'_>, at: StatementRef) -> bool {
    let selection = &frame.view_state.selection;
    let all = frame.snap.view.retold.all(at);
    selection.marked.contains(&annotation(at))
        || selection.annotation.is_some_and(|selected| {
            selected == annotation(at) || all.iter().any(|other| selected == annotation(*other))
        })
}

fn date_and_outlet(statement: &Statement, article: &Article, years: bool) -> String {
    let span = statement.date.as_ref().and_then(|date| date.value.span());
    let day = match span {
        Some(span) if span.is_day() && years => date_short_year(span.first),
        Some(span) if span.is_day() => date_short(span.first),
        Some(span) => span_words(span),
        None => "no date".to_owned(),
    };
    match article.meta.outlet.as_deref() {
        Some(outlet) if !outlet.is_empty() => format!("{day} · {outlet}"),
        _ => day,
    }
}

/// Colours of act and issue.
fn colours(frame: &Frame<'_>, statement: &Statement) -> (Option<Swatch>, Option<Swatch>) {
    let issue = statement.issue.as_ref().and_then(|issue| issue.issue);
    let known = issue.and_then(|id| frame.snap.view.issues.get(&id));
    let act = frame.snap.project.codebook.act_colour(statement.act);
    (act, known.and_then(|row| row.colour))
}

/// Sets the head; returns it with the characters before which a colour stands.
fn head_job(
    theme: &Theme,
    names: &Names<'_>,
    statement: &Statement,
    (act_colour, issue_colour): (Option<Swatch>, Option<Swatch>),
) -> (LayoutJob, Vec<(usize, Swatch)>) {
    let mut job = LayoutJob::default();
    let mut swatches = Vec::new();
    let bold = Face::UiSemibold.format(13.5, 20.0, theme.ink);
    let plain = Face::Ui.format(13.5, 20.0, theme.ink2);
    let mut act = Face::UiMedium.format(12.5, 20.0, theme.ink2);
    act.extra_letter_spacing = 0.2;
    // Room for the square, then the place of the word that it stands before.
    let mut room = |job: &LayoutJob, colour: Option<Swatch>| {
        let place = job.text.chars().count() + 1;
        swatches.extend(colour.map(|colour| (place, colour)));
        if colour.is_some() { SWATCH } else { 2.0 }
    };
    job.append(&visual(names.holder), 0.0, bold.clone());
    if let Some(via) = names.via {
        job.append(&format!(" via {}", visual(via)), 0.0, plain.clone());
    }
    let before = room(&job, act_colour);
    job.append(&format!(" {}", statement.act), before, act);
    if let Some(target) = names.target {
        job.append(&format!(" {}", visual(target)), 2.0, bold);
    }
    if let Some(issue) = names.issue {
        if names.target.is_some() {
            job.append(" on", 0.0, plain.clone());
        }
        let before = room(&job, issue_colour);
        job.append(&format!(" {}", visual(issue)), before, plain);
    }
    (job, swatches)
}

/// Paints the colours of a head that stands at `at`.
fn swatches_ui(painter: &egui::Painter, theme: &Theme, at: Pos2, card: &Card<'_>) {
    for (place, colour) in &card.swatches {
        let word = card.head.pos_from_cursor(egui::text::CCursor::new(*place));
        let centre = at + vec2(word.min.x - 8.0, word.center().y);
        paint::swatch(painter, theme, centre, 9.0, *colour);
    }
}

/// Returns the sentence; one whose cue would be cut off begins nearer to it.
fn evidence(article: &Article, statement: &Statement, width: f32) -> String {
    let sentence = article.slice(statement.evidence.sentence);
    let (start, cue) = (
        statement.evidence.sentence.start(),
        statement.evidence.cue.start(),
    );
    let before = cue.checked_sub(start).map_or(0, usize::from);
    // A character of the serif is 0.48 of its size wide on average.
    let room = width / (15.0 * 0.48) * ROWS as f32 * 0.9;
    let chars = sentence
        .get(..before)
        .map_or(0, |lead| lead.chars().count());
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if (chars as f32) < room - 24.0 {
        return words(sentence);
    }
    let skip = chars.saturating_sub(60);
    let cut: String = sentence.chars().skip(skip).collect();
    let cut = cut.split_once(' ').map_or(cut.as_str(), |(_, rest)| rest);
    format!("…{}", words(cut))
}

/// Draws a card into `rect`; returns what it answered.
pub(super) fn card_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    card: &Card<'_>,
    out: &mut Commands,
) -> Response {
    let theme = frame.theme;
    let id = ui.scope_id().with(card.at);
    let response = ui.interact(rect, id, Sense::click());
    let marked = annotation(card.at);
    let many = frame.view_state.selection.marked.contains(&marked);
    let selected = card.selected;
    response.widget_info(|| {
        let words = card_name(frame, card);
        WidgetInfo::selected(Role::ListItem, true, selected, words)
    });
    let painter = ui.painter();
    if selected {
        painter.rect_filled(rect, 0.0, theme.sel);
    } else if response.contains_pointer() {
        painter.rect_filled(rect, 0.0, theme.hov);
    }
    let under = Stroke::new(1.0, theme.line);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, under);
    if selected {
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        painter.rect_filled(bar, 0.0, theme.ink);
    }
    let left = rect.left() + PAD;
    let mut y = rect.top() + TOP;
    let side = card.row.value.polarity();
    let centre = pos2(left + 5.0, y + 10.0);
    let solid = card.row.is_decided();
    paint::mark(painter, centre, 10.0, side, solid, theme.polarity(side));
    painter.galley(pos2(left + INDENT, y), card.head.clone(), theme.ink);
    swatches_ui(painter, theme, pos2(left + INDENT, y), card);
    let meta = if selected { theme.ink2 } else { theme.ink3 };
    if card.row.value.factuality != Factuality::Asserted {
        painter.text(
            pos2(rect.right() - PAD, y + 10.0),
            Align2::RIGHT_CENTER,
            card.row.value.factuality.name(),
            Face::Ui.font(12.5),
            meta,
        );
    }
    y += card.head.size().y + GAP;
    let ink = if selected { theme.ink } else { theme.ink2 };
    painter.galley(pos2(left, y), card.evidence.clone(), ink);
    y += card.evidence.size().y + GAP;
    y = all_again_ui(ui, rect.with_min_y(y), frame, card, out);
    meta_ui(ui, (rect, y + META / 2.0), frame, (card, meta), out);
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(5.0), 4, theme);
    }
    if response.double_clicked() {
        out.push(Command::EditStatement(marked));
    } else if response.clicked() && !ui.input(|input| input.modifiers.any()) {
        out.push(Command::Select(Some(marked)));
    }
    if many {
        let at = pos2(rect.left() + PAD + 5.0, rect.bottom() - BOTTOM - META / 2.0);
        paint::check(painter, at, 13.0, Stroke::new(1.8, theme.ink));
    }
    response
}

/// Shows all other sentences from the top of `rect`; returns where they end.
fn all_again_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    card: &Card<'_>,
    out: &mut Commands,
) -> f32 {
    let mut y = rect.top();
    for again in &card.again {
        let room = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), again.height()));
        again_ui(ui, room, frame, again, out);
        y += again.height();
    }
    y
}

/// Shows another sentence that says the same; a click goes there.
fn again_ui(ui: &Ui, rect: Rect, frame: &Frame<'_>, again: &Again, out: &mut Commands) {
    let theme = frame.theme;
    let response = ui.interact(
        rect,
        ui.scope_id().with((again.at, "again")),
        Sense::click(),
    );
    let words = format!("Also {}: {}", again.place, again.evidence.text());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let ink = if response.hovered() {
        theme.ink
    } else {
        theme.ink2
    };
    let painter = ui.painter();
    let (left, y) = (rect.left() + PAD, rect.top() + GAP);
    painter.text(
        pos2(left, y + 9.0),
        Align2::LEFT_CENTER,
        format!("also {}", again.place),
        Face::Ui.font(12.5),
        theme.ink2,
    );
    painter.galley(pos2(left, y + 18.0), again.evidence.clone(), ink);
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink2(vec2(8.0, 0.0)), 4, theme);
    }
    if response.clicked() {
        out.push(Command::Select(Some(annotation(again.at))));
    }
}

fn card_name(frame: &Frame<'_>, card: &Card<'_>) -> String {
    let names = names(frame, &card.row.value);
    let mut words = names.holder.to_owned();
    if let Some(via) = names.via {
        words += &format!(" via {}", visual(via));
    }
    words += &format!(" {}", card.row.value.act);
    if let Some(target) = names.target {
        words += &format!(" {target}");
    }
    if let Some(issue) = names.issue {
        words += &format!(" on {issue}");
    }
    let side: Polarity = card.row.value.polarity();
    format!(
        "{words}, {}, {}, {}",
        side.name(),
        card.meta(),
        status_words(frame, card)
    )
}

fn status_words(frame: &Frame<'_>, card: &Card<'_>) -> String {
    let by = |verb: &str, coder: &crate::model::CoderId| match frame.snap.project.coders.get(coder)
    {
        Some(name) if !name.is_empty() => format!("{verb} by {name}"),
        _ => verb.to_owned(),
    };
    match &card.row.status {
        Status::Suggested { confidence, .. } => format!("suggested · {:.2}", confidence.get()),
        Status::Confirmed { coder, .. } => by("confirmed", coder),
        Status::Added { coder, .. } => by("added", coder),
    }
}

fn meta_ui(
    ui: &Ui,
    (rect, y): (Rect, f32),
    frame: &Frame<'_>,
    (card, meta): (&Card<'_>, Color32),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let painter = ui.painter();
    let mut right = rect.right() - PAD;
    let decided = card.row.is_decided();
    if !decided {
        right = buttons(ui, pos2(right + 4.0, y), theme, card, out) - 4.0;
    }
    let words = status_words(frame, card);
    let font = Face::Ui.font(12.5);
    let ink = if decided { theme.ink2 } else { meta };
    let at = painter.text(pos2(right, y), Align2::RIGHT_CENTER, words, font, ink);
    let mut until = at.left() - 12.0;
    if decided {
        let stroke = Stroke::new(1.3, theme.ink2);
        paint::check(painter, pos2(at.left() - 9.0, y), 13.0, stroke);
        until -= 16.0;
    }
    let left = rect.left() + PAD;
    let format = Face::Ui.format(12.5, 18.0, meta);
    let galley = painter.layout_job(elided(&card.meta(), format, until - left, 1));
    painter.galley(pos2(left, y - galley.size().y / 2.0), galley, meta);
}

/// Draws ✓ ✗ ✎ with their right end at `right`; returns where they begin.
fn buttons(ui: &Ui, right: Pos2, theme: &Theme, card: &Card<'_>, out: &mut Commands) -> f32 {
    let marked = annotation(card.at);
    let choices = [
        (
            icons::CHECK,
            "Confirm",
            Command::Edit(Edit::Confirm(marked)),
        ),
        (icons::X, "Reject", Command::Edit(Edit::Reject(marked))),
        (
            icons::PENCIL,
            "Edit statement",
            Command::EditStatement(marked),
        ),
    ];
    let mut x = right.x - BUTTON * choices.len() as f32;
    let left = x;
    for (icon, name, command) in choices {
        let rect = Rect::from_center_size(pos2(x + BUTTON / 2.0, right.y), vec2(BUTTON, BUTTON));
        let response = ui.interact(rect, ui.scope_id().with((card.at, name)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let painter = ui.painter();
        if response.hovered() {
            painter.rect_filled(rect, 5.0, theme.raise);
            let stroke = Stroke::new(1.0, theme.line2);
            painter.rect_stroke(rect, 5.0, stroke, egui::StrokeKind::Inside);
        }
        paint::icon(painter, rect.center(), icon, 16.0, theme.ink);
        if response.has_focus() {
            paint::focus_ring(painter, rect.shrink(2.0), 4, theme);
        }
        if response.clicked() {
            out.push(command);
        }
        response.on_hover_text(name);
        x += BUTTON;
    }
    left
}
