//! Days of the timeline by key: presets, the period before and after, comparing with it.

use jiff::civil::Date;

use crate::analysis::{
    CompareBy, Compared, Filter, after_period, before_period, last_day, last_week, this_month,
};
use crate::app::session::Session;
use crate::app::{Command, CommandKind, Dialog, EntryForm};
use crate::model::DateSpan;

impl Session {
    pub(super) fn resolve_timeline(&self, kind: CommandKind) -> Option<Command> {
        if self.snapshot.project.articles.is_empty() {
            return None;
        }
        let state = &self.view_state;
        let dates = state.filter.dates;
        match kind {
            CommandKind::DatesLastWeek => self.days(Some(last_week(self.last_day()))),
            CommandKind::DatesThisMonth => self.days(Some(this_month(self.last_day()))),
            CommandKind::DatesAll => self.days(None),
            CommandKind::DatesBefore => self.days(Some(before_period(dates?))),
            CommandKind::DatesAfter => self.days(Some(after_period(dates?))),
            CommandKind::Compare => Some(Command::SetCompared(match (state.compared, dates) {
                (Some(_), _) => None,
                (None, dates) => Some(Compared {
                    first: before_period(dates?),
                    second: dates?,
                    by: CompareBy::default(),
                }),
            })),
            CommandKind::ShowHidden => Some(Command::ShowHidden(!state.shows_hidden)),
            CommandKind::NewEntry => Some(Command::ShowDialog(Some(Dialog::Entry(
                EntryForm::New(None, String::new()),
            )))),
            _ => None,
        }
    }

    fn days(&self, dates: Option<DateSpan>) -> Option<Command> {
        let now = &self.view_state.filter;
        (now.dates != dates).then(|| {
            Command::SetFilter(Filter {
                dates,
                ..now.clone()
            })
        })
    }

    fn last_day(&self) -> Date {
        last_day(&self.snapshot.project, self.ports.clock.today())
    }
}
