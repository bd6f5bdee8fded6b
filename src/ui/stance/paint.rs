//! Bars that two tabs share, and words that must fit.

use egui::{Align2, Color32, FontId, Painter, Rect, Stroke, pos2, vec2};

use crate::figure::scene::{Face as FigureFace, Measure, Style};
use crate::figure::tokens::Rgb;
use crate::model::Polarity;
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::paint;

/// Room for a count outside the end of a bar.
const COUNT: f32 = 30.0;

/// One scale for both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// Where zero is.
    pub(super) zero: f32,
    per: f32,
}

impl Scale {
    /// Fits the largest counts (oppose, support) between `left` and `right`, with room for `words`
    /// on both sides of zero.
    pub(super) fn new(left: f32, right: f32, most: (usize, usize), words: f32) -> Self {
        let (oppose, support) = (most.0 as f32, most.1 as f32);
        let sum = (oppose + support).max(1.0);
        let wide = (right - left - 2.0 * COUNT).max(8.0);
        let zero = left + COUNT + wide * oppose / sum;
        let words = words.min((right - left).max(0.0) * 0.49);
        let zero = zero.clamp(left + words, right - words);
        let at_left = (zero - left - COUNT).max(2.0) / oppose.max(1.0);
        let at_right = (right - COUNT - zero).max(2.0) / support.max(1.0);
        Self {
            zero,
            per: at_left.min(at_right).min(24.0),
        }
    }

    /// Returns where the bar of one side stands, at least wide enough to be hit.
    pub(super) fn area(self, side: Polarity, y: f32, counts: (usize, usize), high: f32) -> Rect {
        let long = (self.length(counts.0) + self.length(counts.1)).max(8.0);
        let end = if side == Polarity::Oppose {
            self.zero - long
        } else {
            self.zero + long
        };
        Rect::from_two_pos(pos2(self.zero, y - high / 2.0), pos2(end, y + high / 2.0))
    }

    fn length(self, count: usize) -> f32 {
        if count == 0 {
            0.0
        } else {
            (count as f32 * self.per).max(2.0)
        }
    }
}

/// How a bar is painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct BarStyle {
    /// Height of the bar.
    pub(super) height: f32,
    /// What lies below, for dimming.
    pub(super) surface: Rgb,
    /// Not asked for.
    pub(super) dimmed: bool,
    /// Size of the counts.
    pub(super) size: f32,
}

/// Paints both sides of a row around `y`: confirmed solid, then suggested hatched, counts outside.
pub(super) fn bar(
    painter: &Painter,
    theme: &Theme,
    (scale, y): (Scale, f32),
    (oppose, support): ((usize, usize), (usize, usize)),
    style: BarStyle,
) {
    for (side, (confirmed, suggested), way) in [
        (Polarity::Oppose, oppose, -1.0),
        (Polarity::Support, support, 1.0),
    ] {
        let solid = scale.length(confirmed);
        let hatched = scale.length(suggested);
        let at = |from: f32, length: f32| {
            let half = style.height / 2.0;
            let (one, two) = (scale.zero + way * from, scale.zero + way * (from + length));
            Rect::from_min_max(pos2(one.min(two), y - half), pos2(one.max(two), y + half))
        };
        let (colour, tint) = side_colours(theme, side, style);
        if solid > 0.0 {
            painter.rect_filled(at(0.0, solid), 0.0, colour);
        }
        if hatched > 0.0 {
            let rect = at(solid, hatched);
            painter.rect_filled(rect, 0.0, tint);
            paint::hatch(painter, rect, colour);
        }
        let count = confirmed + suggested;
        if count > 0 {
            let x = scale.zero + way * (solid + hatched + 5.0);
            let align = if way < 0.0 {
                Align2::RIGHT_CENTER
            } else {
                Align2::LEFT_CENTER
            };
            let ink = if style.dimmed { theme.ink3 } else { theme.ink2 };
            let font = Face::Ui.font(style.size);
            painter.text(pos2(x, y), align, count.to_string(), font, ink);
        }
    }
}

fn side_colours(theme: &Theme, side: Polarity, style: BarStyle) -> (Color32, Color32) {
    if style.dimmed {
        let colour = theme.palette.polarity(side);
        let tint = theme.palette.polarity_tint(side);
        (
            theme.over(colour, style.surface, 0.5),
            theme.over(tint, style.surface, 0.5),
        )
    } else {
        (theme.polarity(side), theme.polarity_tint(side))
    }
}

