//! The lexicons under `assets/lexicons/`, parsed once: states and organisations by name.
//!
//! Each file is tab-separated text with a header of `#` lines that name its source, licence, version and
//! columns; the last of them is the column line. Lists inside a field are separated by `|`.
//! Not here: how names are found in a text (`ner`) or joined to entities (`link`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A state, present, former or disputed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3, or a code of our own for former and disputed states.
    pub iso3: &'static str,
    /// Short English name.
    pub name: &'static str,
    /// *Iranian*, *Persian*.
    pub adjectives: Vec<&'static str>,
    /// *Dane*, *Danes*: nouns for inhabitants, singular and plural.
    pub demonyms: Vec<&'static str>,
    /// Seats of government; the first is the capital.
    pub capitals: Vec<&'static str>,
    /// Houses and quarters whose name stands for the government: *Kremlin*.
    pub metonyms: Vec<&'static str>,
    /// Official, short and former names.
    pub other_names: Vec<&'static str>,
}

/// An organisation that news names often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Stable key.
    pub key: &'static str,
    /// Canonical name.
    pub name: &'static str,
    /// Other names and acronyms.
    pub aliases: Vec<&'static str>,
    /// City of its seat, or empty.
    pub seat: &'static str,
    /// iso3 of the state that it belongs to.
    pub state: Option<&'static str>,
    /// What kind of organisation.
    pub kind: OrganisationKind,
}

/// What kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationKind {
    /// A military alliance.
    Alliance,
    /// An armed group outside the army of a state.
    ArmedGroup,
    /// A central or development bank.
    Bank,
    /// A business.
    Company,
    /// An international court.
    Court,
    /// An organisation of states.
    Intergovernmental,
    /// A newspaper, agency, broadcaster, site.
    Media,
    /// A service, branch or command of a state's armed forces.
    Military,
    /// An association, church, institute.
    NonGovernmental,
    /// A ministry, house, parliament, agency: it acts for its state.
    Organ,
    /// A party.
    Party,
    /// A trade union.
    Union,
    /// A university.
    University,
}

impl OrganisationKind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "alliance" => Self::Alliance,
            "armed_group" => Self::ArmedGroup,
            "bank" => Self::Bank,
            "company" => Self::Company,
            "court" => Self::Court,
            "igo" => Self::Intergovernmental,
            "media" => Self::Media,
            "military" => Self::Military,
            "ngo" => Self::NonGovernmental,
            "organ" => Self::Organ,
            "party" => Self::Party,
            "union" => Self::Union,
            "university" => Self::University,
            _ => return None,
        })
    }

    /// Whether what it does counts as its state's doing.
    #[must_use]
    pub fn acts_for_state(self) -> bool {
        matches!(self, Self::Organ | Self::Military)
    }
}

/// Who held an office, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leader {
    /// Canonical name.
    pub name: &'static str,
    /// Other spellings, separated by `|`.
    pub others: &'static str,
    /// iso3 of a state or key of an organisation.
    pub of: &'static str,
    /// The office.
    pub office: &'static str,
    /// First year, month or day.
    pub from: &'static str,
    /// Last year, month or day; empty for who was in office when the list was made.
    pub until: &'static str,
}

impl Leader {
    /// Returns the name and its other spellings.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.others.split('|').filter(|name| !name.is_empty()))
    }
}

/// A place whose name stands for an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// *Brussels*, *Turtle Bay*.
    pub name: &'static str,
    /// Key of the organisation.
    pub whose: &'static str,
    /// Whether it is a city, else a quarter or house.
    pub city: bool,
    /// iso3 of the state that the city is the capital of, or empty.
    pub here: &'static str,
}

/// A region with its adjectives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// *Latin America*
    pub name: &'static str,
    /// *Latin American*
    pub adjectives: Vec<&'static str>,
    /// Other names.
    pub others: Vec<&'static str>,
}

/// States, organisations, regions, seats and who held which office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lexicon {
    /// In the order of their iso3.
    pub states: Vec<State>,
    /// In the order of their keys.
    pub organisations: Vec<Organisation>,
    /// Heads of state and government, ministers, heads of organisations, a row a term.
    pub leaders: Vec<Leader>,
    /// Seats of organisations.
    pub seats: Vec<Seat>,
    /// Regions.
    pub regions: Vec<Region>,
    by_iso3: BTreeMap<&'static str, usize>,
}

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(Lexicon::parse);

impl Lexicon {
    /// Returns the lexicon that is built in; parsed at the first call.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn parse() -> Self {
        let states: Vec<_> = rows(include_str!("../../../assets/lexicons/states.tsv"))
            .filter_map(state)
            .collect();
        let by_iso3 = states
            .iter()
            .enumerate()
            .map(|(at, state)| (state.iso3, at))
            .collect();
        let organisations = rows(include_str!("../../../assets/lexicons/organisations.tsv"))
            .filter_map(organisation)
            .collect();
        Self {
            states,
            organisations,
            leaders: rows(include_str!("../../../assets/lexicons/leaders.tsv"))
                .filter_map(|fields| leader(&fields))
                .collect(),
            seats: rows(include_str!("../../../assets/lexicons/seats.tsv"))
                .filter_map(|fields| seat(&fields))
                .collect(),
            regions: rows(include_str!("../../../assets/lexicons/regions.tsv"))
                .filter_map(|fields| region(&fields))
                .collect(),
            by_iso3,
        }
    }

    /// Returns the state of a code.
    #[must_use]
    pub fn state(&self, iso3: &str) -> Option<&State> {
        self.states.get(*self.by_iso3.get(iso3)?)
    }
}

