//! The items of the timeline as a table and as iCalendar (RFC 5545).
//!
//! A day is a day, a week or month an entry over all its days that says so: nothing is more exact
//! here than in the text. Times of day are written as told, without a zone. No offsets.

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::{
    Filter, ItemKind, Lanes, ProjectView, TimelineItem, When, date_of, day_number, timeline,
};
use crate::export::tables::{Cells, InArticle, Table, safe, table};
use crate::model::{ArticleId, DateSpan, EntryId, Project, Statement, Swatch};

/// An item of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    #[serde(flatten)]
    article: InArticle,
    #[serde(skip)]
    id: String,
    lane: String,
    what: &'static str,
    from: Option<String>,
    to: Option<String>,
    precision: &'static str,
    time: Option<String>,
    side: Option<&'static str>,
    words: String,
    sentence: String,
    decided: bool,
    pinned: bool,
    colour: Option<&'static str>,
    #[serde(skip)]
    days: DateSpan,
    #[serde(skip)]
    clock: Option<(u16, u16)>,
}

impl Cells for EventRow {
    const HEAD: &'static [&'static str] = &[
        "article_id",
        "article",
        "outlet",
        "published",
        "lane",
        "what",
        "from",
        "to",
        "precision",
        "time",
        "side",
        "words",
        "sentence",
        "decided",
        "pinned",
        "colour",
    ];

    fn cells(&self) -> Vec<String> {
        let maybe = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut cells = self.article.cells().to_vec();
        cells.extend([
            safe(&self.lane),
            self.what.to_owned(),
            maybe(&self.from),
            maybe(&self.to),
            self.precision.to_owned(),
            maybe(&self.time),
            self.side.unwrap_or_default().to_owned(),
            safe(&self.words),
            safe(&self.sentence),
            self.decided.to_string(),
            self.pinned.to_string(),
            self.colour.unwrap_or_default().to_owned(),
        ]);
        cells
    }
}

/// Returns what the timeline places and `filter` asks for, lane by lane, each lane by day.
#[must_use]
pub fn events(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    lanes: Lanes,
) -> Table<EventRow> {
    let chart = timeline(project, view, filter, lanes);
    let in_days = |item: &&TimelineItem| {
        let span = item.when.span();
        item.asked
            && filter
                .dates
                .is_none_or(|days| span.first <= days.last && days.first <= span.last)
    };
    let of = |lane: &str, item: &TimelineItem| row(project, view, lane, item);
    let rows = chart.lanes.iter().flat_map(|lane| {
        let items = lane.items.iter().filter(in_days);
        items.filter_map(|item| of(&lane.name, item))
    });
    table("events", rows.collect())
}

fn row(project: &Project, view: &ProjectView, lane: &str, item: &TimelineItem) -> Option<EventRow> {
    if let ItemKind::Entry(id) = item.kind {
        return entry_row(project, id, lane, item);
    }
    let (article, id) = match item.kind {
        ItemKind::Statement(at) => (at.article, at.id.to_string()),
        ItemKind::Time(article, id) => (article, id.to_string()),
        ItemKind::Publication(article) => (article, "published".to_owned()),
        ItemKind::Entry(_) => return None,
    };
    let state = project.articles.get(&article)?;
    let (what, words, sentence) = match item.kind {
        ItemKind::Statement(at) => {
            let statement = &view.statement(at)?.value;
            let sentence = state.article.slice(statement.evidence.sentence);
            ("statement", statement_words(view, statement), sentence)
        }
        ItemKind::Time(..) => {
            let (words, sentence) = time_words(project, view, article, item.kind)?;
            ("date in the text", words, sentence)
        }
        ItemKind::Publication(_) => {
            let title = state.article.meta.title.as_str();
            ("published", title.to_owned(), "")
        }
        ItemKind::Entry(_) => return None,
    };
    let days = item.when.span();
    let (from, to, precision) = ends(item.when);
    Some(EventRow {
        article: InArticle::new(state),
        id: format!("{article}-{id}"),
        lane: lane.to_owned(),
        what,
        from: from.map(|day| day.to_string()),
        to: to.map(|day| day.to_string()),
        precision,
        time: item.clock.map(|(from, _)| minutes(from, ":")),
        side: matches!(item.kind, ItemKind::Statement(_)).then(|| item.side.name()),
        words,
        sentence: one_line(sentence),
        decided: item.decided,
        pinned: item.look.pinned,
        colour: item.look.colour.map(Swatch::name),
        days,
        clock: item.clock,
    })
}

