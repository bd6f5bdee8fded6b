//! Puts a date together from what was captured of it: year, month, week, day, holiday, clock.

use jiff::civil::Date;

use crate::model::{TimexClass, TimexValue};
use crate::nlp::timex::calendar::{self, Unit, moved};
use crate::nlp::timex::resolve::{Context, Resolved};
use crate::nlp::timex::slots::{Captures, Slot, Val};
use crate::nlp::timex::tense::Tense;

/// A year as the text gives it: in full, in two digits, or as *last year*.
fn year_of(captures: &Captures, context: &Context) -> Result<Option<i16>, ()> {
    if let Some(year) = captures.number(Slot::Year) {
        return i16::try_from(year).map(Some).map_err(|_e| ());
    }
    if let Some(hundreds) = captures.number(Slot::Cent) {
        let year = hundreds * 100 + captures.number(Slot::Yy2).unwrap_or(0);
        return i16::try_from(year).map(Some).map_err(|_e| ());
    }
    if let Some(yy) = captures.number(Slot::Yy) {
        let now = context.dct.map_or(2000, |dct| i64::from(dct.year()));
        // Nearest century; ten years ahead are the most that two digits mean.
        let year = (0..)
            .map(|n| now / 100 * 100 + 100 - n * 100 + yy)
            .find(|year| *year <= now + 10);
        return Ok(year.and_then(|year| i16::try_from(year).ok()));
    }
    if captures.get(Slot::Ref).is_some() {
        // *in April of that year*
        let told = context.named.map(|named| named.day);
        return Ok(told.or(context.dct).map(Date::year));
    }
    if let Some(off) = captures.number(Slot::Yoff) {
        let Some(dct) = context.dct else {
            return Ok(None);
        };
        return Ok(moved(dct, off, Unit::Year).map(Date::year));
    }
    Ok(None)
}

/// Days after which a date would be named with its year, and within which it would not: of a month,
/// and of a day. *payable Dec. 31* is said in November of the next one, whatever the tense.
const FAR: (i32, i32) = (335, 265);
const NEAR: (i32, i32) = (35, 100);

/// Days for which the figures of a quarter that is over are still to come.
const JUST_OVER: i32 = 90;

/// Picks among the years around the document's the one that the tense asks for.
fn nearest_year(
    context: &Context,
    lean: i32,
    make: impl Fn(i16) -> Option<(Date, Date)>,
) -> Option<(i16, bool)> {
    if let Some(year) = context.told_year() {
        return Some((year, true));
    }
    let dct = context.dct?;
    let years = [dct.year() - 1, dct.year(), dct.year() + 1];
    let spans: Vec<(i16, Date, Date)> = years
        .into_iter()
        .filter_map(|year| make(year).map(|(first, last)| (year, first, last)))
        .collect();
    let past = spans.iter().rev().find(|(_, first, _)| *first <= dct);
    let future = spans.iter().find(|(_, _, last)| *last >= dct);
    let away = |span: Option<&(i16, Date, Date)>| {
        span.and_then(|(_, first, _)| first.since(dct).ok())
            .map_or(i32::MAX, |s| s.get_days().abs())
    };
    let day = spans.iter().all(|(_, first, last)| first == last);
    if let Some(after) = context.after {
        let found = spans.iter().find(|(_, _, last)| *last >= after);
        return found.map(|(year, ..)| (*year, false));
    }
    let (far, near) = if day {
        (FAR.1, NEAR.1)
    } else {
        (FAR.0, NEAR.0)
    };
    let chosen = match context.tense {
        // Without a year, nobody speaks of what was eleven months ago, or will be in eleven.
        _ if context.noun && !day => nearest(&spans, dct, 1),
        Tense::Past if away(past) > far && away(future) < near && !context.opens => future,
        Tense::Future if away(future) > far && away(past) < near => past,
        Tense::Past => past,
        Tense::Future => future,
        Tense::Unknown => nearest(&spans, dct, lean),
    };
    chosen.map(|(year, ..)| (*year, false))
}

