//! What was done, in the past tense, with *Undo*: bottom left, one at a time, five seconds.

use egui::{Align2, Area, Context, Frame, Id, Order, Role, Sense, Stroke, WidgetInfo, vec2};

use crate::app::{Command, Commands, Toast};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::visual;

/// Shows a toast until its time is over; it stays while it is hovered or focused.
pub fn toast_ui(ctx: &Context, toast: &Toast, above: f32, out: &mut Commands) {
    let id = Id::unique("toast");
    let now = ctx.input(|input| input.time);
    let (serial, until): (u64, f64) = ctx
        .data(|data| data.get_temp(id))
        .unwrap_or((u64::MAX, 0.0));
    let until = if serial == toast.serial {
        until
    } else {
        now + 5.0
    };
    ctx.data_mut(|data| data.insert_temp(id, (toast.serial, until)));
    if now >= until {
        return;
    }
    let theme = Theme::pick(ctx.theme() == egui::Theme::Dark);
    let shown = Area::new(id)
        .order(Order::Foreground)
        .anchor(Align2::LEFT_BOTTOM, vec2(16.0, -above))
        .accessible_name("What was done")
        .fade_in(false)
        .show(ctx, |ui| {
            Frame::new()
                .fill(theme.ink)
                .corner_radius(8)
                .shadow(theme.shadow())
                .inner_margin(egui::Margin::symmetric(16, 0))
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.set_height(40.0);
                        words(ui, &toast.words, theme);
                        toast.undo && undo(ui, theme)
                    })
                    .inner
                })
                .inner
        });
    if shown.inner {
        out.push(Command::Undo);
        ctx.data_mut(|data| data.insert_temp(id, (toast.serial, now)));
    }
    let stays = shown.response.contains_pointer();
    if stays {
        let until = until.max(now + 1.0);
        ctx.data_mut(|data| data.insert_temp(id, (toast.serial, until)));
    }
    let wait = std::time::Duration::from_secs_f64((until - now).clamp(0.05, 6.0));
    ctx.request_repaint_after(wait);
}

fn words(ui: &mut egui::Ui, words: &str, theme: &Theme) {
    let galley =
        ui.painter()
            .layout_no_wrap(visual(words).into_owned(), Face::Ui.font(14.0), theme.inv);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, words));
    ui.painter().galley(rect.min, galley, theme.inv);
}

fn undo(ui: &mut egui::Ui, theme: &Theme) -> bool {
    ui.add_space(4.0);
    let (bar, _) = ui.allocate_exact_size(vec2(1.0, 18.0), Sense::hover());
    ui.painter()
        .vline(bar.center().x, bar.y_range(), Stroke::new(1.0, theme.ctl));
    let galley =
        ui.painter()
            .layout_no_wrap("Undo".to_owned(), Face::UiSemibold.font(14.0), theme.inv);
    let size = galley.size() + vec2(12.0, 10.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Undo"));
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, theme.inv);
    if response.hovered() {
        let at = rect.center().y + 10.0;
        ui.painter()
            .hline(rect.shrink(6.0).x_range(), at, Stroke::new(1.0, theme.inv));
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, theme.inv);
        ui.painter()
            .rect_stroke(rect.shrink(2.0), 5.0, ring, egui::StrokeKind::Inside);
    }
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(ctx: &Context, toast: &Toast, time: f64) -> bool {
        let input = egui::RawInput {
            time: Some(time),
            ..Default::default()
        };
        let mut out = Commands::default();
        let mut shown = false;
        let output = ctx.run_ui(input, |ui| {
            toast_ui(ui.ctx(), toast, 40.0, &mut out);
            shown = ui.memory(|memory| {
                memory
                    .areas()
                    .visible_layer_ids()
                    .iter()
                    .any(|layer| layer.id == Id::unique("toast"))
            });
        });
        output.drop_without_applying_deltas();
        shown
    }

    #[test]
    fn a_toast_goes_after_five_seconds_and_a_new_one_comes() {
        let ctx = Context::default();
        crate::ui::theme::install(&ctx);
        let toast = |serial| Toast {
            words: "Statement confirmed".to_owned(),
            undo: true,
            serial,
        };
        assert!(frame(&ctx, &toast(1), 1.0));
        assert!(frame(&ctx, &toast(1), 5.5));
        // Areas of the frame before still count as visible in the first frame without.
        frame(&ctx, &toast(1), 6.1);
        assert!(!frame(&ctx, &toast(1), 6.2));
        assert!(!frame(&ctx, &toast(1), 7.0));
        assert!(frame(&ctx, &toast(2), 7.5));
    }
}
