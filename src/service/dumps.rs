//! The graph as files, at `/dump/`. In: the name of a file of the release; out: its bytes or a part of them, with its SHA-256 as
//! its tag, and the sums of all as `SHA256SUMS`.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::error::ServiceError;
use super::files::{Whole, send};
use super::freshness::{is_held, not_modified, set_tag};
use super::site::Site;
use crate::release::{DUMP_DIR, FileSum};

/// The list of sums, as `sha256sum --check` reads it.
const SUMS_FILE: &str = "SHA256SUMS";

/// `GET /dump/{file}`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, ServiceError> {
    let dumps = || {
        let inside = |sum: &FileSum| {
            Some((sum.path.strip_prefix(DUMP_DIR)?.strip_prefix('/')?.to_owned(), sum.clone()))
        };
        site.manifest.files.iter().filter_map(inside)
    };
    if name == SUMS_FILE {
        let held = request.headers().get(header::IF_NONE_MATCH);
        let held = held.and_then(|value| value.to_str().ok());
        let tag = format!("W/\"{}-sums\"", site.manifest.id);
        if is_held(held, &tag) {
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
    let path = site.dir.join(&sum.path);
    let media_type = HeaderValue::from_static("application/gzip");
    send(request, Whole { path: &path, sha256: &sum.sha256, media_type }).await
}
