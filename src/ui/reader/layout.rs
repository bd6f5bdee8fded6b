//! What is drawn where, without a pixel: marks with their nesting, statements in the gutter, and
//! the heights of paragraphs. Built when text or annotations change, never for a frame.

use std::cmp::Reverse;

use crate::analysis::ArticleView;
use crate::model::{ArticleState, MentionKind, Polarity, TextRange, Verdict};
use crate::ui::reader::text::{Paragraph, paragraph_at, paragraphs};

/// Nested marks deeper than this are not drawn but named on the card.
pub const LEVELS: u8 = 3;

/// What a mark stands for: a row of the article's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkOf {
    /// Index in [`ArticleView::mentions`].
    Mention(usize),
    /// Index in [`ArticleView::timexes`].
    Timex(usize),
    /// A rejected mention: only struck through, shown on request.
    Rejected,
}

/// Words with a tint or a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What.
    pub of: MarkOf,
    /// Which words.
    pub range: TextRange,
    /// How many marks hold it (or cross it and start earlier).
    pub depth: u8,
    /// How many levels of marks it holds.
    pub below: u8,
    /// A suggested pronoun or description: shown only when it is hovered, selected or reviewed.
    pub quiet: bool,
}

/// A statement in the gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GutterItem {
    /// Index in [`ArticleView::statements`].
    pub statement: usize,
    /// Its sentence.
    pub range: TextRange,
    /// Its side.
    pub polarity: Polarity,
    /// Whether a person decided it.
    pub decided: bool,
}

/// For each paragraph a list, in one allocation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PerParagraph {
    first: Vec<u32>,
    items: Vec<u32>,
}

impl PerParagraph {
    fn new(count: usize, paragraphs: &[Paragraph], ranges: &[TextRange]) -> Self {
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (item, range) in ranges.iter().enumerate() {
            let from = paragraph_at(paragraphs, range.start());
            let last = paragraphs
                .partition_point(|p| p.range.start() < range.end())
                .max(from + 1);
            for list in lists.iter_mut().take(last).skip(from) {
                list.push(u32::try_from(item).unwrap_or(u32::MAX));
            }
        }
        let mut all = Self::default();
        for list in lists {
            all.first
                .push(u32::try_from(all.items.len()).unwrap_or(u32::MAX));
            all.items.extend(list);
        }
        all
    }

    /// Returns the items of a paragraph.
    pub fn of(&self, paragraph: usize) -> impl Iterator<Item = usize> + '_ {
        let at = |index: usize| {
            self.first
                .get(index)
                .map_or(self.items.len(), |first| *first as usize)
        };
        let range = at(paragraph)..at(paragraph + 1);
        self.items
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|item| *item as usize)
    }
}

/// All of an article that does not depend on width, theme or selection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReaderLayout {
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Marks by start, outer before inner.
    pub marks: Vec<Mark>,
    /// Marks of each paragraph.
    pub marks_in: PerParagraph,
    /// Statements by start of their sentence.
    pub gutter: Vec<GutterItem>,
    /// Statements of each paragraph.
    pub gutter_in: PerParagraph,
}

impl ReaderLayout {
    /// Lays out an article.
    #[must_use]
    pub fn new(state: &ArticleState, view: &ArticleView, show_rejected: bool) -> Self {
        let paragraphs = paragraphs(&state.article.text.body);
        let marks = marks(state, view, show_rejected);
        let mut gutter: Vec<GutterItem> = view
            .statements
            .iter()
            .enumerate()
            .map(|(statement, row)| GutterItem {
                statement,
                range: row.value.evidence.sentence,
                polarity: row.value.polarity(),
                decided: row.is_decided(),
            })
            .collect();
        gutter.sort_by_key(|item| (item.range.start(), item.statement));
        let ranges = |list: Vec<TextRange>| PerParagraph::new(paragraphs.len(), &paragraphs, &list);
        Self {
            marks_in: ranges(marks.iter().map(|mark| mark.range).collect()),
            gutter_in: ranges(gutter.iter().map(|item| item.range).collect()),
            paragraphs,
            marks,
            gutter,
        }
    }
}

fn marks(state: &ArticleState, view: &ArticleView, show_rejected: bool) -> Vec<Mark> {
    let mark = |of, range, quiet| Mark {
        of,
        range,
        depth: 0,
        below: 0,
        quiet,
    };
    let mentions = view.mentions.iter().enumerate().map(|(at, row)| {
        let quiet = !row.is_decided() && row.value.kind != MentionKind::Name;
        mark(MarkOf::Mention(at), row.value.range, quiet)
    });
    let timexes = view.timexes.iter().enumerate();
    let timexes = timexes.map(|(at, row)| mark(MarkOf::Timex(at), row.value.range, false));
    let mut marks: Vec<Mark> = mentions.chain(timexes).collect();
    if show_rejected {
        let decided = state.annotations.mentions.decided().values();
        let rejected = decided.filter(|record| record.verdict == Verdict::Rejected);
        marks.extend(rejected.map(|record| mark(MarkOf::Rejected, record.value.range, false)));
    }
    marks.retain(|mark| !mark.range.is_empty());
    marks.sort_by_key(|mark| (mark.range.start(), Reverse(mark.range.end())));
    nest(&mut marks);
    marks
}

