//! The page of a measure or a section: its text with marks, who is in charge, its targets, and what it
//! names. In: an item; out: HTML.

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::counterpart::{self, Counterpart};
use super::figure::Figure;
use super::layout::Paragraph;
use super::marks::{MarkedText, item_id, range_of};
use super::related::{self, RelatedList};
use super::role::{RoleGroup, groups};
use super::support::{SupportRow, rows};
use super::target::{TargetRow, row};
use super::{Chrome, respond};
use crate::graph::vocabulary::zt;
use crate::service::charts::Drawing;
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference};

/// A citation as shown.
struct CitationRow {
    relation: String,
    title: String,
    /// Empty where nobody knows the document.
    href: String,
}

/// An item inside another.
struct PartRow {
    item: Reference,
    number: String,
    /// Who leads it, or is in charge, and how many targets it has.
    told: String,
}

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    chrome: Chrome,
    is_measure: bool,
    number: String,
    heading: String,
    truncated: bool,
    document: Reference,
    /// The link to the item inside the document's text.
    in_text_href: String,
    /// Sections above it, the outermost first.
    above: Vec<Reference>,
    text: Vec<Paragraph>,
    roles: Vec<RoleGroup>,
    targets: Vec<TargetRow>,
    supports: Vec<SupportRow>,
    citations: Vec<CitationRow>,
    programmes: Vec<Reference>,
    places: Vec<Reference>,
    /// Items that it holds.
    parts: Vec<PartRow>,
    related: Vec<RelatedList>,
    /// The targets on lines.
    figure: Option<Figure>,
    counterpart: Option<Counterpart>,
    previous: Option<Reference>,
    next: Option<Reference>,
}

/// The page of a measure or a section.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    item: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "documents";
    let document = lookup.node(item, zt::IN_DOCUMENT);
    let (previous, next) = neighbours(lookup, item, document.as_ref());
    let mut named = lookup.nodes(item, zt::LAUNCHES);
    named.extend(lookup.nodes(item, zt::MENTIONS));
    named.extend(lookup.nodes(item, zt::PLACE));
    named.dedup();
    let of_class = |class| {
        let nodes = named.iter().filter(|node| lookup.is_a(node, class));
        let mut references: Vec<_> = nodes.map(|node| lookup.reference(node)).collect();
        references.dedup();
        references
    };
    let parts = lookup.subjects(zt::PART_OF, item);
    let targets = lookup.nodes(item, zt::HAS_TARGET);
    let related = related::find(lookup, item);
    let above_it = related::nearest_above(&related);
    let targets_above = above_it.iter().flat_map(|node| lookup.nodes(node, zt::HAS_TARGET));
    let targets_above: Vec<NamedNode> = targets_above.collect();
    let in_text_href = document
        .as_ref()
        .map(|document| format!("{}#{}", lookup.href(document), item_id(item)))
        .unwrap_or_default();
    respond(&ItemPage {
        chrome,
        is_measure: lookup.is_a(item, zt::MEASURE),
        number: lookup.text_or_empty(item, zt::NUMBER),
        heading: lookup.label(item),
        truncated: lookup.text(item, zt::TRUNCATED).is_some_and(|flag| flag == "true"),
        in_text_href,
        above: above(lookup, item),
        text: text(lookup, item, document.as_ref()),
        roles: groups(lookup, item),
        targets: targets.iter().map(|target| row(lookup, target)).collect(),
        supports: rows(lookup, item),
        citations: citations(lookup, item),
        programmes: of_class(zt::PROGRAMME),
        places: of_class(zt::PLACE_CLASS),
        parts: parts.iter().map(|part| part_row(lookup, part)).collect(),
        related: related::lists(lookup, related),
        figure: Figure::of_resource(
            lookup,
            (item, "targets"),
            &counterpart::drawing(lookup, &targets, &targets_above),
            caption(lookup, above_it.is_some()),
        ),
        counterpart: above_it
            .map(|above| counterpart_of(lookup, &above, [&targets, &targets_above])),
        previous: previous.map(|node| lookup.reference(&node)),
        next: next.map(|node| lookup.reference(&node)),
        document: document.map(|document| lookup.reference(&document)).unwrap_or_default(),
    })
}

fn part_row(lookup: Lookup<'_>, part: &NamedNode) -> PartRow {
    let leading = lookup.nodes(part, zt::LEAD_BY);
    let bodies = if leading.is_empty() { lookup.nodes(part, zt::RESPONSIBLE_ORG) } else { leading };
    let bodies: Vec<String> = bodies.iter().map(|body| lookup.label(body)).collect();
    let bodies = bodies.join(lookup.t("、", ", "));
    let targets = lookup.nodes(part, zt::HAS_TARGET).len();
    let targets = match (lookup.t("zh", "en"), targets) {
        (_, 0) => String::new(),
        ("zh", count) => format!("{count} 个目标"),
        (_, count) => format!("targets: {count}"),
    };
    let told: Vec<String> = [bodies, targets].into_iter().filter(|one| !one.is_empty()).collect();
    PartRow {
        item: lookup.reference(part),
        number: lookup.number_beside_name(part),
        told: told.join(" · "),
    }
}

