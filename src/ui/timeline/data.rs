//! What the timeline shows, kept until project, filter, lanes or scale change.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::{
    Bin, Compared, Comparison, DensityBar, Filter, Lane, Lanes, Timeline, TimelineLane, comparison,
    density, timeline,
};
use crate::app::{Snapshot, ViewState};
use crate::figure::axis::{Axis, Window};
use crate::figure::marks::{LaneLayout, Look, lay_out};
use crate::figure::timeline::{fit, middles};
use crate::model::DateSpan;
use crate::ui::timeline::Shown;

const LOW: Look = Look {
    head: 27.0,
    under: 9.5,
    track: 16.0,
    most: 4,
};
const LOW_PART: Look = Look { head: 24.0, ..LOW };
const HIGH: Look = Look {
    head: 48.0,
    under: 18.5,
    track: 18.0,
    most: 12,
};
const HIGH_PART: Look = Look {
    head: 42.0,
    under: 15.5,
    ..HIGH
};

/// A lane, or a part of one, with its marks and bars at one scale.
#[derive(Debug)]
pub(super) struct Row {
    /// Which lane.
    pub(super) lane: usize,
    /// Which of its parts; none for the lane itself.
    pub(super) part: Option<usize>,
    /// From the top of the first row.
    pub(super) top: f32,
    pub(super) layout: LaneLayout,
    /// Height of the row of marks, which the label stands beside.
    pub(super) head: f32,
}

/// All rows, at one scale.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) height: f32,
}

impl Rows {
    /// Returns the rows that lie between two heights.
    pub(super) fn between(&self, top: f32, bottom: f32) -> impl Iterator<Item = &Row> {
        let first = self
            .rows
            .partition_point(|row| row.top + row.layout.height <= top);
        let rest = self.rows.iter().skip(first);
        rest.take_while(move |row| row.top < bottom)
    }
}

/// Everything that takes longer than a frame may.
#[derive(Debug, Default)]
pub(super) struct Data {
    key: Option<(u64, Lanes, Filter)>,
    pub(super) timeline: Rc<Timeline>,
    /// Days that the window is fitted to.
    pub(super) days: Option<DateSpan>,
    /// The day in the middle of each item, in order.
    middles: Vec<i64>,
    density: Option<(Bin, Option<DateSpan>, Vec<DensityBar>)>,
    rows: Option<(f64, bool, BTreeSet<Lane>, Rc<Rows>)>,
    axis: Option<(Window, bool, Axis)>,
    compared: Option<(u64, Filter, Compared, Rc<Comparison>)>,
}

impl Data {
    /// Asks `analysis` again if anything changed. The filter's days change no lane.
    pub(super) fn update(&mut self, snap: &Snapshot, view_state: &ViewState) {
        let cut = view_state.cut();
        let open = Filter {
            dates: None,
            ..view_state.filter.clone()
        };
        let same = self.key.as_ref().is_some_and(|(revision, lanes, filter)| {
            *revision == snap.revision && *lanes == cut && *filter == open
        });
        if same {
            return;
        }
        let lanes = timeline(&snap.project, &snap.view, &open, cut);
        self.key = Some((snap.revision, cut, open));
        self.days = fit(&lanes).map(|(days, _)| days);
        self.middles = middles(&lanes);
        self.timeline = Rc::new(lanes);
        self.density = None;
        self.rows = None;
    }

