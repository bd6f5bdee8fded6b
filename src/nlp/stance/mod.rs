//! Statements.

mod lexicon;

pub(crate) use lexicon::is_act_noun;
