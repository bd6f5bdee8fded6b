//! Look-up of what a name, adjective, capital or house stands for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::EntityId;
use crate::nlp::lexicon::{Leader, Lexicon, Organisation, Region, Seat, State, rows};

/// How words name a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedAs {
    Name,
    Adjective,
    Capital,
    House,
}

/// What words stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Known<'l> {
    State(&'l State, NamedAs),
    Organisation(&'l Organisation),
}

/// The lexicon by lower-case words.
#[derive(Debug, Clone)]
pub(crate) struct Gazetteer<'l> {
    states: BTreeMap<String, (&'l State, NamedAs)>,
    organisations: BTreeMap<String, &'l Organisation>,
    short: BTreeMap<String, &'l Organisation>,
    regions: BTreeMap<String, &'l Region>,
    seats: BTreeMap<String, &'l Seat>,
    keys: BTreeMap<&'l str, &'l Organisation>,
    /// Terms by full name, and names by surname.
    leaders: BTreeMap<String, Vec<&'l Leader>>,
    surnames: BTreeMap<String, Vec<&'l Leader>>,
    lexicon: &'l Lexicon,
}

static EMBEDDED: LazyLock<Gazetteer<'static>> =
    LazyLock::new(|| Gazetteer::new(Lexicon::embedded()));

/// States whose names put the family name first.
const FAMILY_FIRST: &[&str] = &["CHN", "PRK", "KOR", "TWN", "VNM"];

/// Lower case, without a leading article and without the dots of *U.S.*
pub(crate) fn plain(name: &str) -> String {
    let name = name.trim();
    let name = ["the ", "The ", "THE "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name);
    let dotted = name.contains('.') && name.split('.').all(|part| part.chars().count() <= 1);
    let mut lower = name.to_lowercase().replace('’', "'");
    if dotted {
        lower.retain(|c| c != '.');
    }
    lower
}

impl<'l> Gazetteer<'l> {
    pub(crate) fn new(lexicon: &'l Lexicon) -> Self {
        let mut states = BTreeMap::new();
        let mut add = |name: &str, state: &'l State, how| {
            states.entry(plain(name)).or_insert((state, how));
        };
        for state in &lexicon.states {
            add(state.name, state, NamedAs::Name);
            for name in &state.other_names {
                add(name, state, NamedAs::Name);
            }
        }
        for state in &lexicon.states {
            for name in &state.metonyms {
                add(name, state, NamedAs::House);
            }
            for name in state.adjectives.iter().chain(&state.demonyms) {
                add(name, state, NamedAs::Adjective);
            }
            for name in &state.capitals {
                add(name, state, NamedAs::Capital);
            }
        }
        let mut organisations = BTreeMap::new();
        let mut short = BTreeMap::new();
        for organisation in &lexicon.organisations {
            organisations
                .entry(plain(organisation.name))
                .or_insert(organisation);
            for alias in &organisation.aliases {
                let map = if alias.chars().filter(|c| c.is_lowercase()).count() == 0 {
                    &mut short
                } else {
                    &mut organisations
                };
                map.entry(plain(alias)).or_insert(organisation);
            }
        }
        let mut all = Self {
            states,
            organisations,
            short,
            keys: lexicon.organisations.iter().map(|o| (o.key, o)).collect(),
            regions: BTreeMap::new(),
            seats: BTreeMap::new(),
            leaders: BTreeMap::new(),
            surnames: BTreeMap::new(),
            lexicon,
        };
        all.places();
        all.people();
        all
    }

    /// Returns the lexicon that is built in.
    pub(crate) fn embedded() -> &'static Gazetteer<'static> {
        &EMBEDDED
    }

    fn places(&mut self) {
        let lexicon = self.lexicon;
        for region in &lexicon.regions {
            let names = std::iter::once(&region.name);
            for name in names.chain(&region.adjectives).chain(&region.others) {
                self.regions.entry(plain(name)).or_insert(region);
            }
        }
        for seat in &lexicon.seats {
            self.seats.entry(plain(seat.name)).or_insert(seat);
        }
    }

    fn people(&mut self) {
        for leader in &self.lexicon.leaders {
            for name in leader.names() {
                let terms = self.leaders.entry(plain(name)).or_default();
                terms.push(leader);
                let words: Vec<&str> = name.split(' ').collect();
                let family = if FAMILY_FIRST.contains(&leader.of) {
                    words.first()
                } else {
                    words.last()
                };
                let surname = family.map(|word| plain(word)).unwrap_or_default();
                let rows = self.surnames.entry(surname).or_default();
                if !rows.contains(&leader) {
                    rows.push(leader);
                }
            }
        }
    }

    /// Returns the region of that name or adjective.
    pub(crate) fn region(&self, name: &str) -> Option<&'l Region> {
        self.regions.get(&plain(name)).copied()
    }

    /// Returns the seat of that name.
    pub(crate) fn seat(&self, name: &str) -> Option<&'l Seat> {
        self.seats.get(&plain(name)).copied()
    }

    /// Returns the organisation of a key.
    pub(crate) fn by_key(&self, key: &str) -> Option<&'l Organisation> {
        self.keys.get(key).copied()
    }

    /// Returns the terms in office of whoever bears this full name.
    pub(crate) fn terms(&self, name: &str) -> &[&'l Leader] {
        self.leaders
            .get(&plain(name))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Returns the only person of that surname who was in office at `date`, or shortly before or
    /// after; without a date, the only one at all.
    pub(crate) fn of_surname(&self, surname: &str, date: Option<&str>) -> Option<&'l Leader> {
        let rows = self.surnames.get(&plain(surname))?;
        let year = |text: &str| text.get(..4).and_then(|y| y.parse::<i32>().ok());
        let near = |leader: &&&'l Leader| {
            let Some(now) = date.and_then(year) else {
                return true;
            };
            let from = year(leader.from).unwrap_or(now);
            let until = year(leader.until).unwrap_or(9999);
            (from - 1..=until.saturating_add(1)).contains(&now)
        };
        let mut fit = rows.iter().filter(near);
        let first = fit.next()?;
        fit.all(|other| other.name == first.name).then_some(*first)
    }

    /// Returns the short name of a state.
    pub(crate) fn name_of(&self, iso3: &str) -> Option<&'l str> {
        self.lexicon.state(iso3).map(|state| state.name)
    }

    /// Returns what `name` stands for as a state.
    pub(crate) fn state(&self, name: &str) -> Option<(&'l State, NamedAs)> {
        self.states.get(&plain(name)).copied()
    }

    /// Returns the organisation of that name; acronyms only in capitals.
    pub(crate) fn organisation(&self, name: &str) -> Option<&'l Organisation> {
        let key = plain(name);
        self.organisations.get(&key).copied().or_else(|| {
            let capitals = !name.chars().any(char::is_lowercase);
            capitals.then(|| self.short.get(&key).copied()).flatten()
        })
    }

    /// Returns what `name` stands for; `prefer_state` where both are possible.
    pub(crate) fn known(&self, name: &str, prefer_state: bool) -> Option<Known<'l>> {
        let state = || {
            self.state(name)
                .map(|(state, how)| Known::State(state, how))
        };
        let organisation = || self.organisation(name).map(Known::Organisation);
        if prefer_state {
            state().or_else(organisation)
        } else {
            organisation().or_else(state)
        }
    }
}

