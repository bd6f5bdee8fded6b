//! Makes TIMEX3 values of what rules captured, against the document date or the narrative's.

use jiff::civil::{Date, Weekday};

use crate::model::{Modifier, TextRange, TimexClass, TimexValue};
use crate::nlp::timex::amounts::{duration, set, vague_duration};
use crate::nlp::timex::calendar::{self, Unit, at, moved};
use crate::nlp::timex::compose::{date, week_within};
use crate::nlp::timex::periods::{quarter_of, the_quarter, weekend};
use crate::nlp::timex::rules::Rule;
use crate::nlp::timex::slots::{Captures, OpKind, Slot, Val, modifier};
use crate::nlp::timex::tense::Tense;

/// The last date that the text named.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the text, not states"
)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    /// A day of it: the first.
    pub(super) day: Date,
    pub(super) unit: Unit,
    pub(super) range: TextRange,
    /// Sentence number.
    pub(super) sentence: usize,
    /// Whether the text gives its year.
    pub(super) full: bool,
    /// Whether it stands at the head of its sentence.
    pub(super) opens: bool,
    /// Whether it only bounds something: *since March*.
    pub(super) bounds: bool,
}

/// A dated expression that later ones may hang on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub(super) day: Date,
    pub(super) unit: Unit,
    pub(super) range: TextRange,
    pub(super) sentence: usize,
    pub(super) bounds: bool,
}

/// What an expression is read against.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the text, not states"
)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    pub(super) dct: Option<Date>,
    pub(super) named: Option<Named>,
    /// The day that the text told of last, some sentences back at most, and none that is to come.
    pub(super) told_day: Option<Named>,
    /// The quarter that the text named last.
    pub(super) quarter: Option<Named>,
    /// The last one of them that was over when the text was published.
    pub(super) past_quarter: Option<Named>,
    pub(super) tense: Tense,
    pub(super) sentence: usize,
    /// The quarter that figures are compared with: *from $2 a share a year ago*.
    pub(super) compared: Option<Named>,
    /// Whether figures of several months (*the nine months*) were told since that quarter.
    pub(super) months_told: bool,
    /// First end of the range whose second end this is.
    pub(super) after: Option<Date>,
    /// Whether it stands before a noun: *the October report*.
    pub(super) noun: bool,
    /// Whether its preposition opens the sentence: *In October he came*.
    pub(super) opens: bool,
}

/// A value, before it becomes a [`Timex`](crate::model::Timex).
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the text, not states"
)]
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub(super) value: String,
    pub(super) class: TimexClass,
    pub(super) modifier: Option<Modifier>,
    pub(super) anchor: Option<TextRange>,
    /// Of a length that is set on the calendar, its days.
    pub(super) points: Option<TimexValue>,
    /// Day and precision, for later expressions to hang on; none for durations and the like.
    pub(super) day: Option<(Date, Unit)>,
    /// Whether the year stood in the text.
    pub(super) full: bool,
    /// How often, for sets.
    pub(super) freq: Option<String>,
    /// Whether it only sets a figure against another, so that nothing is counted from it.
    pub(super) aside: bool,
    /// Whether it is a clock time that was given no day.
    pub(super) loose: bool,
    /// Factor on the rule's confidence.
    pub(super) sure: f32,
}

impl Resolved {
    pub(super) fn new(value: impl Into<String>, class: TimexClass) -> Self {
        Self {
            value: value.into(),
            class,
            modifier: None,
            anchor: None,
            points: None,
            day: None,
            full: false,
            freq: None,
            aside: false,
            loose: false,
            sure: 1.0,
        }
    }

    pub(super) fn at(date: Date, unit: Unit, class: TimexClass) -> Self {
        Self {
            day: Some((date, unit)),
            ..Self::new(at(date, unit), class)
        }
    }
}

