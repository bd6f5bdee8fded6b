//! Where the regions are: a pure function of window, remembered sizes and what is open.

use egui::{Id, Rect, pos2};

use crate::app::{Layout, Region};

/// Height of the top bar.
pub const TOP_BAR: f32 = 48.0;
/// Height of the hint bar.
pub const HINT_BAR: f32 = 32.0;
/// Width of the folded articles.
pub const RAIL: f32 = 48.0;
/// Width of the editor.
pub const EDITOR: f32 = 376.0;
const READER_LEAST: f32 = 480.0;
const TIMELINE_FOLDED: f32 = 96.0;

/// Rectangles of the regions; none is not shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Regions {
    /// Articles, or their rail.
    pub articles: Option<Rect>,
    /// Whether they are folded to the rail.
    pub rail: bool,
    /// Reader.
    pub reader: Option<Rect>,
    /// Stance.
    pub stance: Option<Rect>,
    /// Editor of a statement.
    pub editor: Option<Rect>,
    /// Timeline.
    pub timeline: Option<Rect>,
}

/// What decides about the regions beside their sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// The region that has the whole middle.
    pub enlarged: Option<Region>,
    /// Whether a statement is being edited.
    pub editor: bool,
}

/// Returns the id that a region has the focus by.
#[must_use]
pub fn region_id(region: Region) -> Id {
    Id::unique(("region", region))
}

/// Returns the design's sizes for a window (§5's table, straight lines between its rows).
#[must_use]
pub fn design_sizes(width: f32, height: f32) -> (f32, f32, f32) {
    let between = |at: f32, rows: [(f32, f32); 3]| {
        let [(x0, y0), (x1, y1), (x2, y2)] = rows;
        let line = |x0: f32, y0: f32, x1: f32, y1: f32| {
            y0 + (y1 - y0) * ((at - x0) / (x1 - x0)).clamp(0.0, 1.0)
        };
        let value = if at < x1 {
            line(x0, y0, x1, y1)
        } else {
            line(x1, y1, x2, y2)
        };
        value.round()
    };
    (
        between(width, [(1280.0, 232.0), (1600.0, 288.0), (2560.0, 340.0)]),
        between(width, [(1280.0, 368.0), (1600.0, 440.0), (2560.0, 620.0)]),
        between(height, [(800.0, 188.0), (1000.0, 248.0), (1440.0, 372.0)]),
    )
}

/// Returns where each region is in `middle`, the window without its bars.
#[must_use]
pub fn regions(window: Rect, middle: Rect, layout: Layout, open: Open) -> Regions {
    if let Some(region) = open.enlarged {
        return enlarged(middle, region, open.editor);
    }
    let (articles, stance, timeline) = design_sizes(window.width(), window.height());
    let rail = window.width() < 1100.0;
    let articles = if rail {
        RAIL
    } else {
        layout
            .articles_width
            .unwrap_or(articles)
            .clamp(200.0, 480.0)
    };
    let least = if open.editor { EDITOR } else { 320.0 };
    let most = (middle.width() - articles - READER_LEAST).max(320.0);
    let stance = layout
        .stance_width
        .unwrap_or(stance)
        .clamp(320.0, 900.0)
        .max(least)
        .min(most);
    let timeline = if window.height() < 700.0 {
        TIMELINE_FOLDED
    } else {
        let most = (middle.height() * 0.7).max(120.0);
        layout
            .timeline_height
            .unwrap_or(timeline)
            .clamp(120.0, most)
    };
    let bottom = middle.bottom() - timeline;
    let left = middle.left() + articles;
    let right = middle.right() - stance;
    let rect =
        |x0: f32, y0: f32, x1: f32, y1: f32| Some(Rect::from_min_max(pos2(x0, y0), pos2(x1, y1)));
    let side = rect(right, middle.top(), middle.right(), bottom);
    Regions {
        articles: rect(middle.left(), middle.top(), left, bottom),
        rail,
        reader: rect(left, middle.top(), right, bottom),
        stance: side.filter(|_| !open.editor),
        editor: side.filter(|_| open.editor),
        timeline: rect(middle.left(), bottom, middle.right(), middle.bottom()),
    }
}

fn enlarged(middle: Rect, region: Region, editor: bool) -> Regions {
    let (main, side) = if editor {
        let (main, side) = middle.split_left_right_at_x(middle.right() - EDITOR);
        (main, Some(side))
    } else {
        (middle, None)
    };
    let only = |this: Region| (region == this).then_some(main);
    Regions {
        articles: only(Region::Articles),
        rail: false,
        reader: only(Region::Reader),
        stance: only(Region::Stance),
        editor: side,
        timeline: only(Region::Timeline),
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    fn at(width: f32, height: f32, layout: Layout, open: Open) -> Regions {
        let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
        let middle = Rect::from_min_max(pos2(0.0, 88.0), pos2(width, height - HINT_BAR));
        regions(window, middle, layout, open)
    }

    #[test]
    fn sizes_are_those_of_the_design() {
        for (width, height, want) in [
            (1280.0, 800.0, (232.0, 680.0, 368.0, 188.0)),
            (1600.0, 1000.0, (288.0, 872.0, 440.0, 248.0)),
            (2560.0, 1440.0, (340.0, 1600.0, 620.0, 372.0)),
        ] {
            let regions = at(width, height, Layout::default(), Open::default());
            let width = |rect: Option<Rect>| rect.unwrap().width();
            assert_eq!(
                (
                    width(regions.articles),
                    width(regions.reader),
                    width(regions.stance),
                    regions.timeline.unwrap().height(),
                ),
                want
            );
        }
    }

    #[test]
    fn the_reader_keeps_its_least_width() {
        let layout = Layout {
            articles_width: Some(480.0),
            stance_width: Some(900.0),
            timeline_height: Some(5000.0),
        };
        let regions = at(1400.0, 900.0, layout, Open::default());
        assert!(regions.reader.unwrap().width() >= READER_LEAST);
        assert!(regions.reader.unwrap().height() > 100.0);
    }

    #[test]
    fn small_windows_fold() {
        let regions = at(960.0, 640.0, Layout::default(), Open::default());
        assert!(regions.rail);
        assert!((regions.articles.unwrap().width() - RAIL).abs() < 0.01);
        assert!((regions.timeline.unwrap().height() - TIMELINE_FOLDED).abs() < 0.01);
    }

    #[test]
    fn an_enlarged_region_has_the_whole_middle() {
        let open = Open {
            enlarged: Some(Region::Stance),
            editor: true,
        };
        let regions = at(1600.0, 1000.0, Layout::default(), open);
        assert!((regions.stance.unwrap().width() - (1600.0 - EDITOR)).abs() < 0.01);
        assert!((regions.editor.unwrap().width() - EDITOR).abs() < 0.01);
        assert_eq!((regions.reader, regions.timeline), (None, None));
    }
}
