//! Colours and patterns of charts, text marks and chrome, as plain data.
//!
//! Colour is data, the chrome is ink: a hue means an entity type, a polarity or a problem. No mark
//! is known by colour alone: types have a letter and an underline pattern, polarities a shape.
//! The contrast of each pair that is used is recomputed in the tests (WCAG 2.x formula).

use std::fmt;

use crate::model::{EntityType, Polarity, Swatch};

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

const fn hex(value: u32) -> Rgb {
    let [_, red, green, blue] = value.to_be_bytes();
    Rgb(red, green, blue)
}

/// Writes `#RRGGBB`, as SVG and CSS read it.
impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

impl Rgb {
    /// Returns this colour laid over `surface` with `share` of it (0…1) kept.
    #[must_use]
    pub fn over(self, surface: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mean of two bytes, rounded, is a byte"
        )]
        let mix = |a: u8, b: u8| {
            let mixed = f32::from(a) * share + f32::from(b) * (1.0 - share);
            mixed.round() as u8
        };
        Self(
            mix(self.0, surface.0),
            mix(self.1, surface.1),
            mix(self.2, surface.2),
        )
    }

    /// Returns the relative luminance of WCAG 2.x, 0…1.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Returns the contrast of WCAG 2.x between two colours, 1…21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// All colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Reader, enlarged charts.
    pub page: Rgb,
    /// Side panels, timeline, filter line.
    pub panel: Rgb,
    /// Top bar, hint bar, wells of tabs.
    pub bar: Rgb,
    /// Cards, buttons, menus, dialogs.
    pub raise: Rgb,
    /// Text fields.
    pub well: Rgb,
    /// Hovered row.
    pub hov: Rgb,
    /// Selected row.
    pub sel: Rgb,
    /// Separators. Decoration: nothing needs it to be found.
    pub line: Rgb,
    /// Borders of cards and buttons. Decoration too.
    pub line2: Rgb,
    /// Borders of fields, axes, the drop area.
    pub ctl: Rgb,
    /// Main text.
    pub ink: Rgb,
    /// Second text.
    pub ink2: Rgb,
    /// Meta text.
    pub ink3: Rgb,
    /// Text on `ink` and on type colours.
    pub inv: Rgb,
    /// Support.
    pub sup: Rgb,
    /// Oppose.
    pub opp: Rgb,
    /// Neither.
    pub neu: Rgb,
    /// Tint of support.
    pub sup_tint: Rgb,
    /// Tint of oppose.
    pub opp_tint: Rgb,
    /// Tint of neither.
    pub neu_tint: Rgb,
    /// Warning; only with an icon and words.
    pub warn: Rgb,
    /// Problem; only with an icon and words.
    pub err: Rgb,
    /// Tint of a problem.
    pub err_tint: Rgb,
    /// The nine built-in entity types, in the order of [`EntityType::BUILT_IN`].
    pub types: [Rgb; 9],
    /// Share of a type's colour in the tint of a decided mention.
    pub tint_percent: u8,
}

/// The light palette; the one of exported figures.
pub const LIGHT: Palette = Palette {
    page: hex(0xFF_FFFF),
    panel: hex(0xF6_F7F8),
    bar: hex(0xEC_EEF0),
    raise: hex(0xFF_FFFF),
    well: hex(0xFF_FFFF),
    hov: hex(0xE9_ECEF),
    sel: hex(0xE1_E5E9),
    line: hex(0xDD_E1E5),
    line2: hex(0xC3_C9D0),
    ctl: hex(0x7A_828C),
    ink: hex(0x14_171B),
    ink2: hex(0x45_4C55),
    ink3: hex(0x5F_6770),
    inv: hex(0xFF_FFFF),
    sup: hex(0x0B_7285),
    opp: hex(0xB9_3D0A),
    neu: hex(0x69_717A),
    sup_tint: hex(0xDC_ECEF),
    opp_tint: hex(0xF7_E4DB),
    neu_tint: hex(0xE9_EBED),
    warn: hex(0x8A_5A00),
    err: hex(0xB4_2318),
    err_tint: hex(0xFB_EDEB),
    types: [
        hex(0x91_51A1),
        hex(0xB9_4E6C),
        hex(0x4C_60D6),
        hex(0x6C_4600),
        hex(0x2A_6F48),
        hex(0x72_760A),
        hex(0x6C_1024),
        hex(0x05_4255),
        hex(0x63_3184),
    ],
    tint_percent: 14,
};

