//! Who does what in a clause: subjects through control, coordination and relative clauses; objects;
//! agents of passives.

use crate::model::TokenIdx;
use crate::nlp::tree::Tree;
use crate::nlp::{Dep, Upos};

/// Verbs whose own subject is that of the infinitive behind them, even with an object.
const SUBJECT_CONTROL: &[&str] = &["promise", "threaten", "vow", "pledge", "swear", "use"];

impl Tree<'_, '_> {
    /// Whether the verb is passive.
    pub(crate) fn passive(&self, verb: TokenIdx) -> bool {
        self.children(verb)
            .iter()
            .any(|&c| matches!(self.dep(c), Dep::AuxPass | Dep::NsubjPass))
            || self.xpos(verb) == "VBN"
                && self
                    .children_with(verb, &[Dep::Cop, Dep::Aux])
                    .any(|a| self.lemma(a) == "be")
            || self.xpos(verb) == "VBN"
                && self.child(verb, Dep::Aux).is_none()
                && (matches!(self.dep(verb), Dep::Acl | Dep::Amod | Dep::Advcl)
                    && !self.misread(verb)
                    || self.passive_in_row(verb))
    }

    /// *backed by Peru and opposed by Georgia*: a participle in a row of passives.
    fn passive_in_row(&self, verb: TokenIdx) -> bool {
        let first = self.head(verb).filter(|_| self.dep(verb) == Dep::Conj);
        first.is_some_and(|head| {
            self.own_subject(verb).is_none()
                && self.child(verb, Dep::Obj).is_none()
                && self.dep(head) != Dep::Conj
                && self.passive(head)
        })
    }

    /// Whether a participle is the finite verb of its sentence that the parser took for an attribute
    /// (*The government today welcomed the report*): it has an object, or nothing else is finite.
    fn misread(&self, verb: TokenIdx) -> bool {
        let attribute = matches!(self.dep(verb), Dep::Acl | Dep::Amod);
        attribute && (self.child(verb, Dep::Obj).is_some() || self.bare_object(verb).is_some())
    }

    /// A noun phrase without preposition right behind the verb, which the parser did not call its
    /// object.
    fn bare_object(&self, verb: TokenIdx) -> Option<TokenIdx> {
        let root = self.head(verb).filter(|&h| self.dep(h) == Dep::Root)?;
        (self.nominal(root) && self.child(root, Dep::Cop).is_none()).then_some(())?;
        self.children_with(verb, &[Dep::Obl, Dep::Nmod])
            .find(|&o| o > verb && !self.in_time(o) && self.preposition(o).is_none())
    }

    /// The grammatical subject, followed through coordination, control and relative clauses.
    pub(crate) fn subject(&self, verb: TokenIdx) -> Option<TokenIdx> {
        self.subject_within(verb, 6)
    }

    fn subject_within(&self, verb: TokenIdx, depth: u8) -> Option<TokenIdx> {
        if depth == 0 {
            return None;
        }
        let own = self.own_subject(verb);
        let head = self.head(verb);
        if let Some(subject) = own {
            if self.dep(verb) == Dep::AclRelcl && self.relative(subject) {
                return head;
            }
            return Some(subject);
        }
        let head = head?;
        match self.dep(verb) {
            Dep::Conj | Dep::Dep if self.tag(verb) != Upos::Noun => {
                if self.nominal(head) && self.child(head, Dep::Cop).is_none() {
                    return None;
                }
                self.subject_within(head, depth - 1)
            }
            Dep::Xcomp => {
                let object = self.object(head).filter(|_| !self.passive(head));
                match object {
                    Some(object) if !SUBJECT_CONTROL.contains(&self.lemma(head)) => Some(object),
                    _ => self.subject_within(head, depth - 1),
                }
            }
            Dep::Advcl if self.after_comma(verb) => {
                self.subject_within(self.main_clause(head), depth - 1)
            }
            Dep::Advcl | Dep::Parataxis => {
                if self.finite(verb) && self.dep(verb) != Dep::Advcl {
                    return None;
                }
                self.subject_within(head, depth - 1)
            }
            Dep::Acl | Dep::AclRelcl => {
                if self.tag(head) == Upos::Verb {
                    return self.subject_within(head, depth - 1);
                }
                let infinitive = self
                    .children_with(verb, &[Dep::Mark])
                    .any(|m| self.lower(m) == "to");
                if infinitive {
                    // "its decision to expel": the owner of the noun.
                    return self.maker(head).or_else(|| self.noun_subject(head, depth));
                }
                Some(head)
            }
            _ => None,
        }
    }

