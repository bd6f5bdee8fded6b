//! What the timeline shows, kept until project, filter or lanes change.

use crate::analysis::{Bin, DensityBar, Filter, LaneKind, Timeline, density, timeline};
use crate::app::{Snapshot, ViewState};
use crate::figure::axis::{Axis, Window};
use crate::figure::marks::{Placed, SpanMark, place, spans};
use crate::figure::timeline::fit;
use crate::model::DateSpan;

/// Marks and bars of one lane at one window and height.
#[derive(Debug, Default)]
pub(super) struct LaneMarks {
    at: Option<(Window, f32)>,
    pub(super) placed: Vec<Placed>,
    pub(super) spans: Vec<SpanMark>,
}

/// Everything that takes longer than a frame may.
#[derive(Debug, Default)]
pub(super) struct Data {
    key: Option<(u64, LaneKind, Filter)>,
    pub(super) timeline: Timeline,
    /// Days that the window is fitted to.
    pub(super) days: Option<DateSpan>,
    density: Option<(Bin, Vec<DensityBar>)>,
    marks: Vec<LaneMarks>,
    axis: Option<(Window, bool, Axis)>,
}

impl Data {
    /// Asks `analysis` again if anything changed.
    pub(super) fn update(&mut self, snap: &Snapshot, view_state: &ViewState, kind: LaneKind) {
        let same = self.key.as_ref().is_some_and(|(revision, lanes, filter)| {
            *revision == snap.revision && *lanes == kind && *filter == view_state.filter
        });
        if same {
            return;
        }
        self.key = Some((snap.revision, kind, view_state.filter.clone()));
        self.timeline = timeline(&snap.project, &snap.view, &view_state.filter, kind);
        self.days = fit(&self.timeline).map(|(days, _)| days);
        self.density = None;
        self.marks.clear();
        let lanes = self.timeline.lanes.len();
        self.marks.resize_with(lanes, LaneMarks::default);
    }

    /// Whether there is nothing to place.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_none()
    }

    /// Returns the bars of the density strip.
    pub(super) fn density(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        bin: Bin,
    ) -> &[DensityBar] {
        if self.density.as_ref().is_none_or(|(known, _)| *known != bin) {
            let bars = density(&snap.project, &snap.view, &view_state.filter, bin);
            self.density = Some((bin, bars));
        }
        self.density.as_ref().map_or(&[], |(_, bars)| bars)
    }

    /// Places the marks of a lane, unless they stand there already.
    pub(super) fn marks(&mut self, lane: usize, window: Window, height: f32) -> &LaneMarks {
        static NONE: LaneMarks = LaneMarks {
            at: None,
            placed: Vec::new(),
            spans: Vec::new(),
        };
        let (Some(marks), Some(row)) = (self.marks.get_mut(lane), self.timeline.lanes.get(lane))
        else {
            return &NONE;
        };
        if marks.at != Some((window, height)) {
            marks.at = Some((window, height));
            marks.placed = place(&row.items, window, height);
            marks.spans = spans(&row.items, window);
        }
        marks
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
