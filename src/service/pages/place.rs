//! The page of a place: where it lies and what mentions it. In: an administrative division; out: HTML.

use askama::Template;
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::target::{TargetRow, row};
use super::{Chrome, respond};
use crate::graph::vocabulary::zt;
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference};

/// A measure or section that names the place.
pub(crate) struct Mention {
    /// The item.
    pub(crate) item: Reference,
    /// Its document.
    pub(crate) document: Reference,
}

#[derive(Template)]
#[template(path = "place.html")]
struct PlacePage {
    chrome: Chrome,
    name: String,
    code: String,
    level: &'static str,
    /// What it lies in, the largest first.
    within: Vec<Reference>,
    contains: Vec<Reference>,
    mentions: Vec<Mention>,
    targets: Vec<TargetRow>,
    programmes: Vec<Reference>,
    documents: Vec<Reference>,
    departments: Vec<Reference>,
}

/// The page of a place.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    place: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "places";
    let named_here = lookup.subjects(zt::PLACE, place);
    let of_jurisdiction = lookup.subjects(zt::JURISDICTION, place);
    let of_class = |nodes: &[NamedNode], class: NamedNodeRef<'_>| -> Vec<Reference> {
        let fitting = nodes.iter().filter(|node| lookup.is_a(node, class));
        fitting.map(|node| lookup.reference(node)).collect()
    };
    let contains = lookup.subjects(zt::WITHIN, place);
    let level = lookup.number(place, zt::LEVEL);
    respond(&PlacePage {
        chrome,
        name: lookup.label(place),
        code: lookup.text_or_empty(place, zt::ADCODE),
        level: level.map_or("", |level| level_name(lookup, level)),
        within: within(lookup, place),
        contains: contains.iter().map(|part| lookup.reference(part)).collect(),
        mentions: mentions(lookup, place),
        targets: named_here
            .iter()
            .filter(|node| lookup.is_a(node, zt::TARGET))
            .map(|target| row(lookup, target))
            .collect(),
        programmes: of_class(&named_here, zt::PROGRAMME),
        documents: of_class(&of_jurisdiction, zt::POLICY_DOCUMENT),
        departments: of_class(&of_jurisdiction, zt::ORGANIZATION),
    })
}

/// Measures and sections that mention `thing`, with their documents.
pub(crate) fn mentions(lookup: Lookup<'_>, thing: &NamedNode) -> Vec<Mention> {
    let mut items = lookup.subjects(zt::LAUNCHES, thing);
    for item in lookup.subjects(zt::MENTIONS, thing) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    // A document repeats what its measures and sections say.
    items.retain(|item| !lookup.is_a(item, zt::POLICY_DOCUMENT));
    let rows = items.iter().map(|item| Mention {
        item: lookup.reference(item),
        document: lookup
            .node(item, zt::IN_DOCUMENT)
            .map(|document| lookup.reference(&document))
            .unwrap_or_default(),
    });
    rows.collect()
}

/// The name of a level of places.
pub(crate) fn level_name(lookup: Lookup<'_>, level: usize) -> &'static str {
    const NAMES: [[&str; 2]; 6] = [
        ["国家", "country"],
        ["省级", "province"],
        ["地级", "city"],
        ["县级", "county"],
        ["乡级", "township"],
        ["村级", "village"],
    ];
    NAMES.get(level).map_or("", |[chinese, english]| lookup.t(chinese, english))
}

fn within(lookup: Lookup<'_>, place: &NamedNode) -> Vec<Reference> {
    let mut chain = Vec::new();
    let mut current = lookup.node(place, zt::WITHIN);
    while let Some(larger) = current {
        chain.push(lookup.reference(&larger));
        current = lookup.node(&larger, zt::WITHIN);
        // Six levels exist; a circle in the graph ends here too.
        if chain.len() == 6 {
            break;
        }
    }
    chain.reverse();
    chain
}
