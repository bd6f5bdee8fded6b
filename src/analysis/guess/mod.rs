//! Best guesses for a statement that a person makes by hand, and the next best ones, so that few keys
//! are left to press.

use crate::analysis::{ArticleView, ProjectView};
use crate::model::{
    Act, ArticleId, DateSource, IssueId, Mention, MentionKind, Party, Polarity, Project,
    StatementDate, TextRange, TextSize, TimexValue, Tokens, slice,
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
    /// The issue of the codebook that they belong to.
    pub issue: Option<IssueId>,
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
    /// What else it may be.
    pub guesses: Guesses,
}

/// Words that a statement may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueGuess {
    /// Where they stand.
    pub range: TextRange,
    /// The words.
    pub label: String,
    /// The issue of the codebook that they belong to, and whether they turn it around.
    pub issue: Option<(IssueId, bool)>,
}

/// What the fields of a statement may be, the best guess first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guesses {
    /// Who holds it.
    pub holders: Vec<Party>,
    /// At whom it is directed; none for nobody.
    pub targets: Vec<Option<Party>>,
    /// What it is about; none for nothing.
    pub issues: Vec<Option<IssueGuess>>,
    /// What is done.
    pub acts: Vec<Act>,
}

/// Returns what the fields of a statement with this cue may be; `act_of` says what an act lexicon
/// makes of a word.
#[must_use]
pub fn guesses(
    project: &Project,
    view: &ProjectView,
    article: ArticleId,
    (cue, sentence): (TextRange, TextRange),
    act_of: impl Fn(&str) -> Option<Act>,
) -> Guesses {
    let (Some(state), Some(here)) = (project.articles.get(&article), view.articles.get(&article))
    else {
        return Guesses::default();
    };
    let body = state.article.text.body.as_str();
    let holders = holders(body, here, cue, sentence);
    let targets = targets(here, cue, sentence, holders.first().copied());
    let first = targets.first().copied().flatten();
    let issues = issues(here, (body, &state.tokens), cue, sentence, first);
    let known = |range: TextRange| {
        let label = one_line(slice(body, range));
        let matcher = &view.resolver.matcher;
        IssueGuess {
            range,
            issue: matcher.find(IssueId::of_phrase(&label), &label),
            label,
        }
    };
    Guesses {
        holders,
        targets,
        issues: issues.into_iter().map(|range| range.map(known)).collect(),
        acts: acts(view, project, slice(body, cue), act_of),
    }
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
    let cue = cue_at(&state.tokens, range)?;
    let sentence = state.tokens.sentence_at(cue)?.range.cover(cue);
    let named = actors(here)
        .map(|(_, party)| party)
        .find(|party| party.range.contains_range(cue));
    let body = state.article.text.body.as_str();
    let verb = named.and_then(|party| cue_after(body, &state.tokens, (party, sentence), &act_of));
    let cue = verb.unwrap_or(cue);
    let mut guesses = guesses(project, view, article, (cue, sentence), act_of);
    // A name that was selected holds what the verb behind it says.
    if let Some(named) = named.filter(|_| verb.is_some()) {
        let others = guesses.holders.into_iter();
        guesses.holders = once(std::iter::once(named).chain(others));
    }
    let holder = guesses.holders.first().copied();
    let target = guesses.targets.first().copied().flatten();
    let issue = guesses.issues.first().cloned().flatten();
    let act = guesses.acts.first().copied().unwrap_or(Act::Support);
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
        polarity_issue: issue.as_ref().map(|issue| side_on(issue, act)),
        issue: issue.as_ref().and_then(|issue| Some(issue.issue?.0)),
        issue_range: issue.as_ref().map(|issue| issue.range),
        issue_label: issue.map(|issue| issue.label).unwrap_or_default(),
        act,
        polarity_target: target.map(|_| act.usual_polarity()),
        factuality: crate::model::Factuality::Asserted,
        date,
        reporter: None,
        guesses,
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

/// Parties each once, in order.
fn once(parties: impl Iterator<Item = Party>) -> Vec<Party> {
    let mut seen = std::collections::BTreeSet::new();
    parties.filter(|party| seen.insert(party.entity)).collect()
}

/// Who stands before the cue, the nearest first, then behind it, then in the sentences before. A name
/// comes before what stands beside it (*Angola, the mediator, appealed*).
fn holders(body: &str, view: &ArticleView, cue: TextRange, sentence: TextRange) -> Vec<Party> {
    let inside = |party: &Party| sentence.contains_range(party.range);
    let before = |party: &Party| party.range.end() <= cue.start();
    let parties = || actors(view).map(|(_, party)| party);
    let near = parties()
        .rev()
        .filter(|party| before(party) && inside(party));
    let behind = parties()
        .filter(|party| inside(party) && !before(party) && !party.range.contains_range(cue));
    let far = parties()
        .rev()
        .filter(|party| before(party) && !inside(party));
    let nearest = actors(view).rfind(|(_, party)| before(party) && inside(party));
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
        })
        .map(|(_, party)| party);
    let mut all = once(beside.into_iter().chain(near).chain(behind).chain(far));
    all.truncate(8);
    all
}