/// The dark palette.
pub const DARK: Palette = Palette {
    page: hex(0x17_191D),
    panel: hex(0x1C_1F24),
    bar: hex(0x11_1316),
    raise: hex(0x26_2A31),
    well: hex(0x14_161A),
    hov: hex(0x28_2C33),
    sel: hex(0x33_3942),
    line: hex(0x2C_3138),
    line2: hex(0x41_4852),
    ctl: hex(0x7D_8793),
    ink: hex(0xE6_E8EB),
    ink2: hex(0xB4_BBC4),
    ink3: hex(0x98_A0AB),
    inv: hex(0x14_171B),
    sup: hex(0x45_B7CC),
    opp: hex(0xF0_883E),
    neu: hex(0x98_A0AB),
    sup_tint: hex(0x1D_3A43),
    opp_tint: hex(0x43_2C1E),
    neu_tint: hex(0x2B_2F36),
    warn: hex(0xE3_B341),
    err: hex(0xFF_8A7A),
    err_tint: hex(0x3A_2422),
    types: [
        hex(0xE9_AEFC),
        hex(0xEC_6283),
        hex(0x98_A6E0),
        hex(0xC8_962E),
        hex(0xAC_D8BD),
        hex(0xCE_DB3C),
        hex(0xF2_9187),
        hex(0x6A_9BB3),
        hex(0xB2_77E6),
    ],
    tint_percent: 20,
};

impl Palette {
    /// Returns the colour of a type; the person's own types are known by letter and pattern and
    /// take `ink2`.
    #[must_use]
    pub fn entity_type(&self, entity_type: EntityType) -> Rgb {
        let place = EntityType::BUILT_IN
            .iter()
            .position(|built_in| *built_in == entity_type);
        place
            .and_then(|place| self.types.get(place))
            .copied()
            .unwrap_or(self.ink2)
    }

    /// Returns a colour that a person gave: those of the types, which are told apart on both grounds.
    #[must_use]
    pub fn swatch(&self, swatch: Swatch) -> Rgb {
        let place = Swatch::ALL.iter().position(|known| *known == swatch);
        place
            .and_then(|place| self.types.get(place))
            .copied()
            .unwrap_or(self.ink2)
    }

    /// Returns the tint of a decided mention on the page.
    #[must_use]
    pub fn type_tint(&self, entity_type: EntityType) -> Rgb {
        let share = f32::from(self.tint_percent) / 100.0;
        self.entity_type(entity_type).over(self.page, share)
    }

    /// Returns the colour of a side.
    #[must_use]
    pub fn polarity(&self, polarity: Polarity) -> Rgb {
        match polarity {
            Polarity::Support => self.sup,
            Polarity::Oppose => self.opp,
            Polarity::Neutral => self.neu,
        }
    }

    /// Returns the tint of a side.
    #[must_use]
    pub fn polarity_tint(&self, polarity: Polarity) -> Rgb {
        match polarity {
            Polarity::Support => self.sup_tint,
            Polarity::Oppose => self.opp_tint,
            Polarity::Neutral => self.neu_tint,
        }
    }

    /// Returns a shape's colour when it is dimmed: half way to its surface.
    #[must_use]
    pub fn dimmed(&self, colour: Rgb, surface: Rgb) -> Rgb {
        colour.over(surface, 0.5)
    }
}

/// The line under a mention: tells types apart without colour. Sizes in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Underline {
    /// A line of 2: person.
    Solid,
    /// Dashes of 4 with gaps of 3: norp.
    Dashes,
    /// Two lines of 1.25, 3 apart: state.
    Double,
    /// A line of 1.5 with ticks of 4 upwards at both ends: organisation.
    Bracket,
    /// Dashes of 10 with gaps of 3: place.
    LongDashes,
    /// 9 line, 2.5 gap, 2 line, 2.5 gap: facility.
    DashDot,
    /// Steps of 3, height 3: weapon.
    Zigzag,
    /// Period 8, height 3: agreement.
    Wave,
    /// A diamond of 6, then a line of 1.5: event.
    Diamond,
    /// Round dots of 1.6 every 3.4: time.
    Dots,
    /// Groups of two dots, 5 apart: the person's own types.
    DotPairs,
}

