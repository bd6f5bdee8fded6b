//! Where marks, bars and words stand.

#![expect(
    clippy::float_cmp,
    reason = "places that can be reckoned by hand are exact"
)]

use proptest::prelude::*;

use super::*;
use crate::analysis::{ItemKind, StatementRef, date_of};
use crate::model::{AnnotationId, ArticleId, DateSpan, ItemLook};

const LOW: Look = Look {
    head: 27.0,
    under: 9.5,
    track: 16.0,
    most: 3,
};
const HIGH: Look = Look { head: 42.0, ..LOW };

fn item(day: i64, side: Polarity, decided: bool) -> TimelineItem {
    TimelineItem {
        kind: ItemKind::Statement(StatementRef {
            article: ArticleId(1),
            id: AnnotationId(1),
        }),
        when: When::Day(date_of(day)),
        clock: None,
        source: None,
        published: None,
        side,
        decided,
        asked: true,
        look: ItemLook::default(),
    }
}

fn days(first: i64, last: i64) -> DateSpan {
    DateSpan {
        first: date_of(first),
        last: date_of(last),
    }
}

fn dated(when: When) -> TimelineItem {
    TimelineItem {
        when,
        ..item(0, Polarity::Oppose, true)
    }
}

fn interval(first: i64, last: i64) -> TimelineItem {
    dated(When::Interval {
        start: days(first, first),
        end: days(last, last),
    })
}

#[test]
fn size_tells_how_many_of_one_kind_and_hollow_that_none_is_decided() {
    let items = [
        item(1, Polarity::Oppose, false),
        item(3, Polarity::Support, false),
        item(3, Polarity::Support, true),
    ];
    let placed = lay_out(&items, 16.0, LOW).marks;
    let glyphs: Vec<_> = placed.iter().map(|p| (p.x, p.glyph)).collect();
    let side = |side, size, solid| Glyph::Side { side, size, solid };
    assert_eq!(
        glyphs,
        [
            (24.0, side(Polarity::Oppose, 9.5, false)),
            (56.0, side(Polarity::Support, 11.5, true)),
        ]
    );
}

#[test]
fn kinds_of_a_day_stand_side_by_side_or_stacked_and_crowds_become_pills() {
    let items = [
        item(2, Polarity::Oppose, true),
        item(2, Polarity::Support, true),
        item(8, Polarity::Oppose, true),
        item(9, Polarity::Support, true),
        item(9, Polarity::Oppose, true),
    ];
    let low = lay_out(&items, 14.0, LOW).marks;
    let xs: Vec<_> = low.iter().map(|p| p.x).collect();
    assert_eq!(xs[..2], [28.75, 41.25]);
    assert_eq!(low.len(), 3);
    assert_eq!(low[2].glyph, Glyph::Pill);
    assert_eq!(low[2].items, [2, 3, 4]);
    let high = lay_out(&items, 14.0, HIGH).marks;
    assert_eq!((high[0].x, high[0].y), (35.0, 21.0 - 6.25));
    assert_eq!((high[1].x, high[1].y), (35.0, 21.0 + 6.25));
    assert_eq!(high.len(), 5, "stacks have room on each day");
}

#[test]
fn uncertain_ends_fade_between_first_and_last_possible_day() {
    let row = dated(When::Interval {
        start: days(2, 2),
        end: days(5, 9),
    });
    let bar = &lay_out(&[row], 20.0, LOW).bars[0];
    assert_eq!(
        (bar.from, bar.solid_from, bar.solid_to, bar.to),
        (40.0, 40.0, 100.0, 200.0)
    );
    let row = dated(When::From(days(5, 5)));
    let bar = &lay_out(&[row], 20.0, LOW).bars[0];
    assert_eq!(bar.ends, Ends::GoesOn);
    assert_eq!((bar.solid_from, bar.to), (100.0, f64::INFINITY));
    let row = dated(When::Vague {
        sure: days(3, 4),
        whole: days(3, 6),
    });
    let bar = &lay_out(&[row], 20.0, LOW).bars[0];
    assert_eq!(
        (bar.from, bar.solid_from, bar.solid_to, bar.to),
        (60.0, 60.0, 100.0, 140.0)
    );
}

