//! How positions moved, as tables: a row a day of a step line, a row a change of side.

use serde::Serialize;

use crate::analysis::{About, Column, ProjectView, Shift, StatementRef, Trend, column_name};
use crate::export::tables::{Cells, Table, safe, table};
use crate::model::Project;

/// A day of a step line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepRow {
    issue: String,
    holder: String,
    day: String,
    oppose: usize,
    support: usize,
    neither: usize,
    position: &'static str,
    moved: bool,
}

impl Cells for StepRow {
    const HEAD: &'static [&'static str] = &[
        "issue", "holder", "day", "oppose", "support", "neither", "position", "moved",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            safe(&self.issue),
            safe(&self.holder),
            self.day.clone(),
            self.oppose.to_string(),
            self.support.to_string(),
            self.neither.to_string(),
            self.position.to_owned(),
            self.moved.to_string(),
        ]
    }
}

/// Returns the days of all step lines that the filter asks for.
#[must_use]
pub fn steps(trend: &Trend, view: &ProjectView) -> Table<StepRow> {
    let mut rows = Vec::new();
    for issue in trend.issues.iter().filter(|issue| issue.asked) {
        for line in issue.lines.iter().filter(|line| line.asked) {
            for step in &line.steps {
                rows.push(StepRow {
                    issue: issue.name.clone(),
                    holder: view.entity_name(line.holder).to_owned(),
                    day: step.day.to_string(),
                    oppose: step.sides.oppose.len(),
                    support: step.sides.support.len(),
                    neither: step.sides.neither.len(),
                    position: step.after.name(),
                    moved: step.moved,
                });
            }
        }
    }
    table("steps", rows)
}

/// A change of side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShiftRow {
    holder: String,
    about: &'static str,
    name: String,
    from: &'static str,
    from_day: String,
    to: &'static str,
    day: String,
    before: String,
    after: String,
}

impl Cells for ShiftRow {
    const HEAD: &'static [&'static str] = &[
        "holder", "about", "name", "from", "from_day", "to", "day", "before", "after",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            safe(&self.holder),
            self.about.to_owned(),
            safe(&self.name),
            self.from.to_owned(),
            self.from_day.clone(),
            self.to.to_owned(),
            self.day.clone(),
            safe(&self.before),
            safe(&self.after),
        ]
    }
}

/// Returns who turned, with the sentences before and after.
#[must_use]
pub fn shifts(found: &[Shift], project: &Project, view: &ProjectView) -> Table<ShiftRow> {
    let sentences = |refs: &[StatementRef]| {
        let one = |at: &StatementRef| {
            let state = project.articles.get(&at.article)?;
            let row = view.statement(*at)?;
            let words = state.article.slice(row.value.evidence.sentence);
            Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        refs.iter().filter_map(one).collect::<Vec<_>>().join(" | ")
    };
    let row = |shift: &Shift| {
        let (about, column) = match shift.about {
            About::Issue(issue) => ("issue", Column::Issue(issue)),
            About::Actor(actor) => ("actor", Column::Actor(actor)),
        };
        ShiftRow {
            holder: view.entity_name(shift.holder).to_owned(),
            about,
            name: column_name(view, column).to_owned(),
            from: shift.from.name(),
            from_day: shift.from_day.unwrap_or(shift.day).to_string(),
            to: shift.to.name(),
            day: shift.day.to_string(),
            before: sentences(&shift.before),
            after: sentences(&shift.after),
        }
    };
    table("shifts", found.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, trend};
    use crate::model::{Act, Polarity};

    #[test]
    fn moves_are_written_with_their_sentences() {
        let (project, view) = Fixture::new()
            .on("Velmora", "ban", Act::Reject, Polarity::Oppose)
            .dated("2026-03-01")
            .on("Velmora", "ban", Act::Support, Polarity::Support)
            .dated("2026-03-09")
            .build();
        let filter = Filter::default();
        let steps = steps(&trend(&project, &view, &filter), &view)
            .csv()
            .unwrap();
        assert_eq!(
            steps,
            "issue,holder,day,oppose,support,neither,position,moved\r\n\
             ban,Velmora,2026-03-01,1,0,0,oppose,false\r\n\
             ban,Velmora,2026-03-09,0,1,0,support,true\r\n"
        );
        let found = crate::analysis::shifts(&project, &view, &filter);
        let shifts = shifts(&found, &project, &view).csv().unwrap();
        assert_eq!(
            shifts,
            "holder,about,name,from,from_day,to,day,before,after\r\n\
             Velmora,issue,ban,oppose,2026-03-01,support,2026-03-09,Velmora reject ban.,\
             Velmora support ban.\r\n"
        );
    }
}
