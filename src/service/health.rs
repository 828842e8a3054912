//! What a supervisor asks. In: the service; out: whether the process is up (`/healthz`), whether it wants requests (`/readyz`), and what
//! it has done (`/metrics`, as Prometheus reads it). Guarantee: none of these runs a query or waits for one.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;

use super::error::ServiceError;
use super::live::Live;
use super::present::name_release;

/// `GET /healthz`: an answer at all says that the process is up.
pub(crate) async fn tell_up(State(live): State<Live>) -> Response {
    state(&live, StatusCode::OK, "up\n")
}

/// `GET /readyz`: 200 while a release is open that can be read and more requests are wanted, else 503.
pub(crate) async fn tell_ready(State(live): State<Live>) -> Response {
    if live.is_draining() {
        return state(&live, StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    if !live.site().is_readable() {
        return state(&live, StatusCode::SERVICE_UNAVAILABLE, "the graph cannot be read\n");
    }
    state(&live, StatusCode::OK, "ready\n")
}

/// `GET /metrics`.
pub(crate) async fn tell_metrics(State(live): State<Live>) -> Response {
    let site = live.site();
    if let Some(exports) = &site.exports {
        live.metrics().count_jobs(exports.jobs.counts());
    }
    match live.metrics().render(site.evaluator.kept_counts()) {
        Ok(text) => with_release(&live, ([(header::CONTENT_TYPE, CONTENT_TYPE)], text)),
        Err(error) => ServiceError::internal("metrics", error).into_response(),
    }
}

fn state(live: &Live, status: StatusCode, text: &'static str) -> Response {
    with_release(live, (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text))
}

fn with_release(live: &Live, response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    name_release(&live.site(), &mut response);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
