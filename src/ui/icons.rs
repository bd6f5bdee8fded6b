//! Code points of the icon font (Phosphor Regular, the subset in `assets/fonts/`).

macro_rules! icons {
    ($($name:ident = $point:literal;)+) => {
        $(#[doc = concat!("`", stringify!($name), "`")] pub const $name: char = $point;)+

        /// All icons, for the test that the font has them.
        #[cfg(test)]
        const ALL: &[char] = &[$($name,)+];
    };
}

icons! {
    CARET_DOWN = '\u{e136}';
    CARET_RIGHT = '\u{e13a}';
    CARET_LEFT = '\u{e138}';
    CARET_UP = '\u{e13c}';
    SEARCH = '\u{e30c}';
    EXPORT = '\u{eaf0}';
    MOON = '\u{e330}';
    SUN = '\u{e472}';
    QUESTION = '\u{e3e8}';
    PLUS = '\u{e3d4}';
    MINUS = '\u{e32a}';
    X = '\u{e4f6}';
    CHECK = '\u{e182}';
    PENCIL = '\u{e3b4}';
    ENLARGE = '\u{e0a6}';
    SHRINK = '\u{e09e}';
    WARNING = '\u{e4e0}';
    WARNING_CIRCLE = '\u{e4e2}';
    TRAY = '\u{e010}';
    COPY = '\u{e1ca}';
    FOLDER = '\u{e256}';
    FILE = '\u{e23a}';
    LIST = '\u{e2f0}';
    DOTS = '\u{e1fe}';
    UNDO = '\u{e038}';
    REDO = '\u{e036}';
    NOTE = '\u{e34c}';
    LINK = '\u{e2e2}';
    MERGE = '\u{e280}';
    SPLIT = '\u{eae0}';
    TRASH = '\u{e4a6}';
    FUNNEL = '\u{e266}';
    CALENDAR = '\u{e10a}';
    SORT = '\u{e444}';
    EYE = '\u{e220}';
    EYE_SLASH = '\u{e224}';
    INFO = '\u{e2ce}';
    LOCK = '\u{e308}';
    ARROW_RIGHT = '\u{e06c}';
    NEWSPAPER = '\u{e344}';
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_every_icon_once() {
        let mut fonts = egui::epaint::text::FontDefinitions::empty();
        fonts.font_data.insert(
            "icons".to_owned(),
            std::sync::Arc::new(egui::FontData::from_static(
                crate::figure::fonts::ICONS.bytes,
            )),
        );
        fonts
            .families
            .insert(egui::FontFamily::Proportional, vec!["icons".to_owned()]);
        fonts
            .families
            .insert(egui::FontFamily::Monospace, vec!["icons".to_owned()]);
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts);
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let font = egui::FontId::proportional(16.0);
            for icon in ALL {
                let has = ui.fonts_mut(|f| f.has_glyph(&font, *icon));
                assert!(has, "U+{:X}", u32::from(*icon));
            }
        });
        output.drop_without_applying_deltas();
        let unique: std::collections::BTreeSet<_> = ALL.iter().collect();
        assert_eq!(unique.len(), ALL.len());
    }
}
