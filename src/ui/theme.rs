//! The look: colours, fonts, text styles and egui's own style for light and dark.
//!
//! The only place that makes a [`Color32`]; every other file takes one from [`Theme`].

use std::sync::{Arc, LazyLock};

use egui::epaint::Shadow;
use egui::style::{ScrollStyle, Selection, WidgetVisuals};
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Style, TextStyle, Ui, Vec2, Visuals,
};

use crate::figure::fonts;
use crate::figure::tokens::{DARK, LIGHT, Palette, Rgb};
use crate::model::{EntityType, Polarity};

/// Returns a token as egui's colour.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one door from tokens to egui's colours"
)]
pub const fn colour(rgb: Rgb) -> Color32 {
    Color32::from_rgb(rgb.0, rgb.1, rgb.2)
}

/// All colours of one theme, ready for the painter.
#[derive(Debug, Clone, Copy)]
#[allow(
    missing_docs,
    clippy::allow_attributes,
    reason = "documented in figure::tokens::Palette"
)]
pub struct Theme {
    /// The tokens, for mixing.
    pub palette: Palette,
    pub page: Color32,
    pub panel: Color32,
    pub bar: Color32,
    pub raise: Color32,
    pub well: Color32,
    pub hov: Color32,
    pub sel: Color32,
    pub line: Color32,
    pub line2: Color32,
    pub ctl: Color32,
    pub ink: Color32,
    pub ink2: Color32,
    pub ink3: Color32,
    pub inv: Color32,
    pub sup: Color32,
    pub opp: Color32,
    pub neu: Color32,
    pub warn: Color32,
    pub err: Color32,
    pub err_tint: Color32,
}

const fn theme(palette: Palette) -> Theme {
    Theme {
        palette,
        page: colour(palette.page),
        panel: colour(palette.panel),
        bar: colour(palette.bar),
        raise: colour(palette.raise),
        well: colour(palette.well),
        hov: colour(palette.hov),
        sel: colour(palette.sel),
        line: colour(palette.line),
        line2: colour(palette.line2),
        ctl: colour(palette.ctl),
        ink: colour(palette.ink),
        ink2: colour(palette.ink2),
        ink3: colour(palette.ink3),
        inv: colour(palette.inv),
        sup: colour(palette.sup),
        opp: colour(palette.opp),
        neu: colour(palette.neu),
        warn: colour(palette.warn),
        err: colour(palette.err),
        err_tint: colour(palette.err_tint),
    }
}

static LIGHT_THEME: Theme = theme(LIGHT);
static DARK_THEME: Theme = theme(DARK);

impl Theme {
    /// Returns the theme that `ui` is drawn in.
    #[must_use]
    pub fn of(ui: &Ui) -> &'static Self {
        Self::pick(ui.visuals().dark_mode)
    }

    /// Returns the dark or the light theme.
    #[must_use]
    pub fn pick(dark: bool) -> &'static Self {
        if dark { &DARK_THEME } else { &LIGHT_THEME }
    }

    /// Returns a colour of the codebook.
    #[must_use]
    pub fn swatch(&self, swatch: crate::model::Swatch) -> Color32 {
        colour(self.palette.swatch(swatch))
    }

    /// Returns the colour of an entity type.
    #[must_use]
    pub fn entity_type(&self, entity_type: EntityType) -> Color32 {
        colour(self.palette.entity_type(entity_type))
    }

    /// Returns the colour of a side.
    #[must_use]
    pub fn polarity(&self, polarity: Polarity) -> Color32 {
        colour(self.palette.polarity(polarity))
    }

    /// Returns the tint of a side.
    #[must_use]
    pub fn polarity_tint(&self, polarity: Polarity) -> Color32 {
        colour(self.palette.polarity_tint(polarity))
    }

    /// Returns `rgb` laid over `surface`, `share` of it kept.
    #[must_use]
    pub fn over(&self, rgb: Rgb, surface: Rgb, share: f32) -> Color32 {
        colour(rgb.over(surface, share))
    }

    /// Returns `rgb` with that share of opacity, for washes over other paint.
    #[must_use]
    pub fn wash(&self, rgb: Rgb, share: f32) -> Color32 {
        colour(rgb).gamma_multiply(share)
    }

    /// Returns the veil under a dialog.
    #[must_use]
    pub fn scrim(&self) -> Color32 {
        Color32::from_black_alpha(71)
    }

    /// Returns the shadow of floating things.
    #[must_use]
    pub fn shadow(&self) -> Shadow {
        let dark = self.palette == DARK;
        Shadow {
            offset: [0, 8],
            blur: 24,
            spread: 0,
            color: Color32::from_black_alpha(if dark { 140 } else { 41 }),
        }
    }

    /// Returns the frame of cards and menus.
    pub fn card(&self) -> egui::Frame {
        egui::Frame::new()
            .fill(self.raise)
            .stroke(Stroke::new(1.0, self.line2))
            .corner_radius(8)
            .shadow(self.shadow())
            .inner_margin(Margin::same(12))
    }
}

