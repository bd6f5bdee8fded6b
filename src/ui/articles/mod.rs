//! The list of articles: facets, order, rows of one height, grouped by day.

mod context;
mod facets;
mod list;

use egui::{
    Align, Color32, EventFilter, Id, Key, Layout, Modifiers, Rect, Response, Role, ScrollArea,
    Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::app::{ArticleSort, Command, Commands, Region, Snapshot, ViewState};
use crate::model::{ArticleId, ArticleState, ReviewState};
use crate::ui::layout::region_id;
use crate::ui::theme::{Face, Theme, elided};
use crate::ui::told::Counts;
use crate::ui::widgets::{Button, MenuItem, line as visual_line, menu, menu_item, paint, visual};
use crate::ui::{icons, words};

use list::{HEAD, Item, List, ROW, Step};

/// What the panel remembers.
#[derive(Debug, Default)]
pub struct ArticlesState {
    list: List,
    /// Whether articles not asked for are hidden; none decides by their number.
    hide: Option<bool>,
    /// The article that was scrolled to.
    seen: Option<ArticleId>,
    /// The row that takes the focus as soon as it is drawn.
    focus: Option<ArticleId>,
    /// Rows that are seen at once.
    page: usize,
}

impl ArticlesState {
    /// Hides articles that are not asked for: what is left is what the filter line counts.
    pub fn only_asked(&mut self) {
        self.hide = Some(true);
    }
}

/// Id of the row of an article.
#[must_use]
pub fn row_id(article: ArticleId) -> Id {
    Id::unique(("article row", article))
}

/// The keys of the list, while a row or the region has the focus: they open the article they get
/// to.
fn keys(ui: &Ui, shown: Shown<'_>, state: &mut ArticlesState, out: &mut Commands) {
    let Some(focused) = ui.memory(|memory| memory.focused()) else {
        return;
    };
    let open = shown.view_state.selection.article;
    let row = state.list.row_of(focused);
    let region = focused == region_id(Region::Articles);
    if row.is_none() && !region {
        return;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
    for (key, step) in [
        (Key::ArrowDown, Step::Next),
        (Key::ArrowUp, Step::Previous),
        (Key::PageDown, Step::PageDown),
        (Key::PageUp, Step::PageUp),
        (Key::Home, Step::First),
        (Key::End, Step::Last),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            let to = state.list.step(row.or(open), step, state.page);
            if let Some(to) = to {
                state.focus = Some(to);
                state.seen = None;
                out.push(Command::OpenArticle(to));
            }
        }
    }
}

/// What the panel is drawn with.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The project.
    pub snap: &'a Snapshot,
    /// Selection, filter, order.
    pub view_state: &'a ViewState,
    /// What is asked for.
    pub counts: &'a Counts,
    /// Today.
    pub today: jiff::civil::Date,
}

/// Draws the panel.
pub fn articles_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut ArticlesState, out: &mut Commands) {
    let theme = Theme::of(ui);
    let full = ui.max_rect();
    let total = shown.snap.project.articles.len();
    let hide = state.hide.unwrap_or(total > 100);
    let mut head = ui.new_child(
        UiBuilder::new()
            .max_rect(full.shrink2(vec2(16.0, 0.0)))
            .layout(Layout::top_down(Align::Min)),
    );
    head.add_space(6.0);
    head_row(&mut head, shown, state, hide, out);
    head.add_space(2.0);
    head.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        ui.spacing_mut().interact_size.y = 26.0;
        facets::facets_ui(ui, shown, out);
    });
    let top = head.min_rect().bottom() + 8.0;
    state
        .list
        .update(shown.snap, shown.view_state, shown.counts, hide);
    let body = Rect::from_min_max(pos2(full.left(), top), full.max);
    let mut body = ui.new_child(UiBuilder::new().max_rect(body));
    if state.list.items.is_empty() {
        empty(&mut body, theme, out, shown.view_state);
        return;
    }
    list_ui(&mut body, shown, state, out);
}

fn empty(ui: &mut Ui, theme: &Theme, out: &mut Commands, view_state: &ViewState) {
    ui.add_space(24.0);
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let text = egui::RichText::new("No article in this filter").color(theme.ink2);
        ui.label(text);
    });
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        if ui
            .add(
                Button::secondary("Clear all")
                    .height(26.0)
                    .name("Clear the filter"),
            )
            .clicked()
        {
            let offices = view_state.filter.offices;
            out.push(Command::SetFilter(crate::analysis::Filter {
                offices,
                ..crate::analysis::Filter::default()
            }));
        }
    });
}