/// The span nearest to the document's day; one that is to come counts as `lean` times as far.
fn nearest(spans: &[(i16, Date, Date)], dct: Date, lean: i32) -> Option<&(i16, Date, Date)> {
    let days = |date: Date| date.since(dct).map_or(i32::MAX, |s| s.get_days().abs());
    spans.iter().min_by_key(|(_, first, last)| {
        if *first <= dct && dct <= *last {
            0
        } else if *first > dct {
            days(*first).saturating_mul(lean)
        } else {
            days(*last)
        }
    })
}

fn number(captures: &Captures, slot: Slot) -> Option<i8> {
    captures.number(slot).and_then(|n| i8::try_from(n).ok())
}

/// A date put together from whatever was captured, with a time or part of day where one was.
pub(super) fn date(class: TimexClass, captures: &Captures, context: &Context) -> Option<Resolved> {
    let mut found = calendar_part(class, captures, context)?;
    if let Some(time) = clock(captures) {
        found.value.push_str(&time);
        found.class = TimexClass::Time;
    } else if let Some(pod) = captures.text(Slot::Pod) {
        found.value.push('T');
        found.value.push_str(pod);
        found.class = TimexClass::Time;
    }
    Some(found)
}

fn calendar_part(class: TimexClass, captures: &Captures, context: &Context) -> Option<Resolved> {
    let year = year_of(captures, context).ok()?;
    let full = [Slot::Year, Slot::Yy, Slot::Cent]
        .into_iter()
        .any(|slot| captures.get(slot).is_some());
    let mut found = if let Some(name) = captures.text(Slot::Holiday) {
        holiday(name, year, captures, context)?
    } else if let Some(rel) = captures.number(Slot::Rel) {
        match context.dct.and_then(|dct| moved(dct, rel, Unit::Day)) {
            Some(day) => Resolved::at(day, Unit::Day, class),
            None => Resolved::new("XXXX-XX-XX", class),
        }
    } else if let Some(month) = number(captures, Slot::Month) {
        month_day(month, year, captures, context)?
    } else if let Some(part) = part_of_year(captures) {
        year_part(&part, year, captures, context)?
    } else if let Some(week) = number(captures, Slot::Week) {
        let year = year.or_else(|| context.dct.map(Date::year))?;
        Resolved::at(calendar::week_start(year, week)?, Unit::Week, class)
    } else if let Some(day) = captures.number(Slot::Weekday) {
        weekday(day, captures, context)?
    } else if let Some(day) = number(captures, Slot::Day) {
        bare_day(day, captures.number(Slot::Off), context)?
    } else if let Some(decade) = captures.number(Slot::Decade) {
        let decade = if decade < 100 { 1900 + decade } else { decade };
        Resolved::new(format!("{:03}", decade / 10), class)
    } else if let Some(century) = captures.number(Slot::Ord) {
        Resolved::new(format!("{:02}", century - 1), class)
    } else if let Some(year) = year {
        bare_year(year, captures)
    } else if captures.get(Slot::Yoff).is_some() {
        Resolved::new("XXXX", class)
    } else {
        // *tonight at 9* and *midnight* are the document's.
        let loose = clock(captures).is_some() && captures.get(Slot::Pod).is_none();
        Resolved {
            loose,
            ..time_only(loose, context)
        }
    };
    found.class = class;
    found.full = (found.full || full) && captures.get(Slot::Ref).is_none();
    Some(found)
}

fn bare_year(year: i16, captures: &Captures) -> Resolved {
    if captures.get(Slot::Bc).is_some() {
        return Resolved::new(format!("BC{year:04}"), TimexClass::Date);
    }
    let mut found = match Date::new(year, 1, 1) {
        Ok(first) => Resolved::at(first, Unit::Year, TimexClass::Date),
        Err(_) => Resolved::new(format!("{year:04}"), TimexClass::Date),
    };
    if captures.get(Slot::Fiscal).is_some() {
        found.value.insert_str(0, "FY");
    }
    found
}

