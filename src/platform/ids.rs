//! Time-ordered random ids: 48 bits of milliseconds, 80 bits of randomness.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp as Instant;

use crate::app::Ids;

/// Ids from the system's random numbers.
#[derive(Debug, Default)]
pub(super) struct RandomIds {
    /// Milliseconds of the last id: a clock that is set back does not bring ids back.
    last: AtomicU64,
}

impl Ids for RandomIds {
    fn fresh(&self) -> u128 {
        let now = u64::try_from(Instant::now().as_millisecond()).unwrap_or(0);
        let before = self.last.fetch_max(now, Ordering::Relaxed);
        let millis = now.max(before) & 0xFFFF_FFFF_FFFF;
        let mut random = [0_u8; 16];
        if getrandom::fill(&mut random[6..]).is_err() {
            log::error!("the system has no random numbers; ids come from the clock");
            let nanos = Instant::now().as_nanosecond().to_le_bytes();
            random[6..].copy_from_slice(&nanos[..10]);
        }
        u128::from(millis) << 80 | (u128::from_be_bytes(random) & ((1 << 80) - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_in_order_of_time() {
        let ids = RandomIds::default();
        let many: std::collections::BTreeSet<u128> = (0..1000).map(|_| ids.fresh()).collect();
        assert_eq!(many.len(), 1000);
        let early = ids.fresh() >> 80;
        assert!(ids.fresh() >> 80 >= early);
    }
}
