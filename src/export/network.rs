//! A network of actors as a file: GraphML (visone, Gephi, igraph, networkx), GEXF 1.3 (Gephi), and
//! its ties as a table.
//!
//! Plain and typed: Gephi refuses GraphML whose keys have no type. Places are those of the chart, y
//! upwards as both programs have it. Nodes are `n0…`, ties `e0…`, in the order of the chart.

use serde::Serialize;

use crate::analysis::{Network, NetworkNode, ProjectView, Tie, TieKind, column_name};
use crate::export::escape;
use crate::export::tables::{Cells, Table, safe, table};
use crate::figure::network::layout::Arrangement;
use crate::figure::tokens::{LIGHT, Rgb};
use crate::model::IssueId;

/// An attribute: name and value.
type Attribute = (&'static str, String);

fn node_attributes(node: &NetworkNode, view: &ProjectView) -> Vec<Attribute> {
    let kind = view.entity_type(node.entity).map_or("", |kind| kind.name());
    let count = |count: usize| count.to_string();
    vec![
        ("type", kind.to_owned()),
        ("support", count(node.held.support.len())),
        ("oppose", count(node.held.oppose.len())),
        ("neither", count(node.held.neither.len())),
        ("received", count(node.received)),
    ]
}

fn tie_attributes(tie: &Tie, view: &ProjectView) -> Vec<Attribute> {
    vec![
        ("tie", kind_word(tie.kind).to_owned()),
        ("statements", tie.statements.len().to_string()),
        ("issues", issues(tie, view)),
    ]
}

fn kind_word(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Supports => "supports",
        TieKind::Opposes => "opposes",
        TieKind::Agrees => "agrees",
        TieKind::Disagrees => "disagrees",
    }
}

fn issues(tie: &Tie, view: &ProjectView) -> String {
    let name = |id: &IssueId| column_name(view, crate::analysis::Column::Issue(*id));
    tie.issues.iter().map(name).collect::<Vec<_>>().join("; ")
}

fn colour(node: &NetworkNode, view: &ProjectView) -> Rgb {
    view.entity_type(node.entity)
        .map_or(LIGHT.ink3, |kind| LIGHT.entity_type(kind))
}

fn directed(network: &Network) -> &'static str {
    if network.options.kind.term().is_none() {
        "directed"
    } else {
        "undirected"
    }
}

fn description(network: &Network) -> String {
    let options = network.options;
    match options.kind.term() {
        None => "Direct network: holder to target, weight is the number of statements".to_owned(),
        Some(term) => format!(
            "Discourse network ({term}): normalisation: {}; repeats: {}",
            options.normalisation.name().to_lowercase(),
            options.repeats.name().to_lowercase()
        ),
    }
}

/// Keys of GraphML: what they are for, name, type.
const KEYS: [(&str, &str, &str); 12] = [
    ("node", "label", "string"),
    ("node", "type", "string"),
    ("node", "support", "int"),
    ("node", "oppose", "int"),
    ("node", "neither", "int"),
    ("node", "received", "int"),
    ("node", "x", "double"),
    ("node", "y", "double"),
    ("edge", "weight", "double"),
    ("edge", "tie", "string"),
    ("edge", "statements", "int"),
    ("edge", "issues", "string"),
];

/// Returns the network as GraphML.
#[must_use]
pub fn graphml(network: &Network, arranged: &Arrangement, view: &ProjectView) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    for (target, name, kind) in KEYS {
        let id = format!("{target}_{name}");
        let words = format!(
            "<key id=\"{id}\" for=\"{target}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        );
        line(&mut out, 1, &words);
    }
    let edge = directed(network);
    line(
        &mut out,
        1,
        &format!("<graph id=\"network\" edgedefault=\"{edge}\">"),
    );
    line(
        &mut out,
        2,
        &format!("<desc>{}</desc>", escape(&description(network))),
    );
    for (at, node) in network.nodes.iter().enumerate() {
        line(&mut out, 2, &format!("<node id=\"n{at}\">"));
        data(&mut out, "node_label", view.entity_name(node.entity));
        for (name, value) in node_attributes(node, view) {
            data(&mut out, &format!("node_{name}"), &value);
        }
        let (x, y) = place(arranged, node);
        data(&mut out, "node_x", &x.to_string());
        data(&mut out, "node_y", &y.to_string());
        line(&mut out, 2, "</node>");
    }
    for (at, tie) in network.ties.iter().enumerate() {
        let (from, to) = (tie.from, tie.to);
        let words = format!("<edge id=\"e{at}\" source=\"n{from}\" target=\"n{to}\">");
        line(&mut out, 2, &words);
        data(&mut out, "edge_weight", &tie.weight.to_string());
        for (name, value) in tie_attributes(tie, view) {
            data(&mut out, &format!("edge_{name}"), &value);
        }
        line(&mut out, 2, "</edge>");
    }
    line(&mut out, 1, "</graph>");
    line(&mut out, 0, "</graphml>");
    out
}

fn data(out: &mut String, key: &str, value: &str) {
    line(
        out,
        3,
        &format!("<data key=\"{key}\">{}</data>", escape(value)),
    );
}

