//! One cue at a time: is this word one, who is its source, and what is said?

use crate::model::{TextRange, TokenIdx};
use crate::nlp::attribution::cues::{ADJECTIVES, NOUNS, Takes, VERBS};
use crate::nlp::attribution::{Found, TOPIC, lines, shares};
use crate::nlp::stance::speaks_of;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// Returns the attribution of which `token` is the cue.
pub(super) fn at(tree: &Tree<'_, '_>, quotations: &[TextRange], token: TokenIdx) -> Option<Found> {
    if tree.lower(token) == "according" {
        return according(tree, token);
    }
    match tree.tag(token) {
        Upos::Verb => verb(tree, quotations, token),
        Upos::Noun => noun(tree, token),
        Upos::Adj => adjective(tree, token),
        Upos::Punct => match tree.doc.word(token) {
            ":" => lines::speaker_colon(tree, token),
            "—" | "―" | "–" | "--" => lines::signed(tree, quotations, token),
            _ => None,
        },
        _ => None,
    }
}

fn verb(tree: &Tree<'_, '_>, quotations: &[TextRange], v: TokenIdx) -> Option<Found> {
    let Some(takes) = VERBS.get(tree.lemma(v)) else {
        return topic(tree, v);
    };
    let source = speaker(tree, v);
    let tells = tells_plainly(tree, takes, v);
    let inside = quotations.iter().any(|q| q.contains_range(tree.range(v)));
    let clause = tree
        .children_with(v, &[Dep::Ccomp])
        .find(|&c| !is_modifier_clause(tree, c));
    let can_say = takes
        .iter()
        .any(|t| !matches!(t, Takes::Infinitive | Takes::Called));
    let (content, sure) =
        if let Some(c) = clause.filter(|_| can_say || takes.contains(&Takes::Infinitive)) {
            (clause_content(tree, c, v), 0.9)
        } else if let Some(content) = around(tree, v).filter(|_| can_say) {
            (content, 0.85)
        } else if let Some(content) = quoted(tree, quotations, v).filter(|_| can_say && !inside) {
            (content, 0.85)
        } else if let Some(content) = rest(tree, v).filter(|_| tells && !inside) {
            (content, 0.7)
        } else if let Some(content) = called(tree, v).filter(|_| takes.contains(&Takes::Called)) {
            (vec![content], 0.6)
        } else if let Some(x) = infinitive(tree, v).filter(|_| {
            takes.contains(&Takes::Infinitive)
                || takes.contains(&Takes::Told) && tree.child(v, Dep::Obj).is_some()
        }) {
            (vec![content_range(tree, x, v)], 0.55)
        } else {
            return topic(tree, v);
        };
    let source = source
        .map(|s| np(tree, s))
        .or_else(|| behind(tree, v).filter(|_| can_say && sure >= 0.7));
    if source.is_none() && sure <= 0.7 {
        return None;
    }
    let unnamed = if source.is_none() { 0.3 } else { 0.0 };
    Some(Found {
        source,
        cue: cue_range(tree, v),
        content,
        sure: sure - unnamed,
    })
}

