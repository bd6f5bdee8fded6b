//! Whether a match stands free: it is no part of a longer number or name, and what surrounds it is as
//! its rule asks.

use crate::nlp::timex::Reader;
use crate::nlp::timex::lex::{Kind, Piece};
use crate::nlp::timex::rules::{DIGITS, EDGE, Rule};

impl Reader<'_> {
    /// Whether a match stands free and its surroundings are as the rule asks.
    pub(super) fn accepts(&self, rule: &Rule, from: usize, to: usize) -> bool {
        let before = from.checked_sub(1).and_then(|at| self.pieces.get(at));
        let next = self.pieces.get(to);
        let (id_before, id_next) = (guard_id(before), guard_id(next));
        let guards = &rule.guards;
        let asked = |list: &Option<Vec<u32>>, id: u32| {
            list.as_ref()
                .is_none_or(|list| list.binary_search(&id).is_ok())
        };
        if !asked(&guards.before, id_before)
            || !asked(&guards.next, id_next)
            || (id_before > 0 && guards.not_before.binary_search(&id_before).is_ok())
            || (id_next > 0 && guards.not_next.binary_search(&id_next).is_ok())
        {
            return false;
        }
        if guards.not_name && self.in_name(from, to) {
            return false;
        }
        let tagged = |piece: Option<&Piece>, list: &[&str]| {
            !list.is_empty()
                && piece
                    .and_then(|p| self.tags.of(p))
                    .is_some_and(|tag| list.contains(&tag))
        };
        if tagged(self.pieces.get(from), &guards.not_tag) || tagged(next, &guards.not_next_tag) {
            return false;
        }
        self.free_before(from) && self.free_after(to)
    }

    /// Whether it has a capital beside another word that has one, as in *the China Daily*.
    fn in_name(&self, from: usize, to: usize) -> bool {
        let capital = |piece: &Piece| piece.kind == Kind::Word && piece.capital;
        let beside = |at: usize, second: usize| {
            let joined = self.pieces.get(second).is_some_and(|p| p.lines == 0);
            joined && self.pieces.get(at).is_some_and(capital)
        };
        if !self.pieces.get(from).is_some_and(capital) {
            return false;
        }
        let Some(before) = from.checked_sub(1) else {
            return false;
        };
        let inside = self
            .pieces
            .get(before)
            .is_some_and(|p| p.kind == Kind::Word);
        beside(before, from) || (inside && beside(to, to))
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        let piece = self.pieces.get(at).filter(|p| p.kind == Kind::Mark)?;
        self.tags
            .doc
            .text
            .get(piece.start as usize..)?
            .chars()
            .next()
    }

    fn free_before(&self, from: usize) -> bool {
        let (Some(piece), Some(before)) = (self.pieces.get(from), from.checked_sub(1)) else {
            return true;
        };
        // *1.2 billion second-quarter profit*: a number is not begun in its middle.
        if self.scales(from) && self.counts(before) {
            return false;
        }
        let digits = piece.kind == Kind::Digits;
        let mark = self.mark(before);
        if digits && mark.is_some_and(|c| "$€£¥#".contains(c)) {
            return false;
        }
        if !piece.glued {
            return true;
        }
        let Some(mark) = mark else {
            return false;
        };
        let far = before
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .filter(|_| self.pieces.get(before).is_some_and(|p| p.glued));
        match mark {
            '@' | '_' | '&' | '+' | '=' | '\\' | '~' | '^' => false,
            '.' | ',' | ':' | '/' => far.is_none_or(|p| {
                p.kind == Kind::Mark
                    || (!digits && mark == ',')
                    || (mark == ':' && p.kind == Kind::Word)
            }),
            '-' | '–' | '—' | '‐' | '‑' => {
                mark == '—'
                    || far.is_none_or(|p| p.kind == Kind::Mark)
                    // *1905-1908*, but *212-859-1761*
                    || (piece.digits == 4 && far.is_none_or(|p| p.digits != 3))
                    || (!digits && piece.capital)
            }
            '\'' | '’' => far.is_none_or(|p| p.kind == Kind::Mark) || !digits,
            _ => true,
        }
    }

    fn counts(&self, at: usize) -> bool {
        let digits = |piece: &Piece| piece.kind == Kind::Digits;
        self.pieces.get(at).is_some_and(digits) || self.card(at).is_some()
    }

    fn scales(&self, at: usize) -> bool {
        self.card(at).is_some_and(|n| n >= 100)
    }

    fn card(&self, at: usize) -> Option<i64> {
        let piece = self.pieces.get(at)?;
        let forms = self.rules.class("card")?.forms.get(&piece.id)?;
        forms.first()?.value.number()
    }

    fn free_after(&self, to: usize) -> bool {
        let Some(next) = self.pieces.get(to).filter(|p| p.glued) else {
            return true;
        };
        let Some(mark) = self.mark(to) else {
            // A letter or digit directly behind: only the end of an abbreviation may stand before it.
            return next.kind == Kind::Word
                && to.checked_sub(1).and_then(|at| self.mark(at)).is_some();
        };
        let far = self.pieces.get(to + 1).filter(|p| p.glued);
        let digits = to
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .is_some_and(|p| p.kind == Kind::Digits);
        match mark {
            '%' | '°' | '@' | '_' | '=' | '\\' => !digits && mark != '_' && mark != '@',
            '.' | ',' | ':' | '/' => far.is_none_or(|p| p.kind != Kind::Digits || !digits),
            '-' | '‐' | '‑' => far.is_none_or(|p| {
                p.kind == Kind::Mark || (digits && p.digits == 4) || p.capital && !digits
            }),
            _ => true,
        }
    }
}

/// The id that guards know a neighbour by.
fn guard_id(piece: Option<&Piece>) -> u32 {
    piece.map_or(EDGE, |p| if p.kind == Kind::Digits { DIGITS } else { p.id })
}
