//! Best guesses for a statement that a person makes by hand, so that few keys are left to press.

use crate::analysis::{ArticleView, ProjectView};
use crate::model::{
    Act, ArticleId, DateSource, Mention, MentionKind, Party, Polarity, Project, StatementDate,
    TextRange, TextSize, TimexValue, Tokens, slice,
};

/// A statement as it probably is, from where its cue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The article.
    pub article: ArticleId,
    /// The cue: the selected words, or the token at the caret.
    pub cue: TextRange,
    /// Its sentence.
    pub sentence: TextRange,
    /// The nearest actor before the cue in the sentence, else in the text.
    pub holder: Option<Party>,
    /// Whom the holder acts for.
    pub speaks_for: Option<crate::model::EntityId>,
    /// The first other actor behind the cue.
    pub target: Option<Party>,
    /// Words behind the cue up to the next mark.
    pub issue_label: String,
    /// Where they stand.
    pub issue_range: Option<TextRange>,
    /// What the same cue was before in this project, else what the lexicon says.
    pub act: Act,
    /// The act's usual side.
    pub polarity_target: Option<Polarity>,
    /// The act's usual side towards an issue.
    pub polarity_issue: Option<Polarity>,
    /// Nothing but asserted is guessed.
    pub factuality: crate::model::Factuality,
    /// The date in the sentence, else the article's.
    pub date: Option<StatementDate>,
    /// Nobody is guessed.
    pub reporter: Option<Party>,
}

