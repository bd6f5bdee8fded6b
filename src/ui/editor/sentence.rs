//! The sentence on top of the editor, with the words of each field marked, and the legend.

use std::ops::Range;

use egui::{Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::ProjectView;
use crate::app::{Command, Commands, StatementDraft};
use crate::model::{ArticleState, EntityType, Party, Polarity, TextRange, slice};
use crate::ui::reader::set::{SetText, Setting, Stretch};
use crate::ui::reader::text::{CharMap, has_right_to_left};
use crate::ui::theme::{Face, Theme};
use crate::ui::widgets::link;

/// What words of the sentence are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Holder(EntityType),
    Target(EntityType),
    Cue(Polarity),
    Issue,
}

/// Returns the one side that the draft's mark shows.
pub(crate) fn side(draft: &StatementDraft) -> Polarity {
    let target = draft.target.and(draft.polarity_target);
    let target = target.filter(|side| *side != Polarity::Neutral);
    let has_issue = !draft.issue_label.is_empty();
    target
        .or(draft.polarity_issue.filter(|_| has_issue))
        .unwrap_or(Polarity::Neutral)
}

fn parts(view: &ProjectView, draft: &StatementDraft) -> Vec<(TextRange, Part)> {
    let kind = |party: &Party| view.entity_type(party.entity).unwrap_or(EntityType::State);
    let mut found = vec![(draft.cue, Part::Cue(side(draft)))];
    found.extend(
        draft
            .holder
            .map(|party| (party.range, Part::Holder(kind(&party)))),
    );
    found.extend(
        draft
            .target
            .map(|party| (party.range, Part::Target(kind(&party)))),
    );
    found.extend(draft.issue_range.map(|range| (range, Part::Issue)));
    found.retain(|(range, _)| !range.is_empty() && draft.sentence.contains_range(*range));
    found
}

/// Shows the sentence, the legend and the way to the article.
pub(crate) fn show(
    ui: &mut Ui,
    view: &ProjectView,
    state: &ArticleState,
    draft: &StatementDraft,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    let words = slice(&state.article.text.body, draft.sentence).replace('\n', " ");
    let setting = Setting {
        face: Face::Read,
        size: 17.0,
        line: 27.0,
        width: ui.available_width(),
    };
    let set = SetText::new(ui, &words, setting, has_right_to_left(&words));
    let map = CharMap::new(&words);
    let (rect, response) =
        ui.allocate_exact_size(vec2(setting.width, set.height()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Paragraph, true, &words));
    let chars = |range: TextRange| -> Range<usize> {
        let at =
            |at: crate::model::TextSize| map.character(usize::from(at - draft.sentence.start()));
        at(range.start())..at(range.end())
    };
    let parts = parts(view, draft);
    let painter = ui.painter();
    for (range, part) in &parts {
        if let Part::Cue(side) = part {
            for Stretch {
                row, left, right, ..
            } in set.stretches(&chars(*range))
            {
                let y = rect.top() + set.centre(row);
                let tint = egui::Rect::from_min_max(
                    pos2(rect.left() + left - 2.0, y - 11.5),
                    pos2(rect.left() + right + 2.0, y + 11.5),
                );
                painter.rect_filled(tint, 3.0, theme.polarity_tint(*side));
            }
        }
    }
    set.paint(painter, rect.min, &[(0..map.chars(), theme.ink)]);
    for (range, part) in &parts {
        for Stretch {
            row, left, right, ..
        } in set.stretches(&chars(*range))
        {
            let y = rect.top() + set.centre(row) + 11.0;
            let x = (rect.left() + left)..=(rect.left() + right);
            match part {
                Part::Holder(kind) | Part::Target(kind) => {
                    painter.hline(x, y, Stroke::new(2.0, theme.entity_type(*kind)));
                }
                Part::Issue => {
                    let path = [pos2(*x.start(), y), pos2(*x.end(), y)];
                    painter.extend(Shape::dotted_line(&path, theme.ink2, 3.4, 0.9));
                }
                Part::Cue(_) => {}
            }
        }
    }
    below(ui, theme, draft, &parts, out);
}

/// The legend, and the way to the article.
fn below(
    ui: &mut Ui,
    theme: &Theme,
    draft: &StatementDraft,
    parts: &[(TextRange, Part)],
    out: &mut Commands,
) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        legend(ui, theme, parts);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if link(ui, "Show in article", 12.5).clicked() {
                out.push(Command::Go(draft.article, draft.sentence));
            }
        });
    });
}

fn legend(ui: &mut Ui, theme: &Theme, parts: &[(TextRange, Part)]) {
    let order = |part: &Part| match part {
        Part::Holder(_) => 0,
        Part::Target(_) => 1,
        Part::Cue(_) => 2,
        Part::Issue => 3,
    };
    let mut parts: Vec<Part> = parts.iter().map(|(_, part)| *part).collect();
    parts.sort_by_key(order);
    parts.dedup_by_key(|part| order(part));
    ui.spacing_mut().item_spacing.x = 12.0;
    for part in parts {
        let words = match part {
            Part::Holder(_) => "holder",
            Part::Target(_) => "target",
            Part::Cue(_) => "cue",
            Part::Issue => "issue",
        };
        let galley = ui.painter().layout_no_wrap(
            words.to_owned(),
            Face::Ui.font(12.5),
            egui::Color32::PLACEHOLDER,
        );
        let size = vec2(20.0 + galley.size().x, 20.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, words));
        let (left, y) = (rect.left(), rect.center().y);
        let painter = ui.painter();
        match part {
            Part::Holder(kind) | Part::Target(kind) => {
                let stroke = Stroke::new(2.0, theme.entity_type(kind));
                painter.hline(left..=left + 14.0, y, stroke);
            }
            Part::Cue(side) => {
                let swatch = egui::Rect::from_center_size(pos2(left + 7.0, y), vec2(14.0, 10.0));
                let stroke = Stroke::new(1.0, theme.polarity(side));
                painter.rect(
                    swatch,
                    2.0,
                    theme.polarity_tint(side),
                    stroke,
                    egui::StrokeKind::Inside,
                );
            }
            Part::Issue => {
                let path = [pos2(left, y), pos2(left + 14.0, y)];
                painter.extend(Shape::dotted_line(&path, theme.ink2, 3.4, 0.9));
            }
        }
        let at = pos2(left + 18.0, y - galley.size().y / 2.0);
        painter.galley(at, galley, theme.ink2);
    }
}
