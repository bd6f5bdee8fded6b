//! The menu of an article's row: read, note, review state, take out.

use egui::{Popup, Response, Ui};

use crate::app::{Command, Commands, Dialog};
use crate::edit::Edit;
use crate::model::{ArticleId, ArticleMeta, ArticleState, ReviewState};
use crate::ui::theme::Theme;
use crate::ui::widgets::{MenuItem, menu_item};

/// Shows the menu on a right click.
pub(super) fn context_ui(
    row: &Response,
    article: ArticleId,
    state: &ArticleState,
    out: &mut Commands,
) {
    if !row.secondary_clicked() && !Popup::is_id_open(&row.ctx, Popup::default_response_id(row)) {
        return;
    }
    let theme = Theme::pick(row.ctx.theme() == egui::Theme::Dark);
    Popup::context_menu(row)
        .accessible_name("What to do with the article")
        .frame(theme.card().inner_margin(6))
        .show(|ui| {
            ui.set_width(220.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            rows(ui, article, &state.article.meta, out);
        });
}

fn rows(ui: &mut Ui, article: ArticleId, meta: &ArticleMeta, out: &mut Commands) {
    if row(ui, "Note on the article…") {
        out.push(Command::OpenArticle(article));
        out.push(Command::ShowDialog(Some(Dialog::Note(article, None))));
    }
    let (words, review) = match meta.review {
        ReviewState::Open => ("Mark as reviewed", ReviewState::Done),
        ReviewState::Done => ("Mark as not reviewed", ReviewState::Open),
    };
    if row(ui, words) {
        let meta = ArticleMeta {
            review,
            ..meta.clone()
        };
        out.push(Command::Edit(Edit::SetMeta { article, meta }));
    }
    if row(ui, "Set dates…") {
        out.push(Command::ShowDialog(Some(Dialog::SetDates)));
    }
    if row(ui, "Remove article") {
        out.push(Command::Edit(Edit::RemoveArticle(article)));
    }
}

fn row(ui: &mut Ui, words: &str) -> bool {
    let item = MenuItem {
        words,
        ..MenuItem::default()
    };
    menu_item(ui, item).clicked()
}
