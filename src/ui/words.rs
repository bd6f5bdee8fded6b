//! Dates, counts and sections in words, as the design writes them.

use jiff::civil::Date;

use crate::app::Section;
use crate::model::DateSpan;

/// Returns `12 March 2026`.
#[must_use]
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Returns `12 Mar`, with the year where it is not `today`'s.
#[must_use]
pub fn short_date(date: Date, today: Date) -> String {
    let format = if date.year() == today.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    date.strftime(format).to_string()
}

/// Returns `Thursday 12 March`, with the year where it is not `today`'s.
#[must_use]
pub fn day_head(date: Date, today: Date) -> String {
    let format = if date.year() == today.year() {
        "%A %-d %B"
    } else {
        "%A %-d %B %Y"
    };
    date.strftime(format).to_string()
}

/// Returns `3 – 13 March 2026`, `1 Feb – 14 Mar 2026`, or one day.
#[must_use]
pub fn span(span: DateSpan) -> String {
    let (first, last) = (span.first, span.last);
    if first == last {
        return long_date(first);
    }
    let same_month = first.year() == last.year() && first.month() == last.month();
    let start = if same_month {
        first.day().to_string()
    } else if first.year() == last.year() {
        first.strftime("%-d %b").to_string()
    } else {
        first.strftime("%-d %b %Y").to_string()
    };
    let end = if same_month {
        long_date(last)
    } else {
        last.strftime("%-d %b %Y").to_string()
    };
    format!("{start} – {end}")
}

/// Returns `1 article`, `2 articles`, `1,204 articles`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        thousands(number),
        if number == 1 { one } else { many }
    )
}

/// Returns a number with commas between thousands.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns the words over a section of commands.
#[must_use]
pub fn section(section: Section) -> &'static str {
    match section {
        Section::Project => "Project",
        Section::Edit => "Edit",
        Section::Review => "Review",
        Section::Annotate => "Annotate",
        Section::View => "View",
        Section::Export => "Export",
        Section::Help => "Help",
    }
}

/// Returns a file name cut in the middle: its end says what it is.
#[must_use]
pub fn middle_elided(name: &str, most: usize) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= most || most < 5 {
        return name.to_owned();
    }
    let tail = most / 2;
    let head = most - tail - 1;
    let start: String = chars[..head].iter().collect();
    let end: String = chars[chars.len() - tail..].iter().collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_written_as_people_write_them() {
        let today = date(2026, 3, 14);
        assert_eq!(long_date(date(2026, 3, 2)), "2 March 2026");
        assert_eq!(short_date(date(2026, 3, 12), today), "12 Mar");
        assert_eq!(short_date(date(2025, 3, 12), today), "12 Mar 2025");
        assert_eq!(day_head(date(2026, 3, 12), today), "Thursday 12 March");
        let days = |a, b| span(DateSpan { first: a, last: b });
        assert_eq!(
            days(date(2026, 3, 3), date(2026, 3, 13)),
            "3 – 13 March 2026"
        );
        assert_eq!(
            days(date(2026, 2, 1), date(2026, 3, 14)),
            "1 Feb – 14 Mar 2026"
        );
        assert_eq!(
            days(date(2025, 12, 1), date(2026, 3, 1)),
            "1 Dec 2025 – 1 Mar 2026"
        );
        assert_eq!(days(date(2026, 3, 3), date(2026, 3, 3)), "3 March 2026");
    }

    #[test]
    fn counts_have_their_noun_and_commas() {
        assert_eq!(count(1, "article", "articles"), "1 article");
        assert_eq!(count(12_904, "article", "articles"), "12,904 articles");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(999), "999");
    }

    #[test]
    fn names_lose_their_middle() {
        assert_eq!(middle_elided("short.pdf", 20), "short.pdf");
        assert_eq!(middle_elided("abcdefghijklmnop.pdf", 11), "abcde…p.pdf");
    }
}
