//! Records: documents known by a few facts from elsewhere, written by hand in Turtle.
//!
//! In: the Turtle of one record. Out: quads in the graph of the one document that it describes.
//! Guarantee: what comes back is about exactly one document with a title; relative IRIs count from the
//! base of the build, so a record does not repeat it.

use super::turtle::parse_turtle;
use super::vocabulary::zt;
use super::{GraphError, Reference};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};
use std::collections::BTreeSet;

/// Reads the record `turtle`; `file` is its name in messages. The graph is named by the document that
/// has a `zt:title`.
///
/// # Errors
/// [`GraphError::Turtle`] where it does not parse, [`GraphError::Record`] where not exactly one document
/// in it has a title.
pub fn read_record(
    file: &str,
    turtle: &str,
    reference: &Reference,
) -> Result<Vec<Quad>, GraphError> {
    let triples = parse_turtle(file, turtle, reference.mint().base())?;
    let titled: BTreeSet<NamedNode> = triples
        .iter()
        .filter(|triple| triple.predicate == zt::TITLE)
        .filter_map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(document) => Some(document.clone()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect();
    let mut documents = titled.into_iter();
    let (Some(document), None) = (documents.next(), documents.next()) else {
        return Err(GraphError::Record {
            file: file.to_owned(),
            problem: "a record gives a zt:title to exactly one document".to_owned(),
        });
    };
    Ok(triples.into_iter().map(|triple| triple.in_graph(document.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::mint::DEFAULT_BASE;

    const PARENT: &str = include_str!("../../data/records/鲁政发〔2024〕1号.ttl");

    #[test]
    fn the_graph_of_a_record_is_its_document() {
        let reference = Reference::new(DEFAULT_BASE).unwrap();
        let quads = read_record("鲁政发〔2024〕1号.ttl", PARENT, &reference).unwrap();
        let document = "<https://w3id.org/zhengtu/document/鲁政发〔2024〕1号>";
        assert!(quads.iter().all(|quad| quad.graph_name.to_string() == document));
    }

    #[test]
    fn a_record_follows_the_base_of_the_build() {
        let reference = Reference::new("http://localhost/").unwrap();
        let quads = read_record("鲁政发〔2024〕1号.ttl", PARENT, &reference).unwrap();
        assert!(
            quads.iter().all(|quad| quad.subject.to_string().starts_with("<http://localhost/"))
        );
    }

    #[test]
    fn a_record_without_a_document_says_what_is_wanted() {
        let reference = Reference::new(DEFAULT_BASE).unwrap();
        let error = read_record("甲.ttl", "<a> <b> <c> .", &reference).err().unwrap();
        assert_eq!(error.to_string(), "甲.ttl: a record gives a zt:title to exactly one document");
    }
}