/// A clock time without a date is on the day that was told of last, else the document's.
fn time_only(loose: bool, context: &Context) -> Resolved {
    let just = context.near(1).filter(|named| named.unit == Unit::Day);
    match (just.or(context.told_day.filter(|_| loose)), context.dct) {
        (Some(named), _) => Resolved {
            anchor: Some(named.range),
            sure: if just.is_some() { 0.9 } else { 0.75 },
            ..Resolved::at(named.day, Unit::Day, TimexClass::Time)
        },
        (None, Some(dct)) => Resolved::at(dct, Unit::Day, TimexClass::Time),
        (None, None) => Resolved::new("XXXX-XX-XX", TimexClass::Time),
    }
}

fn holiday(
    name: &str,
    year: Option<i16>,
    captures: &Captures,
    context: &Context,
) -> Option<Resolved> {
    let chosen = match (year, captures.number(Slot::Off), context.dct) {
        (Some(year), ..) => Some((year, true)),
        (None, Some(off), Some(dct)) => {
            beside(off, dct, |year| calendar::holiday(name, year)).map(|year| (year, false))
        }
        (None, ..) => nearest_year(context, 1, |year| calendar::holiday(name, year)),
    };
    let Some((year, _)) = chosen else {
        let fixed = name.len() == 5 && name.as_bytes().get(2) == Some(&b'-');
        let value = if fixed {
            format!("XXXX-{name}")
        } else {
            "XXXX-XX-XX".to_owned()
        };
        return Some(Resolved::new(value, TimexClass::Date));
    };
    let (first, last) = calendar::holiday(name, year)?;
    let mut found = Resolved::at(first, Unit::Day, TimexClass::Date);
    if first < last {
        found.value = format!("{first}/{last}");
    }
    Some(found)
}

/// The year of the last, this or next thing that recurs every year.
fn beside(off: i64, dct: Date, make: impl Fn(i16) -> Option<(Date, Date)>) -> Option<i16> {
    let years = [dct.year() - 2, dct.year() - 1, dct.year(), dct.year() + 1];
    match off {
        0 => Some(dct.year()),
        1.. => years
            .into_iter()
            .find(|&year| make(year).is_some_and(|(first, _)| first > dct)),
        _ => years
            .into_iter()
            .rev()
            .find(|&year| make(year).is_some_and(|(_, last)| last < dct)),
    }
}

