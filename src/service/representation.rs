//! A resource as RDF. In: a resource and a format; out: bytes. What a client gets is the description of
//! the resource (all statements about it) and the labels of everything that the description points to, so
//! that a reader of the file can show names without asking again; of a span of text the label is its quote.
//! The vocabulary is described as a whole, a source text with all its spans.

use std::collections::BTreeSet;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term, Triple};

use super::address::Format;
use super::error::ServiceError;
use super::site::Site;
use crate::graph::vocabulary::{ONTOLOGY, owl, skos, zt};
use oxigraph::model::vocab::{rdf, rdfs};

/// The description of `resource` with the labels of what it points to.
pub(crate) fn describe(site: &Site, resource: &NamedNode) -> Vec<Triple> {
    let mut triples = site.store.describe(resource);
    if triples.is_empty() {
        // Nothing is said of it: it is the name of a graph, and what it stands for is what is in it.
        let graph = Some(resource.as_ref().into());
        return site.store.quads(None, None, None, graph).map(Triple::from).collect();
    }
    for span in spans_of(site, resource) {
        triples.extend(site.store.describe(&span));
    }
    let targets: BTreeSet<_> = triples
        .iter()
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(node) if node != resource => Some(node.as_str().to_owned()),
            _ => None,
        })
        .collect();
    for target in targets.into_iter().filter_map(|iri| NamedNode::new(iri).ok()) {
        for label in [rdfs::LABEL, skos::PREF_LABEL, zt::QUOTE] {
            triples.extend(site.store.triples(Some(target.as_ref().into()), Some(label), None));
        }
    }
    triples
}

/// The spans of a source text. A span's IRI is that of its text with a fragment, which no client sends, so
/// what is fetched for a span is the description of the text.
fn spans_of(site: &Site, resource: &NamedNode) -> Vec<NamedNode> {
    let spans = site.store.triples(None, Some(zt::SOURCE_TEXT), Some(resource.as_ref().into()));
    let nodes = spans.filter_map(|triple| match triple.subject {
        NamedOrBlankNode::NamedNode(span)
            if span.as_str().split_once('#').is_some_and(|(text, _)| text == resource.as_str()) =>
        {
            Some(span)
        }
        _ => None,
    });
    nodes.collect()
}

/// The vocabulary: everything said of the terms under its IRI.
pub(crate) fn describe_vocabulary(site: &Site) -> Vec<Triple> {
    vocabulary_terms(site).iter().flat_map(|term| site.store.describe(term)).collect()
}

/// The vocabulary's IRI and its terms, in the order of their names.
pub(crate) fn vocabulary_terms(site: &Site) -> Vec<NamedNode> {
    let classes = [
        owl::ONTOLOGY,
        owl::CLASS,
        owl::OBJECT_PROPERTY,
        owl::DATATYPE_PROPERTY,
        skos::CONCEPT_SCHEME,
        skos::CONCEPT,
    ];
    let mut found = BTreeSet::new();
    for class in classes {
        for triple in site.store.triples(None, Some(rdf::TYPE), Some(class.into())) {
            if let NamedOrBlankNode::NamedNode(term) = triple.subject
                && term.as_str().starts_with(ONTOLOGY)
            {
                found.insert(term.into_string());
            }
        }
    }
    found.into_iter().filter_map(|iri| NamedNode::new(iri).ok()).collect()
}

/// Writes `triples` in a format; none for the page, which is no RDF.
pub(crate) fn write(
    site: &Site,
    triples: &[Triple],
    format: Format,
) -> Result<Vec<u8>, ServiceError> {
    let rdf = match format {
        Format::Turtle => RdfFormat::Turtle,
        Format::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        Format::RdfXml => RdfFormat::RdfXml,
        Format::NTriples | Format::Html => RdfFormat::NTriples,
    };
    let mut writer = serializer(site, rdf)?.for_writer(Vec::new());
    for triple in triples {
        writer
            .serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))
            .map_err(|error| ServiceError::internal("serializer", error))?;
    }
    writer.finish().map_err(|error| ServiceError::internal("serializer", error))
}

/// A serializer that knows the prefixes of the release.
pub(crate) fn serializer(site: &Site, format: RdfFormat) -> Result<RdfSerializer, ServiceError> {
    let mut serializer = RdfSerializer::from_format(format);
    for (name, namespace) in &site.prefixes {
        serializer = serializer
            .with_prefix(name, namespace)
            .map_err(|error| ServiceError::internal("prefix", error))?;
    }
    Ok(serializer)
}