impl Context {
    /// The narrative's date, if it was named in this sentence or the two before; else the document's.
    /// What is `told` and past does not hang on a date that is still to come.
    pub(super) fn reference(&self, told: bool) -> Option<(Date, Unit, Option<TextRange>)> {
        let told = told && self.tense == Tense::Past;
        self.near(2)
            .filter(|named| !told || self.dct.is_none_or(|dct| named.day <= dct))
            .map(|named| (named.day, named.unit, Some(named.range)))
            .or_else(|| self.dct.map(|date| (date, Unit::Day, None)))
    }

    pub(super) fn near(&self, sentences: usize) -> Option<Named> {
        self.named
            .filter(|named| named.sentence + sentences >= self.sentence)
    }

    /// The year that the narrative is in, where that is not the present of the document.
    pub(super) fn told_year(&self) -> Option<i16> {
        let named = self.near(2).filter(|named| named.full)?;
        let elsewhere = self.dct.is_none_or(|dct| {
            // News names an old year in passing; one that opens a sentence sets the scene.
            let back = i32::from(dct.year()) - i32::from(named.day.year());
            self.tense != Tense::Future && (back > 60 || (back > 1 && named.opens))
        });
        elsewhere.then(|| named.day.year())
    }
}

/// Makes the value of one match, or nothing where it means no time (30 February).
pub(super) fn resolve(rule: &Rule, captures: &Captures, context: &Context) -> Option<Resolved> {
    let mut found = match rule.op.kind {
        OpKind::None | OpKind::Range | OpKind::Pair | OpKind::Event => return None,
        OpKind::Const => Resolved::new(rule.op.arg, rule.class),
        OpKind::Date => {
            // *tonight* is the document's, whatever day was named before.
            let named = context.named.filter(|_| rule.op.arg != "dct");
            date(rule.class, captures, &Context { named, ..*context })?
        }
        OpKind::Unit => unit(rule, captures, context)?,
        OpKind::Shift => shift(rule, captures, context)?,
        OpKind::Dur if rule.op.arg == "before" => before_that(
            captures,
            context,
            Resolved::new(duration(captures)?, rule.class),
        ),
        OpKind::Dur => Resolved {
            points: points(rule, captures, context),
            ..Resolved::new(duration(captures)?, rule.class)
        },
        OpKind::DurX => Resolved::new(vague_duration(captures)?, rule.class),
        OpKind::Set => set(rule, captures)?,
        OpKind::From => from_day(rule, captures, context)?,
        OpKind::Weekpart => week_within(captures, context)?,
        OpKind::WeekOf => around(&date(rule.class, captures, context)?, Unit::Week)?,
        OpKind::HolidayWeekend => around(&date(rule.class, captures, context)?, Unit::Weekend)?,
    };
    let slot = |slot| captures.text(slot).and_then(|name| modifier(name).ok());
    let approx = slot(Slot::App).map(|m| match (rule.op.kind, m) {
        (OpKind::Shift, Modifier::MoreThan) => Modifier::Before,
        (OpKind::Shift, Modifier::LessThan) => Modifier::After,
        (OpKind::Shift, Modifier::EqualOrMore) => Modifier::OnOrBefore,
        (OpKind::Shift, Modifier::EqualOrLess) => Modifier::OnOrAfter,
        (_, m) => m,
    });
    found.modifier = slot(Slot::Part)
        .or(approx)
        .or(rule.modifier)
        .or(found.modifier);
    Some(found)
}