#[test]
fn bars_that_overlap_take_tracks_of_their_own_and_the_lane_grows() {
    let alone = lay_out(&[interval(1, 5), interval(8, 12)], 20.0, LOW);
    assert_eq!(alone.height, 27.0);
    let same: Vec<_> = alone.bars.iter().map(|bar| bar.y).collect();
    assert_eq!(same, [23.0, 23.0], "under the marks, one behind the other");
    let three = lay_out(
        &[interval(1, 9), interval(3, 12), interval(8, 14)],
        20.0,
        LOW,
    );
    assert_eq!(three.height, 27.0 + 16.0 * 2.0 + 3.0);
    let rows: Vec<_> = three.bars.iter().map(|bar| bar.y).collect();
    assert_eq!(rows, [23.0, 35.0, 51.0]);
}

#[test]
fn a_month_among_days_of_its_own_goes_below_them() {
    let month = dated(When::Within(days(0, 30)));
    let alone = lay_out(std::slice::from_ref(&month), 20.0, LOW);
    assert_eq!((alone.bars[0].y, alone.height), (13.5, 27.0));
    let both = lay_out(&[month, item(12, Polarity::Support, true)], 20.0, LOW);
    assert_eq!((both.bars[0].y, both.height), (35.0, 27.0 + 16.0 + 3.0));
    assert_eq!(both.marks.len(), 2);
}

#[test]
fn several_of_one_month_share_a_bar() {
    let month = |side| TimelineItem {
        side,
        ..dated(When::Within(days(0, 30)))
    };
    let items = [month(Polarity::Oppose), month(Polarity::Oppose)];
    let out = lay_out(&items, 20.0, LOW);
    assert_eq!((out.bars.len(), out.marks.len()), (1, 1));
    assert_eq!(out.bars[0].side, Polarity::Oppose);
    let out = lay_out(
        &[month(Polarity::Oppose), month(Polarity::Support)],
        20.0,
        LOW,
    );
    assert_eq!((out.bars.len(), out.marks.len()), (1, 2));
    assert_eq!(out.bars[0].side, Polarity::Neutral);
}

#[test]
fn what_finds_no_track_is_counted() {
    let items: Vec<_> = (0..9).map(|first| interval(first, 20)).collect();
    let out = lay_out(&items, 20.0, LOW);
    assert_eq!(out.bars.len(), 4);
    let counted: usize = out.marks.iter().map(|mark| mark.items.len()).sum();
    assert_eq!(counted, 5);
}

#[test]
fn a_day_is_a_point_until_hours_are_shown_then_only_times_are() {
    let day = item(1, Polarity::Oppose, true);
    let timed = TimelineItem {
        clock: Some((14 * 60 + 30, 14 * 60 + 31)),
        ..day.clone()
    };
    let far = lay_out(std::slice::from_ref(&day), 40.0, LOW);
    assert_eq!((far.bars.len(), far.marks[0].x), (0, 60.0));
    let near = lay_out(&[day, timed], 480.0, LOW);
    assert_eq!((near.bars[0].from, near.bars[0].to), (480.0, 960.0));
    let xs: Vec<_> = near.marks.iter().map(|mark| mark.x).collect();
    assert_eq!(xs[0], 720.0);
    assert!((xs[1] - (480.0 + 480.0 * 870.5 / 1440.0)).abs() < 1e-9);
}

#[test]
fn words_have_room_until_the_next_mark() {
    let items = [
        item(1, Polarity::Oppose, true),
        item(11, Polarity::Support, true),
    ];
    let out = lay_out(&items, 20.0, LOW);
    let label = out.marks[0].label.unwrap();
    assert_eq!((label.x, label.room), (36.25, 200.0 - 12.5));
    assert_eq!(out.marks[1].label.unwrap().room, f64::INFINITY);
}

