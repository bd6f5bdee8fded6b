//! Runs the layers in order.

use jiff::civil::Date;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{EntityId, EntityType, Findings};
use crate::nlp::Doc;
use crate::nlp::timex::timexes;

/// One text to be read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The body.
    pub text: &'a str,
    /// blake3 of the body in hex, as in [`ArticleText::hash`](crate::model::ArticleText::hash).
    pub text_hash: &'a str,
    /// The headline, which offsets never point into.
    pub title: &'a str,
    /// Document creation time.
    pub dct: Option<Date>,
}

/// A name that a person decided on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownAlias {
    /// The words.
    pub text: String,
    /// The entity that they name.
    pub entity: EntityId,
    /// The type of such a mention.
    pub entity_type: EntityType,
}

/// What a person decided that the engine obeys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Names that always name an entity.
    pub aliases: Vec<KnownAlias>,
    /// Words that never name anything.
    pub never: Vec<String>,
}

/// Loaded models and lexicons. Cheap to share, immutable.
#[derive(Debug, Default)]
pub struct Engine {}

impl Engine {
    /// Name and version, as written beside each suggestion and into the cache's key.
    pub const VERSION: &'static str = "demarche-en 0.1";

    /// Loads the models and lexicons that are built in.
    #[must_use]
    pub fn embedded() -> Self {
        Self {}
    }

    /// Reads one text.
    ///
    /// # Errors
    /// When cancelled, within a sentence's time.
    pub fn analyse(
        &self,
        input: Input<'_>,
        known: &Known,
        cancel: &Cancel,
    ) -> Result<Findings, Cancelled> {
        let _ = (self, known);
        cancel.check()?;
        let doc = Doc {
            text: input.text,
            ..Doc::default()
        };
        Ok(Findings {
            timexes: timexes(&doc, input.dct, cancel)?,
            engine: Self::VERSION.to_owned(),
            text_hash: input.text_hash.to_owned(),
            ..Findings::default()
        })
    }
}
