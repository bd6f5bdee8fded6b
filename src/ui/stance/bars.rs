//! By actor: oppose left and support right of zero, one scale; click to ask for a holder.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::analysis::{Facets, Period, Picked, RowOrder, counted};
use crate::app::{Command, Commands, StanceOptions};
use crate::figure::bars::{BarRow, NO_VALUE, RowOf};
use crate::model::{EntityId, FieldId, Polarity};
use crate::ui::stance::cache::BarsData;
use crate::ui::stance::paint::{self as shapes, BarStyle, Scale};
use crate::ui::stance::{Frame, PAD, ask_exactly, child, offices_switch, only, periods};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{Button, MenuItem, line, menu, menu_item, menu_section, paint};

const CONTROLS: f32 = 28.0;
const HEADS: f32 = 26.0;
const ROW: f32 = 33.0;
const BAR: f32 = 14.0;
const FOOT: f32 = 36.0;
/// Rows before *11 more holders*.
const FIRST: usize = 12;
/// Room for the number of neither.
const NEITHER: f32 = 46.0;
/// Between bars and columns by period.
const GAP: f32 = 14.0;
/// Most issues that the menu lists; the tab of issues has them all.
const MENU: usize = 100;

fn shown_rows(data: &BarsData, all: bool) -> usize {
    let rows = data.chart.rows.len();
    if all { rows } else { rows.min(FIRST) }
}

/// Returns the height that the chart would take.
pub(super) fn height(data: &BarsData, all: bool) -> f32 {
    let more = if data.chart.rows.len() > FIRST {
        ROW
    } else {
        0.0
    };
    CONTROLS + HEADS + ROW * shown_rows(data, all) as f32 + more + FOOT
}

/// Draws the chart.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame<'_>,
    data: &BarsData,
    (orders, all): (&mut StanceOptions, &mut bool),
    out: &mut Commands,
) {
    let full = ui.max_rect();
    let (controls, below) = full.split_top_bottom_at_y(full.top() + CONTROLS);
    let (heads, body) = below.split_top_bottom_at_y(below.top() + HEADS);
    controls_ui(ui, controls, frame, data, out);
    let names = names_width(ui, data, full.width());
    let left = full.left() + PAD + 24.0 + names;
    let columns = columns_width(data, full.width());
    let edge = full.right() - PAD - columns;
    let scale = Scale::new(left, edge - NEITHER, data.most, 58.0);
    let theme = frame.theme;
    if columns > 0.0 {
        let at = Rect::from_min_max(
            pos2(edge + GAP, heads.top()),
            pos2(full.right() - PAD, heads.bottom()),
        );
        periods::heads(ui, at, frame, &data.periods);
    }
    // Beside columns the word for neither has no room; the numbers stay.
    let roomy = edge - scale.zero > 125.0;
    shapes::heads(
        ui.painter(),
        theme,
        scale.zero,
        roomy.then_some(edge),
        heads.center().y,
    );
    order_menu(ui, heads, frame, scale.zero - 62.0, orders);
    let mut body_ui = child(ui, body, "holders");
    let rows = shown_rows(data, *all);
    let content = height(data, *all) - CONTROLS - HEADS;
    ScrollArea::vertical()
        .id_salt("holders")
        .auto_shrink(false)
        .show_viewport(&mut body_ui, |ui, viewport| {
            ui.set_height(content);
            let top = ui.max_rect().top();
            let chosen = chosen(frame, data);
            for (at, row) in data.chart.rows.iter().take(rows).enumerate() {
                let y = ROW * at as f32;
                if y > viewport.max.y || y + ROW < viewport.min.y {
                    continue;
                }
                let rect = Rect::from_min_max(
                    pos2(full.left(), top + y),
                    pos2(full.right(), top + y + ROW),
                );
                let (bars, beside) = rect.split_left_right_at_x(edge + PAD);
                row_ui(ui, (rect, bars), frame, (row, chosen, scale, names), out);
                if columns > 0.0 {
                    let at = beside.with_min_x(edge + GAP).with_max_x(full.right() - PAD);
                    periods::row(ui, at, frame, (row, &data.periods), out);
                }
            }
            let bottom = top + ROW * rows as f32;
            shapes::zero_line(ui.painter(), theme, scale.zero, top, bottom);
            foot_ui(ui, bottom, frame, data.chart.rows.len(), all, out);
        });
}

/// Room for columns by period.
fn columns_width(data: &BarsData, width: f32) -> f32 {
    if data.periods.starts.is_empty() {
        0.0
    } else {
        (width * 0.22).clamp(80.0, 420.0)
    }
}

