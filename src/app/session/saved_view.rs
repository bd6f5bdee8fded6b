//! What is selected, filtered and shown, as JSON in the project file. Own structs: a field that is
//! new or gone never makes an old file unreadable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::{CompareBy, Compared, Filter, Lane, LaneOrder, LaneTime, ReviewFilter};
use crate::app::{
    ArticleSort, LaneBy, Layout, Region, Selection, StanceOptions, StanceTab, StatementSort,
    ThemeChoice, ViewState,
};
use crate::figure::network::layout::Arrangement;
use crate::model::{
    Act, Annotation, AnnotationId, AnnotationKind, ArticleId, DateSpan, EntityId, Factuality,
    FieldId, IssueId, Polarity,
};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedFilter {
    holders: BTreeSet<EntityId>,
    targets: BTreeSet<EntityId>,
    issues: BTreeSet<IssueId>,
    acts: BTreeSet<Act>,
    polarities: BTreeSet<Polarity>,
    factualities: BTreeSet<Factuality>,
    outlets: BTreeSet<String>,
    articles: BTreeSet<ArticleId>,
    first: Option<String>,
    last: Option<String>,
    review: Option<ReviewFilter>,
    text: String,
    codes: BTreeMap<FieldId, BTreeSet<String>>,
    offices_apart: bool,
}

/// First and last days of two periods.
#[derive(Serialize, Deserialize)]
struct SavedCompared {
    days: [String; 4],
    by: CompareBy,
}

impl SavedCompared {
    fn new(compared: Compared) -> Self {
        let Compared { first, second, by } = compared;
        let days = [first.first, first.last, second.first, second.last];
        Self {
            days: days.map(|day| day.to_string()),
            by,
        }
    }

    fn read(self) -> Option<Compared> {
        let [a, b, c, d] = self.days;
        Some(Compared {
            first: span(Some(a), Some(b))?,
            second: span(Some(c), Some(d))?,
            by: self.by,
        })
    }
}

/// A folded lane: what kind, and which.
fn write_lane(lane: &Lane) -> Option<(LaneBy, String)> {
    Some(match lane {
        Lane::Actor(entity) => (LaneBy::Actor, entity.to_string()),
        Lane::Issue(issue) => {
            let id = issue.map(|issue| issue.to_string());
            (LaneBy::Issue, id.unwrap_or_default())
        }
        Lane::Act(act) => (LaneBy::Act, act.name().to_owned()),
        Lane::Article(article) => (LaneBy::Article, article.to_string()),
        Lane::Outlet(name) => (LaneBy::Outlet, name.to_string()),
        // Entries have no parts.
        Lane::Own(_) => return None,
    })
}

