//! Reads the lexicon and the rules of a language, which are data under `assets/lexicons/timex/`.
//!
//! `words.tsv`: `class ⇥ value ⇥ form|form|…`; a form that begins with `^` counts only with a
//! capital. `rules*.tsv`: `macro ⇥ name ⇥ pattern` or `name ⇥ pattern ⇥ CLASS ⇥ operation ⇥ extras`,
//! each rule followed by its examples (`+`, what it must find; `-`, what it must not).
//! `assets/lexicons/timex/README.md` describes the pattern language.

use rustc_hash::FxHashMap;

use crate::model::{Modifier, TimexClass};
use crate::nlp::timex::lex::{Words, lex};
use crate::nlp::timex::slots::{Op, Slot, Val, modifier, timex_class};

/// Where a rule file is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub(super) struct RuleError {
    pub(super) line: usize,
    pub(super) what: String,
}

/// Stands for a digit run in the guards' lists.
pub(super) const DIGITS: u32 = u32::MAX;
/// Stands for the start or end of the text in the guards' lists.
pub(super) const EDGE: u32 = u32::MAX - 1;

/// Numbers that are read by shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Four digits, 1000 to 2199.
    Year,
    /// Four digits, 1900 to 2059.
    Modern,
    /// Four digits, 0000 to 2359.
    Hhmm,
    /// Two digits.
    Yy,
    /// Two digits that are no day: 32 to 99.
    LateYy,
    /// 1 to 31, also `2nd`, *second*.
    Day,
    /// 1 to 12 in digits.
    Mm,
    /// 0 to 24 in digits.
    Hour,
    /// Two digits, 00 to 59.
    Sixty,
    /// Cardinal in digits or words, in thousandths.
    Num,
    /// Ordinal in digits or words.
    Ord,
    /// 1950, for *1950s*.
    Decade4,
    /// 50, for *50s*.
    Decade2,
    /// One to four digits.
    Int,
    /// Three digits, 100 to 999.
    Old,
    /// Any letter run.
    AnyWord,
}

/// A step of a pattern.
#[derive(Debug, Clone)]
pub(super) enum Inst {
    Words(Box<[u32]>),
    /// Exactly these digits.
    Digits(u32),
    Class(usize, Option<Slot>),
    Shape(Shape, Option<Slot>),
    Glued,
    Split(usize, usize),
    Jump(usize),
    Open,
    Close,
    Done,
}

/// One form of a lexical class after its first piece.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) rest: Box<[u32]>,
    pub(super) value: Val,
    pub(super) capital: bool,
}

/// A lexical class: forms by the id of their first piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Class {
    pub(super) forms: FxHashMap<u32, Vec<Form>>,
}

/// Conditions on what surrounds a match.
#[derive(Debug, Clone, Default)]
pub(super) struct Guards {
    pub(super) before: Option<Vec<u32>>,
    pub(super) not_before: Vec<u32>,
    pub(super) next: Option<Vec<u32>>,
    pub(super) not_next: Vec<u32>,
    pub(super) not_tag: Vec<&'static str>,
    pub(super) not_next_tag: Vec<&'static str>,
    pub(super) capital: bool,
    /// Not among other words with capitals: *the China Daily*.
    pub(super) not_name: bool,
}

/// A rule, ready to run.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) code: Vec<Inst>,
    pub(super) class: TimexClass,
    pub(super) op: Op,
    pub(super) modifier: Option<Modifier>,
    pub(super) quant: Option<&'static str>,
    pub(super) freq: Option<&'static str>,
    pub(super) confidence: f32,
    pub(super) guards: Guards,
}

/// What an example of a rule says.
#[derive(Debug, Clone)]
#[cfg_attr(not(test), expect(dead_code, reason = "tests run the examples"))]
pub(super) struct Example {
    pub(super) rule: &'static str,
    pub(super) line: usize,
    /// With the span in brackets, for one that must match.
    pub(super) text: &'static str,
    /// Value, or none for a text that the rule must leave alone.
    pub(super) value: Option<&'static str>,
}

/// A language's words and rules.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) words: Words,
    pub(super) classes: Vec<Class>,
    names: FxHashMap<&'static str, usize>,
    pub(super) rules: Vec<Rule>,
    pub(super) examples: Vec<Example>,
    /// Rules by the id of the first piece.
    pub(super) by_word: Vec<Vec<u32>>,
    /// Rules that may begin with digits.
    pub(super) by_digits: Vec<u32>,
}