/// A face of the shipped fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Interface.
    Ui,
    /// Buttons, names.
    UiMedium,
    /// Heads, badge letters.
    UiSemibold,
    /// Article text, evidence.
    Read,
    /// Emphasis in article text.
    ReadItalic,
    /// Titles.
    ReadBold,
    /// Keys, acts.
    Mono,
    /// Icons.
    Icons,
}

static FAMILIES: LazyLock<[FontFamily; 8]> = LazyLock::new(|| {
    let name = |face: fonts::FontFace| FontFamily::Name(Arc::from(face.screen));
    [
        name(fonts::UI),
        name(fonts::UI_MEDIUM),
        name(fonts::UI_SEMIBOLD),
        name(fonts::READ),
        name(fonts::READ_ITALIC),
        name(fonts::READ_BOLD),
        name(fonts::MONO),
        name(fonts::ICONS),
    ]
});

impl Face {
    /// Returns egui's name of it.
    #[must_use]
    pub fn family(self) -> FontFamily {
        let place = match self {
            Self::Ui => 0,
            Self::UiMedium => 1,
            Self::UiSemibold => 2,
            Self::Read => 3,
            Self::ReadItalic => 4,
            Self::ReadBold => 5,
            Self::Mono => 6,
            Self::Icons => 7,
        };
        FAMILIES[place].clone()
    }

    /// Returns it at a size in points.
    #[must_use]
    pub fn font(self, size: f32) -> FontId {
        FontId::new(size, self.family())
    }

    /// Returns a format for [`LayoutJob`]; `line` is the line height in points.
    #[must_use]
    pub fn format(self, size: f32, line: f32, colour: Color32) -> TextFormat {
        TextFormat {
            font_id: self.font(size),
            line_height: Some(line),
            color: colour,
            ..TextFormat::default()
        }
    }
}

/// The type scale (size and line of each style).
pub mod scale {
    /// Article title.
    pub const READ_TITLE: (f32, f32) = (29.0, 36.0);
    /// Title of the empty screen.
    pub const START_TITLE: (f32, f32) = (32.0, 40.0);
    /// Sentence on a card.
    pub const EVIDENCE: (f32, f32) = (15.0, 22.0);
    /// Panel heads.
    pub const HEADING: (f32, f32) = (14.0, 20.0);
    /// Titles of dialogs.
    pub const DIALOG: (f32, f32) = (18.0, 24.0);
    /// Buttons, lists, forms.
    pub const BODY: (f32, f32) = (14.0, 20.0);
    /// Meta, counts, axis labels.
    pub const SMALL: (f32, f32) = (12.5, 18.0);
}

/// Returns text of one face, wrapped at `width`.
#[must_use]
pub fn job(text: &str, format: TextFormat, width: f32) -> LayoutJob {
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job
}

/// Returns text of one face in at most `rows` rows, cut with `…`.
#[must_use]
pub fn elided(text: &str, format: TextFormat, width: f32, rows: usize) -> LayoutJob {
    let mut job = job(text, format, width);
    job.wrap.max_rows = rows;
    job.wrap.overflow_character = Some('…');
    job
}

/// Makes fonts and both styles egui's own. Once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(font_definitions());
    for dark in [false, true] {
        let egui_theme = if dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.set_style_of(egui_theme, style(Theme::pick(dark), dark));
    }
}

