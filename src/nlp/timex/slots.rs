//! What a pattern captures, and the operations that make a value of it.

use crate::model::{Modifier, TimexClass};
use crate::nlp::timex::calendar::Unit;

/// A captured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Val {
    N(i64),
    S(&'static str),
}

impl Val {
    pub(super) fn parse(text: &'static str) -> Self {
        text.parse().map_or(Self::S(text), Self::N)
    }

    pub(super) fn number(self) -> Option<i64> {
        match self {
            Self::N(number) => Some(number),
            Self::S(_) => None,
        }
    }

    pub(super) fn text(self) -> Option<&'static str> {
        match self {
            Self::S(text) => Some(text),
            Self::N(_) => None,
        }
    }
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name { $($variant),+ }
        impl $name {
            pub(super) fn parse(text: &str) -> Result<Self, String> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(format!("unknown name {text}")) }
            }
        }
    };
}

named! {
    /// A named place in a pattern.
    Slot {
        Year = "year", Yy = "yy", Month = "month", Day = "day", Weekday = "weekday", Ord = "ord",
        Num = "num", Num2 = "num2", Unit = "unit", Unit2 = "unit2", Season = "season", Pod = "pod",
        Hour = "hour", Minute = "minute", Hhmm = "hhmm", Second = "second", Ampm = "ampm", Zone = "zone",
        ZoneHours = "zonehours", Off = "off", Woff = "woff", Yoff = "yoff", Part = "part", App = "app",
        Holiday = "holiday", Decade = "decade", Week = "week", Quarter = "quarter", Half = "half",
        Year2 = "year2", Yy2 = "yy2", Month2 = "month2", Day2 = "day2", Hour2 = "hour2",
        Minute2 = "minute2", Ampm2 = "ampm2", Rel = "rel", Bc = "bc", Fiscal = "fiscal",
        Quarter2 = "quarter2", Set = "set", Times = "times", Ref = "ref", Dir = "dir", Cent = "cent",
        Num3 = "num3", Unit3 = "unit3", Unord = "unord", Weekday2 = "weekday2",
    }
}

named! {
    /// How a value is made; `README.md` of the rules describes each.
    OpKind {
        Date = "date", Unit = "unit", Shift = "shift", Dur = "dur", DurX = "durx", Set = "set",
        Const = "const", None = "none", Range = "range", Pair = "pair", Weekpart = "nthin",
        Event = "event", WeekOf = "weekof", HolidayWeekend = "holidayweekend",
        From = "from",
    }
}

/// An operation with its argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Op {
    pub(super) kind: OpKind,
    pub(super) arg: &'static str,
}

impl Op {
    pub(super) fn parse(text: &'static str) -> Result<Self, String> {
        let (kind, arg) = text.split_once(' ').unwrap_or((text, ""));
        Ok(Self {
            kind: OpKind::parse(kind)?,
            arg,
        })
    }
}

/// What one match captured.
#[derive(Debug, Clone, Default)]
pub(super) struct Captures(pub(super) Vec<(Slot, Val)>);

impl Captures {
    pub(super) fn get(&self, slot: Slot) -> Option<Val> {
        self.0.iter().find(|(s, _)| *s == slot).map(|(_, v)| *v)
    }

    pub(super) fn number(&self, slot: Slot) -> Option<i64> {
        self.get(slot).and_then(Val::number)
    }

    pub(super) fn text(&self, slot: Slot) -> Option<&'static str> {
        self.get(slot).and_then(Val::text)
    }

    pub(super) fn unit(&self, slot: Slot) -> Option<Unit> {
        self.text(slot).and_then(|text| Unit::parse(text).ok())
    }
}

/// Reads the standard's `type`.
pub(super) fn timex_class(name: &str) -> Result<TimexClass, String> {
    Ok(match name {
        "DATE" => TimexClass::Date,
        "TIME" => TimexClass::Time,
        "DURATION" => TimexClass::Duration,
        "SET" => TimexClass::Set,
        _ => return Err(format!("unknown type {name}")),
    })
}

/// Reads the standard's `mod`.
pub(super) fn modifier(name: &str) -> Result<Modifier, String> {
    Ok(match name {
        "BEFORE" => Modifier::Before,
        "AFTER" => Modifier::After,
        "ON_OR_BEFORE" => Modifier::OnOrBefore,
        "ON_OR_AFTER" => Modifier::OnOrAfter,
        "LESS_THAN" => Modifier::LessThan,
        "MORE_THAN" => Modifier::MoreThan,
        "EQUAL_OR_LESS" => Modifier::EqualOrLess,
        "EQUAL_OR_MORE" => Modifier::EqualOrMore,
        "START" => Modifier::Start,
        "MID" => Modifier::Mid,
        "END" => Modifier::End,
        "APPROX" => Modifier::Approx,
        _ => return Err(format!("unknown modifier {name}")),
    })
}