/// An entry that no article dates: its note stands where the others have their sentence.
fn entry_row(project: &Project, id: EntryId, lane: &str, item: &TimelineItem) -> Option<EventRow> {
    let entry = project.entries.get(&id)?;
    let (from, to, precision) = ends(item.when);
    Some(EventRow {
        article: InArticle::none(),
        id: format!("entry-{id}"),
        lane: lane.to_owned(),
        what: "own entry",
        from: from.map(|day| day.to_string()),
        to: to.map(|day| day.to_string()),
        precision,
        time: item.clock.map(|(from, _)| minutes(from, ":")),
        side: None,
        words: entry.title.clone(),
        sentence: one_line(&entry.note),
        decided: true,
        pinned: item.look.pinned,
        colour: item.look.colour.map(Swatch::name),
        days: item.when.span(),
        clock: item.clock,
    })
}

fn statement_words(view: &ProjectView, statement: &Statement) -> String {
    let mut words = vec![
        view.entity_name(statement.holder.entity).to_owned(),
        statement.act.name().to_owned(),
    ];
    words.extend(
        statement
            .target
            .map(|target| view.entity_name(target.entity).to_owned()),
    );
    if let Some(issue) = &statement.issue {
        words.push(format!("({})", issue.label));
    }
    words.join(" ")
}