/// The widest of the first names, as far as the bars keep room.
fn names_width(ui: &Ui, data: &BarsData, width: f32) -> f32 {
    let names = data.chart.rows.iter().take(FIRST).map(|row| {
        let font = Face::UiMedium.font(13.5);
        let colour = egui::Color32::PLACEHOLDER;
        let galley = ui.painter().layout_no_wrap(row.name.clone(), font, colour);
        galley.size().x + 10.0
    });
    names.fold(72.0, f32::max).min(width * 0.36)
}

/// The holder that lights up: the selected one, where it holds anything.
fn chosen(frame: &Frame<'_>, data: &BarsData) -> Option<EntityId> {
    let selected = frame.view_state.selection.entity?;
    let holds = |row: &BarRow| row.of == RowOf::Actor(selected);
    data.chart.rows.iter().any(holds).then_some(selected)
}

fn row_ui(
    ui: &Ui,
    (whole, rect): (Rect, Rect),
    frame: &Frame<'_>,
    (row, chosen, scale, names): (&BarRow, Option<EntityId>, Scale, f32),
    out: &mut Commands,
) {
    let theme = frame.theme;
    let asked_alone = match &row.of {
        RowOf::Actor(entity) => only(&frame.filter().holders, *entity),
        RowOf::Value(field, value) => asks_value(frame, *field, value.as_ref()),
    };
    let actor = row.of.actor();
    let selected = asked_alone || (actor.is_some() && chosen == actor);
    let dimmed = !row.asked || (chosen.is_some() && chosen != actor && !asked_alone);
    let id = ui.scope_id().with(&row.of);
    let response = ui.interact(whole, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &row.label));
    if response.clicked() {
        let add = ui.input(|input| input.modifiers.command);
        match &row.of {
            RowOf::Actor(entity) => click(*entity, frame, add, out),
            RowOf::Value(field, value) => click_value(frame, (row, *field, value), add, out),
        }
    }
    let painter = ui.painter();
    let state = (selected, response.hovered());
    let surface = shapes::ground(painter, theme, whole, state, frame.surface());
    let y = rect.center().y;
    let x = rect.left() + PAD;
    if let Some(entity_type) = row.entity_type {
        let dim = dimmed.then_some(surface);
        paint::badge(painter, theme, pos2(x + 8.0, y), entity_type, dim);
    }
    let ink = if dimmed { theme.ink3 } else { theme.ink };
    let format = Face::UiMedium.format(13.5, 18.0, ink);
    let name = line(painter, &row.name, format, names - 8.0, 1);
    painter.galley(pos2(x + 24.0, y - name.size().y / 2.0), name, ink);
    let style = BarStyle {
        height: BAR,
        surface,
        dimmed,
        size: 13.0,
    };
    shapes::bar(painter, theme, (scale, y), (row.oppose, row.support), style);
    sides_ui(ui, (rect, id), frame, (row, scale), out);
    let meta = if selected { theme.ink2 } else { theme.ink3 };
    painter.text(
        pos2(rect.right() - PAD, y),
        Align2::RIGHT_CENTER,
        row.neither.to_string(),
        Face::Ui.font(13.0),
        meta,
    );
    if response.has_focus() {
        paint::focus_ring(painter, whole.shrink(5.0), 4, theme);
    }
    if !row.note.is_empty() {
        response.on_hover_text(format!("{} {}", row.name, row.note));
    }
}

/// A click on a bar, or on the number of neither, asks for exactly its statements.
fn sides_ui(
    ui: &Ui,
    (rect, id): (Rect, egui::Id),
    frame: &Frame<'_>,
    (row, scale): (&BarRow, Scale),
    out: &mut Commands,
) {
    let sides = [Polarity::Oppose, Polarity::Support, Polarity::Neutral];
    for (side, refs) in sides.into_iter().zip(&row.refs) {
        if refs.is_empty() {
            continue;
        }
        let area = match side {
            Polarity::Neutral => Rect::from_center_size(
                pos2(rect.right() - PAD - 8.0, rect.center().y),
                vec2(24.0, 22.0),
            ),
            Polarity::Oppose => scale.area(side, rect.center().y, row.oppose, BAR),
            Polarity::Support => scale.area(side, rect.center().y, row.support, BAR),
        };
        let response = ui.interact(area, id.with(side), Sense::CLICK);
        let words = format!("{}, {} {}", row.name, refs.len(), side.name());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        if response.hovered() {
            let stroke = egui::Stroke::new(1.5, frame.theme.ink);
            let kind = egui::StrokeKind::Outside;
            ui.painter()
                .rect_stroke(area.expand(1.0), 1.0, stroke, kind);
        }
        if response.clicked() {
            out.push(ask_exactly(frame, &words, refs.iter().copied(), |filter| {
                match &row.of {
                    RowOf::Actor(entity) => filter.holders = [*entity].into(),
                    RowOf::Value(field, value) => {
                        let value = value.iter().cloned().collect();
                        drop(filter.codes.insert(*field, value));
                    }
                }
                filter.polarities = [side].into();
            }));
        }
    }
}

