//! The graph of a release: an image that is never changed once made. In: an image's file, quads or N-Quads; out: quads,
//! triples and descriptions by pattern, and what the evaluator asks for.
//!
//! Guarantees: a quad counts once; [`Store::triples`] is the set of the triples of all graphs, so a
//! triple in two graphs counts once there too. Terms keep their lexical forms. The surprise: a blank
//! node of the input is one node in all graphs, because N-Quads says so.

use super::error::StoreError;
use super::load::feed;
use super::quads::{Among, Quads};
use super::text_search::Literals;
use crate::columns::Links;
use crate::image::{
    Batch, Builder, BuilderOptions, DEFAULT_GRAPH, FileBuilder, IdPattern, IdQuad, Image,
    ImageError, TermId,
};
use oxigraph::io::RdfParseError;
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad,
    Term, TermRef, Triple,
};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::HashSet;
use std::fmt;
use std::io::Read;
use std::path::Path;

/// An immutable set of quads.
pub struct Store {
    image: Image,
    links: Links,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({} quads)", self.len())
    }
}

impl FromIterator<Quad> for Store {
    fn from_iter<I: IntoIterator<Item = Quad>>(quads: I) -> Self {
        Self::from_quads(quads)
    }
}

impl Store {
    fn of(image: Image) -> Self {
        Self { image, links: Links::default() }
    }

    /// A store of these quads. A quad whose terms no longer fit into a store's 2³¹ distinct terms is
    /// left out; that many do not fit into memory either.
    pub fn from_quads(quads: impl IntoIterator<Item = Quad>) -> Self {
        let mut builder = Builder::default();
        for quad in quads {
            if let Err(error) = builder.insert(quad.as_ref()) {
                tracing::error!("a quad is left out of the store: {error}");
            }
        }
        Self::of(builder.finish())
    }

    /// A store of the quads of an N-Quads file.
    ///
    /// # Errors
    /// [`StoreError::Read`] where the text is not N-Quads or the reader fails.
    pub fn read_nquads(reader: impl Read) -> Result<Self, StoreError> {
        let mut builder = Builder::default();
        feed(reader, |batch| builder.insert_all(batch))?.map_err(RdfParseError::Io)?;
        Ok(Self::of(builder.finish()))
    }

    /// Opens the image at `path`, which [`Store::write_image`] has written: the file is mapped and read as it is touched.
    ///
    /// # Errors
    /// [`ImageError`], by what is wrong with the file.
    pub fn open(path: &Path) -> Result<Self, ImageError> {
        Ok(Self::of(Image::open(path)?))
    }

    /// Writes the image of an N-Quads file to a new file at `path`, in bounded memory. The file is not synced.
    ///
    /// # Errors
    /// As [`Store::read_nquads`], and [`StoreError::Image`] where the file cannot be written.
    pub fn write_image(nquads: impl Read, path: &Path) -> Result<(), StoreError> {
        Self::write_image_within(nquads, path, BuilderOptions::default())
    }

    /// [`Store::write_image`] in about as much memory as the options say.
    ///
    /// # Errors
    /// As there.
    pub fn write_image_within(
        nquads: impl Read,
        path: &Path,
        options: BuilderOptions,
    ) -> Result<(), StoreError> {
        let mut builder = FileBuilder::new(path, options);
        feed(nquads, |batch| builder.insert_all(batch))??;
        Ok(builder.finish()?)
    }

    /// Writes the image of this store's quads and of `more` to a new file, in bounded memory. The file is not synced.
    ///
    /// # Errors
    /// [`StoreError::Image`] where the file cannot be written.
    pub fn write_image_with(&self, more: &[Quad], path: &Path) -> Result<(), StoreError> {
        let mut builder = FileBuilder::new(path, BuilderOptions::default());
        let mut batch = Batch::default();
        for quad in more {
            batch.push(quad.as_ref());
        }
        builder.insert_image(&self.image)?;
        builder.insert_all(&batch)?;
        Ok(builder.finish()?)
    }

    /// Whether every byte of the image is as it was written. Reads all of it.
    ///
    /// # Errors
    /// [`ImageError::Damaged`] says which part is not.
    pub fn check(&self) -> Result<(), ImageError> {
        self.image.check()
    }