    /// Whether there is nothing to place.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_none()
    }

    /// Returns how many items lie before and after the window.
    pub(super) fn outside(&self, window: Window) -> (usize, usize) {
        let before = self
            .middles
            .partition_point(|day| (*day as f64) < window.from);
        let up_to = self
            .middles
            .partition_point(|day| (*day as f64) < window.to);
        (before, self.middles.len() - up_to)
    }

    /// Returns the days of the nearest item before the window, or after it.
    pub(super) fn nearest(&self, window: Window, after: bool) -> Option<DateSpan> {
        let items = self.timeline.lanes.iter().flat_map(|lane| &lane.items);
        let middle = |span: DateSpan| {
            let (first, last) = (
                crate::analysis::day_number(span.first),
                crate::analysis::day_number(span.last),
            );
            first + (last - first) / 2
        };
        let spans = items.map(|item| item.when.span());
        if after {
            let later = spans.filter(|span| middle(*span) as f64 >= window.to);
            later.min_by_key(|span| middle(*span))
        } else {
            let earlier = spans.filter(|span| (middle(*span) as f64) < window.from);
            earlier.max_by_key(|span| middle(*span))
        }
    }

    /// Returns the bars of the density strip.
    pub(super) fn density(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        bin: Bin,
    ) -> &[DensityBar] {
        let days = view_state.filter.dates;
        let same = self
            .density
            .as_ref()
            .is_some_and(|(known, asked, _)| *known == bin && *asked == days);
        if !same {
            let bars = density(&snap.project, &snap.view, &view_state.filter, bin);
            self.density = Some((bin, days, bars));
        }
        self.density.as_ref().map_or(&[], |(.., bars)| bars)
    }

    /// Places all marks and bars, unless they stand there already: moving in time changes nothing.
    pub(super) fn rows(&mut self, window: Window, shown: Shown<'_>) -> Rc<Rows> {
        let day = window.per_day();
        let (enlarged, folded) = (shown.enlarged, &shown.view_state.folded);
        if let Some((known, was_enlarged, were_folded, rows)) = &self.rows
            && (known / day - 1.0).abs() < 1e-7
            && *was_enlarged == enlarged
            && were_folded == folded
        {
            return Rc::clone(rows);
        }
        let rows = Rc::new(self.placed(day, enlarged, folded));
        self.rows = Some((day, enlarged, folded.clone(), Rc::clone(&rows)));
        rows
    }

    fn placed(&self, day: f64, enlarged: bool, folded: &BTreeSet<Lane>) -> Rows {
        let mut out = Rows::default();
        let mut add = |lane: usize, part: Option<usize>, row: &TimelineLane| {
            let look = match (enlarged, part.is_some()) {
                (false, false) => LOW,
                (false, true) => LOW_PART,
                (true, false) => HIGH,
                (true, true) => HIGH_PART,
            };
            let layout = lay_out(&row.items, day, look);
            let top = out.height;
            out.height += layout.height;
            out.rows.push(Row {
                lane,
                part,
                top,
                layout,
                head: look.head,
            });
        };
        for (index, lane) in self.timeline.lanes.iter().enumerate() {
            add(index, None, lane);
            if !folded.contains(&lane.lane) {
                for (part, row) in lane.parts.iter().enumerate() {
                    add(index, Some(part), row);
                }
            }
        }
        out
    }

    /// Returns the counts of two periods.
    pub(super) fn comparison(
        &mut self,
        snap: &Snapshot,
        filter: &Filter,
        periods: Compared,
    ) -> Rc<Comparison> {
        if let Some((revision, known, compared, made)) = &self.compared
            && (*revision, *compared) == (snap.revision, periods)
            && known == filter
        {
            return Rc::clone(made);
        }
        let made = Rc::new(comparison(&snap.project, &snap.view, filter, periods));
        self.compared = Some((snap.revision, filter.clone(), periods, Rc::clone(&made)));
        made
    }

    /// Returns the axis, made by `make` when the window changed.
    pub(super) fn axis(
        &mut self,
        window: Window,
        one_tier: bool,
        make: impl FnOnce() -> Axis,
    ) -> &Axis {
        let same = self
            .axis
            .as_ref()
            .is_some_and(|(known, tier, _)| *known == window && *tier == one_tier);
        if !same {
            self.axis = Some((window, one_tier, make()));
        }
        static NONE: Axis = Axis {
            upper: Vec::new(),
            lower: Vec::new(),
            grid: Vec::new(),
            weekends: Vec::new(),
        };
        self.axis.as_ref().map_or(&NONE, |(.., axis)| axis)
    }
}
