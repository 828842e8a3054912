//! A file as an answer. In: a request, and a file whose sum is known; out: its bytes or a part of them, with the sum as its tag. Guarantee: a part is of the
//! bytes that the client has the beginning of, or the client gets the whole anew.

use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use super::error::ServiceError;
use super::freshness::{is_held, not_modified, set_tag};

/// A file that is there as it is for as long as its name means anything.
pub(crate) struct Whole<'a> {
    pub(crate) path: &'a Path,
    pub(crate) sha256: &'a str,
    pub(crate) media_type: HeaderValue,
}

/// On an answer whose bytes are those of a file: to pack them on the way would make parts that do not fit together.
#[derive(Clone, Copy)]
pub(crate) struct Verbatim;

/// Sends `file`, or what the request wants of it.
pub(crate) async fn send(mut request: Request, file: Whole<'_>) -> Result<Response, ServiceError> {
    // The bytes are exactly those of the sum: a strong tag, by which parts can be put together.
    let tag = format!("\"{}\"", file.sha256);
    if is_held(text(request.headers(), &header::IF_NONE_MATCH), &tag) {
        return Ok(not_modified(&tag));
    }
    if text(request.headers(), &header::IF_RANGE).is_some_and(|held| held != tag) {
        request.headers_mut().remove(header::RANGE);
    }
    let is_other = |wanted: &str| wanted != "*" && !wanted.split(',').any(|one| one.trim() == tag);
    if text(request.headers(), &header::IF_MATCH).is_some_and(is_other) {
        return Ok(StatusCode::PRECONDITION_FAILED.into_response());
    }
    // Only the tag tells whether it changed, and it was looked at.
    for seen in [
        header::IF_MATCH,
        header::IF_NONE_MATCH,
        header::IF_MODIFIED_SINCE,
        header::IF_UNMODIFIED_SINCE,
    ] {
        request.headers_mut().remove(seen);
    }
    let sent = ServeFile::new(file.path).oneshot(request).await;
    let mut response = sent.map_err(|error| ServiceError::internal("file", error))?.map(Body::new);
    if response.status() == StatusCode::NOT_FOUND {
        // It went between the look and the reading.
        let path = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Err(ServiceError::NotFound { path });
    }
    set_tag(&mut response, &tag);
    let is_sent = response.status().is_success();
    let headers = response.headers_mut();
    if is_sent {
        headers.insert(header::CONTENT_TYPE, file.media_type);
    }
    headers.remove(header::LAST_MODIFIED);
    response.extensions_mut().insert(Verbatim);
    Ok(response)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
