//! All entities: counts, other names; rename, merge, retype.

use egui::{
    Align, Color32, Context, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::analysis::EntityRow;
use crate::app::{Command, Commands, Dialog};
use crate::edit::Edit;
use crate::model::{Entity, EntityId, EntityType};
use crate::ui::dialogs::{Form, Shown, field_id, focus_first, people};
use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{
    Button, DialogFrame, MenuItem, dialog_title, line, menu, menu_item, paint, text_field,
};
use crate::ui::words;

const ROW: f32 = 46.0;

pub(super) fn ui(ctx: &Context, shown: Shown<'_>, form: &mut Form, out: &mut Commands) -> bool {
    let (inside, beside) = DialogFrame::new("Entities", 820.0).show(ctx, |ui| {
        let total = shown.snap.view.entities.len();
        let close = dialog_title(ui, &words::count(total, "entity", "entities"));
        ui.add_space(4.0);
        focus_first(ui, form, "entities");
        let width = ui.available_width();
        let hint = "Name or other name";
        text_field(
            ui,
            field_id("entities"),
            &mut form.text,
            "Find an entity",
            hint,
            width,
        );
        ui.add_space(8.0);
        heads(ui);
        let rows = people::entities(shown, &form.text, None, usize::MAX);
        if rows.is_empty() {
            let text = format!("No entity of the name “{}”", form.text.trim());
            ui.label(egui::RichText::new(text).color(Theme::of(ui).ink2));
        }
        let most = (ui.ctx().content_rect().height() - 280.0).max(160.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical()
            .max_height(most)
            .auto_shrink([false, true]);
        area.show_rows(ui, ROW, rows.len(), |ui, range| {
            for completion in rows.get(range).unwrap_or_default() {
                if let Some(row) = shown.snap.view.entities.get(&completion.value) {
                    let held = shown.snap.facets().holder(completion.value);
                    row_ui(ui, completion.value, (row, held), out);
                }
            }
        });
        close
    });
    inside || beside
}

/// Right ends of the columns of counts, from the right edge.
const COLUMNS: [(f32, &str); 3] = [(330.0, "mentions"), (255.0, "articles"), (180.0, "holds")];

fn heads(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    for (from_right, words) in COLUMNS {
        ui.painter().text(
            pos2(rect.right() - from_right + 70.0, rect.center().y),
            egui::Align2::RIGHT_CENTER,
            words,
            Face::Ui.font(12.5),
            theme.ink3,
        );
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.line));
}

/// `held` statements are counted for it in the charts.
fn row_ui(ui: &mut Ui, id: EntityId, (row, held): (&EntityRow, usize), out: &mut Commands) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = &row.entity.name;
    response.widget_info(|| {
        let mentions = words::count(row.mentions as usize, "mention", "mentions");
        let words = format!("{name}, {}, {mentions}", row.entity.entity_type.name());
        WidgetInfo::labeled(Role::ListItem, true, words)
    });
    if response.clicked() {
        out.push(Command::SelectEntity(Some(id)));
        out.push(Command::ShowDialog(None));
    }
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 6.0, theme.hov);
    }
    let y = rect.center().y;
    paint::badge(
        painter,
        theme,
        pos2(rect.left() + 16.0, y),
        row.entity.entity_type,
        None,
    );
    names(ui, rect, &row.entity, theme);
    let painter = ui.painter();
    let counts = [row.mentions as usize, row.articles as usize, held];
    for ((from_right, _), count) in COLUMNS.into_iter().zip(counts) {
        painter.text(
            pos2(rect.right() - from_right + 70.0, y),
            egui::Align2::RIGHT_CENTER,
            words::thousands(count),
            Face::Ui.font(14.0),
            theme.ink2,
        );
    }
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(3.0), 4, theme);
    }
    let buttons = Rect::from_min_max(pos2(rect.right() - 104.0, rect.top()), rect.max);
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .id_salt(id)
            .max_rect(buttons)
            .layout(Layout::right_to_left(Align::Center)),
    );
    child.spacing_mut().item_spacing.x = 0.0;
    row_buttons(&mut child, id, &row.entity, out);
}

fn names(ui: &Ui, rect: Rect, entity: &Entity, theme: &Theme) {
    let painter = ui.painter();
    let width = rect.width() - 36.0 - 350.0;
    let put = |text: &str, face: Face, y: f32, size: f32, colour: Color32| {
        let galley = line(painter, text, face.format(size, 18.0, colour), width, 1);
        painter.galley(pos2(rect.left() + 36.0, y), galley, colour);
    };
    let others: Vec<&str> = entity
        .aliases
        .iter()
        .map(|alias| alias.text.as_str())
        .collect();
    if others.is_empty() {
        put(
            &entity.name,
            Face::UiMedium,
            rect.center().y - 9.0,
            14.0,
            theme.ink,
        );
    } else {
        put(
            &entity.name,
            Face::UiMedium,
            rect.top() + 5.0,
            14.0,
            theme.ink,
        );
        put(
            &others.join(", "),
            Face::Ui,
            rect.top() + 23.0,
            12.5,
            theme.ink3,
        );
    }
}

fn row_buttons(ui: &mut Ui, id: EntityId, entity: &Entity, out: &mut Commands) {
    let name = &entity.name;
    let label = format!("Type of {name}");
    let kind = ui.add(Button::icon_only(icons::DOTS, &label).height(28.0));
    menu(&kind, "Type", 180.0, |ui| {
        for entity_type in EntityType::BUILT_IN {
            let item = MenuItem {
                words: entity_type.name(),
                badge: Some(entity_type.into()),
                ticked: Some(entity_type == entity.entity_type),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() && entity_type != entity.entity_type {
                let entity = Entity {
                    entity_type,
                    ..entity.clone()
                };
                out.push(Command::Edit(Edit::SetEntity { id, entity }));
            }
        }
    });
    for (icon, words, dialog) in [
        (icons::MERGE, "Merge", Dialog::Merge(id)),
        (icons::PENCIL, "Rename", Dialog::Rename(id)),
    ] {
        let label = format!("{words} {name}");
        if ui
            .add(Button::icon_only(icon, &label).height(28.0))
            .clicked()
        {
            out.push(Command::ShowDialog(Some(dialog)));
        }
    }
}
