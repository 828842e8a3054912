//! The readable page of the vocabulary: classes, properties, code lists. In: the vocabulary as it is in
//! the graph; out: HTML in which every term has the fragment of its IRI.

use askama::Template;
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::data::{ModelTie, model_figure, model_ties};
use super::figure::Figure;
use super::{Chrome, respond};
use crate::graph::vocabulary::{ONTOLOGY, owl, skos};
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference, local_name};
use crate::service::representation::vocabulary_terms;
use oxigraph::model::vocab::rdfs;

/// A class, property or concept.
struct TermRow {
    /// The fragment of its IRI.
    id: String,
    label: String,
    definition: String,
    above: Vec<Reference>,
    domain: Vec<Reference>,
    range: Vec<Reference>,
    alternatives: Vec<String>,
}

/// A code list.
struct Scheme {
    id: String,
    label: String,
    concepts: Vec<TermRow>,
}

#[derive(Template)]
#[template(path = "ontology.html")]
struct OntologyPage {
    chrome: Chrome,
    title: String,
    definition: String,
    /// The main classes and how they are tied.
    figure: Option<Figure>,
    model: Vec<ModelTie>,
    classes: Vec<TermRow>,
    properties: Vec<TermRow>,
    schemes: Vec<Scheme>,
}

/// The page of the vocabulary.
pub(crate) fn render(lookup: Lookup<'_>, mut chrome: Chrome) -> Result<Response, ServiceError> {
    chrome.section = "ontology";
    let all = vocabulary_terms(lookup.site);
    let of = |classes: &[NamedNodeRef<'_>]| -> Vec<TermRow> {
        let fitting =
            all.iter().filter(|term| classes.iter().any(|class| lookup.is_a(term, *class)));
        fitting.map(|term| term_row(lookup, term)).collect()
    };
    let classes = of(&[owl::CLASS]);
    let properties = of(&[owl::OBJECT_PROPERTY, owl::DATATYPE_PROPERTY]);
    let schemes = all
        .iter()
        .filter(|term| lookup.is_a(term, skos::CONCEPT_SCHEME))
        .map(|scheme| Scheme {
            id: local_name(scheme.as_str()).to_owned(),
            label: lookup.label(scheme),
            concepts: lookup
                .subjects(skos::IN_SCHEME, scheme)
                .iter()
                .map(|concept| term_row(lookup, concept))
                .collect(),
        })
        .collect();
    let itself = NamedNode::new(ONTOLOGY).ok();
    let text = |term| itself.as_ref().and_then(|itself| lookup.text(itself, term));
    let title = itself.as_ref().and_then(|itself| {
        let titles = lookup.texts(itself, DC_TITLE);
        titles.into_iter().next()
    });
    let title = title.unwrap_or_else(|| lookup.t("政图本体", "Zhengtu ontology").to_owned());
    chrome.title.clone_from(&title);
    let definition = text(rdfs::COMMENT).unwrap_or_default();
    let figure = model_figure(lookup);
    let model = model_ties(lookup);
    respond(&OntologyPage {
        chrome,
        title,
        definition,
        figure,
        model,
        classes,
        properties,
        schemes,
    })
}

/// The vocabulary's own title.
const DC_TITLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/title");

fn term_row(lookup: Lookup<'_>, term: &NamedNode) -> TermRow {
    let definition = [rdfs::COMMENT, skos::DEFINITION]
        .into_iter()
        .find_map(|property| lookup.text(term, property));
    let mut above = lookup.references(term, rdfs::SUB_CLASS_OF);
    above.extend(lookup.references(term, rdfs::SUB_PROPERTY_OF));
    for reference in &mut above {
        reference.label = lookup.site.compact(&reference.iri);
    }
    let mut range = lookup.references(term, rdfs::RANGE);
    for reference in &mut range {
        if !lookup.site.is_local(&reference.iri) {
            reference.label = lookup.site.compact(&reference.iri);
        }
    }
    TermRow {
        id: local_name(term.as_str()).to_owned(),
        label: lookup.label(term),
        definition: definition.unwrap_or_default(),
        above,
        domain: lookup.references(term, rdfs::DOMAIN),
        range,
        alternatives: lookup.texts(term, skos::ALT_LABEL),
    }
}
