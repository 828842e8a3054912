//! The page of a programme (行动、工程、试点、项目): what it is, which documents launch or mention it and in what words, the measures that carry it out, who answers for these, and their targets. In: a programme;
//! out: HTML, and each chart as a file. Guarantee: a bounded number of items is read, and where there are more that is told.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::document::Fact;
use super::figure::Figure;
use super::naming::{OfDocument, by_document};
use super::place::is_mentioned_more;
use super::target::{TargetRow, row};
use super::timing::{days_drawing, in_order_of_days};
use super::undertaking::Undertaking;
use super::wording::bounds;
use super::workload::measure_bars;
use super::{Chrome, respond};
use crate::graph::vocabulary::{skos, zt};
use crate::service::charts::Drawing;
use crate::service::error::ServiceError;
use crate::service::limits::LISTED_MAX;
use crate::service::lookup::{Lookup, Reference};
use crate::service::request::with_query;

/// Bodies that are listed, and bodies that are drawn.
const BODIES_MAX: usize = 30;
const BODIES_DRAWN_MAX: usize = 12;
/// Targets that are listed.
const TARGETS_MAX: usize = 60;

/// A body that answers for measures of the programme.
struct BodyRow {
    body: Reference,
    leads: usize,
    measures: usize,
}

#[derive(Template)]
#[template(path = "programme.html")]
struct ProgrammePage {
    chrome: Chrome,
    name: String,
    other_names: Vec<String>,
    facts: Vec<Fact>,
    /// How many measures and sections launch it, and how many items mention it, where not all are listed.
    counts: Option<[usize; 2]>,
    documents: Vec<OfDocument>,
    measures_count: usize,
    bodies: Vec<BodyRow>,
    bodies_count: usize,
    bodies_figure: Option<Figure>,
    targets: Vec<TargetRow>,
    targets_count: usize,
    targets_figure: Option<Figure>,
    search_href: String,
}

/// The page of a programme.
pub(crate) fn render(
    lookup: Lookup<'_>,
    mut chrome: Chrome,
    programme: &NamedNode,
) -> Result<Response, ServiceError> {
    chrome.section = "programmes";
    let name = lookup.label(programme);
    let mut other_names = lookup.texts(programme, skos::ALT_LABEL);
    other_names.retain(|other| *other != name);
    let undertaking = Undertaking::read(lookup, programme, LISTED_MAX);
    let measures = undertaking.measures(lookup);
    let bodies = bodies(lookup, &measures);
    let targets = in_order_of_days(lookup, undertaking.targets(lookup));
    let counts = [zt::LAUNCHES, zt::MENTIONS].map(|term| lookup.count(term, programme));
    let names: Vec<&str> =
        [name.as_str()].into_iter().chain(other_names.iter().map(String::as_str)).collect();
    let [bodies_title, targets_title] = titles(lookup);
    let figure = |name: &str, drawing: &Drawing, caption: &str| {
        Figure::of_resource(lookup, (programme, name), drawing, caption)
    };
    let quoted = format!("\"{name}\"");
    respond(&ProgrammePage {
        chrome,
        counts: is_mentioned_more(lookup, programme).then_some(counts),
        facts: facts(lookup, programme),
        documents: by_document(lookup, &undertaking, &names),
        measures_count: measures.len(),
        bodies_figure: figure("bodies", &bodies_drawing(lookup, &bodies), bodies_title),
        targets_figure: figure(
            "targets",
            &days_drawing(lookup, targets_title, &targets),
            targets_title,
        ),
        bodies_count: bodies.len(),
        bodies: bodies.into_iter().take(BODIES_MAX).collect(),
        targets: targets.iter().take(TARGETS_MAX).map(|(_, node)| row(lookup, node)).collect(),
        targets_count: targets.len(),
        search_href: lookup.reader.href(&with_query("/search", [("q", quoted.as_str())])),
        name,
        other_names,
    })
}

fn titles(lookup: Lookup<'_>) -> [&'static str; 2] {
    let reader = lookup.reader;
    [
        reader.t("各单位负责的措施", "Measures by body in charge"),
        reader.t("目标按期限分布", "Targets by deadline"),
    ]
}

