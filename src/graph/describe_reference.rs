//! The code lists, the lexicon and the ontology to quads.
//!
//! In: the reference. Out: quads of the named graphs `graph/reference` and `graph/ontology` under the
//! base. Guarantee: everything has a label in Chinese, and in English where the list has one.

use super::GraphError;
use super::reference::{Concept, Reference};
use super::statements::Statements;
use super::turtle::parse_turtle;
use super::vocabulary::{dcterms, frequency, qudt, skos, zt};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, Quad};

/// The vocabulary in Turtle, as compiled in.
pub const ONTOLOGY_TURTLE: &str = include_str!("../../ontology/zhengtu.ttl");

/// The quads of the ontology, in the graph `<base>graph/ontology`.
///
/// # Errors
/// [`GraphError::Turtle`] where the ontology does not parse.
pub fn describe_ontology(reference: &Reference) -> Result<Vec<Quad>, GraphError> {
    let graph = reference.mint.graph("ontology");
    let triples = parse_turtle("ontology/zhengtu.ttl", ONTOLOGY_TURTLE, reference.mint.base())?;
    Ok(triples.into_iter().map(|triple| triple.in_graph(graph.clone())).collect())
}

/// The quads of the code lists and the lexicon, in the graph `<base>graph/reference`.
pub fn describe_reference(reference: &Reference) -> Vec<Quad> {
    let mut out = Statements::new(reference.mint.graph("reference"));
    describe_places(reference, &mut out);
    describe_functions(reference, &mut out);
    describe_units(reference, &mut out);
    describe_indicators(reference, &mut out);
    let mint = &reference.mint;
    let kinds =
        List { name: "kinds", labels: ("文种", "document kinds"), mint: &|c| mint.kind(c) };
    describe_list(&kinds, &reference.kinds, reference, &mut out);
    let topics =
        List { name: "topics", labels: ("主题分类", "topics"), mint: &|c| mint.topic(c) };
    describe_list(&topics, &reference.topics, reference, &mut out);
    for (code, labels) in [
        (frequency::ANNUAL, ("每年", "every year")),
        (frequency::QUARTERLY, ("每季度", "every quarter")),
        (frequency::MONTHLY, ("每月", "every month")),
    ] {
        let code = code.into_owned();
        out.class(&code, skos::CONCEPT);
        out.bilingual(&code, rdfs::LABEL, (labels.0, Some(labels.1)));
        out.bilingual(&code, skos::PREF_LABEL, (labels.0, Some(labels.1)));
    }
    out.into_quads()
}

fn describe_places(reference: &Reference, out: &mut Statements) {
    for place in reference.places.iter() {
        let iri = reference.mint.place(place.key());
        out.class(&iri, zt::PLACE_CLASS);
        out.bilingual(&iri, rdfs::LABEL, (&place.name, place.label_en.as_deref()));
        out.integer(&iri, zt::LEVEL, usize::from(place.level));
        if let Some(short) = place.short_name.as_ref().filter(|short| **short != place.name) {
            out.chinese(&iri, skos::ALT_LABEL, short);
        }
        if let Some(adcode) = &place.adcode {
            out.string(&iri, zt::ADCODE, adcode);
        }
        if let Some(parent) = &place.parent_code {
            out.add(&iri, zt::WITHIN, reference.mint.place(parent));
        }
        if let Some(item) = &place.wikidata {
            let item = NamedNode::new_unchecked(format!("http://www.wikidata.org/entity/{item}"));
            out.add(&iri, skos::EXACT_MATCH, item);
        }
        if let Some(note) = &place.note {
            out.chinese(&iri, skos::NOTE, note);
        }
    }
}

fn describe_functions(reference: &Reference, out: &mut Statements) {
    let scheme = describe_scheme(reference, out, "functions", ("职能", "functions"));
    for function in reference.functions.iter() {
        let iri = reference.mint.function(&function.code);
        let labels = (function.code.as_str(), function.label_en.as_deref());
        out.class(&iri, skos::CONCEPT);
        out.bilingual(&iri, rdfs::LABEL, labels);
        out.bilingual(&iri, skos::PREF_LABEL, labels);
        out.add(&iri, skos::IN_SCHEME, scheme.clone());
    }
}

fn describe_units(reference: &Reference, out: &mut Statements) {
    for unit in reference.units.iter() {
        let labels = (unit.label_zh.as_str(), unit.label_en.as_deref());
        out.class(&unit.iri, qudt::UNIT);
        out.bilingual(&unit.iri, rdfs::LABEL, labels);
        out.bilingual(&unit.iri, skos::PREF_LABEL, labels);
        if let Some(multiplier) = &unit.multiplier {
            out.decimal(&unit.iri, qudt::CONVERSION_MULTIPLIER, multiplier);
        }
    }
}

fn describe_indicators(reference: &Reference, out: &mut Statements) {
    for entry in reference.indicators.iter() {
        let iri = reference.mint.indicator(&entry.name);
        let labels = (entry.name.as_str(), entry.label_en.as_deref());
        out.class(&iri, zt::INDICATOR);
        out.bilingual(&iri, rdfs::LABEL, labels);
        out.bilingual(&iri, skos::PREF_LABEL, labels);
        for alias in &entry.aliases {
            out.chinese(&iri, skos::ALT_LABEL, alias);
        }
        if let Some(unit) = &entry.unit {
            out.add(&iri, zt::UNIT, unit.clone());
        }
    }
}

/// A code list of plain concepts.
struct List<'a> {
    name: &'a str,
    labels: (&'a str, &'a str),
    mint: &'a dyn Fn(&str) -> NamedNode,
}

fn describe_list(
    list: &List<'_>,
    concepts: &[Concept],
    reference: &Reference,
    out: &mut Statements,
) {
    let scheme = describe_scheme(reference, out, list.name, list.labels);
    for concept in concepts {
        let iri = (list.mint)(&concept.code);
        let labels = (concept.label_zh.as_str(), concept.label_en.as_deref());
        out.class(&iri, skos::CONCEPT);
        out.bilingual(&iri, rdfs::LABEL, labels);
        out.bilingual(&iri, skos::PREF_LABEL, labels);
        out.add(&iri, skos::IN_SCHEME, scheme.clone());
        match &concept.broader {
            Some(broader) => out.add(&iri, skos::BROADER, (list.mint)(broader)),
            None => out.add(&scheme, skos::HAS_TOP_CONCEPT, iri),
        }
    }
}

fn describe_scheme(
    reference: &Reference,
    out: &mut Statements,
    name: &str,
    labels: (&str, &str),
) -> NamedNode {
    let scheme = reference.mint.scheme(name);
    let labels = (labels.0, Some(labels.1));
    out.class(&scheme, skos::CONCEPT_SCHEME);
    out.bilingual(&scheme, rdfs::LABEL, labels);
    out.bilingual(&scheme, dcterms::TITLE, labels);
    scheme
}
