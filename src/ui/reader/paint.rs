//! Layers of a page, bottom up: tints, selection, letters, underlines, review frame, gutter.

use std::collections::BTreeSet;
use std::ops::Range;

use egui::{
    Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use crate::analysis::Row;
use crate::figure::tokens::{Rgb, Underline};
use crate::model::{
    AnnotationId, AnnotationKind, EntityId, EntityType, Mention, Polarity, Statement, TextRange,
};
use crate::ui::reader::hit::{self, Spot};
use crate::ui::reader::layout::{LEVELS, Mark, MarkOf};
use crate::ui::reader::set::{Stretch, coloured};
use crate::ui::reader::state::{ReaderState, Target};
use crate::ui::reader::{Page, Screen, Visible, words};
use crate::ui::theme::{Face, elided};
use crate::ui::widgets::paint;

/// What lights up and what dims in this frame.
struct Light {
    hovered: Option<Target>,
    entity: Option<EntityId>,
    selected: Option<(AnnotationKind, AnnotationId)>,
    /// Whether all that is not lit goes to `ink3`.
    dim: bool,
    /// Sentences that stay in `ink` while the rest dims.
    lit: Vec<TextRange>,
    /// Words that the rest of the statement's fields stand on: (range, kind).
    fields: Vec<(TextRange, FieldMark)>,
    reviewing: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum FieldMark {
    Party(Rgb),
    Cue(Polarity),
    Issue,
}

/// Paints all visible paragraphs.
pub(crate) fn page(
    ui: &Ui,
    page: &Page<'_>,
    state: &ReaderState,
    Screen { visible, spots }: Screen<'_>,
) {
    let light = Light::new(page, state, visible);
    let painter = ui.painter();
    for shown in visible {
        paragraph(
            painter,
            page,
            &light,
            shown,
            ui.memory(|m| m.has_focus(super::reader_id())),
        );
    }
    gutter(painter, page, &light, visible, spots);
    if let Some(left) = page.notes {
        notes(ui, page, &light, visible, left);
    }
}

impl Light {
    fn new(page: &Page<'_>, state: &ReaderState, visible: &[Visible]) -> Self {
        let selection = &page.view_state.selection;
        let filter = &page.view_state.filter;
        let filtered = !filter.is_empty();
        let own = |annotation: &crate::model::Annotation| annotation.article == page.id;
        let selected = selection.annotation.filter(own).map(|a| (a.kind, a.id));
        let dim = selection.entity.is_some() || filtered;
        let lit = if dim {
            lit(page, filtered, visible)
        } else {
            Vec::new()
        };
        Self {
            hovered: state.hover.map(|hover| hover.target),
            entity: selection.entity,
            selected,
            dim,
            lit,
            fields: fields(page, selected),
            reviewing: page.view_state.review.is_some(),
        }
    }

    fn holds(&self, range: TextRange) -> bool {
        !self.dim || self.lit.iter().any(|lit| lit.contains_range(range))
    }
}

/// Returns the sentences on screen that stay in `ink`: those of statements that are asked for and
/// in which the selected entity takes part.
fn lit(page: &Page<'_>, filtered: bool, visible: &[Visible]) -> Vec<TextRange> {
    let filter = &page.view_state.filter;
    let entity = page.view_state.selection.entity;
    if filtered && !page.asked {
        return Vec::new();
    }
    let shown = visible
        .iter()
        .flat_map(|shown| page.layout.gutter_in.of(shown.paragraph));
    let rows = shown
        .filter_map(|at| page.layout.gutter.get(at))
        .filter_map(|item| page.view.statements.get(item.statement));
    rows.filter(|row| {
        entity.is_none_or(|entity| takes_part(page, &row.value, entity))
            && (!filtered || filter.asks_statement(&page.snap.view, row))
    })
    .map(|row| row.value.evidence.sentence)
    .collect()
}

fn takes_part(page: &Page<'_>, statement: &Statement, entity: EntityId) -> bool {
    statement.holder.entity == entity
        || statement.speaks_for == Some(entity)
        || page.snap.view.actor(statement) == entity
}

/// Returns the words of the selected statement's (or the draft's) fields.
fn fields(
    page: &Page<'_>,
    selected: Option<(AnnotationKind, AnnotationId)>,
) -> Vec<(TextRange, FieldMark)> {
    let palette = &page.theme.palette;
    let view = &page.snap.view;
    let mut found = Vec::new();
    let mut party = |party: Option<&crate::model::Party>| {
        if let Some(party) = party.filter(|party| !party.range.is_empty()) {
            let kind = view.entity_type(party.entity).unwrap_or(EntityType::State);
            found.push((party.range, FieldMark::Party(palette.entity_type(kind))));
        }
    };
    let draft = page.view_state.draft.as_ref();
    if let Some(draft) = draft.filter(|draft| draft.article == page.id) {
        party(draft.holder.as_ref());
        party(draft.target.as_ref());
        party(draft.reporter.as_ref());
        let side = draft
            .polarity_target
            .filter(|side| *side != Polarity::Neutral);
        let side = side.or(draft.polarity_issue).unwrap_or(Polarity::Neutral);
        found.push((draft.cue, FieldMark::Cue(side)));
        found.extend(draft.issue_range.map(|range| (range, FieldMark::Issue)));
        return found;
    }
    let Some((AnnotationKind::Statement, id)) = selected else {
        return found;
    };
    let Some(row) = page.view.statement(id) else {
        return found;
    };
    let statement = &row.value;
    party(Some(&statement.holder));
    party(statement.target.as_ref());
    found.push((statement.evidence.cue, FieldMark::Cue(statement.polarity())));
    let issue = statement.issue.as_ref().and_then(|issue| issue.range);
    found.extend(issue.map(|range| (range, FieldMark::Issue)));
    found
}

/// How a mark looks in its state.
struct Look {
    tint: Option<Color32>,
    outline: Option<(f32, Color32)>,
    line: Option<Color32>,
    /// Colour of the letters, where it is not that of the page around.
    text: Option<Color32>,
    pattern: Underline,
    framed: bool,
}

fn look(page: &Page<'_>, light: &Light, mark: &Mark) -> Option<Look> {
    let theme = page.theme;
    match mark.of {
        MarkOf::Rejected => Some(Look {
            tint: None,
            outline: None,
            line: None,
            text: Some(theme.ink3),
            pattern: Underline::Solid,
            framed: false,
        }),
        MarkOf::Timex(at) => {
            let row = page.view.timexes.get(at)?;
            let hovered = light.hovered == Some(Target::Timex(row.id));
            let framed = light.selected == Some((AnnotationKind::Timex, row.id));
            let line = if light.holds(mark.range) || hovered || framed {
                theme.ink2
            } else {
                theme.over(theme.palette.ink3, theme.palette.page, 0.4)
            };
            let wash = theme.over(theme.palette.ink2, theme.palette.page, 0.14);
            Some(Look {
                tint: hovered.then_some(wash),
                outline: None,
                line: Some(line),
                text: None,
                pattern: Underline::Dots,
                framed,
            })
        }
        MarkOf::Mention(at) => Some(mention_look(page, light, mark, page.view.mentions.get(at)?)),
    }
}

fn mention_look(page: &Page<'_>, light: &Light, mark: &Mark, row: &Row<Mention>) -> Look {
    let theme = page.theme;
    let palette = &theme.palette;
    let rgb = palette.entity_type(row.value.entity_type);
    let dark = palette.tint_percent > 14;
    let decided = f32::from(palette.tint_percent) / 100.0;
    let share = |share: f32| Some(theme.over(rgb, palette.page, share));
    let mut look = Look {
        tint: None,
        outline: None,
        line: None,
        text: None,
        pattern: Underline::of(row.value.entity_type),
        framed: light.selected == Some((AnnotationKind::Mention, row.id)),
    };
    let full = theme.entity_type(row.value.entity_type);
    let hovered = light.hovered == Some(Target::Mention(row.id));
    if light.entity.is_some() && row.value.entity == light.entity {
        look.tint = Some(full);
        look.text = Some(theme.inv);
    } else if hovered {
        look.tint = share(0.22);
        look.outline = Some((1.5, full));
        look.line = Some(full);
    } else if mark.quiet {
        if look.framed {
            look.line = Some(full);
        }
    } else if !light.holds(mark.range) && !look.framed && !acts_for(page, light, row) {
        look.line = Some(theme.over(palette.ink3, palette.page, 0.4));
    } else if row.is_decided() {
        look.tint = share(decided);
        look.line = Some(full);
    } else {
        look.tint = share(0.04);
        let outline = share(if dark { 0.55 } else { 0.40 });
        look.outline = outline.map(|colour| (1.0, colour));
        look.line = Some(full);
    }
    look
}

/// Whether the words name somebody who acts for the selected entity.
fn acts_for(page: &Page<'_>, light: &Light, row: &Row<Mention>) -> bool {
    let view = &page.snap.view;
    light.entity.is_some() && row.value.entity.map(|id| view.principal(id)) == light.entity
}

fn paragraph(painter: &Painter, page: &Page<'_>, light: &Light, shown: &Visible, focused: bool) {
    let theme = page.theme;
    let mut looks = Vec::new();
    for at in page.layout.marks_in.of(shown.paragraph) {
        let Some(mark) = page.layout.marks.get(at).filter(|mark| mark.depth < LEVELS) else {
            continue;
        };
        let Some(chars) = shown.chars(mark.range).filter(|chars| !chars.is_empty()) else {
            continue;
        };
        if let Some(look) = look(page, light, mark) {
            let stretches = shown.set.stretches(&chars);
            looks.push((mark, look, chars, stretches));
        }
    }
    sentence_wash(painter, page, light, shown);
    for (mark, look, _, stretches) in &looks {
        tint(painter, shown, mark, look, stretches);
    }
    field_tints(painter, page, light, shown);
    selection(painter, page, shown, focused);
    let mut colours: Vec<(Range<usize>, Color32)> = Vec::new();
    let base = if light.dim { theme.ink3 } else { theme.ink };
    if light.dim {
        let lit = light.lit.iter().filter_map(|range| shown.chars(*range));
        colours.extend(lit.map(|chars| (chars, theme.ink)));
    }
    let own = looks
        .iter()
        .filter_map(|(_, look, chars, _)| look.text.map(|t| (chars.clone(), t)));
    colours.extend(own);
    // On the light ground of a cue the words of a selected entity are dark again.
    let cues = light
        .fields
        .iter()
        .filter(|(_, field)| matches!(field, FieldMark::Cue(_)))
        .filter_map(|(range, _)| shown.chars(*range));
    colours.extend(cues.map(|chars| (chars, theme.ink)));
    let framed = looks
        .iter()
        .filter(|(_, look, ..)| look.framed && look.text.is_none());
    colours.extend(framed.map(|(_, _, chars, _)| (chars.clone(), theme.ink)));
    let runs = coloured(shown.map.chars(), base, &colours);
    shown.set.paint(painter, shown.origin, &runs);
    for (mark, look, _, stretches) in &looks {
        lines(painter, shown, mark, look, stretches);
    }
    field_lines(painter, page, light, shown);
    for (_, look, _, stretches) in &looks {
        if look.framed {
            frame(painter, page, shown, stretches);
        }
    }
    if let Some((AnnotationKind::Statement, id)) = light.selected
        && light.reviewing
        && let Some(row) = page.view.statement(id)
        && let Some(chars) = shown
            .chars(row.value.evidence.sentence)
            .filter(|c| !c.is_empty())
    {
        frame(painter, page, shown, &shown.set.stretches(&chars));
    }
}

/// The rectangle of a mark's row: −12 … +12 around its middle, 2 wider at each end, 2 less at top
/// and bottom for each mark around it.
fn row_rect(shown: &Visible, stretch: &Stretch, inset: f32) -> Rect {
    let y = shown.origin.y + shown.set.centre(stretch.row);
    let left = shown.origin.x + stretch.left - if stretch.begins { 2.0 } else { 1.0 };
    let right = shown.origin.x + stretch.right + if stretch.ends { 2.0 } else { 1.0 };
    Rect::from_min_max(pos2(left, y - 12.0 + inset), pos2(right, y + 12.0 - inset))
}

/// Radius 3, square where the words go on in the next row.
fn corners(stretch: &Stretch, radius: u8) -> CornerRadius {
    let left = if stretch.begins { radius } else { 0 };
    let right = if stretch.ends { radius } else { 0 };
    CornerRadius {
        nw: left,
        sw: left,
        ne: right,
        se: right,
    }
}

fn tint(painter: &Painter, shown: &Visible, mark: &Mark, look: &Look, stretches: &[Stretch]) {
    let inset = 2.0 * f32::from(mark.depth.min(LEVELS - 1));
    for stretch in stretches {
        let rect = row_rect(shown, stretch, inset);
        let corners = corners(stretch, 3);
        if let Some(fill) = look.tint {
            // Both tints of crossing marks show through.
            let fill = if mark.depth > 0 && look.text.is_none() {
                fill.gamma_multiply(0.8)
            } else {
                fill
            };
            painter.rect_filled(rect, corners, fill);
        }
        if let Some((width, colour)) = look.outline {
            let stroke = Stroke::new(width, colour);
            painter.rect_stroke(rect, corners, stroke, StrokeKind::Inside);
        }
    }
}

fn lines(painter: &Painter, shown: &Visible, mark: &Mark, look: &Look, stretches: &[Stretch]) {
    const BELOW: [f32; 3] = [11.5, 15.5, 18.5];
    let offset = BELOW.get(usize::from(mark.below)).copied().unwrap_or(18.5);
    for stretch in stretches {
        let y = shown.origin.y + shown.set.centre(stretch.row);
        let x = egui::Rangef::new(
            shown.origin.x + stretch.left,
            shown.origin.x + stretch.right,
        );
        if let Some(colour) = look.line {
            let ends = (stretch.begins, stretch.ends);
            paint::underline(painter, look.pattern, x, y + offset, colour, ends);
        } else if mark.of == MarkOf::Rejected
            && let Some(colour) = look.text
        {
            painter.hline(x, y + 1.0, Stroke::new(1.25, colour));
        }
    }
}

/// A hovered gutter mark tints its sentence.
fn sentence_wash(painter: &Painter, page: &Page<'_>, light: &Light, shown: &Visible) {
    let Some(Target::Statement(id)) = light.hovered else {
        return;
    };
    let Some(row) = page.view.statement(id) else {
        return;
    };
    if let Some(chars) = shown.chars(row.value.evidence.sentence) {
        for stretch in shown.set.stretches(&chars) {
            let rect = row_rect(shown, &stretch, -1.0);
            painter.rect_filled(rect, corners(&stretch, 3), page.theme.hov);
        }
    }
}

fn field_tints(painter: &Painter, page: &Page<'_>, light: &Light, shown: &Visible) {
    for (range, field) in &light.fields {
        let FieldMark::Cue(side) = field else {
            continue;
        };
        if let Some(chars) = shown.chars(*range).filter(|chars| !chars.is_empty()) {
            for stretch in shown.set.stretches(&chars) {
                let rect = row_rect(shown, &stretch, 0.0);
                let fill = page.theme.polarity_tint(*side);
                painter.rect_filled(rect, corners(&stretch, 3), fill);
            }
        }
    }
}

fn field_lines(painter: &Painter, page: &Page<'_>, light: &Light, shown: &Visible) {
    for (range, field) in &light.fields {
        let Some(chars) = shown.chars(*range).filter(|chars| !chars.is_empty()) else {
            continue;
        };
        for stretch in shown.set.stretches(&chars) {
            let y = shown.origin.y + shown.set.centre(stretch.row) + 11.5;
            let x = egui::Rangef::new(
                shown.origin.x + stretch.left,
                shown.origin.x + stretch.right,
            );
            match field {
                FieldMark::Party(rgb) => {
                    painter.hline(x, y, Stroke::new(2.0, page.theme.over(*rgb, *rgb, 1.0)));
                }
                FieldMark::Issue => {
                    let path = [pos2(x.min, y), pos2(x.max, y)];
                    painter.extend(Shape::dotted_line(&path, page.theme.ink2, 3.4, 0.8));
                }
                FieldMark::Cue(_) => {}
            }
        }
    }
}

/// Paints selected words, or the caret.
fn selection(painter: &Painter, page: &Page<'_>, shown: &Visible, focused: bool) {
    let Some(range) = page.view_state.selection.text else {
        return;
    };
    let theme = page.theme;
    if range.is_empty() {
        let here = shown.range.contains_inclusive(range.start());
        if focused && here {
            let byte = usize::from(range.start() - shown.range.start());
            let (row, x) = shown.set.caret(shown.map.character(byte));
            let y = shown.origin.y + shown.set.centre(row);
            painter.vline(
                shown.origin.x + x,
                y - 12.0..=y + 12.0,
                Stroke::new(1.5, theme.ink),
            );
        }
        return;
    }
    let Some(chars) = shown.chars(range).filter(|chars| !chars.is_empty()) else {
        return;
    };
    let half = page.setting.line / 2.0;
    for stretch in shown.set.stretches(&chars) {
        let y = shown.origin.y + shown.set.centre(stretch.row);
        let rect = Rect::from_min_max(
            pos2(shown.origin.x + stretch.left, y - half),
            pos2(shown.origin.x + stretch.right, y + half),
        );
        painter.rect_filled(rect, 0.0, theme.wash(theme.palette.ink, 0.18));
    }
}

/// Frames what is under review, row by row: 1.5 of ink, radius 4, a 7 % fill.
fn frame(painter: &Painter, page: &Page<'_>, shown: &Visible, stretches: &[Stretch]) {
    let theme = page.theme;
    for stretch in stretches {
        let rect = row_rect(shown, stretch, -2.0).expand2(vec2(2.0, 0.0));
        painter.rect_filled(rect, 4.0, theme.wash(theme.palette.ink, 0.07));
        painter.rect_stroke(rect, 4.0, Stroke::new(1.5, theme.ink), StrokeKind::Inside);
    }
}

fn gutter(painter: &Painter, page: &Page<'_>, light: &Light, visible: &[Visible], spots: &[Spot]) {
    let theme = page.theme;
    let mut marked = BTreeSet::new();
    for spot in spots {
        let Target::Statement(id) = spot.target else {
            continue;
        };
        let Some(row) = page.view.statement(id) else {
            continue;
        };
        let side = row.value.polarity();
        let active = light.hovered == Some(spot.target)
            || light.selected == Some((AnnotationKind::Statement, id));
        let colour = if light.holds(row.value.evidence.sentence) || active {
            theme.polarity(side)
        } else {
            let grey = theme.palette.ink3;
            theme.over(grey, theme.palette.page, 0.5)
        };
        let centre = spot.rect.center();
        // A sentence over two paragraphs has its mark in the first.
        if marked.insert(id) {
            if active {
                painter.rect_filled(
                    Rect::from_center_size(centre, vec2(18.0, 18.0)),
                    3.0,
                    theme.sel,
                );
            }
            paint::mark(painter, centre, 10.0, side, row.is_decided(), colour);
        }
        if let Some(end) = spot.bar {
            let path = [pos2(centre.x, centre.y + 9.0), pos2(centre.x, end)];
            let stroke = Stroke::new(3.0, colour);
            if row.is_decided() {
                painter.line_segment(path, stroke);
            } else {
                painter.extend(Shape::dashed_line(&path, stroke, 3.0, 3.0));
            }
        }
    }
    for shown in visible {
        for (at, count) in hit::overflow(page, shown) {
            let font = Face::Ui.font(12.5);
            let words = format!("+{count}");
            painter.text(at, Align2::RIGHT_CENTER, words, font, theme.ink3);
        }
    }
}

/// Statements as notes in the margin, pushed down so that they never overlap.
fn notes(ui: &Ui, page: &Page<'_>, light: &Light, visible: &[Visible], left: f32) {
    let theme = page.theme;
    let mut free = f32::NEG_INFINITY;
    let mut noted = BTreeSet::new();
    for shown in visible {
        for at in page.layout.gutter_in.of(shown.paragraph) {
            let Some(item) = page.layout.gutter.get(at) else {
                continue;
            };
            let (Some(row), Some(chars)) = (
                page.view.statements.get(item.statement),
                shown.chars(item.range),
            ) else {
                continue;
            };
            if !noted.insert(row.id) {
                continue;
            }
            let middle = shown.origin.y + shown.set.centre(shown.set.row_of(chars.start));
            let lit = light.holds(item.range);
            let ink = if lit { theme.ink2 } else { theme.ink3 };
            let words = words::statement(&page.snap.view, &row.value);
            let format = Face::Ui.format(12.5, 18.0, ink);
            let galley = ui.fonts_mut(|f| f.layout_job(elided(&words, format, 260.0, 2)));
            let top = (middle - 9.0).max(free);
            let x = shown.origin.x + left;
            let colour = if lit {
                theme.polarity(item.polarity)
            } else {
                theme.ink3
            };
            let centre = pos2(x + 5.0, top + 9.0);
            paint::mark(
                ui.painter(),
                centre,
                10.0,
                item.polarity,
                item.decided,
                colour,
            );
            free = top + galley.size().y + 8.0;
            ui.painter().galley(pos2(x + 18.0, top), galley, ink);
        }
    }
}
