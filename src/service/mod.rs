//! Release to HTTP: linked data, SPARQL, search and pages. The only room that knows HTTP and HTML.
//!
//! In: a [`Site`], which is a release opened for reading, and others that take its place ([`Live`]). Out: a router. Guarantees: nothing
//! is ever written; a page asks nothing of another host and works without JavaScript; every failure is a status
//! with a body that says what was wrong. Surprising: every path that no route below has is taken for the
//! name of a resource, because a resource's IRI is its address.

mod address;
mod assets;
mod description;
mod dumps;
mod error;
mod follow;
mod freshness;
mod graph_store;
mod health;
mod language;
mod limits;
mod live;
mod lookup;
mod metrics;
mod negotiate;
mod pages;
mod parameters;
mod prefixes;
mod present;
mod representation;
mod request;
mod resource;
mod search;
mod site;
mod sparql;
mod stream;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::{Any, CorsLayer};
use tower_http::trace::TraceLayer;

pub use follow::{Follower, MakeSite, follow};
pub use live::Live;
pub use present::RELEASE_HEADER;
pub use site::{Count, Site, count_classes};

use error::ServiceError;

/// The routes of the service.
pub fn router(site: Arc<Site>) -> Router {
    // Anyone's page may ask: there is nothing here that only some may read.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE])
        .expose_headers([header::ETAG, header::LINK, header::RETRY_AFTER, RELEASE_HEADER]);
    let revalidate = from_fn_with_state(Arc::clone(&site), freshness::revalidate);
    Router::new()
        .route("/", get(pages::serve_home))
        .route("/query", get(pages::serve_query))
        .route("/search", get(search::serve))
        .route("/search.json", get(search::serve_json).layer(revalidate.clone()))
        .route("/sparql", get(sparql::get).post(sparql::post).layer(revalidate))
        .route(graph_store::ADDRESS, graph_store::routes())
        .route(graph_store::BY_PATH, graph_store::routes())
        .route("/prefixes", get(prefixes::serve))
        .route("/dump/{file}", get(dumps::serve))
        .route(description::VOID_PATH, get(description::serve_void))
        .route("/assets/{name}", get(assets::serve))
        .route("/{*name}", get(resource::serve))
        .fallback(resource::serve)
        .method_not_allowed_fallback(refuse_method)
        .with_state(Arc::clone(&site))
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(from_fn_with_state(site, present::finish))
        .layer(cors)
        .layer(CompressionLayer::new().compress_when(worth_packing()))
        .layer(TraceLayer::new_for_http())
}

/// What is packed already gains nothing.
fn worth_packing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/gzip"))
}

/// Runs work that reads much of the graph away from the threads that serve connections. A fault in it
/// is logged under `place` and ends this one request only.
async fn off_thread<T: Send + 'static>(
    place: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ServiceError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| ServiceError::internal(place, error))
}

async fn refuse_method() -> ServiceError {
    ServiceError::MethodNotAllowed
}

/// Serves on `listener` until `stop` ends, then drains: readiness is refused at once, new requests are answered for as long
/// as `stop` says, so that who distributes them hears of it, and those that run then may take `finish_max` to end.
///
/// # Errors
/// Those of the listener.
pub async fn serve(
    listener: tokio::net::TcpListener,
    live: Live,
    stop: impl Future<Output = Duration> + Send + 'static,
    finish_max: Duration,
) -> std::io::Result<()> {
    // Answers are small writes: without this each waits for the peer's delayed acknowledgement.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let (close, closed) = tokio::sync::oneshot::channel();
    let routes = live.router();
    let drained = async move {
        let notice = stop.await;
        live.drain();
        tokio::time::sleep(notice).await;
        // The receiver lives as long as the service does.
        let _ = close.send(());
    };
    let bound = async {
        match closed.await {
            Ok(()) => tokio::time::sleep(finish_max).await,
            Err(_) => std::future::pending().await,
        }
    };
    let served = axum::serve(listener, routes).with_graceful_shutdown(drained);
    tokio::select! {
        done = served => done,
        () = bound => {
            tracing::warn!(seconds = finish_max.as_secs(), "requests that still run are broken off");
            Ok(())
        }
    }
}
