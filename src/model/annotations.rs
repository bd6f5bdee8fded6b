//! The four kinds of annotation of one article, and what each calls *same* and *conflict*.

use std::collections::BTreeMap;

use crate::model::{
    AnnotationId, ArticleId, Attribution, Findings, LEARNT, Layer, Layered, Mention, Statement,
    Suggested, TextRange, Timex, TimexClass, hash_id,
};

/// Which kind of annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnnotationKind {
    /// A mention.
    Mention,
    /// A time expression.
    Timex,
    /// An attribution.
    Attribution,
    /// A statement.
    Statement,
}

/// A reference to an annotation of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Annotation {
    /// In which article.
    pub article: ArticleId,
    /// Of which kind.
    pub kind: AnnotationKind,
    /// Which.
    pub id: AnnotationId,
}

/// Suggestions and decisions of one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotations {
    /// Mentions.
    pub mentions: Layered<Mention>,
    /// Time expressions.
    pub timexes: Layered<Timex>,
    /// Attributions.
    pub attributions: Layered<Attribution>,
    /// Statements.
    pub statements: Layered<Statement>,
}

/// Where two ranges share more than a border.
fn crosses(left: TextRange, right: TextRange) -> bool {
    left.intersect(right).is_some_and(|both| !both.is_empty())
}

fn crossing_not_nested(left: TextRange, right: TextRange) -> bool {
    crosses(left, right) && !left.contains_range(right) && !right.contains_range(left)
}

impl Layer for Mention {
    fn anchor(&self) -> TextRange {
        self.range
    }
    /// Same words: a rejected mention stays away whatever type or entity the engine gives it.
    fn says_same(&self, other: &Self) -> bool {
        self.range == other.range
    }
    /// Nested mentions may both be true; crossing ones may not.
    fn conflicts(&self, other: &Self) -> bool {
        crossing_not_nested(self.range, other.range)
    }
}

impl Layer for Timex {
    fn anchor(&self) -> TextRange {
        self.range
    }
    fn says_same(&self, other: &Self) -> bool {
        self.range == other.range
    }
    fn conflicts(&self, other: &Self) -> bool {
        crosses(self.range, other.range)
    }
}

impl Layer for Attribution {
    fn anchor(&self) -> TextRange {
        let pieces = || {
            self.source
                .iter()
                .chain(&self.cue)
                .chain(&self.content)
                .copied()
        };
        pieces().reduce(TextRange::cover).unwrap_or_default()
    }
    fn says_same(&self, other: &Self) -> bool {
        self.cue == other.cue && self.content == other.content
    }
    fn conflicts(&self, other: &Self) -> bool {
        !self.cue.is_empty() && self.cue == other.cue
    }
    /// A source alone has neither cue nor content to compare.
    fn is_anchored(&self) -> bool {
        !self.cue.is_empty() || !self.content.is_empty()
    }
}

impl Layer for Statement {
    fn anchor(&self) -> TextRange {
        self.evidence.cue
    }
    fn says_same(&self, other: &Self) -> bool {
        self.evidence.cue == other.evidence.cue
            && (self.holder.range == other.holder.range
                || self.holder.entity == other.holder.entity)
    }
    /// One cue can show a statement for each of several holders, so only the same is a conflict.
    fn conflicts(&self, other: &Self) -> bool {
        self.says_same(other)
    }
}

impl Annotations {
    /// Returns the range that an annotation of this article stands on.
    #[must_use]
    pub fn range(&self, kind: AnnotationKind, id: AnnotationId) -> Option<TextRange> {
        match kind {
            AnnotationKind::Mention => self.mentions.get(id).map(|row| row.value().range),
            AnnotationKind::Timex => self.timexes.get(id).map(|row| row.value().range),
            AnnotationKind::Attribution => {
                self.attributions.get(id).map(|row| row.value().anchor())
            }
            AnnotationKind::Statement => self
                .statements
                .get(id)
                .map(|row| row.value().evidence.sentence),
        }
    }

    /// Whether what was learnt and is suggested is other than `wanted`.
    pub(super) fn learnt_differ(&self, text_hash: &str, wanted: &[Suggested<Mention>]) -> bool {
        let now = self
            .mentions
            .suggested()
            .iter()
            .filter(|(_, s)| s.by == LEARNT);
        !now.eq(&keyed_mentions(text_hash, wanted))
    }

    /// Replaces what was learnt among the suggestions; the engine's stay.
    pub(super) fn replace_learnt(&mut self, text_hash: &str, wanted: &[Suggested<Mention>]) {
        let engine = self.mentions.suggested().iter();
        let mut all: BTreeMap<_, _> = engine
            .filter(|(_, s)| s.by != LEARNT)
            .map(|(id, s)| (*id, s.clone()))
            .collect();
        for (id, suggested) in keyed_mentions(text_hash, wanted) {
            all.entry(id).or_insert(suggested);
        }
        self.mentions.replace_suggestions(all);
    }

    /// Takes over what the engine found; nothing decided changes.
    pub fn replace_suggestions(&mut self, findings: &Findings) {
        let text = findings.text_hash.as_bytes();
        self.mentions
            .replace_suggestions(keyed_mentions(&findings.text_hash, &findings.mentions));
        self.timexes
            .replace_suggestions(keyed(&findings.timexes, |t| {
                let class: &[u8] = match t.class {
                    TimexClass::Duration => b"duration",
                    TimexClass::Set => b"set",
                    TimexClass::Date | TimexClass::Time => b"time",
                };
                key(text, "timex", &[t.range], class)
            }));
        self.attributions
            .replace_suggestions(keyed(&findings.attributions, |a| {
                let ranges: Vec<_> = a.cue.iter().chain(&a.content).copied().collect();
                key(text, "attribution", &ranges, &[])
            }));
        self.statements
            .replace_suggestions(keyed(&findings.statements, |s| {
                key(
                    text,
                    "statement",
                    &[s.evidence.cue, s.holder.range],
                    &s.holder.entity.0.to_le_bytes(),
                )
            }));
    }
}

fn keyed_mentions(
    text_hash: &str,
    found: &[Suggested<Mention>],
) -> BTreeMap<AnnotationId, Suggested<Mention>> {
    keyed(found, |m| {
        key(text_hash.as_bytes(), "mention", &[m.range], &[])
    })
}

fn key(text: &[u8], kind: &str, ranges: &[TextRange], more: &[u8]) -> AnnotationId {
    let mut bytes = Vec::with_capacity(ranges.len() * 8);
    for range in ranges {
        bytes.extend(u32::from(range.start()).to_le_bytes());
        bytes.extend(u32::from(range.end()).to_le_bytes());
    }
    AnnotationId(hash_id(kind, &[text, &bytes, more]))
}

/// Later finds of the same key give way to the first.
fn keyed<T: Clone>(
    found: &[Suggested<T>],
    key: impl Fn(&T) -> AnnotationId,
) -> BTreeMap<AnnotationId, Suggested<T>> {
    let mut map = BTreeMap::new();
    for suggestion in found {
        map.entry(key(&suggestion.value))
            .or_insert_with(|| suggestion.clone());
    }
    map
}