    /// Of several subjects that the parser gives a verb, the one right before it (*Foreign Ministry
    /// spokesman Ona Lind said*); times are none.
    pub(crate) fn own_subject(&self, verb: TokenIdx) -> Option<TokenIdx> {
        let subjects = || {
            self.children_with(verb, &[Dep::Nsubj, Dep::NsubjPass])
                .filter(|&s| !self.in_time(s) && !self.left_out(s))
        };
        subjects()
            .filter(|&s| s < verb)
            .last()
            .or_else(|| subjects().next())
    }

    /// *Peru, but not Georgia*
    fn left_out(&self, token: TokenIdx) -> bool {
        let word = |back: u32| token.0.checked_sub(back).map(|at| self.lower(TokenIdx(at)));
        word(1).as_deref() == Some("not")
            && matches!(word(2).as_deref(), Some("but" | "and" | "," | "though"))
    }

    /// The noun or name right before a finite verb that the parser gives no subject, over adverbs,
    /// auxiliaries and times.
    pub(crate) fn before(&self, verb: TokenIdx) -> Option<TokenIdx> {
        let mut at = verb;
        for _ in 0..8 {
            at = TokenIdx(at.0.checked_sub(1)?);
            if self.sentence(at) != self.sentence(verb) {
                return None;
            }
            let skip = self.in_time(at)
                || matches!(self.tag(at), Upos::Adv | Upos::Aux)
                || self.lower(at) == "on" && self.in_time(TokenIdx(at.0 + 1));
            if skip {
                continue;
            }
            if !self.nominal(at) || self.tag(at) == Upos::Num {
                return None;
            }
            // Up to the head of the name or phrase that ends here.
            let mut head = at;
            for _ in 0..6 {
                let part = matches!(
                    self.dep(head),
                    Dep::Flat | Dep::Compound | Dep::Nmod | Dep::Conj | Dep::Appos
                );
                match self.head(head) {
                    Some(up) if part && up < verb && self.nominal(up) => head = up,
                    _ => break,
                }
            }
            return Some(head);
        }
        None
    }

    /// *…, saying that*: a participle behind a comma belongs to the main clause.
    fn after_comma(&self, verb: TokenIdx) -> bool {
        self.xpos(verb) == "VBG"
            && verb
                .0
                .checked_sub(1)
                .is_some_and(|before| self.doc.word(TokenIdx(before)) == ",")
    }

    /// Up from complements to the verb that they are complements of.
    fn main_clause(&self, verb: TokenIdx) -> TokenIdx {
        let mut at = verb;
        for _ in 0..6 {
            if self.own_subject(at).is_some() {
                break;
            }
            match (self.dep(at), self.head(at)) {
                (Dep::Xcomp | Dep::Acl | Dep::Advcl | Dep::Obl | Dep::Obj, Some(head)) => at = head,
                _ => break,
            }
        }
        at
    }

    /// The subject of the verb that a noun is the object of (*made a promise to …*).
    fn noun_subject(&self, noun: TokenIdx, depth: u8) -> Option<TokenIdx> {
        let verb = self.head(noun)?;
        matches!(self.dep(noun), Dep::Obj | Dep::Obl | Dep::Nsubj)
            .then(|| self.subject_within(verb, depth - 1))?
    }

    pub(crate) fn finite(&self, verb: TokenIdx) -> bool {
        matches!(self.xpos(verb), "VBD" | "VBZ" | "VBP" | "MD")
            || self
                .children_with(verb, &[Dep::Aux, Dep::Cop, Dep::AuxPass])
                .any(|a| matches!(self.xpos(a), "VBD" | "VBZ" | "VBP" | "MD"))
    }

    fn relative(&self, token: TokenIdx) -> bool {
        matches!(
            self.lower(token).as_str(),
            "who" | "which" | "that" | "whom"
        )
    }

    /// The thing that the verb is done to; of a passive its subject.
    pub(crate) fn object(&self, verb: TokenIdx) -> Option<TokenIdx> {
        if self.child(verb, Dep::Obj).is_none()
            && self.misread(verb)
            && let Some(bare) = self.bare_object(verb)
        {
            return Some(bare);
        }
        if let Some(object) = self.child(verb, Dep::Obj) {
            if self.relative(object) && self.dep(verb) == Dep::AclRelcl {
                return self.head(verb);
            }
            return Some(object);
        }
        if self.passive(verb) {
            if let Some(subject) = self.child(verb, Dep::NsubjPass) {
                if self.relative(subject) && self.dep(verb) == Dep::AclRelcl {
                    return self.head(verb);
                }
                return Some(subject);
            }
            if matches!(self.dep(verb), Dep::Acl | Dep::Amod) {
                return self.head(verb);
            }
            return self.subject(verb);
        }
        // "condemned and rejected the plan": the object stands with the last verb.
        self.children_with(verb, &[Dep::Conj])
            .filter(|&c| self.tag(c) == Upos::Verb && self.child(c, Dep::Nsubj).is_none())
            .find(|&c| c.0 <= verb.0 + 3)
            .and_then(|c| self.child(c, Dep::Obj))
    }