fn any_when() -> impl Strategy<Value = When> {
    (0_i64..400, 0_i64..90, 0_i64..40, 0_u8..6).prop_map(|(first, long, more, kind)| {
        let span = days(first, first + long);
        match kind {
            0 | 1 => When::Day(date_of(first)),
            2 => When::Within(span),
            3 => When::Vague {
                sure: span,
                whole: days(first - more, first + long + more),
            },
            4 => When::Interval {
                start: span,
                end: days(first + more, first + long + more),
            },
            _ => When::From(span),
        }
    })
}

/// Words never run into what stands in their row: marks, bars, other words.
fn words_collide(out: &LaneLayout) -> Option<String> {
    let labels = || {
        let of_marks = out.marks.iter().filter_map(|mark| {
            let label = mark.label.filter(|_| mark.items.len() == 1)?;
            Some((label, mark.y, mark.x))
        });
        let of_bars = out
            .bars
            .iter()
            .filter_map(|bar| Some((bar.label?, bar.y, bar.solid_from)));
        of_marks.chain(of_bars)
    };
    let extent = |label: Label| (label.x, label.x + label.room.min(220.0));
    let overlap = |a: (f64, f64), b: (f64, f64)| a.0 + 1e-6 < b.1 && b.0 + 1e-6 < a.1;
    let all: Vec<_> = labels().filter(|(label, ..)| label.room > 0.0).collect();
    for (at, (label, y, _)) in all.iter().enumerate() {
        let mine = extent(*label);
        for (other, other_y, _) in all.iter().skip(at + 1) {
            if (y - other_y).abs() < 11.0 && overlap(mine, extent(*other)) {
                return Some(format!("words {label:?} and {other:?} at {y}, {other_y}"));
            }
        }
        for mark in &out.marks {
            let half = mark.half_width();
            let taken = (mark.x - half, mark.x + half);
            if (mark.y - y).abs() < 1.0 && overlap(mine, taken) {
                return Some(format!("words {label:?} over {mark:?}"));
            }
        }
        for bar in &out.bars {
            if (bar.y - y).abs() < 1.0 && overlap(mine, (bar.from, bar.to)) {
                return Some(format!("words {label:?} over {bar:?}"));
            }
        }
    }
    None
}

#[test]
fn what_is_pinned_stands_for_itself_with_its_words() {
    let pinned = |day, side| TimelineItem {
        look: ItemLook {
            pinned: true,
            ..ItemLook::default()
        },
        ..item(day, side, true)
    };
    let items = [
        item(2, Polarity::Oppose, true),
        item(2, Polarity::Support, true),
        pinned(2, Polarity::Oppose),
        pinned(3, Polarity::Support),
    ];
    let out = lay_out(&items, 4.0, LOW);
    let alone: Vec<_> = out
        .marks
        .iter()
        .filter(|mark| mark.items.len() == 1)
        .collect();
    let pins: Vec<_> = alone.iter().filter(|mark| mark.items[0] >= 2).collect();
    assert_eq!(pins.len(), 2);
    assert!(pins.iter().all(|mark| mark.label.unwrap().room == PIN_ROOM));
    assert_ne!(pins[0].y, pins[1].y, "too near for one track");
    assert_eq!(out.height, 27.0 + 2.0 * 16.0 + 3.0);
}

#[test]
fn what_is_pinned_alone_stands_in_the_row_of_marks() {
    let pinned = |first, last| TimelineItem {
        look: ItemLook {
            pinned: true,
            ..ItemLook::default()
        },
        ..interval(first, last)
    };
    let one = lay_out(&[pinned(2, 5)], 20.0, LOW);
    assert_eq!((one.bars[0].y, one.height), (13.5, 27.0));
    let two = lay_out(&[pinned(2, 5), pinned(3, 9)], 20.0, LOW);
    let rows: Vec<_> = two.bars.iter().map(|bar| bar.y).collect();
    assert_eq!((rows, two.height), (vec![13.5, 35.0], 27.0 + 16.0 + 3.0));
}