impl Rules {
    /// Reads a lexicon and rule files.
    pub(super) fn parse(words: &'static str, rules: &[&'static str]) -> Result<Self, RuleError> {
        let mut out = Self::default();
        for (row, line) in words.lines().enumerate() {
            if !line.is_empty() && !line.starts_with('#') {
                out.word_line(line).map_err(|what| RuleError {
                    line: row + 1,
                    what,
                })?;
            }
        }
        let mut macros = FxHashMap::default();
        for file in rules {
            for (row, line) in file.lines().enumerate() {
                if !line.is_empty() && !line.starts_with('#') {
                    out.rule_line(line, row + 1, &mut macros)
                        .map_err(|what| RuleError {
                            line: row + 1,
                            what,
                        })?;
                }
            }
        }
        out.index();
        Ok(out)
    }

    /// Returns the class of that name.
    pub(super) fn class(&self, name: &str) -> Option<&Class> {
        self.names.get(name).and_then(|&at| self.classes.get(at))
    }

    fn word_line(&mut self, line: &'static str) -> Result<(), String> {
        let mut cells = line.split('\t');
        let (Some(class), Some(value), Some(forms)) = (cells.next(), cells.next(), cells.next())
        else {
            return Err("three cells expected".to_owned());
        };
        let at = self.names.get(class).copied().unwrap_or_else(|| {
            self.classes.push(Class::default());
            self.names.insert(class, self.classes.len() - 1);
            self.classes.len() - 1
        });
        let value = Val::parse(value);
        for form in forms.split('|') {
            let capital = form.starts_with('^');
            let pieces = lex(form.trim_start_matches('^'), |word| self.words.intern(word));
            let ids: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
            let Some((&first, rest)) = ids.split_first() else {
                return Err(format!("an empty form of {class}"));
            };
            if let Some(class) = self.classes.get_mut(at) {
                class.forms.entry(first).or_default().push(Form {
                    rest: rest.into(),
                    value,
                    capital,
                });
            }
        }
        Ok(())
    }

    fn rule_line(
        &mut self,
        line: &'static str,
        row: usize,
        macros: &mut FxHashMap<&'static str, &'static str>,
    ) -> Result<(), String> {
        let cells: Vec<&'static str> = line.split('\t').collect();
        match cells.as_slice() {
            ["+", text, value] => self.example(row, text, Some(value)),
            ["-", text] => self.example(row, text, None),
            ["macro", name, pattern] => {
                macros.insert(name, pattern);
                Ok(())
            }
            [name, pattern, class, op, rest @ ..] => {
                let mut code = Vec::new();
                let expanded = expand(pattern, macros, 0)?;
                let tokens: Vec<&str> = expanded.split_whitespace().collect();
                let mut pos = 0;
                self.sequence(&tokens, &mut pos, &mut code)?;
                if pos < tokens.len() {
                    return Err("an unmatched bracket".to_owned());
                }
                code.push(Inst::Done);
                let mut rule = Rule {
                    name,
                    code,
                    class: timex_class(class)?,
                    op: Op::parse(op)?,
                    modifier: None,
                    quant: None,
                    freq: None,
                    confidence: 0.9,
                    guards: Guards::default(),
                };
                for extra in rest.iter().flat_map(|cell| cell.split_whitespace()) {
                    self.extra(&mut rule, extra)?;
                }
                self.rules.push(rule);
                Ok(())
            }
            _ => Err("neither macro, rule nor example".to_owned()),
        }
    }

    fn example(
        &mut self,
        line: usize,
        text: &'static str,
        value: Option<&'static str>,
    ) -> Result<(), String> {
        let rule = self
            .rules
            .last()
            .ok_or_else(|| "an example before any rule".to_owned())?
            .name;
        self.examples.push(Example {
            rule,
            line,
            text,
            value,
        });
        Ok(())
    }

    fn extra(&mut self, rule: &mut Rule, extra: &'static str) -> Result<(), String> {
        let (key, value) = extra.split_once('=').unwrap_or((extra, ""));
        match key {
            "mod" => rule.modifier = Some(modifier(value)?),
            "quant" => rule.quant = Some(value),
            "freq" => rule.freq = Some(value),
            "conf" => {
                let percent: f32 = value
                    .parse()
                    .map_err(|_e| format!("{value} is no number"))?;
                rule.confidence = percent / 100.0;
            }
            "before" => rule.guards.before = Some(self.word_ids(value)?),
            "!before" => rule.guards.not_before = self.word_ids(value)?,
            "next" => rule.guards.next = Some(self.word_ids(value)?),
            "!next" => rule.guards.not_next = self.word_ids(value)?,
            "!tag" => rule.guards.not_tag = value.split('|').collect(),
            "!nexttag" => rule.guards.not_next_tag = value.split('|').collect(),
            "cap" => rule.guards.capital = true,
            "!name" => rule.guards.not_name = true,
            _ => return Err(format!("unknown extra {extra}")),
        }
        Ok(())
    }

    /// Ids of words and, with `@`, of the first pieces of a class.
    fn word_ids(&mut self, list: &str) -> Result<Vec<u32>, String> {
        let mut ids = Vec::new();
        for word in list.split('|') {
            if let Some(class) = word.strip_prefix('@') {
                let class = self
                    .class(class)
                    .ok_or_else(|| format!("unknown class {class}"))?;
                ids.extend(class.forms.keys().copied());
            } else if word == "#" {
                ids.push(DIGITS);
            } else if word == "^" {
                ids.push(EDGE);
            } else {
                ids.push(self.words.intern(word));
            }
        }
        ids.sort_unstable();
        Ok(ids)
    }

    fn sequence(
        &mut self,
        tokens: &[&str],
        pos: &mut usize,
        code: &mut Vec<Inst>,
    ) -> Result<(), String> {
        while let Some(&token) = tokens.get(*pos) {
            if token.starts_with(')') || token == "||" {
                return Ok(());
            }
            *pos += 1;
            if let Some(rest) = token.strip_prefix('~') {
                code.push(Inst::Glued);
                self.item(rest, tokens, pos, code)?;
            } else {
                self.item(token, tokens, pos, code)?;
            }
        }
        Ok(())
    }

    fn item(
        &mut self,
        token: &str,
        tokens: &[&str],
        pos: &mut usize,
        code: &mut Vec<Inst>,
    ) -> Result<(), String> {
        match token {
            "(" => return self.group(tokens, pos, code),
            "[" => code.push(Inst::Open),
            "]" => code.push(Inst::Close),
            _ => {
                // A glued optional item must skip its glue check as well.
                let (body, optional) = match token.strip_suffix('?') {
                    Some(body) if !body.is_empty() => (body, true),
                    _ => (token, false),
                };
                let glue = optional && matches!(code.last(), Some(Inst::Glued));
                if glue {
                    code.pop();
                }
                let split = code.len();
                if optional {
                    code.push(Inst::Jump(0));
                }
                if glue {
                    code.push(Inst::Glued);
                }
                let inst = self.atom(body)?;
                code.push(inst);
                let end = code.len();
                if let Some(slot) = code.get_mut(split).filter(|_| optional) {
                    *slot = Inst::Split(split + 1, end);
                }
            }
        }
        Ok(())
    }

    fn atom(&mut self, body: &str) -> Result<Inst, String> {
        if let Some(inner) = body.strip_prefix('{').and_then(|b| b.strip_suffix('}')) {
            let (slot, what) = inner.split_once(':').unwrap_or((inner, inner));
            let slot = if slot == "_" {
                None
            } else {
                Some(Slot::parse(slot)?)
            };
            return match shape(what) {
                Some(shape) => Ok(Inst::Shape(shape, slot)),
                None => self
                    .names
                    .get(what)
                    .map(|&class| Inst::Class(class, slot))
                    .ok_or_else(|| format!("unknown class {what}")),
            };
        }
        if let Ok(number) = body.parse::<u32>() {
            return Ok(Inst::Digits(number));
        }
        // A bracket that is meant stands behind a backslash.
        let mut ids: Vec<u32> = body
            .split('|')
            .map(|word| self.words.intern(word.trim_start_matches('\\')))
            .collect();
        ids.sort_unstable();
        Ok(Inst::Words(ids.into()))
    }

    fn group(
        &mut self,
        tokens: &[&str],
        pos: &mut usize,
        code: &mut Vec<Inst>,
    ) -> Result<(), String> {
        let head = code.len();
        code.push(Inst::Jump(0));
        let (mut starts, mut jumps) = (Vec::new(), Vec::new());
        loop {
            starts.push(code.len());
            self.sequence(tokens, pos, code)?;
            jumps.push(code.len());
            code.push(Inst::Jump(0));
            match tokens.get(*pos).copied() {
                Some("||") => *pos += 1,
                Some(close @ (")" | ")?")) => {
                    *pos += 1;
                    if close == ")?" {
                        starts.push(code.len());
                    }
                    break;
                }
                _ => return Err("a group is not closed".to_owned()),
            }
        }
        // The alternatives are tried in order: a chain of splits behind the group's body.
        let chain = code.len();
        let end = chain + starts.len();
        for (n, &start) in starts.iter().enumerate() {
            let start = if start == chain { end } else { start };
            code.push(if n + 1 == starts.len() {
                Inst::Jump(start)
            } else {
                Inst::Split(start, chain + n + 1)
            });
        }
        if let Some(inst) = code.get_mut(head) {
            *inst = Inst::Jump(chain);
        }
        for jump in jumps {
            if let Some(inst) = code.get_mut(jump) {
                *inst = Inst::Jump(end);
            }
        }
        Ok(())
    }

    /// Notes for each word and for digits the rules that can begin there.
    fn index(&mut self) {
        self.by_word = vec![Vec::new(); self.words.len() + 1];
        for (at, rule) in self.rules.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let (mut ids, digits) = firsts(&rule.code, &self.classes, &self.names);
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                if let Some(list) = self.by_word.get_mut(id as usize) {
                    list.push(at);
                }
            }
            if digits {
                self.by_digits.push(at);
            }
        }
    }
}

