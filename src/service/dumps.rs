//! The graph as files, at `/dump/`. In: the name of a file of the release; out: its bytes or a part of them, with its SHA-256 as
//! its tag, and the sums of all as `SHA256SUMS`. Guarantee: a part is of the release that the client has the beginning of, or the client gets the whole anew.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use super::error::ServiceError;
use super::freshness::{is_held, not_modified, set_tag};
use super::site::Site;
use crate::release::{DUMP_DIR, FileSum};

/// The list of sums, as `sha256sum --check` reads it.
const SUMS_FILE: &str = "SHA256SUMS";

/// `GET /dump/{file}`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    mut request: Request,
) -> Result<Response, ServiceError> {
    let dumps = || {
        let inside = |sum: &FileSum| {
            Some((sum.path.strip_prefix(DUMP_DIR)?.strip_prefix('/')?.to_owned(), sum.clone()))
        };
        site.manifest.files.iter().filter_map(inside)
    };
    let text = |headers: &HeaderMap, name: HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let held = text(request.headers(), header::IF_NONE_MATCH);
    if name == SUMS_FILE {
        let tag = format!("W/\"{}-sums\"", site.manifest.id);
        if is_held(held.as_deref(), &tag) {
            return Ok(not_modified(&tag));
        }
        let mut sums = String::new();
        for (name, sum) in dumps() {
            // Writing to a String cannot fail.
            let _ = writeln!(sums, "{}  {name}", sum.sha256);
        }
        let mut response = sums.into_response();
        set_tag(&mut response, &tag);
        return Ok(response);
    }
    let Some((_, sum)) = dumps().find(|(known, _)| *known == name) else {
        return Err(ServiceError::NotFound { path: format!("{DUMP_DIR}/{name}") });
    };
    // The bytes are exactly those of the sum: a strong tag, by which parts can be put together.
    let tag = format!("\"{}\"", sum.sha256);
    if is_held(held.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    if text(request.headers(), header::IF_RANGE).is_some_and(|held| held != tag) {
        request.headers_mut().remove(header::RANGE);
    }
    // Only the tag tells whether it changed.
    request.headers_mut().remove(header::IF_MODIFIED_SINCE);
    let file = ServeFile::new(site.dir.join(&sum.path)).oneshot(request);
    let served = file.await.map_err(|error| ServiceError::internal("dump", error))?;
    let mut response = served.map(Body::new);
    set_tag(&mut response, &tag);
    let is_sent = response.status().is_success();
    let headers = response.headers_mut();
    if is_sent {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/gzip"));
    }
    headers.remove(header::LAST_MODIFIED);
    Ok(response)
}