fn time_words<'a>(
    project: &'a Project,
    view: &ProjectView,
    article: ArticleId,
    kind: ItemKind,
) -> Option<(String, &'a str)> {
    let ItemKind::Time(_, id) = kind else {
        return None;
    };
    let state = project.articles.get(&article)?;
    let mut rows = view.articles.get(&article)?.timexes.iter();
    let range = rows.find(|row| row.id == id)?.value.range;
    let sentence = state.tokens.sentence_at(range);
    let sentence = sentence.map_or(range, |sentence| sentence.range);
    let words = one_line(state.article.slice(range));
    Some((words, state.article.slice(sentence)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the first and last day, where the text gives them, and how sure they are.
fn ends(when: When) -> (Option<Date>, Option<Date>, &'static str) {
    let DateSpan { first, last } = when.span();
    match when {
        When::Day(_) => (Some(first), Some(last), "day"),
        When::Within(_) => (Some(first), Some(last), "some day of these"),
        When::Vague { .. } => (Some(first), Some(last), "about these days"),
        When::Interval { start, end } if start.is_day() && end.is_day() => {
            (Some(first), Some(last), "from and to")
        }
        When::Interval { .. } => (Some(first), Some(last), "at most from and to"),
        When::From(_) => (Some(first), None, "since"),
        When::Until(_) => (None, Some(last), "until"),
    }
}

fn minutes(of_day: u16, between: &str) -> String {
    format!("{:02}{between}{:02}", of_day / 60, of_day % 60)
}

/// Returns the items as an iCalendar; `today` stamps the entries, so that the same project gives the
/// same bytes on a day.
#[must_use]
pub fn calendar(table: &Table<EventRow>, name: &str, today: Date) -> String {
    let mut out = Lines::default();
    out.add("BEGIN:VCALENDAR");
    out.add("VERSION:2.0");
    out.add("PRODID:-//Demarche//Timeline//EN");
    out.add("CALSCALE:GREGORIAN");
    if !name.is_empty() {
        out.add(&format!("X-WR-CALNAME:{}", escaped(name)));
    }
    for row in table.rows() {
        event(&mut out, row, today);
    }
    out.add("END:VCALENDAR");
    out.text
}

fn event(out: &mut Lines, row: &EventRow, today: Date) {
    let day = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    out.add("BEGIN:VEVENT");
    out.add(&format!("UID:{}@demarche", row.id));
    out.add(&format!("DTSTAMP:{}T000000Z", day(today)));
    match row.clock {
        Some((from, to)) if row.days.is_day() => {
            let first = day(row.days.first);
            out.add(&format!("DTSTART:{first}T{}00", minutes(from, "")));
            if to < 24 * 60 {
                out.add(&format!("DTEND:{first}T{}00", minutes(to, "")));
            }
        }
        _ => {
            let after = date_of(day_number(row.days.last) + 1);
            out.add(&format!("DTSTART;VALUE=DATE:{}", day(row.days.first)));
            out.add(&format!("DTEND;VALUE=DATE:{}", day(after)));
        }
    }
    out.add(&format!("SUMMARY:{}", escaped(&row.words)));
    let mut about = vec![row.sentence.clone()];
    if row.precision != "day" {
        about.push(format!("Date: {}", row.precision));
    }
    about.push(row.article.title().to_owned());
    about.retain(|line| !line.is_empty());
    out.add(&format!("DESCRIPTION:{}", escaped(&about.join("\n"))));
    if let Some(side) = row.side {
        out.add(&format!("CATEGORIES:{side}"));
    }
    out.add(if row.decided {
        "STATUS:CONFIRMED"
    } else {
        "STATUS:TENTATIVE"
    });
    out.add("TRANSP:TRANSPARENT");
    out.add("END:VEVENT");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Lines of at most 75 bytes, ended by CRLF; longer ones go on after a space.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn add(&mut self, line: &str) {
        let mut taken = 0;
        for c in line.chars() {
            if taken + c.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                taken = 1;
            }
            self.text.push(c);
            taken += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LaneKind;
    use crate::analysis::fixtures::{Fixture, march};
    use crate::model::{Act, Modifier, Polarity};

    fn fixture() -> Fixture {
        Fixture::new()
            .says("Velmora; Sons", "Astrany", Act::Reject, Polarity::Oppose)
            .confirmed()
            .says("Astrany", "Velmora; Sons", Act::Accuse, Polarity::Oppose)
            .dated("2026-02")
            .says("Astrany", "Velmora; Sons", Act::Consult, Polarity::Neutral)
            .dated("2026-03-02T14:30")
            .says("Astrany", "Velmora; Sons", Act::Sanction, Polarity::Oppose)
            .dated("2026-03-05")
            .meaning(Modifier::OnOrAfter)
            .says("Astrany", "Velmora; Sons", Act::Agree, Polarity::Support)
            .undated()
    }

    fn table(filter: &Filter) -> Table<EventRow> {
        let (project, view) = fixture().build();
        events(&project, &view, filter, LaneKind::Actor.into())
    }

    #[test]
    fn rows_say_from_when_to_when_and_how_surely() {
        let rows: Vec<_> = table(&Filter::default())
            .rows()
            .iter()
            .map(|row| {
                let day = |day: &Option<String>| day.clone().unwrap_or_default();
                [
                    day(&row.from),
                    day(&row.to),
                    row.precision.to_owned(),
                    day(&row.time),
                ]
                .join("|")
            })
            .collect();
        assert_eq!(
            rows,
            [
                "2026-02-01|2026-02-28|some day of these|",
                "2026-03-02|2026-03-02|day|14:30",
                "2026-03-05||since|",
                "2026-03-12|2026-03-12|day|",
            ]
        );
        let csv = table(&Filter::default()).csv().unwrap();
        assert!(csv.starts_with("article_id,article,outlet,published,lane,what,from,to,"));
    }

    #[test]
    fn entries_are_rows_and_what_is_hidden_is_none() {
        let (mut project, view) = fixture().build();
        let entry = crate::model::Entry {
            title: "Ports closed".to_owned(),
            value: crate::model::TimexValue("2026-03-20".to_owned()),
            modifier: None,
            lane: "Background".to_owned(),
            note: "By order\nof the king".to_owned(),
        };
        project.entries.insert(EntryId(7), entry);
        let filter = Filter::default();
        let made = |project: &Project| events(project, &view, &filter, LaneKind::Actor.into());
        let table = made(&project);
        let row = &table.rows()[0];
        assert_eq!(
            (row.what, row.words.as_str()),
            ("own entry", "Ports closed")
        );
        assert_eq!(row.sentence, "By order of the king");
        let text = calendar(&table, "", march(14));
        assert!(text.contains("SUMMARY:Ports closed"), "{text}");
        let look = crate::model::ItemLook {
            hidden: true,
            ..Default::default()
        };
        let item = crate::model::ItemKey::Entry(EntryId(7));
        project.looks.insert(item, look);
        assert_eq!(made(&project).rows().len(), table.rows().len() - 1);
    }

    #[test]
    fn the_days_of_the_filter_choose() {
        let filter = Filter {
            dates: Some(DateSpan {
                first: march(3),
                last: march(31),
            }),
            ..Filter::default()
        };
        assert_eq!(table(&filter).rows().len(), 2);
    }

    #[test]
    fn the_calendar_is_as_the_standard_asks() {
        let text = calendar(&table(&Filter::default()), "Strait, north", march(14));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        let unfolded = text.replace("\r\n ", "");
        for wanted in [
            "X-WR-CALNAME:Strait\\, north",
            "DTSTART;VALUE=DATE:20260201\r\nDTEND;VALUE=DATE:20260301",
            "DTSTART:20260302T143000\r\nDTEND:20260302T143100",
            "SUMMARY:Velmora\\; Sons REJECT Astrany",
            "STATUS:CONFIRMED",
            "STATUS:TENTATIVE",
            "Date: some day of these",
        ] {
            assert!(unfolded.contains(wanted), "{wanted} in {unfolded}");
        }
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains('\n'));
        }
        let uids: Vec<_> = unfolded
            .lines()
            .filter(|line| line.starts_with("UID:"))
            .collect();
        let unique: std::collections::BTreeSet<_> = uids.iter().collect();
        assert_eq!((uids.len(), unique.len()), (4, 4));
    }
}