/// Paints the legend, its right end at `right`: confirmed solid, suggested hatched.
pub(super) fn legend(painter: &Painter, theme: &Theme, right: f32, y: f32) {
    let font = Face::Ui.font(12.5);
    let mut x = right;
    for (words, solid) in [("suggested", false), ("confirmed", true)] {
        let at = painter.text(
            pos2(x, y),
            Align2::RIGHT_CENTER,
            words,
            font.clone(),
            theme.ink2,
        );
        let swatch = Rect::from_center_size(pos2(at.left() - 12.0, y), vec2(17.0, 9.0));
        if solid {
            painter.rect_filled(swatch, 0.0, theme.ink3);
        } else {
            painter.rect_filled(swatch, 0.0, theme.polarity_tint(Polarity::Neutral));
            paint::hatch(painter, swatch, theme.ink3);
        }
        x = swatch.left() - 10.0;
    }
}

/// Paints the words over the two sides and, at `right`, the column of neither.
pub(super) fn heads(painter: &Painter, theme: &Theme, zero: f32, right: Option<f32>, y: f32) {
    let font = Face::UiMedium.font(12.5);
    painter.text(
        pos2(zero - 9.0, y),
        Align2::RIGHT_CENTER,
        "oppose",
        font.clone(),
        theme.opp,
    );
    painter.text(
        pos2(zero + 9.0, y),
        Align2::LEFT_CENTER,
        "support",
        font,
        theme.sup,
    );
    if let Some(right) = right {
        let font = Face::Ui.font(12.5);
        let at = pos2(right, y);
        painter.text(at, Align2::RIGHT_CENTER, "neither", font, theme.ink3);
    }
}

/// Paints what lies under a row; returns it, for dimming.
pub(super) fn ground(
    painter: &Painter,
    theme: &Theme,
    rect: Rect,
    (selected, hovered): (bool, bool),
    plain: Rgb,
) -> Rgb {
    if selected {
        painter.rect_filled(rect, 0.0, theme.sel);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        painter.rect_filled(bar, 0.0, theme.ink);
        theme.palette.sel
    } else if hovered {
        painter.rect_filled(rect, 0.0, theme.hov);
        theme.palette.hov
    } else {
        plain
    }
}

/// Paints the line of zero.
pub(super) fn zero_line(painter: &Painter, theme: &Theme, x: f32, top: f32, bottom: f32) {
    painter.vline(x, top..=bottom, Stroke::new(1.0, theme.ink));
}

/// Measures with the fonts of the screen.
pub(super) struct Screen<'a>(pub(super) &'a Painter);

impl Measure for Screen<'_> {
    fn width(&self, words: &str, style: Style) -> f32 {
        let face = match style.face {
            FigureFace::Ui => Face::Ui,
            FigureFace::UiMedium => Face::UiMedium,
            FigureFace::UiSemibold => Face::UiSemibold,
            FigureFace::Title => Face::ReadBold,
        };
        let font = face.font(style.size);
        let galley = self
            .0
            .layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER);
        galley.size().x
    }
}

/// Shows words where a chart has nothing to show.
pub(super) fn words(ui: &egui::Ui, rect: Rect, theme: &Theme, words: &str) {
    let at = pos2(rect.left() + super::PAD, rect.center().y);
    let font = Face::Ui.font(14.0);
    let at = ui
        .painter()
        .text(at, Align2::LEFT_CENTER, words, font, theme.ink2);
    let response = ui.interact(at, ui.scope_id().with("none"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

/// Returns the words, or as much of them as fits `width`, with `…`.
pub(super) fn fit(painter: &Painter, words: &str, font: &FontId, width: f32) -> String {
    let wide = |words: &str| {
        let galley = painter.layout_no_wrap(words.to_owned(), font.clone(), Color32::PLACEHOLDER);
        galley.size().x
    };
    if wide(words) <= width {
        return words.to_owned();
    }
    let mut chars: Vec<char> = words.chars().take(80).collect();
    loop {
        let cut: String = chars.iter().collect::<String>().trim_end().to_owned() + "…";
        if chars.len() < 2 || wide(&cut) <= width {
            return cut;
        }
        chars.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_have_one_scale_and_stay_inside() {
        let check = |most: (usize, usize)| {
            let scale = Scale::new(100.0, 300.0, most, 50.0);
            assert!(scale.zero >= 150.0 && scale.zero <= 250.0, "{most:?}");
            assert!(scale.zero - scale.length(most.0) >= 129.0, "{most:?}");
            assert!(scale.zero + scale.length(most.1) <= 271.0, "{most:?}");
            let twice = scale.length(40) / scale.length(20);
            assert!((twice - 2.0).abs() < 1.2, "{most:?}");
        };
        for most in [(0, 0), (1, 0), (0, 7), (27, 14), (400, 3), (5_000, 5_000)] {
            check(most);
        }
    }

    #[test]
    fn what_there_is_can_be_seen() {
        let scale = Scale::new(0.0, 200.0, (10_000, 1), 50.0);
        assert!(scale.length(1) >= 2.0);
        assert!(scale.length(0) < 0.1);
    }
}
