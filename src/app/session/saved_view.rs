//! What is selected, filtered and shown, as JSON in the project file. Own structs: a field that is
//! new or gone never makes an old file unreadable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::{Filter, LaneOrder, LaneTime, ReviewFilter};
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
        article_sort: saved.article_sort,
        statement_sort: saved.statement_sort,
        theme: saved.theme,
        layout: saved.layout,
        reader_size: saved.reader_size,
        show_rejected: saved.show_rejected,
        ..ViewState::default()
    }
}

fn filter(filter: SavedFilter) -> Filter {
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let dates = match (day(filter.first), day(filter.last)) {
        (Some(first), Some(last)) if first <= last => Some(DateSpan { first, last }),
        _ => None,
    };
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
        assert_eq!(read(&write(&state)), state);
    }

    #[test]
    fn what_cannot_be_read_is_the_beginning() {
        assert_eq!(read("{\"lanes\":\"Moon\"}"), ViewState::default());
        assert_eq!(read(""), ViewState::default());
    }
}