/// Returns a guess for a cue at `range` of an article; none where there is no sentence.
///
/// `act_of` says what an act lexicon makes of a word.
#[must_use]
pub fn guess_draft(
    project: &Project,
    view: &ProjectView,
    article: ArticleId,
    range: TextRange,
    act_of: impl Fn(&str) -> Option<Act>,
) -> Option<Guess> {
    let state = project.articles.get(&article)?;
    let here = view.articles.get(&article)?;
    let body = state.article.text.body.as_str();
    let cue = cue_at(&state.tokens, range)?;
    let sentence = state.tokens.sentence_at(cue)?.range.cover(cue);
    let named = actors(here)
        .map(|(_, party)| party)
        .find(|party| party.range.contains_range(cue));
    let verb = named.and_then(|party| cue_after(body, &state.tokens, (party, sentence), &act_of));
    let cue = verb.unwrap_or(cue);
    let holder = named
        .filter(|_| verb.is_some())
        .or_else(|| holder(body, here, cue, sentence));
    let target = target(here, cue, sentence, holder);
    let issue_range = issue(body, &state.tokens, cue, sentence, target);
    let act = act(view, project, slice(body, cue), act_of);
    let dct = state.article.meta.dct.map(|dct| dct.date);
    let date = date(here, sentence, dct);
    let speaks_for = holder.map(|party| party.entity).and_then(|entity| {
        let principal = view.principal_at(entity, date.as_ref().map(|date| &date.value));
        (principal != entity).then_some(principal)
    });
    Some(Guess {
        article,
        cue,
        sentence,
        holder,
        speaks_for,
        target,
        issue_label: issue_range
            .map(|range| one_line(slice(body, range)))
            .unwrap_or_default(),
        issue_range,
        act,
        polarity_target: target.map(|_| act.usual_polarity()),
        polarity_issue: issue_range.map(|_| issue_side(act)),
        factuality: crate::model::Factuality::Asserted,
        date,
        reporter: None,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The selected words; for a caret, the token that it stands in or before.
fn cue_at(tokens: &Tokens, range: TextRange) -> Option<TextRange> {
    if !range.is_empty() {
        return Some(range);
    }
    let at = tokens
        .tokens
        .partition_point(|token| token.range.end() <= range.start());
    tokens
        .tokens
        .get(at)
        .or(tokens.tokens.last())
        .map(|token| token.range)
}

/// Who selects a name means its position: the first word behind it in the sentence that the lexicon
/// knows as an act.
fn cue_after(
    body: &str,
    tokens: &Tokens,
    (party, sentence): (Party, TextRange),
    act_of: impl Fn(&str) -> Option<Act>,
) -> Option<TextRange> {
    let behind =
        |range: &TextRange| range.start() >= party.range.end() && sentence.contains_range(*range);
    tokens
        .tokens
        .iter()
        .map(|token| token.range)
        .filter(behind)
        .find(|range| act_of(&slice(body, *range).to_lowercase()).is_some())
}

fn actors(view: &ArticleView) -> impl DoubleEndedIterator<Item = (&Mention, Party)> {
    view.mentions
        .iter()
        .map(|row| &row.value)
        .filter_map(|mention| {
            let place = mention.entity_type == crate::model::EntityType::Place && !mention.metonym;
            let acts = mention.entity_type.acts() && !place;
            let entity = mention.entity.filter(|_| acts)?;
            Some((
                mention,
                Party {
                    entity,
                    range: mention.range,
                },
            ))
        })
}

fn holder(body: &str, view: &ArticleView, cue: TextRange, sentence: TextRange) -> Option<Party> {
    let before = |party: &Party| party.range.end() <= cue.start();
    let inside = |party: &Party| sentence.contains_range(party.range);
    let parties = || actors(view).map(|(_, party)| party);
    let nearest = actors(view).rfind(|(_, party)| before(party) && inside(party));
    // "Angola, the mediator, appealed": the name holds it, not what stands beside the name.
    let beside = nearest
        .filter(|(mention, _)| mention.kind != MentionKind::Name)
        .and_then(|(mention, _)| {
            let name = |(other, party): &(&Mention, Party)| {
                let gap = TextRange::new(
                    other.range.end().min(mention.range.start()),
                    mention.range.start(),
                );
                other.kind == MentionKind::Name
                    && inside(party)
                    && other.range.end() <= mention.range.start()
                    && matches!(
                        slice(body, gap).trim(),
                        "," | ", the" | ", a" | ", an" | ", its"
                    )
            };
            actors(view).rfind(name)
        });
    beside
        .or(nearest)
        .map(|(_, party)| party)
        .or_else(|| parties().find(|party| inside(party) && !party.range.contains_range(cue)))
        .or_else(|| parties().rfind(before))
}

fn target(
    view: &ArticleView,
    cue: TextRange,
    sentence: TextRange,
    holder: Option<Party>,
) -> Option<Party> {
    actors(view).map(|(_, party)| party).find(|party| {
        party.range.start() >= cue.end()
            && sentence.contains_range(party.range)
            && holder.is_none_or(|holder| holder.entity != party.entity)
    })
}

/// Words that a phrase does not begin with.
const LIGHT: [&str; 19] = [
    "the", "a", "an", "to", "of", "on", "for", "in", "at", "by", "with", "from", "over", "about",
    "against", "that", "its", "their", "any",
];

/// From behind the cue (and a target that follows at once) to the next mark of the sentence.
fn issue(
    body: &str,
    tokens: &Tokens,
    cue: TextRange,
    sentence: TextRange,
    target: Option<Party>,
) -> Option<TextRange> {
    let near = |at: TextSize| {
        let gap = TextRange::new(cue.end(), at.max(cue.end()));
        slice(body, gap)
            .split_whitespace()
            .all(|word| LIGHT.contains(&word))
    };
    let from = target
        .filter(|party| near(party.range.start()))
        .map_or(cue.end(), |party| party.range.end());
    let words: Vec<TextRange> = tokens
        .tokens
        .iter()
        .map(|token| token.range)
        .filter(|range| range.start() >= from && range.end() <= sentence.end())
        .take_while(|range| {
            !matches!(
                slice(body, *range),
                "," | "." | ";" | ":" | "—" | "–" | "?" | "!" | "(" | "”"
            )
        })
        .collect();
    let light = |range: &&TextRange| {
        let word = slice(body, **range).to_lowercase();
        LIGHT.contains(&word.as_str()) || !word.chars().any(char::is_alphanumeric)
    };
    let skip = words.iter().take_while(light).count();
    let (first, last) = (words.get(skip)?, words.last()?);
    Some(first.cover(*last))
}

/// The act that people or the engine gave the same cue most often, else the lexicon's, else
/// SUPPORT, which the person then changes by one key.
fn act(
    view: &ProjectView,
    project: &Project,
    cue: &str,
    act_of: impl Fn(&str) -> Option<Act>,
) -> Act {
    let wanted = cue.to_lowercase();
    let mut counts = std::collections::BTreeMap::<Act, usize>::new();
    for (at, row) in view.statements() {
        let Some(state) = project.articles.get(&at.article) else {
            continue;
        };
        if state.article.slice(row.value.evidence.cue).to_lowercase() == wanted {
            *counts.entry(row.value.act).or_default() += if row.is_decided() { 10 } else { 1 };
        }
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(act, _)| act);
    most.or_else(|| act_of(&wanted)).unwrap_or(Act::Support)
}

/// Guideline §5: the step that one asks for, promises or threatens is supported; an accusation or
/// refusal opposes.
fn issue_side(act: Act) -> Polarity {
    match act {
        Act::Accuse | Act::Reject | Act::Protest | Act::Coerce | Act::Sanction => Polarity::Oppose,
        Act::Consult => Polarity::Neutral,
        _ => Polarity::Support,
    }
}

fn date(
    view: &ArticleView,
    sentence: TextRange,
    dct: Option<jiff::civil::Date>,
) -> Option<StatementDate> {
    let stated = view
        .timexes
        .iter()
        .find(|row| sentence.contains_range(row.value.range) && row.value.value.span().is_some())
        .map(|row| StatementDate {
            modifier: None,
            value: row.value.value.clone(),
            source: DateSource::Sentence,
        });
    stated.or_else(|| {
        let value = TimexValue(dct?.to_string());
        Some(StatementDate {
            modifier: None,
            value,
            source: DateSource::Article,
        })
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Joined;
    use crate::model::{
        Article, ArticleMeta, ArticleState, ArticleText, Confidence, Entity, EntityId,
        EntityProposal, EntityType, Findings, Sentence, SourceFile, Suggested, Token, TokenIdx,
        checked_range,
    };

    fn found(text: &str, name: &str, entity_type: EntityType) -> Suggested<Mention> {
        let start = text.find(name).unwrap();
        Suggested {
            value: Mention {
                range: checked_range(text, start, start + name.len()).unwrap(),
                kind: if name.starts_with(char::is_lowercase) {
                    MentionKind::Description
                } else {
                    MentionKind::Name
                },
                entity_type,
                entity: Some(EntityId::hashed(&[name.as_bytes()])),
                metonym: false,
            },
            confidence: Confidence::new(0.9),
            by: "test".to_owned(),
        }
    }

    /// A project of one article: blanks part tokens, names are marked by type.
    fn project(text: &str, names: &[(&str, EntityType)]) -> (Project, ProjectView, ArticleId) {
        let id = ArticleId(1);
        let body = text.to_owned();
        let mut at = 0;
        let mut tokens = Vec::new();
        for word in text.split(' ') {
            tokens.push(Token {
                range: checked_range(text, at, at + word.len()).unwrap(),
            });
            at += word.len() + 1;
        }
        let sentence = Sentence {
            range: checked_range(text, 0, text.len()).unwrap(),
            first: TokenIdx(0),
            end: TokenIdx(u32::try_from(tokens.len()).unwrap()),
        };
        let mut findings = Findings {
            text_hash: ArticleText::new(body.clone()).hash,
            tokens: Tokens {
                tokens,
                sentences: vec![sentence],
            },
            ..Findings::default()
        };
        for (name, entity_type) in names {
            let entity = EntityId::hashed(&[name.as_bytes()]);
            findings.mentions.push(found(text, name, *entity_type));
            let named = Entity {
                name: (*name).to_owned(),
                entity_type: *entity_type,
                aliases: std::collections::BTreeSet::new(),
                roles: Vec::new(),
            };
            findings.entities.insert(
                entity,
                EntityProposal {
                    entity: named,
                    known: false,
                    governed: false,
                },
            );
        }
        let article = Article {
            id,
            text: Arc::new(ArticleText::new(body)),
            meta: ArticleMeta::default(),
            source: Arc::new(SourceFile::default()),
        };
        let mut project = Project::default();
        project
            .articles
            .insert(id, Arc::new(ArticleState::new(article)));
        assert!(project.replace_suggestions(id, &findings));
        let view = ProjectView::new(&project, &Joined::default());
        (project, view, id)
    }

    fn guess(text: &str, names: &[(&str, EntityType)], cue: &str) -> (Guess, Project, ProjectView) {
        let (project, view, id) = project(text, names);
        let start = text.find(cue).unwrap();
        let range = checked_range(text, start, start + cue.len()).unwrap();
        let guess = guess_draft(&project, &view, id, range, |word| {
            (word == "urged").then_some(Act::Request)
        });
        (guess.unwrap(), project, view)
    }

    #[test]
    fn holder_stands_before_the_cue_and_target_behind_it() {
        let names = [
            ("Norland", EntityType::State),
            ("Sudland", EntityType::State),
        ];
        let (guess, _, view) = guess("Norland urged Sudland to free the crew .", &names, "urged");
        assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
        assert_eq!(view.entity_name(guess.target.unwrap().entity), "Sudland");
        assert_eq!(guess.issue_label, "free the crew");
        assert_eq!(guess.act, Act::Request);
        assert_eq!(guess.polarity_target, Some(Polarity::Neutral));
    }

    #[test]
    fn a_place_is_no_holder() {
        let names = [
            ("Ostport", EntityType::Place),
            ("Norland", EntityType::State),
        ];
        let (guess, _, view) = guess("In Ostport the Norland envoy urged calm .", &names, "urged");
        assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
        assert_eq!(guess.target, None);
        assert_eq!(guess.issue_label, "calm");
    }

    #[test]
    fn a_name_holds_what_stands_beside_it_does_not() {
        let names = [
            ("Norland", EntityType::State),
            ("mediator", EntityType::Norp),
        ];
        let text = "Norland, the mediator , urged calm .";
        let (guess, _, view) = guess(text, &names, "urged");
        assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
    }

    #[test]
    fn a_selected_name_stands_for_its_position() {
        let names = [
            ("Norland", EntityType::State),
            ("Sudland", EntityType::State),
        ];
        let text = "Sudland and Norland urged calm .";
        let (guess, _, view) = guess(text, &names, "Norland");
        assert_eq!(view.entity_name(guess.holder.unwrap().entity), "Norland");
        assert_eq!(slice(text, guess.cue), "urged");
    }

    #[test]
    fn a_caret_takes_its_token() {
        let (project, view, id) = project("Norland waits .", &[("Norland", EntityType::State)]);
        let caret = TextRange::empty(TextSize::from(10));
        let guess = guess_draft(&project, &view, id, caret, |_| None).unwrap();
        assert_eq!(slice("Norland waits .", guess.cue), "waits");
    }
}
