//! Release to HTTP: linked data, SPARQL, search and pages. The only room that knows HTTP and HTML.
//!
//! In: a [`Site`], which is a release opened for reading, and others that take its place ([`Live`]). Out: a router. Guarantees: nothing
//! is written but long exports; a page asks nothing of another host and works without JavaScript; every failure is a status
//! with a body that says what was wrong. Surprising: every path that no route below has is taken for the
//! name of a resource, because a resource's IRI is its address.

mod address;
mod alternatives;
mod asked;
mod assets;
mod budget;
mod charts;
mod client;
mod connections;
mod crawl;
mod description;
mod dumps;
mod error;
mod evaluate;
mod files;
mod follow;
mod freshness;
mod graph_store;
mod health;
mod inquiry;
mod job_problem;
mod jobs;
mod language;
mod limits;
mod live;
mod lookup;
mod metrics;
mod negotiate;
mod openapi;
mod pages;
mod parameters;
mod place_names;
mod prefixes;
mod present;
mod programmes;
mod representation;
mod request;
mod request_log;
mod resource;
mod search;
mod site;
mod sparql;
mod stream;
mod suggest;
mod terms;
mod visit;
mod ways_out;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, HeaderName, Method, StatusCode, Version, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::cors::{Any, CorsLayer};

pub use asked::Asked;
pub use budget::Fairness;
pub use connections::{Patience, serve};
pub use follow::{Follower, MakeSite, follow};
pub use live::Live;
pub use present::RELEASE_HEADER;
pub use site::{Count, Exports, Site, count_classes};

use crate::mcp;
use crate::worker::Wish;
use error::ServiceError;
use files::Verbatim;

/// What clients of `/mcp` repeat of a call in its head.
const MCP_METHOD: HeaderName = HeaderName::from_static("mcp-method");
const MCP_NAME: HeaderName = HeaderName::from_static("mcp-name");
const MCP_VERSION: HeaderName = HeaderName::from_static("mcp-protocol-version");

/// The routes of the service.
pub fn router(site: Arc<Site>) -> Router {
    // Anyone's page may ask: there is nothing here that only some may read.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::DELETE])
        .allow_headers([
            header::ACCEPT,
            header::CONTENT_TYPE,
            header::RANGE,
            header::IF_RANGE,
            header::IF_NONE_MATCH,
            MCP_METHOD,
            MCP_NAME,
            MCP_VERSION,
        ])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::LOCATION,
            header::ACCEPT_RANGES,
            header::CONTENT_RANGE,
            header::CONTENT_DISPOSITION,
            header::RETRY_AFTER,
            RELEASE_HEADER,
            visit::POLICY_HEADER,
            visit::LIMIT_HEADER,
        ]);
    let revalidate = from_fn_with_state(Arc::clone(&site), freshness::revalidate);
    Router::new()
        .route("/", get(pages::serve_home))
        .route("/query", get(pages::serve_query).post(pages::serve_posted_query))
        .route("/query/terms.json", get(terms::serve))
        .route("/q/{hash}", get(asked::serve))
        .merge(routes_of_facts())
        .route("/search", get(search::serve))
        .route("/search.json", get(search::serve_json).layer(revalidate.clone()))
        .route("/sparql", get(sparql::get).post(sparql::post).layer(revalidate))
        .route("/sparql/check", inquiry::routes(Wish::Check))
        .route("/sparql/explain", inquiry::routes(Wish::Explain))
        .route(graph_store::ADDRESS, graph_store::routes())
        .route(graph_store::BY_PATH, graph_store::routes())
        .route("/suggest.json", get(suggest::serve))
        .route("/related.json", get(search::serve_related))
        .route("/prefixes", get(prefixes::serve))
        .route("/robots.txt", get(crawl::serve_robots))
        .route("/sitemap.xml", get(crawl::serve_sitemaps))
        .route("/sitemap/{name}", get(crawl::serve_sitemap))
        .route("/feed.atom", get(crawl::serve_feed))
        .route("/opensearch.xml", get(crawl::serve_opensearch))
        .route("/openapi.json", get(openapi::serve))
        .route("/api", get(pages::serve_api))
        .route("/mcp", mcp::routes(site.tools_source(), limits::BODY_BYTES_MAX))
        .route("/dump/{file}", get(dumps::serve))
        .route("/jobs", post(jobs::submit))
        .route("/jobs/{id}", get(jobs::report).delete(jobs::remove))
        .route("/jobs/{id}/result", get(jobs::result))
        .route(description::VOID_PATH, get(description::serve_void))
        .route("/assets/{*name}", get(assets::serve))
        .route("/{*name}", get(resource::serve))
        .fallback(resource::serve)
        .method_not_allowed_fallback(refuse_method)
        .with_state(Arc::clone(&site))
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(from_fn_with_state(site, present::finish))
        .layer(cors)
        .layer(CompressionLayer::new().compress_when(worth_packing()))
}

/// The pages that show and compare facts, with their tables and charts as files.
fn routes_of_facts() -> Router<Arc<Site>> {
    Router::new()
        .route("/compare", get(pages::serve_compare))
        .route("/compare.csv", get(pages::serve_compare_csv))
        .route("/compare.svg", get(pages::serve_compare_svg))
        .route("/data", get(pages::serve_data))
        .route("/deadlines", get(pages::serve_deadlines))
        .route("/deadlines.csv", get(pages::serve_deadlines_csv))
        .route("/deadlines.svg", get(pages::serve_deadlines_svg))
        .route("/places", get(pages::serve_places))
        .route("/programmes", get(pages::serve_programmes))
}

/// Files are sent as they are.
fn worth_packing() -> impl Predicate {
    let is_made = |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| {
        extensions.get::<Verbatim>().is_none()
    };
    DefaultPredicate::new().and(is_made)
}

/// How many pages are read at once; whoever comes later waits, first come first served.
static READING: Semaphore = Semaphore::const_new(limits::READS_AT_ONCE_MAX);

/// Runs work that reads much of the graph away from the threads that serve connections. A fault in it
/// is logged under `place` and ends this one request only.
async fn off_thread<T: Send + 'static>(
    place: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ServiceError> {
    let permit = READING.acquire().await.map_err(|error| ServiceError::internal(place, error))?;
    // The permit goes with the work, which goes on when whoever asked has left.
    let work = move || {
        let _permit = permit;
        work()
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| ServiceError::internal(place, error))
}

async fn refuse_method() -> ServiceError {
    ServiceError::MethodNotAllowed
}
