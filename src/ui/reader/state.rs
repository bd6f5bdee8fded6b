//! What the reader remembers between frames: caches and gestures, nothing that would be missed.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Pos2, Rect};

use crate::analysis::{ArticleView, Filter};
use crate::app::{Snapshot, ViewState};
use crate::model::{
    AnnotationId, ArticleId, ArticleState, EntityId, Polarity, TextRange, TextSize,
};
use crate::ui::reader::layout::{Heights, ReaderLayout, estimate};

/// What the pointer is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A mention.
    Mention(AnnotationId),
    /// A time expression.
    Timex(AnnotationId),
    /// A statement in the gutter or a margin note.
    Statement(AnnotationId),
}

/// Something hovered, since when and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hover {
    pub(crate) target: Target,
    /// Seconds, egui's clock.
    pub(crate) since: f64,
    /// The row that was hovered, on screen.
    pub(crate) rect: Rect,
    /// The card, once it is shown.
    pub(crate) card: Option<Rect>,
}

/// How far a drag selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Character,
    Word,
    Sentence,
}

/// A selection of text with its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caret {
    /// Where it began: the first unit selected.
    pub(crate) anchor: TextRange,
    /// The end that moves.
    pub(crate) head: TextSize,
    pub(crate) unit: Unit,
}

/// The context menu, while open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Menu {
    pub(crate) at: Pos2,
    pub(crate) target: Option<Target>,
    pub(crate) fresh: bool,
}

/// Layout of the open article, and the heights that were seen.
pub(crate) struct Cache {
    article: ArticleId,
    state: Arc<ArticleState>,
    view: Arc<ArticleView>,
    rejected: bool,
    pub(crate) layout: Arc<ReaderLayout>,
    /// Block 0 is the head, then the paragraphs, then the space below.
    pub(crate) heights: Heights,
    setting: (f32, f32),
}

/// Counts of sides: for which entity, of which revision.
pub(crate) type Sides = (EntityId, u64, [(Polarity, usize); 3]);

/// State of the reader.
#[derive(Default)]
pub struct ReaderState {
    pub(crate) cache: Option<Cache>,
    /// Where each article was left: block at the top, and how far into it.
    pub(crate) places: BTreeMap<ArticleId, (usize, f32)>,
    /// Offset to scroll to in this frame.
    pub(crate) pending: Option<f32>,
    /// The block that was scrolled to: it stays where it is while those around it are measured.
    pub(crate) aim: Option<usize>,
    /// The last wish to scroll that was obeyed.
    pub(crate) obeyed: u64,
    pub(crate) caret: Option<Caret>,
    pub(crate) dragging: bool,
    pub(crate) hover: Option<Hover>,
    pub(crate) menu: Option<Menu>,
    /// The label being typed for the selected words.
    pub(crate) label: Option<String>,
    /// Height of the view in the last frame, for paging.
    pub(crate) view_height: f32,
    pub(crate) offset: f32,
    /// Whether the filter asks for the open article: searching its words takes longer than a frame
    /// should.
    pub(crate) asked: Option<(Filter, Arc<ArticleState>, bool)>,
    /// The sides that the hovered entity takes.
    pub(crate) sides: Option<Sides>,
    /// How often the words under review stand here: for which annotation, of which revision.
    pub(crate) same: Option<(crate::model::Annotation, u64, usize)>,
}

/// Space above the title, and below the last paragraph.
pub(crate) const TOP: f32 = 26.0;
pub(crate) const BOTTOM: f32 = 96.0;
/// Space between paragraphs.
pub(crate) const APART: f32 = 16.0;

impl ReaderState {
    /// Makes the layout fit what is to be shown. Returns false where no article is open.
    pub(crate) fn prepare(
        &mut self,
        snap: &Snapshot,
        view_state: &ViewState,
        width: f32,
        size: f32,
        line: f32,
    ) -> bool {
        let Some(id) = view_state.selection.article else {
            return false;
        };
        let (Some(state), Some(view)) =
            (snap.project.articles.get(&id), snap.view.articles.get(&id))
        else {
            return false;
        };
        let rejected = view_state.show_rejected;
        let before = self.cache.take().filter(|cache| cache.article == id);
        let same_text = |cache: &Cache| {
            Arc::ptr_eq(&cache.state.article.text, &state.article.text)
                && cache.setting == (width, size)
        };
        let heights = match &before {
            Some(cache) if same_text(cache) => cache.heights.clone(),
            _ => Heights::default(),
        };
        if let Some(cache) = before {
            let kept = Arc::ptr_eq(&cache.state, state)
                && Arc::ptr_eq(&cache.view, view)
                && cache.rejected == rejected;
            if kept && same_text(&cache) {
                self.cache = Some(cache);
                return true;
            }
        }
        let layout = Arc::new(ReaderLayout::new(state, view, rejected));
        let fresh = heights.total() <= 0.0;
        let heights = if fresh {
            estimates(&layout, width, size, line)
        } else {
            heights
        };
        if fresh {
            self.pending = self
                .places
                .get(&id)
                .map(|(block, into)| heights.top(*block) + into)
                .or(Some(0.0));
        }
        self.cache = Some(Cache {
            article: id,
            state: Arc::clone(state),
            view: Arc::clone(view),
            rejected,
            layout,
            heights,
            setting: (width, size),
        });
        true
    }

    /// Whether the filter asks for an article; found out once.
    pub(crate) fn asks(&mut self, filter: &Filter, article: &Arc<ArticleState>) -> bool {
        if let Some((known, state, asked)) = &self.asked
            && known == filter
            && Arc::ptr_eq(state, article)
        {
            return *asked;
        }
        let asked = filter.asks_article(&article.article);
        self.asked = Some((filter.clone(), Arc::clone(article), asked));
        asked
    }

    /// Takes over a selection that was made elsewhere.
    pub(crate) fn follow_selection(&mut self, text: Option<TextRange>) {
        let own = self.caret.map(Caret::range);
        if own != text {
            self.caret = text.map(|range| Caret {
                anchor: TextRange::empty(range.start()),
                head: range.end(),
                unit: Unit::Character,
            });
        }
    }
}

impl Caret {
    /// Returns the selected characters.
    pub(crate) fn range(self) -> TextRange {
        self.anchor.cover(TextRange::empty(self.head))
    }
}

fn estimates(layout: &ReaderLayout, width: f32, size: f32, line: f32) -> Heights {
    let mut heights = Vec::with_capacity(layout.paragraphs.len() + 2);
    heights.push(TOP + 36.0 + 10.0 + 18.0 + 6.0);
    heights.extend(layout.paragraphs.iter().map(|paragraph| {
        let chars = usize::from(paragraph.range.len());
        let gap = if paragraph.apart { APART } else { 0.0 };
        gap + estimate(chars, width, size, line)
    }));
    heights.push(BOTTOM);
    Heights::new(heights)
}
