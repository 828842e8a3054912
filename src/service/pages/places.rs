//! The page of places: where the documents of the release hold, with how much each place has. In: the site; out: HTML. Guarantee: all counts come from the text index, none from reading the graph
//! through; of very many places those with most documents are listed.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::place::level_name;
use super::{Chrome, fresh, respond};
use crate::graph::vocabulary::zt;
use crate::index::{Axis, EntryKind, FACET_VALUES_MAX, FacetValue, Search};
use crate::service::error::ServiceError;
use crate::service::lookup::{Lookup, Reference};
use crate::service::off_thread;
use crate::service::request::{Ask, with_query};
use crate::service::site::Site;

/// A place with how much its documents hold.
struct PlaceRow {
    place: Reference,
    level: &'static str,
    /// In how many of the listed places it lies: it is moved in as often.
    depth: usize,
    /// What it lies in.
    within: String,
    /// Documents, measures, targets: how many, unknown where the index lists only the places with most; and where they are listed.
    counts: [(Option<usize>, String); 3],
}

#[derive(Template)]
#[template(path = "places.html")]
struct PlacesPage {
    chrome: Chrome,
    places: Vec<PlaceRow>,
    /// Whether there may be more places than are listed.
    is_cut: bool,
}

/// `GET /places`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("places", move || {
        fresh(&site, &ask, "places", || {
            let lookup = Lookup::new(&site, ask.reader);
            let mut chrome =
                Chrome::new(&site, ask.reader, &ask.here(), lookup.t("地区", "Places"));
            chrome.section = "places";
            let (places, is_cut) = places(lookup);
            respond(&PlacesPage { chrome, places, is_cut })
        })
    })
    .await?
}

/// The kinds that are counted.
const COUNTED: [EntryKind; 3] = [EntryKind::Document, EntryKind::Measure, EntryKind::Target];

/// The places, and whether there may be more.
fn places(lookup: Lookup<'_>) -> (Vec<PlaceRow>, bool) {
    let found = COUNTED.map(|kind| {
        let search = Search { kinds: vec![kind], ..Search::default() };
        let results = lookup.site.index.search(&search);
        let facet = results.facets.into_iter().find(|facet| facet.name == Axis::Region.name());
        facet.map(|facet| facet.values).unwrap_or_default()
    });
    let [documents, ..] = &found;
    let rows = documents.iter().filter_map(|value| {
        let node = NamedNode::new(&*value.value).ok()?;
        let mut found = found.iter();
        let counts = COUNTED.map(|kind| {
            let values = found.next();
            let own = values.and_then(|values| values.iter().find(|one| one.value == value.value));
            let is_full = values.is_some_and(|values| values.len() >= FACET_VALUES_MAX);
            let count = own.map(|own| own.count).or_else(|| (!is_full).then_some(0));
            let pairs = [("q", ""), ("kind", kind.name()), ("region", &*value.value)];
            let href = lookup.reader.href(&with_query("/search", pairs));
            (count, href)
        });
        let level = lookup.number(&node, zt::LEVEL);
        let code = lookup.text_or_empty(&node, zt::ADCODE);
        let row = PlaceRow {
            level: level.map_or("", |level| level_name(lookup, level)),
            depth: depth(lookup, &node, documents),
            within: lookup.label_of(&node, zt::WITHIN),
            place: lookup.reference(&node),
            counts,
        };
        // A place follows the one that it lies in, because their codes begin alike.
        Some(((code.is_empty(), code, row.place.iri.clone()), row))
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by(|(left, _), (right, _)| left.cmp(right));
    (rows.into_iter().map(|(_, row)| row).collect(), documents.len() >= FACET_VALUES_MAX)
}

/// In how many of the listed places one lies; the stylesheet knows three steps.
fn depth(lookup: Lookup<'_>, place: &NamedNode, listed: &[FacetValue]) -> usize {
    const STEPS_MAX: usize = 3;
    // Six levels exist; a circle in the graph ends here too.
    const LEVELS_MAX: usize = 6;
    let wider = |place: &NamedNode| lookup.node(place, zt::WITHIN);
    let around = std::iter::successors(wider(place), wider).take(LEVELS_MAX);
    let is_listed = |place: &NamedNode| listed.iter().any(|one| &*one.value == place.as_str());
    around.filter(is_listed).count().min(STEPS_MAX)
}