/// Who stands behind the cue, the nearest first; nobody; who stands before it.
fn targets(
    view: &ArticleView,
    cue: TextRange,
    sentence: TextRange,
    holder: Option<Party>,
) -> Vec<Option<Party>> {
    let inside = |party: &Party| sentence.contains_range(party.range);
    let is_holder = |party: &Party| holder.is_some_and(|holder| holder.entity == party.entity);
    let parties = || actors(view).map(|(_, party)| party);
    let behind = parties().filter(|party| party.range.start() >= cue.end() && inside(party));
    let before = parties()
        .rev()
        .filter(|party| party.range.end() <= cue.start());
    let mut named = once(behind.chain(before));
    // Who holds it comes last: another holder may be picked.
    named.sort_by_key(is_holder);
    let first = named
        .iter()
        .take_while(|party| party.range.start() >= cue.end() && inside(party) && !is_holder(party));
    let place = first.count();
    let mut all: Vec<Option<Party>> = named.into_iter().map(Some).take(8).collect();
    all.insert(place.min(all.len()), None);
    all
}

/// The words behind the cue up to the next mark, shorter cuts of them, what the engine found in the
/// sentence, nothing.
fn issues(
    view: &ArticleView,
    (body, tokens): (&str, &Tokens),
    cue: TextRange,
    sentence: TextRange,
    target: Option<Party>,
) -> Vec<Option<TextRange>> {
    let mut all: Vec<Option<TextRange>> = Vec::new();
    let mut add = |range: Option<TextRange>| {
        if !all.contains(&range) {
            all.push(range);
        }
    };
    let whole = issue(body, tokens, cue, sentence, target);
    if whole.is_none() {
        add(None);
    }
    add(whole);
    let found = view.statements.iter().filter_map(|row| {
        let inside = row.value.evidence.sentence == sentence;
        row.value.issue.as_ref()?.range.filter(|_| inside)
    });
    found.for_each(|range| add(Some(range)));
    for range in whole
        .into_iter()
        .flat_map(|whole| shorter(body, tokens, whole))
    {
        add(Some(range));
    }
    add(None);
    all
}

/// The phrase cut before each word that leads on, the longest first.
fn shorter(body: &str, tokens: &Tokens, whole: TextRange) -> Vec<TextRange> {
    const LEAD: [&str; 16] = [
        "in", "on", "of", "for", "with", "by", "after", "before", "until", "if", "because", "when",
        "while", "as", "and", "from",
    ];
    let inside: Vec<TextRange> = tokens
        .tokens
        .iter()
        .map(|token| token.range)
        .filter(|range| whole.contains_range(*range))
        .collect();
    let cuts = inside.windows(2).filter_map(|pair| {
        let [last, next] = pair else { return None };
        let word = slice(body, *next).to_lowercase();
        LEAD.contains(&word.as_str())
            .then(|| TextRange::new(whole.start(), last.end()))
    });
    let mut cuts: Vec<TextRange> = cuts.collect();
    cuts.reverse();
    cuts
}

/// Words that a phrase does not begin with.
const LIGHT: [&str; 22] = [
    "the", "a", "an", "to", "of", "on", "for", "in", "at", "by", "with", "from", "over", "about",
    "against", "that", "its", "their", "any", "and", "or", "but",
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

/// The acts that people or the engine gave the same cue, the most frequent first, then the lexicon's,
/// then those of the same class, then the others. Acts that the codebook does not offer come last.
fn acts(
    view: &ProjectView,
    project: &Project,
    cue: &str,
    act_of: impl Fn(&str) -> Option<Act>,
) -> Vec<Act> {
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
    let mut known: Vec<(Act, usize)> = counts.into_iter().collect();
    known.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut all: Vec<Act> = known.into_iter().map(|(act, _)| act).collect();
    all.extend(act_of(&wanted));
    let class = all.first().unwrap_or(&Act::Support).quad();
    all.extend(Act::ALL.into_iter().filter(|act| act.quad() == class));
    all.extend(Act::ALL);
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|act| seen.insert(*act));
    let hidden = |act: &Act| {
        let own = project.codebook.acts.get(act);
        own.is_some_and(|own| own.hidden)
    };
    all.sort_by_key(hidden);
    all
}

/// The side towards the issue that words belong to.
pub(crate) fn side_on(issue: &IssueGuess, act: Act) -> Polarity {
    let side = issue_side(act);
    match issue.issue {
        Some((_, true)) => side.reversed(),
        _ => side,
    }
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
mod tests;
