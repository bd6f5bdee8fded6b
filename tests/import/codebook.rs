//! A codebook is read again as it was written; any text is one or an error.

use demarche::export::codebook::codebook;
use demarche::import;
use demarche::model::{
    Act, ActUse, CODE_KEYS, Codebook, Field, FieldId, FieldKind, Issue, IssueId, IssueLink,
    OwnType, Swatch, TypeId,
};
use proptest::prelude::*;

/// A name that is one, whatever its letters.
fn name() -> impl Strategy<Value = String> {
    "[a-zä語\"\\\\/\n\t🙂]{1,8}"
}

fn look() -> impl Strategy<Value = (Option<Swatch>, Option<char>)> {
    let keys: Vec<char> = CODE_KEYS.chars().collect();
    let colour = proptest::option::of(proptest::sample::select(Swatch::ALL.to_vec()));
    (colour, proptest::option::of(proptest::sample::select(keys)))
}

prop_compose! {
    fn issues()(id in any::<u128>(), name in name(), words in ".{0,12}", (colour, key) in look(),
        links in proptest::collection::btree_set((any::<u128>(), any::<bool>(), ".{0,8}"), 0..4),
        apart in proptest::collection::btree_set(any::<u128>(), 0..3)) -> (IssueId, Issue) {
        let link = |(id, reversed, words)| IssueLink { phrase: IssueId(id), reversed, words };
        let issue = Issue {
            name: format!("i{name}"),
            definition: words,
            links: links.into_iter().map(link).collect(),
            apart: apart.into_iter().map(IssueId).collect(),
            colour,
            key,
        };
        (IssueId(id), issue)
    }
}

prop_compose! {
    fn fields()(id in any::<u128>(), name in name(), definition in ".{0,12}", examples in ".{0,12}",
        kind in proptest::sample::select(FieldKind::ALL.to_vec()),
        choices in proptest::collection::vec(".{0,6}", 1..4)) -> (FieldId, Field) {
        let choices = if kind == FieldKind::Category { choices } else { Vec::new() };
        let name = format!("f{name}");
        (FieldId(id), Field { name, definition, examples, kind, choices })
    }
}

prop_compose! {
    fn acts()(act in proptest::sample::select(Act::ALL.to_vec()), definition in ".{0,12}",
        (colour, key) in look(), hidden in any::<bool>()) -> (Act, ActUse) {
        (act, ActUse { definition, colour, key, hidden })
    }
}

fn codebooks() -> impl Strategy<Value = Codebook> {
    let types = (any::<u128>(), name(), ".{0,9}").prop_map(|(id, name, definition)| {
        let name = format!("t{name}");
        (TypeId(id), OwnType { name, definition })
    });
    let parts = (
        proptest::collection::btree_map(any::<u8>(), issues(), 0..4),
        proptest::collection::btree_map(any::<u8>(), fields(), 0..4),
        proptest::collection::btree_map(any::<u8>(), types, 0..3),
        proptest::collection::btree_map(any::<u8>(), acts(), 0..5),
    );
    parts.prop_map(|(issues, fields, types, acts)| Codebook {
        issues: issues.into_values().collect(),
        fields: fields.into_values().collect(),
        types: types.into_values().collect(),
        acts: acts.into_values().collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_codebook_is_read_again_as_it_was_written(known in codebooks()) {
        let text = codebook(&known);
        prop_assert_eq!(import::codebook(&text), Ok(known.clone()));
        prop_assert_eq!(codebook(&known), text, "the same bytes");
    }

    #[test]
    fn any_text_is_a_codebook_or_an_error(known in codebooks(), cut in any::<prop::sample::Index>(), put in ".{0,6}") {
        let text = codebook(&known);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = places[cut.index(places.len())];
        let (before, after) = text.split_at(at);
        let changed = format!("{before}{put}{after}");
        for text in [before, after, changed.as_str()] {
            if let Ok(found) = import::codebook(text) {
                // What comes out can be written and read.
                prop_assert_eq!(import::codebook(&codebook(&found)), Ok(found));
            }
        }
    }
}
