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
    let mut names: Vec<_> = tie.issues.iter().map(name).collect();
    names.sort_unstable();
    names.join("; ")
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
mod tests;
