//! Targets: a row of a table anywhere, and the page of one. In: a target; out: its quantity, bounds and
//! deadline in words, with the words of the source that say so.

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::counterpart;
use super::figure::Figure;
use super::measured::own_places;
use super::wording::{bounds, deadline_words};
use super::{Chrome, respond};
use crate::graph::vocabulary::zt;
use crate::service::charts::Drawing;
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference};
use oxigraph::model::vocab::rdfs;

/// Targets of the same indicator that the page of one lists.
const SIBLINGS_MAX: usize = 50;

/// A target as shown in tables. Empty strings are what the text does not say.
pub(crate) struct TargetRow {
    pub(crate) target: Reference,
    pub(crate) indicator: Reference,
    /// The quantity as printed: 57%左右.
    pub(crate) words: String,
    /// What that commits to: 不少于 …
    pub(crate) bounds: String,
    /// Level, increment, growth or gap, with what it is compared with.
    pub(crate) basis: String,
    pub(crate) deadline: String,
    /// How the deadline is known.
    pub(crate) deadline_basis: String,
    pub(crate) frequency: String,
    pub(crate) modality: String,
    pub(crate) scope: String,
    pub(crate) condition: String,
    pub(crate) places: Vec<Reference>,
    /// Its places, where these are not that of its document.
    pub(crate) elsewhere: String,
    pub(crate) document: Reference,
    /// The measure or section where it stands.
    pub(crate) holder: Reference,
    pub(crate) quote: String,
    /// The place of the quote in the document's page.
    pub(crate) quote_href: String,
}

/// Reads a target.
pub(crate) fn row(lookup: Lookup<'_>, target: &NamedNode) -> TargetRow {
    let one = |term| lookup.node(target, term).map(|node| lookup.reference(&node));
    let language = lookup.reader.language;
    let document = lookup.node(target, zt::IN_DOCUMENT);
    let span = lookup.node(target, zt::EVIDENCE);
    // A target of the document as a whole stands nowhere in particular.
    let holders = lookup.subjects(zt::HAS_TARGET, target);
    let holder = holders.into_iter().find(|holder| Some(holder) != document.as_ref());
    let quote_href = match (&document, &span) {
        (Some(document), Some(span)) => quote_link(lookup, document, span),
        _ => String::new(),
    };
    TargetRow {
        target: lookup.reference(target),
        indicator: one(zt::INDICATOR_OF).unwrap_or_default(),
        words: lookup.text_or_empty(target, zt::VALUE_TEXT),
        bounds: bounds(lookup, target),
        basis: basis(lookup, target),
        deadline: lookup
            .text(target, zt::DEADLINE)
            .map(|date| deadline_words(&date, language))
            .unwrap_or_default(),
        deadline_basis: lookup.label_of(target, zt::DEADLINE_BASIS),
        frequency: frequency(lookup, target),
        modality: lookup.label_of(target, zt::MODALITY),
        scope: lookup.text_or_empty(target, zt::BASE_SCOPE),
        condition: lookup.label_of(target, zt::ITEM_CONDITION),
        places: lookup.references(target, zt::PLACE),
        elsewhere: elsewhere(lookup, target, document.as_ref()),
        document: document.map(|node| lookup.reference(&node)).unwrap_or_default(),
        holder: holder.map(|node| lookup.reference(&node)).unwrap_or_default(),
        quote: span.map(|span| lookup.text_or_empty(&span, zt::QUOTE)).unwrap_or_default(),
        quote_href,
    }
}

/// The names of the places of a target, where these are not that of its document.
fn elsewhere(lookup: Lookup<'_>, target: &NamedNode, document: Option<&NamedNode>) -> String {
    let home = document.and_then(|document| lookup.node(document, zt::JURISDICTION));
    let places = own_places(lookup, target, home.as_ref());
    let names: Vec<String> = places.iter().map(|place| lookup.label(place)).collect();
    names.join(lookup.t("、", ", "))
}

/// Where a span of a document's source stands on the document's page.
pub(crate) fn quote_link(lookup: Lookup<'_>, document: &NamedNode, span: &NamedNode) -> String {
    let fragment = span.as_str().split_once('#').map_or("", |(_, fragment)| fragment);
    format!("{}#{fragment}", lookup.href(document))
}

fn basis(lookup: Lookup<'_>, target: &NamedNode) -> String {
    let basis = lookup.label_of(target, zt::BASIS);
    let year = lookup.text(target, zt::BASELINE_YEAR).map(|year| match lookup.t("zh", "en") {
        "zh" => format!("较{year}年"),
        _ => format!("from {year}"),
    });
    let compared = lookup.text(target, zt::COMPARED_WITH);
    [Some(basis), year, compared].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn frequency(lookup: Lookup<'_>, target: &NamedNode) -> String {
    let Some(code) = lookup.node(target, zt::FREQUENCY) else { return String::new() };
    let words = match code.as_str().rsplit("freq-").next() {
        Some("A") => lookup.t("每年", "every year"),
        Some("Q") => lookup.t("每季度", "every quarter"),
        Some("M") => lookup.t("每月", "every month"),
        _ => return lookup.label(&code),
    };
    words.to_owned()
}

#[derive(Template)]
#[template(path = "target.html")]
struct TargetPage {
    chrome: Chrome,
    row: TargetRow,
    comment: String,
    /// The target on a line.
    figure: Option<Figure>,
    /// Targets of the same indicator elsewhere.
    siblings: Vec<TargetRow>,
    /// Where all of them are, if there are more.
    siblings_href: Option<String>,
}

/// The page of a target.
pub(crate) fn render(
    lookup: Lookup<'_>,
    chrome: Chrome,
    target: &NamedNode,
) -> Result<Response, ServiceError> {
    let indicator = lookup.node(target, zt::INDICATOR_OF);
    let (siblings, siblings_count) = indicator
        .as_ref()
        .map(|indicator| lookup.some_subjects(zt::INDICATOR_OF, indicator, SIBLINGS_MAX))
        .unwrap_or_default();
    let own = std::slice::from_ref(target);
    let caption = lookup.t("目标及其上下限", "The target with its bounds");
    respond(&TargetPage {
        chrome,
        row: row(lookup, target),
        comment: lookup.text_or_empty(target, rdfs::COMMENT),
        figure: Figure::of_resource(
            lookup,
            (target, "target"),
            &counterpart::drawing(lookup, own, &[]),
            caption,
        ),
        siblings_href: indicator
            .filter(|_| siblings_count > siblings.len())
            .map(|indicator| lookup.href(&indicator)),
        siblings: siblings
            .iter()
            .filter(|sibling| *sibling != target)
            .map(|sibling| row(lookup, sibling))
            .collect(),
    })
}

/// The chart called `name` of the page of a target.
pub(crate) fn chart(lookup: Lookup<'_>, target: &NamedNode, name: &str) -> Option<Drawing> {
    let own = std::slice::from_ref(target);
    (name == "target")
        .then(|| counterpart::drawing(lookup, own, &[]))
        .filter(|drawing| !drawing.is_empty())
}