/// *called for a truce, condemned the attack, cited the report*: what was spoken of.
fn topic(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<Found> {
    let lemma = tree.lemma(v);
    let mentions = matches!(
        lemma,
        "cite"
            | "mention"
            | "discuss"
            | "describe"
            | "acknowledge"
            | "highlight"
            | "outline"
            | "note"
    );
    let particle = |word: &str| {
        tree.children(v)
            .iter()
            .any(|&c| tree.lower(c) == word || tree.has_case(c, word))
    };
    if !mentions && !speaks_of(lemma, &particle) || tree.dep(v) == Dep::Amod {
        return None;
    }
    let object = tree.object(v).filter(|&o| tree.tag(o) != Upos::Pron);
    let about = ["for", "on", "to", "about", "against"]
        .iter()
        .find_map(|p| tree.oblique(v, p))
        .filter(|&o| !tree.in_time(o));
    let clause = infinitive(tree, v).or_else(|| tree.child(v, Dep::Ccomp));
    let content = clause.or(object).or(about)?;
    let source = speaker(tree, v)?;
    Some(Found {
        source: Some(np(tree, source)),
        cue: cue_range(tree, v),
        content: vec![content_range(tree, content, v)],
        sure: if clause.is_some() { 0.55 } else { TOPIC },
    })
}

/// *to go*, below the verb.
fn infinitive(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<TokenIdx> {
    tree.child(v, Dep::Xcomp).filter(|&x| {
        tree.children_with(x, &[Dep::Mark])
            .any(|m| tree.lower(m) == "to")
    })
}

/// The subject, or the agent of *was told by*; where the parser gives none, what stands before.
fn speaker(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<TokenIdx> {
    let fits = |s: &TokenIdx| {
        tree.dep(*s) != Dep::Expl
            && !tree.in_time(*s)
            && !matches!(tree.lower(*s).as_str(), "that" | "who" | "which")
    };
    tree.doer(v).filter(fits).or_else(|| tree.before(v))
}

/// Whether a finite verb (or *…, saying*) only tells, so that what follows is what is told.
fn tells_plainly(tree: &Tree<'_, '_>, takes: &[Takes], v: TokenIdx) -> bool {
    let tensed = matches!(tree.xpos(v), "VBD" | "VBZ" | "VBP")
        || tree.xpos(v) == "VBG" && word_before(tree, v) == ","
        || tree.xpos(v) == "VBN"
            && tree
                .children_with(v, &[Dep::Aux])
                .any(|a| matches!(tree.lemma(a), "have"));
    tensed
        && takes.contains(&Takes::Clause)
        && matches!(
            tree.lemma(v),
            "say"
                | "claim"
                | "announce"
                | "state"
                | "add"
                | "report"
                | "argue"
                | "insist"
                | "maintain"
                | "allege"
                | "declare"
                | "believe"
                | "tell"
                | "explain"
                | "stress"
                | "warn"
                | "assert"
                | "contend"
                | "note"
        )
}

fn word_before<'d>(tree: &Tree<'d, '_>, token: TokenIdx) -> &'d str {
    token
        .0
        .checked_sub(1)
        .map_or("", |at| tree.doc.word(TokenIdx(at)))
}

/// What is told where the parser ties no clause to the verb: the rest of the sentence, if it has a
/// verb of its own, or all before the speaker where the verb ends it (*…, officials said.*).
fn rest(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<Vec<TextRange>> {
    let words: Vec<TokenIdx> = tree.in_sentence(tree.sentence(v)).collect();
    let finite = |t: TokenIdx| matches!(tree.xpos(t), "VBD" | "VBZ" | "VBP" | "MD");
    let after: Vec<TokenIdx> = words
        .iter()
        .copied()
        .filter(|&t| t > v)
        .skip_while(|&t| {
            tree.in_time(t)
                || matches!(tree.tag(t), Upos::Punct | Upos::Adv)
                || tree.lower(t) == "that"
        })
        .collect();
    let full = |run: &[TokenIdx]| {
        let verb = run.iter().position(|&t| finite(t))?;
        let subject = run.get(..verb)?.iter().any(|&t| tree.nominal(t));
        (subject && run.len() >= 3).then(|| pieces(tree, run))
    };
    if !after.is_empty() {
        return full(&after).filter(|_| after.first().is_some_and(|&t| tree.tag(t) != Upos::Adp));
    }
    let start = tree.before(v).map(|s| np(tree, s))?.start();
    let before: Vec<TokenIdx> = words
        .into_iter()
        .filter(|&t| tree.range(t).end() <= start)
        .collect();
    full(&before).filter(|_| before.last().is_some_and(|&t| tree.tag(t) == Upos::Punct))
}

/// *“…,” said opposition member Ona Lind*: the words behind the verb up to the next mark, a
/// preposition or a verb, if they hold a name or a noun.
fn behind(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<TextRange> {
    let quoted = matches!(word_before(tree, v), "," | "”" | "\"" | "’" | "'" | "»");
    let stop = |t: TokenIdx| {
        matches!(
            tree.tag(t),
            Upos::Punct | Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj
        ) || tree.tag(t) == Upos::Adp && tree.lower(t) != "of"
    };
    let run: Vec<TokenIdx> = tree
        .in_sentence(tree.sentence(v))
        .filter(|&t| t > v)
        .skip_while(|&t| tree.in_time(t))
        .take_while(|&t| !stop(t) && !tree.in_time(t))
        .collect();
    let noun = run.iter().any(|&t| tree.nominal(t));
    (quoted && noun).then(|| tree.cover(&run))
}

fn is_modifier_clause(tree: &Tree<'_, '_>, c: TokenIdx) -> bool {
    tree.children_with(c, &[Dep::Mark]).any(|m| {
        matches!(
            tree.lower(m).as_str(),
            "because" | "while" | "when" | "after" | "before"
        )
    })
}

/// A clause without the cue and its source, in pieces where they stand in the middle.
fn clause_content(tree: &Tree<'_, '_>, c: TokenIdx, v: TokenIdx) -> Vec<TextRange> {
    let words = tree.subtree_without(c, &|t| t == v);
    pieces(tree, &words)
}

/// *“…,” X said, “…”* where the cue hangs on the content.
fn around(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<Vec<TextRange>> {
    let head = tree.head(v)?;
    if tree.dep(v) != Dep::Parataxis {
        return None;
    }
    let own = tree.span(v);
    let words: Vec<TokenIdx> = tree
        .subtree_without(head, &|t| t == v)
        .into_iter()
        .filter(|&t| !shares(tree.range(t), own))
        .collect();
    (words.len() > 1).then(|| pieces(tree, &words))
}

/// Runs of neighbouring words, without commas and blanks at the ends.
fn pieces(tree: &Tree<'_, '_>, words: &[TokenIdx]) -> Vec<TextRange> {
    let mut runs: Vec<Vec<TokenIdx>> = Vec::new();
    for &word in words {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|&last| last.0 + 1 == word.0) => run.push(word),
            _ => runs.push(vec![word]),
        }
    }
    runs.iter()
        .filter(|run| run.iter().any(|&t| tree.tag(t) != Upos::Punct))
        .map(|run| tree.cover(trim(tree, run)))
        .collect()
}

fn trim<'w>(tree: &Tree<'_, '_>, mut run: &'w [TokenIdx]) -> &'w [TokenIdx] {
    while let [first, rest @ ..] = run
        && matches!(
            tree.doc.word(*first),
            "," | ":" | ";" | "–" | "—" | "-" | "."
        )
    {
        run = rest;
    }
    while let [rest @ .., last] = run
        && matches!(
            tree.doc.word(*last),
            "," | ":" | ";" | "–" | "—" | "-" | "." | "'s" | "’s"
        )
    {
        run = rest;
    }
    run
}

/// Quotations of the cue's sentence that no clause gave, else one that ends where the cue's
/// sentence begins or begins behind its colon.
fn quoted(tree: &Tree<'_, '_>, quotations: &[TextRange], v: TokenIdx) -> Option<Vec<TextRange>> {
    let sentence = tree.sentence_range(tree.sentence(v));
    let here: Vec<TextRange> = quotations
        .iter()
        .copied()
        .filter(|&q| shares(q, sentence) && beside(tree, quotations, q, v))
        .collect();
    if !here.is_empty() {
        return Some(here);
    }
    let ends_with_colon = tree.doc.slice(sentence).trim_end().ends_with(':');
    if ends_with_colon && let Some(block) = block(tree, sentence) {
        return Some(vec![block]);
    }
    let next = quotations
        .iter()
        .copied()
        .find(|q| q.start() >= sentence.end())?;
    let gap = TextRange::new(sentence.end(), next.start());
    let near = tree.doc.slice(gap).trim().is_empty();
    (ends_with_colon && near).then(|| vec![next])
}

/// Whether no other finite verb stands between a quotation and the cue, quotations left out.
fn beside(tree: &Tree<'_, '_>, quotations: &[TextRange], q: TextRange, v: TokenIdx) -> bool {
    let cue = tree.range(v);
    let gap = if q.end() <= cue.start() {
        TextRange::new(q.end(), cue.start())
    } else if cue.end() <= q.start() {
        TextRange::new(cue.end(), q.start())
    } else {
        return true;
    };
    !tree.covered(gap).any(|t| {
        matches!(tree.xpos(t), "VBD" | "VBZ" | "VBP" | "MD")
            && !quotations.iter().any(|o| o.contains_range(tree.range(t)))
    })
}

/// The paragraph below a line that ends with a colon, where it is a quotation without marks.
fn block(tree: &Tree<'_, '_>, sentence: TextRange) -> Option<TextRange> {
    let from = usize::from(sentence.end());
    let rest = tree.doc.text.get(from..)?;
    let body = rest.trim_start();
    let breaks = rest.get(..rest.len() - body.len())?.contains('\n');
    let length = body.find('\n').unwrap_or(body.len());
    let block = body.get(..length)?.trim_end();
    let start = from + (rest.len() - body.len());
    let marked = block.starts_with(['"', '“', '«', '‘', '-', '–', '—', '*', '•']);
    let long = block.split_whitespace().nth(4).is_some();
    (breaks && !marked && long)
        .then(|| crate::model::checked_range(tree.doc.text, start, start + block.len()).ok())?
}

/// *called X a liar*, *accused X of lying*: what X is called or charged with.
fn called(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<TextRange> {
    if let Some(asked) = asked(tree, v) {
        return Some(asked);
    }
    let object = tree.object(v)?;
    let preposition = tree
        .oblique(v, "of")
        .or_else(|| tree.oblique(v, "as"))
        .or_else(|| tree.oblique(v, "for"))
        .or_else(|| tree.oblique(object, "as"));
    let complement = preposition
        .or_else(|| tree.child(v, Dep::Xcomp))
        .or_else(|| {
            tree.children_with(v, &[Dep::Advcl])
                .find(|&c| tree.children_with(c, &[Dep::Mark]).next().is_some())
        })
        .or_else(|| beside_object(tree, v, object))?;
    let lemma = tree.lemma(v);
    let content = content_range(tree, complement, v);
    Some(
        if matches!(lemma, "call" | "dub" | "label" | "brand" | "deem") {
            tree.span(object).cover(content)
        } else {
            content
        },
    )
}

/// *called the veto “shameful”, called the members provocateurs*: what the parser made a part of the
/// object.
fn beside_object(tree: &Tree<'_, '_>, v: TokenIdx, object: TokenIdx) -> Option<TokenIdx> {
    let names = matches!(
        tree.lemma(v),
        "call" | "dub" | "label" | "brand" | "deem" | "describe" | "consider"
    );
    let behind = tree
        .children_with(
            object,
            &[Dep::Appos, Dep::Amod, Dep::Acl, Dep::Nmod, Dep::Dep],
        )
        .find(|&c| c > object && tree.preposition(c).is_none());
    let compound = || {
        let first = tree.child(object, Dep::Compound)?;
        (tree.lemma(v) == "call" && tree.tag(first) == Upos::Noun).then_some(object)
    };
    behind.or_else(compound).filter(|_| names)
}

/// *called on X to go, appealed to X to go*
fn asked(tree: &Tree<'_, '_>, v: TokenIdx) -> Option<TextRange> {
    let addressee = ["on", "upon", "to", "with"]
        .iter()
        .find_map(|p| tree.oblique(v, p))
        .filter(|_| matches!(tree.lemma(v), "call" | "appeal" | "plead" | "prevail"))?;
    let clause = tree
        .children_with(v, &[Dep::Xcomp, Dep::Advcl])
        .chain(tree.children_with(addressee, &[Dep::Acl]))
        .find(|&c| {
            c > addressee
                && tree
                    .children_with(c, &[Dep::Mark])
                    .any(|m| tree.lower(m) == "to")
        })?;
    Some(content_range(tree, clause, v))
}

/// A noun with its clause: *the insistence that …*, *Velmora's refusal to …*.
fn noun(tree: &Tree<'_, '_>, n: TokenIdx) -> Option<Found> {
    NOUNS.get(tree.lemma(n))?;
    let clause = tree.children_with(n, &[Dep::Ccomp, Dep::Acl]).find(|&c| {
        c > n
            && tree
                .children_with(c, &[Dep::Mark])
                .any(|m| matches!(tree.lower(m).as_str(), "that" | "to"))
    })?;
    let source = tree.owner(n).or_else(|| {
        let verb = tree.head(n)?;
        matches!(tree.dep(n), Dep::Obj | Dep::Obl).then(|| tree.doer(verb))?
    });
    let by = tree.oblique(n, "by").or_else(|| tree.oblique(n, "from"));
    let source = source.or(by)?;
    Some(Found {
        source: Some(np(tree, source)),
        cue: tree.range(n),
        content: vec![content_range(tree, clause, n)],
        sure: 0.6,
    })
}

/// *is confident that …*
fn adjective(tree: &Tree<'_, '_>, a: TokenIdx) -> Option<Found> {
    ADJECTIVES.get(tree.lemma(a))?;
    let clause = tree.child(a, Dep::Ccomp)?;
    let source = tree.subject(a)?;
    Some(Found {
        source: Some(np(tree, source)),
        cue: tree.range(a),
        content: vec![content_range(tree, clause, a)],
        sure: 0.6,
    })
}

/// *According to X, …*
fn according(tree: &Tree<'_, '_>, token: TokenIdx) -> Option<Found> {
    let to = TokenIdx(token.0 + 1);
    if tree.lower(to) != "to" {
        return None;
    }
    // The noun that the preposition marks, whichever way the two words are tied together.
    let source = [tree.head(token), tree.head(to)]
        .into_iter()
        .flatten()
        .find(|&h| h > to && tree.nominal(h))
        .or_else(|| {
            tree.children_with(token, &[Dep::Obl, Dep::Nmod])
                .find(|&h| h > to)
        })?;
    let top = if tree.head(source) == Some(token) {
        token
    } else {
        source
    };
    let governor = tree.head(top)?;
    let own = tree.span(top);
    let root = clause_root(tree, governor);
    let words: Vec<TokenIdx> = tree
        .subtree(root)
        .into_iter()
        .filter(|&t| !shares(tree.range(t), own) && t != token && t != to)
        .collect();
    Some(Found {
        source: Some(np(tree, source)),
        cue: tree.range(token).cover(tree.range(to)),
        content: pieces(tree, &words),
        sure: 0.9,
    })
}

/// The clause that an adverbial belongs to: up from a noun to its verb.
fn clause_root(tree: &Tree<'_, '_>, token: TokenIdx) -> TokenIdx {
    tree.governor(token).unwrap_or(token)
}

/// A complement without marks at its ends; `without`: the cue, should the parser have put it below.
fn content_range(tree: &Tree<'_, '_>, c: TokenIdx, without: TokenIdx) -> TextRange {
    let words = tree.subtree_without(c, &|t| t == without);
    tree.cover(trim(tree, &words))
}

/// The cue with its auxiliaries, negation and particle.
fn cue_range(tree: &Tree<'_, '_>, v: TokenIdx) -> TextRange {
    tree.children_with(v, &[Dep::Aux, Dep::CompoundPrt, Dep::AuxPass])
        .filter(|&c| c.0.abs_diff(v.0) <= 3)
        .fold(tree.range(v), |range, c| range.cover(tree.range(c)))
}

/// *MUSCAT (Agency) - the minister*: what stands before the dash is where and by whom it was filed.
fn after_dateline<'w>(tree: &Tree<'_, '_>, words: &'w [TokenIdx]) -> &'w [TokenIdx] {
    let capitals = words.first().is_some_and(|&t| {
        let word = tree.doc.word(t);
        word.chars().count() > 2 && word.chars().all(char::is_uppercase)
    });
    let dash = words
        .iter()
        .take(12)
        .position(|&t| matches!(tree.doc.word(t), "-" | "--" | "–" | "—"));
    match dash {
        Some(at) if capitals => words
            .get(at + 1..)
            .filter(|w| !w.is_empty())
            .unwrap_or(words),
        _ => words,
    }
}

/// A noun phrase without clauses and appositions behind it.
pub(super) fn np(tree: &Tree<'_, '_>, head: TokenIdx) -> TextRange {
    let words = tree.subtree_without(head, &|t| {
        matches!(
            tree.dep(t),
            Dep::AclRelcl | Dep::Acl | Dep::Parataxis | Dep::Punct | Dep::Advcl | Dep::Case
        )
    });
    // Commas cut the row, so take what is contiguous with the head but for single marks.
    tree.cover(trim(tree, after_dateline(tree, &words)))
}
