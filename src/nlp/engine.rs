//! Runs the layers in order.

use jiff::civil::Date;

use crate::jobs::{Cancel, Cancelled};
use crate::model::{
    ArticleState, EntityId, EntityType, Findings, Mention, Project, Rule, Suggested,
};
use crate::nlp::attribution;
use crate::nlp::doc::Doc;
use crate::nlp::link::{self, About, Linked};
use crate::nlp::mend::mend;
use crate::nlp::ner::{self, NerModel};
use crate::nlp::recase;
use crate::nlp::segment::segment;
use crate::nlp::stance::{self, Before, Stances};
use crate::nlp::tag::{self, TagModel};
use crate::nlp::timex::{self, KnownTime};
use crate::nlp::words::{self, Word};

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
    /// Time expressions that a person decided on, in text order.
    pub times: &'a [timex::KnownTime],
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

impl Known {
    /// Returns what the rules of a project tell the engine.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        let mut known = Self::default();
        for rule in project.rules.values() {
            match rule {
                Rule::Alias {
                    text,
                    entity,
                    entity_type,
                } => known.aliases.push(KnownAlias {
                    text: text.clone(),
                    entity: *entity,
                    entity_type: *entity_type,
                }),
                Rule::Never { text } => known.never.push(text.clone()),
                Rule::SameEntity { .. } | Rule::NotSame { .. } | Rule::InArticle { .. } => {}
            }
        }
        known
    }

    /// Returns what tells whether cached findings were made with the same: `hash` is that of
    /// [`Known::hash`]; of the article count the date and the decisions that its times hang on.
    #[must_use]
    pub fn key(hash: &str, article: Option<&ArticleState>) -> String {
        let mut key = hash.to_owned();
        let Some(state) = article else {
            return key;
        };
        if let Some(dct) = state.article.meta.dct {
            key = format!("{key} {}", dct.date);
        }
        let times = KnownTime::changed(state);
        if !times.is_empty() {
            let times = blake3::hash(format!("{times:?}").as_bytes());
            key = format!("{key} {}", times.to_hex());
        }
        key
    }

    /// Returns a hash of all of it.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for alias in &self.aliases {
            hasher.update(format!("{alias:?}\n").as_bytes());
        }
        for never in &self.never {
            hasher.update(format!("{never:?}\n").as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Loaded models and lexicons. Cheap to share, immutable.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    tag: &'static TagModel,
    ner: &'static NerModel,
}

impl Default for Engine {
    fn default() -> Self {
        Self::embedded()
    }
}

impl Engine {
    /// Name and version, as written beside each suggestion and into the cache's key.
    pub const VERSION: &'static str = "demarche-en 0.2";

    /// Loads the models and lexicons that are built in; the first call reads them all.
    #[must_use]
    pub fn embedded() -> Self {
        words::load();
        Self {
            tag: TagModel::embedded(),
            ner: NerModel::embedded(),
        }
    }

    /// Cuts and tags a text: the first layers, on which all others stand.
    ///
    /// # Errors
    /// When cancelled.
    pub fn tagged<'t>(
        &self,
        text: &'t str,
        cancel: &Cancel,
    ) -> Result<(Doc<'t>, Vec<Word>), Cancelled> {
        let mut doc = Doc {
            text,
            tokens: segment(text),
            ..Doc::default()
        };
        let words = tag::words(&doc);
        tag::tag(&mut doc, &words, self.tag, cancel)?;
        Ok((doc, words))
    }

    /// Returns the names in a headline, which tell of whom and what the article speaks.
    fn headline(
        &self,
        title: &str,
        cancel: &Cancel,
    ) -> Result<Vec<(String, EntityType)>, Cancelled> {
        if title.is_empty() {
            return Ok(Vec::new());
        }
        let title = recase::recase(title);
        let (doc, words) = self.tagged(&title, cancel)?;
        let names = ner::mentions(&doc, &words, self.ner, &Known::default(), cancel)?;
        let named =
            |m: &Suggested<Mention>| (doc.slice(m.value.range).to_owned(), m.value.entity_type);
        Ok(names.iter().map(named).collect())
    }

    /// Reads the sentences and times of a text and nothing else.
    ///
    /// # Errors
    /// When cancelled.
    pub fn times(&self, input: Input<'_>, cancel: &Cancel) -> Result<Findings, Cancelled> {
        let text = recase::recase(input.text);
        let (doc, _) = self.tagged(&text, cancel)?;
        Ok(Findings {
            engine: Self::VERSION.to_owned(),
            text_hash: input.text_hash.to_owned(),
            timexes: timex::timexes(&doc, given(input), cancel)?,
            tokens: doc.tokens,
            ..Findings::default()
        })
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
        cancel.check()?;
        let text = recase::recase(input.text);
        let (mut doc, words) = self.tagged(&text, cancel)?;
        let mentions = ner::mentions(&doc, &words, self.ner, known, cancel)?;
        mend(&mut doc);
        let about = About {
            headline: self.headline(input.title, cancel)?,
            date: input.dct.map(|date| date.to_string()),
        };
        let Linked {
            mentions,
            entities,
            chains,
        } = link::link(&doc, mentions, &about, known, cancel)?;
        let timexes = timex::timexes(&doc, given(input), cancel)?;
        let mut attributions = attribution::attributions(&doc, &timexes, cancel)?;
        let dated = timex::as_decided(&timexes, input.times);
        let before = Before {
            mentions: &mentions,
            entities: &entities,
            timexes: &dated,
            attributions: &attributions,
            dct: input.dct,
        };
        let Stances {
            statements,
            issues,
            relations,
        } = stance::statements(&doc, before, cancel)?;
        attribution::leave_out_asides(&text, &mut attributions);
        Ok(Findings {
            engine: Self::VERSION.to_owned(),
            text_hash: input.text_hash.to_owned(),
            tokens: doc.tokens,
            mentions,
            timexes,
            attributions,
            statements,
            entities,
            chains,
            relations,
            issues,
        })
    }
}

/// What the times of a text are read with.
fn given(input: Input<'_>) -> timex::Given<'_> {
    timex::Given {
        language: timex::Language::of(input.text),
        dct: input.dct,
        known: input.times,
    }
}