/// Counts, for marks by start and outer first, who holds whom. Where two cross, the later start is
/// the inner. Quiet and rejected marks neither hold nor are held.
fn nest(marks: &mut [Mark]) {
    let counts = |mark: &Mark| !mark.quiet && mark.of != MarkOf::Rejected;
    let mut open: Vec<usize> = Vec::new();
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); marks.len()];
    for at in 0..marks.len() {
        let start = marks[at].range.start();
        open.retain(|outer| marks[*outer].range.end() > start);
        if !counts(&marks[at]) {
            continue;
        }
        marks[at].depth = open
            .iter()
            .map(|outer| marks[*outer].depth.saturating_add(1))
            .max()
            .unwrap_or(0);
        for outer in &open {
            held[*outer].push(at);
        }
        open.push(at);
    }
    for at in (0..marks.len()).rev() {
        let deepest = held[at].iter().map(|inner| marks[*inner].below + 1).max();
        marks[at].below = deepest.unwrap_or(0).min(LEVELS - 1);
    }
}

/// Where a statement stands in the gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// In this track, counted from the text.
    At(u8),
    /// No track is free; it is counted at its first row.
    More,
}

/// Gives statements that share rows different tracks: three of them, nearest to the text first.
/// `rows` are (first, last), by first.
#[must_use]
pub fn tracks(rows: &[(usize, usize)]) -> Vec<Track> {
    let mut ends: [Option<usize>; 3] = [None; 3];
    let place = |(first, last): &(usize, usize)| {
        let free = ends
            .iter()
            .position(|end| end.is_none_or(|end| end < *first));
        match free {
            Some(track) => {
                ends[track] = Some(*last);
                Track::At(u8::try_from(track).unwrap_or(0))
            }
            None => Track::More,
        }
    };
    rows.iter().map(place).collect()
}

/// Heights of blocks under each other: estimates at first, the real ones as they are seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heights {
    heights: Vec<f32>,
    real: Vec<bool>,
    /// Top of each block, and the end.
    tops: Vec<f32>,
}

impl Heights {
    /// Takes over estimates.
    #[must_use]
    pub fn new(estimates: Vec<f32>) -> Self {
        let mut heights = Self {
            real: vec![false; estimates.len()],
            heights: estimates,
            tops: Vec::new(),
        };
        heights.sum(0);
        heights
    }

    fn sum(&mut self, from: usize) {
        self.tops.truncate(from + 1);
        if self.tops.is_empty() {
            self.tops.push(0.0);
        }
        let mut top = self.tops.last().copied().unwrap_or_default();
        for height in self.heights.iter().skip(self.tops.len() - 1) {
            top += height;
            self.tops.push(top);
        }
    }

    /// Returns the top of a block.
    #[must_use]
    pub fn top(&self, block: usize) -> f32 {
        self.tops.get(block).copied().unwrap_or(self.total())
    }

    /// Returns the height of a block.
    #[must_use]
    pub fn height(&self, block: usize) -> f32 {
        self.heights.get(block).copied().unwrap_or_default()
    }

    /// Whether the height was measured.
    #[must_use]
    pub fn is_real(&self, block: usize) -> bool {
        self.real.get(block).copied().unwrap_or(false)
    }

    /// Returns the height of all.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or_default()
    }

    /// Returns the block at height `y`.
    #[must_use]
    pub fn at(&self, y: f32) -> usize {
        self.tops
            .partition_point(|top| *top <= y)
            .saturating_sub(1)
            .min(self.heights.len().saturating_sub(1))
    }

    /// Takes over measured heights; returns how far the top of `anchor` moved.
    pub fn measured(&mut self, seen: &[(usize, f32)], anchor: usize) -> f32 {
        let before = self.top(anchor);
        let mut first = None;
        for (block, height) in seen {
            let (Some(known), Some(real)) =
                (self.heights.get_mut(*block), self.real.get_mut(*block))
            else {
                continue;
            };
            *real = true;
            if (*known - height).abs() > 0.25 {
                *known = *height;
                first = Some(first.map_or(*block, |first: usize| first.min(*block)));
            }
        }
        if let Some(first) = first {
            self.sum(first);
        }
        self.top(anchor) - before
    }
}

