//! Days that are asked for so often that they have a key.

use jiff::civil::Date;

use crate::analysis::{date_of, day_number};
use crate::model::{DateSpan, Project};

/// Returns today; where all articles are older, the day of the newest: for an archive *the last
/// week* is that of the archive.
#[must_use]
pub fn last_day(project: &Project, today: Date) -> Date {
    let dates = project.articles.values();
    let newest = dates.filter_map(|state| Some(state.article.meta.dct?.date));
    newest.max().map_or(today, |newest| newest.min(today))
}

/// Returns the seven days that end with `last`.
#[must_use]
pub fn last_week(last: Date) -> DateSpan {
    DateSpan {
        first: date_of(day_number(last) - 6),
        last,
    }
}

/// Returns the month of a day.
#[must_use]
pub fn this_month(day: Date) -> DateSpan {
    DateSpan {
        first: day.first_of_month(),
        last: day.last_of_month(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixtures::{Fixture, march};
    use crate::model::{Act, Polarity};

    #[test]
    fn the_last_week_of_an_archive_ends_with_its_newest_article() {
        let (project, _) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .build();
        assert_eq!(last_day(&project, date(2026, 11, 25)), march(1));
        assert_eq!(last_day(&project, date(2026, 2, 3)), date(2026, 2, 3));
        assert_eq!(last_day(&Project::default(), march(9)), march(9));
        let week = last_week(march(1));
        assert_eq!((week.first, week.last), (date(2026, 2, 23), march(1)));
        assert_eq!(this_month(march(9)).last, march(31));
    }
}
