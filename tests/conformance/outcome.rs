//! What a query gave, to be compared. In: answers in any format of the standards; out: whether two say the same.
//!
//! Solutions are compared as a list where their query sorts them and as a multiset otherwise, up to the names of blank nodes. They become a
//! graph for that, whose canonical forms are compared. Numbers are compared by value, because an answer may write 2.0 as 2.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNode, Graph, Literal, NamedNode, Term, Triple};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};
use oxsdatatypes::{Decimal, Double, Float, Integer};
use std::collections::BTreeMap;
use std::fmt;

/// The bound variables of a solution.
pub(crate) type Solution = BTreeMap<String, Term>;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Solutions(Vec<Solution>),
    Boolean(bool),
    Graph(Box<Graph>),
}

impl Outcome {
    /// An answer as a table or a truth value, in XML, JSON or TSV.
    pub(crate) fn read_table(bytes: &[u8], format: QueryResultsFormat) -> Result<Self, String> {
        let parsed = QueryResultsParser::from_format(format).for_slice(bytes);
        match parsed.map_err(|error| error.to_string())? {
            SliceQueryResultsParserOutput::Boolean(answer) => Ok(Self::Boolean(answer)),
            SliceQueryResultsParserOutput::Solutions(solutions) => {
                let rows = solutions.map(|solution| {
                    let solution = solution.map_err(|error| error.to_string())?;
                    let bound = solution.iter();
                    Ok(bound.map(|(name, term)| (name.as_str().into(), term.clone())).collect())
                });
                rows.collect::<Result<_, String>>().map(Self::Solutions)
            }
        }
    }

    /// A table in CSV: what begins like a blank node is one, the rest is text.
    pub(crate) fn read_csv(bytes: &[u8]) -> Result<Self, String> {
        let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut lines = text.lines().map(csv_fields);
        let names = lines.next().ok_or("no names")?;
        let row = |fields: Vec<String>| {
            let bound = names.iter().cloned().zip(fields);
            bound.map(|(name, field)| (name, csv_term(&field))).collect()
        };
        Ok(Self::Solutions(lines.map(row).collect()))
    }

    /// A graph in a format of RDF.
    pub(crate) fn read_graph(bytes: &[u8], format: RdfFormat, base: &str) -> Result<Self, String> {
        let parser = RdfParser::from_format(format);
        let parser = parser.with_base_iri(base).map_err(|error| error.to_string())?;
        let triples = parser.for_slice(bytes).map(|quad| quad.map(Triple::from));
        let graph = triples.collect::<Result<Graph, _>>().map_err(|error| error.to_string())?;
        Ok(as_result_set(&graph)
            .map_or_else(|| Self::Graph(Box::new(graph.clone())), Self::Solutions))
    }

    /// What is wrong with this answer, if `expected` is right.
    pub(crate) fn compare(&self, expected: &Self, in_order: bool) -> Result<(), String> {
        let is_same = match (self, expected) {
            (Self::Boolean(own), Self::Boolean(other)) => own == other,
            (Self::Graph(own), Self::Graph(other)) => canonical(own) == canonical(other),
            (Self::Solutions(own), Self::Solutions(other)) => {
                canonical(&as_graph(own, in_order)) == canonical(&as_graph(other, in_order))
            }
            _ => false,
        };
        if is_same { Ok(()) } else { Err(format!("found {self}, expected {expected}")) }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(answer) => answer.fmt(f),
            Self::Graph(graph) => graph.fmt(f),
            Self::Solutions(solutions) => {
                for solution in solutions {
                    let bound = solution.iter().map(|(name, term)| format!("?{name} {term}"));
                    write!(f, "({})", bound.collect::<Vec<_>>().join(", "))?;
                }
                write!(f, " {} rows", solutions.len())
            }
        }
    }
}

/// The graph of some solutions: a node for each different one with its values and its number or its places.
fn as_graph(solutions: &[Solution], in_order: bool) -> Graph {
    let mut places: BTreeMap<String, (Solution, Vec<usize>)> = BTreeMap::new();
    for (place, solution) in solutions.iter().enumerate() {
        let values = solution.iter().map(|(name, term)| (name.clone(), comparable(term)));
        let values: Solution = values.collect();
        let entry = places.entry(format!("{values:?}")).or_insert_with(|| (values, Vec::new()));
        entry.1.push(place);
    }
    let mut graph = Graph::new();
    for (values, places) in places.into_values() {
        let node = BlankNode::default();
        let when = if in_order { format!("{places:?}") } else { places.len().to_string() };
        let property = NamedNode::new_unchecked("urn:times");
        graph.insert(&Triple::new(node.clone(), property, Literal::from(when)));
        for (name, value) in values {
            let property = NamedNode::new_unchecked(format!("urn:variable:{name}"));
            graph.insert(&Triple::new(node.clone(), property, value));
        }
    }
    graph
}

fn canonical(graph: &Graph) -> Graph {
    let triples = graph.iter().map(|triple| {
        Triple::new(triple.subject, triple.predicate, comparable(&triple.object.into_owned()))
    });
    let mut canonical: Graph = triples.collect();
    canonical.canonicalize(CanonicalizationAlgorithm::Unstable);
    canonical
}

/// A number in the one form of its value, every other term as it is.
fn comparable(term: &Term) -> Term {
    let Term::Literal(literal) = term else { return term.clone() };
    let (value, datatype) = (literal.value(), literal.datatype());
    let canonical = match datatype {
        xsd::INTEGER => value.parse::<Integer>().map(|number| number.to_string()).ok(),
        xsd::DECIMAL => value.parse::<Decimal>().map(|number| number.to_string()).ok(),
        xsd::DOUBLE => value.parse::<Double>().map(|number| number.to_string()).ok(),
        xsd::FLOAT => value.parse::<Float>().map(|number| number.to_string()).ok(),
        _ => None,
    };
    canonical.map_or_else(|| term.clone(), |text| Literal::new_typed_literal(text, datatype).into())
}

/// The solutions that a graph spells in the vocabulary of result sets; none where it is just a graph.
fn as_result_set(graph: &Graph) -> Option<Vec<Solution>> {
    const RESULT_SET: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";
    let [solution, binding, variable, value] = ["solution", "binding", "variable", "value"]
        .map(|name| NamedNode::new_unchecked(format!("{RESULT_SET}{name}")));
    let class = NamedNode::new_unchecked(format!("{RESULT_SET}ResultSet"));
    let set = graph.subject_for_predicate_object(oxigraph::model::vocab::rdf::TYPE, &class)?;
    let solutions = graph.objects_for_subject_predicate(set, &solution);
    let read = solutions.map(|node| {
        let Term::BlankNode(node) = node.into_owned() else { panic!("{node} is no solution") };
        let bindings = graph.objects_for_subject_predicate(&node, &binding);
        let pairs = bindings.map(|node| {
            let Term::BlankNode(node) = node.into_owned() else { panic!("{node} is no binding") };
            let of = |property| graph.object_for_subject_predicate(&node, property).unwrap();
            let Term::Literal(name) = of(&variable).into_owned() else { panic!("no name") };
            (name.value().to_owned(), of(&value).into_owned())
        });
        pairs.collect()
    });
    Some(read.collect())
}

fn csv_term(field: &str) -> Term {
    match field.strip_prefix("_:") {
        Some(label) => BlankNode::new_unchecked(label).into(),
        None => Literal::from(field).into(),
    }
}

/// The fields of a line; none of the suite's holds a line break.
fn csv_fields(line: &str) -> Vec<String> {
    let (mut fields, mut is_quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}