fn font_definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let last: Vec<String> = definitions
        .families
        .get(&FontFamily::Proportional)
        .map(|family| {
            let emoji = |name: &&String| name.contains("moji") || name.contains("icon");
            family.iter().filter(emoji).cloned().collect()
        })
        .unwrap_or_default();
    let mut add = |face: fonts::FontFace| {
        let data = Arc::new(FontData::from_static(face.bytes));
        definitions.font_data.insert(face.screen.to_owned(), data);
    };
    for face in fonts::TEXT {
        add(face);
    }
    for face in [fonts::ARABIC, fonts::HEBREW, fonts::ICONS] {
        add(face);
    }
    let family = |first: &str| {
        let mut names = vec![first.to_owned()];
        if first != fonts::UI.screen && first != fonts::READ.screen {
            names.push(fonts::UI.screen.to_owned());
        }
        names.push(fonts::ARABIC.screen.to_owned());
        names.push(fonts::HEBREW.screen.to_owned());
        names.extend(last.iter().cloned());
        names
    };
    for face in fonts::TEXT {
        let name = FontFamily::Name(Arc::from(face.screen));
        definitions.families.insert(name, family(face.screen));
    }
    let icons = FontFamily::Name(Arc::from(fonts::ICONS.screen));
    definitions
        .families
        .insert(icons, vec![fonts::ICONS.screen.to_owned()]);
    definitions
        .families
        .insert(FontFamily::Proportional, family(fonts::UI.screen));
    definitions
        .families
        .insert(FontFamily::Monospace, family(fonts::MONO.screen));
    definitions
}

fn style(theme: &Theme, dark: bool) -> Style {
    let mut style = Style {
        animation_time: 0.12,
        visuals: visuals(theme, dark),
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, Face::Ui.font(scale::SMALL.0)),
        (TextStyle::Body, Face::Ui.font(scale::BODY.0)),
        (TextStyle::Button, Face::UiMedium.font(scale::BODY.0)),
        (TextStyle::Heading, Face::UiSemibold.font(scale::HEADING.0)),
        (TextStyle::Monospace, Face::Mono.font(scale::SMALL.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 6.0);
    spacing.button_padding = Vec2::new(12.0, 6.0);
    spacing.interact_size.y = 32.0;
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 2.0,
        foreground_color: true,
        dormant_handle_opacity: 0.25,
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.6,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        ..ScrollStyle::floating()
    };
    spacing.scroll.fade.strength = 0.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style
}

fn visuals(theme: &Theme, dark: bool) -> Visuals {
    let mut visuals = if dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let state = |fill: Color32, border: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = state(theme.panel, theme.line, theme.ink);
    visuals.widgets.inactive = state(theme.raise, theme.line2, theme.ink);
    visuals.widgets.hovered = state(theme.hov, theme.ctl, theme.ink);
    visuals.widgets.active = state(theme.sel, theme.ink, theme.ink);
    visuals.widgets.open = state(theme.hov, theme.ctl, theme.ink);
    visuals.selection = Selection {
        bg_fill: theme.sel,
        stroke: Stroke::new(1.0, theme.ink),
    };
    visuals.weak_text_color = Some(theme.ink3);
    visuals.hyperlink_color = theme.ink;
    visuals.faint_bg_color = theme.panel;
    visuals.extreme_bg_color = theme.well;
    visuals.text_edit_bg_color = Some(theme.well);
    visuals.code_bg_color = theme.panel;
    visuals.warn_fg_color = theme.warn;
    visuals.error_fg_color = theme.err;
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = theme.shadow();
    visuals.popup_shadow = theme.shadow();
    visuals.window_fill = theme.raise;
    visuals.window_stroke = Stroke::new(1.0, theme.line2);
    visuals.panel_fill = theme.panel;
    visuals.text_cursor.stroke = Stroke::new(1.5, theme.ink);
    visuals.text_cursor.blink = false;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_falls_back_to_arabic_hebrew_and_emoji() {
        let definitions = font_definitions();
        for face in fonts::TEXT {
            let name = FontFamily::Name(Arc::from(face.screen));
            let family = &definitions.families[&name];
            assert_eq!(family[0], face.screen);
            for wanted in ["arabic", "hebrew", "NotoEmoji-Regular"] {
                assert!(family.iter().any(|name| name == wanted), "{wanted}");
            }
        }
        for family in definitions.families.values().flatten() {
            assert!(definitions.font_data.contains_key(family), "{family}");
        }
    }
}
