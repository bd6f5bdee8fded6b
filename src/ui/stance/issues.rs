//! Issues: for each, who supports and who opposes it, all on one scale.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::{Sides, counted};
use crate::app::{Command, Commands};
use crate::model::EntityId;
use crate::ui::stance::bars;
use crate::ui::stance::cache::{IssueBlock, IssuesData};
use crate::ui::stance::paint::{self as shapes, BarStyle, Scale};
use crate::ui::stance::{Frame, PAD, child, offices_switch, only};
use crate::ui::theme::{Face, elided};
use crate::ui::widgets::paint;

const HEADS: f32 = 26.0;
const HEAD: f32 = 32.0;
const ROW: f32 = 25.0;
const BAR: f32 = 10.0;
const MORE: f32 = 20.0;
const END: f32 = 10.0;
const FOOT: f32 = 34.0;
/// Holders of an issue before *3 more*.
const FIRST: usize = 6;
const NEITHER: f32 = 46.0;

/// An issue that is asked for shows all its holders.
fn holders_shown(block: &IssueBlock, frame: &Frame<'_>) -> usize {
    let all = block.holders.len();
    if frame.filter().issues.contains(&block.issue) {
        all
    } else {
        all.min(FIRST)
    }
}

fn block_height(block: &IssueBlock, frame: &Frame<'_>) -> f32 {
    let shown = holders_shown(block, frame);
    let more = if block.holders.len() > shown {
        MORE
    } else {
        0.0
    };
    HEAD + ROW * shown as f32 + more + END
}

/// Returns the height that the chart would take.
pub(super) fn height(data: &IssuesData, frame: &Frame<'_>) -> f32 {
    let blocks = data.blocks.iter().map(|block| block_height(block, frame));
    HEADS + blocks.sum::<f32>() + FOOT
}

/// Draws the chart.
pub(super) fn show(ui: &mut Ui, frame: &Frame<'_>, data: &IssuesData, out: &mut Commands) {
    let full = ui.max_rect();
    let theme = frame.theme;
    let (heads, body) = full.split_top_bottom_at_y(full.top() + HEADS);
    let (body, foot) = body.split_top_bottom_at_y(body.bottom() - FOOT);
    if data.blocks.is_empty() {
        let words = "No statement on an issue in this filter";
        let at = pos2(heads.left() + PAD, heads.center().y);
        let font = Face::Ui.font(14.0);
        let at = ui
            .painter()
            .text(at, Align2::LEFT_CENTER, words, font, theme.ink2);
        let response = ui.interact(at, ui.scope_id().with("none"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
        return;
    }
    let names = (full.width() * 0.3).clamp(96.0, 240.0);
    let left = full.left() + PAD + 24.0 + names;
    let right = full.right() - PAD - NEITHER;
    let scale = Scale::new(left, right, data.most, 58.0);
    shapes::heads(
        ui.painter(),
        theme,
        scale.zero,
        full.right() - PAD,
        heads.center().y,
    );
    let mut body_ui = child(ui, body, "issues");
    ScrollArea::vertical()
        .id_salt("issues")
        .auto_shrink(false)
        .show_viewport(&mut body_ui, |ui, viewport| {
            ui.set_height(height(data, frame) - HEADS - FOOT);
            let top = ui.max_rect().top();
            let mut y = 0.0;
            for block in &data.blocks {
                let high = block_height(block, frame);
                if y + high >= viewport.min.y && y <= viewport.max.y {
                    let rect =
                        Rect::from_min_size(pos2(full.left(), top + y), vec2(full.width(), high));
                    block_ui(ui, rect, frame, (block, scale, names), out);
                }
                y += high;
            }
        });
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(foot.x_range(), foot.top() + 0.5, line);
    let switch = Rect::from_min_size(pos2(foot.left() + PAD, foot.top() + 5.0), vec2(230.0, 24.0));
    offices_switch(ui, switch, frame, out);
    if foot.width() > 440.0 - 1.0 {
        shapes::legend(ui.painter(), theme, foot.right() - PAD, switch.center().y);
    }
}

fn block_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    (block, scale, names): (&IssueBlock, Scale, f32),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let issues = &frame.filter().issues;
    let on = issues.contains(&block.issue);
    let dimmed = !issues.is_empty() && !on;
    let (head, mut rows) = rect.split_top_bottom_at_y(rect.top() + HEAD);
    let response = ui.interact(head, ui.scope_id().with(block.issue), Sense::click());
    let count = counted(block.total, "statement");
    response.widget_info(|| {
        let words = format!("{}, {count}", block.name);
        WidgetInfo::selected(Role::ListItem, true, on, words)
    });
    let painter = ui.painter();
    let state = (on, response.hovered());
    shapes::ground(painter, theme, head, state, frame.surface());
    let y = head.center().y;
    let meta = if on { theme.ink2 } else { theme.ink3 };
    let at = pos2(head.right() - PAD, y);
    let font = Face::Ui.font(12.5);
    let right = painter.text(at, Align2::RIGHT_CENTER, &count, font, meta);
    let ink = if dimmed { theme.ink3 } else { theme.ink };
    let format = Face::UiSemibold.format(13.5, 18.0, ink);
    let wide = right.left() - head.left() - PAD - 12.0;
    let galley = painter.layout_job(elided(&block.name, format, wide, 1));
    painter.galley(
        pos2(head.left() + PAD, y - galley.size().y / 2.0),
        galley,
        ink,
    );
    if response.has_focus() {
        paint::focus_ring(painter, head.shrink(5.0), 4, theme);
    }
    if response.clicked() {
        out.push(frame.change(|filter| {
            filter.issues = if on { [].into() } else { [block.issue].into() };
        }));
    }
    let top = rows.top();
    let shown = holders_shown(block, frame);
    for (holder, sides) in block.holders.iter().take(shown) {
        let (row, rest) = rows.split_top_bottom_at_y(rows.top() + ROW);
        let who = (block, *holder, sides);
        holder_ui(ui, row, frame, (who, dimmed, scale, names), out);
        rows = rest;
    }
    shapes::zero_line(painter, theme, scale.zero, top, rows.top());
    if block.holders.len() > shown {
        let words = format!("{} more", block.holders.len() - shown);
        let at = pos2(rows.left() + PAD + 24.0, rows.top() + MORE / 2.0);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            words,
            Face::Ui.font(12.5),
            theme.ink3,
        );
    }
}

