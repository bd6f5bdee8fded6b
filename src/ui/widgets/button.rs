//! Buttons: primary (ink), secondary (outlined), ghost; with icon, key caps, caret.

use egui::{
    Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2, vec2,
};

use crate::ui::icons;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::{paint, visual};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Primary,
    Secondary,
    Ghost,
}

/// A button of the design. 32 high unless said otherwise.
#[must_use = "add it to a ui"]
pub struct Button<'a> {
    text: &'a str,
    look: Look,
    icon: Option<char>,
    caps: &'a [&'a str],
    height: f32,
    name: Option<&'a str>,
    hint: Option<&'a str>,
    enabled: bool,
    caret: bool,
    face: Face,
    min_width: f32,
    selected: Option<bool>,
}

impl<'a> Button<'a> {
    fn new(text: &'a str, look: Look) -> Self {
        Self {
            text,
            look,
            icon: None,
            caps: &[],
            height: 32.0,
            name: None,
            hint: None,
            enabled: true,
            caret: false,
            face: Face::UiMedium,
            min_width: 0.0,
            selected: None,
        }
    }

    /// The one that `Enter` presses.
    pub fn primary(text: &'a str) -> Self {
        Self::new(text, Look::Primary)
    }

    /// Outlined.
    pub fn secondary(text: &'a str) -> Self {
        Self::new(text, Look::Secondary)
    }

    /// Words only, until hovered.
    pub fn ghost(text: &'a str) -> Self {
        Self::new(text, Look::Ghost)
    }

    /// An icon alone; `name` is what it is called and its tooltip.
    pub fn icon_only(icon: char, name: &'a str) -> Self {
        let mut button = Self::new("", Look::Ghost);
        button.icon = Some(icon);
        button.name = Some(name);
        button.hint = Some(name);
        button
    }

    /// With an icon before the words.
    pub fn icon(mut self, icon: char) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With key caps behind the words.
    pub fn caps(mut self, caps: &'a [&'a str]) -> Self {
        self.caps = caps;
        self
    }

    /// 26 in panel heads, 38 on the empty screen.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// Accessible name where the words alone do not say it.
    pub fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// Tooltip.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Greyed out when not.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// With a caret: it opens a menu.
    pub fn caret(mut self) -> Self {
        self.caret = true;
        self
    }

    /// Semi-bold, such as the project's name.
    pub fn bold(mut self) -> Self {
        self.face = Face::UiSemibold;
        self
    }

    /// At least as wide.
    pub fn min_width(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// Shows and tells whether it is on.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    fn colours(&self, theme: &Theme, response: &Response) -> (Color32, Stroke, Color32) {
        let hot = response.hovered() && self.enabled;
        let down = response.is_pointer_button_down_on();
        let on = self.selected == Some(true);
        let text = if self.enabled { theme.ink } else { theme.ink3 };
        match self.look {
            Look::Primary if self.enabled => {
                let fill = if hot { theme.ink2 } else { theme.ink };
                (fill, Stroke::NONE, theme.inv)
            }
            Look::Primary => (theme.bar, Stroke::new(1.0, theme.line2), theme.ink3),
            Look::Secondary => {
                let fill = if on || down {
                    theme.sel
                } else if hot {
                    theme.hov
                } else {
                    theme.raise
                };
                let border = if on { theme.ink } else { theme.line2 };
                (fill, Stroke::new(1.0, border), text)
            }
            Look::Ghost => {
                let fill = if on || down {
                    theme.sel
                } else if hot {
                    theme.hov
                } else {
                    Color32::TRANSPARENT
                };
                let text = if self.enabled && !hot {
                    theme.ink2
                } else {
                    text
                };
                (fill, Stroke::NONE, text)
            }
        }
    }
}

/// Words of a button as they will be painted, and the room that its parts take.
struct Measured {
    galley: std::sync::Arc<egui::Galley>,
    pad: f32,
    icon_width: f32,
    width: f32,
}

const ICON: f32 = 16.0;

