//! Collects the statements of one named graph.
//!
//! In: subject, property, value. Out: quads, each once, in the order of first mention, so that two
//! builds of one document are equal byte for byte.

use indexmap::IndexSet;
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};
use rustc_hash::FxBuildHasher;

/// The statements of one named graph.
pub(crate) struct Statements {
    graph: NamedNode,
    /// A document has thousands, each hashed once: a hash that resists attackers costs a fifth of all work, and
    /// the worst that a text can do is make its own description slow.
    triples: IndexSet<Triple, FxBuildHasher>,
}

impl Statements {
    /// No statements yet, for the graph named `graph`.
    pub(crate) fn new(graph: NamedNode) -> Self {
        Self { graph, triples: IndexSet::default() }
    }

    /// The quads.
    pub(crate) fn into_quads(self) -> Vec<Quad> {
        let Self { graph, triples } = self;
        triples.into_iter().map(|triple| triple.in_graph(graph.clone())).collect()
    }

    /// `subject property value`.
    pub(crate) fn add(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        value: impl Into<Term>,
    ) {
        self.triples.insert(Triple::new(subject.clone(), property, value));
    }

    /// `subject a class`.
    pub(crate) fn class(&mut self, subject: &NamedNode, class: NamedNodeRef<'_>) {
        self.add(subject, rdf::TYPE, class);
    }

    /// A string without language.
    pub(crate) fn string(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, value: &str) {
        self.add(subject, property, Literal::new_simple_literal(value));
    }

    /// A Chinese string.
    pub(crate) fn chinese(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, value: &str) {
        self.add(subject, property, Literal::new_language_tagged_literal_unchecked(value, "zh"));
    }

    /// A Chinese string and, where there is one, its English form.
    pub(crate) fn bilingual(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        (chinese, english): (&str, Option<&str>),
    ) {
        self.chinese(subject, property, chinese);
        if let Some(english) = english {
            let literal = Literal::new_language_tagged_literal_unchecked(english, "en");
            self.add(subject, property, literal);
        }
    }

    /// The Chinese name that pages show.
    pub(crate) fn label(&mut self, subject: &NamedNode, label: &str) {
        self.chinese(subject, rdfs::LABEL, label);
    }

    /// A count, rank or offset.
    pub(crate) fn integer(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        value: usize,
    ) {
        let value = Literal::new_typed_literal(value.to_string(), xsd::INTEGER);
        self.add(subject, property, value);
    }

    /// A decimal number in decimal notation.
    pub(crate) fn decimal(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, value: &str) {
        self.add(subject, property, Literal::new_typed_literal(value, xsd::DECIMAL));
    }

    /// A year.
    pub(crate) fn year(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, year: u16) {
        let value = Literal::new_typed_literal(format!("{year:04}"), xsd::G_YEAR);
        self.add(subject, property, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_made_twice_is_there_once() {
        let node = NamedNode::new_unchecked("https://example.org/a");
        let mut statements = Statements::new(node.clone());
        statements.label(&node, "甲");
        statements.label(&node, "甲");
        statements.label(&node, "乙");
        assert_eq!(statements.into_quads().len(), 2);
    }
}