/// Returns the words that a pattern may begin with, and whether digits may.
fn firsts(
    code: &[Inst],
    classes: &[Class],
    names: &FxHashMap<&'static str, usize>,
) -> (Vec<u32>, bool) {
    let (mut ids, mut digits) = (Vec::new(), false);
    let mut todo = vec![0];
    let mut seen = vec![false; code.len()];
    let mut class = |at: Option<&usize>| {
        let found = at.and_then(|&at| classes.get(at));
        ids.extend(found.into_iter().flat_map(|class| class.forms.keys()));
    };
    let mut plain: Vec<u32> = Vec::new();
    while let Some(at) = todo.pop() {
        if seen.get(at).copied().unwrap_or(true) {
            continue;
        }
        seen[at] = true;
        match &code[at] {
            Inst::Words(list) => plain.extend(list.iter()),
            Inst::Digits(_) => digits = true,
            Inst::Class(at, _) => class(Some(at)),
            Inst::Shape(shape, _) => {
                digits |= *shape != Shape::AnyWord;
                match shape {
                    Shape::Num => class(names.get("card")),
                    Shape::Ord | Shape::Day => class(names.get("ordinal")),
                    _ => {}
                }
            }
            Inst::Split(left, right) => todo.extend([*left, *right]),
            Inst::Jump(to) => todo.push(*to),
            Inst::Glued | Inst::Open | Inst::Close => todo.push(at + 1),
            Inst::Done => {}
        }
    }
    ids.extend(plain);
    (ids, digits)
}