fn month_span(year: i16, month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn month_day(
    month: i8,
    year: Option<i16>,
    captures: &Captures,
    context: &Context,
) -> Option<Resolved> {
    let day = number(captures, Slot::Day);
    let span = |year: i16| match day {
        Some(day) => Date::new(year, month, day).ok().map(|date| (date, date)),
        None => month_span(year, month),
    };
    // News tells more of what was than of what will be.
    let lean = if day.is_some() { 2 } else { 1 };
    let weekday = captures.number(Slot::Weekday).and_then(calendar::weekday);
    let by_weekday = |dct: Date| {
        let fits =
            |year: &i16| span(*year).is_some_and(|(date, _)| Some(date.weekday()) == weekday);
        let mut years: Vec<i16> = (dct.year() - 1..=dct.year() + 1).collect();
        years.sort_by_key(|year| (i32::from(*year) - i32::from(dct.year())).abs());
        years.into_iter().find(fits)
    };
    let chosen = match (year, captures.number(Slot::Off), context.dct) {
        (Some(year), ..) => Some((year, true)),
        (None, Some(off), Some(dct)) => beside(off, dct, span).map(|year| (year, false)),
        (None, None, Some(dct)) if weekday.is_some() && day.is_some() => by_weekday(dct)
            .map(|year| (year, false))
            .or_else(|| nearest_year(context, lean, span)),
        (None, ..) => nearest_year(context, lean, span),
    };
    let Some((year, told)) = chosen else {
        Date::new(2000, month, day.unwrap_or(1)).ok()?;
        let value = day.map_or_else(
            || format!("XXXX-{month:02}"),
            |day| format!("XXXX-{month:02}-{day:02}"),
        );
        return Some(Resolved::new(value, TimexClass::Date));
    };
    let (first, _) = span(year)?;
    let unit = if day.is_some() {
        Unit::Day
    } else {
        Unit::Month
    };
    let mut found = Resolved::at(first, unit, TimexClass::Date);
    found.full = told;
    if captures.get(Slot::Year).is_none() && told {
        found.anchor = context.near(2).map(|named| named.range);
    }
    if context.tense == Tense::Unknown && !told {
        found.sure = 0.85;
    }
    Some(found)
}

/// `Q1`, `H2`, `SP`.
fn part_of_year(captures: &Captures) -> Option<String> {
    let quarter = captures.number(Slot::Quarter).map(|n| format!("Q{n}"));
    let half = || captures.number(Slot::Half).map(|n| format!("H{n}"));
    let season = || captures.text(Slot::Season).map(str::to_owned);
    quarter.or_else(half).or_else(season)
}

fn part_span(part: &str, year: i16) -> Option<(Date, Date)> {
    let span = TimexValue(format!("{year:04}-{part}")).span()?;
    Some((span.first, span.last))
}

fn year_part(
    part: &str,
    year: Option<i16>,
    captures: &Captures,
    context: &Context,
) -> Option<Resolved> {
    let span = |year| part_span(part, year);
    // There is no ninth quarter.
    span(2000)?;
    let context = &Context {
        opens: false,
        noun: false,
        ..*context
    };
    let chosen = match (year, captures.number(Slot::Off), context.dct) {
        (Some(year), ..) => Some((year, true)),
        (None, Some(off), Some(dct)) => beside(off, dct, span).map(|year| (year, false)),
        (None, None, Some(dct)) if context.tense == Tense::Unknown => context
            .told_year()
            .map(|year| (year, true))
            .or_else(|| lately(dct, span)),
        (None, None, Some(dct))
            if context.tense == Tense::Future && context.told_year().is_none() =>
        {
            let reported = part.starts_with('Q') || part == "H1";
            let over = reported.then(|| just_over(dct, span)).flatten();
            over.or_else(|| nearest_year(context, 1, span))
        }
        (None, ..) => nearest_year(context, 1, span),
    };
    let Some((year, told)) = chosen else {
        return Some(Resolved::new(format!("XXXX-{part}"), TimexClass::Date));
    };
    let (first, _) = span(year)?;
    let mut found = Resolved::at(first, Unit::Quarter, TimexClass::Date);
    found.value = format!("{year:04}-{part}");
    if captures.get(Slot::Fiscal).is_some() {
        found.value.insert_str(0, "FY");
    }
    found.full = told;
    Some(found)
}

/// The year of a quarter or half that ended less than three months ago: its figures are what is
/// expected then, and nobody calls the one of next year so.
fn just_over(dct: Date, span: impl Fn(i16) -> Option<(Date, Date)>) -> Option<(i16, bool)> {
    let years = [dct.year(), dct.year() - 1];
    let over = |year: &i16| {
        span(*year).is_some_and(|(_, last)| {
            let days = dct.since(last).map_or(-1, |s| s.get_days());
            (1..=JUST_OVER).contains(&days)
        })
    };
    years.into_iter().find(over).map(|year| (year, false))
}

/// The year of a part of the year that no verb places: this one's, unless it lies far ahead.
fn lately(dct: Date, span: impl Fn(i16) -> Option<(Date, Date)>) -> Option<(i16, bool)> {
    let (first, _) = span(dct.year())?;
    let ahead = first.since(dct).ok()?.get_days();
    Some((dct.year() - i16::from(ahead > 100), false))
}

fn weekday(number: i64, captures: &Captures, context: &Context) -> Option<Resolved> {
    let day = calendar::weekday(number)?;
    let Some(dct) = context.dct else {
        return Some(Resolved::new(
            format!("XXXX-WXX-{number}"),
            TimexClass::Date,
        ));
    };
    if let Some(of_month) = self::number(captures, Slot::Day) {
        // *Friday the 13th*: the nearest month where the two agree.
        let fits = |n: &i64| {
            let month = moved(dct.first_of_month(), *n, Unit::Month)?;
            let date = Date::new(month.year(), month.month(), of_month).ok()?;
            (date.weekday() == day).then_some(date)
        };
        let date = [0, -1, 1, -2, 2, -3, 3].iter().find_map(fits)?;
        return Some(Resolved::at(date, Unit::Day, TimexClass::Date));
    }
    let monday = calendar::on_or_before(dct, calendar::weekday(1)?)?;
    let in_week = |off: i64| moved(moved(monday, off, Unit::Week)?, number - 1, Unit::Day);
    let week = captures.number(Slot::Woff).map(in_week);
    let (date, sure) = match captures.number(Slot::Off) {
        _ if week.is_some() => (week.flatten()?, 1.0),
        Some(0) => (in_week(0)?, 1.0),
        Some(1) => (in_week(1)?, 1.0),
        Some(2) => (calendar::on_or_after(moved(dct, 1, Unit::Day)?, day)?, 1.0),
        Some(_) => (
            calendar::on_or_before(moved(dct, -1, Unit::Day)?, day)?,
            0.95,
        ),
        None if context.after.is_some() => {
            let after = moved(context.after?, 1, Unit::Day)?;
            (calendar::on_or_after(after, day)?, 0.95)
        }
        None => match context.tense {
            Tense::Future => (calendar::on_or_after(dct, day)?, 0.95),
            Tense::Past => (calendar::on_or_before(dct, day)?, 1.0),
            Tense::Unknown => (calendar::on_or_before(dct, day)?, 0.85),
        },
    };
    Some(Resolved {
        sure,
        ..Resolved::at(date, Unit::Day, TimexClass::Date)
    })
}

/// *the 15th*: of the narrative's month, else the document's; *the 15th day of next month*.
fn bare_day(day: i8, months: Option<i64>, context: &Context) -> Option<Resolved> {
    let Some((base, _, anchor)) = context.reference(false) else {
        return Some(Resolved::new(format!("XXXX-XX-{day:02}"), TimexClass::Date));
    };
    let here = Date::new(base.year(), base.month(), day).ok();
    if let (Some(off), Some(dct)) = (months, context.dct) {
        let month = moved(dct.first_of_month(), off, Unit::Month)?;
        let date = Date::new(month.year(), month.month(), day).ok()?;
        return Some(Resolved::at(date, Unit::Day, TimexClass::Date));
    }
    let step = match (anchor.is_some(), context.tense) {
        (false, Tense::Past) if here.is_some_and(|date| date > base) => -1,
        (false, Tense::Future) if here.is_some_and(|date| date < base) => 1,
        _ => 0,
    };
    let month = moved(base.first_of_month(), step, Unit::Month)?;
    let date = Date::new(month.year(), month.month(), day).ok()?;
    Some(Resolved {
        anchor,
        sure: 0.8,
        ..Resolved::at(date, Unit::Day, TimexClass::Date)
    })
}

/// `T14:30`, with `Z` or an offset where the zone is known.
pub(super) fn clock(captures: &Captures) -> Option<String> {
    let together = captures.number(Slot::Hhmm);
    let mut hour = together
        .map(|n| n / 100)
        .or_else(|| captures.number(Slot::Hour))?;
    // *at 7 in the evening, Friday night at 11*: the part of the day says which half.
    let half = captures
        .text(Slot::Ampm)
        .or_else(|| match captures.text(Slot::Pod)? {
            "MO" => Some("AM"),
            "AF" | "EV" => Some("PM"),
            "NI" if (6..12).contains(&hour) => Some("PM"),
            "NI" if hour == 12 => Some("AM"),
            _ => None,
        });
    match half {
        Some("PM") if hour < 12 => hour += 12,
        Some("AM") if hour == 12 => hour = 0,
        _ => {}
    }
    let minute = together
        .map(|n| n % 100)
        .or_else(|| captures.number(Slot::Minute))
        .unwrap_or(0);
    // *ten to nine*
    let (hour, minute) = if captures.get(Slot::Unord).is_some() && minute > 0 {
        ((hour + 23) % 24, 60 - minute)
    } else {
        (hour, minute)
    };
    let mut time = format!("T{hour:02}:{minute:02}");
    if let Some(second) = captures.number(Slot::Second) {
        time.push_str(&format!(":{second:02}"));
    }
    match captures.get(Slot::Zone) {
        Some(Val::N(0)) if captures.get(Slot::ZoneHours).is_none() => time.push('Z'),
        Some(Val::N(minutes)) => {
            let minutes = minutes + captures.number(Slot::ZoneHours).unwrap_or(0) * 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            let size = minutes.abs();
            time.push_str(&format!("{sign}{:02}:{:02}", size / 60, size % 60));
        }
        _ => {}
    }
    Some(time)
}

/// *the last week of March, the first week of 2009, the second Friday in May*.
pub(super) fn week_within(captures: &Captures, context: &Context) -> Option<Resolved> {
    let mut outer = captures.clone();
    outer
        .0
        .retain(|(slot, _)| !matches!(slot, Slot::Weekday | Slot::Ord | Slot::Unit));
    let whole = match (captures.number(Slot::Off), captures.unit(Slot::Unit2)) {
        // *the first Friday of next month*
        (Some(off), Some(unit)) => {
            Resolved::at(moved(context.dct?, off, unit)?, unit, TimexClass::Date)
        }
        _ => calendar_part(TimexClass::Date, &outer, context)?,
    };
    let span = TimexValue(whole.value.clone()).span();
    let Some(span) = span else {
        return Some(Resolved::new("XXXX-WXX", TimexClass::Date));
    };
    let n = captures.number(Slot::Ord)?;
    let (day, unit) = match captures.number(Slot::Weekday) {
        Some(day) => (calendar::weekday(day)?, Unit::Day),
        None if captures.unit(Slot::Unit) == Some(Unit::Weekend) => {
            (calendar::weekday(6)?, Unit::Weekend)
        }
        None if captures.unit(Slot::Unit) == Some(Unit::Day) => {
            let date = if n < 0 {
                span.last
            } else {
                moved(span.first, n - 1, Unit::Day)?
            };
            return Some(Resolved::at(date, Unit::Day, TimexClass::Date));
        }
        None if captures.unit(Slot::Unit) == Some(Unit::Month) => {
            let date = if n < 0 {
                span.last
            } else {
                moved(span.first, n - 1, Unit::Month)?
            };
            return Some(Resolved::at(date, Unit::Month, TimexClass::Date));
        }
        // A week belongs where its Thursday lies (ISO 8601); the last one must end inside.
        None => (calendar::weekday(if n < 0 { 7 } else { 4 })?, Unit::Week),
    };
    let date = if n < 0 {
        calendar::on_or_before(span.last, day)?
    } else {
        moved(calendar::on_or_after(span.first, day)?, n - 1, Unit::Week)?
    };
    (date <= span.last && date >= span.first).then(|| Resolved {
        full: whole.full,
        ..Resolved::at(date, unit, TimexClass::Date)
    })
}