/// The days that *the past three years* covers: up to the document's day, or on from it.
fn points(rule: &Rule, captures: &Captures, context: &Context) -> Option<TimexValue> {
    let ahead = match (captures.number(Slot::Dir), rule.op.arg) {
        // *talks begin in ten days*, but *the best in ten years*
        (_, "in") if context.tense != Tense::Future => return None,
        (_, "in") => true,
        (Some(1), _) | (_, "+" | "within") => true,
        (Some(-1), _) | (_, "-") => false,
        _ => return None,
    };
    let unit = captures
        .unit(Slot::Unit)
        .filter(|unit| !calendar::is_clock(*unit))?;
    let (n, step, _) = whole(captures.number(Slot::Num).unwrap_or(1000), unit)?;
    let dct = context.dct.filter(|_| n > 0)?;
    let (first, last) = if rule.op.arg == "in" {
        let day = moved(dct, n, step)?;
        (day, day)
    } else if rule.op.arg == "within" {
        (dct, moved(moved(dct, n, step)?, -1, Unit::Day)?)
    } else if ahead {
        (moved(dct, 1, Unit::Day)?, moved(dct, n, step)?)
    } else {
        (moved(dct, -n, step)?, moved(dct, -1, Unit::Day)?)
    };
    (first <= last).then(|| TimexValue(format!("{first}/{last}")))
}

/// *a report had been sent two months before*: the length, as the standard has it, and when that was.
fn before_that(captures: &Captures, context: &Context, length: Resolved) -> Resolved {
    let when = || {
        let unit = captures.unit(Slot::Unit)?;
        let (n, step, unit) = whole(captures.number(Slot::Num).unwrap_or(1000), unit)?;
        let (base, precision, anchor) = context.reference(true)?;
        let fine = calendar::within(base, precision, unit).is_none() && !calendar::is_clock(unit);
        let day = moved(base, -n, step).filter(|_| fine && anchor.is_some())?;
        Some((TimexValue(at(day, unit)), anchor))
    };
    match when() {
        Some((points, anchor)) => Resolved {
            points: Some(points),
            anchor,
            ..length
        },
        None => length,
    }
}

/// *two weeks from next Tuesday, a week ago Monday, three years ago today*.
fn from_day(rule: &Rule, captures: &Captures, context: &Context) -> Option<Resolved> {
    let ahead = rule.op.arg == "+";
    let unit = captures
        .unit(Slot::Unit)
        .filter(|unit| !calendar::is_clock(*unit))?;
    let (n, step, _) = whole(captures.number(Slot::Num).unwrap_or(1000), unit)?;
    let kept = captures
        .0
        .iter()
        .filter(|(slot, _)| !matches!(slot, Slot::Num | Slot::Unit));
    let tense = match (context.tense, ahead) {
        (_, false) => Tense::Past,
        (Tense::Unknown, true) => Tense::Future,
        (tense, true) => tense,
    };
    let base = Captures(kept.copied().collect());
    let found = date(rule.class, &base, &Context { tense, ..*context })?;
    let Some((day, Unit::Day)) = found.day else {
        return Some(Resolved::new("XXXX-XX-XX", rule.class));
    };
    let day = moved(day, if ahead { n } else { -n }, step)?;
    Some(Resolved {
        anchor: found.anchor,
        ..Resolved::at(day, Unit::Day, rule.class)
    })
}

/// The week or weekend of a day: *the week of Feb. 3*, *the Labor Day weekend*.
fn around(day: &Resolved, unit: Unit) -> Option<Resolved> {
    let Some((date, Unit::Day)) = day.day else {
        return Some(Resolved::new(unit.unknown(), day.class));
    };
    let date = match (unit, date.weekday()) {
        // A Monday or Tuesday makes the weekend before it long, a Thursday the one after it.
        (Unit::Weekend, Weekday::Monday | Weekday::Tuesday) => moved(date, -1, Unit::Week)?,
        _ => date,
    };
    Some(Resolved {
        anchor: day.anchor,
        full: day.full,
        ..Resolved::at(date, unit, day.class)
    })
}

