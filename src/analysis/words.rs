//! Dates and filters in words, the same on screen and under an exported figure.

use jiff::civil::Date;

use crate::analysis::{Filter, FilterPart, ProjectView, ReviewFilter};
use crate::model::{DateSpan, MONTHS, Project, WEEKDAYS};

/// Returns *March*.
#[must_use]
pub fn month_name(date: Date) -> &'static str {
    let month = usize::try_from(date.month()).unwrap_or(1);
    MONTHS
        .get(month.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// Returns *Mar*.
#[must_use]
pub fn month_short(date: Date) -> &'static str {
    month_name(date).get(..3).unwrap_or_default()
}

/// Returns *Thursday*.
#[must_use]
pub fn weekday_name(date: Date) -> &'static str {
    let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
    WEEKDAYS.get(day).copied().unwrap_or_default()
}

/// Returns *12 March 2026*, for sentences.
#[must_use]
pub fn date_words(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// Returns *12 Mar*, for rows.
#[must_use]
pub fn date_short(date: Date) -> String {
    format!("{} {}", date.day(), month_short(date))
}

/// Returns *12 Mar 2026*.
#[must_use]
pub fn date_short_year(date: Date) -> String {
    format!("{} {}", date_short(date), date.year())
}

fn is_year(span: DateSpan) -> bool {
    span.first == span.first.first_of_year() && span.last == span.first.last_of_year()
}

fn is_month(span: DateSpan) -> bool {
    span.first == span.first.first_of_month() && span.last == span.first.last_of_month()
}

/// Returns a span as short as it stays clear: *12 March 2026*, *March 2026*, *2026*,
/// *3 – 13 March 2026*, *1 Feb – 14 Mar 2026*, *1 Dec 2025 – 3 Jan 2026*.
#[must_use]
pub fn span_words(span: DateSpan) -> String {
    let DateSpan { first, last } = span;
    if span.is_day() {
        return date_words(first);
    }
    if is_year(span) {
        return first.year().to_string();
    }
    if is_month(span) {
        return format!("{} {}", month_name(first), first.year());
    }
    if first.year() != last.year() {
        return format!("{} – {}", date_short_year(first), date_short_year(last));
    }
    if first.month() != last.month() {
        return format!("{} – {}", date_short(first), date_short_year(last));
    }
    format!("{} – {}", first.day(), date_words(last))
}

/// Returns *1 statement*, *2 statements*.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {}", plural(count, noun))
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        noun.to_owned()
    } else {
        format!("{noun}s")
    }
}

/// How many of how many are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// Statements asked for.
    pub statements: usize,
    /// All statements.
    pub of_statements: usize,
    /// Articles that stay in the list.
    pub articles: usize,
    /// All articles.
    pub of_articles: usize,
}

impl Shown {
    /// Counts a filter.
    #[must_use]
    pub fn count(project: &Project, view: &ProjectView, filter: &Filter) -> Self {
        let kept = |(id, state): (
            &crate::model::ArticleId,
            &std::sync::Arc<crate::model::ArticleState>,
        )| {
            view.articles
                .get(id)
                .is_some_and(|article| filter.keeps_article(view, &state.article, article))
        };
        Self {
            statements: filter.statements(project, view).count(),
            of_statements: view.positions(),
            articles: project.articles.iter().filter(|row| kept(*row)).count(),
            of_articles: project.articles.len(),
        }
    }
}

/// A piece of the sentence that says what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Words between.
    Plain(String),
    /// A count, which leads to the list.
    Count(String),
    /// A value that can be removed by itself.
    Part(FilterPart, String),
}

/// Returns the name of a value of a filter.
#[must_use]
pub fn part_value(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    part: &FilterPart,
) -> String {
    match part {
        FilterPart::Holder(id) | FilterPart::Target(id) => view.entity_name(*id).to_owned(),
        FilterPart::Issue(id) => view
            .issues
            .get(id)
            .map_or_else(|| "unnamed".to_owned(), |row| row.name.clone()),
        FilterPart::Act(act) => act.name().to_owned(),
        FilterPart::Polarity(side) => side.name().to_owned(),
        FilterPart::Factuality(factuality) => factuality.name().to_owned(),
        FilterPart::Outlet(outlet) => outlet.clone(),
        FilterPart::Article(id) => project
            .articles
            .get(id)
            .map_or_else(String::new, |state| state.article.meta.title.clone()),
        FilterPart::Dates => filter.dates.map(span_words).unwrap_or_default(),
        FilterPart::Review => match filter.review {
            Some(ReviewFilter::Decided) => "confirmed".to_owned(),
            Some(ReviewFilter::Unsure) => "unsure".to_owned(),
            Some(ReviewFilter::Suggested) | None => "suggested".to_owned(),
        },
        FilterPart::Text => format!("“{}”", filter.text),
        FilterPart::Code(field, value) => {
            let known = project.codebook.fields.get(field);
            let name = known.map_or("unnamed", |field| field.name.as_str());
            format!("{name}: {value}")
        }
        FilterPart::Picked => {
            let picked = filter.picked.as_ref();
            picked.map_or_else(String::new, |picked| picked.words.clone())
        }
    }
}