/// Where an actor stands, y upwards.
fn place(arranged: &Arrangement, node: &NetworkNode) -> (f32, f32) {
    let (x, y) = arranged
        .places
        .get(&node.entity)
        .copied()
        .unwrap_or_default();
    (x, 0.0 - y)
}

/// Returns the network as GEXF 1.3; ties of one pair differ in `kind`, so that Gephi keeps them
/// apart.
#[must_use]
pub fn gexf(network: &Network, arranged: &Arrangement, view: &ProjectView) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" \
         version=\"1.3\">\n",
    );
    line(&mut out, 1, "<meta>");
    line(&mut out, 2, "<creator>Demarche</creator>");
    let words = escape(&description(network));
    line(&mut out, 2, &format!("<description>{words}</description>"));
    line(&mut out, 1, "</meta>");
    let edge = directed(network);
    line(
        &mut out,
        1,
        &format!("<graph defaultedgetype=\"{edge}\" mode=\"static\">"),
    );
    declare(&mut out, "node", &NODE_TYPES);
    declare(&mut out, "edge", &TIE_TYPES);
    line(&mut out, 2, "<nodes>");
    for (at, node) in network.nodes.iter().enumerate() {
        gexf_node(&mut out, at, node, (place(arranged, node), view));
    }
    line(&mut out, 2, "</nodes>");
    line(&mut out, 2, "<edges>");
    for (at, tie) in network.ties.iter().enumerate() {
        gexf_tie(&mut out, at, tie, view);
    }
    line(&mut out, 2, "</edges>");
    line(&mut out, 1, "</graph>");
    line(&mut out, 0, "</gexf>");
    out
}

/// Attributes of GEXF, with its names of types.
const NODE_TYPES: [(&str, &str); 5] = [
    ("type", "string"),
    ("support", "integer"),
    ("oppose", "integer"),
    ("neither", "integer"),
    ("received", "integer"),
];
const TIE_TYPES: [(&str, &str); 3] = [
    ("tie", "string"),
    ("statements", "integer"),
    ("issues", "string"),
];

fn gexf_node(
    out: &mut String,
    at: usize,
    node: &NetworkNode,
    ((x, y), view): ((f32, f32), &ProjectView),
) {
    let name = escape(view.entity_name(node.entity));
    line(out, 3, &format!("<node id=\"n{at}\" label=\"{name}\">"));
    values(out, &node_attributes(node, view));
    let Rgb(r, g, b) = colour(node, view);
    line(
        out,
        4,
        &format!("<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>"),
    );
    line(
        out,
        4,
        &format!("<viz:position x=\"{x}\" y=\"{y}\" z=\"0.0\"/>"),
    );
    line(out, 3, "</node>");
}

fn gexf_tie(out: &mut String, at: usize, tie: &Tie, view: &ProjectView) {
    let (from, to, weight) = (tie.from, tie.to, tie.weight);
    let kind = kind_word(tie.kind);
    let ends = format!("source=\"n{from}\" target=\"n{to}\"");
    let words = format!("<edge id=\"e{at}\" {ends} kind=\"{kind}\" weight=\"{weight}\">");
    line(out, 3, &words);
    values(out, &tie_attributes(tie, view));
    let Rgb(r, g, b) = LIGHT.polarity(tie.kind.side());
    line(
        out,
        4,
        &format!("<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>"),
    );
    let shape = if tie.kind.is_positive() {
        "solid"
    } else {
        "dashed"
    };
    line(out, 4, &format!("<viz:shape value=\"{shape}\"/>"));
    line(out, 3, "</edge>");
}

fn declare(out: &mut String, class: &str, names: &[(&str, &str)]) {
    line(out, 2, &format!("<attributes class=\"{class}\">"));
    for (name, kind) in names {
        line(
            out,
            3,
            &format!("<attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>"),
        );
    }
    line(out, 2, "</attributes>");
}

fn values(out: &mut String, attributes: &[Attribute]) {
    line(out, 4, "<attvalues>");
    for (name, value) in attributes {
        line(
            out,
            5,
            &format!("<attvalue for=\"{name}\" value=\"{}\"/>", escape(value)),
        );
    }
    line(out, 4, "</attvalues>");
}

fn line(out: &mut String, depth: usize, words: &str) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    out.push_str(words);
    out.push('\n');
}

/// A tie as a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TieRow {
    from: String,
    tie: &'static str,
    to: String,
    weight: f64,
    statements: usize,
    issues: String,
}

impl Cells for TieRow {
    const HEAD: &'static [&'static str] = &["from", "tie", "to", "weight", "statements", "issues"];

    fn cells(&self) -> Vec<String> {
        vec![
            safe(&self.from),
            self.tie.to_owned(),
            safe(&self.to),
            self.weight.to_string(),
            self.statements.to_string(),
            safe(&self.issues),
        ]
    }
}