/// The two ends of a range: what one lacks the other lends. The ends of a clock range share their
/// day and, where it fits, the half of the day: *from 3 to 8 p.m. Monday*.
pub(super) fn ends(captures: &Captures, clock: bool) -> (Captures, Captures) {
    const PAIRS: [(Slot, Slot); 10] = [
        (Slot::Weekday, Slot::Weekday2),
        (Slot::Quarter, Slot::Quarter2),
        (Slot::Year, Slot::Year2),
        (Slot::Yy, Slot::Yy2),
        (Slot::Month, Slot::Month2),
        (Slot::Day, Slot::Day2),
        (Slot::Hour, Slot::Hour2),
        (Slot::Minute, Slot::Minute2),
        (Slot::Ampm, Slot::Ampm2),
        (Slot::Num, Slot::Num2),
    ];
    let mut sides = (Captures::default(), Captures::default());
    let second = |slot| PAIRS.iter().any(|(_, two)| *two == slot);
    for &(slot, val) in &captures.0 {
        if let Some((one, _)) = PAIRS.iter().find(|(_, two)| *two == slot) {
            sides.1.0.push((*one, val));
        } else {
            sides.0.0.push((slot, val));
            if !PAIRS.iter().any(|(one, _)| *one == slot) {
                sides.1.0.push((slot, val));
            }
        }
    }
    for (one, _) in PAIRS.iter().filter(|(one, _)| !second(*one)) {
        let lendable = match one {
            Slot::Day => clock,
            Slot::Minute | Slot::Hour | Slot::Num | Slot::Yy | Slot::Weekday => false,
            _ => true,
        };
        match (sides.0.get(*one), sides.1.get(*one)) {
            (Some(val), None) if lendable => sides.1.0.push((*one, val)),
            (None, Some(val)) if lendable => sides.0.0.push((*one, val)),
            _ => {}
        }
    }
    if clock {
        half_days(&mut sides.0, &mut sides.1, captures);
    }
    months_over_new_year(&mut sides.0, &sides.1, captures);
    // *2003–08*: the second year takes the first one's century.
    if let (Some(year), Some(yy)) = (sides.0.number(Slot::Year), sides.1.number(Slot::Yy)) {
        sides
            .1
            .0
            .retain(|(slot, _)| *slot != Slot::Year && *slot != Slot::Yy);
        sides.1.0.push((Slot::Year, Val::N(year / 100 * 100 + yy)));
    }
    sides
}

/// *10 to 2 p.m.* begins in the morning, *8 a.m. to 3* ends in the afternoon.
fn half_days(first: &mut Captures, second: &mut Captures, captures: &Captures) {
    let hour = |side: &Captures| side.number(Slot::Hour).map(|hour| hour % 12);
    if hour(first) <= hour(second) {
        return;
    }
    let set = |side: &mut Captures, half: &'static str| {
        side.0.retain(|(slot, _)| *slot != Slot::Ampm);
        side.0.push((Slot::Ampm, Val::S(half)));
    };
    match (captures.text(Slot::Ampm), captures.text(Slot::Ampm2)) {
        (None, Some("PM")) => set(first, "AM"),
        (Some("AM"), None) => set(second, "PM"),
        _ => {}
    }
}

/// *Nov.–Feb. 2017* begins in the year before.
fn months_over_new_year(first: &mut Captures, second: &Captures, captures: &Captures) {
    let later = first.number(Slot::Month) > second.number(Slot::Month);
    let Some(year) = captures.number(Slot::Year2).filter(|_| later) else {
        return;
    };
    if captures.get(Slot::Year).is_none() {
        first.0.retain(|(slot, _)| *slot != Slot::Year);
        first.0.push((Slot::Year, Val::N(year - 1)));
    }
}

/// Without what belongs to the clock.
pub(super) fn day_only(captures: &Captures) -> Captures {
    let clock = [
        Slot::Hour,
        Slot::Minute,
        Slot::Second,
        Slot::Ampm,
        Slot::Zone,
        Slot::Pod,
        Slot::App,
    ];
    let kept = captures.0.iter().filter(|(slot, _)| !clock.contains(slot));
    Captures(kept.copied().collect())
}