/// Asks for a holder alone, or (with `Ctrl`) besides others; again takes it back.
pub(super) fn click(entity: EntityId, frame: &Frame<'_>, add: bool, out: &mut Commands) {
    let holders = &frame.filter().holders;
    let off = if add {
        holders.contains(&entity)
    } else {
        only(holders, entity)
    };
    out.push(Command::SelectEntity((!off).then_some(entity)));
    out.push(frame.change(|filter| {
        if off {
            filter.holders.remove(&entity);
        } else if add {
            filter.holders.insert(entity);
        } else {
            filter.holders = [entity].into();
        }
    }));
}

/// Whether the filter asks for this value of the field and no other.
fn asks_value(frame: &Frame<'_>, field: FieldId, value: Option<&String>) -> bool {
    let asked = frame.filter().codes.get(&field);
    asked.is_some_and(|asked| asked.len() == 1 && value.is_some_and(|value| asked.contains(value)))
}

/// Asks for a value alone, or (with `Ctrl`) besides others; again takes it back. Statements without a
/// value are picked one by one.
fn click_value(
    frame: &Frame<'_>,
    (row, field, value): (&BarRow, FieldId, &Option<String>),
    add: bool,
    out: &mut Commands,
) {
    let Some(value) = value else {
        let refs = row.refs.iter().flatten().copied();
        let name = field_name(frame, field);
        let words = format!("{NO_VALUE} of {name}");
        let picked = frame.filter().picked.as_ref();
        let off = picked.is_some_and(|picked| picked.words == words);
        let picked = (!off).then(|| Picked::new(words, refs));
        out.push(frame.change(|filter| filter.picked = picked));
        return;
    };
    let off = asks_value(frame, field, Some(value));
    out.push(frame.change(|filter| {
        let mut values = filter.codes.remove(&field).unwrap_or_default();
        let had = values.contains(value);
        if !add {
            values.clear();
        }
        if off || (add && had) {
            values.remove(value);
        } else {
            values.insert(value.clone());
        }
        if !values.is_empty() {
            filter.codes.insert(field, values);
        }
    }));
}

fn field_name<'a>(frame: &Frame<'a>, field: FieldId) -> &'a str {
    let known = frame.snap.project.codebook.fields.get(&field);
    known.map_or("no longer there", |field| field.name.as_str())
}

fn foot_ui(
    ui: &mut Ui,
    top: f32,
    frame: &Frame<'_>,
    rows: usize,
    all: &mut bool,
    out: &mut Commands,
) {
    let left = ui.max_rect().left() + PAD;
    let mut y = top;
    if rows > FIRST {
        let words = if *all {
            "Fewer rows".to_owned()
        } else {
            let left = rows - FIRST;
            let noun = match (frame.view_state.stance.field, left) {
                (Some(_), 1) => "value",
                (Some(_), _) => "values",
                (None, 1) => "holder",
                (None, _) => "holders",
            };
            format!("{left} more {noun}")
        };
        let at = Rect::from_min_size(pos2(left - 9.0, y + 4.0), vec2(170.0, 26.0));
        let mut row = ui.new_child(UiBuilder::new().max_rect(at).id_salt("more"));
        if row.add(Button::ghost(&words).height(26.0)).clicked() {
            *all = !*all;
        }
        y += ROW;
    }
    let rect = Rect::from_min_size(pos2(left, y + 4.0), vec2(240.0, FOOT - 8.0));
    offices_switch(ui, rect, frame, out);
}

fn controls_ui(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, data: &BarsData, out: &mut Commands) {
    let theme = frame.theme;
    let y = rect.center().y;
    shapes::legend(ui.painter(), theme, rect.right() - PAD, y);
    let lead = ui.painter().text(
        pos2(rect.left() + PAD, y),
        Align2::LEFT_CENTER,
        "Positions on",
        Face::Ui.font(13.0),
        theme.ink2,
    );
    let room = rect.right() - PAD - 178.0 - lead.right() - 40.0;
    let issues = &frame.filter().issues;
    let name = |id| {
        let known = frame.snap.view.issues.get(id);
        known.map_or("unnamed", |row| row.name.as_str())
    };
    let words = match issues.len() {
        0 => "all issues".to_owned(),
        1 => issues.first().map_or("", name).to_owned(),
        many => counted(many, "issue"),
    };
    let words = shapes::fit(
        ui.painter(),
        &words,
        &Face::UiMedium.font(13.0),
        room.max(60.0),
    );
    let at = Rect::from_min_max(pos2(lead.right() - 4.0, y - 13.0), rect.right_bottom());
    let mut row = ui.new_child(UiBuilder::new().max_rect(at).id_salt("issue"));
    let name = format!("Positions on {words}");
    let response = row.add(Button::ghost(&words).height(26.0).caret().name(&name));
    menu(&response, "Issues", 280.0, |ui| {
        issue_menu(ui, frame, data.facets(frame), out);
    });
}