/// Guesses the height of a paragraph from its length.
#[must_use]
pub fn estimate(chars: usize, width: f32, size: f32, line: f32) -> f32 {
    // Source Serif averages 0.484 em a character.
    let a_line = (width / (size * 0.484)).max(1.0);
    (chars as f32 / a_line).ceil().max(1.0) * line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Resolver, Row, Status};
    use crate::model::{
        AnnotationId, Article, ArticleId, ArticleMeta, ArticleText, EntityType, Mention, SourceFile,
    };
    use std::sync::Arc;

    fn state(body: &str) -> ArticleState {
        ArticleState::new(Article {
            id: ArticleId(1),
            text: Arc::new(ArticleText::new(body.to_owned())),
            meta: ArticleMeta::default(),
            source: Arc::new(SourceFile::default()),
        })
    }

    fn mention(start: u32, end: u32, kind: MentionKind) -> Row<Mention> {
        Row {
            id: AnnotationId(u128::from(start * 1_000 + end)),
            value: Mention {
                range: TextRange::new(start.into(), end.into()),
                kind,
                entity_type: EntityType::State,
                entity: None,
                metonym: false,
            },
            status: Status::Suggested {
                confidence: crate::model::Confidence::new(0.9),
                by: "test".to_owned(),
            },
            note: String::new(),
            codes: crate::model::Codes::new(),
        }
    }

    /// Nesting (depth, below) of name mentions on `ranges`.
    fn check(ranges: &[(u32, u32)], want: &[(u8, u8)]) {
        let state = state(&"x".repeat(200));
        let mut view = ArticleView::new(&state, &Resolver::default());
        view.mentions = ranges
            .iter()
            .map(|(start, end)| mention(*start, *end, MentionKind::Name))
            .collect();
        let layout = ReaderLayout::new(&state, &view, false);
        let got: Vec<_> = layout.marks.iter().map(|m| (m.depth, m.below)).collect();
        assert_eq!(got, want, "{ranges:?}");
    }

    #[test]
    fn marks_know_what_holds_them_and_what_they_hold() {
        check(&[(0, 5), (6, 9)], &[(0, 0), (0, 0)]);
        check(&[(0, 20), (0, 5)], &[(0, 1), (1, 0)]);
        check(
            &[(0, 20), (0, 9), (2, 5), (12, 14)],
            &[(0, 2), (1, 1), (2, 0), (1, 0)],
        );
        // Crossing: the later start is the inner.
        check(&[(0, 10), (5, 15)], &[(0, 1), (1, 0)]);
        check(&[(0, 10), (10, 15)], &[(0, 0), (0, 0)]);
    }

    #[test]
    fn a_suggested_description_is_quiet_and_shrinks_no_name() {
        let state = state("the minister of Iran");
        let view = ArticleView {
            mentions: vec![
                mention(0, 20, MentionKind::Description),
                mention(16, 20, MentionKind::Name),
            ],
            ..ArticleView::default()
        };
        let layout = ReaderLayout::new(&state, &view, false);
        assert!(layout.marks[0].quiet);
        assert_eq!((layout.marks[1].depth, layout.marks[1].below), (0, 0));
    }

    #[test]
    fn marks_are_found_by_their_paragraphs() {
        let state = state("One two.\n\nThree four.\n\nFive.");
        let view = ArticleView {
            mentions: vec![
                mention(0, 3, MentionKind::Name),
                mention(4, 15, MentionKind::Name),
                mention(23, 27, MentionKind::Name),
            ],
            ..ArticleView::default()
        };
        let layout = ReaderLayout::new(&state, &view, false);
        let of = |p| layout.marks_in.of(p).collect::<Vec<_>>();
        assert_eq!(of(0), [0, 1]);
        assert_eq!(of(1), [1], "a mark over two paragraphs stands in both");
        assert_eq!(of(2), [2]);
        assert_eq!(of(3), [0usize; 0]);
    }

    #[test]
    fn statements_that_share_rows_stand_in_three_tracks_then_are_counted() {
        use Track::{At, More};
        assert_eq!(tracks(&[(0, 1), (2, 3)]), [At(0), At(0)]);
        assert_eq!(tracks(&[(0, 2), (1, 1), (2, 4)]), [At(0), At(1), At(1)]);
        assert_eq!(
            tracks(&[(0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]),
            [At(0), At(1), At(2), More, More, At(0)]
        );
    }

    #[test]
    fn real_heights_move_what_is_below_and_say_how_far() {
        let mut heights = Heights::new(vec![100.0, 30.0, 60.0]);
        assert_eq!((heights.top(2), heights.total()), (130.0, 190.0));
        assert_eq!(heights.at(129.0), 1);
        assert_eq!(heights.at(130.0), 2);
        assert_eq!(heights.at(9_999.0), 2);
        let moved = heights.measured(&[(1, 90.0), (2, 60.0)], 2);
        assert!(
            (moved - 60.0).abs() < 0.01,
            "the text above grew: scroll as far"
        );
        assert!((heights.total() - 250.0).abs() < 0.01);
        assert!(heights.is_real(1) && !heights.is_real(0));
    }

    #[test]
    fn a_longer_paragraph_is_guessed_higher() {
        assert!((estimate(69, 612.0, 18.0, 30.0) - 30.0).abs() < 0.01);
        assert!((estimate(71, 612.0, 18.0, 30.0) - 60.0).abs() < 0.01);
    }
}
