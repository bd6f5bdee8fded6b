//! Positions by the values of a field of the person's own, as positions by actor.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::{Filter, ProjectView, RowOrder, Sides};
use crate::model::{Field, FieldId, FieldKind, Project};

/// A row of the stance chart by an own field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueRow {
    /// The value; none for statements without one.
    pub value: Option<String>,
    /// What is counted.
    pub sides: Sides,
    /// Whether the filter asks for this value; the others are dimmed, never dropped.
    pub asked: bool,
}

/// Returns the positions that `filter` asks for by their value of `field`; those without one stand
/// last. Which value is the chart's own axis: the filter's values of this field dim the others. By name
/// means in the order of a category's values, and of numbers; values know no last change.
#[must_use]
pub fn stance_by_value(
    project: &Project,
    view: &ProjectView,
    filter: &Filter,
    (id, order): (FieldId, RowOrder),
) -> Vec<ValueRow> {
    let Some(field) = project.codebook.fields.get(&id) else {
        return Vec::new();
    };
    let mut open = filter.clone();
    let wanted = open.codes.remove(&id);
    let mut found: BTreeMap<Option<&str>, Sides> = BTreeMap::new();
    for (at, row) in open.statements(project, view) {
        let value = row.codes.get(&id).map(String::as_str);
        let sides = found.entry(value).or_default();
        sides.add(open.side(&row.value), at, row.is_decided());
    }
    let asks = |value: Option<&str>| match &wanted {
        None => true,
        Some(wanted) => value.is_some_and(|value| wanted.contains(value)),
    };
    let rows = found.into_iter().map(|(value, sides)| ValueRow {
        asked: asks(value),
        value: value.map(str::to_owned),
        sides,
    });
    let mut rows: Vec<ValueRow> = rows.collect();
    rows.sort_by(|one, other| {
        let by_name = || place(field, one).total_cmp(&place(field, other));
        let bare = one.value.is_none().cmp(&other.value.is_none());
        let asked = match order {
            RowOrder::MostStatements => Reverse(one.sides.len()).cmp(&Reverse(other.sides.len())),
            RowOrder::Net => one.sides.net().cmp(&other.sides.net()),
            RowOrder::Name | RowOrder::LastChange => std::cmp::Ordering::Equal,
        };
        let words = |row: &ValueRow| row.value.as_ref().map(|value| value.to_lowercase());
        let all = bare.then(asked).then_with(by_name);
        all.then_with(|| words(one).cmp(&words(other)))
    });
    rows
}

/// The place of a value among others of its field, where these have an order of their own.
fn place(field: &Field, row: &ValueRow) -> f64 {
    let Some(value) = &row.value else {
        return 0.0;
    };
    match field.kind {
        FieldKind::Number => value.parse().unwrap_or(f64::MAX),
        FieldKind::Category => {
            let place = field.choices.iter().position(|choice| choice == value);
            let place = place.and_then(|place| u32::try_from(place).ok());
            place.map_or(f64::MAX, f64::from)
        }
        FieldKind::Boolean | FieldKind::Text => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Joined;
    use crate::analysis::fixtures::Fixture;
    use crate::model::{Act, Polarity};

    const FIELD: FieldId = FieldId(3);

    /// Five statements: two oppose and one supports with the value of the first, one opposes with that
    /// of the second, one supports without any.
    fn made(field: Field, [first, second]: [&str; 2]) -> (Project, ProjectView) {
        let (mut project, view) = Fixture::new()
            .says("Velmora", "Astrany", Act::Reject, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Accuse, Polarity::Oppose)
            .says("Velmora", "Astrany", Act::Agree, Polarity::Support)
            .says("Astrany", "Velmora", Act::Threaten, Polarity::Oppose)
            .says("Lorvik", "Velmora", Act::Support, Polarity::Support)
            .build();
        project.codebook.fields.insert(FIELD, field);
        let refs: Vec<_> = view.statements().map(|(at, _)| at).collect();
        for (at, value) in refs.iter().zip([first, first, first, second]) {
            let state = Arc::make_mut(project.articles.get_mut(&at.article).unwrap());
            let codes = state.codes.entry(at.id).or_default();
            codes.insert(FIELD, value.to_owned());
        }
        let view = ProjectView::new(&project, &Joined::default());
        (project, view)
    }

    fn told(
        (project, view): &(Project, ProjectView),
        filter: &Filter,
        order: RowOrder,
    ) -> Vec<(Option<String>, String, bool)> {
        let rows = stance_by_value(project, view, filter, (FIELD, order));
        rows.into_iter()
            .map(|row| (row.value, row.sides.words(), row.asked))
            .collect()
    }

    fn row(value: Option<&str>, words: &str, asked: bool) -> (Option<String>, String, bool) {
        (value.map(str::to_owned), words.to_owned(), asked)
    }

    #[test]
    fn sides_are_counted_by_value_and_those_without_stand_last() {
        let field = Field {
            kind: FieldKind::Category,
            choices: vec!["Low".to_owned(), "High".to_owned()],
            ..Field::default()
        };
        let made = made(field, ["High", "Low"]);
        let high = row(Some("High"), "1 support, 2 oppose, 0 neither", true);
        let low = row(Some("Low"), "0 support, 1 oppose, 0 neither", true);
        let none = row(None, "1 support, 0 oppose, 0 neither", true);
        let all = Filter::default();
        let most = told(&made, &all, RowOrder::MostStatements);
        assert_eq!(most, [high.clone(), low.clone(), none.clone()]);
        let name = told(&made, &all, RowOrder::Name);
        assert_eq!(name, [low, high, none], "as the category has them");
        let filter = Filter {
            codes: [(FIELD, ["Low".to_owned()].into())].into(),
            ..Filter::default()
        };
        let asked: Vec<bool> = told(&made, &filter, RowOrder::Name)
            .into_iter()
            .map(|(.., asked)| asked)
            .collect();
        assert_eq!(asked, [true, false, false], "the others are dimmed");
        let filter = Filter {
            polarities: [Polarity::Support].into(),
            ..Filter::default()
        };
        let support = told(&made, &filter, RowOrder::Name);
        assert_eq!(
            support,
            [
                row(Some("High"), "1 support, 0 oppose, 0 neither", true),
                row(None, "1 support, 0 oppose, 0 neither", true)
            ]
        );
    }

    #[test]
    fn numbers_stand_by_their_size() {
        let field = Field {
            kind: FieldKind::Number,
            ..Field::default()
        };
        let made = made(field, ["10", "-2.5"]);
        let rows = told(&made, &Filter::default(), RowOrder::Name);
        let values: Vec<_> = rows.iter().map(|(value, ..)| value.as_deref()).collect();
        assert_eq!(values, [Some("-2.5"), Some("10"), None]);
    }

    #[test]
    fn a_field_that_is_gone_has_no_rows() {
        let (mut project, view) = made(Field::default(), ["yes", "no"]);
        project.codebook.fields.clear();
        let order = (FIELD, RowOrder::Name);
        assert!(stance_by_value(&project, &view, &Filter::default(), order).is_empty());
    }
}