/// Id of a state.
pub(crate) fn state_id(iso3: &str) -> EntityId {
    EntityId::hashed(&[b"state", iso3.as_bytes()])
}

/// Id of an organisation of the lexicon.
pub(crate) fn organisation_id(key: &str) -> EntityId {
    EntityId::hashed(&[b"organisation", key.as_bytes()])
}

/// Word lists by kind, as `metonymy.tsv` has them.
#[derive(Debug, Default)]
pub(crate) struct Words(BTreeMap<&'static str, Vec<&'static str>>);

impl Words {
    pub(crate) fn parse(file: &'static str) -> Self {
        let mut map: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows(file) {
            if let [kind, words] = row[..] {
                map.entry(kind)
                    .or_default()
                    .extend(words.split(',').map(str::trim));
            }
        }
        Self(map)
    }

    pub(crate) fn has(&self, kind: &str, word: &str) -> bool {
        self.0.get(kind).is_some_and(|words| words.contains(&word))
    }
}

/// `metonymy.tsv`.
pub(crate) static METONYMY: LazyLock<Words> =
    LazyLock::new(|| Words::parse(include_str!("../../../assets/lexicons/metonymy.tsv")));

/// What kind of actor a common noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ActorKind {
    State,
    Organ,
    Office,
    Group,
    Media,
    Plural,
}

/// `actors.tsv`: lower-case noun → kinds.
pub(crate) static ACTORS: LazyLock<BTreeMap<&'static str, Vec<ActorKind>>> = LazyLock::new(|| {
    let mut map: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/actors.tsv")) {
        let [words, kind] = row[..] else { continue };
        let kind = match kind {
            "state" => ActorKind::State,
            "organ" => ActorKind::Organ,
            "office" => ActorKind::Office,
            "media" => ActorKind::Media,
            "plural" => ActorKind::Plural,
            _ => ActorKind::Group,
        };
        for word in words.split(',').map(str::trim) {
            map.entry(word).or_default().push(kind);
        }
    }
    map
});

/// How the holder of an office stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfficeKind {
    Speaks,
    Nobody,
    Place,
}

/// `offices.tsv`: head noun → how its holder stands.
pub(crate) static OFFICES: LazyLock<BTreeMap<&'static str, OfficeKind>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/offices.tsv")) {
        let [words, kind] = row[..] else { continue };
        let kind = match kind {
            "n" => OfficeKind::Nobody,
            "r" => OfficeKind::Place,
            _ => OfficeKind::Speaks,
        };
        for word in words.split(',').map(str::trim) {
            map.entry(word).or_insert(kind);
        }
    }
    map
});
