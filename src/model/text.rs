//! Ranges of an article's text: UTF-8 bytes, half-open, on character boundaries.

pub use text_size::{TextRange, TextSize};

/// Why two offsets are no range of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bytes {start}..{end} are no range of this text of {len} bytes")]
pub struct OffBoundary {
    /// First byte asked for.
    pub start: usize,
    /// End asked for, exclusive.
    pub end: usize,
    /// Length of the text in bytes.
    pub len: usize,
}

/// Returns the range `start..end` of `text`, in bytes.
///
/// # Errors
/// When the order is wrong, the end lies outside, or an offset splits a character.
pub fn checked_range(text: &str, start: usize, end: usize) -> Result<TextRange, OffBoundary> {
    let off = OffBoundary {
        start,
        end,
        len: text.len(),
    };
    if text.get(start..end).is_none() {
        return Err(off);
    }
    match (u32::try_from(start), u32::try_from(end)) {
        (Ok(start), Ok(end)) => Ok(TextRange::new(start.into(), end.into())),
        _ => Err(off),
    }
}

/// Returns the words of `range`, or nothing where the range does not fit the text.
///
/// An empty answer instead of a panic: a range may come from a file that somebody else wrote.
#[must_use]
pub fn slice(text: &str, range: TextRange) -> &str {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_inside_a_character_is_refused() {
        assert!(checked_range("é", 0, 1).is_err());
        assert_eq!(slice("aé", checked_range("aé", 1, 3).unwrap()), "é");
    }

    #[test]
    fn reversed_and_outside_ranges_are_refused() {
        assert!(checked_range("abc", 2, 1).is_err());
        assert!(checked_range("abc", 0, 4).is_err());
    }

    #[test]
    fn slice_of_a_foreign_range_is_empty() {
        assert_eq!(slice("é", TextRange::new(1.into(), 2.into())), "");
    }
}
