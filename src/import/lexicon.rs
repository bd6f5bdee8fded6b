//! Reads a lexicon of rules as `export::lexicon` writes it, or as a person typed it.

use std::path::Path;

use crate::model::{Codebook, EntityType};

/// A rule by names, before anybody knows which entities of a project are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexiconRow {
    /// These words always name this entity.
    Always {
        /// The words.
        words: String,
        /// Type of such a mention.
        entity_type: EntityType,
        /// Name of the entity.
        entity: String,
    },
    /// These words never name anything.
    Never {
        /// The words.
        words: String,
    },
    /// Two names of one entity.
    Same {
        /// The name that goes.
        merged: String,
        /// Type of the entity.
        entity_type: EntityType,
        /// The name that stays.
        into: String,
    },
    /// Two entities that are never joined by the machine.
    Apart {
        /// One.
        left: String,
        /// Type of both.
        entity_type: EntityType,
        /// The other.
        right: String,
    },
}

/// Reads the lines of a lexicon; returns the rules and the numbers of the lines that are none.
#[must_use]
pub fn lexicon_rows(text: &str, codebook: &Codebook) -> (Vec<LexiconRow>, Vec<usize>) {
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match row(line, codebook) {
            Some(row) => rows.push(row),
            None => bad.push(number),
        }
    }
    (rows, bad)
}

fn row(line: &str, codebook: &Codebook) -> Option<LexiconRow> {
    let mut fields = line.split('\t').map(str::trim);
    let rule = fields.next()?;
    let words = fields.next().filter(|words| !words.is_empty())?.to_owned();
    if rule == "never" {
        return Some(LexiconRow::Never { words });
    }
    let entity_type = type_of(fields.next()?, codebook)?;
    let name = fields.next().filter(|name| !name.is_empty())?.to_owned();
    Some(match rule {
        "always" => LexiconRow::Always {
            words,
            entity_type,
            entity: name,
        },
        "same" => LexiconRow::Same {
            merged: words,
            entity_type,
            into: name,
        },
        "apart" => LexiconRow::Apart {
            left: words,
            entity_type,
            right: name,
        },
        _ => return None,
    })
}

fn type_of(word: &str, codebook: &Codebook) -> Option<EntityType> {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    let built_in = EntityType::BUILT_IN
        .into_iter()
        .find(|kind| same(kind.name()));
    let own = || {
        let own = codebook.types.iter().find(|(_, own)| same(&own.name));
        own.map(|(id, _)| EntityType::Own(*id))
    };
    built_in.or_else(own)
}

/// Reads a lexicon file; what is no UTF-8 in it is shown as �.
///
/// # Errors
/// When the file cannot be read.
pub fn read_lexicon(path: &Path) -> std::io::Result<String> {
    Ok(String::from_utf8_lossy(&std::fs::read(path)?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_and_what_is_none_is_named_by_its_line() {
        let text = "\u{feff}# Demarche lexicon 1\n\
            always\tQuorn\tperson\tTavi Quorn\n\
            never\tMonday Club\n\
            \n\
            always\tQuorn\tPlanet\tTavi Quorn\n\
            same\tVelmoria\tState\tVelmora\r\n\
            sometimes\tx\tState\ty\n\
            apart\tT. Quorn\tPerson\tTavi Quorn\n\
            never\t\n";
        let (rows, bad) = lexicon_rows(text, &Codebook::default());
        assert_eq!(bad, [5, 7, 9]);
        let always = LexiconRow::Always {
            words: "Quorn".to_owned(),
            entity_type: EntityType::Person,
            entity: "Tavi Quorn".to_owned(),
        };
        assert_eq!(rows.first(), Some(&always));
        let same = LexiconRow::Same {
            merged: "Velmoria".to_owned(),
            entity_type: EntityType::State,
            into: "Velmora".to_owned(),
        };
        assert_eq!(rows.get(2), Some(&same));
        assert_eq!(rows.len(), 4);
    }
}
