//! What crawlers and readers of feeds look for: `/robots.txt`, `/sitemap.xml`, `/feed.atom`, `/opensearch.xml`. In: the site and the address
//! that was asked; out: text and XML. Surprising: a sitemap must name whole addresses, and a release does not know where it is served, so
//! they begin as the request did.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::error::ServiceError;
use super::freshness::{entity_tag, is_held, not_modified, set_tag};
use super::lookup::Lookup;
use super::off_thread;
use super::request::{Ask, FORWARDED_PROTO, origin_of};
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

/// Where addresses begin: as the request did, or for a client that names no host as the IRIs of the release.
pub(crate) struct Origin(String);

impl FromRequestParts<Arc<Site>> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let base = || site.manifest.base_iri.trim_end_matches('/').to_owned();
        Ok(Self(origin_of(&parts.uri, &parts.headers).unwrap_or_else(base)))
    }
}

/// `GET /robots.txt`: pages may be read by anyone; queries and searches cost, and lead nowhere new.
pub(crate) async fn serve_robots(Origin(origin): Origin) -> Response {
    let rules = format!(
        "User-agent: *\nDisallow: /sparql\nDisallow: /query?\nDisallow: /search\n\
         Disallow: /compare\nDisallow: /deadlines?\nDisallow: /deadlines.csv\nDisallow: /*?chart=\nDisallow: /rdf-graph-store\nSitemap: {origin}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, TEXT)], rules).into_response()
}

/// `GET /opensearch.xml`: how a browser searches here.
pub(crate) async fn serve_opensearch(
    State(site): State<Arc<Site>>,
    Origin(origin): Origin,
    ask: Ask,
) -> Result<Response, ServiceError> {
    answer(&site, &ask, (&origin, OPENSEARCH), || rendered(&OpenSearch { origin: origin.clone() }))
}

/// `GET /sitemap.xml`: the sitemaps that there are.
pub(crate) async fn serve_sitemaps(
    State(site): State<Arc<Site>>,
    Origin(origin): Origin,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let documents = site.store.count(Some(rdf::TYPE), Some(zt::POLICY_DOCUMENT.into()));
    let count = documents.div_ceil(ADDRESSES_MAX).max(1);
    answer(&site, &ask, (&origin, XML), || rendered(&Sitemaps { origin: origin.clone(), count }))
}

/// `GET /sitemap/{n}`: some of the documents.
pub(crate) async fn serve_sitemap(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    Origin(origin): Origin,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok());
    let skipped = number.and_then(|number| number.checked_sub(1)?.checked_mul(ADDRESSES_MAX));
    off_thread("sitemap", move || {
        let missing = || ServiceError::NotFound { path: format!("sitemap/{name}") };
        let skipped = skipped.ok_or_else(missing)?;
        answer(&site, &ask, (&origin, XML), || {
            let documents = documents(&site).skip(skipped).take(ADDRESSES_MAX);
            let addresses: Vec<String> = documents
                .map(|document| format!("{origin}{}", site.link(document.as_str())))
                .collect();
            // A release without documents has one sitemap all the same.
            if addresses.is_empty() && skipped > 0 {
                return Err(missing());
            }
            rendered(&Sitemap { addresses })
        })
    })
    .await?
}

/// `GET /feed.atom`: the documents with the latest dates.
pub(crate) async fn serve_feed(
    State(site): State<Arc<Site>>,
    Origin(origin): Origin,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("feed", move || {
        answer(&site, &ask, (&origin, ATOM), || {
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
            rendered(&Feed { origin: origin.clone(), iri, updated, entries })
        })
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

/// The documents signed last, the latest first, with their dates. No more are held than are told.
fn latest(site: &Site) -> Vec<(String, NamedNode)> {
    let mut last: BTreeSet<(Reverse<String>, String)> = BTreeSet::new();
    for triple in site.store.triples(None, Some(zt::SIGNED_ON), None) {
        let (NamedOrBlankNode::NamedNode(document), Term::Literal(date)) =
            (triple.subject, triple.object)
        else {
            continue;
        };
        // A date that is known to the month or the year only is no instant of a feed.
        if date.value().len() == "2024-01-01".len() {
            last.insert((Reverse(date.value().to_owned()), document.into_string()));
        }
        if last.len() > ENTRIES_MAX {
            last.pop_last();
        }
    }
    let named = last.into_iter().map(|(Reverse(date), iri)| (date, NamedNode::new_unchecked(iri)));
    named.collect()
}

fn rendered(template: &impl Template) -> Result<String, ServiceError> {
    template.render().map_err(|error| ServiceError::internal("template", error))
}

/// Answers with what `body` makes, unless the client holds it.
fn answer(
    site: &Site,
    ask: &Ask,
    (origin, media_type): (&str, &'static str),
    body: impl FnOnce() -> Result<String, ServiceError>,
) -> Result<Response, ServiceError> {
    let tag = entity_tag(site, ask, &format!("{media_type} {origin}"));
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let mut response = ([(header::CONTENT_TYPE, media_type)], body()?).into_response();
    set_tag(&mut response, &tag);
    response.headers_mut().append(header::VARY, HeaderValue::from_static(FORWARDED_PROTO));
    Ok(response)
}
