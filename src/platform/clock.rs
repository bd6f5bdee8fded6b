//! The system's clock and time zone.

use jiff::Timestamp as Instant;
use jiff::tz::TimeZone;

use crate::app::Clock;
use crate::model::Timestamp;

/// The system's clock.
#[derive(Debug, Default)]
pub(super) struct SystemClock;

fn local(at: Timestamp) -> jiff::civil::DateTime {
    let instant = Instant::from_millisecond(at.0).unwrap_or(Instant::UNIX_EPOCH);
    TimeZone::system().to_datetime(instant)
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(Instant::now().as_millisecond())
    }

    fn today(&self) -> jiff::civil::Date {
        local(self.now()).date()
    }

    fn hour_minute(&self, at: Timestamp) -> String {
        local(at).strftime("%H:%M").to_string()
    }

    fn day(&self, at: Timestamp) -> jiff::civil::Date {
        local(at).date()
    }
}