fn read_lane((kind, which): (LaneBy, String)) -> Option<Lane> {
    Some(match kind {
        LaneBy::Actor => Lane::Actor(which.parse().ok()?),
        LaneBy::Issue if which.is_empty() => Lane::Issue(None),
        LaneBy::Issue => Lane::Issue(Some(which.parse().ok()?)),
        LaneBy::Act => Lane::Act(Act::ALL.into_iter().find(|act| act.name() == which)?),
        LaneBy::Article => Lane::Article(which.parse().ok()?),
        LaneBy::Outlet => Lane::Outlet(Arc::from(which)),
    })
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedView {
    article: Option<ArticleId>,
    annotation: Option<(String, AnnotationId)>,
    entity: Option<EntityId>,
    filter: SavedFilter,
    enlarged: Option<Region>,
    stance_tab: StanceTab,
    stance: StanceOptions,
    /// Key and places of the network, so that it looks as it did.
    network_key: u64,
    network: BTreeMap<EntityId, (f32, f32)>,
    lanes: LaneBy,
    lanes_then: Option<LaneBy>,
    lane_order: LaneOrder,
    lane_time: LaneTime,
    shows_hidden: bool,
    folded: Vec<(LaneBy, String)>,
    compared: Option<SavedCompared>,
    article_sort: ArticleSort,
    statement_sort: StatementSort,
    theme: ThemeChoice,
    layout: Layout,
    reader_size: f32,
    show_rejected: bool,
}

const KINDS: [(&str, AnnotationKind); 4] = [
    ("mention", AnnotationKind::Mention),
    ("timex", AnnotationKind::Timex),
    ("attribution", AnnotationKind::Attribution),
    ("statement", AnnotationKind::Statement),
];

/// Returns the JSON of a view.
pub(super) fn write(state: &ViewState) -> String {
    let filter = &state.filter;
    let annotation = state.selection.annotation.and_then(|at| {
        let (word, _) = KINDS.iter().find(|(_, kind)| *kind == at.kind)?;
        Some(((*word).to_owned(), at.id))
    });
    let saved = SavedView {
        article: state.selection.article,
        annotation,
        entity: state.selection.entity,
        filter: SavedFilter {
            holders: filter.holders.clone(),
            targets: filter.targets.clone(),
            issues: filter.issues.clone(),
            acts: filter.acts.clone(),
            polarities: filter.polarities.clone(),
            factualities: filter.factualities.clone(),
            outlets: filter.outlets.clone(),
            articles: filter.articles.clone(),
            first: filter.dates.map(|days| days.first.to_string()),
            last: filter.dates.map(|days| days.last.to_string()),
            review: filter.review,
            text: filter.text.clone(),
            codes: filter.codes.clone(),
            offices_apart: !filter.offices,
        },
        enlarged: state.enlarged,
        stance_tab: state.stance_tab,
        stance: state.stance,
        network_key: state.arrangement.key,
        network: state.arrangement.places.clone(),
        lanes: state.lanes,
        lanes_then: state.lanes_then,
        lane_order: state.lane_order,
        lane_time: state.lane_time,
        shows_hidden: state.shows_hidden,
        folded: state.folded.iter().filter_map(write_lane).collect(),
        compared: state.compared.map(SavedCompared::new),
        article_sort: state.article_sort,
        statement_sort: state.statement_sort,
        theme: state.theme,
        layout: state.layout,
        reader_size: state.reader_size,
        show_rejected: state.show_rejected,
    };
    serde_json::to_string(&saved).unwrap_or_default()
}

/// Returns the view of a JSON; what cannot be read is as at the beginning.
pub(super) fn read(text: &str) -> ViewState {
    let saved: SavedView = serde_json::from_str(text).unwrap_or_default();
    let annotation = saved
        .article
        .zip(saved.annotation)
        .and_then(|(article, (word, id))| {
            let (_, kind) = KINDS.iter().find(|(known, _)| *known == word)?;
            Some(Annotation {
                article,
                kind: *kind,
                id,
            })
        });
    ViewState {
        selection: Selection {
            article: saved.article,
            annotation,
            entity: saved.entity,
            ..Selection::default()
        },
        filter: filter(saved.filter),
        enlarged: saved.enlarged,
        stance_tab: saved.stance_tab,
        stance: saved.stance,
        arrangement: Arc::new(Arrangement {
            key: saved.network_key,
            places: saved.network,
        }),
        lanes: saved.lanes,
        lanes_then: saved.lanes_then,
        lane_order: saved.lane_order,
        lane_time: saved.lane_time,
        shows_hidden: saved.shows_hidden,
        folded: saved.folded.into_iter().filter_map(read_lane).collect(),
        compared: saved.compared.and_then(SavedCompared::read),
        article_sort: saved.article_sort,
        statement_sort: saved.statement_sort,
        theme: saved.theme,
        layout: saved.layout,
        reader_size: saved.reader_size,
        show_rejected: saved.show_rejected,
        ..ViewState::default()
    }
}

fn span(first: Option<String>, last: Option<String>) -> Option<DateSpan> {
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    match (day(first), day(last)) {
        (Some(first), Some(last)) if first <= last => Some(DateSpan { first, last }),
        _ => None,
    }
}

fn filter(filter: SavedFilter) -> Filter {
    let dates = span(filter.first, filter.last);
    Filter {
        holders: filter.holders,
        targets: filter.targets,
        issues: filter.issues,
        acts: filter.acts,
        polarities: filter.polarities,
        factualities: filter.factualities,
        outlets: filter.outlets,
        articles: filter.articles,
        dates,
        review: filter.review,
        text: filter.text,
        codes: filter.codes,
        picked: None,
        found: None,
        offices: !filter.offices_apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{MatrixOrder, RowOrder};

    #[test]
    fn a_view_comes_back_as_it_was() {
        let mut state = ViewState::default();
        state.selection.article = Some(ArticleId(7));
        state.selection.annotation = Some(Annotation {
            article: ArticleId(7),
            kind: AnnotationKind::Statement,
            id: AnnotationId(9),
        });
        state.filter.acts.insert(Act::Reject);
        state.filter.offices = false;
        let first = jiff::civil::date(2026, 2, 1);
        state.filter.dates = Some(DateSpan {
            first,
            last: jiff::civil::date(2026, 3, 14),
        });
        state.layout.stance_width = Some(512.0);
        state.stance_tab = StanceTab::Matrix;
        state.stance.rows = RowOrder::LastChange;
        state.stance.matrix = MatrixOrder::Name;
        state.lanes = LaneBy::Act;
        state.lanes_then = Some(LaneBy::Act);
        state.lane_order = LaneOrder::Latest;
        state.lane_time = LaneTime::Publication;
        state.shows_hidden = true;
        state.folded = [
            Lane::Actor(EntityId(3)),
            Lane::Issue(None),
            Lane::Issue(Some(IssueId(4))),
            Lane::Act(Act::Reject),
            Lane::Article(ArticleId(7)),
            Lane::Outlet(Arc::from("The “Gazette”")),
        ]
        .into();
        state.compared = Some(Compared {
            first: DateSpan::day(first),
            second: DateSpan::day(jiff::civil::date(2026, 3, 14)),
            by: CompareBy::Act,
        });
        assert_eq!(read(&write(&state)), state);
    }

    #[test]
    fn what_cannot_be_read_is_the_beginning() {
        assert_eq!(read("{\"lanes\":\"Moon\"}"), ViewState::default());
        assert_eq!(read(""), ViewState::default());
    }
}