impl Underline {
    /// Returns the pattern of a type.
    #[must_use]
    pub fn of(entity_type: EntityType) -> Self {
        match entity_type {
            EntityType::Person => Self::Solid,
            EntityType::Norp => Self::Dashes,
            EntityType::State => Self::Double,
            EntityType::Organisation => Self::Bracket,
            EntityType::Place => Self::LongDashes,
            EntityType::Facility => Self::DashDot,
            EntityType::Weapon => Self::Zigzag,
            EntityType::Agreement => Self::Wave,
            EntityType::Event => Self::Diamond,
            EntityType::Own(_) => Self::DotPairs,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn near(name: &str, got: f64, want: f64) {
        assert!((got - want).abs() < 0.006, "{name}: {got:.3}, not {want}");
    }

    /// Colour on the four surfaces that the design names, against its table.
    fn check(name: &str, light: Rgb, light_wants: [f64; 4], dark: Rgb, dark_wants: [f64; 4]) {
        let on_light = [LIGHT.page, LIGHT.panel, LIGHT.bar, LIGHT.sel];
        let on_dark = [DARK.page, DARK.panel, DARK.raise, DARK.sel];
        for (surface, want) in on_light.into_iter().zip(light_wants) {
            near(name, light.contrast(surface), want);
        }
        for (surface, want) in on_dark.into_iter().zip(dark_wants) {
            near(name, dark.contrast(surface), want);
        }
    }

    #[test]
    fn contrast_is_that_of_the_design_table() {
        let (l, d) = (LIGHT, DARK);
        check(
            "ink",
            l.ink,
            [17.98, 16.76, 15.46, 14.20],
            d.ink,
            [14.34, 13.46, 11.73, 9.48],
        );
        check(
            "ink2",
            l.ink2,
            [8.68, 8.10, 7.47, 6.86],
            d.ink2,
            [9.09, 8.53, 7.44, 6.01],
        );
        check(
            "ink3",
            l.ink3,
            [5.74, 5.35, 4.93, 4.53],
            d.ink3,
            [6.66, 6.26, 5.45, 4.41],
        );
        check(
            "sup",
            l.sup,
            [5.59, 5.21, 4.80, 4.41],
            d.sup,
            [7.46, 7.00, 6.10, 4.93],
        );
        check(
            "opp",
            l.opp,
            [5.62, 5.24, 4.83, 4.44],
            d.opp,
            [6.95, 6.53, 5.69, 4.60],
        );
        check(
            "neu",
            l.neu,
            [4.95, 4.61, 4.25, 3.91],
            d.neu,
            [6.66, 6.26, 5.45, 4.41],
        );
        check(
            "ctl",
            l.ctl,
            [3.89, 3.63, 3.34, 3.07],
            d.ctl,
            [4.83, 4.53, 3.95, 3.19],
        );
        near("sup on tint", l.sup.contrast(l.sup_tint), 4.60);
        near("opp on tint", l.opp.contrast(l.opp_tint), 4.57);
        near("sup on tint, dark", d.sup.contrast(d.sup_tint), 5.12);
        near("opp on tint, dark", d.opp.contrast(d.opp_tint), 5.13);
        near("warn", l.warn.contrast(l.page), 5.93);
        near("err", l.err.contrast(l.page), 6.57);
        near("warn, dark", d.warn.contrast(d.page), 9.04);
        near("err, dark", d.err.contrast(d.page), 7.68);
        near("inv on ink", l.inv.contrast(l.ink), 17.98);
        near("inv on ink, dark", d.inv.contrast(d.ink), 14.64);
    }

    #[test]
    fn text_on_what_it_stands_on_is_readable() {
        for palette in [LIGHT, DARK] {
            for surface in [
                palette.page,
                palette.panel,
                palette.bar,
                palette.raise,
                palette.hov,
            ] {
                for text in [palette.ink, palette.ink2, palette.ink3] {
                    assert!(text.contrast(surface) >= 4.5, "{text} on {surface}");
                }
            }
            for text in [palette.ink, palette.ink2] {
                assert!(text.contrast(palette.sel) >= 4.5, "{text} on sel");
            }
            assert!(palette.ctl.contrast(palette.well) >= 3.0);
            assert!(palette.err.contrast(palette.err_tint) >= 4.5);
            assert!(palette.ink.contrast(palette.err_tint) >= 4.5);
        }
    }

    #[test]
    fn types_are_readable_as_badge_and_line() {
        for palette in [LIGHT, DARK] {
            for entity_type in EntityType::BUILT_IN {
                let colour = palette.entity_type(entity_type);
                let tint = palette.type_tint(entity_type);
                let name = entity_type.name();
                assert!(palette.inv.contrast(colour) >= 4.5, "letter of {name}");
                assert!(colour.contrast(palette.page) >= 4.5, "{name} on the page");
                assert!(colour.contrast(tint) >= 3.0, "{name}'s line on its tint");
                assert!(palette.ink.contrast(tint) >= 7.0, "text on {name}");
            }
        }
    }

    #[test]
    fn no_two_types_share_colour_or_pattern() {
        for palette in [LIGHT, DARK] {
            let colours: BTreeSet<_> = palette.types.into_iter().collect();
            assert_eq!(colours.len(), 9);
        }
        let patterns: BTreeSet<_> = EntityType::BUILT_IN
            .into_iter()
            .map(Underline::of)
            .collect();
        assert_eq!(patterns.len(), 9);
    }

    #[test]
    fn colours_are_written_for_svg() {
        assert_eq!(LIGHT.sup.to_string(), "#0B7285");
        assert_eq!(
            Rgb(0, 0, 0).over(Rgb(255, 255, 255), 0.5).to_string(),
            "#808080"
        );
    }
}
