//! The page of a place: where it lies and what mentions it. In: an administrative division; out: HTML.

use askama::Template;
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::target::{TargetRow, row};
use super::timing::in_order_of_days;
use super::wording::date_words;
use super::{Chrome, respond};
use crate::graph::vocabulary::zt;
use crate::service::error::ServiceError;
use crate::service::limits::LISTED_MAX;
use crate::service::lookup::{Lookup, Reference};
use crate::service::request::with_query;

/// Targets that are listed; the page of deadlines has all.
const TARGETS_MAX: usize = 40;

/// A document with its measures and sections that name the place.
struct Mentioning {
    document: Reference,
    items: Vec<Reference>,
}

/// A document that holds in the place.
struct DocumentRow {
    document: Reference,
    number: String,
    date: String,
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
    mentions: Vec<Mentioning>,
    targets: Vec<TargetRow>,
    targets_count: usize,
    has_more_targets: bool,
    /// Whether the targets are of several documents.
    has_documents: bool,
    deadlines_href: String,
    programmes: Vec<Reference>,
    documents: Vec<DocumentRow>,
    departments: Vec<Reference>,
    /// Whether there is more of any sort than is listed.
    is_cut: bool,
    /// Searches for all that its documents hold, with their names.
    more: Vec<Reference>,
}

/// The page of a place.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    place: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "places";
    let (named_here, named_count) = lookup.some_subjects(zt::PLACE, place, 2 * LISTED_MAX);
    let (of_jurisdiction, jurisdiction_count) =
        lookup.some_subjects(zt::JURISDICTION, place, 4 * LISTED_MAX);
    let mut is_cut = named_count > named_here.len()
        || jurisdiction_count > of_jurisdiction.len()
        || is_mentioned_more(lookup, place);
    // One more than is listed tells that there are more.
    let mut of_class = |nodes: &[NamedNode], class: NamedNodeRef<'_>| -> Vec<NamedNode> {
        let fitting = nodes.iter().filter(|node| lookup.is_a(node, class));
        let mut fitting: Vec<NamedNode> = fitting.take(LISTED_MAX + 1).cloned().collect();
        is_cut |= fitting.len() > LISTED_MAX;
        fitting.truncate(LISTED_MAX);
        fitting
    };
    let targets = of_class(&named_here, zt::TARGET);
    let programmes = of_class(&named_here, zt::PROGRAMME);
    let documents = of_class(&of_jurisdiction, zt::POLICY_DOCUMENT);
    let departments = of_class(&of_jurisdiction, zt::ORGANIZATION);
    let references = |nodes: Vec<NamedNode>| -> Vec<Reference> {
        nodes.iter().map(|node| lookup.reference(node)).collect()
    };
    let targets = in_order_of_days(lookup, targets);
    let targets_count = targets.len();
    let targets = targets.iter().take(TARGETS_MAX).map(|(_, target)| row(lookup, target));
    let targets: Vec<TargetRow> = targets.collect();
    let first = targets.first().map(|row| &row.document.iri);
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
        is_cut,
        more: more(lookup, place),
        has_documents: targets.iter().any(|row| Some(&row.document.iri) != first),
        targets,
        targets_count,
        has_more_targets: targets_count == LISTED_MAX && is_cut,
        deadlines_href: lookup.reader.href(&with_query("/deadlines", [("region", place.as_str())])),
        programmes: references(programmes),
        documents: document_rows(lookup, documents),
        departments: references(departments),
    })
}

/// Where all that its documents hold is listed.
fn more(lookup: Lookup<'_>, place: &NamedNode) -> Vec<Reference> {
    let region = ("region", place.as_str());
    let searches = [
        (lookup.t("文件", "Documents"), ("/search", "document")),
        (lookup.t("措施", "Measures"), ("/search", "measure")),
        (lookup.t("目标", "Targets"), ("/search", "target")),
        (lookup.t("部门", "Departments"), ("/search", "department")),
        (lookup.t("期限", "Deadlines"), ("/deadlines", "")),
    ];
    let links = searches.map(|(label, (path, kind))| {
        let pairs = [("q", ""), ("kind", kind), region];
        let pairs = pairs.into_iter().filter(|(name, _)| *name == "region" || !kind.is_empty());
        Reference {
            label: label.to_owned(),
            href: lookup.reader.href(&with_query(path, pairs)),
            iri: String::new(),
        }
    });
    links.into()
}

/// The documents, the newest first.
fn document_rows(lookup: Lookup<'_>, documents: Vec<NamedNode>) -> Vec<DocumentRow> {
    let dated = documents.into_iter();
    let dated = dated.map(|node| (lookup.text_or_empty(&node, zt::SIGNED_ON), node));
    let mut dated: Vec<(String, NamedNode)> = dated.collect();
    // The sort is stable: equals stay in the order of their IRIs.
    dated.sort_by(|(left, _), (right, _)| right.cmp(left));
    let rows = dated.iter().map(|(signed_on, node)| DocumentRow {
        document: lookup.reference(node),
        number: lookup.text_or_empty(node, zt::DOCUMENT_NUMBER),
        date: date_words(signed_on, lookup.reader.language),
    });
    rows.collect()
}

/// Measures and sections that mention a place, by document; of very many the first.
fn mentions(lookup: Lookup<'_>, place: &NamedNode) -> Vec<Mentioning> {
    let (mut items, _) = lookup.some_subjects(zt::MENTIONS, place, LISTED_MAX);
    // A document repeats what its measures and sections say.
    items.retain(|item| !lookup.is_a(item, zt::POLICY_DOCUMENT));
    let mut by_document: Vec<Mentioning> = Vec::new();
    for item in &items {
        let document = lookup.node(item, zt::IN_DOCUMENT);
        let document = document.map(|node| lookup.reference(&node)).unwrap_or_default();
        let own = lookup.reference(item);
        match by_document.iter_mut().find(|one| one.document.iri == document.iri) {
            Some(one) => one.items.push(own),
            None => by_document.push(Mentioning { document, items: vec![own] }),
        }
    }
    by_document
}

/// Whether more items launch or mention a thing than are listed.
pub(crate) fn is_mentioned_more(lookup: Lookup<'_>, thing: &NamedNode) -> bool {
    [zt::LAUNCHES, zt::MENTIONS].into_iter().any(|term| lookup.count(term, thing) > LISTED_MAX)
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