fn head_row(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut ArticlesState,
    hide: bool,
    out: &mut Commands,
) {
    let theme = Theme::of(ui);
    let total = shown.snap.project.articles.len();
    let some = shown.counts.shown_articles.len();
    let row = vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        sort_menu(ui, shown.view_state.article_sort, out);
        if some != total {
            let (icon, name) = if hide {
                (icons::EYE_SLASH, "Show articles that are not in the filter")
            } else {
                (icons::EYE, "Hide articles that are not in the filter")
            };
            if ui.add(Button::icon_only(icon, name).height(26.0)).clicked() {
                state.hide = Some(!hide);
            }
        }
        // What is left is the title's and the count's, cut where it is not enough.
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let title = egui::RichText::new("Articles").font(Face::UiSemibold.font(14.0));
            ui.label(title.color(theme.ink));
            let count = if some == total {
                words::thousands(total)
            } else {
                format!("{} of {}", words::thousands(some), words::thousands(total))
            };
            let format = Face::Ui.format(12.5, 18.0, theme.ink3);
            ui.label(elided(&count, format, ui.available_width() - 4.0, 1));
        });
    });
}

/// An order, on its button, in the menu.
const SORTS: [(ArticleSort, &str, &str); 5] = [
    (ArticleSort::NewestFirst, "Newest", "Newest first"),
    (ArticleSort::OldestFirst, "Oldest", "Oldest first"),
    (ArticleSort::Title, "Title", "By title"),
    (ArticleSort::Outlet, "Outlet", "By outlet"),
    (ArticleSort::MostToReview, "To review", "Most to review"),
];

fn sort_menu(ui: &mut Ui, now: ArticleSort, out: &mut Commands) {
    let (short, words) = SORTS
        .iter()
        .find(|(sort, ..)| *sort == now)
        .map_or(("", ""), |(_, short, words)| (*short, *words));
    let button = Button::ghost(short).height(26.0).caret();
    let name = format!("Order of articles: {words}");
    let response = ui.add(button.name(&name));
    menu(&response, "Order of articles", 180.0, |ui| {
        for (sort, _, words) in SORTS {
            let item = MenuItem {
                words,
                ticked: Some(sort == now),
                ..MenuItem::default()
            };
            if menu_item(ui, item).clicked() {
                out.push(Command::SetArticleSort(sort));
            }
        }
    });
}

fn list_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut ArticlesState, out: &mut Commands) {
    keys(ui, shown, state, out);
    let open = shown.view_state.selection.article;
    let wanted = state.focus.or(open);
    let jump = wanted.filter(|wanted| state.seen != Some(*wanted));
    state.seen = wanted;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the rows that a window has room for"
    )]
    let page = (ui.available_height() / ROW).max(0.0) as usize;
    state.page = page;
    let ArticlesState { list, focus, .. } = state;
    ScrollArea::vertical()
        .id_salt("articles")
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            ui.set_height(list.height());
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width();
            if let Some(top) = jump.and_then(|article| list.top_of(article)) {
                let rect = Rect::from_min_size(origin + vec2(0.0, top), vec2(width, ROW));
                let at_once = egui::style::ScrollAnimation::none();
                ui.scroll_to_rect_animation(rect.expand2(vec2(0.0, HEAD)), None, at_once);
            }
            for (top, item) in list.visible(viewport.y_range()) {
                let at = origin + vec2(0.0, top);
                match item {
                    Item::Head(words) => {
                        let rect = Rect::from_min_size(at, vec2(width, HEAD));
                        head_ui(ui, rect, words);
                    }
                    Item::Row(article) => {
                        let rect = Rect::from_min_size(at, vec2(width, ROW));
                        let response = row_ui(ui, rect, *article, shown, out);
                        if response.is_some() && *focus == Some(*article) {
                            ui.memory_mut(|memory| memory.request_focus(row_id(*article)));
                            *focus = None;
                        }
                    }
                }
            }
        });
}

fn head_ui(ui: &Ui, rect: Rect, words: &str) {
    let theme = Theme::of(ui);
    let format = Face::Ui.format(12.5, 18.0, theme.ink2);
    let galley = ui
        .painter()
        .layout_job(elided(words, format, rect.width() - 32.0, 1));
    ui.painter().galley(
        pos2(rect.left() + 16.0, rect.bottom() - 22.0),
        galley,
        theme.ink2,
    );
}

/// How far an article is, in words and as a share.
fn progress(shown: Shown<'_>, article: ArticleId, state: &ArticleState) -> (String, f32) {
    let done = state.article.meta.review == ReviewState::Done;
    let (left, all) = match shown.snap.view.articles.get(&article) {
        Some(view) => view.progress(),
        None => (0, 0),
    };
    if !shown.counts.shows(article) {
        let share = if all == 0 {
            0.0
        } else {
            1.0 - left as f32 / all as f32
        };
        ("not in filter".to_owned(), share)
    } else if state.engine.is_none() && all == 0 {
        ("not analysed yet".to_owned(), 0.0)
    } else if left == 0 || done {
        ("reviewed".to_owned(), 1.0)
    } else {
        (format!("{left} to review"), 1.0 - left as f32 / all as f32)
    }
}