/// Words before the first value of a part, and between two of them.
fn lead(part: &FilterPart) -> &'static str {
    match part {
        FilterPart::Holder(_) => " held by ",
        FilterPart::Target(_) => " towards ",
        FilterPart::Issue(_) => " on the issue ",
        FilterPart::Act(_) => " with the act ",
        FilterPart::Polarity(_) => " that take the side ",
        FilterPart::Factuality(_) => " that are ",
        FilterPart::Outlet(_) => " published by ",
        FilterPart::Article(_) => " in ",
        FilterPart::Dates => " dated ",
        FilterPart::Review => " that are ",
        FilterPart::Text => " with the words ",
        FilterPart::Code(..) => " coded ",
        FilterPart::Picked => " behind ",
    }
}

/// Returns *43 of 186 statements in 17 of 48 articles held by Velmora and its offices, dated 1 Feb
/// – 14 Mar 2026* in pieces, each part of the filter by itself.
#[must_use]
pub fn filter_words(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    shown: Shown,
) -> Vec<Word> {
    let of = |count: usize, all: usize, noun: &str| match (count == all, count) {
        (true, 1) => format!("the only {noun}"),
        (true, 0) => format!("no {noun}"),
        (true, _) => format!("all {}", counted(count, noun)),
        (false, _) => format!("{count} of {}", counted(all, noun)),
    };
    let mut words = vec![
        Word::Count(of(shown.statements, shown.of_statements, "statement")),
        Word::Plain(" in ".to_owned()),
        Word::Count(of(shown.articles, shown.of_articles, "article")),
    ];
    let parts = filter.parts();
    for (at, part) in parts.iter().enumerate() {
        let same = |other: Option<&FilterPart>| {
            other.is_some_and(|o| lead(o) == lead(part) && kind(o) == kind(part))
        };
        let before = at.checked_sub(1).and_then(|at| parts.get(at));
        let glue = if same(before) { " or " } else { lead(part) };
        words.push(Word::Plain(glue.to_owned()));
        words.push(Word::Part(
            part.clone(),
            part_value(project, view, filter, part),
        ));
        let last_holder = matches!(part, FilterPart::Holder(_)) && !same(parts.get(at + 1));
        if last_holder && filter.offices {
            let many = filter.holders.len() > 1;
            let whose = if many { "their" } else { "its" };
            words.push(Word::Plain(format!(" and {whose} offices")));
        }
    }
    words
}

fn kind(part: &FilterPart) -> std::mem::Discriminant<FilterPart> {
    std::mem::discriminant(part)
}

/// Returns the pieces as one sentence without an end mark, as under a figure.
#[must_use]
pub fn filter_sentence(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| match word {
            Word::Plain(text) | Word::Count(text) | Word::Part(_, text) => text.as_str(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixtures::{Fixture, entity};
    use crate::model::{Act, Polarity};

    fn span(first: Date, last: Date) -> String {
        span_words(DateSpan { first, last })
    }

    #[test]
    fn spans_are_as_short_as_they_stay_clear() {
        let day = date(2026, 3, 12);
        assert_eq!(span(day, day), "12 March 2026");
        assert_eq!(span(date(2026, 3, 1), date(2026, 3, 31)), "March 2026");
        assert_eq!(span(date(2025, 1, 1), date(2025, 12, 31)), "2025");
        assert_eq!(
            span(date(2026, 3, 3), date(2026, 3, 13)),
            "3 – 13 March 2026"
        );
        assert_eq!(
            span(date(2026, 2, 1), date(2026, 3, 14)),
            "1 Feb – 14 Mar 2026"
        );
        assert_eq!(
            span(date(2025, 12, 1), date(2026, 1, 3)),
            "1 Dec 2025 – 3 Jan 2026"
        );
        assert_eq!(weekday_name(day), "Thursday");
    }

    #[test]
    fn filter_is_said_with_how_many_of_how_many() {
        let fixture = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Astrany", "Velmora", Act::Accuse, Polarity::Oppose)
            .says("Lorvik", "Velmora", Act::Support, Polarity::Support);
        let (project, view) = fixture.build();
        let say = |filter: &Filter| {
            let shown = Shown::count(&project, &view, filter);
            filter_sentence(&filter_words(&project, &view, filter, shown))
        };
        assert_eq!(
            say(&Filter::default()),
            "all 3 statements in the only article"
        );
        let mut filter = Filter::default();
        filter.holders.insert(entity("Velmora"));
        filter.dates = Some(DateSpan {
            first: date(2026, 2, 1),
            last: date(2026, 3, 14),
        });
        assert_eq!(
            say(&filter),
            "1 of 3 statements in the only article held by Velmora and its offices dated 1 Feb – 14 Mar 2026"
        );
        filter.holders.insert(entity("Lorvik"));
        filter.dates = None;
        let said = say(&filter);
        assert!(
            said == "2 of 3 statements in the only article held by Velmora or Lorvik and their offices"
                || said
                    == "2 of 3 statements in the only article held by Lorvik or Velmora and their offices",
            "{said}"
        );
    }
}
