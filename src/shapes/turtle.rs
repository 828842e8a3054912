//! Shapes file to triples by subject, in the order of the file.
//!
//! In: Turtle. Out: [`ShapesGraph`], or where the syntax broke. Guarantees: reading a list ends, even
//! when the list runs in a circle.

use std::collections::{HashMap, HashSet};

use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::error::ShapesError;

/// The triples of a shapes file.
pub(super) struct ShapesGraph {
    subjects: Vec<NamedOrBlankNode>,
    triples: HashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>>,
    /// Prefixes that the file declares, for display.
    pub(super) prefixes: Vec<(String, String)>,
}

impl ShapesGraph {
    pub(super) fn parse(turtle: &str) -> Result<Self, ShapesError> {
        let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
        let mut subjects = Vec::new();
        let mut triples: HashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>> = HashMap::new();
        for quad in parser.by_ref() {
            let quad = quad.map_err(|error| syntax(&error))?;
            let described = triples.entry(quad.subject.clone()).or_default();
            if described.is_empty() {
                subjects.push(quad.subject);
            }
            described.push((quad.predicate, quad.object));
        }
        let prefixes = parser
            .prefixes()
            .map(|(name, namespace)| (name.to_owned(), namespace.to_owned()))
            .collect();
        Ok(Self { subjects, triples, prefixes })
    }

    /// Every subject, in the order of the file.
    pub(super) fn subjects(&self) -> &[NamedOrBlankNode] {
        &self.subjects
    }

    /// Predicate and object of the triples about a node, in the order of the file.
    pub(super) fn description(&self, node: &NamedOrBlankNode) -> &[(NamedNode, Term)] {
        self.triples.get(node).map_or(&[], Vec::as_slice)
    }

    /// Objects of one property.
    pub(super) fn objects<'g>(
        &'g self,
        node: &NamedOrBlankNode,
        property: &'g NamedNode,
    ) -> impl Iterator<Item = &'g Term> + use<'g> {
        self.description(node).iter().filter(move |(p, _)| p == property).map(|(_, object)| object)
    }

    /// The members of an RDF list; none where the node is no well-formed list.
    pub(super) fn list(&self, head: &Term) -> Option<Vec<&Term>> {
        let part = |node: &NamedOrBlankNode, property: NamedNodeRef<'_>| {
            let mut parts = self.description(node).iter();
            parts.find(|(other, _)| other.as_ref() == property).map(|(_, object)| object)
        };
        let mut members = Vec::new();
        let mut passed = HashSet::new();
        let mut node = as_node(head)?;
        while node != rdf::NIL.into_owned().into() {
            if !passed.insert(node.clone()) {
                return None;
            }
            members.push(part(&node, rdf::FIRST)?);
            node = as_node(part(&node, rdf::REST)?)?;
        }
        Some(members)
    }
}

/// A term that can be a subject.
pub(super) fn as_node(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

fn syntax(error: &RdfSyntaxError) -> ShapesError {
    let start = error.location().map(|range| range.start);
    let message = error.to_string();
    // The parser's message begins with the position, which the variant carries already.
    let message = message.split_once(": ").map_or(message.as_str(), |(_, what)| what).to_owned();
    let (line, column) = start.map_or((0, 0), |at| (at.line + 1, at.column + 1));
    ShapesError::Syntax { line, column, message }
}