fn holder_ui(
    ui: &Ui,
    rect: Rect,
    frame: &Frame<'_>,
    ((block, holder, sides), dimmed, scale, names): (
        (&IssueBlock, EntityId, &Sides),
        bool,
        Scale,
        f32,
    ),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let view = &frame.snap.view;
    let name = view.entity_name(holder);
    let holders = &frame.filter().holders;
    let alone = frame.filter().issues.len() == 1 && frame.filter().issues.contains(&block.issue);
    let on = alone && only(holders, holder);
    let dimmed = dimmed || !holders.is_empty() && !holders.contains(&holder);
    let response = ui.interact(
        rect,
        ui.scope_id().with((block.issue, holder)),
        Sense::click(),
    );
    response.widget_info(|| {
        let words = format!("{name} on {}, {}", block.name, sides.words());
        WidgetInfo::selected(Role::ListItem, true, on, words)
    });
    let painter = ui.painter();
    let state = (on, response.hovered());
    let surface = shapes::ground(painter, theme, rect, state, frame.surface());
    let y = rect.center().y;
    let at = pos2(rect.left() + PAD, y);
    bars::holder(
        painter,
        theme,
        at,
        (name, view.entity_type(holder)),
        (names + 16.0, 1),
    );
    let pair =
        |segment: &crate::analysis::Segment| (segment.confirmed.len(), segment.suggested.len());
    let style = BarStyle {
        height: BAR,
        surface,
        dimmed,
        size: 12.5,
    };
    let both = (pair(&sides.oppose), pair(&sides.support));
    shapes::bar(painter, theme, (scale, y), both, style);
    if !sides.neither.is_empty() {
        let meta = if on { theme.ink2 } else { theme.ink3 };
        let words = sides.neither.len().to_string();
        let at = pos2(rect.right() - PAD, y);
        painter.text(at, Align2::RIGHT_CENTER, words, Face::Ui.font(12.5), meta);
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(5.0), 4, theme);
    }
    if response.clicked() {
        out.push(Command::SelectEntity((!on).then_some(holder)));
        out.push(frame.change(|filter| {
            filter.issues = if on { [].into() } else { [block.issue].into() };
            filter.holders = if on { [].into() } else { [holder].into() };
        }));
    }
}