/// The day that *the next day, this week* count from, how precise it is, and what names it.
fn base_of_unit(
    rule: &Rule,
    captures: &Captures,
    unit: Unit,
    context: &Context,
) -> Option<(Date, Unit, Option<TextRange>)> {
    if rule.op.arg == "ref day" {
        let reference = context.reference(true);
        reference
            .filter(|(_, precision, _)| *precision == Unit::Day)
            .or_else(|| context.dct.map(|date| (date, Unit::Day, None)))
    } else if let Some(told) = context
        .told_day
        .filter(|_| unit == Unit::Day && anaphoric(rule) && context.near(2).is_none())
    {
        // *the same day, the next day* point back, though it be some sentences.
        Some((told.day, Unit::Day, Some(told.range)))
    } else if rule.op.arg.starts_with("ref") {
        context.reference(rule.op.arg == "ref -" || captures.get(Slot::Part).is_some())
    } else {
        context.dct.map(|date| (date, Unit::Day, None))
    }
}

/// *last week, this year, the following month*: the argument says against what.
fn unit(rule: &Rule, captures: &Captures, context: &Context) -> Option<Resolved> {
    let pod = captures.text(Slot::Pod);
    let unit = match captures.unit(Slot::Unit) {
        Some(unit) => unit,
        None if matches!(rule.op.arg, "year" | "fiscal") => Unit::Year,
        None => pod.map(|_| Unit::Day)?,
    };
    let step = match rule.op.arg {
        "ref +" => 1,
        "ref -" => -1,
        _ => 0,
    };
    if matches!(rule.op.arg, "ref" | "ref back") && unit == Unit::Quarter {
        return match captures.number(Slot::Year) {
            Some(year) => quarter_of(rule, year, context),
            None => the_quarter(rule, context),
        };
    }
    let off = captures.number(Slot::Off).unwrap_or(step);
    let base = base_of_unit(rule, captures, unit, context);
    let Some((base, precision, anchor)) = base else {
        return Some(Resolved::new(unit.unknown(), rule.class));
    };
    // *by that time*: as precise as what it points back to
    let unit = if rule.op.arg == "ref same" {
        precision
    } else {
        unit
    };
    if let Some(value) = anchor.and_then(|_| calendar::within(base, precision, unit)) {
        let Some(dct) = context.dct.filter(|_| rule.op.arg == "ref -") else {
            let mut found = Resolved::new(value, rule.class);
            found.anchor = anchor;
            return Some(found);
        };
        return Some(Resolved::at(moved(dct, off, unit)?, unit, rule.class));
    }
    if unit == Unit::Weekend {
        let this = captures.get(Slot::Off).is_some();
        return weekend(base, (off, this), context.tense, anchor);
    }
    let day = moved(base, off, unit)?;
    let mut found = Resolved::at(day, unit, rule.class);
    found.anchor = anchor;
    found.aside = off == -1 && anchor.is_some() && against(precision, unit);
    if captures.get(Slot::Fiscal).is_some() {
        found.value.insert_str(0, "FY");
    }
    if let Some(pod) = pod {
        found.value.push('T');
        found.value.push_str(pod);
    }
    Some(found)
}

/// Whether the words themselves point back: *the same, the next, the previous*, but not *the day*.
fn anaphoric(rule: &Rule) -> bool {
    matches!(rule.op.arg, "ref +" | "ref -") || rule.op.arg == "ref back"
}

/// The day that a shift counts from, how precise it is, and the expression that names it.
fn base_of(base: &str, sign: &str, context: &Context) -> Option<(Date, Unit, Option<TextRange>)> {
    if base == "ref" && sign == "+" {
        // *83 years later* counts from something told, however long ago, never from the present.
        context
            .near(2)
            .or(context.named)
            .map(|named| (named.day, named.unit, Some(named.range)))
            .or_else(|| context.dct.map(|date| (date, Unit::Day, None)))
    } else if let Some(quarter) = context.quarter.filter(|quarter| {
        base == "quarter" && !context.months_told && quarter.sentence + 4 >= context.sentence
    }) {
        Some((quarter.day, Unit::Quarter, Some(quarter.range)))
    } else if base != "dct" {
        context.reference(true)
    } else {
        context.dct.map(|date| (date, Unit::Day, None))
    }
}

