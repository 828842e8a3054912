//! `/query/terms.json`: what the editor of the query page completes. In: the release's description of itself; out: prefixes, and the
//! classes and properties that the data hold, with labels and counts. Guarantee: nothing is counted here, and who holds the list of
//! a release is not sent it again.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::error::ServiceError;
use super::freshness::{entity_tag, is_held, not_modified, set_tag};
use super::off_thread;
use super::request::Ask;
use super::site::Site;
use crate::mcp::vocabulary;

/// `GET /query/terms.json`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let tag = entity_tag(&site, &ask, "terms");
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let terms = off_thread("terms", move || vocabulary(&site.tools_source())).await?;
    let terms = terms.ok_or_else(|| ServiceError::internal("terms", "the base is no IRI"))?;
    let mut response =
        ([(header::CONTENT_TYPE, "application/json")], terms.to_string()).into_response();
    set_tag(&mut response, &tag);
    Ok(response)
}