    /// Number of distinct quads.
    pub fn len(&self) -> usize {
        self.image.quads_len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The named graphs that hold a quad.
    pub fn graphs(&self) -> impl Iterator<Item = NamedOrBlankNode> {
        self.image.graphs().filter_map(|id| as_node(self.term(id)?))
    }

    /// The quads that match; `None` matches anything, `graph` any graph with the default one.
    pub fn quads<'a>(
        &'a self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Quad> + use<'a> {
        let among = match graph {
            None => Some(Among::Every),
            Some(GraphNameRef::DefaultGraph) => Some(Among::One(DEFAULT_GRAPH)),
            Some(GraphNameRef::NamedNode(name)) => self.id(name.into()).map(Among::One),
            Some(GraphNameRef::BlankNode(name)) => self.id(name.into()).map(Among::One),
        };
        let pattern = self.pattern(subject, predicate, object).zip(among);
        pattern
            .into_iter()
            .flat_map(|(pattern, among)| self.rows().matches(pattern, among, || {}))
            .filter_map(|row| self.quad(row))
    }

    /// The triples that match in any graph, each once.
    pub fn triples<'a>(
        &'a self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> impl Iterator<Item = Triple> + use<'a> {
        let pattern = self.pattern(subject, predicate, object);
        pattern
            .into_iter()
            .flat_map(|pattern| self.rows().matches(pattern, Among::Triples, || {}))
            .filter_map(|row| self.quad(row))
            .map(Triple::from)
    }

    /// Number of triples that match, in any graph, each once; known without looking at them.
    pub fn count(&self, predicate: Option<NamedNodeRef<'_>>, object: Option<TermRef<'_>>) -> usize {
        let pattern = self.pattern(None, predicate, object);
        pattern.map_or(0, |pattern| self.rows().count(pattern))
    }

    /// Whether the resource is the subject of a triple, which is to say that there is a page for it.
    pub fn contains_subject(&self, resource: &NamedNode) -> bool {
        self.triples(Some(resource.as_ref().into()), None, None).next().is_some()
    }

    /// All triples about the resource, and about the blank nodes that they lead to. Empty for a
    /// resource that is the subject of none.
    pub fn describe(&self, resource: &NamedNode) -> Vec<Triple> {
        self.describe_node(&resource.clone().into())
    }

    /// [`Store::describe`] of a node that may be blank.
    pub(super) fn describe_node(&self, node: &NamedOrBlankNode) -> Vec<Triple> {
        let mut described = Vec::new();
        let mut seen = HashSet::from([node.clone()]);
        let mut waiting = vec![node.clone()];
        while let Some(subject) = waiting.pop() {
            for triple in self.triples(Some(subject.as_ref()), None, None) {
                if let Term::BlankNode(node) = &triple.object
                    && seen.insert(node.clone().into())
                {
                    waiting.push(node.clone().into());
                }
                described.push(triple);
            }
        }
        described
    }

    /// The IRIs that begin with `start`, ascending, at most so many.
    pub(super) fn iris_from(&self, start: &str, count_max: usize) -> Vec<String> {
        let terms = self.image.terms();
        let named = terms.iris_from(start).map_while(|id| match terms.term(id) {
            Some(Term::NamedNode(node)) if node.as_str().starts_with(start) => {
                Some(node.into_string())
            }
            _ => None,
        });
        named.take(count_max).collect()
    }

    /// How many triples share the constants of a pattern.
    pub(super) fn rows_of(&self, triple: &TriplePattern) -> usize {
        let constant = |term: &TermPattern| match term {
            TermPattern::NamedNode(node) => Some(self.id(node.as_ref().into())),
            TermPattern::Literal(literal) => Some(self.id(literal.as_ref().into())),
            TermPattern::BlankNode(_) | TermPattern::Variable(_) => None,
        };
        let predicate = match &triple.predicate {
            NamedNodePattern::NamedNode(node) => Some(self.id(node.as_ref().into())),
            NamedNodePattern::Variable(_) => None,
        };
        let bound = [constant(&triple.subject), predicate, constant(&triple.object)];
        if bound.contains(&Some(None)) {
            return 0;
        }
        let [subject, predicate, object] = bound.map(Option::flatten);
        self.rows().count(IdQuad { subject, predicate, object, graph: None })
    }

    /// The number of a term in this store, below 2³¹; `None` for a term that it lacks. What is made for one store, such as a
    /// text index, names terms by it.
    pub fn number(&self, term: TermRef<'_>) -> Option<u32> {
        self.id(term)
    }

    pub(super) fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        self.image.id(term)
    }