/// Returns the data rows of a lexicon file, each cut into its fields.
pub fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Returns the parts of a list field.
#[must_use]
pub fn list(field: &'static str) -> Vec<&'static str> {
    field.split('|').filter(|part| !part.is_empty()).collect()
}

fn state(fields: Vec<&'static str>) -> Option<State> {
    let [
        iso3,
        name,
        adjectives,
        demonyms,
        capitals,
        metonyms,
        other_names,
    ] = <[&str; 7]>::try_from(fields).ok()?; // the test below counts the rows
    Some(State {
        iso3,
        name,
        adjectives: list(adjectives),
        demonyms: list(demonyms),
        capitals: list(capitals),
        metonyms: list(metonyms),
        other_names: list(other_names),
    })
}

fn organisation(fields: Vec<&'static str>) -> Option<Organisation> {
    let [key, name, aliases, seat, state, kind] = <[&str; 6]>::try_from(fields).ok()?;
    Some(Organisation {
        key,
        name,
        aliases: list(aliases),
        seat,
        state: (!state.is_empty()).then_some(state),
        kind: OrganisationKind::parse(kind)?,
    })
}

fn leader(fields: &[&'static str]) -> Option<Leader> {
    let &[name, others, of, office, from, until] = fields else {
        return None;
    };
    Some(Leader {
        name,
        others,
        of,
        office,
        from,
        until,
    })
}

fn seat(fields: &[&'static str]) -> Option<Seat> {
    let &[name, whose, kind, here] = fields else {
        return None;
    };
    Some(Seat {
        name,
        whose,
        city: kind == "city",
        here,
    })
}

fn region(fields: &[&'static str]) -> Option<Region> {
    let &[name, adjectives, others] = fields else {
        return None;
    };
    Some(Region {
        name: name.strip_prefix("the ").unwrap_or(name),
        adjectives: list(adjectives),
        others: list(others),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_parses() {
        let lexicon = Lexicon::embedded();
        let states = include_str!("../../../assets/lexicons/states.tsv");
        let organisations = include_str!("../../../assets/lexicons/organisations.tsv");
        assert_eq!(lexicon.states.len(), rows(states).count());
        assert_eq!(lexicon.organisations.len(), rows(organisations).count());
        assert!(lexicon.states.len() > 200 && lexicon.organisations.len() > 500);
    }

    #[test]
    fn keys_are_unique_and_states_of_organisations_exist() {
        let lexicon = Lexicon::embedded();
        let keys: BTreeSet<_> = lexicon.organisations.iter().map(|o| o.key).collect();
        assert_eq!(keys.len(), lexicon.organisations.len());
        for organisation in &lexicon.organisations {
            if let Some(iso3) = organisation.state {
                assert!(lexicon.state(iso3).is_some(), "{}", organisation.key);
            }
        }
    }

    #[test]
    fn leaders_seats_and_regions_parse_and_point_to_rows() {
        let lexicon = Lexicon::embedded();
        let files = [
            include_str!("../../../assets/lexicons/leaders.tsv"),
            include_str!("../../../assets/lexicons/seats.tsv"),
            include_str!("../../../assets/lexicons/regions.tsv"),
        ];
        let counts = [
            lexicon.leaders.len(),
            lexicon.seats.len(),
            lexicon.regions.len(),
        ];
        assert_eq!(counts, files.map(|file| rows(file).count()));
        let organisation = |key| lexicon.organisations.iter().any(|o| o.key == key);
        for leader in &lexicon.leaders {
            let known = lexicon.state(leader.of).is_some() || organisation(leader.of);
            assert!(known, "{} of {}", leader.name, leader.of);
            let date = |d: &str| d.len() >= 4 && d.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            assert!(date(leader.from), "{}", leader.name);
            assert!(
                leader.until.is_empty() || date(leader.until) && leader.from <= leader.until,
                "{}: {} to {}",
                leader.name,
                leader.from,
                leader.until
            );
        }
        for seat in &lexicon.seats {
            assert!(organisation(seat.whose), "{}", seat.name);
            assert!(seat.here.is_empty() || lexicon.state(seat.here).is_some());
        }
    }

    #[test]
    fn a_state_has_adjective_capital_and_houses() {
        let russia = Lexicon::embedded().state("RUS").unwrap();
        assert_eq!(russia.name, "Russia");
        assert_eq!(russia.adjectives, ["Russian"]);
        assert_eq!(russia.demonyms, ["Russian", "Russians"]);
        assert_eq!(russia.capitals, ["Moscow"]);
        assert!(russia.metonyms.contains(&"Kremlin"));
    }
}
