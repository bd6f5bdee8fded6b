//! Choosing days: drag to set, handles to change, keys to shift. The brush is the filter's dates.

use egui::{Key, Modifiers, Painter, Pos2, Rect, Response, Ui, pos2, vec2};

use crate::analysis::{Compared, counted, date_of, day_number, span_words};
use crate::app::{Command, Commands, ViewState};
use crate::figure::axis::Window;
use crate::model::DateSpan;
use crate::ui::theme::{Face, Theme};

/// A drag under way.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Brush {
    /// None.
    #[default]
    Idle,
    /// From a day to where the pointer is.
    Drag {
        /// The day where it began, or the edge that stays.
        from: i64,
        /// The day under the pointer.
        to: i64,
    },
}

/// One of two compared periods, taken by the mouse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Held {
    /// Whether it is the second.
    second: bool,
    /// The day that the pointer was on last.
    day: i64,
}

/// Moves a compared period by a drag that begins inside it; tells what is compared then. Without
/// such a drag `held` stays empty.
pub(super) fn drag_compared(
    response: &Response,
    day_at: impl Fn(Pos2) -> i64,
    compared: Compared,
    held: &mut Option<Held>,
) -> Option<Compared> {
    let primary = egui::PointerButton::Primary;
    let inside =
        |days: DateSpan, day: i64| (day_number(days.first)..=day_number(days.last)).contains(&day);
    let taken = |day| {
        // The second is drawn above the first.
        let second = inside(compared.second, day);
        (second || inside(compared.first, day)).then_some(Held { second, day })
    };
    if let Some(pointer) = response.hover_pos()
        && (held.is_some() || taken(day_at(pointer)).is_some())
    {
        let icon = if held.is_some() {
            egui::CursorIcon::Grabbing
        } else {
            egui::CursorIcon::Grab
        };
        response.ctx.set_cursor_icon(icon);
    }
    if response.drag_started_by(primary)
        && let Some(origin) = response.ctx.input(|input| input.pointer.press_origin())
    {
        *held = taken(day_at(origin));
    }
    let at = (*held)?;
    let ends = response.drag_stopped_by(primary);
    let pointer = response
        .interact_pointer_pos()
        .or_else(|| response.hover_pos());
    let day = pointer.map_or(at.day, day_at);
    *held = (!ends && response.dragged_by(primary) || response.drag_started_by(primary))
        .then_some(Held { day, ..at });
    let moved = |days: DateSpan| {
        let by = day - at.day;
        ordered(day_number(days.first) + by, day_number(days.last) + by)
    };
    (day != at.day).then(|| {
        if at.second {
            Compared {
                second: moved(compared.second),
                ..compared
            }
        } else {
            Compared {
                first: moved(compared.first),
                ..compared
            }
        }
    })
}

/// Sets or clears the filter's days.
pub(super) fn set(days: Option<DateSpan>, view_state: &ViewState, out: &mut Commands) {
    if view_state.filter.dates != days {
        let mut filter = view_state.filter.clone();
        filter.dates = days;
        out.push(Command::SetFilter(filter));
    }
}

fn ordered(from: i64, to: i64) -> DateSpan {
    DateSpan {
        first: date_of(from.min(to)),
        last: date_of(from.max(to)),
    }
}

impl Brush {
    /// Returns the days to show: those being dragged, else the filter's.
    pub(super) fn days(self, view_state: &ViewState) -> Option<DateSpan> {
        match self {
            Self::Idle => view_state.filter.dates,
            Self::Drag { from, to } => Some(ordered(from, to)),
        }
    }

    /// Follows the primary drag on the plot; returns the days when it ends.
    pub(super) fn drag(
        &mut self,
        response: &Response,
        day_at: impl Fn(Pos2) -> i64,
    ) -> Option<DateSpan> {
        let primary = egui::PointerButton::Primary;
        if response.drag_started_by(primary)
            && let Some(origin) = response.ctx.input(|input| input.pointer.press_origin())
        {
            let from = day_at(origin);
            *self = Self::Drag { from, to: from };
        }
        // The frame of the release may bring the last movement too.
        let moves = response.dragged_by(primary) || response.drag_stopped_by(primary);
        let pointer = response
            .interact_pointer_pos()
            .or_else(|| response.hover_pos());
        if let (Self::Drag { to, .. }, true, Some(pointer)) = (&mut *self, moves, pointer) {
            *to = day_at(pointer);
        }
        response
            .drag_stopped_by(primary)
            .then(|| self.finish())
            .flatten()
    }

    fn finish(&mut self) -> Option<DateSpan> {
        match std::mem::take(self) {
            Self::Drag { from, to } => Some(ordered(from, to)),
            Self::Idle => None,
        }
    }