impl Button<'_> {
    fn measure(&self, ui: &Ui) -> Measured {
        let small = self.height < 30.0;
        let size = if small { 13.0 } else { 14.0 };
        let galley = ui.painter().layout_no_wrap(
            visual(self.text).into_owned(),
            self.face.font(size),
            Color32::PLACEHOLDER,
        );
        let pad = match (self.text.is_empty(), small) {
            (true, _) => 0.0,
            (false, true) => 9.0,
            (false, false) => 12.0,
        };
        let icon_width = match (self.icon, self.text.is_empty()) {
            (None, _) => 0.0,
            (Some(_), true) => self.height,
            (Some(_), false) => ICON + 8.0,
        };
        let caps_width = if self.caps.is_empty() {
            0.0
        } else {
            paint::caps_width(ui.painter(), self.caps) + 8.0
        };
        let caret_width = if self.caret { 16.0 } else { 0.0 };
        let width = 2.0 * pad + icon_width + galley.size().x + caps_width + caret_width;
        Measured {
            galley,
            pad,
            icon_width,
            width,
        }
    }

    fn paint(&self, ui: &Ui, response: &Response, measured: Measured) {
        let (theme, rect) = (Theme::of(ui), response.rect);
        let (fill, border, ink) = self.colours(theme, response);
        let painter = ui.painter();
        painter.rect(rect, 6.0, fill, border, StrokeKind::Inside);
        let mut x = rect.left() + measured.pad + (rect.width() - measured.width) / 2.0;
        let y = rect.center().y;
        if let Some(icon) = self.icon {
            let alone = self.text.is_empty();
            let beside = pos2(x + ICON / 2.0, y);
            let centre = if alone { rect.center() } else { beside };
            paint::icon(painter, centre, icon, ICON, ink);
            x += if alone { 0.0 } else { measured.icon_width };
        }
        let size = measured.galley.size();
        painter.galley(pos2(x, y - size.y / 2.0), measured.galley, ink);
        x += size.x;
        if self.caret {
            paint::icon(painter, pos2(x + 10.0, y), icons::CARET_DOWN, 11.0, ink);
        }
        if !self.caps.is_empty() {
            let on_ink = self.look == Look::Primary && self.enabled;
            paint::caps(painter, theme, pos2(x + 8.0, y), self.caps, on_ink);
        }
        if response.has_focus() {
            paint::focus_ring(painter, rect, 6, theme);
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let measured = self.measure(ui);
        let want = vec2(measured.width.max(self.min_width), self.height);
        let sense = if self.enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(want, sense);
        let name = self.name.unwrap_or(self.text);
        response.widget_info(|| match self.selected {
            Some(on) => WidgetInfo::selected(Role::Button, self.enabled, on, name),
            None => WidgetInfo::labeled(Role::Button, self.enabled, name),
        });
        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, measured);
        }
        match self.hint {
            Some(hint) => response.on_hover_text(hint),
            None => response,
        }
    }
}

/// Shows exclusive choices in a well; returns the one that was picked now.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    current: T,
    choices: &[(T, &str)],
) -> Option<T> {
    let theme = Theme::of(ui);
    let mut picked = None;
    let well = ui.painter().add(egui::Shape::Noop);
    let inner = ui
        .scope(|ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            ui.horizontal(|ui| {
                ui.add_space(3.0);
                for (value, words) in choices {
                    if segment(ui, words, *value == current).clicked() {
                        picked = Some(*value);
                    }
                }
                ui.add_space(3.0);
            });
        })
        .response;
    inner.widget_info(|| WidgetInfo::labeled(Role::TabList, true, name));
    let rect = inner.rect.expand2(vec2(0.0, 2.0));
    let shape = egui::Shape::rect_filled(rect, 6.0, theme.bar);
    ui.painter().set(well, shape);
    picked.filter(|value| *value != current)
}

fn segment(ui: &mut Ui, words: &str, on: bool) -> Response {
    let theme = Theme::of(ui);
    let face = if on { Face::UiMedium } else { Face::Ui };
    let galley = ui.painter().layout_no_wrap(
        visual(words).into_owned(),
        face.font(13.0),
        Color32::PLACEHOLDER,
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 20.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, words));
    let painter = ui.painter();
    if on {
        let border = Stroke::new(1.0, theme.line2);
        painter.rect(rect, 5.0, theme.raise, border, StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect, 5.0, theme.hov);
    }
    let colour = if on { theme.ink } else { theme.ink2 };
    painter.galley(rect.center() - galley.size() / 2.0, galley, colour);
    if response.has_focus() {
        paint::focus_ring(painter, rect, 5, theme);
    }
    response
}

/// Shows underlined words that can be clicked.
pub fn link(ui: &mut Ui, words: &str, size: f32) -> Response {
    let theme = Theme::of(ui);
    let galley = ui.painter().layout_no_wrap(
        visual(words).into_owned(),
        Face::Ui.font(size),
        Color32::PLACEHOLDER,
    );
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    let painter = ui.painter();
    painter.galley(rect.min, galley, theme.ink);
    let weight = if response.hovered() { 1.5 } else { 1.0 };
    painter.hline(
        rect.x_range(),
        rect.bottom() - 1.5,
        Stroke::new(weight, theme.ink2),
    );
    if response.has_focus() {
        paint::focus_ring(painter, rect, 2, theme);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
