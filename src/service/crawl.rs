//! What crawlers and readers of feeds look for: `/robots.txt`, `/sitemap.xml`, `/feed.atom`, `/opensearch.xml`. In: the site and the address
//! that was asked; out: text and XML. Surprising: a sitemap must name whole addresses, and a release does not know where it is served, so
//! they begin as the request did.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::error::ServiceError;
use super::freshness::{entity_tag, is_held, not_modified, set_tag};
use super::lookup::Lookup;
use super::off_thread;
use super::request::{Ask, origin_of};
use super::site::Site;
use crate::graph::vocabulary::zt;

/// Addresses in one sitemap; the protocol allows 50,000.
const ADDRESSES_MAX: usize = 20_000;

/// Entries of the feed.
const ENTRIES_MAX: usize = 50;

const XML: &str = "application/xml; charset=utf-8";
const ATOM: &str = "application/atom+xml; charset=utf-8";
const OPENSEARCH: &str = "application/opensearchdescription+xml; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

#[derive(Template)]
#[template(path = "sitemaps.xml")]
struct Sitemaps {
    origin: String,
    count: usize,
}

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    addresses: Vec<String>,
}

/// A document in the feed.
struct Entry {
    iri: String,
    title: String,
    address: String,
    issuer: String,
    date: String,
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    origin: String,
    iri: String,
    updated: String,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "opensearch.xml")]
struct OpenSearch {
    origin: String,
}

/// `GET /robots.txt`: pages may be read by anyone; queries and searches cost, and lead nowhere new.
pub(crate) async fn serve_robots(uri: Uri, headers: HeaderMap) -> Response {
    let sitemap = origin_of(&uri, &headers)
        .map(|origin| format!("Sitemap: {origin}/sitemap.xml\n"))
        .unwrap_or_default();
    let rules = "User-agent: *\nDisallow: /sparql\nDisallow: /query?\nDisallow: /search\n\
                 Disallow: /rdf-graph-store\n";
    ([(header::CONTENT_TYPE, TEXT)], format!("{rules}{sitemap}")).into_response()
}

/// `GET /opensearch.xml`: how a browser searches here.
pub(crate) async fn serve_opensearch(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let origin = origin(&site, &uri, &headers);
    answer(&site, &ask, OPENSEARCH, || OpenSearch { origin }.render())
}

/// `GET /sitemap.xml`: the sitemaps that there are.
pub(crate) async fn serve_sitemaps(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let origin = origin(&site, &uri, &headers);
    let documents = site.store.count(Some(rdf::TYPE), Some(zt::POLICY_DOCUMENT.into()));
    let count = documents.div_ceil(ADDRESSES_MAX).max(1);
    answer(&site, &ask, XML, || Sitemaps { origin, count }.render())
}

/// `GET /sitemap/{n}`: some of the documents.
pub(crate) async fn serve_sitemap(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let origin = origin(&site, &uri, &headers);
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok());
    let skipped = number.and_then(|number| number.checked_sub(1)).map(|n| n * ADDRESSES_MAX);
    let missing = || ServiceError::NotFound { path: format!("sitemap/{name}") };
    let skipped = skipped.ok_or_else(missing)?;
    off_thread("sitemap", move || {
        let documents = documents(&site).skip(skipped).take(ADDRESSES_MAX);
        let addresses: Vec<String> =
            documents.map(|document| format!("{origin}{}", site.link(document.as_str()))).collect();
        if addresses.is_empty() && skipped > 0 {
            return Err(ServiceError::NotFound { path: format!("sitemap/{name}") });
        }
        answer(&site, &ask, XML, || Sitemap { addresses }.render())
    })
    .await?
}

/// `GET /feed.atom`: the documents with the latest dates.
pub(crate) async fn serve_feed(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let origin = origin(&site, &uri, &headers);
    off_thread("feed", move || {
        let lookup = Lookup::new(&site, ask.reader);
        let entries: Vec<Entry> = latest(&site)
            .into_iter()
            .map(|(date, document)| Entry {
                title: lookup.label(&document),
                address: format!("{origin}{}", site.link(document.as_str())),
                issuer: issuer(lookup, &document),
                iri: document.into_string(),
                date,
            })
            .collect();
        let updated = entries.first().map_or("1970-01-01", |entry| &entry.date).to_owned();
        let iri = format!("{}feed.atom", site.manifest.base_iri);
        answer(&site, &ask, ATOM, || Feed { origin, iri, updated, entries }.render())
    })
    .await?
}

fn issuer(lookup: Lookup<'_>, document: &NamedNode) -> String {
    let issuers = lookup.references(document, zt::ISSUER);
    let names: Vec<String> = issuers.into_iter().map(|issuer| issuer.label).collect();
    if names.is_empty() { "政图".to_owned() } else { names.join("、") }
}

fn documents(site: &Site) -> impl Iterator<Item = NamedNode> {
    let typed = site.store.triples(None, Some(rdf::TYPE), Some(zt::POLICY_DOCUMENT.into()));
    typed.filter_map(|triple| match triple.subject {
        NamedOrBlankNode::NamedNode(document) => Some(document),
        NamedOrBlankNode::BlankNode(_) => None,
    })
}

/// The documents signed last, the latest first, with their dates.
fn latest(site: &Site) -> Vec<(String, NamedNode)> {
    let signed = site.store.triples(None, Some(zt::SIGNED_ON), None);
    let mut dated: Vec<(String, NamedNode)> = signed
        .filter_map(|triple| match (triple.subject, triple.object) {
            (NamedOrBlankNode::NamedNode(document), Term::Literal(date)) => {
                Some((date.value().to_owned(), document))
            }
            _ => None,
        })
        // A date that is known to the month or the year only is no instant of a feed.
        .filter(|(date, _)| date.len() == "2024-01-01".len())
        .collect();
    dated.sort_unstable_by(|(date, document), (other_date, other)| {
        other_date.cmp(date).then_with(|| document.as_str().cmp(other.as_str()))
    });
    dated.truncate(ENTRIES_MAX);
    dated
}

/// Where addresses begin; for a client that names no host, with the base of the release.
fn origin(site: &Site, uri: &Uri, headers: &HeaderMap) -> String {
    let base = || site.manifest.base_iri.trim_end_matches('/').to_owned();
    origin_of(uri, headers).unwrap_or_else(base)
}

fn answer(
    site: &Site,
    ask: &Ask,
    media_type: &'static str,
    body: impl FnOnce() -> askama::Result<String>,
) -> Result<Response, ServiceError> {
    let tag = entity_tag(site, ask, media_type);
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let body = body().map_err(|error| ServiceError::internal("template", error))?;
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    set_tag(&mut response, &tag);
    Ok(response)
}