    /// Who did it in a passive clause (*by …*), should it hang on what the verb takes (*was supplied
    /// with tanks by Peru*) too.
    pub(crate) fn agent(&self, verb: TokenIdx) -> Option<TokenIdx> {
        let by = |at: TokenIdx| {
            self.children_with(at, &[Dep::Obl, Dep::Nmod])
                .find(|&o| self.preposition(o).as_deref() == Some("by") && !self.in_time(o))
        };
        self.child(verb, Dep::OblAgent)
            .or_else(|| {
                self.children_with(verb, &[Dep::Obl])
                    .find(|&o| self.preposition(o).as_deref() == Some("by"))
            })
            .or_else(|| {
                self.children_with(verb, &[Dep::Obl])
                    .filter(|&o| o > verb)
                    .find_map(by)
            })
    }

    /// Who does it: the subject, of a passive the agent.
    pub(crate) fn doer(&self, verb: TokenIdx) -> Option<TokenIdx> {
        if self.passive(verb) {
            self.agent(verb)
        } else {
            self.subject(verb)
        }
    }

    /// Who owns what a noun names: *Peru's decision*.
    pub(crate) fn owner(&self, noun: TokenIdx) -> Option<TokenIdx> {
        self.child(noun, Dep::NmodPoss)
    }

    /// Who makes what a noun names: its owner, else who stands behind *by*.
    pub(crate) fn maker(&self, noun: TokenIdx) -> Option<TokenIdx> {
        self.owner(noun).or_else(|| self.oblique(noun, "by"))
    }

    /// The nominal behind a preposition: *on trade* below `token`.
    pub(crate) fn oblique(&self, token: TokenIdx, preposition: &str) -> Option<TokenIdx> {
        self.children_with(token, &[Dep::Obl, Dep::Nmod, Dep::OblAgent])
            .find(|&o| self.has_case(o, preposition) && !self.in_time(o))
    }

    /// Whether one of the prepositions of a nominal is this one (*out of*: both).
    pub(crate) fn has_case(&self, token: TokenIdx, preposition: &str) -> bool {
        self.children_with(token, &[Dep::Case])
            .any(|c| self.lower(c) == preposition)
    }

    /// Whether *not*, *never* or *no* stands on the word itself.
    pub(crate) fn negated(&self, token: TokenIdx) -> bool {
        // "failed to reach, stopped short of blaming": what one fails to do is not done.
        let undone = |over: TokenIdx| match self.lemma(over) {
            "fail" => self.dep(token) == Dep::Xcomp,
            "refrain" | "abstain" | "avoid" | "stop" => {
                let short = || {
                    self.children(over)
                        .iter()
                        .any(|&c| self.lower(c) == "short")
                };
                let marked = || {
                    self.children_with(token, &[Dep::Mark, Dep::Case])
                        .any(|m| matches!(self.lower(m).as_str(), "of" | "from"))
                };
                self.xpos(token) == "VBG"
                    && match self.lemma(over) {
                        "avoid" => true,
                        "stop" => short(),
                        _ => marked(),
                    }
            }
            _ => false,
        };
        let over = self.head(token).map(|h| match self.lemma(h) {
            "short" => self.head(h).unwrap_or(h),
            _ => h,
        });
        over.is_some_and(undone)
            || self.children(token).iter().any(|&c| {
                let lower = self.lower(c);
                let next = self.lower(TokenIdx(c.0 + 1));
                if matches!(next.as_str(), "only" | "just" | "merely" | "least") {
                    return false;
                }
                matches!(
                    lower.as_str(),
                    "not" | "n't" | "n’t" | "never" | "nor" | "neither" | "nothing"
                ) || lower == "no" && matches!(self.dep(c), Dep::Det | Dep::Advmod | Dep::Obj)
            })
    }

    /// The governing verb or predicate of a token: itself or the nearest above.
    pub(crate) fn governor(&self, token: TokenIdx) -> Option<TokenIdx> {
        let mut at = token;
        for _ in 0..30 {
            let verbal = self.tag(at) == Upos::Verb || self.child(at, Dep::Cop).is_some();
            if verbal {
                return Some(at);
            }
            at = self.head(at)?;
        }
        None
    }
}
