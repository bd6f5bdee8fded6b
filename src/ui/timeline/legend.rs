//! What the marks mean: a row below the enlarged timeline, a list behind a button of the small one.

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::Polarity;
use crate::ui::theme::{Face, Theme};
use crate::ui::timeline::bar::Bar;
use crate::ui::widgets::{menu, paint};

#[derive(Debug, Clone, Copy)]
enum Key {
    Side(Polarity),
    Suggested,
    Sizes,
    Cluster,
    Within,
    Vague,
    Uncertain,
    Open,
    Publication,
    Date,
    Entry,
}

const KEYS: [(Key, &str); 13] = [
    (Key::Side(Polarity::Support), "support"),
    (Key::Side(Polarity::Oppose), "oppose"),
    (Key::Side(Polarity::Neutral), "neither"),
    (Key::Suggested, "suggested"),
    (Key::Sizes, "1, 2, 3 or more that day"),
    (Key::Cluster, "several"),
    (Key::Within, "one day within this span"),
    (Key::Vague, "early, late, about"),
    (Key::Uncertain, "ends somewhere here"),
    (Key::Open, "still in force"),
    (Key::Publication, "published"),
    (Key::Date, "date in the text"),
    (Key::Entry, "own entry"),
];

impl Key {
    fn width(self) -> f32 {
        match self {
            Self::Side(_) | Self::Suggested | Self::Entry => 12.0,
            Self::Publication | Self::Date => 6.0,
            Self::Cluster => 24.0,
            Self::Sizes => 46.0,
            Self::Within | Self::Vague | Self::Uncertain | Self::Open => 44.0,
        }
    }

    fn paint(self, ui: &Ui, left: f32, y: f32) {
        let theme = Theme::of(ui);
        let painter = ui.painter();
        let mark = |x: f32, size: f32, side, solid: bool| {
            let colour = theme.polarity(side);
            paint::mark(painter, pos2(left + x, y), size, side, solid, colour);
        };
        let bar = |height: f32| Bar {
            painter,
            colour: theme.neu,
            y,
            height,
        };
        let right = left + self.width();
        match self {
            Self::Side(side) => mark(6.0, 10.0, side, true),
            Self::Suggested => mark(6.0, 10.0, Polarity::Oppose, false),
            Self::Sizes => {
                for (x, size) in [(5.0, 9.5), (20.0, 11.5), (37.0, 13.0)] {
                    mark(x, size, Polarity::Support, true);
                }
            }
            Self::Cluster => {
                let rect = Rect::from_center_size(pos2(left + 12.0, y), vec2(23.0, 15.0));
                let stroke = egui::Stroke::new(1.0, theme.ink2);
                let inside = egui::StrokeKind::Inside;
                painter.rect(rect, 7.5, theme.raise, stroke, inside);
                let font = Face::UiMedium.font(11.5);
                let centre = egui::Align2::CENTER_CENTER;
                painter.text(rect.center(), centre, "5", font, theme.ink2);
            }
            Self::Within => {
                bar(3.0).thin(left, right, (true, true));
                mark(22.0, 9.5, Polarity::Neutral, true);
            }
            Self::Vague => {
                bar(3.0).thin(left, left + 26.0, (true, false));
                bar(3.0).fade(left + 26.0, right, true);
                mark(13.0, 9.5, Polarity::Neutral, true);
            }
            Self::Uncertain => {
                bar(7.0).solid(left, left + 22.0, true);
                bar(7.0).fade(left + 22.0, right, true);
            }
            Self::Open => {
                bar(7.0).solid(left, right - 6.0, true);
                bar(7.0).head(right, 1.0);
            }
            Self::Entry => {
                let square = Rect::from_center_size(pos2(left + 6.0, y), vec2(8.0, 8.0));
                painter.rect_filled(square, 1.0, theme.ink);
            }
            Self::Publication | Self::Date => {
                let publication = matches!(self, Self::Publication);
                let half = if publication { 7.0 } else { 4.0 };
                let ink = if publication { theme.ink2 } else { theme.ctl };
                painter.vline(left + 3.0, y - half..=y + half, egui::Stroke::new(1.5, ink));
            }
        }
    }
}

/// Draws the row; what has no room is left out, from the right. Where there are entries of the
/// person's own, their square stands among the first.
pub(super) fn legend_ui(ui: &Ui, rect: Rect, entries: bool) {
    let theme = Theme::of(ui);
    let y = rect.center().y;
    let mut left = rect.left() + 16.0;
    let mut keys = KEYS.to_vec();
    if entries {
        let entry = keys.remove(keys.len() - 1);
        keys.insert(4, entry);
    }
    for (key, words) in keys {
        let font = Face::Ui.font(12.5);
        let galley = ui
            .painter()
            .layout_no_wrap(words.to_owned(), font, theme.ink2);
        let at = left + key.width() + 8.0;
        let end = at + galley.size().x;
        if end > rect.right() - 8.0 {
            break;
        }
        let area = Rect::from_min_max(pos2(left, rect.top()), pos2(end, rect.bottom()));
        let id = ui.scope_id().with(("legend", words));
        let response = ui.interact(area, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Legend: {words}")));
        key.paint(ui, left, y);
        ui.painter()
            .galley(pos2(at, y - galley.size().y / 2.0), galley, theme.ink2);
        left = end + 20.0;
    }
}

/// Lists all marks behind a button.
pub(super) fn legend_menu(button: &Response) {
    menu(button, "Legend", 260.0, |ui| {
        for (key, words) in KEYS {
            let theme = Theme::of(ui);
            let size = vec2(ui.available_width(), 26.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
            let centre = rect.left() + 32.0;
            key.paint(ui, centre - key.width() / 2.0, rect.center().y);
            let at = pos2(rect.left() + 68.0, rect.center().y);
            let font = Face::Ui.font(13.0);
            let align = egui::Align2::LEFT_CENTER;
            ui.painter().text(at, align, words, font, theme.ink);
        }
    });
}
