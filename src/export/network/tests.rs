//! Files of a hand-counted network, parsed again: by what their own heads declare, as a program that
//! opens them does.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{ProptestConfig, proptest};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::*;
use crate::analysis::fixtures::Fixture;
use crate::analysis::{Filter, NetworkKind, NetworkOptions, network};
use crate::figure::network::layout::Plan;
use crate::model::{Act, Polarity};

/// A name that XML must escape.
const VELMORA: &str = "Velmora & \"Sons\" <1>";

/// Velmora opposes Astrany twice and supports it once, Lorvik supports Velmora. For a ban are Velmora
/// and Lorvik, against it is Astrany; for a truce are Velmora and Lorvik.
fn fixture(velmora: &str) -> Fixture {
    Fixture::new()
        .says(velmora, "Astrany", Act::Reject, Polarity::Oppose)
        .says(velmora, "Astrany", Act::Accuse, Polarity::Oppose)
        .says(velmora, "Astrany", Act::Agree, Polarity::Support)
        .says("Lorvik", velmora, Act::Support, Polarity::Support)
        .on(velmora, "ban", Act::Support, Polarity::Support)
        .on("Lorvik", "ban", Act::Agree, Polarity::Support)
        .on("Astrany", "ban", Act::Reject, Polarity::Oppose)
        .on(velmora, "truce", Act::Support, Polarity::Support)
        .on("Lorvik", "truce", Act::Agree, Polarity::Support)
}

fn made(fixture: &Fixture, kind: NetworkKind) -> (Network, Arrangement, ProjectView) {
    let (project, view) = fixture.build();
    let options = NetworkOptions {
        kind,
        ..NetworkOptions::default()
    };
    let made = network(&project, &view, &Filter::default(), options);
    let arranged = Plan::new(&made, &Arrangement::default())
        .run(&|| false)
        .unwrap();
    (made, arranged, view)
}

/// An element: its name, attributes, words inside, and how many elements it lies in.
#[derive(Debug)]
struct Element {
    name: String,
    at: BTreeMap<String, String>,
    words: String,
    depth: usize,
}

fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let mut read = BTreeMap::new();
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap();
        let name = attribute.key.as_ref().to_owned();
        let raw = attribute.value.into_owned();
        let value = quick_xml::escape::unescape(&raw).unwrap().into_owned();
        assert_eq!(read.insert(name, value), None, "an attribute twice");
    }
    read
}