/// Returns the ties of a network.
#[must_use]
pub fn ties(network: &Network, view: &ProjectView) -> Table<TieRow> {
    let name = |place: usize| {
        let node = network.nodes.get(place);
        node.map_or("", |node| view.entity_name(node.entity))
            .to_owned()
    };
    let row = |tie: &Tie| TieRow {
        from: name(tie.from),
        tie: kind_word(tie.kind),
        to: name(tie.to),
        weight: tie.weight,
        statements: tie.statements.len(),
        issues: issues(tie, view),
    };
    table("ties", network.ties.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use quick_xml::Reader;
    use quick_xml::events::{BytesStart, Event};

    use super::*;
    use crate::analysis::fixtures::Fixture;
    use crate::analysis::{Filter, NetworkKind, NetworkOptions, network};
    use crate::figure::network::layout::Plan;
    use crate::model::{Act, Polarity};

    /// Velmora, with a name that XML must escape, opposes Astrany twice and supports it once.
    fn made(kind: NetworkKind) -> (Network, Arrangement, ProjectView) {
        let (project, view) = Fixture::new()
            .says(
                "Velmora & \"Sons\" <1>",
                "Astrany",
                Act::Reject,
                Polarity::Oppose,
            )
            .says(
                "Velmora & \"Sons\" <1>",
                "Astrany",
                Act::Accuse,
                Polarity::Oppose,
            )
            .says(
                "Velmora & \"Sons\" <1>",
                "Astrany",
                Act::Agree,
                Polarity::Support,
            )
            .on(
                "Velmora & \"Sons\" <1>",
                "ban",
                Act::Support,
                Polarity::Support,
            )
            .on("Astrany", "ban", Act::Reject, Polarity::Oppose)
            .build();
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

    fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
        let read = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let name = attribute.key.as_ref().to_owned();
            let raw = attribute.value.into_owned();
            (
                name,
                quick_xml::escape::unescape(&raw).unwrap().into_owned(),
            )
        };
        tag.attributes().map(|found| read(found.unwrap())).collect()
    }

    /// Elements with their attributes, in order; the text inside stands under `""`.
    fn parse(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
        let mut reader = Reader::from_str(xml);
        let mut found: Vec<(String, BTreeMap<String, String>)> = Vec::new();
        let mut open = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    open.push(name.clone());
                    found.push((name, attributes(&tag)));
                }
                Event::Empty(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    found.push((name, attributes(&tag)));
                }
                Event::End(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    assert_eq!(open.pop(), Some(name));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(open.is_empty());
        found
    }

    #[test]
    fn graphml_has_typed_keys_and_every_tie() {
        let (made, arranged, view) = made(NetworkKind::Direct);
        let parsed = parse(&graphml(&made, &arranged, &view));
        let keys: BTreeSet<String> = parsed
            .iter()
            .filter(|(name, _)| name == "key")
            .map(|(_, at)| {
                assert!(at.contains_key("attr.type") && at.contains_key("attr.name"));
                at["id"].clone()
            })
            .collect();
        for (name, at) in &parsed {
            if name == "data" {
                assert!(keys.contains(&at["key"]), "{at:?}");
            }
        }
        let edges: Vec<_> = parsed.iter().filter(|(name, _)| name == "edge").collect();
        assert_eq!(edges.len(), 2);
        assert_eq!(edges[0].1["source"], "n1");
        assert_eq!(edges[0].1["target"], "n0");
        let graph = parsed.iter().find(|(name, _)| name == "graph").unwrap();
        assert_eq!(graph.1["edgedefault"], "directed");
    }

    #[test]
    fn gexf_keeps_ties_of_one_pair_apart_and_names_as_they_are() {
        let (made, arranged, view) = made(NetworkKind::Direct);
        let parsed = parse(&gexf(&made, &arranged, &view));
        let of = |wanted: &str| -> Vec<&BTreeMap<String, String>> {
            parsed
                .iter()
                .filter(|(name, _)| name == wanted)
                .map(|(_, at)| at)
                .collect()
        };
        let labels: Vec<_> = of("node").iter().map(|at| at["label"].clone()).collect();
        assert_eq!(labels, ["Astrany", "Velmora & \"Sons\" <1>"]);
        let edges: Vec<_> = of("edge")
            .iter()
            .map(|at| (at["kind"].clone(), at["weight"].clone()))
            .collect();
        let pair = |kind: &str, weight: &str| (kind.to_owned(), weight.to_owned());
        assert_eq!(edges, [pair("supports", "1"), pair("opposes", "2")]);
        assert_eq!(of("viz:position").len(), 2);
    }

    #[test]
    fn a_conflict_network_has_no_direction_and_names_its_issues() {
        let (made, arranged, view) = made(NetworkKind::Conflict);
        let parsed = parse(&gexf(&made, &arranged, &view));
        let graph = parsed.iter().find(|(name, _)| name == "graph").unwrap();
        assert_eq!(graph.1["defaultedgetype"], "undirected");
        let table = ties(&made, &view).csv().unwrap();
        assert_eq!(
            table,
            "from,tie,to,weight,statements,issues\r\n\
             Astrany,disagrees,\"Velmora & \"\"Sons\"\" <1>\",1,2,ban\r\n"
        );
    }
}