fn row_ui(
    ui: &Ui,
    rect: Rect,
    article: ArticleId,
    shown: Shown<'_>,
    out: &mut Commands,
) -> Option<Response> {
    let state = shown.snap.project.articles.get(&article)?;
    let (status, done) = progress(shown, article, state);
    let meta = &state.article.meta;
    let response = ui.interact(rect, row_id(article), Sense::click());
    let selected = shown.view_state.selection.article == Some(article);
    let outlet = meta.outlet.as_deref().unwrap_or("no outlet");
    response.widget_info(|| {
        let words = format!("{}, {outlet}, {status}", meta.title);
        WidgetInfo::selected(Role::ListItem, true, selected, words)
    });
    if response.clicked() {
        response.request_focus();
        out.push(Command::OpenArticle(article));
    }
    context::context_ui(&response, article, state, out);
    if !ui.is_rect_visible(rect) {
        return None;
    }
    let theme = Theme::of(ui);
    let painter = ui.painter();
    if selected {
        painter.rect_filled(rect, 0.0, theme.sel);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        painter.rect_filled(bar, 0.0, theme.ink);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.hov);
    }
    let dim = !shown.counts.shows(article);
    let ring = if dim { theme.ctl } else { theme.ink2 };
    let centre = pos2(rect.left() + 24.0, rect.top() + 20.0);
    paint::progress_ring(painter, centre, done, theme, ring);
    let by_day = matches!(
        shown.view_state.article_sort,
        ArticleSort::NewestFirst | ArticleSort::OldestFirst
    );
    let date = meta.dct.map(|dct| words::short_date(dct.date, shown.today));
    // A name by itself: what stands beside it keeps its place.
    let outlet = visual(outlet);
    let meta_line = match (&date, by_day) {
        (Some(date), false) => format!("{date} · {outlet}  ·  {status}"),
        (None, false) => format!("no date · {outlet}  ·  {status}"),
        _ => format!("{outlet}  ·  {status}"),
    };
    let ink = if dim && !selected {
        theme.ink3
    } else {
        theme.ink
    };
    let small = if selected { theme.ink2 } else { theme.ink3 };
    row_text(ui, rect, (&meta.title, ink), (&meta_line, small));
    if response.has_focus() {
        paint::focus_ring(painter, rect.shrink(4.0), 4, theme);
    }
    Some(response)
}

/// Paints the title in two lines and the line under it.
fn row_text(ui: &Ui, rect: Rect, title: (&str, Color32), line: (&str, Color32)) {
    let painter = ui.painter();
    let x = rect.left() + 43.0;
    let width = rect.right() - x - 16.0;
    // In visual order, which for Arabic and Hebrew is not that of the letters.
    let format = Face::UiMedium.format(14.0, 18.0, title.1);
    let galley = visual_line(painter, title.0, format, width, 2);
    let bottom = rect.top() + 10.0 + galley.size().y;
    painter.galley(pos2(x, rect.top() + 10.0), galley, title.1);
    let format = Face::Ui.format(12.5, 18.0, line.1);
    let galley = painter.layout_job(elided(line.0, format, width, 1));
    painter.galley(pos2(x, bottom + 1.0), galley, line.1);
}

/// Draws the folded panel: how many articles, and the one before and after.
pub fn rail_ui(ui: &mut Ui, shown: Shown<'_>, out: &mut Commands) {
    let theme = Theme::of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        let (rect, response) = ui.allocate_exact_size(vec2(32.0, 32.0), Sense::hover());
        let total = shown.counts.shown_articles.len();
        response.widget_info(|| {
            let words = words::count(total, "article", "articles");
            WidgetInfo::labeled(Role::Label, true, words)
        });
        paint::icon(
            ui.painter(),
            rect.center(),
            icons::NEWSPAPER,
            18.0,
            theme.ink2,
        );
        let text = egui::RichText::new(words::thousands(total)).font(Face::Ui.font(12.5));
        ui.label(text.color(theme.ink2));
        let ids = &shown.counts.shown_articles;
        let at = shown
            .view_state
            .selection
            .article
            .and_then(|id| ids.binary_search(&id).ok());
        let before = at
            .and_then(|at| at.checked_sub(1))
            .and_then(|at| ids.get(at));
        let after =
            at.and_then(|at| ids.get(at + 1))
                .or(if at.is_none() { ids.first() } else { None });
        for (icon, name, to) in [
            (icons::CARET_UP, "Article before", before),
            (icons::CARET_DOWN, "Article after", after),
        ] {
            let button = Button::icon_only(icon, name).enabled(to.is_some());
            if ui.add(button).clicked()
                && let Some(to) = to
            {
                out.push(Command::OpenArticle(*to));
            }
        }
    });
}