/// What the chart shows.
fn caption(lookup: Lookup<'_>, has_counterpart: bool) -> &'static str {
    if has_counterpart {
        lookup.reader.t(
            "目标及其上下限：色带为满足目标的范围，黑线为上级目标",
            "Targets with their bounds: the band is what keeps them, the dark line the higher level",
        )
    } else {
        lookup.reader.t(
            "目标及其上下限：色带为满足目标的范围",
            "Targets with their bounds: the band is what keeps them",
        )
    }
}

/// The chart called `name` of the page of a measure.
pub(crate) fn chart(lookup: Lookup<'_>, item: &NamedNode, name: &str) -> Option<Drawing> {
    if name != "targets" {
        return None;
    }
    let above = related::nearest_above(&related::find(lookup, item));
    let above = above.map(|node| lookup.nodes(&node, zt::HAS_TARGET)).unwrap_or_default();
    let drawing = counterpart::drawing(lookup, &lookup.nodes(item, zt::HAS_TARGET), &above);
    Some(drawing).filter(|drawing| !drawing.is_empty())
}

fn counterpart_of(
    lookup: Lookup<'_>,
    above: &NamedNode,
    [targets, targets_above]: [&[NamedNode]; 2],
) -> Counterpart {
    let document = lookup.node(above, zt::IN_DOCUMENT);
    Counterpart {
        measure: lookup.reference(above),
        text: text(lookup, above, document.as_ref()),
        document: document.map(|node| lookup.reference(&node)).unwrap_or_default(),
        rows: counterpart::differences(lookup, targets, targets_above),
    }
}

/// The item's text with marks; without the source its plain text.
fn text(lookup: Lookup<'_>, item: &NamedNode, document: Option<&NamedNode>) -> Vec<Paragraph> {
    let source_text = document.and_then(|node| lookup.node(node, zt::SOURCE_TEXT));
    let span = lookup.node(item, zt::EVIDENCE);
    let range = span.and_then(|span| range_of(lookup, &span));
    let marked = source_text.and_then(|source_text| MarkedText::read(lookup, &source_text));
    if let (Some(marked), Some(range)) = (marked, range) {
        return marked.paragraphs_of(range);
    }
    let plain: Vec<char> = lookup.text_or_empty(item, zt::TEXT).chars().collect();
    super::layout::lay_out(&plain, 0..plain.len(), &[], &[])
}

fn above(lookup: Lookup<'_>, item: &NamedNode) -> Vec<Reference> {
    // Deeper nesting than official documents have; a circle in the graph ends here too.
    const DEPTH_MAX: usize = 8;
    let mut chain = Vec::new();
    let mut current = lookup.node(item, zt::PART_OF);
    while let Some(section) = current.filter(|node| lookup.is_a(node, zt::SECTION)) {
        chain.push(lookup.reference(&section));
        current = lookup.node(&section, zt::PART_OF);
        if chain.len() == DEPTH_MAX {
            break;
        }
    }
    chain.reverse();
    chain
}

/// The items of the same class before and after it.
fn neighbours(
    lookup: Lookup<'_>,
    item: &NamedNode,
    document: Option<&NamedNode>,
) -> (Option<NamedNode>, Option<NamedNode>) {
    let class = if lookup.is_a(item, zt::MEASURE) { zt::MEASURE } else { zt::SECTION };
    let all: Vec<_> = document
        .map(|document| lookup.subjects(zt::IN_DOCUMENT, document))
        .unwrap_or_default()
        .into_iter()
        .filter(|other| lookup.is_a(other, class))
        .collect();
    let Some(position) = all.iter().position(|other| other == item) else { return (None, None) };
    let previous = position.checked_sub(1).and_then(|index| all.get(index));
    (previous.cloned(), all.get(position + 1).cloned())
}

fn citations(lookup: Lookup<'_>, item: &NamedNode) -> Vec<CitationRow> {
    let citations = lookup.nodes(item, zt::CITATION);
    let rows = citations.iter().map(|citation| {
        let cited = lookup.node(citation, zt::CITED);
        CitationRow {
            relation: lookup.label_of(citation, zt::RELATION),
            title: cited.as_ref().map_or_else(
                || lookup.text_or_empty(citation, zt::CITED_TITLE),
                |cited| lookup.label(cited),
            ),
            href: cited.map(|cited| lookup.href(&cited)).unwrap_or_default(),
        }
    });
    rows.collect()
}
