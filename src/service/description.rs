//! What the service says of itself to programs: `/.well-known/void`, and `/sparql` without a query. In: the description that the release
//! holds; out: RDF in the form that Accept asks for. Surprising: the address that was asked is told as one more address of the endpoint,
//! because a release does not know where it is served.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{NamedNode, Triple};

use super::address::Format;
use super::error::ServiceError;
use super::freshness::{VARY, entity_tag, is_held, not_modified, set_tag};
use super::off_thread;
use super::representation::write;
use super::request::{Ask, origin_of};
use super::resource::content_type;
use super::site::Site;
use crate::graph::Mint;
use crate::graph::vocabulary::sd;

/// The forms of a description, by media type; what a client without a wish gets comes first.
const OFFERS: [(&str, Format); 6] = [
    ("text/turtle", Format::Turtle),
    ("application/n-triples", Format::NTriples),
    ("application/ld+json", Format::JsonLd),
    ("application/rdf+xml", Format::RdfXml),
    ("application/json", Format::JsonLd),
    ("text/plain", Format::NTriples),
];

/// The path that VoID gives to the description of a host's datasets.
pub(crate) const VOID_PATH: &str = "/.well-known/void";

/// `GET /.well-known/void`: all that the release says of itself. A browser is sent to the page.
pub(crate) async fn serve_void(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    if ask.accept.prefers_html_to("text/turtle") {
        let address = ask.reader.href("/dataset");
        let location = HeaderValue::from_str(&address).map_err(|_| ServiceError::BadPath)?;
        let headers = [(header::LOCATION, location), (header::VARY, VARY)];
        return Ok((StatusCode::SEE_OTHER, headers).into_response());
    }
    let format = wanted(&ask)?;
    off_thread("description", move || {
        let tag = entity_tag(&site, &ask, format.extension());
        if is_held(ask.if_none_match.as_deref(), &tag) {
            return Ok(not_modified(&tag));
        }
        let graph = mint(&site)?.graph("dataset");
        let quads = site.store.quads(None, None, None, Some(graph.as_ref().into()));
        let triples: Vec<Triple> = quads.map(Triple::from).collect();
        let body = write(&site, &triples, format)?;
        let mut response = ([(header::CONTENT_TYPE, content_type(format))], body).into_response();
        set_tag(&mut response, &tag);
        Ok(response)
    })
    .await?
}

/// The service description of the endpoint that was asked at `uri`.
pub(crate) async fn describe_service(
    site: Arc<Site>,
    ask: Ask,
    asked: Option<NamedNode>,
) -> Result<Response, ServiceError> {
    let format = wanted(&ask)?;
    off_thread("description", move || {
        let mint = mint(&site)?;
        let endpoint = mint.endpoint();
        let described = [endpoint.clone(), mint.dataset_part("default-graph")];
        let mut triples: Vec<Triple> =
            described.iter().flat_map(|node| site.store.describe(node)).collect();
        let of_dataset = site.store.describe(&mint.dataset()).into_iter();
        triples.extend(of_dataset.filter(|triple| !is_part(triple)));
        triples.extend(asked.map(|asked| Triple::new(endpoint, sd::ENDPOINT, asked)));
        // Not to be kept: it tells where it was asked.
        let body = write(&site, &triples, format)?;
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(content_type(format))),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::VARY, VARY),
        ];
        Ok((headers, body).into_response())
    })
    .await?
}

/// The address of a request, as far as its head tells.
pub(crate) fn address_of(uri: &Uri, headers: &HeaderMap) -> Option<NamedNode> {
    NamedNode::new(format!("{}{}", origin_of(uri, headers)?, uri.path())).ok()
}

/// Whether a triple leads to a part of the dataset, of which a service description has no need.
fn is_part(triple: &Triple) -> bool {
    use crate::graph::vocabulary::{sh, void};
    [void::CLASS_PARTITION, void::PROPERTY_PARTITION, void::SUBSET, sh::DECLARE]
        .contains(&triple.predicate.as_ref())
}

fn mint(site: &Site) -> Result<Mint, ServiceError> {
    Mint::new(&site.manifest.base_iri).map_err(|error| ServiceError::internal("base", error))
}

fn wanted(ask: &Ask) -> Result<Format, ServiceError> {
    let offered = || OFFERS.iter().take(4).map(|(media_type, _)| *media_type).collect();
    ask.accept.choose(&OFFERS).ok_or_else(|| ServiceError::NotAcceptable { offered: offered() })
}
