//! Collects the statements of one named graph.
//!
//! In: subject, property, value. Out: quads, each once, in the order of first mention, so that two
//! builds of one document are equal byte for byte. The surprise: a term is kept once and a statement is three places
//! among the terms, because a document says the same few thousand terms again and again.

use indexmap::{Equivalent, IndexSet};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, QuadRef, Term, TermRef};
use rustc_hash::FxBuildHasher;
use std::hash::{Hash, Hasher};

/// The statements of one named graph.
#[derive(Clone, Debug)]
pub struct Statements {
    graph: NamedNode,
    /// A document has thousands, and each is hashed whenever it is said: a hash that resists attackers costs a fifth of
    /// all work, and the worst that a text can do is make its own description slow.
    terms: IndexSet<Term, FxBuildHasher>,
    /// Subject, property and value of each, as places among the terms.
    triples: IndexSet<[usize; 3], FxBuildHasher>,
}

impl PartialEq for Statements {
    /// The same quads in the same order.
    fn eq(&self, other: &Self) -> bool {
        self.graph == other.graph && self.quads().eq(other.quads())
    }
}

impl Eq for Statements {}

/// An IRI that is looked for among terms without being copied.
struct Node<'a>(NamedNodeRef<'a>);

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        TermRef::from(self.0).hash(state);
    }
}

impl Equivalent<Term> for Node<'_> {
    fn equivalent(&self, term: &Term) -> bool {
        term.as_ref() == TermRef::from(self.0)
    }
}

impl Statements {
    /// No statements yet, for the graph named `graph`.
    pub(crate) fn new(graph: NamedNode) -> Self {
        Self { graph, terms: IndexSet::default(), triples: IndexSet::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.triples.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.triples.is_empty()
    }

    /// The quads, in the order in which they were first said.
    pub fn quads(&self) -> impl Iterator<Item = QuadRef<'_>> {
        let node = |at: usize| match self.terms.get_index(at) {
            Some(Term::NamedNode(node)) => Some(node.as_ref()),
            _ => None,
        };
        self.triples.iter().filter_map(move |&[subject, property, value]| {
            let value = self.terms.get_index(value)?;
            Some(QuadRef::new(node(subject)?, node(property)?, value, &self.graph))
        })
    }

    /// The quads, with their terms.
    pub fn into_quads(self) -> Vec<Quad> {
        self.quads().map(QuadRef::into_owned).collect()
    }

    /// `subject property value`.
    pub(crate) fn add(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        value: impl Into<Term>,
    ) {
        let (subject, property) = (self.node(subject.as_ref()), self.node(property));
        let (value, _) = self.terms.insert_full(value.into());
        self.triples.insert([subject, property, value]);
    }

    /// The place of `node` among the terms.
    fn node(&mut self, node: NamedNodeRef<'_>) -> usize {
        let known = self.terms.get_index_of(&Node(node));
        known.unwrap_or_else(|| self.terms.insert_full(node.into_owned().into()).0)
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
        assert_eq!(statements.len(), 2);
        assert_eq!(statements.quads().count(), 2);
    }

    #[test]
    fn a_term_is_kept_once_wherever_it_stands() {
        let node = NamedNode::new_unchecked("https://example.org/a");
        let mut statements = Statements::new(node.clone());
        statements.add(&node, rdfs::SEE_ALSO, node.clone());
        statements.add(&node, rdf::VALUE, node.clone());
        statements.label(&node, "甲");
        let terms: Vec<String> = statements.terms.iter().map(Term::to_string).collect();
        let label = rdfs::LABEL.to_string();
        let (see, value) = (rdfs::SEE_ALSO.to_string(), rdf::VALUE.to_string());
        assert_eq!(terms, [node.to_string(), see, value, label, "\"甲\"@zh".to_owned()]);
        let quads = statements.clone().into_quads();
        assert!(quads.iter().map(Quad::as_ref).eq(statements.quads()));
    }

    #[test]
    fn statements_are_the_same_where_their_quads_come_in_the_same_order() {
        let [one, other] =
            ["a", "b"].map(|name| NamedNode::new_unchecked(format!("https://example.org/{name}")));
        let said = |pairs: [(&NamedNode, &NamedNode); 2]| {
            let mut statements = Statements::new(one.clone());
            for (subject, value) in pairs {
                statements.add(subject, rdfs::SEE_ALSO, value.clone());
            }
            statements
        };
        let there = said([(&one, &other), (&other, &one)]);
        assert_eq!(there, said([(&one, &other), (&other, &one)]));
        assert_ne!(there, said([(&other, &one), (&one, &other)]));
    }
}
