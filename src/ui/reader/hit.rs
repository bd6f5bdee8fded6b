//! Where marks stand on screen, and which one a point is on.

use egui::{Pos2, Rect, pos2, vec2};

use crate::model::{Annotation, AnnotationKind, TextRange};
use crate::ui::reader::layout::{LEVELS, MarkOf, Track, tracks};
use crate::ui::reader::state::Target;
use crate::ui::reader::{Page, Visible, words};

/// A row of a mark, or a statement's mark in the gutter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub(crate) target: Target,
    pub(crate) rect: Rect,
    /// Nesting of a mention or time; 0 in the gutter.
    pub(crate) depth: u8,
    /// For a gutter mark, the y of the bar's end; none for one row.
    pub(crate) bar: Option<f32>,
}

/// Track 0 stands this far left of the text, each further one this much more.
const GUTTER_AT: f32 = 22.0;
const GUTTER_STEP: f32 = 15.0;

/// Returns all marks on screen, outer ones first.
pub(crate) fn spots(page: &Page<'_>, visible: &[Visible]) -> Vec<Spot> {
    let mut found = Vec::new();
    for shown in visible {
        for at in page.layout.marks_in.of(shown.paragraph) {
            let Some(mark) = page.layout.marks.get(at) else {
                continue;
            };
            let Some(target) = target(page, mark.of) else {
                continue;
            };
            if mark.depth >= LEVELS {
                continue;
            }
            let Some(chars) = shown.chars(mark.range).filter(|chars| !chars.is_empty()) else {
                continue;
            };
            found.extend(shown.set.stretches(&chars).into_iter().map(|stretch| {
                let y = shown.origin.y + shown.set.centre(stretch.row);
                Spot {
                    target,
                    rect: Rect::from_min_max(
                        pos2(shown.origin.x + stretch.left - 2.0, y - 12.0),
                        pos2(shown.origin.x + stretch.right + 2.0, y + 12.0),
                    ),
                    depth: mark.depth,
                    bar: None,
                }
            }));
        }
        gutter(page, shown, &mut found);
    }
    found
}

fn target(page: &Page<'_>, of: MarkOf) -> Option<Target> {
    match of {
        MarkOf::Mention(at) => page
            .view
            .mentions
            .get(at)
            .map(|row| Target::Mention(row.id)),
        MarkOf::Timex(at) => page.view.timexes.get(at).map(|row| Target::Timex(row.id)),
        MarkOf::Rejected => None,
    }
}

fn gutter(page: &Page<'_>, shown: &Visible, found: &mut Vec<Spot>) {
    let items: Vec<_> = page
        .layout
        .gutter_in
        .of(shown.paragraph)
        .filter_map(|at| {
            let item = page.layout.gutter.get(at)?;
            let chars = shown.chars(item.range).filter(|chars| !chars.is_empty())?;
            Some((item, shown.set.rows_of(&chars)))
        })
        .collect();
    let rows: Vec<_> = items.iter().map(|(_, rows)| *rows).collect();
    for ((item, (first, last)), track) in items.iter().zip(tracks(&rows)) {
        let (Track::At(track), Some(row)) = (track, page.view.statements.get(item.statement))
        else {
            continue;
        };
        let y = |row: usize| shown.origin.y + shown.set.centre(row);
        let x = shown.origin.x - GUTTER_AT - GUTTER_STEP * f32::from(track);
        found.push(Spot {
            target: Target::Statement(row.id),
            rect: Rect::from_center_size(pos2(x, y(*first)), vec2(GUTTER_STEP, 24.0)),
            depth: 0,
            bar: (last > first).then(|| y(*last) + 8.0),
        });
    }
}

/// Returns how many statements found no track, at the right end of the count, by the row where they
/// begin.
pub(crate) fn overflow(page: &Page<'_>, shown: &Visible) -> Vec<(Pos2, usize)> {
    let mut rows = Vec::new();
    for at in page.layout.gutter_in.of(shown.paragraph) {
        let item = page.layout.gutter.get(at);
        let chars = item.and_then(|item| shown.chars(item.range));
        if let Some(chars) = chars.filter(|chars| !chars.is_empty()) {
            rows.push(shown.set.rows_of(&chars));
        }
    }
    let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for ((first, _), track) in rows.iter().zip(tracks(&rows)) {
        if track == Track::More {
            *counts.entry(*first).or_default() += 1;
        }
    }
    // Left of the last mark, which is 10 wide.
    let x = shown.origin.x - GUTTER_AT - GUTTER_STEP * 2.0 - 8.0;
    let place = |row| pos2(x, shown.origin.y + shown.set.centre(row));
    counts
        .into_iter()
        .map(|(row, count)| (place(row), count))
        .collect()
}

/// Returns the innermost mark at a point.
pub(crate) fn at(spots: &[Spot], pos: Pos2) -> Option<&Spot> {
    spots
        .iter()
        .filter(|spot| {
            let mut rect = spot.rect;
            if let Some(end) = spot.bar {
                rect.max.y = rect.max.y.max(end);
            }
            rect.contains(pos)
        })
        .max_by_key(|spot| spot.depth)
}

/// Returns the annotation of a target.
pub(crate) fn annotation(page: &Page<'_>, target: Target) -> Annotation {
    let (kind, id) = match target {
        Target::Mention(id) => (AnnotationKind::Mention, id),
        Target::Timex(id) => (AnnotationKind::Timex, id),
        Target::Statement(id) => (AnnotationKind::Statement, id),
    };
    Annotation {
        article: page.id,
        kind,
        id,
    }
}

/// Returns the words that a target stands on; for a statement its sentence.
pub(crate) fn range(page: &Page<'_>, target: Target) -> Option<TextRange> {
    match target {
        Target::Mention(id) => {
            let row = page.view.mentions.iter().find(|row| row.id == id);
            row.map(|row| row.value.range)
        }
        Target::Timex(id) => {
            let row = page.view.timexes.iter().find(|row| row.id == id);
            row.map(|row| row.value.range)
        }
        Target::Statement(id) => page
            .view
            .statement(id)
            .map(|row| row.value.evidence.sentence),
    }
}

/// Returns the accessible name: *Iran, State, suggested*.
pub(crate) fn name(page: &Page<'_>, target: Target) -> String {
    match target {
        Target::Mention(id) => {
            let row = page.view.mentions.iter().find(|row| row.id == id);
            row.map_or_else(String::new, |row| {
                let kind = words::type_name(&page.snap.project, row.value.entity_type);
                words::mark_name(page.state, row.value.range, kind, &row.status)
            })
        }
        Target::Timex(id) => {
            let row = page.view.timexes.iter().find(|row| row.id == id);
            row.map_or_else(String::new, |row| {
                let value = words::timex_value(&row.value);
                words::mark_name(page.state, row.value.range, &value, &row.status)
            })
        }
        Target::Statement(id) => page.view.statement(id).map_or_else(String::new, |row| {
            words::statement_name(&page.snap.view, row)
        }),
    }
}