/// Elements in order of their beginnings.
fn parse(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        let is_open = matches!(event, Event::Start(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                found.push(Element {
                    name: tag.name().as_ref().to_owned(),
                    at: attributes(&tag),
                    words: String::new(),
                    depth: open.len(),
                });
                if is_open {
                    open.push(found.len() - 1);
                }
            }
            Event::End(tag) => {
                let at = open.pop().unwrap();
                assert_eq!(found[at].name, tag.name().as_ref());
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].words += &text;
                }
            }
            Event::GeneralRef(reference) => {
                let at = *open.last().unwrap();
                let raw = format!("&{};", &*reference);
                found[at].words += &quick_xml::escape::unescape(&raw).unwrap();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

/// A node or edge by what the head of the file calls its values.
type Values = BTreeMap<String, String>;

/// What a program has in memory after it opened the file.
#[derive(Debug, PartialEq)]
struct Graph {
    directed: bool,
    nodes: BTreeMap<String, Values>,
    /// Ends and values, by id.
    edges: BTreeMap<String, (String, String, Values)>,
}

impl Graph {
    /// Places things; refuses ids that stand twice, ends that do not exist and values of another type
    /// than declared.
    fn put(&mut self, element: &Element, values: Values) {
        let id = element.at["id"].clone();
        if element.name == "node" {
            assert_eq!(self.nodes.insert(id, values), None, "a node twice");
            return;
        }
        let (from, to) = (element.at["source"].clone(), element.at["target"].clone());
        assert!(self.nodes.contains_key(&from), "{from}");
        assert!(self.nodes.contains_key(&to), "{to}");
        let before = self.edges.insert(id, (from, to, values));
        assert_eq!(before, None, "an edge twice");
    }

    /// Nodes as *label: values*, edges as *from verb to: values*, with labels for ids.
    fn told(&self) -> (Vec<String>, Vec<String>) {
        let words = |values: &Values, names: &[&str]| {
            let value = |name: &&str| format!("{name} {}", values[*name]);
            names.iter().map(value).collect::<Vec<_>>().join(", ")
        };
        let label = |id: &String| self.nodes[id]["label"].clone();
        let node = |(id, values): (&String, &Values)| {
            let names = ["type", "support", "oppose", "neither", "received"];
            format!("{}: {}", label(id), words(values, &names))
        };
        let edge = |(from, to, values): &(String, String, Values)| {
            let names = ["weight", "statements", "issues"];
            let verb = &values["tie"];
            format!(
                "{} {verb} {}: {}",
                label(from),
                label(to),
                words(values, &names)
            )
        };
        let nodes = self.nodes.iter().map(node).collect();
        (nodes, self.edges.values().map(edge).collect())
    }
}

fn is_of(kind: &str, value: &str) -> bool {
    match kind {
        "string" => true,
        "int" | "integer" => value.parse::<i64>().is_ok(),
        "double" => value.parse::<f64>().is_ok_and(f64::is_finite),
        _ => false,
    }
}

fn read_graphml(xml: &str) -> Graph {
    let all = parse(xml);
    let keys: BTreeMap<&str, &Element> = all
        .iter()
        .filter(|element| element.name == "key")
        .map(|key| (key.at["id"].as_str(), key))
        .collect();
    assert_eq!(keys.len(), KEYS.len(), "ids of keys differ");
    let head = all.iter().find(|element| element.name == "graph").unwrap();
    let mut graph = Graph {
        directed: head.at["edgedefault"] == "directed",
        nodes: BTreeMap::new(),
        edges: BTreeMap::new(),
    };
    for (place, element) in all.iter().enumerate() {
        if !matches!(element.name.as_str(), "node" | "edge") {
            continue;
        }
        let inside = all[place + 1..]
            .iter()
            .take_while(|inner| inner.depth > element.depth);
        let mut values = Values::new();
        for data in inside {
            assert_eq!(data.name, "data");
            let key = keys[data.at["key"].as_str()];
            assert_eq!(key.at["for"], element.name);
            assert!(is_of(&key.at["attr.type"], &data.words), "{data:?}");
            let name = key.at["attr.name"].clone();
            assert_eq!(values.insert(name, data.words.clone()), None);
        }
        graph.put(element, values);
    }
    graph
}

/// Declared attributes by class and id.
type Titles<'a> = BTreeMap<(String, String), &'a Element>;

fn gexf_values<'a>(
    element: &Element,
    inside: impl Iterator<Item = &'a Element>,
    titles: &Titles<'_>,
) -> Values {
    let mut values = Values::new();
    for name in ["label", "weight"] {
        if let Some(value) = element.at.get(name) {
            values.insert(name.to_owned(), value.clone());
        }
    }
    for inner in inside {
        match inner.name.as_str() {
            "attvalue" => {
                let key = (element.name.clone(), inner.at["for"].clone());
                let declared = titles[&key];
                assert!(is_of(&declared.at["type"], &inner.at["value"]), "{inner:?}");
                let title = declared.at["title"].clone();
                assert_eq!(values.insert(title, inner.at["value"].clone()), None);
            }
            "viz:position" => {
                values.insert("x".to_owned(), inner.at["x"].clone());
                values.insert("y".to_owned(), inner.at["y"].clone());
            }
            "viz:color" => {
                for part in ["r", "g", "b"] {
                    assert!(inner.at[part].parse::<u8>().is_ok());
                }
            }
            "viz:shape" => assert!(["solid", "dashed"].contains(&&*inner.at["value"])),
            name => assert_eq!(name, "attvalues"),
        }
    }
    values
}

fn read_gexf(xml: &str) -> Graph {
    let all = parse(xml);
    let mut titles = Titles::new();
    let mut class = "";
    for element in &all {
        match element.name.as_str() {
            "attributes" => class = &element.at["class"],
            "attribute" => {
                let key = (class.to_owned(), element.at["id"].clone());
                assert!(titles.insert(key, element).is_none());
            }
            _ => {}
        }
    }
    let head = all.iter().find(|element| element.name == "graph").unwrap();
    let mut graph = Graph {
        directed: head.at["defaultedgetype"] == "directed",
        nodes: BTreeMap::new(),
        edges: BTreeMap::new(),
    };
    for (place, element) in all.iter().enumerate() {
        if !matches!(element.name.as_str(), "node" | "edge") {
            continue;
        }
        let inside = all[place + 1..]
            .iter()
            .take_while(|inner| inner.depth > element.depth);
        let values = gexf_values(element, inside, &titles);
        if element.name == "edge" {
            assert_eq!(
                element.at["kind"], values["tie"],
                "Gephi joins ties of one kind"
            );
        }
        graph.put(element, values);
    }
    graph
}