/// The chart called `name` of the page of a programme.
pub(crate) fn chart(lookup: Lookup<'_>, programme: &NamedNode, name: &str) -> Option<Drawing> {
    let undertaking = Undertaking::read(lookup, programme, LISTED_MAX);
    let [_, targets_title] = titles(lookup);
    let drawing = match name {
        "bodies" => bodies_drawing(lookup, &bodies(lookup, &undertaking.measures(lookup))),
        "targets" => {
            let targets = in_order_of_days(lookup, undertaking.targets(lookup));
            days_drawing(lookup, targets_title, &targets)
        }
        _ => return None,
    };
    Some(drawing).filter(|drawing| !drawing.is_empty())
}

/// The name of a kind of programmes.
pub(crate) fn kind_name(lookup: Lookup<'_>, kind: &str) -> String {
    const NAMES: [[&str; 2]; 5] = [
        ["行动", "action"],
        ["工程", "works"],
        ["计划", "scheme"],
        ["试点示范", "pilot"],
        ["项目", "project"],
    ];
    let known = NAMES.into_iter().find(|[chinese, _]| *chinese == kind);
    known.map_or(kind, |[chinese, english]| lookup.reader.t(chinese, english)).to_owned()
}

fn facts(lookup: Lookup<'_>, programme: &NamedNode) -> Vec<Fact> {
    let fact =
        |term: &str, text: String, references| Fact { term: term.to_owned(), references, text };
    let capacity = lookup.node(programme, zt::CAPACITY).map(|quantity| {
        let printed = lookup.text_or_empty(&quantity, zt::VALUE_TEXT);
        if printed.is_empty() { bounds(lookup, &quantity) } else { printed }
    });
    let places = lookup.references(programme, zt::PLACE);
    let kinds = lookup.texts(programme, zt::PROGRAMME_KIND);
    let kinds: Vec<String> = kinds.iter().map(|kind| kind_name(lookup, kind)).collect();
    let facts = [
        fact(lookup.t("类别", "Kind"), kinds.join(lookup.t("、", ", ")), Vec::new()),
        fact(lookup.t("规模", "Capacity"), capacity.unwrap_or_default(), Vec::new()),
        fact(lookup.t("地点", "Places"), String::new(), places),
    ];
    let told = |fact: &Fact| !fact.text.is_empty() || !fact.references.is_empty();
    facts.into_iter().filter(told).collect()
}

/// The bodies that answer for measures, those with most first.
fn bodies(lookup: Lookup<'_>, measures: &[NamedNode]) -> Vec<BodyRow> {
    let mut counts: BTreeMap<String, (NamedNode, [usize; 2])> = BTreeMap::new();
    for measure in measures {
        let leading = lookup.nodes(measure, zt::LEAD_BY);
        for body in lookup.nodes(measure, zt::RESPONSIBLE_ORG) {
            let leads = usize::from(leading.contains(&body));
            let empty = || (body.clone(), [0, 0]);
            let (_, [led, all]) = counts.entry(body.as_str().to_owned()).or_insert_with(empty);
            *led += leads;
            *all += 1;
        }
    }
    let mut bodies: Vec<(NamedNode, [usize; 2])> = counts.into_values().collect();
    // The sort is stable: equals stay in the order of their IRIs.
    bodies.sort_by_key(|(_, [leads, measures])| std::cmp::Reverse((*measures, *leads)));
    let rows = bodies.into_iter().map(|(body, [leads, measures])| BodyRow {
        body: lookup.reference(&body),
        leads,
        measures,
    });
    rows.collect()
}

fn bodies_drawing(lookup: Lookup<'_>, bodies: &[BodyRow]) -> Drawing {
    // Of bodies that have one measure each a drawing says nothing.
    if bodies.iter().all(|row| row.measures < 2) {
        return Drawing::default();
    }
    let rows = bodies.iter().take(BODIES_DRAWN_MAX);
    let rows = rows.map(|row| (row.body.label.clone(), row.measures));
    let [title, _] = titles(lookup);
    measure_bars(lookup, title, ["", lookup.t(" 条", " measures")], rows.collect())
}