fn issue_menu(ui: &mut Ui, frame: &Frame<'_>, counts: &Facets, out: &mut Commands) {
    let asked = &frame.filter().issues;
    let item = MenuItem {
        words: "All issues",
        ticked: Some(asked.is_empty()),
        ..MenuItem::default()
    };
    if menu_item(ui, item).clicked() {
        out.push(frame.change(|filter| filter.issues.clear()));
    }
    let mut issues: Vec<_> = frame.snap.view.issues.iter().collect();
    issues.sort_by(|(left_id, left), (right_id, right)| {
        let by_count = counts.issue(**right_id).cmp(&counts.issue(**left_id));
        by_count.then_with(|| left.name.cmp(&right.name))
    });
    for (id, row) in issues.iter().take(MENU) {
        let count = counts.issue(**id).to_string();
        let on = asked.contains(id);
        let item = MenuItem {
            words: &row.name,
            right: &count,
            ticked: Some(on),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            out.push(frame.change(|filter| {
                filter.issues = if on { [].into() } else { [**id].into() };
            }));
        }
    }
    if issues.len() > MENU {
        let words = format!("{} more in Issues", issues.len() - MENU);
        let item = MenuItem {
            words: &words,
            disabled: true,
            ..MenuItem::default()
        };
        menu_item(ui, item);
    }
}

/// What the rows are: holders, or values of a field of the person's own.
fn rows_menu(ui: &mut Ui, frame: &Frame<'_>, orders: &mut StanceOptions) {
    let fields = &frame.snap.project.codebook.fields;
    if fields.is_empty() {
        return;
    }
    let mut fields: Vec<(Option<FieldId>, &str)> = fields
        .iter()
        .map(|(id, field)| (Some(*id), field.name.as_str()))
        .collect();
    fields.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    menu_section(ui, "Rows");
    for (id, words) in std::iter::once((None, "Holders")).chain(fields) {
        let item = MenuItem {
            words,
            ticked: Some(orders.field == id),
            ..MenuItem::default()
        };
        if menu_item(ui, item).clicked() {
            orders.field = id;
        }
    }
}

fn order_menu(ui: &mut Ui, rect: Rect, frame: &Frame<'_>, until: f32, orders: &mut StanceOptions) {
    let now = orders.rows;
    let left = rect.left() + PAD - 9.0;
    let font = Face::UiMedium.font(13.0);
    let by = orders.field.map(|field| field_name(frame, field));
    let words = by.unwrap_or(now.name());
    let words = shapes::fit(ui.painter(), words, &font, until - left - 40.0);
    let at = Rect::from_min_max(pos2(left, rect.center().y - 13.0), rect.right_bottom());
    let mut row = ui.new_child(UiBuilder::new().max_rect(at).id_salt("order"));
    let name = match by {
        None => format!("Order of holders: {}", now.name()),
        Some(by) => format!("Rows by {by}, order: {}", now.name()),
    };
    let period = orders.period;
    let response = row.add(Button::ghost(&words).height(26.0).caret().name(&name));
    menu(&response, "Order of holders", 200.0, |ui| {
        for order in RowOrder::ALL {
            let item = MenuItem {
                words: order.name(),
                ticked: Some(order == now),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                orders.rows = order;
            }
        }
        rows_menu(ui, frame, orders);
        // Periods are of holders.
        if orders.field.is_some() {
            return;
        }
        menu_section(ui, "Columns");
        for choice in Period::ALL {
            let item = MenuItem {
                words: choice.name(),
                ticked: Some(choice == period),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                orders.period = choice;
            }
        }
    });
}

/// Paints badge and name of a holder from `left`; for rows of other tabs.
pub(super) fn holder(
    painter: &egui::Painter,
    theme: &Theme,
    at: egui::Pos2,
    (name, entity_type): (&str, Option<crate::model::EntityType>),
    (width, rows): (f32, usize),
) {
    if let Some(entity_type) = entity_type {
        paint::badge(painter, theme, at + vec2(8.0, 0.0), entity_type, None);
    }
    let format = Face::UiMedium.format(13.0, 17.0, theme.ink);
    let galley = line(painter, name, format, width - 24.0, rows);
    let top = at.y - galley.size().y / 2.0;
    painter.galley(pos2(at.x + 24.0, top), galley, theme.ink);
}
