//! The page of a function of government (住房城乡建设): the bodies that have it, place by place, what they do, and the targets of the same work side by side. In: a function; out: HTML, and its chart as a
//! file. Guarantee: bodies, measures and targets are read up to bounds, and what is left out is told. Surprising: how many measures a body has is counted, never read.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::figure::Figure;
use super::measured::Measured;
use super::target::{TargetRow, row};
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::charts::{Bar, Caption, Commitment, Drawing, bars};
use crate::service::error::ServiceError;
use crate::service::limits::{CHART_ROWS_MAX, FUNCTION_BODIES_MAX};
use crate::service::lookup::{Lookup, Reference};
use crate::service::request::with_query;

/// Bodies whose measures are read for their targets.
const READ_BODIES_MAX: usize = 30;
/// Measures of each of them that are read.
const READ_MEASURES_MAX: usize = 20;
/// Indicators that are set side by side.
const INDICATORS_MAX: usize = 40;

/// A body with the function.
struct BodyRow {
    body: Reference,
    place: Reference,
    leads: usize,
    shares: usize,
    supports: usize,
    /// Measures in any role.
    all: usize,
}

/// What several bodies commit to of one indicator.
struct Work {
    indicator: Reference,
    /// How many bodies have it.
    bodies: usize,
    rows: Vec<WorkRow>,
}

struct WorkRow {
    body: Reference,
    place: String,
    row: TargetRow,
}

#[derive(Template)]
#[template(path = "function.html")]
struct FunctionPage {
    chrome: Chrome,
    name: String,
    other_names: Vec<String>,
    bodies: Vec<BodyRow>,
    bodies_count: usize,
    figure: Option<Figure>,
    /// Indicators for which several bodies have targets.
    shared: Vec<Work>,
    /// Those of one body only.
    single: Vec<Work>,
    search_href: String,
}

/// A body, its place and how many measures it has.
struct Body {
    node: NamedNode,
    place: Option<NamedNode>,
    measures: usize,
}

/// The page of a function.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    function: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "departments";
    let (bodies, bodies_count) = bodies(lookup, function);
    let name = lookup.label(function);
    let mut other_names = lookup.texts(function, skos::ALT_LABEL);
    other_names.retain(|other| *other != name);
    let drawing = drawing(lookup, &name, &bodies);
    let title = lookup.t("各单位的措施数", "Measures of each body");
    let (shared, single): (Vec<Work>, Vec<Work>) =
        works(lookup, &bodies).into_iter().partition(|work| work.bodies > 1);
    let pairs = [("q", ""), ("kind", "measure"), ("function", function.as_str())];
    respond(&FunctionPage {
        chrome,
        figure: Figure::of_resource(lookup, (function, "bodies"), &drawing, title),
        bodies: bodies.iter().map(|body| body_row(lookup, body)).collect(),
        bodies_count,
        shared,
        single,
        search_href: lookup.reader.href(&with_query("/search", pairs)),
        name,
        other_names,
    })
}

/// Whether bodies have `resource` as their function.
pub(crate) fn is_function(lookup: Lookup<'_>, resource: &NamedNode) -> bool {
    lookup.count(zt::FUNCTION, resource) > 0
}

/// The chart called `name` of the page of a function.
pub(crate) fn chart(lookup: Lookup<'_>, function: &NamedNode, name: &str) -> Option<Drawing> {
    let (bodies, _) = bodies(lookup, function);
    (name == "bodies")
        .then(|| drawing(lookup, &lookup.label(function), &bodies))
        .filter(|drawing| !drawing.is_empty())
}

/// The bodies with most measures first, and how many there are.
fn bodies(lookup: Lookup<'_>, function: &NamedNode) -> (Vec<Body>, usize) {
    let (nodes, count) = lookup.some_subjects(zt::FUNCTION, function, FUNCTION_BODIES_MAX);
    let mut bodies: Vec<Body> = nodes
        .into_iter()
        .map(|node| Body {
            place: lookup.node(&node, zt::JURISDICTION),
            measures: lookup.count(zt::AGENT, &node),
            node,
        })
        .collect();
    // The sort is stable: equals stay in the order of their IRIs.
    bodies.sort_by_key(|body| std::cmp::Reverse(body.measures));
    (bodies, count)
}

fn body_row(lookup: Lookup<'_>, body: &Body) -> BodyRow {
    BodyRow {
        body: lookup.reference(&body.node),
        place: body.place.as_ref().map(|place| lookup.reference(place)).unwrap_or_default(),
        leads: lookup.count(zt::LEAD_BY, &body.node),
        shares: lookup.count(zt::SHARED_BY, &body.node),
        supports: lookup.count(zt::SUPPORTED_BY, &body.node),
        all: lookup.count(zt::RESPONSIBLE_ORG, &body.node).max(body.measures),
    }
}

fn drawing(lookup: Lookup<'_>, name: &str, bodies: &[Body]) -> Drawing {
    let rows = bodies.iter().filter(|body| body.measures > 0).take(CHART_ROWS_MAX);
    let rows: Vec<Bar> = rows
        .map(|body| Bar {
            label: lookup.label(&body.node),
            words: body.measures.to_string(),
            value: u32::try_from(body.measures).ok().map(f64::from),
            commitment: Commitment::Neither,
        })
        .collect();
    // One bar alone compares nothing.
    if rows.len() < 2 {
        return Drawing::default();
    }
    let described = rows.iter().take(8).map(|row| format!("{} {}", row.label, row.words));
    let description = described.collect::<Vec<_>>().join(lookup.t("，", ", "));
    let number = |number: f64| {
        if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.1}") }
    };
    let unit = lookup.t(" 条", " measures");
    bars(Caption { title: name, description: &description }, (unit, &number), &rows)
}

/// The targets of the bodies' measures, by indicator, unit, basis and frequency; those that most bodies have first.
fn works(lookup: Lookup<'_>, bodies: &[Body]) -> Vec<Work> {
    let mut works: BTreeMap<[String; 4], Vec<(&Body, Measured)>> = BTreeMap::new();
    for body in bodies.iter().take(READ_BODIES_MAX) {
        let (measures, _) =
            lookup.some_subjects(zt::RESPONSIBLE_ORG, &body.node, READ_MEASURES_MAX);
        for target in measures.iter().flat_map(|measure| lookup.nodes(measure, zt::HAS_TARGET)) {
            let one = Measured::read(lookup, target);
            works.entry(one.key.clone()).or_default().push((body, one));
        }
    }
    let count = |rows: &[(&Body, Measured)]| {
        let bodies: BTreeSet<&str> = rows.iter().map(|(body, _)| body.node.as_str()).collect();
        bodies.len()
    };
    let mut works: Vec<_> =
        works.into_iter().map(|(key, rows)| (count(&rows), key, rows)).collect();
    works.sort_by_key(|(bodies, ..)| std::cmp::Reverse(*bodies));
    let works = works.into_iter().take(INDICATORS_MAX).filter_map(|(bodies, key, mut rows)| {
        let [indicator, ..] = key;
        // The higher level first, as on the page of the indicator.
        rows.sort_by_key(|(_, one)| one.level);
        let rows = rows.into_iter().map(|(body, one)| WorkRow {
            body: lookup.reference(&body.node),
            place: body.place.as_ref().map(|place| lookup.label(place)).unwrap_or_default(),
            row: row(lookup, &one.target),
        });
        Some(Work {
            bodies,
            indicator: lookup.reference(&NamedNode::new(indicator).ok()?),
            rows: rows.collect(),
        })
    });
    works.collect()
}