    pub(super) fn term(&self, id: TermId) -> Option<Term> {
        self.image.term(id)
    }

    /// The quads as numbers, for the evaluator.
    pub(super) fn rows(&self) -> Quads<'_> {
        Quads(&self.image)
    }

    /// The image, for who reads it by columns.
    pub(super) fn image(&self) -> &Image {
        &self.image
    }

    /// What was laid out of it for earlier queries.
    pub(super) fn links(&self) -> &Links {
        &self.links
    }

    /// `None` where a bound term is not in the store, so that nothing can match.
    fn pattern(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> Option<IdPattern> {
        let known = |term: Option<TermRef<'_>>| match term {
            None => Some(None),
            Some(term) => self.id(term).map(Some),
        };
        Some(IdQuad {
            subject: known(subject.map(Into::into))?,
            predicate: known(predicate.map(Into::into))?,
            object: known(object)?,
            graph: None,
        })
    }

    /// `None` only for a row that is not of this store.
    fn quad(&self, row: IdQuad) -> Option<Quad> {
        let Term::NamedNode(predicate) = self.term(row.predicate)? else { return None };
        let graph = match row.graph {
            DEFAULT_GRAPH => GraphName::DefaultGraph,
            id => as_node(self.term(id)?)?.into(),
        };
        Some(Quad::new(as_node(self.term(row.subject)?)?, predicate, self.term(row.object)?, graph))
    }
}

impl Literals for Store {
    fn text(&self, number: u32) -> Option<&str> {
        self.image.text(number)
    }
}

/// `None` for a literal.
fn as_node(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphNameRef, NamedNodeRef};

    const NQUADS: &str = r#"
<http://e/通知> <http://e/标题> "关于印发的通知"@zh <http://e/图一> .
<http://e/通知> <http://e/标题> "关于印发的通知"@zh <http://e/图二> .
<http://e/通知> <http://e/引用> _:节 <http://e/图一> .
_:节 <http://e/值> "12.0"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://e/图一> .
<http://e/机关> <http://e/标题> "发展改革委" .
"#;

    fn store() -> Store {
        Store::read_nquads(NQUADS.as_bytes()).unwrap()
    }

    fn node(iri: &str) -> NamedNodeRef<'_> {
        NamedNodeRef::new_unchecked(iri)
    }

    #[test]
    fn a_triple_in_two_graphs_is_two_quads_and_one_triple() {
        let (store, title) = (store(), Some(node("http://e/标题")));
        let subject = Some(node("http://e/通知").into());
        assert_eq!(store.quads(subject, title, None, None).count(), 2);
        assert_eq!(store.triples(subject, title, None).count(), 1);
    }

    #[test]
    fn quads_of_one_graph_are_only_its_own() {
        let store = store();
        let of = |graph| store.quads(None, None, None, Some(graph)).count();
        assert_eq!(of(node("http://e/图一").into()), 3);
        assert_eq!(of(GraphNameRef::DefaultGraph), 1);
        assert_eq!(of(node("http://e/图三").into()), 0);
    }

    #[test]
    fn the_default_graph_is_not_among_the_named_ones() {
        let mut graphs: Vec<_> = store().graphs().map(|name| name.to_string()).collect();
        graphs.sort();
        assert_eq!(graphs, ["<http://e/图一>", "<http://e/图二>"]);
    }

    #[test]
    fn a_description_reaches_through_blank_nodes_and_keeps_lexical_forms() {
        let described = store().describe(&node("http://e/通知").into_owned());
        assert_eq!(described.len(), 3);
        assert!(described.iter().any(|triple| triple.object.to_string().starts_with("\"12.0\"")));
    }

    #[test]
    fn a_subject_is_known_and_a_mere_object_is_not() {
        let store = store();
        assert!(store.contains_subject(&node("http://e/机关").into_owned()));
        assert!(!store.contains_subject(&node("http://e/图一").into_owned()));
    }

    #[test]
    fn broken_nquads_are_an_error_that_names_the_line() {
        let error = Store::read_nquads("<http://e/a> <http://e/b> .".as_bytes()).unwrap_err();
        assert!(error.to_string().contains("line 1"), "{error}");
    }
}
