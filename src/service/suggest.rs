//! `/suggest.json`: what a text that is being typed may become. In: the text so far; out: names with their kinds and IRIs. Guarantee: no
//! text is an error; a malformed parameter is a 400 that says which. It is answered at once, on the thread of the connection: a
//! suggestion takes microseconds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::error::ServiceError;
use super::freshness::VARY;
use super::limits::{SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX};
use super::request::Ask;
use super::site::Site;

/// `GET /suggest.json`.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let typed = ask.parameters.one("q")?.unwrap_or("");
    let max = ask.parameters.number("size", 1, SUGGESTIONS_MAX)?.unwrap_or(SUGGESTIONS_DEFAULT);
    let body = json!({ "query": typed, "suggestions": site.suggestions.suggest(typed, max) });
    let headers = [(header::CONTENT_TYPE, "application/json")];
    Ok((headers, [(header::VARY, VARY)], body.to_string()).into_response())
}
