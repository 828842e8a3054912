//! What a store tells of one node after the other. In: a class, then nodes and properties; out: nodes and literals. Guarantee: as
//! [`Store::triples`] tells it, in the same order. The surprise: nodes and properties are numbers here, because for many small
//! questions most of the work would be to look up their IRIs.

use super::dataset::Store;
use super::quads::Among;
use crate::image::{IdQuad, TermId, TermKind};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNodeRef, Term};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A property as a store knows it.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    iri: NamedNodeRef<'static>,
    /// `None` where no triple has it.
    id: Option<TermId>,
}

impl Property {
    /// Its IRI.
    pub fn iri(self) -> &'static str {
        self.iri.as_str()
    }
}

/// A node with an IRI. Those of one store compare as their IRIs do.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    store: &'a Store,
    id: TermId,
}

impl PartialEq for Subject<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Subject<'_> {}

impl PartialOrd for Subject<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Subject<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl Hash for Subject<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subject({})", self.iri())
    }
}

impl Store {
    /// Looks up a property.
    pub fn property(&self, iri: NamedNodeRef<'static>) -> Property {
        Property { iri, id: self.id(iri.into()) }
    }

    /// The nodes of a class that have an IRI, each once, in the order of their IRIs.
    pub fn members(&self, class: NamedNodeRef<'_>) -> Vec<Subject<'_>> {
        let ids = self.id(rdf::TYPE.into()).zip(self.id(class.into()));
        let of_class = ids.into_iter().flat_map(|(predicate, object)| {
            let pattern = IdQuad {
                subject: None,
                predicate: Some(predicate),
                object: Some(object),
                graph: None,
            };
            self.rows().matches(pattern, Among::Triples, || {})
        });
        of_class.filter_map(|row| self.subject(row.subject)).collect()
    }

    /// `None` for what has no IRI.
    fn subject(&self, id: TermId) -> Option<Subject<'_>> {
        (self.image().kind(id) == Some(TermKind::NamedNode)).then_some(Subject { store: self, id })
    }
}

impl<'a> Subject<'a> {
    /// Its IRI.
    pub fn iri(self) -> String {
        match self.store.term(self.id) {
            Some(Term::NamedNode(node)) => node.into_string(),
            _ => String::new(),
        }
    }

    fn objects(self, property: Property) -> impl Iterator<Item = TermId> + use<'a> {
        let Self { store, id } = self;
        let rows = property.id.map(|predicate| {
            let pattern =
                IdQuad { subject: Some(id), predicate: Some(predicate), object: None, graph: None };
            store.rows().matches(pattern, Among::Triples, || {})
        });
        rows.into_iter().flatten().map(|row| row.object)
    }

    /// The literals that it has as this property.
    pub fn literals(self, property: Property) -> impl Iterator<Item = Literal> + use<'a> {
        self.objects(property).filter_map(move |id| match self.store.term(id)? {
            Term::Literal(literal) => Some(literal),
            _ => None,
        })
    }

    /// The nodes with an IRI to which the property leads, in the order of their IRIs.
    pub fn nodes(self, property: Property) -> impl Iterator<Item = Self> + use<'a> {
        self.objects(property).filter_map(move |id| self.store.subject(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NQUADS: &str = r#"
<http://e/乙> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/苗圃> <http://e/图一> .
<http://e/甲> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/苗圃> <http://e/图一> .
<http://e/甲> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/苗圃> <http://e/图二> .
_:节 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/苗圃> .
<http://e/甲> <http://e/邻> <http://e/乙> .
<http://e/甲> <http://e/邻> _:节 .
<http://e/甲> <http://e/邻> "绿地"@zh .
"#;

    #[test]
    fn members_are_told_by_iri_and_their_objects_by_kind() {
        let store = Store::read_nquads(NQUADS.as_bytes()).unwrap();
        let members = store.members(NamedNodeRef::new_unchecked("http://e/苗圃"));
        let iris: Vec<String> = members.iter().map(|member| member.iri()).collect();
        assert_eq!(iris, ["http://e/乙", "http://e/甲"]);
        let next = store.property(NamedNodeRef::new_unchecked("http://e/邻"));
        let nodes: Vec<Subject<'_>> = members[1].nodes(next).collect();
        assert_eq!(nodes, members[..1]);
        let literals: Vec<Literal> = members[1].literals(next).collect();
        assert_eq!(literals, [Literal::new_language_tagged_literal_unchecked("绿地", "zh")]);
    }

    #[test]
    fn a_class_or_property_that_the_store_lacks_has_nothing() {
        let store = Store::read_nquads(NQUADS.as_bytes()).unwrap();
        let unknown = NamedNodeRef::new_unchecked("http://e/未知");
        assert_eq!(store.members(unknown), []);
        let members = store.members(NamedNodeRef::new_unchecked("http://e/苗圃"));
        assert_eq!(members[0].literals(store.property(unknown)).count(), 0);
    }
}
