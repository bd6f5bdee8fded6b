//! The four kinds of annotation, for what all of them share.

use crate::edit::Refused;
use crate::edit::draft::Draft;
use crate::edit::operation::{AnnotationKey, Change, Delta};
use crate::model::{
    AnnotationKind, Annotations, Article, Attribution, Confidence, Decided, Layer, Layered,
    Mention, Statement, Taught, TextRange, Timex, checked_range,
};

/// A change of one annotation.
pub(super) type Step<T> = Delta<AnnotationKey, Decided<T>>;

/// A kind of annotation that a person decides on.
pub(super) trait Kind: Layer {
    /// Which.
    const KIND: AnnotationKind;
    /// Returns this kind's layers of an article.
    fn layer(annotations: &Annotations) -> &Layered<Self>;
    /// Returns this kind's layers of an article.
    fn layer_mut(annotations: &mut Annotations) -> &mut Layered<Self>;
    /// Wraps a change.
    fn wrap(step: Box<Step<Self>>) -> Change;
    /// Unwraps a change, if it is about this kind.
    fn opened(change: &mut Change) -> Option<&mut Step<Self>>;
    /// Returns the ranges of words that it needs, and those that it may name besides.
    fn ranges(&self) -> (Vec<TextRange>, Vec<TextRange>);
    /// Brings in what the machine would have said with the project's rules, before a suggestion is
    /// confirmed: the person confirms what is on screen.
    fn as_shown(&mut self, _sure: Confidence, _draft: &Draft<'_>, _article: &Article) {}
    /// Decides what this record refers to.
    fn settle(&mut self, _draft: &mut Draft<'_>, _article: &Article) {}
    /// Carries on what other records take from this one.
    fn followed(_before: &Self, _after: &Self, _draft: &mut Draft<'_>, _article: &Article) {}
    /// Returns the title of a change.
    fn changed_title(&self, before: &Self, draft: &Draft<'_>) -> String;
}

macro_rules! layers {
    ($kind:ident, $field:ident) => {
        const KIND: AnnotationKind = AnnotationKind::$kind;
        fn layer(annotations: &Annotations) -> &Layered<Self> {
            &annotations.$field
        }
        fn layer_mut(annotations: &mut Annotations) -> &mut Layered<Self> {
            &mut annotations.$field
        }
        fn wrap(step: Box<Step<Self>>) -> Change {
            Change::$kind(step)
        }
        fn opened(change: &mut Change) -> Option<&mut Step<Self>> {
            if let Change::$kind(step) = change {
                Some(step)
            } else {
                None
            }
        }
    };
}

impl Kind for Mention {
    layers!(Mention, mentions);

    fn ranges(&self) -> (Vec<TextRange>, Vec<TextRange>) {
        (vec![self.range], vec![])
    }

    fn as_shown(&mut self, sure: Confidence, draft: &Draft<'_>, article: &Article) {
        let words = article.slice(self.range);
        if let Some((entity, entity_type)) = draft.alias(words) {
            self.entity = Some(entity);
            self.entity_type = entity_type;
        } else if let Some(Taught::Names(entity_type, entity)) =
            draft.learnt().change(words, self, sure)
        {
            self.entity = entity;
            self.entity_type = entity_type;
        }
    }

    fn settle(&mut self, draft: &mut Draft<'_>, article: &Article) {
        if let Some(entity) = self.entity {
            draft.fix_entity(entity, article, self.range, self.entity_type);
        }
    }

    fn followed(before: &Self, after: &Self, draft: &mut Draft<'_>, article: &Article) {
        if before.range != after.range || before.entity != after.entity {
            draft.follow(article.id, before, after);
        }
        if before.entity == after.entity {
            draft.name_again(article, before, after);
        }
    }

    fn changed_title(&self, before: &Self, draft: &Draft<'_>) -> String {
        if self.entity_type != before.entity_type {
            return format!("Type changed to {}", draft.type_name(self.entity_type));
        }
        if self.range != before.range {
            return "Edges moved".to_owned();
        }
        match self.entity.and_then(|id| draft.entity_name(id)) {
            Some(name) if self.entity != before.entity => format!("Linked to {name}"),
            _ => "Mention changed".to_owned(),
        }
    }
}

impl Kind for Timex {
    layers!(Timex, timexes);

    fn ranges(&self) -> (Vec<TextRange>, Vec<TextRange>) {
        (vec![self.range], self.anchor.into_iter().collect())
    }

    fn changed_title(&self, before: &Self, _draft: &Draft<'_>) -> String {
        if self.range == before.range {
            format!("Time expression set to {}", self.value)
        } else {
            "Edges moved".to_owned()
        }
    }
}

impl Kind for Attribution {
    layers!(Attribution, attributions);

    fn ranges(&self) -> (Vec<TextRange>, Vec<TextRange>) {
        let all: Vec<_> = self
            .source
            .iter()
            .chain(&self.cue)
            .chain(&self.content)
            .copied()
            .collect();
        // At least one piece, whichever it is.
        if all.is_empty() {
            (vec![TextRange::default()], all)
        } else {
            (all, vec![])
        }
    }

    fn changed_title(&self, _before: &Self, _draft: &Draft<'_>) -> String {
        "Attribution changed".to_owned()
    }
}

impl Kind for Statement {
    layers!(Statement, statements);

    fn ranges(&self) -> (Vec<TextRange>, Vec<TextRange>) {
        let parties = [Some(self.holder), self.target, self.reporter];
        let mut besides: Vec<_> = parties
            .into_iter()
            .flatten()
            .map(|party| party.range)
            .collect();
        besides.extend(self.issue.as_ref().and_then(|issue| issue.range));
        (vec![self.evidence.cue, self.evidence.sentence], besides)
    }

    fn settle(&mut self, draft: &mut Draft<'_>, article: &Article) {
        draft.settle_statement(self, article);
    }

    fn changed_title(&self, _before: &Self, _draft: &Draft<'_>) -> String {
        "Statement changed".to_owned()
    }
}

/// Refuses ranges that do not fit the text, and needed ones without words.
pub(super) fn check_ranges<T: Kind>(value: &T, article: &Article) -> Result<(), Refused> {
    let (needed, besides) = value.ranges();
    if needed.iter().any(|range| range.is_empty()) {
        return Err(Refused::NoWords);
    }
    for range in needed.iter().chain(&besides) {
        checked_range(&article.text.body, range.start().into(), range.end().into())?;
    }
    Ok(())
}
