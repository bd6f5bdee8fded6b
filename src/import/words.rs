//! Sizes as people read them.

/// Returns `bytes` in the largest unit that keeps a whole number in front: "64 MiB", "900 bytes".
pub(super) fn size_in_words(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = (bytes % unit) * 10 / unit;
            let whole = bytes / unit;
            return if tenths == 0 {
                format!("{whole} {name}")
            } else {
                format!("{whole}.{tenths} {name}")
            };
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_naturally() {
        assert_eq!(size_in_words(900), "900 bytes");
        assert_eq!(size_in_words(64 << 20), "64 MiB");
        assert_eq!(size_in_words((3 << 20) + (1 << 19)), "3.5 MiB");
    }
}