/// Both files, read again; they must say the same.
fn reread((made, arranged, view): &(Network, Arrangement, ProjectView)) -> Graph {
    let graph = read_graphml(&graphml(made, arranged, view));
    assert_eq!(read_gexf(&gexf(made, arranged, view)), graph);
    for (id, values) in &graph.nodes {
        let place: usize = id.trim_start_matches('n').parse().unwrap();
        let (x, y) = arranged.places[&made.nodes[place].entity];
        let read = |name: &str| values[name].parse::<f32>().unwrap();
        assert_eq!((read("x"), read("y")), (x, 0.0 - y));
    }
    graph
}

#[test]
fn a_direct_network_is_read_again_as_it_was_counted() {
    let graph = reread(&made(&fixture(VELMORA), NetworkKind::Direct));
    assert!(graph.directed);
    let (nodes, edges) = graph.told();
    assert_eq!(
        nodes,
        [
            format!("{VELMORA}: type State, support 1, oppose 2, neither 0, received 1"),
            "Astrany: type State, support 0, oppose 0, neither 0, received 3".to_owned(),
            "Lorvik: type State, support 1, oppose 0, neither 0, received 0".to_owned(),
        ]
    );
    assert_eq!(
        edges,
        [
            format!("{VELMORA} supports Astrany: weight 1, statements 1, issues "),
            format!("{VELMORA} opposes Astrany: weight 2, statements 2, issues "),
            format!("Lorvik supports {VELMORA}: weight 1, statements 1, issues "),
        ]
    );
}

#[test]
fn discourse_networks_have_no_direction_and_name_their_issues() {
    let graph = reread(&made(&fixture(VELMORA), NetworkKind::Congruence));
    assert!(!graph.directed);
    let (nodes, edges) = graph.told();
    assert_eq!(
        nodes,
        [
            "Lorvik: type State, support 2, oppose 0, neither 0, received 0".to_owned(),
            format!("{VELMORA}: type State, support 2, oppose 0, neither 0, received 0"),
            "Astrany: type State, support 0, oppose 1, neither 0, received 0".to_owned(),
        ]
    );
    // On both issues, two statements each.
    let pair = format!("Lorvik agrees {VELMORA}: weight 2, statements 4, issues ban; truce");
    assert_eq!(edges, [pair]);
    let (_, edges) = reread(&made(&fixture(VELMORA), NetworkKind::Conflict)).told();
    assert_eq!(
        edges,
        [
            "Lorvik disagrees Astrany: weight 1, statements 2, issues ban".to_owned(),
            format!("{VELMORA} disagrees Astrany: weight 1, statements 2, issues ban"),
        ]
    );
    let (_, edges) = reread(&made(&fixture(VELMORA), NetworkKind::Subtract)).told();
    assert_eq!(edges.len(), 3, "{edges:?}");
}

#[test]
fn ties_are_a_table_too() {
    let (made, _, view) = made(&fixture(VELMORA), NetworkKind::Conflict);
    assert_eq!(
        ties(&made, &view).csv().unwrap(),
        "from,tie,to,weight,statements,issues\r\n\
         Lorvik,disagrees,Astrany,1,2,ban\r\n\
         \"Velmora & \"\"Sons\"\" <1>\",disagrees,Astrany,1,2,ban\r\n"
    );
}

#[test]
fn names_of_any_letters_are_read_again_as_they_are() {
    let config = ProptestConfig {
        cases: 64,
        ..ProptestConfig::default()
    };
    proptest!(config, |(name in "[ -~äшי\u{1}\u{b}\u{85}\u{fffe}\t\n🙂]{1,24}")| {
        let graph = reread(&made(&fixture(&name), NetworkKind::Direct));
        assert_eq!(graph.edges.len(), 3);
        // What XML cannot hold is left out; a line's end or tab is a blank.
        let legal = |c: &char| !matches!(c, '\u{1}' | '\u{b}' | '\u{85}' | '\u{fffe}');
        let blank = |c: char| if matches!(c, '\t' | '\n') { ' ' } else { c };
        let kept: String = name.chars().filter(legal).map(blank).collect();
        let labels: BTreeSet<&str> = graph.nodes.values().map(|node| &*node["label"]).collect();
        let expected: BTreeSet<&str> = [&*kept, "Astrany", "Lorvik"].into();
        assert_eq!(labels, expected);
    });
}