    /// Draws the handles of the brush and follows their drags.
    pub(super) fn handles(
        &mut self,
        ui: &Ui,
        strip: Rect,
        window: Window,
        view_state: &ViewState,
        out: &mut Commands,
    ) {
        let Some(days) = self.days(view_state) else {
            return;
        };
        let (first, last) = (day_number(days.first), day_number(days.last));
        let edges = [
            ("First day", first, last, window.x(first as f64)),
            ("Last day", last, first, window.x(last as f64 + 1.0)),
        ];
        for (name, day, other, x) in edges {
            if x < -4.0 || x > window.width + 4.0 {
                continue;
            }
            let centre = pos2(strip.left() + x, strip.center().y);
            let rect = Rect::from_center_size(centre, vec2(9.0, 26.0));
            let id = ui.scope_id().with(("brush handle", name));
            let response = ui
                .interact(rect.expand(7.0), id, egui::Sense::drag())
                .on_hover_cursor(egui::CursorIcon::ResizeHorizontal);
            let words = format!(
                "{name} shown, {}",
                crate::analysis::date_words(date_of(day))
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &words));
            paint_handle(ui.painter(), rect, Theme::of(ui));
            if response.drag_started() {
                *self = Self::Drag {
                    from: other,
                    to: day,
                };
            }
            if let (true, Some(at), Self::Drag { to, .. }) = (
                response.dragged(),
                response.interact_pointer_pos(),
                &mut *self,
            ) {
                *to = window.day(at.x - strip.left()).floor() as i64;
            }
            if response.drag_stopped()
                && let Some(days) = self.finish()
            {
                set(Some(days), view_state, out);
            }
        }
    }
}

fn paint_handle(painter: &Painter, rect: Rect, theme: &Theme) {
    painter.rect_filled(rect, 3.0, theme.ink);
    let stroke = egui::Stroke::new(1.2, theme.inv);
    painter.vline(rect.center().x, rect.shrink(8.0).y_range(), stroke);
}

/// `←` `→` shift the days, with `Shift` they move the end. Where no days are chosen, the first of
/// these chooses the day in the middle of the window.
pub(super) fn keys(ui: &Ui, window: Window, view_state: &ViewState, out: &mut Commands) {
    let Some(days) = view_state.filter.dates else {
        let arrow = |key| ui.input(|input| input.key_pressed(key));
        if arrow(Key::ArrowLeft) || arrow(Key::ArrowRight) {
            let middle = f64::midpoint(window.from, window.to).floor() as i64;
            set(Some(ordered(middle, middle)), view_state, out);
        }
        return;
    };
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let moved = |start: i64, end: i64| {
        let (first, last) = (day_number(days.first) + start, day_number(days.last) + end);
        (first <= last).then(|| ordered(first, last))
    };
    let wanted = if pressed(Modifiers::SHIFT, Key::ArrowRight) {
        moved(0, 1)
    } else if pressed(Modifiers::SHIFT, Key::ArrowLeft) {
        moved(0, -1)
    } else if pressed(Modifiers::NONE, Key::ArrowRight) {
        moved(1, 1)
    } else if pressed(Modifiers::NONE, Key::ArrowLeft) {
        moved(-1, -1)
    } else {
        None
    };
    if wanted.is_some() {
        set(wanted, view_state, out);
    }
}

/// Covers what lies outside the days, draws their edges and says them.
pub(super) fn paint(painter: &Painter, area: Rect, window: Window, days: DateSpan, theme: &Theme) {
    let x = |day: f64| area.left() + window.x(day).clamp(0.0, window.width);
    let left = x(day_number(days.first) as f64);
    let right = x(day_number(days.last) as f64 + 1.0);
    let veil = theme.wash(theme.palette.panel, 0.62);
    for rect in [
        Rect::from_min_max(area.min, pos2(left, area.bottom())),
        Rect::from_min_max(pos2(right, area.top()), area.max),
    ] {
        painter.rect_filled(rect, 0.0, veil);
    }
    for edge in [left, right] {
        painter.vline(edge, area.y_range(), egui::Stroke::new(1.5, theme.ink));
    }
    let count = day_number(days.last) - day_number(days.first) + 1;
    let count = usize::try_from(count).unwrap_or_default();
    let words = format!("{} · {}", span_words(days), counted(count, "day"));
    let galley = painter.layout_no_wrap(words, Face::UiMedium.font(12.5), theme.inv);
    let size = galley.size() + vec2(20.0, 5.0);
    let middle = f32::midpoint(left, right);
    let from = (middle - size.x / 2.0).clamp(area.left(), (area.right() - size.x).max(area.left()));
    let pill = Rect::from_min_size(pos2(from, area.top() - size.y), size);
    painter.rect_filled(pill, 4.0, theme.ink);
    painter.galley(pill.center() - galley.size() / 2.0, galley, theme.inv);
}

/// Days of the same number as `like` with `day` in their middle.
pub(super) fn around(day: i64, like: DateSpan) -> DateSpan {
    let long = day_number(like.last) - day_number(like.first);
    ordered(day - long / 2, day - long / 2 + long)
}

/// Draws two periods that are compared: a wash, edges and their days above.
pub(super) fn bands(
    painter: &Painter,
    area: Rect,
    window: Window,
    periods: [DateSpan; 2],
    theme: &Theme,
) {
    for (at, days) in periods.into_iter().enumerate() {
        let x = |day: f64| area.left() + window.x(day).clamp(0.0, window.width);
        let left = x(day_number(days.first) as f64);
        let right = x(day_number(days.last) as f64 + 1.0);
        if right <= area.left() || left >= area.right() {
            continue;
        }
        let (edge, share) = if at == 0 {
            (theme.ctl, 0.04)
        } else {
            (theme.ink, 0.08)
        };
        let rect = Rect::from_min_max(pos2(left, area.top()), pos2(right, area.bottom()));
        painter.rect_filled(rect, 0.0, theme.wash(theme.palette.ink, share));
        for x in [left, right] {
            painter.vline(x, area.y_range(), egui::Stroke::new(1.5, edge));
        }
    }
}