fn expand(
    pattern: &str,
    macros: &FxHashMap<&'static str, &'static str>,
    depth: u8,
) -> Result<String, String> {
    if depth > 8 {
        return Err("macros nest too deep".to_owned());
    }
    let mut out = String::new();
    for token in pattern.split_whitespace() {
        let (glue, rest) = match token.strip_prefix('~') {
            Some(rest) => ("~", rest),
            None => ("", token),
        };
        let name = rest
            .strip_prefix('<')
            .and_then(|r| r.strip_suffix('>').or_else(|| r.strip_suffix(">?")));
        if let Some(name) = name {
            let body = macros
                .get(name)
                .ok_or_else(|| format!("unknown macro {name}"))?;
            let close = if rest.ends_with('?') { ")?" } else { ")" };
            out.push_str(glue);
            out.push_str("( ");
            out.push_str(&expand(body, macros, depth + 1)?);
            out.push(' ');
            out.push_str(close);
        } else {
            out.push_str(token);
        }
        out.push(' ');
    }
    Ok(out)
}

fn shape(name: &str) -> Option<Shape> {
    Some(match name {
        "year" => Shape::Year,
        "yy" => Shape::Yy,
        "lateyy" => Shape::LateYy,
        "hhmm" => Shape::Hhmm,
        "day" => Shape::Day,
        "mm" => Shape::Mm,
        "hour" => Shape::Hour,
        "sixty" => Shape::Sixty,
        "num" => Shape::Num,
        "ord" => Shape::Ord,
        "decade4" => Shape::Decade4,
        "decade2" => Shape::Decade2,
        "modern" => Shape::Modern,
        "int" => Shape::Int,
        "old" => Shape::Old,
        "anyword" => Shape::AnyWord,
        _ => return None,
    })
}
