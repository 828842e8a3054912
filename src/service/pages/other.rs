//! The page of anything that has no page of its own: the table of its statements, and what points to it.
//! In: a resource; out: HTML. A source text is shown with everything that was read from it.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::layout::Paragraph;
use super::marks::MarkedText;
use super::{Chrome, respond};
use crate::graph::vocabulary::{nif, zt};
use crate::service::error::ServiceError;
use crate::service::limits::REFERRERS_MAX;
use crate::service::lookup::{Lookup, Reference, natural_order};
use oxigraph::model::vocab::rdf;

/// A property with its values.
pub(crate) struct Statement {
    property: Reference,
    values: Vec<Value>,
}

/// An object as shown.
pub(crate) struct Value {
    /// The words shown.
    pub(crate) text: String,
    /// Where a resource leads; empty for a literal.
    pub(crate) href: String,
    /// The IRI in short form; empty for a literal.
    pub(crate) iri: String,
    /// The literal's language or datatype; empty for a plain string or a resource.
    pub(crate) tag: String,
}

/// Something that points here.
struct Referrer {
    property: Reference,
    subject: Reference,
}

#[derive(Template)]
#[template(path = "other.html")]
struct OtherPage {
    chrome: Chrome,
    name: String,
    classes: Vec<Reference>,
    statements: Vec<Statement>,
    referrers: Vec<Referrer>,
    referrers_cut: bool,
    text: Vec<Paragraph>,
}

/// The page of any resource.
pub(crate) fn render(
    lookup: Lookup<'_>,
    chrome: Chrome,
    resource: &NamedNode,
) -> Result<Response, ServiceError> {
    let is_source = lookup.is_a(resource, zt::SOURCE_TEXT_CLASS);
    let marked = if is_source { MarkedText::read(lookup, resource) } else { None };
    let (referrers, referrers_cut) = referrers(lookup, resource);
    respond(&OtherPage {
        chrome,
        name: lookup.label(resource),
        classes: lookup.references(resource, rdf::TYPE),
        statements: statements(lookup, resource),
        referrers,
        referrers_cut,
        text: marked.map(|marked| marked.paragraphs()).unwrap_or_default(),
    })
}

fn statements(lookup: Lookup<'_>, resource: &NamedNode) -> Vec<Statement> {
    let mut by_property: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for triple in lookup.statements(resource) {
        // The type stands above the table, and a whole text below it.
        if triple.predicate != rdf::TYPE && triple.predicate != nif::IS_STRING {
            let values = by_property.entry(triple.predicate.into_string()).or_default();
            values.push(value(lookup, &triple.object));
        }
    }
    let statements = by_property.into_iter().filter_map(|(property, values)| {
        Some(Statement { property: lookup.reference(&NamedNode::new(property).ok()?), values })
    });
    statements.collect()
}

/// A term as shown.
pub(crate) fn value(lookup: Lookup<'_>, term: &Term) -> Value {
    match term {
        Term::NamedNode(node) => Value {
            text: lookup.label(node),
            href: lookup.href(node),
            iri: lookup.site.compact(node.as_str()),
            tag: String::new(),
        },
        Term::BlankNode(node) => Value {
            text: node.to_string(),
            href: String::new(),
            iri: String::new(),
            tag: String::new(),
        },
        Term::Literal(literal) => Value {
            text: literal.value().to_owned(),
            href: String::new(),
            iri: String::new(),
            tag: match literal.language() {
                Some(language) => language.to_owned(),
                None if literal.datatype().as_str().ends_with("#string") => String::new(),
                None => lookup.site.compact(literal.datatype().as_str()),
            },
        },
    }
}

/// What points here, up to a limit, and whether there is more.
fn referrers(lookup: Lookup<'_>, resource: &NamedNode) -> (Vec<Referrer>, bool) {
    let mut triples = lookup.site.store.triples(None, None, Some(resource.as_ref().into()));
    let mut rows = Vec::new();
    for triple in triples.by_ref().take(REFERRERS_MAX) {
        if let NamedOrBlankNode::NamedNode(subject) = triple.subject {
            rows.push(Referrer {
                property: lookup.reference(&triple.predicate),
                subject: lookup.reference(&subject),
            });
        }
    }
    rows.sort_by(|left, right| {
        let by_property = left.property.iri.cmp(&right.property.iri);
        by_property.then_with(|| natural_order(&left.subject.iri, &right.subject.iri))
    });
    (rows, triples.next().is_some())
}
