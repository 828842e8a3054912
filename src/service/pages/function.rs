//! The page of a function of government (住房城乡建设): the bodies that have it, place by place, what they do, and the targets of the same work side by side. In: a function; out: HTML, and its chart as a
//! file. Guarantee: bodies, measures and targets are read up to bounds, and what is left out is told. Surprising: how many measures a body has is counted, never read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::figure::Figure;
use super::measured::{Key, Measured};
use super::target::{TargetRow, row};
use super::workload::measure_bars;
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::charts::Drawing;
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
    /// How many bodies have it; one where they all have it by the same measure.
    bodies: usize,
    rows: Vec<WorkRow>,
}

struct WorkRow {
    /// All that answer for it.
    bodies: Vec<Reference>,
    place: String,
    row: TargetRow,
}

/// Targets of the same bodies.
struct OfBodies {
    bodies: Vec<Reference>,
    place: String,
    rows: Vec<(Reference, TargetRow)>,
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
    /// Those found at one body, by who answers for them.
    single: Vec<OfBodies>,
    /// Whether there are bodies, measures or indicators that were not read.
    is_sample: bool,
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
    let (works, is_cut) = works(lookup, &bodies);
    let (shared, single): (Vec<Work>, Vec<Work>) =
        works.into_iter().partition(|work| work.bodies > 1);
    let pairs = [("q", ""), ("kind", "measure"), ("function", function.as_str())];
    respond(&FunctionPage {
        chrome,
        figure: Figure::of_resource(lookup, (function, "bodies"), &drawing, title),
        bodies: bodies.iter().map(|body| body_row(lookup, body)).collect(),
        is_sample: is_cut || bodies.len() < bodies_count,
        bodies_count,
        shared,
        single: by_bodies(single),
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
            // Each measure once: who leads and supports one answers twice.
            measures: lookup.count(zt::RESPONSIBLE_ORG, &node),
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
        all: body.measures,
    }
}

fn drawing(lookup: Lookup<'_>, name: &str, bodies: &[Body]) -> Drawing {
    let rows = bodies.iter().filter(|body| body.measures > 0).take(CHART_ROWS_MAX);
    let rows = rows.map(|body| (lookup.label(&body.node), body.measures));
    measure_bars(lookup, name, ["", lookup.t(" 条", " measures")], rows.collect())
}

/// A target and the bodies that answer for it.
struct Held<'b> {
    bodies: Vec<&'b Body>,
    measured: Measured,
}

/// The targets of the bodies' measures, each once, and whether there are more.
fn targets<'b>(lookup: Lookup<'_>, bodies: &'b [Body]) -> (Vec<Held<'b>>, bool) {
    let mut targets: Vec<Held<'b>> = Vec::new();
    let mut places: HashMap<NamedNode, usize> = HashMap::new();
    let mut is_cut = bodies.len() > READ_BODIES_MAX;
    for body in bodies.iter().take(READ_BODIES_MAX) {
        let (measures, count) =
            lookup.some_subjects(zt::RESPONSIBLE_ORG, &body.node, READ_MEASURES_MAX);
        is_cut |= count > READ_MEASURES_MAX;
        for target in measures.iter().flat_map(|measure| lookup.nodes(measure, zt::HAS_TARGET)) {
            let place = *places.entry(target).or_insert_with_key(|target| {
                let read = Measured::read(lookup, target.clone());
                targets.push(Held { bodies: Vec::new(), measured: read });
                targets.len() - 1
            });
            if let Some(held) = targets.get_mut(place)
                && held.bodies.iter().all(|known| known.node != body.node)
            {
                held.bodies.push(body);
            }
        }
    }
    (targets, is_cut)
}

/// The targets by indicator, unit, basis, frequency and scope, those that most bodies have first; and whether there are more.
fn works(lookup: Lookup<'_>, bodies: &[Body]) -> (Vec<Work>, bool) {
    let (targets, is_cut) = targets(lookup, bodies);
    let mut works: BTreeMap<Key, Vec<Held<'_>>> = BTreeMap::new();
    for held in targets {
        works.entry(held.measured.key.clone()).or_default().push(held);
    }
    let count = |rows: &[Held<'_>]| {
        let bodies = rows.iter().flat_map(|held| &held.bodies).map(|body| body.node.as_str());
        // One target is not compared with itself, whoever shares it.
        if rows.len() < 2 { 1 } else { bodies.collect::<BTreeSet<&str>>().len() }
    };
    let mut works: Vec<_> =
        works.into_iter().map(|(key, rows)| (count(&rows), key, rows)).collect();
    let is_cut = is_cut || works.len() > INDICATORS_MAX;
    works.sort_by_key(|(bodies, ..)| std::cmp::Reverse(*bodies));
    let works = works.into_iter().take(INDICATORS_MAX).filter_map(|(bodies, key, mut rows)| {
        let [indicator, ..] = key;
        // The higher level first, as on the page of the indicator.
        rows.sort_by_key(|held| held.measured.level);
        Some(Work {
            bodies,
            indicator: lookup.reference(&NamedNode::new(indicator).ok()?),
            rows: rows.iter().map(|held| work_row(lookup, held)).collect(),
        })
    });
    (works.collect(), is_cut)
}

/// Targets of one body each, by who answers for them; in the order of the bodies' first targets.
fn by_bodies(works: Vec<Work>) -> Vec<OfBodies> {
    let mut lists: Vec<OfBodies> = Vec::new();
    for work in works {
        for WorkRow { bodies, place, row } in work.rows {
            let indicator = work.indicator.clone();
            match lists.iter_mut().find(|list| list.bodies == bodies) {
                Some(list) => list.rows.push((indicator, row)),
                None => lists.push(OfBodies { bodies, place, rows: vec![(indicator, row)] }),
            }
        }
    }
    lists.sort_by_key(|list| std::cmp::Reverse(list.rows.len()));
    lists
}

fn work_row(lookup: Lookup<'_>, held: &Held<'_>) -> WorkRow {
    let measured = &held.measured;
    let place = held.bodies.first().and_then(|body| body.place.as_ref());
    let place = place.map(|place| lookup.label(place)).unwrap_or_default();
    WorkRow {
        bodies: held.bodies.iter().map(|body| lookup.reference(&body.node)).collect(),
        // A part of the place is told by its name.
        place: if measured.own_places.is_empty() { place } else { measured.place_words(lookup) },
        row: row(lookup, &measured.target),
    }
}