proptest! {
    #[test]
    fn words_of_what_is_pinned_stay_inside_and_off_their_mark(
        mark in -50.0_f32..900.0,
        long in 0.0_f32..400.0,
        words in 1.0_f32..200.0,
        wide in 120.0_f32..800.0,
    ) {
        let label = Label { x: 0.0, room: PIN_ROOM, before: false };
        let pinned = Pinned { span: (mark - long, mark + long), mark: Some(mark) };
        if let Some((x, width)) = pinned_words((label, mark + long + 6.25), pinned, wide, words) {
            prop_assert!(x >= 3.9 && x + width <= wide - 3.9, "{x} {width}");
            if (0.0..=wide).contains(&mark) {
                let apart = x >= mark + 8.9 || x + width <= mark - 8.9;
                prop_assert!(apart || width <= 0.0, "{x} {width} over {mark}");
            }
        }
    }
}

#[test]
fn an_entry_is_a_square_and_keeps_its_colour_in_a_crowd_of_that_colour() {
    let coloured = |day: i64, colour| TimelineItem {
        look: ItemLook {
            colour: Some(colour),
            ..ItemLook::default()
        },
        kind: ItemKind::Entry(crate::model::EntryId(day.unsigned_abs().into())),
        ..item(day, Polarity::Neutral, true)
    };
    let (rose, blue) = (Swatch::Rose, Swatch::Blue);
    let one = lay_out(&[coloured(1, rose), coloured(1, rose)], 20.0, LOW);
    assert_eq!(
        (one.marks[0].glyph, one.marks[0].colour),
        (Glyph::Entry, Some(rose))
    );
    let two = lay_out(&[coloured(1, rose), coloured(1, blue)], 20.0, LOW);
    assert_eq!(two.marks[0].colour, None);
}

proptest! {
    #[test]
    fn nothing_overlaps_and_nothing_is_lost(
        whens in proptest::collection::vec((any_when(), 0_usize..3, 0_u8..8), 0..120),
        day in 0.2_f64..40.0,
        high: bool,
    ) {
        let sides = [Polarity::Oppose, Polarity::Support, Polarity::Neutral];
        let mut items: Vec<_> = whens
            .iter()
            .map(|(when, side, pin)| TimelineItem {
                    side: sides[*side],
                    look: ItemLook { pinned: *pin == 0, ..ItemLook::default() },
                    ..dated(*when)
                })
            .collect();
        items.sort_by_key(|item| (item.when.span().first, item.when.span().last));
        let out = lay_out(&items, day, if high { HIGH } else { LOW });
        let bars = out.bars.iter().flat_map(|bar| &bar.items);
        let marks = out.marks.iter().flat_map(|mark| &mark.items);
        let all: std::collections::BTreeSet<usize> = bars.chain(marks).copied().collect();
        prop_assert_eq!(all.len(), items.len());
        let mut rows: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
        for mark in &out.marks {
            let row = rows.entry(mark.y.to_bits()).or_default();
            row.push((mark.x - mark.half_width(), mark.x + mark.half_width()));
        }
        let mut tracks: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
        for bar in &out.bars {
            let row = tracks.entry(bar.y.to_bits()).or_default();
            row.push((bar.from, bar.to));
        }
        for row in rows.values_mut().chain(tracks.values_mut()) {
            row.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in row.windows(2) {
                prop_assert!(pair[0].1 <= pair[1].0 + 1e-6, "{pair:?}");
            }
        }
        prop_assert_eq!(words_collide(&out), None);
        for mark in &out.marks {
            prop_assert!(mark.y > 0.0 && mark.y < out.height);
        }
    }
}
