//! The service's interface for programs: `/openapi.json`, OpenAPI 3.1. In: the document in `web/`, compiled in; out: itself, as text and as read. Guarantee:
//! `tests/service/openapi.rs` holds it to the routes and to what they answer. `/api` shows it to people (`pages/api.rs`).

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::freshness::{digest, is_held, not_modified, set_tag};
use super::request::Ask;

const DOCUMENT: &str = include_str!("../../web/openapi.json");

/// The document, read once; `null` where it is none, which a test rules out.
pub(crate) static READ: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(DOCUMENT).unwrap_or_default());

/// `GET /openapi.json`.
pub(crate) async fn serve(ask: Ask) -> Response {
    let tag = format!("W/\"{}\"", digest(&[DOCUMENT]));
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return not_modified(&tag);
    }
    let mut response = ([(header::CONTENT_TYPE, "application/json")], DOCUMENT).into_response();
    set_tag(&mut response, &tag);
    response
}
