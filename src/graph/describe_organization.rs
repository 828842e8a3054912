//! Organizations and places to statements, for documents and for what they cite alike.
//!
//! In: an organization or a place as the code lists know it. Out: its statements in the graph at hand.
//! Guarantee: listed places are described once, in the reference; here only those that the list lacks.

use super::organization::Organization;
use super::place::Place;
use super::reference::Reference;
use super::statements::Statements;
use super::vocabulary::{skos, zt};
use oxigraph::model::NamedNode;

/// Describes `body` as `iri`.
pub(super) fn describe_organization(
    out: &mut Statements,
    reference: &Reference,
    iri: &NamedNode,
    body: &Organization,
) {
    out.class(iri, zt::ORGANIZATION);
    out.label(iri, &body.label);
    out.bilingual(iri, skos::PREF_LABEL, (&body.full_name, body.label_en.as_deref()));
    for name in body.other_names.iter().filter(|name| **name != body.full_name) {
        out.chinese(iri, skos::ALT_LABEL, name);
    }
    if let Some(function) = &body.function {
        out.add(iri, zt::FUNCTION, reference.mint.function(function));
    }
    if let Some(sector) = &body.sector {
        let namespace = zt::COLLECTIVE.as_str().trim_end_matches("Collective");
        out.add(iri, zt::SECTOR, NamedNode::new_unchecked(format!("{namespace}{sector}")));
    }
    if let Some(place) = &body.place {
        let place = describe_place(out, reference, place);
        out.add(iri, zt::JURISDICTION, place);
    }
}

/// Describes a place that the code list lacks; the IRI of any.
pub(super) fn describe_place(
    out: &mut Statements,
    reference: &Reference,
    place: &Place,
) -> NamedNode {
    let iri = reference.mint.place(place.key());
    if !reference.places.lists(place) {
        out.class(&iri, zt::PLACE_CLASS);
        out.label(&iri, &place.name);
        out.integer(&iri, zt::LEVEL, usize::from(place.level));
        if let Some(adcode) = &place.adcode {
            out.string(&iri, zt::ADCODE, adcode);
        }
        if let Some(parent) = &place.parent_code {
            out.add(&iri, zt::WITHIN, reference.mint.place(parent));
        }
    }
    iri
}