/// *two days ago, a year earlier, three weeks later*; argument: `dct -`, `ref +` …
fn shift(rule: &Rule, captures: &Captures, context: &Context) -> Option<Resolved> {
    let (base, sign) = rule.op.arg.split_once(' ')?;
    let unit = captures.unit(Slot::Unit)?;
    let thousandths = captures.number(Slot::Num).unwrap_or(1000);
    let (n, step, unit) = whole(thousandths, unit)?;
    let n = if sign == "-" { -n } else { n };
    let found = base_of(base, sign, context);
    let Some((base, precision, anchor)) = found else {
        return Some(Resolved::new(unit.unknown(), rule.class));
    };
    // *sales fell 14% in the third quarter, from … a year ago*: the quarter of the year before
    let a_year = unit == Unit::Year && n == -1 && thousandths == 1000;
    let told = context
        .near(1)
        .filter(|named| {
            anchor.is_none()
                && a_year
                && matches!(named.unit, Unit::Quarter | Unit::Month)
                && context.dct.is_none_or(|dct| named.day <= dct)
        })
        .or_else(|| context.compared.filter(|_| a_year));
    let (base, precision, anchor) = match told {
        Some(named) => (named.day, named.unit, Some(named.range)),
        None => (base, precision, anchor),
    };
    if let Some(value) = anchor.and_then(|_| calendar::within(base, precision, unit)) {
        let mut found = Resolved::new(value, rule.class);
        found.anchor = anchor;
        return Some(found);
    }
    let mut day = moved(base, n, step)?;
    let mut unit = unit;
    // *two weeks and two days ago*
    if let (Some(more), Some(smaller)) = (captures.number(Slot::Num2), captures.unit(Slot::Unit2)) {
        day = moved(day, more / 1000 * n.signum(), smaller)?;
        unit = smaller;
    }
    let mut found = match unit {
        Unit::Hour | Unit::Minute | Unit::Second => {
            // What was only dated by its month or year says nothing of the day.
            let day = if precision == Unit::Day {
                base
            } else {
                context.dct?
            };
            let mut found = Resolved::at(day, Unit::Day, TimexClass::Time);
            found.value.push_str("TXX:XX");
            return Some(found);
        }
        // *sales rose in the third quarter, from … a year earlier*: that quarter, a year before
        Unit::Year
            if n.abs() == 1
                && anchor.is_some()
                && !(context.months_told && precision == Unit::Quarter)
                && matches!(precision, Unit::Quarter | Unit::Month) =>
        {
            Resolved::at(day, precision, rule.class)
        }
        unit => Resolved::at(day, unit, rule.class),
    };
    found.anchor = anchor;
    found.aside = n == -1 && against(precision, unit) && anchor.is_some();
    found.sure = if anchor.is_some() { 0.85 } else { 1.0 };
    Some(found)
}

/// Whether a figure of one `unit` earlier is only set against that of a quarter or month.
fn against(precision: Unit, unit: Unit) -> bool {
    matches!(precision, Unit::Quarter | Unit::Month)
        && matches!(unit, Unit::Year | Unit::Quarter | Unit::Month)
}

/// Whole steps of a unit, or of a smaller one for *two and a half years*; and the precision.
fn whole(thousandths: i64, unit: Unit) -> Option<(i64, Unit, Unit)> {
    if thousandths % 1000 == 0 {
        return Some((thousandths / 1000, unit, unit));
    }
    let (parts, smaller) = match unit {
        Unit::Year => (12, Unit::Month),
        Unit::Decade => (10, Unit::Year),
        Unit::Century => (100, Unit::Year),
        Unit::Month => (30, Unit::Day),
        Unit::Week => (7, Unit::Day),
        _ => (1, unit),
    };
    Some((thousandths.checked_mul(parts)? / 1000, smaller, smaller))
}
